"""M. What converters make of a page, and what is done to their texts next."""

from __future__ import annotations

import csv
import io
import re
import textwrap
import unicodedata
from typing import Literal

from cases.pages import (
    BANNER,
    BASE,
    PATHS,
    TITLE,
    WATERS,
    Case,
    each,
    fields_of,
    own,
    paged,
    put,
    swap,
    told,
    told_of,
    values_read,
    values_told,
)

ASPECT = "Luonnonvarojen käytön kestävyys 6 7"
NOTE = "Hunaja on uusiutuva luonnontuote."
TWO = "Hunaja on uusiutuvaa.\nSitä riittää.\n"
FRONT, REST = BASE[: BASE.index("3 Suun")], BASE[BASE.index("3 Suun") :]
PERSONS = BASE.rindex("Toteutunut seurantatietojen mukaan: ")
LABELS = "|".join(map(re.escape, PATHS))
FIELD = re.compile(rf"(?m)^({LABELS}): (.+)$")
SOCIAL = "Sosiaalinen ja kulttuurinen kestävyys sekä yhdenvertaisuus"
LISTED = swap("Jokainen pari", "Tavoitteet:\n1. Jokainen pari").replace(
    " Talvella opis", "\n2. Talvella opis"
)
LIST = swap(
    "Jokainen pari", 'Teemat: "Kettu","Karhu","Susi","Ilves","Ahma","Hirvi","Peura". Jokainen pari'
)
ROW = re.compile(rf"({LABELS}):(?: (.*))?|(.*) ([0-9]+) ([0-9]+)|(Vä.*n)(Vä.*n)")
NUMBERED = re.compile(r"(?m)^([0-9](?:\.[0-9])?) (?=[A-ZÄÖ])")
HEADING = re.compile(r"(?m)^([0-9](?:\.[0-9])? [A-ZÄÖ].*)$")


def under(before: str, behind: str = "", page: str = BASE) -> str:
    """A page with something above and below each heading."""
    return HEADING.sub(rf"{before}\1{behind}", page)


def beside(gap: str, end: str, empty: str) -> str:
    """A page with an aspect of two lines; beside it are its scores and a note of two lines."""
    front, rest = NOTE.split(" uus")
    return swap(
        f"{ASPECT}\n{NOTE}",
        f"{end}Luonnonvarojen käytön{gap}6{gap}7{gap}{front}{end}\n"
        f"{end}kestävyys{empty}uus{rest}{end}",
    )


def rows(sign: str, quoting: Literal[0, 1], width: int = 0) -> str:
    """A page as CSV: a field, a question or an aspect a row, with empty cells behind them."""
    out = io.StringIO()
    table = csv.writer(out, delimiter=sign, quoting=quoting, lineterminator="\n")
    for line in BASE.split("\n"):
        match = ROW.fullmatch(line)
        cells = [x for x in match.groups() if x is not None] if match else [line]
        if line:
            table.writerow(cells + [""] * (width - len(cells)))
    return out.getvalue()


BREAKS = ("<br>", "<br/>", "<br />")


def in_cells(sign: str, page: str = BASE) -> str:
    """Fields in rows of a table, the lines of each cell with a sign between them."""
    fields = fields_of(page)

    def row(line: str) -> str:
        cells = line.split(": ", 1) if line in fields else []
        return (
            "".join(f"|{sign.join(textwrap.wrap(x, 30))}" for x in cells) + "|" if cells else line
        )

    return re.sub(
        r"(?m)^(?<!\|\n)\|.*", r"\g<0>\n|---|---|", each(page, row).replace("|\n\n|", "|\n|")
    )


def in_column(field: re.Match[str]) -> str:
    """A field with its value in a column of 40 letters."""
    value = textwrap.wrap(field[2], 40)
    return f"{field[1]:<60}: " + f"\n{'':<62}".join(value)


def nested(page: str) -> str:
    """Headings as items of a list, and fields as those of lists inside it."""
    fields = fields_of(page)
    page = each(page, lambda x: f"  - {x}" if x in fields or ROW.fullmatch(x) else x)
    return HEADING.sub(r"- \1", page)


