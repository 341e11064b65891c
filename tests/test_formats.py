"""Formats as data: 2007-2013, pages in English, the choice of a layout, and mistakes in declarations.

Whole pages are in ``tests/corpus`` (``period-2007-*``, ``english-*``); here are the ways in which
pages differ from them.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esr_parser import (
    LAYOUTS,
    Applicant,
    DeclarationError,
    EsrParserError,
    Fund,
    OtherSection,
    Parser,
    Period,
    ProgrammePeriod,
    Project,
    ProjectDescription,
    ProjectStatus,
    SectionHandler,
    Severity,
    UnrepresentableError,
    from_json,
    parse_description,
    parse_document,
    render_description,
    to_json,
)
from esr_parser.aliases import AliasesError, load_aliases
from esr_parser.grammar import (
    Caption,
    Dimension,
    Field,
    Fields,
    Flag,
    Layout,
    Prose,
    Questions,
    Rows,
    Scores,
    Section,
    WordKind,
)
from esr_parser.layouts import LAYOUT_2007_2013, LAYOUT_2014_2020, LAYOUT_2014_2020_EN
from esr_parser.model import OrganisationType, Outcome, Outcomes
from esr_parser.testing import descriptions
from esr_parser.values import AMOUNT, COUNT_WOMEN, YES_NO, ValueType

CORPUS = Path(__file__).parent / "corpus"


def fixture(name: str) -> str:
    return (CORPUS / f"{name}.txt").read_bytes().decode("utf-8")


PAGE_2007 = fixture("period-2007-outcomes")
PAGE_EN = fixture("english-sections-1-3")
FUNDING = "5. Projektin julkinen rahoitus, euroa"


def codes(text: str, *, least: Severity = Severity.WARNING) -> list[str]:
    """The codes of a text's diagnostics, those about noise left out."""
    known = (Severity.ERROR, Severity.WARNING, Severity.INFO)
    wanted = known[: known.index(least) + 1]
    return [d.code for d in parse_document(text).diagnostics if d.severity in wanted]


# -- 2007-2013 ------------------------------------------------------------------------------------


def test_outcomes() -> None:
    assert parse_description(PAGE_2007).outcomes == Outcomes(
        participants=Outcome(62, 45, 60, 41),
        jobs=Outcome(3, 2, 5, 5),
        companies=Outcome(1, 0, 2, 1),
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n3.4 ", "\n3.4. "),
        ("\n3.4 ", "\n"),
        ("\n4.1 ", "\n"),
        ("\n4. ", "\n4 "),
        ("\n1. Projekti", "\n1 Projekti"),
    ],
    ids=["second dot", "no number", "no number of 4.1", "no dot", "no dot in heading 1"],
)
def test_heading_in_another_style(old: str, new: str) -> None:
    changed = PAGE_2007.replace(old, new)
    assert changed != PAGE_2007
    assert parse_description(changed) == parse_description(PAGE_2007)
    assert codes(changed) == []
    assert codes(changed, least=Severity.INFO) == ["ESR417"]


@pytest.mark.parametrize("number", ["4.", "6.", "7.", "12.", "6", ""])
@pytest.mark.parametrize("has_outcomes", [True, False])
def test_funding_under_another_number(number: str, has_outcomes: bool) -> None:
    text = PAGE_2007
    if not has_outcomes:
        text = text[: text.index("3.4 ")] + text[text.index(FUNDING) :]
    changed = text.replace(FUNDING, f"{number} {FUNDING[3:]}".strip())
    document = parse_document(changed)
    assert document.description == parse_description(text)
    assert document.description.other_sections == ()
    found = [d for d in document.diagnostics if d.code == "ESR207"]
    assert len(found) == bool(number)
    assert all(number.rstrip(".") in d.message and FUNDING in d.message for d in found)
    assert render_description(document.description) == text


def test_funding_below_an_unknown_section() -> None:
    start, end = PAGE_2007.index("3.4 "), PAGE_2007.index(FUNDING)
    unknown = "4. Projektin tulokset\n\nTulokset: hyviä.\n\n1. Ensimmäinen\n\n2. Toinen\n\n"
    text = PAGE_2007[:start] + unknown + PAGE_2007[end:]
    description = parse_description(text)
    [other] = description.other_sections
    assert other == OtherSection("4", "Projektin tulokset", unknown.partition("\n\n")[2].strip())
    assert description.funding == parse_description(PAGE_2007).funding
    assert codes(text) == ["ESR204"]


