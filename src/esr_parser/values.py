r"""Value types: how each kind of value is read and written.

Every kind is a :class:`ValueType`, a pair: ``parse`` reads what follows a label, ``format``
writes it as the register prints it. Two laws bind the pair, and are tested as properties:
``parse(format(v)) == v`` for every value that ``format`` accepts, and ``format(parse(t))`` is
settled: reading and writing it once more changes nothing.

``parse`` is given one line, not empty, without white space around it. It reads noise inside the
value (``01.01.2022``, ``128.450 €``) and raises ``ValueError`` for what it cannot read. ``format``
raises ``ValueError`` or ``TypeError`` for what cannot be written so that it reads back the same.

>>> AMOUNT.parse("128.450\u00a0€")
Decimal('128450')
>>> AMOUNT.format(Decimal("51274.36"))
'51 274,36'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

import attrs

from esr_parser.lazy import lazy
from esr_parser.model import (
    ApplicantArrangement,
    OrganisationType,
    Partner,
    Period,
    ProgrammeItem,
    ProjectStatus,
    Shown,
)

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


@attrs.frozen(repr=False)
class ValueType(Shown, Generic[T]):
    """One kind of value: a pair of functions, and its documentation."""

    name: str
    parse: Callable[[str], T]
    """From one line of text to the value; raises ``ValueError`` with a sentence about the value:
    ``"'x' is not an amount such as '128 450'"``."""
    format: Callable[[T], str]
    """From the value to the canonical text; raises for what would not read back the same."""
    shape: str
    """What the text looks like, for the format reference and for error messages."""
    notice: Callable[[T], str | None] | None = None
    """A warning about a value that was read; ``None`` if nothing is odd."""
    words: tuple[str, ...] = ()
    """The known words of an open set, as printed, in declared order."""
    is_text: bool = False
    """Whether this is free text: white space inside the value belongs to it."""
    is_address: bool = False
    """Whether this is an address: its parts are joined without a space, and ``parse`` takes links
    off, since the address may be in the link's target."""
    fast: Callable[[str], T | None] | None = None
    """What :meth:`printed` gives, in one look; ``None`` where three looks are needed."""

    def read(self, text: str) -> tuple[T | None, str | None]:
        """The value of text, and what is odd about it; or ``None``, and why it cannot be read.

        >>> COUNT.read("-3"), COUNT.read("3,5")[0]
        ((-3, '-3 is less than nothing'), None)
        """
        try:
            value = self.parse(text)
        except ValueError as error:
            return None, str(error)
        return value, self.notice(value) if self.notice is not None else None

    def reads(self, text: str) -> bool:
        """Whether text is a value with nothing odd about it.

        >>> COUNT.reads("1 200"), COUNT.reads("3,5")
        (True, False)
        """
        return self.read(text)[1] is None

    def printed(self, text: str) -> T | None:
        """The value of text in the register's own spelling with nothing odd about it, or ``None``.

        >>> AMOUNT.printed("128 450"), AMOUNT.printed("128450")
        (Decimal('128450'), None)
        """
        if self.fast is not None and (value := self.fast(text)) is not None:
            return value
        value, odd = self.read(text)
        return value if odd is None and value is not None and self.writes(value, text) else None

    def writes(self, value: T, text: str) -> bool:
        """Whether a value is printed as the text.

        >>> AMOUNT.writes(Decimal(128450), "128 450"), AMOUNT.writes(Decimal(128450), "128450")
        (True, False)
        """
        try:
            return self.format(value) == text
        except (TypeError, ValueError):
            return False


# -- what the types share -------------------------------------------------------------------------

