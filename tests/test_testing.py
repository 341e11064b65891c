"""The test support: pages, noise, damage, comparison, checks that catch what is wrong, the plugin."""

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
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample, Unsatisfiable
from invented import with_value

import esr_parser.testing
from esr_parser import (
    Parser,
    ProjectDescription,
    SectionHandler,
    UnrepresentableError,
    parse_description,
    render_description,
)
from esr_parser.diagnostics import DIAGNOSTIC_CODES, Diagnostic, Severity, Span
from esr_parser.grammar import Field, Fields, Flag, Prose, Rows, Section
from esr_parser.model import (
    Applicant,
    Contact,
    Fund,
    GeographicArea,
    OtherField,
    OtherSection,
    Outcome,
    Outcomes,
    Partner,
    ProgrammePeriod,
    Project,
    PublicFunding,
    TargetGroups,
)
from esr_parser.testing import (
    DAMAGES,
    NOISES,
    Damage,
    LawTests,
    Noise,
    any_descriptions,
    assert_same_values,
    canonical_texts,
    changed_descriptions,
    check_canonical,
    check_damage_is_reported,
    check_data,
    check_inverse,
    check_lossless,
    check_minimal_edit,
    check_nothing_silent,
    check_same_values,
    check_settled,
    check_total,
    descriptions,
    differences,
    noise_kind,
    noise_pairs,
    noisy,
    pages,
    register_value_strategy,
    same_prose,
    texts,
    tricky_lines,
    values_of,
)
from esr_parser.testing.noises import page_from
from esr_parser.testing.page import Kind, page_of
from esr_parser.values import PARTNER, TEXT, ValueType

pytest_plugins = ["pytester"]

PARSER = Parser()
FIXTURES = fixtures()
WHOLE = FIXTURES["whole-esr"]
SHORT = "1 Hanke\n\nHankekoodi: S29999"
TITLE = "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus"
QUICK = settings(
    max_examples=2000,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def found(strategy, condition=lambda example: True, count=2000, *, small=False):
    """An example that meets a condition: the same in every run."""
    phases = [Phase.generate, Phase.shrink] if small else [Phase.generate]
    chosen = settings(QUICK, max_examples=count, phases=phases)
    return find(strategy, condition, settings=chosen, random=Random(20140))


def nothing_found(strategy, condition=lambda example: True, count=200):
    with pytest.raises((NoSuchExample, Unsatisfiable)):
        found(strategy, condition, count)


# -- handlers such as a user writes ---------------------------------------------------------------


@attrs.frozen
class Shoe:
    """A user's model with value types that are not registered."""

    size: int | None = None
    colour: str | None = None
    weight: str | None = None
    bought: date | None = None
    makers: tuple[Partner, ...] | None = None
    lost: bool | None = None


SIZE = ValueType("size", lambda t: int(t.removeprefix("nro ")), "nro {}".format, "nro 42")
COLOUR = ValueType("colour", str, str, "a colour")
DAY = ValueType("day", date.fromisoformat, date.isoformat, "a day")


class ShoeHandler(SectionHandler[Shoe]):
    key = "shoe"
    model = Shoe
    sections = (
        Section(
            "10",
            "Kenkä",
            "shoe",
            Fields(
                Field("Koko", "size", SIZE),
                Field("Väri", "colour", COLOUR, optional=True),
                Field("Paino", "weight"),
                Field("Ostopäivä", "bought", DAY),
                Flag("Kadonnut", "lost"),
                Rows("Suutarit", "makers", PARTNER),
            ),
        ),
    )


class DiaryHandler(SectionHandler[str]):
    key = "diary"
    model = str
    sections = (Section("11", "Päiväkirja", "diary", Prose()),)


OWN = Parser(handlers=[ShoeHandler(), DiaryHandler()], aliases={"Hankkeen tunnus": "Hankekoodi"})


# -- what is there --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", esr_parser.testing.__all__)
def test_public_names(name):
    assert getattr(esr_parser.testing, name) is not None


def test_unknown_name():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        esr_parser.testing.nothing  # noqa: B018


def _in_a_new_process(code):
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False
    )
    return done.stdout.strip() or done.stderr.strip()


def test_hypothesis_is_imported_when_it_is_needed():
    code = "import sys, esr_parser.testing; print('hypothesis' in sys.modules)"
    assert _in_a_new_process(code) == "False"


