"""Lines that a tool has run together: line breaks put back before headings and labels.

Some tools give the text of a page, or of each of its sections, as one line. A space before a
declared string becomes a line feed, so that each character keeps its place. This is done only
where many labels stand amid one line; the strings are looked for exactly as printed.
"""

from __future__ import annotations

import re

from esr_parser.grammar import Field, Fields, Layout, Questions, Scores

__all__ = ["Unglue"]

_MANY = 5
_EDGE = " \t|"
"""What may stand before the first word of a line."""
_LONG = 60


class Unglue:
    """Puts line breaks back, by the words of some layouts."""

    def __init__(self, layouts: tuple[Layout, ...]) -> None:
        self._layouts = layouts
        self._pattern: re.Pattern[str] | None = None
        contents = (section.content for layout in layouts for section in layout.sections)
        self._heads = tuple("".join(c.heads) for c in contents if isinstance(c, Scores))

    def __call__(self, view: str) -> tuple[str, int]:
        """The text with line breaks before its labels, and their number."""
        if not self._is_suspect(view):
            return view, 0
        if self._pattern is None:
            self._pattern = _pattern(self._layouts)
        breaks: list[int] = []
        labels = last = 0
        for match in self._pattern.finditer(view):
            start, end = match.span()
            # White space or the border of a cell, unless it is already the beginning of a line.
            above = view[last:start].rstrip(_EDGE)
            if above[-1:] != "\n" and (above or last):
                breaks.append(start - 1)
                labels += 1
            last = end
            if match.lastgroup != "label" and view[end : end + 1] in (" ", "\t", "|"):
                breaks.append(end)
        if labels < _MANY:
            return view, 0
        parts: list[str] = []
        position = 0
        for at in breaks:
            if at >= position:
                parts += [view[position:at], "\n"]
                position = at + 1
        parts.append(view[position:])
        return "".join(parts), len(breaks)

    def _is_suspect(self, view: str) -> bool:
        """Whether a line has many colons, or is long and has the heads of the scores in it."""
        for head in self._heads:
            at = view.find(head)
            while at >= 0:
                end = view.find("\n", at)
                end = len(view) if end < 0 else end
                if end - view.rfind("\n", 0, at) - 1 > _LONG:
                    return True
                at = view.find(head, end)
        return any(line.count(":") > _MANY for line in view.split("\n"))


def _pattern(layouts: tuple[Layout, ...]) -> re.Pattern[str]:
    labels: set[str] = set()
    lines: set[str] = set()
    rows: set[str] = set()
    for layout in layouts:
        lines |= {*layout.banner, layout.title("ESR"), layout.title("EAKR")}
        for section in layout.sections:
            lines.add(layout.heading(section.number, section.title))
            content = section.content
            if isinstance(content, Fields | Questions):
                for item in content.items:
                    (labels if isinstance(item, Field) else lines).add(item.label)
            elif isinstance(content, Scores):
                lines |= {"".join(content.heads), " ".join(content.heads)}
                lines |= {dimension.name for dimension in content.dimensions}
                rows |= {aspect for d in content.dimensions for aspect in d.aspects}
    return re.compile(
        rf"(?<![^\s|])(?:(?P<label>{_any(labels)}) ?:"
        rf"|(?P<row>{_any(rows)})[ |]{{1,3}}\d\d?[ |]{{1,3}}\d\d?(?![^\s|])"
        rf"|(?P<line>{_any(lines)})(?![^\s|]))"
    )


def _any(words: set[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in ordered)
