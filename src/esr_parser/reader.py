"""From a text to its description: the rooms of the reading, one after the other.

text → lines (:mod:`~esr_parser.text`) → noise off (:mod:`~esr_parser.noise`) → tokens
(:mod:`~esr_parser.lexer`) → sections (:mod:`~esr_parser.outline`) → values
(:mod:`~esr_parser.sections`) → the typed description.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections import Counter
from functools import cached_property, lru_cache
from bisect import bisect_right
from itertools import accumulate, islice
from typing import Any

import attrs

from esr_parser.diagnostics import Diagnostic, diagnostics_of
from esr_parser.grammar import (
    Field,
    Fields,
    Flag,
    Layout,
    Questions,
    Rows,
    Scores,
    Section,
    Word,
    WordKind,
)
from esr_parser.handlers import SectionHandler
from esr_parser.joining import Page
from esr_parser.lexer import Lexicon, Token, is_rule, lex
from esr_parser.model import OtherField, OtherSection, ProjectDescription
from esr_parser.noise import Noise, Tally, has_entities, is_mojibake, take_off
from esr_parser.outline import Outline, Region, RegionKind, outline
from esr_parser.sections import Finding, Part, Place, SectionReader
from esr_parser.text import Lines, key

__all__ = ["Reading", "TextReader"]

_TOP, _HEAD = 1_000, 6_000
"""The title is within so many characters as a rule; and always, where there is one."""
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
        self.layouts, self.handlers, self.aliases = tuple(layouts), dict(handlers), dict(aliases)

    @cached_property
    def lexicons(self) -> tuple[Lexicon, ...]:
        """The words of each layout, with the user's aliases."""
        return tuple(Lexicon(layout, self.aliases) for layout in self.layouts)

    @cached_property
    def built_in(self) -> frozenset[str]:
        """The keys that are attributes of the description; others are extensions."""
        names = {a.name for a in attrs.fields(ProjectDescription)}
        return frozenset(names & self.handlers.keys())

    def read(self, text: str) -> Reading:
        """The reading of a text; of several descriptions only the first one is read."""
        return self._first(text, 0)

    def starts(self, text: str) -> list[int]:
        """Where each description of a text begins."""
        starts = [0]
        while True:
            reading = self._first(text, starts[-1], keeps_rest=False)
            last = reading.regions[-1]
            if last.kind != RegionKind.NEXT:
                return starts
            starts.append(starts[-1] + reading.lines.offsets[last.first])

    def _first(self, text: str, start: int, *, keeps_rest: bool = True) -> Reading:
        """The first description from an offset on, read without those behind it.

        A title further on may begin another description. The text is read up to there, and further
        where it does not, twice as far each time.
        """
        titles = (m.end() + _BEHIND for m in self._title.finditer(text, start + _SHORTEST))
        for end in _doubling(titles):
            if end >= len(text):
                break
            window = text[start:end]
            whole = (text, start) if keeps_rest else (window, 0)
            reading = _Reading(self, window, *whole).result
            if reading.regions[-1].kind == RegionKind.NEXT:
                return reading
        return _Reading(self, text[start:] if start else text, text, start).result

    @cached_property
    def _title(self) -> re.Pattern[str]:
        """The end of a title, as printed or wrapped, of any layout."""
        tails = {layout.title.partition("{fund}")[2].split(" ", 1)[-1] for layout in self.layouts}
        words = (r"\s{1,9}".join(map(re.escape, tail.split())) for tail in tails if tail)
        return re.compile("|".join(words) or r"(?!)", re.IGNORECASE)

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
        found = [x for x in self.lexicons if any(title in head for title in x.titles)]
        if len(found) != 1:
            folded = key(text[:_HEAD])
            found = found or [x for x in self.lexicons if x.title_tail in folded]
        if len(found) != 1:
            found = _most(found or self.lexicons, lambda x: x.count_labels(text))
        if len(found) > 1:
            found = _most(found, lambda x: x.has_code(text))
        other = found[1].layout if len(found) > 1 and found[0].count_labels(text) else None
        return found[0], f"{other.period} ({other.language})" if other else ""


def _doubling(ends: Iterator[int]) -> Iterator[int]:
    """The first of some offsets, then those that are twice as many further."""
    for skipped in (2**k - 1 for k in range(60)):
        found = next(islice(ends, skipped, None), None)
        if found is None:
            return
        yield found


