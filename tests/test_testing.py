"""The public test support: strategies, noise, comparison, the checks themselves, the plugin."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal
from random import Random
from types import SimpleNamespace

import attrs
import pytest
from conftest import fixtures
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample, Unsatisfiable
from test_laws import PARSER, Communication, Euros, EurosHandler

import esr_parser.testing
from esr_parser import (
    Document,
    Fund,
    Parser,
    ProgrammePeriod,
    Project,
    ProjectDescription,
    SectionHandler,
    UnrepresentableError,
)
from esr_parser.data import DataError
from esr_parser.diagnostics import Diagnostic, Severity, Span
from esr_parser.grammar import Field, Fields, Section
from esr_parser.model import (
    Applicant,
    Assessment,
    Contact,
    Estimate,
    GenderEquality,
    HorizontalPrinciples,
    MonitoringEstimates,
    OtherField,
    OtherSection,
    Partner,
    Period,
    SustainabilityImpact,
    TargetGroups,
)
from esr_parser.testing import (
    NOISES,
    LawTests,
    Noise,
    assert_same_values,
    changed_descriptions,
    check_canonical,
    check_data,
    check_inverse,
    check_linear,
    check_lossless,
    check_minimal_edit,
    check_no_inert_line,
    check_same_page,
    check_settled,
    check_total,
    descriptions,
    differences,
    documents,
    edited_texts,
    noise,
    noise_kind,
    noise_pairs,
    raw_descriptions,
    register_value_strategy,
    same_page,
    same_prose,
    texts,
    tricky_lines,
    values_of,
    work_of,
)
from esr_parser.testing.page import Page
from esr_parser.values import TEXT, ValueType

pytest_plugins = ["pytester"]

FIXTURES = fixtures()
WHOLE = FIXTURES["whole-esr"]
SHORT = "1 Hanke\n\nHankekoodi: S20001\n\nHankkeen nimi: Alku"
QUICK = settings(
    max_examples=2000,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
FEW = settings(QUICK, max_examples=30)


def found(strategy, condition=lambda example: True, count=2000, *, small=False):
    """An example that meets a condition: the same in every run."""
    phases = [Phase.generate, Phase.shrink] if small else [Phase.generate]
    chosen = settings(QUICK, max_examples=count, phases=phases)
    return find(strategy, condition, settings=chosen, random=Random(20140))


def nothing_found(strategy, condition=lambda example: True, count=200):
    with pytest.raises((NoSuchExample, Unsatisfiable)):
        found(strategy, condition, count)


# -- what is there ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", esr_parser.testing.__all__)
def test_public_names(name):
    assert getattr(esr_parser.testing, name) is not None


def test_unknown_name():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        esr_parser.testing.nothing  # noqa: B018


def _in_a_new_process(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False
    )
    return done.stdout.strip() or done.stderr.strip()


@pytest.mark.parametrize("module", ["esr_parser.testing", "esr_parser.testing.drifts"])
def test_hypothesis_is_imported_when_it_is_needed(module):
    code = f"import sys, {module}; print('hypothesis' in sys.modules)"
    assert _in_a_new_process(code) == "False"


def test_plugin_is_cheap_to_import():
    heavy = ("hypothesis", "click", "rich", "attrs", "cattrs", "esr_parser.parser")
    code = f"import sys, esr_parser.pytest_plugin; print([m for m in {heavy} if m in sys.modules])"
    # pytest itself needs attrs in no version that is supported.
    assert _in_a_new_process(code) == "[]"


def test_what_to_install_is_said():
    code = """if True:
        import sys
        sys.modules["hypothesis"] = None
        import esr_parser.testing
        esr_parser.testing.check_total
        try:
            esr_parser.testing.descriptions
        except ImportError as error:
            print(error)
    """
    assert "pip install 'esr-parser[testing]'" in _in_a_new_process(code)


def test_other_missing_modules_are_not_blamed_on_hypothesis(monkeypatch):
    monkeypatch.setitem(esr_parser.testing._WITH_HYPOTHESIS, "LawTests", "no_such_module")
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        esr_parser.testing.__getattr__("LawTests")


# -- pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FIXTURES)
def test_pages_hold_the_text(name):
    assert Page(FIXTURES[name]).text == FIXTURES[name]


def test_lines_of_a_page():
    page = Page(WHOLE)
    kinds = {line.kind for line in page.lines}
    assert kinds >= {"banner", "title", "heading", "field", "bare", "rows", "row", "question"}
    assert kinds >= {"note", "heads", "dimension", "score", "prose", "blank"}
    assert [line.number for line in page.of("heading")][:5] == ["1", "2", "3", "4", "4.1"]
    assert {line.text for line in page.of("row")} == {
        "Satulammen varastoalan koulutuskeskus Oy, 9812341-1",
        "Olemattoman korkeakoulusäätiö sr, 9812343-8",
    }
    score = next(page.of("score"))
    assert (score.label, score.value, score.second) == ("Luonnonvarojen käytön kestävyys", "2", "3")


def test_unknown_headings_of_a_page():
    text = FIXTURES["unknown-section"]
    assert "10" in {line.number for line in Page(text).of("heading")}
    assert Page("1 Hanke\n\n2022 alkoi\n\n5 minuuttia").start_of("project") == 0
    assert Page("1 Hanke").start_of("funding") is None


def test_a_page_without_a_title_is_told_by_its_headings():
    assert Page("1. Projekti\n\nProjektikoodi: S10001").layout.period == "2007-2013"
    assert Page("1 Hanke\n\nHankekoodi: S20001").layout.period == "2014-2020"
    assert Page("Lorem ipsum").layout.period == "2014-2020"


def test_front_matter_of_a_page():
    page = Page(f"Hankekuvaus\n\n{WHOLE}")
    assert [line.text for line in page.of("front")] == ["Hankekuvaus"]


# -- noise ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NOISES)
def test_every_kind_changes_some_text_and_says_what_it_is(name):
    kind = NOISES[name]
    assert kind.name == name
    assert kind.description
    assert kind.clashes <= set(NOISES)
    assert any(kind.apply(text) != text for text in FIXTURES.values())
    assert isinstance(kind.apply(""), str)
    assert isinstance(kind.apply("Lorem ipsum"), str)


def test_kinds_on_top_of_each_other():
    text = SHORT
    for name in ("labels in capitals", "space before the colon", "indented lines"):
        text = NOISES[name].apply(text)
    assert text == "    1 Hanke\n\n    HANKEKOODI : S20001\n\n    HANKKEEN NIMI : Alku"


@pytest.mark.parametrize(
    ("names", "line"),
    [
        (("amounts without spaces",), "486350"),
        (("amounts with dots",), "486.350"),
        (("amounts with cents",), "486 350,00"),
        (("amounts with a euro sign",), "486 350 €"),
        (("amounts with dots", "amounts with cents", "amounts with a euro sign"), "486.350,00 €"),
        (("amounts with narrow spaces",), "486\u202f350"),
    ],
)
def test_amounts(names, line):
    text = WHOLE
    for name in names:
        text = NOISES[name].apply(text)
    assert f"Myönnetty EU- ja valtion rahoitus: {line}" in text.split("\n")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("dates with leading zeros", "Alkaa 01.03.2018 ja päättyy 31.08.2020"),
        ("ISO dates", "Alkaa 2018-03-01 ja päättyy 2020-08-31"),
    ],
)
def test_dates(name, line):
    assert f": {line}\n" in NOISES[name].apply(WHOLE)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a new section", "\n\n10 Viestintä\n\n"),
        ("a new field", "\n\nSeurantatunnus: uusi 17\n\n"),
        ("typos corrected", "\nYhteyshenkilön sähköpostiosoite: "),
        ("typos corrected", "arviot hankekohtaisista seurantatiedoista\n"),
        ("headings in capitals", "\n1 HANKE\n"),
        ("headings with or without a dot", "\n1. Hanke\n"),
        ("headings without numbers", "\nHanke\n"),
        ("no space behind the colon", "\nHankekoodi:S29901\n"),
        ("Markdown headings", "\n### 4.1 Varsinaiset kohderyhmät\n"),
        ("bold labels", "\n**Hankekoodi:** S29901\n"),
        ("bold labels", "\n**Ekologinen kestävyys**\n"),
        ("table pipes", "\n| Hankekoodi: | S29901 |\n"),
        ("table pipes", "\n| Luonnonvarojen käytön kestävyys | 2 | 3 |\n"),
        ("table pipes", "\n|  | Välitön | Välillinen |\n"),
        ("table rules", "\nVälitönVälillinen\n---|---|---\n"),
        ("columns padded with tabs", "\nLuonnonvarojen käytön kestävyys\t\t2\t\t3\n"),
        ("one cell a line", "\nLuonnonvarojen käytön kestävyys\n2\n3\n"),
        ("values below their labels", "\nHankekoodi:\nS29901\n"),
        ("values a block below their labels", "\nHankekoodi:\n\nS29901\n"),
        ("values with colons below their labels", "WWW-osoite: https://www"),
        ("a banner of pictures", "![Euroopan unioni](euro.png) ![Vipuvoimaa EU:lta](vipu.png)\n"),
        ("a page title", "Hankekuvaus\n\nEuroopan unioni"),
        ("lines wrapped at 78 columns", "(valtavirtaistaminen):\nKyllä\n"),
        ("page breaks", "\n\f"),
        ("trailing spaces", "\nHankekoodi: S29901  \n"),
        ("spaces on empty lines", "1 Hanke\n \nHankekoodi"),
        ("lines spaced out", "1 Hanke\n\n\n\nHankekoodi"),
        ("a byte-order mark", "\ufeffEuroopan"),
    ],
)
def test_what_kinds_look_like(name, expected):
    noisy = NOISES[name].apply(WHOLE)
    assert expected in noisy, "\n".join(noisy.split("\n")[:30])


def test_values_with_colons():
    text = "1 Hanke\n\nHankkeen nimi: Kohti satamaa: taidot"
    assert (
        NOISES["values with colons below their labels"]
        .apply(text)
        .endswith("Hankkeen nimi:\nKohti satamaa: taidot")
    )
    assert NOISES["values below their labels"].apply(text) == text


def test_escapes():
    text = f"{SHORT}\n\n3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\n1. Alku\n- loppu"
    noisy = NOISES["Markdown escapes"].apply(text)
    assert noisy.endswith("\n\n1\\. Alku\n\\- loppu")
    assert noisy.startswith("## 1 Hanke")


def test_cut_off_and_missing():
    assert NOISES["cut off"].apply(WHOLE).endswith("Toteutunut EU- ja valtion ra")
    missing = NOISES["a section missing"].apply(WHOLE)
    assert "Projektin julkinen rahoitus" not in missing
    cut = NOISES["cut off"].apply(missing)
    assert cut.endswith("Postitoimipaikka: Tarula")
    bare = "5 Projektin julkinen rahoitus, euroa\n\nx"
    assert NOISES["cut off"].apply(bare) == bare.partition("\n")[0]


def test_sections_in_another_order():
    moved = NOISES["a section moved"].apply(WHOLE)
    headings = [line.number for line in Page(moved).of("heading")]
    assert headings[:4] == ["1", "6", "2", "3"]
    assert sorted(moved.split("\n")) == sorted(WHOLE.split("\n"))
    assert (
        NOISES["a section moved"].apply("6 Maantieteellinen kohdealue\n\n1 Hanke").startswith("6")
    )
    reordered = NOISES["fields in another order"].apply(WHOLE)
    assert sorted(reordered.split("\n")) == sorted(WHOLE.split("\n"))
    assert reordered.index("Vastuuviranomainen") < reordered.index("Hankekoodi")


def test_headings_keep_their_numbers_where_one_stands_twice():
    again = NOISES["a section repeated"].apply(WHOLE)
    assert NOISES["headings without numbers"].apply(again) == again


def test_noise_knows_the_words_of_handlers():
    text = "10 Viestintä\n\nAihetunniste: #satulammi\n\nKanavan kulut: 1 000"
    noisy = NOISES["labels in capitals"].apply(text, PARSER.layouts)
    assert "AIHETUNNISTE: #satulammi" in noisy
    assert NOISES["amounts with dots"].apply(text, PARSER.layouts).endswith("1.000")
    assert NOISES["labels in capitals"].apply(text) == text


def test_a_kind_of_ones_own(monkeypatch):
    monkeypatch.setattr("esr_parser.testing.noises.NOISES", kinds := {})

    @noise_kind("shouting", loses=["summary"], clashes=["whispering"])
    def _shouting(page):
        """Everything   in capitals."""
        return page.text.upper()

    assert kinds["shouting"] == Noise(
        "shouting", "Everything in capitals.", _shouting, {"summary"}, {"whispering"}
    )
    assert kinds["shouting"].apply("a") == "A"
    with pytest.raises(ValueError, match="a kind of noise 'shouting' already"):
        noise_kind("shouting")(_shouting)
    whispering = Noise("whispering", "", lambda page: page.text.lower())
    other = Noise("other", "", lambda page: page.text)
    pairs = list(noise_pairs([kinds["shouting"], whispering, other]))
    assert [(a.name, b.name) for a, b in pairs] == [("shouting", "other"), ("whispering", "other")]


def test_kinds_are_drawn():
    assert found(noise(), small=True).name == next(iter(NOISES))


# -- comparison -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a b", "a\n b"),
        ("a b", "a\u00a0b"),
        ("Pohjois-Tarula", "Pohjois-\nTarula"),
        ("luku- ja", "luku-\nja"),
        ("osaamisen", "osaa-\nmisen"),
        ("1. Alku", "1\\. Alku"),
        ("(a)", "\\(a\\)"),
    ],
)
def test_same_prose(first, second):
    assert same_prose(first, second)
    assert same_prose(second, first)


@pytest.mark.parametrize(
    ("first", "second"), [("a", "b"), ("- a", "a"), ("A", "a"), ("ä", "a\u0308"), ("a", "| a")]
)
def test_other_prose(first, second):
    assert not same_prose(first, second)


def test_differences_are_named():
    impact = SustainabilityImpact("Ekologinen kestävyys", "Natura 2000 -ohjelman kohteet", 1, 2)
    first = ProjectDescription(
        project=Project(code="S20001", name="x" * 300),
        summary="Yksi kaksi kolme.",
        horizontal_principles=HorizontalPrinciples(sustainable_development=(impact,)),
        other_fields=(OtherField("1", "Tieto", "a b"),),
    )
    second = attrs.evolve(
        first,
        project=Project(code="S20002", name="x" * 300),
        summary="Yksi kaksi neljä.",
        horizontal_principles=HorizontalPrinciples(
            sustainable_development=(attrs.evolve(impact, direct=3, explanation="Uusi."),)
        ),
        other_fields=(OtherField("1", "Tieto", "a  b"), OtherField("1", "Muu", "")),
        extensions={"diary": "x"},
    )
    assert list(differences(first, second)) == [
        "project.code: expected 'S20001', got 'S20002'",
        "summary: expected …'Yksi kaksi kolme.', got …'Yksi kaksi neljä.'",
        "horizontal_principles.sustainable_development.0.direct: expected 1, got 3",
        "horizontal_principles.sustainable_development.0.explanation: expected None, got 'Uusi.'",
        "other_fields.1: expected None, got OtherField(section='1', label='Muu', value='')",
        "extensions.diary: expected None, got 'x'",
    ]
    ignoring = {"project.code", "summary", "horizontal_principles.*", "other_fields", "extensions"}
    assert same_page(first, second, ignoring=ignoring)
    assert not same_page(first, second, ignoring=ignoring - {"project.code"})
    with pytest.raises(AssertionError, match=r"6 values differ:\n  project\.code: expected"):
        assert_same_values(first, second)


def test_what_is_absent_may_hold_nothing_to_compare():
    other = OtherSection("10", "Viestintä", "x")
    first = ProjectDescription(other_sections=(other,))
    assert same_page(first, ProjectDescription(), ignoring=["other_sections.0.*"])
    assert not same_page(first, ProjectDescription(), ignoring=["other_sections.0.text"])
    assert not same_page(ProjectDescription(summary="x"), ProjectDescription())
    long = ProjectDescription(project=Project(name="x" * 500))
    assert len(next(differences(long, ProjectDescription()))) < 300


def test_prose_of_handlers_is_prose():
    first, second = (
        ProjectDescription(extensions={"communication": Communication(plan=plan)})
        for plan in ("yksi kaksi", "yksi\nkaksi")
    )
    assert same_page(first, second, layouts=PARSER.layouts)
    assert not same_page(first, second)


# -- strategies -------------------------------------------------------------------------------

SEEN = {
    "2007-2013": lambda d: d.programme_period == "2007-2013",
    "2014-2020": lambda d: d.programme_period == "2014-2020",
    "ERDF": lambda d: d.fund == Fund.EAKR,
    "another fund": lambda d: d.fund is not None and not isinstance(d.fund, Fund),
    "code": lambda d: d.project.code,
    "a colon in the name": lambda d: ": " in (d.project.name or ""),
    "double spaces": lambda d: "  " in (d.project.name or ""),
    "axis": lambda d: d.project.priority_axis,
    "open period": lambda d: d.project.planned_period and d.project.planned_period.end is None,
    "unknown status": lambda d: d.project.status == "Satulammi",
    "wrong business id": lambda d: d.applicant.business_id == "1234567-2",
    "e-mail": lambda d: "@" in (d.applicant.contact.email or ""),
    "partners": lambda d: len(d.applicant.co_implementers or ()) > 1,
    "no partners": lambda d: d.applicant.transfer_recipients == (),
    "cents": lambda d: (
        d.funding.granted_eu_and_state not in (None, 0) and d.funding.granted_eu_and_state % 1
    ),
    "negative": lambda d: (d.funding.realised_eu_and_state or 0) < 0,
    "Koski Tl": lambda d: "Koski Tl" in d.area.municipalities,
    "nationwide": lambda d: d.area.nationwide,
    "site": lambda d: d.area.site.postcode,
    "estimate": lambda d: d.estimates.persons.realised,
    "answer": lambda d: d.horizontal_principles.gender_equality.mainstreamed.answer is False,
    "explanation": lambda d: d.horizontal_principles.gender_equality.main_objective.explanation,
    "scores": lambda d: len(d.horizontal_principles.sustainable_development) > 2,
    "prose of paragraphs": lambda d: "\n\n" in (d.summary or ""),
    "empty lines in prose": lambda d: "\n\n\n" in (d.summary or ""),
    "numbered prose": lambda d: "1. Verkoston Rakentaminen" in (d.final_report_summary or ""),
    "unknown label": lambda d: any(o.label == "Hankekodi" for o in d.other_fields),
    "unreadable value": lambda d: any(o.value == "noin 5 x" for o in d.other_fields),
    "text in front": lambda d: any(o.number is None for o in d.other_sections),
    "unknown section": lambda d: any(o.number in ("5", "10") for o in d.other_sections),
    "unknown subsection": lambda d: any(o.title == "Lisäkohta" for o in d.other_sections),
    "repeated section": lambda d: any(o.number == "1" for o in d.other_sections),
}


@pytest.mark.parametrize("what", SEEN)
def test_descriptions_of_every_kind(what):
    found(descriptions(), SEEN[what])


def test_descriptions_shrink_to_small_ones():
    smallest = found(descriptions(), small=True)
    assert smallest == ProjectDescription(
        fund=Fund.ESR, programme_period=ProgrammePeriod.P2014_2020
    )
    small = found(descriptions(), lambda d: d.applicant.contact.name, small=True)
    assert small == attrs.evolve(smallest, applicant=Applicant(contact=Contact(name="alku")))


def test_tame_descriptions():
    nothing_found(descriptions(tame=True), lambda d: "  " in (d.project.name or ""))


def test_descriptions_of_handlers():
    description = found(
        descriptions(PARSER), lambda d: {"communication", "diary"} <= set(d.extensions)
    )
    assert isinstance(description.extensions["communication"], Communication)
    parser = Parser(handlers=[EurosHandler()])
    description = found(descriptions(parser), lambda d: d.funding.amounts[1])
    assert isinstance(description.funding, Euros)


@attrs.frozen
class Shoe:
    """A user's model with value types that nobody else knows."""

    size: int | None = None
    colour: str | None = None
    weight: object = None
    bought: date | None = None


