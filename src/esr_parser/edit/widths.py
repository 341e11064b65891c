"""How wide a text is, which tells whether a row without a number at its end goes on below.

Where a page was wrapped, a partner without Y-tunnus may go on in the next line if it fills its
own. In a short text nothing shows that lines may be longer: a rule does, which says nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from esr_parser.contents import Piece
from esr_parser.edit.units import units_of

__all__ = ["rule_for"]

_SLACK = 3
"""By how much a line may be shorter than the widest one and still be full."""


def rule_for(pieces: Sequence[Piece], margin: int) -> str:
    """A rule that is longer than any row of some pieces with the first word of the next one."""
    need = 0
    for unit in units_of(pieces):
        rows = unit.rows if unit.loose and unit.rows else ()
        for row, follower in pairwise(rows):
            need = max(need, len(row) + len(follower.partition(" ")[0]) + 1)
    return "-" * (need + margin + _SLACK) if need else ""
