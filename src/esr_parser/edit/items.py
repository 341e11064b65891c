"""Changes inside a section: values, lines and rows, each written as its neighbours are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from esr_parser.contents.fields import BULLET
from esr_parser.edit.alignment import paired
from esr_parser.edit.changes import Edits, Lines, LostError
from esr_parser.edit.extent import Step
from esr_parser.edit.habits import Habits
from esr_parser.edit.places import Row, Slot, Span, matched
from esr_parser.edit.rows import RowsEditor, rows_below, written
from esr_parser.edit.units import Unit
from esr_parser.grammar import Questions, Scores, Section
from esr_parser.noise import FURNITURE, RULE_MARKS, Style
from esr_parser.values import ValueType

__all__ = ["ItemsEditor"]

_MOST_NEIGHBOURS = 20
"""Items looked at for one that a new line can be made like."""


class ItemsEditor:
    """Changes the labelled lines of one section.

    Args:
        edits: Takes the changes.
        habits: How the text is laid out.
        lines: The lines of the section; of its first part where it stands in several.
        slots: Its items, in text order.
        section: The section.
        step: Where new lines go; and whether changed ones are written as the register prints
            them, without the marks of the tool that made the text.
        joined: Whether what goes on in the next line is put on one line.
    """

    def __init__(
        self,
        edits: Edits,
        habits: Habits,
        lines: Lines,
        slots: Sequence[Slot],
        section: Section,
        *,
        step: Step,
        joined: bool = False,
    ) -> None:
        self.edits = edits
        self.habits = habits
        self.style: Style = habits.style
        self.lines = lines
        self.slots = slots
        self._place: dict[int, int] = {id(slot): k for k, slot in enumerate(slots)}
        self.scores: bool = isinstance(section.content, Scores)
        # What stands behind a gap wider than those in a block is no part of it.
        self._is_block: bool = isinstance(section.content, Questions | Scores)
        self.step = step
        self._joined = joined
        self.plain: bool = step.is_plain
        self._units: dict[int, Unit] = {}
        self._rows: dict[int, list[Row]] = {}
        self._opened = False
        self._heads: dict[str, Slot] = {}
        """Heads and dimensions of a table in which no row stands below them."""

    def change(self, old: Sequence[Unit], new: Sequence[Unit]) -> None:
        """Makes the section say ``new``, where it said ``old``.

        Raises:
            LostError: an item is not where it should be.
        """
        places = matched(old, self.slots)
        self._units = {
            id(slot): unit for slot, unit in zip(places, old, strict=True) if slot is not None
        }
        if self.scores:
            self._heads = {
                slot.label: slot
                for slot in reversed(self.slots)
                if id(slot) not in self._units and not slot.value
            }
        pairs = paired(
            [(unit.label, (unit.value, unit.rows)) for unit in old],
            [(unit.label, (unit.value, unit.rows)) for unit in new],
            ordered=self.scores or self.plain,
        )
        anchor: Slot | None = None
        for unit, i in zip(new, pairs, strict=True):
            slot = None if i is None else places[i]
            before = None if i is None else old[i]
            if slot is not None and before is not None:
                if before != unit or self._joined:
                    self._change_item(slot, before, unit)
                anchor = slot
            elif before != unit and not unit.is_empty:
                heads = None if unit.head else self._heads.pop(unit.label, None)
                if heads is None:
                    self._insert(unit, anchor)
                anchor = heads or anchor
        for i in set(range(len(old))).difference(pairs):
            slot = places[i]
            if slot is not None and not old[i].is_empty:
                self._drop(slot)

    # -- one item -----------------------------------------------------------------------------

    def _change_item(self, slot: Slot, old: Unit, new: Unit) -> None:
        is_cut = self._joined and len(slot.spans) > 1
        if is_cut or (old.value != new.value and not _is_same(slot.kind, old.value, new.value)):
            if self.plain:
                if slot.inline is not None:
                    raise LostError
                start, end = slot.lines.start(slot.first), slot.lines.end(slot.last - 1)
                self.edits.replace(start, end, new.line)
            elif slot.is_lost:
                raise LostError
            elif self.scores:
                self._set_scores(slot, new.value.split())
            else:
                self._set_value(slot, new.value)
        if old.rows != new.rows or (self._joined and new.loose):
            rows = self._rows_of(slot)
            editor = self._rows_editor(slot, new)
            editor.change(rows, new.rows or (), slot.lines, slot.last - 1)

    def _set_value(self, slot: Slot, value: str) -> None:
        if not value and self.step.is_apart and not slot.below:
            self._drop(slot)
        elif not value:
            self._erase(slot, slot.spans)
        elif slot.spans:
            self._replace(slot, slot.spans[0], written(value, self.style.clean_value))
            for span in slot.spans[1:]:
                self._clear(slot, span)
        else:
            text = written(value, self.style.clean_value)
            self._fill(slot, slot.label_span, text)

    def _set_scores(self, slot: Slot, numbers: Sequence[str]) -> None:
        for span, number in zip(slot.spans, numbers, strict=False):
            self._replace(slot, span, number)
        self._erase(slot, slot.spans[len(numbers) :])
        behind = slot.spans[-1] if slot.spans else slot.label_span
        for number in numbers[len(slot.spans) :]:
            behind = self._fill(slot, behind, number)

    def _replace(self, slot: Slot, span: Span, text: str) -> None:
        start = slot.lines.start(span.line)
        self.edits.replace(start + span.start, start + span.end, text)

    def _erase(self, slot: Slot, spans: Sequence[Span]) -> None:
        """Takes values out; with the white space before them where nothing stands behind."""
        for span in spans:
            line = slot.lines.raw(span.line)
            if span.line > slot.label_span.line or line[span.end :].strip():
                self._clear(slot, span)
            else:
                self._replace(slot, span._replace(start=len(line[: span.start].rstrip())), "")

    def _clear(self, slot: Slot, span: Span) -> None:
        """Takes a part of a value out, with its line where it stands there alone."""
        lines, k = slot.lines, span.line
        line = lines.raw(k)
        if (line[: span.start] + line[span.end :]).strip(FURNITURE):
            self._replace(slot, span, "")
        else:
            self.edits.drop(lines, k - lines.gap(k), k + 1)

    def _fill(self, slot: Slot, behind: Span, text: str) -> Span:
        """Puts a value where none is: behind the label, or in the next cell."""
        line = slot.lines.raw(behind.line)
        column, before, after = _opening(line, behind, is_score=self.scores)
        self._replace(slot, Span(behind.line, column, column), before + text + after)
        return Span(behind.line, column, column)

    # -- rows of an item ------------------------------------------------------------------------

    def _rows_editor(self, slot: Slot | None, unit: Unit) -> RowsEditor:
        like = None
        lead = self.habits.block_gap if unit.loose else self._gap(None, unit)
        gap = 0
        rows = next(filter(None, map(self._rows_near, self._neighbours(slot))), None)
        if rows is not None:
            like = rows[-1]
            if not rows[0].inline:
                lead = rows[0].lines.gap(rows[0].first)
            gap = like.lines.gap(like.first) if len(rows) > 1 else 0
        if not unit.loose:
            gap = lead
        clean = self.style.clean_value if unit.loose else self._clean_note

        def write(text: str, row: Row | None) -> str:
            return self._row_line(text, row or like, clean)

        return RowsEditor(
            self.edits, write, clean, lead, gap, plain=self.plain, joined=self._joined
        )

    def _rows_of(self, slot: Slot) -> list[Row]:
        rows = self._rows.get(id(slot))
        if rows is None:
            unit = self._units.get(id(slot))
            rows = [] if unit is None else rows_below(slot, unit, self.style)
            self._rows[id(slot)] = rows
        return rows

    def _rows_near(self, slot: Slot) -> list[Row]:
        try:
            return self._rows_of(slot)
        except LostError:
            return []

    def _clean_note(self, text: str) -> str:
        return text if self.style.is_plain else self.style.clean_note(text)

    def _row_line(self, text: str, like: Row | None, clean: Callable[[str], str]) -> str:
        if self.plain:
            return text
        new = written(text, clean)
        before, after = self._indent(None), ""
        if like is not None and not like.inline:
            line = like.lines.raw(like.first)
            before, after = line[: like.start], line[like.end :]
            if "|" in before:
                clean = self.style.clean_note
        made = (before + new + after).rstrip()
        bare = BULLET.sub("", made[len(before) - len(before.lstrip()) :], count=1)
        return made if text in (clean(made), clean(bare)) else new

    # -- whole items ----------------------------------------------------------------------------

    def _drop(self, slot: Slot) -> None:
        for each in (slot, *slot.more):
            first = each.first - each.lines.gap(each.first)
            # Below a row there may be another mark, amid the lines that explain it.
            for k in sorted({*range(each.last, each.stop)}.difference(each.below)):
                self.edits.drop(each.lines, first, k)
                first = k + 1
            self.edits.drop(each.lines, first, each.stop)

    def _insert(self, unit: Unit, anchor: Slot | None) -> None:
        text = self._item_line(unit, anchor)
        if unit.rows:
            rows = self._rows_editor(anchor, unit)
            eol = self.edits.eol
            texts = [rows.write(row, None) for row in unit.rows]
            text += eol * (1 + rows.lead) + (eol * (1 + rows.gap)).join(texts)
        gap = self._gap(anchor, unit)
        is_apart = self.step.is_apart or self.step is Step.SHELTERED
        if self.step is Step.AMID and self._is_block:
            # No row follows the last one: a new one goes below it.
            is_apart = anchor is None or anchor is not self.slots[-1]
        if is_apart and self.lines.last_filled() >= self.lines.top:
            self._insert_apart(text, anchor, gap)
        elif self.step is Step.FIRST and self.lines.top:
            top = self.lines.top - 1
            below = 0 if self.lines.gap_behind(top) else 1
            self.edits.insert(self.lines, top, text, self.habits.below_heading, below)
        elif anchor is not None:
            last = max((anchor, *anchor.more), key=lambda slot: slot.lines.start(slot.stop - 1))
            # A line of text right below would be read as a part of the new item.
            below = 1 if self._is_above_text(last) else 0
            self.edits.insert(last.lines, self._last_line(last), text, gap, below)
        elif self.slots:
            first = self.slots[0]
            lead = first.lines.gap(first.first)
            below = max(0, gap - lead)
            self.edits.insert(first.lines, first.first - 1 - lead, text, lead, below)
        else:
            lines = self.lines
            gap = gap if self._opened else self.habits.below_heading
            self.edits.insert(lines, lines.last_filled(), text, gap)
            self._opened = True

    def _insert_apart(self, text: str, anchor: Slot | None, gap: int) -> None:
        """Puts lines in where text of the section that is no item stands on one side of them."""
        lines = self.lines
        if self.step is Step.BELOW:
            last = lines.last_filled()
            below = max(0, 1 - lines.gap_behind(last))
            self.edits.insert(lines, last, text, max(1, gap), below)
            return
        top = next(k for k in range(lines.top, len(lines.lines)) if not lines.is_blank(k))
        least = 1
        if self.step is Step.AMID and self.slots:
            follower = self._follower(anchor)
            lines, top = follower.lines, follower.first
            least = 0 if self._is_block else 1
        lead = lines.gap(top)
        self.edits.insert(lines, top - 1 - lead, text, lead, max(0, least - lead, gap - lead))

    def _follower(self, anchor: Slot | None) -> Slot:
        """The item below a new one; the last one where there is none."""
        k = 0 if anchor is None else self._place[id(anchor)] + 1
        return self.slots[min(k, len(self.slots) - 1)]

    def _last_line(self, slot: Slot) -> int:
        """The last line of an item, with the rule below the heads of a table."""
        lines, k = slot.lines, slot.stop
        if not slot.value:
            while k < len(lines.lines) and _is_rule(lines.lines[k]):
                k += 1
        return k - 1

    def _is_above_text(self, slot: Slot) -> bool:
        """Whether a line that is no item stands right below an item."""
        lines, k = slot.lines, slot.stop
        if self.scores or self.plain or k >= len(lines.lines) or lines.is_blank(k):
            return False
        return all(other.lines is not lines or other.first != k for other in self.slots)

    def _gap(self, anchor: Slot | None, unit: Unit) -> int:
        """Empty lines before a new item: as many as its neighbours have."""
        if anchor is not None and anchor is not self.slots[0]:
            return anchor.lines.gap(anchor.first)
        if len(self.slots) > 1:
            return self.slots[1].lines.gap(self.slots[1].first)
        return self.habits.block_gap if unit.block and not self._is_block else 0

    def _item_line(self, unit: Unit, anchor: Slot | None) -> str:
        if self.plain:
            return unit.line
        values = []
        if unit.head:
            text = written(unit.value, self.style.clean_value)
            values = text.split() if self.scores else [text]
        if unit.value:
            for slot in self._neighbours(anchor):
                made = slot.like(unit.label, values) if bool(slot.spans) == bool(values) else None
                # A label that nobody knows is only seen with a colon and a space.
                if made and (unit.declared or self.scores or f"{unit.label}: " in made):
                    return made
        return self._indent(anchor) + unit.line

    def _indent(self, anchor: Slot | None) -> str:
        slot = anchor or (self.slots[0] if self.slots else None)
        if slot is None:
            return self.habits.margin
        line = slot.lines.raw(slot.first)
        return line[: len(line) - len(line.lstrip())]

    def _neighbours(self, slot: Slot | None) -> list[Slot]:
        """Items near one, the nearest first, those above it before those below."""
        k = self._place.get(id(slot), 0)
        low, high = max(0, k - _MOST_NEIGHBOURS), k + _MOST_NEIGHBOURS
        return sorted(self.slots[low:high], key=lambda other: abs(self._place[id(other)] - k))


def _is_same(kind: ValueType | None, old: str, new: str) -> bool:
    """Whether two texts are one value: ``1,50`` and ``1,500``."""
    try:
        return kind is not None and bool(old) and bool(new) and kind.parse(old) == kind.parse(new)
    except ValueError:
        return False


def _is_rule(line: str) -> bool:
    return bool(line.strip()) and not line.strip(RULE_MARKS)


def _opening(line: str, behind: Span, *, is_score: bool) -> tuple[int, str, str]:
    """Where a value goes behind a label or a cell, and what has to stand around it."""
    column = len(line) - len(line[behind.end :].lstrip("*_"))
    bar = line.find("|", column)
    if bar >= 0 and not line[column:bar].strip():
        rest = line[bar + 1 :]
        if not rest.strip() and line.lstrip().startswith("|"):
            return bar + 1, " ", " |"
        lead = "" if rest[:1].isspace() else " "
        column = bar + 1 + (not lead)
        return column, lead, " " if line[column : column + 1] == "|" else ""
    if is_score:
        return column, " ", ""
    if line[column : column + 1].isspace():
        return column + 1, "", ""
    has_colon = line[:column].rstrip("*_").endswith(":")
    return column, " " if has_colon else ": ", ""
