"""One block of marks (questions, score rows) with lines below each that explain it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from esr_parser.contents.body import Body
from esr_parser.contents.labels import PADS
from esr_parser.noise import Noise, first_parts

__all__ = ["Block", "PrintedBlock", "note_text"]

M = TypeVar("M")
_NO_GAP = -99


class Block(Generic[M]):
    """Gathers the marks of a block and the lines below them.

    A canonical block has no empty line in it, so that a paragraph behind it is no part of it. In
    a text with an empty line after each line only a wider gap tells that: wider than those of
    the block or, if it has a single line, than those that all earlier blocks have.
    """

    __slots__ = ("_gap", "_gaps", "_gaps_of_last", "_has_begun", "before", "marks", "notes")

    def __init__(self) -> None:
        self.marks: list[M] = []
        self.notes: list[list[int]] = []
        """The lines below each mark."""
        self.before: list[int] = []
        """The lines before the first mark."""
        self._gap = 0
        self._gaps: set[int] = set()
        """How many empty lines there are between the lines of the block."""
        self._gaps_of_last: list[int] = []
        self._has_begun = False

    def blank(self, line: str) -> None:
        """An empty line; after a page break no gap tells anything."""
        self._gap = _NO_GAP if "\f" in line else self._gap + 1

    def mark(self, mark: M) -> None:
        """A question or row."""
        self.close()
        self._gaps.update(self._gaps_of_last)
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
            self._gaps.add(self._gap)
        self._has_begun = True
        self._gap = 0

    def strays(self, body: Body) -> list[tuple[int, int]]:
        """The lines that are no part of the block: before it, and further off behind it."""
        result: list[tuple[int, int]] = []
        if self.before:
            result.append((self.before[0], self.before[-1] + 1))
        if self._gaps:
            widest = max(0, *self._gaps)
            body.style.learn_gap(min(self._gaps))
        else:
            widest = body.style.gap_in_blocks or 0
        if any(0 < gap <= widest for gap in (*self._gaps, *self._gaps_of_last)):
            body.noise(Noise.LOOSE_BLOCK, 0)
        for k, gap in enumerate(self._gaps_of_last):
            if gap > widest:
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


class PrintedBlock:
    """A whole block as printed, found in one look: all its lines in order, notes between them."""

    def __init__(self, lines: Sequence[tuple[str, str | None]], words: Iterable[str]) -> None:
        """Prepares the look.

        Args:
            lines: How each line begins, and a pattern for what stands behind that, up to the end
                of the line. Without a pattern the line is nothing else, and has no notes.
            words: What a line can begin with, in any letters, that is no note.
        """
        self._has_notes = [value is not None for _, value in lines]
        self._pattern = _pattern_of(lines)
        start, starts = _beginnings(words)
        self.start: int = start
        self.starts: frozenset[str] = starts
        """What the first letters of a line that is no note can be, and how many they are.

        Lines that begin otherwise are notes, which is told without another look at them."""

    def look(self, body: Body, is_note: Callable[[Body, int], bool]) -> tuple[str, ...] | None:
        """Value and notes of each line in turn; ``None`` where any line of the block is in doubt.

        Each line of the notes stands behind a line end.
        """
        style = body.style
        if body.implied or style.is_odd or not style.is_plain:
            return None
        match = self._pattern.fullmatch(body.text)
        if match is None:
            return None
        found = match.groups()
        start, starts = self.start, self.starts
        notes = "".join(found[1::2]).split("\n")[1:]
        doubtful = [
            k
            for k, note in enumerate(notes)
            if note[:start].casefold() in starts or note[0] in PADS or note[-1] in PADS
        ]
        if doubtful:
            places = self.places(body, found)
            lines = [i for first, end in places for i in range(first + 1, end)]
            if not all(is_note(body, lines[k]) for k in doubtful):
                return None
        if len(self._has_notes) > 1:
            style.gap_in_blocks = 0
        return found

    def places(self, body: Body, found: Sequence[str]) -> Iterator[tuple[int, int]]:
        """The places of the block's lines, and of the lines behind their notes."""
        i = len(body.text) - len(body.text.lstrip("\n"))
        notes = iter(found[1::2])
        for has_notes in self._has_notes:
            end = i + 1 + (next(notes).count("\n") if has_notes else 0)
            yield i, end
            i = end


def _pattern_of(lines: Sequence[tuple[str, str | None]]) -> re.Pattern[str]:
    parts: list[str] = []
    ahead = ""
    for head, value in reversed(lines):
        head = re.escape(head)
        notes = "" if value is None else rf"({value})((?:\n{ahead}.++)*+)"
        parts.append(rf"\n{head}{notes}")
        ahead = f"(?!{head})"
    return re.compile(rf"\n*{''.join(reversed(parts))}\n*")


def _beginnings(words: Iterable[str], most: int = 24) -> tuple[int, frozenset[str]]:
    folded = [word.casefold() for word in words]
    length = min([most, *map(len, folded)])
    return length, frozenset(part[:length] for w in folded for part in first_parts(w, length))
