"""Term presence and form as scores, beside sacreBLEU's: percent of the terms of the source."""

from __future__ import annotations

from collections.abc import Sequence

from mtkit import __version__
from mtkit.errors import ConfigError
from mtkit.scoring.terms import term_report
from mtkit.termbase.model import Termbase
from mtkit.text.language import detect_language
from mtkit.types import Score

HASH_LENGTH = 12


def guess_source_language(sources: Sequence[str]) -> str:
    """Tell vi from en by the segments together; ConfigError where they are neither."""
    language = detect_language("\n".join(sources))
    if language not in ("vi", "en"):
        raise ConfigError("The source is neither Vietnamese nor English.", "Say what it is: --from vi|en.")
    return language


def term_scores(
    sources: Sequence[str],
    hypotheses: Sequence[str],
    references: Sequence[Sequence[str]],
    termbase: Termbase,
    src_lang: str,
) -> list[Score]:
    """TermPresence and, with references, TermForm and TermOracle (by the first of them), 0-100.

    See mtkit.scoring.terms for what they count; a rate over nothing is left out. The signature has the
    number of terms counted and the termbase's hash. Raises LengthMismatchError.
    """
    first = references[0] if references else None
    report = term_report(sources, hypotheses, first, termbase, src_lang)
    rates = (
        ("TermPresence", report.presence, report.matches),
        ("TermForm", report.form_agreement, report.in_reference),
        ("TermOracle", report.oracle, report.matches),
    )
    return [
        Score(
            metric=name,
            value=100 * rate,
            higher_is_better=True,
            signature=f"terms:{total}|src:{src_lang}|termbase:{termbase.fingerprint[:HASH_LENGTH]}"
            f"|version:mtkit-{__version__}",
        )
        for name, rate, total in rates
        if rate is not None
    ]
