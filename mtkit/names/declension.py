"""Russian declension of Vietnamese names.

Only the last part of a man's name declines, when it ends in a consonant (Rosental, Handbook of spelling
and style, § 149); names in a vowel and women's names do not.
"""

from __future__ import annotations

from mtkit.errors import ConfigError
from mtkit.names.transcription import Kind
from mtkit.text.morphology import CASES, FEMALE_MIDDLE_NAME, decline_name


def decline(name: str, case: str, sex: str | None = None, kind: Kind = "person") -> str:
    """Put a Russian name of Vietnamese origin into a case of CASES.

    `sex` is "m", "f" or None: a man unless the name has "Тхи" in it. A place declines as a masculine noun
    wherever it ends in a consonant; that it stays as it is after провинция is the caller's to know.
    Raises ConfigError for an unknown case.
    """
    if case not in CASES:
        raise ConfigError(f"Unknown case {case!r}.", f"Known: {', '.join(CASES)}.")
    if kind == "person" and (sex == "f" or (sex is None and FEMALE_MIDDLE_NAME in name.split()[1:])):
        return name
    stem, space, last = name.rpartition(" ")
    return stem + space + decline_name(last, case, animate=kind == "person")


def declined(name: str, sex: str | None = None, kind: Kind = "person") -> dict[str, str]:
    """Every case of a name."""
    return {case: decline(name, case, sex, kind) for case in CASES}
