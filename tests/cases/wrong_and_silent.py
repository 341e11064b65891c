"""Once read wrongly without a diagnostic: values of another line, marks of tools in values, odd values."""

from __future__ import annotations

from cases.pages import (
    BANNER,
    BASE,
    CLIMATE,
    ERDF,
    NATURA,
    OLD,
    WATERS,
    Case,
    each,
    fields_of,
    headings,
    paged,
    put,
    swap,
    values_read,
    wrapped,
)

IMPACTS = "horizontal_principles.sustainable_development"
EMAIL = "Yhteyshenkilön sähköpostisoite"
ROWS = "Tarulan kansanopisto ry, 9812340-3"
PARTNER = "applicant.co_implementers"


def row_lost(aspect, rest):
    """A row that cannot be read: kept as another field."""
    return {
        f"{IMPACTS}[{aspect}].direct": None,
        f"{IMPACTS}[{aspect}].indirect": None,
        f"other_fields[8.2 {aspect}].value": rest,
    }


def no_row(aspect, explanation=False):
    paths = ["direct", "indirect", *(["explanation"] if explanation else [])]
    return {f"{IMPACTS}[{aspect}].{path}": None for path in paths}


A1 = [
    Case(f"A1 {label} {value}", put(label, value), {f"funding.{path}": amount}, {"ESR305": value})
    for label, path, value, amount in [
        ("Myönnetty EU- ja valtion rahoitus", "granted_eu_and_state", "186,401", 186.401),
        ("Suunniteltu julkinen rahoitus yhteensä", "planned_public_total", "233,000 €", 233),
        ("Toteutunut julkinen rahoitus yhteensä", "realised_public_total", "1,234", 1.234),
    ]
] + [
    Case(
        "A1 two commas",
        put("Myönnetty EU- ja valtion rahoitus", "1,186,400"),
        {
            "funding.granted_eu_and_state": None,
            "other_fields[5 Myönnetty EU- ja valtion rahoitus].value": "1,186,400",
        },
        {"ESR302": "1,186,400"},
    )
]

A2 = [
    *[
        Case(
            f"A2 {NATURA} {rest}",
            swap(f"{NATURA} 1 1", f"{NATURA} {rest}"),
            row_lost(NATURA, rest),
            {"ESR302": NATURA},
        )
        for rest in (
            "- -",
            "5,5 4",
            "-1 1",
            "l 0",
            "O 0",
            "1",
            "? ?",
            "1 -",
            "1/1",
            "ei vaikutusta",
        )
    ],
    *[
        Case(
            f"A2 {WATERS} {rest}",
            swap(f"{WATERS} 2 3", f"{WATERS} {rest}"),
            row_lost(WATERS, rest),
            {"ESR302": "Pinta-"},
        )
        for rest in ("- -", "2,0 3,0", "-2 3", "I 3")
    ],
    Case(
        "A2 the explanation goes with its row",
        swap("Materiaalit ja jätteet 5 4", "Materiaalit ja jätteet - -"),
        {
            **no_row("Materiaalit ja jätteet", explanation=True),
            "other_fields[8.2 Materiaalit ja jätteet].value": "- -\nLasipurkit kiertävät pantilla.",
        },
        {"ESR302": "Materiaalit ja jätteet"},
    ),
    Case(
        "A2 the first row of all",
        swap("Luonnonvarojen käytön kestävyys 6 7", "Luonnonvarojen käytön kestävyys S 7"),
        {
            **no_row("Luonnonvarojen käytön kestävyys", explanation=True),
            "other_fields[8.2 Luonnonvarojen käytön kestävyys].value": (
                "S 7\nHunaja on uusiutuva luonnontuote."
            ),
        },
        {"ESR302": "Luonnonvarojen"},
    ),
    *[
        Case(f"A2 {NATURA}{rest!r}", swap(f"{NATURA} 1 1", f"{NATURA}{rest}"))
        for rest in (": 1 1", " 1 1.", ":1 1", "  1   1", "\t1\t1", " : 1 1")
    ],
    *[
        Case(
            f"A2 {NATURA}{rest!r}",
            swap(f"{NATURA} 1 1", f"{NATURA}{rest}"),
            {f"{IMPACTS}[{NATURA}].explanation": "Selitys samalla rivillä."},
        )
        for rest in (
            " 1 1 Selitys samalla rivillä.",
            ": 1 1 Selitys samalla rivillä.",
            " 1 1. Selitys samalla rivillä.",
        )
    ],
    *[
        Case(f"A2 divided {new!r}", swap(old, new))
        for old, new in [
            (CLIMATE, CLIMATE.replace("Ilmastonmuutoksen", "Ilmaston-\nmuutoksen")),
            (CLIMATE, CLIMATE.replace("aiheuttamien", "aiheut-\ntamien")),
            ("Kulttuuriympäristö 5", "Kulttuuri-\nympäristö 5"),
            ("Uusiutuvien energialähteiden", "Uusiutuvien energia-\nlähteiden"),
            ("Hyvinvoinnin edistäminen", "Hyvin\u00ad\nvoinnin edistäminen"),
        ]
    ],
]


