"""Damage that people and tools do to whole pages."""

from __future__ import annotations

from cases.pages import (
    BASE,
    HEAD,
    NATURA,
    OLD,
    TITLE,
    Case,
    each,
    fields_of,
    paged,
    put,
    swap,
    values_read,
    wrapped,
)

IMPACTS = "horizontal_principles.sustainable_development"
FIELDS = fields_of(BASE)

G1 = [
    Case(
        "G1 heading and field",
        HEAD + "1 Hanke Hankekoodi: S29999\n\nHankkeen nimi: Kettu",
        {"project.code": "S29999", "project.name": "Kettu"},
        {"ESR201": ""},
        page=None,
    ),
    Case("G1 heading and field in a page", swap("1 Hanke\n\nHanke", "1 Hanke Hanke")),
    Case("G1 heading and field, section 5", swap("euroa\n\nMyönn", "euroa Myönn")),
    Case("G1 field and heading", swap("ympäristökeskus\n\n2 Hakijan", "ympäristökeskus 2 Hakijan")),
    Case("G1 prose and heading", swap("käyttää.\n\n4 Hankkeen", "käyttää. 4 Hankkeen")),
    Case("G1 prose and heading 9", swap("vuodenkiertoa.\n\n9 Lopp", "vuodenkiertoa. 9 Lopp")),
    Case("G1 heading and prose", swap("tiivistelmä\n\nHankkeessa", "tiivistelmä Hankkeessa")),
    *[
        Case(f"G1 {gap!r} {b}", swap(f"{a}\n\n{b}", f"{a}{gap}{b}"))
        for a, b in [
            ("tarhaajayhdistys ry", "Organisaatiotyyppi"),
            ("Maakunnat: Pohjois-Karjala", "Seutukunnat"),
            ("Hankekoodi: S29999", "Hankkeen nimi"),
            ("Suunniteltu: 80", "Toteutunut seurantatietojen"),
            ("Postinumero: 00017\n\nPostitoimipaikka: Kuvitelma", "WWW-osoite"),
            ("31.8.2022", "Toiminnan tila"),
            ("186 400", "Toteutunut EU-"),
        ]
        for gap in (" ", "", "  ", ", "[:0] or "\t")
    ],
    Case(
        "G1 question and explanation",
        swap("(valtavirtaistaminen): Kyllä\n", "(valtavirtaistaminen): Kyllä "),
    ),
    Case("G1 a row and the next", swap("kohteet 1 1\nTaloud", "kohteet 1 1 Taloud")),
    *values_read("G1", {"Hankkeen nimi": ("Kettu Kunnat: Oulu",)}, code="ESR307"),
    Case("G1 2007", swap("Osio: Länsi-Suomi\n\nToimi", "Osio: Länsi-Suomi Toimi", OLD), page=OLD),
    Case(
        "G1 2007 heading and field", swap("1. Projekti\n\nProj", "1. Projekti Proj", OLD), page=OLD
    ),
]

CUT = [
    Case(
        f"G1 cut behind an aspect, {rest!r}",
        f"{BASE[: BASE.index(NATURA)]}{NATURA}{rest}",
        {
            **{f"{IMPACTS}[{NATURA}].{path}": None for path in ("direct", "indirect")},
            f"other_fields[8.2 {NATURA}].value": rest.strip(),
        },
        {"ESR302": NATURA, "ESR311": ""},
        page=BASE[: BASE.index(NATURA)],
        is_whole=False,
    )
    for rest in ("", "\n1")
]

