"""What translations are called, so that each stays what it was called before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePath

from mtkit.record import read_record
from mtkit.text.language import SOURCE_LANGUAGES


def target_names(files: Sequence[tuple[Path, Path]], folder: Path | None, tgt_lang: str) -> list[Path]:
    """The target of each file below `folder`, where it goes; `files` are paths, and paths below their roots.

    Where the names of two would fall on each other, both keep their language: a.vi.ru.md beside a.en.ru.md.
    A translation that is there already, as its run record says, keeps its name, whatever has come or gone
    beside its source since.
    """
    short = [translated_name(relative, tgt_lang) for _, relative in files]
    clashes = Counter(short)
    return [
        _name(path, name, _in_language(relative, relative.stem, tgt_lang), folder, clashes=clashes[name] > 1)
        for (path, relative), name in zip(files, short, strict=True)
    ]


def _name(path: Path, short: Path, long: Path, folder: Path | None, *, clashes: bool) -> Path:
    wanted, other = (long, short) if clashes else (short, long)
    if folder is None or wanted == other or not (folder / other).is_file():
        return wanted
    kept = not _is_translation_of(folder / wanted, path) and _is_translation_of(folder / other, path)
    return other if kept else wanted


def _is_translation_of(target: Path, source: Path) -> bool:
    """Whether the run record beside a target says that it was made of a file with the name of `source`."""
    if not target.is_file():
        return False
    named = (read_record(target) or {}).get("source")
    return isinstance(named, str) and PurePath(named).name == source.name


def translated_name(path: Path, tgt_lang: str) -> Path:
    """report.vi.md -> report.ru.md; report.md -> report.ru.md."""
    stem = path.stem
    for lang in SOURCE_LANGUAGES:
        stem = stem.removesuffix(f".{lang}")
    return _in_language(path, stem or path.stem, tgt_lang)


def _in_language(path: Path, stem: str, tgt_lang: str) -> Path:
    return path.with_name(f"{stem}.{tgt_lang}{path.suffix}")
