r"""A text as lines: where each is, and its characters in one spelling.

Tools write the same character in many ways. :func:`folded` takes that off, line by line, and never
joins or splits a line, so that the number of a line is also its place in the text.

>>> lines = Lines("1\u00a0Hanke\r\n\r\n  Hankekoodi: S29999")
>>> lines.lines, lines.offsets[1]
(['1 Hanke', '', 'Hankekoodi: S29999'], 9)
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from operator import itemgetter

from esr_parser.lazy import lazy

# Byte-order mark, zero-width and direction marks, soft hyphen: browsers and PDF tools leave them,
# Word its own soft hyphen, and messengers the marks around what is written from right to left.
INVISIBLE = (
    "\x1f\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069\u00ad"
)
FEWEST_BARS = 6
"""So many lines with bars are those of a table; in a line of prose a bar is none."""
END_OF_FILE = "\x1a\0"
_GONE = frozenset(INVISIBLE)
# Isolates are closed by U+2069. To look for it in a text takes long: its last byte is that of an i.
_ISOLATES = "\u2066\u2067\u2068"
INVISIBLE_SIGNS = INVISIBLE.replace("\u2069", "")
"""Characters one of which is in every text with invisible characters."""
# No-break, thin and other wide spaces; vertical tab and the separators of old terminals.
WIDE_SPACES = (
    "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
    "\u3000\x1c\x1d"
)
# Hyphens that Word writes in words and numbers, too; a dash may be the page's own. The signs of
# units, which are letters.
_PLAIN = dict.fromkeys(WIDE_SPACES, " ") | dict.fromkeys("\x1e\u2010\u2011", "-")
_PLAIN |= {"\u212a": "K", "\u212b": "Å"}
LIGATURES = {ord(letter) << 8: letter for letter in "filt"}
"""Letters of ligatures as Ghostscript writes them: their two bytes are in the wrong order."""
HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2212"
# At a line end: a soft hyphen, and the sign for "not", which ABBYY FineReader writes for one.
OPTIONAL_HYPHENS = frozenset("\u00ad\xac")
DIVIDING = frozenset(HYPHENS) | OPTIONAL_HYPHENS
"""A line that ends so may divide a word: it goes on in the next."""
# What tools put before a declared string: Markdown, cells, bullets, quotes, emphasis; bullets of
# Word's fonts Symbol and Wingdings; rules as w3m, elinks and rich draw them; what language models
# and chat programs put before headings.
LEAD = (
    " \t#*|_>~`\\=\"'•·◦▪●○■□▶►☐;–—-+![─━═―\uf0b7\uf0a7\uf0d8\uf0fc"
    "\u2705\u2696\u2b50\u27a1\ufe0f\U0001f30d\U0001f331\U0001f33f\U0001f3af\U0001f3db\U0001f3e2"
    "\U0001f449\U0001f465\U0001f4a1\U0001f4b0\U0001f4b6\U0001f4c4\U0001f4c5\U0001f4c8\U0001f4ca"
    "\U0001f4cb\U0001f4cc\U0001f4cd\U0001f4dd\U0001f4de\U0001f4e7\U0001f4ed\U0001f50d\U0001f539"
)
FURNITURE = " \t#*|_>~`\\=\u2500\u2501\u2550"
# A gap, a border, or a space before two scores: a column that the first cell fills.
_GAP = lazy(r"\s{2,}|\t|\s*\||\s(?=[0-9]{1,2}\s+[0-9]{1,2}$)")
_RULE = LEAD + ":.]^\u00af"
_SOFT_HYPHEN = lazy("\u00ad(?![ \\t]*\n)")
# Windows, old Macintosh, and those of Unicode. Form feeds stay: they break pages.
LINE_END = lazy("\r\n|[\n\r\v\x85\u2028\u2029]")
_ODDLINE_ENDS = "\r\v\x85\u2028\u2029"
# A letter with its marks apart (macOS file names, some PDF tools). A longer run is not a letter,
# and normalising it takes time that grows with its square.
_DECOMPOSED = lazy("[A-Za-z\u00c0-\u024f][\u0300-\u036f]{1,8}(?![\u0300-\u036f])")
_ESCAPE = lazy(r"\\([!-/:-@\[-`{-~])")
_MARKS = lazy(f"[\u00ad\xac\\s#*|_>~`\\\\=\"'\u2019{HYPHENS[1:]}-]+")
_MOST_CHANGES_IN_VALUE = 1_000


def folded(text: str) -> str:
    r"""The text without invisible characters, with plain spaces, hyphens and composed letters.

    >>> folded("a\u0308\u2009\u00adb")
    'ä b'
    """
    if text.isascii() and "\x1e" not in text and "\x1f" not in text:
        return text
    if any(map(text.__contains__, _ISOLATES)):
        text = text.replace("\u2069", "")
    for c in INVISIBLE_SIGNS[:-1]:
        if c in text:
            text = text.replace(c, "")
    if "\u00ad" in text:
        # At a line end a soft hyphen divides a word, and is needed to join the word again.
        text = _SOFT_HYPHEN.sub("", text)
    for c, plain in _PLAIN.items():
        if c in text:
            text = text.replace(c, plain)
    if "\u0308" in text or "\u0301" in text or "\u030a" in text:
        text = _DECOMPOSED.sub(lambda m: unicodedata.normalize("NFC", m[0]), text)
    return text


def places_of(text: str, word: str, start: int = 0) -> Iterator[int]:
    """Where a word begins, each time.

    >>> list(places_of("a, b, c", ","))
    [1, 4]
    """
    at = text.find(word, start)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def usual(texts: Sequence[str], least: float) -> str:
    """What so many texts begin with.

    >>> usual(["- a", "- b", "c"], 2)
    '- '
    """
    found = ""
    while True:
        heads = Counter(text[: len(found) + 1] for text in texts if len(text) > len(found))
        head, often = max(heads.items(), key=itemgetter(1), default=("", 0))
        if not head or often < least:
            return found
        found = head


def unescaped(text: str) -> str:
    r"""A text without the backslashes that Markdown writers put before signs.

    >>> unescaped(r"1\. Y\-tunnus")
    '1. Y-tunnus'
    """
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def key(text: str) -> str:
    """What two spellings of a declared string have in common: its letters.

    White space, letter case, hyphens, quotes and the marks of Markdown do not count.

    >>> key("**Hakijoiden  lukumäärä tai tuen siirto - menettely")
    'hakijoidenlukumäärätaituensiirtomenettely'
    """
    letters = "".join(text.split()).casefold()
    return letters if letters.isalnum() else _MARKS.sub("", letters)


def split_at(line: str, size: int) -> int:
    """Where a line's first ``size`` letters end, as :func:`key` counts them.

    >>> split_at("Natura  2000 -ohjelman kohteet 1 1", len("natura2000ohjelmankohteet"))
    30
    """
    for at, character in enumerate(line):
        if size <= 0:
            return at
        size -= len(key(character))
    return len(line)


class Lines:
    """The lines of a text: ``lines`` folded and stripped, ``offsets`` where each one begins.

    Noise passes change ``lines`` in place, and cut a line in pieces with :meth:`cut`; a piece has
    an offset of its own, and its number is in ``pieces``.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.offsets: array[int]
        self.has_odd_line_ends: bool = any(c in text for c in _ODDLINE_ENDS)
        if self.has_odd_line_ends:
            parts = LINE_END.split(text)
            ends = map(re.Match.end, LINE_END.finditer(text))
            self.offsets = array("q", [0, *ends, len(text)])
            whole = "\n".join(parts)
        else:
            whole, parts = text, text.split("\n")
            sizes = map((1).__add__, map(len, parts))
            self.offsets = array("q", accumulate(sizes, initial=0))
            self.offsets[-1] = len(text)
        view = folded(whole)
        self.is_folded: bool = view is not whole
        self.lines: list[str] = list(map(str.strip, view.split("\n") if self.is_folded else parts))
        self.is_changed: bool = False
        """Whether a pass took something off every line."""
        self.mended: Callable[[str], str] = str
        """Reads a line as it was before a tool wrote one letter as several."""
        self.are_quoted = False
        """Whether the lines are in quotes, and those inside them doubled."""
        self.is_cut: bool = False
        """Whether lines were cut in pieces."""
        self.pieces: set[int] = set()
        """The lines that begin inside a line of the text."""
        self.hidden: set[int] = set()
        """The lines that are noise and nothing else: headers of printed pages, rules, tags."""

    def __len__(self) -> int:
        return len(self.lines)

    def raw(self, i: int) -> str:
        """Line ``i`` as it is in the text, without its line end."""
        line = self.text[self.offsets[i] : self.offsets[i + 1]]
        return line.rstrip(f"\n{_ODDLINE_ENDS}") if i + 1 not in self.pieces else line

    def place(self, i: int, column: int) -> int:
        """The offset in the text of a character of ``lines[i]``."""
        return self._places(i, [column])[0]

    def _places(self, i: int, columns: list[int]) -> list[int]:
        begin, raw, line = self.offsets[i], self.raw(i), self.lines[i]
        start = raw.find(line)
        if start >= 0:
            return [begin + start + column for column in columns]
        plain = folded(raw)
        view = self.mended(plain)
        start = max(view.find(line), 0)
        if len(view) != len(plain):
            return [begin + end for end in self._ends(raw, view, [start + x for x in columns])]
        # Characters were folded: count those that are left of the line.
        spots = [k for k, c in enumerate(raw) if c not in _GONE and not unicodedata.combining(c)]
        spots += [len(raw)] * (start + max(columns) + 1 - len(spots))
        return [begin + spots[start + column] for column in columns]

    def _ends(self, raw: str, view: str, sizes: list[int]) -> Iterator[int]:
        """Where the first characters of a line end that :attr:`mended` reads as another one."""
        last, end = 0, 0
        for size in sizes:
            meant, start = view[last:size], end
            end += len(meant)
            # As it is read, a line is shorter; but for half of an entity or of a letter.
            for _ in range(_MOST_CHANGES_IN_VALUE):
                if end >= len(raw) or (part := self.mended(folded(raw[start:end]))) == meant:
                    break
                end += max(1, len(meant) - len(part))
            while end < len(raw) and self.mended(folded(raw[start : end + 1])) == meant:
                end += 1  # the second of two quotes
            yield end
            last = size

    def mend(self, read: Callable[[str], str]) -> None:
        """Reads every line in another way, and knows where it is in the text all the same."""
        self.lines = [read(line).strip() for line in self.lines]
        before, self.is_changed = self.mended, True
        self.mended = lambda line: read(before(line))

    def hide(self, *where: int) -> None:
        """Takes lines for noise."""
        for i in where:
            self.lines[i] = ""
        self.hidden.update(where)

    def cut(self, columns: dict[int, list[int]]) -> None:
        """Cuts lines in pieces: before these columns of ``lines``."""
        lines: list[str] = []
        offsets = array("q")
        pieces: set[int] = set()
        hidden: set[int] = set()
        for i, line in enumerate(self.lines):
            first, found = len(lines), columns.get(i, [])
            if i in self.hidden:
                hidden.add(first)
            offsets.append(self.offsets[i])
            if found:
                offsets.extend(self._places(i, found))
            lines += (line[a:b].strip() for a, b in pairwise((0, *found, len(line))))
            pieces.update(range(first + (i not in self.pieces), len(lines)))
        offsets.append(len(self.text))
        self.is_cut = True
        self.lines, self.offsets, self.pieces, self.hidden = lines, offsets, pieces, hidden


def is_rule(line: str) -> bool:
    """Whether a line holds no letter or digit: a rule, an underline, the border of a table."""
    return not line.strip(_RULE)


def next_text(lines: Sequence[str], first: int, end: int) -> int:
    """The first line that is not a rule; ``end`` where all are."""
    return next((i for i in range(first, end) if not is_rule(lines[i])), end)


def cells(line: str, between: str = " ") -> str:
    """The text of a line of table cells; cells that a tool repeated count once.

    >>> cells("| a | a | b |")
    'a b'
    """
    parts = (part.strip() for part in line.split("|"))
    return between.join(dict.fromkeys(part for part in parts if part))


def first_cell(line: str) -> list[str]:
    """The first cell of a line; behind a gap, a tab or a border, the rest of it.

    >>> first_cell("Hankekoodi   S29999  "), first_cell("Hankekoodi")
    (['Hankekoodi', 'S29999  '], ['Hankekoodi'])
    """
    return _GAP.split(line, maxsplit=1)
