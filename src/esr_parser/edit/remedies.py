"""What else is done where an edit does not say what it should, one thing after the other.

An edit changes more of a text than its lines: whether it has a title, whether it has a heading, how
wide it is. What was read from the rest of the text may depend on that.

Where a page was wrapped, a value goes on in the next line if it fills its own, and so does a
partner without Y-tunnus. The widest line tells how long a full one is. A rule is as wide as it has
to be, and says nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from esr_parser.contents import Piece
from esr_parser.edit.units import units_of
from esr_parser.grammar import Rows
from esr_parser.model import ProjectDescription
from esr_parser.noise import line_view
from esr_parser.reading import Parsed
from esr_parser.render import section_pieces

if TYPE_CHECKING:
    from esr_parser.document import Document

__all__ = ["Remedies", "remedied", "rule_for"]


@attrs.frozen
class Remedies:
    """What else an edit does."""

    titled: bool = False
    """A text without a title gets one."""
    without: tuple[int, int] = (0, 0)
    """A stretch of the text is taken out."""
    headed: bool = False
    """A section that was found by its labels gets a heading."""
    wide: bool = False
    """Sections with rows get a rule that is longer than these."""
    joined: bool = False
    """Values that go on in the next line are put on one line."""
    width: int = 0
    """The text gets a rule as wide as this."""


@attrs.frozen
class _Case:
    """An edit that does not say what it should."""

    old: Parsed
    edited: Parsed
    new: ProjectDescription
    """What the edited text should say."""


def _with_title(case: _Case, so_far: Remedies) -> Remedies:
    """A text without a title gets one only where the project code does not say the same."""
    new, got = case.new, case.edited.description
    titled = attrs.evolve(got, fund=new.fund, programme_period=new.programme_period)
    is_missing = not case.old.outline.has_title and titled == new
    return attrs.evolve(so_far, titled=True) if is_missing else so_far


def _without_line_above(case: _Case, so_far: Remedies) -> Remedies:
    """A line left out as the title of a web page goes where a heading would make it text."""
    old = case.old
    if _is_left_out(case.edited) or not _is_left_out(old):
        return so_far
    start, end = old.outline.front[0]
    end = min(end, old.parts[0].region.end)
    return attrs.evolve(so_far, without=(start, start + len(old.text[start:end].rstrip())))


def _with_heading(case: _Case, so_far: Remedies) -> Remedies:
    """A line that would be left out as the title of a web page is text above a heading."""
    is_new = _is_left_out(case.edited) and not _is_left_out(case.old)
    return attrs.evolve(so_far, headed=True) if is_new else so_far


def _is_left_out(parsed: Parsed) -> bool:
    return any(diagnostic.code == "ESR107" for diagnostic in parsed.diagnostics)


def _with_wide_rule(case: _Case, so_far: Remedies) -> Remedies:
    """Rows that fill a line of a short text, so that the next one looks like their end."""
    reader = case.old.parser._reader
    compiled = reader.compiled[id(case.old.outline.layout)]
    for section in compiled.layout.sections:
        if any(isinstance(item, Rows) for item in getattr(section.content, "items", ())):
            read, wanted = (
                [unit.rows for unit in units_of(section_pieces(reader, compiled, d, section))]
                for d in (case.edited.description, case.new)
            )
            if read != wanted:
                return attrs.evolve(so_far, wide=True)
    return so_far


def _as_wide(case: _Case, so_far: Remedies) -> Remedies:
    """Where the widest line is another one, values begin or cease to go on in the next one."""
    before, after = _width(case.old.text), _width(case.edited.text)
    if before < after:
        return attrs.evolve(so_far, joined=True)
    return attrs.evolve(so_far, width=before) if before > after else so_far


def _width(text: str) -> int:
    return max(map(len, line_view(text).split("\n")))


_ALL = (_with_title, _without_line_above, _with_heading, _with_wide_rule, _as_wide)


def remedied(
    old: Parsed, new: ProjectDescription, changed: Callable[[Remedies], Document]
) -> Document:
    """What an edit makes of a text, with as many remedies as it needs and knows."""
    remedies = Remedies()
    document = changed(remedies)
    for remedy in _ALL:
        if document.description == new:
            break
        before, remedies = remedies, remedy(_Case(old, document._parsed, new), remedies)
        if remedies != before:
            document = changed(remedies)
    return document


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
