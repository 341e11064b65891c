"""How much of a text an edit writes anew."""

from __future__ import annotations

from enum import Enum

__all__ = ["Step"]


class Step(Enum):
    """How much is written anew, from the least that may do."""

    VALUES = "values"
    """The characters of the values that changed."""
    HEADINGS = "headings"
    """The values; sections that were found by their labels get a heading, as a new one has it."""
    BEHIND = "behind"
    """The values; a new section goes behind all others, or is found by its labels as they are."""
    BELOW = "below"
    """The values; new items go below all lines of their section, and lines that lose theirs go."""
    ABOVE = "above"
    """The same, with new items above all lines of their section."""
    LINES = "lines"
    """The lines that hold the values, as the register prints them."""
    REPAIR = "repair"
    """The values, and those that are read differently because of a new line."""
    SECTIONS = "sections"
    """What stands below the headings of the sections that hold them."""
    TEXT = "text"
    """The whole text: where nothing less will do, and where the programme period changed."""

    @property
    def is_plain(self) -> bool:
        """Whether the lines concerned are written as the register prints them."""
        return self in (Step.LINES, Step.SECTIONS)

    @property
    def is_apart(self) -> bool:
        """Whether items are kept off the text between them, of which they would become a part."""
        return self in (Step.BELOW, Step.ABOVE)
