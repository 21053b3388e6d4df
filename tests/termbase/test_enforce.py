from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mtkit.engines.base import Capabilities, DecodingOptions, Hypotheses, Hypothesis, Request
from mtkit.names.find import find_names
from mtkit.termbase.enforce import Enforced, TermConstraint, enforce, mend_forms
from mtkit.termbase.match import SourceMatch
from mtkit.termbase.name_terms import name_match
from mtkit.termbase.verify import verify
from mtkit.types import Concept, Span, Status, Term


def concept(source: str, russian: str, *admitted: str, forbidden: tuple[str, ...] = ()) -> Concept:
    return Concept(
        id=source.lower().replace(" ", "-"),
        terms=(
            Term(lang="vi", text=source),
            Term(lang="ru", text=russian),
            *(Term(lang="ru", text=text, status=Status.ADMITTED) for text in admitted),
            *(Term(lang="ru", text=text, status=Status.FORBIDDEN) for text in forbidden),
        ),
    )


COMMITTEE = concept("Tỉnh ủy", "провинциальный комитет партии", "партком провинции")
DEPUTY = concept("Phó Bí thư Tỉnh ủy", "заместитель секретаря провинциального комитета партии")
COUNCIL = concept("HĐND tỉnh", "Народный совет провинции")
PEOPLES_COMMITTEE = concept("UBND tỉnh", "Народный комитет провинции")
COMMISSION = concept("Ban Tuyên giáo", "Комиссия по пропаганде")
RESOLUTION = concept("Nghị quyết", "резолюция", forbidden=("постановление",))


_OPTIONS = DecodingOptions()


class TableEngine:
    """Knows some targets of each source with their scores; a prefix gets the best that begins so."""

    name = "table"

    def __init__(self, targets: dict[str, dict[str, float]], **capabilities: bool) -> None:
        given = {"prefix": True, "scores": True, **capabilities}
        self.capabilities = Capabilities(pairs=frozenset({("vi", "ru")}), **given)
        self.targets = targets
        self.alignments: dict[str, tuple[tuple[Span, Span], ...]] = {}
        self.calls: list[int] = []
        self.scored: list[str] = []

    def translate(self, requests: Sequence[Request], options: DecodingOptions = _OPTIONS) -> list[Hypotheses]:
        self.calls.append(len(requests))
        return [self._decode(request, options) for request in requests]

    def _decode(self, request: Request, options: DecodingOptions) -> Hypotheses:
        table = self.targets[request.text]
        texts = [text for text in sorted(table, key=lambda t: -table[t]) if text.startswith(request.prefix)]
        found = [
            Hypothesis(
                text=text,
                score=table[text],
                alignment=self.alignments.get(text, ()) if options.alignment else (),
            )
            for text in texts[: options.n_best]
        ]
        return tuple(found) or (Hypothesis(text=request.prefix, score=-9.0),)

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[float]:
        self.scored += [text for _, text in pairs]
        return [self.targets[request.text].get(text, -1.5) for request, text in pairs]

    def fingerprint(self) -> dict[str, str]:
        return {"name": self.name}

    def close(self) -> None:
        pass


def constrain(source: str, *concepts: Concept, plural: bool = False) -> tuple[TermConstraint, ...]:
    constraints, start = [], 0
    for each in concepts:
        text = each.terms[0].text
        start = source.index(text, start)
        span = Span(start, start + len(text))
        constraints.append(
            TermConstraint(match=SourceMatch(each, each.terms[0], span, plural), request_span=span)
        )
        start = span.end
    return tuple(constraints)


def run(
    engine: TableEngine, source: str, *concepts: Concept, n_best: int = 1, plural: bool = False
) -> Enforced:
    request = Request(text=source, src_lang="vi", tgt_lang="ru")
    options = DecodingOptions(n_best=n_best, alignment=not engine.capabilities.prefix)
    hypotheses = engine.translate([request], options)
    engine.calls.clear()
    constraints = [constrain(source, *concepts, plural=plural)]
    (enforced,) = enforce(engine, [request], constraints, hypotheses)
    return enforced


