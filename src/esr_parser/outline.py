"""Which lines are headings: the text cut into the sections of its layout.

The cut is made in two steps. First every line that may be a heading, the title or the banner is
found (*marks*); only short lines get a second look, so that prose costs next to nothing. Then the
marks are judged together, because what a line is depends on the others: "1 Hanke" is a heading
wherever it stands, but "Hanke" alone only in a text that has no "1 Hanke", and "10 Viestintä" only
where no declared section has that number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from esr_parser.diagnostics import Notes
from esr_parser.grammar import FUND_NAMES, Fields, Layout, Questions, Scores, Section
from esr_parser.model import Fund
from esr_parser.noise import (
    FURNITURE,
    Noise,
    Style,
    WordTable,
    first_parts,
    is_odd,
    noises_of,
    squeeze,
)

__all__ = ["Outline", "OutlineReader", "Region", "between"]

_CHUNK = 1 << 16
_LONGEST_HEADING = 160
_MOST_WRAPPED = 4


class Region(NamedTuple):
    """A heading and the text below it, up to the next heading."""

    start: int
    body: int
    """Where the text below the heading begins; equal to ``start`` where there is no heading."""
    end: int
    kind: str
    """``front`` (before the first heading), ``section``, ``repeated``, ``unknown``, ``implied``
    (found by its labels) or ``next`` (a further description)."""
    section: Section | None
    number: str | None
    title: str | None
    host: Region | None = None
    """The region an implied one was found in."""


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


class Outline(NamedTuple):
    """The text cut into regions, and what stands before the first one."""

    regions: list[Region]
    layout: Layout
    fund: Fund | str | None
    has_title: bool
    has_period: bool
    front: list[tuple[int, int]]
    """The stretches of the front matter that are neither title nor banner."""
    front_marks: list[tuple[int, int]]
    """The stretches that are."""
    numbers: frozenset[str]
    """The numbers of the unknown sections."""
    is_canonical: bool
    """Whether title and headings are as printed and in order."""
    style: Style


_TITLE = re.compile(
    r"(?:(?P<fund>\S.{0,120}?)\s+rahoittaman\s+)?(?P<noun>hankkeen|projektin)\s+kuvaus",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\(?(\d{1,3}(?:\.\d{1,3}){0,3})[.):]?(.*)", re.DOTALL)
_CANDIDATE = re.compile(r"(\d{1,2}(?:\.\d{1,2})?)(\.?) ([^\W\d_].{0,99})")
_LEADING_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)([.):\\]*)\s?")
_PICTURE = re.compile(r"!?\[[^\[\]]*\](?:\([^()\s]*\))?")
_CODE_LABEL = re.compile(
    r"(?:hanke|projekti)koodi[^\S\n]{0,40}[:|*\t ][^\S\n|:*]{0,40}([SA]\d)", re.IGNORECASE
)
_BLANK = re.compile(r"\s*")
_HEAD = 20
_FRONT_KINDS = frozenset({"banner", "picture"})
_LAST_WORD = ("kuvaus", "kuvaus ", "kuvaus**", "KUVAUS")
_new = tuple.__new__
_RULE_MARKS = "=-~^*_#\"'+`. \t"
_UNDERLINES = frozenset(_RULE_MARKS)
_DIGITS = frozenset("0123456789")
_HEADING_STARTS = _DIGITS | frozenset("[!(")
_PADS = frozenset(FURNITURE)


def _is_blank(view: str, start: int, end: int) -> bool:
    match = _BLANK.match(view, start, end)
    return match is not None and match.end() == end


def _starts_of(words: Iterable[str]) -> frozenset[str]:
    return frozenset(part[:_HEAD] for word in words for part in first_parts(word.casefold(), _HEAD))


def _scan_for(starts: frozenset[str]) -> re.Pattern[str]:
    """A search for the line ends that a line which may be structural stands behind.

    One search through the whole text costs less than a look at each of its lines.
    """
    marks = re.escape("".join(_HEADING_STARTS | _PADS - {"\n"}))
    pads = re.escape("".join(_PADS - {"\n"}))
    firsts = re.escape("".join({start[0] for start in starts} | {s[0].upper() for s in starts}))
    words = {start if len(start) == _HEAD else f"{start}\n" for start in starts}
    known = _one_of(words, rf"(?=[{pads}:]*(?:\n|\Z))")
    # The first test is of one letter, and nearly all other lines fail it.
    return re.compile(rf"\n(?=[{marks}{firsts}])(?:[{marks}]|{known})")


def _one_of(words: Iterable[str], line_end: str) -> str:
    r"""A pattern for any of some words, in any letter case; ``\n`` in them is ``line_end``."""
    tails: dict[str, set[str]] = {}
    for word in filter(None, words):
        tails.setdefault(word[0], set()).add(word[1:])
    options: list[str] = []
    for letter, rest in sorted(tails.items()):
        if letter == "\n":
            options.append(line_end)
        else:
            cases = re.escape("".join({letter, letter.upper()}))
            options.append(f"[{cases}]{'+' * (letter == ' ')}{_one_of(rest, line_end)}")
    return f"(?:{'|'.join(options)})" if len(options) > 1 else "".join(options)


def _scanned_lines(view: str, scan: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """The lines a scan stops at, with their places."""
    size = len(view)
    first = view.find("\n")
    first = size if first < 0 else first
    if scan.match(f"\n{view[:first]}"):
        yield 0, view[:first]
    for found in scan.finditer(view):
        position = found.start() + 1
        end = view.find("\n", position)
        line = view[position : end if end >= 0 else size]
        if len(line) <= _LONGEST_HEADING or line[0] in _PADS:
            yield position, line


class _LayoutTables:
    """The words of one layout's headings."""

    def __init__(
        self, layout: Layout, aliases: dict[str, str], front_words: tuple[str, ...]
    ) -> None:
        self.layout = layout
        self.sections = {section.number: section for section in layout.sections}
        self.parents = {s.parent for s in layout.sections}
        self.index = {id(section): k for k, section in enumerate(layout.sections)}
        self.exact = {layout.heading(s.number, s.title): s for s in layout.sections}
        titles: list[tuple[str, Section]] = []
        for section in layout.sections:
            titles.append((section.title, section))
            titles += [(variant, section) for variant in section.variants]
        known = {squeeze(title): section for title, section in titles}
        numbered = {squeeze(layout.heading(s.number, s.title)): s for s in layout.sections}
        for alias, target in aliases.items():
            renamed = known.get(squeeze(target)) or numbered.get(squeeze(target))
            if renamed is not None:
                titles.append((_strip_number(alias), renamed))
        self.titles: WordTable[Section] = WordTable(titles)
        # The same title may stand under two numbers: the number decides.
        self.by_number = {(section.number, squeeze(title)): section for title, section in titles}
        self.labels = frozenset(squeeze(label) for s in layout.sections for label in _labels_of(s))
        numbers = [s.number for s in layout.sections if s.parent is None]
        titled = [*titles, *((word, None) for word in front_words)]
        self.starts = _starts_of(word for word, _ in titled)
        letters = {word[0] for word, _ in titled}
        self.initials = frozenset(
            # Any letter may begin the name of a fund in a title.
            {*map(chr, range(65, 91)), *map(str.lower, letters)} | _HEADING_STARTS | _PADS
        )
        self.scan = _scan_for(self.starts)
        self.scan_numbered = _scan_for(_starts_of(front_words))
        """A search that finds no heading without its number."""
        self.squeezed_starts = frozenset(squeeze(word)[:4] for word, _ in titled)
        self.last_top = max((int(n) for n in numbers if n.isdigit()), default=0)
        self.dot = layout.heading_dot

    def may_be_numbered(self, line: str, *, is_odd: bool) -> bool:
        """Whether a line that begins with a number may be a heading. Cheap: most are prose."""
        match = _LEADING_NUMBER.match(line)
        if match is None:
            return False
        if is_odd and squeeze(line[match.end() : match.end() + 40])[:4] in self.squeezed_starts:
            return True
        title = line[match.end() : match.end() + _HEAD].casefold()
        if not title or title in self.starts or title[0] in _PADS or "  " in title:
            return True
        return match[2] == ("" if "." in match[1] else self.dot) or len(line) < 2 * _HEAD

    def may_start(self, line: str, bare: str) -> bool:
        """Whether a line without its furniture may be a heading, a title or a banner."""
        if not bare or len(bare) > _LONGEST_HEADING:
            return False
        if line[0] not in _PADS:
            return True
        head = bare[:_HEAD]
        return (
            head.casefold() in self.starts
            or head[0] in _HEADING_STARTS
            or not head.isascii()
            or "  " in head
            or "\t" in head
            or bare.endswith(_LAST_WORD)
        )


