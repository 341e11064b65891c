"""N. Spaces, line ends and columns that extractors of text leave out or change."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from functools import partial

from cases.of_converters import ASPECT, FIELD, HEADING, NOTE
from cases.pages import (
    BANNER,
    BASE,
    OLD,
    PATHS,
    TITLE,
    Case,
    blocks,
    headings,
    of_both,
    own,
    paged,
    put,
    swap,
    told,
    wrapped,
)

OWNER, NAME, PAIRS = "Hakijan virallinen nimi", "Hankkeen nimi", "Jokainen pari hoitaa"
PERSON, POSITION = "Hankkeen yhteyshenkilön nimi", "Yhteyshenkilön asema hakijaorganisaatiossa"
ROW = re.compile(r"(?m)^(Vä\w+n)(Vä\w+n)$|(\D+) ([0-9]+) ([0-9]+)$")
LONG = "Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantiedoista"
MAIN = "Hankkeen päätavoite on uusien elinkeinojen synty."
OUTLINE = "\n".join(f"  * {heading}" for heading in headings())
TIGHT = re.sub(r"\n\n+", "\n", BASE)
PARAGRAPHS = re.sub(r"(?<=[.!?])\n(?=[A-ZÄÖ][a-zäö]+,? [a-zäö])", " ", TIGHT)
BELOW, BESIDE = FIELD.sub(r"\1\n\2", TIGHT), FIELD.sub(r"\1 \2", TIGHT)
PARTICIPANTS = OLD[OLD.index("3.4 ") : OLD.index("4. Projektin")]
PLAN, PERIOD = "Suunnitelman mukainen toteutusaika", "Alkaa 1.3.2020 ja päättyy 31.8.2022"
WIDE = put(
    "Vastuuviranomainen",
    "Pohjois-Karjalan elinkeino-, liikenne- ja ympäristökeskus ja toinen viranomainen muualla",
    put(NAME, f"Mehiläisestä mestariksi, {10 * 'pitkä '}nimi", TIGHT),
)
WIDE = wrapped(put(POSITION, f"Projektipäällikkö, {8 * 'monella '}paikalla", WIDE))
REPORT = BASE[: BASE.index("9 Loppu")] + "9 Loppuraportin tiivistelmä\n\n"
FUNDED = f"Rahoittaja: Rahasto\n\n{BASE[BASE.index('5 Projektin') : BASE.index('7 Hake')]}"
TABLE = swap(NOTE, " | ".join(3 * [f"{NOTE}\nSitä riittää."]))


def without_headings(page: str) -> str:
    """A page as trafilatura leaves it: no title, no headings, no empty lines."""
    return re.sub(r"\n\n+", "\n", HEADING.sub("", page[len(BANNER) + len(TITLE) + 4 :]))


def stamped(stamp: str, size: int = 25) -> str:
    """A page with a line of a print between its sheets of so many lines."""
    lines = BASE.split("\n")
    sheets = ["\n".join(lines[i : i + size]) for i in range(0, len(lines), size)]
    return f"\n{stamp}\n".join(sheets)


def in_prose(first: str, second: str, third: str) -> str:
    """A page with three lines at the same distance, in its summary."""
    text = [f"Rivi {'abcdefghijklmnopqrstuvwxyz'[k]} kertoo tarhasta." for k in range(25)]
    lines = [*text[:3], first, *text, second, *text[::-1], third, *text[3:9]]
    return swap(PAIRS, "\n".join([*lines, PAIRS]))


def numbered(mark: Callable[[int], str], *, is_gap: bool) -> str:
    """A page with something before each line, or before each that is not empty."""
    lines = enumerate(BASE.split("\n"), 1)
    return "\n".join(line if is_gap and not line else mark(k) + line for k, line in lines)


CASES = [
    *of_both("N1 tabs for spaces", lambda page: page.replace(" ", "\t"), noisy=False),
    Case(
        "N1 tabs for spaces, in margins of spaces",
        "\n".join("  " + line.replace(" ", "\t") for line in BASE.split("\n")),
        noisy=False,
    ),
    Case("N2 the outline of a PDF behind it", f"{BASE}\n# Document Outline\n\n{OUTLINE}\n"),
    told(
        "N2 fields below an outline",
        f"{BASE}\n# Document Outline\n\n{OUTLINE}\n\nHankekoodi: S29998\n",
        "ESR202",
        "1 Hanke",
        noisy=False,
    ),
    Case(
        "N2 headers of two lines below the number of a page and a rule",
        paged(
            BASE, lambda k, n: f"\nSivu {k} / {n}\n────\nHankekuvaus\nhttp://example.fi/{'' * k}\n"
        ).removesuffix("────\nHankekuvaus\nhttp://example.fi/\n"),
        keeps_space=False,
        noisy=False,
    ),
    Case(
        "N2 a header on two sheets",
        "Hankekuvaus http://example.fi\n"
        + paged(
            BASE,
            lambda k, n: f"\nSivu {k} / {n}\n" + "Hankekuvaus http://example.fi\n" * (k < n),
            90,
        ),
        keeps_space=False,
        noisy=False,
    ),
    Case(
        "N3 all of a page as one word", PARAGRAPHS.replace("\n", ""), keeps_space=False, noisy=False
    ),
    Case(
        "N3 all of a page without colons as one word",
        FIELD.sub(r"\1\2", PARAGRAPHS).replace("\n", ""),
        keeps_space=False,
        noisy=False,
    ),
    told(
        "N3 paragraphs of a page as one word",
        TIGHT.replace("\n", ""),
        "ESR308",
        "Mehiläistarhaus",
        noisy=False,
    ),
    Case("N3 cells without spaces", ROW.sub(r"\1\2\3\4\5", BASE), noisy=False),
    Case(
        "N3 cells without spaces, a one and a zero",
        ROW.sub(r"\1\2\3\4\5", swap(" kohteet 1 1", " kohteet 1 0\n10 vuotta.")),
        page=swap(" kohteet 1 1", " kohteet 1 0\n10 vuotta."),
        noisy=False,
    ),
    *[
        Case(f"N3 a score at a line end: {new}", swap(ASPECT, new))
        for new in (
            ASPECT.replace(" k", "\nk", 1).replace(" 7", "\n7"),
            f"{ASPECT[:-4].upper()} 6\n7",
        )
    ],
    Case(
        "N3 scores of two digits",
        swap(ASPECT, ASPECT.replace(" 6 7", "1010")),
        noisy=False,
        page=swap(ASPECT, ASPECT.replace("6 7", "10 10")),
    ),
    Case(
        "N3 cells with colons between them",
        re.sub(r"(?m)^([^:\n]+) ([0-9]+) ([0-9]+)$", r"\1: \2: \3", BASE),
        noisy=False,
    ),
    Case(
        "N3 headings right before their text and behind that above",
        re.sub(
            r"\n\n([0-9](?:\.[0-9])? [A-ZÄÖ].*)\n\n",
            r"\1",
            swap("\n\n1 Hanke\n\n", "\n\n1 Hanke\n"),
        ),
        is_whole=False,
        noisy=False,
    ),
    told(
        "N4 a heading that has lost the space of a line end",
        swap(f"Kuvitelma\n\n7 {LONG}", f"Kuvitelma7 {LONG.replace('arviot ', 'arviot')}"),
        "ESR308",
        f"7 {LONG.replace('arviot ', 'arviot')}",
        noisy=False,
    ),
    Case(
        "N4 ligatures of Ghostscript",
        put(OWNER, "Kon\u6600\u6c00iktien sovittelun kes\u7400\u6900 ry"),
        {PATHS[OWNER]: "Konfliktien sovittelun kesti ry"},
        is_whole=False,
    ),
    Case(
        "N5 the scores of an aspect below it, and its explanation behind them",
        swap("edistäminen 8 7\nTyö", "edistäminen\n8 7 Työ"),
        noisy=False,
    ),
    told(
        "N5 one number below two labels",
        BELOW.replace(
            "Suunniteltu\n12\nToteutunut seurantatietojen mukaan\n14\n",
            "Suunniteltu\nToteutunut seurantatietojen mukaan\n\n14\n\n",
        ),
        "ESR305",
        "14",
    ),
    told("N5 a number below an explanation", swap(MAIN, f"{MAIN}\n\n12"), "ESR310", MAIN),
    told(
        "N5 values of one of two sections without headings",
        without_headings(re.sub(", joista.*", "", swap(PARTICIPANTS, "", OLD))),
        "ESR305",
        "Suunniteltu",
        noisy=False,
    ),
    *[
        Case(f"N6 a string in a narrow column: {new}", swap(old, new, BESIDE), keeps_space=False)
        for old, new in (
            (f"{PLAN} {PERIOD}", f"{PLAN[:21]} {PERIOD}\ntoteutusaika"),
            (f"{PLAN} {PERIOD}", f"{PLAN[:21]}\n{PERIOD}\ntoteutusaika"),
            (
                f"{POSITION} Projektipäällikkö",
                "Yhteyshenkilön asema Projektipäällikkö\nhakijaorganisaatiossa",
            ),
            ("Tasa-arvon edistäminen 6 5", "Tasa-arvon 6 5\nedistäminen"),
            (
                f"{ASPECT}\n{NOTE}",
                "Luonnonvarojen 6 7 Hunaja on uusiutuva\nkäytön luonnontuote.\nkestävyys",
            ),
        )
    ],
    Case(
        "N7 a cell of two lines, once for each of three columns",
        re.sub(r"(?m)^([^:\n|]+) ([0-9]+) ([0-9]+)$", r"| \1 | \2 | \3 |", TABLE),
        page=swap(NOTE, f"{NOTE}\nSitä riittää."),
        noisy=False,
    ),
    *[
        Case(f"N7 the title of a web page, {where}", text, noisy=False)
        for where, text in (
            ("twice", f"Hankekuvaus\n\n\nHankekuvaus\n\n{BASE}"),
            ("amid the banner", swap("unioni Vipu", "unioni\n\nHankekuvaus\n\nVipu")),
        )
    ],
    told("N7 the line above a title", swap(TITLE, f"Etusivu\n{TITLE}"), "ESR108", "Etusivu"),
    *[
        Case(f"N8 line ends: {sign}", BASE.replace("\n", sign), keeps_space=False, noisy=False)
        for sign in ("\\n", " \u00b6 ", " ", "\\n\n")
    ],
    Case(
        "N8 blocks that were filled",
        blocks(BASE, lambda block: textwrap.fill(block, 70)),
        keeps_space=False,
        noisy=False,
    ),
    Case(
        "N8 an answer before a sentence that begins with one, without its end",
        swap(f"Ei\n{MAIN}", f"Ei Ei ole, {MAIN[:-1]}"),
        page=swap(MAIN, f"Ei ole, {MAIN[:-1]}"),
    ),
    Case(
        "N8 words and signs taken apart",
        re.sub(r"(?<=[^ \n])([.,:)])(?=\s)|(?<=\()", r" \1", BASE),
        keeps_space=False,
        noisy=False,
    ),
    *[
        told(
            f"N9 a line in lower case below a value: {line}",
            swap(old, f"{old}\n{line}", WIDE),
            "ESR206",
            line,
        )
        for old, line in (
            (f"{OWNER}: Kuvitelman tarhaajayhdistys ry", "muokkaa"),
            ("Puhelinnumero: 000-000 0037", "arkisin klo 9-15"),
            ("WWW-osoite: https://www.tarhaajat.example", "ei päivitetä"),
        )
    ],
    own("N9 an outline's words in prose", swap("\n\n4 H", "\n\nDocument Outline\n\n4 H")),
    own(
        "N9 the name of the project in prose, in a print",
        swap("\n\n4 H", "\n\nMehiläisestä mestariksi\n\n4 H"),
    ),
    told("N9 two scores or one", swap(" kohteet 1 1", " kohteet10"), "ESR302", "kohteet10"),
    own("N9 a time below scores", swap(NOTE, "Kulttuuriympäristö 10:00 alkaen")),
    own("N9 telephone numbers as long as a business id", put("Puhelinnumero", "0401234-567")),
    Case(
        "N9 the same, of a page in one line",
        put("Puhelinnumero", "0401234-567").replace("\n", " "),
        {PATHS["Puhelinnumero"]: "0401234-567"},
        keeps_space=False,
        noisy=False,
    ),
    told(
        "N9 a number before a title in a sentence",
        swap("4.2 Välilliset kohderyhmät\n\n", "").rstrip()
        + "\n\nLuku 14.2 Välilliset kohderyhmät on uusi.",
        "ESR201",
        "Euroopan",
    ),
    Case(
        "N9 a table of words with tabs",
        "Hankekoodi\tS29999\nY-tunnus\t9812340-3\nPostinumero\t00017\n",
        {PATHS["Hankekoodi"]: "S29999", PATHS["Y-tunnus"]: "9812340-3"},
        {"ESR201": "Hankekoodi"},
        page=None,
        is_whole=False,
        noisy=False,
    ),
    *[
        own(f"N9 the page's own: {line}", swap(NOTE, f"{NOTE}\n{line}"))
        for line in ("Hyvinvoinnin edistäminen: 6: 7 kertaa", "Momentit \u00b6 5 ja \u00b6 6")
    ],
    Case(
        "N9 pilcrows on a page with breaks of HTML",
        swap(NOTE, "Momentit \u00b6 5 ja \u00b6 6").replace("\n", "<br>"),
        page=swap(NOTE, "Momentit \u00b6 5 ja \u00b6 6"),
        keeps_space=False,
        noisy=False,
    ),
    *[
        told(f"N9 both answers, {both}", swap(f"Ei\n{MAIN}", f"{both} {MAIN}"), "ESR302", both)
        for both in ("Kyllä Ei", "Ei Kyllä", "Ei X Kyllä")
    ],
    *[
        case
        for sign in (" ......... ", "....", " . . . . . ", "\t.....\t", "......: ", "=", "=>")
        for case in of_both(f"N10 {sign!r} for colons", partial(FIELD.sub, rf"\1{sign}\2"))
    ],
    *of_both("N10 a word before headings", partial(HEADING.sub, r"Section \1")),
    Case("N10 lists in lists", FIELD.sub(r"- \1\n  - \2", TIGHT), keeps_space=False),
    Case(
        "N10 dots before scores",
        re.sub(r"(?m)^([^\d:]+) ([0-9]+ [0-9]+)$", r"\1 ........ \2", BASE),
        keeps_space=False,
    ),
    Case("N10 on each sheet", stamped("\fPäiväys: 28.11.2023"), noisy=False),
    Case(
        "N10 on top of each sheet",
        f"Raportti: EURA\n{stamped('Raportti: EURA', 35)}",
        noisy=False,
    ),
    own(
        "N10 the aspect of another row in a note", swap(NOTE, "Kulttuuriympäristö .... 7 8 kertaa")
    ),
    told("N10 a number of many digits", "9" * 4301, "ESR101", "999"),
    told("N10 the time of a print", f"{BASE}\n\n11/28/23, 10:15 am", "ESR308", "11/28"),
    told(
        "N10 a semicolon above a heading",
        swap("ympäristökeskus\n\n2 H", "ympäristökeskus; 2 H"),
        "ESR308",
        "Vastuuviranomainen",
    ),
    told(
        "N10 rows of two projects",
        "\n".join(
            f"S2999{k} | {line.replace(':', ' |')}"
            for k in (8, 9)
            for line in TIGHT.split("\n")
            if ":" in line and "http" not in line
        ),
        "ESR101",
        "S29998",
        noisy=False,
    ),
    told(
        "N10 short descriptions of one length, each with a field that is not declared",
        "\n".join(3 * [BASE[: BASE.index("2 Hakijan")] + FUNDED]),
        "ESR301",
        "Rahoittaja",
        noisy=False,
    ),
    *[
        told(f"N10 nothing but what is behind a page: {line}", REPORT + line, "ESR308", line)
        for line in ("Takaisin hakuun", "EOF")
    ],
    *[
        Case(
            f"N10 before each line: {mark(1)}{gap or ' (empty ones, too)'}",
            numbered(mark, is_gap=bool(gap)),
            keeps_space=False,
            noisy=False,
        )
        for mark in (
            lambda k: f"{k}. ",
            lambda k: f"[{k}] ",
            lambda k: f"{10 + k // 60}:{k % 60:02d} <testi> ",
            lambda k: f"2026-11-30T10:15:{k % 60:02d}.{k:07d}Z ",
            lambda k: f"{k:4d}\u2192",
            lambda _: "REM ",
            lambda _: "-- ",
            lambda _: "app_1  | ",
            # One behind the other.
            lambda k: f"> {k:3d} ",
            lambda k: f"[{k}] // ",
            lambda k: f"-- {10 + k // 60}.{k % 60:02d} Testi: ",
        )
        for gap in ("", " ")
    ],
    Case(
        "N10 before nearly each line",
        stamped("\f").replace("\n", "\n~ ").replace("~ \f", "Kuvaus\f"),
        keeps_space=False,
        noisy=False,
    ),
    Case(
        "N10 line ends of several editors",
        BASE.replace("\n", 3 * "\u21b5\u00b6" + "\n"),
        noisy=False,
    ),
    Case(
        "N10 a mark before pieces of lines",
        re.sub("(?m)^", "> ", re.sub(HEADING, r"Section \1", BASE)),
        keeps_space=False,
        noisy=False,
    ),
    Case(
        "N10 a byte-order mark above a quoted page",
        "\ufeff" + re.sub("(?m)^", "> ", BASE),
        noisy=False,
    ),
    told("N10 a sign of old terminals, and nothing else", "\x1f", "ESR101", "\x1f", noisy=False),
    *[
        own(f"N10 prose: {words[0]}", in_prose(*words))
        for words in (
            ("TAVOITTEET:", "TAVOITTEET:", "TAVOITTEET:"),
            ("Vaihe: koulutus", "Vaihe: koulutus", "Vaihe: koulutus"),
            ("1) Pesä", "1) Pesä", "1) Pesä"),
            ("Alku on tässä.", "Alku on tässä.", "Alku on tässä."),
            ("Osallistujia: 40", "Osallistujia: 55", "Osallistujia: 43"),
            ("10p. 1", "20p. 2", "30p. 3"),
        )
    ],
    own("N10 a report of one sentence", REPORT + "Tulostavoitteet saavutettiin."),
    Case(
        "N10 numbers of aspects",
        re.sub(r"(?m)^([^\d:\n]+ [0-9]+ [0-9]+)$", r"8.2.1 \1", BASE),
        keeps_space=False,
        noisy=False,
    ),
    *[
        told(
            f"N10 amounts before their labels: {gap!r}",
            re.sub(r"(?m)^([^:\n]+): ([0-9 ]+)$", rf"\2{gap}\1", FUNDED),
            code,
            line,
            noisy=False,
        )
        for gap, code, line in ((" ", "ESR206", "186 400"), (" | ", "ESR206", "186 400"))
    ],
    told(
        "N10 a diff in which a list was deleted",
        re.sub(r"(?m)^", "-", swap(NOTE, f"- {NOTE}", TIGHT)),
        "ESR102",
        "-Euroopan",
        noisy=False,
    ),
    told(
        "N10 the end of an explanation before an aspect",
        swap(f"{NOTE}\nI", f"{NOTE}\n12 I"),
        "ESR305",
        "12 I",
    ),
]
