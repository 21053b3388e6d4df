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
        "csv": "mtkit.documents.csv_format:CsvFormat",
        "docx": "mtkit.documents.docx:DocxFormat",
        "html": "mtkit.documents.html:HtmlFormat",
        "json": "mtkit.documents.json_format:JsonFormat",
        "jsonl": "mtkit.documents.jsonl:JsonLinesFormat",
        "markdown": "mtkit.documents.markdown:MarkdownFormat",
        "odt": "mtkit.documents.odt:OdtFormat",
        "po": "mtkit.documents.po:PoFormat",
        "srt": "mtkit.documents.subtitles:SrtFormat",
        "text": "mtkit.documents.plain:PlainTextFormat",
        "tmx": "mtkit.documents.tmx:TmxFormat",
        "tsv": "mtkit.documents.tsv:TsvFormat",
        "vtt": "mtkit.documents.subtitles:VttFormat",
        "xliff": "mtkit.documents.xliff:XliffFormat",
    },
    "termbase-formats": {
        "deepl": "mtkit.termbase.formats_delimited:DeepLCsv",
        "google": "mtkit.termbase.formats_delimited:GoogleCsv",
        "mtkit": "mtkit.termbase.formats_delimited:MtkitTsv",
        "omegat": "mtkit.termbase.formats_delimited:OmegatTsv",
        "tbx": "mtkit.termbase.formats_tbx:Tbx",
        "tbx2": "mtkit.termbase.formats_tbx:Tbx2",
        "xlsx": "mtkit.termbase.formats_xlsx:Xlsx",
    },
    "metrics": {
        "bleu": "mtkit.scoring.sacrebleu_metrics:Bleu",
        "chrf": "mtkit.scoring.sacrebleu_metrics:Chrf",
        "spbleu": "mtkit.scoring.sacrebleu_metrics:SpBleu",
        "ter": "mtkit.scoring.sacrebleu_metrics:Ter",
        "comet": "mtkit.scoring.comet:Comet",
        "cometkiwi": "mtkit.scoring.comet:CometKiwi",
        "term-presence": "mtkit.scoring.term_metrics:TermPresence",
        "term-form": "mtkit.scoring.term_metrics:TermForm",
        "term-oracle": "mtkit.scoring.term_metrics:TermOracle",
        "term-consistency": "mtkit.scoring.term_metrics:TermConsistency",
        "term-forbidden": "mtkit.scoring.term_metrics:TermForbidden",
        "term-insertions": "mtkit.scoring.term_metrics:TermFalseInsertions",
        "term-success": "mtkit.scoring.wmt_terms:TermSuccessRate",
        "term-ter": "mtkit.scoring.wmt_terms:TermTer",
        "term-window": "mtkit.scoring.wmt_terms:TermWindowOverlap",
    },
    "checks": {
        "accelerator": "mtkit.checks.markup:AcceleratorCheck",
        "agreement": "mtkit.checks.terms:AgreementCheck",
        "capitals": "mtkit.checks.layout:CapitalsCheck",
        "command-option": "mtkit.checks.markup:CommandOptionCheck",
        "country": "mtkit.checks.substitutions:CountryCheck",
        "currency": "mtkit.checks.amounts:CurrencyCheck",
        "dash": "mtkit.checks.typography:DashCheck",
        "date": "mtkit.checks.dates:DateCheck",
        "decimal-comma": "mtkit.checks.typography:DecimalCommaCheck",
        "digit-groups": "mtkit.checks.typography:DigitGroupsCheck",
        "document-code": "mtkit.checks.placeables:DocumentCodeCheck",
        "double-space": "mtkit.checks.typography:DoubleSpaceCheck",
        "doubled-word": "mtkit.checks.fluency:DoubledWordCheck",
        "edge-space": "mtkit.checks.layout:EdgeSpaceCheck",
        "end-punctuation": "mtkit.checks.punctuation:EndPunctuationCheck",
        "entity": "mtkit.checks.markup:EntityCheck",
        "escape": "mtkit.checks.markup:EscapeCheck",
        "file-path": "mtkit.checks.markup:FilePathCheck",
        "foreign-title": "mtkit.checks.foreign_titles:ForeignTitleCheck",
        "forbidden-term": "mtkit.checks.terms:ForbiddenTermCheck",
        "foreign-script": "mtkit.checks.letters:ForeignScriptCheck",
        "function-name": "mtkit.checks.markup:FunctionNameCheck",
        "handle": "mtkit.checks.markup:HandleCheck",
        "hyphen-space": "mtkit.checks.typography:HyphenSpaceCheck",
        "inline-tags": "mtkit.checks.markup:InlineTagsCheck",
        "invisible-characters": "mtkit.checks.letters:InvisibleCharactersCheck",
        "latin": "mtkit.checks.letters:LatinCheck",
        "latin-name": "mtkit.checks.letters:LatinNameCheck",
        "length-ratio": "mtkit.checks.length:LengthRatioCheck",
        "line-breaks": "mtkit.checks.layout:LineBreaksCheck",
        "list-marker": "mtkit.checks.layout:ListMarkerCheck",
        "mixed-letters": "mtkit.checks.letters:MixedLettersCheck",
        "name": "mtkit.checks.names:NameCheck",
        "name-case": "mtkit.checks.name_case:NameCaseCheck",
        "number": "mtkit.checks.placeables:NumberCheck",
        "number-sign": "mtkit.checks.typography:NumberSignCheck",
        "omission": "mtkit.checks.length:OmissionCheck",
        "paired-marks": "mtkit.checks.punctuation:PairedMarksCheck",
        "parenthesis": "mtkit.checks.punctuation:ParenthesisCheck",
        "placeholder": "mtkit.checks.markup:PlaceholderCheck",
        "quotation": "mtkit.checks.punctuation:QuotationCheck",
        "quotes": "mtkit.checks.typography:QuotesCheck",
        "repeated-punctuation": "mtkit.checks.punctuation:RepeatedPunctuationCheck",
        "repetition": "mtkit.checks.fluency:RepetitionCheck",
        "space-after-punctuation": "mtkit.checks.punctuation:SpaceAfterPunctuationCheck",
        "space-before-punctuation": "mtkit.checks.typography:SpaceBeforePunctuationCheck",
        "spelling": "mtkit.checks.spelling:SpellingCheck",
        "term": "mtkit.checks.terms:TermCheck",
        "time": "mtkit.checks.times:TimeCheck",
        "unit": "mtkit.checks.amounts:UnitCheck",
        "untranslated": "mtkit.checks.fluency:UntranslatedCheck",
        "url-email": "mtkit.checks.placeables:UrlEmailCheck",
        "vietnamese-letters": "mtkit.checks.letters:VietnameseLettersCheck",
        "weekday": "mtkit.checks.substitutions:WeekdayCheck",
    },
    "document-checks": {
        "capital-consistency": "mtkit.checks.consistency:CapitalConsistencyCheck",
        "document-kind": "mtkit.checks.documents:DocumentKindCheck",
        "name-consistency": "mtkit.checks.names:NameConsistencyCheck",
        "same-target": "mtkit.checks.repeats:SameTargetCheck",
        "start-capital": "mtkit.checks.layout:StartCapitalCheck",
        "term-consistency": "mtkit.checks.consistency:TermConsistencyCheck",
        "translation-consistency": "mtkit.checks.repeats:TranslationConsistencyCheck",
        "wording-consistency": "mtkit.checks.consistency:WordingConsistencyCheck",
        "yo": "mtkit.checks.typography:YoCheck",
    },
    "outputs": {
        "github": "mtkit.reports.github:render",
        "json": "mtkit.reports.json_output:render",
        "jsonl": "mtkit.reports.json_output:render_lines",
        "junit": "mtkit.reports.junit:render",
        "sarif": "mtkit.reports.sarif:render",
        "text": "mtkit.reports.text:render",
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
