"""From a text to its description: the steps of the reading, one after the other.

text → lines (:mod:`~esr_parser.text`) → noise off (:mod:`~esr_parser.noise`) → tokens
(:mod:`~esr_parser.lexer`) → sections (:mod:`~esr_parser.outline`) → values
(:mod:`~esr_parser.sections`) → the typed description.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

import attrs

from esr_parser.diagnostics import Diagnostic, diagnostics_of
from esr_parser.findings import Findings, Part, Place
from esr_parser.foreign import foreign
from esr_parser.glued import Gluing
from esr_parser.grammar import Layout, Section, WordKind
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
_TELLING = frozenset(WordKind) - {WordKind.BANNER, WordKind.HEADS}
"""A text with none of them is not a description."""


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
        return self._first(text, 0, titles, 0, keeps_parts=keeps_parts)

    def starts(self, text: str) -> list[int]:
        """Where each description of a text begins."""
        starts, size = [0], 0
        ends = self._ends_of_titles(text)
        while True:
            start = starts[-1]
            behind = bisect_left(ends, start + _SHORTEST)
            reading = self._first(text, start, ends, behind, keeps_rest=False, size=size)
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
        titles: list[int],
        behind: int,
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
        steps = range((len(titles) - behind + 1).bit_length() - 1)
        windows = (titles[behind + (2 << k) - 2] + _BEHIND for k in steps)
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
        return bool(self._ends_of_titles(text, start))

    def _ends_of_titles(self, text: str, start: int = 0) -> list[int]:
        """Where titles end, as printed, wrapped, or in another letter case, of any layout."""
        tails, ends = self._title_tails
        found = sorted(at + len(x) for x in ends for at in places_of(text, x, start))
        words = (text[max(at - _LONGEST_TITLE, 0) : at].casefold().split() for at in found)
        return [at for at, x in zip(found, words, strict=True) if " ".join(x).endswith(tails)]

    @cached_property
    def _title_tails(self) -> tuple[tuple[str, ...], set[str]]:
        """What titles end in, whichever fund they name, and the last letters, which are rare."""
        tails = {layout.title.partition("{fund}")[2].split(" ", 1)[-1] for layout in self.layouts}
        tails |= {layout.title_without_fund for layout in self.layouts}
        words = tuple(" ".join(tail.casefold().split()) for tail in tails if tail)
        return words, {case(tail[-5:]) for tail in words for case in (str.lower, str.upper)}

    def fund_and_period(self, code: Any, layout: Layout) -> tuple[Any, Any]:
        """What a project code begins with: a fund and a programme period."""
        prefixes = ((x.period, *pair) for x in (layout, *self.layouts) for pair in x.code_prefixes)
        known = ((fund, period) for period, prefix, fund in prefixes if code.startswith(prefix))
        return next(known, (None, None)) if isinstance(code, str) else (None, None)

    def layout_for(self, description: ProjectDescription) -> Layout:
        """The layout that a description is written in."""
        language, period = description.language, description.programme_period
        same = [x for x in self.layouts if x.language == language] or self.layouts[:1]
        return next((x for x in same if (x.language, x.period) == (language, period)), same[0])

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
        for measure in (Lexicon.count_labels, Lexicon.has_code, Lexicon.count_headings):
            if len(found) > 1:
                figures = [measure(x, text) for x in found]
                found = [x for x, n in zip(found, figures, strict=True) if n == max(figures)]
        other = found[1].layout if len(found) > 1 and found[0].count_labels(text) else None
        return found[0], f"{other.period} ({other.language})" if other else ""


class _Reading:
    """One text on its way through the steps."""

    def __init__(
        self, reader: TextReader, text: str, whole: str, start: int, keeps_parts: bool
    ) -> None:
        self.reader, self.text, self.whole, self.start = reader, text, whole, start
        self.noise, self.findings = Tally(), Findings()
        self.tell = self.findings.tell
        self.lines, self.layout = Lines(text), reader.layouts[0]
        self.description = ProjectDescription()
        self.outline: Outline = Outline([])
        self.parts: Iterable[Part] = ()
        self.page: Page | None = None
        cause = foreign(text)
        if cause is not None:
            code, message = cause
            self.tell(code, Place(0, len(self.lines) - 1), message)
        else:
            self._read(keeps_parts=keeps_parts)
        self.result = self._result()

    def _read(self, *, keeps_parts: bool) -> None:
        """The steps from lines to values."""
        lines, noise = self.lines, self.noise
        self._decode(lines)
        lexicon, other = self.reader.lexicon_of(self.text)
        self.layout = layout = lexicon.layout
        take_off(lines, noise, lexicon.declares, lexicon.exact)
        tokens = lex(lexicon, lines)
        if self.reader.gluing_of(lexicon).unglue(lines, tokens, noise):
            tokens = lex(lexicon, lines)
        if other:
            message = f"read as {layout.period} ({layout.language}); {other} fits as well"
            self.tell("ESR112", Place(0, 0), message)
        self.outline = found = outline(layout, lines, tokens, noise)
        if _TELLING.isdisjoint(t.kind for t in tokens):
            message = "nothing in the text is a title, heading or label of a project description"
            self.tell("ESR101", Place(0, len(lines) - 1), message)
            if text := Page(lines, []).prose(0, len(lines)):
                kept = OtherSection(None, None, text)
                self.description = ProjectDescription(other_sections=(kept,))
            return
        self.page = page = Page(lines, _counting(found, tokens))
        sections = SectionReader(lexicon, page, noise, keeps_parts=keeps_parts)
        self.description = self._description(sections, [*self._other_regions(sections)])
        Judge(layout, lines, found, noise, self.findings).judge()
        tally_noise(layout, page, noise)
        self.findings += sections.findings
        self.parts = sections.parts

    def _result(self) -> Reading:
        lines, description = self.lines, self.description
        regions = self.outline.regions or [Region(RegionKind.FRONT, None, 0, 0, len(lines))]
        contact = getattr(description.applicant, "contact", None)
        said = diagnostics_of(lines, self.findings, self.noise, getattr(contact, "name", None))
        if len(self.text) < len(self.whole) - self.start:
            # The last region is a further description: it goes on to the end of the whole text.
            lines.text = self.whole[self.start :] if self.start else self.whole
            lines.offsets[-1] = len(lines.text)
        parts = list(self.parts)
        return Reading(lines.text, self.layout, description, said, lines, regions, parts, self.page)

    def _decode(self, lines: Lines) -> None:
        """Letters that a tool decoded wrongly are read as they were, and reported as an error."""
        text = self.text
        if has_entities(text):
            from html import unescape

            lines.lines = [unescape(line).replace("\xa0", " ").strip() for line in lines.lines]
            message = "letters are written as HTML entities; unescape the text (html.unescape)"
        elif is_mojibake(text):
            lines.lines = list(map(_redecoded, lines.lines))
            message = "UTF-8 was decoded as Windows-1252; decode the file as UTF-8"
        else:
            return
        lines.is_changed = True
        self.tell("ESR113", Place(0, 0), message)

    # -- regions ----------------------------------------------------------------------------------

    def _other_regions(self, sections: SectionReader) -> Iterator[OtherSection]:
        """Reads the regions; the text of those that have no place is kept."""
        page = sections.page
        for region in self.outline.regions:
            if region.kind == RegionKind.FRONT:
                self._front(region, sections)
            elif region.kind == RegionKind.NEXT:
                yield self._next(region)
            elif region.section is None:
                yield self._unknown(region, page.prose(region.body, region.end))
            elif region.kind != RegionKind.REPEATED:
                sections.read(region)
            else:
                yield from self._repeated(region.section, region, page)

    def _front(self, region: Region, sections: SectionReader) -> None:
        """Text above the title or the first heading: the page's title in a browser's text."""
        lines, found = self.lines.lines, self.outline
        tokens = [found.title, *found.repeated_titles, *(e.token for e in region.entries)]
        known = {i for t in tokens if t is not None for i in range(t.first, t.last + 1)}
        runs: list[list[int]] = []
        """Lines with nothing but empty lines between them."""
        for i in range(region.first, region.end):
            if i in known or is_rule(lines[i]):
                continue
            if runs and all(map(is_rule, lines[runs[-1][-1] + 1 : i])):
                runs[-1].append(i)
            else:
                runs.append([i])
        is_alone = len(runs) == 1 and len(runs[0]) == 1 and runs[0][0] < min(known, default=0)
        for run in runs:
            place, line = Place(run[0], run[-1]), lines[run[0]]
            if is_alone and len(line) <= _LONGEST_PAGE_TITLE:
                message = f"a line above the description, as browsers put a page's title: {line!r}"
                self.tell("ESR107", place, message)
            else:
                sections.strays.setdefault(None, []).append((run[0], run[-1] + 1))
                self.tell("ESR108", place, f"text without a place: {line[:60]!r}")

    def _next(self, region: Region) -> OtherSection:
        message = "another description begins here; only the first one is read: use split_documents"
        self.tell("ESR103", Place(region.first, region.first), message)
        start = self.start + self.lines.offsets[region.first]
        return OtherSection(None, region.title, self.whole[start:].strip())

    def _unknown(self, region: Region, text: str) -> OtherSection:
        number, title = region.number or "", region.title or ""
        known = tuple(s.title for s in self.layout.sections if s.title)
        code = "ESR208" if not self.layout.is_complete and self._is_behind(number) else "ESR204"
        place, message = (
            Place(region.first, region.body - 1),
            f"unknown section {f'{number} {title}'!r}",
        )
        self.tell(code, place, message, section=number, words=known, odd=title)
        return OtherSection(number, title, text)

    def _is_behind(self, number: str) -> bool:
        """Whether a section is behind those that were seen of such pages."""
        moved = {r.section.number for r in self.outline.regions if r.section and r.renumbered}
        return number not in {s.number for s in self.layout.sections} - moved

    def _repeated(self, section: Section, region: Region, page: Page) -> Iterator[OtherSection]:
        message = f"the section {section.number!r} is repeated; its second text is kept as it is"
        place = Place(region.first, region.body - 1)
        self.tell("ESR202", place, message, section=section.number)
        if text := page.prose(region.body, region.end):
            yield OtherSection(section.number, section.title, text)

    # -- the description --------------------------------------------------------------------------

    def _description(
        self, sections: SectionReader, others: list[OtherSection]
    ) -> ProjectDescription:
        values = sections.values
        fund, period = self._fund_and_period(values.get("project", {}).get("code"))
        parts: dict[str, Any] = {}
        extensions: dict[str, Any] = {}
        for name, found in values.items():
            kept = parts if name in BUILT_IN_KEYS else extensions
            kept[name] = self.reader.handlers[name].build(found)
        for number, runs in sections.strays.items():
            section = self.layout.section_of(number) if number is not None else None
            text = "\n\n".join(sections.page.prose(*run) for run in runs)
            others.append(OtherSection(number, section.title if section else None, text))
        return ProjectDescription(
            fund=fund,
            programme_period=period,
            language=self.layout.language,
            other_fields=tuple(self._in_order(sections.other_fields)),
            other_sections=tuple(sorted(others, key=rank_of_section)),
            extensions=extensions,
            **parts,
        )

    def _fund_and_period(self, code: Any) -> tuple[Any, Any]:
        """What the title names; where it is missing, what the project code begins with."""
        fund, period = self.reader.fund_and_period(code, self.layout)
        title, named = self.outline.title, self.outline.fund or fund
        if title is None:
            return fund, period
        is_known = fund is not None and named in dict(self.layout.funds)
        if is_known and (fund, period) != (named, self.layout.period):
            message = f"the title is not that of {code!r}, a code of {fund} {period}"
            self.tell("ESR305", Place(title.first, title.last), message)
        return named, self.layout.period

    def _in_order(self, fields: list[OtherField]) -> list[OtherField]:
        """In the order in which they are written: by section, known labels in their places."""
        if not fields:
            return fields
        sections = {s.number: k for k, s in enumerate(self.layout.sections)}
        words: dict[tuple[str | None, str], int] = {}
        for word in self.layout.words():
            if word.section is not None:
                words.setdefault((word.section.number, word.declared), len(words))
        return sorted(
            fields,
            key=lambda f: (sections[f.section or ""], words.get((f.section, f.label), len(words))),
        )


def _redecoded(line: str) -> str:
    line = line.replace("\u00c2 ", " ")  # a no-break space, which was folded
    try:
        return line.encode("cp1252").decode("utf-8").strip()
    except UnicodeError:
        return line


def rank_of_section(other: OtherSection) -> tuple[int, list[int], int]:
    """The place of text that has none: without a section, by number, further descriptions."""
    if other.number is None:
        return (2 if other.title is not None else 0), [], 0
    return 1, [int(part) for part in other.number.split(".") if part.isdecimal()], 0


def _counting(found: Outline, tokens: list[Token]) -> list[Token]:
    """The tokens that count: those of entries and headings, not lines of prose that look alike."""
    firsts = {entry.token.first for region in found.regions for entry in region.entries}
    firsts.update(region.first for region in found.regions)
    if found.title is not None:
        firsts.add(found.title.first)
    return [token for token in tokens if token.first in firsts]
