"""Changing a text in few places: its lines, the changes to it, and how two versions line up.

Nothing in this module knows the format. A change is a stretch of the text and what takes its
place; the rest of the text is never written anew.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

from esr_parser.noise import FURNITURE

__all__ = ["Edits", "Lines", "LostError", "Stretch", "aligned", "in_order", "paired"]

_MOST_COMPARED = 40_000
"""Pairs of lines that are compared one by one; longer stretches are cut at their unique lines."""


_GLUE = {" ", "\t", "|"}
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

    def replace(self, start: int, end: int, new: str) -> None:
        """Notes a change of a stretch of the text."""
        self._changes.append((start, end, new))

    def drop(self, lines: Lines, first: int, last: int) -> None:
        """Takes whole lines out, ``last`` excluded."""
        if first > 0:
            self.replace(lines.end(first - 1), lines.end(last - 1), "")
        else:
            stop = lines.start(last) if last < len(lines.lines) else lines.end(last - 1)
            self.replace(lines.start(first), stop, "")

    def insert(self, lines: Lines, after: int, new: str, gap: int = 0, below: int = 0) -> None:
        """Puts lines in behind line ``after``: ``gap`` empty lines before, ``below`` behind them.

        ``after`` is -1 for the top of a region without heading; the empty lines then follow.
        """
        while _is_glued(lines, after) and not lines.lines[after].strip(FURNITURE):
            after -= 1
        place = lines.end(after) if after >= 0 else lines.start(0)
        mark = self.text[place : place + 1]
        if after < 0:
            place += mark == "\ufeff"
            self.replace(place, place, new + self.eol * (1 + max(gap, below)))
        elif self.glued and _is_glued(lines, after):
            self.replace(place, place, mark + new)
        else:
            self.replace(place, place, self.eol * (1 + gap) + new + self.eol * below)

    def applied(self) -> str:
        """The changed text.

        Raises:
            LostError: two changes overlap.
        """
        parts: list[str] = []
        position = 0
        for start, end, new in sorted(self._changes, key=lambda change: change[:2]):
            if start < position:
                raise LostError
            parts += [self.text[position:start], new]
            position = end
        parts.append(self.text[position:])
        return "".join(parts)


def _is_glued(lines: Lines, k: int) -> bool:
    """Whether the text has run a line together with the next one."""
    place = lines.end(k)
    return k >= 0 and lines.text[place : place + 1] in _GLUE


def _line_end_of(text: str) -> str:
    """The line end a text uses first."""
    match = _LINE_END.search(text)
    return "\n" if match is None else match[0]


class Stretch(NamedTuple):
    """A stretch of two sequences: ``old[a:b]`` became ``new[c:d]``."""

    same: bool
    a: int
    b: int
    c: int
    d: int


def aligned(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Stretch]:
    """How two sequences line up, in time proportional to their length.

    >>> list(aligned("abc", "axc"))[1]
    Stretch(same=False, a=1, b=2, c=1, d=2)
    """
    low, high = 0, min(len(old), len(new))
    while low < high and old[low] == new[low]:
        low += 1
    tail = 0
    while tail < high - low and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    a, c = len(old) - tail, len(new) - tail
    if low:
        yield Stretch(True, 0, low, 0, low)
    for stretch in _between(old[low:a], new[low:c]):
        yield Stretch(
            stretch.same, stretch.a + low, stretch.b + low, stretch.c + low, stretch.d + low
        )
    if tail:
        yield Stretch(True, a, len(old), c, len(new))


def _between(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Stretch]:
    if len(old) * len(new) <= _MOST_COMPARED:
        yield from _compared(old, new, 0, 0)
        return
    a = c = 0
    for i, j in _anchors(old, new):
        yield from _cut_out(old, new, a, i, c, j)
        yield Stretch(True, i, i + 1, j, j + 1)
        a, c = i + 1, j + 1
    yield from _cut_out(old, new, a, len(old), c, len(new))


def _cut_out(
    old: Sequence[Hashable], new: Sequence[Hashable], a: int, b: int, c: int, d: int
) -> Iterator[Stretch]:
    if (b - a) * (d - c) <= _MOST_COMPARED:
        yield from _compared(old[a:b], new[c:d], a, c)
    else:
        yield Stretch(False, a, b, c, d)


def _compared(
    old: Sequence[Hashable], new: Sequence[Hashable], a: int, c: int
) -> Iterator[Stretch]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        yield Stretch(tag == "equal", i1 + a, i2 + a, j1 + c, j2 + c)


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Lines that stand once in both, in the order of both."""
    in_old, in_new = Counter(old), Counter(new)
    place = {line: i for i, line in enumerate(old) if in_old[line] == 1}
    pairs = [(place[t], j) for j, t in enumerate(new) if in_new[t] == 1 and t in place]
    kept = in_order([i for i, _ in pairs])
    return [pairs[k] for k in kept]


def in_order(numbers: Sequence[int]) -> list[int]:
    """The places of a longest rising run of numbers, all different.

    >>> in_order([3, 0, 1, 2])
    [1, 2, 3]
    """
    tops: list[int] = []
    top_places: list[int] = []
    before: list[int] = []
    for k, number in enumerate(numbers):
        size = bisect_left(tops, number)
        before.append(top_places[size - 1] if size else -1)
        tops[size : size + 1] = [number]
        top_places[size : size + 1] = [k]
    run: list[int] = []
    k = top_places[-1] if top_places else -1
    while k >= 0:
        run.append(k)
        k = before[k]
    return run[::-1]


def paired(
    old: Sequence[tuple[str, Hashable]],
    new: Sequence[tuple[str, Hashable]],
    *,
    ordered: bool = True,
) -> list[int | None]:
    """For each new item ``(name, value)`` the old one that it was.

    Where the order counts, an item that stands in another place now is a new one.

    >>> paired([("a", 1), ("b", 2)], [("b", 3), ("c", 4)])
    [1, None]
    """
    olds: dict[str, list[int]] = {}
    news: dict[str, list[int]] = {}
    for i, (name, _) in enumerate(old):
        olds.setdefault(name, []).append(i)
    for j, (name, _) in enumerate(new):
        news.setdefault(name, []).append(j)
    result: list[int | None] = [None] * len(new)
    for name, js in news.items():
        for i, j in _pairs_of(
            [(i, old[i][1]) for i in olds.get(name, ())], [(j, new[j][1]) for j in js]
        ):
            result[j] = i
    if not ordered:
        return result
    found = [(j, i) for j, i in enumerate(result) if i is not None]
    kept = {found[k][0] for k in in_order([i for _, i in found])}
    return [i if j in kept else None for j, i in enumerate(result)]


def _pairs_of(
    old: Sequence[tuple[int, Hashable]], new: Sequence[tuple[int, Hashable]]
) -> Iterator[tuple[int, int]]:
    if len(old) == len(new):
        stretches = [Stretch(False, 0, len(old), 0, len(new))]
    else:
        stretches = list(aligned([value for _, value in old], [value for _, value in new]))
    for stretch in stretches:
        for (i, _), (j, _) in zip(
            old[stretch.a : stretch.b], new[stretch.c : stretch.d], strict=False
        ):
            yield i, j
