"""From a text to its description: the steps of the reading, one after the other.

text → lines (:mod:`~esr_parser.text`) → noise off (:mod:`~esr_parser.noise`) → tokens
(:mod:`~esr_parser.lexer`) → sections (:mod:`~esr_parser.outline`) → values
(:mod:`~esr_parser.sections`) → the typed description.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice
from typing import Any

import attrs

from esr_parser.diagnostics import Diagnostic, diagnostics_of
from esr_parser.findings import Finding, Part, Place
from esr_parser.foreign import foreign
from esr_parser.glued import Gluing
from esr_parser.grammar import (
    Layout,
    WordKind,
)
from esr_parser.handlers import BUILT_IN_KEYS, SectionHandler
from esr_parser.joining import Page
from esr_parser.judging import Judge, tally_noise
from esr_parser.lexer import Lexicon, Token, is_rule, lex
from esr_parser.model import OtherField, OtherSection, ProjectDescription
from esr_parser.noise import Tally, has_entities, is_mojibake, take_off
from esr_parser.outline import Outline, Region, RegionKind, outline
from esr_parser.sections import SectionReader
from esr_parser.text import Lines, key, places_of

__all__ = ["Reading", "TextReader"]

_BANNER, _TOP, _HEAD = 200, 1_000, 6_000
"""The title is within so many characters as a rule; and always, where there is one."""
_LONGEST_TITLE = 150
"""The words that every title ends in are not longer, when wrapped."""
_LONGEST_PAGE_TITLE = 120
_SHORTEST = 4_000
"""A description that is this short is read with what is behind it."""
_BEHIND = 2_000
"""So much behind a title is read to see whether it begins a description."""


@attrs.define
class Reading:
    """One text, read: the description, the findings, and what the tree is made of."""

    text: str
    layout: Layout
    description: ProjectDescription
    diagnostics: tuple[Diagnostic, ...]
    lines: Lines
    regions: list[Region]
    parts: list[Part]
    page: Page | None


class TextReader:
    """Reads texts in the best of some layouts, with the handlers' models."""

    def __init__(
        self,
        layouts: Sequence[Layout],
        handlers: Mapping[str, SectionHandler[Any]],
        aliases: Mapping[str, str],
    ) -> None:
        self.layouts: tuple[Layout, ...] = tuple(layouts)
        self.handlers: dict[str, SectionHandler[Any]] = dict(handlers)
        self.aliases: dict[str, str] = dict(aliases)
        self._lexicons: dict[int, Lexicon] = {}
        self._titles = [
            [w.text for w in layout.words() if w.kind is WordKind.TITLE and w.item]
            for layout in layouts
        ]
        """Of each layout, whatever fund they name."""
        self._gluings: dict[Lexicon, Gluing] = {}

    def lexicon(self, k: int) -> Lexicon:
        """The words of layout ``k``, with the user's aliases; made when first needed."""
        if k not in self._lexicons:
            others = [other for i, other in enumerate(self.layouts) if i != k]
            self._lexicons[k] = Lexicon(self.layouts[k], self.aliases, others)
        return self._lexicons[k]

    def gluing_of(self, lexicon: Lexicon) -> Gluing:
        """The words of a layout as they are looked for inside lines; made when first needed."""
        if lexicon not in self._gluings:
            self._gluings[lexicon] = Gluing(lexicon)
        return self._gluings[lexicon]

    def read(self, text: str, *, keeps_parts: bool = False) -> Reading:
        """The reading of a text; of several descriptions only the first one is read.

        Args:
            text: Any text.
            keeps_parts: Keep where each value is, for a tree and for edits.
        """
        titles = self._ends_of_titles(text, _SHORTEST)
        return self._first(text, 0, titles, keeps_parts=keeps_parts)

    def starts(self, text: str) -> list[int]:
        """Where each description of a text begins."""
        starts, size = [0], 0
        ends = list(self._ends_of_titles(text))
        while True:
            start = starts[-1]
            behind = range(bisect_left(ends, start + _SHORTEST), len(ends))
            titles = map(ends.__getitem__, behind)
            reading = self._first(text, start, titles, keeps_rest=False, size=size)
            last = reading.regions[-1]
            if last.kind != RegionKind.NEXT:
                return starts
            end = start + reading.lines.offsets[last.first]
            while text[end] == "\f":
                # A form feed ends a page: left to the next one, it would look like a second break.
                end += 1
            starts.append(end)
            size = 2 * (end - start + _BEHIND)

    def _first(
        self,
        text: str,
        start: int,
        titles: Iterator[int],
        *,
        keeps_parts: bool = False,
        keeps_rest: bool = True,
        size: int = 0,
    ) -> Reading:
        """The first description from an offset on, read without those behind it.

        A title further on may begin another description. The text is read up to there, and further
        where it does not, twice as far each time. A title in another spelling is not found so:
        from the second description on, ``size`` characters are tried, and twice as many.
        """
        windows = (end + _BEHIND for end in _doubling(titles))
        sizes = (start + (size << k) for k in range(60 if size else 0))
        for end in chain(windows, sizes):
            if end >= len(text):
                break
            window = text[start:end]
            whole = (text, start) if keeps_rest else (window, 0)
            reading = _Reading(self, window, *whole, keeps_parts).result
            last = reading.regions[-1]
            if last.kind == RegionKind.NEXT and (
                len(window) - reading.lines.offsets[last.first] >= _BEHIND
            ):
                return reading
        rest = text[start:] if start else text
        return _Reading(self, rest, text, start, keeps_parts).result

    def has_title(self, text: str, start: int) -> bool:
        """Whether a title ends behind an offset."""
        return any(True for _ in self._ends_of_titles(text, start))

    def _ends_of_titles(self, text: str, start: int = 0) -> Iterator[int]:
        """Where titles end, as printed, wrapped, or in another letter case, of any layout."""
        tails, ends = self._title_tails
        for at in sorted(at + len(x) for x in ends for at in places_of(text, x, start)):
            words = text[max(at - _LONGEST_TITLE, 0) : at].casefold().split()
            if " ".join(words).endswith(tails):
                yield at

    @cached_property
    def _title_tails(self) -> tuple[tuple[str, ...], set[str]]:
        """What titles end in, whichever fund they name, and the last letters, which are rare."""
        tails = {layout.title.partition("{fund}")[2].split(" ", 1)[-1] for layout in self.layouts}
        tails |= {layout.title_without_fund for layout in self.layouts}
        words = tuple(" ".join(tail.casefold().split()) for tail in tails if tail)
        return words, {case(tail[-5:]) for tail in words for case in (str.lower, str.upper)}

    def fund_and_period(self, code: Any, layout: Layout) -> tuple[Any, Any]:
        """What a project code begins with: a fund and a programme period."""
        for other in (layout, *self.layouts) if isinstance(code, str) else ():
            for prefix, fund in other.code_prefixes:
                if code.startswith(prefix):
                    return fund, other.period
        return None, None

    def layout_for(self, description: ProjectDescription) -> Layout:
        """The layout that a description is written in."""
        period, language = description.programme_period, description.language
        for layout in self.layouts:
            if layout.language == language and layout.period == period:
                return layout
        same = (layout for layout in self.layouts if layout.language == language)
        return next(same, self.layouts[0])

    def lexicon_of(self, text: str) -> tuple[Lexicon, str]:
        """The lexicon of the layout that a text shows, and a second one that fits as well."""
        head = text[:_TOP]
        shown = [k for k, titles in enumerate(self._titles) if any(map(head.__contains__, titles))]
        if not shown:
            without_fund = (layout.title_without_fund for layout in self.layouts)
            shown = [k for k, title in enumerate(without_fund) if title and title in head[:_BANNER]]
        found = [self.lexicon(k) for k in shown or range(len(self.layouts))]
        if not shown:
            folded = key(text[:_HEAD])
            found = [x for x in found if x.title_tail in folded] or found
        if len(found) > 1:
            found = _most(found, lambda x: x.count_labels(text))
        if len(found) > 1:
            found = _most(found, lambda x: x.has_code(text))
        if len(found) > 1:
            found = _most(found, lambda x: x.count_headings(text))
        other = found[1].layout if len(found) > 1 and found[0].count_labels(text) else None
        return found[0], f"{other.period} ({other.language})" if other else ""


