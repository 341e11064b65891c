"""T. Cells and columns whose values are not beside their labels, or have nothing before them."""

from __future__ import annotations

import re
from collections.abc import Callable

from cases.pages import (
    BASE,
    OLD,
    Case,
    fields_of,
    headings,
    in_columns,
    own,
    put,
    swap,
    told,
    wrapped,
)

ROW = re.compile(r"(?m)^(\D.*?) ([0-9]+) ([0-9]+)$(?:\n([^\n]*[.!?])$)?")
PARTNER = re.compile(r"(?m)^(.*), ([0-9]{7}-[0-9])$")
QUESTION = re.compile(r"(?m)^(.*): (Kyllä|Ei)\n(.*)$")
AMOUNT = "Suunniteltu julkinen rahoitus yhteensä"
ASKED = "Hankkeessa on tehty toimintaympäristön analyysi sukupuolinäkökulmasta"
NAME, WEB, EMAIL = "Hankkeen nimi", "WWW-osoite", "Yhteyshenkilön sähköpostisoite"
LONG_NAME = "Mehiläisestä mestariksi – vanhoista niityistä uusia elinkeinoja"
LONG = "Luonnosta elinkeino: mehiläisestä mestariksi ja takaisin, osaamista pienille paikkakunnille"
FLOWERS = "Luonnonvarojen käytön kestävyys"


def each_field(change: Callable[[str, str], str], page: str) -> str:
    """A page with its fields written in another way."""
    for field in fields_of(page):
        page = page.replace(field, change(*field.split(": ", 1)))
    return page


WRAPPED = put(WEB, "https://www.tarhaajat.example/hankkeet/mehilainen?kieli=fi")
BROKEN = swap(
    "https://www.tarhaajat.example/hankkeet/mehilainen?kieli=fi",
    "https://www.tarhaajat.example/hankkeet/\nmehilainen?\nkieli=fi",
    in_columns(WRAPPED, 70),
)
COLUMNS = [
    *[
        Case(f"T1 {year} {width} {colon}", in_columns(page, width, colon), page=page)
        for year, page in (("2014", put(NAME, LONG_NAME)), ("2007", OLD))
        for width, colon in ((52, ":"), (60, ""))
    ],
    Case(
        "T1 two labels",
        swap(
            "Hakijan virallinen nimi: Kuvitelman tarhaajayhdistys ry\n\nOrganisaatiotyyppi: ",
            "Hakijan virallinen nimi:\nOrganisaatiotyyppi:\n\nKuvitelman tarhaajien ja\n"
            "mehiläisten ystävien liitto\n",
        ),
        {"applicant.name": "Kuvitelman tarhaajien ja mehiläisten ystävien liitto"},
    ),
    own("T1 an address over three lines", WRAPPED)._replace(text=BROKEN),
    # Two ways: nothing is guessed.
    told(
        "T1 two texts, one of which is in two lines",
        swap(
            "Hankkeen yhteyshenkilön nimi:\nYhteyshenkilön asema hakijaorganisaatiossa:\n",
            "Hankkeen yhteyshenkilön nimi:\nYhteyshenkilön asema hakijaorganisaatiossa:\n",
            in_columns(
                swap("Projektipäällikkö", "Tarhaajayhdistyksen ja opiston yhteinen päällikkö"), 30
            ),
        ),
        "ESR206",
        "Kuvitelman",
    ),
]


def of_cells(page: str, between: str, end: str) -> str:
    """A table without colons, as get_text() gives it: what is between cells, and behind rows."""
    page = QUESTION.sub(rf"\1{between}\2{between}\3", page)
    page = PARTNER.sub(rf"\1{between}\2", page)
    scores = page.index("VälitönVälillinen")
    rows = ROW.sub(
        lambda m: between.join((m[1], *filter(None, (m[4],)), m[2], m[3])), page[scores:]
    )
    page = page[:scores] + rows.replace("VälitönVälillinen", f"Välitön{between}Välillinen")
    for field in fields_of(page):
        page = page.replace(field, field.replace(": ", between, 1))
    return re.sub(r"\n+", end, page)


CELLS = [
    Case(f"T2 cells between {between!r}, rows behind {end!r}", text, keeps_space=False, noisy=False)
    for between, end in ((" ", " "), ("\t", " "), ("", "\n"), ("", "\n\n"))
    for text in [of_cells(BASE, between, end)]
]