def test_the_plugin_is_cheap_to_import():
    heavy = ("hypothesis", "click", "rich", "attrs", "cattrs", "esr_parser.parser")
    code = f"import sys, esr_parser.pytest_plugin; print([m for m in {heavy} if m in sys.modules])"
    assert _in_a_new_process(code) == "[]"


@pytest.mark.parametrize(
    ("missing", "error"),
    [("hypothesis", r'pip install "esr-parser\[testing\]"'), ("esr_parser.testing.words", "words")],
)
def test_missing_modules(monkeypatch, missing, error):
    monkeypatch.delitem(sys.modules, "esr_parser.testing.strategies", raising=False)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ImportError, match=error):
        esr_parser.testing.__getattr__("descriptions")


# -- pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FIXTURES)
def test_pages_are_the_canonical_text(name):
    description = PARSER.parse_description(FIXTURES[name])
    assert page_of(description).text == PARSER.render_description(description)


def test_lines_of_a_page():
    page = page_from(WHOLE)
    assert {line.kind for line in page.lines} == {*Kind} - {Kind.OTHER}
    assert [line.number for line in page.of(Kind.HEADING)][:5] == ["1", "2", "3", "4", "4.1"]
    score = page.of(Kind.SCORE)[0]
    assert (score.label, score.values) == ("Luonnonvarojen käytön kestävyys", ("2", "3"))
    assert page.of(Kind.QUESTION)[0].value in ("Kyllä", "Ei")
    assert page.of(Kind.TITLE)[0].value == ""


DESCRIPTIONS = {
    "nothing": ProjectDescription(),
    "text around": ProjectDescription(
        fund="ESR",
        programme_period=ProgrammePeriod.P2014_2020,
        other_sections=(
            OtherSection(None, None, "Edessä"),
            OtherSection("4", "Hankkeen kohderyhmät", "Suoraan alla"),
            OtherSection("4.3", "Lisäkohta", ""),
            OtherSection("10", "Viestintä", "x\n\n\ny"),
        ),
        other_fields=(
            OtherField("1", "Hankekoodi", "S29998"),
            OtherField("1", "Tunnuslause", "x"),
            OtherField("5", "Myönnetty EU- ja valtion rahoitus", "noin 5 x"),
        ),
        project=Project(code="S29999"),
        target_groups=TargetGroups("a\nb"),
    ),
    "2007-2013": ProjectDescription(
        fund="EAKR",
        programme_period=ProgrammePeriod.P2007_2013,
        project=Project(code="A39999"),
        area=GeographicArea(nationwide=True),
        outcomes=Outcomes(jobs=Outcome(3, 2, 3)),
    ),
    "handlers": ProjectDescription(
        fund="ESR",
        programme_period=ProgrammePeriod.P2014_2020,
        extensions={"shoe": Shoe(42, makers=(), lost=True), "diary": "Maanantai"},
    ),
}


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_pages_of_descriptions(name):
    description = DESCRIPTIONS[name]
    assert page_of(description, OWN).text == OWN.render_description(description)
    check_same_values(OWN, description)


def test_a_page_of_what_cannot_be_written():
    with pytest.raises(UnrepresentableError, match=r"project\.name"):
        page_of(ProjectDescription(project=Project(name=5)))


