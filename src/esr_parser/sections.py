"""Sections to values: what the lines of each kind of content hold.

There is one reader for each class of content in :mod:`esr_parser.grammar`. A reader puts values
under their declared paths, keeps what it cannot read, and returns findings: data, from which the
diagnostics are made once.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, MutableSequence
from typing import Any

import attrs

from esr_parser.fields import BULLET, EMPHASIS, MOST_LINES, FieldTexts, are_cells, is_readable
from esr_parser.findings import Findings, Part, Place
from esr_parser.grammar import (
    Field,
    Fields,
    Flag,
    Item,
    Prose,
    Questions,
    Rows,
    Scores,
    Section,
    WordKind,
)
from esr_parser.joining import Page
from esr_parser.lexer import ONLY_NUMBERS, Lexicon, cells, is_rule
from esr_parser.model import OtherField
from esr_parser.noise import Noise, Tally
from esr_parser.outline import Entry, Region, RegionKind
from esr_parser.remarks import TEXT_MARKS, has_row_marks, oddity, prose_oddity
from esr_parser.text import key, places_of

__all__ = ["SectionReader"]

_COLON = re.compile(" ?[:\uff1a]")
_REPEATED_LINE = re.compile(r"^(.+)$(?:\n+\1$)+", re.MULTILINE)
_ROW_NUMBER = re.compile(r"([0-9]{1,2})\. (?=[A-ZÅÄÖ])")
_FIRST_WORD = re.compile(
    r"(?:\*\*)?(\w+)(?:\*\*)?[.,:;]?\s+(?:[-\u2013\u2014]\s+)?(\S.*)", re.DOTALL
)
# `Kyllä Ei`, `Kyllä [ ] Ei [x]`, of a form; `Kyllä -> Ei`, of people; `Ei tietoa`.
_NO_ANSWER = re.compile(
    r"\W*(?:(?:x|ja|tai)\W+)?(?:kyllä|ei|tie(?:toa|dossa)|ilmoitettu|vastattu)\b", re.IGNORECASE
)


class SectionReader:
    """Reads the regions of one text."""

    def __init__(
        self, lexicon: Lexicon, page: Page, noise: Tally, *, keeps_parts: bool = False
    ) -> None:
        self.lexicon: Lexicon = lexicon
        self.page: Page = page
        self.noise: Tally = noise
        self.lines: list[str] = page.lines.lines
        self.findings = Findings()
        self.tell = self.findings.tell
        self.fields = FieldTexts(lexicon, page, noise, self.findings)
        self.values: dict[str, dict[str, Any]] = {}
        self.other_fields: list[tuple[int, OtherField]] = []
        self.strays: dict[str | None, list[tuple[int, int]]] = {}
        """Lines without a place, by the number of their section (``None``: not known)."""
        self.parts: MutableSequence[Part] = [] if keeps_parts else deque(maxlen=0)
        self._absent: tuple[Region | None, tuple[Item, ...]] = None, ()

    def _keep(self, section: Section, label: str, value: str) -> None:
        rank = len(self.other_fields)
        self.other_fields.append((rank, OtherField(section.number, label, value)))

    def _unreadable(
        self, section: Section, label: str, value: str, place: Place, reason: str, shape: str = ""
    ) -> None:
        self._keep(section, label, value)
        message = f"cannot read {label!r}: {reason}"
        if shape and reason[:1] not in ("'", '"'):
            # The error of a user's function, which need not be a sentence about the value.
            message += f"; expected {shape}"
        self.tell("ESR302", place, message, section=section.number, label=label)

    def read(self, region: Region) -> None:
        """Reads a region of a section that is known."""
        section = region.section
        assert section is not None
        content = section.content
        values = self.values.setdefault(section.key, {})
        first = region.entries[0].token.first if region.entries else region.end
        if isinstance(content, Prose):
            self._prose(region, section, content, values)
            return
        self._stray(region, section, region.body, first)
        if isinstance(content, Fields):
            self.fields.begin(region)
        for entry in region.entries:
            if isinstance(content, Questions):
                self._question(section, entry, values)
            elif isinstance(content, Scores):
                self._score(section, content, entry, values)
            else:
                self._item(region, section, entry, values)

    def _prose(
        self, region: Region, section: Section, content: Prose, values: dict[str, Any]
    ) -> None:
        text = self.page.prose(region.body, region.end)
        if content.path in values or (not text and self._has_children(section)):
            if text:
                self._stray(region, section, region.body, region.end)
            return
        values[content.path] = text
        is_last = not any(self.lines[region.end :])
        if (found := prose_oddity(text, is_last=is_last)) is not None:
            self._tell_of_text(section, region.body, region.end, *found)
        else:
            self._find_marks(section, text, region.body, region.end)

    def _find_marks(self, section: Section, text: str, first: int, end: int) -> None:
        """Reports marks of tools in prose or an explanation."""
        mark = next((x for x in TEXT_MARKS if x[0] in text and x in text), None)
        if mark is not None:
            what = "marks of a tool, or letters that it could not read"
            self._tell_of_text(section, first, end, what, mark)

    def _tell_of_text(self, section: Section, first: int, end: int, what: str, odd: str) -> None:
        first = next((i for i in range(first, end) if odd in self.lines[i]), first)
        message = f"the text contains {what}"
        self.tell("ESR308", Place(first, first), message, section=section.number)

    def _has_children(self, section: Section) -> bool:
        return any(s.parent == section.number for s in self.lexicon.layout.sections)

    def _item(self, region: Region, section: Section, entry: Entry, values: dict[str, Any]) -> None:
        item, token = entry.word.item, entry.token
        if isinstance(item, Field):
            last = self._field(region, section, entry, item, values)
        else:
            last = token.last
            part = Part(entry, item.label, "", None, token.first, last, last + 1, item.paths)
            self.parts.append(part)
            if isinstance(item, Flag):
                values[item.path] = True
            elif isinstance(item, Rows) and not entry.is_repeated:
                last = self._rows(section, entry, item, values)
                part.note_end = last + 1
        self._stray(region, section, last + 1, entry.end)

    def _field(
        self,
        region: Region,
        section: Section,
        entry: Entry,
        item: Field,
        values: dict[str, Any],
    ) -> int:
        token = entry.token
        value, place = self.fields.text_of(entry, item)
        found = self.fields.cells_of(value, entry)
        is_several = len(found) > 1 and are_cells(item, found)
        text = self.fields.unmarked(value, entry, has_links=not item.type.is_address)
        last = max(token.last, place.last) if place and place.last < entry.end else token.last
        if ":" in text or "\uff1a" in text:
            text = self._parted(region, section, text, place or Place(token.first, last), values)
        self.parts.append(
            Part(entry, item.label, text, place, token.first, last, last + 1, item.paths)
        )
        at = place or Place(token.first, token.last)
        if entry.is_repeated:
            self._keep_repeated(section, item.label, text, Place(token.first, last))
        elif is_several and not item.type.is_text:
            text = " | ".join(found)
            self._unreadable(section, item.label, text, at, "it is in several cells")
        elif text:
            self._typed(section, item, text, at, values)
            self._warn(region, section, item, text, at)
            if is_several:
                message = f"{item.label!r}: the value is in several cells"
                self.tell("ESR308", at, message, section=section.number, label=item.label)
        return last

    def _parted(
        self, region: Region, section: Section, text: str, place: Place, values: dict[str, Any]
    ) -> str:
        """The value before another field of the section, which has no line of its own."""
        for item in self._absent_items(region):
            at = text.find(item.label)
            colon = _COLON.match(text, at + len(item.label)) if at >= 0 else None
            if isinstance(item, Field) and colon is not None:
                text, value = text[:at], text[colon.end() :].strip()
                self.noise.add(Noise.GLUED, place.first)
                if value:
                    self._typed(section, item, value, place, values)
        return text.strip()

    def _absent_items(self, region: Region) -> tuple[Item, ...]:
        """The items of a section that have no line of their own."""
        if self._absent[0] is not region:
            found = {entry.word.item for entry in region.entries}
            content = region.section and region.section.content
            assert isinstance(content, Fields)
            self._absent = region, tuple(x for x in content.items if x not in found)
        return self._absent[1]

    def _keep_repeated(self, section: Section, label: str, text: str, place: Place) -> None:
        if text:
            self._keep(section, label, text)
        message = f"the label {label!r} is repeated; the first value counts"
        self.tell("ESR303", place, message, section=section.number, label=label)

    def _typed(
        self, section: Section, item: Field, text: str, place: Place, values: dict[str, Any]
    ) -> None:
        """Puts the value under its path, or keeps the text where it cannot be read."""
        kind = item.type
        value = kind.fast(text) if kind.fast is not None else None
        if value is not None:
            self._put(item, value, values)
            return
        try:
            value = kind.parse(text)
        except ValueError as error:
            self._unreadable(section, item.label, text, place, str(error), kind.shape)
            return
        self._put(item, value, values)
        if not kind.is_text and not kind.writes(value, text):
            self.noise.add(Noise.VALUE_STYLE, place.first)
        notice = kind.notice(value) if kind.notice is not None else None
        if notice is not None:
            message = f"{item.label!r}: {notice}"
            odd = {"odd": text, "words": kind.words} if kind.words else {}
            self.tell("ESR305", place, message, section=section.number, label=item.label, **odd)

    def _put(self, item: Field, value: Any, values: dict[str, Any]) -> None:
        if item.second:
            values[item.path], values[item.second] = value
        else:
            values[item.path] = value

    def _warn(self, region: Region, section: Section, item: Field, text: str, place: Place) -> None:
        """Reports what editors leave in values, and what may be a second field on the line."""
        label = next(self._labels_in(text), None) if ":" in text else None
        absent = (x.label for x in self._absent_items(region) if _holds(text, x.label))
        label = label or next(absent, None)
        if label is not None:
            message = f"{item.label!r}: the value contains the label {label!r}"
            self.tell("ESR307", place, message, section=section.number, label=label)
        elif (what := oddity(_shown(item, text))) is not None:
            message = f"{item.label!r}: the value {what}"
            self.tell("ESR308", place, message, section=section.number, label=item.label)

    def _labels_in(self, text: str) -> Iterator[str]:
        labels, keys, tails = self.lexicon.labels, self.lexicon.keys, self.lexicon.label_tails
        for at in places_of(text, ":"):
            words = text[max(at - self.lexicon.longest, 0) : at].rstrip()
            if words[-3:].casefold() in tails:
                for start in _word_starts(words):
                    if keys.get(key(words[start:]), ("",))[0] == WordKind.LABEL:
                        yield words[start:]
                # Right behind the value, without a space.
                yield from (x for x in labels if words.endswith(x) and words[-len(x) - 1 :] != x)

    def _rows(self, section: Section, entry: Entry, item: Rows, values: dict[str, Any]) -> int:
        """The block of rows below their heading; behind an empty line, only what reads as a row."""
        rows: list[Any] = []
        last = i = entry.token.last
        while i + 1 < entry.end:
            i += 1
            line = self._row_line(i)
            if is_rule(line):
                continue
            first, whole = i, line
            while self._row_goes_on(i, whole):
                is_whole = self._row(item, whole)[1] is None
                if is_whole or i + 1 >= entry.end or i - first > MOST_LINES:
                    break
                i += 1
                if self.page.is_doubtful(whole, self.fields.plain(i)):
                    self.fields.doubt(item.label, i - 1)
                whole = self.page.join(whole, self.fields.plain(i))
            is_below = first == last + 1 or last == entry.token.last
            row, text = self._row(item, whole)
            if text is not None and (not is_below or self.fields.is_label(first)):
                i = first - 1
                break
            place = Place(first, i, 0)
            if row is None:
                self._unreadable(section, item.label, whole, place, text or "", item.type.shape)
            else:
                self._look_at_row(section, item, (whole, row, text), rows, place)
                rows.append(row)
            last = i
        values[item.path] = tuple(rows)
        return last

    def _look_at_row(
        self,
        section: Section,
        item: Rows,
        found: tuple[str, Any, str | None],
        above: list[Any],
        place: Place,
    ) -> None:
        """Reports what is odd about a row: its text, what was read, and the notice about that."""
        whole, row, text = found
        number = _ROW_NUMBER.match(whole)
        if text is None and above[-1:] == [row]:
            text = "the row is there twice"
        elif text is None and number and int(number[1]) != len(above) + 1:
            # "2. kattaus Ky": no number of a list, which begins with 1.
            text = f"the number {number[1]} may be part of the name"
        if text is not None:
            message = f"{item.label!r}: {text}"
            self.tell("ESR305", place, message, section=section.number, label=item.label)
        elif has_row_marks(item.type.format(row)):
            message = f"{item.label!r}: the row contains marks of a tool"
            self.tell("ESR308", place, message, section=section.number, label=item.label)
        elif item.type.format(row) != whole:
            self.noise.add(Noise.VALUE_STYLE, place.first)

    def _row_line(self, i: int) -> str:
        """A line of a row; in a table, a name and a business id are in cells of their own."""
        line = self.lines[i]
        return cells(line, ", ") if "|" in line else self.fields.plain(i).strip()

    def _row_goes_on(self, i: int, text: str) -> bool:
        """Whether a row is wrapped: its line is full, or divides a word."""
        page = self.page
        if not page.goes_on(i):
            return False
        return (page.is_wrapped and page.is_full(i)) or page.divides(text, self.lines[i + 1])

    def _row(self, item: Rows, text: str) -> tuple[Any, str | None]:
        """A row, and what is odd about it; or ``None`` and why it cannot be read."""
        try:
            row = item.type.parse(text)
        except ValueError as error:
            return None, str(error)
        return row, item.type.notice(row) if item.type.notice is not None else None

    def _question(self, section: Section, entry: Entry, values: dict[str, Any]) -> None:
        item, token = entry.word.item, entry.token
        value, last, note_first = token.value.strip(), token.last, ""
        if "|" in value:
            value = cells(value)
        if not value:
            below = next(
                (i for i in range(last + 1, entry.end) if not is_rule(self.lines[i])), last
            )
            text = BULLET.sub("", self.lines[below].strip("| "))
            if below > last and is_readable(item, text):
                last, value = below, text
        value = self.fields.unmarked(value, entry) if value else value
        if value and not is_readable(item, value):
            match = _FIRST_WORD.fullmatch(value)
            if match and is_readable(item, match[1]) and not _NO_ANSWER.match(match[2]):
                value, note_first = match[1], match[2]
        place = None
        if value:
            is_below = last > token.last
            place = Place(last, last, 0) if is_below else self.fields.place_of(entry, value, last)
        part = Part(entry, item.label, value, place, token.first, last, entry.end)
        part.paths = (item.path,)
        self.parts.append(part)
        if value:
            answer = attrs.evolve(item, path=f"{item.path}.answer")
            self._typed(section, answer, value, place or Place(last, last), values)
        note = self._note(last + 1, entry.end, note_first)
        if note:
            self._find_marks(section, note, token.first, entry.end)
            self._find_answers(section, item, note, Place(last + 1, entry.end - 1))
            values[f"{item.path}.explanation"] = note
            if not value:
                at = Place(token.first, token.last)
                message = f"{item.label!r}: there is an explanation, and no answer"
                self.tell("ESR305", at, message, section=section.number, label=item.label)

    def _find_answers(self, section: Section, item: Field, note: str, place: Place) -> None:
        """Both options of a form, a question that is there twice: they are no explanation."""
        assert isinstance(section.content, Questions)
        labels = tuple(f"{question.label}:" for question in section.content.items)
        lines = note.split("\n")
        if is_readable(item, lines[0].strip()) or any(line.startswith(labels) for line in lines):
            message = f"{item.label!r}: there is a second answer below"
            self.tell("ESR305", place, message, section=section.number, label=item.label)

    def _note(self, first: int, end: int, begin: str = "") -> str:
        text = self.page.prose(first, end)
        return f"{begin}\n{text}" if begin and text else begin or text

    def _score(
        self, section: Section, content: Scores, entry: Entry, values: dict[str, Any]
    ) -> None:
        token, label = entry.token, entry.word.declared
        if token.kind is not WordKind.ASPECT:
            end = token.last + 1
            self.parts.append(Part(entry, label, "", None, token.first, token.last, end))
            self._stray(None, section, end, entry.end)
            return
        place = Place(token.last, token.last, token.column)
        part = Part(entry, label, "", place, token.first, token.last, entry.end)
        self.parts.append(part)
        if isinstance(token.value, str):
            note = self._note(token.last + 1, entry.end)
            value = "\n".join(filter(None, (token.value, note)))
            reason = f"{token.value!r} is not {len(content.columns)} whole numbers from 0 to 10"
            self._unreadable(section, label, value, Place(token.first, token.last), reason)
            return
        begin = self.lines[token.last][token.column :] if token.column >= 0 else ""
        if self.page.is_table:
            begin = begin.strip("| ")
        note = self._note(token.last + 1, entry.end, begin)
        if entry.is_repeated:
            text = "\n".join(filter(None, (" ".join(map(str, token.value)), note)))
            self._keep_repeated(section, label, text, Place(token.first, token.last))
            return
        if token.last > token.first:
            # A cell a line: docx2python prints one over several columns once for each of them.
            note = _REPEATED_LINE.sub(r"\1", note)
        part.value = " ".join(map(str, token.value))
        dimension, aspect = entry.word.item
        row = content.row(dimension, aspect, *token.value, note or None)
        rows = values.get(content.path, ())
        part.paths = (f"{content.path}[{len(rows)}]",)
        values[content.path] = (*rows, row)
        self._find_marks(section, note, token.first, entry.end)
        odd = [number for number in token.value if number > 10]
        if odd:
            message = f"{label!r}: {odd[0]} is not a score from 0 to 10"
            self.tell("ESR305", place, message, section=section.number, label=label)
        self._numbers_in(note, section, entry)

    def _numbers_in(self, note: str, section: Section, entry: Entry) -> None:
        """PDF tools take tables apart: aspects first, then columns of numbers."""
        lines = note.split("\n") if note else []
        if len(lines) > 2 and sum(map(bool, map(ONLY_NUMBERS.fullmatch, lines))) * 2 > len(lines):
            message = "numbers without a place: scores that a tool took apart from their aspects"
            place = Place(entry.token.last + 1, entry.end - 1)
            self.tell("ESR310", place, message, section=section.number, label=entry.word.declared)

    def _stray(self, region: Region | None, section: Section, first: int, end: int) -> None:
        """Lines between the items: unknown fields, and text without a place."""
        i, lines = first, self.lines
        while i < end and not lines[i]:
            i += 1
        if i >= end:
            return
        is_fields = isinstance(section.content, Fields)
        while i < end:
            line = self.fields.plain(i)
            if is_rule(line):
                i += 1
                continue
            match, last = self.fields.label_at(i) if is_fields else (None, i)
            if match is not None:
                i = self._unknown_field(section, match, i, last, end)
                continue
            start = i
            while i < end and (not is_fields or not self.fields.is_label(i)):
                i += 1
            is_lost = region is not None and region.kind == RegionKind.IMPLIED and is_fields
            self._text(None if is_lost and self._is_behind(region) else section, start, i)

    def _is_behind(self, region: Region | None) -> bool:
        """Whether a section without a heading has begun: its end cannot be known either."""
        return region is not None and bool(region.entries)

    def _unknown_field(
        self, section: Section, match: re.Match[str], i: int, last: int, end: int
    ) -> int:
        label, value = match[1].rstrip(), match[2] or ""
        place = Place(i, last, match.end(1)) if last == i else Place(last, last, 0)
        while last + 1 < end and self.page.continues(last) and not self.fields.is_label(last + 1):
            if last - i > MOST_LINES:
                break
            value = self.page.join(value, self.fields.plain(last + 1))
            last += 1
        if self.page.has_emphasis and (marked := EMPHASIS.fullmatch(value)):
            value = marked[2]
        self._keep(section, label, value)
        place = place._replace(last=last)
        self.parts.append(Part(None, label, value, place, i, last, last + 1))
        known = tuple(dict.fromkeys(self.lexicon.labels))
        self.tell(
            "ESR301",
            Place(i, i, 0),
            f"unknown label {label!r}",
            section=section.number,
            label=label,
            words=known,
            odd=label,
        )
        return last + 1

    def _text(self, section: Section | None, first: int, end: int) -> None:
        number = section.number if section is not None else None
        while is_rule(self.lines[end - 1]):
            end -= 1
        self.strays.setdefault(number, []).append((first, end))
        shown = self.lines[first][:60]
        if section is None:
            message = f"text whose section is not known: {shown!r}"
            self.tell("ESR108", Place(first, end - 1), message)
        elif all(ONLY_NUMBERS.fullmatch(line) for line in self.lines[first:end] if line):
            message = "numbers without a place: scores that a tool took apart from their aspects"
            self.tell("ESR310", Place(first, end - 1), message, section=number)
        else:
            message = f"text that is not a field of section {number}: {shown!r}"
            self.tell("ESR206", Place(first, end - 1), message, section=number)


def _holds(text: str, label: str) -> bool:
    """Whether a value holds a label, whole or with the cell beside it amid: pdftotext."""
    if label.partition(" ")[0] not in text:
        return False
    return f"{label} " in f"{text} " or f" {label.rpartition(' ')[2]}:" in text


def _shown(item: Field, text: str) -> str:
    """A value as it was read: addresses are read out of links."""
    return item.type.parse(text) if item.type.is_address else text


def _word_starts(words: str) -> Iterator[int]:
    """Where each word begins, the last one first."""
    at = len(words)
    while at > 0:
        at = words.rfind(" ", 0, at)
        yield at + 1
