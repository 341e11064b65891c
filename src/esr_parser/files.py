"""Reading files in any encoding, up to a size."""

from __future__ import annotations

import codecs
import os
import re
from typing import BinaryIO

from esr_parser.errors import EsrParserError
from esr_parser.foreign import MAIL_HEAD, foreign

DEFAULT_MAX_BYTES = 1 << 26
"""64 MiB: the largest file that is read unless a caller sets another limit."""
TEXT_SUFFIXES = frozenset({".txt", ".text", ".md"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".mhtml", ".mht"})
_CHUNK = 1 << 20

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class FileTooLargeError(EsrParserError, ValueError):
    """A file is larger than the limit."""


def read_bytes(path: str | os.PathLike[str], max_bytes: int) -> bytes:
    """The bytes of a file.

    Raises:
        OSError: the file cannot be read.
        FileTooLargeError: the file is larger than ``max_bytes``.
    """
    from pathlib import Path

    with Path(path).open("rb") as file:
        return limited(file, max_bytes, f"{os.fspath(path)}: larger than {max_bytes:,} bytes")


def limited(stream: BinaryIO, max_bytes: int, message: str) -> bytes:
    """All bytes of a stream; if there are more than ``max_bytes``, an error with the message."""
    # A read of `max_bytes` at once would set aside that much memory for each small file.
    data = stream.read(min(max_bytes + 1, _CHUNK))
    if len(data) == _CHUNK:
        data += stream.read(max_bytes + 1 - _CHUNK)
    if len(data) > max_bytes:
        raise FileTooLargeError(message)
    return data


def decode(data: bytes) -> tuple[str, str | None]:
    """The text of a file's bytes, and what is odd about their encoding.

    A byte-order mark decides, or NUL in every second byte. A file that is UTF-8 but for a few bytes
    (cut inside a letter, one foreign byte) stays UTF-8; those bytes are read as Windows-1252, or as
    U+FFFD.

    >>> decode("ä".encode("cp1252"))
    ('ä', 'the file is not UTF-8 (byte 0xe4 at offset 0); read as Windows-1252')
    >>> decode("Mehiläisestä".encode()[:-1])
    ('MehiläisestÃ', 'one byte is not UTF-8 (byte 0xc3 at offset 12); read as Windows-1252')
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data.decode(encoding, "replace")
            return text, f"bytes that are not {encoding.upper()}" if "\ufffd" in text else None
    head = data[:400]
    for encoding, nuls in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        # Scripts of Windows write no mark: each letter is a byte and NUL.
        if nuls[:1] == b"\0" and len(nuls) * 8 < nuls.count(0) * 10 and head.strip(b"\0"):
            note = "the file is not UTF-8 (every second byte is NUL); read as UTF-16"
            return data.decode(encoding, "replace"), note
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        start, found = error.start, f"byte {data[error.start]:#04x} at offset {error.start}"
    text = data.decode("utf-8", "surrogateescape")
    text, broken = re.subn("[\udc80-\udcff]", _from_windows_1252, text)
    letters = sum(not c.isascii() for c in text[: max(start, 2_000)])
    what = "one byte is" if broken == 1 else f"{broken} bytes are"
    if broken * 4 > letters and (broken > 3 or letters <= broken):
        text, what = data.decode("cp1252", "replace"), "the file is"
    return text, f"{what} not UTF-8 ({found}); read as Windows-1252"


def _from_windows_1252(escaped: re.Match[str]) -> str:
    return escaped[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def text_of(data: str | bytes, suffix: str = "") -> tuple[str, str | None]:
    """The text of a page, text or HTML, and what is odd about its encoding.

    Args:
        data: The contents of a file, or its text.
        suffix: The suffix of the file's name, in lower case: ``".html"``. HTML is recognised
            without a suffix, too.

    Raises:
        MissingExtraError: the page is HTML, and the extra ``html`` is not installed.

    >>> text_of(b"1 Hanke")
    ('1 Hanke', None)
    """
    text, note = (data, None) if isinstance(data, str) else decode(data)
    if suffix not in HTML_SUFFIXES:
        if "<" not in text and "multipart/" not in text[:MAIL_HEAD]:
            return text, note  # Neither HTML nor MHTML: most texts, and the parser looks again.
        cause = foreign(text)
        if cause is None or "HTML" not in cause:
            return text, note
    from esr_parser.html import looks_like_mhtml, text_from_html, text_from_mhtml

    if looks_like_mhtml(text):
        data = data.encode("utf-8", "replace") if isinstance(data, str) else data
        return text_from_mhtml(data), None
    return text_from_html(data), None
