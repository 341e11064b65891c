"""Free text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from esr_parser.contents.body import Body, Piece, Reading
from esr_parser.grammar import Prose
from esr_parser.model import OtherField
from esr_parser.noise import Style

__all__ = ["ProseReader", "prose_of"]

_PLAIN = Style()


class ProseReader:
    """Free text: the body without the empty lines around it."""

    def __init__(self, content: Prose) -> None:
        self.content = content

    def read(self, body: Body) -> Reading:
        """The prose of a body; long prose is better read unsplit, by :func:`prose_of`."""
        reading = Reading()
        prose = prose_of("\n".join(body.lines), body.style)
        if prose:
            reading.values[self.content.path] = prose
        return reading

    def write(
        self,
        values: Mapping[str, Any],
        others: Sequence[OtherField],  # noqa: ARG002 (prose has no fields)
    ) -> Iterator[Piece]:
        """The canonical text of a section's values."""
        prose = values.get(self.content.path)
        if prose:
            yield Piece("prose", "", prose, True)


def prose_of(text: str, style: Style) -> str:
    r"""Text without the blank lines around it, and without the marks of the tool it came from.

    >>> prose_of("\n\nFirst.\n\n\nSecond.\n", Style())
    'First.\n\n\nSecond.'
    """
    end = len(text.rstrip())
    if not end:
        return ""
    start = len(text) - len(text.lstrip())
    start = text.rfind("\n", 0, start) + 1
    end = text.find("\n", end)
    prose = text[start:] if end < 0 else text[start:end]
    if style.is_plain:
        return prose
    # A line that was nothing but marks is a blank one now.
    return prose_of("\n".join([style.clean_line(line) for line in prose.split("\n")]), _PLAIN)
