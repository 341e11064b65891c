"""The same text without personal data: the contact's name, e-mail addresses, telephone numbers.

Fields that hold such data are emptied, and their labels stay; in every other place a mark takes the
data's place. Business ids, organisations and postal addresses stay, and so does every other
character of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import attrs

from esr_parser.diagnostics import Span
from esr_parser.grammar import WordKind
from esr_parser.text import HYPHENS, INVISIBLE

if TYPE_CHECKING:
    from esr_parser.document import Document

__all__ = ["Finding", "findings", "redact"]

_NAME, _EMAIL, _PHONE = "name", "e-mail address", "telephone number"
_FIELDS = {
    "applicant.phone": _PHONE,
    "applicant.contact.name": _NAME,
    "applicant.contact.email": _EMAIL,
    "applicant.contact.phone": _PHONE,
}
_NUMBERS = re.compile(r"\.(?:code|business_id|postcode|co_implementers|transfer_recipients)$")
"""Fields whose digits are not a telephone number, however they look."""
_LINE_END = re.compile("\r\n|[\n\r\v\x85\u2028\u2029]")

Patterns = Iterable[str | re.Pattern[str]]


@attrs.frozen
class Finding:
    """A place with personal data: its kind, and not the datum itself."""

    kind: str
    """``name``, ``e-mail address``, ``telephone number``, or ``pattern``: one of the user's."""
    span: Span
    """Its place in the document's text."""
    line: int
    """Counted from 1."""
    column: int
    """Counted from 1."""
    label: str | None
    """The label of the field that is emptied; ``None`` where a mark is written instead."""


def redact(document: Document, *, mark: str = "[poistettu]", patterns: Patterns = ()) -> Document:
    r"""The document without the contact's name, e-mail addresses and telephone numbers.

    Finnish telephone numbers are found by their shape (``+358 …``, ``0…``), the contact's name with
    its words in any order and with Finnish case endings. Other persons' names stay.

    Args:
        document: Any document; of a text with several descriptions, all are redacted.
        mark: What is written in their place in prose and other free text.
        patterns: More regular expressions, whose matches the mark replaces.

    Raises:
        re.error: a pattern is not a regular expression.

    >>> from esr_parser import parse_document
    >>> text = "9 Loppuraportin tiivistelmä\n\nKysy: a.b(at)tarhaajat.example, 000-000 0037."
    >>> redact(parse_document(text)).text
    '9 Loppuraportin tiivistelmä\n\nKysy: [poistettu], [poistettu].'
    """
    text = document.text
    pieces: list[str] = []
    position = 0
    for finding in findings(document, patterns=patterns):
        start, end = finding.span
        pieces.append(text[position:start])
        if finding.label is None:
            # Line ends stay, so that every other line keeps its number.
            pieces += (mark, *_LINE_END.findall(text, start, end))
        position = end
    return document.parser.parse_document("".join(pieces) + text[position:])


def findings(document: Document, *, patterns: Patterns = ()) -> tuple[Finding, ...]:
    r"""The places that :func:`redact` empties or marks, in the order of the text.

    Raises:
        re.error: a pattern is not a regular expression.

    >>> from esr_parser import parse_document
    >>> document = parse_document("2 Hakijan perustiedot\n\nPuhelinnumero: 000-000 0037")
    >>> [(found.kind, found.line, found.label) for found in findings(document)]
    [('telephone number', 3, 'Puhelinnumero')]
    """
    text = document.text
    places: list[tuple[Span, str, str | None]] = []
    names: list[str] = []
    numbers: list[Span] = []
    for path, label, value, span in _fields(document):
        if path in _FIELDS:
            places.append((_emptied(text, span), _FIELDS[path], label))
            names += [value] if _FIELDS[path] == _NAME else []
        elif _NUMBERS.search(path):
            numbers.append(span)
    # Sections that are unknown or repeated have no fields: a name there is found by its label.
    for match in _named(document).finditer(_without(text, [span for span, _, _ in places])):
        places.append((_emptied(text, Span(*match.span(2))), _NAME, match[1]))
        names.append(match[2])
    rest = _without(text, [span for span, _, _ in places])
    places += [(span, _EMAIL, None) for span in _matches(_ADDRESS, rest)]
    places += [(span, _PHONE, None) for span in _phones(_without(rest, numbers))]
    searches = [(_NAME, _words_of(name)) for name in names if _name_words(name)]
    searches += [("pattern", re.compile(pattern)) for pattern in patterns]
    for kind, pattern in searches:
        places += [(span, kind, None) for span in _matches(pattern, rest)]
    return tuple(_merged(text, places))


