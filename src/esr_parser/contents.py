"""Readers and writers: what stands under a heading, as text and as values.

For each kind of content there is a pair: ``read`` goes from lines to a :class:`Reading` (values by
path, and which lines they came from), ``write`` from values to :class:`Piece` s of canonical text.
Readers take the straight path first: exact look-ups on whole lines. What that does not recognise
gets a second look through :mod:`esr_parser.noise`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from esr_parser.diagnostics import Notes, did_you_mean
from esr_parser.grammar import Caption, Field, Fields, Flag, Item, Prose, Questions, Rows, Scores
from esr_parser.model import OtherField, SustainabilityImpact
from esr_parser.noise import (
    FURNITURE,
    Noise,
    Style,
    WordTable,
    first_parts,
    join_wrapped,
    noises_of,
    squeeze,
)
from esr_parser.values import TEXT, ValueType

__all__ = ["Body", "Entry", "Piece", "Reader", "Reading", "reader_for"]

MOST_OTHER_FIELDS = 1000
"""Unknown and repeated fields kept one by one in a section; the rest of it is kept as text."""

_SAME = TEXT.parse
_LONGEST_LABEL = 80
_LONGEST_LOOSE_VALUE = 150
_MOST_WRAPPED = 6

Aliases = Mapping[str, str]


class Entry(NamedTuple):
    """One recognised item, and the lines it was read from.

    ``item`` is the declared item, or ``None`` for an unknown label; ``value`` the text of its
    value. ``first`` and ``last`` are the lines of the section's body, 0-based, ``last`` excluded;
    a note (an explanation, partner rows) takes the lines from ``note`` up to ``end``.
    """

    item: object
    label: str
    value: str
    first: int
    last: int
    note: int
    end: int


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
        return (self.head + self.value).rstrip(" ") if self.head else self.value


class Body:
    """The lines under a heading, and what a reader has to know about the text they stand in."""

    __slots__ = ("_offsets", "implied", "lines", "notes", "number", "start", "style", "width")

    def __init__(
        self,
        text: str,
        start: int,
        number: str,
        style: Style,
        notes: Notes,
        *,
        implied: bool = False,
        width: Callable[[], int],
    ) -> None:
        self.lines = text.split("\n")
        self.start = start
        self.number = number
        self.style = style
        self.notes = notes
        self.implied = implied
        """Whether the section was found by its labels: then no text is guessed into it."""
        self.width = width
        """The column at which the text is wrapped."""
        self._offsets: list[int] | None = None

    def offset(self, line: int) -> int:
        """Where a line of the body begins in the whole text."""
        offsets = self._offsets
        if offsets is None:
            position = self.start
            offsets = [position]
            for text in self.lines:
                position += len(text) + 1
                offsets.append(position)
            self._offsets = offsets
        return offsets[line]

    def noise(self, kind: Noise, line: int) -> None:
        self.notes.noise(kind, self.offset(line))

    def report(self, code: str, line: int, message: str, label: str | None = None) -> None:
        if not self.notes.is_full(code) and line < len(self.lines):
            start = self.offset(line)
            end = start + len(self.lines[line])
            self.notes.add(code, start, end, message, section=self.number, label=label)
        else:
            self.notes.add(code, self.start, self.start, message, section=self.number)


class Reading:
    """What a section's lines say."""

    __slots__ = ("entries", "others", "strays", "values")

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.entries: list[Entry] = []
        self.others: list[OtherField] = []
        self.strays: list[tuple[int, int]] = []
        """Stretches of lines (first, last excluded) that are no part of the section's values."""


class Reader(Protocol):
    """The pair for one kind of content."""

    def read(self, body: Body) -> Reading: ...

    def write(
        self, values: Mapping[str, Any], others: Sequence[OtherField]
    ) -> Iterator[Piece]: ...


def _entry(*parts: Any) -> Entry:
    return tuple.__new__(Entry, parts)


def _words(
    items: Iterable[Any], aliases: Aliases, label: Callable[[Any], str]
) -> list[tuple[str, Any]]:
    """Every spelling of the items' labels: printed, variants, and a user's aliases."""
    pairs = [(label(item), item) for item in items]
    pairs += [(v, item) for item in items for v in getattr(item, "variants", ())]
    by_label = {squeeze(label(item)): item for item in items}
    for alias, target in aliases.items():
        item = by_label.get(squeeze(target))
        if item is not None:
            pairs.append((alias, item))
    return pairs


def _tail(count: int) -> str:
    return f" ({count} in all)" if count > 1 else ""


# -- fields -----------------------------------------------------------------------------------

# A label nobody knows: a few words, no sentence, and a colon with white space behind it.
_UNKNOWN = re.compile(
    rf"([^\W\d_](?:(?!\.\s)[^:\n]){{0,{_LONGEST_LABEL - 1}}})\s?:(?:\s+(.*)|$)", re.DOTALL
)
_CELLS = re.compile(r"\s*\|\s*|\t\s*| {2,}")
_ROW_END = re.compile(r"[,\s|]\s?\d{7}-\d$", re.ASCII)


def _is_rule(line: str) -> bool:
    return not line.strip("-|+=:_ \t\xa0")


