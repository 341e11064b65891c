"""Invented values and lines: what generated descriptions and texts are made of.

Nothing here is taken from a real page. The first of each tuple is the one that an example shrinks
to, so it is the plainest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from esr_parser import values as v
from esr_parser.grammar import Layout, WordKind
from esr_parser.model import Partner, Period, ProgrammeItem

TEXTS = (
    "alku",
    "Satulammin kirjasto",
    "Kohti satamaa: taidot talteen!",
    'Mikä "nyt"? - Kysely/vastaus',
    "Framtiden börjar här, nu",
    "Projektilla ei ole omaa internet-osoitetta.",
    "000-000 0001",
    "+358 00 000 0000 / 000",
    "Kuja 1, 00001 TARULA",
    "100 % satulammilaista (ei kopio)",
    "5. luokan työpaja",
    "Pohjois-Tarulan elinkeino-, liikenne- ja ympäristökeskus",
)
_WEB = (
    "https://www.satulammi.example",
    "http://www.satulammi.example/?a=1&b=",
    "www.satulammi.example",
    "https://www.tarula-hankkeet.example:8443/osaaminen/tulokset-ja-oppaat.html?c=d#alku",
    "Projektilla ei ole omaa internet-osoitetta.",
)
_ITEMS = (
    ProgrammeItem("9", "Alku"),
    ProgrammeItem("12.3", "Uudet alut ja perustaidot: osaaminen, oppiminen"),
    ProgrammeItem("10", "REACT-EU:n toimet"),
    ProgrammeItem(
        "12.2",
        "Osaamisen ja oppimisen uudet alut sekä työelämän taitojen monipuolinen kehittäminen:"
        " ennakoivat, alueelliset ja yhteiset toimet pienillä paikkakunnilla",
    ),
)
_PERIODS = (
    Period(date(2018, 1, 1), date(2020, 12, 31)),
    Period(date(2016, 2, 29), date(2016, 11, 3)),
    Period(date(2019, 8, 15), None),
)
_COUNTS = (3, 0, 62, 1200, 12_000)
_PAIRS = ((3, None), (62, 45), (0, 0))
_PARTNERS = (
    Partner("Satulammi Oy", "9812376-1"),
    Partner("Tarulan kunta, sivistystoimi, kirjasto", "9812340-3"),
    Partner("Koetila - Teststugan ry/rf", "9812378-8"),
    Partner("Olematon! (ent. Kuvitelma) Oy", "9812340-3"),
)

VALUES: dict[v.ValueType[Any], tuple[Any, ...]] = {
    v.TEXT: TEXTS,
    v.BUSINESS_ID: ("9812376-1", "9812340-3", "9812378-8"),
    v.POSTCODE: ("00017", "00100"),
    v.NUMBERED_ITEM: _ITEMS,
    v.NUMBERED_ITEM_2007: _ITEMS,
    v.PERIOD: _PERIODS,
    v.PERIOD_EN: _PERIODS,
    v.AMOUNT: tuple(map(Decimal, ("128450", "0", "744", "2345678", "66166.42", "-744"))),
    v.COUNT: _COUNTS,
    v.COUNT_WOMEN: _PAIRS,
    v.JOBS_WOMEN: _PAIRS,
    v.COMPANIES_WOMEN: _PAIRS,
    v.EMAIL: ("etu.suku@satulammi.example", "x_y-z@ala.tarula-oy.example"),
    v.WEB_ADDRESS: _WEB,
    v.NAME_LIST: (("Tarula",), ("Oulun", "Ylä-Tarulan"), ("Oulu", "Koski Tl", "Parainen")),
    v.PARTNER: _PARTNERS,
    v.YES_NO: (True, False),
}
"""Values of each built-in type, all of which can be written and read back."""

PROSE = (
    "Alku on tässä.",
    "Hankkeessa kehitetään osaamista, ja osaamista tarvitaan kaikkialla. Tulokset ovat avoimia.",
    "TAVOITTEET:", "1) ensimmäinen kohta", "(1) kohta suluissa", "3)kolmas ilman väliä",
    "TP 1: Taidot Talteen", "- luettelon kohta", "• toinen kohta", "Selitys: näin tämä toimii",
    "2019", "Osallistujia oli 12 14", "https://www.satulammi.example/a:b",
    "Kohti satamaa: taidot talteen!", "Lisäksi: kaikki muu, mitä tehtiin.",
    "Kunnat ja kylät ovat mukana", "1. Verkoston Rakentaminen", "2. Toinen Vaihe",
    "Uusiutuvien energialähteiden käyttöä lisätään koko alueella.",
)  # fmt: skip
"""Lines of prose, most of which look like structure and are not."""

ODD_LINES = (
    "x", " ", "\t", "Foo: bar", "3", "10 5", "---|---", "| a | b |", "**", "#", "10 Viestintä",
    "10. Viestintä", "4.3 Uusi alaluku", "5 Toinen nimi", "Esimerkki, Oy, 9812340-3", "Hankkeen",
    "Suunnitelman mukainen", "tiivistelmä toteutuksesta", "1\\. Hanke", "> 1 Hanke",
    "1 Hanke Hankekoodi: S29999", "- Hankekoodi: S29999", "\ufeff", "\x0c", "1/4\n\x0c",
    "Sivu 3", "</div>", "![Euroopan unioni](eu.png)", "S29999", "Kyllä",
    "Alkaa 1.1.2022 ja päättyy", "128 450,00 €", ":", "a:", "Natura 2000 -ohjelman kohteet - -",
    "&auml;", "Koheesiorahaston rahoittaman hankkeen kuvaus", "\ud800\x00\u2028",
)  # fmt: skip
"""Lines that are hard on a reader."""


def declared_words(layouts: Iterable[Layout]) -> Iterator[str]:
    """Every string of the layouts, headings with and without their numbers.

    >>> from esr_parser.layouts import LAYOUTS
    >>> {"Hankekoodi", "Hanke", "1 Hanke", "1. Projekti"} <= set(declared_words(LAYOUTS))
    True
    """
    for layout in layouts:
        for word in layout.words():
            yield word.text
            if word.kind is WordKind.HEADING and word.section is not None:
                yield layout.heading(word.section.number, word.text)


def structural_lines(layouts: Iterable[Layout]) -> Iterator[str]:
    """The declared words as they are in a text: headings, labels with and without a value.

    >>> from esr_parser.layouts import LAYOUTS
    >>> "Hankekoodi: x" in set(structural_lines(LAYOUTS))
    True
    """
    layouts = tuple(layouts)
    yield from declared_words(layouts)
    for layout in layouts:
        for word in layout.words():
            if word.kind is WordKind.LABEL:
                yield from (f"{word.text}:{value}" for value in ("", " x", " 5", " Kyllä"))
            elif word.kind is WordKind.ASPECT:
                yield from (f"{word.text} {scores}" for scores in ("5 4", "5", "12 400"))
