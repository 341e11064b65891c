r"""Seeing through what tools do to a page: the second look.

The straight path of the parser knows the canonical text only. What it does not recognise comes
here: indentation, Markdown marks, table pipes, padding, decomposed letters, no-break spaces,
wrapped labels. Nothing in this module knows the words of the format; it compares *squeezed*
strings, in which all of that is gone.

>>> squeeze("## **1.\u00a0HANKE**")
'1.hanke'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from functools import cached_property
from typing import Final, Generic, TypeVar

import attrs

__all__ = ["FURNITURE", "Noise", "Style", "WordTable", "join_wrapped", "line_view", "squeeze"]

T = TypeVar("T")

# Characters that nobody sees: byte-order mark, zero-width and direction marks, soft hyphen.
_INVISIBLE: Final = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad"
_MARKUP: Final = "#*|_>~`\\="
FURNITURE: Final = (
    " \t\n\r\f\v\xa0\u2000\u2002\u2003\u2007\u2009\u200a\u202f\u3000\x1c\x1d\x1e\x1f"
    + (_INVISIBLE + _MARKUP)
)
"""What may stand at either end of a structural line and means nothing."""

RULE_MARKS: Final = FURNITURE + "-+:"
"""What a line may consist of that is nothing but a rule."""

_DROPPED: Final = re.compile(f"[{re.escape(_INVISIBLE + _MARKUP)}]+")


def squeeze(text: str) -> str:
    """The text without white space, letter case, markup, and ways of writing its letters."""
    folded = "".join(text.split()).casefold()
    if not folded.isalnum():
        folded = _DROPPED.sub("", folded)
    return folded if folded.isascii() else unicodedata.normalize("NFC", folded)


class Noise(Enum):
    """One kind of noise that was seen through; each is reported once, with a count."""

    INDENTED = "indented lines"
    TRAILING_SPACE = "lines that end in white space"
    BLANK_SPACE = "lines of nothing but white space"
    LINE_ENDS = "line ends other than a line feed"
    BYTE_ORDER_MARK = "a byte-order mark"
    DECOMPOSED = "decomposed letters"
    NO_BREAK_SPACE = "no-break or other wide spaces"
    PADDING = "columns padded with spaces or tabs"
    MARKDOWN = "Markdown heading marks"
    EMPHASIS = "emphasis marks"
    TABLE = "table cell marks"
    RULE = "rules and underlines"
    PICTURE = "pictures"
    WRAPPED = "wrapped lines"
    PAGE_BREAK = "page breaks"
    LETTER_CASE = "labels in other letters or spacing"
    HEADING_STYLE = "headings written another way"
    COLON = "colons written another way"
    VALUE_BELOW = "values on a line of their own"
    VALUE_STYLE = "values written another way"
    LOOSE_BLOCK = "empty lines inside a block"
    ESCAPE = "Markdown escapes"
    PAGE_FURNITURE = "headers and footers of pages"
    LINK_LIST = "lines of a list of links"
    GLUED = "lines run together"


@attrs.define
class Style:
    """How this text was made, as its headings and labels show: decides how prose is cleaned.

    A text whose structural lines are canonical keeps its prose to the letter. Only where they
    prove a tool's hand is that hand taken off the prose, too.
    """

    margin: int = 0
    trailing: bool = False
    decomposed: bool = False
    no_break: bool = False
    markdown: bool = False
    page_breaks: bool = False
    table: bool = False
    line_ends: bool = False
    indented: bool = False
    ligatures: bool = False
    underlined: bool = False
    """Headings have a rule below them, as other text of such a tool may have."""
    gap_in_blocks: int | None = None
    """How many empty lines there are at least between the lines of any block so far."""
    is_odd: bool = False
    """Whether the text holds letters or spaces that may hide a label from a plain comparison."""

    def learn(self, kinds: Iterable[Noise]) -> None:
        """Takes the noise on a structural line for that of the whole text."""
        for kind in kinds:
            if kind is Noise.TRAILING_SPACE:
                self.trailing = True
            elif kind in (Noise.MARKDOWN, Noise.EMPHASIS, Noise.ESCAPE):
                self.markdown = True
            elif kind is Noise.NO_BREAK_SPACE:
                self.no_break = True
            elif kind is Noise.DECOMPOSED:
                self.decomposed = True
            elif kind is Noise.TABLE:
                self.table = True
            elif kind is Noise.PAGE_BREAK:
                self.page_breaks = True
            elif kind is Noise.INDENTED:
                self.indented = True

    def learn_gap(self, gap: int) -> None:
        """Takes the empty lines in a block for those of the whole text, if no other has fewer."""
        known = self.gap_in_blocks
        self.gap_in_blocks = max(0, gap if known is None else min(gap, known))

    @property
    def is_untouched(self) -> bool:
        """Whether no heading shows the hand of a tool."""
        return not (
            self.margin
            or self.indented
            or self.markdown
            or self.table
            or self.underlined
            or self.page_breaks
        )

    @property
    def keeps_values(self) -> bool:
        """Whether a value without escapes needs no cleaning."""
        return not (self.decomposed or self.no_break or self.table or self.ligatures)

    @cached_property
    def is_plain(self) -> bool:
        """Whether nothing has to be taken off; not asked before all of the style is known."""
        return not (
            self.margin
            or self.trailing
            or self.decomposed
            or self.no_break
            or self.markdown
            or self.page_breaks
            or self.table
            or self.line_ends
            or self.ligatures
            or self.underlined
        )

    def clean_line(self, line: str) -> str:
        """A line of prose without the tool's marks."""
        line = self.clean_letters(line)
        if self.margin:
            lead = len(line) - len(line.lstrip(" \t\xa0"))
            line = line[min(lead, self.margin) :]
        if self.page_breaks:
            line = line.replace("\f", "")
        if self.underlined:
            line = line.removeprefix("| ")
        is_cut = self.trailing or self.line_ends or self.table
        if is_cut:
            line = line.rstrip()
        if self.markdown:
            line = _unescape(line.removesuffix("\\"))
        return line.rstrip() if is_cut else line

    def clean_note(self, line: str) -> str:
        """A line of an explanation, which may stand in a table cell."""
        line = line.strip()
        if self.table or (line.startswith("|") and line.endswith("|")):
            line = line.strip("| \t\xa0")
        return self.clean_line(one_cell(line)).strip()

    def clean_letters(self, text: str) -> str:
        """Text with its letters and spaces written as in the format."""
        if self.no_break:
            text = _WIDE_SPACE.sub(" ", text)
        if self.ligatures:
            text = _LIGATURE.sub(lambda match: LIGATURES[match[0]], text)
        if self.decomposed:
            text = unicodedata.normalize("NFC", text)
        return text

    def clean_value(self, value: str) -> str:
        """A value that stands on one line."""
        if self.is_plain:
            return value
        if self.markdown:
            value = _LINK.sub(_link_text, value)
            value = _unescape(value.rstrip().removesuffix("\\"))
        return self.clean_letters(value).strip()