def _labels_of(section: Section) -> list[str]:
    """The strings by which a section is known where its heading is missing."""
    content = section.content
    if isinstance(content, Fields | Questions):
        return [item.label for item in content.items]
    if isinstance(content, Scores):
        names = [dimension.name for dimension in content.dimensions]
        aspects = [aspect for d in content.dimensions for aspect in d.aspects]
        return [*content.heads, "".join(content.heads), *names, *aspects]
    return []


def _strip_number(heading: str) -> str:
    return re.sub(r"^\d+(?:\.\d+)*\.?\s+", "", heading)


class OutlineReader:
    """Finds the outline of a text, for one set of layouts."""

    def __init__(self, layouts: tuple[Layout, ...], aliases: dict[str, str]) -> None:
        self.layouts = layouts
        self._banners = frozenset(line for layout in layouts for line in layout.banner)
        squeezed = {squeeze(line) for line in self._banners}
        squeezed.add(squeeze("".join(layouts[0].banner)))
        self._squeezed_banners = frozenset(squeezed)
        exact_titles: dict[str, tuple[Layout, Fund]] = {}
        for layout in layouts:
            for fund in Fund:
                exact_titles.setdefault(layout.title(fund), (layout, fund))
        self._exact_titles = exact_titles
        self._banner_words: WordTable[bool] = WordTable((line, True) for line in self._banners)
        self._title_words: WordTable[tuple[Layout, Fund]] = WordTable(exact_titles)
        self._funds = {squeeze(name): Fund(fund) for fund, name in FUND_NAMES.items()}
        front_words = (*self._banners, *exact_titles, *(la.title(None) for la in layouts))
        self._tables = {id(la): _LayoutTables(la, aliases, front_words) for la in layouts}

    # -- finding marks ----------------------------------------------------------------------

    def _lines(self, view: str) -> Iterator[tuple[int, list[str]]]:
        """The lines, a chunk at a time with its offset: no list of a long text's lines."""
        start, size = 0, len(view)
        while start < size:
            stop = size
            if size - start > _CHUNK:
                stop = view.find("\n", start + _CHUNK)
                stop = size if stop < 0 else stop + 1
            yield start, (view if stop - start == size else view[start:stop]).split("\n")
            start = stop

    def _marks(
        self,
        view: str,
        tables: _LayoutTables,
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
            self._likely_lines(view, tables, odd=odd)
            if scan is None
            else _scanned_lines(view, scan)
        )
        for position, line in lines:
            section = exact.get(line)
            if section is not None:
                end = position + len(line)
                mark = (position, end, "numbered", section, section.number, line, True)
                yield _new(Mark, mark)
            elif line[0] not in _DIGITS or tables.may_be_numbered(line, is_odd=odd):
                found = self._second_look(view, position, line, tables)
                if found is not None:
                    yield found

    def _likely_lines(
        self, view: str, tables: _LayoutTables, *, odd: bool
    ) -> Iterator[tuple[int, str]]:
        """The lines worth a second look in a text of which nothing is known, with their places."""
        starts, initials = tables.starts, tables.initials
        for start, lines in self._lines(view):
            # Where each line begins: the lengths of those before it, and their line ends.
            offsets = accumulate(map(len, lines), initial=start)
            short = [
                (offset + k, line)
                for k, (line, offset) in enumerate(zip(lines, offsets, strict=False))
                if line
                and line[0] in initials
                and (len(line) <= _LONGEST_HEADING or line[0] in _PADS)
            ]
            for position, line in short:
                first = line[0]
                head = line[:_HEAD]
                if (
                    first in _HEADING_STARTS
                    or first in _PADS
                    or head.casefold() in starts
                    or "  " in head
                    or (len(line) < 2 * _HEAD and line[-1] in _PADS)
                    or line.endswith(_LAST_WORD)
                    or (odd and squeeze(line[:60])[:4] in tables.squeezed_starts)
                ):
                    yield position, line

    def _second_look(
        self, view: str, position: int, line: str, tables: _LayoutTables
    ) -> Mark | None:
        end = position + len(line)
        if line in self._banners:
            return Mark(position, end, "banner", None, None, line, True)
        if line in self._exact_titles:
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
        if squeezed.endswith("kuvaus") and _TITLE.fullmatch(" ".join(bare.split())):
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

    def _section_of(self, squeezed: str, tables: _LayoutTables) -> tuple[Section, bool] | None:
        squeezed = squeezed.removesuffix(":")
        match = _NUMBERED.fullmatch(squeezed)
        if match is not None:
            section = tables.by_number.get((match[1], match[2]))
            return None if section is None else (section, True)
        section = tables.titles.folded.get(squeezed)
        return None if section is None else (section, False)

    def _wrapped(
        self, view: str, position: int, end: int, squeezed: str, tables: _LayoutTables
    ) -> Mark | None:
        """A heading or title that goes on in the next lines."""
        match = _NUMBERED.fullmatch(squeezed)
        number, name = (match[1], match[2]) if match else (None, squeezed)
        is_title = name in self._title_words.prefixes
        is_banner = name in self._banner_words.prefixes
        if not (name in tables.titles.prefixes or is_title or is_banner or (number and not name)):
            return None
        for _ in range(_MOST_WRAPPED):
            if end >= len(view):
                return None
            start = end + 1
            stop = view.find("\n", start, start + _LONGEST_HEADING)
            if stop < 0:
                stop = len(view)
                if stop - start > _LONGEST_HEADING:
                    return None
            part = view[start:stop].strip(FURNITURE)
            if not part:
                return None
            name += squeeze(part)
            end = stop
            section = tables.by_number.get((number, name)) if number else None
            if number is None:
                section = tables.titles.folded.get(name)
            if section is not None:
                kind = "numbered" if number else "bare"
                return Mark(position, end, kind, section, section.number, "wrapped", False)
            if name in self._squeezed_banners:
                return Mark(
                    position, end, "banner", None, None, _joined(view, position, end), False
                )
            if name in self._title_words.folded:
                text = _joined(view, position, end)
                return Mark(position, end, "title", None, None, text, False)
            if not any(
                name in words.prefixes
                for words in (tables.titles, self._title_words, self._banner_words)
            ):
                return None
        return None

    def front_marks(self, text: str, layout: Layout) -> list[Mark]:
        """The lines of a text that would be no text if it stood before section 1.

        Banner and title; the heading of a section that is only printed where it has a value.
        """
        kinds = ("banner", "title", "picture")
        return [
            mark
            for mark in self._marks(text, self._tables[id(layout)])
            if mark.kind in kinds or (mark.section is not None and mark.section.optional)
        ]

    def unknown_heading(
        self, text: str, layout: Layout, numbers: frozenset[str]
    ) -> tuple[str, str, str, str] | None:
        """The first heading of an unknown section in text that stands before section 1.

        Gives the text before it, its number and title, and the text below it.
        """
        tables = self._tables[id(layout)]
        for mark in self._marks(text, tables):
            number = mark.number or ""
            is_top = "." not in number and number not in tables.sections
            if mark.kind == "candidate" and number in numbers and is_top:
                return text[: mark.start], number, mark.text, text[mark.end :]
        return None

    def without_last_banner(self, text: str) -> str:
        """The text without banner lines at its end."""
        while text:
            head, _, last = text.rpartition("\n")
            if last.strip(FURNITURE) and not self.is_banner(last):
                break
            text = head.rstrip()
        return text

    def is_banner(self, line: str) -> bool:
        """Whether a line is the banner, or the pictures that it is made of."""
        bare = line.strip(FURNITURE)
        if len(bare) > _LONGEST_HEADING:
            return False
        return squeeze(_alt(bare)) in self._squeezed_banners

    # -- choosing the layout ------------------------------------------------------------------

    def _layout_of(self, view: str) -> tuple[Layout, bool, bool]:
        """The layout of a text, whether the text says so, whether it does by a printed title."""
        head = view[:4000]
        for line in head.split("\n", 40)[:40]:
            found = self._exact_titles.get(line.strip(FURNITURE))
            if found is not None:
                return found[0], True, line in self._exact_titles
        words = _MARKUP.sub(" ", head)
        match = _FUND_TITLE.search(words)
        if match is not None:
            noun = match[1].casefold()
            return next(la for la in self.layouts if la.noun == noun), True, False
        match = _FUND_TITLE_ANYWHERE.search(view)
        if match is not None:
            noun = match[1].casefold()
            return next(la for la in self.layouts if la.noun == noun), True, False
        return *self._layout_by_words(view), False

    def _layout_by_words(self, view: str) -> tuple[Layout, bool]:
        from esr_parser.model import fund_and_period_of

        match = _CODE_LABEL.search(view)
        if match is not None:
            _, period = fund_and_period_of(match[1].upper())
            for layout in self.layouts:
                if layout.period == period:
                    return layout, layout is not self.layouts[0]
        front = _MARKUP.sub(" ", view[:4000]).strip()
        match = _PLAIN_TITLE.match(front)
        if match is not None:
            noun = match[1].casefold()
            return next(la for la in self.layouts if la.noun == noun), True
        counts = {id(layout): 0 for layout in self.layouts}
        words = _own_words(self.layouts)
        for line in (line for _, lines in self._lines(view) for line in lines):
            if 0 < len(line) <= 400:
                label = squeeze(line.partition(":")[0][:120])
                for key, own in words.items():
                    counts[key] += label in own
        first, *others = self.layouts
        best = max(others, key=lambda la: counts[id(la)], default=first)
        if counts[id(best)] > counts[id(first)]:
            return best, True
        return first, False

    # -- judging marks ------------------------------------------------------------------------

    def outline(self, view: str, notes: Notes) -> Outline:
        r"""The outline of a text whose line ends are all ``\n``."""
        layout, has_period, titled = self._layout_of(view)
        judge = _Judge(self, view, self._tables[id(layout)], notes)
        return judge.outline(has_period, titled=titled)

    def fund_of(self, title: str) -> tuple[Fund | str | None, Layout]:
        """Fund and layout that a title line names."""
        exact = self._exact_titles.get(title)
        if exact is not None:
            return exact[1], exact[0]
        found = self._title_words.folded.get(squeeze(title))
        if found is not None:
            return found[1], found[0]
        match = _TITLE.fullmatch(title)
        if match is None:
            return None, self.layouts[0]
        noun = match["noun"].casefold()
        layout = next(la for la in self.layouts if la.noun == noun)
        words = match["fund"]
        if words is None:
            return None, layout
        for squeezed, fund in self._funds.items():
            if f"({fund.casefold()})" in squeeze(words) or squeezed.partition("(")[0] in squeeze(
                words
            ):
                return fund, layout
        return words, layout

    def starts(self, view: str) -> list[int]:
        """Where the descriptions of a text that holds several of them begin."""
        tables = self._tables[id(self.layouts[0])]
        marks = [m for m in self._front_marks(view) if m.kind in ("title", "banner", "picture")]
        del tables
        titles = [m for m in marks if m.kind == "title" and _has_fund(m.text)]
        if not titles:
            return self._starts_by_heading(view)
        furniture = {m.end: m for m in marks if m.kind != "title"}
        first_line = view[: titles[0].start].strip(FURNITURE).partition("\n")[0].strip()
        result: list[int] = []
        for title in titles:
            start = title.start
            page_title = ""
            while start > 0:
                before = view.rfind("\n", 0, start - 1) + 1
                line = view[before : start - 1]
                bare = line.strip(FURNITURE)
                is_title = bool(bare) and bare == first_line and not page_title and result != []
                if bare and before + len(line) not in furniture and not is_title:
                    break
                if bare:
                    if is_title:
                        page_title = bare
                    start = before
                elif not any(view[before:start].strip(FURNITURE)) and before > 0:
                    # Empty lines go to the description before, unless front matter precedes.
                    rest = view[:before].rstrip(FURNITURE)
                    previous = rest.rpartition("\n")[2].strip(FURNITURE)
                    stop = len(rest)
                    if stop not in furniture and not (
                        previous == first_line and previous and not page_title and result
                    ):
                        break
                    start = view.rfind("\n", 0, stop) + 1
                    if stop not in furniture:
                        page_title = previous
                else:
                    start = before
            if result and start <= result[-1]:
                continue
            result.append(start)
        result[0] = 0
        return result

    def _front_marks(self, view: str) -> Iterator[Mark]:
        for layout in self.layouts:
            if layout is self.layouts[0]:
                yield from self._marks(view, self._tables[id(layout)])

    def _starts_by_heading(self, view: str) -> list[int]:
        """Without titles: a description begins where the first section does."""
        layout, _, _ = self._layout_of(view)
        tables = self._tables[id(layout)]
        first = layout.sections[0]
        result = [
            m.start
            for m in self._marks(view, tables)
            if m.kind == "numbered" and m.section is first
        ]
        if not result:
            return [0]
        result[0] = 0
        return result


