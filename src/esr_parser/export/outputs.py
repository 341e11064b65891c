"""Batches of rows to files.

Each format is a context manager: it gives the function that takes a batch, and what it wrote is
complete when it ends without an exception. Relational formats get the tables of :class:`Tables`.

``docs/tables.md`` has what amounts, dates and lists become in each.
"""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from esr_parser.arrow import reported
from esr_parser.rows import DIAGNOSTICS

Add = Callable[[pa.RecordBatch], None]

_KEYS = ("source", "part", "project_code")
_BUFFER = 1 << 25
_MOST_IN_CELL = 32_767
_MOST_ROWS = 1_048_576


@attrs.frozen
class Options:
    """What a format is written with."""

    excel: bool = False
    """CSV for a Finnish spreadsheet: semicolons, decimal commas, a byte-order mark."""
    old: Path | None = None
    """The file that is added to."""


class Tables:
    """The tables of relational formats: ``projects``, and one for each list of groups.

    Every table begins with ``source`` and ``part`` (the number of the description in its source,
    from 1); child tables go on with ``project_code``. Source and part together are the key.
    """

    def __init__(self, schema: pa.Schema) -> None:
        self._lists = [f.name for f in schema if _is_table(f.type)]
        self._source: str | None = None
        self._part = 0
        self.empty: dict[str, pa.Table] = self.of(pa.RecordBatch.from_pylist([], schema))

    def of(self, batch: pa.RecordBatch) -> dict[str, pa.Table]:
        """The rows of a batch by table."""
        parts = []
        for source in batch.column("source").to_pylist():
            self._part = self._part + 1 if source == self._source else 1
            self._source = source
            parts.append(self._part)
        projects = pa.Table.from_batches([batch]).drop_columns(self._lists)
        projects = projects.add_column(1, "part", pa.array(parts, pa.int64()))
        keys = projects.select([n for n in _KEYS if n in projects.column_names])
        tables = {"projects": projects}
        for name in self._lists:
            column = batch.column(name)
            structs: Any = pc.list_flatten(column)
            table = keys.take(pc.list_parent_indices(column))
            for field, values in zip(structs.type, structs.flatten(), strict=True):
                table = table.append_column(field, values)
            tables[name] = table
        return tables


def _is_table(kind: pa.DataType) -> bool:
    return isinstance(kind, pa.ListType) and pa.types.is_struct(kind.value_type)


def _rows(
    table: pa.Table | pa.RecordBatch, cell: Callable[[Any], Any]
) -> Iterator[tuple[Any, ...]]:
    columns = ([cell(value) for value in column.to_pylist()] for column in table.columns)
    return zip(*columns, strict=True)


@contextmanager
def _buffered(write: Callable[[pa.Table], object]) -> Iterator[Add]:
    """A function that collects batches until writing them is worth it; the rest is written last."""
    held: list[pa.RecordBatch] = []

    def add(batch: pa.RecordBatch) -> None:
        held.append(batch)
        if sum(one.nbytes for one in held) > _BUFFER:
            write(pa.Table.from_batches(held))
            held.clear()

    yield add
    if held:
        write(pa.Table.from_batches(held))


@contextmanager
def _parquet(path: Path, schema: pa.Schema, _: Options) -> Iterator[Add]:
    with (
        pq.ParquetWriter(path, schema, compression="zstd") as writer,
        _buffered(writer.write_table) as add,
    ):
        yield add


# -- text ---------------------------------------------------------------------------------------


def _digits(amount: Decimal) -> str:
    return f"{amount:f}".removesuffix(".00")


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return _digits(value)
    return "; ".join(value) if isinstance(value, list) else str(value)


def _for_spreadsheet(value: Any) -> str:
    text = _plain(value)
    if isinstance(value, Decimal | float):
        return text.replace(".", ",")
    # Spreadsheets would take such text for a formula.
    is_formula = isinstance(value, str | list) and text.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{text}" if is_formula else text


@contextmanager
def _csv_table(path: Path, names: Sequence[str], options: Options) -> Iterator[Any]:
    encoding = "utf-8-sig" if options.excel else "utf-8"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=";" if options.excel else ",", lineterminator="\n")
        writer.writerow(names)
        cell = _for_spreadsheet if options.excel else _plain
        yield lambda table: writer.writerows(_rows(table, cell))