def _most(lexicons: Iterable[Lexicon], measure: Any) -> list[Lexicon]:
    """Those with the highest figure, in declared order."""
    figures = [(measure(x), x) for x in lexicons]
    highest = max(figure for figure, _ in figures)
    return [x for figure, x in figures if figure == highest]


class _Reading:
    """One text on its way through the rooms."""

    def __init__(self, reader: TextReader, text: str, whole: str, start: int) -> None:
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
        take_off(lines, self.noise)
        lexicon, other = reader.lexicon_of(text)
        layout = lexicon.layout
        tokens = lex(lexicon, lines)
        if unglue(lexicon, lines, tokens, self.noise):
            tokens = lex(lexicon, lines)
        if other:
            message = f"read as {layout.period} ({layout.language}); {other} fits as well"
            self.findings.append(Finding("ESR112", Place(0, 0), message))
        found = outline(layout, lines, tokens, self.noise)
        if not any(t.kind in _TELLING for t in tokens):
            message = "nothing in the text is a title, heading or label of a project description"
            self.findings.append(Finding("ESR101", Place(0, len(lines) - 1), message))
            text_of_all = Page(lines, []).prose(0, len(lines))
            others = (OtherSection(None, None, text_of_all),) if text_of_all else ()
            description = ProjectDescription(other_sections=others)
            self.result = self._result(lines, layout, description, found.regions, [], None)
            return
        page = Page(lines, _counting(found, tokens))
        sections = SectionReader(lexicon, page, self.noise)
        self.outline, self.page, self.sections, self.layout = found, page, sections, layout
        self.tokens, self.lines = tokens, lines
        others = self._regions()
        description = self._description(others)
        self._judge()
        self._tally(page)
        self.findings += sections.findings
        self.result = self._result(lines, layout, description, found.regions, sections.parts, page)

    def _result(
        self,
        lines: Lines,
        layout: Layout,
        description: ProjectDescription,
        regions: list[Region],
        parts: list[Part],
        page: Page | None,
    ) -> Reading:
        if not regions:
            regions = [Region(RegionKind.FRONT, None, None, None, 0, 0, len(lines))]
        said = diagnostics_of(lines, self.findings, self.noise)
        if len(self.text) < len(self.whole) - self.start:
            # The last region is a further description: it goes on to the end of the whole text.
            lines.text = self.whole[self.start :] if self.start else self.whole
            lines.offsets[-1] = len(lines.text)
        return Reading(lines.text, layout, description, said, lines, regions, parts, page)

    def _decode(self, lines: Lines) -> None:
        """Letters that another tool decoded wrongly: read as they were, and reported as an error."""
        text = self.text
        if has_entities(text):
            lines.lines = [html.unescape(line).replace("\xa0", " ").strip() for line in lines.lines]
            cause, remedy = "letters are written as HTML entities", "unescape the text (html.unescape)"
        elif is_mojibake(text):
            lines.lines = list(map(_redecoded, lines.lines))
            cause, remedy = "UTF-8 was decoded as Windows-1252", "decode the file as UTF-8"
        else:
            return
        lines.is_changed = True
        self.findings.append(Finding("ESR113", Place(0, 0), f"{cause}; {remedy}"))

    # -- regions -------------------------------------------------------------------------------------

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
        rest = [i for i in range(region.first, region.end) if i not in known and not is_rule(lines.lines[i])]
        first_known = min(known, default=0)
        is_title = len(rest) == 1 and len(lines.lines[rest[0]]) <= _LONGEST_PAGE_TITLE
        if is_title and rest[0] < first_known:
            message = f"a line above the description, as browsers put a page's title: {lines.lines[rest[0]]!r}"
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
        self.findings.append(Finding(code, place, message, section=number, words=known))
        return OtherSection(number, title, self.page.prose(region.body, region.end))

    def _is_behind(self, number: str) -> bool:
        """Whether a section is behind those that were seen of such pages."""
        return number not in {s.number for s in self.layout.sections}

    def _repeated(self, region: Region) -> Iterator[OtherSection]:
        section = region.section
        assert section is not None
        text = self.page.prose(region.body, region.end)
        message = f"the section {section.number!r} is repeated; its second text is kept as it is"
        place = Place(region.first, region.body - 1)
        self.findings.append(Finding("ESR202", place, message, section=section.number))
        if text:
            yield OtherSection(section.number, section.title, text)

    # -- the description -----------------------------------------------------------------------------

    def _description(self, others: list[OtherSection]) -> ProjectDescription:
        reader, values = self.reader, self.sections.values
        parts: dict[str, Any] = {}
        extensions: dict[str, Any] = {}
        for name, found in values.items():
            if not found and name not in reader.built_in:
                # A handler's section without a value is there all the same.
                found = {}
            built = reader.handlers[name].build(found)
            (parts if name in reader.built_in else extensions)[name] = built
        fund, period = self._fund_and_period(values.get("project", {}).get("code"))
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
        fund = period = None
        if isinstance(code, str):
            for layout in (self.layout, *self.reader.layouts):
                prefix = next((p for p, _ in layout.code_prefixes if code.startswith(p)), None)
                if prefix is not None:
                    fund, period = dict(layout.code_prefixes)[prefix], layout.period
                    break
        if self.outline.title is not None:
            return self.outline.fund or fund, self.layout.period
        return fund, period

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
            for k, f in self.sections.other_fields
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

    # -- what is missing, moved, or written another way ------------------------------------------------

    def _judge(self) -> None:
        layout, regions = self.layout, self.outline.regions
        if layout.title and self.outline.title is None:
            message = "the title is missing; fund and programme period are taken from the project code"
            self.findings.append(Finding("ESR104", Place(0, 0, 0), message))
        if not _is_whole(self.outline.banner, layout.banner):
            self.findings.append(Finding("ESR105", Place(0, 0, 0), "the banner is missing, or a part"))
        for token in self.outline.repeated_titles:
            self._say("ESR109", Place(token.first, token.last), "the title is repeated")
        self._judge_headings(regions)
        known = [r for r in regions if r.section and r.kind != RegionKind.REPEATED]
        seen = {r.section.number for r in known if r.section}
        missing = tuple(
            layout.heading(s.number, s.title)
            for s in layout.sections
            if s.number not in seen and not s.optional and s.title
        )
        if missing:
            names = ", ".join(map(repr, missing))
            self._say("ESR201", Place(0, 0, 0), f"sections are missing: {names}", words=missing)
        for region in known:
            self._judge_items(region)

    def _judge_headings(self, regions: list[Region]) -> None:
        order = {s.number: k for k, s in enumerate(self.layout.sections)}
        highest = -1
        for region in regions:
            section = region.section
            if section is None or region.kind == RegionKind.REPEATED:
                continue
            name, place = self.layout.heading(section.number, section.title), Place(region.first, region.first)
            if region.kind == RegionKind.IMPLIED and section.title:
                label = region.entries[0].word.declared
                message = f"the heading {name!r} is missing; the section begins at {label!r}"
                self._say("ESR205", place, message, section=section.number)
            if region.renumbered[:1].isdigit():
                message = f"{region.renumbered!r} is taken for {name!r}"
                self._say("ESR207", place, message, section=section.number)
            elif region.renumbered:
                self.noise.add(Noise.HEADING_STYLE, region.first)
            if order[section.number] < highest:
                self._say("ESR203", place, f"the section {name!r} has moved", section=section.number)
            highest = max(highest, order[section.number])

    def _judge_items(self, region: Region) -> None:
        section = region.section
        assert section is not None
        entries = [e for e in region.entries if not e.is_repeated]
        found = [e.word.declared for e in entries]
        if isinstance(section.content, Scores):
            heads = [e.word.text for e in entries if e.word.kind is WordKind.HEADS]
            if not _is_whole(heads, section.content.heads):
                found = found[len(heads) :]
        missing = _missing(section, tuple(found))
        place = Place(region.first, max(region.body - 1, region.first))
        if missing:
            names = ", ".join(map(repr, missing))
            message = f"labels of section {section.number} are missing: {names}"
            self._say("ESR304", place, message, section=section.number, words=missing)
        if isinstance(section.content, Fields):
            items = [section.content.items.index(e.word.item) for e in entries]
            if items != sorted(items):
                message = f"the fields of section {section.number} are in another order"
                self._say("ESR306", place, message, section=section.number)

    def _say(self, code: str, place: Place, message: str, **more: Any) -> None:
        self.findings.append(Finding(code, place, message, **more))

    def _tally(self, page: Page) -> None:
        tally_noise(self.lines, _counting(self.outline, self.tokens), page, self.noise)


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


