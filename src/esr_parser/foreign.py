"""Texts with one fault that has a single cause: other formats, letters that were not decoded.

A text in another format (HTML, other files, marks on every line) is not read: it gets a single
error, which names the cause. Damaged letters are read as they were, and are an error, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from unicodedata import normalize

from esr_parser.lazy import lazy
from esr_parser.text import key

_HTML = lazy(
    r"\s*(?:<!doctype\s+html|<html[\s>]|<\?xml[^>]*\?>\s*<(?:!doctype\s+)?html)", re.IGNORECASE
)
_ELEMENT = lazy(
    r"<(p|h[1-6]|td|th|li|dd|dt|div)(?:\s[^<>]*)?>[^<>\r\n]*[^\W_][^<>\r\n]*</\1\s*>", re.IGNORECASE
)
# pandoc and others keep a table as HTML where Markdown has none like it, below Markdown headings.
_BUT_CELLS = lazy(_ELEMENT.pattern.replace("td|th|", ""), re.IGNORECASE)
_MARKDOWN = lazy(r"^#{1,6} \S", re.MULTILINE)
# A list of paragraphs, a record, one record a line: scrapers.
_JSON = lazy(r"[\[{][\[{\s]*[\"']")
# The letters ä and ö of a saved mail, in UTF-8 or Latin-1; words that its lines divide.
_QUOTED_PRINTABLE = lazy(r"=C3=[AB][46]|=[EF][46](?![0-9A-F])|(?<=[^\n]{60}\w)=\n\w")
# Of a mail that was saved as it is sent, with or without its head.
_BASE64 = lazy(r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*\s*(?:[A-Za-z0-9+/]{60,76}\r?\n){3}")
_MAIL = lazy(
    r"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,99}?Content-Type:\s*multipart/", re.IGNORECASE
)
MAIL_HEAD = 16_384
"""Servers of mail write thousands of characters before the type of a mail's contents."""
_BASE64_LINE = 60
_NUMBERED_LINE = lazy(r"\s{0,8}([0-9]{1,6})(?:[\t:]|\s?\||\s{2,}|$)")
EMPTY = "the text is empty; check that it was extracted"


def foreign(text: str) -> str | None:
    """Why a text is not a description at all: the message of its only diagnostic."""
    message = text[:MAIL_HEAD].lstrip("\ufeff \t\r\n")
    head = message[:4096]
    if not head and not text.strip("\ufeff \t\r\n\f"):
        return EMPTY
    if head.startswith("%PDF-"):
        return "the text is a PDF file; extract its text first, for example with pdftotext"
    if head.startswith(("PK\x03\x04", "PK\ufffd", "{\\rtf", "\xd0\xcf\x11\xe0")):
        return "the text is a document or an archive; extract its text first"
    # One character is found much faster than two.
    if _HTML.match(head) or ("<" in text and "</" in text and _is_fragment(head, text)):
        return "the text is HTML; use read_document or esr_parser.html.text_from_html"
    if "multipart/" in message and _MAIL.match(message):
        return "the text is a saved page or a mail in parts (MHTML); use read_document"
    if " " not in text[-_BASE64_LINE:] and _BASE64.match(message):
        return "the text is base64, of a mail; decode it first (base64)"
    return _encoded(head, text) or _prefixed(head)


def _is_fragment(head: str, text: str) -> bool:
    """Whether text is inside elements: in Markdown, tags are on lines of their own."""
    element = _BUT_CELLS if _MARKDOWN.search(head) else _ELEMENT
    if head[:1] == "<" and element.search(text, 0, 20_000):
        return True
    return sum(1 for _ in zip(element.finditer(text), range(3), strict=False)) > 2


