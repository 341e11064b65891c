"""U. Rows of tables, and what chains of tools leave of a page."""

from __future__ import annotations

import re

from cases.pages import (
    BASE,
    PATHS,
    TITLE,
    Case,
    headings,
    own,
    put,
    swap,
    told,
    told_of,
    values_told,
)
from esr_parser.grammar import Prose
from esr_parser.layouts import LAYOUT_2014_2020

TIGHT = BASE.replace("\n\n", "\n")
ROWS = "Tarulan kansanopisto ry, 9812340-3\nHunajaverkko - tuottajat, jalostajat ja myyjät osk, 9812378-8"

TITLES = [
    "Osatoteuttajat",
    *(s.title for s in LAYOUT_2014_2020.sections if isinstance(s.content, Prose)),
]

FIELD = re.compile(rf"(?m)^({'|'.join(map(re.escape, PATHS))}): (.+)$")


def as_row(sign: str = ": ", page: str = BASE) -> str:
    """A page as one row of a table, a column in each line: pandas, SQL clients.

    It has no headings but those of prose and partners, and names that come twice are numbered.
    """
    page = page[page.index("Hankekoodi") :].replace(ROWS, ROWS.replace("\n", "; "))
    page = re.sub(r"(?m)^(?:(?:3|4\.1|4\.2|9) (.*)|(Osatoteuttajat))\n\n", r"\1\2: ", page)
    page = re.sub(
        r"(?m)^(?:[0-9].*|V.*nV.*|Toteutuspaikan.*|\S+ (?:ja .*)?kestävyys.*[a-z])\n", "", page
    )
    seen: set[str] = set()
    lines: list[str] = []
    for line in filter(None, page.split("\n")):
        label, _, value = line.partition(": ")
        is_column = label in PATHS or label in TITLES
        name = f"{label}.1" if label in seen else label
        seen.add(label)
        lines.append(f"{name}{sign}{value}" if is_column else line)
    return "\n".join(lines)


