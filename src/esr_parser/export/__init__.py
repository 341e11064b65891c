r"""Many texts to one table or database (extra ``export``): what ``esr-parser export`` does.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     _ = Path(folder, "page.txt").write_text("1 Hanke\n\nHankekoodi: S29999", encoding="utf-8")
...     tally = export([folder], Path(folder, "projects.csv"))
...     lines = Path(folder, "projects.csv").read_text(encoding="utf-8").splitlines()
>>> tally.descriptions, len(lines)
(1, 2)
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from esr_parser.arrow import schema
from esr_parser.errors import reason
from esr_parser.export.inputs import Inputs
from esr_parser.export.outputs import FORMATS, Options, Tables
from esr_parser.export.work import ExportError, Reader, Tally, batches
from esr_parser.files import DEFAULT_MAX_BYTES
from esr_parser.parser import Parser, default_parser

__all__ = ["FORMATS", "ExportError", "Tally", "export"]

_BY_SUFFIX = {f".{form}": form for form in FORMATS if form != "folder"}
_BY_SUFFIX |= {".ndjson": "jsonl", ".sqlite3": "sqlite", ".db": "sqlite", "": "folder"}


def export(
    paths: Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    form: str | None = None,
    append: bool = False,
    excel: bool = False,
    redact: bool = False,
    only_descriptions: bool = False,
    jobs: int = 1,
    patterns: Sequence[str] = (),
    text_key: str = "text",
    text_column: str = "text",
    max_bytes: int = DEFAULT_MAX_BYTES,
    parser: Parser | None = None,
    progress: Callable[[Tally], object] | None = None,
) -> Tally:
    """Writes the descriptions at some paths to a file, a database or a folder.

    The output appears when it is complete; until then, and after any failure, the old output is
    unchanged. A text that cannot be read is a row without values; ``diagnostics`` has the reason.

    Args:
        paths: Files, folders, archives (``.zip``) and tables with a text column (``.jsonl``,
            ``.jsonl.gz``, ``.jsonl.zst``, ``.parquet``); ``-`` is standard input.
        out: The output.
        form: A key of ``FORMATS``; by the output's suffix by default, without one a folder of CSV
            files.
        append: Add to a database; its rows with the same ``source`` are replaced.
        excel: Write CSV as Finnish spreadsheets open it.
        redact: Take personal data out first.
        only_descriptions: Skip texts that are not descriptions.
        jobs: The number of worker processes.
        patterns: The names of files in folders and archives that are read, ``*.txt``.
        text_key: The key of the text in JSON lines.
        text_column: The column of the text in Parquet.
        max_bytes: The largest text.
        parser: The parser.
        progress: Called with what was read so far.

    Returns:
        What was read.

    Raises:
        ExportError: the output cannot be written.
    """
    target = Path(os.path.realpath(out))
    form = form or ("folder" if target.is_dir() else _BY_SUFFIX.get(target.suffix.casefold()))
    if form is None:
        known = ", ".join(filter(None, _BY_SUFFIX))
        raise ExportError(f"{out}: unknown suffix {target.suffix!r}; use {known}, or none")
    parser = parser or default_parser()
    columns = schema(parser)
    reader = Reader(parser, redact, only_descriptions, max_bytes)
    names = [os.fspath(path) for path in paths]
    choose = reader.choose if only_descriptions else None
    inputs = Inputs(names, patterns, text_key, text_column, max_bytes, choose)
    options = Options(excel, target if append and target.exists() else None)
    total = Tally()
    try:
        _check(target, form, columns, append=append)
        with _replacing(target) as new, FORMATS[form](new, columns, options) as add:
            for batch, tally in batches(reader, inputs, jobs):
                add(batch)
                total.add(tally)
                if progress is not None:
                    progress(total)
    except (OSError, ValueError, pa.ArrowException, sqlite3.Error) as error:
        raise ExportError(f"{out}: {reason(error)}") from error
    return total


def _check(target: Path, form: str, columns: pa.Schema, *, append: bool) -> None:
    """Looks for what would be lost, before hours of work.

    Raises:
        ValueError: the output is something else than such an output, or is in use.
    """
    if append and form not in ("sqlite", "duckdb"):
        raise ValueError("only a database (.sqlite, .duckdb) can be added to")
    for suffix in ("-wal", "-journal", ".wal"):
        if Path(f"{target}{suffix}").exists():
            raise ValueError(f"another program has it open, or left {target.name}{suffix} behind")
    if form == "folder" and target.is_dir():
        own = {f"{name}.csv" for name in Tables(columns).empty}
        if other := sorted({path.name for path in target.iterdir()} - own):
            raise ValueError(f"the folder contains other files: {other[0]}")
    elif target.exists() and (form == "folder" or not target.is_file()):
        raise ValueError(f"it exists, and is not a {'folder' if form == 'folder' else 'file'}")


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """A path beside the target for what is to replace it."""
    new = target.with_name(f".{target.name}.{os.getpid()}.part")
    old = new.with_suffix(".old")
    try:
        yield new
        if new.is_dir():
            if target.exists():
                target.rename(old)
            new.rename(target)
        else:
            with new.open("rb") as file:
                os.fsync(file.fileno())
            new.replace(target)
    finally:
        for left in (old, *target.parent.glob(f"{new.name}*")):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)
