"""The short way for printed pages gives the same description as the other way, or none."""

from __future__ import annotations

import random

import attrs
import pytest
from conftest import CORPUS, fixtures
from invented import BASE as PAGE

from esr_parser import Parser, SectionHandler
from esr_parser.grammar import (
    Caption,
    Dimension,
    Field,
    Fields,
    Flag,
    Prose,
    Questions,
    Rows,
    Scores,
    Section,
    WordKind,
)
from esr_parser.layouts import LAYOUT_2014_2020, LAYOUTS
from esr_parser.model import GeographicArea
from esr_parser.values import AMOUNT, COUNT, NAME_LIST, PARTNER, TEXT, YES_NO

ODD = {path.stem for path in CORPUS.glob("*.diagnostics")}
PAGES = {"hanke": PAGE} | {name: text for name, text in fixtures().items() if name not in ODD}
PARSER = Parser()
SLOW = ("english-sections-1-3",)
"""No title: canonical, and left to the other way."""


def check(text: str, parser: Parser = PARSER) -> bool:
    """Whether the fast way reads a text; if it does, then as the other way, which reports nothing."""
    description = parser._printed.read(text)
    if description is None:
        return False
    reading = parser._reader.read(text)
    assert reading.diagnostics == ()
    assert reading.description == description
    return True


@pytest.mark.parametrize("name", PAGES)
def test_canonical_pages(name):
    assert check(PAGES[name]) == (name not in SLOW)


def test_documents_are_read_as_printed():
    document = PARSER.parse_document(PAGE)
    assert document.description == PARSER._reader.read(PAGE).description
    assert document.diagnostics == ()
    assert document.field("project.code").value == "S29999"


def test_a_line_end_at_the_end():
    assert check(PAGE + "\n")


def with_value(label: str, value: str) -> str:
    lines = PAGE.split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith(f"{label}:"))
    lines[at] = f"{label}: {value}"
    return "\n".join(lines)


@pytest.mark.parametrize(
    "value",
    [
        "Työtä\u00a0taidolla",
        "Tyo\u0308ta\u0308",
        "Työtä   taidolla",
        "_Työtä_",
        "Työtä (jatkuu)",
        "Työtä Kunnat: Oulu",
        "Työtä Työtä",
        "Työtä [muokkaa]",
        "Työtä ",
        "7. Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantatiedoista: ei",
    ],
)
def test_values_that_are_left_to_the_other_way(value):
    assert not check(with_value("Hankkeen nimi", value))


@pytest.mark.parametrize(
    "value", ["Työtä: taitoa", "Työtä (ei tyhjää)", "Tytöt tytöille", "Aa aa b"]
)
def test_values_as_printed(value):
    assert check(with_value("Hankkeen nimi", value))


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Toiminnan tila", "Siirretty"),
        ("Y-tunnus", "9812376-2"),
        ("Jakeluosoite", "Kuja 1/3"),
        ("Jakeluosoite", "Kuja 1_x000D_"),
        ("Puhelinnumero", "4.000000037E8"),
        ("WWW-osoite", "ei tietoa"),
        ("WWW-osoite", "www.kettu,example"),
        ("Kunnat", "Pohjois-, Keski-Pori"),
        ("Kunnat", "Pori, muut"),
        ("Erityistavoite", "9.3.2026. Luonto"),
        ("Suunnitelman mukainen toteutusaika", "Alkaa 01.01.2022 ja päättyy 31.10.2023"),
    ],
)
def test_values_that_are_odd(label, value):
    assert not check(with_value(label, value))


def test_rows_that_are_odd():
    page = PAGES["co-implementers"]
    row = page.split("Osatoteuttajat\n\n")[1].split("\n")[0]
    assert not check(page.replace(row, row[:-1] + "x"))


