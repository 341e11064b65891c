from datetime import date
from decimal import Decimal

import attrs

from esr_parser import Parser
from esr_parser.testing import LawTests
from esr_parser_viestinta import Communication, CommunicationHandler

PARSER = Parser(handlers=[CommunicationHandler()])
TEXT = """\
10 Viestintä

Viestintäkanavat: uutiskirje, tapahtumat

Viestinnän budjetti: 4 500

Viestintä alkaa: 1.9.2021

10.1 Viestinnän tulokset

Uutiskirjeellä on 400 lukijaa."""


class TestCommunication(LawTests):
    """Every law of the library, with the handler."""

    parser = PARSER
    samples = (TEXT,)


def test_values():
    assert PARSER.parse_description(TEXT).extension(Communication) == Communication(
        channels=("uutiskirje", "tapahtumat"),
        budget=Decimal(4500),
        starts=date(2021, 9, 1),
        results="Uutiskirjeellä on 400 lukijaa.",
    )


def test_unreadable_value_is_kept():
    text = TEXT.replace("1.9.2021", "syksyllä")
    description = PARSER.parse_description(text)
    assert description.extension(Communication).starts is None
    assert [(o.section, o.label, o.value) for o in description.other_fields] == [
        ("10", "Viestintä alkaa", "syksyllä")
    ]


def test_edit_changes_one_line():
    document = PARSER.parse_document(TEXT)
    old = document.description
    new = attrs.evolve(old.extension(Communication), budget=Decimal("5200.50"))
    edited = document.with_description(attrs.evolve(old, extensions={"communication": new}))
    assert edited.text == TEXT.replace("4 500", "5 200,50")
