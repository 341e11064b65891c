"""What is wrong with data, and where: a path such as ``project.code`` and a message."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from esr_parser.errors import EsrParserError


class DataError(EsrParserError, ValueError):
    """Plain data or JSON that is not a description, or a value that cannot be written as data.

    Args:
        problems: Everything that is wrong: pairs of a path and a message. The path is empty where
            the whole is meant.

    >>> from esr_parser import from_dict
    >>> try:
    ...     from_dict({"project": {"code": 20001}, "areas": {}})
    ... except DataError as error:
    ...     print(error)
    areas: unknown key; did you mean 'area'?
    project.code: expected text, got 20001
    """

    def __init__(self, *problems: tuple[str, str]) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(f"{path}: {text}" if path else text for path, text in self.problems)

    def at(self, outer: str) -> Iterator[tuple[str, str]]:
        """The problems, their paths seen from outside."""
        for path, message in self.problems:
            dot = "." if path and path[0] != "[" else ""
            yield f"{outer}{dot}{path}", message


REPEATED = object()
"""The value of a key that is there more than once: no type accepts it."""

_LONGEST_SHOWN = 60


def wrong(expected: str, value: object) -> DataError:
    """The error for a value that is not what was expected: ``"text"``, ``"a whole number"``."""
    if value is REPEATED:
        return DataError(("", "the key is repeated"))
    return DataError(("", f"expected {expected}, got {_shown(value)}"))


def _shown(value: object) -> str:
    """A value as messages show it: in the words of JSON, and never long."""
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list | tuple):
        return "an array"
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, int) and value.bit_length() > 200:
        return "a huge number"
    if isinstance(value, str):
        return repr(value[:_LONGEST_SHOWN]) + (" and more" if len(value) > _LONGEST_SHOWN else "")
    if isinstance(value, int | float | Decimal):
        return str(value)[:_LONGEST_SHOWN]
    return f"a value of type {type(value).__name__}"


def each(
    parts: Iterable[tuple[Any, Any]],
    convert_for: Callable[[Any], Callable[..., Any]],
    problems: Iterable[tuple[str, str]] = (),
) -> list[Any]:
    """The parts of an object or array, each converted by the function for its key or index.

    Raises:
        DataError: has all that is wrong with them, after the ``problems`` that are known already.
    """
    done: list[Any] = []
    found = list(problems)
    for key, part in parts:
        try:
            done.append(convert_for(key)(part))
        except DataError as error:
            found += error.at(step(key))
    if found:
        raise DataError(*found)
    return done


def step(key: object) -> str:
    """A step of a path: ``code``, ``[0]``, or ``['Uusi kenttä']`` for what is not a name."""
    is_name = isinstance(key, str) and key.isidentifier() and len(key) <= _LONGEST_SHOWN
    return str(key) if is_name else f"[{_shown(key)}]"
