"""Changes of lines without a label: prose, explanations, partner rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

import attrs

from esr_parser.edit.alignment import aligned
from esr_parser.edit.changes import Edits, Lines
from esr_parser.edit.places import Row, written

__all__ = ["RowsEditor"]


@attrs.frozen(eq=False)
class RowsEditor:
    """Changes lines that have no label."""

    edits: Edits
    write: Callable[[str, Row | None], str]
    """The line for a text, and a row that it should look like."""
    clean: Callable[[str], str]
    """What the text is read by."""
    lead: int
    """Empty lines before the first row."""
    gap: int = 0
    """Empty lines between two rows."""
    is_prose: bool = False
    """Whether empty lines are rows themselves."""
    plain: bool = False
    """Whether whole lines are written anew."""

    def change(self, rows: Sequence[Row], new: Sequence[str], lines: Lines, after: int) -> None:
        """Makes ``rows`` say ``new``; where there are none, they go behind line ``after``."""
        last: Row | None = None
        waiting: list[str] = []
        for row, text in _steps(rows, new):
            if text is None:
                assert row is not None
                self._drop(row, on_top=last is None and bool(new), is_first=row is rows[0])
            elif row is not None and row.first >= 0:
                if row.text != text:
                    self._replace(row, text)
                for line in waiting:
                    self.edits.insert(
                        row.lines, row.first - 1, self.write(line, row), below=self.gap
                    )
                waiting, last = [], row
            elif last is None:
                waiting.append(text)
            elif row is None or text:
                self.edits.insert(last.lines, last.last - 1, self.write(text, last), self.gap)
        for k, line in enumerate(waiting):
            self.edits.insert(lines, after, self.write(line, None), self.gap if k else self.lead)

    def _replace(self, row: Row, text: str) -> None:
        lines = row.lines
        if self.plain and not row.inline:
            start, end = lines.start(row.first), lines.end(row.last - 1)
            self.edits.replace(start, end, self.write(text, row))
            return
        self.edits.replace(*row.span, written(text, self.clean))
        if row.last > row.first + 1:
            self.edits.drop(lines, row.first + 1, row.last)

    def _drop(self, row: Row, *, on_top: bool, is_first: bool) -> None:
        lines = row.lines
        if row.inline:
            start, end = row.span
            self.edits.replace(start - 1, end, "")
        elif row.first >= 0:
            first, last = row.first, row.last
            if not self.is_prose and on_top:
                last += lines.gap_below(last)
            elif not on_top and (is_first or not self.is_prose):
                first -= lines.gap(first)
            self.edits.drop(lines, first, last)


def _steps(rows: Sequence[Row], new: Sequence[str]) -> Iterator[tuple[Row | None, str | None]]:
    """What becomes of each row: another text, or none; and new texts, where they go."""
    if rows and rows[0].inline and new:
        yield rows[0], new[0]
        rows, new = rows[1:], new[1:]
    for stretch in aligned([row.text for row in rows], new):
        yield from zip_longest(rows[stretch.a : stretch.b], new[stretch.c : stretch.d])
