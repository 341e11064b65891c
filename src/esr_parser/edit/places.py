"""Where in a text the values of its description stand.

Reading tells which lines an item was read from (:class:`~esr_parser.contents.Entry`). Here those
lines are looked at once more: where the label ends, and from which character to which the value
goes, without the pipes, emphasis marks, indentation and padding around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import attrs

from esr_parser.contents import Entry, LabelledLines, Reader
from esr_parser.contents.labels import _CELLS, _MOST_WRAPPED
from esr_parser.contents.scores import _SCORES_AT_END
from esr_parser.edit.changes import Lines, LostError
from esr_parser.edit.units import Unit
from esr_parser.grammar import Field, Questions
from esr_parser.noise import FURNITURE, squeeze
from esr_parser.reading import Part
from esr_parser.values import ValueType

__all__ = ["Row", "Slot", "Span", "matched", "slots_of", "trimmed"]


class Span(NamedTuple):
    """A part of one line: ``start`` and ``end`` are columns."""

    line: int
    start: int
    end: int


@attrs.frozen(eq=False)
class Row:
    """A line of prose, an explanation or a partner row, where it stands."""

    text: str
    """What it says, the tool's marks taken off."""
    lines: Lines
    first: int
    """Its first line; -1 for an empty line that is said but not in the text."""
    last: int
    start: int = 0
    end: int = 0
    inline: bool = False
    """Whether it stands on the line of the answer that it explains."""

    @property
    def span(self) -> tuple[int, int]:
        """From where to where it goes on its first line, in the whole text."""
        start = self.lines.start(self.first)
        return start + self.start, start + self.end


@attrs.define(eq=False)
class Slot:
    """An item where it stands in the text."""

    lines: Lines
    label: str
    value: str
    """Its value as canonical text."""
    kind: ValueType | None
    first: int
    last: int
    end: int
    label_span: Span
    """The label on its last line, colon included."""
    spans: list[Span]
    """The value, one span a line; of scores, one span a number."""
    inline: Row | None = None
    """The row that begins on the line of the value."""
    below: list[int] = attrs.Factory(list)
    """Lines that may hold its rows."""
    more: list[Slot] = attrs.Factory(list)
    """The same mark, repeated."""

    @classmethod
    def of(cls, lines: Lines, entry: Entry, label: Span, spans: list[Span]) -> Slot:
        """A slot for what was read."""
        places = (entry.first, entry.last, entry.end)
        return cls(lines, entry.label, entry.value, None, *places, label, spans)

    @property
    def is_lost(self) -> bool:
        """Whether its label was not found in its lines."""
        return self.label_span.line < 0

    @property
    def stop(self) -> int:
        """The line behind the item and its rows."""
        return max(self.end, self.last)

    def like(self, label: str, values: Sequence[str]) -> str | None:
        """A line for another item, made as this one is: ``None`` where that cannot be.

        Pipes, emphasis, indentation and padding are those of this line.
        """
        lines, spans = self.lines, self.spans[: len(values)]
        own = self.label_span
        if self.is_lost or len(spans) < len(values) or own.line != self.first:
            return None
        text = lines.text
        begin = lines.start(self.first)
        position = begin + own.start
        parts = [text[begin:position], label]
        name = text[position : begin + own.end].rstrip(": \t\xa0")
        position += len(name)
        slack = len(name) - len(label)
        for span, value in zip(spans, values, strict=True):
            start = lines.start(span.line)
            parts += [_refitted(text[position : start + span.start], slack), value]
            position = start + span.end
            slack = span.end - span.start - len(value)
        stop = spans[-1].line if spans else own.line
        parts.append(_refitted(text[position : lines.end(stop)], slack))
        return "".join(parts).rstrip()


_PADDED = re.compile(r" {2,}")


def _refitted(between: str, slack: int) -> str:
    """The characters between two cells, so that the columns still stand below each other."""
    match = _PADDED.search(between)
    if match is None:
        return between
    width = max(1, match.end() - match.start() + slack)
    return between[: match.start()] + " " * width + between[match.end() :]


def trimmed(line: str, start: int, end: int, chars: str | None = None) -> tuple[int, int]:
    """A stretch of a line without white space, or some characters, at its ends."""
    part = line[start:end].rstrip(chars)
    return start + len(part) - len(part.lstrip(chars)), start + len(part)


def _spans_of(value: str, regions: Sequence[Span], lines: Lines) -> list[Span]:
    """Where a value stands in stretches of lines: in one of them, or a part of it in each."""
    if not value:
        return []
    for k, start, end in regions:
        found = lines.lines[k].find(value, start, end)
        if found >= 0:
            return [Span(k, found, found + len(value))]
    spans = [Span(k, *trimmed(lines.lines[k], a, b, FURNITURE)) for k, a, b in regions]
    return [span for span in spans if span.start < span.end]


