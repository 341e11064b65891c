"""How values become plain data and are read back: hooks for a converter of cattrs.

Each type has a pair of functions, ``read`` and ``write``, and both refuse what is not of the type.
cattrs finds the pair of a type. It does not check what it writes, and its errors have no paths:
that is done here.
"""

from __future__ import annotations

import math
import typing
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from esr_parser.data.members import Member, Members
from esr_parser.data.problems import DataError, each, step, wrong
from esr_parser.declarations import options_of
from esr_parser.diagnostics import did_you_mean
from esr_parser.model import FrozenMapping, ProjectDescription

if TYPE_CHECKING:
    from cattrs import Converter

_MOST_DIGITS = 600
"""Of a whole number: Python may be set to read no more than 640."""
_MOST_BITS = 1992


class Pair(NamedTuple):
    """How the values of a type become data, and are read back."""

    read: Callable[..., Any]
    """From plain data to the value. (cattrs adds the type; no pair needs it.)"""
    write: Callable[[Any], Any]
    """From the value to plain data."""
    schema: Mapping[str, str] = {}
    """The JSON Schema of a single value."""


# -- single values ----------------------------------------------------------------------------


def _text(value: Any, _: Any = None) -> str:
    if isinstance(value, str):
        return str.__str__(value)  # a member of an enumeration becomes plain text
    raise wrong("text", value)


def _boolean(value: Any, _: Any = None) -> bool:
    if isinstance(value, bool):
        return value
    raise wrong("true or false", value)


def _read_amount(value: Any, _: Any = None) -> Decimal:
    number = value
    if isinstance(value, float):
        number = Decimal(float.__repr__(value))
    elif isinstance(value, int) and not isinstance(value, bool):
        number = Decimal(value)
    if isinstance(number, Decimal) and number.is_finite():
        return number
    raise wrong("a number", value)


def _write_amount(value: Any) -> int | float | Decimal:
    """The simplest number with the same digits."""
    if not isinstance(value, Decimal) or not value.is_finite():
        raise wrong("a finite Decimal", value)
    if not value:
        return 0
    if value.adjusted() < _MOST_DIGITS and value == value.to_integral_value():
        return int(value)
    number = float(value)
    return number if Decimal(repr(number)) == value else value


def _read_whole(value: Any, _: Any = None) -> int:
    # JSON has one kind of number: 5.0 is as whole as 5.
    return _write_whole(_write_amount(_read_amount(value)))


def _write_whole(value: Any) -> int:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    if is_whole and value.bit_length() <= _MOST_BITS:
        return int(value)
    raise wrong("a whole number", value)


def _float(value: Any, _: Any = None) -> float:
    number = float(_read_amount(value))
    if math.isfinite(number):
        return number
    raise wrong("a number", value)


def _write_date(value: Any) -> str:
    if type(value) is date:
        return value.isoformat()
    raise wrong("a date", value)


def _read_date(value: Any, _: Any = None) -> date:
    # Python reads other spellings of ISO 8601, too: 20220131, 2022-W05-1.
    with suppress(ValueError):
        found = date.fromisoformat(_text(value))
        if found.isoformat() == value:
            return found
    raise wrong("an ISO date such as '2022-01-31'", value)


