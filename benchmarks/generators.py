"""Texts of any size that a parser must not choke on, and large ordinary ones.

Each generator is `name(size) -> str` and gives about `size` characters; `GENERATORS` lists them
all. They measure cost per byte: a parser whose cost grows faster than the text shows it here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from itertools import count
from typing import Final

from benchmarks import fiction, words

Generator = Callable[[int], str]

GENERATORS: Final[dict[str, Generator]] = {}
"""Name → generator."""

START: Final = f"{words.BANNER}\n\n{next(iter(words.TITLES))}\n\n{words.H_PROJECT}\n\n"
PROSE_START: Final = f"{START}Hankekoodi: S29999\n\n{words.H_SUMMARY}\n\n"
LABELS: Final = tuple(label for fields in words.FIELDS.values() for label in fields)


def _listed(generator: Generator) -> Generator:
    GENERATORS[generator.__name__] = generator
    return generator


def _fill(unit: str, size: int, start: str = "") -> str:
    """`start`, then `unit` over and over, cut at `size` characters (never inside `start`)."""
    left = max(0, size - len(start))
    return start + (unit * (left // len(unit) + 1))[:left]


def _repeated(name: str, doc: str, unit: str, start: str = "", then: str = "") -> None:
    """List a generator that repeats one unit after a start, in its second half another."""

    def generator(size: int) -> str:
        first = _fill(unit, (size + len(start)) // 2, start) if then else start
        return _fill(then or unit, size, first)

    generator.__name__ = generator.__qualname__ = name
    generator.__doc__ = doc
    _listed(generator)


@_listed
def canonical(size: int) -> str:
    """One whole canonical description whose summary is as long as it takes."""
    text = fiction.text(0)
    filler = _fill(fiction.prose(1, 20) + "\n\n", max(0, size - len(text)))
    heading = f"{words.H_SUMMARY}\n\n"
    return text.replace(heading, heading + filler, 1)


@_listed
def unknown_labels(size: int) -> str:
    """Unknown fields, each with another label."""
    return _numbered("Uusi kenttä numero {0}: arvo {0}\n\n", size)


@_listed
def unknown_headings(size: int) -> str:
    """Unknown sections, numbered from ten on, with a line of text each."""
    unit = "{0} Viestintä ja näkyvyys\n\nVenevajalla on oma tiedotuslehti.\n\n"
    return _numbered(unit, size, first=10)


def _numbered(unit: str, size: int, first: int = 1) -> str:
    parts, length = [START], len(START)
    for number in count(first):
        if length >= size:
            break
        parts.append(unit.format(number))
        length += len(parts[-1])
    return "".join(parts)[: max(size, len(START))]


@_listed
def byte_order_marks(size: int) -> str:
    """A byte-order mark on each line before a description."""
    end = f"Jotain\nlisää\n\n{PROSE_START}"
    return _fill("\ufeff\n", size - len(end)) + end


_MANY = "".join(f"{fiction.text(number)}\n\n" for number in range(12))
_MANY_OLD = "".join(f"{fiction.old_description(number)}\n\n" for number in range(6))
_HALF = "".join(f"{fiction.text(n)[: 1000 * (2 * n + 1)]}\n" for n in range(8))
_NFD = unicodedata.normalize("NFD", START)
_NFD_PROSE = unicodedata.normalize("NFD", PROSE_START)
_PAGE = f"{fiction.text(2)}\n\n"
_NAME = f"{START}Hankkeen nimi: "
_SCORES = "".join(
    f"{aspect} {number % 11} {number % 7}\n" for number, aspect in enumerate(words.DIMENSION_OF)
)
_TABLE_START = f"{START}{words.H_PRINCIPLES}\n\n{words.H_SUSTAINABLE}\n\n{words.TABLE_HEAD}\n"
_PARTNER_START = f"{START}{words.H_APPLICANT}\n\n{words.H_CO_IMPLEMENTERS}\n\n"
_PARTNER = f"{words.H_CO_IMPLEMENTERS}\nVerstas, vene ry, 5678901-2\n"
_ASPECT = next(iter(words.DIMENSION_OF))
_OTHER_SECTION = f"{_TABLE_START}{_ASPECT} 1 1\n\n10 Viestintä\n\n"
_WRAPPED = words.H_ESTIMATES.rsplit(" ", 2)[0]
_SPLIT_HEADINGS = "".join(heading.rsplit(" ", 1)[0] + "\n" for heading in words.HEADINGS)

for _row in (
    ("long_prose", "Prose of any length.", fiction.prose(3, 40) + "\n\n", PROSE_START),
    ("many_descriptions", "Whole descriptions one after the other.", _MANY),
    ("many_old_descriptions", "The same of 2007-2013.", _MANY_OLD),
    ("half_description", "Descriptions each cut off at another place.", _HALF),
    ("nfd", "Every letter decomposed.", unicodedata.normalize("NFD", _PAGE)),
    ("crlf", "Descriptions with CRLF line ends.", _PAGE.replace("\n", "\r\n")),
    ("lone_cr", "The same with lone CR.", _PAGE.replace("\n", "\r")),
    ("nbsp_text", "The same with NBSP for every space.", _PAGE.replace(" ", "\u00a0")),
    ("giant_value", "A value of one line of any length.", "Taitovakka ja majakka ", _NAME),
    ("wrapped_value", "A value that may go on.", "ja vene\n", f"{_NAME}Taitovakka\n"),
    ("values_below", "Values below one label.", "Hankekoodi:\n\nvene\n\n", START),
    ("marked_value", "A letter with many marks.", "\u0308", f"{_NFD}Hankkeen nimi: a", "\u0323"),
    ("marked_prose", "The same in prose.", "\u0308", f"{_NFD_PROSE}a", "\u0323"),
    ("blank_prose", "Empty lines.", "\n", f"{words.H_SUMMARY}\n", "x\n10 Abc\n"),
    ("blank_fields", "The same.", "\n", words.H_PROJECT, f"x\n{words.H_PROJECT}\nx\n"),
    ("colons", "Only colons.", ":"),
    ("newlines", "Only line ends.", "\n"),
    ("spaces", "Only spaces.", " "),
    ("tabs", "Only tabs.", "\t"),
    ("nbsp", "Only NBSP.", "\u00a0"),
    ("carriage_returns", "Only CR.", "\r"),
    ("crlf_only", "Only CRLF.", "\r\n"),
    ("form_feeds", "Only form feeds.", "\f"),
    ("form_feed_lines", "A form feed before each line.", "\fVenevaja\n"),
    ("digits", "Only digits, no line end.", "0123456789"),
    ("digit_lines", "A number on each line.", "7 7\n", _TABLE_START),
    ("hyphens", "Only hyphens.", "-"),
    ("hyphen_lines", "Lines that end in a hyphen.", "Tuulen-\n", PROSE_START),
    ("number_signs", "Only number signs.", "#"),
    ("number_sign_headings", "Markdown headings without end.", "## 1 Hanke\n\n"),
    ("pipes", "Only pipes.", "|"),
    ("pipe_rows", "Markdown rows with nothing in them.", "| | | |\n", _TABLE_START),
    ("asterisks", "Only asterisks.", "*"),
    ("asterisk_lines", "Bold lines.", "**Taitovakka**\n\n", PROSE_START),
    ("backslashes", "Only backslashes.", "\\"),
    ("escapes", "Markdown escapes.", "1\\. \\*vene\\* ", PROSE_START),
    ("combining_marks", "One letter with marks without end.", "\u0308\u030a", "a"),
    ("surrogates", "Lone surrogates.", "\ud800\udfff\udc00"),
    ("nuls", "Only NUL.", "\0"),
    ("nul_lines", "Labels with a NUL in them.", "Hanke\0koodi: S29999\n", START),
    ("astral", "Letters outside the basic plane.", "\U0001f6f6 vene ", PROSE_START),
    ("at_signs", "`(at)` over and over.", "(at)", f"{START}{words.H_APPLICANT}\n\nSähköposti: "),
    ("table_rules", "Rules of Markdown tables.", "---|---\n"),
    ("image_marks", "Pictures that never end.", "!["),
    ("image_lines", "Pictures on lines of their own.", "![Euroopan unioni](eu.png)\n\n"),
    ("open_brackets", "Only open brackets.", "[("),
    ("closed_brackets", "Only closed brackets.", ")]"),
    ("giant_line", "One line of words, without an end.", "venevaja ja pajapolku "),
    ("one_letter_lines", "Prose of one letter a line.", "a\n", PROSE_START),
    ("one_letter_blocks", "Prose of one letter a block.", "a\n\n", PROSE_START),
    ("colon_lines", "Lines that look like labels.", "Sovittiin: kyllä\n", PROSE_START),
    ("known_labels", "Every label over and over.", "".join(f"{x}: 1\n\n" for x in LABELS), START),
    ("empty_labels", "Every label without a value.", "".join(f"{x}:\n" for x in LABELS), START),
    ("bare_labels", "Labels without a colon.", "".join(f"{x}\n" for x in LABELS), START),
    ("one_label", "One field over and over.", "Hankkeen nimi: Taitovakka\n\n", START),
    ("one_heading", "`1 Hanke` over and over.", f"{words.H_PROJECT}\n\n"),
    ("all_headings", "Every heading.", "".join(f"{x}\n\n" for x in words.HEADINGS)),
    ("old_headings", "Headings of 2007-2013.", "1. Projekti\n\n2. Projektin toteuttaja\n\n"),
    ("list_headings", "Prose with numbered headings.", "3. Uusia Reittejä\n\n", PROSE_START),
    ("half_headings", "Wrapped headings, first lines.", f"{_WRAPPED}\n"),
    ("half_headings_blocks", "The same as blocks.", f"{_WRAPPED}\n\n", PROSE_START),
    ("split_headings", "All headings without their last word.", _SPLIT_HEADINGS),
    ("titles", "Titles over and over.", f"{next(iter(words.TITLES))}\n\n"),
    ("banners", "Banners over and over.", f"{words.BANNER}\n\n"),
    ("partner_rows", "Partners without end.", "Verstas, vene ry, 5678901-2\n", _PARTNER_START),
    ("partner_commas", "One partner row of commas.", ", ", _PARTNER_START),
    ("aspect_rows", "Score rows over and over.", _SCORES, _TABLE_START),
    ("aspect_words", "Aspects, scores below.", _SCORES.replace(" 3", "\n3"), _TABLE_START),
    ("aspect_prefix", "First lines of an aspect.", "Pinta- ja pohjavedet,\n", _TABLE_START),
    ("aspect_names", "One aspect over and over.", f"{_ASPECT}\n", _TABLE_START),
    ("rows_outside", "Its rows in another section.", f"{_ASPECT} 1 1\n", _OTHER_SECTION),
    ("partners_parted", "Partners, then a field.", f"{_PARTNER}\nHankekoodi: S29001\n\n", START),
    ("partners_repeated", "Partners with a heading each.", _PARTNER, START),
    ("questions", "8.1 over and over.", "".join(f"{q}: Ei\n" for q in words.QUESTIONS), START),
    ("answers", "Only answers.", "Kyllä\nEi\n", f"{START}{words.H_GENDER}\n\n"),
    ("dates", "Dates.", "1.1.2022 ", f"{START}Suunnitelman mukainen toteutusaika: "),
    ("date_fields", "Periods.", "Suunnitelman mukainen toteutusaika: Alkaa 1.1.2022 ja\n", START),
    ("area_names", "A list of areas.", "Koski, Tl, ", f"{START}{words.H_AREA}\n\nKunnat: "),
    ("codes", "Project codes.", "S29999\n"),
):
    _repeated(*_row)
