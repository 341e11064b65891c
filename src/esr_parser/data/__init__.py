"""Plain data and JSON: the values of a description for everything that is not Python.

:mod:`~esr_parser.data.members` lists the keys of each object, :mod:`~esr_parser.data.hooks` writes
and reads the values, :mod:`~esr_parser.data.schema` describes them, and
:mod:`~esr_parser.data.problems` is what is wrong with them.
"""

from __future__ import annotations

import copy
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from esr_parser.data.hooks import Pair, pair_of_descriptions
from esr_parser.data.members import Members
from esr_parser.data.problems import REPEATED, DataError
from esr_parser.data.schema import Schema
from esr_parser.grammar import Layout
from esr_parser.handlers import SectionHandler
from esr_parser.model import ProjectDescription

__all__ = ["Data", "DataError"]


class Data:
    """Turns descriptions into plain data and JSON, and back, for one set of handlers.

    The methods are those of :class:`~esr_parser.Parser`. The labels of the layouts describe the
    values in the schema.

    Raises:
        DeclarationError: a handler's model has an attribute of a type that data cannot contain.

    >>> from esr_parser.handlers import checked
    >>> from esr_parser.layouts import LAYOUTS
    >>> data = Data(LAYOUTS, checked([]))
    >>> data.from_json('{"fund": "ESR", "project": {"code": "S29999"}}')
    <ProjectDescription S29999 (ESR)>
    """

    def __init__(
        self, layouts: Iterable[Layout], handlers: Mapping[str, SectionHandler[Any]]
    ) -> None:
        self._members = Members(handlers)
        self._schema = Schema(self._members, layouts)

    @cached_property
    def _pair(self) -> Pair:
        return pair_of_descriptions(self._schema.words, self._members)

    def to_dict(self, description: ProjectDescription) -> dict[str, Any]:
        """Plain data, with every key; absent values are ``None``."""
        data: dict[str, Any] = _bounded(self._pair.write, description)
        return data

    def from_dict(self, data: Mapping[str, Any]) -> ProjectDescription:
        """A description from what :meth:`to_dict` gives, or from part of it."""
        description: ProjectDescription = _bounded(self._pair.read, data)
        return description

    def to_json(self, description: ProjectDescription, *, indent: int | None = None) -> str:
        """JSON text of :meth:`to_dict`; numbers have all their digits.

        Letters are not escaped, but for halves of a surrogate pair, which UTF-8 cannot hold.
        """
        data = self.to_dict(description)
        digits: list[str] = []

        def stand_in(number: Decimal) -> float:
            digits.append(str(number))
            return math.nan

        text = json.dumps(data, ensure_ascii=False, indent=indent, default=stand_in)
        if digits:
            left = iter(digits)
            text = _STRING_OR_NAN.sub(lambda m: next(left) if m[0] == "NaN" else m[0], text)
        try:
            text.encode()
        except UnicodeEncodeError:
            text = _HALF_A_PAIR.sub(lambda half: f"\\u{ord(half[0]):04x}", text)
        return text

    def from_json(self, text: str | bytes) -> ProjectDescription:
        """A description from JSON text, with or without a byte-order mark."""
        if isinstance(text, str):
            text = text.removeprefix("\ufeff")
        try:
            if isinstance(text, bytes):
                text = text.decode(json.detect_encoding(text), "surrogatepass")
            data = _bounded(decoder().decode, text)
        except json.JSONDecodeError as error:
            place = f"line {error.lineno}, column {error.colno}"
            raise DataError(("", f"not JSON: {error.msg} in {place}")) from None
        except UnicodeDecodeError as error:
            raise DataError(("", f"not {error.encoding} text at byte {error.start}")) from None
        return self.from_dict(data)

    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema (2020-12) that every :meth:`to_dict` result satisfies."""
        return copy.deepcopy(self._schema.whole)


def _bounded(convert: Callable[[Any], Any], value: Any) -> Any:
    try:
        return convert(value)
    except RecursionError:
        raise DataError(("", "nested too deeply")) from None


# -- JSON: what the standard library lacks ----------------------------------------------------


def decoder() -> json.JSONDecoder:
    """A decoder that keeps every digit, and marks keys that are repeated."""
    return json.JSONDecoder(parse_float=_decimal, parse_int=_decimal, object_pairs_hook=_object)


def _decimal(text: str) -> Decimal | float:
    try:
        return Decimal(text)
    except ArithmeticError:  # an exponent that no Decimal has: not a finite number
        return math.inf


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        found |= {key: REPEATED for key, count in counts.items() if count > 1}
    return found


_STRING_OR_NAN = re.compile(r'"(?:[^"\\]++|\\.)*+"|NaN')
# Two halves side by side stay as they are: escaped, they would read back as one character.
_HALF_A_PAIR = re.compile("[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")