_PICTURE_ALT = re.compile(r"\[([^\[\]]*)\]")
_MARKUP = re.compile(r"[#*_|\\>\s]+")
_FUND_TITLE = re.compile(r"\([A-Z]{2,6}\) rahoittaman (hankkeen|projektin) kuvaus", re.IGNORECASE)
_FUND_TITLE_ANYWHERE = re.compile(
    r"rahoittaman\s{1,9}(hankkeen|projektin)\s{1,9}kuvaus", re.IGNORECASE
)
_PLAIN_TITLE = re.compile(r"(hankkeen|projektin) kuvaus\b", re.IGNORECASE)


def _has_fund(title: str) -> bool:
    match = _TITLE.fullmatch(title)
    return match is not None and match["fund"] is not None


def _own_words(layouts: tuple[Layout, ...]) -> dict[int, frozenset[str]]:
    """The squeezed headings and labels that only one of the layouts has."""
    words: dict[int, set[str]] = {}
    for layout in layouts:
        own = {squeeze(layout.heading(s.number, s.title)) for s in layout.sections}
        for section in layout.sections:
            if isinstance(section.content, Fields | Questions):
                own |= {squeeze(item.label) for item in section.content.items}
        words[id(layout)] = own
    return {
        key: frozenset(own.difference(*(o for k, o in words.items() if k != key)))
        for key, own in words.items()
    }


