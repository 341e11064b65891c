"""Seen on pages of the register."""

from __future__ import annotations

from cases.pages import BASE, HEAD, NATURA, OLD, Case, each, fields_of, put, swap

FUNDING = BASE[BASE.index("5 Projektin") : BASE.index("\n\n6 ")]
AMOUNTS = {
    "funding.granted_eu_and_state": 186400,
    "funding.realised_eu_and_state": 181295,
    "funding.planned_public_total": 233000,
    "funding.realised_public_total": 226619,
}
SITE = "Projektin kotisivun osoite"

E1 = [
    Case("E1 the page", OLD, page=OLD),
    Case("E1 3.4. with a second dot", swap("3.4 Aloit", "3.4. Aloit", OLD), page=OLD),
    Case("E1 3.4 without its number", swap("3.4 Aloit", "Aloit", OLD), page=OLD),
    Case("E1 4.1 and 4.2 without", swap("4.1 Uus", "Uus", OLD).replace("4.2 Uus", "Uus"), page=OLD),
    Case(
        "E1 4.1. and 4.2.",
        swap("4.1 Uus", "4.1. Uus", OLD).replace("4.2 Uus", "4.2. Uus"),
        page=OLD,
    ),
    Case("E1 4 without a dot", swap("4. Projektin", "4 Projektin", OLD), page=OLD),
    *[
        Case(f"E1 funding {number}", f"{OLD}\n\n{FUNDING.replace('5 ', number)}", AMOUNTS, page=OLD)
        for number in ("5. ", "6. ", "5 ", "7. ", "")
    ],
    Case(
        "E1 one amount below an unknown 4",
        OLD[: OLD.index("4. Projektin")]
        + "4. Jotain muuta\n\nTekstiä.\n\n5. Projektin julkinen rahoitus, euroa\n\n"
        + "Myönnetty EU- ja valtion rahoitus: 7 500",
        {
            "funding.granted_eu_and_state": 7500,
            "other_sections[4 Jotain muuta].text": "Tekstiä.",
            **{
                f"outcomes.{what}.{path}": None
                for what in ("jobs", "companies")
                for path in ("planned", "planned_women", "realised", "realised_women")
            },
        },
        {"*": "4. Jotain muuta"},
        page=OLD,
    ),
    Case(
        "E1 lists in prose stay prose",
        swap("Satamien kauppiaat", "1. Satamien Kauppiaat\n2. Kyläkaupat\no Majoittajat ja", OLD),
        {
            "target_groups.secondary": "1. Satamien Kauppiaat\n2. Kyläkaupat\no Majoittajat ja ja majoittajat."
        },
        page=OLD,
    ),
]

TAILS = (
    "example.fi/?a=1&b=",
    "Kurssi C#",
    "pitkä_nimi_",
    "arvo *",
    "putki |",
    "http://x.example/~",
    "C:\\",
    "nimi>",
)
SPELLINGS = {
    "plain": lambda text, _: text,
    "indented": lambda text, _: each(text, lambda x: f"    {x}"),
    "lower case": lambda text, label: text.replace(f"{label}:", f"{label.lower()}:"),
    "no space": lambda text, label: text.replace(f"{label}: ", f"{label}:"),
    "tab": lambda text, label: text.replace(f"{label}: ", f"{label}:\t"),
    "no-break space": lambda text, label: text.replace(f"{label}: ", f"{label}:\u00a0"),
}
E2 = [
    Case(
        f"E2 {name} {label} {value}",
        spell(put(label, value, page), label),
        {path: value},
        # A border of a table's cell at the end is kept, and reported.
        {"ESR308": value} if value.endswith("|") else {},
        page=page,
    )
    for page, label, path in [
        (BASE, "Hankkeen nimi", "project.name"),
        (OLD, SITE, "applicant.project_website"),
        (OLD, "Osio", "project.programme_part"),
    ]
    for value in TAILS
    for name, spell in SPELLINGS.items()
]

LONG = (
    "12.2. "
    + "Toimet, joilla pienten paikkakuntien osaaminen ja palvelut kehittyvät, " * 3
    + "lopuksi kaikkialla"
)
E3 = [
    Case(
        f"E3 {gap!r} {len(value)}",
        swap(
            "Erityistavoite: 9.3. Luonnosta elinkeino: osaamista pienille paikkakunnille",
            f"Erityistavoite:{gap}{value}",
        ),
        {
            "project.specific_objective.number": "12.2",
            "project.specific_objective.title": value.partition(" ")[2],
        },
    )
    for gap in ("\n", "\n\n")
    for value in (LONG, LONG[:162], "12.2. Lyhyt nimi")
] + [
    Case("E3 the name of a project", swap("Hankkeen nimi: ", "Hankkeen nimi:\n")),
    Case(
        "E3 a known word above a text without its heading",
        swap(
            "Organisaatiotyyppi: Muu järjestö tai yhdistys",
            "Organisaatiotyyppi:\n\nMuu järjestö tai yhdistys\n\nTarhaajia on kolmekymmentä.",
        ),
        {"applicant.organisation_type": "Muu järjestö tai yhdistys"},
        {"ESR206": "Tarhaajia"},
        page=None,
    ),
    Case(
        "E3 every value below its label",
        each(BASE, lambda x: x.replace(": ", ":\n", 1) if x in fields_of(BASE) else x),
    ),
    Case(
        "E3 every value in a block of its own",
        each(BASE, lambda x: x.replace(": ", ":\n\n", 1) if x in fields_of(BASE) else x),
    ),
    Case(
        "E3 2007",
        each(OLD, lambda x: x.replace(": ", ":\n", 1) if x in fields_of(OLD) else x),
        page=OLD,
    ),
    Case(
        "E3 2007, loose",
        each(OLD, lambda x: x.replace(": ", ":\n\n", 1) if x in fields_of(OLD) else x),
        page=OLD,
    ),
]

