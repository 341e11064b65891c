"""Descriptions as flat rows, and their lists as rows of child tables.

Columns are the leaves of the model's classes, in declared order, named by their path:
``project.planned_period.start`` is the column ``project_planned_period_start``. A list of groups
has no column; its groups are the rows of a child table. Only the standard library and attrs are
needed; :mod:`esr_parser.arrow` and ``esr-parser export`` write the same columns.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache, reduce
from operator import attrgetter
from typing import Any

import attrs

from esr_parser.declarations import hints_of, options_of
from esr_parser.diagnostics import Diagnostic
from esr_parser.model import FrozenMapping, ProjectDescription

Getter = Callable[[Any], tuple[Any, ...]]

DIAGNOSTICS: Mapping[str, type] = types.MappingProxyType(
    {
        name: int if hint is int else str
        for name, hint in hints_of(Diagnostic).items()
        if name not in ("span", "words")
    }
)
"""The columns of the table ``diagnostics``: attributes of a diagnostic."""

_CHILD_TABLES = {
    "applicant_co_implementers": "partners",
    "applicant_transfer_recipients": "partners",
    "area_regions": "places",
    "area_subregions": "places",
    "area_municipalities": "places",
    "horizontal_principles_sustainable_development": "impacts",
}
"""The child tables that are not named by their column."""
_PLAIN = (bool, int, float, Decimal, date)


@attrs.frozen
class Column:
    """A column: one leaf of the model.

    Args:
        name: The path from the description, or from a row of a child table, with ``_`` for ``.``.
        path: The attributes that lead to the value; none if it is the thing itself.
        type: ``str``, ``int``, ``float``, ``bool``, ``Decimal``, ``date`` or ``list`` (of ``str``).
    """

    name: str
    path: tuple[str, ...]
    type: type


@attrs.frozen(slots=False)
class ChildTable:
    """The rows of one list of groups, or of a few lists that belong together.

    Args:
        name: The table's name: ``partners``.
        lists: Where the lists are, as columns of type ``list``.
        items: The columns of a row, without ``kind``.
    """

    name: str
    lists: tuple[Column, ...]
    items: tuple[Column, ...]

    @cached_property
    def columns(self) -> Mapping[str, type]:
        """The columns' types by name; ``kind``, the list's name, is first if there are several."""
        kind = {"kind": str} if len(self.lists) > 1 else {}
        return kind | {column.name: column.type for column in self.items}

    @cached_property
    def rows_of(self) -> Callable[[ProjectDescription], list[tuple[Any, ...]]]:
        """A function: the rows of a description, which are the values of :attr:`columns`."""
        kinds = [(column.path[-1],) for column in self.lists] if len(self.lists) > 1 else [()]
        lists_of, item_of = _getter(self.lists), _getter(self.items)

        def rows(description: ProjectDescription) -> list[tuple[Any, ...]]:
            lists = zip(kinds, lists_of(description), strict=True)
            return [kind + item_of(item) for kind, items in lists for item in items or ()]

        return rows


@attrs.frozen(slots=False)
class Shape:
    """The columns and child tables of descriptions.

    >>> [column.name for column in Shape.of().columns if column.type is date]
    ['project_planned_period_start', 'project_planned_period_end']
    >>> [table.name for table in Shape.of().children]
    ['partners', 'places', 'impacts', 'other_fields', 'other_sections']
    """

    columns: tuple[Column, ...]
    children: tuple[ChildTable, ...]

    @staticmethod
    @lru_cache(maxsize=64)
    def of(models: tuple[tuple[str, type], ...] = ()) -> Shape:
        """The shape of descriptions, with the models of a user's handlers by key, in pairs."""
        own = dict(models)
        found: list[tuple[Column, Any]] = []
        for a in attrs.fields(ProjectDescription):
            if a.name != "extensions":
                hint = own.pop(a.name, hints_of(ProjectDescription)[a.name])
                found += _columns(hint, (a.name,))
        for key, model in own.items():
            found += _columns(model, ("extensions", key))
        lists: dict[str, list[tuple[Column, Any]]] = {}
        for column, item in found:
            if attrs.has(item) or column.name in _CHILD_TABLES:
                name = _CHILD_TABLES.get(column.name, column.name)
                lists.setdefault(name, []).append((column, item))
        children = (
            ChildTable(name, tuple(column for column, _ in rows), _columns_of(rows[0][1]))
            for name, rows in lists.items()
        )
        return Shape(_leaves(found), tuple(children))

    @cached_property
    def values_of(self) -> Getter:
        """A function: the values of a description's columns, as the model has them."""
        return _getter(self.columns)


