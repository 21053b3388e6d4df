"""Where stretches of a source are in its target, by the bundled model."""

from __future__ import annotations

import pytest

from mtkit.documents.placement import marked_spans
from mtkit.engines.attribution import aligned
from mtkit.engines.base import Capabilities, EngineOptions, Rendering, Request
from mtkit.engines.opening import open_engine
from mtkit.text.words import word_spans
from mtkit.types import Origin, Segment, Span, Translation
from tests.documents.test_placement import parse, span
from tests.fakes import RuleEngine

TAGGED = (
    ("en", "The <a>Prime Minister</a> visited the <b>new school</b> on <i>Monday</i>.",
     "В понедельник премьер-министр посетил новую школу.",
     ("премьер-министр", "новую школу", "понедельник")),
    ("en", "More than <a>200 delegates</a> took part in the <b>conference</b>.",
     "В конференции приняли участие более 200 делегатов.", ("200 делегатов", "конференции")),
    ("en", "He stressed the <a>importance</a> of <b>science and technology</b>.",
     "Он подчеркнул важность науки и технологий.", ("важность", "науки и технологий")),
    ("en", "The <a>province</a> will build <b>five bridges</b> by <i>2030</i>.",
     "К 2030 году провинция построит пять мостов.", ("провинция", "пять мостов", "2030")),
    ("en", "The two sides discussed <a>trade</a>, <b>education</b> and <i>tourism</i>.",
     "Стороны обсудили торговлю, образование и туризм.", ("торговлю", "образование", "туризм")),
    ("en", "The <a>Central Committee</a> adopted a <b>resolution</b> on <i>private economy</i>.",
     "Центральный комитет принял резолюцию о частной экономике.",
     ("Центральный комитет", "резолюцию", "частной экономике")),
    ("vi", "<a>Thủ tướng</a> đã thăm <b>trường học mới</b> ở <i>Hà Nội</i>.",
     "Премьер-министр посетил новую школу в Ханое.", ("Премьер-министр", "новую школу", "Ханое")),
    ("vi", "Hội nghị có <a>200 đại biểu</a> từ <b>15 tỉnh</b> tham dự.",
     "В конференции приняли участие 200 делегатов из 15 провинций.", ("200 делегатов", "15 провинций")),
    ("vi", "Hai bên trao đổi về <a>thương mại</a>, <b>giáo dục</b> và <i>du lịch</i>.",
     "Стороны обсудили торговлю, образование и туризм.", ("торговлю", "образование", "туризм")),
    ("vi", "<a>Chủ tịch nước</a> gửi <b>thư chúc mừng</b> đến <i>giáo viên</i>.",
     "Президент направил учителям поздравительное письмо.",
     ("Президент", "поздравительное письмо", "учителям")),
)  # fmt: skip
"""Language, source, target, and the words of the target that the tags belong around."""


@pytest.fixture(scope="module")
def engine():
    opened = open_engine("ctranslate2", EngineOptions(threads=1))
    yield opened
    opened.close()


def marked(lang: str, tagged: str, target: str) -> tuple[Segment, Translation]:
    source, marks = parse(tagged)
    segment = Segment(id="1", source=source, src_lang=lang, tgt_lang="ru", marked=marked_spans(source, marks))
    return segment, Translation(segment_id="1", target=target, origin=Origin.ENGINE)


def test_most_tags_are_around_the_right_words(engine) -> None:
    """A floor under what was measured with the first bundled model: all 27 around just the words."""
    cases = [marked(lang, tagged, target) for lang, tagged, target, _ in TAGGED]
    found = aligned(engine, [segment for segment, _ in cases], [each for _, each in cases])
    exact = near = wanted = 0
    for (_, _, target, words), (segment, _), translation in zip(TAGGED, cases, found, strict=True):
        alignment = dict(translation.alignment)
        for source_span, right in zip(segment.marked, words, strict=True):
            place = alignment.get(source_span, Span(0, 0))
            wanted += 1
            exact += place == span(target, right)
            near += place.overlaps(span(target, right))
    assert exact >= 0.8 * wanted and near >= 0.9 * wanted


def test_shares_are_between_nothing_and_all_for_each_word(engine) -> None:
    source, target = "The Prime Minister met farmers.", "Премьер-министр встретился с крестьянами."
    request = Request(text=source, src_lang="en", tgt_lang="ru")
    spans = (Span(4, 18), Span(23, 30))
    (shares, nothing) = engine.attribute(
        [
            Rendering(request=request, target=target, spans=spans),
            Rendering(request=request, target=target, spans=()),
        ]
    )
    assert [len(row) for row in shares] == [len(word_spans(target))] * 2
    assert all(0.0 <= share <= 1.0 for row in shares for share in row)
    assert nothing == ()


def test_a_text_too_long_for_the_model_has_no_shares(engine) -> None:
    request = Request(text="word " * 600, src_lang="en", tgt_lang="ru")
    assert engine.attribute([Rendering(request=request, target="слово", spans=(Span(0, 4),))]) == [()]


def test_an_engine_without_attention_leaves_equal_words_and_terms() -> None:
    engine = RuleEngine(str.upper)
    assert engine.capabilities == Capabilities(pairs=engine.capabilities.pairs)
    segment, translation = marked(
        "en", "In <a>2026</a> the <b>plan</b> ends.", "План завершится в 2026 году."
    )
    (found,) = aligned(engine, [segment], [translation])
    assert found.alignment == ((span(segment.source, "2026"), span(found.target, "2026")),)
