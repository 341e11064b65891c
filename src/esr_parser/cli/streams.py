"""Standard input, output and error. Nothing of the extra is imported here.

Output that does not go to a terminal is UTF-8. On a terminal, a character that its encoding does
not have is written as a backslash escape.
"""

from __future__ import annotations

import errno
import io
import json
import os
import re
import shutil
import stat
import sys
import tempfile
import textwrap
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

from esr_parser import errors
from esr_parser.files import limited

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_EXTRAS = {
    "click": "cli",
    "rich": "cli",
    "lxml": "html",
    **dict.fromkeys(("pyarrow", "duckdb", "xlsxwriter"), "export"),
}


def one_line(text: str) -> str:
    r"""The text without line ends and terminal controls: they are written as escapes.

    >>> one_line("a\nb\x1b[31m")
    'a\\nb\\x1b[31m'
    """
    return _CONTROL.sub(lambda match: repr(match[0])[1:-1], text)


def counted(count: int, word: str) -> str:
    """A number with its word: ``1 error``, ``2,000 files``."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


# -- errors -------------------------------------------------------------------------------------


def report(message: str) -> None:
    """Writes to standard error: one line, which is wrapped where that is a terminal."""
    sys.stderr.write(f"{wrapped('esr-parser: ', one_line(message), width(sys.stderr))}\n")


def missing(error: ModuleNotFoundError) -> str:
    """What to install for a module that is not there.

    >>> missing(ModuleNotFoundError("No module named 'rich.table'", name="rich.table"))
    'rich is not installed: pip install "esr-parser[cli]"'
    """
    module = (error.name or "").partition(".")[0]
    extra = _EXTRAS.get(module)
    return f'{module} is not installed: pip install "esr-parser[{extra}]"' if extra else str(error)


def reason(error: Exception) -> str:
    """What went wrong, in words.

    With ``ESR_PARSER_TRACEBACK`` set in the environment, an unexpected error is raised again, for
    those who write handlers.

    >>> reason(FileNotFoundError(2, "No such file or directory"))
    'No such file or directory'
    """
    if isinstance(error, ModuleNotFoundError):
        return missing(error)
    if isinstance(error, OSError | ValueError | ImportError):
        return errors.reason(error)
    if isinstance(error, RecursionError):
        return "nested too deeply"
    if os.environ.get("ESR_PARSER_TRACEBACK"):
        raise error
    return f"unexpected {type(error).__name__}: {error}; ESR_PARSER_TRACEBACK=1 shows where"


# -- input --------------------------------------------------------------------------------------


def read_bytes(file: str, max_bytes: int) -> bytes:
    """The bytes of a file; ``-`` is standard input.

    Raises:
        OSError: the file cannot be read, or is something that may never end.
        FileTooLargeError: there are more than ``max_bytes``.
    """
    too_large = f"larger than {max_bytes:,} bytes; --max-bytes sets the limit"
    if file == "-":
        if sys.stdin is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        return limited(sys.stdin.buffer, max_bytes, too_large)
    path = Path(file)
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):  # Windows would only report "Permission denied".
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    # Shells pass the output of a command as /dev/fd/63: esr-parser parse <(curl …).
    if not stat.S_ISREG(mode) and not file.startswith(("/dev/", "/proc/")):
        raise OSError(errno.EINVAL, "not a regular file; for standard input write -")
    with path.open("rb") as stream:
        return limited(stream, max_bytes, too_large)


# -- output -------------------------------------------------------------------------------------


def prepare() -> None:
    """Makes standard output write every character, and line feeds as they are."""
    # A stream that a shell closed (>&-) is None.
    sys.stdout, sys.stderr = sys.stdout or io.StringIO(), sys.stderr or io.StringIO()
    if isinstance(sys.stdout, io.TextIOWrapper):
        encoding = None if sys.stdout.isatty() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace", newline="\n")


def write(text: str) -> None:
    """Writes to standard output."""
    sys.stdout.write(text)


def replace(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all; permissions and owner of one that is there stay."""
    handle, name = tempfile.mkstemp(prefix=".esr-parser-", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(handle)
        if path.exists():
            status = path.stat()
            # Only root can give files away, and Windows has nothing of the kind.
            with suppress(OSError, AttributeError, LookupError):
                shutil.chown(temporary, status.st_uid, status.st_gid)
            shutil.copymode(path, temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def json_text(value: Any, indent: int | None = None) -> str:
    """JSON with letters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=indent)


def write_array(values: Iterable[str]) -> None:
    """Writes a JSON array, value by value, so that no more than one of them is held."""
    lead = "[\n  "
    for value in values:
        write(lead + value.replace("\n", "\n  "))
        lead = ",\n  "
    write("[]\n" if lead.startswith("[") else "\n]\n")


def width(stream: TextIO) -> int | None:
    """The columns of the terminal that a stream goes to; ``None`` where that is not a terminal."""
    return shutil.get_terminal_size().columns if stream.isatty() else None


def wrapped(lead: str, text: str, columns: int | None) -> str:
    """A message behind its lead (which is never broken), wrapped to a terminal.

    >>> print(wrapped("a.txt:1:1: ", "ESR101 there is no description", 30))
    a.txt:1:1: ESR101 there is no
        description
    """
    if columns is None:
        return lead + text
    wrapper = textwrap.TextWrapper(
        max(columns, 20), "x" * len(lead), "    ", break_long_words=False, break_on_hyphens=False
    )
    return lead + wrapper.fill(text)[len(lead) :]


def styled(text: str, style: str) -> str:
    """The text in a style of the terminal (``"1;31"``: bold and red), where there is a terminal."""
    return f"\x1b[{style}m{text}\x1b[0m" if has_colours() else text


def has_colours() -> bool:
    """Whether standard output is a terminal with colours (no ``NO_COLOR``, not ``TERM=dumb``)."""
    is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not is_plain


def abandon(error: OSError) -> int:
    """Ends when standard output cannot be written any more, quietly where its reader went away.

    What is still buffered goes nowhere; otherwise the interpreter would complain at exit.
    Returns the exit status.
    """
    # Windows reports EINVAL where a pipe has no reader.
    is_gone = error.errno == errno.EPIPE or (os.name == "nt" and error.errno == errno.EINVAL)
    if not is_gone:
        with suppress(OSError):
            report(f"{error.filename or 'standard output'}: {error.strerror or error}")
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return 141 if is_gone else 2
