"""What is reported, and from when on."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import attrs

from esr_parser.drift.tallies import Place
from esr_parser.drift.words import What

__all__ = ["Change", "Drift", "Thresholds"]


@attrs.frozen
class Thresholds:
    """From when on something counts as drift. Shares are 0-1."""

    documents: int = 2
    """In how many descriptions it must be; in all of a corpus that has fewer."""
    share: float = 0.03
    """In what share of the descriptions that could have it."""
    sentences: float = 0.10
    """The same for words in the place of a number, a date or a code."""
    cut: float = 0.20
    """What share of the texts must end early for the sections behind to count as missing."""
    similarity: float = 0.6
    """How much a new name must be like a declared one to be that one renamed, wherever it
    stands."""
    overlap: float = 0.8
    """In what share of the descriptions with the new name the old one must be absent."""
    rate: float = 0.25
    """How much a share must have moved since the baseline was recorded, …"""
    deviations: float = 4.0
    """… and by how many standard deviations."""


class Change(StrEnum):
    """What has happened to a thing."""

    NEW = "new"
    MISSING = "missing"
    RENAMED = "renamed"
    MOVED = "moved"
    CHANGED = "changed"
    """A value is written another way."""
    RATE = "rate of"
    """It is more common, or rarer, than in the baseline."""


@attrs.frozen
class Drift:
    """One way in which a corpus is not as declared, or not as recorded.

    >>> drift = Drift(
    ...     Change.RENAMED,
    ...     What.LABEL,
    ...     "2014-2020",
    ...     "1",
    ...     "Hankekoodi",
    ...     "Hankekodi",
    ...     similarity=0.947,
    ...     count=3,
    ...     of=50,
    ... )
    >>> drift.kind, drift.share
    ('renamed label', 0.06)
    >>> drift.message
    "section 1: label 'Hankekoodi' is now 'Hankekodi' (0.95 alike), in 3 of 50 (6 %)"
    """

    change: Change
    what: What
    period: str
    """The programme period in whose layout the descriptions are."""
    section: str
    """The number of the section, as declared where it was renamed; empty for titles and texts."""
    old: str | None = None
    """The declared or recorded name; the shape that values had."""
    new: str | None = None
    """The name or shape that is there now. For something moved: what it stands behind now, empty
    for the first place."""
    label: str | None = None
    """The label whose word or shape it is."""
    closest: str | None = None
    """The declared name that is most like a new one."""
    similarity: float | None = None
    """How much the new name is like the old or the closest one, 0-1."""
    count: int = 0
    """In how many descriptions; where something is missing, how many have it not."""
    of: int = 0
    """Of how many that could have it."""
    share_before: float | None = None
    """The share in the baseline, where there is one."""
    places: tuple[Place, ...] = ()
    """The first three, by file and line; where something is missing, the line it should be near."""

    @property
    def kind(self) -> str:
        """Change and thing: ``renamed label``, ``changed shape``."""
        return f"{self.change} {self.what}"

    @property
    def share(self) -> float:
        """``count`` by ``of``, 0-1."""
        return self.count / self.of if self.of else 0.0

    @property
    def name(self) -> str:
        """The thing itself: its old name, or the new one where there is no old."""
        return self.old or self.new or ""

    @property
    def message(self) -> str:
        """What has happened, where, and in how many descriptions."""
        inside = self.section and self.what != What.HEADING
        where = f"section {self.section}: " if inside else ""
        before = "" if self.share_before is None else f"; {percent(self.share_before)} before"
        share = f"in {self.count} of {self.of} ({percent(self.share)}{before})"
        return f"{where}{self.words}, {share}"

    @property
    def words(self) -> str:
        """What has happened, without where and how often."""
        thing = f"{self.what} {self.name!r}"
        of = f" of {self.label!r}" if self.label else ""
        alike = f"{self.similarity:.2f} alike" if self.similarity is not None else ""
        if self.what is What.TEXT:
            return "no project description was recognised"
        match self.change:
            case Change.RENAMED:
                return f"{thing}{of} is now {self.new!r} ({alike})"
            case Change.NEW:
                closest = f" (closest: {self.closest!r}, {alike})" if self.closest else ""
                return f"new {thing}{of}{closest}"
            case Change.MISSING:
                return f"{thing}{of} is missing"
            case Change.MOVED:
                place = f"behind {self.new!r}" if self.new else "in the first place"
                return f"{thing} stands {place}"
            case Change.CHANGED:
                old = f" instead of '{self.old}'" if self.old else ""
                return f"values{of} look like '{self.new}'{old}"
            case _:
                is_rarer = self.share < (self.share_before or 0.0)
                return f"{thing}{of} is {'rarer' if is_rarer else 'more common'}"

    def to_dict(self) -> dict[str, Any]:
        """Plain data, with kind, share and message; absent values left out."""
        data: dict[str, Any] = {"kind": self.kind, "message": self.message}
        for field in attrs.fields(Drift):
            value = getattr(self, field.name)
            if value is not None:
                data[field.name] = value
        data["share"] = round(self.share, 4)
        data["places"] = [{"file": place.file, "line": place.line} for place in self.places]
        return data


def percent(share: float) -> str:
    """A share for people.

    >>> percent(0.06), percent(0.004), percent(0)
    ('6 %', '0.4 %', '0 %')
    """
    return f"{100 * share:.0f} %" if share >= 0.01 or not share else f"{100 * share:.1g} %"