def test_free() -> None:
    engine = TableEngine({"họp Tỉnh ủy": {"заседание провинциального комитета партии": -0.2}})
    assert run(engine, "họp Tỉnh ủy", COMMITTEE) == Enforced(
        text="заседание провинциального комитета партии", score=-0.2, strategies=("free",)
    )
    assert engine.calls == []


def test_admitted_rendering_is_left_alone() -> None:
    engine = TableEngine({"họp Tỉnh ủy": {"заседание парткома провинции": -0.2}})
    assert run(engine, "họp Tỉnh ủy", COMMITTEE).strategies == ("free",)


def test_annotation() -> None:
    source = "họp Tỉnh ủy ⟦t⟧ провинциальный комитет партии ⟦/t⟧"
    engine = TableEngine({source: {"заседание провинциального комитета партии": -0.2}})
    assert run(engine, source, COMMITTEE).strategies == ("annotation",)


def test_n_best_within_the_margin() -> None:
    engine = TableEngine(
        {"họp Tỉnh ủy": {"собрание партийцев": -0.2, "заседание провинциального комитета партии": -0.4}}
    )
    assert run(engine, "họp Tỉnh ủy", COMMITTEE, n_best=2).strategies == ("n-best",)
    assert engine.calls == []


def test_n_best_beyond_the_margin_is_not_taken() -> None:
    worse = "заседание провинциального комитета партии"
    engine = TableEngine({"họp Tỉnh ủy": {"собрание": -0.2, worse: -3.0}}, prefix=False)
    assert run(engine, "họp Tỉnh ủy", COMMITTEE, n_best=2).strategies == ("failed",)


def test_n_best_that_loses_a_placeable_is_not_taken() -> None:
    source = "Tỉnh ủy ⟦c1⟧"
    engine = TableEngine({source: {"партия ⟦c1⟧": -0.2, "провинциальный комитет партии": -0.3}}, prefix=False)
    assert run(engine, source, COMMITTEE, n_best=2).text == "партия ⟦c1⟧"


def test_what_nothing_locates_is_a_prefix_that_the_decoder_continues() -> None:
    source = "tại Tỉnh ủy hôm nay"
    engine = TableEngine(
        {
            source: {
                "в обкоме было сегодня": -0.3,
                "в провинциальном комитете партии сегодня": -0.5,
                "в провинциальный комитет партии сегодня": -1.2,
            }
        }
    )
    enforced = run(engine, source, COMMITTEE)
    assert enforced.text == "в провинциальном комитете партии сегодня"
    assert enforced.strategies == ("prefix",)
    assert engine.calls == [1]


def test_prefix_rejects_a_form_that_the_preposition_forbids() -> None:
    source = "với HĐND tỉnh"
    engine = TableEngine(
        {
            source: {
                "согласно советской провинции": -0.1,
                "согласно Народный совет провинции": -0.2,
                "согласно Народному совету провинции": -0.9,
            }
        }
    )
    engine.alignments["согласно советской провинции"] = ((Span(9, 28), Span(4, 13)),)
    engine.capabilities = Capabilities(
        pairs=frozenset({("vi", "ru")}), prefix=True, scores=True, alignment=True
    )
    assert run(engine, source, COUNCIL).text == "согласно Народному совету провинции"


def test_prefix_does_not_lose_or_double_anything() -> None:
    source = "HĐND tỉnh và UBND tỉnh, 15"
    engine = TableEngine(
        {
            source: {
                "совет народный и Народный комитет провинции, 15": -0.1,
                "Народный совет провинции и комитет, 15": -0.2,
                "Народный совет провинции и Народный комитет провинции": -0.2,
                "Народный совет провинции народный совет и Народный комитет провинции, 15": -0.2,
            }
        }
    )
    enforced = run(engine, source, COUNCIL, PEOPLES_COMMITTEE)
    assert "15" in enforced.text
    assert enforced.text.count("Народный комитет провинции") == 1
    assert enforced.text.lower().count("совет") <= 1


