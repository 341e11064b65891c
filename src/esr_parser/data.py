"""Plain data and JSON: the values of a description as anything else can read them.

Each kind of annotation in the model has a :class:`Shape`: how its values are written as plain
data, how they are read back, and the JSON Schema of what is written. The shapes of classes are put
together from those of their attributes by cattrs, for the built-in sections and for the models of
a user's handlers alike. The schema takes its descriptions and examples from the declared layouts.

Amounts are numbers where that is exact, and a string of digits where it is not: a reader of the
JSON must never get another amount than the one on the page.

======================================  ==========================
``Decimal("128450")``, ``"128450.00"``  ``128450``
``Decimal("51274.36")``                 ``51274.36``
``Decimal("0.1234567890123456789")``    ``"0.1234567890123456789"``
======================================  ==========================
"""

from __future__ import annotations

import copy
import difflib
import json
import re
import sys
import types
import typing
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Any

import attrs
import cattrs
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from esr_parser.grammar import Caption, Field, Fields, Layout, Prose, Questions, Scores, Section
from esr_parser.model import FrozenMapping, ProjectDescription
from esr_parser.reading import TextReader
from esr_parser.values import ValueType

__all__ = ["Data", "DataError"]

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMA_ID = "urn:esr-parser:project-description"

_FIRST_KEYS = ("fund", "programme_period")
"""What stands before the sections; in the class it stands behind them, to have a default."""


class DataError(ValueError):
    """Plain data or JSON that is no description, or a value that cannot be written as data.

    ``problems`` has everything that is wrong, each with its place.

    >>> from esr_parser import Parser
    >>> try:
    ...     Parser().from_dict({"project": {"code": 5}, "areas": {}})
    ... except ValueError as error:
    ...     print(error)
    project.code: expected text, got 5
    areas: unknown key; did you mean 'area'?
    """

    def __init__(self, *problems: str) -> None:
        super().__init__(*problems)

    @property
    def problems(self) -> tuple[str, ...]:
        """The lines of the message: ``"<place>: <what is wrong>"``."""
        return self.args

    def __str__(self) -> str:
        return "\n".join(self.problems)


# -- problems and their places ----------------------------------------------------------------


class _ProblemsError(ValueError):
    """What is wrong with a value, each with its place inside the value (``".name"``, ``"[0]"``)."""

    def __init__(self, *items: tuple[str, str]) -> None:
        super().__init__(*items)
        self.items = items

    def at(self, place: str) -> Iterator[tuple[str, str]]:
        return ((place + inner, message) for inner, message in self.items)


def _wrong(wanted: str, value: object) -> _ProblemsError:
    return _ProblemsError(("", f"expected {wanted}, got {_shown(value)}"))


_LONGEST_SHOWN = 60


