"""Plain data, JSON text and the JSON Schema."""

from __future__ import annotations

import json
import pickle
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from esr_parser.data import Data, DataError
from esr_parser.grammar import Caption, Field, Fields, Prose, Questions, Rows, Section
from esr_parser.handlers import SectionHandler
from esr_parser.model import (
    Applicant,
    ApplicantArrangement,
    Assessment,
    Contact,
    Estimate,
    Fund,
    GenderEquality,
    GeographicArea,
    HorizontalPrinciples,
    MonitoringEstimates,
    OrganisationType,
    OtherField,
    OtherSection,
    Partner,
    Period,
    PostalAddress,
    ProgrammeItem,
    ProgrammePeriod,
    Project,
    ProjectDescription,
    ProjectStatus,
    PublicFunding,
    SustainabilityImpact,
    TargetGroups,
)
from esr_parser.parser import Parser
from esr_parser.values import AMOUNT, NAME_LIST, PERIOD, TEXT, YES_NO, ValueType

CORPUS = sorted(Path(__file__).parent.glob("corpus/*.txt"))
KEYS = [
    "fund",
    "programme_period",
    "project",
    "applicant",
    "summary",
    "target_groups",
    "funding",
    "area",
    "estimates",
    "horizontal_principles",
    "final_report_summary",
    "other_fields",
    "other_sections",
    "extensions",
]
PARSER = Parser()


def validator(parser: Parser) -> jsonschema.Draft202012Validator:
    schema = parser.json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


VALIDATOR = validator(PARSER)


def pruned(data: Any) -> Any:
    """Data without absent values."""
    if isinstance(data, list):
        return [pruned(value) for value in data]
    if not isinstance(data, dict):
        return data
    items = {key: pruned(value) for key, value in data.items()}
    # Of all booleans, only this one is False where the page says nothing.
    absent = [key for key, value in items.items() if value in (None, {}, [])]
    absent += [key for key in items if key == "nationwide" and not items[key]]
    return {key: items[key] for key in items if key not in absent}


def problems(data: Any, parser: Parser = PARSER) -> tuple[str, ...]:
    with pytest.raises(DataError) as caught:
        parser.from_dict(data)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


# -- descriptions -----------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=())) | st.sampled_from(
    ["\ud83d\ude00", "\ude00\ud83d", "ä\ud83d", "\\ud83d", "null", "\x00\n"]
)
some_text = st.none() | texts
decimals = (
    st.decimals(allow_nan=False, allow_infinity=False)
    | st.decimals(-(10**30), 10**30, places=2)
    | st.integers(-(10**40), 10**40).map(Decimal)
    | st.sampled_from([Decimal(t) for t in ("-0", "0E+9999", "1E+700", "-1.5E+400", "1E-400")])
)
amounts = st.none() | decimals
counts = st.none() | st.integers()
addresses = st.builds(PostalAddress, some_text, some_text, some_text)
items = st.none() | st.builds(ProgrammeItem, some_text, some_text)
estimates = st.builds(Estimate, counts, counts)
assessments = st.builds(Assessment, st.none() | st.booleans(), some_text)
partners = st.none() | st.lists(st.builds(Partner, texts, some_text), max_size=2).map(tuple)
names = st.lists(texts, max_size=3).map(tuple)


def words(known: type[StrEnum]) -> st.SearchStrategy[Any]:
    return some_text | st.sampled_from(known)


descriptions = st.builds(
    ProjectDescription,
    project=st.builds(
        Project,
        some_text | st.just("S20001"),
        some_text,
        items,
        items,
        st.none() | st.builds(Period, st.none() | st.dates(), st.none() | st.dates()),
        words(ProjectStatus),
        some_text,
        some_text,
        some_text,
    ),
    applicant=st.builds(
        Applicant,
        some_text,
        words(OrganisationType),
        some_text,
        addresses,
        some_text,
        some_text,
        some_text,
        st.builds(Contact, some_text, some_text, some_text, some_text),
        words(ApplicantArrangement),
        partners,
        partners,
    ),
    summary=some_text,
    target_groups=st.builds(TargetGroups, some_text, some_text),
    funding=st.builds(PublicFunding, amounts, amounts, amounts, amounts),
    area=st.builds(GeographicArea, names, names, names, st.booleans(), addresses),
    estimates=st.builds(MonitoringEstimates, estimates, estimates),
    horizontal_principles=st.builds(
        HorizontalPrinciples,
        st.builds(GenderEquality, assessments, assessments, assessments),
        st.lists(
            st.builds(SustainabilityImpact, texts, texts, counts, counts, some_text), max_size=2
        ).map(tuple),
    ),
    final_report_summary=some_text,
    other_fields=st.lists(st.builds(OtherField, some_text, texts, texts), max_size=2).map(tuple),
    other_sections=st.lists(st.builds(OtherSection, some_text, some_text, texts), max_size=2).map(
        tuple
    ),
    fund=words(Fund),
    programme_period=st.none() | st.sampled_from(ProgrammePeriod),
)


