"""The same text without personal data: the contact's name, e-mail addresses, telephone numbers.

Fields with such data are emptied, and their labels stay; in every other place a mark takes the
data's place. Business ids, organisations and postal addresses stay, and so does every other
character of the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

import attrs

from esr_parser.diagnostics import Span
from esr_parser.edit import spliced
from esr_parser.grammar import Field
from esr_parser.parts import parts_of
from esr_parser.text import HYPHENS, INVISIBLE, LINE_END, Lines

if TYPE_CHECKING:
    from esr_parser.document import Document

_NAME, _EMAIL, _PHONE = "name", "e-mail address", "telephone number"
_FIELDS = {
    "applicant.phone": _PHONE,
    "applicant.contact.name": _NAME,
    "applicant.contact.email": _EMAIL,
    "applicant.contact.phone": _PHONE,
}
_NUMBERS = re.compile(r"\.(?:code|business_id|postcode|co_implementers|transfer_recipients)$")
"""Fields whose digits are not a telephone number, however they look."""
_NEAR, _SHORTEST_LABEL, _LONGEST_LABEL = 0.85, 6, 100
"""How similar a label is to the one that is meant; how long one is that can be a part of it."""
_MOST_NAMES = 20
"""Contacts of one description that are looked for in its prose, and words of a name."""

# Behind a colon, or in the next cell; the label may be there in another language, too.
_NAMED = (
    r"(?im)(?:^|[\t|;])[^\w\n\t|;]*({})[ \t]*(?:\([^()\n]{{0,100}}\)[ \t]*)?"
    r"(?::[ \t]*([^\s\0][^\0\n]*?)[ \t\r]*$"
    r"|[\t|;][ \t]*([^\s\0|;][^\0\n\t|;]*?)[ \t\r]*(?:$|[\t|;]))"
)
_NAMED_INSIDE = (
    r"(?i:{own})[ \t]*:[ \t]*"
    r"((?:(?!{all})[A-ZÅÄÖ](?:[a-zåäö'\u2019-]+|\.)[ \t\u00a0,/(]{{1,2}}){{1,3}}"
    r"(?!{all})[A-ZÅÄÖ][a-zåäö'\u2019-]+)"
)
"""The label of a name, and the name: to the end of the line, or two words or more inside it."""

Patterns = Iterable[str | re.Pattern[str]]


@attrs.frozen
class PersonalData:
    """A place with personal data: its kind and position, without the data."""

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
        mark: Written in the place of personal data, in prose and other free text.
        patterns: More regular expressions, whose matches the mark replaces.

    Raises:
        re.error: a pattern is not a regular expression.

    >>> from esr_parser import parse_document
    >>> text = "9 Loppuraportin tiivistelmä\n\nKysy: a.b(at)tarhaajat.example, 000-000 0037."
    >>> redact(parse_document(text)).text
    '9 Loppuraportin tiivistelmä\n\nKysy: [poistettu], [poistettu].'
    """
    text = document.text
    changes = []
    for finding in findings(document, patterns=patterns):
        # Line ends stay, so that every other line keeps its number.
        is_marked = finding.label is None
        new = (mark, *LINE_END.findall(text, *finding.span)) if is_marked else ()
        changes.append((*finding.span, "".join(new)))
    return document.parser.parse_document(spliced(text, changes))


def findings(document: Document, *, patterns: Patterns = ()) -> tuple[PersonalData, ...]:
    r"""The places that :func:`redact` empties or marks, in the order of the text.

    Raises:
        re.error: a pattern is not a regular expression.

    >>> from esr_parser import parse_document
    >>> document = parse_document("2 Hakijan perustiedot\n\nPuhelinnumero: 000-000 0037")
    >>> [(found.kind, found.line, found.label) for found in findings(document)]
    [('telephone number', 3, 'Puhelinnumero')]
    """
    places: list[_Place] = []
    for part in parts_of(document):
        for start, end, kind, label in _places(part.document, list(patterns)):
            places.append(_Place(start + part.start, end + part.start, kind, label))
    return tuple(_merged(document.text, places))