def _shown(value: object) -> str:
    """A value as messages show it: in the words of JSON, and never long."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, str):
        excerpt = value[:_LONGEST_SHOWN]
        return f"{excerpt!r}" if len(excerpt) == len(value) else f"{excerpt!r} and more"
    if isinstance(value, int):
        return str(int(value)) if value.bit_length() <= 200 else "a huge number"
    if isinstance(value, float | Decimal):
        return f"{value}"[:_LONGEST_SHOWN]
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list | tuple):
        return "an array"
    return f"a value of type {type(value).__name__}"


def _place_of_key(key: str) -> str:
    if key.isidentifier() and len(key) <= _LONGEST_SHOWN:
        return f".{key}"
    return f"[{_shown(key)}]"


@contextmanager
def _reported() -> Iterator[None]:
    """Turns what is wrong inside a description into one :class:`DataError`."""
    try:
        yield
    except _ProblemsError as found:
        lines = (f"{place.removeprefix('.')}: {message}" for place, message in found.items)
        raise DataError(*(f"description{s}" if s[0] == ":" else s for s in lines)) from None
    except RecursionError:
        raise DataError("description: nested too deeply") from None


def _each(
    convert: Callable[[Any], Any], values: Iterable[Any], place: Callable[[int], str]
) -> list[Any]:
    """The converted values, or all that is wrong with them."""
    done: list[Any] = []
    problems: list[tuple[str, str]] = []
    for k, value in enumerate(values):
        try:
            done.append(convert(value))
        except _ProblemsError as found:
            problems += found.at(place(k))
    if problems:
        raise _ProblemsError(*problems)
    return done


def _at(place: str, convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def converted(value: Any) -> Any:
        try:
            return convert(value)
        except _ProblemsError as found:
            raise _ProblemsError(*found.at(place)) from None

    return converted


# -- shapes -----------------------------------------------------------------------------------


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


def _text(value: Any, _: Any = None) -> str:
    if type(value) is str:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    raise _wrong("text", value)


def _boolean(value: Any, _: Any = None) -> bool:
    if type(value) is bool:
        return value
    raise _wrong("true or false", value)


_MOST_DIGITS = 600
"""Longer whole numbers are no JSON numbers: Python may be told to read no more than 640 digits."""
_MOST_BITS = 1993
"""Of a number with so many digits."""


def _write_whole(value: Any) -> int:
    if isinstance(value, int) and type(value) is not bool and value.bit_length() <= _MOST_BITS:
        return int(value)
    raise _wrong("a whole number", value)


def _read_whole(value: Any, _: Any = None) -> int:
    # JSON knows one kind of number: 5.0 is as whole as 5.
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return _write_whole(value)


def _float(value: Any, _: Any = None) -> float:
    is_number = isinstance(value, float | int) and type(value) is not bool
    if is_number and abs(value) <= sys.float_info.max:
        return float(value)
    raise _wrong("a finite number", value)


_DECIMAL_TEXT = r"-?[0-9]+(\.[0-9]+)?([Ee][+-]?[0-9]+)?"
_is_decimal_text = re.compile(_DECIMAL_TEXT).fullmatch


def _write_decimal(value: Any) -> int | float | str:
    """The number where that is exact, and otherwise its digits."""
    if not isinstance(value, Decimal) or not value.is_finite():
        raise _wrong("a finite decimal number", value)
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
    raise _wrong("a finite number", value)


_DATE_TEXT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_is_date_text = re.compile(_DATE_TEXT).fullmatch


def _write_date(value: Any) -> str:
    if type(value) is date:
        return value.isoformat()
    raise _wrong("a date", value)


def _read_date(value: Any, _: Any = None) -> date:
    if isinstance(value, str) and _is_date_text(value):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise _ProblemsError(("", f"{value!r} is no date: {error}")) from None
    raise _wrong("an ISO date such as '2022-01-31'", value)


_SCALARS: Mapping[Any, Shape] = {
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
_RANKS: Mapping[Any, int] = {**{kind: rank for rank, kind in enumerate(_SCALARS)}, object: 99}


def _write_plain(value: Any) -> Any:
    """Plain data of a value that no handler knows."""
    scalar = _SCALARS.get(type(value))
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
        return _each(convert, value, "[{}]".format)
    if isinstance(value, Mapping):
        keys = _keys(value)
        items = _each(convert, value.values(), lambda k: f"[{_shown(keys[k])}]")
        return dict(zip(keys, items, strict=True))
    raise _wrong("plain data", value)


def _keys(value: Mapping[Any, Any]) -> list[str]:
    for key in value:
        if not isinstance(key, str):
            raise _ProblemsError((f"[{_shown(key)}]", "the key is not text"))
    return [str.__str__(key) for key in value]


_PLAIN = Shape("plain data", (object, NoneType), _write_plain, _read_plain, {})


def _array(kind: type[tuple[Any, ...]] | type[list[Any]], item: Shape) -> Shape:
    write_item, read_item = item.write, item.read

    def write(value: Any) -> list[Any]:
        if not isinstance(value, kind):
            raise _wrong(f"a {kind.__name__}", value)
        return _each(write_item, value, "[{}]".format)

    def read(value: Any, _: Any = None) -> Any:
        if not isinstance(value, list | tuple):
            raise _wrong("an array", value)
        return kind(_each(read_item, value, "[{}]".format))

    schema = {"type": "array", "items": item.schema} if item.schema else {"type": "array"}
    return Shape("an array", (kind,), write, read, schema, item.model)


def _words(known: type[Enum]) -> Shape:
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
            raise _wrong(name, value)
        return member.value

    def read(value: Any, _: Any = None) -> Enum:
        member = members.get((type(value), value)) if isinstance(value, str | int) else None
        if member is None:
            raise _wrong(name, value)
        return member

    return Shape(name, (known,), write, read, {"enum": words})


def _rank(shape: Shape) -> int:
    """Where a shape stands among the options of a union: the narrow ones are tried first."""
    if "enum" in shape.schema:
        return -1
    return _RANKS.get(shape.types[0], len(_RANKS))


def _union(options: list[Shape], has_none: bool) -> Shape:
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
            raise _wrong(name, value)
        return writer(value)

    def read(value: Any, _: Any = None) -> Any:
        if value is None and has_none:
            return None
        if len(options) == 1:
            return first.read(value)
        for option in options:
            try:
                return option.read(value)
            except _ProblemsError:
                continue
        raise _wrong(name, value)

    def write_one(value: Any) -> Any:
        return None if value is None else first.write(value)

    kinds = tuple(writers) + ((NoneType,) if has_none else ())
    model = next((option.model for option in options if option.model is not None), None)
    schema = _either([option.schema for option in options], has_none)
    return Shape(name, kinds, write_one if len(options) == 1 else write, read, schema, model)


def _either(schemas: list[Mapping[str, Any]], has_none: bool) -> Mapping[str, Any]:
    if len(schemas) == 1:
        return _or_null(schemas[0]) if has_none else schemas[0]
    options = [dict(option) for option in schemas]
    return {"anyOf": [*options, {"type": "null"}] if has_none else options}


def _or_null(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    kinds = schema.get("type")
    if kinds is not None:
        return {**schema, "type": [*([kinds] if isinstance(kinds, str) else kinds), "null"]}
    options = schema.get("anyOf", [schema])
    return {"anyOf": [*options, {"type": "null"}]}


def _options(hint: Any) -> tuple[list[Any], bool]:
    """The annotations in a union, and whether ``None`` is one of them."""
    is_union = typing.get_origin(hint) in (typing.Union, types.UnionType)
    options = typing.get_args(hint) if is_union else (hint,)
    return [option for option in options if option is not NoneType], NoneType in options


# -- classes ----------------------------------------------------------------------------------


@attrs.frozen(eq=False)
class _Member:
    """An attribute of a class, or a key of ``extensions``."""

    name: str
    shape: Shape
    has_default: bool = True

    @property
    def is_nullable(self) -> bool:
        return NoneType in self.shape.types

    @property
    def is_required(self) -> bool:
        return not self.has_default and not self.is_nullable

    @property
    def schema(self) -> Mapping[str, Any]:
        """What may stand at the key: ``null`` is the same as no key, if that may be missing."""
        schema = self.shape.schema
        return schema if self.is_nullable or self.is_required else _or_null(schema)


_RESERVED = frozenset({"cl", "converter"})
"""Parameters of the functions of cattrs that take attribute names as keywords."""


class Data:
    """Turns descriptions into plain data and JSON, and back, for one set of handlers.

    Args:
        reader: The layouts and handlers.

    Raises:
        TypeError: a handler's model has an attribute of a type that is no plain value.
    """

    def __init__(self, reader: TextReader) -> None:
        self._reader = reader
        self._converter = cattrs.Converter(detailed_validation=True)
        self._shapes: dict[Any, Shape] = dict(_SCALARS)
        self._names: dict[type, str] = {}
        self._members: dict[type, dict[str, _Member]] = {}
        self._root = self._description()

    # -- data and JSON ------------------------------------------------------------------------

    def to_dict(self, description: ProjectDescription) -> dict[str, Any]:
        """Plain data: dictionaries, lists, strings, numbers, booleans and ``None``.

        Every key is there, absent values are ``None``. Dates are ISO strings. Amounts are
        integers where whole, floats where ``Decimal(repr(number))`` is exactly the amount, and
        strings of digits otherwise.

        Raises:
            DataError: a value is not of the type its attribute declares, or no finite number.

        >>> from decimal import Decimal
        >>> from esr_parser import Parser, ProjectDescription, PublicFunding
        >>> funding = PublicFunding(Decimal("128450"), Decimal("51274.36"))
        >>> Parser().to_dict(ProjectDescription(funding=funding))["funding"]
        {'granted_eu_and_state': 128450, 'realised_eu_and_state': 51274.36, \
'planned_public_total': None, 'realised_public_total': None}
        """
        with _reported():
            data: dict[str, Any] = self._root.write(description)
        return data

    def from_dict(self, data: Mapping[str, Any]) -> ProjectDescription:
        """A description from what :meth:`to_dict` gives.

        Missing keys are absent values, and ``None`` where the attribute cannot be ``None`` is its
        default. Words of an open set that are not known stay text.

        Raises:
            DataError: the data does not have the shape of a description; has all problems.

        >>> from esr_parser import Parser
        >>> Parser().from_dict({"project": {"code": "S20001"}}).fund
        <Fund.ESR: 'ESR'>
        """
        with _reported():
            description: ProjectDescription = self._root.read(data)
        return description

    def to_json(self, description: ProjectDescription, *, indent: int | None = None) -> str:
        r"""JSON text of :meth:`to_dict`.

        Letters stand as they are. Halves of a surrogate pair, which no encoding can write, are
        escaped; where two of them stand side by side, an escape would make them one character,
        and they stand as they are, too.

        Raises:
            DataError: as :meth:`to_dict`.

        >>> from esr_parser import Parser, ProjectDescription
        >>> text = Parser().to_json(ProjectDescription(summary="Työtä \ud800"))
        >>> '"summary": "Työtä \\ud800"' in text
        True
        """
        data = self.to_dict(description)
        with _reported():
            text = json.dumps(data, ensure_ascii=False, indent=indent, allow_nan=False)
        return _encodable(text)

    def from_json(self, text: str | bytes) -> ProjectDescription:
        """A description from JSON text; of a repeated key the last one counts.

        Raises:
            DataError: the text is no JSON, or not of a description.
            TypeError: ``text`` is neither ``str`` nor ``bytes``.

        >>> from esr_parser import Parser
        >>> try:
        ...     Parser().from_json('{"summary": "a" "b"}')
        ... except ValueError as error:
        ...     print(error)
        line 1, column 17: no JSON: Expecting ',' delimiter
        """
        try:
            data = json.loads(text, parse_constant=_no_number)
        except json.JSONDecodeError as error:
            place = f"line {error.lineno}, column {error.colno}"
            raise DataError(f"{place}: no JSON: {error.msg}") from None
        except UnicodeDecodeError as error:
            raise DataError(f"byte {error.start}: no {error.encoding} text") from None
        except RecursionError:
            raise DataError("description: nested too deeply") from None
        except ValueError as error:  # NaN, or an integer of more digits than Python reads
            raise DataError(f"description: {error}") from None
        return self.from_dict(data)

    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema (2020-12) that every :meth:`to_dict` result satisfies.

        Keys may be missing, and ``null`` where they may be missing, as in :meth:`from_dict`.

        >>> from esr_parser import Parser
        >>> schema = Parser().json_schema()
        >>> schema["$defs"]["Project"]["properties"]["code"]["description"]
        'Hankekoodi (2014-2020: section 1); Projektikoodi (2007-2013: section 1)'
        """
        notes = self._notes()
        schema: dict[str, Any] = {
            "$schema": SCHEMA_DIALECT,
            "$id": SCHEMA_ID,
            "title": "ESR or ERDF project description",
            **self._object_schema(ProjectDescription, notes),
            "$defs": {name: self._object_schema(c, notes) for c, name in self._names.items()},
        }
        extensions = {
            **self._object_schema(FrozenMapping, notes),
            "description": "The values of further section handlers, by key",
            "additionalProperties": True,
        }
        schema["properties"]["extensions"] = _or_null(extensions)
        return copy.deepcopy(schema)

    # -- shapes of annotations ------------------------------------------------------------------

    def _shape(self, hint: Any, owner: str) -> Shape:
        """The shape of an annotation; ``owner`` says whose it is."""
        known = self._shapes.get(hint)
        if known is not None:
            return known
        options, has_none = _options(hint)
        if options and (has_none or len(options) > 1):
            return _union([self._shape(option, owner) for option in options], has_none)
        if hint is Any or hint is object:
            return _PLAIN
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin is list or (origin is tuple and arguments[1:] == (...,)):
            return _array(origin, self._shape(arguments[0], owner))
        if isinstance(hint, type) and issubclass(hint, Enum):
            return _words(hint)
        if isinstance(hint, type) and attrs.has(hint):
            return self._class(hint)
        raise TypeError(f"{owner}: values of the type {hint} cannot be written as plain data")

    def _class(self, cls: type) -> Shape:
        """The shape of an attrs class, from those of its attributes."""
        namesakes = sum(other.__name__ == cls.__name__ for other in self._names)
        name = f"{cls.__name__}-{namesakes + 1}" if namesakes else cls.__name__
        self._names[cls] = name
        schema = {"$ref": f"#/$defs/{name}"}

        # The class may have attributes of its own type: they find its shape when they are used.
        def write(value: Any) -> Any:
            return self._shapes[cls].write(value)

        def read(value: Any, _: Any = None) -> Any:
            return self._shapes[cls].read(value)

        self._shapes[cls] = Shape("an object", (cls,), write, read, schema, cls)
        hints = typing.get_type_hints(cls)
        members: dict[str, _Member] = {}
        for a in attrs.fields(cls):
            owner = f"{cls.__name__}.{a.name}"
            if a.name in _RESERVED:
                raise TypeError(f"{owner}: the name {a.name!r} is taken by cattrs")
            if a.init:
                hint = hints.get(a.name, a.type)
                shape = self._shape(Any if hint is None else hint, owner)
                members[a.name] = _Member(a.name, shape, a.default is not attrs.NOTHING)
        self._members[cls] = members
        shape = self._shapes[cls] = self._class_shape(cls, members, schema)
        return shape

    def _class_shape(
        self, cls: type, members: Mapping[str, _Member], schema: Mapping[str, Any]
    ) -> Shape:
        shapes = {name: member.shape for name, member in members.items()}
        writers: dict[str, Any] = {
            name: override(unstruct_hook=_at(f".{name}", shape.write))
            for name, shape in shapes.items()
        }
        readers: dict[str, Any] = {
            name: override(struct_hook=shape.read) for name, shape in shapes.items()
        }
        unstructure: Any = make_dict_unstructure_fn(
            cls,
            self._converter,
            _cattrs_use_linecache=False,
            **writers,
        )
        structure: Any = make_dict_structure_fn(
            cls,
            self._converter,
            _cattrs_forbid_extra_keys=True,
            _cattrs_use_linecache=False,
            **readers,
        )
        null_is_absent = [
            member.name
            for member in members.values()
            if member.has_default and not member.is_nullable
        ]
        absent_is_null = {
            member.name: None
            for member in members.values()
            if not member.has_default and member.is_nullable
        }

        def write(value: Any) -> Any:
            if type(value) is not cls:
                raise _wrong(f"a value of type {cls.__name__}", value)
            return unstructure(value)

        def read(value: Any, _: Any = None) -> Any:
            if not isinstance(value, Mapping):
                raise _wrong("an object", value)
            value = absent_is_null | dict(zip(_keys(value), value.values(), strict=True))
            for name in null_is_absent:
                if value.get(name, name) is None:
                    del value[name]
            try:
                return structure(value, cls)
            except ClassValidationError as error:
                raise _ProblemsError(*_flattened(error, members)) from None

        return Shape("an object", (cls,), write, read, schema, cls)

    # -- the description ------------------------------------------------------------------------

    def _description(self) -> Shape:
        """The shape of the whole: sections and extensions have the types of their handlers."""
        hints = typing.get_type_hints(ProjectDescription)
        nothing = ProjectDescription()
        names = [a.name for a in attrs.fields(ProjectDescription) if a.name not in _FIRST_KEYS]
        members: dict[str, _Member] = {}
        for name in (*_FIRST_KEYS, *names):
            if name == "extensions":
                shape = self._extensions()
            elif name in self._reader.built_in:
                shape = self._section(name, getattr(nothing, name))
            else:
                shape = self._shape(hints[name], name)
            members[name] = _Member(name, shape)
        self._members[ProjectDescription] = members
        whole = self._class_shape(ProjectDescription, members, {})

        def write(description: Any) -> dict[str, Any]:
            data = whole.write(description)
            return {name: data[name] for name in members}

        return attrs.evolve(whole, write=write)

    def _section(self, key: str, default: Any) -> Shape:
        """A section's shape; what no handler has built is the default, whatever its type."""
        model = self._reader.handlers[key].model
        shape = self._shape(model, f"the handler {key!r}")
        if default is None:
            return _union([shape], True)
        if type(default) is model:
            return shape

        def write(value: Any) -> Any:
            return None if value == default else shape.write(value)

        return attrs.evolve(shape, write=write)

    def _extensions(self) -> Shape:
        """A mapping whose values have the types of the user's handlers, or are plain data."""
        members = {
            key: _Member(key, _union([self._shape(handler.model, f"the handler {key!r}")], True))
            for key, handler in self._reader.handlers.items()
            if key not in self._reader.built_in
        }
        self._members[FrozenMapping] = members
        plain = _Member("", _PLAIN)

        def converted(value: Any, convert: Callable[[Shape, Any], Any]) -> dict[str, Any]:
            if not isinstance(value, Mapping):
                raise _wrong("an object", value)
            keys = _keys(value)
            items = _each(
                lambda key: convert(members.get(key, plain).shape, value[key]),
                keys,
                lambda k: f"[{_shown(keys[k])}]",
            )
            return dict(zip(keys, items, strict=True))

        return Shape(
            "an object",
            (FrozenMapping,),
            lambda value: converted(value, lambda shape, item: shape.write(item)),
            lambda value, _=None: converted(value, lambda shape, item: shape.read(item)),
            {"type": "object"},
        )

    # -- the schema -----------------------------------------------------------------------------

    def _object_schema(self, cls: type, notes: Mapping[tuple[type, str], _Note]) -> dict[str, Any]:
        members = self._members[cls]
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

    def _notes(self) -> dict[tuple[type, str], _Note]:
        """What the layouts say about the attributes of the classes."""
        notes: dict[tuple[type, str], _Note] = {}
        for layout in self._reader.layouts:
            for section in layout.sections:
                for mention in _mentions(section):
                    found = self._member(section.key, mention.path)
                    if found is not None:
                        owner, member = found
                        note = notes.setdefault((owner, member.name), _Note())
                        note.add(layout, section, mention, member.shape)
        return notes

    def _member(self, key: str, path: str) -> tuple[type, _Member] | None:
        """The attribute at a path in the value of a key, and the class that has it."""
        owner: type | None
        owner = ProjectDescription if key in self._reader.built_in else FrozenMapping
        member = self._members[owner][key]
        for name in path.split(".") if path else ():
            owner = member.shape.model
            # A handler that puts its model together itself may use paths of its own.
            if owner is None or name not in self._members[owner]:
                return None
            member = self._members[owner][name]
        return owner, member


def _flattened(error: ClassValidationError, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with the data of one class."""
    noted, others = error.group_exceptions()
    for exception, note in noted:
        if isinstance(exception, _ProblemsError):
            yield from exception.at(f".{note.name}")
        elif isinstance(exception, KeyError):
            yield f".{note.name}", "missing"
        else:
            yield f".{note.name}", _reason(exception)
    for exception in others:
        if isinstance(exception, ForbiddenExtraKeysError):
            unknown = sorted(exception.extra_fields)
            for key in unknown:
                yield _place_of_key(key), f"unknown key{_suggestion(key, known, len(unknown))}"
        else:  # the class itself refused the values
            yield "", _reason(exception)


def _reason(exception: Exception) -> str:
    if isinstance(exception, RecursionError):
        return "nested too deeply"
    return str(exception.args[0] if exception.args else type(exception).__name__)


def _suggestion(key: str, known: Collection[str], count: int) -> str:
    if len(key) > _LONGEST_SHOWN or count > 10:
        return ""
    close = difflib.get_close_matches(key, known, 1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _no_number(name: str) -> object:
    raise ValueError(f"{name} is no JSON number")


_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def _encodable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        if not _SURROGATES.search(text):
            return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return text


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
