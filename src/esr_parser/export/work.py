"""Texts to batches of rows, in this process or in several.

Worker processes get a few dozen texts at a time and give back a batch of Arrow rows. Results come
in the order of the texts, and only so many are under way that memory does not grow.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Container, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import connection, get_context
from multiprocessing.context import BaseContext
from typing import Any

import attrs
import pyarrow as pa
import pyarrow.compute as pc

from esr_parser.arrow import Batch, is_description, matches, patterns_of, reported, schema
from esr_parser.diagnostics import Severity
from esr_parser.errors import EsrParserError, reason
from esr_parser.export.inputs import Item
from esr_parser.files import read_bytes, text_of
from esr_parser.html import BOMS
from esr_parser.parser import Parser
from esr_parser.parts import parts_of
from esr_parser.redaction import redact

_ITEMS, _BYTES = 256, 1 << 22
_FEW = 4

Result = tuple[pa.RecordBatch, "Tally"]


class ExportError(EsrParserError):
    """An export ended without its output; the old output is unchanged."""


@attrs.define
class Tally:
    """What was read so far."""

    texts: int = 0
    descriptions: int = 0
    with_errors: int = 0
    """Descriptions that have errors."""
    unreadable: int = 0
    """Files or texts that could not be read."""
    skipped: int = 0
    """Texts that are not descriptions, if such are skipped."""
    codes: Counter[str] = attrs.field(factory=Counter)
    """In how many descriptions each code of an error or a warning is."""

    def add(self, other: Tally) -> None:
        """Adds what another tally counted."""
        for a in attrs.fields(Tally):
            setattr(self, a.name, getattr(self, a.name) + getattr(other, a.name))


@attrs.frozen
class Reader:
    """How texts become rows. It can be pickled."""

    parser: Parser
    redact: bool = False
    """Whether personal data is taken out first."""
    only_descriptions: bool = False
    """Whether texts that are not descriptions are skipped."""
    max_bytes: int = 1 << 26

    def read(self, items: Sequence[Item]) -> Result:
        """The rows of some texts, and what was read."""
        skipped = sum(item.skipped for item in items)
        items = [item for item in items if not item.skipped]
        rows, tally = Batch(self.parser), Tally(texts=len(items) + skipped, skipped=skipped)
        found = list(map(self._text, items))
        chosen: Container[int] = range(len(items))
        if self.only_descriptions:
            # Together: the search is prepared once.
            data = [(text or "").encode("utf-8", "replace") for text, _ in found]
            chosen = set(self.choose(pa.array(data, pa.large_binary())))
        for number, (item, (text, notes)) in enumerate(zip(items, found, strict=True)):
            before = len(rows)
            if text is None:
                rows.add(item.source, None, more=notes)
                tally.unreadable += 1
            elif number in chosen:
                self._add(item.source, text, notes, rows, tally)
            tally.skipped += len(rows) == before
        return rows.batch(), tally

    def choose(self, texts: pa.Array[Any]) -> Sequence[int]:
        """The numbers of the texts that can be descriptions, and of nulls."""
        can_be = pc.or_(matches(texts, patterns_of(self.parser)), texts.is_null())
        chosen: list[int] = pc.indices_nonzero(can_be).to_pylist()
        return chosen

    def _text(self, item: Item) -> tuple[str | None, list[tuple[Any, ...]]]:
        """A text, or ``None``, with rows of ``diagnostics``."""
        try:
            if item.trouble is not None:
                raise ValueError(item.trouble)
            data = item.data if item.path is None else read_bytes(item.path, self.max_bytes)
            if isinstance(data, bytes) and b"\0" in data[:4096] and not data.startswith(BOMS):
                raise ValueError("a binary file")
            text, note = text_of(data or "", f".{item.source.rpartition('.')[2].casefold()}")
        except (OSError, ValueError, EsrParserError) as error:
            return None, [reported("ESR602", reason(error))]
        return text, [] if note is None else [reported("ESR106", note, "warning")]

    def _add(
        self, source: str, text: str, notes: list[tuple[Any, ...]], rows: Batch, tally: Tally
    ) -> None:
        """Adds the descriptions of a text."""
        for part in parts_of(self.parser.parse_document(text)):
            document, found = part.document, part.diagnostics()
            if not self.only_descriptions or is_description(document):
                description = (redact(document) if self.redact else document).description
                if self.redact:  # an unknown label can be a name
                    found = tuple(attrs.evolve(d, label=None) for d in found)
                rows.add(source, description, found, notes)
                tally.descriptions += 1
                tally.with_errors += bool(document.errors)
                tally.codes.update({d.code for d in found if d.severity is not Severity.INFO})
            notes = []


def batches(reader: Reader, items: Iterable[Item], jobs: int = 1) -> Iterator[Result]:
    """The rows of texts, a few dozen texts at a time and in their order.

    With one job, or for a few texts, there are no worker processes.

    Raises:
        ExportError: a worker process was killed.
    """
    chunks = _chunks(items)
    first = list(islice(chunks, _FEW + 1))
    if jobs == 1 or len(first) <= _FEW:
        yield from map(reader.read, chain(first, chunks))
        return
    # Plain `fork` is not safe beside the threads of Arrow and of the progress bar.
    context = _served() if os.name == "posix" else get_context("spawn")
    yield from map(reader.read, first[:_FEW])  # The time in which the server starts.
    alive, held = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(jobs, context, start_worker, (reader, alive))
    waiting: deque[Future[tuple[pa.Buffer, Tally]]] = deque()
    columns = schema(reader.parser)

    def result() -> Result:
        buffer, tally = waiting.popleft().result()
        return pa.ipc.read_record_batch(buffer, columns), tally

    try:
        for chunk in chain(first[_FEW:], chunks):
            waiting.append(pool.submit(read_in_worker, chunk))
            if len(waiting) > 3 * jobs:
                yield result()
        while waiting:
            yield result()
    except (BrokenProcessPool, EOFError) as error:
        raise ExportError("a worker process was killed, perhaps because memory ran out") from error
    finally:
        pool.shutdown(cancel_futures=True)
        held.close()


def _served() -> BaseContext:
    """Starts the process that worker processes come from, and does not wait for it."""
    from multiprocessing import forkserver, resource_tracker

    # Arrow imports pandas, where there is one, for its first array.
    forkserver.set_forkserver_preload([__name__, "pandas"])
    resource_tracker.ensure_running()  # The server starts it else, and it unblocks Ctrl-C.
    # Ctrl-C is for the command to answer; the server inherits what is blocked.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    forkserver.ensure_running()
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return get_context("forkserver")


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += item.size
        if len(chunk) == _ITEMS or size > _BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


# -- in a worker process ------------------------------------------------------------------------

_reader: Reader


def start_worker(reader: Reader, alive: connection.Connection) -> None:
    """Prepares a worker process.

    Ctrl-C is for the command to answer. Where the command itself is killed, its end of the pipe
    ``alive`` is closed, and the worker ends, too.
    """
    global _reader  # noqa: PLW0603
    _reader = reader
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(alive,), daemon=True).start()


def _end_with(alive: connection.Connection) -> None:
    connection.wait([alive])
    os._exit(1)


def read_in_worker(items: Sequence[Item]) -> tuple[pa.Buffer, Tally]:
    """What :meth:`Reader.read` gives, in a worker process; the batch without its schema."""
    batch, tally = _reader.read(items)
    return batch.serialize(), tally
