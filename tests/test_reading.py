"""Small texts, one for each thing a reader has to decide."""

from __future__ import annotations

import pickle
from pathlib import Path

import attrs
import pytest
from conftest import fixtures

from esr_parser import (
    DescriptionError,
    Document,
    Field,
    Fields,
    FileTooLargeError,
    Fund,
    OtherField,
    OtherSection,
    ParseError,
    Parser,
    Partner,
    ProgrammePeriod,
    ProjectDescription,
    Prose,
    Section,
    SectionHandler,
    UnrepresentableError,
    parse_description,
    parse_document,
    read_document,
    render_description,
    split_documents,
)
from esr_parser.contents import FieldsReader, QuestionsReader, ScoresReader
from esr_parser.contents.blocks import PrintedBlock
from esr_parser.outline.judge import Judge

TITLE = "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus"
OLD_TITLE = "Euroopan aluekehitysrahaston (EAKR) rahoittaman projektin kuvaus"
BANNER = "Euroopan unioni Vipuvoimaa EU:lta"
ASPECT = "Luonnonvarojen käytön kestävyys"
LONG_ASPECT = "Pinta- ja pohjavedet, maaperä sekä ilma (ja kasvihuonekaasujen väheneminen)"
SUMMARY = "3 Suunnitelman mukainen tiivistelmä toteutuksesta"


def codes(text: str) -> set[str]:
    return {d.code for d in parse_document(text).diagnostics}


def settled(text: str) -> ProjectDescription:
    """The description, after a look at the laws that hold for every text."""
    document = parse_document(text)
    assert "".join(section.text for section in document.sections) == text
    for section in document.sections:
        assert "".join(node.text for node in section.nodes) == section.text
    again = parse_description(render_description(document.description))
    assert again == document.description
    return document.description


# -- title, banner, front matter ------------------------------------------------------------------


def test_title_of_another_fund() -> None:
    d = settled("Koheesiorahaston (KR) rahoittaman hankkeen kuvaus\n\n1 Hanke")
    assert d.fund == "Koheesiorahaston (KR)"
    assert "ESR111" in codes("Koheesiorahaston (KR) rahoittaman hankkeen kuvaus")


@pytest.mark.parametrize(
    ("title", "fund", "period"),
    [
        (TITLE.upper(), Fund.ESR, ProgrammePeriod.P2014_2020),
        (f"# {OLD_TITLE}", Fund.EAKR, ProgrammePeriod.P2007_2013),
        ("Euroopan sosiaalirahaston rahoittaman hankkeen kuvaus", Fund.ESR, None),
        ("Hankkeen kuvaus", None, ProgrammePeriod.P2014_2020),
        ("Projektin kuvaus", None, ProgrammePeriod.P2007_2013),
        ("Euroopan sosiaalirahaston (ESR) rahoittaman\nhankkeen kuvaus", Fund.ESR, None),
    ],
)
def test_title(title: str, fund: Fund | None, period: ProgrammePeriod | None) -> None:
    d = settled(f"{title}\n\nteksti\n\ntoinen")
    assert d.fund == fund
    assert d.programme_period == (period or ProgrammePeriod.P2014_2020)


def test_title_far_down() -> None:
    text = "x" * 3000 + "\n\n" + "y" * 3000 + f"\n\n{OLD_TITLE}\n\n1. Projekti\n\nOsio: Länsi"
    assert settled(text).project.programme_part == "Länsi"


def test_banner_on_two_lines_and_pictures() -> None:
    assert not codes(f"{BANNER}\n\n{TITLE}\n\n1 Hanke") & {"ESR105", "ESR109"}
    wrapped = f"   Euroopan unioni Vipuvoimaa\n   EU:lta\n\n{TITLE}\n\n1 Hanke"
    assert "ESR105" not in codes(wrapped)
    assert settled(f"![Euroopan unioni](eu.png) ![muu](x.png)\n\n{TITLE}").other_sections == ()
    assert "ESR109" in codes(f"{TITLE}\n\n[kuva]\n\n1 Hanke")
    settled(f"{TITLE}\n\n[kuva]\n\n1 Hanke")


def test_a_banner_of_pictures_shows_markdown() -> None:
    pictures = "![Euroopan unioni](eu.png) ![Vipuvoimaa EU:lta](v.png)"
    text = f"{TITLE}\n\n{SUMMARY}\n\n1\\. asia"
    assert settled(f"{pictures}\n\n{text}").summary == "1. asia"
    assert settled(f"{BANNER}\n\n{text}").summary == "1\\. asia"


def test_page_title_and_front_matter() -> None:
    assert settled(f"---\ntitle: Hankekuvaus\n---\n\n{TITLE}\n\n1 Hanke").other_sections == ()
    assert settled(f"<!DOCTYPE html>\n\nHankekuvaus\n\n{TITLE}").other_sections == ()
    assert settled(f"rivi\n\ntoinen\n\n{TITLE}").other_sections[0].text == "rivi\n\ntoinen"
    assert "ESR109" in codes(f"{TITLE}\n\n{TITLE}\n\n1 Hanke")


def test_front_matter_is_counted_and_stays_what_it_is() -> None:
    settled("\n\ufeff\nx")
    with_rule = parse_document(f"---|---\nx\n{TITLE}")
    assert with_rule.diagnostics != parse_document(f"x\n{TITLE}").diagnostics


def test_unknown_section_before_the_title() -> None:
    d = settled(f"10 Viestintä\n\nteksti\n\n{TITLE}\n\nlisää\n\n1 Hanke\n\nHankekoodi: S20001")
    assert [o.number for o in d.other_sections] == [None, "10"]
    assert d.project.code == "S20001"


def test_heading_before_the_title_is_none() -> None:
    d = settled(f"Hanke\n{TITLE}\n\n1 Hanke\n\nHankekoodi: S20001")
    assert d.other_sections == ()


# -- several descriptions -------------------------------------------------------------------------


def test_two_descriptions() -> None:
    one = (
        f"{BANNER}\n\n{TITLE}\n\n1 Hanke\n\nHankekoodi: S20001\n\n9 Loppuraportin tiivistelmä\n\nA"
    )
    two = f"Hankekuvaus\n\n{BANNER}\n\n{TITLE}\n\n1 Hanke\n\nHankekoodi: S20002"
    both = f"{one}\n\n{BANNER}\n\n{TITLE}\n\n1 Hanke\n\nHankekoodi: S20002"
    d = settled(both)
    assert d.project.code == "S20001"
    assert d.final_report_summary == "A"
    assert d.other_sections[-1].number is None
    assert "ESR103" in codes(both)
    parts = split_documents(f"{two}\n\n{two}")
    assert "".join(part.text for part in parts) == f"{two}\n\n{two}"
    assert [part.description.project.code for part in parts] == ["S20002", "S20002"]


