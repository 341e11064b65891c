"""As printed: a canonical page recognised whole, and its description made directly.

One pattern, made from the declaration of a layout, matches the page from the first character to
the last; a look at the values and one at the free text decide whether there is anything that
:class:`~esr_parser.reader.TextReader` would read in another way, or report. If there is, or if
there may be, the page is left to it: this module knows nothing of noise, and refuses all of it.

>>> from pathlib import Path
>>> from esr_parser.parser import default_parser
>>> printed = Printed(default_parser()._reader)
>>> page = Path("examples/hanke.txt").read_text(encoding="utf-8")
>>> printed.read(page), printed.read(page.replace("1 Hanke", "1. Hanke"))
(<ProjectDescription S29999 (ESR)>, None)
"""

from __future__ import annotations

import os
import re
import typing
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property
from operator import itemgetter
from typing import Any

import attrs

from esr_parser.grammar import (
    Caption,
    Field,
    Fields,
    Flag,
    Layout,
    Prose,
    Questions,
    Rows,
    Scores,
    Section,
    WordKind,
)
from esr_parser.handlers import SectionHandler, group_of
from esr_parser.lexer import LEAD, NUMBERED, Lexicon
from esr_parser.model import ProjectDescription
from esr_parser.noise import has_entities, is_mojibake
from esr_parser.reader import TextReader, foreign
from esr_parser.text import INVISIBLE, folded, key
from esr_parser.values import TEXT

__all__ = ["Printed"]

_VALUE = "((?! ).++(?<! ))"
_SCORE = "(?:10|[0-9])"
_NEVER = f"\\<\t\r\v\f\x85\u2028\u2029{INVISIBLE}\u0301\u0308\u030a"
"""Line ends, page breaks, escapes, tags, invisible characters, letters with their marks apart."""
_ODD_VALUE = re.compile(
    "[^ -)+-;=?-Z\\]^_a-~\n\u00a1-\u00ac\u00ae-\u017f\u2013\u2014\u2018-\u201e\u2022\u2026\u20ac]"
    "|   |\n_|(?i:jatkuu)"
)
"""Characters that are folded in values, padding, and what editors leave there."""
_REFUSED = frozenset("#|>~`=![:{.")
_NUMERIC = "0123456789("
_ENDS = frozenset("0123456789)-\u2013\u2014")
"""What the number of a page ends in."""
_PAGE_NUMBER = re.compile(
    r"[0-9]\s?(?:/|\(|of\s|von\s)\s?[0-9]{1,4}\)?(?:$|https?:|file:)"
    r"|^(?:(?:sivu|page|s\.|p\.)\s?|[-\u2013\u2014]\s?)[0-9]{1,4}(?:\s?[-\u2013\u2014])?$",
    re.IGNORECASE | re.MULTILINE,
)
_NUMBERING = re.compile(r"\(?[0-9]{1,3}(?:\.[0-9]{1,2}){0,2}(?:[.):]+|\s*[-\u2013\u2014](?=\s))?")
_HEADING = re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,2}){0,2})\.?\s")
_LINKS = re.compile(r"(?:visible|hidden|links?\b|references\b|[0-9]{1,4}\. \S*:)", re.IGNORECASE)
_NEAR = 10
"""A line whose first letters are not those of a declared string is text."""
_TAIL = 12
_FEW = 3
"""So many labels may be printed less often than declared; more are a sign of lines run together."""


class Printed:
    """The canonical pages of a parser's layouts."""

    def __init__(self, reader: TextReader) -> None:
        self._reader = reader
        self._starts = tuple(_starts(layout) for layout in reader.layouts)
        self._pages: dict[int, _Page | None] = {}

    def read(self, text: str) -> ProjectDescription | None:
        """The description of a canonical page about which there is nothing to report.

        Args:
            text: Any text.

        Returns:
            What ``TextReader.read(text).description`` is; ``None`` for every other text.
        """
        for k, starts in enumerate(self._starts):
            if text.startswith(starts):
                if k not in self._pages:
                    page = _Page(self._reader, self._reader.layouts[k])
                    self._pages[k] = page if page.is_clear() else None
                found = self._pages[k]
                return found.read(text) if found is not None else None
        return None


def _starts(layout: Layout) -> tuple[str, ...]:
    """What the layout's pages begin with."""
    titles = [layout.title_of(fund) for fund, _ in layout.funds] if layout.title else []
    return tuple("\n\n".join((*layout.banner, title, "")) for title in titles)