COLOUR = ValueType("colour", str, str, "a colour")


class ShoeHandler(SectionHandler):
    key = "shoe"
    model = Shoe
    sections = (
        Section(
            "10",
            "Kenkä",
            "shoe",
            Fields(
                Field(
                    "Koko",
                    "size",
                    ValueType(
                        "size", lambda t: int(t.removeprefix("nro ")), "nro {}".format, "nro"
                    ),
                ),
                Field("Väri", "colour", COLOUR),
                Field("Paino", "weight"),
                Field("Ostopäivä", "bought", ValueType("day", date.fromisoformat, str, "a day")),
            ),
        ),
    )


def test_value_types_of_ones_own():
    register_value_strategy(COLOUR, st.sampled_from(("sininen", "musta")))
    description = found(
        descriptions(Parser(handlers=[ShoeHandler()])),
        lambda d: "shoe" in d.extensions and None not in attrs.astuple(d.extensions["shoe"]),
    )
    shoe = description.extensions["shoe"]
    assert (type(shoe.size), type(shoe.weight), type(shoe.bought)) == (int, str, date)
    assert shoe.colour in ("sininen", "musta")


def test_values_that_do_not_read_back_are_left_out():
    lossy = ValueType("no a", lambda t: t, lambda v: v.replace("a", ""), "no a")
    assert "a" not in found(values_of(lossy))
    strict = ValueType("strict", int, lambda v: f"{v:d}", "a number")
    nothing_found(values_of(strict), count=30)


