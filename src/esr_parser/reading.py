"""From a text to its description: the steps of the reading, one after the other.

text → lines (:mod:`~esr_parser.text`) → noise off (:mod:`~esr_parser.noise`) → tokens
(:mod:`~esr_parser.lexer`) → sections (:mod:`~esr_parser.outline`) → values
(:mod:`~esr_parser.sections`) → the typed description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

from esr_parser.alike import blank_around_values
from esr_parser.choice import LayoutChoice
from esr_parser.diagnostics import Diagnostic
from esr_parser.findings import Findings, Place, ReadEntry, diagnostics_of
from esr_parser.foreign import EMPTY, damage, dotless, foreign
from esr_parser.frames import take_off_frames
from esr_parser.glued import Gluing
from esr_parser.grammar import Layout, Questions, Scores, Section, WordKind, rank
from esr_parser.handlers import BUILT_IN_KEYS
from esr_parser.joining import Page
from esr_parser.judging import Judge, tally_noise
from esr_parser.lexer import Token, have_colons, lex, mend_signs
from esr_parser.lexicon import Lexicon
from esr_parser.model import OtherField, OtherSection, ProjectDescription
from esr_parser.noise import marks_of_notes, take_off
from esr_parser.outline import Outline, Region, RegionKind, outline
from esr_parser.quotes import have_quotes, lists_projects, rows_of_csv
from esr_parser.sections import SectionReader
from esr_parser.tally import NoiseTally
from esr_parser.text import Lines, is_rule
from esr_parser.values import quoted

_LONGEST_PAGE_TITLE, _LONGEST_HEAD = 120, 200
_SENTENCE = re.compile(r"(?:\S+ ){3,}[a-zåäö]{4,}\.$")
_TELLING = frozenset(WordKind) - {WordKind.BANNER, WordKind.HEADS}
"""A text with none of them is not a description."""
_gluing_of = lru_cache(16)(Gluing)


class Reading:
    """One text, read: the description, the findings, and what the tree is made of.

    Args:
        choice: The layouts.
        text: The text up to somewhere behind the description.
        whole: The text up to its end.
        keeps_parts: Keep where each value is, for a tree and for edits.
    """

    def __init__(self, choice: LayoutChoice, text: str, whole: str, keeps_parts: bool) -> None:
        self._choice, self._whole = choice, whole
        self.text: str = text
        self._noise, self._findings = NoiseTally(), Findings()
        self._tell = self._findings.tell
        self.lines: Lines = Lines(text)
        self.layout: Layout = choice.layouts[0]
        self.description: ProjectDescription = ProjectDescription()
        self._outline = Outline([Region(RegionKind.FRONT, None, 0, 0, len(self.lines))])
        self.parts: list[ReadEntry] = []
        self.page: Page | None = None
        message = foreign(text)
        if message is not None:
            code = "ESR101" if message is EMPTY else "ESR102"
            self._tell(code, Place(0, len(self.lines) - 1), message)
        else:
            self._read(keeps_parts=keeps_parts)
        contact = getattr(self.description.applicant, "contact", None)
        name = getattr(contact, "name", None)
        self.diagnostics: tuple[Diagnostic, ...] = diagnostics_of(
            self.lines, self._findings, self._noise, name
        )
        # The last region may be a further description: it goes on to the end of the whole text.
        self.text = self.lines.text = whole
        self.lines.offsets[-1] = len(whole)

    @property
    def regions(self) -> list[Region]:
        """The sections of the text, and what is around them, in order."""
        return self._outline.regions

    @property
    def behind(self) -> int | None:
        """Where in the text another description begins."""
        last = self.regions[-1]
        return self.lines.offsets[last.first] if last.kind == RegionKind.NEXT else None

    def _read(self, *, keeps_parts: bool) -> None:
        """The steps from lines to values."""
        lines, noise = self.lines, self._noise
        lexicon, other = self._choice.lexicon_of(self.text)
        self.layout = layout = lexicon.layout
        if lists_projects(lines.lines, lexicon.keys):
            message = "the labels are the names of columns: a table with a project in each row"
            self._tell("ESR102", Place(0, len(lines) - 1), message)
            return
        self._mend(lines, lexicon)
        take_off(lines, noise, lexicon.declares, lexicon.exact)
        tokens = lex(lexicon, lines)
        # The head of the index of pandas.
        is_likely = tokens or (self.text[:1] in (",", ";") and "\n" in self.text[:_LONGEST_HEAD])
        are_rows = have_quotes(lines) or not have_colons(lines.lines, tokens)
        if is_likely and are_rows and rows_of_csv(lines, noise, lexicon.keys):
            tokens = lex(lexicon, lines)
        for take_off_around in (take_off_frames, blank_around_values):
            if take_off_around(lexicon, lines, tokens, noise):
                tokens = lex(lexicon, lines)
        gluing = _gluing_of(lexicon)
        if mend_signs(lines, tokens, noise) | gluing.unglue(lines, tokens, noise):
            tokens = lex(lexicon, lines)
        if gluing.unglue_in_order(lines, tokens, noise):
            tokens = lex(lexicon, lines)
        if other:
            message = f"read as {layout.period} ({layout.language}); {other} fits as well"
            self._tell("ESR112", Place(0, 0), message)
        self._outline = found = outline(layout, lines, tokens, noise)
        if _TELLING.isdisjoint(t.kind for t in tokens):
            message = "nothing in the text is a title, heading or label of a project description"
            self._tell("ESR101", Place(0, len(lines) - 1), message)
            if text := Page(lines, []).prose(0, len(lines)):
                kept = OtherSection(None, None, text)
                self.description = ProjectDescription(other_sections=(kept,))
            return
        marks_of_notes(lines, noise, _notes(found.regions))
        tokens = _counting(found, tokens)
        self.page = page = Page(lines, tokens)
        sections = SectionReader(
            lexicon, page, noise, self._choice.code_prefixes, keeps_parts=keeps_parts
        )
        self.description = self._description(sections, [*self._other_regions(sections)])
        sections.judge_ends()
        Judge(layout, lines, found, noise, lexicon.other_labels, self._tell).judge()
        tally_noise(layout, page, noise)
        self._findings += sections.findings
        self.parts = list(sections.parts)

    def _mend(self, lines: Lines, lexicon: Lexicon) -> None:
        """Letters that a tool wrote wrongly are read as they were, and reported as an error."""
        found = damage(self.text) or dotless(self.text, (word.text for word in lexicon.words))
        if found is not None:
            message, mended = found
            lines.mend(mended)
            self._tell("ESR113", Place(0, 0), message)

    # -- regions ----------------------------------------------------------------------------------

    def _other_regions(self, sections: SectionReader) -> Iterator[OtherSection]:
        """Reads the regions; the text of those that have no place is kept."""
        page = sections.page
        for region in self._outline.regions:
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
        lines, found = self.lines.lines, self._outline
        tokens = [found.title, *found.repeated_titles, *(e.token for e in region.entries)]
        known = {i for t in tokens if t is not None for i in range(t.first, t.last + 1)}
        rows = (i for i in range(region.first, region.end) if i in known or not is_rule(lines[i]))
        # Lines with nothing but empty lines between them.
        runs = [[*run] for is_known, run in groupby(rows, known.__contains__) if not is_known]
        # pdftohtml writes the title twice; a Chromium print has it between the banner's pictures.
        texts = {lines[i] for run in runs for i in run}
        first, title = runs[0][0] if runs else 0, found.title.first if found.title else 0
        is_apart = first < title and not lines[first + 1]
        is_between = is_apart and re.match(r"[A-ZÅÄÖ][^0-9]*$", lines[first]) is not None
        is_alone = len(texts) == 1 and (first < min(known, default=0) or is_between)
        # The name of a site beside the title.
        beside = {i - (i == title) for i in (title, title + 1) if i in self.lines.pieces}
        for run in runs:
            place, line = Place(run[0], run[-1]), lines[run[0]]
            # A field, an amount in thousands, a sentence: no title of a page.
            is_value = sections.label_in(line) is not None or "tuhan" in line.casefold()
            is_short = len(line) <= _LONGEST_PAGE_TITLE and not _SENTENCE.match(line)
            if (is_alone or beside.issuperset(run)) and is_short and not is_value:
                message = f"a line above the description, as browsers put a page's title: {line!r}"
                self._tell("ESR107", place, message)
            else:
                sections.strays.setdefault(None, []).append((run[0], run[-1] + 1))
                self._tell("ESR108", place, f"text without a place: {quoted(line, 60)}")

    def _next(self, region: Region) -> OtherSection:
        message = "another description begins here; only the first one is read: use split_documents"
        self._tell("ESR103", Place(region.first, region.first), message)
        start = self.lines.offsets[region.first]
        return OtherSection(None, region.title, self._whole[start:].strip())

    def _unknown(self, region: Region, text: str) -> OtherSection:
        number, title = region.number or "", region.title or ""
        known = tuple(s.title for s in self.layout.sections if s.title)
        # Behind the sections that were seen of such pages.
        moved = {r.section.number for r in self._outline.regions if r.section and r.renumbered}
        is_behind = number not in {s.number for s in self.layout.sections} - moved
        code = "ESR208" if not self.layout.is_complete and is_behind else "ESR204"
        place = Place(region.first, region.body - 1)
        message = f"unknown section {f'{number} {title}'!r}"
        self._tell(code, place, message, section=number, words=known, odd=title)
        return OtherSection(number, title, text)

    def _repeated(self, section: Section, region: Region, page: Page) -> Iterator[OtherSection]:
        message = f"the section {section.number!r} is repeated; its second text is kept as it is"
        place = Place(region.first, region.body - 1)
        self._tell("ESR202", place, message, section=section.number)
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
            kept[name] = self._choice.handlers[name].build(found)
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
        fund, period = self._choice.fund_and_period(code, self.layout)
        title, named = self._outline.title, self._outline.fund or fund
        if title is None:
            return fund, period
        is_known = fund is not None and named in dict(self.layout.funds)
        if is_known and (fund, period) != (named, self.layout.period):
            message = f"the title is not that of {code!r}, a code of {fund} {period}"
            self._tell("ESR305", Place(title.first, title.last), message)
        return named, self.layout.period

    def _in_order(self, fields: list[OtherField]) -> list[OtherField]:
        """In the order in which they are written: by section, known labels in their places."""
        if not fields:
            return fields
        sections = {s.number: k for k, s in enumerate(self.layout.sections)}
        words = [(w.section.number, w.declared) for w in self.layout.words() if w.section]
        places: dict[Any, int] = {word: k for k, word in reversed([*enumerate(words)])}
        return sorted(
            fields,
            key=lambda f: (sections[f.section or ""], places.get((f.section, f.label), len(words))),
        )


def rank_of_section(other: OtherSection) -> tuple[int, tuple[int, ...]]:
    """The place of text that has none: without a section, by number, further descriptions."""
    place = 1 if other.number is not None else 2 if other.title is not None else 0
    return place, rank(other.number)


def _notes(regions: list[Region]) -> list[range]:
    """The lines of explanations below answers and scores that have marks before them."""
    known = (r for r in regions if r.section and isinstance(r.section.content, Questions | Scores))
    entries = (entry for region in known for entry in region.entries)
    return [range(e.token.last + 1, e.end) for e in entries if e.token.lead]


def _counting(found: Outline, tokens: list[Token]) -> list[Token]:
    """The tokens that count: those of entries and headings, not lines of prose that look alike."""
    firsts = {entry.token.first for region in found.regions for entry in region.entries}
    firsts.update(region.first for region in found.regions)
    if found.title is not None:
        firsts.add(found.title.first)
    return [token for token in tokens if token.first in firsts]