@given(descriptions)
@example(ProjectDescription())
@example(ProjectDescription(fund=None, project=Project(code="S20001")))
def test_data_and_json_read_back(d: ProjectDescription) -> None:
    data = PARSER.to_dict(d)
    assert list(data) == KEYS
    VALIDATOR.validate(data)
    assert PARSER.from_dict(data) == d
    text = PARSER.to_json(d)
    assert PARSER.from_json(text) == d
    assert PARSER.from_json(PARSER.to_json(d, indent=2)) == d
    assert json.loads(text) == data or "\\ud" in text


@given(descriptions)
def test_absent_values_may_be_left_out(d: ProjectDescription) -> None:
    data = {key: value for key, value in pruned(PARSER.to_dict(d)).items() if value != []}
    VALIDATOR.validate(data)
    read = PARSER.from_dict({"fund": None, "programme_period": None} | data)
    assert pruned(PARSER.to_dict(read)) == data


@given(descriptions)
def test_json_is_utf_8_where_it_can_be(d: ProjectDescription) -> None:
    try:
        encoded = PARSER.to_json(d).encode()
    except UnicodeEncodeError:
        return
    assert PARSER.from_json(encoded) == d


def test_only_halves_of_pairs_are_escaped() -> None:
    assert '"ä\\ud83d ö"' in PARSER.to_json(ProjectDescription(summary="ä\ud83d ö"))
    assert '"ä😀"' in PARSER.to_json(ProjectDescription(summary="ä😀"))
    assert '"\ud83d\ude00"' in PARSER.to_json(ProjectDescription(summary="\ud83d\ude00"))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_corpus(path: Path) -> None:
    d = PARSER.parse_description(path.read_text(encoding="utf-8"))
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    data = PARSER.to_dict(d)
    assert pruned(data) == pruned(expected)
    VALIDATOR.validate(data)
    VALIDATOR.validate(expected)
    assert PARSER.from_dict(expected) == d
    assert PARSER.from_json(PARSER.to_json(d)) == d


def test_corpus_is_there() -> None:
    assert CORPUS


# -- values -----------------------------------------------------------------------------------


def written(**values: Any) -> Any:
    return PARSER.to_dict(ProjectDescription(**values))


@pytest.mark.parametrize(
    ("amount", "data"),
    [
        ("128450", 128450),
        ("128450.00", 128450),
        ("-744", -744),
        ("-0.00", 0),
        ("0E+999999999", 0),
        ("51274.36", 51274.36),
        ("0.1234567890123456789", "0.1234567890123456789"),
        ("123456789012345678.01", "123456789012345678.01"),
        ("1E+29", 10**29),
        ("1E+1000000", "1E+1000000"),
        ("-1.5E-400", "-1.5E-400"),
    ],
)
def test_amounts_are_exact(amount: str, data: object) -> None:
    value = PublicFunding(granted_eu_and_state=Decimal(amount))
    result = written(funding=value)["funding"]["granted_eu_and_state"]
    assert result == data
    assert type(result) is type(data)
    assert PARSER.from_dict({"funding": {"granted_eu_and_state": result}}).funding == value


@pytest.mark.parametrize(
    ("data", "amount"),
    [
        (5, "5"),
        (5.0, "5"),
        (0.1, "0.1"),
        (1e22, "1E+22"),
        ("5.10", "5.10"),
        ("1e2", "100"),
        (Decimal("1.5"), "1.5"),
    ],
)
def test_amounts_are_read_from_any_number(data: object, amount: str) -> None:
    funding = PARSER.from_dict({"funding": {"planned_public_total": data}}).funding
    assert funding.planned_public_total == Decimal(amount)


def test_words_are_plain_text_and_read_back_as_members() -> None:
    d = ProjectDescription(
        fund=Fund.EAKR, project=Project(status=ProjectStatus.ENDED, name=Fund.ESR)
    )
    data = PARSER.to_dict(d)
    assert [type(t) for t in (data["fund"], data["project"]["status"])] == [str, str]
    assert type(data["project"]["name"]) is str
    read = PARSER.from_dict(data)
    assert read == d
    assert type(read.project.status) is ProjectStatus
    assert PARSER.from_dict({"project": {"status": "Uusi"}}).project.status == "Uusi"


