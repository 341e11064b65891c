"""Trouble that readers of such texts have had, each with the right answer: data, by the kind.

Every input is invented. A case is a text, what is read of it otherwise than of the page it was
made from, and what is reported. The sources are public issue threads of other readers.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cases import (
    damage,
    of_chains,
    of_columns,
    of_context,
    of_converters,
    of_extractors,
    of_frames,
    of_habits,
    of_leftovers,
    of_sheets,
    of_strangers,
    of_the_register,
    of_tools,
    of_users,
    of_values,
    wrong_and_reported,
    wrong_and_silent,
)
from esr_parser import Diagnostic

MODULES = (
    wrong_and_silent,
    wrong_and_reported,
    of_the_register,
    of_users,
    of_tools,
    of_context,
    of_converters,
    of_extractors,
    of_frames,
    of_habits,
    of_strangers,
    of_sheets,
    of_leftovers,
    of_values,
    of_columns,
    of_chains,
    damage,
)
CASES = [case for module in MODULES for case in module.CASES]


def reported(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Reports as text: where, how long, what, and of which section and label."""
    return [
        f"{d} ({d.section or '-'}, {d.label or '-'}, {d.span.end - d.span.start})"
        for d in diagnostics
    ]


DIAGNOSTICS = Path(__file__).with_name("diagnostics.json")
"""What is reported of each case, by its name; written by ``python -m cases``."""
