"""Reading a corpus: on all cores, with memory that does not grow with it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from esr_parser.drift.fingerprints import Fingerprint
from esr_parser.drift.observe import fingerprint
from esr_parser.errors import EsrParserError, reason
from esr_parser.files import DEFAULT_MAX_BYTES, HTML_SUFFIXES, TEXT_SUFFIXES
from esr_parser.parser import Parser, default_parser
from esr_parser.parts import parts_of

_SUFFIXES = TEXT_SUFFIXES | HTML_SUFFIXES
_BATCH = 32
_FEW = 16
"""Batches that are read sooner than other processes would be started."""


class Trouble(NamedTuple):
    """A file that could not be read, and why."""

    file: str
    reason: str


def fingerprint_texts(texts: Iterable[str], parser: Parser | None = None) -> Fingerprint:
    """The fingerprint of texts, one description each; they are taken one by one.

    >>> fingerprint_texts(["1 Hanke", "1 Hanke"]).documents
    2
    """
    own = parser or default_parser()
    return Fingerprint.sum(fingerprint(own.parse_document(text)) for text in texts)


def fingerprint_files(
    paths: Iterable[str | os.PathLike[str]],
    parser: Parser | None = None,
    *,
    max_bytes: int = DEFAULT_MAX_BYTES,
    processes: int = 1,
) -> tuple[Fingerprint, list[Trouble]]:
    """The fingerprint of all descriptions in some files, and what could not be read.

    A file may contain several descriptions. HTML needs the extra ``html``.

    Args:
        paths: Files, and folders whose text and HTML files are read.
        parser: The parser; without one, the built-in sections and no aliases.
        max_bytes: The largest file that is read.
        processes: How many processes read. With more than one, the caller's main module must be
            one that can be imported, and the parser's handlers, too.
    """
    files = (file for path in paths for file in _files(Path(path)))
    return read_files(files, parser or default_parser(), max_bytes, processes)


def _files(path: Path) -> Iterator[str]:
    found = sorted(path.rglob("*")) if path.is_dir() else ()
    yield from (str(file) for file in found if file.suffix.lower() in _SUFFIXES)
    if not path.is_dir():
        yield str(path)


def read_files(
    files: Iterable[str], parser: Parser, max_bytes: int, processes: int
) -> tuple[Fingerprint, list[Trouble]]:
    """The fingerprint of files, a few of which are read at a time, and what could not be read."""
    stream = iter(files)
    batches = iter(lambda: list(islice(stream, _BATCH)), [])
    first = list(islice(batches, _FEW + 1))
    read = partial(_read, parser=parser, max_bytes=max_bytes)
    troubles: list[Trouble] = []

    def kept(results: Iterable[tuple[Fingerprint, list[Trouble]]]) -> Iterator[Fingerprint]:
        for found, more in results:
            troubles.extend(more)
            yield found

    if processes < 2 or len(first) <= _FEW:
        return Fingerprint.sum(kept(map(read, chain(first, batches)))), troubles
    # Ctrl-C reaches every process: the one that waits for the others stops them.
    ignore = (signal.SIGINT, signal.SIG_IGN)
    with ProcessPoolExecutor(processes, get_context("spawn"), signal.signal, ignore) as pool:
        return Fingerprint.sum(kept(pool.map(read, chain(first, batches)))), troubles


def _read(files: list[str], parser: Parser, max_bytes: int) -> tuple[Fingerprint, list[Trouble]]:
    fingerprints: list[Fingerprint] = []
    troubles: list[Trouble] = []
    for file in files:
        try:
            if Path(file).exists() and not Path(file).is_file():
                # Reading a pipe would wait until a program writes to it.
                raise ValueError("not a regular file, passed over")
            parts = parts_of(parser.read_document(file, max_bytes=max_bytes))
            fingerprints += (fingerprint(p.document, file=file, line=p.line) for p in parts)
        except Exception as error:
            # A user's handler may raise anything; the other files are still worth reading.
            is_expected = isinstance(error, OSError | EsrParserError | ValueError)
            what = "" if is_expected else f"{type(error).__name__}: "
            troubles.append(Trouble(file, f"{what}{reason(error)}"))
    return Fingerprint.sum(fingerprints), troubles
