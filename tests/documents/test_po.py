from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mtkit.documents.base import create_format, render_document
from mtkit.documents.po import PoFormat, PoOptions
from mtkit.documents.po_entries import escape_po, po_entries, unescape_po
from mtkit.errors import ConfigError, FormatError, InputError
from mtkit.text.placeables import find_placeables
from mtkit.types import Document

EXAMPLES = Path(__file__).parent / "examples"
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: ru\\n"\n'
PLURALS = HEADER + (
    '"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || '
    'n%100>=20) ? 1 : 2);\\n"\n'
)
FINAL = PoOptions(fuzzy=False)
quick = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def read(text: str, options: PoOptions = FINAL) -> Document:
    return PoFormat(options).read(text.encode(), "a.po", "en", "ru")


def upper(text: str) -> str:
    """Capitals, save for placeholders."""
    pieces = re.split(r"(%[sd]|%\(\w+\)s|\{\w*\})", text)
    return "".join(piece if number % 2 else piece.upper() for number, piece in enumerate(pieces))


def translate(text: str, options: PoOptions = FINAL) -> str:
    document = read(text, options)
    return render_document(document, {s.id: upper(s.source) for s in document.segments}).decode()


def entry(text: str, options: PoOptions = FINAL) -> str:
    return translate(f"{PLURALS}\n{text}", options).removeprefix(f"{PLURALS}\n")


def test_msgstr_is_filled_and_the_rest_stays() -> None:
    old = '#~ msgid "x"\n#~ msgstr ""\n'
    text = f'#. note\n#: a.c\nmsgctxt "m"\nmsgid "Say \\"%s\\".\\tNow!"\nmsgstr ""\n\n{old}'
    assert entry(text) == text.replace('msgstr ""\n\n', 'msgstr "SAY \\"%s\\".\\tNOW!"\n\n')


def test_lines_of_a_text_stand_on_lines() -> None:
    text = 'msgid ""\n"One.\\n"\n"- two\\n"\n"\\n"\n"Three"\nmsgstr ""\n'
    assert entry(text) == text.replace('msgstr ""\n', 'msgstr ""\n"ONE.\\n"\n"- TWO\\n"\n"\\n"\n"THREE"\n')
    assert entry('msgid "One\\n"\nmsgstr ""\n').endswith('msgstr "ONE\\n"\n')


def test_a_wrapped_sentence_is_one() -> None:
    long = "The committee met in Hanoi on Monday and"
    document = read(f'msgid "{long}\\nadopted a plan."\nmsgstr ""\n')
    assert [segment.source for segment in document.segments] == [f"{long} adopted a plan."]


def test_html_is_markup() -> None:
    document = read('msgid "Press <b>the button</b> now"\nmsgstr ""\n')
    assert [segment.source for segment in document.segments] == ["Press the button now"]
    assert entry('msgid "Press <b>the</b>"\nmsgstr ""').endswith('msgstr "PRESS <b>THE</b>"')


def test_fuzzy_is_an_option() -> None:
    assert PoOptions().fuzzy
    text = '#: a.c\n#, c-format\n#| msgid "old"\nmsgid "New %s"\nmsgstr ""\n\nmsgid "Two"\nmsgstr ""\n'
    assert entry(text, PoOptions()) == (
        '#: a.c\n#, fuzzy, c-format\n#| msgid "old"\nmsgid "New %s"\nmsgstr "NEW %s"\n\n'
        '#, fuzzy\nmsgid "Two"\nmsgstr "TWO"\n'
    )
    with pytest.raises(ConfigError):
        create_format("po", {"fuzzi": True})


def test_forms_of_a_plural_are_translated_with_numbers_that_want_them() -> None:
    text = '#, c-format\nmsgid "%d new file"\nmsgid_plural "%d new files"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    document = read(PLURALS + "\n" + text)
    assert [s.source for s in document.segments] == ["121 new files", "123 new files", "125 new files"]
    forms = ("121 новый файл", "123 новых файла", "125 новых файлов")
    targets = {s.id: form for s, form in zip(document.segments, forms, strict=True)}
    assert (
        render_document(document, targets)
        .decode()
        .endswith('msgstr[0] "%d новый файл"\nmsgstr[1] "%d новых файла"\nmsgstr[2] "%d новых файлов"\n')
    )


def test_a_plural_without_a_number_has_the_same_text() -> None:
    text = 'msgid "The file"\nmsgid_plural "The files"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    assert entry(text).endswith('msgstr[0] "THE FILES"\nmsgstr[1] "THE FILES"\nmsgstr[2] "THE FILES"\n')


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ('"Language: \\n"\n"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"', ("ru", 3)),
        ('"Language: en\\n"\n"Plural-Forms: nplurals=2; plural=n != 1;\\n"', ("ru", 3)),
        ('"Language: ru_RU\\n"\n"Plural-Forms: nplurals=4; plural=n>3;\\n"', ("ru_RU", 4)),
        ('"X-Generator: x\\n"', ("ru", 3)),
    ],
)
def test_the_header_gets_russian(header: str, expected: tuple[str, int]) -> None:
    text = f'#, fuzzy\nmsgid ""\nmsgstr ""\n{header}\n"Content-Type: text/plain; charset=CHARSET\\n"\n'
    written = translate(text + '\nmsgid "%d a"\nmsgid_plural "%d b"\nmsgstr[0] ""\nmsgstr[1] ""\n')
    language, forms = expected
    assert f'"Language: {language}\\n"' in written
    assert f"nplurals={forms};" in written
    assert written.count("msgstr[") == forms
    assert "charset=UTF-8" in written
    assert "fuzzy" not in written


