"""The typed values of one project description.

Everything here is plain and immutable: attrs ``frozen`` classes, tuples, ``date``, ``Decimal``,
``str``. Attribute names are also the keys of the JSON form. An absent value is ``None`` (or an
empty tuple). Groups are never ``None``, so ``description.project.planned_period.start`` works for
any description.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

import attrs

M = TypeVar("M")


class Fund(StrEnum):
    """The fund that pays, by its Finnish abbreviation."""

    ESR = "ESR"
    """European Social Fund (Euroopan sosiaalirahasto)."""
    EAKR = "EAKR"
    """European Regional Development Fund (Euroopan aluekehitysrahasto)."""


class ProgrammePeriod(StrEnum):
    """A programme period of Finland's structural funds."""

    P2007_2013 = "2007-2013"
    P2014_2020 = "2014-2020"


class ProjectStatus(StrEnum):
    """*Toiminnan tila*: the words seen so far. The set is open."""

    RUNNING = "Toiminnassa"
    ENDED = "Toiminta päättynyt"
    INTERRUPTED = "Keskeytynyt"


class OrganisationType(StrEnum):
    """*Organisaatiotyyppi*: the words seen so far. The set is open."""

    MUNICIPALITY = "Kunta"
    JOINT_MUNICIPAL_AUTHORITY = "Kuntayhtymä"
    FOUNDATION = "Säätiö"
    LARGE_ENTERPRISE = "Suuryritys"
    MICRO_ENTERPRISE = "Mikroyritys"
    ENTERPRISE = "Yritys"
    UNIVERSITY_OF_APPLIED_SCIENCES = "Ammattikorkeakoulu"
    VOCATIONAL_SCHOOL = "Ammatillinen oppilaitos"
    UNIVERSITY = "Yliopisto"
    STATE_AUTHORITY = "Valtion viranomainen"
    RESEARCH_INSTITUTE = "Tutkimuslaitos"
    PARISH = "Seurakunta"
    CIVIC_ORGANISATION = "Kansalaisjärjestö"
    OTHER_ASSOCIATION = "Muu järjestö tai yhdistys"
    ASSOCIATION = "Järjestö tai yhdistys"
    OTHER_PUBLIC_BODY = "Muu julkisoikeudellinen oikeushenkilö"
    OTHER_PRIVATE_BODY = "Muu yksityisoikeudellinen oikeushenkilö"


class ApplicantArrangement(StrEnum):
    """*Hakijoiden lukumäärä tai tuen siirto -menettely*: who applies, and who is paid."""

    SINGLE = "Vain yksi hakija"
    JOINT = "Hakijoita on useampi kuin yksi (yhteishanke)"
    TRANSFER = (
        "Hakija siirtää osan haettavasta tuesta yhdelle tai useammalle taholle"
        " hankkeen toteuttamista varten (tuen siirto)"
    )


class Shown:
    """Prints what is not as by default; one method for all classes, which are made faster so.

    >>> Period(), Estimate(planned=3)
    (Period(), Estimate(planned=3))
    """

    __slots__ = ()

    def __repr__(self) -> str:
        fields = attrs.fields(type(self))  # type: ignore[arg-type]
        values = [(a, getattr(self, a.name)) for a in fields]
        shown = (f"{a.name}={value!r}" for a, value in values if value != a.default)
        return f"{type(self).__name__}({', '.join(shown)})"


