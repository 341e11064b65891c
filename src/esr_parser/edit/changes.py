"""Changing a text in few places: its lines, and the changes to it.

A change is a stretch of the text and what takes its place; the rest of the text is never written
anew.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from esr_parser.noise import FURNITURE

__all__ = ["Edits", "Lines", "LostError"]

_GLUE = {" ", "\t", "|"}
_BLANKS = re.compile(r"\s*")
_LINE_END = re.compile("\r\n|\n|\r")


class LostError(Exception):
    """The place of a value was not found, or two changes meet in one place."""


class Lines:
    r"""The lines of a region, with their places in the whole text.

    ``lines`` are the lines as they were read: of the same length, with ``\n`` for every kind of
    line end. Where the region has a heading, its line 0 is what is left of the heading's line.
    """

    __slots__ = ("lines", "starts", "text", "top")

    def __init__(self, text: str, start: int, lines: Sequence[str], *, headed: bool) -> None:
        self.text: str = text
        self.lines: Sequence[str] = lines
        self.starts: list[int] = list(accumulate((len(line) + 1 for line in lines), initial=start))
        self.top = 1 if headed else 0
        """The first line that is no part of the heading."""

    def start(self, k: int) -> int:
        """Where a line begins in the whole text."""
        return self.starts[k]

    def end(self, k: int) -> int:
        """Where line ``k`` ends, before its line end."""
        end = self.starts[k] + len(self.lines[k])
        return end - 1 if self.text[end - 1 : end + 1] == "\r\n" else end

    def raw(self, k: int) -> str:
        """A line as it stands in the text."""
        return self.text[self.start(k) : self.end(k)]

    def is_blank(self, k: int) -> bool:
        """Whether a line was read as one without text."""
        return not self.lines[k].strip()

    def gap(self, k: int) -> int:
        """How many empty lines stand right before line ``k``: not those only read as such."""
        first = k
        while first > self.top and not self.raw(first - 1).strip():
            first -= 1
        return k - first

    def gap_below(self, k: int) -> int:
        """How many empty lines stand from line ``k`` on."""
        last = k
        while last < len(self.lines) and not self.raw(last).strip():
            last += 1
        return last - k

    def gap_behind(self, k: int) -> int:
        """How many empty lines follow line ``k``, be it in the next region; many at the end."""
        match = _BLANKS.match(self.text, self.end(k))
        if match is None or match.end() == len(self.text):
            return len(self.lines)
        return max(0, len(_LINE_END.findall(match[0])) - 1)

    def last_filled(self) -> int:
        """The last line that is not blank; the one before the body where there is none."""
        k = len(self.lines) - 1
        while k >= self.top and self.is_blank(k):
            k -= 1
        return k


class Edits:
    """Changes to one text, in any order; stretches must not overlap.

    Args:
        text: The text.
        glued: Whether new lines are run together with their neighbours where those are.
    """

    def __init__(self, text: str, *, glued: bool = False) -> None:
        self.text = text
        self.glued = glued
        self.eol: str = _line_end_of(text)
        self._changes: list[tuple[int, int, str]] = []

    def replace(self, start: int, end: int, new: str, *, ahead: bool = False) -> None:
        """Notes a change of a stretch of the text.

        What is put in at one place stands in the order of the calls, or ``ahead`` of all before.
        """
        self._changes.insert(0 if ahead else len(self._changes), (start, end, new))

    def drop(self, lines: Lines, first: int, last: int) -> None:
        """Takes whole lines out, ``last`` excluded."""
        if first > 0:
            self.replace(lines.end(first - 1), lines.end(last - 1), "")
        else:
            stop = lines.start(last) if last < len(lines.lines) else lines.end(last - 1)
            self.replace(lines.start(first), stop, "")

    def insert(self, lines: Lines, after: int, new: str, gap: int = 0, below: int = 0) -> None:
        """Puts lines in behind line ``after``: ``gap`` empty lines before, ``below`` behind them.

        ``after`` is -1 for the top of a region without heading: then nothing stands before them.
        """
        while _is_glued(lines, after) and not lines.lines[after].strip(FURNITURE):
            after -= 1
        place = lines.end(after) if after >= 0 else lines.start(0)
        mark = self.text[place : place + 1]
        if after < 0:
            place += mark == "\ufeff"
            self.replace(place, place, new + self.eol * (1 + below))
        elif self.glued and _is_glued(lines, after):
            self.replace(place, place, mark + new)
        else:
            self.replace(place, place, self.eol * (1 + gap) + new + self.eol * below)

    def applied(self) -> str:
        """The changed text.

        Raises:
            LostError: two changes overlap, and do not both take something out.
        """
        parts: list[str] = []
        position, last = 0, ""
        for start, end, new in sorted(self._changes, key=lambda change: change[:2]):
            if start < position and (new or last):
                raise LostError
            parts += [self.text[position:start], new]
            position, last = max(position, end), new
        parts.append(self.text[position:])
        return _joined(parts)


def _joined(parts: Sequence[str]) -> str:
    r"""Parts of a text put together: two line ends that meet do not become the one ``\r\n``."""
    result: list[str] = []
    for part in filter(None, parts):
        if result and part[0] == "\n" and result[-1][-1] == "\r":
            result.append("\n")
        result.append(part)
    return "".join(result)


def _is_glued(lines: Lines, k: int) -> bool:
    """Whether the text has run a line together with the next one."""
    place = lines.end(k)
    return k >= 0 and lines.text[place : place + 1] in _GLUE


def _line_end_of(text: str) -> str:
    """The line end a text uses first."""
    match = _LINE_END.search(text)
    return "\n" if match is None else match[0]