def one_cell(line: str) -> str:
    """The text of a row whose cells are all the same: a merged cell, printed for each column."""
    if "\t" not in line and "|" not in line:
        return line
    cells = {cell.strip() for cell in re.split(r"[\t|]", line)} - {""}
    return cells.pop() if len(cells) == 1 else line


_ODD = ("\u0308", "\u030a", "\xa0", "\u2007", "\u2009", "\u202f", "\t", *_INVISIBLE)


def is_odd(view: str) -> bool:
    """Whether a text holds letters or spaces that are written another way than in the format."""
    return any(mark in view for mark in _ODD)


LIGATURES: Final = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
}
_LIGATURE = re.compile("[\ufb00-\ufb04]")
_WIDE_SPACE = re.compile("[\xa0\u2000-\u200a\u202f\u3000]")
_LONGEST_LABEL = 200
_LETTERS = ("\u0308", "\u030a", "\u0301")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINK = re.compile(
    r"<((?:https?|mailto):[^<>\s]{1,500}|[^<>\s@]{1,100}@[^<>\s]{1,200})>|\[([^\[\]]{1,500})\]\([^()\s]{1,500}\)"
)


def _link_text(match: re.Match[str]) -> str:
    return (match[1] or match[2]).removeprefix("mailto:")


def _unescape(line: str) -> str:
    return _ESCAPE.sub(r"\1", line) if "\\" in line else line


LINE_SEPARATORS: Final = "\r\v\x85\u2028\u2029"


def line_view(text: str) -> str:
    r"""The text with ``\n`` for every kind of line end, each character in its old place.

    >>> line_view("a\r\nb\rc")
    'a \nb\nc'
    """
    if "\r" in text:
        text = text.replace("\r\n", " \n")
    for mark in LINE_SEPARATORS:
        if mark in text:
            text = text.replace(mark, "\n")
    return text


