"""H. What tools leave in values and between lines: read where it is certain, else reported."""

from __future__ import annotations

import re
from datetime import date

import attrs

from cases.pages import BASE, OLD, Case, put, swap
from esr_parser import SectionHandler
from esr_parser.grammar import Fields, Rows, Section
from esr_parser.values import ValueType

NAME, LABEL = "Kuvitelman tarhaajayhdistys ry", "Hakijan virallinen nimi"
PATH = "applicant.name"
PARTNER = "applicant.co_implementers"
FRONT, _, REST = BASE.partition("3 Suunnitelman")

PROSE = ("3 Suunnitelman mukainen tiivistelmä toteutuksesta", "4.1 Varsinaiset kohderyhmät")
H1 = [
    *[
        Case(f"H1 {h}{mark}", swap(f"{h}\n\n", f"{h}{mark} "))
        for h in PROSE
        for mark in (":", " :")
    ],
    *[Case(f"H1 bold {h}", swap(f"{h}\n\n", f"**{h}:** "), noisy=False) for h in PROSE],
    Case(
        "H1 2007",
        swap("3.2 Varsinaiset kohderyhmät\n\n", "3.2 Varsinaiset kohderyhmät: ", OLD),
        page=OLD,
    ),
]

MARKED = (
    *(
        "~~{}~~",
        "=={}==",
        "''{}''",
        "[[{}]]",
        "^{}^",
        "{{{}}}",
        "|{}",
        "<b>{}</b>",
        "\\textbf{{{}}}",
    ),
    *("{}¹", "{} ²", "{}[1]", "{} [^2]", "{}<sup>1</sup>", "{} |", "{}\uf0b7", "\0{}", "Â {}"),
    *('HYPERLINK "https://a.example" {}', "{}&amp;", "%%//%%{}"),
)
H2 = [
    *[
        Case(
            f"H2 {mark}",
            put(LABEL, mark.format(NAME)),
            {PATH: mark.format(NAME)},
            {"ESR308": LABEL},
        )
        for mark in MARKED
    ],
    *[
        Case(f"H2 read {mark}", put(LABEL, mark.format(NAME)))
        for mark in ("{}<br>", "{} <br />", "<br>{}", "&nbsp;{}&nbsp;")
    ],
    Case(
        "H2 names",
        put("Kunnat", "Joensuu<br>Kitee<br>Rääkkylä<br>Tohmajärvi"),
        {"area.municipalities": ["Joensuu<br>Kitee<br>Rääkkylä<br>Tohmajärvi"]},
        {"ESR308": "Kunnat"},
    ),
    Case(
        "H2 a row",
        swap("kansanopisto ry,", "kansanopisto ry¹,"),
        {f"{PARTNER}[0].name": "Tarulan kansanopisto ry¹"},
        {"ESR308": "Tarulan"},
    ),
    Case(
        "H2 a square metre",
        put("Hankkeen nimi", "Halli, 400 m²"),
        {"project.name": "Halli, 400 m²"},
    ),
    Case(
        "H2 bullets of Word",
        re.sub(r"(?m)^(?=[A-ZÅÄÖ][^:\n]+: )", "\uf0b7 ", FRONT) + "3 Suunnitelman" + REST,
    ),
    Case("H2 a bullet of a row", swap("Tarulan kansan", "\uf0b7 Tarulan kansan")),
]

H3 = [
    Case(
        "H3 a label without a colon",
        swap(f"{NAME}\n\nOrganisaatiotyyppi: ", f"{NAME} Organisaatiotyyppi "),
        {
            PATH: f"{NAME} Organisaatiotyyppi Muu järjestö tai yhdistys",
            "applicant.organisation_type": None,
        },
        {"ESR307": LABEL},
        is_whole=False,
    ),
    *[
        Case(
            f"H3 a title in prose {title}",
            swap("vuodenkiertoa.\n\n9 Loppuraportin tiivistelmä\n\n", f"vuodenkiertoa. {title} "),
            told={"ESR307": title},
            page=None,
            is_whole=False,
        )
        for title in ("Loppuraportin tiivistelmä", "LOPPURAPORTIN TIIVISTELMÄ")
    ],
]

AXIS = "Toimintalinja"
H4 = [
    Case("H4 full-width colons", swap(f"{AXIS}: 4. ", f"{AXIS}\uff1a4\uff1a")),
    Case(
        "H4 full-width colons, 2007",
        put(AXIS, "1\uff1a Osaaminen", OLD),
        {"project.priority_axis.number": "1", "project.priority_axis.title": "Osaaminen"},
        page=OLD,
    ),
]

