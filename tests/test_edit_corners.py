"""Edits of odd texts: what is lost, wrapped, run together or said twice."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given

from esr_parser import (
    Assessment,
    OtherField,
    Parser,
    Partner,
    SectionHandler,
    SustainabilityImpact,
    parse_document,
)
from esr_parser.edit import Step, attempts, items, places
from esr_parser.edit.changes import Edits, Lines, LostError
from esr_parser.edit.places import Slot, Span
from esr_parser.edit.rows import places_in, rows_below, rows_of
from esr_parser.edit.units import Unit
from esr_parser.grammar import Field, Fields, Section
from esr_parser.noise import Style
from esr_parser.testing import NOISES, check_minimal_edit, values_of
from esr_parser.values import CODE, TEXT

TITLE = "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus"
HANKE = "1 Hanke\n\n"
TIIVISTELMA = "3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\n"


def edited(text: str, parser: Parser | None = None, **changes) -> tuple[Step, str]:
    """The step that makes the text say something else, and the text."""
    document = (parser or Parser()).parse_document(text)
    new = attrs.evolve(document.description, **changes)
    for step, attempt in attempts(document._parsed, new):
        if attempt.description == new:
            return step, attempt.text
    raise AssertionError("no attempt says what is wanted")


def test_a_title_amid_the_fields_stays_there():
    text = f"Hankekoodi: S20001\n\n{TITLE}\nHakijan virallinen nimi: A Oy\n"
    assert edited(text, summary="Tiivis.") == (
        Step.VALUES,
        f"Hankekoodi: S20001\n\n{TITLE}\nHakijan virallinen nimi: A Oy\n\n{TIIVISTELMA}Tiivis.\n",
    )


def test_the_whole_text_where_nothing_less_will_do():
    """Nothing but the label that goes tells the programme period, and so what the line below is."""
    text = "Valtakunnallinen projekti\n1\\. H"
    area = attrs.evolve(parse_document(text).description.area, nationwide=False)
    step, changed_text = edited(text, area=area)
    assert step is Step.TEXT
    assert changed_text.startswith("Euroopan unioni\n\n")
    assert "\n\nProjektin kuvaus\n\n1. H\n\n2. Projektin toteuttaja\n\n" in changed_text


def test_a_label_that_stands_twice_without_a_colon():
    text = "Erityistavoite  5\nPostinumero\nErityistavoite  5"
    project = attrs.evolve(parse_document(text).description.project, specific_objective=None)
    step, changed_text = edited(text, project=project)
    assert step is Step.HEADING
    assert changed_text.startswith(f"{HANKE}Erityistavoite\nPostinumero\n")


def test_a_label_that_nobody_knows_is_one_below_a_heading_only():
    other = OtherField("1", "Muu arvo", "x")
    assert edited("Hankkeen nimi: Alku\n", other_fields=(other,)) == (
        Step.HEADINGS,
        f"{HANKE}Hankkeen nimi: Alku\n\nMuu arvo: x\n",
    )


def test_text_that_is_nobodys_below_a_heading_that_was_put_in():
    """Below the heading that such a label needs, the text would be that section's."""
    other = OtherField("1", "Muu arvo", "x")
    assert edited("Hankkeen nimi: Alku\n\nTeksti jatkuu.\n", other_fields=(other,)) == (
        Step.SHELTERED,
        f"{HANKE}Muu arvo: x\n\nHankkeen nimi: Alku\n\nMaakunnat:\n\nTeksti jatkuu.\n\n---\n",
    )


@attrs.frozen
class Motto:
    words: str | None = None


class MottoHandler(SectionHandler):
    """A section with a single label."""

    key = "motto"
    model = Motto
    sections = (
        Section(
            "10",
            "Tunnus",
            "motto",
            Fields(Field("Tunnuslause", "words", TEXT)),
            variants=("Tunnukset",),
        ),
    )


MOTTO = Parser(handlers=[MottoHandler()])


def test_a_section_with_a_single_label_stays_without_a_heading():
    text = "Tunnuslause: Eteenpäin\n\nHankkeen nimi: Alku\n\nTeksti jatkuu.\n"
    assert edited(text, MOTTO, summary="Tiivis.") == (
        Step.VALUES,
        "Tunnuslause: Eteenpäin\n\nHankkeen nimi: Alku\n\n"
        f"Teksti jatkuu.\n\n{TIIVISTELMA}Tiivis.\n",
    )


