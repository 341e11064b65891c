"""Plain data, JSON text and the JSON Schema."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import typing
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from esr_parser.data import Data, DataError
from esr_parser.errors import DeclarationError, EsrParserError
from esr_parser.grammar import Caption, Dimension, Field, Fields, Prose, Rows, Scores, Section
from esr_parser.handlers import SectionHandler, checked, merged
from esr_parser.layouts import LAYOUT_2014_2020, LAYOUTS
from esr_parser.model import (
    Applicant,
    Estimate,
    Fund,
    GeographicArea,
    MonitoringEstimates,
    OtherSection,
    Partner,
    Period,
    ProgrammePeriod,
    Project,
    ProjectDescription,
    ProjectStatus,
    PublicFunding,
)
from esr_parser.values import PARTNER, TEXT

CORPUS = sorted(Path(__file__).parent.glob("corpus/*.json"))
KEYS = [attribute.name for attribute in attrs.fields(ProjectDescription)]


def data_of(*handlers: SectionHandler[Any]) -> Data:
    by_key = checked(handlers)
    return Data([merged(layout, by_key) for layout in LAYOUTS], by_key)


def validator(data: Data) -> jsonschema.Draft202012Validator:
    schema = data.json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


DATA = data_of()
VALIDATOR = validator(DATA)


# -- a user's handlers ------------------------------------------------------------------------


class Channel(StrEnum):
    NEWSLETTER = "uutiskirje"
    RADIO = "radio"


class Tone(str, Enum):  # noqa: UP042 (as it was written before Python 3.11)
    WARM = "lämmin"


@attrs.frozen
class Impact:
    dimension: str
    aspect: str
    near: int | None = None
    far: int | None = None
    explanation: str | None = None


@attrs.frozen
class Event:
    day: date
    place: str | None
    budget: Decimal = Decimal(0)


@attrs.frozen
class About:
    title: str | None = None


NO_TITLE = About()


@attrs.frozen
class Communication:
    """How a project makes itself known.

    The rest of the docstring is not part of the schema.
    """

    channel: Channel | str | None = None
    tone: Tone = Tone.WARM
    share: float = 0.5
    events: tuple[Event, ...] = ()
    first: Event | None = None
    audience: tuple[str | None, ...] = ()
    about: About = NO_TITLE
    budget: Decimal | date | None = None
    impacts: tuple[Impact, ...] = ()
    partners: tuple[Partner, ...] | None = None
    is_reviewed: bool | None = None
    within: Communication | None = None
    _private: str | None = None
    number_of_events: int = attrs.field(init=False, default=0)


class CommunicationHandler(SectionHandler[Communication]):
    key = "communication"
    model = Communication
    sections = (
        Section(
            "10",
            "Viestintä",
            "communication",
            Fields(
                Caption("Viestinnän kanavat"),
                Field("Kanava", "channel", variants=("Kanavat",)),
                Rows("Kumppanit", "partners", PARTNER),
                Field("Otsikko", "about.title"),
            ),
        ),
        Section(
            "10.1",
            "Näkyvyys",
            "communication",
            Scores(
                "impacts", ("Lähi", "Kauko"), (Dimension("Media", ("Lehdet", "Radio")),), Impact
            ),
        ),
    )


class NotesHandler(SectionHandler[str]):
    key = "notes"
    model = str
    sections = (Section("11", "Muistiinpanot", "notes", Prose()),)


@attrs.frozen
class OwnProject:
    code: str | None = None
    is_odd: bool = False


class OwnProjectHandler(SectionHandler[OwnProject]):
    key = "project"
    model = OwnProject
    sections = (Section("1", "Hanke", "project", Fields(Field("Hankekoodi", "code"))),)


@attrs.frozen
class Summary:
    text: str
    length: int


class SummaryHandler(SectionHandler[Summary]):
    """Puts its model together itself: its path is not an attribute."""

    key = "summary"
    model = Summary
    sections = (
        Section(
            "3",
            "Tiivistelmä",
            "summary",
            Fields(Field("A", "all"), Field("B", "text.deeper", TEXT)),
        ),
    )

    def build(self, values: Any) -> Summary:
        return Summary(values["all"], len(values["all"]))


OWN = data_of(CommunicationHandler(), NotesHandler(), OwnProjectHandler(), SummaryHandler())
OWN_VALIDATOR = validator(OWN)


# -- law 6: every description goes through data and JSON --------------------------------------

texts = st.text(st.characters(exclude_categories=())) | st.sampled_from(
    ["\ud83d\ude00", "ä\ud83d", "\\ud83d", 'NaN "NaN', "\x00\n", "Toiminnassa", "2020-01-01"]
)
SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    type(None): st.none(),
    str: texts,
    bool: st.booleans(),
    int: st.integers(-(2**64), 2**64),
    float: st.floats(allow_nan=False, allow_infinity=False),
    date: st.dates(),
    Decimal: st.decimals(-(10**9), 10**9, places=2)
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.sampled_from([Decimal(t) for t in ("-0.00", "0E+9999", "1E+700", "-1.5E-400")]),
}


def values_of(hint: Any, **known: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Any value of a type; of some attributes, the given ones."""
    if hint in SCALARS:
        return SCALARS[hint]
    if isinstance(hint, type) and attrs.has(hint):
        hints = typing.get_type_hints(hint)
        parts = {a.alias: a.name for a in attrs.fields(hint) if a.init}
        known = {n: values_of(hints[n]) for n in hints if n not in known} | known
        return st.builds(hint, **{alias: known[name] for alias, name in parts.items()})
    if isinstance(hint, type):
        return st.sampled_from(list(hint))
    options = [option for option in typing.get_args(hint) if option is not ...]
    if typing.get_origin(hint) is tuple:
        return st.lists(values_of(options[0]), max_size=2).map(tuple)
    return st.one_of(*map(values_of, options))


