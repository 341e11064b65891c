"""Law 7, minimal edit: the new text says what it should, and other lines stay byte for byte.

First small texts with the exact text expected, then every fixture, in every kind of noise, with one
value or a few changed: there an edit must be made by replacing values or lines; a test fails where
an ordinary edit writes a section or the whole text anew.
"""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

import attrs
import pytest
from conftest import HERE, SHARED, extracted, fixtures, read, runs_long
from hypothesis import given
from hypothesis import strategies as st

from esr_parser import (
    Fund,
    OtherField,
    OtherSection,
    Parser,
    Partner,
    Period,
    ProgrammeItem,
    ProgrammePeriod,
    ProjectDescription,
    ProjectStatus,
    SectionHandler,
    SustainabilityImpact,
    UnrepresentableError,
    parse_document,
)
from esr_parser.edit import Step, attempts
from esr_parser.edit.alignment import aligned, in_order, paired
from esr_parser.edit.changes import Edits, Lines, LostError
from esr_parser.grammar import Dimension as ScoreDimension
from esr_parser.grammar import Field, Fields, Flag, Prose, Questions, Scores, Section
from esr_parser.model import ApplicantArrangement, Assessment, OrganisationType
from esr_parser.testing import NOISES
from esr_parser.testing.laws import work_of
from esr_parser.values import AMOUNT, COUNT, YES_NO

PARSER = Parser()


# -- changing a description ---------------------------------------------------------------------


def get(value: Any, path: str) -> Any:
    for name in path.split("."):
        value = value[int(name)] if name.isdigit() else getattr(value, name)
    return value


def put(value: Any, path: str, new: Any) -> Any:
    """The description with another value at a path: ``"applicant.address.street"``."""
    name, dot, rest = path.partition(".")
    if name.isdigit():
        items = list(value)
        items[int(name)] = put(items[int(name)], rest, new) if dot else new
        return tuple(items)
    return attrs.evolve(value, **{name: put(getattr(value, name), rest, new) if dot else new})


def edit(
    text: str, *changes: tuple[str, Any], parser: Parser = PARSER, step: Step | None = Step.VALUES
) -> str:
    """The text after changes, which must be made by one step."""
    document = parser.parse_document(text)
    new = document.description
    for path, value in changes:
        new = put(new, path, value(get(new, path)) if callable(value) else value)
    made_by, edited = edited_by(document, new)
    assert document.with_description(new).text == edited.text
    if step is not None:
        assert made_by is step, edited.text
    assert parser.parse_description(edited.text) == new
    return edited.text


def edited_by(document, new):
    """The step that makes the edit, and what it makes."""
    for step, attempt in attempts(document._parsed, new):
        if attempt.description == new:
            return step, attempt
    raise AssertionError("no attempt says what is wanted")


# -- exact examples -----------------------------------------------------------------------------

HANKE = "1 Hanke\n\n"
HAKIJA = "2 Hakijan perustiedot\n\n"
TIIVISTELMA = "3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\n"
RAHOITUS = "5 Projektin julkinen rahoitus, euroa\n\n"
TASA_ARVO = "8 Horisontaaliset periaatteet\n\n8.1 Sukupuolten tasa-arvo\n\n"
KEHITYS = "8 Horisontaaliset periaatteet\n\n8.2 Kestävä kehitys\n\n"
PISTEET = f"{KEHITYS}VälitönVälillinen\nEkologinen kestävyys\n"
TITLE = "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus"
BANNER = "Euroopan unioni Vipuvoimaa EU:lta"
ANALYSED = "Hankkeessa on tehty toimintaympäristön analyysi sukupuolinäkökulmasta"
MAINSTREAMED = "Sukupuolinäkökulma on huomioitu hankkeen toiminnassa (valtavirtaistaminen)"
OBJECTIVE = "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen"
GENDER = "horizontal_principles.gender_equality"
IMPACTS = "horizontal_principles.sustainable_development"
LUONNONVARAT = "Luonnonvarojen käytön kestävyys"
NATURA = "Natura 2000 -ohjelman kohteet"
A, B, C = (Partner(f"{name} Oy", "1234567-1") for name in "ABC")
MATERIAALIT = SustainabilityImpact(
    "Taloudellinen kestävyys", "Materiaalit ja jätteet", 1, 2, "Syy."
)
MATERIAALIT_TEXT = "Taloudellinen kestävyys\nMateriaalit ja jätteet 1 2\nSyy."


def case(name: str, text: str, expected: str, *changes: tuple[str, Any], step: Step = Step.VALUES):
    return pytest.param(text, expected, changes, step, id=name)


