"""The JSON Schema of a description, with what the declared layouts say about each value."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from esr_parser.data.classes import Member, Shapes
from esr_parser.data.compound import or_null
from esr_parser.data.shapes import Shape
from esr_parser.grammar import Caption, Field, Fields, Layout, Prose, Questions, Scores, Section
from esr_parser.model import FrozenMapping, ProjectDescription
from esr_parser.reading import TextReader
from esr_parser.values import ValueType

__all__ = ["schema_of"]

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMA_ID = "urn:esr-parser:project-description"


def schema_of(reader: TextReader, shapes: Shapes) -> dict[str, Any]:
    """The schema of what has the shapes, for the layouts and handlers of a reader."""
    notes = _notes(reader, shapes)
    schema: dict[str, Any] = {
        "$schema": SCHEMA_DIALECT,
        "$id": SCHEMA_ID,
        "title": "ESR or ERDF project description",
        **_object_schema(ProjectDescription, shapes, notes),
        "$defs": {name: _object_schema(c, shapes, notes) for c, name in shapes.names.items()},
    }
    extensions = {
        **_object_schema(FrozenMapping, shapes, notes),
        "description": "The values of further section handlers, by key",
        "additionalProperties": True,
    }
    schema["properties"]["extensions"] = or_null(extensions)
    return copy.deepcopy(schema)


def _object_schema(
    cls: type, shapes: Shapes, notes: Mapping[tuple[type, str], _Note]
) -> dict[str, Any]:
    members = shapes.members[cls]
    properties: dict[str, Any] = {}
    for name, member in members.items():
        note = notes.get((cls, name))
        properties[name] = {**member.schema, **(note.keywords() if note else {})}
    schema: dict[str, Any] = {"type": "object"}
    summary = (cls.__doc__ or "").strip().partition("\n")[0]
    if summary:
        schema["description"] = summary
    schema["properties"] = properties
    required = [name for name, member in members.items() if member.is_required]
    if required:
        schema["required"] = required
    schema["additionalProperties"] = False
    return schema


def _notes(reader: TextReader, shapes: Shapes) -> dict[tuple[type, str], _Note]:
    """What the layouts say about the attributes of the classes."""
    notes: dict[tuple[type, str], _Note] = {}
    for layout in reader.layouts:
        for section in layout.sections:
            for mention in _mentions(section):
                found = _member(reader, shapes, section.key, mention.path)
                if found is not None:
                    owner, member = found
                    note = notes.setdefault((owner, member.name), _Note())
                    note.add(layout, section, mention, member.shape)
    return notes


def _member(reader: TextReader, shapes: Shapes, key: str, path: str) -> tuple[type, Member] | None:
    """The attribute at a path in the value of a key, and the class that has it."""
    owner: type | None
    owner = ProjectDescription if key in reader.built_in else FrozenMapping
    member = shapes.members[owner][key]
    for name in path.split(".") if path else ():
        owner = member.shape.model
        # A handler that puts its model together itself may use paths of its own.
        if owner is None or name not in shapes.members[owner]:
            return None
        member = shapes.members[owner][name]
    return owner, member


# -- what the layouts say ---------------------------------------------------------------------


@attrs.frozen
class _Mention:
    """A declared word for the value at a path, and what examples can be taken from."""

    path: str
    label: str | None
    type: ValueType | None = None
    words: tuple[str, ...] = ()


def _mentions(section: Section) -> Iterator[_Mention]:
    """What a declared section says about the values in it."""
    content = section.content
    if section.parent is None:
        yield _Mention("", section.title)
    if isinstance(content, Prose):
        yield _Mention(content.path, section.title)
    elif isinstance(content, Scores):
        yield _Mention(content.path, section.title)
        heads = tuple(dimension.name for dimension in content.dimensions)
        aspects = tuple(aspect for d in content.dimensions for aspect in d.aspects)
        yield _Mention(f"{content.path}.dimension", None, words=heads)
        yield _Mention(f"{content.path}.aspect", None, words=aspects)
    elif isinstance(content, Fields | Questions):
        outer = {path.partition(".")[0] for path in content.paths()}
        if len(outer) == 1 and all("." in path for path in content.paths()):
            yield _Mention(outer.pop(), section.title)
        for item in content.items:
            if isinstance(content, Fields) and isinstance(item, Field):
                yield _Mention(item.path, item.label, item.type)
            elif not isinstance(item, Caption):
                yield _Mention(item.path, item.label)


_QUOTED = re.compile("`([^`]+)`")


@attrs.define(eq=False)
class _Note:
    """The labels of one attribute, with their places, and examples of its values."""

    labels: dict[str, dict[str, list[str]]] = attrs.Factory(dict)
    examples: list[Any] = attrs.Factory(list)

    def add(self, layout: Layout, section: Section, mention: _Mention, shape: Shape) -> None:
        if mention.label is not None:
            numbers = self.labels.setdefault(mention.label, {}).setdefault(str(layout.period), [])
            if section.number not in numbers:
                numbers.append(section.number)
        for example in _examples(mention, shape):
            if example not in self.examples:
                self.examples.append(example)

    def keywords(self) -> dict[str, Any]:
        """The keywords to add to the schema of the attribute."""
        keywords: dict[str, Any] = {}
        if self.labels:
            keywords["description"] = "; ".join(
                f"{label} ({'; '.join(map(_where, places.items()))})"
                for label, places in self.labels.items()
            )
        if self.examples:
            keywords["examples"] = self.examples
        return keywords


def _where(place: tuple[str, list[str]]) -> str:
    period, numbers = place
    return f"{period}: section{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}"


def _examples(mention: _Mention, shape: Shape) -> Iterator[Any]:
    """Plain data of the values that a declaration shows."""
    yield from mention.words
    if mention.type is None:
        return
    options = shape.schema.get("anyOf", [shape.schema])
    is_listed = any("enum" in option for option in options)
    words = () if is_listed else mention.type.words
    for text in (*words, *_QUOTED.findall(mention.type.shape)):
        try:
            value = mention.type.parse(text)
            is_odd = mention.type.notice is not None and mention.type.notice(value)
            if not is_odd:
                yield shape.write(value)
        except ValueError:  # a word of the explanation, not a value
            continue