def _is_refused(description):
    try:
        Parser().render_description(description)
    except UnrepresentableError:
        return True
    return False


def test_raw_descriptions_are_mostly_refused():
    found(raw_descriptions(), _is_refused)
    found(raw_descriptions(), lambda d: not _is_refused(d))
    found(raw_descriptions(), lambda d: d.extensions)
    found(raw_descriptions(), lambda d: "\n" in (d.project.name or ""))
    found(raw_descriptions(), lambda d: (d.funding.granted_eu_and_state or Decimal()).is_nan())
    description = found(raw_descriptions(PARSER), lambda d: "communication" in d.extensions)
    assert isinstance(description.extensions["communication"], Communication)


@pytest.mark.parametrize("is_canonical", [True, False])
def test_documents_are_noisy_and_canonical(is_canonical):
    text, description = found(
        documents(),
        lambda pair: (
            pair[1].project.name
            and (Parser().render_description(pair[1]) == pair[0]) is is_canonical
        ),
    )
    assert_same_values(description, Parser().parse_description(text))


@pytest.mark.parametrize("which", ["\x01", "\x02", "\x01\x02"])
def test_documents_do_not_combine_what_clashes_whichever_says_so(monkeypatch, which):
    marks = "\x01", "\x02"
    kinds = {
        mark: Noise(
            mark,
            "",
            lambda page, mark=mark: page.text + mark,
            clashes=frozenset(marks if mark in which else ()),
        )
        for mark in marks
    }
    monkeypatch.setattr("esr_parser.testing.strategies.NOISES", kinds)
    found(documents(), lambda pair: pair[0].endswith("\x02"))
    nothing_found(documents(), lambda pair: pair[0].endswith("\x01\x02"))


