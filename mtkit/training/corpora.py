"""Parallel corpora: TSV and TMX files (plain, .gz, .xz) as lists of cleaned pairs."""

from __future__ import annotations

import gzip
import lzma
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from lxml import etree

from mtkit.errors import FormatError
from mtkit.text.unicode import normalize
from mtkit.training.recipe import CorpusRecipe, ValidationRecipe
from mtkit.types import Concept, Span, Term

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LETTERS = re.compile(r"[^\W\d_]")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")


@dataclass(frozen=True, slots=True)
class Annotation:
    """A stretch of the source and the dictionary form of its Russian rendering."""

    span: Span
    lemma: str


@dataclass(frozen=True, slots=True, eq=False)
class Rendering:
    """A term or name of the source, where the target has it, and what its form there can stand for."""

    src_span: Span
    tgt_span: Span
    concept: Concept
    term: Term
    readings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A source and its target; `links` are (source word, target word) as mtkit.training.alignment counts."""

    source: str
    target: str
    terms: tuple[Rendering, ...] = ()
    links: tuple[tuple[int, int], ...] = ()


def read_corpus(recipe: CorpusRecipe | ValidationRecipe) -> list[Pair]:
    """All pairs of a corpus in order, NFC, blanks kept out. Raises FormatError with path and line."""
    path = Path(recipe.path)
    try:
        with _open(path) as stream:
            if ".tmx" in path.suffixes:
                raw = _tmx_pairs(stream, path, recipe.src_lang, recipe.tgt_lang)
            else:
                raw = _tsv_pairs(stream, path, recipe.columns, getattr(recipe, "keep", ()))
            pairs = [Pair(normalize(source).strip(), normalize(target).strip()) for source, target in raw]
    except (EOFError, OSError, lzma.LZMAError, zlib.error) as error:
        raise FormatError(path, f"cannot be read ({error}).", "Compress or copy the file again.") from error
    return [pair for pair in pairs if pair.source and pair.target]


def clean(pairs: list[Pair], tgt_lang: str) -> list[Pair]:
    """Drop what teaches nothing: duplicates, copies, the wrong script, lengths out of proportion."""
    return [pair for pair in dict.fromkeys(pairs) if _teaches(pair, tgt_lang)]


def _teaches(pair: Pair, tgt_lang: str) -> bool:
    source, target = len(pair.source), len(pair.target)
    if pair.source == pair.target or not 0.4 < (source + 15) / (target + 15) < 2.5:
        return False
    letters = len(_LETTERS.findall(pair.target))
    if letters < 2:
        return False
    return tgt_lang != "ru" or len(_CYRILLIC.findall(pair.target)) > 0.6 * letters


def _open(path: Path) -> IO[bytes]:
    opener = {".gz": gzip.open, ".xz": lzma.open}.get(path.suffix, open)
    return opener(path, "rb")  # type: ignore[operator,no-any-return]


def _tsv_pairs(
    stream: IO[bytes], path: Path, columns: tuple[int, int], keep: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    for number, raw in enumerate(stream, start=1):
        try:
            row = raw.decode("utf-8").rstrip("\r\n").split("\t")
        except UnicodeDecodeError as error:
            raise FormatError(path, "not UTF-8.", "Convert the file to UTF-8.", line=number) from error
        if len(row) <= max(columns):
            raise FormatError(
                path,
                f"{len(row)} columns, column {max(columns) + 1} is needed.",
                "Mend the row or the recipe's columns.",
                line=number,
            )
        if not keep or row[-1].startswith(keep):
            yield row[columns[0]], row[columns[1]]


def _tmx_pairs(stream: IO[bytes], path: Path, src_lang: str, tgt_lang: str) -> Iterator[tuple[str, str]]:
    try:
        for _, unit in etree.iterparse(stream, tag="tu", resolve_entities=False, no_network=True):
            texts: dict[str, str] = {}
            for variant in unit.iterfind("tuv"):
                lang = (variant.get(XML_LANG) or variant.get("lang") or "").lower().split("-")[0]
                segment = variant.find("seg")
                if segment is not None:
                    texts.setdefault(lang, "".join(segment.itertext()))
            if src_lang in texts and tgt_lang in texts:
                yield texts[src_lang], texts[tgt_lang]
            unit.clear()
    except etree.XMLSyntaxError as error:
        raise FormatError(
            path, f"not well-formed ({error.msg}).", "Mend the TMX.", line=error.lineno
        ) from error
