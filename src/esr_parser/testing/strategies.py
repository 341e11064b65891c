"""Hypothesis strategies for descriptions, texts and noise, derived from the declared layouts.

Everything follows the layouts and handlers of a parser, so that a user's sections are generated,
too. Examples shrink to small readable ones: a description to an empty one, a word to *alku*.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from typing import Any, TypeVar

import attrs
from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from esr_parser.grammar import Field, Fields, Flag, Layout, Prose, Questions, Rows, Scores, Section
from esr_parser.handlers import SectionHandler
from esr_parser.model import (
    CODE_PREFIXES,
    Fund,
    OtherField,
    OtherSection,
    ProjectDescription,
    SustainabilityImpact,
)
from esr_parser.parser import Parser, default_parser
from esr_parser.render import UnrepresentableError
from esr_parser.testing.laws import BUILT_IN_KEYS, handlers_of, value_of
from esr_parser.testing.noises import NOISES, Noise
from esr_parser.testing.values import line_texts, values_of
from esr_parser.testing.words import (
    NUMBERED_PROSE_LINES,
    ODD_LINES,
    PROSE_LINES,
    WORDS,
    structural_lines,
)
from esr_parser.values import CODE

__all__ = [
    "changed_descriptions",
    "descriptions",
    "documents",
    "edited_texts",
    "noise",
    "raw_descriptions",
    "texts",
    "tricky_lines",
]

T = TypeVar("T")


# -- descriptions that can be written ---------------------------------------------------------


def descriptions(
    parser: Parser | None = None, *, tame: bool = False
) -> SearchStrategy[ProjectDescription]:
    """Descriptions that can be rendered: both programme periods, both funds, any part absent.

    Values are made for the declared fields, with invented words; a user's handlers are asked to
    build theirs. Prose holds lines that look like structure. Labels that nobody knows, values
    that cannot be read and further sections are there now and then.

    Args:
        parser: The parser; without one, the built-in sections.
        tame: Whether to leave out what no noisy text can hold, such as double spaces in a name.

    >>> from esr_parser.testing import descriptions
    >>> from hypothesis import find
    >>> find(descriptions(), lambda d: d.project.name is not None).project.name
    'alku'
    """
    return _descriptions(parser or default_parser(), tame)


@lru_cache(64)
def _descriptions(parser: Parser, tame: bool) -> SearchStrategy[ProjectDescription]:
    recipes = tuple(_recipe(parser, layout, tame) for layout in parser.layouts)
    return _cooked(st.sampled_from(recipes))


@attrs.frozen(eq=False)
class _Recipe:
    """How the descriptions of one layout are made; strategies are costly to put together."""

    layout: Layout = attrs.field(repr=False)
    handlers: Mapping[str, SectionHandler] = attrs.field(repr=False)
    paths: Mapping[str, Mapping[str, SearchStrategy[Any]]] = attrs.field(repr=False)
    """By key and declared path."""
    values: SearchStrategy[dict[str, dict[str, Any]]] = attrs.field(repr=False)
    """By key and declared path, any of them absent."""
    always: frozenset[str]
    """The keys of built-in sections that a user's handlers have taken the place of."""
    other_fields: SearchStrategy[tuple[OtherField, ...]] = attrs.field(repr=False)
    other_sections: SearchStrategy[tuple[OtherSection, ...]] = attrs.field(repr=False)


@lru_cache(64)
def _recipe(parser: Parser, layout: Layout, tame: bool) -> _Recipe:
    handlers = handlers_of(parser)
    paths: dict[str, dict[str, SearchStrategy[Any]]] = {}
    for key, handler in handlers.items():
        for section in handler.sections_in(layout):
            for path, strategy in _paths(handler, section, layout, tame):
                paths.setdefault(key, {}).setdefault(path, strategy)
    return _Recipe(
        layout,
        handlers,
        paths,
        st.fixed_dictionaries({}, optional={k: _some_of(inner) for k, inner in paths.items()}),
        frozenset(handler.key for handler in parser.handlers) & BUILT_IN_KEYS,
        st.just(()) | _other_fields(layout, tame),
        _other_sections(layout),
    )


