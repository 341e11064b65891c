"""Sections to values: what the lines of each kind of content hold.

There is one reader for each class of content in :mod:`esr_parser.grammar`. A reader puts values
under their declared paths, keeps what it cannot read, and returns findings: data, from which the
diagnostics are made once.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, MutableSequence
from typing import Any, NamedTuple

import attrs

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
from esr_parser.lexer import NUMBER, ONLY_NUMBERS, Lexicon, cells, is_rule
from esr_parser.model import OtherField
from esr_parser.noise import Noise, Tally
from esr_parser.outline import Entry, Region, RegionKind
from esr_parser.remarks import TEXT_MARKS, has_row_marks, oddity, prose_oddity
from esr_parser.text import key, places_of, unescaped
from esr_parser.values import AMOUNT, COUNT, NAME_LIST

__all__ = ["Finding", "Part", "Place", "SectionReader"]

_FEW = 2
"""More labels than that, with empty lines between them, may be a column."""
_MOST_LINES = 40
"""A value is not wrapped over more lines."""
_LONGEST_BELOW = 400
"""A value that is below its label, behind an empty line, is not longer."""
_LONGEST_WORD = 100
"""A word of an open set is not longer."""
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3}|`)(?=\S)(.{1,2000}?)(?<=\S)\1")
# Marks right before a label, and a cell in quotes: CSV, JSON.
_OPENING = frozenset("*_\"'")
_QUOTED = re.compile(r'"?((?:[^"]|"")*)",?')
_IN_QUOTES = re.compile("[\"'\u201c\u201d\u2019](.*)[\"'\u201c\u201d\u2019],?", re.DOTALL)
_LINK = re.compile(r"\[([^\[\]]{1,1000})\]\((?:mailto:)?[^()\s]{1,2000}\)")
_AUTO_LINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000}|[^<>\s@]{1,200}@[^<>\s]{1,200})>")
# Behind the bullet or number of a list; in bold; without a space behind the colon, but for
# `klo 10:30`, `https://` and `EU:n`; in a table that was copied, before a tab or a gap.
_ENDING = r"(?<=[A-ZÅÄÖ]:)[a-zåäö]{1,5}\b"
_UNKNOWN_LABEL = re.compile(
    r"(?:(?:[-*+•·–]|[0-9]{1,2}[.)])[ \t]+)?(?:\*\*)?([^\W\d_][^:\uff1a\n\t]{0,99}?)(?:\*\*)?"
    r"(?:[ \t]*[:\uff1a](?:\*\*)?(?=\s|$)"
    rf"|(?<![0-9])[:\uff1a](?!//|{_ENDING})|(?=\t| {{3}}))[ \t]*(\S.*)?",
    re.DOTALL,
)
_COLON = re.compile(" ?[:\uff1a]")
_NOT_LABELS = ("http", "https", "mailto", "ftp")
# At the ends of a value: a line break of HTML, a no-break space.
_EDGES = re.compile(r"^(?:(?:<br ?/?>|&nbsp;)\s*)+|(?:\s*(?:<br ?/?>|&nbsp;))+$")
_EDGE_SIGNS = frozenset("<&>;")
_SENTENCES = re.compile(r"\w\w[.!?] [A-ZÅÄÖ].*[.!?]$")
_CELL = re.compile(r"\t| {3,}")
_REPEATED_LINE = re.compile(r"^(.+)$(?:\n+\1$)+", re.MULTILINE)
_BULLET = re.compile(r"[-*+•·>] (?=\S)")
_ROW_NUMBER = re.compile(r"([0-9]{1,2})\. (?=[A-ZÅÄÖ])")
_FIRST_WORD = re.compile(
    r"(?:\*\*)?(\w+)(?:\*\*)?[.,:;]?\s+(?:[-\u2013\u2014]\s+)?(\S.*)", re.DOTALL
)

# `Kyllä Ei`, `Kyllä [ ] Ei [x]`, of a form; `Kyllä -> Ei`, of people; `Ei tietoa`.
_NO_ANSWER = re.compile(
    r"\W*(?:(?:x|ja|tai)\W+)?(?:kyllä|ei|tie(?:toa|dossa)|ilmoitettu|vastattu)\b", re.IGNORECASE
)


class Place(NamedTuple):
    """Where something is: lines, and a column in the first of them (-1: the whole line)."""

    first: int
    last: int
    column: int = -1


@attrs.frozen
class Finding:
    """One thing that was found in a text: the data of a diagnostic."""

    code: str
    place: Place
    message: str
    section: str | None = None
    label: str | None = None
    words: tuple[str, ...] = ()
    """The known words: the message names the one that is closest to ``odd``."""
    odd: str = ""
    """A word that is not known."""


@attrs.define
class Part:
    """What was read of one entry: the node of the tree, and the place that an edit replaces."""

    entry: Entry | None
    label: str
    value: str
    value_place: Place | None
    first: int
    last: int
    """The last line of the label and its value."""
    note_end: int
    """The line behind the note below."""
    paths: tuple[str, ...] = ()


class SectionReader:
    """Reads the regions of one text."""

    def __init__(
        self, lexicon: Lexicon, page: Page, noise: Tally, *, keeps_parts: bool = False
    ) -> None:
        self.lexicon: Lexicon = lexicon
        self.page: Page = page
        self.noise: Tally = noise
        self.lines: list[str] = page.lines.lines
        self.findings: list[Finding] = []
        self.values: dict[str, dict[str, Any]] = {}
        self.other_fields: list[tuple[int, OtherField]] = []
        self.strays: dict[str | None, list[tuple[int, int]]] = {}
        """Lines without a place, by the number of their section (``None``: not known)."""
        self.parts: MutableSequence[Part] = [] if keeps_parts else deque(maxlen=0)
        self._absent: tuple[Region | None, tuple[Item, ...]] = None, ()
        self._value_lines: dict[int, int] = {}
        """By the line of a label, the line of its value; -1: not known."""

    # -- findings ---------------------------------------------------------------------------------

    def tell(self, code: str, place: Place, message: str, **more: Any) -> None:
        """Adds a finding."""
        self.findings.append(Finding(code, place, message, **more))

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

    # -- one reader for each class of content -----------------------------------------------------

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
        self._value_lines = self._lines_in_columns(region) if isinstance(content, Fields) else {}
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

    # -- fields -----------------------------------------------------------------------------------

    def _field(
        self,
        region: Region,
        section: Section,
        entry: Entry,
        item: Field,
        values: dict[str, Any],
    ) -> int:
        token = entry.token
        is_address = item.type.is_address
        value, place = self._value(entry, is_address)
        line = self._value_lines.get(token.first)
        if line is not None and line >= 0:
            value, place = self._plain(line), Place(line, line, 0)
            self.noise.add(Noise.VALUE_BELOW, line)
        elif line is None and not value and not entry.is_repeated:
            value, place = self._value_below(entry, item, is_address)
        found = self._cells(value, entry)
        is_several = len(found) > 1 and _are_cells(item, found)
        text = self._unmarked(value, entry, has_links=not is_address)
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

    def _cells(self, value: str, entry: Entry) -> list[str]:
        """The cells of a value's row, if there are several: an old and a new value, a remark."""
        if self.page.is_table or "|" in entry.token.lead:
            # Those that a tool repeated count once.
            value = "\t".join(dict.fromkeys(map(str.strip, value.split("|"))))
        if "\t" not in value and "   " not in value:
            return []
        return [x for x in map(str.strip, _CELL.split(value)) if x]

    def _lines_in_columns(self, region: Region) -> dict[int, int]:
        """Labels one below the other, and as many values below: columns that a tool took apart."""
        found: dict[int, int] = {}
        run: list[Entry] = []
        for entry in region.entries:
            token, end = entry.token, run[-1].end if run else -1
            if token.kind is not WordKind.LABEL or token.value.strip():
                run = []
                continue
            run = [*(run if end == token.first else ()), entry][-_MOST_LINES:]
            rows = [i for i in range(token.last + 1, entry.end) if not is_rule(self.lines[i])]
            is_tight = token.last - run[0].token.first < len(run)
            # A label that is not declared is no value.
            is_bare = any(self.lines[i][-1] == ":" for i in rows)
            is_list = len(rows) >= len(run) > (1 if is_tight else _FEW) and not is_bare
            if is_list and len(rows) == len(run) and self._are_values(run, rows):
                found.update(zip((e.token.first for e in run), rows, strict=True))
            elif is_list and not self.lines[token.last + 1]:
                found[token.first] = -1
            run = [] if rows else run
        return found

    def _are_values(self, run: list[Entry], rows: list[int]) -> bool:
        """Whether each line reads as the value of its label, and one shows that it is its own."""
        items = [entry.word.item for entry in run]
        return any(not item.type.is_text for item in items) and all(
            _is_read(item, self._plain(i)) and self.lines[i][-1] not in ",-"
            for item, i in zip(items, rows, strict=True)
        )

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

    def _value(self, entry: Entry, is_address: bool) -> tuple[str, Place | None]:
        """The value in the label's line, and in those that it is wrapped over."""
        token, page = entry.token, self.page
        value = token.value.strip()
        if not value:
            return "", None
        last = token.last
        lines, most = self.lines, min(entry.end, last + 1 + _MOST_LINES)
        while last + 1 < most and lines[last + 1] and page.continues(last):
            below = self._plain(last + 1)
            if page.is_tight and below[0].isupper() and _UNKNOWN_LABEL.match(below):
                break
            if page.is_doubtful(value, below):
                self._doubt(entry.word.declared, last)
            value = page.join(value, below, is_address=is_address)
            last += 1
        if last == token.last and page.goes_on(last) and not _is_read(entry.word.item, value):
            # No empty lines, and too few full ones: that it can be read shows where it ends.
            whole = page.join(value, self._plain(last + 1), is_address=is_address)
            if last + 1 < most and _is_read(entry.word.item, whole):
                value, last = whole, last + 1
        if last > token.last:
            self.noise.add(Noise.WRAPPED, token.first)
            first, below = token.value.strip(), lines[token.last + 1]
            is_amount = _is_amount(entry.word.item, first)
            is_rest = below[0].islower() or first[-1] in ",-"
            is_rest |= is_address and not below.isdecimal()
            is_new = page.has_room(token.last) and not is_rest
            if (is_new or is_amount) and _is_read(entry.word.item, first):
                # A page number, a line number, a second value: tools wrap lines that are full.
                message = f"{entry.word.declared!r}: the line below may not belong to the value"
                place = Place(token.first, last)
                self.tell("ESR305", place, message, label=entry.word.declared)
        return value, self._place_of(entry, value, last)

    def _doubt(self, label: str, line: int) -> None:
        message = f"{label!r}: the hyphen at the line end may be a tool's"
        self.tell("ESR309", Place(line, line), message, label=label)

    def _place_of(self, entry: Entry, value: str, last: int) -> Place:
        """Where a value begins: in the last line of its label, or beside the label's first cell."""
        token = entry.token
        if token.column >= 0 or last > token.last:
            rest = self.lines[token.last][token.column :]
            return Place(token.last, last, token.column + len(rest) - len(rest.lstrip(" |\t")))
        word = value.split(None, 1)[0]
        lines = range(token.first, token.last + 1)
        first = next((i for i in lines if word in self.lines[i]), token.last)
        return Place(
            first, max(first, last if len(lines) == 1 else first), self.lines[first].find(word)
        )

    def _value_below(self, entry: Entry, item: Field, is_address: bool) -> tuple[str, Place | None]:
        """A value that a tool put below its label, as a block of its own.

        Behind an empty line only a single block counts, and of typed values only one that can be
        read: text below an empty field is text.
        """
        first = entry.token.last + 1
        is_direct = first < entry.end and not is_rule(self.lines[first])
        while first < entry.end and is_rule(self.lines[first]):
            first += 1
        end = first
        while end < entry.end and self.lines[end] and end - first < _MOST_LINES:
            end += 1
        is_beside = is_direct and not self.page.is_tight
        is_other = is_beside or self.page.has_values_below or first == end
        is_bare = not is_direct and first < end and self.lines[first][-1] == ":"
        is_label = is_bare or (not is_other and self._is_label(first))
        if first == end or is_label or self._is_cut_label(first, end):
            return "", None
        value = ""
        for i in range(first, end):
            value = self.page.join(value, self._plain(i), is_address=is_address)
        if item.type is NAME_LIST and self._is_list(first, end):
            value = ", ".join(_BULLET.sub("", self._plain(i)) for i in range(first, end))
        # trafilatura's lists of definitions; people's lists, a value in each.
        bullet = _BULLET.match(value) if self.page.has_values_below and end == first + 1 else None
        column = bullet.end() if bullet else 0
        value = value[column:]
        if not is_direct:
            below = next((i for i in range(end, entry.end) if not is_rule(self.lines[i])), end)
            is_shaped = not (item.type.is_text or item.type.words)
            is_single = below == end or (below > end and self._is_label(below))
            is_single = is_single or (is_shaped and self.page.has_values_below)
            # A known word is the value, whatever text is below it.
            is_single = is_single or value in item.type.words
            is_word = bool(item.type.words) and end - first == 1 and len(value) <= _LONGEST_WORD
            # An empty field above prose whose heading is gone: a value is one sentence at most.
            is_prose = _SENTENCES.search(value) is not None
            is_read = (is_word or _is_read(item, self._unmarked(value, entry))) and not is_prose
            if not is_single or len(value) > _LONGEST_BELOW or not is_read:
                return "", None
        self.noise.add(Noise.VALUE_BELOW, first)
        return value, Place(first, end - 1, column)

    def _is_list(self, first: int, end: int) -> bool:
        """Whether there is one name a line, behind bullets or in short lines: people's lists."""
        lines = [self._plain(i) for i in range(first, end)]
        is_short = len(lines) > 1 and self.page.has_room(first) and "," not in "".join(lines)
        return is_short or all(map(_BULLET.match, lines))

    def _is_cut_label(self, first: int, end: int) -> bool:
        """Whether the last line of a text is the beginning of a label: the text was cut."""
        if end - first > 1 or any(map(self.lines.__getitem__, range(end, len(self.lines)))):
            return False
        found = self.lexicon.meaning(self.lines[first])
        return found is not None and found[0] is not NUMBER

    def _plain(self, i: int) -> str:
        line = self.lines[i]
        if "\\" in line and self.page.has_markdown:
            line = unescaped(line)
        return cells(line) if "|" in line and self.page.is_table else line

    def _unmarked(self, value: str, entry: Entry, *, has_links: bool = True) -> str:
        """The value without cells, links and emphasis, where the text has others like them."""
        text = value
        # striprtf has the border of a cell before its text alone.
        is_below = text[:1] == "|" and not entry.token.value
        if "|" in text and ("|" in entry.token.lead or self.page.is_table or is_below):
            text = cells(text)
        if has_links and "[" in text and "](" in text:
            text = _LINK.sub(r"\1", text).removeprefix("mailto:")
        if has_links and "<" in text:
            text = _AUTO_LINK.sub(lambda m: m[1].removeprefix("mailto:"), text)
        if text != value:
            self.noise.add(Noise.LINK if "|" not in value else Noise.TABLE, entry.token.first)
        lead = entry.token.lead
        if lead[-1:] in _OPENING:
            text = _within(lead, text)
        if self.page.has_emphasis and text and text[0] in "*_`":
            match = _EMPHASIS.fullmatch(text)
            text = match[2] if match else text
        if self.page.has_quotes and (match := _IN_QUOTES.fullmatch(text)):
            text = match[1]
            self.noise.add(Noise.CSV, entry.token.first)
        if self.page.has_markdown and "\\" in text:
            text = unescaped(text)
            self.noise.add(Noise.ESCAPE, entry.token.first)
        if text and (text[0] in _EDGE_SIGNS or text[-1] in _EDGE_SIGNS):
            text = _EDGES.sub("", text)
        return text.strip(" \u00ad")

    # -- rows -------------------------------------------------------------------------------------

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
                if is_whole or i + 1 >= entry.end or i - first > _MOST_LINES:
                    break
                i += 1
                if self.page.is_doubtful(whole, self._plain(i)):
                    self._doubt(item.label, i - 1)
                whole = self.page.join(whole, self._plain(i))
            is_below = first == last + 1 or last == entry.token.last
            row, text = self._row(item, whole)
            if text is not None and (not is_below or self._is_label(first)):
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
        return cells(line, ", ") if "|" in line else self._plain(i).strip()

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

    # -- questions and scores ---------------------------------------------------------------------

    def _question(self, section: Section, entry: Entry, values: dict[str, Any]) -> None:
        item, token = entry.word.item, entry.token
        value, last, note_first = token.value.strip(), token.last, ""
        if "|" in value:
            value = cells(value)
        if not value:
            below = next(
                (i for i in range(last + 1, entry.end) if not is_rule(self.lines[i])), last
            )
            text = _BULLET.sub("", self.lines[below].strip("| "))
            if below > last and _is_read(item, text):
                last, value = below, text
        value = self._unmarked(value, entry) if value else value
        if value and not _is_read(item, value):
            match = _FIRST_WORD.fullmatch(value)
            if match and _is_read(item, match[1]) and not _NO_ANSWER.match(match[2]):
                value, note_first = match[1], match[2]
        place = None
        if value:
            is_below = last > token.last
            place = Place(last, last, 0) if is_below else self._place_of(entry, value, last)
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
        if _is_read(item, lines[0].strip()) or any(line.startswith(labels) for line in lines):
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

    # -- what is not an item ----------------------------------------------------------------------

    def _stray(self, region: Region | None, section: Section, first: int, end: int) -> None:
        """Lines between the items: unknown fields, and text without a place."""
        i, lines = first, self.lines
        while i < end and not lines[i]:
            i += 1
        if i >= end:
            return
        is_fields = isinstance(section.content, Fields)
        while i < end:
            line = self._plain(i)
            if is_rule(line):
                i += 1
                continue
            match, last = self._label_at(i) if is_fields else (None, i)
            if match is not None:
                i = self._unknown_field(section, match, i, last, end)
                continue
            start = i
            while i < end and (not is_fields or not self._is_label(i)):
                i += 1
            is_lost = region is not None and region.kind == RegionKind.IMPLIED and is_fields
            self._text(None if is_lost and self._is_behind(region) else section, start, i)

    def _is_behind(self, region: Region | None) -> bool:
        """Whether a section without a heading has begun: its end cannot be known either."""
        return region is not None and bool(region.entries)

    def _label_at(self, i: int) -> tuple[re.Match[str] | None, int]:
        """The label that a line is, with its value; in a definition list, that is below."""
        line, last = self._plain(i), i
        if i + 1 < len(self.lines) and self.lines[i + 1][:2] == ": ":
            line, last = f"{line.rstrip(':')}{self.lines[i + 1]}", i + 1
        match = _UNKNOWN_LABEL.fullmatch(line)
        return match if match and match[1].casefold() not in _NOT_LABELS else None, last

    def _is_label(self, i: int) -> bool:
        is_label = self._label_at(i)[0] is not None
        return is_label and not (i > 0 and self.lines[i - 1] and not self.page.is_tight)

    def _unknown_field(
        self, section: Section, match: re.Match[str], i: int, last: int, end: int
    ) -> int:
        label, value = match[1].rstrip(), match[2] or ""
        place = Place(i, last, match.end(1)) if last == i else Place(last, last, 0)
        while last + 1 < end and self.page.continues(last) and not self._is_label(last + 1):
            if last - i > _MOST_LINES:
                break
            value = self.page.join(value, self._plain(last + 1))
            last += 1
        if self.page.has_emphasis and (marked := _EMPHASIS.fullmatch(value)):
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


