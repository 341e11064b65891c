"""Descriptions as plain data and JSON, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from esr_parser.data.classes import Shapes
from esr_parser.data.description import description_shape
from esr_parser.data.errors import DataError, reported
from esr_parser.data.schema import schema_of
from esr_parser.model import ProjectDescription
from esr_parser.reading import TextReader

__all__ = ["Data"]


class Data:
    """Turns descriptions into plain data and JSON, and back, for one set of handlers.

    Args:
        reader: The layouts and handlers.

    Raises:
        TypeError: a handler's model has an attribute of a type that is no plain value.
    """

    def __init__(self, reader: TextReader) -> None:
        self._reader = reader
        self._shapes = Shapes()
        self._root = description_shape(reader, self._shapes)

    def to_dict(self, description: ProjectDescription) -> dict[str, Any]:
        """Plain data: dictionaries, lists, strings, numbers, booleans and ``None``.

        Every key is there, absent values are ``None``. Dates are ISO strings. Amounts are
        integers where whole, floats where ``Decimal(repr(number))`` is exactly the amount, and
        strings of digits otherwise.

        Raises:
            DataError: a value is not of the type its attribute declares, or no finite number.

        >>> from decimal import Decimal
        >>> from esr_parser import Parser, ProjectDescription, PublicFunding
        >>> funding = PublicFunding(Decimal("128450"), Decimal("51274.36"))
        >>> Parser().to_dict(ProjectDescription(funding=funding))["funding"]
        {'granted_eu_and_state': 128450, 'realised_eu_and_state': 51274.36, \
'planned_public_total': None, 'realised_public_total': None}
        """
        with reported():
            data: dict[str, Any] = self._root.write(description)
        return data

    def from_dict(self, data: Mapping[str, Any]) -> ProjectDescription:
        """A description from what :meth:`to_dict` gives.

        Missing keys are absent values, and ``None`` where the attribute cannot be ``None`` is its
        default. Words of an open set that are not known stay text.

        Raises:
            DataError: the data does not have the shape of a description; has all problems.

        >>> from esr_parser import Parser
        >>> Parser().from_dict({"project": {"code": "S20001"}}).fund
        <Fund.ESR: 'ESR'>
        """
        with reported():
            description: ProjectDescription = self._root.read(data)
        return description

    def to_json(self, description: ProjectDescription, *, indent: int | None = None) -> str:
        r"""JSON text of :meth:`to_dict`.

        Letters stand as they are. Halves of a surrogate pair, which no encoding can write, are
        escaped; where two of them stand side by side, an escape would make them one character,
        and they stand as they are, too.

        Raises:
            DataError: as :meth:`to_dict`.

        >>> from esr_parser import Parser, ProjectDescription
        >>> text = Parser().to_json(ProjectDescription(summary="Työtä \ud800"))
        >>> '"summary": "Työtä \\ud800"' in text
        True
        """
        data = self.to_dict(description)
        with reported():
            text = json.dumps(data, ensure_ascii=False, indent=indent, allow_nan=False)
        return _encodable(text)

    def from_json(self, text: str | bytes) -> ProjectDescription:
        """A description from JSON text; of a repeated key the last one counts.

        Raises:
            DataError: the text is no JSON, or not of a description.
            TypeError: ``text`` is neither ``str`` nor ``bytes``.

        >>> from esr_parser import Parser
        >>> try:
        ...     Parser().from_json('{"summary": "a" "b"}')
        ... except ValueError as error:
        ...     print(error)
        line 1, column 17: no JSON: Expecting ',' delimiter
        """
        try:
            data = json.loads(text, parse_constant=_no_number)
        except json.JSONDecodeError as error:
            place = f"line {error.lineno}, column {error.colno}"
            raise DataError(f"{place}: no JSON: {error.msg}") from None
        except UnicodeDecodeError as error:
            raise DataError(f"byte {error.start}: no {error.encoding} text") from None
        except RecursionError:
            raise DataError("description: nested too deeply") from None
        except ValueError as error:  # NaN, or an integer of more digits than Python reads
            raise DataError(f"description: {error}") from None
        return self.from_dict(data)

    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema (2020-12) that every :meth:`to_dict` result satisfies.

        Keys may be missing, and ``null`` where they may be missing, as in :meth:`from_dict`.

        >>> from esr_parser import Parser
        >>> schema = Parser().json_schema()
        >>> schema["$defs"]["Project"]["properties"]["code"]["description"]
        'Hankekoodi (2014-2020: section 1); Projektikoodi (2007-2013: section 1)'
        """
        return schema_of(self._reader, self._shapes)


def _no_number(name: str) -> object:
    raise ValueError(f"{name} is no JSON number")


_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def _encodable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        if not _SURROGATES.search(text):
            return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return text
