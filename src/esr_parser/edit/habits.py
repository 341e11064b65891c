"""How a text is laid out: what a line that is put into it should look like.

Empty lines between fields and around headings, and the marks on headings, are taken from what
stands in the text already; where nothing tells, they are those of the canonical text.
"""

from __future__ import annotations

from functools import cached_property
from unicodedata import normalize

from esr_parser.edit.changes import Lines
from esr_parser.grammar import Fields
from esr_parser.noise import RULE_MARKS, Style
from esr_parser.reading import Parsed, Part

__all__ = ["Habits"]


class Habits:
    """The habits of one text."""

    def __init__(self, parsed: Parsed) -> None:
        self._view = parsed.view
        self._text = parsed.text
        self._parts = parsed.parts
        self._layout = parsed.outline.layout
        self._lines: dict[int, Lines] = {}
        self.style: Style = parsed.outline.style

    def lines_of(self, part: Part) -> Lines:
        """The lines below the heading of a region."""
        lines = self._lines.get(id(part))
        if lines is None:
            region = part.region
            own = self._view[region.body : region.end].split("\n")
            headed = region.body > region.start
            lines = self._lines[id(part)] = Lines(self._text, region.body, own, headed=headed)
        return lines

    @property
    def margin(self) -> str:
        """What a line of this text begins with."""
        return " " * self.style.margin

    @cached_property
    def block_gap(self) -> int:
        """Empty lines between two fields."""
        for part in self._parts:
            section = part.region.section
            if section is not None and isinstance(section.content, Fields):
                firsts = sorted(entry.first for entry in part.entries)
                if len(firsts) > 1:
                    return self.lines_of(part).gap(firsts[1])
        return self.below_heading

    @cached_property
    def below_heading(self) -> int:
        """Empty lines between a heading and what follows."""
        for part in self._parts:
            lines = self.lines_of(part)
            if lines.top and lines.last_filled() >= lines.top:
                first = next(k for k in range(lines.top, len(lines.lines)) if not lines.is_blank(k))
                return lines.gap(first)
        return 1

    @cached_property
    def above_heading(self) -> int:
        """Empty lines before a heading."""
        for part in self._parts[1:]:
            if part.region.kind == "section":
                return self.blank_above(part.region.start)[0]
        return self.below_heading

    def blank_above(self, position: int) -> tuple[int, int]:
        """How many blank lines stand above a line, and where the line above them ends.

        The latter is -1 where there is none.
        """
        count, stop = 0, position - 1
        while stop >= 0:
            begin = self._view.rfind("\n", 0, stop) + 1
            # A title or banner amid the fields is only read as if nothing stood there.
            if self._text[begin:stop].strip().strip("\ufeff"):
                return count, stop - (self._text[stop - 1 : stop + 1] == "\r\n")
            count += 1
            stop = begin - 1
        return count, -1

    def heading(self, number: str, title: str) -> str:
        """A heading with the marks that headings of its depth have in this text.

        What was told by labels alone, that a space may be a wide one, headings have to tell.
        """
        before, after = self._heading_marks["." in number]
        heading = self._layout.heading(number, title)
        if not any(part.region.kind == "section" for part in self._parts):
            if self.style.no_break:
                heading = heading.replace(" ", "\xa0", 1)
            if self.style.decomposed:
                heading = normalize("NFD", heading)
        return before + heading + after

    @cached_property
    def _heading_marks(self) -> dict[bool, tuple[str, str]]:
        found: dict[bool, tuple[str, str]] = {}
        for part in self._parts:
            region = part.region
            if region.kind == "section" and region.number is not None:
                heading = self._layout.heading(region.number, region.title or "")
                raw = self._text[region.start : region.body]
                before, same, after = raw.partition(heading)
                # A rule below is a mark of the heading; the same heading once more is none.
                if same and not (before + after).strip(RULE_MARKS):
                    found.setdefault("." in region.number, (before, after.rstrip()))
        own = next(iter(found.values()), (self.margin, ""))
        return {False: found.get(False, own), True: found.get(True, own)}
