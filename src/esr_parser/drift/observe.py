"""Taking the fingerprint of a document: what it has, what it has not, and where.

Only the tree is looked at, and what the parser took for noise is not there: a heading in other
letters, a wrapped label or a padded table leaves the same fingerprint as the canonical text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import attrs

from esr_parser.document import Document, FieldNode, SectionNode, TextNode
from esr_parser.drift.fingerprint import Fingerprint, Key, Pair, Place, Tally, Together
from esr_parser.drift.shapes import EMPTY, SENTENCE, canonical_shape, shape_of
from esr_parser.drift.words import (
    Known,
    LayoutWords,
    SectionWords,
    What,
    layout_words,
    numbered,
    words_of,
)
from esr_parser.grammar import Fields, Questions, Scores
from esr_parser.model import Fund
from esr_parser.noise import FURNITURE, line_view, squeeze
from esr_parser.values import PARTNER, TEXT

__all__ = ["CUT", "DOCUMENTS", "HEADINGS", "NO_DESCRIPTION", "SECTION", "fingerprint"]

DOCUMENTS = "documents"
"""Counts the descriptions of a programme period."""
HEADINGS = "headings"
"""… those that have headings at all: some tools drop every one."""
SECTION = "section"
"""… those that have a section, with its heading or without."""
CUT = "cut"
"""… those that end before a section: the rest of the text is not there."""
MOVED = "moved "
"""Before the name of what stands out of order."""
NO_DESCRIPTION = "no description"

_FOREIGN = frozenset({"ESR101", "ESR102"})
_MOST_UNKNOWN = 200
"""Unknown things of one section in one text."""
_LONGEST_NAME = 160
_LABEL = re.compile(r"([^\W\d_](?:(?!\.\s)[^:]){0,79}?)\s?:(?:\s|$)")
_BARE_LABEL = re.compile(r"[^\W\d_a-zåäö][^.:;?!|]{2,78}[^\W_]")
_ROW = re.compile(r"\d{7}-\d$", re.ASCII)
_QUESTION = re.compile(r"([^\W\d_].{2,200}?)\s?:\s*(\S.{0,40})")
_ASPECT = re.compile(r"([^\W\d_a-zåäö].{2,150}?)[\s|]+(\d{1,2})[\s|]+(\d{1,2})")
_ASPECT_ALONE = re.compile(r"[^\W\d_a-zåäö].{2,150}[^\W\d_)]\)?")
_DIGITS = re.compile(r"\d+")


def fingerprint(document: Document, *, file: str = "", line: int = 1) -> Fingerprint:
    """The structure of one description, as data.

    Args:
        document: The document; what its parser has aliases or handlers for is known.
        file: The name of its file, for the places.
        line: The line of the file that the document begins at, 1-based.

    >>> from esr_parser import parse_document
    >>> found = fingerprint(parse_document("5 Projektin julkinen rahoitus, euroa\\n\\nTuki: 5"))
    >>> [str(key) for key, tally in found.seen.items() if not tally.known]
    ["label 'Tuki'"]
    """
    is_empty = not document.text.strip(FURNITURE)
    if is_empty or any(d.code in _FOREIGN for d in document.diagnostics):
        key = Key(What.TEXT, "", "", NO_DESCRIPTION)
        return Fingerprint(1, {key: Tally(1, (Place(file, line),))})
    words = layout_words(document.parser)[str(document.layout.period)]
    return _Observer(document, words, file, line).fingerprint()


class _Event(NamedTuple):
    """A line that is a thing of the format, or looks like one."""

    offset: int
    index: int
    """Which of the declared things it is; -1 for an unknown one."""
    key: Key


class _Lines(NamedTuple):
    """Lines of text that may hold unknown things, with the offset of each."""

    lines: list[tuple[int, str]]

    @classmethod
    def of(cls, text: str, start: int) -> _Lines:
        lines: list[tuple[int, str]] = []
        for line in line_view(text).split("\n"):
            bare = line.strip(FURNITURE)
            if bare:
                lines.append((start, bare))
            start += len(line) + 1
        return cls(lines)


@attrs.define
class _SectionState:
    """What is known of a section, which may be in several pieces."""

    words: SectionWords
    start: int
    events: list[_Event] = attrs.field(factory=list)
    taken: set[int] = attrs.field(factory=set)
    last: int = -1
    text: list[tuple[int, str]] = attrs.field(factory=list)
    """Lines that are no declared thing."""


class _Observer:
    """Takes the fingerprint of one description."""

    def __init__(self, document: Document, words: LayoutWords, file: str, line: int) -> None:
        self.document = document
        self.words = words
        self.file = file
        self.line = line
        self.seen: dict[Key, Tally] = {}
        self.absent: dict[Key, Tally] = {}
        self.together: dict[Pair, Together] = {}
        view = line_view(document.text)
        self.breaks = [match.start() for match in re.finditer("\n", view)]
        self.states: dict[str, _SectionState] = {}
        self.has_headings = True
        self.cut_in = ""
        """The number of the section that the text ends in, where it was cut off."""

    def fingerprint(self) -> Fingerprint:
        self._count(DOCUMENTS, "")
        self._headings()
        self._title()
        for node in self.document.sections:
            if node.kind in ("section", "implied") and node.number is not None:
                self._section(node, self.words.by_number[node.number])
        for state in self.states.values():
            self._settle(state)
        return Fingerprint(1, self.seen, self.absent, self.together)

    # -- counting -----------------------------------------------------------------------------

    def _place(self, offset: int) -> Place:
        return Place(self.file, self.line + bisect_left(self.breaks, offset))

    def _key(self, what: str, section: str, name: str, of: str = "") -> Key:
        return Key(str(what), self.words.period, section, _printable(name), _printable(of))

    def _see(self, key: Key, offset: int, *, known: bool) -> None:
        if key not in self.seen:
            self.seen[key] = Tally(1, (self._place(offset),), known)

    def _miss(self, key: Key, offset: int) -> None:
        self.absent[key] = Tally(1, (self._place(offset),), True)

    def _count(self, what: str, section: str, name: str = "", offset: int = 0) -> None:
        self._see(self._key(what, section, name), offset, known=True)

    # -- headings -----------------------------------------------------------------------------

    def _headings(self) -> None:
        nodes = self.document.sections
        implied = sum(node.kind == "implied" for node in nodes)
        events = list(self._heading_events(nodes))
        self.has_headings = len(events) > implied
        for event in events:
            self._see(event.key, event.offset, known=event.index >= 0)
        if not self.has_headings:
            return
        self._count(HEADINGS, "")
        found = {event.index for event in events if event.index >= 0}
        unknown = {event.key.section for event in events if event.index < 0}
        absent = self._absent_headings(found, unknown)
        for k in absent:
            words = self.words.sections[k]
            before = [e.offset for e in events if -1 < e.index < k]
            self._miss(self._heading_key(words), max(before, default=0))
        self._pair(events, {k: self._heading_key(self.words.sections[k]) for k in absent})
        self._moved_headings(events)

    def _heading_events(self, nodes: Sequence[SectionNode]) -> Iterator[_Event]:
        for node in nodes:
            number = node.number
            if number is None or node.kind not in ("section", "repeated", "unknown"):
                continue
            start = node.span.start
            words = self.words.by_number.get(number)
            if node.kind == "unknown" or words is None:
                name = self.words.layout.heading(number, _one_line(node.title or ""))
                yield _Event(start, -1, self._key(What.HEADING, number, name))
            elif node.kind == "repeated":
                name = numbered(words.heading, 2)
                yield _Event(start, -1, self._key(What.HEADING, number, name))
            else:
                text = node.nodes[0].text
                known = words.is_title(text)
                name = words.heading if known else _one_line(text)
                index = self.words.index[number] if known else -1
                yield _Event(start, index, self._key(What.HEADING, number, name))

    def _heading_key(self, words: SectionWords) -> Key:
        return self._key(What.HEADING, words.section.number, words.heading)

    def _absent_headings(self, found: set[int], unknown: set[str]) -> list[int]:
        """The headings that are not there; those of a text that is cut off are counted apart."""
        sections = self.words.sections
        numbers = {node.number for node in self.document.sections if node.kind == "implied"}
        numbers |= unknown
        stands = found | {self.words.index[n] for n in numbers if n in self.words.index}
        last = max(stands, default=-1)
        tail = [words for words in sections[last + 1 :] if not words.optional]
        if not tail:
            return [k for k in range(len(sections)) if k not in found]
        if last >= 0:
            self.cut_in = sections[last].section.number
        for words in tail:
            self._count(CUT, words.section.number, words.heading, len(self.document.text))
        return [k for k in range(last + 1) if k not in found]

    def _moved_headings(self, events: list[_Event]) -> None:
        sections = self.words.sections
        levels: dict[str | None, list[_Event]] = {}
        for event in events:
            if event.index >= 0:
                levels.setdefault(sections[event.index].section.parent, []).append(event)
        for level in levels.values():
            self._moved(level)

    # -- what all kinds of things share -------------------------------------------------------

    def _moved(self, events: list[_Event]) -> None:
        """Counts the declared things that stand out of order: as few as can be."""
        in_order = _longest_rise([event.index for event in events])
        for k, event in enumerate(events):
            if k not in in_order:
                what, _, section, name, _ = event.key
                behind = events[k - 1].key.name if k else ""
                key = self._key(f"{MOVED}{what}", section, name, behind)
                self._see(key, event.offset, known=False)

    def _pair(self, events: list[_Event], absent: dict[int, Key]) -> None:
        """Counts which unknown things meet which absent ones, and where they stand."""
        before = -1
        for k, event in enumerate(events):
            if event.index >= 0:
                before = event.index
                continue
            after = next((e.index for e in events[k:] if e.index >= 0), _FAR)
            for index, key in absent.items():
                if key.what != event.key.what:
                    continue
                is_heading = key.what == What.HEADING
                in_place = before < index < after or (
                    is_heading and key.section == event.key.section
                )
                pair = (event.key, key)
                if pair not in self.together:
                    self.together[pair] = Together(1, int(in_place))

    def _title(self) -> None:
        found = {d.code: d for d in self.document.diagnostics}
        fund = self.document.description.fund
        if not self.has_headings:
            return
        title = self.words.layout.title(None)
        if "ESR104" in found:
            self._miss(self._key(What.TITLE, "", title), 0)
        elif fund is None or isinstance(fund, Fund):
            self._count(What.TITLE, "", title)
        else:
            offset = found["ESR111"].span.start if "ESR111" in found else 0
            self._see(self._key(What.TITLE, "", self.words.layout.title(fund)), offset, known=False)

    # -- what stands under a heading ----------------------------------------------------------

    def _section(self, node: SectionNode, words: SectionWords) -> None:
        number = words.section.number
        state = self.states.get(number)
        if state is None:
            state = self.states[number] = _SectionState(words, node.span.start)
            self._count(SECTION, number, words.heading, node.span.start)
        if not words.lines:
            return
        for child in node.nodes:
            if isinstance(child, FieldNode):
                self._field(state, child)
            elif child.kind == "prose":
                state.text += _lines_of(child.text, child.span.start)

    def _field(self, state: _SectionState, node: FieldNode) -> None:
        words = state.words
        number, start = words.section.number, node.span.start
        places = words.places.get(node.label, ())
        if not node.is_known or not places:
            self._unknown(state, What.LABEL, _one_line(node.label), start)
            return
        index = state.next_of(places)
        known = words.lines[index]
        key = self._key(known.what, number, known.name)
        if index in state.taken:
            # The column heads of a table may each stand in a cell of their own.
            if known.type is not None:
                self._unknown(state, known.what, numbered(known.name, 2), start)
        else:
            state.taken.add(index)
            state.last = max(state.last, index)
            state.events.append(_Event(start, index, key))
            self._see(key, start, known=True)
            self._value(number, known, node)
        if node.note and not isinstance(words.section.content, Fields):
            note = line_view(node.text).rindex(line_view(node.note))
            state.text += _lines_of(node.note, start + note)

    def _unknown(self, state: _SectionState, what: What, name: str, offset: int) -> None:
        if len(state.events) < _MOST_EVENTS and name:
            key = self._key(what, state.words.section.number, name)
            state.events.append(_Event(offset, -1, key))
            self._see(key, offset, known=False)

    def _value(self, section: str, known: Known, node: FieldNode) -> None:
        start, value = node.span.start, node.value
        words = words_of(known.type)
        if known.path is not None and known.type is not None:
            for row in _rows(self.document, self.words, section, known.path):
                self._shape(section, known, known.type.format(row), start)
        elif words and value:
            is_known = squeeze(value) in map(squeeze, words)
            key = self._key(What.WORD, section, _one_line(value), known.name)
            self._see(key, start, known=is_known)
        elif known.type is not None:
            self._shape(section, known, value, start)
        elif known.what is What.ASPECT:
            shape = _DIGITS.sub("9", value)
            key = self._key(What.SHAPE, section, shape, known.name)
            self._see(key, start, known=shape == _SCORES)

    def _shape(self, section: str, known: Known, value: str, start: int) -> None:
        assert known.type is not None
        shape = shape_of(value, known.type)
        key = self._key(What.SHAPE, section, shape, known.name)
        expected = shape if shape == EMPTY else canonical_shape(value, known.type)
        if known.type is PARTNER:
            expected = _PARTNER
        self._see(key, start, known=shape == expected)
        if expected is not None and shape != expected:
            pair = (key, self._key(What.SHAPE, section, expected, known.name))
            self.together[pair] = Together(1, 1)