# Byte-order marks, soft hyphens, zero-width and direction marks: browsers and PDF tools.
_INVISIBLE = lazy("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_DASH = "[-\u2012-\u2014\u2212]"
_DASHES = str.maketrans(dict.fromkeys("\u2012\u2013\u2014\u2212", "-"))
# Normalising a run of marks takes the square of its length; no letter has so many.
_MARKS = lazy(r"[^\w\s!-~]{9}")
_LONGEST = 100
"""No number or date is longer."""


def _folded(text: str) -> str:
    """One spelling of white space, letters and hyphens, without invisible characters."""
    if text.isascii():
        return " ".join(text.split())
    parts = _INVISIBLE.sub("", text).replace("\u2010", "-").replace("\u2011", "-").split()
    return " ".join([p if _MARKS.search(p) else unicodedata.normalize("NFC", p) for p in parts])


def _folded_number(text: str) -> str:
    return _folded(text).translate(_DASHES).lower() if len(text) <= _LONGEST else "…"


# Characters that folding leaves as they are, in words.
_PLAIN = "[!-~\u00a1-\u00ac\u00ae-\u017f\u2013\u2014\u2018-\u201e\u2022\u2026\u20ac]++"
_PLAIN_WORDS = f"{_PLAIN}(?: {_PLAIN})*+"


# E-mail addresses and telephone numbers; a business id, a date or an amount is neither.
PERSONAL = lazy(
    r"(?<![^\s'\"])[^\s'\"@(]*+(?:\((?!at\))[^\s'\"@(]*+)*+(?:@|\(at\))[^\s'\"]*\.[^\s'\"]+"
    r"|(?<![\w.-])(?:\+|0[0-9])[0-9 ()-]{4,}[0-9]"
)


def quoted(text: str, most: int = _LONGEST) -> str:
    """A text as messages quote it: a long one without its end, or half of what is personal.

    >>> quoted("Kysy: 000-000 0037", 10)
    "'Kysy: ……'"
    """
    head = text if len(text) <= 2 * most else text[: 2 * most].rpartition(" ")[0]
    return repr(text if len(text) <= most else f"{PERSONAL.sub('…', head)[:most]}…")


def _expect(value: object, kind: type) -> None:
    # Exactly this class: a bool is an int and a datetime a date, but neither reads back as one.
    if not (isinstance(value, str) if kind is str else type(value) is kind):
        raise TypeError(f"expected {kind.__name__}, found {type(value).__name__}")


def _writer(
    kind: type, parse: Callable[[str], T], write: Callable[[Any], str] = str
) -> Callable[[T], str]:
    """A function that writes only values of a class, and only those that read back the same."""

    def write_and_read(value: T) -> str:
        _expect(value, kind)
        text = write(value)
        if parse(text) != value:
            raise ValueError("the value would not read back the same")
        return text

    return write_and_read


def _fast(pattern: str, read: Callable[[str], T]) -> Callable[[str], T | None]:
    """Read text that is printed beyond doubt: all of it matches, and nothing can be odd."""
    printed = lazy(pattern)
    return lambda text: read(text) if printed.fullmatch(text) else None


TEXT = ValueType("text", str, _writer(str, str), "one line of any text", is_text=True, fast=str)


# -- project codes and postcodes ------------------------------------------------------------------


def _code(
    name: str, parse: Callable[[str], str], shape: str, pattern: str, example: str
) -> ValueType[str]:
    printed = lazy(pattern)

    def notice(code: str) -> str | None:
        is_odd = not printed.fullmatch(code)
        return f"{quoted(code)} is not a {name} such as {example!r}" if is_odd else None

    return ValueType(name, parse, _writer(str, parse), shape, notice, fast=_fast(pattern, str))


# `FI-00017`, `FIN-00017`: letters from abroad.
_POSTCODE_ABROAD = lazy(f"(?:FIN?|SF) ?{_DASH}? ?([0-9]{{5}})", re.IGNORECASE)


def _parse_postcode(text: str) -> str:
    text = _folded(text)
    match = _POSTCODE_ABROAD.fullmatch(text)
    return match[1] if match else text


# Five digits; the list of 2007-2013 also holds A5 with six and A6 with nine. What the codes of a
# period begin with, its layouts declare.
_CODE = "[SA][0-9]{5}|A5[0-9]{5}|A6[0-9]{8}"
CODE = _code("project code", _folded, "`S` or `A` and five digits", _CODE, "S29999")
POSTCODE = _code("postcode", _parse_postcode, "five digits", "[0-9]{5}", "00017")


# -- business ids and partner rows ----------------------------------------------------------------

PRINTED_BUSINESS_ID = lazy("[0-9]{7}-[0-9]")
NEXT_PARTNER = lazy(
    rf"(?<={PRINTED_BUSINESS_ID.pattern})[\s,;|]*"
    r"(?=(?:[0-9]{1,2}\. )?[A-ZÅÄÖa-zåäö][^,]{1,200},)"
)
"""Where the next row begins, of two in one line."""
# `98123403`, `FI98123403`, `9812340 – 3`, `Y-tunnus: 9812340-3`: tax forms and people.
_ANY_BUSINESS_ID = (
    rf"(?:(?:y{_DASH}?tunnus|vat|alv) ?:? ?)?(?:FI ?-?)?([0-9]{{7}}) ?{_DASH}? ?([0-9])"
)
_WHOLE_BUSINESS_ID = lazy(rf"{_ANY_BUSINESS_ID}\.?", re.IGNORECASE)
_LAST_BUSINESS_ID = lazy(
    rf"(?:[,;: (]|(?<=[\w)])(?<![\d_])){_ANY_BUSINESS_ID}\)?[.,;]?$", re.IGNORECASE
)
# The marks of lists, and what forms and language models call a row. `3. sektori ry` is a name.
_BULLETS = lazy(
    rf"(?:(?:{_DASH}{{1,2}}|[*+•·\uf0b7\uf0a7]) |[0-9]{{1,2}}[.)] (?=[A-ZÅÄÖ]))*"
    r"(?:(?i:nimi|(?:osa)?toteuttaja|partneri)(?: [0-9]{1,2})?: (?=[A-ZÅÄÖ]))?"
)
# A name or an id in bold, as code: language models, editors.
_MARKED_PARTS = lazy(r"(\*{1,3}|_{1,3}|`)(?=[\w(])([^*_`]+)\1(?![\w*_`])")
# Cells of CSV.
_QUOTED_PARTS = lazy(r"^\"([^\"]+)\",\"?([^\",\s]+)\"?$")
# Further columns of a table, marks, the label of the id, and what forms call a partner.
_MORE_THAN_NAME = lazy(
    r"[@€%|;\t<>#\u2192]|https?:|\b(?:id|y-?tun\w*\.?|fo-nummer|tunnus)\W*$"
    r"|^(?:nimi|(?:osa)?toteuttaja|partneri?|co-implementer)(?::| [0-9]+ )"
    r"|, (?!(?:oy|ry|ky|ab|sr)$)[a-z]{1,2}$",
    re.IGNORECASE,
)
# OCR reads bullets as letters: tesseract as "e".
_LONE_LETTER = lazy(r"[a-z°«»©®] ")
# Cells of a column of numbers, a name that was cut.
_NO_PARTNER = lazy(r"[\W_]*(?:[0-9]{1,2}|[^\W\d_])?[\W_]*")
_PRINTED_PARTNER_NAME = lazy(rf"(?=[A-ZÅÄÖ]){_PLAIN_WORDS}(?<![,;:(/–—-])")


def business_id_is_valid(business_id: str) -> bool:
    """Whether a Y-tunnus has the right shape and check digit.

    The seven digits are multiplied by 7, 9, 10, 5, 8, 4, 2 and added up; the remainder by 11 is
    0 (check digit 0) or 2-10 (check digit 11 minus the remainder); 1 is never given out.
    Source: Finnish Patent and Registration Office, business identity code.

    >>> business_id_is_valid("1234567-1"), business_id_is_valid("1234567-2")
    (True, False)
    """
    if not PRINTED_BUSINESS_ID.fullmatch(business_id):
        return False
    a, b, c, d, e, f, g = map(int, business_id[:7])
    remainder = (7 * a + 9 * b + 10 * c + 5 * d + 8 * e + 4 * f + 2 * g) % 11
    return remainder != 1 and (11 - remainder) % 11 == int(business_id[-1])


def _business_id_in(match: re.Match[str] | None) -> str | None:
    """The id as printed; in other spellings only where the check digit shows that it is one."""
    if match is None:
        return None
    business_id = f"{match[1]}-{match[2]}"
    return business_id if business_id in match[0] or business_id_is_valid(business_id) else None


def _parse_business_id(text: str) -> str:
    text = _folded(text)
    return _business_id_in(_WHOLE_BUSINESS_ID.fullmatch(text)) or text


def _business_id_notice(business_id: str) -> str | None:
    if business_id_is_valid(business_id):
        return None
    if PRINTED_BUSINESS_ID.fullmatch(business_id):
        return f"the check digit of {business_id!r} is wrong"
    return f"{quoted(business_id)} is not a Y-tunnus such as '9812340-3'"


BUSINESS_ID = ValueType(
    "business id",
    _parse_business_id,
    _writer(str, _parse_business_id),
    "seven digits, hyphen, check digit",
    _business_id_notice,
    fast=lambda text: text if business_id_is_valid(text) else None,
)


def _parse_partner(text: str) -> Partner:
    text = _QUOTED_PARTS.sub(r"\1,\2", _folded(text))
    text = _BULLETS.sub("", _MARKED_PARTS.sub(r"\2", text), count=1)
    # Names can contain commas: only the name before a Y-tunnus at the end is cut off.
    match = _LAST_BUSINESS_ID.search(text, max(0, len(text) - _LONGEST))
    business_id = _business_id_in(match)
    if match and match.start(1) == match.start() and not business_id_is_valid(match[0][:9]):
        business_id = None  # right behind a name, only as printed
    name = text[: match.start()].rstrip(" ,;:(/-–—") if match else ""
    return Partner(name, business_id) if name and business_id else Partner(text, None)


def _format_partner(partner: Partner) -> str:
    return f"{partner.name}, {partner.business_id}" if partner.business_id else f"{partner.name}"


def _partner_notice(partner: Partner) -> str | None:
    if partner.business_id is None:
        return "the row has no Y-tunnus such as '9812340-3'"
    if _NO_PARTNER.fullmatch(partner.name):
        return f"{quoted(partner.name)} is no name"
    if _LONE_LETTER.match(partner.name):
        name = quoted(partner.name)
        return f"{name} begins with a lone letter: perhaps a bullet that was misread"
    if PRINTED_BUSINESS_ID.search(partner.name) or partner.name.startswith(("ja ", "sekä ")):
        return f"{quoted(partner.name)} may be one of two; write each row on its own line"
    if _MORE_THAN_NAME.search(partner.name):
        return f"{quoted(partner.name)} contains more than a name"
    return _business_id_notice(partner.business_id)


def _printed_partner(text: str) -> Partner | None:
    partner = Partner(*text.rpartition(", ")[::2])
    is_printed = _PRINTED_PARTNER_NAME.fullmatch(partner.name)
    return partner if is_printed and _partner_notice(partner) is None else None


PARTNER = ValueType(
    "partner row",
    _parse_partner,
    _writer(Partner, _parse_partner, _format_partner),
    "`name, Y-tunnus`",
    _partner_notice,
    fast=_printed_partner,
)


# -- words ----------------------------------------------------------------------------------------


def words(name: str, enum: type[E], printed: Mapping[E, str] | None = None) -> ValueType[E | str]:
    """A type for the words of an enumeration; an unknown word is a ``str``, with a notice.

    Args:
        name: What the documentation calls the type.
        enum: The words, in Finnish.
        printed: The words of pages in another language, as far as they are known.

    >>> words("state", ProjectStatus, {ProjectStatus.ENDED: "Ended"}).parse("Ended")
    <ProjectStatus.ENDED: 'Toiminta päättynyt'>
    """
    spelled = {str(member): (printed or {}).get(member, str(member)) for member in enum}
    by_word = {spelled[member]: member for member in enum}
    exact = {str(member): member for member in enum} | by_word
    by_letters = {word.casefold(): member for word, member in exact.items()}

    def parse(text: str) -> E | str:
        text = _folded(text)
        return exact.get(text) or by_letters.get(text.rstrip(".").casefold(), text)

    def notice(word: str) -> str | None:
        return None if word in spelled else f"{quoted(word)} is not a known {name}"

    write = _writer(str, parse, lambda word: str(spelled.get(word, word)))
    shape = "one of the known words"
    return ValueType(name, parse, write, shape, notice, tuple(by_word), fast=by_word.get)


STATUS = words("project status", ProjectStatus)
STATUS_EN = words("project status (English)", ProjectStatus, {ProjectStatus.ENDED: "Ended"})
ORGANISATION_TYPE = words("organisation type", OrganisationType)
ORGANISATION_TYPE_EN = words(
    "organisation type (English)", OrganisationType, {OrganisationType.MUNICIPALITY: "Municipality"}
)
ARRANGEMENT = words("applicant arrangement", ApplicantArrangement)

_ANSWERS = {"Kyllä": True, "Ei": False}


def _parse_answer(text: str) -> bool:
    answer = _ANSWERS.get(_folded(text).rstrip(".").capitalize())
    if answer is None:
        raise ValueError(f"{quoted(text)} is neither 'Kyllä' nor 'Ei'")
    return answer


YES_NO = ValueType(
    "yes or no",
    _parse_answer,
    _writer(bool, _parse_answer, lambda answer: "Kyllä" if answer else "Ei"),
    "`Kyllä` or `Ei`",
    fast=_ANSWERS.get,
)


# -- numbered titles ------------------------------------------------------------------------------

_MONTHS: str = "tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu"
_NUMBER = r"([0-9]{1,9}(?:\.[0-9]{1,9}){0,9})"
_NUMBERED = lazy(rf"{_NUMBER}(?: ?[.:\uff1a](?![0-9]) ?| |$)(.*)", re.DOTALL)

# `9.3. maalis`: what Excel makes of `9.3.`, which it takes for a day. `186 400`: an amount.
# A title begins with a capital letter: `4.x Työ`, `4. yö` lost one.
_NO_TITLE = lazy(
    r"(?:[0-9]{0,2}|[lIOoi])\.|[0-9 ,]+$|[-\u2013\u2014](?: |[0-9]+\.)|[),:;=/|_%-]"
    r"|[a-zåäö](?![A-ZÅÄÖ])|[0-9](?!D-)"
    r"|(?:ja|tai|sekä|and|&|\+) |\([0-9]+\)$"
    rf"|(?:{_MONTHS}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:kuuta?)?(?:$|[. ])"
)
_NEXT_ITEM = lazy(
    r"(?:[,;/] [0-9]{1,2}(?:\.[0-9]{1,2})?\.| [0-9]{1,2}\.(?:[0-9]{1,2}\.)? (?=[A-ZÅÄÖ]))"
)
_DATE_NUMBER = r"[0-9.]*\.(?:19|20)[0-9]{2}|[0-9]{5}"
_IS_DATE = lazy(_DATE_NUMBER)
_NO_ITEM = r"0|[2-9][0-9]|[0-9]{3}|[0-9]+\.(?:0|[2-9][0-9]|[0-9]{3}|[0-9]+\.[0-9])"
"""No programme has so many axes, or objectives in one of them."""
_IS_NO_ITEM = lazy(_NO_ITEM)
# `l. Työ`, `9,3. Luonto`, `4) Työ`, `TL 4`, `IV Työ`, `Työ (4)`: OCR and people.
_MISREAD_NUMBER = lazy(r"[lIOo|]{1,2}[.:] |[IVX]+[.:]? |.*(?:\b|[A-Z]{2})[0-9]{1,2}\b(?!-)")


def _parse_numbered(text: str) -> ProgrammeItem:
    text = _folded(text)
    match = _NUMBERED.fullmatch(text)
    return ProgrammeItem(match[1], match[2] or None) if match else ProgrammeItem(None, text or None)


def _numbered(name: str, mark: str, shape: str) -> ValueType[ProgrammeItem]:
    def write(item: ProgrammeItem) -> str:
        number = "" if item.number is None else f"{item.number}{mark}"
        return f"{number} {item.title or ''}".strip()

    def notice(item: ProgrammeItem) -> str | None:
        if item.number and item.title and _NO_TITLE.match(item.title):
            return f"{quoted(item.title)} begins with a part of the number, or a mark"
        if item.title and _NEXT_ITEM.search(item.title):
            return f"{quoted(item.title)} may hold a second item"
        if item.number and _IS_DATE.match(item.number):
            return f"{item.number!r} is a date: a spreadsheet may have changed it"
        if item.number and _IS_NO_ITEM.match(item.number):
            return f"{item.number!r} is the number of no axis or objective"
        if item.number and not item.title:
            return f"{item.number!r} is a number without a title"
        if item.title and not item.number:
            near = " may begin with a number, misread" if _MISREAD_NUMBER.match(item.title) else ""
            return f"{quoted(item.title)}{near or ' is a title without a number'}"
        return None

    printed = (
        rf"(?!{_DATE_NUMBER}|{_NO_ITEM}|.*{_NEXT_ITEM.pattern}){_NUMBER}[{mark}]"
        rf" (?!{_NO_TITLE.pattern}){_PLAIN_WORDS}"
    )
    fast = _fast(printed, lambda text: ProgrammeItem(*text.split(f"{mark} ", 1)))
    checked = _writer(ProgrammeItem, _parse_numbered, write)
    return ValueType(name, _parse_numbered, checked, shape, notice, fast=fast)


NUMBERED_ITEM = _numbered("numbered title", ".", "`9. title` or `12.3. title`")
NUMBERED_ITEM_2007 = _numbered("numbered title (2007-2013)", ":", "`1: title`")


# -- periods --------------------------------------------------------------------------------------

_MONTH = lazy(rf"\.?({_MONTHS})kuu(?:ta)?")
_ISO_DATE = lazy(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt ]00:00(?::00)?(?:\.0+)?[Zz]?)?")
_SPACE_IN_PERIOD = lazy("(?<![0-9]) | (?![0-9])")
_PRINTED_DATE = r"([1-9][0-9]?)\.([1-9][0-9]?)\.([0-9]{4})"
_DATE = r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})"
# `1.–31.8.2022`, `1.3.–31.8.2022`: month and year of the end.
_PART_OF_DATE = r"([0-9]{1,2})\.(?:([0-9]{1,2})(?:\.([0-9]{4})?)?)?"
# The register begins with 2007; a database's day for none is in 1900 or 1970, in 2099 or 9999.
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2050, 12, 31)


