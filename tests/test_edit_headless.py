"""Edits of texts without headings, in which text that belongs to no section stands amid labels."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from esr_parser import OtherSection, Parser, Partner, SectionHandler
from esr_parser.edit import Step, attempts
from esr_parser.grammar import Field, Fields, Questions, Section
from esr_parser.model import Assessment
from esr_parser.testing import check_minimal_edit
from esr_parser.values import TEXT, YES_NO

TIIVISTELMA = "3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\n"
IMPACTS = "horizontal_principles.sustainable_development"


@attrs.frozen
class Songs:
    choir: str | None = None
    sung: Assessment | None = None


class SongsHandler(SectionHandler):
    """A section with a single label, and below it one with a single question."""

    key = "songs"
    model = Songs
    sections = (
        Section("10", "Laulut", "songs", Fields(Field("Kuoro", "choir", TEXT))),
        Section(
            "10.1", "Laulaminen", "songs", Questions(Field("Laulu on laulettu", "sung", YES_NO))
        ),
    )


SONGS = Parser(handlers=[SongsHandler()])


def put(description: Any, path: str, value: Any) -> Any:
    name, dot, rest = path.partition(".")
    new = put(getattr(description, name), rest, value) if dot else value
    return attrs.evolve(description, **{name: new})


def edited(text: str, *changes: tuple[str, Any], parser: Parser = SONGS) -> tuple[Step, str]:
    """The first step that makes the text say something else, and the text; the law holds for it."""
    document = parser.parse_document(text)
    new = document.description
    for path, value in changes:
        new = put(new, path, value)
    check_minimal_edit(parser, text, new)
    return next(
        (step, attempt.text)
        for step, attempt in attempts(document._parsed, new)
        if attempt.description == new
    )


def case(name: str, step: Step, text: str, expected: str, *changes: tuple[str, Any]) -> Any:
    return pytest.param(step, text, expected, changes, id=name)


CASES = [
    case(
        "text right below a new value is kept off it",
        Step.PARTED,
        "Maakunnat\nHankkeen nimi\nP",
        "Maakunnat\nHankkeen nimi: Alku\n\nP",
        ("project.name", "Alku"),
    ),
    case(
        "text that is nobody's, below a rule that is no text",
        Step.VALUES,
        "---\n\nHankekoodi: S20001\n\nMuistio.",
        "---\n\nHankekoodi: S20001\n\nToinen muistio.",
        ("other_sections", (OtherSection(None, None, "Toinen muistio."),)),
    ),
    case(
        "text behind labels, below a heading that nobody knows",
        Step.VALUES,
        "11 Muuta\n\nKunnat: Oulu\n\nMuistio.",
        "11 Muuta\n\nKunnat: Oulu\n\nToinen muistio.",
        ("other_sections", (OtherSection("11", "Muuta", "Toinen muistio."),)),
    ),
    case(
        "an empty line that ends in a carriage return does not melt into a line feed",
        Step.VALUES,
        "\rMaakunnat\nirtain",
        "\rMaakunnat\r\rSeutukunnat: Lappi\r\n\nirtain",
        ("area.subregions", ("Lappi",)),
    ),
    case(
        "text below a section with a single label, and new prose",
        Step.BEHIND,
        "Laulu on laulettu\n\nMuistio",
        f"Laulu on laulettu\n\nMuistio\n\n{TIIVISTELMA}Tiivis.",
        ("summary", "Tiivis."),
    ),
    case(
        "text below a section with a single label, and other fields with the same labels",
        Step.VALUES,
        "Toteutunut seurantatietojen mukaan\nKuoro\n1",
        "Toteutunut seurantatietojen mukaan\n\n7 Hakemusvaiheessa ilmoitettavat arviot"
        " hankekohtaisista seurantiedoista\n\n7.2 Osallistuvien henkilöiden lukumäärä\n\n"
        "Suunniteltu: 5\nKuoro\n1",
        ("estimates.persons.planned", 5),
    ),
    case(
        "text in a section that is known by its heading only, once it has a row without a number",
        Step.SHELTERED,
        "Hankkeen yhteyshenkilön nimi\nirtain",
        "2 Hakijan perustiedot\n\nTuen siirronsaajat\n\nKuvila ry\n\nHankkeen yhteyshenkilön nimi"
        "\n\nMaakunnat:\n\nirtain\n\n---",
        ("applicant.transfer_recipients", (Partner("Kuvila ry"),)),
    ),
]


@pytest.mark.parametrize(("step", "text", "expected", "changes"), CASES)
def test_text_is_kept_off_values(step, text, expected, changes):
    assert edited(text, *changes) == (step, expected)


EVERY_SECTION = """\
Hankekoodi: S20001
Hakijan virallinen nimi: Kuvila ry
Myönnetty EU- ja valtion rahoitus: 5
Maakunnat: Uusimaa
Suunniteltu: 5
Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen: Ei
VälitönVälillinen
Kuoro: Satulammi
Laulu on laulettu: Ei