def test_a_further_description_in_a_long_text_begins_at_its_banner() -> None:
    prose = "\n\n".join(f"Kappale {k} kertoo kurssista {k}." for k in range(200))
    one = f"{BANNER}\n\n{TITLE}\n\n9 Loppuraportin tiivistelmä\n\n{prose}\n\n"
    document = parse_document(f"{one}{BANNER}\n\n{TITLE}\n\n1 Hanke\n\nHankekoodi: S20001\n")
    assert document.description.final_report_summary == prose
    assert [(s.kind, s.span.start) for s in document.sections][-1] == ("next", len(one))


def test_split_without_titles() -> None:
    text = "1 Hanke\n\nHankekoodi: S20001\n\n1 Hanke\n\nHankekoodi: S20002"
    assert [d.description.project.code for d in split_documents(text)] == ["S20001", "S20002"]
    assert [d.text for d in split_documents("x")] == ["x"]
    assert [d.text for d in split_documents("")] == [""]
    with pytest.raises(TypeError, match="str"):
        split_documents(b"x")  # type: ignore[arg-type]


def test_banner_before_the_next_title_is_not_prose() -> None:
    text = f"1 Hanke\n\n3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\nA\n{BANNER}\n\n9 Loppuraportin tiivistelmä\n\n{BANNER}\n\n{TITLE}"
    settled(text)
    settled(f"1 Hanke\n{BANNER}\n\nHankekoodi: S20001\n{TITLE}\n\nx")
    settled(f"9 Loppuraportin tiivistelmä\n{BANNER}\n\n1 Hanke\n\n{TITLE}")


# -- headings -------------------------------------------------------------------------------------


def test_heading_without_its_number_and_wrapped() -> None:
    text = (
        "Hanke\n\nHankekoodi: S20001\n\nSuunnitelman mukainen\ntiivistelmä toteutuksesta\n\nAsia."
    )
    d = settled(text)
    assert d.summary == "Asia."
    assert settled("3\nSuunnitelman mukainen tiivistelmä toteutuksesta\n\nA").summary == "A"
    assert settled("3 Suunnitelman\n\nA").summary is None


@pytest.mark.parametrize("mark", [" ", "  ", "*", " |", "#", "\u00ad", ":", ": "])
def test_a_mark_behind_a_heading_without_its_number(mark: str) -> None:
    text = f"{TITLE}\n\nHanke{mark}\n\nHankekoodi: S20001"
    assert [s.number for s in parse_document(text).sections] == [None, "1"]
    settled(text)


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("# Hankkeen\tkohderyhmät", "4"),
        ("Hankkeen  kohderyhmät", "4"),
        ("3) Suunnitelman  mukainen tiivistelmä toteutuksesta", "3"),
        ("3) Suun\u00adnitelman mukainen tiivistelmä toteutuksesta", "3"),
    ],
)
def test_gaps_in_a_heading(heading: str, number: str) -> None:
    text = f"1 Hanke\n\nHankekoodi: S20001\n\n{heading}\n\nAlku."
    assert [s.number for s in parse_document(text).sections] == ["1", number]
    settled(text)


def test_a_heading_without_its_number_stands_again_in_prose() -> None:
    """Only the first one begins the section; what stands below the second is not its subsection."""
    bare = "Horisontaaliset periaatteet"
    text = (
        f"{bare}\n\nLoppuraportin tiivistelmä\n\nAlku.\n\n{bare}\n\nSukupuolten tasa-arvo\n\nLoppu"
    )
    assert [s.number for s in parse_document(text).sections] == ["8", "9", "8.1"]
    assert settled(text).final_report_summary == f"Alku.\n\n{bare}"


def test_underlined_headings() -> None:
    text = "1 Hanke\n=======\n\nHankekoodi: S20001\n\n4 Hankkeen kohderyhmät\n---\n\n4.1 Varsinaiset kohderyhmät\n~~~\n\n| A\n| B"
    assert settled(text).target_groups.primary == "A\nB"


def test_table_of_contents() -> None:
    text = "1 Hanke\n2 Hakijan perustiedot\n1 Hanke\n\nHankekoodi: S20001\n\n2 Hakijan perustiedot\n\nY-tunnus: 1234567-1"
    d = settled(text)
    assert d.project.code == "S20001"
    assert d.applicant.business_id == "1234567-1"
    assert d.other_sections == ()


def test_renamed_headings() -> None:
    d = settled("1 Hanke\n\n2 Tekijät\n\nHakijan virallinen nimi: A\n\nPuhelinnumero: 0")
    assert d.applicant.name == "A"
    d = settled("4 Hankkeen kohderyhmät\n\n4.1 Varsinaiset kohderyhmät\n\nA\n\n4.2 Muut\n\nB")
    assert d.other_sections == (OtherSection("4.2", "Muut", "B"),)
    d = settled("1 Alku\n\nPuhelinnumero: 1\n\nHankekoodi: S2\n\nWWW-osoite: x")
    assert d.project.code == "S2"


def test_a_section_behind_one_whose_heading_is_renamed() -> None:
    own = "Hakijan virallinen nimi: A\n\nY-tunnus: 1234567-1"
    text = (
        f"1 Hanke\n\nHankekoodi: S20001\n\n2 Tekijät\n\n{own}\n\nKunnat: Oulu\n\nMaakunnat: Lappi"
    )
    d = settled(text)
    assert (d.applicant.name, d.area.municipalities) == ("A", ("Oulu",))
    [missing] = [d.message for d in parse_document(text).diagnostics if d.code == "ESR201"]
    assert "'2 Hakijan perustiedot'" not in missing
    assert "'6 Maantieteellinen kohdealue'" not in missing


def test_new_subsection_and_sections() -> None:
    text = "8 Horisontaaliset periaatteet\n\n8.3 Uusi\n\nA\n\n10 Yksi\n\nB\n\n11 Kaksi\n\nC\n\n13 Ei\n\nD"
    d = settled(text)
    assert [(o.number, o.title) for o in d.other_sections] == [
        ("8.3", "Uusi"),
        ("10", "Yksi"),
        ("11", "Kaksi"),
    ]
    assert d.other_sections[-1].text == "C\n\n13 Ei\n\nD"
    dense = (
        "1 Hanke\nHankekoodi: S20001\n9 Loppuraportin tiivistelmä\nAsia.\n10 Viestintä\nKanavat."
    )
    assert settled(dense).other_sections == (OtherSection("10", "Viestintä", "Kanavat."),)
    hashes = "## 1 Hanke\n\n## 9 Loppuraportin tiivistelmä\n\nA.\n## 10 Viestintä\nB."
    assert settled(hashes).other_sections == (OtherSection("10", "Viestintä", "B."),)


def test_subsection_that_stands_elsewhere() -> None:
    d = settled("1 Hanke\n\n4.1 Varsinaiset kohderyhmät\n\nA\n\n4 Hankkeen kohderyhmät\n\nx")
    assert d.target_groups.primary == "A"
    text = "3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\n4.1 Varsinaiset kohderyhmät\n\n4 Hankkeen kohderyhmät\n\n4.1 Varsinaiset kohderyhmät\n\nA"
    assert settled(text).summary == "4.1 Varsinaiset kohderyhmät"