def test_other_titles_of_a_section_are_noise():
    text = f"{HANKE}Hankekoodi: S20001\n\n10 Tunnus\n\nTunnuslause: Eteenpäin"
    noisy = NOISES["typos corrected"].apply(text, MOTTO.layouts)
    assert "\n\n10 Tunnukset\n\n" in noisy
    assert MOTTO.parse_description(noisy) == MOTTO.parse_description(text)


def test_values_of_a_code_can_be_read():
    @given(values_of(CODE))
    def check(code):
        assert CODE.parse(CODE.format(code)) == code

    check()


# -- lines that are hard to find ------------------------------------------------------------------


def put(description: Any, path: str, value: Any) -> Any:
    name, dot, rest = path.partition(".")
    new = put(getattr(description, name), rest, value) if dot else value
    return attrs.evolve(description, **{name: new})


def changed(text: str, *changes: tuple[str, Any]) -> tuple[Step, str]:
    new = parse_document(text).description
    for path, value in changes:
        new = put(new, path, value)
    return edited(text, **{a.name: getattr(new, a.name) for a in attrs.fields(type(new))})


ANALYSED = "Hankkeessa on tehty toimintaympäristön analyysi sukupuolinäkökulmasta"
TASA_ARVO = "8 Horisontaaliset periaatteet\n\n8.1 Sukupuolten tasa-arvo\n\n"
ANSWER = "horizontal_principles.gender_equality.environment_analysed.answer"
BOLD = f"{HANKE}**Hankkeen nimi:** Kurssi C\n\n"
HAKIJA = "2 Hakijan perustiedot\n\n"


def test_a_new_line_among_lines_that_are_written_anew():
    text = f"{BOLD}**Toiminnan tila:** Toiminnassa"
    new = ("project.name", "Kurssi C_"), ("project.responsible_authority", "Liitto")
    assert changed(text, *new) == (
        Step.LINES,
        f"{HANKE}Hankkeen nimi: Kurssi C_\n\n**Toiminnan tila:** Toiminnassa\n\n"
        "Vastuuviranomainen: Liitto",
    )


def test_a_line_with_an_explanation_is_not_written_anew():
    text = f"{BOLD}{TASA_ARVO}{ANALYSED}: Kyllä Syy oli hyvä."
    step, new = changed(text, ("project.name", "Kurssi C_"), (ANSWER, False))
    assert step is Step.SECTIONS
    assert f"{HANKE}Hankekoodi:\n\nHankkeen nimi: Kurssi C_\n\n" in new
    assert f"{ANALYSED}: Ei\nSyy oli hyvä." in new


def test_a_value_in_a_row_without_a_cell_for_it():
    text = f"{HANKE}| Hankekoodi | S20001 |\n| Hankkeen nimi |\n"
    assert changed(text, ("project.name", "Alku")) == (
        Step.VALUES,
        f"{HANKE}| Hankekoodi | S20001 |\n| Hankkeen nimi | Alku |\n",
    )


def test_a_wrapped_label_is_no_pattern_for_a_new_line():
    text = f"{HANKE}Hankkeen\nnimi: Alku\n"
    assert changed(text, ("project.responsible_authority", "Liitto")) == (
        Step.VALUES,
        f"{HANKE}Hankkeen\nnimi: Alku\n\nVastuuviranomainen: Liitto\n",
    )


def test_a_caption_with_something_behind_it():
    text = "6 Maantieteellinen kohdealue\n\nToteutuspaikan osoite, jos hanke toteutetaan yhdessä paikassa: x"
    assert changed(text, ("area.regions", ("Lappi",))) == (
        Step.VALUES,
        text.replace("Toteutus", "Maakunnat: Lappi\n\nToteutus"),
    )


def test_a_label_that_is_not_found_again(monkeypatch):
    def lost(*_arguments, **_options):
        raise LostError

    monkeypatch.setattr(places, "_known_label", lost)
    text = f"{HANKE}Hankekoodi: S20001\n\nHankkeen nimi: Alku"
    assert changed(text, ("project.name", "Loppu")) == (
        Step.LINES,
        f"{HANKE}Hankekoodi: S20001\n\nHankkeen nimi: Loppu",
    )


