"""The words of the formats: every heading, label and aspect, once, in printed order.

Source: the public project register of Finland's structural-fund programmes, pages of both
programme periods; typos (*sähköpostisoite*) are the register's own. Another programme period or
language is one more :class:`~esr_parser.grammar.Layout` in :data:`LAYOUTS`, or a user's own, see
:class:`~esr_parser.Parser`.
"""

from __future__ import annotations

import attrs

from esr_parser import values
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
from esr_parser.model import Fund, ProgrammePeriod

# -- the same in both programme periods -----------------------------------------------------------

_PICTURES = ("Euroopan unioni", "Vipuvoimaa EU:lta")
_FUNDS = {
    Fund.ESR: "Euroopan sosiaalirahaston (ESR)",
    Fund.EAKR: "Euroopan aluekehitysrahaston (EAKR)",
}
_FUNDING = Fields(
    Field("Myönnetty EU- ja valtion rahoitus", "granted_eu_and_state", values.AMOUNT),
    Field("Toteutunut EU- ja valtion rahoitus", "realised_eu_and_state", values.AMOUNT),
    Field("Suunniteltu julkinen rahoitus yhteensä", "planned_public_total", values.AMOUNT),
    Field("Toteutunut julkinen rahoitus yhteensä", "realised_public_total", values.AMOUNT),
)
_REGIONS = Field("Maakunnat", "regions", values.NAME_LIST)
_SUBREGIONS = Field("Seutukunnat", "subregions", values.NAME_LIST)
_MUNICIPALITIES = Field("Kunnat", "municipalities", values.NAME_LIST)
_PLANNED_PERIOD = Field("Suunnitelman mukainen toteutusaika", "planned_period", values.PERIOD)
_STATUS = Field("Toiminnan tila", "status", values.STATUS)
_AUTHORITY = Field("Vastuuviranomainen", "responsible_authority")
_ORGANISATION_TYPE = Field("Organisaatiotyyppi", "organisation_type", values.ORGANISATION_TYPE)
_BUSINESS_ID = Field("Y-tunnus", "business_id", values.BUSINESS_ID)


_PLANNED, _REALISED = "Suunniteltu", "Toteutunut seurantatietojen mukaan"


def _outcome(path: str, pair: values.ValueType[tuple[int | None, int | None]]) -> Fields:
    return Fields(
        Field(_PLANNED, f"{path}.planned", pair, second=f"{path}.planned_women"),
        Field(_REALISED, f"{path}.realised", pair, second=f"{path}.realised_women"),
    )


# -- 2014-2020 ----------------------------------------------------------------------------------

