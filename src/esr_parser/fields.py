"""Fields to texts: the value of a label, wherever a tool put it.

It is in the label's line and those that it is wrapped over, in the lines below, in a cell, or in a
column of its own; and it is without the marks that a tool put around it.
"""

from __future__ import annotations

import re
from functools import partial, reduce
from itertools import pairwise
from typing import Any

from esr_parser.columns import ADDRESS, MOST_LINES_OF_VALUE, REST_OF_ADDRESS, Columns
from esr_parser.findings import Findings, Place
from esr_parser.grammar import Field, Fields, Item, WordKind
from esr_parser.joining import EMPHASIS, IN_QUOTES, Page
from esr_parser.lexicon import NUMBER, Lexicon, telling
from esr_parser.outline import Entry, Region
from esr_parser.prints import is_page_mark
from esr_parser.tally import NoiseKind, NoiseTally
from esr_parser.text import cells, is_rule, key, next_text, places_of, unescaped
from esr_parser.values import AMOUNT, COUNT, NAME_LIST, TEXT, ValueType

_LONGEST_VALUE_BELOW_GAP = 400
_SHORTEST_WRAPPED_VALUE = 40
_LETTERS_OF_CUT_LABEL = 10
_LONGEST_WORD_OF_SET = 100
# Marks right before a label, and a cell in quotes: CSV, JSON.
_OPENING = frozenset("*_\"'")
_QUOTED = re.compile(r'"?((?:[^"]|"")*)",?')
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
_NOT_LABELS = ("http", "https", "mailto", "ftp")
# At the ends of a value: a line break of HTML, a no-break space.
_EDGES = re.compile(r"^(?:(?:<br ?/?>|&nbsp;)\s*)+|(?:\s*(?:<br ?/?>|&nbsp;))+$")
_EDGE_SIGNS = frozenset("<&>;")
_SENTENCES = re.compile(r"\w\w[.!?] [A-ZÅÄÖ].*[.!?]$")
_CELL = re.compile(r"\t| {3,}")
_LOWER = re.compile("[a-zåäö]{2}")
_LIST_ENDS, _TEXT_ENDS = (",", " ja"), (" /", " &", " ja", " sekä", " tai")
_ADDRESS_ENDS = "/?&=-_."
# Faces, and the number of an item.
_NO_BRACKETS = re.compile(r"[:;]-?[()]|(?<!\S)\w{1,2}\)")
# Behind an empty line: an address, an item, a number, a remark, a label, a sentence.
_NO_REST = re.compile(r"https?:|www\.|[-*\u2013\u2022(0-9]|\w{1,2}\)|.*(?:[.!?:]$|: )")
_HOST = re.compile(r"https?:|[\w-]+(?:\.[\w-]+)+(?:/|$)|[^/?]*(?:@|\(at\))")
_LINKED = re.compile(r"\b(?:ja|tai|sekä|och|and)\n|\n(?:ja|tai|sekä|och|and)\b")
BULLET = re.compile(r"[-*+•·>] (?=\S)")
# A page number, a line number, a second value: tools wrap lines that are full.
_OTHER_LINE = "the line below may not belong to the value"
_PHONE = re.compile(r"\(?(?:0|\+ ?[0-9])[0-9 ()-]{5,}")
_IN_ADDRESS = re.compile(r"\w\.[a-zåäö]{2}|\(at\)|@")


