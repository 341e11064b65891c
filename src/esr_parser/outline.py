"""Tokens to sections: which tokens count where, and what begins a section.

A line that looks like structure may be prose: a list of numbered titles in a final report, a line
"Kunnat: kaikki" in a summary. Every rule of context is here, each with the page or tool that needs
it; nothing before or behind this module judges context.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice, pairwise
from typing import Any

import attrs

from esr_parser.grammar import Fields, Layout, Scores, Section, Word, WordKind, rank
from esr_parser.lexer import Token
from esr_parser.lexicon import CONTENTS, CONTINUED, NEXT_TITLE, NUMBER, NUMBERED
from esr_parser.tally import NoiseKind, NoiseTally
from esr_parser.text import LEAD, Lines, is_rule, unescaped

_LABEL, _LINE = WordKind.LABEL, WordKind.LINE
_TITLES = (WordKind.TITLE, NEXT_TITLE)
_SCORE_KINDS = (WordKind.ASPECT, WordKind.DIMENSION, WordKind.HEADS)
_LONGEST_NOTE = 20
"""So many lines of an explanation are looked at for scores above a number."""
_MOST_OTHERS = 200
"""So many unknown or repeated sections are kept apart; no real page comes near."""


class RegionKind:
    """What a stretch of the text is."""

    FRONT = "front"
    SECTION = "section"
    IMPLIED = "implied"
    """A section whose heading is missing, found by its labels."""
    REPEATED = "repeated"
    UNKNOWN = "unknown"
    NEXT = "next"
    """A further description."""


@attrs.define
class Entry:
    """A token that counts, and the lines up to the next one."""

    token: Token
    word: Word
    end: int = 0
    """The line behind what belongs to it."""
    is_repeated: bool = False


@attrs.define
class Region:
    """A heading and what is below it, by line numbers."""

    kind: str
    section: Section | None
    first: int
    body: int
    """The first line below the heading."""
    end: int = 0
    number: str | None = None
    title: str | None = None
    entries: list[Entry] = attrs.Factory(list)
    renumbered: str = ""
    """The printed number, where it is not the declared one."""


@attrs.define
class Outline:
    """The regions of a text, in order, and what the lines above the first heading contain."""

    regions: list[Region]
    fund: Any = None
    title: Token | None = None
    repeated_titles: list[Token] = attrs.Factory(list)
    unused: list[Token] = attrs.Factory(list)
    """Labels that do not count where they are."""


def outline(layout: Layout, lines: Lines, tokens: list[Token], noise: NoiseTally) -> Outline:
    """The sections of a text, by the rules of context."""
    tokens = _without_contents(lines, tokens, noise)
    return _Walk(layout, lines, tokens, noise).result


_FEWEST_IN_FRONT = 6
_CAPTIONS = ("sisälly", "tällä sivulla", "on this page", "contents")


def _without_contents(lines: Lines, tokens: list[Token], noise: NoiseTally) -> list[Token]:
    """The tokens without tables of contents: Word, PDF and wiki exports put them in front.

    They are runs of headings with nothing between them, each of which comes again; lines with dots
    and a page number; and any headings above the title with nothing else above it. Websites have
    such a run behind the page, too.
    """
    dropped = {k for k, t in enumerate(tokens) if t.value is CONTENTS}
    title = next((k for k, t in enumerate(tokens) if t.kind is WordKind.TITLE), 0)
    above = [k for k, t in enumerate(tokens[:title]) if t.kind is not WordKind.BANNER]
    if all(tokens[k].kind in (WordKind.HEADING, NUMBERED, NUMBER) for k in above):
        dropped.update(above)
    dropped.update(_runs_of_headings(lines, tokens))
    dropped.update(_headings_in_front(lines, tokens))
    behind = _contents_behind(lines, tokens)
    dropped.update(behind)
    if not dropped:
        return tokens
    for k in dropped:
        noise.hide(NoiseKind.CONTENTS, lines, range(tokens[k].first, tokens[k].last + 1))
    # The line above: *Sisällys*.
    for k in {min(dropped), min(behind, default=min(dropped))}:
        lines_above = range(tokens[k].first - 1, -1, -1)
        caption = next((i for i in lines_above if lines.lines[i]), 0)
        text = lines.lines[caption].casefold().strip("#*_: ")
        if len(text) < 25 and text.startswith(_CAPTIONS):
            noise.hide(NoiseKind.CONTENTS, lines, [caption])
    return [t for k, t in enumerate(tokens) if k not in dropped]


def _runs_of_headings(lines: Lines, tokens: list[Token]) -> set[int]:
    """The headings, three or more, with nothing between them, each of which comes again."""
    last = {t.words[0].declared: k for k, t in enumerate(tokens) if t.kind is WordKind.HEADING}
    found, run = set[int](), list[int]()
    for k, token in enumerate(tokens):
        if token.kind is not WordKind.HEADING or last[token.words[0].declared] == k:
            run = []
            continue
        # A heading that comes again, above its first label, is no line of the list.
        is_above_label = all(t.kind is _LABEL for t in tokens[k + 1 : k + 2])
        is_last = is_above_label and any(tokens[j].words[0] is token.words[0] for j in run[-99:])
        if is_last or (run and not _is_empty(lines, tokens[run[-1]].last + 1, token.first)):
            run = []
        run.append(k)
        if len(run) > 2:
            found.update(run[-3:])
    return found


def _headings_in_front(lines: Lines, tokens: list[Token]) -> list[int]:
    """All headings of a text, above all else: odfpy and Tika read them apart from paragraphs."""
    kinds = [t.kind for t in tokens]
    end = next((k for k, kind in enumerate(kinds) if kind is _LABEL), 0)
    heads = [k for k, kind in enumerate(kinds) if kind in (WordKind.HEADING, _LINE)]
    above = [k for k in heads if k < end]
    count = sum(kinds[k] is WordKind.HEADING for k in above)
    if count < _FEWEST_IN_FRONT or count < kinds.count(WordKind.HEADING):
        return []
    gaps = ((tokens[a].last + 1, tokens[b].first) for a, b in pairwise(above))
    return above if all(_is_empty(lines, *gap) for gap in gaps) else []


def _contents_behind(lines: Lines, tokens: list[Token]) -> list[int]:
    """The headings at the end of a text that were there before, with nothing between them."""
    titles = Counter(t.words[0].declared for t in tokens if t.kind is WordKind.HEADING)
    end, run = len(lines), list[int]()
    for k in range(len(tokens) - 1, -1, -1):
        token = tokens[k]
        is_again = token.kind is WordKind.HEADING and titles[token.words[0].declared] > 1
        if not (is_again and _is_empty(lines, token.last + 1, end)):
            break
        run.append(k)
        end = token.first
    return run if len(run) > 2 else []


def _is_empty(lines: Lines, first: int, end: int) -> bool:
    return all(map(is_rule, lines.lines[first:end]))


class _Walk:
    """Goes through the tokens once, and keeps where it is."""

    def __init__(
        self, layout: Layout, lines: Lines, tokens: Sequence[Token], noise: NoiseTally
    ) -> None:
        self.layout, self.lines, self.tokens, self.noise = layout, lines, tokens, noise
        self.order = {s.number: k for k, s in enumerate(layout.sections)}
        self.current = Region(RegionKind.FRONT, None, 0, 0)
        self.result = Outline([self.current])
        self.seen: set[str] = set()
        self.taken: set[Any] = set()
        """The items of this section that are there."""
        self.others = 0
        self.printed: set[str] = set()
        # But for a few, as around the numbers of pages.
        empty = lines.lines[:-1].count("") - len(lines.hidden - {len(lines) - 1})
        self.is_tight = empty * 20 <= len(lines)
        self.has_title = any(t.kind is WordKind.TITLE for t in tokens)
        self.behind_titles = 0
        """The first token that is neither title nor banner, from the last title on."""
        self.listed: dict[tuple[int, ...], int] = {}
        """Where a numbered line was last, by its number."""
        # Sections with a numbered heading somewhere: labels do not begin them. Nor does a heading
        # of another number begin those with a heading of their own.
        headings = [t for t in tokens if t.kind is WordKind.HEADING]
        printed = [(t.value, w.section.number) for t in headings for w in t.words if w.section]
        self.headed = {number for value, number in printed if value}
        self.numbered = {number for value, number in printed if value in (number, CONTINUED)}
        self.bare = {t.words[0].declared: t for t in headings if not t.value}
        """The last heading without a number, by its title."""
        # "11. Uusi: arvo" beside "10. Osoite:": labels in a numbered list of Word.
        starts = (lines.lines[t.first][:1] for t in tokens if t.kind is _LABEL)
        self.are_labels_numbered = sum(map(str.isdigit, starts)) > 1
        # Aspects that have readable scores somewhere: other lines that begin like them are text.
        aspects = [t for t in tokens if t.kind is WordKind.ASPECT]
        self.scored = {t.words[0].item for t in aspects if not isinstance(t.value, str)}
        self._go()

    def _go(self) -> None:
        for k, token in enumerate(self.tokens):
            kind = token.kind
            if kind is _LABEL or kind is _LINE:
                self._label(k, token)
            elif kind in _SCORE_KINDS:
                self._score(k, token)
            elif kind in _TITLES:
                if self._is_title(k, token) and self._title(k, token):
                    break
            elif kind is WordKind.BANNER:
                self._banner(k, token)
            elif kind is WordKind.HEADING:
                self._heading(k, token)
            elif kind is NUMBERED:
                self._numbered(k, token)
            elif kind is NUMBER and self._is_next(token, token.value) and not self._is_score(token):
                # The title was lost.
                section = self.layout.section_of(token.value)
                self._begin(RegionKind.SECTION, section, token, renumbered=token.value)
        self._close(len(self.lines))

    # -- the beginnings of regions ----------------------------------------------------------------

    def _begin(self, kind: str, section: Section | None, token: Token, **more: Any) -> None:
        if section is not None:
            more |= {"number": section.number, "title": section.title}
            if kind != RegionKind.REPEATED:
                self.seen.add(section.number)
        self._close(token.first)
        has_heading = kind not in (RegionKind.IMPLIED, RegionKind.NEXT)
        body = token.last + 1 if has_heading else token.first
        self.current = Region(kind, section, token.first, body, **more)
        self.result.regions.append(self.current)
        self.taken.clear()
        if token.kind in (WordKind.HEADING, NUMBERED):
            self.printed.add(token.value if isinstance(token.value, str) else token.value[0])

    def _close(self, end: int) -> None:
        self.current.end = end
        if self.current.entries:
            self.current.entries[-1].end = end

    def _enter(self, token: Token, word: Word, *, is_repeated: bool = False) -> None:
        self._close(token.first)
        self.current.entries.append(Entry(token, word, is_repeated=is_repeated))
        self.taken.add(word.item)

    # -- rules ------------------------------------------------------------------------------------

    def _is_title(self, k: int, token: Token) -> bool:
        """Whether a title counts: one without a fund, only between what is around it on a page.

        *Hankkeen kuvaus* is a heading that people write in prose. It is a title at the top, and
        right above the first heading and a label.
        """
        is_without_fund = bool(token.words) and token.words[0].item is None
        if not is_without_fund or self.current.kind is RegionKind.FRONT:
            return True
        below = self.tokens[k + 1 : k + 3]
        if [t.kind for t in below] != [WordKind.HEADING, _LABEL]:
            return False
        is_of_first = below[0].value == self.layout.sections[0].number
        return is_of_first and _is_empty(self.lines, token.last + 1, below[0].first)

    def _title(self, k: int, token: Token) -> bool:
        """The title; whether it begins a further description."""
        result, is_next = self.result, token.kind is NEXT_TITLE
        if self.current.kind is not RegionKind.FRONT:
            if is_next or self._begins_description(k):
                self._next(k, token)
                return True
            self._repeat(token)  # a running title at the top of each page of a print
        elif result.fund is not None and not is_next:
            result.repeated_titles.append(token)
        elif not is_next:
            if result.title is not None:
                # A browser's title of the page, above the title.
                result.repeated_titles.append(result.title)
            result.title, result.fund = token, token.value
        return False

    def _repeat(self, token: Token) -> None:
        self.result.repeated_titles.append(token)
        self.lines.hide(*range(token.first, token.last + 1))

    def _next(self, k: int, token: Token) -> None:
        """A further description begins, at the banner above its title."""
        first, tokens = token, self.tokens
        words = " ".join(self.lines.lines[token.first : token.last + 1])
        # What is above a further description begins with something else than a banner.
        while (before := tokens[k - 1]).kind is WordKind.BANNER and _is_empty(
            self.lines, before.last + 1, first.first
        ):
            first, k = before, k - 1
        # Nor with what is above the first one: the title of a web page.
        lines, top = self.lines.lines, first.first
        least = next((t.last + 1 for t in tokens[k - 1 :: -1] if t.kind not in _TITLES), 0)
        front = set(lines[: self.result.title.first] if self.result.title is not None else ())
        # A rule, the name of the page behind it in Markdown; but not the end of one in comments.
        mark = "" if any(t.kind is _LABEL and "#" in t.lead for t in tokens[:k]) else "#"
        while top > least and (
            is_rule(above := lines[top - 1]) or above[0] == mark or above in front
        ):
            top -= 1
        first = first._replace(first=next(i for i in range(top, first.first + 1) if lines[i]))
        self._begin(RegionKind.NEXT, None, first, title=words.removeprefix(token.lead).rstrip(LEAD))

    def _begins_description(self, k: int) -> bool:
        """Whether a title is followed by the first section, or by nothing."""
        behind, tokens = max(self.behind_titles, k + 1), self.tokens
        while behind < len(tokens) and tokens[behind].kind in (WordKind.BANNER, WordKind.TITLE):
            behind += 1
        self.behind_titles = behind
        if behind == len(tokens):
            return tokens[k - 1].kind is WordKind.BANNER
        words = tokens[behind].words
        section = words[0].section if words else None
        return section is None or self.order[section.number] == 0

    def _banner(self, k: int, token: Token) -> None:
        """The banner above the title; anywhere else, all of it in one line is that of a print."""
        banner, below = self.layout.banner, (t.kind for t in self.tokens[k + 1 : k + 4])
        # That of a further description is above its title.
        is_above_title = next((x for x in below if x is not WordKind.BANNER), None) in _TITLES
        if self.current.kind is RegionKind.FRONT:
            self._enter(token, token.words[0])
        elif token.words[0].text in (*banner, " ".join(banner)) and not is_above_title:
            self._repeat(token)

    def _heading(self, k: int, token: Token) -> None:
        word = self._heading_word(token)
        section = word.section
        assert section is not None
        number = section.number
        is_here = self.current.section is section
        is_same = is_here and token.value == number
        is_again = is_same and (self._is_empty_so_far(token) or self._goes_on(k, section))
        if is_again or (is_here and token.value is CONTINUED):
            # "3 … (jatkuu)" or the heading on top of a page; a shadow in a PDF, an anchor above.
            rows = range(token.first, token.last + 1)
            self.noise.hide(NoiseKind.PAGE_FURNITURE, self.lines, rows)
        elif token.value in (number, CONTINUED):
            kind = RegionKind.REPEATED if number in self.seen else RegionKind.SECTION
            self._begin(kind, section, token)
        elif number in self.numbered or number in self.seen:
            return
        elif token.value or self._is_bare_heading(token, word, section):
            # The register's editors moved sections to other numbers between years; there are tools
            # that print headings without their numbers.
            self._begin(RegionKind.SECTION, section, token, renumbered=token.value or "-")

    def _is_empty_so_far(self, token: Token) -> bool:
        """Whether nothing is between the heading of this section and a token."""
        lines = self.lines.lines[self.current.body : token.first]
        return not (self.current.entries or any(lines))

    def _goes_on(self, k: int, section: Section) -> bool:
        """Whether the next label is of this section, and new: its heading is on each sheet."""
        words = self.tokens[k + 1].words if k + 1 < len(self.tokens) else ()
        return any(w.section is section and w.item not in self.taken for w in words)

    def _heading_word(self, token: Token) -> Word:
        """Which of the sections with this title is meant."""
        words = [(w, w.section.number) for w in token.words if w.section]
        fresh = (w for w, number in words if number not in self.seen)
        own = (w for w, number in words if number == token.value)
        return next(own, None) or next(fresh, token.words[0])

    def _is_bare_heading(self, token: Token, word: Word, section: Section) -> bool:
        """Whether a title without a number is a heading.

        In prose it is one only as a block of its own, where it comes for the last time, and as that
        of a section further on.
        """
        if not self._is_in_prose():
            return True
        here = self.current.section
        is_cut = token.last + 1 in self.lines.pieces  # a title as a label
        is_apart = self.is_tight or is_cut or not self.lines.lines[token.first - 1]
        is_further = here is None or self.order[section.number] > self.order[here.number]
        return is_apart and is_further and self.bare.get(word.declared) is token

    def _is_in_prose(self) -> bool:
        """Whether lines that look like labels may be text."""
        if self.current.kind in (RegionKind.UNKNOWN, RegionKind.REPEATED):
            return True
        section = self.current.section
        return section is not None and not isinstance(section.content, Fields | None)

    def _numbered(self, k: int, token: Token) -> None:
        """A heading that is not declared: a new section, or a renamed one."""
        number, title = token.value
        is_label = self.are_labels_numbered and ":" in title
        is_heading = not is_label and self._is_heading(token, number, title)
        self.listed[rank(number)] = token.first
        if not is_heading:
            return
        section = self.layout.section_of(number)
        if section is not None and number not in self.seen and self._follows(k, section):
            # The title has changed, the labels below have not.
            self._begin(RegionKind.SECTION, section, token, renumbered=f"{number} {title}")
            return
        self.others += 1
        if self.others <= _MOST_OTHERS:
            self._begin(RegionKind.UNKNOWN, None, token, number=number, title=title)

    def _is_heading(self, token: Token, number: str, title: str) -> bool:
        """Whether a numbered line is a heading: summaries and final reports hold numbered lists."""
        line = unescaped(self.lines.lines[token.first])
        has_dot = line[len(token.lead) + len(number) :][:1] == "."
        if number in self.numbered or title[-1] in ".,;:" or len(title) > 110:
            return False
        if self.has_title and self.result.title is None:
            return False
        is_behind = rank(number) > rank(self.layout.sections[-1].number)
        if self.bare and not self.numbered and not is_behind:
            # The tool dropped the numbers of headings: this one is of something else.
            return False
        if number.rpartition(".")[0] in self.headed - self.seen:
            return False  # "5.1" above "5"
        here = self.current.renumbered.split(" ")[0].replace("-", "") or self.current.number or "0"
        # A second section with the number of one before it: editors number new ones so.
        is_same = number == here and number in self.printed and not self._is_in_prose()
        if not is_same and (rank(number) <= rank(here) or number in self.printed):
            return False
        if "#" in token.lead:
            return True
        if has_dot != bool(self.layout.heading_dot and "." not in number):
            return False
        # A block of its own, as headings are.
        lines, last = self.lines.lines, token.last + 1
        is_alone = not any(lines[max(token.first - 1, 0) : token.first] + lines[last : last + 1])
        is_short = self.is_tight and (is_behind or "." in number) and len(title) < 40
        if not (is_alone or is_short or self._is_next(token, number)):
            return False
        # The number before, in the same section, is a numbered line that was text.
        *front, last = rank(number)
        return self.listed.get((*front, last - 1), -1) < self.current.body

    def _is_next(self, token: Token, number: str) -> bool:
        """Whether a line has the number of the section that comes next, and has no heading."""
        here, lines = self.current.section, self.lines
        following = self.order[here.number] + 1 if here is not None else 0
        if self.order.get(number) != following or number in self.headed:
            return False
        above, below = token.first - 1, token.last + 1
        is_apart = _is_empty(lines, above, above + 1) and _is_empty(lines, below, below + 1)
        return self.is_tight or is_apart

    def _is_score(self, token: Token) -> bool:
        """Whether a number is one of two scores: PyPDF, PDFMiner print a cell on each line."""
        here, lines, entries = self.current.section, self.lines.lines, self.current.entries
        if not entries or here is None or not isinstance(here.content, Scores):
            return False
        first = max(entries[-1].token.last + 1, token.first - _LONGEST_NOTE)
        above = [*filter(None, lines[first : token.first])]
        below = next(filter(None, lines[token.last + 1 : token.last + 3]), "")
        is_beside = below.isdecimal() or "".join(above[-1:]).isdecimal()
        return is_beside and sum(map(str.isdecimal, above)) < len(here.content.heads)

    def _label(self, k: int, token: Token) -> None:
        section = self.current.section if self.current.kind != RegionKind.REPEATED else None
        mine = [w for w in token.words if section is not None and w.section is section]
        # The item of this section that the label means, in printed order.
        fresh = [w for w in mine if w.item not in self.taken]
        word = self._next_of(fresh) if fresh else self._word_of_absent(k, token)
        if word is not None:
            if not fresh:
                self._begin(RegionKind.IMPLIED, word.section, token)
            self._enter(token, word)
        elif mine and not self._is_in_prose():
            self._enter(token, mine[0], is_repeated=True)
        else:
            self.result.unused.append(token)

    def _next_of(self, fresh: list[Word]) -> Word:
        """Which of several items with one label is meant: the next one in printed order."""
        section, entries = self.current.section, self.current.entries
        items = getattr(section and section.content, "items", ())
        if len(fresh) > 1 and entries and entries[-1].word.item in items:
            behind = items[items.index(entries[-1].word.item) :]
            return next((w for w in fresh if w.item in behind), fresh[0])
        return fresh[0]

    def _word_of_absent(self, k: int, token: Token) -> Word | None:
        """The item of a section without a heading that begins here.

        Some tools drop every heading, and any page may have lost one. Above the first heading, and
        between fields, one label is enough; inside prose, two different labels are needed.
        """
        for word in token.words:
            section = word.section
            assert section is not None
            if section.number in self.headed or section.number in self.seen:
                continue
            if not self.numbered and self._is_headed_below(k, section):
                continue
            if not self._is_in_prose() or self._follows(k, section, word.item):
                return word
        return None

    def _is_headed_below(self, k: int, section: Section) -> bool:
        """Whether the next heading, which has lost its number, is that of a section."""
        ahead = (t for t in self.tokens[k + 1 : k + 12] if t.kind is WordKind.HEADING)
        return any(w.section is section for t in islice(ahead, 1) for w in t.words)

    def _follows(self, k: int, section: Section, but: Any = None) -> bool:
        """Whether one of the next tokens is an item of a section, another one than ``but``."""
        for token in self.tokens[k + 1 : k + 12]:
            if token.kind is WordKind.HEADING and token.value:
                return False
            if any(w.section is section and w.item != but for w in token.words):
                return True
        return False

    def _score(self, k: int, token: Token) -> None:
        word, is_aspect = token.words[0], token.kind is WordKind.ASPECT
        is_text = is_aspect and isinstance(token.value, str)
        if self.current.section is not word.section or self.current.kind is RegionKind.REPEATED:
            if is_text or self._word_of_absent(k, token) is not word:
                self.result.unused.append(token)
                return
            self._begin(RegionKind.IMPLIED, word.section, token)
        is_repeated = is_aspect and word.item in self.taken
        if not is_text or not (is_repeated or word.item in self.scored):
            self._enter(token, word, is_repeated=is_repeated)
