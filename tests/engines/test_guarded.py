from dataclasses import replace

import pytest

from mtkit.engines.base import DecodingOptions, Hypothesis, Request
from mtkit.engines.faults import Fault, clauses, faults, loops
from mtkit.engines.guarded import GuardedEngine, _best_first, _joined
from mtkit.types import Span
from tests.fakes import RuleEngine

LOOP = "члены комитета партии, члены комитета партии, члены комитета партии"


class Looping(RuleEngine):
    """Loops unless it is forbidden to."""

    def __init__(self, second):
        super().__init__(lambda text: LOOP if "lạc" in text else "верно")
        self.second = second
        self.strict = []

    def translate(self, requests, options=DecodingOptions()):
        if options.no_repeat_ngram:
            self.strict += requests
            return [(Hypothesis(text=self.second),) for _ in requests]
        return super().translate(requests, options)


def request(text):
    return Request(text=text, src_lang="vi", tgt_lang="ru")


def test_only_what_loops_is_decoded_again():
    engine = Looping("члены комитета партии")
    requests = [request("một"), request("lạc"), request("hai")]
    targets = [found[0].text for found in GuardedEngine(engine).translate(requests)]
    assert targets == ["верно", "члены комитета партии", "верно"]
    assert engine.strict == [requests[1]]


@pytest.mark.parametrize("second", ["", f"{LOOP}, {LOOP}"])
def test_a_second_attempt_that_is_no_better_is_dropped(second):
    found = GuardedEngine(Looping(second)).translate([request("lạc")])
    assert found[0][0].text == LOOP


@pytest.mark.parametrize(
    ("target", "source", "expected"),
    [
        (LOOP, "x", True),
        ("комитетовммммммм", "x", True),
        ("раз, два, три, раз, два, три", "x", False),
        (LOOP, "ba bốn năm ba bốn năm ba bốn năm", False),
        ("", "x", False),
    ],
)
def test_loops(target, source, expected):
    assert loops(target, source) is expected


LONG_SOURCE = "Hội nghị đã thông qua chương trình công tác, các đại biểu thảo luận về ngân sách"


@pytest.mark.parametrize(
    ("target", "source", "expected"),
    [
        ("Съезд открылся.", "Đại hội khai mạc.", set()),
        ("Да.", LONG_SOURCE, {Fault.SHORT}),
        ("Совещание прошло в срок и без замечаний участников", "Họp", {Fault.LONG}),
        ("chương trình công tác các", LONG_SOURCE, {Fault.COPIED}),
        ("В 2031 году съезд пройдёт.", "Đại hội sẽ diễn ra.", {Fault.NUMBER}),
        ("Съезд ⟦c2⟧ прошёл.", "Đại hội ⟦c1⟧ đã họp.", {Fault.NUMBER}),
        ("200 семей получили дома.", "Hai trăm hộ nhận nhà mới.", {Fault.NUMBER}),
        ("15 870 семей", "15.870 hộ", set()),
        ("Секретарь провинциального комитета партии", "Bí thư ⟦t⟧ секретарь комитета ⟦/t⟧ Tỉnh ủy", set()),
    ],
)
def test_faults(target, source, expected):
    assert faults(target, source) == expected


def test_clauses_join_to_the_text_and_leave_annotations_whole():
    text = "Ông A ⟦t⟧ министр, заведующий Канцелярией ⟦/t⟧ phát biểu khai mạc, ông B trả lời câu hỏi"
    spans = clauses(text)
    assert "".join(span.of(text) for span in spans) == text
    assert len(spans) == 2
    assert spans[0].of(text).endswith("khai mạc,")
    assert clauses("một, hai, ba") == [Span(0, 12)]


class Listing(RuleEngine):
    """Gives a short first hypothesis for whole sentences, and translates clauses."""

    def __init__(self, *hypotheses):
        super().__init__(
            lambda text: "Утверждена программа." if "thông qua" in text else "Делегаты обсуждают бюджет."
        )
        self.hypotheses = hypotheses

    def translate(self, requests, options=DecodingOptions()):
        if any(request.text == LONG_SOURCE for request in requests):
            return [tuple(Hypothesis(text=text) for text in self.hypotheses) for _ in requests]
        return super().translate(requests, options)


def test_another_hypothesis_without_faults_comes_first():
    whole = "Совещание утвердило программу работы, делегаты обсудили бюджет"
    found = GuardedEngine(Listing("Да.", whole)).translate([request(LONG_SOURCE)])[0]
    assert [hypothesis.text for hypothesis in found] == [whole, "Да."]


def test_what_stays_short_is_translated_clause_by_clause():
    found = GuardedEngine(Listing("Да.", "Нет.")).translate([request(LONG_SOURCE)])[0]
    assert found[0].text == "Утверждена программа, делегаты обсуждают бюджет."


class Attributing(Listing):
    """Renders the first clause only, and says so."""

    def __init__(self):
        super().__init__("Совещание утвердило программу работы")
        self.capabilities = replace(self.capabilities, alignment=True)

    def attribute(self, renderings):
        return [
            tuple((1.0 if span.start == 0 or "делегаты" in each.target else 0.0,) for span in each.spans)
            for each in renderings
        ]


def test_a_clause_that_no_word_renders_is_translated_on_its_own():
    found = GuardedEngine(Attributing()).translate([request(LONG_SOURCE)])[0]
    assert found[0].text == "Утверждена программа, делегаты обсуждают бюджет."


@pytest.mark.parametrize(
    ("second", "joined"),
    [
        ("Ханой принимает гостей.", "Ханой принимает гостей."),
        ("Донгтхап, провинция на юге.", "Донгтхап, провинция на юге."),
        ("Чан Куок Кхай выступил.", "Чан Куок Кхай выступил."),
        ("Во Тхань Нам выступил.", "Во Тхань Нам выступил."),
        ("На Ближнем Востоке тихо.", "на Ближнем Востоке тихо."),
        ("КПВ провела съезд.", "КПВ провела съезд."),
        ("Партия провела съезд.", "партия провела съезд."),
        ("Секретарь Чан Куок Кхай выступил.", "секретарь Чан Куок Кхай выступил."),
        ("Президент Путин прибыл.", "президент Путин прибыл."),
        ("Правительство Вьетнама провело съезд.", "правительство Вьетнама провело съезд."),
        ("Банк Вьетнама открыт.", "банк Вьетнама открыт."),
        ("Он выступил.", "он выступил."),
        ("В Ханое прошёл съезд.", "в Ханое прошёл съезд."),
    ],
)
def test_names_keep_their_capitals_where_clauses_are_joined(second, joined):
    source = "tỉnh đã họp xong, sau đó mọi người ra về"
    pieces = zip(clauses(source), ["Заседание прошло.", second], strict=True)
    assert _joined(request(source), list(pieces)).text == f"Заседание прошло, {joined}"


def test_nothing_is_asked_of_further_hypotheses_where_the_first_is_sound(monkeypatch):
    asked = []

    def counting(target, source):
        asked.append(target)
        return faults(target, source)

    monkeypatch.setattr("mtkit.engines.guarded.faults", counting)
    sound, bad, blank = (Hypothesis(text=text) for text in ("верно", LOOP, " "))
    assert _best_first((sound, bad, bad), request("lạc")) == (sound, bad, bad)
    assert asked == ["верно"]
    assert _best_first((blank, bad, sound, bad), request("lạc")) == (sound, blank, bad, bad)
    assert _best_first((bad, blank), request("lạc")) == (bad, blank)
