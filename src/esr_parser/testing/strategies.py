"""Hypothesis strategies for descriptions and texts, derived from the declared layouts.

Everything follows the layouts and handlers of a parser, so that a user's sections are generated,
too. Values are drawn from small pools of invented ones, so that examples are made quickly and
shrink to small readable ones: a description to an empty one, a text to *alku*.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache, partial
from operator import itemgetter
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from esr_parser.declarations import hints_of, options_of
from esr_parser.grammar import Field, Fields, Flag, Layout, Prose, Questions, Rows, Scores, Section
from esr_parser.handlers import BUILT_IN_KEYS, value_at
from esr_parser.model import OtherField, OtherSection, ProjectDescription
from esr_parser.parser import Parser, default_parser
from esr_parser.testing.noises import DAMAGES, NOISES, Noise, noise_pairs, noisy
from esr_parser.testing.page import page_of
from esr_parser.testing.words import ODD_LINES, PROSE, VALUES, structural_lines
from esr_parser.values import CODE, TEXT, ValueType

# -- values ---------------------------------------------------------------------------------------

_REGISTERED: dict[ValueType[Any], SearchStrategy[Any]] = {}


def register_value_strategy(kind: ValueType[Any], strategy: SearchStrategy[Any]) -> None:
    """Registers how values of a value type of your own are generated.

    Without it they are generated from the annotation of the attribute that holds them, and those
    are kept that ``kind.format`` writes on one line so that ``kind.parse`` reads them.
    """
    _REGISTERED[kind] = strategy


def values_of(kind: ValueType[Any], hint: object = str) -> SearchStrategy[Any]:
    """Values of a declared type that can be written and read back.

    ``hint`` is the annotation of the attribute that holds them, for types that are not registered.
    """
    if kind in _REGISTERED:
        return _REGISTERED[kind]
    if kind in VALUES:
        return st.sampled_from(VALUES[kind])
    if kind.words:
        return st.sampled_from([*map(kind.parse, kind.words), "Satulammi"])
    is_text = hint in (str, object)
    strategy = values_of(TEXT) if is_text else st.from_type(typing.cast("type[Any]", hint))
    return strategy.filter(lambda value: _reads_back(kind, value))


def _reads_back(kind: ValueType[Any], value: Any) -> bool:
    try:
        text = kind.format(value)
        return bool(text) and text == " ".join(text.split()) and bool(kind.parse(text) == value)
    except (ValueError, TypeError, AttributeError, ArithmeticError):
        return False


def _hint(model: Any, path: str) -> object:
    """The annotation of the attribute that holds a path, without ``None``."""
    for name in path.split("."):
        options = options_of(hints_of(model).get(name, object))
        model = next(option for option in options if option is not types.NoneType)
    return model


# -- descriptions that can be written -------------------------------------------------------------

_EXPLANATIONS = st.sampled_from((None, *PROSE[:2], "\n".join(PROSE[1:4]), PROSE[7]))
_LINES = st.tuples(st.sampled_from(("\n\n", "\n", "\n\n\n")), st.sampled_from(PROSE))
_PROSE = st.lists(_LINES, min_size=1, max_size=4).map(
    lambda lines: "".join(gap + line for gap, line in lines).lstrip("\n")
)

_Paths = tuple[str, ...]
_Strategies = dict[_Paths, SearchStrategy[dict[str, Any]]]


@lru_cache(256)
def _strategies(parser: Parser, layout: Layout) -> dict[str, _Strategies]:
    """Values by path, or none, by key and the declared paths that go together."""
    found: dict[str, _Strategies] = {}
    for section in layout.sections:
        of_key = found.setdefault(section.key, {})
        model = parser._reader.handlers[section.key].model
        for paths, strategy in _declared(model, section, layout):
            values = strategy.map(partial(_by_path, paths))
            of_key.setdefault(paths, st.builds(dict[str, Any]) | values)
    return found


def _by_path(paths: _Paths, value: Any) -> dict[str, Any]:
    parts = value if len(paths) > 1 else (value,)
    return {path: part for path, part in zip(paths, parts, strict=True) if part is not None}


def _declared(
    model: type, section: Section, layout: Layout
) -> Iterator[tuple[_Paths, SearchStrategy[Any]]]:
    """A strategy for each value that a section declares; a few labels hold a pair."""
    content = section.content
    if isinstance(content, Fields):
        for item in content.items:
            if isinstance(item, Field) and item.type is CODE:
                codes = [f"{prefix}9999" for prefix, _ in layout.code_prefixes]
                yield item.paths, st.sampled_from([c for c in codes if c[1] not in "56"])
            elif isinstance(item, Field):
                yield item.paths, values_of(item.type, _hint(model, item.path))
            elif isinstance(item, Rows):
                yield item.paths, st.lists(values_of(item.type), max_size=3).map(tuple)
            elif isinstance(item, Flag):
                yield item.paths, st.just(True)
    elif isinstance(content, Prose):
        yield (content.path,), _PROSE
    elif isinstance(content, Questions):
        for question in content.items:
            hint = _hint(model, f"{question.path}.answer")
            yield (f"{question.path}.answer",), values_of(question.type, hint)
            yield (f"{question.path}.explanation",), _EXPLANATIONS
    elif isinstance(content, Scores):
        yield (content.path,), _rows(content)


def _rows(content: Scores) -> SearchStrategy[tuple[Any, ...]]:
    aspects = [(d.name, aspect) for d in content.dimensions for aspect in d.aspects]
    scores = [st.sampled_from((5, 0, 10, 4)) for _ in content.columns]
    row = st.tuples(st.sampled_from(range(len(aspects))), *scores, _EXPLANATIONS)
    rows = st.lists(row, min_size=1, max_size=5, unique_by=itemgetter(0))
    ordered = rows.map(lambda chosen: sorted(chosen, key=itemgetter(0)))
    return ordered.map(lambda some: tuple(content.row(*aspects[k], *rest) for k, *rest in some))


def _with_values(
    description: ProjectDescription, parser: Parser, key: str, values: Mapping[str, Any]
) -> ProjectDescription:
    """The description with what a handler makes of values by path."""
    handler = parser._reader.handlers[key]
    value: Any = None if handler.model is str and not values else handler.build(values)
    if key in BUILT_IN_KEYS:
        return attrs.evolve(description, **{key: value})
    extensions = {**description.extensions, key: value}
    present = {key: own for key, own in extensions.items() if own is not None}
    return attrs.evolve(description, extensions=present)


@st.composite
def descriptions(draw: DrawFn, parser: Parser | None = None) -> ProjectDescription:
    """Descriptions that can be rendered: every layout and fund, any part absent.

    Values are made for the declared fields, with invented words; a user's handlers build theirs.
    Prose holds lines that look like structure. Labels that are not declared, values that cannot be
    read and further sections are there now and then.

    >>> from esr_parser.testing import descriptions
    >>> from hypothesis import find
    >>> find(descriptions(), lambda d: d.project.name is not None).project.name
    'alku'
    """
    parser = parser or default_parser()
    layout = draw(st.sampled_from(parser.layouts))
    description = ProjectDescription(programme_period=layout.period, language=layout.language)
    for key, strategies in _strategies(parser, layout).items():
        if draw(st.booleans()):
            values: dict[str, Any] = {}
            for strategy in strategies.values():
                values |= draw(strategy)
            description = _with_values(description, parser, key, values)
    if layout.title:
        funds = [fund for fund, _ in layout.funds]
        description = attrs.evolve(description, fund=draw(st.sampled_from(funds)))
    else:  # the code shows fund and period
        prefix, fund = draw(st.sampled_from(layout.code_prefixes))
        project = attrs.evolve(description.project, code=f"{prefix}9999")
        description = attrs.evolve(description, fund=fund, project=project)
    if draw(st.integers(0, 3)):
        return description
    return attrs.evolve(
        description,
        other_fields=draw(_other_fields(parser, layout, description)),
        other_sections=draw(_other_sections(layout)),
    )


_UNREADABLE = "noin 5 x"


@st.composite
def _other_fields(
    draw: DrawFn, parser: Parser, layout: Layout, description: ProjectDescription
) -> tuple[OtherField, ...]:
    """Labels that are not declared, and declared ones with an unreadable value, as printed."""
    others: list[OtherField] = []
    for section in layout.sections:
        content = section.content
        if not isinstance(content, Fields) or section.optional or section.key not in BUILT_IN_KEYS:
            continue
        handler = parser._reader.handlers[section.key]
        values = handler.take_apart(value_at(description, section.key))
        for item in content.items:
            if not isinstance(item, Field) or any(path in values for path in item.paths):
                continue
            if item.type.read(_UNREADABLE)[0] is None and draw(st.booleans()):
                others.append(OtherField(section.number, item.label, _UNREADABLE))
        if any(isinstance(item, Rows) for item in content.items):
            continue  # below them, a label that is not declared is a row
        new = [label for label in ("Tunnuslause", "Muu tieto (vapaa)") if draw(st.booleans())]
        others += [OtherField(section.number, label, draw(values_of(TEXT))) for label in new]
    return tuple(others)


_NEW_SECTIONS = ("Ohjausryhmä", "Muut tiedot, lyhyesti")


@st.composite
def _other_sections(draw: DrawFn, layout: Layout) -> tuple[OtherSection, ...]:
    """Sections that are not declared, and the first one once more."""
    first = layout.sections[0]
    top = 1 + max(int(section.number.partition(".")[0]) for section in layout.sections)
    again = [(first.number, first.title)] if first.title else []
    options = [*again, *((str(top + k), title) for k, title in enumerate(_NEW_SECTIONS))]
    chosen = [option for option in options if draw(st.booleans())]
    return tuple(OtherSection(*option, draw(_PROSE)) for option in chosen)


# -- any values -----------------------------------------------------------------------------------

_RAW = st.one_of(
    st.sampled_from((None, "", " ", "alku ", "a\nb", "a\n\n1 Hanke", 5, True, Decimal("NaN"), ())),
    st.sampled_from(ODD_LINES),
    st.text(max_size=12),
    st.integers(-1, 12) | st.integers(),
    st.decimals(),
    st.dates(),
    st.lists(st.text(max_size=5), max_size=2).map(tuple),
)


@st.composite
def any_descriptions(draw: DrawFn, parser: Parser | None = None) -> ProjectDescription:
    """Descriptions of which a value or two is anything at all: most of them cannot be written."""
    description: ProjectDescription = draw(descriptions(parser))
    for _ in range(draw(st.integers(1, 2))):
        description = draw(_with_one_raw(description))
    return description


@st.composite
def _with_one_raw(draw: DrawFn, value: Any) -> Any:
    """The value with one attribute somewhere inside of it replaced."""
    names = [a.name for a in attrs.fields(type(value)) if a.name != "extensions"]
    name = draw(st.sampled_from(names))
    inner = getattr(value, name)
    new = draw(_with_one_raw(inner)) if attrs.has(type(inner)) else draw(_RAW)
    return attrs.evolve(value, **{name: new})


# -- changed descriptions -------------------------------------------------------------------------


@st.composite
def changed_descriptions(
    draw: DrawFn, description: ProjectDescription, parser: Parser | None = None
) -> ProjectDescription:
    """The description with at most two values changed, added or removed."""
    chosen = parser or default_parser()
    layout = chosen._reader.layout_for(description)
    strategies = _strategies(chosen, layout)
    for _ in range(draw(st.integers(0, 2))):
        key = draw(st.sampled_from(tuple(strategies)))
        old = value_at(description, key)
        paths = draw(st.sampled_from(tuple(strategies[key])))
        values = {} if old is None else chosen._reader.handlers[key].take_apart(old)
        kept = {path: value for path, value in values.items() if path not in paths}
        new = draw(strategies[key][paths])
        if key in BUILT_IN_KEYS or new:
            description = _with_values(description, chosen, key, kept | new)
    return description


# -- texts ----------------------------------------------------------------------------------------


def canonical_texts(parser: Parser | None = None) -> SearchStrategy[str]:
    """The canonical pages of generated descriptions."""
    return descriptions(parser).map(lambda d: page_of(d, parser).text)


@st.composite
def pages(
    draw: DrawFn, parser: Parser | None = None
) -> tuple[str, ProjectDescription, tuple[str, ...]]:
    """Whole pages: a text, the description that it means, and the paths not to be compared.

    The text is canonical, or noisy with one or two kinds of noise.
    """
    description = draw(descriptions(parser))
    # No section of a whole page is there once more.
    others = tuple(o for o in description.other_sections if o.title in _NEW_SECTIONS)
    description = attrs.evolve(description, other_sections=others)
    noises = draw(_NOISES)
    lost = tuple(path for noise in noises for path in noise.loses)
    return noisy(description, *noises, parser=parser), description, lost


_NOISES: SearchStrategy[tuple[Noise, ...]] = st.one_of(
    st.just(()),
    st.sampled_from([(kind,) for kind in NOISES.values()]),
    st.sampled_from([*noise_pairs()]),
)


def texts(parser: Parser | None = None, samples: Iterable[str] = ()) -> SearchStrategy[str]:
    """Any text: characters, tricky lines, whole pages, damaged pages, and pages that were edited.

    The samples are whole texts that are edited, too.
    """
    whole = pages(parser).map(lambda page: page[0])
    known = tuple(samples)
    edited = whole | st.sampled_from(known) if known else whole
    return st.one_of(_small(parser), st.text(), whole, _damaged(parser), _edited(edited, parser))


@st.composite
def _damaged(draw: DrawFn, parser: Parser | None) -> str:
    damage = draw(st.sampled_from(tuple(DAMAGES.values())))
    return damage.apply(draw(descriptions(parser)), draw(st.integers(0, 9999)), parser)


_CHANGES_OF_A_LINE: tuple[Callable[[str], str], ...] = (
    str,
    "  {}".format,
    str.upper,
    *(form.format for form in ("## {}", "**{}**", "| {} |", "{0} {0}")),
    lambda line: line[: len(line) // 2],
    lambda line: line[len(line) // 2 :],
    lambda line: line.replace(" ", "\u00a0"),
)


def tricky_lines(parser: Parser | None = None) -> SearchStrategy[str]:
    """Lines that are structure, or nearly: declared words, whole, changed, cut or out of place."""
    return _tricky_lines(parser or default_parser())


@lru_cache(64)
def _tricky_lines(parser: Parser) -> SearchStrategy[str]:
    words = [*structural_lines(parser.layouts), *dict(parser.aliases)]
    lines = st.sampled_from(tuple(dict.fromkeys(words))) | st.sampled_from((*ODD_LINES, *PROSE))
    changes = st.sampled_from(_CHANGES_OF_A_LINE)
    return lines | st.builds(lambda change, line: change(line), changes, lines)


@st.composite
def _small(draw: DrawFn, parser: Parser | None) -> str:
    gaps = st.sampled_from(("\n", "\n\n", "\n\n\n", "\r\n"))
    parts = draw(st.lists(st.tuples(tricky_lines(parser), gaps), max_size=10))
    return "".join(line + gap for line, gap in parts)


_EDITS: dict[str, Callable[[list[str], int, str], None]] = {
    "delete": lambda lines, at, _: lines.__delitem__(at),
    "insert": lambda lines, at, new: lines.insert(at, new),
    "duplicate": lambda lines, at, _: lines.insert(0, lines[at]),
    "move": lambda lines, at, _: lines.append(lines.pop(at)),
    "join": lambda lines, at, _: lines.__setitem__(
        slice(at, at + 2), [" ".join(lines[at : at + 2])]
    ),
    "split": lambda lines, at, _: lines.__setitem__(slice(at, at + 1), lines[at].split(" ", 1)),
    "case": lambda lines, at, _: lines.__setitem__(at, lines[at].swapcase()),
    "blank": lambda lines, at, _: lines.insert(at, ""),
}


@st.composite
def _edited(draw: DrawFn, texts: SearchStrategy[str], parser: Parser | None) -> str:
    lines = draw(texts).split("\n")
    for _ in range(draw(st.integers(0, 4))):
        edit = _EDITS[draw(st.sampled_from(tuple(_EDITS)))]
        edit(lines, draw(st.integers(0, 999)) % (len(lines) or 1), draw(tricky_lines(parser)))
        lines = lines or [""]
    return "\n".join(lines)
