import random
from collections import Counter
from dataclasses import replace
from itertools import islice

from mtkit.models.lexicon import Lexicon
from mtkit.termbase.compile import compile_paradigm
from mtkit.text.markup import TAGS
from mtkit.training.corpora import Pair, Rendering
from mtkit.training.examples import ExampleStream, Markup, draw_pairs
from mtkit.training.recipe import AugmentationRecipe, CorpusRecipe, ScheduleRecipe
from mtkit.types import Concept, Span, Term


def corpus(name, weight=1.0, tag="gen"):
    return CorpusRecipe(
        name=name, path="x", src_lang="vi", tgt_lang="ru", weight=weight, licence="test", tag=tag
    )


ALWAYS = AugmentationRecipe(
    annotations=1.0,
    annotated_terms=1.0,
    words=0.0,
    hints=1.0,
    slots=0.0,
    subwords=0.0,
    placeables=1.0,
    upper_case=0.0,
    bare_vietnamese=0.0,
    join=0.0,
    no_tag=0.0,
)


class Letters:
    """A vocabulary of code points."""

    end, pad = 0, 1

    def seed(self, number):
        pass

    def encode(self, texts, *, sampled=False):
        return [[ord(character) for character in text] for text in texts]


def apply(pair, recipe, augmentation=ALWAYS, **parts):
    return Markup(augmentation=augmentation, **parts).apply(pair, recipe, random.Random(1))


def rendering(source, target, words, russian, form, subject=""):
    """The place of `words` in a source and of `form`, a form of `russian`, in its target."""
    term = Term(lang="ru", text=russian)
    concept = Concept(id=russian, terms=(Term(lang="vi", text=words), term), subject=subject)
    at, there = source.index(words), target.index(form)
    readings = compile_paradigm(term).readings(form)
    return Rendering(Span(at, at + len(words)), Span(there, there + len(form)), concept, term, readings)


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
    source, target = apply(pair, corpus("c", tag="dom"))
    assert source == f"{TAGS['dom']} Nghị quyết ⟦c1⟧: ⟦many1⟧ hộ"
    assert target == "Резолюция № ⟦c1⟧: ⟦many1⟧ семей"


def test_mark_up_puts_dictionary_forms_after_their_terms():
    source, target = "UBND tỉnh họp 57-NQ/TW", "В Народном комитете провинции 57-NQ/TW"
    terms = (
        rendering(source, target, "UBND", "Народный комитет", "Народном комитете"),
        rendering(source, target, "tỉnh", "провинция", "провинции"),
    )
    marked, target = apply(Pair(source, target, terms), corpus("c"))
    assert marked == "⟦gen⟧ UBND ⟦t⟧ Народный комитет ⟦/t⟧ tỉnh ⟦t⟧ провинция ⟦/t⟧ họp ⟦c1⟧"
    assert target == "В Народном комитете провинции ⟦c1⟧"


def test_aligned_words_are_annotated_where_no_term_stands():
    source, target = "UBND chế biến cà phê", "Народный комитет перерабатывает кофе"
    terms = (rendering(source, target, "UBND", "Народный комитет", "Народный комитет"),)
    pair = Pair(source, target, terms, ((0, 1), (1, 2), (2, 2)))
    marked, _ = apply(pair, corpus("c"), replace(ALWAYS, words=1.0, annotations=0.0))
    assert marked == "⟦gen⟧ UBND chế biến ⟦t⟧ перерабатывать ⟦/t⟧ cà phê"


def test_hints_stand_where_no_term_stands():
    source, target = "UBND mua vắc xin", "Народный комитет купил вакцину"
    terms = (rendering(source, target, "UBND", "Народный комитет", "Народный комитет"),)
    lexicon = Lexicon({"vi": {"vắc xin": "вакцина", "ubnd": "комитет"}})
    marked, _ = apply(Pair(source, target, terms), corpus("c"), lexicon=lexicon)
    assert marked == "⟦gen⟧ UBND ⟦t⟧ Народный комитет ⟦/t⟧ mua vắc xin ⟦r0⟧ вакцина ⟦r1⟧"


def test_joined_pairs_keep_their_terms_and_links_in_place():
    def one(source, target, words, russian, link):
        return Pair(source, target, (rendering(source, target, words, russian, russian),), (link,))

    pairs = [
        one("tỉnh họp", "провинция решила", "tỉnh", "провинция", (1, 1)),
        one("xã mới", "новая община", "xã", "община", (1, 0)),
    ]
    joined = [pair for _, pair in islice(draw_pairs([(corpus("c"), pairs)], random.Random(1), join=1.0), 20)]
    long = [pair for pair in joined if len(pair.terms) == 2]
    assert long
    for pair in joined:
        for each in pair.terms:
            assert each.tgt_span.of(pair.target) == each.term.text
            assert each.src_span.of(pair.source) == each.concept.in_lang("vi")[0].text
    assert {pair.links for pair in long} == {((1, 1), (3, 2))}


def test_a_number_that_the_target_says_otherwise_stays_visible():
    pair = Pair("3.900 tỷ đồng", "3,9 трлн донгов")
    source, target = apply(pair, corpus("c"))
    assert source.endswith("3.900 tỷ đồng")
    assert target == "3,9 трлн донгов"


def test_batches_hold_to_their_size_and_repeat_with_the_seed():
    pairs = [Pair("x" * n, "у" * (n + 1)) for n in range(1, 60)]
    schedule = ScheduleRecipe(batch_tokens=300, max_tokens=80)
    markup = Markup(augmentation=ALWAYS)

    def batches():
        stream = ExampleStream([(corpus("c"), pairs)], Letters(), schedule, markup, seed=5)
        return list(islice(iter(stream), 30))

    first = batches()
    assert first == batches()
    for batch in first:
        assert len(batch.sources) == len(batch.targets)
        assert all(row[-1] == Letters.end for row in batch.sources + batch.targets)
        width = max(map(len, batch.sources + batch.targets))
        assert width * len(batch.sources) <= 300