A4 = [
    *[
        Case(f"A4 {name}, {size} lines a page", paged(BASE, number, size))
        for size in (45, 50, 38)
        for name, number in {
            "1/4": lambda k, n: f"\n\n{k}/{n}\n\f",
            "1 (4)": lambda k, n: f"\n\n{k} ({n})\n\f",
            "1(4)": lambda k, n: f"\n\n{k}({n})\n\n",
            "Sivu 1": lambda k, n: f"\n\nSivu {k}\n\f",
            "- 1 -": lambda k, n: f"\n\n- {k} -\n\f",
            "1": lambda k, n: f"\n\n{k}\n\f",
            "Sivu 1 / 4": lambda k, n: f"\n\nSivu {k} / {n}\n\n",
            "Page 1 of 4": lambda k, n: f"\n\nPage {k} of {n}\n\f",
        }.items()
    ],
    Case("A4 2007", paged(OLD, lambda k, n: f"\n\n{k} ({n})\n\f"), page=OLD),
    Case("A4 2007, no form feeds", paged(OLD, lambda k, n: f"\n\n{k}/{n}\n\n", 30), page=OLD),
]

A5 = [
    *[
        Case(
            f"A5 {broken!r}",
            put("WWW-osoite", broken),
            {"applicant.website": broken.replace("\n", "")},
        )
        for broken in (
            "https://www.tarhaajat.example/hankkeet/tulok\nset.html",
            "https://www.tarhaajat.example/hankkeet\n/tulokset.html",
            "https://www.tarhaajat.example/tulokset.\nhtml",
            "https://www.tarhaajat.example/?a=1&\nb=2",
            "https://www.tarhaajat.example/pitka_\nnimi",
            "www.tarhaajat.example/hankkeet/\n2020/mestariksi",
            "https://www.tarhaajat.example/hank\nkeet/tulok\nset.html",
        )
    ],
    Case(
        "A5 wrapped at 78",
        wrapped(put("WWW-osoite", "https://www.tarhaajat.example/" + "hankkeet/" * 9)),
        {"applicant.website": "https://www.tarhaajat.example/" + "hankkeet/" * 9},
    ),
    *[
        Case(
            f"A5 two addresses {two!r}",
            put("WWW-osoite", two),
            {"applicant.website": two.replace("\n", " ")},
        )
        for two in (
            "https://www.tarhaajat.example\nhttps://www.mesi.example",
            "https://www.tarhaajat.example\nwww.mesi.example",
            "https://www.tarhaajat.example\nja www.mesi.example",
        )
    ],
    Case(
        "A5 2007",
        put("Projektin kotisivun osoite", "http://www.satulammi.example/voi\nmaa/?a=1&b=", OLD),
        {"applicant.project_website": "http://www.satulammi.example/voimaa/?a=1&b="},
        page=OLD,
    ),
]