def test_documents_leave_refused_descriptions_to_another_test(monkeypatch):
    def refuse(description):
        raise UnrepresentableError("x", "y")

    parser = Parser()
    monkeypatch.setattr(parser, "render_description", refuse)
    nothing_found(documents(parser), count=20)


EDITED = (
    "a b\nc d",
    "c d",
    "a b",
    "a b\n\nc d",
    "a b c d",
    "a\nb\nc d",
    "A B\nc d",
    "   a b\nc d",
    "c d\na b",
    "a b\na b\nc d",
    "a b\n0\nc d",
)


@pytest.mark.parametrize("edited", EDITED)
def test_edits_of_every_kind(edited):
    found(edited_texts(["a b\nc d"]), lambda text: text == edited, 20_000)


def test_edits_of_texts_from_a_strategy():
    found(edited_texts(st.just("x")), lambda text: text.count("\n") > 1)


TEXTS = {
    "nothing": lambda t: not t,
    "a sample": lambda t: t == WHOLE,
    "an edited sample": lambda t: "Hankekoodi: S29901" in t and t != WHOLE,
    "line ends of Windows": lambda t: "\r\n" in t,
    "a generated page": lambda t: t.startswith("Euroopan unioni") and "S29901" not in t,
}


@pytest.mark.parametrize("what", TEXTS)
def test_texts_of_every_kind(what):
    found(texts(samples=(WHOLE,)), TEXTS[what])


