"""The description as a whole: its sections and extensions have the types of their handlers."""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from esr_parser.data.classes import Member, Shapes
from esr_parser.data.compound import union
from esr_parser.data.errors import each, shown, wrong
from esr_parser.data.shapes import PLAIN, Shape, keys_of
from esr_parser.model import FrozenMapping, ProjectDescription
from esr_parser.reading import TextReader

__all__ = ["description_shape"]

_FIRST_KEYS = ("fund", "programme_period")
"""What stands before the sections; in the class it stands behind them, to have a default."""


def description_shape(reader: TextReader, shapes: Shapes) -> Shape:
    """The shape of the whole: sections and extensions have the types of their handlers."""
    hints = typing.get_type_hints(ProjectDescription)
    nothing = ProjectDescription()
    names = [a.name for a in attrs.fields(ProjectDescription) if a.name not in _FIRST_KEYS]
    members: dict[str, Member] = {}
    for name in (*_FIRST_KEYS, *names):
        if name == "extensions":
            shape = _extensions(reader, shapes)
        elif name in reader.built_in:
            shape = _section(reader, shapes, name, getattr(nothing, name))
        else:
            shape = shapes.of(hints[name], name)
        members[name] = Member(name, shape)
    shapes.members[ProjectDescription] = members
    whole = shapes.of_class(ProjectDescription, members, {})

    def write(description: Any) -> dict[str, Any]:
        data = whole.write(description)
        return {name: data[name] for name in members}

    return attrs.evolve(whole, write=write)


def _section(reader: TextReader, shapes: Shapes, key: str, default: Any) -> Shape:
    """A section's shape; what no handler has built is the default, whatever its type."""
    model = reader.handlers[key].model
    shape = shapes.of(model, f"the handler {key!r}")
    if default is None:
        return union([shape], True)
    if type(default) is model:
        return shape

    def write(value: Any) -> Any:
        return None if value == default else shape.write(value)

    return attrs.evolve(shape, write=write)


def _extensions(reader: TextReader, shapes: Shapes) -> Shape:
    """A mapping whose values have the types of the user's handlers, or are plain data."""
    members = {
        key: Member(key, union([shapes.of(handler.model, f"the handler {key!r}")], True))
        for key, handler in reader.handlers.items()
        if key not in reader.built_in
    }
    shapes.members[FrozenMapping] = members
    plain = Member("", PLAIN)

    def converted(value: Any, convert: Callable[[Shape, Any], Any]) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise wrong("an object", value)
        keys = keys_of(value)
        items = each(
            lambda key: convert(members.get(key, plain).shape, value[key]),
            keys,
            lambda k: f"[{shown(keys[k])}]",
        )
        return dict(zip(keys, items, strict=True))

    return Shape(
        "an object",
        (FrozenMapping,),
        lambda value: converted(value, lambda shape, item: shape.write(item)),
        lambda value, _=None: converted(value, lambda shape, item: shape.read(item)),
        {"type": "object"},
    )
