"""The units of XLIFF 1.2 (clause 2.2 of its specification) and 2.x (clause 4.2) as literals and blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mtkit.documents.parts import Alternative, Block, Break, DraftPiece, Part
from mtkit.documents.xliff_matches import (
    QUALIFIER_1,
    QUALIFIER_2,
    alternatives_mark,
    matches_mark,
    segment_mark,
)
from mtkit.documents.xml_inline import ESCAPE, InlineCodes, Role, plain_text
from mtkit.documents.xml_tokens import XmlToken, XmlTokens

_ROLES_1: dict[str, Role] = {
    "g": "pair",
    "mrk": "pair",
    "bx": "open",
    "ex": "close",
    "bpt": "open",
    "ept": "close",
}
_ROLES_2: dict[str, Role] = {
    "pc": "pair",
    "mrk": "pair",
    "sc": "open",
    "ec": "close",
    "sm": "open",
    "em": "close",
}
_WAITING = frozenset(("new", "needs-translation", "initial"))
_STATE_1 = {"state": "needs-review-translation", "state-qualifier": QUALIFIER_1}
_STATE_2 = {"state": "translated", "subState": QUALIFIER_2}
"""A machine's target in 2.x is `translated`, the state before `reviewed`; subState says by whom."""


def draft_units(tokens: XmlTokens, major: str, prefix: str, tgt_lang: str) -> list[DraftPiece]:
    """Literals and blocks of a file of version `major` ("1" or "2") whose elements have this prefix."""
    codes = InlineCodes(roles=_ROLES_2 if major == "2" else _ROLES_1, prefix=prefix)
    reader = _Reader(tokens=tokens, codes=codes, major=major, tgt_lang=tgt_lang)
    return list(reader.draft())