# -- noise ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NOISES)
def test_every_kind_has_a_description_and_changes_some_page(name):
    kind = NOISES[name]
    assert kind.name == name
    assert kind.description.endswith((".", "trafilatura"))
    groups = {noise.group for noise in NOISES.values()}
    assert {*kind.clashes} <= {*NOISES} | groups
    texts = [WHOLE, FIXTURES["period-2007-regional"]]
    assert any(noisy(text, kind) != text for text in texts)
    assert isinstance(noisy(ProjectDescription(), kind), str)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("amounts without spaces",), ": 486350\n"),
        (("amounts with dots", "amounts with cents", "amounts with a euro sign"), ": 486.350,00 €"),
        (("dates with leading zeros",), "Alkaa 01.03.2018 ja päättyy 31.08.2020"),
        (("ISO dates",), "Alkaa 2018-03-01 ja päättyy 2020-08-31"),
        (("dates with the names of months",), "Alkaa 1. maaliskuuta 2018 ja"),
        (("a range of dates",), ": 1.3.2018–31.8.2020\n"),
        (("an ISO interval",), ": 2018-03-01/2020-08-31\n"),
        (("a new section",), "\n\n10 Ohjausryhmä\n\n"),
        (("a new field",), "\n\nSeurantatunnus: uusi 17\n\n"),
        (("a further description glued on",), "Euroopan unioni Vipuvoimaa EU:lta\n\nEuroopan sos"),
        (("typos corrected",), "\nYhteyshenkilön sähköpostiosoite: "),
        (("headings in capitals",), "\n1 HANKE\n"),
        (("headings with other dots",), "\n1. Hanke\n"),
        (("headings without numbers",), "\nHanke\n"),
        (("numbers in a block above",), "\n4.1\n\nVarsinaiset"),
        (("a pilcrow behind headings",), "\n1 Hanke ¶\n"),
        (("no space behind the colon",), "\nHankekoodi:S29901\n"),
        (("definition lists",), "\nHankekoodi\n:   S29901\n"),
        (("Markdown headings",), "\n### 4.1 Varsinaiset kohderyhmät\n"),
        (("bold labels",), "\n**Hankekoodi:** S29901\n"),
        (("definition lists", "bold labels"), "\n**Hankekoodi**\n:   S29901\n"),
        (("bold labels",), "\n**Ekologinen kestävyys**\n"),
        (("table pipes",), "\n| Hankekoodi: | S29901 |\n"),
        (("table pipes",), "\n| Luonnonvarojen käytön kestävyys | 2 | 3 |\n"),
        (("table pipes",), "\n|  | Välitön | Välillinen |\n"),
        (("table rules",), "\nVälitönVälillinen\n---|---|---\n"),
        (("scores in columns of tabs",), "\nLuonnonvarojen käytön kestävyys\t2\t3\n"),
        (("one cell a line",), "\nLuonnonvarojen käytön kestävyys\n2\n3\n"),
        (("bullets -",), "\n- Hankekoodi: S29901\n\n- Hankkeen nimi"),
        (("numbers before labels",), "\n1. Hankekoodi: S29901\n\n2. Hankkeen nimi"),
        (("two fields on one line",), "\nHankekoodi: S29901 Hankkeen nimi: "),
        (("a heading and a field on one line",), "\n1 Hanke Hankekoodi: S29901\n"),
        (("labels divided with a hyphen",), "toimintaympäristön analyysi sukupu-\nolinäkökulmasta"),
        (("a banner of pictures",), "![Euroopan unioni](Euro.png) ![Vipuvoimaa EU:lta](Vipu.png)"),
        (("contents below the title",), "\n\n1 Hanke .................... 1\n2 Hakijan"),
        (("wrapped at 78 columns",), "(valtavirtaistaminen):\nKyllä\n"),
        (("blocks as CSV",), '\n"Hankekoodi: S29901"\n'),
        (("quoted mail",), "\n> 1 Hanke\n> \n> Hankekoodi: S29901\n"),
        (("page numbers 1 (4)",), "\n\n1 (4)\n\n"),
        (("page breaks",), "\n\f"),
        (("lines spaced out",), "1 Hanke\n\n\n\nHankekoodi"),
    ],
)
def test_what_kinds_look_like(names, expected):
    text = noisy(WHOLE, *(NOISES[name] for name in names))
    assert expected in text, text[:2000]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        # Nothing in such texts shows what is a value of the label above it.
        ("values a block below their labels", "1 Hanke\n\nHankkeen nimi: Kohti satamaa: taidot\n"),
        (
            "no headings",
            "2 Hakijan perustiedot\n\n3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\nLyhyt.",
        ),
        ("values in bold", "1 Hanke\n\nHankkeen nimi: Mestariksi\n"),
    ],
)
def test_kinds_leave_texts_in_which_they_cannot_be_seen_through(name, text):
    page = render_description(parse_description(text))
    assert noisy(page, NOISES[name]) == page


def test_only_canonical_texts_get_noise():
    with pytest.raises(ValueError, match="not canonical"):
        noisy("Hankekoodi : S29999")
    page = page_from(WHOLE)
    assert "\n\nHANKEKOODI: S29901" in noisy(page, NOISES["labels in capitals"])
    assert page.text == WHOLE


def test_a_kind_of_ones_own(monkeypatch):
    monkeypatch.setattr("esr_parser.testing.noises.NOISES", kinds := {})

    @noise_kind("shouting", loses=("summary",), clashes=("whispering",), of_text=True)
    def _shouting(text):
        """Everything   in capitals."""
        return text.upper()

    shouting = kinds["shouting"]
    assert (shouting.description, shouting.loses) == ("Everything in capitals.", ("summary",))
    assert noisy(WHOLE, shouting) == WHOLE.upper()
    with pytest.raises(ValueError, match="a kind of noise 'shouting' already"):
        noise_kind("shouting")(_shouting)
    quiet = [Noise(name, "", str, group="quiet") for name in ("whispering", "humming")]
    others = [shouting, *quiet, Noise("other", "", str, clashes=("quiet",))]
    pairs = [(a.name, b.name) for a, b in noise_pairs(others)]
    assert pairs == [("shouting", "humming"), ("shouting", "other")]


