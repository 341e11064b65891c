"""What a print has on each sheet: page numbers, the day, headers and stamps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from esr_parser.lazy import lazy
from esr_parser.text import HYPHENS, LEAD

# Browsers put the day of the print and the page's title at the top or the end of each page.
DATE = r"[0-9]{1,2}[./][0-9]{1,2}[./](?:20)?[0-9]{2}\b"
_PAGE_WORDS = ("sivu", "page", "p a g e", "sida", "s.", "p.")
_LONGEST_WORD = max(map(len, _PAGE_WORDS))
_PAGE_WORD = "|".join(map(re.escape, _PAGE_WORDS))
_OF = r"\s?(?:/\s?|\(|of\s|av\s|von\s)"
# Browsers' prints: "1/4", "1 (4)", "Sivu 1", "Page 1 of 4", "- 1 -", with an address or a date.
PAGE_OF = lazy(
    rf"(.{{0,250}}?)\b(?:{_PAGE_WORD})?\s{{0,3}}([0-9]{{1,4}})"
    rf"{_OF}([0-9]{{1,4}})\)?(?:(?:file|https?):\S{{0,300}}|[\W_]{{1,60}})?",
    re.IGNORECASE,
)
_ENDS_IN_PAGE_OF = lazy(rf"[0-9]{_OF}[0-9]{{1,4}}$", re.IGNORECASE)
DECIMALS = "0123456789"
PAGE_END = frozenset(f"{DECIMALS})-–—=]*:{{~•·")
SHORT_NUMBER = lazy(r"[0-9]{1,3}")
_DAY = lazy(DATE)
# What browsers print at the top of each page: "28.11.2023, 10.15", "11/28/23, 10:15 AM".
_PRINT_TIME = rf"{DATE},? (?:klo )?[0-9]{{1,2}}[.:][0-9]{{2}}(?: [AP]M.*)?"
_ONE_NUMBER = lazy(
    r"[-\u2013\u2014=*\[( ]*(?:sivu|page|sida)\s[0-9]{1,3}(?:\s?(?:/|\(|of|av)\s?[0-9]{1,3}\)?)?"
    r"[-\u2013\u2014=*\]) ]*|[-\u2013\u2014] ?[0-9]{1,3} ?[-\u2013\u2014]"
    # "--- PAGE BREAK ---", "--- Chunk 2 ---"
    r"|--+ ?(?:page|sivu)\b.*-|--+ ?\w{2,20} [0-9]{1,4} ?--+"
    rf"|(?:#+ )?{_PRINT_TIME}",
    re.IGNORECASE,
)
PRINTED = lazy(rf"(?!.*: )(?:{DATE}.{{0,60}}|.{{0,60}}{DATE})")
# The one sign before the number of a page, of LaTeX and Word: "- 2 -", "[2]", "(2)", "~ 2 ~".
_DRESS = "-\u2013\u2014{[(~\u2022\u00b7"
# In browsers' prints, and "--- Page 2 ---", "## Page 2", "[Page 2]", "{2}-----" of converters for
# language models, "892.0Page 2" of pdfminer's HTML.
_PAGE_NUMBER = lazy(
    rf"(?:(?:.{{0,90}}(?:[\W_]|[0-9](?=page|sivu)))?(?:{_PAGE_WORD})[\s:|]{{0,3}}|[\W_]{{0,60}}(?<=[{_DRESS}])\s?)"
    r"(0|0?[1-9][0-9]{0,3})[\W_]{0,60}",
    re.IGNORECASE,
)
_NUMBER_BEGINS = f"{HYPHENS}=*[( #0123456789"
_BEHIND_NUMBER = f".)]}}*:{LEAD}{HYPHENS}"
_BEFORE_NUMBER = (*_PAGE_WORDS, *_DRESS, *HYPHENS)
_LONGEST_NUMBER_OF_PAGE = 120
FEWEST_SHEETS, SHORTEST_SHEET, _LONGEST_SHEET = 3, 20, 120


def page_number(line: str) -> int | None:
    """The number of a page that a line is.

    >>> page_number("--- Sivu 2 ---"), page_number("Kuvitelmankatu 2")
    (2, None)
    """
    number, _, word = line.replace(" | ", " ").partition(" ")
    if word.casefold() in _PAGE_WORDS:
        line = f"{word} {number}"  # Word: "1 | Page", "1. sivu"
    front = line.rstrip(_BEHIND_NUMBER).rstrip(DECIMALS).rstrip(" :|")[-_LONGEST_WORD:]
    if len(line) >= _LONGEST_NUMBER_OF_PAGE or not front.casefold().endswith(_BEFORE_NUMBER):
        return None
    match = _PAGE_NUMBER.fullmatch(line)
    return int(match[1]) if match is not None else None


def may_number_page(line: str) -> bool:
    """Whether a line ends in a number, as the number of a page or with a word before it.

    >>> may_number_page("Kuvitelmankatu 1/2"), may_number_page("Kuvitelmankatu 2")
    (True, False)
    """
    core = line.rstrip(_BEHIND_NUMBER)
    is_likely = core[-1:].isdecimal()
    return is_likely and (_ENDS_IN_PAGE_OF.search(core[-16:]) or page_number(line)) is not None


def is_page_mark(line: str) -> bool:
    """Whether a line, alone, looks like the number of a page, or the day or address of a print.

    >>> is_page_mark("1 (2)"), is_page_mark("Kuvitelmankatu 1/2")
    (True, False)
    """
    match = PAGE_OF.fullmatch(line) if line[-1:] in PAGE_END else None
    if match is not None:
        is_of_print = "://" in match[1] or PRINTED.match(match[1]) is not None
        is_number = match[2][0] != "0" and int(match[2]) <= int(match[3])
        return is_of_print or (is_number and not any(map(str.isalnum, match[1])))
    is_number_or_day = SHORT_NUMBER.fullmatch(line) or _DAY.fullmatch(line)
    return is_number_or_day is not None or page_number(line) is not None


def numbers_page(line: str) -> bool:
    """Whether a line, alone, is beyond doubt the number or the end of a page.

    >>> numbers_page("Sivu 2/4"), numbers_page("- 2 -"), numbers_page("2019/2020")
    (True, True, False)
    """
    may_begin = line[:1] in _NUMBER_BEGINS or line[:4].casefold() in _PAGE_WORDS
    may_end = line[-1:] in PAGE_END or ":" in line  # 10:15 AM
    return may_begin and may_end and _ONE_NUMBER.fullmatch(line) is not None


def is_row_of_print(line: str) -> bool:
    """Whether a line has a day and a number, in columns: `28.11.2023   Hankekuvaus   1`.

    >>> is_row_of_print("28.11.2023   Hankekuvaus   1"), is_row_of_print("Vaihe   1")
    (True, False)
    """
    front, gap, last = line.rpartition("  ")
    has_number = bool(gap) and SHORT_NUMBER.fullmatch(last.strip()) is not None
    return has_number and _DAY.match(front) is not None


def recurring(lines: Sequence[str]) -> Iterator[list[int]]:
    """Where lines are that come again at the same distance: stamps and headers of a print.

    >>> list(recurring(3 * ["LUONNOS", *map(str, range(60, 90))]))
    [[0, 31, 62]]
    """
    stems = [line.rstrip(DECIMALS) for line in lines]
    counts = Counter(stems).items()
    places: dict[str, list[int]] = {x: [] for x, n in counts if x and n >= FEWEST_SHEETS}
    for i, line in enumerate(stems):
        if line in places:
            places[line].append(i)
    for line, found in places.items():
        if ": " in f"{line} " and any(lines[: found[0]]):
            continue  # a field, a caption; above everything else it is a header
        is_item = line[0].isdigit() and line.partition(" ")[0][-1:] in (".", ")")
        if line[-1] in ".!?" or is_item:
            continue  # a sentence or an item of a list, which several sections have
        *gaps, last = [b - a for a, b in pairwise(found)]
        # Below the last sheet, which is shorter.
        if len(gaps) == 1:
            gaps.append(last)
        most = max(gaps)
        is_even = SHORTEST_SHEET <= most * 8 // 9 <= min(gaps) and most <= _LONGEST_SHEET
        # A word at the end of each sheet, which may be of any length, and of the text.
        is_word = min(gaps) >= SHORTEST_SHEET and line.isalpha()
        is_footer = is_word and not any(lines[found[-1] + 1 :])
        # On each sheet, from the first to the last.
        if is_footer or (is_even and max(found[0], last, len(lines) - found[-1]) <= most + 1):
            yield found
