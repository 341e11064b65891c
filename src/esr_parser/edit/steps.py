"""From the least that may do to the whole text: attempts at an edit, each checked by reading it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from esr_parser.edit.alignment import aligned
from esr_parser.edit.changes import LostError
from esr_parser.edit.extent import Step
from esr_parser.edit.remedies import Remedies, remedied
from esr_parser.edit.sections import SectionsEditor
from esr_parser.model import ProjectDescription
from esr_parser.noise import Noise, line_view
from esr_parser.reading import Parsed
from esr_parser.render import rendered

if TYPE_CHECKING:
    from esr_parser.document import Document

__all__ = ["attempts", "edited"]


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
    found: list[Document] = []
    # A place amid a line that was run together may do, where a later step keeps the line whole.
    is_glued = document._parsed.notes.shows(Noise.GLUED)
    for step, attempt in attempts(document._parsed, new):
        if attempt.description == new:
            if not (is_glued or step.may_lose_lines):
                return attempt
            found.append(attempt)
    return max(found, key=lambda attempt: _kept(document.text, attempt.text))


def _kept(old: str, new: str) -> int:
    """How many lines of a text, which are not blank, stand in another one."""
    before, after = (list(filter(str.strip, line_view(text).split("\n"))) for text in (old, new))
    return sum(stretch.b - stretch.a for stretch in aligned(before, after) if stretch.same)


def attempts(parsed: Parsed, new: ProjectDescription) -> Iterator[tuple[Step, Document]]:
    """Documents that may say what is wanted, each with more written anew; the last one does.

    Raises:
        UnrepresentableError: no text says what is wanted.
    """
    parser = parsed.parser
    canonical = rendered(parser, parser._reader, new)
    if parser._reader.layout_for(new).layout is parsed.outline.layout:
        tried: dict[Step, Parsed] = {}
        for step in (step for step in Step if step is not Step.TEXT):
            base: Parsed | None = parsed
            if step is Step.REPAIR:
                base = tried.get(Step.BEHIND) or tried.get(Step.VALUES)
            document = None if base is None else _attempt(base, new, step)
            if document is not None:
                tried[step] = document._parsed
                yield step, document
    yield Step.TEXT, parser.parse_document(canonical)


def _attempt(parsed: Parsed, new: ProjectDescription, step: Step) -> Document | None:
    """The document of one step; ``None`` where a value is not found in the text."""

    def changed(remedies: Remedies) -> Document:
        editor = SectionsEditor(parsed, new, step, remedies)
        return parsed.parser.parse_document(editor.changed())

    try:
        return remedied(parsed, new, changed)
    except LostError:
        return None
