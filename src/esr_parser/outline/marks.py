"""Which lines may be headings, titles or banners: *marks*, to be judged together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any, NamedTuple

from esr_parser.grammar import FUND_NAMES, Layout, Section
from esr_parser.model import Fund
from esr_parser.noise import FURNITURE, WordTable, is_odd, squeeze
from esr_parser.outline.words import (
    DIGITS,
    HEAD,
    HEADING_STARTS,
    LAST_WORD,
    LONGEST_HEADING,
    PADS,
    LayoutWords,
    scanned_lines,
)

__all__ = ["Mark", "MarkFinder", "alt_of", "has_fund", "lines_of"]

_CHUNK = 1 << 16
_MOST_WRAPPED = 4
_TITLE = re.compile(
    r"(?:(?P<fund>\S.{0,120}?)\s+rahoittaman\s+)?(?P<noun>hankkeen|projektin)\s+kuvaus",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\(?(\d{1,3}(?:\.\d{1,3}){0,3})[.):]?(.*)", re.DOTALL)
_CANDIDATE = re.compile(r"(\d{1,2}(?:\.\d{1,2})?)(\.?) ([^\W\d_][^|*\n]{0,99})")
_PICTURE = re.compile(r"!?\[[^\[\]]*\](?:\([^()\s]*\))?")
_PICTURE_ALT = re.compile(r"\[([^\[\]]*)\]")
_new = tuple.__new__


class Mark(NamedTuple):
    """A line (or a few, where it was wrapped) that may be structural."""

    start: int
    end: int
    kind: str
    """``banner``, ``title``, ``picture``, ``numbered``, ``bare`` or ``candidate``."""
    section: Section | None
    number: str | None
    text: str
    exact: bool


class MarkFinder:
    """Finds the marks of a text, for one set of layouts."""

    def __init__(self, layouts: tuple[Layout, ...], aliases: dict[str, str]) -> None:
        self.layouts: tuple[Layout, ...] = layouts
        self._banners = frozenset(line for layout in layouts for line in layout.banner)
        squeezed = {squeeze(line) for line in self._banners}
        squeezed.add(squeeze("".join(layouts[0].banner)))
        self._squeezed_banners = frozenset(squeezed)
        exact_titles: dict[str, tuple[Layout, Fund]] = {}
        for layout in layouts:
            for fund in Fund:
                exact_titles.setdefault(layout.title(fund), (layout, fund))
        self.exact_titles: dict[str, tuple[Layout, Fund]] = exact_titles
        self._banner_words: WordTable[bool] = WordTable((line, True) for line in self._banners)
        self._title_words: WordTable[tuple[Layout, Fund]] = WordTable(exact_titles)
        self._funds = {squeeze(name): Fund(fund) for fund, name in FUND_NAMES.items()}
        front_words = (*self._banners, *exact_titles, *(la.title(None) for la in layouts))
        self.words: dict[int, LayoutWords] = {
            id(la): LayoutWords(la, aliases, front_words) for la in layouts
        }

    def marks(
        self,
        view: str,
        tables: LayoutWords,
        *,
        odd: bool | None = None,
        scan: re.Pattern[str] | None = None,
    ) -> Iterator[Mark]:
        """The lines that may be structural; those that ``scan`` finds, if it is given.

        That is enough in a text that is not odd and has a title as printed: no other fund's is
        looked for in it.
        """
        exact = tables.exact
        odd = is_odd(view) if odd is None else odd
        lines = (
            self._likely_lines(view, tables, odd=odd) if scan is None else scanned_lines(view, scan)
        )
        for position, line in lines:
            section = exact.get(line)
            if section is not None:
                end = position + len(line)
                mark = (position, end, "numbered", section, section.number, line, True)
                yield _new(Mark, mark)
            elif line[0] not in DIGITS or tables.may_be_numbered(line, is_odd=odd):
                found = self.second_look(view, position, line, tables)
                if found is not None:
                    yield found

    def is_mark(self, view: str, position: int, line: str, tables: LayoutWords) -> bool:
        """Whether a line that is no printed heading may be structural; the text is not odd."""
        if line[0] in DIGITS and not tables.may_be_numbered(line, is_odd=False):
            return False
        return self.second_look(view, position, line, tables) is not None

    def _likely_lines(
        self, view: str, tables: LayoutWords, *, odd: bool
    ) -> Iterator[tuple[int, str]]:
        """The lines worth a second look in a text of which nothing is known, with their places."""
        starts, initials = tables.starts, tables.initials
        for start, lines in lines_of(view):
            # Where each line begins: the lengths of those before it, and their line ends.
            offsets = accumulate(map(len, lines), initial=start)
            short = [
                (offset + k, line)
                for k, (line, offset) in enumerate(zip(lines, offsets, strict=False))
                if line
                and line[0] in initials
                and (len(line) <= LONGEST_HEADING or line[0] in PADS)
            ]
            for position, line in short:
                first = line[0]
                head = line[:HEAD]
                if (
                    first in HEADING_STARTS
                    or first in PADS
                    or head.casefold() in starts
                    or "  " in head
                    or (len(line) < 2 * HEAD and line[-1] in PADS)
                    or line.rstrip(FURNITURE).endswith(LAST_WORD)
                    or (odd and squeeze(line[:60])[:4] in tables.squeezed_starts)
                ):
                    yield position, line

    def second_look(self, view: str, position: int, line: str, tables: LayoutWords) -> Mark | None:
        """What a line may be that is no printed heading; ``None`` where it is plain text."""
        end = position + len(line)
        if line in self._banners:
            return Mark(position, end, "banner", None, None, line, True)
        if line in self.exact_titles:
            return Mark(position, end, "title", None, None, line, True)
        bare = line.strip(FURNITURE)
        if not tables.may_start(line, bare):
            return None
        if bare[:1] in "![":
            alt = " ".join(_PICTURE_ALT.findall(line))
            if alt and not _PICTURE.sub("", line).strip(FURNITURE):
                kind = "banner" if squeeze(alt) in self._squeezed_banners else "picture"
                return Mark(position, end, kind, None, None, line, False)
        squeezed = squeeze(bare)
        if squeezed in self._squeezed_banners:
            return Mark(position, end, "banner", None, None, line, False)
        if squeezed.endswith("kuvaus") and self._is_title(squeezed, " ".join(bare.split())):
            return Mark(position, end, "title", None, None, " ".join(bare.split()), False)
        found = self._section_of(squeezed, tables)
        if found is not None:
            section, numbered = found
            kind = "numbered" if numbered else "bare"
            return Mark(position, end, kind, section, section.number, line, False)
        wrapped = self._wrapped(view, position, end, squeezed, tables)
        if wrapped is not None:
            return wrapped
        match = _CANDIDATE.fullmatch(" ".join(bare.replace("\\", "").split()))
        if match is not None and match[3][0].isupper() and match[3][-1] not in ".,:;?!":
            dot = "" if "." in match[1] else tables.dot
            if match[2] == dot:
                return Mark(position, end, "candidate", None, match[1], match[3], False)
        return None

    def _is_title(self, squeezed: str, line: str) -> bool:
        """Whether a line is a title: of a known fund in any letters, of another in capitals."""
        if squeezed in self._title_words.folded:
            return True
        match = _TITLE.fullmatch(line)
        return match is not None and (match["fund"] is None or "A" <= line[0] <= "Z")

    def _section_of(self, squeezed: str, tables: LayoutWords) -> tuple[Section, bool] | None:
        squeezed = squeezed.removesuffix(":")
        match = _NUMBERED.fullmatch(squeezed)
        if match is not None:
            section = tables.by_number.get((match[1], match[2]))
            return None if section is None else (section, True)
        section = tables.titles.folded.get(squeezed)
        return None if section is None else (section, False)

    def _wrapped(
        self, view: str, position: int, end: int, squeezed: str, tables: LayoutWords
    ) -> Mark | None:
        """A heading or title that goes on in the next lines."""
        match = _NUMBERED.fullmatch(squeezed)
        number, name = (match[1], match[2]) if match else (None, squeezed)
        words: list[WordTable[Any]] = [tables.titles]
        if not number:
            # Neither title nor banner has one.
            words += [self._title_words, self._banner_words]
        if not (any(name in table.prefixes for table in words) or (number and not name)):
            return None
        for _ in range(_MOST_WRAPPED):
            start = end + 1
            stop = view.find("\n", start, start + LONGEST_HEADING)
            if stop < 0:
                stop = len(view)
                if stop - start > LONGEST_HEADING:
                    return None
            part = view[start:stop].strip(FURNITURE)
            if not part:
                return None
            name += squeeze(part)
            end = stop
            if number:
                section = tables.by_number.get((number, name))
            else:
                section = tables.titles.folded.get(name)
            if section is not None:
                kind = "numbered" if number else "bare"
                return Mark(position, end, kind, section, section.number, "wrapped", False)
            if not number and (name in self._squeezed_banners or name in self._title_words.folded):
                kind = "banner" if name in self._squeezed_banners else "title"
                text = _joined(view, position, end)
                return Mark(position, end, kind, None, None, text, False)
            if not any(name in table.prefixes for table in words):
                return None
        return None

    def is_banner(self, line: str) -> bool:
        """Whether a line is the banner, or the pictures that it is made of."""
        bare = line.strip(FURNITURE)
        if len(bare) > LONGEST_HEADING:
            return False
        return squeeze(alt_of(bare)) in self._squeezed_banners

    def fund_of(self, title: str) -> Fund | str | None:
        """The fund that a title line names, if it names one."""
        known = self._title_words.find(title)
        if known is not None:
            return known[1]
        match = _TITLE.fullmatch(title)
        assert match is not None
        words = match["fund"]
        if words is None:
            return None
        squeezed = squeeze(words)
        for name, fund in self._funds.items():
            if f"({fund.casefold()})" in squeezed or name.partition("(")[0] in squeezed:
                return fund
        return words


def lines_of(view: str) -> Iterator[tuple[int, list[str]]]:
    """The lines, a chunk at a time with its offset: no list of a long text's lines."""
    start, size = 0, len(view)
    while start < size:
        stop = size
        if size - start > _CHUNK:
            stop = view.find("\n", start + _CHUNK)
            stop = size if stop < 0 else stop + 1
        yield start, (view if stop - start == size else view[start:stop]).split("\n")
        start = stop


def has_fund(title: str) -> bool:
    """Whether a title names the fund, as that of a whole description does."""
    match = _TITLE.fullmatch(title)
    return match is not None and match["fund"] is not None


def _joined(view: str, start: int, end: int) -> str:
    """A wrapped line as one."""
    return " ".join(line.strip(FURNITURE) for line in view[start:end].split("\n"))


def alt_of(line: str) -> str:
    """What a line says that may consist of pictures."""
    return " ".join(_PICTURE_ALT.findall(line)) if line.lstrip()[:1] in ("[", "!") else line
