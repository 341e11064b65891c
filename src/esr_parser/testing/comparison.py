r"""Whether two texts of the same page gave the same description.

Typed values must be equal. Prose is compared with white space, hyphens at line ends and Markdown
escapes (``1\.``) set aside: a tool that wraps lines leaves no trace of where they ended.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

import attrs

from esr_parser.grammar import Layout, Prose
from esr_parser.layouts import LAYOUTS
from esr_parser.model import ProjectDescription

__all__ = ["assert_same_values", "differences", "same_page", "same_prose"]

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HYPHEN_AT_END = re.compile(r"-\s*\n\s*")


def same_prose(first: str, second: str) -> bool:
    r"""Whether two pieces of prose differ in nothing but how a tool broke and escaped them.

    >>> same_prose("Pohjois-\nPohjanmaan  alue", "Pohjois-Pohjanmaan alue")
    True
    >>> same_prose("liikenne-\nja", "liikenne- ja"), same_prose("1\\. Alku", "1. Alku")
    (True, True)
    >>> same_prose("alku", "loppu")
    False
    """
    if first == second or _squeezed(first) == _squeezed(second):
        return True
    if not (_HYPHEN_AT_END.search(first) or _HYPHEN_AT_END.search(second)):
        return False
    # A hyphen at the end of a line may be the word's own, or the tool's.
    return _squeezed(first).replace("-", "") == _squeezed(second).replace("-", "")


def _squeezed(text: str) -> str:
    return "".join(_ESCAPE.sub(r"\1", text).split())


def same_page(
    first: ProjectDescription,
    second: ProjectDescription,
    *,
    ignoring: Iterable[str] = (),
    layouts: Iterable[Layout] = LAYOUTS,
) -> bool:
    r"""Whether two descriptions say the same of a page; see :func:`differences`.

    >>> same_page(
    ...     ProjectDescription(summary="Yksi, kaksi."), ProjectDescription(summary="Yksi,\nkaksi.")
    ... )
    True
    """
    return not any(differences(first, second, ignoring=ignoring, layouts=layouts))


def assert_same_values(
    expected: ProjectDescription,
    got: ProjectDescription,
    *,
    ignoring: Iterable[str] = (),
    layouts: Iterable[Layout] = LAYOUTS,
) -> None:
    """Asserts that two descriptions say the same of a page.

    Args:
        expected: The description of the canonical text.
        got: That of another text of the same page.
        ignoring: Paths that are not compared, as :attr:`Noise.loses` has them.
        layouts: Where it is declared what is prose; ``parser.layouts`` for a parser with handlers.

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
    prose = {
        "other_fields.*.value",
        "other_fields.*.label",
        "other_sections.*.text",
        "*.explanation",
    }
    for layout in layouts:
        for section in layout.sections:
            if isinstance(section.content, Prose):
                path = f"{section.key}.{section.content.path}".rstrip(".")
                prose |= {path, f"extensions.{path}"}
    yield from _differences(expected, got, "", frozenset(ignoring), prose)


def _matches(path: str, patterns: Collection[str]) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in patterns)


def _differences(
    expected: Any, got: Any, path: str, ignoring: Collection[str], prose: Collection[str]
) -> Iterator[str]:
    if path and _matches(path, ignoring):
        return
    if isinstance(expected, str) and isinstance(got, str) and _matches(path, prose):
        if not same_prose(expected, got):
            yield f"{path}: expected {_difference(expected, got)}"
        return
    parts, others = _parts(expected), _parts(got)
    if parts is None or others is None or type(expected) is not type(got):
        if expected != got and not _both_absent(expected, got, path, ignoring, prose):
            yield f"{path}: expected {_short(expected)}, got {_short(got)}"
        return
    for name in dict.fromkeys((*parts, *others)):
        inner = f"{path}.{name}" if path else name
        yield from _differences(parts.get(name), others.get(name), inner, ignoring, prose)


def _both_absent(
    expected: Any, got: Any, path: str, ignoring: Collection[str], prose: Collection[str]
) -> bool:
    """Whether one is absent, and of the other nothing is to be compared."""
    if expected is not None and got is not None:
        return False
    parts = _parts(got if expected is None else expected)
    if not parts:
        return False
    return not any(
        next(_differences(None, part, f"{path}.{name}", ignoring, prose), None)
        for name, part in parts.items()
    )


def _parts(value: Any) -> dict[str, Any] | None:
    if attrs.has(type(value)):
        return {a.name: getattr(value, a.name) for a in attrs.fields(type(value))}
    if isinstance(value, tuple):
        return {str(k): item for k, item in enumerate(value)}
    if isinstance(value, Mapping):
        return dict(value)
    return None


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 160 else f"{text[:157]}..."


def _difference(expected: str, got: str) -> str:
    """The first place where two pieces of prose differ, with a little of what is around it."""
    a, b = " ".join(expected.split()), " ".join(got.split())
    start = next(
        (k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    start = max(0, start - 20)
    return f"…{_short(a[start : start + 60])}, got …{_short(b[start : start + 60])}"
