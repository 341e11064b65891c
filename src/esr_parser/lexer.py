r"""Lines to tokens: what a line means in the words of the format, however it is spelled.

A token is one line (or a few, where a tool wrapped a declared string): a heading, a title, a label
with its value, an aspect with its scores. Lines without a token are text. Behind the tokens,
nothing knows of Markdown, cells, indentation or wraps.

A canonical line is found by one look-up. Any other line is a candidate only by its first letters;
its :func:`~esr_parser.text.key` then shows what it is.

>>> from esr_parser.layouts import LAYOUT_2014_2020
>>> from esr_parser.text import Lines
>>> [token] = lex(Lexicon(LAYOUT_2014_2020), Lines("**HANKEKOODI :** S29999"))
>>> token.kind, token.words[0].declared, token.value
(<WordKind.LABEL: 'label'>, 'Hankekoodi', 'S29999')
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

from esr_parser.grammar import Fields, Layout, Scores, Word, WordKind
from esr_parser.text import DIVIDING, HYPHENS, Lines, key, split_at, unescaped

__all__ = [
    "LEAD",
    "ONLY_NUMBERS",
    "Lexicon",
    "Token",
    "cells",
    "columns_of",
    "is_of_fields",
    "is_rule",
    "lex",
]

Words = tuple[Word, ...]
Meaning = tuple[str, Words, Any, int]
"""Kind, words, value, and the column of the value in the line (-1: not in it)."""

_HEADING, _LABEL, _ASPECT = WordKind.HEADING, WordKind.LABEL, WordKind.ASPECT
_TITLE, _BANNER = WordKind.TITLE, WordKind.BANNER
# What a token can be besides a declared string.
NUMBERED: Final = "numbered"
"""A line that looks like a heading with a title that is not declared."""
NUMBER: Final = "number"
"""A heading's number on a line of its own."""
NAME: Final = "name"
"""A label without a colon."""
PART: Final = "part"
"""The beginning of a declared string; never in the result."""
_NOWHERE: Final = -1
"""The column of a value that is not in the line."""
_PART: Final[Meaning] = (PART, (), "", _NOWHERE)
NEXT_TITLE: Final = "next title"
"""The title of a page in another layout."""
CONTENTS: Final = "contents"
"""In the place of a heading's number: a line of a table of contents, with dots and a page."""
CONTINUED: Final = "continued"
"""In the place of a heading's number: a heading repeated at the top of a page."""

