"""L. What tools and people write that are met seldom: decodings, wrappers, cuts, misspelled rows."""

from __future__ import annotations

import re
import textwrap

from cases.pages import (
    BASE,
    HERE,
    OLD,
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
    wrapped,
)

NAME, WEB, TOWNS = "Hankkeen nimi", "WWW-osoite", "Kunnat"
AXIS, OBJECTIVE, OWNER = "Toimintalinja", "Erityistavoite", "Hakijan virallinen nimi"
STREET, TOWN, PHONE = "Jakeluosoite", "Postitoimipaikka", "Puhelinnumero"
CONTACT, POSITION = "Hankkeen yhteyshenkilön nimi", "Yhteyshenkilön asema hakijaorganisaatiossa"
CONTACT_PHONE = "Yhteyshenkilön puhelinnumero"
MONEY = "Myönnetty EU- ja valtion rahoitus"
QUESTION = "Hankkeessa on tehty toimintaympäristön analyysi sukupuolinäkökulmasta"
PAIRS = "Jokainen pari hoitaa"


def behind(line: str) -> str:
    """A page with a line behind it."""
    return f"{BASE}\n\n{line}"


def amid(line: str) -> str:
    """A page with a line in its prose."""
    return swap(PAIRS, f"{line}\n{PAIRS}")


def noted(text: str) -> str:
    """A page with text below scores."""
    return swap("väheneminen) 2 3\n", f"väheneminen) 2 3\n{text}\n")


DECODED = (
    *(("cp850", "utf-8"), ("cp437", "utf-8"), ("mac_roman", "utf-8"), ("cp1250", "utf-8")),
    *(("mac_roman", "cp1252"), ("cp1252", "cp850"), ("cp1252", "mac_roman")),
)
L1 = [
    Case(
        f"L1 {right} decoded as {wrong}",
        BASE.encode(right).decode(wrong),
        reported={"ESR113": "Euroopan unioni"},
        noisy=False,
        is_whole=False,
    )
    for wrong, right in DECODED
]
L2 = [
    told(f"L2 lines cut at {w} characters", each(BASE, lambda x, w=w: x[:w]), "ESR308", "Euroopan")
    for w in (100, 120, 200)
]
# Spreadsheets, SQL, Python, MIME and LaTeX around a page.
L3 = [
    told(f"L3 the end of a wrapper: {end!r}", f"{BASE.rstrip()}{end}", "ESR308", BASE.split()[-1])
    for end in ('"', "');", "</text>", "\u201d", "\\end{verbatim}")
]
L3 += told_of(
    "L3 behind the page",
    behind,
    *("Edellinen hanke | Seuraava hanke", "Evästeasetukset", "Tulostettu: 29.11.2023"),
    *("(muokattu)", "1 row in set (0.00 sec)", "Onko muuta, missä voin auttaa?", "--000abc--"),
)
NATURE, TRAVEL = "Kasvillisuus, eliöt ja luonnon monimuotoisuus", "Liikkuminen ja logistiikka"
L4 = [
    Case(
        f"L4 misspelled: {new}",
        swap(old, new),
        reported={"ESR302": new, "ESR311": ("8.1" if ":" in new else "8.2")},
        page=None,
        is_whole=False,
    )
    for old, new in (
        (TRAVEL, "Liikkuminen ja logistikka"),
        (NATURE, "Kasvilisuus, eliöt ja luonnon monimuotoisuus"),
        (
            "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen:",
            "Hankkeen päätavoite on sukupuolten tasaarvon edistämien:",
        ),
    )
]
L5 = [
    Case(
        "L5 optional hyphens of ABBYY",
        swap("kokeneen\nmestarin", "koke¬\nneen mestarin", wrapped(BASE)),
        noisy=False,
    ),
    Case(
        "L5 line breaks of AsciiDoc",
        BASE.replace(": Kyllä\n", ": Kyllä +\n").replace(": Ei\n", ": Ei +\n"),
        noisy=False,
    ),
    Case("L5 empty lines of spaces", BASE.replace("\n\n", f"\n{' ' * 80}\n"), keeps_space=False),
    Case(
        "L5 pages numbered between strokes",
        paged(BASE, lambda k, n: f"\n--- Page {k} ---\n"),
        noisy=False,
    ),
    Case("L5 an amount of pandas", put("Myönnetty EU- ja valtion rahoitus", "186400.0")),
    Case(
        "L5 counts of pandas",
        re.sub(r"(Suunniteltu|Toteutunut.*): ([0-9]+)\n", r"\1: \2.0\n", BASE),
    ),
    Case("L5 a stroke before a business id", swap("ry, 9812340-3", "ry / 9812340-3")),
    *[
        Case(
            f"L5 fields joined by {mark!r}",
            swap("mestariksi\n\nToimintalinja", f"mestariksi{mark}Toimintalinja"),
        )
        for mark in (", ", "; ", " / ")
    ],
]
ODD = {
    NAME: (
        *("=Mestariksi", "» Mestariksi", ": Mestariksi", "Mestariksi,", "Mestariksi:"),
        *(
            "Mestariksi =",
            "mesta-",
            "Mestariksi ja",
            "Mestariksi (MEME",
            "Mehiläi\xacsestä",
            "+ Mestariksi",
        ),
        *("S29998 Mestariksi", "00017 Kuvitelma"),
        *("N.A.", "Tbd", "REDACTED", "Poistettu", "---", "[]", "_", "(blank)", "Mestariksi \u2197"),
        *("Mestariksi,,,", "('Mestariksi',)", "Mestariksi External link"),
    ),
    WEB: (
        *("https: //www.kettu.example", "https;//www.kettu.example", "www.kettu .example"),
        "https://urldefense.com/v3/__https://www.kettu.example",
        *("aune@tarhaajat.example", "Mehil√§isest√§.example"),
        "https://web.archive.org/web/2020/https://www.kettu.example",
        *("www.kettu. example", "www.kettu.example,", "www.kettu.example\\"),
        "www.kettu.example%20",
    ),
    TOWNS: (
        *("Joensuu Kitee", "Joensuu\u201a Kitee", "JoensuuKitee", "Joensuu, KiteeRääkkylä"),
        "Pohjois-Karjala: Joensuu, Kitee",
        *("(Joensuu, Kitee)", "Joensuu\uff0cKitee", "Joensuu, Kitee?", "Joensuu, Kitee (ei enää)"),
    ),
    TOWN: ("Kuvitelma]",),
    "Hankekoodi": ("S39999", "A29999"),
    AXIS: ("4.) Työ", "4. ja 5. Työ", "9.3. & 9.4. Työ", "4. Työ, 5. Luonto"),
    QUESTION: ("Ei koske", "Ei vielä", "Kyllä (osittain)"),
    "Suunniteltu": ("-12", "\u201312"),
    # A column that was shifted.
    PHONE: ("aune@tarhaajat.example",),
    CONTACT: ("aune(at)tarhaajat.example", "Aune <aune@mesi.example>"),
}
L6 = values_told("L6", ODD, code="*")
# In prose: what websites, editors, consoles and language models leave.
L6 += told_of(
    "L6 in prose",
    lambda mark: swap("on vaikeaa.", f"{mark} on vaikeaa."),
    *("&nbsp;", "&#8211;", "_x000D_", "</p>", "\\n", "\x1b[1m", "【4†lähde】", "[cite: 1]", "[1]"),
    *(":contentReference[oaicite:0]", "[-vanha-]", "lis?ksi"),
)

FULL = "Lisätieto: marjoja ja metsää ja mehiläisiä ja peltoja ja puita ja rantoja ja saaria"
L7 = [
    told(
        "L7 unknown fields of a tight page that was wrapped",
        wrapped(BASE)
        .replace("Toiminnan tila", f"{FULL}\nToinen tieto: arvo\nToiminnan tila", 1)
        .replace("\n\n", "\n"),
        "ESR301",
        "Toinen tieto",
        noisy=False,
    )
]

