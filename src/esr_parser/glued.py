"""Lines that a tool ran together, taken apart again.

Tools that print a page, or a section, as one line; a lost line break; ``cat`` of files without a
line end. A declared string that is nowhere a line of its own, but is inside one, begins a line
there. It is looked for as printed.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from esr_parser.lexer import LEAD, Lexicon, Token
from esr_parser.noise import Noise, Tally
from esr_parser.text import Lines

__all__ = ["unglue"]

# What can be before a declared string at the beginning of a line: marks, bullets, numbers.
_COLON = re.compile("[*_ ]{0,4}[:\uff1a]")
_MARKS = f"{LEAD}()0123456789."


def unglue(lexicon: Lexicon, lines: Lines, tokens: Sequence[Token], noise: Tally) -> bool:
    """Cuts lines before declared strings that are nowhere a line of their own.

    Tools that print a page, or a section, as one line; a lost line break; ``cat`` of files without
    a line end. The strings are looked for as printed.
    """
    # Line ends are spaces here: the strings may be wrapped, too.
    flat = " ".join(lines.lines)
    needles = lexicon.missing(tokens, flat)
    if not needles:
        return False
    pattern = re.compile("|".join(sorted(needles, key=len, reverse=True)))
    places = [
        at
        for match in pattern.finditer(flat)
        for at in ((match.start(),) if _COLON.match(flat, match.end()) else match.span())
    ]
    begins = array("q", accumulate(map((1).__add__, map(len, lines.lines)), initial=0))
    cuts: dict[int, list[int]] = {}
    last, start, end = -1, 0, 0
    for at in places:
        i = bisect_right(begins, at) - 1
        column, line = at - begins[i], lines.lines[i]
        if i != last:
            last, start, end = i, len(line) - len(line.lstrip(_MARKS)), len(line.rstrip(" |"))
        if start < column < end:
            cuts.setdefault(i, []).append(column)
    for i, found in cuts.items():
        noise.add(Noise.GLUED, i, len(found))
    if cuts:
        lines.cut(cuts)
    return bool(cuts)
