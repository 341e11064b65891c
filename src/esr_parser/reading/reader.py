"""How a text is looked at: line ends, what belongs to a print, the outline of its regions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from esr_parser.contents import UNWRAPPED
from esr_parser.diagnostics import Notes
from esr_parser.glued import Unglue
from esr_parser.grammar import Layout
from esr_parser.handlers import SectionHandler
from esr_parser.line_ends import bare_of, moved_view, mover
from esr_parser.model import ProjectDescription
from esr_parser.noise import LIGATURES, LINE_SEPARATORS, Noise, line_view
from esr_parser.outline import Outline, OutlineReader, Region
from esr_parser.pages import link_list, without_page_furniture
from esr_parser.reading.assembly import assembled
from esr_parser.reading.compiled import CompiledLayout
from esr_parser.reading.parsed import Parsed
from esr_parser.reading.regions import RegionReader
from esr_parser.recover import recover

if TYPE_CHECKING:
    from esr_parser.parser import Parser

__all__ = ["TextReader"]

_WRAP_SAMPLE = 1 << 16
_WIDEST_WRAP = 250
_FOREIGN = re.compile(
    r"<(?:!doctype html|html|head|body|div|table|p|h[1-6]|span|br|td)\b[^<>]{0,300}>", re.IGNORECASE
)
_FOREIGN_STARTS = {"%PDF-": "a PDF file", "PK\x03\x04": "a ZIP archive", "{\\rtf": "an RTF file"}


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
        self.outlines: OutlineReader = OutlineReader(layouts, aliases)
        self.compiled: dict[int, CompiledLayout] = {
            id(la): CompiledLayout(la, handlers, aliases, built_in) for la in layouts
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
            if not outline.is_whole and any(letter in view for letter in LIGATURES):
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
            regions = self._complete(view, outline, compiled, notes)
            if any(region.kind == "implied" for region in regions):
                view = _masked(view, outline.front_marks)
        reading = RegionReader(compiled, self.outlines, view, outline, notes, width)
        reading.read(regions)
        description = assembled(reading)
        if not reading.found and text:
            notes = self._nothing_found(text, notes)
        return Parsed(parser, text, view, description, notes, reading.parts, outline)

    def _without_furniture(
        self, text: str, view: str, outline: Outline, notes: Notes
    ) -> tuple[str, Outline, Notes]:
        """A second look at the whole: lines run together, page headers, a list of links."""
        clean, count = without_page_furniture(view)
        # Where each heading stands as printed, lines are whole as well.
        clean, breaks = (clean, 0) if outline.is_whole else self.unglue(clean)
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
    ) -> list[Region]:
        """The regions with the sections found by their labels; says which ones are missing."""
        regions = outline.regions
        present = {id(r.section) for r in regions if r.kind == "section"}
        if len(present) == len(outline.layout.sections):
            return regions
        absent = [s for s in outline.layout.sections if id(s) not in present]
        regions = recover(
            view, regions, absent, compiled.readers, self.aliases, notes, outline.style
        )
        # Where there is a heading, this was said before.
        is_untitled = not (outline.has_headings or outline.has_title)
        if is_untitled and any(r.kind == "implied" for r in regions):
            notes.add("ESR104", 0, 0, "the title is missing")
            if not outline.has_banner:
                notes.add("ESR105", 0, 0, "the banner is missing")
        found = {id(r.section) for r in regions}
        missing = [s for s in absent if id(s) not in found and compiled.is_always_printed(s)]
        if missing:
            names = ", ".join(f"'{s.number} {s.title}'" for s in missing)
            notes.add("ESR201", len(view), len(view), f"sections missing: {names}")
        return regions

    def sections_in(self, text: str) -> set[str | None]:
        """The numbers of the sections that a text has, with a heading or found by their labels."""
        view, notes = line_view(text), Notes()
        outline = self.outlines.outline(view, notes)
        compiled = self.compiled[id(outline.layout)]
        regions = self._complete(view, outline, compiled, notes)
        return {region.number for region in regions}

    @staticmethod
    def _nothing_found(text: str, notes: Notes) -> Notes:
        """One clear diagnostic instead of many about what is not there."""
        head = text[:1024]
        kind = next((name for mark, name in _FOREIGN_STARTS.items() if mark in head), None)
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
        parts += [view[position:start], "\f" * (end - start)]
        position = end
    parts.append(view[position:])
    return "".join(parts)


def _width_of(view: str) -> Callable[[], int]:
    """The column at which a text is wrapped, found out when it is first asked for."""
    known: list[int] = []

    def width() -> int:
        if not known:
            widest = max(map(len, view[:_WRAP_SAMPLE].split("\n")))
            known.append(widest if widest <= _WIDEST_WRAP else UNWRAPPED)
        return known[0]

    return width
