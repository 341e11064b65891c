"""Classes: the shape of an annotation, put together from those of the attributes by cattrs."""

from __future__ import annotations

import difflib
import typing
from collections.abc import Collection, Iterator, Mapping
from enum import Enum
from types import NoneType
from typing import Any

import attrs
import cattrs
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from esr_parser.data.compound import array, options_of, or_null, union, words_of
from esr_parser.data.errors import LONGEST_SHOWN, ProblemsError, at, place_of_key, wrong
from esr_parser.data.shapes import PLAIN, SCALARS, Shape, keys_of

__all__ = ["Member", "Shapes"]


@attrs.frozen(eq=False)
class Member:
    """An attribute of a class, or a key of ``extensions``."""

    name: str
    shape: Shape
    has_default: bool = True

    @property
    def is_nullable(self) -> bool:
        """Whether ``None`` is one of its values."""
        return NoneType in self.shape.types

    @property
    def is_required(self) -> bool:
        """Whether the key has to be there: nothing else can tell its value."""
        return not self.has_default and not self.is_nullable

    @property
    def schema(self) -> Mapping[str, Any]:
        """What may stand at the key: ``null`` is the same as no key, if that may be missing."""
        schema = self.shape.schema
        return schema if self.is_nullable or self.is_required else or_null(schema)


_RESERVED = frozenset({"cl", "converter"})
"""Parameters of the functions of cattrs that take attribute names as keywords."""


class Shapes:
    """The shapes of annotations, each made once."""

    def __init__(self) -> None:
        self.members: dict[type, dict[str, Member]] = {}
        """What each class has, by name."""
        self.names: dict[type, str] = {}
        """The names of the classes in the schema."""
        self._converter = cattrs.Converter(detailed_validation=True)
        self._shapes: dict[Any, Shape] = dict(SCALARS)

    def of(self, hint: Any, owner: str) -> Shape:
        """The shape of an annotation; ``owner`` says whose it is."""
        known = self._shapes.get(hint)
        if known is not None:
            return known
        options, has_none = options_of(hint)
        if options and (has_none or len(options) > 1):
            return union([self.of(option, owner) for option in options], has_none)
        if hint is Any or hint is object:
            return PLAIN
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin is list or (origin is tuple and arguments[1:] == (...,)):
            return array(origin, self.of(arguments[0], owner))
        if isinstance(hint, type) and issubclass(hint, Enum):
            return words_of(hint)
        if isinstance(hint, type) and attrs.has(hint):
            return self._class(hint)
        raise TypeError(f"{owner}: values of the type {hint} cannot be written as plain data")

    def _class(self, cls: type) -> Shape:
        """The shape of an attrs class, from those of its attributes."""
        namesakes = sum(other.__name__ == cls.__name__ for other in self.names)
        name = f"{cls.__name__}-{namesakes + 1}" if namesakes else cls.__name__
        self.names[cls] = name
        schema = {"$ref": f"#/$defs/{name}"}

        # The class may have attributes of its own type: they find its shape when they are used.
        def write(value: Any) -> Any:
            return self._shapes[cls].write(value)

        def read(value: Any, _: Any = None) -> Any:
            return self._shapes[cls].read(value)

        self._shapes[cls] = Shape("an object", (cls,), write, read, schema, cls)
        hints = typing.get_type_hints(cls)
        members: dict[str, Member] = {}
        for a in attrs.fields(cls):
            owner = f"{cls.__name__}.{a.name}"
            if a.name in _RESERVED:
                raise TypeError(f"{owner}: the name {a.name!r} is taken by cattrs")
            if a.init:
                hint = hints.get(a.name, a.type)
                shape = self.of(Any if hint is None else hint, owner)
                members[a.name] = Member(a.name, shape, a.default is not attrs.NOTHING)
        self.members[cls] = members
        shape = self._shapes[cls] = self.of_class(cls, members, schema)
        return shape

    def of_class(
        self, cls: type, members: Mapping[str, Member], schema: Mapping[str, Any]
    ) -> Shape:
        """The shape of a class whose members are known; ``schema`` says where its schema is."""
        shapes = {name: member.shape for name, member in members.items()}
        writers: dict[str, Any] = {
            name: override(unstruct_hook=at(f".{name}", shape.write))
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
                raise wrong(f"a value of type {cls.__name__}", value)
            return unstructure(value)

        def read(value: Any, _: Any = None) -> Any:
            if not isinstance(value, Mapping):
                raise wrong("an object", value)
            value = absent_is_null | dict(zip(keys_of(value), value.values(), strict=True))
            for name in null_is_absent:
                if value.get(name, name) is None:
                    del value[name]
            try:
                return structure(value, cls)
            except ClassValidationError as error:
                raise ProblemsError(*_flattened(error, members)) from None

        return Shape("an object", (cls,), write, read, schema, cls)


def _flattened(error: ClassValidationError, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with the data of one class."""
    noted, others = error.group_exceptions()
    for exception, note in noted:
        if isinstance(exception, ProblemsError):
            yield from exception.at(f".{note.name}")
        elif isinstance(exception, KeyError):
            yield f".{note.name}", "missing"
        else:
            yield f".{note.name}", _reason(exception)
    for exception in others:
        if isinstance(exception, ForbiddenExtraKeysError):
            unknown = sorted(exception.extra_fields)
            for key in unknown:
                yield place_of_key(key), f"unknown key{_suggestion(key, known, len(unknown))}"
        else:  # the class itself refused the values
            yield "", _reason(exception)


def _reason(exception: Exception) -> str:
    if isinstance(exception, RecursionError):
        return "nested too deeply"
    return str(exception.args[0] if exception.args else type(exception).__name__)


def _suggestion(key: str, known: Collection[str], count: int) -> str:
    if len(key) > LONGEST_SHOWN or count > 10:
        return ""
    close = difflib.get_close_matches(key, known, 1)
    return f"; did you mean {close[0]!r}?" if close else ""