# What tools put before a declared string: Markdown, cells, bullets, quotes, emphasis; bullets of
# Word's fonts Symbol and Wingdings; what language models and chat programs put before headings.
LEAD = (
    " \t#*|_>~`\\=\"'•·◦▪●○■□▶►☐;–—-+![\uf0b7\uf0a7\uf0d8\uf0fc"
    "\u2705\u2696\u2b50\u27a1\ufe0f\U0001f30d\U0001f331\U0001f33f\U0001f3af\U0001f3db\U0001f3e2"
    "\U0001f449\U0001f465\U0001f4a1\U0001f4b0\U0001f4b6\U0001f4c4\U0001f4c5\U0001f4c8\U0001f4ca"
    "\U0001f4cb\U0001f4cc\U0001f4cd\U0001f4dd\U0001f4de\U0001f4e7\U0001f4ed\U0001f50d\U0001f539"
)
_FURNITURE = " \t#*|_>~`\\="
_RULE = LEAD + ":.]"
# What is stripped between cells, around the rest of an aspect's line, and behind a label.
_BETWEEN_CELLS = "| \t"
_BORDERS = " |*_"
_AROUND = " |*_:"
_COLON_ENDS = ":\uff1a "
_LABEL_ENDS = ":\uff1a|*"
_LEADS = frozenset(LEAD)
_MARKS = frozenset("*_")
_NUMERIC = frozenset("0123456789(")
_MARKED = _LEADS | _NUMERIC
_DIGITS = frozenset("0123456789")
_CASES = (str, str.lower, str.upper, str.capitalize, str.title)
_AFTER = ("", " ", ":", "\uff1a", "*", "|", "\t", "_")
# Permalinks of Sphinx and MkDocs, attributes of pandoc, "edit" of wikis, tables of contents.
_TAIL = re.compile(
    r"\s*(?:\{#[^{}]*\}|\[?¶(?:\]\([^()]*\))?|\[muokkaa[^\[\]]{0,40}\]|\(jatkuu\)|\.{3,}\s*[0-9]+"
    r"|(?:\s\.){3,}\s*[0-9]+)$",
    re.IGNORECASE,
)
_TAIL_ENDS = frozenset("}])¶#*|_ \t0123456789\\`~>=")
_CONTINUED = re.compile(r"\(jatkuu\)", re.IGNORECASE)
_PAGE_TAIL = re.compile(r"\t\s*[0-9]{1,3}$")
_LEADERS = re.compile(r"(?:\.{3,}|(?:\s\.){3,}|\t)\s*[0-9]{1,3}\s*$")
_NUMBERING = re.compile(r"\(?([0-9]{1,3}(?:\.[0-9]{1,2}){0,2})(?:[.):]+|\s*[-–—](?=\s))?[ \t]*")
_NUMBERED = re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,2}){0,2})\.?\s+([^\W\d_].{0,148})")
_LONE_NUMBER = re.compile(r"([0-9]{1,2}(?:\.[0-9])?)\.?")
ONLY_NUMBERS = re.compile(r"[0-9]{1,2}(?:[\s|]+[0-9]{1,2})*")
# The end of a bold label right before its value.
_MARK = re.compile(r"[*_]{1,3}")
# A colon, a Chinese or Japanese one, two of AsciiDoc and Org, a semicolon of OCR and CSV, a comma
# behind a quoted cell; a dash, an arrow or an equals sign of people; the border of a cell, a gap.
_SEPARATOR = re.compile(
    r"(?:::?(?:\"[,;\t])?|[;\uff1a]|(?<=\"),)(?:(?:[*_]+|'{2,3})(?=\s))?"
    r"| (?:[-\u2013\u2014=\u2192]|[-=]>) |[ \t]*\||\t| {3,}"
)
_COLONS = frozenset(":*_'\"|")
"""Behind a colon, they show that the label ends in another way."""
_GAP = re.compile(r"\s{2,}|\t|\s*\|")
_GAP_OR_DASH = re.compile(r"\s{2,}|\s*\||\t|;| (?:[-\u2013\u2014=\u2192]|[-=]>) ")
_CELL_SIGNS = ("|", "  ", "\t", "]")
_COLON_BELOW = re.compile(r":\s+(?=\S)")
# Banner pictures as Markdown, as lynx's "[1]text", as html-to-text's "text [name.png]".
_PICTURES = re.compile(
    r"!?\[[0-9]+\]|\[[\w.-]+\.(?:png|gif|jpe?g|svg)\]|!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?"
)
_HEAD, _FIRST_LETTERS = 20, 14
"""So many letters, within so many characters, tell whether a line may be a declared string."""
_BEGINNING = 6
"""Lines are told from text by so many letters at their beginning."""
_FEWEST = 6
"""So many different labels of fields without a colon show that the page has none."""
_WRAPPED_LINES = 5
"""A declared string is at most this many lines long."""


class Token(NamedTuple):
    """What one line, or a few, mean."""

    kind: str
    words: Words
    value: Any
    """A label's value; an aspect's scores, or the rest of its line; a heading's printed number."""
    first: int
    last: int
    lead: str
    """The marks before it."""
    column: int
    """Where the value begins in the last line; -1 where it does not."""
    is_wrapped: bool = False
    """Whether the declared string is broken over lines."""