# A question, a label, an aspect around what is beside them: cells of PDF that are narrow.
AROUND = [
    Case(
        "T3 an amount beside its label",
        swap(f"{AMOUNT}: 233 000", f"{AMOUNT.removesuffix(' yhteensä')} 233 000\nyhteensä:"),
    ),
    Case(
        "T3 an answer amid its question",
        swap(
            f"{ASKED}: Kyllä",
            "Hankkeessa on tehty\nKyllä\ntoimintaympäristön analyysi\nsukupuolinäkökulmasta:",
        ),
    ),
    Case(
        "T3 scores amid an aspect", swap(f"{FLOWERS} 6 7", "Luonnonvarojen käytön\n6\n7\nkestävyys")
    ),
    Case(
        "T3 a value glued to half its label",
        swap(
            "Hakijoiden lukumäärä tai tuen siirto -menettely: Hakijoita",
            "Hakijoiden lukumäärä taiHakijoita",
        ).replace("(yhteishanke)", "(yhteishanke)\ntuen siirto -menettely:"),
    ),
    told(
        "T3 half a label in a value",
        swap(
            "Yhteyshenkilön puhelinnumero: 000-000 0038\n\nHakijoiden lukumäärä tai tuen siirto "
            "-menettely: Hakijoita",
            "Yhteyshenkilön puhelinnumero: 000-000 0038 Hakijoiden lukumäärä tai tuen Hakijoita",
        ),
        "ESR307",
        "Yhteyshenkilön puhelinnumero",
    ),
]


NOTHING = "Ei vaikutusta"


def in_rows(row: Callable[[re.Match[str]], str]) -> str:
    """A page with its rows of scores written in another way."""
    at = BASE.index("VälitönVälillinen")
    return BASE[:at] + ROW.sub(row, BASE[at:])


def behind(m: re.Match[str]) -> str:
    return "\n".join(filter(None, (m[1], m[4] or NOTHING, m[2], m[3])))


GLUED = [
    Case(
        "T4 two scores as one number",
        in_rows(lambda m: m[0].replace(f" {m[2]} {m[3]}", f" {m[2]}{m[3]}")),
    ),
    Case(
        "T4 two scores as one number in the line below",
        in_rows(lambda m: m[0].replace(f" {m[2]} {m[3]}", f"\n{m[2]}{m[3]}")),
    ),
    told("T4 one number in one row", swap(f"{FLOWERS} 6 7", f"{FLOWERS} 67"), "ESR302", FLOWERS),
    Case(
        "T4 scores behind explanations that are no sentences",
        in_rows(behind),
        page=in_rows(lambda m: f"{m[1]} {m[2]} {m[3]}\n{m[4] or NOTHING}"),
    ),
]


def doubled(page: str) -> str:
    """A page with an empty line behind each line."""
    return page.replace("\n\n", "\n").replace("\n", "\n\n")


# A line is a paragraph: MuPDF. Where it is full, words in small letters go on with it.
APART = [
    Case(
        f"T5 {label} behind an empty line",
        put(label, f"{first}\n\n{rest}", page),
        page=page,
        noisy=False,
    )
    for page in (BASE,)
    for label, first, rest in (
        ("Suunnitelman mukainen toteutusaika", "Alkaa 1.3.2020 ja päättyy", "31.8.2022"),
        ("Kunnat", "Joensuu, Kitee,", "Rääkkylä, Tohmajärvi"),
        (
            "Hakijoiden lukumäärä tai tuen siirto -menettely",
            "Hakijoita on useampi kuin yksi",
            "(yhteishanke)",
        ),
    )
]
FULL = wrapped(BASE, 70)
DOUBLED = doubled(FULL)
APART += [
    Case(
        "T5 every line behind an empty one",
        DOUBLED,
        keeps_space=False,
        noisy=False,
    ),
    own("T5 an open bracket", put(NAME, "Mehiläisestä mestariksi (MESI\n2.0)"))._replace(
        page=put(NAME, "Mehiläisestä mestariksi (MESI 2.0)")
    ),
    Case(
        "T5 an address of mail",
        put(EMAIL, "aune.mesitarha(at)tarhaajat.exa\nmple"),
        noisy=False,
    ),
    Case(
        "T5 an address behind an empty line",
        DOUBLED.replace(
            "https://www.tarhaajat.example\n",
            "https://www.tarhaajat.example/hankkeet/mehilaisia/\n\nmestari/sivu.html?kieli=fi\n",
        ),
        {
            "applicant.website": "https://www.tarhaajat.example/hankkeet/mehilaisia/mestari/"
            "sivu.html?kieli=fi"
        },
        keeps_space=False,
        noisy=False,
    ),
    told(
        "T5 words below a value that is whole",
        doubled(wrapped(put(NAME, f"{LONG} ja muualla"), 94)).replace(
            "(yhteishanke)", "(yhteishanke)\n\nmuokkaa tietoja"
        ),
        "ESR206",
        "muokkaa tietoja",
        noisy=False,
    ),
    told(
        "T5 a footer below a value that is below its label",
        each_field("{}:\n{}".format, BASE).replace(
            "Toiminta päättynyt", "Toiminta päättynyt\nHankekuvaus"
        ),
        "ESR206",
        "Hankekuvaus",
    ),
    told(
        "T5 a word below a value",
        put("Postitoimipaikka", "Kuvitelma\n\nmuokkaa"),
        "ESR206",
        "muokkaa",
    ),
    told(
        "T5 a line below a known word",
        put("Toiminnan tila", "Toiminta päättynyt\nLähde: x"),
        "ESR301",
        "Lähde",
    ),
]


