"""What a format is made of: the classes that ``layouts.py`` declares the formats with.

A layout is a tuple of sections; a section is a heading with its content; the content is fields,
captions, rows, questions, scores or prose. :meth:`Layout.words` lists every declared string with
its meaning, and no other module contains a word of the format.

>>> from esr_parser.layouts import LAYOUT_2014_2020
>>> [word.text for word in LAYOUT_2014_2020.words() if word.kind is WordKind.HEADING][:2]
['Hanke', 'Hakijan perustiedot']
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple

import attrs

from esr_parser.errors import DeclarationError
from esr_parser.model import ProgrammePeriod, Shown, SustainabilityImpact
from esr_parser.values import TEXT, ValueType


@attrs.frozen(cache_hash=True, repr=False)
class Field(Shown):
    """A line ``label: value``, a block of its own."""

    label: str
    path: str
    """The attribute of the model that holds the value: ``"name"``, ``"address.street"``."""
    type: ValueType[Any] = TEXT
    optional: bool = False
    """Printed only where there is a value; otherwise the bare label is printed, too."""
    variants: tuple[str, ...] = ()
    """Other spellings that were seen or are likely."""
    second: str = ""
    """A second attribute, where the value type reads a pair: ``62, joista naisia 45``."""

    @property
    def paths(self) -> tuple[str, ...]:
        """The attributes of the model that hold the value."""
        return (self.path, self.second) if self.second else (self.path,)


@attrs.frozen(cache_hash=True, repr=False)
class Caption(Shown):
    """A bare line that carries no value and is always printed."""

    optional: ClassVar[bool] = False
    label: str
    variants: tuple[str, ...] = ()
    paths: tuple[str, ...] = attrs.field(default=(), init=False)


@attrs.frozen(cache_hash=True, repr=False)
class Flag(Shown):
    """A bare line whose presence is the value ``True``."""

    optional: ClassVar[bool] = True
    label: str
    path: str
    variants: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The attribute of the model for the value."""
        return (self.path,)


@attrs.frozen(cache_hash=True, repr=False)
class Rows(Shown):
    """A bare heading, and below it a block with one value a line."""

    optional: ClassVar[bool] = True
    label: str
    path: str
    type: ValueType[Any]
    variants: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The attribute of the model for the values."""
        return (self.path,)


Item = Field | Caption | Flag | Rows


@attrs.frozen(init=False, repr=False)
class Fields(Shown):
    """A section of fields, each line a block of its own."""

    items: tuple[Item, ...]

    def __init__(self, *items: Item) -> None:
        self.__attrs_init__(items)

    @property
    def captions(self) -> tuple[str, ...]:
        """The headings of rows."""
        return tuple(item.label for item in self.items if isinstance(item, Rows))

    def paths(self) -> Iterator[str]:
        """The attributes of the model that hold its values."""
        return (path for item in self.items for path in item.paths)


@attrs.frozen(cache_hash=True, repr=False)
class Prose(Shown):
    """A section of free text; with an empty path, the text is the section's whole value."""

    path: str = ""

    def paths(self) -> Iterator[str]:
        """The attributes of the model that hold its values."""
        yield self.path


@attrs.frozen(init=False, repr=False)
class Questions(Shown):
    """One block of questions: a line ``question: answer`` and 0..n lines that explain it.

    The answer is in ``<path>.answer``, the explanation in ``<path>.explanation``.
    """

    items: tuple[Field, ...]

    def __init__(self, *items: Field) -> None:
        self.__attrs_init__(items)

    def paths(self) -> Iterator[str]:
        """The attributes of the model that hold its values."""
        for item in self.items:
            yield f"{item.path}.answer"
            yield f"{item.path}.explanation"


@attrs.frozen(cache_hash=True, repr=False)
class Dimension(Shown):
    """A heading line among the scores, and the aspects below it."""

    name: str
    aspects: tuple[str, ...]


@attrs.frozen(cache_hash=True, repr=False)
class Scores(Shown):
    """One block of rows ``aspect score score …``, each with 0..n lines that explain it."""

    path: str
    heads: tuple[str, ...]
    """The column heads; in the canonical text they run together in one line."""
    dimensions: tuple[Dimension, ...]
    row: type = SustainabilityImpact
    """The attrs class of a row: ``dimension``, ``aspect``, one attribute a column, and
    ``explanation``, in this order."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The attributes of the row class that hold the scores."""
        return tuple(a.name for a in attrs.fields(self.row))[2:-1]

    def paths(self) -> Iterator[str]:
        """The attributes of the model that hold its values."""
        yield self.path