WARNED = [
    (
        "A7",
        "Suunnitelman mukainen toteutusaika",
        "Alkaa 31.8.2022 ja päättyy 1.3.2020",
        None,
        {"project.planned_period.start": "2022-08-31", "project.planned_period.end": "2020-03-01"},
    ),
    (
        "A7",
        "Suunnitelman mukainen toteutusaika",
        "1.3.2020 - 31.8.2202",
        "project.planned_period.end",
        "2202-08-31",
    ),
    ("A9", "Kunnat", "-", "area.municipalities", ["-"]),
]
READ = [
    ("A6", EMAIL, "a.b at c.example", "applicant.contact.email", "a.b@c.example"),
    ("A6", EMAIL, "mailto:a.b@c.example", "applicant.contact.email", "a.b@c.example"),
    ("A6", EMAIL, "<a.b@c.example>", "applicant.contact.email", "a.b@c.example"),
    ("A6", EMAIL, "a.b(at)c(dot)example", "applicant.contact.email", "a.b@c.example"),
    ("A9", "Kunnat", "Oulu; Raahe; Muhos", "area.municipalities", ["Oulu", "Raahe", "Muhos"]),
    ("A9", "Kunnat", "KOSKI, TL", "area.municipalities", ["Koski Tl"]),
    ("A17", "Postinumero", "FI-00018", "applicant.address.postcode", "00018"),
]
VALUES = [
    *values_read(
        "A6, A8, A17",
        {
            EMAIL: ("-", "ei ole", "a.b(at)(at)c.example"),
            "Hankekoodi": ("S2٩٩٩٩", "S2９９９９"),
            "Postinumero": ("17", "00017 KUVITELMA"),
        },
        code="ESR305",
    ),
    *[
        Case(
            f"{name} {value}",
            put(label, value),
            new if path is None else {path: new},
            {"ESR305": value},
        )
        for name, label, value, path, new in WARNED
    ],
    *[
        Case(f"{name} {value}", put(label, value), {path: new})
        for name, label, value, path, new in READ
    ],
]

A10 = [
    *[
        Case(f"A10 {row}", swap(ROWS, row))
        for row in (
            "1. Tarulan kansanopisto ry, 9812340-3",
            "Tarulan kansanopisto ry; 9812340-3",
            "Tarulan kansanopisto ry, Y-tunnus 9812340-3",
            "Tarulan kansanopisto ry, Y-tunnus: 9812340-3",
            "- Tarulan kansanopisto ry (Y-tunnus: 9812340-3)",
            "Tarulan kansanopisto ry, y-tunnus:9812340-3",
        )
    ],
    Case(
        "A10 every row with a label",
        swap(ROWS, ROWS.replace(", ", ", Y-tunnus: ")).replace("osk, ", "osk, Y-tunnus: "),
    ),
    Case(
        "A10 another heading of rows",
        swap("Osatoteuttajat", "Tuen siirronsaajat").replace(ROWS, f"2) {ROWS}"),
        {
            f"{PARTNER}[0].name": None,
            f"{PARTNER}[0].business_id": None,
            f"{PARTNER}[1].name": None,
            f"{PARTNER}[1].business_id": None,
            "applicant.transfer_recipients[0].name": "Tarulan kansanopisto ry",
            "applicant.transfer_recipients[0].business_id": "9812340-3",
            "applicant.transfer_recipients[1].name": "Hunajaverkko - tuottajat, jalostajat ja myyjät osk",
            "applicant.transfer_recipients[1].business_id": "9812378-8",
        },
    ),
]

A11 = [
    *[
        Case(
            f"A11 {heading} {gap!r}",
            swap(f"\n{heading}\n", "\n" + heading.replace(" ", gap, 1) + "\n"),
        )
        for heading in headings()
        for gap in ("\n\n", "\n")
        if heading[0] in "2459" or heading[:3] in ("4.1", "8.2", "7.1")
    ],
    Case(
        "A11 all headings",
        each(BASE, lambda line: line.replace(" ", "\n\n", 1) if line in headings() else line),
    ),
    Case(
        "A11 2007",
        each(OLD, lambda line: line.replace(" ", "\n\n", 1) if line in headings(OLD) else line),
        page=OLD,
    ),
]