def test_rows_that_are_not_found_again_are_no_pattern_for_new_ones(monkeypatch):
    def lost(*_arguments):
        raise LostError

    text = f"{HAKIJA}Osatoteuttajat\n\nA Oy, 1234567-1\n\nWWW-osoite: https://a.example"
    rows = (Partner("B Oy", "1234567-1"),)
    expected = (
        f"{HAKIJA}Osatoteuttajat\n\nA Oy, 1234567-1\n\nTuen siirronsaajat\n\nB Oy, 1234567-1\n\n"
        "WWW-osoite: https://a.example"
    )
    assert changed(text, ("applicant.transfer_recipients", rows)) == (Step.VALUES, expected)
    monkeypatch.setattr(items, "rows_below", lost)
    assert changed(text, ("applicant.transfer_recipients", rows)) == (Step.VALUES, expected)


def slot_above(*below: str) -> Slot:
    lines = Lines("\n".join(("Otsake", *below)), 0, ["Otsake", *below], headed=False)
    slot = Slot(lines, "Otsake", "", None, 0, 1, 1, Span(0, 0, 6), [])
    slot.below = list(range(1, 1 + len(below)))
    return slot


@pytest.mark.parametrize("loose", [False, True])
def test_rows_are_below_their_item_or_lost(loose):
    unit = Unit("Otsake", "", "Otsake", True, ("A Oy, 1234567-1",), loose)
    assert [row.text for row in rows_below(slot_above("A Oy, 1234567-1"), unit, Style())] == [
        "A Oy, 1234567-1"
    ]
    for others in ((), ("B Oy, 1234567-1",), ("A",), ("A Oy,", "muu")):
        with pytest.raises(LostError):
            rows_below(slot_above(*others), unit, Style())


def test_lines_of_a_text_stand_in_order_or_are_lost():
    places = places_in(Lines("a\n\nb", 0, ["a", "", "b"], headed=False))
    assert [row.first for row in rows_of(places, ["a", "", "b"], Style())] == [0, 1, 2]
    assert [row.first for row in rows_of(places[::2], ["a", "", "b"], Style())] == [0, -1, 2]
    for wanted in (["b", "a"], ["a", "b", "c"], ["c"]):
        with pytest.raises(LostError):
            rows_of(places, wanted, Style())


def test_a_line_behind_lines_that_were_run_together():
    """A line of nothing, between two that stand on one line, is no place for a new one."""
    text = "Alku  Loppu"
    edits = Edits(text, glued=True)
    edits.insert(Lines(text, 0, ["Alku", "", "Loppu"], headed=False), 1, "Uusi")
    assert edits.applied() == "Alku Uusi  Loppu"


def test_text_behind_the_fields_in_a_section_of_prose():
    text = f"{TIIVISTELMA}Tiivis.\n\nKunnat: Oulu\nMaakunnat: Lappi\n\nLoppuun pitkä selitys, joka jatkuu."
    old = parse_document(text).description.other_sections
    assert [(other.number, other.text) for other in old] == [
        ("3", "Loppuun pitkä selitys, joka jatkuu.")
    ]
    step, new = changed(text, ("other_sections", (attrs.evolve(old[0], text="Muu."),)))
    assert step is Step.TEXT
    assert parse_document(new).description.other_sections == (attrs.evolve(old[0], text="Muu."),)


def test_a_second_text_right_below_a_section_without_fields():
    text = "4 Hankkeen kohderyhmät\n\nTeksti.\n"
    old = parse_document(text).description.other_sections
    both = (*old, attrs.evolve(old[0], text="Toinen."))
    step, new = changed(text, ("other_sections", both))
    assert (step, new) == (
        Step.VALUES,
        "4 Hankkeen kohderyhmät\n\nTeksti.\n\n4 Hankkeen kohderyhmät\n\nToinen.\n",
    )


