"""Sections without a heading, found by their labels.

Some tools drop every heading, and any text may have lost one. A section whose heading is nowhere
in the text begins at the first of its labels. Above the first heading one label will do, whether a
heading follows or not: what is put below a text does not change what it says. Below a heading one
label is not enough inside prose: two different ones of a section are asked for, so that a line
"Kunnat: kaikki" in a summary stays prose. Prose has no labels: it cannot be found this way, and is
never guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import dropwhile

from esr_parser.contents import (
    Body,
    FieldsReader,
    LabelledLines,
    QuestionsReader,
    Reader,
    ScoresReader,
)
from esr_parser.diagnostics import Notes
from esr_parser.grammar import Fields, Item, Prose, Questions, Scores, Section
from esr_parser.noise import FURNITURE, Noise, Style, noises_of
from esr_parser.outline import Region

__all__ = ["recover"]


_TELLING = frozenset({Noise.DECOMPOSED, Noise.NO_BREAK_SPACE, Noise.TRAILING_SPACE, Noise.INDENTED})


class _Finder:
    """Finds the labels of absent sections, line by line."""

    def __init__(
        self, absent: Sequence[Section], readers: dict[int, Reader], aliases: dict[str, str]
    ) -> None:
        self.section_of: dict[int, Section] = {}
        items: list[Item] = []
        self.scores: list[tuple[Section, ScoresReader]] = []
        for section in absent:
            content = section.content
            if isinstance(content, Fields | Questions):
                for item in content.items:
                    self.section_of[id(item)] = section
                    items.append(item)
            reader = readers[id(section)]
            if isinstance(reader, ScoresReader):
                self.scores.append((section, reader))
        self.labels = LabelledLines(items, aliases)
        self.taken: set[int] = set()
        self.last = -1

    def find(self, body: Body, i: int) -> tuple[Section, str] | None:
        line = body.lines[i]
        items = self.labels.items_at(body, i)
        if items is not None:
            item = self.labels.pick(items, self.taken, self.last)
            self.last = self.labels.order[id(item)]
            self.taken.add(self.last)
            return self.section_of[id(item)], item.label
        stripped = line.strip(FURNITURE)
        for section, reader in self.scores:
            if reader.is_head(line):
                return section, reader.head_line
            row = reader.row(body, i, stripped)
            if row is not None and row.direct is not None:
                return section, row.aspect
            dimension = reader.dimension(body, i, stripped)
            if dimension is not None:
                return section, dimension[0]
        return None


def recover(
    view: str,
    regions: list[Region],
    absent: Sequence[Section],
    readers: dict[int, Reader],
    aliases: dict[str, str],
    notes: Notes,
    style: Style,
) -> list[Region]:
    """The regions, cut further where the labels of an absent section begin."""
    wanted = [s for s in absent if isinstance(s.content, Fields | Questions | Scores)]
    if not wanted:
        return regions
    finder = _Finder(wanted, readers, aliases)
    result: list[Region] = []
    is_open = True
    for region in regions:
        is_open = is_open and region.kind not in ("section", "repeated")
        if region.kind in ("next", "repeated"):
            result.append(region)
        else:
            result += _cut(view, region, finder, readers, notes, style, is_open)
    return _without_renamed(result)


def _without_renamed(regions: list[Region]) -> list[Region]:
    """A heading with another title is a line of text where its section was found elsewhere."""
    found = {r.number for r in regions if r.kind == "implied"}
    result: list[Region] = []
    for region in regions:
        if region.kind == "unknown" and region.number in found:
            if result:
                result[-1] = result[-1]._replace(end=region.end)
            else:
                start, end = region.start, region.end
                result.append(Region(start, start, end, "front", None, None, None))
        else:
            result.append(region)
    return result


def _cut(
    view: str,
    region: Region,
    finder: _Finder,
    readers: dict[int, Reader],
    notes: Notes,
    style: Style,
    is_open: bool,
) -> list[Region]:
    text = view[region.body : region.end]
    # A label stands where it stands, however wide the text is.
    body = Body(text, region.body, "", style, Notes(), width=lambda: 0)
    own = None if region.section is None else readers.get(id(region.section))
    if region.kind != "section":
        own = None
    hits = _hits(body, finder, own, region.section)
    if not is_open and _is_prose(region):
        hits = _from_a_pair(hits)
    if not hits:
        return [region]
    if is_open:
        for line, _, _ in hits:
            kinds = noises_of(body.lines[line])
            # Nothing but its labels shows how such a text was made; cells may be a table's own.
            style.learn(kind for kind in kinds if kind in _TELLING)
    result: list[Region] = []
    start, current = region.start, region
    previous: Section | None = None
    for line, section, label in hits:
        if section is previous:
            continue
        position = body.offsets[line]
        if region.kind == "unknown" and current is region and section.number == region.number:
            # The heading has another title, but the labels below it are the section's own.
            current = region._replace(kind="section", section=section, title=section.title)
            previous = section
            notes.add(
                "ESR205",
                region.start,
                region.body,
                f"'{region.number} {region.title}' is taken for '{section.number} {section.title}'"
                f" because of its label {label!r}",
                section=section.number,
            )
            continue
        result.append(current._replace(end=position))
        start = position
        current = Region(
            start,
            start,
            region.end,
            "implied",
            section,
            section.number,
            section.title,
            region,
        )
        previous = section
        name = f"'{section.number} {section.title}'"
        code, message = "ESR205", f"the heading {name} is missing; the section begins"
        if section is region.section:
            code, message = "ESR203", f"the section {name} goes on"
        end = position + len(body.lines[line])
        message = f"{message} at its label {label!r}"
        notes.add(code, position, end, message, section=section.number)
    result.append(current)
    return [r for r in result if r.end > r.start or r.kind == "section"]


def _is_prose(region: Region) -> bool:
    """Whether what stands in a region is text without labels of its own."""
    content = region.section.content if region.section is not None else None
    return content is None or isinstance(content, Prose)


def _from_a_pair(hits: list[tuple[int, Section, str]]) -> list[tuple[int, Section, str]]:
    """The labels from the first one on whose section has another one in this region."""
    labels: dict[int, set[str]] = {}
    for _, section, label in hits:
        labels.setdefault(id(section), set()).add(label)
    return list(dropwhile(lambda hit: len(labels[id(hit[1])]) < 2, hits))


def _hits(
    body: Body, finder: _Finder, own: Reader | None, section: Section | None
) -> list[tuple[int, Section, str]]:
    """The labels of absent sections, and those with which the region's own section goes on."""
    hits: list[tuple[int, Section, str]] = []
    seen: Counter[str] = Counter()
    labelled = own if isinstance(own, FieldsReader | QuestionsReader) else None
    for i, line in enumerate(body.lines):
        if not line:
            continue
        items = labelled.items_at(body, i) if labelled is not None else None
        if items is not None and seen[items[0].label] >= len(items):
            items = None
        if items is not None and not hits:
            seen[items[0].label] += 1
            continue
        if isinstance(own, ScoresReader) and own.row(body, i, line.strip(FURNITURE)):
            continue
        found = finder.find(body, i)
        if found is not None:
            hits.append((i, *found))
        elif items is not None and section is not None:
            seen[items[0].label] += 1
            hits.append((i, section, items[0].label))
    return hits