@st.composite
def _cooked(draw: DrawFn, recipes: SearchStrategy[_Recipe]) -> ProjectDescription:
    recipe = draw(recipes)
    values = {**{key: {} for key in recipe.always}, **draw(recipe.values)}
    arguments: dict[str, Any] = {}
    extensions: dict[str, object] = {}
    for key, found in values.items():
        if not found and key not in recipe.always:
            continue
        value = recipe.handlers[key].build(found)
        if key in BUILT_IN_KEYS:
            arguments[key] = value
        elif value is not None:
            extensions[key] = value
    if not draw(st.integers(0, 2)):
        read = {(s.number, label) for s, label in _read_labels(recipe, values)}
        others = draw(recipe.other_fields)
        arguments["other_fields"] = tuple(o for o in others if (o.section, o.label) not in read)
        arguments["other_sections"] = draw(recipe.other_sections)
    return ProjectDescription(
        fund=draw(_FUNDS),
        programme_period=recipe.layout.period,
        extensions=extensions,
        **arguments,
    )


_FUNDS = st.sampled_from((Fund.ESR, Fund.EAKR, "Koheesiorahasto (KR)"))


def _read_labels(
    recipe: _Recipe, values: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[Section, str]]:
    """The labels that have a value."""
    for section in recipe.layout.sections:
        for item in section.content.items if isinstance(section.content, Fields) else ():
            if isinstance(item, Field) and item.path in values.get(section.key, {}):
                yield section, item.label


def _paths(
    handler: SectionHandler, section: Section, layout: Layout, tame: bool
) -> Iterator[tuple[str, SearchStrategy[Any]]]:
    """A strategy for each declared path of a section."""
    content = section.content
    if isinstance(content, Fields):
        for item in content.items:
            if isinstance(item, Field) and item.type is CODE:
                yield item.path, _codes(layout)
            elif isinstance(item, Field):
                yield item.path, values_of(item.type, _hint(handler, item.path), tame=tame)
            elif isinstance(item, Rows):
                rows = values_of(item.type, tame=tame)
                yield item.path, st.lists(rows, max_size=4).map(tuple)
            elif isinstance(item, Flag):
                yield item.path, st.just(True)
    elif isinstance(content, Prose):
        yield content.path, prose(layout)
    elif isinstance(content, Questions):
        for question in content.items:
            hint = _hint(handler, f"{question.path}.answer")
            yield f"{question.path}.answer", values_of(question.type, hint, tame=tame)
            yield f"{question.path}.explanation", _NOTES
    elif isinstance(content, Scores):
        yield content.path, _impacts(content)


@cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _hint(handler: SectionHandler, path: str) -> object:
    """The annotation of the attribute that holds a path, without ``None``."""
    hint: Any = handler.model
    for name in path.split("."):
        if not attrs.has(hint):
            return object
        hint = _hints(hint).get(name, object)
        options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
        hint = next((option for option in options if option is not type(None)), object)
    return hint


def _codes(layout: Layout) -> SearchStrategy[str]:
    prefixes = sorted(p for p, (_, period) in CODE_PREFIXES.items() if period == layout.period)
    return st.builds(
        "{}{:04}".format,
        st.sampled_from([p for p in reversed(prefixes) if p not in ("A5", "A6")]),
        st.integers(0, 9999),
    )


@cache
def _sentences() -> SearchStrategy[str]:
    words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6)
    return words.map(lambda chosen: f"{' '.join(chosen).capitalize()}.") | st.sampled_from(
        PROSE_LINES
    )


_NOTES = _sentences() | st.lists(_sentences(), min_size=2, max_size=3).map("\n".join)


def prose(layout: Layout) -> SearchStrategy[str]:
    """Free text in paragraphs, with lines that look like structure and are none."""
    lines = _sentences() | st.sampled_from(NUMBERED_PROSE_LINES[layout.heading_dot])
    more = st.lists(
        st.tuples(st.sampled_from(("\n\n", "\n", "\n\n\n")), lines), min_size=1, max_size=4
    )
    return lines | st.builds(
        lambda first, rest: first + "".join(gap + line for gap, line in rest), lines, more
    )


