"""A training recipe: one TOML file that says everything a model was made from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from mtkit.errors import ConfigError, UnknownNameError
from mtkit.text.markup import TAGS


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyRecipe:
    """`size` counts everything: pieces, byte fallback, markup symbols, padding; `sample` is pairs drawn."""

    size: int = 10_000
    sample: int = 200_000
    character_coverage: float = 0.9998


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkRecipe:
    """Shape of a Marian transformer with one shared vocabulary and tied embeddings."""

    d_model: int = 256
    encoder_layers: int = 6
    decoder_layers: int = 2
    heads: int = 8
    feed_forward: int = 1024
    dropout: float = 0.0
    positions: int = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRecipe:
    """Training: batches in padded target tokens, Muon for matrices and AdamW for the rest.

    The rate climbs over `warmup` steps, stays, and falls linearly to a twentieth over the last `decay` steps.
    """

    steps: int = 100_000
    batch_tokens: int = 2_500
    max_tokens: int = 200
    learning_rate: float = 1.5e-3
    warmup: int = 400
    decay: int = 1_000
    label_smoothing: float = 0.1
    weight_decay: float = 0.01
    checkpoint_every: int = 500
    validate_every: int = 1_000
    keep: int = 5
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AugmentationRecipe:
    """Shares of training pairs that are changed before the model sees them.

    `annotated_terms` is the share of an annotated pair's terms that carry their dictionary form, `words` the
    share of pairs where up to three aligned words do, `hints` that of pairs with the lexicon's forms, `slots`
    that of terms, names and dates that are changed for others, `subwords` that of sources cut at random.
    """

    annotations: float = 0.7
    annotated_terms: float = 0.9
    words: float = 0.4
    hints: float = 0.5
    slots: float = 0.5
    subwords: float = 0.5
    placeables: float = 0.95
    upper_case: float = 0.01
    bare_vietnamese: float = 0.02
    join: float = 0.1
    no_tag: float = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class LexiconRecipe:
    """What a source word must be to get into the lexicon (mtkit.training.lexicon); `rare` 0: no lexicon."""

    support: int = 3
    share: float = 0.4
    rare: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusRecipe:
    """One corpus and its share of the training tokens.

    `columns` are the source and target columns of a TSV (from 0); `keep` keeps rows whose last column
    begins so; TMX files need no columns. `terms`: annotate the termbase's terms and names in it, and put
    others in their slots. `aligned`: align its words, for annotations and the lexicon.
    `licence` goes into the model card.
    """

    name: str
    path: str
    src_lang: str
    tgt_lang: str
    weight: float
    licence: str
    tag: str = "gen"
    columns: tuple[int, int] = (0, 1)
    keep: tuple[str, ...] = ()
    terms: bool = False
    aligned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationRecipe:
    name: str
    path: str
    src_lang: str
    tgt_lang: str
    tag: str = "dom"
    columns: tuple[int, int] = (0, 1)
    segments: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    name: str
    licence: str
    description: str
    corpora: tuple[CorpusRecipe, ...]
    validation: tuple[ValidationRecipe, ...]
    vocabulary: VocabularyRecipe = field(default_factory=VocabularyRecipe)
    network: NetworkRecipe = field(default_factory=NetworkRecipe)
    schedule: ScheduleRecipe = field(default_factory=ScheduleRecipe)
    augmentation: AugmentationRecipe = field(default_factory=AugmentationRecipe)
    lexicon: LexiconRecipe = field(default_factory=LexiconRecipe)


_SECTIONS: dict[str, type] = {
    "vocabulary": VocabularyRecipe,
    "network": NetworkRecipe,
    "schedule": ScheduleRecipe,
    "augmentation": AugmentationRecipe,
    "lexicon": LexiconRecipe,
}
_POSITIVE = frozenset({"size", "sample", "heads", "steps", "warmup", "decay", "batch_tokens", "segments"})
_LISTS: dict[str, type] = {"corpora": CorpusRecipe, "validation": ValidationRecipe}


def read_recipe(path: Path) -> Recipe:
    """Read a recipe; paths in it are relative to its folder. Raises ConfigError naming the key."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: no such recipe ({error.strerror}).", "Name a TOML file.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML ({error}).", "Mend the file.") from error
    parts: dict[str, Any] = {}
    for key, value in table.items():
        where = f"{path}: {key}"
        expected = list if key in _LISTS else dict if key in _SECTIONS else str
        if not issubclass(type(value), expected):
            raise ConfigError(f"{where} is not a {expected.__name__}.", "Write it as the other recipes do.")
        if key in _SECTIONS:
            parts[key] = _build(_SECTIONS[key], value, where)
        elif key in _LISTS:
            parts[key] = tuple(
                _build(_LISTS[key], {**row, "path": str(path.parent / row.get("path", ""))}, where)
                for row in value
            )
        else:
            parts[key] = value
    recipe: Recipe = _build(Recipe, parts, str(path))
    if recipe.schedule.max_tokens > recipe.network.positions:
        positions = recipe.network.positions
        raise ConfigError(
            f"{path}: max_tokens is {recipe.schedule.max_tokens}, the network has {positions} positions.",
            "Lower max_tokens or raise positions.",
        )
    texts: tuple[CorpusRecipe | ValidationRecipe, ...] = (*recipe.corpora, *recipe.validation)
    for corpus in texts:
        if corpus.tag not in TAGS:
            raise UnknownNameError("tag", corpus.tag, TAGS)
        if not Path(corpus.path).is_file():
            raise ConfigError(f"{path}: {corpus.name}: no file {corpus.path}.", "Mend the path.")
    return recipe


def _build(kind: type, table: dict[str, Any], where: str) -> Any:
    known = {f.name for f in fields(kind)}
    for key in table:
        if key not in known:
            raise UnknownNameError(f"key in {where}", key, known)
    for key, value in table.items():
        if (type(value) in (int, float) and value < 0) or (key in _POSITIVE and value == 0):
            raise ConfigError(f"{where}: {key} must be above zero, it is {value}.", "Mend the value.")
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    try:
        return kind(**values)
    except TypeError as error:
        raise ConfigError(f"{where}: {error}.", "Add what is missing.") from error
