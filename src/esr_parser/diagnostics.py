"""Diagnostics: stable codes, places, and messages that a person can act on."""

from __future__ import annotations

import difflib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

import attrs

from esr_parser.errors import EsrParserError
from esr_parser.noise import Noise, Tally
from esr_parser.sections import Finding, Place
from esr_parser.text import Lines

__all__ = [
    "DIAGNOSTIC_CODES",
    "DescriptionError",
    "Diagnostic",
    "DiagnosticCode",
    "ParseError",
    "Severity",
    "Span",
    "diagnostics_of",
]


class Severity(StrEnum):
    """How much a diagnostic matters."""

    ERROR = "error"
    """Something was not understood: a value is missing from the description that the text has."""
    WARNING = "warning"
    """The text is not what the format says, and a value may be missing or in doubt."""
    INFO = "info"
    """Noise that was seen through, or an absence that changes no value."""


class Span(NamedTuple):
    """A stretch of the text, as offsets of characters: from ``start`` up to ``end``."""

    start: int
    end: int


@attrs.frozen
class DiagnosticCode:
    """A kind of diagnostic, as the documentation lists it."""

    code: str
    severity: Severity
    name: str
    cause: str
    remedy: str
    example: str


_Rows = dict[str, tuple[str, str, str, str]]
# By code: name, cause, remedy, example.
_ERRORS: _Rows = {
    "ESR101": (
        "no description",
        "Nothing in the text is a title, heading or label of a project description.",
        "Check that the file is the right one, and that its text was extracted at all.",
        "Lorem ipsum",
    ),
    "ESR102": (
        "HTML or another file format",
        "The text is the source of a page (HTML) or the bytes of a PDF or an archive.",
        "Extract the text first, for example with html2text, w3m or pdftotext.",
        "<html><body><h2>1 Hanke</h2>",
    ),
    "ESR103": (
        "several descriptions",
        "A second title begins another description; only the first one is read.",
        "Use split_documents().",
        (
            "1 Hanke\n\nHankekoodi: S29999\n\n"
            "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus\n\n1 Hanke\n\n"
            "Hankekoodi: S29998"
        ),
    ),
    "ESR108": (
        "text without a place",
        "Text of which no heading says what it is; it is kept in other_sections.",
        "Look at the text; give the parser a handler or an alias if it should be known.",
        "Some text\n\n1 Hanke",
    ),
    "ESR113": (
        "letters decoded wrongly",
        "Letters are written as HTML entities, or UTF-8 was decoded as Windows-1252.",
        "Decode the file again; the values were read as they would be then.",
        "1 Hanke\n\nHankkeen nimi: &auml;&ouml;&aring;",
    ),
    "ESR202": (
        "section repeated",
        "A heading stands twice; the second text is kept in other_sections.",
        "Compare the two with the page.",
        "1 Hanke\n\nHankekoodi: S29991\n\n1 Hanke\n\nHankekoodi: S29992",
    ),
    "ESR204": (
        "unknown section",
        "A numbered heading that the layout does not have; it is kept in other_sections.",
        "Give the parser a handler for it, or an alias if it is a known one renamed.",
        "1 Hanke\n\nHankekoodi: S29999\n\n10 Viestintä\n\nUutiskirje.",
    ),
    "ESR206": (
        "text beside the fields",
        "Lines in a section of fields that are no field; they are kept in other_sections.",
        "Look at the text: it may be a value on several lines, or a heading is missing.",
        "1 Hanke\n\nHankekoodi: S29991\n\nsome text",
    ),
    "ESR301": (
        "unknown label",
        "A label that its section does not have; it is kept in other_fields.",
        "Give the parser an alias for it if it is a known one renamed.",
        "1 Hanke\n\nHankekodi: S29991",
    ),
    "ESR302": (
        "unreadable value",
        "The value does not have the shape its label asks for; it is kept in other_fields.",
        "Correct the text, or read it from other_fields.",
        "5 Projektin julkinen rahoitus, euroa\n\nMyönnetty EU- ja valtion rahoitus: noin 5 000",
    ),
    "ESR303": (
        "label repeated",
        (
            "A label stands twice in its section; the first value counts, others are kept in"
            " other_fields."
        ),
        "Compare the two with the page.",
        "1 Hanke\n\nHankekoodi: S29991\n\nHankekoodi: S29992",
    ),
    "ESR310": (
        "numbers without a place",
        "Lines of nothing but numbers: a tool took the scores apart from their aspects.",
        "Extract the text again, for example with pdftotext -layout.",
        "8.2 Kestävä kehitys\n\nVälitönVälillinen\nEkologinen kestävyys\n1\n2\n3",
    ),
    "ESR601": (
        "value that a column cannot hold",
        "An amount has more digits than the column of a table holds exactly; it is null there.",
        "Read the value from the JSON form.",
        "",
    ),
    "ESR602": (
        "file that could not be read",
        "A file of an export is binary, too large, or not readable.",
        "See the message; the other files are exported all the same.",
        "",
    ),
}
_WARNINGS: _Rows = {
    "ESR104": (
        "title missing",
        (
            "There is no line '… rahoittaman hankkeen kuvaus'; fund and programme period are"
            " taken from the project code."
        ),
        "None needed where the code is right.",
        "1 Hanke\n\nHankekoodi: S29991",
    ),
    "ESR106": (
        "decoded as Windows-1252",
        "The file is neither UTF-8 nor UTF-16.",
        "Check letters such as ä and €; convert the file to UTF-8.",
        "",
    ),
    "ESR111": (
        "unknown fund",
        "The title names a fund other than ESR and EAKR.",
        "None needed where the fund is real; it is kept as text.",
        "Koheesiorahaston rahoittaman hankkeen kuvaus",
    ),
    "ESR201": (
        "section missing",
        "A heading of the layout is not there, and no label of its section either.",
        "None where the text is cut; otherwise compare with the page.",
        "1 Hanke\n\n3 Suunnitelman mukainen tiivistelmä toteutuksesta",
    ),
    "ESR208": (
        "section behind the known ones",
        "A section of a layout of which not every section was seen; it is kept in other_sections.",
        "None needed; read it from other_sections.",
        (
            "Euroopan sosiaalirahaston (ESR) rahoittaman projektin kuvaus\n\n1. Projekti\n\n"
            "Projektikoodi: S19999\n\n6. Uusi osio\n\nTeksti."
        ),
    ),
    "ESR305": (
        "odd value",
        "A value was read, but is not one of the known words, or its check digit or shape is odd.",
        "Compare with the page; the value is kept as it stands.",
        "1 Hanke\n\nToiminnan tila: Toiminnasa",
    ),
    "ESR307": (
        "label inside a value",
        (
            "A value contains a label, or other text the title of a section that is missing:"
            " perhaps two lines were run together."
        ),
        "Compare with the page; break the line before the label.",
        "1 Hanke\n\nHankekoodi: S29999\n\nHankkeen nimi: Esimerkki Hankekoodi: S29998",
    ),
    "ESR308": (
        "remark in a value",
        "A value is written twice, or holds a remark or marks that the page does not have.",
        "Compare with the page; the value is kept as it is.",
        "1 Hanke\n\nHankkeen nimi: Esimerkki [Kommentti: tarkista]",
    ),
    "ESR309": (
        "hyphen at a line end",
        "A word is divided at a line end and occurs nowhere else: the hyphen may be a tool's.",
        "Compare with the page; the hyphen is kept.",
        "1 Hanke\n\nHankkeen nimi: Esi-\nmerkki",
    ),
    "ESR311": (
        "aspect missing",
        "Some aspects were read and others are not there: their rows may stand in explanations.",
        "Compare the explanations of section 8.2 with the page.",
        (
            "8.2 Kestävä kehitys\n\nVälitönVälillinen\nEkologinen kestävyys\n"
            "Luonnonvarojen käytön kestävyys 1 1"
        ),
    ),
    "ESR603": (
        "cell that was cut",
        "Excel holds 32,767 characters a cell; the rest of the text is not in the workbook.",
        "Export to another format for the whole text.",
        "",
    ),
}
_INFOS: _Rows = {
    "ESR105": (
        "banner missing",
        "The line of the two banner pictures is not there.",
        "None needed.",
        "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus\n\n1 Hanke",
    ),
    "ESR107": (
        "page title",
        "A line before the description, as browsers put a page's title there. It is left out.",
        "None needed.",
        "Hankekuvaus\n\nEuroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus",
    ),
    "ESR109": (
        "title repeated",
        "The title is more than once before the first heading, or at the top of each page.",
        "None needed.",
        (
            "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus\n\n"
            "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus\n\n1 Hanke"
        ),
    ),
    "ESR112": (
        "layout not certain",
        "The labels of two layouts fit the text equally well; the first one was taken.",
        "None where the values are right; otherwise pass the one layout to Parser(layouts=...).",
        "",
    ),
    "ESR203": (
        "section moved",
        "A section stands at another place than in the layout.",
        "None needed; its values are read.",
        "2 Hakijan perustiedot\n\n1 Hanke",
    ),
    "ESR205": (
        "heading missing",
        "A section was found by its labels, its heading is not there.",
        "None needed; its values are read.",
        "Hankekoodi: S29991",
    ),
    "ESR207": (
        "section under another number",
        "A declared heading has another number, or another title above its own labels.",
        "None needed; its values are read, and written under the declared number.",
        "7 Projektin julkinen rahoitus, euroa\n\nMyönnetty EU- ja valtion rahoitus: 100",
    ),
    "ESR304": (
        "label missing",
        "Lines that the layout always has are not there.",
        "None where the text is cut; otherwise compare with the page.",
        "1 Hanke\n\nHankekoodi: S29991",
    ),
    "ESR306": (
        "fields in another order",
        "The fields of a section do not stand in the order of the layout.",
        "None needed; the values are read.",
        "1 Hanke\n\nHankkeen nimi: Esimerkki\n\nHankekoodi: S29991",
    ),
}

