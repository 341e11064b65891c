"""Q. The same around every label, value or line, whatever it is."""

from __future__ import annotations

import re
from itertools import count

from cases.pages import BASE, NATURA, OLD, Case, own, put, swap, told, values_told, wrapped
from esr_parser.layouts import LAYOUT_2007_2013, LAYOUT_2014_2020

ROW = re.compile("(?m)^([A-ZÅÄÖ][^:\n]{5,90}) ([0-9]{1,2}) ([0-9]{1,2})$")
ANSWER = re.compile("(?m)^(.{20,110}): (Kyllä|Ei)$")
TOWNS = ("Joensuu", "Kitee", "Rääkkylä", "Tohmajärvi")
PARTNER = re.compile("(?m)^(.{3,90}), ([0-9]{7}-[0-9])$")
ROWS = (
    *("{0} {1}/{2}", "{0} {1} - {2}", "{0} {1} ja {2}", "{0} = {1}, {2}", "{0} [{1}] [{2}]"),
    *("{0} -> {1} \u2022 {2}", "{0} <{1} {2}>", "[{0}] {1} {2}", "\u00ab{0} {1} {2}\u00bb"),
    *("'{0}', '{1}', '{2}'", "{0}: ({1}, {2});", "{0}: [{1}, {2}],", "{0} {1}/10 {2}/10"),
    *("{0} {1} / 10, {2} / 10", "{0} {1} p {2} p", "{0} {1} {2} p", "{0} {1} {2} (0-10)"),
    *('"{0} {1} {2}"', "{0} {1} {2} \u2713", "{0} V: {1} V: {2}", "<li>{0} {1} {2}"),
    *("a) {0} {1} {2}", "[x] {0} {1} {2}", "Osa-alue: {0} {1} {2}", r"\item {0} {1} {2}"),
    *("{0} Välitön: {1}; Välillinen: {2}", "{0} {1} välitön, {2} välillinen"),
    "{0} {1} pistettä, {2} pistettä",
)
NO_ROWS = (
    *("{0} {1},{2}", "{0} {1}:{2}", "{0} {1}\u2013{2}", "{0} -{1} -{2}", "{0} {1}% {2}%"),
    *("{0} Välillinen {2} Välitön {1}", "{0} Epäsuora {2} Suora {1}", "{0} ~~{1} {2}~~"),
    *("{0} {1} + {2} = {1}{2}", "{0} 0 + {1} = {1}", "{0} {1}: {2} yht. {1}{2}", "{0} {1} tai {2}"),
    *("{0} {1} -> {2}", "{0} {1} (aiemmin {2})", "{0} {1}/5 {2}/5", "{0} {1}.3.\u2013{2}.3.2020"),
    *("{0} 0 out of 10 0 out of 10", "{0}: {1} [0] {2} [0]", "{0}: 1 2 3 4 5 6 7", "{0} = 5/10"),
)
ANSWERS = (
    *("{0}? {1}", "{0}, {1}", "{0} ({1})", "{0}: [{1}]", "{0} \u00bb {1}", "{0}: - {1}"),
    *("{0}? Vastaus: {1}", "{0}: Vastaus: {1}", "{0}: <b>{1}</b>", "'{0}': '{1}'", "{0}: {1};"),
    *("Kysymys: {0}: {1}", "a) {0}: {1}", "<li>{0}: {1}", "{0}: {1} [1]", "{0}: {1} Perustelu:"),
)
LABELS = "|".join(
    re.escape(word.text)
    for layout in (LAYOUT_2014_2020, LAYOUT_2007_2013)
    for word in layout.words()
    if word.kind == "label"
)
FIELD = re.compile(f"(?m)^({LABELS}):(?: (.*))?$")
PAIRS = (
    "[]",
    "()",
    "{}",
    "\u00ab\u00bb",
    "\u201d\u201d",
    "\u201e\u201c",
    "\u2019\u2019",
    "\u3010\u3011",
)
ENDS = (
    *("<eos>", "</s>", "<CR>", "</p>", "[EOL]", "{n}", "&para;", "%0A", "\\par", "^J", "\u2424"),
    *("\u00ac", "\u2192", "\u00a7", "//", " //", " \u2022", ".", "#", "~"),
)
FRONTS = (
    *("<s>", "<p>", "INFO: ", "REM ", "echo ", "\\item ", "A> ", "text: ", "[{n}] "),
    "2024-03-0{n} 12:00 INFO ",
)
SCRIPTS = {
    "names of fields": "field{n}.{0}={1}",
    "LaTeX": r"\field{{{0}}}{{{1}}}",
    "roff": ".B {0}: {1}",
    "XML": '<field name="{0}">{1}</field>',
    "BBCode": "[b]{0}:[/b] {1}",
    "SQL": "({n}, '{0}', '{1}'),",
    "Lisp": '("{0}" . "{1}")',
    "Python": "('{0}', '{1}')",
    "words": "Kenttä: {0}; Arvo: {1}",
    "terminals": "\x1b[1m{0}:\x1b[0m {1}",
}