HEADING = re.compile(r"(?m)^(?=[1-9](?:\.[1-9])? [A-ZÅÄÖ])")
FIFTH = "5 Projektin julkinen rahoitus, euroa"
# What a page is read through: notes, outliners, comments, tables, lost line breaks.
L8 = [
    *[
        Case(f"L8 {mark!r} above headings", HEADING.sub(f"{mark}\n\n", BASE), noisy=False)
        for mark in ("---", "* * *", "=====", "<!-- page break -->")
    ],
    *[
        Case(f"L8 {mark!r} before every line", re.sub("(?m)^", mark, BASE), noisy=False)
        for mark in ("- ", "* ")
    ],
    Case("L8 fields of a note", f"---\ntitle: Hanke\ntags:\n  - esr\n---\n\n{BASE}", noisy=False),
    Case("L8 fields of a page", f"+++\ndate = 2023-01-01\n+++\n\n{BASE}", noisy=False),
    Case(
        "L8 spaces as paragraphs",
        BASE.replace("\n\n", "\n\n&nbsp;\n\n"),
        keeps_space=False,
        noisy=False,
    ),
    Case("L8 pictures of docling", BASE.replace("\n\n", "\n\n<!-- image -->\n\n", 8)),
    Case(
        "L8 a full stop behind a heading",
        swap("4.1 Varsinaiset kohderyhmät", "4.1 Varsinaiset kohderyhmät."),
    ),
    Case("L8 a row in two lines", swap("opisto ry, ", "opisto ry,\n")),
    Case("L8 rows without a line end", swap("9812340-3\n", "9812340-3")),
    Case("L8 answers without a line end", re.sub(r": (Kyllä|Ei)\n", r": \1", BASE)),
    Case("L8 a line break in a cell", swap(NATURE, f"|{NATURE.replace(', ', ',<br>')}")),
    Case(
        "L8 scores in two lines",
        re.sub(r"(?m)^(Materiaalit ja jätteet [0-9]+) ([0-9]+)\n", r"\1\n\2 ", BASE),
    ),
]
FIELDS = BASE[: BASE.index("3 Suunnitelman")]
TIGHT = BASE.replace("\n\n", "\n")
ARRANGEMENT = "Hakijoita on useampi kuin yksi (yhteishanke)"
L8 += [
    Case(
        "L8 cells of mammoth, below each other",
        re.sub(r"([.-])", r"\\\1", re.sub(r"(?m)^([^\d\s][^:\n]+): (.+)", r"\1\n\n\2", FIELDS)),
        {},
        {"ESR201": "Euroopan"},
        page=FIELDS,
        is_whole=False,
        noisy=False,
    ),
    Case("L8 a rule above the page", f"---\n\n{BASE}", noisy=False),
    Case(
        "L8 a value in two lines of a tight page",
        swap(ARRANGEMENT, ARRANGEMENT.replace(" (", "\n("), TIGHT),
        page=TIGHT,
    ),
]
# And what is reported.
L8 += [
    told(
        "L8 an unknown field where values are below their labels",
        re.sub(r"(?m)^([^\d\s][^:\n]+): (?!Kyllä|Ei)", r"\1:\n", TIGHT).replace(
            "2 Hakijan", "Oma tunnus:\n17\n2 Hakijan"
        ),
        "ESR301",
        "Oma tunnus",
        noisy=False,
    )
]
L8 += [
    told(
        f"L8 lines cut at {size} bytes",
        each(BASE, lambda line, size=size: line.encode()[:size].decode(errors="ignore")),
        "ESR308",
        "Euroopan",
    )
    for size in (100, 150)
]
L8 += [
    told(f"L8 {label} {value}", put(label, f"\n\n{value}"), code, value)
    for label, value, code in (
        *((TOWN, "1/2", "ESR206"), (TOWN, "Sivu 1", "ESR206")),
        *((STREET, "3", "ESR310"), (AXIS, "1 (2)", "ESR206")),
        (WEB, "https://www.eura2014.example/tiedot 1/2", "ESR206"),
    )
]
L8 += values_told("L8", {MONEY: ("186 400 \u2013", "186 400\u2014")}, code="ESR302")
L8 += [
    Case(
        f"L8 a heading: {unit}",
        swap(FIFTH, f"{FIFTH.removesuffix('euroa')}{unit}"),
        {},
        {"ESR305": unit},
    )
    for unit in ("1 000 euroa", "tuhatta euroa", "markkaa")
]
L8 += [
    told(
        "L8 a field in the prose above",
        swap(f"{FIFTH}\n\n{MONEY}: 186 400", f"{MONEY}: 186 400\n\n{FIFTH}"),
        "ESR307",
        MONEY,
    ),
    told(
        "L8 brackets around a row",
        swap("Tarulan kansanopisto ry, 9812340-3", "(Tarulan kansanopisto ry, 9812340-3)"),
        "ESR308",
        "(Tarulan",
    ),
]


# Converters for language models write the number of each page above it.
def numbered_above(mark: str, first: int = 1) -> str:
    """A page as several, each below its number."""
    lines = BASE.split("\n")
    pages = ["\n".join(lines[i : i + 45]) for i in range(0, len(lines), 45)]
    return "\n\n".join(
        f"{mark.format(k, len(pages))}\n\n{page}" for k, page in enumerate(pages, first)
    )


L9 = [
    Case(f"L9 pages numbered {mark!r}", numbered_above(mark, *first), noisy=False)
    for mark, *first in (
        (f"{{{{{{}}}}}}{'-' * 48}", 0),
        *(("## Sivu {}",), ("**Page {}**",), ("[Page {}]",), ("===== Sivu: {} =====",)),
        *(("--- Sivu {} / {} ---",), ("**Page {} of {}**",), ("892.0Page {}",)),
    )
]


def as_rows(page: str, mark: str, quoted: str, columns: int = 1) -> str:
    """A page as CSV, a line a row; cells that hold one of these characters are in quotes."""

    def cell(text: str) -> str:
        return '"{}"'.format(text.replace('"', '""')) if set(text) & set(quoted) else text

    fields = fields_of(page) if columns > 1 else ()
    rows = [x.split(": ", 1) if x in fields else [x] for x in page.split("\n") if x]
    return "\n".join(mark.join(map(cell, row)) + mark * (columns - len(row)) for row in rows)


def boxed(page: str) -> str:
    """A page as one table, as w3m draws it."""
    fields = fields_of(page)
    rows = (x.split(": ", 1) if x in fields else [x] for x in page.split("\n") if x)
    return "\n├───┼───┤\n".join(f"│{' │'.join(row)}│" for row in rows)


