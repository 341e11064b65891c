"""Wrong, and reported: noise that was not tolerated, and reports at the wrong place."""

from __future__ import annotations

import csv
import io
import re
import unicodedata

from cases.pages import (
    BANNER,
    BASE,
    CLIMATE,
    HEAD,
    OLD,
    OLD_HEAD,
    TITLE,
    Case,
    blocks,
    each,
    fields_of,
    headings,
    put,
    swap,
    values_read,
)

FIELDS = fields_of(BASE)
OLD_FIELDS = fields_of(OLD)
HEADINGS = headings()


def contents(page, style):
    return "\n".join(style(k, heading) for k, heading in enumerate(headings(page), 1))


SHORT = BASE[: BASE.index("\n\n9 ")]
STYLES = {
    "plain": lambda k, h: h,
    "loose": lambda k, h: f"{h}\n",
    "bullets": lambda k, h: f"- {h}",
    "links": lambda k, h: f"- [{h}](#osa-{k})",
    "dots and pages": lambda k, h: f"{h} {'.' * 20} {k // 4 + 1}",
    "tabs and pages": lambda k, h: f"{h}\t{k // 4 + 1}",
    "no numbers": lambda k, h: h.partition(" ")[2],
}
B1 = [
    *[
        Case(f"B1 {where}, {name}", front + contents(BASE, style) + behind)
        for name, style in STYLES.items()
        for where, front, behind in (
            ("above the banner", "", f"\n\n{BASE}"),
            ("with a caption", "Sisällys\n\n", f"\n\n{BASE}"),
            ("with a colon", f"{HEAD}Sisällysluettelo:\n\n", "\n\n" + BASE.removeprefix(HEAD)),
            ("with Markdown", f"{HEAD}## SISÄLLYS\n", "\n\n" + BASE.removeprefix(HEAD)),
            ("below the title", HEAD, "\n\n" + BASE.removeprefix(HEAD)),
        )
    ],
    *[
        Case(
            f"B1 a section that is not there, {name}",
            f"{HEAD}{contents(BASE, STYLES[name])}\n\n{SHORT.removeprefix(HEAD)}",
            page=SHORT,
        )
        for name in ("dots and pages", "tabs and pages")
    ],
    Case(
        "B1 below text",
        f"{HEAD}Jotain muuta\n\n{contents(BASE, STYLES['plain'])}\n\n{BASE.removeprefix(HEAD)}",
        {"other_sections[0].text": "Jotain muuta"},
        {"ESR108": "Jotain muuta"},
    ),
    *[
        Case(f"B1 2007 {name}", contents(OLD, style) + f"\n\n{OLD}", page=OLD)
        for name, style in STYLES.items()
    ],
]

B3 = [
    *[
        Case(f"B3 {value!a}", put(label, value))
        for label, value in [
            ("Myönnetty EU- ja valtion rahoitus", "186\u00a0400\u00a0€"),
            ("Myönnetty EU- ja valtion rahoitus", "186\u202f400\u202f€"),
            ("Myönnetty EU- ja valtion rahoitus", "186 400\u00a0euroa"),
            ("Suunniteltu julkinen rahoitus yhteensä", "233\u2009000"),
            (
                "Suunnitelman mukainen toteutusaika",
                "Alkaa\u00a01.3.2020 ja\u00a0päättyy\u00a031.8.2022",
            ),
            ("Toiminnan tila", "Toiminta\u00a0päättynyt"),
            ("Organisaatiotyyppi", "Muu\u00a0järjestö tai\u2007yhdistys"),
            ("Kunnat", "Joensuu,\u00a0Kitee,\u00a0Rääkkylä,\u00a0Tohmajärvi"),
            ("Toimintalinja", "4.\u00a0Työ ja liikkuvuus"),
            ("Y-tunnus", "9812376-1\u00a0"),
            ("Hankkeen nimi", "Mehiläisestä\u00a0mestariksi"),
        ]
    ],
    Case("B3 a partner", swap("ry, 9812340-3", "ry,\u00a09812340-3")),
    Case("B3 scores", swap("kohteet 1 1", "kohteet\u00a01\u00a01")),
    Case(
        "B3 2007",
        put("Toiminnan tila", "Toiminta\u00a0päättynyt", OLD).replace("62, ", "62,\u00a0"),
        page=OLD,
    ),
]