def test_tricky_lines_hold_declared_words_and_aliases():
    found(tricky_lines(), lambda line: line == "Hankekoodi:", 50_000)
    found(tricky_lines(PARSER), lambda line: "Hankkeen tunnus" in line, 50_000)


OLD = PARSER.parse_description(WHOLE)
CHANGED = {
    "nothing": lambda d: d == OLD,
    "a name removed": lambda d: d.project.name is None,
    "a name changed": lambda d: d.project.name not in (None, OLD.project.name),
    "prose removed": lambda d: d.summary is None,
    "rows removed": lambda d: d.applicant.co_implementers is None,
    "an extension added": lambda d: "communication" in d.extensions,
    "an amount removed": lambda d: d.funding.granted_eu_and_state is None,
}


@pytest.mark.parametrize("what", CHANGED)
def test_changed_descriptions(what):
    found(changed_descriptions(PARSER, OLD), CHANGED[what])


def test_changed_descriptions_of_little():
    own = ProjectDescription(extensions={"diary": "x"}, target_groups=TargetGroups("x"))
    strategy = changed_descriptions(PARSER, own)
    found(strategy, lambda d: not d.extensions)
    found(strategy, lambda d: d.target_groups == TargetGroups())
    found(strategy, lambda d: d.project.code)


# -- the checks catch what is wrong -----------------------------------------------------------


class Wrong(Parser):
    """A parser whose documents can be spoilt."""

    def __init__(self, spoil):
        super().__init__()
        self.spoil = spoil

    def parse_document(self, text):
        document = super().parse_document(text)
        return self.spoil(document)


def _spoilt(document: Document, **attributes: object) -> SimpleNamespace:
    names = ("text", "description", "diagnostics", "sections", "errors", "programme_period")
    own = {name: getattr(document, name) for name in names}
    own["raise_for_errors"] = document.raise_for_errors
    return SimpleNamespace(**{**own, **attributes})


def _node(start: int, end: int, text: str) -> SimpleNamespace:
    return SimpleNamespace(
        span=Span(start, end), text=text, nodes=(), number=None, kind="front", title=None
    )


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({"text": "1 Hanke\n"}, "the document's text is not the text"),
        ({"sections": ()}, "the sections end at 0, not at 7"),
        (
            {"sections": (_node(0, 3, "1 H"), _node(4, 7, "nke"))},
            "begins at 4, where the one before",
        ),
        ({"sections": (_node(0, 7, "2 Hanke"),)}, "the sections: line 1 .character 0. differs"),
        ({"sections": (_node(0, 7, "1 Hanke"),)}, "the nodes of section front end at 0, not at 7"),
        ({"sections": (_node(0, 7, "1 Hanke"), _node(7, 6, ""))}, "is upside down"),
    ],
)
def test_lossless_catches(attributes, message):
    parser = Wrong(lambda document: _spoilt(document, **attributes))
    with pytest.raises(AssertionError, match=message):
        check_lossless(parser, "1 Hanke")


def _diagnostic(**attributes: object) -> Diagnostic:
    fine = {
        "code": "ESR304",
        "severity": Severity.INFO,
        "message": "x",
        "line": 1,
        "column": 1,
        "span": Span(0, 1),
    }
    return Diagnostic(**{**fine, **attributes})


@pytest.mark.parametrize(
    ("diagnostics", "message"),
    [
        ([_diagnostic(code="ESR999")], "unknown code ESR999"),
        ([_diagnostic(span=Span(0, 99))], "is not in the text"),
        ([_diagnostic(span=Span(2, 1))], "is not in the text"),
        ([_diagnostic(line=0)], "lines and columns begin at 1"),
        ([_diagnostic(severity=Severity.ERROR)], "not the severity of its code"),
        ([_diagnostic(message="")], "one line that says something"),
        ([_diagnostic(message="two\nlines")], "one line that says something"),
        ([_diagnostic(span=Span(3, 3)), _diagnostic()], "not in the order of their places"),
    ],
)
def test_total_catches_wrong_diagnostics(diagnostics, message):
    parser = Wrong(lambda document: _spoilt(document, diagnostics=diagnostics, errors=()))
    with pytest.raises(AssertionError, match=message):
        check_total(parser, "1 Hanke")


def test_total_catches_other_faults(monkeypatch):
    parser = Parser()
    monkeypatch.setattr(parser, "split_documents", lambda text: [])
    with pytest.raises(AssertionError, match="split_documents lost or added"):
        check_total(parser, "1 Hanke")
    parser = Wrong(lambda document: _spoilt(document, errors=(1, 2)))
    with pytest.raises(AssertionError, match="does not raise every error"):
        check_total(parser, "1 Hanke\n\nMikä: x")
    with pytest.raises(AssertionError, match="raised nothing"):
        check_total(parser, "1 Hanke")


