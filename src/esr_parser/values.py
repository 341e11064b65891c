"""Value pairs: how each kind of value is read and written.

Every kind is a :class:`ValueType`, and every value type is a pair: ``parse`` reads what stands
behind a label, ``format`` writes it as the register prints it. Two laws bind the pair, and are
tested as properties: ``parse(format(v)) == v`` for every value ``format`` accepts, and
``format(parse(t))`` is settled: reading and writing it once more changes nothing.

``parse`` is given one line, not empty, without white space around it, and raises ``ValueError``
for what it cannot read. Noise inside a value (``01.01.2022``, ``128.450 €``) is read here.

>>> AMOUNT.parse("128 450 €")
Decimal('128450')
>>> AMOUNT.format(Decimal("51274.36"))
'51 274,36'
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import attrs

from esr_parser.model import (
    CODE_PREFIXES,
    ApplicantArrangement,
    OrganisationType,
    Partner,
    Period,
    ProgrammeItem,
    ProjectStatus,
)

__all__ = [
    "AMOUNT",
    "ARRANGEMENT",
    "BUSINESS_ID",
    "CODE",
    "COUNT",
    "EMAIL",
    "NAME_LIST",
    "NUMBERED_ITEM",
    "NUMBERED_ITEM_2007",
    "ORGANISATION_TYPE",
    "PARTNER",
    "PERIOD",
    "STATUS",
    "TEXT",
    "YES_NO",
    "ValueType",
]


@attrs.frozen(eq=False)
class ValueType:
    """One kind of value: a pair of functions, and what the documentation says about it."""

    name: str
    parse: Callable[[str], Any]
    """From one line of text to the value; raises ``ValueError`` with a message for people.

    Best is a sentence about the value: ``"'x' is not an amount such as '128 450'"``.
    """
    format: Callable[[Any], str]
    """From the value to the canonical text; raises ``ValueError`` for what cannot be written."""
    shape: str
    """What the text looks like, for the format reference and for error messages."""
    notice: Callable[[Any], str | None] | None = None
    """Says what is odd about a value that was read all the same."""
    words: tuple[str, ...] = ()
    """The known words of an open set, in declared order."""
    spelling: re.Pattern[str] | None = None
    """The register's own spelling, where values in others are read, too, and told."""
    printed: Callable[[str], Any] = attrs.field(
        default=attrs.Factory(lambda self: self._printed, takes_self=True)
    )
    """The value of text in that spelling with nothing odd about it, ``None`` for any other text.

    It follows from the other functions, and is given where one look does instead of three.
    """

    def _printed(self, text: str) -> Any:
        if self.spelling is not None and not self.spelling.fullmatch(text):
            return None
        try:
            value = self.parse(text)
        except ValueError:
            return None
        return value if self.notice is None or self.notice(value) is None else None


# -- text -------------------------------------------------------------------------------------


def _same(text: str) -> str:
    return text


TEXT = ValueType("text", _same, _same, "one line of any text")


# -- project code -----------------------------------------------------------------------------

# S2…/A7… of 2014-2020 and S1…/A3… of 2007-2013 have five digits; the 2007-2013 list also holds
# A5 with six and A6 with nine.
_CODE = re.compile(r"[SA]\d{5}|A5\d{5}|A6\d{8}")


def _code_notice(code: str) -> str | None:
    if _CODE.fullmatch(code) and code[:2] in CODE_PREFIXES:
        return None
    return f"{code!r} is not a project code such as 'S20001'"


CODE = ValueType("project code", _same, _same, "`S` or `A` and five digits", _code_notice)


# -- business id ------------------------------------------------------------------------------

_BUSINESS_ID = re.compile(r"\d{7}-\d", re.ASCII)


def business_id_is_valid(business_id: str) -> bool:
    """Whether a Y-tunnus has the right shape and check digit.

    The seven digits are multiplied by 7, 9, 10, 5, 8, 4, 2 and added up; the remainder by 11 is
    0 (check digit 0) or 2-10 (check digit 11 minus the remainder); 1 is never given out.
    Source: Finnish Patent and Registration Office, business identity code.

    >>> business_id_is_valid("1234567-1"), business_id_is_valid("1234567-2")
    (True, False)
    """
    if not _BUSINESS_ID.fullmatch(business_id):
        return False
    a, b, c, d, e, f, g = map(int, business_id[:7])
    remainder = (7 * a + 9 * b + 10 * c + 5 * d + 8 * e + 4 * f + 2 * g) % 11
    return remainder != 1 and (11 - remainder) % 11 == int(business_id[-1])


def _business_id_notice(business_id: str) -> str | None:
    if business_id_is_valid(business_id):
        return None
    if _BUSINESS_ID.fullmatch(business_id):
        return f"the check digit of {business_id!r} is wrong"
    return f"{business_id!r} is not a Y-tunnus (seven digits, a hyphen, a check digit)"


BUSINESS_ID = ValueType(
    "business id", _same, _same, "seven digits, hyphen, check digit", _business_id_notice
)


# -- words of an open set ---------------------------------------------------------------------