def _impacts(content: Scores) -> SearchStrategy[tuple[SustainabilityImpact, ...]]:
    scores = st.integers(0, 10)
    rows = [
        st.builds(
            SustainabilityImpact,
            st.just(dimension.name),
            st.just(aspect),
            scores,
            scores,
            st.none() | _NOTES,
        )
        for dimension in content.dimensions
        for aspect in dimension.aspects
    ]
    some = st.lists(st.sampled_from(range(len(rows))), min_size=1, max_size=5, unique=True)
    return some.flatmap(lambda chosen: st.tuples(*(rows[k] for k in sorted(chosen))))


def _other_fields(layout: Layout, tame: bool) -> SearchStrategy[tuple[OtherField, ...]]:
    """Labels nobody knows, and known ones whose value cannot be read, in printed order."""
    parts: list[SearchStrategy[list[OtherField]]] = []
    for section in layout.sections:
        if not isinstance(section.content, Fields) or not section.content.items:
            continue
        if section.optional or section.key not in BUILT_IN_KEYS:
            continue
        number = section.number
        unread = [
            st.just(OtherField(number, item.label, "noin 5 x"))
            for item in section.content.items
            if isinstance(item, Field) and _is_strict(item)
        ]
        unknown = st.builds(
            OtherField,
            st.just(number),
            st.sampled_from(("Tunnuslause", "Hankekodi", "Muu tieto (vapaa)")),
            line_texts(tame=tame),
        )
        both = st.tuples(_some(unread), st.lists(unknown, max_size=2))
        parts.append(st.just([]) | both.map(lambda pair: [*pair[0], *pair[1]]))
    return st.tuples(*parts).map(lambda lists: tuple(other for part in lists for other in part))


def _some_of(paths: Mapping[str, SearchStrategy[Any]]) -> SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=dict(paths))


def _some(options: Sequence[SearchStrategy[T]]) -> SearchStrategy[list[T]]:
    """Any of the strategies' values, in their order."""
    return st.tuples(*(st.none() | option for option in options)).map(
        lambda values: [value for value in values if value is not None]
    )


def _is_strict(item: Field) -> bool:
    try:
        item.type.parse("noin 5 x")
    except ValueError:
        return True
    return False


def _other_sections(layout: Layout) -> SearchStrategy[tuple[OtherSection, ...]]:
    """Text before section 1 and right below a section, further sections, repeated ones."""
    text = prose(layout)
    parts: list[SearchStrategy[OtherSection]] = [
        st.builds(OtherSection, st.none(), st.none(), text)
    ]
    own = {section.number for section in layout.sections}
    for section in layout.sections:
        if section.content is None and section.key in BUILT_IN_KEYS:
            number, title = section.number, section.title
            parts.append(st.builds(OtherSection, st.just(number), st.just(title), text))
            last = max(int(n.partition(".")[2]) for n in own if n.startswith(f"{number}."))
            further = f"{number}.{last + 1}"
            parts.append(
                st.builds(OtherSection, st.just(further), st.just("Lisäkohta"), st.just("") | text)
            )
    top = max(int(number) for number in own if "." not in number)
    titles = st.sampled_from(("Viestintä", "Muut tiedot, lyhyesti"))
    following = st.lists(st.tuples(titles, st.just("") | text), max_size=2).map(
        lambda found: [
            OtherSection(str(top + k), title, below) for k, (title, below) in enumerate(found, 1)
        ]
    )
    first = layout.sections[0]
    again = st.builds(OtherSection, st.just(first.number), st.just(first.title), text)
    return st.tuples(_some(parts), following, _some([again])).map(
        lambda lists: tuple(other for part in lists for other in part)
    )


# -- any values at all ------------------------------------------------------------------------


def raw_descriptions(parser: Parser | None = None) -> SearchStrategy[ProjectDescription]:
    """Any values the classes accept, most of which cannot be written.

    Some are made of nothing but raw values, others are descriptions that can be written but for
    one or two values.
    """
    return _raw_descriptions(parser or default_parser())


@lru_cache(64)
def _raw_descriptions(parser: Parser) -> SearchStrategy[ProjectDescription]:
    return _almost_fine(parser) | _all_raw(parser)