class Lexicon:
    """The strings of a layout, in every spelling."""

    def __init__(
        self,
        layout: Layout,
        aliases: Mapping[str, str] | None = None,
        others: Iterable[Layout] = (),
    ) -> None:
        self.layout = layout
        words = [*layout.words(), *_aliased(layout, aliases or {})]
        self.exact: dict[str, tuple[str, Words, Any]] = {}
        self.labels: dict[str, Words] = {}
        self.aspects: dict[str, Words] = {}
        self.label_tails: set[str] = set()
        """The last letters of the labels, in one case."""
        self.keys: dict[str, tuple[str, Words]] = {}
        for word in words:
            self._add(word)
        # The titles of other layouts: what is behind them is a description of its own.
        fronts = [w for o in others for w in o.words() if w.kind in (_TITLE, WordKind.BANNER)]
        for word in fronts:
            kind = NEXT_TITLE if word.kind is _TITLE else word.kind
            self.exact.setdefault(word.text, (kind, (word,), ""))
            self.keys.setdefault(key(word.text), (kind, (word,)))
        words += fronts
        self.words: tuple[Word, ...] = tuple(words)
        self.longest: int = 2 * max(len(word.text) for word in words) + 40
        """No declared string is longer, in any spelling."""
        shorts = [case(w.text) for w in words if len(w.text) < _BEGINNING for case in _CASES]
        self.size: int = min((_BEGINNING, *map(len, shorts)))
        self.starts: frozenset[str] = frozenset(x[: self.size] for x in (*_starts(words), *shorts))
        """What the lines with a declared string can begin with: ``size`` letters of each."""
        self._firsts = {k[:_FIRST_LETTERS] for k in self.keys}
        self._by_ten: dict[str, list[str]] = {}
        for k in self.keys:
            self._by_ten.setdefault(k[:10], []).append(k)
        self._by_part: dict[str, list[str]] = {}
        """The keys by their first letters, fewer than ten."""
        for k in self.keys:
            for size in range(1, min(len(k), 9) + 1):
                self._by_part.setdefault(k[:size], []).append(k)
        self._shorts = {k: [k] for k in self.keys if len(k) < 10}
        self._short_keys = tuple(self._shorts)
        self._short_sizes = sorted({len(k) for k in self._shorts}, reverse=True)
        self.title_tail: str = key(layout.title.partition("{fund}")[2]) or "\0"
        self._title_end = layout.title.rpartition(" ")[2].casefold() or "\0"
        self._funds = {key(f"({fund})"): fund for fund, _ in layout.funds}
        headings = (layout.heading(s.number, s.title) for s in layout.sections if s.title)
        self._headings = tuple(map(str.casefold, headings))
        self.numbers: frozenset[str] = frozenset(section.number for section in layout.sections)

    def count_labels(self, text: str) -> int:
        """How many of the labels are somewhere in a text, as printed or in another letter case."""
        folded = text[:50_000].casefold()
        return sum(f"{label.casefold()}" in folded for label in self.labels)

    def count_headings(self, text: str) -> int:
        """How many of the headings are somewhere in a text, with their numbers."""
        folded = text[:50_000].casefold()
        return sum(heading in folded for heading in self._headings)

    def has_code(self, text: str) -> bool:
        """Whether a text contains a project code of the layout's."""
        prefixes = "|".join(re.escape(prefix) for prefix, _ in self.layout.code_prefixes)
        return bool(prefixes) and re.search(rf"\b(?:{prefixes})[0-9]{{3,}}", text) is not None

    def _add(self, word: Word) -> None:
        text, kind = word.text, word.kind
        if kind is _LABEL:
            self.labels[text] = (*self.labels.get(text, ()), word)
            self.label_tails.add(text[-3:].casefold())
        elif kind is _ASPECT:
            self.aspects[text] = (*self.aspects.get(text, ()), word)
        else:
            if word.section is not None and kind is _HEADING:
                number = word.section.number
                for heading in (f"{number} {text}", f"{number}. {text}"):
                    self.exact[heading] = (kind, (word,), number)
            words = self.exact.get(text, (kind, (), ""))[1]
            self.exact[text] = (kind, (*words, word), word.item if kind is _TITLE else "")
        first, words = self.keys.get(key(text), (kind, ()))
        if first == kind:
            self.keys[key(text)] = (kind, (*words, word))

    def meaning(self, line: str) -> Meaning | None:
        """What a line without its lead means."""
        found = self.exact.get(line)
        if found is not None:
            return (*found, _NOWHERE)
        label, colon, value = line.partition(":")
        if colon and value[:1] not in _COLONS:
            words = self.labels.get(label)
            if words is not None:
                return _LABEL, words, value, len(label) + 1
        if line[-1] in _DIGITS:
            parts = line.rsplit(None, 2)
            words = self.aspects.get(parts[0]) if len(parts) == 3 else None
            if words is not None:
                scores = _scores(line[len(parts[0]) :], words)
                if scores is not None:
                    return _ASPECT, words, *scores
        return self._respelled(line)

    def declares(self, line: str) -> bool:
        """Whether a line is, or begins with, a declared string."""
        found = self.meaning(line)
        return found is not None and bool(found[1])

    def _respelled(self, line: str) -> Meaning | None:
        """The same for a line in another spelling than the printed one."""
        if self.is_text(line):
            return self._title(line)
        if line.isdecimal() and line[0] in _DIGITS:
            return _numbered(line, self.numbers)
        line = unescaped(line)
        start, number = _numbering(line) if line[0] in _NUMERIC else (0, "")
        core = line[start:]
        near = self._near(core)
        if not near or not self._is_like(core, near):
            return self._title(line) or _numbered(line, self.numbers)
        k = key(core[: self.longest])
        if line[-1] in "|0123456789":
            row = self._aspect(line, start, k, near)
            if row is not None and not isinstance(row[2], str):
                return row
        if len(core) <= self.longest:
            core = _without_tail(core)
            found = self._whole(core, number, line) if core else None
            if found is None and number and (shorter := _PAGE_TAIL.sub("", core)) != core:
                # A table of contents: a heading, a tab and a page.
                found = self._whole(shorter, number, line)
                found = found if found and found[0] is _HEADING else None
            if found is not None:
                return found
        return (
            self._with_value(line, start)
            or self._aspect(line, start, k, near)
            or self._title(line)
            or self._part(line, start, k, near)
            or _numbered(line, self.numbers)
        )

    def is_text(self, line: str) -> bool:
        """Whether a line begins with plain words that are not those of a declared string."""
        head = line[:_HEAD]
        letters = head.replace(" ", "")[:_FIRST_LETTERS].casefold()
        return (
            len(letters) >= _FIRST_LETTERS
            and letters not in self._firsts
            and letters.isalpha()
            and "  " not in head
        )

    def _near(self, core: str) -> list[str]:
        """The keys of declared strings that begin as a line does."""
        k = core[:12].replace(" ", "").casefold()
        if len(k) < 10 or not k.isalpha() or k.startswith(self._short_keys):
            k = key(core[:32])
        found = self._by_ten.get(k[:10])
        if found is not None:
            return found
        for size in self._short_sizes:
            if k[:size] in self._shorts:
                # "Hanke" is a title, "Hankeaika" is not; a gap may be gone from the key.
                is_whole = not k[size : size + 1].isalpha() or _GAP_OR_DASH.search(core, 0, 40)
                if is_whole:
                    return self._shorts[k[:size]]
        return self._by_part.get(k, [])

    def _is_like(self, core: str, near: list[str]) -> bool:
        """Whether a line, or its first cell, goes on as a declared string does."""
        k = key(core[:32])
        head = k[:16]
        return (
            any(word.startswith(head) or k.startswith(word) for word in near)
            or any(sign in core for sign in _CELL_SIGNS)
            or k.startswith(self._short_keys)
        )

    def _whole(self, core: str, number: str, line: str) -> Meaning | None:
        """A line that is a declared string and nothing else."""
        found = self.keys.get(key(core.rstrip(_COLON_ENDS)))
        if found is None and "]" in line:
            texts = (_PICTURES.sub(r"\1", text) for text in (line, f"![{line}", f"![{core}"))
            found = next((self.keys[k] for k in map(key, texts) if k in self.keys), None)
        if found is None:
            return None
        kind, words = found
        if kind is _HEADING:
            tail = line[-self.longest :]
            if _LEADERS.search(tail):
                number = CONTENTS
            elif _CONTINUED.search(tail):
                number = CONTINUED
            return kind, words, number, _NOWHERE
        if kind is _TITLE:
            return kind, words, words[0].item, _NOWHERE
        if kind is _ASPECT:
            rest = core[_end_of(words[0].text, core) :].strip(_AROUND)
            return kind, words, rest, _NOWHERE
        if kind is _LABEL:
            is_label = core[-1] in _COLON_ENDS or line[-1] in _LABEL_ENDS
            return (_LABEL if is_label else NAME), words, "", _NOWHERE
        return kind, words, "", _NOWHERE

    def _with_value(self, line: str, start: int) -> Meaning | None:
        """A label with its value: behind a colon, or in the next cell."""
        for separator in _SEPARATOR.finditer(line, start, start + self.longest):
            kind, words = self.keys.get(key(line[start : separator.start()]), ("", ()))
            if kind == _LABEL:
                end = separator.end()
                mark = _MARK.match(line, end)
                if mark is not None and not line.endswith(mark[0]):
                    end = mark.end()
                value = line[end:].lstrip(_BETWEEN_CELLS)
                return kind, words, value, len(line) - len(value)
        return None

    def _aspect(self, line: str, start: int, k: str, near: list[str]) -> Meaning | None:
        """An aspect with its scores, or with whatever else is in its line."""
        for word_key in near:
            kind, words = self.keys[word_key]
            if kind is _ASPECT and k.startswith(word_key):
                at = start + _end_of(words[0].text, line[start:])
                if not line[at : at + 1].isalpha():
                    scores = _scores(line[at:], words)
                    if scores is None:
                        return kind, words, line[at:].strip(_BORDERS), at
                    value, note = scores
                    return kind, words, value, at + note if note >= 0 else _NOWHERE
        return None

    def may_be_title(self, line: str) -> bool:
        """Whether a line ends as the title does."""
        is_like = self._title_end in line[-20:].casefold() and len(line) <= 200
        return is_like and key(line).endswith(self.title_tail)

    def _title(self, line: str) -> Meaning | None:
        """A title that names a fund in any spelling, or a fund that is not declared."""
        if not self.may_be_title(line):
            return None
        size = len(key(line)) - len(self.title_tail)
        name = line[: split_at(line, size)].strip(_FURNITURE)
        fund = next((f for short, f in self._funds.items() if short in key(name)), name)
        return _TITLE, (), fund or None, _NOWHERE

    def _part(self, line: str, start: int, k: str, near: list[str]) -> Meaning | None:
        """The beginning of a declared string that a tool wrapped, alone or in the first cell."""
        if len(k) > 1 and any(word.startswith(k) for word in near):
            return _PART
        cell, *others = _GAP.split(line[start : start + self.longest], maxsplit=1)
        k = key(cell) if others else ""
        is_part = others and len(k) > 1 and any(word.startswith(k) for word in near)
        return _PART if is_part else None


