"""What in a corpus differs from the declared format or a baseline, and when that is drift.

**When something is drift.** It takes three pages (all of a corpus that has fewer), and so many that
more than 2 % of *such* pages have it, not only of those that were read: the lower end of the 99 %
Wilson interval of the share is above 2 %. What people type into fields takes three pages in any
case. What was seen on fewer pages is reported below the threshold.

**When something was renamed.** A missing name and an unknown one of the same section meet on four
of five pages with the unknown one, and they are alike, or the one has the other's place.

**With a baseline** only what is new is drift. What was seen then has to be rarer or more common by
25 points, or common where it was odd, and by more than chance: by 3.3 standard deviations, once in
a thousand. Noise and known words are never drift without a baseline.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

import attrs

from esr_parser.diagnostics import DIAGNOSTIC_CODES, NOISE_CODES
from esr_parser.drift.fingerprints import FilePlace, Fingerprint, Key, Occurrences, Pair
from esr_parser.grammar import rank

_Z = 2.576
"""Standard deviations to either side of a 99 % interval."""
_Z_RATE = 3.29
"""By so many standard deviations two shares differ by chance once in a thousand times."""


@attrs.frozen
class Thresholds:
    """From when on something is drift. Shares are 0-1.

    >>> [Thresholds().least(pages) for pages in (1, 2, 6, 50, 2_000)]
    [1, 2, 3, 4, 57]
    """

    pages: int = 3
    """On how many pages it must be; on all of a corpus that has fewer."""
    share: float = 0.02
    """What share of such pages must have it, with 99 % confidence."""
    rate: float = 0.25
    """How much a share must differ from the baseline's."""
    similarity: float = 0.6
    """How much a new name must be like a missing one to be that one renamed, in any place."""
    overlap: float = 0.8
    """On what share of the pages with the new name the old one must be missing."""

    def least(self, of: int) -> int:
        """On how many of so many pages something must be to be drift."""
        usual = of * self.share
        # From here on, the lower end of the Wilson interval is above the share.
        least = math.floor(usual + _Z * math.sqrt(max(usual * (1 - self.share), 0))) + 1
        return min(max(min(self.pages, of), least), of + 1)


class DriftKind(StrEnum):
    """What has happened to a thing."""

    NEW = "new"
    MISSING = "missing"
    RENAMED = "renamed"
    MOVED = "moved"
    CHANGED = "changed"
    """A value is written another way, or cannot be read; and what else is reported of a page."""
    RATE = "rate"
    """It is rarer, or more common, than in the baseline."""


_KINDS: dict[str, tuple[DriftKind, str]] = {
    "ESR101": (DriftKind.MISSING, "missing description"),
    "ESR104": (DriftKind.MISSING, "missing title"),
    "ESR105": (DriftKind.MISSING, "missing banner"),
    "ESR108": (DriftKind.NEW, "new text without a section"),
    "ESR201": (DriftKind.MISSING, "missing section"),
    "ESR203": (DriftKind.MOVED, "moved section"),
    "ESR204": (DriftKind.NEW, "new section"),
    "ESR205": (DriftKind.MISSING, "missing heading"),
    "ESR206": (DriftKind.NEW, "new text beside the fields"),
    "ESR207": (DriftKind.RENAMED, "renamed section"),
    "ESR301": (DriftKind.NEW, "new label"),
    "ESR302": (DriftKind.CHANGED, "unreadable value"),
    "ESR304": (DriftKind.MISSING, "missing label"),
    "ESR305": (DriftKind.CHANGED, "odd value"),
    "ESR306": (DriftKind.MOVED, "moved label"),
    "new word": (DriftKind.NEW, "new word"),
    "word": (DriftKind.RATE, "word"),
    "shape": (DriftKind.CHANGED, "changed shape"),
}
_SECTIONS = ("ESR201", "ESR203", "ESR204", "ESR205", "ESR207")
_VALUES = ("ESR302", "ESR305", "new word", "shape")
# Tools leave these; words of open sets come and go. Only a baseline shows how many are usual.
_QUIET = frozenset(
    {"ESR105", "ESR106", "ESR107", "ESR109", "ESR112", "word", *NOISE_CODES.values()}
)


