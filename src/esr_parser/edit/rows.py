"""Lines without a label: prose, explanations, partner rows; where they stand, and their changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

import attrs

from esr_parser.contents.fields import BULLET
from esr_parser.contents.labels import _MOST_WRAPPED
from esr_parser.edit.alignment import aligned
from esr_parser.edit.changes import Edits, Lines, LostError
from esr_parser.edit.places import Row, Slot, trimmed
from esr_parser.edit.units import Unit
from esr_parser.noise import FURNITURE, Style, squeeze

__all__ = ["RowsEditor", "places_in", "rows_below", "rows_of", "written"]


# -- where they stand -----------------------------------------------------------------------------


def rows_below(slot: Slot, unit: Unit, style: Style) -> list[Row]:
    """The rows of an item, where they stand.

    Raises:
        LostError: they are not below the item.
    """
    if unit.rows is None:
        return []
    if unit.loose:
        return _partner_rows(slot, unit.rows)
    rows = [] if slot.inline is None else [slot.inline]
    lines = slot.lines
    places = iter(slot.below)
    for text in unit.rows[len(rows) :]:
        for k in places:
            line = lines.lines[k]
            if text in (style.clean_line(line), style.clean_note(line)):
                rows.append(_row(text, lines, k, k + 1))
                break
        else:
            raise LostError
    return rows


def _row(text: str, lines: Lines, first: int, last: int) -> Row:
    line = lines.lines[first]
    start = line.find(text)
    end = start + len(text)
    if start < 0:
        start, end = trimmed(line, 0, len(line), FURNITURE)
        bullet = None if BULLET.match(text) else BULLET.match(line[start:end])
        start += bullet.end() if bullet is not None else 0
    return Row(text, lines, first, last, start, end)


def _partner_rows(slot: Slot, wanted: Sequence[str]) -> list[Row]:
    """The partner rows below a heading, those that were wrapped put together."""
    rows: list[Row] = []
    places = [(s.lines, k) for s in (slot, *slot.more) for k in s.below]
    places = [(lines, k) for lines, k in places if lines.lines[k].strip(FURNITURE)]
    position = 0
    for text in wanted:
        count = 0
        while not count:
            if position == len(places):
                raise LostError
            count = _lines_of_row(text, places[position : position + _MOST_WRAPPED])
            position += 1
        lines, first = places[position - 1]
        position += count - 1
        rows.append(_row(text, lines, first, places[position - 1][1] + 1))
    return rows


def _lines_of_row(text: str, places: Sequence[tuple[Lines, int]]) -> int:
    """How many lines a partner row takes; 0 where it does not begin on the first of them."""
    bare, seen = _bare(text), ""
    for count, (lines, k) in enumerate(places, 1):
        seen += _bare(lines.lines[k])
        if seen == bare:
            return count
        if not bare.startswith(seen):
            break
    return int(_bare(places[0][0].lines[places[0][1]]).find(bare) >= 0)


def _bare(row: str) -> str:
    return squeeze(row).replace(",", "")


def places_in(lines: Lines) -> list[tuple[Lines, int]]:
    """All lines below a heading."""
    return [(lines, k) for k in range(lines.top, len(lines.lines))]


def rows_of(places: Sequence[tuple[Lines, int]], wanted: Sequence[str], style: Style) -> list[Row]:
    """The lines of a text, found in order among the lines it was read from.

    Raises:
        LostError: a line that is not empty is not among them.
    """
    rows: list[Row] = []
    position = 0
    for text in wanted:
        is_blank = not text.strip()
        while not is_blank and position < len(places) and _is_blank(*places[position]):
            position += 1
        if position < len(places):
            lines, k = places[position]
            if style.clean_line(lines.lines[k]) == text:
                rows.append(_prose_row(lines, k, text, style))
                position += 1
                continue
        if not is_blank or not rows:
            raise LostError
        # Two stretches of text are held as one, with an empty line between them.
        rows.append(Row("", rows[-1].lines, -1, -1))
    return rows


def _is_blank(lines: Lines, k: int) -> bool:
    return lines.is_blank(k)


def _prose_row(lines: Lines, k: int, text: str, style: Style) -> Row:
    line = lines.lines[k]
    found = line.find(text) if text else -1
    if found >= 0:
        return Row(text, lines, k, k + 1, found, found + len(text))
    lead = len(line) - len(line.lstrip(" \t\xa0"))
    start, end = min(lead, style.margin), len(line)
    if style.trailing or style.line_ends or style.table:
        end = max(start, len(line.rstrip()))
    return Row(text, lines, k, k + 1, start, end)


def written(text: str, clean: Callable[[str], str]) -> str:
    """Text as it has to stand where ``clean`` is what it is read by: with Markdown escapes."""
    if clean(text) == text:
        return text
    return _LINK_MIDDLE.sub(r"]\\(", _SCHEME.sub(r"<\1\\:", _BACKSLASH.sub(r"\\\\", text)))


_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)")
_SCHEME = re.compile(r"<(https?|mailto):")
_LINK_MIDDLE = re.compile(r"\]\(")


# -- changes --------------------------------------------------------------------------------------


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
    joined: bool = False
    """Whether a row that goes on in the next line is put on one line."""

    def change(self, rows: Sequence[Row], new: Sequence[str], lines: Lines, after: int) -> None:
        """Makes ``rows`` say ``new``; where there are none, they go behind line ``after``."""
        last: Row | None = None
        waiting: list[str] = []
        firsts = {id(b) for a, b in zip([None, *rows], rows, strict=False) if not a or a.first < 0}
        for row, text in _steps(rows, new):
            if text is None:
                assert row is not None
                self._drop(row, on_top=last is None and bool(new), is_first=id(row) in firsts)
            elif row is not None and row.first >= 0:
                if row.text != text or (self.joined and row.last > row.first + 1):
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
