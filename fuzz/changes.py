"""Changes of one value, all that the declared layouts allow: what law 7 is fuzzed with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import attrs

from esr_parser.grammar import Caption, Content, Fields, Flag, Item, Layout, Prose, Questions, Rows
from esr_parser.handlers import BUILT_IN_HANDLERS
from esr_parser.layouts import LAYOUTS
from esr_parser.model import OtherField, ProjectDescription, SustainabilityImpact
from esr_parser.values import (
    AMOUNT,
    ARRANGEMENT,
    BUSINESS_ID,
    CODE,
    COUNT,
    EMAIL,
    NAME_LIST,
    NUMBERED_ITEM,
    NUMBERED_ITEM_2007,
    ORGANISATION_TYPE,
    PARTNER,
    PERIOD,
    STATUS,
    TEXT,
    YES_NO,
    ValueType,
)

HANDLERS = {handler.key: handler for handler in BUILT_IN_HANDLERS}

EXAMPLES: dict[ValueType, tuple[str, ...]] = {
    TEXT: ("alku", "Kohti satamaa: taidot talteen!"),
    CODE: ("S29999", "A79999"),
    NUMBERED_ITEM: ("9. Alku", "12.3. REACT-EU:n toimet"),
    NUMBERED_ITEM_2007: ("1: Alku",),
    PERIOD: ("Alkaa 1.1.2022 ja päättyy 30.11.2023", "Alkaa 1.1.2022 ja päättyy"),
    STATUS: ("Toiminnassa", "Muu tila"),
    ORGANISATION_TYPE: ("Kunta", "Muu taho (uusi)"),
    BUSINESS_ID: ("9812340-3", "ei ole"),
    EMAIL: ("etu.suku(at)satulammi.example",),
    ARRANGEMENT: ("Vain yksi hakija", "Muu tapa"),
    PARTNER: ("Satulammi Oy, 9812340-3", "Koetila - Teststugan ry/rf"),
    AMOUNT: ("0", "1 128 450", "-51 274,36"),
    COUNT: ("0", "12"),
    NAME_LIST: ("Mallila", "Mallila, Koski, Tl"),
    YES_NO: ("Kyllä", "Ei"),
}
"""Values of each declared type, as a page prints them."""

PROSE = ("Alku on tässä.", "TAVOITTEET:\n\n1) ensimmäinen kohta\n- toinen kohta")
EXPLANATION = "Selitys: näin tämä toimii"

_Function = Callable[[Any], Any]


@attrs.frozen
class Change:
    """One value made another; ``None`` is the absent one."""

    key: str
    path: str
    name: str
    function: _Function

    def apply(self, description: ProjectDescription) -> ProjectDescription:
        """The description with the value changed."""
        old = getattr(description, self.key)
        if self.key not in HANDLERS:
            return attrs.evolve(description, **{self.key: self.function(old)})
        handler = HANDLERS[self.key]
        values = dict(handler.take_apart(old))
        value = self.function(values.pop(self.path, None))
        if value is not None:
            values[self.path] = value
        return attrs.evolve(description, **{self.key: handler.build(values)})

    def __str__(self) -> str:
        return f"{self.key}.{self.path} {self.name}"


@cache
def changes_of(layout: Layout) -> tuple[Change, ...]:
    """Every change for descriptions of a layout, always in the same order."""
    found = [
        Change(section.key, path, name, function)
        for section in layout.sections
        if section.content is not None
        for path, name, function in _of_content(section.content)
    ]
    others = OtherField(layout.sections[0].number, "Kuvitelman tieto", "alku")
    found += [Change("other_fields", "", *each) for each in _of_tuple(others)]
    found += [Change("other_sections", "", *each) for each in _of_tuple()]
    return tuple(found)


def changes_for(description: ProjectDescription) -> tuple[Change, ...]:
    """Every change for a description."""
    period = description.programme_period
    return changes_of(next((la for la in LAYOUTS if la.period == period), LAYOUTS[0]))


def _set(value: Any) -> _Function:
    return lambda _old: value


def _of_content(content: Content) -> Iterator[tuple[str, str, _Function]]:
    if isinstance(content, Prose):
        yield from _of_prose(content)
    elif isinstance(content, Fields):
        for item in content.items:
            yield from _of_item(item)
    elif isinstance(content, Questions):
        for item in content.items:
            for answer in (True, False, None):
                yield f"{item.path}.answer", f"= {answer}", _set(answer)
            for text in (EXPLANATION, None):
                yield f"{item.path}.explanation", f"= {text!r}", _set(text)
    else:
        first, *_, last = content.dimensions
        low = SustainabilityImpact(first.name, first.aspects[0], 0, 10)
        high = SustainabilityImpact(last.name, last.aspects[-1], 3, None, EXPLANATION)
        yield from ((content.path, *change) for change in _of_tuple(low, high))
        yield content.path, "explained", _explained


def _of_prose(content: Prose) -> Iterator[tuple[str, str, _Function]]:
    for text in PROSE:
        yield content.path, f"= {text!r}", _set(text)
        yield (
            content.path,
            f"+ {text!r}",
            lambda old, text=text: f"{old}\n\n{text}" if old else text,
        )
    yield content.path, "= None", _set(None)


def _of_item(item: Item) -> Iterator[tuple[str, str, _Function]]:
    if isinstance(item, Caption):
        return
    if isinstance(item, Flag):
        yield item.path, "= True", _set(True)
    elif isinstance(item, Rows):
        rows = (item.type.parse(text) for text in EXAMPLES[item.type])
        yield from ((item.path, *change) for change in _of_tuple(*rows))
        yield item.path, "upside down", lambda old: old and old[::-1]
        yield item.path, "= ()", _set(())
    else:
        for text in EXAMPLES[item.type]:
            yield item.path, f"= {text!r}", _set(item.type.parse(text))
    yield item.path, "= None", _set(None)


def _of_tuple(*new: Any) -> Iterator[tuple[str, _Function]]:
    for value in new:
        yield f"+ {value!r}", lambda old, value=value: (*(old or ()), value)
        yield f"{value!r} +", lambda old, value=value: (value, *(old or ()))
    yield "without the first", lambda old: old and old[1:]
    yield "without the last", lambda old: old and old[:-1]


def _explained(impacts: tuple[SustainabilityImpact, ...] | None) -> Any:
    return impacts and tuple(attrs.evolve(each, explanation=EXPLANATION) for each in impacts)
