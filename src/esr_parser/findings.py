"""What the reading finds: the data from which diagnostics, the tree and edits are made."""

from __future__ import annotations

from typing import Any, NamedTuple

import attrs

from esr_parser.outline import Entry

__all__ = ["Finding", "Findings", "Part", "Place"]


class Place(NamedTuple):
    """Where something is: lines, and a column in the first of them (-1: the whole line)."""

    first: int
    last: int
    column: int = -1


@attrs.frozen
class Finding:
    """One thing that was found in a text: the data of a diagnostic."""

    code: str
    place: Place
    message: str
    section: str | None = None
    label: str | None = None
    words: tuple[str, ...] = ()
    """The known words: the message names the one that is closest to ``odd``."""
    odd: str = ""
    """A word that is not known."""


class Findings(list[Finding]):
    """The findings of one text."""

    def tell(self, code: str, place: Place, message: str, **more: Any) -> None:
        """Adds a finding."""
        self.append(Finding(code, place, message, **more))


@attrs.define
class Part:
    """What was read of one entry: the node of the tree, and the place that an edit replaces."""

    entry: Entry | None
    label: str
    value: str
    value_place: Place | None
    first: int
    last: int
    """The last line of the label and its value."""
    note_end: int
    """The line behind the note below."""
    paths: tuple[str, ...] = ()
