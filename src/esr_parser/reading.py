"""From text to description: outline, sections, values, diagnostics."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from esr_parser.contents import Body, Entry, ProseReader, Reader, prose_of, reader_for
from esr_parser.diagnostics import Diagnostic, Notes
from esr_parser.glued import Unglue
from esr_parser.grammar import Caption, Layout, Prose, Scores, Section
from esr_parser.handlers import BuiltInHandler, SectionHandler
from esr_parser.line_ends import Mover, bare_of, moved_view, mover
from esr_parser.model import OtherField, OtherSection, ProjectDescription, fund_and_period_of
from esr_parser.noise import (
    FURNITURE,
    LIGATURES,
    LINE_SEPARATORS,
    RULE_MARKS,
    Noise,
    Style,
    line_view,
)
from esr_parser.outline import Outline, OutlineReader, Region, between
from esr_parser.pages import link_list, without_page_furniture
from esr_parser.recover import recover

if TYPE_CHECKING:
    from esr_parser.parser import Parser

__all__ = ["Parsed", "TextReader"]

MOST_OTHER_SECTIONS = 1000
"""Unknown and repeated sections kept one by one; the rest is kept in the last one."""
_LONGEST_PAGE_TITLE = 120
_WRAP_SAMPLE = 1 << 16
_WIDEST_WRAP = 250
_FOREIGN = re.compile(
    r"<(?:!doctype html|html|head|body|div|table|p|h[1-6]|span|br|td)\b[^<>]{0,300}>", re.IGNORECASE
)
_FRONT_MATTER = re.compile(r"^(?:<!doctype[^<>]{0,200}>|title:\s*)", re.IGNORECASE)
_FOREIGN_STARTS = {"%PDF-": "a PDF file", "PK\x03\x04": "a ZIP archive", "{\\rtf": "an RTF file"}


class Part:
    """One region of the text with what was read from it."""

    __slots__ = ("body", "prose", "reading", "region")

    def __init__(self, region: Region) -> None:
        self.region: Region = region
        self.prose: str | None = None
        self.body: Body | None = None
        self.reading: Any = None

    @property
    def entries(self) -> list[Entry]:
        return self.reading.entries if self.reading is not None else []

    @property
    def offsets(self) -> list[int]:
        assert self.body is not None
        return self.body.offsets

    def move(self, mover: Mover) -> None:
        """Moves what was read to other places of the text."""
        region = self.region
        start, body, end = map(mover, (region.start, region.body, region.end))
        self.region = region._replace(start=start, body=body, end=end)
        if self.body is not None:
            self.body.move(mover)


class Parsed:
    """All that is known about one text."""

    def __init__(
        self,
        parser: Parser,
        text: str,
        view: str | None,
        description: ProjectDescription,
        notes: Notes,
        parts: list[Part],
        outline: Outline,
    ) -> None:
        self.parser = parser
        self.text = text
        self.description = description
        self.parts = parts
        self.outline = outline
        self.notes = notes
        self._view = view

    @property
    def view(self) -> str:
        r"""The text as it was read: ``\n`` for each line end, what belongs to a print masked."""
        return line_view(self.text) if self._view is None else self._view

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is to be said about the text, by position."""
        return self.notes.diagnostics(self.text)