B4 = [
    Case(
        f"B4 {label}",
        each(
            page,
            lambda x, label=label: unicodedata.normalize("NFD", x) if x.startswith(label) else x,
        ),
        page=page,
    )
    for page, label in [
        (BASE, "Toiminnan tila"),
        (BASE, "Suunnitelman mukainen toteutusaika"),
        (BASE, "Organisaatiotyyppi"),
        (BASE, "Hankkeessa on tehty"),
        (BASE, "Hankkeen nimi"),
        (BASE, "Kunnat"),
        (OLD, "Vastuuviranomainen"),
        (OLD, "Toteutunut seurantatietojen mukaan"),
    ]
] + [
    Case(
        "B4 ogonek and ring",
        put("Kunnat", "A\u030akerla, E\u0301vora"),
        {"area.municipalities": ["Åkerla", "Évora"]},
    )
]

B5 = [
    *[
        Case(f"B5 {label} {gap!r}", swap(f"\n{label}: ", f"\n{label}{gap}"))
        for label in ("WWW-osoite", "Erityistavoite", "Hankkeen nimi", "Vastuuviranomainen")
        for gap in ("\t", "      ", " \t ", "\t\t", " | ")
    ],
    Case("B5 all padded", each(BASE, lambda x: x.replace(": ", " " * 12, 1) if x in FIELDS else x)),
    Case("B5 all in tabs", each(BASE, lambda x: x.replace(": ", "\t", 1) if x in FIELDS else x)),
    Case(
        "B5 2007", each(OLD, lambda x: x.replace(": ", "\t", 1) if x in OLD_FIELDS else x), page=OLD
    ),
]

BULLETS = ("- ", "+ ", "* ", "• ", "– ", "o ", "· ", "▪ ")
B6 = [
    *[
        Case(
            f"B6 {bullet!r}", each(BASE, lambda x, bullet=bullet: bullet + x if x in FIELDS else x)
        )
        for bullet in BULLETS
        if bullet != "o "
    ],
    *[
        Case(f"B6 one, {b!r}", swap("Hankekoodi", f"{b}Hankekoodi"))
        for b in ("- ", "• ", "1. ", "a) ")
        if b != "a) "
    ],
    Case(
        "B6 bold", each(BASE, lambda x: f"- **{x.replace(': ', ':** ', 1)}" if x in FIELDS else x)
    ),
    Case(
        "B6 bold without the colon",
        each(BASE, lambda x: f"- **{x.replace(': ', '**: ', 1)}" if x in FIELDS else x),
    ),
    Case(
        "B6 numbers",
        "\n\n".join(f"{k}. {b}" if b in FIELDS else b for k, b in enumerate(BASE.split("\n\n"), 1)),
    ),
    Case("B6 2007", each(OLD, lambda x: f"• {x}" if x in OLD_FIELDS else x), page=OLD),
]

TAILS = (
    " {#sec}",
    " ¶",
    " (jatkuu)",
    " [muokkaa]",
    " [¶](#osa)",
    " {#osa .luokka}",
    ":",
    " #",
    " ##",
)
B7 = [
    *[
        Case(f"B7 {tail}", each(BASE, lambda x, tail=tail: x + tail if x in HEADINGS else x))
        for tail in TAILS
        if "jatkuu" not in tail
    ],
    *[
        Case(f"B7 {heading}{tail}", swap(f"\n{heading}\n", f"\n{heading}{tail}\n"))
        for heading in ("4.1 Varsinaiset kohderyhmät", "1 Hanke", "8.2 Kestävä kehitys")
        for tail in TAILS
    ],
    Case("B7 1 – Hanke", each(BASE, lambda x: x.replace(" ", " – ", 1) if x in HEADINGS else x)),
    Case("B7 1) Hanke", each(BASE, lambda x: x.replace(" ", ") ", 1) if x in HEADINGS else x)),
    Case("B7 1: Hanke", each(BASE, lambda x: x.replace(" ", ": ", 1) if x in HEADINGS else x)),
    Case("B7 2007", each(OLD, lambda x: f"{x} ¶" if x in headings(OLD) else x), page=OLD),
    Case(
        "B7 2007 – ",
        each(OLD, lambda x: x.replace(" ", " – ", 1) if x in headings(OLD) else x),
        page=OLD,
    ),
]