@pytest.mark.parametrize("name", DAMAGES)
def test_damage(name):
    damage = DAMAGES[name]
    assert damage.description
    assert len({damage.apply(WHOLE, place) for place in range(8)}) > 1
    for description in (ProjectDescription(), *DESCRIPTIONS.values()):
        assert isinstance(damage.apply(description, 3, OWN), str)


# -- comparison -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a b", "a\n b"),
        ("a b", "a\u00a0b"),
        ("Pohjois-Tarula", "Pohjois-\nTarula"),
        ("luku- ja", "luku-\nja"),
        ("osaamisen", "osaa-\nmisen"),
        ("1. Alku", "1\\. Alku"),
        ("ä", "a\u0308"),
        ("sana", "sa\u00adna"),
    ],
)
def test_same_prose(first, second):
    assert same_prose(first, second)
    assert same_prose(second, first)


@pytest.mark.parametrize(
    ("first", "second"), [("a", "b"), ("- a", "a"), ("A", "a"), ("a-\nb", "c")]
)
def test_other_prose(first, second):
    assert not same_prose(first, second)


def test_differences_are_named():
    first = ProjectDescription(
        project=Project(code="S29999", name="x" * 300),
        summary="Yksi kaksi kolme.",
        other_fields=(OtherField("1", "Tieto", "x"),),
        extensions={"diary": "a\nb", "other": 1},
    )
    second = ProjectDescription(
        project=Project(code="S29998", name="y"),
        summary="Yksi kaksi neljä.",
        extensions={"diary": "a b", "other": 2},
    )
    lines = list(differences(first, second, ignoring=["other_*"], layouts=OWN.layouts))
    assert [line.partition(":")[0] for line in lines] == [
        *("project.code", "project.name", "summary", "extensions['other']")
    ]
    assert "'S29999', got 'S29998'" in lines[0]
    assert "xxx..." in lines[1]
    with pytest.raises(AssertionError, match=r"5 values differ:\n  project.code: expected"):
        assert_same_values(first, second, layouts=OWN.layouts)
    assert_same_values(first, first)


# -- the checks catch what is wrong -----------------------------------------------------------------


class Wrong(Parser):
    """A parser whose documents, or functions, are spoilt."""

    def __init__(self, spoil=lambda document: document, **functions):
        super().__init__()
        self.spoil = spoil
        self.__dict__.update(functions)

    def parse_document(self, text):
        return self.spoil(super().parse_document(text))


def _spoilt(document, **attributes):
    names = ("text", "description", "diagnostics", "sections", "errors", "programme_period")
    own = {name: getattr(document, name) for name in names}
    own["raise_for_errors"] = document.raise_for_errors
    return SimpleNamespace(**{**own, **attributes})


def _node(start, end, text, *fields):
    return SimpleNamespace(span=Span(start, end), text=text, fields=fields, nodes=fields)


def _field(start, end):
    return SimpleNamespace(
        span=Span(0, 3), value_span=Span(start, end), label="x", path="project.code"
    )


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({"text": "1 Hanke\n"}, "the document's text is not the text"),
        ({"sections": ()}, "the sections end at 0, not at 7"),
        ({"sections": (_node(0, 3, "1 H"), _node(4, 7, "nke"))}, "where the one before ends at 3"),
        ({"sections": (_node(0, 7, "2 Hanke"),)}, "the sections: line 1 .character 0. differs"),
        ({"sections": (_node(0, 7, "1 Hanke", _field(2, 9)),)}, "the value is not in the field"),
    ],
)
def test_lossless_catches(attributes, message):
    parser = Wrong(lambda document: _spoilt(document, **attributes))
    with pytest.raises(AssertionError, match=message):
        check_lossless(parser, "1 Hanke")


CODE = next(code for code in DIAGNOSTIC_CODES.values() if code.severity is Severity.INFO).code


def _diagnostic(**attributes):
    fine = {"code": CODE, "severity": Severity.INFO, "message": "x", "line": 1, "column": 1}
    return Diagnostic(**{**fine, "span": Span(0, 1), **attributes})


