r"""Headers, footers and numbers of pages: lines that a print has on each sheet.

>>> rows = [f"{a} ja {b}" for a in "kettu karhu ahma".split() for b in "abcdefghijklmnopqrst"]
>>> lines = Lines("\n".join([*rows[:30], "Sivu 1/2", *rows[30:], "Sivu 2/2"]))
>>> page_furniture(lines, NoiseTally(), lambda _: False, ())
>>> sorted(lines.hidden)
[30, 61]
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterator
from functools import partial
from itertools import pairwise, takewhile

from esr_parser import prints
from esr_parser.lazy import lazy
from esr_parser.tally import Declares, Headings, NoiseKind, NoiseTally
from esr_parser.text import DIVIDING, LEAD, Lines, is_rule, places_of

_PAGE_OF_SIGNS = ("/", "(", " of ", " OF ", " av ", " von ")
_DIGITS = re.compile(r"[0-9]+")
_OF_TEXT = re.compile(
    r"(?!.*(?:sivu|page|p a g e|sida|\b[sp]\.|://))[^\W\d].*|\[9\]", re.IGNORECASE
)
_OF_PRINT = lazy(r"\b(?:sivu|page|tulostettu|haettu|päivitetty|printed)\b", re.IGNORECASE)
_PAGES, _SHORTEST_PAGE = 3, 10
"""So many bare numbers, so many lines apart but for the last one, number the pages."""
_FEWEST_HEADINGS, _SHARE = 4, 0.8
"""So many headings have the same line beside them, and so many of all: those of fields, too."""
_NEAR = 3
"""How many lines from the page number or page break a header or footer may be."""


def page_furniture(lines: Lines, noise: NoiseTally, declares: Declares, headings: Headings) -> None:
    """Hides what is on each sheet, and counts it as noise."""
    ends = prints.PAGE_END
    likely = [i for i, x in enumerate(lines.lines) if x and (x[-1] in ends or x[0] in ends)]
    _print_dates(lines, likely, noise)
    noise.hide(NoiseKind.PAGE_FURNITURE, lines, _at_headings(lines, declares, headings))
    breaks = {bisect_right(lines.offsets, at) - 1 for at in places_of(lines.text, "\f")}
    marks = _page_numbers(lines, likely, headings, breaks)
    is_value = partial(_is_value, lines.lines, declares, headings)
    for same in prints.recurring(lines.lines):
        line = lines.lines[same[0]]
        # The same sentence below several headings is their text.
        above = [x for i in same for x in lines.lines[max(i - 2, 0) : i] if x in headings]
        is_text = len(above) > 1 and len(above) * 2 > len(same)
        if not (is_rule(line) or declares(line) or is_text or all(map(is_value, same))):
            noise.hide(NoiseKind.PAGE_FURNITURE, lines, {*same} - marks)
    groups = _near_edges(lines, marks, breaks)
    sheets = lines.text.rstrip("\f\n ").count("\f") + 1
    pages = max(len(marks), sheets)
    # Without form feeds, only below the numbers of pages.
    near = None if breaks else {i for mark in marks for i in range(mark, mark + 2 * _NEAR)}
    furniture = {*marks, *_running_titles(lines, declares, pages if near else sheets, near)}
    for rows in groups:
        places = [i for _, i in rows]
        texts = [lines.lines[i] for i in places]
        # Two amounts at one page's end look alike, and are no header.
        is_often = len({page for page, _ in rows}) >= max(2, pages - 1)
        if is_often and not _are_text(texts) and not all(map(is_value, places)):
            furniture.update(i for i in places if not declares(lines.lines[i]))
    noise.hide(NoiseKind.PAGE_FURNITURE, lines, furniture)


def _at_headings(lines: Lines, declares: Declares, headings: Headings) -> list[int]:
    """The same line above or below nearly all headings: buttons of websites, `Kopioi linkki`."""
    texts = [i for i, line in enumerate(lines.lines) if line]
    starts = ((k, lines.lines[i].lstrip(LEAD)) for k, i in enumerate(texts))
    found = [k for k, line in starts if line[:1].isdigit() and line in headings]
    for step in (-1, 1):
        near = [texts[k + step] for k in found if 0 <= k + step < len(texts)]
        same = Counter(map(lines.lines.__getitem__, near)).most_common(1)
        line, often = same[0] if same else ("", 0)
        if often >= max(_FEWEST_HEADINGS, _SHARE * len(found)) and not declares(line):
            return [i for i in near if lines.lines[i] == line]
    return []


def _near_edges(lines: Lines, marks: set[int], breaks: set[int]) -> list[list[tuple[int, int]]]:
    """The lines that look alike at one place near the edges of pages, each with its page.

    A line that only a form feed shows to be the number of a page is added to the marks.
    """
    places: dict[tuple[str, int], list[tuple[int, int]]] = {}
    page, sheet, known = 0, 0, set(marks)
    for before, edge in pairwise((-99, *sorted(marks | breaks))):
        page += edge - before > 2 * _NEAR
        sheet += edge in breaks
        for i, place in _around(lines, edge, edge + (edge in marks)):
            line = lines.lines[i]
            if i not in known and line[-1] not in DIVIDING:
                # On a short last sheet, a line is near the edges of two; amounts count once.
                known.update([i] if line.replace(" ", "").isdecimal() else ())
                places.setdefault((_shape(line), place), []).append((page, i))
            # In a print of two sheets, the second one alone may have its number.
            number = str(sheet + (place > 0))
            is_next = edge in breaks and abs(place) == 1
            if is_next and prints.is_page_mark(line) and number in _DIGITS.findall(line):
                marks.add(i)
    return [*places.values()]


def _are_text(texts: list[str]) -> bool:
    """Whether lines are explanations, which can end two pages alike, or alike but for a number."""
    are_sentences = texts[0][-1] in ".!?" and (len({*texts}) > 1 or len(texts) < _PAGES)
    return are_sentences and not (_OF_PRINT.search(texts[0]) or _counts_up(texts))


def _is_value(lines: list[str], declares: Declares, headings: Headings, i: int) -> bool:
    """Whether a line is right below a label with nothing beside it."""
    above = next(filter(None, reversed(lines[max(i - 2, 0) : i])), "")
    is_bare = above[-1:] == ":" or (above[-1:].isalpha() and ":" not in above)
    return is_bare and above not in headings and (above[-1] == ":" or declares(above))


def _counts_up(texts: list[str]) -> bool:
    """Whether one of the numbers in each text is the next one of that above."""
    numbers = zip(*map(_DIGITS.findall, texts), strict=False)
    return any({int(b[:9]) - int(a[:9]) for a, b in pairwise(x)} == {1} for x in numbers)


def _running_titles(
    lines: Lines, declares: Declares, pages: int, near: Container[int] | None
) -> Iterator[int]:
    """The first line of a print, once a page and anywhere on it: pdfminer, MarkItDown."""
    above = [line for line in lines.lines[:20] if line][: _NEAR + 1]
    pairs = pairwise(above)  # the description's own title, wrapped, is none
    for line, _ in takewhile(lambda two: not (declares(two[0]) or declares(" ".join(two))), pairs):
        is_on_each = lines.lines.count(line) == pages
        same = [i for i, other in enumerate(lines.lines) if other == line] if is_on_each else []
        if same and (near is None or all(map(near.__contains__, same[1:]))):
            yield from same[1:]


def _print_dates(lines: Lines, likely: list[int], noise: NoiseTally) -> None:
    """The same line with a date, again and again: no page's own text repeats one so."""
    seen: dict[str, list[int]] = {}
    for i in likely:
        line = " ".join(lines.lines[i].split()) if "  " in lines.lines[i] else lines.lines[i]
        if 7 < len(line) < 200 and ("/" in line or ".20" in line):
            seen.setdefault(line, []).append(i)
    for line, places in seen.items():
        # Two explanations can be the same; pages are longer than what is between them, but for the
        # last one, which a footer ends.
        *gaps, last = [b - a for a, b in pairwise([*places, len(lines)])]
        is_open = len(gaps) == 1 and any(lines.lines[len(lines) - last + 1 :])
        least = min(gaps if is_open else gaps[:-1], default=prints.SHORTEST_SHEET)
        is_paged = least >= prints.SHORTEST_SHEET
        if len(places) > 1 and is_paged and prints.PRINTED.fullmatch(line):
            noise.hide(NoiseKind.PAGE_FURNITURE, lines, places)


