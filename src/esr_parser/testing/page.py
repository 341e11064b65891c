"""A canonical text as lines that know what they are, for the kinds of noise to work on.

This is no second parser: it knows the declared words and expects to find them, in the canonical
text or in one that an earlier kind of noise has been at. What it does not find, it leaves alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import attrs

from esr_parser.grammar import (
    Field,
    Fields,
    Item,
    Layout,
    Questions,
    Rows,
    Scores,
    Section,
)
from esr_parser.layouts import LAYOUTS

__all__ = ["Line", "Page", "declared_words"]

_MARKS = dict.fromkeys(map(ord, "#*|_`\\\ufeff\f"), " ")
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)\.?\s+(?=\S)")
_LABELLED = re.compile(r"([\s#*|_]*)(.*?)(\s*:[*_]*\s*(?:\|\s*)?)(.*)", re.DOTALL)
_SCORED = re.compile(r"([\s#*|_]*)(.*?)(\s*\|?\s*)(\d{1,2})(\s*\|?\s*)(\d{1,2})([\s|]*)", re.DOTALL)


def _key(text: str) -> str:
    """What two ways of writing the same words have in common."""
    words = unicodedata.normalize("NFC", text.translate(_MARKS)).casefold().split()
    return " ".join(words)


@attrs.define(eq=False)
class Line:
    """One line of a page.

    ``text`` is what stands there. A field or question is also had in parts: ``lead`` and
    ``label``, then ``colon`` (all that separates), then ``value``; a row of scores is ``lead``,
    ``label``, ``colon``, ``value`` (the first score), ``gap``, ``second`` and ``end``. Setting
    parts and calling :meth:`put_together` changes the text.
    """

    text: str
    kind: str = "prose"
    """``blank``, ``banner``, ``title``, ``heading``, ``field``, ``bare`` (a caption or flag),
    ``rows`` (the heading of rows), ``row``, ``question``, ``heads`` (of score columns),
    ``dimension``, ``score``, ``note`` (an explanation), ``prose`` or ``front``."""
    section: Section | None = None
    number: str = ""
    """Of a heading: its number, also where nobody knows the section."""
    item: Item | None = None
    lead: str = ""
    label: str = ""
    colon: str = ""
    value: str = ""
    gap: str = ""
    second: str = ""
    end: str = ""

    def take_apart(self, pattern: re.Pattern[str]) -> None:
        """Sets the parts from the text, if it has that shape."""
        match = pattern.fullmatch(self.text)
        if match is not None:
            self.lead, self.label, self.colon, self.value, *rest = match.groups()
            if rest:
                self.gap, self.second, self.end = rest

    def put_together(self) -> None:
        """Makes ``text`` of the parts."""
        parts = (self.lead, self.label, self.colon, self.value, self.gap, self.second, self.end)
        self.text = "".join(parts).rstrip(" \t")


class Page:
    r"""The lines of one text, and the layout whose words it holds.

    Args:
        text: A canonical text, or one that other kinds of noise have changed.
        layouts: The layouts it may be in; those of a parser with handlers hold their words, too.

    >>> page = Page("1 Hanke\n\nHankekoodi: S20001")
    >>> [(line.kind, line.text) for line in page.lines]
    [('heading', '1 Hanke'), ('blank', ''), ('field', 'Hankekoodi: S20001')]
    >>> page.lines[2].value
    'S20001'
    """

    def __init__(self, text: str, layouts: Sequence[Layout] = LAYOUTS) -> None:
        self.layouts: tuple[Layout, ...] = tuple(layouts)
        self.lines: list[Line] = [Line(part) for part in text.split("\n")]
        self.layout: Layout = self._layout()
        _Classifier(self).classify()

    @property
    def text(self) -> str:
        """The text of all lines."""
        return "\n".join(line.text for line in self.lines)

    def _layout(self) -> Layout:
        words = {_key(line.text) for line in self.lines}

        def shared(layout: Layout) -> int:
            return sum(
                not {_key(s.title), _key(layout.heading(s.number, s.title))}.isdisjoint(words)
                for s in layout.sections
            )

        for layout in self.layouts:
            if any(word.endswith(f"{layout.noun} kuvaus") for word in words):
                return layout
        return max(self.layouts, key=shared)

    def of(self, *kinds: str) -> Iterator[Line]:
        """The lines of these kinds."""
        return (line for line in self.lines if line.kind in kinds)

    def start_of(self, *keys: str) -> int | None:
        """The index of the first heading whose section is part of one of these keys."""
        for k, line in enumerate(self.lines):
            if line.kind == "heading" and line.section is not None and line.section.key in keys:
                return k
        return None

    def family_of(self, start: int) -> int:
        """The index behind the section whose heading is at ``start``, and its subsections."""
        number = self.lines[start].number.partition(".")[0]
        for k in range(start + 1, len(self.lines)):
            line = self.lines[k]
            if line.kind == "heading" and line.number.partition(".")[0] != number:
                return k
        return len(self.lines)

    def replaced(self, lines: Iterable[Line]) -> str:
        """The text of other lines, without empty ones at its end."""
        return "\n".join(line.text for line in lines).rstrip("\n")


class _Classifier:
    """Says of each line of a page what it is."""

    def __init__(self, page: Page) -> None:
        self.lines = page.lines
        self.layout = page.layout
        sections = page.layout.sections
        self.numbered = {
            (s.number, _key(title)): s for s in sections for title in (s.title, *s.variants)
        }
        self.titled = {_key(title): s for s in sections for title in (s.title, *s.variants)}
        self.has_numbers = any(self._numbered(line.text) is not None for line in page.lines)
        self.banner = {_key(part) for part in page.layout.banner}
        self.known = {s.number for s in sections}

    def classify(self) -> None:
        section: Section | None = None
        in_front = True
        body: list[Line] = []
        for line in self.lines:
            if not _key(line.text):
                line.kind = "blank"
                body.append(line)
                continue
            found = self._heading(line.text)
            number = found.number if found is not None else self._unknown_number(line.text)
            if found is None and (in_front or not number):
                line.section = section
                if in_front:
                    line.kind = self._front_kind(line.text)
                body.append(line)
                continue
            self._body(section, body)
            line.kind, line.number = "heading", number
            section = line.section = found
            in_front, body = False, []
        self._body(section, body)

    def _numbered(self, text: str) -> Section | None:
        key = _key(text)
        match = _NUMBER.match(key)
        return None if match is None else self.numbered.get((match[1], key[match.end() :]))

    def _heading(self, text: str) -> Section | None:
        found = self._numbered(text)
        if found is None and not self.has_numbers:
            found = self.titled.get(_key(text))
        return found

    def _unknown_number(self, text: str) -> str:
        """The number of what looks like the heading of a section that is not declared."""
        bare = text.strip(" #*")
        match = _NUMBER.match(bare)
        if match is None or match[1] in self.known or len(text) >= 100:
            return ""
        dot = "" if "." in match[1] else self.layout.heading_dot
        is_heading = match[0].rstrip() == match[1] + dot and bare[match.end()].isupper()
        return match[1] if is_heading else ""

    def _front_kind(self, text: str) -> str:
        key = _key(text)
        if key in self.banner or key == " ".join(self.banner):
            return "banner"
        return "title" if key.endswith(f"{self.layout.noun} kuvaus") else "front"

    def _body(self, section: Section | None, lines: list[Line]) -> None:
        content = section.content if section is not None else None
        filled = [line for line in lines if line.kind != "blank"]
        if isinstance(content, Fields):
            self._fields(content.items, filled, "prose")
        elif isinstance(content, Questions):
            self._fields(content.items, filled, "note")
        elif isinstance(content, Scores):
            self._scores(content, filled)

    def _fields(self, items: Sequence[Item], lines: list[Line], otherwise: str) -> None:
        left = list(items)
        rows = False
        for line in lines:
            line.kind = otherwise
            key = _key(line.text.partition(":")[0])
            found = [item for item in left if key in _spellings(item)]
            if not found:
                line.kind = "row" if rows else otherwise
                continue
            item = line.item = found[0]
            left.remove(item)
            rows = isinstance(item, Rows)
            if isinstance(item, Field):
                line.kind = "question" if otherwise == "note" else "field"
                line.take_apart(_LABELLED)
            else:
                line.kind = "rows" if rows else "bare"

    @staticmethod
    def _scores(content: Scores, lines: list[Line]) -> None:
        dimensions = {_key(d.name) for d in content.dimensions}
        aspects = {_key(aspect) for d in content.dimensions for aspect in d.aspects}
        heads = {_key("".join(content.heads)), _key(" ".join(content.heads))}
        for line in lines:
            key = _key(line.text)
            line.kind = "note"
            if key in heads:
                line.kind = "heads"
            elif key in dimensions:
                line.kind = "dimension"
            else:
                line.take_apart(_SCORED)
                if _key(line.label) in aspects:
                    line.kind = "score"


def _spellings(item: Item) -> set[str]:
    return {_key(word) for word in (item.label, *item.variants)}


def declared_words(layouts: Iterable[Layout]) -> Iterator[str]:
    """Every word of the layouts: banners, titles, headings, labels, questions, aspects.

    >>> "Hankekoodi" in set(declared_words(LAYOUTS))
    True
    """
    for layout in layouts:
        yield from layout.banner
        yield from (layout.title(fund) for fund in ("ESR", "EAKR", None))
        for section in layout.sections:
            yield layout.heading(section.number, section.title)
            yield section.title
            content = section.content
            if isinstance(content, Fields | Questions):
                for item in content.items:
                    yield item.label
                    yield from item.variants
            elif isinstance(content, Scores):
                yield "".join(content.heads)
                yield from content.heads
                for dimension in content.dimensions:
                    yield dimension.name
                    yield from dimension.aspects