# A whole description is many draws.
HALF_AS_MANY = settings(max_examples=settings().max_examples // 2)
descriptions = values_of(ProjectDescription, extensions=st.just({}))
own_descriptions = values_of(
    ProjectDescription,
    project=values_of(OwnProject) | st.just(Project()),
    summary=values_of(Summary | None),
    extensions=st.fixed_dictionaries(
        {},
        optional={
            "communication": values_of(Communication, within=st.none() | st.builds(Communication)),
            "notes": values_of(str | None),
        },
    ),
)


def check(data: Data, schema: jsonschema.Draft202012Validator, d: ProjectDescription) -> None:
    plain = data.to_dict(d)
    assert list(plain) == KEYS
    schema.validate(plain)
    assert data.from_dict(plain) == d
    text = data.to_json(d)
    assert data.from_json(text) == d
    assert data.from_json(data.to_json(d, indent=2)) == d
    schema.validate(json.loads(text, parse_float=Decimal))


@HALF_AS_MANY
@given(descriptions)
@example(ProjectDescription())
@example(ProjectDescription(fund=Fund.ESR, project=Project(status=ProjectStatus.ENDED)))
def test_any_description(d: ProjectDescription) -> None:
    check(DATA, VALIDATOR, d)


@HALF_AS_MANY
@given(own_descriptions)
@example(ProjectDescription(project=Project()))
def test_any_description_of_own_handlers(d: ProjectDescription) -> None:
    check(OWN, OWN_VALIDATOR, d)


def places(plain: Any) -> Iterable[tuple[Any, Any]]:
    """Every object and array with each of its keys and indexes."""
    for key, value in list(plain.items() if isinstance(plain, dict) else enumerate(plain)):
        yield plain, key
        if isinstance(value, dict | list):
            yield from places(value)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts | st.sampled_from([5.0, []]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.just("name"), inner),
    max_leaves=3,
)


