"""Which lines are headings: the text cut into the sections of its layout.

The cut is made in two steps. First every line that may be a heading, the title or the banner is
found (*marks*); only short lines get a second look, so that prose costs next to nothing. Then the
marks are judged together, because what a line is depends on the others: "1 Hanke" is a heading
wherever it stands, but "Hanke" alone only in a text that has no "1 Hanke", and "10 Viestintä" only
where no declared section has that number.
"""

from __future__ import annotations

from esr_parser.outline.judge import Outline, Region, between
from esr_parser.outline.reader import OutlineReader

__all__ = ["Outline", "OutlineReader", "Region", "between"]
