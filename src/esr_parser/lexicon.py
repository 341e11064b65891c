r"""What a string means: the declared strings of a layout, in every spelling.

A canonical line is found by one look-up. Any other line is a candidate only by its first letters;
its :func:`~esr_parser.text.key` then shows what it is.

>>> from esr_parser.layouts import LAYOUT_2014_2020
>>> found = Lexicon(LAYOUT_2014_2020).meaning("HANKEKOODI : S29999")
>>> assert found
>>> kind, words, value, column = found
>>> kind, words[0].declared, value, column
(<WordKind.LABEL: 'label'>, 'Hankekoodi', 'S29999', 13)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from esr_parser.grammar import Layout, Questions, Rows, Scores, Word, WordKind
from esr_parser.lazy import lazy
from esr_parser.scores import scores
from esr_parser.text import FURNITURE, HYPHENS, LEAD, first_cell, key, split_at, unescaped

Words = tuple[Word, ...]
Meaning = tuple[str, Words, Any, int]
"""Kind, words, value, and the column of the value in the line (-1: not in it)."""
_HEADING, _LABEL, _ASPECT = WordKind.HEADING, WordKind.LABEL, WordKind.ASPECT
_TITLE = WordKind.TITLE
# What a token can be besides a declared string.
NUMBERED: Final = "numbered"
"""A line that looks like a heading with a title that is not declared."""
NUMBER: Final = "number"
"""A heading's number on a line of its own."""
NAME: Final = "name"
"""A label without a colon."""
PART: Final = "part"
"""The beginning of a declared string; never in the result."""
NOWHERE: Final = -1
"""The column of a value that is not in the line."""
NEXT_TITLE: Final = "next title"
"""The title of a page in another layout."""
CONTENTS: Final = "contents"
"""In the place of a heading's number: a line of a table of contents, with dots and a page."""
CONTINUED: Final = "continued"
"""In the place of a heading's number: a heading repeated at the top of a page."""

