"""What the readers write: pieces with keys, by which an edit finds what changed."""

from __future__ import annotations

import pytest

from esr_parser.contents import reader_for
from esr_parser.layouts import LAYOUT_2014_2020
from esr_parser.model import OtherField, Partner, SustainabilityImpact

SECTIONS = {section.number: section for section in LAYOUT_2014_2020.sections}
ECOLOGICAL, _, SOCIAL = SECTIONS["8.2"].content.dimensions
FIRST, SECOND, THIRD = (item.label for item in SECTIONS["8.1"].content.items)


def pieces(number, values, others=()):
    reader = reader_for(SECTIONS[number].content, {})
    return [tuple(piece) for piece in reader.write(values, list(others))]


def test_prose():
    assert pieces("3", {"": "Alku.\n\nLoppu."}) == [("prose", "", "Alku.\n\nLoppu.", True)]
    assert pieces("3", {}) == []


def test_fields():
    labels = [item.label for item in SECTIONS["5"].content.items]
    keys = [f"{item.label} -> {item.path}" for item in SECTIONS["5"].content.items]
    unknown, unreadable = OtherField("5", "Muu", "x"), OtherField("5", labels[0], "ei")
    assert pieces("5", {}, [unknown, unreadable]) == [
        (f"other {labels[0]}", f"{labels[0]}: ", "ei", True),
        *((key, f"{label}: ", "", True) for key, label in zip(keys[1:], labels[1:], strict=True)),
        ("other#0 Muu", "Muu: ", "x", True),
    ]


def test_rows():
    rows = (Partner("Satulammi Oy", "9812340-3"), Partner("Tarula ry"))
    written = pieces("2", {"co_implementers": rows, "transfer_recipients": ()})
    assert written[-4:] == [
        ("Osatoteuttajat", "", "Osatoteuttajat", True),
        ("Osatoteuttajat#0", "", "Satulammi Oy, 9812340-3", True),
        ("Osatoteuttajat#1", "", "Tarula ry", False),
        ("Tuen siirronsaajat", "", "Tuen siirronsaajat", True),
    ]


def test_questions():
    path = "gender_equality.environment_analysed"
    other = OtherField("8.1", SECOND, "ehkä")
    unknown = OtherField("8.1", "Muu", "x")
    values = {f"{path}.answer": True, f"{path}.explanation": "Selitys."}
    assert pieces("8.1", values, [other, unknown]) == [
        (f"{FIRST} -> {path}", f"{FIRST}: ", "Kyllä", True),
        (f"{FIRST} -> {path}#note", "", "Selitys.", False),
        (f"{SECOND} -> gender_equality.mainstreamed", f"{SECOND}: ", "ehkä", False),
        (f"{THIRD} -> gender_equality.main_objective", f"{THIRD}: ", "", False),
        ("other#0 Muu", "Muu: ", "x", False),
    ]


def test_scores():
    first, last = ECOLOGICAL.aspects[0], SOCIAL.aspects[-1]
    impacts = (
        SustainabilityImpact(ECOLOGICAL.name, first, 5, 4, "Selitys."),
        SustainabilityImpact(ECOLOGICAL.name, first, 3),
        SustainabilityImpact(SOCIAL.name, last),
    )
    assert pieces("8.2", {"sustainable_development": impacts}) == [
        ("VälitönVälillinen", "", "VälitönVälillinen", True),
        (f"dimension {ECOLOGICAL.name}", "", ECOLOGICAL.name, False),
        (f"{first}#1", f"{first} ", "5 4", False),
        (f"{first}#1#note", "", "Selitys.", False),
        (f"{first}#2", f"{first} ", "3", False),
        (f"dimension {SOCIAL.name}", "", SOCIAL.name, False),
        (f"{last}#1", f"{last} ", "", False),
    ]
    assert pieces("8.2", {}) == []


@pytest.mark.parametrize(("number", "count"), [("1", 7), ("6", 7), ("7.1", 2), ("7.2", 1)])
def test_empty_sections(number, count):
    written = pieces(number, {})
    assert len(written) == len({key for key, *_ in written}) == count
    assert all(is_block for *_, is_block in written)
