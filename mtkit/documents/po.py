"""gettext PO and POT: msgstr is filled where it is empty, everything else stays as it is.

Of the forms of a plural each is translated with a number for which Russian uses it (121, 123, 125 files), and
the placeholder of the number comes back in its place; so the noun stands in the right case. Obsolete entries
and those with a translation, fuzzy ones too, are left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mtkit.documents.flow import assemble
from mtkit.documents.languages import check_target_language, declared_source, primary
from mtkit.documents.parts import Alternative, Block, Break, DraftPiece, Part, Text
from mtkit.documents.po_entries import (
    PoEntry,
    escape_po,
    header_fields,
    po_entries,
    read_po_text,
    unescape_po,
)
from mtkit.documents.skeleton import NO_ALIGNMENTS, on_one_line, render, split_lines
from mtkit.documents.strings import string_parts
from mtkit.text.language import SOURCE_LANGUAGES
from mtkit.types import Alignment, Document

_PLURAL_RULE = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)
_NUMBERS = ("121", "123", "125", "123")
"""A number for each form that Russian catalogues have; the fourth, where there is one, is for fractions."""
_PLACEHOLDER = re.compile(
    r"%(?:\(\w+\)|\d+\$)?[-+#0']*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh?|ll?|[jztLq])?[sdiufFeEgGxXocpn@r](?!\w)"
    r"|%n\b|\$?\{\{?[\w.:!]*\}?\}"
)
_KIND = "po"


@dataclass(frozen=True, slots=True, kw_only=True)
class PoOptions:
    """`fuzzy` marks what the machine wrote as needing review; msgfmt leaves such entries out."""

    fuzzy: bool = True


class PoFormat:
    """Catalogues of programs. A header without Language and Plural-Forms gets those of Russian."""

    name = "po"
    suffixes = (".po", ".pot")
    options_type = PoOptions

    def __init__(self, options: PoOptions = PoOptions()) -> None:
        self.options = options

    def sniff(self, head: bytes) -> bool:
        text = head.decode("utf-8", "ignore")
        return re.search(r'^msgid "', text, re.MULTILINE) is not None and "msgstr" in text

    def read(self, raw: bytes, path: str, src_lang: str, tgt_lang: str) -> Document:
        text = read_po_text(raw, path)
        entries = po_entries(text, path)
        header = next((entry for entry in entries if entry.is_header), None)
        fields = header_fields(entries)
        if primary(language := fields.get("Language", "")) not in ("", *SOURCE_LANGUAGES):
            line = None if header is None else header.fields["msgid"].begin + 1
            check_target_language(language, tgt_lang, path, line)
        src_lang = declared_source(fields.get("X-Source-Language", ""), src_lang)
        draft = _draft(text, entries, fields, self.options, tgt_lang)
        return assemble(draft, path=path, format=self.name, src_lang=src_lang, tgt_lang=tgt_lang)

    def write(
        self,
        document: Document,
        targets: Mapping[str, str],
        alignments: Mapping[str, Alignment] = NO_ALIGNMENTS,
    ) -> bytes:
        text = render(document.skeleton, targets, _escape, alignments)
        if targets:
            original = render(document.skeleton, {}, _escape)
            text = _flag_broken(text, original, document.path)
        charset = header_fields(po_entries(text, document.path)).get("Content-Type", "")
        found = re.search(r"charset=([\w.:-]+)", charset)
        label = found[1].lower() if found and found[1] != "CHARSET" else "utf-8"
        try:
            return text.encode("utf-8" if label.startswith("utf") or label.endswith("ascii") else label)
        except (LookupError, UnicodeError):
            return text.encode()

    def sides(self, raw: bytes, path: str, src_lang: str) -> list[tuple[Block | None, Block]]:
        """Each msgid and its msgstr, forms of a plural apart (see mtkit.documents.edited.KeepsSources)."""
        found: list[tuple[Block | None, Block]] = []
        for entry in po_entries(read_po_text(raw, path), path):
            for side in numbered_forms(entry) if entry.msgid else ():
                source, target = (
                    Block(
                        parts=list(string_parts(text, escape_po, wrapped=True)),
                        line=entry.fields["msgid"].begin + 1,
                        escape=_KIND,
                    )
                    for text in side
                )
                found.append((source, target))
        return found


def numbered_forms(entry: PoEntry) -> list[tuple[str, str]]:
    """Source and target of each form of an entry, with a number in the place of its placeholder."""
    is_plural = "msgid_plural" in entry.fields
    source = entry.fields["msgid_plural"].text if is_plural else entry.msgid
    found: list[tuple[str, str]] = []
    for form, target in enumerate(entry.targets().values()):
        number = _NUMBERS[min(form, 3)] if is_plural else ""
        placeholder = _placeholder_for(number, source)
        if placeholder:
            found.append((source.replace(placeholder, number), target.text.replace(placeholder, number, 1)))
        else:
            found.append((source, target.text))
    return found


def _draft(
    text: str, entries: Sequence[PoEntry], header: Mapping[str, str], options: PoOptions, tgt_lang: str
) -> list[DraftPiece]:
    lines = [line + end for line, end in split_lines(text)]
    end_of_line = next((end for _, end in split_lines(text) if end), "\n")
    new_header = _russian_header(header, tgt_lang)
    writer = _Writer(
        lines=lines, end_of_line=end_of_line, forms=_forms(new_header["Plural-Forms"]), fuzzy=options.fuzzy
    )
    draft: list[DraftPiece] = []
    if not header and any(entry.msgid for entry in entries):
        draft.append(Alternative("", (writer.header(new_header) + end_of_line,)))
    done = 0
    for entry in entries:
        draft.append("".join(lines[done : entry.begin]))
        draft.append(writer.entry(entry, header, new_header))
        done = entry.end
    return [*draft, "".join(lines[done:])]


def _russian_header(header: Mapping[str, str], tgt_lang: str) -> dict[str, str]:
    """The header of the translated catalogue: what it says, in UTF-8, with language and plural forms.

    Three forms that are there already are taken for Russian ones, and any number where the language is set.
    """
    fields = dict(header) or {"MIME-Version": "1.0", "Content-Transfer-Encoding": "8bit"}
    fields["Content-Type"] = "text/plain; charset=UTF-8"
    is_set = primary(fields.get("Language", "")) == tgt_lang
    forms = _forms(fields.get("Plural-Forms", ""))
    if not is_set:
        fields["Language"] = tgt_lang
    if not forms or not (is_set or forms == 3):
        fields["Plural-Forms"] = _PLURAL_RULE
    return fields


def _forms(rule: str) -> int:
    found = re.search(r"nplurals\s*=\s*(\d+)", rule)
    return int(found[1]) if found else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    """Entries as they stand and as they will stand; `forms` is how many a plural has."""

    lines: Sequence[str]
    end_of_line: str
    forms: int
    fuzzy: bool

    def entry(self, entry: PoEntry, header: Mapping[str, str], new_header: Mapping[str, str]) -> DraftPiece:
        raw = "".join(self.lines[entry.begin : entry.end])
        if entry.is_header:
            if dict(header) == dict(new_header):
                return raw
            head = "".join(self.comments(entry, drop="fuzzy"))
            return Alternative(raw, (head + self.header(new_header),))
        targets = entry.targets()
        if not entry.msgid or any(target.text for target in targets.values()):
            return raw
        before = self.comments(entry, add="fuzzy" if self.fuzzy else "")
        first = min(f.begin for f in targets.values())
        source = max(f.end for key, f in entry.fields.items() if key not in targets)
        begins = min(f.begin for f in entry.fields.values())
        if first < source:
            return raw
        pieces: list[DraftPiece] = [*before, "".join(self.lines[begins:first])]
        if "msgid_plural" in entry.fields:
            plural = entry.fields["msgid_plural"].text
            for form in range(self.forms):
                pieces += self._msgstr(f"msgstr[{form}]", plural, entry, _NUMBERS[min(form, 3)])
        else:
            pieces += self._msgstr("msgstr", entry.msgid, entry, "")
        rest = "".join(self.lines[max(f.end for f in targets.values()) : entry.end])
        if not raw.endswith(("\n", "\r")) and isinstance(pieces[-1], str):
            pieces[-1] = pieces[-1].removesuffix(self.end_of_line)
        return Alternative(raw, (*pieces, rest), whole=True)

    def header(self, fields: Mapping[str, str]) -> str:
        lines = ['msgid ""', 'msgstr ""']
        lines += [f'"{escape_po(f"{name}: {value}")}\\n"' for name, value in fields.items()]
        return "".join(line + self.end_of_line for line in lines)

    def comments(self, entry: PoEntry, *, add: str = "", drop: str = "") -> list[str]:
        """Lines before the fields, with a flag more or less."""
        begins = min(f.begin for f in entry.fields.values())
        lines = list(self.lines[entry.begin : begins])
        flags = [flag for flag in entry.flags if flag != drop]
        if add and add not in flags:
            flags.insert(0, add)
        if flags == list(entry.flags):
            return lines
        written = [f"#, {', '.join(flags)}{self.end_of_line}"] if flags else []
        places = [number - entry.begin for number in entry.flag_lines]
        at = places[0] if places else len(lines)
        kept = [line for place, line in enumerate(lines) if place not in places]
        return kept[:at] + written + kept[at:]

    def _msgstr(self, keyword: str, source: str, entry: PoEntry, number: str) -> Iterator[DraftPiece]:
        placeholder = _placeholder_for(number, source)
        parts = list(_parts(source, placeholder, number, self.end_of_line))
        kind = f"{_KIND} {number} {placeholder}" if placeholder else _KIND
        block = Block(parts=parts, line=entry.fields["msgid"].begin + 1, escape=kind)
        inner = source.rstrip("\n")
        yield f'{keyword} ""{self.end_of_line}"' if "\n" in inner else f'{keyword} "'
        yield block
        yield f'"{self.end_of_line}'


def _parts(source: str, placeholder: str, number: str, end_of_line: str) -> Iterator[Part]:
    """A msgid as it goes into msgstr: each line on one of the file's, `number` in place of `placeholder`."""
    inner = len(source.rstrip("\n"))
    at = 0
    for part in string_parts(source, escape_po, wrapped=True):
        if isinstance(part, Text):
            at += len(part.text)
            if placeholder and placeholder in part.text:
                before, _, after = part.text.partition(placeholder)
                yield from (Text(before, before), Text(number, placeholder), Text(after, after))
            else:
                yield part
        else:
            (raw,) = part.pieces
            at += len(unescape_po(str(raw)))
            inside = isinstance(part, Break) and at <= inner and str(raw).endswith("\\n")
            yield Break((f'{raw}"{end_of_line}"',)) if inside else part