class FieldTexts:
    """Finds the texts of the fields of one page."""

    def __init__(self, lexicon: Lexicon, page: Page, noise: NoiseTally) -> None:
        self.lexicon: Lexicon = lexicon
        self.page: Page = page
        self.noise: NoiseTally = noise
        self.findings: Findings = Findings()
        self.lines: list[str] = page.lines.lines
        self._section = lexicon.layout.sections[0]
        """The section that is read."""
        self._value_lines: dict[int, range] = {}
        """By the line of a label, the lines of its value; none: not known."""
        self._doubtful: set[int] = set()
        """The lines of labels whose values may be the rest of those above."""
        self._absent: list[Item] = []
        """The items of the section that have no line of their own."""

    def begin_fields(self, region: Region, content: Fields) -> None:
        """Looks at a section of fields as a whole, before its entries are read."""
        columns = Columns(self.page, self.plain, self._section)
        self._value_lines, self._doubtful = columns.lines_of_values(region), columns.doubtful
        found = {entry.word.item for entry in region.entries}
        self._absent = [item for item in content.items if item not in found]

    def text_of(self, entry: Entry, item: Field) -> tuple[str, Place | None]:
        """The value of a label as a tool left it, and where it is."""
        value, place = self._beside(entry, item)
        lines = self._value_lines.get(entry.token.first)
        if lines:
            rows = map(self.plain, lines)
            value = reduce(partial(self.page.join, is_address=item.type.is_address), rows)
            place = Place(lines[0], lines[-1], 0)
            self.noise.add(NoiseKind.VALUE_BELOW, lines[0])
            if entry.token.first in self._doubtful:
                self._doubt(item.label, place, "may be the rest of the value above")
        elif lines is None and not value:
            value, place = self._below(entry, item)
        return self._with_rest(value, place, entry, item) if place and not lines else (value, place)

    def _with_rest(
        self, value: str, place: Place, entry: Entry, item: Field
    ) -> tuple[str, Place | None]:
        """A value with the rest of it, behind an empty line, too: texts with one between lines."""
        stop = min(entry.end, place.first + MOST_LINES_OF_VALUE)
        last = place.last
        while (below := next_text(self.lines, last + 1, stop)) < stop:
            whole = self.page.join(value, self.plain(below), is_address=item.type.is_address)
            if not (
                self._completes(item, value, whole, last, below)
                or self._is_rest(item, value, whole, last, below)
            ):
                break
            value, last = whole, below
        if last > place.last:
            self.noise.add(NoiseKind.WRAPPED, place.first)
        return value, Place(place.first, last, place.column)

    def _completes(self, item: Field, value: str, whole: str, last: int, below: int) -> bool:
        """Whether a value is not whole without the line below it: that it can be read shows it."""
        if not _is_open(item, value) or _is_open(item, whole):
            return False
        is_free = item.type.is_text or item.type is NAME_LIST
        if below == last + 1 or not (is_free or item.type.is_address):
            return True
        line = self.plain(below)
        if self.page.had_no_room(last, self.lines[below]):
            return value.count("(") > value.count(")") or _NO_REST.match(line) is None
        is_open = item.type is TEXT and value.endswith(_TEXT_ENDS)
        is_list = item.type is NAME_LIST and ", " in line
        return (is_open or is_list) and _NO_REST.match(line) is None

    def _is_rest(self, item: Field, value: str, whole: str, last: int, below: int) -> bool:
        """Whether a line behind an empty one goes on with a value whose last line is full."""
        line, is_whole = self.plain(below), _is_whole(item.type, value, whole)
        is_apart = below > last + 1 and not self.is_label(below)
        if is_whole or not is_apart or not self.page.had_no_room(last, self.lines[below]):
            return False
        if item.type.is_address:
            is_address = REST_OF_ADDRESS.fullmatch(line) is not None and not _HOST.match(line)
            return value[-1] in _ADDRESS_ENDS and is_address and not line[0].isupper()
        is_list = item.type is NAME_LIST and value[-1] == ","
        is_text = _LOWER.match(line) is not None and line[-1] not in ".!?"
        return is_list or (is_text and not ADDRESS.match(line))

    def _beside(self, entry: Entry, item: Field) -> tuple[str, Place | None]:
        """The value in the label's line, and in those that it is wrapped over."""
        token = entry.token
        value = token.value.strip()
        if not value:
            return "", None
        value, last = self.wrapped(item.label, value, token.last, entry.end, item.type)
        if last > token.last:
            self.noise.add(NoiseKind.WRAPPED, token.first)
            first, rest = token.value.strip(), self.lines[token.last + 1 : last + 1]
            if not _is_open(item, first) and self._is_doubtful(item, token.last, first, rest):
                self._doubt(item.label, Place(token.first, last), _OTHER_LINE)
        return value, self.place_of(entry, value, last)

    def _tell(
        self, code: str, place: Place, message: str, label: str | None = None, **more: Any
    ) -> None:
        """Adds a finding of this section."""
        number = self._section.number
        self.findings.tell(code, place, message, section=number, label=label, **more)

    def _doubt(self, label: str, place: Place, what: str, code: str = "ESR305") -> None:
        """Reports what is odd about a value."""
        self._tell(code, place, f"{label!r}: {what}", label)

    def _is_doubtful(
        self, item: Field, i: int, first: str, rest: list[str], width: int = 0
    ) -> bool:
        """Whether the lines below line ``i``, where a value begins, may not belong to it."""
        below, kind = rest[0], item.type
        if not any(map(str.isalnum, first)) or (not kind.is_address and ADDRESS.match(below)):
            return True
        # An amount has its thousands apart: half of one has not.
        if kind is AMOUNT and " " in first:
            return True
        if kind is TEXT and any(map(is_page_mark, rest)):
            return True
        page = self.page
        is_new = page.has_room(i, width) or (kind.is_address and below[0].isupper())
        is_guess = not width and page.may_continue(i) and not page.continues(i)
        return (is_new or is_guess) and not self._are_parts(item, i, first, below)

    def _are_parts(self, item: Field, i: int, first: str, below: str) -> bool:
        """Whether two lines, the first of which is line ``i``, look like parts of one value."""
        page = self.page
        if first[-1] in ",-" or page.divides(first, below) or page.is_in_cell(i + 1):
            return True
        if page.is_below(i, first):
            return True
        if _LINKED.search(f"{first[-9:]}\n{below[:9]}"):
            return True
        if item.type.is_address:
            is_rest = below[0].islower() and " " not in below
            return is_rest or REST_OF_ADDRESS.fullmatch(below) is not None
        return below[0].islower() and (page.is_wrapped or len(first) > _SHORTEST_WRAPPED_VALUE)

    def wrapped(
        self, label: str, value: str, first: int, end: int, kind: ValueType[Any] = TEXT
    ) -> tuple[str, int]:
        """A value that begins in a line, with those that it is wrapped over; the last of them."""
        last, page = first, self.page
        while (
            last + 1 < end
            and last - first <= MOST_LINES_OF_VALUE
            and (
                page.continues(last)
                or (kind is TEXT and page.may_continue(last))
                or self._is_completed(kind, value, last)
            )
            and not self.is_label(last + 1)
        ):
            value = value.rstrip("| ") if page.is_table else value
            if _is_whole(kind, value, page.join(value, self.plain(last + 1))):
                break
            value = self.joined(label, value, last, is_address=kind.is_address)
            last += 1
        return value, last

    def _is_completed(self, kind: ValueType[Any], value: str, i: int) -> bool:
        """Whether a value is a known word with the line below it alone: `(yhteishanke)`."""
        if kind.is_text or kind.is_address or kind is NAME_LIST or not self.page.goes_on(i):
            return False
        return not _is_read(kind, value) and _is_read(kind, f"{value} {self.plain(i + 1)}")

    def joined(self, label: str, value: str, i: int, *, is_address: bool = False) -> str:
        """A value with the line below line ``i``; reports a hyphen that may be the word's own."""
        below = self.plain(i + 1)
        if self.page.is_doubtful(value, below):
            self._doubt(label, Place(i, i), "the hyphen at the line end may be a tool's", "ESR309")
        return self.page.join(value, below, is_address=is_address)

    def place_of(self, entry: Entry, value: str, last: int) -> Place:
        """Where a value is: from the last line of its label on, or beside the label's lines."""
        token = entry.token
        if token.column >= 0:
            rest = self.lines[token.last][token.column :]
            return Place(token.last, last, token.column + len(rest) - len(rest.lstrip(" |\t")))
        words, lines = value.split(), range(token.first, last + 1)
        first = next((i for i in lines if words[0] in self.lines[i]), token.last)
        end = next((i for i in reversed(lines) if words[-1] in self.lines[i]), first)
        return Place(first, max(first, end), self.lines[first].find(words[0]))

    def _below(self, entry: Entry, item: Field) -> tuple[str, Place | None]:
        """A value that a tool put below its label, as a block of its own.

        Behind an empty line only a single block counts, and of typed values only one that can be
        read: text below an empty field is text.
        """
        page, lines = self.page, self.lines
        first = next_text(self.lines, entry.token.last + 1, entry.end)
        if first == entry.end:
            return "", None
        is_direct = first == entry.token.last + 1
        stop = min(entry.end, first + MOST_LINES_OF_VALUE)
        ends = (i for i in range(first + 1, stop) if is_rule(lines[i]) or self.is_label(i))
        end = next(ends, stop)
        is_bare = not is_direct and lines[first][-1] == ":"
        if is_bare or self._is_other(item, first) or self._is_cut_label(first, end):
            return "", None
        rows = [self.plain(first)]
        value = rows[0]
        for i in range(first + 1, end):
            row = self.plain(i)
            # People's lists have a name in each line.
            is_name = item.type is NAME_LIST and NAME_LIST.reads(BULLET.sub("", row))
            is_label = row[0] == ":"  # the line above is a label that is not declared
            if not is_name and not is_label and _is_whole(item.type, value, page.join(value, row)):
                end = i
                break
            value = page.join(value, row, is_address=item.type.is_address)
            rows.append(row)
        if item.type is NAME_LIST:
            # People's lists: a name a line, behind bullets or in short lines.
            is_short = len(rows) > 1 and page.has_room(first) and "," not in "".join(rows)
            if is_short or all(map(BULLET.match, rows)):
                value = ", ".join(BULLET.sub("", row) for row in rows)
        # trafilatura's lists of definitions; people's lists, a value in each.
        bullet = BULLET.match(value) if page.has_values_below and end == first + 1 else None
        column = bullet.end() if bullet else 0
        value = value[column:]
        if not is_direct and not self._is_apart(entry, item, value, end, is_line=len(rows) == 1):
            return "", None
        self._judge_below(entry, item, value, rows, Place(first, end - 1))
        self.noise.add(NoiseKind.VALUE_BELOW, first)
        return value, Place(first, end - 1, column)

    def _is_other(self, item: Field, i: int) -> bool:
        """Whether a line below an empty field is a label, or the number of a page of a print."""
        line = self.lines[i]
        if not self.page.has_values_below and self.is_label(i):
            return True
        plain = BULLET.sub("", line.strip("*_`"))
        # A number may be an amount.
        return is_page_mark(line) and (item.type.is_text or not item.type.reads(plain))

    def _is_apart(self, entry: Entry, item: Field, value: str, end: int, *, is_line: bool) -> bool:
        """Whether a block behind an empty line is the value: it is read, and nothing is below."""
        kind, below = item.type, next_text(self.lines, end, entry.end)
        is_phrase = not value[:1].isdigit() and value[-1:] not in ".!?"
        is_word = bool(kind.words) and is_line and len(value) <= _LONGEST_WORD_OF_SET and is_phrase
        is_read = is_word or kind.reads(self.unmarked(value, entry))
        # An empty field above prose whose heading is gone: a value is one sentence at most.
        if not is_read or len(value) > _LONGEST_VALUE_BELOW_GAP or _SENTENCES.search(value):
            return False
        # Where values are below their labels, one that is no prose is the value, whatever text is
        # below it; a known word is always.
        is_shaped = is_word or not (kind.is_text or kind.words) or not any(map(str.isalpha, value))
        is_single = below in (end, entry.end) or self.is_label(below) or value in kind.words
        return is_single or (is_shaped and self.page.has_values_below)

    def _judge_below(
        self, entry: Entry, item: Field, value: str, rows: list[str], place: Place
    ) -> None:
        """Reports a value below its label that may be other text, or may have some in it."""
        page, label_end = self.page, entry.token.last
        above = self.lines[entry.token.first - 1] if place.first > label_end + 1 else ""
        if self.lexicon.keys.get(key(above.rstrip(":")), ("",))[0] == WordKind.LABEL:
            # One value behind an empty line, below two labels: pdftotext.
            self._doubt(item.label, place, "the value below may be that of the label above")
        if page.has_values_below:
            pairs = enumerate(pairwise(rows), place.first) if item.type is not NAME_LIST else ()
            width = page.column * 4 // 5
            if any(self._is_doubtful(item, i, row, [below], width) for i, (row, below) in pairs):
                self._doubt(item.label, place, _OTHER_LINE)
            return
        is_any = item.type.is_text or item.type is NAME_LIST or bool(item.type.words)
        # A button of a website right below an empty field.
        are_words = " " in value and not (value[-1] == "." or _IN_ADDRESS.search(value))
        is_text = are_words or _SENTENCES.search(value) is not None
        is_button = item.type.is_address and is_text and not page.is_wrapped
        is_new = place.first > label_end + 1 or is_button
        is_phone = item.path.endswith("phone") and _PHONE.fullmatch(value) is not None
        if is_any and is_new and not is_phone and value not in item.type.words:
            self._doubt(item.label, place, "the text below may not be the value")

    def _is_cut_label(self, first: int, end: int) -> bool:
        """Whether the last line of a text is the beginning of a label: the text was cut."""
        if end - first > 1 or any(self.lines[i] for i in range(end, len(self.lines))):
            return False
        found = self.lexicon.meaning(self.lines[first])
        return found is not None and found[0] is not NUMBER

    def plain(self, i: int) -> str:
        """A line without escapes and cells."""
        line = unescaped(self.lines[i]) if self.page.has_markdown else self.lines[i]
        return cells(line) if "|" in line and self.page.is_table else line

    def unmarked(self, value: str, entry: Entry, *, has_links: bool = True) -> str:
        """The value without cells, links and emphasis, where the text has others like them."""
        text = value
        # striprtf has the border of a cell before its text alone.
        is_below = text[:1] == "|" and not entry.token.value
        if "|" in text and (self.page.is_table or is_below):
            text = cells(text)
        if has_links and "[" in text and "](" in text:
            text = _LINK.sub(r"\1", text).removeprefix("mailto:")
        if has_links and "<" in text:
            text = _AUTO_LINK.sub(lambda m: m[1].removeprefix("mailto:"), text)
        if text != value:
            self.noise.add(
                NoiseKind.LINK if "|" not in value else NoiseKind.TABLE, entry.token.first
            )
        lead = entry.token.lead
        if lead[-1:] in _OPENING:
            text = _within(lead, text)
        if self.page.has_emphasis and (match := EMPHASIS.fullmatch(text)):
            text = match[2]
        if self.page.has_quotes and (match := IN_QUOTES.fullmatch(text)):
            text = match[1]
            self.noise.add(NoiseKind.CSV, entry.token.first)
        if self.page.has_markdown and "\\" in text:
            text = unescaped(text)
            self.noise.add(NoiseKind.ESCAPE, entry.token.first)
        return without_edges(text).strip(" \u00ad")

    def cells_of(self, value: str, item: Field) -> list[str]:
        """The cells of a value's row, if there are several: an old and a new value, a remark.

        A value with gaps in it can also be one value.
        """
        if self.page.is_table:
            # Those that a tool repeated count once.
            value = "\t".join(dict.fromkeys(map(str.strip, value.split("|"))))
        if "\t" not in value and "   " not in value:
            return []
        found = [x for x in map(str.strip, _CELL.split(value)) if x]
        if len(found) < 2 or found[0][-1] in ",-" or not item.type.reads(found[0]):
            return []
        is_one = not item.type.is_text and item.type.reads(" ".join(found))
        return found if item.type in (AMOUNT, COUNT) or not is_one else []

    def label_in(self, text: str) -> str | None:
        """A label that a value contains: a second field on the line."""
        for at in places_of(text, ":") if ":" in text else ():
            words = text[max(at - self.lexicon.longest, 0) : at].rstrip()
            if words[-3:].casefold() not in self.lexicon.label_tails:
                continue
            # The last word, the last two, and so on.
            for start in sorted(places_of(f" {words}", " "), reverse=True):
                if self.lexicon.keys.get(key(words[start:]), ("",))[0] == WordKind.LABEL:
                    return words[start:]
            # Right behind the value, without a space.
            behind = (x for x in self.lexicon.labels if words.endswith(x))
            if (label := next(behind, None)) is not None:
                return label
        absent = (x.label for x in self._absent if _holds(text, x.label))
        return next(absent, None) or (self._rest_of_label(text) if ":" in text else None)

    def _rest_of_label(self, text: str) -> str | None:
        """A label whose beginning is cut, with lines above it; the page has no other one."""
        known = {w.item for t in self.page.tokens for w in t.words}
        missing = (
            x for x, words in self.lexicon.labels.items() if known.isdisjoint(w.item for w in words)
        )
        return next((x for x in missing if f"{x[-_LETTERS_OF_CUT_LABEL:]}:" in text), None)

    def label_at(self, i: int) -> tuple[re.Match[str] | None, int]:
        """The label that a line is, with its value; in a definition list, that is below."""
        line, last = self.plain(i), i
        if i + 1 < len(self.lines) and self.lines[i + 1][:2] == ": ":
            line, last = f"{line.rstrip(':')}{self.lines[i + 1]}", i + 1
        match = _UNKNOWN_LABEL.fullmatch(line)
        return match if match and match[1].casefold() not in _NOT_LABELS else None, last

    def is_label(self, i: int) -> bool:
        """Whether a block begins with a label that is not declared."""
        is_amid = self.lines[i - 1] and not self.page.is_tight
        return not is_amid and self.label_at(i)[0] is not None