REFUSED = [
    "Kansallisen ohjelman (X) rahoittaman hankkeen kuvaus",
    "# Otsikko",
    "   ",
    " 11/28/23, 10:15 AM",
    "1 2",
    "10 Viestintä",
    "1 Hanke",
    "1. HANKE",
    "Hankekoodi",
    "hankekoodi : S29998",
    "Hanke Toteutunut seurantatietojen mukaan\uff1a 2",
    "Hankkeen\u00a0nimi: x",
    "Hank\u00adekoodi: S29998",
    "- Kunnat: Oulu",
    "**Kunnat**",
    "Luonnonvarojen käytön kestävyys 1 2",
    "\u2003",
    "\u200b4.1 Varsinaiset kohderyhmät",
    "<b>x</b>",
    "rivi\u2028rivi",
    "T&auml;m&auml; ty&ouml; ty&ouml;lle",
    "Ã¤Ã¶Ã¥Ã¤Ã¶",
    "3. vuosi ja rahoittaman hankkeen kuvaus",
    "1. Hankkeen rahoittaman hankkeen kuvaus",
    "Ks. Yhteyshenkilön sähköpostiosoite: ei ole",
    "Ks. 7 Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantatiedoista",
    "1 2 3 4http://a.example",
    "Edellinen: Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus, toinen",
    "2. Haki",
    "Sanoja.Euroopan unioni Vipuvoimaa EU:lta Hankkeen kuvaus",
    '"yksi"\n\n"kaksi"\n\n"kolme"',
    "Vaihe 1/2\n\nVaihe 2/2",
    "3. Projektin toteutusalue ja kohderyhmän kuvaus .......... 1",
    "Sivu 1\n\nSivu 2",
]
KEPT = [
    "Hankkeen tavoitteena on työtä.",
    "Hankekoodien lista julkaistaan myöhemmin verkossa",
    "1. Ensin\n2. sitten\n3) lopuksi",
    "(4) Kohta",
    "12 kurssia järjestettiin",
    "- luettelo\n• luettelo",
    "Vuonna 2019",
    "Vaihe 1/2",
    '“lainaus” ja "lainaus"',
    "Kello 9: alku, kello 17: loppu",
    "  sisennetty rivi",
    "Sidosryhmät:\u00a0yritykset",
    "Liikkuminen ja logistiikka: soutamalla",
    "Hankkeessa on tehty toimintaympäristön muutos.",
    "Hankkeen kaikki uus",
]


def in_summary(text: str) -> str:
    head, _, tail = PAGE.partition("\n\n4 Hankkeen kohderyhmät")
    return f"{head}\n\n{text}\n\n4 Hankkeen kohderyhmät{tail}"


@pytest.mark.parametrize("text", REFUSED)
def test_prose_that_is_left_to_the_other_way(text):
    assert not check(in_summary(text))


@pytest.mark.parametrize("text", KEPT)
def test_prose_as_printed(text):
    assert check(in_summary(text))


@pytest.mark.parametrize("text", ["Visible links", "1. http://a.example", "  References"])
def test_a_list_of_links_at_the_end(text):
    assert not check(f"{PAGE}\n\n{text}")


# -- declarations of others ------------------------------------------------------------------------


@attrs.frozen
class Communication:
    channel: str | None = None
    reach: int = 0
    amounts: tuple[object, ...] = ()
    is_open: bool = False
    answer: bool | None = None


class CommunicationHandler(SectionHandler[Communication]):
    key = "communication"
    model = Communication
    sections = (
        Section(
            "10",
            "Viestintä",
            "communication",
            Fields(
                Field("Kanava", "channel", TEXT),
                Field("Tavoittaa", "reach", COUNT, optional=True),
                Rows("Summat", "amounts", AMOUNT),
                Caption("Kuvaus seuraa"),
                Flag("Avoin kaikille", "is_open"),
            ),
            optional=True,
        ),
    )


@attrs.frozen
class Row:
    dimension: str
    aspect: str
    now: int
    soon: int
    later: int
    explanation: str | None = None


class RiskHandler(SectionHandler[dict]):
    key = "risks"
    model = Row
    sections = (
        Section("11", "Riskit", "risks"),
        Section(
            "11.1",
            "Arviot",
            "risks",
            Scores(
                "rows", ("Nyt", "Pian", "Myöhemmin"), (Dimension("Luonto", ("Sää", "Maa")),), Row
            ),
        ),
        Section("11.2", "Kysymys", "risks", Questions(Field("Onko riskejä", "q", YES_NO))),
        Section("11.3", "Lisäksi", "risks", Prose("more"), optional=True),
    )

    def build(self, values):
        return dict(values)

    def take_apart(self, value):
        return value


class AreaHandler(SectionHandler[GeographicArea]):
    key = "area"
    model = GeographicArea


MORE = """

10 Viestintä

Kanava: uutiskirje

Summat

128 450
-744

Kuvaus seuraa

Avoin kaikille

11 Riskit

11.1 Arviot

NytPianMyöhemmin
Luonto
Sää 1 2 10
Myrskyt.
Maa 0 0 0

11.2 Kysymys

Onko riskejä: Kyllä
Kaksi."""


@pytest.mark.parametrize(
    "more",
    [
        MORE,
        MORE + "\n\n11.3 Lisäksi\n\nSanoja.",
        MORE.replace("\n\n128 450\n-744", ""),
        MORE.replace("\n\nSummat\n\n128 450\n-744", "").replace(
            "uutiskirje", "kirje\n\nTavoittaa: 7"
        ),
        MORE[MORE.index("\n\n11 Riskit") :],
    ],
)
def test_sections_of_handlers(more):
    parser = Parser([CommunicationHandler(), RiskHandler(), AreaHandler()])
    text = PAGE + more
    assert parser._reader.read(text).diagnostics == ()
    assert check(text, parser)


def test_an_optional_built_in_section_of_a_user():
    class SummaryHandler(SectionHandler[str]):
        key = "final_report_summary"
        model = str

        def build(self, values):
            return values.get("", "").upper()

    parser = Parser([SummaryHandler()])
    for name in ("hanke", "running-project"):
        assert check(PAGES[name], parser)