CUT = BASE[: BASE.index("WWW-osoite")]
E4 = [
    Case(
        f"E4 {tail!r}",
        f"{CUT}WWW-osoite:{tail}",
        {"applicant.website": None, "applicant.contact.name": None, "project.code": "S29999"},
        {"*": tail.strip()},
        page=None,
        is_whole=False,
    )
    for tail in (
        "\n\nHankkeen yhte",
        "\n\nHankkeen",
        "\nHankkeen yhteyshenk",
        "\n\nHankkeen yhteyshenkilön nimi",
    )
] + [
    Case(
        "E4 2007",
        OLD[: OLD.index(SITE)] + f"{SITE}:\n\nVastuuhenk",
        {"applicant.project_website": None},
        {"*": "Vastuuhenk"},
        page=None,
        is_whole=False,
    ),
    Case(
        "E4 a postcode",
        BASE[: BASE.index("Postinumero")] + "Postinumero:\n\nPostitoimip",
        {"applicant.address.postcode": None},
        {"*": "Postitoimip"},
        page=None,
        is_whole=False,
    ),
]

FIELDS_ONLY = "Hankekoodi: S29999\n\nHankkeen nimi: Mehiläisestä mestariksi"
E5 = [
    Case(
        f"E5 {pictures!r}",
        f"{pictures}\n{FIELDS_ONLY}",
        {"project.code": "S29999", "other_sections[].text": None, "other_sections[0].text": None},
        page=None,
        reported={"ESR104": ""},
    )
    for pictures in (
        "![]() |\n![]() |",
        "| ![]() |\n| ![]() |",
        "![]()\n\n![]()\n",
        "![](eu.png) | ![](vipuvoimaa.png)\n",
        "| ![Euroopan unioni](eu.png) |\n| ![Vipuvoimaa EU:lta](v.png) |\n",
        "![Euroopan unioni](eu.png) ![Vipuvoimaa EU:lta](v.png)\n",
    )
]

ADDRESS = "Yhteyshenkilön sähköpostisoite"
E6 = [
    *[
        Case(
            f"E6 {label} {value}",
            put(label, value, page),
            {"applicant.contact.email": value},
            {"ESR305": value},
            page=page,
        )
        for page, label in ((BASE, ADDRESS), (OLD, "Sähköposti"))
        for value in ("m.malli(at)", "m.malli@", "(at)x.example", "m.malli(at)x")
    ]
]

E7 = [
    Case(f"E7 {label} {value}", put(label, value, page), {path: new}, page=page)
    for page, label, path in (
        (BASE, "WWW-osoite", "applicant.website"),
        (OLD, SITE, "applicant.project_website"),
    )
    for value, new in (
        ("[www.kettu.example](http://www.kettu.example)", "www.kettu.example"),
        ("[http://www.kettu.example](http://www.kettu.example)", "http://www.kettu.example"),
        ("<http://www.kettu.example>", "http://www.kettu.example"),
        ("[www.kettu.example](http://www.kettu.example/)", "www.kettu.example"),
    )
]

BARE = "\n\n".join(
    block
    for block in BASE.split("\n\n")
    if block[:2] not in ("1 ", "2 ", "3 ", "4 ", "5 ", "6 ", "7 ", "8 ", "9 ", "4.", "7.", "8.")
)
OLD_BARE = "\n\n".join(block for block in OLD.split("\n\n") if not block[0].isdigit())
E8 = [
    Case(
        "E8 no headings",
        BARE,
        {
            "project.code": "S29999",
            "applicant.contact.name": "Mesitarha Aune Lyydia",
            "funding.granted_eu_and_state": 186400,
            "area.regions": ["Pohjois-Karjala"],
            "summary": None,
            f"horizontal_principles.sustainable_development[{NATURA}].direct": 1,
        },
        {"ESR108": ("Mehiläistarhaus",)},
        page=None,
    ),
    Case(
        "E8 2007",
        OLD_BARE,
        {"project.code": "S19997", "applicant.contact.email": "matti.keksitty@satulammi.example"},
        {"ESR108": "Rannikon pienet"},
        page=None,
    ),
    Case(
        "E8 no title either",
        BARE.removeprefix(HEAD),
        {"project.code": "S29999", "fund": "ESR"},
        {"ESR108": "Mehiläistarhaus", "ESR104": ""},
        page=None,
    ),
]

CASES = [*E1, *E2, *E3, *E4, *E5, *E6, *E7, *E8]
