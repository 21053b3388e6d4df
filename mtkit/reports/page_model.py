"""What the report page shows, as JSON values: rows, scores, terms, findings.

Spans are in UTF-16 code units here, which is what a browser counts strings in.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mtkit import __version__
from mtkit.reports.alignment import Row, align
from mtkit.reports.runs import Run
from mtkit.scoring.base import Bootstrap, Metric, ParallelText, Statistics
from mtkit.scoring.evaluate import decimal_places, segment_statistics
from mtkit.scoring.opening import metric_names, open_metrics
from mtkit.scoring.resampling import confidence_interval, paired_test
from mtkit.termbase.abroad import abroad, id_at_home
from mtkit.types import Concept, Finding, Score, Span, Status, TermHit, Translation

NAME_CONCEPT = "name:"
DECIMALS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOptions:
    """`metrics` are comma-separated names; segments are sorted by the first. `resamples` 0: no intervals."""

    title: str = ""
    metrics: str = "chrf,bleu,ter"
    resamples: int = 1000


def page_model(
    runs: Sequence[Run], reference_names: Sequence[str] = (), options: PageOptions = PageOptions()
) -> dict[str, Any]:
    """Everything that the page is made of; with two runs the second is compared to the first.

    Raises InputError where references or runs are not of the same text, UnknownNameError for a metric.
    """
    rows = align(runs, reference_names)
    scores, difference = _scores(rows, len(runs), options) if reference_names else ([[] for _ in runs], [])
    return {
        "version": 1,
        "mtkit": __version__,
        "title": options.title or " / ".join(run.name for run in runs),
        "fingerprint": _fingerprint(rows),
        "runs": [
            _run_summary(run, number, rows, each)
            for number, (run, each) in enumerate(zip(runs, scores, strict=True))
        ],
        "references": len(reference_names),
        "difference": difference,
        "documents": [{"path": record.document, "format": record.format} for record in runs[0].records],
        "concepts": _concepts(runs, rows),
        "rows": [_row(row, number, scores) for number, row in enumerate(rows)],
    }


def _scores(
    rows: Sequence[Row], run_count: int, options: PageOptions
) -> tuple[list[list[Score]], list[dict[str, Any]]]:
    """Scores of every run, and for two runs what separates them and how likely that is chance."""
    bootstrap = Bootstrap(resamples=options.resamples) if options.resamples else None
    references = [list(side) for side in zip(*(row.references for row in rows), strict=True)]
    sources = [row.segment.source for row in rows]
    texts = [
        ParallelText(
            hypotheses=[row.translations[run].target for row in rows],
            references=references,
            sources=sources,
            documents=[str(row.document) for row in rows],
        )
        for run in range(run_count)
    ]
    scores: list[list[Score]] = [[] for _ in texts]
    difference = []
    for metric in open_metrics(metric_names(options.metrics, has_reference=True)):
        stats = [segment_statistics(metric, text) for text in texts]
        for run, each in enumerate(stats):
            scores[run].append(_segment_scores(metric, each, bootstrap))
        if run_count == 2 and bootstrap:
            test = paired_test(metric, stats[0], stats[1], bootstrap, trials=options.resamples)
            difference.append({"metric": scores[0][-1].metric, "p": _rounded(test.bootstrap_p, 4)})
    return scores, difference


def _segment_scores(metric: Metric, stats: Sequence[Statistics], bootstrap: Bootstrap | None) -> Score:
    return replace(
        metric.aggregate(stats),
        segment_values=tuple(metric.segment_value(each) for each in stats),
        ci95=confidence_interval(metric, stats, bootstrap) if bootstrap else None,
        signature=metric.signature(bootstrap),
    )


def _run_summary(run: Run, number: int, rows: Sequence[Row], scores: Sequence[Score]) -> dict[str, Any]:
    record = run.records[0]
    translations = [row.translations[number] for row in rows]
    hits = [hit for translation in translations for hit in translation.hits]
    findings = Counter((f.check, f.severity.value) for t in translations for f in t.findings)
    return {
        "name": run.name,
        "engine": record.engine,
        "termbase": record.termbase.get("sha256", ""),
        "settings": record.settings,
        "scores": [_score(score) for score in scores],
        "terms": _states(hit for hit in hits if not _is_name(hit)),
        "names": _states(hit for hit in hits if _is_name(hit)),
        "origins": Counter(t.origin.value for t in translations),
        "findings": [
            {"check": check, "severity": severity, "count": count}
            for (check, severity), count in sorted(findings.items())
        ],
    }


def _score(score: Score) -> dict[str, Any]:
    decimals = decimal_places(score, DECIMALS)
    return {
        "metric": score.metric,
        "value": _rounded(score.value, decimals),
        "ci": None if score.ci95 is None else [_rounded(bound, decimals) for bound in score.ci95],
        "decimals": decimals,
        "higher": score.higher_is_better,
        "signature": score.signature,
    }


def _rounded(value: float, digits: int) -> float | None:
    """None where a metric has nothing to say."""
    return round(value, digits) if math.isfinite(value) else None


def _is_name(hit: TermHit) -> bool:
    return hit.concept_id.startswith(NAME_CONCEPT)


def _states(hits: Iterable[TermHit]) -> dict[str, int]:
    counted = Counter(_state(hit) for hit in hits)
    return {state: counted[state] for state in ("held", "failed", "forbidden")}


def _state(hit: TermHit) -> str:
    if hit.ok:
        return "held"
    return "failed" if hit.tgt_span is None else "forbidden"


def _row(row: Row, number: int, scores: Sequence[Sequence[Score]]) -> dict[str, Any]:
    source = row.segment.source
    return {
        "doc": row.document,
        "id": row.segment.id,
        "lang": row.segment.src_lang,
        "src": source,
        "refs": list(row.references),
        "hyps": [
            _hypothesis(source, translation, row.drafts[run], scores[run], number)
            for run, translation in enumerate(row.translations)
        ],
    }


def _hypothesis(
    source: str, translation: Translation, draft: str | None, scores: Sequence[Score], number: int
) -> dict[str, Any]:
    """`draft` is None where the text is as mtkit wrote it."""
    target = translation.target
    return {
        "text": target,
        "draft": None if draft == target else draft,
        "origin": translation.origin.value,
        "logprob": translation.score,
        "scores": [
            _rounded(score.segment_values[number], decimal_places(score, DECIMALS)) for score in scores
        ],
        "hits": [
            {
                "concept": hit.concept_id,
                "src": _utf16(hit.src_span, source),
                "tgt": _utf16(hit.tgt_span, target),
                "state": _state(hit),
                "strategy": hit.strategy,
            }
            for hit in translation.hits
        ],
        "findings": [
            {
                "check": finding.check,
                "severity": finding.severity.value,
                "message": finding.message,
                "src": _utf16(finding.src_span, source),
                "tgt": _utf16(finding.tgt_span, target),
                "suggestion": finding.suggestion,
            }
            for finding in translation.findings
        ],
    }


def _utf16(span: Span | None, text: str) -> list[int] | None:
    if span is None:
        return None
    if text.isascii() or max(text) <= "\uffff":
        return [span.start, span.end]
    return [offset + sum(c > "\uffff" for c in text[:offset]) for offset in (span.start, span.end)]


def _concepts(runs: Sequence[Run], rows: Sequence[Row]) -> dict[str, Any]:
    """What is known of every concept that was hit: the words found, and what the Russian should be.

    The Russian comes from the termbase of the run where it is still the same one, from the transcription of
    names, else from what the check `term` suggested.
    """
    concepts: dict[str, dict[str, Any]] = {}
    for row in rows:
        for translation in row.translations:
            for hit in translation.hits:
                concept = concepts.setdefault(
                    hit.concept_id, {"term": hit.src_span.of(row.segment.source), "ru": ""}
                )
                if not concept["ru"]:
                    concept["ru"] = _wanted(row, hit, translation.findings)
    own_ids = {id_at_home(concept_id) for concept_id in concepts}
    for known in _termbase_concepts(runs):
        for each in _everywhere(known) if known.id in own_ids else ():
            if each.id in concepts:
                concepts[each.id] |= _russian(each)
    return concepts


def _everywhere(concept: Concept) -> Iterator[Concept]:
    """A concept at home and elsewhere."""
    yield concept
    if (elsewhere := abroad(concept)) is not None:
        yield from filter(None, (elsewhere.state, elsewhere.shared))


def _wanted(row: Row, hit: TermHit, findings: Sequence[Finding]) -> str:
    if _is_name(hit):
        from mtkit.names.find import find_names

        names = find_names(row.segment.source, row.segment.src_lang)
        return next((name.russian for name in names if name.span == hit.src_span), "")
    return next(
        (f.suggestion or "" for f in findings if f.check == "term" and f.src_span == hit.src_span), ""
    )


def _termbase_concepts(runs: Sequence[Run]) -> Sequence[Concept]:
    from mtkit.errors import MtkitError
    from mtkit.termbase.io import load_termbase

    wanted = runs[0].records[0].termbase
    try:
        termbase = load_termbase(wanted.get("path") or "none")
    except MtkitError:
        return ()
    return termbase.concepts if termbase.fingerprint == wanted.get("sha256") else ()


def _russian(concept: Concept) -> dict[str, Any]:
    def texts(*statuses: Status) -> list[str]:
        return [term.text for term in concept.in_lang("ru", *statuses)]

    return {
        "ru": ", ".join(texts(Status.PREFERRED)),
        "admitted": texts(Status.ADMITTED),
        "forbidden": texts(Status.FORBIDDEN, Status.DEPRECATED),
        "note": concept.note,
    }


def _fingerprint(rows: Sequence[Row]) -> str:
    """Of the texts alone, so that marks survive a new report about the same translations."""
    texts = [[row.segment.id, row.segment.source, *(t.target for t in row.translations)] for row in rows]
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:16]