class CompiledLayout:
    """A layout with its readers and the handlers of its sections, prepared once."""

    def __init__(
        self, layout: Layout, handlers: Mapping[str, SectionHandler], aliases: dict[str, str]
    ) -> None:
        self.layout = layout
        self.handlers = handlers
        self.readers: dict[int, Reader] = {
            id(section): reader_for(section.content, aliases)
            for section in layout.sections
            if section.content is not None
        }
        self.by_number: dict[str, Section] = {
            section.number: section for section in layout.sections
        }
        self.index: dict[str, int] = {
            section.number: k for k, section in enumerate(layout.sections)
        }
        self.parents: set[str] = {section.parent for section in layout.sections if section.parent}
        self.label_rank: dict[str, dict[str, int]] = {}
        for section in layout.sections:
            items = getattr(section.content, "items", ())
            self.label_rank[section.number] = {
                item.label: k for k, item in enumerate(items) if not isinstance(item, Caption)
            }

    def field_rank(self, other: OtherField) -> tuple[int, int]:
        """Where an other field is printed: by section, then by its label."""
        number = other.section or ""
        ranks = self.label_rank.get(number, {})
        return self.index.get(number, len(self.index)), ranks.get(other.label, len(ranks))

    def ranked_sections(
        self, others: list[OtherSection]
    ) -> list[tuple[tuple[float, ...], OtherSection]]:
        """Other sections with the place they are printed at.

        ``(0,)`` before section 1, ``(1, k)`` in the place of the k-th section or below its
        heading, ``(1, k + 0.5, n)`` behind the subsections of a section (n is 0 where one of them
        is repeated: it must stand below its section to be known), ``(2, n)`` as section n,
        ``(3,)`` behind all, ``(4,)`` as a further description.
        """
        used: set[str] = set()
        ranked = [(self._rank(other, used), other) for other in others]
        return sorted(ranked, key=lambda pair: pair[0])

    def _rank(self, other: OtherSection, used: set[str]) -> tuple[float, ...]:
        number, title = other.number, other.title
        if number is None:
            return (0,) if title is None else (4,)
        section = self.by_number.get(number)
        if section is not None:
            if section.title != title:
                return (1, self.index[number])
            if number in self.parents and section.content is None and number not in used:
                used.add(number)
                return (1, self.index[number])
            if section.parent is None:
                return (3,)
        parent, dot, last = number.rpartition(".")
        if dot:
            behind = max(
                (k for n, k in self.index.items() if n == parent or n.startswith(f"{parent}.")),
                default=len(self.index),
            )
            return (1, behind + 0.5, int(last) if section is None and last.isdigit() else 0)
        return (2, int(number) if number.isdigit() else 0)


