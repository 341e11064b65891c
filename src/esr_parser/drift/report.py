"""Drift as text, Markdown, JSON and annotations of a workflow; and aliases for what was renamed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from esr_parser.drift.comparison import Drift, DriftKind, DriftReport, percent, title_of

_MOST_LINES = 10
"""At most so many lines report what is below the threshold; JSON has all."""
_ADAPT = "With these aliases the new names are read:"
_HEAD = "# New spellings of what the format declares. Read them before you use them.\n"
_CONTROL = re.compile("[\x7f-\x9f]")


# -- aliases -------------------------------------------------------------------------------------


def aliases_for(drifts: Iterable[Drift]) -> dict[str, str]:
    """The aliases that make a parser read what was renamed: labels, and titles of sections.

    A section whose number changed, too, has none. Where two things have the same new name, it
    means the one that more pages have. Keys are new spellings; values are the declared ones.
    """
    aliases: dict[str, str] = {}
    for drift in sorted(drifts, key=lambda d: -d.count):
        old, new = drift.old or "", drift.key.name
        if drift.change is not DriftKind.RENAMED:
            continue
        if drift.key.code != "ESR301":
            if old.split(" ")[0].rstrip(".") != new.split(" ")[0].rstrip("."):
                continue
            old, new = title_of(old), title_of(new)
        aliases.setdefault(new, old)
    return aliases


def dump_aliases(aliases: Mapping[str, str]) -> str:
    r"""Aliases as a TOML file, which :func:`esr_parser.aliases.load_aliases` reads.

    >>> print(dump_aliases({"Hankkeen tunnus": "Hankekoodi"}), end="")
    # New spellings of what the format declares. Read them before you use them.
    [aliases]
    "Hankkeen tunnus" = "Hankekoodi"
    """
    rows = "".join(f"{_quoted(new)} = {_quoted(old)}\n" for new, old in sorted(aliases.items()))
    return f"{_HEAD}[aliases]\n{rows}"


def _quoted(text: str) -> str:
    # JSON and TOML strings have the same escapes; these controls JSON leaves as they are.
    quoted = json.dumps(text, ensure_ascii=False)
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


# -- reports -------------------------------------------------------------------------------------


def text_report(comparison: DriftReport) -> Iterator[str]:
    """The report for people, line by line.

    >>> list(text_report(DriftReport(50, (), ())))
    ['no drift in 50 descriptions']
    """
    drifts = (
        [f"{drift.kind}: {drift.message}", *(f"  {place}" for place in drift.places)]
        for drift in comparison.drifts
    )
    return _blocks([_summary(comparison)], *drifts, _below(comparison), *_adapting(comparison))


def markdown_report(comparison: DriftReport) -> Iterator[str]:
    """The report as Markdown, for an issue or the summary of a workflow.

    >>> list(markdown_report(DriftReport(50, (), ())))
    ['**no drift in 50 descriptions**']
    """
    table = ["| kind | what | pages | places |", "|---|---|---|---|"] if comparison.drifts else []
    for drift in comparison.drifts:
        share = f"{drift.count} of {drift.of} ({percent(drift.share)})"
        places = "<br>".join(_cell(f"`{place}`") for place in drift.places)
        table.append(f"| {drift.kind} | {_cell(drift.detail)} | {share} | {places} |")
    below = (f"- {_cell(line)}" for line in _below(comparison))
    adapting = _adapting(comparison, "```toml", "```")
    return _blocks([f"**{_summary(comparison)}**"], table, below, *adapting)


def _blocks(*blocks: Iterable[str]) -> Iterator[str]:
    """The lines of blocks, with an empty line between those that have any."""
    for number, lines in enumerate(filter(None, map(list, blocks))):
        yield from ["", *lines] if number else lines


def _adapting(comparison: DriftReport, *fence: str) -> list[list[str]]:
    """The aliases for what was renamed, if anything was, as two blocks."""
    aliases = aliases_for(comparison.drifts)
    lines = dump_aliases(aliases).splitlines()
    return [[_ADAPT], [*fence[:1], *lines, *fence[1:]]] if aliases else []


def json_report(comparison: DriftReport) -> dict[str, Any]:
    """The report as plain data: ``documents``, ``drifts``, ``below`` and ``aliases``."""
    return {
        "documents": comparison.documents,
        "drifts": [drift.to_dict() for drift in comparison.drifts],
        "below": [{**drift.to_dict(), "message": drift.below} for drift in comparison.below],
        "aliases": aliases_for(comparison.drifts),
    }


def github_lines(comparison: DriftReport) -> Iterator[str]:
    """Workflow commands that annotate the drifted lines; the rest as notices."""
    for drift in comparison.drifts:
        for place in [place._asdict() for place in drift.places] or [{}]:
            title = f"Format drift, {drift.kind}"
            yield annotation("warning", drift.message, **place, title=title)
    for line in _below(comparison):
        yield annotation("notice", line, title="Format drift, below the threshold")
    if aliases := aliases_for(comparison.drifts):
        yield annotation("notice", dump_aliases(aliases), title="Format drift, aliases")


def annotation(level: str, message: str, **properties: object) -> str:
    """A workflow command of GitHub that annotates a line.

    Source: GitHub's documentation, "Workflow commands", and the escapes of ``@actions/core``.

    >>> annotation("notice", "100 %", file="a,b.txt", line=7)
    '::notice file=a%2Cb.txt,line=7::100 %25'
    """
    listed = ",".join(
        f"{name}={_escaped(str(value)).replace(':', '%3A').replace(',', '%2C')}"
        for name, value in properties.items()
    )
    return f"::{level} {listed}::{_escaped(message)}"


def _summary(comparison: DriftReport) -> str:
    drifts, pages = len(comparison.drifts), comparison.documents
    found = f"{drifts} drift{'s' if drifts > 1 else ''}" if drifts else "no drift"
    return f"{found} in {pages} description{'s' if pages != 1 else ''}"


def _below(comparison: DriftReport) -> Iterator[str]:
    for drift in comparison.below[:_MOST_LINES]:
        place = f" ({drift.places[0]})" if drift.places else ""
        yield f"{drift.below}{place}"
    more = len(comparison.below) - _MOST_LINES
    if more > 0:
        yield f"{more} more below the threshold; --format json lists them"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
