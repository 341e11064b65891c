"""Lines that a tool ran together, taken apart again.

Tools that print a page, or a section, as one line; a lost line break; ``cat`` of files without a
line end. A declared string that is nowhere a line of its own, but is inside one, begins a line
there. It is looked for as printed; a label that is missing, in other spellings, too.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from esr_parser.grammar import Prose, Rows, Section, Word, WordKind, words_of
from esr_parser.lexer import Token
from esr_parser.lexicon import VALUE_BEGINS, Lexicon, scores_of
from esr_parser.tally import NoiseKind, NoiseTally
from esr_parser.text import HYPHENS, LEAD, Lines, key

_COLON = re.compile("[*_ ]{0,4}:")
# What can be before a declared string at the beginning of a line: marks, bullets, numbers.
_MARKS = re.compile(
    rf"[{re.escape(LEAD)}]*(?:\(?[0-9]{{1,3}}(?:\.[0-9]{{1,2}})*(?:[.):]+\s*|\s+))?[{re.escape(LEAD)}]*"
)
# No text before a declared string: marks; headings and anchors of Jira and Textile.
_FRONT = re.compile(r"[\W_]*+(?:h[1-6](?:\(#[^()]*\))?\.\s*)?(?:\{anchor:[^{}]*\})?")
_AROUND = ("(?<![A-ZÅÄÖ])", "(?![a-zåäö])"), (r"(?<!\w)", r"(?!\w)")
"""What is around a declared string in a page that is one line, and around a column's head."""
# The next one behind a partner's business id.
_BEHIND_PARTNER = r"(?<![0-9][0-9]{7}-[0-9])(?<=[0-9]{7}-[0-9])(?=\s?[A-ZÅÄÖ])"

_NEXT_ROW = re.compile(_BEHIND_PARTNER)
# The rest of a label that people wrote: `Hankekoodi suomeksi: `, `Hankekoodi / Project: `.
_TAIL = re.compile(r"[ ,]*[a-zåäö(/¹²³][^:\n]{0,40}:(?!//)")
_IN_ORDER = (WordKind.LABEL, WordKind.LINE, WordKind.HEADS, WordKind.DIMENSION, WordKind.ASPECT)
_SIGN = re.compile(r"\s?[:=|\t][*_]*")
_SAMPLE, _FEWEST = 4, 6
_FEWEST_OF_ONE_LINE = 4


class _Needle(NamedTuple):
    """A string that tells enough to cut a line."""

    word: str
    text: str
    """What is looked for: the declared string, with what is always beside it."""
    pattern: str
    """Where to cut."""
    times: int = 1
    """How often it may be there."""
    sections: tuple[Section, ...] = ()
    """Where it is always printed: a page without it lacks something."""


