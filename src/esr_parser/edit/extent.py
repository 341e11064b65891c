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
    HEADING = "heading"
    """The same, where only those of them get one that change, and what has the same labels."""
    BEHIND = "behind"
    """The values; a new section goes behind all others."""
    PARTED = "parted"
    """The values, with an empty line between them and text right below that is no part of them."""
    RULED = "ruled"
    """The same, with a rule below text that would be the value of a label."""
    BELOW = "below"
    """The values; new items go below all lines of their section, and lines that lose theirs go."""
    ABOVE = "above"
    """The same, with new items above all lines of their section."""
    AMID = "amid"
    """The same, with new items right above the one that follows, or the last one."""
    FIRST = "first"
    """The values; new items go right below the heading of their section."""
    SHELTERED = "sheltered"
    """The same, with a heading for sections that were found by their labels where they change, and
    text that belongs to no section below the label of one that is not in the text."""
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
    def is_parted(self) -> bool:
        """Whether text that belongs to no section is kept off the items above it."""
        return self in (Step.PARTED, Step.RULED, Step.HEADING, Step.SHELTERED)

    @property
    def heads_changes(self) -> bool:
        """Whether a section that was found by its labels gets a heading where it changes."""
        return self in (Step.HEADING, Step.SHELTERED)

    @property
    def may_lose_lines(self) -> bool:
        """Whether lines are written anew that hold no changed value."""
        return self in (Step.REPAIR, Step.SECTIONS, Step.TEXT)

    @property
    def is_apart(self) -> bool:
        """Whether items are kept off the text between them, of which they would become a part."""
        return self in (Step.BELOW, Step.ABOVE, Step.AMID)
