"""Project descriptions of an invented programme period, 2028-2034: a layout of your own.

>>> from esr_parser_2028 import PARSER, ClimateEffects
>>> text = "10 Ilmastovaikutukset\\n\\nTasoSuuntaPysyvyys\\nPäästöt\\nLiikenteen päästöt 3 5 1"
>>> effects = PARSER.parse_description(f"Hankekoodi: S89999\\n\\n{text}").extension(ClimateEffects)
>>> effects.scores[0].direction
5
"""

import attrs

from esr_parser import LAYOUTS, Fund, Parser, SectionHandler
from esr_parser.grammar import Dimension, Layout, Scores, Section
from esr_parser.layouts import LAYOUT_2014_2020

__all__ = ["LAYOUT_2028_2034", "PARSER", "ClimateEffects", "ClimateHandler", "ClimateScore"]


@attrs.frozen
class ClimateScore:
    """One row of section 10. A row has a dimension, an aspect, the scores, and an explanation."""

    dimension: str
    aspect: str
    level: int
    """*Taso*, from 0 to 10; so are the other two."""
    direction: int
    """*Suunta*."""
    permanence: int
    """*Pysyvyys*."""
    explanation: str | None = None
    """The lines below the row."""


@attrs.frozen
class ClimateEffects:
    """Section 10, *Ilmastovaikutukset*."""

    scores: tuple[ClimateScore, ...] = ()


class ClimateHandler(SectionHandler[ClimateEffects]):
    """Reads and writes section 10, which the layout declares."""

    key = "climate"
    model = ClimateEffects


LAYOUT_2028_2034: Layout = LAYOUT_2014_2020.extend(
    period="2028-2034",
    rename={"Loppuraportin tiivistelmä": "Hankkeen tulokset lyhyesti"},
    sections=[
        Section(
            "10",
            "Ilmastovaikutukset",
            "climate",
            Scores(
                "scores",
                ("Taso", "Suunta", "Pysyvyys"),
                (
                    Dimension("Päästöt", ("Liikenteen päästöt", "Rakentamisen päästöt")),
                    Dimension("Sopeutuminen", ("Tulvat ja kuivuus", "Helteet")),
                ),
                row=ClimateScore,
            ),
            optional=True,
        ),
    ],
    funds={
        "SSR": "Sosiaalisen siirtymän rahaston (SSR)",
        Fund.EAKR: "Euroopan aluekehitysrahaston (EAKR)",
    },
    code_prefixes={"S8": "SSR", "A8": Fund.EAKR},
)

PARSER = Parser(handlers=[ClimateHandler()], layouts=[*LAYOUTS, LAYOUT_2028_2034])
"""Reads pages of the new period and of the old ones."""