def spans(before: str, between: str, behind: str) -> str:
    """A page whose labels and values are in spans with a class: pandoc, of HTML."""
    page = BASE
    for field in fields_of(BASE):
        label, value = field.split(": ", 1)
        page = page.replace(field, f"{before}{label}:{between}{value}{behind}")
    return page


SPANS = [
    Case("T6 Markdown", spans("[", "]{.l}[", "]{.v}")),
    Case("T6 Markdown, wrapped", spans("[", "]{.l}\n[", "]{.v}")),
    Case(
        "T6 a line break in the first cell of a row",
        in_rows(lambda m: f"  {m[1]}\\   {m[2]}   {m[3]}\n  {m[4]}" if m[4] else m[0]).replace(
            "\n\n8.2", "\n\n## 8.2"
        ),
    ),
    Case(
        "T6 explanations over lines",
        in_rows(
            lambda m: (
                m[0].replace(m[4], f"[{m[4].replace(' ', chr(10), 1)}]{{.small}}") if m[4] else m[0]
            )
        ),
        keeps_space=False,
    ),
    told(
        "T6 one alone",
        swap("kahden kesän ajan", "[kahden kesän]{.mark} ajan"),
        "ESR308",
        "Jokainen",
    ),
    own("T6 a number sign", put(NAME, "C# ja #mesi", BASE)),
]

SITE = "https://www.tarhaajat.example/"
PHONE = "Puhelinnumero"


def in_lines(label: str, value: str) -> str:
    """A page of columns, a value a line, with another value."""
    return in_columns(put(label, value), 99)


def bare(label: str, value: str) -> str:
    """A page without colons, with another value."""
    return each_field(lambda name, text: f"{name} {text}", put(label, value))


PHONES = [block for block in OLD.split("\n\n") if block.startswith(f"{PHONE}:")]
OLD_GLUED = each_field("{}{}".format, OLD).replace(PHONES[1].replace(": ", ""), PHONES[1])


def tailed(tail: str) -> str:
    """A page in which every second label goes on."""
    page = BASE
    for field in sorted(fields_of(BASE), key=BASE.index)[::2]:
        page = page.replace(field, field.replace(": ", f"{tail}: ", 1))
    return page


HEAD, _, TAIL = BASE.rpartition("Jakeluosoite: Apilaniitty 4")
SITE_LESS = f"{HEAD}Jakeluosoite:{TAIL}".replace(
    "Jakeluosoite:\n\nPostinumero: 00017\n\nPostitoimipaikka: Kuvitelma",
    "Jakeluosoite:\n\nPostinumero:\n\nPostitoimipaikka:",
)

