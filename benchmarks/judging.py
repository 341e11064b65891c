"""Is a contestant right? Its values against the expected ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from benchmarks.values import Values

UNCOVERED: Final = ("other_fields", "other_sections", "extensions")
"""Keys no peer fills: unknown labels and sections, and a user's own handlers."""
MEANT_WHEN_EMPTY: Final = ("co_implementers", "transfer_recipients")
"""Lists for which an empty one (the heading without rows) differs from no list."""
FALSE_WHEN_ABSENT: Final = ("nationwide",)
"""Flags that are printed where they are true, and are false everywhere else."""


def judge(
    found: Values, expected: Values, uncovered: Collection[str] = UNCOVERED
) -> tuple[int, list[str]]:
    """Compare plain values in the nested shape of a description's JSON.

    Absent keys, nulls, empty groups, lists and texts, and flags that are not set are the same.
    Where the description has unknown labels or sections, a contestant that does not cover them
    cannot know where its own values end: then no difference counts.

    Args:
        found: the contestant's values.
        expected: the right ones.
        uncovered: keys the contestant does not claim to fill.

    Returns:
        How many of the expected values were found, and the paths of the wrong ones.
    """
    want, have = (dict(_leaves({"language": "fi"} | values)) for values in (expected, found))
    wrong = [path for path in want | have if want.get(path) != have.get(path)]
    right = sum(have.get(path) == value for path, value in want.items())
    return right, [] if any(expected.get(key) for key in uncovered) else wrong


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, object]]:
    name = path.rpartition(".")[2]
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        if not value and name in MEANT_WHEN_EMPTY:
            yield path, "no rows"
        for index, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{index}]")
    elif value not in (None, "") and (value or name not in FALSE_WHEN_ABSENT):
        yield path, value
