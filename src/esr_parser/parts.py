"""The descriptions of a text that has several: pages that were copied into one file."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

import attrs

from esr_parser.diagnostics import Diagnostic, Span
from esr_parser.text import Lines

if TYPE_CHECKING:
    from esr_parser.document import Document


class Part(NamedTuple):
    """One description of a text, and where in the text it begins."""

    document: Document
    start: int = 0
    """The offset of its first character."""
    line: int = 1
    """The line of its first character, from 1."""
    column: int = 0
    """How many characters of that line come before: ``cat`` joins files without a line end."""
    notes: tuple[Diagnostic, ...] = ()
    """What is odd about the encoding of the whole text; the first description has it."""

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The diagnostics of the part, with their places in the whole text."""
        found = self.document.diagnostics
        return (*self.notes, *map(self._moved, found)) if self.start or self.notes else found

    def _moved(self, d: Diagnostic) -> Diagnostic:
        column = d.column + (self.column if d.line == 1 else 0)
        span = Span(d.span.start + self.start, d.span.end + self.start)
        return attrs.evolve(d, line=d.line + self.line - 1, column=column, span=span)


def parts_of(document: Document) -> list[Part]:
    r"""The descriptions of a text, in order; a text with a single one is not read again.

    >>> from esr_parser import parse_document
    >>> title = "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus"
    >>> page = f"{title}\n\n1 Hanke\n\nHankekoodi: S29999\n\n"
    >>> [(part.start, part.line) for part in parts_of(parse_document(page * 2))]
    [(0, 1), (90, 7)]
    """
    if all(d.code != "ESR103" for d in document.diagnostics):
        return [Part(document)]
    notes = tuple(d for d in document.diagnostics if d.code == "ESR106")
    offsets = Lines(document.text).offsets
    parts: list[Part] = []
    start = 0
    for part in document.parser.split_documents(document.text):
        line = bisect_right(offsets, start, hi=len(offsets) - 1)
        parts.append(Part(part, start, line, start - offsets[line - 1], () if parts else notes))
        start += len(part.text)
    return parts