def test_aligned_replacement_keeps_the_case_and_mends_the_neighbours() -> None:
    source = "họp Ban Tuyên giáo mới"
    text = "заседание нового отдела прошло"
    engine = TableEngine({source: {text: -0.3}}, prefix=False, scores=False, alignment=True)
    engine.alignments[text] = ((Span(0, 9), Span(0, 3)), (Span(17, 23), Span(4, 18)))
    enforced = run(engine, source, COMMISSION)
    assert enforced.text == "заседание новой Комиссии по пропаганде прошло"
    assert enforced.strategies == ("aligned",)


def test_aligned_subject_takes_its_verb_along() -> None:
    source = "Ban Tuyên giáo báo cáo"
    text = "Отдел доложил о работе"
    engine = TableEngine({source: {text: -0.3}}, prefix=False, scores=False, alignment=True)
    engine.alignments[text] = ((Span(0, 5), Span(0, 14)), (Span(6, 13), Span(15, 22)))
    assert run(engine, source, COMMISSION).text == "Комиссия по пропаганде доложила о работе"


def test_a_forbidden_rendering_is_replaced_in_its_case() -> None:
    source = "theo Nghị quyết"
    text = "в соответствии с новым постановлением"
    engine = TableEngine({source: {text: -0.3}}, prefix=False, scores=False)
    enforced = run(engine, source, RESOLUTION)
    assert (enforced.text, enforced.strategies) == ("в соответствии с новой резолюцией", ("aligned",))


def test_preposition_is_mended() -> None:
    ban = concept("Ban Chấp hành", "Исполнительный комитет", forbidden=("правление",))
    engine = TableEngine({"về Ban Chấp hành": {"речь о правлении": -0.3}}, prefix=False, scores=False)
    assert run(engine, "về Ban Chấp hành", ban).text == "речь об Исполнительном комитете"


def test_no_nominative_is_pasted_blindly() -> None:
    source = "gì đó Tỉnh ủy"
    text = "кое-что хмф"
    engine = TableEngine({source: {text: -0.3}}, prefix=False, scores=False, alignment=True)
    engine.alignments[text] = ((Span(8, 11), Span(6, 13)),)
    assert run(engine, source, COMMITTEE) == Enforced(text=text, score=-0.3, strategies=("failed",))


def test_an_organ_after_a_post_is_genitive() -> None:
    source = "Bí thư Tỉnh ủy"
    text = "секретарь хмф"
    engine = TableEngine({source: {text: -0.3}}, prefix=False, scores=False, alignment=True)
    engine.alignments[text] = ((Span(10, 13), Span(7, 14)),)
    assert run(engine, source, COMMITTEE).text == "секретарь провинциального комитета партии"


def test_a_form_that_cannot_stand_there_is_mended() -> None:
    source = "tại Tỉnh ủy"
    text = "согласно провинциальный комитет партии"
    engine = TableEngine({source: {text: -0.3}}, prefix=False, scores=False)
    enforced = run(engine, source, COMMITTEE)
    assert enforced.text == "согласно провинциальному комитету партии"
    assert enforced.strategies == ("free",)


def test_a_form_that_is_unlikely_there_gives_way_to_one_that_the_model_likes_as_well() -> None:
    source = "hôm qua HĐND tỉnh họp"
    text, likelier = (
        f"Вчера {form} провинции провёл сессию." for form in ("Народному совету", "Народный совет")
    )
    engine = TableEngine({source: {text: -0.3, likelier: -0.32}})
    enforced = run(engine, source, COUNCIL)
    assert (enforced.text, enforced.strategies) == (likelier, ("free",))
    engine = TableEngine({source: {text: -0.3, likelier: -1.9}})
    assert run(engine, source, COUNCIL).text == text


