"""Headings and labels that are new, missing, renamed, moved, rarer or more common."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import attrs

from esr_parser.drift.counts import Corpus, Found, Measure, has_moved, likeness
from esr_parser.drift.findings import Change, Drift
from esr_parser.drift.tallies import MOVED, Key, Tally
from esr_parser.drift.words import What

__all__ = ["name_drifts"]

_NAMED = frozenset({What.TEXT, What.TITLE, What.HEADING, What.LABEL, What.QUESTION})
_NAMED |= {What.DIMENSION, What.ASPECT}


def name_drifts(measure: Measure) -> Iterator[Drift]:
    """All that has happened to the names of things, and to their order."""
    new = {found.key: found for found in _unknown(measure)}
    missing = {found.key: found for found in _missing(measure)}
    told = set(missing)
    for drift, old in _renamed(measure, new, missing):
        told.add(old)
        yield drift
    for found in new.values():
        yield _new(measure, found)
    for found in missing.values():
        yield found.drift(Change.MISSING, old=found.key.name)
    yield from _moved(measure)
    if measure.base is not None:
        yield from _rates(measure, measure.base, told)


def _unknown(measure: Measure) -> Iterator[Found]:
    for key, tally in measure.now.seen.items():
        if not tally.known and key.what in _NAMED:
            found = measure.unseen(key, tally)
            if found is not None:
                yield found


def _missing(measure: Measure) -> Iterator[Found]:
    now = measure.now
    for key, tally in now.absent.items():
        of, base = now.of(key), measure.base_for(key)
        is_open = measure.is_optional(key)
        lack = before = 0
        if base is not None:
            lack, before = base.lack(key), base.of(key)
        if base is not None and (lack or is_open):
            # It was not always there: that it is rarer now is a rate, unless it is gone.
            is_gone = not now.count(key)
            is_missing = is_gone and has_moved(
                (lack, before), (tally.count, of), measure.thresholds
            )
        else:
            total = now.lacks[key.what, key.name, key.of]
            is_missing = not is_open and measure.is_enough(total, tally.count, of)
        if is_missing:
            yield Found(key, tally, of, None if base is None else lack / max(before, 1))


# -- what was renamed -------------------------------------------------------------------------


def _renamed(
    measure: Measure, new: dict[Key, Found], missing: dict[Key, Found]
) -> Iterator[tuple[Drift, Key]]:
    """Pairs of a new and an absent thing; what they explain is taken out of both."""
    left = {key: tally.count for key, tally in measure.now.absent.items()}
    explained: Counter[Key] = Counter()
    for _, name, old in sorted(_options(measure, new), key=lambda o: (-o[0], o[1:])):
        found = new.get(name)
        if found is None or 2 * left[old] < found.tally.count:
            continue
        del new[name]
        left[old] -= found.tally.count
        explained[old] += found.tally.count
        placed = attrs.evolve(found, key=name._replace(section=old.section))
        alike = likeness(old, name)
        yield placed.drift(Change.RENAMED, old=old.name, new=name.name, similarity=alike), old
    for old, count in explained.items():
        rest, found = left[old], missing.pop(old, None)
        if found is not None and rest > count and measure.is_enough(rest, rest, found.of):
            missing[old] = attrs.evolve(found, tally=attrs.evolve(found.tally, count=rest))


def _options(measure: Measure, new: dict[Key, Found]) -> Iterator[tuple[float, Key, Key]]:
    """What may have been renamed to what, with how much speaks for it."""
    limits = measure.thresholds
    for (name, old), times in measure.now.together.items():
        found = new.get(name)
        if found is None or old not in measure.now.absent:
            continue
        base = measure.base_for(old)
        if base is not None and not base.count(old):
            continue
        most = limits.overlap * found.tally.count
        if times.times < most:
            continue
        alike, in_place = likeness(old, name), times.in_place >= most
        same = old.what == What.HEADING and old.section == name.section
        # Where the format leaves something out, a new thing may stand in its place by chance.
        is_sure = same or base is not None or not measure.is_optional(old)
        if alike >= limits.similarity or (in_place and is_sure):
            yield alike + in_place / 2, name, old


def _new(measure: Measure, found: Found) -> Drift:
    key = found.key
    closest = max(measure.declared_like(key), key=lambda k: likeness(k, key), default=None)
    if closest is None:
        return found.drift(Change.NEW, new=key.name)
    alike = likeness(closest, key)
    return found.drift(Change.NEW, new=key.name, closest=closest.name, similarity=alike)


# -- order ------------------------------------------------------------------------------------


def _moved(measure: Measure) -> Iterator[Drift]:
    now = measure.now
    groups: defaultdict[Key, list[tuple[Key, Tally]]] = defaultdict(list)
    totals: Counter[tuple[str, str]] = Counter()
    for key, tally in now.seen.items():
        if key.what.startswith(MOVED):
            groups[key._replace(of="")].append((key, tally))
            totals[key.what, key.name] += tally.count
    for key, group in groups.items():
        tally = sum((tally for _, tally in group), Tally(0))
        of, base = now.of(key), measure.base_for(key)
        share = None
        if base is not None:
            before = sum(t.count for k, t in base.seen.items() if k._replace(of="") == key)
            if before and not has_moved(
                (before, base.of(key)), (tally.count, of), measure.thresholds
            ):
                continue
            share = before / max(base.of(key), 1)
        if measure.is_enough(totals[key.what, key.name], tally.count, of):
            behind = min(group, key=lambda pair: (-pair[1].count, pair[0]))[0].of
            thing = key._replace(what=key.what.removeprefix(MOVED))
            yield Found(thing, tally, of, share).drift(Change.MOVED, old=key.name, new=behind)


# -- rates ------------------------------------------------------------------------------------


def _rates(measure: Measure, base: Corpus, told: set[Key]) -> Iterator[Drift]:
    """Things of the baseline that are rarer or more common now."""
    now = measure.now
    for key in sorted({*base.seen, *base.absent}):
        if key.what not in _NAMED or key in told:
            continue
        count, of = now.count(key), now.of(key)
        before, of_before = base.count(key), base.of(key)
        if has_moved((before, of_before), (count, of), measure.thresholds):
            is_rarer = count * of_before < before * of
            tally = (now.absent if is_rarer else now.seen).get(key, Tally(0))
            tally = attrs.evolve(tally, count=count)
            yield Found(key, tally, of, before / of_before).drift(Change.RATE, old=key.name)