def _date(day: str, month: str, year: str) -> date:
    return date(int(year), int(month), int(day))


def _format_date(day: date | None) -> str:
    if day is None:
        return ""
    _expect(day, date)
    return f" {day.day}.{day.month}.{day.year:04}"


def _period_notice(period: Period) -> str | None:
    for day in (period.start, period.end):
        if day is not None and not _FIRST_DAY <= day <= _LAST_DAY:
            return f"{day} is not between {_FIRST_DAY.year} and {_LAST_DAY.year}"
    if period.start is not None and period.end is not None and period.end < period.start:
        return f"the end {period.end} is before the start {period.start}"
    return None


def period(start: str, end: str) -> ValueType[Period]:
    """A type for two dates, each behind its words.

    >>> period("Start", "and end").format(Period(date(2018, 6, 1), date(2021, 5, 31)))
    'Start 1.6.2018 and end 31.5.2021'
    """
    shape = f"{start} 1.1.2022 {end} 30.11.2023"
    both = f"{start}{end}".lower().replace(" ", "")
    first = re.escape(start.lower().replace(" ", ""))
    *link, last = end.lower().split()
    between = f",?(?:{re.escape(''.join(link))})?{re.escape(last)}:?|--?|/"
    # A single date needs a word or a dash that shows which end it is.
    spelling = lazy(
        rf"({first}:?)?(?:{_PART_OF_DATE})?(?:(?:{between})(?:{_DATE})?|(?(1)|(?!)))\.?"
    )
    printed = lazy(rf"{re.escape(start)} {_PRINTED_DATE} {re.escape(end)} {_PRINTED_DATE}")

    def parse(text: str) -> Period:
        folded = _SPACE_IN_PERIOD.sub("", _folded_number(text))
        if folded in ("", both):
            return Period()
        folded = _MONTH.sub(lambda m: f".{_MONTHS.split('|').index(m[1]) + 1}.", folded)
        match = spelling.fullmatch(_ISO_DATE.sub(r"\3.\2.\1", folded))
        # "Alkaa 1.3. ja päättyy 31.8.2022": with both words, a day that lost its year.
        is_cut = match is not None and match[1] and match[2] and not match[4] and last in folded
        if match is None or is_cut or not (match[4] or match[7]):
            raise ValueError(f"{quoted(text)} is not a period such as '{shape}'")
        _, day, month, year, end_day, end_month, end_year = match.groups()
        try:
            return Period(
                _date(day, month or end_month, year or end_year) if day else None,
                _date(end_day, end_month, end_year) if end_day else None,
            )
        except ValueError:
            raise ValueError(f"{quoted(text)} has a day that is not in the calendar") from None

    def write(value: Period) -> str:
        text = f"{start}{_format_date(value.start)} {end}{_format_date(value.end)}"
        return "" if value == Period() else text

    def fast(text: str) -> Period | None:
        match = printed.fullmatch(text)
        if match is None:
            return None
        try:
            value = Period(_date(*match.group(1, 2, 3)), _date(*match.group(4, 5, 6)))
        except ValueError:
            return None
        return value if _period_notice(value) is None else None

    checked = _writer(Period, parse, write)
    return ValueType("period", parse, checked, f"`{shape}`", _period_notice, fast=fast)


