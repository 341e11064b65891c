"""Documents as objects, and edits of pages that tools or people changed."""

from __future__ import annotations

import pickle
import re
import textwrap
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs
import pytest
from invented import BASE, HERE, OLD, with_value

import esr_parser
from esr_parser import (
    DescriptionError,
    Fund,
    OtherSection,
    Parser,
    ProjectDescription,
    SectionHandler,
    UnrepresentableError,
    parse_document,
)
from esr_parser.diagnostics import ParseError
from esr_parser.errors import MissingExtraError
from esr_parser.grammar import Fields, Rows, Section
from esr_parser.values import TEXT

NEW_SECTION = "10 Viestintä\n\nUutiskirje neljästi vuodessa."


def edited(text: str, **values: Any) -> str:
    """The text with other values; paths have two underscores for their dots."""
    document = parse_document(text)
    description = document.description
    for path, value in values.items():
        description = with_value(description, path.replace("__", "."), value)
    result = document.with_description(description)
    assert parse_document(result.text).description == description
    return result.text


# -- objects --------------------------------------------------------------------------------------


def test_names_of_the_package():
    assert set(esr_parser.__all__) <= set(dir(esr_parser))


def test_documents_are_equal_when_text_and_parser_are():
    assert parse_document(BASE) == parse_document(BASE)
    assert hash(parse_document(BASE)) == hash(parse_document(BASE))
    assert parse_document(BASE) != Parser(aliases={"Tunnus": "Hankekoodi"}).parse_document(BASE)
    assert parse_document(BASE) != BASE


def test_a_document_in_a_notebook():
    assert "Hankekoodi" in parse_document("1 Hanke\n\nHankekoodi: S29999")._repr_html_()


@pytest.mark.parametrize(
    "error", [UnrepresentableError("project.name", "why"), MissingExtraError("html", "reading")]
)
def test_errors_pass_between_processes(error):
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again)) == (type(error), str(error))


def test_errors_of_a_text_pass_between_processes():
    with pytest.raises(DescriptionError) as info:
        esr_parser.parse_description("1 Hanke\n\nOuto rivi\n\nHankekoodi: S29999", strict=True)
    again = pickle.loads(pickle.dumps(info.value.exceptions[0]))
    assert again.diagnostic == info.value.exceptions[0].diagnostic
    assert isinstance(info.value.subgroup(ParseError), DescriptionError)


def test_a_text_file_with_angle_brackets_is_no_html(tmp_path):
    path = tmp_path / "hanke.txt"
    text = BASE.replace("Apilaniitty 4", "Apilaniitty <4>", 1)
    path.write_text(text, encoding="utf-8", newline="")
    assert esr_parser.read_document(path).text == text


# -- edits ----------------------------------------------------------------------------------------


def test_another_fund_on_a_page_whose_title_is_in_capitals():
    title = "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus"
    text = edited(BASE.replace(title, title.upper()), fund=Fund.EAKR)
    assert "Euroopan aluekehitysrahaston (EAKR) rahoittaman hankkeen kuvaus" in text


def test_another_fund_and_a_section_more():
    text = edited(
        f"{BASE.rstrip()}\n\n{NEW_SECTION}\n",
        fund=Fund.EAKR,
        project__status="Keskeytynyt",
        other_sections=(),
    )
    assert "(EAKR)" in text
    assert "Viestintä" not in text


def test_an_unknown_section_is_changed_and_another_one_added():
    changed = OtherSection("10", "Viestintä", "Verkkosivut.")
    added = OtherSection("11", "Liitteet", "Kartta.")
    text = edited(f"{BASE.rstrip()}\n\n{NEW_SECTION}\n", other_sections=(changed, added))
    assert text.rstrip().endswith("10 Viestintä\n\nVerkkosivut.\n\n11 Liitteet\n\nKartta.")