A13 = [
    Case("A13 soft hyphen in a name", swap("tarhaajayhdistys", "tarhaaja\u00adyhdistys")),
    Case("A13 soft hyphen in a list", swap("Maakunnat: Pohjois-", "Maakunnat: Pohjois-\u00ad")),
    Case("A13 a soft hyphen at the end", put("Hankkeen nimi", "Mehiläisestä mestariksi\u00ad")),
    Case("A13 a soft hyphen ends a row", swap("9812340-3", "9812340-3\u00ad")),
    Case("A13 word joiners", swap("S29999", "\u2060S29999\u2060")),
    Case(
        "A13 zero width at the ends",
        put("Kunnat", "\u200bJoensuu, Kitee, Rääkkylä, Tohmajärvi\ufeff"),
    ),
    Case("A13 in a status", swap("Toiminta päättynyt", "Toi\u00adminta päät\u00adtynyt")),
    Case("A13 in an e-mail address", swap("aune.mesitarha(at)", "aune.\u200bmesitarha(at)\u200b")),
    Case("A13 in a date", swap("1.3.2020", "1.\u200b3.\u200b2020")),
    Case("A13 in an amount", swap("186 400", "186\u200b \u200b400")),
    Case("A13 in a row", swap("Tarulan kansan", "Tarulan kansan\u00ad")),
    Case("A13 2007", swap("Satulammen kehitys", "Satulammen kehitys\u00ad", OLD), page=OLD),
]

FIELDS = fields_of(BASE)
A15 = [
    Case(
        f"A15 {mark}",
        put("Hankkeen nimi", f"{mark}Mehiläisestä mestariksi{mark}"),
        {"project.name": f"{mark}Mehiläisestä mestariksi{mark}"},
        {"ESR308": "Hankkeen nimi"},
        is_whole=False,
    )
    for mark in ("**", "`", "*", "__")
] + [
    Case(
        "A15 labels are bold, too",
        each(
            put("Hankkeen nimi", "**Mehiläisestä mestariksi**"),
            lambda line: f"**{line.replace(': ', ':** ', 1)}" if line in FIELDS else line,
        ),
    ),
    Case(
        "A15 every value is bold",
        each(
            BASE[: BASE.index("3 Suunnitelman")],
            lambda line: line.replace(": ", ": **", 1) + "**" if ": " in line else line,
        ),
        page=BASE[: BASE.index("3 Suunnitelman")],
        reported={"ESR201": ""},
    ),
]


def definition(page, colon, gap="\n"):
    """pandoc's definition lists."""

    def change(line):
        label, _, value = line.partition(": ")
        return f"{label}{gap}{colon}{value}" if line in fields else line

    fields = fields_of(page)
    return each(page, change)


A16 = [
    Case("A16 one field", swap("Hankkeen nimi: ", "Hankkeen nimi\n:   ")),
    Case("A16 a date", swap("toteutusaika: ", "toteutusaika\n:   ")),
    Case("A16 every field", definition(BASE, ":   ")),
    Case("A16 every field, loose", definition(BASE, ":   ", "\n\n")),
    Case("A16 tight colons", definition(BASE, ": ")),
    Case("A16 2007", definition(OLD, ":   "), page=OLD),
    Case("A16 2007, tab", definition(OLD, ":\t"), page=OLD),
]

CASES = [*A1, *A2, *A4, *A5, *VALUES, *A10, *A11, *A13, *A15, *A16]

# Texts of two pages without a line end between them, and what the second is.
GLUED = {
    "A3 the same layout": (BASE, BASE.replace("S29999", "S29998")),
    "A3 2007": (OLD, OLD.replace("S19997", "S19996")),
    "A3 one layout, then the other": (BASE, OLD),
    "A3 the other, then one": (OLD, ERDF),
    "A3 no final report": (BASE[: BASE.index("\n\n9 ")], BASE),
    "A3 another first title": (BASE, BASE.replace("\n1 Hanke\n", "\n1 Perustiedot\n")),
    "A3 no banner": (BASE, BASE[len(BANNER) + 2 :]),
    "A3 an exclamation": (f"{BASE[:-1]}!", BASE),
    "A3 a value in bold": (f"{ERDF}\n\n10 Tieto\n\n**Arvo**", BASE),
}