# After a hyphen at the end of a line these words go on with a space: "elinkeino-, liikenne- ja".
_AFTER_SUSPENDED_HYPHEN = re.compile(r"(?:ja|tai|sekä|eli|taikka|och|eller|and|or)\b")


def join_wrapped(*parts: str) -> str:
    """The parts of a value that a tool had wrapped, put together.

    >>> join_wrapped("Pohjois-", "Pohjanmaa"), join_wrapped("liikenne-", "ja ympäristökeskus")
    ('Pohjois-Pohjanmaa', 'liikenne- ja ympäristökeskus')
    """
    joined: list[str] = []
    for part in parts:
        if part:
            if joined:
                joined.append(_glue(joined[-1], part))
            joined.append(part)
    return "".join(joined)


def _glue(first: str, second: str) -> str:
    if first.endswith("/") and "://" in first and " " not in second:
        return ""
    if not first.endswith("-"):
        return " "
    if _AFTER_SUSPENDED_HYPHEN.match(second) or not second[:1].isalnum():
        return " "
    return " " if first.endswith(" -") and not second[:1].islower() else ""


_PREFIX_ENDS = re.compile(r"(?<=[\s\-/])")


_HEAD = 4


def first_parts(word: str, length: int = _HEAD) -> Iterator[str]:
    """A string, and what its first line can be where it is wrapped within ``length``."""
    yield word
    for k, letter in enumerate(word[: length + 1]):
        if letter in " -/":
            yield word[: k + (letter != " ")]


class WordTable(Generic[T]):
    """The declared strings of one place in the format, found in any spelling.

    ``exact`` is the straight path: a dictionary look-up of the string as printed. ``folded``
    holds the squeezed strings, ``prefixes`` what the first lines of a wrapped one can be.
    """

    __slots__ = ("_squeezed_starts", "exact", "folded", "longest", "prefixes", "starts")

    def __init__(self, words: Mapping[str, T] | Iterable[tuple[str, T]]) -> None:
        pairs = list(words.items() if isinstance(words, Mapping) else words)
        self.exact: dict[str, T] = {}
        self.folded: dict[str, T] = {}
        prefixes: set[str] = set()
        for word, target in pairs:
            self.exact.setdefault(word, target)
            self.folded.setdefault(squeeze(word), target)
            for end in _PREFIX_ENDS.finditer(word):
                prefixes.add(squeeze(word[: end.start()]))
        self.prefixes: frozenset[str] = frozenset(prefixes - {""})
        self.starts: frozenset[str] = frozenset(
            part[:_HEAD] for word, _ in pairs for part in first_parts(word.casefold())
        )
        self._squeezed_starts = frozenset(key[:3] for key in self.folded)
        self.longest: int = max(map(len, self.exact), default=0)

    def find(self, text: str) -> T | None:
        """The target of a string in any spelling."""
        target = self.exact.get(text)
        if target is None and len(text) <= 2 * self.longest + 40:
            target = self.folded.get(squeeze(text))
        return target

    def may_start(self, line: str, is_odd: bool) -> bool:
        """Whether a line, without its furniture, may begin one of the words. Cheap.

        ``is_odd`` tells of a text whose letters or spaces may be written another way.
        """
        head = line[:_HEAD]
        if head.casefold() in self.starts or "  " in head:
            return True
        return is_odd and squeeze(line[:30])[:3] in self._squeezed_starts


def noises_of(line: str, word: str | None = None) -> list[Noise]:
    """The kinds of noise on one structural line; ``word`` is the declared string it holds."""
    found: list[Noise] = []
    first = line[0]
    if first.isspace():
        found.append(Noise.PAGE_BREAK if first == "\f" else Noise.INDENTED)
    if line[-1].isspace():
        found.append(Noise.TRAILING_SPACE)
    body = line.strip()
    if body[:1] == "#":
        found.append(Noise.MARKDOWN)
    if "**" in body or body[:1] in ("*", "_"):
        found.append(Noise.EMPHASIS)
    if "\\" in body:
        found.append(Noise.ESCAPE)
    if "|" in body:
        found.append(Noise.TABLE)
    if "\t" in body or "   " in body:
        found.append(Noise.PADDING)
    if not body.isascii():
        if _WIDE_SPACE.search(body[:_LONGEST_LABEL]):
            found.append(Noise.NO_BREAK_SPACE)
        if any(mark in body for mark in _LETTERS):
            found.append(Noise.DECOMPOSED)
    if not found and word is not None and word not in body:
        found.append(Noise.LETTER_CASE)
    return found
