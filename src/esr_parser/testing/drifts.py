"""Ways in which the register's pages may change, each as a small named transformation.

A :class:`FormatDrift` says what it changes and where, and :meth:`~FormatDrift.apply` changes a
canonical text that way. With it a project can test what it does when the format drifts, and
whether :func:`esr_parser.drift.compare` says so:

>>> from esr_parser import Project, ProjectDescription, parse_document, render_description
>>> from esr_parser.drift import compare, fingerprint
>>> text = render_description(ProjectDescription(project=Project(code="S20001")))
>>> drift = renamed_label("1", "Hankekoodi", "Hankkeen tunnus")
>>> drift.apply(text).splitlines()[6]
'Hankkeen tunnus: S20001'
>>> found = compare(fingerprint(parse_document(drift.apply(text))))
>>> [drift.matches(other) for other in found]
[True]

:func:`drifts` draws any of them, for a user's handlers, too; only that needs Hypothesis.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from esr_parser.grammar import Field, Fields, Layout, Questions, Scores, Section
from esr_parser.layouts import LAYOUT_2014_2020, LAYOUTS
from esr_parser.parser import Parser, default_parser
from esr_parser.testing.page import Line, Page
from esr_parser.values import AMOUNT, PERIOD

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from esr_parser.drift import Drift

__all__ = [
    "DRIFT_KINDS",
    "FormatDrift",
    "amounts_with_cents",
    "dates_year_first",
    "drifts",
    "moved_label",
    "moved_section",
    "new_field",
    "new_section",
    "removed_label",
    "renamed_aspect",
    "renamed_dimension",
    "renamed_heading",
    "renamed_label",
    "renamed_question",
    "renamed_word",
]

Change = Callable[[Page], str]


@attrs.frozen
class FormatDrift:
    """One change of the format: what, where, from what to what.

    The attributes mean what those of :class:`esr_parser.drift.Drift` mean.
    """

    kind: str
    """``renamed label``, ``changed shape``, …: one of :data:`DRIFT_KINDS`."""
    period: str
    """The programme period whose pages it changes; others stay as they are."""
    section: str
    old: str | None
    new: str | None
    label: str | None = None
    """The label whose words or shape change."""
    change: Change = attrs.field(repr=False, eq=False, kw_only=True)

    def apply(self, text: str, layouts: Sequence[Layout] = LAYOUTS) -> str:
        """The text as the register would print it after the change.

        Args:
            text: A canonical text. One that has not what changes stays the same.
            layouts: The declared words; ``parser.layouts`` where a parser has handlers.
        """
        page = Page(text, layouts)
        return self.change(page) if page.layout.period == self.period else text

    def matches(self, found: Drift) -> bool:
        """Whether a finding is this change: the same kind of thing, at the same place."""
        return self.key == (
            found.kind,
            found.period,
            found.section,
            found.old,
            found.new,
            found.label,
        )

    @property
    def key(self) -> tuple[str | None, ...]:
        """All that says what it is."""
        return self.kind, self.period, self.section, self.old, self.new, self.label


# -- new names --------------------------------------------------------------------------------


def renamed_label(
    section: str, old: str, new: str, layout: Layout = LAYOUT_2014_2020
) -> FormatDrift:
    """A label has another name in one section."""
    return _renamed("label", section, old, new, layout, ("field", "bare", "rows"))


def renamed_question(
    section: str, old: str, new: str, layout: Layout = LAYOUT_2014_2020
) -> FormatDrift:
    """A question is asked in other words."""
    return _renamed("question", section, old, new, layout, ("question",))


def renamed_aspect(
    section: str, old: str, new: str, layout: Layout = LAYOUT_2014_2020
) -> FormatDrift:
    """A row of scores has another name."""
    return _renamed("aspect", section, old, new, layout, ("score",))


def renamed_dimension(
    section: str, old: str, new: str, layout: Layout = LAYOUT_2014_2020
) -> FormatDrift:
    """A line above rows of scores has another name."""
    return _renamed("dimension", section, old, new, layout, ("dimension",))


def _renamed(
    what: str, section: str, old: str, new: str, layout: Layout, kinds: tuple[str, ...]
) -> FormatDrift:
    def change(page: Page) -> str:
        for line in _lines(page, section, *kinds):
            if _name_of(line) == old:
                line.text = new + line.text[len(old) :]
        return page.text

    return FormatDrift(f"renamed {what}", layout.period, section, old, new, change=change)


def renamed_heading(number: str, title: str, layout: Layout = LAYOUT_2014_2020) -> FormatDrift:
    """A section has another title."""
    section = _section(layout, number)
    old, new = layout.heading(number, section.title), layout.heading(number, title)

    def change(page: Page) -> str:
        for line in page.of("heading"):
            if line.section is not None and line.number == number:
                line.text = new
        return page.text

    return FormatDrift("renamed heading", layout.period, number, old, new, change=change)


def renamed_word(
    section: str, label: str, old: str, new: str, layout: Layout = LAYOUT_2014_2020
) -> FormatDrift:
    """A word of an enumeration is another one."""

    def change(page: Page) -> str:
        for line in _lines(page, section, "field", "question"):
            if line.label == label and line.value == old:
                line.value = new
                line.put_together()
        return page.text

    return FormatDrift("renamed word", layout.period, section, old, new, label, change=change)


# -- more and less ----------------------------------------------------------------------------


def new_field(
    section: str, label: str, value: str, behind: str, layout: Layout = LAYOUT_2014_2020
) -> FormatDrift:
    """A section has a field that nobody knew.

    Args:
        section: The number of a section of fields.
        label: The new label.
        value: Its value.
        behind: The label it stands behind.
        layout: The layout that changes.
    """

    def change(page: Page) -> str:
        for line in _lines(page, section, "field", "bare"):
            if _name_of(line) == behind:
                line.text = f"{line.text}\n\n{label}: {value}".rstrip(" ")
        return page.text

    return FormatDrift("new label", layout.period, section, None, label, change=change)


def new_section(
    number: str, title: str, text: str, layout: Layout = LAYOUT_2014_2020
) -> FormatDrift:
    """There is a section that nobody knew, behind all others or behind those of its parent."""
    heading = layout.heading(number, title)
    top = number.partition(".")[0]

    def change(page: Page) -> str:
        blocks = "\n\n".join(filter(None, (heading, text)))
        if top == number:
            return f"{page.text}\n\n{blocks}"
        start = _start_of(page, top)
        if start is None:
            return page.text
        end = page.family_of(start)
        before = page.replaced(page.lines[:end])
        after = page.replaced(page.lines[end:])
        return "\n\n".join(filter(None, (before, blocks, after)))

    return FormatDrift("new heading", layout.period, number, None, heading, change=change)


def removed_label(section: str, label: str, layout: Layout = LAYOUT_2014_2020) -> FormatDrift:
    """A field is there no more."""

    def change(page: Page) -> str:
        lines = _lines(page, section, "field", "bare")
        gone = next((line for line in lines if _name_of(line) == label), None)
        if gone is None:
            return page.text
        at = next(k for k, line in enumerate(page.lines) if line is gone)
        return page.replaced([*page.lines[: at - 1], *page.lines[at + 1 :]])

    return FormatDrift("missing label", layout.period, section, label, None, change=change)


# -- another order ----------------------------------------------------------------------------


def moved_section(number: str, behind: str, layout: Layout = LAYOUT_2014_2020) -> FormatDrift:
    """A top-level section stands elsewhere, with its subsections.

    Args:
        number: The section that moves.
        behind: The top-level section it stands behind now; empty for the first place. Next to
            its old place it would be hard to say which of two sections had moved.
        layout: The layout that changes.
    """
    old = layout.heading(number, _section(layout, number).title)
    new = layout.heading(behind, _section(layout, behind).title) if behind else ""

    def change(page: Page) -> str:
        start = _start_of(page, number)
        first = next((k for k, line in enumerate(page.lines) if line.kind == "heading"), None)
        after = _start_of(page, behind) if behind else first
        if start is None or after is None:
            return page.text
        end, to = page.family_of(start), page.family_of(after) if behind else after
        blocks = page.lines[start:end]
        if to <= start:
            parts = [page.lines[:to], blocks, page.lines[to:start], page.lines[end:]]
        else:
            parts = [page.lines[:start], page.lines[end:to], blocks, page.lines[to:]]
        texts = ["\n".join(line.text for line in part).strip("\n") for part in parts]
        return "\n\n".join(filter(None, texts))

    return FormatDrift("moved heading", layout.period, number, old, new, change=change)


def moved_label(
    section: str, label: str, behind: str, layout: Layout = LAYOUT_2014_2020
) -> FormatDrift:
    """A field stands elsewhere in its section.

    Args:
        section: The number of the section.
        label: The field that moves.
        behind: The label it stands behind now; empty for the first place.
        layout: The layout that changes.
    """

    def change(page: Page) -> str:
        lines = list(_lines(page, section, "field", "bare"))
        moved = next((line for line in lines if _name_of(line) == label), None)
        after = next((line for line in lines if _name_of(line) == behind), None)
        if moved is None or (behind and after is None):
            return page.text
        rest = [line for line in lines if line is not moved]
        at = 0 if after is None else next(k for k, line in enumerate(rest) if line is after) + 1
        rest.insert(at, moved)
        texts = [line.text for line in rest]
        for line, text in zip(lines, texts, strict=True):
            line.text = text
        return page.text

    return FormatDrift("moved label", layout.period, section, label, behind, change=change)


# -- values written another way ---------------------------------------------------------------

_DATE = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")


def dates_year_first(section: str, label: str, layout: Layout = LAYOUT_2014_2020) -> FormatDrift:
    """Dates are printed as ``2022-01-31``."""
    return _reshaped(
        section,
        label,
        "Alkaa d.m.yyyy ja päättyy d.m.yyyy",
        "Alkaa yyyy-mm-dd ja päättyy yyyy-mm-dd",
        lambda value: _DATE.sub(lambda m: f"{m[3]}-{int(m[2]):02}-{int(m[1]):02}", value),
        layout,
    )


def amounts_with_cents(section: str, label: str, layout: Layout = LAYOUT_2014_2020) -> FormatDrift:
    """Amounts are printed as ``128 450,50``."""
    return _reshaped(
        section,
        label,
        "999 999",
        "999 999,99",
        lambda value: f"{value},50" if value and "," not in value else value,
        layout,
    )


def _reshaped(
    section: str, label: str, old: str, new: str, rewrite: Callable[[str], str], layout: Layout
) -> FormatDrift:
    def change(page: Page) -> str:
        for line in _lines(page, section, "field"):
            if line.label == label:
                line.value = rewrite(line.value)
                line.put_together()
        return page.text

    return FormatDrift("changed shape", layout.period, section, old, new, label, change=change)


# -- lines of a page --------------------------------------------------------------------------


def _lines(page: Page, number: str, *kinds: str) -> Iterator[Line]:
    return (
        line
        for line in page.of(*kinds)
        if line.section is not None and line.section.number == number
    )


def _name_of(line: Line) -> str:
    return line.label or line.text


def _start_of(page: Page, number: str) -> int | None:
    for k, line in enumerate(page.lines):
        if line.kind == "heading" and line.number == number:
            return k
    return None


def _section(layout: Layout, number: str) -> Section:
    return next(section for section in layout.sections if section.number == number)


# -- every change that a layout can undergo ---------------------------------------------------

_LABELS = ("Tunnuslause", "Muu tieto (vapaa)", "Satulammin malli", "Uudistettu nimike")
_TITLES = ("Viestintä", "Muut tiedot ja liitteet", "Sepitteinen osuus")
_VALUES = ("alku", "Kuvitelma 3")
_ENDINGS = ("t", "n")


def _fields_of(section: Section) -> list[Field]:
    """The fields that are always printed, each with a label of its own."""
    content = section.content
    if not isinstance(content, Fields):
        return []
    labels = [item.label for item in content.items]
    return [
        item
        for item in content.items
        if isinstance(item, Field) and not item.optional and labels.count(item.label) == 1
    ]


def _each_field(layout: Layout) -> Iterator[tuple[Section, Field]]:
    for section in layout.sections:
        for item in _fields_of(section):
            yield section, item


def _renamed_labels(layout: Layout) -> Iterator[FormatDrift]:
    for section, item in _each_field(layout):
        for new in (*_LABELS, f"{item.label} (uusi)"):
            yield renamed_label(section.number, item.label, new, layout)


def _renamed_questions(layout: Layout) -> Iterator[FormatDrift]:
    for section in layout.sections:
        for item in section.content.items if isinstance(section.content, Questions) else ():
            for new in (f"{item.label} (uusi)", "Onko kuvitelma otettu huomioon"):
                yield renamed_question(section.number, item.label, new, layout)


def _renamed_aspects(layout: Layout) -> Iterator[FormatDrift]:
    for section in layout.sections:
        for d in section.content.dimensions if isinstance(section.content, Scores) else ():
            for aspect in d.aspects:
                for new in (f"{aspect} (uusi)", "Satulammin kehittyminen"):
                    yield renamed_aspect(section.number, aspect, new, layout)


def _renamed_dimensions(layout: Layout) -> Iterator[FormatDrift]:
    for section in layout.sections:
        for d in section.content.dimensions if isinstance(section.content, Scores) else ():
            yield renamed_dimension(section.number, d.name, f"Uusi {d.name.lower()}", layout)


def _renamed_headings(layout: Layout) -> Iterator[FormatDrift]:
    for section in layout.sections:
        if not section.optional:
            for title in (*_TITLES, f"{section.title} (uusi)"):
                yield renamed_heading(section.number, title, layout)


def _renamed_words(layout: Layout) -> Iterator[FormatDrift]:
    for section, item in _each_field(layout):
        for word in item.type.words:
            for ending in _ENDINGS:
                yield renamed_word(section.number, item.label, word, word + ending, layout)


def _new_fields(layout: Layout) -> Iterator[FormatDrift]:
    for section, item in _each_field(layout):
        for label in _LABELS:
            for value in _VALUES:
                yield new_field(section.number, label, value, item.label, layout)


def _new_sections(layout: Layout) -> Iterator[FormatDrift]:
    tops = [int(s.number) for s in layout.sections if s.parent is None]
    for title in _TITLES:
        for text in ("Kuvitelma alkaa.", ""):
            yield new_section(str(max(tops) + 1), title, text, layout)


def _removed_labels(layout: Layout) -> Iterator[FormatDrift]:
    for section, item in _each_field(layout):
        if len(_fields_of(section)) > 1:
            yield removed_label(section.number, item.label, layout)


def _moved_labels(layout: Layout) -> Iterator[FormatDrift]:
    for section in layout.sections:
        labels = [item.label for item in _fields_of(section)]
        for k, behind in _moves(len(labels)):
            yield moved_label(
                section.number, labels[k], labels[behind] if behind >= 0 else "", layout
            )


def _moved_sections(layout: Layout) -> Iterator[FormatDrift]:
    tops = [s.number for s in layout.sections if s.parent is None and not s.optional]
    for k, behind in _moves(len(tops)):
        yield moved_section(tops[k], tops[behind] if behind >= 0 else "", layout)


def _moves(count: int) -> Iterator[tuple[int, int]]:
    """From where, and behind what (-1: nothing), at least two places away."""
    for k in range(count):
        for behind in range(-1, count):
            if behind > k + 1 or behind < k - 2:
                yield k, behind


def _changed_shapes(layout: Layout) -> Iterator[FormatDrift]:
    for section, item in _each_field(layout):
        if item.type is PERIOD:
            yield dates_year_first(section.number, item.label, layout)
        elif item.type is AMOUNT:
            yield amounts_with_cents(section.number, item.label, layout)


DRIFT_KINDS: dict[str, Callable[[Layout], Iterator[FormatDrift]]] = {
    "renamed label": _renamed_labels,
    "renamed question": _renamed_questions,
    "renamed aspect": _renamed_aspects,
    "renamed dimension": _renamed_dimensions,
    "renamed heading": _renamed_headings,
    "renamed word": _renamed_words,
    "new label": _new_fields,
    "new heading": _new_sections,
    "missing label": _removed_labels,
    "moved label": _moved_labels,
    "moved heading": _moved_sections,
    "changed shape": _changed_shapes,
}
"""By kind, what gives every change of it that a layout can undergo."""


def drifts(
    parser: Parser | None = None, *, kinds: Iterable[str] | None = None
) -> SearchStrategy[FormatDrift]:
    """Changes of the format, of any kind, in any section; a user's sections are changed, too.

    Args:
        parser: The parser; without one, the built-in sections.
        kinds: Some of :data:`DRIFT_KINDS`; without it, all of them.

    >>> from hypothesis import find
    >>> found = find(drifts(kinds=["missing label"]), lambda drift: True)
    >>> found.section, found.old
    ('1', 'Hankekoodi')
    """
    from hypothesis import strategies as st

    layouts = (parser or default_parser()).layouts
    chosen = list(DRIFT_KINDS) if kinds is None else list(kinds)
    every = ([drift for la in layouts for drift in DRIFT_KINDS[kind](la)] for kind in chosen)
    # Where a user's handlers replace built-in sections, there may be nothing of a kind.
    return st.one_of([st.sampled_from(some) for some in every if some])