EIGHT = BASE[:PERSONS] + re.sub(r": [0-9]+", ": 8", BASE[PERSONS:], count=1)
CASES = [
    Case("M1 reStructuredText: rubrics", under(".. container::\n\n.. rubric:: ", "\n:name: x-y\n")),
    Case("M1 Haddock: names of headings", under("== ", "\n#otsikko-1#")),
    Case("M1 Org: an anchor", f"<<header>>\n\n{BASE}"),
    Case("M1 AsciiDoc: anchors", under("[[otsikko]]\n== ")),
    Case("M1 AsciiDoc: a table", swap("VälitönV", '[cols=",,",options="header",]\nVälitönV')),
    Case(
        "M1 breaks that are tags",
        under("## ", page=swap(f"{NOTE}\n", f"{NOTE}<br />\nSitä riittää.\n")),
        page=swap(f"{NOTE}\n", f"{NOTE}\nSitä riittää.\n"),
    ),
    *[Case(f"M2 rules: {x}", under(f"{x * 74}\n\n")) for x in "\u2500\u2501\u2550\u2015"],
    Case(
        "M3 labels in bold with the space behind them",
        re.sub(r"(?m)^([A-ZÄÖ][^:\n]+): (?=\S)", r"__\1: __", FRONT) + REST,
    ),
    Case(
        "M4 a value that is the number of the heading below it",
        re.sub(rf"(?m)^({LABELS}):(?: (.+))?$", r"\1\n\2", EIGHT),
        page=EIGHT,
        noisy=False,
    ),
    told(
        "M4 the number of a heading is no score",
        re.sub(r"(?m)^Ympäristöosaaminen 8 8\n.*$", "Ympäristöosaaminen 8", BASE),
        "ESR302",
        "Ympäristöosaaminen",
    ),
    *[
        Case(f"M5 a note beside its aspect: {gap!r}", beside(gap, end, empty), noisy=False)
        for gap, end, empty in ((" | ", "|", " | | | "), ("     ", "", " " * 30))
    ],
    Case(
        "M5 scores between the two halves of an aspect",
        swap(
            f"{WATERS} 2 3", f"{WATERS.replace('jen ', 'jen' + chr(10) + '      2   3' + chr(10))}"
        ),
        noisy=False,
    ),
    Case(
        "M5 a short word in the first cell",
        swap("Tasa-arvon edistäminen 6 5", "Tasa-arvon         6        5\nedistäminen"),
        noisy=False,
    ),
    *[
        Case(
            f"M6 a title of blocks: {sign!r}",
            swap(f"{BANNER}\n\n{TITLE}", f"{BANNER}\n\n{TITLE.replace(' ', sign)}"),
            noisy=False,
        )
        for sign in ("\n", "\n\n", "          ")
    ],
    Case(
        "M7 a value that ends in a joining word",
        put(
            "Hankkeen nimi",
            "Mestarista 2018-2020 oppilaaksi ja\ntarhaajaksi",
            BASE.replace("\n\n", "\n"),
        ),
        {"project.name": "Mestarista 2018-2020 oppilaaksi ja tarhaajaksi"},
        keeps_space=False,
        noisy=False,
    ),
    Case(
        "M8 the same note at two pages' ends",
        re.sub(r"(?m)^(Materiaalit .*|Luonnonvarojen .*)\n.*", r"\1\nEi vaikutusta.\n\f", BASE),
        page=re.sub(r"(?m)^(Materiaalit .*|Luonnonvarojen .*)\n.*", r"\1\nEi vaikutusta.", BASE),
        noisy=False,
    ),
    Case(
        "M9 a list of pictures", f"{BASE.rstrip()}\n\nLinks:\n1. Image: http://www.example.fi/a.png"
    ),
    Case(
        "M10 a note that begins with its answer, and a comma",
        swap(
            "edistäminen: Ei\nHankkeen päätavoite on uusien elinkeinojen synty.",
            "edistäminen: Ei Ei, päätavoite on muu.",
        ),
        {
            "horizontal_principles.gender_equality.main_objective.explanation": "Ei, päätavoite on muu."
        },
    ),
    *values_told(
        "M11 a region that is cut or misspelled",
        {"Maakunnat": ("Etelä-Savo, Pohjois-Kar", "Pohjois-Karjla")},
        code="ESR305",
    ),
    *values_told(
        "M11 a day without its year",
        {"Suunnitelman mukainen toteutusaika": ("Alkaa 1.3. ja päättyy 31.8.2022",)},
        code="ESR302",
    ),
    *[
        Case(
            f"M12 rows of CSV: {sign!r}, {quoting}, {width}",
            rows(sign, quoting, width),
            keeps_space=False,
            noisy=False,
        )
        for sign in ",;\t"
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL)
        for width in (0, 3)
    ],
    Case(
        "M13 a note of two lines, once for each of three columns",
        swap(f"{ASPECT}\n{NOTE}", f"{ASPECT.replace(' 6 ', chr(10) + '6' + chr(10))}\n" + 3 * TWO),
        page=swap(NOTE, TWO.rstrip()),
        noisy=False,
    ),
    told(
        "M14 letters without their dots",
        unicodedata.normalize("NFKD", BASE).encode("ascii", "ignore").decode(),
        "ESR113",
        "Euroopan",
        noisy=False,
    ),
    told(
        "M15 an amount at the end of prose",
        swap("\n\n5 P", "\n312 375\n\n5 P"),
        "ESR308",
        "312 375",
    ),
    told("M15 nothing, and a space behind it", swap(NOTE, "N/A "), "ESR308", "N/A"),
    *values_told(
        "M15 spaces in an address",
        {
            "WWW-osoite": (
                "https://www.tarhat.example/ index.html",
                "https://tarhat.example/?a=1& b=2",
            )
        },
        code="ESR305",
    ),
    *told_of(
        "M16 the time of a print",
        lambda line: swap(NOTE, f"{NOTE}\n{line}"),
        *("28.11.2023, 10.15", "11/28/23, 10:15 AM", "11/28/23, 10:15 AM    Hankekuvaus"),
    ),
    told(
        "M16 the time of a print before a row",
        swap("Tarulan kansanopisto ry", "11/28/23, 10:15 AM Tarulan kansanopisto ry"),
        "ESR308",
        "11/28/23",
    ),
    Case(
        "M16 a short last sheet",
        paged(BASE, lambda k, n: f"\n28.11.2023\nHankekuvaus\nhttp://example.fi\n{k}/{n}\n", 52),
        keeps_space=False,
        noisy=False,
    ),
    told(
        "M17 a page without headings and empty lines",
        re.sub(r"\n\n+", "\n", HEADING.sub("", BASE[len(BANNER) + len(TITLE) + 4 :])),
        "ESR201",
        "Osallistujat oppivat",
    ),
    Case(
        "M12 rows of CSV with the index of pandas",
        ",0,1,2\n"
        + "".join(f"{k},{x}\n" for k, x in enumerate(rows(",", csv.QUOTE_MINIMAL, 3).splitlines())),
        keeps_space=False,
        noisy=False,
    ),
    *[
        Case(
            f"M18 fields in another form: {form}",
            FIELD.sub(form, put("Erityistavoite", "9.3. Uutta; vanhaa", FRONT)) + REST,
            {"project.specific_objective.title": "Uutta; vanhaa"},
            noisy=False,
        )
        for form in (r"\1; \2", r'"\1",\2', r'"\1:",\2', r'"\1:", "\2"')
    ],
    Case(
        "M18 a list in quotes in prose, in blocks in quotes",
        "\n\n".join(f'"{block}"' for block in LIST.replace('"', '""').split("\n\n")),
        page=LIST,
        noisy=False,
    ),
    Case("M19 numbers above numbered headings", NUMBERED.sub(r"\1\n\1 ", BASE), noisy=False),
    *[
        told(f"M19 above the title: {word}", f"{word}\n\nEtusivu\n\n{BASE}", "ESR108", word)
        for word in ("Hakija", "Euroopan sosiaalirahasto")
    ],
    Case(
        "M19 a gap in a wrapped dimension",
        swap(SOCIAL, SOCIAL.replace(" ja", "  ja").replace(" sekä", "\nsekä")),
        noisy=False,
    ),
    told(
        "M19 a number between two halves",
        swap("Natura 2000 -", "Natura 2000\n7\n-"),
        "ESR302",
        "Natura 2000",
    ),
    *[
        Case(
            f"M20 a footer that is a sentence: {footer}",
            paged(BASE, lambda k, n, footer=footer: f"\n{footer.format(k)}\n\f", 60),
            keeps_space=False,
            noisy=False,
        )
        for footer in ("Tulostettu järjestelmästä 1.2.2023.", "Hankekuvaus, lehti {}/9.")
    ],
    *[
        own(f"M20 the page's own: {line}", swap(NOTE, f"{NOTE}\n{line}"))
        for line in ("#kiertotalous#", "[[mehiläinen]]", ":name: Kettu", "[width=5 m] ja [2]")
    ],
    own("M20 a telephone number at the end", f"{BASE.rstrip()}\n\nLisätietoja:\n040 123 456"),
    *values_read(
        "M20 no alarm",
        {"WWW-osoite": ("https://www.tarhaajat.example/ facebook.example/tarhaajat",)},
    ),
    Case("M21 rows whose values are not in quotes", FIELD.sub(r"\1,\2", BASE), noisy=False),
    told(
        "M21 quotes of the values in columns",
        FIELD.sub(r'\1\t"\2" x', BASE),
        "ESR302",
        "Suunnitelman mukainen",
        noisy=False,
    ),
    *[
        Case(
            f"M22 escapes of {wiki}",
            LISTED.replace("://", sign).replace("Tavoitteet:\n1.", f"Tavoitteet:\n{number}1."),
            page=LISTED,
            noisy=False,
        )
        for wiki, sign, number in (
            ("Zim", ":''//''", ""),
            ("DokuWiki", ":%%//%%", ""),
            ("Markua", ":~/~/", ""),
            ("AsciiDoc", "://", "{empty}"),
            ("Muse", "://", "<verbatim></verbatim>"),
        )
    ],
    Case("M22 names above headings: Markua", under("{id: kettu}\n"), noisy=False),
    Case("M22 classes below headings: reStructuredText", under("", "\n:class: mb-0"), noisy=False),
    Case(
        "M22 names and breaks: XWiki",
        HEADING.sub(r'= \1 {{id name="kettu" /}}=', FIELD.sub(r"\1:\\\\\\\\\2", LISTED)).replace(
            "\n2. ", r"\\2. "
        ),
        page=LISTED,
        noisy=False,
    ),
    Case(
        "M22 dashes of pandoc, beside quotes",
        HEADING.sub(r"## \1", swap("tarhaajan ammatin", r"\"tarhaajan\" -- ammatin")),
        page=swap("tarhaajan ammatin", '"tarhaajan" \u2013 ammatin'),
        noisy=False,
    ),
    *[
        Case(f"M23 a button {where} each heading", page, noisy=False)
        for where, page in (
            ("below", under("", "\n\nKopioi linkki")),
            ("above", under("Takaisin ylös\n\n")),
            ("right below", under("", "\nJaa")),
        )
    ],
    own(
        "M23 the same below three headings",
        re.sub(r"(?m)^(4\.[12]|3) (.*)$", r"\1 \2\n\nEi tietoja.", BASE),
    ),
    Case("M24 values below each other: PowerShell", FIELD.sub(in_column, BASE), noisy=False),
    Case(
        "M24 values set in, each in a block",
        FIELD.sub(r"\1:\n\n    \2", re.sub(r"(?m): (Kyllä|Ei)$", r":\n\n    \1", BASE)),
        noisy=False,
    ),
    Case("M24 lists inside lists", nested(BASE), noisy=False),
    *[Case(f"M24 lines in cells: {sign}", in_cells(sign), noisy=False) for sign in BREAKS],
    told(
        "M24 the end of an address, alone in its line",
        in_cells(
            "<br>", swap(": https://www.tarhaajat.example", ": http://kettu.example/?id")
        ).replace("?id|", "?id<br>=|"),
        "ESR308",
        "?id<br>=",
        noisy=False,
    ),
    Case(
        "M24 breaks: Muse",
        re.sub(r"(?m)^(.*(?: [0-9] [0-9]|Kyllä|Ei))\n(?=\S)", r"\1<br>\n", BASE),
        noisy=False,
    ),
    Case(
        "M24 a tag behind every row",
        re.sub(r"(?m)^(.*(?: [0-9] [0-9]|, [0-9]{7}-[0-9]))$", r"\1<br>", BASE),
        noisy=False,
    ),
]
