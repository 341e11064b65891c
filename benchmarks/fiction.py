"""Invented descriptions as long as those of the register; nothing and no person in them exists.

`description(n)` gives the n-th canonical 2014-2020 text and its values, `old_description(n)` a
2007-2013 text: pages of the project's own tests with more prose. Equal numbers give equal texts.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Final

from benchmarks import words
from benchmarks.values import Values

CORPUS: Final = Path(__file__).resolve().parent.parent / "tests" / "corpus"
PAGES: Final = ("whole-esr", "erdf", "co-implementers", "transfer-recipients")
OLD_PAGES: Final = ("period-2007-outcomes", "period-2007-regional")
OLD_PROSE: Final = "3.2 Varsinaiset kohderyhmät"
PARAGRAPHS: Final = {words.H_SUMMARY: 7, words.H_PRIMARY: 3, words.H_SECONDARY: 2, words.H_FINAL: 8}
"""Heading → how many paragraphs are put in front of those it has."""
SENTENCES: Final = (
    "Saaristomarkan kylissä kokeillaan, miten korjaamotyö ja kielenopiskelu sopivat yhteen.",
    "Pajapäivä alkaa aamukahvilla, jonka aikana jokainen kertoo yhden asian, jonka haluaa oppia.",
    "Ohjaajat kirjaavat havaintonsa vihkoon, ja vihkot luetaan yhdessä läpi joka toinen perjantai.",
    "Työnantajat saavat kutsun syksyllä, keväällä ja vielä kerran ennen juhannusta.",
    "Verstaalla opitaan hitsaamaan, ompelemaan ja laskemaan tarjous niin, että siinä pysytään.",
    "Mukaan pääsee ilman lähetettä, kunhan soittaa tai tulee käymään arkisin kello 9–15.",
    "Jokaiselle tehdään oma reittikartta, johon merkitään kolme seuraavaa askelta.",
    "Kartta päivitetään kuuden viikon välein, eikä sitä näytetä kenellekään ilman lupaa.",
    "Venevajan remontti toimii oppimisympäristönä, jossa mitataan, sahataan ja erehdytään.",
    "Hankehenkilöstö kiertää kylätalot pakettiautolla, jossa on neuvontapiste ja tulostin.",
    "Kokemukset kootaan oppaaksi: mitä tehtiin, mikä meni pieleen ja mitä tehtäisiin toisin.",
    "Yhteistyöverkostoon kuuluu kahdeksan yhdistystä, kaksi seurakuntaa ja metsänhoitoyhdistys.",
    "Talvikaudella keskitytään kirjallisiin töihin, kesällä ollaan enimmäkseen ulkona.",
    "Osallistujat valitsevat keskuudestaan kolme luottohenkilöä, jotka istuvat ohjausryhmässä.",
    "Kielitaitoa harjoitellaan oikeissa asioinneissa, kuten rautakaupassa ja kirjastossa.",
    "Tavoitteena ei ole täydellinen suoritus vaan se, että huomenna on helpompi tulla uudestaan.",
)
BEGINNINGS: Final = ("TAVOITTEET:", "TP 1: Kartoitus", "1) Aloitus", "- Seuranta", "2. Pajat")


def prose(seed: int, paragraphs: int) -> str:
    """Paragraphs of a few invented sentences, parted by empty lines, some with a list before."""
    return "\n\n".join(_paragraph(seed * 7 + number) for number in range(paragraphs))


def _paragraph(seed: int) -> str:
    sentences = (SENTENCES[(seed * 11 + 7 * turn) % len(SENTENCES)] for turn in range(4 + seed % 4))
    text = " ".join(sentences)
    return f"{BEGINNINGS[seed // 5 % len(BEGINNINGS)]}\n{text}" if seed % 5 == 0 else text


@cache
def _page(name: str) -> tuple[str, str]:
    """A page of the tests and its values as JSON."""
    paths = (CORPUS / f"{name}.{suffix}" for suffix in ("txt", "json"))
    text, values = (path.read_bytes().decode("utf-8") for path in paths)
    return text, values


def description(number: int) -> tuple[str, Values]:
    """The n-th invented canonical text, and its values."""
    text, data = _page(PAGES[number % len(PAGES)])
    values: Values = json.loads(data)
    old = values["project"]["code"]
    code = f"{old[:3]}{number % 1000:03}"
    values["project"]["code"] = code
    text = text.replace(f"Hankekoodi: {old}", f"Hankekoodi: {code}")
    for heading, paragraphs in PARAGRAPHS.items():
        more = prose(number + paragraphs, paragraphs)
        text = _with_prose(text, heading, more)
        *groups, key = words.PROSE[heading].split(".")
        group = values[groups[0]] if groups else values
        group[key] = f"{more}\n\n{group[key]}"
    return text, values


def text(number: int) -> str:
    """The n-th invented canonical text."""
    return description(number)[0]


def old_description(number: int) -> str:
    """The n-th invented text of the programme period 2007-2013."""
    page, _ = _page(OLD_PAGES[number % len(OLD_PAGES)])
    return _with_prose(page, OLD_PROSE, prose(number, 14))


def _with_prose(page: str, heading: str, more: str) -> str:
    return page.replace(f"\n\n{heading}\n\n", f"\n\n{heading}\n\n{more}\n\n", 1)