def test_repeated_sections() -> None:
    text = "8 Horisontaaliset periaatteet\n\n8.1 Sukupuolten tasa-arvo\n\n8.2 Kestävä kehitys\n\nx\n\n8.2 Kestävä kehitys\n\ny"
    settled(text)
    d = settled("1 Hanke\n\nHankekoodi: S20001\n\n1 Hanke\n\nHankekoodi: S20002")
    assert d.other_sections == (OtherSection("1", "Hanke", "Hankekoodi: S20002"),)
    settled("4.1 Varsinaiset kohderyhmät\nKunnat: a\nMaakunnat: b\n4.1 Varsinaiset kohderyhmät\nB")


def test_more_sections_than_are_kept() -> None:
    text = "\n\n".join(
        f"1 Hanke\n\nrivi {k}\n\n2 Hakijan perustiedot\n\nrivi {k}" for k in range(700)
    )
    d = settled(text)
    assert len(d.other_sections) == 1000
    # What is too much stands with its headings in the last one.
    rest = (f"1 Hanke\n\nrivi {k}\n\n2 Hakijan perustiedot\n\nrivi {k}" for k in range(500, 700))
    assert d.other_sections[-1] == OtherSection(
        "2", "Hakijan perustiedot", "\n\n".join(["rivi 499", *rest])
    )
    assert "ESR110" in codes(text)


def test_more_sections_without_text_than_are_kept() -> None:
    d = settled("\n\n".join(["9 Loppuraportin tiivistelmä", *["10 Viestintä"] * 1002]))
    assert d.other_sections[-2:] == (
        OtherSection("10", "Viestintä", ""),
        OtherSection("10", "Viestintä", "\n\n10 Viestintä\n\n10 Viestintä"),
    )


# -- fields ---------------------------------------------------------------------------------------


def test_more_fields_than_are_kept() -> None:
    text = "1 Hanke\n\n" + "\n\n".join(f"Kenttä: {k}" for k in range(1100))
    d = settled(text)
    assert len(d.other_fields) == 1000
    assert d.other_sections[0].text == "\n\n".join(f"Kenttä: {k}" for k in range(1000, 1100))
    told = {x.message for x in parse_document(text).diagnostics if x.code == "ESR110"}
    assert "more than 1000 unknown or repeated fields" in told
    twice = "1 Hanke\n\n" + "\n\n".join(f"Hankekoodi: {k}" for k in range(1100))
    d = settled(twice)
    assert len(d.other_fields) == 1000
    # The first one is the value.
    rest = "\n\n".join(f"Hankekoodi: {k}" for k in range(1001, 1100))
    assert d.other_sections[0].text == rest


@pytest.mark.parametrize(("length", "is_value"), [(150, True), (151, False)])
def test_a_long_line_in_the_block_below_a_label_is_text(length: int, is_value: bool) -> None:
    line = "x" * length
    d = settled(f"1 Hanke\n\nHankkeen nimi:\n\n{line}\n\n2 Hakijan perustiedot")
    assert (d.project.name == line) is is_value
    assert (line in [other.text for other in d.other_sections]) is not is_value


def test_values_on_several_lines() -> None:
    wide = "x" * 60
    text = f"1 Hanke\n\nHankkeen nimi: {wide} {wide}\nToinen: rivi\n\nVastuuviranomainen: {wide} {wide}"
    assert settled(text).project.name == f"{wide} {wide} Toinen: rivi"
    d = settled("2 Hakijan perustiedot\n\nJakeluosoite: Katu 1\nPL 2\n\nY-tunnus: 1234567-1\nmuuta")
    assert d.applicant.address.street == "Katu 1 PL 2"
    assert d.applicant.business_id == "1234567-1"
    assert d.other_sections[0].text == "muuta"
    d = settled(
        "5 Projektin julkinen rahoitus, euroa\n\nMyönnetty EU- ja valtion rahoitus: 401\n760"
    )
    assert d.funding.granted_eu_and_state == 401760


@pytest.mark.parametrize(
    ("label", "length", "goes_on"),
    [
        ("Hankkeen nimi: ", 70, True),
        ("Hankkeen nimi: ", 69, False),
        # Padding is no text.
        ("Hankkeen nimi:     ", 74, True),
        ("Hankkeen nimi:     ", 73, False),
    ],
)
def test_a_value_goes_on_behind_a_line_too_full_for_the_next_word(
    label: str, length: int, goes_on: bool
) -> None:
    """The widest line has 80 letters; a tool may leave two of them free."""
    text = f"1 Hanke\n\nVastuuviranomainen: {'x' * 60}\n\n{label:x<{length}}\nToinen: rivi"
    assert (settled(text).other_fields == ()) is goes_on


def test_what_was_expected_of_a_value_is_told() -> None:
    text = "1 Hanke\n\nSuunnitelman mukainen toteutusaika: Alkaa 99.1.2022 ja päättyy 2.1.2022"
    [told] = [d.message for d in parse_document(text).diagnostics if d.code == "ESR302"]
    assert told.endswith("; expected `Alkaa 1.1.2022 ja päättyy 30.11.2023`")
    text = "7.1 Osallistuvien yritysten lukumäärä\n\nSuunniteltu: noin"
    [told] = [d.message for d in parse_document(text).diagnostics if d.code == "ESR302"]
    assert told == "cannot read 'Suunniteltu': 'noin' is not a whole number"


def test_values_below_their_labels() -> None:
    d = settled(
        "1 Hanke\n\nHankekoodi:\nS20001\n\nHankkeen nimi:\n\n \nNimi\n\nToiminnan tila:\n---\nToiminnassa"
    )
    assert (d.project.code, d.project.name, d.project.status) == ("S20001", "Nimi", "Toiminnassa")
    d = settled("7 x\n\n7.1 Osallistuvien yritysten lukumäärä\n\nSuunniteltu:\n5\nmuuta")
    assert d.estimates.companies.planned == 5
    d = settled("7.1 Osallistuvien yritysten lukumäärä\n\nSuunniteltu:\n\nei lukua")
    assert d.estimates.companies.planned is None
    d = settled("7.1 Osallistuvien yritysten lukumäärä\n\nSuunniteltu:\nei lukua")
    assert d.other_sections[0].text == "ei lukua"


def test_repeated_and_unreadable_fields() -> None:
    d = settled(
        "7.1 Osallistuvien yritysten lukumäärä\n\nSuunniteltu: noin\n\nSuunniteltu:\n\nSuunniteltu: 3"
        "\n\n7.2 Osallistuvien henkilöiden lukumäärä"
    )
    assert d.estimates.companies.planned == 3
    assert d.other_fields == (OtherField("7.1", "Suunniteltu", "noin"),)
    text = "6 Maantieteellinen kohdealue\n\nToteutuspaikan osoite, jos hanke toteutetaan yhdessä paikassa\n\nToteutuspaikan osoite, jos hanke toteutetaan yhdessä paikassa"
    assert "ESR303" in codes(text)


