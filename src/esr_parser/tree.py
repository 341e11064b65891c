"""The lossless tree of a text: sections, and in them fields and text, all by spans.

It is made from a :class:`~esr_parser.reader.Reading` on first use.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

import attrs

from esr_parser.diagnostics import Span
from esr_parser.edit import value_span
from esr_parser.grammar import Prose, Scores
from esr_parser.handlers import path_of
from esr_parser.lexer import is_rule
from esr_parser.outline import Region, RegionKind
from esr_parser.reader import Reading
from esr_parser.sections import Part

__all__ = ["FieldNode", "Node", "SectionNode", "TextNode", "section_nodes", "whole_sections"]


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
    """A heading and the text below it. The first section may have no heading: the front matter.

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


def section_nodes(reading: Reading) -> Iterator[SectionNode]:
    """The sections of a text, in order; their spans tile it."""
    lines, text = reading.lines, reading.text
    parts = sorted(reading.parts, key=attrgetter("first"))
    firsts = [part.first for part in parts]
    for region in reading.regions:
        mine = parts[bisect_left(firsts, region.first) : bisect_left(firsts, region.end)]
        start, end = lines.offsets[region.first], lines.offsets[region.end]
        nodes = tuple(_nodes(reading, region, mine))
        content = region.section.content if region.section is not None else None
        if reading.page is not None and isinstance(content, Prose):
            prose = reading.page.prose(region.body, region.end)
        else:
            free = (n.text for n in nodes if isinstance(n, TextNode) and n.kind == "prose")
            prose = "\n".join(part.strip("\n") for part in free)
        span = Span(start, end)
        yield SectionNode(
            region.kind, region.number, region.title, span, text[start:end], prose, nodes
        )


def _nodes(reading: Reading, region: Region, parts: list[Part]) -> Iterator[Node]:
    if region.body > region.first:
        yield _text_node(reading, "heading", region.first, region.body)
    kind = "front" if region.kind == RegionKind.FRONT else "prose"
    line = region.body
    for part in parts:
        if part.first > line:
            yield from _text_nodes(reading, kind, line, part.first)
        yield _field_node(reading, region, part)
        line = max(part.note_end, line)
    yield from _text_nodes(reading, kind, line, region.end)


def _field_node(reading: Reading, region: Region, part: Part) -> FieldNode:
    lines, text = reading.lines, reading.text
    start, end = lines.offsets[part.first], lines.offsets[part.note_end]
    note = ""
    if part.note_end > part.last + 1 and reading.page is not None:
        note = reading.page.prose(part.last + 1, part.note_end)
    span = value_span(reading, part)
    key = region.section.key if region.section is not None else ""
    return FieldNode(
        part.label,
        part.value,
        note,
        Span(start, end),
        text[start:end],
        part.entry is not None,
        tuple(path_of(key, path) for path in part.paths),
        Span(*span) if span is not None else None,
    )


def _text_nodes(reading: Reading, kind: str, first: int, end: int) -> Iterator[TextNode]:
    """Lines that are not a field; whole lines of noise are nodes of their own."""
    lines = reading.lines
    for is_noise, group in groupby(range(first, end), lambda i: i in lines.hidden):
        numbers = list(group)
        is_blank = all(is_rule(lines.lines[i]) for i in numbers)
        what = "noise" if is_noise else "blank" if is_blank else kind
        yield _text_node(reading, what, numbers[0], numbers[-1] + 1)


def _text_node(reading: Reading, kind: str, first: int, end: int) -> TextNode:
    offsets = reading.lines.offsets
    start, stop = offsets[first], offsets[end]
    return TextNode(kind, Span(start, stop), reading.text[start:stop])


def whole_sections(
    reading: Reading, sections: tuple[SectionNode, ...], path: str
) -> Iterator[FieldNode]:
    """Sections of prose or of scores as the node of their one value."""
    for node, region in zip(sections, reading.regions, strict=True):
        section = region.section
        if section is None or region.kind == RegionKind.REPEATED:
            continue
        if not isinstance(section.content, Prose | Scores):
            continue
        own = path_of(section.key, section.content.path)
        if path == own or path.startswith((f"{own}.", f"{own}[")):
            start, end = reading.lines.offsets[region.body], node.span.end
            body = reading.text[start:end]
            left = start + len(body) - len(body.lstrip())
            span = Span(left, max(start + len(body.rstrip()), left))
            label, text = section.title, node.text
            yield FieldNode(label, node.prose, "", node.span, text, True, (own,), span)