def _encoded(head: str, text: str) -> str | None:
    """Text inside JSON, a Python literal, or a mail as it is sent."""
    first, last = head[:1], text.rstrip()[-1:]
    if first in ("'", '"') and last == first and "\\n" in text and "\n" not in text.strip():
        return "the text is a JSON string; decode it first (json.loads)"
    if last in ("]", "}") and _JSON.match(head):
        return "the text is JSON; decode it first (json.loads, or from_json)"
    if "=" in head and len(_QUOTED_PRINTABLE.findall(head)) > 2:
        return "the text is quoted-printable, of a mail; decode it first (quopri)"
    return None


def _prefixed(head: str) -> str | None:
    """Line numbers of an editor, the marks of a diff: the same thing before every line."""
    if not (head[:1] in "+-@" or head[:1].isdecimal()):
        return None
    lines = [line for line in head.split("\n") if line.strip()][:40]
    for sign in "+-":
        marks = [x for x in lines if x.startswith((sign, "--- ", "+++ ", "@@ ", "diff "))]
        listed = sum(x.startswith((f"{sign} ", f"{sign}{sign} ")) for x in lines)
        if len(marks) == len(lines) > 3 and listed * 2 <= len(lines):
            return f"every line begins with {sign!r}: the text is a diff; take it off"
    found = [_NUMBERED_LINE.match(line) for line in lines[:20]]
    numbers = [int(match[1]) for match in found if match is not None]
    if len(found) == len(numbers) > 3 and all(b - a == 1 for a, b in pairwise(numbers)):
        return "every line begins with its number; take the numbers off"
    return None


# Letters, spaces and dashes of Finnish, by name or number.
_ENTITY = lazy(
    r"&(?:[AaOo](?:uml|ring)|[Ee]acute|nbsp(?!;\s*\n)|[nm]dash|amp|[lg]t|quot|[lr]dquo|[lr]squo|hellip|bull|euro"
    r"|#[0-9]{2,5}|#x[0-9a-fA-F]{2,4});"
)
_ANY_ENTITY = lazy("&#?[A-Za-z0-9]{2,8};")
_MOJIBAKE = lazy("[\u00c3\u00c2][\u0080-\u00bf\u0152-\u0178\u2013-\u2122]")
# How a text was decoded, how it is encoded, and what ä and ö look like then: the consoles of
# Windows and DOS, a Macintosh, a Windows of Central Europe; files of DOS and of a Macintosh.
_DECODED = (
    *(("cp850", "utf-8", "├ñ", "├Â"), ("cp437", "utf-8", "├ñ", "├╢")),
    *(("mac_roman", "utf-8", "√§", "√∂"), ("cp1250", "utf-8", "Ă¤", "Ă¶")),
    *(("mac_roman", "cp1252", "\u02c6", "‰"), ("cp1252", "cp850", "„", "”")),
    ("cp1252", "mac_roman", "Š", "š"),
)
_FEWEST_DOTLESS = 3
_NAMES = {"utf-8": "UTF-8", "cp1252": "Windows-1252", "cp1250": "Windows-1250"}


def damage(text: str) -> tuple[str, Callable[[str], str]] | None:
    """What happened to the letters of a text, and a function that reads a line as it was.

    >>> found = damage("Tekij&auml;t, P&auml;&auml;ty&ouml; ja pihapiiri")
    >>> assert found
    >>> message, mended = found
    >>> message, mended("Tekij&auml;t")
    ('letters are written as HTML entities; unescape the text (html.unescape)', 'Tekijät')
    """
    head = text[:20_000]
    if "&" in text and len(_ENTITY.findall(head)) > 2:
        from html import unescape

        message = "letters are written as HTML entities; unescape the text (html.unescape)"
        return message, lambda line: _ANY_ENTITY.sub(lambda m: unescape(m[0]), line).replace(
            "\xa0", " "
        )
    # Of the letters, or of no-break spaces alone.
    if ("\u00c3" in text or "\u00c2" in text) and len(_MOJIBAKE.findall(head)) > 2:
        return _mended("cp1252", "utf-8")
    for wrong, right, *signs in _DECODED:
        if signs[0][0] in text and all(re.search(rf"[a-z]{sign}[a-z]", head) for sign in signs):
            return _mended(wrong, right)
    return None


