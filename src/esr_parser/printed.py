"""As printed: a canonical page recognised whole, and its description made directly.

One pattern, made from the declaration of a layout, matches the page from its first character to
its last. A look at the values and one at the free text then decide whether there is anything that
:class:`~esr_parser.reader.TextReader` would read in another way, or report. If there is, or if
there may be, the page is left to it: this module knows noise only to refuse it.

>>> from pathlib import Path
>>> from esr_parser.parser import default_parser
>>> printed = Printed(default_parser()._reader)
>>> page = Path("examples/hanke.txt").read_text(encoding="utf-8")
>>> printed.read(page), printed.read(page.replace("1 Hanke", "1. Hanke"))
(<ProjectDescription S29999 (ESR)>, None)
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache, cached_property, partial
from itertools import starmap

from esr_parser import remarks
from esr_parser.foreign import cut_at, damage, foreign
from esr_parser.grammar import Fields, Flag, Layout, Questions, Rows, Scores, Section, WordKind
from esr_parser.lazy import lazy
from esr_parser.lexicon import NOWHERE, NUMBERED, telling
from esr_parser.model import ProjectDescription
from esr_parser.pattern import Groups, Pattern
from esr_parser.prints import DECIMALS, PAGE_END, is_row_of_print, may_number_page, recurring
from esr_parser.reader import TextReader
from esr_parser.text import (
    END_OF_FILE,
    FEWEST_BARS,
    HYPHENS,
    INVISIBLE_SIGNS,
    LEAD,
    WIDE_SPACES,
    folded,
    key,
    places_of,
)

# Escapes, tags, strokes, borders, tabs, line ends but line feeds, invisible and optional hyphens,
# letters apart, colons of Chinese and Japanese, pictures.
_NEVER = (
    "\\<~{\t\u2502\u2503\u2551\u2588\r\v\f\x85\u2028\u2029"
    f"{INVISIBLE_SIGNS}\u0301\u0308\u030a\uff1a\ufffc"
)
# In values: characters that are folded, or that are the marks of a tool.
_ODD_VALUE = re.compile(
    '[^\n -"$&-)+-:=?-Z\\]_a-z\u00a1-\u00ab\u00ae-\u00b1\u00b4\u00b5\u00b7\u00b8\u00ba-\u00c1'
    "\u00c4-\u017f\u2013\u2014\u2018-\u201e\u2022\u2026\u20ac]"
).search
_SPACES = ("   ", "\n ", " \n")
_MARKS = frozenset(f"{LEAD}{HYPHENS}{WIDE_SPACES}0123456789({{.:")
_REFUSED = frozenset("#|>~`=![:{.")
_NUMBERED = lazy(r"([0-9]{1,2}(?:\.[0-9]{1,2}){0,2})\.?\s+(\w)")
_ONLY_NUMBERS = lazy(r"(?:[0-9]{1,2}(?:[\s|]+[0-9]{1,2})*)?")
_LINKS = lazy(r"(?:visible|hidden|links?\b|references\b|[0-9]{1,4}\. \S*:)", re.IGNORECASE)
# The address that a browser prints, behind the number of the page.
_ADDRESS_AT_NUMBER = [
    f"{end}{scheme}" for end in "0123456789)" for scheme in ("http", "https", "file")
]
_NEAREST = 24
"""A line whose first letters, so many, are not those of a declared string is text."""
_FEW = 3
"""More labels than that which may be there less often than declared look like glued lines."""


class Printed:
    """The canonical pages of a reader's layouts; patterns are made when they are first needed."""

    def __init__(self, reader: TextReader) -> None:
        self._reader = reader
        self._starts = [_starts(layout) for layout in reader.layouts]
        self._tops = ["\n\n".join((*x.banner, "")) or x.title for x in reader.layouts]
        self._page = cache(partial(_Page, reader))

    def read(self, text: str) -> ProjectDescription | None:
        """The description of a canonical page about which there is nothing to report.

        Args:
            text: Any text.

        Returns:
            What ``TextReader.read(text).description`` is; ``None`` for every other text, and for
            some pages that only might hold more than what is printed.
        """
        for k, starts in enumerate(self._starts):
            if text.startswith(starts):
                if text.find(self._tops[k], 1) >= 0:
                    return None  # several pages: the last section would be all that is behind it
                return self._page(k).read(text)
        return None

    def ends(self, text: str) -> Callable[[int], int | None]:
        """A function: where a page that begins at an offset ends, as printed before another one."""
        first = [x.heading(x.sections[0].number, x.sections[0].title) for x in self._reader.layouts]
        heads = zip(first, self._starts, strict=True)
        tops = {f"{top}{heading}\n" for heading, starts in heads for top in starts}
        found = sorted(at for top in tops for at in places_of(text, top))

        def end(start: int) -> int | None:
            k = bisect_right(found, start)
            at = found[k] if k < len(found) else 0
            is_page = text.endswith("\n\n", start, at) and self.read(text[start:at]) is not None
            return at if is_page else None

        return end