def lex(lexicon: Lexicon, lines: Lines) -> list[Token]:
    """The tokens of a text, in order."""
    tokens: list[Token] = []
    last = -1
    meaning, starts, size = lexicon.meaning, lexicon.starts, lexicon.size
    titles = _title_lines(lexicon, lines)
    for i, line in enumerate(lines.lines):
        # Lines that may mean something: by their first letters, behind a tool's marks.
        core, lead = line, ""
        if line[:size] not in starts:
            if line[:1] not in _MARKED and i not in titles:
                continue
            core = line.lstrip(LEAD)
            lead = line[: len(line) - len(core)]
            if not core or not (
                core[0] in _NUMERIC or core[:size] in starts or line[0] in "![" or i in titles
            ):
                continue
        found = meaning(core) if i > last else None
        if found is None:
            continue
        last = i
        if found[0] is PART:
            found, last = _joined(lexicon, lines, i, core)
            if found is None:
                # "1 Projekti": no declared string, and so perhaps a heading with another title.
                found, last = _numbered(core, lexicon.numbers), i
                if found is None:
                    continue
        kind, words, value, column = found
        if column >= 0 and last == i:
            column += len(lead)
        tokens.append(Token(kind, words, value, i, last, lead, column, last > i))
    return _completed(_with_bare(lexicon, lines.lines, tokens), lines.lines)