def _words(name: str, known: type[StrEnum]) -> ValueType:
    by_word = {str(member): member for member in known}

    def parse(text: str) -> str:
        return by_word.get(text, text)

    def notice(value: str) -> str | None:
        return None if value in by_word else f"unknown word {value!r}"

    shape = "one of the known words"
    return ValueType(name, parse, str, shape, notice, tuple(by_word), printed=by_word.get)


STATUS = _words("project status", ProjectStatus)
ORGANISATION_TYPE = _words("organisation type", OrganisationType)
ARRANGEMENT = _words("applicant arrangement", ApplicantArrangement)


# -- numbered titles --------------------------------------------------------------------------

_NUMBERED = re.compile(r"(\d{1,9}(?:\.\d{1,9}){0,9})(?:\s*[.:](?!\d)\s*|\s+|$)(.*)", re.DOTALL)


def _parse_numbered(text: str) -> ProgrammeItem:
    match = _NUMBERED.fullmatch(text)
    if match is None:
        return ProgrammeItem(None, text)
    return ProgrammeItem(match[1], match[2] or None)


def _numbered(name: str, mark: str, shape: str) -> ValueType:
    def format_item(item: ProgrammeItem) -> str:
        if item.number is None:
            return item.title or ""
        return f"{item.number}{mark} {item.title}" if item.title else f"{item.number}{mark}"

    return ValueType(name, _parse_numbered, format_item, shape)


NUMBERED_ITEM = _numbered("numbered title", ".", "`9. title` or `12.3. title`")
NUMBERED_ITEM_2007 = _numbered("numbered title (2007-2013)", ":", "`1: title`")


# -- periods ----------------------------------------------------------------------------------

_DAY = r"([1-9]\d?)\.([1-9]\d?)\.(\d{4})"
_PRINTED_PERIOD = re.compile(rf"Alkaa(?: {_DAY})? ja päättyy(?: {_DAY})?", re.ASCII)
_LONGEST_PERIOD = 100
_DATE = r"(\d{1,2}\s?\.\s?\d{1,2}\s?\.\s?\d{4}|\d{4}-\d{1,2}-\d{1,2})?"
_PERIOD = re.compile(
    rf"(?:alkaa\b)?\s*{_DATE}\s*(?:(?:ja\s*)?(?u:päättyy)\b|[-–—])\s*{_DATE}",
    re.ASCII | re.IGNORECASE,
)


def _parse_date(text: str) -> date:
    if "-" in text:
        year, month, day = text.split("-")
    else:
        day, month, year = text.split(".")
    return date(int(year), int(month), int(day))


def _printed_period(text: str) -> Period | None:
    match = _PRINTED_PERIOD.fullmatch(text)
    if match is None:
        return None
    start, end = match.group(3, 2, 1), match.group(6, 5, 4)
    try:
        return Period(
            date(*map(int, start)) if start[0] else None, date(*map(int, end)) if end[0] else None
        )
    except ValueError:
        return None


def _parse_period(text: str) -> Period:
    match = _PERIOD.fullmatch(text) if len(text) <= _LONGEST_PERIOD else None
    if match is None:
        raise ValueError(f"{text!r} is not a period such as 'Alkaa 1.1.2022 ja päättyy 30.11.2023'")
    start, end = match.groups()
    return Period(
        _parse_date(start) if start else None,
        _parse_date(end) if end else None,
    )


def _format_date(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year:04}"


def _format_period(period: Period) -> str:
    start = f"Alkaa {_format_date(period.start)}" if period.start else "Alkaa"
    return f"{start} ja päättyy {_format_date(period.end)}" if period.end else f"{start} ja päättyy"


PERIOD = ValueType(
    "period",
    _parse_period,
    _format_period,
    "`Alkaa 1.1.2022 ja päättyy 30.11.2023`",
    spelling=_PRINTED_PERIOD,
    printed=_printed_period,
)


# -- numbers ----------------------------------------------------------------------------------

_SPACES = " \t\xa0\u2007\u2009\u202f"
_AMOUNT = re.compile(
    rf"([-−–]?)\s?(\d{{1,30}}|\d{{1,3}}(?:[{_SPACES}]\d{{3}}){{1,9}}|\d{{1,3}}(?:\.\d{{3}}){{1,9}})"
    r"(?:,(\d{1,30})|,-|\.(\d{1,2}))?(?:\s?(?:€|eur|euroa))?",
    re.ASCII | re.IGNORECASE,
)
_CANONICAL_AMOUNT = re.compile(r"-?(?:0|[1-9]\d{0,2}(?: \d{3}){0,9})(?:,\d{2,30})?", re.ASCII)
_NOT_DIGITS = re.compile(r"\D", re.ASCII)


def _printed_amount(text: str) -> Decimal | None:
    if _CANONICAL_AMOUNT.fullmatch(text) is None:
        return None
    return Decimal(text.replace(" ", "").replace(",", "."))


def _parse_amount(text: str) -> Decimal:
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not an amount such as '128 450'")
    sign, whole, cents, cents_behind_dot = match.groups()
    digits = _NOT_DIGITS.sub("", whole)
    fraction = cents or cents_behind_dot
    return Decimal(f"{'-' if sign else ''}{digits}{f'.{fraction}' if fraction else ''}")