def framed(pattern: str, page: str = BASE) -> str:
    """A page with each label and its value in a pattern; {n} is the number of the label."""
    numbers = count(1)
    return FIELD.sub(
        lambda m: pattern.format(m[1], m[2] or "", n=next(numbers) % 9 + 1).rstrip(), page
    )


def rewritten(rows: re.Pattern[str], form: str, page: str = BASE) -> str:
    """A page with each row in another form."""
    return rows.sub(lambda m: form.format(*m.groups()), page)


def doubled(between: str, end: str) -> str:
    """A page with each label and another name of it."""
    return FIELD.sub(lambda m: f"{m[1]}{between}{m[1][::-1]}{end}: {m[2] or ''}".rstrip(), BASE)


def lines(pattern: str) -> str:
    """A page with each line in a pattern."""
    return re.sub("(?m)^.+$", lambda m: pattern.format(m[0]), BASE)


def value_of(label: str) -> str:
    """The value of a label on the page."""
    return re.search(f"(?m)^{label}: (.*)$", BASE)[1]


TICKED = re.sub(
    "(?m)(?<=: )Kyllä$", "[x] Kyllä [ ] Ei", re.sub("(?m)(?<=: )Ei$", "[ ] Kyllä [x] Ei", BASE)
)


def put_summary(page: str, text: str) -> str:
    """A page whose summary begins with a line of its own."""
    return swap(f"{HEADING_3}\n\n", f"{HEADING_3}\n\n{text}\n\n", page)


def alike(end: str) -> str:
    """Twelve paragraphs that end in the same way."""
    return "\n\n".join(f"Ryhmä {number} oppii{end}" for number in range(12))


def blocks(head: str, text: str) -> str:
    """A page as programs give it that name the kind of each block."""
    return re.sub("(?m)^(?=.)", lambda m: head if HEADING.match(BASE, m.start()) else text, BASE)


HEADING_3 = "3 Suunnitelman mukainen tiivistelmä toteutuksesta"
HEAD = BASE[BASE.index("2 Hakijan") : BASE.index("Hakijoiden luku")]
HEADING = re.compile("(?m)^([1-9](?:\\.[1-9])?) ([A-Z].*)$")
CIRCLES = {ord("0") + n: 0x245F + n for n in range(1, 10)}
TABS = framed("{0}\t{1}")
TABS_HIDDEN = re.sub("(?m)^(Jakeluosoite)\t.*$", r"\1\t#####", TABS)
NO_SITE = put("WWW-osoite", "")


