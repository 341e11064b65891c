"""Invented descriptions for corpora: seeded, so that a test fails the same way twice."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

from esr_parser.grammar import Scores
from esr_parser.layouts import LAYOUTS
from esr_parser.model import (
    Applicant,
    ApplicantArrangement,
    Assessment,
    Contact,
    Estimate,
    Fund,
    GenderEquality,
    GeographicArea,
    HorizontalPrinciples,
    MonitoringEstimates,
    OrganisationType,
    Partner,
    Period,
    PostalAddress,
    ProgrammeItem,
    ProgrammePeriod,
    Project,
    ProjectDescription,
    ProjectStatus,
    PublicFunding,
    SustainabilityImpact,
    TargetGroups,
)
from esr_parser.parser import default_parser
from esr_parser.values import business_id_is_valid

WORDS = [
    "kuvitelma",
    "satulammi",
    "tarulan",
    "yhteisö",
    "mallila",
    "harjoitus",
    "koetila",
    "olematon",
    "kehitys",
    "työpaja",
    "osaaminen",
    "näyte",
    "verkosto",
    "uusi",
    "vuosi",
    "silta",
    "polku",
    "kartta",
    "ranta",
    "metsä",
]


class _Inventor:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def words(self, least: int, most: int) -> str:
        chosen = self.random.choices(WORDS, k=self.random.randint(least, most))
        return " ".join(chosen).capitalize()

    def prose(self) -> str:
        paragraphs = self.random.randint(1, 3)
        return "\n\n".join(
            " ".join(f"{self.words(3, 9)}." for _ in range(self.random.randint(1, 4)))
            for _ in range(paragraphs)
        )

    def maybe(self, share: float) -> bool:
        return self.random.random() < share

    def business_id(self) -> str:
        while True:
            digits = f"{self.random.randint(0, 9_999_999):07}"
            for check in "023456789":
                if business_id_is_valid(f"{digits}-{check}"):
                    return f"{digits}-{check}"

    def amount(self) -> Decimal:
        return Decimal(self.random.choice((0, 744, 18_750, 92_400, 128_450, 2_345_678)))

    def phone(self) -> str:
        return f"000-000 {self.random.randint(0, 9999):04}"

    def address(self) -> PostalAddress:
        number = self.random.randint(1, 99)
        return PostalAddress(f"{self.words(1, 1)}kuja {number}", f"{number:05}", self.words(1, 1))

    def note(self) -> str | None:
        return f"{self.words(3, 8)}." if self.maybe(0.7) else None

    def assessment(self) -> Assessment:
        return Assessment(self.maybe(0.5), self.note())

    def partners(self, share: float) -> tuple[Partner, ...] | None:
        if not self.maybe(share):
            return None
        count = self.random.randint(0, 4)
        return tuple(Partner(self.words(1, 3), self.business_id()) for _ in range(count))

    def period(self) -> Period:
        start = date(2014, 1, 1) + timedelta(self.random.randint(0, 2500))
        return Period(start, start + timedelta(self.random.randint(30, 1200)))

    def description(
        self, period: ProgrammePeriod = ProgrammePeriod.P2014_2020
    ) -> ProjectDescription:
        fund = self.random.choice(list(Fund))
        old = period is ProgrammePeriod.P2007_2013
        prefix = {"ESR": "S1", "EAKR": "A3"}[fund] if old else {"ESR": "S2", "EAKR": "A7"}[fund]
        ended = self.maybe(0.6)
        number = str(self.random.randint(1, 9))
        return ProjectDescription(
            fund=fund,
            programme_period=period,
            project=Project(
                code=f"{prefix}{self.random.randint(0, 9999):04}",
                name=self.words(1, 6),
                priority_axis=ProgrammeItem(number, self.words(2, 6)),
                specific_objective=None if old else ProgrammeItem(f"{number}.1", self.words(2, 6)),
                planned_period=self.period(),
                status=ProjectStatus.ENDED if ended else ProjectStatus.RUNNING,
                responsible_authority=self.words(2, 4),
                programme_part=self.words(1, 2) if old else None,
                project_type=self.words(1, 2) if old else None,
            ),
            applicant=Applicant(
                name=self.words(1, 4),
                organisation_type=self.random.choice(list(OrganisationType)[:6]),
                business_id=self.business_id(),
                address=PostalAddress(self.words(1, 1)) if old else self.address(),
                phone=self.phone(),
                website="https://www.satulammi.example",
                project_website="https://hanke.example" if old else None,
                contact=Contact(
                    self.words(2, 2), self.words(1, 2), "alku@satulammi.example", self.phone()
                ),
                arrangement=None
                if old or self.maybe(0.35)
                else self.random.choice(list(ApplicantArrangement)),
                co_implementers=None if old else self.partners(0.3),
                transfer_recipients=None if old else self.partners(0.1),
            ),
            summary=None if old else self.prose(),
            target_groups=TargetGroups(self.prose(), self.prose()),
            funding=PublicFunding(*(self.amount() for _ in range(4))),
            area=GeographicArea(
                (self.words(1, 1),),
                (self.words(1, 1),),
                (self.words(1, 1), "Koski Tl"),
                site=PostalAddress() if old or self.maybe(0.5) else self.address(),
            ),
            estimates=MonitoringEstimates()
            if old
            else MonitoringEstimates(
                Estimate(self.random.randint(0, 60), self.random.randint(0, 60)),
                Estimate(
                    self.random.randint(0, 2000),
                    self.random.randint(0, 2000) if self.maybe(0.5) else None,
                ),
            ),
            horizontal_principles=HorizontalPrinciples() if old else self.principles(),
            final_report_summary=self.prose() if ended and not old else None,
        )

    def principles(self) -> HorizontalPrinciples:
        scores = next(s.content for s in LAYOUTS[0].sections if isinstance(s.content, Scores))
        return HorizontalPrinciples(
            GenderEquality(self.assessment(), self.assessment(), self.assessment()),
            tuple(
                SustainabilityImpact(
                    dimension.name,
                    aspect,
                    self.random.randint(0, 10),
                    self.random.randint(0, 10),
                    self.note(),
                )
                for dimension in scores.dimensions
                for aspect in dimension.aspects
            ),
        )


def invented_descriptions(
    count: int, seed: int = 0, period: ProgrammePeriod = ProgrammePeriod.P2014_2020
) -> list[ProjectDescription]:
    inventor = _Inventor(seed)
    return [inventor.description(period) for _ in range(count)]


def invented_texts(
    count: int, seed: int = 0, period: ProgrammePeriod = ProgrammePeriod.P2014_2020
) -> list[str]:
    """Canonical texts of invented descriptions, of both funds."""
    parser = default_parser()
    return [parser.render_description(d) for d in invented_descriptions(count, seed, period)]
