"""Values made of others: arrays, the words of an enumeration, unions."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from enum import Enum
from types import NoneType
from typing import Any

from esr_parser.data.errors import ProblemsError, each, wrong
from esr_parser.data.shapes import SCALARS, Shape

__all__ = ["array", "options_of", "or_null", "union", "words_of"]


def array(kind: type[tuple[Any, ...]] | type[list[Any]], item: Shape) -> Shape:
    """Any number of values of one shape."""
    write_item, read_item = item.write, item.read

    def write(value: Any) -> list[Any]:
        if not isinstance(value, kind):
            raise wrong(f"a {kind.__name__}", value)
        return each(write_item, value, "[{}]".format)

    def read(value: Any, _: Any = None) -> Any:
        if not isinstance(value, list | tuple):
            raise wrong("an array", value)
        return kind(each(read_item, value, "[{}]".format))

    schema = {"type": "array", "items": item.schema} if item.schema else {"type": "array"}
    return Shape("an array", (kind,), write, read, schema, item.model)


def words_of(known: type[Enum]) -> Shape:
    """The words of an enumeration, as its members.

    Raises:
        TypeError: a member's value is neither text nor a whole number.
    """
    members = {(type(member.value), member.value): member for member in known}
    words = [member.value for member in known]
    if not all(type(word) in (str, int) for word in words):
        raise TypeError(f"the values of {known.__name__} are not all words or whole numbers")
    name = f"one of {', '.join(map(repr, words))}"

    def write(value: Any) -> Any:
        if isinstance(value, known):
            return value.value
        member = members.get((type(value), value)) if isinstance(value, str | int) else None
        # A StrEnum's member is equal to its word, so that the word will do as well.
        if member is None or member != value:
            raise wrong(name, value)
        return member.value

    def read(value: Any, _: Any = None) -> Enum:
        member = members.get((type(value), value)) if isinstance(value, str | int) else None
        if member is None:
            raise wrong(name, value)
        return member

    return Shape(name, (known,), write, read, {"enum": words})


_RANKS: Mapping[Any, int] = {**{kind: rank for rank, kind in enumerate(SCALARS)}, object: 99}


def _rank(shape: Shape) -> int:
    """Where a shape stands among the options of a union: the narrow ones are tried first."""
    if "enum" in shape.schema:
        return -1
    return _RANKS.get(shape.types[0], len(_RANKS))


def union(options: list[Shape], has_none: bool) -> Shape:
    """One of several shapes, or ``None``; words of an open set are ``Enum | str``."""
    options = sorted(options, key=_rank)
    name = " or ".join([*(option.name for option in options), *(["null"] if has_none else [])])
    writers = {kind: option.write for option in options for kind in option.types}
    first = options[0]

    def write(value: Any) -> Any:
        if value is None and has_none:
            return None
        writer = writers.get(type(value))
        if writer is None:
            for option in options:
                if isinstance(value, option.types):
                    return option.write(value)
            raise wrong(name, value)
        return writer(value)

    def read(value: Any, _: Any = None) -> Any:
        if value is None and has_none:
            return None
        if len(options) == 1:
            return first.read(value)
        for option in options:
            try:
                return option.read(value)
            except ProblemsError:
                continue
        raise wrong(name, value)

    def write_one(value: Any) -> Any:
        return None if value is None else first.write(value)

    kinds = tuple(writers) + ((NoneType,) if has_none else ())
    model = next((option.model for option in options if option.model is not None), None)
    schema = _either([option.schema for option in options], has_none)
    return Shape(name, kinds, write_one if len(options) == 1 else write, read, schema, model)


def _either(schemas: list[Mapping[str, Any]], has_none: bool) -> Mapping[str, Any]:
    if len(schemas) == 1:
        return or_null(schemas[0]) if has_none else schemas[0]
    options = [dict(option) for option in schemas]
    return {"anyOf": [*options, {"type": "null"}] if has_none else options}


def or_null(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of what a schema allows, and of ``null``."""
    kinds = schema.get("type")
    if kinds is not None:
        return {**schema, "type": [*([kinds] if isinstance(kinds, str) else kinds), "null"]}
    options = schema.get("anyOf", [schema])
    return {"anyOf": [*options, {"type": "null"}]}


def options_of(hint: Any) -> tuple[list[Any], bool]:
    """The annotations in a union, and whether ``None`` is one of them."""
    is_union = typing.get_origin(hint) in (typing.Union, types.UnionType)
    options = typing.get_args(hint) if is_union else (hint,)
    return [option for option in options if option is not NoneType], NoneType in options