@dataclass(frozen=True, slots=True)
class _Scope:
    """What an element passes on to those in it."""

    translate: bool = True
    preserve: bool = False

    def inside(self, token: XmlToken) -> _Scope:
        attributes = token.attributes()
        scope = self
        if "translate" in attributes:
            scope = replace(scope, translate=attributes["translate"] != "no")
        if "xml:space" in attributes:
            scope = replace(scope, preserve=attributes["xml:space"] == "preserve")
        return scope


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    tokens: XmlTokens
    codes: InlineCodes
    major: str
    tgt_lang: str

    def draft(self) -> Iterator[DraftPiece]:
        prefix, tokens = self.codes.prefix, self.tokens
        unit = f"{prefix}unit" if self.major == "2" else f"{prefix}trans-unit"
        named = f"{prefix}xliff" if self.major == "2" else f"{prefix}file"
        scopes = [_Scope()]
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.kind == "start":
                scopes.append(scopes[-1].inside(token))
            elif token.kind == "end":
                scopes.pop()
            if token.kind == "start" and token.name == unit:
                end = tokens.closes[index]
                yield from self._unit(index, end, scopes.pop())
                index = end
            elif token.kind == "start" and token.name == named:
                yield self._with_language(token)
            else:
                yield token.raw
            index += 1

    def _with_language(self, token: XmlToken) -> DraftPiece:
        name = "trgLang" if self.major == "2" else "target-language"
        if token.attributes().get(name, "").strip():
            return token.raw
        return Alternative(token.raw, (token.with_attributes({name: self.tgt_lang}),))

    def _unit(self, begin: int, end: int, scope: _Scope) -> Iterator[DraftPiece]:
        tokens = self.tokens
        if not scope.translate or tokens[begin].attributes().get("approved") == "yes":
            yield tokens.raw(begin, end + 1)
        elif self.major == "2":
            yield Alternative(tokens.raw(begin, end + 1), tuple(self._segments(begin, end, scope)))
        else:
            yield self._segment(begin, end, scope)
            yield tokens.raw(end, end + 1)

    def _segments(self, begin: int, end: int, scope: _Scope) -> Iterator[DraftPiece]:
        """A unit of 2.x with the targets of its segments, and at its head what they were taken from."""
        tokens, prefix = self.tokens, self.codes.prefix
        children = list(tokens.children(begin))
        matches = next((child for child in children if tokens[child].local_name == "matches"), None)
        if matches is None:
            place = begin + 1
            yield tokens.raw(begin, place)
            yield matches_mark(prefix, tokens.indent(children[0]) if children else "", inside=False)
        else:
            place = tokens.closes[matches] + 1
            yield tokens.raw(begin, matches) + tokens[matches].opened()
            yield tokens.raw(matches + 1, place - 1) + matches_mark(prefix, "", inside=True)
            yield f"</{tokens[matches].name}>"
        ids = {token.attributes().get("id", "") for token in tokens.all[begin:end] if token.kind != "text"}
        for number, child in enumerate(children, 1):
            own = scope.inside(tokens[child])
            if tokens[child].name == f"{prefix}segment" and own.translate:
                yield tokens.raw(place, child)
                place = tokens.closes[child] + 1
                id, free = tokens[child].attributes().get("id"), f"s{number}"
                while free in ids:
                    free += "_"
                yield self._segment(child, place, own, segment_mark(id or free, given=id is not None))
        yield tokens.raw(place, end + 1)

    def _segment(self, begin: int, end: int, scope: _Scope, mark: str = "") -> DraftPiece:
        """A segment (2.x), or a trans-unit without its end tag: as it stands, and with its target.

        `mark` goes to the end of its tag.
        """
        tokens, prefix = self.tokens, self.codes.prefix
        raw = tokens.raw(begin, end)
        source, target = tokens.child(begin, f"{prefix}source"), tokens.child(begin, f"{prefix}target")
        if source is None or tokens[source].kind == "empty":
            return raw
        cut = tokens.child(begin, f"{prefix}seg-source")
        model = source if cut is None or tokens[cut].kind == "empty" else cut
        if not self._waits(begin, source, target):
            return raw
        scope = scope.inside(tokens[source])
        parts = self._parts(model, target, scope)
        block = Block(parts=parts, line=tokens[source].line, escape=ESCAPE)
        name = f"{prefix}target"
        place = tokens.closes[model] + 1
        if target is None:
            before, tag, rest = tokens.raw(begin, place) + tokens.indent(source), f"<{name}>", place
            space = tokens[source].attributes().get("xml:space")
            opened = XmlToken("start", tag, name, 0).with_attributes({"xml:space": space} if space else {})
        else:
            before, rest = tokens.raw(begin, target), tokens.closes[target] + 1
            opened = tokens[target].opened()
        closing = f"</{name}>"
        if self.major == "2":
            tag = tokens[begin].with_attributes(_STATE_2).removesuffix(">")
            before = f"{tag}{mark}>{before[len(tokens[begin].raw) :]}"
        else:
            opened = XmlToken("start", opened, name, 0).with_attributes(_STATE_1)
            closing += alternatives_mark(prefix, tokens.indent(source))
        return Alternative(raw, (before, opened, block, closing, tokens.raw(rest, end)), whole=True)

    def _waits(self, begin: int, source: int, target: int | None) -> bool:
        """Whether a unit is there to be translated."""
        tokens = self.tokens
        if target is None:
            return True
        state = tokens[begin if self.major == "2" else target].attributes().get("state")
        if state is not None and state not in _WAITING:
            return False
        text = plain_text(tokens, target, tokens.closes[target])
        if state is not None or not text:
            return True
        return text == plain_text(tokens, source, tokens.closes[source]) or any(
            not part for part in self._segments_of(target).values()
        )

    def _parts(self, model: int, target: int | None, scope: _Scope) -> list[Part]:
        """Parts of the source; segments of a CAT tool (Trados) that have their target keep it."""
        tokens = self.tokens
        parts = self.codes.parts(tokens, model + 1, tokens.closes[model], preserve=scope.preserve)
        if target is None or tokens[target].attributes().get("state") in _WAITING:
            return parts
        kept = {mid: raw for mid, raw in self._segments_of(target).items() if raw}
        if not kept or plain_text(tokens, target, tokens.closes[target]) == plain_text(
            tokens, model, tokens.closes[model]
        ):
            return parts
        out: list[Part] = []
        inside = ""
        for part in parts:
            if isinstance(part, Break) and part.pieces and isinstance(part.pieces[0], str):
                raw = part.pieces[0]
                if raw.startswith("</"):
                    inside = ""
                elif raw.startswith(f"<{self.codes.prefix}mrk"):
                    mid = XmlToken("start", raw, "mrk", 0).attributes().get("mid", "")
                    out.append(part)
                    if mid in kept:
                        inside = mid
                        out.append(Break((kept[mid],)))
                    continue
            if not inside:
                out.append(part)
        return out

    def _segments_of(self, target: int) -> dict[str, str]:
        """Text of each <mrk mtype="seg"> of a target by its mid, "" where it holds none."""
        tokens = self.tokens
        found: dict[str, str] = {}
        for index in range(target + 1, tokens.closes[target]):
            token = tokens[index]
            if token.name == f"{self.codes.prefix}mrk" and token.kind in ("start", "empty"):
                attributes = token.attributes()
                if attributes.get("mtype") == "seg":
                    close = tokens.closes[index]
                    text = plain_text(tokens, index, close)
                    found[attributes.get("mid", "")] = tokens.raw(index + 1, close) if text else ""
        return found
