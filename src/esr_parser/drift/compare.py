"""What a corpus has that was not declared, or not recorded earlier: drift.

**When something is drift.** One odd page is no drift, and a few in a large corpus are none; the
same odd thing on several pages is. So an unknown thing, or the absence of a declared one, counts
where it is seen in two descriptions *and* in 3 % of those that could have it: in a corpus of 50,
in two; of a single description, in that one. Values are judged more slowly, because people write
what they like: words in the place of a number are drift from 10 % on. A text that ends early has
no missing sections, unless a fifth of the corpus ends early. What the format leaves open (section
9, partners, the realised number of persons) is never missing. :class:`Thresholds` has the numbers.

**When something is renamed, not new.** The declared thing must be absent from (nearly) the same
descriptions, and either be like the new one or have its place. A new label beside all the known
ones is new, however much it is like one of them. Of words of an enumeration one always takes
another's place: there likeness decides, and in a baseline, which word has gone.

**With a baseline** only what differs from the recorded corpus is drift: what was seen then is no
news. A rate has moved where the difference is large (25 points) *and* far beyond chance (four
standard deviations), so that two halves of one corpus do not differ. Of a programme period that
the baseline has not, the grammar is the measure.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

import attrs

from esr_parser.drift.findings import Change, Drift, Thresholds
from esr_parser.drift.fingerprint import Fingerprint, Key, Tally, Together
from esr_parser.drift.observe import CUT, DOCUMENTS, HEADINGS, MOVED, SECTION
from esr_parser.drift.shapes import EMPTY, SENTENCE
from esr_parser.drift.words import Known, LayoutWords, What, words_of
from esr_parser.grammar import Layout
from esr_parser.layouts import LAYOUTS

__all__ = ["compare"]

_DEFAULT = Thresholds()
_COUNTS = frozenset({DOCUMENTS, HEADINGS, SECTION, CUT})
_VALUES = frozenset({What.WORD, What.SHAPE})
_MANY = 5
"""Descriptions from which on an open place alone says that something was renamed."""


def compare(
    fingerprint: Fingerprint,
    baseline: Fingerprint | None = None,
    *,
    thresholds: Thresholds = _DEFAULT,
    layouts: Iterable[Layout] = LAYOUTS,
) -> list[Drift]:
    """What has drifted, by programme period and section.

    Args:
        fingerprint: That of the corpus.
        baseline: That of an earlier corpus; without it, the declared grammar is the measure.
        thresholds: From when on something counts.
        layouts: The declared layouts; :attr:`esr_parser.Parser.layouts` where there are handlers.

    >>> from esr_parser import parse_document
    >>> from esr_parser.drift import fingerprint
    >>> text = "5 Projektin julkinen rahoitus, euroa\\n\\nKunnan rahoitus: 500"
    >>> for drift in compare(fingerprint(parse_document(text), file="a.txt")):
    ...     print(drift.message, *drift.places)
    section 5: new label 'Kunnan rahoitus' (closest: 'Myönnetty EU- ja valtion rahoitus', 0.62 alike), in 1 of 1 (100 %) a.txt:3
    """
    comparison = _Comparison(fingerprint, baseline, thresholds, layouts)
    return sorted(comparison.drifts(), key=comparison.rank)


def likeness(a: str, b: str) -> float:
    """How much two names are alike, 0-1; case does not matter."""
    return SequenceMatcher(None, a.casefold(), b.casefold(), autojunk=False).ratio()


@attrs.frozen
class _Found:
    """A thing that passes the thresholds."""

    key: Key
    tally: Tally
    of: int
    before: float | None
    """The share in the baseline."""


class _Comparison:
    """Compares one corpus with the grammar or a baseline."""

    def __init__(
        self,
        fingerprint: Fingerprint,
        baseline: Fingerprint | None,
        thresholds: Thresholds,
        layouts: Iterable[Layout],
    ) -> None:
        self.now = Corpus(fingerprint, thresholds)
        self.base = Corpus(baseline, thresholds) if baseline is not None else None
        self.thresholds = thresholds
        self.least = min(thresholds.documents, max(fingerprint.documents, 1))
        self.words = {words.period: words for words in (LayoutWords(la, {}) for la in layouts)}
        self.known = _known_lines(self.words.values())
        self.explained: set[Key] = set()
        """Absent things that have another name now."""

    def drifts(self) -> Iterator[Drift]:
        new = {found.key: found for found in self._unknown()}
        missing = {found.key: found for found in self._missing()}
        names = {(key.period, key.section, key.name) for key in new}
        yield from self._renamed(new, missing)
        for found in new.values():
            yield self._new(found)
        for found in missing.values():
            yield _drift(Change.MISSING, found, old=found.key.name)
        yield from self._moved()
        yield from self._changed_words(names)
        yield from self._changed_shapes()
        if self.base is not None:
            yield from self._rates(self.base)

    # -- thresholds ---------------------------------------------------------------------------

    def _base_for(self, key: Key) -> Corpus | None:
        """The baseline, where it can say something about a thing."""
        return self.base if self.base is not None and self.base.has(key.period) else None

    def _is_enough(self, total: int, count: int, of: int, share: float) -> bool:
        return total >= self.least and of > 0 and count >= share * of

    def _unseen(self, key: Key, tally: Tally, share: float | None = None) -> _Found | None:
        """An unknown thing, if it is common enough, and was not there before."""
        base = self._base_for(key)
        if base is not None and base.count(key):
            return None
        of, total = self.now.of(key), self.now.totals[key.what, key.name, key.of]
        if not self._is_enough(total, tally.count, of, share or self.thresholds.share):
            return None
        return _Found(key, tally, of, None if base is None else 0.0)

    def _is_optional(self, key: Key) -> bool:
        if key.what == What.TITLE:
            return False
        if key.what == What.HEADING:
            words = self.words.get(key.period)
            section = words.by_number.get(key.section) if words is not None else None
            return section is None or section.optional
        known = self.known.get((key.period, key.section, key.name))
        return known is None or known.optional

    # -- new, missing, renamed ----------------------------------------------------------------

    def _unknown(self) -> Iterator[_Found]:
        for key, tally in self.now.seen.items():
            if not tally.known and key.what in _NAMED:
                found = self._unseen(key, tally)
                if found is not None:
                    yield found

    def _missing(self) -> Iterator[_Found]:
        for key, tally in self.now.absent.items():
            of, base = self.now.of(key), self._base_for(key)
            before = 0.0
            if base is not None and base.of(key):
                before = base.lack(key) / base.of(key)
            is_open = self._is_optional(key)
            if base is not None and (is_open or before):
                # It was not always there: then only its going altogether is told from a rate.
                lacks = (base.lack(key), base.of(key)), (tally.count, of)
                is_missing = not self.now.count(key) and has_moved(*lacks, self.thresholds)
            else:
                total = self.now.lacks[key.what, key.name, key.of]
                is_missing = not is_open and self._is_enough(
                    total, tally.count, of, self.thresholds.share
                )
            if is_missing:
                yield _Found(key, tally, of, None if base is None else before)

    def _renamed(self, new: dict[Key, _Found], missing: dict[Key, _Found]) -> Iterator[Drift]:
        """Pairs of new and absent things; what they explain is neither new nor missing."""
        left = {key: tally.count for key, tally in self.now.absent.items()}
        explained: Counter[Key] = Counter()
        options = sorted(self._options(new), key=lambda option: (-option[0], option[1:]))
        for _, name, old in options:
            found = new.get(name)
            if found is None or 2 * left[old] < found.tally.count:
                continue
            del new[name]
            left[old] -= found.tally.count
            explained[old] += found.tally.count
            self.explained.add(old)
            yield _drift(
                Change.RENAMED,
                attrs.evolve(found, key=found.key._replace(section=old.section)),
                old=old.name,
                new=name.name,
                similarity=_likeness(old, name),
            )
        for old, count in explained.items():
            found = missing.pop(old, None)
            rest = left[old]
            if found is not None and rest > count and rest >= self.thresholds.share * found.of:
                missing[old] = attrs.evolve(found, tally=attrs.evolve(found.tally, count=rest))

    def _options(self, new: dict[Key, _Found]) -> Iterator[tuple[float, Key, Key]]:
        """What may have been renamed to what, with how much speaks for it."""
        limits = self.thresholds
        for (name, old), times in self.now.fingerprint.together.items():
            found = new.get(name)
            if found is None or old not in self.now.absent:
                continue
            base = self._base_for(old)
            if base is not None and not base.count(old):
                continue
            most = limits.overlap * found.tally.count
            if times.times < most:
                continue
            alike, in_place = _likeness(old, name), times.in_place >= most
            same = old.what == What.HEADING and old.section == name.section
            # Where the format leaves something out, a new thing may stand in its place by chance.
            is_sure = same or base is not None or not self._is_optional(old)
            if alike >= limits.similarity or (in_place and is_sure):
                yield alike + in_place / 2, name, old

    def _new(self, found: _Found) -> Drift:
        key = found.key
        closest = max(self._declared_like(key), key=lambda k: _likeness(k, key), default=None)
        return _drift(
            Change.NEW,
            found,
            new=key.name,
            closest=None if closest is None else closest.name,
            similarity=None if closest is None else _likeness(closest, key),
        )

    def _declared_like(self, key: Key) -> Iterator[Key]:
        """The declared things among which a new one might be meant."""
        words = self.words.get(key.period)
        if words is None:
            return
        if key.what == What.HEADING:
            for section in words.sections:
                yield key._replace(section=section.section.number, name=section.heading)
        elif key.section in words.by_number:
            for known in words.by_number[key.section].lines:
                if known.what == key.what:
                    yield key._replace(name=known.name)

    # -- order --------------------------------------------------------------------------------

    def _moved(self) -> Iterator[Drift]:
        groups: defaultdict[Key, list[tuple[Key, Tally]]] = defaultdict(list)
        totals: Counter[tuple[str, str]] = Counter()
        for key, tally in self.now.seen.items():
            if key.what.startswith(MOVED):
                groups[key._replace(of="")].append((key, tally))
                totals[key.what, key.name] += tally.count
        for key, group in groups.items():
            base = self._base_for(key)
            if base is not None and any(k._replace(of="") == key for k in base.seen):
                continue
            count, of = sum(tally.count for _, tally in group), self.now.of(key)
            if self._is_enough(totals[key.what, key.name], count, of, self.thresholds.share):
                group.sort(key=lambda pair: (-pair[1].count, pair[0]))
                tally = sum((tally for _, tally in group), Tally(0))
                thing = key._replace(what=key.what.removeprefix(MOVED))
                found = _Found(thing, tally, of, None if base is None else 0.0)
                yield _drift(Change.MOVED, found, old=key.name, new=group[0][0].of)

    # -- values -------------------------------------------------------------------------------

    def _changed_words(self, labels: set[tuple[str, str, str]]) -> Iterator[Drift]:
        gone = list(self._gone_words())
        for key, tally in self.now.seen.items():
            if key.what != What.WORD or tally.known:
                continue
            found = self._unseen(key, tally)
            # A bare label nobody knew may have been read as the value of the label above it.
            if found is None or (key.period, key.section, key.name) in labels:
                continue
            share = tally.count / found.of
            instead = [g for g in gone if g.key.of == key.of and g.key.section == key.section]
            instead = [g for g in instead if abs((g.before or 0) - share) <= self.thresholds.rate]
            known = self.known.get((key.period, key.section, key.of))
            declared = [key._replace(name=word) for word in words_of(known and known.type)]
            options = [g.key for g in instead] or declared
            closest = max(options, key=lambda k: _likeness(k, key), default=None)
            alike = 0.0 if closest is None else _likeness(closest, key)
            if closest is not None and (instead or alike >= self.thresholds.similarity):
                gone = [g for g in gone if g.key != closest]
                yield _drift(
                    Change.RENAMED, found, old=closest.name, new=key.name, similarity=alike
                )
            else:
                yield _drift(
                    Change.NEW,
                    found,
                    new=key.name,
                    closest=None if closest is None else closest.name,
                    similarity=None if closest is None else alike,
                )
        for found in gone:
            yield _drift(Change.MISSING, found, old=found.key.name)

    def _gone_words(self) -> Iterator[_Found]:
        """Words that were common in the baseline, and are nowhere now."""
        if self.base is None:
            return
        for key, tally in self.base.seen.items():
            if key.what != What.WORD or self.now.count(key):
                continue
            of, before = self.now.of(key), self.base.of(key)
            if has_moved((tally.count, before), (0, of), self.thresholds):
                yield _Found(key, Tally(of), of, 1 - tally.count / before)

    def _changed_shapes(self) -> Iterator[Drift]:
        for key, tally in self.now.seen.items():
            if key.what == What.SHAPE and not tally.known:
                share = self.thresholds.sentences if key.name == SENTENCE else None
                found = self._unseen(key, tally, share)
                if found is not None:
                    self.explained.add(key._replace(name=""))
                    yield _drift(
                        Change.CHANGED, found, old=self._usual_shape(key), new=key.name
                    )

    def _usual_shape(self, key: Key) -> str | None:
        """The shape that values of a label have when they are as declared."""
        shapes: Counter[str] = Counter()
        for (odd, usual), times in self.now.fingerprint.together.items():
            if odd == key and usual.what == What.SHAPE:
                shapes[usual.name] += times.times
        if not shapes:
            for corpus in (self.now, self.base):
                for other, tally in corpus.seen.items() if corpus is not None else ():
                    if other._replace(name=key.name) == key and tally.known:
                        shapes[other.name] += tally.count
            del shapes[EMPTY]
        return max(shapes, key=lambda shape: (shapes[shape], shape), default=None)
