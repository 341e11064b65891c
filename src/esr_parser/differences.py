"""What differs between descriptions, value by value, as text, Markdown, HTML and JSON."""

from __future__ import annotations

import difflib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from esr_parser.grammar import Fields, Questions
from esr_parser.handlers import path_of
from esr_parser.layouts import LAYOUTS
from esr_parser.model import Period, ProgrammeItem

if TYPE_CHECKING:
    from esr_parser.grammar import Layout
    from esr_parser.model import ProjectDescription


@attrs.frozen
class Change:
    """One value that two descriptions do not share."""

    path: str
    """Its place in the model: ``"project.name"``, ``"extensions['communication'].channels"``."""
    label: str
    """Its label as the page prints it; the last name of ``path`` where it has none."""
    old: Any
    new: Any


def diff(
    old: ProjectDescription, new: ProjectDescription, *, layout: Layout | None = None
) -> tuple[Change, ...]:
    """What differs between two descriptions, leaf by leaf, in the order of the model.

    A list (partners, municipalities, other sections) is one leaf; equal descriptions give ``()``.
    Labels are those of ``layout``, or else of the layout of ``new``'s period and language;
    ``document.layout`` has those of a user's handlers, too.

    >>> from esr_parser import Project, ProjectDescription
    >>> old = ProjectDescription(project=Project(code="S29999", name="Mehiläisestä mestariksi"))
    >>> new = ProjectDescription(project=Project(code="S29999", name="Mestariksi"))
    >>> diff(old, new)[0].label, diff(old, new)[0].new
    ('Hankkeen nimi', 'Mestariksi')
    >>> diff(old, old)
    ()
    """
    wanted = (new.programme_period, new.language)
    found = (known for known in LAYOUTS if (known.period, known.language) == wanted)
    labels = _labels(layout or next(found, LAYOUTS[0]))
    return tuple(Change(path, _label(labels, path), *both) for path, *both in leaves(old, new))


def leaves(
    old: Any, new: Any, path: str = "", *, in_lists: bool = False
) -> Iterator[tuple[str, Any, Any]]:
    """The leaves that differ: path, old and new value; with ``in_lists``, each item is one."""
    if old == new:
        return
    is_list = isinstance(old, tuple) and not in_lists
    parts, others = _inside(old), _inside(new)
    if is_list or type(old) is not type(new) or not (parts or others):
        yield path, old, new
        return
    form = "{}[{!r}]" if isinstance(old, Mapping) else "{}.{}"
    for name in {**parts, **others}:
        inner = form.format(path, name).lstrip(".")
        yield from leaves(parts.get(name), others.get(name), inner, in_lists=in_lists)


def _inside(value: Any) -> Mapping[Any, Any]:
    """The parts of a group, list or mapping; a single value has none."""
    if attrs.has(type(value)):
        return {a.name: getattr(value, a.name) for a in attrs.fields(type(value))}
    if isinstance(value, tuple):
        return dict(enumerate(value))
    return value if isinstance(value, Mapping) else {}


def _labels(layout: Layout) -> dict[str, str]:
    labels: dict[str, str] = {}
    for section in layout.sections:
        content = section.content
        if isinstance(content, Fields | Questions):
            own = {path: item.label for item in content.items for path in item.paths}
        else:
            own = dict.fromkeys(content.paths() if content else (), section.title)
        labels |= {path_of(section.key, path): label for path, label in own.items()}
    return labels


def _label(labels: Mapping[str, str], path: str) -> str:
    """The label of the field of a leaf: ``project.planned_period`` for its ``start``."""
    known = path
    while known and known not in labels:
        known = known.rpartition(".")[0]
    return labels[known] if known else path.rpartition(".")[2]


# -- many descriptions ----------------------------------------------------------------------------


@attrs.frozen
class Comparison:
    """What differs between two collections of descriptions, by project code."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    changed: Mapping[str, tuple[Change, ...]]

    @property
    def fields(self) -> Counter[tuple[str, str]]:
        """How many descriptions differ in a field, by path and label."""
        return Counter((c.path, c.label) for changes in self.changed.values() for c in changes)


def compare(
    old: Mapping[str, ProjectDescription], new: Mapping[str, ProjectDescription]
) -> Comparison:
    """What differs between two collections of descriptions by project code.

    >>> from esr_parser import ProjectDescription
    >>> page = ProjectDescription()
    >>> compare({"S29998": page}, {"S29998": page, "S29999": page}).new
    ('S29999',)
    """
    changes = {code: diff(old[code], new[code]) for code in old if code in new}
    return Comparison(
        tuple(code for code in new if code not in old),
        tuple(code for code in old if code not in new),
        {code: found for code, found in changes.items() if found},
    )


# -- a change in parts ----------------------------------------------------------------------------

_WORD = re.compile(r"\S+\s*|\s+")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*\s*|[.!?\n]+\s*")
_MOST = 1_000
"""Words (else sentences) of a side that are compared: difflib's time grows with their square."""
_MOST_FIELDS = 10
_WORDS_AROUND_CHANGE = 8


