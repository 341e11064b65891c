"""From text to description: outline, sections, values, diagnostics.

The reader (:mod:`~esr_parser.reading.reader`) decides how a text is looked at and cuts it into
regions; each is read by itself (:mod:`~esr_parser.reading.regions`), with what its layout has
prepared (:mod:`~esr_parser.reading.compiled`); then the description is put together
(:mod:`~esr_parser.reading.assembly`). All that is known in the end is kept
(:mod:`~esr_parser.reading.parsed`).
"""

from __future__ import annotations

from esr_parser.reading.compiled import CompiledLayout
from esr_parser.reading.parsed import Parsed, Part
from esr_parser.reading.reader import TextReader

__all__ = ["CompiledLayout", "Parsed", "Part", "TextReader"]
