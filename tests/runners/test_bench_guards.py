from mtkit.engines.base import DecodingOptions, Hypothesis
from mtkit.engines.faults import Fault
from mtkit.runners import bench
from mtkit.runners.bench_guards import measure_guards
from tests.fakes import RuleEngine

LOOP = "члены комитета партии, члены комитета партии, члены комитета партии"


class Looping(RuleEngine):
    """Loops in every second sentence unless it is forbidden to, and invents a number that nothing mends."""

    def translate(self, requests, options=DecodingOptions()):
        def target(text):
            if "lạc" in text and not options.no_repeat_ngram:
                return LOOP
            return "В 1999 году" if "số" in text else "верно"

        return [(Hypothesis(text=target(request.text)),) for request in requests]


def test_faults_are_counted_before_and_after_the_guard():
    test_set = bench.TestSet(
        name="made",
        src_lang="vi",
        sources=["người dân đi lạc trong rừng sâu", "đường thẳng", "con số"],
        references=["", "", ""],
    )
    (row,) = measure_guards(Looping(str.upper), None, [test_set])
    assert (row.segments, row.faulty, row.faulty_guarded) == (3, 2, 1)
    assert row.found == {Fault.LOOP: 1, Fault.NUMBER: 1}
    assert row.left == {Fault.NUMBER: 1}
