r"""What tools and people do to a page: the registry of kinds of noise, and of damage.

A kind changes a :class:`~esr_parser.testing.page.Page` (its lines know what they are) or a text.
:data:`NOISES` holds those that take nothing away, in the order in which they can be put on top of
each other; :data:`DAMAGES` those that do; ``kinds.py`` declares them.

The law is that a page and its noisy version mean the same values; where a kind takes values away,
or adds some, ``loses`` names them, and a comparison leaves them out.

>>> from esr_parser import Project, ProjectDescription
>>> description = ProjectDescription(project=Project(code="S29999"))
>>> noisy(description, NOISES["a space before the colon"]).split("\n")[2]
'Hankekoodi : S29999'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import Any

import attrs

from esr_parser.model import ProjectDescription
from esr_parser.parser import Parser, default_parser
from esr_parser.testing.page import Page, page_of

Source = Page | ProjectDescription | str
"""A page, a description, or a canonical text."""


@attrs.frozen
class Noise:
    """One kind of noise."""

    name: str
    """A few words, the key in :data:`NOISES`."""
    description: str
    """What it does, and which tool or person writes such texts."""
    change: Callable[[Any], Any] = attrs.field(repr=False)
    """Changes a page; or gives a changed text."""
    group: str = ""
    """Two kinds of one group change the same thing, and are not combined."""
    loses: tuple[str, ...] = ()
    """Attributes of the description that differ afterwards, as paths: ``"funding"``,
    ``"horizontal_principles.*.explanation"`` (``*`` is anything)."""
    clashes: tuple[str, ...] = ()
    """Kinds, or groups of them, that leave too little to go by when both are applied."""
    of_text: bool = False
    """Whether ``change`` takes a text."""

    def goes_with(self, other: Noise) -> bool:
        """Whether both can be on one page.

        >>> NOISES["carriage returns"].goes_with(NOISES["labels in capitals"])
        True
        """
        if self.group and self.group == other.group:
            return False
        pairs = ((self, other), (other, self))
        return not any({a.name, a.group} & {*b.clashes} for a, b in pairs)


NOISES: dict[str, Noise] = {}
"""Every kind of noise by its name, in the order in which they can be put on top of each other."""


@attrs.frozen
class Damage:
    """One kind of damage: it takes something away."""

    name: str
    description: str
    change: Callable[[Page, int], str] = attrs.field(repr=False)

    def apply(self, source: Source, place: int, parser: Parser | None = None) -> str:
        """The text, damaged at a section, line or character: ``place`` is any whole number."""
        return self.change(page_from(source, parser), place)


DAMAGES: dict[str, Damage] = {}
"""Every kind of damage by its name."""


def noisy(source: Source, *noises: Noise, parser: Parser | None = None) -> str:
    """The text of a page with kinds of noise put on top of each other.

    Those of pages are applied first, then those of texts, each in the order given.

    Raises:
        ValueError: the source is a text, and not canonical.
    """
    page = page_from(source, parser)
    for noise in noises:
        if not noise.of_text:
            noise.change(page)
    text = page.text
    for noise in noises:
        if noise.of_text:
            text = noise.change(text)
    return text


def page_from(source: Source, parser: Parser | None = None) -> Page:
    """The page of a source: of its own, so that it can be changed.

    Raises:
        ValueError: the source is a text, and not canonical.
    """
    if isinstance(source, Page):
        return source.copy()
    if isinstance(source, ProjectDescription):
        return page_of(source, parser)
    page = page_of((parser or default_parser()).parse_description(source), parser)
    if page.text != source:
        raise ValueError("the text is not canonical; render its description first")
    return page


def noise_kind(
    name: str, group: str = "", *, description: str = "", **options: Any
) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
    """Adds a kind of noise to :data:`NOISES`; kinds of one group are not combined.

    The description is the docstring of the function unless given. Options are ``loses``,
    ``clashes`` and ``of_text`` of :class:`Noise`.

    Raises:
        ValueError: there is a kind of that name.
    """

    def register(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
        if name in NOISES:
            raise ValueError(f"there is a kind of noise {name!r} already")
        words = " ".join((description or change.__doc__ or "").split())
        NOISES[name] = Noise(name, words, change, group, **options)
        return change

    return register


def damage_kind(name: str) -> Callable[[Callable[[Page, int], str]], Callable[[Page, int], str]]:
    """Adds a kind of damage to :data:`DAMAGES`; its docstring is the description."""

    def register(change: Callable[[Page, int], str]) -> Callable[[Page, int], str]:
        DAMAGES[name] = Damage(name, " ".join((change.__doc__ or "").split()), change)
        return change

    return register


def noise_pairs(noises: Iterable[Noise] | None = None) -> Iterator[tuple[Noise, Noise]]:
    """Any two kinds that can be combined, in the order in which they are to be applied."""
    for first, second in combinations(NOISES.values() if noises is None else noises, 2):
        if first.goes_with(second):
            yield first, second