def _page_numbers(
    lines: Lines, likely: list[int], headings: Headings, breaks: set[int]
) -> set[int]:
    """The lines that number the pages, where they count up by one."""
    found: dict[tuple[str, str], list[tuple[int, int]]] = {}
    """By what a line looks like, and how many pages it tells of: numbers and lines."""
    for i in likely:
        line = lines.lines[i]
        is_of = 2 < len(line) < 300 and any(map(line.__contains__, _PAGE_OF_SIGNS))
        if is_of and (match := prints.PAGE_OF.fullmatch(line)):
            found.setdefault((_shape(match[1]), match[3]), []).append((int(match[2]), i))
        elif (number := prints.page_number(line)) is not None:
            found.setdefault((_shape(line), ""), []).append((number, i))
        elif prints.is_row_of_print(line):  # a day, the title and a number, in columns
            front, gap, last = line.rpartition("  ")
            found.setdefault((front + gap, ""), []).append((int(last), i))
        elif prints.SHORT_NUMBER.fullmatch(line) and _is_of_page(lines, i, headings, breaks):
            found.setdefault(("9" if breaks else "", ""), []).append((int(line), i))
    return {i for key, rows in found.items() if _are_of_pages(*key, rows, lines) for _, i in rows}


def _are_of_pages(look: str, total: str, rows: list[tuple[int, int]], lines: Lines) -> bool:
    """Whether numbers that look alike, each with its line, are those of pages."""
    numbers, places = zip(*rows, strict=True)
    steps, gaps = ([b - a for a, b in pairwise(x)] for x in (numbers, places))
    counts_up = {*steps} == {1}
    is_many = len(rows) >= _PAGES
    if total and not (numbers[-1] <= int(total) <= 400 and (is_many or len(rows) * 2 > int(total))):
        return False
    # A copy from a PDF reader or Word has numbers, and nothing that shows where they are.
    if not (look or total):
        return counts_up and is_many and min(gaps[:-1]) >= _SHORTEST_PAGE
    if numbers == (1,):
        return not any(lines.lines[places[0] + 1 :])  # a print of one sheet
    # "Vaihe 1/2", "[1]": of the text, where they are near each other.
    if _OF_TEXT.fullmatch(look):
        return counts_up and numbers[0] <= 2 and min(gaps) >= _SHORTEST_PAGE
    # In a print, one may not have been read, or be there twice; it may be part of a longer one.
    are_sheets = _are_sheets(rows)
    if are_sheets and len(rows) > _PAGES:
        return {*steps} <= {0, 1, 2} and steps.count(1) * 2 > len(steps)
    return counts_up and numbers[0] <= 2 and (are_sheets or "  " not in look)