def test_a_word_does_for_its_member() -> None:
    data = written(programme_period="2014-2020", fund=OrganisationType.PARISH)
    assert data["programme_period"] == "2014-2020"
    assert data["fund"] == "Seurakunta"
    assert type(data["fund"]) is str


def test_no_rows_and_no_heading_differ() -> None:
    data = written(applicant=Applicant(co_implementers=()))["applicant"]
    assert data["co_implementers"] == []
    assert data["transfer_recipients"] is None


def test_null_and_nothing_are_defaults() -> None:
    assert PARSER.from_dict({}) == ProjectDescription()
    nulls: dict[str, Any] = dict.fromkeys(KEYS)
    assert PARSER.from_dict(nulls) == ProjectDescription()
    VALIDATOR.validate(nulls)
    area = {"regions": None, "nationwide": None, "site": None}
    assert PARSER.from_dict({"area": area}) == ProjectDescription()
    # The fund of a description that has none is not looked up in its project code.
    assert PARSER.from_dict({"project": {"code": "S20001"}}).fund is Fund.ESR
    assert PARSER.from_dict({"project": {"code": "S20001"}, "fund": None}).fund is None
    assert PARSER.from_dict({"estimates": {"persons": {"planned": 5.0}}}).estimates.persons == (
        Estimate(5)
    )
    assert PARSER.from_dict({"other_sections": [{"text": "a"}]}).other_sections == (
        OtherSection(None, None, "a"),
    )


# -- what is wrong ----------------------------------------------------------------------------

MANY = {f"key{k}": 1 for k in range(11)}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "description: expected an object, got an array"),
        ({"project": "x"}, "project: expected an object, got 'x'"),
        ({"project": {"code": 5}}, "project.code: expected text, got 5"),
        ({"nmae": 1}, "nmae: unknown key"),
        ({"project": {"nmae": 1}}, "project.nmae: unknown key; did you mean 'name'?"),
        ({"project": {"a b": 1}}, "project['a b']: unknown key"),
        ({5: 1}, "[5]: the key is not text"),
        ({"x" * 61: 1}, f"['{'x' * 60}' and more]: unknown key"),
        (
            {"project": {"planned_period": {"start": "1.1.2022"}}},
            (
                "project.planned_period.start:"
                " expected an ISO date such as '2022-01-31', got '1.1.2022'"
            ),
        ),
        (
            {"project": {"planned_period": {"end": "2022-02-30"}}},
            "project.planned_period.end: '2022-02-30' is no date: day is out of range for month",
        ),
        (
            {"project": {"planned_period": {"end": "20220101"}}},
            "project.planned_period.end: expected an ISO date such as '2022-01-31', got '20220101'",
        ),
        ({"applicant": {"co_implementers": [{}]}}, "applicant.co_implementers[0].name: missing"),
        (
            {"applicant": {"co_implementers": [{"name": "a"}, {"name": None}]}},
            "applicant.co_implementers[1].name: expected text, got null",
        ),
        ({"area": {"regions": "Oulu"}}, "area.regions: expected an array, got 'Oulu'"),
        ({"area": {"regions": ["Oulu", {}]}}, "area.regions[1]: expected text, got an object"),
        ({"area": {"nationwide": 1}}, "area.nationwide: expected true or false, got 1"),
        (
            {"estimates": {"persons": {"planned": True}}},
            "estimates.persons.planned: expected a whole number, got true",
        ),
        (
            {"estimates": {"persons": {"planned": 1.5}}},
            "estimates.persons.planned: expected a whole number, got 1.5",
        ),
        (
            {"estimates": {"persons": {"planned": 10**5000}}},
            "estimates.persons.planned: expected a whole number, got a huge number",
        ),
        (
            {"funding": {"granted_eu_and_state": float("nan")}},
            "funding.granted_eu_and_state: expected a finite number, got nan",
        ),
        (
            {"funding": {"granted_eu_and_state": Decimal("Infinity")}},
            "funding.granted_eu_and_state: expected a finite number, got Infinity",
        ),
        (
            {"funding": {"granted_eu_and_state": False}},
            "funding.granted_eu_and_state: expected a finite number, got false",
        ),
        (
            {"funding": {"granted_eu_and_state": "1 000"}},
            "funding.granted_eu_and_state: expected a finite number, got '1 000'",
        ),
        (
            {"funding": {"granted_eu_and_state": "1E+9999999999999999999"}},
            "funding.granted_eu_and_state: expected a finite number, got '1E+9999999999999999999'",
        ),
        (
            {"programme_period": "2021-2027"},
            "programme_period: expected one of '2007-2013', '2014-2020', got '2021-2027'",
        ),
        (
            {"programme_period": ["2014-2020"]},
            "programme_period: expected one of '2007-2013', '2014-2020', got an array",
        ),
        ({"fund": 5}, "fund: expected one of 'ESR', 'EAKR' or text or null, got 5"),
        ({"summary": date(2022, 1, 1)}, "summary: expected text, got a value of type date"),
        ({"extensions": []}, "extensions: expected an object, got an array"),
        ({"extensions": {5: 1}}, "extensions[5]: the key is not text"),
        (
            {"extensions": {"a": [1, {"b": 2 + 3j}]}},
            "extensions['a'][1]['b']: expected plain data, got a value of type complex",
        ),
        (
            {"extensions": {"a": float("inf")}},
            "extensions['a']: expected a finite number, got inf",
        ),
    ],
)
def test_what_is_wrong_is_named(data: Any, message: str) -> None:
    assert problems(data) == (message,)


