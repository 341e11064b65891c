"""New sections in a text that lost its headings.

Without headings, a section is found by its labels: each of them will do. As soon as the text has
a heading, a section is asked for two of its labels, so that a line of prose is not taken for a
field. A section that is put in brings its heading along; what was found by a single label would
be lost. There are two ways out, and both leave the lines of the text as they stand:

- All sections get a heading, as they had on the page.
- Where that would take in text that stands behind their fields, new fields go behind all others
  without a heading, new prose behind those, and what has a single label gets another one, which
  says nothing without a value. A rule keeps text behind a label at the end from being its value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from esr_parser.grammar import Field, Fields, Questions, Scores, Section
from esr_parser.noise import squeeze
from esr_parser.reading import Part

if TYPE_CHECKING:
    from esr_parser.edit.sections import SectionsEditor

__all__ = [
    "RULE",
    "below_bare_labels",
    "by_host",
    "ends_in_text",
    "give_heading",
    "give_label",
    "has_labels",
    "is_implied",
    "is_renamed",
    "labels_of",
    "put_above",
    "twins_before",
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


def has_labels(section: Section) -> bool:
    """Whether a section can be found by labels."""
    return bool(labels_of(section))


def twins_before(section: Section, sections: tuple[Section, ...]) -> Iterator[Section]:
    """Those before a section that have all of its labels: they would be found in its place."""
    own = labels_of(section)
    return (each for each in sections[: sections.index(section)] if own <= labels_of(each))


def labels_of(section: Section) -> set[str]:
    """The labels of a section."""
    return {item.label for item in getattr(section.content, "items", ())}


def ends_in_text(part: Part) -> bool:
    """Whether text stands behind the last label of a region, which has no value.

    At the end of all that is text; between two labels, or above a heading, it would be a value.
    """
    strays = part.reading.strays
    if not strays or any(entry.first > strays[-1][0] for entry in part.entries):
        return False
    return strays[-1][0] in below_bare_labels(part)


def below_bare_labels(part: Part) -> set[int]:
    """The first lines of text that stands below a field without value."""
    section = part.region.section
    if section is None or not isinstance(section.content, Fields):
        return set()
    bare = {entry.last: not entry.value for entry in part.entries}
    found: set[int] = set()
    is_bare = False
    strays = {first for first, _ in part.reading.strays}
    for line in sorted(bare.keys() | strays):
        is_bare = bare.get(line, is_bare)
        if line in strays and is_bare:
            found.add(line)
    return found


def give_heading(editor: SectionsEditor, section: Section, part: Part) -> None:
    """Puts the heading of a section above a region."""
    habits, eol = editor.habits, editor.edits.eol
    gap = eol * (1 + habits.below_heading)
    count, stop = habits.blank_above(part.region.start)
    lead = max(0, habits.above_heading - count) if stop >= 0 else 0
    headings = editor.headings_of(section)
    put_above(editor, part, eol * lead + "".join(heading + gap for heading in headings))


def by_host(found: Sequence[Part]) -> Iterator[list[Part]]:
    """The parts of a section, those together that were found below the same heading."""
    hosts: dict[int, list[Part]] = {}
    for part in found:
        hosts.setdefault(id(part.region.host), []).append(part)
    yield from hosts.values()


def give_label(editor: SectionsEditor, found: Sequence[Part]) -> None:
    """Gives a section that has a single label another one; a heading where it has no other."""
    section = found[0].region.section
    assert section is not None
    own = {entry.label for part in found for entry in part.entries}
    if len(own) > 1:
        return
    labels = [*_labels_in_order(section)]
    other = next((label for label in labels if label.rstrip(":") not in own), None)
    habits = editor.habits
    # A block of questions has no gaps: what stands behind one is no explanation.
    is_block = isinstance(section.content, Questions)
    gap = editor.edits.eol * (1 if is_block else 1 + habits.block_gap)
    other = other or next(_optional_labels(section, own), None)
    if other is None:
        give_heading(editor, section, found[0])
    elif other != labels[0] and _is_shared(other, editor.layout.sections):
        # Above, the same label of the section before would be found in it.
        lines = habits.lines_of(found[0])
        place = lines.end(max(entry.end for entry in found[0].entries) - 1)
        editor.edits.replace(place, place, gap + habits.margin + other, ahead=True)
    elif (lines := habits.lines_of(found[0])).top:
        place = lines.end(0)
        editor.edits.replace(place, place, gap + habits.margin + other)
    else:
        put_above(editor, found[0], habits.margin + other + gap)


def put_above(editor: SectionsEditor, part: Part, text: str) -> None:
    """Puts text above a region."""
    start = editor.habits.lines_of(part).start(0)
    editor.edits.replace(start, start, text)


def _labels_in_order(section: Section) -> Iterator[str]:
    """Lines that belong to a section and hold no value."""
    for item in getattr(section.content, "items", ()):
        if isinstance(item, Field) and not item.optional:
            yield f"{item.label}:"
    if isinstance(section.content, Scores):
        yield "".join(section.content.heads)
        yield from (dimension.name for dimension in section.content.dimensions)


def _optional_labels(section: Section, own: set[str]) -> Iterator[str]:
    """Those that are only printed with a value."""
    for item in getattr(section.content, "items", ()):
        if isinstance(item, Field) and item.optional and item.label not in own:
            yield f"{item.label}:"


def _is_shared(line: str, sections: tuple[Section, ...]) -> bool:
    """Whether several sections have a label."""
    return sum(line.rstrip(":") in labels_of(section) for section in sections) > 1
