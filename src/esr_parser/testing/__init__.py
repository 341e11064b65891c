r"""Test support for projects that use the library: strategies, noise, and the laws as tests.

Needs Hypothesis (``pip install "esr-parser[testing]"``) for strategies and law tests; noise,
comparison and the ``check_`` functions need nothing.

A project with a section handler of its own tests it against every law in two lines::

    from esr_parser.testing import LawTests


    class TestCommunication(LawTests):
        parser = Parser(handlers=[CommunicationHandler()])

The parts can be used one by one. What a text shall say after a page went through some tool:

>>> from esr_parser import parse_description
>>> from esr_parser.testing import NOISES, assert_same_values
>>> text = "1 Hanke\n\nHankekoodi: S20001\n\nHankkeen nimi: Alku"
>>> noisy = NOISES["one cell a line"].apply(NOISES["labels in capitals"].apply(text))
>>> noisy
'1 Hanke\n\nHANKEKOODI: S20001\n\nHANKKEEN NIMI: Alku'
>>> assert_same_values(parse_description(text), parse_description(noisy))

And generated descriptions, for one's own properties:

>>> from esr_parser import Parser
>>> from esr_parser.testing import check_inverse, descriptions
>>> from hypothesis import given, settings
>>> @settings(max_examples=5, database=None)
... @given(descriptions())
... def test_rendering(description):
...     check_inverse(Parser(), description)
>>> test_rendering()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from esr_parser.testing.comparison import assert_same_values, differences, same_page, same_prose
from esr_parser.testing.laws import (
    check_canonical,
    check_data,
    check_inverse,
    check_linear,
    check_lossless,
    check_minimal_edit,
    check_no_inert_line,
    check_same_page,
    check_settled,
    check_total,
    work_of,
)
from esr_parser.testing.noises import NOISES, Noise, noise_kind, noise_pairs

if TYPE_CHECKING:
    from esr_parser.testing.law_tests import LawTests
    from esr_parser.testing.strategies import (
        changed_descriptions,
        descriptions,
        documents,
        edited_texts,
        noise,
        raw_descriptions,
        texts,
        tricky_lines,
    )
    from esr_parser.testing.values import line_texts, register_value_strategy, values_of

__all__ = [
    "NOISES",
    "LawTests",
    "Noise",
    "assert_same_values",
    "changed_descriptions",
    "check_canonical",
    "check_data",
    "check_inverse",
    "check_linear",
    "check_lossless",
    "check_minimal_edit",
    "check_no_inert_line",
    "check_same_page",
    "check_settled",
    "check_total",
    "descriptions",
    "differences",
    "documents",
    "edited_texts",
    "line_texts",
    "noise",
    "noise_kind",
    "noise_pairs",
    "raw_descriptions",
    "register_value_strategy",
    "same_page",
    "same_prose",
    "texts",
    "tricky_lines",
    "values_of",
    "work_of",
]

# What needs Hypothesis is imported when it is first asked for.
_WITH_HYPOTHESIS = {
    **dict.fromkeys(("line_texts", "register_value_strategy", "values_of"), "values"),
    "LawTests": "law_tests",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    try:
        module = import_module(f"{__name__}.{_WITH_HYPOTHESIS.get(name, 'strategies')}")
    except ModuleNotFoundError as error:
        if error.name != "hypothesis":
            raise
        raise ImportError(f"{name} needs Hypothesis: pip install 'esr-parser[testing]'") from error
    return getattr(module, name)
