"""What belongs to the pages of a print, or to the tool, and not to the description.

Headers and footers of a printed page stand amid its text; a browser's text dump ends with a list
of the links. Both are recognised only where the text itself proves them: page numbers that count
up to their total, and a line that stands on every page; a list of nothing but links in a text
whose headings show a tool's hand.
"""

from __future__ import annotations

import re
from collections import Counter

__all__ = ["link_list", "without_page_furniture"]

_PAGE_NUMBER = re.compile(
    r"[^\S\n]*(?:[^\n]{3,200}[^\S\n])?(?:(?:sivu|page|s\.|p\.)[^\S\n]*)?"
    r"(\d{1,4})[^\S\n]?(?:/|of)[^\S\n]?(\d{1,4})(?:\S{0,3}le:\S{0,300}|https?:\S{0,300})?[^\S\n]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_NEAR = 4
"""How many lines from the page number a header or footer may stand."""
_MOST_PAGES = 400
_LONGEST_LINE = 300
_LINK_LINE = re.compile(
    r"\s*(?:(?:visible|hidden) links:?|references|\d{1,4}\. \S{1,20}:\S*|\[[^\]\n]{1,80}\]: \S+.*"
    r"|\.\. \|[^|\n]{1,80}\| image:: .*)?\s*",
    re.IGNORECASE,
)
_LONGEST_LINK = 2000


def without_page_furniture(view: str) -> tuple[str, int]:
    r"""The text with form feeds in the place of page headers and footers, and their number.

    >>> text, count = without_page_furniture("a\n1/2\nhttp://x.example/\nb\n2/2\nhttp://x.example/")
    >>> count, text.replace("\f", "").split()
    (4, ['a', 'b'])
    """
    lines = view.split("\n")
    numbers: list[tuple[int, int, int]] = []
    likely = [k for k, line in enumerate(lines) if "/" in line or " of " in line]
    for k in likely:
        match = _PAGE_NUMBER.fullmatch(lines[k]) if len(lines[k]) <= _LONGEST_LINE else None
        if match is not None:
            numbers.append((int(match[1]), int(match[2]), k))
    totals = Counter(total for _, total, _ in numbers)
    for total, count in totals.items():
        if 2 <= total <= _MOST_PAGES and count == total:
            pages = [(n, at) for n, t, at in numbers if t == total]
            if [n for n, _ in pages] == list(range(1, total + 1)):
                return _masked(view, lines, [at for _, at in pages])
    return view, 0


def _masked(view: str, lines: list[str], numbered: list[int]) -> tuple[str, int]:
    near = {j for k in numbered for j in range(max(0, k - _NEAR), min(len(lines), k + _NEAR + 1))}
    shapes = Counter(_shape(lines[k]) for k in near if lines[k].strip())
    pages = len(numbered)
    repeated = {shape for shape, count in shapes.items() if count >= max(2, pages - 1)}
    if view.count("\f") < pages - 1 and len(repeated - {_shape(lines[k]) for k in numbered}) == 0:
        return view, 0
    furniture = {k for k in near if lines[k].strip() and _shape(lines[k]) in repeated}
    furniture |= set(numbered)
    for k in furniture:
        lines[k] = "\f" * len(lines[k])
    return "\n".join(lines), len(furniture)


def _shape(line: str) -> str:
    return _DIGITS.sub("9", " ".join(line.split()))


def link_list(view: str) -> int:
    r"""Where the list of links at the end of a text begins; its length where there is none.

    >>> text = "prose\n\nReferences\n\n   1. http://www.example.com/\n"
    >>> text[link_list(text) :].split()
    ['References', '1.', 'http://www.example.com/']
    """
    end = start = len(view)
    while start > 0:
        before = view.rfind("\n", 0, start - 1) + 1
        line = view[before:start]
        if len(line) > _LONGEST_LINK or not _LINK_LINE.fullmatch(line):
            break
        start = before
        if line.strip():
            end = start
    return end
