"""One block of score rows: ``aspect direct indirect``, each with lines that explain it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from esr_parser.contents.blocks import Block, PrintedBlock, note_text
from esr_parser.contents.body import Aliases, Body, Entry, Piece, Reading, entry
from esr_parser.grammar import Scores
from esr_parser.model import OtherField, SustainabilityImpact
from esr_parser.noise import FURNITURE, RULE_MARKS, Noise, WordTable, noises_of, one_cell, squeeze

__all__ = ["ScoresReader"]

_MOST_WRAPPED = 6
_LONGEST_HEADS = 2000
_PADS = frozenset(FURNITURE)
_SCORES_AT_END = re.compile(r"(?:^|(?<=[\s|]))([0-9]{1,3})(?:[\s|]{1,200}([0-9]{1,3}))?[\s|]*$")
_TAIL = 240
"""Where in a line its scores are looked for."""


_SCORES = {str(score): score for score in range(11)}
_PAIRS = {f"{d} {i}": (d, i) for d in range(11) for i in range(11)}
_PAIR = "(?:10|[0-9]) (?:10|[0-9])"
_SCORE_ENDS = frozenset("0123456789")
_new = tuple.__new__


class _Row(NamedTuple):
    aspect: str
    direct: int | None
    indirect: int | None
    first: int
    after: int


class _State:
    """What is known amid a block."""

    __slots__ = ("bare", "block", "body", "dimensions", "has_heads", "in_cells", "reading")

    def __init__(self, body: Body) -> None:
        self.body = body
        self.reading = Reading()
        self.block: Block[_Row] = Block()
        self.dimensions: list[str] = []
        self.has_heads = self.in_cells = False
        self.bare: list[int] = []
        """Which rows are an aspect's name alone, without scores."""


