"""H. What tools leave in values and between lines: read where it is certain, else reported."""

from __future__ import annotations

import base64
import json
import quopri
import re
from collections.abc import Callable
from datetime import date

import attrs

from cases.pages import BASE, OLD, Case, each, fields_of, in_columns, put, swap, told, values_read
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
    *("~~{}~~", "=={}==", "''{}''", "[[{}]]", "^{}^", "{{{}}}", "|{}", "<b>{}</b>"),
    "\\textbf{{{}}}",
    *("{}¹", "{} ²", "{}[1]", "{} [^2]", "{}<sup>1</sup>", "{} |", "{}\uf0b7", "\0{}", "Â {}"),
    *('HYPERLINK "https://a.example" {}', "{}&amp;", "%%//%%{}"),
)
H2 = [
    *values_read("H2", {LABEL: [mark.format(NAME) for mark in MARKED]}, code="ESR308"),
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
    *values_read("H2 a square metre", {"Hankkeen nimi": ("Halli, 400 m²",)}),
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
        told(
            f"H3 a title in prose {title}",
            swap("vuodenkiertoa.\n\n9 Loppuraportin tiivistelmä\n\n", f"vuodenkiertoa. {title} "),
            "ESR307",
            title,
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
    )
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
    )
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
    Case(
        "H10 spaces decoded wrongly",
        HALF.replace("233 0", "233Â\u00a00"),
        reported={"ESR113": ""},
        noisy=False,  # with its letters taken apart, no decoder reads it
    ),
    Case(
        "H10 one space decoded wrongly",
        put(LABEL, f"Â\u00a0{NAME}"),
        {PATH: f"Â {NAME}"},
        {"ESR308": LABEL},
    ),
]

# What separates a label from its value, and where it does not end.
SEPARATED = {
    "AsciiDoc": r"\1:: \2",
    "AsciiDoc, below": r"\1::\n  \2",
    "Org": r"- \1 :: \2",
    "MediaWiki": r"'''\1:''' \2",
    "MediaWiki, a list": r"; \1 : \2",
    "CSV": r'"\1","\2"',
    "CSV of Excel": r'"\1";"\2"',
    "CSV without quotes": r"\1;\2",
    "CSV with colons": r'"\1:","\2"',
    "JSON": r'"\1": "\2",',
    "OCR": r"\1; \2",
    "a dash": r"\1 – \2",
    "bold and a dash": r"**\1** — \2",
    "an arrow": r"\1 → \2",
    "equals": r"\1 = \2",
    "whole lines in bold": r"**\1: \2**",
    "whole lines in italics": r"_\1: \2_",
    "marks of direction": "\u202b\\1:\u202c \u2066\\2\u2069",
}
H14 = [Case(f"H14 {name}", _fields(change)) for name, change in SEPARATED.items()]
H14 += [
    Case("H14 a short label and a dash", swap("Kunnat: Joen", "Kunnat - Joen")),
    Case(
        "H14 the star of a bullet",
        each(FRONT, lambda x: f"* {x}" if ": " in x else x).replace("yhdistys ry", "yhdistys ry*")
        + f"3 Suunnitelman{REST}",
        {PATH: f"{NAME}*"},
    ),
    Case("H14 2007", re.sub(r"(?m)^([A-ZÅÄÖ][^:\n]+): (.*)$", r'"\1";"\2"', OLD), page=OLD),
]

# Marks before headings, labels and questions that are no letters; and letters for bullets.
BULLETS = ("●", "□", "☐", "▶", "📌", "✅", "§", "[+]", "- [ ]", "o", "o\t", "a)", "➢")
H15 = [
    *[
        Case(
            f"H15 {b!r}",
            re.sub(r"(?m)^(?=[A-ZÅÄÖ][^:\n]{3,80}: .{1,110}$|[1-9] [A-Z])", f"{b} ", BASE),
        )
        for b in BULLETS
    ],
    Case("H15 headings of Jira", re.sub(r"(?m)^(?=[1-9](?:\.[1-9])? [A-ZÅÄÖ])", "h2. ", BASE)),
    Case(
        "H15 headings that open",
        re.sub(r"(?m)^(?=[1-9](?:\.[1-9])?\.? [A-ZÅÄÖ])", "▼ ", OLD),
        page=OLD,
    ),
]

NOTED = ("{}[MM1]", ">>>{}<<<", "K[K2]{}", "Ky **K** {}", "[Oy] {}")
NOTHING = ("nan", "NULL", "None", "undefined", "#PUUTTUU!", "#N/A")
H16 = [
    *values_read("H16", {LABEL: [mark.format(NAME) for mark in NOTED]}, code="ESR308"),
    *values_read("H16", {LABEL: NOTHING}, code="ESR308"),
    Case(
        "H16 a hit in a list",
        put("Kunnat", "[Joensuu], Kitee"),
        {"area.municipalities": ["[Joensuu]", "Kitee"]},
        {"ESR305": "Kunnat"},
    ),
    Case("H16 hyphens of Word", put("Puhelinnumero", "000\u2011000 0037")),
    *[
        Case(f"H16 {case.__name__}", case(BASE), {}, {"ESR305": ""}, page=None)
        for case in (str.upper, str.lower)
    ],
]

