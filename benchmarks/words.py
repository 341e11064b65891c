"""The words of the canonical 2014-2020 text, for the peers and the fiction of this benchmark.

The library declares the format in its own way; this table is kept apart from it on purpose, so
that a peer never gets a value right because the library helped it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

BANNER: Final = "Euroopan unioni Vipuvoimaa EU:lta"
TITLES: Final = {
    "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus": "ESR",
    "Euroopan aluekehitysrahaston (EAKR) rahoittaman hankkeen kuvaus": "EAKR",
}
PERIOD: Final = "2014-2020"


class Field(NamedTuple):
    """Where the value of a label goes (`project.code`) and how it is written (`text`, `amount`)."""

    path: str
    kind: str = "text"


H_PROJECT: Final = "1 Hanke"
H_APPLICANT: Final = "2 Hakijan perustiedot"
H_SUMMARY: Final = "3 Suunnitelman mukainen tiivistelmä toteutuksesta"
H_TARGETS: Final = "4 Hankkeen kohderyhmät"
H_PRIMARY: Final = "4.1 Varsinaiset kohderyhmät"
H_SECONDARY: Final = "4.2 Välilliset kohderyhmät"
H_FUNDING: Final = "5 Projektin julkinen rahoitus, euroa"
H_AREA: Final = "6 Maantieteellinen kohdealue"
H_ESTIMATES: Final = "7 Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantiedoista"
H_COMPANIES: Final = "7.1 Osallistuvien yritysten lukumäärä"
H_PERSONS: Final = "7.2 Osallistuvien henkilöiden lukumäärä"
H_PRINCIPLES: Final = "8 Horisontaaliset periaatteet"
H_GENDER: Final = "8.1 Sukupuolten tasa-arvo"
H_SUSTAINABLE: Final = "8.2 Kestävä kehitys"
H_FINAL: Final = "9 Loppuraportin tiivistelmä"

H_CO_IMPLEMENTERS: Final = "Osatoteuttajat"
H_RECIPIENTS: Final = "Tuen siirronsaajat"
SITE_LINE: Final = "Toteutuspaikan osoite, jos hanke toteutetaan yhdessä paikassa"
TABLE_HEAD: Final = "VälitönVälillinen"

HEADINGS: Final = (
    *(H_PROJECT, H_APPLICANT, H_SUMMARY, H_TARGETS, H_PRIMARY, H_SECONDARY, H_FUNDING, H_AREA),
    *(H_ESTIMATES, H_COMPANIES, H_PERSONS, H_PRINCIPLES, H_GENDER, H_SUSTAINABLE, H_FINAL),
)
"""The numbered headings in order."""
BARE: Final = (H_TARGETS, H_ESTIMATES, H_PRINCIPLES)
"""Headings with nothing but other headings under them."""

PROSE: Final = {
    H_SUMMARY: "summary",
    H_PRIMARY: "target_groups.primary",
    H_SECONDARY: "target_groups.secondary",
    H_FINAL: "final_report_summary",
}
"""Headings that have nothing but prose under them, and where it goes."""

PARTNERS: Final = {
    H_CO_IMPLEMENTERS: "applicant.co_implementers",
    H_RECIPIENTS: "applicant.transfer_recipients",
}
"""Bare headings inside section 2, and where their rows go."""

FIELDS: Final = {
    H_PROJECT: {
        "Hankekoodi": Field("project.code"),
        "Hankkeen nimi": Field("project.name"),
        "Toimintalinja": Field("project.priority_axis", "item"),
        "Erityistavoite": Field("project.specific_objective", "item"),
        "Suunnitelman mukainen toteutusaika": Field("project.planned_period", "period"),
        "Toiminnan tila": Field("project.status"),
        "Vastuuviranomainen": Field("project.responsible_authority"),
    },
    H_APPLICANT: {
        "Hakijan virallinen nimi": Field("applicant.name"),
        "Organisaatiotyyppi": Field("applicant.organisation_type"),
        "Y-tunnus": Field("applicant.business_id"),
        "Jakeluosoite": Field("applicant.address.street"),
        "Puhelinnumero": Field("applicant.phone"),
        "Postinumero": Field("applicant.address.postcode"),
        "Postitoimipaikka": Field("applicant.address.post_office"),
        "WWW-osoite": Field("applicant.website"),
        "Hankkeen yhteyshenkilön nimi": Field("applicant.contact.name"),
        "Yhteyshenkilön asema hakijaorganisaatiossa": Field("applicant.contact.position"),
        "Yhteyshenkilön sähköpostisoite": Field("applicant.contact.email", "email"),
        "Yhteyshenkilön puhelinnumero": Field("applicant.contact.phone"),
        "Hakijoiden lukumäärä tai tuen siirto -menettely": Field("applicant.arrangement"),
    },
    H_FUNDING: {
        "Myönnetty EU- ja valtion rahoitus": Field("funding.granted_eu_and_state", "amount"),
        "Toteutunut EU- ja valtion rahoitus": Field("funding.realised_eu_and_state", "amount"),
        "Suunniteltu julkinen rahoitus yhteensä": Field("funding.planned_public_total", "amount"),
        "Toteutunut julkinen rahoitus yhteensä": Field("funding.realised_public_total", "amount"),
    },
    H_AREA: {
        "Maakunnat": Field("area.regions", "names"),
        "Seutukunnat": Field("area.subregions", "names"),
        "Kunnat": Field("area.municipalities", "names"),
    },
    SITE_LINE: {
        "Jakeluosoite": Field("area.site.street"),
        "Postinumero": Field("area.site.postcode"),
        "Postitoimipaikka": Field("area.site.post_office"),
    },
    H_COMPANIES: {
        "Suunniteltu": Field("estimates.companies.planned", "amount"),
        "Toteutunut seurantatietojen mukaan": Field("estimates.companies.realised", "amount"),
    },
    H_PERSONS: {
        "Suunniteltu": Field("estimates.persons.planned", "amount"),
        "Toteutunut seurantatietojen mukaan": Field("estimates.persons.realised", "amount"),
    },
}
"""Heading (or the bare line of the site's address) → label → field, in order."""

GENDER: Final = "horizontal_principles.gender_equality"
SUSTAINABLE: Final = "horizontal_principles.sustainable_development"
QUESTIONS: Final = {
    "Hankkeessa on tehty toimintaympäristön analyysi sukupuolinäkökulmasta": "environment_analysed",
    "Sukupuolinäkökulma on huomioitu hankkeen toiminnassa (valtavirtaistaminen)": "mainstreamed",
    "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen": "main_objective",
}
ANSWERS: Final = {"Kyllä": True, "Ei": False}

ASPECTS: Final = {
    "Ekologinen kestävyys": (
        "Luonnonvarojen käytön kestävyys",
        "Ilmastonmuutoksen aiheuttamien riskien vähentäminen",
        "Kasvillisuus, eliöt ja luonnon monimuotoisuus",
        "Pinta- ja pohjavedet, maaperä sekä ilma (ja kasvihuonekaasujen väheneminen)",
        "Natura 2000 -ohjelman kohteet",
    ),
    "Taloudellinen kestävyys": (
        "Materiaalit ja jätteet",
        "Uusiutuvien energialähteiden käyttö",
        "Paikallisen elinkeinorakenteen kestävä kehittäminen",
        "Aineettomien tuotteiden ja palvelujen kehittäminen",
        "Liikkuminen ja logistiikka",
    ),
    "Sosiaalinen ja kulttuurinen kestävyys sekä yhdenvertaisuus": (
        "Hyvinvoinnin edistäminen",
        "Tasa-arvon edistäminen",
        "Yhteiskunnallinen ja kulttuurinen yhdenvertaisuus",
        "Kulttuuriympäristö",
        "Ympäristöosaaminen",
    ),
}
"""Dimension → its aspects, in order."""

DIMENSION_OF: Final = {aspect: dim for dim, aspects in ASPECTS.items() for aspect in aspects}
