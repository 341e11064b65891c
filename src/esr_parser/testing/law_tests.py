"""The laws as tests: one class that a project with its own handlers subclasses in one line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from esr_parser.model import ProjectDescription
from esr_parser.parser import Parser, default_parser
from esr_parser.testing import laws
from esr_parser.testing.comparison import assert_same_values
from esr_parser.testing.strategies import (
    changed_descriptions,
    descriptions,
    documents,
    raw_descriptions,
    texts,
    tricky_lines,
)

__all__ = ["LawTests"]

_Check = Callable[[Parser, Any], object]
_Examples = Callable[[type["LawTests"]], SearchStrategy[Any]]
_LAWS: dict[str, tuple[_Examples, _Check, str]] = {}


class LawTests:
    """Tests of every law, for one parser. Subclass it and set ``parser``.

    In a test module this is all there is to write::

        class TestCommunication(LawTests):
            parser = Parser(handlers=[CommunicationHandler()])

    Each law becomes a test method with generated examples; how many is up to the Hypothesis
    profile. A method can also be called by hand:

    >>> class TestMine(LawTests):
    ...     parser = Parser(aliases={"Hankkeen tunnus": "Hankekoodi"})
    >>> TestMine().test_lossless()
    """

    parser: ClassVar[Parser] = default_parser()
    """The parser that is tested."""
    samples: ClassVar[Sequence[str]] = ()
    """Whole texts of one's own, which are edited line by line, too."""
    canonical: ClassVar[Sequence[str]] = ()
    """Texts as the register prints them: they must be rendered as they stand."""

    def __init_subclass__(cls, **arguments: Any) -> None:
        super().__init_subclass__(**arguments)
        for name in _LAWS:
            if name not in cls.__dict__:
                setattr(cls, name, _test(cls, name))

    def test_canonical_samples(self) -> None:
        """Law 3 for the texts in ``canonical``."""
        for text in self.canonical:
            laws.check_canonical(self.parser, text)


def _test(cls: type[LawTests], name: str) -> Callable[[LawTests], None]:
    """A law as a test method of one class: Hypothesis wants a function of its own for each."""
    examples, check, description = _LAWS[name]

    @settings(suppress_health_check=list(HealthCheck), deadline=None)
    @given(example=st.deferred(lambda: examples(cls)))
    def test(self: LawTests, example: Any) -> None:
        check(self.parser, example)

    test.__name__ = name
    test.__qualname__ = f"{cls.__qualname__}.{name}"
    test.__module__ = cls.__module__
    test.__doc__ = description
    return test


def _law(examples: _Examples) -> Callable[[_Check], _Check]:
    def register(check: _Check) -> _Check:
        name = check.__name__.removeprefix("_")
        _LAWS[f"test_{name}"] = examples, check, check.__doc__ or ""
        return check

    return register


def _any_text(cls: type[LawTests]) -> SearchStrategy[str]:
    return texts(cls.parser, (*cls.samples, *cls.canonical))


def _any_description(cls: type[LawTests]) -> SearchStrategy[ProjectDescription]:
    return descriptions(cls.parser)


@_law(_any_text)
def _lossless(parser: Parser, text: str) -> None:
    """Law 1: the tree holds every character of any text."""
    laws.check_lossless(parser, text)


@_law(_any_text)
def _total(parser: Parser, text: str) -> None:
    """Law 2: any text gives a description and diagnostics."""
    laws.check_total(parser, text)


@_law(_any_description)
def _inverse(parser: Parser, description: ProjectDescription) -> None:
    """Laws 3, 4 and 6: a representable description is written, reads back, and is settled."""
    text = laws.check_inverse(parser, description, must_render=True)
    assert text is not None
    laws.check_canonical(parser, text)
    laws.check_data(parser, description, must_write=True)


@_law(lambda cls: raw_descriptions(cls.parser))
def _refusal(parser: Parser, description: ProjectDescription) -> None:
    """Law 4: any description reads back, or is refused by name."""
    laws.check_inverse(parser, description)


@_law(_any_text)
def _settled(parser: Parser, text: str) -> None:
    """Law 5: what was read from any text is written and reads back."""
    laws.check_settled(parser, text)


@_law(_any_text)
def _data_of_texts(parser: Parser, text: str) -> None:
    """Law 6: what was read from any text goes through data and JSON."""
    laws.check_data(parser, parser.parse_description(text), must_write=True)


@_law(lambda cls: raw_descriptions(cls.parser))
def _data(parser: Parser, description: ProjectDescription) -> None:
    """Law 6: any description goes through data and JSON, or is refused."""
    laws.check_data(parser, description)


@st.composite
def _changed_texts(draw: DrawFn, cls: type[LawTests]) -> tuple[str, ProjectDescription]:
    text = draw(_any_text(cls))
    parser = cls.parser
    return text, draw(changed_descriptions(parser, parser.parse_description(text)))


@_law(_changed_texts)
def _minimal_edit(parser: Parser, example: tuple[str, ProjectDescription]) -> None:
    """Law 7: a changed value changes its lines and no other."""
    laws.check_minimal_edit(parser, *example)


@st.composite
def _texts_with_a_line(draw: DrawFn, cls: type[LawTests]) -> tuple[str, str, int]:
    text = draw(_any_text(cls))
    lines = text.split("\n")
    own = [line for line in dict.fromkeys(lines) if line]
    new = tricky_lines(cls.parser)
    line = draw(new | st.sampled_from(own) if own else new)
    assume(line and line.splitlines(keepends=True) == [line])
    return text, line, draw(st.integers(0, len(lines)))


@_law(_texts_with_a_line)
def _no_inert_line(parser: Parser, example: tuple[str, str, int]) -> None:
    """Law 8: a line more makes a difference."""
    laws.check_no_inert_line(parser, *example)


@_law(lambda cls: documents(cls.parser))
def _same_page(parser: Parser, document: tuple[str, ProjectDescription]) -> None:
    """Law 9: a noisy text gives the values of the canonical one."""
    text, description = document
    assert_same_values(description, parser.parse_description(text), layouts=parser.layouts)
