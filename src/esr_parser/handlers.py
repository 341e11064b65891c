r"""Section handlers: they turn the values of a section into a model, and back.

The built-in sections are handlers like any other. A user's handler declares its sections with the
classes of :mod:`esr_parser.grammar` and names the attrs class that holds the values; everything
else (reading, rendering, JSON, editing, diagnostics) follows from that.

>>> import attrs
>>> from esr_parser import Parser, SectionHandler
>>> from esr_parser.grammar import Field, Fields, Section
>>> @attrs.frozen
... class Communication:
...     channel: str | None = None
>>> class CommunicationHandler(SectionHandler[Communication]):
...     key = "communication"
...     model = Communication
...     sections = (
...         Section("10", "Viestintä", "communication", Fields(Field("Kanava", "channel"))),
...     )
>>> parser = Parser(handlers=[CommunicationHandler()])
>>> description = parser.parse_description("10 Viestintä\n\nKanava: uutiskirje")
>>> description.extension(Communication)
Communication(channel='uutiskirje')
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property
from typing import Any, ClassVar, Generic, TypeVar

import attrs

from esr_parser.declarations import (
    check_layout,
    check_model,
    check_numbers,
    check_path,
    check_section,
    group_of,
    hints_of,
    require,
)
from esr_parser.errors import DeclarationError
from esr_parser.grammar import Content, Layout, Prose, Section, in_order
from esr_parser.model import ProgrammePeriod, ProjectDescription

Model = TypeVar("Model")


class SectionHandler(Generic[Model]):
    """Reads and writes the value of one key: one or more sections of the page.

    A subclass sets the class attributes. It may override :meth:`build` and :meth:`take_apart` (a
    pair: ``build(take_apart(v)) == v``) where its model is not put together attribute by
    attribute.
    """

    key: ClassVar[str]
    """An attribute of the description (replaces the built-in handler), or a key of
    ``extensions``."""
    model: ClassVar[type]
    """The attrs class of the value; ``str`` if the section is only prose."""
    sections: ClassVar[tuple[Section, ...]] = ()
    """The declared sections, in printed order. Empty: those of this key in the layouts."""
    periods: ClassVar[tuple[str, ...]] = (ProgrammePeriod.P2014_2020,)
    """The programme periods whose pages have the sections, in Finnish."""

    def sections_in(self, layout: Layout) -> tuple[Section, ...]:
        """The sections of this handler in a layout."""
        if not self.sections:
            return tuple(s for s in layout.sections if s.key == self.key)
        is_meant = layout.period in self.periods and layout.language == "fi"
        return self.sections if is_meant else ()

    def build(self, values: Mapping[str, Any]) -> Model | None:
        """The value, built from the parsed values by their declared paths.

        Absent values are not in ``values``.
        """
        if self.model is str:
            return values.get("")
        found: Model = self._maker(values)
        return found

    def take_apart(self, value: Model) -> Mapping[str, Any]:
        """The values by path, from the model: what :meth:`build` puts together.

        A value that is its attribute's default is absent.
        """
        if value is None:
            return {}
        return {"": value} if self.model is str else dict(_leaves(value, self.model))

    @cached_property
    def _maker(self) -> Callable[[Mapping[str, Any]], Any]:
        return _maker(self.model)


class _BuiltIn(SectionHandler[Any]):
    def __init__(self, key: str, model: type) -> None:
        self.key = key  # type: ignore[misc]
        self.model = model  # type: ignore[misc]


BUILT_IN_HANDLERS: tuple[SectionHandler[Any], ...] = tuple(
    _BuiltIn(key, group_of(hint) or str)
    for key, hint in hints_of(ProjectDescription).items()
    if group_of(hint) or hint == str | None
)
"""Those of the description's groups and prose."""

BUILT_IN_KEYS = frozenset(handler.key for handler in BUILT_IN_HANDLERS)
"""The keys that are attributes of the description; others are extensions."""


def value_at(description: ProjectDescription, key: str) -> Any:
    """The value of a handler in a description; ``None`` where it is absent."""
    is_own = key in BUILT_IN_KEYS
    return getattr(description, key) if is_own else description.extensions.get(key)


def path_of(key: str, path: str = "") -> str:
    """The model path of a handler's value, or of a part of it.

    >>> path_of("project", "code"), path_of("diary")
    ('project.code', "extensions['diary']")
    """
    root = key if key in BUILT_IN_KEYS else f"extensions[{key!r}]"
    return f"{root}.{path}".rstrip(".")


@cache
def _parts(model: type) -> list[tuple[str, Any, type | None]]:
    """Name, default and group of each attribute."""
    hints, parts = hints_of(model), []
    for attribute in attrs.fields(model):
        default = attribute.default
        if isinstance(default, attrs.Factory):  # type: ignore[arg-type]
            default = default.factory()
        parts.append((attribute.name, default, group_of(hints.get(attribute.name))))
    return parts


