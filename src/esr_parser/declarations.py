"""Checks a user's declarations when a parser is made.

Every check raises :class:`~esr_parser.errors.DeclarationError` with the name of the handler or
layout, what was found, and what to write instead.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable
from functools import cache
from types import UnionType
from typing import Any

import attrs

from esr_parser.diagnostics import did_you_mean
from esr_parser.errors import DeclarationError, short_repr
from esr_parser.grammar import (
    Content,
    Dimension,
    Fields,
    Item,
    Layout,
    Scores,
    Section,
    WordKind,
    is_number,
    words_of,
)
from esr_parser.model import Period, ProgrammeItem
from esr_parser.values import ValueType

_CLASSES_OF_ONE_LABEL = (Period, ProgrammeItem)


def require(condition: object, message: str) -> None:
    """Raises the message unless the condition holds."""
    if not condition:
        raise DeclarationError(message)


def check_layout(layout: Layout) -> None:
    """Makes sure that the strings of a layout outside its sections can be printed and read."""
    where = f"the layout {layout.period!r} ({layout.language!r})"
    _check_types(layout, where)
    for name in ("period", "language", "sections"):
        require(getattr(layout, name), f"{where}: Layout.{name} is empty; write one")
    for line in (*layout.banner, *layout.pictures):
        require(_is_line(line), f"{where}: {line!r} is not a line; write a str with a letter")
    has_banner = layout.banner or not layout.pictures
    require(has_banner, f"{where} has pictures but no banner; write their texts as banner=('…',)")
    has_fund = not layout.title or "{fund}" in layout.title
    require(has_fund, f"{where}: the title {layout.title!r} has no {{fund}} in it; write it there")


def check_numbers(sections: Iterable[Section], where: str) -> None:
    """Makes sure that each section has a number of its own, and all but the first a title."""
    titles: dict[str, str] = {}
    for section in sections:
        number, title = section.number, section.title
        needs_none = not titles and isinstance(section.content, Fields)
        rule = "only a first section of Fields needs none"
        require(title or needs_none, f"{where}: section {number!r} has no title; {rule}")
        twins = f"two sections with the number {number!r}: {titles.get(number)!r} and {title!r}"
        require(number not in titles, f"{where}: {twins}; give one another number")
        titles[number] = title


def check_section(section: Section, where: str) -> None:
    """Makes sure that a section can be printed and read, whatever its model is."""
    require(isinstance(section, Section), f"{where}: {section!r} is not a Section")
    number, content = section.number, section.content
    require(is_number(number), f"{where}: {number!r} is not a section number; write '10' or '10.1'")
    where = f"{where}: section {number!r}"
    _check_types(section, where)
    for word in words_of(section):
        is_line = _is_line(word.text) and not (word.kind is WordKind.LABEL and ":" in word.text)
        name = f"{where}: the {word.kind} {word.text!r}"
        require(is_line, f"{name} would not be found again; write one line without a colon")
    if isinstance(content, Scores):
        heads, row = content.heads, content.row
        require(heads and content.dimensions, f"{where}: Scores without heads or dimensions")
        names = [a.name for a in attrs.fields(row)] if attrs.has(row) else []
        is_row = names[:2] == ["dimension", "aspect"] and names[-1] == "explanation"
        require(
            is_row and len(names) == len(heads) + 3,
            f"{where}: {row.__name__} is not the attrs class of a row; its attributes must be"
            f" dimension, aspect, one for each of the heads {', '.join(heads)}, and explanation",
        )


def _check_types(thing: Any, where: str) -> None:
    """Makes sure that the attributes of a declaration have the annotated types."""
    hints = hints_of(type(thing))
    for attribute in attrs.fields(type(thing)):
        value = getattr(thing, attribute.name)
        if not _fits(value, hints[attribute.name]):
            name = f"{type(thing).__name__}.{attribute.name}"
            found = short_repr(value, 60)
            raise DeclarationError(f"{where}: {name} is {found}; write {attribute.type}")
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Content | Item | Dimension):
                _check_types(part, where)


def _fits(value: object, hint: Any) -> bool:
    if isinstance(hint, type | UnionType):
        return isinstance(value, hint)
    if typing.get_origin(hint) is tuple:
        kind = typing.get_args(hint)[0]
        return isinstance(value, tuple) and all(_fits(part, kind) for part in value)
    return isinstance(value, ValueType)


def _is_line(text: str) -> bool:
    """Whether a string is a line that can be found again: it has a letter and no odd space."""
    return " ".join(text.split()) == text and any(map(str.isalpha, text))


def options_of(hint: Any) -> tuple[Any, ...]:
    """The types in a union; any other type alone."""
    is_union = typing.get_origin(hint) in (typing.Union, UnionType)
    return typing.get_args(hint) if is_union else (hint,)


def group_of(hint: Any) -> type | None:
    """The attrs class of an annotation whose attributes have labels of their own, if it is one."""
    is_group = isinstance(hint, type) and attrs.has(hint) and hint not in _CLASSES_OF_ONE_LABEL
    return hint if is_group else None


def check_model(model: type, name: str) -> None:
    """Makes sure that every attribute may be absent, those of groups, too."""
    hints = _hints(model, name)
    for attribute in attrs.fields(model):
        path = f"{model.__name__}.{attribute.name}"
        require(
            attribute.default is not attrs.NOTHING,
            f"{name}: {path} has no default; write `{attribute.name}: … | None = None`",
        )
        group = group_of(hints.get(attribute.name))
        if group is not None:
            check_model(group, name)


def check_path(path: str, where: str, model: type) -> None:
    """Makes sure that a declared path is that of an attribute which holds a value."""
    part: type | None = model
    for name in path.split("."):
        hints = _hints(part, where) if part is not None else {}
        if name not in hints:
            hint = did_you_mean(name, hints)
            raise DeclarationError(f"{where}: {model.__name__} has no attribute {path!r}{hint}")
        part = group_of(hints[name])
    require(
        part is None,
        f"{where}: {path!r} is a group; write one of its attributes, '{path}.…', or make it"
        " `… | None = None` where a value type of your own reads it",
    )


hints_of: Callable[[type], dict[str, Any]] = cache(typing.get_type_hints)
"""The annotations of a class; to evaluate them takes long."""


def _hints(model: type, name: str) -> dict[str, Any]:
    try:
        return hints_of(model)
    except NameError as error:
        raise DeclarationError(
            f"{name}: the annotations of {model.__name__} cannot be read: {error}; define the"
            " class at the top of a module"
        ) from error