def test_two_values_of_one_line():
    text = BASE.replace("\n\nHankkeen nimi:", " Hankkeen nimi:")
    text = edited(text, project__code="S29998", project__name="Toinen nimi")
    assert "Hankekoodi: S29998 Hankkeen nimi: Toinen nimi\n" in text


def test_scores_and_explanations_of_a_table_with_a_cell_a_line():
    lines = [
        line.rsplit(" ", 2) if line[-1:].isdigit() and line[-2:-1] == " " else [line]
        for line in BASE.split("8.2 Kestävä kehitys")[1].split("\n")
    ]
    text = BASE.split("8.2 Kestävä kehitys")[0] + "8.2 Kestävä kehitys"
    text += "\n".join(cell for cells in lines for cell in cells)
    rows = parse_document(text).description.horizontal_principles.sustainable_development
    first = attrs.evolve(rows[0], direct=9, indirect=8, explanation="Uusi perustelu.")
    text = edited(text, horizontal_principles__sustainable_development=(first, *rows[1:]))
    assert f"{rows[0].aspect}\n9\n8\nUusi perustelu." in text


def test_the_explanation_of_a_score_and_a_paragraph_of_prose():
    rows = parse_document(BASE).description.horizontal_principles.sustainable_development
    paragraphs = parse_document(BASE).description.summary.split("\n\n")
    summary = "\n\n".join([*paragraphs[:-1], "Uusi loppu."])
    text = edited(
        BASE,
        summary=summary,
        horizontal_principles__sustainable_development=(
            attrs.evolve(rows[0], explanation="Uusi perustelu."),
            *rows[1:],
        ),
    )
    old = BASE.replace(paragraphs[-1], "Uusi loppu.").replace(
        rows[0].explanation, "Uusi perustelu."
    )
    assert text == old


def test_another_fund_and_prose_that_quotes_the_title():
    title = "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus"
    quoted = BASE.replace(title, title.upper()).replace(
        "Mehiläistarhaus sopii", f"Tämä on {title} lyhyesti: mehiläistarhaus sopii"
    )
    text = edited(quoted, fund=Fund.EAKR, summary="Lyhyesti.")
    assert "Euroopan aluekehitysrahaston (EAKR)" in text
    assert "\n\nLyhyesti.\n\n" in text


def test_a_label_under_the_name_of_a_section():
    parser = Parser(aliases={"Hanke": "Hankekoodi"})
    assert parser.parse_description("1 Hanke\n\nHanke: S29999").project.code == "S29999"


# -- lines that are hard to tell apart ------------------------------------------------------------


def test_a_label_without_a_value_behind_the_value_of_another_field():
    text = (HERE / "corpus" / "english-sections-1-3.txt").read_text(encoding="utf-8")
    text = text.replace("\n\nStreet: Torikatu 5", " Street:")
    applicant = parse_document(text).description.applicant
    assert (applicant.business_id, applicant.address.street) == ("9812376-1", None)


def test_a_label_and_its_value_are_two_columns_of_two_lines():
    old = "Yhteyshenkilön asema hakijaorganisaatiossa: Projektipäällikkö"
    new = "Yhteyshenkilön asema       Johtava\nhakijaorganisaatiossa      projektipäällikkö"
    document = parse_document(BASE.replace(old, new))
    assert document.description.applicant.contact.position == "Johtava projektipäällikkö"
    assert [d.code for d in document.diagnostics] == ["ESR414"]
    old = "Projektipäällikkö"
    assert document.description == with_value(
        parse_document(BASE).description, "applicant.contact.position", "Johtava projektipäällikkö"
    )
    new = with_value(document.description, "applicant.contact.position", old)
    assert document.with_description(new).description == new


