"""What is known of models that carry no card: architectures, language tokens, public repositories."""

from __future__ import annotations

import re
from itertools import permutations
from pathlib import Path

from mtkit.errors import ModelLoadError
from mtkit.models.card import ModelCard, Pair, read_json

LANGUAGES = {"en": "eng", "ru": "rus", "vi": "vie"}
"""Languages of mtkit with their ISO 639-3 codes."""

LANGUAGE_TOKENS = {
    "nllb": {"en": "eng_Latn", "ru": "rus_Cyrl", "vi": "vie_Latn"},
    "m2m100": {language: f"__{language}__" for language in LANGUAGES},
    "t5": {language: f"<2{language}>" for language in LANGUAGES},
}
ALL_PAIRS: tuple[Pair, ...] = tuple(permutations(sorted(LANGUAGES), 2))

KNOWN_MODELS = (
    ModelCard(
        name="opus-mt-en-ru",
        source="Helsinki-NLP/opus-mt-en-ru",
        architecture="marian",
        pairs=(("en", "ru"),),
        license="Apache-2.0",
        description="OPUS-MT, English to Russian.",
    ),
    ModelCard(
        name="opus-mt-vi-ru",
        source="Helsinki-NLP/opus-mt-vi-ru",
        architecture="marian",
        pairs=(("vi", "ru"),),
        license="Apache-2.0",
        description="OPUS-MT (Tatoeba challenge), Vietnamese to Russian.",
    ),
    ModelCard(
        name="opus-mt-tc-big-en-zle",
        source="Helsinki-NLP/opus-mt-tc-big-en-zle",
        architecture="marian",
        pairs=(("en", "ru"),),
        language_tokens={"ru": ">>rus<<"},
        license="CC-BY-4.0",
        description="OPUS-MT big, English to the East Slavic languages.",
    ),
    ModelCard(
        name="nllb-200-distilled-600M",
        source="facebook/nllb-200-distilled-600M",
        architecture="nllb",
        pairs=ALL_PAIRS,
        language_tokens=LANGUAGE_TOKENS["nllb"],
        license="CC-BY-NC-4.0",
        description="No Language Left Behind, 200 languages, distilled; not for commercial use.",
    ),
    ModelCard(
        name="m2m100_418M",
        source="facebook/m2m100_418M",
        architecture="m2m100",
        pairs=ALL_PAIRS,
        language_tokens=LANGUAGE_TOKENS["m2m100"],
        license="MIT",
        description="M2M-100, 100 languages, many to many.",
    ),
    ModelCard(
        name="madlad400-3b-mt",
        source="google/madlad400-3b-mt",
        architecture="t5",
        pairs=ALL_PAIRS,
        language_tokens=LANGUAGE_TOKENS["t5"],
        license="Apache-2.0",
        description="MADLAD-400, 3 billion parameters, 400 languages, many to many.",
    ),
)


def known_model(name: str) -> ModelCard | None:
    """The card of a public model by repository id or by its last part."""
    return next((card for card in KNOWN_MODELS if name in (card.source, card.name)), None)


def architecture_of(folder: Path) -> str:
    """marian, m2m100, nllb or t5, from config.json; ModelLoadError for anything else."""
    model_type = read_json(folder / "config.json").get("model_type", "")
    if model_type == "m2m_100":
        return "m2m100" if (folder / "vocab.json").is_file() else "nllb"
    if model_type in ("marian", "t5"):
        return str(model_type)
    raise ModelLoadError(
        f"{folder}: mtkit does not run models of type {model_type!r}.",
        "It runs marian, m2m_100 (NLLB) and t5.",
    )


def describe(folder: Path, name: str, pairs: tuple[Pair, ...] = (), source: str = "") -> ModelCard:
    """Make a card for a folder without one: from the known models, else from its files and `pairs`.

    Raises ModelLoadError where neither says which language pairs the model has.
    """
    architecture = architecture_of(folder)
    known = known_model(source or name)
    if known and not pairs and known.architecture == architecture:
        return known
    if architecture == "marian":
        tokens = _marian_tokens(folder)
        pairs = pairs or _marian_pairs(folder, name, tokens)
    else:
        tokens = LANGUAGE_TOKENS[architecture]
        pairs = pairs or (ALL_PAIRS if architecture != "t5" or _has_tags(folder) else ())
    if not pairs:
        raise ModelLoadError(
            f"{folder}: nothing says which language pairs this model has.",
            "Say so once: mtkit models convert FOLDER --pairs en-ru -o OUT.",
        )
    return ModelCard(name=name, architecture=architecture, pairs=pairs, language_tokens=tokens, source=source)


def _marian_tokens(folder: Path) -> dict[str, str]:
    vocabulary = read_json(folder / "vocab.json")
    candidates = {language: (f">>{iso}<<", f">>{language}<<") for language, iso in LANGUAGES.items()}
    found = {
        language: token for language, tokens in candidates.items() for token in tokens if token in vocabulary
    }
    return dict(sorted(found.items()))


def _marian_pairs(folder: Path, name: str, tokens: dict[str, str]) -> tuple[Pair, ...]:
    """Languages as tokenizer_config.json or the name ends in them: opus-mt-en-ru; a group by its tokens."""
    path = folder / "tokenizer_config.json"
    config = read_json(path) if path.is_file() else {}
    named = re.search(r"-([a-z]{2,3})-([a-z]{2,3})$", name)
    source, target = named.groups() if named else ("", "")
    src_lang = _language(config.get("source_lang")) or _language(source)
    tgt_lang = _language(config.get("target_lang")) or _language(target)
    targets = (tgt_lang,) if tgt_lang else tuple(tokens)
    return tuple((src_lang, language) for language in targets if src_lang and language != src_lang)


def _language(code: str | None) -> str:
    return next((language for language, iso in LANGUAGES.items() if code in (language, iso)), "")


def _has_tags(folder: Path) -> bool:
    text = (folder / "tokenizer.json").read_text(encoding="utf-8")
    return all(f'"{token}"' in text for token in LANGUAGE_TOKENS["t5"].values())
