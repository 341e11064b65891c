"""The door to the library under measure; where it cannot be imported, the reason is told."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any, Final

HINT: Final = "install the project or set PYTHONPATH=src"


def load() -> tuple[ModuleType | None, str]:
    """The module `esr_parser`, or None and why not."""
    try:
        esr_parser = import_module("esr_parser")
    except ImportError as error:
        return None, f"skipped: esr_parser cannot be imported ({error}); {HINT}"
    try:
        read_all(esr_parser, "")
    except (AttributeError, NotImplementedError) as error:
        return None, f"skipped: esr_parser is not whole yet ({error})"
    return esr_parser, ""


def missing(library: Any, *names: str) -> list[str]:
    """Those of the public names that the library does not have (yet)."""
    return [name for name in names if not hasattr(library, name)]


def read_all(library: Any, text: str) -> Any:
    """What the benchmark calls reading: the document, its description and its diagnostics."""
    document = library.parse_document(text)
    _ = document.description, document.diagnostics
    return document