G2 = [
    Case("G2 a question", swap("Hankkeen päätavoite on suku", "Hankkeen  päätavoite on suku")),
    Case("G2 a row", swap("Natura 2000", "Natura  2000")),
    Case("G2 an amount", swap("186 400", "186  400")),
    Case("G2 a label", swap("Hankkeen yhteyshenkilön nimi", "Hankkeen  yhteyshenkilön   nimi")),
    Case("G2 a heading", swap("4.1 Varsinaiset kohderyhmät", "4.1  Varsinaiset  kohderyhmät")),
    Case("G2 a dimension", swap("Taloudellinen kestävyys", "Taloudellinen  kestävyys")),
    Case("G2 the title", swap("rahoittaman hankkeen", "rahoittaman  hankkeen")),
    Case("G2 a period", swap("1.3.2020 ja päättyy", "1.3.2020  ja  päättyy")),
    Case("G2 a status", swap("Toiminta päättynyt", "Toiminta  päättynyt")),
    Case("G2 scores", swap("kohteet 1 1", "kohteet  1  1")),
    Case(
        "G2 2007",
        swap("Suunnitelman mukainen toteutusaika", "Suunnitelman  mukainen  toteutusaika", OLD),
        page=OLD,
    ),
]


def headed(page, line, size=45, below="\n\n"):
    """A page as a print, each page with a footer."""
    return paged(page, lambda k, n: "\n\n" + line(k, n) + below, size)


G4 = [
    *[
        Case(f"G4 {name} {break_!r}", headed(BASE, line, 45, break_))
        for break_ in ("\n\n", "\n\f")
        for name, line in {
            "address and page": lambda k, n: f"https://www.example.fi/p.php?x {k}/{n}",
            "date and title": lambda k, n: f"28.11.2023, 10.15 Hankekuvaus {k}/{n}",
            "two lines": lambda k, n: (
                f"28.11.2023 Hankekuvaus\nhttps://www.example.fi/p.php {k}/{n}"
            ),
            "Sivu": lambda k, n: f"Sivu {k}",
            "3 (7)": lambda k, n: f"{k} ({n})",
            "- 3 -": lambda k, n: f"- {k} -",
            "Page": lambda k, n: f"Page {k} of {n}",
            "running title": lambda k, n: f"Mehiläisestä mestariksi\n\n{k}/{n}",
        }.items()
    ],
    Case("G4 bare numbers", headed(BASE, lambda k, n: f"{k}\n\f", 45, "\n")),
    Case(
        "G4 a running title of the page",
        paged(
            BASE, lambda k, n: f"\n\n{k}/{n}\n\f{TITLE}\n\n" if k < n else f"\n\n{k}/{n}\n\f", 45
        ),
    ),
    Case("G4 2007", headed(OLD, lambda k, n: f"http://www.example.fi/p?x=1 {k}/{n}", 40), page=OLD),
]

G5 = [
    Case("G5 > ", each(BASE, lambda x: f"> {x}")),
    Case("G5 > on every line", "\n".join(f"> {x}".rstrip() for x in BASE.split("\n"))),
    Case("G5 >> ", each(BASE, lambda x: f">> {x}")),
    Case("G5 > > ", each(BASE, lambda x: f"> > {x}")),
    Case("G5 wrapped", "\n".join(f"> {x}".rstrip() for x in wrapped(BASE, 70).split("\n"))),
    Case("G5 2007", "\n".join(f"> {x}".rstrip() for x in wrapped(OLD, 60).split("\n")), page=OLD),
]

PREFIXED = {
    "G6 line numbers, tab": "\n".join(f"{k}\t{x}" for k, x in enumerate(BASE.split("\n"), 1)),
    "G6 line numbers, colon": "\n".join(f"{k}:{x}" for k, x in enumerate(BASE.split("\n"), 1)),
    "G6 padded numbers": "\n".join(f"{k:6}  {x}" for k, x in enumerate(BASE.split("\n"), 1)),
    "G6 nl": "\n       \n".join(
        f"{k:6}\t{x}" for k, x in enumerate(BASE.replace("\n\n", "\n").split("\n"), 1)
    ),
    "G6 a diff": "\n".join(f"+{x}" for x in BASE.split("\n")),
    "G6 a diff with its head": "--- /dev/null\n+++ b/hanke.txt\n@@ -0,0 +1,300 @@\n"
    + "\n".join(f"+{x}" for x in BASE.split("\n")),
    "G6 a JSON string": '"' + BASE.replace('"', '\\"').replace("\n", "\\n") + '"',
    "G6 2007": "\n".join(f"{k}\t{x}" for k, x in enumerate(OLD.split("\n"), 1)),
}