FIELDS = [
    case(
        "value",
        f"{HANKE}Hankekoodi: S20001\n\nHankkeen nimi: Alku",
        f"{HANKE}Hankekoodi: S20001\n\nHankkeen nimi: Loppu",
        ("project.name", "Loppu"),
    ),
    case(
        "value removed",
        f"{HANKE}Hankekoodi: S20001\n\nHankkeen nimi: Alku\n",
        f"{HANKE}Hankekoodi: S20001\n\nHankkeen nimi:\n",
        ("project.name", None),
    ),
    case(
        "value for an empty label",
        f"{HANKE}Hankekoodi: S20001\n\nHankkeen nimi:\n\nToiminnan tila:",
        f"{HANKE}Hankekoodi: S20001\n\nHankkeen nimi: Alku\n\nToiminnan tila:",
        ("project.name", "Alku"),
    ),
    case(
        "field that was not there, below its predecessor",
        f"{HANKE}Hankekoodi: S20001\n\nVastuuviranomainen: Keskus",
        f"{HANKE}Hankekoodi: S20001\n\nHankkeen nimi: Alku\n\nVastuuviranomainen: Keskus",
        ("project.name", "Alku"),
    ),
    case(
        "field that was not there, above all others",
        f"{TITLE}\n\n{HANKE}Hankkeen nimi: Alku",
        f"{TITLE}\n\n{HANKE}Hankekoodi: S20001\n\nHankkeen nimi: Alku",
        ("project.code", "S20001"),
    ),
    case(
        "field of a section without any",
        f"{HANKE}Hankekoodi: S20001\n\n{HAKIJA}{TIIVISTELMA}Teksti.",
        f"{HANKE}Hankekoodi: S20001\n\n{HAKIJA}Puhelinnumero: 1\n\nPostinumero: 2\n\n"
        f"{TIIVISTELMA}Teksti.",
        ("applicant.phone", "1"),
        ("applicant.address.postcode", "2"),
    ),
    case(
        "optional field removed",
        "7.2 Osallistuvien henkilöiden lukumäärä\n\nSuunniteltu: 7\n\n"
        "Toteutunut seurantatietojen mukaan: 8\n",
        "7.2 Osallistuvien henkilöiden lukumäärä\n\nSuunniteltu: 7\n",
        ("estimates.persons.realised", None),
    ),
    case(
        "indented, CRLF, padded",
        "  ## 1 Hanke\r\n\r\n  Hankekoodi:   S20001\r\n\r\n  Vastuuviranomainen: Keskus  \r\n",
        "  ## 1 Hanke\r\n\r\n  Hankekoodi:   S20001\r\n\r\n  Hankkeen nimi: Alku\r\n\r\n"
        "  Vastuuviranomainen: Virasto  \r\n",
        ("project.name", "Alku"),
        ("project.responsible_authority", "Virasto"),
    ),
    case(
        "lone CR, no empty lines",
        "1 Hanke\rHANKEKOODI :S20001\rToiminnan tila:Toiminnassa",
        "1 Hanke\rHANKEKOODI :S20001\rHankkeen nimi :Alku\rToiminnan tila:Keskeytynyt",
        ("project.name", "Alku"),
        ("project.status", ProjectStatus.INTERRUPTED),
    ),
    case(
        "value written another way, wrapped",
        f"{HANKE}Suunnitelman mukainen toteutusaika: Alkaa 01.01.2022 ja päättyy\n30.11.2023\n\n"
        "Toiminnan tila: Toiminnassa",
        f"{HANKE}Suunnitelman mukainen toteutusaika: Alkaa 1.1.2022 ja päättyy 5.1.2024\n\n"
        "Toiminnan tila: Toiminnassa",
        ("project.planned_period.end", date(2024, 1, 5)),
    ),
    case(
        "value in the block below",
        f"{HANKE}Hankekoodi\n\nS20001\n\nHankkeen nimi\n\nAlku\nja loppu\n\nToiminnan tila\n\n"
        "Toiminnassa",
        f"{HANKE}Hankekoodi\n\nS20002\n\nHankkeen nimi\n\nKeskikohta\n\nToiminnan tila\n\n"
        "Toiminnassa",
        ("project.code", "S20002"),
        ("project.name", "Keskikohta"),
    ),
    case(
        "value in the block below removed",
        f"{HANKE}Hankekoodi\n\nS20001\n\nHankkeen nimi\n\nAlku\n\nToiminnan tila\n\nToiminnassa",
        f"{HANKE}Hankekoodi\n\nS20001\n\nHankkeen nimi\n\nToiminnan tila\n\nToiminnassa",
        ("project.name", None),
    ),
    case(
        "value in the block below added",
        f"{HANKE}Hankekoodi\n\nS20001\n\nToiminnan tila\n\nToiminnassa",
        f"{HANKE}Hankekoodi\n\nS20001\n\nHankkeen nimi\n\nAlku\n\nToiminnan tila\n\nToiminnassa",
        ("project.name", "Alku"),
    ),
    case(
        "bold labels",
        f"{HANKE}**Hankekoodi:** S20001\n\n**Hankkeen nimi:**\n\n**Toiminnan tila:** Toiminnassa",
        f"{HANKE}**Hankekoodi:** S20002\n\n**Hankkeen nimi:** Alku\n\n"
        "**Toiminnan tila:** Keskeytynyt",
        ("project.code", "S20002"),
        ("project.name", "Alku"),
        ("project.status", ProjectStatus.INTERRUPTED),
    ),
    case(
        "table",
        "## 1 Hanke\n\n| Hankekoodi:   | S20001 |\n|---|---|\n| Hankkeen nimi: |  |\n",
        "## 1 Hanke\n\n| Hankekoodi:   | S20001 |\n|---|---|\n| Hankkeen nimi: | Alku |\n"
        "| Toiminnan tila: | Uusi |\n",
        ("project.name", "Alku"),
        ("project.status", "Uusi"),
    ),
    case(
        "columns aligned",
        f"{RAHOITUS}| Myönnetty EU- ja valtion rahoitus      | 128.450 €  |\n"
        "| Suunniteltu julkinen rahoitus yhteensä | 1 000      |",
        f"{RAHOITUS}| Myönnetty EU- ja valtion rahoitus      | 128.450 €  |\n"
        "| Toteutunut EU- ja valtion rahoitus     | 12 345,50  |\n"
        "| Suunniteltu julkinen rahoitus yhteensä | 1 000      |",
        ("funding.realised_eu_and_state", Decimal("12345.5")),
    ),
    case(
        "the same amount written another way is no change",
        f"{RAHOITUS}Myönnetty EU- ja valtion rahoitus: 1,500\n\n"
        "Toteutunut EU- ja valtion rahoitus: 2",
        f"{RAHOITUS}Myönnetty EU- ja valtion rahoitus: 1,500\n\n"
        "Toteutunut EU- ja valtion rahoitus: 3",
        ("funding.granted_eu_and_state", Decimal("1.5")),
        ("funding.realised_eu_and_state", Decimal(3)),
    ),
    case(
        "label and value wrapped side by side",
        f"{HANKE}Hankekoodi: S20001\n| Suunnitelman mukainen | Alkaa 1.1.2022 ja |\n"
        "| toteutusaika:         | päättyy 2.2.2022  |\n\nToiminnan tila: Toiminnassa",
        f"{HANKE}Hankekoodi: S20001\n| Suunnitelman mukainen | Alkaa 1.1.2022 ja päättyy 3.3.2023 |\n"
        "| toteutusaika:         |   |\n\nToiminnan tila: Toiminnassa",
        ("project.planned_period.end", date(2023, 3, 3)),
    ),
    case(
        "two labels of the same name",
        f"{TITLE.replace('hankkeen', 'projektin')}\n\n2. Projektin toteuttaja\n\n"
        "Puhelinnumero: 1\n\nAsema: Johtaja\n\nPuhelinnumero: 1",
        f"{TITLE.replace('hankkeen', 'projektin')}\n\n2. Projektin toteuttaja\n\n"
        "Puhelinnumero: 1\n\nAsema: Johtaja\n\nPuhelinnumero: 2",
        ("applicant.contact.phone", "2"),
    ),
    case(
        "flag put in: the labels it makes superfluous stay",
        f"{TITLE.replace('hankkeen', 'projektin')}\n\n3.1 Maantieteellinen kohdealue\n\n"
        "Maakunnat:\n\nKunnat: Kuvila",
        f"{TITLE.replace('hankkeen', 'projektin')}\n\n3.1 Maantieteellinen kohdealue\n\n"
        "Valtakunnallinen projekti\n\nMaakunnat:\n\nKunnat: Kuvila",
        ("area.nationwide", True),
    ),
    case(
        "flag taken out",
        f"{TITLE.replace('hankkeen', 'projektin')}\n\n3.1 Maantieteellinen kohdealue\n\n"
        "Valtakunnallinen projekti\n\n4. Projektin julkinen rahoitus, euroa",
        f"{TITLE.replace('hankkeen', 'projektin')}\n\n3.1 Maantieteellinen kohdealue\n\n"
        "4. Projektin julkinen rahoitus, euroa",
        ("area.nationwide", False),
    ),
]
PARTNERS = [
    case(
        "one row changed, one added",
        f"{HAKIJA}Osatoteuttajat\n\nA Oy, 1234567-1\nB Oy, 1234567-1\n\n{TIIVISTELMA}Teksti",
        f"{HAKIJA}Osatoteuttajat\n\nA Oy, 1234567-1\nC Oy, 1234567-1\nB Oy, 1234567-1\n\n"
        f"{TIIVISTELMA}Teksti",
        ("applicant.co_implementers", (A, C, B)),
    ),
    case(
        "row put in on top",
        f"{HAKIJA}Osatoteuttajat\n\nA Oy, 1234567-1",
        f"{HAKIJA}Osatoteuttajat\n\nB Oy, 1234567-1\nA Oy, 1234567-1",
        ("applicant.co_implementers", (B, A)),
    ),
    case(
        "first row taken out",
        f"{HAKIJA}Osatoteuttajat\n\nA Oy, 1234567-1\n\nB Oy, 1234567-1\n\nTuen siirronsaajat",
        f"{HAKIJA}Osatoteuttajat\n\nB Oy, 1234567-1\n\nTuen siirronsaajat",
        ("applicant.co_implementers", (B,)),
    ),
    case(
        "last row taken out",
        f"{HAKIJA}Osatoteuttajat\n\nA Oy, 1234567-1\n\nB Oy, 1234567-1\n\nTuen siirronsaajat",
        f"{HAKIJA}Osatoteuttajat\n\nA Oy, 1234567-1\n\nTuen siirronsaajat",
        ("applicant.co_implementers", (A,)),
    ),
    case(
        "all rows taken out",
        f"{HAKIJA}Osatoteuttajat\n\nA Oy, 1234567-1\nB Oy, 1234567-1",
        f"{HAKIJA}Osatoteuttajat",
        ("applicant.co_implementers", ()),
    ),
    case(
        "heading taken out, with its repetition",
        f"{HAKIJA}Osatoteuttajat\n\nA Oy, 1234567-1\n\nOsatoteuttajat\n\nB Oy, 1234567-1\n\n"
        "Tuen siirronsaajat",
        f"{HAKIJA}Tuen siirronsaajat",
        ("applicant.co_implementers", None),
    ),
    case(
        "rows below a bare heading, and a heading with rows",
        f"{HAKIJA}Osatoteuttajat",
        f"{HAKIJA}Osatoteuttajat\n\nA Oy, 1234567-1\n\nTuen siirronsaajat\n\nB Oy, 1234567-1\n"
        "C Oy, 1234567-1",
        ("applicant.co_implementers", (A,)),
        ("applicant.transfer_recipients", (B, C)),
    ),
    case(
        "heading with rows in an empty section",
        f"{HAKIJA}\n{TIIVISTELMA}Teksti.",
        f"{HAKIJA}Osatoteuttajat\n\nA Oy, 1234567-1\n\n\n{TIIVISTELMA}Teksti.",
        ("applicant.co_implementers", (A,)),
    ),
    case(
        "wrapped row changed",
        f"{HAKIJA}Puhelinnumero: 0 0 0 0 0 0 0 0 0 0\n\nOsatoteuttajat\n\nKuvilan kaupunki ja naapurit\n"
        "ry, 1234567-1\nB Oy, 1234567-1",
        f"{HAKIJA}Puhelinnumero: 0 0 0 0 0 0 0 0 0 0\n\nOsatoteuttajat\n\nA Oy, 1234567-1\n"
        "B Oy, 1234567-1",
        ("applicant.co_implementers.0", A),
    ),
    case(
        "row in a table",
        "## 2 Hakijan perustiedot\n\n| Osatoteuttajat | |\n|---|---|\n| A Oy, 1234567-1 | |\n",
        "## 2 Hakijan perustiedot\n\n| Osatoteuttajat | |\n|---|---|\n| A Oy, 1234567-1 | |\n"
        "| B Oy, 1234567-1 | |\n",
        ("applicant.co_implementers", (A, B)),
    ),
]
PROSE = [
    case(
        "paragraph changed, one added",
        f"{TIIVISTELMA}Eka  kappale.\n\nToka.\n\nKolmas. \n",
        f"{TIIVISTELMA}Eka  kappale.\n\nUusi.\n\nKolmas. \n\nNeljäs.\n",
        ("summary", "Eka  kappale.\n\nUusi.\n\nKolmas. \n\nNeljäs."),
    ),
    case(
        "paragraph put in on top, the last one taken out",
        f"{TIIVISTELMA}Eka.\n\nToka.\n",
        f"{TIIVISTELMA}Uusi.\n\nEka.\n",
        ("summary", "Uusi.\n\nEka."),
    ),
    case(
        "first paragraph taken out",
        f"{TIIVISTELMA}Eka.\n\nToka.\n",
        f"{TIIVISTELMA}Toka.\n",
        ("summary", "Toka."),
    ),
    case(
        "text taken out, and put in",
        f"{TIIVISTELMA}Eka.\n\nToka.\n\n4 Hankkeen kohderyhmät\n\n4.1 Varsinaiset kohderyhmät\n\n"
        "4.2 Välilliset kohderyhmät",
        f"{TIIVISTELMA}4 Hankkeen kohderyhmät\n\n4.1 Varsinaiset kohderyhmät\n\nKaikki.\n\nMuutkin.\n\n"
        "4.2 Välilliset kohderyhmät",
        ("summary", None),
        ("target_groups.primary", "Kaikki.\n\nMuutkin."),
    ),
    case(
        "indented, CRLF",
        "  3 Suunnitelman mukainen tiivistelmä toteutuksesta\r\n\r\n  Eka.\r\n\r\n    Toka.\r\n",
        "  3 Suunnitelman mukainen tiivistelmä toteutuksesta\r\n\r\n  Uusi.\r\n  Viides.\r\n\r\n    Toka.\r\n"
        "\r\n  Kolmas.\r\n",
        ("summary", "Uusi.\nViides.\n\n  Toka.\n\nKolmas."),
    ),
    case(
        "Markdown escapes",
        "## 3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\n1\\. Eka.\n\nToka.\n",
        "## 3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\n2. Eka.\n\nToka: \\\\* ja a\\b.\n",
        ("summary", "2. Eka.\n\nToka: \\* ja a\\b."),
    ),
    case(
        "the last section removed with its heading",
        f"{HANKE}Hankekoodi: S20001\n\n9 Loppuraportin tiivistelmä\n\nValmis.\n",
        f"{HANKE}Hankekoodi: S20001\n",
        ("final_report_summary", None),
    ),
    case(
        "the last section without text",
        f"{HANKE}Hankekoodi: S20001\n\n9 Loppuraportin tiivistelmä\n\nValmis.\n",
        f"{HANKE}Hankekoodi: S20001\n\n9 Loppuraportin tiivistelmä\n",
        ("final_report_summary", ""),
    ),
    case(
        "the only section removed",
        "9 Loppuraportin tiivistelmä\n\nValmis.\n",
        "",
        ("final_report_summary", None),
    ),
    case(
        "the first section of the text removed",
        f"9 Loppuraportin tiivistelmä\n\nValmis.\n\n{HANKE}Hankekoodi: S20001\n",
        f"{HANKE}Hankekoodi: S20001\n",
        ("final_report_summary", None),
    ),
    case(
        "sections put in at their places, with a parent's heading",
        f"{HANKE}Hankekoodi: S20001\n\n{RAHOITUS}Myönnetty EU- ja valtion rahoitus: 1\n",
        f"{HANKE}Hankekoodi: S20001\n\n4 Hankkeen kohderyhmät\n\n4.1 Varsinaiset kohderyhmät\n\n"
        "Kaikki.\n\n4.2 Välilliset kohderyhmät\n\nMuut.\n\n"
        f"{RAHOITUS}Myönnetty EU- ja valtion rahoitus: 1\n\n9 Loppuraportin tiivistelmä\n\nValmis.\n",
        ("target_groups.primary", "Kaikki."),
        ("target_groups.secondary", "Muut."),
        ("final_report_summary", "Valmis."),
    ),
    case(
        "section put in with the marks of its neighbours, before the first",
        "## 2 Hakijan perustiedot\n\nPuhelinnumero: 1\n\n## 4 Hankkeen kohderyhmät\n\n"
        "### **4.1 Varsinaiset kohderyhmät** \n\nKaikki.",
        "## 1 Hanke\n\nHankekoodi:\n\nHankkeen nimi: Alku\n\nToimintalinja:\n\nErityistavoite:\n\n"
        "Suunnitelman mukainen toteutusaika:\n\nToiminnan tila:\n\nVastuuviranomainen:\n\n"
        "## 2 Hakijan perustiedot\n\nPuhelinnumero: 1\n\n## 4 Hankkeen kohderyhmät\n\n"
        "### **4.1 Varsinaiset kohderyhmät** \n\nKaikki.\n\n"
        "### **4.2 Välilliset kohderyhmät**\n\nMuut.",
        ("project.name", "Alku"),
        ("target_groups.secondary", "Muut."),
    ),
    case(
        "section put in below the title",
        f"{TITLE}\n\n{HAKIJA}Puhelinnumero: 1",
        f"{TITLE}\n\n{TIIVISTELMA.strip()}\n\nTeksti.\n\n{HAKIJA}Puhelinnumero: 1".replace(
            f"{TIIVISTELMA.strip()}\n\nTeksti.\n\n{HAKIJA}Puhelinnumero: 1",
            f"{HAKIJA}Puhelinnumero: 1\n\n{TIIVISTELMA.strip()}\n\nTeksti.",
        ),
        ("summary", "Teksti."),
    ),
    case(
        "section put in before all, behind a byte-order mark",
        f"\ufeff{HAKIJA}Puhelinnumero: 1",
        f"\ufeff1 Hanke\n\nHankekoodi:\n\nHankkeen nimi: Alku\n\nToimintalinja:\n\nErityistavoite:\n\n"
        "Suunnitelman mukainen toteutusaika:\n\nToiminnan tila:\n\nVastuuviranomainen:\n\n"
        f"{HAKIJA}Puhelinnumero: 1",
        ("project.name", "Alku"),
    ),
]
PRINCIPLES = [
    case(
        "answer and explanations",
        f"{TASA_ARVO}{ANALYSED}: Kyllä\nSyy.\n{MAINSTREAMED}: Ei",
        f"{TASA_ARVO}{ANALYSED}: Ei\nSyy.\n{MAINSTREAMED}: Ei\nMuu.\nSyy.\n{OBJECTIVE}: Kyllä",
        (f"{GENDER}.environment_analysed.answer", False),
        (f"{GENDER}.mainstreamed.explanation", "Muu.\nSyy."),
        (f"{GENDER}.main_objective.answer", True),
    ),
    case(
        "question put in on top",
        f"{TASA_ARVO}{MAINSTREAMED}: Ei\n\n{OBJECTIVE}: Kyllä\n",
        f"{TASA_ARVO}{ANALYSED}: Ei\n\nMuu.\n\n{MAINSTREAMED}: Ei\n\n{OBJECTIVE}: Kyllä\n",
        (f"{GENDER}.environment_analysed.answer", False),
        (f"{GENDER}.environment_analysed.explanation", "Muu."),
    ),
    case(
        "explanation on the line of its answer",
        f"{TASA_ARVO}{ANALYSED}: Kyllä Syy on tämä.\n{MAINSTREAMED}: Ei",
        f"{TASA_ARVO}{ANALYSED}: Kyllä Toinen.\nJa kolmas.\n{MAINSTREAMED}: Kyllä\nSekin.",
        (f"{GENDER}.environment_analysed.explanation", "Toinen.\nJa kolmas."),
        (f"{GENDER}.mainstreamed.answer", True),
        (f"{GENDER}.mainstreamed.explanation", "Sekin."),
    ),
    case(
        "explanation taken out of the line of its answer",
        f"{TASA_ARVO}{ANALYSED}: Kyllä Syy on tämä.\n{MAINSTREAMED}: Ei",
        f"{TASA_ARVO}{ANALYSED}: Ei\n{MAINSTREAMED}: Ei",
        (f"{GENDER}.environment_analysed.answer", False),
        (f"{GENDER}.environment_analysed.explanation", None),
    ),
    case(
        "line of an explanation taken out",
        f"{TASA_ARVO}{ANALYSED}: Kyllä\n\nEka.\n\nToka.\n\nKolmas.\n\n{MAINSTREAMED}: Ei",
        f"{TASA_ARVO}{ANALYSED}: Kyllä\n\nUusi.\n\nToka.\n\n{MAINSTREAMED}: Ei",
        (f"{GENDER}.environment_analysed.explanation", "Uusi.\nToka."),
    ),
    case(
        "answer removed, answer in the line below",
        f"{TASA_ARVO}{ANALYSED}:\nKyllä\n{MAINSTREAMED}: Kyllä",
        f"{TASA_ARVO}{ANALYSED}:\nEi\n{MAINSTREAMED}:",
        (f"{GENDER}.environment_analysed.answer", False),
        (f"{GENDER}.mainstreamed.answer", None),
    ),
    case(
        "scores and an explanation",
        f"{PISTEET}{LUONNONVARAT} 5 4\n{NATURA} 0 0",
        f"{PISTEET}{LUONNONVARAT} 7 4\n{NATURA} 0 0\nEi ole.",
        (f"{IMPACTS}.0.direct", 7),
        (f"{IMPACTS}.1.explanation", "Ei ole."),
    ),
    case(
        "scores on lines of their own",
        f"{PISTEET}{LUONNONVARAT}\n\n5\n\n4\n\n{NATURA}\n\n0\n\n0",
        f"{PISTEET}{LUONNONVARAT}\n\n7\n\n4\n\n{NATURA}\n\n0",
        (f"{IMPACTS}.0.direct", 7),
        (f"{IMPACTS}.1.indirect", None),
    ),
    case(
        "scores in cells",
        f"{PISTEET}| {LUONNONVARAT} | 5 | 4 |\n| Syy. | | |\n| {NATURA} |  |  |",
        f"{PISTEET}| {LUONNONVARAT} | 5 | 3 |\n| Syy. | | |\n| {NATURA} | 7 | 8 |\n| Muu. | | |",
        (f"{IMPACTS}.0.indirect", 3),
        (f"{IMPACTS}.1.direct", 7),
        (f"{IMPACTS}.1.indirect", 8),
        (f"{IMPACTS}.1.explanation", "Muu."),
    ),
    case(
        "scores in narrow cells",
        f"{PISTEET}| {LUONNONVARAT} | 5 | 4 |\n|{NATURA}|||",
        f"{PISTEET}| {LUONNONVARAT} | 5 | 4 |\n|{NATURA}| 7 | 8 |",
        (f"{IMPACTS}.1.direct", 7),
        (f"{IMPACTS}.1.indirect", 8),
    ),
    case(
        "one score more, one less",
        f"{PISTEET}{LUONNONVARAT} 5\n{NATURA} 1 2",
        f"{PISTEET}{LUONNONVARAT} 5 7\n{NATURA} 1",
        (f"{IMPACTS}.0.indirect", 7),
        (f"{IMPACTS}.1.indirect", None),
    ),
    case(
        "all scores taken out",
        f"{KEHITYS}Välitön\n\nVälillinen\n\nEkologinen kestävyys\n\n{LUONNONVARAT}\n\n5\n\n4\n",
        f"{KEHITYS.rstrip()}\n",
        (IMPACTS, ()),
    ),
    case(
        "aspect with its dimension put in",
        f"{PISTEET}{LUONNONVARAT} 5 4",
        f"{PISTEET}{LUONNONVARAT} 5 4\n{MATERIAALIT_TEXT}",
        (IMPACTS, lambda old: (*old, MATERIAALIT)),
    ),
    case(
        "aspect with its dimension taken out",
        f"{PISTEET}{LUONNONVARAT} 5 4\n{MATERIAALIT_TEXT}",
        f"{PISTEET}{LUONNONVARAT} 5 4",
        (IMPACTS, lambda old: old[:1]),
    ),
    case(
        "aspects in another order",
        f"{PISTEET}{LUONNONVARAT} 5 4\nSyy.\n{NATURA} 1 2",
        f"{PISTEET}{NATURA} 1 2\n{LUONNONVARAT} 5 4\nSyy.",
        (IMPACTS, lambda old: old[::-1]),
    ),
    case(
        "scores put in where there are none",
        KEHITYS.rstrip(),
        f"{KEHITYS}VälitönVälillinen\n{MATERIAALIT_TEXT}",
        (IMPACTS, (MATERIAALIT,)),
    ),
    case(
        "aspect in a table put in",
        f"## 8.2 Kestävä kehitys\n\n| | Välitön | Välillinen |\n|---|---|---|\n"
        f"| **Ekologinen kestävyys** | | |\n| {LUONNONVARAT} | 5 | 4 |\n",
        f"## 8.2 Kestävä kehitys\n\n| | Välitön | Välillinen |\n|---|---|---|\n"
        f"| **Ekologinen kestävyys** | | |\n| {LUONNONVARAT} | 5 | 4 |\n| {NATURA} | 1 | 2 |\n",
        (IMPACTS, lambda old: (*old, attrs.evolve(old[0], aspect=NATURA, direct=1, indirect=2))),
    ),
]
OTHERS = [
    case(
        "other field changed",
        f"{HANKE}Hankekoodi: S20001\n\nOma : 1\n\nMuu: 2",
        f"{HANKE}Hankekoodi: S20001\n\nOma : 9\n\nMuu: 2",
        ("other_fields.0.value", "9"),
    ),
    case(
        "other field taken out",
        f"{HANKE}Hankekoodi: S20001\n\nOma: 1\n\nOma: 2\n\nOma: 3",
        f"{HANKE}Hankekoodi: S20001\n\nOma: 1\n\nOma: 3",
        ("other_fields", lambda old: (old[0], old[2])),
    ),
    case(
        "other fields put in",
        f"{HANKE}Hankekoodi: S20001\n\nOma: 1",
        f"{HANKE}Hankekoodi: S20001\n\nOma: 1\n\nMuu: x y\n\nTyhjä:",
        (
            "other_fields",
            lambda old: (*old, OtherField("1", "Muu", "x y"), OtherField("1", "Tyhjä", "")),
        ),
    ),
    case(
        "other field put in among values below their labels",
        f"{HANKE}Hankekoodi:\n\nS20001\n\nHankkeen nimi:\n\nAlku",
        f"{HANKE}Hankekoodi:\n\nS20001\n\nHankkeen nimi:\n\nAlku\n\nMuu: x",
        ("other_fields", (OtherField("1", "Muu", "x"),)),
    ),
    case(
        "unreadable value becomes readable",
        f"{RAHOITUS}Myönnetty EU- ja valtion rahoitus: noin 5",
        f"{RAHOITUS}Myönnetty EU- ja valtion rahoitus: 5",
        ("funding.granted_eu_and_state", Decimal(5)),
        ("other_fields", ()),
    ),
    case(
        "a value beside one that could not be read",
        f"{RAHOITUS}Myönnetty EU- ja valtion rahoitus: noin 5\n\n"
        "Toteutunut EU- ja valtion rahoitus: noin 6",
        f"{RAHOITUS}Myönnetty EU- ja valtion rahoitus: 4\n\n"
        "Myönnetty EU- ja valtion rahoitus: noin 5\n\n"
        "Toteutunut EU- ja valtion rahoitus: noin 6",
        ("funding.granted_eu_and_state", Decimal(4)),
    ),
    case(
        "text before all, and one more section",
        f"{TITLE}\n\n{HANKE}Hankekoodi: S20001\n\n9 Loppuraportin tiivistelmä\n\nValmis.\n",
        f"{TITLE}\n\nAlku.\n\n{HANKE}Hankekoodi: S20001\n\n9 Loppuraportin tiivistelmä\n\nValmis.\n\n"
        "10 Viestintä\n\nTeksti.\n\nToinen.\n",
        (
            "other_sections",
            (
                OtherSection(None, None, "Alku."),
                OtherSection("10", "Viestintä", "Teksti.\n\nToinen."),
            ),
        ),
    ),
    case(
        "one more section among lines without a gap",
        f"{HANKE.strip()}\nHankekoodi: S20001\n9 Loppuraportin tiivistelmä\nValmis.\n\nLoppu.\n",
        f"{HANKE.strip()}\nHankekoodi: S20001\n9 Loppuraportin tiivistelmä\nValmis.\n\nLoppu.\n\n"
        "10 Viestintä\n\nTeksti.\n",
        ("other_sections", (OtherSection("10", "Viestintä", "Teksti."),)),
        step=Step.BELOW,
    ),
    case(
        "other sections changed and taken out",
        f"{HANKE}Hankekoodi: S20001\n\n10 Viestintä\n\nTeksti.\n\n11 Muu\n\nSe.\n",
        f"{HANKE}Hankekoodi: S20001\n\n10 Viestintä\n\nUusi.\n",
        ("other_sections", lambda old: (attrs.evolve(old[0], text="Uusi."),)),
    ),
    case(
        "other section without text gets one",
        f"{HANKE}Hankekoodi: S20001\n\n9 Loppuraportin tiivistelmä\n\nX\n\n10 Viestintä",
        f"{HANKE}Hankekoodi: S20001\n\n9 Loppuraportin tiivistelmä\n\nX\n\n10 Viestintä\n\nTeksti.",
        ("other_sections.0.text", "Teksti."),
    ),
    case(
        "other section loses its text",
        f"{HANKE}Hankekoodi: S20001\n\n10 Viestintä\n\nTeksti.\n",
        f"{HANKE}Hankekoodi: S20001\n\n10 Viestintä\n",
        ("other_sections.0.text", ""),
    ),
    case(
        "repeated section changed",
        f"{TIIVISTELMA}Eka.\n\n{TIIVISTELMA}Toka.\n",
        f"{TIIVISTELMA}Eka.\n\n{TIIVISTELMA}Uusi.\n",
        ("other_sections.0.text", "Uusi."),
    ),
    case(
        "repeated section that is the one read",
        f"{TIIVISTELMA}\n\n{TIIVISTELMA}Toka.\n",
        f"{TIIVISTELMA}\n\n{TIIVISTELMA}Uusi.\n",
        ("summary", "Uusi."),
    ),
    case(
        "text before all changed",
        f"{TITLE}\n\nAlku.\n\nToinen.\n\n{HANKE}Hankekoodi: S20001",
        f"{TITLE}\n\nAlku.\n\nUusi.\n\n{HANKE}Hankekoodi: S20001",
        ("other_sections.0.text", "Alku.\n\nUusi."),
    ),
    case(
        "text amid fields changed",
        f"{HANKE}Hankekoodi: S20001\n\nirtain\n\nVastuuviranomainen: X\n\ntoinen",
        f"{HANKE}Hankekoodi: S20001\n\nuusi\n\nVastuuviranomainen: X\n\ntoinen",
        ("other_sections.0.text", "uusi\n\ntoinen"),
    ),
    case(
        "text amid fields: a part of it taken out",
        f"{HANKE}Hankekoodi: S20001\n\nirtain\n\nVastuuviranomainen: X\n\ntoinen",
        f"{HANKE}Hankekoodi: S20001\n\nirtain\n\nVastuuviranomainen: X",
        ("other_sections.0.text", "irtain"),
    ),
    case(
        "text amid fields taken out",
        f"{HANKE}Hankekoodi: S20001\n\nirtain\n\nVastuuviranomainen: X",
        f"{HANKE}Hankekoodi: S20001\n\nVastuuviranomainen: X",
        ("other_sections", ()),
    ),
    case(
        "text between two stretches put in",
        f"{HANKE}Hankekoodi: S20001\n\nirtain\n\nVastuuviranomainen: X\n\ntoinen",
        f"{HANKE}Hankekoodi: S20001\n\nirtain\nväli\n\nVastuuviranomainen: X\n\ntoinen",
        ("other_sections.0.text", "irtain\nväli\n\ntoinen"),
    ),
    case(
        "text below a heading of subsections put in",
        "4 Hankkeen kohderyhmät\n\n4.1 Varsinaiset kohderyhmät\n\nX",
        "4 Hankkeen kohderyhmät\n\nTeksti.\n\n4.1 Varsinaiset kohderyhmät\n\nX",
        ("other_sections", (OtherSection("4", "Hankkeen kohderyhmät", "Teksti."),)),
    ),
    case(
        "text below a heading of subsections changed",
        "4 Hankkeen kohderyhmät\n\nTeksti.\n\n4.1 Varsinaiset kohderyhmät\n\nX",
        "4 Hankkeen kohderyhmät\n\nUusi.\n\n4.1 Varsinaiset kohderyhmät\n\nX",
        ("other_sections.0.text", "Uusi."),
    ),
    case(
        "further description changed",
        f"{TITLE}\n\n{HANKE}Hankekoodi: S20001\n\n{TITLE}\n\n{HANKE}Hankekoodi: S20002",
        f"{TITLE}\n\n{HANKE}Hankekoodi: S20001\n\n{TITLE}\n\n{HANKE}Hankekoodi: S20003",
        ("other_sections.0.text", lambda old: old.replace("S20002", "S20003")),
    ),
    case(
        "further description put in",
        f"{TITLE}\n\n{HANKE}Hankekoodi: S20001",
        f"{TITLE}\n\n{HANKE}Hankekoodi: S20001\n\n{TITLE}\n\nTeksti.",
        ("other_sections", (OtherSection(None, TITLE, "Teksti."),)),
    ),
    case(
        "the same section twice",
        f"{HANKE}Hankekoodi: S20001\n\n{TIIVISTELMA}Eka.\n\n{TIIVISTELMA}Toka.\n",
        f"{HANKE}Hankekoodi: S20001\n\n{TIIVISTELMA}Eka.\n\n{TIIVISTELMA}Toka.\n\n{TIIVISTELMA}Toka.\n",
        ("other_sections", lambda old: old + old),
    ),
]
TITLES = [
    case(
        "fund",
        f"{TITLE}\n\n{HANKE}Hankekoodi: S20001",
        "Euroopan aluekehitysrahaston (EAKR) rahoittaman hankkeen kuvaus\n\n"
        f"{HANKE}Hankekoodi: S20001",
        ("fund", Fund.EAKR),
    ),
    case(
        "fund in a title that is wrapped and marked",
        f"# **Euroopan sosiaalirahaston (ESR) rahoittaman\nhankkeen kuvaus**\n\n{HANKE}Hankekoodi: S20001",
        f"# **Jokin (JR) rahoittaman hankkeen kuvaus**\n\n{HANKE}Hankekoodi: S20001",
        ("fund", "Jokin (JR)"),
    ),
    case(
        "fund in a title behind an unknown section",
        f"10 Muu\n\n{TITLE}\n\n{HANKE}Hankekoodi: S20001",
        f"10 Muu\n\nJokin (JR) rahoittaman hankkeen kuvaus\n\n{HANKE}Hankekoodi: S20001",
        ("fund", "Jokin (JR)"),
    ),
    case(
        "fund of a text without title",
        f"\ufeff{HANKE}Hankekoodi: S20001",
        f"\ufeff{BANNER}\n\nEuroopan aluekehitysrahaston (EAKR) rahoittaman hankkeen kuvaus\n\n"
        f"{HANKE}Hankekoodi: S20001",
        ("fund", Fund.EAKR),
    ),
    case(
        "fund of a text with a banner only",
        f"{BANNER}\r\n\r\n1 Hanke\r\n\r\nHankekoodi: S20001",
        f"{BANNER}\r\n\r\nEuroopan aluekehitysrahaston (EAKR) rahoittaman hankkeen kuvaus\r\n\r\n"
        "1 Hanke\r\n\r\nHankekoodi: S20001",
        ("fund", Fund.EAKR),
    ),
    case(
        "fund that the code tells",
        f"{HANKE}Hankekoodi: S20001",
        f"{HANKE}Hankekoodi: A70001",
        ("project.code", "A70001"),
        ("fund", Fund.EAKR),
    ),
]


