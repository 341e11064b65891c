r"""Lines back to values and paragraphs: what a tool wrapped is one line again.

A text is unwrapped only where the text proves that a tool wrapped it: a declared string, or the
value of a field, is broken over lines. Whether one line goes on in the next is judged by the
lengths of such lines, not by the longest line of the page: a line that somebody adds must not
break a value elsewhere.
"""

from __future__ import annotations

import operator
import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from esr_parser.grammar import WordKind
from esr_parser.lexer import ONLY_NUMBERS, Token, is_of_fields
from esr_parser.text import HYPHENS, OPTIONAL_HYPHENS, Lines, cells, folded, is_rule, unescaped

EMPHASIS = re.compile(r"(\*{1,3}|_{1,3}|`)(?=\S)(.{1,2000}?)(?<=\S)\1")
IN_QUOTES = re.compile("[\"'\u201c\u201d\u2019](.*)[\"'\u201c\u201d\u2019],?", re.DOTALL)
_WORD = re.compile(r"\w+(?:-\w+)*")
_LAST_WORD = re.compile(r"[\w-]{0,60}\w$")
_FIRST_WORD = re.compile(r"\w+")
_JOINING_WORDS = ("ja", "tai", "sekä", "eli", "och", "and")
_OPEN_ENDS = (",", *(f" {word}" for word in _JOINING_WORDS))
"""No value ends so, where the next line begins in lower case."""
_SUSPENDED = re.compile(rf"(?:{'|'.join(_JOINING_WORDS)})\b")
_BEGINS_ANEW = re.compile(
    rf"(?i:https?://|www\.|{_SUSPENDED.pattern})|[(;,]|[A-ZÅÄÖ][a-zåäö]+(?:[\s:]|$)"
)
# What whole addresses of mail end in: PDF tools and lynx break one anywhere.
_TOP_DOMAINS = frozenset(("fi", "com", "org", "net", "eu", "info", "se", "ax", "example"))
# A line that tells what it is: a field or a heading that is not declared.
_HAS_NAME = re.compile(r"[^:]+(?<![A-ZÅÄÖ]):(?!//)|[0-9.]+ ")
_DIVIDED = "-"
"""In the place of a seam: the hyphen before it goes, too."""
# The next line of a cell, with an empty cell before it: rich, tabulate.
_MORE_OF_CELL = re.compile(r"\|\s*\|\s*[^\s|]")
# Lists that pandoc wrapped: a line below a bullet, or another one below that, with its margin.
_REST_OF_ITEM = re.compile(
    r"( *)[-*+\u2022] .*\n\1 +(?! |[-*+\u2022] )|( +)[^ ].*\n\2(?! |[-*+\u2022] )"
)
_SLACK = 10
"""How much shorter than the width a wrapped line can be: tools differ in what they count."""
_FEW = 2
"""More headings below a rule, or lines before a border, show that a tool put them there."""
_LONG = 1 << 16
_MOST_SOUGHT = 300
"""In a longer text, and of more words, they are looked up in a set: to search it takes too long."""
_NARROW = 120
"""Where no line is longer, the longest one may show where a tool wrapped a few."""
_NARROWEST, _WIDEST = 30, 250
"""What tools wrap at; a longer line of prose was not wrapped."""
_LONGEST_ROW = 60
"""A tool that wraps lines can leave scores alone below a longer aspect."""