@pytest.mark.parametrize(
    ("diagnostic", "message"),
    [
        (_diagnostic(code="ESR999"), "unknown code ESR999"),
        (_diagnostic(span=Span(0, 99)), "is not in the text"),
        (_diagnostic(line=0), "begin at 1"),
        (_diagnostic(message="two\nlines"), "a message is one line"),
    ],
)
def test_total_catches_diagnostics(diagnostic, message):
    parser = Wrong(lambda document: _spoilt(document, diagnostics=(diagnostic,)))
    with pytest.raises(AssertionError, match=message):
        check_total(parser, "1 Hanke")


def test_total_catches_the_rest():
    with pytest.raises(AssertionError, match="split_documents lost or added something"):
        check_total(Wrong(split_documents=lambda text: []), "1 Hanke")
    with pytest.raises(AssertionError, match="0 errors, of which strict raises 1"):
        check_total(Wrong(lambda document: _spoilt(document, errors=())), "Lorem ipsum")


def _refuse(_description):
    raise UnrepresentableError("project.name", "")


def test_rendering_catches():
    with pytest.raises(AssertionError, match=r"line 7 .* differs"):
        check_canonical(PARSER, WHOLE.replace("Hankekoodi", "HANKEKOODI"))
    refusing = Wrong(render_description=_refuse)
    with pytest.raises(AssertionError, match="a representable description is refused"):
        check_settled(refusing, "1 Hanke", whole=True)
    with pytest.raises(AssertionError, match="does not name a field and a reason"):
        check_settled(refusing, "1 Hanke")
    with pytest.raises(AssertionError, match="else:\n  programme_period: expected None"):
        check_inverse(Wrong(render_description=lambda d: SHORT), ProjectDescription(fund="ESR"))


def test_data_catches(monkeypatch):
    nan = ProjectDescription(project=Project(code=5))
    check_data(PARSER, nan)
    with pytest.raises(AssertionError, match="cannot be written as data"):
        check_data(PARSER, nan, must_write=True)
    with pytest.raises(AssertionError, match="reads differently from data"):
        check_data(
            Wrong(from_dict=lambda data: ProjectDescription(summary="x")), ProjectDescription()
        )
    with pytest.raises(AssertionError, match="does not satisfy the JSON Schema"):
        check_data(
            Wrong(to_dict=lambda d: {"fund": 5}, from_dict=lambda data: ProjectDescription()),
            ProjectDescription(),
        )


def test_data_without_jsonschema(monkeypatch):
    monkeypatch.setitem(sys.modules, "jsonschema", None)
    check_data(Parser(aliases={"Koodi": "Hankekoodi"}), ProjectDescription())


def _edited(change):
    """A parser whose edited documents have a changed text."""

    def spoil(document):
        def with_description(new):
            edited = document.with_description(new)
            return _spoilt(edited, text=change(edited.text))

        return _spoilt(document, field=document.field, with_description=with_description)

    return Wrong(spoil)


def test_minimal_edit_catches():
    same = PARSER.parse_description(WHOLE)
    new = with_value(same, "project.name", "Loppu")
    with pytest.raises(AssertionError, match="reads differently from the document"):
        check_minimal_edit(_edited(lambda text: f"{text}x"), WHOLE, new)
    with pytest.raises(AssertionError, match="nothing was to be changed"):
        check_minimal_edit(_edited(lambda text: text.replace("1 Hanke", "1. Hanke")), WHOLE, same)
    moved = _edited(lambda text: text.replace("Hankekoodi: ", "Hankekoodi:  "))
    check_minimal_edit(moved, WHOLE, new)
    with pytest.raises(AssertionError, match="line 7 has no changed value"):
        check_minimal_edit(moved, WHOLE, new, whole=True)
    check_minimal_edit(PARSER, WHOLE, with_value(same, "project.name", "a\nb"))
    check_minimal_edit(PARSER, WHOLE, with_value(same, "project.name", "a\nb"), whole=True)

    def refuse(document):
        return _spoilt(document, with_description=_refuse)

    with pytest.raises(AssertionError, match="a representable description is refused"):
        check_minimal_edit(Wrong(refuse), WHOLE, new, whole=True)


def test_minimal_edit_of_a_wrapped_page():
    """Its lines stay, unless it cannot hold a line end of the new text."""
    page = noisy(WHOLE, NOISES["wrapped at 78 columns"])
    old, full = PARSER.parse_description(page), "sana " * 13 + "sana"
    check_minimal_edit(PARSER, page, attrs.evolve(old, summary=f"{full}\nloppu"), whole=True)
    unwrapped = _edited(lambda text: PARSER.render_description(PARSER.parse_description(text)))
    with pytest.raises(AssertionError, match="has no changed value"):
        check_minimal_edit(unwrapped, page, attrs.evolve(old, summary=full), whole=True)


