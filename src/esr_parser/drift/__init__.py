r"""Watching a corpus for drift: has the register changed the way its pages are written?

:func:`fingerprint` takes the structure of one description as data; fingerprints add up over a
corpus. :func:`compare` tells what of it was not declared, or not recorded in an earlier corpus, as
a list of :class:`Drift`. :func:`aliases_for` turns what was renamed into aliases for
:class:`esr_parser.Parser`, so that users need not wait for a release.

>>> from esr_parser import Parser, parse_document
>>> text = "1 Hanke\n\nHankkeen tunnus: S20001\n\nHankkeen nimi: Alku\n\n2 Hakijan perustiedot"
>>> drifts = compare(fingerprint(parse_document(text)))
>>> aliases_for(drifts)
{'Hankkeen tunnus': 'Hankekoodi'}
>>> Parser(aliases=aliases_for(drifts)).parse_description(text).project.code
'S20001'
"""

from __future__ import annotations

from esr_parser.drift.adapt import aliases_for, dump_aliases
from esr_parser.drift.comparison import compare
from esr_parser.drift.findings import Change, Drift, Thresholds
from esr_parser.drift.observe import fingerprint
from esr_parser.drift.tallies import Fingerprint, Key, Place, Tally
from esr_parser.drift.words import What

__all__ = [
    "Change",
    "Drift",
    "Fingerprint",
    "Key",
    "Place",
    "Tally",
    "Thresholds",
    "What",
    "aliases_for",
    "compare",
    "dump_aliases",
    "fingerprint",
]
