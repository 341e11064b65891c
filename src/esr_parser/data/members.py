"""The keys of each object in the data, and their types: those of the classes and handlers."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from types import NoneType
from typing import Any, NamedTuple, Optional

import attrs

from esr_parser.declarations import options_of
from esr_parser.handlers import SectionHandler
from esr_parser.model import FrozenMapping, ProjectDescription


class Member(NamedTuple):
    """One key of an object."""

    argument: str
    """The parameter of the class."""
    hint: Any
    """The type of the value; ``None`` if the attribute has no annotation."""
    has_default: bool = True
    """Whether the key may be missing."""
    may_be_none: bool = True
    """Whether ``null`` is a value; if not, it means the same as a missing key."""
    stand_in: object = None
    """The value that is written as ``null``."""


class Members(dict[type, dict[str, Member]]):
    """The members of each class, by name; those of ``FrozenMapping`` are the extensions'."""

    def __init__(self, handlers: Mapping[str, SectionHandler[Any]]) -> None:
        super().__init__()
        nothing = ProjectDescription()
        description, extensions = self[ProjectDescription], self.setdefault(FrozenMapping, {})
        for key, handler in handlers.items():
            hint: Any = Optional[handler.model]  # noqa: UP045
            if key not in description:
                extensions[key] = Member(key, hint)
            elif handler.model not in options_of(description[key].hint):
                # The value of an absent section is the attribute's default, of another type.
                description[key] = Member(key, hint, True, False, getattr(nothing, key))
        description["extensions"] = Member("extensions", FrozenMapping, True, False)

    def __missing__(self, cls: Any) -> dict[str, Member]:
        hints = typing.get_type_hints(cls)
        found: dict[str, Member] = {}
        for a in (a for a in attrs.fields(cls) if a.init):
            hint = hints.get(a.name, a.type)
            options, has_default = options_of(hint), a.default is not attrs.NOTHING
            found[a.name] = Member(a.alias or a.name, hint, has_default, NoneType in options)
        self[cls] = found
        return found