AREA = LAYOUT_2014_2020.section_of("6")


@pytest.mark.parametrize(
    "layouts",
    [
        [LAYOUT_2014_2020.extend(rename={"Hanke": ""})],
        [LAYOUT_2014_2020, LAYOUT_2014_2020.extend(period="2028-2034")],
        [LAYOUT_2014_2020.extend(rename={"Hankekoodi": "# Hankekoodi"})],
        [
            LAYOUT_2014_2020.extend(
                sections=[
                    attrs.evolve(
                        AREA,
                        content=Fields(
                            Field("Kunnat", "regions", NAME_LIST, optional=True),
                            Caption("Väli"),
                            Field("Kunnat", "municipalities", NAME_LIST),
                        ),
                    )
                ]
            )
        ],
    ],
)
def test_declarations_that_are_left_to_the_other_way(layouts):
    parser = Parser(layouts=layouts)
    area = GeographicArea(("Lappi",), (), ("Oulu",))
    description = attrs.evolve(PARSER.parse_description(PAGES["erdf"]), area=area)
    text = parser.render_description(description)
    assert not check(text, parser)
    assert not check(text, parser)


def test_prose_in_two_sections_with_one_value():
    text = PAGES["period-2007-regional"]
    assert check(text)
    heading = "3. Projektin toteutusalue ja kohderyhmän kuvaus"
    assert heading in text
    assert not check(text.replace(heading, f"{heading}\n\nTekstiä."))


def test_rows_at_the_end_of_a_page():
    class PartnersHandler(SectionHandler[Communication]):
        key = "partners"
        model = Communication
        sections = (
            Section("10", "Kumppanit", "partners", Fields(Rows("Kaikki", "amounts", PARTNER))),
        )

    rows = "10 Kumppanit\n\nKaikki\n\nTarula ry, 9812340-3"
    assert check(f"{PAGE}\n\n{rows}", Parser([PartnersHandler()]))


# -- mutations -------------------------------------------------------------------------------------

WORDS = [word for layout in LAYOUTS for word in layout.words()]
NOISE = [
    "1/2", "2/2", "Sivu 1", "- 1 -", "5 4", "10 Viestintä", "10. Viestintä", "1. Ensin", "> lainaus",
    "<div>", '"lainaus"', "* luettelo", "---", "| a | b |", "![](a.png)", "1. http://a.example",
    "References", "&auml;", "\\", "\t", "\u00a0", "\u2003", "\u200b", "Uusi kenttä: arvo", "2020",
]  # fmt: skip
LEADS = ["- ", "1. ", "# ", "> ", "  ", "\t", '"', "**", "| ", "9. ", "4.1 ", "\u00a0", "\u200b"]
TAILS = [
    "",
    "",
    "",
    " ",
    ".",
    ":",
    " :",
    "**",
    " |",
    "  x",
    " 1 2",
    " jotain muuta",
    " 1/2",
    ", ja",
]
CHARACTERS = " \n:.,-0123456789\t|*#>\"'\u00a0\u2028aÄ_()[]/\u200b\u0308\r\f"


def line(pick: random.Random) -> str:
    """A declared string, whole or not, in some spelling; or noise."""
    if pick.random() < 0.3:
        return pick.choice(NOISE)
    word = pick.choice(WORDS)
    text = word.text
    if word.kind is WordKind.HEADING and word.section is not None and pick.random() < 0.7:
        text = f"{word.section.number} {text}"
    if word.kind is WordKind.LABEL and pick.random() < 0.7:
        text = f"{text}: x"
    if pick.random() < 0.25:
        text = text[: pick.randrange(1, len(text) + 1)]
    text = pick.choice([text, text, text, text.upper(), text.lower(), text.replace(" ", "  ", 1)])
    return pick.choice([*LEADS, *[""] * 20]) + text + pick.choice(TAILS)


def mutated(text: str, pick: random.Random) -> str:
    lines = text.split("\n")
    i, j = pick.randrange(len(lines)), pick.randrange(len(lines))
    kind = pick.randrange(8)
    if kind == 0:
        del lines[i]
    elif kind == 1:
        lines.insert(i, lines[j])
    elif kind == 2:
        lines[i], lines[j] = lines[j], lines[i]
    elif kind == 3:
        lines[i] = f"{lines[i]} {line(pick)}"
    elif kind in (4, 5):
        lines.insert(i, line(pick))
    else:
        at = pick.randrange(len(text))
        return text[:at] + pick.choice(CHARACTERS) + text[at + kind - 6 :]
    return "\n".join(lines)


def test_mutations():
    pick = random.Random(14)
    pages = [text for name, text in PAGES.items() if name not in SLOW]
    read = sum(check(mutated(pick.choice(pages), pick)) for _ in range(300))
    assert read > 15
