"""K. What spreadsheets, prints and people do to a page and its values."""

from __future__ import annotations

import re

from cases.pages import (
    BASE,
    NATURA,
    OLD,
    Case,
    blocks,
    each,
    fields_of,
    headings,
    of_both,
    paged,
    put,
    swap,
    told,
    values_read,
    values_told,
)

PRINT = "\ufb01le:///home/hanke.html"
K1 = of_both(
    "K1 a ligature in the header of a print",
    lambda page: paged(page, lambda k, n: f"\n{PRINT} {k}/{n}\n\f"),
    noisy=False,
)


def cells(page: str, gap: str = "\n", *, every: bool = False) -> str:
    """A page copied from a spreadsheet: a block a row, in quotes where it has several lines."""
    fields = fields_of(page)

    def row(block: str) -> str:
        parts = block.split(": ", 1) if block in fields else [block]
        return "\t".join(
            '"' + part.replace('"', '""') + '"' if every or "\n" in part else part for part in parts
        )

    return blocks(page, row).replace("\n\n", gap)


QUOTED = swap("Jokainen pari", 'Jokainen "pari"')
K2 = [
    Case("K2 cells", cells(BASE), keeps_space=False, noisy=False),
    Case("K2 cells, every one in quotes", cells(BASE, every=True), keeps_space=False, noisy=False),
    Case("K2 cells, 2007", cells(OLD), page=OLD, keeps_space=False, noisy=False),
    Case("K2 cells with quotes", cells(QUOTED), page=QUOTED, keeps_space=False, noisy=False),
]
K3 = [
    case
    for mark in ("_x000D_", "¶", "↵", "⏎")
    for case in of_both(f"K3 {mark}", lambda x, m=mark: x.replace("\n", f"{m}\n"), noisy=False)
]

NAME, PHONE, WEB, TOWNS = "Hankkeen nimi", "Puhelinnumero", "WWW-osoite", "Kunnat"
AXIS, GOAL = "Toimintalinja", "Erityistavoite"
# Values that are none, and that a spreadsheet, a mail program or a person changed.
CHANGED = {
    NAME: (
        *("-", "N/A", "ei tietoa", "Ei tietoa", "Ks. liite", "Mehil?isest? mestariksi"),
        *("MehilÃ¤isestä mestariksi", "Mestariksi_x000D_", "Mestariksi\\n", "Mestariksi¶"),
        *('="Mestariksi"', "'Mestariksi", "Mehil%C3%A4isestä", "- Mestariksi", "██████"),
    ),
    PHONE: ("######", "4.000000037E8", "0,00E+09", "0000000037.0"),
    WEB: (
        *("http//www.kettu.example", "https ://www.kettu.example", "www.kettu,example"),
        *("http://http://kettu.example", '"https://www.kettu.example"'),
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fkettu.example",
        "https://www.google.com/url?q=https://kettu.example",
    ),
    TOWNS: (
        *("Joensuu/Kitee", "Joensuu – Kitee", "Joensuu. Kitee", "Koko maa"),
        *("Joensuu, Kitee jne.", "Joensuu, muut", "1. Joensuu 2. Kitee", "Joensuu (167)"),
        *("Kaikki kunnat", "joensuu, kitee", "Pohjois- ja Etelä-Joensuu"),
        *("Joensuu, ei Kitee", "'Joensuu', 'Kitee'", "ei tietoa", "Joensuu, Keski- Kitee"),
    ),
    AXIS: (
        *("4) Työ ja liikkuvuus", "TL 4", "4, Työ", "IV Työ", "Työ ja liikkuvuus (4)"),
        "Toimintalinja 4 Työ",
    ),
    GOAL: (
        *("9.maalis", "9.mar", "3.9.2026", "9.3.2026 Luonnosta", "9..3 Luonnosta"),
        "9/3 Luonnosta",
    ),
}
K4 = values_told("K4", CHANGED, code="*")
K5 = [
    Case(
        "K5 a label wrapped beside its value",
        swap(
            "Suunnitelman mukainen toteutusaika: Alkaa 1.2.2009 ja päättyy 30.11.2011",
            "Suunnitelman mukainen Alkaa 1.2.2009 ja päättyy\ntoteutusaika:         30.11.2011",
            OLD,
        ).replace("Kehittämisprojekti\n\n", "Kehittämisprojekti\n"),
        page=OLD,
    )
]