class Value(Shown):
    """Is equal to what holds the same values; one method for all classes, too.

    >>> Estimate(planned=3) == Estimate(planned=3), Estimate() == Period()
    (True, False)
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and _values(self) == _values(other)

    def __hash__(self) -> int:
        return hash((type(self), *_values(self)))


def _values(thing: Any) -> tuple[object, ...]:
    return attrs.astuple(thing, recurse=False)


@attrs.frozen(repr=False, eq=False)
class ProgrammeItem(Value):
    """A numbered title of the programme: a priority axis or a specific objective.

    >>> ProgrammeItem("12.3", "Uudet alut ja perustaidot työssä").number
    '12.3'
    """

    number: str | None = None
    """As printed, without the dot that ends it: ``"9"``, ``"12.3"``."""
    title: str | None = None


@attrs.frozen(repr=False, eq=False)
class Period(Value):
    """A span of days, both included; either end may be unknown."""

    start: date | None = None
    end: date | None = None


@attrs.frozen(repr=False, eq=False)
class Project(Value):
    """Section 1, *Hanke* (2007-2013: *Projekti*)."""

    code: str | None = None
    """``S`` or ``A`` and digits: ``"S20001"``."""
    name: str | None = None
    priority_axis: ProgrammeItem = ProgrammeItem()
    specific_objective: ProgrammeItem = ProgrammeItem()
    planned_period: Period = Period()
    status: ProjectStatus | str | None = None
    responsible_authority: str | None = None
    programme_part: str | None = None
    """*Osio*; 2007-2013 only."""
    project_type: str | None = None
    """*Projektityyppi*; 2007-2013 only."""


@attrs.frozen(repr=False, eq=False)
class PostalAddress(Value):
    """A Finnish postal address; the post office may be printed in capitals."""

    street: str | None = None
    postcode: str | None = None
    """Five digits, as text: ``"00100"``."""
    post_office: str | None = None


@attrs.frozen(repr=False, eq=False)
class Contact(Value):
    """The contact person. ``email`` has ``@``; the page prints ``(at)``."""

    name: str | None = None
    position: str | None = None
    email: str | None = None
    phone: str | None = None


@attrs.frozen(repr=False, eq=False)
class Partner(Value):
    """One row under *Osatoteuttajat* or *Tuen siirronsaajat*."""

    name: str
    business_id: str | None = None
    """Y-tunnus: seven digits, a hyphen, a check digit."""


@attrs.frozen(repr=False, eq=False)
class Applicant(Value):
    """Section 2, *Hakijan perustiedot* (2007-2013: *Projektin toteuttaja*)."""

    name: str | None = None
    organisation_type: OrganisationType | str | None = None
    business_id: str | None = None
    address: PostalAddress = PostalAddress()
    phone: str | None = None
    website: str | None = None
    project_website: str | None = None
    """*Projektin kotisivun osoite*; 2007-2013 only."""
    contact: Contact = Contact()
    arrangement: ApplicantArrangement | str | None = None
    co_implementers: tuple[Partner, ...] | None = None
    """*Osatoteuttajat*; ``None``: no such heading, ``()``: the heading without a row."""
    transfer_recipients: tuple[Partner, ...] | None = None
    """*Tuen siirronsaajat*; ``None`` and ``()`` as above."""


@attrs.frozen(repr=False, eq=False)
class TargetGroups(Value):
    """Section 4, *Hankkeen kohderyhmät*: prose."""

    primary: str | None = None
    secondary: str | None = None


@attrs.frozen(repr=False, eq=False)
class PublicFunding(Value):
    """Section 5, *Projektin julkinen rahoitus*: amounts in euros."""

    granted_eu_and_state: Decimal | None = None
    realised_eu_and_state: Decimal | None = None
    planned_public_total: Decimal | None = None
    realised_public_total: Decimal | None = None


@attrs.frozen(repr=False, eq=False)
class GeographicArea(Value):
    """Section 6, *Maantieteellinen kohdealue*."""

    regions: tuple[str, ...] = ()
    """*Maakunnat*: NUTS 3 regions."""
    subregions: tuple[str, ...] = ()
    """*Seutukunnat*, in the genitive as printed: ``"Oulun"``."""
    municipalities: tuple[str, ...] = ()
    """*Kunnat*. ``Koski, Tl`` on the page is the one municipality ``"Koski Tl"``."""
    nationwide: bool = False
    """*Valtakunnallinen projekti*; 2007-2013 only."""
    site: PostalAddress = PostalAddress()
    """The address, where the project is carried out in one place."""


@attrs.frozen(repr=False, eq=False)
class Estimate(Value):
    """How many were planned, and how many the monitoring data show."""

    planned: int | None = None
    realised: int | None = None


@attrs.frozen(repr=False, eq=False)
class MonitoringEstimates(Value):
    """Section 7: companies and persons that take part."""

    companies: Estimate = Estimate()
    persons: Estimate = Estimate()


@attrs.frozen(repr=False, eq=False)
class Outcome(Value):
    """How many were planned and realised, and how many of them were women or women's."""

    planned: int | None = None
    planned_women: int | None = None
    realised: int | None = None
    realised_women: int | None = None


@attrs.frozen(repr=False, eq=False)
class Outcomes(Value):
    """2007-2013, sections 3.4, 4.1 and 4.2: persons who started, new jobs, new companies."""

    participants: Outcome = Outcome()
    """*Aloittaneiden henkilöiden määrä*."""
    jobs: Outcome = Outcome()
    """*Uusien työpaikkojen määrä*."""
    companies: Outcome = Outcome()
    """*Uusien yritysten määrä*."""