def test_an_unknown_label_below_a_full_line_of_a_page_without_empty_lines():
    front, _, rest = BASE.partition("3 Suunnitelman")
    name = "Mehiläisestä mestariksi ja kukasta hunajaksi koko Itä-Suomessa"
    front = re.sub("Hankkeen nimi: .*", f"Hankkeen nimi: {name}\nUusi kenttä: arvo", front)
    lines = [textwrap.fill(line, 78) for line in f"3 Suunnitelman{rest}".split("\n")]
    document = parse_document(re.sub("\n+", "\n", front) + "\n".join(lines))
    assert document.description.project.name == name
    assert [(field.label, field.value) for field in document.description.other_fields] == [
        ("Uusi kenttä", "arvo")
    ]


@attrs.frozen
class Notes:
    rows: Sequence[str] | None = None


class NotesHandler(SectionHandler[Notes]):
    """A section of rows, which a user may hold in a list."""

    key = "notes"
    model = Notes
    sections = (Section("10", "Muistiot", "notes", Fields(Rows("Rivit", "rows", TEXT))),)

    def build(self, values: Mapping[str, Any]) -> Notes:
        return Notes(list(values["rows"]) if "rows" in values else None)


def test_rows_in_a_list_are_rendered():
    description = ProjectDescription(extensions={"notes": Notes(["Kevät.", "Syksy."])})
    text = Parser([NotesHandler()]).render_description(description)
    assert text.endswith("10 Muistiot\n\nRivit\n\nKevät.\nSyksy.")


def test_messages_contain_no_address_number_or_contact():
    line = "Aino Esimerkki 000-000 0012, aino@satama.example: x"
    named = re.sub("(yhteyshenkilön nimi:).*", r"\1 Aino Esimerkki", BASE)
    text = named.replace("WWW-osoite:", f"{line}\n\nWWW-osoite:", 1)
    [unknown] = parse_document(text).errors
    assert unknown.message == "unknown label '… …, …'"
    assert unknown.label == "Aino Esimerkki 000-000 0012, aino@satama.example"
    # In another order, and where a long line is quoted in part.
    for line in ("Kysy: Esimerkki Aino", f"{'Kysy ' * 9}a.esimerkki@satama.example, 000-000 0012"):
        text = named.replace("WWW-osoite:", f"{line} .\n\nWWW-osoite:", 1)
        messages = " ".join(d.message for d in parse_document(text).diagnostics)
        assert "simerkki" not in messages


def test_a_value_is_added_where_values_are_below_their_labels():
    fields = re.sub(r"(?m)^([^\n:]+): (.+)$", r"\1:\n\n\2", BASE[: BASE.index("\n\n3 ")])
    text = re.sub(r"(Hankekoodi:|Jakeluosoite:)\n\n.+", r"\1", fields)
    assert parse_document(text).description.applicant.address.street is None
    new = edited(text, applicant__address__street="Kalatie 1")
    assert "Jakeluosoite:\n\nKalatie 1\n\n" in new


def test_a_value_with_a_colon_where_values_are_below_their_labels():
    fields, questions = BASE[: BASE.index("\n\n3 ")], BASE[BASE.index("8.1 ") :]
    fields = re.sub(r"(?m)(?<!nimi)(?<!osoite): .+$", ":", fields).replace(": ", ":\n\n")
    below = parse_document(f"{fields}\n\n{questions}".replace("tarha Aune", "tarha: Aune"))
    assert below.description.applicant.contact.name == "Mesitarha: Aune Lyydia"
    assert not below.errors


def test_a_value_is_added_to_a_page_with_one_value_in_bold():
    page = "6 Maantieteellinen kohdealue\n\nSeutukunnat:\n\nKunnat: **Tarula**"
    assert edited(page, area__subregions=("Oulun",)) == page.replace("nat:\n", "nat: Oulun\n", 1)


