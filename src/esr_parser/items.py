"""Changes inside a section: values, lines and rows, each written as its neighbours are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import attrs

from esr_parser.changes import Edits, Lines, LostError, aligned, paired
from esr_parser.grammar import Scores, Section
from esr_parser.habits import Habits
from esr_parser.noise import FURNITURE
from esr_parser.places import Row, Slot, Span, Unit, matched, slots_of, written
from esr_parser.reading import Part
from esr_parser.values import ValueType

__all__ = ["ItemEditor", "RowsEditor"]

_MOST_NEIGHBOURS = 20
"""Lines looked at for one that a new line can be made like."""


@attrs.frozen(eq=False)
class RowsEditor:
    """Changes lines one by one: prose, explanations, partner rows."""

    edits: Edits
    write: Callable[[str, Row | None], str]
    """The line for a text; the row is one that it should look like."""
    clean: Callable[[str], str]
    """What the text is read by."""
    lead: int
    """Empty lines before the first row."""
    gap: int
    """Empty lines between two rows."""

    def change(self, rows: Sequence[Row], new: Sequence[str], lines: Lines, after: int) -> None:
        """Makes ``rows`` say ``new``; where there are none, they go behind line ``after``."""
        kept = 0
        if rows and rows[0].inline and new:
            self._replace(rows[0], new[0])
            kept = 1
        place = (rows[0].lines, rows[0].last - 1) if kept else (lines, after)
        last = rows[0] if kept else None
        for stretch in aligned([row.text for row in rows[kept:]], new[kept:]):
            old = rows[kept + stretch.a : kept + stretch.b]
            texts = new[kept + stretch.c : kept + stretch.d]
            if not stretch.same:
                count = min(len(old), len(texts))
                for row, text in zip(old, texts, strict=False):
                    if row.first < 0:
                        self._insert([text], place, last, bool(rows))
                    else:
                        self._replace(row, text)
                        place, last = (row.lines, row.last - 1), row
                self._drop(old[count:], first=last is None, everything=not new)
                if last is None and rows and texts[count:]:
                    self._insert_on_top(texts[count:], rows[0])
                elif texts[count:]:
                    self._insert(texts[count:], place, last, bool(rows))
            for row in old:
                if row.first >= 0 and (stretch.same or row in old[: len(texts)]):
                    place, last = (row.lines, row.last - 1), row

    def _replace(self, row: Row, text: str) -> None:
        if row.text == text:
            return
        lines = row.lines
        self.edits.replace(*row.span, written(text, self.clean))
        if row.last > row.first + 1:
            self.edits.drop(lines, row.first + 1, row.last)