@pytest.mark.parametrize(
    ("text", "expected", "changes", "step"),
    FIELDS + PARTNERS + PROSE + PRINCIPLES + OTHERS + TITLES,
)
def test_example(text, expected, changes, step):
    assert edit(text, *changes, step=step) == expected


def test_nothing_changed():
    document = parse_document(f"  {HANKE}Hankekoodi :S20001")
    assert document.with_description(document.description) is document
    assert document.with_description(attrs.evolve(document.description)) is document


def test_another_programme_period_is_another_layout():
    text = f"{TITLE}\n\n{HANKE}Hankekoodi: S20001\n\nHankkeen nimi: Alku"
    new = edit(text, ("programme_period", ProgrammePeriod.P2007_2013), step=Step.TEXT)
    assert "1. Projekti\n\nProjektikoodi: S20001\n\nProjektin nimi: Alku" in new


def test_what_cannot_be_written_is_refused():
    document = parse_document(f"{HANKE}Hankekoodi: S20001\n\nHankkeen nimi: Alku")
    with pytest.raises(UnrepresentableError, match=r"project.name"):
        document.with_description(put(document.description, "project.name", "kaksi\n\nriviä"))


# -- where more has to be written anew ------------------------------------------------------------


def test_a_line_that_its_marks_would_change():
    """Marks at the end of a bold line are not part of its value; those of a canonical one are."""
    text = f"{HANKE}**Hankekoodi:** S20001\n\n**Hankkeen nimi:** Kurssi C"
    assert edit(text, ("project.name", "Kurssi C_"), step=Step.LINES) == (
        f"{HANKE}**Hankekoodi:** S20001\n\nHankkeen nimi: Kurssi C_"
    )


