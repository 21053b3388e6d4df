"""The one way an article goes through.

segments -> sentence case -> prepare (placeables, terms) -> engine -> enforce terms -> complete placeables
-> restore -> one rendering a term, names in case -> mend and set typography -> verify and check
-> translations. Each stage is a function over lists of frozen values; only the engine touches the outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from mtkit.checks.base import CheckContext
from mtkit.checks.registered import ActiveCheck, active_checks
from mtkit.checks.run import run_checks
from mtkit.completion import Decoded, Incomplete, Prepared, complete, cut, joined
from mtkit.engines.attribution import aligned
from mtkit.engines.base import DecodingOptions, Engine, Hypotheses, Request
from mtkit.errors import EngineError, OutOfMemoryError, UnsupportedPairError
from mtkit.memory.recall import Recall
from mtkit.memory.recall import findings as memory_findings
from mtkit.names.capitals import as_sentences, capitals_again
from mtkit.scoring.term_index import lazy_counts
from mtkit.termbase.apposition import with_names_in_case
from mtkit.termbase.consistency import consistent
from mtkit.termbase.enforce import FAILED, Enforced, TermConstraint, enforce, mend_forms
from mtkit.termbase.match import Matcher, SourceMatch
from mtkit.termbase.model import Termbase
from mtkit.termbase.name_terms import DocumentNames, document_names, known_persons, terms_and_names
from mtkit.termbase.verify import verify
from mtkit.text.date_ranges import date_ranges
from mtkit.text.edits import Edit, apply_edits
from mtkit.text.known_forms import known_forms, mended
from mtkit.text.markup import TAGS, annotation
from mtkit.text.placeables import (
    Kind,
    Placeable,
    Protected,
    find_placeables,
    in_russian_notation,
    needs_translation,
    protect,
)
from mtkit.text.typography import russian_typography
from mtkit.text.unicode import with_plain_spaces
from mtkit.types import Finding, Origin, Segment, Severity, Span, Status, Translation

_Key = tuple[Request, tuple[tuple[str, str], ...], tuple[tuple[str, Placeable], ...]]


class Pipeline:
    """Translates segments with one engine and, where there is one, one termbase."""

    def __init__(
        self,
        engine: Engine,
        termbase: Termbase | None = None,
        *,
        decoding: DecodingOptions = DecodingOptions(),
        tag: str = "dom",
        typography: bool = True,
        enforcing: bool = True,
        checks: Sequence[ActiveCheck] | None = None,
        memory: Recall | None = None,
    ) -> None:
        """`enforcing` False: terms are annotated and reported, not enforced; `checks` None: all, by default.

        What `memory` knows is not decoded.
        """
        self._engine = engine
        self._termbase = termbase
        self._decoding = replace(
            decoding, n_best=decoding.beam, alignment=termbase is not None and not engine.capabilities.prefix
        )
        self._tag = tag if tag in engine.capabilities.tags else ""
        self._typography = typography
        self._matchers: dict[str, Matcher] = {}
        self._terms_in = lazy_counts(termbase or Termbase(concepts=()))
        self._enforcing = enforcing
        self._memory = memory
        self._checks = active_checks({}) if checks is None else tuple(checks)

    def translate(self, segments: Sequence[Segment]) -> list[Translation]:
        """N segments of one document -> N translations in their order (see translate_documents)."""
        return self.translate_documents([segments])[0]

    def translate_documents(self, documents: Sequence[Sequence[Segment]]) -> list[list[Translation]]:
        """Documents of N segments -> as many lists of N translations; the same text is decoded once.

        Names are read with the whole document known, and its terms are rendered in one way. Raises
        UnsupportedPairError before any work, EngineError if the engine fails as a whole, StoreError if the
        translation memory does.
        """
        self._require_pairs([segment for document in documents for segment in document])
        read = [as_sentences(document, self._written_terms) for document in documents]
        named = [self._document_names(document) for document in read]
        recalled = [self._recall(*row) for row in zip(documents, named, strict=True)]
        prepared = [self._prepare_document(*row) for row in zip(read, named, recalled, strict=True)]
        unique = {_key(p): p for own in prepared for p in own.values()}
        decoded = dict(zip(unique, self._decode(list(unique.values())), strict=True))
        return [
            self._finish_document(*row, decoded)
            for row in zip(documents, read, recalled, prepared, strict=True)
        ]

    def _recall(
        self, segments: Sequence[Segment], names: Mapping[str, DocumentNames]
    ) -> dict[int, Translation]:
        """What the translation memory has of a document, by the place of its segment; typography stays."""
        if self._memory is None:
            return {}
        taken = self._memory.taken(segments, self._terms if self._termbase is not None else None)
        translations = {}
        for place, match in taken.items():
            segment = segments[place]
            if needs_translation(segment.source, segment.src_lang):
                matches = self._terms(segment.source, segment.src_lang, names.get(segment.src_lang))
                hits = verify(matches, match.target, ("memory",) * len(matches))
                translations[place] = Translation(
                    segment_id=segment.id,
                    target=match.target,
                    origin=match.origin,
                    entry=match.taken_from,
                    hits=hits,
                    findings=tuple(memory_findings(segment, match, hits)),
                )
        return translations

    def _prepare_document(
        self,
        segments: Sequence[Segment],
        names: Mapping[str, DocumentNames],
        known: Mapping[int, Translation],
    ) -> dict[int, Prepared]:
        """What is to be translated of a document, by the place of its segment."""
        return {
            place: self._prepare(segment, names.get(segment.src_lang))
            for place, segment in enumerate(segments)
            if place not in known and needs_translation(segment.source, segment.src_lang)
        }

    def _document_names(self, segments: Sequence[Segment]) -> dict[str, DocumentNames]:
        return {
            lang: document_names([s.source for s in segments if s.src_lang == lang], matcher)
            for lang in {segment.src_lang for segment in segments}
            if (matcher := self._matcher(lang)) is not None
        }

    def _terms(self, source: str, lang: str, names: DocumentNames | None = None) -> tuple[SourceMatch, ...]:
        matcher = self._matcher(lang)
        return terms_and_names(source, matcher, names) if matcher else ()

    def _written_terms(self, source: str, lang: str) -> list[tuple[Span, str]]:
        matcher = self._matcher(lang)
        return [(match.span, match.term.text) for match in matcher.find(source)] if matcher else []

    def _checked(self, segments: Sequence[Segment], translations: Sequence[Translation]) -> list[Translation]:
        """A document's translations with what the checks say of them; copies and failures are passed over."""
        pairs = [
            (segment, translation.target)
            for segment, translation in zip(segments, translations, strict=True)
            if translation.origin not in (Origin.COPIED, Origin.FAILED)
        ]
        if not pairs or not self._checks:
            return list(translations)
        context = CheckContext(matchers=self._matchers, termbase=self._termbase)
        checked, targets = zip(*pairs, strict=True)
        found: dict[str, list[Finding]] = {}
        for finding in run_checks(checked, targets, self._checks, context):
            found.setdefault(finding.segment_id, []).append(finding)
        return [
            replace(each, findings=(*each.findings, *found.get(each.segment_id, ()))) for each in translations
        ]

    def _finish_document(
        self,
        segments: Sequence[Segment],
        read: Sequence[Segment],
        known: Mapping[int, Translation],
        prepared: Mapping[int, Prepared],
        decoded: Mapping[_Key, Decoded],
    ) -> list[Translation]:
        own = {place: replace(decoded[_key(each)], prepared=each) for place, each in prepared.items()}
        targets = consistent(
            [each.target for each in own.values()],
            [each.prepared.matches for each in own.values()],
            ["headline" in each.prepared.segment.tags for each in own.values()],
        )
        if self._enforcing and self._termbase is not None:
            matches = [match for each in own.values() for match in each.prepared.matches]
            persons = known_persons(self._termbase, (match.concept for match in matches))
            targets = [with_names_in_case(target, persons) for target in targets]
        finished = dict(known) | {
            place: self._finish(replace(each, target=target))
            for (place, each), target in zip(own.items(), targets, strict=True)
        }
        translations = [
            finished.get(place)
            or Translation(
                segment_id=segment.id,
                target=in_russian_notation(segment.source, segment.src_lang),
                origin=Origin.COPIED,
            )
            for place, segment in enumerate(segments)
        ]
        translations = aligned(self._engine, read, translations)
        return self._checked(segments, list(map(capitals_again, segments, read, translations)))

    def _require_pairs(self, segments: Iterable[Segment]) -> None:
        pairs = self._engine.capabilities.pairs
        for src_lang, tgt_lang in {(s.src_lang, s.tgt_lang) for s in segments}:
            if (src_lang, tgt_lang) not in pairs:
                raise UnsupportedPairError(src_lang, tgt_lang, pairs, self._engine.name)

    def _matcher(self, lang: str) -> Matcher | None:
        if self._termbase is None:
            return None
        if lang not in self._matchers:
            self._matchers[lang] = Matcher(self._termbase, lang)
        return self._matchers[lang]

    def _prepare(self, segment: Segment, names: DocumentNames | None = None) -> Prepared:
        source, capabilities = segment.source, self._engine.capabilities
        matches = self._terms(source, segment.src_lang, names)
        ranges = date_ranges(source, segment.src_lang)
        protected = protect(source, segment.src_lang, ranges) if capabilities.placeables else Protected()
        edits = list(protected.edits)
        hidden = {p.span for _, p in protected.tokens}
        carried = protected.tokens + tuple(
            (p.text, p)
            for p in find_placeables(source, segment.src_lang)
            if p.kind in (Kind.CODE, Kind.URL, Kind.EMAIL) and p.span not in hidden
        )
        if capabilities.annotations:
            edits += [_annotation(match) for match in matches]
        taken = [*(match.span for match in matches), *(placeable.span for _, placeable in carried)]
        edits += known_forms(source, segment.src_lang, taken)
        edits += capabilities.lexicon.hints(source, segment.src_lang, taken)
        if self._tag:
            edits.append(Edit(span=Span(0, 0), text=f"{TAGS[self._tag]} "))
        edited = apply_edits(source, edits)
        constraints = tuple(
            TermConstraint(match=match, request_span=edited.project(match.span)) for match in matches
        )
        text = with_plain_spaces(edited.text)
        request = Request(text=text, src_lang=segment.src_lang, tgt_lang=segment.tgt_lang)
        return Prepared(
            segment=segment, request=request, matches=matches, constraints=constraints, carried=carried
        )

    def _decode(self, prepared: Sequence[Prepared]) -> list[Decoded]:
        """Translate, enforce, and see to it that nothing carried is lost.

        A target that lacks a placeable is mended, else replaced by another hypothesis that has it, else its
        source is cut at the placeable and the pieces are translated on their own.
        """
        requests = [p.request for p in prepared]
        hypotheses = self._engine.translate(requests, self._decoding) if requests else []
        constraints = [p.constraints if self._enforcing else () for p in prepared]
        enforced = self._enforce(list(zip(requests, constraints, hypotheses, strict=True)))
        completed = [complete(*row) for row in zip(prepared, enforced, hypotheses, strict=True)]
        pieces = {
            i: cut(prepared[i], incomplete)
            for i, incomplete in enumerate(completed)
            if isinstance(incomplete, Incomplete)
        }
        foreign = [piece for own in pieces.values() for piece in own if isinstance(piece, Segment)]
        translated = self._decode([self._prepare(piece) for piece in foreign]) if foreign else []
        targets = iter(decoded.target for decoded in translated)
        for i, pieces_of in pieces.items():
            completed[i] = Decoded(
                prepared=prepared[i],
                target=self._mended(requests[i], constraints[i], joined(pieces_of, targets)),
                score=None,
                strategies=("cut",) * len(constraints[i]),
            )
        return [decoded for decoded in completed if isinstance(decoded, Decoded)]

    def _mended(self, request: Request, constraints: tuple[TermConstraint, ...], target: str) -> str:
        """What pieces make, its terms in forms that fit the whole; as it is where it is too long to score."""
        try:
            return mend_forms(self._engine, [request], [constraints], [target])[0]
        except OutOfMemoryError:
            raise
        except EngineError:
            return target

    def _enforce(self, rows: list[tuple[Request, tuple[TermConstraint, ...], Hypotheses]]) -> list[Enforced]:
        """Enforce all at once; a segment too long for the engine to take again stays as it was decoded."""
        if not rows:
            return []
        requests, constraints, hypotheses = map(list, zip(*rows, strict=True))
        try:
            return enforce(self._engine, requests, constraints, hypotheses, terms_in=self._terms_in)
        except OutOfMemoryError:
            raise
        except EngineError:
            if len(rows) > 1:
                middle = len(rows) // 2
                return self._enforce(rows[:middle]) + self._enforce(rows[middle:])
            ((_, wanted, (best, *_)),) = rows
            return [Enforced(text=best.text, score=best.score, strategies=(FAILED,) * len(wanted))]

    def _finish(self, decoded: Decoded) -> Translation:
        segment = decoded.prepared.segment
        target = mended(segment.source, segment.src_lang, decoded.target)
        if self._typography:
            target = russian_typography(target)
        if not target.strip():
            empty = Finding(
                check="empty",
                severity=Severity.ERROR,
                segment_id=segment.id,
                message=f"{self._engine.name} gave no translation; the source stands in its place.",
            )
            return Translation(
                segment_id=segment.id,
                target=segment.source,
                origin=Origin.FAILED,
                engine=self._engine.name,
                findings=(empty,),
            )
        return Translation(
            segment_id=segment.id,
            target=target,
            origin=Origin.ENGINE,
            engine=self._engine.name,
            score=decoded.score,
            hits=verify(decoded.prepared.matches, target, decoded.strategies),
        )


def _key(prepared: Prepared) -> _Key:
    """Equal where the engine would be asked the same for the same terms."""
    terms = tuple((match.concept.id, match.concept.in_lang("ru")[0].text) for match in prepared.matches)
    return prepared.request, terms, prepared.carried


def _annotation(match: SourceMatch) -> Edit:
    (preferred, *_) = match.concept.in_lang("ru", Status.PREFERRED)
    return annotation(match.span.end, preferred.text)
