r"""A page as typed lines, made from a description: what kinds of noise work on.

Nothing is parsed here. The lines are written from the values, in the order of the layout, so each
of them knows what it is; a kind of noise changes parts of lines, and the text follows.

>>> from esr_parser.model import Project, ProjectDescription
>>> page = page_of(ProjectDescription(project=Project(code="S29999")))
>>> [(line.kind.value, line.text) for line in page.lines[:2]]
[('heading', '1 Hanke'), ('label', 'Hankekoodi: S29999')]
>>> page.lines[1].label = "HANKEKOODI"
>>> page.text.split("\n\n")[1]
'HANKEKOODI: S29999'
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import partial
from typing import Any

import attrs

from esr_parser.grammar import Layout, Questions, Rows, Scores, Section, WordKind
from esr_parser.model import ProjectDescription
from esr_parser.parser import Parser, default_parser
from esr_parser.render import Block, Writer


class Kind(StrEnum):
    """What a line of a page is."""

    BANNER = WordKind.BANNER
    TITLE = WordKind.TITLE
    HEADING = WordKind.HEADING
    FIELD = WordKind.LABEL
    CAPTION = WordKind.LINE
    """A caption or flag: a bare line."""
    ROWS = "rows"
    """The heading of rows."""
    ROW = "row"
    QUESTION = "question"
    EXPLANATION = "explanation"
    HEADS = WordKind.HEADS
    """Of the columns of scores."""
    DIMENSION = WordKind.DIMENSION
    SCORE = WordKind.ASPECT
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
    """The canonical page of a description, line by line; whether it reads back is not checked.

    Raises:
        UnrepresentableError: a value cannot be written; names the leaf.
    """
    writer = Writer((parser or default_parser())._reader, description)
    lines = [line for block in writer.blocks() for line in _lines(block)]
    return Page(writer.layout, lines, description)


def _lines(block: Block) -> Iterator[Line]:
    section, item, scores = block.section, block.item, block.value.split(" ")
    content = section.content if section is not None else None
    before = "\n" if block.is_tight else "\n\n"
    line = partial(Line, section=section, item=item, before=before)
    if block.kind is WordKind.HEADING:
        number, _, title = block.label.partition(" ")
        yield line(Kind.HEADING, title, number=number)
    elif block.kind is WordKind.ASPECT and all(map(str.isdecimal, scores)):
        yield line(Kind.SCORE, block.label, tuple(scores), " ")
    elif block.kind is not None and block.kind is not WordKind.ASPECT:
        values = (block.value,) if block.kind is WordKind.LABEL else ()
        kind = Kind.ROWS if isinstance(item, Rows) else Kind(block.kind)
        yield line(Kind.QUESTION if isinstance(content, Questions) else kind, block.label, values)
    else:
        kind = Kind.EXPLANATION if isinstance(content, Questions | Scores) else Kind.PROSE
        for part in block.text.split("\n"):
            if part:
                yield Line(kind if item is None else Kind.ROW, part, section=section, before=before)
                before = ""
            before += "\n"