_NOISE_EXAMPLES: dict[Noise, str] = {
    Noise.INDENTED: "    1 Hanke",
    Noise.TRAILING_SPACE: "1 Hanke\n\nHankekoodi: S29999  \n\nHankkeen nimi: Esimerkki",
    Noise.BLANK_SPACE: "1 Hanke\n  \nHankekoodi: S29991",
    Noise.LINE_ENDS: "1 Hanke\r\n",
    Noise.INVISIBLE: "\ufeff1 Hanke",
    Noise.DECOMPOSED: "4.2 Va\u0308lilliset kohderyhma\u0308t",
    Noise.NO_BREAK_SPACE: "1\xa0Hanke",
    Noise.PADDING: "Hankekoodi        S29999\nHankkeen nimi     Esimerkki",
    Noise.MARKDOWN: "## 1 Hanke",
    Noise.EMPHASIS: "**1 Hanke**",
    Noise.TABLE: "| Hankekoodi: | S29991 |",
    Noise.RULE: "1 Hanke\n-------",
    Noise.PICTURE: "![Euroopan unioni](eu.png)\n\n1 Hanke",
    Noise.WRAPPED: "3 Suunnitelman mukainen\ntiivistelmä toteutuksesta",
    Noise.PAGE_BREAK: "\f1 Hanke",
    Noise.LETTER_CASE: "HANKEKOODI: S29991",
    Noise.HEADING_STYLE: "1. Hanke",
    Noise.COLON: "Hankekoodi :S29991",
    Noise.VALUE_BELOW: "Hankekoodi:\nS29991",
    Noise.VALUE_STYLE: "Suunnitelman mukainen toteutusaika: Alkaa 01.01.2022 ja päättyy 2023-11-30",
    Noise.LOOSE_BLOCK: (
        "1 Hanke\nHankekoodi: S29999\nHankkeen nimi: Esimerkki\nToiminnan tila: Toiminnassa"
    ),
    Noise.ESCAPE: "1 Hanke\n\nHankkeen nimi: 1\\. luokka",
    Noise.PAGE_FURNITURE: "1/2\n\f\n1 Hanke\n2/2",
    Noise.GLUED: "1 Hanke Hankekoodi: S29991 Hankkeen nimi: Esimerkki Toimintalinja: 1. Osaaminen"
    " Toiminnan tila: Toiminnassa Vastuuviranomainen: Lapin liitto Erityistavoite: 2.1. Taidot",
    Noise.LINK_LIST: "   1 Hanke\n\nReferences\n\n   1. http://www.example.com/",
    Noise.QUOTED: "> 1 Hanke\n>\n> Hankekoodi: S29999",
    Noise.BULLET: "1 Hanke\n\n- Hankekoodi: S29999",
    Noise.TAG: "<div>\n\n1 Hanke\n\nHankekoodi: S29999\n\n</div>",
    Noise.CONTENTS: "1 Hanke ........ 1\n\n1 Hanke\n\nHankekoodi: S29999",
    Noise.CSV: '"1 Hanke"\n"Hankekoodi: S29999"\n"Hankkeen nimi: Esimerkki"',
    Noise.LINK: "1 Hanke\n\nHankkeen nimi: [Esimerkki](http://www.example.com/)",
}

