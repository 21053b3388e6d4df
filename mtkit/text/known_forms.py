"""What models know better in another form: the forms they get, and what is put right in what they give.

Dates, times of day, days of the week and amounts of money. A model copies what it has often seen; what it
has seen too rarely (7 p.m., €5, ngày mồng ba) it gets as what it has (19:00, 5 euros, 3/4).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from mtkit.text.date_words import dates_in_digits
from mtkit.text.dates import mend_dates, numbered_months, numeric_dates_as_known
from mtkit.text.edits import Edit
from mtkit.text.measures import measures_as_known, mend_degrees, named_measures
from mtkit.text.minus import mend_minuses
from mtkit.text.money import mend_money
from mtkit.text.money_forms import money_as_known, named_currencies
from mtkit.text.ordinals import mend_ordinals
from mtkit.text.time_forms import times_in_digits
from mtkit.text.times import mend_times
from mtkit.text.weekdays import mend_weekdays, named_weekdays, weekdays_as_known
from mtkit.types import Span

_FORMS = (
    *(dates_in_digits, numeric_dates_as_known, times_in_digits, weekdays_as_known, money_as_known),
    measures_as_known,
)
_NAMES = (named_weekdays, named_currencies, named_measures)
_MENDS = (mend_dates, mend_ordinals, mend_times, mend_weekdays, mend_money, mend_degrees, mend_minuses)


def known_forms(text: str, lang: str, taken: Sequence[Span]) -> tuple[Edit, ...]:
    """The edits that put known forms in a source in Vietnamese or English; none over `taken`."""
    return _known_forms(text, lang, tuple(taken))


@lru_cache(maxsize=64)
def _known_forms(text: str, lang: str, taken: tuple[Span, ...]) -> tuple[Edit, ...]:
    return tuple(edit for forms in _FORMS for edit in forms(text, lang, taken))


def known_names(text: str, lang: str) -> Iterator[tuple[Span, str]]:
    """Source words whose Russian a model has to be told, each with its lemma; months that Vietnamese numbers,
    days of the week, currencies."""
    months = numbered_months(text) if lang == "vi" else ()
    return chain(months, *(names(text, lang) for names in _NAMES))


def mended(source: str, src_lang: str, target: str) -> str:
    """A Russian target in which what alone went wrong of its source is right again."""
    for mend in _MENDS:
        target = mend(source, src_lang, target)
    return target