# What is near a value and is none of it; what is in it and looks like the end of it.
NEAR = [
    *[
        told(f"T9 below an address: {line}", put(WEB, f"{SITE}\n\n{line}"), "ESR206", line)
        for line in ("facebook.com/tarhaajat", "https://www.toinen.example", "Joensuu-talo")
    ],
    *[
        told(f"T9 below a long name: {line}", put(NAME, f"{LONG}\n\n{line}"), "ESR206", line)
        for line in ("https://www.hanke.example", "ks. liite", "myydään hunajaa.")
    ],
    told(
        "T9 a word below an address of mail",
        put(EMAIL, "aune.mesitarha(at)tarhaajat.example\nprojektipäällikkö"),
        "ESR305",
        EMAIL,
    ),
    Case(
        "T9 two addresses of mail",
        put(EMAIL, "aune@tarhaajat.fi\nsihteeri@tarhaajat.fi"),
        {"applicant.contact.email": "aune@tarhaajat.fi sihteeri@tarhaajat.fi"},
        noisy=False,
    ),
    told("T9 a face", put(NAME, "Mestari :(\n\n(kuva) :)"), "ESR206", "(kuva) :)"),
    told("T9 an item of a list", put(PHONE, "000-000 (vaihde\n\n1) eka"), "ESR206", "1) eka"),
    *[
        Case(f"T9 columns: {value}", in_lines(WEB, value), {"applicant.website": value})
        for value in ("Hankkeella ei ole omia sivuja.", "www.a.example ja www.b.example")
    ],
    told(
        "T9 columns: an empty field behind an address of two lines",
        in_columns(
            swap(
                f"Jakeluosoite: Apilaniitty 4\n\n{PHONE}: 000-000 0037",
                "Jakeluosoite: Pitkän kujan varrella sijaitseva Apilaniitty 4 A\n2, käynti pihan "
                f"puolelta rakennus 3\n\n{PHONE}: x",
            ),
            50,
        ).replace("\nx\n", "\n"),
        "ESR206",
        "puolelta rakennus 3",
    ),
    *[
        Case(f"T9 no colons: {value}", bare(label, value), {path: value})
        for label, path, value in (
            (NAME, "project.name", "Maakunnat mukaan"),
            ("Hakijan virallinen nimi", "applicant.name", "Kunnat ry"),
        )
    ],
    told(
        "T9 no colons: empty fields in one line",
        each_field("{} {}".format, SITE_LESS).replace(
            "Jakeluosoite:\n\nPostinumero:\n\nPostitoimipaikka:",
            "Jakeluosoite Postinumero Postitoimipaikka",
        ),
        "ESR206",
        "Jakeluosoite Postinumero",
    ),
    Case(
        "T9 a partner with a long name that ends in a full stop",
        swap("Tarulan kansanopisto ry,", f"{LONG.title()} s.r.,"),
        {"applicant.co_implementers[0].name": f"{LONG.title()} s.r."},
        page=None,
        is_whole=False,
    ),
    *[
        told(f"T9 a label with a tail: {tail}", tailed(tail), "ESR301", f"Hankekoodi{tail}")
        for tail in (" suomeksi", " / Project", ", virallinen")
    ],
    *[
        told(
            f"T9 a label that is not declared: Hankkeen {word}",
            swap("Hankkeen nimi: Mehiläisestä", f"Hankkeen {word}\nnimi: Mehiläisestä"),
            "ESR206",
            f"Hankkeen {word}",
        )
        for word in ("lyhyt", "englanninkielinen")
    ],
    told(
        "T9 a partner in small letters below one without a Y-tunnus",
        wrapped(BASE, 70).replace(
            "Tarulan kansanopisto ry, 9812340-3",
            "Tarulan kansanopisto ry\ntmi Mesitarha, 9812340-3",
        ),
        "ESR305",
        "Tarulan kansanopisto ry",
    ),
    *[
        told(
            f"T9 behind an open end: {line}",
            put(NAME, f"{LONG} sekä\n\n{line}"),
            "*",
            line,
        )
        for line in ("https://www.muu.example/x", "12", "1) eka", "Huom! Tarkista.", "31.8.2022")
    ],
    told(
        "T9 behind an open list",
        put("Kunnat", "Joensuu, Kitee,\n\nJatkoaikaa haettu"),
        "ESR206",
        "Jatkoaikaa haettu",
    ),
    Case(
        "T9 columns: a text above a text, with a full line",
        in_columns(BASE, 43),
        reported={"ESR305": "Projektipäällikkö"},
    ),
    own(
        "T9 Markdown, a bracket in prose",
        spans("[", "]{.l}[", "]{.v}").replace("Jokainen pari", "[alku Jokainen pari"),
    )._replace(page=BASE.replace("Jokainen pari", "[alku Jokainen pari")),
    *[
        told(
            f"T9 one number in each row: {number}",
            in_rows(lambda m, n=number: f"{m[1]}{n}"),
            "ESR302",
            FLOWERS,
        )
        for number in (" 25", "\n12")
    ],
    Case(
        "T9 an explanation that begins as the question",
        wrapped(BASE, 70).replace(
            "Kyllä\nPesäkalustosta", "Kyllä\nSukupuolinäkökulma on huomioitu hyvin. Pesäkalustosta"
        ),
        page=BASE.replace("Kyllä\nPesäk", "Kyllä\nSukupuolinäkökulma on huomioitu hyvin. Pesäk"),
        keeps_space=False,
    ),
    Case(
        "T9 one of two equal labels is glued",
        OLD_GLUED,
        page=OLD,
        keeps_space=False,
        noisy=False,
    ),
    Case(
        "T9 a backslash in a row",
        each_field(lambda label, value: f"{label:50} {value}", put(NAME, "A\\ B")),
        {"project.name": "A\\ B"},
        noisy=False,
    ),
]

