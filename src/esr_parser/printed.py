"""As printed: a canonical page recognised whole, and its description made directly.

One pattern, made from the declaration of a layout, matches the page from its first character to
its last. A look at the values and one at the free text then decide whether there is anything that
:class:`~esr_parser.reader.TextReader` would read in another way, or report. If there is, or if
there may be, the page is left to it: this module knows noise only to refuse it.

>>> from pathlib import Path
>>> from esr_parser.parser import default_parser
>>> printed = Printed(default_parser()._reader)
>>> page = Path("examples/hanke.txt").read_text(encoding="utf-8")
>>> printed.read(page), printed.read(page.replace("1 Hanke", "1. Hanke"))
(<ProjectDescription S29999 (ESR)>, None)
"""

from __future__ import annotations

import re
import typing
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import pairwise
from operator import itemgetter
from typing import Any

import attrs

from esr_parser.foreign import foreign
from esr_parser.grammar import (
    Caption,
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
    WordKind,
)
from esr_parser.handlers import BUILT_IN_HANDLERS, BUILT_IN_KEYS, SectionHandler
from esr_parser.lexicon import NUMBERED
from esr_parser.model import ProjectDescription
from esr_parser.noise import has_entities, is_mojibake
from esr_parser.reader import TextReader
from esr_parser.remarks import (
    BUTTONS,
    NULLS,
    REMARKS,
    UNREAD_SIGNS,
    has_row_marks,
    oddity,
    prose_oddity,
)
from esr_parser.text import HYPHENS, INVISIBLE_SIGNS, LEAD, WIDE_SPACES, folded, key, places_of
from esr_parser.values import TEXT

__all__ = ["Printed"]

# In values: no characters that are folded, no marks of lists, no ends that editors and programs
# leave (`Kettu Oy;`, `Kettu Oy -`, `3.58E+08`, `358000000000.0`, `Kettu...`).
_VALUE = (
    "((?![ '_]|[(](?![0-9]+[)] [0-9])|[-\u2022\u2013] )"
    '[ -"$&-)+-:=?-Z\\]_a-z\u00a1-\u00ac\u00ae-\u00b1\u00b4\u00b5\u00b7\u00b8\u00ba-\u00c1'
    "\u00c4-\u017f\u2013\u2014\u2018-\u201e\u2022\u2026\u20ac]++(?<![ \u2026])"
    r"(?:(?<![-+.0-9])|(?<! [-+])(?<!\.\.\.|[0-9]E[89]|[Ee]\+[0-9])"
    r"(?<![0-9]E1[01]|[Ee]\+[0-9]{2})(?<![0-9]{4}\.0)))"
)
_SCORE = "(?:10|[0-9])"
# Escapes, tags, strokes, line ends but line feeds, invisible characters, marks of letters apart.
_NEVER = f"\\<~{{\u2588\r\v\f\x85\u2028\u2029{INVISIBLE_SIGNS}{UNREAD_SIGNS}\u0301\u0308\u030a"
# In values: what may be odd, by :func:`~esr_parser.remarks.oddity`.
_RARE = (
    *("TODO", "HUOM", "XXX", "// ", "_x", "?", "="),
    *(f"{button}\n" for button in BUTTONS if button[-1].isalpha()),
)
_REMARK = re.compile(rf"\((?i:cid:|{'|'.join(re.escape(x[1:]) for x in REMARKS)})").search
_MARKS = frozenset(
    f"{LEAD}0123456789({{.:\xa0\u1680\u202f\u205f\u3000\x1c\x1d\x1e\x1f"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
)
_REFUSED = frozenset("#|>~`=![:{.")
_DIGITS = frozenset("0123456789")
_ENDS = frozenset("0123456789)-\u2013\u2014")
_PAGE_OF = re.compile(r"[0-9]\s?(?:/|\(|of\s|von\s)\s?[0-9]{1,4}\)?$", re.IGNORECASE)
_PAGE = re.compile(
    r"(?:(?:sivu|page|s\.|p\.)\s?|[-\u2013\u2014]\s?)[0-9]{1,4}(?:\s?[-\u2013\u2014])?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,2}){0,2})\.?\s+(\w)")
