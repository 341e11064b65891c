"""Diagnostics: stable codes, places, and messages that a person can act on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import attrs

from esr_parser.errors import EsrParserError
from esr_parser.model import Shown
from esr_parser.tally import NoiseKind


class Severity(StrEnum):
    """How much a diagnostic matters."""

    ERROR = "error"
    """The text contains something that the typed values do not contain."""
    WARNING = "warning"
    """The text differs from the declared format, and a value may be missing or wrong."""
    INFO = "info"
    """Noise that was tolerated, or an absence that changes no value."""


class Span(NamedTuple):
    """A part of the text, as offsets of characters: from ``start`` up to ``end``."""

    start: int
    end: int


@attrs.frozen(repr=False)
class DiagnosticCode(Shown):
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
        "The text contains no title, heading or label of a project description.",
        "Check that this is the right file, and that its text was extracted.",
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
        "1 Hanke\n\nHankekoodi: S29999\n\nHankkeen kuvaus\n\n1 Hanke\n\nHankekoodi: S29998",
    ),
    "ESR108": (
        "text without a place",
        "Text that belongs to no known section; it is kept in other_sections.",
        "Look at the text; give the parser a handler or an alias if it is a section or label.",
        "Some text\n\n1 Hanke",
    ),
    "ESR113": (
        "letters decoded wrongly",
        "Letters are written as HTML entities, or were decoded wrongly: UTF-8 as Windows-1252.",
        "Unescape the HTML, or decode the file as UTF-8. The values are right.",
        "1 Hanke\n\nHankkeen nimi: &auml;&ouml;&aring;",
    ),
    "ESR202": (
        "section repeated",
        "A heading occurs twice; the text of the second section is kept in other_sections.",
        "Compare the two sections with the page.",
        "1 Hanke\n\nHankekoodi: S29991\n\n1 Hanke\n\nHankekoodi: S29992",
    ),
    "ESR204": (
        "unknown section",
        "A numbered heading that is not in the layout; its section is kept in other_sections.",
        "Give the parser a handler for the section, or an alias if a known section was renamed.",
        "1 Hanke\n\nHankekoodi: S29999\n\n10 Viestintä\n\nUutiskirje.",
    ),
    "ESR206": (
        "text beside the fields",
        "Lines in a section of fields that are not fields; they are kept in other_sections.",
        "Look at the lines: they may continue a value, or a heading above them may be missing.",
        "1 Hanke\n\nHankekoodi: S29991\n\nsome text",
    ),
    "ESR301": (
        "unknown label",
        "A label that is not declared in its section; the field is kept in other_fields.",
        "Give the parser an alias if a known label was renamed.",
        "1 Hanke\n\nHankekodi: S29991",
    ),
    "ESR302": (
        "unreadable value",
        "The value is not of the type that the label has; the field is kept in other_fields.",
        "Correct the text, or read the value from other_fields.",
        "5 Projektin julkinen rahoitus, euroa\n\nMyönnetty EU- ja valtion rahoitus: noin 5 000",
    ),
    "ESR303": (
        "label repeated",
        "A label occurs twice; the first value is used, other values are kept in other_fields.",
        "Compare the values with the page.",
        "1 Hanke\n\nHankekoodi: S29991\n\nHankekoodi: S29992",
    ),
    "ESR310": (
        "numbers without a place",
        "Lines contain only numbers: a tool separated the scores from their aspects.",
        "Extract the text again, for example with pdftotext -layout.",
        "8.2 Kestävä kehitys\n\nVälitönVälillinen\nEkologinen kestävyys\n1\n2\n3",
    ),
    "ESR601": (
        "value that does not fit its column",
        "An amount has more digits than the column of a table can store; the cell is null.",
        "Read the value from the JSON form.",
        "",
    ),
    "ESR602": (
        "file that could not be read",
        "A file of an export is binary, too large, or not readable.",
        "See the message; the other files were exported.",
        "",
    ),
}
_WARNINGS: _Rows = {
    "ESR104": (
        "title missing",
        "The title line is missing; fund and programme period are taken from the project code.",
        "None needed if the project code is right.",
        "1 Hanke\n\nHankekoodi: S29991",
    ),
    "ESR106": (
        "decoded as Windows-1252",
        "The file is neither UTF-8 nor UTF-16 with a byte-order mark.",
        "Check letters such as ä and €; convert the file to UTF-8.",
        "",
    ),
    "ESR111": (
        "unknown fund",
        "The title names a fund other than ESR and EAKR.",
        "None needed if the fund exists; its name is kept as text.",
        "Koheesiorahaston rahoittaman hankkeen kuvaus",
    ),
    "ESR201": (
        "section missing",
        "A heading of the layout is missing, and so are all labels of its section.",
        "None needed if the text was cut; otherwise compare with the page.",
        "1 Hanke\n\n3 Suunnitelman mukainen tiivistelmä toteutuksesta",
    ),
    "ESR208": (
        "section behind the known ones",
        "A section behind those of an incomplete layout; it is kept in other_sections.",
        "None needed; read the section from other_sections.",
        "Projektin kuvaus\n\n1. Projekti\n\nProjektikoodi: S19999\n\n6. Uusi osio\n\nTeksti.",
    ),
    "ESR305": (
        "odd value",
        "The value was read, but the word is unknown, the form odd, or two values do not agree.",
        "Compare with the page; the value is kept as it is.",
        "1 Hanke\n\nToiminnan tila: Toiminnasa",
    ),
    "ESR307": (
        "label inside a value",
        "A value or prose contains a label or a heading: lines run together, or a moved field.",
        "Compare with the page; break the line before the label, or move it to its section.",
        "1 Hanke\n\nHankekoodi: S29999\n\nHankkeen nimi: Esimerkki Hankekoodi: S29998",
    ),
    "ESR308": (
        "remark in a value",
        (
            "A value or prose is there twice, was cut, or holds remarks or marks that are not "
            "the page's; or lines from around the page are in it."
        ),
        "Compare with the page; the value is kept as it is.",
        "1 Hanke\n\nHankkeen nimi: Esimerkki [Kommentti: tarkista]",
    ),
    "ESR309": (
        "hyphen at a line end",
        "A word that occurs once is divided at a line end: a tool may have put the hyphen.",
        "Compare with the page; the hyphen is kept.",
        "1 Hanke\n\nHankkeen nimi: Esi-\nmerkki",
    ),
    "ESR311": (
        "aspect missing",
        "Some aspects or questions are missing: their lines may be in explanations.",
        "Compare the explanations of section 8 with the page.",
        "8.2 Kestävä kehitys\n\nVälitönVälillinen\nLuonnonvarojen käytön kestävyys 1 1",
    ),
    "ESR603": (
        "cell that was cut",
        "A cell of Excel has at most 32,767 characters; the rest is not in the workbook.",
        "Export to another format for the whole text.",
        "",
    ),
}
_INFOS: _Rows = {
    "ESR105": (
        "banner missing",
        "The line of the two banner pictures is missing, or part of it.",
        "None needed.",
        "Hankkeen kuvaus\n\n1 Hanke",
    ),
    "ESR107": (
        "page title",
        "A line above the description is the page's title in a browser. The line is left out.",
        "None needed.",
        "Hankekuvaus\n\nHankkeen kuvaus",
    ),
    "ESR109": (
        "title repeated",
        "The title is repeated before the first heading; or it, or the banner, on each page.",
        "None needed.",
        "Hankkeen kuvaus\n\nHankkeen kuvaus\n\n1 Hanke",
    ),
    "ESR112": (
        "layout not certain",
        "The labels of two layouts fit the text equally well; the first layout was used.",
        "None needed if the values are right; otherwise pass one layout to Parser(layouts=...).",
        "",
    ),
    "ESR203": (
        "section moved",
        "A section is not in the order of the layout.",
        "None needed; its values are read.",
        "2 Hakijan perustiedot\n\n1 Hanke",
    ),
    "ESR205": (
        "heading missing",
        "A section was found by its labels; its heading is missing.",
        "None needed; its values are read.",
        "Hankekoodi: S29991",
    ),
    "ESR207": (
        "section under another number",
        "A known section has another number, or another title above its own labels.",
        "None needed; its values are read, and are written under the declared number.",
        "7 Projektin julkinen rahoitus, euroa\n\nMyönnetty EU- ja valtion rahoitus: 100",
    ),
    "ESR304": (
        "label missing",
        "Labels that are always printed are missing.",
        "None needed if the text was cut; otherwise compare with the page.",
        "1 Hanke\n\nHankekoodi: S29991",
    ),
    "ESR306": (
        "fields in another order",
        "The fields of a section are not in the order of the layout.",
        "None needed; the values are read.",
        "1 Hanke\n\nHankkeen nimi: Esimerkki\n\nHankekoodi: S29991",
    ),
}

_NOISE_EXAMPLES: dict[NoiseKind, str] = {
    NoiseKind.INDENTED: "    1 Hanke",
    NoiseKind.TRAILING_SPACE: "1 Hanke\n\nHankekoodi: S29999  \n\nHankkeen nimi: Esimerkki",
    NoiseKind.BLANK_SPACE: "1 Hanke\n  \nHankekoodi: S29991",
    NoiseKind.LINE_ENDS: "1 Hanke\r\n",
    NoiseKind.INVISIBLE: "\ufeff1 Hanke",
    NoiseKind.DECOMPOSED: "4.2 Va\u0308lilliset kohderyhma\u0308t",
    NoiseKind.NO_BREAK_SPACE: "1\xa0Hanke",
    NoiseKind.PADDING: "Hankekoodi        S29999\nHankkeen nimi     Esimerkki",
    NoiseKind.MARKDOWN: "## 1 Hanke",
    NoiseKind.EMPHASIS: "**1 Hanke**",
    NoiseKind.TABLE: "| Hankekoodi: | S29991 |",
    NoiseKind.RULE: "1 Hanke\n-------",
    NoiseKind.PICTURE: "![Euroopan unioni](eu.png)\n\n1 Hanke",
    NoiseKind.WRAPPED: "3 Suunnitelman mukainen\ntiivistelmä toteutuksesta",
    NoiseKind.PAGE_BREAK: "\f1 Hanke",
    NoiseKind.LETTER_CASE: "HANKEKOODI: S29991",
    NoiseKind.HEADING_STYLE: "1. Hanke",
    NoiseKind.COLON: "Hankekoodi :S29991",
    NoiseKind.VALUE_BELOW: "Hankekoodi:\nS29991",
    NoiseKind.VALUE_STYLE: (
        "Suunnitelman mukainen toteutusaika: Alkaa 01.01.2022 ja päättyy 2023-11-30"
    ),
    NoiseKind.LOOSE_BLOCK: (
        "1 Hanke\nHankekoodi: S29999\nHankkeen nimi: Esimerkki\nToiminnan tila: Toiminnassa"
    ),
    NoiseKind.ESCAPE: "1 Hanke\n\nHankkeen nimi: 1\\. luokka",
    NoiseKind.PAGE_FURNITURE: "1/2\n\f\n1 Hanke\n2/2",
    NoiseKind.GLUED: "1 Hanke Hankekoodi: S29991 Hankkeen nimi: Esimerkki Toimintalinja: 1. Taito"
    " Toiminnan tila: Toiminnassa Vastuuviranomainen: Lapin liitto Erityistavoite: 2.1. Taidot",
    NoiseKind.LINK_LIST: "   1 Hanke\n\nReferences\n\n   1. http://www.example.com/",
    NoiseKind.QUOTED: "> 1 Hanke\n>\n> Hankekoodi: S29999",
    NoiseKind.BULLET: "1 Hanke\n\n- Hankekoodi: S29999",
    NoiseKind.TAG: "<div>\n\n1 Hanke\n\nHankekoodi: S29999\n\n</div>",
    NoiseKind.CONTENTS: "1 Hanke ........ 1\n\n1 Hanke\n\nHankekoodi: S29999",
    NoiseKind.CSV: '"1 Hanke"\n"Hankekoodi: S29999"\n"Hankkeen nimi: Esimerkki"',
    NoiseKind.LINK: "1 Hanke\n\nHankkeen nimi: [Esimerkki](http://www.example.com/)",
    NoiseKind.FRAME: "2 Hakijan perustiedot\n\n[Y-tunnus]: <1234567-1>\n[Jakeluosoite]: <Tie 1>\n"
    "[Puhelinnumero]: <>\n[Postinumero]: <99999>\n[Postitoimipaikka]: <ESIMERKKI>\n"
    "[WWW-osoite]: <http://www.example.com>\n[Organisaatiotyyppi]: <Muu>",
}

NOISE_CODES: dict[NoiseKind, str] = {kind: f"ESR{401 + i}" for i, kind in enumerate(NoiseKind)}


def _declared() -> Iterator[DiagnosticCode]:
    for severity, rows in zip(Severity, (_ERRORS, _WARNINGS, _INFOS), strict=True):
        yield from (DiagnosticCode(code, severity, *row) for code, row in rows.items())
    remedy = "None needed. Each kind is reported once, with the number of places."
    for kind, code in NOISE_CODES.items():
        cause = f"The text contains {kind.value}, as tools write them; they were tolerated."
        yield DiagnosticCode(code, Severity.INFO, kind.value, cause, remedy, _NOISE_EXAMPLES[kind])


DIAGNOSTIC_CODES: dict[str, DiagnosticCode] = {
    code.code: code for code in sorted(_declared(), key=lambda code: code.code)
}
"""All codes, in order."""


@attrs.frozen(repr=False)
class Diagnostic(Shown):
    """One finding about a text: a code, a severity, a message and a place.

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
    """The label concerned, where there is one."""
    count: int = 1
    """The number of places, for a diagnostic of noise."""
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
    """All errors of a text at once: one :class:`ParseError` for each."""

    if TYPE_CHECKING:

        @property
        def exceptions(self) -> tuple[ParseError, ...]:
            """One :class:`ParseError` for each error: the group is flat."""

    def derive(self, excs: Iterable[ParseError], /) -> DescriptionError:  # type: ignore[override]
        """The same group with other errors in it."""
        return DescriptionError(self.message, list(excs))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a message, with the known word that is most similar; empty if none is.

    >>> did_you_mean("Hankekodi", ["Hankekoodi", "Hankkeen nimi"])
    "; did you mean 'Hankekoodi'?"
    """
    if len(word) > 200:
        return ""
    import difflib

    by_folded = {candidate.casefold(): candidate for candidate in known if candidate != word}
    found = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.7)
    return f"; did you mean {by_folded[found[0]]!r}?" if found else ""
