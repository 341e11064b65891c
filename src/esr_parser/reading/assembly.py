"""The description, put together from what the regions of a text hold."""

from __future__ import annotations

from typing import Any

import attrs

from esr_parser.contents import prose_of
from esr_parser.grammar import Prose
from esr_parser.model import OtherSection, ProjectDescription, fund_and_period_of
from esr_parser.noise import FURNITURE, RULE_MARKS, Noise, Style
from esr_parser.outline import between
from esr_parser.reading.regions import RegionReader

__all__ = ["assembled"]

MOST_OTHER_SECTIONS = 1000
"""Unknown and repeated sections kept one by one; the rest is kept in the last one."""


def assembled(read: RegionReader) -> ProjectDescription:
    """The description that the regions of one text make, all of them read."""
    if read.parts and read.parts[-1].region.kind == "next":
        _leave_banner_to_next(read)
    arguments: dict[str, Any] = _section_values(read)
    code = read.values.get("project", {}).get("code")
    fund, period = fund_and_period_of(code if isinstance(code, str) else None)
    outline = read.outline
    if outline.fund is not None:
        fund = outline.fund  # type: ignore[assignment]
    if outline.has_title or outline.has_period or period is not None:
        period = outline.layout.period
    if read.other_fields:
        read.other_fields.sort(key=read.compiled.field_rank)
        arguments["other_fields"] = tuple(read.other_fields)
    if read.unplaced or read.other_sections:
        arguments["other_sections"] = _others(read)
    return ProjectDescription(fund=fund, programme_period=period, **arguments)


def _section_values(read: RegionReader) -> dict[str, Any]:
    """The values of the sections by key, put together by their handlers."""
    arguments: dict[str, Any] = {}
    extensions: dict[str, object] = {}
    handlers, replaced = read.compiled.handlers, read.compiled.replaced
    # The default of the description is the built-in model, not that of a user's handler.
    for key in replaced - read.values.keys():
        arguments[key] = handlers[key].build({})
    for key, values in read.values.items():
        if key not in read.compiled.built_in:
            value = handlers[key].build(values)
            if value is not None:
                extensions[key] = value
        elif values or key in replaced:
            arguments[key] = handlers[key].build(values)
    if extensions:
        arguments["extensions"] = extensions
    return arguments


def _leave_banner_to_next(read: RegionReader) -> None:
    """A banner at the end of the last text would be read as that of the next description."""
    ranked = read.compiled.ranked_sections(read.other_sections)
    if len(ranked) > 1:
        last = ranked[-2][1]
        k = next(k for k, other in enumerate(read.other_sections) if other is last)
        text = _without_banner(read, last.text)
        if text is not last.text:
            read.other_sections[k] = attrs.evolve(last, text=text)
            if not text and last.number in read.compiled.by_number:
                del read.other_sections[k]
        return
    for section in reversed(read.compiled.layout.sections):
        content = section.content
        values = read.values.get(section.key, {})
        if type(content) is Prose and content.path in values:
            if not values[content.path]:
                return
            values[content.path] = text = _without_banner(read, values[content.path])
            if not text:
                del values[content.path]
            return


def _without_banner(read: RegionReader, text: str) -> str:
    """Text without the banner at its end, which is said to be left out."""
    kept = read.outlines.without_last_banner(text)
    if kept is not text:
        banner = " ".join(text[len(kept) :].split())[:80]
        read.notes.add("ESR109", 0, 0, f"taken for the banner of the next description: {banner!r}")
    return kept


def _without_front_marks(read: RegionReader, text: str) -> str:
    """Text as it can stand before section 1: a banner or title in it would be read as one."""
    while text.strip(FURNITURE):
        if text[0] == "\ufeff":
            # At the beginning of a text it would be the mark of an encoding.
            read.notes.noise(Noise.BYTE_ORDER_MARK, 0)
            text = prose_of(text.lstrip("\ufeff"), Style())
            continue
        compiled = read.compiled
        marks = read.outlines.front_marks(text, compiled.layout, compiled.is_always_printed)
        if not marks:
            return text
        for mark in marks:
            read.notes.add("ESR109", 0, 0, f"left out of other_sections: {mark.text[:80]!r}")
        kept = [text[a:b] for a, b in between(marks, len(text))]
        text = prose_of("".join(kept), Style())
    return ""


def _others(read: RegionReader) -> tuple[OtherSection, ...]:
    unplaced = _without_front_marks(read, "\n\n".join(read.unplaced))
    unplaced = read.without_unknown(unplaced)
    others = read.other_sections
    if unplaced.strip(RULE_MARKS):
        others = [OtherSection(None, None, unplaced), *others]
    ranked = [other for _, other in read.compiled.ranked_sections(others)]
    if len(ranked) > MOST_OTHER_SECTIONS:
        first, rest = ranked[: MOST_OTHER_SECTIONS - 1], ranked[MOST_OTHER_SECTIONS - 1 :]
        layout = read.compiled.layout
        texts = [rest[0].text]
        for other in rest[1:]:
            heading = layout.heading(other.number or "", other.title or "")
            texts.append(f"{heading}\n\n{other.text}".rstrip())
        ranked = [*first, OtherSection(rest[0].number, rest[0].title, "\n\n".join(texts))]
        position = len(read.view)
        read.notes.add(
            "ESR110", position, position, f"more than {MOST_OTHER_SECTIONS} other sections"
        )
    return tuple(ranked)