CASES = [
    *[
        Case(f"Q1 labels, values, both, lines of fields, lines: {pair} {k}", text)
        for pair in PAIRS
        for a, b in [[x * 2 if x in "{}" else x for x in pair]]
        for k, text in enumerate(
            (
                framed(f"{a}{{0}}{b}: {{1}}"),
                framed(f"{a}{{0}}:{b} {{1}}"),
                framed(f"{{0}}: {a}{{1}}{b}"),
                framed(f"{a}{{0}}{b} {a}{{1}}{b}"),
                framed(f"{a}{{0}}: {{1}}{b}"),
                lines(f"{a}{{0}}{b}"),
            )
        )
    ],
    Case("Q1 2007", framed("\u201d{0}\u201d: [{1}]", OLD), page=OLD),
    *[
        Case(f"Q1 values over several lines: {pattern}", wrapped(framed(pattern), 88))
        for pattern in ("{0}: [{1}]", "[{0}: {1}]")
    ],
    *[
        Case(f"Q2 behind lines: {end}", re.sub("(?m)(?<=.)$", lambda _, e=end: e, BASE))
        for end in ENDS
    ],
    *[Case(f"Q3 before fields: {front}", framed(f"{front}{{0}}: {{1}}")) for front in FRONTS],
    *[Case(f"Q4 {name}", framed(pattern)) for name, pattern in SCRIPTS.items()],
    *[
        Case(f"Q5 labels in two languages: {a}", doubled(a, b))
        for a, b in ((" / ", ""), (" (", ")"), (" [", "]"))
    ],
    Case("Q6 headings: \u00a7", re.sub(r"(?m)^([1-9](?:\.[1-9])?) (?=[A-Z])", "\\1 \u00a7 ", BASE)),
    *[
        Case(f"Q6 headings: {name}", HEADING.sub(change, BASE))
        for name, change in {
            "keys": lambda m: re.sub(r"(\d)", "\\1\ufe0f\u20e3", m[1]) + f" {m[2]}",
            "circles": lambda m: f"{m[1].translate(CIRCLES)} {m[2]}",
            "strokes": "\u2500\u2500\u2500 \\1 \\2 \u2500\u2500\u2500",
            "rules": lambda m: f"{m[0]}\n" + "\u00af" * len(m[0]),
        }.items()
    ],
    *[
        Case(f"Q7 every line: {name}", "\n".join(f(i, x) for i, x in enumerate(BASE.split("\n"))))
        for name, f in {
            "R": lambda i, x: f'[{i}] "{x}"',
            "numbers and quotes": lambda i, x: f'{i},"{x}"',
            "underlined on a typewriter": lambda i, x: re.sub(r"(\w)", "_\b\\1", x),
        }.items()
    ],
    *[
        Case(f"Q7 names of blocks: {head}", blocks(head, text))
        for head, text in (("[LAYOUT_HEADER] ", "[LAYOUT_TEXT] "), ("Title: ", "NarrativeText: "))
    ],
    Case("Q7 a count behind a label", BASE.replace("Kunnat:", "Kunnat (4):")),
    *[
        told(f"Q8 a value that is hidden: {sep!r}", hidden, "ESR308", "###")
        for sep in ("\t", " | ", "   ", " = ")
        for hidden in [TABS_HIDDEN.replace("\t", sep)]
    ],
    *values_told(
        "Q9 digits",
        {
            "Vastuuviranomainen": ["216"],
            "Hankkeen yhteyshenkilön nimi": ["Mesitarha Aune 2"],
            "Suunniteltu": ["007"],
            "Toteutunut julkinen rahoitus yhteensä": ["00017"],
        },
    ),
    told("Q9 a remark behind every value", framed("{0}: {1} (kesken)"), "ESR305", "Hankekoodi"),
    *values_told(
        "Q9 what is no name",
        {
            "Hankkeen nimi": (
                *("Mehi ¤", "Mehi .", "Mehi <--", "Mehi (!)", "-> Mehi", "; Mehi"),
                *("\u2039Mehi", "TARKISTA Mehi", "Mehi TBC", "-- Valitse --", "Kirjoita tähän"),
                *("ks. edellä", "testi", "NN", "(ei julkinen)"),
            ),
        },
    ),
    *[
        own(f"Q10 a name of its own: {name}", put("Hankkeen nimi", name))
        for name in ("Testi ja oppi", "Sama kyyti", "ABC-hanke", "Uusi: alku", "365", "Työ 2.0")
    ],
    *[
        told(
            f"Q9 the value of an empty field behind another: {empty}",
            put(empty, "", put(label, f"{value_of(label)} {value_of(empty)}")),
            "ESR308" if label == "Vastuuviranomainen" else "ESR305",
            label,
        )
        for label, empty in (
            ("Toimintalinja", "Erityistavoite"),
            ("Hakijan virallinen nimi", "Organisaatiotyyppi"),
            ("Erityistavoite", "Suunnitelman mukainen toteutusaika"),
            ("Postitoimipaikka", "WWW-osoite"),
            ("Hankkeen nimi", "Hankekoodi"),
            ("Vastuuviranomainen", "Toiminnan tila"),
        )
    ],
    told(
        "Q9 the objective is the axis",
        put("Toimintalinja", "9.3. Luonnosta", put("Erityistavoite", "")),
        "ESR305",
        "Toimintalinja",
    ),
    *[
        told(
            f"Q9 lines are lost: {first}",
            re.sub(rf"(?s){first}: .*?{last}", f"{first}: Pohjoi{last}", BASE),
            "ESR307",
            first,
        )
        for first, last in (
            ("Vastuuviranomainen", "irallinen nimi"),
            ("Hankkeen nimi", "iminnan tila"),
        )
    ],
    *[
        told(
            f"Q9 a lost score: {line}",
            re.sub(r"(?m)^(Materiaalit ja jätteet 5) 4$", rf"\1\n{line}", BASE),
            "ESR302",
            "Materiaalit",
        )
        for line in ("1. Lajittelu.", "3 astiaa hankitaan.")
    ],
    told(
        "Q9 a text that a column cut",
        BASE[: BASE.index("Hankkeessa valmistui")] + ("Hunajaa, mesileipää " * 13)[:255] + "\n",
        "ESR308",
        "Hunajaa, mesi",
    ),
    own("Q10 a value below", re.sub("(?m)^(Puhelinnumero): ", "\\1:\n\n", BASE)),
    own(
        "Q10 a partner whose name begins with a word in quotes",
        swap("Tarulan kansanopisto ry", '"Tähti" ry'),
    ),
    Case(
        "Q10 empty settings",
        re.sub(
            "(?m)^([^\\W\\d][^:\n]{2,80}): ?(.{0,110})$", r"\1=\2", put("Jakeluosoite", "", NO_SITE)
        ),
        {"applicant.address.street": None, "applicant.website": None},
        is_whole=False,
    ),
    *[
        Case(
            f"Q11 the prose's own: {text.partition(' ')[0]}",
            put_summary(page, text),
            page=put_summary(BASE, text),
        )
        for page, text in (
            (BASE, "Kohdat 2\u2460 ja 3\u2462, \u2764\ufe0f ja 1\ufe0f\u20e3."),
            (framed("{0}: [{1}]"), "Lähde: [a] Kuvitelman tilasto"),
            (framed("{0}: ({1})"), "Tavoitteita on: (a) oppia ja (b) myydä"),
        )
    ],
    *[
        Case(
            f"Q11 lines that end alike: {end}",
            f"{HEADING_3}\n\n{alike(end)}\n",
            {"summary": alike(end)},
            {"ESR201": "3 Suunnitelman"},
            page=None,
            is_whole=False,
        )
        for end in (".", ";", " (A)", "!")
    ],
    *[
        own(f"Q11 a value of its own: {value}", put(label, value))
        for label, value in (
            ("Jakeluosoite", "PL 1, käyntiosoite: Tie 2"),
            ("Hankkeen yhteyshenkilön nimi", "Mesitarha Aune (50 %)"),
            ("Toimintalinja", "4. Osaaminen 2.0. versio"),
        )
    ],
    *[
        Case(
            f"Q11 brackets of a value: {value}",
            put("Puhelinnumero", value, framed("{0}: ({1})")),
            {"applicant.phone": "(00) 000 0017"},
        )
        for value in ("((00) 000 0017)", "(00) 000 0017")
    ],
    Case(
        "Q11 a value without the mark of the others",
        put("Puhelinnumero", "000-000 0037", framed("{0}: {1} ~")),
    ),
    *[
        Case(
            f"Q11 placeholders that begin alike: {text}",
            framed(f"{{0}}: {text} (n)", HEAD),
            {"applicant.contact.name": f"{text} (n)"},
            {"ESR201": "2 Hakijan"},
            page=None,
            is_whole=False,
        )
        for text in ("Poistettu", "Kuvitelma Oy")
    ],
    *[Case(f"R1 rows of scores: {form}", rewritten(ROW, form)) for form in ROWS],
    Case(
        "R1 rows of scores that are all the same",
        ROW.sub(r"\1 = 0; 0", BASE),
        page=ROW.sub(r"\1 0 0", BASE),
    ),
    *[
        Case(
            f"R1 notes behind a sign: {sign}, {note}",
            ANSWER.sub(rf"\1: \2{sign}{note}", ROW.sub(rf"\1 \2 \3{sign}{note}", BASE)),
            page=ANSWER.sub(rf"\1: \2\n{note}", ROW.sub(rf"\1 \2 \3\n{note}", BASE)),
        )
        for sign in (r"\\\\", " = ", "//")
        for note in ("Ei vaikutusta.", r"\1 huomioidaan.")
    ],
    Case("R1 scores below their aspects, wrapped", wrapped(ROW.sub(r"\1\n\2 \3", BASE), 72)),
    *[
        told(
            f"R2 no explanation: {note}",
            swap(f"{NATURA} 1 1", f"{NATURA} 1 1\n{note}"),
            "ESR308",
            note,
        )
        for note in ("kpl", "p.", "(0-10)")
    ],
    *[Case(f"R1 answers: {form}", rewritten(ANSWER, form)) for form in ANSWERS],
    *[
        told(f"R2 rows of scores: {form}", rewritten(ROW, form), "ESR302", NATURA)
        for form in NO_ROWS
    ],
    *[
        Case(
            f"R2 the same explanation in each row: {note}",
            ROW.sub(rf"\1 \2 \3 {note}", BASE),
            page=ROW.sub(rf"\1 \2 \3\n{note}", BASE),
        )
        for note in ("(arvio)", "(ks. liite 2)", "ei.", "vähäinen")
    ],
    *[
        Case(
            f"R2 boxes in prose: {text}",
            put_summary(TICKED, text),
            page=put_summary(BASE, text),
        )
        for text in (
            "Kyselyssä [x] Kyllä valittiin usein, [ ] Ei harvoin.",
            "\u2611 Kyllä, tulen mukaan! \u2610 Ei kiitos",
        )
    ],
    *[
        told(f"R2 a count in the place of a value: {new}", swap(old, new), "ESR302", new)
        for old, new in (
            ("Suunniteltu: 12", "| Suunniteltu | (12) |"),
            ("Kulttuuriympäristö 5 6", "Kulttuuriympäristö (5) (6)"),
        )
    ],
    *[
        told(
            f"R2 answers: {form}",
            rewritten(ANSWER, form),
            code,
            "Hankkeessa on",
        )
        for form, code in (
            ("{0}: ~~{1}~~", "ESR302"),
            *((form, "ESR302") for form in ("{0}: {1} / Ei", "{0}: {1}?", "{0}: Ehkä. {1}")),
            ("{0}: En tiedä: {1}", "ESR302"),
            ("{0}: \u2610 {1}", "ESR302"),
            ("{0}: {1} (kesken)", "ESR305"),
            ("{0}, koska {1}", "ESR206"),
        )
    ],
    *[
        told(
            f"R3 partners: {form}",
            rewritten(PARTNER, form),
            code,
            "Tarulan",
        )
        for form, code in (
            ("{0} =, {1}", "ESR308"),
            ("({0}), {1}", "ESR308"),
            ("[{0}], {1}", "ESR308"),
            ("<{0}, {1}>", "ESR305"),
        )
    ],
    Case(
        "R3 names as code",
        re.sub(
            "(?m)^((?:Maa|Seutu)?[Kk]unnat): (.+)$",
            lambda m: f"{m[1]}: {', '.join(f'`{name}`' for name in m[2].split(', '))}",
            BASE,
        ),
    ),
    *[
        Case(f"R3 partners: {form}", rewritten(PARTNER, form))
        for form in (
            *("**{0}**, {1}", "- **{0}** (`{1}`)", "_{0}_, {1}", "*{0}, {1}*", "**{0}, {1}**"),
            *("Osatoteuttaja: {0}, {1}", "Nimi: {0}, Y-tunnus: {1}"),
        )
    ],
    *[
        Case(
            f"R3 a count behind a caption: {count}",
            swap("Osatoteuttajat", f"Osatoteuttajat {count}"),
        )
        for count in ("(2)", "(2 kpl)")
    ],
    *[
        Case(f"R3 names in a list: {between}", put("Kunnat", between.join(TOWNS)))
        for between in (" & ", " + ", " and ", ", and ", " sekä ")
    ],
    *[
        Case(
            f"R3 ticks: {yes}",
            re.sub("(?m)(?<=: )Kyllä$", yes, re.sub("(?m)(?<=: )Ei$", no, BASE)),
        )
        for yes, no in (
            ("[x] Kyllä [ ] Ei", "[ ] Kyllä [x] Ei"),
            ("(X) Kyllä ( ) Ei", "( ) Kyllä (X) Ei"),
            ("\u2611 Kyllä \u2610 Ei", "\u2610 Kyllä \u2611 Ei"),
            ("\u2705 Kyllä", "\u274c Ei"),
        )
    ],
    *[
        told(f"R3 ticks: {options}", ANSWER.sub(rf"\1: {options}", BASE), "ESR302", "Hankkeessa on")
        for options in (
            "[ ] Kyllä [ ] Ei",
            "[x] Kyllä [x] Ei",
            "\u2610 Kyllä",
            "\u2705",
            "\u274c Kyllä",
        )
    ],
    *values_told("R3 names in capitals", {"Kunnat": ["JOENSUU, KITEE"]}, code="ESR305"),
]