def test_prose_and_rows_as_lines_of_their_own():
    """What a step does to one line, it does to all that changed."""
    text = (
        f"{HANKE}**Hankkeen nimi:** Kurssi C\n\n{HAKIJA}Osatoteuttajat\n\nA Oy, 1234567-1\n\n"
        f"{TIIVISTELMA}Eka.\n\nToka.\n\n{TASA_ARVO}{ANALYSED}: Kyllä\nSyy.\n"
    )
    new = edit(
        indented(text),
        ("project.name", "Kurssi C_"),
        ("summary", "Uusi.\n\nToka.\n\nKolmas."),
        ("applicant.co_implementers", (B, C)),
        (f"{GENDER}.environment_analysed.explanation", "Muu.\nSyy."),
        step=Step.LINES,
    )
    plain = ("Hankkeen nimi: Kurssi C_", "B Oy, 1234567-1", "C Oy, 1234567-1", "Muu.")
    expected = (
        f"{HANKE}{plain[0]}\n\n{HAKIJA}Osatoteuttajat\n\n{plain[1]}\n{plain[2]}\n\n"
        f"{TIIVISTELMA}Uusi.\n\nToka.\n\nKolmas.\n\n{TASA_ARVO}{ANALYSED}: Kyllä\nMuu.\nSyy.\n"
    )
    assert new == indented(expected, plain)


