"""The text of bytes in any encoding."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


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