def test_fields_in_a_table() -> None:
    text = "| 1 Hanke | |\n|---|---|\n| Hankekoodi: | S20001 |\n| **Hankkeen nimi** | A |\n| Suunnitelman mukainen | Alkaa 1.1.2022 ja |\n| toteutusaika: | päättyy 2.1.2022 |"
    d = settled(text)
    assert (d.project.code, d.project.name) == ("S20001", "A")
    assert d.project.planned_period is not None


def test_partner_rows() -> None:
    head = "2 Hakijan perustiedot\n\nOsatoteuttajat\n\n"
    d = settled(f"{head}* A, 1234567-1\n* B ry\n\nC, 1234567-1\n\nei rivi.")
    assert d.applicant.co_implementers == (
        Partner("A", "1234567-1"),
        Partner("B ry"),
        Partner("C", "1234567-1"),
    )
    assert d.other_sections[0].text == "ei rivi."
    assert settled(f"{head}Tämä on lause.").applicant.co_implementers == ()
    assert "ESR303" in codes(f"{head}A, 1234567-1\n\nOsatoteuttajat")
    wide = "y" * 40
    wrapped = f"{head}{wide} {wide}\n{wide}, 1234567-1\nToinen, 1234567-1"
    assert len(settled(wrapped).applicant.co_implementers or ()) == 2


FIELDS = "2 Hakijan perustiedot\n\n"


def test_a_partner_that_fills_a_printed_line_goes_on_in_the_next_one() -> None:
    """Nothing else tells a long name from a wrapped one, on the page that is printed."""
    long = "Tarulan kulttuuri- ja nuorisotyön kannatusyhdistys"
    d = settled(f"Osatoteuttajat\n,9812341-1\n{long}\n, joka toimii kunnassa ja\nSatulammi")
    assert d.applicant.co_implementers == (
        Partner(",9812341-1"),
        Partner(f"{long} , joka toimii kunnassa ja Satulammi"),
    )
    # In lines that are not wrapped each is a row, however long.
    unwrapped = f"{FIELDS}Osatoteuttajat\n\n{long} rekisteröity yhdistys\nKoe Oy\n\n{'sana ' * 60}"
    d = settled(unwrapped)
    assert [p.name for p in d.applicant.co_implementers or ()] == [
        f"{long} rekisteröity yhdistys",
        "Koe Oy",
    ]


def test_a_partner_goes_on_where_the_rows_do() -> None:
    long = "Tarulan kulttuuri- ja nuorisotyön kannatusyhdistyksen tuki"
    head = f"{FIELDS}Osatoteuttajat\n\n\n"
    whole = (Partner(f"{long} ja Satulammi", "9812341-1"),)
    rest = "ja Satulammi, 9812341-1"
    assert settled(f"{head}{long}\n\n{rest}").applicant.co_implementers != whole
    long = f"{long}säätiö ry"
    whole = (Partner(f"{long} ja Satulammi", "9812341-1"),)
    assert settled(f"{head}{long}\n\n{rest}").applicant.co_implementers == whole
    again = f"{head}{long}\n\nOsatoteuttajat\n\n{rest}"
    assert settled(again).applicant.co_implementers == whole


def test_a_hyphen_amid_a_row_is_no_bullet() -> None:
    """How long the next row's first word is tells whether the one above goes on in it."""
    lines = [
        "Tarulan kulttuuri- ja nuorisotyön säätiö",
        "sekä Satulammen nuoriso",
        "sana- , 9812341-1",
    ]
    assert len("".join(lines[:2])) + 2 + len("sana-") == 70
    d = settled("\n".join(["Osatoteuttajat", *lines]))
    assert len(d.applicant.co_implementers or ()) == 1


def test_rows_that_would_be_a_label_on_one_line_are_text() -> None:
    d = settled("Osatoteuttajat\nSatulammi Oy\n: 1 9812341-1")
    assert d.applicant.co_implementers == ()
    assert d.other_sections[0].text == "Satulammi Oy\n: 1 9812341-1"


# -- questions and scores -------------------------------------------------------------------------

Q1 = "Hankkeessa on tehty toimintaympäristön analyysi sukupuolinäkökulmasta"
Q3 = "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen"


def test_questions() -> None:
    d = settled(
        f"8.1 Sukupuolten tasa-arvo\n\nalku\n{Q1}: KYLLÄ Selitys tässä.\njatkuu\n{Q3}:\n \nEi\n\nx"
    )
    gender = d.horizontal_principles.gender_equality
    assert gender.environment_analysed.answer is True
    assert gender.environment_analysed.explanation == "Selitys tässä.\njatkuu"
    assert gender.main_objective.answer is False
    assert [o.text for o in d.other_sections] == ["alku\n\nx"]
    d = settled(f"8.1 Sukupuolten tasa-arvo\n\n{Q1}: osin\n{Q1}: Ei\nlisää\n{Q1}: Ei\n{Q3}:")
    assert d.horizontal_principles.gender_equality.environment_analysed.answer is False
    assert [o.value for o in d.other_fields] == ["osin", "Ei"]


def test_a_question_behind_an_answer_is_no_explanation() -> None:
    """On a line of its own it would be a question."""
    d = settled(f"8.1 Sukupuolten tasa-arvo\n\n{Q1}: Kyllä {Q3}")
    assert d.horizontal_principles.gender_equality.environment_analysed.explanation is None
    assert [(o.label, o.value) for o in d.other_fields] == [(Q1, f"Kyllä {Q3}")]


def test_score_rows() -> None:
    d = settled(
        f"8.2 Kestävä kehitys\n\nalku\nVälitön\nVälillinen\n{ASPECT}\n \n5\n \n4\nselitys\n"
        f"Pinta- ja pohjavedet, maaperä sekä    3     2\nilma (ja kasvihuonekaasujen väheneminen)\n"
        f"Kulttuuriympäristö 50 1\nYmpäristöosaaminen 7\n---\nSosiaalinen ja kulttuurinen\nkestävyys sekä yhdenvertaisuus\n{ASPECT} 1 1"
    )
    rows = [
        (i.aspect, i.direct, i.indirect) for i in d.horizontal_principles.sustainable_development
    ]
    assert rows == [
        (ASPECT, 5, 4),
        (LONG_ASPECT, 3, 2),
        ("Kulttuuriympäristö", 50, 1),
        ("Ympäristöosaaminen", 7, None),
        (ASPECT, 1, 1),
    ]


def test_bare_aspects() -> None:
    d = settled(
        f"8.2 Kestävä kehitys\n\n{ASPECT} 1 2\n{ASPECT}\nKulttuuriympäristö\nKulttuuriympäristö"
    )
    impacts = d.horizontal_principles.sustainable_development
    assert [i.aspect for i in impacts] == [ASPECT, "Kulttuuriympäristö"]
    assert impacts[0].explanation == ASPECT
    heads = "8.2 Kestävä kehitys\n\nVälitönVälillinen\nVälitönVälillinen\nEkologinen kestävyys\nEkologinen kestävyys\n"
    assert "ESR303" in codes(heads)


