"""Reading files: whatever encoding they are in, and nothing too large."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

__all__ = ["FileTooLargeError", "decode", "read_text"]

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class FileTooLargeError(ValueError):
    """A file is larger than the reader was told to read."""


def read_text(path: str | os.PathLike[str], max_bytes: int) -> tuple[str, str | None]:
    """The text of a file, and what is to be said about its encoding.

    Raises:
        OSError: the file cannot be read.
        FileTooLargeError: the file is larger than ``max_bytes``.
    """
    with Path(path).open("rb") as file:
        data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise FileTooLargeError(f"{os.fspath(path)}: larger than {max_bytes:,} bytes")
    return decode(data)


def decode(data: bytes) -> tuple[str, str | None]:
    """The text of a file's bytes, and what is to be said about their encoding.

    >>> decode("ä".encode("cp1252"))
    ('ä', 'the file is not UTF-8 (byte 0xe4 at offset 0); read as Windows-1252')
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), None
            except UnicodeDecodeError:
                break
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        found = f"byte {data[error.start]:#04x} at offset {error.start}"
        text = data.decode("cp1252", errors="esr_parser.latin1")
        return text, f"the file is not UTF-8 ({found}); read as Windows-1252"


def _as_latin1(error: UnicodeError) -> tuple[str, int]:
    # Five bytes have no letter in Windows-1252; they are kept as control characters.
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("esr_parser.latin1", _as_latin1)
