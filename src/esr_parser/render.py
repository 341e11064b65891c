"""From description to canonical text: the mirror of :mod:`~esr_parser.sections`.

A value is written as the register prints it, then the text is read again: a value that does not
read back the same is refused by name. The format has no escapes.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple, TypeVar

import attrs

from esr_parser.differences import leaves
from esr_parser.errors import UnrepresentableError, short_repr
from esr_parser.grammar import (
    Caption,
    Field,
    Fields,
    Item,
    Layout,
    Prose,
    Questions,
    Rows,
    Scores,
    Section,
    WordKind,
    rank,
)
from esr_parser.handlers import BUILT_IN_KEYS, path_of, value_at
from esr_parser.model import OtherField, OtherSection, ProjectDescription
from esr_parser.reader import TextReader
from esr_parser.reading import rank_of_section
from esr_parser.values import ValueType

T = TypeVar("T")
_INDEX = re.compile(r"\.([0-9]+)(?=[.\[]|$)")
_CANNOT = (ValueError, TypeError, AttributeError, ArithmeticError)


def rendered(reader: TextReader, description: ProjectDescription) -> str:
    """The canonical text, checked to read back as the description.

    Raises:
        UnrepresentableError: a value cannot be written so that it reads back; names the field.
    """
    writer = Writer(reader, description)
    again = None
    # Text of a section that is printed: a stray line below its heading, or the section repeated.
    for in_place in (True, False):
        text = writer.text(in_place=in_place)
        again = reader.read(text).description
        if again == description:
            return text
    raise UnrepresentableError(*first_difference(description, again))


class Block(NamedTuple):
    """A line of the canonical text, or lines of free text."""

    label: str
    """All of the text, where there is no value behind it."""
    kind: WordKind | None = None
    """What the label is, declared or not; ``None`` for free text."""
    section: Section | None = None
    item: Item | None = None
    value: str = ""
    is_tight: bool = False
    """Whether there is no empty line above."""

    @property
    def text(self) -> str:
        """The lines of the block."""
        label = f"{self.label}:" if self.kind is WordKind.LABEL else self.label
        return f"{label} {self.value}" if self.value else label


def texts_of(blocks: Iterable[Block]) -> list[str]:
    """The parts of the text that have empty lines around them."""
    texts: list[str] = []
    for block in blocks:
        if block.is_tight:
            texts[-1] += f"\n{block.text}"
        else:
            texts.append(block.text)
    return texts


class Writer:
    """Writes one description in its layout.

    Raises:
        TypeError: the description is not a :class:`ProjectDescription`.
        UnrepresentableError: a value has the wrong type; names the field.
    """

    def __init__(self, reader: TextReader, description: ProjectDescription) -> None:
        if not isinstance(description, ProjectDescription):
            raise TypeError(f"{description!r} is not a ProjectDescription")
        self.description: ProjectDescription = description
        self.layout: Layout = reader.layout_for(description)
        for name, kind in (("other_fields", OtherField), ("other_sections", OtherSection)):
            for k, other in enumerate(_checked(tuple, name, getattr(description, name))):
                _checked(kind, f"{name}[{k}]", other)
                for a in attrs.fields(kind):
                    part = getattr(other, a.name)
                    _checked(str, f"{name}[{k}].{a.name}", "" if part is None else part)
        if description.fund is not None:
            _checked(str, "fund", description.fund)
        self.values: dict[str, Mapping[str, Any]] = {}
        """The values of each handler by path; absent ones are not among them."""
        for key, handler in reader.handlers.items():
            value = value_at(description, key)
            try:
                self.values[key] = handler.take_apart(value) if value is not None else {}
            except _CANNOT as error:
                raise UnrepresentableError(path_of(key), f"cannot be written: {error}") from error

    # -- the page ---------------------------------------------------------------------------------

    def text(self, *, in_place: bool) -> str:
        """The whole page, not yet checked."""
        return "\n\n".join(texts_of(self.blocks(in_place=in_place)))

    def blocks(self, *, in_place: bool = True) -> Iterator[Block]:
        """The whole page, block by block.

        Text of a section that is printed is right below its heading where it is ``in_place``;
        else the section is printed once more.
        """
        description, layout = self.description, self.layout
        others = sorted(description.other_sections, key=rank_of_section)
        numbered = [o for o in others if o.number is not None]
        is_titled = description.fund is not None or description.programme_period is not None
        if is_titled and layout.title:
            yield from (Block(line, WordKind.BANNER) for line in layout.banner)
            yield Block(layout.title_of(description.fund), WordKind.TITLE)
        yield from (Block(o.text) for o in others if o.number is None and o.title is None)
        for section in layout.sections:
            while numbered and rank(numbered[0].number) < rank(section.number):
                yield from self._other(numbered.pop(0))
            if self.is_printed(section):
                stray, here = [], (section.number, section.title)
                while in_place and numbered and (numbered[0].number, numbered[0].title) == here:
                    stray.append(numbered.pop(0).text)
                yield from self.blocks_of(section, stray)
        for other in numbered:
            yield from self._other(other)
        yield from (Block(o.text) for o in others if o.number is None and o.title is not None)

    def _other(self, other: OtherSection) -> Iterator[Block]:
        yield Block(self.layout.heading(other.number or "", other.title or ""), WordKind.HEADING)
        if other.text:
            yield Block(other.text)

    def is_printed(self, section: Section) -> bool:
        """Whether the heading of a section is in the canonical text."""
        if section.key not in BUILT_IN_KEYS:
            is_there = section.key in self.description.extensions
            if not is_there or section.parent is None:
                return is_there
        if any(o.section == section.number for o in self.description.other_fields):
            return True
        if isinstance(section.content, Prose) and not self._children(section):
            return self._has_value(section) and not self._is_above(section)
        if section.optional:
            return self._has_value(section) or any(map(self.is_printed, self._children(section)))
        return True

    def _children(self, section: Section) -> list[Section]:
        return [s for s in self.layout.sections if s.parent == section.number]

    def _has_value(self, section: Section) -> bool:
        content, values = section.content, self.values[section.key]
        return content is not None and any(path in values for path in content.paths())

    def _is_above(self, section: Section) -> bool:
        """Whether the prose of a subsection is printed right under the heading of its section."""
        parent = self.layout.section_of(section.parent or "")
        return (
            parent is not None and parent.content == section.content and self._holds_prose(parent)
        )

    def _holds_prose(self, section: Section) -> bool:
        """Whether text is right under a heading because its subsections would hold nothing else."""
        same = [s for s in self._children(section) if s.content == section.content]
        others = [s for s in self._children(section) if s not in same]
        return self._has_value(section) and not any(map(self._has_value, others))

    # -- one section ------------------------------------------------------------------------------

    def blocks_of(self, section: Section, stray: Sequence[str] = ()) -> Iterator[Block]:
        """A section's heading and content."""
        if section.title:
            heading = self.layout.heading(section.number, section.title)
            yield Block(heading, WordKind.HEADING, section)
        yield from map(Block, stray)
        yield from self.content_of(section)

    def content_of(self, section: Section) -> Iterator[Block]:
        """What is below the heading of a section."""
        content, values = section.content, self.values[section.key]
        others = [o for o in self.description.other_fields if o.section == section.number]
        lines: Iterable[Block] = ()
        if isinstance(content, Fields):
            known = {item.label for item in content.items}
            for item in content.items:
                mine = [o.value for o in others if o.label == item.label]
                yield from self._item(section, item, mine)
            for other in others:
                if other.label not in known:
                    yield Block(other.label, WordKind.LABEL, section, value=other.value)
        elif isinstance(content, Prose):
            text = values.get(content.path)
            if text and (not self._children(section) or self._holds_prose(section)):
                name = path_of(section.key, content.path)
                yield Block(_checked(str, name, text), None, section)
        elif isinstance(content, Questions):
            lines = chain(*(self._question(section, item, others) for item in content.items))
        elif isinstance(content, Scores):
            lines = self._scores(section, content, others)
        yield from (line._replace(is_tight=k > 0) for k, line in enumerate(lines))

    def _item(self, section: Section, item: Item, unread: list[str]) -> Iterator[Block]:
        values = self.values[section.key]
        if isinstance(item, Field):
            value = self.value_of(section, item)
            texts = [value] if value or not (unread or item.optional) else []
            for text in (*texts, *unread):
                yield Block(item.label, WordKind.LABEL, section, item, text)
        elif isinstance(item, Caption) or _is_there(values.get(item.path)):
            yield Block(item.label, WordKind.LINE, section, item)
            if isinstance(item, Rows):
                name = path_of(section.key, item.path)
                rows = values[item.path]
                if not isinstance(rows, list):  # which a user's handler may hold
                    _checked(tuple, name, rows)
                lines = [self._format(f"{name}[{k}]", item.type, row) for k, row in enumerate(rows)]
                if lines or unread:
                    yield Block("\n".join([*lines, *unread]), None, section, item)

    def value_of(self, section: Section, item: Field) -> str:
        """A field's value as it is printed; empty where it is absent.

        Raises:
            UnrepresentableError: the value cannot be written; names the field.
        """
        values = self.values[section.key]
        if not any(path in values for path in item.paths):
            return ""
        value = tuple(map(values.get, item.paths)) if item.second else values[item.path]
        return self._format(path_of(section.key, item.path), item.type, value)

    def _format(self, name: str, kind: ValueType[Any], value: Any) -> str:
        try:
            text = kind.format(value)
        except _CANNOT as error:
            leaf = f"{name}{_leaf_of(kind, value)}"
            raise UnrepresentableError(leaf, f"cannot be written: {error}") from error
        return _checked(str, name, text)

    def _question(self, section: Section, item: Field, others: list[OtherField]) -> Iterator[Block]:
        unread = [other.value for other in others if other.label == item.label]
        answer = self.value_of(section, attrs.evolve(item, path=f"{item.path}.answer"))
        yield Block(item.label, WordKind.LABEL, section, item, unread[-1] if unread else answer)
        path, values = f"{item.path}.explanation", self.values[section.key]
        if path in values:
            yield Block(_checked(str, path_of(section.key, path), values[path]), None, section)

    def _scores(
        self, section: Section, content: Scores, others: list[OtherField]
    ) -> Iterator[Block]:
        order = [(d.name, aspect) for d in content.dimensions for aspect in d.aspects]
        unread = [(what, o.value, None) for what in order for o in others if o.label == what[1]]
        name = path_of(section.key, content.path)
        given = _checked(tuple, name, self.values[section.key].get(content.path, ()))
        rows = [_row(f"{name}[{k}]", content, row, order) for k, row in enumerate(given)]
        if rows or unread:
            yield Block("".join(content.heads), WordKind.HEADS, section)
        printed = None
        for what, scores, note in heapq.merge(rows, unread, key=lambda row: order.index(row[0])):
            dimension, aspect = what
            if dimension != printed:
                printed = dimension
                yield Block(dimension, WordKind.DIMENSION, section)
            yield Block(aspect, WordKind.ASPECT, section, value=scores)
            if note is not None:
                yield Block(note, None, section)


