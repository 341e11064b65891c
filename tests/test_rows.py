"""Flat rows: derived from the model, and from the models of a user's handlers."""

from datetime import date
from decimal import Decimal

import attrs
from invented import BASE as EXAMPLE
from invented import Communication, CommunicationHandler, Post

from esr_parser import Parser, ProjectDescription, parse_description
from esr_parser.model import Applicant, OtherField, Partner, Project
from esr_parser.rows import DIAGNOSTICS, Shape, to_row

PLAIN = (str, int, bool, Decimal, date, list, type(None))


def leaves(model, path=()):
    """The paths of a description by looking at a value, and not at annotations."""
    for attribute in attrs.fields(type(model)):
        value = getattr(model, attribute.name)
        if attrs.has(type(value)):
            yield from leaves(value, (*path, attribute.name))
        else:
            yield (*path, attribute.name)


def test_a_row_has_every_single_value_in_declared_order():
    description = parse_description(EXAMPLE)
    row = to_row(description)
    lists = {"co_implementers", "transfer_recipients", "sustainable_development"}
    lists |= {"other_fields", "other_sections", "extensions"}
    paths = [path for path in leaves(description) if path[-1] not in lists]
    assert list(row) == ["_".join(path) for path in paths]
    assert {type(value) for value in row.values()} <= set(PLAIN)
    assert row["project_planned_period_start"] == date(2020, 3, 1)
    assert row["funding_granted_eu_and_state"] == Decimal(186400)
    assert row["area_municipalities"] == ["Joensuu", "Kitee", "Rääkkylä", "Tohmajärvi"]
    assert row["horizontal_principles_gender_equality_main_objective_answer"] is False
    assert type(row["fund"]) is str


def test_an_empty_description_has_the_same_columns():
    empty = to_row(ProjectDescription())
    assert list(empty) == list(to_row(parse_description(EXAMPLE)))
    assert {key: value for key, value in empty.items() if value not in (None, [], False)} in (
        {"language": "fi"},
        {},
    )


def test_child_tables():
    description = ProjectDescription(
        applicant=Applicant(
            co_implementers=(Partner("A ry", "9812340-3"),), transfer_recipients=(Partner("B ry"),)
        ),
        other_fields=(OtherField("1", "Väri", "sininen"),),
    )
    tables = {table.name: table for table in Shape.of().children}
    assert list(tables) == ["partners", "places", "impacts", "other_fields", "other_sections"]
    assert list(tables["partners"].columns) == ["kind", "name", "business_id"]
    assert list(tables["places"].columns) == ["kind", "name"]
    assert list(tables["other_fields"].columns) == ["section", "label", "value"]
    assert list(tables["partners"].rows_of(description)) == [
        ("co_implementers", "A ry", "9812340-3"),
        ("transfer_recipients", "B ry", None),
    ]
    assert list(tables["other_fields"].rows_of(description)) == [("1", "Väri", "sininen")]
    assert list(tables["impacts"].rows_of(description)) == []
    assert list(DIAGNOSTICS)[:2] == ["code", "severity"]


def test_the_values_of_a_users_handler():
    parser = Parser(handlers=[CommunicationHandler()])
    description = parser.parse_description("10 Viestintä\n\nKanava: uutiskirje")
    assert to_row(description)["extensions_communication_channel"] == "uutiskirje"
    value = Communication("radio", None, (Post("a"), Post("b", date(2020, 1, 2))), ["x"], {"y": 1})
    row = to_row(attrs.evolve(description, extensions={"communication": value, "words": "text"}))
    assert {key: row[key] for key in row if key.startswith("extensions")} == {
        "extensions_communication_channel": "radio",
        "extensions_communication_reach_readers": None,
        "extensions_communication_reach_share": None,
        "extensions_communication_tags": ["x"],
        "extensions_communication_odd": "{'y': 1}",
        "extensions_words": "text",
    }
    shape = Shape.of((("communication", Communication),))
    assert [(c.name, c.type) for c in shape.columns[-2:]] == [
        ("extensions_communication_tags", list),
        ("extensions_communication_odd", str),
    ]
    posts = shape.children[-1]
    assert posts.name == "extensions_communication_posts"
    assert dict(posts.columns) == {"title": str, "day": date}
    assert list(posts.rows_of(attrs.evolve(description, extensions={"communication": value}))) == [
        ("a", None),
        ("b", date(2020, 1, 2)),
    ]
    assert list(posts.rows_of(ProjectDescription())) == []
    assert shape.values_of(ProjectDescription())[-1] is None


def test_a_model_in_the_place_of_a_built_in_model():
    @attrs.frozen
    class Other:
        code: str | None = None
        budget: Decimal | None = None

    row = to_row(ProjectDescription(project=Other("S29001", Decimal("1.5"))))  # type: ignore[arg-type]
    assert row["project_budget"] == Decimal("1.5")
    assert "project_name" not in row
    assert "project_name" in to_row(ProjectDescription(project=Project()))