_ENTITY = re.compile("&[#A-Za-z0-9]+;")
_ONLY_NUMBERS = re.compile(r"(?:[0-9]{1,2}(?:[\s|]+[0-9]{1,2})*)?")
_TWICE = re.compile(r"(\S.+?)\s*[,;/|]?\s*\1")
_LINKS = re.compile(r"(?:visible|hidden|links?\b|references\b|[0-9]{1,4}\. \S*:)", re.IGNORECASE)
# The address that a browser prints, behind the number of the page.
_ADDRESS_AT_NUMBER = [
    f"{end}{scheme}" for end in "0123456789)" for scheme in ("http", "https", "file")
]
_NEAREST = 24
"""A line whose first letters, so many, are not those of a declared string is text."""
_LONGEST_ANSWER = 12
_FEW = 3
"""More labels than that which may be there less often than declared look like glued lines."""
_ABSENT = object()

Groups = Sequence[Any]


class Printed:
    """The canonical pages of a reader's layouts; patterns are made when they are first needed."""

    def __init__(self, reader: TextReader) -> None:
        self._reader = reader
        self._starts = [_starts(layout) for layout in reader.layouts]
        self._pages: dict[int, _Page | None] = {}

    def read(self, text: str) -> ProjectDescription | None:
        """The description of a canonical page about which there is nothing to report.

        Args:
            text: Any text.

        Returns:
            What ``TextReader.read(text).description`` is; ``None`` for every other text, and for
            some pages that only might hold more than what is printed.
        """
        for k, starts in enumerate(self._starts):
            if text.startswith(starts):
                if k not in self._pages:
                    page = _Page(self._reader, k)
                    self._pages[k] = page if page.is_clear() else None
                found = self._pages[k]
                return found.read(text) if found is not None else None
        return None


def _starts(layout: Layout) -> tuple[str, ...]:
    titles = [layout.title_of(fund) for fund, _ in layout.funds] if layout.title else []
    return tuple("\n\n".join((*layout.banner, title, "")) for title in titles)