Content = Fields | Prose | Questions | Scores


@attrs.frozen(cache_hash=True, repr=False)
class Section(Shown):
    """A numbered heading with its content."""

    number: str
    """``"4"`` or ``"4.1"``; a subsection belongs to the section whose number begins its own."""
    title: str
    """Empty where no page with the heading was seen: the section begins with its first label."""
    key: str
    """The value that it is part of: an attribute of the description, or a key of ``extensions``."""
    content: Content | None = None
    """``None``: only subsections."""
    optional: bool = False
    """Printed only where it has a value."""
    variants: tuple[str, ...] = ()
    """Other titles that were seen or are likely."""

    @property
    def parent(self) -> str | None:
        """The number of the section that this one is a part of.

        >>> Section("4.1", "Varsinaiset kohderyhmät", "target_groups").parent
        '4'
        """
        return self.number.rpartition(".")[0] or None


class WordKind(StrEnum):
    """What a declared string is."""

    BANNER = "banner"
    TITLE = "title"
    HEADING = "heading"
    LABEL = "label"
    """The label of a field, or a question: a colon and the value follow."""
    LINE = "line"
    """A caption, a flag, or the heading of rows: the whole line."""
    HEADS = "column heads"
    DIMENSION = "dimension"
    ASPECT = "aspect"
    """Scores follow."""


class Word(NamedTuple):
    """One declared string, in one of its spellings."""

    text: str
    kind: WordKind
    section: Section | None
    item: Any
    """The :class:`Field`, :class:`Caption`, … of a label or line; the :class:`Dimension` of a
    dimension; the pair of names of an aspect; the fund of a title."""
    declared: str
    """The string as it is printed; ``text`` may be a variant or an alias."""


Pairs = tuple[tuple[str, str], ...]


def _pairs(values: Mapping[Any, str] | Iterable[tuple[str, str]]) -> Pairs:
    try:
        return tuple(dict(values).items())
    except (TypeError, ValueError) as error:
        raise DeclarationError(f"{values!r} is not a mapping; write {{'ESR': '…'}}") from error


@attrs.frozen(cache_hash=True, repr=False)
class Layout(Shown):
    """How the pages of one programme period are laid out, in one language."""

    period: ProgrammePeriod | str
    sections: tuple[Section, ...]
    language: str = "fi"
    banner: tuple[str, ...] = ()
    """The first blocks of a page."""
    pictures: tuple[str, ...] = ()
    """What the banner is made of on the page: the alternative texts of its pictures."""
    title: str = ""
    """The title line with ``{fund}`` in it; empty where no page with a title was seen."""
    title_without_fund: str = ""
    """The title line of a page that names no fund."""
    funds: Pairs = attrs.field(default=(), converter=_pairs)
    """The funds as the title prints them, in a mapping or pairs: ``{"ESR": "Euroopan …"}``."""
    code_prefixes: Pairs = attrs.field(default=(), converter=_pairs)
    """The fund that the first characters of a project code mean: ``{"S2": "ESR"}``."""
    heading_dot: str = ""
    """What follows the number of a top-level heading."""
    is_complete: bool = True
    """Whether every section of such pages was seen; if not, sections behind the known ones are
    reported as a warning and not as an error."""

    def heading(self, number: str, title: str) -> str:
        """A heading as this layout prints it.

        >>> from esr_parser.layouts import LAYOUT_2007_2013
        >>> LAYOUT_2007_2013.heading("1", "Projekti")
        '1. Projekti'
        """
        return f"{number}{'' if '.' in number else self.heading_dot} {title}".rstrip()

    def title_of(self, fund: str | None) -> str:
        """The title line of a description paid by ``fund``.

        >>> from esr_parser.layouts import LAYOUT_2014_2020
        >>> LAYOUT_2014_2020.title_of("EAKR")
        'Euroopan aluekehitysrahaston (EAKR) rahoittaman hankkeen kuvaus'
        """
        if fund is None:
            return self.title_without_fund
        return self.title.replace("{fund}", dict(self.funds).get(fund, fund))

    def words(self) -> Iterator[Word]:
        """Every string of the layout with its meaning, in printed order, each spelling apart."""
        for line in self.banner:
            yield Word(line, WordKind.BANNER, None, None, line)
        for line in (*self.pictures, " ".join(self.pictures)):
            if line and line not in self.banner:
                yield Word(line, WordKind.BANNER, None, None, self.banner[0])
        for fund in (*dict(self.funds), None):
            if title := self.title_of(fund):
                yield Word(title, WordKind.TITLE, None, fund, title)
        for section in self.sections:
            yield from words_of(section)

    def section_of(self, number: str) -> Section | None:
        """The section with this number.

        >>> from esr_parser.layouts import LAYOUT_2014_2020
        >>> section = LAYOUT_2014_2020.section_of("9")
        >>> section.title if section else None
        'Loppuraportin tiivistelmä'
        """
        return next((s for s in self.sections if s.number == number), None)

    def extend(
        self,
        *,
        rename: Mapping[str, str] | None = None,
        sections: Iterable[Section] = (),
        without: Iterable[str] = (),
        **changes: Any,
    ) -> Layout:
        """A layout that differs from this one in a few strings or sections.

        Args:
            rename: New labels, aspects or titles of sections, by the old ones.
            sections: Sections that take the place of those with their numbers, or are added.
            without: The numbers of sections that are left out.
            **changes: Other attributes: ``period``, ``language``, ``title``, ``funds``, …

        Raises:
            DeclarationError: a string to rename, or a number to leave out, is not declared.

        >>> from esr_parser.layouts import LAYOUT_2014_2020
        >>> new = LAYOUT_2014_2020.extend(period="2028-2034", rename={"Hankekoodi": "Tunnus"})
        >>> next(word.text for word in new.words() if word.kind is WordKind.LABEL)
        'Tunnus'
        """
        new_names, left = dict(rename or {}), set(without)
        by_number = {s.number: s for s in self.sections}
        unused = [n for n in new_names if _renamed(self.sections, {n: ""}) == self.sections]
        for name in (*unused, *(left - by_number.keys())):
            raise DeclarationError(f"{name!r} is not declared in the layout {self.period}")
        by_number |= {s.number: s for s in sections}
        kept = [_renamed(s, new_names) for n, s in by_number.items() if n not in left]
        return attrs.evolve(self, sections=in_order(kept), **changes)


