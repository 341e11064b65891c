"""From the least that may do to the whole text: attempts at an edit, each checked by reading it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from esr_parser.edit.alignment import aligned
from esr_parser.edit.changes import LostError
from esr_parser.edit.extent import Step
from esr_parser.edit.sections import SectionsEditor
from esr_parser.edit.units import units_of
from esr_parser.grammar import Rows
from esr_parser.model import ProjectDescription
from esr_parser.reading import Parsed
from esr_parser.render import rendered, section_pieces

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
    for step, attempt in attempts(document._parsed, new):
        if attempt.description == new:
            if not step.may_lose_lines:
                return attempt
            found.append(attempt)
    return max(found, key=lambda attempt: _kept(document.text, attempt.text))


def _kept(old: str, new: str) -> int:
    """How many lines of a text stand in another one."""
    stretches = aligned(old.split("\n"), new.split("\n"))
    return sum(stretch.b - stretch.a for stretch in stretches if stretch.same)


def attempts(parsed: Parsed, new: ProjectDescription) -> Iterator[tuple[Step, Document]]:
    """Documents that may say what is wanted, each with more written anew; the last one does.

    Raises:
        UnrepresentableError: no text says what is wanted.
    """
    parser = parsed.parser
    canonical = rendered(parser, parser._reader, new)
    if parser._reader.layout_for(new).layout is parsed.outline.layout:
        tried: dict[Step, Parsed] = {}
        for step in (s for s in Step if s is not Step.TEXT):
            base: Parsed | None = parsed
            if step is Step.REPAIR:
                base = tried.get(Step.BEHIND) or tried.get(Step.VALUES)
            document = None if base is None else _attempt(base, new, step)
            if document is not None:
                tried[step] = document._parsed
                yield step, document
    yield Step.TEXT, parser.parse_document(canonical)


def _attempt(parsed: Parsed, new: ProjectDescription, step: Step) -> Document | None:
    """The document of one step; ``None`` where a value is not found in the text.

    A text without a title gets one only where the project code does not say the same. A line above
    it that is left out as the title of a web page goes where a heading would make it text. Rows
    that fill a line of a short text, so that the next one looks like their end, get a wide rule.
    """
    try:
        document = _changed(parsed, new, step)
        if not parsed.outline.has_title and _differ_in_title(document.description, new):
            document = _changed(parsed, new, step, titled=True)
        if document.description != new:
            left_out = _left_out(parsed)
            if left_out is not None and _left_out(document._parsed) is None:
                document = _changed(parsed, new, step, without=left_out)
        if document.description != new and _has_other_rows(document, new):
            document = _changed(parsed, new, step, wide=True)
    except LostError:
        return None
    return document


def _changed(
    parsed: Parsed,
    new: ProjectDescription,
    step: Step,
    *,
    titled: bool = False,
    without: tuple[int, int] = (0, 0),
    wide: bool = False,
) -> Document:
    editor = SectionsEditor(parsed, new, step, titled=titled, without=without, wide=wide)
    return parsed.parser.parse_document(editor.changed())


def _left_out(parsed: Parsed) -> tuple[int, int] | None:
    """What is left out above the description: a line, with the rules around it."""
    if all(diagnostic.code != "ESR107" for diagnostic in parsed.diagnostics):
        return None
    start, end = parsed.outline.front[0]
    end = min(end, parsed.parts[0].region.end)
    return start, start + len(parsed.text[start:end].rstrip())


def _differ_in_title(a: ProjectDescription, b: ProjectDescription) -> bool:
    """Whether two descriptions differ in nothing but what a title says."""
    titled = attrs.evolve(a, fund=b.fund, programme_period=b.programme_period)
    return a != b and titled == b


def _has_other_rows(document: Document, new: ProjectDescription) -> bool:
    """Whether fewer partners were read than there are, in all lists of them."""
    parsed = document._parsed
    reader = parsed.parser._reader
    compiled = reader.compiled[id(parsed.outline.layout)]
    for section in compiled.layout.sections:
        if any(isinstance(item, Rows) for item in getattr(section.content, "items", ())):
            old, wanted = (
                [unit.rows for unit in units_of(section_pieces(reader, compiled, d, section))]
                for d in (document.description, new)
            )
            if old != wanted:
                return True
    return False