def dotless(text: str, words: Iterable[str]) -> tuple[str, Callable[[str], str]] | None:
    """The same of a text in ASCII, by the declared strings: `unidecode`, `iconv`, old systems."""
    if not text.isascii():
        return None
    plain = {normalize("NFKD", x).encode("ascii", "ignore").decode(): x for x in words}
    letters = key(text)  # labels may be names of columns
    found = [x for x, word in plain.items() if x != word and key(x) in letters]
    if len(found) < _FEWEST_DOTLESS:
        return None
    pattern = re.compile("|".join(sorted(map(re.escape, found), key=len, reverse=True)))
    message = "letters have lost their dots ('a' for 'ä'): values lack them, too"
    return message, lambda line: pattern.sub(lambda match: plain[match[0]], line)


def _mended(wrong: str, right: str) -> tuple[str, Callable[[str], str]]:
    """The message of one wrong decoding, and a function that takes it back."""

    def mended(line: str) -> str:
        if wrong == "cp1252":
            line = line.replace("\u00c2 ", " ")  # a no-break space, which was folded
        try:
            return line.encode(wrong).decode(right)
        except UnicodeError:
            return line

    written, read = (_NAMES.get(name, name) for name in (right, wrong))
    return f"{written} was decoded as {read}; decode the file as {written}", mended


# How long a line is, and how many lines of ten are as long as the longest where they are cut.
_UNITS: dict[str, tuple[Callable[[str], int], int]] = {
    "characters": (len, 6),
    "bytes": (lambda line: len(line.encode("utf-8", "surrogatepass")), 8),
}
_MARKS_BEHIND = "\"',;*_ "
_NARROWEST_CUT = 30
_SHORT = 80
"""So short lines are as long as each other by chance more often."""
_NEARLY, _FEW, _FEWEST = 10, 2, 8
"""Where words are not divided, few of the longest lines are as long as each other."""


def cut_at(lines: Sequence[str]) -> str | None:
    """Where lines are cut, in the middle of words.

    Databases and terminals do that at a number of characters, `cut`, `fold` and Oracle of bytes.

    >>> cut_at([f"{k}. mehiläistarha tuottaa hunajaa myyt" for k in range(1, 7)])
    '37 characters'
    """
    sizes = list(map(len, lines))
    widest = max(sizes, default=0)
    # In bytes, Finnish lines are about a tenth longer.
    least = min(widest * 17 // 20, widest - _NEARLY - 2)
    if widest <= _NARROWEST_CUT or sum(map(least.__le__, sizes)) <= _FEW:
        return None
    # Rows and rules of tables are all as long.
    long = [i for i, size in enumerate(sizes) if size >= least]
    long = [i for i in long if lines[i][-1] not in "|-=+_─━═" and "  " not in lines[i]]
    for unit, (size_of, share) in _UNITS.items():
        sizes = [size_of(lines[i]) for i in long]
        width = max(sizes, default=0)
        # A space at the edge is gone, or half of a letter.
        full = [i for i, size in zip(long, sizes, strict=True) if size >= width - 1]
        near = sum(size > width - _NEARLY for size in sizes)
        # Nor does a cut line end with a sentence, but for a few.
        texts = {lines[i].rstrip(_MARKS_BEHIND) for i in full}
        is_open = sum(text[-1:] not in ".!?)" for text in texts) >= 3 + (width < _SHORT)
        # Tools that wrap lines do not end a paragraph with a full one.
        ends = sum(not any(lines[i + 1 : i + 2]) for i in full)
        is_cut = ends > max(_FEW, near // 2) or len(full) * 10 >= share * max(near, _FEWEST)
        if len(full) > _FEW and is_open and is_cut:
            return f"{width} {unit}"
    return None