@HALF_AS_MANY
@given(descriptions, st.data())
def test_whatever_is_read_satisfies_the_schema(d: ProjectDescription, pick: st.DataObject) -> None:
    plain = DATA.to_dict(d)
    container, key = pick.draw(st.sampled_from(list(places(plain))))
    container[key] = pick.draw(PLAIN)
    try:
        read = DATA.from_dict(plain)
    except DataError:
        return
    VALIDATOR.validate(plain)
    assert DATA.from_json(DATA.to_json(read)) == read


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_corpus(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    d = DATA.from_json(text)
    check(DATA, VALIDATOR, d)
    VALIDATOR.validate(json.loads(text))
    assert DATA.from_dict(json.loads(text)) == d


# -- values: the model's, and the data's ------------------------------------------------------

HUGE = "1" + "0" * 700
AMOUNTS: list[tuple[str, object, str]] = [
    # amount, to_dict, to_json
    ("128450", 128450, "128450"),
    ("128450.00", 128450, "128450"),
    ("-744", -744, "-744"),
    ("-0.00", 0, "0"),
    ("0E+999999999", 0, "0"),
    ("51274.36", 51274.36, "51274.36"),
    ("12345678901234567.89", Decimal("12345678901234567.89"), "12345678901234567.89"),
    ("12345678901234567890", 12345678901234567890, "12345678901234567890"),
    ("0.1234567890123456789", Decimal("0.1234567890123456789"), "0.1234567890123456789"),
    ("1E+29", 10**29, "1" + "0" * 29),
    ("1E+1000000", Decimal("1E+1000000"), "1E+1000000"),
    ("-1.5E-400", Decimal("-1.5E-400"), "-1.5E-400"),
    (HUGE, Decimal(HUGE), HUGE),
]


@pytest.mark.parametrize(("amount", "plain", "digits"), AMOUNTS)
def test_amounts_keep_every_digit(amount: str, plain: object, digits: str) -> None:
    funding = PublicFunding(granted_eu_and_state=Decimal(amount))
    d = ProjectDescription(summary='NaN "NaN"', funding=funding)
    written = DATA.to_dict(d)["funding"]["granted_eu_and_state"]
    assert (written, type(written)) == (plain, type(plain))
    VALIDATOR.validate(DATA.to_dict(d))
    assert f'"granted_eu_and_state": {digits}, ' in DATA.to_json(d)
    assert DATA.from_json(DATA.to_json(d)) == d
    assert DATA.from_json(f'{{"funding": {{"granted_eu_and_state": {amount}}}}}').funding == funding


READ: list[tuple[Any, ProjectDescription]] = [
    ({}, ProjectDescription()),
    (dict.fromkeys(KEYS), ProjectDescription()),
    ({"area": {"regions": None, "nationwide": None, "site": None}}, ProjectDescription()),
    ({"language": "en"}, ProjectDescription(language="en")),
    ({"fund": "EAKR"}, ProjectDescription(fund=Fund.EAKR)),
    ({"fund": "EMR", "programme_period": "2028"}, ProjectDescription("EMR", "2028")),
    (
        {"programme_period": "2014-2020"},
        ProjectDescription(programme_period=ProgrammePeriod.P2014_2020),
    ),
    (
        {"applicant": {"co_implementers": [], "transfer_recipients": None}},
        ProjectDescription(applicant=Applicant(co_implementers=())),
    ),
    (
        {"estimates": {"persons": {"planned": 5.0}}},
        ProjectDescription(estimates=MonitoringEstimates(persons=Estimate(5))),
    ),
    (
        {"other_sections": [{"text": "a"}]},
        ProjectDescription(other_sections=(OtherSection(None, None, "a"),)),
    ),
    ({"area": {"regions": ("Lappi",)}}, ProjectDescription(area=GeographicArea(("Lappi",)))),
]


@pytest.mark.parametrize(("plain", "d"), READ)
def test_read(plain: Any, d: ProjectDescription) -> None:
    read = DATA.from_dict(plain)
    assert read == d
    assert [type(read.fund), type(read.programme_period)] == [
        type(d.fund),
        type(d.programme_period),
    ]
    VALIDATOR.validate(json.loads(json.dumps(plain)))


def test_written_words_are_plain() -> None:
    project = Project(status=ProjectStatus.ENDED, name=Fund.ESR)
    plain = DATA.to_dict(ProjectDescription(fund=Fund.EAKR, project=project))
    words = [plain["fund"], plain["project"]["status"], plain["project"]["name"]]
    assert words == ["EAKR", "Toiminta päättynyt", "ESR"]
    assert {type(word) for word in words} == {str}


def test_words_of_a_closed_set() -> None:
    plain = {"extensions": {"communication": {"tone": "lämmin", "channel": "radio"}}}
    read = OWN.from_dict(plain).extension(Communication)
    assert read is not None
    assert (read.tone, read.channel) == (Tone.WARM, Channel.RADIO)
    assert OWN.to_dict(OWN.from_dict(plain))["extensions"]["communication"]["tone"] == "lämmin"


# -- what is wrong ----------------------------------------------------------------------------


def problems_of(data: Data, plain: Any) -> list[str]:
    with pytest.raises(DataError) as caught:
        data.from_dict(plain)
    return str(caught.value).split("\n")


WRONG: list[tuple[Any, str]] = [
    ([], "expected an object, got an array"),
    ({"project": "x"}, "project: expected an object, got 'x'"),
    ({"project": {"code": 20001}}, "project.code: expected text, got 20001"),
    ({"project": {"nmae": 1}}, "project.nmae: unknown key; did you mean 'name'?"),
    ({"xyz": 1}, "xyz: unknown key"),
    ({"a b": 1}, "['a b']: unknown key"),
    ({5: 1}, "[5]: unknown key"),
    ({"x" * 61: 1}, f"['{'x' * 60}' and more]: unknown key"),
    (
        {"project": {"planned_period": {"start": "1.1.2022", "end": "2022-01-31"}}},
        "project.planned_period.start: expected an ISO date such as '2022-01-31', got '1.1.2022'",
    ),
    (
        {"project": {"planned_period": {"end": "2022-02-30"}}},
        "project.planned_period.end: expected an ISO date such as '2022-01-31', got '2022-02-30'",
    ),
    (
        {"project": {"planned_period": {"end": "2022-W01-1"}}},
        "project.planned_period.end: expected an ISO date such as '2022-01-31', got '2022-W01-1'",
    ),
    (
        {"applicant": {"co_implementers": [{}]}},
        "applicant.co_implementers[0].name: the key is missing",
    ),
    (
        {"applicant": {"co_implementers": [{"name": "a"}, {"name": None}]}},
        "applicant.co_implementers[1].name: expected text, got null",
    ),
    ({"area": {"regions": "Lappi"}}, "area.regions: expected an array, got 'Lappi'"),
    ({"area": {"regions": ["Lappi", {}]}}, "area.regions[1]: expected text, got an object"),
    ({"area": {"nationwide": 1}}, "area.nationwide: expected true or false, got 1"),
    (
        {"estimates": {"persons": {"planned": True}}},
        "estimates.persons.planned: expected a number, got true",
    ),
    (
        {"estimates": {"persons": {"planned": 1.5}}},
        "estimates.persons.planned: expected a whole number, got 1.5",
    ),
    (
        {"estimates": {"persons": {"planned": Decimal("sNaN")}}},
        "estimates.persons.planned: expected a number, got sNaN",
    ),
    (
        {"estimates": {"persons": {"planned": Decimal("1E+999999999")}}},
        "estimates.persons.planned: expected a whole number, got 1E+999999999",
    ),
    (
        {"estimates": {"persons": {"planned": 10**5000}}},
        f"estimates.persons.planned: expected a whole number, got 1{'0' * 59}",
    ),
    (
        {"funding": {"granted_eu_and_state": float("nan")}},
        "funding.granted_eu_and_state: expected a number, got nan",
    ),
    (
        {"funding": {"granted_eu_and_state": Decimal("Infinity")}},
        "funding.granted_eu_and_state: expected a number, got Infinity",
    ),
    (
        {"funding": {"granted_eu_and_state": False}},
        "funding.granted_eu_and_state: expected a number, got false",
    ),
    (
        {"funding": {"granted_eu_and_state": "5.10"}},
        "funding.granted_eu_and_state: expected a number, got '5.10'",
    ),
    ({"fund": 5}, "fund: expected text, got 5"),
    ({"summary": date(2022, 1, 1)}, "summary: expected text, got a value of type date"),
    ({"extensions": []}, "extensions: expected an object, got an array"),
    ({"extensions": {"pages": {}}}, "extensions.pages: unknown key"),
]


@pytest.mark.parametrize(("plain", "message"), WRONG)
def test_what_is_wrong_is_named(plain: Any, message: str) -> None:
    assert problems_of(DATA, plain) == [message]


def test_all_problems_at_once() -> None:
    plain = {
        "project": {"code": 1, "planned_period": {"start": 2, "end": 3}},
        "area": {"regions": [4, "b", 5], "nation": True},
        "more": 6,
    }
    with pytest.raises(DataError) as caught:
        DATA.from_dict(plain)
    assert [path for path, _ in caught.value.problems] == [
        "more",
        "project.code",
        "project.planned_period.start",
        "project.planned_period.end",
        "area.nation",
        "area.regions[0]",
        "area.regions[2]",
    ]


def test_few_of_many_unknown_keys_get_suggestions() -> None:
    lines = problems_of(DATA, dict.fromkeys([f"project{k}" for k in range(50)], 1))
    assert len(lines) == 50
    assert sum("did you mean 'project'?" in line for line in lines) == 9


EXTENSIONS: list[tuple[Any, str]] = [
    ({"comunication": {}}, "comunication: unknown key; did you mean 'communication'?"),
    ({"notes": 5}, "notes: expected text, got 5"),
    ({"communication": 5}, "communication: expected an object, got 5"),
    (
        {"communication": {"tone": "kylmä"}},
        "communication.tone: expected one of 'lämmin', got 'kylmä'",
    ),
    ({"communication": {"events": [{}]}}, "communication.events[0].day: the key is missing"),
    ({"communication": {"share": "1"}}, "communication.share: expected a number, got '1'"),
    ({"communication": {"share": 10**400}}, "communication.share: expected a number, got a huge number"),
    ({"communication": {"budget": []}}, "communication.budget: expected an ISO date such as '2022-01-31', got an array"),
    ({"communication": {"number_of_events": 0}}, "communication.number_of_events: unknown key"),
]  # fmt: skip


@pytest.mark.parametrize(("extensions", "message"), EXTENSIONS)
def test_what_is_wrong_in_an_extension_is_named(extensions: Any, message: str) -> None:
    (line,) = problems_of(OWN, {"extensions": extensions})
    assert line.removeprefix("extensions.").startswith(message)


UNWRITABLE: list[tuple[Any, str]] = [
    (None, "expected a value of type ProjectDescription, got null"),
    (ProjectDescription(summary=5), "summary: expected text, got 5"),
    (ProjectDescription(project=Project(name=5)), "project.name: expected text, got 5"),
    (
        ProjectDescription(project=Applicant()),
        "project: expected a value of type Project, got a value of type Applicant",
    ),
    (
        ProjectDescription(funding=PublicFunding(granted_eu_and_state=Decimal("NaN"))),
        "funding.granted_eu_and_state: expected a finite Decimal, got NaN",
    ),
    (
        ProjectDescription(funding=PublicFunding(realised_public_total=5)),
        "funding.realised_public_total: expected a finite Decimal, got 5",
    ),
    (
        ProjectDescription(area=GeographicArea(regions="Lappi")),
        "area.regions: expected a tuple, got 'Lappi'",
    ),
    (
        ProjectDescription(area=GeographicArea(regions=("Lappi", None))),
        "area.regions[1]: expected text, got null",
    ),
    (
        ProjectDescription(project=Project(planned_period=Period(datetime(2022, 1, 1)))),  # noqa: DTZ001
        "project.planned_period.start: expected a date, got a value of type datetime",
    ),
    (
        ProjectDescription(estimates=MonitoringEstimates(companies=Estimate(planned=True))),
        "estimates.companies.planned: expected a whole number, got true",
    ),
    (
        ProjectDescription(estimates=MonitoringEstimates(companies=Estimate(10**601))),
        "estimates.companies.planned: expected a whole number, got a huge number",
    ),
    (ProjectDescription(project=Project(status=5)), "project.status: expected text, got 5"),
    (ProjectDescription(extensions={"a": 1}), "extensions.a: unknown key"),
]


@pytest.mark.parametrize(("d", "message"), UNWRITABLE)
def test_what_cannot_be_written_is_named(d: Any, message: str) -> None:
    for write in (DATA.to_dict, DATA.to_json):
        with pytest.raises(DataError) as caught:
            write(d)
        assert str(caught.value) == message


def test_all_that_cannot_be_written_is_named_at_once() -> None:
    d = ProjectDescription(summary=5, project=Project(code=5, planned_period=Period(1, 2)))  # type: ignore[arg-type]
    with pytest.raises(DataError) as caught:
        DATA.to_dict(d)
    assert [path for path, _ in caught.value.problems] == [
        "project.code",
        "project.planned_period.start",
        "project.planned_period.end",
        "summary",
    ]


def test_errors() -> None:
    error = DataError(("a", "b"), ("", "d"))
    assert isinstance(error, EsrParserError)
    assert isinstance(error, ValueError)
    assert pickle.loads(pickle.dumps(error)).problems == (("a", "b"), ("", "d"))
    assert str(error) == "a: b\nd"


# -- JSON text --------------------------------------------------------------------------------

BROKEN: list[tuple[str | bytes, str]] = [
    ("", "not JSON: Expecting value in line 1, column 1"),
    (b'{"summary":\n  nix}', "not JSON: Expecting value in line 2, column 3"),
    (b'{"summary": "\xff"}', "not utf-8 text at byte 13"),
    ('{"summary": NaN}', "summary: expected text, got nan"),
    ('{"funding": {"granted_eu_and_state": NaN}}', "funding.granted_eu_and_state: expected a number, got nan"),
    ('{"funding": {"granted_eu_and_state": -Infinity}}', "funding.granted_eu_and_state: expected a number, got -inf"),
    ('{"funding": {"granted_eu_and_state": 1e9999999999999999999}}', "funding.granted_eu_and_state: expected a number, got inf"),
    (f'{{"estimates": {{"persons": {{"planned": {HUGE}}}}}}}', f"estimates.persons.planned: expected a whole number, got {HUGE[:60]}"),
    ("5", "expected an object, got 5"),
    ("[" * 100_000, "nested too deeply"),
    ('{"a":' * 100_000, "nested too deeply"),
    ('{"fund": "EAKR", "fund": "ESR"}', "fund: the key is repeated"),
    ('{"project": {"code": "S29999", "name": "A", "code": "S29999"}}', "project.code: the key is repeated"),
    ('{"project": {}, "project": {}}', "project: the key is repeated"),
    ('{"other_sections": [], "other_sections": []}', "other_sections: the key is repeated"),
    ('{"area": {"nationwide": true, "nationwide": true}}', "area.nationwide: the key is repeated"),
    ('{"estimates": {"persons": {"planned": 1, "planned": 1}}}', "estimates.persons.planned: the key is repeated"),
    ('{"nmae": 1, "nmae": 1}', "nmae: unknown key"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), BROKEN)
def test_text_that_is_not_json_of_a_description(text: str | bytes, message: str) -> None:
    with pytest.raises(DataError) as caught:
        DATA.from_json(text)
    assert str(caught.value) == message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks(encoding: str) -> None:
    text = '{"summary": "Työtä"}'
    assert DATA.from_json(text.encode(encoding)).summary == "Työtä"
    assert DATA.from_json("\ufeff" + text).summary == "Työtä"


def test_other_objects_are_type_errors() -> None:
    with pytest.raises(TypeError):
        DATA.from_json(5)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("summary", "written"),
    [("ä\ud83d ö", '"ä\\ud83d ö"'), ("ä😀", '"ä😀"'), ("\ud83d\ude00", '"\ud83d\ude00"')],
)
def test_only_halves_of_pairs_are_escaped(summary: str, written: str) -> None:
    text = DATA.to_json(ProjectDescription(summary=summary))
    assert f'"summary": {written},' in text
    assert DATA.from_json(text).summary == summary


