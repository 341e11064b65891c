"""Strategies for the values behind one label, by their declared value type."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from esr_parser import values as v
from esr_parser.model import Partner, Period, ProgrammeItem
from esr_parser.testing.words import TEXT_LINES, WORDS, business_id
from esr_parser.values import ValueType

__all__ = ["line_texts", "register_value_strategy", "values_of"]

_REGISTERED: dict[ValueType, Callable[[bool], SearchStrategy[Any]]] = {}
_HARDEST_SPACES = "  "


def register_value_strategy(kind: ValueType, strategy: SearchStrategy[Any]) -> None:
    """Says what values of a value type of one's own are generated.

    Without it they are generated from the annotation of the attribute that holds them, and those
    are kept that can be written on one line and read back.

    Args:
        kind: The value type, as declared in a :class:`~esr_parser.grammar.Field`.
        strategy: Values that ``kind.format`` writes so that ``kind.parse`` reads them.
    """
    _REGISTERED[kind] = lambda _tame: strategy


def values_of(kind: ValueType, hint: object = str, *, tame: bool = False) -> SearchStrategy[Any]:
    """Values of a declared type that can be written and read back.

    Args:
        kind: The value type.
        hint: The annotation of the attribute that holds it, for types that nobody registered.
        tame: Whether to leave out what noise makes unreadable, such as double spaces.
    """
    known = _REGISTERED.get(kind)
    if known is not None:
        return known(tame)
    if kind.words:
        return st.sampled_from([kind.parse(word) for word in kind.words]) | _WORDS_OF_AN_OPEN_SET
    strategy = line_texts(tame=tame) if hint in (str, object) else st.from_type(hint)  # type: ignore[arg-type]
    return strategy.filter(lambda value: _reads_back(kind, value))


def _reads_back(kind: ValueType, value: Any) -> bool:
    try:
        text = kind.format(value)
        return bool(text) and text == " ".join(text.split()) and bool(kind.parse(text) == value)
    except (ValueError, TypeError, AttributeError, ArithmeticError):
        return False


def line_texts(*, tame: bool = False) -> SearchStrategy[str]:
    """One line of text: invented words, or a value of a kind that real pages have."""
    lines = [line for line in TEXT_LINES if not (tame and _HARDEST_SPACES in line)]
    return _PHRASES | st.sampled_from(lines)


_PHRASES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
_NAMES = st.lists(
    st.sampled_from([w for w in WORDS if w[-1] != "-" and len(w) > 3]), min_size=1, max_size=2
).map(" ".join)
_WORDS_OF_AN_OPEN_SET = st.sampled_from(("Satulammi", "Muu taho (uusi)"))
_TITLES = st.sampled_from(
    ("Alku", "Osaaminen, oppiminen: uudet alut", "REACT-EU:n toimet", "3D-tulostus", "ja muut")
)
_DATES = st.dates(date(2007, 1, 1), date(2023, 12, 31))
_IDS = st.integers(9_800_000, 9_899_999).filter(business_id).map(lambda n: business_id(n) or "")


def _numbered(_tame: bool) -> SearchStrategy[ProgrammeItem]:
    numbers = st.sampled_from(("1", "9", "12.3", "10"))
    titles = st.none() | _TITLES
    return st.builds(ProgrammeItem, numbers, titles) | st.builds(
        ProgrammeItem, st.none(), st.just("Nimetön osio")
    )


def _amounts(_tame: bool) -> SearchStrategy[Decimal]:
    whole = st.integers(0, 9_999_999).map(Decimal)
    cents = st.integers(-999_999_99, 999_999_99).map(lambda n: Decimal(n).scaleb(-2))
    return whole | cents


def _periods(_tame: bool) -> SearchStrategy[Period]:
    both = st.builds(Period, _DATES, _DATES)
    return both | st.builds(Period, _DATES, st.none()) | st.builds(Period, st.none(), _DATES)


def _codes(_tame: bool) -> SearchStrategy[str]:
    short = st.tuples(st.sampled_from(("S2", "A7", "S1", "A3")), st.integers(0, 9999))
    longer = st.sampled_from(("A5123456", "A612345678"))
    return short.map(lambda pair: f"{pair[0]}{pair[1]:04}") | longer


def _emails(_tame: bool) -> SearchStrategy[str]:
    names = st.sampled_from(("a", "etu.suku", "x_y-z"))
    hosts = st.sampled_from(("satulammi.example", "ala.tarula-oy.example"))
    return st.builds("{}@{}".format, names, hosts)


def _name_lists(_tame: bool) -> SearchStrategy[tuple[str, ...]]:
    names = _NAMES | st.just("Koski Tl")
    return st.lists(names, min_size=1, max_size=4).map(tuple)


_PARTNER_NAMES = (
    "Satulammi Oy",
    "Tarulan kunta, sivistystoimi, kirjasto",
    "Koetila - Teststugan ry/rf",
    "Olematon! (ent. Kuvitelma) Oy",
)


def _partners(_tame: bool) -> SearchStrategy[Partner]:
    return st.builds(Partner, st.sampled_from(_PARTNER_NAMES), st.none() | _IDS)


def _ids(_tame: bool) -> SearchStrategy[str]:
    return _IDS | st.sampled_from(("1234567-2", "ei ole", "FI98123403"))


def _text(tame: bool) -> SearchStrategy[str]:
    return line_texts(tame=tame)


_REGISTERED.update(
    {
        v.TEXT: _text,
        v.CODE: _codes,
        v.BUSINESS_ID: _ids,
        v.NUMBERED_ITEM: _numbered,
        v.NUMBERED_ITEM_2007: _numbered,
        v.PERIOD: _periods,
        v.AMOUNT: _amounts,
        v.COUNT: lambda _tame: st.integers(0, 99_999),
        v.EMAIL: _emails,
        v.NAME_LIST: _name_lists,
        v.PARTNER: _partners,
        v.YES_NO: lambda _tame: st.booleans(),
    }
)
