"""The laws as properties, over generated pages and any text, for three parsers.

Law 9 (same page, same values) is also in ``test_noise.py``: every kind of noise and every pair.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from conftest import HERE, SHARED, extracted, fixtures, runs_long, samples
from invented import BASE as EXAMPLE

from esr_parser import Parser
from esr_parser.layouts import LAYOUT_2014_2020, LAYOUTS
from esr_parser.model import (
    Applicant,
    Fund,
    Period,
    ProgrammeItem,
    ProgrammePeriod,
    Project,
    ProjectDescription,
    PublicFunding,
)
from esr_parser.testing import (
    LawTests,
    check_inverse,
    check_lossless,
    check_nothing_silent,
    check_settled,
    check_total,
)
from esr_parser.testing.words import declared_words

PARSER = Parser()
FIXTURES = fixtures()
SAMPLES = samples()
WHOLE_TEXTS = {"hanke": EXAMPLE, **FIXTURES, **SAMPLES, **extracted()}


def _is_canonical(text: str) -> bool:
    return PARSER.render_description(PARSER.parse_description(text)) == text


def _example_parser() -> Parser:
    sys.path.insert(0, str(HERE.parent / "examples" / "esr-parser-viestinta" / "src"))
    try:
        from esr_parser_viestinta import CommunicationHandler
    finally:
        del sys.path[0]
    return Parser(handlers=[CommunicationHandler()])


class TestBuiltIn(LawTests):
    samples = tuple(FIXTURES.values())
    canonical = (EXAMPLE, *SAMPLES.values(), *filter(_is_canonical, FIXTURES.values()))


class TestExampleHandler(LawTests):
    """Law 10: a user's section, in an example package."""

    examples = None if runs_long() else 40
    parser = _example_parser()


class TestUserLayout(LawTests):
    """Law 10: a user's layout, beside the built-in ones."""

    examples = None if runs_long() else 40
    parser = Parser(
        layouts=(
            *LAYOUTS,
            LAYOUT_2014_2020.extend(
                period="2028-2034",
                rename={"Hankekoodi": "Hankkeen tunnus", "Hanke": "Perustiedot"},
                without=["7", "7.1", "7.2"],
                title="{fund} tukeman hankkeen esittely",
                title_without_fund="Hankkeen esittely",
                code_prefixes={"S4": "ESR", "A9": "EAKR"},
            ),
        )
    )


# -- whole texts ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WHOLE_TEXTS)
def test_whole_texts(name):
    text = WHOLE_TEXTS[name]
    check_lossless(PARSER, text)
    check_total(PARSER, text)
    check_settled(PARSER, text, whole=True)
    check_nothing_silent(PARSER, text)


# -- the official list ----------------------------------------------------------------------------

LIST = SHARED / "lists" / "projektilista-2014-2020.csv"