def test_a_finished_target_is_mended_and_gains_no_term() -> None:
    source = "tại Tỉnh ủy, HĐND tỉnh"
    engine = TableEngine({source: {}}, scores=False)
    request = Request(text=source, src_lang="vi", tgt_lang="ru")
    constraints = constrain(source, COMMITTEE, COUNCIL)
    for text, mended in (
        ("согласно Провинциальный комитет партии", "согласно провинциальному комитету партии"),
        ("в провинциальном комитете партии", "в провинциальном комитете партии"),
    ):
        assert mend_forms(engine, [request], [constraints], [text]) == [mended]


class EvenEngine(TableEngine):
    """Likes every target as well as any other, so that the words around a term alone decide."""

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[float]:
        return [-0.3 for _ in pairs]


FEAST = concept("ngày hội", "день праздника")
CELL = concept("chi bộ", "партийная ячейка")
SECRETARY = concept("Bí thư Tỉnh ủy", "секретарь провинциального комитета партии")


@pytest.mark.parametrize(
    ("source", "text", "concepts"),
    [
        ("Nghị quyết được thông qua", "Резолюция принята народным советом.", [RESOLUTION]),
        ("vào ngày hội", "В день праздника прошла встреча.", [FEAST]),
        ("UBND tỉnh họp", "Народный комитет провинции провёл заседание.", [PEOPLES_COMMITTEE]),
        ("Hôm qua chi bộ họp", "Вчера партийная ячейка провела собрание.", [CELL]),
        ("Ở xã, chi bộ họp", "В общине партийная ячейка провела собрание.", [CELL]),
        ("Các chi bộ họp", "Партийные ячейки провели собрания.", [CELL]),
        (
            "HĐND tỉnh và UBND tỉnh",
            "Народный совет провинции и Народный комитет провинции",
            [COUNCIL, PEOPLES_COMMITTEE],
        ),
        (
            "họp HĐND tỉnh và UBND tỉnh",
            "Заседание Народного совета провинции и Народного комитета провинции прошло.",
            [COUNCIL, PEOPLES_COMMITTEE],
        ),
        (
            "với HĐND tỉnh và UBND tỉnh",
            "Он работал с Народным советом провинции и Народным комитетом провинции.",
            [COUNCIL, PEOPLES_COMMITTEE],
        ),
        (
            "Tỉnh ủy, HĐND tỉnh, UBND tỉnh",
            "Провинциальный комитет партии, Народный совет провинции, Народный комитет провинции",
            [COMMITTEE, COUNCIL, PEOPLES_COMMITTEE],
        ),
        (
            "cho Tỉnh ủy, HĐND tỉnh, chi bộ",
            "Пишут провинциальному комитету партии, Народному совету провинции, партийной ячейке.",
            [COMMITTEE, COUNCIL, CELL],
        ),
        ("ông Nam, Bí thư Tỉnh ủy", "Нам, секретарь провинциального комитета партии, сказал.", [SECRETARY]),
        ("Đảng ủy, chi bộ", "Комитет партии, партийная ячейка провели встречу.", [CELL]),
        (
            "gặp ông Quang, Bí thư Tỉnh ủy",
            "Он встретил Куанга, секретаря провинциального комитета партии.",
            [SECRETARY],
        ),
        ("các chi bộ", "Собрания партийных ячеек прошли.", [CELL]),
    ],
)
def test_a_form_that_is_right_stays(source: str, text: str, concepts: list[Concept]) -> None:
    assert run(EvenEngine({source: {text: -0.3}}), source, *concepts).text == text


def test_the_number_of_a_form_stays_where_the_source_has_none() -> None:
    source = "họp chi bộ"
    text = "Секретари партийные ячейки выступили."
    mended = run(EvenEngine({source: {text: -0.3}}), source, CELL).text
    assert mended == "Секретари партийных ячеек выступили."


