"""The declared words of a layout, as flat tables for looking at texts from outside.

Nothing here is declared anew: everything is read off :mod:`esr_parser.grammar`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache

import attrs

from esr_parser.grammar import Caption, Field, Fields, Flag, Layout, Questions, Scores, Section
from esr_parser.handlers import BUILT_IN_HANDLERS
from esr_parser.noise import squeeze
from esr_parser.parser import Parser
from esr_parser.values import YES_NO, ValueType

__all__ = [
    "Known",
    "LayoutWords",
    "SectionWords",
    "What",
    "layout_words",
    "numbered",
    "unnumbered",
    "without_number",
    "words_of",
]


class What(StrEnum):
    """What of the format a thing is."""

    TITLE = "title"
    HEADING = "heading"
    LABEL = "label"
    QUESTION = "question"
    DIMENSION = "dimension"
    ASPECT = "aspect"
    WORD = "word"
    """A word of an enumeration; an answer to a question."""
    SHAPE = "shape"
    """What a value looks like, in signs: ``d.m.yyyy``, ``999 999``."""
    TEXT = "text"
    """A whole text."""


@attrs.frozen(eq=False)
class Known:
    """One declared line of a section."""

    what: What
    name: str
    """The label; one that is declared twice has its number behind it: ``"Puhelinnumero (2)"``."""
    optional: bool
    type: ValueType | None = None
    path: str | None = None
    """The attribute that holds the values of rows."""


_ORDINAL = re.compile(r" \(\d+\)$")


def numbered(name: str, time: int) -> str:
    """The name of the n-th thing of that name.

    >>> numbered("Puhelinnumero", 1), numbered("Puhelinnumero", 2)
    ('Puhelinnumero', 'Puhelinnumero (2)')
    """
    return name if time == 1 else f"{name} ({time})"


def unnumbered(name: str) -> str:
    """The label as it is printed.

    >>> unnumbered("Puhelinnumero (2)")
    'Puhelinnumero'
    """
    return _ORDINAL.sub("", name)


def words_of(kind: ValueType | None) -> tuple[str, ...]:
    """The known words of a value type; none where it is no enumeration."""
    if kind is None:
        return ()
    return (YES_NO.format(True), YES_NO.format(False)) if kind is YES_NO else kind.words


class SectionWords:
    """What is declared to stand under one heading, in printed order."""

    def __init__(self, section: Section, heading: str, titles: Iterable[str]) -> None:
        self.section = section
        self.heading = heading
        self.optional: bool = section.optional or section.key not in _BUILT_IN
        self.titles: frozenset[str] = frozenset(map(squeeze, titles))
        """Every spelling of the title that is read, squeezed."""
        times: dict[str, int] = {}
        lines: list[Known] = []
        for known in _lines_of(section):
            times[known.name] = time = times.get(known.name, 0) + 1
            lines.append(attrs.evolve(known, name=numbered(known.name, time)))
        self.lines: tuple[Known, ...] = tuple(lines)
        self.places: dict[str, tuple[int, ...]] = {}
        """The indices of the lines that have a label."""
        for k, known in enumerate(lines):
            label = unnumbered(known.name) if times.get(unnumbered(known.name)) else known.name
            self.places[label] = (*self.places.get(label, ()), k)
        self.flags: frozenset[str] = frozenset(
            item.label for item in getattr(section.content, "items", ()) if isinstance(item, Flag)
        )

    def is_title(self, text: str) -> bool:
        """Whether a heading is the declared one, in any spelling that is read.

        Args:
            text: The lines of the heading, as they stand; two of them may say the same.
        """
        lines = [text, *text.split("\n")]
        return any(_title_of(line) in self.titles for line in lines)


_BUILT_IN = frozenset(handler.key for handler in BUILT_IN_HANDLERS)
_NUMBER = re.compile(r"\(?\d{1,3}(?:\.\d{1,3}){0,3}[.):]?")


def without_number(heading: str) -> str:
    """The title of a heading.

    >>> without_number("4.1 Varsinaiset kohderyhmät")
    'Varsinaiset kohderyhmät'
    """
    return _NUMBER.sub("", heading, count=1).strip()


def _title_of(heading: str) -> str:
    return without_number(squeeze(heading).removesuffix(":"))


def _lines_of(section: Section) -> Iterator[Known]:
    content = section.content
    if isinstance(content, Fields):
        for item in content.items:
            if isinstance(item, Field):
                yield Known(What.LABEL, item.label, item.optional, item.type)
            elif isinstance(item, Caption):
                yield Known(What.LABEL, item.label, optional=False)
            else:
                kind = None if isinstance(item, Flag) else item.type
                yield Known(What.LABEL, item.label, True, kind, item.path)
    elif isinstance(content, Questions):
        for item in content.items:
            yield Known(What.QUESTION, item.label, item.optional, item.type)
    elif isinstance(content, Scores):
        yield Known(What.LABEL, "".join(content.heads), optional=False)
        for dimension in content.dimensions:
            yield Known(What.DIMENSION, dimension.name, optional=False)
            for aspect in dimension.aspects:
                yield Known(What.ASPECT, aspect, optional=False)


class LayoutWords:
    """The declared words of one layout, and a parser's other spellings of its headings."""

    def __init__(self, layout: Layout, aliases: Mapping[str, str]) -> None:
        self.layout = layout
        self.period: str = str(layout.period)
        self.sections: tuple[SectionWords, ...] = tuple(
            SectionWords(
                section,
                layout.heading(section.number, section.title),
                (section.title, *section.variants, *_other_titles(layout, section, aliases)),
            )
            for section in layout.sections
        )
        self.by_number: dict[str, SectionWords] = {
            words.section.number: words for words in self.sections
        }
        self.index: dict[str, int] = {
            words.section.number: k for k, words in enumerate(self.sections)
        }


def _other_titles(layout: Layout, section: Section, aliases: Mapping[str, str]) -> Iterator[str]:
    known = {squeeze(section.title), squeeze(layout.heading(section.number, section.title))}
    for alias, declared in aliases.items():
        if squeeze(declared) in known:
            yield _title_of(alias)


@lru_cache(maxsize=8)
def layout_words(parser: Parser) -> Mapping[str, LayoutWords]:
    """The words of a parser's layouts, by programme period.

    >>> from esr_parser.parser import default_parser
    >>> words = layout_words(default_parser())["2014-2020"]
    >>> [known.name for known in words.by_number["7.1"].lines]
    ['Suunniteltu', 'Toteutunut seurantatietojen mukaan']
    """
    return {
        words.period: words
        for words in (LayoutWords(layout, parser.aliases) for layout in parser.layouts)
    }