def test_minimal_edit_of_the_only_line_of_a_section_without_a_heading():
    text = "* Projektikoodi: S19999\n\nValtakunnallinen projekti\n\nTAVOITTEET:\n\n- kohta"
    old = PARSER.parse_description(text)
    new = with_value(old, "area.nationwide", False)
    check_minimal_edit(PARSER, text, new, whole=True)
    spoilt = _edited(lambda edited: edited.replace("* Projektikoodi", "Projektikoodi"))
    check_minimal_edit(spoilt, text, new, whole=True)
    text = text.replace("TAVOITTEET:", "Tavoitteet")
    new = attrs.evolve(PARSER.parse_description(text), area=new.area)
    with pytest.raises(AssertionError, match="line 1 has no changed value"):
        check_minimal_edit(spoilt, text, new, whole=True)


@pytest.mark.parametrize(
    "changes",
    [
        {"summary": None},
        {"fund": Fund.EAKR},
        {"applicant": Applicant()},
        {"extensions": {"shoe": Shoe(41), "diary": "Uusi"}},
        {"extensions": {}},
    ],
)
def test_minimal_edits(changes):
    text = f"{WHOLE}\n\n10 Kenkä\n\nKoko: nro 42\n\nPaino:\n\nOstopäivä:\n\n11 Päiväkirja\n\nx"
    new = attrs.evolve(OWN.parse_description(text), **changes)
    check_minimal_edit(OWN, text, new, whole=True)


def test_nothing_silent_catches():
    with pytest.raises(
        AssertionError, match="line 5 is in no value and no diagnostic: 'Outo rivi'"
    ):
        check_nothing_silent(
            Wrong(lambda d: _spoilt(d, diagnostics=(), description=ProjectDescription())),
            f"{SHORT}\n\nOuto rivi",
        )
    inert = Wrong(lambda d: _spoilt(d, diagnostics=(), description=PARSER.parse_description(SHORT)))
    with pytest.raises(AssertionError, match="without the line '1 Hanke' nothing differs"):
        check_nothing_silent(inert, SHORT, without=0)
    check_nothing_silent(PARSER, noisy(WHOLE, NOISES["page numbers Sivu 1"]), without=1)


def test_same_values_catches():
    kind = Noise("loss", "", lambda text: text.replace("S29901", ""), of_text=True)
    with pytest.raises(AssertionError, match=r"loss: 1 values differ:\n  project.code"):
        check_same_values(PARSER, WHOLE, kind)
    check_same_values(PARSER, WHOLE, attrs.evolve(kind, loses=("project.code",)))


def test_damage_is_reported_catches():
    description = PARSER.parse_description(WHOLE)
    cut = DAMAGES["cut off"]
    check_damage_is_reported(PARSER, description, cut, 500)
    silent = Wrong(lambda document: _spoilt(document, diagnostics=(), errors=()))
    silent.parse_description = lambda text, strict=False: PARSER.parse_description(text)
    check_damage_is_reported(silent, description, cut, 500)
    wrong = attrs.evolve(description, funding=PublicFunding(Decimal(1)))
    with pytest.raises(AssertionError, match=r"cut off: funding\.\w+ is .* and nothing reports it"):
        check_damage_is_reported(silent, wrong, Damage("cut off", "", lambda page, _: WHOLE), 0)


# -- strategies -------------------------------------------------------------------------------------

SEEN = {
    "2007-2013": lambda d: d.outcomes.jobs.planned_women,
    "English": lambda d: d.language == "en" and d.project.name,
    "no part of the page": lambda d: d == ProjectDescription(d.fund, d.programme_period),
    "rows": lambda d: len(d.applicant.co_implementers or ()) > 1,
    "no rows": lambda d: d.applicant.co_implementers == (),
    "nationwide": lambda d: d.area.nationwide,
    "prose like structure": lambda d: "1. Verkoston" in (d.summary or ""),
    "scores": lambda d: len(d.horizontal_principles.sustainable_development) > 1,
    "an unread value": lambda d: any(o.value == "noin 5 x" for o in d.other_fields),
    "an unknown section": lambda d: any(o.title == "Ohjausryhmä" for o in d.other_sections),
    "a repeated section": lambda d: any(o.number == "1" for o in d.other_sections),
}