@contextmanager
def _csv(path: Path, schema: pa.Schema, options: Options) -> Iterator[Add]:
    names = [field.name for field in schema if not _is_table(field.type)]
    with _csv_table(path, names, options) as write:
        yield lambda batch: write(batch.select(names))


@contextmanager
def _folder(path: Path, schema: pa.Schema, options: Options) -> Iterator[Add]:
    tables = Tables(schema)
    path.mkdir()
    with ExitStack() as stack:
        writers = {
            name: stack.enter_context(_csv_table(path / f"{name}.csv", table.column_names, options))
            for name, table in tables.empty.items()
        }

        def add(batch: pa.RecordBatch) -> None:
            for name, table in tables.of(batch).items():
                writers[name](table)

        yield add


def _json_value(value: Any) -> Any:
    if not isinstance(value, Decimal):
        return value.isoformat()
    number = int(value) if value == int(value) else float(value)
    # The shortest form of a float has the same digits as the amount; if not, text has.
    return number if Decimal(repr(number)) == value else _digits(value)


@contextmanager
def _json_lines(path: Path, _schema: pa.Schema, _options: Options) -> Iterator[Add]:
    with path.open("w", encoding="utf-8", newline="\n") as file:

        def add(batch: pa.RecordBatch) -> None:
            for row in batch.to_pylist():
                file.write(json.dumps(row, ensure_ascii=False, default=_json_value) + "\n")

        yield add


# -- databases ----------------------------------------------------------------------------------


def _sql(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _sqlite_value(value: Any) -> Any:
    if isinstance(value, Decimal):
        digits = _digits(value)
        # SQLite has no decimals: REAL would lose cents of large sums. The register's amounts are
        # whole euros; for others there is the view `projects_cents`.
        return int(digits) if "." not in digits and len(digits) < 19 else digits
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else value


def _sqlite_type(kind: pa.DataType) -> str:
    if pa.types.is_decimal(kind):
        return ""  # Without a type, a column keeps integers and text as they are.
    if pa.types.is_floating(kind):
        return "REAL"
    return "INTEGER" if pa.types.is_integer(kind) or pa.types.is_boolean(kind) else "TEXT"


def _cents(name: str) -> str:
    """An amount as an integer: it compares, sorts and sums, where integers beside text do not."""
    digits = f"CASE WHEN instr({name}, '.') THEN replace({name}, '.', '') ELSE {name} || '00' END"
    return f"CASE WHEN length({name}) < 18 THEN CAST({digits} AS INTEGER) END"


@contextmanager
def _sqlite(path: Path, schema: pa.Schema, options: Options) -> Iterator[Add]:
    tables = Tables(schema)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        if options.old is not None:
            with closing(sqlite3.connect(options.old)) as old:
                old.backup(db)
        db.execute("PRAGMA journal_mode = OFF")  # The file is new; its folder has the old one.
        for name, table in tables.empty.items():
            columns = ", ".join(f"{_sql(f.name)} {_sqlite_type(f.type)}" for f in table.schema)
            db.execute(f"CREATE TABLE IF NOT EXISTS {_sql(name)} ({columns})")
            index = _sql(f"{name}_source")
            db.execute(f"CREATE INDEX IF NOT EXISTS {index} ON {_sql(name)} (source)")
            amounts = [f.name for f in table.schema if pa.types.is_decimal(f.type)]
            if cents := [f"{_cents(_sql(a))} AS {_sql(f'{a}_cents')}" for a in amounts]:
                view = f"SELECT *, {', '.join(cents)} FROM {_sql(name)}"
                db.execute(f"CREATE VIEW IF NOT EXISTS {_sql(f'{name}_cents')} AS {view}")

        def add(batch: pa.RecordBatch) -> None:
            db.execute("BEGIN")
            for name, table in tables.of(batch).items():
                if options.old is not None:
                    sources = set(batch.column("source").to_pylist())
                    delete = f"DELETE FROM {_sql(name)} WHERE source = ?"
                    db.executemany(delete, [(source,) for source in sources])
                columns = ", ".join(map(_sql, table.column_names))
                marks = ", ".join("?" * table.num_columns)
                insert = f"INSERT INTO {_sql(name)} ({columns}) VALUES ({marks})"
                db.executemany(insert, _rows(table, _sqlite_value))
            db.execute("COMMIT")

        yield add


@contextmanager
def _duckdb(path: Path, schema: pa.Schema, options: Options) -> Iterator[Add]:
    import duckdb

    tables = Tables(schema)
    if options.old is not None:
        shutil.copyfile(options.old, path)
    try:
        # Else what was written stays in memory, up to most of the machine's.
        with duckdb.connect(str(path), config={"memory_limit": "256MB"}) as db:
            for name, table in tables.empty.items():
                db.register("rows", table)
                db.execute(f"CREATE TABLE IF NOT EXISTS {_sql(name)} AS FROM rows")
            with _buffered(partial(_insert, db, tables, replaces=options.old is not None)) as add:
                yield add
    except duckdb.Error as error:
        raise ValueError(str(error)) from error


def _insert(db: Any, tables: Tables, rows: pa.Table, *, replaces: bool) -> None:
    for batch in rows.combine_chunks().to_batches():
        for name, table in tables.of(batch).items():
            db.register("rows", table)
            if replaces:
                db.register("sources", pa.table({"source": batch.column("source")}))
                db.execute(f"DELETE FROM {_sql(name)} WHERE source IN (SELECT source FROM sources)")
            db.execute(f"INSERT INTO {_sql(name)} BY NAME FROM rows")


# -- Excel --------------------------------------------------------------------------------------


class _Sheet:
    """A sheet that is written row by row. Text stays text: no formula, no link, no number."""

    def __init__(self, workbook: Any, name: str, columns: Sequence[str]) -> None:
        self._sheet = workbook.add_worksheet(name)
        self._sheet.freeze_panes(1, 0)
        self.name, self.columns = name, columns
        self._date = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self._row = 0
        self.add(columns)

    def add(self, values: Iterable[Any]) -> list[str]:
        """Writes a row, and reports what had to be cut."""
        if self._row == _MOST_ROWS:
            raise ValueError(
                f"a sheet of Excel has {_MOST_ROWS:,} rows at most; use another format"
            )
        reports = [self._cell(k, value) for k, value in enumerate(values) if value is not None]
        self._row += 1
        return list(filter(None, reports))

    def _cell(self, column: int, value: Any) -> str:
        sheet, row = self._sheet, self._row
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, date) and value.year >= 1900:
            sheet.write_datetime(row, column, value, self._date)
        elif isinstance(value, int | float | Decimal) and Decimal(repr(float(value))) == value:
            sheet.write_number(row, column, value)
        else:
            text = _plain(value)
            units = text.encode("utf-16-le")
            if len(units) <= 2 * _MOST_IN_CELL:
                sheet.write_string(row, column, text)
            else:
                mark = f" … [{len(text):,} characters]"
                head = units[: 2 * (_MOST_IN_CELL - len(mark))].decode("utf-16-le", "ignore")
                sheet.write_string(row, column, head + mark)
                name = f"{self.name}.{self.columns[column]}"
                return f"{name}: {len(units) // 2:,} characters, cut after {_MOST_IN_CELL:,}"
        return ""