class _LabelledLines:
    """What fields and questions share: finding ``label: value``, in any state."""

    def __init__(self, items: Sequence[Item], aliases: Aliases) -> None:
        self.items = tuple(items)
        groups: dict[str, list[Item]] = {}
        for item in self.items:
            groups.setdefault(squeeze(item.label), []).append(item)
        grouped: list[tuple[str, tuple[Item, ...]]] = []
        for word, item in _words(self.items, aliases, lambda i: i.label):
            grouped.append((word, tuple(groups[squeeze(item.label)])))
        # A label may be declared twice (2007-2013: Puhelinnumero), so a word finds a tuple.
        self.table: WordTable[tuple[Item, ...]] = WordTable(grouped)
        self.order = {id(item): index for index, item in enumerate(self.items)}

    def second_look(self, body: Body, i: int) -> tuple[tuple[Item, ...], str, int] | None:
        """The items, value and next line of a line that is no exact ``label: value``."""
        table, line = self.table, body.lines[i]
        bare = line.strip(FURNITURE)
        if not bare or not table.may_start(bare, body.style.is_odd):
            return None
        found = self._on_one_line(bare)
        if found is not None:
            return *found, i + 1
        return self._wrapped(body, i, bare)

    def _on_one_line(self, bare: str) -> tuple[tuple[Item, ...], str] | None:
        table = self.table
        colon = bare.find(":", 0, 3 * table.longest)
        if colon >= 0:
            items = table.find(bare[:colon])
            return None if items is None else (items, bare[colon + 1 :])
        items = table.find(bare)
        if items is not None:
            return items, ""
        cells = _CELLS.split(bare, 1)
        if len(cells) == 2:
            items = table.find(cells[0])
            if items is not None:
                return items, cells[1]
        return None

    def _wrapped(
        self, body: Body, i: int, bare: str
    ) -> tuple[tuple[Item, ...], str, int] | None:
        """A label that goes on in the next lines, or in the first column of them."""
        table, lines = self.table, body.lines
        name = value = ""
        for k in range(i, min(i + _MOST_WRAPPED, len(lines))):
            part = lines[k].strip(FURNITURE)
            if not part:
                return None
            label, colon, rest = part.partition(":")
            if not colon:
                cells = _CELLS.split(part, 1)
                label, rest = cells[0], cells[1] if len(cells) == 2 else ""
            name += squeeze(label)
            value = join_wrapped(value, rest.strip()) if rest.strip() else value
            items = table.folded.get(name)
            if items is not None and k > i:
                body.noise(Noise.WRAPPED, i)
                return items, value, k + 1
            if name not in table.prefixes or colon:
                return None
        return None

    def recognises(self, body: Body, i: int) -> bool:
        """Whether a line begins one of the items."""
        line = body.lines[i]
        label, colon, _ = line.partition(": ")
        if (label if colon else line.removesuffix(":")) in self.table.exact:
            return True
        return self.second_look(body, i) is not None

    def pick(self, items: tuple[Item, ...], taken: set[int], last: int) -> Item:
        """Of items with the same label, the next one in printed order that is not yet read."""
        if len(items) == 1:
            return items[0]
        free = [item for item in items if id(item) not in taken]
        later = [item for item in free if self.order[id(item)] > last]
        return (later or free or list(items))[0]


def _is_good(kind: ValueType, text: str) -> bool:
    try:
        value = kind.parse(text)
    except ValueError:
        return False
    return kind.notice is None or kind.notice(value) is None


def _is_readable(kind: ValueType, text: str) -> bool:
    try:
        kind.parse(text)
    except ValueError:
        return False
    return True


def _value_of(raw: str, line: str, style: Style) -> str:
    """A value without what the tool put around it; ``line`` is the line it stands on."""
    if style.table or "|" in line[:2]:
        raw = raw.strip("| \t\xa0")
    mark = line.lstrip()[:1]
    if mark and mark in "*_":
        raw = raw.strip(FURNITURE)
    return style.clean_value(raw.strip().strip("\ufeff"))