PERIOD = period("Alkaa", "ja päättyy")
PERIOD_EN = period("Start", "and end")


# -- amounts and counts ---------------------------------------------------------------------------

# `€ 186 400`, `186.400,00 e`, `12,-`, `(744)`, `744-`, `1,5 milj. euroa`: people, spreadsheets.
_AMOUNT = lazy(
    r"""
    (\()? (?:(?:€|eur)[ ]?)? ([-+])?[ ]?
    ([0-9]{1,30} | [0-9]{1,3}(?:[ ][0-9]{3}){1,9} | [0-9]{1,3}(?:\.[0-9]{3}){1,9})
    (?: ,([0-9]{1,30}) | \.([0-9]{1,2}) | [,.]- | [ ]?(-) )?
    (?: [ ]?(milj\.?|miljoonaa|tuhatta) )?
    (?: [ ]?(?:€|euroa?|eur|e) )? (?(5)|\.?) (?(1)\))
    """,
    re.VERBOSE,
)
_PRINTED_AMOUNT = "0|-?[1-9][0-9]{0,2}(?: [0-9]{3}){0,2}(?:,(?!00)[0-9]{2})?"
_CENTS, _BILLION = 2, 10**9


def _parse_amount(text: str) -> Decimal:
    match = _AMOUNT.fullmatch(_folded_number(text))
    signs = [sign for sign in match.group(1, 2, 6) if sign] if match else []
    # `186 400 –`: in Finnish there are no cents; `744-` is how SAP writes a negative amount.
    is_dash = match is not None and match[6] and "-" not in _folded(text)
    if match is None or len(signs) > 1 or is_dash:
        raise ValueError(f"{quoted(text)} is not an amount such as '128 450'")
    whole, comma, dot, _, unit = match.group(3, 4, 5, 6, 7)
    number = f"{re.sub('[ .]', '', whole)}.{comma or dot or ''}"
    sign = "" if signs in ([], ["+"]) else "-"
    zeros = 0 if unit is None else 3 if unit == "tuhatta" else 6
    return Decimal(f"{Decimal(f'{sign}{number}e{zeros}'):f}")