def _starts(layout: Layout) -> tuple[str, ...]:
    titles = [layout.title_of(fund) for fund, _ in layout.funds] if layout.title else []
    return tuple("\n\n".join((*layout.banner, title, "")) for title in titles)


class _Page:
    """One layout's page, and the looks at what matches its pattern."""

    def __init__(self, reader: TextReader, number: int) -> None:
        self.reader, self.layout = reader, reader.layouts[number]
        self.lexicon = lexicon = reader.lexicon(number)
        self.pattern = pattern = Pattern(self.layout, reader.handlers)
        sections = self.layout.sections
        self.twins = [i for x in pattern.twins.values() if len(x) > 1 for i in x]
        self.known = tuple(k for k, (kind, _) in lexicon.keys.items() if kind is WordKind.LABEL)
        self.declared = frozenset((*lexicon.exact, *lexicon.labels, *lexicon.aspects))
        self.printed = {s.number for s in sections if not s.optional}
        self.size = lexicon.size
        spaced = [x for x in lexicon.starts if " " in x]
        self.starts = {x.replace(" ", c) for x in spaced for c in WIDE_SPACES} | lexicon.starts
        self.starts.update(label[: self.size] for label in lexicon.other_labels)
        ends = {x.title.rpartition(" ")[2].casefold() for x in self.reader.layouts if x.title}
        self.title_ends = tuple(ends)
        letters = "".join(end[-1] for end in ends)
        self.ends = PAGE_END | frozenset(f"{letters}{letters.upper()}{LEAD}{WIDE_SPACES}")
        numbers = "|".join(n for n in self.printed if "." not in n)
        self.nearest: dict[str, set[str]] = {}
        """The declared strings by their first letters."""
        for k, (_, words) in lexicon.keys.items():
            self.nearest.setdefault(k[:_NEAREST], set()).update(word.text for word in words)
        self.item = re.compile(rf"[-*+\u2013\u2022] |(?:{numbers})[.)] ").match
        # Labels and headings inside a line are looked for where they may be missing elsewhere.
        self.rare = [x for x, words in lexicon.labels.items() if len(words) > pattern.labels[x]]
        lines = (w.text for w in self.layout.words() if isinstance(w.item, Flag | Rows))
        self.marks = (*_SPACES, remarks.TITLE_CASE, *map(telling, self.rare), *lines)
        cases = (str.lower, str.upper, str.title)
        lasts = {case(x.split()[-1]) for x in self.rare for case in cases}
        self.tails = (*lasts, *_ADDRESS_AT_NUMBER)
        self.titles: dict[str, int] = {}
        """The titles that may be inside text, with the groups of their headings."""
        always = {s.title for s in sections if not s.optional}
        for kind, (word, *_), number in lexicon.exact.values():
            if kind is WordKind.HEADING and number and word.text not in always:
                group = pattern.heads[str(number)] if word.text == word.declared else -1
                self.titles |= dict.fromkeys((word.text, word.text.upper()), group)

    @cached_property
    def is_clear(self) -> bool:
        """Whether such pages mean the same to the other way, whatever it is that is declared."""
        lexicon, sections = self.lexicon, self.layout.sections
        others = (word for x in self.reader.layouts if x is not self.layout for word in x.words())
        titles = [word.text for word in others if word.kind is WordKind.TITLE]
        lines = [line for line, _ in self.pattern.lines]
        fixed = [text for line, text in self.pattern.lines if line != f"{text}: x"]
        questions = sum(len(s.content.items) for s in sections if isinstance(s.content, Questions))
        return (
            all(starmap(self._is_known, self.pattern.lines))
            and len(set(fixed)) == len(fixed)
            and questions * 2 <= sum(self.pattern.labels.values())
            and not any(s.optional and isinstance(s.content, Scores) for s in sections)
            and sum(len(lexicon.labels[label]) > 1 for label in self.rare) <= _FEW
            and not any(map(_is_ambiguous, sections))
            and foreign(lines[0]) is None
            and not any(title in line for title in titles for line in lines)
        )

    def _is_known(self, line: str, text: str) -> bool:
        """Whether a printed line means a declared string to the other way, and nothing else."""
        lexicon = self.lexicon
        found = lexicon.meaning(line) if text else None
        front, colon, _ = text.partition(":")
        is_label = not colon and (text in lexicon.labels or text in lexicon.aspects)
        return (
            found is not None
            and all(word.declared == text for word in found[1])
            and (line in lexicon.exact or (is_label and line[0].isalpha()))
            and not (colon and front in lexicon.labels)
            and line == " ".join(folded(line).split())
            and not may_number_page(line)
        )

    def _is_odd(self, texts: list[str]) -> bool:
        """Whether a value may be read in another way, or be reported."""
        signs = remarks.SCORE_SIGNS
        scored = [x.rstrip(signs) for x in texts if x[-1] in signs and x[0].isalpha()]
        if not (self.declared.isdisjoint(texts) and self.declared.isdisjoint(scored)):
            return True
        low = [x for x in filter(str.islower, texts) if x[-1].isalpha() and "." not in x]
        if max(len(low), sum(map(str.isupper, texts))) >= remarks.FEWEST_OF_ONE_CASE:
            return True
        values = "\n".join(["", *texts, ""])
        if _ODD_VALUE(values) or any(map(values.__contains__, self.marks)):
            return True
        if remarks.is_any_odd(texts):
            return True
        fronts = [key(x.partition(":")[0]) for x in texts if ": " in x]
        if any(label.endswith(front) for front in fronts for label in self.known):
            return True
        parts = values.replace("://", "").split(":")
        longest = self.lexicon.longest
        return any(key(part[-longest:]).endswith(self.known) for part in parts[:-1])

    def _has_odd_lines(self, prose: str, values: list[str], text: str) -> bool:
        """Whether a line of free text may be structure, in any spelling, or noise."""
        starts, size, ends, is_text = self.starts, self.size, self.ends, self.lexicon.is_text
        lines = list(filter(None, prose.split("\n")))
        begun = [x for x in lines if x[0] in _MARKS or (x[:size] in starts and not is_text(x))]
        ended = [x for x in lines if x[-1] in ends]
        sizes = list(map(len, lines))
        copies = len(lines) - len({x[: remarks.SHORTEST_LINE] for x in lines})
        return (
            (self._may_be_cut(sizes, values) and cut_at(text.split("\n")) is not None)
            or remarks.text_oddity(prose, map(str.strip, lines)) is not None
            or self._has_odd_ends(ended)
            or (copies > 0 and any(map(_is_dated, (begun, ended))))
            or (
                (copies > 1 or len({x.rstrip(DECIMALS) for x in ended}) < len(ended))
                and any(recurring(text.split("\n")))
            )
            or sum(x[0] == '"' for x in begun) > 2
            or any(map(self._is_stray, begun))
        )

    def _may_be_cut(self, sizes: list[int], values: list[str]) -> bool:
        """Whether several lines are about as long as the longest one."""
        least = max(sizes, default=0) * 17 // 20
        is_long = max(map(len, values), default=0) + self.lexicon.longest >= least
        return is_long or sum(map(least.__le__, sizes)) > 2

    def _has_odd_ends(self, lines: list[str]) -> bool:
        """Whether lines end in what is at the end of each page of a print."""
        tails = "\n".join([x[-20:] for x in lines]).casefold()
        return (
            any(map(is_row_of_print, lines))
            or sum(map(may_number_page, lines)) > 1
            or any("..." in x and x[-1].isdecimal() for x in lines)  # a table of contents
            or any(map(tails.__contains__, self.title_ends))
        )

    def _has_glued(self, text: str, groups: Groups) -> bool:
        """Whether there may be declared strings inside the lines, where they are looked for."""
        ends_of_titles = self.reader.ends_of_titles
        return (
            any(text.endswith(self.tails, 0, at) for at in places_of(text, ":"))
            or (any(map(text.__contains__, self.title_ends)) and any(ends_of_titles(text)))
            or any(
                (group < 0 or groups[group] is None) and all(map(text.__contains__, title.split()))
                for title, group in self.titles.items()
            )
        )

    def _is_stray(self, line: str) -> bool:
        if line[0] in _MARKS and (item := self.item(line)):
            # Behind a number, the other way knows a declared string by its letters alone.
            rest = line[item.end() :]
            is_known = rest[: self.size] in self.starts or line[0].isdigit()
            if rest[:1] not in _MARKS and (self.lexicon.is_text(rest) or not is_known):
                return False
        line = folded(line[: self.lexicon.longest + 99]).strip()
        core = line.lstrip(LEAD)
        lead = line[: len(line) - len(core) + 1]
        if _ONLY_NUMBERS.fullmatch(core) or not _REFUSED.isdisjoint(lead):
            return True
        number = _NUMBERED.match(core)
        if number and number[2].isupper() and number[1] not in self.printed:
            return True
        start = key(core[: 2 * _NEAREST])[:_NEAREST]
        if len(start) == _NEAREST and start.isalpha():
            near = self.nearest.get(start, ())
            # A note that goes on behind an aspect with letters: `… käyttöä`.
            if all(core.startswith(x) and core[len(x) : len(x) + 1].isalpha() for x in near):
                return False
        found = self.lexicon.meaning(core)
        if line.partition(":")[0] in self.lexicon.other_labels:
            return True
        kind, _, value, _ = found or ("", (), "", NOWHERE)
        if kind is NUMBERED:
            return value[0] not in self.printed
        is_text = kind is WordKind.ASPECT and isinstance(value, str)
        return bool(kind) and not (is_text and value.lstrip(": ")[:1].isalpha())

    # -- reading ----------------------------------------------------------------------------------

    def read(self, text: str) -> ProjectDescription | None:
        """The description of a page, unless anything about it may be odd."""
        groups = self.pattern.match(text) if self.is_clear else None
        if groups is None:
            return None
        values, free, twins = (
            list(filter(None, map(groups.__getitem__, places)))
            for places in (self.pattern.values, self.pattern.free, self.twins)
        )
        prose = "".join(free)
        is_odd = (
            self._is_odd(values)
            or any(map(may_number_page, twins))
            or damage(text) is not None
            or self._has_odd_end(text)
            or any(map(prose.__contains__, _NEVER))
            or "''//''" in prose  # Zim's
            or ("|" in prose and prose.count("|") >= FEWEST_BARS)
            or ('"' in prose and '""' in prose)
            or self._has_odd_sections(groups)
            or self._has_odd_lines(prose, values, text)
            or self._has_glued("\n".join([*values, prose]), groups)
        )
        description = self.pattern.description(groups) if not is_odd else None
        return description if description and self._is_of_title(description) else None

    def _has_odd_sections(self, groups: Groups) -> bool:
        """Whether sections of prose end in the same line, or are of the same length."""
        sections = [groups[i].strip("\n") for i in self.pattern.prose if groups[i]]
        return remarks.common_end(sections) is not None or remarks.cut_length(sections) is not None

    def _has_odd_end(self, text: str) -> bool:
        """Whether the last line may be of a browser or an editor, or the number of a page."""
        if text[-1] in END_OF_FILE:
            return True
        end = text.rstrip()
        last = folded(end[end.rfind("\n") + 1 :][:60]).strip()
        return _LINKS.match(last) is not None or may_number_page(last)

    def _is_of_title(self, description: ProjectDescription) -> bool:
        code = getattr(description.project, "code", None)
        fund, period = self.reader.fund_and_period(code, self.layout)
        is_without = code is None or not self.reader.code_prefixes
        return is_without or (fund, period) == (description.fund, self.layout.period)


def _is_dated(lines: list[str]) -> bool:
    """Whether a line with a day is there twice, as in a print."""
    dates = [x for x in lines if ".20" in x or "/" in x]
    return len(set(dates)) < len(dates)


def _is_ambiguous(section: Section) -> bool:
    """Whether a label that may be missing comes twice in a section."""
    items = section.content.items if isinstance(section.content, Fields) else ()
    labels = [item.label for item in items]
    return any(labels.count(item.label) > 1 for item in items if item.optional)