class FieldsReader(_LabelledLines):
    """Fields, captions, flags and rows."""

    def __init__(self, content: Fields, aliases: Aliases) -> None:
        super().__init__(content.items, aliases)
        self._expected = frozenset(
            id(item)
            for item in self.items
            if isinstance(item, Caption) or (isinstance(item, Field) and not item.optional)
        )

    def read(self, body: Body) -> Reading:
        reading = Reading()
        lines, exact = body.lines, self.table.exact
        plain = body.style.is_plain
        taken: set[int] = set()
        last = -1
        i, count = 0, len(lines)
        while i < count:
            line = lines[i]
            if not line:
                i += 1
                continue
            label, colon, value = line.partition(": ")
            items = exact.get(label) if colon else exact.get(line.removesuffix(":"))
            after = i + 1
            if items is None or not (colon or line[-1] == ":" or type(items[0]) is not Field):
                seen = self._look_again(body, i, reading)
                if type(seen) is int:
                    i = seen
                    continue
                items, value, after = seen  # type: ignore[misc]
            elif not plain:
                for kind in noises_of(line, label):
                    body.noise(kind, i)
            item = items[0] if len(items) == 1 else self.pick(items, taken, last)
            order = self.order[id(item)]
            if order < last and id(item) not in taken and not body.notes.is_full("ESR306"):
                body.report("ESR306", i, f"{item.label!r} stands out of order", item.label)
            last = max(last, order)
            if type(item) is Field:
                if not plain or not value or value[0] <= " " or value[-1] <= " ":
                    value = _value_of(value, line, body.style)
                if after < count and (lines[after] or not value):
                    value, after = self._continued(body, after, item.type, value)
                self._take(body, reading, item, value, i, after, taken)
            elif type(item) is Rows:
                after = self._rows(body, reading, item, i, after, taken)
            else:
                self._mark(body, reading, item, i, after, taken)
            i = after
        if not self._expected <= taken:
            self._report_missing(body, taken)
        return reading

    def _look_again(
        self, body: Body, i: int, reading: Reading
    ) -> int | tuple[tuple[Item, ...], str, int]:
        """A line that is not exactly as declared: an item, or the line after what it is."""
        line = body.lines[i]
        bare = line.strip(FURNITURE)
        if not bare:
            body.noise(Noise.BLANK_SPACE if line.isspace() else Noise.RULE, i)
            return i + 1
        found = self.second_look(body, i)
        if found is not None:
            items, value, after = found
            kinds = noises_of(line, items[0].label) if after == i + 1 else []
            for kind in kinds:
                body.noise(kind, i)
            if not kinds and after == i + 1:
                body.noise(Noise.COLON, i)
            return found
        return self._unknown(body, reading, i, bare)

    def _unknown(self, body: Body, reading: Reading, i: int, bare: str) -> int:
        match = _UNKNOWN.match(body.lines[i]) or _UNKNOWN.match(bare)
        if match is None or body.implied:
            after = i + 1
            self._stray(body, reading, i, after)
            return after
        if len(reading.others) >= MOST_OTHER_FIELDS:
            body.report("ESR110", i, f"more than {MOST_OTHER_FIELDS} unknown or repeated fields")
            self._stray(body, reading, i, i + 1)
            return i + 1
        label = body.style.clean_value(match[1].strip(FURNITURE))
        value = _value_of(match[2] or "", body.lines[i], body.style)
        after = i + 1
        while after < len(body.lines) and body.lines[after].strip(FURNITURE):
            if self._begins_something(body, after):
                break
            value = join_wrapped(value, _value_of(body.lines[after], "", body.style))
            after += 1
        if after > i + 1:
            body.noise(Noise.WRAPPED, i)
        reading.others.append(OtherField(body.number, label, value))
        reading.entries.append(_entry(None, label, value, i, after, after, after))
        if not body.notes.is_full("ESR301"):
            known = [item.label for item in self.items]
            body.report(
                "ESR301", i, f"unknown label {label!r}{did_you_mean(label, known)}", label
            )
        else:
            body.report("ESR301", i, "")
        return after

    def _begins_something(self, body: Body, i: int, full: bool = False) -> bool:
        """Whether a line is an item or looks like a label, so that no value goes on in it."""
        if self.recognises(body, i):
            return True
        return not full and _UNKNOWN.match(body.lines[i].strip(FURNITURE)) is not None

    def _continued(self, body: Body, after: int, kind: ValueType, value: str) -> tuple[str, int]:
        """The value with the lines it goes on in: wrapped, or below its label."""
        lines = body.lines
        if not lines[after].strip(FURNITURE):
            return self._below(body, after, kind) if not value else (value, after)
        whole, end = value, after
        while end < len(lines) and lines[end].strip(FURNITURE):
            full = self._is_full(body, end)
            if self._begins_something(body, end, full):
                break
            whole = join_wrapped(whole, _value_of(lines[end], "", body.style))
            end += 1
        if end == after:
            return value, after
        if not value:
            first = _value_of(lines[after], "", body.style)
            if not self._may_stand_below(body, kind, first, end):
                whole, end = "", after
            elif not _is_good(kind, whole):
                whole, end = first, after + 1
        elif not _is_good(kind, whole) and (
            _is_good(kind, value) or not _is_readable(kind, whole)
        ):
            return value, after
        if end > after:
            body.noise(Noise.WRAPPED if value else Noise.VALUE_BELOW, after)
        return whole, end

    def _below(self, body: Body, after: int, kind: ValueType) -> tuple[str, int]:
        """The value of a bare label, where it stands alone in the next block."""
        lines = body.lines
        start = after
        while start < len(lines) and not lines[start].strip(FURNITURE):
            start += 1
        end = start
        while end < len(lines) and end < start + 4 and lines[end].strip(FURNITURE):
            end += 1
        if start == end or self._begins_something(body, start):
            return "", after
        value = ""
        for line in lines[start:end]:
            value = join_wrapped(value, _value_of(line, "", body.style))
        if not self._may_stand_below(body, kind, value, end):
            return "", after
        for k in range(after, start):
            if lines[k]:
                body.noise(Noise.BLANK_SPACE if lines[k].isspace() else Noise.RULE, k)
        body.noise(Noise.VALUE_BELOW, start)
        return value, end

    def _may_stand_below(self, body: Body, kind: ValueType, value: str, end: int) -> bool:
        if not value or len(value) > _LONGEST_LOOSE_VALUE or not _is_readable(kind, value):
            return False
        if not body.implied:
            return True
        if kind.words or kind.notice is not None:
            return _is_good(kind, value)
        while end < len(body.lines) and not body.lines[end].strip(FURNITURE):
            end += 1
        # In a text without headings prose may follow: only a line between two labels is a value.
        return end < len(body.lines) and self.recognises(body, end)

    def _is_full(self, body: Body, i: int) -> bool:
        """Whether the line before ``i`` was too full for the first word of this one."""
        word = body.lines[i].split(None, 1)[0]
        return len(body.lines[i - 1]) + 1 + len(word) >= body.width() - 2

    def _take(
        self,
        body: Body,
        reading: Reading,
        item: Field,
        value: str,
        i: int,
        after: int,
        taken: set[int],
    ) -> None:
        """Reads the value of a field, or keeps its text."""
        repeated = id(item) in taken
        taken.add(id(item))
        label = item.label
        if not value:
            reading.entries.append(_entry(item, label, "", i, after, after, after))
            if repeated:
                body.report("ESR303", i, f"{label!r} is repeated", label)
            return
        if item.path not in reading.values:
            kind = item.type
            try:
                parsed = kind.parse(value)
            except ValueError as error:
                if not body.notes.is_full("ESR302"):
                    body.report(
                        "ESR302", i, f"cannot read {label!r}: {error}; expected {kind.shape}", label
                    )
            else:
                reading.values[item.path] = parsed
                reading.entries.append(_entry(item, label, value, i, after, after, after))
                if kind.notice is not None:
                    odd = kind.notice(parsed)
                    if odd is not None:
                        close = did_you_mean(value, kind.words) if kind.words else ""
                        body.report("ESR305", i, f"{label!r}: {odd}{close}", label)
                if repeated:
                    body.report("ESR303", i, f"{label!r} is repeated", label)
                elif kind.parse is not _SAME and kind.format(parsed) != value:
                    body.noise(Noise.VALUE_STYLE, i)
                return
        else:
            body.report("ESR303", i, f"{label!r} is repeated, with the value {value[:80]!r}", label)
        if len(reading.others) >= MOST_OTHER_FIELDS:
            body.report("ESR110", i, f"more than {MOST_OTHER_FIELDS} unknown or repeated fields")
            self._stray(body, reading, i, after)
            return
        reading.others.append(OtherField(body.number, label, value))
        reading.entries.append(_entry(item, label, value, i, after, after, after))

    def _mark(
        self,
        body: Body,
        reading: Reading,
        item: Item,
        i: int,
        after: int,
        taken: set[int],
    ) -> None:
        if id(item) in taken:
            body.report("ESR303", i, f"{item.label!r} is repeated", item.label)
        taken.add(id(item))
        if type(item) is Flag:
            reading.values[item.path] = True
        reading.entries.append(_entry(item, item.label, "", i, after, after, after))

    def _rows(
        self, body: Body, reading: Reading, item: Rows, i: int, after: int, taken: set[int]
    ) -> int:
        if id(item) in taken:
            body.report("ESR303", i, f"{item.label!r} is repeated", item.label)
        taken.add(id(item))
        rows: list[Any] = list(reading.values.get(item.path, ()))
        lines = body.lines
        start = after
        first_block = True
        while True:
            while start < len(lines) and not lines[start].strip(FURNITURE):
                start += 1
            end = self._row_block(body, start)
            block = [
                (k, _value_of(lines[k], "|" if body.style.table else "", body.style).strip("| \t"))
                for k in range(start, end)
            ]
            if not block or not self._are_rows(body, block, first_block):
                break
            for k, row in self._unwrapped(body, block):
                value = item.type.parse(row)
                rows.append(value)
                odd = item.type.notice(value) if item.type.notice is not None else None
                if odd is not None:
                    body.report("ESR305", k, f"{item.label!r}: {odd}", item.label)
            if not first_block:
                body.noise(Noise.LOOSE_BLOCK, start)
            for k in range(after, start):
                if lines[k]:
                    body.noise(Noise.BLANK_SPACE if lines[k].isspace() else Noise.RULE, k)
            first_block = False
            start = after = end
        reading.values[item.path] = tuple(rows)
        reading.entries.append(_entry(item, item.label, "", i, i + 1, i + 1, after))
        return after

    def _row_block(self, body: Body, start: int) -> int:
        """The end of a block of rows: a label ends it, and no block of rows begins with one."""
        end = start
        lines = body.lines
        while end < len(lines) and lines[end].strip(FURNITURE):
            bare = lines[end].strip(FURNITURE)
            is_row = end > start and _ROW_END.search(bare[-40:])
            if self.recognises(body, end) or (not is_row and _UNKNOWN.match(bare)):
                break
            end += 1
        return end

    def _are_rows(self, body: Body, block: list[tuple[int, str]], first: bool) -> bool:
        if any(_ROW_END.search(row[-40:]) for _, row in block):
            return True
        if body.implied or not first:
            return False
        return all(
            len(row) <= _LONGEST_LOOSE_VALUE
            and not row.endswith(".")
            and _UNKNOWN.match(row) is None
            for _, row in block
        )

    def _unwrapped(self, body: Body, block: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        """The rows of a block, those that were wrapped put together."""
        pending, began = "", 0
        for k, row in block:
            if pending and not self._is_full(body, k):
                yield began, pending
                pending = ""
            if not pending:
                began = k
            else:
                body.noise(Noise.WRAPPED, began)
            pending = join_wrapped(pending, row)
            if _ROW_END.search(pending[-40:]):
                yield began, pending
                pending = ""
        if pending:
            yield began, pending

    def _stray(self, body: Body, reading: Reading, first: int, last: int) -> None:
        strays = reading.strays
        if strays and not any(
            line.strip() for line in body.lines[strays[-1][1] : first]
        ):
            strays[-1] = (strays[-1][0], last)
        else:
            strays.append((first, last))

    def _report_missing(self, body: Body, taken: set[int]) -> None:
        missing = [
            item.label
            for item in self.items
            if id(item) in self._expected and id(item) not in taken
        ]
        if any(isinstance(item, Flag) and id(item) in taken for item in self.items):
            return
        names = ", ".join(map(repr, missing))
        start = body.start
        body.notes.add(
            "ESR304", start, start, f"missing in section {body.number}: {names}", section=body.number
        )

    def write(self, values: Mapping[str, Any], others: Sequence[OtherField]) -> Iterator[Piece]:
        flagged = any(isinstance(item, Flag) and values.get(item.path) for item in self.items)
        left = list(others)
        for item in self.items:
            label = item.label
            if isinstance(item, Field):
                value = values.get(item.path)
                if value is not None and value != ():
                    yield Piece(_key(item), f"{label}: ", item.type.format(value), True)
                    continue
                # A value that could not be read stands in its own place, not behind the others.
                kept = next((o for o in left if o.label == label), None)
                if kept is not None:
                    left.remove(kept)
                    yield Piece(f"other {label}", f"{label}: ", kept.value, True)
                elif not item.optional and not flagged:
                    yield Piece(_key(item), f"{label}: ", "", True)
            elif isinstance(item, Rows):
                rows = values.get(item.path)
                if rows is not None:
                    yield Piece(label, "", label, True)
                    for k, row in enumerate(rows):
                        yield Piece(f"{label}#{k}", "", item.type.format(row), k == 0)
            elif isinstance(item, Caption) or values.get(item.path):
                yield Piece(label, "", label, True)
        for k, other in enumerate(left):
            yield Piece(f"other#{k} {other.label}", f"{other.label}: ", other.value, True)


def _key(item: Field) -> str:
    return f"{item.label} -> {item.path}"


# -- notes: the lines that explain an answer or a score ------------------------------------------


class _Noted:
    """Gathers the lines below the marks of a block (questions, score rows)."""

    __slots__ = ("lines", "marks")

    def __init__(self) -> None:
        self.marks: list[list[Any]] = []
        self.lines: list[list[tuple[int, int]]] = []

    def mark(self, *parts: Any) -> None:
        self.marks.append(list(parts))
        self.lines.append([])

    def note(self, line: int, gap: int) -> None:
        self.lines[-1].append((line, gap))

    def cut(self, gaps: list[int]) -> tuple[int, int] | None:
        """What stands behind the last note, further off than anything in the block.

        A canonical block has no empty line, so that a paragraph behind it is no part of it. In a
        text with an empty line after each line, only a wider gap tells.
        """
        if not self.marks:
            return None
        widest = max(gaps, default=0)
        for k, (line, gap) in enumerate(self.lines[-1]):
            if gap > widest:
                end = self.lines[-1][-1][0] + 1
                del self.lines[-1][k:]
                return line, end
        return None


def _note_text(body: Body, lines: list[tuple[int, int]]) -> str | None:
    if not lines:
        return None
    if body.style.is_plain:
        return "\n".join([body.lines[i] for i, _ in lines])
    cleaned = (body.style.clean_note(body.lines[i]) for i, _ in lines)
    return "\n".join(line for line in cleaned if line) or None


class QuestionsReader(_LabelledLines):
    """Questions, each with an answer and an explanation."""

    items: tuple[Field, ...]  # type: ignore[assignment]

    def __init__(self, content: Questions, aliases: Aliases) -> None:
        super().__init__(content.items, aliases)

    def read(self, body: Body) -> Reading:
        reading = Reading()
        lines, exact = body.lines, self.table.exact
        noted = _Noted()
        gaps: list[int] = []
        gap = 0
        seen: set[int] = set()
        before: list[int] = []
        i, count = 0, len(lines)
        while i < count:
            line = lines[i]
            if not line or line.isspace():
                if line:
                    body.noise(Noise.BLANK_SPACE, i)
                gap += 1
                i += 1
                continue
            label, colon, value = line.partition(": ")
            found = exact.get(label) if colon else None
            after = i + 1
            if found is None and line[-1] == ":":
                found = exact.get(line[:-1])
                value = ""
            if found is None:
                again = self.second_look(body, i)
                if again is not None:
                    found, value, after = again
                    for kind in noises_of(line, found[0].label):
                        body.noise(kind, i)
            if found is None:
                if noted.marks:
                    noted.note(i, gap)
                else:
                    before.append(i)
                if len(noted.marks) < len(self.items):
                    gaps.append(gap)
                gap = 0
                i += 1
                continue
            item = found[0]
            value = _value_of(value, line, body.style)
            if not value:
                value, after = self._answer_below(body, after)
            if noted.marks:
                gaps.append(gap)
            answer, _, rest = value.partition(" ")
            if (
                rest[:1].isupper()
                and _is_good(item.type, answer)
                and self.table.find(rest.partition(":")[0]) is None
            ):
                # The line break before the explanation is gone.
                noted.mark(item, answer, i, after, rest)
                body.noise(Noise.WRAPPED, i)
            else:
                noted.mark(item, value, i, after, "")
            gap = 0
            i = after
        stray = noted.cut(gaps[: len(gaps)])
        if before:
            reading.strays.append((before[0], before[-1] + 1))
        for mark, note_lines in zip(noted.marks, noted.lines, strict=True):
            self._take(body, reading, mark, note_lines, seen)
        if stray is not None:
            reading.strays.append(stray)
        if max(gaps, default=0):
            body.notes.noise(Noise.LOOSE_BLOCK, body.start)
        missing = [item.label for item in self.items if id(item) not in seen]
        if missing:
            names = ", ".join(map(repr, missing))
            body.notes.add(
                "ESR304",
                body.start,
                body.start,
                f"missing in section {body.number}: {names}",
                section=body.number,
            )
        return reading

    def _answer_below(self, body: Body, after: int) -> tuple[str, int]:
        k = after
        while k < len(body.lines) and not body.lines[k].strip(FURNITURE):
            k += 1
        if k < len(body.lines):
            value = _value_of(body.lines[k], body.lines[k], body.style)
            if _is_good(self.items[0].type, value):
                body.noise(Noise.VALUE_BELOW, k)
                return value, k + 1
        return "", after

    def _take(
        self,
        body: Body,
        reading: Reading,
        mark: list[Any],
        note_lines: list[tuple[int, int]],
        seen: set[int],
    ) -> None:
        item, value, first, after, rest = mark
        note = _note_text(body, note_lines)
        end = note_lines[-1][0] + 1 if note_lines else after
        if rest:
            note = f"{rest}\n{note}" if note else rest
        if id(item) in seen:
            body.report("ESR303", first, f"{item.label!r} is repeated", item.label)
            path = f"{item.path}.answer"
            if value and path not in reading.values and _is_good(item.type, value):
                reading.values[path] = item.type.parse(value)
            elif value:
                reading.others.append(OtherField(body.number, item.label, value))
            reading.entries.append(_entry(item, item.label, value, first, after, after, after))
            if note_lines:
                reading.strays.append((note_lines[0][0], end))
            return
        seen.add(id(item))
        if value:
            try:
                reading.values[f"{item.path}.answer"] = item.type.parse(value)
                if value not in item.type.words and item.type.format(
                    reading.values[f"{item.path}.answer"]
                ) != value:
                    body.noise(Noise.VALUE_STYLE, first)
            except ValueError as error:
                reading.others.append(OtherField(body.number, item.label, value))
                body.report(
                    "ESR302", first, f"cannot read the answer: {error}", item.label
                )
        if note is not None:
            reading.values[f"{item.path}.explanation"] = note
        reading.entries.append(_entry(item, item.label, value, first, after, after, end))

    def write(self, values: Mapping[str, Any], others: Sequence[OtherField]) -> Iterator[Piece]:
        left = list(others)
        for k, item in enumerate(self.items):
            label = item.label
            answer = values.get(f"{item.path}.answer")
            key = _key(item)
            if answer is None:
                kept = next((o for o in left if o.label == label), None)
                if kept is not None:
                    left.remove(kept)
                yield Piece(key, f"{label}: ", kept.value if kept is not None else "", k == 0)
            else:
                yield Piece(key, f"{label}: ", item.type.format(answer), k == 0)
            note = values.get(f"{item.path}.explanation")
            if note is not None:
                yield Piece(f"{key}#note", "", note, False)
        for k, other in enumerate(left):
            yield Piece(f"other#{k} {other.label}", f"{other.label}: ", other.value, False)


# -- scores -----------------------------------------------------------------------------------

_SCORES_AT_END = re.compile(r"(?:^|(?<=[\s|]))(\d{1,3})(?:[\s|]{1,200}(\d{1,3}))?[\s|]*$", re.ASCII)


_START = 6
_PADS = frozenset(FURNITURE)


class ScoresReader:
    """Rows of an aspect and its two scores, under dimension lines, each with an explanation."""

    def __init__(self, content: Scores, aliases: Aliases) -> None:
        self.content = content
        dimensions: list[tuple[str, Any]] = []
        aspects: list[tuple[str, Any]] = []
        self.dimension_of: dict[str, str] = {}
        for dimension in content.dimensions:
            dimensions.append((dimension.name, dimension.name))
            for aspect in dimension.aspects:
                aspects.append((aspect, aspect))
                self.dimension_of[aspect] = dimension.name
        for alias, target in aliases.items():
            for words in (dimensions, aspects):
                known = {squeeze(word): name for word, name in words}
                if squeeze(target) in known:
                    words.append((alias, known[squeeze(target)]))
        self.aspects: WordTable[str] = WordTable(aspects)
        self.dimensions: WordTable[str] = WordTable(dimensions)
        # What the first letters of any structural line can be: the rest are notes.
        self._starts = frozenset(
            part[:_START]
            for word, _ in (*aspects, *dimensions)
            for part in first_parts(word.casefold(), _START)
        )
        self.head_line = "".join(content.heads)
        self._heads = {squeeze(head) for head in (*content.heads, self.head_line)}
        self.order = {aspect: k for k, aspect in enumerate(self.dimension_of)}

    def read(self, body: Body) -> Reading:
        reading = Reading()
        lines = body.lines
        aspects, dimensions = self.aspects.exact, self.dimensions.exact
        is_odd = body.style.is_odd
        noted = _Noted()
        gaps: list[int] = []
        gap = 0
        bare: dict[str, list[int]] = {}
        headed = False
        dims: list[str] = []
        before: list[int] = []
        i, count = 0, len(lines)
        while i < count:
            line = lines[i]
            if not line:
                gap += 1
                i += 1
                continue
            if line[-1].isdigit():
                parts = line.rsplit(" ", 2)
                if len(parts) == 3 and parts[0] in aspects and len(parts[1]) < 3:
                    if parts[1].isdecimal() and len(parts[2]) < 3:
                        if noted.marks:
                            gaps.append(gap)
                        noted.mark(aspects[parts[0]], (int(parts[1]), int(parts[2])), i, i + 1)
                        gap = 0
                        i += 1
                        continue
            if line in dimensions:
                self._dimension(body, reading, dims, dimensions[line], i)
                gap = 0
                i += 1
                continue
            if line == self.head_line and not noted.marks:
                if headed:
                    body.report("ESR303", i, f"{line!r} is repeated", line)
                headed = True
                reading.entries.append(_entry(self.content, line, "", i, i + 1, i + 1, i + 1))
                i += 1
                gap = 0
                continue
            if (
                noted.marks
                and line[0] not in _PADS
                and not is_odd
                and line[:_START].casefold() not in self._starts
            ):
                noted.note(i, gap)
                if len(noted.marks) < len(self.order):
                    gaps.append(gap)
                gap = 0
                i += 1
                continue
            stripped = line.strip(FURNITURE)
            if not stripped:
                kind = Noise.BLANK_SPACE if line.isspace() else Noise.RULE
                if kind is Noise.RULE and (body.style.is_plain and noted.marks and "|" not in line):
                    noted.note(i, gap)
                    gap = 0
                else:
                    body.noise(kind, i)
                    gap += kind is Noise.BLANK_SPACE
                i += 1
                continue
            if not noted.marks and squeeze(line[:2000]) in self._heads:
                headed = True
                for kind in noises_of(line) or [Noise.LETTER_CASE]:
                    body.noise(kind, i)
                reading.entries.append(
                    _entry(self.content, self.head_line, "", i, i + 1, i + 1, i + 1)
                )
                i += 1
                gap = 0
                continue
            if not noted.marks and _is_rule(line):
                body.noise(Noise.RULE, i)
                i += 1
                continue
            found = self._row(body, i, stripped)
            if found is not None:
                name, numbers, after = found
                for kind in noises_of(line, name):
                    body.noise(kind, i)
                if after > i + 1:
                    body.noise(Noise.WRAPPED, i)
                if noted.marks:
                    gaps.append(gap)
                scores = tuple(numbers[:2]) + (None,) * (2 - len(numbers[:2]))
                if not numbers:
                    bare.setdefault(name, []).append(len(noted.marks))
                noted.mark(name, scores, i, after)
                gap = 0
                i = after
                continue
            dimension = self._wrapped_dimension(body, i, stripped)
            if dimension is not None:
                name, after = dimension
                for kind in noises_of(line, name):
                    body.noise(kind, i)
                self._dimension(body, reading, dims, name, i, after)
                gap = 0
                i = after
                continue
            if noted.marks:
                noted.note(i, gap)
                if len(noted.marks) < len(self.order):
                    gaps.append(gap)
            else:
                before.append(i)
            gap = 0
            i += 1
        self._unbare(noted, bare)
        stray = noted.cut(gaps)
        if before:
            reading.strays.append((before[0], before[-1] + 1))
        if stray is not None:
            reading.strays.append(stray)
        if max(gaps, default=0):
            body.notes.noise(Noise.LOOSE_BLOCK, body.start)
        impacts = [
            self._impact(body, reading, mark, note)
            for mark, note in zip(noted.marks, noted.lines, strict=True)
        ]
        if impacts:
            reading.values[self.content.path] = tuple(impacts)
        self._report_missing(body, impacts, dims, headed)
        return reading

    def _dimension(
        self, body: Body, reading: Reading, dims: list[str], name: str, i: int, after: int = 0
    ) -> None:
        if name in dims:
            body.report("ESR303", i, f"{name!r} is repeated", name)
        dims.append(name)
        after = after or i + 1
        reading.entries.append(_entry(self.content, name, "", i, after, after, after))

    def _row(self, body: Body, i: int, stripped: str) -> tuple[str, list[int], int] | None:
        """An aspect and its scores: padded, in cells, wrapped, or each on a line of its own."""
        table, lines = self.aspects, body.lines
        if not table.may_start(stripped, body.style.is_odd):
            return None
        name = ""
        numbers: list[int] = []
        for k in range(i, min(i + _MOST_WRAPPED, len(lines))):
            part = lines[k].strip(FURNITURE)
            if not part:
                return None
            match = _SCORES_AT_END.search(part[-240:]) if len(part) <= 2000 else None
            if match is not None:
                part = part[: len(part) - (len(part[-240:]) - match.start())]
                numbers += [int(score) for score in match.groups() if score is not None]
            name += squeeze(part[:400])
            aspect = table.folded.get(name)
            if aspect is not None and len(numbers) <= 2:
                return self._numbers_below(body, k + 1, aspect, numbers)
            if name not in table.prefixes:
                return None
        return None

    def _numbers_below(
        self, body: Body, after: int, aspect: str, numbers: list[int]
    ) -> tuple[str, list[int], int]:
        lines = body.lines
        k = after
        while len(numbers) < 2 and k < len(lines):
            part = lines[k].strip(FURNITURE)
            if part:
                if not (part.isdecimal() and part.isascii() and len(part) <= 3):
                    break
                numbers.append(int(part))
                for blank in range(after, k):
                    if lines[blank]:
                        body.noise(Noise.BLANK_SPACE, blank)
                after = k + 1
            k += 1
        return aspect, numbers, after

    def _wrapped_dimension(self, body: Body, i: int, stripped: str) -> tuple[str, int] | None:
        table, lines = self.dimensions, body.lines
        if not table.may_start(stripped, body.style.is_odd):
            return None
        name = ""
        for k in range(i, min(i + _MOST_WRAPPED, len(lines))):
            part = lines[k].strip(FURNITURE)
            if not part or len(part) > 400:
                return None
            name += squeeze(part)
            found = table.folded.get(name)
            if found is not None:
                if k > i:
                    body.noise(Noise.WRAPPED, i)
                return found, k + 1
            if name not in table.prefixes:
                return None
        return None

    @staticmethod
    def _unbare(noted: _Noted, bare: dict[str, list[int]]) -> None:
        """An aspect's name alone is a row only where no row has its scores; else it is a note."""
        scored = {mark[0] for mark in noted.marks if mark[1] != (None, None)}
        drop = {k for name, marks in bare.items() for k in marks if name in scored}
        drop |= {k for name, marks in bare.items() if name not in scored for k in marks[1:]}
        for k in sorted(drop, reverse=True):
            if k == 0:
                continue
            mark = noted.marks.pop(k)
            lines = noted.lines.pop(k)
            noted.lines[k - 1] += [(line, 0) for line in range(mark[2], mark[3])] + lines

    def _impact(
        self, body: Body, reading: Reading, mark: list[Any], note_lines: list[tuple[int, int]]
    ) -> SustainabilityImpact:
        aspect, (direct, indirect), first, after = mark
        note = _note_text(body, note_lines)
        end = note_lines[-1][0] + 1 if note_lines else after
        value = _format_scores(direct, indirect)
        reading.entries.append(_entry(self.content, aspect, value, first, after, after, end))
        if (direct or 0) > 10 or (indirect or 0) > 10:
            body.report("ESR305", first, f"{aspect!r}: a score is not 0-10: {value}", aspect)
        return SustainabilityImpact(self.dimension_of[aspect], aspect, direct, indirect, note)

    def _report_missing(
        self,
        body: Body,
        impacts: list[SustainabilityImpact],
        dims: list[str],
        headed: bool,
    ) -> None:
        order = [self.order[impact.aspect] for impact in impacts]
        if headed and order == list(range(len(self.order))) and len(dims) == len(
            self.content.dimensions
        ):
            return
        seen = {impact.aspect for impact in impacts}
        missing = [] if headed else [self.head_line]
        missing += [d.name for d in self.content.dimensions if d.name not in dims]
        missing += [aspect for aspect in self.order if aspect not in seen]
        if missing:
            names = ", ".join(map(repr, missing))
            body.notes.add(
                "ESR304",
                body.start,
                body.start,
                f"missing in section {body.number}: {names}",
                section=body.number,
            )
        if len(order) != len(seen):
            names = ", ".join(
                repr(a) for a in self.order if sum(i.aspect == a for i in impacts) > 1
            )
            body.notes.add(
                "ESR303", body.start, body.start, f"repeated: {names}", section=body.number
            )
        if order != sorted(order):
            body.notes.add(
                "ESR306", body.start, body.start, "the aspects are in another order",
                section=body.number,
            )

    def write(self, values: Mapping[str, Any], others: Sequence[OtherField]) -> Iterator[Piece]:
        impacts: tuple[SustainabilityImpact, ...] = values.get(self.content.path, ())
        if not impacts:
            return
        yield Piece(self.head_line, "", self.head_line, True)
        dimension = None
        times: dict[str, int] = {}
        for impact in impacts:
            if impact.dimension != dimension:
                dimension = impact.dimension
                yield Piece(f"dimension {dimension}", "", dimension, False)
            times[impact.aspect] = time = times.get(impact.aspect, 0) + 1
            key = f"{impact.aspect}#{time}"
            scores = _format_scores(impact.direct, impact.indirect)
            yield Piece(key, f"{impact.aspect} ", scores, False)
            if impact.explanation is not None:
                yield Piece(f"{key}#note", "", impact.explanation, False)


def _format_scores(direct: int | None, indirect: int | None) -> str:
    if direct is None:
        return ""
    return f"{direct}" if indirect is None else f"{direct} {indirect}"


# -- prose ------------------------------------------------------------------------------------


class ProseReader:
    """Free text: the body without the empty lines around it."""

    def __init__(self, content: Prose) -> None:
        self.content = content

    def read_text(self, text: str, body_start: int, style: Style) -> Reading:
        """Reads the text itself, unsplit: prose may be long."""
        reading = Reading()
        prose = prose_of(text, style)
        if prose:
            reading.values[self.content.path] = prose
        return reading

    def read(self, body: Body) -> Reading:
        return self.read_text("\n".join(body.lines), body.start, body.style)

    def write(self, values: Mapping[str, Any], others: Sequence[OtherField]) -> Iterator[Piece]:
        prose = values.get(self.content.path)
        if prose:
            yield Piece("prose", "", prose, True)


def prose_of(text: str, style: Style) -> str:
    """Text without the blank lines around it, and without the marks of the tool it came from.

    >>> prose_of("\\n\\nFirst.\\n\\n\\nSecond.\\n", Style())
    'First.\\n\\n\\nSecond.'
    """
    end = len(text.rstrip())
    if not end:
        return ""
    start = len(text) - len(text.lstrip())
    start = text.rfind("\n", 0, start) + 1
    end = text.find("\n", end)
    prose = text[start:] if end < 0 else text[start:end]
    if style.is_plain:
        return prose
    return "\n".join([style.clean_line(line) for line in prose.split("\n")])





def reader_for(content: Fields | Prose | Questions | Scores, aliases: Aliases) -> Reader:
    """The reader and writer of a declared content."""
    if isinstance(content, Fields):
        return FieldsReader(content, aliases)
    if isinstance(content, Questions):
        return QuestionsReader(content, aliases)
    if isinstance(content, Scores):
        return ScoresReader(content, aliases)
    return ProseReader(content)