def _maker(model: type, prefix: str = "") -> Callable[[Mapping[str, Any]], Any]:
    """A function that makes the model from values by path."""
    parts = [
        (f"{prefix}{name}", default, _maker(inner, f"{prefix}{name}.") if inner else None)
        for name, default, inner in _parts(model)
    ]

    def make(values: Mapping[str, Any]) -> Any:
        get = values.get
        return model(
            *[part(values) if part else get(path, default) for path, default, part in parts]
        )

    return make


def _leaves(value: Any, model: type, prefix: str = "") -> Iterable[tuple[str, Any]]:
    for name, default, inner in _parts(model):
        part = getattr(value, name)
        if inner is not None and isinstance(part, inner):
            yield from _leaves(part, inner, f"{prefix}{name}.")
        elif part != default:
            yield f"{prefix}{name}", part


# -- a user's declarations, checked when the parser is made ----------------------------------------

_TAKEN = {a.name for a in attrs.fields(ProjectDescription)} - BUILT_IN_KEYS


def checked(handlers: Iterable[SectionHandler[Any]]) -> dict[str, SectionHandler[Any]]:
    """The handlers by key, the built-in ones among them.

    Raises:
        DeclarationError: a handler cannot be used; the error names it and what to write instead.
    """
    by_key = {h.key: h for h in BUILT_IN_HANDLERS}
    own: set[str] = set()
    for handler in handlers:
        _check_handler(handler)
        name, key = type(handler).__name__, handler.key
        require(key not in own, f"two handlers with the key {key!r}; give {name} another")
        own.add(key)
        by_key[key] = handler
    return by_key


def _check_handler(handler: SectionHandler[Any]) -> None:
    if isinstance(handler, type):
        name = handler.__name__
        raise DeclarationError(f"{name} is a class; write {name}() for an instance")
    name = type(handler).__name__
    is_one = isinstance(handler, SectionHandler)
    require(is_one, f"{handler!r} is not a SectionHandler; write a subclass of it")
    for attribute in ("key", "model"):
        require(hasattr(handler, attribute), f"{name} has no {attribute}; write `{attribute} = …`")
    key: Any = handler.key
    model: Any = handler.model
    is_key = isinstance(key, str) and key and key not in _TAKEN
    require(is_key, f"{name}.key is {key!r}; write a str that no attribute of descriptions has")
    is_model = model is str or (isinstance(model, type) and attrs.has(model))
    require(is_model, f"{name}.model is {model!r}; it must be an attrs class or str")
    for attribute, kind in (("sections", "Section(…)"), ("periods", "'2014-2020'")):
        is_tuple = isinstance(getattr(handler, attribute), tuple)
        require(is_tuple, f"{name}.{attribute} is not a tuple; write ({kind},)")
    if model is not str and not _builds(handler):
        check_model(model, name)


def _builds(handler: SectionHandler[Any]) -> bool:
    """Whether a handler puts its value together itself."""
    return type(handler).build is not SectionHandler.build


def merged(layout: Layout, handlers: Mapping[str, SectionHandler[Any]]) -> Layout:
    """A layout with the sections of a user's handlers in the place of those with their keys.

    Raises:
        DeclarationError: a section cannot be used; the error names it and what to write instead.
    """
    check_layout(layout)
    where = f"the layout {layout.period} ({layout.language})"
    for section in layout.sections:
        check_section(section, where)
        strange = f"section {section.number!r} has the key {section.key!r}, which no handler has"
        require(section.key in handlers, f"{where}: {strange}; add a SectionHandler with this key")
    sections: list[Section] = []
    for key, handler in handlers.items():
        name = type(handler).__name__ if handler.sections else where
        for section in handler.sections:
            check_section(section, name)
            wrong = f"section {section.number!r} has the key {section.key!r}"
            require(section.key == key, f"{name}: {wrong}; write {key!r}")
        found = handler.sections_in(layout)
        if not _builds(handler):
            _check_paths(found, name, handler.model)
        sections += found
    ordered = in_order(sections)
    check_numbers(ordered, where)
    return attrs.evolve(layout, sections=ordered)


def _check_paths(sections: Iterable[Section], where: str, model: type) -> None:
    """Each declared path must be an attribute of the model, and each attribute in one place."""
    seen: dict[str, Content | None] = {}
    for section in sections:
        content, name = section.content, f"{where}: section {section.number!r}"
        for path in content.paths() if content is not None else ():
            if model is str:
                is_text = isinstance(content, Prose) and not path
                require(is_text, f"{name}: the model is str; write Prose() with nothing in it")
                continue
            check_path(path, name, model)
            # Prose of 2007-2013 is under its own heading or right under that of the section.
            is_again = path in seen and not (isinstance(content, Prose) and seen[path] == content)
            require(not is_again, f"{name}: the path {path!r} is used twice; use another attribute")
            seen[path] = content