@pytest.mark.parametrize("what", SEEN)
def test_descriptions_of_every_kind(what):
    found(descriptions(), SEEN[what])


def test_descriptions_shrink_to_small_ones():
    small = found(descriptions(), lambda d: d.applicant.contact.name, small=True)
    assert small.applicant == Applicant(contact=Contact(name="alku"))
    assert (small.project.name, small.summary, small.other_fields) == (None, None, ())


def test_value_types_of_ones_own():
    register_value_strategy(COLOUR, st.sampled_from(("sininen", "musta")))
    for name, kind in {"size": int, "weight": str, "bought": date, "makers": tuple}.items():
        found(descriptions(OWN), lambda d, n=name, k=kind: isinstance(_shoe(d, n), k))
    found(values_of(COLOUR), lambda colour: colour == "musta")


def _shoe(description, name):
    return getattr(description.extension(Shoe), name, None)


def test_values_that_do_not_read_back_are_left_out():
    lossy = ValueType("no a", lambda t: t, lambda v: v.replace("a", ""), "no a")
    assert "a" not in found(values_of(lossy))
    nothing_found(values_of(ValueType("strict", int, lambda v: f"{v:d}", "a number")), count=30)
    assert found(values_of(TEXT)) == "alku"


def _is_refused(description):
    try:
        PARSER.render_description(description)
    except UnrepresentableError:
        return True
    return False


def test_any_descriptions_are_mostly_refused():
    found(any_descriptions(), _is_refused)
    found(any_descriptions(), lambda d: not _is_refused(d))
    found(any_descriptions(OWN), lambda d: "diary" in d.extensions)


@pytest.mark.parametrize("is_canonical", [True, False])
def test_pages_are_noisy_and_canonical(is_canonical):
    text, description, lost = found(
        pages(), lambda p: p[1].project.name and (page_of(p[1]).text == p[0]) is is_canonical
    )
    assert_same_values(description, PARSER.parse_description(text), ignoring=lost)


def test_canonical_texts():
    check_canonical(PARSER, found(canonical_texts(), lambda text: len(text) > 1500))


TEXTS = {
    "nothing": lambda t: not t,
    "a sample": lambda t: t == WHOLE,
    "an edited sample": lambda t: "Hankekoodi: S29901" in t and t != WHOLE,
    "line ends of Windows": lambda t: "\r\n" in t,
    "a generated page": lambda t: t.startswith("Euroopan unioni") and "S29901" not in t,
    "damage": lambda t: "&auml;" in t,
}


@pytest.mark.parametrize("what", TEXTS)
def test_texts_of_every_kind(what):
    found(texts(samples=(WHOLE,)), TEXTS[what], 5000)


def test_tricky_lines_hold_declared_words_and_aliases():
    found(tricky_lines(), lambda line: line == "Hankekoodi:", 20_000)
    found(tricky_lines(OWN), lambda line: "Hankkeen tunnus" in line, 20_000)


OLD = OWN.parse_description(WHOLE)
CHANGED = {
    "nothing": lambda d: d == OLD,
    "a name removed": lambda d: d.project.name is None,
    "a name changed": lambda d: d.project.name not in (None, OLD.project.name),
    "prose removed": lambda d: d.summary is None,
    "rows removed": lambda d: d.applicant.co_implementers is None,
    "an extension added": lambda d: "diary" in d.extensions,
}


@pytest.mark.parametrize("what", CHANGED)
def test_changed_descriptions(what):
    found(changed_descriptions(OLD, OWN), CHANGED[what], 10_000)


def test_changed_descriptions_of_little():
    strategy = changed_descriptions(ProjectDescription(extensions={"diary": "x"}), OWN)
    found(strategy, lambda d: d.extensions.get("diary", "x") != "x")
    found(strategy, lambda d: d.project.code)


# -- law tests --------------------------------------------------------------------------------------


class Mine(LawTests):
    """The one line a user writes."""

    __test__ = False  # what it would test is tested in test_laws.py
    parser = Parser(aliases={"Hankkeen tunnus": "Hankekoodi"})

    def test_edit(self):
        """A test of one's own stays as it is."""


def test_law_tests_are_test_methods():
    methods = [name for name in vars(Mine) if name.startswith("test_")]
    assert len(methods) == 7
    assert Mine.test_description.__doc__.startswith("Laws 3, 4 and 6")
    assert Mine.test_description.__qualname__ == "Mine.test_description"
    assert not hasattr(Mine.test_edit, "hypothesis")


