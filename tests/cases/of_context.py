"""Lines in text that look like structure, and structure where pages do not have it."""

from __future__ import annotations

import re

from cases.pages import (
    BASE,
    HEAD,
    NATURA,
    OLD,
    TITLE,
    WATERS,
    Case,
    blocks,
    each,
    fields_of,
    headings,
    swap,
    values_read,
    wrapped,
)

SUMMARY = "3 Suunnitelman mukainen tiivistelmä toteutuksesta"
SECOND = "Rannikon pienet verstaat ja niiden työntekijät, joita on noin neljäkymmentä."
SUMMARY_TEXT = BASE[BASE.index(SUMMARY) + len(SUMMARY) : BASE.index("\n\n4 Hankkeen")].strip()
FIRST_LOST = (
    OLD[: OLD.index("3.1 ")]
    + "Alku.\n\n3.3 Välilliset kohderyhmät\n\nLoppu.\n\n"
    + OLD[OLD.index("3.4 ") :]
)
GOALS = "4. Projektin tavoitteet, tulokset ja vaikutukset"
IMPACTS = "horizontal_principles.sustainable_development"

IN_PROSE = {
    "a heading of rows": "Kumppanit ovat mukana.\n\nOsatoteuttajat\n\nTekstiä.",
    "labels of two sections": "Alku.\n\nHankekoodi: uusi\n\nKunnat: kaikki\n\nLoppu.",
    "an aspect": "Alku.\n\nMateriaalit ja jätteet 5 4\n\nLoppu.",
    "a title of an earlier section": "Alku.\n\nHakijan perustiedot\n\nLoppu.",
    "a title below a line": "Alku.\n\nSeuraavaksi tulee\nLoppuraportin tiivistelmä\n\nLoppu.",
}
LAST_OF_SUMMARY = BASE[BASE.index("Hankkeen lopussa") : BASE.index("\n\n4 Hankkeen")]
PROSE = [
    *[
        Case(
            f"prose, {name}",
            f"{HEAD}{SUMMARY}\n\n{text}",
            {"summary": text},
            {"ESR201": ""},
            page=None,
        )
        for name, text in IN_PROSE.items()
    ],
    Case(
        "prose, its heading again",
        swap(LAST_OF_SUMMARY, f"{SUMMARY} (jatkuu)\n\n{LAST_OF_SUMMARY}"),
        keeps_space=False,
    ),
    Case(
        "prose, above the subsections and in one",
        swap("kuvaus\n\n3.1", "kuvaus\n\nAlku.\n\n3.1", OLD),
        {
            "target_groups.primary": "Alku.",
            "other_sections[3.2 Varsinaiset kohderyhmät].text": SECOND,
        },
        {"ESR206": SECOND},
        page=OLD,
    ),
]

LONG = "Kehittämishanke jatkuu hyvin. " * 3_000
EMPTY = """1 Hanke

Hankekoodi:

Uusi tieto: a

5 Projektin julkinen rahoitus, euroa

Toteutunut julkinen rahoitus yhteensä:

Uusi tieto: b

7.1 Osallistuvien yritysten lukumäärä

Suunniteltu:

Uusi tieto: c"""
VALUES = [
    Case(
        "values, none but those of unknown labels",
        f"{TITLE}\n\n{EMPTY}",
        {
            "project.code": None,
            "estimates.companies.planned": None,
            "other_fields[7.1 Uusi tieto].value": "c",
        },
        {"ESR301": ["Uusi tieto"] * 3},
        page=None,
    ),
    Case(
        "value, a label without one behind it",
        swap("mestariksi\n\nToimintalinja: 4. Työ ja liikkuvuus", "mestariksi Toimintalinja:"),
        {"project.priority_axis.number": None, "project.priority_axis.title": None},
    ),
    Case(
        "value, an unknown label below a full line",
        swap(
            "\nToiminnan tila:",
            "\nUusi otsake: arvo\nToiminnan tila:",
            wrapped(BASE, 70).replace("\n\n", "\n"),
        ),
        {"other_fields[1 Uusi otsake].value": "arvo"},
        {"ESR301": "Uusi otsake"},
        keeps_space=False,
    ),
    Case(
        "value, nor can the line below be read",
        swap("\nToiminnan tila", "\nehkä\nToiminnan tila", BASE.replace("\n\n", "\n")).replace(
            "Alkaa 1.3.2020 ja päättyy 31.8.2022", "ensi vuonna"
        ),
        {"project.planned_period": None},
        {"ESR302": "ensi vuonna", "ESR206": "ehkä"},
        page=None,
    ),
    Case(
        "value, an unknown label above many lines",
        swap("\nToiminnan tila", "\nSelite: alku" + "\njatko" * 60 + "\n\nToiminnan tila"),
        {},
        {"ESR301": "Selite", "ESR206": "jatko"},
        page=None,
    ),
    Case(
        "value, a divided word of a long text",
        swap("Mehiläisestä mestariksi", "Pohjoisen kehittä-\nmishanke") + f"\n\n{LONG}",
        {"project.name": "Pohjoisen kehittämishanke"},
        page=None,
    ),
    Case(
        "value, two columns that are no label together",
        swap("\nWWW-osoite", "\nHankkeen yhteyshenkilön     Aune\nmuuta     Mesi\n\nWWW-osoite"),
        {},
        {"ESR301": "Hankkeen yhteyshenkilön"},
        page=None,
    ),
]