def _with_bare(lexicon: Lexicon, lines: list[str], tokens: list[Token]) -> list[Token]:
    """The tokens with labels right before their values, on a page that has no colons behind labels.

    Tables of two columns, in which the longest label leaves no gap, or none does: elinks,
    pdfplumber, OCR.
    """
    labels = [t for t in tokens if t.kind is _LABEL and is_of_fields(t.words)]
    fronts = (lines[t.first][: t.column if t.column >= 0 else lexicon.longest] for t in labels)
    if any(":" in front for front in fronts):
        return tokens
    known = {i for t in tokens for i in range(t.first, t.last + 1)}
    names = sorted(lexicon.labels, key=len, reverse=True)
    found = [
        Token(_LABEL, words, line[len(name) + 1 :], i, i, "", len(name) + 1)
        for i, line in enumerate(lines)
        if line[: lexicon.size] in lexicon.starts
        and i not in known
        and (name := next((x for x in names if line.startswith(f"{x} ")), ""))
        and is_of_fields(words := lexicon.labels[name])
    ]
    if len({t.words[0].text for t in (*found, *labels)}) < _FEWEST:
        return tokens
    return sorted([*tokens, *found], key=lambda token: token.first)


def is_of_fields(words: Words) -> bool:
    """Whether a label is that of a field, not of a question."""
    return words[0].section is not None and isinstance(words[0].section.content, Fields)


