"""The section *10 Viestintä* of project descriptions: a model, and a handler for it.

>>> from esr_parser import Parser
>>> parser = Parser(handlers=[CommunicationHandler()])
>>> text = "10 Viestintä\\n\\nViestintäkanavat: uutiskirje, tapahtumat"
>>> parser.parse_description(text).extension(Communication).channels
('uutiskirje', 'tapahtumat')
"""

from datetime import date
from decimal import Decimal

import attrs

from esr_parser import SectionHandler
from esr_parser.grammar import Field, Fields, Prose, Section
from esr_parser.values import AMOUNT, NAME_LIST, ValueType

__all__ = ["DAY", "Communication", "CommunicationHandler"]


@attrs.frozen
class Communication:
    """Section 10, *Viestintä*: what a project does to be known."""

    channels: tuple[str, ...] = ()
    """*Viestintäkanavat*."""
    budget: Decimal | None = None
    """*Viestinnän budjetti*: euros."""
    starts: date | None = None
    """*Viestintä alkaa*."""
    results: str | None = None
    """Section 10.1, *Viestinnän tulokset*: prose."""


def parse_day(text: str) -> date:
    """The date of a text such as ``1.9.2021`` or ``01.09.2021``.

    >>> parse_day("1.9.2021")
    datetime.date(2021, 9, 1)
    """
    day, month, year = text.split(".")
    return date(int(year), int(month), int(day))


def format_day(day: date) -> str:
    """A day as the register prints days.

    >>> format_day(date(2021, 9, 1))
    '1.9.2021'
    """
    return f"{day.day}.{day.month}.{day.year:04}"


DAY = ValueType("day", parse_day, format_day, "`1.9.2021`")


class CommunicationHandler(SectionHandler[Communication]):
    """Reads and writes section 10 and its subsection."""

    key = "communication"
    model = Communication
    sections = (
        Section(
            "10",
            "Viestintä",
            "communication",
            Fields(
                Field("Viestintäkanavat", "channels", NAME_LIST),
                Field("Viestinnän budjetti", "budget", AMOUNT),
                Field("Viestintä alkaa", "starts", DAY),
            ),
        ),
        Section("10.1", "Viestinnän tulokset", "communication", Prose("results")),
    )
