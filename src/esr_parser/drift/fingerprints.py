"""What was counted in a corpus, as plain data that adds up."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from operator import add
from typing import Any, NamedTuple

import attrs

from esr_parser.errors import EsrParserError

_MOST_PLACES = 3
_FORMAT = 2


class BaselineError(EsrParserError, ValueError):
    """A file is not a recorded fingerprint, or an older version of the package recorded it."""


class FilePlace(NamedTuple):
    """Where something is.

    >>> str(FilePlace("pages/S29999.txt", 7))
    'pages/S29999.txt:7'
    """

    file: str
    """Empty where it is not known."""
    line: int
    """1-based."""

    def __str__(self) -> str:
        return f"{self.file or '<text>'}:{self.line}"


class Key(NamedTuple):
    """One thing that pages have, or lack."""

    code: str
    """The diagnostic's code; ``word``, ``new word`` or ``shape`` for what values are like."""
    layout: str
    """Programme period and language of the pages: ``2014-2020``, ``2014-2020 (en)``."""
    section: str = ""
    """The declared number; empty for whole texts."""
    name: str = ""
    """The label or heading; the word, or the shape, of a value."""
    of: str = ""
    """The label that a word or shape belongs to; the declared heading of one that was renamed."""


class Occurrences(NamedTuple):
    """On how many pages something was seen, and the first three places by file and line."""

    pages: int
    places: tuple[FilePlace, ...] = ()


_NO_TALLY = Occurrences(0)
Pair = tuple[Key, Key]


class Together(NamedTuple):
    """On how many pages an unknown name and a missing one meet."""

    pages: int
    in_place: int
    """… with the unknown one where the missing one should be."""


@attrs.frozen(hash=False)
class Fingerprint:
    r"""What a corpus is like: the counts of its pages' diagnostics, words and shapes.

    Fingerprints add up, in any order and grouping; ``Fingerprint()`` changes nothing. They hold no
    values but the words of open sets; names of unknown labels and headings are as in the texts.

    >>> from esr_parser import parse_document
    >>> from esr_parser.drift import fingerprint
    >>> one = fingerprint(parse_document("1 Hanke\n\nHankekodi: S29999"), file="a.txt")
    >>> both = one + fingerprint(parse_document("1 Hanke\n\nHankekodi: S29998"), file="b.txt")
    >>> both.documents, both.count("ESR301", "2014-2020", "1", "Hankekodi")
    (2, 2)
    >>> Fingerprint.from_json(both.to_json()) == both
    True
    """

    documents: int = 0
    pages: Mapping[str, int] = attrs.field(factory=dict)
    """The number of pages by layout; texts that are not a description are in none."""
    seen: Mapping[Key, Occurrences] = attrs.field(factory=dict)
    pairs: Mapping[Pair, Together] = attrs.field(factory=dict)
    """Unknown names with the missing ones of the same section and page."""

    def __add__(self, other: Fingerprint) -> Fingerprint:
        return Fingerprint.sum((self, other))

    @classmethod
    def sum(cls, fingerprints: Iterable[Fingerprint]) -> Fingerprint:
        """The fingerprint of all the pages together; of a generator one at a time is held."""
        documents = 0
        pages: Counter[str] = Counter()
        seen: dict[Key, Occurrences] = {}
        pairs: dict[Pair, Together] = {}
        for one in fingerprints:
            documents += one.documents
            pages.update(one.pages)
            for key, (count, places) in one.seen.items():
                old = seen.get(key, _NO_TALLY)
                first = sorted({*old.places, *places})[:_MOST_PLACES]
                seen[key] = Occurrences(old.pages + count, tuple(first))
            for pair, times in one.pairs.items():
                pairs[pair] = Together(*map(add, pairs.get(pair, (0, 0)), times))
        return cls(documents, dict(pages), seen, pairs)

    def count(self, *key: str) -> int:
        """On how many pages a thing was seen; the arguments are those of :class:`Key`."""
        return self.seen.get(Key(*key), _NO_TALLY).pages

    def of(self, layout: str) -> int:
        """How many pages of a layout there are; all texts for ``""``."""
        return self.pages.get(layout, 0) if layout else self.documents

    def to_json(self) -> str:
        """JSON text with one thing a line, so that two recordings can be compared.

        Its order does not depend on how the pages were read.
        """
        data = {
            "format": _FORMAT,
            "documents": self.documents,
            "pages": dict(sorted(self.pages.items())),
            "seen": [
                {**key._asdict(), **tally._asdict()} for key, tally in sorted(self.seen.items())
            ],
            "pairs": [
                {"new": new, "old": old, **times._asdict()}
                for (new, old), times in sorted(self.pairs.items())
            ],
        }
        parts = (f'"{name}": {_listed(value)}' for name, value in data.items())
        return "{\n" + ",\n".join(parts) + "\n}\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> Fingerprint:
        """A fingerprint from what :meth:`to_json` gives.

        Raises:
            BaselineError: the text is not that of a fingerprint, or is of an older version of the
                package.
        """
        try:
            data = json.loads(text)
            if (form := data["format"]) == _FORMAT:
                return cls(
                    int(data["documents"]),
                    {str(layout): int(count) for layout, count in data["pages"].items()},
                    dict(map(_tally, data["seen"])),
                    dict(map(_pair, data["pairs"])),
                )
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
            raise BaselineError(f"not a recorded fingerprint: {error!r}") from error
        raise BaselineError(
            f"a baseline of format {form!r}, not {_FORMAT}: record the corpus again"
        )


def _listed(value: object) -> str:
    """JSON of a value; of a list, with one item a line."""
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(map(_listed, value)) + "\n]"
    return json.dumps(value, ensure_ascii=False)


def _key(parts: Iterable[object]) -> Key:
    return Key(*map(str, parts))


def _tally(row: Mapping[str, Any]) -> tuple[Key, Occurrences]:
    places = tuple(FilePlace(str(file), int(line)) for file, line in row["places"])
    return _key(row[name] for name in Key._fields), Occurrences(int(row["pages"]), places)


def _pair(row: Mapping[str, Any]) -> tuple[Pair, Together]:
    times = Together(int(row["pages"]), int(row["in_place"]))
    return (_key(row["new"]), _key(row["old"])), times
