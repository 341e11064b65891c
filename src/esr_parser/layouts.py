"""The words of the format: every heading, label and aspect, once, in printed order.

Source: the public project register of Finland's structural-fund programmes, pages of both
programme periods; typos (*sähköpostisoite*) are the register's own. A later programme period is
one more :class:`~esr_parser.grammar.Layout` in :data:`LAYOUTS`.
"""

from __future__ import annotations

from esr_parser.grammar import (
    Caption,
    Dimension,
    Field,
    Fields,
    Flag,
    Layout,
    Prose,
    Questions,
    Rows,
    Scores,
    Section,
)
from esr_parser.model import ProgrammePeriod
from esr_parser.values import (
    AMOUNT,
    ARRANGEMENT,
    BUSINESS_ID,
    CODE,
    COUNT,
    EMAIL,
    NAME_LIST,
    NUMBERED_ITEM,
    NUMBERED_ITEM_2007,
    ORGANISATION_TYPE,
    PARTNER,
    PERIOD,
    STATUS,
    YES_NO,
)

__all__ = ["LAYOUTS", "LAYOUT_2007_2013", "LAYOUT_2014_2020"]

# -- the same in both programme periods ---------------------------------------------------------

_FUNDING = Fields(
    Field("Myönnetty EU- ja valtion rahoitus", "granted_eu_and_state", AMOUNT),
    Field("Toteutunut EU- ja valtion rahoitus", "realised_eu_and_state", AMOUNT),
    Field("Suunniteltu julkinen rahoitus yhteensä", "planned_public_total", AMOUNT),
    Field("Toteutunut julkinen rahoitus yhteensä", "realised_public_total", AMOUNT),
)
_REGIONS = Field("Maakunnat", "regions", NAME_LIST)
_SUBREGIONS = Field("Seutukunnat", "subregions", NAME_LIST)
_MUNICIPALITIES = Field("Kunnat", "municipalities", NAME_LIST)
_PLANNED_PERIOD = Field("Suunnitelman mukainen toteutusaika", "planned_period", PERIOD)
_STATUS = Field("Toiminnan tila", "status", STATUS)
_AUTHORITY = Field("Vastuuviranomainen", "responsible_authority")
_ORGANISATION_TYPE = Field("Organisaatiotyyppi", "organisation_type", ORGANISATION_TYPE)
_BUSINESS_ID = Field("Y-tunnus", "business_id", BUSINESS_ID)

# -- 2014-2020 ----------------------------------------------------------------------------------

