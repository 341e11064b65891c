"""Sections of fields: ``label: value`` lines, captions, flags, and headings with rows below."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from esr_parser.contents.body import UNWRAPPED, Aliases, Body, Entry, Piece, Reading, entry
from esr_parser.contents.labels import LabelledLines, is_good, is_readable, value_of
from esr_parser.diagnostics import did_you_mean
from esr_parser.grammar import Caption, Field, Fields, Flag, Item, Rows
from esr_parser.model import OtherField
from esr_parser.noise import FURNITURE, RULE_MARKS, Noise, join_wrapped, noises_of
from esr_parser.values import TEXT, ValueType

__all__ = ["BULLET", "FieldsReader", "field_key"]

MOST_OTHER_FIELDS = 1000
"""Unknown and repeated fields kept one by one in a section; the rest of it is kept as text."""

_LONGEST_LABEL = 80
_LONGEST_LOOSE_VALUE = 150

# The text of a value, without a space at either end.
_VALUE = r"((?=[^\x00- ]).++(?<=[^\x00- ]))"
# A label nobody knows: a few words, no sentence, and a colon with white space behind it.
_UNKNOWN = re.compile(
    rf"([^\W\d_](?:(?!\.\s)[^:\n]){{0,{_LONGEST_LABEL - 1}}})\s?:(?:\s+(.*)|$)", re.DOTALL
)
BULLET = re.compile(r"\A[-*\u2022\u00b7\u25e6\u2023\u25aa\uf0b7]\s+(?=\S)")
_ESCAPED = re.compile(r"[\\<\[]")
_ROW_END = re.compile(r"[,\s|]\s?[0-9]{7}-[0-9]$")


def field_key(item: Field) -> str:
    """The key of a field's piece: a label alone may stand twice in a section."""
    return f"{item.label} -> {item.path}"


class _Known(NamedTuple):
    """A field as the straight path wants it: all that is looked up for one line."""

    order: int
    item: Field
    path: str
    read: Callable[[str], Any] | None
    """Gives the value of a text as printed, else ``None``; itself ``None`` where any text is."""


class _State:
    """What is known amid a section."""

    __slots__ = ("body", "last", "reading", "taken")

    def __init__(self, body: Body, reading: Reading) -> None:
        self.body = body
        self.reading = reading
        self.taken: set[int] = set()
        """The places, in printed order, of the items that were seen."""
        self.last = -1


def _has_row_end(block: list[tuple[int, str]]) -> bool:
    """Whether any of some lines ends as a row of partners does."""
    return any(_ROW_END.search(row[-40:]) for _, row in block)


def _may_be_rows(block: list[tuple[int, str]]) -> bool:
    """Whether lines are short, and no sentences."""
    return all(len(row) <= _LONGEST_LOOSE_VALUE and not row.endswith(".") for _, row in block)


def _printed_entries(printed: list[tuple[Field | Caption, str, int]]) -> Iterator[Entry]:
    for item, value, i in printed:
        yield entry(item, item.label, value, i, i + 1, i + 1, i + 1)


def _section_as_printed(items: Sequence[Item]) -> re.Pattern[str]:
    """A pattern for a section with nothing odd about it, with a group for each field's value."""
    blocks: list[str] = []
    for item in items:
        label = re.escape(item.label)
        if isinstance(item, Field):
            block = rf"\n\n{label}:"
            blocks.append(f"(?:{block} {_VALUE})?" if item.optional else f"{block}(?: {_VALUE})?")
        elif isinstance(item, Caption):
            blocks.append(rf"\n\n{label}")
    return re.compile(rf"{''.join(blocks)}\n*")