ROW, QUESTION = "kohteet 1 1", "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen"
K6 = [
    *[
        told(f"K6 columns interchanged {shown!r}", swap(ROW, f"kohteet{shown}"), "ESR302", "Natura")
        for shown in (": välillinen 1, välitön 2", " 1 (välillinen), 2 (välitön)")
    ],
    told(
        "K6 columns interchanged, each on a line",
        swap(ROW, "kohteet\nVälillinen: 1\nVälitön: 2"),
        "ESR302",
        "Natura",
    ),
    *values_told("K6", {QUESTION: ("Kyllä Ei", "Ei Kyllä", "Ei tietoa")}, code="ESR302"),
    told(
        "K6 a dimension with a letter lost",
        swap("Taloudellinen kestävyys", "Taloudellinen kestavyys"),
        "ESR311",
        "8.2 Kestävä",
    ),
    *[
        told(
            f"K6 words behind a heading: {heading}",
            swap(f"\n{heading}\n", f"\n{heading} (max 1500 merkkiä)\n"),
            "ESR308",
            "(max",
        )
        for heading in ("4.1 Varsinaiset kohderyhmät", "9 Loppuraportin tiivistelmä")
    ],
]

GOAL_OF_BASE = "9.3. Luonnosta elinkeino: osaamista pienille paikkakunnille"
K7 = [
    Case(
        f"K7 a Finnish ending behind a colon {gap!r}",
        swap(f"{GOAL}: {GOAL_OF_BASE}", f"{GOAL}:{gap}10. REACT-EU:n toimet"),
        {
            "project.specific_objective.number": "10",
            "project.specific_objective.title": "REACT-EU:n toimet",
        },
    )
    for gap in ("\n", "\n\n")
]

NOTE = "Hunaja on uusiutuva luonnontuote."
K8 = of_both(
    "K8 Org by pandoc",
    lambda page: each(
        page,
        lambda x: f"** {x}\n:PROPERTIES:\n:CUSTOM_ID: osa\n:END:" if x in headings(page) else x,
    ).replace(NOTE, f"#+begin_note\n{NOTE}\n\n#+end_note"),
    keeps_space=False,
)

# What browsers and mail programs copy with a page, from behind it.
BEHIND = (
    *("Takaisin hakuun", "© Esimerkkivirasto", "Tulosta sivu\nSulje ikkuna", "Kommentit (0)"),
    *("Etusivu | Palaute | Tietosuoja", "Jaa sivu\nLinkedIn", "Seuraava hanke >>"),
    *("Haettu 12.3.2021 klo 10.33", "-- \nMaija", "Terveisin\n\nMaija", "Sent from my phone"),
    *("---\nSource: kettu.example", "<!-- end -->"),
)
K9 = [
    Case(
        f"K9 behind the page{gap!r}: {shown}",
        f"{BASE.rstrip()}{gap}{shown}\n",
        reported={"ESR308": shown.split("\n")[0]},
        page=None,
    )
    for shown in BEHIND
    for gap in ("\n", "\n\n")
]