def _all_raw(parser: Parser) -> SearchStrategy[ProjectDescription]:
    models = _models(parser)
    sections = {key: _raw(models[key]) for key in sorted(BUILT_IN_KEYS)}
    known = {key: _raw(model) for key, model in models.items() if key not in BUILT_IN_KEYS}
    unknown = st.dictionaries(st.sampled_from(("", "x", "project")), _raw_texts(), max_size=1)
    hints = _hints(ProjectDescription)
    names = ("fund", "programme_period", "other_fields", "other_sections")
    always: dict[str, SearchStrategy[Any]] = {name: _raw(hints[name]) for name in names}
    always["extensions"] = st.fixed_dictionaries({}, optional=known) | unknown
    return st.fixed_dictionaries(always, optional=sections).map(
        lambda values: ProjectDescription(**values)
    )


def _models(parser: Parser) -> dict[str, type]:
    return {key: handler.model for key, handler in handlers_of(parser).items()}


@st.composite
def _almost_fine(draw: DrawFn, parser: Parser) -> ProjectDescription:
    description = draw(descriptions(parser))
    models = _models(parser)
    for _ in range(draw(st.integers(1, 2))):
        key = draw(st.sampled_from(sorted(models)))
        value = value_of(description, key)
        value = draw(_raw(models[key])) if value is None else draw(_one_raw(value, models[key]))
        if key in BUILT_IN_KEYS:
            description = attrs.evolve(description, **{key: value})
        else:
            extensions = {**description.extensions, key: value}
            description = attrs.evolve(description, extensions=extensions)
    return description


@st.composite
def _one_raw(draw: DrawFn, value: Any, hint: Any) -> Any:
    """The value with one attribute somewhere inside of it replaced by a raw one."""
    if not attrs.has(type(value)):
        return draw(_raw(hint))
    name = draw(st.sampled_from([a.name for a in attrs.fields(type(value))]))
    inner = getattr(value, name)
    inner_hint = _hints(type(value))[name]  # type: ignore[arg-type]
    if attrs.has(type(inner)):
        return attrs.evolve(value, **{name: draw(_one_raw(inner, inner_hint))})
    return attrs.evolve(value, **{name: draw(_raw(inner_hint))})


_RAW_LEAVES: dict[Any, SearchStrategy[Any]] = {
    bool: st.booleans(),
    int: st.integers(-1, 12) | st.integers(),
    Decimal: st.decimals() | st.decimals(-(10**6), 10**6, places=2),
    date: st.dates(),
    type(None): st.none(),
}


@cache
def _raw(hint: Any) -> SearchStrategy[Any]:
    """Any value of an annotation."""
    if hint is str or hint is object:
        return _raw_texts()
    if hint in _RAW_LEAVES:
        return _RAW_LEAVES[hint]
    arguments = typing.get_args(hint)
    if isinstance(hint, types.UnionType):
        options = sorted(arguments, key=lambda option: option is not type(None))
        return st.one_of([_raw(option) for option in options])
    if typing.get_origin(hint) is tuple:
        return st.lists(_raw(arguments[0]), max_size=3).map(tuple)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    if attrs.has(hint):
        hints = _hints(hint)
        names = [a.name for a in attrs.fields(hint) if a.init]
        return st.builds(hint, **{name: _raw(hints[name]) for name in names})
    return st.from_type(hint)


@cache
def _raw_texts() -> SearchStrategy[str]:
    lines = tricky_lines()
    return st.one_of(
        st.sampled_from(WORDS),
        st.text(max_size=12),
        st.text(st.characters(), max_size=5),
        lines,
        st.lists(lines, min_size=2, max_size=3).map("\n".join),
        lines.map(lambda line: f" {line}"),
        lines.map(lambda line: f"{line}\n"),
    )


# -- texts ------------------------------------------------------------------------------------


@cache
def _tricky_lines(layouts: tuple[Layout, ...], aliases: tuple[str, ...]) -> SearchStrategy[str]:
    declared = st.sampled_from(tuple(dict.fromkeys((*structural_lines(layouts), *aliases))))
    return st.one_of(
        st.sampled_from(ODD_LINES),
        declared,
        st.sampled_from(PROSE_LINES),
        st.text(max_size=12),
        st.builds(
            lambda change, line: change(line),
            st.sampled_from(_CHANGES_OF_A_LINE),
            declared | st.sampled_from(ODD_LINES),
        ),
    ).filter(lambda line: "\n" not in line)


