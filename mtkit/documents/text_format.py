"""What formats share whose files are one text."""

from __future__ import annotations

from collections.abc import Mapping

from mtkit.documents.skeleton import NO_ALIGNMENTS, on_one_line, render
from mtkit.types import Alignment, Document


class TextFormat:
    """Writes the skeleton of a document with its targets."""

    @staticmethod
    def escape(kind: str, text: str, last: bool, /) -> str:
        """What stands in the file for a text of a target (see mtkit.documents.skeleton.Escape)."""
        return on_one_line(text)

    @staticmethod
    def encode(text: str) -> bytes:
        """The bytes of a file."""
        return text.encode()

    def write(
        self,
        document: Document,
        targets: Mapping[str, str],
        alignments: Mapping[str, Alignment] = NO_ALIGNMENTS,
    ) -> bytes:
        return self.encode(render(document.skeleton, targets, self.escape, alignments))
