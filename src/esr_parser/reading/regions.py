"""The regions of a text, one by one: values, text of other sections, what is said about them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any

import attrs

from esr_parser.contents import Body, ProseReader, Reading, prose_of
from esr_parser.diagnostics import Notes
from esr_parser.grammar import Field, Prose, Scores, Section
from esr_parser.model import OtherField, OtherSection, SustainabilityImpact
from esr_parser.noise import RULE_MARKS, Noise, Style
from esr_parser.outline import Outline, OutlineReader, Region
from esr_parser.reading.compiled import CompiledLayout
from esr_parser.reading.parsed import Part

__all__ = ["RegionReader"]

_LONGEST_PAGE_TITLE = 120
_FRONT_MATTER = re.compile(r"^(?:<!doctype[^<>]{0,200}>|title:\s*)", re.IGNORECASE)


class RegionReader:
    """Reads the regions of one text, and holds what they say."""

    def __init__(
        self,
        compiled: CompiledLayout,
        outlines: OutlineReader,
        view: str,
        outline: Outline,
        notes: Notes,
        width: Callable[[], int],
    ) -> None:
        self.compiled = compiled
        self.outlines = outlines
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
        self.regions: list[Region] = []
        self.found: bool = False

    @cached_property
    def renamed(self) -> set[str | None]:
        """The numbers of unknown sections."""
        return {region.number for region in self.regions if region.kind == "unknown"}

    @cached_property
    def cut(self) -> set[int]:
        """Where regions begin that sections found by their labels were cut from."""
        return {region.host.start for region in self.regions if region.host is not None}

    def read(self, regions: list[Region]) -> None:
        """Reads all regions, in their order."""
        self.regions = regions
        highest = -1
        for region in regions:
            part = Part(region)
            self.parts.append(part)
            kind = region.kind
            if kind == "section" or kind == "implied":
                assert region.section is not None
                self.found = True
                index = self.compiled.index[region.section.number]
                if index > highest:
                    highest = index
                elif index < highest and kind == "section":
                    self._say(region, "ESR203", f"section {region.number} stands out of order")
                self._section(part, region, region.section)
            elif kind == "front":
                self._front(part, region)
            elif kind == "empty":
                self.found = True
            else:
                self._other(part, region)
        if self.outline.has_title:
            self.found = True

    # -- one region -------------------------------------------------------------------------

    def _section(self, part: Part, region: Region, section: Section) -> None:
        values = self.values.setdefault(section.key, {})
        text = self.view[region.body : region.end]
        reader = self.compiled.readers.get(id(section))
        if reader is None:
            part.prose = stray = self._prose(text, region.body)
            if stray:
                self._stray(region, section, stray, region.body)
            return
        if type(reader) is ProseReader:
            part.prose = prose = self._prose(text, region.body)
            if not self.outline.is_canonical and region.start in self.cut:
                prose, more = self._parted(prose, section.number, section.title)
                self._keep(more)
            if prose or self._is_noted_when_empty(section):
                values[reader.content.path] = prose
            elif section.optional:
                message = f"no text below '{section.number} {section.title}'"
                place = region.start, region.body
                self.notes.add("ESR304", *place, message, section=section.number)
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
        if not values:
            self.values[section.key] = reading.values
        elif values.keys().isdisjoint(reading.values):
            values.update(reading.values)
        else:
            self._take_second_piece(values, reading)
        if reading.others:
            self.other_fields += reading.others
        if reading.strays:
            strays = [
                prose_of("\n".join(filter(_is_line, body.lines[first:last])), self.style)
                for first, last in reading.strays
            ]
            stray = "\n\n".join(strays)
            self._stray(region, section, stray, body.offsets[reading.strays[0][0]])

    @staticmethod
    def _take_second_piece(values: dict[str, Any], reading: Reading) -> None:
        """The values of a section that was found by its labels in two places.

        Rows are added to those that were read before; what was read before is text.
        """
        for path, value in reading.values.items():
            before = values.setdefault(path, value)
            if before is value:
                continue
            again = [entry for entry in reading.entries if _is_item_of(entry.item, path)]
            if again:
                reading.give_up(again)
            elif isinstance(value, tuple) and _may_follow(value, before):
                values[path] = before + value
            else:
                reading.give_up(reading.entries)

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
        text, more = self._parted(text, section.number, section.title)
        self._keep(more)
        if text:
            self.other_sections.append(OtherSection(section.number, section.title, text))
        self.notes.add(
            "ESR206",
            position,
            region.end,
            f"text that is no field of section {section.number}: {excerpt!r}",
            section=section.number,
        )

    def _parted(self, text: str, number: str, title: str) -> tuple[str, list[OtherSection]]:
        """Text as it is read below the heading of a section, up to any unknown heading in it."""
        if not text or not self.outline.numbers:
            return text, []
        layout, numbers = self.compiled.layout, self._stray_numbers
        heading = layout.heading(number, title)
        return _others_of(self.outlines.unknown_below(text, layout, numbers, heading))

    @cached_property
    def _stray_numbers(self) -> frozenset[str]:
        """The numbers of unknown headings; a declared one only where its section is not printed."""
        found = {region.number for region in self.regions}
        by_number = self.compiled.by_number
        return frozenset(
            number
            for number in self.outline.numbers
            if number not in by_number or (by_number[number].optional and number not in found)
        )

    def _unplaced(self, region: Region, text: str) -> None:
        """Text behind the fields of a section that was found by its labels."""
        host = region.host
        assert host is not None
        section = host.section
        if section is not None and not self._has_own_text(section):
            section = None
        is_unknown = host.kind == "unknown" and host.number in self.renamed
        own = host.number if section is not None or is_unknown else None
        text, more = self._put_elsewhere(text, (own or "").partition(".")[0])
        if section is not None and section.content is None:
            # It will stand right below the heading, as other text there.
            text, renamed = self._parted(text, section.number, section.title)
            more = [*renamed, *more]
        if is_unknown:
            self._add_text(own, text, self.style.clean_value(host.title or ""))
        elif text and section is not None:
            self.other_sections.append(OtherSection(section.number, section.title, text))
        elif text:
            self.unplaced.append(text)
        self._keep(more)

    def _is_noted_when_empty(self, section: Section) -> bool:
        """Whether a heading without text is a value: ``""`` for one that need not be there."""
        return section.parent is None and not self.compiled.is_always_printed(section)

    def _is_bare(self, section: Section) -> bool:
        """Whether nothing would stand below the heading in the canonical text."""
        if not isinstance(section.content, Prose | Scores):
            return False
        return not self.values[section.key].get(section.content.path)

    def _has_own_text(self, section: Section) -> bool:
        """Whether text added to a section stays apart from what the section's values are."""
        content = section.content
        if content is None:
            return True
        return type(content) is Prose and bool(self.values[section.key].get(content.path))

    def _prose(self, text: str, start: int) -> str:
        """The text without the blank lines around it, of which those of white space are counted."""
        bare = text.strip("\n")
        if self.style.is_plain and not (bare[:1].isspace() or bare[-1:].isspace()):
            return bare
        self._count_blank_space(text, start)
        return prose_of(text, self.style)

    def _count_blank_space(self, text: str, start: int) -> None:
        """Lines of white space around prose are no part of it: they are counted."""
        inner = text.strip("\n")
        if not (inner[:1].isspace() or inner[-1:].isspace()):
            return
        begin = text.rfind("\n", 0, len(text) - len(text.lstrip())) + 1
        end = text.find("\n", len(text.rstrip()))
        tail = text[end:] if end >= 0 else ""
        for edge in (text,) if text.isspace() else (text[:begin], tail):
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
            is_parent = section is not None and section.content is None
            if stray and is_parent and not stray.strip(RULE_MARKS):
                # It will stand below the first heading, where a rule is no text.
                self.notes.noise(Noise.RULE, region.body, stray.count("\n") + 1)
            elif stray:
                self.other_sections.append(OtherSection(number, title, stray))
            self._say(region, "ESR202", f"the heading '{number} {title}' is repeated")
            return
        self.found = True
        is_cut = region.start in self.cut
        stray, more = self._parted(stray, number or "", title) if is_cut else (stray, [])
        self._keep([OtherSection(number, title, stray), *more])
        declared = self.compiled.by_number.get(number or "")
        expected = f"; expected '{number} {declared.title}'" if declared is not None else ""
        self._say(region, "ESR204", f"unknown section '{number} {title}'{expected}")

    def _say(self, region: Region, code: str, message: str) -> None:
        self.notes.add(code, region.start, region.body, message, section=region.number)

    def _front(self, part: Part, region: Region) -> None:
        """What stands before the first section and is neither banner nor title."""
        if region.start:
            self._front_again(part, region)
            return
        stretches = [(a, min(b, region.end)) for a, b in self.outline.front if a < region.end]
        chunks: list[tuple[int, str]] = []
        for a, b in stretches:
            text = self.view[a:b]
            if not text.strip("\n"):
                continue
            self._count_blank_space(f"\n{text}", a)
            if text.strip(RULE_MARKS):
                chunks.append((a, text))
            elif text.strip():
                self.notes.noise(Noise.RULE, a, sum(1 for t in text.split("\n") if t.strip()))
        headless = not self.found and len(self.parts) == 1 and not self.outline.has_title
        if headless and any(r.kind == "section" for r in self.outline.regions):
            headless = self.regions[1].kind == "implied"
        if chunks and chunks[0][0] == 0 and (self.outline.has_title or headless):
            bare, *more = self._without_front_matter(chunks[0][1]) or [""]
            followed = self.outline.has_title or region.end < len(self.view)
            if not more and len(bare) <= _LONGEST_PAGE_TITLE and followed:
                start = self.view.find(bare)
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

    def _front_again(self, part: Part, region: Region) -> None:
        """What stands below a title that comes behind an unknown section."""
        text = self.view[region.body : region.end]
        self._count_blank_space(text, region.body)
        text = prose_of(text, self.style)
        part.prose = text
        if text and not text.strip(RULE_MARKS):
            self.notes.noise(Noise.RULE, region.body, text.count("\n") + 1)
        elif text:
            self.unplaced.append(text)
            message = f"text whose section is not known: {text[:60]!r}"
            self.notes.add("ESR108", region.body, region.end, message)

    @staticmethod
    def _without_front_matter(text: str) -> list[str]:
        """The lines before a title that are no furniture of a file format."""
        lines = [line.strip() for line in text.split("\n")]
        lines = [_FRONT_MATTER.sub("", line) for line in lines if line.strip(RULE_MARKS)]
        return [line for line in lines if line]

    def without_unknown(self, text: str) -> str:
        """Text without the headings that it would have before section 1, which are kept."""
        text, more = self._put_elsewhere(text, "")
        self._keep(more)
        return text

    def _put_elsewhere(self, text: str, top: str) -> tuple[str, list[OtherSection]]:
        """Text as it is read in section ``top``, or before section 1 (``""``)."""
        if not text or not self.outline.numbers:
            return text, []
        numbers = self.outline.numbers - self.compiled.by_number.keys()
        if not top and "1" in self.renamed:
            # No other declared number is expected before section 1.
            numbers |= {"1"}
        found = self.outlines.first_unknown(text, self.compiled.layout, numbers, top)
        if found is None:
            return text, []
        before, number, title, below = found
        below, more = self._parted(below, number, title)
        return prose_of(before, Style()), [OtherSection(number, title, below), *more]

    def _keep(self, others: list[OtherSection]) -> None:
        """Keeps unknown sections that were found in text."""
        for other in others:
            number, title, below = other.number or "", other.title or "", other.text
            if number in self.compiled.by_number:
                # A declared number under another title counts once: further ones are text.
                heading = self.compiled.layout.heading(number, title)
                if self._add_text(number, f"{heading}\n\n{below}".rstrip()):
                    continue
            self.other_sections.append(other)

    def _add_text(self, number: str | None, text: str, title: str | None = None) -> bool:
        """Adds text to the last unknown section with a number, and a title; ``False`` if none."""
        for k in reversed(range(len(self.other_sections))):
            other = self.other_sections[k]
            if other.number == number and title in (None, other.title):
                whole = "\n\n".join(filter(None, (other.text, text)))
                self.other_sections[k] = attrs.evolve(other, text=whole)
                return True
        return False


def _others_of(
    found: tuple[str, list[tuple[str, str, str]]],
) -> tuple[str, list[OtherSection]]:
    """Text, and the unknown sections found in it, without blank lines around them."""
    text, sections = found
    plain = Style()
    others = [OtherSection(n, title, prose_of(below, plain)) for n, title, below in sections]
    return prose_of(text, plain), others


def _is_line(line: str) -> bool:
    """Whether a line is no mere page break, nor one that stands for a title amid fields."""
    return not line or line.strip("\f") != ""


def _is_item_of(item: object, path: str) -> bool:
    """Whether a path is that of a field, or of the answer or explanation of a question."""
    return isinstance(item, Field) and (path == item.path or path.startswith(f"{item.path}."))


def _may_follow(rows: tuple[Any, ...], before: tuple[Any, ...]) -> bool:
    """Whether more rows are read as such below others: scores only where they are of new aspects.

    In one block an aspect without scores may be a note of the row above it.
    """
    seen = {row.aspect for row in before if isinstance(row, SustainabilityImpact)}
    return not any(
        isinstance(row, SustainabilityImpact) and (row.aspect in seen or row.direct is None)
        for row in rows
    )
