"""What is prepared once for each layout: readers, handlers, the order of what is printed."""

from __future__ import annotations

from collections.abc import Mapping

from esr_parser.contents import Reader, reader_for
from esr_parser.grammar import Caption, Layout, Section
from esr_parser.handlers import BuiltInHandler, SectionHandler
from esr_parser.model import OtherField, OtherSection

__all__ = ["CompiledLayout"]


class CompiledLayout:
    """A layout with its readers and the handlers of its sections, prepared once."""

    def __init__(
        self,
        layout: Layout,
        handlers: Mapping[str, SectionHandler],
        aliases: dict[str, str],
        built_in: frozenset[str],
    ) -> None:
        self.layout = layout
        self.handlers = handlers
        self.built_in = built_in
        self.replaced: frozenset[str] = frozenset(
            key for key in built_in if not isinstance(handlers[key], BuiltInHandler)
        )
        """The keys of built-in sections that a user's handler has taken over."""
        narrowest = max(
            (
                len(layout.heading(section.number, section.title))
                for section in layout.sections
                if self.is_always_printed(section)
            ),
            default=0,
        )
        self.readers: dict[int, Reader] = {
            id(section): reader_for(section.content, aliases, narrowest)
            for section in layout.sections
            if section.content is not None
        }
        self.by_number: dict[str, Section] = {
            section.number: section for section in layout.sections
        }
        self.index: dict[str, int] = {
            section.number: k for k, section in enumerate(layout.sections)
        }
        self.parents: set[str] = {section.parent for section in layout.sections if section.parent}
        self.label_rank: dict[str, dict[str, int]] = {}
        for section in layout.sections:
            items = getattr(section.content, "items", ())
            self.label_rank[section.number] = {
                item.label: k for k, item in enumerate(items) if not isinstance(item, Caption)
            }

    def is_always_printed(self, section: Section) -> bool:
        """Whether the heading of a section stands in every text, whatever has a value."""
        return section.key in self.built_in and not section.optional

    def field_rank(self, other: OtherField) -> tuple[int, int]:
        """Where an other field of a text is printed: by section, then by its label."""
        assert other.section is not None
        ranks = self.label_rank[other.section]
        return self.index[other.section], ranks.get(other.label, len(ranks))

    def ranked_sections(
        self, others: list[OtherSection]
    ) -> list[tuple[tuple[float, ...], OtherSection]]:
        """Other sections with the place they are printed at.

        ``(0,)`` before section 1, ``(1, k)`` in the place of the k-th section or below its
        heading, ``(1, k + 0.5, n)`` behind the subsections of a section (n is 0 where one of them
        is repeated: it must stand below its section to be known), ``(2, n)`` as section n,
        ``(3,)`` behind all, ``(4,)`` as a further description.
        """
        used: set[str] = set()
        ranked = [(self._rank(other, used), other) for other in others]
        return sorted(ranked, key=lambda pair: pair[0])

    def _rank(self, other: OtherSection, used: set[str]) -> tuple[float, ...]:
        number, title = other.number, other.title
        if number is None:
            return (0,) if title is None else (4,)
        section = self.by_number.get(number)
        if section is not None:
            if section.title != title:
                return (1, self.index[number])
            if number in self.parents and section.content is None and number not in used:
                used.add(number)
                return (1, self.index[number])
            if section.parent is None:
                return (3,)
        parent, dot, last = number.rpartition(".")
        if dot:
            behind = max(
                (k for n, k in self.index.items() if n == parent or n.startswith(f"{parent}.")),
                default=len(self.index),
            )
            return (1, behind + 0.5, _order(last) if section is None else 0)
        return (2, _order(number))


def _order(number: str) -> int:
    """A number to sort by; 0 for what is none, or is longer than any section's."""
    return int(number) if number.isdecimal() and len(number) < 9 else 0
