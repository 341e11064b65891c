"""What a corpus has that was not declared, or not recorded earlier: drift.

**When something is drift.** One odd page is no drift, and a few in a large corpus are none; the
same odd thing on several pages is. So an unknown thing, or the absence of a declared one, counts
where it is seen in two descriptions *and* in 3 % of those that could have it: in a corpus of 50,
in two; of a single description, in that one. Values are judged more slowly, because people write
what they like: they take two descriptions in any case, and words in the place of a number are
drift from 10 % on. A text that ends early has
no missing sections, unless a fifth of the corpus ends early. What the format leaves open (section
9, partners, the realised number of persons) is never missing. :class:`Thresholds` has the numbers.

**When something is renamed, not new.** The declared thing must be absent from (nearly) the same
descriptions, and either be like the new one or have its place. A new label beside all the known
ones is new, however much it is like one of them. Of words of an enumeration one always takes
another's place: there likeness decides, and in a baseline, which word has gone.

**With a baseline** only what differs from the recorded corpus is drift: what was seen then is no
news. A rate has moved where the difference is large (25 points) *and* far beyond chance (four
standard deviations), so that two halves of one corpus do not differ. Of a programme period that
the baseline has not, the grammar is the measure.
"""

from __future__ import annotations

from collections.abc import Iterable

from esr_parser.drift.counts import Measure
from esr_parser.drift.findings import Change, Drift, Thresholds
from esr_parser.drift.names import name_drifts
from esr_parser.drift.tallies import Fingerprint
from esr_parser.drift.wording import shape_drifts, word_drifts
from esr_parser.grammar import Layout
from esr_parser.layouts import LAYOUTS

__all__ = ["compare"]

_DEFAULT = Thresholds()


def compare(
    fingerprint: Fingerprint,
    baseline: Fingerprint | None = None,
    *,
    thresholds: Thresholds = _DEFAULT,
    layouts: Iterable[Layout] = LAYOUTS,
) -> list[Drift]:
    """What has drifted, by programme period and section.

    Args:
        fingerprint: That of the corpus.
        baseline: That of an earlier corpus; without it, the declared grammar is the measure.
        thresholds: From when on something counts.
        layouts: The declared layouts; :attr:`esr_parser.Parser.layouts` where there are handlers.

    >>> from esr_parser import Project, ProjectDescription, parse_document, render_description
    >>> from esr_parser.drift import fingerprint
    >>> text = render_description(ProjectDescription(project=Project(code="S20001")))
    >>> drifted = text.replace("Hankekoodi:", "Hankkeen koodi:")
    >>> for drift in compare(fingerprint(parse_document(drifted), file="a.txt")):
    ...     print(drift.message, *drift.places)
    section 1: label 'Hankekoodi' is now 'Hankkeen koodi' (0.83 alike), in 1 of 1 (100 %) a.txt:7
    """
    measure = Measure(fingerprint, baseline, thresholds, layouts)
    drifts = list(name_drifts(measure))
    names = {
        (drift.period, drift.section, drift.new or "")
        for drift in drifts
        if drift.change in (Change.NEW, Change.RENAMED)
    }
    drifts += word_drifts(measure, names)
    drifts += shape_drifts(measure)
    return sorted(drifts, key=_rank)


def _rank(drift: Drift) -> tuple[object, ...]:
    """By period, then by section as they are numbered."""
    numbers = [int(part) if part.isdecimal() else 0 for part in drift.section.split(".")]
    return drift.period, numbers, drift.what, drift.change, -drift.count, drift.name
