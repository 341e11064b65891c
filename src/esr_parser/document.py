"""The lossless tree over a text, and everything known about it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from esr_parser.diagnostics import DescriptionError, Diagnostic, ParseError, Severity, Span
from esr_parser.edit import edited, value_span
from esr_parser.grammar import Layout, Prose, Scores
from esr_parser.lexer import is_rule
from esr_parser.model import ProgrammePeriod, ProjectDescription
from esr_parser.outline import Region, RegionKind
from esr_parser.reader import Reading
from esr_parser.sections import Part

if TYPE_CHECKING:
    from esr_parser.parser import Parser

__all__ = ["Document", "FieldNode", "Node", "SectionNode", "TextNode"]


@attrs.frozen
class FieldNode:
    """A recognised line: a label with its value, a question, a row of scores, a caption.

    The node ends behind the note below, where there is one: an explanation, partner rows.
    """

    label: str
    """The label as declared, or as it is in the text where it is unknown."""
    value: str
    """The text of the value without noise; empty for captions."""
    note: str
    """The lines below that belong to the field: an explanation, partner rows."""
    span: Span
    text: str
    is_known: bool
    paths: tuple[str, ...] = ()
    """The model paths of the value; a label such as *Suunniteltu* can hold two."""
    value_span: Span | None = None
    """From the first to the last character of the value in the document's text."""

    @property
    def path(self) -> str | None:
        """The model path of the value, ``"applicant.contact.email"``, if it has one."""
        return self.paths[0] if self.paths else None


@attrs.frozen
class TextNode:
    """A stretch of whole lines that is not a field."""

    kind: str
    """``heading``, ``prose``, ``blank``, ``front`` or ``noise``."""
    span: Span
    text: str


Node = FieldNode | TextNode


@attrs.frozen
class SectionNode:
    """A heading and what is below it; the first one may be without: the front matter.

    The spans of a document's sections tile its text, the spans of a section's ``nodes`` tile the
    section.
    """

    kind: str
    """``front``, ``section``, ``implied`` (its heading is missing), ``repeated``, ``unknown`` or
    ``next`` (a further description)."""
    number: str | None
    title: str | None
    span: Span
    text: str
    prose: str
    """The free text of the section, without the empty lines around it."""
    nodes: tuple[Node, ...]

    @property
    def fields(self) -> tuple[FieldNode, ...]:
        """The recognised lines, in text order."""
        return tuple(node for node in self.nodes if isinstance(node, FieldNode))