WITHOUT = "Hakijoiden lukumäärä tai tuen siirto -menettely"
ROW = re.compile(r"(?m)^([A-ZÅÄÖ].{9,}) ([0-9]+) ([0-9]+)\n([A-ZÅÄÖ].*\.)$")
BESIDE, BELOW = WATERS.rsplit(" ", 1)
SHEET = "11/29/26, 5:46 AM\nHankkeen kuvaus\n\nfile:///koti/hanke.html"
DIVIDED = "Suunnitelman mukainen toteutusaika: Alkaa 1.2.2009 ja päättyy 30.11.2011"
TOWN_LIST = next(line for line in BASE.split("\n") if line.startswith(f"{TOWNS}: "))
AIM = "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen:"
# What two or three tools write, one after the other.
L10 = [
    *[
        Case(f"L10 rows of {name}", as_rows(BASE, *rows), keeps_space=False, noisy=False)
        for name, *rows in (
            ("csv", ",", ',"', 1),
            ("pandas", ";", ';"', 2),
            ("LibreOffice", ";", BASE, 2),
        )
    ],
    Case("L10 a table drawn with lines", boxed(BASE), keeps_space=False, noisy=False),
    Case("L10 a border behind each cell", ROW.sub(r"\1|\2|\3|\n\4|", BASE), noisy=False),
    Case("L10 cells of python-docx", ROW.sub(r"\1\t\2\t\3\n\4\t\4\t\4", BASE), noisy=False),
    *[
        Case(
            f"L10 an aspect that fills its column, {gap!r}",
            swap(f"{WATERS} 2 3", f"{BESIDE} 2{gap}3\n{BELOW}"),
            noisy=False,
        )
        for gap in (" ", "          ")
    ],
    Case(
        "L10 a paragraph wrapped behind its question",
        swap(f"{AIM}\nEi\n", f"{AIM}\nEi ", wrapped(BASE, 60)),
        noisy=False,
    ),
    Case(
        "L10 the title of a browser's print",
        paged(BASE, lambda k, n: f"\n{SHEET}\n{k}/{n}\n"),
        noisy=False,
    ),
    Case(
        "L10 anchors of Jira",
        re.sub(r"(?m)^([1-9][0-9.]* [A-ZÅÄÖ])", r"h2. {anchor:luku}\1", BASE),
        noisy=False,
    ),
    Case(
        "L10 the header of pr",
        numbered_above("2026-11-29 06:29               hanke.txt               Page {}"),
        noisy=False,
    ),
    *[
        Case(f"L10 at each page's end: {stamp!r}", numbered_above(stamp), noisy=False)
        for stamp in ("LUONNOS", "Dnro KUV/123/2024", "KUV-00000{}", "Sida {} av {}")
    ],
    Case(
        "L10 a title of a web page above a title in two lines",
        "Hankkeen kuvaus\n\n" + swap("rahoittaman projektin", "rahoittaman projektin\n", OLD),
        page=OLD,
        noisy=False,
    ),
    # And what is reported.
    *told_of(
        "L10 between two files",
        behind,
        *("==> erdf.txt <==", "--- file: erdf.txt ---", "# erdf.md"),
    ),
    told(
        "L10 a value amid the lines of the label below",
        swap(f"\n\n{DIVIDED}", f"\n{DIVIDED.replace(' toteutusaika:', '')}\ntoteutusaika", OLD),
        "ESR307",
        "Kehittämisprojekti",
    ),
    *[
        told(
            f"L10 ticks below a question: {ticks!r}",
            swap(f"{AIM} Ei\n", f"{AIM}\n{ticks}\n"),
            "ESR305",
            ticks.split("\n")[1],
        )
        for ticks in ("Kyllä\nX Ei", "Kyllä\nEi x", "Kyllä\n☒\nEi")
    ],
    told(
        "L10 a hyphen of pypdfium2",
        swap("pienimuotoinen", "pieni\ufffemuotoinen"),
        "ESR308",
        "pieni",
    ),
]
BANNER = BASE.partition("\n")[0]
PARTNERS = "Tarulan kansanopisto ry, 9812340-3\nHunajaverkko"
TIGHT = BASE.replace("\n\n", "\n")
SUMMARY_HEAD = "3 Suunnitelman mukainen tiivistelmä toteutuksesta"
SUMMARY = BASE.partition(f"{SUMMARY_HEAD}\n\n")[2].partition("\n\n4 ")[0]
MONEY_HEAD, SECONDARY = "5 Projektin julkinen rahoitus, euroa", "3.3 Välilliset kohderyhmät"
MORE = 34 * "\n\nTeksti jatkuu."
SECOND_GROUP = BASE.split("\n4.2 ")[1].split("\n\n")[1]
LAST = "Hankkeessa valmistui 43 uutta tarhaajaa"
REPORT = BASE[BASE.index(LAST) :].rstrip()
SITE, HEADS = "https://www.tarhaajat.example", "VälitönVälillinen"
PRIZE, MEAN = "Hunaja on uusiutuva luonnontuote.", "Keskiarvo 3,8 4,6"
L11 = [
    *[
        Case(f"L11 pages numbered {mark!r}", numbered_above(mark), noisy=False)
        for mark in ("{} | Sivu", "{} | P a g e", "Page | {}")
    ],
    Case(
        "L11 the banner on each page",
        swap("\n\n4 ", f"\n\n{BANNER}\n\n4 ").replace("\n\n8 ", f"\n\n{BANNER}\n\n8 "),
        noisy=False,
    ),
    Case(
        "L11 column heads above each dimension",
        swap("Taloudellinen kestävyys\n", f"{HEADS}\nTaloudellinen kestävyys\n"),
        noisy=False,
    ),
    Case("L11 a value-added tax number", swap("ry, 9812340-3", "ry, VAT FI98123403"), noisy=False),
    Case(
        "L11 numbered headings in prose, of a section that comes later",
        swap(f"{SUMMARY_HEAD}\n\n", f"{SUMMARY_HEAD}\n\nAlku.\n\n5.1 Kurssit\n\n"),
        {"summary": f"Alku.\n\n5.1 Kurssit\n\n{SUMMARY}"},
        page=None,
    ),
    *[
        Case(
            f"L11 without empty lines, {heading!r} is {other!r}",
            swap(heading, other, TIGHT),
            keeps_space=False,
        )
        for heading, other in (
            ("9 Loppuraportin tiivistelmä", "9"),
            ("8.2 Kestävä kehitys", "8.2"),
            ("5 Projektin julkinen rahoitus, euroa", "5 Projektin julkinen rahoitus"),
        )
    ],
    Case("L11 a heading without its title", swap(SECONDARY, SECONDARY[:3], OLD), page=OLD),
    *[
        Case(
            f"L11 the same text in sections as far apart as the pages of a print: {text}",
            swap(SUMMARY, text + MORE).replace(SECOND_GROUP, text).replace(REPORT, text),
            {"summary": text + MORE, "target_groups.secondary": text, "final_report_summary": text},
            page=None,
        )
        for text in ("Alku.", "Nuoret")
    ],
    Case(
        "L11 an address and its link, of a print",
        put(WEB, "www.tarhaajat.example (http://www.tarhaajat.example/)"),
        {"applicant.website": "www.tarhaajat.example"},
    ),
    # And what is reported.
    told(
        "L11 another heading without empty lines",
        swap("9 Loppuraportin tiivistelmä", "9 Loppuraportin yhteenveto", TIGHT),
        "ESR204",
        "9 Loppuraportin yhteenveto",
    ),
    *[
        Case(
            f"L11 a heading in other words right above a field: {heading!r}",
            swap(f"{old}\n\n", f"{heading}\n"),
            {path: value},
            reported={code: heading},
            page=None,
            is_whole=False,
        )
        for old, heading, path, value, code in (
            (MONEY_HEAD, MONEY_HEAD[:29], "funding.granted_eu_and_state", 186400, "ESR308"),
            ("1 Hanke", "1 Hank", "project.code", "S29999", "ESR108"),
        )
    ],
    *[
        told(
            f"L11 the end of a value before the next label: {new!r}",
            swap(old, new),
            "ESR305",
            new.partition("\n")[2],
        )
        for old, new in (
            ("181 295\n\nSuunniteltu", "181\n295 Suunniteltu"),
            ("Apilaniitty 4\n\nPuhelin", "Apilaniitty\n4 Puhelin"),
        )
    ],
    *told_of(
        "L11 an empty field above text",
        lambda text: swap(f"{TOWN_LIST}", f"Kunnat:\n\n{text}"),
        "Lisätiedot",
        code="ESR305",
    ),
    *told_of(
        "L11 an empty field above text",
        lambda text: swap(f"{TOWN_LIST}", f"Kunnat:\n\n{text}"),
        "Näytä kartalla",
        code="ESR206",
    ),
    *[
        told(
            f"L11 amid the lines of a value: {line}",
            swap("elinkeino-, liikenne-", f"elinkeino-,\n{line}\nliikenne-"),
            "ESR305",
            "Vastuuviranomainen",
        )
        for line in ("1/4", "Sivu 1", "--- Page 2 ---")
    ],
    told(
        "L11 a button below an address",
        swap("sivu=voimaa\n", "sivu=voimaa\nTulosta\n", OLD),
        "ESR305",
        "sivu=voimaa",
    ),
    *told_of("L11 behind the page", behind, "file:///C:/hanke.html 2/2"),
    told(
        "L11 a partner of a consortium",
        swap("Tarulan kansanopisto", "OT1: Tarulan kansanopisto"),
        "ESR308",
        "OT1",
    ),
    told(
        "L11 a file that git deleted",
        "".join(f"-{line}\n" for line in BASE.split("\n")),
        "ESR102",
        "-Euroopan",
        noisy=False,
    ),
    *values_told(
        "L11 a line below it",
        {
            WEB: (f"{SITE}\n{x}" for x in ("Sivu 3", "LUONNOS", "Lisätieto: ei ole", "29.11.2023")),
            NAME: ("Mehiläisestä mestariksi\nhttps://www.kettu.example/hanke",),
        },
        code="ESR305",
    ),
    told(
        "L11 a partner without its business id",
        swap(PARTNERS, "Tarulan kansanopisto ry,\nHunajaverkko"),
        "ESR305",
        "Tarulan kansanopisto ry",
    ),
    *told_of(
        "L11 instead of an explanation",
        lambda text: swap(PRIZE, text),
        *("N/A", "---", f"*{PRIZE}*", f"> {PRIZE}"),
    ),
    told("L11 a sum below scores", swap(PRIZE, f"{PRIZE}\n{MEAN}"), "ESR308", MEAN),
]
ROW, ANSWER = "Tarulan kansanopisto ry, 9812340-3", f"{QUESTION}: Kyllä"
PARTNER_ROWS = BASE[BASE.index("\n\nOsatoteuttajat") : BASE.index("\n\n3 ")]
SECOND = "".join(f"\n\n{label}: alku" for label in sorted(fields_of(BASE))[:6])
L12 = [
    *[
        Case(
            f"L12 the report's own last lines: {lines!r}",
            f"{BASE.rstrip()}\n\n{lines}",
            {"final_report_summary": f"{REPORT}\n\n{lines}"},
            page=None,
        )
        for lines in (
            "Aineistot:\n1. https://kettu.example/opas\n2. https://kettu.example/kalenteri",
            "[^1]: Näin sanoo opas.",
        )
    ],
    *[
        Case(
            f"L12 headings in prose: {heading!r}",
            swap(f"{SUMMARY}", f"Alku.\n\n{heading.format(1)}\n\nA.\n\n{heading.format(2)}\n\nB."),
            {"summary": f"Alku.\n\n{heading.format(1)}\n\nA.\n\n{heading.format(2)}\n\nB."},
            page=None,
        )
        for heading in ("Vaihe {}/2", "Osa {} (2)")
    ],
    # And what is reported.
    *told_of(
        "L12 above the page",
        lambda line: f"{line}\n\n{BASE}",
        *("Luvut tuhansina euroina", "Hankekoodi: S29998", "Mestareina on kokeneita tarhaajia."),
        code="ESR108",
    ),
    told("L12 labels of another description", f"{BASE.rstrip()}{SECOND}", "ESR307", SECOND[2:9]),
    told(
        "L12 partners behind the page",
        f"{swap(PARTNER_ROWS, '').rstrip()}{PARTNER_ROWS}",
        "ESR307",
        "Osatoteuttajat",
    ),
    told("L12 columns in another order", swap(HEADS, "Välillinen\nVälitön"), "ESR305", "8.2"),
    *[
        told(f"L12 boxes: {boxes!r}", swap(ANSWER, ANSWER[:-5] + boxes), "ESR305", line)
        for boxes, line in (
            *(("Kyllä ☐\nEi ☒", "Ei ☒"), ("Kyllä [ ]\nEi [x]", "Ei [x]")),
            ("Kyllä -\nEi x", "Ei x"),
            ("\nKyllä\n( )\nEi\n(x)", "( )"),
        )
    ],
    told("L12 a box alone", swap(ANSWER, f"{ANSWER} ☐"), "ESR305", "☐"),
    *[
        told(f"L12 a partner with more: {row}", swap(ROW, row), "ESR305", "Tarulan")
        for row in (
            *("Tarulan kansanopisto ry, Business ID 9812340-3", f"→ {ROW}", f"Partneri 1 {ROW}"),
            *("Tarulan kansanopisto ry, 45 000 €, 9812340-3", f"Tarula;{ROW}"),
            *("[Tarulan kansanopisto ry](https://kettu.example), 9812340-3", f"ja {ROW}"),
        )
    ],
]

