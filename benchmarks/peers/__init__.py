"""The contestants: other ways to read the same descriptions, each written as one would today.

Every module here has the same four names: `NAME`, `COVERS` (what it reads and what it does not),
`prepare(text)` (the canonical text → what the contestant starts from, not part of any timing) and
`parse(source)` (→ plain values in the nested shape of a description's JSON).
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Final

MODULES: Final = (
    "split_floor",
    "json_loads",
    "plain_regex",
    "lark_grammar",
    "pyparsing_grammar",
    "bs4_scraper",
)


def load() -> tuple[list[ModuleType], list[str]]:
    """The contestants whose packages are installed, and a line about each of the others."""
    found, missing = [], []
    for name in MODULES:
        try:
            found.append(import_module(f"{__name__}.{name}"))
        except ImportError as error:
            missing.append(f"{name}: skipped, {error}")
    return found, missing