@attrs.frozen(repr=False, eq=False)
class Assessment(Value):
    """A yes/no answer and the lines that explain it."""

    answer: bool | None = None
    explanation: str | None = None


@attrs.frozen(repr=False, eq=False)
class GenderEquality(Value):
    """Section 8.1, *Sukupuolten tasa-arvo*: three questions."""

    environment_analysed: Assessment = Assessment()
    mainstreamed: Assessment = Assessment()
    main_objective: Assessment = Assessment()


@attrs.frozen(repr=False, eq=False)
class SustainabilityImpact(Value):
    """One row of section 8.2, *Kestävä kehitys*."""

    dimension: str
    """One of three: ecological, economic, social and cultural sustainability, in Finnish."""
    aspect: str
    """One of fifteen, in Finnish."""
    direct: int | None = None
    """Score 0-10."""
    indirect: int | None = None
    """Score 0-10."""
    explanation: str | None = None


@attrs.frozen(repr=False, eq=False)
class HorizontalPrinciples(Value):
    """Section 8, *Horisontaaliset periaatteet*."""

    gender_equality: GenderEquality = GenderEquality()
    sustainable_development: tuple[SustainabilityImpact, ...] = ()


@attrs.frozen(repr=False, eq=False)
class OtherField(Value):
    """An unknown label, or a known one whose value could not be read or was repeated."""

    section: str | None
    """The printed number of its section: ``"1"``, ``"7.1"``."""
    label: str
    value: str


@attrs.frozen(repr=False, eq=False)
class OtherSection(Value):
    """Text without an attribute in the model: unknown or repeated sections, stray lines.

    ``number`` and ``title`` are those of the heading above the text; both are ``None`` for text
    whose section is not known, and ``title`` alone is the title line of a further description.
    """

    number: str | None
    title: str | None
    text: str


class FrozenMapping(Mapping[str, object]):
    """A mapping that cannot be changed and, unlike ``MappingProxyType``, can be pickled."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, object]) -> None:
        self._items = dict(items)

    def __getitem__(self, key: str) -> object:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return repr(self._items)


def _frozen_mapping(value: Mapping[str, object]) -> Mapping[str, object]:
    return value if isinstance(value, FrozenMapping) else FrozenMapping(value)


@attrs.frozen(repr=False)
class ProjectDescription:
    """One ESR or ERDF project description: every section of the page, and the text outside them.

    ``repr`` is short; :func:`esr_parser.to_json` prints every value.

    >>> ProjectDescription(fund=Fund.ESR, project=Project(code="S29999"))
    <ProjectDescription S29999 (ESR)>
    >>> ProjectDescription().area.site.postcode is None
    True
    """

    fund: Fund | str | None = None
    programme_period: ProgrammePeriod | str | None = None
    language: str = "fi"
    """The language of the labels: ``"fi"``, ``"en"``."""
    project: Project = Project()
    applicant: Applicant = Applicant()
    summary: str | None = None
    """Section 3: prose; ``""`` for a heading without text."""
    target_groups: TargetGroups = TargetGroups()
    funding: PublicFunding = PublicFunding()
    area: GeographicArea = GeographicArea()
    estimates: MonitoringEstimates = MonitoringEstimates()
    outcomes: Outcomes = Outcomes()
    horizontal_principles: HorizontalPrinciples = HorizontalPrinciples()
    final_report_summary: str | None = None
    """Section 9: prose; ``None`` while a project runs."""
    other_fields: tuple[OtherField, ...] = ()
    other_sections: tuple[OtherSection, ...] = ()
    extensions: Mapping[str, object] = attrs.field(
        default=FrozenMapping({}), converter=_frozen_mapping, hash=False
    )
    """The values of a user's section handlers, by key."""

    def extension(self, model: type[M]) -> M | None:
        """The value of a user's handler with this model, ``None`` if there is none.

        >>> ProjectDescription(extensions={"pages": Estimate(3)}).extension(Estimate)
        Estimate(planned=3)
        """
        found = (value for value in self.extensions.values() if isinstance(value, model))
        return next(found, None)

    def __repr__(self) -> str:
        code = getattr(self.project, "code", None) or "without a code"
        return f"<ProjectDescription {code} ({self.fund or self.programme_period or 'no fund'})>"
