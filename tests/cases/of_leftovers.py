"""P. Values at the ends of pages, what people write beside values, and what programs leave."""

from __future__ import annotations

import re

from cases.pages import BASE, Case, own, paged, put, swap, told, told_of, values_told

QUESTION = "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen"
QUESTIONS = re.compile(r"(?m)^(Hankkee.*|Sukupuoli.*): (Kyllä|Ei)$")
EQUALITY = re.search("(?m)^Tasa-arvon edistäminen.*$", BASE)[0]
EMPTY = re.sub(r"(?m)^(Hankkeen nimi|WWW-osoite):.*$", r"\1:", BASE)
LAST = BASE.rstrip().rpartition("\n")[2]
REPORT = BASE.partition("9 Loppuraportin tiivistelmä\n\n")[2]
QUERY = "https://www.tarhaajat.example/?id=12"
FIELDS = re.compile(r"(?m)^((?!Mestari)[A-ZÅÄÖ][^:\n]{2,80}):(?= )")
NO_COLONS = re.sub(r"(?m)^((?!Mestari)[A-ZÅÄÖ][^:\n?]{2,60}):(?= |$)", r"\1", BASE)
TIGHT = re.sub(r"\n\n(?=[A-ZÅÄÖ].{2,70}$)", "\n", NO_COLONS, flags=re.MULTILINE)
AIM = "Luonnosta elinkeino: osaamista pienille paikkakunnille"
LONG = "kaikkialla maakunnassa, sen naapureissa ja muilla"
HEADINGS = re.compile(r"(?m)^([0-9](?:\.[0-9])?) ([A-ZÅÄÖ].{2,90})$")
NOTES = re.compile(r"(?m)^(.*) ([0-9]+) ([0-9]+)\n([A-ZÅÄÖ].*\.)$")
ANSWERS = re.compile(r"(?m)^(Hankkee.*|Sukupuoli.*): (Kyllä|Ei)\n(.*\.)$")
SCORES = BASE[BASE.index("VälitönVälillinen") : BASE.index("\n\n9 Loppu")]
DASHED = put("Hankkeen nimi", "Mehiläisestä \u2013 mestariksi")
ROWS = BASE[BASE.index("Tarulan") : BASE.index("\n\n3 Suun")]
COLUMNS = "\n".join([x.rpartition(", ")[k] for k in (0, 2) for x in ROWS.split("\n")])
PARTNER = re.search("(?m)^Hunajav.*[0-9]$", BASE)[0]
SAME = "2 Hakijan perustiedot\n\nPostitoimipaikka"
AMOUNTS = re.compile(r"(?m)^((?:Myönnetty|Toteutunut|Suunniteltu) [^:\n]*(?:rahoitus|yhteensä)):")


def ends_of_pages(page: str, *values: str) -> str:
    """A page with values below their labels, and a break of pages below each."""
    for value in values:
        page = swap(f": {value}\n", f":\n{value}\n\f\n", page)
    return page


