"""What is wrong with data, and where: places are found on the way out of nested values."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

__all__ = ["DataError", "ProblemsError", "at", "each", "place_of_key", "reported", "shown", "wrong"]


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


class ProblemsError(ValueError):
    """What is wrong with a value, each with its place inside the value (``".name"``, ``"[0]"``)."""

    def __init__(self, *items: tuple[str, str]) -> None:
        super().__init__(*items)
        self.items = items

    def at(self, place: str) -> Iterator[tuple[str, str]]:
        """The same, seen from outside a value that stands at a place."""
        return ((place + inner, message) for inner, message in self.items)


def wrong(wanted: str, value: object) -> ProblemsError:
    """The error for a value that is not what was wanted: ``"text"``, ``"a whole number"``."""
    return ProblemsError(("", f"expected {wanted}, got {shown(value)}"))


LONGEST_SHOWN = 60


def shown(value: object) -> str:
    """A value as messages show it: in the words of JSON, and never long."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, str):
        excerpt = value[:LONGEST_SHOWN]
        return f"{excerpt!r}" if len(excerpt) == len(value) else f"{excerpt!r} and more"
    if isinstance(value, int):
        return str(int(value)) if value.bit_length() <= 200 else "a huge number"
    if isinstance(value, float | Decimal):
        return f"{value}"[:LONGEST_SHOWN]
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list | tuple):
        return "an array"
    return f"a value of type {type(value).__name__}"


def place_of_key(key: str) -> str:
    """A key as a step of a path: ``.code``, or ``['Uusi kenttä']`` for what is no name."""
    if key.isidentifier() and len(key) <= LONGEST_SHOWN:
        return f".{key}"
    return f"[{shown(key)}]"


@contextmanager
def reported() -> Iterator[None]:
    """Turns what is wrong inside a description into one :class:`DataError`."""
    try:
        yield
    except ProblemsError as found:
        lines = (f"{place.removeprefix('.')}: {message}" for place, message in found.items)
        raise DataError(*(f"description{s}" if s[0] == ":" else s for s in lines)) from None
    except RecursionError:
        raise DataError("description: nested too deeply") from None


def each(
    convert: Callable[[Any], Any], values: Iterable[Any], place: Callable[[int], str]
) -> list[Any]:
    """The converted values, or all that is wrong with them."""
    done: list[Any] = []
    problems: list[tuple[str, str]] = []
    for k, value in enumerate(values):
        try:
            done.append(convert(value))
        except ProblemsError as found:
            problems += found.at(place(k))
    if problems:
        raise ProblemsError(*problems)
    return done


def at(place: str, convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A conversion whose problems tell their place."""

    def converted(value: Any) -> Any:
        try:
            return convert(value)
        except ProblemsError as found:
            raise ProblemsError(*found.at(place)) from None

    return converted