class Gluing:
    """The declared strings of a lexicon, as they are looked for inside lines."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon: Lexicon = lexicon
        # The titles of prose and of partners: all that is below them may be behind them.
        self._as_labels = {
            w.text
            for w in lexicon.words
            if isinstance(w.item, Rows) or (w.kind is WordKind.HEADING and _holds_prose(w))
        }
        self._needles = tuple(self._all_needles())
        self._often = {needle.word for needle in self._needles if needle.times > 1}
        self._titles = {w.text for w in lexicon.words if w.kind is WordKind.TITLE and w.item}
        self._title_ends = {title.rpartition(" ")[2] for title in self._titles}
        # By section: its strings in their order, and those that each page of it has.
        self._in_order: dict[Section | None, list[Word]] = {
            section: [word for word in words_of(section) if word.kind in _IN_ORDER]
            for section in lexicon.layout.sections
        }
        self._required = {
            section: {
                word.text
                for word in words
                if word.text == word.declared and not getattr(word.item, "optional", False)
            }
            for section, words in self._in_order.items()
        }
        self._banners = {w.text for w in lexicon.words if w.kind is WordKind.BANNER}

    def unglue(self, lines: Lines, tokens: Sequence[Token], noise: NoiseTally) -> bool:
        """Cuts lines before declared strings that are nowhere a line of their own."""
        # Line ends are spaces here: the strings may be wrapped, too. Colons may be of any width.
        flat = " ".join(lines.lines).replace("\uff1a", ":")
        places = self._behind_titles(lines.lines, tokens)
        if needles := self._missing(lines.lines, tokens, flat):
            pattern = re.compile("|".join(sorted(needles, key=len, reverse=True)))
            for match in pattern.finditer(flat):
                is_label = _COLON.match(flat, match.end())
                places += (match.start(),) if is_label else match.span()
        return _cut(lines, sorted(places), noise)

    def _behind_titles(self, lines: list[str], tokens: Sequence[Token]) -> list[int]:
        """Where titles end that are labels, with what is below them behind a colon or in a cell.

        Rows of tables, people.
        """
        seen = {word.text for token in tokens for word in token.words}
        absent = tuple(self._as_labels - seen)
        begins = _begins(lines) if absent else ()
        places: list[int] = []
        for begin, line in zip(begins, lines, strict=False):
            mark = _MARKS.match(line)
            start = mark.end() if mark else 0
            if line.startswith(absent, start):
                title = max((x for x in absent if line.startswith(x, start)), key=len)
                if sign := _SIGN.match(line, start + len(title)):
                    places.append(begin + sign.end())
        return places

    def unglue_in_order(self, lines: Lines, tokens: Sequence[Token], noise: NoiseTally) -> bool:
        """Cuts sections without colons where their declared strings follow each other in order.

        BeautifulSoup's get_text() of tables and cards, scripts that take tags off.
        """
        heads = [k for k, t in enumerate(tokens) if t.kind is WordKind.HEADING]
        regions = [tokens[k:below] for k, below in pairwise((*heads, len(tokens)))]
        if not any(map(self._lacks_some, regions)):
            return False
        begins, text = _begins(lines.lines), "\n".join(lines.lines)
        own = {(t.first, w.text) for t in tokens for w in t.words}
        ends = [begins[region[0].first] for region in regions[1:]]
        places: list[int] = []
        count = 0
        for (head, *_), end in zip(regions, [*ends, len(text)], strict=True):
            start = begins[head.last + 1]
            for word, begin, behind in self._places(head.words[0].section, text, start, end):
                if isinstance(word.item, Rows):
                    places += (match.end() for match in _NEXT_ROW.finditer(text, behind, end))
                if (bisect_right(begins, begin) - 1, word.text) not in own:
                    count += word.kind is not WordKind.HEADS
                    is_row = (
                        word.kind is WordKind.ASPECT and not text[behind : behind + 1].isalpha()
                    )
                    places += (begin,) if is_row else (begin, behind)
        return count >= _FEWEST and _cut(lines, sorted(places), noise)

    def _lacks_some(self, region: Sequence[Token]) -> bool:
        """Whether a section, a heading and what is below it, lacks some of its strings."""
        seen = {word.text for token in region for word in token.words}
        return not self._required[region[0].words[0].section] <= seen

    def _places(
        self, section: Section | None, text: str, start: int, end: int
    ) -> Iterator[tuple[Word, int, int]]:
        """Where the strings of a section are in a part of a text, in their order."""
        for word in self._in_order[section]:
            found = _in_section(word.text, word.kind).search(text, start, end)
            if found is not None and not _TAIL.match(text, found.end()):
                start = found.end()
                yield word, *found.span()

    def _missing(self, lines: list[str], tokens: Sequence[Token], text: str) -> list[str]:
        """Patterns of the declared strings that are in a text, but are not a line of their own."""
        seen = Counter(_words_in_place(tokens))
        # Those that come more than once, as printed.
        often = [t for t in tokens if t.words and t.words[0].text in self._often]
        own = Counter([t.words[0].text for t in often if f"{t.words[0].text}:" in lines[t.first]])
        absent = [x for x in self._needles if seen.get(x.word, 0) < x.times]
        found = [x.pattern for x in absent if text.count(x.text) > own[x.word]]
        there = {w.section for t in tokens for w in t.words} if absent else set()
        labels = [t for t in tokens if t.kind is WordKind.LABEL]
        # Where labels are written another way, one that may be missing can be inside a line, too.
        is_respelled = any(_is_respelled(lines[t.first], t.words[0].text) for t in labels[:_SAMPLE])
        lost = [
            needle
            for needle in absent
            if (is_respelled and needle.word in self.lexicon.labels)
            or seen.get(needle.word, 0) < sum(not s.optional or s in there for s in needle.sections)
        ]
        found += self._respellings(lost, text) if lost else ()
        is_titled = not self._titles.isdisjoint(seen)
        if sum(map(text.count, self._title_ends)) > is_titled:
            found += self._joints(text, seen)
        if len(found) >= _FEWEST_OF_ONE_LINE:
            found += self._of_one_line(tokens, seen)
        return found

    def _respellings(self, lost: list[_Needle], text: str) -> Iterator[str]:
        """Patterns of strings that a page lacks, and that are in it in other letters or spaces."""
        letters = key(text)
        for word, printed, pattern, *_ in lost:
            is_long = printed.count(" ") > 1 - ("-" in printed)
            if printed[-1] == ":":
                if letters.count(f"{key(word)}:") > text.count(printed):
                    yield _respelling(word, tuple(self.lexicon.labels))
            # Headings without the spaces of line ends: pdftohtml, without its tags. Aspects with
            # line ends behind their hyphens: blocks that textwrap filled.
            elif is_long and printed not in text and key(printed) in letters:
                yield pattern.replace(r"\ ", r"\s*").replace(r"\-", r"-\s*")

    def _joints(self, text: str, seen: Counter[str]) -> Iterator[str]:
        """Patterns of titles inside lines, and of what is right behind the end of a page."""
        counts = {title: text.count(title) for title in self._titles}
        for title, count in counts.items():
            # A sentence can hold a title: "... hankkeen kuvaus, joka ..."; browsers put the name of
            # a site behind it.
            if count > seen[title]:
                yield rf"{re.escape(title)}(?![,;)]|\.\s|\s[a-zåäö]{{2}})"
        # `cat` of files without a line end: a banner right behind the last word of a page.
        banners = map(_behind_text, self._banners if sum(counts.values()) > 1 else ())
        yield from (pattern for pattern in banners if re.search(pattern, text))

    def _of_one_line(self, tokens: Sequence[Token], seen: Counter[str]) -> Iterator[str]:
        """Patterns of what else is in a page, or a section, that a tool printed as one line."""
        found = {token.kind for token in tokens}
        kinds = {WordKind.LINE, WordKind.HEADS, WordKind.DIMENSION} | ({WordKind.BANNER} - found)
        for text, (kind, _, _) in self.lexicon.exact.items():
            if kind in kinds and not seen[text]:
                # The heads of columns may be glued, and are printed so.
                yield re.escape(text).join(_AROUND[kind is WordKind.HEADS])
        if WordKind.LABEL not in found:
            # A table without colons: values are right behind labels.
            for label in self.lexicon.labels:
                behind = r"[^\s,.;:]" if label.count(" ") > 1 else VALUE_BEGINS
                yield rf"{re.escape(label)}(?={behind})"
        yield _BEHIND_PARTNER

    def _all_needles(self) -> Iterator[_Needle]:
        for label, words in self.lexicon.labels.items():
            text = re.escape(label)
            pattern = rf"\*\*{text}(?=:\*\*)|{text}(?=:)"
            always = (w for w in words if w.text == w.declared and not w.item.optional)
            sections = tuple(word.section for word in always if word.section is not None)
            yield _Needle(label, f"{label}:", pattern, len(words), sections)
        for heading, (kind, words, number) in self.lexicon.exact.items():
            if kind is WordKind.HEADING and number:
                # People put a colon between a heading and its prose: "**3 …:** Prose".
                is_long = " " in words[0].text
                text, glued = re.escape(heading), r"(?![,.;)]|\s[a-zåäö])" if is_long else "(?!)"
                # A number right before a long one is of another line; not one in a sentence.
                before = r"(?:(?<![0-9.])|(?<=[a-zåäö)]\.))"
                pattern = rf"(?:{before}{text}|{text}{glued})(?![a-zåäö])(?:\s?:[*_]*)?"
                own = (w.section for w in words if w.text == w.declared and w.section)
                printed = tuple(section for section in own if not section.optional)
                yield _Needle(words[0].text, heading, pattern, sections=printed)
                if is_long:
                    text = f"{words[0].text}:"
                    yield _Needle(words[0].text, text, rf"(?<![\w ]){re.escape(text)}[*_]*")
        for aspect, words in self.lexicon.aspects.items():
            count = len(scores_of(words).heads)
            score = "(?:10|[0-9])"
            cells = rf"[ |\t]{{1,3}}{score}" * count
            numbers = f"(?:{cells}|{score * count})"
            # Behind them there may be the number of a heading.
            pattern = rf"{re.escape(aspect)}{numbers}(?![0-9](?![0-9.]* [A-ZÅÄÖ]))"
            sections = tuple(word.section for word in words if word.section is not None)
            yield _Needle(aspect, aspect, pattern, sections=sections)
        for text, (kind, _, _) in self.lexicon.exact.items():
            if text in self._as_labels and kind is WordKind.LINE:
                # Behind the value above, in brackets: pdf2docx.
                pattern = rf"(?<=\) ){re.escape(text)}(?= {{1,3}}[A-ZÅÄÖ])"
                yield _Needle(text, text, pattern)
            if kind is WordKind.DIMENSION:
                pattern = rf"(?<=[0-9] ){re.escape(text)}(?![^\W_])"
                yield _Needle(text, f" {text}", pattern)


def _holds_prose(word: Word) -> bool:
    return word.section is not None and isinstance(word.section.content, Prose)


def _begins(lines: Sequence[str]) -> array[int]:
    """Where each line begins in the text that they are, with one character between them."""
    return array("q", accumulate(map((1).__add__, map(len, lines)), initial=0))


def _cut(lines: Lines, places: list[int], noise: NoiseTally) -> bool:
    """Cuts lines at places in the text that they are, with one character between them."""
    begins = _begins(lines.lines)
    cuts: dict[int, list[int]] = {}
    last, start, end = -1, 0, 0
    for at in places:
        i = bisect_right(begins, at) - 1
        column, line = at - begins[i], lines.lines[i]
        if i != last:
            # A number is a score where the line above ends with one: blocks that were filled.
            mark = None if i and lines.lines[i - 1][-1:].isdigit() else _MARKS.match(line)
            last, start, end = i, mark.end() if mark else 0, len(line.rstrip(" |"))
        if start < column < end:
            found = cuts.setdefault(i, [])
            if found and not line[found[-1] : column].strip():
                found.pop()
            found.append(column)
    for i, found in cuts.items():
        noise.add(NoiseKind.GLUED, i, len(found))
    if cuts:
        lines.cut(cuts)
        for i in lines.pieces:
            # Fields joined by a comma, semicolon, stroke, bar: scripts, TEXTJOIN of Excel.
            signs = " ,;|\u2022" if ":" in lines.lines[i] else " ,"
            above = lines.lines[i - 1].rstrip(signs)
            is_address = above.rpartition(" ")[2].startswith(("http", "www."))
            lines.lines[i - 1] = above if is_address else above.rstrip(f"{signs}/")
        fronts = [i - 1 for i in lines.pieces if i - 1 not in lines.pieces]
        bare = (i for i in fronts if _FRONT.fullmatch(lines.lines[i]))
        noise.hide(NoiseKind.BULLET, lines, bare)
    return bool(cuts)


@cache
def _in_section(text: str, kind: str) -> re.Pattern[str]:
    """A declared string in its section: what is behind it may be glued to it, but no other word."""
    if kind is WordKind.ASPECT:  # not one in an explanation
        return re.compile(rf"(?<![^\W\d_] ){re.escape(text)}(?![a-zåäö-]|[ ,]*[a-zåäö]{{3}})")
    behind = "" if " " in text else rf"(?:(?={VALUE_BEGINS})|(?![\w-]))"
    return re.compile(f"{re.escape(text)}{behind}")


def _is_respelled(line: str, label: str) -> bool:
    """Whether a label is in capitals, of a style sheet, or has a space before its colon."""
    at = line.find(label)
    behind = line[at + len(label) :]
    return at < 0 or (behind[:1] != ":" and behind.lstrip()[:1] in (":", "\uff1a"))


def _words_in_place(tokens: Sequence[Token]) -> Iterator[str]:
    """The declared strings that begin lines; not the labels of other sections in prose."""
    section: Section | None = None
    for token in tokens:
        if token.kind is WordKind.HEADING:
            section = token.words[0].section
        is_below_heading = token.kind is WordKind.LABEL and section is not None
        is_own = any(word.section is section for word in token.words)
        if token.words and (is_own or not is_below_heading):
            yield token.words[0].text


@cache
def _respelling(label: str, labels: tuple[str, ...]) -> str:
    """A pattern of a label in any letter case, with other spaces, hyphens or marks, and a colon.

    It does not match the end of another label: *Kunnat* in *Seutukunnat*.
    """
    longer = (x[: -len(label)] for x in labels if x.casefold().endswith(label.casefold()))
    alone = "".join(rf"(?<!(?i:{re.escape(front)}))" for front in longer if front)
    parts = (
        r"\s+" if part.isspace() else rf"[{HYPHENS}]\s*" if part in HYPHENS else re.escape(part)
        for part in re.split(r"(\s|-)", label)
        if part
    )
    text = f"{alone}{''.join(parts)}"
    return rf"(?i:\*\*{text}(?=:?\*\*)|{text}(?=[*_ ]{{0,4}}:))"


def _behind_text(banner: str) -> str:
    """A pattern of a banner right behind other text, or behind the marks around that."""
    text = r"[^\s\[>*_#(`]"
    behind = rf"(?<={text})|(?<={text}[*_`])|(?<={text}\*\*)|(?<=[.!?] )|(?<=  )"
    return rf"(?:{behind}){re.escape(banner)}"
