r"""Section handlers: who turns the values of a section into a model, and back.

The built-in sections are handlers like any other. A user's handler declares its sections with the
same classes (:class:`~esr_parser.grammar.Section`, :class:`~esr_parser.grammar.Fields`, …) and
names the attrs class that holds the values; everything else (reading, rendering, JSON, editing,
diagnostics) follows from that.

>>> import attrs
>>> from esr_parser import Field, Fields, Parser, Section, SectionHandler
>>> @attrs.frozen
... class Communication:
...     channel: str | None = None
>>> class CommunicationHandler(SectionHandler):
...     key = "communication"
...     model = Communication
...     sections = (
...         Section("10", "Viestintä", "communication", Fields(Field("Kanava", "channel"))),
...     )
>>> parser = Parser(handlers=[CommunicationHandler()])
>>> parser.parse_description("10 Viestintä\n\nKanava: uutiskirje").extensions
{'communication': Communication(channel='uutiskirje')}
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

import attrs

from esr_parser import model as _model
from esr_parser.grammar import Layout, Section
from esr_parser.model import ProgrammePeriod

__all__ = ["BUILT_IN_HANDLERS", "SectionHandler"]


class SectionHandler:
    """Reads and writes the value of one key: one or more sections of the page.

    A subclass sets the class attributes. It may override :meth:`build` and :meth:`take_apart` (a
    pair: ``build(take_apart(v)) == v``) where its model is not put together attribute by
    attribute.
    """

    key: ClassVar[str]
    """An attribute of the description (replaces the built-in handler), or a key of
    ``extensions``."""
    model: ClassVar[type]
    """The attrs class of the value; ``str`` where the section is nothing but prose."""
    sections: ClassVar[tuple[Section, ...]] = ()
    """The declared sections, in printed order."""
    periods: ClassVar[tuple[ProgrammePeriod, ...]] = (ProgrammePeriod.P2014_2020,)
    """The programme periods whose pages have the sections."""

    def sections_in(self, layout: Layout) -> tuple[Section, ...]:
        """The sections this handler has in a layout."""
        return self.sections if layout.period in self.periods else ()

    def build(self, values: Mapping[str, Any]) -> Any:
        """The value, from what was read, by the declared paths.

        Absent values are not in ``values``.
        """
        if self.model is str:
            return values.get("")
        return self._plan.model(**_arguments(self._plan, values)) if values else self.model()

    def take_apart(self, value: Any) -> Mapping[str, Any]:
        """The values by path, from the model: what :meth:`build` puts together."""
        if self.model is str:
            return {} if value is None else {"": value}
        result: dict[str, Any] = {}
        for path in self._paths:
            part: Any = value
            for name in path.split("."):
                part = getattr(part, name)
                if part is None:
                    break
            else:
                result[path] = part
        return result

    @cached_property
    def _paths(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._all_paths()))

    def _all_paths(self) -> list[str]:
        return [
            path
            for section in self._every_section()
            if section.content is not None
            for path in section.content.paths()
        ]

    def _every_section(self) -> Sequence[Section]:
        return self.sections

    @cached_property
    def _plan(self) -> _Plan:
        return _plan_of(self.model, self._paths)


class BuiltInHandler(SectionHandler):
    """A section of the layouts themselves."""

    def __init__(self, key: str, model: type) -> None:
        self.key = key  # type: ignore[misc]
        self.model = model  # type: ignore[misc]

    def sections_in(self, layout: Layout) -> tuple[Section, ...]:
        return tuple(section for section in layout.sections if section.key == self.key)

    def _every_section(self) -> Sequence[Section]:
        from esr_parser.layouts import LAYOUTS

        return [section for layout in LAYOUTS for section in self.sections_in(layout)]


BUILT_IN_HANDLERS: tuple[BuiltInHandler, ...] = (
    BuiltInHandler("project", _model.Project),
    BuiltInHandler("applicant", _model.Applicant),
    BuiltInHandler("summary", str),
    BuiltInHandler("target_groups", _model.TargetGroups),
    BuiltInHandler("funding", _model.PublicFunding),
    BuiltInHandler("area", _model.GeographicArea),
    BuiltInHandler("estimates", _model.MonitoringEstimates),
    BuiltInHandler("horizontal_principles", _model.HorizontalPrinciples),
    BuiltInHandler("final_report_summary", str),
)


@attrs.frozen
class _Plan:
    """How a model is put together: each attribute from a path, or from a plan of its own."""

    model: type
    paths: tuple[tuple[str, str], ...]
    plans: tuple[tuple[str, _Plan], ...]


def _arguments(plan: _Plan, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the model is made with; an inner model only where one of its values was read."""
    arguments = {name: values[path] for name, path in plan.paths if path in values}
    for name, part in plan.plans:
        inner = _arguments(part, values)
        if inner:
            arguments[name] = part.model(**inner)
    return arguments


def _plan_of(model: type, paths: Sequence[str], prefix: str = "") -> _Plan:
    names: dict[str, list[str]] = {}
    for path in paths:
        name, dot, rest = path.partition(".")
        names.setdefault(name, [])
        if dot:
            names[name].append(rest)
    hints = typing.get_type_hints(model)
    own: list[tuple[str, str]] = []
    plans: list[tuple[str, _Plan]] = []
    for name, inner in names.items():
        if name not in hints:
            raise ValueError(f"{model.__name__} has no attribute {name!r}")
        if inner:
            plans.append((name, _plan_of(_attrs_class(hints[name]), inner, f"{prefix}{name}.")))
        else:
            own.append((name, f"{prefix}{name}"))
    return _Plan(model, tuple(own), tuple(plans))


def _attrs_class(hint: Any) -> type:
    """The attrs class in an annotation such as ``Contact | None``."""
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    for option in options:
        if isinstance(option, type) and attrs.has(option):
            return option
    raise ValueError(f"{hint} is no attrs class")
