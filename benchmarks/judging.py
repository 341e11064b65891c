"""Is a contestant right? Its values against the expected ones, and what it does not cover."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, NamedTuple

from benchmarks.values import Values

UNCOVERED: Final = ("other_fields", "other_sections", "extensions")
"""Keys no peer fills: unknown labels and sections, and a user's own handlers."""
MEANT_WHEN_EMPTY: Final = ("co_implementers", "transfer_recipients")
"""Lists for which an empty one (the heading without rows) differs from no list."""
FALSE_WHEN_ABSENT: Final = ("nationwide",)
"""Flags that are printed where they are true, and are false everywhere else."""
GIVEN_WHEN_ABSENT: Final = {"language": "fi"}


class Verdict(NamedTuple):
    """What a contestant got right of one description."""

    values: int
    """How many of the expected values it gave as expected."""
    wrong: dict[str, tuple[object, object]]
    """Path → expected and found value, `None` where there is none."""
    not_covered: list[str]
    """Keys of the description that the contestant does not claim to read."""


def judge(found: Values, expected: Values, uncovered: Collection[str] = UNCOVERED) -> Verdict:
    """Compare plain values in the nested shape of a description's JSON.

    Absent keys, nulls, empty groups, lists and texts, and flags that are not set are the same.
    Where the description has unknown labels or sections, a contestant that does not cover them
    cannot know where its own values end: then every difference is counted as not covered.

    Args:
        found: the contestant's values.
        expected: the right ones.
        uncovered: keys the contestant does not claim to fill.
    """
    want, have = (dict(_leaves(GIVEN_WHEN_ABSENT | values)) for values in (expected, found))
    unknown = [key for key in uncovered if expected.get(key)]
    wrong = {
        path: (want.get(path), have.get(path))
        for path in want | have
        if want.get(path) != have.get(path) and not path.startswith(tuple(uncovered))
    }
    right = sum(have.get(path) == value for path, value in want.items())
    return Verdict(right, {}, [*unknown, *wrong]) if unknown else Verdict(right, wrong, [])


def squeezed(value: Any) -> Any:
    """The values with white space, hyphens and Markdown escapes in texts set aside."""
    if isinstance(value, dict):
        return {key: squeezed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [squeezed(inner) for inner in value]
    return value.translate(_SET_ASIDE) if isinstance(value, str) else value


_SET_ASIDE: Final = str.maketrans("", "", " \n\t\u00a0-\\")


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, object]]:
    name = path.rpartition(".")[2]
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, (list, tuple)):
        if not value and name in MEANT_WHEN_EMPTY:
            yield path, "no rows"
        for index, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{index}]")
    elif value not in (None, "") and (value or name not in FALSE_WHEN_ABSENT):
        yield path, value
