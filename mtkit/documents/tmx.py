"""TMX 1.1 to 1.4b: units that lack the target language get it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtkit.documents.languages import declared_source, primary
from mtkit.documents.parts import Alternative, Block, DraftPiece
from mtkit.documents.xml_format import XmlFormat
from mtkit.documents.xml_inline import ESCAPE, InlineCodes, Role, plain_text
from mtkit.documents.xml_tokens import XmlTokens

_ROLES: dict[str, Role] = {"hi": "pair", "bpt": "open", "ept": "close"}
_ANY_LANGUAGE = "*all*"


class TmxFormat(XmlFormat):
    """Translation memories. The new variant of a unit is its last and names mtkit as its creationtool.

    The source is the variant in the language asked for, else in the one that srclang names, else the first
    that is not in the target language. Units with a text in the target language stay as they are.
    """

    name = "tmx"
    suffixes = (".tmx",)
    options_type = None

    def draft(
        self, tokens: XmlTokens, path: str, src_lang: str, tgt_lang: str
    ) -> tuple[Sequence[DraftPiece], str]:
        header = tokens.child(tokens.root(), "header")
        declared = "" if header is None else tokens[header].attributes().get("srclang", "")
        reader = _Reader(tokens=tokens, declared=declared, src_lang=src_lang, tgt_lang=tgt_lang)
        return list(reader.draft()), declared_source(declared, src_lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    tokens: XmlTokens
    declared: str
    src_lang: str
    tgt_lang: str

    def draft(self) -> Iterator[DraftPiece]:
        index = 0
        while index < len(self.tokens):
            token = self.tokens[index]
            if token.kind == "start" and token.name == "tu":
                end = self.tokens.closes[index]
                yield from self._unit(index, end)
                index = end
            else:
                yield token.raw
            index += 1

    def _unit(self, begin: int, end: int) -> Iterator[DraftPiece]:
        tokens = self.tokens
        raw = tokens.raw(begin, end + 1)
        variants = [
            (self._language(child), child) for child in tokens.children(begin) if tokens[child].name == "tuv"
        ]
        known = next((tuv for code, tuv in variants if code == primary(self.tgt_lang)), None)
        source = self._source(variants, tokens[begin].attributes().get("srclang", self.declared))
        segment = None if source is None else tokens.child(source, "seg")
        if source is None or segment is None or tokens[segment].kind == "empty":
            yield raw
            return
        block = self._block(segment)
        if known is None:
            last = tokens.closes[variants[-1][1]] + 1
            opened = f'<tuv xml:lang="{self.tgt_lang}" creationtool="mtkit"><seg>'
            new = (tokens.indent(source), opened, block, "</seg></tuv>")
            yield Alternative(raw, (tokens.raw(begin, last), *new, tokens.raw(last, end + 1)), whole=True)
            return
        place = tokens.child(known, "seg")
        if place is None or plain_text(tokens, place, tokens.closes[place]):
            yield raw
            return
        before, after = tokens.raw(begin, place), tokens.raw(tokens.closes[place] + 1, end + 1)
        yield Alternative(raw, (before, "<seg>", block, "</seg>", after), whole=True)

    def _block(self, segment: int) -> Block:
        codes = InlineCodes(roles=_ROLES, prefix="")
        parts = codes.parts(self.tokens, segment + 1, self.tokens.closes[segment], preserve=True)
        return Block(parts=parts, line=self.tokens[segment].line, escape=ESCAPE)

    def _source(self, variants: list[tuple[str, int]], declared: str) -> int | None:
        for wanted in (self.src_lang, primary(declared)):
            for code, variant in variants:
                if code == wanted:
                    return variant
        if declared not in ("", _ANY_LANGUAGE):
            return None
        return next((variant for code, variant in variants if code != primary(self.tgt_lang)), None)

    def _language(self, variant: int) -> str:
        attributes = self.tokens[variant].attributes()
        return primary(attributes.get("xml:lang") or attributes.get("lang", ""))
