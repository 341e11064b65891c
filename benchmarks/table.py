"""Tables of results, as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

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
        found: Row = {"measure": self.measure, "goal": f"{words} {self.limit:g} x"}
        return {**found, "measured, x": self.measured, "reached": "yes" if reached else "no"}


class Table(NamedTuple):
    """Rows with the same columns, under a title."""

    title: str
    rows: Sequence[Row]
    notes: Sequence[str] = ()
    goals: Sequence[Goal] = ()

    def as_text(self) -> str:
        """Markdown with aligned columns, words to the left and numbers to the right."""
        notes = "\n".join(f"- {note}" for note in self.notes)
        rows = "\n".join(_aligned(self.rows)) if self.rows else ""
        return "\n\n".join(filter(None, (f"### {self.title}", rows, notes)))


def some(words: Sequence[str], most: int = 4) -> str:
    """The first few of some words, and how many more there are."""
    more = [f"and {len(words) - most} more"] if len(words) > most else []
    return ", ".join([*words[:most], *more])


def _aligned(rows: Sequence[Row]) -> list[str]:
    columns = list(rows[0])
    written = [columns, *([_written(row[column]) for column in columns] for row in rows)]
    widths = [max(3, *map(len, cells)) for cells in zip(*written, strict=True)]
    left = [all(isinstance(row[column], str) for row in rows) for column in columns]
    lines = [
        [
            c.ljust(w) if is_left else c.rjust(w)
            for c, w, is_left in zip(cells, widths, left, strict=True)
        ]
        for cells in written
    ]
    rule = [
        "-" * w if is_left else "-" * (w - 1) + ":" for w, is_left in zip(widths, left, strict=True)
    ]
    return [f"| {' | '.join(cells)} |" for cells in (lines[0], rule, *lines[1:])]


def _written(cell: Cell) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, Spread):
        return f"{_number(cell.median)} ({_number(cell.low)}-{_number(cell.high)})"
    return _number(cell) if isinstance(cell, float) else str(cell)


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