def _is_read(item: Field, text: str) -> bool:
    """Whether a text reads as a value of the field, with nothing odd about it."""
    try:
        value = item.type.parse(text)
    except ValueError:
        return False
    return item.type.notice is None or item.type.notice(value) is None


def _are_cells(item: Field, found: list[str]) -> bool:
    """Whether parts of a value with gaps between them are values of their own, not one value."""
    is_one = not item.type.is_text and _is_read(item, " ".join(found))
    is_number = item.type in (AMOUNT, COUNT)
    return found[0][-1] not in ",-" and _is_read(item, found[0]) and (is_number or not is_one)


def _holds(text: str, label: str) -> bool:
    """Whether a value holds a label, whole or with the cell beside it amid: pdftotext."""
    if label.partition(" ")[0] not in text:
        return False
    return f"{label} " in f"{text} " or f" {label.rpartition(' ')[2]}:" in text


def _within(lead: str, text: str) -> str:
    """A value without what was opened before its label: `**label: value**`, `"label","value"`."""
    if lead[-1] == '"':
        match = _QUOTED.fullmatch(text)
        return match[1].replace('""', '"') if match else text
    mark = lead[len(lead.rstrip(lead[-1])) :]
    inside = text.removesuffix(mark)
    return text if mark in inside else inside.rstrip()


def _is_amount(item: Field, text: str) -> bool:
    """Whether a text reads as an amount, and has its thousands apart: half of one has not."""
    return item.type is AMOUNT and " " in text.strip() and _is_read(item, text.strip())


def _shown(item: Field, text: str) -> str:
    """A value as it was read: addresses are read out of links."""
    return item.type.parse(text) if item.type.is_address else text


def _word_starts(words: str) -> Iterator[int]:
    """Where each word begins, the last one first."""
    at = len(words)
    while at > 0:
        at = words.rfind(" ", 0, at)
        yield at + 1
