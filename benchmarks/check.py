"""Is a contestant right? Its values against the expected ones, and what it does not cover."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, NamedTuple

from benchmarks.values import Values

KEY: Final = re.compile(r"[.\[]")
UNCOVERED: Final = ("other_fields", "other_sections", "extensions")
"""Keys no peer fills: labels and sections that nobody knew of, and a user's own handlers."""
MEANT_WHEN_EMPTY: Final = ("co_implementers", "transfer_recipients")
"""Lists for which an empty one (the heading without rows) says something else than no list."""

FALSE_WHEN_ABSENT: Final = ("nationwide",)
"""Flags that are printed where they are true, and are false everywhere else."""


class Difference(NamedTuple):
    """One value that is not the expected one; `None` where there is none."""

    path: str
    expected: object
    found: object


class Verdict(NamedTuple):
    """What a contestant got right of one description."""

    values: int
    """How many of the expected values it gave as expected."""
    wrong: list[Difference]
    not_covered: list[str]
    """Keys of the description that the contestant does not claim to read."""

    @property
    def right(self) -> bool:
        """Whether every value it claims to read is the expected one."""
        return not self.wrong


def judge(found: Values, expected: Values, uncovered: Collection[str] = UNCOVERED) -> Verdict:
    """Compare plain values in the nested shape of a description's JSON.

    Absent keys, nulls, empty lists and flags that are not set are the same. Where the description
    has labels or sections nobody knows, a contestant that does not cover them cannot tell where
    its own values end: then every difference is counted as not covered.

    Args:
        found: the contestant's values.
        expected: the right ones.
        uncovered: keys the contestant does not claim to fill.
    """
    want, have = dict(_leaves(expected)), dict(_leaves(found))
    unknown = [key for key in uncovered if expected.get(key)]
    differences = [
        Difference(path, want.get(path), have.get(path))
        for path in want | have
        if want.get(path) != have.get(path) and KEY.split(path, 1)[0] not in uncovered
    ]
    right = sum(path in have and have[path] == value for path, value in want.items())
    if unknown:
        return Verdict(right, [], unknown + [difference.path for difference in differences])
    return Verdict(right, differences, [])


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, (list, tuple)):
        if not value and path.rpartition(".")[2] in MEANT_WHEN_EMPTY:
            yield path, "no rows"
        for index, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{index}]")
    elif value is not None and (value or path.rpartition(".")[2] not in FALSE_WHEN_ABSENT):
        yield path, value
