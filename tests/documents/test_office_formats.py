"""What both package formats must keep: the contract of test_document_formats.py, for ZIP archives of XML."""

from __future__ import annotations

import io
import pickle
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

import pytest
from lxml import etree

from mtkit.checks.inputs import read_article
from mtkit.documents import packages
from mtkit.documents.base import DocumentFormat, create_format, find_documents, format_for
from mtkit.documents.skeleton import Mark, Piece, Slot
from mtkit.errors import FormatError
from mtkit.runners.stream import _format_of
from mtkit.types import Document
from tests.documents.office_examples import DOCX, ODT, RICH_DOCX, RICH_ODT
from tests.documents.office_packages import docx, members, odt, paragraph, zipped
from tests.documents.test_document_formats import SENTENCES

WRITERS: dict[str, Callable[..., bytes]] = {
    "docx": lambda texts: docx("".join(paragraph(text) for text in texts)),
    "odt": lambda texts: odt("".join(f"<text:p>{escape(text)}</text:p>" for text in texts)),
}
EXAMPLES = {"docx": DOCX, "odt": ODT}
RICH = {"docx": RICH_DOCX, "odt": RICH_ODT}
MAIN = {"docx": "word/document.xml", "odt": "content.xml"}
NASTY = "<b>&amp; \"q\" 'a' ]]> <w:t>x</w:t> </text:p> <!-- --> \x01\x02\x03 \x0b 👍"

_RUNS = re.compile(
    r"\}(?:r|t|rPr|dataBinding|proofErr|lastRenderedPageBreak|span|soft-page-break|s|\w+Hyphen)$"
)
"""Text and its format, which the writer makes anew, and what nothing needs in a translation."""


@pytest.fixture(params=sorted(WRITERS))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def read(name: str, raw: bytes, src_lang: str = "en") -> tuple[DocumentFormat, Document]:
    kind = create_format(name)
    return kind, kind.read(raw, f"article.{name}", src_lang, "ru")


def sources(name: str, raw: bytes) -> list[str]:
    return [segment.source for segment in read(name, raw)[1].segments]


def upper(document: Document) -> dict[str, str]:
    return {segment.id: segment.source.upper() for segment in document.segments}


def test_follows_the_protocol(name: str) -> None:
    kind = create_format(name)
    assert isinstance(kind, DocumentFormat)
    assert (kind.name, kind.suffixes) == (name, (f".{name}",))


def test_is_told_by_its_content(name: str) -> None:
    for raw in (*EXAMPLES[name].values(), WRITERS[name](SENTENCES)):
        assert format_for("standard input", raw[:4096]).name == name


def test_without_targets_every_byte_comes_back(name: str) -> None:
    for raw in (*EXAMPLES[name].values(), WRITERS[name](SENTENCES)):
        kind, document = read(name, raw)
        assert kind.write(document, {}) == raw
        assert kind.write(document, dict.fromkeys(upper(document), " ")) == raw


def test_segments_are_the_sentences_unique_and_trimmed(name: str) -> None:
    for raw in (*EXAMPLES[name].values(), WRITERS[name](SENTENCES)):
        _, document = read(name, raw)
        ids = [segment.id for segment in document.segments]
        assert len(set(ids)) == len(ids)
        assert all(segment_id.replace(".", "").isdecimal() for segment_id in ids)
        for segment in document.segments:
            assert segment.source == segment.source.strip()
            assert any(map(str.isalnum, segment.source))
    found = sources(name, WRITERS[name](SENTENCES))
    assert found[:2] == ["The committee met in Hanoi on 23 January.", "It adopted Decision 57-NQ/TW!"]
    assert 'He said: "Prices rose 3.5% & fell" <again>' in found
    assert "Tiếng Việt written in decomposed letters" in found


def test_only_parts_with_targets_change(name: str) -> None:
    for raw in EXAMPLES[name].values():
        kind, document = read(name, raw)
        written = kind.write(document, upper(document))
        before, after = members(raw), members(written)
        assert list(after) == list(before)
        changed = {part for part in before if before[part] != after[part]}
        assert changed <= {
            "word/document.xml", "word/header1.xml", "word/footer1.xml", "word/footnotes.xml",
            "word/endnotes.xml", "docProps/core.xml", "content.xml", "styles.xml", "meta.xml",
        }  # fmt: skip
        with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(io.BytesIO(written)) as new:
            assert [member.compress_type for member in new.infolist()] == [
                member.compress_type for member in old.infolist()
            ]
            assert new.testzip() is None
        assert kind.write(document, upper(document)) == written


def test_one_target_changes_one_sentence(name: str) -> None:
    raw = WRITERS[name]([f"Sentence number {word} stands here." for word in ("one", "two", "three")])
    kind, document = read(name, raw)
    written = kind.write(document, {document.segments[1].id: "Второе предложение."})
    assert sources(name, written) == [
        "Sentence number one stands here.", "Второе предложение.", "Sentence number three stands here."
    ]  # fmt: skip


