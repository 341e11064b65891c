"""Minimal edits: the text of another description, changed in as few lines as can be.

Old and new description are compared as canonical pieces, section by section; what is the same is
not touched. A piece that changed is looked up in the text (:mod:`esr_parser.places`) and only the
characters of its value are replaced. Then the new text is read. Where it does not say exactly what
it should, larger stretches are written as the register prints them: first the lines concerned,
then the sections concerned, at last the whole text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import TYPE_CHECKING

import attrs

from esr_parser.changes import Edits, Lines, LostError, paired
from esr_parser.grammar import Prose, Section
from esr_parser.habits import Habits
from esr_parser.items import ItemsEditor, RowsEditor
from esr_parser.model import OtherSection, ProjectDescription
from esr_parser.noise import FURNITURE, Style, squeeze
from esr_parser.places import Row, rows_of, slots_of, units_of, written
from esr_parser.reading import Parsed, Part
from esr_parser.render import _is_printed, joined, rendered, section_pieces

if TYPE_CHECKING:
    from esr_parser.contents import Piece
    from esr_parser.document import Document

__all__ = ["Step", "attempts", "edited"]


class Step(Enum):
    """How much is written anew."""

    VALUES = "values"
    LINES = "lines"
    REPAIR = "repair"
    SECTIONS = "sections"
    TEXT = "text"


def edited(document: Document, new: ProjectDescription) -> Document:
    """The document whose description is ``new``; every other line stays as it is.

    Args:
        document: The document to be changed; it is not touched.
        new: What the new text has to say.

    Raises:
        UnrepresentableError: a value of ``new`` cannot be written so that it reads back.
    """
    if new == document.description:
        return document
    return next(d for _, d in attempts(document._parsed, new) if d.description == new)


def attempts(parsed: Parsed, new: ProjectDescription) -> Iterator[tuple[Step, Document]]:
    """Documents that may say what is wanted, each with more written anew; the last one does."""
    parser = parsed.parser
    canonical = rendered(parser, parser._reader, new)
    if parser._reader.layout_for(new).layout is parsed.outline.layout:
        tried: dict[Step, Parsed] = {}
        for step in (Step.VALUES, Step.LINES, Step.REPAIR, Step.SECTIONS):
            # A new line may change how another one is read: that one is put right, too.
            base = tried.get(Step.VALUES, parsed) if step is Step.REPAIR else parsed
            document = _attempt(base, new, step)
            if document is not None:
                tried[step] = document._parsed
                yield step, document
    yield Step.TEXT, parser.parse_document(canonical)


def _attempt(parsed: Parsed, new: ProjectDescription, step: Step) -> Document | None:
    """One attempt; with a title, too, where that is all that is missing."""
    parser = parsed.parser
    try:
        document = parser.parse_document(_Editor(parsed, new, step).changed())
        if _differ_in_title(document.description, new) and not parsed.outline.has_title:
            text = _Editor(parsed, new, step, titled=True).changed()
            document = parser.parse_document(text)
    except LostError:
        return None
    return document


def _differ_in_title(a: ProjectDescription, b: ProjectDescription) -> bool:
    """Whether two descriptions are the same but for what their titles say."""
    if a == b:
        return False
    return attrs.evolve(a, fund=b.fund, programme_period=b.programme_period) == b


class _Editor:
    """One attempt: the text with the changes of one step."""

    def __init__(
        self, parsed: Parsed, new: ProjectDescription, step: Step, *, titled: bool = False
    ) -> None:
        self.parsed = parsed
        self.old = parsed.description
        self.new = new
        self.step = step
        self.titled = titled
        self.reader = parsed.parser._reader
        self.compiled = self.reader.compiled[id(parsed.outline.layout)]
        self.layout = self.compiled.layout
        self.habits = Habits(parsed)
        self.style = parsed.outline.style
        self.edits = Edits(parsed.text, glued=step in (Step.VALUES, Step.REPAIR))
        self.present: dict[int, list[tuple[Part, Lines]]] = {}
        for part in parsed.parts:
            section = part.region.section
            if section is not None and _is_read(part):
                self.present.setdefault(id(section), []).append((part, self.habits.lines_of(part)))
        self.inserted: set[str] = set()

    def changed(self) -> str:
        """The text with all changes.

        Raises:
            LostError: a value that changed is not where it should be.
        """
        self._change_title()
        others = _Others(self)
        front = [p for p in self.parsed.parts if p.region.kind == "front"][:1]
        anchor = front[0] if front else None
        for block in self._blocks():
            if isinstance(block, Section):
                self._change_section(block, anchor)
                found = self.present.get(id(block))
                anchor = found[-1][0] if found and not self._is_dropped(block) else anchor
            else:
                anchor = others.change(block, anchor) or anchor
        others.drop_the_rest()
        return self.edits.applied()

    def _blocks(self) -> list[Section | OtherSection]:
        """Sections and other sections in the order they are printed in."""
        ranked: list[tuple[tuple[float, ...], Section | OtherSection]] = [
            ((1, k, -1), section) for k, section in enumerate(self.layout.sections)
        ]
        ranked += self.compiled.ranked_sections(list(self.new.other_sections))
        return [block for _, block in sorted(ranked, key=lambda pair: pair[0])]

    # -- title ----------------------------------------------------------------------------------

    def _change_title(self) -> None:
        outline = self.parsed.outline
        if not self.titled and (not outline.has_title or self.new.fund == self.old.fund):
            return
        title = self.layout.title(self.new.fund)
        text = self.parsed.text
        spans = [*outline.front_marks]
        spans += [
            (p.region.start, p.region.body) for p in self.parsed.parts if p.region.kind == "front"
        ]
        for start, end in spans:
            line = text[start:end]
            if squeeze(line).endswith(f"{self.layout.noun}kuvaus"):
                lead = len(line) - len(line.lstrip(FURNITURE))
                self.edits.replace(start + lead, start + len(line.rstrip(FURNITURE)), title)
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

    def _pieces(self, description: ProjectDescription, section: Section) -> list[Piece]:
        return section_pieces(self.reader, self.compiled, description, section)

    def _printed(self, description: ProjectDescription, section: Section) -> bool:
        return _is_printed(self.reader, self.compiled, description, section)

    def _is_said_by_heading(self, section: Section) -> bool:
        """Whether the heading alone, without text, is a value."""
        return section.key not in self.reader.built_in or (
            section.optional and section.parent is None
        )

    def _is_dropped(self, section: Section) -> bool:
        if self._printed(self.new, section) or not self._printed(self.old, section):
            return False
        return self._is_said_by_heading(section) or bool(self._pieces(self.old, section))

    def _change_section(self, section: Section, anchor: Part | None) -> None:
        found = self.present.get(id(section))
        if found and self._is_dropped(section):
            for part, lines in found:
                self.drop_region(part, lines)
            return
        old, new = self._pieces(self.old, section), self._pieces(self.new, section)
        if not found:
            newly = self._printed(self.new, section) and not self._printed(self.old, section)
            if (newly and self._is_said_by_heading(section)) or (
                old != new and any(not unit.is_empty for unit in units_of(new))
            ):
                self._insert_section(section, new, anchor)
        elif old == new:
            return
        elif self.step is Step.SECTIONS:
            self._rewrite(found, new)
        elif isinstance(section.content, Prose):
            self._change_prose(found, old[0].value if old else "", new[0].value if new else "")
        else:
            reader = self.compiled.readers[id(section)]
            slots = slots_of(reader, found, section.content)
            plain = self.step is Step.LINES
            editor = ItemsEditor(self.edits, self.habits, found, slots, section, plain=plain)
            editor.change(units_of(old), units_of(new))

    def _change_prose(self, found: Sequence[tuple[Part, Lines]], old: str, new: str) -> None:
        own = [(part, lines) for part, lines in found if (part.prose or "") == old]
        _, lines = (own or found)[0]
        places = [(lines, k) for k in range(lines.top, len(lines.lines))]
        rows = rows_of(places, old.split("\n"), self.style) if old else []
        self.rows_editor(self.style).change(
            rows, new.split("\n") if new else [], lines, lines.top - 1
        )

    def rows_editor(self, style: Style) -> RowsEditor:
        """Changes prose."""

        def write(text: str, like: Row | None) -> str:
            if not text:
                return ""
            margin = self.habits.margin
            if like is not None and like.start:
                margin = like.lines.raw(like.first)[: like.start]
            return margin + written(text, style.clean_line)

        lead = self.habits.below_heading
        plain = self.step is Step.LINES
        return RowsEditor(self.edits, write, style.clean_line, lead, is_prose=True, plain=plain)

    def _text_of(self, pieces: Sequence[Piece]) -> str:
        """Pieces as canonical text, with the line ends and the margin of this text."""
        if not pieces:
            return ""
        write = self.rows_editor(self.style).write
        return self.edits.eol.join(write(line, None) for line in joined(list(pieces)).split("\n"))

    def _rewrite(self, found: Sequence[tuple[Part, Lines]], new: Sequence[Piece]) -> None:
        text = self._text_of(new)
        for _, lines in found:
            last = lines.last_filled()
            start = lines.end(lines.top - 1) if lines.top else lines.start(0)
            lead = self.edits.eol * 2 if text and lines.top else ""
            self.edits.replace(start, max(start, lines.end(last)), lead + text)
            text = ""

    def _insert_section(
        self, section: Section, pieces: Sequence[Piece], anchor: Part | None
    ) -> None:
        """Puts in a section that is not in the text, below that of which it is a part."""
        parent = self.compiled.by_number.get(section.parent or "")
        is_absent = parent is not None and not self.present.get(id(parent))
        if parent is not None and is_absent and parent.number not in self.inserted:
            self.insert_block(parent.number, parent.title, "", anchor)
        self.insert_block(section.number, section.title, self._text_of(pieces), anchor)

    # -- whole blocks ---------------------------------------------------------------------------

    def insert_block(
        self, number: str | None, title: str | None, text: str, anchor: Part | None
    ) -> None:
        """Puts a heading and the text below it in, behind a region."""
        eol, habits = self.edits.eol, self.habits
        heading = ""
        if number is not None:
            self.inserted.add(number)
            heading = habits.heading(number, title or "")
        elif title is not None:
            heading = title
        # Among lines without a gap, a heading that nobody knows has to stand alone.
        least = 0 if self.step is Step.VALUES else 1
        above, below = max(habits.above_heading, least), max(habits.below_heading, least)
        whole = (eol * (1 + below)).join(part for part in (heading, text) if part)
        if anchor is None:
            self.edits.replace(0, 0, whole + eol * (1 + above))
            return
        lines = habits.lines_of(anchor)
        self.edits.insert(lines, lines.last_filled(), whole, above)

    def drop_region(self, part: Part, lines: Lines) -> None:
        """Takes out a region with its heading, and the empty lines before it."""
        _, start = self.habits.blank_above(part.region.start)
        if start < 0:
            self.edits.replace(0, part.region.end, "")
        else:
            self.edits.replace(start, lines.end(max(lines.last_filled(), 0)), "")


def _is_read(part: Part) -> bool:
    """Whether the values of a section were read from a region."""
    region = part.region
    if region.kind in ("section", "implied"):
        return True
    return region.kind == "repeated" and (
        part.reading is not None or isinstance(getattr(region.section, "content", None), Prose)
    )


class _Others:
    """The other sections: which of them stay, and where they stand in the text."""

    def __init__(self, editor: _Editor) -> None:
        self.editor = editor
        old, new = editor.old.other_sections, editor.new.other_sections
        self.is_same = old == new
        pairs = paired(
            [(f"{o.number} {o.title}", o.text) for o in old],
            [(f"{o.number} {o.title}", o.text) for o in new],
        )
        self.before = {
            id(other): old[i] for other, i in zip(new, pairs, strict=True) if i is not None
        }
        gone = set(range(len(old))).difference(i for i in pairs if i is not None)
        self.gone = [old[i] for i in sorted(gone)]
        self.regions: dict[tuple[str | None, str | None, str], list[Part]] = {}
        for part in reversed(editor.parsed.parts):
            region = part.region
            if region.kind in ("unknown", "repeated", "next"):
                number = None if region.kind == "next" else region.number
                key = (number, region.title, part.prose or "")
                self.regions.setdefault(key, []).append(part)
        self.places = {id(other): self._region_of(other) for other in old}

    def _region_of(self, other: OtherSection) -> Part | None:
        parts = self.regions.get((other.number, other.title, other.text))
        return parts.pop() if parts else None

    def change(self, other: OtherSection, anchor: Part | None) -> Part | None:
        """Makes the text say this one; where it was not, it goes behind ``anchor``."""
        old = self.before.get(id(other))
        if old is None:
            self._insert(other, anchor)
            return None
        part = self.places[id(old)]
        if old.text != other.text:
            self._change_text(old, part, other.text)
        return part

    def drop_the_rest(self) -> None:
        """Takes out what is no longer said."""
        for other in self.gone:
            part = self.places[id(other)]
            if part is not None:
                self.editor.drop_region(part, self.editor.habits.lines_of(part))
            else:
                self._change_text(other, None, "")

    def _change_text(self, old: OtherSection, part: Part | None, new: str) -> None:
        editor = self.editor
        style = editor.style if old.number is not None or old.title is None else Style()
        places = self._places_in(part) if part is not None else list(self._stray_places(old))
        rows = rows_of(places, old.text.split("\n"), style) if old.text else []
        if not rows and part is None:
            raise LostError
        lines = rows[0].lines if rows else editor.habits.lines_of(part)  # type: ignore[arg-type]
        texts = new.split("\n") if new else []
        editor.rows_editor(style).change(rows, texts, lines, lines.top - 1)

    def _places_in(self, part: Part) -> list[tuple[Lines, int]]:
        lines = self.editor.habits.lines_of(part)
        return [(lines, k) for k in range(lines.top, len(lines.lines))]

    def _stray_places(self, other: OtherSection) -> Iterator[tuple[Lines, int]]:
        """The lines of text that stands in a section without being a part of it."""
        marks = self.editor.parsed.outline.front_marks
        for part in self.editor.parsed.parts:
            region = part.region
            lines = self.editor.habits.lines_of(part)
            if other.number is None and region.kind == "front":
                for k in range(lines.top, len(lines.lines)):
                    start = lines.start(k)
                    if not any(a <= start < b for a, b in marks):
                        yield lines, k
            elif other.number is None and region.kind != "implied":
                continue
            elif other.number is None or (region.number, region.title) == (
                other.number,
                other.title,
            ):
                if part.reading is not None:
                    for first, last in part.reading.strays:
                        yield from ((lines, k) for k in range(first, last))
                elif region.section is not None and region.section.content is None:
                    yield from self._places_in(part)

    def _insert(self, other: OtherSection, anchor: Part | None) -> None:
        editor = self.editor
        write = editor.rows_editor(editor.style).write
        text = editor.edits.eol.join(write(line, None) for line in other.text.split("\n"))
        section = editor.compiled.by_number.get(other.number or "")
        if section is not None and section.content is None and section.title == other.title:
            found = editor.present.get(id(section))
            if found and not (found[0][0].prose or ""):
                lines = found[0][1]
                editor.edits.insert(lines, lines.top - 1, text, editor.habits.below_heading)
                return
        editor.insert_block(other.number, other.title, text, anchor)
