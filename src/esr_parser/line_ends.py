r"""Texts of another system: read with ``\n`` line ends, told about with their own.

A text whose lines all end in ``\r\n`` says what it would say without the ``\r``. It is read that
way, and the places that were found are moved to where the same characters stand in the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from itertools import accumulate, chain, pairwise

from esr_parser.noise import LINE_SEPARATORS

__all__ = ["Mover", "bare_of", "moved_view", "mover"]

Mover = Callable[[int], int]
"""From a place in the bare text to that of the same character, or line end, in the text."""


def bare_of(text: str) -> str | None:
    r"""The text with ``\n`` line ends, or ``None`` where not every line ends in ``\r\n``.

    >>> bare_of("a\r\nb\r\n"), bare_of("a\r\nb\n")
    ('a\nb\n', None)
    """
    if "\r" not in text:
        return None
    count = text.count("\r\n")
    if text.count("\n") != count or text.count("\r") != count:
        return None
    if any(mark in text for mark in LINE_SEPARATORS[1:]):
        return None
    return text.replace("\r\n", "\n")


def mover(bare: str) -> Mover:
    r"""How the places of a bare text move.

    >>> move = mover("a\nb")
    >>> ["a\r\nb"[move(k) :] for k in range(3)]
    ['a\r\nb', '\r\nb', 'b']
    """
    lengths = map(len, bare.split("\n")[:-1])
    ends = [length + k for k, length in enumerate(accumulate(lengths))]

    def move(place: int) -> int:
        return place + bisect_left(ends, place)

    return move


def moved_view(view: str, bare: str) -> str:
    r"""A view of the bare text as one of the text, each character in its place.

    >>> moved_view("a\nb c", "a\nb c"), moved_view("a\nb\nc", "a\nb c")
    ('a \nb c', 'a \nb\nc')
    """
    ends = accumulate(len(line) + 1 for line in bare.split("\n"))
    lines = [view[start : end - 1] for start, end in pairwise(chain((0,), ends))]
    return " \n".join(lines)
