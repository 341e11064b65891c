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

ROWS = "Tarulan kansanopisto ry, 9812340-3\nHunajaverkko - tuottajat, jalostajat ja myyjät osk, 9812378-8"

TITLES = [
    "Osatoteuttajat",
    *(s.title for s in LAYOUT_2014_2020.sections if isinstance(s.content, Prose)),
]


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
        "ESR311",
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
]