_CHANGES_OF_A_LINE: tuple[Callable[[str], str], ...] = (
    lambda line: f"  {line}",
    lambda line: f"{line} ",
    str.upper,
    str.lower,
    lambda line: f"## {line}",
    lambda line: f"**{line}**",
    lambda line: f"| {line} |",
    lambda line: f"{line} {line}",
    lambda line: f"{line}:",
    lambda line: line[: len(line) // 2],
    lambda line: line[len(line) // 2 :],
    lambda line: line.replace(" ", "\u00a0"),
    lambda line: line.replace(" ", "  "),
    lambda line: f"{line}\r",
)


def tricky_lines(parser: Parser | None = None) -> SearchStrategy[str]:
    """Lines that are structure, or nearly: declared words, whole, changed, cut or out of place."""
    chosen = parser or default_parser()
    return _tricky_lines(chosen.layouts, tuple(chosen.aliases))


@st.composite
def _small_texts(draw: DrawFn, parser: Parser) -> str:
    gaps = st.sampled_from(("\n", "\n\n", "\n\n\n", "\r\n", "\r"))
    parts = draw(st.lists(st.tuples(tricky_lines(parser), gaps), max_size=10))
    return "".join(line + gap for line, gap in parts)


_EDITS = ("delete", "insert", "duplicate", "swap", "join", "split", "case", "indent", "blank")


@st.composite
def _edited(draw: DrawFn, texts: SearchStrategy[str], parser: Parser, most: int) -> str:
    lines = draw(texts).split("\n")
    places = st.integers(0, len(lines))
    for _ in range(draw(st.integers(0, most))):
        edit, place = draw(st.sampled_from(_EDITS)), draw(places)
        at = place % (len(lines) or 1)
        if edit == "insert" or not lines:
            lines.insert(place, draw(tricky_lines(parser)))
        elif edit == "blank":
            lines.insert(place, "")
        else:
            _EDITS_OF_LINES[edit](lines, at, draw(places) % len(lines))
    return "\n".join(lines)


def _delete(lines: list[str], at: int, _other: int) -> None:
    del lines[at]


def _duplicate(lines: list[str], at: int, other: int) -> None:
    lines.insert(other, lines[at])


def _swap(lines: list[str], at: int, other: int) -> None:
    lines[at], lines[other] = lines[other], lines[at]


def _join(lines: list[str], at: int, _other: int) -> None:
    lines[at : at + 2] = [" ".join(lines[at : at + 2])]


def _split(lines: list[str], at: int, other: int) -> None:
    words = lines[at].split(" ")
    cut = other % len(words)
    lines[at : at + 1] = [" ".join(words[:cut]), " ".join(words[cut:])]


def _case(lines: list[str], at: int, _other: int) -> None:
    lines[at] = lines[at].swapcase()


def _indent(lines: list[str], at: int, _other: int) -> None:
    lines[at] = f"   {lines[at]}"


_EDITS_OF_LINES: Mapping[str, Callable[[list[str], int, int], None]] = {
    "delete": _delete,
    "duplicate": _duplicate,
    "swap": _swap,
    "join": _join,
    "split": _split,
    "case": _case,
    "indent": _indent,
}


def edited_texts(
    texts: SearchStrategy[str] | Iterable[str], parser: Parser | None = None, *, most: int = 5
) -> SearchStrategy[str]:
    """Texts in which lines were deleted, inserted, doubled, swapped, joined, split and so on.

    Args:
        texts: A strategy, or the texts themselves.
        parser: Whose declared words the inserted lines are made of.
        most: How many edits at most.

    >>> from hypothesis import find
    >>> find(edited_texts(["one"]), lambda text: text != "one")
    ''
    """
    if not isinstance(texts, SearchStrategy):
        texts = _one_of_these(tuple(texts))
    return _edited(texts, parser or default_parser(), most)


def _one_of_these(samples: Sequence[str]) -> SearchStrategy[str]:
    """One of some long texts, which are no part of the strategy's own representation."""
    return st.integers(0, len(samples) - 1).map(samples.__getitem__)


def noise() -> SearchStrategy[Noise]:
    """The registered kinds of noise."""
    return st.sampled_from(tuple(NOISES.values()))


def documents(
    parser: Parser | None = None, *, most: int = 2
) -> SearchStrategy[tuple[str, ProjectDescription]]:
    """Texts with the descriptions they stand for: canonical ones, and ones with noise.

    Only kinds of noise that lose nothing are used. Compare with
    :func:`~esr_parser.testing.assert_same_values`: a wrapped line of prose stays wrapped.

    Args:
        parser: The parser; without one, the built-in sections.
        most: How many kinds of noise at once.

    >>> from hypothesis import find
    >>> text, description = find(documents(), lambda pair: True)
    >>> text.splitlines()[0]
    'Euroopan unioni Vipuvoimaa EU:lta'
    """
    return _documents(parser or default_parser(), most)


@st.composite
def _documents(draw: DrawFn, parser: Parser, most: int) -> tuple[str, ProjectDescription]:
    kinds = [kind for kind in NOISES.values() if not kind.loses]
    chosen = draw(st.lists(st.sampled_from(kinds), max_size=most, unique=True))
    description = draw(descriptions(parser, tame=bool(chosen)))
    try:
        text = parser.render_description(description)
    except UnrepresentableError:
        reject()  # law 4 says that this does not happen: it has a test of its own
    applied: list[Noise] = []
    for kind in sorted(chosen, key=kinds.index):
        if all(kind.goes_with(other) for other in applied):
            text = kind.apply(text, parser.layouts)
            applied.append(kind)
    return text, description


def texts(parser: Parser | None = None, samples: Iterable[str] = ()) -> SearchStrategy[str]:
    """Any text: characters, tricky lines, noisy descriptions, and those with edited lines.

    Args:
        parser: Whose declared words are used.
        samples: Whole texts to be edited, too.
    """
    chosen = parser or default_parser()
    whole = documents(chosen, most=1).map(lambda pair: pair[0])
    options = [_small_texts(chosen), whole, edited_texts(whole, chosen, most=4), st.text()]
    known = tuple(samples)
    if known:
        options.append(edited_texts(known, chosen))
        options.append(_one_of_these(known).flatmap(_noisy))
    return st.one_of(options)


def _noisy(text: str) -> SearchStrategy[str]:
    return noise().map(lambda kind: kind.apply(text))


# -- changed descriptions ---------------------------------------------------------------------


@st.composite
def changed_descriptions(
    draw: DrawFn, parser: Parser, description: ProjectDescription, most: int = 2
) -> ProjectDescription:
    """The description with one value or a few changed, added or removed.

    Args:
        draw: Given by Hypothesis.
        parser: The parser whose handlers own the values.
        description: The description, for instance one that was read from a text.
        most: How many values at most.
    """
    recipe = _recipe(parser, _layout_of(parser, description), True)
    for _ in range(draw(st.integers(0, most))):
        key = draw(st.sampled_from(tuple(recipe.paths)))
        handler, paths = recipe.handlers[key], recipe.paths[key]
        old = value_of(description, key)
        values = {} if old is None else dict(handler.take_apart(old))
        path = draw(st.sampled_from(tuple(paths)))
        values.pop(path, None)
        if draw(st.booleans()):
            values[path] = draw(paths[path])
        value = handler.build(values) if values else None
        description = _with_value(description, key, value, handler)
    return description


def _with_value(
    description: ProjectDescription, key: str, value: Any, handler: SectionHandler
) -> ProjectDescription:
    if key in BUILT_IN_KEYS:
        if value is None and handler.model is not str:
            value = handler.build({})
        return attrs.evolve(description, **{key: value})
    extensions = {k: v for k, v in description.extensions.items() if k != key}
    if value is not None:
        extensions[key] = value
    return attrs.evolve(description, extensions=extensions)


def _layout_of(parser: Parser, description: ProjectDescription) -> Layout:
    period = description.programme_period
    return next((la for la in parser.layouts if la.period == period), parser.layouts[0])