def _is_whole(found: Sequence[str], declared: Sequence[str]) -> bool:
    """Whether the parts of a line that tools take apart are all there: banner, column heads."""
    return key("".join(found)) in (key("".join(declared)), key("".join(declared)) * 2)


@lru_cache(256)
def _missing(section: Section, found: tuple[str, ...]) -> tuple[str, ...]:
    """The labels of a section that are always printed and were not found."""
    rest = Counter(found)
    missing = []
    for label in _labels_of(section):
        if rest[label]:
            rest[label] -= 1
        else:
            missing.append(label)
    return tuple(missing)


def _labels_of(section: Section) -> Iterator[str]:
    content = section.content
    if isinstance(content, Fields | Questions):
        for item in content.items:
            is_optional = isinstance(item, Flag | Rows) or (isinstance(item, Field) and item.optional)
            if not is_optional:
                yield item.label
    elif isinstance(content, Scores):
        yield "".join(content.heads)
        for dimension in content.dimensions:
            yield dimension.name
            yield from dimension.aspects


# -- foreign texts -----------------------------------------------------------------------------------

_HTML = re.compile(r"\s*(?:<!doctype\s+html|<html[\s>]|<\?xml[^>]*\?>\s*<(?:!doctype\s+)?html)", re.I)
_ELEMENT = re.compile(r"<(p|h[1-6]|td|th|li|dd|dt|div)(?:\s[^<>]*)?>[^<>\n]*[^\W_][^<>\n]*</\1\s*>", re.I)
_MAIL = re.compile(r"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,30}?Content-Type:\s*multipart/", re.I)
_NUMBERED_LINE = re.compile(r"\s{0,6}([0-9]{1,6})(?:\t|: |:\t|\|)")


