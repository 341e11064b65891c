"""How two versions of a list of lines line up, in time proportional to their length.

>>> [stretch.same for stretch in aligned(["a", "b", "c"], ["a", "x", "c"])]
[True, False, True]
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

__all__ = ["Stretch", "aligned", "in_order", "paired"]

_MOST_COMPARED = 40_000
"""Pairs of lines that are compared one by one; longer stretches are cut at their unique lines."""


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
