"""Checks a user's declarations when a parser is made.

Every check raises :class:`~esr_parser.errors.DeclarationError` with the name of the handler or
layout, what was found, and what to write instead.
"""

from __future__ import annotations

import typing
from collections.abc import Iterable
from functools import cache
from typing import Any

import attrs

from esr_parser.diagnostics import did_you_mean
from esr_parser.errors import DeclarationError
from esr_parser.grammar import (
    Caption,
    Dimension,
    Field,
    Fields,
    Flag,
    Layout,
    Prose,
    Questions,
    Rows,
    Scores,
    Section,
    is_number,
)
from esr_parser.model import Period, ProgrammeItem
from esr_parser.values import ValueType

__all__ = [
    "check_layout",
    "check_model",
    "check_numbers",
    "check_path",
    "check_section",
    "group_of",
    "require",
]

_WHOLE = (Period, ProgrammeItem)
"""Classes of values that one label holds."""


def require(condition: object, message: str) -> None:
    """Raises the message unless the condition holds."""
    if not condition:
        raise DeclarationError(message)


def check_layout(layout: Layout) -> None:
    """Makes sure that the strings of a layout outside its sections can be printed and read."""
    where = f"the layout {layout.period!r} ({layout.language!r})"
    for name in ("period", "language"):
        value = getattr(layout, name)
        require(isinstance(value, str) and value, f"{where}: {name} is {value!r}; write a str")
    require(layout.sections, f"{where} has no sections; write sections=(Section(…), …)")
    for name in ("banner", "pictures"):
        lines = getattr(layout, name)
        is_lines = isinstance(lines, tuple) and all(map(_is_line, lines))
        require(is_lines, f"{where}: {name} is {lines!r}; write a tuple with one str a line")
    require(
        layout.banner or not layout.pictures,
        f"{where} has pictures but no banner; write their texts as banner=('…',)",
    )
    require(
        not layout.title or "{fund}" in layout.title,
        f"{where}: the title {layout.title!r} has no {{fund}} in it; write one in its place",
    )


def check_numbers(sections: Iterable[Section], where: str) -> None:
    """Makes sure that each section has a number of its own, and all but the first a title."""
    seen: dict[str, Section] = {}
    for section in sections:
        number, title = section.number, section.title
        other = seen.setdefault(number, section)
        require(
            other is section,
            f"{where}: two sections with the number {number!r}: {other.title!r} and {title!r};"
            " give one another number",
        )
        begins = isinstance(section.content, Fields) and len(seen) == 1
        require(
            title or begins,
            f"{where}: section {number!r} has no title; only a first section of Fields needs none",
        )


def check_section(section: Section, where: str) -> None:
    """Makes sure that a section can be printed and read, whatever its model is."""
    require(isinstance(section, Section), f"{where}: {section!r} is not a Section")
    number, content = section.number, section.content
    require(
        is_number(number),
        f"{where}: {number!r} is not a section number; write a str such as '10' or '10.1'",
    )
    where = f"{where}: section {number!r}"
    require(
        section.title == "" or _is_line(section.title),
        f"{where}: {section.title!r} is not a title; write a str on one line, without its number",
    )
    require(
        content is None or isinstance(content, Fields | Prose | Questions | Scores),
        f"{where}: {_shown(content)} is not a content; write Fields(…), Prose(…), Questions(…) or"
        " Scores(…)",
    )
    if isinstance(content, Fields | Questions):
        kinds = (Field, Caption, Flag, Rows) if isinstance(content, Fields) else (Field,)
        for item in content.items:
            _check_item(item, kinds, where)
    elif isinstance(content, Scores):
        _check_scores(content, where)


def _check_item(item: Any, kinds: tuple[type, ...], where: str) -> None:
    names = ", ".join(f"{kind.__name__}(…)" for kind in kinds)
    require(isinstance(item, kinds), f"{where}: {_shown(item)} is not one of {names}")
    for label in (item.label, *item.variants):
        is_label = _is_line(label) and not (isinstance(item, Field) and ":" in label)
        require(is_label, f"{where}: {label!r} is not a label; write one line without a colon")
    if isinstance(item, Field | Rows):
        name = f"{where}: the type of {item.label!r}"
        is_type = isinstance(item.type, ValueType)
        require(is_type, f"{name} is {item.type!r}; write a ValueType such as AMOUNT")
    for path in item.paths:
        is_path = isinstance(path, str)
        require(is_path, f"{where}: the path of {item.label!r} is {path!r}; write a str")


def _check_scores(content: Scores, where: str) -> None:
    heads, dimensions, row = content.heads, content.dimensions, content.row
    dimension: Any
    for dimension in dimensions:
        is_whole = isinstance(dimension, Dimension) and isinstance(dimension.aspects, tuple)
        require(is_whole, f"{where}: {dimension!r} is not a Dimension('…', ('…', …))")
    for word in (*heads, *(a for d in dimensions for a in (d.name, *d.aspects))):
        require(_is_line(word), f"{where}: {word!r} is not a str on one line")
    require(heads and dimensions, f"{where}: Scores without heads or dimensions; write both")
    names = [a.name for a in attrs.fields(row)] if attrs.has(row) else []
    is_row = names[:2] == ["dimension", "aspect"] and names[-1] == "explanation"
    require(
        is_row and len(names) == len(heads) + 3,
        f"{where}: {row.__name__} is not the attrs class of a row; its attributes must be"
        f" dimension, aspect, one for each of the heads {', '.join(heads)}, and explanation",
    )


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _is_line(text: object) -> bool:
    """Whether something is a line that can be found again: it has a letter and no odd space."""
    return isinstance(text, str) and " ".join(text.split()) == text and any(map(str.isalpha, text))


def group_of(hint: Any) -> type | None:
    """The attrs class of an annotation whose attributes have labels of their own, if it is one."""
    is_group = isinstance(hint, type) and attrs.has(hint) and hint not in _WHOLE
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


_hints_of = cache(typing.get_type_hints)


def _hints(model: type, name: str) -> dict[str, Any]:
    try:
        return _hints_of(model)
    except NameError as error:
        raise DeclarationError(
            f"{name}: the annotations of {model.__name__} cannot be read: {error}; define the"
            " class at the top of a module"
        ) from error