def test_values_are_added_behind_a_label_and_with_one():
    page = BASE.replace("Maakunnat: Pohjois-Karjala\n\n", "")
    page = page.replace("Y-tunnus: 9812376-1\n", "1/2\n\f\nY-tunnus:\n", 1)
    new = edited(page, applicant__business_id="9812376-1", area__regions=("Oulun",))
    assert new[: new.index("\n\n3 ")] == page[: page.index("\n\n3 ")].replace(
        "nus:", "nus: 9812376-1"
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_section_is_written_anew_where_values_are_below_their_labels(end):
    page = (
        f"{OLD[: OLD.index('1. Pro')]}2. Projektin toteuttaja\n\nAsema:\n\nJohtaja: opinnot\n\nSähköposti:\n\n"
        "3.1 Maantieteellinen kohdealue\n\nKunnat:\n\nTarula\n\n"
        "4.2 Uusien yritysten määrä\n\nSuunniteltu:\n\n3\n\n"
        "Toteutunut seurantatietojen mukaan:\n\n3"
    ).replace("\n", end)
    new = edited(page, area__nationwide=True, applicant__contact__email="aino@satama.example")
    new = new.replace(f"Valtakunnallinen projekti{end * 2}", "")
    assert new == page.replace("posti:", f"posti:{end * 2}aino(at)satama.example")


def test_a_heading_without_rows_is_added_as_its_neighbours_are():
    page = BASE[: BASE.index("Osatoteuttajat")] + BASE[BASE.index("3 Suunnitelman mukainen t") :]
    page = re.sub("(?m)^(?=.)", "    ", page)
    new = edited(page, applicant__co_implementers=())
    assert new.replace("    Osatoteuttajat\n\n", "") == page


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{k}\t{line}\n" for k, line in enumerate(BASE.split("\n"), 1)),
        "<html><body><p>Hankekoodi: S29999</p></body></html>",
    ],
)
def test_a_text_that_was_not_read_is_not_written_anew(text: str):
    with pytest.raises(UnrepresentableError, match=r"^project\.name: the text could not be read"):
        edited(text, project__name="Kettu")


def test_a_row_of_scores_is_taken_away_and_a_value_is_changed_elsewhere():
    page = re.sub("(?m)^(?=.)", "    ", BASE)
    impacts = parse_document(page).description.horizontal_principles.sustainable_development
    rest = {"horizontal_principles__sustainable_development": impacts[:-1]}
    new = edited(page, project__name="Toinen", **rest)
    expected = page.replace("Mehiläisestä mestariksi", "Toinen")
    assert new[: new.index("8.2 ")] == expected[: expected.index("8.2 ")]
    assert impacts[-1].aspect not in new


def test_quotes_of_new_values_are_doubled_where_blocks_are_quoted():
    page = BASE.replace("Hankkeen nimi: Mehiläisestä mestariksi", "Hankkeen nimi: Alku")
    page = page[: page.index("4 ")].rstrip() + "\n\n9 Loppuraportin tiivistelmä\n\nAlku."
    page = "\n".join(f'"{block}"' for block in page.split("\n\n"))
    new = edited(page, project__name='Se "alku"? - Loppu', final_report_summary='Se "loppui".')
    expected = page.replace("nimi: Alku", 'nimi: Se ""alku""? - Loppu')
    assert new == expected.replace('"Alku."', '"Se ""loppui""."')


def test_a_section_is_written_anew_where_blocks_are_quoted():
    page = OLD[: OLD.index("3.1 ")] + "7. Muut tiedot\n\nAlku."
    page = "\n".join(f'"{block}"' for block in page.split("\n\n"))
    page = re.sub("Projektin nimi: .*", 'Projektin nimi: Se ""alku"" on tämä"', page)
    new = edited(page, target_groups__primary='Nuoret "lähiöissä".', project__name="Toinen")
    new = new.replace("nimi: Toinen", 'nimi: Se ""alku"" on tämä')
    assert new == page.replace('"7. M', '"Nuoret ""lähiöissä""."\n"7. M')


def test_a_value_is_added_where_another_cannot_be_read():
    label = "    Myönnetty EU- ja valtion rahoitus:"
    page = f"    5 Projektin julkinen rahoitus, euroa\n\n{label} noin 5 x"
    new = edited(page, funding__granted_eu_and_state=Decimal(7))
    assert f"{label} 7\n\n{label} noin 5 x\n\n" in new