AFTER_TEXT = "4.1 |4.2 |5 |9 "


def each_field(pattern: str) -> str:
    """A page with each field written in another way."""
    fields = fields_of(BASE)
    return each(BASE, lambda x: pattern.format(*x.split(": ", 1)) if x in fields else x)


def in_list() -> tuple[str, dict[str, str]]:
    """Fields in a list, some items over two lines or three."""
    name = "Metsästä mestariksi: kylien verstaat, niiden tekijät ja vuodenajat, joista jokainen"
    name += " opettaa jotakin muuta kuin edellinen"
    page = put(NAME, name)
    fields = fields_of(page)

    def item(line: str) -> str:
        if line in fields:
            return "- " + "\n  ".join(textwrap.wrap(line, 60))
        return "\n".join(textwrap.wrap(line, 76))

    page = each(page, item)
    return page.replace("\n\n- ", "\n- "), {"project.name": name}


def in_table(border: str) -> str:
    """Fields in cells of 40 letters, of which more than one line are one below the other."""
    fields = fields_of(BASE)

    def rows(line: str) -> str:
        label, _, value = line.partition(": ")
        parts = textwrap.wrap(value, 40)
        return "\n".join(
            f"{border} {label if k == 0 else '':<50} {border} {part:<40} {border}"
            for k, part in enumerate(parts)
        )

    page = each(BASE, lambda x: rows(x) if x in fields else x)
    return page.replace(f"{border}\n\n{border}", f"{border}\n{border}")


def in_columns(page: str = BASE) -> str:
    """Each section's fields in two columns between two rules, and its partners in a table."""
    fields, rule = fields_of(page), f"{'-' * 47}  {'-' * 60}"
    page = each(page, lambda x: "{:<47}  {}".format(*x.split(": ", 1)) if x in fields else x)
    page = re.sub("(?m)(?<=  )(.*)\n\n(?=.*  )", r"\1\n", page)
    page = re.sub(r"(?m)^(?:\S.*  .*\n)+", rf"{rule}\n\g<0>{rule}\n", page)
    rows = re.sub("(?m)^(.*), (.*)$", r"| \1 | \2 |", PARTNER_ROWS)
    return page.replace(PARTNER_ROWS, rows.replace("\n\n|", "\n\n|------|------|\n|"))