class _Place(NamedTuple):
    start: int
    end: int
    kind: str
    label: str | None = None


def _places(document: Document, patterns: list[str | re.Pattern[str]]) -> list[_Place]:
    """The places of one description, in any order."""
    text = document.text
    found: list[_Place] = []
    numbers: list[_Place] = []
    names: dict[str, None] = {}
    labels = _labels(document)
    for node in (node for section in document.sections for node in section.fields):
        kind = _FIELDS.get(node.path or "")
        if not node.is_known and (meant := _meant(node.label, labels)):
            kind = _FIELDS[labels[meant]]
        if kind and node.value_span:
            start, end = node.value_span
            found.append(_Place(_label_end(text, start), end, kind, node.label))
            names |= {node.value: None} if kind == _NAME else {}
        elif _NUMBERS.search(node.path or ""):
            numbers.append(_Place(*node.span, node.label))
    # Sections that are unknown or repeated have no fields: a name there is found by its label.
    own = "|".join(re.escape(x) for x, path in labels.items() if _FIELDS[path] == _NAME)
    words = {word.text for layout in document.parser.layouts for word in layout.words()}
    for match in re.finditer(_NAMED.format(own), _without(text, found)):
        start, end = match.span(match.lastindex or 0)
        # The next cell can be the name of a column.
        if match[2] or (text[start].isupper() and text[start:end] not in words):
            found.append(_Place(_label_end(text, start), end, _NAME, match[1]))
            names[text[start:end]] = None
    # Inside a line, too: two columns of a PDF, flattened text.
    inside = _NAMED_INSIDE.format(own=own, all="|".join(map(re.escape, words)))
    names |= dict.fromkeys(match[1] for match in re.finditer(inside, text))
    rest = _without(text, found)
    searches = [(_EMAIL, _ADDRESS), *(("pattern", re.compile(p)) for p in patterns)]
    searches += [(_NAME, _words_of(name)) for name in [*names][:_MOST_NAMES] if _name_words(name)]
    found += [
        _Place(*match.span(), kind)
        for kind, pattern in searches
        for match in pattern.finditer(rest)
        if match[0]
    ]
    return [*found, *_phones(_without(rest, numbers))]


def _labels(document: Document) -> dict[str, str]:
    """The labels of fields with personal data, and their paths."""
    words = (word for layout in document.parser.layouts for word in layout.words())
    fields = ((w.text, w.section, w.item) for w in words if isinstance(w.item, Field))
    paths = ((text, f"{section.key}.{item.path}") for text, section, item in fields if section)
    return {text: path for text, path in paths if path in _FIELDS}


def _meant(label: str, labels: Iterable[str]) -> str | None:
    """Which one is meant by a label that is written wrongly: `Yhteyshenkilö`."""
    short = label.casefold()[:_LONGEST_LABEL]
    parts = [x for x in labels if len(short) > _SHORTEST_LABEL and short in x.casefold()]
    likely = [x for x in parts if x.casefold().endswith(short) or len(short) * 2 > len(x)]
    if likely or len(parts) > 1:
        return (likely or parts)[0]
    return next(iter(get_close_matches(label[:_LONGEST_LABEL], labels, n=1, cutoff=_NEAR)), None)


def _label_end(text: str, start: int) -> int:
    """Where the colon before a value ends, if only spaces are between them; else ``start``."""
    end = start
    while text[end - 1] in " \t\u00a0":
        end -= 1
    return end if text[end - 1] == ":" else start


def _without(text: str, places: Iterable[_Place]) -> str:
    """The text with characters that are part of no datum in these places."""
    return spliced(text, ((start, end, "\0" * (end - start)) for start, end, *_ in places))


