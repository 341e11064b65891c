r"""Whether two texts of the same page gave the same description.

Typed values must be equal. Prose is compared with what a tool leaves no trace of set aside: where
lines ended, hyphens there, Markdown escapes (``1\.``), invisible characters, decomposed letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from fnmatch import fnmatchcase

from esr_parser.differences import leaves, place_of_difference
from esr_parser.errors import short_repr
from esr_parser.grammar import Layout, Prose
from esr_parser.handlers import path_of
from esr_parser.layouts import LAYOUTS
from esr_parser.model import ProjectDescription

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HYPHEN_AT_END = re.compile(r"-\s*\n\s*")
_INVISIBLE = str.maketrans(dict.fromkeys("\u00ad\u200b\u2060\ufeff"))


def same_prose(first: str, second: str) -> bool:
    r"""Whether two pieces of prose differ in nothing but how a tool broke and escaped them.

    >>> same_prose("Pohjois-\nPohjanmaan  alue", "Pohjois-Pohjanmaan alue")
    True
    >>> same_prose("liikenne-\nja", "liikenne- ja"), same_prose("1\\. Alku", "1. Alku")
    (True, True)
    >>> same_prose("alku", "loppu")
    False
    """
    a, b = _squeezed(first), _squeezed(second)
    # A hyphen at the end of a line may be the word's own, or the tool's.
    may_lack = any(map(_HYPHEN_AT_END.search, (first, second)))
    return a == b or (may_lack and a.replace("-", "") == b.replace("-", ""))


def _squeezed(text: str) -> str:
    bare = _ESCAPE.sub(r"\1", text.translate(_INVISIBLE))
    return unicodedata.normalize("NFC", "".join(bare.split()))


def assert_same_values(
    expected: ProjectDescription,
    got: ProjectDescription,
    *,
    ignoring: Iterable[str] = (),
    layouts: Iterable[Layout] = LAYOUTS,
) -> None:
    """Asserts that two descriptions have the same values.

    Paths that are ignored are as :attr:`Noise.loses` has them. The layouts declare what is prose:
    ``parser.layouts`` for a parser with handlers.

    Raises:
        AssertionError: values differ; names each of them.
    """
    found = list(differences(expected, got, ignoring=ignoring, layouts=layouts))
    if found:
        lines = "\n".join(f"  {line}" for line in found)
        raise AssertionError(f"{len(found)} values differ:\n{lines}")


def differences(
    expected: ProjectDescription,
    got: ProjectDescription,
    *,
    ignoring: Iterable[str] = (),
    layouts: Iterable[Layout] = LAYOUTS,
) -> Iterator[str]:
    """What differs, one line for each value: its path, what was expected, and what was found.

    >>> from esr_parser.model import Project
    >>> a, b = (ProjectDescription(project=Project(name=name)) for name in ("Alku", "Loppu"))
    >>> list(differences(a, b))
    ["project.name: expected 'Alku', got 'Loppu'"]
    """
    ignored, prose = frozenset(ignoring), prose_paths(layouts)
    for path, a, b in leaves(expected, got, in_lists=True):
        if matches(path, ignored):
            continue
        if not (isinstance(a, str) and isinstance(b, str) and matches(path, prose)):
            yield f"{path}: expected {short_repr(a, 160)}, got {short_repr(b, 160)}"
        elif not same_prose(a, b):
            yield f"{path}: expected {_difference(a, b)}"


def prose_paths(layouts: Iterable[Layout]) -> frozenset[str]:
    """Where text without a type is: paths, and patterns of paths."""
    others = ("other_fields.*.value", "other_fields.*.label", "other_sections.*.text")
    sections = (section for layout in layouts for section in layout.sections)
    prose = (path_of(s.key, s.content.path) for s in sections if isinstance(s.content, Prose))
    return frozenset((*prose, *others, "*.explanation"))


def matches(path: str, patterns: Collection[str]) -> bool:
    """Whether a path, or one that it is part of, is among the patterns."""
    parts = path.split(".")
    heads = [path.partition("[")[0], *(".".join(parts[: k + 1]) for k in range(len(parts)))]
    return any(head in patterns or fnmatchcase(head, p) for head in heads for p in patterns)


def _difference(expected: str, got: str) -> str:
    """The first place where two pieces of prose differ, with a little of what is around it."""
    a, b = " ".join(expected.split()), " ".join(got.split())
    start = max(0, place_of_difference(a, b) - 20)
    return f"…{a[start : start + 60]!r}, got …{b[start : start + 60]!r}"
