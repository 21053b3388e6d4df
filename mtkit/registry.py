"""Tables from a name to "module:attribute", open to other packages.

Nothing is imported before `load` is called. Other packages add names through the entry-point group
"mtkit.<kind>", for example `mtkit.engines`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from mtkit.errors import UnknownNameError

BUILT_IN: dict[str, dict[str, str]] = {
    "engines": {
        "ctranslate2": "mtkit.engines.ctranslate2_engine:CTranslate2Engine",
        "transformers": "mtkit.engines.transformers_engine:TransformersEngine",
    },
    "formats": {
        "html": "mtkit.documents.html:HtmlFormat",
        "jsonl": "mtkit.documents.jsonl:JsonLinesFormat",
        "markdown": "mtkit.documents.markdown:MarkdownFormat",
        "text": "mtkit.documents.plain:PlainTextFormat",
        "tsv": "mtkit.documents.tsv:TsvFormat",
    },
    "metrics": {
        "bleu": "mtkit.scoring.sacrebleu_metrics:Bleu",
        "chrf": "mtkit.scoring.sacrebleu_metrics:Chrf",
        "spbleu": "mtkit.scoring.sacrebleu_metrics:SpBleu",
        "ter": "mtkit.scoring.sacrebleu_metrics:Ter",
    },
    "checks": {
        "document-code": "mtkit.checks.placeables:DocumentCodeCheck",
        "number": "mtkit.checks.placeables:NumberCheck",
        "url-email": "mtkit.checks.placeables:UrlEmailCheck",
        "term": "mtkit.checks.terms:TermCheck",
        "untranslated": "mtkit.checks.fluency:UntranslatedCheck",
        "repetition": "mtkit.checks.fluency:RepetitionCheck",
        "length-ratio": "mtkit.checks.fluency:LengthRatioCheck",
        "foreign-letters": "mtkit.checks.fluency:ForeignLettersCheck",
    },
}


@cache
def _table(kind: str) -> dict[str, str]:
    added = {point.name: point.value for point in entry_points(group=f"mtkit.{kind}")}
    return {**BUILT_IN[kind], **added}


def names(kind: str) -> list[str]:
    """Registered names of a kind, sorted."""
    return sorted(_table(kind))


def load(kind: str, name: str) -> Any:
    """Import and return what `name` stands for; UnknownNameError lists the names there are."""
    table = _table(kind)
    if name not in table:
        raise UnknownNameError(kind.removesuffix("s"), name, table)
    module, _, attribute = table[name].partition(":")
    return getattr(import_module(module), attribute)