def test_loose_block() -> None:
    text = f"8.2 Kestävä kehitys\n\n{ASPECT} 1 2\n\nA.\n\nKulttuuriympäristö 1 1\n\nB.\n\n\n\nhaja"
    d = settled(text)
    assert d.other_sections[0].text == "haja"
    merged = f"8.2 Kestävä kehitys\n\n{ASPECT}\t1\t2\nSelitys.\tSelitys.\tSelitys.\nEkologinen kestävyys\tEkologinen kestävyys\n| a | b |"
    assert settled(merged).horizontal_principles.sustainable_development[0].explanation


# -- without headings -----------------------------------------------------------------------------


def test_no_headings() -> None:
    text = (
        f"Hankekuvaus\n\nHankekoodi:\n\nS20001\n\nHankkeen nimi:\n\nNimi\n\nY-tunnus:\n\nJakeluosoite: Katu 1\n\n"
        "Hakijoiden lukumäärä tai tuen siirto -menettely:\n\nProosaa, jonka paikkaa ei tiedetä.\n\nKunnat: Oulu\n\n"
        f"Jakeluosoite: Kuja 2\n\n{Q1}: Ei\n\nVälitönVälillinen\n{ASPECT} 1 2\nKulttuuriympäristö 3 4\nselitys\n\nloppu"
    )
    d = settled(text)
    assert (d.project.code, d.project.name) == ("S20001", "Nimi")
    assert d.applicant.address.street == "Katu 1"
    assert d.area.site.street == "Kuja 2"
    assert d.applicant.arrangement is None
    assert d.horizontal_principles.sustainable_development[1].direct == 3
    assert "Proosaa" in d.other_sections[0].text


def test_missing_heading_amid_others() -> None:
    text = "1 Hanke\n\nHankekoodi: S20001\n\nHakijan virallinen nimi: A\n\nmuuta\n\n3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\nProosaa.\n\nKunnat: kaikki"
    d = settled(text)
    assert d.applicant.name == "A"
    assert d.summary == "Proosaa.\n\nKunnat: kaikki"
    two = "3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\nProosaa.\n\nKunnat: Oulu\n\nMaakunnat: Lappi\n\nlisää"
    d = settled(two)
    assert d.area.municipalities == ("Oulu",)
    assert d.other_sections == (
        OtherSection("3", "Suunnitelman mukainen tiivistelmä toteutuksesta", "lisää"),
    )
    scores = f"8.1 Sukupuolten tasa-arvo\n\n{Q1}: Ei\nVälitönVälillinen\nEkologinen kestävyys\n{ASPECT} 1 2"
    assert settled(scores).horizontal_principles.sustainable_development[0].direct == 1


def test_unplaced_text_that_would_be_a_heading() -> None:
    settled(
        "8.2 Kestävä kehitys\nMyönnetty EU- ja valtion rahoitus:\nProjektityyppi:\n10 Viestintä\n\nx"
    )
    settled("10 Viestintä\n\nHankekoodi: S2\n10 Viestintä\n\nx")
    settled(f"10 Viestintä\n\nHankekoodi: S2\n\nlisää\n\n{BANNER}")
    settled(f"Hankekoodi: S2\n\n{BANNER}\n\nLoppuraportin tiivistelmä")
    settled("9 Loppuraportin tiivistelmä\nHankekoodi: S2\nHankkeen nimi: x\n\nlisää")


# -- programme periods ----------------------------------------------------------------------------


def test_period_without_a_title() -> None:
    d = settled("Projektikoodi: S10001\n\nOsio: Länsi-Suomi\n\nProjektityyppi: x")
    assert d.programme_period is ProgrammePeriod.P2007_2013
    assert (
        settled("Osio: Länsi\n\nProjektityyppi: x").programme_period is ProgrammePeriod.P2007_2013
    )
    d = settled("Hankekoodi:\nS10001")
    assert d.programme_period is ProgrammePeriod.P2014_2020


def test_national_project() -> None:
    text = f"{OLD_TITLE}\n\n3. Projektin toteutusalue ja kohderyhmän kuvaus\n\n3.1 Maantieteellinen kohdealue\n\nValtakunnallinen projekti"
    d = settled(text)
    assert d.area.nationwide
    assert "Maakunnat:" not in render_description(d)
    d = settled(
        f"{OLD_TITLE}\n\n3. Projektin toteutusalue ja kohderyhmän kuvaus\n\nKunnat: x\nVarsinaiset kohderyhmät\n\n3.1 Maantieteellinen kohdealue\n\n3.2 Varsinaiset kohderyhmät"
    )


# -- whole texts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<html><body><h2>1 Hanke</h2><p>x</p></body></html>", "ESR102"),
        ("%PDF-1.7\n1 0 obj", "ESR102"),
        ("Lorem ipsum", "ESR101"),
    ],
)
def test_nothing_found_is_said_once(text: str, code: str) -> None:
    document = parse_document(text)
    assert [d.code for d in document.diagnostics] == [code]
    assert document.description.other_sections[0].text == text
    settled(text)


def test_page_headers() -> None:
    pages = [
        f"1.1.2026 Otsikko\n{body}\nfile:///x.html {k}/3"
        for k, body in enumerate(
            [
                "1 Hanke\n\nHankekoodi: S20001",
                "3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\nA",
                "B",
            ],
            1,
        )
    ]
    d = settled("\n".join(pages))
    assert (d.project.code, (d.summary or "").split()) == ("S20001", ["A", "B"])
    prose = "3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\n1/2\nosa\n2/2\nosa toinen"
    assert "1/2" in (settled(prose).summary or "")
    last = f"8.2 Kestävä kehitys\n\n{ASPECT} 1 2\nalku\n\fSivu 1 / 2\n\njatko\n\fSivu 2 / 2"
    assert (
        settled(last).horizontal_principles.sustainable_development[0].explanation == "alku\njatko"
    )


def test_ligatures_are_kept_where_every_heading_is_as_printed() -> None:
    d = parse_description(fixtures()["amounts"])
    added = (OtherSection("10", "Viestintä", "Alku."),)
    d = attrs.evolve(d, summary="\ufb01lmi", other_sections=added)
    assert parse_description(render_description(d)) == d
    # One that has lost its number shows a tool, which may have made the ligature.
    text = render_description(d).replace("\n1 Hanke\n", "\nHanke\n")
    assert settled(text).summary == "filmi"


def test_labels_in_prose_are_no_lines_where_every_heading_is_as_printed() -> None:
    labels = ("Hankekoodi", "Hankkeen nimi", "Kunnat", "Maakunnat", "Y-tunnus", "Puhelinnumero")
    summary = f"Alku: {' '.join(f'{label}: x' for label in labels)}"
    added = (OtherSection("10", "Viestintä", "Alku."),)
    d = parse_description(fixtures()["amounts"])
    d = attrs.evolve(d, summary=summary, other_sections=added)
    assert parse_description(render_description(d)) == d


def test_list_of_links() -> None:
    text = "   1 Hanke\n\n   9 Loppuraportin tiivistelmä\n\n   A.\n\nReferences\n\n   1. http://www.example.com/"
    assert settled(text).final_report_summary == "A."
    assert settled(text.replace("   ", "")).final_report_summary != "A."