def indented(text: str, plain: tuple[str, ...] = ()) -> str:
    """The text with two spaces before each line that is not empty, and not to stay as it is."""
    return "\n".join(
        f"  {line}" if line and line not in plain else line for line in text.split("\n")
    )


def test_a_title_that_its_marks_would_hide():
    """A fund that nobody knows is not looked for where white space follows the title."""
    text = f"{TITLE}  \r\n\r\n1 Hanke\r\n\r\nHankekoodi: S20001"
    new = edit(text, ("fund", "Jokin (JR)"), step=None)
    assert new.replace("kuvaus  ", "kuvaus") == (
        "Jokin (JR) rahoittaman hankkeen kuvaus\r\n\r\n1 Hanke\r\n\r\nHankekoodi: S20001"
    )


def test_a_line_that_changes_how_another_is_read_is_put_right():
    """Where lines are as wide as the page, the next one goes on with them; a wider one ends that."""
    text = (
        "1 Hanke\n\nHankekoodi: S20001\nHankkeen nimi: Kerho, jossa kieltä harjoitellaan\n"
        "keittäen: myös laulaen\n\n9 Loppuraportin tiivistelmä\n\nValmis."
    )
    assert parse_document(text).description.project.name.endswith("laulaen")
    new = edit(text, ("final_report_summary", "Valmis. " * 8 + "Loppu."))
    assert new == (
        "1 Hanke\n\nHankekoodi: S20001\n"
        "Hankkeen nimi: Kerho, jossa kieltä harjoitellaan keittäen: myös laulaen\n\n"
        f"9 Loppuraportin tiivistelmä\n\n{'Valmis. ' * 8}Loppu."
    )


# -- new sections in texts without headings -------------------------------------------------------

SECTION_7 = "7 Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantiedoista\n\n"
SECTION_71 = "7.1 Osallistuvien yritysten lukumäärä\n\n"
SECTION_72 = "7.2 Osallistuvien henkilöiden lukumäärä\n\n"
PLANNED, REALISED = "Suunniteltu:", "Toteutunut seurantatietojen mukaan:"

