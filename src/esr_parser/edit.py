"""Minimal edits: the text of another description, changed in as few lines as can be.

Old and new description are compared as canonical pieces, section by section; what is the same is
not touched. A piece that changed is looked up in the text (:mod:`esr_parser.places`) and only the
characters of its value are replaced (:mod:`esr_parser.changes`). Then the new text is read. Where
it does not say exactly what it should, larger stretches are written as the register prints them:
first the lines concerned, then the sections concerned, at last the whole text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import chain
from typing import TYPE_CHECKING

import attrs

from esr_parser.changes import Edits, Lines, LostError, aligned, paired
from esr_parser.grammar import Prose, Section
from esr_parser.habits import Habits
from esr_parser.items import change_items
from esr_parser.model import OtherSection, ProjectDescription
from esr_parser.noise import FURNITURE, Style, squeeze
from esr_parser.places import Row, Unit, rows_of, units_of, written
from esr_parser.reading import Parsed, Part
from esr_parser.render import _is_printed, joined, rendered, section_pieces

if TYPE_CHECKING:
    from esr_parser.document import Document

__all__ = ["edited"]


class Step(Enum):
    """How much is written anew."""

    VALUES = "values"
    LINES = "lines"
    SECTIONS = "sections"
    TEXT = "text"


def edited(document: Document, new: ProjectDescription) -> Document:
    """The document whose description is ``new``; every other line stays as it is.

    Args:
        document: The document to be changed; it is not touched.
        new: What the new text has to say.

    Raises:
        UnrepresentableError: a value of ``new`` cannot be written so that it reads back.
    """
    if new == document.description:
        return document
    found = (result for _, result in attempts(document._parsed, new) if result.description == new)
    return next(found)