class _Part(NamedTuple):
    """A stretch of a change: ``-`` is removed, ``+`` added, a space means that both have it."""

    sign: str
    text: str


def _parts(change: Change) -> tuple[bool, list[_Part]]:
    """Whether the parts are one text, and the parts."""
    old, new = change.old, change.new
    if isinstance(old, tuple) and isinstance(new, tuple):
        found = _items(old, new)
        if found:
            return False, found  # else: another order
    elif isinstance(old, str) and isinstance(new, str) and " " in old and " " in new:
        return True, list(_shortened(_words(old, new)))
    return False, [part for part in (_Part("-", shown(old)), _Part("+", shown(new))) if part.text]


def _items(old: Sequence[Any], new: Sequence[Any]) -> list[_Part]:
    texts = {repr(item): shown(item) for item in (*old, *new)}
    before, after = (Counter(map(repr, items)) for items in (old, new))
    both = (("-", before - after), ("+", after - before))
    return [_Part(sign, texts[item]) for sign, found in both for item in found.elements()]


def _words(old: str, new: str) -> list[_Part]:
    for pattern in (_WORD, _SENTENCE):
        a, b = pattern.findall(old), pattern.findall(new)
        head = place_of_difference(a, b)
        tail = place_of_difference(a[head:][::-1], b[head:][::-1])
        inner = a[head : len(a) - tail], b[head : len(b) - tail]
        if max(map(len, inner)) <= _MOST:
            both = (_Part(" ", "".join(part)) for part in (a[:head], a[len(a) - tail :]))
            found = [next(both), *_compared(*inner), next(both)]
            return [part for part in found if part.text]
    return [_Part("-", old), _Part("+", new)]


def place_of_difference(a: Sequence[str], b: Sequence[str]) -> int:
    """From where on two texts, or lists of words, are not the same."""
    pairs = enumerate(zip(a, b, strict=False))
    return next((n for n, (x, y) in pairs if x != y), min(len(a), len(b)))


def _compared(a: list[str], b: list[str]) -> Iterator[_Part]:
    # "autojunk", on by default, keeps words that occur often from making this slow.
    for kind, i, j, k, m in difflib.SequenceMatcher(None, a, b).get_opcodes():
        if kind == "equal":
            yield _Part(" ", "".join(a[i:j]))
        else:
            yield _Part("-", "".join(a[i:j]))
            yield _Part("+", "".join(b[k:m]))


def _shortened(parts: list[_Part]) -> Iterator[_Part]:
    """Of text that both have, only a few words around what differs."""
    for number, part in enumerate(parts):
        words = _WORD.findall(part.text)
        if part.sign != " " or len(words) <= 2 * _WORDS_AROUND_CHANGE:
            yield part
        else:
            head = words[:_WORDS_AROUND_CHANGE] if number else []
            tail = words[-_WORDS_AROUND_CHANGE:] if number < len(parts) - 1 else []
            yield _Part(" ", f"{''.join(head)}… {''.join(tail)}")


# -- values ---------------------------------------------------------------------------------------


