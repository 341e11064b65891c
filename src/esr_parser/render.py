"""From description to canonical text.

A value is written as the register prints it, then the text is read again: what does not read back
the same cannot be represented, and is refused by name. The format has no escapes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

import attrs

from esr_parser.contents import Piece
from esr_parser.grammar import Section
from esr_parser.model import OtherSection, ProjectDescription

if TYPE_CHECKING:
    from esr_parser.parser import Parser
    from esr_parser.reading import CompiledLayout, TextReader

__all__ = ["UnrepresentableError", "rendered"]


class UnrepresentableError(ValueError):
    """A value cannot be written so that it reads back the same.

    ``field`` names it: ``"project.name"``, ``"other_sections[0].text"``.
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason

    def __reduce__(self) -> tuple[type[UnrepresentableError], tuple[str, str]]:
        return type(self), (self.field, self.reason)


def rendered(parser: Parser, reader: TextReader, description: ProjectDescription) -> str:
    """The canonical text, checked to read back as the description."""
    text = canonical_text(reader, description)
    again = reader.read(parser, text).description
    if again != description:
        raise UnrepresentableError(*_first_difference(description, again))
    return text


def canonical_text(reader: TextReader, description: ProjectDescription) -> str:
    """The text as the register would print it, not yet checked."""
    compiled = reader.layout_for(description)
    numbers = _printed_numbers(reader, compiled, description)
    return "\n\n".join(_blocks(reader, compiled, description, numbers))


def section_pieces(
    reader: TextReader,
    compiled: CompiledLayout,
    description: ProjectDescription,
    section: Section,
) -> list[Piece]:
    """One section's content as canonical pieces.

    Raises:
        UnrepresentableError: a value has no canonical text at all.
    """
    if section.content is None:
        return []
    handler = compiled.handlers[section.key]
    in_place = section.key in reader.built_in
    value = (
        getattr(description, section.key) if in_place else description.extensions.get(section.key)
    )
    where = section.key if in_place else f"extensions[{section.key!r}]"
    others = [o for o in description.other_fields if o.section == section.number]
    try:
        values = handler.take_apart(value) if value is not None else {}
        return list(compiled.readers[id(section)].write(values, others))
    except (ValueError, TypeError, AttributeError, ArithmeticError) as error:
        raise UnrepresentableError(where, f"cannot be written: {error}") from error


def _blocks(
    reader: TextReader,
    compiled: CompiledLayout,
    description: ProjectDescription,
    numbers: set[str],
) -> Iterator[str]:
    """The text, block by block, with the sections of these numbers."""
    layout = compiled.layout
    if description.fund is not None or description.programme_period is not None:
        yield from layout.banner
        yield layout.title(description.fund)
    others: dict[float, list[OtherSection]] = {}
    behind: list[tuple[tuple[float, ...], OtherSection]] = []
    for rank, other in compiled.ranked_sections(list(description.other_sections)):
        if rank[0] == 0:
            yield other.text
        elif rank[0] == 1:
            others.setdefault(rank[1], []).append(other)
        else:
            behind.append((rank, other))
    for k, section in enumerate(layout.sections):
        in_place = others.pop(k, [])
        if in_place and in_place[0].title != section.title:
            yield from _other_blocks(compiled, in_place)
        elif section.number in numbers:
            yield layout.heading(section.number, section.title)
            for other in in_place:
                yield other.text
            pieces = section_pieces(reader, compiled, description, section)
            if pieces:
                yield joined(pieces)
        yield from _other_blocks(compiled, others.pop(k + 0.5, []))
    for rest in others.values():
        yield from _other_blocks(compiled, rest)
    yield from _other_blocks(compiled, [other for _, other in behind])


def _other_blocks(compiled: CompiledLayout, others: list[OtherSection]) -> Iterator[str]:
    for other in others:
        if other.number is None:
            yield other.title or ""
        else:
            yield compiled.layout.heading(other.number, other.title or "")
        if other.text:
            yield other.text


def _printed_numbers(
    reader: TextReader,
    compiled: CompiledLayout,
    description: ProjectDescription,
    left_out: Collection[str] = (),
) -> set[str]:
    """The numbers of the sections whose headings stand in the canonical text."""
    return {
        section.number
        for section in compiled.layout.sections
        if section.number not in left_out and is_printed(reader, compiled, description, section)
    }


def is_printed(
    reader: TextReader,
    compiled: CompiledLayout,
    description: ProjectDescription,
    section: Section,
) -> bool:
    """Whether the heading of a section stands in the canonical text."""
    if section.key not in reader.built_in:
        return section.key in description.extensions
    if not section.optional:
        return True
    if section.parent is None:
        return _has_value(compiled, description, section)
    return not _is_left_out(reader, compiled, description, section.parent)


def _is_left_out(
    reader: TextReader, compiled: CompiledLayout, description: ProjectDescription, parent: str
) -> bool:
    """Whether subsections are left out together, as text stands right under their section instead.

    Not where anything in the text would be taken for one of them without its heading.
    """
    family = {s.number for s in compiled.layout.sections if s.parent == parent}
    others = {other.number for other in description.other_sections}
    if parent not in others or not family.isdisjoint(others):
        return False
    if any(_has_value(compiled, description, compiled.by_number[number]) for number in family):
        return False
    rest = _printed_numbers(reader, compiled, description, family)
    text = "\n\n".join(_blocks(reader, compiled, description, rest))
    return family.isdisjoint(reader.sections_in(text))


def _has_value(compiled: CompiledLayout, description: ProjectDescription, section: Section) -> bool:
    if section.content is None:
        return False
    if any(o.section == section.number for o in description.other_fields):
        return True
    value = getattr(description, section.key)
    if value is None:
        return False
    try:
        values = compiled.handlers[section.key].take_apart(value)
    except (ValueError, TypeError, AttributeError, ArithmeticError) as error:
        raise UnrepresentableError(section.key, f"cannot be written: {error}") from error
    return any(values.get(path) not in (None, (), False) for path in section.content.paths())


def joined(pieces: list[Piece]) -> str:
    """Pieces as text: blocks with an empty line between them."""
    parts = [pieces[0].text]
    for piece in pieces[1:]:
        parts.append("\n\n" if piece.block else "\n")
        parts.append(piece.text)
    return "".join(parts)


def _first_difference(wanted: Any, read: Any, path: str = "") -> tuple[str, str]:
    """The name of the first attribute that does not read back, and why."""
    if attrs.has(type(wanted)) and type(wanted) is type(read):
        for attribute in attrs.fields(type(wanted)):
            a, b = getattr(wanted, attribute.name), getattr(read, attribute.name)
            if a != b:
                inner = f"{path}.{attribute.name}" if path else attribute.name
                return _first_difference(a, b, inner)
    if isinstance(wanted, tuple) and isinstance(read, tuple) and path:
        for k, (a, b) in enumerate(zip(wanted, read, strict=False)):
            if a != b:
                return _first_difference(a, b, f"{path}[{k}]")
        return path, f"{len(wanted)} values would read back as {len(read)}"
    if path == "extensions":
        for key in sorted({*wanted, *read}):
            if wanted.get(key) != read.get(key):
                return _first_difference(wanted.get(key), read.get(key), f"extensions[{key!r}]")
    return path or "description", f"{_short(wanted)} would read back as {_short(read)}"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
