"""From a document to its fingerprint: what it reports is counted, and read nowhere again.

A page as the register prints it has no diagnostics: of such a page only the values are looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from esr_parser.diagnostics import Diagnostic
from esr_parser.document import Document
from esr_parser.drift.fingerprints import FilePlace, Fingerprint, Key, Occurrences, Pair, Together
from esr_parser.grammar import Field, Fields, Layout, Section
from esr_parser.handlers import value_at
from esr_parser.text import Lines
from esr_parser.values import AMOUNT, ValueType

_FOREIGN = ("ESR101", "ESR102")
_MISSING_SECTIONS, _MISSING_LABELS, _MISSING_ASPECTS = "ESR201", "ESR304", "ESR311"
_UNKNOWN_LABEL, _UNKNOWN_SECTION, _BEHIND = "ESR301", "ESR204", "ESR208"
_RENAMED, _ODD_VALUE, _VALUE_STYLE = "ESR207", "ESR305", "ESR420"
_ABOUT_HEADINGS = ("ESR202", "ESR203", "ESR205")
_LONGEST_WORD = 60


def fingerprint(document: Document, *, file: str = "", line: int = 1) -> Fingerprint:
    r"""What a document reports, and what its values are like.

    Args:
        document: One page.
        file: Its file, for the places.
        line: The line of the file that the document begins at, 1-based.

    >>> from esr_parser import parse_document
    >>> found = fingerprint(parse_document("10 Viestintä\n\n1 Hanke\n\nHankekoodi: S29999"))
    >>> [key.name for key in found.seen if key.code == "ESR204"]
    ['10 Viestintä']
    """
    page = _Page(document)
    page.count()
    seen = {
        key: Occurrences(1, (FilePlace(file, line + at - 1),) if at else ())
        for key, at in page.seen.items()
    }
    return Fingerprint(1, {page.name: 1} if page.name else {}, seen, page.pairs)


# Codes that are the same thing to drift.
_SAME = {_BEHIND: _UNKNOWN_SECTION, _MISSING_ASPECTS: _MISSING_LABELS}


class _Page:
    """One document while it is counted: each thing once, with its line (0: nowhere)."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.seen: dict[Key, int] = {}
        self.pairs: dict[Pair, Together] = {}
        # A page as printed need not be read line by line: its values show the layout.
        reader, is_printed = document.parser._reader, not document.diagnostics
        self.layout = reader.layout_for(document.description) if is_printed else document.layout
        self.name = str(self.layout.period)
        if self.layout.language != "fi":
            self.name += f" ({self.layout.language})"

    def count(self) -> None:
        diagnostics = self.document.diagnostics
        codes = {d.code for d in diagnostics}
        if not codes.isdisjoint(_FOREIGN):
            self.name = ""
            self.seen[Key(_FOREIGN[0], "")] = 1
            return
        odd = {d.label: d.line for d in diagnostics if d.code == _ODD_VALUE}
        # Of these, the words and the shapes of the values are counted.
        counted = {(_ODD_VALUE, label) for label in self._words(odd)}
        for d in diagnostics:
            if d.code == _VALUE_STYLE or (d.code, d.label) in counted:
                continue
            for name, of in self._names(d):
                code = _SAME.get(d.code, d.code)
                section = name.split(" ")[0].rstrip(".") if code == _MISSING_SECTIONS else ""
                key = self._key(code, section or d.section or "", name, of)
                self.seen.setdefault(key, d.line)
        if _VALUE_STYLE in codes:
            self._shapes()
        if codes & {_MISSING_LABELS, _MISSING_ASPECTS} and _UNKNOWN_LABEL in codes:
            self._pair_labels()
        if _MISSING_SECTIONS in codes and codes & {_UNKNOWN_SECTION, _BEHIND}:
            self._pair_sections()

    def _key(self, code: str, section: str = "", name: str = "", of: str = "") -> Key:
        return Key(code, self.name, section, name, of)

    def _names(self, diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
        """What a diagnostic is about, and the declared heading that was renamed."""
        code, number = diagnostic.code, diagnostic.section
        if code in (_MISSING_SECTIONS, _MISSING_LABELS, _MISSING_ASPECTS):
            yield from ((word, "") for word in diagnostic.words)
        elif code in (_UNKNOWN_SECTION, _BEHIND, _RENAMED):
            at = diagnostic.span.start
            node = next(s for s in self.document.sections if s.span.start <= at < s.span.end)
            # As printed, but without the marks of tools.
            heading = " ".join(node.nodes[0].text.split()).strip("#*_|= -")
            yield heading, self._declared(number) if code == _RENAMED else ""
        elif code in _ABOUT_HEADINGS:
            yield self._declared(number), ""
        else:
            yield diagnostic.label or "", ""

    def _declared(self, number: str | None) -> str:
        section = self.layout.section_of(number or "")
        return self.layout.heading(section.number, section.title) if section else ""

    # -- values ----------------------------------------------------------------------------------

    def _words(self, lines: Mapping[str | None, int]) -> Iterator[str]:
        """Counts words of open sets, and amounts with cents; yields labels with unknown words.

        ``lines`` are those of odd values, by label.
        """
        for section, field in _watched(self.layout):
            value = value_at(self.document.description, section.key)
            for name in field.path.split("."):
                value = getattr(value, name, None)
            number, label = section.number, field.label
            if isinstance(value, StrEnum):
                self.seen[self._key("word", number, str(value), label)] = 0
            elif isinstance(value, str):
                word = value if len(value) <= _LONGEST_WORD else "…"
                self.seen[self._key("new word", number, word, label)] = lines.get(label, 0)
                yield label
            elif isinstance(value, Decimal) and value != value.to_integral_value():
                shape = _shape(field.type.format(value), field.type)
                self.seen[self._key("shape", number, shape, label)] = 1

    def _shapes(self) -> None:
        """Values that are written another way than the register does."""
        offsets = Lines(self.document.text).offsets
        for section in self.document.sections:
            types = _types(self.layout, section.number)
            for node in section.fields:
                kind = types.get(node.label)
                if kind is None or not node.value or kind.is_text:
                    continue
                with suppress(TypeError, ValueError):
                    if kind.format(kind.parse(node.value)) != node.value:
                        shape = _shape(node.value, kind)
                        key = self._key("shape", section.number or "", shape, node.label)
                        self.seen.setdefault(key, bisect_right(offsets, node.span.start))

    # -- what may have been renamed --------------------------------------------------------------

    def _pair_labels(self) -> None:
        """Unknown labels with the missing ones of their section."""
        for section in self.document.sections:
            own = (_MISSING_LABELS, section.number)
            missing = [key for key in self.seen if (key.code, key.section) == own]
            order = list(_types(self.layout, section.number))
            nodes = section.fields
            ranks = [order.index(n.label) if n.label in order else -1 for n in nodes]
            for k, node in enumerate(nodes):
                new = self._key(_UNKNOWN_LABEL, section.number or "", node.label)
                if node.is_known or new not in self.seen:
                    continue
                left = max(ranks[:k], default=-1)
                right = next((rank for rank in ranks[k + 1 :] if rank >= 0), len(order))
                for old in missing:
                    in_place = left < order.index(old.name) < right
                    self.pairs.setdefault((new, old), Together(1, int(in_place)))

    def _pair_sections(self) -> None:
        """Unknown sections with the missing ones; the number is the place."""
        for new in self.seen:
            for old in self.seen:
                if new.code == _UNKNOWN_SECTION and old.code == _MISSING_SECTIONS:
                    self.pairs[new, old] = Together(1, int(new.section == old.section))


@lru_cache(maxsize=64)
def _watched(layout: Layout) -> tuple[tuple[Section, Field], ...]:
    """The fields with words of an open set, and those with amounts."""
    return tuple(
        (section, item)
        for section in layout.sections
        if isinstance(section.content, Fields)
        for item in section.content.items
        if isinstance(item, Field) and (item.type.words or item.type == AMOUNT)
    )


@lru_cache(maxsize=256)
def _types(layout: Layout, number: str | None) -> dict[str, ValueType[Any] | None]:
    """The labels of a section of fields, in declared order, with the types of their values."""
    content = getattr(layout.section_of(number or ""), "content", None)
    items = content.items if isinstance(content, Fields) else ()
    return {item.label: item.type if isinstance(item, Field) else None for item in items}


# -- shapes --------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]+")
_PADDED = re.compile(r"\b0[0-9]\.[0-9]{1,2}\.[0-9]{4}|\b[0-9]{1,2}\.0[0-9]\.[0-9]{4}")
_SHAPES = (
    (re.compile(r"\b[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\b"), "yyyy-mm-dd"),
    (re.compile(r"\b[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}\b"), "d.m.yyyy"),
    (re.compile(r"\b[0-9]{1,3}(?:([ .'\u00a0\u2009\u202f])[0-9]{3})+\b"), r"999\g<1>999"),
    # An amount below a thousand has nothing to separate.
    (re.compile(r"^([-−(]?)[0-9]{1,3}(?=,|$)"), r"\g<1>999 999"),
    (re.compile(r"[0-9]{4,}"), "9999"),
    (re.compile(r"[0-8]"), "9"),
)


def _shape(value: str, kind: ValueType[Any]) -> str:
    """How a value is written, without its content: ``999 999,99``.

    Only the words that the type declares (*Alkaa … ja päättyy*) are kept.
    """
    dates = "dd.mm.yyyy" if _PADDED.search(value) else "d.m.yyyy"
    kept = _WORD.findall(kind.shape)
    text = _WORD.sub(lambda word: word[0] if word[0] in kept else "x", value)
    for pattern, shape in _SHAPES:
        text = pattern.sub(dates if shape == "d.m.yyyy" else shape, text)
    return re.sub(r"x(?:[ ,]+x)+", "x", text)[:_LONGEST_WORD]
