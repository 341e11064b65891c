"""Single values as plain data: text, numbers, dates, and whatever is plain already.

Amounts are numbers where that is exact, and a string of digits where it is not: a reader of the
JSON must never get another amount than the one on the page.

======================================  ==========================
``Decimal("128450")``, ``"128450.00"``  ``128450``
``Decimal("51274.36")``                 ``51274.36``
``Decimal("0.1234567890123456789")``    ``"0.1234567890123456789"``
======================================  ==========================
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Any

import attrs

from esr_parser.data.errors import ProblemsError, each, shown, wrong

__all__ = ["PLAIN", "SCALARS", "Shape", "keys_of"]


@attrs.frozen(eq=False)
class Shape:
    """The values of one annotation as plain data."""

    name: str
    """What messages say was expected: ``"text"``."""
    types: tuple[type, ...]
    """The classes of the values; ``NoneType`` among them where ``None`` is a value."""
    write: Callable[[Any], Any]
    """From the value to plain data."""
    read: Callable[..., Any]
    """From plain data to the value. (cattrs gives the annotation as a second argument.)"""
    schema: Mapping[str, Any]
    """The JSON Schema of what is written."""
    model: type | None = None
    """The attrs class whose attributes the data has, or each item of an array."""


# -- text, numbers, dates --------------------------------------------------------------------


def _text(value: Any, _: Any = None) -> str:
    if type(value) is str:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    raise wrong("text", value)


def _boolean(value: Any, _: Any = None) -> bool:
    if type(value) is bool:
        return value
    raise wrong("true or false", value)


_MOST_DIGITS = 600
"""Longer whole numbers are no JSON numbers: Python may be told to read no more than 640 digits."""
_MOST_BITS = 1993
"""Of a number with so many digits."""


def _write_whole(value: Any) -> int:
    if isinstance(value, int) and type(value) is not bool and value.bit_length() <= _MOST_BITS:
        return int(value)
    raise wrong("a whole number", value)


def _read_whole(value: Any, _: Any = None) -> int:
    # JSON knows one kind of number: 5.0 is as whole as 5.
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return _write_whole(value)


def _float(value: Any, _: Any = None) -> float:
    is_number = isinstance(value, float | int) and type(value) is not bool
    if is_number and abs(value) <= sys.float_info.max:
        return float(value)
    raise wrong("a finite number", value)


_DECIMAL_TEXT = r"-?[0-9]+(\.[0-9]+)?([Ee][+-]?[0-9]+)?"
_is_decimal_text = re.compile(_DECIMAL_TEXT).fullmatch


def _write_decimal(value: Any) -> int | float | str:
    """The number where that is exact, and otherwise its digits."""
    if not isinstance(value, Decimal) or not value.is_finite():
        raise wrong("a finite decimal number", value)
    if not value:
        return 0
    if value.adjusted() < _MOST_DIGITS:
        whole = int(value)
        if whole == value:
            return whole
    number = float(value)
    return number if Decimal(repr(number)) == value else str(value)


def _read_decimal(value: Any, _: Any = None) -> Decimal:
    number = value
    if isinstance(value, float):
        number = Decimal(float.__repr__(value))
    elif isinstance(value, int) and type(value) is not bool:
        number = Decimal(value)
    elif isinstance(value, str) and _is_decimal_text(value):
        try:
            number = Decimal(value)
        except ArithmeticError:  # an exponent no Decimal has
            number = value
    if isinstance(number, Decimal) and number.is_finite():
        return number
    raise wrong("a finite number", value)


_DATE_TEXT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_is_date_text = re.compile(_DATE_TEXT).fullmatch


def _write_date(value: Any) -> str:
    if type(value) is date:
        return value.isoformat()
    raise wrong("a date", value)


def _read_date(value: Any, _: Any = None) -> date:
    if isinstance(value, str) and _is_date_text(value):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ProblemsError(("", f"{value!r} is no date: {error}")) from None
    raise wrong("an ISO date such as '2022-01-31'", value)


SCALARS: Mapping[Any, Shape] = {
    bool: Shape("true or false", (bool,), _boolean, _boolean, {"type": "boolean"}),
    int: Shape("a whole number", (int,), _write_whole, _read_whole, {"type": "integer"}),
    float: Shape("a number", (float,), _float, _float, {"type": "number"}),
    Decimal: Shape(
        "a number",
        (Decimal,),
        _write_decimal,
        _read_decimal,
        {"type": ["number", "string"], "pattern": f"^{_DECIMAL_TEXT}$"},
    ),
    date: Shape(
        "an ISO date",
        (date,),
        _write_date,
        _read_date,
        {"type": "string", "format": "date", "pattern": f"^{_DATE_TEXT}$"},
    ),
    str: Shape("text", (str,), _text, _text, {"type": "string"}),
}


# -- plain data ------------------------------------------------------------------------------


def _write_plain(value: Any) -> Any:
    """Plain data of a value that no handler knows."""
    scalar = SCALARS.get(type(value))
    if scalar is not None:
        return scalar.write(value)
    if isinstance(value, Enum):
        return _write_plain(value.value)
    if attrs.has(type(value)):
        value = {a.name: getattr(value, a.name) for a in attrs.fields(type(value)) if a.init}
    return _copied(value, _write_plain)


def _read_plain(value: Any, _: Any = None) -> Any:
    if type(value) in (str, bool):
        return value
    if isinstance(value, int):
        return _write_whole(value)
    if isinstance(value, float):
        return _float(value)
    return _copied(value, _read_plain)


def _copied(value: Any, convert: Callable[[Any], Any]) -> Any:
    """What is no scalar, with its items converted."""
    if value is None:
        return None
    if isinstance(value, list | tuple):
        return each(convert, value, "[{}]".format)
    if isinstance(value, Mapping):
        keys = keys_of(value)
        items = each(convert, value.values(), lambda k: f"[{shown(keys[k])}]")
        return dict(zip(keys, items, strict=True))
    raise wrong("plain data", value)


def keys_of(value: Mapping[Any, Any]) -> list[str]:
    """The keys of an object, which are all text."""
    for key in value:
        if not isinstance(key, str):
            raise ProblemsError((f"[{shown(key)}]", "the key is not text"))
    return [str.__str__(key) for key in value]


PLAIN = Shape("plain data", (object, NoneType), _write_plain, _read_plain, {})