class ScoresReader:
    """Reads and writes a block of scores."""

    def __init__(self, content: Scores, aliases: Aliases) -> None:
        self.content = content
        self.dimension_of: dict[str, str] = {}
        dimensions = [(dimension.name, dimension.name) for dimension in content.dimensions]
        aspects: list[tuple[str, str]] = []
        for dimension in content.dimensions:
            for aspect in dimension.aspects:
                aspects.append((aspect, aspect))
                self.dimension_of[aspect] = dimension.name
        for words in (dimensions, aspects):
            known = {squeeze(word): name for word, name in words}
            words += [
                (alias, known[squeeze(target)])
                for alias, target in aliases.items()
                if squeeze(target) in known
            ]
        self.aspects: WordTable[str] = WordTable(aspects)
        self.dimensions: WordTable[str] = WordTable(dimensions)
        self._plain_dimensions = frozenset(d.name for d in content.dimensions)
        self.head_line: str = "".join(content.heads)
        self._heads = frozenset(squeeze(head) for head in (*content.heads, self.head_line))
        self._whole_order = list(range(len(self.dimension_of)))
        self._printed_lines: list[tuple[str, str | None]] = [(self.head_line, None)]
        """Each line's name, and the dimension where it is an aspect."""
        for dimension in content.dimensions:
            self._printed_lines.append((dimension.name, None))
            self._printed_lines += [(aspect, dimension.name) for aspect in dimension.aspects]
        self._rows = [(name, dim) for name, dim in self._printed_lines if dim is not None]
        self._as_printed = PrintedBlock(
            [(f"{name} ", _PAIR) if dim else (name, None) for name, dim in self._printed_lines],
            (word for word, _ in (*aspects, *dimensions)),
        )
        self._order = {aspect: k for k, aspect in enumerate(self.dimension_of)}

    # -- reading ------------------------------------------------------------------------------

    def read(self, body: Body) -> Reading:
        """The values of a section's lines: a whole block as printed, or whatever is there."""
        return self._printed(body) or self._unprinted(body)

    def _printed(self, body: Body) -> Reading | None:
        """The block as printed: heads, every dimension and row in order, notes below the rows."""
        found = self._as_printed.look(body, self._is_note)
        if not found:
            return None
        impacts: list[SustainabilityImpact] = []
        rows = zip(self._rows, found[::2], found[1::2], strict=True)
        for (aspect, dimension), scores, note in rows:
            direct, indirect = _PAIRS[scores]
            text = note[1:] or None
            impacts.append(SustainabilityImpact(dimension, aspect, direct, indirect, text))
        reading = Reading()
        reading.values[self.content.path] = tuple(impacts)
        reading.defer(lambda: self._printed_entries(body, found))
        return reading

    def _is_note(self, body: Body, i: int) -> bool:
        """Whether a line has no other meaning, in a text as printed."""
        bare = body.lines[i].strip(FURNITURE)
        if not bare or self.row(body, i, bare) is not None:
            return False
        return self.dimension(body, i, bare) is None

    def _printed_entries(self, body: Body, found: Sequence[str]) -> Iterator[Entry]:
        scores = iter(found[::2])
        places = self._as_printed.places(body, found)
        for (name, dimension), (first, end) in zip(self._printed_lines, places, strict=True):
            value = next(scores) if dimension else ""
            yield entry(self.content, name, value, first, first + 1, first + 1, end)

    def _unprinted(self, body: Body) -> Reading:
        state = _State(body)
        block = state.block
        aspects, dimensions = self.aspects.exact, self._plain_dimensions
        start, starts = self._as_printed.start, self._as_printed.starts
        has_notes_only = not body.style.is_odd
        lines = body.lines
        i, count = 0, len(lines)
        while i < count:
            line = lines[i]
            if not line:
                block.blank(line)
                i += 1
                continue
            if line[-1] in _SCORE_ENDS:
                parts = line.rsplit(" ", 2)
                aspect = aspects.get(parts[0])
                if aspect is not None and len(parts) == 3:
                    direct, indirect = _SCORES.get(parts[1]), _SCORES.get(parts[2])
                    if direct is not None and indirect is not None:
                        block.mark(_new(_Row, (aspect, direct, indirect, i, i + 1)))
                        i += 1
                        continue
            if line in dimensions and line not in state.dimensions:
                state.dimensions.append(line)
                state.reading.add(entry(self.content, line, "", i, i + 1, i + 1, i + 1))
                block.close()
                i += 1
                continue
            if (
                has_notes_only
                and block.marks
                and line[:start].casefold() not in starts
                and line[0] not in _PADS
                and line[-1] not in _PADS
            ):
                block.note(i)
                i += 1
                continue
            i = self._line(state, i)
        return self._finished(state)

    def _line(self, state: _State, i: int) -> int:
        """Reads a line that is no plain row; gives the line behind it."""
        body, block = state.body, state.block
        line = body.lines[i]
        bare = one_cell(line.strip(FURNITURE))
        if not bare or (not block.marks and not line.strip(RULE_MARKS)):
            self._furniture(state, i)
            return i + 1
        if not block.marks and self.is_head(line):
            self._heads_line(state, i)
            return i + 1
        row = self.row(body, i, bare)
        if row is not None:
            self._note_noise(body, i, row.after, row.aspect)
            if "|" in line:
                state.in_cells = True
            if row.direct is None:
                state.bare.append(len(block.marks))
            block.mark(row)
            return row.after
        dimension = self.dimension(body, i, bare)
        if dimension is not None:
            name, after = dimension
            self._note_noise(body, i, after, name)
            if name in state.dimensions:
                body.report("ESR303", i, f"{name!r} is repeated", name)
            state.dimensions.append(name)
            state.reading.add(entry(self.content, name, "", i, after, after, after))
            block.close()
            return after
        block.note(i)
        return i + 1

    @staticmethod
    def _note_noise(body: Body, i: int, after: int, word: str) -> None:
        for kind in noises_of(body.lines[i], word):
            body.noise(kind, i)
        if after > i + 1:
            body.noise(Noise.WRAPPED, i)
            body.blanks(i, after)

    @staticmethod
    def _furniture(state: _State, i: int) -> None:
        """A line without a letter: white space, a rule of the table, or a rule in a note."""
        body, block = state.body, state.block
        line = body.lines[i]
        if line.isspace():
            body.blank(i)
            block.blank(line)
        elif body.style.is_plain and block.marks and "|" not in line:
            block.note(i)
        else:
            body.noise(Noise.RULE, i)

    def is_head(self, line: str) -> bool:
        """Whether a line is one of the column heads, or all of them."""
        if line == self.head_line:
            return True
        return len(line) <= _LONGEST_HEADS and squeeze(line) in self._heads

    def _heads_line(self, state: _State, i: int) -> None:
        body = state.body
        line = body.lines[i]
        if line != self.head_line:
            for kind in noises_of(line) or [Noise.LETTER_CASE]:
                body.noise(kind, i)
        elif state.has_heads:
            body.report("ESR303", i, f"{line!r} is repeated", line)
        state.has_heads = True
        state.reading.add(entry(self.content, self.head_line, "", i, i + 1, i + 1, i + 1))
        state.block.close()

    def row(self, body: Body, i: int, bare: str) -> _Row | None:
        """An aspect and its scores: padded, in cells, wrapped, or each on a line of its own."""
        table, lines = self.aspects, body.lines
        if not table.may_start(bare, body.style.is_odd):
            return None
        name = ""
        numbers: list[int] = []
        for k in body.filled(i, _MOST_WRAPPED):
            part = lines[k].strip(FURNITURE)
            part, found = _without_scores(part)
            numbers += found
            name += squeeze(part[:400])
            aspect = table.folded.get(name)
            if aspect is not None and len(numbers) <= 2:
                after = self._numbers_below(body, k + 1, numbers)
                direct, indirect = [*numbers, None, None][:2]
                return _Row(aspect, direct, indirect, i, after)
            if name not in table.prefixes and name:
                return None
        return None

    @staticmethod
    def _numbers_below(body: Body, after: int, numbers: list[int]) -> int:
        """Adds scores that stand on lines of their own; gives the line behind them."""
        lines = body.lines
        k = after
        while len(numbers) < 2 and k < len(lines):
            part = lines[k].strip(FURNITURE)
            if part:
                found = _scores_alone(part, 2 - len(numbers))
                if not found:
                    break
                numbers += found
                after = k + 1
            k += 1
        return after

    def dimension(self, body: Body, i: int, bare: str) -> tuple[str, int] | None:
        """A dimension line, which may be wrapped, and the line behind it."""
        table, lines = self.dimensions, body.lines
        if not table.may_start(bare, body.style.is_odd):
            return None
        name = ""
        for k in body.filled(i, _MOST_WRAPPED):
            part = one_cell(lines[k].strip(FURNITURE))
            if len(part) > 400:
                return None
            name += squeeze(part)
            found = table.folded.get(name)
            if found is not None:
                return found, k + 1
            if name not in table.prefixes:
                return None
        return None

    # -- the whole block ------------------------------------------------------------------------

    def _finished(self, state: _State) -> Reading:
        body, block, reading = state.body, state.block, state.reading
        if state.bare:
            self._drop_bare(state)
        reading.strays = block.strays(body)
        for row, note in zip(block.marks, block.notes, strict=True):
            reading.strays += _numbers_apart(body, row, note)
        if body.implied and not reading.strays:
            reading.strays += block.doubtful(body)
        impacts: list[SustainabilityImpact] = []
        dimension_of = self.dimension_of
        for (aspect, direct, indirect, first, _), note in zip(
            block.marks, block.notes, strict=True
        ):
            if (direct or 0) > 10 or (indirect or 0) > 10:
                value = _format_scores(direct, indirect)
                body.report("ESR305", first, f"{aspect!r}: a score is not 0-10: {value}", aspect)
            text = note_text(body, note, in_cells=state.in_cells) if note else None
            impacts.append(
                SustainabilityImpact(dimension_of[aspect], aspect, direct, indirect, text)
            )
        reading.defer(lambda: self._entries(block))
        if impacts:
            reading.values[self.content.path] = tuple(impacts)
        self._report(state, impacts)
        return reading

    def _entries(self, block: Block[_Row]) -> Iterator[Entry]:
        for row, note in zip(block.marks, block.notes, strict=True):
            aspect, direct, indirect, first, after = row
            end = note[-1] + 1 if note else after
            value = _format_scores(direct, indirect)
            yield entry(self.content, aspect, value, first, after, after, end)

    @staticmethod
    def _drop_bare(state: _State) -> None:
        """An aspect's name alone is a row only where no row has its scores; else it is a note."""
        block = state.block
        rows = block.marks
        known = {row.aspect for k, row in enumerate(rows) if k not in set(state.bare)}
        for k in state.bare:
            row = rows[k]
            if row.aspect not in known or k == 0:
                known.add(row.aspect)
                continue
            rows[k] = row._replace(aspect="")
        kept = [k for k, row in enumerate(rows) if row.aspect]
        notes: list[list[int]] = []
        for k, row in enumerate(rows):
            if row.aspect:
                notes.append(block.notes[k])
            else:
                notes[-1] += [*range(row.first, row.after), *block.notes[k]]
        block.marks, block.notes = [rows[k] for k in kept], notes

    def _report(self, state: _State, impacts: list[SustainabilityImpact]) -> None:
        """What is missing, repeated or moved; nothing in a canonical block."""
        body = state.body
        order = [self._order[impact.aspect] for impact in impacts]
        if (
            state.has_heads
            and len(state.dimensions) == len(self.content.dimensions)
            and order == self._whole_order
        ):
            return
        seen = set(order)
        missing = [] if state.has_heads else [self.head_line]
        missing += [d.name for d in self.content.dimensions if d.name not in state.dimensions]
        missing += [aspect for aspect, k in self._order.items() if k not in seen]
        if missing:
            body.report_missing(missing)
        start = body.start
        if len(order) != len(seen):
            twice = [a for a, k in self._order.items() if order.count(k) > 1]
            names = ", ".join(map(repr, twice))
            body.notes.add("ESR303", start, start, f"repeated: {names}", section=body.number)
        if order != sorted(order):
            message = "the aspects stand in another order"
            body.notes.add("ESR306", start, start, message, section=body.number)

    # -- writing ------------------------------------------------------------------------------

    def write(
        self,
        values: Mapping[str, Any],
        others: Sequence[OtherField],  # noqa: ARG002 (a repeated row is one more value)
    ) -> Iterator[Piece]:
        """The canonical text of a section's values."""
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


