"""The kinds of noise, and how often each was seen in a text."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from enum import Enum

from esr_parser.text import Lines

Declares = Callable[[str], bool]
"""Whether a line holds a declared string: then it is not a header of a page."""
Headings = Container[str]
"""The headings as printed, with their numbers: such a number is not that of a page."""


class NoiseKind(Enum):
    """One kind of noise; each is reported once, with a count. Appended to, never reordered."""

    INDENTED = "indented lines"
    TRAILING_SPACE = "lines that end in white space"
    BLANK_SPACE = "lines of nothing but white space"
    LINE_ENDS = "line ends other than a line feed"
    INVISIBLE = "byte-order marks or other invisible characters"
    DECOMPOSED = "decomposed letters"
    NO_BREAK_SPACE = "no-break or other wide spaces"
    PADDING = "columns padded with spaces or tabs"
    MARKDOWN = "Markdown heading marks"
    EMPHASIS = "emphasis marks"
    TABLE = "table cell marks"
    RULE = "rules and underlines"
    PICTURE = "pictures"
    WRAPPED = "wrapped lines"
    PAGE_BREAK = "page breaks"
    LETTER_CASE = "labels in other letters or spacing"
    HEADING_STYLE = "headings written another way"
    COLON = "colons written another way"
    VALUE_BELOW = "values on a line of their own"
    VALUE_STYLE = "values written another way"
    LOOSE_BLOCK = "empty lines inside a block, or none between blocks"
    ESCAPE = "Markdown escapes"
    PAGE_FURNITURE = "headers and footers of pages"
    GLUED = "lines run together"
    LINK_LIST = "lines of a list of links"
    QUOTED = "marks of quoted text"
    BULLET = "bullets or numbers before labels"
    TAG = "lines of nothing but tags"
    CONTENTS = "lines of a table of contents"
    CSV = "quotes around blocks"
    LINK = "links in values"
    FRAME = "marks around headings, labels or values"


class NoiseTally:
    """Which kinds of noise were seen: the first line of each, and how often."""

    def __init__(self) -> None:
        self.seen: dict[NoiseKind, list[int]] = {}

    def add(self, kind: NoiseKind, line: int, count: int = 1) -> None:
        """Counts noise at a line."""
        seen = self.seen.setdefault(kind, [line, 0])
        seen[0] = min(seen[0], line)
        seen[1] += count

    def hide(self, kind: NoiseKind, lines: Lines, where: Iterable[int]) -> None:
        """Takes whole lines for noise."""
        for i in where:
            lines.hide(i)
            self.add(kind, i)
