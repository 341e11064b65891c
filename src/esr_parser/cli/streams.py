"""Standard input, output and error. Nothing of the extra is imported here.

Output never stops at a character its encoding does not have: text is written with a backslash
escape in its place, JSON with an escape that JSON knows.
"""

from __future__ import annotations

import errno
import io
import json
import os
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from esr_parser.files import FileTooLargeError

__all__ = [
    "abandon",
    "flush",
    "json_text",
    "one_line",
    "prepare",
    "read_bytes",
    "report",
    "unencodable",
    "write",
    "write_array",
    "write_exact",
]

_CHUNK = 1 << 20
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def one_line(text: str) -> str:
    r"""The text without line ends and terminal controls: they are written as escapes.

    >>> one_line("a\nb\x1b[31m")
    'a\\nb\\x1b[31m'
    """
    return _CONTROL.sub(lambda match: repr(match[0])[1:-1], text)


def report(message: str) -> None:
    """One line on standard error."""
    if sys.stderr is not None:
        sys.stderr.write(f"esr-parser: {one_line(message)}\n")


# -- input --------------------------------------------------------------------------------------


def read_bytes(file: str, max_bytes: int) -> bytes:
    """The bytes of a file; ``-`` is standard input.

    Raises:
        OSError: the file cannot be read.
        FileTooLargeError: there are more than ``max_bytes``.
    """
    if file == "-":
        if sys.stdin is None:
            raise _closed()
        return _limited(sys.stdin.buffer, max_bytes)
    path = Path(file)
    if path.is_dir():  # Windows would only say "Permission denied".
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    with path.open("rb") as stream:
        return _limited(stream, max_bytes)


def _limited(stream: BinaryIO, max_bytes: int) -> bytes:
    data = io.BytesIO()
    left = max_bytes + 1
    while left > 0 and (chunk := stream.read(min(left, _CHUNK))):
        left -= data.write(chunk)
    if left <= 0:
        raise FileTooLargeError(f"larger than {max_bytes:,} bytes; --max-bytes sets the limit")
    return data.getvalue()


# -- output -------------------------------------------------------------------------------------


def prepare() -> None:
    """Makes standard output write every character, and line feeds as they are."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace", newline="\n")


def write(text: str) -> None:
    """Writes to standard output.

    Raises:
        OSError: it is closed, or full.
    """
    if sys.stdout is None:
        raise _closed()
    sys.stdout.write(text)


def flush() -> None:
    """Sends on what was written.

    Raises:
        OSError: standard output is closed, or full.
    """
    if sys.stdout is not None:
        sys.stdout.flush()


def write_exact(text: str) -> None:
    """Writes a canonical text, which has no line end; only a terminal gets one."""
    write(text)
    if sys.stdout.isatty():
        write("\n")


def unencodable(text: str) -> str | None:
    """What to say about the first character that standard output does not have, if any.

    >>> unencodable("a")
    """
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError as error:
        character = text[error.start]
        return f"{encoding} has no {character!a}, so a backslash escape stands in its place"
    return None


def json_text(value: Any, indent: int | None = None) -> str:
    """JSON that stays JSON in whatever encoding standard output has."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    is_utf_8 = encoding.replace("_", "-").casefold() in ("utf-8", "utf8")
    return json.dumps(value, ensure_ascii=not is_utf_8, indent=indent)


def write_array(values: Iterable[Any]) -> None:
    """Writes a JSON array value by value, so that no more than one of them is held."""
    lead = "[\n  "
    for value in values:
        write(lead + json_text(value, 2).replace("\n", "\n  "))
        lead = ",\n  "
    write("[]\n" if lead.startswith("[") else "\n]\n")


def abandon(error: OSError) -> int:
    """Ends quietly when standard output cannot be written any more.

    What is still buffered goes nowhere; otherwise the interpreter would complain at exit.

    Returns:
        The exit status: 141 where the reader went away, else 2.
    """
    # Windows says EINVAL where a pipe has no reader.
    gone = {errno.EPIPE, errno.EINVAL} if os.name == "nt" else {errno.EPIPE}
    if error.errno not in gone:
        with suppress(OSError):
            report(f"standard output: {error.strerror or error}")
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return 141 if error.errno in gone else 2


def _closed() -> OSError:
    return OSError(errno.EBADF, os.strerror(errno.EBADF))