VALUES = [
    *[
        Case(f"B8 {value}", put("Suunnitelman mukainen toteutusaika", value))
        for value in (
            "2020-03-01/2022-08-31",
            "1.3.2020\u201131.8.2022",
            "1.3.2020 \u2212 31.8.2022.",
            "1. maaliskuuta 2020 - 31. elokuuta 2022",
        )
    ],
    *[
        Case(f"B9 {value}", put("Myönnetty EU- ja valtion rahoitus", value))
        for value in ("€ 186 400", "186 400 e", "186 400 €.", "+186 400", "0,1864 milj. euroa")
    ],
    *[
        Case(
            f"B9 {value}",
            put("Toteutunut EU- ja valtion rahoitus", value),
            {
                "funding.realised_eu_and_state": None,
                "other_fields[5 Toteutunut EU- ja valtion rahoitus].value": value,
            },
            {"ESR302": value},
        )
        for value in ("-", "noin 5 000", "ei tiedossa")
    ],
    Case("B9 counts", swap("Suunniteltu: 80", "Suunniteltu: 80."), {}),
    Case("B9 answers", swap("(valtavirtaistaminen): Kyllä", "(valtavirtaistaminen): Kyllä.")),
    *[
        Case(f"B10 {value}", put("Y-tunnus", value))
        for value in ("98123761", "FI98123761", "9812376–1", "9812376 - 1")
    ],
    *[
        Case(f"B10 row {value}", swap("9812340-3", value))
        for value in ("98123403", "FI98123403", "9812340–3")
    ],
]

B11 = [
    Case(f"B11 {name}U+{ord(c):04X}", page.replace(" ", c), page=page)
    for c in "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
    for name, page in (("", BASE), ("2007 ", OLD))
]

EMAIL = "Yhteyshenkilön asema hakijaorganisaatiossa"
B13 = [
    *[
        Case(f"B13 {new!r}", swap(old, new))
        for old, new in [
            (EMAIL, "Yhteyshenkilön asema hakija-\norganisaatiossa"),
            (EMAIL, "Yhteyshenkilön asema hakija\u00ad\norganisaatiossa"),
            (EMAIL, "Yhteys-\nhenkilön asema hakijaorganisaatiossa"),
            ("Suunnitelman mukainen toteutusaika", "Suunnitelman mukainen toteu-\ntusaika"),
            ("Vastuuviranomainen", "Vastuuviran-\nomainen"),
            ("4.1 Varsinaiset kohderyhmät", "4.1 Varsinaiset kohde-\nryhmät"),
            ("6 Maantieteellinen kohdealue", "6 Maantieteel-\nlinen kohdealue"),
            ("3 Suunnitelman mukainen tiivistelmä", "3 Suunnitel-\nman mukainen tiivistelmä"),
            ("analyysi sukupuolinäkökulmasta", "analyysi sukupuoli-\nnäkökulmasta"),
            ("(valtavirtaistaminen)", "(valtavirtais-\ntaminen)"),
        ]
    ],
    Case(
        "B13 2007",
        swap("Toteuttajaorganisaation Web", "Toteuttajaorgani-\nsaation Web", OLD).replace(
            "Aloittaneiden henkilöiden", "Aloittanei-\nden henkilöiden"
        ),
        page=OLD,
    ),
]


def as_csv(page, **style):
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, **style)
    writer.writerows([block] for block in page.split("\n\n"))
    return out.getvalue()


def mojibake(page):
    return page.encode().decode("cp1252", "replace")