H17 = [
    Case("H17 <br> at line ends", BASE.replace("\n", "<br>\n")),
    Case("H17 <br> for line ends", BASE.replace("\n", "<br/>"), keeps_space=False),
    Case("H17 2007", OLD.replace("\n", "<br />\n"), page=OLD),
]

H20 = [
    Case("H20 bullets of docx2python", swap("Tarulan kansan", "--\tTarulan kansan")),
    Case(
        "H20 cells over several columns",
        re.sub(r"(?m)^(\D[^:\n]*) ([0-9]+) ([0-9]+)$", r"\1\n\n\2\n\n\3", BASE).replace(
            "Hunaja on uusiutuva luonnontuote.",
            "\n\n".join(["Hunaja on uusiutuva luonnontuote."] * 3),
        ),
        keeps_space=False,
    ),
    Case(
        "H20 a bullet that OCR took for a letter",
        swap("Tarulan kansan", "e Tarulan kansan"),
        {f"{PARTNER}[0].name": "e Tarulan kansanopisto ry"},
        {"ESR305": "e Tarulan"},
    ),
    Case(
        "H20 a running title inside the pages",
        "Hankekuvaus\n\n"
        + swap("\n\n9 Lopp", "\n\f\n9 Lopp").replace(
            "Mestari ja oppilas", "Hankekuvaus\n\nMestari ja oppilas"
        ),
        keeps_space=False,
    ),
    Case(
        "H20 headers with other gaps",
        "11/28/23, 2:43 PM      Hankekuvaus\n"
        + swap("\n\n9 Lopp", "\n\n11/28/23, 2:43 PM" + " " * 70 + "Hankekuvaus\n9 Lopp"),
    ),
]

# Values below their labels, each in a list: trafilatura; with the border of a cell: striprtf.
BELOW = {
    "trafilatura": r"- \1\n- \2",
    "striprtf": r"\1:\n|\2\n|",
    "a list": r"\1:\n• \2",
    "a quotation": r"\1:\n> \2",
}
H20 += [Case(f"H20 {name}", _fields(change)) for name, change in BELOW.items()]
H20 += [
    Case(
        "H20 mammoth",
        re.sub(r"(?m)^(?=[1-9](?:\.[1-9])? [A-ZÅÄÖ])", '<a id="osa"></a>## ', BASE).replace(
            "-", "\\-"
        ),
        noisy=False,
    )
]

ROW, QUESTION = "kohteet 1 1", "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen: Ei"
H21 = [
    *[
        Case(f"H21 {shown}", swap(ROW, ROW.replace(" 1 1", shown)))
        for shown in (
            *(": 1 / 1", ": 1; 1", " – 1, 1", " (1 / 1)", ": välitön 1, välillinen 1"),
            *(": 1 (välitön), 1 (välillinen)", " 1 / 1 –"),
            *("\nVälitön: 1\nVälillinen: 1", "\n- **Välitön:** 1\n- **Välillinen:** 1"),
        )
    ],
    *[
        Case(
            f"H21 no scores {shown}",
            swap(ROW, ROW.replace(" 1 1", shown)),
            reported={"ESR302": "Natura"},
            page=None,
        )
        for shown in (" 1/1", " 1,5 1", " -1 1", ": 1/1/1", " 1–1 2")
    ],
    *[
        Case(
            f"H21 a question {new}",
            swap(QUESTION, QUESTION.replace(old, new)),
            {"horizontal_principles.gender_equality.main_objective.answer": None},
            {"ESR311": "8.1"},
            page=None,
        )
        for old, new in (("päätavoite", "paatavoite"), (": Ei", ". Ei"), (": Ei", ""))
    ],
    Case("H21 bold and a dash", swap(": Ei\n", ": **Ei** – ")),
    Case("H21 units", swap("Suunniteltu: 80", "Suunniteltu: 80 henkilöä")),
    Case(
        "H21 no heading of the report",
        swap("9 Loppuraportin tiivistelmä\n\n", ""),
        {"final_report_summary": None},
        {"ESR201": "Hankkeessa valmistui"},
        page=None,
        is_whole=False,
    ),
    Case("H21 an answer in a list", swap(": Ei", ":\n- Ei")),
    Case(
        "H21 no answer",
        swap(": Ei", ":"),
        {"horizontal_principles.gender_equality.main_objective.answer": None},
        {"ESR305": "Hankkeen päätavoite"},
    ),
]


def _bare(page: str, gap: Callable[[str], str]) -> str:
    """The fields in columns, without colons."""
    fields = fields_of(page)
    return each(page, lambda x: gap(x) if x in fields else x)


H22 = [
    Case("H22 a table", _bare(BASE, lambda x: x.replace(": ", " ", 1))),
    Case("H22 a table, 2007", _bare(OLD, lambda x: x.replace(": ", " ", 1)), page=OLD),
    Case("H22 the longest label", _bare(BASE, lambda x: "{:47} {}".format(*x.split(": ", 1)))),
]


