"""The lossless tree of a text: sections, and in them fields and text, all by spans.

It is made from a :class:`~esr_parser.reading.Reading` on first use.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

import attrs

from esr_parser.diagnostics import Span
from esr_parser.edit import value_span
from esr_parser.findings import ReadEntry
from esr_parser.grammar import Prose, Scores
from esr_parser.handlers import path_of
from esr_parser.outline import Region, RegionKind
from esr_parser.reading import Reading
from esr_parser.text import is_rule


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
    parts = sorted(reading.parts, key=attrgetter("first"))
    firsts = [part.first for part in parts]
    for region in reading.regions:
        mine = parts[bisect_left(firsts, region.first) : bisect_left(firsts, region.end)]
        nodes = tuple(_nodes(reading, region, mine))
        content = region.section.content if region.section is not None else None
        if reading.page is not None and isinstance(content, Prose):
            prose = reading.page.prose(region.body, region.end)
        else:
            free = (n.text for n in nodes if isinstance(n, TextNode) and n.kind == "prose")
            prose = "\n".join(part.strip("\n") for part in free)
        span, text = _stretch(reading, region.first, region.end)
        yield SectionNode(region.kind, region.number, region.title, span, text, prose, nodes)


def _nodes(reading: Reading, region: Region, parts: list[ReadEntry]) -> Iterator[Node]:
    if region.body > region.first:
        yield TextNode("heading", *_stretch(reading, region.first, region.body))
    kind = "front" if region.kind == RegionKind.FRONT else "prose"
    line = region.body
    for part in parts:
        if part.first > line:
            yield from _text_nodes(reading, kind, line, part.first)
        end = _end(reading, part)
        yield _field_node(reading, region, part, end)
        line = max(end, line)
    yield from _text_nodes(reading, kind, line, region.end)


def _end(reading: Reading, part: ReadEntry) -> int:
    """The line behind a field and its note; noise behind the note is a node of its own."""
    lines, end = reading.lines, part.note_end
    while end > part.last + 1 and (end - 1 in lines.hidden or is_rule(lines.lines[end - 1])):
        end -= 1
    return part.note_end if lines.hidden.isdisjoint(range(end, part.note_end)) else end


def _field_node(reading: Reading, region: Region, part: ReadEntry, end: int) -> FieldNode:
    note = ""
    if end > part.last + 1 and reading.page is not None:
        note = reading.page.prose(part.last + 1, end)
    span, text = _stretch(reading, part.first, end)
    key = region.section.key if region.section is not None else ""
    paths = tuple(path_of(key, path) for path in part.paths)
    place = value_span(reading, part)
    value_place = Span(*place) if place is not None else None
    is_known = part.entry is not None
    return FieldNode(part.label, part.value, note, span, text, is_known, paths, value_place)


def _text_nodes(reading: Reading, kind: str, first: int, end: int) -> Iterator[TextNode]:
    """Lines that are not a field; whole lines of noise are nodes of their own."""
    lines = reading.lines
    for is_noise, group in groupby(range(first, end), lambda i: i in lines.hidden):
        numbers = list(group)
        is_blank = all(is_rule(lines.lines[i]) for i in numbers)
        what = "noise" if is_noise else "blank" if is_blank else kind
        yield TextNode(what, *_stretch(reading, numbers[0], numbers[-1] + 1))


def _stretch(reading: Reading, first: int, end: int) -> tuple[Span, str]:
    """Where lines are in the text, and their text."""
    span = Span(reading.lines.offsets[first], reading.lines.offsets[end])
    return span, reading.text[slice(*span)]


def whole_sections(reading: Reading, sections: Sequence[SectionNode]) -> Iterator[FieldNode]:
    """Sections of prose or of scores as the node of their one value."""
    for node, region in zip(sections, reading.regions, strict=True):
        section = region.section
        if section is None or region.kind == RegionKind.REPEATED:
            continue
        if isinstance(section.content, Prose | Scores):
            own = path_of(section.key, section.content.path)
            start = reading.lines.offsets[region.body]
            body = reading.text[start : node.span.end]
            left = start + len(body) - len(body.lstrip())
            span = Span(left, max(start + len(body.rstrip()), left))
            prose, text = node.prose, node.text
            yield FieldNode(section.title, prose, "", node.span, text, True, (own,), span)


def holds(node: FieldNode, path: str) -> bool:
    """Whether a field holds the value with this path, or a group or list that it is in."""
    return any(path == own or path.startswith((f"{own}.", f"{own}[")) for own in node.paths)
