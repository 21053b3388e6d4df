from __future__ import annotations

import pytest

from mtkit.documents.markdown import MarkdownFormat, MarkdownOptions
from mtkit.types import Document

KIND = MarkdownFormat()


def read(text: str) -> Document:
    return KIND.read(text.encode(), "a.md", "en", "ru")


def translate(text: str, **targets: str) -> str:
    """Targets by source words; without them every segment in capitals."""
    document = read(text)
    chosen = {
        s.id: targets.get(s.source, s.source) if targets else s.source.upper() for s in document.segments
    }
    return KIND.write(document, chosen).decode()


def sources(text: str) -> list[str]:
    return [segment.source for segment in read(text).segments]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Head **bold** #\n", "# HEAD **BOLD** #\n"),
        ("Head\nlines\n===\n", "HEAD LINES\n===\n"),
        ("> One\n> two. Three\n> four.\n", "> ONE TWO. THREE FOUR.\n"),
        ("- a [x] b\n\n  para\n1. c\n", "- A \\[X\\] B\n\n  PARA\n1. C\n"),
        ("- [x] done\n- [ ] open\n", "- [x] DONE\n- [ ] OPEN\n"),
        ("One  \ntwo\\\nthree\n", "ONE  \nTWO\\\nTHREE\n"),
        ("See `code x` here.\n", "SEE `code x` HERE.\n"),
        ("See <http://a.b/c> and <me@a.b>.\n", "SEE <http://a.b/c> AND <me@a.b>.\n"),
        ('A [link](http://a.b/c "Title") end\n', 'A [LINK](http://a.b/c "Title") END\n'),
        ("A ![pic *x*](a.png) end\n", "A ![PIC *X*](a.png) END\n"),
        ("A [full][ref] end\n\n[ref]: /u 'T'\n", "A [FULL][ref] END\n\n[ref]: /u 'T'\n"),
        ("A [ref] and [ref][].\n\n[ref]: /u\n", "A [REF][ref] AND [REF][ref].\n\n[ref]: /u\n"),
        ("Word[^n].\n\n[^n]: A note.\n", "WORD[^n].\n\n[^n]: A NOTE.\n"),
        ("| a \\| b | `k` |\n|:-:|---|\n| **c** |  |\n", "| A \\| B | `k` |\n|:-:|---|\n| **C** |  |\n"),
        ("    code\n\n```\ncode\n```\n", "    code\n\n```\ncode\n```\n"),
        (
            "<!-- words -->\n\n<div>\nWords <b>x</b>\n</div>\n",
            "<!-- words -->\n\n<div>\nWORDS <b>X</b>\n</div>\n",
        ),
        ("A <br> b <code>c d</code> e\n", "A <br> B <code>c d</code> E\n"),
        ('A <span translate="no">b *c*</span> d\n', 'A <span translate="no">b *c*</span> D\n'),
        ("A \\* b &amp; c &copy;\n", "A * B & C ©\n"),
        ("~~Struck~~ and ***both***\n", "~~STRUCK~~ AND ***BOTH***\n"),
        ("**Whole sentence.** Next.\n", "**WHOLE SENTENCE.** NEXT.\n"),
        ("* * *\n\n---\n", "* * *\n\n---\n"),
    ],
)
def test_only_text_changes(text: str, expected: str) -> None:
    assert translate(text) == expected
    assert KIND.write(read(text), {}).decode() == text


def test_front_matter_keys_and_other_fields_stay() -> None:
    text = "---\ntitle: Plain: no\nsummary: Plain yes\nlead: 'It is'\ntags: [x]\ntitle_id: y\n---\nBody\n"
    assert translate(text) == (
        '---\ntitle: Plain: no\nsummary: "PLAIN YES"\nlead: "IT IS"\ntags: [x]\ntitle_id: y\n---\nBODY\n'
    )


