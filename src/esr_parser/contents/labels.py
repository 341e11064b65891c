"""Finding ``label: value`` in any state: what fields and questions share."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from esr_parser.contents.body import Aliases, Body, words_of
from esr_parser.grammar import Item
from esr_parser.noise import FURNITURE, Noise, Style, WordTable, join_wrapped, squeeze
from esr_parser.values import ValueType

__all__ = ["PADS", "LabelledLines", "is_good", "is_readable", "value_of"]

_MOST_WRAPPED = 6
PADS = frozenset(FURNITURE)
_EMPHASIS = "*_| \t\xa0"
# Between a label and its value: the end of a bold label, the border of a cell.
_CELL_START = re.compile(r"^\s*(?:[*_]{1,3}\s*)?\|\s*")
_CELLS = re.compile(r"\s*\|\s*|\t\s*| {2,}")


class LabelledLines:
    """What fields and questions share: finding ``label: value``, in any state."""

    is_loose = False
    """Whether a label may go on behind empty lines: where they mean nothing."""

    def __init__(self, items: Sequence[Item], aliases: Aliases) -> None:
        self.items: tuple[Item, ...] = tuple(items)
        groups: dict[str, list[Item]] = {}
        for item in self.items:
            groups.setdefault(squeeze(item.label), []).append(item)
        grouped: list[tuple[str, tuple[Item, ...]]] = []
        for word, item in words_of(self.items, aliases, lambda i: i.label):
            grouped.append((word, tuple(groups[squeeze(item.label)])))
        # A label may be declared twice (2007-2013: Puhelinnumero), so a word finds a tuple.
        self.table: WordTable[tuple[Item, ...]] = WordTable(grouped)
        self.labels: list[str] = [item.label for item in self.items]
        self.order: dict[int, int] = {id(item): index for index, item in enumerate(self.items)}

    def second_look(self, body: Body, i: int) -> tuple[tuple[Item, ...], str, int] | None:
        """The items, value and next line of a line that is no exact ``label: value``."""
        table, line = self.table, body.lines[i]
        bare = line.strip(FURNITURE)
        if not bare or not table.may_start(bare, body.style.is_odd):
            return None
        found = self._on_one_line(bare)
        if found is not None:
            return *found, i + 1
        return self._wrapped(body, i)

    def _on_one_line(self, bare: str) -> tuple[tuple[Item, ...], str] | None:
        table = self.table
        colon = bare.find(":", 0, 3 * table.longest)
        if colon >= 0:
            items = table.find(bare[:colon])
            return None if items is None else (items, _CELL_START.sub("", bare[colon + 1 :]))
        items = table.find(bare)
        if items is not None:
            return items, ""
        cells = _CELLS.split(bare, 1)
        if len(cells) == 2:
            items = table.find(cells[0])
            if items is not None:
                return items, cells[1]
        return None

    def _wrapped(self, body: Body, i: int) -> tuple[tuple[Item, ...], str, int] | None:
        """A label that goes on in the next lines, or in the first column of them."""
        table, lines = self.table, body.lines
        name = value = ""
        last = i
        for k in body.filled(i, _MOST_WRAPPED):
            if k > last + 1 and not self.is_loose:
                return None
            last = k
            part = lines[k].strip(FURNITURE)
            label, colon, rest = part.partition(":")
            if not colon:
                cells = _CELLS.split(part, 1)
                label, rest = cells[0], cells[1] if len(cells) == 2 else ""
            name += squeeze(label)
            value = join_wrapped(value, rest.strip("| \t"))
            items = table.folded.get(name)
            if items is not None and k > i:
                body.noise(Noise.WRAPPED, i)
                body.blanks(i, k)
                return items, value, k + 1
            if name not in table.prefixes or colon:
                return None
        return None

    def recognises(self, body: Body, i: int) -> bool:
        """Whether a line begins one of the items."""
        return self.items_at(body, i) is not None

    def items_at(self, body: Body, i: int) -> tuple[Item, ...] | None:
        """The items that a line may begin: those with its label."""
        line = body.lines[i]
        label, colon, _ = line.partition(": ")
        items = self.table.exact.get(label if colon else line.removesuffix(":"))
        if items is not None:
            return items
        found = self.second_look(body, i)
        return None if found is None else found[0]

    def pick(self, items: tuple[Item, ...], taken: Container[int], last: int) -> Item:
        """Of items with the same label, the next one in printed order that is not yet read.

        ``taken`` and ``last`` are places in printed order.
        """
        if len(items) == 1:
            return items[0]
        free = [item for item in items if self.order[id(item)] not in taken]
        later = [item for item in free if self.order[id(item)] > last]
        return (later or free or list(items))[0]


def is_good(kind: ValueType, text: str) -> bool:
    """Whether a text is a value of a kind, and nothing is odd about it."""
    try:
        value = kind.parse(text)
    except ValueError:
        return False
    return kind.notice is None or kind.notice(value) is None


def is_readable(kind: ValueType, text: str) -> bool:
    """Whether a text is a value of a kind."""
    try:
        kind.parse(text)
    except ValueError:
        return False
    return True


def value_of(raw: str, line: str, style: Style) -> str:
    """A value without what the tool put around it; ``line`` is the line it stands on."""
    if style.table or "|" in line[:2]:
        raw = raw.strip("| \t\xa0")
    mark = line.lstrip()[:1]
    if mark and mark in "*_":
        raw = raw.strip(_EMPHASIS)
    return style.clean_value(raw.strip().strip("\ufeff").strip())
