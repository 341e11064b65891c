"""New sections in a text that lost its headings, or some of them.

Without a heading, a section is found by its labels. What stands above the first heading of a text
is read the same whether one follows or not: so a new section can go behind all that is there, or
every section gets a heading, as it had on the page. Text that belongs to no section has to stay so
in both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from esr_parser.edit.changes import LostError
from esr_parser.edit.extent import Step
from esr_parser.grammar import Field, Fields, Questions, Scores, Section
from esr_parser.noise import squeeze
from esr_parser.reading import Part

if TYPE_CHECKING:
    from esr_parser.edit.sections import SectionsEditor

__all__ = [
    "RULE",
    "ends_in_text",
    "give_heading",
    "is_implied",
    "is_renamed",
    "keep_text_off",
    "labels_of",
]

RULE = "---"
"""A line that parts what stands above it from what stands below."""


def is_implied(part: Part) -> bool:
    """Whether a region was found by its labels."""
    return part.region.kind == "implied"


def is_renamed(part: Part, text: str) -> bool:
    """Whether a heading with another title is that of a section because of a label below it."""
    region = part.region
    if region.kind != "section" or not part.entries:
        return False
    return squeeze(region.title or "") not in squeeze(text[region.start : region.body])


def ends_in_text(part: Part) -> bool:
    """Whether text stands behind the last label of a region, which has no value.

    At the end of all that is text; between two labels, or above a heading, it would be a value.
    Where all labels were given up, being said before, that may be so, too.
    """
    section, strays = part.region.section, part.reading.strays
    if section is None or not isinstance(section.content, Fields) or not strays:
        return False
    last = max(part.entries, key=lambda entry: entry.first, default=None)
    return last is None or (not last.value and last.first < strays[-1][0])


def give_heading(editor: SectionsEditor, section: Section, part: Part) -> None:
    """Puts the heading of a section above a region."""
    habits, eol = editor.habits, editor.edits.eol
    gap = eol * (1 + habits.below_heading)
    count, stop = habits.blank_above(part.region.start)
    lead = max(0, habits.above_heading - count) if stop >= 0 else 0
    headings = editor.headings_of(section)
    text = eol * lead + "".join(heading + gap for heading in headings)
    start = habits.lines_of(part).start(0)
    editor.edits.replace(start, start, text)


def labels_of(section: Section) -> set[str]:
    """The labels of a section."""
    return {item.label for item in getattr(section.content, "items", ())}


def keep_text_off(editor: SectionsEditor) -> None:
    """Puts empty lines between text that belongs to no section and the item above it.

    Below a heading that was put in, it would be that section's: there it gets the label of another
    one above it. A rule behind the text keeps it from being the value of a label above it.

    Raises:
        LostError: there is no other section.
    """
    edits, eol = editor.edits, editor.edits.eol
    for part in editor.parsed.parts:
        if part.reading is None:
            continue
        lines, least = editor.habits.lines_of(part), _least_gap(editor, part)
        is_sheltered = editor.step is Step.SHELTERED and editor.is_headed(part)
        label = f"{editor.habits.margin}{_spare_label(editor)}:" if is_sheltered else ""
        is_ruled = is_sheltered or (editor.step is Step.RULED and is_implied(part))
        for first, last in part.reading.strays:
            start, end = lines.start(first), lines.end(last - 1)
            lead = eol * max(0, least - lines.gap(first))
            edits.replace(start, start, lead + label + eol * 2 if label else lead)
            if is_ruled:
                edits.replace(end, end, eol * 2 + RULE, ahead=True)


def _spare_label(editor: SectionsEditor) -> str:
    """The label of a section that is not in the text, and shares none with those that are."""
    parts = editor.parsed.parts
    used = {entry.label for part in parts for entry in part.entries}
    numbers = {part.region.number for part in parts}
    for section in reversed(editor.layout.sections):
        is_free = section.parent is None and section.number not in numbers
        # The label alone of a section of a user's is a value.
        is_built_in = section.key in editor.reader.built_in
        if not (is_free and is_built_in and isinstance(section.content, Fields)):
            continue
        is_silent = editor.pieces(editor.old, section) == editor.pieces(editor.new, section)
        if is_silent and used.isdisjoint(labels_of(section)):
            items = section.content.items
            return next(i.label for i in items if isinstance(i, Field) and not i.optional)
    raise LostError


def _least_gap(editor: SectionsEditor, part: Part) -> int:
    """Empty lines that tell text from what stands above it: in a block, more than it has."""
    section = part.region.section
    if section is None or not isinstance(section.content, Questions | Scores):
        return 1
    lines = editor.habits.lines_of(part)
    return 1 + max((lines.gap(entry.first) for entry in part.entries[1:]), default=0)