@attrs.frozen
class Drift:
    """One way in which a corpus differs from the declared format, or from a baseline.

    >>> key = Key("ESR301", "2014-2020", "1", "Hankekodi")
    >>> drift = Drift(key, DriftKind.RENAMED, 3, 50, 4, old="Hankekoodi", similarity=0.947)
    >>> drift.kind, drift.share
    ('renamed label', 0.06)
    >>> drift.message
    "section 1: 'Hankekoodi' is now 'Hankekodi' (0.95 alike), in 3 of 50 (6 %)"
    """

    key: Key
    """What it is, where, and in which layout; for something renamed, the new name."""
    change: DriftKind
    count: int
    """On how many pages; where something is missing, how many lack it."""
    of: int
    """Of how many pages of the layout."""
    least: int
    """From how many pages on it is drift."""
    before: tuple[int, int] | None = None
    """``count`` and ``of`` in the baseline, where there is one."""
    places: tuple[FilePlace, ...] = ()
    """The first three, by file and line; where something is missing, the heading it is below."""
    old: str | None = None
    """The declared name of something renamed."""
    similarity: float | None = None
    """How much the two names are alike, 0-1."""

    @property
    def kind(self) -> str:
        """Change and thing: ``renamed label``, ``new section``."""
        what = kind_of(self.key.code)[1]
        if self.change is DriftKind.RATE and self.before is not None:
            is_rarer = self.share < self.before[0] / self.before[1]
            return f"{'rarer' if is_rarer else 'more common'}: {what}"
        return f"{self.change} {what.split()[-1]}" if self.old is not None else what

    @property
    def share(self) -> float:
        """``count`` by ``of``, 0-1."""
        return self.count / self.of

    @property
    def detail(self) -> str:
        """What exactly, without how often: ``section 1: 'Hankekoodi' is now 'Hankekodi' …``."""
        key = self.key
        where = f"section {key.section}" if key.section and key.code not in _SECTIONS else ""
        what = repr(key.name) if key.name else ""
        if self.old is not None:
            what = f"{self.old!r} is now {key.name!r}"
            what += "" if self.similarity is None else f" ({self.similarity:.2f} alike)"
        elif key.code == "shape":
            what = f"values of {key.of!r} look like '{key.name}'"
        elif key.of:
            what = f"{key.name!r} of {key.of!r}"
        return ": ".join(filter(None, (where, what)))

    @property
    def message(self) -> str:
        """What has happened, where, and on how many pages."""
        before = f"; {percent(self.before[0] / self.before[1])} before" if self.before else ""
        share = f"in {self.count} of {self.of} ({percent(self.share)}{before})"
        return ", ".join(filter(None, (self.detail, share)))

    @property
    def below(self) -> str:
        """The message where it is not drift: ``1 of 6 pages has …; below the threshold …``."""
        what = ": ".join(filter(None, (self.kind, self.detail)))
        pages = f"{self.count} of {self.of} page{'s' if self.of > 1 else ''}"
        if self.change is DriftKind.RATE and self.before is not None:
            return (
                f"{what}, in {pages}, {self.before[0]} of {self.before[1]} before; it may be chance"
            )
        article = "an" if what[0] in "aeiou" else "a"
        have = "has" if self.count == 1 else "have"
        named = f"{article} {what}" if self.key.code in _KINDS else f"{self.key.code} {what}"
        return f"{pages} {have} {named}; below the threshold of {self.least} pages"

    def to_dict(self) -> dict[str, Any]:
        """Plain data, with kind, share and message; absent values left out."""
        data = {
            "kind": self.kind,
            "message": self.message,
            "change": str(self.change),
            **self.key._asdict(),
            "old": self.old,
            "similarity": self.similarity,
            "count": self.count,
            "pages": self.of,
            "share": round(self.share, 4),
            "threshold": self.least,
            "before": None if self.before is None else list(self.before),
        }
        places = [{"file": place.file, "line": place.line} for place in self.places]
        return {k: v for k, v in data.items() if v not in (None, "")} | {"places": places}


@attrs.frozen
class DriftReport:
    """What :func:`compare` found, by layout and section."""

    documents: int
    drifts: tuple[Drift, ...]
    below: tuple[Drift, ...]
    """What was seen on too few pages to be drift, the most common first."""


_DEFAULT = Thresholds()


def compare(
    found: Fingerprint, baseline: Fingerprint | None = None, *, thresholds: Thresholds = _DEFAULT
) -> DriftReport:
    r"""What has drifted, and what was seen on too few pages to be drift.

    Args:
        found: The fingerprint of the corpus.
        baseline: That of an earlier corpus; without one, or for a layout that it has no pages of,
            the declared format is the measure.
        thresholds: From when on something is drift.

    >>> from esr_parser import parse_document
    >>> from esr_parser.drift import fingerprint
    >>> document = parse_document("1 Hanke\n\nHankkeen koodi: S29999\n\nHankkeen nimi: Alku")
    >>> for drift in compare(fingerprint(document, file="a.txt")).drifts:
    ...     if drift.change is DriftKind.RENAMED:
    ...         print(drift.message, *drift.places)
    section 1: 'Hankekoodi' is now 'Hankkeen koodi' (0.83 alike), in 1 of 1 (100 %) a.txt:3
    """
    drifts: list[Drift] = []
    below: list[Drift] = []
    for drift in sorted(_findings(found, baseline, thresholds), key=_rank):
        if drift.change is DriftKind.RATE and not (drift.before and _has_moved(drift, thresholds)):
            continue
        if _is_drift(drift):
            drifts.append(drift)
        elif drift.key.code not in _QUIET:
            below.append(drift)
    below.sort(key=lambda drift: -drift.count)
    return DriftReport(found.documents, tuple(drifts), tuple(below))