# From here on: what chats, compilations, web pages and spreadsheets add or move.
L13 = [
    *told_of(
        "L13 behind the page",
        behind,
        *("[29.11.2023 klo 10.16.22] Pekka Testi: Kiitos!", "[10:16] Testi Pekka"),
        *("29.11.2023 klo 10.16 - Pekka Testi: Luen.", "Pekka Testi  10:16 AM"),
        *("Hanke S29998", "# S29998", "*** hanke2.txt ***", "512/2000 merkkiä"),
    ),
    *[
        Case(
            f"L13 the report's own last line: {line}",
            f"{BASE.rstrip()}\n\n{line}",
            {"final_report_summary": f"{REPORT}\n\n{line}"},
            page=None,
        )
        for line in (
            *("Jatkohanke S29998 jatkaa työtä.", "Avajaiset klo 10.15 Kettulassa", "Liite 1"),
            *("Yhteistyössä hankkeiden S29998 ja S29997 kanssa", "Kuvitelman Kunta 12.30"),
        )
    ],
    *values_told(
        "L13",
        {
            OBJECTIVE: ("9.3", "9.3.: Luonnosta elinkeino"),
            AXIS: ("4.0",),
            WEB: ("Hankkeen kotisivu",),
            "Yhteyshenkilön sähköpostisoite": ("au...@tarhaajat.example",),
        },
        code="ESR305",
    ),
    *values_told(
        "L13 another field's value",
        {
            OWNER: ("Muu järjestö tai yhdistys", "Kettu ry (9812376-1)"),
            "Vastuuviranomainen": ("Toiminta päättynyt",),
            NAME: ("S29999",),
            STREET: ("00017",),
            PHONE: ("Mesitarha Aune",),
            CONTACT: ("000-000 0037",),
        },
    ),
    *told_of(
        "L13 below each text",
        lambda line: re.sub(
            rf"(?<=\.)\n\n(?={AFTER_TEXT})|(?<=opas\.)$", f"\n\n{line}\n\n", BASE.rstrip()
        ),
        *("Muokkaa", "Kuuntele", "512/2000 merkkiä"),
    ),
    Case("L13 colons in a column", each_field("{:<50} : {}")),
    Case("L13 colons behind tabs", each_field("{}\t: {}")),
    Case("L13 a list that pandoc wrapped", *in_list(), page=None, noisy=False),
    *[
        Case(f"L13 {prefix!r} before each line", re.sub("(?m)^", prefix, BASE), noisy=False)
        for prefix in ("hanke.txt:", "; ", "// ", "% ")
    ],
    Case("L13 ticked lists", each_field("- [x] {}: {}")),
    Case("L13 labels in bold alone", each_field("**{}** {}")),
    *[
        Case(f"L13 borders: {border}", in_table(border), noisy=False, keeps_space=False)
        for border in ("┃", "║", "|")
    ],
    Case("L13 psql", "".join(f" {x:<300}+\n" for x in BASE.split("\n")), noisy=False),
    Case("L13 a cell a line", BASE.replace("ry, 98", "ry\n98").replace("osk, 98", "osk\n\n98")),
    Case("L13 columns between rules", in_columns(), noisy=False),
    *[
        Case(f"L13 heads over explanations: {heads}", swap(HEADS, heads))
        for heads in (
            "| Osa-alue | Välitön | Välillinen | Perustelu |\n|---|---|---|---|",
            "|  | Välitön | Välillinen | Selite |",
        )
    ],
]

PROSE = r"(?s)\n\n(?:Mehiläis|Pohjoiskarj|Hankkeessa valm).*?(?=\n\n[0-9]|\Z)"
L14 = [
    told(
        f"L14 texts cut at {size} characters, as a column is wide",
        re.sub(PROSE, lambda text, size=size: text[0][: size + 2], BASE.rstrip()),
        "ESR308",
        end,
    )
    for size, end in ((150, "jäi piene"), (255, "toimivaks"))
]


def justified(page: str, width: int = 76) -> str:
    """A page whose full lines have two spaces between some words, as nroff fills them."""
    lines = []
    for line in page.split("\n"):
        for part in textwrap.wrap(line, width, break_long_words=False) or [""]:
            missing = width - len(part) if len(part) > width - 16 else 0
            lines.append(part.replace(" ", "  ", missing))
    return "\n".join(lines)


def numbered_rows(form: str, first: int = 1) -> str:
    """A page whose partners have numbers."""
    page = BASE
    for k, name in enumerate(("Tarulan kansanopisto ry", "Hunajaverkko - tuottajat"), first):
        page = swap(name, f"{form.format(k)}{name}", page)
    return page


def nested(outer: str, inner: str) -> str:
    """A page whose explanations are lists inside a list of questions and aspects."""
    first, end = BASE.index("8.1 "), BASE.index("9 Loppu")
    part = re.sub(r"(?m)^(?!8)(?=.*[^.\n]$)", outer, BASE[first:end])
    return BASE[:first] + re.sub(r"(?m)^(?=.*\.$)", inner, part) + BASE[end:]


L15 = [
    *[
        Case(f"L15 the page in quotes: {mark!r}", f'"{mark}{BASE}{mark}"', noisy=False)
        for mark in ("\n", "\n\n")
    ],
    *[Case(f"L15 hyphens as {sign!r}", BASE.replace("-", sign)) for sign in ("\u2012", "\u2212")],
    Case("L15 hyphens in words as dashes", re.sub(r"\b-|-\b", "\u2013", BASE)),
    *[
        Case(f"L15 doubled spaces {k}", page.replace(" ", "  "), page=page, keeps_space=False)
        for k, page in enumerate((BASE, OLD))
    ],
    Case("L15 justified", justified(BASE), keeps_space=False, noisy=False),
    *[
        Case(f"L15 numbers of rows: {form}", numbered_rows(form, first))
        for form, first in (("{} ", 1), ("{}: ", 1), ("#{} ", 1), ("{}\t", 0))
    ],
    Case("L15 headings as sentences", re.sub(r"(?m)^(3|4\.1|4\.2|9) (.*)\n\n", r"\1 \2. ", BASE)),
    *[
        Case(f"L15 lists in lists: {inner}", nested(outer, inner))
        for outer, inner in (("- ", "  - "), ("\u2022 ", "  \u25e6 "))
    ],
    told(
        "L15 lines of a mail as it is sent",
        re.sub(r"(?m)^(.{60,72}\w)(?=\w)", r"\1=\n", BASE),
        "ESR102",
        "Euroopan",
        noisy=False,
    ),
]

ENGLISH = (HERE.parent / "corpus" / "english-sections-1-3.txt").read_text(encoding="utf-8")
ROWS, LAST = BASE.index("Ekologinen"), BASE.index("9 Loppu")
L16 = [
    told(f"L16 behind a page: {name}", f"{BASE}\n\n{other}", "ESR307", line)
    for name, other, line in (
        ("an English one", ENGLISH, "Project code"),
        ("an older one", OLD[OLD.index("Projektikoodi") :], "Projektikoodi"),
        ("three fields", "Hankekoodi: S29998\n\nToiminnan tila: Toiminnassa", "Hankekoodi: S29998"),
    )
] + [
    *[
        Case(f"L16 an empty line: {half}", swap(half, half.replace(" ", "\n\n")), noisy=False)
        for half in ("ilma (ja", "huomioitu hankkeen")
    ],
    told(
        "L16 the table at the end",
        f"{BASE[:ROWS]}{BASE[LAST:]}\n\n{BASE[ROWS:LAST]}",
        "ESR307",
        "Natura 2000 -ohjelman kohteet",
    ),
]

SECTION = BASE[BASE.index("Maakunnat: ") : BASE.index("7 ")].split("\n\n")[:-1]
AREA = "\n\n".join(SECTION)
FIELDS = [line.partition(":") for line in SECTION]
TOWNS_LINE = next(line for line in SECTION if line.startswith(TOWNS))


def in_rows(row: str, name: str) -> str:
    """A page with the rows and names of its table written in another way."""
    part = re.sub(r"(?m)^(.*?) ([0-9]+) ([0-9]+)$", row, BASE[ROWS:LAST])
    return BASE[:ROWS] + re.sub(r"(?m)^(?!\|)([^.\n]+)$", name, part) + BASE[LAST:]


L17 = [
    *[
        Case(
            f"L17 a column of labels, a column of values: {gap!r}",
            swap(
                AREA,
                gap.join(f"{name}{colon}" for name, colon, _ in FIELDS)
                + "\n\n"
                + gap.join(value.strip() for _, _, value in FIELDS if value),
            ),
            noisy=False,
        )
        for gap in ("\n", "\n\n")
    ],
    Case("L17 cells again in each column", in_rows(r"| \1 | \2 | \3 |", r"| \1 | \1 | \1 |")),
    Case(
        "L17 long names in padded cells",
        in_rows(r"| \1 | \2 | \3 |", rf"| **\1**{' ' * 250} |  |  |"),
        noisy=False,
    ),
    Case(
        "L17 a list that ends in a comma, on a tight page",
        re.sub(r"\n\n+", "\n", swap(TOWNS_LINE, TOWNS_LINE.replace(", R", ",\nR"))),
        keeps_space=False,
    ),
    *[
        told(f"L17 values in one case: {k}", page, "ESR305", "")
        for k, page in enumerate(
            (
                f"Tässä on kuvaus:\n\n{BASE.upper()}",
                re.sub(r"(?m)(?<=: )(.+)$", lambda value: value[0].lower(), BASE),
            )
        )
    ],
    Case(
        "L17 prose in a cell of Excel",
        re.sub(
            PROSE,
            lambda text: '\n\n"' + text[0].strip().replace("oppivat", '""oppivat""') + '"',
            BASE.rstrip(),
        ),
        page=BASE.replace("oppivat tarhaajan", '"oppivat" tarhaajan'),
    ),
]