class TextReader:
    """Reads texts with one set of layouts, handlers and aliases."""

    def __init__(
        self,
        layouts: tuple[Layout, ...],
        handlers: Mapping[str, SectionHandler],
        aliases: dict[str, str],
        built_in: frozenset[str],
    ) -> None:
        self.aliases = aliases
        self.handlers = handlers
        self.built_in = built_in
        self.replaced: frozenset[str] = frozenset(
            key for key in built_in if not isinstance(handlers[key], BuiltInHandler)
        )
        """The keys of built-in sections that a user's handler has taken over."""
        self.outlines: OutlineReader = OutlineReader(layouts, aliases)
        self.compiled: dict[int, CompiledLayout] = {
            id(la): CompiledLayout(la, handlers, aliases) for la in layouts
        }
        self.layouts = layouts
        self.unglue: Unglue = Unglue(layouts)

    def layout_for(self, description: ProjectDescription) -> CompiledLayout:
        """The layout a description is written in."""
        for layout in self.layouts:
            if layout.period == description.programme_period:
                return self.compiled[id(layout)]
        return self.compiled[id(self.layouts[0])]

    def read(self, parser: Parser, text: str) -> Parsed:
        """Reads a text; never raises for any ``str``."""
        bare = bare_of(text)
        return self._read(parser, text) if bare is None else self._read_bare(parser, text, bare)

    def _read_bare(self, parser: Parser, text: str, bare: str) -> Parsed:
        r"""Reads a text whose lines all end in ``\r\n`` without these."""
        parsed = self._read(parser, bare)
        parts, notes, outline = parsed.parts, parsed.notes, parsed.outline
        move = mover(bare)
        for part in parts:
            part.move(move)
        notes.move(move)
        notes.noise(Noise.LINE_ENDS, text.index("\r"), text.count("\r"))
        outline.style.line_ends = True
        outline = outline._replace(
            front_marks=[(move(start), move(end)) for start, end in outline.front_marks]
        )
        # As a rule the view is made again when the text is edited, and not kept until then.
        view = None if parsed.view is bare else moved_view(parsed.view, bare)
        return Parsed(parser, text, view, parsed.description, notes, parts, outline)

    def _read(self, parser: Parser, text: str) -> Parsed:
        notes = Notes()
        view = self._view(text, notes)
        outline = self.outlines.outline(view, notes)
        if not outline.is_canonical:
            view, outline, notes = self._without_furniture(text, view, outline, notes)
            if not outline.is_canonical and any(letter in view for letter in LIGATURES):
                outline.style.ligatures = True
        if view is not text:
            outline.style.line_ends = "\r" in text
        if "\f" in view:
            outline.style.page_breaks = True
        if "\f" in text:
            notes.noise(Noise.PAGE_BREAK, text.index("\f"), text.count("\f"))
        compiled = self.compiled[id(outline.layout)]
        width = _width_of(view)
        regions = outline.regions
        # A canonical outline has a front region and each of its sections once.
        if not outline.is_canonical or len(regions) <= len(outline.layout.sections):
            regions = self._complete(view, outline, compiled, notes, width)
            if any(region.kind == "implied" for region in regions):
                view = _masked(view, outline.front_marks)
        reading = _Reading(self, compiled, view, outline, notes, width)
        description = reading.description(regions)
        if not reading.found and text:
            notes = self._nothing_found(text, notes)
        return Parsed(parser, text, view, description, notes, reading.parts, outline)

    def _without_furniture(
        self, text: str, view: str, outline: Outline, notes: Notes
    ) -> tuple[str, Outline, Notes]:
        """A second look at the whole: lines run together, page headers, a list of links."""
        clean, count = without_page_furniture(view)
        clean, breaks = self.unglue(clean)
        end = len(view) if outline.style.is_untouched else link_list(clean)
        if not count and not breaks and end == len(view):
            return view, outline, notes
        notes = Notes()
        view = self._view(text, notes)
        if count or breaks:
            view = clean
        if breaks:
            notes.noise(Noise.GLUED, 0, breaks)
        if count:
            notes.noise(Noise.PAGE_FURNITURE, clean.index("\f"), count)
        if end < len(view):
            lines = sum(1 for line in view[end:].split("\n") if line.strip())
            notes.noise(Noise.LINK_LIST, end, lines)
            view = view[:end] + "\n" * (len(view) - end)
        return view, self.outlines.outline(view, notes), notes

    @staticmethod
    def _view(text: str, notes: Notes) -> str:
        view = line_view(text)
        if view is not text:
            first = min(k for k in map(text.find, LINE_SEPARATORS) if k >= 0)
            count = sum(map(text.count, LINE_SEPARATORS))
            notes.noise(Noise.LINE_ENDS, first, count)
        if view[:1] == "\ufeff":
            marks = len(view) - len(view.lstrip("\ufeff"))
            notes.noise(Noise.BYTE_ORDER_MARK, 0, marks)
            view = "\n" * marks + view[marks:]
        return view

    def _complete(
        self,
        view: str,
        outline: Outline,
        compiled: CompiledLayout,
        notes: Notes,
        width: Callable[[], int],
    ) -> list[Region]:
        """The regions with the sections found by their labels; says which ones are missing."""
        regions = outline.regions
        present = {id(r.section) for r in regions if r.kind == "section"}
        if len(present) == len(outline.layout.sections):
            return regions
        absent = [s for s in outline.layout.sections if id(s) not in present]
        regions = recover(
            view, regions, absent, compiled.readers, self.aliases, notes, outline.style, width
        )
        present = present | {id(r.section) for r in regions if r.kind == "implied"}
        missing = [s for s in absent if id(s) not in present and not s.optional]
        missing = [s for s in missing if s.key in self.built_in]
        if missing:
            names = ", ".join(f"'{s.number} {s.title}'" for s in missing)
            notes.add("ESR201", len(view), len(view), f"sections missing: {names}")
        return regions

    @staticmethod
    def _nothing_found(text: str, notes: Notes) -> Notes:
        """One clear diagnostic instead of many about what is not there."""
        kind = next(
            (name for mark, name in _FOREIGN_STARTS.items() if text[:1024].find(mark) >= 0), None
        )
        if kind is None and _FOREIGN.search(text[:200_000]):
            kind = "HTML"
        alone = Notes()
        if kind is not None:
            message = f"this is {kind}, not the text of a page: extract the text first"
            alone.add("ESR102", 0, min(len(text), 80), message)
            return alone
        alone = notes.only_noise()
        lines = text.count("\n") + 1
        alone.add(
            "ESR101",
            0,
            min(len(text), 80),
            f"no title, heading or label of a project description in {lines} lines",
        )
        return alone


