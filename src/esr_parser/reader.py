"""The description of a text, and where each one begins in a text of several."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from itertools import chain
from typing import TYPE_CHECKING

from esr_parser.choice import LayoutChoice

if TYPE_CHECKING:
    from esr_parser.reading import Reading

_SHORTEST_READ_ALONE = 4_000
_READ_BEHIND_TITLE = 2_000


class TextReader(LayoutChoice):
    """Reads texts in the best of some layouts."""

    def read(self, text: str, *, keeps_parts: bool = False) -> Reading:
        """The reading of a text; of several descriptions only the first one is read.

        Args:
            text: Any text.
            keeps_parts: Keep where each value is, for a tree and for edits.
        """
        titles = self.ends_of_titles(text, _SHORTEST_READ_ALONE)
        return self._first(text, 0, titles, 0, keeps_parts=keeps_parts)

    def starts(self, text: str, printed: Callable[[int], int | None]) -> list[int]:
        """Where each description of a text begins.

        Args:
            text: Any text.
            printed: Where the one that begins at an offset ends, if it is as printed.
        """
        starts, size = [0], 0
        ends = self.ends_of_titles(text)
        while True:
            start = starts[-1]
            if (end := printed(start)) is not None:
                starts.append(end)
                continue
            behind = bisect_left(ends, start + _SHORTEST_READ_ALONE)
            reading = self._first(text, start, ends, behind, size=size)
            if not reading.behind:
                return starts
            end = start + reading.behind
            while text[end] == "\f":
                # A form feed ends a page: left to the next one, it would look like a second break.
                end += 1
            starts.append(end)
            size = 2 * (end - start + _READ_BEHIND_TITLE)

    def _first(
        self,
        text: str,
        start: int,
        titles: list[int],
        behind: int,
        *,
        keeps_parts: bool = False,
        size: int = 0,
    ) -> Reading:
        """The first description from an offset on, read without those behind it.

        A title further on may begin another description. The text is read up to there, and further
        where it does not, twice as far each time. A title in another spelling is not found so:
        from the second description on, ``size`` characters are tried, and twice as many.
        """
        # What reads noise is not needed for a page as printed, and takes long to import.
        from esr_parser.reading import Reading

        steps = range((len(titles) - behind + 1).bit_length() - 1)
        windows = (titles[behind + (2 << k) - 2] + _READ_BEHIND_TITLE for k in steps)
        sizes = (start + (size << k) for k in range(60 if size else 0))
        for end in chain(windows, sizes):
            if end >= len(text):
                break
            window = text[start:end]
            # Of a description further on, only where it ends is asked for.
            reading = Reading(self, window, window if start else text, keeps_parts)
            if reading.behind is not None and len(window) - reading.behind >= _READ_BEHIND_TITLE:
                return reading
        rest = text[start:] if start else text
        return Reading(self, rest, rest, keeps_parts)