def row_lost(value):
    """A row that cannot be read."""
    return {
        f"{IMPACTS}[{NATURA}].direct": None,
        f"{IMPACTS}[{NATURA}].indirect": None,
        f"other_fields[8.2 {NATURA}].value": value,
    }


QUESTION = "Hankkeessa on tehty toimintaympäristön analyysi sukupuolinäkökulmasta"
SCORES = [
    Case(
        "scores, more than ten",
        swap("kohteet 1 1", "kohteet 1 11"),
        {f"{IMPACTS}[{NATURA}].indirect": 11},
        {"ESR305": NATURA},
    ),
    *[
        Case(
            f"scores, an aspect twice, first with {rest!r}",
            swap(f"{NATURA} 1 1", f"{NATURA} {rest}\n{NATURA} 2 3"),
            changes,
            reported,
        )
        for rest, reported, changes in (
            ("1 1", {"ESR303": NATURA}, {f"other_fields[8.2 {NATURA}].value": "2 3"}),
            (
                "ovat",
                {},
                {
                    f"{IMPACTS}[{NATURA}].direct": 2,
                    f"{IMPACTS}[{NATURA}].indirect": 3,
                    f"{IMPACTS}[{WATERS}].explanation": f"{NATURA} ovat",
                },
            ),
        )
    ],
    Case(
        "scores, a sign behind them",
        swap("kohteet 1 1", "kohteet 1 1 ; 2"),
        row_lost("1 1 ; 2"),
        {"ESR302": NATURA},
    ),
    Case(
        "scores, a third one below",
        swap("kohteet 1 1", "kohteet\n1\n1 2\n3"),
        row_lost("1\n1 2\n3"),
        {"ESR302": NATURA},
    ),
    Case(
        "scores, others below",
        swap("kohteet 1 1", "kohteet 1 1\n5 4\n2 2\n8 9"),
        {f"{IMPACTS}[{NATURA}].explanation": "5 4\n2 2\n8 9"},
        {"ESR310": "5 4"},
    ),
    Case(
        "question, an odd answer",
        swap(f"{QUESTION}: Kyllä", f"{QUESTION}: Ehkä"),
        {},
        {"ESR302": QUESTION},
        page=None,
    ),
]

BARE = (
    "Hankekoodi S29999\nHankkeen nimi Kettu\nToimintalinja 4. Työ\nErityistavoite 9.3. Luonto\n"
    "Toiminnan tila Toiminnassa"
)
NAMES = [
    Case(
        "names, a bold one in two lines",
        swap(
            "Yhteyshenkilön asema hakijaorganisaatiossa:",
            "**Yhteyshenkilön asema**\n**hakijaorganisaatiossa:**",
        ),
    ),
    Case(
        "names, six without a colon",
        f"{HEAD}1 Hanke\n\n{BARE}\nVastuuviranomainen Lapin liitto",
        {
            "project.code": "S29999",
            "project.name": "Kettu",
            "project.priority_axis.title": "Työ",
            "project.specific_objective.number": "9.3",
            "project.status": "Toiminnassa",
            "project.responsible_authority": "Lapin liitto",
        },
        {"ESR201": ""},
        page=None,
    ),
    Case(
        "names, five without a colon",
        f"{HEAD}1 Hanke\n\n{BARE}",
        {"project.code": None, "other_sections[1 Hanke].text": BARE},
        {"ESR206": "Hankekoodi S29999", "ESR201": ""},
        page=None,
    ),
    Case(
        "names, something else in brackets",
        swap("Hankkeen nimi: ", "Hankekoodi [uusi] A1\n\nHankkeen nimi: "),
        {"other_sections[1 Hanke].text": "Hankekoodi [uusi] A1"},
        {"ESR206": "[uusi]"},
    ),
    Case(
        "names, an unknown fund in the title",
        swap("sosiaalirahaston (ESR)", "maatalousrahaston (EMR)"),
        {"fund": "Euroopan maatalousrahaston (EMR)"},
        {"ESR111": "(EMR)"},
    ),
    Case(
        "names, a fund of other words in the title",
        swap("Euroopan sosiaalirahaston (ESR) rahoittaman", "Maaseudun rahaston rahoittaman"),
        {"fund": "Maaseudun rahaston"},
        {"ESR111": "Maaseudun"},
    ),
    Case(
        "names, each in a line above its value, without a colon",
        each(BASE, lambda x: x.replace(": ", "\n", 1) if x in fields_of(BASE) else x),
    ),
]

