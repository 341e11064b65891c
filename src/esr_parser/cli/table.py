"""Descriptions as tables, for people to read."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from esr_parser.cli.run import Piece, Run
from esr_parser.cli.streams import one_line

_LONGEST_CELL = 400
_WIDEST_NAME = 36


def table_text(run: Run, piece: Piece) -> str:
    """A description's values, one a row, as wide as the terminal."""
    title = piece.file if piece.part is None else f"{piece.file} ({piece.part})"
    table = Table(title=Text(one_line(title)), title_justify="left")
    table.add_column("Field", style="bold", max_width=_WIDEST_NAME, overflow="fold")
    table.add_column("Value", overflow="fold")
    for key, value in run.parser.to_dict(piece.document.description).items():
        for name, lines in _rows(key, value):
            table.add_row(Text(one_line(name)), Text("\n".join(map(one_line, lines))))
        table.add_section()
    console = Console(file=sys.stdout)
    with console.capture() as capture:
        console.print(table)
    return capture.get().rstrip()


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