def test_a_section_is_written_anew_where_a_printed_page_ends_in_it():
    page = BASE[: BASE.index("Osatoteuttajat")] + BASE[BASE.index("3 Suunnitelman mukainen t") :]
    for number, label in enumerate(("Puhelin", "VälitönVälillinen"), 1):
        page = page.replace(label, f"{number}/2\n\f\n{label}", 1)
    new = edited(page, applicant__co_implementers=())
    assert new[new.index("3 Suun") :] == page[page.index("3 Suun") :]


def test_a_section_is_taken_away_where_a_printed_page_ends_in_it():
    page = f"{OLD[: OLD.index('3.2 ')]}3.2 Varsinaiset kohderyhmät\n\nNuoret.\n\n2/2\n\f"
    page = page.replace("\nVastuuv", "\n1/2\n\f\nVastuuv")
    new = edited(page, target_groups__primary=None)
    new = re.sub(r"\n{3,}", "\n\n", new).rstrip("\n")
    assert new == page.replace("3.2 Varsinaiset kohderyhmät\n\nNuoret.\n\n", "")


def test_a_value_is_added_and_another_taken_away_where_values_are_in_bold():
    page = re.sub(
        "(?m)^(.{,60}:) (.+)$", r"\1 **\2**", BASE[: BASE.index("Osatoteuttajat")].strip()
    )
    page = page.replace("Y-tunnus: **9812376-1**", "Y-tunnus:")
    values = {"applicant__business_id": "9812376-1", "applicant__address__street": None}
    new = edited(page, **values, applicant__co_implementers=())
    assert (
        new
        == page.replace("nus:", "nus: **9812376-1**").replace(" **Apilaniitty 4**", "")
        + "\n\nOsatoteuttajat"
    )
    assert edited(page, **values) == new.removesuffix("\n\nOsatoteuttajat")


def test_a_numbered_line_is_text_where_no_heading_is_printed():
    fields = BASE[BASE.index("Hankekoodi") : BASE.index("\n\n2 ")]
    text = f"{fields}\n\nPostinumero: 00017\n\nAlku.\n\n2 Toinen vaihe\n\nLoppu."
    [other] = parse_document(text).description.other_sections
    assert other.text == "Alku.\n\n2 Toinen vaihe\n\nLoppu."


def test_a_value_and_a_new_field_below_three_labels():
    labels = ("Kunnat:", "Seutukunnat:", "Maakunnat:")
    text = "\n\n".join(("6 Maantieteellinen kohdealue", *labels, "Oulun", "Uusi tieto:", "alku"))
    assert parse_document(text).description.area.regions == ("Oulun",)


def test_a_new_label_in_bold_ends_without_a_space():
    [field] = parse_document("1 Hanke\n\n**Uusi tieto **    alku").description.other_fields
    assert (field.label, field.value) == ("Uusi tieto", "alku")


def test_a_new_label_in_a_numbered_list_is_no_heading():
    listed = "10. Osoite: Kuja 1\n\n11. Uusi: arvo\n\n12. Asema: johtaja\n\n13. Ohjausryhmä"
    text = f"1. Projekti\n\nProjektikoodi: S19999\n\n2. Projektin toteuttaja\n\n{listed}"
    description = parse_document(text).description
    assert description.applicant.contact.position == "johtaja"
    assert [(field.label, field.value) for field in description.other_fields] == [("Uusi", "arvo")]
    assert [section.number for section in description.other_sections] == ["13"]


def test_a_new_label_is_not_a_value_below_another_label():
    fields = "".join(f"{label}:\n\nUusi\n:   tieto\n\n" for label in ("Maakunnat", "Kunnat"))
    text = (
        f"1 Hanke\n\nHankkeen nimi:\n\nUusi\n:   tieto\n\n6 Maantieteellinen kohdealue\n\n{fields}"
    )
    assert parse_document(text).description.area.municipalities == ()