def _are_sheets(rows: list[tuple[int, int]]) -> bool:
    """Whether numbers are a sheet apart, but for the last one, and for those that come twice."""
    firsts = sorted(dict(reversed(rows)).values())
    sizes = [b - a for a, b in pairwise(firsts)][:-1]
    return min(sizes, default=0) >= prints.SHORTEST_SHEET and rows[-1][0] <= 400


def _is_of_page(lines: Lines, i: int, headings: Headings, breaks: set[int]) -> bool:
    """Whether a number is at a break; or else not that of the heading below it: BeautifulSoup."""
    if breaks:
        return not breaks.isdisjoint(range(i - 2, i + 3))
    below = next((line for line in lines.lines[i + 1 : i + 9] if line), "")
    return f"{lines.lines[i]} {below}" not in headings


def _around(lines: Lines, edge: int, first: int) -> Iterator[tuple[int, int]]:
    """The lines near the edge of a page, each with its place: the second one above is -2."""
    above, below = range(edge - 1, edge - 4 * _NEAR, -1), range(first, first + 4 * _NEAR)
    for places, steps in ((above, range(-1, -_NEAR - 1, -1)), (below, range(1, _NEAR + 1))):
        found = (i for i in places if 0 <= i < len(lines) and lines.lines[i])
        yield from zip(found, steps, strict=False)


def _shape(line: str) -> str:
    return _DIGITS.sub("9", " ".join(line.split()))
