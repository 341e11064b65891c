"""What one description has and has not, as it is found out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from esr_parser.drift.tallies import MOVED, Fingerprint, Key, Pair, Place, Tally, Together
from esr_parser.drift.words import LayoutWords, What
from esr_parser.noise import FURNITURE, line_view

__all__ = ["Event", "Sightings", "one_line"]

_LONGEST_NAME = 160
_FAR = 1 << 30


def one_line(text: str) -> str:
    """A name as it stands, without what tools do to it; nothing that cannot be written."""
    bare = " ".join(text.strip(FURNITURE).split())[:_LONGEST_NAME]
    return bare.encode("utf-8", "replace").decode("utf-8")


class Event(NamedTuple):
    """A line that is a thing of the format, or looks like one."""

    offset: int
    which: int
    """Which of the declared things it is; -1 for an unknown one."""
    key: Key


class Sightings:
    """Collects what is seen in one text; each thing counts once, where it is seen first."""

    def __init__(self, words: LayoutWords, text: str, file: str, line: int) -> None:
        self.words = words
        self._file = file
        self._line = line
        self._breaks = [match.start() for match in re.finditer("\n", line_view(text))]
        self._seen: dict[Key, Tally] = {}
        self._absent: dict[Key, Tally] = {}
        self._together: dict[Pair, Together] = {}

    def fingerprint(self) -> Fingerprint:
        """What was seen."""
        return Fingerprint(1, self._seen, self._absent, self._together)

    def key(self, what: str, section: str, name: str, of: str = "") -> Key:
        """A thing of this text's programme period."""
        return Key(str(what), self.words.period, section, name, of)

    def see(self, key: Key, offset: int, *, known: bool) -> None:
        """Counts a thing that stands at an offset of the text."""
        if key not in self._seen:
            self._seen[key] = Tally(1, (self._place(offset),), known)

    def count(self, what: str, section: str = "", name: str = "", offset: int = 0) -> None:
        """Counts something that is known."""
        self.see(self.key(what, section, name), offset, known=True)

    def miss(self, key: Key, offset: int) -> None:
        """Counts a declared thing that is not there, though it should stand near an offset."""
        self._absent[key] = Tally(1, (self._place(offset),), known=True)

    def meet(self, key: Key, other: Key, *, in_place: bool) -> None:
        """Counts an unknown thing that may stand for a declared one."""
        self._together.setdefault((key, other), Together(1, int(in_place)))

    def _place(self, offset: int) -> Place:
        return Place(self._file, self._line + bisect_left(self._breaks, offset))

    def settle(self, events: list[Event], absent: Mapping[int, Key], start: int) -> None:
        """Counts what is absent, what unknown things may stand for it, and what was moved.

        Args:
            events: Things in text order.
            absent: The declared ones that are not among them, by their place in printed order.
            start: Where an absent first one should stand.
        """
        known = [event for event in events if event.which >= 0]
        for index, key in absent.items():
            self.miss(key, max((e.offset for e in known if e.which < index), default=start))
        for before, unknown, after in _runs(events):
            for what in dict.fromkeys(event.key.what for event in unknown):
                new = [event.key for event in unknown if event.key.what == what]
                old = {index: key for index, key in absent.items() if key.what == what}
                gap = [index for index in old if before < index < after]
                for k, key in enumerate(new):
                    # As many new names as absent ones: the n-th stands for the n-th.
                    places = gap[k : k + 1] if len(gap) == len(new) else gap
                    for index, other in old.items():
                        is_heading = what == What.HEADING
                        in_place = key.section == other.section if is_heading else index in places
                        self.meet(key, other, in_place=in_place)
        in_place_of = {key.section: Event(0, index, key) for index, key in absent.items()}
        for level in self._levels([_standing(event, in_place_of) for event in events]):
            self._moved(level)

    def _levels(self, events: list[Event]) -> Iterator[list[Event]]:
        """Events that are to be in order among each other: subsections move with their section."""
        levels: dict[str | None, list[Event]] = {}
        for event in events:
            if event.which < 0:
                continue
            is_heading = event.key.what == What.HEADING
            section = self.words.by_number[event.key.section].section
            levels.setdefault(section.parent if is_heading else None, []).append(event)
        yield from levels.values()

    def _moved(self, level: list[Event]) -> None:
        in_order = _longest_rise([event.which for event in level])
        for k, event in enumerate(level):
            if k not in in_order:
                what, _, section, name, _ = event.key
                behind = level[k - 1].key.name if k else ""
                self.see(
                    self.key(f"{MOVED}{what}", section, name, behind), event.offset, known=False
                )


def _standing(event: Event, absent: Mapping[str, Event]) -> Event:
    """A heading with a new title has the place of the section whose number it has."""
    if event.which >= 0 or event.key.what != What.HEADING or event.key.section not in absent:
        return event
    return absent[event.key.section]._replace(offset=event.offset)


def _runs(events: list[Event]) -> Iterator[tuple[int, list[Event], int]]:
    """Unknown things that stand together, with the declared ones before and after them."""
    before = -1
    run: list[Event] = []
    for event in events:
        if event.which < 0:
            run.append(event)
            continue
        if run:
            yield before, run, event.which
        before, run = event.which, []
    if run:
        yield before, run, _FAR


def _longest_rise(numbers: list[int]) -> set[int]:
    """The positions of a longest rising subsequence: what is left stands out of order.

    >>> sorted(_longest_rise([0, 4, 1, 2, 3]))
    [0, 2, 3, 4]
    """
    if sorted(numbers) == numbers:
        return set(range(len(numbers)))
    length: list[int] = []
    before: list[int] = []
    for k, number in enumerate(numbers):
        smaller = (j for j in range(k) if numbers[j] < number)
        best = max(smaller, key=lambda j: length[j], default=-1)
        before.append(best)
        length.append(1 if best < 0 else length[best] + 1)
    position = length.index(max(length))
    kept: set[int] = set()
    while position >= 0:
        kept.add(position)
        position = before[position]
    return kept