def test_a_subsection_keeps_its_heading_when_the_other_one_goes():
    page = OLD[: OLD.index("3.1 ")] + OLD[OLD.index("3.2 ") : OLD.index("5. Projektin")]
    new = edited(page.rstrip(), target_groups__secondary=None)
    assert new.rstrip() == page[: page.index("3.3 ")].rstrip()


def test_a_label_and_a_numbered_line_above_the_title_are_text():
    document = parse_document(f"Hankekoodi: S29998\n\n10 Liitteet\n\n{BASE}")
    assert document.description.project.code == "S29999"
    [above] = document.description.other_sections
    assert above.text == "Hankekoodi: S29998\n\n10 Liitteet"
    assert [(d.code, d.line) for d in document.errors] == [("ESR108", 1)]


def test_a_new_section_goes_behind_an_unknown_one_with_a_lower_number():
    page = OLD[: OLD.index("5. Projektin")].replace("Projektikoodi", "PROJEKTIKOODI")
    page += "4. Ohjausryhmä\n\nKokoontuu joka kuussa."
    new = edited(page, funding__granted_eu_and_state=Decimal(744))
    assert new.startswith(f"{page}\n\n5. Projektin julkinen rahoitus, euroa\n\nMyönnetty")


@pytest.mark.parametrize(
    ("label", "left"), [(r"[^\n:]+", "Maakunnat"), ("Maakunnat", "Maakunnat:")]
)
def test_a_label_whose_value_behind_a_tab_goes_is_like_the_others(label, left):
    page = re.sub(rf"(?m)^({label}): ", r"\1\t", OLD[: OLD.index("5. Projektin")])
    assert edited(page, area__regions=()) == re.sub("Maakunnat\t.*", left, page)


def test_a_line_is_added_above_text_whose_heading_is_gone():
    page = re.sub(r"(?m)^[0-9.]+ .*\n\n|^Seutukunnat: .*\n\n", "", OLD[: OLD.index("3.3 ")])
    page += "Selitys: tutkittu"
    new = edited(page, area__subregions=("Oulun",))
    assert new == page.replace("Kunnat:", "Seutukunnat: Oulun\n\nKunnat:")


def test_rows_come_and_go_below_their_heading():
    partners = parse_document(BASE).description.applicant.co_implementers
    assert partners
    without = edited(BASE, applicant__co_implementers=())
    assert "Osatoteuttajat" in without.split("\n")
    edited(without, applicant__co_implementers=partners)


@pytest.mark.parametrize("between", [", ", " (", "\n"])
@pytest.mark.parametrize("mark", ["", "- ", "> "])
def test_a_row_comes_and_goes_and_the_others_keep_their_lines(mark, between):
    page = BASE.replace("ry, 9812340-3", f"ry{between}9812340-3")
    page = page.replace("osk, 9812378-8", f"osk{between}9812378-8")
    page = re.sub("(?m)^(?=.)", mark, page)
    first, second = parse_document(page).description.applicant.co_implementers
    new = attrs.evolve(first, name="Kettu Oy")
    rows = [line for line in page.split("\n") if "9812340-3" in line or "Tarulan" in line]
    without = edited(page, applicant__co_implementers=(second,))
    assert between == "\n" or sorted(page.split("\n")) == sorted([*rows, *without.split("\n")])
    longer = edited(page, applicant__co_implementers=(first, new, second))
    assert between == "\n" or {*page.split("\n")} <= {*longer.split("\n")}
    assert between == "\n" or f"\n{mark}Kettu Oy, 9812340-3\n" in longer


def test_an_explanation_changes_in_its_lines():
    path = "horizontal_principles__gender_equality__mainstreamed__explanation"
    new = edited(BASE, **{path: "Muu perustelu."}).split("\n")
    assert [line for line in new if line not in BASE.split("\n")] == ["Muu perustelu."]
    wrapped = "\n".join(textwrap.fill(line, 60) for line in BASE.split("\n"))
    long = "Muu perustelu, joka on niin pitkä, että se ei mahdu yhdelle riville tekstissä."
    assert max(map(len, edited(wrapped, **{path: long}).split("\n"))) <= 60


