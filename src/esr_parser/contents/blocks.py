"""One block of marks (questions, score rows) with lines below each that explain it."""

from __future__ import annotations

from typing import Generic, TypeVar

from esr_parser.contents.body import Body
from esr_parser.noise import Noise

__all__ = ["Block", "note_text"]

M = TypeVar("M")
_NO_GAP = -99


class Block(Generic[M]):
    """Gathers the marks of a block and the lines below them.

    A canonical block has no empty line in it, so that a paragraph behind it is no part of it. In
    a text with an empty line after each line only a wider gap tells that.
    """

    __slots__ = ("_gap", "_gaps_of_last", "_widest", "before", "marks", "notes")

    def __init__(self) -> None:
        self.marks: list[M] = []
        self.notes: list[list[int]] = []
        """The lines below each mark."""
        self.before: list[int] = []
        """The lines before the first mark."""
        self._gap = self._widest = 0
        self._gaps_of_last: list[int] = []

    def blank(self, line: str) -> None:
        """An empty line; after a page break no gap tells anything."""
        self._gap = _NO_GAP if "\f" in line else self._gap + 1

    def mark(self, mark: M) -> None:
        """A question or row."""
        if self.marks:
            self._widest = max(self._widest, self._gap, *self._gaps_of_last)
        self.marks.append(mark)
        self.notes.append([])
        self._gaps_of_last = []
        self._gap = 0

    def note(self, line: int) -> None:
        """A line below the last mark."""
        if not self.marks:
            self.before.append(line)
        else:
            self.notes[-1].append(line)
            self._gaps_of_last.append(self._gap)
        self._gap = 0

    def close(self) -> None:
        """A line that ends the gap and is neither mark nor note."""
        self._gap = 0

    def strays(self, body: Body) -> list[tuple[int, int]]:
        """The lines that are no part of the block: before it, and further off behind it."""
        result: list[tuple[int, int]] = []
        if self.before:
            result.append((self.before[0], self.before[-1] + 1))
        if self._widest:
            body.noise(Noise.LOOSE_BLOCK, 0)
        for k, gap in enumerate(self._gaps_of_last):
            if gap > self._widest:
                lines = self.notes[-1]
                result.append((lines[k], lines[-1] + 1))
                del lines[k:]
                break
        return result

    def doubtful(self, body: Body) -> list[tuple[int, int]]:
        """The notes of the last mark, where prose of another section may follow without a sign.

        In a text without headings nothing tells them apart, unless a gap does.
        """
        if not self.notes or not self.notes[-1]:
            return []
        lines = self.notes[-1]
        first, last = lines[0], lines[-1] + 1
        if not any(line.strip() for line in body.lines[last:]) and len(lines) == 1:
            return []
        self.notes[-1] = []
        return [(first, last)]


def note_text(body: Body, lines: list[int], *, in_cells: bool = False) -> str | None:
    """The lines of an explanation as text, or ``None`` where there is none."""
    if not lines:
        return None
    if body.style.is_plain and not in_cells:
        if len(lines) == 1:
            return body.lines[lines[0]]
        return "\n".join([body.lines[i] for i in lines])
    cleaned = (body.style.clean_note(body.lines[i]) for i in lines)
    return "\n".join(line for line in cleaned if line) or None