WITHOUT_HEADINGS = [
    case(
        "a single label needs no heading",
        "Hankekoodi\n",
        f"Hankekoodi\n\n{TIIVISTELMA}Alku on tässä.\n",
        ("summary", "Alku on tässä."),
    ),
    case(
        "two labels need none, either",
        "Hankekoodi: S20001\nHankkeen nimi: Alku",
        f"Hankekoodi: S20001\nHankkeen nimi: Alku\n\n{TIIVISTELMA}Tiivis.",
        ("summary", "Tiivis."),
    ),
    case(
        "headings above and below the new section, with those that they are a part of",
        f"Hankekoodi: S20001\nHakijan virallinen nimi: A Oy\n{PLANNED} 5\n",
        f"{HANKE}Hankekoodi: S20001\n\n{HAKIJA}Hakijan virallinen nimi: A Oy\n\n"
        f"{TIIVISTELMA}Alku.\n\n{SECTION_7}{SECTION_71}{PLANNED} 5\n\n"
        f"9 Loppuraportin tiivistelmä\n\nLoppu.\n",
        ("summary", "Alku."),
        ("final_report_summary", "Loppu."),
        step=Step.HEADINGS,
    ),
    case(
        "text behind the fields stays outside of their section",
        "Hankkeen nimi: Alku\n\nTeksti jatkuu.\n",
        f"Hankkeen nimi: Alku\n\nTeksti jatkuu.\n\n{TIIVISTELMA}Tiivis.\n",
        ("summary", "Tiivis."),
    ),
    case(
        "new fields with a heading, and that of which they are a part",
        "Hankkeen nimi: Alku\n\nTeksti jatkuu.\n",
        f"Hankkeen nimi: Alku\n\nTeksti jatkuu.\n\n{SECTION_7}{SECTION_72}{PLANNED} 5\n",
        ("estimates.persons.planned", 5),
    ),
    case(
        "new fields behind new prose, with a heading",
        "Hankkeen nimi: Alku\n\nTeksti jatkuu.\n",
        "Hankkeen nimi: Alku\n\nTeksti jatkuu.\n\n"
        f"{TIIVISTELMA}Tiivis.\n\n{SECTION_7}{SECTION_72}{PLANNED} 5\n",
        ("summary", "Tiivis."),
        ("estimates.persons.planned", 5),
    ),
    case(
        "both of two sections with the same labels",
        "Hankkeen nimi: Alku\n\nTeksti jatkuu.\n",
        f"Hankkeen nimi: Alku\n\nTeksti jatkuu.\n\n{SECTION_7}{SECTION_71}{PLANNED} 4\n\n"
        f"{REALISED}\n\n{SECTION_72}{PLANNED} 5\n",
        ("estimates.companies.planned", 4),
        ("estimates.persons.planned", 5),
    ),
    case(
        "scores above fields stay there",
        f"{NATURA} 1 2\nSyy.\n\nHankkeen nimi: Alku\n\nTeksti jatkuu.\n",
        f"{NATURA} 1 2\nSyy.\n\nHankkeen nimi: Alku\n\nTeksti jatkuu.\n\n{TIIVISTELMA}Tiivis.\n",
        ("summary", "Tiivis."),
    ),
    case(
        "the heads of the scores alone, above fields",
        "VälitönVälillinen\n\nHankkeen nimi: Alku\n\nTeksti jatkuu.\n",
        f"VälitönVälillinen\n\nHankkeen nimi: Alku\n\nTeksti jatkuu.\n\n{TIIVISTELMA}Tiivis.\n",
        ("summary", "Tiivis."),
    ),
    case(
        "the title of a web page stays above fields without a heading",
        "Verkkosivu\n\nHankkeen nimi: Alku\n",
        f"Verkkosivu\n\nHankkeen nimi: Alku\n\n{TIIVISTELMA}Tiivis.\n",
        ("summary", "Tiivis."),
    ),
    case(
        "the title of a web page would be text above a heading",
        "Verkkosivu\n\nHankekoodi: S20001\nMaakunnat: Lappi\n",
        f"\n\n{HANKE}Hankekoodi: S20001\n\n{TIIVISTELMA}Tiivis.\n\n"
        "6 Maantieteellinen kohdealue\n\nMaakunnat: Lappi\n",
        ("summary", "Tiivis."),
        step=Step.HEADINGS,
    ),
    case(
        "text that would be the title of a web page once the label above it is gone",
        "Liikkuminen ja logistiikka 4\n\nMuistio\nKunnat: Oulu\n",
        "\nMuistio\n\n6 Maantieteellinen kohdealue\n\nKunnat: Oulu\n",
        ("horizontal_principles.sustainable_development", ()),
    ),
    case(
        "a rule keeps the last line from being the value of the label above it",
        "Hankekoodi: S20001\nHankkeen nimi:\nmuu\n",
        f"Hankekoodi: S20001\nHankkeen nimi:\nmuu\n\n---\n\n{TIIVISTELMA}Tiivis.\n",
        ("summary", "Tiivis."),
        step=Step.BEHIND,
    ),
    case(
        "text right below a new field would be read as a part of it",
        "Hankkeen nimi: Alku\n\nKunnat: Oulu\nTP 1: Taidot Talteen\nSeutukunnat: Lapin\n",
        "Hankkeen nimi: Alku\n\nKunnat: Oulu\nJakeluosoite: Tie 1\n\nTP 1: Taidot Talteen\n"
        "Seutukunnat: Lapin\n",
        ("area.site.street", "Tie 1"),
    ),
]


@pytest.mark.parametrize(("text", "expected", "changes", "step"), WITHOUT_HEADINGS)
def test_text_without_headings(text, expected, changes, step):
    assert edit(text, *changes, step=step) == expected


# -- a user's handlers ----------------------------------------------------------------------------


@attrs.frozen
class Communication:
    channel: str | None = None
    visits: int | None = None
    cost: Decimal | None = None
    is_public: bool = False
    plan: str | None = None
    open: Assessment = attrs.field(factory=Assessment)


class CommunicationHandler(SectionHandler):
    key = "communication"
    model = Communication
    sections = (
        Section("10", "Viestintä", "communication"),
        Section(
            "10.1",
            "Kanavat",
            "communication",
            Fields(
                Field("Kanava", "channel"),
                Flag("Julkinen kanava", "is_public"),
                Field("Kävijöitä", "visits", COUNT),
                Field("Kulut", "cost", AMOUNT, optional=True),
            ),
        ),
        Section("10.2", "Suunnitelma", "communication", Prose("plan")),
        Section(
            "10.3",
            "Avoimuus",
            "communication",
            Questions(Field("Viestintä on avointa", "open", YES_NO)),
        ),
    )


class NotesHandler(SectionHandler):
    key = "notes"
    model = str
    sections = (Section("11", "Muistiinpanot", "notes", Prose()),)


OWN = Parser(handlers=[CommunicationHandler(), NotesHandler()])
OWN_TEXT = (
    "10 Viestintä\n\n10.1 Kanavat\n\nKanava: kirje\n\nKävijöitä: 5\n\n10.2 Suunnitelma\n\n"
    "10.3 Avoimuus\n\nViestintä on avointa: Kyllä\nSyy.\n"
)


def extension(key, **changes):
    return ("extensions", lambda old: {**old, key: attrs.evolve(old[key], **changes)})


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (extension("communication", channel="lehti"), OWN_TEXT.replace("kirje", "lehti")),
        (
            extension("communication", is_public=True, cost=Decimal("5.5")),
            OWN_TEXT.replace("kirje", "kirje\n\nJulkinen kanava").replace(
                "Kävijöitä: 5", "Kävijöitä: 5\n\nKulut: 5,50"
            ),
        ),
        (
            extension("communication", plan="Julkaistaan."),
            OWN_TEXT.replace("Suunnitelma", "Suunnitelma\n\nJulkaistaan."),
        ),
        (
            extension("communication", open=Assessment(False, "Syy.\nToinenkin.")),
            OWN_TEXT.replace("Kyllä\nSyy.", "Ei\nSyy.\nToinenkin."),
        ),
        (
            ("extensions", lambda old: {**old, "notes": "Muista."}),
            f"{OWN_TEXT.rstrip()}\n\n11 Muistiinpanot\n\nMuista.\n",
        ),
    ],
)
def test_extension(change, expected):
    assert edit(f"{HANKE}Hankekoodi: S20001\n\n{OWN_TEXT}", change, parser=OWN) == (
        f"{HANKE}Hankekoodi: S20001\n\n{expected}"
    )


def test_extension_put_in_and_taken_out():
    text = f"{HANKE}Hankekoodi: S20001\n"
    empty = edit(text, ("extensions", {"communication": Communication()}), parser=OWN)
    assert empty == (
        f"{text}\n10 Viestintä\n\n10.1 Kanavat\n\nKanava:\n\nKävijöitä:\n\n10.2 Suunnitelma\n\n"
        "10.3 Avoimuus\n\nViestintä on avointa:\n"
    )
    assert edit(empty, ("extensions", {}), parser=OWN) == text


# -- every fixture, one value after the other -----------------------------------------------------

