"""A layout's page as one pattern, made from its declaration; the description of what it matches.

>>> from pathlib import Path
>>> from esr_parser.handlers import BUILT_IN_HANDLERS
>>> from esr_parser.layouts import LAYOUT_2014_2020
>>> pattern = Pattern(LAYOUT_2014_2020, {h.key: h for h in BUILT_IN_HANDLERS})
>>> groups = pattern.match(Path("examples/hanke.txt").read_text(encoding="utf-8"))
>>> assert groups
>>> pattern.description(groups)
<ProjectDescription S29999 (ESR)>
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import pairwise
from typing import Any

from esr_parser import remarks
from esr_parser.contradictions import contradiction
from esr_parser.grammar import (
    Field,
    Fields,
    Flag,
    Item,
    Layout,
    Prose,
    Questions,
    Rows,
    Scores,
    Section,
)
from esr_parser.handlers import BUILT_IN_KEYS, SectionHandler
from esr_parser.model import ProjectDescription
from esr_parser.text import HYPHENS
from esr_parser.values import TEXT

_SCORE = "(?:10|[0-9])"
_BEGINNING = 12
"""A line that begins with so many letters of a declared string may be that string."""

Groups = Sequence[Any]
_Read = Callable[[str], Any]


class Pattern:
    """One layout's page as a pattern: what each group holds, and how the values become models."""

    def __init__(self, layout: Layout, handlers: Mapping[str, SectionHandler[Any]]) -> None:
        self.layout: Layout = layout
        self.handlers: Mapping[str, SectionHandler[Any]] = handlers
        self.lines: list[tuple[str, str]] = []
        """Each printed line as an example, and its declared string."""
        self.labels: Counter[str] = Counter()
        """How often each label is there at least."""
        self.heads: dict[str | None, int] = {}
        """The groups of the headings, by number; -1 for one that is always printed."""
        self.values: list[int] = []
        """The groups of values behind labels."""
        self.free: list[int] = []
        """The groups of text: prose, explanations, rows of lists."""
        self.prose: list[int] = []
        """The groups of prose alone."""
        self.twins: dict[str, list[int]] = {}
        """The groups of values whose labels differ in a number alone."""
        self._count = 0
        self._reads: list[tuple[int, _Read]] = []
        self._slots: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        """By handler: paths, and the group of their value."""
        self._rows: dict[str, list[tuple[Scores, list[tuple[str, str, int]]]]] = {}
        """By handler: rows of scores, each with the group of its numbers."""
        self._parents: dict[str, int] = {}
        """The groups of the text above subsections, by section."""
        self._match = re.compile(self._pattern()).fullmatch
        self._rivals = [group for slots in self._slots.values() for group in _rivals(slots)]
        heads = [(s, self.heads[s.number], self.heads.get(s.parent, -1)) for s in layout.sections]
        # A section that may be absent, and a part of it; text above subsections, and one of them.
        self._nested = [(above, head) for _, head, above in heads if above >= 0]
        above = self._parents
        self._children = [(above[s.parent], k) for s, k, _ in heads if s.parent in above and k >= 0]
        seen: dict[str, list[int]] = {}
        for section, head, _ in heads:
            seen.setdefault(section.key, []).append(head)
        self._builders = [(name, groups, self._builder(name)) for name, groups in seen.items()]

    def match(self, text: str) -> Groups | None:
        """What the groups hold, if the text is such a page."""
        match = self._match(text)
        return match.groups() if match is not None else None

    def description(self, groups: Groups) -> ProjectDescription | None:
        """The description of a match; ``None`` if a value or the place of a section is odd."""
        v = list(groups)
        for i, read in self._reads:
            if (text := v[i]) is not None:
                if (value := read(text)) is None:
                    return None
                v[i] = value
        for i in self._parents.values():
            v[i] = v[i] or None
        for group in self._rivals:
            if sum(v[i] is not None for i in group) > 1:
                return None
        if self._lacks_heading(v):
            return None
        parts: dict[str, Any] = {}
        extensions: dict[str, Any] = {}
        for name, seen, values_of in self._builders:
            if -1 in seen or any(v[i] is not None for i in seen):
                values = values_of(v)
                if contradiction(name, values.get) is not None:
                    return None
                kept = parts if name in BUILT_IN_KEYS else extensions
                kept[name] = self.handlers[name].build(values)
        return ProjectDescription(
            fund=v[0],
            programme_period=self.layout.period,
            language=self.layout.language,
            extensions=extensions,
            **parts,
        )

    def _lacks_heading(self, v: list[Any]) -> bool:
        """Whether a subsection has no heading above it, or its text is above the first one."""
        if any((i < 0 or v[i] is not None) and v[parent] is None for parent, i in self._nested):
            return True
        return any(v[i] and v[k] is not None for i, k in self._children)

    def _builder(self, name: str) -> Callable[[list[Any]], dict[str, Any]]:
        """A function: the values of a handler by path, from what the groups hold."""
        slots = self._slots.get(name, [])
        single = [(paths[0], i) for paths, i in slots if len(paths) == 1]
        several = [(paths, i) for paths, i in slots if len(paths) > 1]
        tables = self._rows.get(name, [])

        def values_of(v: list[Any]) -> dict[str, Any]:
            values = {path: v[i] for path, i in single if v[i] is not None}
            for paths, i in several:
                if v[i] is not None:
                    values.update(zip(paths, v[i], strict=True))
            for content, rows in tables:
                values[content.path] = tuple(
                    [content.row(d, a, *_numbers(v[i]), v[i + 1][1:] or None) for d, a, i in rows]
                )
            return values

        return values_of

    # -- the pattern, and what its groups hold ----------------------------------------------------

    def _group(self, section: Section, *paths: str) -> int:
        """The number of the next group, which holds the values of these paths."""
        self._slots.setdefault(section.key, []).append((paths, self._next()))
        return self._count - 1

    def _next(self) -> int:
        self._count += 1
        return self._count - 1

    def _line(self, text: str, example: str = "") -> str:
        self.lines.append((example or text, text))
        return re.escape(text)

    def _pattern(self) -> str:
        layout = self.layout
        titles = {layout.title_of(fund): fund for fund, _ in layout.funds}
        self._reads.append((self._next(), titles.get))
        banner = "".join(f"{self._line(line)}\n\n" for line in layout.banner)
        parts = [f"{banner}({'|'.join(map(self._line, titles))})"]
        heads, headings = self.heads, [layout.heading(s.number, s.title) for s in layout.sections]
        for k, section in enumerate(layout.sections):
            heads[section.number] = self._next() if section.optional else -1
            self.lines.append((headings[k], section.title))
            ahead = _ahead(layout.sections[k + 1 :], headings[k + 1 :])
            body = re.escape(headings[k]) + self._content(section, ahead)
            parts.append(f"(?:(\n\n){body})?+" if section.optional else f"\n\n{body}")
        return "".join(parts) + "\n*"

    def _behind(self, section: Section) -> tuple[Section, ...]:
        return self.layout.sections[self.layout.sections.index(section) + 1 :]

    def _content(self, section: Section, ahead: list[str]) -> str:
        content = section.content
        if isinstance(content, Prose):
            i = self._group(section, content.path)
            self.free.append(i)
            self.prose.append(i)
            is_last = all(s.optional for s in self._behind(section))
            self._reads.append((i, partial(_prose, is_last=is_last)))
            if any(s.parent == section.number for s in self.layout.sections):
                self._parents[section.number] = i
            stop = _unless("\n", ahead)
            return f"(?!\n.)((?:\n{stop}.*+)*+)"
        if isinstance(content, Fields):
            return "".join(self._fields(section, content, ahead))
        if isinstance(content, Questions):
            return "\n" + "".join(self._questions(section, content))
        return "\n" + "".join(self._scores(section, content)) if content is not None else ""

    def _fields(self, section: Section, content: Fields, ahead: list[str]) -> Iterator[str]:
        for k, item in enumerate(content.items):
            if isinstance(item, Field):
                line = f"\n\n{self._label(section, item, *item.paths)}:"
                value = f" {_unless('', [item.label])}(.++)"
                yield f"(?:{line}{value})?+" if item.optional else f"{line}(?:{value})?+"
                continue
            label = f"\n\n{self._line(item.label)}"
            if isinstance(item, Flag):
                self._reads.append((self._group(section, item.path), bool))
                yield f"({label})?+"
            elif isinstance(item, Rows):
                i = self._group(section, item.path)
                self.free.append(i)
                self._reads.append((i, partial(_rows, item.type.printed, content.captions)))
                rest = content.items[k + 1 :]
                after = _unless("\n\n", [*_ahead(rest, [x.label for x in rest]), *ahead])
                yield f"(?:{label}((?:{after}\n(?:\n.++)++)?+))?+"
            else:
                yield label

    def _label(self, section: Section, item: Field, *paths: str) -> str:
        i = self._group(section, *paths)
        self.values.append(i)
        self.twins.setdefault(re.sub("[0-9]+", "9", item.label), []).append(i)
        self.labels[item.label] += not (item.optional or section.optional)
        if item.path == "planned_period" and item.type.fast is not None:
            self._reads.append((i, item.type.fast))  # with one day, it is looked at more closely
        elif item.type != TEXT:
            self._reads.append((i, item.type.printed))
        elif section.key in BUILT_IN_KEYS:
            self._reads.append((i, partial(_text, f"{section.key}.{item.path}")))
        return self._line(item.label, f"{item.label}: x")

    def _questions(self, section: Section, content: Questions) -> Iterator[str]:
        for item, following in zip(content.items, [*content.items[1:], None], strict=True):
            label = self._label(section, item, f"{item.path}.answer")
            i = self._group(section, f"{item.path}.explanation")
            self.free.append(i)
            self._reads.append((i, partial(_explanation, item.type.reads)))
            after = _unless("", [following.label] if following else [])
            yield f"\n{label}:(?: (.++)((?:\n{after}.++)++)?+)?+"

    def _scores(self, section: Section, content: Scores) -> Iterator[str]:
        columns = len(content.heads)
        lines = [(d.name, a) for d in content.dimensions for a in ("", *d.aspects)]
        rows: list[tuple[str, str, int]] = []
        self._rows.setdefault(section.key, []).append((content, rows))
        yield f"\n{self._line(''.join(content.heads))}"
        for (dimension, aspect), (name, following) in zip(
            lines, [*lines[1:], ("", "")], strict=True
        ):
            if not aspect:
                yield f"\n{self._line(dimension)}"
                continue
            rows.append((dimension, aspect, self._next()))
            i = self._next()
            self.free.append(i)
            is_last = not name and all(s.optional for s in self._behind(section))
            self._reads.append((i, partial(_note, is_last=is_last)))
            label = self._line(aspect, f"{aspect} {' '.join('1' * columns)}")
            after = _unless("", [following or name] if name else [])
            yield f"\n{label} ({' '.join([_SCORE] * columns)})((?:\n{after}.++)*+)"