class _Page:
    """One layout's page: its pattern, what each group holds, and how the values become models."""

    def __init__(self, reader: TextReader, layout: Layout) -> None:
        self.reader, self.layout = reader, layout
        self.lines: list[str] = []
        """The printed lines without values."""
        self.count = 0
        self.reads: list[tuple[int, Callable[[str], Any]]] = []
        self.slots: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        """By handler: paths, and the group that holds their values."""
        self.seen: dict[str, list[int]] = {}
        """By handler: the groups of optional headings; ``-1`` for one that is always printed."""
        self.values: list[int] = []
        self.free: list[int] = []
        self.parents: list[int] = []
        self.scores: list[tuple[int, type, list[tuple[str, str, int]]]] = []
        self.labels: Counter[str] = Counter()
        self.twins: dict[str, list[int]] = {}
        pattern = self._pattern()
        self.match = re.compile(pattern).fullmatch
        self.template: list[Any] = []
        self.defaults: list[tuple[int, Any]] = []
        self.steps: list[tuple[int, Callable[..., Any], Callable[[Any], Any]]] = []
        self.customs: list[tuple[int, Callable[[list[Any]], Any]]] = []
        self._score_rows()
        self._plan()
        self.pick_values, self.pick_free = _picker(self.values), _picker(self.free)
        by_shape = [g for g in self.twins.values() if len(g) > 1]
        self.pick_twins = _picker([i for group in by_shape for i in group])
        self.rivals = [
            groups
            for slots in self.slots.values()
            for path in {p for paths, _ in slots for p in paths}
            if len(groups := [i for paths, i in slots if path in paths]) > 1
        ]

    # -- the pattern -------------------------------------------------------------------------------

    def _group(self, where: str = "", *paths: str) -> int:
        """The number of the next group; it holds the values of these paths."""
        if where:
            self.slots.setdefault(where, []).append((paths, self.count))
        self.count += 1
        return self.count - 1

    def _line(self, text: str) -> str:
        self.lines.append(text)
        return re.escape(text)

    def _pattern(self) -> str:
        layout = self.layout
        titles = {layout.title_of(fund): fund for fund, _ in layout.funds}
        self.reads.append((self._group(), titles.get))
        parts = ["".join(f"{self._line(line)}\n\n" for line in layout.banner)]
        parts.append(f"({'|'.join(map(self._line, titles))})")
        for k, section in enumerate(layout.sections):
            heading = self._line(layout.heading(section.number, section.title))
            seen = self._group() if section.optional else -1
            self.seen.setdefault(section.key, []).append(seen)
            body = heading + self._content(section, list(self._headings(k + 1)))
            parts.append(f"(?:(\n\n){body})?+" if section.optional else f"\n\n{body}")
        return "".join(parts) + "\n*"

    def _headings(self, k: int) -> Iterator[str]:
        """The headings that can be the next one."""
        for section in self.layout.sections[k:]:
            yield re.escape(self.layout.heading(section.number, section.title))
            if not section.optional:
                return

    def _content(self, section: Section, ahead: list[str]) -> str:
        content = section.content
        if isinstance(content, Prose):
            i = self._group(section.key, content.path)
            self.free.append(i)
            self.reads.append((i, _stripped))
            if any(s.parent == section.number for s in self.layout.sections):
                self.parents.append(i)
            stop = f"(?!\n(?:{'|'.join(ahead)}))" if ahead else ""
            return f"(?!\n.)((?:\n{stop}.*+)*+)"
        if isinstance(content, Fields):
            return "".join(self._fields(section, content, ahead))
        if isinstance(content, Questions):
            return "\n" + "".join(self._questions(section, content))
        return "\n" + "".join(self._scores(section, content)) if content is not None else ""

    def _fields(self, section: Section, content: Fields, ahead: list[str]) -> Iterator[str]:
        for k, item in enumerate(content.items):
            label = self._line(item.label)
            if isinstance(item, Caption):
                yield f"\n\n{label}"
            elif isinstance(item, Flag):
                self.reads.append((self._group(section.key, item.path), bool))
                yield f"(\n\n{label})?+"
            elif isinstance(item, Rows):
                i = self._group(section.key, item.path)
                self.free.append(i)
                self.reads.append((i, _rows_of(item.type.printed)))
                names = [*_next_labels(content.items[k + 1 :], ahead)]
                stop = f"(?!\n\n(?:{'|'.join(names)}))" if names else ""
                yield f"(\n\n{label}(?:{stop}\n(?:\n.++)++)?+)?+"
            else:
                self._value(section, item, item.paths, is_always=not item.optional)
                value = f" {_VALUE}"
                yield f"(?:\n\n{label}:{value})?+" if item.optional else f"\n\n{label}:(?:{value})?+"

    def _value(
        self, section: Section, item: Field, paths: tuple[str, ...], *, is_always: bool
    ) -> None:
        i = self._group(section.key, *paths)
        self.values.append(i)
        self.twins.setdefault(re.sub("[0-9]+", "9", item.label), []).append(i)
        if item.type != TEXT:
            self.reads.append((i, item.type.printed))
        self.labels[item.label] += is_always and not section.optional

    def _questions(self, section: Section, content: Questions) -> Iterator[str]:
        for k, item in enumerate(content.items):
            self._value(section, item, (f"{item.path}.answer",), is_always=True)
            note = self._note(self._group(section.key, f"{item.path}.explanation"))
            following = [f"{re.escape(q.label)}:" for q in content.items[k + 1 : k + 2]]
            yield f"\n{self._line(item.label)}: {_VALUE}{note(following)}"

    def _scores(self, section: Section, content: Scores) -> Iterator[str]:
        yield f"\n{self._line(''.join(content.heads))}"
        numbers = " ".join([_SCORE] * len(content.columns))
        rows: list[tuple[str, str, int]] = []
        for k, dimension in enumerate(content.dimensions):
            yield f"\n{self._line(dimension.name)}"
            after = [d.name for d in content.dimensions[k + 1 : k + 2]]
            for aspect, following in zip(
                dimension.aspects, [*(f"{a} " for a in dimension.aspects[1:]), *after, ""],
                strict=False,
            ):
                rows.append((dimension.name, aspect, self._group()))
                note = self._note(self._group())
                yield f"\n{self._line(aspect)} ({numbers}){note([re.escape(following)])}"
        self.scores.append((self._group(section.key, content.path), content.row, rows))
        yield "()"

    def _note(self, i: int) -> Callable[[list[str]], str]:
        self.free.append(i)
        self.reads.append((i, _without_first))
        return lambda following: (
            f"((?:\n{''.join(f'(?!{f})' for f in following if f)}.++)++)?+"
        )

    # -- the plan ----------------------------------------------------------------------------------

    def _place(self, value: Any = None) -> int:
        """A further place in the list of values, behind the groups."""
        self.template.append(value)
        return self.count + len(self.template) - 1

    def _score_rows(self) -> None:
        for i, row, rows in self.scores:
            self.customs.append((i, _score_rows(row, rows)))

    def _plan(self) -> None:
        """How the description is made from the groups: models from the inside out."""
        layout, reader = self.layout, self.reader
        extensions: list[tuple[str, int, Callable[[list[Any]], bool]]] = []
        places: dict[str, int] = {
            "fund": 0,
            "programme_period": self._place(layout.period),
            "language": self._place(layout.language),
        }
        for name, seen in self.seen.items():
            handler, slots = reader.handlers[name], self.slots.get(name, [])
            is_own = name in reader.built_in
            if is_own and _is_plain(handler, slots):
                by_path = {paths[0]: i for paths, i in slots}
                places[name] = self._model(handler.model, "", by_path)
                continue
            absent = attrs.fields_dict(ProjectDescription)[name].default if is_own else None
            places[name] = self._place(absent)
            is_seen = _is_seen(seen)
            self.customs.append((places[name], _built(handler, slots, is_seen, absent)))
            if not is_own:
                extensions.append((name, places.pop(name), is_seen))
        if extensions:
            places["extensions"] = self._place()
            self.customs.append((places["extensions"], _mapping(extensions)))
        names = [a.name for a in attrs.fields(ProjectDescription)]
        defaults = {a.name: a.default for a in attrs.fields(ProjectDescription)}
        indices = [places[n] if n in places else self._place(defaults[n]) for n in names]
        self.pick_all = itemgetter(*indices)

    def _model(self, model: type, prefix: str, slots: dict[str, int]) -> int:
        """The place of a model that is made attribute by attribute."""
        if model is str:
            return slots[""]
        hints = typing.get_type_hints(model)
        indices: list[int] = []
        for attribute in attrs.fields(model):
            path = f"{prefix}{attribute.name}"
            inner = group_of(hints[attribute.name])
            if inner is not None:
                indices.append(self._model(inner, f"{path}.", slots))
            elif path in slots:
                indices.append(slots[path])
                if attribute.default is not None:
                    self.defaults.append((slots[path], attribute.default))
            else:
                indices.append(self._place(attribute.default))
        place = self._place()
        self.steps.append((place, model, _picker(indices)))
        return place

    # -- is it clear what such a page says? ----------------------------------------------------------

    @cached_property
    def lexicon(self) -> Lexicon:
        return self.reader.lexicons[self.reader.layouts.index(self.layout)]

    def is_clear(self) -> bool:
        """Whether the other way reads every such page as this one does, whatever is declared."""
        raise NotImplementedError

    # -- reading -----------------------------------------------------------------------------------

    def read(self, text: str) -> ProjectDescription | None:
        """The description of a page, unless anything about it is odd."""
        for c in _NEVER:
            if c in text:
                return None
        match = self.match(text)
        if match is None:
            return None
        groups = match.groups()
        if self._is_odd(groups) or has_entities(text) or is_mojibake(text):
            return None
        if _LINKS.match(text, text.rstrip().rfind("\n") + 1):
            return None
        if self._has_strays("".join(filter(None, self.pick_free(groups)))):
            return None
        return self._description(groups)