def test_unknown_sections_behind_the_known_ones_are_kept() -> None:
    behind = "8. Projektin jatko\n\nMitä seuraavaksi: ei mitään.\n\n9. Liitteet\n\n- kartta"
    text = f"{PAGE_2007}\n\n{behind}"
    description = parse_description(text, strict=True)
    assert description.other_sections == (
        OtherSection("8", "Projektin jatko", "Mitä seuraavaksi: ei mitään."),
        OtherSection("9", "Liitteet", "- kartta"),
    )
    assert codes(text) == ["ESR208", "ESR208"]
    assert render_description(description) == text


@pytest.mark.parametrize("heading", ["3.2 Varsinaiset kohderyhmät", "3.3 Välilliset kohderyhmät"])
@pytest.mark.parametrize(
    "prose",
    [
        "1. Kunnat ja seurakunnat\n\n2. Yritykset\n\n3. Muut tahot",
        "1. Kunnat\n2. Yritykset\n3. Muut",
        "o kunnat\n\no yritykset: pienet\n\no muut",
        "o kunnat\no yritykset",
        "4. Luokka\n\n5. Luokka\n\n6. Luokka",
        "4. Toiset luokat",
        "5. Kunnat: kaikki",
        "4.1 Uudet tulijat.",
        "Suunniteltu: 62, joista naisia 45",
        "Toteutunut seurantatietojen mukaan: hyvin",
        "Valtakunnallinen projekti",
        "Kunnat: Oulu, Raahe",
        "Projektin nimi mainitaan.\n\n\n\nEnnen neljää tyhjää riviä.",
    ],
)
def test_prose_that_looks_like_structure(heading: str, prose: str) -> None:
    old = re.search(rf"{heading}\n\n(.*?)\n\n3\.[34]", PAGE_2007, re.DOTALL)
    assert old is not None
    name = "primary" if heading.startswith("3.2") else "secondary"
    before = parse_description(PAGE_2007)
    text = PAGE_2007.replace(old[1], prose)
    groups = attrs.evolve(before.target_groups, **{name: prose})
    description = parse_description(text)
    assert description == attrs.evolve(before, target_groups=groups)
    assert render_description(description) == text


@pytest.mark.parametrize(
    "label", ["Toteuttajaorganisaation Web-osoite", "Projektin kotisivun osoite"]
)
@pytest.mark.parametrize(
    "address",
    [
        "http://www.esimerkki.example/?a=1&b=",
        "www.yksi.example ja www.kaksi.example",
        "www.yksi.example, sivu on rakenteilla",
        "Projektilla ei ole omaa internet-osoitetta.",
        "www.yksi.example/a_b_",
        "",
    ],
)
@pytest.mark.parametrize("indent", ["", "   ", "\u00a0"])
def test_web_addresses(label: str, address: str, indent: str) -> None:
    line = f"{label}: {address}".rstrip()
    text = re.sub(rf"{label}:.*", lambda _: f"{indent}{line}", PAGE_2007)
    applicant = parse_description(text).applicant
    name = "website" if label.startswith("Toteuttaja") else "project_website"
    assert getattr(applicant, name) == (address or None)
    assert codes(text) == []


@pytest.mark.parametrize(
    ("code", "fund"),
    [
        ("S19904", Fund.ESR),
        ("A39904", Fund.EAKR),
        ("A599904", Fund.EAKR),
        ("A699999904", Fund.EAKR),
    ],
)
def test_project_codes(code: str, fund: Fund) -> None:
    text = PAGE_2007.partition("kuvaus\n\n")[2].replace("S19903", code)
    description = parse_description(text)
    assert description.programme_period is ProgrammePeriod.P2007_2013
    assert description.fund is fund
    assert set(codes(text)) <= {"ESR104", "ESR105"}


# -- pages in English -----------------------------------------------------------------------------


def test_english_words_are_the_values_of_finnish_ones() -> None:
    description = parse_description(PAGE_EN)
    assert description.language == "en"
    assert description.project.status is ProjectStatus.ENDED
    assert description.applicant.organisation_type is OrganisationType.MUNICIPALITY
    assert description.project.planned_period == Period(date(2018, 6, 1), date(2021, 5, 31))
    assert from_json(to_json(description)) == description


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Start 1.6.2018 and end 31.5.2021", "start 01.06.2018 and end 31.05.2021"),
        ("Start 1.6.2018 and end 31.5.2021", "2018-06-01 – 2021-05-31"),
        ("Ended", "ENDED"),
        ("Ended", "Toiminta päättynyt"),
        ("person’s email", "person's email"),
        ("City/town", "CITY/TOWN"),
        ("2 Basic", "2. Basic"),
    ],
)
def test_english_in_another_spelling(old: str, new: str) -> None:
    assert old in PAGE_EN
    changed = PAGE_EN.replace(old, new)
    assert parse_description(changed) == parse_description(PAGE_EN)
    assert codes(changed) == []


