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
    PARTED = "parted"
    """The values, with an empty line between them and text right below that is no part of them."""
    BELOW = "below"
    """The values; new items go below all lines of their section, and lines that lose theirs go."""
    ABOVE = "above"
    """The same, with new items above all lines of their section."""
    HOSTED = "hosted"
    """The values, kept off text as well; a new section goes behind all others, and those that
    were found by their labels stand below the heading of one that says nothing."""
    SHELTERED = "sheltered"
    """The same, where sections that change get a heading, with new items right below it, and text
    in them the label of another section above it."""
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
        """Whether text that belongs to no section is kept off the values above it."""
        return self in (Step.PARTED, Step.HOSTED, Step.SHELTERED)

    @property
    def is_hosted(self) -> bool:
        """Whether sections that were found by their labels are so below a heading, too."""
        return self in (Step.HOSTED, Step.SHELTERED)

    @property
    def is_behind(self) -> bool:
        """Whether a new section goes behind all others."""
        return self is Step.BEHIND or self.is_hosted

    @property
    def may_lose_lines(self) -> bool:
        """Whether lines are written anew that hold no changed value."""
        return self in (Step.REPAIR, Step.SECTIONS, Step.TEXT)

    @property
    def is_apart(self) -> bool:
        """Whether items are kept off the text between them, of which they would become a part."""
        return self in (Step.BELOW, Step.ABOVE)