MONEY = "Myönnetty EU- ja valtion rahoitus"
SUMMARY = BASE[BASE.index("Mehiläistarhaus sopii") : BASE.index("\n\n4 Hankkeen")]
# An old value and a new one, a page's number, a remark: what is beside a value, or below it.
BESIDE = {
    "two cells": (put(MONEY, "186 400      198 400"), {"ESR302": MONEY}),
    "the same cell twice": (put(MONEY, "186 400\t186 400"), {"ESR302": MONEY}),
    "two cells of a table": (
        swap(f"{MONEY}: 186 400", f"| {MONEY} | 186 400 | 198 400 |"),
        {"ESR302": MONEY},
    ),
    "two cells of text": (put(NAME, "Mestariksi\ttarkistettu"), {"ESR308": NAME}),
    "a number below an amount": (put(MONEY, "186 400\n105"), {"ESR305": MONEY}),
    "a number below an address": (put(WEB, "https://kettu.example\n105"), {"ESR305": WEB}),
    "a number below a name": (put(NAME, "Mestariksi\n3"), {"ESR305": NAME}),
    "a help icon": (swap("toteutuksesta\n\nMehi", "toteutuksesta ?\n\nMehi"), {"ESR308": "?"}),
    "a long note": (
        swap("toteutuksesta\n\nMehi", f"toteutuksesta ({'pitkä huomautus ' * 4})\n\nMehi"),
        {"ESR308": "huomautus"},
    ),
    "a conflict": (swap("kohteet 1 1", "kohteet 1 1\n<<<<<<< HEAD"), {"ESR308": "<<<<<<<"}),
    "an answer of a form": (
        swap(f"{QUESTION}: Ei", f"{QUESTION}: Kyllä [ ] Ei [x]"),
        {"ESR302": QUESTION},
    ),
    "a list of letters": (swap("Tarulan kan", "a) Tarulan kan"), {"ESR308": "Tarulan"}),
}
K10 = [
    Case(f"K10 {name}", text, reported=reported, page=None, is_whole=False)
    for name, (text, reported) in BESIDE.items()
]
# Prose that was shortened, taken out or marked.
SHORTENED = (
    *("Mehiläistarhaus sopii monelle. Näytä lisää", "Mehiläistarhaus sopii [...]", "XXXX"),
    *("[poistettu]", "{{summary}}", "undefined", "Mehiläistarhaus ~~ei~~ sopii", "Alku {++uusi++}"),
    "Mehiläistarhaus<br>sopii",
)
K11 = [
    told(f"K11 {shown}", swap(SUMMARY, shown), "ESR308", shown, noisy=False) for shown in SHORTENED
]
# Corrections and notes in a value.
NOTED = (
    *("vanha -> uusi", "vanha → uusi", "Mestariksi (oik. Mestari)", "Mestariksi (?)"),
    *("Mestariksi??", "Mestariksi // tarkista", "Mestariksi TODO", "XXXX", "(tyhjä)"),
    *("Mestariksi 📋", "Mestariksi;", "(pakollinen): Mestariksi", "ⓘ: Mestariksi"),
    *("Mestariksi +", "Mestariksi -"),
)
K12 = values_told("K12", {NAME: NOTED}, code="*")
K13 = of_both(
    "K13 every value in quotes",
    lambda page: each(
        page, lambda x: x.replace(": ", ': "', 1) + '"' if x in fields_of(page) else x
    ),
    noisy=False,
)
K14 = [
    *of_both("K14 '# ' before every line", lambda page: re.sub("(?m)^", "# ", page), noisy=False),
    Case(
        "K14 a patch",
        "+++ b/hanke.txt\n@@ -0,0 +1,170 @@\n" + BASE.replace("\n", "\n+"),
        reported={"ESR108": "+++ b/hanke.txt"},
        page=None,
        noisy=False,
    ),
    Case(
        "K14 a reply between quoted lines",
        "> "
        + swap(SUMMARY, f"{SUMMARY}\n\nTämä ei pidä paikkaansa.")
        .replace("\n", "\n> ")
        .replace("> Tämä ei", "Tämä ei"),
        reported={"ESR308": "Tämä ei"},
        page=None,
        noisy=False,
    ),
]

K15 = [
    Case(f"K15 bare page numbers, {name}", paged(page, number, size), page=page, noisy=False)
    for name, page, number, size in (
        ("2014", BASE, lambda k, _: f"\n{k}\n", 31),
        ("2007", OLD, lambda k, _: f"\n{k}\n", 31),
        ("of a compilation", BASE, lambda k, _: f"\n{k + 104}\n", 40),
        ("in brackets", BASE, lambda k, _: f"\n({k})\n", 31),
        ("in waves", BASE, lambda k, _: f"\n~ {k} ~\n", 31),
        ("between dots", BASE, lambda k, _: f"\n\u2022 {k} \u2022\n", 31),
        ("before a word", BASE, lambda k, _: f"\n{k}. sivu\n", 31),
        ("below a footer", BASE, lambda k, _: f"\nArkki {k} tarhaajista\n- {k} -\n\f", 30),
    )
]
# People and language models rename headings, or put words before them.
FUNDING, SUMMARY_TITLE = "5 Projektin julkinen rahoitus, euroa", "Suunnitelman mukainen tiivistelmä"
K16 = [
    *[
        told(f"K16 a heading in other words: {x}", swap(FUNDING, x), "ESR308", x, noisy=False)
        for x in ("Rahoitus", "## Rahoitus", "5 projektin julkinen rahoitus euroa")
    ],
    *[
        Case(
            f"K16 {words} before headings",
            each(BASE, lambda x, w=words: f"{w} {x}" if x in headings() else x),
        )
        for words in ("Avaa", "Kohta", "heading level 2", "\U0001f4cc", "\u2705")
    ],
    Case(
        "K16 a heading without a number, in the line of its text",
        swap(f"3 {SUMMARY_TITLE} toteutuksesta\n\n", f"**{SUMMARY_TITLE} toteutuksesta:** "),
    ),
]

K17 = [
    told(
        f"K17 lines cut at {width}",
        each(BASE, lambda x, w=width: "\n".join(x[i : i + w] for i in range(0, len(x), w))),
        "ESR308",
        "Euroopan",
        noisy=False,
    )
    for width in (40, 60, 72)
]


def in_tables(page: str, head: str) -> str:
    """A page whose fields are in Markdown tables, each with a head."""
    found: list[str] = []
    for block in page.split("\n\n"):
        if block not in fields_of(page):
            found.append(block)
            continue
        if not (found and found[-1].startswith("|")):
            found.append(head)
        found[-1] += f"\n| {block.replace(': ', ' | ', 1)} |"
    return "\n\n".join(found)