def test_linear_catches_quadratic_work():
    class Slow(Parser):
        def parse_document(self, text):
            sum(len(str(k)) for k in range(len(text) ** 2 // 100))
            return super().parse_document(text)

    with pytest.raises(AssertionError, match=r"times as many"):
        check_linear(Slow(), lambda n: "x" * n, 500)
    check_linear(Parser(), lambda n: "x" * n, 500)
    assert work_of(lambda: len("x")) == work_of(lambda: len("xx")) > 0


def test_canonical_catches():
    with pytest.raises(AssertionError, match=r"line 1 \(character 0\) differs: expected"):
        check_canonical(Parser(), "  1 Hanke")
    check_canonical(Parser(), WHOLE)


class LossyHandler(SectionHandler):
    """Whose ``build`` and ``take_apart`` are no pair."""

    key = "lossy"
    model = str
    sections = (Section("10", "Viestintä", "lossy", Fields(Field("Kanava", "channel", TEXT))),)

    def build(self, values):
        return values.get("channel", "")[:30]

    def take_apart(self, value):
        return {"channel": f"{value}!"}


LOSSY = Parser(handlers=[LossyHandler()])


def test_inverse_and_settled_catch(monkeypatch):
    text = "10 Viestintä\n\nKanava: ab"
    with pytest.raises(AssertionError, match="what was read cannot be rendered"):
        check_settled(LOSSY, text)
    description = LOSSY.parse_description(text)
    assert check_inverse(LOSSY, description) is None
    with pytest.raises(AssertionError, match="a representable description is refused"):
        check_inverse(LOSSY, description, must_render=True)
    parser = Parser()
    monkeypatch.setattr(parser, "render_description", lambda d: "2 Hakijan perustiedot")
    with pytest.raises(AssertionError, match="reads back as something else: 2 values differ"):
        check_inverse(parser, Parser().parse_description(SHORT.replace("S20001", "X")))
    with pytest.raises(AssertionError, match="the canonical text reads differently"):
        check_settled(parser, SHORT)

    def refuse(description):
        raise UnrepresentableError("", "")

    monkeypatch.setattr(parser, "render_description", refuse)
    with pytest.raises(AssertionError, match="does not name a field"):
        check_inverse(parser, description)


def test_data_catches(monkeypatch):
    nothing = ProjectDescription()
    infinite = attrs.evolve(nothing, estimates=MonitoringEstimates(Estimate(planned="x")))
    check_data(Parser(), infinite)
    with pytest.raises(AssertionError, match="cannot be written as data"):
        check_data(Parser(), infinite, must_write=True)
    parser = Parser()
    monkeypatch.setattr(parser, "from_json", lambda text: ProjectDescription(summary="x"))
    with pytest.raises(AssertionError, match="reads differently from JSON: 1 values differ"):
        check_data(parser, nothing)
    parser = Parser()
    monkeypatch.setattr(parser, "json_schema", lambda: {"required": ["nothing"]})
    with pytest.raises(AssertionError, match=r"not as the JSON Schema says: \$: 'nothing'"):
        check_data(parser, nothing)
    with pytest.raises(DataError):
        Parser().to_dict(infinite)


def test_data_without_jsonschema(monkeypatch):
    monkeypatch.setitem(sys.modules, "jsonschema", None)
    parser = Parser()
    monkeypatch.setattr(parser, "json_schema", lambda: {"required": ["nothing"]})
    check_data(parser, ProjectDescription())


def test_equality_is_what_counts(monkeypatch):
    """White space in prose is no difference of the page, but of the description it is."""
    parser = Parser()
    monkeypatch.setattr(parser, "from_dict", lambda data: ProjectDescription(summary="a  b"))
    with pytest.raises(AssertionError, match="reads differently from data: expected Project"):
        check_data(parser, ProjectDescription(summary="a b"))


@pytest.fixture
def spoil(monkeypatch):
    """Makes every edit give another text than the right one."""
    edited = Document.with_description

    def spoiling(change):
        def edit(document, new):
            right = edited(document, new)
            return right.parser.parse_document(change(right.text))

        monkeypatch.setattr(Document, "with_description", edit)

    return spoiling


def _with_code(text, code="S20002"):
    description = Parser().parse_description(text)
    return attrs.evolve(description, project=attrs.evolve(description.project, code=code))


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("S20002", "S20003", "the edited text says something else"),
        ("Hankekoodi:", "Hankekoodi :", None),
        ("Y-tunnus:", "Y-tunnus :", "holds no changed value"),
        ("\n\n7.1", "\n7.1", None),
        ("1 Hanke", "## 1 Hanke", "line 5 holds no changed value"),
    ],
)
def test_minimal_edit_catches(spoil, before, after, message):
    new = _with_code(WHOLE)
    check_minimal_edit(Parser(), WHOLE, new)
    spoil(lambda text: text.replace(before, after))
    if message is None:
        check_minimal_edit(Parser(), WHOLE, new)
    else:
        with pytest.raises(AssertionError, match=message):
            check_minimal_edit(Parser(), WHOLE, new)


def test_minimal_edit_catches_a_change_of_nothing(spoil):
    same = Parser().parse_description(WHOLE)
    check_minimal_edit(Parser(), WHOLE, same)
    spoil(lambda text: f"{text}\n")
    with pytest.raises(AssertionError, match="nothing was to be changed"):
        check_minimal_edit(Parser(), WHOLE, same)


def test_minimal_edit_may_be_refused_only_with_reason(monkeypatch):
    def refuse(document, new):
        raise UnrepresentableError("x", "y")

    monkeypatch.setattr(Document, "with_description", refuse)
    with pytest.raises(AssertionError, match="a representable description is refused"):
        check_minimal_edit(Parser(), SHORT, _with_code(SHORT))
    check_minimal_edit(Parser(), SHORT, _with_code(SHORT, "two\nlines"))


def test_minimal_edit_catches_what_the_document_hides(monkeypatch):
    def edit(document, new):
        return SimpleNamespace(text=document.text, description=new)

    monkeypatch.setattr(Document, "with_description", edit)
    with pytest.raises(AssertionError, match="reads differently from the edited document"):
        check_minimal_edit(Parser(), SHORT, _with_code(SHORT))


