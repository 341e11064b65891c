"""Plain data and JSON: the values of a description as anything else can read them.

Each kind of annotation in the model has a :class:`~esr_parser.data.shapes.Shape`: how its values
are written as plain data, how they are read back, and the JSON Schema of what is written. There are
shapes of single values (:mod:`~esr_parser.data.shapes`) and of those made of others
(:mod:`~esr_parser.data.compound`); the shapes of classes are put together from those of their
attributes (:mod:`~esr_parser.data.classes`), for the built-in sections and for the models of a
user's handlers alike (:mod:`~esr_parser.data.description`). The schema takes its descriptions and
examples from the declared layouts (:mod:`~esr_parser.data.schema`).
"""

from __future__ import annotations

from esr_parser.data.converter import Data
from esr_parser.data.errors import DataError

__all__ = ["Data", "DataError"]