def test_a_term_after_a_numeral() -> None:
    source = "ba Tỉnh ủy"
    text = "три партийных комитета провинции"
    engine = TableEngine({source: {text: -0.3}}, prefix=False, scores=False)
    assert run(engine, source, COMMITTEE).text == "три провинциальных комитета партии"


def test_nothing_of_the_old_rendering_is_left() -> None:
    source = "của Tỉnh ủy"
    text = "решение партийного комитета провинциального комитета провинции"
    engine = TableEngine({source: {text: -0.3}}, prefix=False, scores=False)
    assert run(engine, source, COMMITTEE).text.count("комитет") == 1


def test_a_missing_term_joins_its_neighbour() -> None:
    source = "họp HĐND tỉnh và UBND tỉnh"
    text = "заседание Народного совета провинции"
    engine = TableEngine({source: {text: -0.3}}, prefix=False)
    enforced = run(engine, source, COUNCIL, PEOPLES_COMMITTEE)
    assert enforced.text == "заседание Народного совета провинции и Народного комитета провинции"
    assert enforced.strategies == ("free", "aligned")


def test_a_term_without_a_paradigm_is_left_as_it_is_written() -> None:
    adverb, source = concept("nhanh", "быстро и легко"), "nhanh Tỉnh ủy"
    text = "Работать быстро и легко"
    engine = TableEngine({source: {text: -0.3}}, prefix=False)
    assert run(engine, source, adverb, COMMITTEE).text.startswith(text)


def test_honest_failure_leaves_the_text() -> None:
    engine = TableEngine({"Tỉnh ủy": {"Сегодня тепло": -0.3}}, prefix=False)
    assert run(engine, "Tỉnh ủy", COMMITTEE) == Enforced(
        text="Сегодня тепло", score=-0.3, strategies=("failed",)
    )


def test_the_same_term_twice() -> None:
    source = "Tỉnh ủy và Tỉnh ủy"
    text = "провинциальный комитет партии и партийный комитет провинции"
    engine = TableEngine({source: {text: -0.3}}, prefix=False, scores=False)
    enforced = run(engine, source, COMMITTEE, COMMITTEE)
    assert enforced.text == "провинциальный комитет партии и провинциальный комитет партии"
    assert sorted(enforced.strategies) == ["aligned", "free"]


def test_nested_and_adjacent_terms() -> None:
    source = "Phó Bí thư Tỉnh ủy, UBND tỉnh, Tỉnh ủy"
    text = (
        "заместителем секретаря провинциального комитета партии, народным провинциальным комитетом, "
        "провинциальным комитетом партии"
    )
    engine = TableEngine({source: {text: -0.3}}, prefix=False, scores=False)
    enforced = run(engine, source, DEPUTY, PEOPLES_COMMITTEE, COMMITTEE)
    assert enforced.strategies == ("free", "aligned", "free")
    assert enforced.text == text.replace("народным провинциальным комитетом", "Народным комитетом провинции")


def test_plural() -> None:
    source = "các Tỉnh ủy"
    engine = TableEngine({source: {"секретари комитетов провинциальных": -0.3}}, prefix=False, scores=False)
    enforced = run(engine, source, COMMITTEE, plural=True)
    assert enforced.text == "секретари провинциальных комитетов партии"


def test_plural_of_a_title_with_its_distributed_tail() -> None:
    secretary = concept("Bí thư Tỉnh ủy", "секретарь провинциального комитета партии")
    source = "gặp các Bí thư Tỉnh ủy"
    there = "встреча с секретарями провинциальных комитетов партии"
    engine = TableEngine({source: {there: -0.3}}, prefix=False, scores=False)
    assert run(engine, source, secretary, plural=True).strategies == ("free",)
    text = "встреча с партийными секретарями провинций"
    engine = TableEngine({source: {text: -0.3}}, prefix=False, scores=False, alignment=True)
    words = ("встреча", "партийными", "секретарями", "провинций")
    asked = [Span(0, 3), *[Span(8, 22)] * 3]
    engine.alignments[text] = tuple(
        (Span(text.index(word), text.index(word) + len(word)), span)
        for word, span in zip(words, asked, strict=True)
    )
    enforced = run(engine, source, secretary, plural=True)
    assert enforced.text in (
        "встреча с секретарями провинциального комитета партии",
        "встреча с секретарями провинциальных комитетов партии",
    )