def _masked(view: str, marks: list[tuple[int, int]]) -> str:
    """The view without title and banner, which may stand amid the fields of such a text."""
    parts: list[str] = []
    position = 0
    for start, end in marks:
        parts += [view[position:start], "\n" * (end - start)]
        position = end
    parts.append(view[position:])
    return "".join(parts)


def _width_of(view: str) -> Callable[[], int]:
    """The column at which a text is wrapped, found out when it is first asked for."""
    known: list[int] = []

    def width() -> int:
        if not known:
            widest = max(map(len, view[:_WRAP_SAMPLE].split("\n")))
            known.append(widest if widest <= _WIDEST_WRAP else 1 << 60)
        return known[0]

    return width


class _Reading:
    """Reads the regions of one text."""

    def __init__(
        self,
        reader: TextReader,
        compiled: CompiledLayout,
        view: str,
        outline: Outline,
        notes: Notes,
        width: Callable[[], int],
    ) -> None:
        self.reader = reader
        self.compiled = compiled
        self.view = view
        self.outline = outline
        self.notes = notes
        self.width = width
        self.style: Style = outline.style
        self.values: dict[str, dict[str, Any]] = {}
        self.other_fields: list[OtherField] = []
        self.other_sections: list[OtherSection] = []
        self.unplaced: list[str] = []
        self.parts: list[Part] = []
        self.found = False

    def description(self, regions: list[Region]) -> ProjectDescription:
        highest = -1
        for region in regions:
            part = Part(region)
            self.parts.append(part)
            kind = region.kind
            if kind == "section" or kind == "implied":
                assert region.section is not None
                self.found = True
                index = self.compiled.index[region.section.number]
                if index < highest and kind == "section":
                    self._say(region, "ESR203", f"section {region.number} stands out of order")
                highest = max(highest, index)
                self._section(part, region, region.section)
            elif kind == "front":
                self._front(part, region)
            elif kind == "empty":
                self.found = True
            else:
                self._other(part, region)
        if self.outline.has_title:
            self.found = True
        return self._assembled()

    # -- one region -------------------------------------------------------------------------

    def _section(self, part: Part, region: Region, section: Section) -> None:
        values = self.values.setdefault(section.key, {})
        text = self.view[region.body : region.end]
        reader = self.compiled.readers.get(id(section))
        if reader is None:
            self._count_blank_space(text, region.body)
            stray = prose_of(text, self.style)
            part.prose = stray
            if stray:
                self._stray(region, section, stray, region.body)
            return
        if type(reader) is ProseReader:
            prose = prose_of(text, self.style)
            if prose or self._is_noted_when_empty(section):
                values[reader.content.path] = prose
            part.prose = prose
            self._count_blank_space(text, region.body)
            return
        body = Body(
            text,
            region.body,
            section.number,
            self.style,
            self.notes,
            implied=region.kind == "implied",
            is_followed=region.end < len(self.view),
            width=self.width,
        )
        reading = reader.read(body)
        part.body, part.reading = body, reading
        if values:
            for path, value in reading.values.items():
                values.setdefault(path, value)
        else:
            values.update(reading.values)
        if reading.others:
            self.other_fields += reading.others
        if reading.strays:
            strays = [
                prose_of("\n".join(body.lines[first:last]), self.style)
                for first, last in reading.strays
            ]
            stray = "\n\n".join(strays)
            self._stray(region, section, stray, body.offsets[reading.strays[0][0]])

    def _stray(self, region: Region, section: Section, text: str, position: int) -> None:
        if not text.strip(RULE_MARKS):
            self.notes.noise(Noise.RULE, position, text.count("\n") + 1)
            return
        excerpt = text[:60].partition("\n")[0]
        if region.kind == "implied":
            self._unplaced(region, text)
            self.notes.add(
                "ESR108", position, region.end, f"text whose section is not known: {excerpt!r}"
            )
            return
        self.other_sections.append(OtherSection(section.number, section.title, text))
        self.notes.add(
            "ESR206",
            position,
            region.end,
            f"text that is no field of section {section.number}: {excerpt!r}",
            section=section.number,
        )

    def _unplaced(self, region: Region, text: str) -> None:
        """Text behind the fields of a section that was found by its labels."""
        host = region.host
        found = self._unknown_heading(text)
        if found is not None:
            text, number, title, below = found
            self.other_sections.append(OtherSection(number, title, below))
            if not text:
                return
        if host is not None and host.kind == "unknown":
            for k, other in enumerate(self.other_sections):
                if (other.number, other.title) == (host.number, host.title):
                    whole = f"{other.text}\n\n{text}" if other.text else text
                    self.other_sections[k] = attrs.evolve(other, text=whole)
                    return
        section = host.section if host is not None and host.kind == "section" else None
        if section is not None and self._has_own_text(section):
            self.other_sections.append(OtherSection(section.number, section.title, text))
        else:
            self.unplaced.append(text)

    def _is_noted_when_empty(self, section: Section) -> bool:
        """Whether a heading without text is a value: ``""`` for one that need not be there."""
        return section.parent is None and (
            section.optional or section.key not in self.reader.built_in
        )

    def _is_bare(self, section: Section) -> bool:
        """Whether nothing would stand below the heading in the canonical text."""
        if not isinstance(section.content, Prose | Scores):
            return False
        return not self.values.get(section.key, {}).get(section.content.path)

    def _has_own_text(self, section: Section) -> bool:
        """Whether text added to a section stays apart from what the section's values are."""
        content = section.content
        if content is None:
            return True
        return type(content) is Prose and bool(self.values.get(section.key, {}).get(content.path))

    def _count_blank_space(self, text: str, start: int) -> None:
        """Lines of white space around prose are no part of it: they are counted."""
        if text[2:3] > " " and text[-3:-2] > " ":
            # As printed: an empty line before the prose, and one behind it.
            return
        if not (text[:1].isspace() and text[:3].strip("\n")[:1].isspace()) and not (
            text[-1:].isspace() and text[-3:].strip("\n")[-1:].isspace()
        ):
            return
        lead = text[: len(text) - len(text.lstrip())]
        tail = text[len(text.rstrip()) :] if len(lead) < len(text) else ""
        for edge in (lead, tail):
            count = sum(1 for line in edge.split("\n")[1:] if line)
            if count:
                self.notes.noise(Noise.BLANK_SPACE, start, count)

    def _other(self, part: Part, region: Region) -> None:
        section = region.section
        if region.kind == "repeated" and section is not None and self._is_bare(section):
            # The first one turned out to have no text of its own: this one is read instead.
            self._say(region, "ESR202", f"the heading '{region.number} {region.title}' is repeated")
            self._section(part, region, section)
            return
        text = self.view[region.body : region.end]
        stray = prose_of(text, self.style if region.kind != "next" else Style())
        part.prose = stray
        self._count_blank_space(text, region.body)
        number, title = region.number, self.style.clean_value(region.title or "")
        if region.kind == "next":
            self.other_sections.append(OtherSection(None, title, stray))
            return
        if region.kind == "repeated":
            if stray:
                self.other_sections.append(OtherSection(number, title, stray))
            self._say(region, "ESR202", f"the heading '{number} {title}' is repeated")
            return
        self.found = True
        self.other_sections.append(OtherSection(number, title, stray))
        declared = self.compiled.by_number.get(number or "")
        expected = f"; expected '{number} {declared.title}'" if declared is not None else ""
        self._say(region, "ESR204", f"unknown section '{number} {title}'{expected}")

    def _say(self, region: Region, code: str, message: str) -> None:
        self.notes.add(code, region.start, region.body, message, section=region.number)

    def _front(self, part: Part, region: Region) -> None:
        """What stands before the first section and is neither banner nor title."""
        if region.start:
            text = prose_of(self.view[region.body : region.end], self.style)
            part.prose = text
            if text:
                self.unplaced.append(text)
                message = f"text whose section is not known: {text[:60]!r}"
                self.notes.add("ESR108", region.body, region.end, message)
            return
        stretches = [(a, min(b, region.end)) for a, b in self.outline.front if a < region.end]
        chunks: list[tuple[int, str]] = []
        for a, b in stretches:
            text = self.view[a:b]
            self._count_blank_space(f"\n{text}", a)
            if text.strip(FURNITURE):
                chunks.append((a, text))
            elif text.strip():
                self.notes.noise(Noise.RULE, a, sum(1 for t in text.split("\n") if t.strip()))
        headless = not self.found and len(self.parts) == 1 and not self.outline.has_title
        headless = headless and not any(r.kind == "section" for r in self.outline.regions)
        if chunks and chunks[0][0] == 0 and (self.outline.has_title or headless):
            bare = self._without_front_matter(chunks[0][1])
            followed = self.outline.has_title or region.end < len(self.view)
            if "\n" not in bare and len(bare) <= _LONGEST_PAGE_TITLE and followed:
                start = self.view.find(bare) if bare else 0
                message = f"a line before the description is left out: {bare!r}"
                self.notes.add("ESR107", start, start + len(bare), message)
                lines = sum(1 for line in chunks[0][1].split("\n") if line.strip())
                if lines > bool(bare):
                    self.notes.noise(Noise.RULE, 0, lines - bool(bare))
                del chunks[0]
        if chunks:
            texts = [prose_of(text, self.style) for _, text in chunks]
            self.unplaced.append("\n\n".join(texts))
            start = chunks[0][0]
            excerpt = texts[0][:60].partition("\n")[0]
            message = f"text whose section is not known: {excerpt!r}"
            self.notes.add("ESR108", start, region.end, message)
        part.prose = "\n\n".join(text.strip() for _, text in chunks)

    @staticmethod
    def _without_front_matter(text: str) -> str:
        """The lines before a title that are no furniture of a file format."""
        lines = [line.strip() for line in text.split("\n")]
        lines = [_FRONT_MATTER.sub("", line) for line in lines if line.strip(RULE_MARKS)]
        return "\n".join(line for line in lines if line)

    # -- the whole --------------------------------------------------------------------------

    def _assembled(self) -> ProjectDescription:
        if self.parts and self.parts[-1].region.kind == "next":
            self._leave_banner_to_next()
        arguments: dict[str, Any] = self._section_values()
        code = self.values.get("project", {}).get("code")
        fund, period = fund_and_period_of(code if isinstance(code, str) else None)
        outline = self.outline
        if outline.fund is not None:
            fund = outline.fund  # type: ignore[assignment]
        if outline.has_title or outline.has_period or period is not None:
            period = outline.layout.period
        if self.other_fields:
            self.other_fields.sort(key=self.compiled.field_rank)
            arguments["other_fields"] = tuple(self.other_fields)
        if self.unplaced or self.other_sections:
            arguments["other_sections"] = self._others()
        return ProjectDescription(fund=fund, programme_period=period, **arguments)

    def _section_values(self) -> dict[str, Any]:
        """The values of the sections by key, put together by their handlers."""
        arguments: dict[str, Any] = {}
        extensions: dict[str, object] = {}
        handlers, replaced = self.reader.handlers, self.reader.replaced
        # The default of the description is the built-in model, not that of a user's handler.
        for key in replaced - self.values.keys():
            arguments[key] = handlers[key].build({})
        for key, values in self.values.items():
            if key not in self.reader.built_in:
                value = handlers[key].build(values)
                if value is not None:
                    extensions[key] = value
            elif values or key in replaced:
                arguments[key] = handlers[key].build(values)
        if extensions:
            arguments["extensions"] = extensions
        return arguments

    def _leave_banner_to_next(self) -> None:
        """A banner at the end of the last text would be read as that of the next description."""
        ranked = self.compiled.ranked_sections(self.other_sections)
        if len(ranked) > 1:
            last = ranked[-2][1]
            k = next(k for k, other in enumerate(self.other_sections) if other is last)
            text = self.reader.outlines.without_last_banner(last.text)
            if text is not last.text:
                self.other_sections[k] = attrs.evolve(last, text=text)
                if not text and last.number in self.compiled.by_number:
                    del self.other_sections[k]
            return
        for section in reversed(self.compiled.layout.sections):
            content = section.content
            values = self.values.get(section.key, {})
            if type(content) is Prose and content.path in values:
                if not values[content.path]:
                    return
                text = self.reader.outlines.without_last_banner(values[content.path])
                values[content.path] = text
                if not text:
                    del values[content.path]
                return

    def _without_front_marks(self, text: str) -> str:
        """Text as it can stand before section 1: a banner or title in it would be read as one."""
        while text.strip(FURNITURE):
            if text[0] == "\ufeff":
                # At the beginning of a text it would be the mark of an encoding.
                self.notes.noise(Noise.BYTE_ORDER_MARK, 0)
                text = prose_of(text.lstrip("\ufeff"), Style())
                continue
            marks = self.reader.outlines.front_marks(text, self.compiled.layout)
            if not marks:
                return text
            for mark in marks:
                self.notes.add("ESR109", 0, 0, f"left out of other_sections: {mark.text[:80]!r}")
            kept = [text[a:b] for a, b in between(marks, len(text))]
            text = prose_of("".join(kept), Style())
        return ""

    def _unknown_heading(self, text: str) -> tuple[str, str, str, str] | None:
        """A line that was no heading where it stood, but would be one where its text is put."""
        if not text or not self.outline.numbers:
            return None
        found = self.reader.outlines.unknown_heading(
            text, self.compiled.layout, self.outline.numbers
        )
        if found is None:
            return None
        before, number, title, below = found
        return prose_of(before, Style()), number, title, prose_of(below, Style())

    def _others(self) -> tuple[OtherSection, ...]:
        others = self.other_sections
        unplaced = self._without_front_marks("\n\n".join(self.unplaced))
        found = self._unknown_heading(unplaced)
        if found is not None:
            unplaced, number, title, below = found
            others = [*others, OtherSection(number, title, below)]
        if unplaced:
            others = [OtherSection(None, None, unplaced), *others]
        ranked = [other for _, other in self.compiled.ranked_sections(others)]
        if len(ranked) > MOST_OTHER_SECTIONS:
            first, rest = ranked[: MOST_OTHER_SECTIONS - 1], ranked[MOST_OTHER_SECTIONS - 1 :]
            layout = self.compiled.layout
            texts = [rest[0].text]
            for other in rest[1:]:
                heading = layout.heading(other.number or "", other.title or "")
                texts.append(f"{heading}\n\n{other.text}".rstrip())
            ranked = [*first, OtherSection(rest[0].number, rest[0].title, "\n\n".join(texts))]
            position = len(self.view)
            self.notes.add(
                "ESR110", position, position, f"more than {MOST_OTHER_SECTIONS} other sections"
            )
        return tuple(ranked)