def _fields(document: Document) -> Iterator[tuple[str, str, str, Span]]:
    """Path, label, value and place of every field that has a value, in all descriptions."""
    parts, offset = [document], 0
    if any(section.kind == "next" for section in document.sections):
        parts = document.parser.split_documents(document.text)
    for part in parts:
        for node in (node for section in part.sections for node in section.fields):
            if node.path is not None and node.value_span is not None:
                start, end = node.value_span
                yield node.path, node.label, node.value, Span(start + offset, end + offset)
        offset += len(part.text)


def _named(document: Document) -> re.Pattern[str]:
    labels = {
        re.escape(word.text)
        for layout in document.parser.layouts
        for word in layout.words()
        if word.kind == WordKind.LABEL and word.item.path == "contact.name"
    }
    return re.compile(rf"(?im)^[^\w\n]*({'|'.join(labels)})[ \t]*:[ \t]*([^\s\0].*?)[ \t\r]*$")


def _emptied(text: str, span: Span) -> Span:
    """A value with the spaces between it and its label's colon."""
    start = span.start
    while text[start - 1] in " \t\u00a0":
        start -= 1
    return Span(start, span.end) if text[start - 1] == ":" else span


def _without(text: str, spans: Iterable[Span]) -> str:
    """The text with characters that are in no datum where the spans are."""
    pieces: list[str] = []
    position = 0
    for start, end in sorted(spans):
        pieces += (text[position:start], "\0" * (end - start))
        position = end
    return "".join(pieces) + text[position:]


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    return (Span(*match.span()) for match in pattern.finditer(text) if match[0])


def _merged(text: str, places: Iterable[tuple[Span, str, str | None]]) -> Iterator[Finding]:
    """The findings in order, those that overlap as one."""
    line, line_start, position = 1, 0, 0
    last: Finding | None = None
    for span, kind, label in sorted(places, key=lambda place: place[0]):
        if last is not None and span.start < last.span.end:
            last = attrs.evolve(last, span=Span(last.span.start, max(last.span.end, span.end)))
            continue
        if last is not None:
            yield last
        for end in _LINE_END.finditer(text, position, span.start):
            line, line_start = line + 1, end.end()
        position = span.start
        last = Finding(kind, span, line, span.start - line_start + 1, label)
    if last is not None:
        yield last


# -- e-mail addresses ---------------------------------------------------------------------------

_SP = " \t\u00a0\u2000-\u200a\u202f"
_BREAK = rf"[{_SP}]*+(?:\r\n|[\n\r])[{_SP}>]*+"
_W = rf"\w\u0300-\u036f{INVISIBLE}"
_HOST_PART = rf"[{_W}]++(?:-(?:{_BREAK})?[{_W}]++)*+"
_DOT = rf"(?:\.|[{_SP}]?[(\[{{][{_SP}]?(?:dot|piste|\.)[{_SP}]?[)\]}}][{_SP}]?|[{_SP}]dot[{_SP}])"
_WHOLE_HOST = rf"(?!www\.){_HOST_PART}(?:{_DOT}{_HOST_PART})+"
_HOST = rf"{_HOST_PART}(?:{_DOT}{_HOST_PART})*"
_GAP = rf"(?:[{_SP}]{{1,2}}|{_BREAK})"
_ADDRESS = re.compile(
    rf"""(?<![{_W}.+~-])
    (?:[{_W}.+~-]++(?<=-){_BREAK})?              # wrapped at a hyphen
    (?:
      [{_W}.+~-]++(?<=[{_W}])
      (?:
        (?:@|\uff20|%40|&\#0*+64;|&\#x0*+40;|&commat;)(?:{_HOST})?
      | {_GAP}@{_GAP}{_WHOLE_HOST}
      | {_GAP}?(?:[(\[{{<][{_SP}]?(?:at|ät|@)[{_SP}]?[)\]}}>]){{1,3}}
        (?:{_HOST}|{_GAP}{_WHOLE_HOST})?         # the host may be missing: m.malli(at)
      | {_GAP}?[(\[{{]a[)\]}}]{_GAP}?{_WHOLE_HOST}
      )
    | (?=[{_W}+~-]++\.)[{_W}.+~-]++(?<=[{_W}])   # English prose: "more at www.…" is not one
      {_GAP}(?:at|ät){_GAP}{_WHOLE_HOST}
    )""",
    re.VERBOSE | re.IGNORECASE,
)

