"""Invented descriptions, so that the benchmark runs anywhere; nothing and no person in them exists.

`description(n)` gives the n-th canonical 2014-2020 text with the values it was made from,
`old_description(n)` a 2007-2013 text. Equal numbers give equal texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from benchmarks import words
from benchmarks.values import Values

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
    "Etäpäivinä työskennellään kotoa, ja yhteys katsotaan kuntoon jo edellisenä iltana.",
    "Numeroita seurataan neljännesvuosittain: kuinka moni aloitti, jatkoi ja siirtyi eteenpäin.",
    "Ravintola Kuunsilta tarjoaa harjoittelupaikkoja kahdelle hengelle kerrallaan.",
    "Hanke tilaa ulkopuolisen arvion, joka perustuu haastatteluihin eikä lomakkeisiin.",
    "Nuorimmat osallistujat ovat juuri täyttäneet 18 vuotta, vanhimmat lähestyvät eläkeikää.",
    "Lastenhoito järjestetään viereisessä huoneessa, jotta iltaryhmiin pääsevät myös vanhemmat.",
    "Kuljetus hoidetaan kimppakyydeillä; bensakulut korvataan toteutuneiden matkojen mukaan.",
    "Jos ryhmä hiljenee, vaihdetaan paikkaa: laituri, nuotio ja kahvila ovat kaikki lähellä.",
    "Loppukeväästä pidetään näyttely, johon jokainen tuo yhden itse tekemänsä esineen.",
    "Tuloksista kerrotaan paikallisradiossa ja kylälehdessä kerran kuukaudessa.",
    "Menetelmä on kuvattu niin, että sen voi ottaa käyttöön myös toisella paikkakunnalla.",
    "Ostokset jäävät pieniksi, koska suurin osa välineistä lainataan naapureilta.",
    "Työvalmentajan tuki jatkuu puoli vuotta sen jälkeen, kun työsuhde on alkanut.",
    "Osa ryhmistä kokoontuu ruotsiksi, osa selkokielellä ja yksi viittomakielellä.",
)
BEGINNINGS: Final = ("TAVOITTEET:", "TP 1: Kartoitus", "1) Aloitus", "- Seuranta", "2. Pajat")
PROJECTS: Final = (
    "Taitovakka",
    "Majakka - reitti työhön",
    "Pajalta poluille: kohti uutta",
    "Kipinä!",
)
ORGANISATIONS: Final = (
    ("Saaristomarkan kansanopisto", "Järjestö tai yhdistys", "9876543-0"),
    ("Kuunrannan kehitys Oy", "Yritys", "7654321-2"),
    ("Hiidenvirran kunta", "Kunta", "8765432-1"),
)
PARTNERS: Final = (
    ("Verstas, vene ja köysi ry", "4567890-7"),
    ("Lumpeenpään seurakunta / nuorisotyö", "5678901-2"),
    ("Osuuskunta Tuulikello (Kuunranta)", "6789012-4"),
)
TOWNS: Final = ("Kuunranta", "Hiidenvirta", "Saaristomarkka", "Lumpeenpää", "Tuulensuu")
ARRANGEMENTS: Final = (None, "Vain yksi hakija", "Hakijoita on useampi kuin yksi (yhteishanke)")


def prose(seed: int, paragraphs: int) -> str:
    """Paragraphs of a few invented sentences, parted by empty lines, some with a list before."""
    return "\n\n".join(_paragraph(seed * 7 + number) for number in range(paragraphs))


def _paragraph(seed: int) -> str:
    sentences = (SENTENCES[(seed * 11 + 7 * turn) % len(SENTENCES)] for turn in range(4 + seed % 4))
    text = " ".join(sentences)
    return f"{BEGINNINGS[seed // 5 % len(BEGINNINGS)]}\n{text}" if seed % 5 == 0 else text


def values(number: int) -> Values:
    """The values of the n-th invented description."""
    name, kind, business_id = ORGANISATIONS[number % len(ORGANISATIONS)]
    town = TOWNS[number % len(TOWNS)]
    found: Values = {
        "fund": "EAKR" if number % 4 == 3 else "ESR",
        "programme_period": words.PERIOD,
        "project": {
            "code": f"{'A7' if number % 4 == 3 else 'S2'}{9000 + number % 1000}",
            "name": PROJECTS[number % len(PROJECTS)],
            "priority_axis": {"number": "4", "title": "Osaaminen, työ ja kylät"},
            "specific_objective": {"number": "8.2", "title": "Reittejä: pajoilta töihin"},
            "planned_period": {"start": "2019-03-01", "end": f"2021-{number % 12 + 1:02}-28"},
            "status": "Toiminta päättynyt",
            "responsible_authority": "Tuulensuun elinkeino-, liikenne- ja ympäristökeskus",
        },
        "applicant": {
            "name": name,
            "organisation_type": kind,
            "business_id": business_id,
            "address": {"street": f"Pajatie {number + 3} B", "postcode": "00001"},
            "phone": "(00) 000 0101",
            "website": f"https://www.esimerkki.example/{number}",
            "contact": {
                "name": "Kuvitelma Kaino",
                "position": "Suunnittelija",
                "email": f"kaino{number}@esimerkki.example",
                "phone": "+358 00 000 0102",
            },
            "arrangement": ARRANGEMENTS[number % len(ARRANGEMENTS)],
        },
        "summary": prose(number, 8),
        "target_groups": {"primary": prose(number + 1, 3), "secondary": prose(number + 2, 2)},
        "funding": {
            "granted_eu_and_state": 120345 + number,
            "realised_eu_and_state": 98760 + number,
            "planned_public_total": 1150000 + number,
            "realised_public_total": 123456 + number,
        },
        "area": {
            "regions": ["Kuunmaa"],
            "subregions": [f"{town}n", "Tuulensuun"],
            "municipalities": list(TOWNS),
            "site": {"street": "Venevajantie 1", "postcode": "00002", "post_office": town},
        },
        "estimates": {"companies": {"planned": 12, "realised": 14}, "persons": {"planned": 85}},
        "horizontal_principles": {
            "gender_equality": {
                key: {"answer": index != 2, "explanation": prose(number + index, 1)}
                for index, key in enumerate(words.QUESTIONS.values())
            },
            "sustainable_development": list(_impacts(number)),
        },
        "final_report_summary": prose(number + 3, 9),
    }
    found["applicant"]["address"]["post_office"] = town
    if number % 3 == 2:
        rows = PARTNERS[: 1 + number // 3 % len(PARTNERS)]
        found["applicant"]["co_implementers"] = [
            {"name": partner, "business_id": partner_id} for partner, partner_id in rows
        ]
    return found


def _impacts(number: int) -> Iterator[Values]:
    for index, (aspect, dimension) in enumerate(words.DIMENSION_OF.items()):
        explanation = SENTENCES[(number + index) % len(SENTENCES)] if index % 4 else None
        yield {
            "dimension": dimension,
            "aspect": aspect,
            "direct": (number + index) % 11,
            "indirect": index % 11,
            "explanation": explanation,
        }


def description(number: int) -> tuple[str, Values]:
    """The n-th invented canonical text, and its values."""
    found = values(number)
    return "\n\n".join(_blocks(found)), found


def text(number: int) -> str:
    """The n-th invented canonical text."""
    return description(number)[0]


def _blocks(found: Values) -> Iterator[str]:
    yield words.BANNER
    yield next(title for title, fund in words.TITLES.items() if fund == found["fund"])
    for heading in words.HEADINGS:
        yield heading
        if path := words.PROSE.get(heading):
            yield _at(found, path)
        elif heading == words.H_GENDER:
            yield "\n".join(_questions(found["horizontal_principles"]["gender_equality"]))
        elif heading == words.H_SUSTAINABLE:
            yield "\n".join(_table(found["horizontal_principles"]["sustainable_development"]))
        yield from _fields(heading, found)
        if heading == words.H_APPLICANT:
            yield from _partners(found)
        elif heading == words.H_AREA:
            yield words.SITE_LINE
            yield from _fields(words.SITE_LINE, found)


def _at(found: Values, path: str) -> Any:
    value: Any = found
    for name in path.split("."):
        value = value.get(name) if value else None
    return value


def _fields(heading: str, found: Values) -> Iterator[str]:
    for label, field in words.FIELDS.get(heading, {}).items():
        value = _at(found, field.path)
        if value is not None:
            yield f"{label}: {_written(value, field.kind)}"
        elif heading != words.H_PERSONS:
            yield f"{label}:"


def _written(value: Any, kind: str) -> str:
    if kind == "amount":
        return f"{value:,}".replace(",", " ")
    if kind == "email":
        return str(value).replace("@", "(at)")
    if kind == "item":
        return f"{value['number']}. {value['title']}"
    if kind == "names":
        return ", ".join(value)
    if kind == "period":
        start, end = (_date(value[name]) for name in ("start", "end"))
        return f"Alkaa {start} ja päättyy {end}"
    return str(value)


def _date(iso: str) -> str:
    year, month, day = map(int, iso.split("-"))
    return f"{day}.{month}.{year}"


def _partners(found: Values) -> Iterator[str]:
    for heading, path in words.PARTNERS.items():
        if (rows := _at(found, path)) is not None:
            yield heading
            yield "\n".join(f"{row['name']}, {row['business_id']}" for row in rows)


def _questions(found: Values) -> Iterator[str]:
    for question, key in words.QUESTIONS.items():
        yield f"{question}: {'Kyllä' if found[key]['answer'] else 'Ei'}"
        yield found[key]["explanation"]


def _table(rows: list[Values]) -> Iterator[str]:
    yield words.TABLE_HEAD
    dimension = None
    for row in rows:
        if row["dimension"] != dimension:
            dimension = row["dimension"]
            yield dimension
        yield f"{row['aspect']} {row['direct']} {row['indirect']}"
        if row["explanation"]:
            yield row["explanation"]


def old_description(number: int) -> str:
    """The n-th invented text of the programme period 2007-2013."""
    name, kind, business_id = ORGANISATIONS[number % len(ORGANISATIONS)]
    town = TOWNS[number % len(TOWNS)]
    return "\n\n".join(
        (
            "Euroopan unioni",
            "Vipuvoimaa EU:lta",
            "Euroopan sosiaalirahaston (ESR) rahoittaman projektin kuvaus",
            "1. Projekti",
            f"Projektikoodi: S1{9000 + number % 1000}",
            f"Projektin nimi: {PROJECTS[number % len(PROJECTS)]}",
            "Osio: Kuunmaan osio",
            "Toimintalinja: 2: Osaaminen, työ ja kylät",
            "Projektityyppi: Kehittämisprojekti",
            "Suunnitelman mukainen toteutusaika: Alkaa 1.2.2009 ja päättyy 30.11.2011",
            "Toiminnan tila: Toiminta päättynyt",
            "Vastuuviranomainen: Tuulensuun elinkeino-, liikenne- ja ympäristökeskus",
            "2. Projektin toteuttaja",
            f"Toteuttajaorganisaation nimi: {name}",
            f"Organisaatiotyyppi: {kind}",
            f"Y-tunnus: {business_id}",
            f"Osoite: Pajatie {number + 3}, 00001 {town}",
            "Puhelinnumero: (00) 000 0101",
            "Toteuttajaorganisaation Web-osoite: https://www.esimerkki.example",
            "Projektin kotisivun osoite: Sivuja ei ole vielä tehty.",
            "Vastuuhenkilön nimi: Kuvitelma Kaino",
            "Asema: Suunnittelija",
            f"Sähköposti: kaino{number}(at)esimerkki.example",
            "Puhelinnumero: +358 00 000 0102",
            "3. Projektin toteutusalue ja kohderyhmän kuvaus",
            "3.1 Maantieteellinen kohdealue",
            "Maakunnat: Kuunmaa",
            f"Seutukunnat: {town}n",
            f"Kunnat: {', '.join(TOWNS)}",
            "3.2 Varsinaiset kohderyhmät",
            prose(number, 3),
            "3.3 Välilliset kohderyhmät",
            prose(number + 1, 2),
            "4. Projektin julkinen rahoitus, euroa",
            "Myönnetty EU- ja valtion rahoitus: 120 345",
            "Toteutunut EU- ja valtion rahoitus: 98 760",
            "Suunniteltu julkinen rahoitus yhteensä: 1 150 000",
            "Toteutunut julkinen rahoitus yhteensä: 123 456",
            "5. Projektin kuvaus",
            prose(number + 2, 5),
        )
    )
