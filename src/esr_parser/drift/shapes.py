"""What values look like, in signs: ``d.m.yyyy``, ``999 999``, ``9999999-9``.

A shape says how a value is written, and nothing of what it says: two dates have the same one. A
shape is *as declared* where the canonical text of the value has the same.

>>> shape_of("Alkaa 1.3.2018 ja päättyy 31.8.2020", PERIOD)
'Alkaa d.m.yyyy ja päättyy d.m.yyyy'
>>> shape_of("Alkaa 2018-03-01 ja päättyy 2020-08-31", PERIOD)
'Alkaa yyyy-mm-dd ja päättyy yyyy-mm-dd'
>>> shape_of("486 350", AMOUNT), shape_of("750", AMOUNT), shape_of("486 350,00 €", AMOUNT)
('999 999', '999 999', '999 999,99 €')
>>> shape_of("9812340-3", BUSINESS_ID), shape_of("", BUSINESS_ID)
('9999999-9', 'empty')
"""

from __future__ import annotations

import re
from decimal import Decimal

from esr_parser.values import AMOUNT, BUSINESS_ID, CODE, COUNT, PARTNER, PERIOD, TEXT, ValueType

__all__ = ["EMPTY", "SENTENCE", "canonical_shape", "shape_of"]

EMPTY = "empty"
SENTENCE = "text"
"""The shape of words and nothing else."""

_LONGEST = 200
_LONGEST_SHAPE = 60
_SPACES = re.compile(r"\s+")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@()]+(@|\(at\))[^\s@()]+\.[^\s@()]+", re.IGNORECASE)
_NUMBER = re.compile(r"[-−–]?\s?(\d{1,3}(?:([ .,'])\d{3})+|\d+)(?:([.,])\d{1,2}(?!\d))?")
_LETTER = re.compile(r"[^\W\d_]")
_PARTS = re.compile(
    r"(?P<iso>(?<!\d)\d{4}-\d{1,2}-\d{1,2}(?!\d))"
    r"|(?P<padded>(?<!\d)(?:0\d\.\d{1,2}|\d{1,2}\.0\d)\.\d{4}(?!\d))"
    r"|(?P<date>(?<!\d)\d{1,2}\.\d{1,2}\.\d{4}(?!\d))"
    r"|(?P<prefix>[A-Z]{1,3}(?=\d))"
    r"|(?P<digits>\d+)"
    r"|(?P<word>[^\W\d_]+)"
)
_DATES = {"iso": "yyyy-mm-dd", "padded": "dd.mm.yyyy", "date": "d.m.yyyy"}
_ROW_END = re.compile(r", \d{7}-\d$")
_TEXTS = re.compile(r"text(?:[ ,]+text)+")

_PERIOD_WORDS = frozenset(re.findall(r"[^\W\d_]+", PERIOD.shape))

_DECLARED = {
    CODE.name: frozenset({"S99999", "A99999", "A999999", "A999999999"}),
    BUSINESS_ID.name: frozenset({"9999999-9"}),
    PARTNER.name: frozenset({"text, 9999999-9"}),
}


def shape_of(value: str, kind: ValueType) -> str:
    """The shape of a value.

    Args:
        value: The value as it stands, noise taken off.
        kind: The declared type of the value. Free text has but a few coarse shapes.
    """
    text = _SPACES.sub(" ", value).strip()
    if not text:
        return EMPTY
    if len(text) > _LONGEST:
        return SENTENCE
    if _URL.fullmatch(text):
        return "url"
    email = _EMAIL.fullmatch(text)
    if email is not None:
        return f"name{email[1].lower()}host"
    if kind is TEXT and _LETTER.search(text):
        return SENTENCE
    if kind is PARTNER:
        return "text, 9999999-9" if _ROW_END.search(text) else SENTENCE
    number = _NUMBER.match(text) if kind in (AMOUNT, COUNT) else None
    if number is not None:
        shape = _number_shape(number, kind) + _sign_shape(text[number.end() :])
    elif kind is PERIOD:
        shape = _period_shape(text)
    else:
        shape = _sign_shape(text)
    return shape[:_LONGEST_SHAPE]


def canonical_shape(value: str, kind: ValueType) -> str | None:
    """The shape of a value's canonical text; ``None`` where the value cannot be read.

    >>> canonical_shape("486350.50", AMOUNT), canonical_shape("noin 5 000", AMOUNT)
    ('999 999', None)
    """
    declared = _DECLARED.get(kind.name)
    if declared is not None:
        shape = shape_of(value, kind)
        return shape if shape in declared else None
    try:
        parsed = kind.parse(value)
        if isinstance(parsed, Decimal):
            # The register prints whole euros: cents are a change, though they are read.
            parsed = parsed.to_integral_value()
        return shape_of(kind.format(parsed), kind)
    except (ValueError, ArithmeticError):
        return None


def _number_shape(match: re.Match[str], kind: ValueType) -> str:
    whole, separator, point = match.groups()
    if separator is not None:
        digits = f"999{separator}999"
    elif kind is COUNT:
        digits = "999"
    else:
        # An amount below a thousand has nothing to separate.
        digits = "999 999" if len(whole) <= 3 else "999999"
    return f"{digits}{point}99" if point else digits


def _period_shape(text: str) -> str:
    """A period keeps the words that it is declared with."""
    shape = _PARTS.sub(
        lambda part: part[0] if part[0] in _PERIOD_WORDS else _part_shape(part), text
    )
    if _DATES["padded"] in shape:
        # 30.11.2023 is written the same way with and without leading zeros.
        shape = shape.replace(_DATES["date"], _DATES["padded"])
    return _TEXTS.sub(SENTENCE, shape).rstrip(" .,;:!?")


def _sign_shape(text: str) -> str:
    """Signs up to the first word; what follows that is text."""
    parts: list[str] = []
    position = 0
    for part in _PARTS.finditer(text):
        parts += [text[position : part.start()], _part_shape(part)]
        position = part.end()
        if part.lastgroup == "word":
            return "".join(parts)
    return "".join(parts) + text[position:]


def _part_shape(part: re.Match[str]) -> str:
    kind = part.lastgroup or ""
    if kind == "digits":
        return "9" if len(part[0]) <= 3 else "9" * len(part[0])
    if kind == "prefix":
        return part[0]
    return _DATES.get(kind, SENTENCE)
