"""Aliases in a file: other spellings of what the format declares.

A TOML file with one table. Keys are other spellings; values are the declared headings, labels,
questions or aspects::

    [aliases]
    "Projektin tunnus" = "Hankekoodi"
    "Hankkeen tiivistelmä" = "Suunnitelman mukainen tiivistelmä toteutuksesta"
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from esr_parser.declarations import require
from esr_parser.diagnostics import did_you_mean
from esr_parser.errors import DeclarationError, EsrParserError
from esr_parser.grammar import Layout
from esr_parser.text import key

__all__ = ["AliasesError", "check_aliases", "load_aliases"]

_MOST_BYTES = 1 << 20


class AliasesError(EsrParserError, ValueError):
    """A file of aliases cannot be used; ``path`` is the file, ``reason`` the cause."""

    def __init__(self, path: str | os.PathLike[str], reason: str) -> None:
        super().__init__(f"{os.fspath(path)}: {reason}")
        self.path = path
        self.reason = reason

    def __reduce__(self) -> tuple[type[AliasesError], tuple[str | os.PathLike[str], str]]:
        return type(self), (self.path, self.reason)


def load_aliases(path: str | os.PathLike[str]) -> dict[str, str]:
    r"""The aliases in a TOML file, as :class:`~esr_parser.Parser` takes them.

    Args:
        path: The file, UTF-8, with a table ``[aliases]`` of ``"other spelling" = "declared
            spelling"``. Other tables are left alone.

    Raises:
        OSError: the file cannot be read.
        AliasesError: the file is not such a table.

    >>> from pathlib import Path
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "aliases.toml"
    ...     _ = file.write_text('[aliases]\n"Projektin tunnus" = "Hankekoodi"', encoding="utf-8")
    ...     load_aliases(file)
    {'Projektin tunnus': 'Hankekoodi'}
    """
    import tomllib
    from pathlib import Path

    with Path(path).open("rb") as file:
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise AliasesError(path, f"larger than {_MOST_BYTES:,} bytes")
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise AliasesError(path, f"not UTF-8 at byte {error.start}") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise AliasesError(path, f"not TOML: {error}") from error
    aliases = table.get("aliases")
    if not isinstance(aliases, dict):
        raise AliasesError(path, "has no table [aliases]")
    for other, declared in aliases.items():
        if isinstance(declared, dict):
            raise AliasesError(path, f"{other!r} is a table: put a name with a dot in quotes")
        if not isinstance(declared, str):
            kind = type(declared).__name__
            raise AliasesError(path, f"{other!r} must be a string, not {declared!r} ({kind})")
        if not other.strip() or not declared.strip():
            raise AliasesError(path, f"an empty spelling: {other!r} = {declared!r}")
    return aliases


def check_aliases(aliases: Mapping[str, str], layouts: Iterable[Layout]) -> None:
    """Makes sure that every alias means a declared string.

    Raises:
        DeclarationError: an alias means a string that no layout declares, or its key and value
            are swapped.

    >>> from esr_parser.layouts import LAYOUTS
    >>> check_aliases({"Projektin tunnus": "Hankekoodi"}, LAYOUTS)
    """
    declared: dict[str, str] = {}
    for layout in layouts if aliases else ():
        for word in layout.words():
            declared[key(word.declared)] = word.declared
            if word.section is not None:
                heading = layout.heading(word.section.number, word.declared)
                declared[key(heading)] = heading
    for other, meant in aliases.items():
        name = f"the alias {other!r}: {meant!r}"
        is_pair = all(isinstance(text, str) for text in (other, meant))
        require(is_pair, f"{name} is not a pair of str")
        require(key(other), f"{name} has no letters to look for")
        if key(meant) not in declared:
            swapped = f"{name} has key and value swapped; write {{{meant!r}: {other!r}}}"
            require(key(other) not in declared, swapped)
            hint = did_you_mean(meant, declared.values())
            raise DeclarationError(f"{name}, which is not declared{hint}")