def _is_score(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) <= 3


def _scores_alone(line: str, most: int) -> list[int]:
    """The scores of a line that holds nothing else; none where there are more than ``most``."""
    cells = line.replace("|", " ").split()
    if len(cells) > most:
        cells = one_cell(line).split()
    if len(cells) > most or not all(map(_is_score, cells)):
        return []
    return [int(cell) for cell in cells]


def _numbers_apart(body: Body, row: _Row, note: list[int]) -> Iterator[tuple[int, int]]:
    """Numbers below a dimension that stands amid a row: no explanation, and not surely scores.

    They are taken out of the lines of the explanation.
    """
    missing = (row.direct, row.indirect).count(None)
    while missing and note:
        if not _scores_alone(body.lines[note[0]].strip(FURNITURE), missing):
            return
        first = note.pop(0)
        yield first, first + 1


def _without_scores(line: str) -> tuple[str, list[int]]:
    """A line without the scores at its end, and these."""
    if line[-1] not in _SCORE_ENDS or len(line) > _LONGEST_HEADS:
        return line, []
    match = _SCORES_AT_END.search(line[-_TAIL:])
    if match is None:
        return line, []
    numbers = [int(score) for score in match.groups() if score is not None]
    return line[: len(line) - len(line[-_TAIL:]) + match.start()], numbers


def _format_scores(direct: int | None, indirect: int | None) -> str:
    if direct is None:
        return ""
    return f"{direct}" if indirect is None else f"{direct} {indirect}"