WORDS = [
    "hanke",
    "kurssi",
    "vesi",
    "lähi",
    "palvelu",
    "Kuvila",
    "verkosto",
    "oppi",
    "polku",
    "Tarula",
    "ranta",
    "silta",
]
PLAIN = {
    "status": list(ProjectStatus),
    "organisation_type": list(OrganisationType),
    "arrangement": list(ApplicantArrangement),
    "business_id": ["1234567-1", "7654321-4"],
    "postcode": ["00100", "99999"],
    "answer": [True, False],
    "nationwide": [True, False],
    "direct": list(range(11)),
    "indirect": list(range(11)),
    "planned": [0, 7, 1234],
    "realised": [0, 8, 4321],
}
AMOUNTS = (
    "granted_eu_and_state",
    "realised_eu_and_state",
    "planned_public_total",
    "realised_public_total",
)
LISTS = ("regions", "subregions", "municipalities")
PARTNER_LISTS = ("co_implementers", "transfer_recipients")
PROSES = ("summary", "primary", "secondary", "final_report_summary")
NEVER_NONE = {*LISTS, "nationwide", "other_fields", "other_sections", "fund"}
ONLY_2007 = ("programme_part", "project_type", "project_website", "nationwide")
ONLY_2014 = (
    "specific_objective",
    "arrangement",
    "co_implementers",
    "transfer_recipients",
    "site",
    "estimates",
    "horizontal_principles",
    "summary",
    "final_report_summary",
)


class Chooser:
    """Draws what another value of an attribute is: from Hypothesis, or from a seeded generator."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any] | random.Random) -> None:
        self._draw = draw

    def among(self, options: Any) -> Any:
        options = list(options)
        if isinstance(self._draw, random.Random):
            return self._draw.choice(options)
        return self._draw(st.sampled_from(options))

    def number(self, low: int, high: int) -> int:
        if isinstance(self._draw, random.Random):
            return self._draw.randint(low, high)
        return self._draw(st.integers(low, high))

    def words(self, most: int = 4) -> str:
        return " ".join(self.among(WORDS) for _ in range(self.number(1, most)))

    def paragraph(self) -> str:
        return " ".join(f"{self.words(9).capitalize()}." for _ in range(self.number(1, 3)))


def leaves(value: Any, period: ProgrammePeriod | None, path: str = "") -> Iterator[str]:
    """The paths of all values of a description; scores one by one."""
    absent = ONLY_2014 if period is ProgrammePeriod.P2007_2013 else ONLY_2007
    for attribute in attrs.fields(type(value)):
        name = attribute.name
        inner = getattr(value, name)
        if name in absent or name in ("programme_period", "extensions", "dimension", "aspect"):
            continue
        if name == "sustainable_development":
            for k, impact in enumerate(inner):
                yield from leaves(impact, period, f"{path}{name}.{k}.")
        elif attrs.has(type(inner)) and not isinstance(inner, ProgrammeItem | Period):
            yield from leaves(inner, period, f"{path}{name}.")
        else:
            yield path + name


def other_value(choose: Chooser, name: str, old: Any) -> Any:
    """Another value of the attribute of that name."""
    if name not in NEVER_NONE and old is not None and choose.number(0, 6) == 0:
        return None
    if name in PLAIN:
        return choose.among(PLAIN[name])
    if name == "fund":
        return choose.among([*Fund, "Keksityn rahaston (KR)"])
    if name == "code":
        return f"{(old or 'S2')[:2]}{choose.number(10_000, 99_999)}"[:6]
    if name in AMOUNTS:
        return Decimal(choose.number(-9_999, 99_999_999)) / choose.among([1, 100])
    if name == "email":
        return f"{choose.among(WORDS)}@{choose.among(WORDS)}.example"
    if name == "planned_period":
        day = date(choose.number(2008, 2023), choose.number(1, 12), choose.number(1, 28))
        return attrs.evolve(old or Period(), **{choose.among(["start", "end"]): day})
    if name in ("priority_axis", "specific_objective"):
        old = old or ProgrammeItem("1", "oppi")
        number = f"{choose.number(1, 12)}.{choose.number(1, 9)}"
        title = f"{choose.words(8).capitalize()}: {choose.words()}"
        return choose.among([attrs.evolve(old, number=number), attrs.evolve(old, title=title)])
    if name in PROSES:
        return other_lines(choose, old, "\n\n")
    if name == "explanation":
        return other_lines(choose, old, "\n")
    return (
        other_list(choose, name, old)
        if isinstance(old, tuple) or name in PARTNER_LISTS
        else (choose.words().capitalize())
    )


def other_lines(choose: Chooser, old: str | None, mark: str) -> str:
    if not old:
        return mark.join(choose.paragraph() for _ in range(choose.number(1, 3)))
    lines = old.split("\n")
    k = choose.number(0, len(lines) - 1)
    kind = choose.among(["change", "add", "words"] + ["drop"] * (len(lines) > 1))
    if kind == "add":
        lines[k:k] = [choose.paragraph(), *[""] * (len(mark) - 1)]
    elif kind == "drop":
        del lines[k]
    elif kind == "change":
        lines[k] = choose.paragraph()
    else:
        lines[k] = f"{lines[k]} {choose.words()}".strip()
    return "\n".join(lines).strip() or choose.paragraph()


def other_list(choose: Chooser, name: str, old: tuple[Any, ...] | None) -> tuple[Any, ...]:
    items = list(old or ())
    kind = choose.among(["add", "change", "drop"]) if items else "add"
    k = choose.number(0, max(len(items) - 1, 0))
    if kind == "drop":
        del items[k]
    elif kind == "add":
        items.insert(len(items) if name.startswith("other") else k, new_item(choose, name, items))
    elif name == "other_fields":
        items[k] = attrs.evolve(items[k], value=choose.words())
    elif name == "other_sections":
        items[k] = attrs.evolve(items[k], text=other_lines(choose, items[k].text, "\n\n"))
    else:
        items[k] = new_item(choose, name, items)
    return tuple(items)


def new_item(choose: Chooser, name: str, items: list[Any]) -> Any:
    if name in PARTNER_LISTS:
        return Partner(
            f"{choose.words().capitalize()}, {choose.words()} Oy",
            choose.among(PLAIN["business_id"]),
        )
    if name == "other_fields":
        return OtherField(
            choose.among("125"), f"{choose.words(2).capitalize()} arvo", choose.words()
        )
    if name == "other_sections":
        number = max([9, *(int(o.number) for o in items if (o.number or "").isdigit())]) + 1
        return OtherSection(str(number), choose.words(2).capitalize(), choose.paragraph())
    return choose.among(["Koski Tl", "Pohjois-Kuvila", "Satulampi"])


def changed(
    choose: Chooser, description: ProjectDescription, path: str | None = None
) -> ProjectDescription:
    """The description with another value at a path; anywhere where none is given."""
    if path is None:
        path = choose.among(leaves(description, description.programme_period))
    old = get(description, path)
    new = other_value(choose, path.rpartition(".")[2], old)
    if path.endswith(".direct") and new is None:
        # A second score without a first one cannot be written.
        return description
    return put(description, path, new)


# -- which lines an edit touches --------------------------------------------------------------------


def squeezed(line: str) -> str:
    """The letters and digits of a line."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", line).casefold()))