def _merged(text: str, places: Iterable[_Place]) -> Iterator[PersonalData]:
    """The findings in order, those that overlap as one."""
    merged: list[_Place] = []
    for place in sorted(places, key=lambda place: place[:2]):
        if merged and place.start < merged[-1].end:
            merged[-1] = merged[-1]._replace(end=max(merged[-1].end, place.end))
        else:
            merged.append(place)
    offsets = Lines(text).offsets
    for start, end, kind, label in merged:
        line = bisect_right(offsets, start)
        yield PersonalData(kind, Span(start, end), line, start - offsets[line - 1] + 1, label)


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
    | (?=[{_W}+~-]++\.)[{_W}.+~-]++(?<=[{_W}])   # in prose, "more at www.…" is not one
      {_GAP}(?:(?:at|ät){_GAP}|@){_WHOLE_HOST}
    )""",
    re.VERBOSE | re.IGNORECASE,
)

# -- telephone numbers ----------------------------------------------------------------------------

_SEP = (
    rf"(?:[{_SP}]{{0,2}}[{HYPHENS}(][{_SP}]?|\)[{_SP}]?[{HYPHENS}]?[{_SP}]?|[{_SP}]{{1,2}}"
    rf"|\.(?=[0-9]{{3}})|/(?!(?:19|20)[0-9]{{2}}(?![0-9]))|{_BREAK})"
)
_DIGITS = re.compile(
    rf"""(?<![\w+=])(?<![A-Za-z]/)(?<![0-9][.,\-–])   # inside a code, an address or a date
    (?![0-9]{{7}}[{_SP}]?[{HYPHENS}][{_SP}]?[0-9](?![0-9]))      # a Y-tunnus
    (?:\((?=\+?[0-9]{{1,6}}\)))?
    (?:
      (?:\+|00(?=[{_SP}]?358))[{_SP}]?[1-9][0-9]*+(?:(?:{_SEP}|\.(?=[0-9]{{2}}))(?:\(0\)[{_SP}]?)?[0-9]++)*+
    | [0O][45][0-9]++(?:{_SEP}[0-9](?={_SEP}[0-9]{{2}}))?+(?:{_SEP}[0-9]{{2,}}+)*+
    | (?:0(?=\))|0[0-9]++)(?:{_SEP}[0-9]{{2,}}+)*+
    | 358(?:{_SEP}?[0-9]{{2,}}+)++
    )""",
    re.VERBOSE,
)
# As people and Outlook write numbers without an area code, behind a word for a telephone alone.
_SHORT_NUMBER = re.compile(
    rf"""(?<!\w)(?<![0-9][{_SP}])
    (?:gsm|matkapuh(?:elin)?|mob(?:iili|ile)?|p(?=\.)|puh(?:elin(?:numero)?)?|tel(?:ephone)?)
    (?:\.?{_GAP}?(?:nro|no|numero)(?!\w))?[.:*_]{{0,4}}{_GAP}?
    ((?![0-9]{{7}}[{_SP}]?[{HYPHENS}][{_SP}]?[0-9](?![0-9]))     # a Y-tunnus
    (?![0-9]{{1,3}}-[0-9]{{1,3}}(?![0-9])|[0-9]{{4}}-[0-9]{{2}}-)  # pages: p. 101-103; a date
    (?![0-9]{{4}}-[0-9]{{4}}|(?:19|20)[0-9]{{2}}[ -]|20[0-9]{{6}}|900[ -]1800)  # years, networks
    (?![0-9]{{1,3}}(?:[ ][0-9]{{3}})+[ ](?!tai|ja|klo)[a-zåäö]|[0-9]{{5}}[ ][A-ZÅÄÖ])  # amounts
    [0-9](?:[{_SP}-]?[0-9]){{4,11}})
    (?![{_SP}-]?[0-9]|[.,/:][0-9]|[{_SP}]?(?:€|e\b|euro|EUR))""",
    re.VERBOSE | re.IGNORECASE,
)

_MONTH = r"(?:[0-9]{2}\D+)?[0-9]{2}\D+(?:19|20)[0-9]{2}"
_DAY = r"[0-3][0-9][01][0-9](?:19|20)[0-9]{2}"
_HOUR = r"[0-2][0-9][0-5][0-9]"
_OTHER_NUMBERS = re.compile(
    rf"{_MONTH}(?:\D+{_MONTH})?|{_DAY}\D+{_DAY}|{_HOUR}[-\u2013]{_HOUR}|[0-9]{{5}}\D+[0-9]{{5}}"
)
"""A month or day and its year, hours, one of them or two, and two postcodes."""
_AMOUNT_END = re.compile(rf"[0-9][{_SP}][0-9]{{3}}[{_SP}][0-9]{{3}}")
_DIGITS_OF_WHOLE_NUMBER = 9


def _phones(text: str) -> Iterator[_Place]:
    yield from (_Place(*short.span(1), _PHONE) for short in _SHORT_NUMBER.finditer(text))
    position = 0
    while match := _DIGITS.search(text, position):
        found, start = match[0], match.start()
        line = LINE_END.split(found)[0].rstrip()
        if sum(map(str.isdigit, line)) >= _DIGITS_OF_WHOLE_NUMBER:
            found = line
        position = start + len(found)
        if _is_phone(found, text[max(start - 2, 0) : start]):
            yield _Place(start, position, _PHONE)


def _is_phone(found: str, before: str) -> bool:
    digits = re.sub("[^0-9]", "", found)
    is_finnish = digits.startswith("358")
    if "+" in found:
        return len(digits) >= (8 if is_finnish else 10)
    if _AMOUNT_END.fullmatch(before + found) or _OTHER_NUMBERS.fullmatch(found):
        return False
    return len(digits) >= (11 if is_finnish else 6)


# -- the contact's name ---------------------------------------------------------------------------

_INSIDE = rf"(?:[{INVISIBLE}]|[-\u2010]?{_BREAK})?"
_ENDING = r"(?:[a-zåäö]{1,5}(?![^\W_]))?"
_LINKS = {"ja", "och", "and"}


def _name_words(name: str) -> list[str]:
    """The words of a name; none of ``ei ole``, ``ei tiedossa``."""
    words = re.findall(r"[^\W\d_]{2,40}", unicodedata.normalize("NFC", name[:400]))[:_MOST_NAMES]
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
    # `Heikki Mäen`, `O'Connor Aunen`: right beside another word of the name.
    near = rf"(?:[{_SP}]|{_BREAK})(?:[^\W\d_]['\u2019])?"
    stems = "|".join(_letters(stem) for w in words for stem in (w, *_stems(w)))
    inflected = rf"(?:(?:{stems})[a-zåäö]{{1,5}}|{word})(?![^\W_])"
    return re.compile(
        rf"(?<![^\W_])(?:(?:{word}{more}++|(?:{initial}[\W_]{{0,40}}){{1,3}}+{word}{more}*+){_ENDING}"
        rf"|{inflected}{near}{inflected})",
        re.IGNORECASE,
    )


_WEAK = (
    *(("kk", "k"), ("pp", "p"), ("tt", "t"), ("nt", "nn"), ("mp", "mm"), ("nk", "ng")),
    *(("lt", "ll"), ("rt", "rr"), ("t", "d"), ("p", "v"), ("k", "")),
)
"""Consonants before the last vowel, and what they are in other cases."""


def _stems(word: str) -> Iterator[str]:
    """What a Finnish name is before its endings, where that is not the name itself.

    >>> list(_stems("Mäki")), list(_stems("Kunnas"))
    (['Mäke', 'Mäe', 'Mäi'], ['Kunnakse', 'Kunnaa'])
    """
    stem, last = word[:-1], word[-1:].casefold()
    if last == "s":
        yield from (f"{stem}kse", f"{word[:-2].replace('ng', 'nk')}{word[-2:-1] * 2}")
    elif last in "aeiouyäö":
        ends = ("e", "i") if last == "i" else (last,)
        yield from (f"{stem}{end}" for end in ends if end != last)
        for strong, weak in _WEAK:
            if stem.endswith(strong):
                yield from (f"{stem.removesuffix(strong)}{weak}{end}" for end in ends)
                return


def _spelled(word: str) -> str:
    """A word as tools write it: divided, decomposed; and as Finnish inflects names in -nen."""
    stem, ending = (word[:-3], "(?:nen|s[et])") if word.casefold().endswith("nen") else (word, "")
    return _letters(stem, _INSIDE) + ending


def _letters(word: str, between: str = "") -> str:
    return between.join(f"(?:{c}|{unicodedata.normalize('NFD', c)})" for c in word)