def _doubling(ends: Iterator[int]) -> Iterator[int]:
    """The first of some offsets, then those that are twice as many further."""
    skipped = 0
    while (found := next(islice(ends, skipped, None), None)) is not None:
        yield found
        skipped = 2 * skipped + 1


def _most(lexicons: Iterable[Lexicon], measure: Any) -> list[Lexicon]:
    """Those with the highest figure, in declared order."""
    figures = [(measure(x), x) for x in lexicons]
    highest = max(figure for figure, _ in figures)
    return [x for figure, x in figures if figure == highest]


class _Reading:
    """One text on its way through the steps."""

    def __init__(
        self, reader: TextReader, text: str, whole: str, start: int, keeps_parts: bool
    ) -> None:
        self.reader, self.text, self.noise = reader, text, Tally()
        self.whole, self.start = whole, start
        self.findings: list[Finding] = []
        cause = foreign(text)
        if cause is not None:
            code, message = cause
            lines = Lines(text)
            last = len(lines) - 1
            self.findings.append(Finding(code, Place(0, last), message))
            self.result = self._result(lines, reader.layouts[0], ProjectDescription(), [], [], None)
            return
        lines = Lines(text)
        self._decode(lines)
        lexicon, other = reader.lexicon_of(text)
        take_off(lines, self.noise, lexicon.declares, lexicon.exact)
        layout = lexicon.layout
        tokens = lex(lexicon, lines)
        if reader.gluing_of(lexicon).unglue(lines, tokens, self.noise):
            tokens = lex(lexicon, lines)
        if other:
            message = f"read as {layout.period} ({layout.language}); {other} fits as well"
            self.findings.append(Finding("ESR112", Place(0, 0), message))
        found = outline(layout, lines, tokens, self.noise)
        if not any(t.kind in _TELLING for t in tokens):
            message = "nothing in the text is a title, heading or label of a project description"
            self.findings.append(Finding("ESR101", Place(0, len(lines) - 1), message))
            text_of_all = Page(lines, []).prose(0, len(lines))
            description = ProjectDescription()
            if text_of_all:
                kept = OtherSection(None, None, text_of_all)
                description = ProjectDescription(other_sections=(kept,))
            self.result = self._result(lines, layout, description, found.regions, [], None)
            return
        page = Page(lines, _counting(found, tokens))
        sections = SectionReader(lexicon, page, self.noise, keeps_parts=keeps_parts)
        self.outline, self.page, self.sections, self.layout = found, page, sections, layout
        self.tokens, self.lines = tokens, lines
        others = self._regions()
        description = self._description(others)
        Judge(layout, lines, found, self.noise, self.findings).judge()
        tally_noise(layout, lines, page.tokens, page, self.noise)
        self.findings += sections.findings
        self.result = self._result(lines, layout, description, found.regions, sections.parts, page)

    def _result(
        self,
        lines: Lines,
        layout: Layout,
        description: ProjectDescription,
        regions: list[Region],
        parts: Iterable[Part],
        page: Page | None,
    ) -> Reading:
        if not regions:
            regions = [Region(RegionKind.FRONT, None, None, None, 0, 0, len(lines))]
        contact = getattr(description.applicant, "contact", None)
        name = getattr(contact, "name", None)
        said = diagnostics_of(lines, self.findings, self.noise, name)
        if len(self.text) < len(self.whole) - self.start:
            # The last region is a further description: it goes on to the end of the whole text.
            lines.text = self.whole[self.start :] if self.start else self.whole
            lines.offsets[-1] = len(lines.text)
        return Reading(lines.text, layout, description, said, lines, regions, list(parts), page)

    def _decode(self, lines: Lines) -> None:
        """Letters that a tool decoded wrongly are read as they were, and reported as an error."""
        text = self.text
        if has_entities(text):
            from html import unescape

            lines.lines = [unescape(line).replace("\xa0", " ").strip() for line in lines.lines]
            cause, remedy = (
                "letters are written as HTML entities",
                "unescape the text (html.unescape)",
            )
        elif is_mojibake(text):
            lines.lines = list(map(_redecoded, lines.lines))
            cause, remedy = "UTF-8 was decoded as Windows-1252", "decode the file as UTF-8"
        else:
            return
        lines.is_changed = True
        self.findings.append(Finding("ESR113", Place(0, 0), f"{cause}; {remedy}"))

    # -- regions ----------------------------------------------------------------------------------

    def _regions(self) -> list[OtherSection]:
        others: list[OtherSection] = []
        for region in self.outline.regions:
            if region.kind == RegionKind.FRONT:
                self._front(region)
            elif region.kind == RegionKind.NEXT:
                others.append(self._next(region))
            elif region.kind == RegionKind.UNKNOWN:
                others.append(self._unknown(region))
            elif region.kind == RegionKind.REPEATED:
                others += self._repeated(region)
            else:
                self.sections.read(region)
        return others

    def _front(self, region: Region) -> None:
        """Text above the title or the first heading: the page's title in a browser's text."""
        lines = self.lines
        known = {
            i
            for t in (self.outline.title, *self.outline.repeated_titles)
            if t is not None
            for i in range(t.first, t.last + 1)
        }
        known |= {i for e in region.entries for i in range(e.token.first, e.token.last + 1)}
        rest = [
            i
            for i in range(region.first, region.end)
            if i not in known and not is_rule(lines.lines[i])
        ]
        first_known = min(known, default=0)
        is_title = len(rest) == 1 and len(lines.lines[rest[0]]) <= _LONGEST_PAGE_TITLE
        if is_title and rest[0] < first_known:
            shown = lines.lines[rest[0]]
            message = f"a line above the description, as browsers put a page's title: {shown!r}"
            self.findings.append(Finding("ESR107", Place(rest[0], rest[0]), message))
            return
        for first, last in _runs(rest, lines):
            self.sections.strays.setdefault(None, []).append((first, last + 1))
            message = f"text without a place: {lines.lines[first][:60]!r}"
            self.findings.append(Finding("ESR108", Place(first, last), message))

    def _next(self, region: Region) -> OtherSection:
        message = "another description begins here; only the first one is read: use split_documents"
        self.findings.append(Finding("ESR103", Place(region.first, region.first), message))
        start = self.start + self.lines.offsets[region.first]
        return OtherSection(None, region.title, self.whole[start:].strip())

    def _unknown(self, region: Region) -> OtherSection:
        number, title = region.number or "", region.title or ""
        known = tuple(s.title for s in self.layout.sections if s.title)
        code = "ESR204"
        if not self.layout.is_complete and self._is_behind(number):
            code = "ESR208"
        place = Place(region.first, region.body - 1)
        message = f"unknown section {f'{number} {title}'!r}"
        self.findings.append(Finding(code, place, message, section=number, words=known, odd=title))
        return OtherSection(number, title, self.page.prose(region.body, region.end))

    def _is_behind(self, number: str) -> bool:
        """Whether a section is behind those that were seen of such pages."""
        moved = {r.section.number for r in self.outline.regions if r.section and r.renumbered}
        return number not in {s.number for s in self.layout.sections} - moved

    def _repeated(self, region: Region) -> Iterator[OtherSection]:
        section = region.section
        assert section is not None
        text = self.page.prose(region.body, region.end)
        message = f"the section {section.number!r} is repeated; its second text is kept as it is"
        place = Place(region.first, region.body - 1)
        self.findings.append(Finding("ESR202", place, message, section=section.number))
        if text:
            yield OtherSection(section.number, section.title, text)

    # -- the description --------------------------------------------------------------------------

    def _description(self, others: list[OtherSection]) -> ProjectDescription:
        reader, values = self.reader, self.sections.values
        parts: dict[str, Any] = {}
        extensions: dict[str, Any] = {}
        fund, period = self._fund_and_period(values.get("project", {}).get("code"))
        for name in list(values):
            found = values.pop(name)
            if not found and name not in BUILT_IN_KEYS:
                # A handler's section without a value is there all the same.
                found = {}
            built = reader.handlers[name].build(found)
            (parts if name in BUILT_IN_KEYS else extensions)[name] = built
        return ProjectDescription(
            fund=fund,
            programme_period=period,
            language=self.layout.language,
            other_fields=self._other_fields(),
            other_sections=self._other_sections(others),
            extensions=extensions,
            **parts,
        )

    def _fund_and_period(self, code: Any) -> tuple[Any, Any]:
        """What the title names; where it is missing, what the project code begins with."""
        fund, period = self.reader.fund_and_period(code, self.layout)
        if self.outline.title is None:
            return fund, period
        named = self.outline.fund or fund
        is_known = fund is not None and named in dict(self.layout.funds)
        if is_known and (fund, period) != (named, self.layout.period):
            message = f"the title is not that of {code!r}, a code of {fund} {period}"
            place = Place(self.outline.title.first, self.outline.title.last)
            self.findings.append(Finding("ESR305", place, message))
        return named, self.layout.period

    def _other_fields(self) -> tuple[OtherField, ...]:
        """In the order in which they are written: by section, known labels in their places."""
        if not self.sections.other_fields:
            return ()
        order: dict[tuple[str, str], int] = {}
        sections = {s.number: k for k, s in enumerate(self.layout.sections)}
        for k, word in enumerate(self.layout.words()):
            if word.section is not None:
                order.setdefault((word.section.number, word.declared), k)
        rows = [
            (sections[f.section or ""], order.get((f.section or "", f.label), len(order) + k), k, f)
            for k, f in enumerate(self.sections.other_fields)
        ]
        return tuple(row[-1] for row in sorted(rows, key=lambda row: row[:3]))

    def _other_sections(self, others: list[OtherSection]) -> tuple[OtherSection, ...]:
        """In the order in which they are written: text without a section, then by number."""
        page = self.page
        stray: list[OtherSection] = []
        for number, runs in self.sections.strays.items():
            section = self.layout.section_of(number) if number is not None else None
            text = "\n\n".join(page.prose(first, end) for first, end in runs)
            stray.append(OtherSection(number, section.title if section else None, text))
        return tuple(sorted([*stray, *others], key=rank_of_section))