class LossyHandler(SectionHandler[Shoe]):
    key = "shoe"
    model = Shoe
    sections = ShoeHandler.sections

    def build(self, values):
        return Shoe(values.get("size"))

    def take_apart(self, value):
        return {"size": 1 if value.size is None else value.size + 1}


def test_law_tests_find_a_handler_that_is_not_a_pair():
    class Lossy(LawTests):
        __test__ = False
        parser = Parser(handlers=[LossyHandler()])

    before = settings.get_current_profile_name()
    settings.register_profile("quick", QUICK, max_examples=300)
    settings.load_profile("quick")
    try:
        with pytest.raises(AssertionError, match="a representable description is refused"):
            type("Own", (Lossy,), {})().test_description()
    finally:
        settings.load_profile(before)


# -- the plugin -------------------------------------------------------------------------------------

CHECKS = 6


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
    result.assert_outcomes(passed=2 * CHECKS + 2)
    result.stdout.fnmatch_lines(["*texts/erdf.txt::lossless PASSED*", "*::drift PASSED*"])
    project.runpytest("test_own.py").assert_outcomes(passed=1)
    project.runpytest("texts/erdf.txt").assert_outcomes(passed=CHECKS)


@pytest.mark.parametrize(("testpaths", "count"), [("texts", CHECKS + 1), ("tests", CHECKS + 2)])
def test_plugin_with_testpaths(project, testpaths, count):
    _configured(project, esr_corpus="texts/*rdf.txt", testpaths=testpaths)
    (project.mkdir("tests") / "test_own.py").write_text("def test_own(): pass", encoding="utf-8")
    project.runpytest().assert_outcomes(passed=count)


def test_plugin_reports_drift_and_files_that_cannot_be_read(project):
    _configured(project, esr_corpus="texts")
    for path in (project.path / "texts").iterdir():
        text = path.read_text(encoding="utf-8").replace("Hankekoodi:", "Hankkeen tunnus:")
        path.write_text(text, encoding="utf-8")
    (project.path / "texts" / "huge.txt").write_bytes(b"x" * ((1 << 26) + 1))
    result = project.runpytest()
    result.assert_outcomes(passed=2 * CHECKS, failed=CHECKS + 1)
    result.stdout.fnmatch_lines(["*Hankkeen tunnus*"])


def test_plugin_compares_with_a_baseline(project):
    from esr_parser.drift import fingerprint_files

    recorded, _ = fingerprint_files([str(project.path / "texts" / "erdf.txt")])
    (project.path / "baseline.json").write_text(recorded.to_json(), encoding="utf-8")
    _configured(project, esr_corpus="texts/erdf.txt", esr_baseline="baseline.json")
    project.runpytest().assert_outcomes(passed=CHECKS + 1)


@pytest.mark.parametrize("place", ["parsers:parser", "esr_parser.parser:Parser"])
def test_plugin_takes_a_parser(project, place):
    _configured(project, esr_corpus="texts/erdf.txt", esr_parser=place)
    project.runpytest().assert_outcomes(passed=CHECKS + 1)


@pytest.mark.parametrize("place", ["parsers", "builtins:str"])
def test_plugin_refuses_what_is_not_a_parser(project, place):
    _configured(project, esr_corpus="texts/erdf.txt", esr_parser=place)
    result = project.runpytest()
    result.stdout.fnmatch_lines(["*esr_parser: *is not*"])


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
    result.assert_outcomes(passed=2 * CHECKS + 2)
    result.stdout.fnmatch_lines(["*test_texts?erdf.txt-lossless?*", "*test_texts?drift?*"])


def test_plugin_wants_marked_tests(project):
    project.makepyfile(test_marked="def test_texts(esr_check): esr_check()")
    result = project.runpytest()
    result.stdout.fnmatch_lines(["*esr_check needs @pytest.mark.esr_corpus*"])


def test_plugin_names_the_text_that_breaks_a_law_and_its_own_faults(project):
    project.makepyfile(
        broken="""
        from esr_parser import Parser

        class Broken(Parser):
            def from_json(self, text):
                return self.parse_description("")

            def split_documents(self, text):
                raise KeyError(text)

        parser = Broken()
        """
    )
    _configured(project, esr_corpus="texts/erdf.txt", esr_parser="broken:parser")
    result = project.runpytest()
    result.stdout.fnmatch_lines(["*erdf.txt: reads differently from JSON*"])
    result.stdout.fnmatch_lines(["*KeyError*"])
