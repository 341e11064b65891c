"""Where the texts are: files, folders, archives, and tables of a web corpus.

Everything is read as a stream: memory does not grow with the corpus. What cannot be read is an
:class:`Item` too, one with ``trouble``, so that no file is lost.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import stat
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Any

import attrs
import pyarrow as pa
import pyarrow.parquet as pq

from esr_parser.errors import reason

SUFFIXES = (".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".mhtml")
"""The files of a folder or archive that are read unless patterns are given."""
_LINES = (".jsonl", ".jsonl.gz", ".jsonl.zst")
_RATIO = 200
_FREE = 1 << 30
_ROWS = 1 << 10
_BATCH = 1 << 24
_TROUBLE = (OSError, ValueError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)


@attrs.frozen
class Item:
    """One text to read, or the reason why it cannot be read."""

    source: str
    path: str | None = None
    """The file to read."""
    data: str | bytes | None = None
    """The text, or the bytes of a file that is in an archive."""
    trouble: str | None = None
    size: int = 0
    """About how many bytes it has."""
    skipped: int = 0
    """If it is not a text: the number of texts of a table that were left out here."""


@attrs.define
class _Budget:
    """How much an archive may hold: against decompression bombs."""

    left: int

    @classmethod
    def of(cls, path: str) -> _Budget:
        return cls(max(_FREE, _RATIO * Path(path).stat().st_size))

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise ValueError(f"it contains more than {_RATIO} times its size; the rest is not read")


@attrs.frozen
class Inputs:
    """The texts at some paths; the arguments are those of :func:`esr_parser.export.export`."""

    paths: Sequence[str]
    patterns: Sequence[str] = ()
    text_key: str = "text"
    text_column: str = "text"
    max_bytes: int = 1 << 26
    choose: Callable[[pa.Array[Any]], Sequence[int]] | None = None
    """The numbers of the texts of a Parquet column that are read; all by default."""

    def __iter__(self) -> Iterator[Item]:
        for path in self.paths:
            if path == "-":
                yield self._standard_input()
            elif Path(path).is_dir():
                yield from self._folder(path)
            else:
                yield from self._file(path)

    def _standard_input(self) -> Item:
        if sys.stdin is None:
            return Item("-", trouble="standard input is closed")
        return self._item("-", sys.stdin.buffer.read(self.max_bytes + 1))

    def _item(self, source: str, data: str | bytes) -> Item:
        if len(data) > self.max_bytes:
            return self._too_large(source)
        return Item(source, data=data, size=len(data))

    def _too_large(self, source: str) -> Item:
        return Item(source, trouble=f"larger than {self.max_bytes:,} bytes")

    def _matches(self, name: str) -> bool:
        if self.patterns:
            return any(fnmatchcase(name, pattern) for pattern in self.patterns)
        return name.casefold().endswith(SUFFIXES)

    def _folder(self, path: str) -> Iterator[Item]:
        """The files below a folder, sorted; a folder that links lead back to is read once."""
        seen: set[tuple[int, int]] = set()
        errors: list[OSError] = []
        for folder, folders, names in os.walk(path, onerror=errors.append, followlinks=True):
            status = Path(folder).stat()
            if (key := (status.st_dev, status.st_ino)) in seen:
                folders.clear()
                continue
            seen.add(key)
            folders.sort()
            for name in sorted(filter(self._matches, names)):
                yield from self._file(f"{folder}{os.sep}{name}")
        yield from (Item(_name(error.filename), trouble=reason(error)) for error in errors)

    def _file(self, path: str) -> Iterator[Item]:
        name = _name(path)
        suffix = name.casefold()
        try:
            status = Path(path).stat()
            if not stat.S_ISREG(status.st_mode):
                raise OSError("not a regular file")
            if suffix.endswith(".zip"):
                yield from self._zip(path, name)
            elif suffix.endswith(_LINES):
                yield from self._json_lines(path, name)
            elif suffix.endswith(".parquet"):
                yield from self._parquet(path, name)
            elif status.st_size > self.max_bytes:
                yield self._too_large(name)
            else:
                yield Item(name, path=path, size=status.st_size)
        except _TROUBLE as error:
            yield Item(name, trouble=reason(error))

    def _zip(self, path: str, name: str) -> Iterator[Item]:
        budget = _Budget.of(path)
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                source = f"{name}/{_name(member.filename)}"
                if member.filename.casefold().endswith((".zip", ".parquet", *_LINES)):
                    yield Item(source, trouble="an archive inside an archive is not opened")
                elif self._matches(PurePosixPath(member.filename).name):
                    try:
                        with archive.open(member) as stream:
                            data = stream.read(self.max_bytes + 1)
                    except _TROUBLE as error:
                        yield Item(source, trouble=reason(error))
                    else:
                        budget.spend(len(data))
                        yield self._item(source, data)

    def _json_lines(self, path: str, name: str) -> Iterator[Item]:
        budget = _Budget.of(path)
        with _opened(path) as stream:
            number = 0
            while line := stream.readline(self.max_bytes + 1):
                number += 1
                budget.spend(len(line))
                source = f"{name}:{number}"
                if len(line) > self.max_bytes:
                    while line and not line.endswith(b"\n"):
                        line = stream.readline(self.max_bytes)
                        budget.spend(len(line))
                    yield self._too_large(source)
                elif line.strip():
                    yield self._json_line(source, line)

    def _json_line(self, source: str, line: bytes) -> Item:
        try:
            text = json.loads(line)[self.text_key]
            if isinstance(text, str):
                return self._item(source, text)
            found = f"it is {type(text).__name__}"
        except (ValueError, RecursionError):
            return Item(source, trouble="the line is not JSON")
        except (KeyError, TypeError, IndexError):
            found = "there is none"
        return Item(source, trouble=f"no text with the key {self.text_key!r}: {found}")

    def _parquet(self, path: str, name: str) -> Iterator[Item]:
        budget = _Budget.of(path)
        column = self.text_column
        with pq.ParquetFile(path) as file:
            names = file.schema_arrow.names
            if column not in names:
                raise ValueError(f"no column {column!r}; the columns are {', '.join(names)}")
            before = 0
            groups = map(file.metadata.row_group, range(file.num_row_groups))
            size = sum(group.total_byte_size for group in groups)
            rows = min(_ROWS, 1 + _BATCH * file.metadata.num_rows // max(size, _BATCH))
            for batch in file.iter_batches(rows, columns=[column]):
                budget.spend(batch.nbytes)
                texts = batch.column(0)
                chosen = range(len(texts)) if self.choose is None else self.choose(texts)
                if skipped := len(texts) - len(chosen):
                    yield Item(name, skipped=skipped)
                for number in chosen:
                    value = texts[number].as_py()
                    source = f"{name}:{before + number + 1}"
                    if isinstance(value, str | bytes):
                        yield self._item(source, value)
                    else:
                        yield Item(source, trouble=f"the column {column!r} has no text here")
                before += len(texts)


def _opened(path: str) -> io.BufferedIOBase:
    suffix = path.casefold()
    if suffix.endswith(".zst"):
        stream: Any = pa.input_stream(path, compression="zstd")
        return io.BufferedReader(stream)
    return gzip.open(path) if suffix.endswith(".gz") else Path(path).open("rb")


def _name(path: str) -> str:
    """A path as text: bytes that are not in the encoding of file names become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")