G8 = [
    *[
        Case(
            f"G8 U+{ord(c):04X}",
            each(page, lambda x, c=c: x.replace("-", c) if x.split(":")[0].find("-") > 0 else x),
            page=None,
            values={"project.code": code, path: value},
        )
        for c in "\u2010\u2011\u2013\u2212"
        for page, code, path, value in (
            (
                swap("Pohjois-Karjalan", "Karjalan")
                .replace("Pohjois-Karjala", "Karjala")
                .replace("-pari", "pari")
                .replace(" - ", ", ")
                .replace("elinkeino-, ", ""),
                "S29999",
                "funding.granted_eu_and_state",
                186400,
            ),
        )
    ],
    Case(
        "G8 labels alone",
        each(
            BASE,
            lambda x: (
                x.replace("EU-", "EU\u2011").replace("WWW-", "WWW\u2013").replace("Y-t", "Y\u2010t")
                if x in FIELDS
                else x
            ),
        ),
    ),
    Case(
        "G8 in an aspect",
        swap("Natura 2000 -ohj", "Natura 2000 \u2013ohj")
        .replace("Tasa-arvon", "Tasa\u2011arvon")
        .replace("Pinta- ja", "Pinta\u2011 ja"),
    ),
    Case(
        "G8 soft hyphens everywhere",
        BASE.replace("hank", "han\u00adk").replace("tu", "t\u00adu").replace("lle", "l\u00adle"),
        page=None,
        values={"project.code": "S29999", "project.status": "Toiminta päättynyt"},
    ),
    *[
        Case(f"G8 {c!a} {where}", put(label, value))
        for c in ("\ufeff", "\u200b", "\u200e", "\u2060")
        for where, label, value in [
            ("at the end of a name", "Hankkeen nimi", f"Mehiläisestä mestariksi{c}"),
            ("before a code", "Hankekoodi", f"{c}S29999"),
            (
                "behind an authority",
                "Vastuuviranomainen",
                f"Pohjois-Karjalan elinkeino-, liikenne- ja ympäristökeskus{c}",
            ),
            ("behind a list", "Kunnat", f"Joensuu, Kitee, Rääkkylä, Tohmajärvi{c}"),
        ]
    ],
    Case(
        "G8 full-width colons",
        each(BASE, lambda x: x.replace(": ", "\uff1a", 1) if x in FIELDS else x),
    ),
    Case("G8 one full-width colon", swap("Hankkeen nimi: ", "Hankkeen nimi\uff1a ")),
    Case(
        "G8 one full-width colon amid a line", swap("\n\nHankkeen nimi: ", " Hankkeen nimi\uff1a")
    ),
    Case(
        "G8 2007 full-width colons",
        each(OLD, lambda x: x.replace(": ", "\uff1a", 1) if x in fields_of(OLD) else x),
        page=OLD,
    ),
]

WEB = "WWW-osoite"
MAIL = "Yhteyshenkilön sähköpostisoite"
G9 = [
    *[
        Case(f"G9 {value}", put(WEB, value), {"applicant.website": "http://x.example"})
        for value in (
            "<http://x.example>",
            "[x](http://x.example)",
            "http://x.example <http://x.example>",
        )
    ],
    *[
        Case(f"G9 {value}", put(MAIL, value), {"applicant.contact.email": "m@x.example"})
        for value in (
            "[m@x.example](mailto:m@x.example)",
            "m(a)x.example",
            "m(ät)x.example",
            "m (at) x.example",
        )
    ],
]