class Page:
    """The lines of a text, with what its tokens show of the tool that made it."""

    def __init__(self, lines: Lines, tokens: Sequence[Token]) -> None:
        self.lines: Lines = lines
        self.tokens: Sequence[Token] = tokens
        self._sought = 0
        self._is_start = bytearray(len(lines) + 2)
        """Whether a token begins in a line."""
        for token in tokens:
            self._is_start[token.first] = True
        self._sizes = _sizes(lines)
        self.width: int = _width(lines.lines, self._sizes, self._is_start)
        labels = [t for t in tokens if t.kind is WordKind.LABEL]
        # Answers to questions are beside them, whatever is done to fields.
        fields = [t for t in labels if is_of_fields(t.words)]
        empty = [t.last for t in fields if not t.value.strip()]
        below = list(map(self._text_below, empty))
        count = sum(bool(text) and not _HAS_NAME.match(text) for text in below)
        is_nowhere_else = len(empty) == len(fields) and count > 2
        self.has_values_below: bool = count * 2 > len(fields) or is_nowhere_else
        """Whether the values are below their labels, whatever they look like."""
        self.column: int = max(map(len, below), default=0)
        """The length of the longest one's first line."""
        self.is_tight: bool = sum(map(self._is_next_right_below, labels)) * 2 > len(labels)
        """Whether there are no empty lines between the fields."""
        sizes = (self._sizes[t.last] for t in fields if "://" not in lines.lines[t.last])
        self._widest = max(sizes, default=0) * 9 // 10
        """About the length of the longest line of a field: of the column, where there is one."""
        longest = max(map(len, lines.lines)) if self.is_tight else 0
        self._longest = longest if _NARROWEST <= longest <= _NARROW else 1 << 60
        wrapped_values = map(self._has_wrapped_value, fields)
        self.is_wrapped: bool = any(t.is_wrapped for t in tokens) or any(wrapped_values)
        self.is_folded: bool = lines.is_folded and any(map(self._is_folded, tokens))
        """Whether the labels themselves are written in other characters."""
        self._has_raw_prose = lines.is_folded and not self.is_folded and not lines.is_changed
        """Whether prose keeps the characters that values do not."""
        leads = "".join({t.lead for t in tokens})
        values = [v for t in labels if (v := self._value_of(t).strip(" |,"))]
        bold = sum(map(bool, map(EMPHASIS.fullmatch, values)))
        quoted = sum(map(bool, map(IN_QUOTES.fullmatch, values)))
        self.has_quotes: bool = quoted > 2 and quoted * 2 > len(values)
        """Whether values are in quotes: YAML, language models."""
        self.has_emphasis: bool = bold > 1 or "*" in leads or "_" in leads
        # striprtf writes a border behind each cell alone.
        borders = sum(lines.lines[t.last][-1:] == "|" for t in tokens)
        self.is_table: bool = "|" in leads or borders > _FEW
        has_escapes = "\\" in lines.text and any("\\" in lines.raw(t.first) for t in tokens)
        self.has_markdown: bool = self.has_emphasis or "#" in leads or has_escapes
        self.is_cleaned: bool = (
            self.is_wrapped
            or self.is_folded
            or self.has_markdown
            or self.is_table
            or lines.is_changed
            or self._is_indented()
            or self._is_ruled()
        )
        """Whether prose is taken without margins and marks; else it stays as it is."""

    def _is_next_right_below(self, label: Token) -> bool:
        """Whether another token begins right below a label, or right below a value there."""
        lines, below = self.lines.lines, label.last + 1
        if label.value or self._is_start[below]:
            return bool(self._is_start[below])
        return any(lines[below : below + 1]) and bool(self._is_start[below + 1])

    @cached_property
    def _margin(self) -> int:
        """That of the labels which are set in least."""
        return min((_margin(self.lines.raw(t.first)) for t in self.tokens), default=0)

    def _is_indented(self) -> bool:
        begins = [self.lines.offsets[t.first] for t in self.tokens[:50]]
        indented = sum(self.lines.text[at : at + 1] in (" ", "\t", "\xa0") for at in begins)
        return indented * 2 > len(begins)

    def _is_ruled(self) -> bool:
        # Underlines of Markdown and AsciiDoc; rules that people and language models put between.
        headings = [t for t in self.tokens if t.kind is WordKind.HEADING]
        is_underlined = any(self.has_rule_below(t.last) for t in headings)
        return is_underlined or sum(self._has_rule_above(t.first) for t in headings) > _FEW

    def _has_wrapped_value(self, token: Token) -> bool:
        i = token.last
        if not (token.value.strip() and self.goes_on(i) and self.is_full(i)):
            return False
        # Not a label that is not declared.
        return not (self.is_tight and _HAS_NAME.match(self.lines.lines[i + 1]))

    def _is_folded(self, token: Token) -> bool:
        raw = self.lines.raw(token.first)
        return any(w.text not in raw and w.text in folded(raw) for w in token.words)

    def _value_of(self, token: Token) -> str:
        """The text in a label's line, or where values are below their labels, that below."""
        below = not token.value.strip() and self.has_values_below
        return self._text_below(token.last) if below else token.value

    def _text_below(self, i: int) -> str:
        """The next line that is not empty, where that is not a label or another declared string."""
        lines = self.lines.lines
        below = next((j for j in range(i + 1, min(i + 9, len(lines))) if lines[j]), i)
        return lines[below] if below > i and not self._is_start[below] else ""

    def has_rule_below(self, i: int) -> bool:
        """Whether a line is underlined."""
        below = self.lines.lines[i + 1 : i + 2]
        return any(below) and is_rule(below[0])

    def _has_rule_above(self, i: int) -> bool:
        lines = self.lines.lines
        above = (lines[i - 1] or lines[i - 2]) if i > 1 else ""
        return bool(above) and is_rule(above)

    def goes_on(self, i: int) -> bool:
        """Whether text follows directly below a line."""
        lines = self.lines.lines
        i += 1
        if i >= len(lines) or self._is_start[i]:
            return False
        # No rule is below a query: `…?id=12&kieli`, `=`.
        return not is_rule(lines[i]) or (lines[i] == "=" and "?" in lines[i - 1])

    def is_full(self, i: int) -> bool:
        """Whether the next line's first word had no room in this line."""
        if self.width:
            return self.width < self._size(i) + _SLACK
        # Too few lines are wrapped to show the width.
        return self._longest < self._size(i) and self.lines.lines[i + 1][:1].islower()

    def has_room(self, i: int, width: int = 0) -> bool:
        """Whether no tool would have wrapped a line here, in a column or on the page."""
        width = width or self.width * 2 // 3 or (_NARROWEST if self.is_wrapped else _WIDEST)
        return self._size(i) < width

    def _size(self, i: int) -> int:
        """The length of a line with the first word of the next one."""
        return self._sizes[i] + 1 + len(self.lines.lines[i + 1].partition(" ")[0])

    def had_no_room(self, i: int, below: str) -> bool:
        """Whether the first word of some text had no room in a line of a field."""
        size = self._sizes[i] + 1 + len(below.partition(" ")[0])
        return self.is_wrapped and size > max(self._widest, _NARROWEST)

    def continues(self, i: int) -> bool:
        """Whether a field's value in a line goes on in the next."""
        if not self.goes_on(i):
            return False
        if not self.is_tight or self.is_full(i):
            return True
        line, below = self.lines.lines[i : i + 2]
        is_open = _ends_open(line, below) or self.divides(line, below)
        is_widest = below[:2].islower() and self._widest < self._size(i)
        return is_open or is_widest or self.is_set_in(i)

    def may_continue(self, i: int) -> bool:
        """Whether nothing but the width of a column tells that a text goes on in the next line.

        PyPDF, pdfplumber print names in capitals so, from tables of WeasyPrint and LibreOffice.
        """
        if not self.goes_on(i):
            return False
        line, below = self.lines.lines[i : i + 2]
        is_word = (below[0].isalpha() or below[0] == "(") and line[-1] not in HYPHENS
        return is_word and self.had_no_room(i, below)

    def is_in_cell(self, i: int) -> bool:
        """Whether a line goes on with the text of a cell: the one before it is empty."""
        return _MORE_OF_CELL.match(self.lines.lines[i]) is not None

    def is_below(self, i: int, text: str) -> bool:
        """Whether the next line begins below a text that is set in: PowerShell's lists, docbook."""
        column = self.lines.raw(i).find(text)
        return self._margin < column == _margin(self.lines.raw(i + 1))

    def is_set_in(self, i: int) -> bool:
        """Whether the margin of the next line shows that a list's item or a cell goes on."""
        if self.is_in_cell(i + 1):
            return True
        match = _REST_OF_ITEM.match(f"{self.lines.raw(i)}\n{self.lines.raw(i + 1)}")
        return match is not None and (match[2] is None or not self._is_start[i])

    def prose(self, first: int, end: int) -> str:
        """Lines as text: without the empty lines around it, and without a tool's marks."""
        is_empty = is_rule if self.is_cleaned else operator.not_
        lines, hidden, pieces = self.lines.lines, self.lines.hidden, self.lines.pieces
        while first < end and is_empty(lines[first]):
            first += 1
        while first < end and is_empty(lines[end - 1]):
            end -= 1
        room = self.width - _SLACK if self.is_wrapped and self.width else 0
        is_plain = self.is_cleaned and not self.is_table and not self._has_raw_prose
        parts: list[str] = []
        last = ""
        for i in range(first, end):
            if i in hidden:
                continue
            line, seam = lines[i] if is_plain else self._line(i), "\n"
            if i in pieces:
                seam = " " if last and line and self.is_cleaned else ""
            elif room and last and line and len(f"{last} {line.partition(' ')[0]}") > room:
                seam = self._seam(last, line)
                if seam == _DIVIDED:
                    parts[-1], seam = parts[-1][:-1], ""
            parts += (seam, line) if parts else (line,)
            last = line
        is_cut = first in pieces or end in pieces
        text = "".join(parts).strip(" \f" if is_cut else "\f")
        if first in pieces:
            text = text.removeprefix(". ")  # of the heading, written like a sentence
        return unescaped(text) if self.has_markdown else text

    def _line(self, i: int) -> str:
        """A line of prose, without its cells; as it is, where prose stays so."""
        line = self.lines.lines[i]
        if not self.is_cleaned:
            raw = self.lines.raw(i)
            return line if raw == line else raw  # not a second copy of the text
        if self._has_raw_prose:
            line = self.lines.raw(i).strip()
        if "|" in line and self.is_table and (line[0] == "|" or line[-1] == "|"):
            return "" if is_rule(line) else cells(line)
        return "" if line[:2] == "+-" and is_rule(line) else line

    def join(self, first: str, second: str, *, is_address: bool = False) -> str:
        """Two lines of a value, or of a paragraph, as one."""
        if not first:
            return second
        if is_address and (
            first.endswith("://")
            or (_ends_in_address(first) and not _BEGINS_ANEW.match(second))
            or _completes_host(first, second)
        ):
            # Any tool that wraps lines breaks a long address wherever the line is full.
            return first + second
        seam = self._seam(first, second)
        return first[:-1] + second if seam == _DIVIDED else first + seam + second

    def _seam(self, first: str, second: str) -> str:
        """What belongs between two lines of one text."""
        if first[-1] in OPTIONAL_HYPHENS:
            return _DIVIDED
        if first[-1] not in HYPHENS or first[-2:-1] in ("", " ") or _SUSPENDED.match(second):
            return " "
        parts = self._divided(first, second)
        return _DIVIDED if parts and self._occurs("".join(parts)) else ""

    def divides(self, first: str, second: str) -> bool:
        """Whether a line end divides a word behind a hyphen."""
        return first[-1:] in OPTIONAL_HYPHENS or bool(self._divided(first, second))

    def is_doubtful(self, first: str, second: str) -> bool:
        """Whether a hyphen at a line end may be the word's own, or that of a tool.

        Word processors divide words. The word's spelling elsewhere in the text decides; where it is
        nowhere else, the hyphen stays, and the reader is warned.
        """
        parts = self._divided(first, second)
        return bool(parts) and not (self._occurs("".join(parts)) or self._occurs("-".join(parts)))

    def _divided(self, first: str, second: str) -> tuple[str, ...]:
        """The two parts of a word that a line end divides behind a hyphen."""
        if first[-1:] not in HYPHENS or not second[:1].islower() or _SUSPENDED.match(second):
            return ()
        stem, tail = _LAST_WORD.search(first[-61:-1]), _FIRST_WORD.match(second)
        return (stem[0], tail[0]) if stem and tail else ()

    def _occurs(self, word: str) -> bool:
        """Whether a word is anywhere in the text."""
        self._sought += 1
        if len(self.lines.text) > _LONG or self._sought > _MOST_SOUGHT:
            return word.casefold() in self._words
        return any(case(word) in self._text for case in (str, str.lower, str.capitalize, str.upper))

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self._text.casefold()))

    @cached_property
    def _text(self) -> str:
        return "\n".join(self.lines.lines)