def _format_amount(amount: Decimal) -> str:
    if not amount.is_finite() or abs(amount.adjusted()) > _LONGEST:
        raise ValueError(f"{amount} is not an amount of euros that can be written")
    # Not abs(): that rounds to the precision of the current context.
    whole, _, fraction = f"{amount.copy_abs():f}".partition(".")
    text = f"{int(whole):,}".replace(",", " ")
    # Three decimals stay, zeros too: they may be thousands, and their notice has to stay.
    if fraction.strip("0") or len(fraction) > _CENTS:
        text = f"{text},{fraction:0<2}"
    return f"-{text}" if amount < 0 else text


def _amount_notice(amount: Decimal) -> str | None:
    decimals = len(f"{amount:f}".partition(".")[2])
    if abs(amount) >= _BILLION:
        return f"{amount:f} is more than a billion: perhaps two amounts"
    if decimals <= _CENTS:
        return None
    return f"{amount:f} has {decimals} decimals, not two: the comma may separate thousands"


AMOUNT = ValueType(
    "amount",
    _parse_amount,
    _writer(Decimal, _parse_amount, _format_amount),
    "euros: `128 450` or `51 274,36`",
    _amount_notice,
    fast=_fast(_PRINTED_AMOUNT, lambda text: Decimal(text.replace(" ", "").replace(",", "."))),
)