def test_depth_is_not_a_crash() -> None:
    value, plain = Communication(), {}
    for _ in range(2000):
        value, plain = Communication(within=value), {"within": plain}
    with pytest.raises(DataError, match=r"^nested too deeply$"):
        OWN.to_dict(ProjectDescription(extensions={"communication": value}))
    assert problems_of(OWN, {"extensions": {"communication": plain}}) == ["nested too deeply"]


# -- models of handlers -----------------------------------------------------------------------


def handler_of(own_model: type, own_key: str = "own") -> SectionHandler[Any]:
    class Handler(SectionHandler[Any]):
        key = own_key
        model = own_model

    return Handler()


@attrs.frozen
class Strict:
    share: int = attrs.field(default=1, validator=attrs.validators.le(10))

    def __attrs_post_init__(self) -> None:
        if self.share == 7:
            raise ValueError


def test_what_a_class_refuses_is_named() -> None:
    data = data_of(handler_of(Strict))
    (line,) = problems_of(data, {"extensions": {"own": {"share": 11}}})
    assert line.startswith("extensions.own: 'share' must be <= 10")
    assert problems_of(data, {"extensions": {"own": {"share": 7}}}) == [
        "extensions.own: ValueError"
    ]


def test_classes_of_one_name() -> None:
    one = attrs.make_class(
        "Project", {"a": attrs.field(default=None, type=str | None)}, frozen=True
    )
    two = attrs.make_class(
        "Project", {"b": attrs.field(default=None, type=str | None)}, frozen=True
    )
    data = data_of(handler_of(one, "one"), handler_of(two, "two"))
    definitions = data.json_schema()["$defs"]
    assert list(definitions["Project-2"]["properties"]) == ["a"]
    assert list(definitions["Project-3"]["properties"]) == ["b"]
    check(data, validator(data), ProjectDescription(extensions={"one": one("x"), "two": two("y")}))


