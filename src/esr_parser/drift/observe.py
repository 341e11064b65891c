"""Taking the fingerprint of a document: what it has, what it has not, and where.

Only the tree is looked at, and what the parser took for noise is not there: a heading in other
letters, a wrapped label or a padded table leaves the same fingerprint as the canonical text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import attrs

from esr_parser.document import Document, FieldNode, SectionNode
from esr_parser.drift.fingerprint import Fingerprint, Key, Pair, Place, Tally, Together
from esr_parser.drift.lines import Line, lines_of, looks_like_dimension, unknown_lines
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
from esr_parser.grammar import Fields, Scores
from esr_parser.model import Fund
from esr_parser.noise import FURNITURE, line_view, squeeze

__all__ = ["CUT", "DOCUMENTS", "HEADINGS", "MOVED", "NO_DESCRIPTION", "SECTION", "fingerprint"]

DOCUMENTS = "documents"
"""Counts the descriptions of a programme period."""
HEADINGS = "headings"
"""… those that have headings at all: some tools drop every one."""
SECTION = "section"
"""… those that have a section, with its heading or without."""
CUT = "cut"
"""… those that end before a section, because the rest of the text is not there."""
MOVED = "moved "
"""Before the kind of what stands out of order."""
NO_DESCRIPTION = "no description"

_FOREIGN = frozenset({"ESR101", "ESR102"})
_MOST_EVENTS = 200
"""Things of one section in one text; no real one comes near."""
_LONGEST_NAME = 160
_FAR = 1 << 30
_SCORES = "9 9"
_DIGITS = re.compile(r"\d+")
_SCORES_ON = re.compile(r"[\s|]+(\d[\d\s|/.,:-]{0,20})$")


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


_NOTHING = _Event(-1, -1, Key("", "", "", ""))


@attrs.define
class _State:
    """What is known of a section, which may be in several pieces."""

    words: SectionWords
    start: int
    events: list[_Event] = attrs.field(factory=list)
    taken: set[int] = attrs.field(factory=set)
    text: list[Line] = attrs.field(factory=list)
    """Lines that are no declared thing."""
    twins: dict[str, list[FieldNode]] = attrs.field(factory=dict)
    """The lines of labels that are declared more than once."""

    def index_before(self, offset: int) -> int:
        """Which declared line stands before a place in the text."""
        known = (e for e in self.events if e.index >= 0 and e.offset < offset)
        return max(known, key=lambda e: e.offset, default=_NOTHING).index


class _Observer:
    """Takes the fingerprint of one description."""

    def __init__(self, document: Document, words: LayoutWords, file: str, line: int) -> None:
        self.document = document
        self.words = words
        self.file = file
        self.line = line
        self.breaks = [match.start() for match in re.finditer("\n", line_view(document.text))]
        self.seen: dict[Key, Tally] = {}
        self.absent: dict[Key, Tally] = {}
        self.together: dict[Pair, Together] = {}
        self.has_headings = True
        self.cut_in = ""
        """The number of the section that the text ends in, where it was cut off."""

    def fingerprint(self) -> Fingerprint:
        self._count(DOCUMENTS, "")
        self._headings()
        self._title()
        states: dict[str, _State] = {}
        for node in self.document.sections:
            if node.kind in ("section", "implied") and node.number is not None:
                start = node.span.start
                state = states.get(node.number)
                if state is None:
                    words = self.words.by_number[node.number]
                    state = states[node.number] = _State(words, start)
                    self._count(SECTION, node.number, words.heading, start)
                self._section(state, node)
        for state in states.values():
            if state.words.lines:
                self._settle(state)
        return Fingerprint(1, self.seen, self.absent, self.together)

    # -- counting -----------------------------------------------------------------------------

    def _key(self, what: str, section: str, name: str, of: str = "") -> Key:
        return Key(str(what), self.words.period, section, name, of)

    def _place(self, offset: int) -> Place:
        return Place(self.file, self.line + bisect_left(self.breaks, offset))

    def _see(self, key: Key, offset: int, *, known: bool) -> None:
        if key not in self.seen:
            self.seen[key] = Tally(1, (self._place(offset),), known)

    def _miss(self, key: Key, offset: int) -> None:
        self.absent[key] = Tally(1, (self._place(offset),), known=True)

    def _count(self, what: str, section: str, name: str = "", offset: int = 0) -> None:
        self._see(self._key(what, section, name), offset, known=True)

    # -- headings -----------------------------------------------------------------------------

    def _headings(self) -> None:
        nodes = self.document.sections
        events = [event for node in nodes if (event := self._heading(node)) is not None]
        self.has_headings = len(events) > sum(node.kind == "implied" for node in nodes)
        for event in events:
            self._see(event.key, event.offset, known=event.index >= 0)
        if not self.has_headings:
            return
        self._count(HEADINGS, "")
        absent = {k: self._heading_key(k) for k in self._absent_headings(events)}
        self._settle_events(events, absent, 0)

    def _heading(self, node: SectionNode) -> _Event | None:
        """The heading of a section as it stands."""
        number, start = node.number, node.span.start
        if number is None or node.kind not in ("section", "repeated", "unknown"):
            return None
        index = self.words.index.get(number, -1)
        if node.kind == "unknown" or index < 0:
            name = self.words.layout.heading(number, _one_line(node.title or ""))
        elif node.kind == "repeated":
            name = numbered(self.words.sections[index].heading, 2)
        else:
            text = node.nodes[0].text
            if self.words.sections[index].is_title(text):
                return _Event(start, index, self._heading_key(index))
            name = _one_line(text)
        return _Event(start, -1, self._key(What.HEADING, number, name))

    def _heading_key(self, index: int) -> Key:
        words = self.words.sections[index]
        return self._key(What.HEADING, words.section.number, words.heading)

    def _absent_headings(self, events: list[_Event]) -> list[int]:
        """The headings that are not there; those of a text that is cut off are counted apart."""
        sections, index = self.words.sections, self.words.index
        found = {event.index for event in events}
        numbers = {event.key.section for event in events}
        numbers |= {node.number or "" for node in self.document.sections if node.kind == "implied"}
        last = max((index[number] for number in numbers if number in index), default=-1)
        tail = [words for words in sections[last + 1 :] if not words.optional]
        if tail and last >= 0:
            self.cut_in = sections[last].section.number
        for words in tail:
            self._count(CUT, words.section.number, words.heading, len(self.document.text))
        end = last + 1 if tail else len(sections)
        return [k for k in range(end) if k not in found]

    def _title(self) -> None:
        if not self.has_headings:
            return
        found = {d.code: d.span.start for d in self.document.diagnostics}
        title = self.words.layout.title
        if "ESR104" in found:
            self._miss(self._key(What.TITLE, "", title(None)), 0)
        elif "ESR111" in found:
            fund = str(self.document.description.fund)
            self._see(self._key(What.TITLE, "", title(fund)), found["ESR111"], known=False)
        else:
            self._count(What.TITLE, "", title(None))

    # -- what stands under a heading ----------------------------------------------------------

    def _section(self, state: _State, node: SectionNode) -> None:
        for child in node.nodes:
            if isinstance(child, FieldNode):
                self._field(state, child)
            elif child.kind == "prose":
                state.text += lines_of(child.text, child.span.start)

    def _field(self, state: _State, node: FieldNode) -> None:
        words, start = state.words, node.span.start
        places = words.places.get(node.label, ())
        if not node.is_known or not places:
            if self._is_cut_off(words, node):
                self.cut_in = words.section.number
            else:
                self._unknown(state, What.LABEL, node.label, start)
        elif len(places) == 1:
            self._known(state, places[0], node)
        else:
            state.twins.setdefault(node.label, []).append(node)
        if node.note and not isinstance(words.section.content, Fields):
            note = line_view(node.text).rindex(line_view(node.note))
            state.text += lines_of(node.note, start + note)

    def _is_cut_off(self, words: SectionWords, node: FieldNode) -> bool:
        """Whether the text ends in the middle of a label."""
        is_last = not self.document.text[node.span.end :].strip()
        return is_last and any(known.name.startswith(node.label) for known in words.lines)

    def _known(self, state: _State, index: int, node: FieldNode) -> None:
        known, start = state.words.lines[index], node.span.start
        number = state.words.section.number
        if index not in state.taken:
            state.taken.add(index)
            key = self._key(known.what, number, known.name)
            state.events.append(_Event(start, index, key))
            self._see(key, start, known=True)
            self._value(number, known, node)
        elif known.type is not None:
            # Column heads, which have no value, may each stand in a cell of their own.
            self._unknown(state, known.what, numbered(known.name, 2), start)

    def _twins(self, state: _State) -> None:
        """Lines of one label: the n-th is the n-th declared, if all of them are there."""
        for label, nodes in state.twins.items():
            places = state.words.places[label]
            for k, node in enumerate(nodes):
                index = places[min(k, len(places) - 1)]
                if len(nodes) < len(places):
                    before = state.index_before(node.span.start)
                    free = [place for place in places if place not in state.taken]
                    index = min(free, key=lambda place: abs(place - before - 1))
                self._known(state, index, node)

    def _unknown(self, state: _State, what: What, name: str, offset: int) -> None:
        if len(state.events) < _MOST_EVENTS:
            key = self._key(what, state.words.section.number, _one_line(name))
            state.events.append(_Event(offset, -1, key))
            self._see(key, offset, known=False)

    def _value(self, section: str, known: Known, node: FieldNode) -> None:
        start, kind = node.span.start, known.type
        words = words_of(kind)
        if known.what is What.ASPECT:
            self._scores(section, known, node.value, start)
        elif kind is None:
            return
        elif known.path is not None:
            for row in self._rows(section, known.path):
                self._shape(section, known, kind.format(row), start)
        elif words and node.value:
            key = self._key(What.WORD, section, _one_line(node.value), known.name)
            self._see(key, start, known=squeeze(node.value) in map(squeeze, words))
        else:
            self._shape(section, known, node.value, start)

    def _shape(self, section: str, known: Known, value: str, start: int) -> None:
        assert known.type is not None
        shape = shape_of(value, known.type)
        expected = EMPTY if shape == EMPTY else canonical_shape(value, known.type)
        key = self._key(What.SHAPE, section, shape, known.name)
        self._see(key, start, known=shape == expected)
        if expected is not None and shape != expected:
            pair = (key, self._key(What.SHAPE, section, expected, known.name))
            self.together[pair] = Together(1, 1)

    def _scores(self, section: str, known: Known, value: str, start: int) -> None:
        shape = _DIGITS.sub("9", value) or EMPTY
        key = self._key(What.SHAPE, section, shape, known.name)
        self._see(key, start, known=shape in (_SCORES, EMPTY))
        if shape not in (_SCORES, EMPTY):
            pair = (key, self._key(What.SHAPE, section, _SCORES, known.name))
            self.together[pair] = Together(1, 1)

    def _rows(self, section: str, path: str) -> Sequence[Any]:
        """The values of rows, put together where a tool had wrapped them."""
        description = self.document.description
        key = self.words.by_number[section].section.key
        part: Any = getattr(description, key, None)
        if part is None:
            part = description.extensions.get(key)
        for name in path.split("."):
            part = getattr(part, name, None)
        return part or ()

    # -- judging a section --------------------------------------------------------------------

    def _settle(self, state: _State) -> None:
        """Finds unknown things among the text, then what is absent and what stands elsewhere."""
        section = state.words.section
        self._twins(state)
        if isinstance(section.content, Scores):
            self._odd_scores(state)
        for look in unknown_lines(section, state.text, bare=self.has_headings):
            self._unknown(state, look.what, look.name, look.offset)
        state.events.sort()
        absent = self._absent_lines(state)
        if isinstance(section.content, Scores):
            self._dimensions(state, absent)
        keys: dict[int, Key] = {}
        for k in absent:
            known = state.words.lines[k]
            keys[k] = self._key(known.what, section.number, known.name)
        self._settle_events(state.events, keys, state.start)

    def _absent_lines(self, state: _State) -> list[int]:
        words = state.words
        is_cut = self.cut_in == words.section.number
        is_flagged = any(words.lines[k].name in words.flags for k in state.taken)
        is_empty = isinstance(words.section.content, Scores) and not any(
            event.key.what == What.ASPECT for event in state.events
        )
        if is_cut or is_flagged or is_empty:
            return []
        return [k for k in range(len(words.lines)) if k not in state.taken]

    def _odd_scores(self, state: _State) -> None:
        """Rows of known aspects with something else than two numbers behind the name."""
        words = state.words
        rest: list[Line] = []
        missing = {
            squeeze(known.name): k
            for k, known in enumerate(words.lines)
            if k not in state.taken and known.what is What.ASPECT
        }
        for line in state.text:
            tail = _SCORES_ON.search(line.text)
            name = squeeze(line.text[: tail.start()]) if tail is not None else ""
            if tail is None or name not in missing:
                rest.append(line)
                continue
            k = missing.pop(name)
            known = words.lines[k]
            key = self._key(known.what, words.section.number, known.name)
            state.taken.add(k)
            state.events.append(_Event(line.offset, k, key))
            self._see(key, line.offset, known=True)
            self._scores(words.section.number, known, tail[1], line.offset)
        state.text = rest

    def _dimensions(self, state: _State, absent: list[int]) -> None:
        """A line where an absent dimension should stand may be its new name."""
        lines = state.words.lines
        offsets = [line.offset for line in state.text]
        for k in absent:
            if lines[k].what is not What.DIMENSION:
                continue
            after = next((e.offset for e in state.events if e.index > k), None)
            if after is None:
                continue
            position = bisect_left(offsets, after) - 1
            taken = {event.offset for event in state.events}
            if position >= 0 and offsets[position] not in taken:
                line = state.text[position]
                if looks_like_dimension(line):
                    self._unknown(state, What.DIMENSION, line.text, line.offset)
        state.events.sort()

    # -- what headings and lines share --------------------------------------------------------

    def _settle_events(self, events: list[_Event], absent: dict[int, Key], start: int) -> None:
        """Counts what is absent, what meets it, and what stands out of order."""
        known = [event for event in events if event.index >= 0]
        for index, key in absent.items():
            self._miss(key, max((e.offset for e in known if e.index < index), default=start))
        before = -1
        for k, event in enumerate(events):
            if event.index >= 0:
                before = event.index
                continue
            after = next((e.index for e in events[k:] if e.index >= 0), _FAR)
            for index, key in absent.items():
                if key.what == event.key.what:
                    same = key.what == What.HEADING and key.section == event.key.section
                    in_place = before < index < after or same
                    self.together.setdefault((event.key, key), Together(1, int(in_place)))
        for level in self._levels(known):
            numbers = [event.index for event in level]
            in_order = range(len(numbers)) if sorted(numbers) == numbers else _longest_rise(numbers)
            for k, event in enumerate(level):
                if k not in in_order:
                    what, _, section, name, _ = event.key
                    behind = level[k - 1].key.name if k else ""
                    key = self._key(f"{MOVED}{what}", section, name, behind)
                    self._see(key, event.offset, known=False)

    def _levels(self, events: list[_Event]) -> Iterator[list[_Event]]:
        """Events that are to be in order among each other: subsections move with their section."""
        levels: dict[str | None, list[_Event]] = {}
        for event in events:
            is_heading = event.key.what == What.HEADING
            section = self.words.by_number[event.key.section].section
            levels.setdefault(section.parent if is_heading else None, []).append(event)
        yield from levels.values()


def _one_line(text: str) -> str:
    """A name as it stands, without what tools do to it; nothing that cannot be written."""
    bare = " ".join(text.strip(FURNITURE).split())[:_LONGEST_NAME]
    return bare.encode("utf-8", "replace").decode("utf-8")


def _longest_rise(numbers: list[int]) -> set[int]:
    """The positions of a longest rising subsequence: what is left stands out of order.

    >>> sorted(_longest_rise([0, 4, 1, 2, 3]))
    [0, 2, 3, 4]
    """
    length: list[int] = []
    before: list[int] = []
    for k, number in enumerate(numbers):
        best = max((j for j in range(k) if numbers[j] < number), key=lambda j: length[j], default=-1)
        before.append(best)
        length.append(1 if best < 0 else length[best] + 1)
    position = max(range(len(numbers)), key=lambda k: length[k], default=-1)
    kept: set[int] = set()
    while position >= 0:
        kept.add(position)
        position = before[position]
    return kept