def replaced(old: str, new: str) -> list[str]:
    """The lines of the old text that the new one does not have, in its order."""
    eol = "\r\n" if "\r\n" in old else "\n" if "\n" in old else "\r"
    before, after = ((text.rstrip("\r\n") + eol).splitlines(keepends=True) for text in (old, new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        line
        for tag, a, b, _, _ in matcher.get_opcodes()
        if tag in ("replace", "delete")
        for line in before[a:b]
        if line.strip()
    ]


def assert_only_lines_concerned(document, edited, parser: Parser = PARSER) -> None:
    """Each line that was replaced holds a piece that differs in the canonical texts."""
    texts = [parser.render_description(d.description) for d in (document, edited)]
    concerned = replaced(*texts)
    if further_part(document) and not further_part(edited):
        # A further description goes with its banner, which is no part of any value.
        concerned += [line for layout in parser.layouts for line in layout.banner]
    whole = squeezed("".join(concerned))
    labels = [label for line in concerned if (label := squeezed(line.partition(":")[0]))]
    for line in replaced(document.text, edited.text):
        found = squeezed(line)
        assert found in whole or any(
            found.startswith(label) or label.startswith(found) for label in labels
        ), f"{line!r} holds no changed value"


def further_part(document) -> str:
    """The text from where a further description begins."""
    return "".join(section.text for section in document.sections if section.kind == "next")


LINE_BY_LINE = (Step.VALUES, Step.BELOW, Step.ABOVE, Step.LINES)


def escalations(
    texts: dict[str, str], per_text: int, *, check_lines: bool = True
) -> tuple[Counter[Step], list[str]]:
    """How often each step made an edit, and the edits that wrote more than lines anew."""
    counts: Counter[Step] = Counter()
    found: list[str] = []
    for name, text in texts.items():
        document = parse_document(text)
        description = document.description
        choose = Chooser(random.Random(name))
        paths = list(leaves(description, description.programme_period))
        if per_text < len(paths):
            paths = sorted(random.Random(name).sample(paths, per_text))
        for path in paths:
            new = changed(choose, description, path)
            try:
                step, edited = edited_by(document, new) if new != description else (None, document)
            except UnrepresentableError:
                continue
            if step is None:
                continue
            counts[step] += 1
            if step not in LINE_BY_LINE:
                found.append(f"{step.name}: {name}: {path} = {get(new, path)!r}")
            elif check_lines:
                assert_only_lines_concerned(document, edited)
    return counts, found


FIXTURES = fixtures()
# Without headings, text has no place: what is put in between would be read as something else.
NOT_ORDINARY = {"no headings"}
# A value that cannot be read is told from the next line by the width of the page.
WRAPPED = ("unreadable-values", "wrapped")


def test_one_value_of_a_fixture():
    """Every value of every fixture: none needs more than the characters of the value."""
    counts, found = escalations(FIXTURES, 1000)
    assert not found
    assert set(counts) == {Step.VALUES}
    assert counts.total() > 1_400


@pytest.mark.parametrize("kind", [kind for kind in NOISES if kind not in NOT_ORDINARY])
def test_one_value_of_a_noisy_text(kind):
    texts = {
        f"{name}/{kind}": NOISES[kind].apply(text)
        for name, text in FIXTURES.items()
        if not (WRAPPED[0] in name and WRAPPED[1] in kind)
    }
    check = kind not in ("lines run together",)  # noqa: FURB171
    counts, found = escalations(texts, 1000 if runs_long() else 8, check_lines=check)
    assert not found
    assert counts.total() - counts[Step.VALUES] <= 0.01 * counts.total()


@pytest.mark.parametrize("name", FIXTURES)
def test_a_further_description_is_never_touched(name):
    document = parse_document(NOISES["a further description"].apply(FIXTURES[name]))
    description = document.description
    further = further_part(document)
    assert further.startswith("Euroopan unioni")
    choose = Chooser(random.Random(name))
    paths = [p for p in leaves(description, description.programme_period) if p != "other_sections"]
    edits = 0
    for path in random.Random(name).sample(paths, 8):
        try:
            edited = document.with_description(changed(choose, description, path))
        except UnrepresentableError:  # A value that the other programme period does not have.
            continue
        assert further_part(edited) == further
        edits += edited is not document
    assert edits > 2


def test_one_value_of_an_extracted_text():
    """The project's own samples of what tools print."""
    texts = {
        f"{path.parent.name}/{path.stem}": path.read_bytes().decode("utf-8", "replace")
        for path in sorted((HERE / "extracted").glob("*/*.txt"))
    }
    counts, found = escalations(texts, 100 if runs_long() else 15, check_lines=False)
    assert len(found) <= 0.05 * counts.total(), "\n".join(found)


@pytest.mark.skipif(not extracted(), reason="the extractors' texts are absent")
def test_one_value_of_a_real_page():
    counts, found = escalations(extracted(), 1000 if runs_long() else 20)
    assert not found
    assert counts[Step.VALUES] >= 0.99 * counts.total()


@given(st.data())
def test_few_values_of_a_fixture(data):
    """Two values at once, in any kind of noise: both halves of the law."""
    choose = Chooser(data.draw)
    text = FIXTURES[choose.among(FIXTURES)]
    if choose.among([False, True]):
        text = NOISES[choose.among(k for k in NOISES if k not in NOT_ORDINARY)].apply(text)
    document = parse_document(text)
    new = changed(choose, changed(choose, document.description))
    if new == document.description:
        assert document.with_description(new).text == text
        return
    try:
        step, edited = edited_by(document, new)
    except UnrepresentableError:
        return
    assert edited.description == new
    if step in (Step.VALUES, Step.LINES):
        assert_only_lines_concerned(document, edited)


@given(st.data())
def test_any_description_for_any_text(data):
    """The first half of the law holds for texts and descriptions that have nothing in common."""
    choose = Chooser(data.draw)
    kinds = [lambda text: text, *(noise.apply for noise in NOISES.values())]
    document = parse_document(choose.among(kinds)(FIXTURES[choose.among(FIXTURES)]))
    new = parse_document(choose.among(kinds)(FIXTURES[choose.among(FIXTURES)])).description
    assert document.with_description(new).description == new


@given(st.data())
def test_damaged_text(data):
    """Lines lost, doubled and moved: the first half of the law."""
    choose = Chooser(data.draw)
    text = FIXTURES[choose.among(FIXTURES)]
    if choose.among([False, True]):
        text = NOISES[choose.among(NOISES)].apply(text)
    lines = text.split("\n")
    for _ in range(choose.number(0, 6)):
        k, j = (choose.number(0, len(lines) - 1) for _ in range(2))
        kind = choose.among(["drop", "double", "move", "cut", "noise"])
        if kind == "drop" and len(lines) > 1:
            del lines[k]
        elif kind == "double":
            lines.insert(j, lines[k])
        elif kind == "move":
            lines[k], lines[j] = lines[j], lines[k]
        elif kind == "cut":
            lines[k] = lines[k][: len(lines[k]) // 2]
        else:
            lines.insert(
                k,
                choose.among(["---", "| a | b |", "\x0c", "  ", "10 Viestintä", "Osatoteuttajat"]),
            )
    document = parse_document("\n".join(lines))
    new = changed(choose, document.description)
    try:
        edited = document.with_description(new)
    except UnrepresentableError:
        with pytest.raises(UnrepresentableError):
            PARSER.render_description(new)
    else:
        assert edited.description == new


LONG = {
    "paragraphs": (
        lambda n: TIIVISTELMA + "\n\n".join(f"Kappale {k}." for k in range(n)),
        ("summary", lambda old: old.replace("Kappale 7.", "Luku 7.")),
    ),
    "the same paragraph": (
        lambda n: TIIVISTELMA + "\n".join(["Kappale."] * n),
        ("summary", lambda old: f"Alku.\n{old}\nKappale.".replace("Kappale", "Luku", 3)),
    ),
    "all other paragraphs": (
        lambda n: TIIVISTELMA + "\n".join(f"Kappale {k}." for k in range(n)),
        ("summary", lambda old: old.replace("Kappale", "Luku")),
    ),
    "partners": (
        lambda n: f"{HAKIJA}Osatoteuttajat\n\n" + "\n".join(f"{k} Oy, 1234567-1" for k in range(n)),
        ("applicant.co_implementers", lambda old: (*old[:9], *old[11:], A)),
    ),
    "scores": (
        lambda n: PISTEET + f"{LUONNONVARAT} 5 4\n" * n,
        (IMPACTS, lambda old: (attrs.evolve(old[0], direct=1), *old[2:])),
    ),
    "stray lines": (
        lambda n: f"{HANKE}Hankekoodi: S20001\n\n" + "\n\n".join(f"irtain {k}" for k in range(n)),
        ("other_sections.0.text", lambda old: old.replace("irtain 9\n", "kiinni\n")),
    ),
    "empty lines": (
        lambda n: f"{HANKE}Hankekoodi: S20001" + "\n" * n + TIIVISTELMA,
        ("summary", "Teksti."),
    ),
}


@pytest.mark.parametrize("kind", LONG)
def test_work_grows_with_the_text(kind):
    make, (path, change) = LONG[kind]

    def work(size: int) -> int:
        document = parse_document(make(size))
        old = get(document.description, path)
        new = put(document.description, path, change(old) if callable(change) else change)
        return work_of(lambda: document.with_description(new))

    work(10)
    small, large = work(300), work(1200)
    assert large <= 6 * small + 1000


# -- the parts ------------------------------------------------------------------------------------


def rebuilt(old: list[str], new: list[str]) -> list[str]:
    """The new sequence, put together from an alignment."""
    result: list[str] = []
    a = c = 0
    for stretch in aligned(old, new):
        assert (stretch.a, stretch.c) == (a, c)
        a, c = stretch.b, stretch.d
        if stretch.same:
            assert old[stretch.a : stretch.b] == new[stretch.c : stretch.d]
        result += new[stretch.c : stretch.d]
    assert (a, c) == (len(old), len(new))
    return result


@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")))
def test_alignment_covers_both(old, new):
    assert rebuilt(old, new) == new


def test_alignment_of_long_sequences():
    old = [str(k) for k in range(1000)]
    new = ["x", *old[:300], "y", *old[310:600], *["z"] * 300, *old[601:]]
    stretches = list(aligned(old, new))
    assert rebuilt(old, new) == new
    assert sum(s.b - s.a for s in stretches if s.same) == 989


def test_alignment_of_long_sequences_with_nothing_in_common():
    old, new = ["a"] * 300, ["b"] * 300
    assert [tuple(s) for s in aligned(old, new)] == [(False, 0, 300, 0, 300)]


def test_longest_rising_run():
    assert in_order([]) == []
    assert in_order([5, 1, 2, 0, 3]) == [1, 2, 4]


def test_pairs():
    assert paired([("a", 1), ("a", 2)], [("a", 2)]) == [1]
    assert paired([("a", 1), ("b", 2)], [("b", 2), ("a", 1)]) == [None, 0]
    assert paired([("a", 1), ("b", 2)], [("b", 2), ("a", 1)], ordered=False) == [1, 0]


def test_edits_in_any_order():
    text = "a\nb\nc"
    lines = Lines(text, 0, text.split("\n"), headed=False)
    edits = Edits(text)
    edits.replace(4, 5, "C")
    edits.drop(lines, 0, 1)
    edits.insert(lines, -1, "0")
    assert edits.applied() == "0\nb\nC"


def test_edits_that_overlap():
    edits = Edits("abc")
    edits.replace(0, 2, "x")
    edits.replace(1, 3, "y")
    with pytest.raises(LostError):
        edits.applied()


def test_dropping_all_lines():
    lines = Lines("a\nb", 0, ["a", "b"], headed=False)
    edits = Edits("a\nb")
    edits.drop(lines, 0, 2)
    assert edits.applied() == ""


def test_shared_texts_are_read_where_they_are():
    assert SHARED.exists() == bool(extracted())
    assert read(HERE / "corpus" / "whole-esr.txt")
    assert (
        ScoreDimension("x", ()).name
        == Scores("p", (), (ScoreDimension("x", ()),)).dimensions[0].name
    )
