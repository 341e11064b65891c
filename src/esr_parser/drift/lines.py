"""Lines of text that look like things of the format, though they are none that is declared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from esr_parser.drift.words import What
from esr_parser.grammar import Fields, Questions, Section
from esr_parser.noise import FURNITURE, line_view
from esr_parser.values import ValueType

__all__ = ["Line", "Look", "lines_of", "looks_like_dimension", "unknown_lines"]

_LABEL = re.compile(r"([^\W\d_](?:(?!\.\s)[^:]){0,79}?)\s?:(?:\s|$)")
_BARE_LABEL = re.compile(r"[^\W\d_a-zåäö][^.:;?!|]{2,78}[^\W\d_]\)?")
_QUESTION = re.compile(r"([^\W\d_].{2,200}?)\s?:\s*(\S.{0,40})")
_ASPECT = re.compile(r"([^\W\d_a-zåäö].{2,150}?)[\s|]+(\d{1,2})[\s|]+(\d{1,2})")
_NAME = re.compile(r"[^\W\d_a-zåäö].{2,118}[^\W\d_]\)?")
_HIGHEST_SCORE = 10
_LONGEST_LINE = 400


class Line(NamedTuple):
    """A line, not empty, without what tools put around it, and where it begins."""

    offset: int
    text: str


class Look(NamedTuple):
    """What a line looks like."""

    offset: int
    what: What
    name: str


def lines_of(text: str, start: int) -> Iterator[Line]:
    r"""The lines of a text that stands at an offset.

    >>> list(lines_of("a\n\n| b |\n", 10))
    [Line(offset=10, text='a'), Line(offset=13, text='b')]
    """
    for line in line_view(text).split("\n"):
        bare = line.strip(FURNITURE)
        if bare:
            yield Line(start, bare)
        start += len(line) + 1


def unknown_lines(section: Section, lines: Sequence[Line], *, bare: bool) -> Iterator[Look]:
    """The lines that look like labels, questions or aspects.

    Args:
        section: Where they stand.
        lines: Lines that are no declared thing.
        bare: Whether a few words alone may be a label, as *Osatoteuttajat* is.
    """
    content = section.content
    lines = [line for line in lines if len(line.text) <= _LONGEST_LINE]
    if isinstance(content, Fields):
        return _labels(lines, bare)
    if isinstance(content, Questions):
        return _questions(lines, {item.type for item in content.items})
    return _aspects(lines)


def looks_like_dimension(line: Line) -> bool:
    """Whether a line may be the name of a dimension: a few words, and no sentence.

    >>> looks_like_dimension(Line(0, "Ekologinen kestävyys"))
    True
    """
    return _NAME.fullmatch(line.text) is not None


def _labels(lines: Sequence[Line], bare: bool) -> Iterator[Look]:
    for offset, text in lines:
        match = _LABEL.match(text)
        if match is not None:
            yield Look(offset, What.LABEL, match[1])
        elif bare and _BARE_LABEL.fullmatch(text):
            yield Look(offset, What.LABEL, text)


def _questions(lines: Sequence[Line], kinds: set[ValueType]) -> Iterator[Look]:
    for offset, text in lines:
        match = _QUESTION.fullmatch(text)
        if match is not None and any(_is_readable(kind, match[2]) for kind in kinds):
            yield Look(offset, What.QUESTION, match[1])


def _is_readable(kind: ValueType, text: str) -> bool:
    try:
        kind.parse(text)
    except ValueError:
        return False
    return True


def _aspects(lines: Sequence[Line]) -> Iterator[Look]:
    for k, (offset, text) in enumerate(lines):
        match = _ASPECT.fullmatch(text)
        if match is not None:
            name, *scores = match.groups()
        else:
            # Some tools put each cell of a table on a line of its own.
            name, scores = text, [line.text for line in lines[k + 1 : k + 3]]
        is_row = len(scores) == 2 and all(_is_score(score) for score in scores)
        if is_row and _NAME.fullmatch(name):
            yield Look(offset, What.ASPECT, name)


def _is_score(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 3 and int(text) <= _HIGHEST_SCORE