def _redecoded(line: str) -> str:
    line = line.replace("\u00c2 ", " ")  # a no-break space, which was folded
    try:
        return line.encode("cp1252").decode("utf-8").strip()
    except UnicodeError:
        return line


_TELLING = frozenset(
    {
        WordKind.TITLE,
        WordKind.HEADING,
        WordKind.LABEL,
        WordKind.LINE,
        WordKind.DIMENSION,
        WordKind.ASPECT,
    }
)


def rank_of_section(other: OtherSection) -> tuple[int, list[int], int]:
    """The place of text that has none: without a section, by number, further descriptions."""
    if other.number is None:
        return (2 if other.title is not None else 0), [], 0
    return 1, [int(part) for part in other.number.split(".") if part.isdecimal()], 0


def _runs(indices: list[int], lines: Lines) -> Iterator[tuple[int, int]]:
    """Runs of lines with nothing but empty lines between them."""
    first = last = None
    for i in indices:
        if first is None or last is None:
            first = last = i
        elif all(map(is_rule, lines.lines[last + 1 : i])):
            last = i
        else:
            yield first, last
            first = last = i
    if first is not None and last is not None:
        yield first, last


def _counting(found: Outline, tokens: list[Token]) -> list[Token]:
    """The tokens that count: those of entries and headings, not lines of prose that look alike."""
    firsts = {e.token.first for r in found.regions for e in r.entries}
    firsts |= {r.first for r in found.regions}
    if found.title is not None:
        firsts.add(found.title.first)
    return [t for t in tokens if t.first in firsts]
