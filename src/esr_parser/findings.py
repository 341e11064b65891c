"""What the reading finds: the data from which diagnostics, the tree and edits are made, once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import attrs

from esr_parser.diagnostics import DIAGNOSTIC_CODES, NOISE_CODES, Diagnostic, Span, did_you_mean
from esr_parser.lazy import lazy
from esr_parser.outline import Entry
from esr_parser.tally import NoiseTally
from esr_parser.text import LINE_END, Lines
from esr_parser.values import PERSONAL

_MOST_OF_A_CODE, _SHORTEST_NAME, _MOST_NAMES = 100, 3, 9


class Place(NamedTuple):
    """Where something is: lines, and a column in the first of them (-1: the whole line)."""

    first: int
    last: int
    column: int = -1


@attrs.frozen
class Finding:
    """One thing that was found in a text: the data of a diagnostic."""

    code: str
    place: Place
    message: str
    section: str | None = None
    label: str | None = None
    words: tuple[str, ...] = ()
    """The known words: the message names the one that is closest to ``odd``."""
    odd: str = ""
    """A word that is not known."""


class Findings(list[Finding]):
    """The findings of one text."""

    def tell(self, code: str, place: Place, message: str, **more: Any) -> None:
        """Adds a finding."""
        self.append(Finding(code, place, message, **more))


@attrs.define
class ReadEntry:
    """What was read of one entry: the node of the tree, and the place that an edit replaces."""

    entry: Entry | None
    label: str
    value: str
    value_place: Place | None
    first: int
    last: int
    """The last line of the label and its value."""
    note_end: int
    """The line behind the note below."""
    paths: tuple[str, ...] = ()


def diagnostics_of(
    lines: Lines, findings: Iterable[Finding], noise: NoiseTally, name: object = None
) -> tuple[Diagnostic, ...]:
    """The diagnostics of a text, by position; no message contains ``name``, the contact's."""
    whole = name if isinstance(name, str) and len(name) > _SHORTEST_NAME else None
    parts = [x.strip(",;") for x in (whole or "").split()[:_MOST_NAMES]]
    names = [x for x in parts if x[:1].isupper()] or parts
    part = f"(?:{'|'.join(map(re.escape, names))})"
    # Two parts of it, in any order; of a name in one word, that.
    personal = lazy(rf"{part}(?:,? +{part})+" if names[1:] else rf"(?<!\w){part}(?!\w)")
    begins: Sequence[int] = lines.offsets
    if lines.is_cut:
        begins = [0, *map(re.Match.end, LINE_END.finditer(lines.text)), len(lines.text)]
    result: list[Diagnostic] = []

    def report(code: str, message: str, start: int, end: int, **more: Any) -> None:
        line = bisect_right(begins, start, 0, len(begins) - 1)
        severity, column = DIAGNOSTIC_CODES[code].severity, start - begins[line - 1] + 1
        result.append(Diagnostic(code, severity, message, line, column, Span(start, end), **more))

    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, []).append(finding)
    for code, found in by_code.items():
        for finding in found[:_MOST_OF_A_CODE]:
            first, last, column = finding.place
            start = lines.place(first, max(column, 0))
            end = max(lines.place(last, len(lines.lines[last])), start)
            message, words = finding.message, finding.words
            if finding.odd:
                message, words = message + did_you_mean(finding.odd, words), ()
            message = PERSONAL.sub("…", message)
            if whole and any(map(message.__contains__, names)):
                message = personal.sub("…", message.replace(whole, "…"))
            report(
                code, message, start, end, section=finding.section, label=finding.label, words=words
            )
        if len(found) > _MOST_OF_A_CODE:
            count = len(found) - _MOST_OF_A_CODE
            message = f"{DIAGNOSTIC_CODES[code].name}: {count} more"
            last_one = attrs.evolve(result[-1], message=message, count=count, label=None, words=())
            result.append(last_one)
    for kind, (line, count) in noise.seen.items():
        start = lines.place(line, 0)
        report(NOISE_CODES[kind], f"{kind.value} ({count})", start, start, count=count)
    return tuple(sorted(result, key=lambda d: (d.span.start, d.code, d.message)))