def _changed(path: str, value: object, description: ProjectDescription) -> ProjectDescription:
    head, dot, rest = path.partition(".")
    if head == "extensions":
        return attrs.evolve(description, extensions={**description.extensions, rest: value})
    if dot:
        value = _changed(rest, value, getattr(description, head))
    return attrs.evolve(description, **{head: value})


IMPACT = SustainabilityImpact("Ekologinen kestävyys", "Natura 2000 -ohjelman kohteet", 9, 9)


@pytest.mark.parametrize(
    ("path", "value", "kept"),
    [
        # what changes, and a line that must stay all the same
        ("fund", "EAKR", "1 Hanke"),
        ("summary", "Toinen.", "4 Hankkeen kohderyhmät"),
        ("summary", None, "4 Hankkeen kohderyhmät"),
        ("funding.granted_eu_and_state", Decimal(5), "Toteutunut EU- ja valtion rahoitus: 471 208"),
        ("project.planned_period", Period(date(2020, 1, 1)), "Hankekoodi: S29901"),
        ("applicant.co_implementers", None, "3 Suunnitelman mukainen tiivistelmä toteutuksesta"),
        (
            "applicant.co_implementers",
            (
                Partner("Uusi Oy", "9812343-8"),
                Partner("Olemattoman korkeakoulusäätiö sr", "9812343-8"),
            ),
            "Olemattoman korkeakoulusäätiö sr, 9812343-8",
        ),
        (
            "horizontal_principles.gender_equality.mainstreamed",
            Assessment(False),
            "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen: Ei",
        ),
        ("horizontal_principles.sustainable_development", (IMPACT,), "8.2 Kestävä kehitys"),
        ("horizontal_principles.sustainable_development", (), "8.2 Kestävä kehitys"),
        (
            "horizontal_principles.gender_equality",
            GenderEquality(),
            "8 Horisontaaliset periaatteet",
        ),
        ("other_fields", (OtherField("1", "Tieto", "x"),), "Hankekoodi: S29901"),
        ("final_report_summary", None, "Ympäristöosaaminen 4 4"),
        ("extensions.diary", "Uusi.", "Hankekoodi: S29901"),
    ],
)
def test_minimal_edits_of_every_kind(spoil, path, value, kept):
    new = _changed(path, value, OLD)
    check_minimal_edit(PARSER, WHOLE, new)
    spoil(lambda text: text.replace(f"\n{kept}\n", f"\n{kept} \n"))
    with pytest.raises(AssertionError, match="holds no changed value"):
        check_minimal_edit(PARSER, WHOLE, new)


@pytest.mark.parametrize("name", ["unknown-label", "unknown-section", "period-2007-regional"])
def test_minimal_edits_of_other_things(name):
    text = FIXTURES[name]
    old = PARSER.parse_description(text)
    for new in (
        attrs.evolve(old, other_fields=()),
        attrs.evolve(old, other_sections=()),
        attrs.evolve(old, area=type(old.area)(), target_groups=TargetGroups()),
    ):
        check_minimal_edit(PARSER, text, new)


def test_minimal_edit_of_a_repeated_section():
    text = f"{WHOLE}\n\n1 Hanke\n\nHankekoodi: S29999"
    check_minimal_edit(Parser(), text, _with_code(text))


def test_minimal_edit_of_a_whole_extension():
    text = f"{WHOLE}\n\n10 Viestintä\n\nAihetunniste: #satulammi\n\nPääkanava\n\n11 Päiväkirja\n\nx"
    old = PARSER.parse_description(text)
    check_minimal_edit(PARSER, text, attrs.evolve(old, extensions={"diary": "x"}))


def test_minimal_edit_to_another_period():
    new = attrs.evolve(
        Parser().parse_description(SHORT), programme_period=ProgrammePeriod.P2007_2013, fund="ESR"
    )
    check_minimal_edit(Parser(), SHORT, new)


def test_no_inert_line_catches():
    parser = Wrong(lambda document: _spoilt(document, diagnostics=(), description=None))
    with pytest.raises(AssertionError, match="the line 'x' makes no difference before line 2"):
        check_no_inert_line(parser, "1 Hanke\n\n2 Hakijan perustiedot", "x", 1)


def test_same_page_catches():
    kind = Noise("loss", "", lambda page: page.text.replace("S20001", ""))
    with pytest.raises(AssertionError, match=r"loss: 3 values differ:\n  project.code"):
        check_same_page(Parser(), SHORT, kind)
    loses = {"project.code", "fund", "programme_period"}
    check_same_page(Parser(), SHORT, attrs.evolve(kind, loses=loses))


# -- law tests --------------------------------------------------------------------------------


class TestAliases(LawTests):
    """The one line a user writes."""

    __test__ = False  # what it would test is tested in test_laws.py
    parser = Parser(aliases={"Hankkeen tunnus": "Hankekoodi"})

    def test_settled(self):
        """A law of one's own stays as it is."""


def test_law_tests_are_test_methods():
    methods = [name for name in vars(TestAliases) if name.startswith("test_")]
    assert len(methods) == 10
    assert TestAliases.test_lossless.__doc__.startswith("Law 1")
    assert TestAliases.test_lossless.__qualname__ == "TestAliases.test_lossless"
    assert not hasattr(TestAliases.test_settled, "hypothesis")
    assert not any(hasattr(getattr(LawTests, name, None), "hypothesis") for name in methods)


def _law_tests_of(of: Parser) -> LawTests:
    class Laws(LawTests):
        parser = of

    return Laws()


def test_law_tests_find_a_handler_that_is_no_pair():
    before = settings.get_current_profile_name()
    settings.register_profile("quick", QUICK, max_examples=300)
    settings.load_profile("quick")
    try:
        laws = _law_tests_of(LOSSY)
        with pytest.raises(AssertionError, match="a representable description is refused"):
            laws.test_inverse()
        laws.test_lossless()
    finally:
        settings.load_profile(before)


@given(st.data())
@settings(QUICK, max_examples=20)
def test_strategies_take_no_parser_at_all(data):
    for strategy in (descriptions(), raw_descriptions(), documents(), texts(), tricky_lines()):
        data.draw(strategy)


