import pytest

from mtkit.engines.base import DecodingOptions, Hypothesis, Request
from mtkit.engines.guarded import GuardedEngine, loops
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
