"""What a format is made of: the classes that ``layouts.py`` declares the format with.

A layout is a tuple of sections; a section is a heading and what stands under it; under it stand
fields, captions, rows, questions, scores or prose. Each label stands once, in such a declaration.
Reading, rendering, the JSON Schema, drift checks, test strategies and the format reference are
all derived from it.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from esr_parser.model import Fund, ProgrammePeriod
from esr_parser.values import TEXT, ValueType

__all__ = [
    "Caption",
    "Content",
    "Dimension",
    "Field",
    "Fields",
    "Flag",
    "Item",
    "Layout",
    "Prose",
    "Questions",
    "Rows",
    "Scores",
    "Section",
]


@attrs.frozen(eq=False)
class Field:
    """A line ``label: value``, a block of its own."""

    label: str
    path: str
    """The attribute of the model that holds the value: ``"name"``, ``"address.street"``."""
    type: ValueType = TEXT
    optional: bool = False
    """Printed only where there is a value; otherwise the bare label is printed, too."""
    variants: tuple[str, ...] = ()
    """Other spellings that were seen, or are to be expected."""


@attrs.frozen(eq=False)
class Caption:
    """A bare line that carries no value and is always printed."""

    label: str
    variants: tuple[str, ...] = ()


@attrs.frozen(eq=False)
class Flag:
    """A bare line whose presence is the value ``True``."""

    label: str
    path: str
    variants: tuple[str, ...] = ()


@attrs.frozen(eq=False)
class Rows:
    """A bare heading, and below it a block with one value a line."""

    label: str
    path: str
    type: ValueType
    variants: tuple[str, ...] = ()


Item = Field | Caption | Flag | Rows


class Fields:
    """A section of fields, each line a block of its own."""

    __slots__ = ("items",)

    def __init__(self, *items: Item) -> None:
        self.items: tuple[Item, ...] = items

    def __repr__(self) -> str:
        return f"Fields{self.items!r}"

    def paths(self) -> Iterator[str]:
        """The attributes of the model that hold its values."""
        return (item.path for item in self.items if not isinstance(item, Caption))


@attrs.frozen(eq=False)
class Prose:
    """A section of free text; an empty path means that the text is the section's whole value."""

    path: str = ""

    def paths(self) -> Iterator[str]:
        """The attributes of the model that hold its values."""
        yield self.path


class Questions:
    """One block of questions: a line ``question: answer`` and 0..n lines that explain it.

    The answer is held in ``<path>.answer``, the explanation in ``<path>.explanation``.
    """

    __slots__ = ("items",)

    def __init__(self, *items: Field) -> None:
        self.items: tuple[Field, ...] = items

    def __repr__(self) -> str:
        return f"Questions{self.items!r}"

    def paths(self) -> Iterator[str]:
        """The attributes of the model that hold its values."""
        for item in self.items:
            yield f"{item.path}.answer"
            yield f"{item.path}.explanation"


@attrs.frozen(eq=False)
class Dimension:
    """A heading line among the scores, and the aspects below it."""

    name: str
    aspects: tuple[str, ...]


@attrs.frozen(eq=False)
class Scores:
    """One block of rows ``aspect direct indirect``, each with 0..n lines that explain it."""

    path: str
    heads: tuple[str, ...]
    """The column heads; in the canonical text they run together in one line."""
    dimensions: tuple[Dimension, ...]

    def paths(self) -> Iterator[str]:
        """The attributes of the model that hold its values."""
        yield self.path


Content = Fields | Prose | Questions | Scores


@attrs.frozen(eq=False)
class Section:
    """A numbered heading and what stands under it."""

    number: str
    """``"4"`` or ``"4.1"``; a subsection belongs to the section whose number begins its own."""
    title: str
    key: str
    """Whose value it is part of: an attribute of the description, or a key of ``extensions``."""
    content: Content | None = None
    """``None``: nothing but subsections."""
    optional: bool = False
    """Printed only where it has a value; subsections, only where one of them has, or where no text
    stands right under their section instead."""
    variants: tuple[str, ...] = ()
    """Other titles that were seen, or are to be expected."""

    @property
    def parent(self) -> str | None:
        """The number of the section that this one is a part of."""
        head, dot, _ = self.number.rpartition(".")
        return head if dot else None


@attrs.frozen(eq=False)
class Layout:
    """How the pages of one programme period are laid out."""

    period: ProgrammePeriod
    banner: tuple[str, ...]
    """The first blocks of a page."""
    noun: str
    """The last word but one of the title: *hankkeen* or *projektin*."""
    heading_dot: str
    """What follows the number of a top-level heading."""
    sections: tuple[Section, ...]

    def heading(self, number: str, title: str) -> str:
        """A heading as this layout prints it.

        >>> from esr_parser.layouts import LAYOUT_2007_2013
        >>> LAYOUT_2007_2013.heading("1", "Projekti")
        '1. Projekti'
        """
        return f"{number}{'' if '.' in number else self.heading_dot} {title}"

    def title(self, fund: str | None) -> str:
        """The title line of a description paid by ``fund``.

        >>> from esr_parser.layouts import LAYOUT_2014_2020
        >>> LAYOUT_2014_2020.title("EAKR")
        'Euroopan aluekehitysrahaston (EAKR) rahoittaman hankkeen kuvaus'
        """
        if fund is None:
            return f"{self.noun.capitalize()} kuvaus"
        return f"{FUND_NAMES.get(fund, fund)} rahoittaman {self.noun} kuvaus"


FUND_NAMES: dict[str, str] = {
    Fund.ESR: "Euroopan sosiaalirahaston (ESR)",
    Fund.EAKR: "Euroopan aluekehitysrahaston (EAKR)",
}
"""The funds as the title prints them."""