def test_an_unknown_english_word_stays_a_word() -> None:
    text = PAGE_EN.replace("Ended", "Paused")
    assert parse_description(text).project.status == "Paused"
    assert codes(text) == ["ESR305"]


def test_english_page_in_finnish() -> None:
    description = parse_description(PAGE_EN)
    finnish = attrs.evolve(description, language="fi")
    text = render_description(finnish)
    assert "Toiminnan tila: Toiminta päättynyt\n" in text
    assert "Alkaa 1.6.2018 ja päättyy 31.5.2021" in text
    assert "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus" in text
    assert parse_description(text) == finnish
    assert attrs.evolve(parse_description(text), language="en") == description


def test_a_value_without_an_english_label_is_refused_by_name() -> None:
    description = parse_description(PAGE_EN)
    applicant = attrs.evolve(description.applicant, website="www.kuvitelma.example")
    with pytest.raises(UnrepresentableError) as caught:
        render_description(attrs.evolve(description, applicant=applicant))
    assert caught.value.field == "applicant.website"


@pytest.mark.parametrize("rows", [5, date(2018, 1, 1), "Satulammi Oy", {"a": 1}])
def test_rows_that_are_no_tuple_are_refused_by_name(rows: Any) -> None:
    description = ProjectDescription(applicant=Applicant(co_implementers=rows))
    with pytest.raises(UnrepresentableError, match="is not a tuple") as caught:
        render_description(description)
    assert caught.value.field == "applicant.co_implementers"


def test_an_english_page_is_edited_in_english() -> None:
    document = parse_document(PAGE_EN)
    project = attrs.evolve(document.description.project, planned_period=Period(date(2019, 1, 1)))
    edited = document.with_description(attrs.evolve(document.description, project=project))
    assert edited.text == PAGE_EN.replace("1.6.2018 and end 31.5.2021", "1.1.2019 and end")


# -- which layout a text is in --------------------------------------------------------------------

PAGES = [
    *sorted(p.stem for p in CORPUS.glob("period-2007-*.txt")),
    *sorted(p.stem for p in CORPUS.glob("english-*sections*.txt")),
    "whole-esr",
    "erdf",
    "empty-values",
]
TITLE = re.compile(r"\A(?:Euroopan unioni.*\n\n(?:Vipu.*\n\n)?)?.*kuvaus\n\n")
NOISES: dict[str, Callable[[str], str]] = {
    "as printed": str,
    "indented": lambda text: re.sub(r"(?m)^(?=.)", "    ", text),
    "upper case": str.upper,
    "lower case": str.lower,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "quoted": lambda text: re.sub(r"(?m)^", "> ", text),
    "byte-order mark": lambda text: f"\ufeff{text}",
    "without title": lambda text: TITLE.sub("", text),
    "without heading 1": lambda text: re.sub(r"(?m)^1\.? (Hanke|Projekti)\n\n", "", text),
    "without title and heading 1": lambda text: re.sub(
        r"\A1\.? (Hanke|Projekti)\n\n", "", TITLE.sub("", text)
    ),
    "without code and title": lambda text: re.sub(
        r"(?m)^(Hankekoodi|Projektikoodi|Project code): .*\n\n", "", TITLE.sub("", text)
    ),
    "headings alone": lambda text: "\n\n".join(
        re.findall(r"(?m)^[1-9](?:\.[1-9])?\.? [A-ZÄÖ].*", text)[:4]
    ),
}


def shown(text: str) -> str:
    """The layout that a text is read in, by a heading of it that is always missing or there."""
    description = parse_description(text)
    return f"{description.programme_period} {description.language}"


@pytest.mark.parametrize("noise", NOISES)
@pytest.mark.parametrize("name", PAGES)
def test_a_text_is_never_taken_for_one_of_another_layout(name: str, noise: str) -> None:
    text = fixture(name)
    period, language = shown(text).split()
    document = parse_document(NOISES[noise](text))
    assert document.description.language == language
    assert "ESR112" not in [d.code for d in document.diagnostics]
    others = [
        layout for layout in LAYOUTS if layout.language != language or layout.period != period
    ]
    missing = {
        word for d in document.diagnostics for word in d.words if d.code in ("ESR201", "ESR304")
    }
    strange = {word.declared for layout in others for word in layout.words()}
    own = {w.declared for x in LAYOUTS if x not in others for w in x.words()}
    assert not {word for word in missing if word.lstrip("0123456789. ") in strange - own}
    if noise in ("as printed", "indented", "CRLF", "quoted", "byte-order mark"):
        assert document.description == parse_description(text)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda x: f"{x.period} {x.language}")