def test_targets_stand_where_their_sources_stood(name: str) -> None:
    for raw in (*EXAMPLES[name].values(), WRITERS[name](SENTENCES)):
        kind, document = read(name, raw)
        targets = upper(document)
        written = kind.write(document, targets)
        assert sources(name, written) == [targets[segment.id] for segment in document.segments]
        _, again = read(name, written)
        assert kind.write(again, upper(again)) == written


def test_nasty_targets_are_text_and_not_markup(name: str) -> None:
    kind, document = read(name, WRITERS[name](["Plain words here", "More words there"]))
    written = kind.write(document, {segment.id: NASTY for segment in document.segments})
    assert len(list(etree.fromstring(members(written)[MAIN[name]]).iter())) > 3
    assert (
        sources(name, written) == [re.sub("[\x01-\x1f]", "", NASTY).replace("   ", " ").strip()] * 2
        or [text.split() for text in sources(name, written)]
        == [re.sub("[\x01-\x1f]", " ", NASTY).split()] * 2
    )


def test_line_breaks_in_a_target_add_no_paragraphs(name: str) -> None:
    kind, document = read(name, WRITERS[name](["Plain words here", "More words there"]))
    written = kind.write(document, {segment.id: "a\r\nb\u2028c\n\nd\te" for segment in document.segments})
    assert sources(name, written) == ["a b c d e"] * 2


def test_documents_travel_between_processes(name: str) -> None:
    kind, document = read(name, RICH[name])
    again = pickle.loads(pickle.dumps(document))
    assert kind.write(again, upper(again)) == kind.write(document, upper(document))


def test_the_language_is_decided_once(name: str) -> None:
    vietnamese = "Hội nghị Trung ương đã thông qua nghị quyết về phát triển kinh tế của đất nước."
    _, document = read(name, WRITERS[name]([vietnamese, "Hello"]), "auto")
    assert {segment.src_lang for segment in document.segments} == {"vi"}
    with pytest.raises(FormatError, match="--from"):
        read(name, WRITERS[name](["Ω" * 40]), "auto")


def test_one_very_long_paragraph(name: str) -> None:
    sentence = "The committee met in Hanoi on Monday and adopted a plan for the next five years. "
    kind, document = read(name, WRITERS[name]([sentence * 3000]))
    assert len(document.segments) == 3000
    written = kind.write(document, {segment.id: "Перевод." for segment in document.segments})
    assert members(written)[MAIN[name]].decode().count("Перевод.") == 3000


def _slots(skeleton: tuple[Piece, ...]) -> Iterator[Slot]:
    for piece in skeleton:
        if isinstance(piece, Slot):
            yield piece
            yield from _slots(piece.raw)


def _structure(part: bytes) -> list[tuple[str, dict[str, str]]]:
    return [
        (
            str(element.tag),
            {
                name: value
                for name, value in element.attrib.items()
                if "}language" not in name and "}country" not in name
            },
        )
        for element in etree.fromstring(part).xpath("//*[not(ancestor::*[local-name()='rPr'])]")
        if not _RUNS.search(str(element.tag))
    ]


def test_no_inline_tag_is_lost_or_crosses_another(name: str) -> None:
    """Over the suite, with targets of other lengths and orders: all elements are there, in order."""
    random = Random(7)
    counted = 0
    for raw in EXAMPLES[name].values():
        kind, document = read(name, raw)
        texts = document.skeleton.parts
        counted += sum(
            isinstance(mark, Mark)
            for part in texts
            for slot in _slots(part.skeleton)
            for _, mark in slot.marks
        )
        before = members(raw)
        for change in (
            str.upper,
            lambda text: "слово",
            lambda text: text + " и ещё слова" * 9,
            _shuffled(random),
        ):
            targets = {segment.id: change(segment.source) for segment in document.segments}
            written = members(kind.write(document, targets))
            for part, content in written.items():
                if part.endswith((".xml", ".rels")) and content != before[part]:
                    assert _structure(content) == _structure(before[part]), part
    assert counted >= 30


def _shuffled(random: Random) -> Callable[[str], str]:
    def shuffled(text: str) -> str:
        words = text.split()
        random.shuffle(words)
        return " ".join(words)

    return shuffled


def _with(name: str, part: str, content: bytes) -> bytes:
    return zipped({**members(RICH[name]), part: content})


def _damaged(raw: bytes) -> bytes:
    at = raw.index(b"<w:") if b"<w:" in raw else len(raw) // 3
    return raw[:at] + bytes([raw[at] ^ 0xFF]) + raw[at + 1 :]


def _encrypted(raw: bytes) -> bytes:
    at = raw.rindex(b"PK\x01\x02")
    return raw[: at + 8] + b"\x01" + raw[at + 9 :]