H5 = [
    Case(
        "H5 a name that begins with a number",
        swap("Tarulan kansanopisto ry", "2. Kattaus Ky"),
        {f"{PARTNER}[0].name": "Kattaus Ky"},
        {"ESR305": "2. Kattaus Ky"},
    ),
]


def _turned(page: str) -> str:
    """The fields of the second section, the last one first."""
    parts = page.split("\n\n")
    first = next(k for k, part in enumerate(parts) if part.startswith("2. "))
    last = next(k for k, part in enumerate(parts) if part.startswith("3. "))
    return "\n\n".join([*parts[: first + 1], *reversed(parts[first + 1 : last]), *parts[last:]])


PHONES = {"applicant.phone": "000-000 0042", "applicant.contact.phone": "000-000 0041"}
H6 = [
    Case(
        "H6 two labels that are alike",
        _turned(OLD),
        PHONES,
        {"ESR305": ["Puhelinnumero: 000-000 0041", "Puhelinnumero: 000-000 0042"]},
        page=OLD,
    ),
]

WEB, MAIL = "WWW-osoite", "Yhteyshenkilön sähköpostisoite"
ADDRESS = "https://www.tarhaajat.example"
H7 = [
    Case("H7 DokuWiki", put(WEB, "https:%%//%%www.tarhaajat.example")),
    *[
        Case(f"H7 {code}", put(WEB, code))
        for code in (
            f'HYPERLINK "{ADDRESS}" {ADDRESS}',
            f'{{ HYPERLINK "{ADDRESS}" }}',
            f'HYPERLINK "{ADDRESS}" \\t {ADDRESS}',
        )
    ],
]


def _fields(change: str) -> str:
    """The fields of the first sections written another way."""
    return re.sub(r"(?m)^([A-ZÅÄÖ][^:\n]+): (.*)$", change, FRONT) + "3 Suunnitelman" + REST


def _hard(mark: str) -> str:
    """Line breaks inside blocks marked."""
    return re.sub(r"(?<=[^\n])\n(?=[^\n])", lambda match: f"{mark}\n", BASE)


H8 = [
    Case("H8 definition lists of markdownify", _fields(r"\1:\n:   \2")),
    Case("H8 tables of html2text", _fields(r"\1:| \2  ")),
    Case("H8 hard breaks of CommonMark", _hard("\\")),
    Case("H8 hard breaks of DokuWiki", _hard("\\\\")),
]

# A label that is not declared, below a field without a value, is not that value.
LAST, NEW, OTHER = "Vastuuviranomainen", "Seurantatunnus", "other_fields[1 Seurantatunnus].value"
EMPTY = put(LAST, "").replace(f"{LAST}: ", f"{LAST}:")
SHOWN = (
    *("{}: uusi 17", "- {}: uusi 17", "7. {}: uusi 17", "**{}:** uusi 17", "**{}**: uusi 17"),
    *("{}:uusi 17", "{}\uff1a uusi 17", "{}\tuusi 17", "{}      uusi 17", "{}\n:   uusi 17"),
)
H9 = [
    Case(
        f"H9 {shown!r}",
        EMPTY.replace(f"{LAST}:", f"{LAST}:\n\n{shown.format(NEW)}"),
        {"project.responsible_authority": None, OTHER: "uusi 17"},
        {"ESR301": shown.format(NEW).partition("\n")[0]},
        is_whole=False,
    )
    for shown in SHOWN
]

HALF = put("Myönnetty EU- ja valtion rahoitus", "186Â\u00a0400Â\u00a0€")
H10 = [
    Case("H10 spaces decoded wrongly", HALF.replace("233 0", "233Â\u00a00"), told={"ESR113": ""}),
    Case(
        "H10 one space decoded wrongly",
        put(LABEL, f"Â\u00a0{NAME}"),
        {PATH: f"Â {NAME}"},
        {"ESR308": LABEL},
    ),
]

ENDS = ("\n\n2 Hakijan", "\n\n3 Suunn", "\n\n9 Loppu", "\nOsallistujat oppivat")


@attrs.frozen
class Events:
    """Section 10, *Tapahtumat*."""

    days: tuple[date, ...] = ()


def _day(text: str) -> date:
    day, month, year = text.split(".")
    return date(int(year), int(month), int(day))


class EventsHandler(SectionHandler[Events]):
    """Reads and writes section 10."""

    key = "events"
    model = Events
    day = ValueType("day", _day, "{0.day}.{0.month}.{0.year}".format, "`1.9.2021`")
    sections = (Section("10", "Tapahtumat", "events", Fields(Rows("Päivät", "days", day))),)


EVENTS = f"{BASE}\n\n10 Tapahtumat\n\nPäivät\n\n1.9.2021\nei tiedossa"

CASES = [*H1, *H2, *H3, *H4, *H5, *H6, *H7, *H8, *H9, *H10]