L17 += [
    *told_of(
        "L17 the number of one page",
        lambda line: swap("vaikeaa. Hank", f"vaikeaa.\n\n{line}\n\nHank"),
        *("Sivu 2/4", "- 2 -", "[Sivu 2]"),
    ),
    Case(
        "L17 the banner of a print, in prose",
        swap("neljäkymmentä.", "neljäkymmentä.\n\nEuroopan unioni Vipuvoimaa EU:lta", OLD),
        page=OLD,
        keeps_space=False,
    ),
    Case(
        "L17 heads of a table of partners, with a rule",
        swap("Tarulan kansan", "| # | Nimi | Y-tunnus |\n^^^^^^^\nTarulan kansan"),
    ),
]

# Columns that are off by one, forms that were filled in wrongly.
OTHERS = (
    *("https://www.tarhaajat.example", "Alkaa 1.3.2020 ja päättyy 31.8.2022"),
    *("9.3. Luonnosta elinkeino: osaamista", "Kyllä"),
    *("5 Projektin julkinen rahoitus, euroa", "Kulttuuriympäristö 5 6"),
)
GROUPS = "4.2 Välilliset kohderyhmät"
L18 = values_told(
    "L18 another field's value",
    {
        **dict.fromkeys((CONTACT, POSITION), OTHERS),
        PHONE: ("https://www.tarhaajat.example", "S29999", GROUPS, "9812340-3"),
        WEB: (GROUPS,),
    },
)
L18 += values_told(
    "L18 another field's value",
    {
        WEB: ("aune.mesitarha(at)tarhaajat.example", "9812340-3", "186 400", "Ei"),
        TOWNS: ("Kyllä", "Toiminnassa"),
        AXIS: ("186 400",),
        QUESTION: ("Kyllä, osittain", "Kyllä – osittain", "Ei, koska hanke on pieni"),
    },
    code="ESR305",
)
# What people do write there.
L18 += values_read(
    "L18 a real value",
    {
        PHONE: ("000-0000010-0", "Vaihde 000-000 0037, keskus avoinna klo 9-15"),
        WEB: ("Projektilla ei ole omaa internet-osoitetta.",),
        STREET: ("1. Poikkikatu 3 A",),
        NAME: ("4. Työ ja liikkuvuus", "https://www.tarhaajat.example", "Kestävä kehitys"),
        OWNER: ("3. sektorin tuki ry",),
    },
)
L18 += values_told(
    "L18 a label as the value",
    {
        NAME: ("Hankkeen nimi Mehiläisestä mestariksi",),
        TOWN: (TOWN,),
        CONTACT: (CONTACT_PHONE,),
        WEB: ("WWW-osoite https://www.tarhaajat.example",),
    },
    code="ESR307",
)
L18.append(
    Case(
        "L18 an answer that is ticked",
        put(QUESTION, "Kyllä ✓"),
        reported={"ESR305": QUESTION},
        is_whole=False,
    )
)

L18 += values_told(
    "L18 misread, doubled",
    {
        PHONE: ("O00-000 0037", "000-000 0037000-000 0037"),
        CONTACT_PHONE: ("000-000 l037",),
        OWNER: ("Kuvitelman tarhaajayhdistys ryKuvitelman tarhaajayhdistys ry",),
        NAME: ("Kon\u5000iktit",),
    },
)
L18 += values_read("L18 a word that is doubled", {NAME: ("Bonbon",)})
L18 += told_of(
    "L18 in prose",
    lambda line: swap(PAIRS, f"{line}\n\n{PAIRS}"),
    *("[cid:image001.png@01D5F0]", "[image: kuva]", "![Kuva](a.png)"),
    *("**==> picture [340 x 120] intentionally omitted <==**", "<|page_break|>", "[[PAGE 2]]"),
    *("\\pagebreak", "--- PAGE BREAK ---", "---Page Break---", "--- Sivu 2 ---"),
    *("[PAGE BREAK]", "{1}------------------------------------------------"),
)
L18 += [
    Case("L18 pictures in a list of links", f"{BASE}\n\n[Euroopan unioni]: eu.png\n", noisy=False),
    own("L18 a dash in prose", swap(PAIRS, f"-- {PAIRS}")),
]
L18 += told_of(
    "L18 behind the page",
    behind,
    *("[End of document]", "Jos haluat, voin tehdä tiivistelmän.", "(sivu 4/4)", "^L"),
    *("Palaa hakuun", "Tiedosto: S29998.txt", "# Hanke 2", "Hanke 2/3", "[Sivu 3]"),
    "Page: 1, 2, 3",
)
RUNNING = BASE[:LAST].rstrip()
L18 += [
    told(f"L18 behind a page without a report, {name}: {line}", f"{page}\n{line}", "ESR308", line)
    for line in ("==> b.txt <==", "hanke2.txt", "[Sivu 3]")
    for name, page in (("explained", RUNNING), ("not", RUNNING.rpartition("\n")[0]))
]
L18 += [
    own(f"L18 an explanation: {line}", f"{RUNNING}\n{line}")
    for line in ("Tulostamista vältetään", "Yhteenveto: kaikki meni hyvin", "Työ | Vapaa")
]

PLAN, SPENT = "Suunniteltu julkinen rahoitus yhteensä", "Toteutunut julkinen rahoitus yhteensä"
L18 += [
    told(
        "L18 axis and objective exchanged",
        put(OBJECTIVE, "4. Työ ja liikkuvuus", put(AXIS, "9.3. Luonnosta elinkeino")),
        "ESR305",
        OBJECTIVE,
    ),
    *values_told(
        "L18 amounts that do not fit",
        {PLAN: ("233",), MONEY: ("186",), SPENT: ("226 619 000",)},
        code="ESR305",
    ),
]

SENTENCES = [f"Kylä {letter} sai pesiä." for letter in "ABCDEFGHIJKLMNOPQRSTUV"]


def ends_in(*lines: str) -> Case:
    """A page whose report ends in lines that look like numbers of pages, and are none."""
    return own(f"L19 in prose: {lines[0]}, {lines[1]}", "\n".join((BASE.rstrip(), "", *lines)))


L19 = [
    ends_in("- 11", "- 12", "- 13", "- 14", "Näin kävi."),
    ends_in("1/5", "Alku.", "2/5", "Jatko.", "4/5", "Ja lisää.", "5/5", "Loppu."),
    ends_in(*("\n".join((f"Vaihe  {k}", *SENTENCES)) for k in (1, 2, 3))),
    ends_in("2019/2020", "s. 4", "www-sivu 2", "Näin kävi."),
    own("L19 a bar in prose", swap("vaikeaa. Hank", "vaikeaa.\nKettu | Kettu\nHank")),
    ends_in("Opas, s. 11", "Opas, s. 12", "Opas, s. 13", "Opas, s. 14", "Näin kävi."),
    Case(
        "L19 empty labels above a caption, a column of values below",
        swap(
            AREA,
            "\n\n".join(f"{name}{colon}" for name, colon, _ in FIELDS)
            + "\n\n"
            + "\n\n".join(value.strip() for _, _, value in FIELDS[4:]),
        ),
        {"area.regions": None, "area.subregions": None, "area.municipalities": None},
        is_whole=False,
        noisy=False,
    ),
    told(
        "L19 a comma behind a number, on a tight page",
        re.sub("\n\n+", "\n", put(PHONE, "000-000 0037,\nAvoinna Arkisin")),
        "ESR308",
        "000-000 0037,",
    ),
]