ODD = {
    "headings, but nothing new": (
        "7.1 Osallistuvien yritysten lukumäärä\r\nKunnat: Kyllä \n\n1\\. Hanke\n\n\n±G\n\n\n"
        "  Yhteyshenkilön sähköpostisoite: x\n\nTAVOITTEET:\n\n",
        ("applicant.address.postcode", "100 %"),
    ),
    "some headings": (
        "\t\r7.1 Osallistuvien yritysten lukumäärä\r\n\n7.1 Osallistuvien yritysten lukumäärä\r\n"
        "## Suunnitelman mukainen toteutusaika\r\n9 Yhdeksäs\r\n\n\nEuroopan unioni \n\n",
        ("summary", "4.1 Hankkeen tiivistelmä (lyhyt)."),
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_texts_keep_their_lines(name):
    text, change = ODD[name]
    check_minimal_edit(Parser(), text, put(parse_document(text).description, *change))


# -- items kept off the text around them ------------------------------------------------------------

USEAMPI = "Hakijoiden lukumäärä tai tuen siirto -menettely: Hakijoita on useampi kuin yksi (yhteishanke)\n"
DENSE_TASA_ARVO = "8 Horisontaaliset periaatteet\n8.1 Sukupuolten tasa-arvo\n"
PAATAVOITE = "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen:"
HUOMIOITU = "Sukupuolinäkökulma on huomioitu hankkeen toiminnassa (valtavirtaistaminen):"
MUUT = f"{HUOMIOITU}\n{PAATAVOITE}"
APART = {
    "a heading of rows, above a line of text": (
        f"2 Hakijan perustiedot\n{USEAMPI}Kuusi\n{TIIVISTELMA}Tiivis.",
        ("applicant.co_implementers", ()),
        Step.BELOW,
        f"2 Hakijan perustiedot\n{USEAMPI}Kuusi\n\nOsatoteuttajat\n\n{TIIVISTELMA}Tiivis.",
    ),
    "the same, below a label without value": (
        "Puhelinnumero\n\nKuusi\n, 1234567-1",
        ("applicant.co_implementers", ()),
        Step.ABOVE,
        "Osatoteuttajat\n\nPuhelinnumero\n\nKuusi\n, 1234567-1",
    ),
    "a label that a later field has, too": (
        "## Projektin kotisivun osoite: https://a.example\nOsoite",
        ("applicant.phone", "040 1234567"),
        Step.ABOVE,
        "## Puhelinnumero: 040 1234567\n\n## Projektin kotisivun osoite: https://a.example\nOsoite",
    ),
    "the value above another line": (
        "1 Hanke\nHankkeen nimi: Alku\nSyy:\n\nToimintalinja: 4. Työ ja liikkuvuus",
        ("project.name", None),
        Step.BELOW,
        "1 Hanke\nSyy:\n\nToimintalinja: 4. Työ ja liikkuvuus",
    ),
    "text above a heading that nobody knows": (
        "Verkkosivu\n10 Viestintä\\",
        ("target_groups.primary", "Nuoret"),
        Step.BEHIND,
        "\n10 Viestintä\\\n\n4 Hankkeen kohderyhmät\n\n4.1 Varsinaiset kohderyhmät\n\nNuoret",
    ),
    "a section, below a picture": (
        "Erityistavoite:\n![Euroopan unioni](eu.png)",
        ("summary", "Tiivis."),
        Step.VALUES,
        f"Erityistavoite:\n![Euroopan unioni](eu.png)\n\n{TIIVISTELMA}Tiivis.",
    ),
    "a section, below a picture and a space": (
        "[x] \nPuhelinnumero:",
        ("project.name", "Alku"),
        Step.VALUES,
        "[x] \n\n1 Hanke\n\nHankekoodi:\n\nHankkeen nimi: Alku\n\nToimintalinja:\n\n"
        "Erityistavoite:\n\nSuunnitelman mukainen toteutusaika:\n\nToiminnan tila:\n\n"
        "Vastuuviranomainen:\nPuhelinnumero:",
    ),
    "a label that two sections have": (
        "Kunnat: Oulu\n\nKuusi\nHakijoiden lukumäärä tai tuen siirto -menettely:\nSuunniteltu: 5",
        ("summary", "Tiivis."),
        Step.BEHIND,
        "Kunnat: Oulu\n\nKuusi\nHakijoiden lukumäärä tai tuen siirto -menettely:\n"
        f"Suunniteltu: 5\n\n{TIIVISTELMA}Tiivis.",
    ),
    "the heads of the scores, alone": (
        "VälitönVälillinen\n[x]",
        ("final_report_summary", "Valmis."),
        Step.VALUES,
        "VälitönVälillinen\n[x]\n\n9 Loppuraportin tiivistelmä\n\nValmis.",
    ),
    "a label that a later section has, too, and a label without value": (
        "Suunniteltu:\nSuunniteltu:\n\n1) ensimmäinen kohta",
        ("target_groups.primary", "Nuoret"),
        Step.BEHIND,
        "Suunniteltu:\nSuunniteltu:\n\n1) ensimmäinen kohta\n\n---\n\n"
        "4 Hankkeen kohderyhmät\n\n4.1 Varsinaiset kohderyhmät\n\nNuoret",
    ),
    "a heading that nobody knows, above its text": (
        "Verkkosivu\n\n10 Viestintä\\\nLehdet",
        (ANSWER, False),
        Step.BEHIND,
        f"\n\n10 Viestintä\\\nLehdet\n{DENSE_TASA_ARVO}{ANALYSED}: Ei\n{MUUT}",
    ),
    "text behind a question without an answer": (
        f"{PAATAVOITE}\n\nLisää verkossa",
        ("target_groups.secondary", "Perheet"),
        Step.BEHIND,
        f"{PAATAVOITE}\n\nLisää verkossa\n\n"
        "4 Hankkeen kohderyhmät\n\n4.2 Välilliset kohderyhmät\n\nPerheet",
    ),
    "text behind scores that go": (
        "Tasa-arvon edistäminen 5\ntasa-arvon edistäminen 5\n\nKuusi\nSeitsemän\nY-tunnus: 1234567-1",
        ("horizontal_principles.sustainable_development", ()),
        Step.VALUES,
        "\n\nKuusi\nSeitsemän\nY-tunnus: 1234567-1",
    ),
    "a rule, above the labels": (
        "-----\nKulttuuriympäristö 4",
        ("summary", "Tiivis."),
        Step.HEADINGS,
        f"-----\n\n{TIIVISTELMA}Tiivis.\n\n8 Horisontaaliset periaatteet\n\n8.2 Kestävä kehitys\n\n"
        "Kulttuuriympäristö 4",
    ),
    "labels above and below a heading that nobody knows": (
        f"{ANALYSED}:\n1 Viestintä\n{ANALYSED.upper()}:",
        ("final_report_summary", "Valmis."),
        Step.VALUES,
        f"{ANALYSED}:\n1 Viestintä\n{ANALYSED.upper()}:\n\n9 Loppuraportin tiivistelmä\n\nValmis.",
    ),
    "a wide space, which labels alone told": (
        "Toimintalinja:\u00a04\n\nKuusi\u00a0sataa",
        ("summary", "Tiivis."),
        Step.VALUES,
        "Toimintalinja:\u00a04\n\nKuusi\u00a0sataa\n\n"
        + TIIVISTELMA.replace(" ", "\u00a0", 1)
        + "Tiivis.",
    ),
    "a question, where text stands behind the last one": (
        f"Verkkosivu\nSivu 2\n{PAATAVOITE}\n\nLoppu",
        (ANSWER, True),
        Step.VALUES,
        f"Verkkosivu\nSivu 2\n{ANALYSED}: Kyllä\n{PAATAVOITE}\n\nLoppu",
    ),
    "a label that another section has, of a section that goes on below another one": (
        "6 Maantieteellinen kohdealue\nVastuuviranomainen\nMaakunnat",
        ("area.site.street", "Tie 1"),
        Step.FIRST,
        "6 Maantieteellinen kohdealue\n\nJakeluosoite: Tie 1\n\nVastuuviranomainen\nMaakunnat",
    ),
    "a heading whose sister goes": (
        "3. Projektin toteutusalue ja kohderyhmän kuvaus\n\nKuvaus.\n\n"
        "3.1 Maantieteellinen kohdealue\n\n3.3 Välilliset kohderyhmät\n\nPerheet",
        ("target_groups.secondary", None),
        Step.VALUES,
        "3. Projektin toteutusalue ja kohderyhmän kuvaus\n\nKuvaus.\n\n"
        "3.1 Maantieteellinen kohdealue",
    ),
}


@pytest.mark.parametrize("name", APART)
def test_items_are_kept_off_the_text_around_them(name):
    text, change, step, expected = APART[name]
    assert changed(text, change) == (step, expected)
    check_minimal_edit(Parser(), text, put(parse_document(text).description, *change))


def test_a_line_that_is_left_out_is_not_taken_for_the_text_below():
    text = "Verkkosivu\nPostitoimipaikka: Satulampi\nEtelä:\nTuen siirronsaajat"
    new = parse_document(text).description
    assert new.applicant.address.post_office == "Satulampi Etelä:"
    step, result = changed(text, (ANSWER, True))
    assert step is Step.VALUES
    assert result.startswith(
        "Verkkosivu\nPostitoimipaikka: Satulampi Etelä:\nTuen siirronsaajat\n\n8 Hori"
    )


def test_a_value_goes_behind_the_space_of_its_label():
    assert changed(f"{HANKE}Hankkeen nimi: \n", ("project.name", "Alku")) == (
        Step.VALUES,
        f"{HANKE}Hankkeen nimi: Alku\n",
    )


def test_text_below_a_value_that_was_put_right_is_kept_off_it():
    """The width of the page tells where a value ends; a new line changes it."""
    text = "Suunniteltu julkinen rahoitus yhteensä:.\nei vielä\nTAVOITTEET:\n*"
    old = parse_document(text).description
    assert [other.value for other in old.other_fields] == [". ei vielä"]
    step, new = changed(text, ("area.municipalities", ("Kuvila", "Satulammi", "Tarula") * 3))
    assert step is Step.VALUES
    assert new.startswith(
        "Suunniteltu julkinen rahoitus yhteensä:. ei vielä\nTAVOITTEET:\n*\n\n6 Maantieteellinen"
    )


# -- what the law sets aside ----------------------------------------------------------------------


WIDE = (
    "1 Hanke\n\nHankekoodi: S20001\nHankkeen nimi: Kerho, jossa kieltä harjoitellaan\n"
    "keittäen: myös laulaen\n\n9 Loppuraportin tiivistelmä\n\nValmis."
)


def test_a_wider_page_ends_a_value_that_was_as_wide_as_the_page():
    new = attrs.evolve(parse_document(WIDE).description, final_report_summary="Valmis. " * 9)
    new = attrs.evolve(new, final_report_summary=new.final_report_summary.strip())
    check_minimal_edit(Parser(), WIDE, new)


def test_a_line_that_is_left_out_stays_where_it_still_is():
    text = "Verkkosivu\n\nHankkeen nimi: Alku\n"
    old = parse_document(text).description
    new = attrs.evolve(old, project=attrs.evolve(old.project, name="Loppu"))
    check_minimal_edit(Parser(), text, new)
    assert parse_document(text).with_description(new).text.startswith("Verkkosivu\n")


ROW = SustainabilityImpact(
    "Ekologinen kestävyys", "Luonnonvarojen käytön kestävyys", 5, 4, "Vähän."
)


def with_rows(text: str, *rows: SustainabilityImpact, before: bool = False) -> str:
    """A text with further rows of scores, behind those that are there or before them."""
    document = parse_document(text)
    old = document.description.horizontal_principles.sustainable_development
    new = put(
        document.description,
        "horizontal_principles.sustainable_development",
        (*rows, *old) if before else (*old, *rows),
    )
    check_minimal_edit(Parser(), text, new)
    return document.with_description(new).text


@pytest.mark.parametrize("rule", ["---|---|---", "|---|---|---|", "| --- | --- | --- |\n"])
def test_rows_go_below_the_rule_of_a_table_without_rows(rule):
    """The heads are not written once more, nor between them and their rule."""
    head = f"### 8.2 Kestävä kehitys\n\n| | Välitön | Välillinen |\n{rule}".rstrip("\n")
    caption = "| | Ekologinen kestävyys |\n"
    assert with_rows(f"{head}\n", ROW) == (
        f"{head}\n{caption}Luonnonvarojen käytön kestävyys 5 4\nVähän.\n"
    )


def test_the_first_row_goes_below_the_rule_of_its_table():
    head = "### 8.2 Kestävä kehitys\n\n| Välitön| Välillinen  \n---|---|---  \n"
    last = "Natura 2000 -ohjelman kohteet | 0 | 0  \n"
    assert with_rows(head + last, ROW, before=True) == (
        f"{head}Luonnonvarojen käytön kestävyys | 5 | 4\nVähän.\n{last}"
    )


def test_the_dimension_of_a_new_row_may_stand_there_without_one():
    head = "8.2 Kestävä kehitys\n\nVälitönVälillinen\nEkologinen kestävyys\n"
    tail = "Taloudellinen kestävyys\nMateriaalit ja jätteet 1 2\n"
    assert with_rows(head + tail, ROW, before=True) == (
        f"{head}Luonnonvarojen käytön kestävyys 5 4\nVähän.\n{tail}"
    )


def test_rows_are_kept_off_text_below_the_heads():
    """A page that begins amid an explanation."""
    text = "VälitönVälillinen\nlopuksi kierrätetään.\nNatura 2000 -ohjelman kohteet 0 0\n"
    heads, tail, last = text.splitlines(keepends=True)
    last_of_all = attrs.evolve(ROW, aspect="Kasvillisuus, eliöt ja luonnon monimuotoisuus")
    assert with_rows(text, ROW, before=True) == (
        f"{heads}{tail}Luonnonvarojen käytön kestävyys 5 4\nVähän.\n{last}"
    )
    document = parse_document(text)
    (natura,) = document.description.horizontal_principles.sustainable_development
    new = put(
        document.description,
        "horizontal_principles.sustainable_development",
        (ROW, natura, last_of_all),
    )
    assert document.with_description(new).text == (
        f"{heads}{tail}Luonnonvarojen käytön kestävyys 5 4\nVähän.\n{last}"
        f"{last_of_all.aspect} 5 4\nVähän.\n"
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_indented_explanation_is_found_whatever_ends_its_line(end):
    question = "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen"
    lines = ["8.1 Sukupuolten tasa-arvo", "", f"{question}: Ei", "  Ei aivan.", ""]
    document = parse_document(end.join(lines))
    new = put(
        document.description,
        "horizontal_principles.gender_equality.main_objective",
        Assessment(True, "On.\nMyös."),
    )
    lines[2:4] = [f"{question}: Kyllä", "On.", "Myös."]
    assert document.with_description(new).text == end.join(lines)


def test_a_line_that_was_run_together_stays_whole_where_it_can():
    """A new section goes behind the line, and not amid it before the next number."""
    words = "Suunniteltu: Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen: Ei 8.2 Kestävä"
    text = f"x 7.1 Osallistuvien yritysten lukumäärä {words} kehitys VälitönVälillinen"
    document = parse_document(text)
    assert "ESR425" in {d.code for d in document.diagnostics}
    new = put(document.description, "applicant.phone", "000-000 0001")
    assert document.with_description(new).text.split("\n")[0] == text


def test_indented_labels_are_not_run_together():
    labels = ("Maakunnat", "Kunnat", "Jakeluosoite") * 3
    text = "Ajat: 1: 2: 3: 4: 5: 6\n" + "".join(f"   {label}: x\n" for label in labels)
    assert "ESR425" not in {d.code for d in parse_document(text).diagnostics}


def test_a_partner_is_put_below_one_whose_line_is_escaped():
    """Behind the bullet and the backslashes of a Markdown list."""
    text = (
        "![Euroopan unioni](eu.png)\n\n## 2 Hakijan perustiedot\n\n"
        "**Hakijoiden lukumäärä tai tuen siirto -menettely:** Kaksi\n\n"
        "**Tuen siirronsaajat**\n\n*   2\\. kattaus Ky, 9812358-5\n"
    )
    document = parse_document(text)
    old = document.description.applicant.transfer_recipients
    assert old == (Partner("2. kattaus Ky", "9812358-5"),)
    new = put(document.description, "applicant.transfer_recipients", (*old, Partner("Lampi Oy")))
    assert document.with_description(new).text == f"{text}*   Lampi Oy\n"