def _title_lines(lexicon: Lexicon, lines: Lines) -> frozenset[int]:
    """The lines that end as titles do: the fund before it may not be declared."""
    end = lexicon.layout.title.partition("{fund}")[2]
    if not end or end not in lines.text:
        return frozenset()
    return frozenset(i for i, line in enumerate(lines.lines[:200]) if line.endswith(end))


def _joined(lexicon: Lexicon, page: Lines, i: int, text: str) -> tuple[Meaning | None, int]:
    """What a line and those below it mean, where a tool wrapped a declared string."""
    first, *rest = _GAP.split(text, maxsplit=1)
    columns = [first.strip(_FURNITURE), *rest, ""]
    lines, behind = page.lines, i + 1
    if text[-1] in DIVIDING and page.hidden:
        # A word that the end of a printed page divides: the page's number is between its parts.
        below = _below(lines, i)
        behind = below if not page.hidden.isdisjoint(range(behind, below)) else behind
    for j in range(behind, min(behind + _WRAPPED_LINES - 1, len(lines))):
        more = lines[j].lstrip(_FURNITURE).rstrip()
        if not more:
            break
        text = f"{text.rstrip(_FURNITURE)} {more}"
        found = lexicon.meaning(text)
        if found is not None and found[0] is not PART:
            kind, words, value, column = found
            if column >= 0:
                column = max(len(lines[j].rstrip()) - (len(text) - column), _NOWHERE)
            return (kind, words, value, column), j
        if rest:
            # A table in columns: the first cell goes on below, the others are beside it.
            left, *right = _GAP.split(more, maxsplit=1)
            columns[0] = f"{columns[0]} {left.strip(_FURNITURE)}"
            columns[1] = " ".join([columns[1].strip(_FURNITURE), *right]).strip(_FURNITURE)
            if (beside := _beside(lexicon, columns)) is not None:
                return beside, j
        elif found is None:
            break
    return None, i


def _beside(lexicon: Lexicon, columns: list[str]) -> Meaning | None:
    """What a cell of several lines means, with the text of the cells beside it."""
    found = lexicon.meaning(columns[0])
    if found is None or not columns[1]:
        return None
    kind, words = found[:2]
    if kind is _ASPECT:
        scores = _scores(columns[1], words)
        return (kind, words, *scores) if scores is not None else None
    return (_LABEL, words, columns[1], _NOWHERE) if kind in (_LABEL, NAME) else None


def is_rule(line: str) -> bool:
    """Whether a line holds no letter or digit: a rule, an underline, the border of a table."""
    return not line.strip(_RULE)


def cells(line: str, between: str = " ") -> str:
    """The text of a line of table cells; cells that a tool repeated count once.

    >>> cells("| a | a | b |")
    'a b'
    """
    parts = (part.strip() for part in line.split("|"))
    return between.join(dict.fromkeys(part for part in parts if part))


