"""Two corpora side by side: what counts are out of, and when they are enough, or differ."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher

import attrs

from esr_parser.drift.findings import Change, Drift, Thresholds
from esr_parser.drift.tallies import (
    CUT,
    DOCUMENTS,
    HEADINGS,
    MOVED,
    SECTION,
    Fingerprint,
    Key,
    Pair,
    Tally,
    Together,
)
from esr_parser.drift.words import Known, LayoutWords, What, without_number
from esr_parser.grammar import Layout

__all__ = ["Corpus", "Found", "Measure", "has_moved", "likeness"]

_VALUES = frozenset({What.WORD, What.SHAPE})
_IN_TEXT = frozenset({What.QUESTION, What.DIMENSION, What.ASPECT})


def likeness(a: Key, b: Key) -> float:
    """How much two names are alike, 0-1; numbers of headings and letter case do not matter."""
    old, new = a.name.casefold(), b.name.casefold()
    if a.what == What.HEADING:
        old, new = without_number(old), without_number(new)
    return SequenceMatcher(None, old, new, autojunk=False).ratio()


class Corpus:
    """A fingerprint, with what its counts are out of."""

    def __init__(self, fingerprint: Fingerprint, thresholds: Thresholds) -> None:
        self.documents: int = fingerprint.documents
        self.seen: Mapping[Key, Tally] = fingerprint.seen
        self.together: Mapping[Pair, Together] = fingerprint.together
        self._headings: Counter[str] = Counter()
        self._sections: Counter[tuple[str, str]] = Counter()
        self._labels: Counter[tuple[str, str, str]] = Counter()
        for (what, period, section, name, _), tally in self.seen.items():
            if what == HEADINGS:
                self._headings[period] += tally.count
            elif what == SECTION:
                self._sections[period, section] += tally.count
            elif what in (What.LABEL, What.QUESTION, What.ASPECT):
                self._labels[period, section, name] += tally.count
        self.absent: dict[Key, Tally] = dict(fingerprint.absent)
        for heading, tally in self._cut_off(thresholds):
            old = self.absent.get(heading)
            self.absent[heading] = tally if old is None else old + tally
        # A label that both programme periods have may drift in one description of each.
        self.totals: Counter[tuple[str, str, str]] = _totals(self.seen)
        self.lacks: Counter[tuple[str, str, str]] = _totals(self.absent)

    def _cut_off(self, thresholds: Thresholds) -> Iterator[tuple[Key, Tally]]:
        """The headings behind the end of texts, where many texts end there."""
        for key, tally in self.seen.items():
            if key.what == CUT and tally.count >= thresholds.cut * self._headings[key.period]:
                yield key._replace(what=str(What.HEADING)), tally

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
            return self.documents
        if what in (What.HEADING, What.TITLE):
            return self._headings[key.period]
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


@attrs.frozen
class Found:
    """A thing that passes the thresholds."""

    key: Key
    tally: Tally
    of: int
    before: float | None
    """The share in the baseline, where there is one."""

    def drift(
        self,
        change: Change,
        *,
        old: str | None = None,
        new: str | None = None,
        closest: str | None = None,
        similarity: float | None = None,
    ) -> Drift:
        """The finding as it is reported."""
        return Drift(
            change,
            What(self.key.what),
            self.key.period,
            self.key.section,
            old,
            new,
            self.key.of or None,
            closest,
            None if similarity is None else round(similarity, 3),
            self.tally.count,
            self.of,
            self.before,
            self.tally.places,
        )


class Measure:
    """A corpus, what it is measured by, and when something is enough to be reported."""

    def __init__(
        self,
        fingerprint: Fingerprint,
        baseline: Fingerprint | None,
        thresholds: Thresholds,
        layouts: Iterable[Layout],
    ) -> None:
        self.thresholds = thresholds
        self.now: Corpus = Corpus(fingerprint, thresholds)
        self.base: Corpus | None = None if baseline is None else Corpus(baseline, thresholds)
        self.least: int = min(thresholds.documents, max(fingerprint.documents, 1))
        self.words: dict[str, LayoutWords] = {
            words.period: words for words in (LayoutWords(la, {}) for la in layouts)
        }
        self._paired = {name for name, _ in fingerprint.together}
        self._known = {
            (words.period, section.section.number, known.name): known
            for words in self.words.values()
            for section in words.sections
            for known in section.lines
        }

    def base_for(self, key: Key) -> Corpus | None:
        """The baseline, where it can say something about a thing."""
        return self.base if self.base is not None and self.base.has(key.period) else None

    def is_enough(self, total: int, count: int, of: int, share: float | None = None) -> bool:
        """Whether so many descriptions, of so many, are more than an odd one."""
        least = self.thresholds.share if share is None else share
        return total >= self.least and of > 0 and count >= least * of

    def is_odd(self, key: Key, total: int) -> bool:
        """Whether a thing is no more than one person's way of writing.

        Values are what people type in, and a line of an explanation may look like an aspect: a
        single description says nothing about them, unless a declared thing is absent from it.
        """
        is_typed = key.what in _VALUES or (key.what in _IN_TEXT and key not in self._paired)
        return is_typed and total < self.thresholds.documents

    def unseen(self, key: Key, tally: Tally, share: float | None = None) -> Found | None:
        """An unknown thing, if it is common enough, and was not there before."""
        base = self.base_for(key)
        if base is not None and base.count(key):
            return None
        of, total = self.now.of(key), self.now.totals[key.what, key.name, key.of]
        if self.is_odd(key, total) or not self.is_enough(total, tally.count, of, share):
            return None
        return Found(key, tally, of, None if base is None else 0.0)

    def known(self, key: Key, name: str) -> Known | None:
        """A declared line of the section that a thing stands in."""
        return self._known.get((key.period, key.section, name))

    def is_optional(self, key: Key) -> bool:
        """Whether the format leaves open if something is there; true of what is not declared."""
        if key.what == What.TITLE:
            return False
        if key.what == What.HEADING:
            words = self.words.get(key.period)
            section = words.by_number.get(key.section) if words is not None else None
            return section is None or section.optional
        known = self.known(key, key.name)
        return known is None or known.optional

    def declared_like(self, key: Key) -> Iterator[Key]:
        """The declared things of the same kind, among which a new one might be meant."""
        words = self.words.get(key.period)
        for section in words.sections if words is not None else ():
            number = section.section.number
            if key.what == What.HEADING:
                yield key._replace(section=number, name=section.heading)
            elif key.section == number:
                names = (known.name for known in section.lines if known.what == key.what)
                yield from (key._replace(name=name) for name in names)
