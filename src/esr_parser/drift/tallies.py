"""The structure of descriptions as plain data, which adds up over a corpus."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import attrs

__all__ = ["Fingerprint", "Key", "Place", "Tally"]

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

MOST_PLACES = 3
MOST_UNKNOWN = 20_000
"""Unknown things that are kept one by one while a corpus is read."""
_FORMAT = 1


class Place(NamedTuple):
    """Where something stands."""

    file: str
    """Empty where it is not known."""
    line: int
    """1-based."""

    def __str__(self) -> str:
        return f"{self.file or '<text>'}:{self.line}"


class Key(NamedTuple):
    """A thing that a description has, or has not.

    >>> str(Key("label", "2014-2020", "1", "Hankekoodi"))
    "label 'Hankekoodi'"
    """

    what: str
    """One of :class:`~esr_parser.drift.What`, or a count that others are compared with."""
    period: str
    section: str
    """The printed number; empty for titles and whole texts."""
    name: str
    of: str = ""
    """The label whose value a word or shape is; for something moved, what it stands behind."""

    def __str__(self) -> str:
        return f"{self.what} {self.name!r}"


@attrs.frozen
class Tally:
    """In how many descriptions something was seen, and where first."""

    count: int
    places: tuple[Place, ...] = ()
    """The first three, by file and line."""
    known: bool = False
    """Whether it is declared, or another spelling of what is."""

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.count + other.count,
            tuple(heapq.nsmallest(MOST_PLACES, {*self.places, *other.places})),
            self.known or other.known,
        )


Pair = tuple[Key, Key]


class Together(NamedTuple):
    """How often an unknown thing and the absence of a declared one meet in a description."""

    times: int
    in_place: int
    """… with the unknown thing standing where the declared one should."""

    def plus(self, other: Together) -> Together:
        return Together(self.times + other.times, self.in_place + other.in_place)


@attrs.frozen(hash=False)
class Fingerprint:
    r"""What headings, labels, aspects, words and shapes descriptions have, with counts.

    Fingerprints add up: ``a + b`` is that of both corpora. The sum does not depend on order or
    grouping, and ``Fingerprint()`` changes nothing.

    >>> from esr_parser import parse_document
    >>> from esr_parser.drift import fingerprint
    >>> one = fingerprint(parse_document("1 Hanke\n\nHankekoodi: S20001"), file="a.txt")
    >>> two = fingerprint(parse_document("1 Hanke\n\nHankekoodi: S20002"), file="b.txt")
    >>> both = one + two
    >>> both.documents, both == two + one, both + Fingerprint() == both
    (2, True, True)
    >>> both.seen[Key("label", "2014-2020", "1", "Hankekoodi")].count
    2
    >>> Fingerprint.from_json(both.to_json()) == both
    True
    """

    documents: int = 0
    seen: Mapping[Key, Tally] = attrs.field(factory=dict)
    """What the descriptions have."""
    absent: Mapping[Key, Tally] = attrs.field(factory=dict)
    """Declared things that descriptions have not; with the place where they should stand."""
    together: Mapping[Pair, Together] = attrs.field(factory=dict)
    """Unknown things with the declared ones that were absent in the same descriptions; a shape
    with the one that the canonical text of the value has."""

    def __add__(self, other: Fingerprint) -> Fingerprint:
        return Fingerprint.sum((self, other))

    @classmethod
    def sum(
        cls, fingerprints: Iterable[Fingerprint], most_unknown: int | None = None
    ) -> Fingerprint:
        """The fingerprint of all the descriptions together.

        Args:
            fingerprints: They are taken one by one, so that a generator holds one at a time.
            most_unknown: Forget the rarest unknown things whenever there are twice as many as
                this. Then memory is bounded, and the sum is exact for whatever is common.
        """
        documents = 0
        seen: dict[Key, Tally] = {}
        absent: dict[Key, Tally] = {}
        together: dict[Pair, Together] = {}
        unknown = 0
        for fingerprint in fingerprints:
            documents += fingerprint.documents
            unknown += _add(seen, fingerprint.seen)
            _add(absent, fingerprint.absent)
            for pair, times in fingerprint.together.items():
                old = together.get(pair)
                together[pair] = times if old is None else old.plus(times)
            if most_unknown is not None and unknown > 2 * most_unknown:
                whole = cls(documents, seen, absent, together).trimmed(most_unknown)
                seen, together = dict(whole.seen), dict(whole.together)
                unknown = most_unknown
        return cls(documents, seen, absent, together)

    def trimmed(self, most_unknown: int = MOST_UNKNOWN) -> Fingerprint:
        """The fingerprint with the ``most_unknown`` most common unknown things and shapes alone."""
        unknown = [key for key, tally in self.seen.items() if _is_open(key, tally)]
        if len(unknown) <= most_unknown:
            return self
        unknown.sort(key=lambda key: (-self.seen[key].count, key))
        left_out = frozenset(unknown[most_unknown:])
        return attrs.evolve(
            self,
            seen={key: tally for key, tally in self.seen.items() if key not in left_out},
            together={p: times for p, times in self.together.items() if p[0] not in left_out},
        )

    def count(self, *key: str) -> int:
        """In how many descriptions a thing was seen; the arguments are those of :class:`Key`."""
        tally = self.seen.get(Key(*key))
        return 0 if tally is None else tally.count

    def to_dict(self) -> dict[str, Any]:
        """Plain data, in an order that does not depend on how it was counted."""
        return {
            "format": _FORMAT,
            "documents": self.documents,
            "seen": list(_tally_rows(self.seen)),
            "absent": list(_tally_rows(self.absent)),
            "together": [
                {"of": list(a), "with": list(b), "times": times.times, "in_place": times.in_place}
                for (a, b), times in sorted(self.together.items())
            ],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Fingerprint:
        """A fingerprint from what :meth:`to_dict` gives.

        Raises:
            ValueError: the data is no fingerprint.
        """
        try:
            if data["format"] != _FORMAT:
                raise ValueError(f"format {data['format']!r}")
            return cls(
                int(data["documents"]),
                dict(map(_tally_of, data["seen"])),
                dict(map(_tally_of, data["absent"])),
                {
                    (Key(*row["of"]), Key(*row["with"])): Together(row["times"], row["in_place"])
                    for row in data["together"]
                },
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"no recorded fingerprint: {error!r}") from error

    def to_json(self) -> str:
        """JSON text with one thing a line, so that two recordings can be compared."""
        parts: list[str] = []
        for name, value in self.to_dict().items():
            rows = value if isinstance(value, list) else None
            text = json.dumps(value) if rows is None else _json_lines(rows)
            parts.append(f"{json.dumps(name)}: {text}")
        return "{\n" + ",\n".join(parts) + "\n}\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> Fingerprint:
        """A fingerprint from JSON text.

        Raises:
            ValueError: the text is no JSON, or not that of a fingerprint.
        """
        try:
            return cls.from_dict(json.loads(text))
        except RecursionError as error:
            raise ValueError("no recorded fingerprint: nested too deeply") from error


def _is_open(key: Key, tally: Tally) -> bool:
    """Whether there is no end to things of its kind: shapes of free text are all known."""
    return not tally.known or key.what == "shape"


def _add(to: dict[Key, Tally], tallies: Mapping[Key, Tally]) -> int:
    """Adds tallies to others; gives the number of unknown things that are new among them."""
    new = 0
    for key, tally in tallies.items():
        old = to.get(key)
        new += old is None and _is_open(key, tally)
        to[key] = tally if old is None else old + tally
    return new


def _tally_rows(tallies: Mapping[Key, Tally]) -> Iterator[dict[str, Any]]:
    for key, tally in sorted(tallies.items(), key=lambda item: item[0]):
        yield {
            **key._asdict(),
            "count": tally.count,
            "known": tally.known,
            "places": [list(place) for place in tally.places],
        }


def _tally_of(row: Mapping[str, Any]) -> tuple[Key, Tally]:
    key = Key(*(str(row[name]) for name in Key._fields))
    places = tuple(Place(str(file), int(line)) for file, line in row["places"])
    return key, Tally(int(row["count"]), places, bool(row["known"]))


def _json_lines(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return "[]"
    return "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]"