class FieldsReader(LabelledLines):
    """Reads and writes a section of fields."""

    def __init__(self, content: Fields, aliases: Aliases, narrowest: int = 80) -> None:
        """Prepares for a content.

        Args:
            content: The content.
            aliases: Other spellings of its labels.
            narrowest: How wide any printed page is that has it.
        """
        super().__init__(content.items, aliases)
        self._narrowest = narrowest
        self._expected = frozenset(
            k
            for k, item in enumerate(self.items)
            if isinstance(item, Caption) or (isinstance(item, Field) and not item.optional)
        )
        self._straight = {
            item.label: _Known(k, item, item.path, None if item.type is TEXT else item.type.printed)
            for k, item in enumerate(self.items)
            if isinstance(item, Field) and len(self.table.exact[item.label]) == 1
        }

        self._bare: dict[str, tuple[int, Field | Caption]] = {
            f"{item.label}:" if isinstance(item, Field) else item.label: (k, item)
            for k, item in enumerate(self.items)
            if isinstance(item, Field | Caption) and len(self.table.exact[item.label]) == 1
        }
        # Labels that stand twice are told apart line by line.
        is_simple = all(len(self.table.exact[label]) == 1 for label in self.labels)
        self._as_printed = _section_as_printed(self.items) if is_simple else None
        self._columns = [(known.path, known.read) for known in self._straight.values()]
        """What the groups of that pattern hold."""

    # -- reading ------------------------------------------------------------------------------

    def read(self, body: Body) -> Reading:
        """The values of a section's lines: a whole section as printed, or whatever is there."""
        return self._printed(body) or self._unprinted(body)

    def _printed(self, body: Body) -> Reading | None:
        """The section as printed: all fields and captions in order, each value as it should be."""
        if self._as_printed is None or not body.style.is_plain:
            return None
        match = self._as_printed.fullmatch(body.text)
        if match is None:
            return None
        reading = Reading()
        values = reading.values
        for (path, read), text in zip(self._columns, match.groups(), strict=True):
            if text is not None:
                value = text if read is None else read(text)
                if value is None:
                    return None
                values[path] = value
        reading.defer(lambda: self._printed_lines(body.lines))
        return reading

    def _printed_lines(self, lines: Sequence[str]) -> Iterator[Entry]:
        for i, line in enumerate(lines):
            if line:
                label, _, value = line.partition(": ")
                item = self._straight[label].item if value else self._bare[line][1]
                yield entry(item, item.label, value, i, i + 1, i + 1, i + 1)

    def _unprinted(self, body: Body) -> Reading:
        """Line by line.

        The straight path is a field in its place: exact label, one line, a value as printed.
        Everything else goes through :meth:`_line`.
        """
        reading = Reading()
        state = _State(body, reading)
        style = body.style
        straight = self._straight if style.keeps_values else {}
        is_escaped = _ESCAPED.search if style.markdown else None
        values, taken = reading.values, state.taken
        printed: list[tuple[Field | Caption, str, int]] = []
        reading.defer(lambda: _printed_entries(printed))
        lines = body.lines
        count = len(lines)
        after, last = 0, -1
        for i, line in enumerate(lines):
            if not line or i < after:
                continue
            label, colon, value = line.partition(": ")
            known = straight.get(label)
            if not colon and self._is_bare(lines, i, last):
                order, bare = self._bare[line]
                taken.add(order)
                last = order
                printed.append((bare, "", i))
                continue
            if (
                known is not None
                and known[0] > last
                and value
                and value[0] > " "
                and value[-1] > " "
                and (i + 1 == count or not lines[i + 1])
                and (is_escaped is None or not is_escaped(value))
            ):
                order, item, path, read = known
                parsed = value if read is None else read(value)
                if parsed is not None:
                    values[path] = parsed
                    taken.add(order)
                    last = order
                    printed.append((item, value, i))
                    continue
            state.last = last
            after = self._line(state, i)
            last = state.last
        if not self._expected <= taken:
            self._report_missing(state)
        return reading

    def _is_bare(self, lines: list[str], i: int, last: int) -> bool:
        """Whether a line is a caption, or a label without value, in its place and as printed."""
        found = self._bare.get(lines[i])
        if found is None or found[0] <= last or (i + 1 < len(lines) and lines[i + 1]):
            return False
        if type(found[1]) is Caption or i + 2 >= len(lines):
            return True
        # What stands below might be its value.
        below = lines[i + 2]
        if not below:
            return i + 3 >= len(lines)
        return below.partition(": ")[0].removesuffix(":") in self.table.exact

    def _line(self, state: _State, i: int) -> int:
        """Reads what begins at a line; gives the line behind it."""
        body = state.body
        line = body.lines[i]
        label, colon, value = line.partition(": ")
        items = self.table.exact.get(label if colon else line.removesuffix(":"))
        after = i + 1
        if items is None or not (colon or line[-1] == ":" or type(items[0]) is not Field):
            found = self._look_again(state, i)
            if isinstance(found, int):
                return found
            items, value, after = found
        else:
            for kind in noises_of(line, label):
                body.noise(kind, i)
            if value[:1].isspace():
                body.noise(Noise.PADDING, i)
        item = self.pick(items, state.taken, state.last)
        order = self.order[id(item)]
        if len(items) > 1 and order in state.taken:
            item = self._without_value(items, state.reading.values)
            order = self.order[id(item)]
        if order < state.last and order not in state.taken:
            body.report("ESR306", i, f"{item.label!r} stands out of order", item.label)
        state.last = max(state.last, order)
        if isinstance(item, Field):
            value = value_of(value, line, body.style)
            if after < len(body.lines) and (body.lines[after] or not value):
                value, after = self._continued(body, after, item.type, value)
            self._take(state, item, order, value, i, after)
        elif isinstance(item, Rows):
            self._see(state, item, order, i)
            after = self._rows(state, item, i, after)
        else:
            self._see(state, item, order, i)
            if isinstance(item, Flag):
                state.reading.values[item.path] = True
            state.reading.add(entry(item, item.label, "", i, after, after, after))
        return after

    @staticmethod
    def _without_value(items: Sequence[Item], values: Mapping[str, Any]) -> Item:
        """Of items with the same label, all of which were seen, one that has no value yet."""
        return next((i for i in items if getattr(i, "path", "") not in values), items[0])

    def _see(self, state: _State, item: Item, order: int, i: int) -> None:
        if order in state.taken:
            state.body.report("ESR303", i, f"{item.label!r} is repeated", item.label)
        state.taken.add(order)

    def _look_again(self, state: _State, i: int) -> int | tuple[tuple[Item, ...], str, int]:
        """A line that is not exactly as declared: an item, or the line behind what it is."""
        body = state.body
        line = body.lines[i]
        if not line.strip(RULE_MARKS):
            if line.isspace():
                body.blank(i)
            else:
                body.noise(Noise.RULE, i)
            return i + 1
        found = self.second_look(body, i)
        if found is None:
            return self._unknown(state, i)
        items, _, after = found
        if after == i + 1:
            for kind in noises_of(line, items[0].label) or [Noise.COLON]:
                body.noise(kind, i)
        return found

    # -- values -------------------------------------------------------------------------------

    def _take(self, state: _State, item: Field, order: int, value: str, i: int, after: int) -> None:
        """Reads the value of a field, or keeps its text."""
        body, reading, label = state.body, state.reading, item.label
        repeated = order in state.taken
        state.taken.add(order)
        if value and item.path not in reading.values:
            problem = self._read_value(body, reading, item, value, i)
            if problem is not None:
                # A sentence about the value says what it should be; what Python says does not.
                is_told = problem.startswith(repr(value))
                expected = "" if is_told else f"; expected {item.type.shape}"
                message = f"cannot read {label!r}: {problem}{expected}"
                body.report("ESR302", i, message, label)
        elif value:
            problem = ""
        else:
            problem = None
        if repeated:
            told = f", with the value {value[:80]!r}" if problem is not None else ""
            body.report("ESR303", i, f"{label!r} is repeated{told}", label)
        if problem is not None and not self._keep(state, label, value, i, after):
            return
        reading.add(entry(item, label, value, i, after, after, after))

    def _read_value(
        self, body: Body, reading: Reading, item: Field, value: str, i: int
    ) -> str | None:
        """Reads a value into the reading; gives what is wrong with it, if it cannot be read."""
        kind = item.type
        try:
            parsed = kind.parse(value)
        except ValueError as error:
            return str(error)
        reading.values[item.path] = parsed
        odd = kind.notice(parsed) if kind.notice is not None else None
        if odd is not None:
            close = did_you_mean(value, kind.words)
            body.report("ESR305", i, f"{item.label!r}: {odd}{close}", item.label)
        if kind.spelling is not None and not kind.spelling.fullmatch(value):
            body.noise(Noise.VALUE_STYLE, i)
        return None

    def _keep(self, state: _State, label: str, value: str, i: int, after: int) -> bool:
        """Keeps a field as text; where there are too many of them, as lines of text."""
        body, reading = state.body, state.reading
        if len(reading.others) < MOST_OTHER_FIELDS:
            reading.others.append(OtherField(body.number, label, value))
            return True
        body.report("ESR110", i, f"more than {MOST_OTHER_FIELDS} unknown or repeated fields")
        self._stray(state, i, after)
        return False

    def _unknown(self, state: _State, i: int) -> int:
        """A line that is no item: a label nobody knows, or text."""
        body = state.body
        line = body.lines[i]
        match = _UNKNOWN.match(line) or _UNKNOWN.match(line.strip(FURNITURE))
        after = i + 1
        if match is None or body.implied:
            self._stray(state, i, after)
            return after
        label = body.style.clean_value(match[1].strip(FURNITURE))
        parts = [value_of(match[2] or "", line, body.style)]
        while after < len(body.lines) and body.lines[after].strip(FURNITURE):
            if self._begins_something(body, after):
                break
            parts.append(value_of(body.lines[after], "", body.style))
            after += 1
        if after > i + 1:
            body.noise(Noise.WRAPPED, i)
        value = join_wrapped(*parts)
        if self._keep(state, label, value, i, after):
            state.reading.add(entry(None, label, value, i, after, after, after))
        close = "" if body.notes.is_full("ESR301") else did_you_mean(label, self.labels)
        body.report("ESR301", i, f"unknown label {label!r}{close}", label)
        return after

    def _begins_something(self, body: Body, i: int, is_full: bool = False) -> bool:
        """Whether a line is an item or looks like a label, so that no value goes on in it."""
        if self.recognises(body, i):
            return True
        return not is_full and _UNKNOWN.match(body.lines[i].strip(FURNITURE)) is not None

    def _continued(self, body: Body, after: int, kind: ValueType, value: str) -> tuple[str, int]:
        """The value with the lines it goes on in: wrapped, or below its label."""
        lines = body.lines
        if not lines[after].strip(RULE_MARKS):
            return self._below(body, after, kind) if not value else (value, after)
        parts, end = [value], after
        # A line right below a bare label, in a block of their own, is its value.
        is_value = not value and (after < 2 or not lines[after - 2].strip(FURNITURE))
        while end < len(lines) and lines[end].strip(RULE_MARKS):
            if self._begins_something(body, end, is_value or self._is_full(body, end)):
                break
            parts.append(value_of(lines[end], "", body.style))
            end += 1
        if end == after:
            return value, after
        whole = join_wrapped(*parts)
        if not value:
            if not self._may_stand_below(body, kind, parts[1], end):
                return "", after
            if not is_good(kind, whole):
                whole, end = parts[1], after + 1
        elif not is_good(kind, whole):
            is_cut = not is_readable(kind, value) and self._is_full(body, after)
            if is_good(kind, value) or not (is_readable(kind, whole) or is_cut):
                return value, after
        body.noise(Noise.WRAPPED if value else Noise.VALUE_BELOW, after)
        return whole, end

    def _below(self, body: Body, after: int, kind: ValueType) -> tuple[str, int]:
        """The value of a bare label, where it stands alone in the next block."""
        lines = body.lines
        start = after
        while start < len(lines) and not lines[start].strip(RULE_MARKS):
            start += 1
        end = start
        while end < len(lines) and end < start + 4 and lines[end].strip(RULE_MARKS):
            if self._begins_something(body, end, end > start):
                break
            end += 1
        if start == end:
            return "", after
        value = join_wrapped(*(value_of(line, "", body.style) for line in lines[start:end]))
        if not self._may_stand_below(body, kind, value, end):
            return "", after
        self._count_between(body, after, start)
        body.noise(Noise.VALUE_BELOW, start)
        return value, end

    def _may_stand_below(self, body: Body, kind: ValueType, value: str, end: int) -> bool:
        if not value or len(value) > _LONGEST_LOOSE_VALUE or not is_readable(kind, value):
            return False
        if not body.implied:
            return True
        if kind.words or kind.notice is not None:
            return is_good(kind, value)
        while end < len(body.lines) and not body.lines[end].strip(FURNITURE):
            end += 1
        # In a text without headings prose may follow: only a line between two labels is a value.
        if end == len(body.lines):
            return body.is_followed
        return self.recognises(body, end)

    def _is_full(self, body: Body, i: int) -> bool:
        """Whether the line before ``i`` was too full for the first word of this one."""
        word = body.lines[i].split(None, 1)[0]
        before = body.lines[i - 1]
        if "   " in before:
            # Padding is no text.
            before = " ".join(before.split())
        return len(before) + 1 + len(word) >= body.width() - 2

    @staticmethod
    def _count_between(body: Body, first: int, last: int) -> None:
        """Counts the lines between two parts of an item that are not quite empty."""
        for k in range(first, last):
            line = body.lines[k]
            if line.isspace():
                body.blank(k)
            elif line:
                body.noise(Noise.RULE, k)

    # -- rows ---------------------------------------------------------------------------------

    def _rows(self, state: _State, item: Rows, i: int, after: int) -> int:
        """The rows below a heading: the next block, and blocks that are plainly rows."""
        body, reading = state.body, state.reading
        before: list[Any] = list(reading.values.get(item.path, ()))
        # The last one of those that were read before may go on here.
        values = before[-1:]
        rows = [(i, item.type.format(value)) for value in values]
        start, is_first, widest = after, True, 0
        while True:
            start, end, block = self._next_rows(body, start)
            if not block:
                break
            if is_first:
                widest = start - after
            # Lines that stand closer to the rows above than the rows to their heading are rows.
            is_close = is_first or start - after < widest
            last = [] if _has_row_end(rows[-1:]) else rows[-1:]
            whole = self._without_bullets(list(self._unwrapped(body, last, block)))
            if not self._are_rows(body, whole, is_close):
                # A row without Y-tunnus amid rows that have an empty line between them.
                _, _, follower = self._next_rows(body, end)
                if not (_may_be_rows(whole) and _has_row_end(follower)) or body.implied:
                    break
            try:
                read = [item.type.parse(row) for _, row in whole]
            except ValueError:
                break
            if whole != block and self._has_label(map(item.type.format, read), rows == last):
                break
            rows[len(rows) - len(last) :] = whole
            values[len(values) - len(last) :] = read
            self._count_wrapped(body, [*last, *block], whole)
            if not is_first:
                body.noise(Noise.LOOSE_BLOCK, start)
            self._count_between(body, after, start)
            is_first = False
            start = after = end
        for (k, _), value in zip(rows, values, strict=True):
            odd = item.type.notice(value) if item.type.notice is not None and k > i else None
            if odd is not None:
                body.report("ESR305", k, f"{item.label!r}: {odd}", item.label)
        reading.values[item.path] = (*before[:-1], *values)
        reading.add(entry(item, item.label, "", i, i + 1, i + 1, after))
        return after

    def _next_rows(self, body: Body, start: int) -> tuple[int, int, list[tuple[int, str]]]:
        """The next block: its first line, the line behind it, and its lines as rows."""
        lines, style = body.lines, body.style
        while start < len(lines) and not lines[start].strip(RULE_MARKS):
            start += 1
        end = self._row_block(body, start)
        rows = [(k, value_of(lines[k], "", style).strip("| \t")) for k in range(start, end)]
        return start, end, rows

    def _without_bullets(self, block: list[tuple[int, str]]) -> list[tuple[int, str]]:
        """Rows without the marks of a list, where each of them has one, and is a row without."""
        while block and all(BULLET.match(row) for _, row in block):
            bare = [(k, BULLET.sub("", row, count=1).strip("| \t")) for k, row in block]
            if not all(map(self._may_be_row, (row.strip(FURNITURE) for _, row in bare))):
                break
            block = bare
        return block

    def _may_be_row(self, bare: str) -> bool:
        """Whether a line is neither a rule nor a label, so that it can stand among rows."""
        if not bare.strip(RULE_MARKS) or self._on_one_line(bare) is not None:
            return False
        return bool(_ROW_END.search(bare[-40:])) or not _UNKNOWN.match(bare)

    def _row_block(self, body: Body, start: int) -> int:
        """The end of a block of rows: a label ends it, and no block of rows begins with one."""
        end = start
        lines = body.lines
        while end < len(lines) and lines[end].strip(RULE_MARKS):
            bare = lines[end].strip(FURNITURE)
            is_row = end > start and _ROW_END.search(bare[-40:])
            if self.recognises(body, end) or (not is_row and _UNKNOWN.match(bare)):
                break
            end += 1
        return end

    @staticmethod
    def _are_rows(body: Body, block: list[tuple[int, str]], is_close: bool) -> bool:
        if _has_row_end(block):
            return True
        return is_close and not body.implied and _may_be_rows(block)

    def _has_label(self, rows: Iterable[str], is_first: bool) -> bool:
        """Whether any of some rows is a label as it is printed, which ends their block."""
        for k, row in enumerate(rows):
            bare = row.strip(FURNITURE)
            is_row = (k > 0 or not is_first) and _ROW_END.search(bare[-40:])
            if self._on_one_line(bare) is not None or (not is_row and _UNKNOWN.match(bare)):
                return True
        return False

    @staticmethod
    def _count_wrapped(
        body: Body, block: list[tuple[int, str]], rows: list[tuple[int, str]]
    ) -> None:
        """Counts the lines of a block in which rows go on."""
        if len(rows) < len(block):
            begun = {k for k, _ in rows}
            for k, _ in block:
                if k not in begun:
                    body.noise(Noise.WRAPPED, k - 1)

    def _unwrapped(
        self, body: Body, last: list[tuple[int, str]], block: list[tuple[int, str]]
    ) -> Iterator[tuple[int, str]]:
        """The rows of a block, those that were wrapped put together.

        Args:
            body: The section.
            last: The row before, if it has no Y-tunnus.
            block: The lines of the block.
        """
        pending: list[str] = []
        began = length = 0
        for k, row in chain(last, block):
            if pending and not self._goes_on(body, block[0][0], k, length, row):
                yield began, join_wrapped(*pending)
                pending = []
            if not pending:
                began, length = k, 0
            pending.append(row)
            length += len(row) + 1
            if _ROW_END.search(join_wrapped(*pending[-2:])[-40:]):
                yield began, join_wrapped(*pending)
                pending = []
        if pending:
            yield began, join_wrapped(*pending)

    def _goes_on(self, body: Body, first: int, k: int, length: int, row: str) -> bool:
        """Whether a row of some length goes on in line ``k`` of the block from ``first`` on.

        Where the line before is full; or would be in the narrowest page that is printed: it must
        go on in any other text, too, or the row would read differently there.
        """
        if k > first and self._is_full(body, k):
            return True
        word = BULLET.sub("", row, count=1).partition(" ")[0].rstrip(",")
        return body.width() < UNWRAPPED and length + len(word) >= self._narrowest - 2

    # -- the rest -----------------------------------------------------------------------------

    @staticmethod
    def _stray(state: _State, first: int, last: int) -> None:
        strays, lines = state.reading.strays, state.body.lines
        if strays and not any(line.strip() for line in lines[strays[-1][1] : first]):
            strays[-1] = (strays[-1][0], last)
        else:
            strays.append((first, last))

    def _report_missing(self, state: _State) -> None:
        flags = (k for k, item in enumerate(self.items) if isinstance(item, Flag))
        if not any(k in state.taken for k in flags):
            missing = sorted(self._expected - state.taken)
            state.body.report_missing([self.items[k].label for k in missing])

    # -- writing ------------------------------------------------------------------------------

    def write(self, values: Mapping[str, Any], others: Sequence[OtherField]) -> Iterator[Piece]:
        """The canonical text of a section's values."""
        flagged = any(isinstance(item, Flag) and values.get(item.path) for item in self.items)
        left = list(others)
        for item in self.items:
            if isinstance(item, Field):
                yield from self._write_field(item, values.get(item.path), left, flagged)
            elif isinstance(item, Rows):
                yield from self._write_rows(item, values.get(item.path))
            elif isinstance(item, Caption) or values.get(item.path):
                yield Piece(item.label, "", item.label, True)
        for k, other in enumerate(left):
            yield Piece(f"other#{k} {other.label}", f"{other.label}: ", other.value, True)

    @staticmethod
    def _write_field(
        item: Field, value: Any, left: list[OtherField], flagged: bool
    ) -> Iterator[Piece]:
        head = f"{item.label}: "
        if value is not None and value != ():
            yield Piece(field_key(item), head, item.type.format(value), True)
            return
        # A value that could not be read stands in its own place, not behind the other fields.
        kept = next((other for other in left if other.label == item.label), None)
        if kept is not None:
            left.remove(kept)
            yield Piece(f"other {item.label}", head, kept.value, True)
        elif not item.optional and not flagged:
            yield Piece(field_key(item), head, "", True)

    @staticmethod
    def _write_rows(item: Rows, rows: Any) -> Iterator[Piece]:
        if rows is not None:
            yield Piece(item.label, "", item.label, True)
            for k, row in enumerate(rows):
                yield Piece(f"{item.label}#{k}", "", item.type.format(row), k == 0)
