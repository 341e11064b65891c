"""The straight path: the outline of a text whose headings are as printed, with nothing to judge."""

from __future__ import annotations

import re
from itertools import chain

from esr_parser.noise import Style
from esr_parser.outline.judge import Outline, Region
from esr_parser.outline.marks import MarkFinder
from esr_parser.outline.words import LayoutWords, scanned_lines

__all__ = ["outline_as_printed"]

_new = tuple.__new__


def outline_as_printed(finder: MarkFinder, view: str, tables: LayoutWords) -> Outline | None:
    """The outline of a text with a title as printed, if its headings are so, too, and in order.

    The text is not an odd one.
    """
    outline = _outline(finder, view, tables, tables.scan_numbered)
    if outline is None or len(outline.regions) > len(tables.layout.sections):
        return outline
    # A section is missing, unless its heading has no number.
    return _outline(finder, view, tables, tables.scan)


def _outline(
    finder: MarkFinder, view: str, tables: LayoutWords, scan: re.Pattern[str]
) -> Outline | None:
    layout, headings = tables.layout, tables.headings
    marks: list[tuple[int, str]] = []
    for start, line in scanned_lines(view, scan):
        if line in tables.printed:
            marks.append((start, line))
        elif finder.is_mark(view, start, line, tables):
            return None
    *banner, (title_start, title) = marks[: len(layout.banner) + 1] or [(0, "")]
    rest = marks[len(layout.banner) + 1 :]
    known = finder.exact_titles.get(title)
    if not rest or known is None or tuple(line for _, line in banner) != layout.banner:
        return None
    front = [(start, start + len(line)) for start, line in (*banner, (title_start, title))]
    first = rest[0][0]
    regions = [_new(Region, (0, 0, first, "front", None, None, None, None))]
    starts = [start for start, _ in rest[1:]]
    last, top = -1, None
    for (start, line), stop in zip(rest, (*starts, len(view)), strict=True):
        heading = headings.get(line)
        end = start + len(line)
        if heading is None or not (stop == end or view.startswith("\n\n", end)):
            return None
        place, number, parent, described = heading
        if place <= last or (parent is not None and parent != top):
            return None
        last = place
        if parent is None:
            top = number
        regions.append(_new(Region, (start, end, stop, *described)))
    stray = _between(front, first)
    numbers: frozenset[str] = frozenset()
    return Outline(
        regions, layout, known[1], True, True, stray, front, True, numbers, True, True, Style()
    )


def _between(spans: list[tuple[int, int]], end: int) -> list[tuple[int, int]]:
    """The stretches up to ``end`` that no span covers."""
    edges = [0, *chain.from_iterable(spans), end]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b > a]