LAYOUT_2014_2020 = Layout(
    period=ProgrammePeriod.P2014_2020,
    banner=("Euroopan unioni Vipuvoimaa EU:lta",),
    noun="hankkeen",
    heading_dot="",
    sections=(
        Section(
            "1",
            "Hanke",
            "project",
            Fields(
                Field("Hankekoodi", "code", CODE),
                Field("Hankkeen nimi", "name"),
                Field("Toimintalinja", "priority_axis", NUMBERED_ITEM),
                Field("Erityistavoite", "specific_objective", NUMBERED_ITEM),
                _PLANNED_PERIOD,
                _STATUS,
                _AUTHORITY,
            ),
        ),
        Section(
            "2",
            "Hakijan perustiedot",
            "applicant",
            Fields(
                Field("Hakijan virallinen nimi", "name"),
                _ORGANISATION_TYPE,
                _BUSINESS_ID,
                Field("Jakeluosoite", "address.street"),
                Field("Puhelinnumero", "phone"),
                Field("Postinumero", "address.postcode"),
                Field("Postitoimipaikka", "address.post_office"),
                Field("WWW-osoite", "website"),
                Field("Hankkeen yhteyshenkilön nimi", "contact.name"),
                Field("Yhteyshenkilön asema hakijaorganisaatiossa", "contact.position"),
                Field(
                    "Yhteyshenkilön sähköpostisoite",
                    "contact.email",
                    EMAIL,
                    variants=("Yhteyshenkilön sähköpostiosoite",),
                ),
                Field("Yhteyshenkilön puhelinnumero", "contact.phone"),
                Field(
                    "Hakijoiden lukumäärä tai tuen siirto -menettely",
                    "arrangement",
                    ARRANGEMENT,
                    variants=("Hakijoiden lukumäärä tai tuen siirto - menettely",),
                ),
                Rows("Osatoteuttajat", "co_implementers", PARTNER),
                Rows("Tuen siirronsaajat", "transfer_recipients", PARTNER),
            ),
        ),
        Section("3", "Suunnitelman mukainen tiivistelmä toteutuksesta", "summary", Prose()),
        Section("4", "Hankkeen kohderyhmät", "target_groups"),
        Section("4.1", "Varsinaiset kohderyhmät", "target_groups", Prose("primary")),
        Section("4.2", "Välilliset kohderyhmät", "target_groups", Prose("secondary")),
        Section("5", "Projektin julkinen rahoitus, euroa", "funding", _FUNDING),
        Section(
            "6",
            "Maantieteellinen kohdealue",
            "area",
            Fields(
                _REGIONS,
                _SUBREGIONS,
                _MUNICIPALITIES,
                Caption("Toteutuspaikan osoite, jos hanke toteutetaan yhdessä paikassa"),
                Field("Jakeluosoite", "site.street"),
                Field("Postinumero", "site.postcode"),
                Field("Postitoimipaikka", "site.post_office"),
            ),
        ),
        Section(
            "7",
            "Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantiedoista",
            "estimates",
            variants=("Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantatiedoista",),
        ),
        Section(
            "7.1",
            "Osallistuvien yritysten lukumäärä",
            "estimates",
            Fields(
                Field("Suunniteltu", "companies.planned", COUNT),
                Field("Toteutunut seurantatietojen mukaan", "companies.realised", COUNT),
            ),
        ),
        Section(
            "7.2",
            "Osallistuvien henkilöiden lukumäärä",
            "estimates",
            Fields(
                Field("Suunniteltu", "persons.planned", COUNT),
                Field(
                    "Toteutunut seurantatietojen mukaan", "persons.realised", COUNT, optional=True
                ),
            ),
        ),
        Section("8", "Horisontaaliset periaatteet", "horizontal_principles"),
        Section(
            "8.1",
            "Sukupuolten tasa-arvo",
            "horizontal_principles",
            Questions(
                Field(
                    "Hankkeessa on tehty toimintaympäristön analyysi sukupuolinäkökulmasta",
                    "gender_equality.environment_analysed",
                    YES_NO,
                ),
                Field(
                    "Sukupuolinäkökulma on huomioitu hankkeen toiminnassa (valtavirtaistaminen)",
                    "gender_equality.mainstreamed",
                    YES_NO,
                ),
                Field(
                    "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen",
                    "gender_equality.main_objective",
                    YES_NO,
                ),
            ),
        ),
        Section(
            "8.2",
            "Kestävä kehitys",
            "horizontal_principles",
            Scores(
                "sustainable_development",
                ("Välitön", "Välillinen"),
                (
                    Dimension(
                        "Ekologinen kestävyys",
                        (
                            "Luonnonvarojen käytön kestävyys",
                            "Ilmastonmuutoksen aiheuttamien riskien vähentäminen",
                            "Kasvillisuus, eliöt ja luonnon monimuotoisuus",
                            (
                                "Pinta- ja pohjavedet, maaperä sekä ilma"
                                " (ja kasvihuonekaasujen väheneminen)"
                            ),
                            "Natura 2000 -ohjelman kohteet",
                        ),
                    ),
                    Dimension(
                        "Taloudellinen kestävyys",
                        (
                            "Materiaalit ja jätteet",
                            "Uusiutuvien energialähteiden käyttö",
                            "Paikallisen elinkeinorakenteen kestävä kehittäminen",
                            "Aineettomien tuotteiden ja palvelujen kehittäminen",
                            "Liikkuminen ja logistiikka",
                        ),
                    ),
                    Dimension(
                        "Sosiaalinen ja kulttuurinen kestävyys sekä yhdenvertaisuus",
                        (
                            "Hyvinvoinnin edistäminen",
                            "Tasa-arvon edistäminen",
                            "Yhteiskunnallinen ja kulttuurinen yhdenvertaisuus",
                            "Kulttuuriympäristö",
                            "Ympäristöosaaminen",
                        ),
                    ),
                ),
            ),
        ),
        Section("9", "Loppuraportin tiivistelmä", "final_report_summary", Prose(), optional=True),
    ),
)

# -- 2007-2013: sections 1-4 are known; what follows them is kept whole ---------------------------

LAYOUT_2007_2013 = Layout(
    period=ProgrammePeriod.P2007_2013,
    banner=("Euroopan unioni", "Vipuvoimaa EU:lta"),
    noun="projektin",
    heading_dot=".",
    sections=(
        Section(
            "1",
            "Projekti",
            "project",
            Fields(
                Field("Projektikoodi", "code", CODE),
                Field("Projektin nimi", "name"),
                Field("Osio", "programme_part"),
                Field("Toimintalinja", "priority_axis", NUMBERED_ITEM_2007),
                Field("Projektityyppi", "project_type"),
                _PLANNED_PERIOD,
                _STATUS,
                _AUTHORITY,
            ),
        ),
        Section(
            "2",
            "Projektin toteuttaja",
            "applicant",
            Fields(
                Field("Toteuttajaorganisaation nimi", "name"),
                _ORGANISATION_TYPE,
                _BUSINESS_ID,
                Field("Osoite", "address.street"),
                Field("Puhelinnumero", "phone"),
                Field("Toteuttajaorganisaation Web-osoite", "website"),
                Field("Projektin kotisivun osoite", "project_website"),
                Field("Vastuuhenkilön nimi", "contact.name"),
                Field("Asema", "contact.position"),
                Field("Sähköposti", "contact.email", EMAIL),
                Field("Puhelinnumero", "contact.phone"),
            ),
        ),
        Section("3", "Projektin toteutusalue ja kohderyhmän kuvaus", "area"),
        Section(
            "3.1",
            "Maantieteellinen kohdealue",
            "area",
            Fields(
                Flag("Valtakunnallinen projekti", "nationwide"),
                _REGIONS,
                _SUBREGIONS,
                _MUNICIPALITIES,
            ),
            optional=True,
        ),
        Section("3.2", "Varsinaiset kohderyhmät", "target_groups", Prose("primary"), optional=True),
        Section(
            "3.3", "Välilliset kohderyhmät", "target_groups", Prose("secondary"), optional=True
        ),
        Section("4", "Projektin julkinen rahoitus, euroa", "funding", _FUNDING),
    ),
)

LAYOUTS: tuple[Layout, ...] = (LAYOUT_2014_2020, LAYOUT_2007_2013)
"""Every known layout; the first is taken where nothing tells the programme period."""