class _Judge:
    """Judges the marks of one text."""

    def __init__(
        self, reader: OutlineReader, view: str, tables: _LayoutTables, notes: Notes
    ) -> None:
        self.reader = reader
        self.view = view
        self.tables = tables
        self.notes = notes
        self.style = Style(is_odd=is_odd(view))
        self.opened: list[tuple[Mark, str, Section | None]] = []
        """The marks that begin a region, with its kind."""
        self.front_marks: list[Mark] = []
        self.seen: set[int] = set()
        """The declared sections that were opened."""
        self.places: dict[int, int] = {}
        """Where in ``opened`` a declared section is read."""
        self.top: str | None = None
        """The number of the top-level section that is open."""
        self.numbered: set[int] = set()
        """The declared sections whose heading stands somewhere with its number."""
        self.proper: set[int] = set()
        self.numbers: frozenset[str] = frozenset()
        self.fund: Fund | str | None = None
        self.has_title = self.has_period = self.has_hashes = False
        self.again = 0

    def outline(self, has_period: bool, *, titled: bool) -> Outline:
        """Judges the marks: a canonical text at a glance, any other one by one."""
        view, tables, odd = self.view, self.tables, self.style.is_odd
        find = self.reader._marks
        if odd or not titled:
            return self._judge(*self._sifted(find(view, tables, odd=odd)), has_period)
        canonical = self._canonical(list(find(view, tables, odd=odd, scan=tables.scan_numbered)))
        if canonical is not None and len(canonical.regions) > len(tables.layout.sections):
            return canonical
        # A section is missing, unless its heading has no number.
        found = list(find(view, tables, odd=odd, scan=tables.scan))
        return self._canonical(found) or self._judge(*self._sifted(found), has_period)

    def _sifted(self, found: Iterable[Mark]) -> tuple[list[Mark], int]:
        """The marks that count, and where a further description begins."""
        view = self.view
        marks: list[Mark] = []
        is_titled = headed = has_bare = False
        boundary = len(view)
        seen: set[int] = set()
        for mark in found:
            if marks and mark.start < marks[-1].end:
                continue
            if view[mark.end + 1 : mark.end + 2] in _UNDERLINES:
                mark = self._underlined(mark)
            kind = mark.kind
            if kind == "title":
                has_fund = _has_fund(mark.text)
                if headed and has_fund:
                    boundary = mark.start
                    marks.append(mark)
                    break
                if not has_fund and (headed or has_bare):
                    continue
                # What looked like a heading before the title is none.
                marks = [m for m in marks if m.section is None]
                has_bare, is_titled = False, True
            elif kind == "numbered":
                if self._is_again(marks, mark, seen):
                    continue
                seen.add(id(mark.section))
                headed = True
            elif headed and kind in _FRONT_KINDS:
                continue
            if kind == "bare":
                has_bare = True
                headed = headed or is_titled
            marks.append(mark)
        if self.again:
            self.notes.add("ESR202", 0, 0, f"headings repeated without text: {self.again}")
        return marks, boundary

    def _is_again(self, marks: list[Mark], mark: Mark, seen: set[int]) -> bool:
        """Whether the same heading stands again, with nothing between: both lines are one."""
        last = marks[-1] if marks else None
        if last is None or last.kind != "numbered" or last.section is not mark.section:
            return False
        if id(mark.section) not in seen or not _is_blank(self.view, last.end, mark.start):
            return False
        self.again += 1
        marks[-1] = last._replace(end=mark.end)
        return True

    def _underlined(self, mark: Mark) -> Mark:
        """A heading with the rule below it, if there is one."""
        stop = self.view.find("\n", mark.end + 1)
        stop = len(self.view) if stop < 0 else stop
        rule = self.view[mark.end + 1 : stop].strip()
        if len(rule) < 3 or len(set(rule)) > 1 or mark.kind in ("banner", "picture"):
            return mark
        return mark._replace(end=stop, exact=False)

    def _canonical(self, marks: list[Mark]) -> Outline | None:
        """The outline of a text whose headings are as printed and in order: nothing to judge."""
        layout, view = self.tables.layout, self.view
        front = len(layout.banner) + 1
        head, rest = marks[:front], marks[front:]
        if not rest or [mark.text for mark in head[:-1]] != list(layout.banner):
            return None
        title = head[-1]
        if title.kind != "title" or not title.exact:
            return None
        index = self.tables.index
        last, top = -1, None
        regions = [_new(Region, (0, 0, rest[0].start, "front", None, None, None, None))]
        ends = [mark.start for mark in rest[1:]]
        ends.append(len(view))
        for mark, stop in zip(rest, ends, strict=True):
            start, end, _, section, number, _, exact = mark
            if section is None or not exact:
                return None
            place = index[id(section)]
            if place <= last or not (stop == end or view.startswith("\n\n", end)):
                return None
            last = place
            if section.parent is None:
                top = number
            elif section.parent != top:
                return None
            region = (start, end, stop, "section", section, number, section.title, None)
            regions.append(_new(Region, region))
        fund, _ = self.reader.fund_of(title.text)
        spans = [(mark.start, mark.end) for mark in head]
        stray = between(head, rest[0].start)
        numbers: frozenset[str] = frozenset()
        return Outline(regions, layout, fund, True, True, stray, spans, numbers, True, self.style)

    def _judge(self, marks: list[Mark], boundary: int, has_period: bool) -> Outline:
        """Judges marks one by one, in the light of all of them."""
        self.numbered = {id(m.section) for m in marks if m.kind == "numbered"}
        bare = {id(m.section) for m in marks if m.kind == "bare"} - self.numbered
        self.numbers = _accepted_numbers(marks, self.tables, self.numbered | bare)
        self.proper = _proper_subsections(marks, bare)
        self.has_hashes = any(m.kind == "numbered" and m.text.lstrip()[:1] == "#" for m in marks)
        self.has_period = has_period
        next_mark: Mark | None = None
        for mark in marks:
            if mark.kind == "title":
                if mark.start == boundary and self.opened:
                    next_mark = mark
                    break
                self._take_title(mark)
            elif mark.kind in ("banner", "picture"):
                self._take_banner(mark)
            elif mark.kind == "candidate":
                self._take_candidate(mark)
            elif mark.section is not None:
                self._take_heading(mark, mark.section)
        end = len(self.view) if next_mark is None else self._front_start(next_mark)
        return self._regions(next_mark, end)

    def _take_title(self, mark: Mark) -> None:
        if self.has_title:
            self.notes.add("ESR109", mark.start, mark.end, "the title is repeated")
            self.front_marks.append(mark)
            self._noise(mark)
            return
        self.has_title = self.has_period = True
        self.fund, _ = self.reader.fund_of(mark.text)
        if self.opened:
            # An unknown section stands before the title: the front matter goes on.
            self.opened.append((mark, "front", None))
            self.top = None
        else:
            self.front_marks.append(mark)
            self._noise(mark)
        if self.fund is not None and not isinstance(self.fund, Fund):
            self.notes.add("ESR111", mark.start, mark.end, f"unknown fund {self.fund!r}")

    def _take_banner(self, mark: Mark) -> None:
        if self.opened or (mark.kind == "picture" and self.has_title):
            return
        self.front_marks.append(mark)
        if not mark.exact:
            self._noise(mark, picture=mark.text.lstrip()[:1] in ("!", "["))

    def _take_candidate(self, mark: Mark) -> None:
        if self._accepts(mark):
            number = mark.number or ""
            if "." not in number:
                self.top = number
            self.opened.append((mark, "unknown", None))

    def _take_heading(self, mark: Mark, section: Section) -> None:
        is_seen = id(section) in self.seen
        if mark.kind == "bare" and (is_seen or id(section) in self.numbered):
            return
        parent = section.parent
        if parent is None:
            self.top = section.number
        elif parent != self.top and id(section) in self.proper:
            return
        if is_seen:
            self.opened.append((mark, "repeated", section))
            self._fill_empty(section)
            return
        self.seen.add(id(section))
        self.places[id(section)] = len(self.opened)
        self.opened.append((mark, "section", section))

    def _accepts(self, mark: Mark) -> bool:
        """Whether a numbered line that is no declared heading is one all the same."""
        number = mark.number or ""
        if number not in self.numbers:
            return False
        parent, dot, _ = number.rpartition(".")
        if dot and parent != self.top:
            return False
        section = self.tables.sections.get(number)
        if section is not None:
            # A declared number under another title: only where the section is to be expected.
            if id(section) in self.seen:
                return False
            if not dot and str(int(number) - 1) != (self.top or "0"):
                return False
        # Among fields, or before the first heading, any such line is a heading; in prose it must
        # stand alone.
        _, kind, current = self.opened[-1] if self.opened else (None, "", None)
        in_fields = kind == "section" and _has_fields(current)
        if self.top is not None and not in_fields and not self._is_block(mark):
            return False
        if section is not None:
            self.seen.add(id(section))
        return True

    def _is_block(self, mark: Mark) -> bool:
        """Whether a line stands alone, as a heading does."""
        view = self.view
        if self.has_hashes and view[mark.start : mark.start + 12].lstrip(" \t").startswith("#"):
            return True
        before = view.rfind("\n", 0, max(mark.start - 1, 0)) + 1
        after = view.find("\n", mark.end + 1)
        above = view[before : mark.start].strip(FURNITURE) if mark.start else ""
        below = view[mark.end + 1 : after if after >= 0 else len(view)].strip(FURNITURE)
        if self._dense():
            return True
        if above and not self._is_heading(above):
            return False
        label = squeeze(below[:_LONGEST_HEADING].partition(":")[0].rstrip("0123456789 |\t"))
        return not below or label in self.tables.labels or self._is_heading(below)

    def _is_heading(self, line: str) -> bool:
        if len(line) > _LONGEST_HEADING:
            return False
        if line in self.tables.exact:
            return True
        mark = self.reader._second_look(line, 0, line, self.tables)
        return mark is not None and (mark.kind != "candidate" or mark.number in self.numbers)

    def _dense(self) -> bool:
        """Whether the text has no empty lines at all, so that no block can stand alone."""
        head = self.view[:20000].strip()
        return "\n" in head and "\n\n" not in head

    def _fill_empty(self, section: Section) -> None:
        """Where a heading stood without any text before (a table of contents), this one counts."""
        opened = self.opened
        previous = self.places[id(section)]
        mark, _, _ = opened[previous]
        follower = opened[previous + 1][0]
        if section.number in self.tables.parents:
            return
        if _is_blank(self.view, mark.end, follower.start):
            opened[previous] = (mark, "empty", section)
            opened[-1] = (opened[-1][0], "section", section)
            self.places[id(section)] = len(opened) - 1

    def _front_start(self, title: Mark) -> int:
        """Where a further description begins: at its banner, if it has one."""
        view = self.view
        start = title.start
        while start > 0:
            stop = len(view[max(0, start - 2000) : start].rstrip()) + max(0, start - 2000)
            before = view.rfind("\n", 0, stop) + 1
            if not self.reader.is_banner(view[before:stop]):
                break
            start = before
        return start

    def _noise(self, mark: Mark, *, picture: bool = False) -> None:
        """What the heading's line shows of the tool the text came from."""
        if picture:
            self.notes.noise(Noise.PICTURE, mark.start)
            self.style.markdown = True
            return
        if mark.exact:
            return
        line = self.view[mark.start : mark.end]
        first, _, below = line.partition("\n")
        if below.strip(_RULE_MARKS):
            self.notes.noise(Noise.WRAPPED, mark.start)
        rule = below.rpartition("\n")[2]
        if rule and not rule.strip(_RULE_MARKS):
            self.notes.noise(Noise.RULE, mark.end - len(rule))
            self.style.underlined = True
        section = mark.section
        heading = (
            mark.text
            if section is None
            else self.tables.layout.heading(section.number, section.title)
        )
        kinds = noises_of(first)
        self.style.learn(kinds)
        for kind in kinds:
            self.notes.noise(kind, mark.start)
        if not kinds and heading != first and "\n" not in line:
            self.notes.noise(Noise.HEADING_STYLE, mark.start)

    def _check_banner(self) -> None:
        banners = [mark for mark in self.front_marks if mark.kind == "banner"]
        if not banners:
            if self.has_title or self.opened:
                self.notes.add("ESR105", 0, 0, "the banner is missing")
            return
        found = "".join(squeeze(_alt(mark.text)) for mark in banners)
        if found != squeeze("".join(self.tables.layout.banner)):
            last = banners[-1]
            words = ", ".join(repr(_alt(mark.text).strip()) for mark in banners[:9])
            message = f"the banner is not as declared: {words} ({len(banners)} lines)"
            self.notes.add("ESR109", last.start, last.end, message)

    def _regions(self, next_mark: Mark | None, end: int) -> Outline:
        opened, front_marks = self.opened, self.front_marks
        view, notes, tables = self.view, self.notes, self.tables
        margins: list[int] = []
        kept: list[Region] = []
        for k, (mark, kind, section) in enumerate(opened):
            stop = opened[k + 1][0].start if k + 1 < len(opened) else end
            if not mark.exact:
                self._noise(mark)
            line = mark.text if mark.exact else view[mark.start : mark.end]
            margins.append(len(line) - len(line.lstrip(" \t\xa0")))
            number = mark.number
            title = section.title if section is not None else mark.text
            if kind == "front":
                kept.append(Region(mark.start, mark.end, stop, kind, None, None, None))
                continue
            if kind == "empty":
                if not notes.is_full("ESR202"):
                    notes.add(
                        "ESR202",
                        mark.start,
                        mark.end,
                        f"the heading '{number} {title}' stands once more, without text",
                        section=number,
                    )
                else:
                    notes.add("ESR202", mark.start, mark.end, "")
            kept.append(Region(mark.start, mark.end, stop, kind, section, number, title))
        first = opened[0][0].start if opened else end
        if margins and min(margins) > 0:
            self.style.margin = min(margins)
        front = between(front_marks, first)
        self._check_banner()
        regions = [Region(0, 0, first, "front", None, None, None), *kept] if first else kept
        if not regions:
            regions = [Region(0, 0, end, "front", None, None, None)]
        if next_mark is not None:
            notes.add(
                "ESR103",
                next_mark.start,
                next_mark.end,
                "another description begins here; use split_documents()",
            )
            regions.append(
                Region(
                    end,
                    next_mark.end,
                    len(view),
                    "next",
                    None,
                    None,
                    " ".join(next_mark.text.split()),
                )
            )
        if not self.has_title and opened:
            notes.add("ESR104", 0, 0, "the title is missing")
        spans = [(mark.start, mark.end) for mark in front_marks]
        return Outline(
            regions,
            tables.layout,
            self.fund,
            self.has_title,
            self.has_period,
            front,
            spans,
            self.numbers,
            False,
            self.style,
        )


