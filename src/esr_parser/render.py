"""From description to canonical text: the mirror of :mod:`~esr_parser.sections`.

A value is written as the register prints it, then the text is read again: what does not read back
the same cannot be represented, and is refused by name. The format has no escapes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from esr_parser.errors import UnrepresentableError
from esr_parser.grammar import (
    Caption,
    Field,
    Fields,
    Flag,
    Item,
    Layout,
    Prose,
    Questions,
    Rows,
    Scores,
    Section,
)
from esr_parser.model import OtherField, OtherSection, ProjectDescription
from esr_parser.reader import TextReader, rank_of_section

__all__ = ["Writer", "check_type", "first_difference", "rendered"]

_CANNOT = (ValueError, TypeError, AttributeError, ArithmeticError)


def rendered(reader: TextReader, description: ProjectDescription) -> str:
    """The canonical text, checked to read back as the description.

    Raises:
        UnrepresentableError: a value cannot be written so that it reads back; names the leaf.
    """
    check_type(description)
    writer = Writer(reader, description)
    again = None
    # Text of a section that is printed: a stray line below its heading, or the section repeated.
    for in_place in (True, False):
        text = writer.text(in_place=in_place)
        again = reader.read(text).description
        if again == description:
            return text
    raise UnrepresentableError(*first_difference(description, again))


def check_type(description: object) -> None:
    """Raises ``TypeError`` for anything but a description."""
    if not isinstance(description, ProjectDescription):
        kind = type(description).__name__
        raise TypeError(f"description must be a ProjectDescription, not {kind}")


class Writer:
    """Writes one description in its layout."""

    def __init__(self, reader: TextReader, description: ProjectDescription) -> None:
        self.reader: TextReader = reader
        self.description: ProjectDescription = description
        self.layout: Layout = reader.layout_for(description)
        _require(tuple, "other_fields", description.other_fields)
        _require(tuple, "other_sections", description.other_sections)
        for k, other in enumerate(description.other_fields):
            _require(OtherField, f"other_fields[{k}]", other)
        for k, section in enumerate(description.other_sections):
            _require(OtherSection, f"other_sections[{k}]", section)
        if description.fund is not None:
            _require(str, "fund", description.fund)
        self._values = {key: self._taken_apart(key) for key in reader.handlers}

    def values(self, key: str) -> Mapping[str, Any]:
        """The values of a handler by path; absent ones are not among them."""
        return self._values[key]

    def _value(self, key: str) -> Any:
        is_own = key in self.reader.built_in
        return getattr(self.description, key) if is_own else self.description.extensions.get(key)

    def _name(self, key: str) -> str:
        return key if key in self.reader.built_in else f"extensions[{key!r}]"

    def _taken_apart(self, key: str) -> Mapping[str, Any]:
        value = self._value(key)
        try:
            return self.reader.handlers[key].take_apart(value) if value is not None else {}
        except _CANNOT as error:
            raise UnrepresentableError(self._name(key), f"cannot be written: {error}") from error

    # -- the page ---------------------------------------------------------------------------------

    def text(self, *, in_place: bool) -> str:
        """The whole page, not yet checked."""
        return "\n\n".join(self._blocks(in_place=in_place))

    def _blocks(self, *, in_place: bool) -> Iterator[str]:
        description, layout = self.description, self.layout
        others = sorted(description.other_sections, key=rank_of_section)
        front = [o for o in others if o.number is None and o.title is None]
        behind = [o for o in others if o.number is None and o.title is not None]
        numbered = [o for o in others if o.number is not None]
        is_titled = description.fund is not None or description.programme_period is not None
        if is_titled and layout.title:
            yield from layout.banner
            yield layout.title_of(description.fund)
        yield from (o.text for o in front)
        for section in layout.sections:
            while numbered and _number(numbered[0].number) < _number(section.number):
                yield from self._other(numbered.pop(0))
            if self.is_printed(section):
                stray = []
                while in_place and numbered and _is_of(numbered[0], section):
                    stray.append(numbered.pop(0).text)
                yield from self.blocks_of(section, stray)
        for other in numbered:
            yield from self._other(other)
        yield from (o.text for o in behind)

    def _other(self, other: OtherSection) -> Iterator[str]:
        yield self.layout.heading(other.number or "", other.title or "")
        if other.text:
            yield other.text

    def is_printed(self, section: Section) -> bool:
        """Whether the heading of a section is in the canonical text."""
        if section.key not in self.reader.built_in:
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
        content, values = section.content, self._values[section.key]
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

    def blocks_of(self, section: Section, stray: Sequence[str] = ()) -> Iterator[str]:
        """A section's heading and content, block by block."""
        if section.title:
            yield self.layout.heading(section.number, section.title)
        yield from stray
        yield from self.content_of(section)

    def content_of(self, section: Section) -> Iterator[str]:
        """What is below the heading of a section, block by block."""
        content, values = section.content, self._values[section.key]
        others = [o for o in self.description.other_fields if o.section == section.number]
        if isinstance(content, Prose):
            text = values.get(content.path)
            if text and (not self._children(section) or self._holds_prose(section)):
                yield self._str(section, content.path, text)
        elif isinstance(content, Fields):
            known = {item.label for item in content.items}
            for item in content.items:
                mine = [o for o in others if o.label == item.label]
                yield from self._item(section, item, values, mine)
            yield from (_line(o.label, o.value) for o in others if o.label not in known)
        elif isinstance(content, Questions):
            lines = [self._question(section, q, values, others) for q in content.items]
            yield "\n".join(lines)
        elif isinstance(content, Scores):
            lines = list(self._scores(section, content, values, others))
            if lines:
                yield "\n".join(["".join(content.heads), *lines])

    def _item(
        self, section: Section, item: Item, values: Mapping[str, Any], others: list[OtherField]
    ) -> Iterator[str]:
        if isinstance(item, Caption):
            yield item.label
        elif isinstance(item, Flag):
            if values.get(item.path):
                yield item.label
        elif isinstance(item, Rows):
            rows = values.get(item.path)
            if rows is not None:
                yield item.label
                lines = [self._format(section, item, row, f"[{k}]") for k, row in enumerate(rows)]
                lines += [o.value for o in others]
                if lines:
                    yield "\n".join(lines)
        elif any(path in values for path in item.paths):
            yield f"{item.label}: {self.value_of(section, item)}"
            yield from (_line(item.label, o.value) for o in others)
        elif others:
            yield from (_line(item.label, o.value) for o in others)
        elif not item.optional:
            yield f"{item.label}:"

    def value_of(self, section: Section, item: Field) -> str:
        """A field's value as it is printed; empty where it is absent.

        Raises:
            UnrepresentableError: the value cannot be written; names the leaf.
        """
        values = self._values[section.key]
        if not any(path in values for path in item.paths):
            return ""
        if item.second:
            return self._format(section, item, (values.get(item.path), values.get(item.second)))
        return self._format(section, item, values[item.path])

    def _format(self, section: Section, item: Field | Rows, value: Any, index: str = "") -> str:
        path = f"{self._name(section.key)}.{item.path}{index}"
        try:
            return self._line_of(path, item.type.format(value))
        except UnrepresentableError:
            raise
        except _CANNOT as error:
            leaf = f"{path}{_leaf_of(item, value)}"
            raise UnrepresentableError(leaf, f"cannot be written: {error}") from error

    def _line_of(self, path: str, text: Any) -> str:
        if not isinstance(text, str):
            raise UnrepresentableError(path, f"{text!r} is not a str")
        return text

    def _str(self, section: Section, path: str, text: Any) -> str:
        return self._line_of(f"{self._name(section.key)}.{path}".rstrip("."), text)

    def _question(
        self,
        section: Section,
        item: Field,
        values: Mapping[str, Any],
        others: list[OtherField],
    ) -> str:
        path = f"{item.path}.answer"
        answer = ""
        if path in values:
            answer = self._format(section, attrs.evolve(item, path=path), values[path])
        for other in others:
            if other.label == item.label:
                answer = other.value
        line = f"{item.label}: {answer}" if answer else f"{item.label}:"
        note = values.get(f"{item.path}.explanation")
        if note is None:
            return line
        return f"{line}\n{self._str(section, f'{item.path}.explanation', note)}"

    def _scores(
        self,
        section: Section,
        content: Scores,
        values: Mapping[str, Any],
        others: list[OtherField],
    ) -> Iterator[str]:
        order = {(d.name, a): k for k, (d, a) in enumerate(_aspects(content))}
        unread = {
            (d.name, a): o.value for o in others for d, a in _aspects(content) if a == o.label
        }
        waiting = sorted(unread, key=order.__getitem__)
        dimension = None
        rows = values.get(content.path, ())
        _require(tuple, f"{self._name(section.key)}.{content.path}", rows)
        for k, row in enumerate(rows):
            path = f"{self._name(section.key)}.{content.path}[{k}]"
            kind: type[Any] = content.row
            if not isinstance(row, kind):
                raise UnrepresentableError(path, f"{row!r} is not a {kind.__name__}")
            what = (row.dimension, row.aspect)
            if what not in order:
                raise UnrepresentableError(path, f"{what!r} is not a declared dimension and aspect")
            while waiting and order[waiting[0]] < order[what]:
                dimension, lines = _under(dimension, waiting[0], unread[waiting.pop(0)])
                yield from lines
            scores = [getattr(row, column) for column in content.columns]
            for column, score in zip(content.columns, scores, strict=True):
                if type(score) is not int:
                    raise UnrepresentableError(
                        f"{path}.{column}", f"{score!r} is not a whole number"
                    )
            numbers = " ".join(map(str, scores))
            if row.explanation is not None:
                note = self._line_of(f"{path}.explanation", row.explanation)
                numbers = f"{numbers}\n{note}"
            dimension, lines = _under(dimension, what, numbers)
            yield from lines
        for what in waiting:
            dimension, lines = _under(dimension, what, unread[what])
            yield from lines