def test_front_matter_fields_are_an_option() -> None:
    document = MarkdownFormat(MarkdownOptions(front_matter=("note",))).read(
        b'+++\ntitle = "a"\nnote = \'Say "b"\'\n+++\n', "a.md", "en", "ru"
    )
    assert [segment.source for segment in document.segments] == ['Say "b"']
    assert KIND.write(document, {"3": 'c "d"'}).decode() == '+++\ntitle = "a"\nnote = "c \\"d\\""\n+++\n'


def test_a_rule_is_not_front_matter() -> None:
    assert sources("---\n\nOne\n\n---\n") == ["One"]


def test_segments_carry_their_roles() -> None:
    text = "# a\n\n## b\n\n- c\n\n> d\n\n| e |\n|---|\n\n![f](u)\n\ng\n"
    assert {segment.source: segment.tags for segment in read(text).segments} == {
        "a": ("headline",),
        "b": ("heading",),
        "c": ("list",),
        "d": ("quote",),
        "e": ("table",),
        "f": ("alt",),
        "g": (),
    }


def test_a_wrapped_paragraph_is_one_text() -> None:
    assert sources("> The committee\n> met in **the old\n> city** hall. Then\n> it left.\n") == [
        "The committee met in the old city hall.",
        "Then it left.",
    ]


def test_markup_goes_around_the_same_words_or_the_same_share() -> None:
    source = "The **Ministry** adopted [57-NQ/TW](/u) today."
    target = "Сегодня министерство приняло «57-NQ/TW» в Ханое."
    assert translate(
        source + "\n", **{source.replace("**", "").replace("[", "").replace("](/u)", ""): target}
    ) == ("Сегодня **министерство** приняло «[57-NQ/TW](/u)» в Ханое.\n")


def test_emphasis_without_a_word_left_is_dropped() -> None:
    assert translate("**One** *two* three\n", **{"One two three": "Слово"}) == "*Слово*\n"
    assert translate("**One** [two](/u) three\n", **{"One two three": "Слово"}) == "[Слово](/u)\n"


@pytest.mark.parametrize(
    "target",
    ["# a", "- a", "+ a", "1. a", "2024) a", "> a", "===", "--- ---", "* a", "a\n\nb", "```", "[a]: /u"],
)
def test_a_target_never_becomes_a_block(target: str) -> None:
    document = read("Words here\n\nMore\n")
    written = KIND.write(document, {"1": target}).decode()
    again = read(written)
    expected = " ".join(target.split())
    assert len(written.split("\n")) == 4
    assert " ".join(segment.source for segment in again.segments if segment.source != "More") in expected
    assert "More" in [segment.source for segment in again.segments]


def test_a_list_of_links_is_translated_link_by_link() -> None:
    assert sources("[Home](/) | [News](/n)\n") == ["Home", "News"]


def test_marks_of_notes_are_no_text() -> None:
    text = "A house<sup>2</sup> here. See it.[1](#n) And[\\[2\\]](#n) this.[^3]\n"
    assert sources(text) == ["A house here.", "See it.", "And this."]
    assert translate(text) == "A HOUSE<sup>2</sup> HERE. SEE IT.[1](#n) AND[\\[2\\]](#n) THIS.[^3]\n"


def test_each_footnote_is_apart_and_keeps_its_further_lines() -> None:
    text = "[^1]: As A says.\n[^b]: As *B*\n    says.\n\n    More of `it`.\n  [^3]: C\n\nplain\n\n    code\n"
    assert sources(text) == ["As A says.", "As B says.", "More of", "C", "plain"]
    assert translate(text) == (
        "[^1]: AS A SAYS.\n[^b]: AS *B* SAYS.\n\n    MORE OF `it`.\n  [^3]: C\n\nPLAIN\n\n    code\n"
    )
    assert KIND.write(read(text), {}).decode() == text


def test_the_full_stop_behind_code_stays_there() -> None:
    text = "To see it, run `mtkit --help`. The meeting ended.\n"
    assert sources(text) == ["To see it, run", "The meeting ended."]
    assert translate(text) == "TO SEE IT, RUN `mtkit --help`. THE MEETING ENDED.\n"
