"""Tables of results: as Markdown that is aligned for people, as plain data for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from benchmarks.timing import Spread

Cell = str | int | float | Spread | None
Row = Mapping[str, Cell]


class Goal(NamedTuple):
    """A promise about speed or size, and what was measured."""

    measure: str
    limit: float
    measured: float
    at_least: bool = False
    """Whether more is better."""

    def as_row(self) -> Row:
        """The row of the last table."""
        words = "at least" if self.at_least else "at most"
        reached = self.measured >= self.limit if self.at_least else self.measured <= self.limit
        return {
            "measure": self.measure,
            "goal": f"{words} {self.limit:g} x",
            "measured, x": float(self.measured),
            "reached": "yes" if reached else "no",
        }


class Table(NamedTuple):
    """Rows with the same columns, under a title."""

    title: str
    rows: Sequence[Row]
    notes: Sequence[str] = ()
    goals: Sequence[Goal] = ()

    def as_text(self) -> str:
        """Markdown with aligned columns, words to the left and numbers to the right."""
        parts = [f"### {self.title}"]
        if self.rows:
            parts.append("\n".join(_aligned(self.rows)))
        parts.extend(f"- {note}" for note in self.notes)
        return "\n\n".join(parts[:2]) + "".join(f"\n\n{note}" for note in parts[2:])

    def as_data(self) -> dict[str, Any]:
        """The same as dictionaries and lists, numbers not rounded."""
        rows = [{key: _plain(cell) for key, cell in row.items()} for row in self.rows]
        return {"title": self.title, "rows": rows, "notes": list(self.notes)}


def some(lines: Sequence[str], separator: str = ", ", most: int = 4) -> str:
    """The first few of some lines, and how many more there are."""
    more = [f"and {len(lines) - most} more"] if len(lines) > most else []
    return separator.join([*lines[:most], *more])


def _aligned(rows: Sequence[Row]) -> list[str]:
    columns = list(rows[0])
    written = [columns, *([_written(row[column]) for column in columns] for row in rows)]
    widths = [max(3, *map(len, cells)) for cells in zip(*written, strict=True)]
    left = [all(isinstance(row[column], str) for row in rows) for column in columns]
    lines = [
        [c.ljust(w) if is_left else c.rjust(w) for c, w, is_left in zip(cells, widths, left)]
        for cells in written
    ]
    rule = ["-" * w if is_left else "-" * (w - 1) + ":" for w, is_left in zip(widths, left)]
    return [f"| {' | '.join(cells)} |" for cells in (lines[0], rule, *lines[1:])]


def _written(cell: Cell) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, Spread):
        return f"{_number(cell.median)} ({_number(cell.low)}-{_number(cell.high)})"
    return _number(cell) if isinstance(cell, float) else str(cell)


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _plain(cell: Cell) -> Any:
    return cell._asdict() if isinstance(cell, Spread) else cell
