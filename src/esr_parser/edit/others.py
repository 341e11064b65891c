"""Changes of the other sections: text that has no place in the model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from esr_parser.edit.alignment import paired
from esr_parser.edit.changes import Lines, LostError
from esr_parser.edit.rows import places_in, rows_of
from esr_parser.model import OtherSection
from esr_parser.noise import Style
from esr_parser.reading import Part

if TYPE_CHECKING:
    from esr_parser.edit.sections import SectionsEditor

__all__ = ["OthersEditor"]


_UNPLACED = ("front", "implied")
"""Kinds of regions whose text belongs to no section."""


class OthersEditor:
    """Knows which other sections stay, and where they stand in the text."""

    def __init__(self, editor: SectionsEditor) -> None:
        self._editor = editor
        # Copies: the same object may stand in a description twice.
        old = [attrs.evolve(other) for other in editor.old.other_sections]
        self.new: list[OtherSection] = [attrs.evolve(other) for other in editor.new.other_sections]
        pairs = paired(
            [(f"{o.number} {o.title}", o.text) for o in old],
            [(f"{o.number} {o.title}", o.text) for o in self.new],
        )
        self._before = {
            id(other): old[i] for other, i in zip(self.new, pairs, strict=True) if i is not None
        }
        kept = set(pairs)
        self._gone = [other for i, other in enumerate(old) if i not in kept]
        self._regions = self._regions_of(old)

    def _regions_of(self, others: list[OtherSection]) -> dict[int, Part | None]:
        """The region of each; ``None`` for text that stands in the region of a section."""
        free: dict[tuple[str | None, str | None, str], list[Part]] = {}
        for part in reversed(self._editor.parsed.parts):
            region = part.region
            if region.kind in ("unknown", "repeated", "next"):
                number = None if region.kind == "next" else region.number
                title = self._editor.habits.style.clean_value(region.title or "")
                free.setdefault((number, title, part.prose or ""), []).append(part)
        result: dict[int, Part | None] = {}
        for other in others:
            parts = free.get((other.number, other.title, other.text))
            result[id(other)] = parts.pop() if parts else None
        return result

    def change(self, other: OtherSection, anchor: Part | None) -> Part | None:
        """Makes the text say this one; where it was not, it goes behind ``anchor``.

        Gives the region behind which what follows it can be put.
        """
        old = self._before.get(id(other))
        if old is None:
            self._insert(other, anchor)
            return None
        part = self._regions[id(old)]
        if old.text != other.text:
            self._change_text(old, part, other.text)
        return part

    def drop_the_rest(self) -> None:
        """Takes out what is no longer said."""
        for other in self._gone:
            part = self._regions[id(other)]
            if part is not None:
                self._editor.drop_region(part)
            else:
                self._change_text(other, None, "")

    def _change_text(self, old: OtherSection, part: Part | None, new: str) -> None:
        editor = self._editor
        style = Style() if old.number is None and old.title is not None else editor.habits.style
        if part is not None:
            lines = editor.habits.lines_of(part)
            places = places_in(lines)
        else:
            places = list(self._stray_places(old))
            if not places:
                raise LostError
            lines = places[0][0]
        rows = rows_of(places, old.text.split("\n"), style) if old.text else []
        texts = new.split("\n") if new else []
        editor.prose_editor(style).change(rows, texts, lines, lines.top - 1)

    def _stray_places(self, other: OtherSection) -> Iterator[tuple[Lines, int]]:
        """The lines of text that stands in a section, or before all, without belonging to it."""
        editor = self._editor
        # A line that is left out above the description is no text either.
        left_out = (d.span for d in editor.parsed.diagnostics if d.code == "ESR107")
        marks = [*editor.parsed.outline.front_marks, *left_out]
        for part in editor.parsed.parts:
            region = part.region
            if region.host is not None and region.host.kind == "unknown":
                # Labels were found amid the text below a heading that nobody knows.
                region = region.host
            if region.kind == "front" and not part.prose:
                # Rules alone are no text.
                continue
            title = editor.habits.style.clean_value(region.title or "")
            name = (None, None) if region.kind in _UNPLACED else (region.number, title)
            if name != (other.number, other.title):
                continue
            lines = editor.habits.lines_of(part)
            if part.reading is not None:
                for first, last in part.reading.strays:
                    yield from ((lines, k) for k in range(first, last))
            elif region.section is None or region.section.content is None:
                # The last line end is that of a line; what stands behind it is another region.
                is_last = region.end == len(lines.text)
                for place in places_in(lines)[: None if is_last else -1]:
                    start = lines.start(place[1])
                    if not any(a <= start < b for a, b in marks):
                        yield place

    def _insert(self, other: OtherSection, anchor: Part | None) -> None:
        editor = self._editor
        text = editor.prose_text(other.text)
        section = editor.compiled.by_number.get(other.number or "")
        if section is not None and section.content is None and section.title == other.title:
            found = editor.present.get(id(section))
            if found and not found[0].prose:
                lines = editor.habits.lines_of(found[0])
                editor.edits.insert(lines, lines.top - 1, text, editor.habits.below_heading)
                return
        editor.insert_block(other.number, other.title, text, anchor)