DIVIDED = "ympäristökeskus"
G11 = [
    Case(
        "G11 elsewhere on the page",
        swap("Kuvitelman tarhaajayhdistys ry", "Pohjoisen ympäristö-\nkeskus ry"),
        {"applicant.name": "Pohjoisen ympäristökeskus ry"},
        is_whole=False,
    ),
    Case(
        "G11 inside a syllable",
        swap("Kuvitelman tarhaajayhdistys ry", "Pohjoisen ympär-\nistökeskus ry"),
        {"applicant.name": "Pohjoisen ympäristökeskus ry"},
        is_whole=False,
    ),
    Case(
        "G11 nowhere else",
        swap("Kuvitelman tarhaajayhdistys ry", "Kuvitelman tarhaajayhdis-\ntys ry"),
        {"applicant.name": "Kuvitelman tarhaajayhdis-tys ry"},
        {"*": "tarhaajayhdis-"},
    ),
    Case("G11 liikenne- ja", swap("liikenne- ja", "liikenne-\nja")),
    Case("G11 elinkeino-,", swap("elinkeino-, liikenne", "elinkeino-,\nliikenne")),
    Case(
        "G11 its own hyphen",
        swap("Kunnat: Joensuu", "Kunnat: Itä-\nKuvitelma, Joensuu"),
        {"area.municipalities": ["Itä-Kuvitelma", "Joensuu", "Kitee", "Rääkkylä", "Tohmajärvi"]},
    ),
    Case(
        "G11 a soft hyphen",
        swap("Kuvitelman tarhaajayhdistys ry", "Kuvitelman tarhaaja\u00ad\nyhdistys ry"),
    ),
    Case(
        "G11 the hyphenated word elsewhere",
        put("Hankkeen nimi", "Apua osa-\naikatyössä oleville"),
        {"project.name": "Apua osa-aikatyössä oleville"},
    ),
    Case(
        "G11 2007",
        swap("Satulammen kehitysyhtiö", "Satulammen ympäristö-\nkeskus", OLD),
        {"applicant.name": "Satulammen ympäristökeskus Oy"},
        page=OLD,
        is_whole=False,
    ),
    Case(
        "G11 2007 nowhere else",
        swap("Satulammen kehitysyhtiö", "Satulammen kehitys-\nyhtiö", OLD),
        {"applicant.name": "Satulammen kehitys-yhtiö Oy"},
        {"*": "kehitys-"},
        page=OLD,
    ),
    Case(
        "G11 in a row",
        swap("Tarulan kansanopisto ry,", "Tarulan kansan-\nopisto ry,"),
        {"applicant.co_implementers[0].name": "Tarulan kansan-opisto ry"},
        {"*": "kansan-"},
    ),
]

G12 = [
    Case(f"G12 {value}", put(label, value, page), {path: value}, {"*": value}, page=page)
    for page, label, value, path in [
        (BASE, "Hankkeen nimi", "Kettu ja hanhi Kettu ja hanhi", "project.name"),
        (BASE, "Hankkeen nimi", "Kettu [Kommentti: tarkista]", "project.name"),
        (BASE, "Vastuuviranomainen", "Lapin liitto (jatkuu)", "project.responsible_authority"),
        (BASE, "Postitoimipaikka", "Kuvitelma ***", "applicant.address.post_office"),
        (BASE, "Jakeluosoite", "Apilaniitty 5 [huom. uusi]", "applicant.address.street"),
        (BASE, "Hakijan virallinen nimi", "Kettu Oy, Kettu Oy", "applicant.name"),
        (OLD, "Osio", "Länsi-Suomi [tarkistettava]", "project.programme_part"),
        (OLD, "Asema", "Vetäjä (jatkuu)", "applicant.contact.position"),
        (OLD, "Projektin nimi", "Verkosta voimaa Verkosta voimaa", "project.name"),
    ]
]

COOKIES = "Sivusto käyttää evästeitä\n\nHyväksy\n\nEtusivu\n\nHankkeet\n\n"
G10 = [
    Case(
        "G10 navigation in front",
        COOKIES + BASE,
        {"other_sections[0].text": COOKIES.strip()},
        {"ESR108": "Sivusto"},
    ),
    Case(
        "G10 2007",
        COOKIES + OLD,
        {"other_sections[0].text": COOKIES.strip()},
        {"ESR108": "Sivusto"},
        page=OLD,
    ),
]

CASES = [*G1, *CUT, *G2, *G4, *G5, *G8, *G9, *G10, *G11, *G12]
