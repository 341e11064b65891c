"""The laws as tests: one class that a project with its own handlers or layouts subclasses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from esr_parser.model import ProjectDescription
from esr_parser.parser import Parser, default_parser
from esr_parser.testing import laws
from esr_parser.testing.comparison import assert_same_values
from esr_parser.testing.noises import DAMAGES, Damage
from esr_parser.testing.strategies import (
    any_descriptions,
    changed_descriptions,
    descriptions,
    pages,
    texts,
)

__all__ = ["LawTests"]

_Check = Callable[[Parser, Any], object]
_Examples = Callable[[type["LawTests"]], SearchStrategy[Any]]
_LAWS: dict[str, tuple[_Examples, _Check]] = {}


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
    """Texts as the register prints them: they must be rendered as they are."""

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
    examples, check = _LAWS[name]

    @settings(suppress_health_check=list(HealthCheck), deadline=None)
    @given(example=st.deferred(lambda: examples(cls)))
    def test(self: LawTests, example: Any) -> None:
        check(self.parser, example)

    test.__name__ = name
    test.__qualname__ = f"{cls.__qualname__}.{name}"
    test.__module__ = cls.__module__
    test.__doc__ = check.__doc__
    return test


def _law(examples: _Examples) -> Callable[[_Check], _Check]:
    def register(check: _Check) -> _Check:
        _LAWS[f"test{check.__name__}"] = examples, check
        return check

    return register


def _any_text(cls: type[LawTests]) -> SearchStrategy[str]:
    return texts(cls.parser, (*cls.samples, *cls.canonical))


def _whole(cls: type[LawTests]) -> SearchStrategy[str]:
    return pages(cls.parser).map(lambda page: page[0])


@_law(_any_text)
def _lossless(parser: Parser, text: str) -> None:
    """Law 1: the tree holds every character of any text."""
    laws.check_lossless(parser, text)


@_law(_any_text)
def _total(parser: Parser, text: str) -> None:
    """Law 2: any text gives a description and diagnostics."""
    laws.check_total(parser, text)


@_law(lambda cls: descriptions(cls.parser))
def _inverse(parser: Parser, description: ProjectDescription) -> None:
    """Laws 3, 4 and 6: a representable description is written and reads back."""
    text = laws.check_inverse(parser, description, must_render=True)
    laws.check_canonical(parser, text or "")
    laws.check_data(parser, description, must_write=True)


@_law(lambda cls: any_descriptions(cls.parser))
def _refusal(parser: Parser, description: ProjectDescription) -> None:
    """Laws 4 and 6: any description reads back, or is refused by name."""
    laws.check_inverse(parser, description)
    laws.check_data(parser, description)


@_law(_any_text)
def _settled(parser: Parser, text: str) -> None:
    """Laws 5 and 6: the values of any text are written and read back, or refused by name."""
    laws.check_settled(parser, text)
    laws.check_data(parser, parser.parse_description(text), must_write=True)


@_law(_whole)
def _settled_page(parser: Parser, text: str) -> None:
    """Law 5: the values of a whole page are never refused."""
    laws.check_settled(parser, text, whole=True)


@st.composite
def _edits(
    draw: DrawFn, cls: type[LawTests], texts: SearchStrategy[str]
) -> tuple[str, ProjectDescription]:
    text = draw(texts)
    return text, draw(changed_descriptions(cls.parser.parse_description(text), cls.parser))


@_law(lambda cls: _edits(cls, _any_text(cls)))
def _edit(parser: Parser, example: tuple[str, ProjectDescription]) -> None:
    """Law 7: the edited text has the new values, or refuses them."""
    laws.check_minimal_edit(parser, *example)


@_law(lambda cls: _edits(cls, _whole(cls)))
def _minimal_edit(parser: Parser, example: tuple[str, ProjectDescription]) -> None:
    """Law 7: in a whole page a changed value changes its lines and no other."""
    laws.check_minimal_edit(parser, *example, whole=True)


@_law(_any_text)
def _nothing_silent(parser: Parser, text: str) -> None:
    """Law 8: every line of any text is in a value or in a diagnostic."""
    laws.check_nothing_silent(parser, text)


@_law(lambda cls: st.tuples(_whole(cls), st.integers(0, 999)))
def _no_inert_line(parser: Parser, example: tuple[str, int]) -> None:
    """Law 8: any line of a whole page is missed when it is taken out."""
    text, place = example
    laws.check_nothing_silent(parser, text, without=place)


@_law(lambda cls: pages(cls.parser))
def _same_values(parser: Parser, page: tuple[str, ProjectDescription, frozenset[str]]) -> None:
    """Law 9: a noisy page gives the values of the canonical one."""
    text, description, loses = page
    got = parser.parse_description(text)
    assert_same_values(description, got, ignoring=loses, layouts=parser.layouts)


@_law(
    lambda cls: st.tuples(
        descriptions(cls.parser), st.sampled_from(tuple(DAMAGES.values())), st.integers(0, 9999)
    )
)
def _damage(parser: Parser, example: tuple[ProjectDescription, Damage, int]) -> None:
    """Laws 2 and 8: where something was taken away, no value is wrong in silence."""
    laws.check_damage_is_reported(parser, *example)