CASES = [
    *[
        Case(f"P1 a unit behind labels: {unit}", AMOUNTS.sub(rf"\1{unit}", BASE))
        for unit in (" (€):", " (EUR):", " (€)\t")
    ],
    *[
        Case(
            f"P1 an answer right behind its question, {len(gap)}",
            QUESTIONS.sub(rf"\1{gap}\2", BASE),
        )
        for gap in (" ", "  ")
    ],
    *[
        Case(f"P1 behind labels: {mark!r}", FIELDS.sub(rf"\1{mark}", BASE))
        for mark in (" (pakollinen):", "?:", " \u24d8:", " \U0001f4cc:", " :=")
    ],
    *[
        Case(f"P1 headings: {new}", HEADINGS.sub(new, BASE))
        for new in (r"Osa \1: \2", "\\1 \\2 \u25bc")
    ],
    *[
        Case(f"P1 scores behind explanations: {new!r}", NOTES.sub(new, BASE))
        for new in (r"\1\n\4\n\2\n\3", r"\1\n\4 \2 \3", r"\1<br>\4 | \2 | \3")
    ],
    *[
        Case(f"P1 partners: {name}", swap(PARTNER, new))
        for name, new in {
            "wrapped": PARTNER.replace("tuottajat, ", "tuottajat,\n"),
            "a narrow column": re.sub(r" (osk), (.*)", r"     \2\n\1", PARTNER),
            "glued": PARTNER.replace(", 98", "98"),
            "around the id": re.sub(r" (osk), (.*)", r"\n\2\n\1", PARTNER),
            "a cell of CSV behind it": f"{PARTNER},",
        }.items()
    ],
    Case(
        "P1 partners: a list that was wrapped",
        swap(PARTNER, "* " + PARTNER.replace("verkko - ", "verkko -\n  Alan ")),
        {
            "applicant.co_implementers[1].name": "Hunajaverkko - Alan tuottajat, jalostajat ja myyjät osk"
        },
        noisy=False,
    ),
    Case(
        "P1 a label around its value, no colons",
        re.sub(r"(?m)^(Suunniteltu julkinen rahoitus) (yhteensä) (.*)$", r"\1 \3\n\2", NO_COLONS),
        noisy=False,
    ),
    *[
        Case(f"P1 an answer and its explanation in the line of the question, {len(gap)}", text)
        for gap in (" ", "  ")
        for text in [ANSWERS.sub(rf"\1{gap}\2 {gap}\3", BASE)]
    ],
    Case("P1 emphasis that ends below the question", ANSWERS.sub(r"**\1:\n**\2\n\n\3\n", BASE)),
    Case(
        "P1 a value that goes on in a narrow column, no colons",
        TIGHT.replace("pienille paikkakunnille", f"pienille paikkakunnille {LONG}\nkylille"),
        {"project.specific_objective.title": f"{AIM} {LONG} kylille"},
        noisy=False,
    ),
    Case("P1 an answer in a block of its own", ANSWERS.sub(r"\1\n\n\2\n\n\3\n", BASE)),
    Case("P1 an answer in a cell of its own", ANSWERS.sub(r"|\1\n|\2\n\3", BASE), noisy=False),
    Case(
        "P1 an explanation that begins with its answer",
        ANSWERS.sub(r"\1: \2 \2, \3", BASE),
        {
            f"horizontal_principles.gender_equality.{name}.explanation": f"{answer}, {text}"
            for name, (answer, text) in zip(
                ("environment_analysed", "mainstreamed", "main_objective"),
                (match.group(2, 3) for match in ANSWERS.finditer(BASE)),
                strict=True,
            )
        },
    ),
    Case("P1 anchors of Textile", HEADINGS.sub(r"h2(#kohta-\1). \1 \2\n", BASE)),
    Case("P1 a table of MediaWiki", swap(SCORES, f"{{|\n{SCORES}\n|}}"), noisy=False),
    Case(
        "P1 dashes of pandoc",
        HEADINGS.sub(r"\1 \2 {#kohta-\1}", DASHED).replace("\u2013", "--"),
        page=DASHED,
    ),
    Case(
        "P1 numbers of rows that go on",
        swap(ROWS, f"25 {ROWS}\n27 Kettu Oy, 1234567-1".replace("\n", "\n26 ", 1)),
        {
            "applicant.co_implementers[2].name": "Kettu Oy",
            "applicant.co_implementers[2].business_id": "1234567-1",
        },
    ),
    Case("P1 rows in one line", swap(ROWS, ROWS.replace("\n", " | ")), noisy=False),
    Case(
        "P1 a row that was wrapped in brackets",
        swap("Tarulan kansanopisto ry", "Tarulan kansanopisto (ent.\nOpisto)"),
        {"applicant.co_implementers[0].name": "Tarulan kansanopisto (ent. Opisto)"},
        is_whole=False,
    ),
    Case("P1 a footer of sheets", paged(BASE, lambda *_: "\nHankekuvaus\n", 40), noisy=False),
    Case("P1 one answer right behind its question", swap(f"{QUESTION}: Ei", f"{QUESTION}  Ei")),
    Case("P1 amounts at the ends of pages", ends_of_pages(BASE, "186 400", "226 619")),
    Case("P1 numbers at the ends of pages", ends_of_pages(BASE, "000-000 0037", "000-000 0038")),
    Case(
        "P1 values below labels, the same at one distance",
        "".join(
            f"{label}:\nKuvitelma\n" + 30 * "\n" for label in (SAME, "Muu tieto", "Tunnuslause")
        ),
        {"applicant.address.post_office": "Kuvitelma"},
        page=None,
        is_whole=False,
        reported={"*": "Muu tieto:"},
        noisy=False,
    ),
    Case(
        "P1 paragraphs of definitions",
        re.sub(
            r"(?m)^(Hankkee.*|Sukupuoli.*): (Kyllä|Ei)\n(?=[A-ZÅÄÖ])", r"\1\n:   \2\n:   ", BASE
        ),
    ),
    Case("P1 answers as definitions", ANSWERS.sub(r"\1\n:   \2\n\n\3\n", BASE)),
    Case(
        "P1 a plus at the end of a line",
        swap(LAST, f"Hinta on 150 euroa +\nalv 24 %. {LAST}"),
        reported={"ESR308": "Hinta"},
        page=None,
        noisy=False,
    ),
    Case(
        "P1 an equals sign on a line of its own",
        swap("\nWWW-osoite: https://www.tarhaajat.example\n", f"\nWWW-osoite: {QUERY}&kieli\n=\n"),
        {"applicant.website": f"{QUERY}&kieli="},
    ),
    *[
        told(
            f"P2 below an address: {line}",
            put("WWW-osoite", f"https://www.tarhaajat.example\n{line}"),
            "ESR305",
            "WWW-osoite",
        )
        for line in ("ei muutoksia", "tarkistettu eilen")
    ],
    *told_of(
        "P2 behind the scores",
        lambda line: swap("\n\n9 Loppu", f"\n\n{line}\n\n9 Loppu"),
        *("Lisätietoja", "Hankekoodi: S29998"),
    ),
    *told_of(
        "P2 below scores",
        lambda line: swap(EQUALITY, f"{EQUALITY}\n{line}"),
        *("(oik. 9 9)", "Korjaus: 9 9", "sivu 3", "Tulostettu 1.1.2020"),
    ),
    *told_of(
        "P2 a footer, once",
        lambda line: f"{BASE.rstrip()}\n\n\n\n{line}",
        *("Hankekuvaus", "Sisällöstä vastaa Kettu"),
    ),
    *told_of(
        "P2 between two pages",
        lambda line: f"{BASE.rstrip()}\n\n{line}\n",
        *("score: 0.87", "Source: hanke.pdf", '"}', "}"),
    ),
    *told_of(
        "P2 letters decoded wrongly, in prose",
        lambda letter: swap(LAST, LAST.replace("ä", letter)),
        *("=C3=A4", r"\xe4", "√§", "<U+00E4>", "ä\u0336"),
    ),
    *told_of("P2 no report", lambda text: swap(BASE[BASE.index(REPORT) :], text), "0"),
    *values_told(
        "P3 what people and programs write",
        {
            "Hankkeen nimi": [
                *("täydennetään", "(salattu)", "ei mainittu", "%s"),
                *(
                    "Mestari (po. uusi)",
                    "Mestari (korjattu)",
                    "Mestari KORJAA",
                    "Mestari -- oppilas",
                ),
                *("? Mestari", "Mestari /* vanha */", "Mestari ^abc123"),
                *("np.str_('Mestari')", "b'Mestari'", "Mestari\u240a", "M\u0336e\u0336s\u0336"),
                "\uff2d\uff45\uff53\uff54\uff41\uff52\uff49",
            ],
            "Puhelinnumero": ["Kuvitelma", "000-000 xxxx"],
        },
    ),
    *values_told(
        "P3 numbers that a spreadsheet changed, signs in lists",
        {
            "Erityistavoite": ["9.mar Luonnosta", "44077. Luonnosta", "9.3. Tuo / 9.4. Muu"],
            "Kunnat": ["#Joensuu, #Kitee", "Joensuu @maija"],
            "Toimintalinja": ["4.-5. Työ"],
        },
        code="ESR305",
    ),
    told(
        "P3 a remark below an empty field",
        swap("Hankkeen nimi:", "Hankkeen nimi:\n<!-- tarkista -->", EMPTY),
        "*",
        "<!--",
        noisy=False,
    ),
    *told_of(
        "P4 scores that may be those of another aspect",
        lambda text: swap("Kulttuuriympäristö 5 6", text),
        *("Kulttuuriympäristö 5-6\nNiityt 2020. 1 1", "Kulttuuriympäristö: vanhat niityt. 5 6"),
        code="ESR302",
    ),
    told(
        "P4 scores above their aspects",
        NOTES.sub(r"\2 \3\n\1\n\4", BASE),
        "ESR302",
        "Luonnonvarojen käytön kestävyys",
    ),
    *[
        told(f"P4 rows that are two: {rows!r}", swap(ROWS, rows), "ESR305", line)
        for rows, line in (
            ("Kettu Oy\na-klinikka oy, 9812378-8", "Kettu Oy"),
            ("Tarulan opisto     9812340-3\nhunajaverkko osk\nKettu Oy     9812378-8", "hunaja"),
            ("- Tarulan opisto\n  Kettu Oy, 9812378-8", "- Tarulan"),
        )
    ],
    told("P4 columns of names and of ids", swap(ROWS, COLUMNS), "ESR305", "Tarulan"),
    *told_of(
        "P4 a label with an addition",
        lambda label: swap("Myönnetty EU- ja valtion rahoitus:", f"{label}:"),
        "Myönnetty EU- ja valtion rahoitus (haettu)",
        "Myönnetty EU- ja valtion rahoitus / vuosi",
        code="ESR301",
    ),
    *[
        own(f"P4 the report's own end: {end!r}", f"{BASE.rstrip()}\n{end}")
        for end in (
            "\nTapahtumat:\n12.5.2021 Joensuu\n14.5.2021 Kitee",
            "\nCC BY 4.0 -lisenssillä julkaistut oppaat ovat verkossa.",
            "\n\n- opas ja kalenteri",
            "\n\n(ks. opas)",
        )
    ],
    Case(
        "P4 a last explanation of two paragraphs",
        swap("\n\n8.2 Kestävä", "\n\nTasa-arvo on silti mukana.\n\n8.2 Kestävä"),
        {
            "horizontal_principles.gender_equality.main_objective.explanation": (
                "Hankkeen päätavoite on uusien elinkeinojen synty.\n\nTasa-arvo on silti mukana."
            )
        },
        is_whole=False,
    ),
    *[
        own(f"P4 a value of its own: {label}, {value}", put(label, value))
        for label, value in (
            ("Hakijan virallinen nimi", "Kuvitelman opisto (ent. Kuvitelman koulu)"),
            ("Hankkeen nimi", "Energiapuu haltuun (korjuu ja kuljetus)"),
            ("Hankkeen nimi", "LUO, KORJAA, KIERRÄTÄ"),
            ("WWW-osoite", "https://www.tarhaajat.example, Facebook @hunaja"),
            ("Puhelinnumero", "000-000 0037, klo 9-15?"),
            ("Erityistavoite", "9.3. –30 % hävikkiä"),
        )
    ],
    *[
        own(f"P4 an explanation of its own: {text}", swap(EQUALITY, f"{EQUALITY}\n{text}"))
        for text in (
            *("Tulostettu 200 opasta.", "Uusi: syntyy uudenlainen malli.", "Todo-listat opitaan."),
            *("(Muut vaikutukset on arvioitu hakemuksessa.)", "(Oikea-aikainen hoito.)"),
        )
    ],
    own("P4 names with numbers", swap(ROWS, "24 Tuntia Oy, 9812340-3\n25 Vuotta ry, 9812378-8")),
    own(
        "P4 an explanation that begins as the next question",
        swap(f"\n{QUESTION}: Ei", f"\n{QUESTION} ei ole.\n{QUESTION}: Ei"),
    ),
]
