from mtkit.documents.base import read_document, render_translations
from mtkit.types import Origin, Translation

XLIFF = b"""<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" datatype="plaintext"
 source-language="en" target-language="ru"><body>
<trans-unit id="1"><source>The committee met.</source></trans-unit>
<trans-unit id="2"><source>It lost its way.</source></trans-unit>
</body></file></xliff>"""


def test_a_failed_segment_leaves_its_unit_untranslated():
    document = read_document("a.xlf", raw=XLIFF)
    first, second = document.segments
    rendered = render_translations(
        document,
        [
            Translation(segment_id=first.id, target="Комитет собрался.", origin=Origin.ENGINE),
            Translation(segment_id=second.id, target=second.source, origin=Origin.FAILED),
        ],
    ).decode()
    assert "Комитет собрался." in rendered
    assert rendered.count("<target") == 1


def test_where_everything_failed_the_file_stays():
    document = read_document("a.xlf", raw=XLIFF)
    failed = [
        Translation(segment_id=segment.id, target=segment.source, origin=Origin.FAILED)
        for segment in document.segments
    ]
    assert render_translations(document, failed) == XLIFF
