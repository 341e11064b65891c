"""What is known about a text when it has been read."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from esr_parser.contents import Body, Entry
from esr_parser.diagnostics import Diagnostic, Notes
from esr_parser.line_ends import Mover
from esr_parser.model import ProjectDescription
from esr_parser.noise import line_view
from esr_parser.outline import Outline, Region

if TYPE_CHECKING:
    from esr_parser.parser import Parser

__all__ = ["Parsed", "Part"]


class Part:
    """One region of the text with what was read from it."""

    __slots__ = ("body", "prose", "reading", "region")

    def __init__(self, region: Region) -> None:
        self.region: Region = region
        self.prose: str | None = None
        self.body: Body | None = None
        self.reading: Any = None

    @property
    def entries(self) -> list[Entry]:
        """The fields, questions or rows that were read, in their order."""
        return self.reading.entries if self.reading is not None else []

    @property
    def offsets(self) -> list[int]:
        """Where each line of the body begins in the text."""
        assert self.body is not None
        return self.body.offsets

    def move(self, mover: Mover) -> None:
        """Moves what was read to other places of the text."""
        region = self.region
        start, body, end = map(mover, (region.start, region.body, region.end))
        self.region = region._replace(start=start, body=body, end=end)
        if self.body is not None:
            self.body.move(mover)


class Parsed:
    """All that is known about one text."""

    def __init__(
        self,
        parser: Parser,
        text: str,
        view: str | None,
        description: ProjectDescription,
        notes: Notes,
        parts: list[Part],
        outline: Outline,
    ) -> None:
        self.parser = parser
        self.text = text
        self.description = description
        self.parts = parts
        self.outline = outline
        self.notes = notes
        self._view = view

    @property
    def view(self) -> str:
        r"""The text as it was read: ``\n`` for each line end, what belongs to a print masked."""
        return line_view(self.text) if self._view is None else self._view

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is to be said about the text, by position."""
        return self.notes.diagnostics(self.text)
