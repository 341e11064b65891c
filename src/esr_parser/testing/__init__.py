r"""Test support for projects that use the library: strategies, noise, and the laws as tests.

Needs Hypothesis (``pip install "esr-parser[testing]"``) for strategies and law tests; noise,
comparison and the ``check_`` functions need nothing.

A project with a section handler or a layout of its own tests it against every law in two lines::

    from esr_parser.testing import LawTests


    class TestCommunication(LawTests):
        parser = Parser(handlers=[CommunicationHandler()])

The parts can be used one by one. What a text means after a page went through some tool:

>>> from esr_parser import Project, ProjectDescription, parse_description
>>> from esr_parser.testing import NOISES, assert_same_values, noisy
>>> description = ProjectDescription("ESR", "2014-2020", project=Project(code="S29999"))
>>> text = noisy(description, NOISES["labels in capitals"], NOISES["indented lines"])
>>> text.split("\n")[6]
'    HANKEKOODI: S29999'
>>> assert_same_values(description, parse_description(text))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from esr_parser.testing.comparison import assert_same_values, differences, same_prose
from esr_parser.testing.kinds import DAMAGES, NOISES
from esr_parser.testing.laws import (
    check_canonical,
    check_damage_is_reported,
    check_data,
    check_inverse,
    check_lossless,
    check_minimal_edit,
    check_nothing_silent,
    check_same_values,
    check_settled,
    check_total,
)
from esr_parser.testing.noises import Damage, Noise, damage_kind, noise_kind, noise_pairs, noisy

if TYPE_CHECKING:
    from esr_parser.testing.law_tests import LawTests
    from esr_parser.testing.strategies import (
        any_descriptions,
        canonical_texts,
        changed_descriptions,
        descriptions,
        pages,
        register_value_strategy,
        texts,
        tricky_lines,
        values_of,
    )

__all__ = [
    "DAMAGES",
    "NOISES",
    "Damage",
    "LawTests",
    "Noise",
    "any_descriptions",
    "assert_same_values",
    "canonical_texts",
    "changed_descriptions",
    "check_canonical",
    "check_damage_is_reported",
    "check_data",
    "check_inverse",
    "check_lossless",
    "check_minimal_edit",
    "check_nothing_silent",
    "check_same_values",
    "check_settled",
    "check_total",
    "damage_kind",
    "descriptions",
    "differences",
    "noise_kind",
    "noise_pairs",
    "noisy",
    "pages",
    "register_value_strategy",
    "same_prose",
    "texts",
    "tricky_lines",
    "values_of",
]


def __getattr__(name: str) -> Any:
    """What needs Hypothesis is imported when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module = "law_tests" if name == "LawTests" else "strategies"
    try:
        return getattr(import_module(f"{__name__}.{module}"), name)
    except ModuleNotFoundError as error:
        if error.name != "hypothesis":
            raise
        from esr_parser.errors import MissingExtraError

        raise MissingExtraError("testing", name) from error