HEADS = headings()
CONTENTS = "\n".join(HEADS)
PLAIN = "\n\n".join(block for block in BASE.split("\n\n") if block not in HEADS)
OTHERS = [
    Case(
        "T7 all headings in front",
        f"{CONTENTS}\n\n{PLAIN}",
        {"project.code": "S29999", "funding.granted_eu_and_state": 186400, "fund": "ESR"},
        {"ESR201": "1 Hanke"},
        page=None,
        is_whole=False,
    ),
    told(
        "T8 prose below partners, whose heading is gone",
        swap("3 Suunnitelman mukainen tiivistelmä toteutuksesta\n\n", "").replace(
            "9812378-8\n\n", "9812378-8\n"
        ),
        "*",
        "Mehiläistarhaus",
    ),
]
UNREPORTED = BASE[: BASE.index("9 Loppuraportin")].rstrip() + "\n"
TABLE = UNREPORTED.index("VälitönVälillinen")


def unreported(row: Callable[[re.Match[str]], str]) -> str:
    """A page without a report, with its rows of scores written in another way."""
    return UNREPORTED[:TABLE] + ROW.sub(row, UNREPORTED[TABLE:])


WITH_NAME = put(
    NAME, "Vanhoilta niityiltä, pelloilta ja metsien reunoilta takaisin kohti Uusia Elinkeinoja"
)
TABLES = [
    # The number of the section that comes next: a score of 9 in a line is none.
    *[
        Case(
            f"T10 scores behind explanations, without a report: {end!r}",
            unreported(lambda m, end=end: behind(m).replace("\n", end)),
            page=unreported(lambda m: f"{m[1]} {m[2]} {m[3]}\n{m[4] or NOTHING}"),
            keeps_space=False,
            noisy=False,
        )
        for end in ("\n", "\n\n")
    ],
    *[
        Case(f"T11 names of columns: {names!r}", swap("VälitönVälillinen", names))
        for names in (
            "Arvio Välitön Välillinen",
            "Osa-alue\nVälitön\nVälillinen",
            "Näkökulma      Välitön     Välillinen     Perustelu",
            f"Välitön{'':80}Välillinen",
            "^   ^Välitön^Välillinen^",
        )
    ],
    *[
        told(f"T11 above the rows: {line}", swap("VälitönVälillinen", line), "ESR206", line)
        for line in ("Arviointi on alustava. VälitönVälillinen", "Asteikko 0-5 Välitön Välillinen")
    ],
    # Nothing but the width of the column tells that it does: PyPDF, pdfplumber of WeasyPrint's.
    Case(
        "T12 a name that goes on below a full line in capitals",
        swap("analyysi sukupuoli", "analyysi\nsukupuoli", WITH_NAME)
        .replace(" Uusia Elinkeinoja", "\nUusia Elinkeinoja")
        .replace("\n\n", "\n"),
        reported={"ESR305": NAME},
        page=WITH_NAME,
        keeps_space=False,
        noisy=False,
    ),
]
CASES = [*COLUMNS, *CELLS, *AROUND, *GLUED, *APART, *SPANS, *NEAR, *OTHERS, *TABLES]
