"""What programs read and a translation must keep: tags, entities, placeholders, escapes, names and paths."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mtkit.checks.analysis import fixed
from mtkit.checks.base import CheckContext, changed, finding
from mtkit.types import Finding, Segment, Severity, Span

_EXPONENT = re.compile(r"(?<=[mм])<sup>\s*[23]\s*</sup>")
"""Of m² and m³, which the target may write as a word."""
_TAG_NAME = re.compile(r"</?([\w:.-]+)")

_MARKS = {
    "&": re.compile(r"(?<![A-Z&])&(?=[^\W\d_])(?!\w+;)"),
    "_": re.compile(r"(?<!_)_(?=[^\W\d_])(?!\w+_)"),
}
"""Of a key in a label, inside a word too."""

_Found = list[tuple[str, Span]]


class _KeptCheck:
    """What `pattern` finds stands in the target as often as in the source, letter by letter."""

    id: str
    severity = Severity.ERROR
    its_type = "markup"
    needs_source = True
    pattern: re.Pattern[str]

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        source_side, target_side = self._find(segment.source), self._find(target)
        if not source_side and not target_side:
            return
        extra = _surplus(target_side, source_side)
        for text, span in _surplus(source_side, target_side):
            if extra:
                yield changed(self, segment, target, span, extra.pop(0)[1], suggestion=text)
            else:
                yield finding(self, segment, f"{text} is missing.", src_span=span, suggestion=text)
        for text, span in extra:
            yield finding(self, segment, f"{text} is not in the source.", tgt_span=span)

    def _find(self, text: str) -> _Found:
        return [(match.group(), Span(*match.span())) for match in self.pattern.finditer(text)]


class InlineTagsCheck(_KeptCheck):
    """Tags (<b>, ⟦1⟧) stand in the target as often as in the source, and each closing tag comes after its
    opening one.

    White space inside a tag does not count. Known false alarms: a tag for typography alone, as an italic
    that Russian has no need of.
    """

    id = "inline-tags"
    signs = "<⟦"
    pattern = re.compile(
        r"</?[A-Za-z][\w:.-]*(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*/?>|⟦[^⟦⟧\s]*⟧"
    )

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        extra = False
        for found in super().run(segment, target, context):
            extra = extra or found.tgt_span is not None
            yield found
        if not extra and (misplaced := _closed_too_early(self._find(target))):
            tag, span = misplaced
            yield finding(self, segment, f"{tag} closes what is not open.", tgt_span=span)

    def _find(self, text: str) -> _Found:
        visible = _EXPONENT.sub(lambda match: " " * len(match.group()), text) if "<sup" in text else text
        return [(" ".join(tag.split()).replace(" >", ">"), span) for tag, span in super()._find(visible)]


class EntityCheck(_KeptCheck):
    """A character entity (&nbsp;, &#160;) is missing or not in the source.

    Known false alarms: an entity that the target writes as its character.
    """

    id = "entity"
    signs = "&"
    pattern = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,7}|#x[0-9A-Fa-f]{1,6});")


class PlaceholderCheck(_KeptCheck):
    """A placeholder of a program ({name}, %s, %(count)d, ${user}) is missing, changed or not in the source.

    Known false alarms: braces that are no placeholder.
    """

    id = "placeholder"
    signs = "{%"
    pattern = re.compile(
        r"\$?\{\{\s*[\w.]+\s*\}\}|\$?\{[\w.:!]*\}"
        r"|(?<![\w%])%(?:\(\w+\)|\d\$)?[-+#0]?\d*(?:\.\d+)?(?:ll?|z)?[sdiufgxXc@](?![\w%])"
    )


class EscapeCheck(_KeptCheck):
    r"""An escape sequence (\n, \t, \u00a0) is missing or not in the source.

    Those inside a Windows path are left alone. Known false alarms: none known.
    """

    id = "escape"
    signs = "\\"
    pattern = re.compile(r"\\(?:[nrt]|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2})")
    _path = re.compile(r"(?:[A-Za-z]:|\\)\\\S+")

    def _find(self, text: str) -> _Found:
        return super()._find(self._path.sub(lambda match: " " * len(match.group()), text))


class CommandOptionCheck(_KeptCheck):
    """An option of a command (--help, -v) is missing, changed or not in the source.

    Known false alarms: none known.
    """

    id = "command-option"
    signs = "-"
    pattern = re.compile(r"(?<![^\s\[(\"'«`])--?[A-Za-z](?:(?<=--[A-Za-z])[A-Za-z0-9-]+)?(?![\w-])")


class FunctionNameCheck(_KeptCheck):
    """The name of a function (print(), str.join()) is missing, changed or not in the source.

    Known false alarms: none known.
    """

    id = "function-name"
    signs = "("
    pattern = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\(\)")


class FilePathCheck(_KeptCheck):
    r"""A path (/etc/hosts, C:\Temp) or the name of a file (report.docx) is missing, changed or not in the
    source.

    Addresses of the web are left to url-email. Known false alarms: example paths that the target localizes.
    """

    id = "file-path"
    severity = Severity.WARNING
    pattern = re.compile(
        r"(?<![\w/:.<@~])(?:~|\.{1,2})?/(?:[A-Za-z_.][\w.@+-]*/)+[\w@+-]*(?:\.\w+)*"
        r"|(?<!\w)[A-Za-z]:\\[\w.\\-]*\w"
        r"|(?<![\w/\\.@-])[\w-]+\.(?:docx?|xlsx?|pptx?|od[tsp]|pdf|txt|csv|tsv|jsonl?|ya?ml|toml|ini|conf|log"
        r"|zip|gz|exe|sh|py|js|css|html?|xml|png|jpe?g|gif|svg|mp[34]|po|tmx|xliff)(?![\w/])"
    )

    def _find(self, text: str) -> _Found:
        if "/" not in text and "\\" not in text and not _FILE_SUFFIX.search(text):
            return []
        addresses = [each.span for each in fixed(text)]
        return [
            (path, span)
            for path, span in super()._find(text)
            if not any(span.overlaps(address) for address in addresses)
        ]


_FILE_SUFFIX = re.compile(r"\.[a-z]")


class HandleCheck(_KeptCheck):
    """The name of an account (@vietnamplus) is missing, changed or not in the source.

    Known false alarms: an account that the target names in words.
    """

    id = "handle"
    severity = Severity.WARNING
    signs = "@"
    pattern = re.compile(r"(?<![\w.@+-])@[A-Za-z_]\w+")


class AcceleratorCheck:
    """The key that a label of a program marks (&File, _Open) is missing in the target, or marked twice.

    Known false alarms: none known.
    """

    id = "accelerator"
    severity = Severity.WARNING
    its_type = "markup"
    needs_source = True
    signs = "&_"
    _marked = re.compile(r"(?<![\w&])([&_])(?=[^\W\d_])(?!\w+[;_])")

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        marks = self._marked.findall(segment.source)
        if len(marks) != 1:
            return
        places = [match.start() for match in _MARKS[marks[0]].finditer(target)]
        if not places:
            yield finding(self, segment, f"No letter is marked with {marks[0]}, the source has one.")
        for place in places[1:]:
            message = f"A second letter is marked with {marks[0]}."
            yield finding(self, segment, message, tgt_span=Span(place, place + 2))


def _surplus(side: _Found, other: _Found) -> _Found:
    left = Counter(text for text, _ in other)
    surplus = []
    for text, span in side:
        if left[text]:
            left[text] -= 1
        else:
            surplus.append((text, span))
    return surplus


def _closed_too_early(tags: _Found) -> tuple[str, Span] | None:
    opened: Counter[str] = Counter()
    for tag, span in tags:
        name = _TAG_NAME.match(tag)
        if name is None or tag.endswith("/>"):
            continue
        opened[name.group(1)] += -1 if tag.startswith("</") else 1
        if opened[name.group(1)] < 0 and any(f"<{name.group(1)}" in other for other, _ in tags):
            return tag, span
    return None