@settings(max_examples=15, deadline=None, database=None, derandomize=True)
@given(data=st.data())
def test_any_description_is_read_in_its_own_layout(layout: Layout, data: st.DataObject) -> None:
    drawn = data.draw(descriptions(Parser(layouts=[layout])))
    period = attrs.evolve(drawn, fund=Fund.ESR, programme_period=layout.period)
    with_code = attrs.evolve(period, project=attrs.evolve(drawn.project, code="S29999"))
    description = with_code if not layout.title else period
    try:
        text = render_description(description)
    except UnrepresentableError:
        return
    assert parse_description(text) == description
    assert parse_description(text.replace("\n", "\r\n")).language == layout.language


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        ("Toiminnan tila: Toiminnassa", True),
        ("Y-tunnus: 9812376-1\n\nVastuuviranomainen: Kuvitelma", True),
        ("1 Hanke\n\nToiminnan tila: Toiminnassa", False),
        ("1. Projekti\n\nToiminnan tila: Toiminnassa", False),
        ("Projektin kuvaus\n\nToiminnan tila: Toiminnassa", False),
        ("Projektikoodi: S19999", False),
        ("Toiminnan tila: Toiminnassa\n\nLiittyy projektiin S19999.", False),
    ],
)
def test_ties_are_reported(text: str, tie: bool) -> None:
    found = [d for d in parse_document(text).diagnostics if d.code == "ESR112"]
    assert bool(found) is tie
    assert all("2014-2020 (fi)" in d.message and "2007-2013 (fi)" in d.message for d in found)


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("3 Plan-specified summary of the project completion\n\nText.", "Text."),
        ("3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\nTekstiä.", "Tekstiä."),
    ],
)
def test_one_heading_is_enough(text: str, summary: str) -> None:
    assert parse_description(text).summary == summary


# -- a user's layout ------------------------------------------------------------------------------


@attrs.frozen
class Row:
    dimension: str
    aspect: str
    near: int
    far: int
    explanation: str | None = None


@attrs.frozen
class Inner:
    name: str | None = None


@attrs.frozen
class Model:
    a: str | None = None
    b: str | None = None
    inner: Inner = Inner()
    rows: tuple[Row, ...] = attrs.field(factory=tuple)


class ModelHandler(SectionHandler[Model]):
    key = "mine"
    model = Model


DIMENSIONS = (Dimension("Lähellä", ("Kylä", "Kaupunki")),)


def section(content: Any, number: Any = "10", title: Any = "Uusi", key: str = "mine") -> Section:
    return Section(number, title, key, content)


def layout_with(*sections: Section, **changes: Any) -> Layout:
    return LAYOUT_2014_2020.extend(**{"period": "2028-2034", "sections": sections, **changes})


def made(**attributes: Any) -> SectionHandler[Any]:
    """A handler with these attributes and no others."""
    return type("MyHandler", (SectionHandler,), attributes)()


def handler(
    *sections: Any, key: Any = "mine", model: Any = Model, **more: Any
) -> SectionHandler[Any]:
    return made(key=key, model=model, sections=sections, **more)


def test_two_sections_with_one_title() -> None:
    first, second = section(Fields(Field("Eka", "a"))), section(Fields(Field("Toka", "b")), "11")
    parser = Parser([ModelHandler()], layouts=[layout_with(first, second)])
    extensions = {"mine": Model("yksi", "kaksi")}
    description = ProjectDescription(programme_period="2028-2034", extensions=extensions)
    text = parser.render_description(description)
    for changed in (text, text.replace("10 Uusi", "12 Uusi"), text.replace("11 Uusi", "12 Uusi")):
        assert parser.parse_description(changed) == description


