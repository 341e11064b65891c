"""The laws as tests: one class that a project with its own handlers or layouts subclasses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from esr_parser.model import ProjectDescription
from esr_parser.parser import Parser, default_parser
from esr_parser.testing import laws, strategies
from esr_parser.testing.comparison import assert_same_values
from esr_parser.testing.noises import DAMAGES, Damage

_Examples = Callable[[type["LawTests"]], SearchStrategy[Any]]
_Test = Callable[[Any, Any], None]
_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)
_EXAMPLES: dict[str, _Examples] = {}
_PageOf = tuple[str, ProjectDescription, tuple[str, ...]]


def _law(examples: _Examples) -> Callable[[_Test], _Test]:
    def register(test: _Test) -> _Test:
        _EXAMPLES[test.__name__] = examples
        return test

    return register


def _texts(cls: type[LawTests]) -> SearchStrategy[str]:
    return strategies.texts(cls.parser, (*cls.samples, *cls.canonical))


@st.composite
def _edits(
    draw: DrawFn, cls: type[LawTests], texts: SearchStrategy[str]
) -> tuple[str, ProjectDescription]:
    text = draw(texts)
    old = cls.parser.parse_description(text)
    return text, draw(strategies.changed_descriptions(old, cls.parser))


class LawTests:
    """Tests of every law, for one parser. Subclass it and set ``parser``.

    There is a test method for each kind of example (any text, descriptions, pages, edits,
    damage); the Hypothesis profile decides how many examples each runs.

    >>> class TestMine(LawTests):
    ...     parser = Parser(aliases={"Hankkeen tunnus": "Hankekoodi"})
    >>> [name for name in dir(TestMine) if name.startswith("test_any")]
    ['test_any_description', 'test_any_text']
    """

    parser: ClassVar[Parser] = default_parser()
    """The parser that is tested."""
    examples: ClassVar[int | None] = None
    """How many examples of each kind; ``None``: as the Hypothesis profile has it."""
    samples: ClassVar[Sequence[str]] = ()
    """Whole texts of your own, which are edited line by line, too."""
    canonical: ClassVar[Sequence[str]] = ()
    """Texts as the register prints them: they must be rendered as they are."""

    def __init_subclass__(cls, **arguments: Any) -> None:
        super().__init_subclass__(**arguments)
        for name in _EXAMPLES:
            if name not in cls.__dict__:
                setattr(cls, name, _test(cls, name))

    def test_canonical_samples(self) -> None:
        """Law 3 for the texts in ``canonical``."""
        for text in self.canonical:
            laws.check_canonical(self.parser, text)

    @_law(_texts)
    def test_any_text(self, text: str) -> None:
        """Laws 1, 2, 5, 6, 8: any text is read without loss, settled or refused, and reported."""
        laws.check_lossless(self.parser, text)
        document = laws.check_total(self.parser, text)
        laws.check_inverse(self.parser, document.description)
        laws.check_data(self.parser, document.description, must_write=True)
        laws.check_nothing_silent(self.parser, text)

    @_law(lambda cls: strategies.descriptions(cls.parser))
    def test_description(self, description: ProjectDescription) -> None:
        """Laws 3, 4 and 6: a description that can be written reads back."""
        text = laws.check_inverse(self.parser, description, must_render=True)
        laws.check_canonical(self.parser, text or "")
        laws.check_data(self.parser, description, must_write=True)

    @_law(lambda cls: strategies.any_descriptions(cls.parser))
    def test_any_description(self, description: ProjectDescription) -> None:
        """Laws 4 and 6: any description reads back, or is refused by name."""
        laws.check_inverse(self.parser, description)
        laws.check_data(self.parser, description)

    @_law(lambda cls: st.tuples(strategies.pages(cls.parser), st.integers(0, 999)))
    def test_page(self, example: tuple[_PageOf, int]) -> None:
        """Laws 5, 8 and 9: a noisy page has the same values; none is refused, no line is silent."""
        (text, description, lost), line = example
        got = self.parser.parse_description(text)
        assert_same_values(description, got, ignoring=lost, layouts=self.parser.layouts)
        laws.check_inverse(self.parser, got, must_render=True)
        laws.check_nothing_silent(self.parser, text, without=line)

    @_law(lambda cls: _edits(cls, _texts(cls)))
    def test_edit(self, example: tuple[str, ProjectDescription]) -> None:
        """Law 7: any text that is edited has the new values, or refuses them."""
        laws.check_minimal_edit(self.parser, *example)

    @_law(lambda cls: _edits(cls, strategies.pages(cls.parser).map(lambda page: page[0])))
    def test_minimal_edit(self, example: tuple[str, ProjectDescription]) -> None:
        """Law 7: in a whole page a changed value changes its lines and no other."""
        laws.check_minimal_edit(self.parser, *example, whole=True)

    @_law(
        lambda cls: st.tuples(
            strategies.descriptions(cls.parser),
            st.sampled_from([*DAMAGES.values()]),
            st.integers(0, 9999),
        )
    )
    def test_damage(self, example: tuple[ProjectDescription, Damage, int]) -> None:
        """Laws 2 and 8: where something was taken away, no value is wrong in silence."""
        laws.check_damage_is_reported(self.parser, *example)


def _test(cls: type[LawTests], name: str) -> _Test:
    """A law as a test method of one class: Hypothesis wants a function of its own for each."""
    law: _Test = getattr(LawTests, name)
    count = cls.examples or settings().max_examples

    @settings(max_examples=count, suppress_health_check=_SLOW, deadline=None)
    @given(example=st.deferred(lambda: _EXAMPLES[name](cls)))
    def test(self: LawTests, example: Any) -> None:
        law(self, example)

    test.__name__, test.__qualname__ = name, f"{cls.__qualname__}.{name}"
    test.__module__, test.__doc__ = cls.__module__, law.__doc__
    return test