def test_all_problems_at_once() -> None:
    data = {
        "project": {"code": 1, "planned_period": {"start": 2, "end": 3}},
        "area": {"regions": [4, "b", 5]},
        "more": 6,
    }
    places = [problem.partition(":")[0] for problem in problems(data)]
    assert places == [
        "project.code",
        "project.planned_period.start",
        "project.planned_period.end",
        "area.regions[0]",
        "area.regions[2]",
        "more",
    ]


def places(data: Any) -> list[tuple[Any, Any]]:
    """Every container with every key or index in it."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    found = []
    for key, value in pairs:
        found.append((data, key))
        found += places(value) if isinstance(value, dict | list) else []
    return found


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
    | st.sampled_from(["5", "1e5", "2022-01-31", "Toiminnassa", 5.0]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(texts | st.sampled_from(["name", "number", "start"]), inner, max_size=2)
    ),
    max_leaves=5,
)


@given(descriptions, json_values, st.data())
def test_what_the_schema_accepts_is_read(d: ProjectDescription, value: Any, pick: Any) -> None:
    data = PARSER.to_dict(d)
    container, key = pick.draw(st.sampled_from(places(data)))
    container[key] = value
    try:
        read = PARSER.from_dict(data)
    except DataError:
        assert not VALIDATOR.is_valid(data)
    else:
        VALIDATOR.validate(data)
        assert PARSER.from_dict(PARSER.to_dict(read)) == read


def test_many_unknown_keys_get_no_suggestions() -> None:
    assert problems({"project": dict.fromkeys(MANY, 1) | {"nmae": 1}})[-1] == (
        "project.nmae: unknown key"
    )


def test_errors_can_be_pickled() -> None:
    error = DataError("a: b", "c: d")
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (
            {"funding": PublicFunding(granted_eu_and_state=Decimal("NaN"))},
            "funding.granted_eu_and_state: expected a finite decimal number, got NaN",
        ),
        (
            {"funding": PublicFunding(realised_public_total=5)},  # type: ignore[arg-type]
            "funding.realised_public_total: expected a finite decimal number, got 5",
        ),
        ({"summary": 5}, "summary: expected text, got 5"),
        ({"area": GeographicArea(regions="Oulu")}, "area.regions: expected a tuple, got 'Oulu'"),  # type: ignore[arg-type]
        (
            {"area": GeographicArea(regions=("Oulu", None))},  # type: ignore[arg-type]
            "area.regions[1]: expected text, got null",
        ),
        (
            {"project": Project(planned_period=Period(datetime(2022, 1, 1)))},  # noqa: DTZ001
            "project.planned_period.start: expected a date, got a value of type datetime",
        ),
        (
            {"estimates": MonitoringEstimates(companies=Estimate(planned=True))},
            "estimates.companies.planned: expected a whole number, got true",
        ),
        (
            {"project": Project(status=5)},  # type: ignore[arg-type]
            (
                "project.status: expected one of"
                " 'Toiminnassa', 'Toiminta päättynyt', 'Keskeytynyt' or text or null, got 5"
            ),
        ),
        (
            {"programme_period": "2021-2027"},
            "programme_period: expected one of '2007-2013', '2014-2020', got '2021-2027'",
        ),
        (
            {"programme_period": 5.5},
            "programme_period: expected one of '2007-2013', '2014-2020', got 5.5",
        ),
        (
            {"project": Applicant()},
            "project: expected a value of type Project, got a value of type Applicant",
        ),
        (
            {"extensions": {"a": {1: 2}}},
            "extensions['a'][1]: the key is not text",
        ),
    ],
)
def test_what_cannot_be_written_is_named(values: Any, message: str) -> None:
    d = ProjectDescription(**values)
    for write in (PARSER.to_dict, PARSER.to_json):
        with pytest.raises(DataError) as caught:
            write(d)
        assert caught.value.problems == (message,)


def test_only_descriptions_are_written() -> None:
    message = "description: expected a value of type ProjectDescription, got null"
    with pytest.raises(DataError, match=message):
        PARSER.to_dict(None)  # type: ignore[arg-type]


# -- JSON text --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1, column 1: no JSON: Expecting value"),
        (b'{"summary":\n  nix}', "line 2, column 3: no JSON: Expecting value"),
        (b'{"summary": "\xff"}', "byte 13: no utf-8 text"),
        ('{"summary": NaN}', "description: NaN is no JSON number"),
        ("5", "description: expected an object, got 5"),
        ("[" * 100_000, "description: nested too deeply"),
        ('{"a":' * 100_000, "description: nested too deeply"),
    ],
)
def test_text_that_is_no_json(text: str | bytes, message: str) -> None:
    with pytest.raises(DataError) as caught:
        PARSER.from_json(text)
    assert caught.value.problems == (message,)


def test_integers_python_does_not_read() -> None:
    with pytest.raises(DataError, match="description: Exceeds the limit"):
        PARSER.from_json('{"summary": ' + "1" * 10_000 + "}")


def test_other_objects_are_type_errors() -> None:
    with pytest.raises(TypeError):
        PARSER.from_json(5)  # type: ignore[arg-type]


def test_the_last_of_repeated_keys_counts() -> None:
    assert PARSER.from_json('{"summary": "a", "summary": "b"}').summary == "b"


def nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


def test_depth_is_no_crash() -> None:
    d = ProjectDescription(extensions={"a": nested(50)})
    assert PARSER.from_json(PARSER.to_json(d)) == d
    for depth in range(100, 1000, 20):
        with suppress(DataError):
            PARSER.from_json('{"extensions": {"a": ' + "[" * depth + "]" * depth + "}}")
        with suppress(DataError):
            PARSER.to_json(ProjectDescription(extensions={"a": nested(depth)}))
    with pytest.raises(DataError, match="description: nested too deeply"):
        PARSER.to_json(ProjectDescription(extensions={"a": nested(2000)}))


def test_plain_extensions_are_copied() -> None:
    data: dict[str, Any] = {"a": [1, 2.5, {"b": None}, True, "x"], "c": (1,)}
    d = PARSER.from_dict({"extensions": data})
    assert d.extensions["a"] == data["a"]
    assert d.extensions["c"] == [1]
    data["a"].append(5)
    assert d.extensions["a"] != data["a"]
    VALIDATOR.validate(PARSER.to_dict(d))
    assert PARSER.from_json(PARSER.to_json(d)) == d


def test_values_without_a_handler_are_plain_data() -> None:
    extensions = {
        "partner": (Partner("a"), Fund.ESR, Level.HIGH, date(2022, 1, 31), Decimal("0.5"), 1, None),
    }
    assert written(extensions=extensions)["extensions"] == {
        "partner": [{"name": "a", "business_id": None}, "ESR", 2, "2022-01-31", 0.5, 1, None]
    }


# -- handlers ---------------------------------------------------------------------------------


class Channel(StrEnum):
    NEWSLETTER = "uutiskirje"
    RADIO = "radio"


class Level(IntEnum):
    LOW = 1
    HIGH = 2


class Colour(Enum):
    RED = "red"


@attrs.frozen
class Event:
    day: date
    place: str | None
    budget: Decimal = Decimal(0)


@attrs.frozen
class Communication:
    """How a project tells about itself.

    The rest of the docstring is no part of the schema.
    """

    channel: Channel | str | None = None
    level: Level = Level.LOW
    colour: Colour = Colour.RED
    share: float = 0.5
    events: tuple[Event, ...] = ()
    first: Event | None = None
    audience: list[str] = attrs.Factory(list)
    period: Period | None = None
    budget: Decimal | int | None = None
    day_or_text: date | str | None = None
    anything: Any = None
    some: object | str = None
    rows: tuple[Any, ...] = ()
    reviewed: bool | None = None
    _private: str | None = None
    number_of_events: int = attrs.field(init=False, default=0)


ODD_WORDS = ValueType("colour", TEXT.parse, TEXT.format, "`red` or `blue`", words=("red", "blue"))


class CommunicationHandler(SectionHandler):
    key = "communication"
    model = Communication
    sections = (
        Section(
            "10",
            "Viestintä",
            "communication",
            Fields(
                Caption("Kanavat"),
                Field("Kanava", "channel", ODD_WORDS),
                Field("Aika", "period", PERIOD),
                Field("Budjetti", "budget", AMOUNT),
                Field("Yleisö", "audience", NAME_LIST),
                Field("Päivä", "first.day", PERIOD),
                Field("Tila", "day_or_text", ODD_WORDS),
                Rows("Tapahtumat", "rows", TEXT),
            ),
        ),
    )


class NotesHandler(SectionHandler):
    key = "notes"
    model = str
    sections = (Section("11", "Muistiinpanot", "notes", Prose()),)


COMMUNICATING = Parser(handlers=[CommunicationHandler(), NotesHandler()])

communications = st.builds(
    Communication,
    channel=words(Channel),
    level=st.sampled_from(Level),
    colour=st.sampled_from(Colour),
    share=st.floats(allow_nan=False, allow_infinity=False) | st.integers(-5, 5),
    events=st.lists(st.builds(Event, st.dates(), some_text, decimals), max_size=2).map(tuple),
    first=st.none() | st.builds(Event, st.dates(), some_text),
    audience=st.lists(texts, max_size=2),
    period=st.none() | st.builds(Period, st.none() | st.dates()),
    budget=st.none() | st.integers() | st.decimals(-9, 9, places=2),
    day_or_text=st.none() | st.dates() | st.just("maybe"),
    anything=st.recursive(st.none() | texts | st.booleans() | st.floats(-1, 1), st.lists),
    some=texts,
    rows=st.lists(texts | st.integers(), max_size=2).map(tuple),
    reviewed=st.none() | st.booleans(),
    private=some_text,
)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "communication": st.none() | communications,
            "notes": st.none() | texts,
            "unknown": st.lists(texts),
        },
    )
)
def test_values_of_handlers_read_back(extensions: dict[str, object]) -> None:
    d = ProjectDescription(extensions=extensions)
    data = COMMUNICATING.to_dict(d)
    COMMUNICATING_VALIDATOR.validate(data)
    assert COMMUNICATING.from_dict(data) == d
    assert COMMUNICATING.from_json(COMMUNICATING.to_json(d)) == d


COMMUNICATING_VALIDATOR = validator(COMMUNICATING)


def test_from_text_to_json_and_back() -> None:
    text = (
        "10 Viestintä\n\nKanavat\n\nKanava: radio\n\nBudjetti: 10,50 €\n\n"
        "11 Muistiinpanot\n\nJotain."
    )
    d = COMMUNICATING.parse_description(text)
    data = COMMUNICATING.to_dict(d)
    assert data["extensions"]["communication"]["budget"] == 10.5
    assert data["extensions"]["notes"] == "Jotain."
    # A handler is free to read its values as it likes: what is a word of the set is a member.
    assert COMMUNICATING.from_dict(data).extensions == d.extensions


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (5, ": expected an object, got 5"),
        ({"chanel": 1}, ".chanel: unknown key; did you mean 'channel'?"),
        ({"events": [{"day": 5}]}, ".events[0].day: expected an ISO date such as"),
        ({"events": [{}]}, ".events[0].day: missing"),
        ({"first": {"day": "2022-01-01", "budget": True}}, ".first.budget: expected a finite"),
        ({"level": True}, ".level: expected one of 1, 2, got true"),
        ({"level": 3}, ".level: expected one of 1, 2, got 3"),
        ({"share": "1"}, ".share: expected a finite number, got '1'"),
        ({"share": 10**400}, ".share: expected a finite number, got a huge number"),
        ({"reviewed": 0}, ".reviewed: expected true or false, got 0"),
        ({"number_of_events": 0}, ".number_of_events: unknown key"),
        ({"day_or_text": 5}, ".day_or_text: expected an ISO date or text or null, got 5"),
    ],
)
def test_what_is_wrong_in_an_extension_is_named(value: object, message: str) -> None:
    data = {"extensions": {"communication": value}}
    (problem,) = problems(data, COMMUNICATING)
    assert problem.startswith(f"extensions['communication']{message}")


def test_a_value_of_another_type_is_refused() -> None:
    message = "expected a value of type Communication, got a value of type Partner"
    with pytest.raises(DataError, match=message):
        COMMUNICATING.to_dict(ProjectDescription(extensions={"communication": Partner("a")}))
    with pytest.raises(DataError, match=r"\.colour: expected one of 'red', got 'red'"):
        COMMUNICATING.to_dict(
            ProjectDescription(extensions={"communication": Communication(colour="red")})  # type: ignore[arg-type]
        )


def test_schema_of_handlers() -> None:
    schema = COMMUNICATING.json_schema()
    extensions = schema["properties"]["extensions"]
    assert extensions["additionalProperties"] is True
    assert extensions["properties"]["communication"] == {
        "anyOf": [{"$ref": "#/$defs/Communication"}, {"type": "null"}],
        "description": "Viestintä (2014-2020: section 10)",
    }
    assert extensions["properties"]["notes"]["type"] == ["string", "null"]
    model = schema["$defs"]["Communication"]
    assert model["description"] == "How a project tells about itself."
    assert model["properties"]["channel"] == {
        "anyOf": [{"enum": ["uutiskirje", "radio"]}, {"type": "string"}, {"type": "null"}],
        "description": "Kanava (2014-2020: section 10)",
        "examples": ["red", "blue"],
    }
    assert model["properties"]["day_or_text"]["examples"] == ["red", "blue"]
    assert model["properties"]["audience"]["items"] == {"type": "string"}
    assert model["properties"]["rows"] == {
        "type": ["array", "null"],
        "description": "Tapahtumat (2014-2020: section 10)",
    }
    assert model["properties"]["anything"] == {}
    assert schema["$defs"]["Event"]["required"] == ["day"]
    assert "number_of_events" not in model["properties"]


# -- handlers that go their own way -----------------------------------------------------------


@attrs.frozen
class OwnProject:
    code: str | None = None
    is_odd: bool = False


class ProjectHandler(SectionHandler):
    key = "project"
    model = OwnProject
    sections = (
        Section(
            "1",
            "Hanke",
            "project",
            Fields(Field("Hankekoodi", "code"), Field("Outo", "is_odd", YES_NO)),
        ),
    )


@attrs.frozen
class Summary:
    text: str
    is_long: bool


class SummaryHandler(SectionHandler):
    """Puts its model together itself: its path is no attribute."""

    key = "summary"
    model = Summary
    sections = (
        Section("3", "Suunnitelman mukainen tiivistelmä toteutuksesta", "summary", Prose("prose")),
        Section(
            "3.1",
            "Lisää",
            "summary",
            Questions(Field("Onko", "text", YES_NO), Field("Voiko", "text.deeper", YES_NO)),
        ),
    )

    def build(self, values: Any) -> Summary:
        text = values.get("prose", "")
        return Summary(text, len(text) > 5)

    def take_apart(self, value: Any) -> dict[str, Any]:
        return {"prose": value.text}


OWN = Parser(handlers=[ProjectHandler(), SummaryHandler()])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 Hanke\n\nHankekoodi: S20001\n\nOuto: Kyllä",
        "3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\nSana.",
        "2 Hakijan perustiedot\n\nHakijan virallinen nimi: A",
    ],
)
def test_replaced_sections_read_back(text: str) -> None:
    d = OWN.parse_description(text)
    data = OWN.to_dict(d)
    validator(OWN).validate(data)
    assert OWN.from_json(OWN.to_json(d)) == d
    assert list(data) == KEYS
    assert OWN.from_dict(pruned(data)) == d


def test_schema_of_replaced_sections() -> None:
    schema = OWN.json_schema()
    assert schema["properties"]["project"]["anyOf"][0] == {"$ref": "#/$defs/OwnProject"}
    assert "description" not in schema["$defs"]["OwnProject"]
    assert "Project" not in schema["$defs"]
    assert schema["$defs"]["Summary"]["properties"]["is_long"] == {"type": "boolean"}


@attrs.frozen
class Node:
    name: str = ""
    children: tuple[Node, ...] = ()
    best: Node | None = None


def handler_of(own_model: type, own_key: str = "own") -> SectionHandler:
    class Handler(SectionHandler):
        key = own_key
        model = own_model

    return Handler()


def test_classes_that_hold_their_own_kind() -> None:
    parser = Parser(handlers=[handler_of(Node)])
    tree = Node("a", (Node("b"), Node("c", (Node("d"),))), Node("e"))
    d = ProjectDescription(extensions={"own": tree})
    data = parser.to_dict(d)
    validator(parser).validate(data)
    assert parser.from_dict(data) == d
    nested: dict[str, Any] = {}
    for _ in range(2000):
        nested = {"best": nested}
    assert problems({"extensions": {"own": nested}}, parser)[0].endswith("nested too deeply")
    for _ in range(2000):
        tree = Node(best=tree)
    with pytest.raises(DataError, match="nested too deeply"):
        parser.to_dict(ProjectDescription(extensions={"own": tree}))


@attrs.frozen
class Strict:
    share: int = attrs.field(default=1, validator=attrs.validators.le(10))

    def __attrs_post_init__(self) -> None:
        if self.share == 7:
            raise ValueError


def test_what_a_class_refuses_is_named() -> None:
    parser = Parser(handlers=[handler_of(Strict)])
    (problem,) = problems({"extensions": {"own": {"share": 11}}}, parser)
    assert problem.startswith("extensions['own']: 'share' must be <= 10")
    assert problems({"extensions": {"own": {"share": 7}}}, parser) == (
        "extensions['own']: ValueError",
    )


def test_classes_of_one_name_are_told_apart() -> None:
    one = attrs.make_class("Project", {"a": attrs.field(default=None)}, frozen=True)
    two = attrs.make_class("Project", {"b": attrs.field(default=None)}, frozen=True)
    parser = Parser(handlers=[handler_of(one, "one"), handler_of(two, "two")])
    schema = parser.json_schema()
    assert list(schema["$defs"]["Project-2"]["properties"]) == ["a"]
    assert list(schema["$defs"]["Project-3"]["properties"]) == ["b"]
    d = ProjectDescription(extensions={"one": one(5), "two": two([1])})
    validator(parser).validate(parser.to_dict(d))
    assert parser.from_json(parser.to_json(d)) == d


class Fraction(Enum):
    HALF = 0.5


@pytest.mark.parametrize(
    ("model", "message"),
    [
        (
            attrs.make_class("Odd", {"a": attrs.field(type=set[str])}),
            r"Odd\.a: values of the type set\[str\] cannot be written as plain data",
        ),
        (attrs.make_class("Odd", {"a": attrs.field(type=tuple[int, str])}), r"Odd\.a: .*tuple"),
        (attrs.make_class("Odd", {"a": attrs.field(type=type(None))}), r"Odd\.a: .*NoneType"),
        (attrs.make_class("Odd", {"a": attrs.field(type=Fraction)}), "the values of Fraction"),
        (attrs.make_class("Odd", ["cl"]), r"Odd\.cl: the name 'cl' is taken by cattrs"),
        (Path, "the handler 'own': values of the type"),
    ],
)
def test_models_that_are_no_plain_data(model: type, message: str) -> None:
    parser = Parser(handlers=[handler_of(model)])
    with pytest.raises(TypeError, match=message):
        parser.json_schema()


# -- the schema -------------------------------------------------------------------------------


def test_schema() -> None:
    schema = PARSER.json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"].startswith("urn:")
    assert list(schema["properties"]) == KEYS
    assert json.dumps(schema) == json.dumps(Parser().json_schema())
    definitions = schema["$defs"]
    assert {d["additionalProperties"] for d in definitions.values()} == {False}
    assert schema["additionalProperties"] is False
    assert definitions["Partner"]["required"] == ["name"]
    funding = definitions["PublicFunding"]["properties"]["granted_eu_and_state"]
    assert funding["type"] == ["number", "string", "null"]
    assert funding["examples"] == [128450, 51274.36]
    regions = definitions["GeographicArea"]["properties"]["regions"]
    assert regions["description"] == "Maakunnat (2014-2020: section 6; 2007-2013: section 3.1)"
    planned = definitions["Estimate"]["properties"]["planned"]
    assert planned["description"] == "Suunniteltu (2014-2020: sections 7.1, 7.2)"
    status = definitions["Project"]["properties"]["status"]
    assert status["anyOf"][:2] == [{"enum": list(ProjectStatus)}, {"type": "string"}]


def test_schema_belongs_to_the_caller() -> None:
    PARSER.json_schema()["$defs"]["Project"]["properties"].clear()
    PARSER.json_schema()["properties"]["fund"]["anyOf"].clear()
    assert PARSER.json_schema()["$defs"]["Project"]["properties"]
    assert PARSER.json_schema()["properties"]["fund"]["anyOf"]


def test_examples_satisfy_their_schemas() -> None:
    schema = COMMUNICATING.json_schema()
    count = 0
    for name, definition in schema["$defs"].items():
        for key, keywords in definition["properties"].items():
            reference = {"$ref": f"#/$defs/{name}/properties/{key}", "$defs": schema["$defs"]}
            for value in keywords.get("examples", ()):
                jsonschema.Draft202012Validator(reference).validate(value)
                count += 1
    assert count > 20


def test_every_declared_label_is_in_the_schema() -> None:
    text = PARSER.to_json(ProjectDescription()) + json.dumps(
        PARSER.json_schema(), ensure_ascii=False
    )
    for layout in PARSER.layouts:
        for section in layout.sections:
            for item in getattr(section.content, "items", ()):
                assert isinstance(item, Caption) or item.label in text


def test_data_is_built_once() -> None:
    assert isinstance(PARSER._data, Data)
    assert PARSER._data is PARSER._data