def foreign(text: str) -> tuple[str, str] | None:
    """Why a text is no description at all: the code and message of its only diagnostic."""
    head = text[:4096].lstrip("\ufeff \t\r\n")
    if not head and not text.strip("\ufeff \t\r\n\f"):
        return "ESR101", "the text is empty"
    if head.startswith("%PDF-"):
        return "ESR102", "the text is a PDF file; extract its text first, for example with pdftotext"
    if head.startswith(("PK\x03\x04", "PK\ufffd", "{\\rtf", "\xd0\xcf\x11\xe0")):
        return "ESR102", "the text is a document or an archive; extract its text first"
    if _HTML.match(head) or ("</" in text and _is_fragment(text)):
        return "ESR102", "the text is HTML; use read_document or esr_parser.html.text_from_html"
    if "multipart/" in head and _MAIL.match(head):
        return "ESR102", "the text is a saved page (MHTML); use read_document"
    if head.startswith('"') and text.rstrip().endswith('"') and "\\n" in text and "\n" not in text.strip():
        return "ESR102", "the text is a JSON string; decode it first (json.loads)"
    return _prefixed(head)


def _is_fragment(text: str) -> bool:
    return sum(1 for _ in zip(_ELEMENT.finditer(text), range(3), strict=False)) > 2


def _prefixed(head: str) -> tuple[str, str] | None:
    """Line numbers of an editor, the marks of a diff: the same thing before every line."""
    if not (head[:1] in "+-@" or head[:1].isdecimal()):
        return None
    lines = [line for line in head.split("\n") if line.strip()][:40]
    marks = [line for line in lines if line[0] == "+" or line.startswith(("--- ", "@@ ", "diff "))]
    if len(marks) == len(lines) > 3 and not any(line.startswith("+ ") for line in lines):
        return "ESR102", "every line begins with '+': the text is a diff; take the marks off"
    numbers = [int(m[1]) for m in map(_NUMBERED_LINE.match, head.split("\n")[:20]) if m]
    if len(numbers) > 3 and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        if len(numbers) + 1 >= min(len(head.split("\n")), 20):
            return "ESR102", "every line begins with its number; take the numbers off"
    return None


def _redecoded(line: str) -> str:
    try:
        return line.encode("cp1252").decode("utf-8").strip()
    except UnicodeError:
        return line


# -- lines run together --------------------------------------------------------------------------------