DTD = b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (lambda raw, name: raw[: len(raw) // 2], "damaged"),
        (lambda raw, name: raw[:30], "damaged"),
        (lambda raw, name: _damaged(raw), "damaged"),
        (lambda raw, name: b"just words", "no ZIP package"),
        (lambda raw, name: _encrypted(raw), "encrypted"),
        (lambda raw, name: zipped({"a": b""}), "no main part|no content.xml"),
        (lambda raw, name: _with(name, "../../etc/cron.d/x", b""), "outside"),
        (lambda raw, name: _with(name, "/etc/x", b""), "outside"),
        (lambda raw, name: _with(name, "C:\\x", b""), "outside"),
        (lambda raw, name: _with(name, MAIN[name].upper(), b""), "two members"),
        (lambda raw, name: _with(name, "media/a.bin", bytes(20 << 20)), "ZIP bomb"),
        (lambda raw, name: _with(name, MAIN[name], b"<a>"), "no valid XML"),
        (lambda raw, name: _with(name, MAIN[name], b"<a/>"), "is no"),
        (lambda raw, name: _with(name, MAIN[name], DTD + b"<a>&b;</a>"), "document type declaration"),
        (lambda raw, name: _with(name, MAIN[name], b"<a>&b;</a>"), "no valid XML"),
        (lambda raw, name: _with(name, MAIN[name], b"<a>" * 200 + b"</a>" * 200), "128 deep"),
        (lambda raw, name: _with(name, MAIN[name], b'<?xml version="1.0" encoding="cp1251"?><a/>'), "cp1251"),
        (lambda raw, name: _with(name, MAIN[name], b"\xff\xfe<\0a\0/"), "UTF-16"),
    ],
)  # fmt: skip
def test_broken_and_hostile_packages_are_one_clear_sentence(
    name: str, broken: Callable[[bytes, str], bytes], says: str
) -> None:
    with pytest.raises(FormatError, match=says) as caught:
        read(name, broken(RICH[name], name))
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_limits_of_a_package(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        packages, "LIMITS", packages.PackageLimits(members=9, unpacked=4000, ratio=9, free=10)
    )
    with pytest.raises(FormatError, match="more than"):
        read(name, RICH[name])
    many = zipped({f"{number}": b"" for number in range(10)})
    with pytest.raises(FormatError, match="10 members"):
        read(name, many)


@pytest.mark.parametrize("seed", range(8))
def test_any_damage_is_an_input_error_or_none(name: str, seed: int) -> None:
    """Bytes changed in the archive, and in the XML of a part that is packed again."""
    random = Random(seed)
    for turn in range(12):
        raw = bytearray(RICH[name])
        parts = members(RICH[name])
        part = random.choice([each for each in parts if each.endswith((".xml", ".rels"))])
        target = bytearray(parts[part]) if turn % 2 else raw
        for _ in range(random.choice((1, 3, 20))):
            at = random.randrange(len(target))
            match random.randrange(3):
                case 0:
                    target[at] = random.randrange(256)
                case 1:
                    del target[at : at + random.randrange(40)]
                case _:
                    target[at:at] = target[: random.randrange(60)]
        broken = zipped({**parts, part: bytes(target)}) if turn % 2 else bytes(target)
        try:
            kind, document = read(name, broken)
        except FormatError:
            continue
        assert kind.write(document, {}) == broken
        kind.write(document, upper(document))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_what_is_written(name: str, tmp_path: Path) -> None:
    kind, document = read(name, RICH[name])
    (tmp_path / f"a.{name}").write_bytes(kind.write(document, upper(document)))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", "txt:Text (encoded):UTF8", "--outdir", "."]
    subprocess.run([*command, f"a.{name}"], cwd=tmp_path, check=True, capture_output=True, timeout=120)
    text = (tmp_path / "a.txt").read_text(encoding="utf-8-sig")
    for target in (
        "THE COMMITTEE MET IN HANOI.",
        "READ THE FULL TEXT ON THE SITE.",
        "A CELL. TWO SENTENCES.",
    ):
        assert target in text


def test_locks_that_word_leaves_are_no_documents(tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(RICH_DOCX)
    (tmp_path / "~$report.docx").write_bytes(bytes(162))
    assert find_documents(tmp_path) == [tmp_path / "report.docx"]


def test_standard_input_is_told_by_its_content() -> None:
    chunk = RICH_DOCX.splitlines(keepends=True)
    assert _format_of(chunk) is None
    assert _format_of([b"words\n"]) == "text"


def test_check_reads_packages(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx(paragraph("Первое слово. Второе слово.") + paragraph("Третье")))
    article = read_article(str(path))
    assert article.text.targets == ("Первое слово.", "Второе слово.", "Третье")
    assert all(place.quoted and not place.line for place in article.text.places), "no lines that Word shows"
