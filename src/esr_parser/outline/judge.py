"""What marks are, in the light of all of them: the text cut into regions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from itertools import takewhile
from typing import NamedTuple

from esr_parser.diagnostics import Notes
from esr_parser.grammar import Fields, Layout, Section
from esr_parser.model import Fund
from esr_parser.noise import FURNITURE, Noise, Style, noises_of, squeeze
from esr_parser.outline.marks import Mark, MarkFinder, alt_of, has_fund
from esr_parser.outline.words import LONGEST_HEADING, LayoutWords

__all__ = ["Judge", "Outline", "Region", "between"]

_BLANK = re.compile(r"\s*")
_FRONT_KINDS = frozenset({"banner", "picture"})
_RULE_MARKS = "=-~^*_#\"'+`. \t"
_UNDERLINES = frozenset(_RULE_MARKS)
_new = tuple.__new__


class Region(NamedTuple):
    """A heading and the text below it, up to the next heading."""

    start: int
    body: int
    """Where the text below the heading begins; equal to ``start`` where there is no heading."""
    end: int
    kind: str
    """``front`` (before the first heading), ``section``, ``repeated``, ``unknown``, ``implied``
    (found by its labels) or ``next`` (a further description)."""
    section: Section | None
    number: str | None
    title: str | None
    host: Region | None = None
    """The region an implied one was found in."""


class Outline(NamedTuple):
    """The text cut into regions, and what stands before the first one."""

    regions: list[Region]
    layout: Layout
    fund: Fund | str | None
    has_title: bool
    has_period: bool
    front: list[tuple[int, int]]
    """The stretches of the front matter that are neither title nor banner."""
    front_marks: list[tuple[int, int]]
    """The stretches that are."""
    has_banner: bool
    numbers: frozenset[str]
    """The numbers of the unknown sections."""
    is_canonical: bool
    """Whether title and headings are as printed and in order."""
    is_whole: bool
    """Whether it is that of a text that was rendered: each heading as printed, in order."""
    style: Style

    @property
    def has_headings(self) -> bool:
        """Whether any line is a heading: then something is said where the banner is missing."""
        return any(region.kind != "front" for region in self.regions)


class Judge:
    """Judges the marks of one text."""

    def __init__(
        self,
        finder: MarkFinder,
        view: str,
        tables: LayoutWords,
        notes: Notes,
        *,
        odd: bool,
    ) -> None:
        self.finder: MarkFinder = finder
        self.view: str = view
        self.tables: LayoutWords = tables
        self.notes: Notes = notes
        self.style: Style = Style(is_odd=odd)
        self.opened: list[tuple[Mark, str, Section | None]] = []
        """The marks that begin a region, with its kind."""
        self.front_marks: list[Mark] = []
        self.seen: set[int] = set()
        """The declared sections that were opened."""
        self.places: dict[int, int] = {}
        """Where in ``opened`` a declared section is read."""
        self.top: str | None = None
        """The number of the top-level section that is open."""
        self.numbered: set[int] = set()
        """The declared sections whose heading stands somewhere with its number."""
        self.proper: set[int] = set()
        """The declared subsections that count only below their section."""
        self.improper: set[int] = set()
        """Those that are known to stand nowhere below it."""
        self.numbers: frozenset[str] = frozenset()
        self.fund: Fund | str | None = None
        self.has_title: bool = False
        self.has_period: bool = False
        self.has_hashes: bool = False
        self.again: int = 0

    def outline(self, has_period: bool, *, titled: bool) -> Outline:
        """Judges the marks one by one."""
        odd = self.style.is_odd
        scan = None if odd or not titled else self.tables.scan
        found = self.finder.marks(self.view, self.tables, odd=odd, scan=scan)
        return self._judge(*self._sifted(found), has_period)

    def unknown(self, numbers: frozenset[str]) -> list[Mark]:
        """The headings of unknown sections with one of these numbers."""
        self.numbers = numbers
        found = self.finder.marks(self.view, self.tables)
        self._open(*self._sifted(found))
        return [mark for mark, kind, _ in self.opened if kind == "unknown"]

    def _sifted(self, found: Iterable[Mark]) -> tuple[list[Mark], int]:
        """The marks that count, and where a further description begins."""
        view = self.view
        marks: list[Mark] = []
        is_titled = headed = has_bare = False
        boundary = len(view)
        seen: set[int] = set()
        for mark in found:
            if marks and mark.start < marks[-1].end:
                continue
            if view[mark.end + 1 : mark.end + 2] in _UNDERLINES:
                mark = self._underlined(mark)
            kind = mark.kind
            if kind == "title":
                is_whole = has_fund(mark.text)
                if headed and self._is_of_another(mark):
                    boundary = mark.start
                    marks.append(mark)
                    break
                if headed or (has_bare and not is_whole):
                    # The title of a fund that nobody knows is one only where no heading precedes.
                    continue
                if has_bare:
                    # What looked like a heading before the title is none.
                    marks = [m for m in marks if m.section is None]
                has_bare, is_titled = False, True
            elif kind == "numbered":
                if self._is_again(marks, mark, seen):
                    continue
                seen.add(id(mark.section))
                headed = True
            elif headed and kind in _FRONT_KINDS:
                continue
            if kind == "bare":
                has_bare = True
                headed = headed or is_titled
            marks.append(mark)
        return marks, boundary

    def _is_again(self, marks: list[Mark], mark: Mark, seen: set[int]) -> bool:
        """Whether the same heading stands again, with nothing between: both lines are one."""
        last = marks[-1] if marks else None
        if last is None or last.kind != "numbered" or last.section is not mark.section:
            return False
        if id(mark.section) not in seen or not _is_blank(self.view, last.end, mark.start):
            return False
        self.again += 1
        marks[-1] = last._replace(end=mark.end)
        return True

    def _underlined(self, mark: Mark) -> Mark:
        """A heading with the rule below it, if there is one."""
        stop = self.view.find("\n", mark.end + 1)
        stop = len(self.view) if stop < 0 else stop
        rule = self.view[mark.end + 1 : stop].strip()
        if len(rule) < 3 or len(set(rule)) > 1 or mark.kind in ("banner", "picture"):
            return mark
        return mark._replace(end=stop, exact=False)

    def _judge(self, marks: list[Mark], boundary: int, has_period: bool) -> Outline:
        """Judges marks one by one, in the light of all of them."""
        numbers = None
        if any(mark.kind == "candidate" for mark in marks):
            marks, boundary, numbers = self._settled(marks, boundary)
        self.has_period = has_period
        next_mark = self._open(marks, boundary)
        if numbers is not None:
            self.numbers = numbers
        end = len(self.view) if next_mark is None else self._front_start(next_mark)
        return self._regions(next_mark, end)

    def _settled(self, marks: list[Mark], boundary: int) -> tuple[list[Mark], int, frozenset[str]]:
        """Finds out which lines count when only headings are looked at, not what may be one.

        "11 Muuta" is a heading because "10 Viestintä" is one, and a second title begins another
        description where a heading stands before it: both must be headings once they are judged,
        as they are in the rendered text, and no lines of a value or of prose.

        Returns:
            The marks, the place of a further title, and the numbers with which a line would be
            a heading if it were put where one is expected.
        """
        candidates = {mark.number or "" for mark in marks if mark.kind == "candidate"}
        present = {id(mark.section) for mark in marks if mark.section is not None}
        self.numbers = reached = _accepted_numbers(candidates, self.tables, present)
        while self.numbers:
            trial = Judge(self.finder, self.view, self.tables, Notes(), odd=self.style.is_odd)
            trial.numbers, trial.improper = self.numbers, self.improper
            next_mark = trial._open(marks, boundary)
            if next_mark is not None and next_mark.start < boundary:
                kept = [mark for mark in marks if mark.start <= next_mark.start]
                return self._settled(kept, next_mark.start)
            opened = {mark.number or "" for mark, kind, _ in trial.opened if kind == "unknown"}
            reached = _accepted_numbers(candidates, self.tables, present, opened)
            lost = trial.proper - trial.seen
            if opened <= reached and not lost:
                break
            self.numbers = self.numbers & reached
            self.improper = self.improper | lost
        return marks, boundary, reached

    def _open(self, marks: list[Mark], boundary: int) -> Mark | None:
        """Opens a region at each mark that counts; gives the title of a further description."""
        self.numbered = {id(m.section) for m in marks if m.kind == "numbered"}
        bare = {id(m.section) for m in marks if m.kind == "bare"} - self.numbered
        self.proper = _proper_subsections(marks, bare) - self.improper
        self.has_hashes = any(m.kind == "numbered" and m.text.lstrip()[:1] == "#" for m in marks)
        for mark in marks:
            if mark.kind == "title":
                if self._is_next(mark, boundary):
                    return mark
                self._take_title(mark)
            elif mark.kind in ("banner", "picture"):
                self._take_banner(mark)
            elif mark.kind == "candidate":
                self._take_candidate(mark)
            else:
                assert mark.section is not None
                self._take_heading(mark, mark.section)
        return None

    def _is_next(self, title: Mark, boundary: int) -> bool:
        """Whether another description begins at a title: one of a known fund, below a heading."""
        if title.start == boundary:
            return bool(self.opened)
        if not self.has_title or not self.opened or self.opened[-1][1] == "front":
            return False
        return self._is_of_another(title)

    def _is_of_another(self, title: Mark) -> bool:
        """Whether a title that stands behind a heading is one in any text.

        In a text with a title as printed only such words are looked for, so it must have these.
        """
        is_printed = self.tables.scan_numbered.match(f"\n{title.text}") is not None
        return is_printed and isinstance(self.finder.fund_of(title.text), Fund)

    def _take_title(self, mark: Mark) -> None:
        if self.has_title:
            if not self.opened:
                self.notes.add("ESR109", mark.start, mark.end, "the title is repeated")
                self.front_marks.append(mark)
                self._noise(mark)
            return
        self.has_title = True
        self.fund = self.finder.fund_of(mark.text)
        if self.opened:
            # An unknown section stands before the title: the front matter goes on.
            self.opened.append((mark, "front", None))
            self.top = None
        else:
            self.front_marks.append(mark)
            self._noise(mark)
        if self.fund is not None and not isinstance(self.fund, Fund):
            self.notes.add("ESR111", mark.start, mark.end, f"unknown fund {self.fund!r}")

    def _take_banner(self, mark: Mark) -> None:
        if self.opened or (mark.kind == "picture" and self.has_title):
            return
        self.front_marks.append(mark)
        if not mark.exact:
            self._noise(mark, picture=mark.text.lstrip()[:1] in ("!", "["))

    def _take_candidate(self, mark: Mark) -> None:
        if self._accepts(mark):
            number = mark.number or ""
            if "." not in number:
                self.top = number
            self.opened.append((mark, "unknown", None))

    def _take_heading(self, mark: Mark, section: Section) -> None:
        is_seen = id(section) in self.seen
        if mark.kind == "bare" and (is_seen or id(section) in self.numbered):
            return
        parent = section.parent
        if parent is None:
            self.top = section.number
        elif parent != self.top:
            if id(section) in self.proper:
                return
            # It stands nowhere below its section, which begins here for what follows.
            self.top = parent
        if is_seen:
            self.opened.append((mark, "repeated", section))
            self._fill_empty(section)
            return
        self.seen.add(id(section))
        self.places[id(section)] = len(self.opened)
        self.opened.append((mark, "section", section))

    def _accepts(self, mark: Mark) -> bool:
        """Whether a numbered line that is no declared heading is one all the same."""
        number = mark.number or ""
        if number not in self.numbers:
            return False
        parent, dot, _ = number.rpartition(".")
        if dot and parent != self.top:
            return False
        section = self.tables.sections.get(number)
        # A declared number under another title: only where the section is to be expected.
        if section is not None and not self._is_expected(section):
            return False
        # Among fields, or before the first heading, any such line is a heading; in prose it must
        # stand alone.
        _, kind, current = self.opened[-1] if self.opened else (None, "", None)
        in_fields = kind == "section" and _has_fields(current)
        if self.top is not None and not in_fields and not self._is_block(mark):
            return False
        if section is not None:
            self.seen.add(id(section))
        return True

    def _is_expected(self, section: Section) -> bool:
        """Whether a section would be the next one here: all below the one before it was seen."""
        if id(section) in self.seen:
            return False
        if section.parent is None and str(int(section.number) - 1) != (self.top or "0"):
            return False
        before = takewhile(lambda other: other is not section, self.tables.layout.sections)
        return not any(
            other.parent == self.top and id(other) in self.proper and id(other) not in self.seen
            for other in before
        )

    def _is_block(self, mark: Mark) -> bool:
        """Whether a line stands alone, as a heading does."""
        view = self.view
        if self.has_hashes and view[mark.start : mark.end].lstrip().startswith("#"):
            return True
        # It is not asked of the first line: a heading stands before.
        before = view.rfind("\n", 0, mark.start - 1) + 1
        after = view.find("\n", mark.end + 1)
        above = view[before : mark.start].strip(FURNITURE)
        below = view[mark.end + 1 : after if after >= 0 else len(view)].strip(FURNITURE)
        if self._dense():
            return True
        if above and not self._is_below_heading(mark):
            return False
        label = squeeze(below[:LONGEST_HEADING].partition(":")[0].rstrip("0123456789 |\t"))
        return not below or label in self.tables.labels or self._is_heading(below)

    def _is_below_heading(self, mark: Mark) -> bool:
        """Whether the line above is a heading that counts, or belongs to the front matter."""
        marks = [mark for mark, _, _ in self.opened[-1:]] + self.front_marks[-1:]
        return any(_is_blank(self.view, above.end, mark.start) for above in marks)

    def _is_heading(self, line: str) -> bool:
        if len(line) > LONGEST_HEADING:
            return False
        if line in self.tables.exact:
            return True
        mark = self.finder.second_look(line, 0, line, self.tables)
        return mark is not None and (mark.kind != "candidate" or mark.number in self.numbers)

    def _dense(self) -> bool:
        """Whether the text has no empty lines at all, so that no block can stand alone."""
        head = self.view[:20000].strip()
        return "\n" in head and "\n\n" not in head

    def _fill_empty(self, section: Section) -> None:
        """Where a heading stood without any text before (a table of contents), this one counts."""
        opened = self.opened
        previous = self.places[id(section)]
        mark, _, _ = opened[previous]
        follower = opened[previous + 1][0]
        if section.number in self.tables.parents:
            return
        if _is_blank(self.view, mark.end, follower.start):
            opened[previous] = (mark, "empty", section)
            opened[-1] = (opened[-1][0], "section", section)
            self.places[id(section)] = len(opened) - 1

    def _front_start(self, title: Mark) -> int:
        """Where a further description begins: at its banner, if it has one."""
        view = self.view
        start = title.start
        while start > 0:  # pragma: no branch (a heading precedes, and ends the search)
            stop = len(view[max(0, start - 2000) : start].rstrip()) + max(0, start - 2000)
            before = view.rfind("\n", 0, stop) + 1
            if not self.finder.is_banner(view[before:stop]):
                break
            start = before
        return start

    def _noise(self, mark: Mark, *, picture: bool = False, style: Style | None = None) -> None:
        """What the heading's line shows of the tool the text came from; a style learns from it."""
        style = style or self.style
        if picture:
            self.notes.noise(Noise.PICTURE, mark.start)
            style.markdown = True
            return
        if mark.exact:
            return
        line = self.view[mark.start : mark.end]
        first, _, below = line.partition("\n")
        if below.strip(_RULE_MARKS):
            self.notes.noise(Noise.WRAPPED, mark.start)
        rule = below.rpartition("\n")[2]
        if rule and not rule.strip(_RULE_MARKS):
            self.notes.noise(Noise.RULE, mark.end - len(rule))
            style.underlined = True
        section = mark.section
        heading = "" if mark.kind == "banner" else mark.text
        if section is not None:
            heading = self.tables.layout.heading(section.number, section.title)
        kinds = noises_of(first)
        style.learn(kinds)
        for kind in kinds:
            self.notes.noise(kind, mark.start)
        if not kinds and heading != first and "\n" not in line:
            self.notes.noise(Noise.HEADING_STYLE, mark.start)

    def _check_banner(self) -> None:
        banners = [mark for mark in self.front_marks if mark.kind == "banner"]
        if not banners:
            if self.has_title or self.opened:
                self.notes.add("ESR105", 0, 0, "the banner is missing")
            return
        found = "".join(squeeze(alt_of(mark.text)) for mark in banners)
        if found != squeeze("".join(self.tables.layout.banner)):
            last = banners[-1]
            words = ", ".join(repr(alt_of(mark.text).strip()) for mark in banners[:9])
            message = f"the banner is not as declared: {words} ({len(banners)} lines)"
            self.notes.add("ESR109", last.start, last.end, message)

    def _is_whole(self) -> bool:
        front = self.front_marks
        if front and (front[0].start or not all(mark.exact for mark in front)):
            return False
        exact = [mark.section for mark, kind, _ in self.opened if kind == "section" and mark.exact]
        needed = [section for section in self.tables.layout.sections if not section.optional]
        return [s for s in exact if s is not None and not s.optional] == needed

    def _regions(self, next_mark: Mark | None, end: int) -> Outline:
        opened, front_marks = self.opened, self.front_marks
        view, notes, tables = self.view, self.notes, self.tables
        margins: list[int] = []
        kept: list[Region] = []
        for k, (mark, kind, section) in enumerate(opened):
            stop = opened[k + 1][0].start if k + 1 < len(opened) else end
            if not mark.exact:
                self._noise(mark)
            line = view[mark.start : mark.end]
            margins.append(len(line) - len(line.lstrip(" \t\xa0")))
            number = mark.number
            title = section.title if section is not None else mark.text
            if kind == "front":
                kept.append(Region(mark.start, mark.end, stop, kind, None, None, None))
                continue
            if kind == "empty":
                message = f"the heading '{number} {title}' stands once more, without text"
                notes.add("ESR202", mark.start, mark.end, message, section=number)
            kept.append(Region(mark.start, mark.end, stop, kind, section, number, title))
        first = opened[0][0].start if opened else end
        if margins and min(margins) > 0:
            self.style.margin = min(margins)
        front = between(front_marks, first)
        self._check_banner()
        regions = [Region(0, 0, first, "front", None, None, None), *kept] if first else kept
        if not regions:
            regions = [Region(0, 0, end, "front", None, None, None)]
        if next_mark is not None:
            above = [line for line in view[end : next_mark.start].split("\n") if line]
            blank = sum(map(str.isspace, above))
            if blank:
                notes.noise(Noise.BLANK_SPACE, end, blank)
            count = len(above) - blank
            banner = f" (lines of its banner: {count})" if count else ""
            message = f"another description begins here{banner}; use split_documents()"
            notes.add("ESR103", next_mark.start, next_mark.end, message)
            # How the next description is written is nothing to this one.
            self._noise(next_mark, style=Style())
            regions.append(
                Region(
                    end,
                    next_mark.end,
                    len(view),
                    "next",
                    None,
                    None,
                    " ".join(next_mark.text.split()),
                )
            )
        if self.again:
            notes.add("ESR202", 0, 0, f"headings repeated without text: {self.again}")
        if not self.has_title and opened:
            notes.add("ESR104", 0, 0, "the title is missing")
        spans = [(mark.start, mark.end) for mark in front_marks]
        return Outline(
            regions,
            tables.layout,
            self.fund,
            self.has_title,
            self.has_period,
            front,
            spans,
            any(mark.kind == "banner" for mark in front_marks),
            self.numbers,
            False,
            self._is_whole(),
            self.style,
        )


