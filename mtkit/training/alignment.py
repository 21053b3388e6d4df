"""Statistical word alignment of training pairs, by eflomal where that is installed.

Source words are taken in lower case, Russian words as their dictionary forms, so that one count serves a
whole paradigm. Links found in both directions are kept; in Vietnamese, which writes the syllables of a word
apart, those of one direction join them where they link a neighbouring syllable to the same Russian word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from mtkit.errors import MissingExtraError
from mtkit.text.morphology import lemma
from mtkit.text.words import word_spans

if TYPE_CHECKING:
    from mtkit.training.corpora import Pair

Links = tuple[tuple[int, int], ...]
"""(index of a source word, index of a target word), sorted."""


def align(pairs: Sequence[Pair], src_lang: str, cache: Path) -> list[Links]:
    """Links for each pair, in order; kept in the folder `cache` under a hash of the texts.

    Raises MissingExtraError where they are not kept and eflomal is not installed.
    """
    digest = hashlib.sha256()
    for pair in pairs:
        digest.update(f"{pair.source}\t{pair.target}\n".encode())
    path = cache / f"{src_lang}-{digest.hexdigest()[:16]}.txt"
    if not path.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        _run_eflomal(pairs, path, grown=src_lang == "vi")
    return [tuple(sorted(_links(line))) for line in path.read_text().splitlines()]


def _run_eflomal(pairs: Sequence[Pair], path: Path, *, grown: bool) -> None:
    if find_spec("eflomal") is None:
        raise MissingExtraError("Word alignment for training", "align")
    import eflomal

    sources = (_joined(span.of(pair.source).lower() for span in word_spans(pair.source)) for pair in pairs)
    targets = (_joined(lemma(span.of(pair.target)) for span in word_spans(pair.target)) for pair in pairs)
    forward, reverse = path.with_suffix(".fwd"), path.with_suffix(".rev")
    eflomal.Aligner(n_samplers=1).align(
        StringIO("".join(sources)),
        StringIO("".join(targets)),
        links_filename_fwd=str(forward),
        links_filename_rev=str(reverse),
    )
    symmetric = (
        symmetrised(set(_links(there)), set(_links(back)), grown=grown)
        for there, back in zip(_lines(forward), _lines(reverse), strict=True)
    )
    partial = path.with_suffix(".partial")
    partial.write_text("".join(" ".join(f"{s}-{t}" for s, t in links) + "\n" for links in symmetric))
    partial.replace(path)
    forward.unlink()
    reverse.unlink()


def symmetrised(there: set[tuple[int, int]], back: set[tuple[int, int]], *, grown: bool) -> Links:
    """Links of both directions, sorted; `grown` by neighbours of a linked source word that have none."""
    links = there & back
    waiting = sorted((there | back) - links) if grown else []
    while waiting:
        linked = {source for source, _ in links}
        added = {
            (source, target)
            for source, target in waiting
            if source not in linked and {(source - 1, target), (source + 1, target)} & links
        }
        if not added:
            break
        links |= added
        waiting = [link for link in waiting if link not in added]
    return tuple(sorted(links))


def _joined(words: Iterable[str]) -> str:
    """A line for eflomal, which takes no empty one."""
    return (" ".join(words) or "·") + "\n"


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines()


def _links(line: str) -> Iterator[tuple[int, int]]:
    for link in line.split():
        source, _, target = link.partition("-")
        yield int(source), int(target)
