"""Invented words that look Finnish, and lines that look like something else.

Nothing here is taken from a real page. The first of each tuple is the one that an example shrinks
to, so it is the plainest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from esr_parser.grammar import Fields, Layout, Questions, Scores
from esr_parser.testing.page import declared_words

__all__ = ["ODD_LINES", "PROSE_LINES", "TEXT_LINES", "WORDS", "business_id", "structural_lines"]

WORDS = (
    "alku",
    "kuvitelma",
    "satulammi",
    "tarulan",
    "yhteisö",
    "mallila",
    "pöytäneuvo",
    "harjoitus",
    "Äijälänmäen",
    "koetila",
    "olematon",
    "sepitteen",
    "kehitys-",
    "ja",
    "työpaja",
    "Örskärin",
    "osaaminen",
    "luku-",
    "tai",
    "näyte",
    "verkosto",
    "Pohjois-Tarula",
    "uusi",
    "vuosi",
    "2021",
    "3D",
    "för",
    "the",
)
"""Words of one-line values and of prose."""

TEXT_LINES = (
    "alku",
    "Kohti satamaa: taidot talteen!",
    'Mikä "nyt"? - Kysely/vastaus',
    "Two words  and a half",
    "Framtiden börjar här, nu",
    "Projektilla ei ole omaa internet-osoitetta.",
    "000-000 0001",
    "+358 00 000 0000 / 000",
    "https://www.satulammi.example:8443/a-b?c=d",
    "Kuja 1, 00001 TARULA",
    "100 % satulammilaista (ei kopio)",
    "5. luokan työpaja",
    "2 + 2",
)
"""Whole values of one line, of the kinds that real pages have."""

PROSE_LINES = (
    "Alku on tässä.",
    "TAVOITTEET:",
    "1) ensimmäinen kohta",
    "(1) kohta suluissa",
    "3)kolmas ilman väliä",
    "TP 1: Taidot Talteen",
    "- luettelon kohta",
    "• toinen kohta",
    "Selitys: näin tämä toimii",
    "2019",
    "Osallistujia oli 12 14",
    "https://www.satulammi.example/a:b",
    "Kohti satamaa: taidot talteen!",
    "Lisäksi: kaikki muu, mitä tehtiin.",
    "Kysymys - ja vastaus: 5",
    "Kunnat ja kylät ovat mukana",
)
"""Lines of prose, most of which look like structure and are none (in either layout)."""

NUMBERED_PROSE_LINES = {
    "": ("1. Verkoston Rakentaminen", "2. Toinen Vaihe", "4.1 Hankkeen tiivistelmä (lyhyt)."),
    ".": ("1) Verkoston Rakentaminen", "2021 alkoi uusi vaihe"),
}
"""The same by what follows the number of a heading: never the shape of a heading of the layout."""

ODD_LINES = (
    "x",
    " ",
    "\t",
    "Foo: bar",
    "0",
    "3",
    "10 5",
    "---|---",
    "-----",
    "| a | b |",
    "**",
    "* x",
    "#",
    "10 Viestintä",
    "11 Muuta",
    "10. Viestintä",
    "4.3 Uusi alaluku",
    "4.2 Toinen nimi",
    "5 Toinen nimi",
    "5. Toinen nimi",
    "9 Yhdeksäs",
    "Esimerkki, Oy, 1234567-1",
    "1234567-1",
    "Hankkeen",
    "Suunnitelman mukainen",
    "tiivistelmä toteutuksesta",
    "10 Viestintä\\",
    "1\\. Hanke",
    "(at)",
    "a@b",
    "\ufeff",
    "\f",
    "\u200b",
    "![Euroopan unioni](eu.png)",
    "![x](y)",
    "[x]",
    "S20001",
    "Kyllä",
    "Ei",
    "Alkaa 1.1.2022 ja päättyy",
    "128 450,00 €",
    ":",
    "a:",
    "Koski, Tl",
    "Koheesiorahaston rahoittaman hankkeen kuvaus",
    "Hankekuvaus",
)
"""Lines that are hard on a reader."""

_VALUES = ("", " x", " 5", " Kyllä", " 1.1.2022")


def structural_lines(layouts: Iterable[Layout]) -> Iterator[str]:
    """The declared words as they stand in a text: headings, labels with and without a value.

    >>> from esr_parser.layouts import LAYOUTS
    >>> "Hankekoodi: x" in set(structural_lines(LAYOUTS))
    True
    """
    layouts = tuple(layouts)
    yield from dict.fromkeys(declared_words(layouts))
    for layout in layouts:
        for section in layout.sections:
            content = section.content
            if isinstance(content, Fields | Questions):
                for item in content.items:
                    yield from (f"{item.label}:{value}" for value in _VALUES)
            elif isinstance(content, Scores):
                for dimension in content.dimensions:
                    for aspect in dimension.aspects:
                        yield from (f"{aspect} 5 4", f"{aspect} 5", f"{aspect} 12 400")


def business_id(number: int) -> str | None:
    """A Y-tunnus with its check digit; ``None`` for the numbers that are never given out.

    >>> business_id(1234567), business_id(0)
    ('1234567-1', '0000000-0')
    """
    digits = f"{number:07}"
    weights = (7, 9, 10, 5, 8, 4, 2)
    remainder = sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11
    return None if remainder == 1 else f"{digits}-{(11 - remainder) % 11}"
