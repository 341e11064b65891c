import attrs
import jsonschema
import pytest

from esr_parser import LAYOUTS, Applicant, Parser, Project, ProjectDescription
from esr_parser.drift import aliases_for, compare, fingerprint
from esr_parser.testing import LawTests
from esr_parser_2028 import LAYOUT_2028_2034, PARSER, ClimateEffects, ClimateScore

DESCRIPTION = ProjectDescription(
    fund="SSR",
    programme_period="2028-2034",
    project=Project(code="S89999", name="Tulvasta opittua"),
    applicant=Applicant(name="Kuvitelman kunta"),
    summary="Joki tulvii joka kevät.",
    final_report_summary="Joki tulvi, kukaan ei kastunut.",
    extensions={
        "climate": ClimateEffects(
            (
                ClimateScore("Päästöt", "Rakentamisen päästöt", 2, 5, 9),
                ClimateScore("Sopeutuminen", "Tulvat ja kuivuus", 10, 8, 7, "Valli kestää."),
            )
        )
    },
)
TEXT = PARSER.render_description(DESCRIPTION)


class TestLayout(LawTests):
    """Every law of the library, with descriptions and texts of all four layouts."""

    parser = PARSER
    samples = (TEXT,)
    canonical = (TEXT,)


def test_page():
    assert "Sosiaalisen siirtymän rahaston (SSR) rahoittaman hankkeen kuvaus" in TEXT
    assert TEXT.endswith(
        "9 Hankkeen tulokset lyhyesti\n\nJoki tulvi, kukaan ei kastunut.\n\n"
        "10 Ilmastovaikutukset\n\nTasoSuuntaPysyvyys\nPäästöt\nRakentamisen päästöt 2 5 9\n"
        "Sopeutuminen\nTulvat ja kuivuus 10 8 7\nValli kestää."
    )
    document = PARSER.parse_document(TEXT)
    assert document.description == DESCRIPTION
    assert not document.errors


def test_fund_and_period_of_the_code_where_the_title_is_missing():
    description = PARSER.parse_description(TEXT.partition("kuvaus\n\n")[2])
    assert description == DESCRIPTION


@pytest.mark.parametrize("period", [layout.period for layout in LAYOUTS])
def test_other_periods_are_read_as_before(period):
    text = Parser().render_description(ProjectDescription(fund="EAKR", programme_period=period))
    assert PARSER.parse_description(text) == Parser().parse_description(text)


def test_edit_changes_one_line():
    scores = DESCRIPTION.extension(ClimateEffects).scores
    changed = ClimateEffects((attrs.evolve(scores[0], permanence=0), *scores[1:]))
    new = attrs.evolve(DESCRIPTION, extensions={"climate": changed})
    edited = PARSER.parse_document(TEXT).with_description(new)
    assert edited.text == TEXT.replace("2 5 9", "2 5 0")


def test_json():
    data = PARSER.to_dict(DESCRIPTION)
    assert data["extensions"]["climate"]["scores"][0]["direction"] == 5
    jsonschema.Draft202012Validator(PARSER.json_schema()).validate(data)
    assert PARSER.from_json(PARSER.to_json(DESCRIPTION)) == DESCRIPTION


def test_drift():
    changed = TEXT.replace("Hankkeen nimi:", "Hankkeen otsikko:")
    drifts = compare(fingerprint(PARSER.parse_document(changed))).drifts
    assert {drift.key.layout for drift in drifts} == {LAYOUT_2028_2034.period}
    assert aliases_for(drifts) == {"Hankkeen otsikko": "Hankkeen nimi"}
