"""The JSON Schema of a description: types from the classes, descriptions from the layouts."""

from __future__ import annotations

import typing
from collections import defaultdict
from collections.abc import Iterable
from enum import Enum
from types import NoneType
from typing import Any

import attrs

from esr_parser.data.hooks import SCALARS
from esr_parser.data.members import Members
from esr_parser.declarations import options_of
from esr_parser.errors import DeclarationError
from esr_parser.grammar import Content, Layout, Scores, Word, WordKind
from esr_parser.model import FrozenMapping, ProjectDescription


class Schema:
    """The schema of a description, put together from those of its types."""

    def __init__(self, members: Members, layouts: Iterable[Layout]) -> None:
        self.words: set[type[Enum]] = set()
        """The enumerations among the types."""
        self._members = members
        self._notes = _notes(members, layouts)
        self._names: dict[type, str] = {}
        self._definitions: dict[str, Any] = {}
        self.whole: dict[str, Any] = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": "urn:esr-parser:project-description",
            "title": "ESR or ERDF project description",
            **self._object(ProjectDescription),
            "$defs": self._definitions,
        }

    def _object(self, cls: type) -> dict[str, Any]:
        properties: dict[str, Any] = {}
        members = self._members[cls]
        for name, member in members.items():
            options = (*options_of(member.hint), *([NoneType] if member.has_default else ()))
            properties[name] = self._any_of(options, f"{cls.__name__}.{name}")
            labels, examples = self._notes[cls, name]
            if labels:
                properties[name]["description"] = "; ".join(labels)
            if examples:
                properties[name]["examples"] = list(examples)
        summary = (cls.__doc__ or "").partition("\n")[0]
        return {
            "type": "object",
            **({"description": summary} if summary else {}),
            "properties": properties,
            "required": [n for n, m in members.items() if not (m.has_default or m.may_be_none)],
            "additionalProperties": False,
        }

    def _any_of(self, options: Iterable[Any], owner: str) -> dict[str, Any]:
        """The schema of a union; ``owner`` is whose type it is."""
        schemas = [self._of(option, owner) for option in dict.fromkeys(options)]
        if len(schemas) == 1:
            return schemas[0]
        if all(schema.keys() == {"type"} for schema in schemas):
            return {"type": [schema["type"] for schema in schemas]}
        return {"anyOf": schemas}

    def _of(self, hint: Any, owner: str) -> dict[str, Any]:
        if hint is NoneType:
            return {"type": "null"}
        if hint in SCALARS:
            return dict(SCALARS[hint].schema)
        if hint is FrozenMapping:
            return self._object(hint) | {"description": "The values of a user's handlers, by key"}
        if isinstance(hint, type) and attrs.has(hint):
            return {"$ref": f"#/$defs/{self._name_of(hint)}"}
        if isinstance(hint, type) and issubclass(hint, str) and issubclass(hint, Enum):
            self.words.add(hint)
            return {"enum": [str(member.value) for member in hint]}
        if typing.get_origin(hint) is tuple and typing.get_args(hint)[1:] == (...,):
            items = self._any_of(options_of(typing.get_args(hint)[0]), owner)
            return {"type": "array", "items": items}
        raise DeclarationError(
            f"{owner} is of the type {hint}, which plain data cannot contain; write str, int, bool,"
            " float, Decimal, date, a StrEnum, tuple[…, ...], an attrs class, or a union of these"
        )

    def _name_of(self, cls: type) -> str:
        if cls not in self._names:
            namesakes = sum(other.__name__ == cls.__name__ for other in self._names)
            # The class may hold its own kind: its name is known before its schema.
            self._names[cls] = f"{cls.__name__}-{namesakes + 1}" if namesakes else cls.__name__
            self._definitions[self._names[cls]] = self._object(cls)
        return self._names[cls]


# -- what the layouts declare ----------------------------------------------------------------

_Notes = defaultdict[tuple[type, str], tuple[dict[str, None], dict[str, None]]]
"""The labels, and the examples, of each attribute of a class."""


def _notes(members: Members, layouts: Iterable[Layout]) -> _Notes:
    notes: _Notes = defaultdict(lambda: ({}, {}))
    for word in (word for layout in layouts for word in layout.words()):
        if word.section is not None and word.text == word.declared:
            for path in _paths(word, word.section.content):
                if place := _place(members, word.section.key, path):
                    is_example = word.kind in (WordKind.DIMENSION, WordKind.ASPECT)
                    notes[place][is_example][word.text] = None
    return notes


def _paths(word: Word, content: Content | None) -> Iterable[str]:
    """The paths of the values that a declared string belongs to, from the section's key on."""
    if word.kind is WordKind.HEADING:
        groups = {path.partition(".")[0] for path in content.paths()} if content else {""}
        return groups if len(groups) == 1 else [""]
    if isinstance(content, Scores):  # the row's attributes for names: dimension and aspect
        return [f"{content.path}.{word.kind}"]
    paths: Iterable[str] = word.item.paths
    return paths


def _place(members: Members, key: str, path: str) -> tuple[type, str] | None:
    """The class and attribute at a path; ``None`` if the handler builds its model itself."""
    owner: type = ProjectDescription if key in members[ProjectDescription] else FrozenMapping
    for name in filter(None, path.split(".")):
        hint = members[owner][key].hint
        inner = [o for option in options_of(hint) for o in (option, *typing.get_args(option))]
        found = next(filter(attrs.has, inner), None)
        if found is None or name not in members[found]:
            return None
        owner, key = found, name
    return owner, key