def is_number(number: object) -> bool:
    """Whether something is the number of a section.

    >>> is_number("4.1"), is_number("4."), is_number(4)
    (True, False, False)
    """
    return isinstance(number, str) and bool(re.fullmatch(r"[0-9]+(?:\.[0-9]+)*", number))


def rank(number: object) -> tuple[int, ...]:
    """The place of a section number among others: ``"4.2"`` before ``"10"``; first no number."""
    return tuple([int(part) for part in str(number or "").split(".") if part.isdecimal()])


def in_order(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Sections by number."""
    return tuple(sorted(sections, key=lambda section: rank(section.number)))


def words_of(section: Section) -> Iterator[Word]:
    """Every string of a section with its meaning, in printed order, each spelling apart."""
    content = section.content
    for text in filter(None, (section.title, *section.variants)):
        yield Word(text, WordKind.HEADING, section, None, section.title)
    if isinstance(content, Fields | Questions):
        for item in content.items:
            kind = WordKind.LABEL if isinstance(item, Field) else WordKind.LINE
            for text in dict.fromkeys((item.label, *item.variants)):
                yield Word(text, kind, section, item, item.label)
    elif isinstance(content, Scores):
        heads = "".join(content.heads)
        for text in dict.fromkeys((heads, *content.heads)):
            yield Word(text, WordKind.HEADS, section, None, heads)
        for dimension in content.dimensions:
            yield Word(dimension.name, WordKind.DIMENSION, section, dimension, dimension.name)
            for aspect in dimension.aspects:
                what = (dimension.name, aspect)
                yield Word(aspect, WordKind.ASPECT, section, what, aspect)


def _renamed(thing: Any, names: Mapping[str, str]) -> Any:
    """A declaration with other strings in it, however deep they are."""
    if isinstance(thing, str):
        return names.get(thing, thing)
    if isinstance(thing, tuple):
        return tuple(_renamed(part, names) for part in thing)
    if isinstance(thing, Fields | Questions):
        return type(thing)(*_renamed(thing.items, names))
    if isinstance(thing, Section | Field | Caption | Flag | Rows | Scores | Dimension):
        changes = {
            a.name: _renamed(getattr(thing, a.name), names)
            for a in attrs.fields(type(thing))
            if a.init and a.name in _STRINGS
        }
        return attrs.evolve(thing, **changes)
    return thing


_STRINGS = ("title", "label", "name", "aspects", "heads", "dimensions", "content", "items")