def slots_of(reader: Reader, found: Sequence[tuple[Part, Lines]], content: object) -> list[Slot]:
    """The items of a section, in text order."""
    slots: list[Slot] = []
    read: set[str] = set()
    for part, lines in found:
        taken = {k for e in part.entries for k in range(e.first, e.last)}
        for entry in sorted(part.entries, key=lambda e: e.first):
            try:
                if isinstance(reader, LabelledLines):
                    slot = _labelled_slot(reader, lines, entry, content)
                else:
                    slot = _score_slot(lines, entry)
            except LostError:
                slot = Slot.of(lines, entry, Span(-1, 0, 0), [])
            _add_canonical(slot, entry, read)
            slot.below = [k for k in range(entry.note, entry.end) if k not in taken]
            slots.append(slot)
    return slots


def _add_canonical(slot: Slot, entry: Entry, read: set[str]) -> None:
    """The value as it is printed: only the first one that can be read is the item's own."""
    item = entry.item
    if not isinstance(item, Field):
        return
    slot.kind = item.type
    if not entry.value or item.path in read:
        return
    try:
        slot.value = item.type.format(item.type.parse(entry.value))
    except ValueError:
        return
    read.add(item.path)


# -- fields and questions -----------------------------------------------------------------------


def _labelled_slot(reader: LabelledLines, lines: Lines, entry: Entry, content: object) -> Slot:
    if entry.item is None:
        label, regions = _unknown_label(lines, entry.first)
    else:
        has_value = isinstance(entry.item, Field)
        label, regions = _known_label(reader, lines, entry.first, has_value=has_value)
    for k in range(label.line + 1, entry.last):
        regions.append(Span(k, 0, len(lines.lines[k])))
    slot = Slot.of(lines, entry, label, _spans_of(entry.value, regions, lines))
    if isinstance(content, Questions) and slot.spans:
        _cut_inline_note(slot)
    return slot


def _cut_inline_note(slot: Slot) -> None:
    """An explanation that begins on the line of its answer."""
    k, _, stop = slot.spans[0]
    line = slot.lines.lines[k]
    start, end = trimmed(line, stop, len(line))
    if start == stop + 1 and line[start:end].strip(FURNITURE):
        slot.inline = Row(line[start:end], slot.lines, k, k + 1, start, end, inline=True)


def _known_label(
    reader: LabelledLines, lines: Lines, first: int, *, has_value: bool
) -> tuple[Span, list[Span]]:
    """Where a declared label ends, and what stands beside it: it may go over several lines."""
    name = ""
    regions: list[Span] = []
    for k in range(first, min(first + _MOST_WRAPPED, len(lines.lines))):
        line = lines.lines[k]
        start, end = trimmed(line, 0, len(line), FURNITURE)
        stop, begin = _cut_label(line, start, end, name, reader) if has_value else (end, end)
        name += squeeze(line[start:stop].rstrip(":"))
        regions.append(Span(k, begin, len(line)))
        if name in reader.table.folded:
            return Span(k, start, stop), regions
    raise LostError


def _cut_label(
    line: str, start: int, end: int, name: str, reader: LabelledLines
) -> tuple[int, int]:
    """Where the label ends on a line, and where something else begins."""
    colon = line.find(":", start, end)
    if colon >= 0:
        return colon + 1, colon + 1
    if name + squeeze(line[start:end]) in reader.table.folded:
        return end, end
    cell = _CELLS.search(line, start, end)
    return (cell.start(), cell.end()) if cell is not None else (end, end)


def _unknown_label(lines: Lines, first: int) -> tuple[Span, list[Span]]:
    line = lines.lines[first]
    start, _ = trimmed(line, 0, len(line), FURNITURE)
    colon = line.index(":", start)
    return Span(first, start, colon + 1), [Span(first, colon + 1, len(line))]


# -- scores -------------------------------------------------------------------------------------


def _score_slot(lines: Lines, entry: Entry) -> Slot:
    """An aspect with its numbers, which may stand on lines of their own; a heading line."""
    spans: list[Span] = []
    label = Span(-1, 0, 0)
    for k in range(entry.first, entry.last):
        line = lines.lines[k]
        start, end = trimmed(line, 0, len(line), FURNITURE)
        match = _SCORES_AT_END.search(line, max(start, end - 240), end) if entry.value else None
        if match is not None:
            spans += [Span(k, *match.span(g)) for g in (1, 2) if match[g] is not None]
            end = match.start()
        start, end = trimmed(line, start, end, FURNITURE)
        if start < end:
            label = Span(k, start, end)
    return Slot.of(lines, entry, label, spans)


# -- matching -------------------------------------------------------------------------------------


def matched(units: Sequence[Unit], slots: Sequence[Slot]) -> list[Slot | None]:
    """Where each printed item stands in the text, if it does."""
    free: dict[tuple[str, str], list[Slot]] = {}
    for slot in reversed(slots):
        free.setdefault((slot.label, slot.value), []).append(slot)
    result: list[Slot | None] = []
    last: dict[str, Slot] = {}
    for unit in units:
        same = free.get((unit.label, unit.value if unit.head else ""))
        place = same.pop() if same else None
        result.append(place)
        if place is not None and not unit.head:
            last[unit.label] = place
    for label, slot in last.items():
        slot.more = free[label, ""][::-1]
    return result
