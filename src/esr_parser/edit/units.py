"""What a section prints: its items, each with the lines below that belong to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from esr_parser.contents import Piece

__all__ = ["Unit", "units_of"]


@attrs.frozen
class Unit:
    """One item as canonical text, with the lines below that belong to it."""

    label: str
    head: str
    """What stands before the value: ``"label: "``; empty where the item has no value."""
    value: str
    block: bool
    """Whether an empty line stands before it."""
    rows: tuple[str, ...] | None = None
    """An explanation, line by line, or partner rows."""
    loose: bool = False
    """Whether an empty line stands before the rows."""
    declared: bool = False
    """Whether it is a declared field, whose bare label says nothing."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing but a bare label stands there."""
        return self.declared and not self.value and self.rows is None

    @property
    def line(self) -> str:
        """The canonical line."""
        return (self.head + self.value).rstrip(" ") if self.head else self.value


def units_of(pieces: Iterable[Piece]) -> list[Unit]:
    """The pieces of a section, each with its rows."""
    units: list[Unit] = []
    rows: list[str] = []
    last: Piece | None = None
    is_loose = False
    for piece in pieces:
        if last is not None and not piece.head and piece.key.startswith(f"{last.key}#"):
            is_loose = is_loose or piece.block
            rows += piece.value.split("\n")
            continue
        if last is not None:
            units.append(_unit(last, rows, is_loose))
        last, rows, is_loose = piece, [], False
    if last is not None:
        units.append(_unit(last, rows, is_loose))
    return units


def _unit(piece: Piece, rows: Sequence[str], is_loose: bool) -> Unit:
    label = piece.head.rstrip(" ").removesuffix(":") or piece.value
    is_declared = " -> " in piece.key and bool(piece.head)
    return Unit(
        label, piece.head, piece.value, piece.block, tuple(rows) or None, is_loose, is_declared
    )
