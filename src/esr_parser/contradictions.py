"""Values of one section that cannot be right together: columns were moved, or filled down."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from esr_parser.lazy import lazy
from esr_parser.model import ApplicantArrangement, Period, ProgrammeItem
from esr_parser.values import ARRANGEMENT, ORGANISATION_TYPE, STATUS, ValueType

_Get = Callable[[str], Any]
_Found = tuple[str, str] | None

_GRANTED, _REALISED = "granted_eu_and_state", "realised_eu_and_state"
# No amount is much more than what was granted or planned, unless digits were lost.
_LIMITS = (_GRANTED, "planned_public_total")
_AMOUNTS = (*_LIMITS, _REALISED, "realised_public_total")
_LEAST = 1000
"""In the official list, no grant and no plan is smaller, but for 0, and nobody spent more."""
# By what codes begin with. Projects ended up to three years behind their programme period; the rest
# is slack: what is told are digits that were exchanged or misread.
_YEARS = dict.fromkeys(("S2", "A7"), range(2012, 2027))
_YEARS |= dict.fromkeys(("S1", "A3", "A5", "A6"), range(2005, 2020))
_QUESTIONS = ("environment_analysed", "mainstreamed", "main_objective")
_ANSWERS = [(f"gender_equality.{x}", f"gender_equality.{x}.answer") for x in _QUESTIONS]
_REGIONS = frozenset(
    (
        *("Ahvenanmaa", "Etelä-Karjala", "Etelä-Pohjanmaa", "Etelä-Savo", "Kainuu", "Kanta-Häme"),
        *("Keski-Pohjanmaa", "Keski-Suomi", "Kymenlaakso", "Pirkanmaa", "Pohjanmaa", "Uusimaa"),
        *("Pohjois-Karjala", "Pohjois-Pohjanmaa", "Pohjois-Savo", "Päijät-Häme", "Satakunta"),
        "Varsinais-Suomi",
    )
)
"""No town has such a name, as one had that of Lappi, and subregions have genitives."""
_ALL_REGIONS = _REGIONS | {"Lappi", "Itä-Uusimaa"}
_MOST_REGIONS, _ALIKE = 30, 0.85
_PERSON = lazy(
    "(?!.*(?:Manager|Head|Director|Officer|Coordinator|Leader|Expert|Specialist|Planner))"
    "(?:[A-ZÅÄÖ][a-zåäö-]+ ){1,3}[A-ZÅÄÖ][a-zåäö-]+"
)
_FAR, _MUCH = 100, 100_000
"""In the official list, a plan is at most 21 times a grant; what lost its thousands, a thousand."""


def contradiction(key: str, get: _Get, is_there: Callable[[str], bool] = lambda _: True) -> _Found:
    """The path of a value that another value of its section contradicts, and what is odd about it.

    Args:
        key: The section.
        get: Gives the value at a path of the section, or ``None``.
        is_there: Whether the page has the label of a path.

    >>> amounts = {"granted_eu_and_state": Decimal(186400), "planned_public_total": Decimal(233)}
    >>> contradiction("funding", amounts.get)
    ('planned_public_total', 'the amount is less than that of any project')
    """
    if key not in _LOOKS:
        return None
    look, neighbours = _LOOKS[key]
    for first, second in neighbours:
        # A column that was filled down or moved.
        if (value := get(second)) and value == get(first):
            return second, "the value is that of another field"
    for empty, shape, paths in _ENDS.get(key, ()):
        for path in paths if get(empty) is None and is_there(empty) else ():
            value = get(path)
            text = value.title if isinstance(value, ProgrammeItem) else value
            if text and shape.search(text):
                return path, "the value ends with that of another field, which is empty"
    return look(get)


def _of_project(get: _Get) -> _Found:
    axis, objective, period = map(get, ("priority_axis", "specific_objective", "planned_period"))
    if isinstance(objective, ProgrammeItem) and len(objective.number or "") == 1:
        return "specific_objective", f"{objective.number!r} is the number of a priority axis"
    if isinstance(axis, ProgrammeItem) and "." in (axis.number or ""):
        return "priority_axis", f"{axis.number!r} is the number of a specific objective"
    years = _YEARS.get((get("code") or "")[:2])
    if years is None or not isinstance(period, Period):
        return None
    for day in filter(None, (period.start, period.end)):
        if day.year not in years:
            return "planned_period", f"{day.year} is not in the programme period of the code"
    return None


def _of_answers(get: _Get) -> _Found:
    lost = [path for path, answer in _ANSWERS if get(answer) is None]
    are_others = 0 < len(lost) < len(_ANSWERS)
    return (lost[0], "the other questions have an answer") if are_others else None


def _of_people(get: _Get) -> _Found:
    name, position = get("contact.name"), get("contact.position")
    if name and position and " " not in name and _PERSON.fullmatch(position):
        return "contact.position", "the value may be the name"
    has_partners = get("co_implementers") or get("transfer_recipients")
    if has_partners and get("arrangement") is ApplicantArrangement.SINGLE:
        return "arrangement", "there are partners all the same"
    return None


def _of_amounts(get: _Get) -> _Found:
    found = [(amount, path) for path in _AMOUNTS if isinstance(amount := get(path), Decimal)]
    limits = [x for x in found if x[1] in _LIMITS and x[0]]
    if not limits:
        return None
    (least, path), most = min(limits), max(found)[0]
    if least < _LEAST:
        return path, "the amount is less than that of any project"
    if most > _MUCH and most > _FAR * least:
        far = [(x, y) for amount, x in found for limit, y in limits if amount > _FAR * limit]
        # The one that does not fit to most of the others.
        [(path, _)] = Counter(path for pair in far for path in pair).most_common(1)
        return path, "the amount does not fit to the others"
    granted = found[0][0] + 1  # one is rounded
    if found[0][1] == _GRANTED and any(x[1] == _REALISED and x[0] > granted for x in found):
        return _REALISED, "the amount is larger than what was granted"
    return None


def _of_areas(get: _Get) -> _Found:
    for path in ("subregions", "municipalities"):
        for name in get(path) or ():
            if name in _REGIONS:
                return path, f"{name!r} is the name of a region"
    others = {name for path in ("subregions", "municipalities") for name in get(path) or ()}
    for name in (get("regions") or ())[:_MOST_REGIONS]:
        if name in others:
            return "regions", f"{name!r} is the name of a subregion or municipality"
        if name not in _ALL_REGIONS and (near := _near(name)):
            return "regions", f"unknown region {name!r}; did you mean {near!r}?"
    return None


def _near(name: str) -> str | None:
    """The region that is meant, where a name is cut or misspelled."""
    from difflib import get_close_matches

    known = sorted(_ALL_REGIONS)
    cut = [region for region in known if region.startswith(name)]
    return next(iter(cut or get_close_matches(name, known, 1, _ALIKE)), None)


def _words(kind: ValueType[Any]) -> re.Pattern[str]:
    """The known words of a type at the end of a text; a name can end in one, such as *Säätiö*."""
    return lazy(rf"\s(?:{'|'.join(re.escape(x) for x in kind.words if ' ' in x)})$")


_ITEM_NAMES = ("priority_axis", "specific_objective", "responsible_authority", "name")
_APPLICANT_NAMES = ("address.post_office", "contact.name", "contact.position", "contact.phone")
_ENDS: dict[str, tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...]] = {
    "project": (
        ("code", lazy(r"\s[SA][0-9]{5}$"), _ITEM_NAMES),
        ("specific_objective", lazy(r"\s[0-9]{1,2}\.[0-9]{1,2}\. \S"), _ITEM_NAMES[:1]),
        ("planned_period", lazy(r"\sAlkaa [0-9.]+ ja päättyy\b"), _ITEM_NAMES),
        ("status", _words(STATUS), _ITEM_NAMES),
    ),
    "applicant": (
        ("organisation_type", _words(ORGANISATION_TYPE), ("name",)),
        ("website", lazy(r"\s(?:https?://|www\.)\S+$"), _APPLICANT_NAMES),
        ("arrangement", _words(ARRANGEMENT), _APPLICANT_NAMES),
    ),
}
"""By section: a field, its shape behind another value, and the fields that hold text."""

_LOOKS: dict[str, tuple[Callable[[_Get], _Found], tuple[tuple[str, str], ...]]] = {
    "project": (_of_project, (("priority_axis", "specific_objective"),)),
    "applicant": (
        _of_people,
        (
            ("contact.name", "contact.position"),
            ("address.street", "phone"),
            ("address.post_office", "website"),
        ),
    ),
    "funding": (_of_amounts, ()),
    "horizontal_principles": (_of_answers, ()),
    "area": (_of_areas, (("regions", "subregions"), ("subregions", "municipalities"))),
}
"""By section: a look at its values, and neighbours that never hold the same."""