def _placeholder_for(number: str, source: str) -> str:
    """The placeholder that a number of a plural takes the place of, "" where it cannot be told."""
    if not number or number in source:
        return ""
    found = [match[0] for match in _PLACEHOLDER.finditer(source)]
    numeric = [text for text in found if text.startswith("{") or text[-1] in "diun"] or found
    return numeric[0] if numeric and source.count(numeric[0]) == 1 else ""


def _escape(kind: str, text: str, _last: bool) -> str:
    _, _, plural = kind.partition(" ")
    if plural:
        number, _, placeholder = plural.partition(" ")
        text = re.sub(rf"(?<!\d){number}(?!\d)", lambda _: placeholder, text, count=1)
    return escape_po(on_one_line(text))


def _flag_broken(text: str, original: str, path: str) -> str:
    """Mark what was filled as fuzzy where a placeholder is lost, doubled or out of order."""
    before = [entry for entry in po_entries(original, path) if entry.msgid]
    after = [entry for entry in po_entries(text, path) if entry.msgid]
    lines = [line + end for line, end in split_lines(text)]
    end_of_line = next((end for _, end in split_lines(text) if end), "\n")
    writer = _Writer(lines=lines, end_of_line=end_of_line, forms=0, fuzzy=True)
    for old, new in reversed(list(zip(before, after, strict=True))):
        if "fuzzy" in new.flags or any(f.text for f in old.targets().values()) or _is_sound(new):
            continue
        begins = min(f.begin for f in new.fields.values())
        lines[new.begin : begins] = writer.comments(new, add="fuzzy")
    return "".join(lines)


def _is_sound(entry: PoEntry) -> bool:
    source = entry.fields.get("msgid_plural", entry.fields["msgid"]).text
    return all(_same_placeholders(source, target.text) for target in entry.targets().values() if target.text)


def _same_placeholders(source: str, target: str) -> bool:
    """Unnumbered ones (%s %d) must stand in the same order, numbered and named ones only all be there."""
    sides = [[match[0] for match in _PLACEHOLDER.finditer(text)] for text in (source, target)]
    unnamed = [[text for text in side if not re.match(r"%\(|%\d+\$|\$?\{\w", text)] for side in sides]
    return Counter(sides[0]) == Counter(sides[1]) and unnamed[0] == unnamed[1]