def _row(row: list[str]) -> ProjectDescription:
    """One row: code, fund, name, axis, authority, state, two dates, applicant, four amounts."""
    # One name has a soft hyphen: no value on a page has.
    cells = [cell.strip().replace("\xad", "") or None for cell in row]
    code, fund, name, axis, authority, state, start, end, applicant, *amounts = cells
    return ProjectDescription(
        fund=Fund(fund),
        programme_period=ProgrammePeriod.P2014_2020,
        project=Project(
            code=code,
            name=name,
            priority_axis=ProgrammeItem(axis),
            planned_period=Period(_day(start), _day(end)),
            status=state,
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


@pytest.mark.skipif(
    not LIST.exists(), reason="needs the list of all projects, which is not in the repository"
)
def test_every_row_of_the_official_list():
    with LIST.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert (head[0], len(rows)) == ("Koodi", 2881)
    failed = []
    for row in rows if runs_long() else rows[::20]:
        try:
            check_inverse(PARSER, _row(row), must_render=True)
        except AssertionError as error:
            failed.append(f"{row[0]}: {error}")
    assert not failed, f"{len(failed)} rows: " + "\n".join(failed[:9])


# -- law 2: hostile texts, and work that grows with the text ---------------------------------------

WORDS = list(declared_words(LAYOUTS))
TITLE = "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus"
SCORES = "8.2 Kestävä kehitys\n\nVälitönVälillinen\nTaloudellinen kestävyys\n"
GROWING: dict[str, Callable[[int], str]] = {
    "one page again and again": lambda n: f"{EXAMPLE}\n\n" * (n // 100),
    "one page glued on": lambda n: EXAMPLE * (n // 100),
    "headings": lambda n: "1 Hanke\n\n" * n,
    "unknown headings": lambda n: "\n\n".join(f"{k} Luku" for k in range(n)),
    "labels": lambda n: "\n\n".join(f"{word}: x" for word in WORDS * (n // 50)),
    "labels on one line": lambda n: "1 Hanke\n\n" + "Hankekoodi: S29999 " * n,
    "colons": lambda n: ":" * 20 * n,
    "empty lines": lambda n: "1 Hanke\n" + "\n" * 20 * n + "x",
    "blank stretches": lambda n: f"{WORDS[20]}{chr(10) * n}x\n" + "10 Abc\n" * n,
    "the same with one heading": lambda n: f"1 Hanke{chr(10) * n}x\n" + "1 Hanke\nx\n" * n,
    "a value of many lines": lambda n: "1 Hanke\n\nHankkeen nimi: alku\n" + "jatko\n" * n,
    "rows": lambda n: "2 Hakijan perustiedot\n\nOsatoteuttajat\n\n" + "A, 9812340-3\n" * n,
    "headings of rows": lambda n: "Osatoteuttajat\nNimi Oy, 9812340-3\n" * n,
    "rows and a field": lambda n: "Osatoteuttajat\n\nA, 9812340-3\n\nHankekoodi: S29999\n\n" * n,
    "aspects without scores": lambda n: f"{SCORES}" + "Materiaalit ja jätteet\n" * n,
    "aspects again": lambda n: f"{SCORES}" + "Materiaalit ja jätteet 1 1\n" * n,
    "numbers alone": lambda n: f"{SCORES}" + "1\n" * n,
    "answers": lambda n: "8.1 Sukupuolten tasa-arvo\n\n" + "Kyllä\n" * n,
    "pipes": lambda n: "1 Hanke\n\n" + "| a | b |\n" * n,
    "rules": lambda n: "8.2 Kestävä kehitys\n\n" + "---|---\n" * n,
    "tags": lambda n: "1 Hanke\n\n" + "</div>\n" * n,
    "quoted": lambda n: ">" * 10 * n + "\n" + "> x\n" * n,
    "byte-order marks": lambda n: "\ufeff\n" * n + f"Jotain\n\n{TITLE}\n\n1 Hanke\n\nx",
    "marks without letters": lambda n: (
        f"1 Hanke\n\nHankkeen nimi: a{chr(0x308) * n}{chr(0x323) * n}"
    ),
    "form feeds": lambda n: "1 Hanke\n\n" + "\f3\n" * n,
    "prose": lambda n: EXAMPLE.replace("hanke", "hanke ja muuta " * (n // 20)),
    "wrapped prose": lambda n: f"{WORDS[20]}\n\n" + ("sana " * 15 + "\n") * n,
}


def _work(text: str) -> int:
    """How many calls, in Python and C, it takes to read a text: the same on any machine."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    previous = sys.getprofile()
    sys.setprofile(count)
    try:
        document = PARSER.parse_document(text)
        document.diagnostics  # noqa: B018 -- computed when it is asked for
        document.sections  # noqa: B018
    finally:
        sys.setprofile(previous)
    return calls


@pytest.mark.parametrize("name", GROWING)
def test_work_grows_with_the_text(name):
    """A text four times as long is about four times the work."""
    make = GROWING[name]
    _work(make(1))
    small, large = _work(make(250)), _work(make(1000))
    assert large <= 6 * small + 1000


HOSTILE: dict[str, Callable[[], str]] = {
    "empty": str,
    "only blanks": lambda: " \t\r\n\u00a0\f\v\u2028" * 1000,
    "NUL": lambda: EXAMPLE.replace(" ", "\0"),
    "lone surrogates": lambda: "\ud800\udfff\udc00 1 Hanke\n\nHankekoodi: \ud834",
    "a line of 500 KB": lambda: f"1 Hanke\n\nHankkeen nimi: {'sana ' * 100_000}",
    "500 KB of colons": lambda: ":" * 500_000,
    "200,000 empty lines in a field": lambda: f"Hankekoodi:{chr(10) * 200_000}S29999",
    "5,000 headings": lambda: "1 Hanke\n\n" * 5_000,
    "line ends of every kind": lambda: "\u2028".join(EXAMPLE.replace("\n\n", "\r\n\v").split("\n")),
    "half a page": lambda: EXAMPLE[len(EXAMPLE) // 2 :],
    "two pages on a line": lambda: f"{EXAMPLE} {EXAMPLE}",
    "upside down": lambda: "\n".join(reversed(EXAMPLE.split("\n"))),
    "mirrored": lambda: EXAMPLE[::-1],
    "one line": lambda: EXAMPLE.replace("\n", " "),
    "one word a line": lambda: EXAMPLE.replace(" ", "\n"),
    "HTML": lambda: f"<!doctype html><html><body><h2>1 Hanke</h2><p>{EXAMPLE[:500]}</body></html>",
    "HTML far down": lambda: f"{' ' * 20_000}<p>1 Hanke</p>",
    "a ZIP": lambda: "PK\x03\x04" + "".join(map(chr, range(256))) * 50,
    "JSON": lambda: '{"project": {"code": "S29999"}}',
    "characters of every kind": lambda: "".join(map(chr, range(0, 0x110000, 97))),
    "right to left": lambda: f"\u202e{EXAMPLE}",
    "long numbers": lambda: f"5 Projektin julkinen rahoitus, euroa\n\nSuunniteltu: {'9 ' * 5000}",
    "digits of other scripts": lambda: (
        "1 Hanke\n\nHankekoodi: S2\u0669\u0669\u0669\u0669\n\n\u0661 x"
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts(name):
    text = HOSTILE[name]()
    check_lossless(PARSER, text)
    document = check_total(PARSER, text)
    check_settled(PARSER, text)
    assert document.diagnostics


@pytest.mark.parametrize("value", [None, b"1 Hanke", 1, ["1 Hanke"]])
def test_only_text_is_parsed(value):
    for function in (PARSER.parse_document, PARSER.parse_description, PARSER.split_documents):
        with pytest.raises(TypeError, match="must be"):
            function(value)
