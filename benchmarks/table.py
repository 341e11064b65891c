"""Tables of results: as aligned text for people, as plain data for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from benchmarks.timing import Spread

Cell = str | int | float | Spread | None
Row = Mapping[str, Cell]


class Table(NamedTuple):
    """Rows with the same columns, under a title."""

    title: str
    rows: Sequence[Row]
    notes: Sequence[str] = ()

    def as_text(self) -> str:
        """Aligned columns, words to the left and numbers to the right."""
        lines = [self.title, "=" * len(self.title)]
        if self.rows:
            lines += _aligned(self.rows)
        return "\n".join([*lines, *(f"  * {note}" for note in self.notes)])

    def as_data(self) -> dict[str, Any]:
        """The same as dictionaries and lists, numbers not rounded."""
        rows = [{key: _plain(cell) for key, cell in row.items()} for row in self.rows]
        return {"title": self.title, "rows": rows, "notes": list(self.notes)}


def some(lines: Sequence[str], separator: str, most: int = 4) -> str:
    """The first few of some lines, and how many more there are."""
    more = [f"and {len(lines) - most} more"] if len(lines) > most else []
    return separator.join([*lines[:most], *more])


def _aligned(rows: Sequence[Row]) -> list[str]:
    columns = list(rows[0])
    written = [columns, *([_written(row[column]) for column in columns] for row in rows)]
    widths = [max(map(len, cells)) for cells in zip(*written, strict=True)]
    left = [all(isinstance(row[column], str) for row in rows) for column in columns]
    lines = []
    for cells in written:
        parts = (
            cell.ljust(width) if is_left else cell.rjust(width)
            for cell, width, is_left in zip(cells, widths, left, strict=True)
        )
        lines.append("  ".join(parts).rstrip())
    return [lines[0], "-" * max(map(len, lines)), *lines[1:]]


def _written(cell: Cell) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, Spread):
        return f"{_number(cell.median)} ({_number(cell.low)}-{_number(cell.high)})"
    return _number(cell) if isinstance(cell, float) else str(cell)


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 1000 else f"{value:.3g}"


def _plain(cell: Cell) -> Any:
    return cell._asdict() if isinstance(cell, Spread) else cell
