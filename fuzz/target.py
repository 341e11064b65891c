"""What is done with each input: bytes become a text, and the text is held against the laws."""

from __future__ import annotations

import zlib

import attrs

from esr_parser.parser import default_parser
from esr_parser.testing import check_lossless, check_minimal_edit, check_settled, check_total
from fuzz.changes import Change, changes_for

PARSER = default_parser()
LAWS = {1: check_lossless, 2: check_total, 5: check_settled}


@attrs.frozen
class BrokenLawError(Exception):
    """A law that a text breaks."""

    law: int
    error: BaseException
    change: Change | None = None
    """What was to be changed, where it is law 7."""

    def __str__(self) -> str:
        change = f" ({self.change})" if self.change else ""
        return f"law {self.law}{change}: {type(self.error).__name__}: {self.error}"


def text_of(data: bytes) -> str:
    """The text that bytes stand for; such as are no UTF-8 become lone surrogates."""
    return data.decode("utf-8", "surrogateescape")


def data_of(text: str) -> bytes:
    """The bytes of a text that came from bytes."""
    return text.encode("utf-8", "surrogateescape")


def check(text: str, changes: int | None = 1) -> None:
    """Laws 1, 2, 5 and 7 for one text.

    Args:
        text: Any text.
        changes: How many of the possible changes are tried (which ones, the text itself decides);
            ``None``: every one.

    Raises:
        BrokenLawError: one of the laws does not hold.
    """
    for number, law in LAWS.items():
        try:
            law(PARSER, text)
        except Exception as error:
            raise BrokenLawError(number, error) from error
    possible = changes_for(PARSER.parse_description(text))
    if changes is not None:
        start = zlib.crc32(text.encode("utf-8", "surrogatepass")) % len(possible)
        possible = (possible * 2)[start : start + changes]
    for change in possible:
        check_change(text, change)


def check_change(text: str, change: Change) -> None:
    """Law 7 for one text and one change."""
    new = change.apply(PARSER.parse_description(text))
    try:
        check_minimal_edit(PARSER, text, new)
    except Exception as error:
        raise BrokenLawError(7, error, change) from error
