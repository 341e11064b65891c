"""Which layout a text is written in."""

from __future__ import annotations

import re

from esr_parser.grammar import Fields, Layout, Questions
from esr_parser.model import fund_and_period_of
from esr_parser.noise import FURNITURE, squeeze
from esr_parser.outline.marks import MarkFinder, lines_of

__all__ = ["LayoutChoice"]

_CODE_LABEL = re.compile(
    r"(?:hanke|projekti)koodi(?:[^\S\n]{0,40}[:|*\t ][^\S\n|:*]{0,40}([SA]\d))?", re.IGNORECASE
)
_GAP = r"[#*_|\\>\s]++"
_FUND_TITLE = re.compile(
    rf"\([A-Z]{{2,6}}\){_GAP}rahoittaman{_GAP}(hankkeen|projektin){_GAP}kuvaus", re.IGNORECASE
)
_FUND_TITLE_ANYWHERE = re.compile(
    r"rahoittaman\s{1,9}(hankkeen|projektin)\s{1,9}kuvaus", re.IGNORECASE
)
_PLAIN_TITLE = re.compile(r"(hankkeen|projektin)\s+kuvaus", re.IGNORECASE)


class LayoutChoice:
    """Chooses one of some layouts for a text."""

    def __init__(self, finder: MarkFinder) -> None:
        self.layouts: tuple[Layout, ...] = finder.layouts
        self._exact_titles = finder.exact_titles
        self._plain_titles = {layout.title(None): layout for layout in finder.layouts}
        first = finder.layouts[0]
        heading = first.heading(first.sections[0].number, first.sections[0].title)
        self._first_heading: re.Pattern[str] = re.compile(rf"^{re.escape(heading)}$", re.MULTILINE)
        """A line that tells the first layout, in which a text without a title is printed."""

    def layout_of(self, view: str) -> tuple[Layout, bool, bool]:
        """The layout of a text, whether the text says so, whether it does by a printed title."""
        head = view[:4000]
        for line in head.split("\n", 40)[:40]:
            found = self._exact_titles.get(line.strip(FURNITURE))
            if found is not None:
                return found[0], True, line in self._exact_titles
            if line in self._plain_titles:
                return self._plain_titles[line], True, False
        match = _FUND_TITLE.search(head)
        if match is not None:
            noun = match[1].casefold()
            return next(la for la in self.layouts if la.noun == noun), True, False
        match = _FUND_TITLE_ANYWHERE.search(view)
        if match is not None:
            noun = match[1].casefold()
            return next(la for la in self.layouts if la.noun == noun), True, False
        return *self._layout_by_words(view), False

    def _layout_by_words(self, view: str) -> tuple[Layout, bool]:
        if self._first_heading.search(view) is not None:
            return self.layouts[0], False
        match = _CODE_LABEL.search(view)
        # The first one counts, with a code or without.
        if match is not None and match[1] is not None:
            _, period = fund_and_period_of(match[1].upper())
            for layout in self.layouts:
                if layout.period == period:
                    return layout, layout is not self.layouts[0]
        line = view[:4000].lstrip(FURNITURE).partition("\n")[0]
        match = _PLAIN_TITLE.fullmatch(line.strip(FURNITURE))
        if match is not None:
            noun = match[1].casefold()
            return next(la for la in self.layouts if la.noun == noun), True
        counts = {id(layout): 0 for layout in self.layouts}
        words = _own_words(self.layouts)
        for line in (line for _, lines in lines_of(view) for line in lines):
            if 0 < len(line) <= 400:
                label = squeeze(line.partition(":")[0][:120])
                for key, own in words.items():
                    counts[key] += label in own
        first, *others = self.layouts
        best = max(others, key=lambda la: counts[id(la)], default=first)
        if counts[id(best)] > counts[id(first)]:
            return best, True
        return first, False


def _own_words(layouts: tuple[Layout, ...]) -> dict[int, frozenset[str]]:
    """The squeezed headings and labels that only one of the layouts has."""
    words: dict[int, set[str]] = {}
    for layout in layouts:
        own = {squeeze(layout.heading(s.number, s.title)) for s in layout.sections}
        for section in layout.sections:
            if isinstance(section.content, Fields | Questions):
                own |= {squeeze(item.label) for item in section.content.items}
        words[id(layout)] = own
    return {
        key: frozenset(own.difference(*(o for k, o in words.items() if k != key)))
        for key, own in words.items()
    }
