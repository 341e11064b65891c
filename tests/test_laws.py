"""The laws: lossless, total, canonical, inverse, settled, data, minimal edit, no inert line.

Law 9 (same page, same values) is in ``test_noise.py``, law 10 (handlers) is all of this once more
with a user's handlers.
"""

from __future__ import annotations

import csv
import zlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import attrs
import pytest
from conftest import SHARED, extracted, fixtures, runs_long, samples

from esr_parser import (
    Fund,
    Parser,
    Period,
    ProgrammeItem,
    ProgrammePeriod,
    Project,
    ProjectDescription,
    SectionHandler,
)
from esr_parser.grammar import Caption, Field, Fields, Prose, Questions, Rows, Section
from esr_parser.model import Applicant, Assessment, Partner, ProjectStatus, PublicFunding
from esr_parser.testing import (
    LawTests,
    check_canonical,
    check_inverse,
    check_linear,
    check_lossless,
    check_minimal_edit,
    check_no_inert_line,
    check_settled,
    check_total,
)
from esr_parser.testing.page import declared_words
from esr_parser.values import AMOUNT, COUNT, NAME_LIST, PARTNER, YES_NO, ValueType

FIXTURES = fixtures()
SAMPLES = samples()
EVERY_TEXT = {**FIXTURES, **SAMPLES, **extracted()}


def _canonical(text: str) -> bool:
    parser = Parser()
    return parser.render_description(parser.parse_description(text)) == text


# -- handlers such as a user writes -----------------------------------------------------------


def _parse_hashtag(text: str) -> str:
    if not text.startswith("#") or len(text) == 1:
        raise ValueError(f"{text!r} is no hashtag")
    return text[1:]


HASHTAG = ValueType("hashtag", _parse_hashtag, "#{}".format, "`#satulammi`")


@attrs.frozen
class Channel:
    """Inner attributes of the user's section."""

    name: str | None = None
    visits: int | None = None
    cost: Decimal | None = None


NO_CHANNEL = Channel()
NOT_ASSESSED = Assessment()


@attrs.frozen
class Communication:
    """The value of the user's section 10, with a subsection."""

    hashtag: str | None = None
    channel: Channel = NO_CHANNEL
    languages: tuple[str, ...] = ()
    agencies: tuple[Partner, ...] | None = None
    plan: str | None = None
    accessible: Assessment = NOT_ASSESSED


class CommunicationHandler(SectionHandler):
    key = "communication"
    model = Communication
    sections = (
        Section(
            "10",
            "Viestintä",
            "communication",
            Fields(
                Field("Aihetunniste", "hashtag", HASHTAG),
                Caption("Pääkanava"),
                Field("Kanavan nimi", "channel.name", variants=("Kanava",)),
                Field("Kävijöitä", "channel.visits", COUNT),
                Field("Kanavan kulut", "channel.cost", AMOUNT, optional=True),
                Field("Viestinnän kielet", "languages", NAME_LIST),
                Rows("Viestintätoimistot", "agencies", PARTNER),
            ),
        ),
        Section("10.1", "Viestintäsuunnitelma", "communication", Prose("plan")),
        Section(
            "10.2",
            "Saavutettavuus",
            "communication",
            Questions(Field("Viestintä on saavutettavaa", "accessible", YES_NO)),
        ),
    )
    periods = (ProgrammePeriod.P2014_2020,)


@attrs.frozen
class Euros:
    """A model that is not put together attribute by attribute."""

    amounts: tuple[Decimal | None, ...] = (None, None)


class EurosHandler(SectionHandler):
    """In the place of the built-in section of the amounts, with a pair of functions of its own."""

    key = "funding"
    model = Euros
    sections = (
        Section(
            "5",
            "Projektin julkinen rahoitus, euroa",
            "funding",
            Fields(Field("Myönnetty", "first", AMOUNT), Field("Toteutunut", "second", AMOUNT)),
        ),
    )

    def build(self, values):
        return Euros((values.get("first"), values.get("second")))

    def take_apart(self, value):
        first, second = value.amounts
        parts = {"first": first, "second": second}
        return {path: amount for path, amount in parts.items() if amount is not None}


class DiaryHandler(SectionHandler):
    """Nothing but prose, in both programme periods."""

    key = "diary"
    model = str
    sections = (Section("11", "Päiväkirja", "diary", Prose()),)
    periods = tuple(ProgrammePeriod)