PARTNERS = BASE[BASE.index("Tarulan kansanopisto") : BASE.index("\n\n3 ")]
ROWS_OF_PARTNERS = "\n".join(
    f"| {row.rpartition(', ')[0]} | {row.rpartition(', ')[2]} |" for row in PARTNERS.split("\n")
)
TOWNS_OF_BASE = next(x for x in BASE.split("\n") if x.startswith(f"{TOWNS}: "))
K18 = [
    *[
        Case(f"K18 tables with {head[:10]}", in_tables(BASE, head), noisy=False)
        for head in ("| Kenttä | Arvo |\n| --- | --- |", "| Tieto | Sisältö |\n|:---|:---|")
    ],
    Case(
        "K18 scores with a head over the aspects",
        swap("VälitönVälillinen", "| Osa-alue | Välitön | Välillinen |\n|---|---:|---:|"),
        noisy=False,
    ),
    *[
        Case(f"K18 partners in a table {head[:10]!r}", swap(PARTNERS, head + ROWS_OF_PARTNERS))
        for head in ("", "| Nimi | Y-tunnus |\n|---|---|\n")
    ],
    *[
        Case(
            f"K18 a list of names {mark!r}",
            swap(
                TOWNS_OF_BASE, TOWNS_OF_BASE.replace(": ", f":\n{mark}").replace(", ", f"\n{mark}")
            ),
        )
        for mark in ("- ", "  • ", "")
    ],
]
K19 = [
    Case(f"K19 gaps in a value: {value}", swap(value, value.replace(" ", "    ")))
    for value in ("Joensuu, Kitee", "Alkaa 1.3.2020 ja päättyy", "4. Työ ja")
]

# Words of a title where they are none.
TITLES = (
    *("Hankkeen kuvaus\n\nHanke kouluttaa.", "Hankkeen kuvaus löytyy sivuilta."),
    *("**Hankkeen kuvaus**\n\nEka.", "1. Hankkeen kuvaus\n2. Tulokset", 'Ks. "Hankkeen kuvaus"'),
    "Projektin kuvaus\n\nHanke kouluttaa.",
    "Tämä on Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus, joka on julkinen.",
)
K20 = [Case(f"K20 {text}", swap(SUMMARY, text), {"summary": text}, noisy=False) for text in TITLES]
K20 += [
    *values_read("K20", {NAME: ("Hankkeen kuvaus",)}),
    Case("K20 the title of a browser", f"Hankkeen kuvaus\n\n{BASE}"),
]
DATED = "Vaikutus arvioitu 3.4.2019"
IMPACTS = "horizontal_principles.sustainable_development"
K20 += [
    Case(
        "K20 the same explanation with a date",
        swap("kohteet 1 1", f"kohteet 1 1\n{DATED}").replace(
            "Vanhat niityt pysyvät avoimina.", DATED
        ),
        {
            f"{IMPACTS}[{NATURA}].explanation": DATED,
            f"{IMPACTS}[Kulttuuriympäristö].explanation": DATED,
        },
    ),
    told("K20 both answers", swap(f"{QUESTION}: Ei", f"{QUESTION}: Kyllä\nEi"), "ESR305", "Ei"),
    told(
        "K20 a question twice",
        swap(f"{QUESTION}: Ei", f"{QUESTION}: Ei\nSyy.\n{QUESTION}: Kyllä"),
        "ESR305",
        "Syy.",
    ),
    told(
        "K20 a row twice",
        swap(
            "Tarulan kansanopisto ry, 9812340-3", "Tarulan kansanopisto ry, 9812340-3\n" * 2
        ).replace("-3\n\n", "-3\n"),
        "ESR305",
        "Tarulan",
    ),
    Case("K20 a row with a bar", swap("opisto ry, 98", "opisto ry | 98")),
    told("K20 two amounts", put(MONEY, "186 400 181 295"), "ESR305", MONEY),
    Case(
        "K20 the same digits twice", put(MONEY, "622 622"), {"funding.granted_eu_and_state": 622622}
    ),
    Case(
        "K20 files joined with a space",
        f"{BASE.rstrip()} {BASE}",
        {},
        {"ESR103": "Euroopan unioni"},
        page=None,
    ),
]

CASES = [
    *K1,
    *K2,
    *K3,
    *K4,
    *K5,
    *K6,
    *K7,
    *K8,
    *K9,
    *K10,
    *K11,
    *K12,
    *K13,
    *K14,
    *K15,
    *K16,
    *K17,
    *K18,
    *K19,
    *K20,
]