def _end_of(word: str, line: str) -> int:
    """Where a word at the beginning of a line ends, in any spelling."""
    return len(word) if line.startswith(word) else split_at(line, len(key(word)))


def _numbering(line: str) -> tuple[int, str]:
    """Where a line goes on behind its number, and the number."""
    match = _NUMBERING.match(line)
    if match is None:
        return 0, ""
    rest = line[match.end() :]
    return len(line) - len(rest.lstrip(LEAD)), match[1]


def _without_tail(text: str) -> str:
    """A line without what tools put behind a declared string."""
    while text[-1:] in _TAIL_ENDS and text:
        shorter = _TAIL.sub("", text).rstrip(_FURNITURE)
        if shorter == text:
            break
        text = shorter
    return text


def _content_of(words: Words) -> Scores:
    section = words[0].section
    assert section is not None
    assert isinstance(section.content, Scores)
    return section.content


def columns_of(words: Words) -> int:
    """How many scores follow an aspect."""
    return len(_content_of(words).columns)


def _scores(rest: str, words: Words) -> tuple[tuple[int, ...], int] | None:
    """The scores behind an aspect, and the column of a note behind them, -1 if there is none."""
    content = _content_of(words)
    match = _row_pattern(content).match(rest)
    if match is None or not _in_order(match[0], content):
        return None
    end = match.end()
    if end < len(rest) and not (rest[end].isalpha() or rest[end] in "(\"'"):
        return None
    return tuple(map(int, match.groups())), end if end < len(rest) else _NOWHERE


@cache
def _row_pattern(content: Scores) -> re.Pattern[str]:
    """Scores in cells; and as people write them: `6 / 7`, `(6; 7)`, `välitön 6, välillinen 7`."""
    names = _head_names(content)
    number = rf"{names}([0-9]{{1,2}})(?:\s\((?:{_heads_of(content)})\))?"
    numbers = r"(?:[\s|*_]+|\s[/;]\s|[;,]\s)".join([number] * len(content.columns))
    return re.compile(
        rf"(?:[\s:|*_(]|[=\u2013\u2014\u2192-]\s)*{numbers}(?![0-9,/-]|\.[0-9])"
        r"[\s|*_.)]*(?:[\u2013\u2014-](?:\s+|$))?",
        re.IGNORECASE,
    )


def _heads_of(content: Scores) -> str:
    return "|".join(map(re.escape, content.heads)) if len(content.heads) > 1 else r"(?!)"


def _in_order(text: str, content: Scores) -> bool:
    """Whether heads beside scores are in the order of the columns: `välillinen 7, välitön 6`."""
    is_bare = len(text) <= len(" 10 10")
    found = () if is_bare else re.findall(_heads_of(content), text, re.IGNORECASE)
    return not found or key("".join(found)) == key("".join(content.heads))


@cache
def _head_names(content: Scores) -> str:
    """A pattern of a column's head before a score, in a list of them or not."""
    return rf"(?:(?:[-*+•] )?[*_]*(?:{_heads_of(content)})[*_]*:?[*_]*\s+)?"


def _numbered(line: str, numbers: frozenset[str]) -> Meaning | None:
    """A heading with a title that is not declared, or the number of one that is, alone."""
    if line[0] not in _DIGITS:
        return None
    match = _LONE_NUMBER.fullmatch(line)
    if match is not None:
        return (NUMBER, (), match[1], _NOWHERE) if match[1] in numbers else None
    match = _NUMBERED.fullmatch(line)
    if match is None or not match[2][0].isupper():
        return None
    if _LEADERS.search(line):
        return NUMBERED, (), CONTENTS, _NOWHERE
    return NUMBERED, (), (match[1], match[2].rstrip(_FURNITURE)), _NOWHERE


def _completed(tokens: list[Token], lines: list[str]) -> list[Token]:
    """The tokens with what belongs to them in the lines below."""
    kinds = [token[0] for token in tokens]
    # A definition list without its colons: every label is alone on its line.
    are_labels = kinds.count(NAME) > kinds.count(_LABEL)
    result: list[Token] = []
    for token in tokens:
        if result and token.first <= result[-1].last:
            continue
        if token.kind is NAME or (token.kind is _LABEL and not token.value):
            token = _name(token, lines, are_labels)
        elif token.kind is _ASPECT and isinstance(token.value, str):
            token = _with_scores_below(token, lines)
        elif token.kind is _HEADING:
            token = _heading(token, lines, result)
        result.append(token)
    return result