def _findings(
    found: Fingerprint, baseline: Fingerprint | None, thresholds: Thresholds
) -> Iterator[Drift]:
    """Everything that was seen, here or in the baseline, drift or not."""
    left = {key: tally.pages for key, tally in found.seen.items()}
    base = baseline or Fingerprint()

    def made(key: Key, count: int, change: DriftKind | None = None, **more: Any) -> Drift:
        of, of_before = found.of(key.layout), base.of(key.layout)
        before = (base.count(*key), of_before) if of_before else None
        is_rate = before is not None and (before[0] or key.code in _QUIET)
        change = change or (DriftKind.RATE if is_rate else kind_of(key.code)[0])
        least = max(thresholds.least(of), thresholds.pages if key.code in _VALUES else 0)
        places = found.seen.get(key, Occurrences(0)).places
        return Drift(key, change, count, of, least, before, places, **more)

    for (new, old), alike in _renamed(found, base, left, thresholds):
        yield made(new, found.count(*new), DriftKind.RENAMED, old=old.name, similarity=alike)
    for key in {**left, **base.seen}:
        count = left.get(key, 0)
        if not found.of(key.layout) or (count == 0 and key in left):
            continue  # A rename explains all of it.
        if key.code == "ESR207" and not base.count(*key):
            is_moved = title_of(key.name).casefold() == title_of(key.of).casefold()
            yield made(key, count, DriftKind.MOVED if is_moved else DriftKind.RENAMED, old=key.of)
        else:
            yield made(key, count)


def _renamed(
    found: Fingerprint, base: Fingerprint, left: dict[Key, int], thresholds: Thresholds
) -> Iterator[tuple[Pair, float]]:
    """Pairs of an unknown and a missing name; what they explain is taken out of ``left``."""
    options: list[tuple[float, Pair, float]] = []
    for pair, times in found.pairs.items():
        most = thresholds.overlap * found.seen[pair[0]].pages
        if times.pages >= most and not base.count(*pair[0]):
            # Numbers of headings and letter case do not matter.
            names = (title_of(key.name) if key.code in _SECTIONS else key.name for key in pair)
            new, old = map(str.casefold, names)
            alike = SequenceMatcher(None, old, new, autojunk=False).ratio()
            in_place = times.in_place >= most
            if alike >= thresholds.similarity or in_place:
                options.append((-alike - in_place / 2, pair, alike))
    for _, pair, alike in sorted(options):
        added, gone = pair
        count = found.seen[added].pages
        if left[added] and 2 * left[gone] >= count:
            left[added], left[gone] = 0, max(left[gone] - count, 0)
            yield pair, round(alike, 3)


def _has_moved(drift: Drift, thresholds: Thresholds) -> bool:
    """Whether a share is far from the baseline's, or has crossed the threshold since."""
    count, of = drift.before or (0, 0)
    has_crossed = count < thresholds.least(of) and drift.count >= drift.least
    is_far = abs(drift.share - count / of) >= thresholds.rate
    return is_far or (has_crossed and drift.key.code not in _QUIET)


def _is_drift(drift: Drift) -> bool:
    """Whether something is on enough pages; whether a share has moved by more than chance."""
    if drift.change is not DriftKind.RATE:
        return drift.count >= drift.least and drift.key.code not in _QUIET
    count, of = drift.before or (0, 0)
    pooled = (drift.count + count) / (drift.of + of)
    deviation = math.sqrt(pooled * (1 - pooled) * (1 / drift.of + 1 / of))
    return abs(drift.share - count / of) >= _Z_RATE * deviation


def kind_of(code: str) -> tuple[DriftKind, str]:
    """What a diagnostic means for a corpus: the change and the thing."""
    return _KINDS.get(code) or (DriftKind.CHANGED, DIAGNOSTIC_CODES[code].name)


def title_of(heading: str) -> str:
    """A heading without its number.

    >>> title_of("4.1 Varsinaiset kohderyhmät"), title_of("1. Projekti"), title_of("7")
    ('Varsinaiset kohderyhmät', 'Projekti', '')
    """
    number, _, title = heading.partition(" ")
    return title if number[:1].isdigit() else heading


def _rank(drift: Drift) -> tuple[object, ...]:
    """By layout, then by section as they are numbered."""
    key = drift.key
    return key.layout, rank(key.section), drift.kind, -drift.count, key.name


def percent(share: float) -> str:
    """A share for people.

    >>> percent(0.06), percent(0.004), percent(0)
    ('6 %', '0.4 %', '0 %')
    """
    return f"{100 * share:.0f} %" if share >= 0.01 or not share else f"{100 * share:.1g} %"