def _aspects(content: Scores) -> Iterator[tuple[Any, str]]:
    return ((d, aspect) for d in content.dimensions for aspect in d.aspects)


def _under(dimension: str | None, what: tuple[str, str], rest: str) -> tuple[str, list[str]]:
    """A row, and the dimension above it where that is another one than before."""
    line = f"{what[1]} {rest}" if rest else what[1]
    return what[0], [line] if what[0] == dimension else [what[0], line]


def _require(kind: type, field: str, value: object) -> None:
    if not isinstance(value, kind):
        raise UnrepresentableError(field, f"{value!r} is not a {kind.__name__}")
    if attrs.has(kind):
        for name in (a.name for a in attrs.fields(kind)):
            part = getattr(value, name)
            if part is not None and not isinstance(part, str):
                raise UnrepresentableError(f"{field}.{name}", f"{part!r} is not a str")


def _leaf_of(item: Field | Rows, value: Any) -> str:
    """Which attribute of a value of several parts cannot be written: ``".start"``."""
    for attribute in attrs.fields(type(value)) if attrs.has(type(value)) else ():
        part = getattr(value, attribute.name)
        try:
            item.type.format(attrs.evolve(value, **{attribute.name: None}))
        except _CANNOT:
            continue
        if part is not None:
            return f".{attribute.name}"
    return ""