def test_coordinated_posts_stand_in_one_case() -> None:
    chairman = concept("Chủ tịch UBND tỉnh", "председатель Народного комитета провинции")
    source = "theo Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh"
    text = "по словам заместителя секретаря провинциального комитета партии"
    engine = TableEngine({source: {text: -0.3}}, prefix=False)
    enforced = run(engine, source, DEPUTY, chairman)
    assert enforced.text.startswith(text)
    assert enforced.text.endswith("председателя Народного комитета провинции")
    assert enforced.strategies == ("free", "aligned")


def test_a_term_before_its_code() -> None:
    source = "theo Nghị quyết số ⟦c1⟧ của HĐND tỉnh"
    text = "по постановлению № ⟦c1⟧ совета провинции"
    engine = TableEngine({source: {text: -0.3}}, prefix=False, scores=False)
    enforced = run(engine, source, RESOLUTION)
    assert enforced.text == "по резолюции № ⟦c1⟧ совета провинции"


def test_a_term_that_is_doubled_elsewhere_is_not_taken() -> None:
    source = "Tỉnh ủy và HĐND tỉnh"
    doubled = "Народный совет провинции, Народный совет провинции и провинциальный комитет партии"
    text = "Народный совет провинции и обком"
    engine = TableEngine({source: {text: -0.3, doubled: -0.31}}, prefix=False)
    enforced = run(engine, source, COMMITTEE, COUNCIL)
    assert enforced.text.count("Народный совет") == 1


def test_what_stands_already_costs_nothing() -> None:
    source = "họp Tỉnh ủy"
    text = "заседание провинциального комитета партии"
    engine = TableEngine({source: {text: -0.2}}, alignment=True)
    assert run(engine, source, COMMITTEE).text == text
    assert (engine.calls, engine.scored) == ([], [])


def test_a_form_without_a_rival_is_not_scored() -> None:
    source = "gửi Tỉnh ủy"
    text = "благодаря партийному комитету провинции"
    engine = TableEngine({source: {text: -0.2}}, prefix=False)
    assert run(engine, source, COMMITTEE).text == "благодаря провинциальному комитету партии"
    assert engine.scored == []


def test_one_batch_a_round_for_all_segments() -> None:
    source = "Tỉnh ủy, HĐND tỉnh, UBND tỉnh"
    engine = TableEngine({source: {"одно, другое, третье": -0.3}})
    request = Request(text=source, src_lang="vi", tgt_lang="ru")
    options = DecodingOptions()
    hypotheses = engine.translate([request] * 3, options)
    engine.calls.clear()
    constraints = [constrain(source, COMMITTEE, COUNCIL, PEOPLES_COMMITTEE)] * 3
    enforce(engine, [request] * 3, constraints, hypotheses)
    assert engine.calls == [3, 3, 3, 9, 9, 9]


def test_alignment_is_asked_for_once_where_it_is_missing() -> None:
    source = "họp Ban Tuyên giáo"
    text = "заседание отдела"
    engine = TableEngine({source: {text: -0.3}}, alignment=True)
    engine.alignments[text] = ((Span(0, 9), Span(0, 3)), (Span(10, 16), Span(4, 18)))
    enforced = run(engine, source, COMMISSION)
    assert enforced.text == "заседание Комиссии по пропаганде"
    assert len(engine.calls) == 2


