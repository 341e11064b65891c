"""Findings about a whole text: what is missing, moved, or written in another way.

This module changes no value: findings are data, and the diagnostics are made of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import chain, dropwhile, pairwise

import attrs

from esr_parser.findings import Place
from esr_parser.foreign import cut_at
from esr_parser.grammar import (
    Caption,
    Content,
    Field,
    Fields,
    Layout,
    Prose,
    Questions,
    Rows,
    Scores,
    Section,
    Word,
    WordKind,
    words_of,
)
from esr_parser.joining import Page
from esr_parser.lexer import Token
from esr_parser.outline import Entry, Outline, Region, RegionKind
from esr_parser.remarks import FEWEST_OF_ONE_CASE, TITLE_CASE
from esr_parser.tally import NoiseKind, NoiseTally
from esr_parser.text import INVISIBLE, Lines, is_rule, key, next_text
from esr_parser.values import CODE, NAME_LIST, PRINTED_BUSINESS_ID, TEXT, quoted

# In a heading above amounts: `…, 1 000 euroa`, `…, tuhatta euroa`, `…, t€`.
_OTHER_UNIT = re.compile(
    r"(?:1[ .]?000|tuhat\w*|milj\S*|[tk]) ?(?:euro|eur|€)|markka|dollar|sentti|kruun"
    r"|\b(?!eur)[a-z]{3}$",
    re.IGNORECASE,
)
_NUMBER_BEFORE = re.compile(r"\W*([0-9]{1,9})")
_NO_QUOTES = "0123456789-*+\u2022"
_MOST_LABELS_IN_PROSE = 3
_LONGEST_HEADING_IN_OTHER_WORDS = 60
_REPEATED = RegionKind.REPEATED
_SHORTEST_PROSE = 40


@attrs.define
class Judge:
    """Looks at the outline of one text."""

    layout: Layout
    lines: Lines
    outline: Outline
    noise: NoiseTally
    other_labels: frozenset[str]
    """The labels of other layouts."""
    tell: Callable[..., None]
    """Adds a finding."""

    def judge(self) -> None:
        """Adds the findings."""
        layout, regions = self.layout, self.outline.regions
        self._judge_front()
        self._judge_case()
        self._judge_lines()
        known = [(r, r.section) for r in regions if r.section and r.kind != _REPEATED]
        seen = {section.number for _, section in known}
        parents = {section.parent for _, section in known}
        absent = (s for s in layout.sections if s.title and s.number not in seen)
        needed = (s for s in absent if s.number in parents or not s.optional)
        missing = tuple(layout.heading(s.number, s.title) for s in needed)
        if missing:
            what = f"sections are missing: {', '.join(map(repr, missing))}"
            self.tell("ESR201", Place(0, 0, 0), what, words=missing)
        headed = {section for region, section in known if region.kind != RegionKind.IMPLIED}
        for section in layout.sections:
            if section not in headed and " " in section.title:
                self._judge_absent(section)
        last = layout.sections[-1]
        if known and last.number not in seen and isinstance(known[-1][1].content, Scores):
            heading = layout.heading(last.number, last.title)
            self._judge_end(known[-1][0], heading, has_headings=bool(headed))
        self._judge_numbers(known)
        self._judge_spaces(known)
        self._judge_moved(known)
        order = {s.number: k for k, s in enumerate(layout.sections)}
        in_order = _longest_rise([order[section.number] for _, section in known])
        for region, section in known:
            self._judge_heading(region, section, order[section.number] in in_order)
            self._judge_items(region, section)
            if section.number in parents and any(self.lines.lines[region.body : region.end]):
                self._judge_children(region, section, seen)
            self._judge_behind(region, section)

    def _judge_front(self) -> None:
        """The title and the banner, above the first section or at the top of each page."""
        layout, found = self.layout, self.outline
        title, top = found.title, Place(0, 0, 0)
        if title is not None and found.fund not in (None, *dict(layout.funds)):
            what = f"the title names an unknown fund: {found.fund!r}"
            self.tell("ESR111", Place(title.first, title.last), what)
        elif layout.title and title is None:
            what = "the title is missing; fund and programme period are taken from the project code"
            self.tell("ESR104", top, what)
        banner = [entry.word.text for entry in found.regions[0].entries]
        if not _is_whole(banner, layout.banner):
            self.tell("ESR105", top, "the banner is missing, or part of it")
        for token in found.repeated_titles:
            what = "banner" if token.kind is WordKind.BANNER else "title"
            self.tell("ESR109", Place(token.first, token.last), f"the {what} is repeated")

    def _judge_case(self) -> None:
        """Values of one case: `text-transform` of a style sheet; people, and Excel, who do that."""
        entries = [entry for region in self.outline.regions for entry in region.entries]
        kinds = (getattr(e.word.item, "type", None) for e in entries)
        rows = zip(entries, kinds, strict=True)
        texts = [e.token.value for e, kind in rows if kind in (TEXT, NAME_LIST)]
        same = max(sum(map(is_same, texts)) for is_same in (str.isupper, str.islower))
        # Names can have capitals.
        values = (e.token.value for e in entries)
        titled = sum(isinstance(x, str) and TITLE_CASE in x for x in values)
        is_titled = titled > 1 and not any(TITLE_CASE.lower() in text for text in texts)
        cased = [text for text in texts if text.upper() != text.lower()] if same else ()
        if is_titled or (len(cased) >= FEWEST_OF_ONE_CASE and same * 5 >= len(cased) * 4):
            what = "all letters are of one case: how names and words are written is lost"
            self.tell("ESR305", Place(0, 0, 0), what)

    def _judge_lines(self) -> None:
        """Lines that were cut; what somebody wrote between the lines of a mail that are quoted."""
        lines = self.lines
        if (width := cut_at(lines.lines)) is not None:
            self.tell("ESR308", Place(0, 0), f"lines are cut at {width}: words may be divided")
        fronts = (x.partition(":")[0] for x in lines.lines if ":" in x)
        found = self.other_labels.intersection(fronts)
        if len(found) > _MOST_LABELS_IN_PROSE + 1:
            rows = enumerate(x.partition(":") for x in lines.lines)
            others = [i for i, (front, colon, _) in rows if colon and front in found]
            what = f"{len(others)} labels of another layout: perhaps another description"
            self.tell("ESR307", Place(others[0], others[-1]), what)
        if (seen := self.noise.seen.get(NoiseKind.QUOTED)) is None:
            return
        mark = lines.raw(seen[0]).lstrip("\ufeff \t")[:1]
        mark = "" if mark in _NO_QUOTES else mark  # line numbers, lists inside lists
        for i, line in enumerate(lines.lines[1:], 1):
            is_marked = i in lines.pieces or lines.raw(i).lstrip().startswith(mark)
            if line and not lines.lines[i - 1] and not is_marked:
                message = f"a line that is not quoted, unlike the others: {quoted(line, 60)}"
                self.tell("ESR308", Place(i, i), message)

    def _judge_absent(self, section: Section) -> None:
        """A section without a heading: its title may be inside the text of another section."""
        title = section.title
        for text in (title, title.upper()):
            i = next((i for i, line in enumerate(self.lines.lines) if text in line), -1)
            if i >= 0:
                message = f"the title {title!r} is in the text of another section"
                self.tell("ESR307", Place(i, i), message, section=section.number, label=title)

    def _judge_bare(self, region: Region) -> None:
        """A heading without a number that is in the text above, too: which one is the heading?"""
        above = self.outline.regions[self.outline.regions.index(region) - 1]
        first = above.body if any(self.lines.lines[region.body : region.end]) else 0
        title = self.lines.lines[region.first]
        for i in range(first, region.first) if " " in title else ():
            if self.lines.lines[i] == title:
                message = f"{title!r} is there twice: the text of two sections may be mixed"
                self.tell("ESR307", Place(i, i), message, section=region.number, label=title)

    def _judge_end(self, region: Region, heading: str, *, has_headings: bool) -> None:
        """Text behind the last row that no row above has: the heading of the report was lost."""
        *above, last = [self._behind_empty(entry) for entry in region.entries] or [-1]
        firsts = [entry.token.first for entry in region.entries[1:]]
        is_alone = all(i < 0 for i in above) and all(self.lines.lines[i - 1] for i in firsts)
        if last < 0 and not has_headings:
            # trafilatura takes off all headings, and empty lines.
            end = region.entries[-1].end
            last = next_text(self.lines.lines, region.entries[-1].token.last + 1, end)
            is_alone = last < end
        if last >= 0 and is_alone:
            message = f"the text may be that below the missing heading {heading!r}"
            self.tell("ESR201", Place(last, last), message, words=(heading,))

    def _behind_empty(self, entry: Entry) -> int:
        """The first line of an explanation that is behind an empty line, -1 if there is none."""
        lines = self.lines.lines
        below = range(entry.token.last + 2, entry.end)
        return next((i for i in below if lines[i] and not lines[i - 1]), -1)

    def _judge_behind(self, region: Region, section: Section) -> None:
        """A few words behind a heading of prose, on its line: `(max 1500 merkkiä)`, of a form."""
        i = region.body
        line = self.lines.lines[i] if i in self.lines.pieces and i < region.end else ""
        is_few = len(line) < _SHORTEST_PROSE and (line[-1:] not in ".!?" or is_rule(line[:-1]))
        is_prose = isinstance(section.content, Prose) and line not in ("", ".")
        if is_prose and (is_few or line[0] in "(\u2013"):
            what = f"the text behind the heading may belong to it: {line!r}"
            self.tell("ESR308", Place(i, i), what, section=section.number)

    def _judge_children(self, region: Region, section: Section, seen: set[str]) -> None:
        """Prose right above the first of some subsections, where one for such prose is missing."""
        for child in self.layout.sections:
            is_same = child.parent == section.number and child.content == section.content
            if is_same and child.number not in seen:
                name = self.layout.heading(child.number, child.title)
                what = f"the heading {name!r} is missing; its text is right below another"
                place = Place(region.first, region.first)
                self.tell("ESR205", place, what, section=child.number)

    def _judge_heading(self, region: Region, section: Section, is_in_order: bool) -> None:
        name = self.layout.heading(section.number, section.title)
        place = Place(region.first, region.first)
        tell = partial(self.tell, place=place, section=section.number)
        if not is_in_order:
            tell("ESR203", message=f"the section {name!r} is not in the order of the layout")
        if region.kind == RegionKind.IMPLIED and section.title:
            label = region.entries[0].word.declared
            what = f"the heading {name!r} is missing; the section begins at {label!r}"
            tell("ESR205", message=what)
            self._judge_above(region, section, name)
            self._judge_shared(region, section)
        if region.renumbered[:1].isdigit():
            tell("ESR207", message=f"{region.renumbered!r} is read as {name!r}")
            # Text was lost between a heading and a field: `1 Hankkoodi: S29999`.
            if rest := region.renumbered.partition(":")[2].strip():
                tell("ESR206", message=f"text in the heading {name!r}: {quoted(rest, 60)}")
            if _OTHER_UNIT.search(region.renumbered):
                tell("ESR305", message=f"the values may be in another unit than that of {name!r}")
        elif region.renumbered:
            self.noise.add(NoiseKind.HEADING_STYLE, region.first)
            self._judge_bare(region)

    def _judge_shared(self, region: Region, section: Section) -> None:
        """Labels that are those of another section as well, which is missing: trafilatura."""
        seen = {r.section for r in self.outline.regions}
        shared = set.intersection(*({w.section for w in e.token.words} for e in region.entries))
        other = next((x for x in self.layout.sections if x in shared - seen), None)
        # The words of a value are those of one section: `62, joista naisia 45`.
        if any(any(map(str.isalpha, str(e.token.value))) for e in region.entries):
            return
        if other is not None:
            name = self.layout.heading(other.number, other.title)
            place = Place(region.first, region.entries[-1].token.last)
            what = f"the values may be those of {name!r}, whose heading is missing, too"
            self.tell("ESR305", place, what, section=section.number)

    def _judge_above(self, region: Region, section: Section, name: str) -> None:
        """A few words above a section without a heading: people and language models rename them."""
        above = self.outline.regions[self.outline.regions.index(region) - 1]
        if above.section is None or isinstance(above.section.content, Fields | None):
            return
        lines = self.lines.lines
        first = above.entries[-1].token.last + 1 if above.entries else above.body
        i = next((i for i in range(above.end - 1, first - 1, -1) if lines[i]), -1)
        is_alone = i > 0 and not lines[i - 1]
        numbers = (f"{section.number} ", f"{section.number}.")
        is_words = lines[i][-1:] not in (".", "!", "?") or lines[i].startswith(numbers)
        if is_alone and len(lines[i]) < _LONGEST_HEADING_IN_OTHER_WORDS and is_words:
            message = f"perhaps the heading {name!r} in other words: {lines[i]!r}"
            self.tell("ESR308", Place(i, i), message, section=section.number)

    def _judge_items(self, region: Region, section: Section) -> None:
        content, number = section.content, section.number
        entries = [e for e in region.entries if not e.is_repeated]
        heads = [e.word.text for e in entries if e.word.kind is WordKind.HEADS]
        found = [e.word.declared for e in entries if e.word.kind is not WordKind.HEADS]
        if isinstance(content, Scores) and _is_whole(heads, content.heads):
            found.append("".join(content.heads))
        elif isinstance(content, Scores) and len(heads) == len(content.heads) > 1:
            what = f"the columns are not {', '.join(content.heads)}: scores may be interchanged"
            self.tell("ESR305", Place(region.first, region.first), what, section=number)
        missing = _missing(section, tuple(found))
        place = Place(region.first, max(region.body - 1, region.first))
        if missing:
            # A dimension or an aspect, not only the column heads.
            is_row = isinstance(content, Scores) and missing != ("".join(content.heads),)
            has_aspects = any(e.word.kind is WordKind.ASPECT for e in entries)
            is_lost = isinstance(content, Questions) or not found or (is_row and has_aspects)
            what = f"labels of section {number} are missing: {', '.join(map(repr, missing))}"
            code = "ESR311" if is_lost else "ESR304"
            self.tell(code, place, what, section=number, words=missing)
            if caption := _bare_caption(content, found, missing):
                what = f"{caption!r}: fields below it are missing"
                self.tell("ESR305", place, what, section=number, label=caption)
        rest = iter(content.items if isinstance(content, Fields) else ())
        if isinstance(content, Fields) and not all(e.word.item in rest for e in entries):
            what = f"the fields of section {number} are not in the order of the layout"
            self.tell("ESR306", place, what, section=number)
            # Each has its place in the printed order alone: two telephone numbers.
            labels = Counter(item.label for item in content.items)
            for entry in (e for e in entries if labels[e.word.declared] > 1):
                label, token = entry.word.declared, entry.token
                what = f"{label!r} is there twice: the values may be interchanged"
                place = Place(token.first, token.last)
                self.tell("ESR305", place, what, section=number, label=label)

    def _judge_numbers(self, known: list[tuple[Region, Section]]) -> None:
        """A number before a label that is no number of a list: the end of the value above."""
        entries = [e for region, _ in known for e in region.entries]
        for kind in (WordKind.LABEL, WordKind.ASPECT):
            labels = [e for e in entries if e.word.kind is kind]
            found = ((e, _NUMBER_BEFORE.match(self.lines.lines[e.token.first])) for e in labels)
            numbered = [(e, int(number[1])) for e, number in found if number]
            numbers = [number for _, number in numbered]
            if len(numbered) * 2 > len(labels) and numbers == sorted(numbers):
                continue
            for above, (entry, number) in zip([0, *numbers], numbered, strict=False):
                if number not in (1, above + 1):
                    label, place = entry.word.declared, Place(entry.token.first, entry.token.last)
                    what = f"the number before {label!r} may belong to the value above"
                    self.tell("ESR305", place, what, label=label)

    def _judge_spaces(self, known: list[tuple[Region, Section]]) -> None:
        """Declared strings without some of their spaces: PDF tools, and line ends that are gone."""
        heads = ((s.title, r.first, r.body) for r, s in known if r.kind != RegionKind.IMPLIED)
        entries = (entry for region, _ in known for entry in region.entries)
        rows = ((e.word.text, e.token.first, e.token.last + 1) for e in entries)
        for text, first, end in chain(heads, rows):
            line = " ".join(self.lines.lines[first:end])
            if text not in line:
                parts, letters = pairwise(text.casefold().split()), line.casefold()
                if any(a + b in letters for a, b in parts if b[0] != "-"):
                    what = f"words of {text!r} are run together: those of values may be, too"
                    self.tell("ESR308", Place(first, end - 1), what, label=text)
                    return

    def _judge_moved(self, known: list[tuple[Region, Section]]) -> None:
        """Fields that are not in their section may be lines of prose: moved by people and PDFs."""
        if not (unused := self.outline.unused):
            return
        sections = {section for _, section in known}
        found = {(section, e.word.item) for region, section in known for e in region.entries}
        for token in unused:
            for word in token.words:
                is_lost = word.section in sections and (word.section, word.item) not in found
                if word.section is not None and is_lost and self._is_field(word, token):
                    number, place = word.section.number, Place(token.first, token.last)
                    message = f"{word.declared!r}, which section {number} lacks, is in other text"
                    self.tell("ESR307", place, message, section=number, label=word.declared)
        repeated = (r for r in self.outline.regions if r.kind == _REPEATED)
        again = {i for r in repeated for i in range(r.first, r.end)}
        free = [t for t in unused if t.first not in again]
        labels = {t.words[0].declared for t in free if self._is_field(t.words[0], t)}
        has_code = any(getattr(t.words[0].item, "type", None) is CODE for t in free)
        if len(labels) > _MOST_LABELS_IN_PROSE or (has_code and len(labels) > 1):
            what = f"{len(labels)} labels are in other text: perhaps another description"
            self.tell("ESR307", Place(free[0].first, free[0].last), what)

    def _is_field(self, word: Word, token: Token) -> bool:
        """Whether a string in prose may be that of a field, a list of partners, or scores."""
        below = self.lines.lines[token.last + 1 : token.last + 3]
        is_list = isinstance(word.item, Rows) and any(map(PRINTED_BUSINESS_ID.search, below))
        is_row = token.kind is WordKind.ASPECT and isinstance(token.value, tuple)
        return is_list or is_row or isinstance(word.item, Field)


def _longest_rise(numbers: Sequence[int]) -> frozenset[int]:
    """The numbers of a longest part of a list that rises: the others have moved."""
    ends: list[list[int]] = []
    for number in numbers:
        k = bisect_left([end[-1] for end in ends], number)
        best = [*(ends[k - 1] if k else []), number]
        ends[k : k + 1] = [best]
    return frozenset(ends[-1] if ends else ())


def _is_whole(found: Sequence[str], declared: Sequence[str]) -> bool:
    """Whether the parts of a line that tools take apart are all there: banner, column heads."""
    whole, found_key = _key_of("".join(declared)), _key_of("".join(found))
    return bool(whole) == bool(found_key) and not found_key.replace(whole, "")


_key_of = lru_cache(256)(key)


@lru_cache(256)
def _missing(section: Section, found: tuple[str, ...]) -> tuple[str, ...]:
    """The labels of a section that are always printed and were not found."""
    rest = Counter(found)
    missing = []
    words = (w for w in words_of(section) if w.kind is not WordKind.HEADING)
    always = (w for w in words if not getattr(w.item, "optional", False))
    for label in (w.declared for w in always if w.text == w.declared):
        if rest[label]:
            rest[label] -= 1
        else:
            missing.append(label)
    return tuple(missing)


def _bare_caption(content: Content | None, found: Sequence[str], missing: Sequence[str]) -> str:
    """A caption that is there, and lacks fields that are always below it; empty if none does."""
    if not isinstance(content, Fields):
        return ""
    labels = [item.label for item in dropwhile(lambda x: not isinstance(x, Caption), content.items)]
    lacks_some = not set(labels[1:]).isdisjoint(missing)
    return labels[0] if lacks_some and labels[0] in found else ""


# -- noise on the lines that count ----------------------------------------------------------------

_LEAD_NOISE = {
    "#": NoiseKind.MARKDOWN,
    "|": NoiseKind.TABLE,
    "!": NoiseKind.PICTURE,
    "\\": NoiseKind.ESCAPE,
    **dict.fromkeys("*_", NoiseKind.EMPHASIS),
    **dict.fromkeys("-•+–", NoiseKind.BULLET),
}
_BLANKS = frozenset(" \t")
_BLANK_ENDS = frozenset((" \n", "\t\n"))


def tally_noise(layout: Layout, page: Page, noise: NoiseTally) -> None:
    """Counts the noise that the lexer took for spelling."""
    lines, tokens = page.lines, page.tokens
    if lines.has_odd_line_ends:
        noise.add(NoiseKind.LINE_ENDS, 0, len(lines) - 1)
    for token in tokens:
        _tally_edges(lines, token, noise)
        if lines.is_folded:
            _tally_folded(lines.raw(token.first), token.first, noise)
        if token.words and not token.is_wrapped:
            _tally_words(layout, page, token, noise)
        elif token.kind is WordKind.TITLE and token.value in dict(layout.funds):
            noise.add(NoiseKind.LETTER_CASE, token.first)
    if page.is_tight and len(tokens) > 3:
        noise.add(NoiseKind.LOOSE_BLOCK, 0)


def _tally_edges(lines: Lines, token: Token, noise: NoiseTally) -> None:
    """What a tool put before a declared string, and behind its line."""
    text, first = lines.text, token.first
    start, end = lines.offsets[first], lines.offsets[first + 1]
    if text[start - 2 : start - 1] in _BLANKS and first and not lines.lines[first - 1]:
        noise.add(NoiseKind.BLANK_SPACE, first - 1)
    if end - start > len(lines.lines[first]) + 1:
        if text[start : start + 1] in _BLANKS:
            noise.add(NoiseKind.INDENTED, first)
        if text[end - 2 : end] in _BLANK_ENDS:
            noise.add(NoiseKind.TRAILING_SPACE, first)
    if token.is_wrapped:
        noise.add(NoiseKind.WRAPPED, first)
    if token.lead:
        for kind in {_LEAD_NOISE[mark] for mark in token.lead if mark in _LEAD_NOISE}:
            noise.add(kind, first)


def _tally_words(layout: Layout, page: Page, token: Token, noise: NoiseTally) -> None:
    """A declared string in another spelling, or with another mark behind it."""
    i, line, words = token.first, page.lines.lines[token.first], token.words
    if token.kind is WordKind.LABEL and line.startswith(f"{words[0].text}:"):
        return
    word = next((w for w in words if w.text in line), None)
    if word is None:
        noise.add(NoiseKind.LETTER_CASE, i)
    elif token.kind is WordKind.LABEL:
        behind = line[line.find(word.text) + len(word.text) :]
        if behind[:1] != ":":
            is_cell = behind[:1] in ("\t", "|", " ", "*", "_") and behind.strip()[:1] != ":"
            noise.add(NoiseKind.PADDING if is_cell else NoiseKind.COLON, i)
    elif token.kind is WordKind.HEADING and word.section is not None:
        if not line.endswith(layout.heading(word.section.number, word.text)):
            noise.add(NoiseKind.HEADING_STYLE, i)
        if page.has_rule_below(token.last):
            noise.add(NoiseKind.RULE, token.last + 1)


def _tally_folded(raw: str, i: int, noise: NoiseTally) -> None:
    if raw.isascii() and "\x1f" not in raw:
        return
    if any(c in raw for c in INVISIBLE):
        noise.add(NoiseKind.INVISIBLE, i)
    if any("\u0300" <= c <= "\u036f" for c in raw):
        noise.add(NoiseKind.DECOMPOSED, i)
    if any(c.isspace() and c not in " \t\r\n\f\x1e\x1f" for c in raw):
        noise.add(NoiseKind.NO_BREAK_SPACE, i)