irtain"""

KEPT = {
    "text below a single label where no section is left": (
        EVERY_SECTION,
        ("summary", "Tiivis."),
    ),
    "text below a single label where a section changes, too": (
        EVERY_SECTION,
        ("applicant.transfer_recipients", (Partner("Tarula ry"),)),
        ("project.name", "Alku"),
    ),
    "a heading that nobody knows, its letters taken apart, amid the sections": (
        "7 Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantiedoista\n\n"
        "7.1 Osallistuvien yritysten lukuma\u0308a\u0308ra\u0308\n\nSuunniteltu: 5\n\n"
        "7.3 Lisa\u0308kohta\n\n1. Lisa\u0308ksi",
        ("final_report_summary", "Loppu."),
    ),
    "a label that stands once more as text": (
        "Toimintalinja:x\nYmpäristöosaaminen 0\nToimintalinja:x",
        ("project.priority_axis", None),
    ),
    "text below a row that is taken out": (
        "Jakeluosoite: Tie 1\nYmpäristöosaaminen 2\nirtain\nirrallaan",
        (IMPACTS, ()),
    ),
    "text that would be the title of a web page": (
        "Liikkuminen ja logistiikka 4\n\nirtain\n"
        "Toteutuspaikan osoite, jos hanke toteutetaan yhdessä paikassa",
        (IMPACTS, ()),
    ),
    "a dimension amid the lines that explain a row": (
        "Liikkuminen ja logistiikka 2\nSosiaalinen ja kulttuurinen kestävyys sekä"
        " yhdenvertaisuus\nSitten noin.",
        (IMPACTS, ()),
    ),
    "a rule above all": ("*\nHankekoodi:S20001\nT:", ("area.regions", ("Uusimaa",))),
    "letters taken apart, which only a label showed": (
        "Sosiaalinen ja kulttuurinen kesta\u0308vyys seka\u0308 yhdenvertaisuus\na\u0308",
        ("final_report_summary", "Loppu."),
    ),
    "a heading with another title, known by its label": (
        "1. Hankkeesta\nHankekoodi",
        ("area.subregions", ("Lappi",)),
    ),
    "a title below a heading that nobody knows": (
        "\n10 Valmistelu\nK rahoittaman hankkeen kuvaus",
        ("area.regions", ("Uusimaa",)),
    ),
    "text above a label in such a section": (
        "Jakeluosoite: Tie 1\nmuuta\nHakijoiden lukumäärä tai tuen siirto -menettely\nirtain",
        ("applicant.transfer_recipients", (Partner("Kuvila ry"),)),
    ),
    "a section that goes, with text below its label": (
        "Kuoro\nirtain\nPostinumero",
        ("extensions", {}),
    ),
    "a section that goes, with text that is nobody's": (
        "Kuoro: Kuvilan laulajat\n\nIrtain on tässä.\n\nToinenkin.\nPostinumero",
        ("extensions", {}),
    ),
    "text below labels that stand below the heading of another section": (
        "10 Laulut\n\nHankekoodi: S20001\nLaulu on laulettu\n\nirtain",
        ("summary", "Tiivis."),
    ),
    "a label that stands twice, as another section has it": (
        "Kunnat:\nToteutunut seurantatietojen mukaan: ei",
        ("estimates.companies.realised", 5),
    ),
    "rows that would look like one in a new section": (
        "Kunnat",
        (
            "applicant.co_implementers",
            (Partner("Kuvilan kunta, sivistystoimi, museo ja kirjasto"), Partner("Satulammi Oy")),
        ),
    ),
    "a heading with another title that needs another label": (
        "1. H\nProjektityyppi",
        ("target_groups.primary", "Perheet"),
    ),
    "a label below text, which would be a part of a value with it": (
        "WWW-osoite\n\nirtain\nY-TUNNUS",
        ("summary", "Tiivis."),
    ),
    "rows that would look like one in a short text": (
        "y-tunnus",
        ("applicant.transfer_recipients", (Partner("Kuvila ja Tarula ry"), Partner("Satulammi"))),
    ),
    "the same heading twice": (
        "2 Hakijan perustiedot\n2Hakijanperustiedot\n:",
        ("project.name", "Alku"),
    ),
}


@pytest.mark.parametrize("name", KEPT)
def test_lines_are_kept(name):
    text, *changes = KEPT[name]
    step, _ = edited(text, *changes)
    assert step is not Step.TEXT


def steps(text: str, path: str, value: Any, parser: Parser = SONGS) -> dict[Step, str]:
    document = parser.parse_document(text)
    new = put(document.description, path, value)
    return {step: attempt.text for step, attempt in attempts(document._parsed, new)}


def test_no_label_is_left_for_text_in_a_text_that_has_every_section():
    text = EVERY_SECTION.replace("Kuvila ry", "Kuvila ry\n\nirrallaan")
    assert Step.SHELTERED not in steps(
        text, "applicant.transfer_recipients", (Partner("Tarula ry"),)
    )


def test_the_label_of_a_section_that_shares_none_with_those_in_the_text():
    text = "Hankekoodi: S20001\n\nirrallaan\nMaakunnat: Lappi\nPuhelinnumero: 040 1234567"
    made = steps(text, "project.name", "Alku")[Step.SHELTERED]
    assert made.startswith("1 Hanke\n\nHankkeen nimi: Alku\n\nHankekoodi: S20001\n\nMyönnetty EU-")


@pytest.mark.parametrize("above", ["", "Verkkosivu\n", "Verkkosivu\n\n"])
def test_a_heading_that_nobody_knows_stands_alone_where_items_do(above):
    text = f"{above}10 Viestintä\\\nLehdet"
    made = steps(text, "target_groups.primary", "Nuoret", Parser())[Step.BELOW]
    assert made.endswith("\n\nNuoret\n\n10 Viestintä\\\n\nLehdet")