def test_names_are_enforced_like_terms() -> None:
    source = "gặp ông Nguyễn Đăng Quang"
    text = "встреча с господином Нгуеном Данг Куанг"
    (name,) = find_names(source, "vi")
    constraint = TermConstraint(match=name_match(name), request_span=name.span)
    engine = TableEngine({source: {text: -0.3}}, prefix=False, alignment=True)
    engine.alignments[text] = (
        *((Span(0, 7), Span(0, 3)), (Span(10, 20), Span(4, 7))),
        *((Span(21, 28), Span(8, 14)), (Span(29, 33), Span(15, 19)), (Span(34, 39), Span(20, 25))),
    )
    engine.targets[source]["встреча с господином Нгуен Данг Куангом"] = -0.4
    request = Request(text=source, src_lang="vi", tgt_lang="ru")
    hypotheses: list[Hypotheses] = [(Hypothesis(text=text, score=-0.3),)]
    (enforced,) = enforce(engine, [request], [(constraint,)], hypotheses)
    assert enforced.text == "встреча с господином Нгуен Данг Куангом"


def test_segments_without_constraints_pass_through() -> None:
    engine = TableEngine({})
    request = Request(text="a", src_lang="vi", tgt_lang="ru")
    hypotheses: list[Hypotheses] = [(Hypothesis(text="а", score=-0.1),)]
    assert enforce(engine, [request], [()], hypotheses) == [Enforced(text="а", score=-0.1, strategies=())]


CONCEPTS = (COMMITTEE, DEPUTY, COUNCIL, PEOPLES_COMMITTEE, COMMISSION, RESOLUTION)
TARGETS = (
    "в провинциальном комитете партии",
    "комитета провинциального",
    "заместителя секретаря провинциального комитета партии",
    "Народный совет провинции",
    "народным советом",
    "отдел",
    "⟦c1⟧",
    "25",
    "постановления",
    "с новой резолюцией",
    "Комиссией по пропаганде",
    ",",
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(CONCEPTS), max_size=4),
    st.lists(st.sampled_from(TARGETS), min_size=1, max_size=6),
    st.booleans(),
    st.booleans(),
)
@example(
    [DEPUTY, COUNCIL],
    ["заместителя секретаря провинциального комитета партии", "Народный совет провинции"],
    False,
    True,
)
def test_enforcement_loses_nothing_and_is_idempotent(
    concepts: list[Concept], parts: list[str], prefix: bool, scores: bool
) -> None:
    source = " ".join(["⟦c1⟧", *(each.terms[0].text for each in concepts), *["25"] * parts.count("25")])
    text = " ".join(parts)
    engine = TableEngine({source: {text: -0.3}}, prefix=prefix, scores=scores)
    request = Request(text=source, src_lang="vi", tgt_lang="ru")
    constraints = constrain(source, *concepts)
    start: list[Hypotheses] = [(Hypothesis(text=text, score=-0.3),)]
    (once,) = enforce(engine, [request], [constraints], start)
    hits = verify([each.match for each in constraints], once.text, once.strategies)
    assert [hit.ok for hit in hits] == [strategy != "failed" for strategy in once.strategies]
    before = verify([each.match for each in constraints], text)
    assert sum(hit.ok for hit in hits) >= sum(hit.ok for hit in before)
    assert once.text.count("⟦c1⟧") >= min(1, text.count("⟦c1⟧"))
    assert once.text.count("25") >= text.count("25")
    if "failed" not in once.strategies:
        again: list[Hypotheses] = [(Hypothesis(text=once.text, score=once.score),)]
        (twice,) = enforce(engine, [request], [constraints], again)
        assert (twice.text, set(twice.strategies)) == (once.text, {"free"} & set(twice.strategies))


@pytest.mark.parametrize("hypotheses", [(), (Hypothesis(text=""),)])
def test_empty_hypotheses(hypotheses: Hypotheses) -> None:
    source = "Tỉnh ủy"
    engine = TableEngine({source: {"": -1.0}}, prefix=False)
    request = Request(text=source, src_lang="vi", tgt_lang="ru")
    constraints = [constrain(source, COMMITTEE)]
    (enforced,) = enforce(engine, [request], constraints, [hypotheses])
    assert enforced.strategies == ("failed",)
