"""The contestants: other ways to read the same descriptions, each written as one would today.

All read sections 1-9 of canonical 2014-2020 texts, and no unknown labels or sections, noise or
positions. Each module has `NAME`, `prepare(text)` (→ what the contestant starts from, not part of
any timing) and `parse(source)` (→ plain values in the nested shape of a description's JSON).
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Final

MODULES: Final = ("plain_regex", "lark_grammar", "pyparsing_grammar", "bs4_scraper")


def load() -> tuple[list[ModuleType], list[str]]:
    """The contestants whose packages are installed, and a line about each of the others."""
    found, missing = [], []
    for name in MODULES:
        try:
            found.append(import_module(f"{__name__}.{name}"))
        except ImportError as error:
            missing.append(f"{name}: skipped, {error}")
    return found, missing