def test_extend_renames_replaces_adds_and_leaves_out() -> None:
    layout = LAYOUT_2014_2020.extend(
        period="2028-2034",
        language="fi",
        rename={
            "Hankekoodi": "Tunnus",
            "Hanke": "Työ",
            "Osatoteuttajat": "Kumppanit",
            "Välitön": "Lähi",
            "Ekologinen kestävyys": "Luonto",
            "Materiaalit ja jätteet": "Jäte",
            "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen": "Päätavoite on tasa-arvo",
            "Toteutuspaikan osoite, jos hanke toteutetaan yhdessä paikassa": "Osoite",
        },
        sections=[
            section(Fields(Field("Eka", "a"), Field("Toka", "b")), "10"),
            section(Prose(), "3", "Tiivistelmä", "summary"),
        ],
        without=["9", "7.1", "7.2", "7"],
        funds=[("SSR", "Sosiaalisen siirtymän rahaston (SSR)")],
    )
    assert [s.number for s in layout.sections][-3:] == ["8.1", "8.2", "10"]
    words = {word.declared for word in layout.words()}
    new = {"Tunnus", "Työ", "Kumppanit", "Luonto", "Jäte", "Päätavoite on tasa-arvo", "Osoite"}
    assert new <= words
    assert "LähiVälillinen" in words
    assert "Hankekoodi" not in words
    parser = Parser([ModelHandler()], layouts=[*LAYOUTS, layout])
    description = ProjectDescription(
        fund="SSR",
        programme_period="2028-2034",
        project=Project(name="Alku"),
        summary="Lyhyt.",
        extensions={"mine": Model("yksi", None)},
    )
    text = parser.render_description(description)
    assert "Sosiaalisen siirtymän rahaston (SSR) rahoittaman hankkeen kuvaus" in text
    assert parser.parse_description(text) == description
    value = parser.parse_description(text).extension(Model)
    assert value is not None
    assert value.a == "yksi"


def test_a_layout_without_strings_of_a_title() -> None:
    plain = Layout("2035", (Section("1", "", "mine", Fields(Field("Eka", "a"))),))
    parser = Parser([ModelHandler()], layouts=[plain])
    assert [word.kind for word in plain.words()] == [WordKind.LABEL]
    assert plain.title_of("ESR") == ""
    assert plain.section_of("2") is None
    description = parser.parse_description("Eka: yksi")
    assert description.extension(Model) == Model("yksi")
    assert parser.render_description(description) == "Eka: yksi"


def test_the_handler_of_a_section_in_one_period_only() -> None:
    mine = handler(section(Prose("a")), periods=(ProgrammePeriod.P2007_2013,))
    text = "10. Uusi\n\nTekstiä."
    parser = Parser([mine])
    assert parser.parse_description(f"{PAGE_2007}\n\n{text}").extension(Model) == Model("Tekstiä.")
    page = fixture("running-project")
    assert not parser.parse_description(f"{page}\n\n10 Uusi\n\nTekstiä.").extensions


def test_a_handler_that_puts_its_value_together_itself() -> None:
    class Upper(SectionHandler[Model]):
        key = "mine"
        model = Model
        sections = (section(Fields(Field("Eka", "x.y"))),)

        def build(self, values: Any) -> Model:
            return Model(values.get("x.y", "").upper())

        def take_apart(self, value: Model) -> dict[str, str]:
            return {"x.y": value.a.lower()} if value.a else {}

    parser = Parser([Upper()])
    description = parser.parse_description("1 Hanke\n\n10 Uusi\n\nEka: työ")
    assert description.extension(Model) == Model("TYÖ")
    assert parser.parse_description(parser.render_description(description)) == description


def test_a_handler_of_prose() -> None:
    mine = handler(section(Prose()), model=str)
    assert mine.take_apart(mine.build({})) == {}
    parser = Parser([mine])
    description = parser.parse_description("1 Hanke\n\n10 Uusi\n\nTekstiä.")
    assert description.extensions == {"mine": "Tekstiä."}
    assert parser.parse_description(parser.render_description(description)) == description


# -- mistakes in declarations ---------------------------------------------------------------------

SCORES = Scores("rows", ("Lähi", "Kauko"), DIMENSIONS, row=Row)


@attrs.frozen
class NoDefault:
    a: str


@attrs.frozen
class InnerNoDefault:
    inner: NoDefault = NoDefault("x")


@attrs.frozen
class NoSuchName:
    a: NoSuchClass | None = None  # type: ignore[name-defined]  # noqa: F821


@attrs.frozen
class OtherRow:
    dimension: str
    near: int