LAST_TITLE = "Loppuraportin tiivistelmä"
QUOTED = swap(LAST_OF_SUMMARY, f"{LAST_TITLE}\n\n{LAST_OF_SUMMARY}")
IN_SUMMARY = {"summary": QUOTED[QUOTED.index(SUMMARY) : QUOTED.index("\n\n4 ")].split("\n\n", 1)[1]}
FUNDING = BASE[BASE.index("5 Projektin") : BASE.index("\n\n6 ")]
TIGHT = BASE.replace("\n\n", "\n").rstrip()
NARROW = "Viestintä, tapahtumat ja niiden kävijät"
HEADINGS = [
    Case(
        "heading, missing above two labels in prose",
        f"{HEAD}{SUMMARY}\n\nAlku.\n\nMaakunnat: Lappi\n\nKunnat: Inari",
        {"summary": "Alku.", "area.regions": ["Lappi"], "area.municipalities": ["Inari"]},
        {"ESR201": ""},
        page=None,
    ),
    *[
        Case(
            f"heading, {name}",
            text.replace("NEW", f"{number} {title}"),
            {f"other_sections[{number} {title}].text": "Tekstiä." if is_heading else None},
            {"ESR204": title} if is_heading else {},
            page=None,
        )
        for name, text, number, title, is_heading in (
            ("behind all, tight", f"{TIGHT}\nNEW\nTekstiä.", "10", "Viestintä", True),
            (
                "between two, tight",
                TIGHT.replace("\n6 ", "\nNEW\nTekstiä.\n6 "),
                "5.1",
                "Muu rahoitus",
                True,
            ),
            ("long, tight", f"{TIGHT}\nNEW\nTekstiä.", "10", NARROW, True),
            ("too long, tight", f"{TIGHT}\nNEW\nTekstiä.", "10", f"{NARROW}t", False),
            ("long", f"{BASE}\n\nNEW\n\nTekstiä.", "10", "V" * 110, True),
            ("too long", f"{BASE}\n\nNEW\n\nTekstiä.", "10", "V" * 111, False),
            ("with a colon", f"{BASE}\n\nNEW\n\nTekstiä.", "10", "Viestintä:", False),
            ("with a comma in it", f"{BASE}\n\nNEW\n\nTekstiä.", "10", "A, B", True),
        )
    ],
    Case("heading, its title in a block of prose", QUOTED, IN_SUMMARY),
    Case(
        "heading, its title in a block of prose, and no numbers",
        blocks(QUOTED, lambda x: x.partition(" ")[2] if x in headings() else x),
        IN_SUMMARY,
    ),
    Case(
        "heading, another title above one label",
        BASE.replace(FUNDING, "\n\n".join(["5 Rahoitus", *FUNDING.split("\n\n")[1:2]])),
        {
            "funding.realised_eu_and_state": None,
            "funding.planned_public_total": None,
            "funding.realised_public_total": None,
        },
    ),
    Case(
        "heading, below its fields",
        BASE.replace(FUNDING, "\n\n".join(reversed(FUNDING[2:].split("\n\n", 1)))),
        {"other_sections[0].text": "Projektin julkinen rahoitus, euroa"},
        {"ESR108": "Projektin julkinen", "ESR307": "Projektin julkinen"},
        is_whole=False,
    ),
    Case(
        "heading, another title above the same labels",
        swap("5 Projektin julkinen rahoitus, euroa", "5 Hankkeen rahoitus"),
    ),
    Case(
        "heading, the number of the one before it",
        f"{OLD}\n\n{FUNDING.replace('5 ', '7. ')}\n\n7. Projektin tiedotus\n\nTekstiä.",
        {"other_sections[7 Projektin tiedotus].text": "Tekstiä."},
        {"ESR208": "7. Projektin tiedotus"},
        page=f"{OLD}\n\n{FUNDING.replace('5 ', '7. ')}",
    ),
    Case(
        "heading, unknown ones of Markdown with no empty lines",
        f"{BASE}\n\n## 10 Viestintä\nTekstiä.\n## 11 Muut tiedot\nLisää.",
        {
            "other_sections[10 Viestintä].text": "Tekstiä.",
            "other_sections[11 Muut tiedot].text": "Lisää.",
        },
        {"ESR204": ["10 Viestintä", "11 Muut tiedot"]},
    ),
    Case(
        "heading, an unknown one below a line",
        f"{BASE}\n10 Viestintä\n\nTekstiä.",
        {
            "final_report_summary": BASE[BASE.index("\n\n9 ") :].split("\n\n", 2)[2].strip()
            + "\n10 Viestintä\n\nTekstiä."
        },
    ),
    Case(
        "heading, an unknown one above a line",
        f"{BASE}\n\n10 Viestintä\nTekstiä.",
        {
            "final_report_summary": BASE[BASE.index("\n\n9 ") :].split("\n\n", 2)[2].strip()
            + "\n\n10 Viestintä\nTekstiä."
        },
    ),
]