def _row(
    name: str, content: Scores, row: Any, declared: list[tuple[str, str]]
) -> tuple[tuple[str, str], str, str | None]:
    """Dimension and aspect of a row, its scores, and what explains them."""
    _checked(content.row, name, row)
    what: tuple[str, str] = row.dimension, row.aspect
    if what not in declared:
        raise UnrepresentableError(name, f"{what!r} is not a declared dimension and aspect")
    scores = {column: getattr(row, column) for column in content.columns}
    for column, score in scores.items():
        if type(score) is not int:
            raise UnrepresentableError(f"{name}.{column}", f"{score!r} is not a whole number")
    note = row.explanation
    if note is not None:
        _checked(str, f"{name}.explanation", note)
    return what, " ".join(map(str, scores.values())), note


def _checked(kind: type[T], name: str, value: Any) -> T:
    if not isinstance(value, kind):
        raise UnrepresentableError(name, f"{value!r} is not a {kind.__name__}")
    return value


def _leaf_of(kind: ValueType[Any], value: Any) -> str:
    """Which attribute of a value of several parts cannot be written: ``".start"``."""
    for attribute in attrs.fields(type(value)) if attrs.has(type(value)) else ():
        try:
            kind.format(attrs.evolve(value, **{attribute.name: None}))
        except _CANNOT:
            continue
        return f".{attribute.name}"
    return ""


def first_difference(wanted: Any, read: Any) -> tuple[str, str]:
    """The name of the first leaf that does not read back, and why."""
    path, *both = next(leaves(wanted, read, in_lists=True), ("", wanted, read))
    there, back = (short_repr(value, 80) for value in both)
    return _INDEX.sub(r"[\1]", path), f"{there} would read back as {back}"


def _is_there(value: Any) -> bool:
    """Whether a flag is set, or there are rows; a signalling NaN is equal to nothing."""
    return value is not None and value is not False
