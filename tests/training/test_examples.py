import random
from collections import Counter
from itertools import islice

from mtkit.text.markup import TAGS
from mtkit.training.corpora import Pair
from mtkit.training.examples import ExampleStream, draw_pairs, mark_up
from mtkit.training.recipe import AugmentationRecipe, CorpusRecipe, ScheduleRecipe


def corpus(name, weight=1.0, tag="gen"):
    return CorpusRecipe(
        name=name, path="x", src_lang="vi", tgt_lang="ru", weight=weight, licence="test", tag=tag
    )


ALWAYS = AugmentationRecipe(
    annotations=1.0,
    annotated_terms=1.0,
    placeables=1.0,
    upper_case=0.0,
    bare_vietnamese=0.0,
    join=0.0,
    no_tag=0.0,
)


class Letters:
    """A vocabulary of code points."""

    end, pad = 0, 1

    def encode(self, texts):
        return [[ord(character) for character in text] for text in texts]


def test_weights_are_shares_of_target_characters():
    long = (corpus("long"), [Pair("s", "д" * 90)] * 10)
    short = (corpus("short"), [Pair("s", "к" * 10)] * 10)
    drawn = Counter()
    for recipe, pair in islice(draw_pairs([long, short], random.Random(1)), 4000):
        drawn[recipe.name] += len(pair.target)
    assert 0.9 < drawn["long"] / drawn["short"] < 1.1


def test_every_pair_comes_once_before_one_comes_again():
    pairs = [Pair(str(i), str(i)) for i in range(20)]
    drawn = [pair for _, pair in islice(draw_pairs([(corpus("c"), pairs)], random.Random(3)), 20)]
    assert sorted(drawn, key=lambda p: int(p.source)) == pairs


def test_mark_up_hides_shared_placeables_behind_the_same_token():
    pair = Pair("Nghị quyết 57-NQ/TW: 15.870 hộ", "Резолюция № 57-NQ/TW: 15 870 семей")
    source, target = mark_up(pair, corpus("c", tag="dom"), ALWAYS, random.Random(1))
    assert source == f"{TAGS['dom']} Nghị quyết ⟦c1⟧: ⟦many1⟧ hộ"
    assert target == "Резолюция № ⟦c1⟧: ⟦many1⟧ семей"


def test_mark_up_puts_dictionary_forms_after_their_terms():
    source = "UBND tỉnh họp 57-NQ/TW"
    pair = Pair(source, "В Народном комитете 57-NQ/TW", ((len("UBND"), "Народный комитет"), (9, "провинция")))
    marked, target = mark_up(pair, corpus("c"), ALWAYS, random.Random(1))
    assert marked == "⟦gen⟧ UBND ⟦t⟧ Народный комитет ⟦/t⟧ tỉnh ⟦t⟧ провинция ⟦/t⟧ họp ⟦c1⟧"
    assert target == "В Народном комитете ⟦c1⟧"


def test_joined_pairs_keep_their_annotations_in_place():
    pairs = [Pair("một hai", "раз два", ((3, "один"),)), Pair("ba bốn", "три четыре", ((2, "три"),))]
    for _, pair in islice(draw_pairs([(corpus("c"), pairs)], random.Random(1), join=1.0), 20):
        assert {pair.source[:end].split()[-1]: lemma for end, lemma in pair.annotations}.items() <= {
            "một": "один",
            "ba": "три",
        }.items()


def test_a_number_that_the_target_says_otherwise_stays_visible():
    pair = Pair("3.900 tỷ đồng", "3,9 трлн донгов")
    source, target = mark_up(pair, corpus("c"), ALWAYS, random.Random(1))
    assert source.endswith("3.900 tỷ đồng")
    assert target == "3,9 трлн донгов"


def test_batches_hold_to_their_size_and_repeat_with_the_seed():
    pairs = [Pair("x" * n, "у" * (n + 1)) for n in range(1, 60)]
    schedule = ScheduleRecipe(batch_tokens=300, max_tokens=80)

    def batches():
        stream = ExampleStream([(corpus("c"), pairs)], Letters(), schedule, ALWAYS, seed=5)
        return list(islice(iter(stream), 30))

    first = batches()
    assert first == batches()
    for batch in first:
        assert len(batch.sources) == len(batch.targets)
        assert all(row[-1] == Letters.end for row in batch.sources + batch.targets)
        width = max(map(len, batch.sources + batch.targets))
        assert width * len(batch.sources) <= 300