def _joined(view: str, start: int, end: int) -> str:
    """A wrapped line as one."""
    return " ".join(view[start:end].strip(FURNITURE).split())


def _alt(line: str) -> str:
    """What a line says that may consist of pictures."""
    return " ".join(_PICTURE_ALT.findall(line)) if line.lstrip()[:1] in ("[", "!") else line


def between(marks: list[Mark], end: int) -> list[tuple[int, int]]:
    """The stretches up to ``end`` that no mark covers."""
    result: list[tuple[int, int]] = []
    position = 0
    for mark in marks:
        if mark.start > position:
            result.append((position, mark.start))
        position = mark.end
    if end > position:
        result.append((position, end))
    return result


def _proper_subsections(marks: list[Mark], bare: set[int]) -> set[int]:
    """The subsections that stand, at least once, below the section they belong to.

    Their heading elsewhere is a line of prose; one that stands nowhere below its section is a
    heading wherever it is.
    """
    proper: set[int] = set()
    top: str | None = None
    for mark in marks:
        section = mark.section
        if section is None or (mark.kind == "bare" and id(section) not in bare):
            continue
        if section.parent is None:
            top = section.number
        elif section.parent == top:
            proper.add(id(section))
    return proper


def _accepted_numbers(
    marks: list[Mark], tables: _LayoutTables, present: set[int]
) -> frozenset[str]:
    """The numbers of unknown headings: those that go on where the declared ones end.

    Whether "10 Viestintä" is a heading must not depend on where it stands, or a text would read
    differently once its sections are put in order. So all numbers are looked at together.
    """
    numbers = {mark.number for mark in marks if mark.kind == "candidate" and mark.number}
    if not numbers:
        return frozenset()
    accepted: set[str] = set()
    for number in numbers:
        section = tables.sections.get(number)
        if section is not None and id(section) not in present:
            accepted.add(number)
    top = tables.last_top + 1
    while str(top) in numbers:
        accepted.add(str(top))
        top += 1
    for parent in tables.sections:
        if parent not in tables.parents:
            continue
        last = max(
            (int(n.rpartition(".")[2]) for n in tables.sections if n.startswith(f"{parent}.")),
            default=0,
        )
        while f"{parent}.{last + 1}" in numbers:
            last += 1
            accepted.add(f"{parent}.{last}")
    return frozenset(accepted)


def _has_fields(section: Section | None) -> bool:
    return section is not None and isinstance(section.content, Fields)