PARSER = Parser(
    handlers=[CommunicationHandler(), DiaryHandler()], aliases={"Hankkeen tunnus": "Hankekoodi"}
)
OWN_TEXT = """\
10 Viestintä

Aihetunniste: #satulammi

Pääkanava

Kanavan nimi: Uutiskirje: kerran kuussa

Kävijöitä: 12000

Viestinnän kielet: suomi, ruotsi

Viestintätoimistot

Viesti, Teko & Kumppanit Oy, 9812340-3
Sanomala ry

10.1 Viestintäsuunnitelma

Kerromme kaikesta.

1. Ensin Kerrotaan
10 asiaa: kaikki tärkeitä

10.2 Saavutettavuus

Viestintä on saavutettavaa: Kyllä
Kaikki tekstitetään.

11 Päiväkirja

Maanantai: alku."""
OWN_TEXTS = [
    f"{text}\n\n{OWN_TEXT}"
    for name, text in FIXTURES.items()
    if name in ("whole-esr", "running-project", "hostile-prose")
]


class TestBuiltIn(LawTests):
    samples = tuple(FIXTURES.values())
    canonical = (*SAMPLES.values(), *(text for text in FIXTURES.values() if _canonical(text)))


class TestExtracted(LawTests):
    """The same over real extractors' texts; nothing is tested twice where they are absent."""

    samples = tuple(extracted().values()) or tuple(FIXTURES.values())[:1]
    test_inverse = test_refusal = test_data = test_same_page = None


class TestHandlers(LawTests):
    """Law 10: laws 1-9 for a parser with handlers and an alias, and no private name imported."""

    parser = PARSER
    samples = OWN_TEXTS


class TestHandlerInPlaceOfABuiltIn(LawTests):
    parser = Parser(handlers=[EurosHandler()])
    samples = tuple(FIXTURES.values())[:3]


def test_values_of_handlers_are_read():
    description = PARSER.parse_description(OWN_TEXTS[0])
    assert description.extensions == {
        "communication": Communication(
            "satulammi",
            Channel("Uutiskirje: kerran kuussa", 12000),
            ("suomi", "ruotsi"),
            (Partner("Viesti, Teko & Kumppanit Oy", "9812340-3"), Partner("Sanomala ry")),
            "Kerromme kaikesta.\n\n1. Ensin Kerrotaan\n10 asiaa: kaikki tärkeitä",
            Assessment(True, "Kaikki tekstitetään."),
        ),
        "diary": "Maanantai: alku.",
    }


# -- whole texts ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERY_TEXT)
def test_whole_texts(name):
    text = EVERY_TEXT[name]
    parser = Parser()
    check_lossless(parser, text)
    check_total(parser, text)
    check_settled(parser, text)


SETTLED = {
    "an unknown heading twice in an explanation": "Pinta- ja pohjavedet, maaperä sekä ilma"
    " (ja kasvihuonekaasujen väheneminen) 4\n9 Y\n9 Y\n\nK",
    "the number of a missing subsection": "3. Projektin toteutusalue ja kohderyhmän kuvaus\n"
    "Seutukunnat\nKunnat\n3.1 M",
}


@pytest.mark.parametrize("name", SETTLED)
def test_settled(name):
    check_settled(Parser(), SETTLED[name])


@pytest.mark.parametrize("name", SAMPLES or [pytest.param("", marks=pytest.mark.skip("absent"))])
def test_samples_are_canonical(name):
    check_canonical(Parser(), SAMPLES[name])


@pytest.mark.parametrize("name", {**FIXTURES, **SAMPLES})
def test_every_line_counts(name):
    """Law 8: any line taken out of a whole text is missed."""
    lines = EVERY_TEXT[name].split("\n")
    step = 1 if runs_long() else 3
    for k in range(zlib.crc32(name.encode()) % step, len(lines), step):
        if lines[k]:
            rest = "\n".join(lines[:k] + lines[k + 1 :])
            check_no_inert_line(Parser(), rest, lines[k], k)


