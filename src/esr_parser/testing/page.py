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

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

import attrs

from esr_parser.grammar import Caption, Field, Fields, Layout, Prose, Questions, Rows, Scores
from esr_parser.grammar import Section as Declared
from esr_parser.handlers import BUILT_IN_HANDLERS, SectionHandler, checked, merged
from esr_parser.model import OtherField, OtherSection, ProjectDescription
from esr_parser.parser import Parser, default_parser

__all__ = ["Kind", "Line", "Page", "handlers_of", "layout_of", "layouts_of", "page_of", "value_of"]


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
    section: Declared | None = None
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
        return Page(self.layout, [attrs.evolve(line) for line in self.lines])

    def parts(self) -> list[list[Line]]:
        """The lines in front of the first heading, then those of each heading, with it."""
        parts: list[list[Line]] = [[]]
        for line in self.lines:
            if line.kind is Kind.HEADING:
                parts.append([])
            parts[-1].append(line)
        return parts


# -- the parser's declarations --------------------------------------------------------------------

_BUILT_IN = frozenset(handler.key for handler in BUILT_IN_HANDLERS)


def handlers_of(parser: Parser) -> Mapping[str, SectionHandler[Any]]:
    """The handler of each key: the built-in ones, and a user's in their place or beside them."""
    return checked(parser.handlers)


def layouts_of(parser: Parser) -> tuple[Layout, ...]:
    """The layouts of a parser with the sections of its handlers in them."""
    handlers = handlers_of(parser)
    return tuple(merged(layout, handlers) for layout in parser.layouts)


def layout_of(parser: Parser, description: ProjectDescription) -> Layout:
    """The layout that a description is printed in."""
    layouts = layouts_of(parser)
    wanted = (description.programme_period, description.language)
    return next((la for la in layouts if (la.period, la.language) == wanted), layouts[0])


def value_of(description: ProjectDescription, key: str) -> Any:
    """The value of a handler's key; ``None`` where a description has no such extension."""
    if key in _BUILT_IN:
        return getattr(description, key)
    return description.extensions.get(key)


# -- from description to lines --------------------------------------------------------------------


def page_of(description: ProjectDescription, parser: Parser | None = None) -> Page:
    """The canonical page of a description, line by line.

    Args:
        description: Values that can be written; whether they read back is not checked here.
        parser: Whose layouts and handlers are used.
    """
    chosen = parser or default_parser()
    layout = layout_of(chosen, description)
    writer = _Writer(layout, handlers_of(chosen), description)
    return Page(layout, list(writer.lines()))


class _Writer:
    """Writes the lines of one description."""

    def __init__(
        self,
        layout: Layout,
        handlers: Mapping[str, SectionHandler[Any]],
        description: ProjectDescription,
    ) -> None:
        self.layout = layout
        self.description = description
        self.values: dict[str, Mapping[str, Any]] = {}
        for key, handler in handlers.items():
            value = value_of(description, key)
            if value is not None or key in _BUILT_IN:
                self.values[key] = handler.take_apart(value)

    def lines(self) -> Iterator[Line]:
        description, layout = self.description, self.layout
        if description.fund is not None or description.programme_period is not None:
            yield from (Line(Kind.BANNER, text) for text in layout.banner)
            if title := layout.title_of(description.fund):
                yield Line(Kind.TITLE, title)
        declared = {section.number: section for section in layout.sections}
        printed = {s.number for s in layout.sections if self.is_printed(s)}
        chunks = [(_rank(n), list(self.section(declared[n]))) for n in printed]
        for other in description.other_sections:
            section = declared.get(other.number or "")
            lines = list(_other_section(layout, other))
            rank = _rank(other.number) if other.number else []
            if section is not None and section.content is None and section.title == other.title:
                lines = lines[1:]  # text right below the heading of subsections
            elif section is not None:
                rank = [len(layout.sections) + 100]  # a heading once more
            chunks.append((rank, lines))
        for _, lines in sorted(chunks, key=lambda chunk: chunk[0]):
            yield from lines

    def is_printed(self, section: Declared) -> bool:
        if section.key not in _BUILT_IN:
            return section.key in self.values
        if isinstance(section.content, Prose):
            return section.content.path in self.values[section.key]
        if not section.optional:
            return True
        if section.content is None:
            below = (s for s in self.layout.sections if s.parent == section.number)
            return any(self.is_printed(s) for s in below)
        values = self.values[section.key]
        return any(path in values for path in section.content.paths()) or bool(self.others(section))

    def others(self, section: Declared) -> list[OtherField]:
        return [o for o in self.description.other_fields if o.section == section.number]

    def section(self, section: Declared) -> Iterator[Line]:
        number = section.number
        dot = "" if "." in number else self.layout.heading_dot
        if section.title:
            yield Line(Kind.HEADING, section.title, section=section, number=f"{number}{dot}")
        values, content = self.values[section.key], section.content
        others = self.others(section)
        lines: Iterable[Line] = ()
        if isinstance(content, Prose):
            lines = _block(Kind.PROSE, values.get(content.path) or "")
        elif isinstance(content, Fields):
            lines = _fields(content, values, others)
        elif isinstance(content, Questions):
            lines = _questions(content, values)
        elif isinstance(content, Scores):
            lines = _scores(content, values)
        for line in lines:
            line.section = section
            yield line
        for other in others:
            yield Line(Kind.FIELD, other.label, (other.value,), section=section)


