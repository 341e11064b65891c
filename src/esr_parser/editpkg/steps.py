"""Minimal edits: the text of another description, changed in as few lines as can be.

Old and new description are compared as canonical pieces, section by section; what is the same is
not touched. A piece that changed is looked up in the text (:mod:`esr_parser.places`) and only the
characters of its value are replaced. Then the new text is read. Where it does not say exactly what
it should, larger stretches are written as the register prints them: first the lines concerned,
then the sections concerned, at last the whole text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import TYPE_CHECKING

import attrs

from esr_parser.changes import Edits, Lines, LostError, paired
from esr_parser.grammar import Prose, Section
from esr_parser.habits import Habits
from esr_parser.items import ItemsEditor, RowsEditor
from esr_parser.model import OtherSection, ProjectDescription
from esr_parser.noise import FURNITURE, Style, squeeze
from esr_parser.places import Row, rows_of, slots_of, units_of, written
from esr_parser.reading import Parsed, Part
from esr_parser.render import _is_printed, joined, rendered, section_pieces

if TYPE_CHECKING:
    from esr_parser.contents import Piece
    from esr_parser.document import Document

__all__ = ["Step", "attempts", "edited"]


class Step(Enum):
    """How much is written anew."""

    VALUES = "values"
    LINES = "lines"
    REPAIR = "repair"
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
    return next(d for _, d in attempts(document._parsed, new) if d.description == new)


def attempts(parsed: Parsed, new: ProjectDescription) -> Iterator[tuple[Step, Document]]:
    """Documents that may say what is wanted, each with more written anew; the last one does."""
    parser = parsed.parser
    canonical = rendered(parser, parser._reader, new)
    if parser._reader.layout_for(new).layout is parsed.outline.layout:
        tried: dict[Step, Parsed] = {}
        for step in (Step.VALUES, Step.LINES, Step.REPAIR, Step.SECTIONS):
            # A new line may change how another one is read: that one is put right, too.
            base = tried.get(Step.VALUES, parsed) if step is Step.REPAIR else parsed
            document = _attempt(base, new, step)
            if document is not None:
                tried[step] = document._parsed
                yield step, document
    yield Step.TEXT, parser.parse_document(canonical)


def _attempt(parsed: Parsed, new: ProjectDescription, step: Step) -> Document | None:
    """One attempt; with a title, too, where that is all that is missing."""
    parser = parsed.parser
    try:
        document = parser.parse_document(_Editor(parsed, new, step).changed())
        if _differ_in_title(document.description, new) and not parsed.outline.has_title:
            text = _Editor(parsed, new, step, titled=True).changed()
            document = parser.parse_document(text)
    except LostError:
        return None
    return document


def _differ_in_title(a: ProjectDescription, b: ProjectDescription) -> bool:
    """Whether two descriptions are the same but for what their titles say."""
    if a == b:
        return False
    return attrs.evolve(a, fund=b.fund, programme_period=b.programme_period) == b


