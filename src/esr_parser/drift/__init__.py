r"""Watching a corpus for drift: has the register changed the way its pages are written?

:func:`fingerprint` counts what a document reports: its diagnostics, the words of open sets, how
values are written. Fingerprints add up over a corpus. :func:`compare` reports what differs from
the declared format, or from an earlier corpus; :func:`aliases_for` turns what was renamed into
aliases for :class:`esr_parser.Parser`, so that users need not wait for a release.

>>> from esr_parser import Parser, parse_document
>>> text = "1 Hanke\n\nHankkeen tunnus: S29999\n\nHankkeen nimi: Alku\n\n2 Hakijan perustiedot"
>>> comparison = compare(fingerprint(parse_document(text)))
>>> aliases_for(comparison.drifts)["Hankkeen tunnus"]
'Hankekoodi'
"""

from __future__ import annotations

from esr_parser.drift.comparison import Drift, DriftKind, DriftReport, Thresholds, compare
from esr_parser.drift.corpus import fingerprint_files, fingerprint_texts
from esr_parser.drift.fingerprints import BaselineError, FilePlace, Fingerprint, Key, Occurrences
from esr_parser.drift.observe import fingerprint
from esr_parser.drift.report import aliases_for, dump_aliases

__all__ = [
    "BaselineError",
    "Drift",
    "DriftKind",
    "DriftReport",
    "FilePlace",
    "Fingerprint",
    "Key",
    "Occurrences",
    "Thresholds",
    "aliases_for",
    "compare",
    "dump_aliases",
    "fingerprint",
    "fingerprint_files",
    "fingerprint_texts",
]
