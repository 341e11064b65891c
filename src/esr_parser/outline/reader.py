"""The outline of a text, and where the descriptions of a text with several of them begin."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from esr_parser.diagnostics import Notes
from esr_parser.grammar import Layout, Section
from esr_parser.noise import FURNITURE, is_odd
from esr_parser.outline.judge import Judge, Outline
from esr_parser.outline.layout import LayoutChoice
from esr_parser.outline.marks import Mark, MarkFinder, has_fund
from esr_parser.outline.printed import outline_as_printed

__all__ = ["OutlineReader"]

_FRONT_KINDS = frozenset({"title", "banner", "picture"})


class OutlineReader:
    """Finds the outline of a text, for one set of layouts."""

    def __init__(self, layouts: tuple[Layout, ...], aliases: dict[str, str]) -> None:
        self.layouts: tuple[Layout, ...] = layouts
        self._finder = MarkFinder(layouts, aliases)
        self._choice = LayoutChoice(self._finder)

    def outline(self, view: str, notes: Notes) -> Outline:
        r"""The outline of a text whose line ends are all ``\n``."""
        layout, has_period, titled = self._choice.layout_of(view)
        tables = self._finder.words[id(layout)]
        odd = is_odd(view)
        if titled and not odd:
            printed = outline_as_printed(self._finder, view, tables)
            if printed is not None:
                return printed
        judge = Judge(self._finder, view, tables, notes, odd=odd)
        return judge.outline(has_period, titled=titled)

    def front_marks(
        self, text: str, layout: Layout, is_always_printed: Callable[[Section], bool]
    ) -> list[Mark]:
        """The lines of a text that would be no text if it stood before section 1.

        Banner and title; the heading of a section that is only printed where it has a value, as
        those of all keys that are not built in.
        """
        kinds = ("banner", "title", "picture")
        marks = self._finder.marks(text, self._finder.words[id(layout)])
        return [
            mark
            for mark in marks
            if mark.kind in kinds
            or (mark.section is not None and not is_always_printed(mark.section))
        ]

    def first_unknown(
        self, text: str, layout: Layout, numbers: frozenset[str], top: str
    ) -> tuple[str, str, str, str] | None:
        """The first heading of an unknown section in text that stands somewhere else.

        Gives the text before it, its number and title, and the text below it.

        Args:
            text: The text.
            layout: The layout in which it is read.
            numbers: The numbers of unknown sections.
            top: The number of the section the text will stand in, or ``""`` before section 1.
        """
        for mark in self._finder.marks(text, self._finder.words[id(layout)]):
            number = mark.number or ""
            parent, _, _ = number.rpartition(".")
            if mark.kind == "candidate" and number in numbers and parent in ("", top):
                return text[: mark.start], number, mark.text, text[mark.end :]
        return None

    def unknown_below(
        self, text: str, layout: Layout, numbers: frozenset[str], heading: str
    ) -> tuple[str, list[tuple[str, str, str]]]:
        """Text as it would be read right below a heading.

        Gives the text up to the first heading of an unknown section; then number, title and text
        of each.
        """
        view = f"{heading}\n\n{text}"
        tables = self._finder.words[id(layout)]
        judge = Judge(self._finder, view, tables, Notes(), odd=is_odd(view))
        marks = [mark for mark in judge.unknown(numbers) if mark.start]
        edges = [*(mark.start for mark in marks), len(view)]
        found = [
            (mark.number or "", mark.text, view[mark.end : stop])
            for mark, stop in zip(marks, edges[1:], strict=True)
        ]
        return text[: len(text) + edges[0] - len(view)], found

    def without_last_banner(self, text: str) -> str:
        """The text without banner lines at its end."""
        position = end = len(text)
        while position > 0:
            begin = text.rfind("\n", 0, position) + 1
            line = text[begin:position]
            position = max(begin - 1, 0)
            if self._finder.is_banner(line):
                end = position
            elif line.strip(FURNITURE):
                break
        return text[:end].rstrip() if end < len(text) else text

    def starts(self, view: str) -> list[int]:
        """Where the descriptions of a text that holds several of them begin.

        Where the line before a title is one itself, the same place may be there twice.
        """
        words = self._finder.words[id(self.layouts[0])]
        marks = [m for m in self._finder.marks(view, words) if m.kind in _FRONT_KINDS]
        titles = [m for m in marks if m.kind == "title" and has_fund(m.text)]
        if not titles:
            return self._starts_by_heading(view)
        front = {m.end: m.start for m in marks if m.kind != "title"}
        page_title = view[: titles[0].start].strip(FURNITURE).partition("\n")[0].strip()
        return [0, *(_front_start(view, t.start, front, page_title) for t in titles[1:])]

    def _starts_by_heading(self, view: str) -> list[int]:
        """Without titles: a description begins where the first section does."""
        layout, _, _ = self._choice.layout_of(view)
        tables = self._finder.words[id(layout)]
        first = layout.sections[0]
        result = [
            m.start
            for m in self._finder.marks(view, tables)
            if m.kind == "numbered" and m.section is first
        ]
        if not result:
            return [0]
        result[0] = 0
        return result


def _front_start(view: str, start: int, front: Mapping[int, int], page_title: str) -> int:
    """Where the front matter before a title begins: its banner, and a line as before the first.

    Empty lines before it belong to the description that ends there.

    Args:
        view: The text.
        start: Where the title begins.
        front: From the end of each banner line or picture to its beginning.
        page_title: The line before the first title, which some tools repeat before each.
    """
    position = start
    while position > 0:  # pragma: no branch (a title precedes, and ends the search)
        end = position - 1
        position = view.rfind("\n", 0, end) + 1
        bare = view[position:end].strip(FURNITURE)
        if end in front:
            start = position = front[end]
        elif bare and bare == page_title:
            start, page_title = position, ""
        elif bare:
            break
    return start