_COUNT = lazy(
    r"[-+]?(?:[0-9]{1,15}|[0-9]{1,3}(?: [0-9]{3}){1,4}|[0-9]{1,3}(?:\.[0-9]{3}){1,4})\.?"
    r"(?: ?(?:kpl|hlö|henkilöä|yritystä))?\.?"  # people who write sentences
)


def _parse_count(text: str) -> int:
    folded = _folded_number(text).removesuffix(".0")  # pandas: a column with gaps
    if _COUNT.fullmatch(folded) is None:
        raise ValueError(f"{quoted(text)} is not a whole number of at most 15 digits")
    return int(re.sub("[^-0-9]", "", folded))


def _count_notice(count: int) -> str | None:
    return f"{count} is less than nothing" if count < 0 else None


COUNT = ValueType(
    "count",
    _parse_count,
    _writer(int, _parse_count),
    "a whole number",
    _count_notice,
    fast=_fast("0|[1-9][0-9]{0,14}", int),
)


def count_with_women(phrase: str) -> ValueType[tuple[int | None, int | None]]:
    """A type for a count and how many of it are women or women's.

    >>> count_with_women("joista naisia").parse("62, joista naisia 45")
    (62, 45)
    """
    shape = f"62, {phrase} 45"
    spelling = lazy(rf"([^,]+?)(?: ?, ?| ){re.escape(phrase.lower())} ?:? ?(.+)")

    def parse(text: str) -> tuple[int | None, int | None]:
        folded = _folded_number(text)
        count, women = match.groups() if (match := spelling.fullmatch(folded)) else (folded, "")
        try:
            return _parse_count(count) if count else None, _parse_count(women) if women else None
        except ValueError:
            raise ValueError(f"{quoted(text)} is not a count such as '{shape}'") from None

    def write(counts: tuple[int | None, int | None]) -> str:
        count, women = ("" if number is None else f"{number}" for number in counts)
        return f"{count}, {phrase} {women}" if women else count

    def notice(counts: tuple[int | None, int | None]) -> str | None:
        count, women = (number or 0 for number in counts)
        if women > count:
            return f"{women} of {count} is more than the whole"
        return _count_notice(women)

    checked = _writer(tuple, parse, write)
    return ValueType(f"count, {phrase}", parse, checked, f"`62` or `{shape}`", notice)


COUNT_WOMEN = count_with_women("joista naisia")
JOBS_WOMEN = count_with_women("joista naisten työpaikkoja")
COMPANIES_WOMEN = count_with_women("joista naisten perustamia")


# -- e-mail and web addresses ---------------------------------------------------------------------