def to_row(description: ProjectDescription) -> dict[str, Any]:
    """One flat row of a description's values.

    Lists of groups (partners, impacts, other fields and sections) are not in it. The values of a
    user's handlers are, named by their path: ``extensions_communication_channel``.

    Returns:
        The values by column, in the order in which the model declares them: ``str``, ``int``,
        ``bool``, ``Decimal`` (euros), ``date``, a list of ``str``, or ``None``.

    >>> from esr_parser import GeographicArea, Project
    >>> area = GeographicArea(municipalities=("Oulu", "Raahe"))
    >>> row = to_row(ProjectDescription(project=Project(code="S29999"), area=area))
    >>> row["project_code"], row["area_municipalities"], row["funding_granted_eu_and_state"]
    ('S29999', ['Oulu', 'Raahe'], None)
    """
    models = [
        (name, type(value))
        for name in attrs.fields_dict(ProjectDescription)
        if attrs.has(type(value := getattr(description, name)))
    ]
    models += [(key, type(value)) for key, value in description.extensions.items()]
    shape = Shape.of(tuple(models))
    values = zip(shape.columns, shape.values_of(description), strict=True)
    return {column.name: _plain(value, column.type) for column, value in values}


def _plain(value: Any, kind: type) -> Any:
    if value is None or type(value) is kind:
        return value
    if kind is list:
        return [str(item) for item in value]
    return str(value) if kind is str else value


def _getter(columns: Sequence[Column]) -> Getter:
    """A function: the values of columns; ``None`` where a path ends early."""
    paths = [column.path for column in columns]
    all_at_once = attrgetter(*map(".".join, paths))
    is_plain = len(paths) > 1 and all(path[0] != "extensions" for path in paths)

    def get(thing: Any) -> tuple[Any, ...]:
        if is_plain:
            with suppress(AttributeError):  # A user's model may have `None` for a group.
                return all_at_once(thing)
        return tuple([reduce(_part, path, thing) for path in paths])

    return get


def _part(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, FrozenMapping) else getattr(thing, name, None)


def _columns(hint: Any, path: tuple[str, ...]) -> Iterator[tuple[Column, Any]]:
    """The leaves and lists below an annotation, each with what is in the list."""
    options = [option for option in options_of(hint) if option is not types.NoneType]
    if attrs.has(options[0]):
        hints = hints_of(options[0])
        for a in attrs.fields(options[0]):
            yield from _columns(hints[a.name], (*path, a.name))
        return
    item: Any = None
    # Text, unless all values are of one plain type.
    kind = options[0] if len(options) == 1 and options[0] in _PLAIN else str
    if typing.get_origin(options[0]) in (tuple, list):
        item, kind = typing.get_args(options[0])[0], list
    yield Column("_".join(path), path, kind), item


def _leaves(found: Iterable[tuple[Column, Any]]) -> tuple[Column, ...]:
    """The columns but for lists of groups."""
    return tuple(column for column, item in found if not attrs.has(item))


def _columns_of(item: Any) -> tuple[Column, ...]:
    is_group = attrs.has(item)
    return _leaves(_columns(item, ())) if is_group else (Column("name", (), str),)
