"""One attempt at an edit: title, sections and other sections, in the order they are printed in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from esr_parser.contents import Piece, Reader
from esr_parser.edit.changes import Edits, LostError
from esr_parser.edit.extent import Step
from esr_parser.edit.habits import Habits
from esr_parser.edit.implied import (
    RULE,
    ends_in_text,
    give_heading,
    is_implied,
    is_renamed,
    keep_text_off,
    labels_of,
)
from esr_parser.edit.items import ItemsEditor
from esr_parser.edit.others import OthersEditor
from esr_parser.edit.places import Row, slots_of, trimmed
from esr_parser.edit.remedies import Remedies, rule_for
from esr_parser.edit.rows import RowsEditor, places_in, rows_of, written
from esr_parser.edit.units import units_of
from esr_parser.grammar import Fields, Layout, Prose, Section
from esr_parser.model import OtherSection, ProjectDescription
from esr_parser.noise import FURNITURE, LINE_SEPARATORS, Style, squeeze
from esr_parser.reading import CompiledLayout, Parsed, Part, TextReader
from esr_parser.render import is_printed, joined, section_pieces

__all__ = ["SectionsEditor"]

_LINE_REST = re.compile(f"[^\n{LINE_SEPARATORS}]*")


class SectionsEditor:
    """Changes a text so that it says something else.

    Args:
        parsed: The text.
        new: What it has to say.
        step: How much may be written anew.
        remedies: What else is done.
    """

    def __init__(
        self,
        parsed: Parsed,
        new: ProjectDescription,
        step: Step,
        remedies: Remedies,
    ) -> None:
        self.parsed = parsed
        self.remedies = remedies
        self.old: ProjectDescription = parsed.description
        self.new = new
        self.step = step
        self.plain: bool = step.is_plain
        self.reader: TextReader = parsed.parser._reader
        self.compiled: CompiledLayout = self.reader.compiled[id(parsed.outline.layout)]
        self.layout: Layout = self.compiled.layout
        self.habits: Habits = Habits(parsed)
        self.edits: Edits = Edits(parsed.text, glued=not self.plain)
        self.edits.replace(*remedies.without, "")
        self.present: dict[int, list[Part]] = {}
        """The regions of each section, by the identity of its declaration."""
        for part in parsed.parts:
            if _is_read(part):
                self.present.setdefault(id(part.region.section), []).append(part)
        self._titles: dict[int, Part] = {}
        """The region below the title, by the identity of those above it."""
        above = list(takewhile(lambda part: part.region.kind in ("front", "unknown"), parsed.parts))
        while above and above[-1].region.kind != "front":
            above.pop()
        for part in above:
            self._titles[id(part)] = above[-1]
        self._headed: set[str] = set()
        """The numbers of the headings that were put in."""
        self._has_grown = False

    def changed(self) -> str:
        """The text with all changes.

        Raises:
            LostError: a value that changed is not where it should be; or there is nothing that
                the step is made for.
        """
        is_for_implied = self.step is Step.HEADINGS or self.step.heads_changes
        if is_for_implied and not any(map(self._is_told_by_labels, self.parsed.parts)):
            raise LostError
        self._change_title()
        others = OthersEditor(self)
        anchor = next((p for p in self.parsed.parts if p.region.kind == "front"), None)
        for block in self._blocks(others.new):
            if isinstance(block, Section):
                anchor = self._change_section(block, anchor) or anchor
            else:
                anchor = others.change(block, anchor) or anchor
        others.drop_the_rest()
        if self.step.is_apart:
            self._part_unknown_headings()
        if self.step is Step.BEHIND and not self._has_grown:
            raise LostError
        if self.step.is_parted:
            keep_text_off(self)
        if self.remedies.width:
            self._insert_rule()
        return self.edits.applied()

    def _is_told_by_labels(self, part: Part) -> bool:
        return is_implied(part) or is_renamed(part, self.parsed.text)

    def _blocks(self, others: list[OtherSection]) -> list[Section | OtherSection]:
        """Sections and other sections in the order they are printed in."""
        ranked: list[tuple[tuple[float, ...], Section | OtherSection]] = [
            ((1, k, -1), section) for k, section in enumerate(self.layout.sections)
        ]
        ranked += self.compiled.ranked_sections(others)
        return [block for _, block in sorted(ranked, key=lambda pair: pair[0])]

    # -- title ----------------------------------------------------------------------------------

    def _change_title(self) -> None:
        outline = self.parsed.outline
        if not self.remedies.titled and (not outline.has_title or self.new.fund == self.old.fund):
            return
        title = self.layout.title(self.new.fund)
        text = self.parsed.text
        spans = list(outline.front_marks)
        spans += [
            (p.region.start, p.region.body) for p in self.parsed.parts if p.region.kind == "front"
        ]
        for start, end in spans:
            line = text[start:end]
            if squeeze(line).endswith(f"{self.layout.noun}kuvaus"):
                first, last = (
                    (0, len(line.rstrip("\r")))
                    if self.plain
                    else trimmed(line, 0, len(line), FURNITURE)
                )
                self.edits.replace(start + first, start + last, title)
                return
        eol = self.edits.eol * (1 + self.habits.block_gap)
        if outline.front_marks:
            start, end = outline.front_marks[-1]
            place = start + len(text[start:end].rstrip())
            self.edits.replace(place, place, eol + title)
        else:
            place = len(text) - len(text.lstrip("\ufeff"))
            self.edits.replace(place, place, eol.join([*self.layout.banner, title, ""]))

    # -- sections -------------------------------------------------------------------------------

    def pieces(self, description: ProjectDescription, section: Section) -> list[Piece]:
        """What a section prints."""
        return section_pieces(self.reader, self.compiled, description, section)

    def _is_printed(self, description: ProjectDescription, section: Section) -> bool:
        return is_printed(self.reader, self.compiled, description, section)

    def _is_said_by_heading(self, section: Section) -> bool:
        """Whether the heading alone, without text, is a value."""
        return section.key not in self.reader.built_in or (
            section.optional and section.parent is None
        )

    def _change_section(self, section: Section, anchor: Part | None) -> Part | None:
        """Changes a section; gives the region behind which what follows it can be put."""
        found = self.present.get(id(section), [])
        old, new = self.pieces(self.old, section), self.pieces(self.new, section)
        was_printed = self._is_printed(self.old, section)
        is_printed = self._is_printed(self.new, section)
        is_said = self._is_said_by_heading(section)
        if not found:
            is_filled = old != new and any(not unit.is_empty for unit in units_of(new))
            if is_filled or (is_said and is_printed and not was_printed):
                self._insert_section(section, new, anchor)
            return None
        has_text = all(map(is_implied, found)) and any(
            part.reading is not None and part.reading.strays for part in found
        )
        if was_printed and not is_printed and (is_said or old != new):
            for part in found:
                if has_text:
                    self._drop_items(part)
                else:
                    self.drop_region(part)
            return None
        if self._gets_heading(is_changed=old != new) and all(map(is_implied, found)):
            give_heading(self, section, found[0])
        if old != new or (self.remedies.joined and isinstance(section.content, Fields)):
            self._change_pieces(section, found, old, new)
            if self.step.heads_changes:
                self._insert_twins(section, found[-1])
        return found[-1]

    def _gets_heading(self, *, is_changed: bool) -> bool:
        """Whether a section that was found by its labels gets a heading."""
        if self.remedies.headed and not self._headed:
            return True
        return self.step is Step.HEADINGS or (self.step.heads_changes and is_changed)

    def _insert_twins(self, section: Section, anchor: Part) -> None:
        """Puts in the headings of sections that would be found by a label said twice."""
        own = labels_of(section)
        for twin in self.layout.sections[self.layout.sections.index(section) + 1 :]:
            is_twin = bool(own) and own == labels_of(twin) and id(twin) not in self.present
            if is_twin and self.pieces(self.old, twin) == self.pieces(self.new, twin):
                self._insert_text(self.headings_of(twin)[-1], "", anchor)

    def _insert_rule(self) -> None:
        """Puts a rule below fields: there it says nothing."""
        for part in self.parsed.parts:
            section = part.region.section
            if section is not None and _is_read(part) and isinstance(section.content, Fields):
                lines = self.habits.lines_of(part)
                last = max(lines.top - 1, lines.last_filled())
                self.edits.insert(lines, last, "-" * self.remedies.width, 1)
                return

    def _drop_items(self, part: Part) -> None:
        """Takes the labels out of a region that was found by them; the text in it stays."""
        lines = self.habits.lines_of(part)
        for entry in part.entries:
            self.edits.drop(lines, entry.first, max(entry.last, entry.end))

    def _change_pieces(
        self, section: Section, found: list[Part], old: list[Piece], new: list[Piece]
    ) -> None:
        reader = self.compiled.readers[id(section)]
        if self.step is Step.SECTIONS:
            self._rewrite(found, new)
        elif isinstance(section.content, Prose):
            self._change_prose(found, old[0].value if old else "", new[0].value if new else "")
        else:
            self._change_items(section, reader, found, old, new)

    def _change_items(
        self,
        section: Section,
        reader: Reader,
        found: list[Part],
        old: list[Piece],
        new: list[Piece],
    ) -> None:
        regions = [(part, self.habits.lines_of(part)) for part in found]
        slots = slots_of(reader, regions, section.content)
        lines = regions[0][1]
        editor = ItemsEditor(
            self.edits,
            self.habits,
            lines,
            slots,
            section,
            step=self.step,
            joined=self.remedies.joined,
        )
        editor.change(units_of(old), units_of(new))
        rule = rule_for(new, self.habits.style.margin) if self.remedies.wide else ""
        if rule:
            self.edits.insert(lines, max(lines.top - 1, lines.last_filled()), rule, 1)

    def _change_prose(self, found: list[Part], old: str, new: str) -> None:
        part = next((part for part in found if (part.prose or "") == old), found[0])
        lines = self.habits.lines_of(part)
        style = self.habits.style
        rows = rows_of(places_in(lines), old.split("\n"), style) if old else []
        texts = new.split("\n") if new else []
        self.prose_editor(style).change(rows, texts, lines, lines.top - 1)

    def prose_editor(self, style: Style) -> RowsEditor:
        """Changes lines of prose that are read in a style."""

        def write(text: str, like: Row | None) -> str:
            if not text:
                return ""
            margin = self.habits.margin
            if like is not None and like.start:
                margin = like.lines.raw(like.first)[: like.start]
            return margin + written(text, style.clean_line)

        lead = self.habits.below_heading
        return RowsEditor(
            self.edits, write, style.clean_line, lead, is_prose=True, plain=self.plain
        )

    def prose_text(self, text: str) -> str:
        """Prose as it stands in this text: with its margin and its line ends."""
        write = self.prose_editor(self.habits.style).write
        return self.edits.eol.join(write(line, None) for line in text.split("\n"))

    def _text_of(self, pieces: Sequence[Piece]) -> str:
        """Pieces as canonical text, with the line ends and the margin of this text."""
        return self.prose_text(joined(list(pieces))) if pieces else ""

    def _rewrite(self, found: list[Part], new: Sequence[Piece]) -> None:
        text = self._text_of(new)
        for part in found:
            lines = self.habits.lines_of(part)
            start = lines.end(lines.top - 1) if lines.top else lines.start(0)
            end = max(start, lines.end(max(lines.last_filled(), 0)))
            lead = self.edits.eol * 2 if text and lines.top else ""
            self.edits.replace(start, end, lead + text)
            text = ""

    # -- whole blocks ---------------------------------------------------------------------------

    def _insert_section(
        self, section: Section, pieces: Sequence[Piece], anchor: Part | None
    ) -> None:
        """Puts in a section that is not in the text, below that of which it is a part."""
        text = self._text_of(pieces)
        rule = rule_for(pieces, self.habits.style.margin) if self.remedies.wide else ""
        if rule:
            text += self.edits.eol * 2 + rule
        if self.step is Step.BEHIND:
            anchor = [part for part in self.parsed.parts if part.region.kind != "next"][-1]
            if not self._has_grown and is_implied(anchor) and ends_in_text(anchor):
                self.insert_block(None, None, RULE, anchor)
        *above, own = self.headings_of(section)
        if above:
            own = (self.edits.eol * (1 + self._gaps()[0])).join([*above, own])
        self._insert_text(own, text, anchor)

    def headings_of(self, section: Section) -> list[str]:
        """The heading of a section, and before it that of which it is a part, if it is absent."""
        family = [section]
        parent = self.compiled.by_number.get(section.parent or "")
        if parent is not None and id(parent) not in self.present:
            family.insert(0, parent)
        absent = [each for each in family if each.number not in self._headed]
        self._headed.update(each.number for each in absent)
        return [self.habits.heading(each.number, each.title) for each in absent]

    def is_headed(self, part: Part) -> bool:
        """Whether the section of a region has got a heading."""
        return part.region.number in self._headed

    def insert_block(
        self, number: str | None, title: str | None, text: str, anchor: Part | None
    ) -> None:
        """Puts a heading and the text below it in, behind a region."""
        heading = title or ""
        if number is not None:
            self._headed.add(number)
            heading = self.habits.heading(number, heading)
        self._insert_text(heading, text, anchor)

    def _part_unknown_headings(self) -> None:
        """Puts empty lines around headings that nobody knows, so that they stand alone."""
        for part in self.parsed.parts:
            if part.region.kind != "unknown":
                continue
            lines, eol = self.habits.lines_of(part), self.edits.eol
            if not lines.gap_behind(0):
                self.edits.replace(lines.end(0), lines.end(0), eol)
            count, stop = self.habits.blank_above(part.region.start)
            if stop >= 0 and not count:
                self.edits.replace(part.region.start, part.region.start, eol)

    @property
    def _least_gap(self) -> int:
        """Among lines without a gap, a heading that nobody knows has to stand alone."""
        return int(self.plain or self.step.is_apart)

    def _gaps(self) -> tuple[int, int]:
        """Empty lines above and below a new heading."""
        habits, least = self.habits, self._least_gap
        return max(habits.above_heading, least), max(habits.below_heading, least)

    def _insert_text(self, heading: str, text: str, anchor: Part | None) -> None:
        self._has_grown = True
        eol = self.edits.eol
        above, below = self._gaps()
        whole = (eol * (1 + below)).join(part for part in (heading, text) if part)
        if anchor is None:
            self.edits.replace(0, 0, whole + eol * (1 + above))
        else:
            # A title is none below a section that is known, only below those that nobody knows.
            anchor = self._titles.get(id(anchor), anchor)
            lines = self.habits.lines_of(anchor)
            last = lines.last_filled()
            end = lines.end(last) if last >= 0 else lines.start(0)
            pictures = self.parsed.text[end : anchor.region.end].rstrip()
            if pictures.strip("\ufeff"):
                match = _LINE_REST.match(self.parsed.text, end + len(pictures))
                end = match.end() if match else end
                self.edits.replace(end, end, eol * (1 + above) + whole)
            else:
                self.edits.insert(lines, last, whole, above, above if last < 0 else 0)

    def drop_region(self, part: Part) -> None:
        """Takes out a region with its heading, and the empty lines before it."""
        lines = self.habits.lines_of(part)
        _, start = self.habits.blank_above(part.region.start)
        if start < 0:
            self.edits.replace(0, part.region.end, "")
        else:
            self.edits.replace(start, lines.end(max(lines.last_filled(), 0)), "")


def _is_read(part: Part) -> bool:
    """Whether the values of a section were read from a region."""
    region = part.region
    if region.section is None or region.kind == "empty":
        return False
    if region.kind == "repeated":
        return part.reading is not None or isinstance(region.section.content, Prose)
    return True