_HALF_NAME = re.compile(r"(?:^| )[A-ZÅÄÖ][a-zåäö]+-$")  # `Pohjois-`


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())


def _ends_open(line: str, below: str) -> bool:
    """Whether a line ends in a list, before a last word or in an address: no value ends so."""
    is_list = line[-1] == "," and not any(map(str.isdecimal, line + below))
    is_linked = below[:1].islower() and line.endswith(_OPEN_ENDS)
    is_half = below[:1].isalpha() and _HALF_NAME.search(line) is not None
    return is_list or is_linked or is_half or below == "="


def _ends_in_address(line: str) -> bool:
    last = line[-2000:].rsplit(None, 1)[-1].casefold()
    return ("://" in last or last.startswith("www.")) and last[-1] not in ",;"


def _completes_host(first: str, second: str) -> bool:
    """Whether the rest of an e-mail address is below it: `aune(at)kettu.exa`, `mple`."""
    last = first[-2000:].rsplit(None, 1)[-1].casefold()
    is_address = "@" in last or "(at)" in last
    hosts = last.rpartition(".")[2], f"{last}{second}".rpartition(".")[2]
    return is_address and hosts[0] not in _TOP_DOMAINS and hosts[1] in _TOP_DOMAINS


def _sizes(lines: Lines) -> array[int]:
    """How long each line is; a piece of one counts from the beginning of the line."""
    sizes = array("i", map(len, lines.lines))
    for i in sorted(lines.pieces):
        sizes[i] += sizes[i - 1] + 1
    return sizes


def _width(lines: list[str], ends: Sequence[int], is_start: bytearray) -> int:
    """The width at which a tool wrapped the lines; 0 where they do not look wrapped.

    Most lines that go on below are nearly as long as each other, and few are longer.
    """
    rows = zip(ends, lines[1:], is_start[1:], strict=False)
    on = ((size, below) for size, below, starts in rows if below and size and not starts)
    # Scores in the line below are no more of a short line.
    sizes = sorted(x for x, below in on if x > _LONGEST_ROW or not ONLY_NUMBERS.fullmatch(below))
    if not sizes:
        return 0
    width, most = sizes[len(sizes) * 19 // 20], sizes[len(sizes) * 3 // 4]
    width = most if width > 1.5 * most else width
    short = bisect_right(sizes, width * 0.7)
    is_even = (len(sizes) - short) * 10 >= 6 * len(sizes)
    if not is_even or not _NARROWEST <= width <= _WIDEST:
        return 0
    longer = sum(map((width + 30).__lt__, map(len, lines)))
    return width if longer * 12 <= len(sizes) + 24 else 0
