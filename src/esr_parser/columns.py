"""Columns that a tool took apart: labels one below the other, and then their values.

pdftotext, pdfminer and others print the cells of a table column by column, each value over as many
lines as it has. The lines are shared out where there is one way alone to do it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from esr_parser.grammar import Field, Section, WordKind
from esr_parser.joining import Page
from esr_parser.outline import Entry, Region
from esr_parser.remarks import misplaced
from esr_parser.text import is_rule
from esr_parser.values import NAME_LIST, TEXT, ValueType

# An address, and what can be left of one that a tool broke: `fi/hankkeet`.
ADDRESS = re.compile(r"https?://|www\.|file:/")
REST_OF_ADDRESS = re.compile(r"=|(?=.*[^\W\d])\S*[-/._=&?@]\S*")
_ADDRESS_SIGNS = frozenset("/?&=")
_FEW = 2
"""More labels than that, with empty lines between them, may be a column."""
MOST_LINES_OF_VALUE = 40
_FEWEST_DIGITS = 3
"""A telephone number has more, an address may have a few."""


class Columns:
    """Shares out the lines below the labels of one section.

    Args:
        page: The page.
        plain: A line without escapes and cells.
        section: The section.
    """

    def __init__(self, page: Page, plain: Callable[[int], str], section: Section) -> None:
        self._page, self._plain, self._section = page, plain, section
        self._lines = page.lines.lines
        self.doubtful: set[int] = set()
        """The lines of labels whose values may be the rest of those above."""

    def lines_of_values(self, region: Region) -> dict[int, range]:
        """By the line of each label, the lines of its value; none where that cannot be known."""
        found: dict[int, range] = {}
        run: list[Entry] = []
        above = 0
        """How many labels of the run are above a caption."""
        for entry in region.entries:
            token = entry.token
            is_label = token.kind is WordKind.LABEL
            if is_label and token.value.strip():
                run, above = [], 0
                continue
            rows = [i for i in range(token.last + 1, entry.end) if not is_rule(self._lines[i])]
            if not is_label:
                run = [] if rows else run  # a caption amid the labels
                above = len(run)
                continue
            run = [*run, entry][-MOST_LINES_OF_VALUE:]
            above = min(above, len(run) - 1)
            # A label that is not declared is no value.
            is_bare = any(self._lines[i][-1] == ":" for i in rows)
            for labels in (run, run[above:]):
                is_tight = all(a.token.last + 1 == b.token.first for a, b in pairwise(labels))
                is_list = len(rows) >= len(labels) > (1 if is_tight else _FEW) and not is_bare
                if is_list and (shares := self._shares(labels, rows)):
                    found.update(zip((e.token.first for e in labels), shares, strict=True))
                    self._look_at_ends(labels, shares)
                    break
                if is_list and not self._lines[token.last + 1]:
                    found[token.first] = range(0)
            run, above = ([], 0) if rows else (run, above)
        return found

    def _shares(self, run: list[Entry], rows: list[int]) -> list[range]:
        """The lines of each label's value, if there is one way to share them out; else none."""
        items = [entry.word.item for entry in run]
        # One value at least shows that it is its label's own.
        if len(rows) > MOST_LINES_OF_VALUE or all(item.type.is_text for item in items):
            return []
        if len(rows) == len(items) and self._are_values(items, rows):
            return [range(i, i + 1) for i in rows]
        # An address can be longer than the column is wide.
        width = max((len(x) for i in rows if " " in (x := self._lines[i])), default=0) * 3 // 4
        # By how many lines are shared out: how often that can be done, and the last way.
        ways: dict[int, tuple[int, list[range]]] = {0: (1, [])}
        for item in items:
            further: dict[int, tuple[int, list[range]]] = {}
            for start, (count, shares) in ways.items():
                for share in self._values_from(item, rows[start:], width):
                    end = start + len(share)
                    before = further[end][0] if end in further else 0
                    further[end] = before + count, [*shares, share]
            ways = further
        count, shares = ways.get(len(rows), (0, []))
        return shares if count == 1 else []

    def _look_at_ends(self, run: list[Entry], shares: list[range]) -> None:
        """Where two texts meet, a full line shows that the second may be the rest of the first."""
        longest = max(len(self._lines[i]) for share in shares for i in share)
        for (above, first), (below, second) in pairwise(zip(run, shares, strict=True)):
            are_texts = above.word.item.type is TEXT is below.word.item.type
            is_next = are_texts and second[0] == first[-1] + 1
            if is_next and not self._page.has_room(first[-1], longest + 1):
                self.doubtful.add(below.token.first)

    def _are_values(self, items: list[Field], rows: list[int]) -> bool:
        """Whether each line reads as the value of its label."""
        return all(
            item.type.reads(self._plain(i))
            and self._lines[i][-1] not in ",-"
            and not self._is_odd(item, i, self._plain(i))
            for item, i in zip(items, rows, strict=True)
        )

    def _is_odd(self, item: Field, i: int, value: str) -> bool:
        """Whether a text is that of another field: an address, a number, a name for an address."""
        if item.type.is_address:
            return "." not in value and value[0].isupper()
        path = f"{self._section.key}.{item.path}"
        is_odd = item.type is TEXT and misplaced(value, path) is not None
        is_odd |= path.endswith("phone") and sum(map(str.isdigit, value)) < _FEWEST_DIGITS
        return is_odd or (item.type.is_text and self._is_of_address(i))

    def _values_from(self, item: Field, rows: list[int], width: int) -> Iterator[range]:
        """The lines from the first one on that are read as a value, in a column of a width."""
        kind, value = item.type, ""
        for i, below in zip(rows, [*rows[1:], -1], strict=False):
            line = self._plain(i)
            if not kind.is_address and self._is_of_address(i):
                break
            value = self._page.join(value, line, is_address=kind.is_address)
            if kind.is_address and " " in value:
                break
            is_open = line[-1] in ",-"
            # A misspelled name is one as well, and is reported.
            is_read = kind.reads(value) or (kind is NAME_LIST and kind.read(value)[0])
            if is_read and not is_open and not self._is_odd(item, i, value):
                yield range(rows[0], i + 1)
            if below != i + 1 or not (
                kind.is_address or is_open or self._fills_column(kind, i, width)
            ):
                break

    def _is_of_address(self, i: int) -> bool:
        """Whether a line is a web address, or the rest of one."""
        line, above = self._plain(i), self._lines[i - 1]
        is_below = " " not in above and "." in above and line[0].islower() and " " not in line
        is_rest = REST_OF_ADDRESS.fullmatch(line) and not _ADDRESS_SIGNS.isdisjoint(line)
        return is_below or bool(is_rest) or ADDRESS.match(line) is not None

    def _fills_column(self, kind: ValueType[Any], i: int, width: int) -> bool:
        """Whether the next word had no room in a line of a column; lists end in commas there."""
        return kind is not NAME_LIST and not self._page.has_room(i, width)