def _rivals(slots: list[tuple[tuple[str, ...], int]]) -> Iterator[list[int]]:
    """The groups of each path that has several."""
    counts = Counter(path for paths, _ in slots for path in paths)
    return ([i for p, i in slots if path in p] for path in counts if counts[path] > 1)


def _unless(before: str, texts: list[str]) -> str:
    """A pattern: what follows does not begin as one of some texts."""
    begins = "|".join(re.escape(text[:_BEGINNING]) for text in texts)
    return f"(?!{before}(?:{begins}))" if texts else ""


def _ahead(things: Sequence[Section | Item], texts: Sequence[str]) -> list[str]:
    """The texts that can be the next one: up to the first that is always there."""
    last = next((k for k, thing in enumerate(things) if not thing.optional), len(things))
    return [*texts[: last + 1]]


def _explanation(reads: Callable[[str], bool], text: str) -> str | None:
    """The text below an answer, unless it begins with a second one."""
    text = text[1:]
    is_odd = remarks.note_mark(text) is not None or remarks.begins_with_answer(text, reads)
    return None if is_odd else text


def _note(text: str, *, is_last: bool) -> str | None:
    """The text below scores, if there is any."""
    return text if not text or remarks.note_mark(text[1:], is_last=is_last) is None else None


def _text(path: str, text: str) -> str | None:
    return text if remarks.misplaced(text, path) is None else None


def _prose(text: str, *, is_last: bool) -> str | None:
    text = text.strip("\n")
    return text if remarks.prose_oddity(text, is_last=is_last) is None else None


def _rows(
    read: Callable[[str], Any], captions: tuple[str, ...], text: str
) -> tuple[Any, ...] | None:
    lines = text.split("\n")[2:]
    found = tuple(map(read, lines))
    is_odd = (
        None in found
        or any(x[-1] in HYPHENS or "|" in x or x.startswith(captions) for x in lines)
        or any(map(remarks.has_row_marks, lines))
        or remarks.without_numbers(lines) is not None
        or any(row == below for row, below in pairwise(found))
    )
    return None if is_odd else found


@cache
def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split()))