def test_lines_run_together() -> None:
    text = f"{TITLE} 1 Hanke Hankekoodi: S20001 Hankkeen nimi: Esimerkki Toimintalinja: 2. Osaaminen Toiminnan tila: Toiminnassa Vastuuviranomainen: Lapin liitto 8.2 Kestävä kehitys VälitönVälillinen {ASPECT} 5 4 Selitys."
    d = settled(text)
    assert d.project.name == "Esimerkki"
    assert d.horizontal_principles.sustainable_development[0].explanation == "Selitys."
    prose = "1 Hanke\n\na: b: c: d: e: f: g: h"
    assert settled(prose).other_fields[0].label == "a"


def test_markdown_values() -> None:
    text = "# 1 Hanke\n\nHankkeen nimi: A\\_B\\\n\n# 2 Hakijan perustiedot\n\nWWW-osoite: <http://www.example.com>\n\nYhteyshenkilön sähköpostisoite: [a(at)example.com](mailto:a@example.com)"
    d = settled(text)
    assert d.project.name == "A_B"
    assert d.applicant.website == "http://www.example.com"
    assert d.applicant.contact.email == "a@example.com"


def test_ligatures_and_decomposed_letters() -> None:
    d = settled("  1 Hanke\n\n  Hankkeen nimi: O\ufb03ce\n\n  2 Hakijan perustiedot")
    assert d.project.name == "Office"
    assert (
        settled(
            "1 Hanke\n\nToiminnan tila: Toiminta pa\u0308a\u0308ttynyt\n\n4.2 Va\u0308lilliset kohderyhma\u0308t"
        ).project.status
        == "Toiminta päättynyt"
    )


def test_line_ends() -> None:
    for end in ("\r\n", "\r", "\u2028", "\x85"):
        d = settled(
            f"1 Hanke{end}{end}Hankekoodi: S20001{end}{end}9 Loppuraportin tiivistelmä{end}{end}A{end}B"
        )
        assert (d.project.code, d.final_report_summary) == ("S20001", "A\nB")
    assert settled("\ufeff1 Hanke\n\nHankekoodi: S20001").project.code == "S20001"


# -- errors ---------------------------------------------------------------------------------------


def test_strict() -> None:
    with pytest.raises(DescriptionError) as caught:
        parse_description(
            "1 Hanke\n\nHankekodi: S2\n\nSuunnitelman mukainen toteutusaika: pian", strict=True
        )
    errors = caught.value.exceptions
    assert [e.diagnostic.code for e in errors if isinstance(e, ParseError)] == ["ESR301", "ESR302"]
    part, rest = caught.value.split(lambda e: "Hankekodi" in str(e))
    assert isinstance(part, DescriptionError)
    assert isinstance(rest, DescriptionError)
    assert pickle.loads(pickle.dumps(errors[0])).diagnostic == errors[0].diagnostic  # type: ignore[union-attr]
    assert parse_description("1 Hanke\n\nHankekoodi: S20001", strict=True).project.code == "S20001"
    for call in (parse_description, parse_document):
        with pytest.raises(TypeError, match="str"):
            call(None)  # type: ignore[operator]


def test_unrepresentable_values_are_named() -> None:
    base = ProjectDescription()
    cases = {
        "project.name": attrs.evolve(base, project=attrs.evolve(base.project, name="a\nb")),
        "summary": attrs.evolve(base, summary="1 Hanke"),
        "applicant.co_implementers": attrs.evolve(
            base, applicant=attrs.evolve(base.applicant, co_implementers=(Partner("x.", None),))
        ),
        "applicant.co_implementers[0].name": attrs.evolve(
            base, applicant=attrs.evolve(base.applicant, co_implementers=(Partner(" x", None),))
        ),
        "extensions['x']": attrs.evolve(base, extensions={"x": 1}),
        "funding": attrs.evolve(base, funding=object()),
        "programme_period": attrs.evolve(base, fund=Fund.ESR),
    }
    for field, description in cases.items():
        with pytest.raises(UnrepresentableError) as caught:
            render_description(description)
        assert caught.value.field == field
        assert pickle.loads(pickle.dumps(caught.value)).field == field


def test_documents_can_be_pickled() -> None:
    document = parse_document("1 Hanke\n\nHankekoodi: S20001")
    again = pickle.loads(pickle.dumps(document))
    assert again.text == document.text
    assert again.description == document.description
    assert repr(document) == "<Document S20001, 27 characters>"
    assert document.programme_period is ProgrammePeriod.P2014_2020
    assert [f.label for f in document.sections[0].fields] == ["Hankekoodi"]


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        path.write_bytes("1 Hanke\n\nHankkeen nimi: Ä".encode(encoding))
        assert read_document(path).description.project.name == "Ä"
    path.write_bytes("1 Hanke\n\nHankkeen nimi: Äx\x81".encode("latin-1"))
    document = read_document(path)
    assert document.description.project.name == "Äx\x81"
    assert "ESR106" in {d.code for d in document.diagnostics}
    path.write_bytes(b"\xff\xfea")
    assert read_document(path).text == "ÿþa"
    with pytest.raises(FileTooLargeError, match="larger than 2 bytes"):
        read_document(path, max_bytes=2)


# -- the straight path ----------------------------------------------------------------------------

PLAIN = ("amounts", "erdf", "odd-values", "running-project")


def refuse(patched: pytest.MonkeyPatch, *methods: tuple[type, str]) -> None:
    def second_look(*_: object, **__: object) -> None:
        raise AssertionError("a second look at what is as printed")

    for owner, name in methods:
        patched.setattr(owner, name, second_look)


