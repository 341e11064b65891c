"""Values of one section that cannot be right together: columns were moved, or filled down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from esr_parser.lazy import lazy
from esr_parser.model import ApplicantArrangement, ProgrammeItem

_Get = Callable[[str], Any]
_Found = tuple[str, str] | None

# No amount is much more than what was granted or planned, unless digits were lost.
_LIMITS = ("granted_eu_and_state", "planned_public_total")
_AMOUNTS = (*_LIMITS, "realised_eu_and_state", "realised_public_total")
_LEAST = 1000
"""In the official list, no grant and no plan is smaller, but for 0, and nobody spent more."""
_REGIONS = frozenset(
    (
        *("Ahvenanmaa", "Etelä-Karjala", "Etelä-Pohjanmaa", "Etelä-Savo", "Kainuu", "Kanta-Häme"),
        *("Keski-Pohjanmaa", "Keski-Suomi", "Kymenlaakso", "Lappi", "Pirkanmaa", "Pohjanmaa"),
        *("Pohjois-Karjala", "Pohjois-Pohjanmaa", "Pohjois-Savo", "Päijät-Häme", "Satakunta"),
        *("Uusimaa", "Varsinais-Suomi"),
    )
)
"""No town has such a name, and subregions have genitives."""
# Neighbours of the same kind that never hold the same.
_DIFFERENT = {
    "project": (("priority_axis", "specific_objective"),),
    "applicant": (
        ("name", "contact.name"),
        ("contact.name", "contact.position"),
        ("address.street", "phone"),
        ("address.post_office", "website"),
    ),
    "area": (("regions", "subregions"), ("subregions", "municipalities")),
}
_PERSON = lazy("(?:[A-ZÅÄÖ][a-zåäö-]+ ){1,3}[A-ZÅÄÖ][a-zåäö-]+")
_FAR, _MUCH = 100, 100_000
"""In the official list, a plan is at most 21 times a grant; what lost its thousands, a thousand."""


def contradiction(key: str, get: _Get) -> _Found:
    """The path of a value that another value of its section contradicts, and what is odd about it.

    Args:
        key: The section.
        get: Gives the value at a path of the section, or ``None``.

    >>> amounts = {"granted_eu_and_state": Decimal(186400), "planned_public_total": Decimal(233)}
    >>> contradiction("funding", amounts.get)
    ('granted_eu_and_state', 'the amount does not fit to the others')
    """
    for first, second in _DIFFERENT.get(key, ()):
        # A column that was filled down or moved.
        if (value := get(second)) and value == get(first):
            return second, "the value is that of another field"
    look = _LOOKS.get(key)
    return look(get) if look is not None else None


def _of_items(get: _Get) -> _Found:
    axis, objective = get("priority_axis"), get("specific_objective")
    if not (isinstance(axis, ProgrammeItem) and isinstance(objective, ProgrammeItem)):
        return None
    if "." not in (axis.number or ""):
        return None
    if "." not in (objective.number or "."):
        return "specific_objective", f"{objective.number!r} is the number of a priority axis"
    return "priority_axis", f"{axis.number!r} is the number of a specific objective"


def _of_people(get: _Get) -> _Found:
    name, position = get("contact.name"), get("contact.position")
    if name and position and " " not in name and _PERSON.fullmatch(position):
        return "contact.position", "the value may be the name"
    has_partners = get("co_implementers") or get("transfer_recipients")
    if has_partners and get("arrangement") is ApplicantArrangement.SINGLE:
        return "arrangement", "there are partners all the same"
    return None


def _of_amounts(get: _Get) -> _Found:
    values = [(get(path), path) for path in _AMOUNTS]
    found = [(amount, path) for amount, path in values if isinstance(amount, Decimal)]
    limits = [(amount, path) for amount, path in found if path in _LIMITS and amount > 0]
    most = max(found)[0] if limits else 0
    if most > _MUCH and most > _FAR * min(limits)[0]:
        far = [(x, y) for amount, x in found for limit, y in limits if amount > _FAR * limit]
        # The one that does not fit to most of the others.
        [(path, _)] = Counter(path for pair in far for path in pair).most_common(1)
        return path, "the amount does not fit to the others"
    small = (path for amount, path in found if path in _LIMITS and amount < _LEAST and amount)
    if path := next(small, ""):
        return path, "the amount is less than that of any project"
    granted, _, realised, _ = (amount for amount, _ in values)
    if isinstance(granted, Decimal) and isinstance(realised, Decimal) and realised > granted:
        return _AMOUNTS[2], "the amount is larger than what was granted"
    return None


def _of_areas(get: _Get) -> _Found:
    for path in ("subregions", "municipalities"):
        for name in get(path) or ():
            if name in _REGIONS:
                return path, f"{name!r} is the name of a region"
    return None


_LOOKS = {
    "project": _of_items,
    "applicant": _of_people,
    "funding": _of_amounts,
    "area": _of_areas,
}