CASES = [
    *[
        Case(
            f"U1 a row of a table: {sign!r}",
            as_row(sign),
            reported={"ESR104": "Hankekoodi"},
            is_whole=False,
            keeps_space=False,
        )
        for sign in (": ", " = ", "\t")
    ],
    Case(
        "U2 hyphens of Word",
        BASE.replace("tipääll", "ti\x1fpääll").replace("Pohjois-K", "Pohjois\x1eK"),
    ),
    Case(
        "U2 signs of units",
        put("Postitoimipaikka", "\u212bnget").replace("Kunnat:", "\u212aunnat:"),
        {"applicant.address.post_office": "Ånget"},
    ),
    Case(
        "U3 paragraphs of definitions",
        re.sub(r"(?m)^((?:Hank|Suku).*): (Kyllä|Ei)\n(.*)", r"\1\n: \2\n: \3", BASE),
        noisy=False,
    ),
    *told_of(
        "U4 behind the report",
        lambda line: f"{BASE.rstrip()}\n\n{line}",
        *(
            "Last updated 2021-03-12 04:39:11 UTC",
            "From <https://www.hanke.example>",
            "Viitattu 12.3.2021",
        ),
        *("*/", "});", "EOT;", "{panel}", "\x04", "Document Outline"),
    ),
    *told_of(
        "U4 behind the scores",
        lambda line: f"{BASE[: BASE.index('9 Loppu')].rstrip()}\n{line}",
        *("---END---", "EOF", "Sulje", "}", "3", "Terveisin Testi"),
    ),
    Case(
        "U4 an outline behind the page",
        "\n".join([f"{BASE.rstrip()}\n\nDocument Outline\n", TITLE, *headings()]),
        noisy=False,
    ),
    *[
        own(
            f"U4 {text[:3]!r} in the report",
            swap("\n\nMestari ja opp", f"\n\n{text}\n\nTyö jatkuu.\n\nMestari ja opp"),
            noisy=False,
        )
        for text in ("---", "Mittari | Tavoite")
    ],
    told(
        "U5 an address without its fields",
        re.sub(r"(?s)(paikassa\n\n).*?(?=7 Hake)", r"\1", BASE),
        "ESR305",
        "6 Maan",
    ),
    *values_told(
        "U6 an authority without a hyphen or a space",
        {
            "Vastuuviranomainen": [
                f"Lapin elinkeino-, {x} ympäristökeskus" for x in ("liikenneja", "liikenne-ja")
            ]
        },
    ),
    told(
        "U7 letters that were overwritten",
        swap("tarhaajan amm", "tarh\0\0\0\0an amm"),
        "ESR308",
        "tarh",
    ),
    Case(
        "U8 partners right behind an arrangement",
        swap("(yhteishanke)\n\nOsatoteuttajat\n", "(yhteishanke) Osatoteuttajat\n"),
        noisy=False,
    ),
    Case(
        "U8 an answer and its explanation in the line below",
        re.sub(r"(?m)^((?:Hank|Suku).*:) (Kyllä|Ei)\n(?=\S)", r"\1\n\2 ", BASE),
        noisy=False,
    ),
    Case(
        "U8 halves of a name and of an arrangement, in a page without empty lines",
        TIGHT.replace("keskus: Pohjois-", "keskus: Pohjois-\n").replace(" (yhteis", "\n(yhteis"),
        keeps_space=False,
        noisy=False,
    ),
    *[
        Case(
            f"U8 a partner in cells of CSV: {row}",
            swap(ROWS.split("\n", maxsplit=1)[0], row),
            noisy=False,
        )
        for row in ('"Tarulan kansanopisto ry",9812340-3', '"Tarulan kansanopisto ry","9812340-3"')
    ],
    *told_of(
        "U8 a partner",
        lambda row: swap(ROWS.split("\n", maxsplit=1)[0], row),
        "---, Tarulan kansanopisto ry, 9812340-3",
    ),
    *told_of(
        "U8 a partner",
        lambda row: swap(ROWS.split("\n", maxsplit=1)[0], row),
        "Tarulan kansanopisto ry, LY 9812340-3",
        code="ESR305",
    ),
    *told_of(
        "U8 in prose",
        lambda line: swap("\n\nJokainen pari", f"\n\n{line}\n\nJokainen pari"),
        *("--- Chunk 2 ---", "Alku.\u21b5Loppu."),
    ),
    *values_told(
        "U8 an address",
        {"WWW-osoite": ["http://www.kettu.example/?  id=12&kieli=fi"]},
        code="ESR305",
    ),
    told(
        "U8 a border above an explanation",
        swap("\nYhdistyksen jäs", "\n---|---\n|Yhdistyksen jäs"),
        "ESR308",
        "---|---",
    ),
    Case(
        "U9 the title of another period",
        swap(TITLE, TITLE.replace("hankkeen", "projektin")),
        {"other_sections[0].text": TITLE.replace("hankkeen", "projektin")},
        {"ESR104": "Euroopan unioni"},
        is_whole=False,
        noisy=False,
    ),
    *[
        Case(f"U9 beside the title: {text}", swap(TITLE, text), noisy=False)
        for text in (f"{TITLE} - Tietopalvelu", f"{TITLE} (S29999)", f"S29999: {TITLE}")
    ],
    Case(
        "U10 the heading of a section on each sheet of it",
        swap("Y-tunnus: ", "2 Hakijan perustiedot\n\nY-tunnus: "),
        noisy=False,
    ),
    told(
        "U10 a section that is there twice",
        swap("\n\n3 Suun", "\n\n2 Hakijan perustiedot\n\nY-tunnus: 9812376-1\n\n3 Suun"),
        "ESR202",
        "2 Hak",
    ),
    *[
        Case(f"U11 {word!r} behind every value", FIELD.sub(rf"\1: \2 {word}", BASE), noisy=False)
        for word in ("Kopioi", "content_copy")
    ],
    *[
        Case(
            f"U11 a value of a known shape in signs: {value}",
            swap(f": {old}", f": {value}"),
            reported=told,
        )
        for old, value, told in (
            ("S29999", "[S29999]", {"ESR308": "[S29999]"}),
            ("9812376-1", "'9812376-1", {"ESR308": "'9812376-1"}),
            ("186 400", '"186 400"', {}),
        )
    ],
    told(
        "U12 a border before an explanation",
        swap("\nYhdistyksen jäs", "\n|Yhdistyksen jäs"),
        "ESR308",
        "|Yhd",
    ),
    told(
        "U12 a title in a sentence, and none in its place",
        swap(
            "4.1 Varsinaiset kohderyhmät\n\nPohj",
            "Hankkeen Varsinaiset kohderyhmät: nuoret\n\nPohj",
        ),
        "ESR201",
        "Euroopan",
    ),
    Case(
        "U12 a page in one line, with bars",
        re.sub(r"\n+", " | ", BASE.rstrip()),
        keeps_space=False,
        noisy=False,
    ),
]
