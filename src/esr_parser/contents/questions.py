"""One block of questions: ``question: answer``, each with lines that explain it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from esr_parser.contents.blocks import Block, PrintedBlock, note_text
from esr_parser.contents.body import Aliases, Body, Entry, Piece, Reading, entry
from esr_parser.contents.fields import field_key
from esr_parser.contents.labels import PADS, LabelledLines, is_good, value_of
from esr_parser.grammar import Field, Questions
from esr_parser.model import OtherField
from esr_parser.noise import FURNITURE, Noise, noises_of

__all__ = ["QuestionsReader"]


class _Answer(NamedTuple):
    item: Field
    value: str
    first: int
    after: int
    rest: str
    """An explanation that begins on the line of the answer."""


class QuestionsReader(LabelledLines):
    """Reads and writes a block of questions."""

    items: tuple[Field, ...]
    is_loose = True

    def __init__(self, content: Questions, aliases: Aliases) -> None:
        super().__init__(content.items, aliases)
        heads = [(f"{item.label}: ", ".++") for item in self.items]
        self._as_printed = PrintedBlock(heads, self.table.exact)
        self._printed_values = [
            (f"{item.path}.answer", f"{item.path}.explanation", item.type.printed)
            for item in self.items
        ]

    def read(self, body: Body) -> Reading:
        """The values of a section's lines: a whole block as printed, or whatever is there."""
        return self._printed(body) or self._unprinted(body)

    def _printed(self, body: Body) -> Reading | None:
        """The block as printed: every question in order, with its answer, notes below it."""
        found = self._as_printed.look(body, self._is_note)
        if not found:
            return None
        reading = Reading()
        values = reading.values
        for (answer, explanation, read), text, note in zip(
            self._printed_values, found[::2], found[1::2], strict=True
        ):
            value = read(text)
            if value is None:
                return None
            values[answer] = value
            if note:
                values[explanation] = note[1:]
        reading.defer(lambda: self._printed_entries(body, found))
        return reading

    def _printed_entries(self, body: Body, found: Sequence[str]) -> Iterator[Entry]:
        places = self._as_printed.places(body, found)
        for item, value, (first, end) in zip(self.items, found[::2], places, strict=True):
            yield entry(item, item.label, value, first, first + 1, first + 1, end)

    def _is_note(self, body: Body, i: int) -> bool:
        """Whether a line has no other meaning, in a text as printed."""
        return not (body.lines[i].isspace() or self.recognises(body, i))

    def _unprinted(self, body: Body) -> Reading:
        lines, exact = body.lines, self.table.exact
        start, starts = self._as_printed.start, self._as_printed.starts
        is_usual = not body.style.is_odd
        block: Block[_Answer] = Block()
        i, count = 0, len(lines)
        while i < count:
            line = lines[i]
            if not line or line.isspace():
                if line:
                    body.blank(i)
                block.blank(line)
                i += 1
                continue
            if (
                is_usual
                and line[:start].casefold() not in starts
                and line[0] not in PADS
                and line[-1] not in PADS
            ):
                block.note(i)
                i += 1
                continue
            label, colon, value = line.partition(": ")
            items = exact.get(label if colon else line.removesuffix(":"))
            after = i + 1
            if items is None:
                found = self.second_look(body, i)
                if found is not None:
                    items, value, after = found
                    value = value_of(value, line, body.style)
                    for kind in noises_of(line, items[0].label):
                        body.noise(kind, i)
            if items is None:
                block.note(i)
                i += 1
                continue
            answer = self._answer(body, items[0], value, i, after)  # type: ignore[arg-type]
            block.mark(answer)
            i = answer.after
        return self._reading(body, block)

    def _answer(self, body: Body, item: Field, value: str, i: int, after: int) -> _Answer:
        if not value or not body.style.is_plain or value[0] <= " " or value[-1] <= " ":
            value = value_of(value, body.lines[i], body.style)
        if not value:
            value, after = self._answer_below(body, item, after)
        answer, _, rest = value.partition(" ")
        if (
            rest[:1].isupper()
            and is_good(item.type, answer)
            and self.table.find(rest.partition(":")[0]) is None
        ):
            # The line break before the explanation is gone.
            body.noise(Noise.WRAPPED, i)
            return _Answer(item, answer, i, after, rest)
        return _Answer(item, value, i, after, "")

    @staticmethod
    def _answer_below(body: Body, item: Field, after: int) -> tuple[str, int]:
        k = after
        while k < len(body.lines) and not body.lines[k].strip(FURNITURE):
            k += 1
        if k < len(body.lines):
            line = body.lines[k]
            value = value_of(line.strip(FURNITURE), line, body.style)
            if is_good(item.type, value):
                body.noise(Noise.VALUE_BELOW, k)
                return value, k + 1
        return "", after

    def _reading(self, body: Body, block: Block[_Answer]) -> Reading:
        reading = Reading()
        reading.strays = block.strays(body)
        seen: set[int] = set()
        for answer, note in zip(block.marks, block.notes, strict=True):
            if id(answer.item) in seen:
                self._repeated(body, reading, answer, note)
            else:
                seen.add(id(answer.item))
                self._take(body, reading, answer, note)
        missing = [item.label for item in self.items if id(item) not in seen]
        if missing:
            body.report_missing(missing)
        return reading

    def _take(self, body: Body, reading: Reading, answer: _Answer, note: list[int]) -> None:
        item, value, first, after, rest = answer
        if value:
            try:
                parsed = item.type.parse(value)
            except ValueError as error:
                reading.others.append(OtherField(body.number, item.label, value))
                body.report("ESR302", first, f"cannot read the answer: {error}", item.label)
            else:
                reading.values[f"{item.path}.answer"] = parsed
                if item.type.spelling is not None and not item.type.spelling.fullmatch(value):
                    body.noise(Noise.VALUE_STYLE, first)
        text = note_text(body, note)
        if rest:
            text = f"{rest}\n{text}" if text else rest
        if text is not None:
            reading.values[f"{item.path}.explanation"] = text
        end = note[-1] + 1 if note else after
        reading.add(entry(item, item.label, value, first, after, after, end))

    @staticmethod
    def _repeated(body: Body, reading: Reading, answer: _Answer, note: list[int]) -> None:
        """A question that stands twice: its answer counts only where the first has none."""
        item, value, first, after, rest = answer
        path = f"{item.path}.answer"
        whole = f"{value} {rest}".strip()
        body.report("ESR303", first, f"{item.label!r} is repeated", item.label)
        if whole and path not in reading.values and is_good(item.type, whole):
            reading.values[path] = item.type.parse(whole)
        elif whole:
            reading.others.append(OtherField(body.number, item.label, whole))
        reading.add(entry(item, item.label, value, first, after, after, after))
        if note:
            reading.strays.append((note[0], note[-1] + 1))

    def write(self, values: Mapping[str, Any], others: Sequence[OtherField]) -> Iterator[Piece]:
        """The canonical text of a section's values."""
        left = list(others)
        for k, item in enumerate(self.items):
            key, head = field_key(item), f"{item.label}: "
            answer = values.get(f"{item.path}.answer")
            if answer is None:
                kept = next((other for other in left if other.label == item.label), None)
                if kept is not None:
                    left.remove(kept)
                yield Piece(key, head, kept.value if kept is not None else "", k == 0)
            else:
                yield Piece(key, head, item.type.format(answer), k == 0)
            note = values.get(f"{item.path}.explanation")
            if note is not None:
                yield Piece(f"{key}#note", "", note, False)
        for k, other in enumerate(left):
            yield Piece(f"other#{k} {other.label}", f"{other.label}: ", other.value, False)