def numbered(form: str, missing: int) -> str:
    """A print of thirty lines a page, with a number below each page but one."""
    return paged(BASE, lambda k, _: "\n" if k == missing else f"\n\n{form.format(k)}\n\n", 30)


L19 += [
    Case(f"L19 one number is missing: {form}", numbered(form, 2), keeps_space=False)
    for form in ("Sivu {}", "{}/6", "<!-- Page {} -->", "28.11.2023   Hankekuvaus   {}")
]

ROW = re.compile(r"^(\D*?(?:Natura 2000)?\D*?) (\d+) (\d+)$", re.MULTILINE)


def rows(change: str, page: str = BASE) -> str:
    """A page with its scores written in another way: ``{0}`` is an aspect."""
    head, title, table = page.partition("8.2 ")
    return head + title + ROW.sub(lambda m: change.format(*m.groups()), table)


def fields(change: str, page: str = BASE) -> str:
    """A page with its fields written in another way: ``{0}`` is a label, ``{1}`` its value."""
    known = (line.partition(":")[0] for line in (*fields_of(BASE), MONEY, PLAN, WITHOUT, NAME, WEB))
    labels = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    pattern = re.compile(rf"^({labels}):(?: (.*))?$", re.MULTILINE)
    return pattern.sub(lambda m: change.format(m[1], m[2] or "").rstrip(), page)


EMPTY = swap("\n\nOsatoteuttajat\n", "", put(WITHOUT, "", put(WEB, "")))
EMPTY = re.sub(r"\n[^\n]+, 98\d{5}-\d(?=\n)", "", EMPTY).replace(f"{WITHOUT}: ", f"{WITHOUT}:")
EMPTY = EMPTY.replace("WWW-osoite: \n", "WWW-osoite:\n")
RUN_ON = put(WEB, "https://www.tarhaajat.example/")
JOINED = swap(
    "https://www.tarhaajat.example/\n\nHankkeen", "https://www.tarhaajat.example/ Hankkeen", RUN_ON
)
CELLS = rows("| {0} | {1} | {2} |", fields("| {0} | {1} | NaN |"))
CELLS = each(CELLS, lambda line: line if line[0] == "|" else f"| {line} | NaN | NaN |")
L20 = [
    *[
        Case(f"L20 before every line: {mark!r}", each(BASE, lambda line, m=mark: f"{m}{line}"))
        for mark in ("~ ", "= ", "' ", '" ', "*\t", "\u2013\t", "% ")
    ],
    *[
        Case(f"L20 behind every line: {mark!r}", each(BASE, lambda line, m=mark: f"{line}{m}"))
        for mark in ("&nbsp;", "^M", "$", ",", "\u21a9")
    ],
    *[
        Case(f"L20 around the page: {a}", each(BASE, lambda line, m=a: f"{m} {line:<900} {m}"))
        for a in "\u2502\u2551"
    ],
    Case("L20 cells that pandas left empty", f"| Hankekuvaus | Unnamed: 1 |\n{CELLS}"),
    Case("L20 tags inside lines", fields("<b>{0}:</b> {1}")),
    Case("L20 scores between semicolons", rows("{0};{1};{2}", fields("{0};{1}"))),
    Case("L20 scores as floats", rows("{0} {1}.0 {2}.0")),
    Case("L20 no colons, empty fields", fields("{0}\t{1}", EMPTY), page=EMPTY),
    Case("L20 the slash of an address, before a label", JOINED, page=RUN_ON, is_whole=False),
    Case(
        "L20 a period over two lines of a tight page",
        re.sub("\n\n+", "\n", swap("ja päättyy ", "ja päättyy\n")),
        keeps_space=False,
    ),
    Case(
        "L20 days with a time",
        put(
            "Suunnitelman mukainen toteutusaika",
            "Alkaa 2020-03-01T00:00:00 ja päättyy 2022-08-31 00:00",
        ),
    ),
    Case(
        "L20 what a reader of websites writes above",
        f"Title: Kuvaus\n\nURL Source: https://a.example/\n\nMarkdown Content:\n{BASE}",
    ),
    *[
        Case(
            f"L20 before headings: {words}",
            re.sub(r"^(?=\d(?:\.\d)? [A-Z])", f"{words} ", BASE, flags=re.MULTILINE),
        )
        for words in ("otsikkotaso 2", "> [!info]")
    ],
    told(
        "L20 a line below a value", put(NAME, "Mehiläisestä\nks. liite"), "ESR305", "Mehiläisestä"
    ),
    told("L20 a number misread", put(OBJECTIVE, "9.l. Luonnosta elinkeino"), "ESR305", "9.l."),
    told("L20 a heading cut", swap("8.2 Kestävä kehitys", "8.2 Kestäv."), "ESR308", "8.2 Kestäv."),
    *values_told(
        "L20",
        {
            TOWN: ("KUVALA 00017",),
            PHONE: ("OOO-OOO OO37", "Torikatu 1"),
            NAME: ("Mehil=C3=A4inen", "Mehil\\xe4inen", "Mehil\u00a8ainen", "Hunaja \u2020"),
        },
    ),
    *told_of(
        "L20 no explanation",
        noted,
        *("5 4", "1", "(jatkuu)", "Jatkuu seuraavalla sivulla", "Perustelut:"),
    ),
    *told_of("L20 in prose", amid, "==> sivu2.txt <=="),
    told("L20 line blocks", swap(PAIRS, f"| Alku.\n| {PAIRS}"), "ESR308", "| Alku."),
    *told_of("L20 behind the page", behind, "Dokumentti 2"),
    *values_read("L20 an arrow of people", {NAME: ("Hunaja + mesi = sima",)}),
    own("L20 an answer with a year", noted("2019")),
]

TASKS = "\n".join(f"- toimenpide {k} alueella;" for k in range(9))
REPORT = "3 Suunnitelman mukainen tiivistelmä toteutuksesta"
SHORT = f"{BASE[: BASE.index('2 Hakijan')]}{REPORT}\n\n{TASKS}\n- muut.\n"
YEARS = "\n\n".join(
    "\n\n".join((f"- {year}", *(f"Vuonna {year} kohta {k} tehtiin." for k in "abcdefghijk")))
    for year in range(2015, 2019)
)
NEXT = put("Hankekoodi", "S29998")


def prose(text: str, **reported: str) -> Case:
    """Text in the summary that is the page's own."""
    return own(f"L21 in prose: {text[:20]}", amid(text), reported=reported)


FORM_WORDS = ("Valitse kohde.", "Click or tap here to enter text.")
L21 = [
    own("L21 a short page with a list", SHORT, reported={"ESR201": "Euroopan"}, noisy=False),
    prose(YEARS),
    prose("Taulukossa oli | NaN | tyhjä."),
    prose("Koodi: <b>a</b> ja <i>b</i>, <b>c</b>, <u>d</u>, <em>e</em>, <b>f</b>.", ESR308="Koodi"),
    Case(
        "L21 two levels of quotes",
        each(swap(PAIRS, f"> {PAIRS}"), lambda line: f"> {line}").replace("\n\n", "\n>\n"),
        noisy=False,
    ),
    Case(
        "L21 an empty sheet",
        swap(f"{PAIRS}", "\f" + "\n" * 8 + f"\f{PAIRS}"),
        keeps_space=False,
        noisy=False,
    ),
    *values_read("L21", {PHONE: ("Ei puhelinta", "Ks. kotisivu"), NAME: ("Nuoret töihin !",)}),
    *[
        own(f"L21 an explanation: {text}", noted(text))
        for text in ("Jatkuu hankkeen jälkeen.", "70 %", "20-30")
    ],
    *[
        Case(
            f"L21 the second sheet has a number: {form!r}",
            swap(PAIRS, f"\f{form}{PAIRS}"),
            keeps_space=False,
            noisy=False,
        )
        for form in ("2 (2)\n\n", "2\n\n", "Sivu 2\n\n")
    ],
    *values_told("L21", {NAME: (*FORM_WORDS, "(null)", "tba", "]{.mark} Hunaja")}),
    told(
        "L21 a form in prose",
        f"{BASE[:LAST]}9 Loppuraportin tiivistelmä\n\n" + "Kirjoita tekstiä napsauttamalla tätä.\n",
        "ESR308",
        "Kirjoita",
    ),
    *[
        told(
            f"L21 between pages: {joint!r}",
            f"{BASE.rstrip()}{joint}{NEXT}",
            "ESR103",
            joint.strip(),
        )
        for joint in ("\n\n---\n\n", "\n\n## Etanasta mestariksi\n\n")
    ],
]