@contextmanager
def _xlsx(path: Path, schema: pa.Schema, _: Options) -> Iterator[Add]:
    import xlsxwriter  # type: ignore[import-untyped]

    tables = Tables(schema)
    scratch = path.with_name(f"{path.name}.rows")
    scratch.mkdir()
    workbook = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(scratch)})
    sheets = {
        name: _Sheet(workbook, name, table.column_names) for name, table in tables.empty.items()
    }

    def add(batch: pa.RecordBatch) -> None:
        cut: list[dict[str, Any]] = []
        for name, table in tables.of(batch).items():
            for number, values in enumerate(_rows(table, lambda value: value)):
                for message in sheets[name].add(values):
                    report = zip(DIAGNOSTICS, reported("ESR603", message, "warning"), strict=True)
                    cut.append(table.slice(number, 1).to_pylist()[0] | dict(report))
        for row in cut:
            sheets["diagnostics"].add(map(row.get, sheets["diagnostics"].columns))

    try:
        yield add
        workbook.close()
    except xlsxwriter.exceptions.XlsxWriterException as error:
        raise ValueError(str(error)) from error
    finally:
        workbook.fileclosed = True
        for sheet in workbook.worksheets():
            sheet.row_data_fh.close()


FORMATS: Mapping[str, Callable[[Path, pa.Schema, Options], AbstractContextManager[Add]]] = {
    "csv": _csv,
    "jsonl": _json_lines,
    "parquet": _parquet,
    "sqlite": _sqlite,
    "duckdb": _duckdb,
    "xlsx": _xlsx,
    "folder": _folder,
}
"""The formats by name."""