class Share(Enum):
    HALF = 0.5


@pytest.mark.parametrize(
    "kind", [set[str], list[str], tuple[int, str], dict[str, int], object, Share, None]
)
def test_types_that_data_cannot_hold(kind: Any) -> None:
    odd = attrs.make_class("Odd", {"a": attrs.field(type=kind, default=None)})
    with pytest.raises(DeclarationError, match=r"^Odd\.a is of the type .*; write str, int"):
        data_of(handler_of(odd))


def test_replaced_sections() -> None:
    d = OWN.from_json('{"project": {"code": "S29999", "is_odd": true}, "summary": null}')
    assert d.project == OwnProject("S29999", is_odd=True)
    # A section that is not there has the default of the attribute.
    assert OWN.to_dict(ProjectDescription())["project"] is None
    assert OWN.from_dict({"project": None}) == OWN.from_dict({}) == ProjectDescription()
    assert problems_of(OWN, {"project": {"name": "A"}}) == ["project.name: unknown key"]
    with pytest.raises(DataError, match="project: expected a value of type OwnProject"):
        OWN.to_dict(ProjectDescription(project=Project("S29999")))


# -- the schema -------------------------------------------------------------------------------


def test_schema() -> None:
    schema = DATA.json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert list(schema["properties"]) == KEYS
    definitions = schema["$defs"]
    assert {
        schema["additionalProperties"],
        *(d["additionalProperties"] for d in definitions.values()),
    } == {False}
    assert definitions["Partner"]["required"] == ["name"]
    assert definitions["Period"]["description"].startswith("A span of days")
    assert definitions["PublicFunding"]["properties"]["granted_eu_and_state"] == {
        "type": ["number", "null"],
        "description": "Myönnetty EU- ja valtion rahoitus",
    }
    status = definitions["Project"]["properties"]["status"]
    assert status["anyOf"] == [{"enum": list(ProjectStatus)}, {"type": "string"}, {"type": "null"}]
    impact = definitions["SustainabilityImpact"]["properties"]
    assert len(impact["aspect"]["examples"]) == 15
    assert definitions["Estimate"]["properties"]["planned"]["description"] == "Suunniteltu"
    companies = definitions["MonitoringEstimates"]["properties"]["companies"]
    assert companies["description"] == "Osallistuvien yritysten lukumäärä"