HANDLER_MISTAKES: dict[str, tuple[Any, str]] = {
    "a class": (ModelHandler, "ModelHandler is a class; write ModelHandler()"),
    "something else": (3, "3 is not a SectionHandler"),
    "no key": (made(model=Model), "MyHandler has no key; write `key = …`"),
    "no model": (made(key="mine"), "MyHandler has no model; write `model = …`"),
    "key": (handler(key=5), "MyHandler.key is 5; write a str"),
    "empty key": (handler(key=""), "MyHandler.key is ''"),
    "key of no section": (handler(key="fund"), "MyHandler.key is 'fund'"),
    "model": (handler(model=dict), "MyHandler.model is <class 'dict'>; it must be an attrs"),
    "an instance as model": (handler(model=Model()), "MyHandler.model is Model("),
    "no default": (handler(model=NoDefault), "NoDefault.a has no default; write `a: …"),
    "no default inside": (handler(model=InnerNoDefault), "NoDefault.a has no default"),
    "annotation": (handler(model=NoSuchName), "the annotations of NoSuchName cannot be read"),
    "sections": (
        made(key="mine", model=Model, sections=section(Prose("a"))),
        "MyHandler.sections is not a tuple; write (Section(…),)",
    ),
    "periods": (handler(periods="2014-2020"), "MyHandler.periods is not a tuple"),
    "no section": (handler("10 Uusi"), "MyHandler: '10 Uusi' is not a Section"),
    "another key": (
        handler(section(Prose("a"), key="yours")),
        "MyHandler: section '10' has the key 'yours'; write 'mine'",
    ),
    "a number": (handler(section(Prose("a"), 10)), "MyHandler: 10 is not a section number"),
    "a dot": (handler(section(Prose("a"), "10.")), "'10.' is not a section number"),
    "a letter": (handler(section(Prose("a"), "A")), "'A' is not a section number"),
    "a built-in number": (handler(section(Prose("a"), "3")), "two sections with the number '3'"),
    "a number twice": (
        handler(section(Prose("a")), section(Prose("b"), title="Muu")),
        "two sections with the number '10': 'Uusi' and 'Muu'",
    ),
    "a title": (
        handler(section(Prose("a"), title=5)),
        "section '10': Section.title is 5; write str",
    ),
    "no title": (handler(section(Prose("a"), title="")), "section '10' has no title"),
    "two lines": (
        handler(section(Prose("a"), title="A\nB")),
        r"'A\nB' would not be found again; write one line",
    ),
    "a path in two sections": (
        handler(section(Fields(Field("Eka", "a"))), section(Prose("a"), "10.1", "Muu")),
        "section '10.1': the path 'a' is used twice",
    ),
    "fields of a str": (
        handler(section(Fields(Field("Eka", "a"))), model=str),
        "the model is str; write Prose()",
    ),
    "a path of a str": (handler(section(Prose("a")), model=str), "write Prose()"),
}
CONTENT_MISTAKES: dict[str, tuple[Any, str]] = {
    "content": (Fields, "Section.content is <class"),
    "a list": (
        [Field("Eka", "a")],
        "Section.content is [Field(label='Eka', path='a')]; write Content | None",
    ),
    "an item": (Fields("Eka"), "section '10': Fields.items is ('Eka',); write tuple[Item, ...]"),
    "a question": (
        Questions(Caption("Eka")),
        "Questions.items is (Caption(label='Eka'),); write tuple[Field, ...]",
    ),
    "no label": (Fields(Field("", "a")), "the label '' would not be found again; write one line"),
    "a colon": (
        Fields(Field("Eka:", "a")),
        "the label 'Eka:' would not be found again; write one line",
    ),
    "a variant": (Fields(Caption("Eka", variants=("",))), "the line '' would not be found again"),
    "a type": (
        Fields(Field("Eka", "a", int)),
        "section '10': Field.type is <class 'int'>; write ValueType[Any]",
    ),
    "rows without type": (
        Fields(Rows("Eka", "a", str)),
        "section '10': Rows.type is <class 'str'>; write ValueType[Any]",
    ),
    "a path": (Fields(Field("Eka", None)), "section '10': Field.path is None; write str"),
    "an unknown path": (
        Fields(Field("Eka", "innner.name")),
        "Model has no attribute 'innner.name'; did you mean 'inner'?",
    ),
    "a path too far": (Flag("Eka", "a.b"), "write Content | None"),
    "a path into a value": (Fields(Flag("Eka", "a.b")), "Model has no attribute 'a.b'"),
    "a group": (
        Fields(Field("Eka", "inner")),
        "'inner' is a group; write one of its attributes, 'inner.…'",
    ),
    "an unknown second path": (
        Fields(Field("Eka", "a", COUNT_WOMEN, second="c")),
        "Model has no attribute 'c'",
    ),
    "an answer": (Questions(Field("Eka", "a", YES_NO)), "Model has no attribute 'a.answer'"),
    "a path twice": (
        Fields(Field("Eka", "a"), Field("Toka", "a")),
        "section '10': the path 'a' is used twice",
    ),
    "a row class": (
        attrs.evolve(SCORES, row=OtherRow),
        "OtherRow is not the attrs class of a row; its attributes must be dimension, aspect, one"
        " for each of the heads Lähi, Kauko, and explanation",
    ),
    "no row class": (attrs.evolve(SCORES, row=dict), "dict is not the attrs"),
    "a head too many": (
        attrs.evolve(SCORES, heads=("Yksi", "Kaksi", "Kolme")),
        "Row is not the attrs class of a row",
    ),
    "a dimension": (
        attrs.evolve(SCORES, dimensions=("Lähellä",)),
        "Scores.dimensions is ('Lähellä',); write tuple[Dimension, ...]",
    ),
    "an aspect": (
        attrs.evolve(SCORES, dimensions=(Dimension("Lähellä", "Kylä"),)),
        "Dimension.aspects is 'Kylä'; write tuple[str, ...]",
    ),
    "an empty head": (
        attrs.evolve(SCORES, heads=("Lähi", "")),
        "the column heads '' would not be found again; write one line",
    ),
    "no dimensions": (attrs.evolve(SCORES, dimensions=()), "Scores without heads or dimensions"),
}