def test_an_explanation_is_taken_out_with_its_lines():
    note = "Hankkeen päätavoite on uusien elinkeinojen synty.\n"
    path = "horizontal_principles__gender_equality__main_objective__explanation"
    assert edited(BASE, **{path: None}) == BASE.replace(note, "")


def test_a_value_without_marks_is_taken_out():
    assert "WWW-osoite:\n" in edited(BASE, applicant__website=None)


def test_a_value_without_the_marks_of_the_others_is_taken_out():
    bold = re.sub(r"(?m)^([^:\n]{2,60}): (\S.*)$", r"\1: **\2**", BASE)
    text = re.sub(r"WWW-osoite: \*\*(.*)\*\*", r"WWW-osoite: \1", bold)
    assert "WWW-osoite:\n" in edited(text, applicant__website=None)


def test_a_label_of_an_absent_section_above_a_heading_is_prose():
    start, end = BASE.index("6 Maantieteellinen"), BASE.index("7 Hakemusvaiheessa")
    text = BASE[:start] + BASE[end:]
    text = text.replace("\n\n5 Projektin", "\n\nKunnat: Joensuu\n\n5 Projektin")
    description = parse_document(text).description
    assert description.area.municipalities == ()
    assert description.target_groups.secondary.endswith("Kunnat: Joensuu")


def test_a_title_without_a_fund_begins_a_page_below_the_banner_or_above_the_first_heading():
    title = BASE.split("\n\n")[1]
    page = BASE.replace(title, "Hankkeen kuvaus").replace("S29999", "X29999").rstrip() + "\n\n"
    assert len(esr_parser.split_documents(page * 3)) == 3
    bare = page[page.index("Hankkeen kuvaus") :]
    assert len(esr_parser.split_documents(bare * 3)) == 3
    prose = page.replace("\n\n4 Hankkeen", "\n\nHankkeen kuvaus\n\n1 Tausta\n\n4 Hankkeen")
    assert len(esr_parser.split_documents(prose)) == 1


@pytest.mark.parametrize("end", ["\x1a", "\0\0", "\n\x1a", "\r\n\0"])
@pytest.mark.parametrize("behind", ["\n\n9 Lopp", "\n\n3 Suun", "\n\n2 Haki", ""])
def test_signs_for_the_end_of_a_file_are_no_part_of_the_last_value(end, behind):
    """`copy a+b` of Windows writes one, programs that write whole buffers the others."""
    page = BASE[: BASE.index(behind)] if behind else BASE
    document, clean = parse_document(page + end), parse_document(page)
    assert document.text == page + end
    assert document.description == clean.description
    new = {d.code for d in document.diagnostics} - {d.code for d in clean.diagnostics}
    assert new - {"ESR404"} == {"ESR405"}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_other_signs_for_the_end_of_a_file_stay(line_end):
    page = BASE.replace("Jokainen pari", "Jokainen\x1a pari").replace("\n", line_end)
    assert "Jokainen\x1a pari" in parse_document(page).description.summary


@pytest.mark.parametrize("place", ["Euroopan unioni", "Jokainen pari", "Natura 2000"])
def test_signs_for_a_picture_are_pictures(place):
    """Word and macOS: U+FFFC is where a picture was, when a page is copied as text."""
    document = parse_document(BASE.replace(place, f"\ufffc\n\ufffc \ufffc\n{place}", 1))
    page, clean = map(esr_parser.to_json, (document.description, parse_document(BASE).description))
    assert re.sub(r"(\\n)+", r"\n", page) == re.sub(r"(\\n)+", r"\n", clean)
    assert [d.code for d in document.diagnostics] == ["ESR413"]
