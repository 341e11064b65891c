"""The lossless tree over a text, and all that is known about it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from esr_parser.contents import Entry
from esr_parser.diagnostics import DescriptionError, Diagnostic, ParseError, Severity, Span
from esr_parser.model import ProgrammePeriod, ProjectDescription

if TYPE_CHECKING:
    from esr_parser.grammar import Layout
    from esr_parser.parser import Parser
    from esr_parser.reading import Parsed

__all__ = ["Document", "FieldNode", "SectionNode", "TextNode"]


@attrs.frozen
class FieldNode:
    """A recognised line (or a few, where it was wrapped, or has a note below it)."""

    label: str
    """The label as declared, or as it stands in the text where it is unknown."""
    value: str
    """The text of the value, noise taken off; empty for captions."""
    note: str
    """The lines below that belong to it: an explanation, partner rows."""
    span: Span
    text: str
    is_known: bool


@attrs.frozen
class TextNode:
    """A stretch of whole lines that is no field: the heading, prose, empty lines, noise."""

    kind: str
    """``heading``, ``prose``, ``blank`` or ``front``."""
    span: Span
    text: str


Node = FieldNode | TextNode


@attrs.frozen
class SectionNode:
    """A heading and what stands below it; the first one may be without: the front matter.

    The spans of a document's sections tile its text, the spans of a section's ``nodes`` tile the
    section.
    """

    kind: str
    """``front``, ``section``, ``implied`` (its heading is missing), ``repeated``, ``unknown``,
    ``empty`` or ``next`` (a further description)."""
    number: str | None
    title: str | None
    span: Span
    text: str
    prose: str
    """Free text of the section, without the empty lines around it."""
    nodes: tuple[Node, ...]

    @property
    def fields(self) -> tuple[FieldNode, ...]:
        """The recognised lines, in text order."""
        return tuple(node for node in self.nodes if isinstance(node, FieldNode))


class Document:
    r"""One text, its tree, its description, and what is to be said about it. Immutable.

    >>> from esr_parser import parse_document
    >>> document = parse_document("1 Hanke\n\nHankekoodi: S20001")
    >>> document.description.project.code
    'S20001'
    >>> [section.number for section in document.sections]
    ['1']
    >>> "".join(section.text for section in document.sections) == document.text
    True
    """

    def __init__(self, parsed: Parsed) -> None:
        self._parsed = parsed

    @property
    def text(self) -> str:
        """The text, every character of it."""
        return self._parsed.text

    @property
    def description(self) -> ProjectDescription:
        """The typed values."""
        return self._parsed.description

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is to be said about the text, by position."""
        return self._parsed.diagnostics

    @property
    def programme_period(self) -> ProgrammePeriod | None:
        """The programme period in whose layout the text was read; ``None`` if nothing tells."""
        return self._parsed.description.programme_period

    @property
    def parser(self) -> Parser:
        """The parser that read the text."""
        return self._parsed.parser

    @property
    def layout(self) -> Layout:
        """The layout in which the text was read, which is a guess where nothing tells it."""
        return self._parsed.outline.layout

    @cached_property
    def sections(self) -> tuple[SectionNode, ...]:
        """The tree: sections in text order, subsections beside their section."""
        return tuple(_section_nodes(self._parsed))

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The diagnostics of severity ``error``."""
        return tuple(d for d in self.diagnostics if d.severity is Severity.ERROR)

    def raise_for_errors(self) -> None:
        """Raises :class:`DescriptionError` with all errors at once, if there are any."""
        errors = self.errors
        if errors:
            count = f"{len(errors)} error{'s' if len(errors) > 1 else ''}"
            message = f"the text is not a clean project description: {count}"
            raise DescriptionError(message, [ParseError(error) for error in errors])

    def with_description(self, new: ProjectDescription) -> Document:
        r"""The document whose description is ``new``, changed in as few lines as can be.

        Lines that hold no changed value stay as they are, byte for byte, in noisy texts, too.

        Raises:
            UnrepresentableError: a value of ``new`` cannot be written so that it reads back.

        >>> import attrs
        >>> from esr_parser import parse_document
        >>> document = parse_document("  1 HANKE\n  Hankekoodi :S20001")
        >>> d = document.description
        >>> edited = document.with_description(
        ...     attrs.evolve(d, project=attrs.evolve(d.project, code="S20002"))
        ... )
        >>> edited.text
        '  1 HANKE\n  Hankekoodi :S20002'
        """
        from esr_parser.edit import edited

        return edited(self, new)

    def __repr__(self) -> str:
        code = getattr(self.description.project, "code", None)
        return f"<Document {code or '?'}, {len(self.text)} characters>"

    def __reduce__(self) -> tuple[Any, ...]:
        return _reparse, (self._parsed.parser, self.text)


def _reparse(parser: Any, text: str) -> Document:
    document: Document = parser.parse_document(text)
    return document


def _section_nodes(parsed: Parsed) -> Iterator[SectionNode]:
    text = parsed.text
    for part in parsed.parts:
        region = part.region
        nodes = tuple(_nodes(text, part.region.start, region.body, region.end, part))
        prose = "\n".join(
            node.text.strip("\n")
            for node in nodes
            if isinstance(node, TextNode) and node.kind == "prose"
        )
        yield SectionNode(
            region.kind,
            region.number,
            region.title,
            Span(region.start, region.end),
            text[region.start : region.end],
            part.prose if part.prose is not None else prose,
            nodes,
        )


def _nodes(text: str, start: int, body: int, end: int, part: Any) -> Iterator[Node]:
    if body > start:
        yield TextNode("heading", Span(start, body), text[start:body])
    kind = "front" if part.region.kind == "front" else "prose"
    position = body
    if part.entries:
        offsets = part.offsets
        entries = sorted(part.entries, key=lambda e: e.first)
        followers = [offsets[e.first] for e in entries[1:]] + [end]
        for entry, limit in zip(entries, followers, strict=True):
            first, last = offsets[entry.first], min(offsets[max(entry.end, entry.last)], limit)
            if first > position:
                yield from _text_nodes(text, position, first, kind)
            yield _field_node(text, entry, offsets, first, last, end)
            position = max(position, last)
    if position < end:
        yield from _text_nodes(text, position, end, kind)


def _field_node(
    text: str, entry: Entry, offsets: list[int], first: int, last: int, end: int
) -> FieldNode:
    note = text[min(offsets[entry.note], end) : last].strip() if entry.end > entry.note else ""
    return FieldNode(
        entry.label, entry.value, note, Span(first, last), text[first:last], entry.item is not None
    )


def _text_nodes(text: str, start: int, end: int, kind: str) -> Iterator[TextNode]:
    part = text[start:end]
    if not part.strip():
        yield TextNode("blank", Span(start, end), part)
    else:
        yield TextNode(kind, Span(start, end), part)
