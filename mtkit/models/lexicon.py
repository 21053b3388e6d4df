"""A model's lexicon: dictionary forms of the Russian renderings of source words that it saw too rarely.

A model trained with a lexicon gets them inline like target lemmas, between marks of their own: a hint that
it may use, where a term is an order. The file is a table of language, source words, Russian.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mtkit.errors import ConfigError, FormatError, InputError
from mtkit.text.dates import find_dates
from mtkit.text.edits import Edit
from mtkit.text.known_forms import known_forms, known_names
from mtkit.text.markup import hint
from mtkit.text.spans import SpanSet
from mtkit.text.unicode import normalize
from mtkit.text.words import word_count, word_spans
from mtkit.types import Span

LEXICON_FILE = "lexicon.tsv"
MAX_WORDS = 3
"""Source words of an entry at most."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """For each language, source words in lower case -> the dictionary form of their rendering."""

    entries: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def find(self, source: str, lang: str, taken: Iterable[Span] = ()) -> Iterator[tuple[Span, str]]:
        """Entries in a text from left to right, at each word the longest; none that overlaps `taken`."""
        own = self.entries.get(lang)
        if not own:
            return
        closed = SpanSet(taken)
        spans = word_spans(source)
        lowered = [span.of(source).lower() for span in spans]
        start = 0
        while start < len(spans):
            for count in range(min(MAX_WORDS, len(spans) - start), 0, -1):
                russian = own.get(" ".join(lowered[start : start + count]))
                span = Span(spans[start].start, spans[start + count - 1].end)
                if russian is not None and not closed.overlaps(span):
                    yield span, russian
                    start += count
                    break
            else:
                start += 1

    def extended(self, other: Lexicon) -> Lexicon:
        """Both lexicons; where the two differ, the other counts."""
        langs = {*self.entries, *other.entries}
        return Lexicon(
            {lang: {**self.entries.get(lang, {}), **other.entries.get(lang, {})} for lang in langs}
        )

    def fingerprint(self) -> str:
        """SHA-256 of the entries."""
        return hashlib.sha256(render_lexicon(self)).hexdigest()

    def hints(self, source: str, lang: str, taken: Iterable[Span] = ()) -> list[Edit]:
        """The edits that put entries, and what else models have to be told, after their source words.

        Inside a date, and where models get another form, no entry stands.
        """
        if not self.entries.get(lang):
            return []
        closed = tuple(taken)
        own_spans = SpanSet(closed)
        names = [name for name in known_names(source, lang) if not own_spans.overlaps(name[0])]
        dates = (date.span for date in find_dates(source, lang))
        forms = (edit.span for edit in known_forms(source, lang, closed))
        entries = self.find(source, lang, (*closed, *dates, *forms, *(span for span, _ in names)))
        return [hint(span.end, russian) for span, russian in (*names, *entries)]


def open_lexicon(folder: Path, chosen: str) -> Lexicon:
    """The lexicon of a model folder, empty where it has none or `chosen` is "none".

    `chosen` "model" is the model's own; a path names entries that go before it. Raises ConfigError where the
    model was trained without a lexicon and can read none.
    """
    path = folder / LEXICON_FILE
    if chosen == "none" or (chosen == "model" and not path.is_file()):
        return Lexicon()
    if not path.is_file():
        raise ConfigError(
            f"The model reads no lexicon, {chosen} would not be heard.",
            'Leave "lexicon" out of the settings.',
        )
    own = read_lexicon(path)
    return own if chosen == "model" else own.extended(read_lexicon(Path(chosen)))


def read_lexicon(path: Path) -> Lexicon:
    """Read a lexicon; source words count in lower case. Raises FormatError with the line, InputError."""
    entries: defaultdict[str, dict[str, str]] = defaultdict(dict)
    try:
        lines = normalize(path.read_text(encoding="utf-8")).splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as a lexicon ({error}).", "Check the path.") from error
    for number, line in enumerate(lines, start=1):
        columns = line.split("\t")
        if len(columns) != 3 or not all(columns):
            raise FormatError(
                path,
                f"{len(columns)} columns, not 3.",
                "Write language, source words and Russian, tabs between.",
                line=number,
            )
        lang, source, russian = columns
        if word_count(source) > MAX_WORDS:
            raise FormatError(
                path, f"{source!r} has more than {MAX_WORDS} words.", "Shorten it.", line=number
            )
        entries[lang][source.lower()] = russian
    return Lexicon(dict(entries))


def render_lexicon(lexicon: Lexicon) -> bytes:
    rows = (
        f"{lang}\t{source}\t{russian}\n"
        for lang, own in sorted(lexicon.entries.items())
        for source, russian in sorted(own.items())
    )
    return "".join(rows).encode()
