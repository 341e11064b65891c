"""Reading a corpus: folders walked, on all cores, with memory that does not grow with it."""

from __future__ import annotations

import os
import signal
import stat
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from fnmatch import fnmatch
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from esr_parser.drift.fingerprints import Fingerprint
from esr_parser.drift.observe import fingerprint
from esr_parser.files import DEFAULT_MAX_BYTES, HTML_SUFFIXES
from esr_parser.parser import Parser, default_parser
from esr_parser.text import Lines

__all__ = ["Trouble", "fingerprint_files", "fingerprint_texts", "read_batches", "text_files"]

_SUFFIXES = frozenset({".txt", ".text", ".md"}) | HTML_SUFFIXES
_BATCH = 32
_SEVERAL = "ESR103"


class Trouble(NamedTuple):
    """A file or folder that could not be read, and why."""

    file: str
    reason: str
    is_passed_over: bool = False
    """Whether it is something in a folder that is not a file: a pipe, a socket."""


def fingerprint_texts(texts: Iterable[str], parser: Parser | None = None) -> Fingerprint:
    """The fingerprint of texts, one description each.

    Args:
        texts: They are taken one by one.
        parser: The parser; without one, the built-in sections and no aliases.

    >>> fingerprint_texts(["1 Hanke", "1 Hanke"]).documents
    2
    """
    own = parser or default_parser()
    return Fingerprint.sum(fingerprint(own.parse_document(text)) for text in texts)


def fingerprint_files(
    paths: Iterable[str | os.PathLike[str]],
    parser: Parser | None = None,
    *,
    glob: str | None = None,
    max_bytes: int = DEFAULT_MAX_BYTES,
    processes: int = 1,
) -> tuple[Fingerprint, list[Trouble]]:
    """The fingerprint of all descriptions in some files, and what could not be read.

    A file may hold several descriptions. HTML needs the extra ``html``.

    Args:
        paths: Files and folders; folders are walked.
        parser: The parser; without one, the built-in sections and no aliases.
        glob: Which files of a folder, by their name; without one, text and HTML files.
        max_bytes: The largest file that is read.
        processes: How many processes read. With more than one, the caller's main module must be
            one that can be imported, and the parser's handlers, too.
    """
    files = list(text_files((os.fspath(path) for path in paths), glob))
    troubles: list[Trouble] = []

    def fingerprints() -> Iterator[Fingerprint]:
        for found, trouble in read_batches(files, parser or default_parser(), max_bytes, processes):
            troubles.extend(trouble)
            yield found

    return Fingerprint.sum(fingerprints()), troubles


def text_files(paths: Iterable[str], glob: str | None = None) -> Iterator[str | Trouble]:
    """The files at some paths: files as they are named, folders walked, in a stable order."""
    for path in paths:
        if not Path(path).is_dir():
            yield path
            continue
        errors: list[OSError] = []
        for folder, folders, names in os.walk(path, onerror=errors.append):
            folders.sort()
            for name in sorted(names):
                file = Path(folder, name)
                is_text = file.suffix.lower() in _SUFFIXES
                if not (is_text if glob is None else fnmatch(name, glob)):
                    continue
                is_other = file.exists() and not file.is_file()
                yield Trouble(str(file), "not a regular file", is_other) if is_other else str(file)
        yield from (Trouble(str(error.filename), _reason(error)) for error in errors)


Batch = tuple[Fingerprint, list[Trouble]]


def read_batches(
    files: Sequence[str | Trouble], parser: Parser, max_bytes: int, processes: int
) -> Iterator[Batch]:
    """What the files give, a few of them at a time, in their order."""
    batches = [files[k : k + _BATCH] for k in range(0, len(files), _BATCH)]
    read = partial(_read, parser=parser, max_bytes=max_bytes)
    if min(processes, len(batches)) < 2:
        yield from map(read, batches)
        return
    context = get_context("spawn")
    # Ctrl-C reaches every process: the one that waits for the others stops them.
    ignore = (signal.SIGINT, signal.SIG_IGN)
    with ProcessPoolExecutor(processes, context, signal.signal, ignore) as pool:
        yield from pool.map(read, batches)


def _read(batch: Sequence[str | Trouble], parser: Parser, max_bytes: int) -> Batch:
    fingerprints: list[Fingerprint] = []
    troubles: list[Trouble] = []
    for file in batch:
        if isinstance(file, Trouble):
            troubles.append(file)
            continue
        try:
            fingerprints += _fingerprints(file, parser, max_bytes)
        except Exception as error:
            # A user's handler may raise anything; the other files are still worth reading.
            troubles.append(Trouble(file, _reason(error)))
    return Fingerprint.sum(fingerprints), troubles


def _fingerprints(file: str, parser: Parser, max_bytes: int) -> Iterator[Fingerprint]:
    if not stat.S_ISREG(Path(file).stat().st_mode):
        raise ValueError("not a regular file")
    document = parser.read_document(file, max_bytes=max_bytes)
    if all(d.code != _SEVERAL for d in document.diagnostics):
        yield fingerprint(document, file=file)
        return
    line = 1
    for part in parser.split_documents(document.text):
        yield fingerprint(part, file=file, line=line)
        line += len(Lines(part.text)) - 1


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
