"""Taking the fingerprint of a document: what it has, what it has not, and where.

Only the tree is looked at, and what the parser took for noise is not there: a heading in other
letters, a wrapped label or a padded table leaves the same fingerprint as the canonical text.
"""

from __future__ import annotations

from esr_parser.document import Document, SectionNode
from esr_parser.drift.sections import SectionObserver
from esr_parser.drift.sightings import Event, Sightings, one_line
from esr_parser.drift.tallies import (
    CUT,
    DOCUMENTS,
    HEADINGS,
    SECTION,
    Fingerprint,
    Key,
    Place,
    Tally,
)
from esr_parser.drift.words import LayoutWords, What, layout_words, numbered
from esr_parser.noise import FURNITURE

__all__ = ["fingerprint"]

_FOREIGN = frozenset({"ESR101", "ESR102"})
_NO_DESCRIPTION = "no description"


def fingerprint(document: Document, *, file: str = "", line: int = 1) -> Fingerprint:
    r"""The structure of one description, as data.

    Args:
        document: The document; what its parser has aliases or handlers for is known.
        file: The name of its file, for the places.
        line: The line of the file that the document begins at, 1-based.

    >>> from esr_parser import parse_document
    >>> found = fingerprint(parse_document("5 Projektin julkinen rahoitus, euroa\n\nTuki: 5"))
    >>> [str(key) for key, tally in found.seen.items() if not tally.known]
    ["label 'Tuki'"]
    """
    is_empty = not document.text.strip(FURNITURE)
    if is_empty or any(d.code in _FOREIGN for d in document.diagnostics):
        key = Key(What.TEXT, "", "", _NO_DESCRIPTION)
        return Fingerprint(1, {key: Tally(1, (Place(file, line),))})
    words = layout_words(document.parser)[str(document.layout.period)]
    return _Observer(document, words, file, line).fingerprint()


class _Observer:
    """Takes the fingerprint of one description."""

    def __init__(self, document: Document, words: LayoutWords, file: str, line: int) -> None:
        self._document = document
        self._words = words
        self._sightings = Sightings(words, document.text, file, line)
        self._has_headings = True
        self._cut_in = ""
        """The number of the section that the text ends in, where it was cut off."""

    def fingerprint(self) -> Fingerprint:
        """What the description has and has not."""
        self._sightings.count(DOCUMENTS)
        self._headings()
        if self._has_headings:
            self._title()
        sections: dict[str, SectionObserver] = {}
        for node in self._document.sections:
            number = node.number
            if node.kind not in ("section", "implied") or number is None:
                continue
            if number not in sections:
                sections[number] = self._section(node, number)
            sections[number].look_at(node)
        for section in sections.values():
            section.settle(self._cut_in, bare=self._has_headings)
        return self._sightings.fingerprint()

    def _section(self, node: SectionNode, number: str) -> SectionObserver:
        words, start = self._words.by_number[number], node.span.start
        self._sightings.count(SECTION, number, words.heading, start)
        return SectionObserver(self._sightings, self._document, words, start)

    def _title(self) -> None:
        found = {d.code: d.span.start for d in self._document.diagnostics}
        sightings, title = self._sightings, self._words.layout.title
        if "ESR104" in found:
            sightings.miss(sightings.key(What.TITLE, "", title(None)), 0)
        elif "ESR111" in found:
            key = sightings.key(What.TITLE, "", title(str(self._document.description.fund)))
            sightings.see(key, found["ESR111"], known=False)
        else:
            sightings.count(What.TITLE, "", title(None))

    # -- headings -----------------------------------------------------------------------------

    def _headings(self) -> None:
        nodes, sightings = self._document.sections, self._sightings
        events = [event for node in nodes if (event := self._heading(node)) is not None]
        self._has_headings = len(events) > sum(node.kind == "implied" for node in nodes)
        for event in events:
            sightings.see(event.key, event.offset, known=event.which >= 0)
        if self._has_headings:
            sightings.count(HEADINGS)
            absent = {k: self._heading_key(k) for k in self._absent_headings(events)}
            sightings.settle(events, absent, 0)

    def _heading(self, node: SectionNode) -> Event | None:
        """The heading of a section as it stands."""
        number, start = node.number, node.span.start
        if number is None or node.kind not in ("section", "repeated", "unknown"):
            return None
        words = self._words.by_number.get(number)
        if node.kind == "unknown" or words is None:
            name = self._words.layout.heading(number, one_line(node.title or ""))
        elif node.kind == "repeated":
            name = numbered(words.heading, 2)
        else:
            text = node.nodes[0].text
            if words.is_title(text):
                index = self._words.index[number]
                return Event(start, index, self._heading_key(index))
            name = one_line(text)
        return Event(start, -1, self._sightings.key(What.HEADING, number, name))

    def _heading_key(self, index: int) -> Key:
        words = self._words.sections[index]
        return self._sightings.key(What.HEADING, words.section.number, words.heading)

    def _absent_headings(self, events: list[Event]) -> list[int]:
        """The headings that are not there; those of a text that is cut off are counted apart."""
        sections, index = self._words.sections, self._words.index
        found = {event.which for event in events}
        numbers = {event.key.section for event in events}
        numbers |= {n.number for n in self._document.sections if n.kind == "implied" and n.number}
        last = max((index[number] for number in numbers if number in index), default=-1)
        tail = [words for words in sections[last + 1 :] if not words.optional]
        if tail and last >= 0:
            self._cut_in = sections[last].section.number
        for words in tail:
            number = words.section.number
            self._sightings.count(CUT, number, words.heading, len(self._document.text))
        end = last + 1 if tail else len(sections)
        return [k for k in range(end) if k not in found]
