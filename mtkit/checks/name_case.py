"""Names of persons: in the case of the title that they stand beside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mtkit.checks.base import CheckContext, finding
from mtkit.names.find import find_names
from mtkit.names.russian import russian_names
from mtkit.termbase.apposition import misplaced_names
from mtkit.termbase.name_terms import known_persons, name_match
from mtkit.text.language import SOURCE_LANGUAGES
from mtkit.types import Finding, Segment, Severity


class NameCaseCheck:
    """A person's name is in another case than the title or the verb right before it asks for («с министром Ле
    Ван Хынг», «делегаты слушали Ле Ван Хынг»).

    The title may have words of its own between («с послом Вьетнама в Китае»). Names that are the same in
    every case are left alone, and a nominative that may be the subject of the sentence is. A woman is told by
    the termbase, by the source or by her name. Known false alarms: a woman whose name men have, too.
    """

    id = "name-case"
    severity = Severity.WARNING
    its_type = "grammar"
    needs_source = False

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if segment.tgt_lang != "ru":
            return
        for each in misplaced_names(target, _known(segment, target, context)):
            yield finding(
                self,
                segment,
                f"«{each.span.of(target)}» is in no case that it can have after «{each.after.of(target)}».",
                tgt_span=each.span,
                suggestion=each.right or None,
            )


def _known(segment: Segment, target: str, context: CheckContext) -> Mapping[str, Mapping[str, str]]:
    """Forms of persons that the termbase has, and of those whom the source tells to be women."""
    if next(russian_names(target), None) is None:
        return {}
    names = find_names(segment.source, segment.src_lang) if segment.src_lang in SOURCE_LANGUAGES else ()
    return known_persons(context.termbase, (name_match(name).concept for name in names if name.sex == "f"))
