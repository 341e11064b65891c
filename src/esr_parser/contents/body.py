"""What readers are given and what they give back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple, Protocol

from esr_parser.diagnostics import Notes
from esr_parser.model import OtherField
from esr_parser.noise import FURNITURE, Noise, Style, squeeze

__all__ = [
    "UNWRAPPED",
    "Aliases",
    "Body",
    "Entry",
    "Piece",
    "Reader",
    "Reading",
    "entry",
    "words_of",
]

UNWRAPPED = 1 << 60
"""The width of a text whose lines are whole."""
Aliases = Mapping[str, str]


class Entry(NamedTuple):
    """One recognised item, and the lines it was read from.

    ``item`` is the declared item, or ``None`` for an unknown label; ``value`` the text of its
    value. ``first`` and ``last`` are lines of the section's body, 0-based, ``last`` excluded; a
    note (an explanation, partner rows) takes the lines from ``note`` up to ``end``.
    """

    item: object
    label: str
    value: str
    first: int
    last: int
    note: int
    end: int


def entry(*parts: Any) -> Entry:
    """An entry, made without the named tuple's own slower constructor."""
    return tuple.__new__(Entry, parts)


class Piece(NamedTuple):
    """One item as canonical text: what is compared, and changed, when a description is edited."""

    key: str
    """The same in every rendering of the section: ``"label"``, ``"label#note"``."""
    head: str
    """What stands before the value on its line: ``"label: "``; empty for prose and rows."""
    value: str
    block: bool
    """Whether an empty line stands before it."""

    @property
    def text(self) -> str:
        """The line or lines of the piece."""
        return (self.head + self.value).rstrip(" ") if self.head else self.value


class Body:
    """The lines under a heading, and what a reader has to know about the text they stand in."""

    __slots__ = (
        "_mover",
        "_offsets",
        "implied",
        "is_followed",
        "lines",
        "notes",
        "number",
        "start",
        "style",
        "text",
        "width",
    )

    lines: list[str]
    """Split when they are first asked for: what is as printed is read without."""

    def __init__(
        self,
        text: str,
        start: int,
        number: str,
        style: Style,
        notes: Notes,
        *,
        implied: bool = False,
        is_followed: bool = False,
        width: Callable[[], int],
    ) -> None:
        self.text: str = text
        self.start: int = start
        self.number: str = number
        self.style: Style = style
        self.notes: Notes = notes
        self.implied: bool = implied
        """Whether the section was found by its labels: then no text is guessed into it."""
        self.is_followed: bool = is_followed
        """Whether a structural line follows, and not the end of the text."""
        self.width: Callable[[], int] = width
        """The column at which the text is wrapped."""
        self._mover: Callable[[int], int] | None = None
        self._offsets: list[int] | None = None

    def __getattr__(self, name: str) -> list[str]:
        if name != "lines":
            raise AttributeError(name)
        self.lines = lines = self.text.split("\n")
        return lines

    @property
    def offsets(self) -> list[int]:
        """Where each line begins in the whole text, and where the last one ends."""
        found = self._offsets
        if found is None:
            position = self.start
            found = [position]
            for line in self.lines:
                position += len(line) + 1
                found.append(position)
            if self._mover is not None:
                found = list(map(self._mover, found))
            self._offsets = found
        return found

    def filled(self, first: int, most: int) -> Iterator[int]:
        """The lines from ``first`` on that hold anything but furniture, ``most`` of them."""
        filled = (k for k in range(first, len(self.lines)) if self.lines[k].strip(FURNITURE))
        return islice(filled, most)

    def move(self, mover: Callable[[int], int]) -> None:
        """Moves the lines to other places of the text."""
        self._mover = mover
        self._offsets = None

    def noise(self, kind: Noise, line: int) -> None:
        """Counts one place of a kind of noise."""
        self.notes.noise(kind, self.offsets[line])

    def blank(self, line: int) -> None:
        """Counts a line of white space; one that stands for a page header was counted before."""
        if "\f" not in self.lines[line]:
            self.noise(Noise.BLANK_SPACE, line)

    def blanks(self, first: int, end: int) -> None:
        """Counts the lines of white space amid something that goes over several lines."""
        for k in range(first, end):
            if self.lines[k] and not self.lines[k].strip(FURNITURE):
                self.blank(k)

    def report(self, code: str, line: int, message: str, label: str | None = None) -> None:
        """Reports something about a line."""
        start = self.offsets[line]
        end = start + len(self.lines[line])
        self.notes.add(code, start, end, message, section=self.number, label=label)

    def report_missing(self, labels: Sequence[str]) -> None:
        """Reports lines that the layout always has."""
        names = ", ".join(map(repr, labels))
        message = f"missing in section {self.number}: {names}"
        self.notes.add("ESR304", self.start, self.start, message, section=self.number)


class Reading:
    """What a section's lines say."""

    __slots__ = ("_entries", "_more", "others", "strays", "values")

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self._entries: list[Entry] = []
        self._more: Callable[[], Iterable[Entry]] | None = None
        self.others: list[OtherField] = []
        self.strays: list[tuple[int, int]] = []
        """Stretches of lines (first, last excluded) that are no part of the section's values."""

    def add(self, entry: Entry) -> None:
        """Adds a recognised item."""
        self._entries.append(entry)

    @property
    def entries(self) -> list[Entry]:
        """The recognised items, with their lines; not asked for before all are read."""
        if self._more is not None:
            more, self._more = self._more, None
            self._entries += more()
        return self._entries

    def give_up(self, entries: Collection[Entry]) -> None:
        """Takes the lines of some items for text after all."""
        given_up = list(entries)
        self._entries = [entry for entry in self.entries if entry not in given_up]
        strays: list[tuple[int, int]] = []
        for first, last in sorted({*self.strays, *((e.first, e.end) for e in given_up)}):
            if strays and first <= strays[-1][1]:
                strays[-1] = strays[-1][0], max(last, strays[-1][1])
            else:
                strays.append((first, last))
        self.strays = strays

    def defer(self, more: Callable[[], Iterable[Entry]]) -> None:
        """Entries that are made when they are asked for: only the tree needs them."""
        self._more = more


class Reader(Protocol):
    """The pair for one kind of content: reading it, and writing it."""

    def read(self, body: Body) -> Reading:
        """The values of a section's lines."""
        ...

    def write(self, values: Mapping[str, Any], others: Sequence[OtherField]) -> Iterator[Piece]:
        """The canonical text of a section's values."""
        ...


def words_of(
    items: Iterable[Any], aliases: Aliases, label: Callable[[Any], str]
) -> list[tuple[str, Any]]:
    """Every spelling of the items' labels: printed, variants, and a user's aliases."""
    items = list(items)
    pairs = [(label(item), item) for item in items]
    pairs += [(v, item) for item in items for v in getattr(item, "variants", ())]
    by_label = {squeeze(label(item)): item for item in items}
    for alias, target in aliases.items():
        item = by_label.get(squeeze(target))
        if item is not None:
            pairs.append((alias, item))
    return pairs