@pytest.mark.parametrize("name", PLAIN)
def test_sections_as_printed_are_read_in_one_look(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = fixtures()[name]
    expected = parse_description(text)
    for reader in (FieldsReader, QuestionsReader, ScoresReader):
        refuse(monkeypatch, (reader, "_unprinted"))
    refuse(monkeypatch, (Judge, "outline"))
    # Made anew, as its tables are those of the path.
    assert Parser().parse_description(text) == expected


@pytest.mark.parametrize("name", PLAIN)
def test_lines_as_printed_are_read_in_one_look(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = fixtures()[name]
    expected = parse_description(text)
    monkeypatch.setattr(FieldsReader, "_printed", lambda _, __: None)
    monkeypatch.setattr(PrintedBlock, "look", lambda _, __, ___: None)
    slow = ((FieldsReader, "_line"), (ScoresReader, "row"), (QuestionsReader, "second_look"))
    refuse(monkeypatch, *slow)
    assert Parser().parse_description(text) == expected


# -- handlers -------------------------------------------------------------------------------------


class Wrong(SectionHandler):
    key = "wrong"
    model = str
    sections = (Section("10.x", "Väärä", "wrong"),)


def test_handlers_that_cannot_be() -> None:
    class Twice(Wrong):
        sections = (Section("1", "Hanke", "wrong"),)

    with pytest.raises(ValueError, match="no section number"):
        Parser(handlers=[Wrong()])
    with pytest.raises(ValueError, match="two sections with the number 1"):
        Parser(handlers=[Twice()])
    with pytest.raises(ValueError, match="two handlers"):
        Parser(handlers=[Twice(), Twice()])
    assert Parser(aliases={"a": "b"}).aliases == {"a": "b"}
    assert Parser().handlers == ()


def test_values_of_handlers() -> None:
    class Word(SectionHandler):
        key = "word"
        model = str
        sections = (Section("10", "Sana", "word", Prose()),)

    parser = Parser(handlers=[Word()])
    d = parser.parse_description("1 Hanke\n\nHankekoodi: S20001\n\n10 Sana\n\nAlku.")
    assert d.extensions == {"word": "Alku."}
    assert parser.parse_description(parser.render_description(d)) == d
    assert parser.parse_description("1 Hanke\n\nHankekoodi: S20001").extensions == {}


def test_a_handler_in_the_place_of_a_built_in_one() -> None:
    @attrs.frozen
    class Money:
        granted: str | None = None

    class Funding(SectionHandler):
        key = "funding"
        model = Money
        sections = (Section("5", "Rahat", "funding", Fields(Field("Summa", "granted"))),)

    parser = Parser(handlers=[Funding()])
    found = parser.parse_description("1 Hanke\n\nHankekoodi: S20001\n\n5 Rahat\n\nSumma: 5")
    assert found.funding == Money("5")
    absent = parser.parse_description("1 Hanke\n\nHankekoodi: S20001")
    assert absent.funding == Money()
    assert parser.parse_description(parser.render_description(absent)) == absent


def test_aliases() -> None:
    parser = Parser(
        aliases={
            "Rahoitus": "Projektin julkinen rahoitus, euroa",
            "2 Tekijä": "2 Hakijan perustiedot",
            "Myönnetty": "Myönnetty EU- ja valtion rahoitus",
            "Luonnonvarat": ASPECT,
            "Turha": "Ei mikään",
        }
    )
    text = "2 Tekijä\n\nY-tunnus: 1234567-1\n\n5 Rahoitus\n\nMyönnetty: 5\n\n8.2 Kestävä kehitys\n\nLuonnonvarat 1 2"
    d = parser.parse_description(text)
    assert d.applicant.business_id == "1234567-1"
    assert d.funding.granted_eu_and_state == 5
    assert d.horizontal_principles.sustainable_development[0].aspect == ASPECT
    assert parser.parse_description(parser.render_description(d)) == d


# -- line ends ------------------------------------------------------------------------------------


def told(text: str) -> list[tuple[str, str, int, int]]:
    """What is said about a text and where, but for its line ends."""
    return [
        (d.code, d.message, d.line, d.column)
        for d in parse_document(text).diagnostics
        if "line ends" not in d.message
    ]


def tree(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The nodes of each section with their text, in line feeds."""
    return [
        (
            section.kind,
            [(type(node).__name__, node.text.replace("\r\n", "\n")) for node in section.nodes],
        )
        for section in parse_document(text).sections
    ]


@pytest.mark.parametrize("text", fixtures().values(), ids=fixtures().keys())
def test_line_ends_of_windows_change_nothing(text: str) -> None:
    text = text.replace("\r\n", "\n")
    windows = text.replace("\r", "\n").replace("\n", "\r\n")
    assert settled(windows) == parse_description(text)
    assert told(windows) == told(text)
    assert tree(windows) == tree(text)


def test_a_print_with_line_ends_of_windows_is_edited_as_one_with_line_feeds() -> None:
    pages = [f"1 Hanke\n\nHankekoodi: S2000{k}\n{k}/2\nhttp://x.example/" for k in (1, 2)]
    text = "\n".join(pages)
    windows = parse_document(text.replace("\n", "\r\n"))
    assert windows.description == parse_document(text).description

    def renamed(document: Document) -> str:
        project = attrs.evolve(document.description.project, name="Alku")
        return document.with_description(attrs.evolve(document.description, project=project)).text

    assert renamed(windows) == renamed(parse_document(text)).replace("\n", "\r\n")


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_headers_of_pages_stay_where_a_print_is_edited(line_end: str) -> None:
    bodies = ("1 Hanke\n\nHankekoodi: S20001", f"{SUMMARY}\n\nAlku.", "Loppu.")
    pages = [f"1.1.2026 Otsikko\n{body}\nfile:///x.html {k}/3" for k, body in enumerate(bodies, 1)]
    document = parse_document("\n".join(pages).replace("\n", line_end))
    assert document.description.summary == "Alku.\n\n\nLoppu."
    new = attrs.evolve(document.description, summary="Alku.\n\n\nToinen.")
    assert document.with_description(new).text == document.text.replace("Loppu", "Toinen")


# -- sections without headings, in pieces -----------------------------------------------------------


def test_what_a_second_piece_says_otherwise_is_text() -> None:
    text = "Hankekoodi: S20001\n\nKunnat: Oulu\n\nHankekoodi: S20002\n\nHankkeen nimi: Alku\n\nKunnat: Raahe"
    d = settled(text)
    assert (d.project.code, d.project.name, d.area.municipalities) == ("S20001", "Alku", ("Oulu",))
    assert [other.text for other in d.other_sections] == ["Hankekoodi: S20002\n\nKunnat: Raahe"]
    assert "ESR108" in codes(text)


def test_scores_in_two_pieces_are_all_read() -> None:
    rows = "Materiaalit ja jätteet 1 2\n\nKunnat: Oulu\n\nLiikkuminen ja logistiikka 5 6"
    impacts = settled(rows).horizontal_principles.sustainable_development
    assert [(i.direct, i.indirect) for i in impacts] == [(1, 2), (5, 6)]


@pytest.mark.parametrize("again", ["Materiaalit ja jätteet 3 4", "Materiaalit ja jätteet"])
def test_scores_that_are_repeated_in_a_second_piece_are_text(again: str) -> None:
    text = f"Materiaalit ja jätteet 1 2\n\nKunnat: Oulu\n\nLiikkuminen ja logistiikka 5 6\n{again}"
    d = settled(text)
    assert [i.direct for i in d.horizontal_principles.sustainable_development] == [1]
    assert d.other_sections[0].text == f"Liikkuminen ja logistiikka 5 6\n{again}"


def test_partners_in_two_pieces_are_all_read() -> None:
    text = "Osatoteuttajat\nAlku ry, 1234567-1\n\nHankekoodi: S20001\n\nOsatoteuttajat\nLoppu ry, 7654321-2"
    assert len(settled(text).applicant.co_implementers or ()) == 2


def test_a_partner_without_business_id_amid_rows_that_stand_apart() -> None:
    rows = "Alku ry, 1234567-1\n\nTarulan kunta\n\nLoppu ry, 7654321-2\n\nKoe ry"
    d = settled(f"2 Hakijan perustiedot\n\nOsatoteuttajat\n\n{rows}")
    assert [partner.name for partner in d.applicant.co_implementers or ()] == [
        "Alku ry",
        "Tarulan kunta",
        "Loppu ry",
    ]
    assert [other.text for other in d.other_sections] == ["Koe ry"]


def test_a_label_of_a_missing_section_does_not_take_the_next_fields_along() -> None:
    text = "2 Hakijan perustiedot\n\nHankkeen nimi: Alku\n\nY-tunnus: 1234567-1\n\nPuuttuva rivi"
    d = settled(text)
    assert (d.project.name, d.applicant.business_id) == ("Alku", "1234567-1")
    assert [other.text for other in d.other_sections] == ["Puuttuva rivi"]
    assert {"ESR203", "ESR205"} <= codes(text)


# -- when a numbered line is a heading nobody knows -------------------------------------------------

REPORT = "9 Loppuraportin tiivistelmä\n\nAlku.\n\n"


@pytest.mark.parametrize(
    ("text", "is_heading"),
    [
        (f"{REPORT}10 Viestintä\n\nx", True),
        (f"{REPORT}10 Viestintä", True),
        (f"{REPORT}10 Viestintä\nx", False),
        (f"{REPORT}Toinen.\n10 Viestintä\n\nx", False),
        (f"{REPORT}10 Viestintä\nKunnat: Oulu", True),
        (f"{REPORT}10 Viestintä\nKunnat 12", True),
        (f"{REPORT}10 Viestintä\n11 Muut tiedot\n\nx", True),
        (f"{REPORT}10 Viestintä\n  \nx", True),
        ("9 Loppuraportin tiivistelmä\n10 Viestintä\n\nx", True),
        ("9 Loppuraportin tiivistelmä\nAlku.\n10 Viestintä\nx", True),
        ("9 Loppuraportin tiivistelmä\nAlku.\n\nx\n10 Viestintä\nx", False),
        ("## 9 Loppuraportin tiivistelmä\n\nAlku.\n## 10 Viestintä\nx", True),
        ("## 9 Loppuraportin tiivistelmä\n\nAlku.\n10 Viestintä\nx", False),
        (f"{REPORT}12 Viestintä\n\nx", False),
        (f"{REPORT}10.1 Viestintä\n\nx", False),
        ("1 Hanke\n\nHankekoodi: S20001\n10 Viestintä\nx", True),
    ],
)
def test_an_unknown_heading_in_prose_stands_alone(text: str, is_heading: bool) -> None:
    found = {
        section.number for section in parse_document(text).sections if section.kind == "unknown"
    }
    assert (("10" in found) or ("12" in found) or ("10.1" in found)) is is_heading
    settled(text)


@pytest.mark.parametrize(
    ("rule", "is_rule"),
    [
        ("-----", True),
        ("===", True),
        ("--", False),
        ("-=-", False),
        ("- - -", False),
        ("''''", True),
    ],
)
def test_a_rule_below_a_heading_belongs_to_it(rule: str, is_rule: bool) -> None:
    text = f"3 Suunnitelman mukainen tiivistelmä toteutuksesta\n{rule}\n\nAlku."
    assert (settled(text).summary == "Alku.") is is_rule
    assert ("ESR412" in codes(text)) is is_rule


@pytest.mark.parametrize(
    ("number", "title", "is_taken"),
    [("5", "Julkinen rahoitus", True), ("6", "Alue", False), ("1", "Hankkeen tiedot", False)],
)
def test_a_declared_number_under_another_title(number: str, title: str, is_taken: bool) -> None:
    text = f"1 Hanke\n\nHankekoodi: S20001\n\n4.2 Välilliset kohderyhmät\n\nKaikki.\n\n{number} {title}\n\nx"
    unknown = [s.number for s in parse_document(text).sections if s.kind == "unknown"]
    assert (unknown == [number]) is is_taken


# -- text that is put elsewhere --------------------------------------------------------------------

ROWS = "Sosiaalinen ja kulttuurinen kestävyys\n\nsekä yhdenvertaisuus"
RENAMED = "1 Perustiedot"


@pytest.mark.parametrize(
    ("text", "others"),
    [
        # The same heading with another title, once more before section 1.
        (
            f"{RENAMED}\nMaantieteellinen kohdealue\nTuen siirronsaajat\n{RENAMED}\nrivi",
            [("1", "Perustiedot", f"{RENAMED}\n\nrivi")],
        ),
        (
            f"{RENAMED}\nUuden rahoittaman hankkeen kuvaus\n-\n{RENAMED}",
            [("1", "Perustiedot", RENAMED)],
        ),
        (f"{RENAMED}\nUuden rahoittaman hankkeen kuvaus\n-", [("1", "Perustiedot", "")]),
        # A line that stands alone once what is below it is a section of its own.
        (
            f"{RENAMED}\n10 Viestintä\n{ROWS}",
            [("1", "Perustiedot", ""), ("10", "Viestintä", "")],
        ),
        (
            f"3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\nAlku.\n\n10 Viestintä\n{ROWS}"
            "\n\nLiikkuminen ja logistiikka 1 2",
            [("10", "Viestintä", "")],
        ),
        (
            "8 Horisontaaliset periaatteet\nPostinumero\n9 Yhteenveto\n\nrivi\nY-tunnus",
            [("9", "Yhteenveto", "rivi")],
        ),
        ("10 Viestintä|Uutta\n\nrivi ", [(None, None, "10 Viestintä|Uutta\n\nrivi ")]),
        (
            "7.1 Osallistuvien yritysten lukumäärä\n7.3 Uusi\nErityistavoite\n\nHankekoodi\n\n"
            "S20001\n7.3 Uusi",
            [("7.3", "Uusi", "S20001"), ("7.3", "Uusi", "")],
        ),
    ],
)
def test_text_that_is_put_elsewhere(
    text: str, others: list[tuple[str | None, str | None, str]]
) -> None:
    found = settled(text).other_sections
    assert [(other.number, other.title, other.text) for other in found] == others


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Hankekoodi\nProjektikoodi S1", None),
        ("Projektikoodi S1", "2007-2013"),
        ("Suunniteltu: 5\nHankkeen kuvaus 4", None),
        ("WWW-osoite\n\nHankkeen kuvaus:", None),
        ("** Hankkeen  kuvaus **\n\nHankekoodi", "2014-2020"),
        ("1 Hanke\n\nProjektin tila: a\n\nProjektikoodi: S10001", None),
    ],
)
def test_period_of_a_text_without_a_title(text: str, period: str | None) -> None:
    """Text of no section stands first on the printed page, and tells no period there."""
    assert settled(text).programme_period == period


@pytest.mark.parametrize(
    "title",
    [
        "Toinen (ESR) rahoittaman hankkeen kuvaus",
        "Suunnitelman mukaine: (ESR) rahoittaman hankkeen kuvaus",
    ],
)
def test_a_further_title_is_written_as_one_is_printed(title: str) -> None:
    d = settled(f"{TITLE}\n\n1 Hanke\n\nHankekoodi: S20001\n\n{title}")
    assert all(other.number is not None for other in d.other_sections)


def test_an_invisible_mark_behind_the_space_behind_a_value() -> None:
    assert settled("Toiminnan tila: 4 \ufeff").project.status == "4"