# -- telephone numbers --------------------------------------------------------------------------

_SEP = (
    rf"(?:[{_SP}]{{0,2}}[{HYPHENS}(][{_SP}]?|\)[{_SP}]?[{HYPHENS}]?[{_SP}]?|[{_SP}]{{1,2}}"
    rf"|\.(?=[0-9]{{3}})|/(?!(?:19|20)[0-9]{{2}}(?![0-9]))|{_BREAK})"
)
_DIGITS = re.compile(
    rf"""(?<![\w+=])(?<![A-Za-z]/)(?<![0-9][.,\-–])   # amid a code, an address or a date
    (?![0-9]{{7}}[{_SP}]?[{HYPHENS}][{_SP}]?[0-9](?![0-9]))      # a Y-tunnus
    (?:\((?=\+?[0-9]{{1,6}}\)))?
    (?:
      (?:\+|00(?=[{_SP}]?358))[{_SP}]?[1-9][0-9]*+(?:{_SEP}(?:\(0\)[{_SP}]?)?[0-9]++)*+
    | (?:0(?=\))|0[0-9]++)(?:{_SEP}[0-9]{{2,}}+)*+
    | 358(?:{_SEP}?[0-9]{{2,}}+)++
    )""",
    re.VERBOSE,
)


_OTHER_NUMBERS = re.compile(r"(?:[0-9]{2}\D+)?[0-9]{2}\D+(?:19|20)[0-9]{2}|[0-9]{5}\D+[0-9]{5}")
"""A month or day and its year, and two postcodes."""
_AMOUNT_END = re.compile(rf"[0-9][{_SP}][0-9]{{3}}[{_SP}][0-9]{{3}}")
_COMPLETE = 9
"""Digits after which a number does not go on in the next line."""


def _phones(text: str) -> Iterator[Span]:
    position = 0
    while match := _DIGITS.search(text, position):
        found, start = match[0], match.start()
        line = _LINE_END.split(found)[0].rstrip()
        if sum(map(str.isdigit, line)) >= _COMPLETE:
            found = line
        position = start + len(found)
        if _is_phone(found, text[max(start - 2, 0) : start]):
            yield Span(start, position)


def _is_phone(found: str, before: str) -> bool:
    first = re.search("[0-9]+", found)[0]  # type: ignore[index]
    size = sum(map(str.isdigit, found))
    if "+" in found:
        return size >= (8 if first.startswith("358") else 10)
    if _AMOUNT_END.fullmatch(before + found) or _OTHER_NUMBERS.fullmatch(found):
        return False
    return size >= (11 if first.startswith("358") else 6)


# -- the contact's name -------------------------------------------------------------------------

_INSIDE = rf"(?:[{INVISIBLE}]|[-\u2010]?{_BREAK})?"
_ENDING = r"(?:[a-zåäö]{1,5}(?![^\W_]))?"
_LINKS = {"ja", "och", "and"}


def _name_words(name: str) -> list[str]:
    """The words of a name; none of ``ei ole``, ``ei tiedossa``."""
    words = re.findall(r"[^\W\d_]{2,}", unicodedata.normalize("NFC", name))
    known = {word.casefold() for word in words}
    return [] if "ei" in known else [word for word in words if word.casefold() not in _LINKS]


def _words_of(name: str) -> re.Pattern[str]:
    """A pattern for two words of a name or more, initials too, in any order; or its only word."""
    words = _name_words(name)
    word = f"(?:{'|'.join(_spelled(w) for w in sorted(words, key=len, reverse=True))})"
    if len(words) == 1:
        return re.compile(rf"(?<![^\W_]){word}{_ENDING}(?![^\W_])", re.IGNORECASE)
    initial = rf"[{''.join(w[0] for w in words)}]\."
    more = rf"(?:[\W_]{{1,40}}(?:{word}|{initial}))"
    return re.compile(
        rf"(?<![^\W_])(?:{word}{more}++|(?:{initial}[\W_]{{0,40}}){{1,3}}+{word}{more}*+){_ENDING}",
        re.IGNORECASE,
    )


def _spelled(word: str) -> str:
    """A word as tools write it: divided, decomposed; and as Finnish inflects names in -nen."""
    stem, ending = (word[:-3], "(?:nen|s[et])") if word.casefold().endswith("nen") else (word, "")
    letters = (f"(?:{c}|{unicodedata.normalize('NFD', c)})" for c in stem)
    return _INSIDE.join(letters) + ending