NOISE_CODES: dict[Noise, str] = {kind: f"ESR{401 + i}" for i, kind in enumerate(Noise)}


def _declared() -> Iterator[DiagnosticCode]:
    for severity, rows in zip(Severity, (_ERRORS, _WARNINGS, _INFOS), strict=True):
        yield from (DiagnosticCode(code, severity, *row) for code, row in rows.items())
    remedy = "None needed. Each kind is reported once, with the number of places."
    for kind, code in NOISE_CODES.items():
        cause = f"The text has {kind.value}, as tools make them; they were tolerated."
        yield DiagnosticCode(code, Severity.INFO, kind.value, cause, remedy, _NOISE_EXAMPLES[kind])


DIAGNOSTIC_CODES: dict[str, DiagnosticCode] = {
    code.code: code for code in sorted(_declared(), key=lambda code: code.code)
}
"""Every code there is, in order."""


@attrs.frozen
class Diagnostic:
    """One thing that is reported of a text.

    ``str()`` gives ``line:column: CODE message``.
    """

    code: str
    severity: Severity
    message: str
    line: int
    """1-based."""
    column: int
    """1-based, in characters."""
    span: Span
    section: str | None = None
    """The printed number of the section, where there is one."""
    label: str | None = None
    """The label that is meant, where there is one."""
    count: int = 1
    """How many places a diagnostic of noise stands for."""
    words: tuple[str, ...] = ()
    """The labels or titles that the message names."""

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.code} {self.message}"


