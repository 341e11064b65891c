"""Minimal edits: the text of another description, changed in as few lines as can be.

Old and new description are compared as canonical pieces, section by section; what is the same is
not touched. A piece that changed is looked up in the text (:mod:`esr_parser.places`) and only the
characters of its value are replaced (:mod:`esr_parser.changes`). Then the new text is read. Where
it does not say exactly what it should, larger stretches are written as the register prints them:
first the lines concerned, then the sections concerned, at last the whole text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from esr_parser.changes import Edits, Lines, LostError, aligned, paired
from esr_parser.contents import prose_of
from esr_parser.grammar import Prose, Rows, Scores, Section
from esr_parser.model import OtherSection, ProjectDescription
from esr_parser.noise import FURNITURE, squeeze
from esr_parser.places import Row, Slot, Unit, matched, rows_of, slots_of, units_of, written
from esr_parser.reading import Parsed, Part
from esr_parser.render import _is_printed, joined, rendered, section_pieces

if TYPE_CHECKING:
    from esr_parser.document import Document

__all__ = ["edited"]


class _Step(Enum):
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
    parsed = document._parsed
    if new == document.description:
        return document
    for _, result in _attempts(parsed, new):
        if result.description == new:
            return result
    raise AssertionError("the canonical text reads back")  # pragma: no cover


def _attempts(parsed: Parsed, new: ProjectDescription) -> Iterator[tuple[_Step, Document]]:
    """Documents that may say what is wanted; the last one does."""
    parser = parsed.parser
    canonical = rendered(parser, parser._reader, new)
    ...