def test_schema_of_handlers() -> None:
    schema = OWN.json_schema()
    assert "Project" not in schema["$defs"]
    extensions = schema["properties"]["extensions"]["anyOf"][0]["properties"]
    assert extensions == {
        "communication": {
            "anyOf": [{"$ref": "#/$defs/Communication"}, {"type": "null"}],
            "description": "Viestintä",
        },
        "notes": {"type": ["string", "null"], "description": "Muistiinpanot"},
    }
    model = schema["$defs"]["Communication"]
    assert model["description"] == "How a project makes itself known."
    assert model["properties"]["channel"] == {
        "anyOf": [{"enum": ["uutiskirje", "radio"]}, {"type": "string"}, {"type": "null"}],
        "description": "Kanava",
    }
    assert model["properties"]["tone"]["anyOf"] == [{"enum": ["lämmin"]}, {"type": "null"}]
    assert "number_of_events" not in model["properties"]
    assert schema["$defs"]["Impact"]["properties"]["aspect"]["examples"] == ["Lehdet", "Radio"]
    assert "description" not in schema["$defs"]["Summary"]["properties"]["text"]


def labels() -> Iterable[str]:
    for section in LAYOUT_2014_2020.sections:
        for item in getattr(section.content, "items", ()):
            if not isinstance(item, Caption):
                yield item.label


def test_every_declared_label_is_in_the_schema() -> None:
    schema = json.dumps(DATA.json_schema(), ensure_ascii=False)
    assert [label for label in labels() if label not in schema] == []


def test_schema_belongs_to_the_caller() -> None:
    DATA.json_schema()["$defs"]["Project"]["properties"].clear()
    assert DATA.json_schema()["$defs"]["Project"]["properties"]


def test_cattrs_is_imported_when_it_is_used() -> None:
    code = (
        "import sys; from esr_parser.data import Data\n"
        "from esr_parser.handlers import checked; from esr_parser.layouts import LAYOUTS\n"
        "Data(LAYOUTS, checked([])).json_schema(); print('cattrs' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