B14 = [
    Case("B14 CSV", as_csv(BASE, lineterminator="\n"), keeps_space=False),
    Case("B14 CSV, loose", blocks(BASE, lambda x: '"' + x.replace('"', '""') + '"')),
    Case(
        "B14 CSV of a name in quotes",
        as_csv(put("Hankkeen nimi", 'Hanke "Kettu"'), lineterminator="\n"),
        {"project.name": 'Hanke "Kettu"'},
        keeps_space=False,
    ),
    Case("B14 CSV 2007", as_csv(OLD, lineterminator="\n"), page=OLD),
    *[
        Case(
            f"B14 {name}",
            text,
            reported={"ESR113": ""},
            page=page,
            is_whole=False,
            noisy=";" in text,
        )
        for name, text, page in [
            (
                "&auml;",
                BASE.replace("ä", "&auml;").replace("ö", "&ouml;").replace("Ä", "&Auml;"),
                BASE,
            ),
            ("&#228;", BASE.replace("ä", "&#228;").replace("ö", "&#246;"), BASE),
            ("&#xe4;", BASE.replace("ä", "&#xe4;").replace("ö", "&#xf6;"), BASE),
            ("UTF-8 as Windows-1252", mojibake(BASE), BASE),
            ("2007 entities", OLD.replace("ä", "&auml;").replace("ö", "&ouml;"), OLD),
            ("2007 UTF-8 as Windows-1252", mojibake(OLD), OLD),
        ]
    ],
    Case(
        "B14 a line with a letter that no decoder reads",
        re.sub(
            "(?s)(nimi: )[^\n]+\n\n(Toim[^\n]+)\n\n(Eri)",
            "\\1Ω\u00a0Kettu \\2 \\3",
            mojibake(BASE),
            count=1,
        ),
        {"project.name": "Ω Kettu", "project.priority_axis.title": "TyÃ¶ ja liikkuvuus"},
        {"ESR308": "Toimintalinja"},
        is_whole=False,
        noisy=False,
    ),
    Case(
        "B14 &nbsp;",
        each(BASE, lambda x: x.replace(": ", ":&nbsp;", 1) if x in FIELDS else x),
        reported={"ESR113": ""},
        is_whole=False,
    ),
    *values_read("B14", {"Hankkeen nimi": ("Kettu &amp; hanhi",)}, code="*"),
]

# Texts with the places of their reports: code, line, column, what the span holds.
PLACES = [
    (f"{TITLE}\n\nSisällys\n\n1 Hanke\n\nHankekoodi: S29999", [("ESR108", 3, 1, "Sisällys")]),
    (
        f"{TITLE}\n\nSisältö ja muuta\n\nToinen\n\n1 Hanke\n\nHankekoodi: S29999",
        [("ESR108", 3, 1, "Sisältö ja muuta\n\nToinen")],
    ),
    ("1 Hanke\n\nsome text\n\nHankekoodi: S29999", [("ESR206", 3, 1, "some text")]),
    ("1 Hanke\n\nHankekoodi: S29999\n\nsome text", [("ESR206", 5, 1, "some text")]),
    ("1 Hanke\n\nHankekodi: S29999", [("ESR301", 3, 1, "Hankekodi: S29999")]),
    ("1 Hanke\r\n\r\n  Hankekodi: S29999\r\n", [("ESR301", 3, 3, "Hankekodi: S29999")]),
    ("1 Hanke\n\nHankekoodi: S2999", [("ESR305", 3, 13, "S2999")]),
    ("1 Hanke\n\nHankekoodi:\n\nS2999", [("ESR206", 5, 1, "S2999")]),
    (
        "5 Projektin julkinen rahoitus, euroa\n\nMyönnetty EU- ja valtion rahoitus: paljon",
        [("ESR302", 3, 36, "paljon")],
    ),
    ("1 Hanke\n\nHankekoodi: S29999\n\n10 Viestintä\n\nText", [("ESR204", 5, 1, "10 Viestintä")]),
    ("1 Hanke\n\nHankekoodi: S29999\n\n1 Hanke\n\nx", [("ESR202", 5, 1, "1 Hanke")]),
    (
        "1 Hanke\n\nHankekoodi: S29999\n\nHankekoodi: S29998",
        [("ESR303", 5, 1, "Hankekoodi: S29998")],
    ),
    (
        f"8.2 Kestävä kehitys\n\nVälitönVälillinen\nEkologinen kestävyys\n{CLIMATE} - 1\nMiksi.",
        [("ESR302", 5, 1, f"{CLIMATE} - 1")],
    ),
    (f"{OLD_HEAD}1. Projekti\n\nmuuta\n\nProjektikoodi: S19999", [("ESR206", 9, 1, "muuta")]),
    (f"{BANNER}\n\nroskaa\n\nlisää\n\n{TITLE}\n\n1 Hanke", [("ESR108", 3, 1, "roskaa\n\nlisää")]),
]

CASES = [*B1, *B3, *B4, *B5, *B6, *B7, *VALUES, *B11, *B13, *B14]
