"""Descriptions as tables, for people to read."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from esr_parser.cli.run import Piece
from esr_parser.cli.streams import one_line

__all__ = ["table_text"]

_LONGEST_CELL = 400
_WIDEST_NAME = 36


def table_text(piece: Piece, data: Mapping[str, Any]) -> str:
    """A description's values, one a row, as wide as the terminal.

    Args:
        piece: The description.
        data: Its values as plain data.
    """
    title = piece.file if piece.part is None else f"{piece.file} ({piece.part})"
    table = Table(title=Text(one_line(title)), caption=Text(_counts(piece)), title_justify="left")
    table.add_column("Field", style="bold", max_width=_WIDEST_NAME, overflow="fold")
    table.add_column("Value", overflow="fold")
    for key, value in data.items():
        for name, lines in _rows(key, value):
            table.add_row(Text(one_line(name)), Text("\n".join(map(one_line, lines))))
        table.add_section()
    console = Console(file=sys.stdout)
    with console.capture() as capture:
        console.print(table)
    return capture.get()


def _counts(piece: Piece) -> str:
    words = [d.severity.value for d in piece.diagnostics]
    counts = [(words.count(word), word) for word in ("error", "warning")]
    return ", ".join(f"{n} {word}{'s' if n != 1 else ''}" for n, word in counts)


def _rows(name: str, value: Any) -> Iterator[tuple[str, list[str]]]:
    """Absent values have no row; a list has one line an item."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _rows(f"{name}.{key}", inner)
    elif isinstance(value, list):
        if value:
            yield name, [_cell(item) for item in value]
    elif value is not None:
        yield name, _cell(value).splitlines()


def _cell(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(_cell(inner) for inner in value.values() if inner is not None)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return f"{value:,}".replace(",", " ")
    text = str(value)
    if len(text) <= _LONGEST_CELL:
        return text
    return f"{text[:_LONGEST_CELL].rstrip()} … ({len(text):,} characters)"