TITLE = "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus"
NOTICED = {
    "a title above labels, though the fund is told by the code": (
        "Hankekoodi: S20001\n",
        TITLE,
        0,
    ),
    "the same below a banner": (
        "Euroopan unioni Vipuvoimaa EU:lta\n\nHankekoodi: S20001\n",
        TITLE,
        2,
    ),
    "a heading that need not be there, without text": (
        "Toteuttajaorganisaation Web-osoite: http://www.example.com",
        "3.2 Varsinaiset kohderyhmät",
        1,
    ),
    "a rule below the next title": (f"1 Hanke\n\n# {TITLE}", "---", 3),
    "a banner of the next description": (
        f"1 Hanke\n\n{TITLE}",
        "![Euroopan unioni](eu.png)",
        1,
    ),
    "white space in a wrapped dimension": (
        "8.2 Kestävä kehitys\n\nSosiaalinen ja kulttuurinen\nkestävyys sekä yhdenvertaisuus",
        "  ",
        3,
    ),
    "white space in a wrapped aspect": (
        "8.2 Kestävä kehitys\n\nPinta- ja pohjavedet,\nmaaperä sekä ilma"
        " (ja kasvihuonekaasujen väheneminen) 5 4",
        "  ",
        3,
    ),
    "white space in a wrapped question": (
        "8.1 Sukupuolten tasa-arvo\n\nHankkeessa on tehty\ntoimintaympäristön analyysi"
        " sukupuolinäkökulmasta: Kyllä",
        "  ",
        3,
    ),
    "white space in it": (
        f"1 Hanke\n\n![Euroopan unioni](eu.png)\n{TITLE}",
        "\t",
        3,
    ),
}


@pytest.mark.parametrize("name", NOTICED)
def test_a_line_is_noticed(name):
    check_no_inert_line(Parser(), *NOTICED[name])


# -- the official list ------------------------------------------------------------------------

LIST = SHARED / "lists" / "projektilista-2014-2020.csv"


def _row(row: list[str]) -> ProjectDescription:
    """One row: code, fund, name, axis, authority, state, two dates, applicant, four amounts."""
    cells = [cell.strip() or None for cell in row]
    code, fund, name, axis, authority, state, start, end, applicant, *amounts = cells
    return ProjectDescription(
        fund=Fund(fund),
        programme_period=ProgrammePeriod.P2014_2020,
        project=Project(
            code=code,
            name=name,
            priority_axis=None if axis is None else ProgrammeItem(axis),
            planned_period=Period(_day(start), _day(end)) if start or end else None,
            status=None if state is None else _status(state),
            responsible_authority=authority,
        ),
        applicant=Applicant(name=applicant),
        funding=PublicFunding(*(None if a is None else Decimal(a) for a in amounts)),
    )


def _day(text: str | None) -> date | None:
    if text is None or "." not in text:  # one row has an amount in the place of its date
        return None
    day, month, year = map(int, text.split("."))
    return date(year, month, day)


def _status(word: str) -> ProjectStatus | str:
    return next((status for status in ProjectStatus if status == word), word)


@pytest.mark.skipif(not LIST.exists(), reason="the official list is absent")
def test_every_row_of_the_official_list():
    with LIST.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert (head[0], len(rows)) == ("Koodi", 2881)
    parser = Parser()
    failed = []
    for row in rows:
        try:
            check_inverse(parser, _row(row), must_render=True)
        except AssertionError as error:
            failed.append(f"{row[0]}: {error}")
    assert not failed, f"{len(failed)} rows: " + "\n".join(failed[:9])


# -- hostile texts ----------------------------------------------------------------------------

WHOLE = FIXTURES["whole-esr"]
TITLE = "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus"
LABELS = [f"{word}:" for word in declared_words(Parser().layouts)]
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Length 9>>stream\n\x00\x9c\xff\nendstream\n%%EOF\n"

