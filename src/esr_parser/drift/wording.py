"""Values with words that nobody knew, or written another way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from esr_parser.drift.counts import Corpus, Found, Measure, has_moved, likeness
from esr_parser.drift.findings import Change, Drift
from esr_parser.drift.shapes import EMPTY, SENTENCE
from esr_parser.drift.tallies import Key, Tally
from esr_parser.drift.words import What, words_of

__all__ = ["shape_drifts", "word_drifts"]


def word_drifts(measure: Measure, names: set[tuple[str, str, str]]) -> Iterator[Drift]:
    """Words of enumerations that are new, missing or renamed.

    Args:
        measure: The corpora.
        names: New labels, as period, section and name. One without a colon may have been read
            as the value of the label above it: then it is no word.
    """
    gone = {found.key: found for found in _gone(measure)}
    for key, tally in measure.now.seen.items():
        if key.what != What.WORD or tally.known or (key.period, key.section, key.name) in names:
            continue
        found = measure.unseen(key, tally)
        if found is None:
            continue
        share = tally.count / found.of
        replaced = [g for g in gone.values() if _is_replaced(g, key, share, measure)]
        known = measure.known(key, key.of)
        words = words_of(known.type) if known is not None else ()
        declared = [key._replace(name=word) for word in words]
        options = [g.key for g in replaced] or declared
        closest = max(options, key=lambda k: likeness(k, key), default=None)
        if closest is None:
            yield found.drift(Change.NEW, new=key.name)
            continue
        alike = likeness(closest, key)
        if replaced or alike >= measure.thresholds.similarity:
            gone.pop(closest, None)
            yield found.drift(Change.RENAMED, old=closest.name, new=key.name, similarity=alike)
        else:
            yield found.drift(Change.NEW, new=key.name, closest=closest.name, similarity=alike)
    for found in gone.values():
        yield found.drift(Change.MISSING, old=found.key.name)


def _gone(measure: Measure) -> Iterator[Found]:
    """Words that were common in the baseline and are nowhere now."""
    base, now = measure.base, measure.now
    for key, tally in base.seen.items() if base is not None else ():
        if base is not None and key.what == What.WORD and not now.count(key):
            of, before = now.of(key), base.of(key)
            if has_moved((tally.count, before), (0, of), measure.thresholds):
                yield Found(key, Tally(of), of, 1 - tally.count / before)


def _is_replaced(gone: Found, key: Key, share: float, measure: Measure) -> bool:
    """Whether a word may stand for one that is gone: as common as that was, of the same label."""
    before = 1 - (gone.before or 0.0)
    same = gone.key._replace(name=key.name) == key
    return same and abs(before - share) <= measure.thresholds.rate


def shape_drifts(measure: Measure) -> Iterator[Drift]:
    """Values that are written another way than declared, or than recorded."""
    told: set[Key] = set()
    for key, tally in measure.now.seen.items():
        if key.what == What.SHAPE and not tally.known:
            share = measure.thresholds.sentences if key.name == SENTENCE else None
            found = measure.unseen(key, tally, share)
            if found is not None:
                told.add(key._replace(name=""))
                old = _usual_shape(measure, key)
                yield found.drift(Change.CHANGED, old=old, new=key.name)
    if measure.base is not None:
        yield from _shape_rates(measure, measure.base, told)


def _usual_shape(measure: Measure, key: Key) -> str | None:
    """The shape that values of a label have where they are as declared."""
    shapes: Counter[str] = Counter()
    for (odd, usual), times in measure.now.together.items():
        if odd == key:
            shapes[usual.name] += times.times
    for corpus in (measure.now, measure.base):
        if shapes or corpus is None:
            break
        for other, tally in corpus.seen.items():
            is_shape = other._replace(name=key.name) == key
            if is_shape and tally.known and other.name != EMPTY:
                shapes[other.name] += tally.count
    return max(shapes, key=lambda shape: (shapes[shape], shape), default=None)


def _shape_rates(measure: Measure, base: Corpus, told: set[Key]) -> Iterator[Drift]:
    """For each label the shape that has become much more common than it was."""
    now = measure.now
    risen: defaultdict[Key, list[tuple[float, Key]]] = defaultdict(list)
    for key, tally in now.seen.items():
        group = key._replace(name="")
        if key.what != What.SHAPE or group in told:
            continue
        before, of_before, of = base.count(key), base.of(key), now.of(key)
        is_rarer = tally.count * of_before < before * of
        if not is_rarer and has_moved((before, of_before), (tally.count, of), measure.thresholds):
            risen[group].append((tally.count / of - before / of_before, key))
    for group in sorted(risen):
        _, key = max(risen[group])
        share = base.count(key) / base.of(key)
        found = Found(key, now.seen[key], now.of(key), share)
        yield found.drift(Change.RATE, new=key.name)