def test_a_file_without_header_gets_one() -> None:
    written = translate('msgid "One"\nmsgstr ""\n')
    assert written.startswith('msgid ""\nmsgstr ""\n"MIME-Version: 1.0\\n"\n')
    assert written.endswith('\n\nmsgid "One"\nmsgstr "ONE"\n')


@pytest.mark.parametrize(
    ("source", "target", "is_fuzzy"),
    [
        ("%s and %d", "%s и %d", False),
        ("%s and %d", "%d и %s", True),
        ("%1$s and %2$s", "%2$s и %1$s", False),
        ("{a} of {b}", "{b} {a}", False),
        ("{} of {a}", "из {a}", True),
        ("%s", "%s %s", True),
        ("100% of it", "100 % этого", False),
    ],
)
def test_a_broken_placeholder_makes_an_entry_fuzzy(source: str, target: str, is_fuzzy: bool) -> None:
    document = read(f'{HEADER}\nmsgid "x {source}"\nmsgstr ""\n')
    written = render_document(document, {document.segments[0].id: target}).decode()
    assert ("#, fuzzy" in written) == is_fuzzy
    assert f'msgstr "{target}"' in written


def test_placeholders_are_placeables() -> None:
    text = "Open %s of {name}, %(count)d and %1$s; 100% of it, 5% d"
    found = [p.text for p in find_placeables(text, "en") if p.kind == "code"]
    assert found == ["%s", "{name}", "%(count)d", "%1$s"]


def test_another_charset() -> None:
    text = HEADER.replace("UTF-8", "ISO-8859-1") + '\nmsgid "Café"\nmsgstr ""\n'
    document = PoFormat(FINAL).read(text.encode("latin-1"), "a.po", "en", "ru")
    assert render_document(document, {}) == text.encode("latin-1")
    written = render_document(document, {document.segments[0].id: "Кафе"}).decode()
    assert "charset=UTF-8" in written
    assert 'msgid "Café"\nmsgstr "Кафе"' in written


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('msgid "One"\nmsgstr Раз\n', 2, "not a line of a PO file: 'msgstr Раз'"),
        ('"One"\n', 1, "not a line of a PO file"),
        ('msgid "One"\n\nmsgid "Two"\nmsgstr ""\n', 1, "an entry without msgstr"),
        ('msgctxt "a"\nmsgctxt "b"\n', 2, "msgctxt stands twice"),
        (HEADER.replace("ru", "fr"), 1, "its target language is 'fr', not ru"),
        (HEADER.replace("UTF-8", "klingon"), None, "its charset 'klingon' is not known"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, line: int | None, said: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(text)
    assert said in str(caught.value)
    assert caught.value.line == line


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="needs gettext")
@pytest.mark.parametrize("options", [FINAL, PoOptions()])
def test_gettext_accepts_what_is_written(options: PoOptions, tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_text(translate((EXAMPLES / "everything.po").read_text(encoding="utf-8"), options), "utf-8")
    done = subprocess.run(
        ["msgfmt", "-c", "-o", str(tmp_path / "a.mo"), str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


PO_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\0\r\ufeff"), max_size=40
)


@quick
@given(st.lists(st.tuples(PO_TEXT, PO_TEXT), max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_whatever_stands_in_an_entry_comes_back(pairs: list[tuple[str, str]], end: str) -> None:
    entries = "\n".join(
        f'msgctxt "{n}"\nmsgid "{escape_po(a)}"\nmsgid_plural "{escape_po(b)}"\nmsgstr[0] ""\n'
        if b
        else f'msgctxt "{n}"\nmsgid "{escape_po(a)}"\nmsgstr ""\n'
        for n, (a, b) in enumerate(pairs)
    )
    text = f"{PLURALS}\n{entries}".replace("\n", end)
    document = read(text)
    assert render_document(document, {}).decode() == text
    written = render_document(document, {s.id: s.source.upper() for s in document.segments}).decode()
    before, after = po_entries(text, "a.po"), po_entries(written, "a.po")
    assert [e.msgid for e in before] == [e.msgid for e in after]


@quick
@given(PO_TEXT)
def test_escapes_come_back(text: str) -> None:
    assert unescape_po(escape_po(text)) == text


@quick
@given(st.text('msgidstrctxt "\\\n#,~[]01abc', max_size=80))
def test_rubbish_is_refused_in_one_sentence(text: str) -> None:
    try:
        translate(text)
    except InputError as error:
        assert "\n" not in str(error)