_PROJECT = Fields(
    Field("Hankekoodi", "code", values.CODE),
    Field("Hankkeen nimi", "name"),
    Field("Toimintalinja", "priority_axis", values.NUMBERED_ITEM),
    Field("Erityistavoite", "specific_objective", values.NUMBERED_ITEM),
    _PLANNED_PERIOD,
    _STATUS,
    _AUTHORITY,
)
_APPLICANT = Fields(
    Field("Hakijan virallinen nimi", "name"),
    _ORGANISATION_TYPE,
    _BUSINESS_ID,
    Field("Jakeluosoite", "address.street"),
    Field("Puhelinnumero", "phone"),
    Field("Postinumero", "address.postcode", values.POSTCODE),
    Field("Postitoimipaikka", "address.post_office"),
    Field("WWW-osoite", "website", values.WEB_ADDRESS),
    Field("Hankkeen yhteyshenkilön nimi", "contact.name"),
    Field("Yhteyshenkilön asema hakijaorganisaatiossa", "contact.position"),
    Field(
        "Yhteyshenkilön sähköpostisoite",
        "contact.email",
        values.EMAIL,
        variants=("Yhteyshenkilön sähköpostiosoite",),
    ),
    Field("Yhteyshenkilön puhelinnumero", "contact.phone"),
    Field(
        "Hakijoiden lukumäärä tai tuen siirto -menettely",
        "arrangement",
        values.ARRANGEMENT,
        variants=("Hakijoiden lukumäärä tai tuen siirto - menettely",),
    ),
    Rows("Osatoteuttajat", "co_implementers", values.PARTNER),
    Rows("Tuen siirronsaajat", "transfer_recipients", values.PARTNER),
)
_AREA = Fields(
    _REGIONS,
    _SUBREGIONS,
    _MUNICIPALITIES,
    Caption("Toteutuspaikan osoite, jos hanke toteutetaan yhdessä paikassa"),
    Field("Jakeluosoite", "site.street"),
    Field("Postinumero", "site.postcode", values.POSTCODE),
    Field("Postitoimipaikka", "site.post_office"),
)
_COMPANIES = Fields(
    Field(_PLANNED, "companies.planned", values.COUNT),
    Field(_REALISED, "companies.realised", values.COUNT),
)
_PERSONS = Fields(
    Field(_PLANNED, "persons.planned", values.COUNT),
    Field(_REALISED, "persons.realised", values.COUNT, optional=True),
)
_EQUALITY = Questions(
    Field(
        "Hankkeessa on tehty toimintaympäristön analyysi sukupuolinäkökulmasta",
        "gender_equality.environment_analysed",
        values.YES_NO,
    ),
    Field(
        "Sukupuolinäkökulma on huomioitu hankkeen toiminnassa (valtavirtaistaminen)",
        "gender_equality.mainstreamed",
        values.YES_NO,
    ),
    Field(
        "Hankkeen päätavoite on sukupuolten tasa-arvon edistäminen",
        "gender_equality.main_objective",
        values.YES_NO,
    ),
)
_SUSTAINABILITY = Scores(
    "sustainable_development",
    ("Välitön", "Välillinen"),
    (
        Dimension(
            "Ekologinen kestävyys",
            (
                "Luonnonvarojen käytön kestävyys",
                "Ilmastonmuutoksen aiheuttamien riskien vähentäminen",
                "Kasvillisuus, eliöt ja luonnon monimuotoisuus",
                "Pinta- ja pohjavedet, maaperä sekä ilma (ja kasvihuonekaasujen väheneminen)",
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
)

LAYOUT_2014_2020 = Layout(
    period=ProgrammePeriod.P2014_2020,
    banner=("Euroopan unioni Vipuvoimaa EU:lta",),
    pictures=_PICTURES,
    title="{fund} rahoittaman hankkeen kuvaus",
    title_without_fund="Hankkeen kuvaus",
    funds=_FUNDS,
    code_prefixes={"S2": Fund.ESR, "A7": Fund.EAKR},
    sections=(
        Section("1", "Hanke", "project", _PROJECT),
        Section("2", "Hakijan perustiedot", "applicant", _APPLICANT),
        Section("3", "Suunnitelman mukainen tiivistelmä toteutuksesta", "summary", Prose()),
        Section("4", "Hankkeen kohderyhmät", "target_groups"),
        Section("4.1", "Varsinaiset kohderyhmät", "target_groups", Prose("primary")),
        Section("4.2", "Välilliset kohderyhmät", "target_groups", Prose("secondary")),
        Section("5", "Projektin julkinen rahoitus, euroa", "funding", _FUNDING),
        Section("6", "Maantieteellinen kohdealue", "area", _AREA),
        Section(
            "7",
            "Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantiedoista",
            "estimates",
            variants=("Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantatiedoista",),
        ),
        Section("7.1", "Osallistuvien yritysten lukumäärä", "estimates", _COMPANIES),
        Section("7.2", "Osallistuvien henkilöiden lukumäärä", "estimates", _PERSONS),
        Section("8", "Horisontaaliset periaatteet", "horizontal_principles"),
        Section("8.1", "Sukupuolten tasa-arvo", "horizontal_principles", _EQUALITY),
        Section("8.2", "Kestävä kehitys", "horizontal_principles", _SUSTAINABILITY),
        Section("9", "Loppuraportin tiivistelmä", "final_report_summary", Prose(), optional=True),
    ),
)

# -- 2007-2013: what follows 4.2 was not seen -----------------------------------------------------

_PROJECT_2007 = Fields(
    Field("Projektikoodi", "code", values.CODE),
    Field("Projektin nimi", "name"),
    Field("Osio", "programme_part"),
    Field("Toimintalinja", "priority_axis", values.NUMBERED_ITEM_2007),
    Field("Projektityyppi", "project_type"),
    _PLANNED_PERIOD,
    _STATUS,
    _AUTHORITY,
)
_APPLICANT_2007 = Fields(
    Field("Toteuttajaorganisaation nimi", "name"),
    _ORGANISATION_TYPE,
    _BUSINESS_ID,
    Field("Osoite", "address.street"),
    Field("Puhelinnumero", "phone"),
    Field("Toteuttajaorganisaation Web-osoite", "website", values.WEB_ADDRESS),
    Field("Projektin kotisivun osoite", "project_website", values.WEB_ADDRESS),
    Field("Vastuuhenkilön nimi", "contact.name"),
    Field("Asema", "contact.position"),
    Field("Sähköposti", "contact.email", values.EMAIL),
    Field("Puhelinnumero", "contact.phone"),
)
_AREA_2007 = Fields(
    # Either this line or the three lists.
    Flag("Valtakunnallinen projekti", "nationwide"),
    *(attrs.evolve(f, optional=True) for f in (_REGIONS, _SUBREGIONS, _MUNICIPALITIES)),
)
_PARTICIPANTS = _outcome("participants", values.COUNT_WOMEN)
_JOBS = _outcome("jobs", values.JOBS_WOMEN)
_NEW_COMPANIES = _outcome("companies", values.COMPANIES_WOMEN)

LAYOUT_2007_2013 = Layout(
    period=ProgrammePeriod.P2007_2013,
    banner=_PICTURES,
    pictures=_PICTURES,
    title="{fund} rahoittaman projektin kuvaus",
    title_without_fund="Projektin kuvaus",
    funds=_FUNDS,
    code_prefixes={"S1": Fund.ESR, "A3": Fund.EAKR, "A5": Fund.EAKR, "A6": Fund.EAKR},
    heading_dot=".",
    is_complete=False,
    sections=(
        Section("1", "Projekti", "project", _PROJECT_2007),
        Section("2", "Projektin toteuttaja", "applicant", _APPLICANT_2007),
        # Where 3.1-3.3 are missing, the text is right under 3.
        Section(
            "3", "Projektin toteutusalue ja kohderyhmän kuvaus", "target_groups", Prose("primary")
        ),
        Section("3.1", "Maantieteellinen kohdealue", "area", _AREA_2007, optional=True),
        Section("3.2", "Varsinaiset kohderyhmät", "target_groups", Prose("primary"), optional=True),
        Section(
            "3.3", "Välilliset kohderyhmät", "target_groups", Prose("secondary"), optional=True
        ),
        Section("3.4", "Aloittaneiden henkilöiden määrä", "outcomes", _PARTICIPANTS, optional=True),
        Section("4", "Projektin tavoitteet, tulokset ja vaikutukset", "outcomes", optional=True),
        Section("4.1", "Uusien työpaikkojen määrä", "outcomes", _JOBS, optional=True),
        Section("4.2", "Uusien yritysten määrä", "outcomes", _NEW_COMPANIES, optional=True),
        # Where the funding is in these pages, and under which number, is not known.
        Section("5", "Projektin julkinen rahoitus, euroa", "funding", _FUNDING, optional=True),
    ),
)

# -- 2014-2020 in English: title, heading 1 and what follows section 3 were not seen ---------------

_PROJECT_EN = Fields(
    Field("Project code", "code", values.CODE),
    Field("Project name", "name"),
    Field("Policy", "priority_axis", values.NUMBERED_ITEM),
    Field("Specific objective", "specific_objective", values.NUMBERED_ITEM),
    Field("Planned completion time", "planned_period", values.PERIOD_EN),
    Field("Operational status", "status", values.STATUS_EN),
    Field("Responsible authority", "responsible_authority"),
)
_APPLICANT_EN = Fields(
    Field("Official name of the applicant", "name"),
    Field("Organisation type", "organisation_type", values.ORGANISATION_TYPE_EN),
    Field("Business ID", "business_id", values.BUSINESS_ID),
    Field("Street", "address.street"),
    Field("Telephone number", "phone"),
    Field("Postal code", "address.postcode", values.POSTCODE),
    Field("City/town", "address.post_office"),
    Field("Project contact person's name", "contact.name"),
    Field("Contact person's position in the organisation", "contact.position"),
    Field("Contact person’s email address", "contact.email", values.EMAIL),
    Field("Contact person's phone number", "contact.phone"),
    Field("Number of applicants or subsidy transfer", "arrangement", values.ARRANGEMENT),
)

LAYOUT_2014_2020_EN = Layout(
    period=ProgrammePeriod.P2014_2020,
    language="en",
    code_prefixes={"S2": Fund.ESR, "A7": Fund.EAKR},
    is_complete=False,
    sections=(
        Section("1", "", "project", _PROJECT_EN),
        Section("2", "Basic applicant information", "applicant", _APPLICANT_EN),
        Section("3", "Plan-specified summary of the project completion", "summary", Prose()),
    ),
)

LAYOUTS: tuple[Layout, ...] = (LAYOUT_2014_2020, LAYOUT_2007_2013, LAYOUT_2014_2020_EN)
"""Every known layout; the first is taken where a text does not show its programme period."""