HANDLER_MISTAKES |= {name: (handler(section(x)), m) for name, (x, m) in CONTENT_MISTAKES.items()}


@pytest.mark.parametrize("mistake", HANDLER_MISTAKES)
def test_mistake_in_a_handler(mistake: str) -> None:
    made, message = HANDLER_MISTAKES[mistake]
    with pytest.raises(DeclarationError) as caught:
        Parser(handlers=[made])
    assert message in str(caught.value)
    assert isinstance(caught.value, EsrParserError)
    assert isinstance(caught.value, ValueError)


def test_mistakes_in_handlers_together() -> None:
    with pytest.raises(DeclarationError, match="two handlers with the key 'mine'"):
        Parser(handlers=[ModelHandler(), handler()])
    with pytest.raises(DeclarationError, match="two sections with the number '10'"):
        Parser([handler(section(Prose("a"))), handler(section(Prose("b"), key="x"), key="x")])
    with pytest.raises(DeclarationError, match="write handlers="):
        Parser(handlers=ModelHandler())  # type: ignore[arg-type]


def test_handlers_that_can_be_used() -> None:
    whole = ValueType("inner", Inner, lambda inner: str(inner.name), "a name")

    @attrs.frozen
    class WithWhole:
        inner: Any = None

    fields = Fields(Field("Eka", "inner", whole))
    parser = Parser([handler(section(fields), section(None, "10.1", "Muu"), model=WithWhole)])
    description = parser.parse_description("1 Hanke\n\n10 Uusi\n\nEka: x")
    assert description.extension(WithWhole) == WithWhole(Inner("x"))
    Parser([handler(section(SCORES))])
    Parser([handler(section(Fields(Field("Eka", "inner.name"), Field("Määrä", "a", AMOUNT))))])


PLAIN = Layout("2035", (Section("1", "Alku", "project", Fields(Field("Nimi", "name"))),))

LAYOUT_MISTAKES: dict[str, tuple[Callable[[], Any], str]] = {
    "none": (list, "layouts is empty"),
    "not a layout": (lambda: ["2028"], "'2028' is not a Layout"),
    "twice": (lambda: [LAYOUT_2014_2020, LAYOUT_2014_2020], "two layouts for 2014-2020"),
    "a key without handler": (
        lambda: [layout_with(section(Prose("a"), key="climate"))],
        "the layout 2028-2034 (fi): section '10' has the key 'climate', which no handler has",
    ),
    "a path": (
        lambda: [layout_with(section(Prose("naame"), "10", "Uusi", "project"))],
        "the layout 2028-2034 (fi): section '10': Project has no attribute 'naame'; did you mean"
        " 'name'?",
    ),
    "a number": (lambda: [layout_with(section(Prose("a"), 10))], "10 is not a section number"),
    "period": (lambda: [layout_with(period="")], "Layout.period is empty"),
    "language": (lambda: [layout_with(language=None)], "Layout.language is None; write str"),
    "no sections": (lambda: [attrs.evolve(PLAIN, sections=())], "Layout.sections is empty"),
    "banner": (
        lambda: [attrs.evolve(PLAIN, banner="Unioni")],
        "Layout.banner is 'Unioni'; write tuple[",
    ),
    "pictures": (
        lambda: [attrs.evolve(PLAIN, pictures=(1,))],
        "Layout.pictures is (1,); write tuple",
    ),
    "no banner": (
        lambda: [attrs.evolve(PLAIN, pictures=("Unioni",))],
        "has pictures but no banner",
    ),
    "title": (lambda: [attrs.evolve(PLAIN, title="Kuvaus")], "has no {fund} in it"),
    "no title of 2": (
        lambda: [layout_with(Section("2", "", "applicant", Fields(Field("Nimi", "name"))))],
        "section '2' has no title; only a first section of Fields needs none",
    ),
    "no title of prose": (
        lambda: [Layout("2035", (Section("1", "", "summary", Prose()),))],
        "section '1' has no title",
    ),
    "rename": (
        lambda: [LAYOUT_2014_2020.extend(rename={"Hankekodi": "Tunnus"})],
        "'Hankekodi' is not declared in the layout 2014-2020",
    ),
    "rename to a number": (
        lambda: [LAYOUT_2014_2020.extend(rename={"Hankekoodi": 5})],  # type: ignore[dict-item]
        "Field.label is 5; write str",
    ),
    "without": (lambda: [LAYOUT_2014_2020.extend(without=["99"])], "'99' is not declared"),
    "funds": (lambda: [layout_with(funds=["ESR"])], "['ESR'] is not a mapping"),
    "code prefixes": (lambda: [layout_with(code_prefixes=5)], "5 is not a mapping"),
    "a single one": (lambda: PLAIN, "write layouts=[…]"),
}