# Names of columns, in databases and data frames: `hankkeen_yhteyshenkilon_nimi`.
_PLAIN = str.maketrans("åäö", "aao")
_BORDERS = " |*_"
_AROUND = " |*_:"
_COLON_ENDS = ":\uff1a "
_LABEL_ENDS = ":\uff1a|*"
_NUMERIC = frozenset("0123456789(")
_DIGITS = frozenset("0123456789")
_SCORE_ENDS = frozenset("|0123456789")
_SCORES = {str(number): number for number in range(100)}
_CASES = (str, str.lower, str.upper, str.capitalize, str.title)
_AFTER = ("", " ", ":", "\uff1a", "*", "|", "\t", "_")
# Permalinks of Sphinx and MkDocs, attributes of pandoc, "edit" of wikis, tables of contents; what
# browsers copy of a heading's buttons.
_TAIL = lazy(
    r"(?<!\s)\s*+(?:\{#[^{}]*\}|\[?¶(?:\]\([^()]*\))?|\[muokkaa[^\[\]]{0,40}\]"
    r"|\(jatkuu\)"
    r"|(?:[\u25b2-\u25c3\u270e]\s*+)++"
    r"|\.{3,}\s*[0-9]+|(?:\s\.){3,}\s*[0-9]+)$",
    re.IGNORECASE,
)
_TAIL_ENDS = frozenset(
    "}])¶#*|_ \t0123456789\\`~>=\u2500\u2501\u2550\u25b2\u25bc\u25be\u25ba\u25b8\u270e"
)
# Behind labels: units, marks and hints of forms.
_ASIDE = lazy(
    r"(?<!\s)\s*+(?:\((?:€|eur|euroa?|kpl|hlö|pakollinen|[0-9]{1,3})\)"
    r"|[?\u24d8\u2139\U0001f4cc\U0001f449]\ufe0f?)$",
    re.IGNORECASE,
)
_ASIDE_ENDS = frozenset(")?\u24d8\u2139\ufe0f\U0001f4cc\U0001f449")
# A value that a column was too narrow for, in Excel; one that was masked.
_HIDDEN = lazy(r"(?:[:\t|=]\s*|\s{3,})(?:#{3,}|\*{3,})[\s|]*$")
_CONTINUED = lazy(r"\(jatkuu\)", re.IGNORECASE)
_COUNT_OF_ROWS = lazy(r"\s*+\([0-9]{1,3}(?: kpl)?\)$")
_PAGE_TAIL = lazy(r"\t\s*[0-9]{1,3}$")
_LEADERS = lazy(r"(?:\.{3,}|(?:\s\.){3,}|\t)\s*[0-9]{1,3}\s*$")
_NUMBERING = lazy(r"\(?([0-9]{1,3}(?:\.[0-9]{1,2}){0,2})(?:[.):]+|\s*[-–—](?=\s))?[ \t]*")
_NUMBERED = lazy(r"([0-9]{1,2}(?:\.[0-9]{1,2}){0,2})\.?\s+([^\W\d_].{0,148})")
_LONE_NUMBER = lazy(r"([0-9]{1,2}(?:\.[0-9])?)\.?")
# The end of a bold label right before its value.
_MARK = lazy(r"[*_]{1,3}")
VALUE_BEGINS: Final = r"[A-ZÅÄÖ0-9\"+(]|https?:|www\.|\S{1,80}(?:@|\(at\))"
"""A pattern of what shows that a value begins, and not the next word of a sentence."""
# A colon, a Chinese or Japanese one, two of AsciiDoc and Org, a semicolon of OCR and CSV, a comma
# behind a quoted cell, colons in a column (Format-List of PowerShell, forms), the equals sign of
# settings, the dots of Word's tabs; a dash or an arrow of people, a label in bold alone; the border
# of a cell, a gap. Before it the number of a name that comes twice: pandas.
_SEPARATOR = lazy(
    r"(?:\.[1-9](?=\s*[:=|]| {3}|\t))?(?:(?:[ \t]*+(?::(?::| ?[:=](?=\s))?(?:\"[,;\t])?|[;\uff1a])"
    r"|=[=>]{0,3}|(?<=\"),|(?:\s?\.){4,}+(?:[ \t]*[:;=|])?)"
    r"(?:(?:[*_]+|'{2,3})(?=\s))?"
    r"| (?:[-\u2013\u2014=\u2192]|[-=]>) |[ \t]*\||\t| {3,}"
    rf"|(?:\*\*|__) (?={VALUE_BEGINS}))"
)
_COLONS = frozenset(":*_'\"|=")
"""Behind a colon, they show that the label ends in another way."""
_GAP_OR_DASH = lazy(r"\s{2,}|\*\* |__ |\s*\||\t|[;=]| (?:[-\u2013\u2014=\u2192]|[-=]>) ")
# Banner pictures as Markdown, as lynx's "[1]text", as html-to-text's "text [name.png]".
_PICTURES = lazy(
    r"!?\[[0-9]+\]|\[[\w.-]+\.(?:png|gif|jpe?g|svg)\]|!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?"
)
_FEW_DOTS = 3
_HEAD, _FIRST_LETTERS = 20, 14
"""So many letters, within so many characters, tell whether a line may be a declared string."""
_LONG_LABEL = 24
_TELLING_LETTERS = 6


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
        foreign = [word for other in others for word in other.words()]
        fronts = [word for word in foreign if word.kind in (_TITLE, WordKind.BANNER)]
        for word in fronts:
            kind = NEXT_TITLE if word.kind is _TITLE else word.kind
            self.exact.setdefault(word.text, (kind, (word,), ""))
            self.keys.setdefault(key(word.text), (kind, (word,)))
        labels = frozenset(word.text for word in foreign if word.kind is _LABEL)
        self.other_labels: frozenset[str] = labels.difference(self.labels)
        """The labels of other layouts: a page that has some is followed by one of those."""
        words += fronts
        self.words: tuple[Word, ...] = tuple(words)
        self.longest: int = 2 * max(len(word.text) for word in words) + 40
        """No declared string is longer, in any spelling."""
        shorts = [case(w.text) for w in words if len(w.text) < _TELLING_LETTERS for case in _CASES]
        self.size: int = min((_TELLING_LETTERS, *map(len, shorts)))
        self.starts: frozenset[str] = frozenset(x[: self.size] for x in (*_starts(words), *shorts))
        """What the lines with a declared string can begin with: ``size`` letters of each."""
        self.by_first_word: dict[str, list[tuple[list[str], Words]]] = {}
        """The labels and aspects of several words, by the first one; the longest before others."""
        several = sorted((*self.labels.items(), *self.aspects.items()), key=lambda x: -len(x[0]))
        for text, some in several:
            parts = text.split()
            if len(parts) > 1:
                self.by_first_word.setdefault(parts[0], []).append((parts, some))
        self._firsts = {k[:_FIRST_LETTERS] for k in self.keys}
        self._by_part: dict[str, list[str]] = {}
        """The keys by their first letters, up to ten."""
        for k in self.keys:
            for size in range(1, min(len(k), 10) + 1):
                self._by_part.setdefault(k[:size], []).append(k)
        self._short_sizes = sorted({len(k) for k in self.keys if len(k) < 10}, reverse=True)
        self.title_tail: str = key(layout.title.partition("{fund}")[2]) or "\0"
        self._title_end = layout.title.rpartition(" ")[2].casefold() or "\0"
        self._funds = {key(f"({fund})"): fund for fund, _ in layout.funds}
        self.numbers: frozenset[str] = frozenset(section.number for section in layout.sections)

    def fit(self, text: str) -> tuple[int, bool, int]:
        """How well a text fits: its labels, a project code, its headings with their numbers."""
        folded = text[:50_000].casefold()
        labels = sum(label.casefold() in folded for label in self.labels)
        prefixes = "|".join(re.escape(prefix) for prefix, _ in self.layout.code_prefixes) or "(?!)"
        has_code = re.search(rf"(?:{prefixes})[0-9]{{3,}}", text) is not None
        return labels, has_code, sum(heading.casefold() in folded for heading in self._headings())

    def has_heading(self, text: str) -> bool:
        """Whether a text has one of its headings, as printed."""
        return any(map(text.__contains__, self._headings()))

    def _headings(self) -> Iterator[str]:
        return (self.layout.heading(s.number, s.title) for s in self.layout.sections if s.title)

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
                for heading in (f"{number} {text}", f"{number}. {text}", f"{number}: {text}"):
                    self.exact[heading] = (kind, (word,), number)
            words = self.exact.get(text, (kind, (), ""))[1]
            self.exact[text] = (kind, (*words, word), word.item if kind is _TITLE else "")
        letters = key(text)
        for k in {letters, letters.translate(_PLAIN) if kind is _LABEL else letters}:
            first, words = self.keys.get(k, (kind, ()))
            if first == kind:
                self.keys[k] = (kind, (*words, word))

    def meaning(self, line: str) -> Meaning | None:
        """What a line without its lead means."""
        found = self.exact.get(line)
        if found is not None:
            return (*found, NOWHERE)
        label, colon, value = line.partition(":")
        if colon and value[:1] not in _COLONS:
            words = self.labels.get(label)
            if words is not None:
                return _LABEL, words, value, len(label) + 1
        if line[-1] in _DIGITS:
            name, *numbers = line.rsplit(None, 2)
            words = self.aspects.get(name)
            if words is not None and len(numbers) == len(scores_of(words).heads):
                row = tuple(map(_SCORES.get, numbers))
                if None not in row:
                    return _ASPECT, words, row, NOWHERE
        return self._respelled(line)

    def declares(self, line: str) -> bool:
        """Whether a line is, or begins with, a declared string; but for a title without a fund.

        Browsers print that at the top of each page.
        """
        found = self.meaning(line)
        return found is not None and bool(found[1]) and (found[0] is not _TITLE or bool(found[2]))

    def _respelled(self, line: str) -> Meaning | None:
        """The same for a line in another spelling than the printed one."""
        if self.is_text(line):
            return self._title(line)
        if line.isdecimal():
            return self.numbered(line)
        line = unescaped(line)
        start, number = _numbering(line) if line[0] in _NUMERIC else (0, "")
        near = self._near(line[start:])
        if not near:
            return self._title(line) or self.numbered(line)
        k = key(line[start : start + self.longest])
        aspect = self._aspect(line, start, k, near) if line[-1] in _SCORE_ENDS else None
        if aspect is not None and not isinstance(aspect[2], str):
            return aspect
        is_hidden = line[-1] in "#*|" and _HIDDEN.search(line) is not None
        if (is_hidden or line.count(".") > _FEW_DOTS) and (value := self._with_value(line, start)):
            return value  # no marks around a label; no heading of a table of contents
        return (
            self._alone(line, start, number)
            or self._with_value(line, start)
            or self._aspect(line, start, k, near)
            or self._question(line, start, k, near)
            or self._title(line)
            or self._part(line, start, k, near)
            or self.numbered(line)
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
        head = core[:32]
        k = key(head)
        found = self._by_part.get(k[:10])
        if found is None and ("  " in head or "|" in head or head[-1:] in _DIGITS):
            # A short word may be alone in the first cell, above the scores' row or in it.
            found = self._by_part.get(key(first_cell(head)[0]))
        if found is not None:
            return found
        for size in self._short_sizes:
            if k[:size] in self.keys:
                # "Hanke" is a title, "Hankeaika" is not; a gap may be gone from the key.
                is_whole = not k[size : size + 1].isalpha() or _GAP_OR_DASH.search(core, 0, 40)
                if is_whole:
                    return [k[:size]]
        return []

    def _alone(self, line: str, start: int, number: str) -> Meaning | None:
        """A declared string and nothing else, but for the page in a table of contents."""
        core = _without_tail(line[start:])  # padded cells can be longer than any string
        if not core or len(core) > self.longest:
            return None
        found = self._whole(core, number, line)
        if found is None and number and (shorter := _PAGE_TAIL.sub("", core)) != core:
            # A heading, a tab and a page.
            listed = self._whole(shorter, number, line)
            return listed if listed and listed[0] is _HEADING else None
        if found is None and (shorter := _COUNT_OF_ROWS.sub("", core)) != core:
            counted = self._whole(shorter, number, line)
            return counted if counted and isinstance(counted[1][0].item, Rows) else None
        return found

    def _whole(self, core: str, number: str, line: str) -> Meaning | None:
        """A line that is a declared string and nothing else."""
        found = self.keys.get(key(core.rstrip(_COLON_ENDS)))
        if found is None and "]" in line:
            texts = (_PICTURES.sub(r"\1", text) for text in (line, f"![{line}", f"![{core}"))
            found = next((self.keys[k] for k in map(key, texts) if k in self.keys), None)
        if found is None:
            return None
        kind, words = found
        value: Any = ""
        if kind is _HEADING:
            tail = line[-self.longest :]
            is_listed, is_continued = _LEADERS.search(tail), _CONTINUED.search(tail)
            value = CONTENTS if is_listed else CONTINUED if is_continued else number
        elif kind is _TITLE:
            value = words[0].item
        elif kind is _ASPECT:
            value = core[_end_of(words[0].text, core) :].strip(_AROUND)
        elif kind is _LABEL and core[-1] not in _COLON_ENDS and line[-1] not in _LABEL_ENDS:
            kind = NAME
        return kind, words, value, NOWHERE

    def _with_value(self, line: str, start: int) -> Meaning | None:
        """A label with its value: behind a colon, or in the next cell."""
        for separator in _SEPARATOR.finditer(line, start, start + self.longest):
            label = line[start : separator.start()]
            kind, words = self.keys.get(key(label), ("", ()))
            if not kind and label[-1:] in _ASIDE_ENDS:
                kind, words = self.keys.get(key(_ASIDE.sub("", label)), ("", ()))
            if kind == _LABEL:
                end = separator.end()
                mark = _MARK.match(line, end)
                if mark is not None and not line.endswith(mark[0]):
                    end = mark.end()
                value = line[end:].lstrip("| \t")
                return kind, words, value, len(line) - len(value)
        return None

    def _question(self, line: str, start: int, k: str, near: list[str]) -> Meaning | None:
        """A question with its answer right behind it: text browsers, `pdftotext -layout`."""
        for word_key in near:
            kind, words = self.keys[word_key]
            section = words[0].section
            is_asked = section is not None and isinstance(section.content, Questions)
            if is_asked and kind is _LABEL and k.startswith(word_key):
                rest = line[start + _end_of(words[0].text, line[start:]) :].lstrip()
                answer, _, note = rest.partition(" ")
                is_answer = answer[:1].isupper() and words[0].item.type.reads(answer)
                if is_answer and not note.lstrip()[:1].islower():
                    return kind, words, rest, len(line) - len(rest)
        return None

    def _aspect(self, line: str, start: int, k: str, near: list[str]) -> Meaning | None:
        """An aspect with its scores, or with whatever else is in its line."""
        for word_key in near:
            kind, words = self.keys[word_key]
            if kind is _ASPECT and k.startswith(word_key):
                at = start + _end_of(words[0].text, line[start:])
                if not line[at : at + 1].isalpha():
                    rest = line[at:]
                    row = scores(rest, scores_of(words), is_glued=rest[:1].isdigit())
                    if row is None:
                        return kind, words, rest.strip(_BORDERS), at
                    if row[1] >= 0 and rest.lstrip()[:1] == ".":
                        return None  # behind the dots of a tab, there are the scores alone
                    value, note = row
                    return kind, words, value, at + note if note >= 0 else NOWHERE
        return None

    def _title(self, line: str) -> Meaning | None:
        """A title that names a fund in any spelling, or a fund that is not declared."""
        is_like = self._title_end in line[-20:].casefold() and len(line) <= 200
        if not is_like or not key(line).endswith(self.title_tail):
            return None
        size = len(key(line)) - len(self.title_tail)
        name = line[: split_at(line, size)].strip(FURNITURE)
        fund = next((f for short, f in self._funds.items() if short in key(name)), name)
        return _TITLE, (), fund or None, NOWHERE

    def _part(self, line: str, start: int, k: str, near: list[str]) -> Meaning | None:
        """The beginning of a declared string that a tool wrapped, alone or in the first cell."""
        first = key(first_cell(line[start : start + self.longest])[0])
        is_part = any(len(x) > 1 and word.startswith(x) for x in (k, first) for word in near)
        return (PART, (), "", NOWHERE) if is_part else None

    def numbered(self, line: str) -> Meaning | None:
        """A heading with a title that is not declared, or the number of one that is, alone."""
        if line[0] not in _DIGITS:
            return None
        match = _LONE_NUMBER.fullmatch(line)
        if match is not None:
            return (NUMBER, (), match[1], NOWHERE) if match[1] in self.numbers else None
        match = _NUMBERED.fullmatch(line)
        if match is None or not match[2][0].isupper():
            return None
        if _LEADERS.search(line):
            return NUMBERED, (), CONTENTS, NOWHERE
        return NUMBERED, (), (match[1], match[2].rstrip(FURNITURE)), NOWHERE


def scores_of(words: Words) -> Scores:
    """The scores to which an aspect or a dimension belongs."""
    section = words[0].section
    assert section is not None
    assert isinstance(section.content, Scores)
    return section.content


def telling(label: str) -> str:
    """As much of a label as tells it from text: two thirds of a long one, in whole words."""
    front = label if len(label) < _LONG_LABEL else label[: len(label) * 2 // 3]
    words = front.rpartition(" ")[0] if front != label else ""
    return words if words.count(" ") > 2 else front


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


def is_tail(line: str) -> bool:
    """Whether a line is what tools put behind a declared string."""
    return line[-1:] in _TAIL_ENDS and _TAIL.fullmatch(line) is not None


def _without_tail(text: str) -> str:
    """A line without what tools put behind a declared string."""
    while text[-1:] in _TAIL_ENDS:
        shorter = _TAIL.sub("", text).rstrip(FURNITURE)
        if shorter == text:
            break
        text = shorter
    return text


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
        # mammoth and markdownify write `Y\\-tunnus`; names of columns are `y_tunnus`, `YTunnus`.
        hyphens = (*HYPHENS, "\\-", "_", "") if "-" in word.text[:_TELLING_LETTERS] else "-"
        texts = {
            x.replace("-", h, 1) for x in (word.text, word.text.translate(_PLAIN)) for h in hyphens
        }
        ends = _AFTER if len(word.text) < _TELLING_LETTERS else _AFTER[:1]
        for head in {f"{text}{end}"[:_TELLING_LETTERS] for text in texts for end in ends}:
            yield from (case(head) for case in _CASES)
        yield word.text.replace(" ", "  ", 1)[:_TELLING_LETTERS]
        # A word divided by a hyphen, which may be a soft one, in its first letters.
        for size in range(2, _TELLING_LETTERS):
            yield from (f"{word.text[:size]}-", f"{word.text[:size]}\u00ad")