def without_edges(text: str) -> str:
    """A value without the line breaks of HTML and no-break spaces at its ends."""
    has_edge = bool(text) and (text[0] in _EDGE_SIGNS or text[-1] in _EDGE_SIGNS)
    return _EDGES.sub("", text) if has_edge else text


def _holds(text: str, label: str) -> bool:
    """Whether a value holds a label, whole or with the cell beside it amid: pdftotext."""
    if label.partition(" ")[0] not in text:
        return False
    if f"{label} " in f"{text} " or f" {label.rpartition(' ')[2]}:" in text:
        return True
    # The column beside a label that is wrapped: PyMuPDF's words in order.
    return telling(label) != label and telling(label) in text


def _within(lead: str, text: str) -> str:
    """A value without what was opened before its label: `**label: value**`, `"label","value"`."""
    if lead[-1] == '"':
        match = _QUOTED.fullmatch(text)
        return match[1].replace('""', '"') if match else text
    mark = lead[len(lead.rstrip(lead[-1])) :]
    inside = text.removesuffix(mark)
    return text if mark in inside else inside.rstrip()


def _is_whole(kind: ValueType[Any], value: str, more: str) -> bool:
    """Whether a value can be read, and cannot with the line below it: a footer, a row of a list.

    Of a number, the line below may be the rest.
    """
    if kind.is_text or kind.is_address:
        return False
    is_cut = value[-1:].isdigit() and more[len(value) :].lstrip()[:1].isdigit()
    return not is_cut and _is_read(kind, value) and not kind.reads(more)


def _is_read(kind: ValueType[Any], value: str) -> bool:
    """Whether a value can be read; not `Alkaa 1.3.2020 ja päättyy`, of which the rest is below."""
    found, notice = kind.read(value)
    return notice is None and getattr(found, "end", "") is not None


def _is_open(item: Field, value: str) -> bool:
    """Whether a value is not whole: `Joensuu,` and `Alkaa 1.3.2020 ja päättyy` can be read, too."""
    ends = _LIST_ENDS if item.type is NAME_LIST else _TEXT_ENDS
    plain = _NO_BRACKETS.sub("", value)
    is_cut = value.endswith(ends) or plain.count("(") > plain.count(")")
    return is_cut or not _is_read(item.type, value)
