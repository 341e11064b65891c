"""One block of marks (questions, score rows) with lines below each that explain it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Generic, TypeVar

from esr_parser.contents.body import Body
from esr_parser.noise import FURNITURE, Noise, first_parts

__all__ = ["Block", "are_plain", "beginnings", "block_as_printed", "note_text"]

M = TypeVar("M")
_NO_GAP = -99
_PADS = frozenset(FURNITURE)


class Block(Generic[M]):
    """Gathers the marks of a block and the lines below them.

    A canonical block has no empty line in it, so that a paragraph behind it is no part of it. In
    a text with an empty line after each line only a wider gap tells that.
    """

    __slots__ = ("_gap", "_gaps_of_last", "_has_begun", "_widest", "before", "marks", "notes")

    def __init__(self) -> None:
        self.marks: list[M] = []
        self.notes: list[list[int]] = []
        """The lines below each mark."""
        self.before: list[int] = []
        """The lines before the first mark."""
        self._gap = self._widest = 0
        self._gaps_of_last: list[int] = []
        self._has_begun = False

    def blank(self, line: str) -> None:
        """An empty line; after a page break no gap tells anything."""
        self._gap = _NO_GAP if "\f" in line else self._gap + 1

    def mark(self, mark: M) -> None:
        """A question or row."""
        self.close()
        if self._gaps_of_last:
            self._widest = max(self._widest, *self._gaps_of_last)
        self.marks.append(mark)
        self.notes.append([])
        self._gaps_of_last = []

    def note(self, line: int) -> None:
        """A line below the last mark."""
        if not self.marks:
            self.before.append(line)
        else:
            self.notes[-1].append(line)
            self._gaps_of_last.append(self._gap)
        self._gap = 0

    def close(self) -> None:
        """A line of the block that is neither mark nor note: the heads, or a dimension."""
        if self._has_begun:
            self._widest = max(self._widest, self._gap)
        self._has_begun = True
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


def beginnings(words: Iterable[str], most: int = 24) -> tuple[int, frozenset[str]]:
    """What the first letters of a line that holds one of the words can be, and how many they are.

    Lines that begin otherwise are notes, which is told without another look at them.
    """
    folded = [word.casefold() for word in words]
    length = min([most, *map(len, folded)])
    return length, frozenset(part[:length] for w in folded for part in first_parts(w, length))


def block_as_printed(lines: Sequence[tuple[str, str, bool]]) -> re.Pattern[str]:
    """A pattern for a block with nothing odd about it: all its lines in order, notes between.

    The groups hold, for each line that may have notes, its value and the notes, each behind a
    line end.

    Args:
        lines: How each line begins, a pattern for what stands behind that, and whether notes may
            stand below it.
    """
    parts: list[str] = []
    followers = [head for head, _, _ in lines[1:]]
    for (head, value, has_notes), follower in zip_longest(lines, followers):
        parts.append(rf"\n{re.escape(head)}{value}")
        if has_notes:
            ahead = "" if follower is None else f"(?!{re.escape(follower)})"
            parts.append(rf"((?:\n{ahead}.++)*+)")
    return re.compile(rf"\n*(?=\n){''.join(parts)}\n*")


def are_plain(notes: Iterable[str], length: int, starts: Collection[str]) -> bool:
    """Whether lines, each behind a line end, have no other meaning than that of a note.

    ``length`` and ``starts`` are the :func:`beginnings` of lines that have.
    """
    lines = "".join(notes).split("\n")[1:]
    heads = {line[:length].casefold() for line in lines}
    return heads.isdisjoint(starts) and _PADS.isdisjoint(line[0] for line in lines)
