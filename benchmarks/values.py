"""Values as they are written, to plain data: what every peer does with the text after a label."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from benchmarks import words

Values = dict[str, Any]

ITEM: Final = re.compile(r"(\d+(?:\.\d+)*)\. (.*)")
PERIOD: Final = re.compile(r"Alkaa (\d+)\.(\d+)\.(\d{4}) ja päättyy (\d+)\.(\d+)\.(\d{4})")
NAME_BREAK: Final = re.compile(r", (?!Tl\b)")
THOUSANDS: Final = str.maketrans("", "", " \u00a0\u2009\u202f")


def any_of(texts: Iterable[str]) -> str:
    """A regular expression for one of some texts."""
    return f"(?:{'|'.join(map(re.escape, texts))})"


ROW_START: Final = (
    rf"{any_of((*words.HEADINGS, *words.ASPECTS))}\n|{any_of(words.QUESTIONS)}:"
    rf"|{any_of(words.DIMENSION_OF)} \d+ \d+\n"
)
"""What ends an explanation of section 8."""


def amount(text: str) -> int | float:
    """`128 450` → 128450, `51274.36` and `51 274,36` → 51274.36, euros or a count."""
    digits = text.translate(THOUSANDS).replace(",", ".")
    return float(digits) if "." in digits else int(digits)


def item(text: str) -> Values:
    """`12.3. title` → its number and its title."""
    match = ITEM.fullmatch(text)
    return {"number": match[1], "title": match[2]} if match else {"title": text}


def names(text: str) -> list[str]:
    """A list of areas; `Koski, Tl` is one municipality, Koski Tl."""
    return [name.replace(", ", " ") for name in NAME_BREAK.split(text)]


def period(text: str) -> Values:
    """`Alkaa 1.2.2020 ja päättyy 31.8.2021` → two ISO dates."""
    match = PERIOD.fullmatch(text)
    if match is None:
        return {}
    day, month, year, *last = map(int, match.groups())
    end = f"{last[2]:04}-{last[1]:02}-{last[0]:02}"
    return {"start": f"{year:04}-{month:02}-{day:02}", "end": end}


READERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "text": str,
    "amount": amount,
    "email": lambda text: text.replace("(at)", "@"),
    "item": item,
    "names": names,
    "period": period,
}
"""Kind of a field → reader of its text."""


def read(kind: str, text: str) -> Any:
    """The value of a field, or None where it cannot be read."""
    try:
        return READERS[kind](text)
    except ValueError:
        return None


def partner(row: str) -> Values:
    """`name, Y-tunnus`, split at the last comma."""
    name, _, business_id = row.rpartition(", ")
    return {"name": name, "business_id": business_id} if name else {"name": row}


def put(values: Values, path: str, value: object) -> None:
    """Set `a.b.c` in nested dictionaries."""
    *parents, last = path.split(".")
    for name in parents:
        values = values.setdefault(name, {})
    values[last] = value