class ParseError(EsrParserError, ValueError):
    """One error diagnostic, raised by ``strict=True`` inside a :class:`DescriptionError`."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(f"line {diagnostic.line}: {diagnostic.message}")
        self.diagnostic = diagnostic

    def __reduce__(self) -> tuple[type[ParseError], tuple[Diagnostic]]:
        return type(self), (self.diagnostic,)


class DescriptionError(EsrParserError, ExceptionGroup[ParseError]):
    """All that is wrong with a text, at once: one :class:`ParseError` for each error."""

    def derive(self, excs: Iterable[ParseError], /) -> DescriptionError:  # type: ignore[override]
        """The same group with other errors in it."""
        return DescriptionError(self.message, list(excs))


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like ``word``, if any is.

    >>> closest("Hankekodi", ["Hankekoodi", "Hankkeen nimi"])
    'Hankekoodi'
    """
    if len(word) > 200:
        return None
    by_folded = {candidate.casefold(): candidate for candidate in known}
    found = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.7)
    return by_folded[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The tail of a message that names the closest known word, or nothing."""
    found = closest(word, known)
    return f"; did you mean {found!r}?" if found is not None else ""


_MOST_OF_A_CODE = 100


def diagnostics_of(
    lines: Lines, findings: Iterable[Finding], noise: Tally
) -> tuple[Diagnostic, ...]:
    """The diagnostics of a text, by position."""
    begins: Sequence[int] = lines.offsets[:-1]
    if lines.pieces:
        begins = [offset for i, offset in enumerate(begins) if i not in lines.pieces]
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, []).append(finding)
    result: list[Diagnostic] = []
    for code, found in by_code.items():
        for finding in found[:_MOST_OF_A_CODE]:
            first, last, column = finding.place
            start = lines.place(first, max(column, 0))
            end = max(lines.place(last, len(lines.lines[last])), start)
            message = finding.message
            if finding.odd:
                message += did_you_mean(finding.odd, finding.words)
            result.append(_diagnostic(begins, code, message, Span(start, end), finding))
        if len(found) > _MOST_OF_A_CODE:
            more = len(found) - _MOST_OF_A_CODE
            last_one = result[-1]
            message = f"{DIAGNOSTIC_CODES[code].name}: {more} more"
            result.append(attrs.evolve(last_one, message=message, count=more, label=None, words=()))
    for kind, (first, count) in noise.seen.items():
        start = lines.place(first, 0)
        finding = Finding(
            NOISE_CODES[kind], Place(first, first), f"{kind.value} ({count})", count=count
        )
        result.append(
            _diagnostic(begins, finding.code, finding.message, Span(start, start), finding)
        )
    return tuple(sorted(result, key=lambda d: (d.span.start, d.code, d.message)))


def _diagnostic(
    begins: Sequence[int], code: str, message: str, span: Span, finding: Finding
) -> Diagnostic:
    line = bisect_right(begins, span.start)
    return Diagnostic(
        code,
        DIAGNOSTIC_CODES[code].severity,
        message,
        line,
        span.start - begins[line - 1] + 1,
        span,
        finding.section,
        finding.label,
        finding.count,
        () if finding.odd else finding.words,
    )
