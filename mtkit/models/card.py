"""Model cards: what a model is, where it comes from and what it scored (`mtkit.json` in its folder)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from mtkit.errors import ModelLoadError

CARD_NAME = "mtkit.json"

T = TypeVar("T")
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardCorpus:
    """A corpus the model was trained on; `pairs` counts sentence pairs."""

    name: str
    license: str
    pairs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CardScore:
    """One score with what it takes to get it again: test set, metric, signature, command."""

    set: str
    pair: str
    metric: str
    value: float
    signature: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPoint:
    """A point of the learning curve: BLEU on each validation set after so many target tokens."""

    tokens: int
    bleu: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardCapabilities:
    """What the model was trained to do beyond plain translation (see engines.base.Capabilities)."""

    annotations: bool = False
    placeables: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAlignment:
    """The cross-attention that tells which source token a target token renders.

    The mean of the first `heads` heads (0: all) of decoder `layer` (from 0; -1: the last), read where the
    token is chosen or, `late`, where it goes in.
    """

    layer: int = -1
    heads: int = 0
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """A model's description.

    `architecture` is marian, m2m100, nllb or t5. `language_tokens` maps a language to the token the model
    knows it by (rus_Cyrl, __ru__, <2ru>, >>rus<<); empty for models that need none. `source` is a
    repository id, `training` free-form settings, `created` an ISO date.
    """

    name: str
    architecture: str
    pairs: tuple[Pair, ...]
    description: str = ""
    license: str = ""
    source: str = ""
    language_tokens: Mapping[str, str] = field(default_factory=dict)
    capabilities: CardCapabilities = CardCapabilities()
    alignment: CardAlignment = CardAlignment()
    corpora: tuple[CardCorpus, ...] = ()
    training: Mapping[str, Any] = field(default_factory=dict)
    scores: tuple[CardScore, ...] = ()
    curve: tuple[CardPoint, ...] = ()
    created: str = ""


def card_to_json(card: ModelCard) -> dict[str, Any]:
    """The card as JSON values; pairs as "vi-ru"."""
    return {**asdict(card), "pairs": [f"{src}-{tgt}" for src, tgt in card.pairs]}


def write_card(card: ModelCard, folder: Path) -> None:
    """Write `mtkit.json` into a model folder."""
    text = json.dumps(card_to_json(card), ensure_ascii=False, indent=1)
    (folder / CARD_NAME).write_text(text + "\n", encoding="utf-8")


def read_card(folder: Path) -> ModelCard:
    """Read a model folder's `mtkit.json`; ModelLoadError names the key that is wrong."""
    path = folder / CARD_NAME
    values = read_json(path)
    try:
        return _record(
            ModelCard,
            values,
            pairs=tuple(parse_pair(pair) for pair in values.get("pairs", ())),
            alignment=_record(CardAlignment, values.get("alignment", {})),
            capabilities=_capabilities(values.get("capabilities", {})),
            corpora=tuple(_record(CardCorpus, row) for row in values.get("corpora", ())),
            scores=tuple(_record(CardScore, row) for row in values.get("scores", ())),
            curve=tuple(_record(CardPoint, row) for row in values.get("curve", ())),
        )
    except (TypeError, ValueError, AttributeError) as error:
        raise ModelLoadError(
            f"{path}: not a model card ({error}).", "Mend the key or remove the file."
        ) from error


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON object from a model folder; ModelLoadError says what is wrong with the file."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ModelLoadError(
            f"{path}: cannot be read ({error}).", "Fetch or export the model again."
        ) from error
    if not isinstance(values, dict):
        raise ModelLoadError(f"{path}: not a JSON object.", "Fetch or export the model again.")
    return values


def parse_pair(text: str) -> Pair:
    """Split "vi-ru" into ("vi", "ru"); ValueError where it is no pair."""
    source, dash, target = text.partition("-")
    if not (source and dash and target) or "-" in target:
        raise ValueError(f"{text!r} is not a language pair such as vi-ru")
    return source, target


def render_markdown(card: ModelCard) -> str:
    """The card as a Markdown page."""
    facts = {
        "Language pairs": ", ".join(f"{src}-{tgt}" for src, tgt in card.pairs),
        "Architecture": card.architecture,
        "Licence": card.license,
        "Source": card.source,
        "Created": card.created,
        "Reads annotated terms": "yes" if card.capabilities.annotations else "no",
        "Copies placeables": "yes" if card.capabilities.placeables else "no",
        "Tags": ", ".join(card.capabilities.tags),
    }
    sections = [
        f"# {card.name}",
        card.description,
        _table(("", ""), [row for row in facts.items() if row[1]]),
    ]
    if card.scores:
        sections += ["## Scores", *_scores(card.scores)]
    if card.curve:
        sets = list(dict.fromkeys(name for point in card.curve for name in point.bleu))
        points = [
            (f"{point.tokens / 1e6:.1f} M", *(_rounded(point.bleu.get(name)) for name in sets))
            for point in card.curve
        ]
        head = ("Target tokens", *(f"BLEU, {name}" for name in sets))
        sections += ["## Learning curve", _table(head, points)]
    if card.corpora:
        corpora = [(corpus.name, corpus.license, str(corpus.pairs)) for corpus in card.corpora]
        sections += ["## Corpora", _table(("Corpus", "Licence", "Sentence pairs"), corpora)]
    if card.training:
        settings = [(name, json.dumps(value, ensure_ascii=False)) for name, value in card.training.items()]
        sections += ["## Training", _table(("Setting", "Value"), settings)]
    return "\n\n".join(section for section in sections if section) + "\n"


def _scores(scores: Sequence[CardScore]) -> list[str]:
    """A row a test set, a column a metric; then what each command and each signature belongs to."""
    metrics = list(dict.fromkeys(score.metric for score in scores))
    values: dict[tuple[str, str], dict[str, str]] = {}
    for score in scores:
        values.setdefault((score.set, score.pair), {})[score.metric] = _rounded(score.value)
    rows = [(*key, *(own.get(metric, "") for metric in metrics)) for key, own in values.items()]
    commands = {score.command: None for score in scores if score.command}
    signatures = {f"{score.metric} {score.signature}": None for score in scores if score.signature}
    return [
        _table(("Set", "Pair", *metrics), rows),
        "\n".join(f"    {command}" for command in commands),
        "\n".join(f"- {signature}" for signature in signatures),
    ]


def _rounded(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _capabilities(values: dict[str, Any]) -> CardCapabilities:
    return _record(CardCapabilities, values, tags=tuple(values.get("tags", ())))


def _record(kind: type[T], values: Mapping[str, Any], **parsed: Any) -> T:
    known = [f.name for f in fields(kind)]  # type: ignore[arg-type]
    for key in values:
        if key not in known:
            raise ValueError(f"unknown key {key!r}; known: {', '.join(known)}")
    return kind(**{**values, **parsed})