def shown(value: Any) -> str:
    """A value as people read it: empty if absent.

    >>> shown(None), shown(True), shown(Decimal("186400")), shown(("Kitee", "Oulu"))
    ('', 'yes', '186400', 'Kitee; Oulu')
    """
    if value is None or isinstance(value, bool):
        return {None: "", True: "yes", False: "no"}[value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    if attrs.has(type(value)):
        inner = [shown(getattr(value, a.name)) for a in attrs.fields(type(value))]
        between = {Period: " – ", ProgrammeItem: ". "}.get(type(value), ", ")
        return between.join(text for text in inner if text)
    if isinstance(value, tuple | list):
        return "; ".join(shown(item) for item in value)
    return str(value)


def _plain(value: Any) -> Any:
    """What JSON has for a value that it does not know."""
    if attrs.has(type(value)):
        return attrs.asdict(value, recurse=False)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


# -- forms ----------------------------------------------------------------------------------------


class _Form(NamedTuple):
    heading: str
    line: str
    """A line of the summary."""
    whole: str
    block: str
    """One change."""
    between: str
    """What is written between two items of a list."""
    marks: Mapping[str, str]
    item_marks: Mapping[str, str]
    escape: Callable[[str], str]


_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_EDITS = {"-": "~~{}~~", "+": "**{}**", " ": "{}"}
_TAGS = {"-": "<del>{}</del>", "+": "<ins>{}</ins>", " ": "{}"}


def _visible(text: str) -> str:
    return _CONTROL.sub(lambda match: repr(match[0])[1:-1], text)


_FORMS = {
    "text": _Form(
        "{}\n",
        "{}\n",
        "{}\n",
        "{label} ({path})\n  {value}",
        "\n  ",
        {"-": "[-{}-]", "+": "{{+{}+}}", " ": "{}"},
        {"-": "- {}", "+": "+ {}"},
        lambda text: _visible(text).replace("\n", "\n  "),
    ),
    "markdown": _Form(
        "## {}\n\n",
        "- {}\n",
        "{}\n",
        "- {label} ({path})\n  - {value}",
        "\n  - ",
        _EDITS,
        _EDITS,
        lambda text: _MARKDOWN.sub(r"\\\1", _visible(text).replace("\n", " ")),
    ),
    "html": _Form(
        "<h2>{}</h2>\n",
        "<p>{}</p>\n",
        "<table>\n{}\n</table>\n",
        '<tr><th scope="row">{label}<br><code>{path}</code></th><td>{value}</td></tr>',
        "<br>",
        _TAGS,
        _TAGS,
        lambda text: escape(_visible(text)),
    ),
}
FORMS = (*_FORMS, "json")
"""The forms that changes can be written in."""
_COLOURS = {"-": "\x1b[31m{}\x1b[0m", "+": "\x1b[32m{}\x1b[0m", " ": "{}"}
_FORMS["terminal"] = _FORMS["text"]._replace(
    heading="\x1b[1m{}\x1b[0m\n",
    block="\x1b[1m{label}\x1b[0m ({path})\n  {value}",
    marks={sign: _COLOURS[sign].format(mark) for sign, mark in _FORMS["text"].marks.items()},
    item_marks={s: _COLOURS[s].format(mark) for s, mark in _FORMS["text"].item_marks.items()},
)


def format_changes(changes: Iterable[Change] | Comparison, form: str = "text") -> str:
    """Changes, or a comparison with its summary, as ``text``, ``markdown``, ``html`` or ``json``.

    HTML is a fragment for the body of a page. ``terminal`` is text with colours.

    >>> print(format_changes([Change("area.regions", "Maakunnat", ("Kainuu",), ())]), end="")
    Maakunnat (area.regions)
      - Kainuu
    """
    if form == "json":
        data: Any = changes if isinstance(changes, Comparison) else list(changes)
        if isinstance(changes, Comparison):
            fields = {path: count for (path, _), count in changes.fields.most_common()}
            data = {**_plain(changes), "fields": fields}
        return json.dumps(data, default=_plain, ensure_ascii=False, indent=2) + "\n"
    kind = _FORMS[form]
    if isinstance(changes, Comparison):
        lines = (kind.line.format(kind.escape(line)) for line in _summary(changes))
        each = (
            f"{kind.heading.format(kind.escape(code))}{format_changes(found, form)}\n"
            for code, found in changes.changed.items()
        )
        return "".join((*each, *lines))
    blocks = [
        kind.block.format(
            label=kind.escape(change.label),
            path=kind.escape(change.path),
            value=kind.between.join(_values(change, kind)),
        )
        for change in changes
    ]
    return kind.whole.format("\n".join(blocks)) if blocks else ""


def _values(change: Change, form: _Form) -> list[str]:
    runs_on, parts = _parts(change)
    if not runs_on:
        return [form.item_marks[part.sign].format(form.escape(part.text)) for part in parts]
    pieces = (_marked(form.marks[part.sign], form.escape(part.text)) for part in parts)
    return ["".join(pieces).strip()]


def _marked(mark: str, text: str) -> str:
    """The mark right around the text, with the white space behind it outside."""
    inner = text.rstrip()
    return mark.format(inner) + text[len(inner) :] if inner else text


def _summary(comparison: Comparison) -> Iterator[str]:
    for word, codes in (("new", comparison.new), ("gone", comparison.gone)):
        yield f"{len(codes)} {word}: {', '.join(codes)}".removesuffix(": ")
    yield f"{len(comparison.changed)} changed"
    for (path, label), count in comparison.fields.most_common(_MOST_FIELDS):
        yield f"{count} changed in {label} ({path})"
