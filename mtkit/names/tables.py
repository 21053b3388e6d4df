"""The tables of names: persons and places that are known, surnames, words that stand before names.

`persons.tsv` and `places.tsv` have a header; an empty `ru` means that the rules are right. `sex` is "m" or
"f"; `declension` of a place is "m" (masculine) or "0" (invariable).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from mtkit.names.syllables import to_ascii, tone_key


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownName:
    """A name that the tables list; `russian` "" where the rules give it."""

    vietnamese: str
    russian: str = ""
    sex: str | None = None
    declension: str = ""


def _rows(name: str) -> list[dict[str, str]]:
    lines = resources.files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    return [
        dict(zip(header, line.split("\t") + [""] * len(header), strict=False))
        for line in lines[1:]
        if line and not line.startswith("#")
    ]


@cache
def rules(position: str) -> dict[str, str]:
    """The transcription of letters by their position in a syllable: onset, coda, nucleus, after qu…"""
    return {row["vi"]: row["ru"] for row in _rows("rules.tsv") if row["position"] == position}


@cache
def persons() -> dict[str, KnownName]:
    """Known persons by their Vietnamese name (tone marks in the modern place, lower case)."""
    return {
        normal_key(row["vi"]): KnownName(vietnamese=row["vi"], russian=row["ru"], sex=row["sex"] or None)
        for row in _rows("persons.tsv")
    }


@cache
def places() -> dict[str, KnownName]:
    """Known places by their Vietnamese name."""
    return {
        normal_key(row["vi"]): KnownName(
            vietnamese=row["vi"], russian=row["ru"], declension=row["declension"]
        )
        for row in _rows("places.tsv")
    }


@cache
def surnames() -> dict[str, bool]:
    """Vietnamese surnames, lower case with diacritics, and whether each is an ordinary word as well."""
    return {normal_key(row["vi"]): bool(row["word"]) for row in _rows("surnames.tsv")}


@cache
def ascii_surnames() -> dict[str, str]:
    """Surnames without diacritics, and the commonest surname behind each."""
    table: dict[str, str] = {}
    for row in _rows("surnames.tsv"):
        table.setdefault(to_ascii(row["vi"]).lower(), row["vi"])
    return table


@cache
def ascii_syllables() -> dict[tuple[str, str], str]:
    """The likeliest Vietnamese syllable for an ASCII one: (role, ascii) -> syllable.

    `role` is "surname", "middle", "given" or "place".
    """
    table = {("surname", ascii_name): name for ascii_name, name in ascii_surnames().items()}
    for row in _rows("ascii_syllables.tsv"):
        table[row["role"], to_ascii(row["vi"]).lower()] = row["vi"]
    return table


@cache
def _ascii_index(kind: str) -> dict[str, KnownName]:
    known = persons() if kind == "person" else places()
    return {_ascii_key(name.vietnamese, kind): name for name in known.values()}


@cache
def place_beginnings() -> frozenset[str]:
    """What the first word of a known place can be: a key, or syllables in one word without diacritics."""
    beginnings = set()
    for key, place in places().items():
        syllables = to_ascii(place.vietnamese).lower().split()
        beginnings.add(key.split(" ")[0].split("-")[0])
        beginnings.update("".join(syllables[:end]) for end in range(1, len(syllables) + 1))
    return frozenset(beginnings)


@lru_cache(maxsize=65536)
def _ascii_key(name: str, kind: str) -> str:
    low = to_ascii(name).lower()
    return "".join(low.split()) if kind == "place" else low


def known_ascii_person(name: str) -> KnownName | None:
    """The known person behind a name without diacritics."""
    return _ascii_index("person").get(_ascii_key(name, "person"))


def known_ascii_place(name: str) -> KnownName | None:
    """The known place behind a name without diacritics, its syllables together or apart (Hanoi, Ha Noi)."""
    return _ascii_index("place").get(_ascii_key(name, "place"))


@lru_cache(maxsize=65536)
def normal_key(name: str) -> str:
    """How names are compared: lower case, one space, tone mark on its modern vowel."""
    return tone_key(" ".join(name.split()).lower())


def known_person(name: str) -> KnownName | None:
    return persons().get(normal_key(name))


def known_place(name: str) -> KnownName | None:
    return places().get(normal_key(name))