class _Page:
    """One layout's page: its pattern, what each group holds, and how the values become models."""

    def __init__(self, reader: TextReader, number: int) -> None:
        self.reader, self.layout = reader, reader.layouts[number]
        self.lexicon = reader.lexicon(number)
        others = (word for x in reader.layouts if x is not self.layout for word in x.words())
        self.foreign_titles = [word.text for word in others if word.kind is WordKind.TITLE]
        self.count = 0
        self.lines: list[tuple[str, str]] = []
        """Each printed line as an example, and its declared string."""
        self.heads: dict[str | None, int] = {}
        """The groups of the headings, by number; -1 for one that is always printed."""
        self.titles: dict[str, tuple[int, str, Callable[[str], Any]]] = {}
        """How to find a title inside text: the group of its heading, a long word, and all of it."""
        self.labels: Counter[str] = Counter()
        """How often each label is there at least."""
        self.reads: list[tuple[int, Callable[[str], Any], Callable[[str], Any]]] = []
        self.slots: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        """By handler: paths, and the place of their value."""
        self.seen: dict[str, list[int]] = {}
        """By handler: the groups of its optional headings, -1 for one that is always printed."""
        self.nested: list[tuple[int, int]] = []
        """The groups of two headings: of a section that may be absent, and of a part of it."""
        self.values: list[int] = []
        self.free: list[int] = []
        self.parents: dict[str, int] = {}
        """The groups of the text above subsections, by section."""
        self.rows: list[tuple[str, Scores, list[tuple[str, str, int]]]] = []
        self.twins: dict[str, list[int]] = {}
        self.match = re.compile(self._pattern()).fullmatch
        self.template: list[Any] = []
        self.customs: list[tuple[int, Callable[[Groups], Any]]] = []
        self.defaults: list[tuple[int, Any]] = []
        self.models: list[tuple[int, Callable[..., Any], Callable[[Groups], Any]]] = []
        self.rivals: list[list[int]] = []
        self._plan()
        self._prepare()

    # -- the pattern, and what its groups hold ----------------------------------------------------

    def _group(self, section: Section, *paths: str) -> int:
        """The number of the next group, which holds the values of these paths."""
        self.slots.setdefault(section.key, []).append((paths, self._next()))
        return self.count - 1

    def _next(self) -> int:
        self.count += 1
        return self.count - 1

    def _line(self, text: str, example: str = "") -> str:
        self.lines.append((example or text, text))
        return re.escape(text)

    def _pattern(self) -> str:
        layout = self.layout
        titles = {layout.title_of(fund): fund for fund, _ in layout.funds}
        self._read(self._next(), titles.get)
        banner = "".join(f"{self._line(line)}\n\n" for line in layout.banner)
        parts = [f"{banner}({'|'.join(map(self._line, titles))})"]
        heads = self.heads
        for k, section in enumerate(layout.sections):
            heads[section.number] = self._next() if section.optional else -1
            self.seen.setdefault(section.key, []).append(heads[section.number])
            if heads.get(section.parent, -1) >= 0:
                self.nested.append((heads[section.parent], heads[section.number]))
            heading = layout.heading(section.number, section.title)
            self.lines.append((heading, section.title))
            body = re.escape(heading) + self._content(section, list(self._headings(k + 1)))
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
            i = self._group(section, content.path)
            self.free.append(i)
            behind = self.layout.sections[self.layout.sections.index(section) + 1 :]
            self._read(i, partial(_prose, is_last=all(s.optional for s in behind)))
            if any(s.parent == section.number for s in self.layout.sections):
                self.parents[section.number] = i
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
                line = f"\n\n{self._label(section, item, not item.optional, *item.paths)}:"
                yield f"(?:{line} {_VALUE})?+" if item.optional else f"{line}(?: {_VALUE})?+"
                continue
            label = f"\n\n{self._line(item.label)}"
            if isinstance(item, Flag):
                self._read(self._group(section, item.path), bool)
                yield f"({label})?+"
            elif isinstance(item, Rows):
                i = self._group(section, item.path)
                self.free.append(i)
                self._read(i, _rows_of(item.type.printed))
                after = _unless("\n\n", [*_labels_ahead(content.items[k + 1 :]), *ahead])
                yield f"(?:{label}((?:{after}\n(?:\n.++)++)?+))?+"
            else:
                yield label

    def _label(self, section: Section, item: Field, is_always: bool, *paths: str) -> str:
        i = self._group(section, *paths)
        self.values.append(i)
        self.twins.setdefault(re.sub("[0-9]+", "9", item.label), []).append(i)
        self.labels[item.label] += is_always and not section.optional
        if item.type != TEXT:
            self.reads.append((i, item.type.fast or item.type.printed, item.type.printed))
        return self._line(item.label, f"{item.label}: x")

    def _questions(self, section: Section, content: Questions) -> Iterator[str]:
        for item, following in zip(content.items, [*content.items[1:], None], strict=True):
            label = self._label(section, item, True, f"{item.path}.answer")
            i = self._group(section, f"{item.path}.explanation")
            self.free.append(i)
            self._read(i, partial(_explanation, item.type.parse))
            after = _unless("", [f"{re.escape(following.label)}:"] if following else [])
            yield f"\n{label}:(?: {_VALUE}((?:\n{after}.++)++)?+)?+"

    def _scores(self, section: Section, content: Scores) -> Iterator[str]:
        columns = len(content.columns)
        lines = [(d.name, a) for d in content.dimensions for a in ("", *d.aspects)]
        rows: list[tuple[str, str, int]] = []
        self.rows.append((section.key, content, rows))
        yield f"\n{self._line(''.join(content.heads))}"
        for (dimension, aspect), (name, following) in zip(
            lines, [*lines[1:], ("", "")], strict=True
        ):
            if not aspect:
                yield f"\n{self._line(dimension)}"
                continue
            rows.append((dimension, aspect, self._next()))
            self.free.append(self._next())
            label = self._line(aspect, f"{aspect} {' '.join('1' * columns)}")
            after = _unless("", [re.escape(following or name)] if name else [])
            yield f"\n{label} ({' '.join([_SCORE] * columns)})((?:\n{after}.++)*+)"

    def _read(self, i: int, read: Callable[[str], Any]) -> None:
        self.reads.append((i, read, read))

    # -- how the description is made --------------------------------------------------------------

    def _place(self, value: Any = None) -> int:
        """A place behind the groups in the list of values."""
        self.template.append(value)
        return self.count + len(self.template) - 1

    def _plan(self) -> None:
        reader, layout = self.reader, self.layout
        for name, content, rows in self.rows:
            place = self._place()
            self.slots.setdefault(name, []).append(((content.path,), place))
            self.customs.append((place, _impacts(content.row, rows)))
        defaults = {a.name: a.default for a in attrs.fields(ProjectDescription)}
        places = {"fund": 0}
        extensions: list[tuple[str, int]] = []
        for name, seen in self.seen.items():
            handler, slots = reader.handlers[name], self.slots.get(name, [])
            counts = Counter(path for paths, _ in slots for path in paths)
            self.rivals += [
                [i for p, i in slots if path in p] for path in counts if counts[path] > 1
            ]
            by_path = {paths[0]: i for paths, i in slots if len(paths) == 1}
            if handler in BUILT_IN_HANDLERS and len(by_path) == len(slots):
                places[name] = self._model(handler.model, "", by_path)
                continue
            absent = defaults.get(name, _ABSENT)
            place = self._place()
            self.customs.append((place, _built(handler, slots, seen, absent)))
            if name in BUILT_IN_KEYS:
                places[name] = place
            else:
                extensions.append((name, place))
        if extensions:
            places["extensions"] = self._place()
            self.customs.append((places["extensions"], _mapping(extensions)))
        defaults |= {"programme_period": layout.period, "language": layout.language}
        self.pick = itemgetter(
            *(places.get(n, -1) if n in places else self._place(d) for n, d in defaults.items())
        )

    def _model(self, model: type, prefix: str, slots: dict[str, int]) -> int:
        """The place of a built-in model, which is made attribute by attribute."""
        if model is str:
            return slots[""]
        hints = typing.get_type_hints(model)
        indices: list[int] = []
        for attribute in attrs.fields(model):
            path = f"{prefix}{attribute.name}"
            if path in slots:
                indices.append(slots[path])
                if attribute.default is not None:
                    self.defaults.append((slots[path], attribute.default))
            elif any(other.startswith(f"{path}.") for other in slots):
                indices.append(self._model(hints[attribute.name], f"{path}.", slots))
            else:
                indices.append(self._place(attribute.default))
        place = self._place()
        self.models.append((place, model, _picker(indices)))
        return place

    # -- what is not as printed -------------------------------------------------------------------

    def _prepare(self) -> None:
        """What the looks at values and free text need."""
        lexicon, sections = self.lexicon, self.layout.sections
        self.pick_values, self.pick_free = _picker(self.values), _picker(self.free)
        self.pick_twins = _picker(
            [i for group in self.twins.values() if len(group) > 1 for i in group]
        )
        self.known = tuple(map(key, lexicon.labels))
        self.printed = {s.number for s in sections if not s.optional}
        heads = ((s.parent, self.heads[s.number]) for s in sections if s.optional)
        self.children = [(self.parents[p], k) for p, k in heads if p in self.parents]
        self.size = lexicon.size
        self.starts = {x.replace(" ", c) for x in lexicon.starts for c in (" ", *WIDE_SPACES)}
        ends = {x.title.rpartition(" ")[2].casefold() for x in self.reader.layouts if x.title}
        self.title_ends = tuple(ends)
        lasts = "".join(end[-1] for end in ends)
        self.ends = _ENDS | frozenset(f"{lasts}{lasts.upper()}{LEAD}")
        numbers = "|".join(n for n in self.printed if "." not in n)
        self.nearest = {k[:_NEAREST] for k in lexicon.keys}
        self.item = re.compile(rf"[-*+\u2013\u2022] |(?:{numbers})[.)] ").match
        # Labels and headings inside a line are looked for where they may be missing elsewhere.
        self.rare = [x for x, words in lexicon.labels.items() if len(words) > self.labels[x]]
        lines = (w.text for w in self.layout.words() if isinstance(w.item, Flag | Rows))
        self.marks = ("''", "HYPERLINK", *self.rare, *lines)
        self.tails = (*(x.split()[-1] for x in self.rare), *_ADDRESS_AT_NUMBER, "(cid")
        always = {s.title for s in sections if not s.optional}
        for kind, (word, *_), number in lexicon.exact.values():
            if kind is WordKind.HEADING and number and word.text not in always:
                group = self.heads[number] if word.text == word.declared else -1
                for text in (word.text, word.text.upper()):
                    pattern = r"\s+".join(map(re.escape, text.split()))
                    find = re.compile(pattern).search
                    self.titles[text] = group, max(text.split(), key=len), find

    def is_clear(self) -> bool:
        """Whether such pages mean the same to the other way, whatever it is that is declared."""
        lexicon, sections = self.lexicon, self.layout.sections
        lines = [line for line, _ in self.lines]
        fixed = [text for line, text in self.lines if line != f"{text}: x"]
        counts = Counter(type(s.content) for s in sections)
        questions = sum(len(s.content.items) for s in sections if isinstance(s.content, Questions))
        return (
            all(map(self._is_known, self.lines))
            and len(set(fixed)) == len(fixed)
            and questions * 2 <= sum(self.labels.values())
            and counts[Scores]
            == sum(isinstance(s.content, Scores) and not s.optional for s in sections)
            and sum(len(lexicon.labels[label]) > 1 for label in self.rare) <= _FEW
            and not any(map(_is_ambiguous, sections))
            and foreign(lines[0]) is None
            and not any(title in line for title in self.foreign_titles for line in lines)
        )

    def _is_known(self, pair: tuple[str, str]) -> bool:
        line, text = pair
        found = self.lexicon.meaning(line) if text else None
        return (
            found is not None
            and all(word.declared == text for word in found[1])
            and (
                line in self.lexicon.exact
                or text in self.lexicon.labels
                or text in self.lexicon.aspects
            )
            and (line[0].isalpha() or line in self.lexicon.exact)
            and (
                ":" not in text
                or (
                    line in self.lexicon.exact and text.partition(":")[0] not in self.lexicon.labels
                )
            )
            and line == " ".join(folded(line).split())
            and not _is_page_number(line)
        )

    def _is_odd(self, texts: list[str]) -> bool:
        """Whether a value may be read in another way, or be reported."""
        if not NULLS.isdisjoint(texts):
            return True
        values = "\n".join([*texts, ""])
        if any(map(values.__contains__, _RARE)) and any(map(oddity, texts)):
            return True
        if "   " in values or _REMARK(values) or ("&" in values and _ENTITY.search(values)):
            return True
        if any(map(values.__contains__, self.marks)):
            return True
        parts = values.replace("://", "").split(":")
        if any(key(part[-self.lexicon.longest :]).endswith(self.known) for part in parts[:-1]):
            return True
        for text in texts:
            if text.find(text[:2], max(2, len(text) // 2)) > 0 and _TWICE.fullmatch(text):
                return True
        return False

    def _has_strays(self, free: str) -> bool:
        """Whether a line of free text may be structure, in any spelling, or noise."""
        starts, size, ends = self.starts, self.size, self.ends
        lines = free.split("\n")
        is_text = self.lexicon.is_text
        begun = [x for x in lines if x[:1] in _MARKS or (x[:size] in starts and not is_text(x))]
        ended = [x for x in lines if x[-1:] in ends]
        tails = "\n".join([x[-20:] for x in ended]).casefold()
        return (
            sum(map(_is_page_number, ended)) > 1
            or any(map(tails.__contains__, self.title_ends))
            or sum(line[0] == '"' for line in begun) > 2
            or any(map(self._is_stray, begun))
        )

    def _has_glued(self, text: str, groups: Groups) -> bool:
        """Whether there may be declared strings inside the lines, where they are looked for."""
        return (
            any(text.endswith(self.tails, 0, at) for at in places_of(text, ":"))
            or (any(map(text.__contains__, self.title_ends)) and self.reader.has_title(text))
            or any(
                (group < 0 or groups[group] is None) and word in text and find(text)
                for group, word, find in self.titles.values()
            )
        )

    def _is_stray(self, line: str) -> bool:
        if line[0] in _MARKS and (item := self.item(line)):
            # Behind a number, the other way knows a declared string by its letters alone.
            rest = line[item.end() :]
            is_known = rest[: self.size] in self.starts or line[0].isdigit()
            if rest[:1] not in _MARKS and (self.lexicon.is_text(rest) or not is_known):
                return False
        line = folded(line[: self.lexicon.longest + 99]).strip()
        core = line.lstrip(LEAD)
        if _ONLY_NUMBERS.fullmatch(core) or not _REFUSED.isdisjoint(
            line[: len(line) - len(core) + 1]
        ):
            return True
        number = _NUMBERED.match(core)
        if number and number[2].isupper() and number[1] not in self.printed:
            return True
        start = key(core[: 2 * _NEAREST])[:_NEAREST]
        if len(start) == _NEAREST and start.isalpha() and start not in self.nearest:
            return False
        found = self.lexicon.meaning(core)
        return not (
            found is None
            or (found[0] is NUMBERED and found[2][0] in self.printed)
            or (
                found[0] is WordKind.ASPECT
                and isinstance(found[2], str)
                and found[2].lstrip(": ")[:1].isalpha()
            )
        )

    # -- reading ----------------------------------------------------------------------------------

    def read(self, text: str) -> ProjectDescription | None:
        """The description of a page, unless anything about it may be odd."""
        match = self.match(text)
        if match is None:
            return None
        groups = match.groups()
        values = list(filter(None, self.pick_values(groups)))
        if self._is_odd(values) or any(map(_is_page_number, filter(None, self.pick_twins(groups)))):
            return None
        end = text.rstrip()
        last = folded(end[end.rfind("\n") + 1 :][:60]).strip()
        if has_entities(text) or is_mojibake(text) or _LINKS.match(last) or _is_page_number(last):
            return None
        free = "".join(filter(None, self.pick_free(groups)))
        for character in _NEVER:
            if character in free:
                return None
        if self._has_strays(free) or self._has_glued("\n".join([*values, free]), groups):
            return None
        return self._description(groups)

    def _description(self, groups: Groups) -> ProjectDescription | None:
        v = [*groups, *self.template]
        for i, quick, read in self.reads:
            text = v[i]
            if text is not None:
                value = quick(text)
                if value is None and (value := read(text)) is None:
                    return None
                v[i] = value
        for i in self.parents.values():
            v[i] = v[i] or None
        for group in self.rivals:
            if sum(v[i] is not None for i in group) > 1:
                return None
        if self._lacks_heading(v):
            return None
        for i, make in self.customs:
            v[i] = make(v)
        for i, default in self.defaults:
            if v[i] is None:
                v[i] = default
        for i, model, pick in self.models:
            v[i] = model(*pick(v))
        description = ProjectDescription(*self.pick(v))
        return description if self._is_of_title(description) else None

    def _lacks_heading(self, v: list[Any]) -> bool:
        """Whether a subsection has no heading above it, or its text is above the first one."""
        if any((i < 0 or v[i] is not None) and v[parent] is None for parent, i in self.nested):
            return True
        return any(v[i] and v[k] is not None for i, k in self.children)

    def _is_of_title(self, description: ProjectDescription) -> bool:
        code = getattr(description.project, "code", None)
        fund, period = self.reader.fund_and_period(code, self.layout)
        return fund is None or (fund, period) == (description.fund, self.layout.period)


def _is_page_number(line: str) -> bool:
    is_number = line[-1:] in _ENDS and not _DIGITS.isdisjoint(line[-3:]) and not line.isdigit()
    return is_number and bool(_PAGE_OF.search(line[-16:]) or _PAGE.fullmatch(line))


def _unless(before: str, patterns: list[str]) -> str:
    return f"(?!{before}(?:{'|'.join(patterns)}))" if patterns else ""


def _is_ambiguous(section: Section) -> bool:
    """Whether a label that may be missing comes twice in a section."""
    items = section.content.items if isinstance(section.content, Fields) else ()
    counts = Counter(item.label for item in items)
    always = [
        i.label
        for i in items
        if isinstance(i, Caption) or (isinstance(i, Field) and not i.optional)
    ]
    return any(count > 1 and always.count(label) < count for label, count in counts.items())


def _labels_ahead(items: Sequence[Item]) -> Iterator[str]:
    """The labels that can be the next one."""
    for item in items:
        yield re.escape(item.label)
        if isinstance(item, Caption) or (isinstance(item, Field) and not item.optional):
            return


def _explanation(parse: Callable[[str], Any], text: str) -> str | None:
    """The text below an answer, unless it begins with a second one."""
    first = text[1:].partition("\n")[0]
    if len(first) > _LONGEST_ANSWER:
        return text[1:]
    try:
        parse(first)
    except ValueError:
        return text[1:]
    return None


def _prose(text: str, *, is_last: bool) -> str | None:
    text = text.strip("\n")
    return text if prose_oddity(text, is_last=is_last) is None else None


def _picker(indices: Sequence[int]) -> Callable[[Groups], Any]:
    """The values at some places, as a tuple, however many there are."""
    return itemgetter(*indices) if len(indices) > 1 else lambda v: tuple(v[i] for i in indices)


def _rows_of(read: Callable[[str], Any]) -> Callable[[str], tuple[Any, ...] | None]:
    def rows(text: str) -> tuple[Any, ...] | None:
        lines = text.split("\n")[2:]
        found = tuple(map(read, lines))
        is_odd = any(x[-1] in HYPHENS or "|" in x or has_row_marks(x) for x in lines)
        is_odd = is_odd or any(row == below for row, below in pairwise(found))
        return None if None in found or is_odd else found

    return rows


@cache
def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split()))


def _impacts(row: type, rows: list[tuple[str, str, int]]) -> Callable[[Groups], Any]:
    return lambda v: tuple([row(d, a, *_numbers(v[i]), v[i + 1][1:] or None) for d, a, i in rows])


def _built(
    handler: SectionHandler[Any],
    slots: list[tuple[tuple[str, ...], int]],
    seen: list[int],
    absent: Any,
) -> Callable[[Groups], Any]:
    def build(v: Groups) -> Any:
        if -1 not in seen and all(v[i] is None for i in seen):
            return absent
        values: dict[str, Any] = {}
        for paths, i in slots:
            if v[i] is not None:
                values |= zip(paths, v[i], strict=True) if len(paths) > 1 else {paths[0]: v[i]}
        return handler.build(values)

    return build


def _mapping(extensions: list[tuple[str, int]]) -> Callable[[Groups], dict[str, Any]]:
    return lambda v: {name: v[i] for name, i in extensions if v[i] is not _ABSENT}
