"""Reading a corpus: folders walked, on all cores, with memory that does not grow with it."""

from __future__ import annotations

import os
import pickle
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from fnmatch import fnmatch
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from esr_parser.drift.observe import fingerprint
from esr_parser.drift.tallies import MOST_UNKNOWN, Fingerprint
from esr_parser.files import FileTooLargeError, read_text
from esr_parser.noise import line_view
from esr_parser.parser import DEFAULT_MAX_BYTES, Parser, default_parser

__all__ = ["Batch", "Trouble", "fingerprint_files", "read_batches", "text_files"]

_BATCH = 32
_FEW = 2 * _BATCH
"""Files that are read sooner than other processes would be started."""


class Trouble(NamedTuple):
    """A file or folder that could not be read, and why."""

    file: str
    reason: str


class Batch(NamedTuple):
    """What a few files gave."""

    fingerprint: Fingerprint
    files: int
    troubles: tuple[Trouble, ...]


def text_files(paths: Iterable[str], glob: str = "*.txt") -> Iterator[str | Trouble]:
    """The files at some paths: files as they are named, folders walked, in a stable order.

    Args:
        paths: Files and folders.
        glob: Which files of a folder, by their name.
    """
    for path in paths:
        if not Path(path).is_dir():
            yield path
            continue
        errors: list[OSError] = []
        for folder, folders, names in os.walk(path, onerror=errors.append):
            folders.sort()
            yield from (str(Path(folder, name)) for name in sorted(names) if fnmatch(name, glob))
        yield from (_trouble(str(error.filename), error) for error in errors)


def fingerprint_files(
    files: Iterable[str | Trouble],
    parser: Parser | None = None,
    *,
    max_bytes: int = DEFAULT_MAX_BYTES,
    processes: int = 1,
) -> tuple[Fingerprint, list[Trouble]]:
    """The fingerprint of all descriptions in some files, and what could not be read.

    A file may hold several descriptions. Of things nobody knows, the most common 20,000 are kept.

    Args:
        files: The names of the files; :func:`text_files` finds those of a folder.
        parser: The parser; without one, the built-in sections and no aliases.
        max_bytes: The largest file that is read.
        processes: How many processes read. With more than one, the caller's main module must be
            one that can be imported.
    """
    troubles: list[Trouble] = []

    def fingerprints() -> Iterator[Fingerprint]:
        reading = read_batches(files, parser or default_parser(), max_bytes, processes)
        for batch in reading:
            troubles.extend(batch.troubles)
            yield batch.fingerprint

    return Fingerprint.sum(fingerprints(), most_unknown=MOST_UNKNOWN), troubles


def read_batches(
    files: Iterable[str | Trouble], parser: Parser, max_bytes: int, processes: int
) -> Iterator[Batch]:
    """What the files give, a few of them at a time, in their order.

    The batches do not depend on the number of processes, and no more than a few wait.
    """
    stream = iter(files)
    few = list(islice(stream, _FEW + 1))
    batches = _batches(chain(few, stream))
    if processes <= 1 or len(few) <= _FEW or not _can_be_sent(parser):
        for batch in batches:
            yield _read(batch, parser, max_bytes)
        return
    pool = ProcessPoolExecutor(
        processes, get_context("spawn"), initializer=_start, initargs=(parser, max_bytes)
    )
    try:
        waiting: deque[Future[Batch]] = deque()
        for batch in batches:
            waiting.append(pool.submit(_read_here, batch))
            if len(waiting) > 2 * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _batches(files: Iterator[str | Trouble]) -> Iterator[list[str | Trouble]]:
    while batch := list(islice(files, _BATCH)):
        yield batch


def _can_be_sent(parser: Parser) -> bool:
    """Whether other processes can have the parser: its handlers may be local classes."""
    try:
        pickle.dumps(parser)
    except Exception:
        return False
    return True


# -- in each process ----------------------------------------------------------------------------

_here: list[tuple[Parser, int]] = []


def _start(parser: Parser, max_bytes: int) -> None:
    # Ctrl-C reaches every process: the one that waits for the others stops them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _here[:] = [(parser, max_bytes)]


def _read_here(batch: list[str | Trouble]) -> Batch:
    return _read(batch, *_here[0])


def _read(batch: list[str | Trouble], parser: Parser, max_bytes: int) -> Batch:
    fingerprints: list[Fingerprint] = []
    troubles: list[Trouble] = []
    for file in batch:
        if isinstance(file, Trouble):
            troubles.append(file)
            continue
        try:
            text, _ = read_text(file, max_bytes)
            line = 1
            for document in parser.split_documents(text):
                fingerprints.append(fingerprint(document, file=file, line=line))
                line += line_view(document.text).count("\n")
        except FileTooLargeError:
            troubles.append(Trouble(file, f"larger than {max_bytes:,} bytes"))
        except Exception as error:
            # A user's handler may raise anything; the other files are still worth reading.
            troubles.append(_trouble(file, error))
    return Batch(Fingerprint.sum(fingerprints), len(batch), tuple(troubles))


def _trouble(file: str, error: Exception) -> Trouble:
    if isinstance(error, OSError):
        return Trouble(file, error.strerror or str(error))
    return Trouble(file, f"{type(error).__name__}: {error}")