# Each of a size n, so that work can be compared between n and 4 n.
GROWING: dict[str, Callable[[int], str]] = {
    "colons": lambda n: ":" * 20 * n,
    "colon lines": lambda n: ":\n" * n,
    "one long line": lambda n: "sana " * 10 * n,
    "one long word": lambda n: "a" * 50 * n,
    "empty lines": lambda n: "\n" * 10 * n,
    "blank lines": lambda n: " \n" * 10 * n,
    "spaces": lambda n: " " * 50 * n,
    "carriage returns": lambda n: "\r" * 10 * n,
    "NUL": lambda n: "\0" * 50 * n,
    "digits": lambda n: "1" * 50 * n,
    "digit lines": lambda n: "1\n" * n,
    "score lines": lambda n: "8.2 Kestävä kehitys\n\n" + "Kulttuuriympäristö 1 2\n" * n,
    "bare aspects": lambda n: "8.2 Kestävä kehitys\n\n" + "Kulttuuriympäristö\n" * n,
    "half aspects": lambda n: "8.2 Kestävä kehitys\n\n" + "Pinta- ja pohjavedet,\n" * n,
    "dots": lambda n: "1." * 20 * n,
    "first heading": lambda n: "1 Hanke\n\n" * n,
    "numbered headings": lambda n: "".join(f"{k} Luku\n\n" for k in range(n)),
    "unknown headings": lambda n: f"{WHOLE}\n\n" + "".join(f"{k} Luku\n\n" for k in range(10, n)),
    "subsections": lambda n: "4 Hankkeen kohderyhmät\n\n" + "4.1 Varsinaiset kohderyhmät\n\n" * n,
    "first halves of headings": lambda n: "3 Suunnitelman mukainen\n" * n,
    "titles": lambda n: f"{TITLE}\n\n" * n,
    "first halves of titles": lambda n: "Euroopan sosiaalirahaston (ESR)\n" * n,
    "banners": lambda n: "Euroopan unioni Vipuvoimaa EU:lta\n\n" * n,
    "pictures": lambda n: "![Euroopan unioni](eu.png)\n\n" * n,
    "open pictures": lambda n: "![" * 20 * n,
    "descriptions": lambda n: f"{TITLE}\n\n1 Hanke\n\nHankekoodi: S20001\n\n" * n,
    "one label": lambda n: "1 Hanke\n\n" + "Hankekoodi: S20001\n\n" * n,
    "one label without headings": lambda n: "Hankekoodi: S20001\n" * n,
    "unknown labels": lambda n: "1 Hanke\n\n" + "".join(f"Tieto {k}: x\n\n" for k in range(n)),
    "labels without values": lambda n: "1 Hanke\n\n" + "Hankkeen nimi:\n" * n,
    "a value of many lines": lambda n: "1 Hanke\n\nHankkeen nimi: alku\n" + "jatko\n" * n,
    "partner rows": lambda n: "2 Hakijan perustiedot\n\nOsatoteuttajat\n\n" + "A, 1234567-1\n" * n,
    "partner blocks": lambda n: (
        "2 Hakijan perustiedot\n\nOsatoteuttajat\n\n" + "A, 1234567-1\n\n" * n
    ),
    "answers": lambda n: "8.1 Sukupuolten tasa-arvo\n\n" + "Kyllä\n" * n,
    "pipes": lambda n: "1 Hanke\n\n" + "| a | b |\n" * n,
    "many pipes": lambda n: "1 Hanke\n\n" + "|" * 20 * n,
    "rules": lambda n: "8.2 Kestävä kehitys\n\n" + "---|---\n" * n,
    "hashes": lambda n: "#" * 50 * n,
    "stars": lambda n: "**" * 20 * n,
    "backslashes": lambda n: "1 Hanke\n\nHankkeen nimi: " + "\\" * 20 * n,
    "angle brackets": lambda n: "<" * 50 * n,
    "tags": lambda n: "<p>x</p>\n" * n,
    "prose": lambda n: WHOLE.replace("hanke", "hanke ja muuta " * (n // 20)),
    "surrogates": lambda n: "\ud800\n" * n,
    "form feeds": lambda n: "\f\n" * n,
    "byte-order marks": lambda n: "\ufeff" * 20 * n,
    "decomposed": lambda n: "a\u0308" * 20 * n,
}
HOSTILE: dict[str, Callable[[], str]] = {
    "empty": str,
    "one space": lambda: " ",
    "one line end": lambda: "\n",
    "only blanks": lambda: " \t\r\n\u00a0\f\v\u2028" * 1000,
    "NUL": lambda: "\0",
    "NUL amid": lambda: WHOLE.replace(" ", "\0"),
    "lone surrogates": lambda: "\ud800\udfff\udc00 1 Hanke\n\nHankekoodi: \ud834",
    "a line of 5 MB": lambda: "x" * 5_000_000,
    "a line of 5 MB in a field": lambda: f"1 Hanke\n\nHankkeen nimi: {'sana ' * 1_000_000}",
    "5 MB of colons": lambda: ":" * 5_000_000,
    "1,000,000 empty lines": lambda: "\n" * 1_000_000,
    "1,000,000 empty lines in a field": lambda: (
        f"1 Hanke\n\nHankekoodi:{chr(10) * 1_000_000}S20001"
    ),
    "every label 1,000 times": lambda: "\n\n".join(LABELS * 1000),
    "every label in section 1": lambda: "1 Hanke\n\n" + "\n\n".join(LABELS * 20),
    "100,000 headings": lambda: "1 Hanke\n\n" * 100_000,
    "100,000 unknown headings": lambda: "\n\n".join(f"{k} Luku" for k in range(100_000)),
    "byte-order mark": lambda: f"\ufeff{WHOLE}",
    "byte-order mark alone": lambda: "\ufeff",
    "carriage returns alone": lambda: WHOLE.replace("\n", "\r"),
    "line ends of every kind": lambda: "\u2028".join(WHOLE.replace("\n\n", "\r\n\v").split("\n")),
    "half a description": lambda: WHOLE[: len(WHOLE) // 2],
    "the other half": lambda: WHOLE[len(WHOLE) // 2 :],
    "two descriptions": lambda: f"{WHOLE}\n\n{WHOLE}",
    "two descriptions on a line": lambda: f"{WHOLE} {WHOLE}",
    "upside down": lambda: "\n".join(reversed(WHOLE.split("\n"))),
    "mirrored": lambda: WHOLE[::-1],
    "one line": lambda: WHOLE.replace("\n", " "),
    "one word a line": lambda: WHOLE.replace(" ", "\n"),
    "one character a line": lambda: "\n".join(WHOLE[:3000]),
    "capitals": WHOLE.upper,
    "HTML": lambda: f"<!doctype html><html><body><h2>1 Hanke</h2><p>{WHOLE[:500]}</body></html>",
    "HTML and nothing known": lambda: "<html>\n<body>\n<p>x</p>\n</body>\n</html>",
    "bytes of a PDF": lambda: PDF.decode("latin-1") * 50,
    "bytes of a ZIP": lambda: "PK\x03\x04" + "".join(map(chr, range(256))) * 50,
    "JSON": lambda: '{"project": {"code": "S20001"}}',
    "mojibake": lambda: WHOLE.encode().decode("latin-1"),
    "every character once": lambda: "".join(map(chr, range(0, 0x110000, 7))),
    "right to left": lambda: "\u202e" + WHOLE,
    "numbers nobody can read": lambda: (
        f"5 Projektin julkinen rahoitus, euroa\n\n"
        f"Myönnetty EU- ja valtion rahoitus: {'9' * 10_000}\n\nSuunniteltu: {'9 ' * 5000}"
    ),
    "a year nobody had": lambda: (
        "1 Hanke\n\nSuunnitelman mukainen toteutusaika: Alkaa 31.2.0000 ja päättyy 99.99.9999"
    ),
    "digits of another script": lambda: (
        "5 Projektin julkinen rahoitus, euroa\n\n"
        "Myönnetty EU- ja valtion rahoitus: \u0661\u0662\u00b2\n\n\u0661 Hanke"
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts(name):
    """Law 2 (and 1, and 5 where the text is not too long for the patience of a test run)."""
    text = HOSTILE[name]()
    parser = Parser()
    document = parser.parse_document(text)
    assert "".join(section.text for section in document.sections) == document.text == text
    assert isinstance(document.description, ProjectDescription)
    assert document.diagnostics or not text
    if len(text) < 500_000:
        check_lossless(parser, text)
        check_total(parser, text)
        check_settled(parser, text)


@pytest.mark.parametrize("name", GROWING)
def test_work_grows_with_the_text(name):
    check_linear(Parser(), GROWING[name], 500)


@pytest.mark.parametrize("value", [None, b"1 Hanke", 1, ["1 Hanke"], bytearray(b"x")])
def test_only_text_is_parsed(value):
    for function in (Parser().parse_document, Parser().parse_description, Parser().split_documents):
        with pytest.raises(TypeError, match="must be"):
            function(value)


def test_minimal_edit_of_a_text_without_a_heading():
    parser = Parser()
    old = parser.parse_description("Hankekoodi\n")
    check_minimal_edit(parser, "Hankekoodi\n", attrs.evolve(old, summary="Alku on tässä."))


def test_a_heading_of_a_user_is_no_text_before_section_1():
    """It is printed only where its section has a value, so nothing else keeps it from being one."""
    text = "Rivi\nPäiväkirja\nUuden rahoittaman hankkeen kuvaus"
    assert PARSER.parse_description(text).other_sections[0].text == "Rivi"
    check_settled(PARSER, text)
