"""What translations are called, so that each stays what it was called before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from mtkit.documents.base import record_path
from mtkit.documents.files import read_bytes
from mtkit.errors import InputError
from mtkit.record import content_hash, read_record
from mtkit.text.language import SOURCE_LANGUAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """The translation of `source` is at `before` and goes to `now`, as that of `other` has no other name.

    `edited`: what is at `before` was changed since mtkit wrote it.
    """

    source: Path
    before: Path
    now: Path
    other: Path
    edited: bool

    def __str__(self) -> str:
        """One sentence for users; of an edited translation also how to keep it."""
        said = (
            f"{self.source}: its translation goes to {self.now} from now on, as {self.other} can only go to "
            f"{self.before}, where it was."
        )
        if not self.edited:
            return said
        return (
            f"{said} {self.before} was edited and is not overwritten without --force: to go on with it, "
            f"rename it {self.now.name}, and its record {record_path(self.now).name}."
        )


@dataclass(frozen=True, slots=True)
class _Names:
    """What the translation of a file can be called, in short and with its language; some have only one."""

    short: Path
    long: Path


def target_names(
    files: Sequence[tuple[Path, Path]], folder: Path | None, tgt_lang: str
) -> tuple[list[Path], list[Renamed]]:
    """The target of each file below `folder`, where it goes; `files` are paths, and paths below their roots.

    Where the names of two would fall on each other, both keep their language: a.vi.ru.md beside a.en.ru.md.
    A translation that is there already, as its run record says, keeps its name, whatever has come or gone
    beside its source since, unless another file can have no other: that of a.vi.md is a.ru.md, and a.md
    comes. The second list has those that cannot keep it.
    """
    names = [
        _Names(translated_name(relative, tgt_lang), _in_language(relative, relative.stem, tgt_lang))
        for _, relative in files
    ]
    clashes = Counter(each.short for each in names)
    chosen = [
        _name(path, each, folder, clashes=clashes[each.short] > 1)
        for (path, _), each in zip(files, names, strict=True)
    ]
    renamed: list[Renamed] = []
    while moves := _moves(chosen, names):
        for number, holder in moves.items():
            source, now = files[number][0], names[number].long
            if folder is not None and _is_translation_of(before := folder / chosen[number], source):
                other, edited = files[holder][0], _is_edited(before)
                renamed.append(
                    Renamed(source=source, before=before, now=folder / now, other=other, edited=edited)
                )
            chosen[number] = now
    return chosen, renamed


def _moves(chosen: Sequence[Path], names: Sequence[_Names]) -> dict[int, int]:
    """The numbers of files with a short name that another has which can have no other, and whose it is."""
    holders = {
        name: number
        for number, (name, each) in enumerate(zip(chosen, names, strict=True))
        if name == each.long
    }
    return {
        number: holders[name]
        for number, (name, each) in enumerate(zip(chosen, names, strict=True))
        if name != each.long and name in holders
    }


def _name(path: Path, names: _Names, folder: Path | None, *, clashes: bool) -> Path:
    wanted, other = (names.long, names.short) if clashes else (names.short, names.long)
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


def _is_edited(target: Path) -> bool:
    """Whether a translation with a run record is another than mtkit wrote; so is one that cannot be read."""
    try:
        return (read_record(target) or {}).get("output_sha256") != content_hash(read_bytes(target))
    except InputError:
        return True


def translated_name(path: Path, tgt_lang: str) -> Path:
    """report.vi.md -> report.ru.md; report.md -> report.ru.md."""
    stem = path.stem
    for lang in SOURCE_LANGUAGES:
        stem = stem.removesuffix(f".{lang}")
    return _in_language(path, stem or path.stem, tgt_lang)


def _in_language(path: Path, stem: str, tgt_lang: str) -> Path:
    return path.with_name(f"{stem}.{tgt_lang}{path.suffix}")