H23 = [
    *[
        Case(f"H23 {name}", in_columns(page), page=page, keeps_space=False)
        for name, page in (("2014", BASE), ("2007", OLD))
    ],
    Case(
        "H23 more values than labels",
        swap(
            "Maakunnat: Pohjois-Karjala\n\nSeutukunnat: Joensuun, Keski-Karjalan",
            "Maakunnat:\nSeutukunnat:\n\nPohjois-Karjala\nJoensuun\nKeski-Karjalan",
        ),
        {"area.regions": None, "area.subregions": None},
        {"ESR206": "Pohjois-Karjala"},
        page=None,
        is_whole=False,
    ),
    Case(
        "H23 a wrapped value below an empty field",
        swap(
            "WWW-osoite: https://www.tarhaajat.example\n\nHankkeen yhteyshenkilön nimi: ",
            "WWW-osoite:\nHankkeen yhteyshenkilön nimi:\nMesitarha\n",
        ).replace("Mesitarha\nMesitarha ", "Mesitarha\n"),
        {"applicant.website": None},
    ),
]

# Values that a tool cut, misread or marked: kept, and reported.
ODD = (
    *("Kuvitelman tarhaajayhdi…", "Kuvitelman tarhaajayhdi...", "Meﬁläisten ystävät ry"),
    *("Kuvitelman (cid:16)arhaajayhdistys ry", "Kuvitelman {--tarha--}{++maja++} ry"),
    # Cyrillic, Windows-1252 as Latin-1, an object, no letter.
    *("Kuvitelm\u0430n ystävät ry", "Kuvitelman\u0092 ystävät ry", "Kuvitelman ystävät ry\ufffc"),
    "Yst□vät ry",
)
H24 = values_read("H24", {LABEL: ODD}, code="ESR308")
H24 += [
    told(f"H24 {label} {v}", put(label, v), code, label)
    for code, label, v in (
        ("ESR307", "Puhelinnumero", "000-000 0037Postinumero: 00017"),
        ("ESR308", WEB, f"{ADDRESS} (avautuu uuteen ikkunaan)"),
        ("ESR305", WEB, "https://www. tarhaajat.example"),
        ("ESR305", WEB, "https:/www.tarhaajat.example"),
        ("ESR305", AXIS, "l. Työ ja liikkuvuus"),
        ("ESR305", AXIS, "IV. Työ ja liikkuvuus"),
        ("ESR305", "Erityistavoite", "9,3. Luonnosta elinkeino"),
        ("ESR305", "Erityistavoite", "9. 3. Luonnosta elinkeino"),
        ("ESR305", "Erityistavoite", "(9.3) Luonnosta elinkeino"),
        ("ESR305", "Myönnetty EU- ja valtion rahoitus", "186 400\n181 295"),
    )
]


def _html_rows(page: str) -> str:
    """The scores in a table of HTML below Markdown headings, a cell a line."""
    front, _, back = page.partition("VälitönVälillinen\n")
    table, end, rest = back.partition("\n\n")
    rows = re.sub(r"(?m)^(.+) ([0-9]+) ([0-9]+)$", r"<td>\1</td>\n<td>\2</td>\n<td>\3</td>", table)
    rows = re.sub(r"(?m)^(?!<)(.+)$", r'<td colspan="3">\1</td>', rows)
    rows = rows.replace(ASPECT, ASPECT.replace(" ", "\n"))
    heads = "<table>\n<tr>\n<th></th>\n<th>Välitön</th>\n<th>Välillinen</th>\n</tr>\n"
    text = f"{front}{heads}{rows}\n</table>{end}{rest}"
    return re.sub(r"(?m)^([1-9](?:\.[1-9])? [A-ZÅÄÖ])", r"## \1", text)


ASPECT = "Kasvillisuus, eliöt ja luonnon monimuotoisuus"
H18 = [Case("H18 a table of HTML in Markdown", _html_rows(BASE), noisy=False)]

ENCODED = {
    "H19 JSON": json.dumps(BASE.split("\n\n"), ensure_ascii=False, indent=1),
    "H19 JSON on a line": json.dumps({"text": BASE}),
    "H19 JSON Lines": "\n".join(json.dumps([x], ensure_ascii=False) for x in BASE.split("\n\n")),
    "H19 a list of Python": repr(OLD.split("\n\n")),
    "H19 a string of Python": repr(BASE),
    "H19 quoted-printable": quopri.encodestring(BASE.encode()).decode(),
    "Q5 base64": base64.encodebytes(BASE.encode()).decode(),
    "Q5 base64, below the head of a mail": "From: a@b.example\nContent-Type: text/plain;\n charset=utf-8\n"
    f"Content-Transfer-Encoding: base64\n\n{base64.encodebytes(BASE.encode()).decode()}",
    "H19 quoted-printable, Latin-1": quopri.encodestring(OLD.encode("cp1252")).decode(),
}

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

CASES = [
    *H1,
    *H2,
    *H3,
    *H4,
    *H5,
    *H6,
    *H7,
    *H8,
    *H9,
    *H10,
    *H14,
    *H15,
    *H16,
    *H17,
    *H18,
    *H20,
    *H21,
    *H22,
    *H23,
    *H24,
]
