r"""Descriptions as Arrow tables (extra ``arrow``): for pandas, polars, DuckDB, Spark, Dask.

One row is one description: ``source``, the columns of :func:`esr_parser.to_row`, then for each
child table a column with a list of its rows, and ``diagnostics``. Amounts are ``decimal128``, dates
``date32``. What a column cannot store exactly is null, and a diagnostic (ESR601) reports it.

>>> import pyarrow as pa
>>> texts = pa.RecordBatch.from_pydict(
...     {"path": ["a.txt"], "text": ["1 Hanke\n\nHankekoodi: S29999"]}
... )
>>> [batch] = parse_batches([texts])
>>> batch.column("project_code").to_pylist(), batch.column("source").to_pylist()
(['S29999'], ['a.txt'])
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from operator import attrgetter
from typing import Any, Literal

from esr_parser.diagnostics import Diagnostic
from esr_parser.document import Document
from esr_parser.errors import EsrParserError, MissingExtraError
from esr_parser.files import text_of
from esr_parser.grammar import WordKind
from esr_parser.model import ProjectDescription
from esr_parser.parser import Parser, default_parser
from esr_parser.parts import parts_of
from esr_parser.rows import DIAGNOSTICS, Shape

try:
    import pyarrow as pa
    import pyarrow.compute as pc
except ModuleNotFoundError as _error:
    raise MissingExtraError("arrow", "esr_parser.arrow") from _error

__all__ = ["SCHEMA", "TableError", "parse_batches", "schema", "table"]

_TYPES: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    Decimal: pa.decimal128(38, 2),
    date: pa.date32(),
    list: pa.list_(pa.string()),
}
_MOST_CHARACTERS = 1 << 23
_diagnostic = attrgetter(*DIAGNOSTICS)
_SURROGATE = re.compile("[\ud800-\udfff]")
_BASE64 = "C(?i:ontent-transfer-encoding: *base64)"
"""In a saved page (MHTML), what no search can look into."""


class TableError(EsrParserError, ValueError):
    """A table lacks a column, or two columns have the same name."""


def schema(parser: Parser | None = None, keep: Sequence[pa.Field[Any]] = ()) -> pa.Schema:
    """The schema of the batches that :func:`parse_batches` gives.

    Args:
        parser: The parser; one with handlers has columns for their values.
        keep: The fields of the columns to keep; they come last.

    Raises:
        TableError: two columns have the same name.

    >>> schema(keep=[pa.field("url", pa.string())]).names[-1]
    'url'
    """
    return Batch(parser or default_parser(), keep).schema


class Batch:
    """Rows on their way into a batch; the arguments are those of :func:`schema`."""

    def __init__(self, parser: Parser, keep: Sequence[pa.Field[Any]] = ()) -> None:
        self._shape = Shape.of(tuple((handler.key, handler.model) for handler in parser.handlers))
        columns = {"source": str} | {column.name: column.type for column in self._shape.columns}
        fields = [pa.field(name, _TYPES[kind]) for name, kind in columns.items()]
        tables = {child.name: child.columns for child in self._shape.children}
        tables["diagnostics"] = DIAGNOSTICS
        for name, types in tables.items():
            struct = pa.struct([pa.field(column, _TYPES[kind]) for column, kind in types.items()])
            fields.append(pa.field(name, pa.list_(struct)))
        self.schema: pa.Schema = pa.schema([*fields, *keep])
        names = self.schema.names
        if twice := {name for name in names if names.count(name) > 1}:
            raise TableError(f"two columns with the name {', '.join(sorted(twice))}")
        self._count = len(columns)
        self._rows: list[tuple[Any, ...]] = []
        self._tables: dict[str, list[list[tuple[Any, ...]]]] = {name: [] for name in tables}

    def __len__(self) -> int:
        return len(self._rows)

    def add(
        self,
        source: str | None,
        description: ProjectDescription | None,
        diagnostics: Iterable[Diagnostic] = (),
        more: Iterable[tuple[Any, ...]] = (),
    ) -> None:
        """Adds a row, without a description one without values.

        ``more`` are further rows of ``diagnostics``, from :func:`reported`.
        """
        shape, tables = self._shape, self._tables
        values = shape.values_of(description) if description else (None,) * len(shape.columns)
        self._rows.append((source, *values))
        for child in shape.children:
            tables[child.name].append(child.rows_of(description) if description else [])
        tables["diagnostics"].append([*more, *map(_diagnostic, diagnostics)])

    def batch(self, kept: Sequence[pa.Array[Any]] = ()) -> pa.RecordBatch:
        """The rows that were added since the last batch."""
        columns = zip(*self._rows, strict=True) if self._rows else [()] * self._count
        arrays = [
            self._array(values, self.schema.field(k), range(len(self._rows)))
            for k, values in enumerate(columns)
        ]
        arrays += map(self._list_array, self._tables)
        self._rows.clear()
        for rows in self._tables.values():
            rows.clear()
        return pa.RecordBatch.from_arrays([*arrays, *kept], schema=self.schema)

    def _list_array(self, name: str) -> pa.Array[Any]:
        lists = self._tables[name]
        offsets = pa.array([0, *accumulate(map(len, lists))], pa.int32())
        owners = [row for row, items in enumerate(lists) for _ in items]
        items = [item for items in lists for item in items]
        fields = list(self.schema.field(name).type.value_type)
        columns = zip(*items, strict=True) if items else [()] * len(fields)
        arrays = [
            self._array(values, field, owners, f"{name}.")
            for field, values in zip(fields, columns, strict=True)
        ]
        return pa.ListArray.from_arrays(offsets, pa.StructArray.from_arrays(arrays, fields=fields))

    def _array(
        self, values: Sequence[Any], field: pa.Field[Any], owners: Sequence[int], table: str = ""
    ) -> pa.Array[Any]:
        """The column; what it cannot store exactly is replaced, and reported for its row."""
        with suppress(pa.ArrowException, ArithmeticError, UnicodeError, TypeError):
            array: pa.Array[Any] = pa.array(values, field.type)
            return array
        held = [_held(value, field.type) for value in values]
        array = pa.array(held, field.type)
        for value, other, row in zip(values, held, owners, strict=True):
            if value != other:
                # Values are not quoted: they can be personal data.
                became = "it is null" if other is None else "what is not text became U+FFFD"
                message = f"{table}{field.name}: {field.type} cannot store the value; {became}"
                self._tables["diagnostics"][row].append(reported("ESR601", message))
        return array


def reported(code: str, message: str, severity: str = "error") -> tuple[Any, ...]:
    """A row of ``diagnostics`` about a table or file, and not about a line of the text."""
    values = {"code": code, "severity": severity, "message": message}
    return tuple(values.get(name) for name in DIAGNOSTICS)


def _held(value: Any, kind: pa.DataType) -> Any:
    """The value, or the nearest that its column can store."""
    if isinstance(value, tuple | list):
        return type(value)(_held(item, pa.string()) for item in value)
    if pa.types.is_string(kind) and value is not None:
        # JSON can escape half a character (a surrogate); UTF-8 cannot hold it.
        return _SURROGATE.sub("\ufffd", str(value))
    try:
        return pa.scalar(value, kind).as_py()
    except (pa.ArrowException, ArithmeticError, TypeError):
        return None


SCHEMA: pa.Schema = schema()
"""The columns of :func:`table`, and of :func:`parse_batches` for a parser without handlers."""


def table(descriptions: Iterable[ProjectDescription], parser: Parser | None = None) -> pa.Table:
    """The table of descriptions; ``source`` is null. A parser with handlers adds their columns.

    >>> table([ProjectDescription(summary="Mehiläisiä.")]).column("summary").to_pylist()
    ['Mehiläisiä.']
    """
    rows = Batch(parser or default_parser())
    for description in descriptions:
        rows.add(None, description)
    return pa.Table.from_batches([rows.batch()])


def parse_batches(
    batches: Iterable[pa.RecordBatch],
    text: str = "text",
    source: str | None = "path",
    keep: Sequence[str] = (),
    parser: Parser | None = None,
    foreign: Literal["keep", "skip"] = "keep",
) -> Iterator[pa.RecordBatch]:
    """Reads the texts of a column, batch by batch: a function for Spark, Dask, DuckDB or a loop.

    A text with several descriptions gives several rows. HTML is read by :mod:`esr_parser.html`. A
    null is read as an empty text.

    Args:
        batches: The batches with the texts, ``str`` or ``bytes``.
        text: The column with the texts.
        source: The column with their names; if it is missing, ``source`` is null.
        keep: Columns that go with each text and come last in the result.
        parser: The parser; one with handlers has columns for their values.
        foreign: ``"keep"`` gives a text that is not a description a row with its diagnostics;
            ``"skip"`` leaves it out. A text with neither a title nor the label of the project's
            code is skipped without being parsed.

    Yields:
        Batches with the schema :data:`SCHEMA`, or that of :func:`schema`.

    Raises:
        TableError: a column is missing, or is one that the result already has.
        MissingExtraError: a text is HTML, and the extra ``html`` is not installed.
    """
    if foreign not in ("keep", "skip"):
        raise TableError(f"foreign is {foreign!r}; it must be 'keep' or 'skip'")
    parser = parser or default_parser()
    patterns = patterns_of(parser)
    rows: Batch | None = None
    for batch in batches:
        if missing := [name for name in (text, *keep) if name not in batch.schema.names]:
            has = ", ".join(batch.schema.names)
            raise TableError(f"no column {', '.join(missing)}; the columns are {has}")
        texts = batch.column(text)
        if texts.type not in (pa.string(), pa.binary(), pa.large_binary()):
            texts = texts.cast(pa.large_string())
        numbers: Iterable[Any] = range(len(texts))
        if foreign == "skip":
            numbers = pc.indices_nonzero(matches(texts, patterns)).to_pylist()
        sources = batch.column(source) if source in batch.schema.names else None
        if rows is None:
            rows = Batch(parser, [batch.schema.field(name) for name in keep])
        origins: list[int] = []
        characters = 0
        for number in numbers:
            value, _ = text_of(texts[number].as_py() or "")
            name = None if sources is None else sources[number].as_py()
            for document, *_ in parts_of(parser.parse_document(value)):
                if foreign == "keep" or is_description(document):
                    row_source = None if name is None else str(name)
                    rows.add(row_source, document.description, document.diagnostics)
                    origins.append(number)
            characters += len(value)
            if characters > _MOST_CHARACTERS:
                yield rows.batch(_taken(batch, keep, origins))
                characters = 0
        if rows:
            yield rows.batch(_taken(batch, keep, origins))


def _taken(batch: pa.RecordBatch, names: Sequence[str], origins: list[int]) -> list[pa.Array[Any]]:
    indices = pa.array(origins, pa.int64())
    origins.clear()
    return [batch.column(name).take(indices) for name in names]


@lru_cache(64)
def patterns_of(parser: Parser) -> tuple[str, ...]:
    r"""Patterns for texts that can be descriptions: a title, or the label of a project's code.

    Searching costs less than splitting a text into lines if its first letters are fixed and do not
    occur often: so there is a pattern for ``hank`` and one for ``H``. What follows is in any case,
    with anything but letters between: white space, the hyphen of a divided word, invisible
    characters. They are prepared for each batch: ``[eE]`` and ``[^a-zA-Z]`` take a third of the
    time that ``(?i:e)`` and ``\W`` take.
    """
    words = {
        word.text
        for layout in parser.layouts
        for word in layout.words()
        if word.kind is WordKind.TITLE
        or (getattr(word.section, "key", ""), getattr(word.item, "path", "")) == ("project", "code")
    }
    words |= {other for other, declared in parser.aliases.items() if declared in words}
    words = {" ".join(re.findall(r"\w+", word)).casefold() for word in words}
    # The titles with the fund's name end in the one without.
    words = {word for word in words if not any(part in word for part in words - {word})}
    rests: dict[str, list[str]] = {}
    for word in sorted(words):
        first = re.findall("^[a-z]{0,4}", word)[0]
        for start in (first, first[:1].upper()):
            # A letter that is not ASCII is several bytes; the first may be ASCII (NFD).
            letters = word[len(start) :].replace(" ", "")
            forms = (f"[{c}{c.upper()}]" if c.isascii() else "." for c in letters)
            rests.setdefault(start, []).append("".join(f"[^a-zA-Z]*{form}" for form in forms))
    return (*(f"{start}(?:{'|'.join(found)})" for start, found in rests.items()), _BASE64)


def matches(texts: pa.Array[Any], patterns: Iterable[str]) -> pa.Array[Any]:
    """Whether one of the patterns of :func:`patterns_of` is in the texts.

    >>> texts = pa.array(["1 Hanke", "hankekoodi: S29999", "Hankkeen kuvaus"])
    >>> matches(texts, patterns_of(Parser())).to_pylist()
    [False, True, True]
    """
    data: Any = texts.cast(pa.large_binary())
    found: pa.Array[Any] = pa.array([False] * len(texts), pa.bool_())
    if not len(texts):
        return found
    # First all texts as one: most batches have no description.
    _, offsets, letters = data.buffers()
    ends = memoryview(offsets).cast("q")[data.offset :][:: len(data)][:2].tobytes()
    whole = pa.LargeBinaryArray.from_buffers(
        pa.large_binary(), 1, [None, pa.py_buffer(ends), letters]
    )
    for pattern in patterns:
        if pc.match_substring_regex(whole, pattern)[0].as_py():
            found = pc.or_kleene(found, pc.match_substring_regex(data, pattern))
    return found.fill_null(False)


def is_description(document: Document) -> bool:
    """Whether a text is a description, and not empty or another text."""
    return not any(d.code in ("ESR101", "ESR102") for d in document.diagnostics)