class Document:
    r"""One text, its tree, its description and its diagnostics. Immutable.

    Two documents are equal when their texts and their parsers are.

    >>> from esr_parser import parse_document
    >>> document = parse_document("1 Hanke\n\nHankekoodi: S29999")
    >>> document.description.project.code
    'S29999'
    >>> node = document.field("project.code")
    >>> document.text[slice(*node.value_span)]
    'S29999'
    >>> "".join(section.text for section in document.sections) == document.text
    True
    """

    __slots__ = ("__dict__", "_parser", "_text")

    def __init__(
        self,
        parser: Parser,
        text: str,
        description: ProjectDescription | None = None,
        more: tuple[Diagnostic, ...] = (),
    ) -> None:
        self._parser = parser
        self._text = text
        self._more = more
        if description is not None:
            # Read as printed: nothing to report; the tree is made when it is asked for.
            self.__dict__["description"] = description
            self.__dict__["diagnostics"] = more
        else:
            reading = self._reading
            self.__dict__["description"] = reading.description
            self.__dict__["diagnostics"] = (*more, *reading.diagnostics)

    @cached_property
    def _reading(self) -> Reading:
        return self._parser._reader.read(self._text)

    @property
    def text(self) -> str:
        """The text, every character of it."""
        return self._text

    @property
    def description(self) -> ProjectDescription:
        """The typed values."""
        description: ProjectDescription = self.__dict__["description"]
        return description

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is reported of the text, by position."""
        diagnostics: tuple[Diagnostic, ...] = self.__dict__["diagnostics"]
        return diagnostics

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The diagnostics of severity ``error``."""
        return tuple(d for d in self.diagnostics if d.severity is Severity.ERROR)

    @property
    def programme_period(self) -> ProgrammePeriod | str | None:
        """The programme period that the title or the project code names."""
        return self.description.programme_period

    @property
    def parser(self) -> Parser:
        """The parser that read the text."""
        return self._parser

    @property
    def layout(self) -> Layout:
        """The layout in which the text was read."""
        return self._reading.layout

    @cached_property
    def sections(self) -> tuple[SectionNode, ...]:
        """The tree: sections in text order, subsections beside their section."""
        return tuple(_section_nodes(self._reading, self._parser._reader.built_in))

    def field(self, path: str) -> FieldNode | None:
        r"""The node that holds a value; ``None`` where the text has no such field.

        Args:
            path: The model path of a leaf, or of a group that one field holds. For prose and for
                rows, the node is the whole section.

        >>> from esr_parser import parse_document
        >>> document = parse_document("1 Hanke\n\nToimintalinja: 4. Työ")
        >>> document.field("project.priority_axis.number").value
        '4. Työ'
        """
        for section in self.sections:
            for node in section.fields:
                if any(
                    path == own or path.startswith((f"{own}.", f"{own}[")) for own in node.paths
                ):
                    return node
        return next(_whole_sections(self._reading, self.sections, path), None)

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
        >>> document = parse_document("  1 HANKE\n  Hankekoodi :S29999")
        >>> d = document.description
        >>> edited = document.with_description(
        ...     attrs.evolve(d, project=attrs.evolve(d.project, code="S29998"))
        ... )
        >>> edited.text
        '  1 HANKE\n  Hankekoodi :S29998'
        """
        if new == self.description:
            return self
        text = edited(self._parser._reader, self._reading, new)
        return self._parser.parse_document(text)

    def to_html(self) -> str:
        """One self-contained HTML page: the text with its values marked, and the diagnostics.

        >>> from esr_parser import parse_document
        >>> parse_document("1 Hanke").to_html().startswith("<!DOCTYPE html>")
        True
        """
        from esr_parser.view import to_html

        return to_html(self)

    def _repr_html_(self) -> str:
        from esr_parser.view import repr_html

        return repr_html(self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Document):
            return NotImplemented
        return self._text == other._text and self._parser == other._parser

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        code = getattr(self.description.project, "code", None)
        return f"<Document {code or '?'}, {len(self._text)} characters>"

    def __reduce__(self) -> tuple[Any, ...]:
        return _reparsed, (self._parser, self._text, self._more)


def _reparsed(parser: Parser, text: str, more: tuple[Diagnostic, ...]) -> Document:
    return Document(parser, text, None, more)


# -- the tree -------------------------------------------------------------------------------------


def _section_nodes(reading: Reading, built_in: frozenset[str]) -> Iterator[SectionNode]:
    lines, text = reading.lines, reading.text
    parts = iter(sorted(reading.parts, key=lambda part: part.first))
    part = next(parts, None)
    for region in reading.regions:
        mine: list[Part] = []
        while part is not None and part.first < region.end:
            mine.append(part)
            part = next(parts, None)
        start, end = lines.offsets[region.first], lines.offsets[region.end]
        nodes = tuple(_nodes(reading, region, mine, built_in))
        prose = "\n".join(
            n.text.strip("\n") for n in nodes if isinstance(n, TextNode) and n.kind == "prose"
        )
        if (
            reading.page is not None
            and region.section
            and isinstance(region.section.content, Prose)
        ):
            prose = reading.page.prose(region.body, region.end)
        span = Span(start, end)
        yield SectionNode(
            region.kind, region.number, region.title, span, text[start:end], prose, nodes
        )


def _nodes(
    reading: Reading, region: Region, parts: list[Part], built_in: frozenset[str]
) -> Iterator[Node]:
    if region.body > region.first:
        yield _text_node(reading, "heading", region.first, region.body)
    kind = "front" if region.kind == RegionKind.FRONT else "prose"
    line = region.body
    for part in parts:
        if part.first > line:
            yield from _text_nodes(reading, kind, line, part.first)
        yield _field_node(reading, region, part, built_in)
        line = max(part.note_end, line)
    yield from _text_nodes(reading, kind, line, region.end)


def _field_node(
    reading: Reading, region: Region, part: Part, built_in: frozenset[str]
) -> FieldNode:
    lines, text = reading.lines, reading.text
    start, end = lines.offsets[part.first], lines.offsets[part.note_end]
    note = ""
    if part.note_end > part.last + 1 and reading.page is not None:
        note = reading.page.prose(part.last + 1, part.note_end)
    span = value_span(reading, part)
    key = region.section.key if region.section is not None else ""
    root = key if key in built_in else f"extensions[{key!r}]"
    return FieldNode(
        part.label,
        part.value,
        note,
        Span(start, end),
        text[start:end],
        part.entry is not None,
        tuple(f"{root}.{path}" for path in part.paths),
        Span(*span) if span is not None else None,
    )


def _text_nodes(reading: Reading, kind: str, first: int, end: int) -> Iterator[TextNode]:
    """Lines that are not a field; whole lines of noise are nodes of their own."""
    lines, start = reading.lines, first
    while start < end:
        is_noise = start in lines.hidden
        stop = start + 1
        while stop < end and (stop in lines.hidden) == is_noise:
            stop += 1
        is_blank = all(map(is_rule, lines.lines[start:stop]))
        yield _text_node(
            reading, "noise" if is_noise else "blank" if is_blank else kind, start, stop
        )
        start = stop


def _text_node(reading: Reading, kind: str, first: int, end: int) -> TextNode:
    offsets = reading.lines.offsets
    start, stop = offsets[first], offsets[end]
    return TextNode(kind, Span(start, stop), reading.text[start:stop])


def _whole_sections(
    reading: Reading, sections: tuple[SectionNode, ...], path: str
) -> Iterator[FieldNode]:
    """Sections of prose or of scores as the node of their one value."""
    for node, region in zip(sections, reading.regions, strict=True):
        section = region.section
        if section is None or region.kind == RegionKind.REPEATED:
            continue
        if not isinstance(section.content, Prose | Scores):
            continue
        own = f"{section.key}.{section.content.path}".rstrip(".")
        if path == own or path.startswith((f"{own}.", f"{own}[")):
            start, end = reading.lines.offsets[region.body], node.span.end
            body = reading.text[start:end]
            left = start + len(body) - len(body.lstrip())
            span = Span(left, max(start + len(body.rstrip()), left))
            label, text = section.title, node.text
            yield FieldNode(label, node.prose, "", node.span, text, True, (own,), span)
