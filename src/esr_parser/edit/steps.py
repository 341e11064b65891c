"""From the least that may do to the whole text: attempts at an edit, each checked by reading it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING

import attrs

from esr_parser.edit.changes import LostError
from esr_parser.edit.sections import SectionsEditor
from esr_parser.model import ProjectDescription
from esr_parser.reading import Parsed
from esr_parser.render import rendered

if TYPE_CHECKING:
    from esr_parser.document import Document

__all__ = ["Step", "attempts", "edited"]


class Step(Enum):
    """How much is written anew."""

    VALUES = "values"
    """The characters of the values that changed."""
    LINES = "lines"
    """The lines that hold them, as the register prints them."""
    REPAIR = "repair"
    """The values, and those that are read differently because of a new line."""
    SECTIONS = "sections"
    """What stands below the headings of the sections that hold them."""
    TEXT = "text"
    """The whole text: where nothing less will do, and where the programme period changed."""


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
    """Documents that may say what is wanted, each with more written anew; the last one does.

    Raises:
        UnrepresentableError: no text says what is wanted.
    """
    parser = parsed.parser
    canonical = rendered(parser, parser._reader, new)
    if parser._reader.layout_for(new).layout is parsed.outline.layout:
        tried: dict[Step, Parsed] = {}
        for step in (Step.VALUES, Step.LINES, Step.REPAIR, Step.SECTIONS):
            base = tried.get(Step.VALUES) if step is Step.REPAIR else parsed
            document = None if base is None else _attempt(base, new, step)
            if document is not None:
                tried[step] = document._parsed
                yield step, document
    yield Step.TEXT, parser.parse_document(canonical)


def _attempt(parsed: Parsed, new: ProjectDescription, step: Step) -> Document | None:
    """The document of one step; ``None`` where a value is not found in the text.

    A text without a title gets one only where the project code does not say the same.
    """
    try:
        document = _changed(parsed, new, step, titled=False)
        if not parsed.outline.has_title and _differ_in_title(document.description, new):
            document = _changed(parsed, new, step, titled=True)
    except LostError:
        return None
    return document


def _changed(parsed: Parsed, new: ProjectDescription, step: Step, *, titled: bool) -> Document:
    plain = step in (Step.LINES, Step.SECTIONS)
    whole = step is Step.SECTIONS
    editor = SectionsEditor(parsed, new, plain=plain, whole=whole, titled=titled)
    return parsed.parser.parse_document(editor.changed())


def _differ_in_title(a: ProjectDescription, b: ProjectDescription) -> bool:
    """Whether two descriptions differ in nothing but what a title says."""
    titled = attrs.evolve(a, fund=b.fund, programme_period=b.programme_period)
    return a != b and titled == b
