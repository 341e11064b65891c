r"""A page as typed lines, made from a description: what kinds of noise work on.

Nothing is parsed here. The lines are written from the values, in the order of the layout, so each
of them knows what it is; a kind of noise changes parts of lines, and the text follows.

>>> from esr_parser.model import Project, ProjectDescription
>>> page = page_of(ProjectDescription(project=Project(code="S29999")))
>>> [(line.kind.value, line.text) for line in page.lines[:2]]
[('heading', '1 Hanke'), ('field', 'Hankekoodi: S29999')]
>>> page.lines[1].label = "HANKEKOODI"
>>> page.text.split("\n\n")[1]
'HANKEKOODI: S29999'
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import attrs

from esr_parser.grammar import (
    Caption,
    Field,
    Fields,
    Layout,
    Prose,
    Questions,
    Rows,
    Scores,
    Section,
)
from esr_parser.model import OtherSection, ProjectDescription
from esr_parser.parser import Parser, default_parser
from esr_parser.reader import rank_of_section
from esr_parser.render import Writer

__all__ = ["Kind", "Line", "Page", "page_of"]


class Kind(StrEnum):
    """What a line of a page is."""

    BANNER = "banner"
    TITLE = "title"
    HEADING = "heading"
    FIELD = "field"
    CAPTION = "caption"
    """A caption or flag: a bare line."""
    ROWS = "rows"
    """The heading of rows."""
    ROW = "row"
    QUESTION = "question"
    EXPLANATION = "explanation"
    HEADS = "heads"
    """Of the columns of scores."""
    DIMENSION = "dimension"
    SCORE = "score"
    PROSE = "prose"
    OTHER = "other"
    """What a kind of noise put in."""


@attrs.define
class Line:
    """One line of a page, in parts.

    Its text is ``lead``, the number of a heading with ``gap``, ``label`` and ``values`` with
    ``sep`` between them, and ``tail``.
    """

    kind: Kind
    label: str
    """All of the text, where there is nothing else: of prose, rows, captions."""
    values: tuple[str, ...] = ()
    """The value of a field or question, the scores of an aspect."""
    sep: str = ": "
    section: Section | None = None
    """The declared section that the line is in; ``None`` before the first one and in others."""
    item: Any = None
    """The declared field, caption, rows or question."""
    before: str = "\n\n"
    """What is between this line and the one above: an empty line, unless it is in the block."""
    number: str = ""
    gap: str = " "
    lead: str = ""
    tail: str = ""

    @property
    def text(self) -> str:
        """The whole line."""
        number = f"{self.number}{self.gap}" if self.number else ""
        parts = (self.lead, number, self.sep.join((self.label, *self.values)), self.tail)
        return "".join(parts).rstrip(" ")

    @property
    def value(self) -> str:
        """The value of a field or question; empty for a bare label."""
        return self.values[0] if self.values else ""


@attrs.define
class Page:
    """The lines of one page, and the layout whose words they hold."""

    layout: Layout
    lines: list[Line]
    description: ProjectDescription = attrs.field(repr=False)
    """What the page means."""

    @property
    def text(self) -> str:
        """The text of all lines."""
        parts = [part for line in self.lines for part in (line.before, line.text)]
        return "".join(parts[1:])

    def of(self, *kinds: Kind) -> list[Line]:
        """The lines of these kinds."""
        return [line for line in self.lines if line.kind in kinds]

    def copy(self) -> Page:
        """A page whose lines can be changed without changing those of this one."""
        return attrs.evolve(self, lines=[attrs.evolve(line) for line in self.lines])

    def parts(self) -> list[list[Line]]:
        """The lines in front of the first heading, then those of each heading, with it."""
        parts: list[list[Line]] = [[]]
        for line in self.lines:
            if line.kind is Kind.HEADING:
                parts.append([])
            parts[-1].append(line)
        return parts


# -- from description to lines --------------------------------------------------------------------


def page_of(description: ProjectDescription, parser: Parser | None = None) -> Page:
    """The canonical page of a description, line by line.

    Args:
        description: Values that can be written; whether they read back is not checked here.
        parser: Whose layouts and handlers are used.

    Raises:
        UnrepresentableError: a value cannot be written; names the leaf.
    """
    writer = Writer((parser or default_parser())._reader, description)
    return Page(writer.layout, list(_lines(writer)), description)


def _lines(writer: Writer) -> Iterator[Line]:
    description, layout = writer.description, writer.layout
    others = sorted(description.other_sections, key=rank_of_section)
    if layout.title and (description.fund is not None or description.programme_period is not None):
        yield from (Line(Kind.BANNER, text) for text in layout.banner)
        yield Line(Kind.TITLE, layout.title_of(description.fund))
    for other in others:
        if other.number is None:
            yield from _block(Kind.PROSE, other.text)
    numbered = [other for other in others if other.number is not None]
    for section in layout.sections:
        while numbered and _rank(numbered[0].number) < _rank(section.number):
            yield from _other(layout, numbered.pop(0))
        if not writer.is_printed(section):
            continue
        if section.title:
            yield _heading(layout, section.number, section.title, section)
        while numbered and (numbered[0].number, numbered[0].title) == (
            section.number,
            section.title,
        ):
            yield from _block(Kind.PROSE, numbered.pop(0).text)
        for line in _content(writer, section):
            line.section = section
            yield line
    for other in numbered:
        yield from _other(layout, other)


def _rank(number: str | None) -> list[int]:
    return [int(part) for part in (number or "").split(".")]


def _heading(layout: Layout, number: str, title: str, section: Section | None = None) -> Line:
    dot = "" if "." in number else layout.heading_dot
    return Line(Kind.HEADING, title, section=section, number=f"{number}{dot}")


def _other(layout: Layout, other: OtherSection) -> Iterator[Line]:
    yield _heading(layout, other.number or "", other.title or "")
    yield from _block(Kind.PROSE, other.text)


def _block(kind: Kind, text: str) -> Iterator[Line]:
    """The lines of free text; empty ones are in ``before`` of the next."""
    before = "\n\n"
    for part in text.split("\n"):
        if part:
            yield Line(kind, part, before=before)
            before = ""
        before += "\n"


def _content(writer: Writer, section: Section) -> Iterator[Line]:
    content = section.content
    if isinstance(content, Fields):
        yield from _fields(writer, section, content)
        return
    for block in writer.content_of(section):
        lines = list(_block(Kind.PROSE if isinstance(content, Prose) else Kind.EXPLANATION, block))
        if isinstance(content, Questions):
            for line in lines:
                _take_question(line, content)
        elif isinstance(content, Scores):
            for line in lines:
                _take_score(line, content)
        yield from lines


def _fields(writer: Writer, section: Section, content: Fields) -> Iterator[Line]:
    """Each line a block; what could not be read is below the value of its label."""
    values = writer.values(section.key)
    others = [o for o in writer.description.other_fields if o.section == section.number]
    for item in content.items:
        mine = [other.value for other in others if other.label == item.label]
        if isinstance(item, Field):
            value = writer.value_of(section, item)
            texts = [value] if value or not (mine or item.optional) else []
            for text in (*texts, *mine):
                yield Line(Kind.FIELD, item.label, (text,), item=item)
        elif isinstance(item, Rows):
            if (rows := values.get(item.path)) is not None:
                yield Line(Kind.ROWS, item.label, item=item)
                yield from _block(Kind.ROW, "\n".join([*map(item.type.format, rows), *mine]))
        elif isinstance(item, Caption) or values.get(item.path):
            yield Line(Kind.CAPTION, item.label, item=item)
    known = {item.label for item in content.items}
    for other in others:
        if other.label not in known:
            yield Line(Kind.FIELD, other.label, (other.value,))


def _take_question(line: Line, content: Questions) -> None:
    for item in content.items:
        label, colon, value = line.label.partition(":")
        if label == item.label and colon:
            line.kind, line.item, line.label, line.values = Kind.QUESTION, item, label, (value[1:],)


def _take_score(line: Line, content: Scores) -> None:
    if line.label == "".join(content.heads):
        line.kind = Kind.HEADS
    for dimension in content.dimensions:
        if line.label == dimension.name:
            line.kind = Kind.DIMENSION
        for aspect in dimension.aspects:
            scores = tuple(line.label.removeprefix(aspect).split(" ")[1:])
            if " ".join((aspect, *scores)) == line.label and all(map(str.isdecimal, scores)):
                line.kind, line.label, line.values, line.sep = Kind.SCORE, aspect, scores, " "
