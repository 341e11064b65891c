"""O. Sheets of spreadsheets, pages of websites, and what people leave between the lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.of_converters import FIELD
from cases.pages import BASE, OLD, Case, blocks, headings, put, swap, told, told_of, values_told

FIELD_OF = {"2014": FIELD, "2007": re.compile(r"(?m)^([A-ZÄÖ][^:.,()\n]{4,60}): (.+)$")}
NAMES, VALUES = zip(*FIELD.findall(BASE), strict=True)
WIDE = {
    f"O1 a project a row, between {sign!r}": f"{sign.join(NAMES)}\n{sign.join(VALUES)}\n"
    for sign in ("\t", ";", "|", ",")
}
"""Tables that are no page."""

BARE = blocks(BASE, lambda x: x.partition(" ")[2] if x in headings() else x)
TITLES = "\n".join(title.partition(" ")[2] for title in headings())
RUNNING = BASE[: BASE.index("\n\n9 Loppu")].rpartition("\n")[0]
PHONES = re.findall("(?m)^Puhelinnumero: (.+)$", OLD)
FIRST = BASE[BASE.index("Mehiläistarhaus") : BASE.index("Jokainen pari")]
AIM = "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen"


def sheet(sign: str, *, is_quoted: bool = False) -> str:
    """Labels and headings in one column, values and the sections' text in the other."""

    def cell(text: str) -> str:
        has_signs = any(x in text for x in (sign, "\n", '"'))
        doubled = text.replace('"', '""')
        return f'"{doubled}"' if is_quoted or has_signs else text

    def rows() -> Iterator[list[str]]:
        row: list[str] = []
        for block in BASE.rstrip("\n").split("\n\n"):
            found = FIELD.fullmatch(block)
            if found or block in headings() or not row or row[0] not in headings():
                yield row
                row = [found[1], found[2]] if found else [block.rstrip(":"), ""]
            else:
                row[1] = f"{row[1]}\n\n{block}".strip("\n")
        yield row

    return "\n".join(sign.join(map(cell, row)) for row in rows() if row)


def plain(text: str) -> str:
    """Finnish text in ASCII."""
    return text.translate(str.maketrans("åäöÅÄÖ–", "aaoAAO-"))


def column(field: re.Match[str]) -> str:
    """A field whose label is written as the name of a column."""
    return f"{re.sub(r'[ -]+', '_', plain(field[1])).lower()}: {field[2]}"


def between(line: str) -> str:
    """A page with a line behind every ninth block."""
    return re.sub(r"((?:.+\n)+\n)" * 9, rf"\g<0>{line}\n\n", BASE)


CASES = [
    *[
        Case(
            f"O1 a section's text in the second column, between {sign!r}{', quoted' * is_quoted}",
            sheet(sign, is_quoted=is_quoted),
            keeps_space=False,
            noisy=False,
        )
        for sign, is_quoted in ((",", False), (";", False), ("\t", False), (";", True))
    ],
    *told_of(
        "O2 below the last row of a page without a report",
        lambda line: re.sub(r"\n\n+", "\n", RUNNING) + f"\n{line}",
        *("© TEM 2020", "Sivun alkuun", "Tulostettu 30.11.2023", "Takaisin hakutuloksiin"),
        *("Lähetetty iPhonesta", "https://tarhaajat.example/?id=1 3/3"),
    ),
    told(
        "O2 a title twice, and no numbers",
        swap("Mestari ja oppilas", "Loppuraportin tiivistelmä\n\nMestari ja oppilas", BARE),
        "ESR307",
        "Loppuraportin tiivistelmä",
    ),
    told(
        "O2 a title once more further on, and no numbers",
        swap("\n\nMaantieteellinen", "\n\nVälilliset kohderyhmät\n\nMaantieteellinen", BARE),
        "ESR307",
        "Välilliset kohderyhmät",
    ),
    *[
        Case(f"O2 contents behind the page: {caption!r}", f"{BARE}\n\n{caption}\n{TITLES}")
        for caption in ("Tällä sivulla", "Sisällysluettelo")
    ],
    *[
        told(f"O3 behind an answer: {rest}", put(AIM, f"Ei{rest}"), "ESR305", AIM)
        for rest in (". Korjattu: Kyllä", " 0 Kyllä 1", " / No", " [MM1]", " Muokkaa", "\tok")
    ],
    *[
        told(f"O3 a stray line in prose: {line}", between(line), "ESR308", line)
        for line in ("Seuraava sivu >", "Dia 4", "[Huomautus 26: tarkista]", "Muistiinpano: uusi")
    ],
    *told_of(
        "O3 a mark before prose",
        lambda line: swap("Jokainen pari", f"{line} Jokainen pari", swap(FIRST, "")),
        *("//", "~", ";", "=====\n"),
    ),
    *[
        Case(
            f"O3 a rule between blocks: {rule!r}",
            BASE.rstrip().replace("\n\n", rule),
            keeps_space=rule[1] == "\n",
        )
        for rule in (
            "\n==========\n",
            "\n* * *\n",
            "\n.....\n",
            "\n\n_____\n\n",
            "\n\n\u2500\u2500\n\n",
        )
    ],
    Case("O3 a rule between blocks, 2007", OLD.rstrip().replace("\n\n", "\n\n---\n\n"), page=OLD),
    Case(
        "O4 the first of two telephone numbers is missing, 2007",
        swap(f"Puhelinnumero: {PHONES[0]}\n\n", "", OLD),
        {"applicant.phone": None},
        page=OLD,
        is_whole=False,
    ),
    *told_of(
        "O4 another unit",
        lambda unit: swap("rahoitus, euroa", f"rahoitus, {unit}"),
        *("senttiä", "kruunua", "USD"),
        code="ESR305",
    ),
    *values_told("O4 a town among the regions", {"Maakunnat": ["Joensuu"]}, code="ESR305"),
    *values_told(
        "O4 values",
        {
            "Hakijan virallinen nimi": ["0", "Valitse"],
            "Hankkeen yhteyshenkilön nimi": ["Mesitarha Aune, puh. 040 1234567"],
            "WWW-osoite": ["https://tarhaajat.example Avautuu uudessa ikkunassa"],
        },
    ),
    *[
        Case(f"O5 labels as names of columns, {year}", FIELD_OF[year].sub(column, page), page=page)
        for year, page in (("2014", BASE), ("2007", OLD))
    ],
    Case("O5 labels in ASCII", FIELD.sub(lambda m: f"{plain(m[1])}: {m[2]}", BASE)),
    *told_of(
        "O5 everything in ASCII",
        lambda _: plain(FIELD.sub(column, BASE)),
        "Euroopan unioni Vipuvoimaa EU:lta",
        code="ESR113",
    ),
    *[
        Case(f"O6 behind each label: {tail!r}", FIELD.sub(rf"\1 {tail}\n\2", BASE))
        for tail in ("(pakollinen tieto)", "*", "(required):")
    ],
    Case(
        "O7 a list with numbers",
        put("Kunnat", "1) Joensuu, 2) Kitee, 3) Rääkkylä, 4) Tohmajärvi"),
    ),
    told(
        "O7 a label before a partner",
        swap("\nTarulan kans", "\nOsatoteuttajan nimi: Tarulan kans"),
        "ESR308",
        "Osatoteuttajan nimi",
    ),
    told("O7 the rows of a query", f"{RUNNING}\n(28 rows)\n", "ESR308", "(28 rows)"),
]