def unglue(lexicon: Lexicon, lines: Lines, tokens: Sequence[Token], noise: Tally) -> bool:
    """Cuts lines before declared strings that are nowhere a line of their own.

    Tools that print a page, or a section, as one line; a lost line break; ``cat`` of files without
    a line end. The strings are looked for as printed.
    """
    # Line ends are spaces here: the strings may be wrapped, too.
    flat = " ".join(lines.lines)
    needles = lexicon.missing(tokens, flat)
    if not needles:
        return False
    begins = list(accumulate((len(line) + 1 for line in lines.lines), initial=0))
    cuts: dict[int, list[int]] = {}
    pattern = re.compile("|".join(sorted(needles, key=len, reverse=True)))
    for match in pattern.finditer(flat):
        ends = (match.start(), match.end()) if match[0][-1] != ":" else (match.start(),)
        for at in ends:
            i = bisect_right(begins, at) - 1
            column, line = at - begins[i], lines.lines[i]
            if line[:column].strip(" |*#_-") and line[column:].strip(" |"):
                cuts.setdefault(i, []).append(column)
    for i, found in cuts.items():
        noise.add(Noise.GLUED, i, len(found))
    if cuts:
        lines.cut(cuts)
    return bool(cuts)


# -- noise on the lines that count -----------------------------------------------------------------------

_LEAD_NOISE = {
    "#": Noise.MARKDOWN,
    "*": Noise.EMPHASIS,
    "_": Noise.EMPHASIS,
    "|": Noise.TABLE,
    "-": Noise.BULLET,
    "•": Noise.BULLET,
    "+": Noise.BULLET,
    "–": Noise.BULLET,
    "!": Noise.PICTURE,
    "\\": Noise.ESCAPE,
}


def tally_noise(lines: Lines, tokens: Sequence[Token], page: Page, noise: Tally) -> None:
    """Counts the noise that the lexer took for spelling."""
    text, offsets = lines.text, lines.offsets
    if lines.has_odd_line_ends:
        noise.add(Noise.LINE_ENDS, 0, len(lines) - 1)
    for token in tokens:
        i, lead, words = token.first, token.lead, token.words
        start = text[offsets[i] : offsets[i] + 1]
        if start in (" ", "\t"):
            noise.add(Noise.INDENTED, i)
        if text[offsets[i + 1] - 2 : offsets[i + 1]] in (" \n", "\t\n"):
            noise.add(Noise.TRAILING_SPACE, i)
        if token.is_wrapped:
            noise.add(Noise.WRAPPED, i)
        for kind in {_LEAD_NOISE.get(mark) for mark in lead} if lead else ():
            if kind is not None:
                noise.add(kind, i)
        line = lines.lines[i]
        if lines.is_folded:
            _tally_folded(lines.raw(i), i, noise)
        if not words or token.is_wrapped:
            continue
        word = words[0] if words[0].text in line else next((w for w in words if w.text in line), None)
        if word is None:
            noise.add(Noise.LETTER_CASE, i)
        elif token.kind is WordKind.LABEL:
            behind = line[line.find(word.text) + len(word.text) :]
            if behind[:1] != ":":
                noise.add(Noise.PADDING if behind[:1] in "\t| *_" and ":" != behind.strip()[:1] else Noise.COLON, i)
        elif token.kind is WordKind.HEADING:
            _tally_heading(word, token, lines, noise)
    if page.is_tight and len(tokens) > 3:
        noise.add(Noise.LOOSE_BLOCK, 0)


def _tally_heading(word: Word, token: Token, lines: Lines, noise: Tally) -> None:
    section = word.section
    assert section is not None
    line, last = lines.lines[token.first], token.last
    is_plain = line.endswith((f"{section.number} {word.text}", f"{section.number}. {word.text}"))
    if not is_plain:
        noise.add(Noise.HEADING_STYLE, token.first)
    if last + 1 < len(lines) and lines.lines[last + 1] and is_rule(lines.lines[last + 1]):
        noise.add(Noise.RULE, last + 1)


def _tally_folded(raw: str, i: int, noise: Tally) -> None:
    if any(c in raw for c in "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad"):
        noise.add(Noise.INVISIBLE, i)
    if any("\u0300" <= c <= "\u036f" for c in raw):
        noise.add(Noise.DECOMPOSED, i)
    if any(c.isspace() and c not in " \t\r\n\f" for c in raw):
        noise.add(Noise.NO_BREAK_SPACE, i)