@pytest.mark.parametrize("mistake", LAYOUT_MISTAKES)
def test_mistake_in_a_layout(mistake: str) -> None:
    make, message = LAYOUT_MISTAKES[mistake]
    with pytest.raises(DeclarationError) as caught:
        Parser(layouts=make())
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("aliases", "message"),
    [
        (
            {"Hankekoodi": "Hankkeen tunnus"},
            "key and value swapped; write {'Hankkeen tunnus': 'Hankekoodi'}",
        ),
        ({"Tunnus": "Hankekodi"}, "'Hankekodi', which is not declared; did you mean 'Hankekoodi'?"),
        ({"Tunnus": 5}, "the alias 'Tunnus': 5 is not a pair of str"),
        ({5: "Hankekoodi"}, "the alias 5: 'Hankekoodi' is not a pair of str"),
        ({"": "Hankekoodi"}, "the alias '': 'Hankekoodi' has no letters"),
        (["Tunnus"], "aliases is a list; write aliases={"),
    ],
)
def test_mistake_in_an_alias(aliases: Any, message: str) -> None:
    with pytest.raises(DeclarationError) as caught:
        Parser(aliases=aliases)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("other", "declared", "line"),
    [
        ("Projektin tunnus", "Projektikoodi", "Projektin tunnus: S19905"),
        ("Project number", "Project code", "Project number: S29905"),
        ("Hankkeen tiivistelmä", "3 Suunnitelman mukainen tiivistelmä toteutuksesta", None),
    ],
)
def test_aliases_of_every_layout(other: str, declared: str, line: str | None) -> None:
    parser = Parser(aliases={other: declared})
    if line is None:
        assert parser.parse_description(f"1 Hanke\n\n3 {other}\n\nTekstiä.").summary == "Tekstiä."
    else:
        page = PAGE_2007 if "Projekti" in declared else PAGE_EN
        text = re.sub(rf"(?m)^{declared}: .*", line, page)
        assert parser.parse_description(text).project.code == line[-6:]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"[aliases]\n\xff = 1", "not UTF-8 at byte 10"),
        (b"aliases", "not TOML"),
        (b"a = " + b"[" * 100_000, "not TOML"),
        (b"[other]\na = 1", "has no table [aliases]"),
        (b"[aliases]\nVers.2 = 'Hankekoodi'", "'Vers' is a table: put a name with a dot in quotes"),
        (b"[aliases]\nTunnus = 2", "'Tunnus' must be a string, not 2 (int)"),
        (b"[aliases]\nTunnus = ' '", "an empty spelling"),
        (b"#" * (1 << 20) + b"#", "larger than 1,048,576 bytes"),
    ],
)
def test_a_file_without_aliases(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "aliases.toml"
    path.write_bytes(content)
    with pytest.raises(AliasesError) as caught:
        load_aliases(path)
    assert reason in caught.value.reason
    assert pickle.loads(pickle.dumps(caught.value)).reason == caught.value.reason


def test_a_file_of_aliases(tmp_path: Path) -> None:
    path = tmp_path / "aliases.toml"
    path.write_bytes(b'\xef\xbb\xbf[other]\na = 1\n[aliases]\n"Vers. 2" = "Hankekoodi"')
    assert load_aliases(path) == {"Vers. 2": "Hankekoodi"}
    parser = Parser(aliases=load_aliases(path))
    assert parser.parse_description("1 Hanke\n\nVers. 2: S29999").project.code == "S29999"


def test_attributes_of_every_layout() -> None:
    assert LAYOUTS == (LAYOUT_2014_2020, LAYOUT_2007_2013, LAYOUT_2014_2020_EN)
    assert [layout.is_complete for layout in LAYOUTS] == [True, False, False]
    assert Parser(layouts=[*LAYOUTS]).layouts == Parser().layouts == LAYOUTS
    for layout in LAYOUTS:
        assert layout.extend() == layout