MANY = [f"{k}.{j} Luku {j}\n\nTeksti {j}." for k in range(10, 15) for j in range(1, 60)]
PLACES = [
    Case(
        "front, text above the title and below it",
        swap(TITLE, f"Etusivu\n\n{TITLE}\n\nHankkeet"),
        {"other_sections[0].text": "Etusivu\n\nHankkeet"},
        {"ESR108": ["Etusivu", "Hankkeet"]},
    ),
    Case(
        "heading, that of the first subsection missing",
        FIRST_LOST,
        {"target_groups.primary": "Alku.", "target_groups.secondary": "Loppu."},
        page=None,
    ),
    Case(
        "heading, none above its subsections",
        swap(f"{GOALS}\n\n", "", OLD),
        {},
        {"ESR201": ""},
        page=OLD,
    ),
    Case(
        "heading, hundreds of unknown ones",
        "\n\n".join([BASE, *MANY]),
        {"other_sections[13.22 Luku 22].text": "Teksti 22."},
        {"ESR204": ""},
        page=None,
    ),
]

FIRST = next(line for line in BASE.split("\n") if len(line) > 200)
ODD = [
    Case(
        "code, of another fund than the title's",
        swap("S29999", "A79999"),
        {"project.code": "A79999"},
        {"ESR305": TITLE},
    ),
    Case(
        "code, of another period than the title's",
        swap("S29999", "S19999"),
        {"project.code": "S19999"},
        {"ESR305": TITLE},
    ),
    Case(
        "prose, a paragraph that a tool copied",
        swap(FIRST, f"{FIRST}\n\n{FIRST}"),
        {"summary": SUMMARY_TEXT.replace(FIRST, f"{FIRST}\n\n{FIRST}")},
        {"ESR308": FIRST},
    ),
    *[
        Case(
            f"prose, {mark!r}",
            swap("Hankkeen lopussa", f"Hankkeen{mark} lopussa"),
            {"summary": SUMMARY_TEXT.replace("Hankkeen lopussa", f"Hankkeen{mark} lopussa")},
            {"ESR308": mark},
        )
        for mark in ("(cid:415)", "\ufffd", "\ufb03")
    ],
    *values_read(
        "value, a button behind it",
        {"Hankkeen nimi": ("Verstas Kopioi", "Verstas Näytä kartalla")},
        code="ESR308",
    ),
    *values_read(
        "value, a label behind it", {"Hankkeen nimi": ("Verstas KUNNAT: Tarula",)}, code="ESR307"
    ),
    Case(
        "labels in capitals, one that may be missing behind another",
        re.sub(
            r"(?m)^(Projektikoodi|Seutukunnat|Kunnat):",
            lambda m: m[0].upper(),
            OLD.replace("\n\nKunnat:", " Kunnat:"),
        ),
        page=OLD,
    ),
    Case(
        "a field twice, and headings without their numbers",
        re.sub(
            r"(?m)^[0-9.]+ (?=[A-Z])",
            "",
            swap("yritysten lukumäärä\n\n", "yritysten lukumäärä\n\nSuunniteltu: 7\n\n"),
        ),
        {"estimates.companies.planned": 7, "other_fields[7.1 Suunniteltu].value": "12"},
        {"ESR303": "Suunniteltu: 12"},
        is_whole=False,
    ),
    *[
        Case(f"page number of the only page: {number}", f"{BASE.rstrip()}\n\n{number}")
        for number in ("Sivu 1", "1/1", "1 (1)")
    ],
]

CASES = [*PROSE, *VALUES, *SCORES, *NAMES, *HEADINGS, *PLACES, *ODD]
