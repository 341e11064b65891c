"""Reading files, up to a size: text in any encoding, and HTML."""

from __future__ import annotations

import os
from typing import BinaryIO

from esr_parser.decoding import decode
from esr_parser.errors import EsrParserError
from esr_parser.foreign import MAIL_HEAD, foreign

DEFAULT_MAX_BYTES = 1 << 26
"""64 MiB: the largest file that is read unless a caller sets another limit."""
TEXT_SUFFIXES = frozenset({".txt", ".text", ".md"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".mhtml", ".mht"})
_CHUNK = 1 << 20


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