# Converters to Markdown and to text: `[label](target)`, `label <target>`, `<target>`; prints of
# pages with Bootstrap: `label (target)`.
_LINK = lazy(
    r"\[([^\[\]]+)\] ?\(<?([^()<>]+)>?\)|([^<>]+?) ?<([^<>]+)>|<([^<>]+)>|(\S+) \(([^\s()]+)\)"
)
_MAILTO = lazy("mailto: ?", re.IGNORECASE)
_AT = lazy(r" ?[(\[{] ?(?:at|ät|a) ?[)\]}] ?| ?@ ?| at ", re.IGNORECASE)
_DOT = lazy(r" ?[(\[{] ?(?:dot|piste) ?[)\]}] ?| (?:dot|piste) ", re.IGNORECASE)
_EMAIL = lazy(
    r"(?!-|\S*(?:\.[.@]|-\.))[^\s@()<>\[\]{},;:\"]+@(?:[^\W_][\w-]*\.)+(?![a-z]+[A-Z][a-z])[^\W0-9_]{2,}"
)
_LONGEST_EMAILS = 1000
_BETWEEN_EMAILS = lazy(" ?[,;/] ?| (?:ja|tai|and) | ")
_PRINTED_EMAIL = (
    r"(?!-|\S*(?:\.[.(]|-\.))[A-Za-z0-9.!#$%&'*+=?^_`|~-]++\(at\)"
    r"(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+(?![a-z]+[A-Z][a-z])[A-Za-z]{2,}"
)
# lynx, elinks: the number of the link, in front of it.
_REFERENCE = lazy(r"^\[[0-9]{1,4}\](?=\S)")
# The code of a field of Word, with or without its text.
_WORD_FIELD = lazy(r"\{? ?HYPERLINK \"(?:mailto:)?([^\"]+)\"(?: \\\w)* ?\}? ?((?:(?!HYPERLINK).)*)")
_WEB = lazy(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_SCHEME = lazy("^https?://|/$", re.IGNORECASE)


def _linked(text: str) -> tuple[str, str]:
    """Label and target of text that is one link, the text twice where it is not."""
    match = _LINK.fullmatch(text)
    if match is None:
        return text, text
    label = match[1] or match[3] or match[5] or match[6]
    return label, match[2] or match[4] or match[5] or match[7]


def _are_emails(text: str) -> bool:
    parts = _BETWEEN_EMAILS.split(text) if len(text) <= _LONGEST_EMAILS else [""]
    return all(map(_EMAIL.fullmatch, parts))


def _with_marks(text: str) -> str:
    return _DOT.sub(".", _AT.sub("@", _MAILTO.sub("", text))).rstrip(" .,;")


def _parse_email(text: str) -> str:
    text = _folded(text)
    if len(text) > _LONGEST_EMAILS:
        return text
    label, target = map(_with_marks, _linked(text.translate(_DASHES)))
    return label if label == target and _are_emails(label) else text


def _format_email(email: str) -> str:
    return email.replace("@", "(at)") if _are_emails(email) else email


def _email_notice(email: str) -> str | None:
    # It quotes nothing: an address is personal.
    return None if _are_emails(email) else "not an e-mail address such as 'name(at)host'"


EMAIL = ValueType(
    "e-mail",
    _parse_email,
    _writer(str, _parse_email, _format_email),
    "`name(at)host`",
    _email_notice,
    is_address=True,
    fast=_fast(_PRINTED_EMAIL, lambda text: text.replace("(at)", "@")),
)


def _parse_web(text: str) -> str:
    if "HYPERLINK" in text:
        text = _WORD_FIELD.sub(lambda match: match[2] or match[1], text)
    text = _REFERENCE.sub("", text)
    label, target = _linked(text)
    if label == text or not _WEB.fullmatch(target):
        return text
    if _SCHEME.sub("", label).lower() == _SCHEME.sub("", target).lower():
        return label
    # Words in front of an address are a sentence, words in brackets the name of a link.
    return target if text.startswith("[") and not _WEB.match(label) else text


# What an address is where nothing is broken: `http//`, `https ://`, `www.a,fi`, `link:https://…[]`,
# two without a space between them.
_WEB_SIGN = lazy(r"https?(?![a-z])|www\.", re.IGNORECASE)
_PLAIN_ADDRESS = lazy(
    r"(?:https?://)?(?!www\.[\w-]+(?:/|$))(?:\w[\w-]*\.)+[^\W\d_]{2,}"
    r"(?::[0-9]{1,5})?(?:[/?#][^\s\[\]\"'<>\\]*)?",
    re.IGNORECASE,
)
# A space in the middle; what a link does in a browser, or its text without the address; links that
# Outlook, Google and archives lead by. An e-mail address, an amount, an answer: columns were moved.
_BROKEN_WEB = lazy(
    r"^[^\s/]+(?:@|\(at\))[^\s/]+$|^(?:javascript|about|file|mailto|tel|data):"
    r"|^[\w ]{0,30}(?:sivut?|sivusto|website|home ?page)$"
    r"|^[\W\d_]+$|^(?:kyllä|ei|nil|alkaa [0-9].*)$|^(?!https?:)h?tt?ps?://|^www,"
    r"|^www(?:\s|$)|^(?:w{1,2}|w{4,})\.|^@|[/?&=] +[\w-]+(?:=|\.(?:html?|php|aspx?|pdf)\b)"
    r"|^(?:https?://|www\.)\S{1,300} [^\W\d_]{1,30}$"  # a button behind it
    r"| \.\w|\w\. (?:fi|com|net|org|eu|info|example)\b|%20$|linkki"
    r"|safelinks\.protection\.|google\.[a-z]+/url\?|urldefense\.|web\.archive\.org/web/",
    re.IGNORECASE,
)


def _web_notice(text: str) -> str | None:
    parts = text.split()
    if len(parts) > 1:
        parts = [part.strip("()<>,;.") for part in parts]  # a list, a sentence
    parts = [part for part in parts if _WEB_SIGN.search(part)]
    is_broken = _BROKEN_WEB.search(text) or not all(map(_PLAIN_ADDRESS.fullmatch, parts))
    return "an address is broken" if is_broken else None


WEB_ADDRESS = ValueType(
    "web address",
    _parse_web,
    _writer(str, _parse_web),
    "an address, several, or a sentence",
    _web_notice,
    is_text=True,
    is_address=True,
    fast=_fast(
        r"(?:https?://|(?!w{1,2}\.|w{4,}\.))(?!www\.[a-z0-9_-]+(?:/|$))(?:[a-z0-9_][a-z0-9_-]*\.)+"
        r"[a-z]{2,}(?:/[A-Za-z0-9_.-]+)*/?",
        str,
    ),
)


# -- lists of names -------------------------------------------------------------------------------

# Commas, what people write for them, and those in parentheses: `Parainen (Nauvo, Korppoo)`.
_NAME = lazy(r"(?:\([^()]*\)|[^,;|•·(]+|\()+")
_BETWEEN_NAMES = lazy(r" (?:ja|och|and|sekä|/|&|\+) ")
# `jne.`, `muut`, `koko maa`; codes; halves of a name: `Pohjois- ja Etelä-Karjala`; the values of
# other fields.
_NOT_NAMES = (
    r"(?:jne|yms?|ja|och|ei|muut?|sekä|and|koko|kaikki|alueen|kunnat|kaupunki|valtakunnallinen"
    r"|kyllä|toimin(?:ta|nassa)|keskeytynyt|maakunnat|seutukunnat|kunta|yritys|yliopisto)\b"
)
# `Oulun seutukunta`, `Suupohjan rannikkoseutu`, `Ålands skärgård`; no `Oulu null`, `Oulu muokkaa`.
_WORD_OF_PLACE = "(?=[a-zåäö]*(?:seu[td]u|kun[tn]|kaupun|alue|stad|bygd|skär|region|maa|saar))"
_NOT_ONE_NAME = lazy(
    rf"\w [\w-]+ \w|(?:^|\s)(?i:{_NOT_NAMES})"
    r"|^[^(]*[A-ZÅÄÖ]{2}|^(?![ÅÖ])\w\b|--|[][0-9/&+:?$%<>{}*_~=#@\u00a6\u2018\u2019\"\u00a8\u201a\uff0c\u3001\\']"
    rf"|^\(|\([a-zåäö]|\.(?:\s?\w|$)|^[-a-zåäö]|-$| {_DASH}|{_DASH} |[a-zåäö][A-ZÅÄÖ]"
    # No other places have two words with capitals, between which people and OCR lose a comma, or a
    # word for what they are.
    r"|^[A-ZÅÄÖ][^ ]* [A-ZÅÄÖ][a-zåäö]"
    rf"|^[^ (]+ (?!{_WORD_OF_PLACE})[a-zåäö]"
)
_DASH_IN_NAME = lazy(rf"(?<=\w){_DASH}(?=\w)")
_PRINTED_NAME = (
    f"(?!(?i:{_NOT_NAMES})|[^ ,]*(?:[a-zåäöA-ZÅÄÖ][A-ZÅÄÖ]|--))"
    r"[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ-]*+(?<!-)"
    f"(?: {_WORD_OF_PLACE}(?!{_NOT_NAMES})[a-zà-öø-ÿ]++)?+"
)
# The municipality Koski Tl is printed "Koski, Tl", with the comma of the list inside its name.
_COMMA_NAME = "Koski Tl"
_NAMES_OF_TWO = {"Ahvenanmaa - Åland", "Maarianhamina - Mariehamn", "Pedersören kunta"}
_NAMES_OF_TWO |= {_COMMA_NAME, "Pielisen Karjala", "Pielisen Karjalan"}


# People, language models: `1) Joensuu, 2) Kitee`.
_NUMBER_IN_LIST = lazy(r"(?:^|(?<=, ))([0-9]{1,2})[.)]\s+(?=[^\W\d_])")


def _parse_names(text: str) -> tuple[str, ...]:
    names: list[str] = []
    text = _BETWEEN_NAMES.sub(", ", _folded(text))
    plain, numbers = _NUMBER_IN_LIST.sub("", text), _NUMBER_IN_LIST.findall(text)
    are_items = len(numbers) > 1 and numbers == [*map(str, range(1, len(numbers) + 1))]
    if are_items and not any(map(str.isdigit, plain)):
        text = plain
    for match in _NAME.finditer(_DASH_IN_NAME.sub("-", text).rstrip(" .,;")):
        name = match[0].strip(" `*_")
        if names and f"{names[-1]} {name.rstrip('.')}".title() == _COMMA_NAME:
            names[-1] = _COMMA_NAME
        elif name:
            names.append(name)
    if text and not names:
        raise ValueError(f"{quoted(text)} contains no name")
    return tuple(names)


def _format_names(names: tuple[str, ...]) -> str:
    return ", ".join(name.replace(" ", ", ") if name == _COMMA_NAME else name for name in names)


def _names_notice(names: tuple[str, ...]) -> str | None:
    for name in names:
        if name not in _NAMES_OF_TWO and (
            not any(map(str.isalpha, name))
            or name.count("(") != name.count(")")
            or _NOT_ONE_NAME.search(name)
        ):
            return f"{quoted(name)} is not a name in a list such as 'Oulu, Raahe, Muhos'"
    return None


NAME_LIST = ValueType(
    "list of names",
    _parse_names,
    _writer(tuple, _parse_names, _format_names),
    "`Oulu, Raahe, Muhos`",
    _names_notice,
    fast=_fast(
        rf"(?!(?i:.*koski))(?:{_PRINTED_NAME}(?:, (?=.)|$))++", lambda text: tuple(text.split(", "))
    ),
)