ROWS = "Tarulan kansanopisto ry, 9812340-3\nHunajaverkko - tuottajat, jalostajat ja myyjät osk, 9812378-8"
TIGHT = re.sub(r"(?m)^([A-ZÄÖ][^:\n]{3,75}):(?: (?=\S)|$)", r"\1\n", BASE).replace("\n\n", "\n")

L22 = [
    *[
        told(f"L22 no label: {label}", TIGHT.replace(f"\n{label}\n", "\n", 1), "ESR305", line)
        for label, line in (
            (PHONE, "Apilaniitty 4"),
            (WEB, "Kuvitelma"),
            ("Postinumero", "000-000 0037"),
            (AXIS, "Mehiläisestä mestariksi"),
            ("Organisaatiotyyppi", "Kuvitelman tarhaajayhdistys ry"),
        )
    ],
    *[
        told(
            f"L22 {line} below a value", TIGHT.replace(value, new, 1), "ESR305", new.split("\n")[0]
        )
        for line, value, new in (
            ("a button", "Apilaniitty 4", "Apilaniitty 4\nMuokkaa"),
            ("a number", "Apilaniitty 4", "Apilaniitty 4\n1"),
            ("a value", "https://www.tarhaajat.example", "?\nhttps://www.tarhaajat.example"),
        )
    ],
    told(
        "L22 a button below an empty field",
        put(WEB, "", BASE).replace("WWW-osoite: \n", "WWW-osoite:\nTulosta tämä sivu\n"),
        "ESR305",
        "Tulosta",
    ),
    told("L22 two counts", swap("Suunniteltu: 80", "Suunniteltu: 225 310"), "ESR308", "225 310"),
    *[
        told(f"L22 partners {name}", page, "ESR308", "Tarulan")
        for name, page in (
            ("in the summary", swap(f"{ROWS}\n\n{REPORT}", f"{REPORT}\n\n{ROWS}")),
            ("behind the page", f"{swap(ROWS, '').rstrip()}\n\n{ROWS}"),
        )
    ],
    told(
        "L22 a caption and its first row",
        swap("\nHunajaverkko -", "\n\nTuen siirronsaajat Hunajaverkko -"),
        "ESR305",
        "Tuen siirronsaajat",
    ),
    *values_told(
        "L22 of another field, a mark",
        {
            POSITION: ("Mesitarha Aune Lyydia",),
            WEB: ("Kuvitelma", "htp://www.tarhaajat.example", "www,tarhaajat.example"),
            OBJECTIVE: ("4. Työ ja liikkuvuus",),
            AXIS: ("9.3. Luonnosta elinkeino",),
            "Seutukunnat": ("Pohjois-Karjala",),
            TOWNS: ("Kitee, Etelä-Savo",),
            WITHOUT: ("Vain yksi hakija",),
            "Toteutunut EU- ja valtion rahoitus": ("186 402",),
            MONEY: ("186", "-186 400"),
        },
        code="ESR305",
    ),
    told(
        "L22 name and position exchanged",
        put(CONTACT, "Projektipäällikkö", put(POSITION, "Mesitarha Aune Lyydia")),
        "ESR305",
        POSITION,
    ),
    *values_told(
        "L22 of another field, a mark",
        {
            STREET: ("Joensuu, Kitee, Rääkkylä, Tohmajärvi",),
            NAME: (
                *('Mehiläisestä mestariksi"', "Mehiläisestä mestariksi ✎"),
                *("Mehiläisestä mestariksi –", "Mehiläisestä mestariksi LUONNOS"),
                "Mehiläisestä mestariksi ← tarkista",
            ),
            "Maakunnat": ("Pohjois-Karjala nan",),
            PHONE: ("000-000 0037^M", "401234567", "00017"),
            TOWN: ("value=Kuvitelma",),
            CONTACT: ("Etunimi Sukunimi",),
        },
    ),
    *told_of(
        "L22 in prose",
        amid,
        *("i", "•", "[teksti puuttuu]", "Hunajaa myytiin [truncated]", "Hunajaa [...]"),
    ),
    *told_of(
        "L22 behind the page",
        behind,
        *("Dokumentti 2/3", "2.", "Hanke 2:", "%%%%", "Hankekoodi S29998"),
    ),
    Case(
        "L22 a sentence that begins with the answer",
        swap(
            "edistäminen: Ei\nHankkeen päätavoite on uusien elinkeinojen synty.",
            "edistäminen: Ei Ei ole päätavoite.",
        ),
        {"horizontal_principles.gender_equality.main_objective.explanation": "Ei ole päätavoite."},
    ),
    *values_read(
        "L22",
        {
            OWNER: ("KL-KOPIO OY", "Tarula Oy (aik. Hunaja Oy)"),
            NAME: ('Uusi 17" näyttö kotiin',),
            PHONE: ("116 117", "358 000 000 0037"),
            TOWN: ("Dublin 2",),
            STREET: ("Kampus, Rakennus B, Länsikatu",),
            WEB: ("TPS:n nuoret, www.tps.example",),
        },
    ),
    *[
        own(f"L22 the page's own: {text[:30]!r}", amid(text))
        for text in (
            *("[Lähde: Tilastokeskus 2018]", "Kumppanit: Kettu Oy, 9812340-3"),
            *("Tilinumero, 1234567-8", REPORT[2:]),
        )
    ],
    own(
        "L22 a title without its number begins the prose",
        swap(f"{REPORT}\n\n", f"{REPORT}\n\n{REPORT[2:]}\n"),
    ),
    Case("L22 the name of a website", f"Kuvitelman tarhaajayhdistys r.y.\n\n{BASE}"),
    Case(
        "L22 a narrow column of values",
        re.sub(
            r"(?m)^([A-ZÄÖ][^:\n]+):(?: (.+)|$)",
            lambda match: "\n".join(
                [match[1], *textwrap.wrap(match[2] or "", 30, break_long_words=False)]
            ),
            BASE[: BASE.index(REPORT)],
        ).replace("\n\n", "\n")
        + BASE[BASE.index(REPORT) :],
        keeps_space=False,
        noisy=False,
    ),
    told("L22 title case", BASE.title(), "ESR305", "Euroopan"),
    Case(
        "L22 headings that are there twice",
        re.sub(r"(?m)^([0-9](?:\.[0-9])? [A-ZÄÖ].*)$", r"\1\n\n\1", BASE),
        noisy=False,
    ),
    Case("L22 quotes around every line", "\n".join(f'"{line}"' for line in BASE.split("\n"))),
    Case(
        "L22 the end of emphasis, wrapped",
        BASE.replace("sukupuolinäkökulmasta: Kyllä", "sukupuolinäkökulmasta:\nKyllä**").replace(
            "\nHankkeessa on tehty", "\n**Hankkeessa on tehty"
        ),
        keeps_space=False,
        noisy=False,
    ),
]

CASES = [
    *(*L1, *L2, *L3, *L4, *L5, *L6, *L7, *L8, *L9, *L10, *L11),
    *(*L12, *L13, *L14, *L15, *L16, *L17, *L18, *L19, *L20, *L21, *L22),
]
