"""Drift as text, Markdown, JSON and annotations of a workflow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from esr_parser.drift.adapt import aliases_for, dump_aliases
from esr_parser.drift.findings import Drift, percent

__all__ = ["github_lines", "json_report", "markdown_report", "text_report"]

_ADAPT = "With these aliases the new names are read:"


def text_report(drifts: Sequence[Drift], documents: int) -> Iterator[str]:
    """The report for people, line by line.

    >>> list(text_report([], 50))
    ['no drift in 50 descriptions']
    """
    yield _summary(drifts, documents)
    for drift in drifts:
        yield ""
        yield f"{drift.kind}: {drift.message}"
        for place in drift.places:
            yield f"  {place}"
    aliases = aliases_for(drifts)
    if aliases:
        yield ""
        yield _ADAPT
        yield ""
        yield from dump_aliases(aliases).splitlines()


def markdown_report(drifts: Sequence[Drift], documents: int) -> Iterator[str]:
    """The report as Markdown, for an issue or the summary of a workflow.

    >>> list(markdown_report([], 50))
    ['**no drift in 50 descriptions**']
    """
    yield f"**{_summary(drifts, documents)}**"
    if not drifts:
        return
    yield ""
    yield "| kind | section | what | descriptions | places |"
    yield "|---|---|---|---|---|"
    for drift in drifts:
        share = f"{drift.count} of {drift.of} ({percent(drift.share)})"
        places = "<br>".join(_cell(f"`{place}`") for place in drift.places)
        cells = (drift.kind, drift.section, _cell(drift.words), share, places)
        yield f"| {' | '.join(cells)} |"
    aliases = aliases_for(drifts)
    if aliases:
        yield from ("", _ADAPT, "", "```toml", *dump_aliases(aliases).splitlines(), "```")


def json_report(drifts: Sequence[Drift], documents: int) -> dict[str, Any]:
    """The report as plain data: ``documents``, ``drifts`` and ``aliases``."""
    return {
        "documents": documents,
        "drifts": [drift.to_dict() for drift in drifts],
        "aliases": aliases_for(drifts),
    }


def github_lines(drifts: Sequence[Drift]) -> Iterator[str]:
    """Workflow commands that annotate the drifted lines, and the aliases as a notice.

    Source: GitHub's documentation, "Workflow commands", and the escapes of ``@actions/core``.
    """
    for drift in drifts:
        title = f"title={_property(f'Format drift, {drift.kind}')}"
        message = _escaped(drift.message)
        for place in drift.places:
            yield f"::warning file={_property(place.file)},line={place.line},{title}::{message}"
        if not drift.places:
            yield f"::warning {title}::{message}"
    aliases = aliases_for(drifts)
    if aliases:
        yield f"::notice title=Format drift%2C aliases::{_escaped(dump_aliases(aliases))}"


def _summary(drifts: Sequence[Drift], documents: int) -> str:
    found = f"{len(drifts)} drift{'s' if len(drifts) > 1 else ''}" if drifts else "no drift"
    return f"{found} in {documents} description{'s' if documents != 1 else ''}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