# -- the plugin -------------------------------------------------------------------------------


@pytest.fixture
def project(pytester, monkeypatch):
    """A project with two texts in a folder, and the plugin."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_PLUGINS", "esr_parser.pytest_plugin")
    folder = pytester.mkdir("texts")
    for name in ("whole-esr", "erdf"):
        (folder / f"{name}.txt").write_text(FIXTURES[name], encoding="utf-8")
    pytester.makepyfile(parsers="from esr_parser import Parser\nparser = Parser()\nnumber = 5")
    pytester.syspathinsert()
    return pytester


def _configured(project, **options):
    lines = "\n".join(f"{name} = {value}" for name, value in options.items())
    project.makeini(f"[pytest]\n{lines}\n")


def test_plugin_does_nothing_unless_asked(project):
    result = project.runpytest("--collect-only", "-q")
    result.stdout.fnmatch_lines(["*no tests collected*"])


def test_plugin_collects_the_corpus(project):
    _configured(project, esr_corpus="texts")
    project.makepyfile(test_own="def test_own(): pass")
    result = project.runpytest("-v")
    result.assert_outcomes(passed=12)
    result.stdout.fnmatch_lines(["*texts/erdf.txt::lossless PASSED*", "*::drift PASSED*"])


def test_plugin_collects_what_is_named_on_the_command_line(project):
    _configured(project, esr_corpus="texts/*.txt")
    project.makepyfile(test_own="def test_own(): pass")
    project.runpytest("test_own.py").assert_outcomes(passed=1)
    project.runpytest("texts/erdf.txt").assert_outcomes(passed=5)
    project.runpytest("texts").assert_outcomes(passed=11)


def test_plugin_with_testpaths_that_hold_the_corpus(project):
    _configured(project, esr_corpus="texts/erdf.txt", testpaths="texts")
    project.runpytest().assert_outcomes(passed=6)


def test_plugin_with_testpaths_beside_the_corpus(project):
    _configured(project, esr_corpus="texts/erdf.txt", testpaths="tests")
    (project.mkdir("tests") / "test_own.py").write_text("def test_own(): pass", encoding="utf-8")
    project.runpytest().assert_outcomes(passed=7)


def test_plugin_reports_drift(project):
    _configured(project, esr_corpus="texts")
    for path in (project.path / "texts").iterdir():
        text = path.read_text(encoding="utf-8").replace("Hankekoodi:", "Hankkeen tunnus:")
        path.write_text(text, encoding="utf-8")
    result = project.runpytest()
    result.assert_outcomes(passed=10, failed=1)
    result.stdout.fnmatch_lines(["*Hankkeen tunnus*texts*erdf.txt:*"])


def test_plugin_reports_files_that_cannot_be_read(project):
    _configured(project, esr_corpus="texts")
    (project.path / "texts" / "huge.txt").write_text("x" * (1 << 26) + "x", encoding="utf-8")
    result = project.runpytest()
    result.assert_outcomes(passed=10, failed=6)


def test_plugin_compares_with_a_baseline(project):
    from esr_parser.drift.corpus import fingerprint_files

    found, _ = fingerprint_files([str(project.path / "texts" / "erdf.txt")])
    (project.path / "baseline.json").write_text(found.to_json(), encoding="utf-8")
    _configured(project, esr_corpus="texts/erdf.txt", esr_baseline="baseline.json")
    project.runpytest().assert_outcomes(passed=6)


@pytest.mark.parametrize("place", ["parsers:parser", "esr_parser.parser:Parser"])
def test_plugin_takes_a_parser(project, place):
    _configured(project, esr_corpus="texts/erdf.txt", esr_parser=place)
    project.runpytest().assert_outcomes(passed=6)


@pytest.mark.parametrize("place", ["parsers", "builtins:str"])
def test_plugin_refuses_what_is_no_parser(project, place):
    _configured(project, esr_corpus="texts/erdf.txt", esr_parser=place)
    result = project.runpytest()
    result.assert_outcomes(failed=6)
    result.stdout.fnmatch_lines(["*esr_parser: *is*"])


def test_plugin_refuses_a_corpus_that_is_not_there(project):
    for name in ("nothing", "nothing/*.txt"):
        _configured(project, esr_corpus=name)
        result = project.runpytest()
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        result.stderr.fnmatch_lines([f"*esr_corpus: no text at '{name}'*"])


def test_plugin_marks_tests(project):
    project.makepyfile(
        test_marked="""
        import pytest
        from esr_parser import Parser

        @pytest.mark.esr_corpus("texts", parser=Parser(aliases={"Tunnus": "Hankekoodi"}))
        def test_texts(esr_check):
            esr_check()

        def test_own():
            pass
        """
    )
    result = project.runpytest("-v", "--strict-markers")
    result.assert_outcomes(passed=12)
    result.stdout.fnmatch_lines(["*test_texts?erdf.txt-lossless?*", "*test_texts?drift?*"])


def test_plugin_wants_marked_tests(project):
    project.makepyfile(test_marked="def test_texts(esr_check): esr_check()")
    result = project.runpytest()
    result.stdout.fnmatch_lines(["*esr_check needs @pytest.mark.esr_corpus*"])


def test_plugin_says_which_text_breaks_a_law(project):
    project.makepyfile(
        lossy="""
        from esr_parser import Field, Fields, Parser, Section, SectionHandler

        class Lossy(SectionHandler):
            key = "lossy"
            model = str
            sections = (Section("10", "Viestintä", "lossy", Fields(Field("Kanava", "x"))),)

            def build(self, values):
                return values.get("x", "")[:3]

            def take_apart(self, value):
                return {"x": value + "!"}

        parser = Parser(handlers=[Lossy()])
        """
    )
    (project.path / "texts" / "own.txt").write_text("10 Viestintä\n\nKanava: ab", encoding="utf-8")
    _configured(project, esr_corpus="texts/own.txt", esr_parser="lossy:parser")
    result = project.runpytest()
    result.stdout.fnmatch_lines(["*own.txt: what was read cannot be rendered*"])