def _rank(number: str) -> list[int]:
    return [int(part) for part in number.split(".")]


def _other_section(layout: Layout, other: OtherSection) -> Iterator[Line]:
    if other.number is not None:
        dot = "" if "." in other.number else layout.heading_dot
        yield Line(Kind.HEADING, other.title or "", number=f"{other.number}{dot}")
    yield from _block(Kind.PROSE, other.text)


def _block(kind: Kind, text: str, before: str = "\n\n") -> Iterator[Line]:
    """The lines of free text; empty ones are in ``before`` of the next."""
    for part in text.split("\n"):
        if part:
            yield Line(kind, part, before=before)
            before = "\n"
        else:
            before += "\n"


def _fields(content: Fields, values: Mapping[str, Any], others: list[OtherField]) -> Iterator[Line]:
    """Each line a block; a known label whose value could not be read is in its place."""
    rows: list[Line] = []
    for item in content.items:
        value = [values.get(path) for path in item.paths]
        if isinstance(item, Field):
            unread = next((o for o in others if o.label == item.label), None)
            if any(v is not None for v in value):
                text = item.type.format(tuple(value) if item.second else value[0])
            elif unread is not None:
                others.remove(unread)
                text = unread.value
            elif item.optional:
                continue
            else:
                text = ""
            yield Line(Kind.FIELD, item.label, (text,), item=item)
        elif isinstance(item, Rows):
            if value[0] is not None:
                rows.append(Line(Kind.ROWS, item.label, item=item))
                formatted = "\n".join(map(item.type.format, value[0]))
                rows += _block(Kind.ROW, formatted)
        elif isinstance(item, Caption) or value[0]:
            yield Line(Kind.CAPTION, item.label, item=item)
    for other in others:
        yield Line(Kind.FIELD, other.label, (other.value,))
    others.clear()
    yield from rows


def _questions(content: Questions, values: Mapping[str, Any]) -> Iterator[Line]:
    before = "\n\n"
    for item in content.items:
        answer = values.get(f"{item.path}.answer")
        text = "" if answer is None else item.type.format(answer)
        yield Line(Kind.QUESTION, item.label, (text,), item=item, before=before)
        before = "\n"
        yield from _block(Kind.EXPLANATION, values.get(f"{item.path}.explanation") or "", before)


def _scores(content: Scores, values: Mapping[str, Any]) -> Iterator[Line]:
    dimension = None
    for row in values.get(content.path, ()):
        if dimension is None:
            yield Line(Kind.HEADS, "".join(content.heads))
        if row.dimension != dimension:
            dimension = row.dimension
            yield Line(Kind.DIMENSION, dimension, before="\n")
        scores = (str(getattr(row, column)) for column in content.columns)
        yield Line(Kind.SCORE, row.aspect, tuple(scores), sep=" ", before="\n")
        yield from _block(Kind.EXPLANATION, row.explanation or "", "\n")