SCALARS: Mapping[Any, Pair] = {
    str: Pair(_text, _text, {"type": "string"}),
    bool: Pair(_boolean, _boolean, {"type": "boolean"}),
    int: Pair(_read_whole, _write_whole, {"type": "integer"}),
    float: Pair(_float, _float, {"type": "number"}),
    Decimal: Pair(_read_amount, _write_amount, {"type": "number"}),
    date: Pair(
        _read_date,
        _write_date,
        {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    ),
}


# -- values made of others ----------------------------------------------------------------------


def _words(known: type[Enum]) -> Pair:
    """The words of an enumeration; a word does for its member."""
    expected = f"one of {', '.join(repr(member.value) for member in known)}"

    def read(value: Any, _: Any = None) -> Enum:
        with suppress(ValueError):
            return known(_text(value))
        raise wrong(expected, value)

    return Pair(read, lambda value: _text(read(value).value))


def _union(hint: Any, converter: Converter) -> Pair:
    """The first type of several that accepts a value; an open set of words is ``Enum | str``."""
    options = [option for option in options_of(hint) if option is not NoneType]
    may_be_none = NoneType in options_of(hint)

    def first(find: Callable[[Any], Callable[..., Any]]) -> Callable[..., Any]:
        *others, last = map(find, options)

        def convert(value: Any, _: Any = None) -> Any:
            if value is None and may_be_none:
                return None
            for other in others:
                with suppress(DataError):
                    return other(value)
            return last(value)

        return convert

    return Pair(first(converter.get_structure_hook), first(converter.get_unstructure_hook))


def _array(hint: Any, converter: Converter) -> Pair:
    item = typing.get_args(hint)[0]
    read_item: Callable[..., Any] = converter.get_structure_hook(item)
    write_item: Callable[..., Any] = converter.get_unstructure_hook(item)

    def read(value: Any, _: Any = None) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise wrong("an array", value)
        return tuple(each(enumerate(value), lambda _: read_item))

    def write(value: Any) -> list[Any]:
        if not isinstance(value, tuple):
            raise wrong("a tuple", value)
        return each(enumerate(value), lambda _: write_item)

    return Pair(read, write)


def _object(members: Mapping[str, Member], converter: Converter) -> Pair:
    """Objects as dictionaries.

    A class may hold its own kind: the functions of its members are looked up when they are used.
    """
    required = [name for name, m in members.items() if not m.may_be_none and not m.has_default]

    def by(find: Callable[[Any], Callable[..., Any]]) -> Callable[..., dict[str, Any]]:
        convert_for = cache(lambda name: find(members[name].hint))

        def convert(value: Any, _: Any = None) -> dict[str, Any]:
            if not isinstance(value, Mapping):
                raise wrong("an object", value)
            problems = [(name, "the key is missing") for name in required if name not in value]
            for key in (key for key in value if key not in members):
                # Looking for a close word takes long where very many keys are unknown.
                hint = did_you_mean(str(key)[:99], members) if len(problems) < 9 else ""
                problems.append((step(key), f"unknown key{hint}"))
            known = {key: part for key, part in value.items() if key in members}
            return dict(zip(known, each(known.items(), convert_for, problems), strict=True))

        return convert

    return Pair(by(converter.get_structure_hook), by(converter.get_unstructure_hook))


def _group(cls: type, members: Mapping[str, Member], converter: Converter) -> Pair:
    nulls = {name: None for name, m in members.items() if m.may_be_none and not m.has_default}
    skipped = {name for name, m in members.items() if m.has_default and not m.may_be_none}
    stand_ins = {name: m.stand_in for name, m in members.items() if m.stand_in is not None}
    data = _object(members, converter)

    def read(value: Any, _: Any = None) -> Any:
        if isinstance(value, Mapping):
            given = {k: part for k, part in value.items() if part is not None or k not in skipped}
            value = nulls | given
        parts = data.read(value)
        try:
            return cls(**{members[name].argument: part for name, part in parts.items()})
        except (TypeError, ValueError) as error:  # the class refuses the values
            raise DataError(("", str(next(iter(error.args), type(error).__name__)))) from None

    def write(value: Any) -> Any:
        if type(value) is not cls:
            raise wrong(f"a value of type {cls.__name__}", value)
        parts = {name: getattr(value, name) for name in members}
        parts |= {name: None for name, default in stand_ins.items() if parts[name] == default}
        return data.write(parts)

    return Pair(read, write)


# -- the converter ------------------------------------------------------------------------------


def pair_of_descriptions(words: Iterable[type[Enum]], members: Members) -> Pair:
    """How descriptions are read and written, with the keys of their objects.

    cattrs must know each enumeration: to it, words are kinds of ``str``.
    """
    from cattrs import Converter

    converter = Converter()
    for kind, pair in {**SCALARS, **{known: _words(known) for known in words}}.items():
        converter.register_structure_hook(kind, pair.read)
        converter.register_unstructure_hook(kind, pair.write)

    def register(is_meant: Callable[[Any], bool], pair_of: Callable[[Any], Pair]) -> None:
        converter.register_structure_hook_factory(is_meant, lambda hint: pair_of(hint).read)
        converter.register_unstructure_hook_factory(is_meant, lambda hint: pair_of(hint).write)

    register(lambda hint: len(options_of(hint)) > 1, lambda hint: _union(hint, converter))
    register(lambda hint: typing.get_origin(hint) is tuple, lambda hint: _array(hint, converter))
    register(attrs.has, lambda hint: _group(hint, members[hint], converter))
    register(lambda hint: hint is FrozenMapping, lambda hint: _object(members[hint], converter))
    return _group(ProjectDescription, members[ProjectDescription], converter)
