"""Tried as a new user would."""

from __future__ import annotations

import html
import re

from cases.pages import BASE, ECONOMIC, OLD, Case, blocks, each, headings, swap, wrapped

IMPACTS = "horizontal_principles.sustainable_development"


def as_html(page):
    """The page as its own source."""
    body = blocks(
        html.escape(page, quote=False),
        lambda b: f"<h2>{b}</h2>" if b in headings(page) else f"<p>{b}</p>",
    )
    return f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head>\n<body>\n{body}\n</body></html>\n'


FOREIGN = {
    "F1 a page": as_html(BASE),
    "F1 2007": as_html(OLD),
    "F1 in capitals": as_html(BASE).replace("<!DOCTYPE html>", "<!doctype HTML>"),
    "F1 without a doctype": as_html(BASE).partition("\n")[2],
    "F1 a fragment": as_html(BASE).partition("<body>\n")[2].partition("</body>")[0],
    "F1 in div": re.sub(r"<(/?)(?:p|h2)>", r"<\1div>", as_html(BASE).partition("<body>\n")[2]),
    "F1 XHTML": '<?xml version="1.0"?>\n' + as_html(BASE),
    "F1 a byte-order mark": "\ufeff" + as_html(BASE),
    "F1 empty lines": "\n\n  " + as_html(BASE),
    "F1 a comment": "<!-- saved from url=(0034)https://www.example.fi/ -->\n" + as_html(BASE),
    "F1 a saved page": "From: <Saved by Blink>\nMIME-Version: 1.0\n"
    f"Content-Type: multipart/related; boundary=x\n\n--x\n\n{BASE}",
    "F1 a PDF": "%PDF-1.4\n%\n1 0 obj\n" + BASE,
}

DIV = '<div class="description">'
F3 = [
    Case("F3 pandoc", f"{DIV}\n\n{BASE}\n\n</div>"),
    Case(
        "F3 a div a section",
        DIV
        + "\n\n"
        + each(BASE, lambda x: f"</div>\n\n<div>\n\n{x}" if x in headings() else x)
        + "\n\n</div>",
    ),
    Case(
        "F3 behind an empty field",
        swap("Hakijoita on useampi kuin yksi (yhteishanke)\n\nOsat", "\n\n</div>\n\nOsat").replace(
            "menettely: \n", "menettely:\n"
        ),
        {"applicant.arrangement": None},
    ),
    Case(
        "F3 fenced divs",
        each(BASE, lambda x: f":::\n\n::: {{.osa}}\n\n{x}" if x in headings() else x),
    ),
    Case(
        "F3 span, section, br",
        "<section>\n"
        + swap("\n\n4 Hank", "\n<br/>\n</section>\n\n<section id='4'>\n\n4 Hank")
        + "\n\n</section>",
    ),
    Case(
        "F3 2007",
        DIV
        + "\n\n"
        + each(OLD, lambda x: f'</div>\n\n<div id="x">\n\n{x}' if x in headings(OLD) else x)
        + "\n</div>",
        page=OLD,
    ),
]

SCORES = BASE[BASE.index("VälitönVälillinen") : BASE.index("\n\n9 ")].split("\n")
ASPECTS = [line.rstrip("0123456789 ") for line in SCORES[1:] if line[-1].isdigit()]
COLUMN = [n for line in SCORES[1:] if line[-1].isdigit() for n in line.split()[-2:]]
APART = "\n".join(
    [
        "Ekologinen kestävyys",
        *ASPECTS[:5],
        ECONOMIC,
        *ASPECTS[5:10],
        "Sosiaalinen ja kulttuurinen kestävyys sekä yhdenvertaisuus",
        *ASPECTS[10:],
    ]
)


def apart(gap, heads="Välitön\nVälillinen\n"):
    front, behind = BASE[: BASE.index("VälitönVälillinen")], BASE[BASE.index("\n\n9 ") :]
    return f"{front}{APART}{gap}{heads}" + "\n".join(COLUMN) + behind


GONE = {f"{IMPACTS}[{a}].{c}": None for a in ASPECTS for c in ("direct", "indirect", "explanation")}
F4 = [
    Case(
        f"F4 {gap!r} {heads!r}",
        apart(gap, heads),
        GONE,
        {"*": ("0", "1", "Välitön", "Ympäristöosaaminen")[3]},
        page=None,
        is_whole=False,
        noisy=False,
    )
    for gap in ("\n", "\n\n")
    for heads in ("Välitön\nVälillinen\n", "VälitönVälillinen\n", "")
]

F6 = [
    Case("F6 lynx", each(wrapped(BASE, 72), lambda x: f"   {x}")),
    Case("F6 html2text", wrapped(BASE, 78)),
    Case("F6 w3m", wrapped(BASE, 80)),
    Case("F6 narrow", wrapped(BASE, 60)),
    Case("F6 2007", wrapped(OLD, 60), page=OLD),
    Case("F6 2007 lynx", each(wrapped(OLD, 72), lambda x: f"   {x}"), page=OLD),
]

F2 = [
    Case(
        "F2 an unknown section",
        f"{BASE}\n\n10 Viestintä\n\nUutiskirje.",
        {"other_sections[10 Viestintä].text": "Uutiskirje."},
        {"ESR204": "10 Viestintä"},
    ),
    Case(
        "F2 among the others",
        swap("\n\n5 Proj", "\n\n4.3 Muut kohderyhmät\n\nKaikki.\n\n5 Proj"),
        {"other_sections[4.3 Muut kohderyhmät].text": "Kaikki."},
        {"ESR204": "4.3 Muut"},
    ),
    Case(
        "F2 2007, behind the known ones",
        f"{OLD}\n\n6. Projektin tausta\n\nPitkä.",
        {"other_sections[6 Projektin tausta].text": "Pitkä."},
        {"ESR208": "6. Projektin"},
        page=OLD,
    ),
    Case(
        "F2 text behind fields",
        swap("\n\n2 Hakijan", "\n\nJotain muuta vielä.\n\n2 Hakijan"),
        {"other_sections[1 Hanke].text": "Jotain muuta vielä."},
        {"ESR206": "Jotain"},
    ),
    Case(
        "F2 text above",
        swap("\n\n1 Hanke", "\n\nJotain\n\nmuuta vielä.\n\n1 Hanke"),
        {"other_sections[0].text": "Jotain\n\nmuuta vielä."},
        {"ESR108": "Jotain"},
    ),
]

CASES = [*F2, *F3, *F4, *F6]