def _line(label: str, value: str) -> str:
    return f"{label}: {value}" if value else f"{label}:"


def _number(number: str | None) -> list[int]:
    return [int(part) for part in (number or "").split(".") if part.isdecimal()]


def _is_of(other: OtherSection, section: Section) -> bool:
    return other.number == section.number and other.title == section.title


def first_difference(wanted: Any, read: Any, path: str = "") -> tuple[str, str]:
    """The name of the first leaf that does not read back, and why."""
    if attrs.has(type(wanted)) and type(wanted) is type(read):
        for attribute in attrs.fields(type(wanted)):
            a, b = getattr(wanted, attribute.name), getattr(read, attribute.name)
            if a != b:
                inner = f"{path}.{attribute.name}" if path else attribute.name
                return first_difference(a, b, inner)
    if isinstance(wanted, tuple) and isinstance(read, tuple):
        for k, (a, b) in enumerate(zip(wanted, read, strict=False)):
            if a != b:
                return first_difference(a, b, f"{path}[{k}]")
        return path, f"{len(wanted)} values would read back as {len(read)}"
    if isinstance(wanted, Mapping) and isinstance(read, Mapping):
        for key in sorted({*wanted, *read}):
            if wanted.get(key) != read.get(key):
                return first_difference(wanted.get(key), read.get(key), f"{path}[{key!r}]")
    return path, f"{_short(wanted)} would read back as {_short(read)}"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
