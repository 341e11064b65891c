"""Text that belongs to no section, below the labels of one that was found by them.

Without headings such text is nobody's. It stays so where a heading is put in and where a value is
put right above it, as long as something stands between them: an empty line, or the label of a
section that is not in the text, which says nothing without a value. And a heading without values
keeps what stands below it as it was: labels are found below the fields of another section as in a
text without headings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from esr_parser.edit.changes import LostError
from esr_parser.edit.extent import Step
from esr_parser.edit.implied import RULE, below_bare_labels, give_heading, is_implied, put_above
from esr_parser.grammar import Field, Fields, Questions, Scores, Section
from esr_parser.reading import Part

if TYPE_CHECKING:
    from esr_parser.edit.sections import SectionsEditor

__all__ = ["Shelters"]


class Shelters:
    """Keeps text off the values of the sections that it stands in.

    Raises:
        LostError: there is no such text, or no section whose heading or label can be put in.
    """

    def __init__(self, editor: SectionsEditor) -> None:
        self._editor = editor
        self._parts = [part for part in editor.parsed.parts if is_implied(part)]
        self._has_parted = False
        kinds = {part.region.kind for part in editor.parsed.parts}
        self._is_hosted: bool = bool(self._parts) and all(map(_is_below_fields, self._parts))
        is_headed = not kinds.isdisjoint(("section", "repeated")) and not self._is_hosted
        if editor.step.is_hosted and (is_headed or not self._parts):
            raise LostError
        self._hosts = list(self._absent())

    def _absent(self) -> Iterator[Section]:
        """Sections that say nothing, now and then, and share no label with those in the text."""
        editor = self._editor
        used = {entry.label for part in self._parts for entry in part.entries}
        numbers = {part.region.number for part in editor.parsed.parts}
        for section in editor.layout.sections:
            content = section.content
            if (
                isinstance(content, Fields)
                and section.parent is None
                and section.key in editor.reader.built_in
                and section.number not in numbers
                and used.isdisjoint(item.label for item in content.items)
                and editor.pieces(editor.old, section) == editor.pieces(editor.new, section)
            ):
                yield section

    def put_in(self) -> None:
        """Puts in what keeps the text off."""
        editor = self._editor
        for part in editor.parsed.parts:
            if part.reading is not None and part.reading.strays:
                if editor.step is Step.SHELTERED and editor.is_headed(part):
                    self._shelter(part)
                else:
                    self._keep_off(part)
        if editor.step is Step.PARTED and not self._has_parted:
            raise LostError
        is_hosted = self._is_hosted or not editor.step.is_hosted
        if not is_hosted and not editor.is_headed(self._parts[0]):
            self._put_host(self._parts[0])

    def _put_host(self, first: Part) -> None:
        """Puts in a heading above all: in a text that has every section, that of the first one."""
        editor, section = self._editor, first.region.section
        if self._hosts:
            host = self._hosts[0]
            gap = editor.edits.eol * (1 + editor.habits.below_heading)
            heading = editor.habits.heading(host.number, host.title)
            put_above(editor, first, heading + gap)
        elif section is not None and isinstance(section.content, Fields):
            give_heading(editor, section, first)
        else:
            raise LostError

    def _keep_off(self, part: Part) -> None:
        """Parts text from the item above it; by a rule behind it from a label without value."""
        edits, lines = self._editor.edits, self._editor.habits.lines_of(part)
        least = self._least_gap(part)
        bare = below_bare_labels(part) if self._editor.step.is_hosted else ()
        for first, last in part.reading.strays:
            missing = least - lines.gap(first)
            if missing > 0:
                self._has_parted = True
                edits.replace(lines.start(first), lines.start(first), edits.eol * missing)
            if first in bare:
                end = lines.end(last - 1)
                edits.replace(end, end, edits.eol * 2 + RULE, ahead=True)

    def _shelter(self, part: Part) -> None:
        """Puts a label above text: of the last section that can be used, as the first is host."""
        if not self._hosts:
            raise LostError
        edits, lines = self._editor.edits, self._editor.habits.lines_of(part)
        items = getattr(self._hosts[-1].content, "items", ())
        item = next(item for item in items if isinstance(item, Field) and not item.optional)
        label = f"{self._editor.habits.margin}{item.label}:"
        for first, last in part.reading.strays:
            start, end = lines.start(first), lines.end(last - 1)
            lead = edits.eol * max(0, 1 - lines.gap(first))
            edits.replace(start, start, lead + label + edits.eol * 2)
            edits.replace(end, end, edits.eol * 2 + RULE, ahead=True)

    def _least_gap(self, part: Part) -> int:
        """Empty lines that tell text from what stands above it: in a block, more than it has."""
        section = part.region.section
        if section is None or not isinstance(section.content, Questions | Scores):
            return 1
        lines = self._editor.habits.lines_of(part)
        return 1 + max((lines.gap(entry.first) for entry in part.entries[1:]), default=0)


def _is_below_fields(part: Part) -> bool:
    """Whether a section was found by its labels below the heading of one that has fields."""
    host = part.region.host
    return (
        host is not None
        and host.kind == "section"
        and isinstance(getattr(host.section, "content", None), Fields)
    )