def _is_blank(view: str, start: int, end: int) -> bool:
    match = _BLANK.match(view, start, end)
    return match is not None and match.end() == end


def between(marks: list[Mark], end: int) -> list[tuple[int, int]]:
    """The stretches up to ``end`` that no mark covers."""
    result: list[tuple[int, int]] = []
    position = 0
    for mark in marks:
        if mark.start > position:
            result.append((position, mark.start))
        position = mark.end
    if end > position:
        result.append((position, end))
    return result


def _proper_subsections(marks: list[Mark], bare: set[int]) -> set[int]:
    """The subsections that stand, at least once, below the section they belong to.

    Their heading elsewhere is a line of prose; one that stands nowhere below its section is a
    heading wherever it is.
    """
    proper, is_one_astray = _below_their_sections(marks, bare, None)
    while is_one_astray:
        # One that is no proper subsection begins its section: what follows is below that one.
        reached, _ = _below_their_sections(marks, bare, proper)
        is_one_astray = not proper <= reached
        proper &= reached
    return proper


def _below_their_sections(
    marks: list[Mark], bare: set[int], proper: Set[int] | None
) -> tuple[set[int], bool]:
    """The subsections with a heading below their section; and whether there is one elsewhere."""
    found: set[int] = set()
    is_one_astray = False
    top: str | None = None
    for mark in marks:
        section = mark.section
        if section is None or (mark.kind == "bare" and id(section) not in bare):
            continue
        if section.parent is None:
            if mark.kind == "bare":
                # Once more it is a line of prose.
                bare = bare - {id(section)}
            top = section.number
        elif section.parent == top:
            found.add(id(section))
        else:
            is_one_astray = True
            if proper is not None and id(section) not in proper:
                top = section.parent
    return found, is_one_astray


def _accepted_numbers(
    numbers: Set[str], tables: LayoutWords, present: Set[int], opened: Set[str] | None = None
) -> frozenset[str]:
    """The numbers of unknown headings: those that go on where the declared ones end.

    Whether "10 Viestintä" is a heading must not depend on where it stands, or a text would read
    differently once its sections are put in order. So all numbers are looked at together.

    Args:
        numbers: The numbers of all lines that may be unknown headings.
        tables: The words of the layout.
        present: The declared sections that have a heading, numbered or bare.
        opened: The numbers of those lines that are headings, when it is known: another number
            goes on only from one of these.
    """
    accepted: set[str] = set()
    for number in numbers:
        section = tables.sections.get(number)
        if section is not None and id(section) not in present:
            accepted.add(number)
    for prefix, last in tables.last_numbers:
        number = f"{prefix}{last + 1}"
        while number in numbers:
            accepted.add(number)
            if opened is not None and number not in opened:
                break
            last += 1
            number = f"{prefix}{last + 1}"
    return frozenset(accepted)


def _has_fields(section: Section | None) -> bool:
    return section is not None and isinstance(section.content, Fields)