def _heading(token: Token, lines: list[str], result: list[Token]) -> Token:
    """A heading with its number in a block above it, or with an anchor that was wrapped."""
    if result and result[-1].kind is NUMBER:
        above = result[-1]
        section = token.words[0].section
        assert section is not None
        if section.number == above.value and _below(lines, above.last) == token.first:
            result.pop()
            token = token._replace(first=above.first, value=above.value)
    below = token.last + 1
    if below < len(lines) and lines[below][-1:] in _TAIL_ENDS and _TAIL.fullmatch(lines[below]):
        return token._replace(last=below, is_wrapped=True)
    return token


def _name(token: Token, lines: list[str], are_labels: bool) -> Token:
    """A label without a colon: pandoc's definition lists have it at the value, others nowhere.

    markdownify's definition lists have one at the value, too.
    """
    below = _below(lines, token.last)
    if below < len(lines) and (match := _COLON_BELOW.match(lines[below])):
        column = match.end()
        return token._replace(kind=_LABEL, value=lines[below][column:], last=below, column=column)
    return token._replace(kind=_LABEL, column=_NOWHERE) if are_labels else token


def _with_scores_below(token: Token, lines: list[str]) -> Token:
    """Scores in lines of their own: tools that print each cell of a table on a line."""
    text, i, names = token.value, token.last, ""
    head = re.compile(_head_names(_content_of(token.words)), re.IGNORECASE)
    for _ in range(columns_of(token.words) + 1):
        scores = _scores(text, token.words)
        if scores is not None:
            break
        i = _below(lines, i)
        more = head.sub("", lines[i].strip(_BETWEEN_CELLS), count=1) if i < len(lines) else ""
        if (
            not more
            or not ONLY_NUMBERS.fullmatch(more)
            or (text and not ONLY_NUMBERS.fullmatch(text))
        ):
            return token
        text = f"{text} {more}".strip()
        names += lines[i]
    else:
        return token
    if not _in_order(names, _content_of(token.words)):
        return token
    below = _below(lines, i)
    if below < len(lines) and ONLY_NUMBERS.fullmatch(lines[below].strip(_BETWEEN_CELLS)):
        # More numbers than columns: a PDF tool printed the aspects first, then the scores.
        return token
    return token._replace(value=scores[0], last=i, column=_NOWHERE)


def _below(lines: list[str], i: int) -> int:
    """The next line that is not empty."""
    i += 1
    while i < len(lines) and is_rule(lines[i]):
        i += 1
    return i


def _aliased(layout: Layout, aliases: Mapping[str, str]) -> Iterator[Word]:
    """The declared words under the names that a user gave them."""
    meant: dict[str, list[str]] = {}
    for other, declared in aliases.items():
        meant.setdefault(key(declared), []).append(other)
    for word in layout.words():
        for other in meant.get(key(word.declared), ()):
            yield word._replace(text=other)
        if word.section is not None and word.kind is _HEADING:
            heading = layout.heading(word.section.number, word.declared)
            for other in meant.get(key(heading), ()):
                yield word._replace(text=other.removeprefix(word.section.number).lstrip(". "))


def _starts(words: Iterable[Word]) -> Iterator[str]:
    """The first letters that a line with a declared string can have."""
    for word in words:
        # mammoth and markdownify write `Y\\-tunnus`.
        texts = {word.text, *(word.text.replace("-", h, 1) for h in (*HYPHENS[1:], "\\-"))}
        for head in {
            (text[:_BEGINNING] + after)[:_BEGINNING] for text in texts for after in _AFTER
        }:
            yield from (case(head) for case in _CASES)
        yield word.text.replace(" ", "  ", 1)[:_BEGINNING]
        # A word divided by a hyphen, which may be a soft one, in its first letters.
        for size in range(2, _BEGINNING):
            yield from (f"{word.text[:size]}-", f"{word.text[:size]}\u00ad")
