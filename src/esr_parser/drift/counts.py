"""Counts of a corpus, what they are out of, and when two of them differ."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping

from esr_parser.drift.findings import Thresholds
from esr_parser.drift.fingerprint import Fingerprint, Key, Tally
from esr_parser.drift.observe import CUT, DOCUMENTS, HEADINGS, MOVED, SECTION
from esr_parser.drift.words import What

__all__ = ["Corpus", "has_moved"]

_VALUES = frozenset({What.WORD, What.SHAPE})


class Corpus:
    """A fingerprint, with what its counts are out of."""

    def __init__(self, fingerprint: Fingerprint, thresholds: Thresholds) -> None:
        self.fingerprint = fingerprint
        self.seen = fingerprint.seen
        self._sections: Counter[tuple[str, str]] = Counter()
        self._labels: Counter[tuple[str, str, str]] = Counter()
        for (what, period, section, name, _), tally in self.seen.items():
            if what == SECTION:
                self._sections[period, section] += tally.count
            elif what in (What.LABEL, What.QUESTION, What.ASPECT):
                self._labels[period, section, name] += tally.count
        self.absent = dict(fingerprint.absent)
        for heading, tally in self._cut_off(thresholds):
            old = self.absent.get(heading)
            self.absent[heading] = tally if old is None else old + tally
        # A label that both programme periods have may drift in one description of each.
        self.totals = _totals(self.seen)
        self.lacks = _totals(self.absent)

    def _cut_off(self, thresholds: Thresholds) -> Iterator[tuple[Key, Tally]]:
        """The headings behind the end of texts, where many texts end there."""
        for key, tally in self.seen.items():
            if key.what == CUT:
                heading = key._replace(what=str(What.HEADING))
                if tally.count >= thresholds.cut * self.of(heading):
                    yield heading, tally

    def has(self, period: str) -> bool:
        """Whether there are descriptions of a programme period."""
        return not period or Key(DOCUMENTS, period, "", "") in self.seen

    def count(self, key: Key) -> int:
        """How many descriptions have a thing."""
        tally = self.seen.get(key)
        return 0 if tally is None else tally.count

    def lack(self, key: Key) -> int:
        """How many have it not, though it is declared."""
        tally = self.absent.get(key)
        return 0 if tally is None else tally.count

    def of(self, key: Key) -> int:
        """How many descriptions could have a thing."""
        if key in self.absent:
            return self.count(key) + self.lack(key)
        what = key.what.removeprefix(MOVED)
        if what == What.TEXT:
            return self.fingerprint.documents
        if what in (What.HEADING, What.TITLE):
            return self.fingerprint.count(HEADINGS, key.period, "", "")
        if what in _VALUES:
            return self._labels[key.period, key.section, key.of]
        return self._sections[key.period, key.section]


def _totals(tallies: Mapping[Key, Tally]) -> Counter[tuple[str, str, str]]:
    totals: Counter[tuple[str, str, str]] = Counter()
    for key, tally in tallies.items():
        totals[key.what, key.name, key.of] += tally.count
    return totals


def has_moved(before: tuple[int, int], now: tuple[int, int], thresholds: Thresholds) -> bool:
    """Whether two shares differ by much, and by more than chance.

    >>> has_moved((49, 50), (2, 50), Thresholds()), has_moved((30, 50), (20, 50), Thresholds())
    (True, False)
    """
    (seen, of), (seen_now, of_now) = before, now
    if not of or not of_now:
        return False
    difference = abs(seen_now / of_now - seen / of)
    pooled = (seen + seen_now) / (of + of_now)
    deviation = math.sqrt(pooled * (1 - pooled) * (1 / of + 1 / of_now))
    return difference >= thresholds.rate and difference >= thresholds.deviations * deviation