def _format_amount(amount: Decimal) -> str:
    if not amount.is_finite() or amount.adjusted() > 29 or amount.as_tuple().exponent < -30:  # type: ignore[operator]
        raise ValueError(f"{amount} is not an amount of euros that can be written")
    sign = "-" if amount < 0 else ""
    # Not abs(): that rounds to the precision of the current context.
    whole, _, fraction = f"{amount.copy_abs():f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", " ")
    return f"{sign}{grouped},{fraction:0<2}" if fraction.strip("0") else f"{sign}{grouped}"


AMOUNT = ValueType(
    "amount",
    _parse_amount,
    _format_amount,
    "euros: `128 450` or `51 274,36`",
    spelling=_CANONICAL_AMOUNT,
    printed=_printed_amount,
)

_COUNT = re.compile(rf"-?\d{{1,15}}|-?\d{{1,3}}(?:[{_SPACES}]\d{{3}}){{1,4}}", re.ASCII)


_PRINTED_COUNT = re.compile(r"0|-?[1-9]\d{0,14}", re.ASCII)


def _printed_count(text: str) -> int | None:
    return int(text) if _PRINTED_COUNT.fullmatch(text) is not None else None


def _parse_count(text: str) -> int:
    if _COUNT.fullmatch(text) is None:
        raise ValueError(f"{text!r} is not a whole number")
    return int(text if text.isdigit() else re.sub(r"[^-\d]", "", text))


def _format_count(count: int) -> str:
    return f"{count:d}"


COUNT = ValueType(
    "count",
    _parse_count,
    _format_count,
    "a whole number",
    spelling=re.compile(r"0|-?[1-9]\d*", re.ASCII),
    printed=_printed_count,
)


# -- e-mail -----------------------------------------------------------------------------------

_PRINTED_EMAIL = re.compile(r"[^\s(\[]++\(at\)[^\s(\[]++")
_AT = re.compile(r"[(\[]\s?at\s?[)\]]|@", re.IGNORECASE)


def _parse_email(text: str) -> str:
    if _PRINTED_EMAIL.fullmatch(text):
        return text.replace("(at)", "@")
    return "@".join(part.strip() for part in _AT.split(text))


def _format_email(email: str) -> str:
    return email.replace("@", "(at)")


EMAIL = ValueType("e-mail", _parse_email, _format_email, "`name(at)host`")


# -- lists of names ---------------------------------------------------------------------------

# The municipality Koski Tl is printed "Koski, Tl", with the comma of the list inside its name.
_COMMA_NAMES = {"Koski Tl": ("Koski", "Tl")}
_COMMA_PARTS = {parts: name for name, parts in _COMMA_NAMES.items()}


def _parse_names(text: str) -> tuple[str, ...]:
    names: list[str] = []
    for part in text.split(","):
        name = part.strip()
        if not name:
            continue
        whole = _COMMA_PARTS.get((names[-1], name)) if names else None
        if whole is not None:
            names[-1] = whole
        else:
            names.append(name)
    if not names:
        raise ValueError(f"{text!r} holds no name")
    return tuple(names)


def _format_names(names: tuple[str, ...]) -> str:
    return ", ".join(", ".join(_COMMA_NAMES.get(name, (name,))) for name in names)


NAME_LIST = ValueType("list of names", _parse_names, _format_names, "`Oulu, Raahe, Muhos`")


# -- partner rows -----------------------------------------------------------------------------


def _parse_partner(text: str) -> Partner:
    # Names hold commas themselves: only what stands before a Y-tunnus at the end is cut off.
    name, business_id = text[:-9], text[-9:]
    if name[-1:] not in (",", " ", "\t") or not _BUSINESS_ID.fullmatch(business_id):
        return Partner(text, None)
    name = name.rstrip().removesuffix(",").rstrip()
    return Partner(name, business_id) if name else Partner(text, None)


def _format_partner(partner: Partner) -> str:
    return f"{partner.name}, {partner.business_id}" if partner.business_id else partner.name


def _partner_notice(partner: Partner) -> str | None:
    if partner.business_id is None:
        return f"the row {partner.name!r} has no Y-tunnus"
    return _business_id_notice(partner.business_id)


PARTNER = ValueType(
    "partner row", _parse_partner, _format_partner, "`name, Y-tunnus`", _partner_notice
)


# -- yes and no -------------------------------------------------------------------------------

_ANSWERS = {"Kyllä": True, "Ei": False}


def _parse_answer(text: str) -> bool:
    answer = _ANSWERS.get(text.capitalize())
    if answer is None:
        raise ValueError(f"{text!r} is neither 'Kyllä' nor 'Ei'")
    return answer


def _format_answer(answer: bool) -> str:
    return "Kyllä" if answer else "Ei"


YES_NO = ValueType(
    "yes or no",
    _parse_answer,
    _format_answer,
    "`Kyllä` or `Ei`",
    spelling=re.compile("Kyllä|Ei"),
    printed=_ANSWERS.get,
)
