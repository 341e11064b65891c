"""What stands under the heading of one section, and what does not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from esr_parser.document import Document, FieldNode, SectionNode
from esr_parser.drift.lines import Line, lines_of, looks_like_dimension, unknown_lines
from esr_parser.drift.shapes import EMPTY, canonical_shape, shape_of
from esr_parser.drift.sightings import Event, Sightings, one_line
from esr_parser.drift.tallies import Key
from esr_parser.drift.words import Known, SectionWords, What, numbered, words_of
from esr_parser.grammar import Fields, Scores
from esr_parser.noise import FURNITURE, squeeze

__all__ = ["SectionObserver"]

_MOST_EVENTS = 200
"""Things of one section in one text; no real one comes near."""
_LONGEST_LINE = 400
_SCORES = "9 9"
_DIGITS = re.compile(r"\d+")
_SCORES_ON = re.compile(r"[\s|]+(\d[\d\s|/.,:-]{0,20})$")


class SectionObserver:
    """Looks at a section, which may stand in several pieces of the text."""

    def __init__(
        self, sightings: Sightings, document: Document, words: SectionWords, start: int
    ) -> None:
        self._sightings = sightings
        self._document = document
        self._words = words
        self._number = words.section.number
        self._start = start
        self._events: list[Event] = []
        self._taken: set[int] = set()
        self._text: list[Line] = []
        """Lines that are no declared thing."""
        self._twins: dict[str, list[FieldNode]] = {}
        """The lines of labels that are declared more than once."""

    # -- looking ------------------------------------------------------------------------------

    def look_at(self, node: SectionNode) -> None:
        """Takes in one piece of the section."""
        if not self._words.lines:
            return
        for child in node.nodes:
            if isinstance(child, FieldNode):
                self._field(child)
            elif child.kind == "prose":
                self._text += lines_of(child.text, child.span.start)

    def _field(self, node: FieldNode) -> None:
        start, places = node.span.start, self._words.places.get(node.label, ())
        if not node.is_known or not places:
            self._unknown(What.LABEL, node.label, start)
        elif len(places) == 1:
            self._known(places[0], node)
        else:
            self._twins.setdefault(node.label, []).append(node)
        if node.note and not isinstance(self._words.section.content, Fields):
            self._text += lines_of(node.note, start + node.text.rfind(node.note))

    def _key(self, index: int) -> Key:
        known = self._words.lines[index]
        return self._sightings.key(known.what, self._number, known.name)

    def _add(self, index: int, offset: int) -> None:
        key = self._key(index)
        self._taken.add(index)
        self._events.append(Event(offset, index, key))
        self._sightings.see(key, offset, known=True)

    def _known(self, index: int, node: FieldNode) -> None:
        known, start = self._words.lines[index], node.span.start
        if index not in self._taken:
            self._add(index, start)
            self._value(known, node)
        elif known.type is not None:
            # Column heads, which have no value, may each stand in a cell of their own.
            self._unknown(known.what, numbered(known.name, 2), start)

    def _unknown(self, what: What, name: str, offset: int) -> None:
        if len(self._events) < _MOST_EVENTS:
            key = self._sightings.key(what, self._number, one_line(name))
            self._events.append(Event(offset, -1, key))
            self._sightings.see(key, offset, known=False)

    # -- values -------------------------------------------------------------------------------

    def _value(self, known: Known, node: FieldNode) -> None:
        start, kind = node.span.start, known.type
        words = words_of(kind)
        if known.what is What.ASPECT:
            self._scores(known, node.value, start)
        elif kind is None:
            return
        elif known.path is not None:
            for row in self._rows(known.path):
                self._shape(known, kind.format(row), start)
        elif words and node.value:
            key = self._sightings.key(What.WORD, self._number, one_line(node.value), known.name)
            is_known = squeeze(node.value) in map(squeeze, words)
            self._sightings.see(key, start, known=is_known)
        else:
            self._shape(known, node.value, start)

    def _shape(self, known: Known, value: str, start: int) -> None:
        assert known.type is not None
        shape = shape_of(value, known.type)
        expected = EMPTY if shape == EMPTY else canonical_shape(value, known.type)
        self._see_shape(known, shape, expected, start)

    def _scores(self, known: Known, value: str, start: int) -> None:
        shape = _DIGITS.sub("9", value) or EMPTY
        self._see_shape(known, shape, EMPTY if shape == EMPTY else _SCORES, start)

    def _see_shape(self, known: Known, shape: str, expected: str | None, start: int) -> None:
        key = self._sightings.key(What.SHAPE, self._number, shape, known.name)
        self._sightings.see(key, start, known=shape == expected)
        if expected is not None and shape != expected:
            self._sightings.meet(key, key._replace(name=expected), in_place=True)

    def _rows(self, path: str) -> Sequence[Any]:
        """The values of rows, put together where a tool had wrapped them."""
        description, key = self._document.description, self._words.section.key
        part: Any = getattr(description, key, None)
        if part is None:
            part = description.extensions.get(key)
        for name in path.split("."):
            part = getattr(part, name, None)
        return part or ()

    # -- judging ------------------------------------------------------------------------------

    def settle(self, cut_in: str, *, bare: bool) -> None:
        """Finds unknown things among the text, then what is absent and what was moved.

        Args:
            cut_in: The number of the section that the text ends in, where it was cut off.
            bare: Whether a few words alone may be a label.
        """
        if not self._words.lines:
            return
        self._settle_twins()
        is_cut = self._ends_in_name() or cut_in == self._number
        is_scores = isinstance(self._words.section.content, Scores)
        if is_scores:
            self._odd_scores()
        for look in unknown_lines(self._words.section, self._text, bare=bare):
            self._unknown(look.what, look.name, look.offset)
        self._events.sort()
        absent = [] if is_cut else self._absent()
        if is_scores:
            self._dimensions(absent)
        self._sightings.settle(self._events, {k: self._key(k) for k in absent}, self._start)

    def _settle_twins(self) -> None:
        """Lines of one label: the n-th is the n-th declared, if all of them are there."""
        for label, nodes in self._twins.items():
            places = self._words.places[label]
            for k, node in enumerate(nodes):
                index = places[min(k, len(places) - 1)]
                if len(nodes) < len(places):
                    behind = self._last_before(node.span.start) + 1
                    free = [place for place in places if place not in self._taken]
                    index = min(free, key=lambda place: abs(place - behind))
                self._known(index, node)

    def _last_before(self, offset: int) -> int:
        """Which declared line stands before a place in the text; -1 for none."""
        known = (event for event in self._events if event.which >= 0 and event.offset < offset)
        return max(((event.offset, event.which) for event in known), default=(0, -1))[1]

    def _ends_in_name(self) -> bool:
        """Whether the text ends in the middle of a declared name; then that line is none."""
        offset, text = self._text[-1] if self._text else (0, "")
        if not text or self._document.text[offset:].strip(FURNITURE) != text:
            return False
        is_name = any(known.name.startswith(text) for known in self._words.lines)
        if is_name:
            del self._text[-1]
        return is_name

    def _absent(self) -> list[int]:
        words = self._words
        is_flagged = any(words.lines[k].name in words.flags for k in self._taken)
        is_empty = isinstance(words.section.content, Scores) and not any(
            event.key.what == What.ASPECT for event in self._events
        )
        if is_flagged or is_empty:
            return []
        return [k for k in range(len(words.lines)) if k not in self._taken]

    def _odd_scores(self) -> None:
        """Rows of known aspects with something else than two numbers behind the name."""
        words, rest = self._words, []
        missing = {
            squeeze(known.name): k
            for k, known in enumerate(words.lines)
            if k not in self._taken and known.what is What.ASPECT
        }
        for line in self._text:
            text = line.text if len(line.text) <= _LONGEST_LINE else ""
            tail = _SCORES_ON.search(text)
            name = squeeze(text[: tail.start()]) if tail is not None else ""
            if tail is None or name not in missing:
                rest.append(line)
                continue
            index = missing.pop(name)
            self._add(index, line.offset)
            self._scores(words.lines[index], tail[1], line.offset)
        self._text = rest

    def _dimensions(self, absent: list[int]) -> None:
        """A line where an absent dimension should stand may be its new name."""
        for line in list(self._instead(absent)):
            self._unknown(What.DIMENSION, line.text, line.offset)
        self._events.sort()

    def _instead(self, absent: list[int]) -> Iterator[Line]:
        """The lines before what should stand below the absent dimensions."""
        offsets = [line.offset for line in self._text]
        taken = {event.offset for event in self._events}
        for k in absent:
            after = next((event.offset for event in self._events if event.which > k), 0)
            position = bisect_left(offsets, after) - 1
            if self._words.lines[k].what is What.DIMENSION and position >= 0:
                line = self._text[position]
                if line.offset not in taken and looks_like_dimension(line):
                    yield line
