"""Trouble that others have had, in :mod:`cases`: what is read, what is reported, what is written."""

from __future__ import annotations

import inspect
import json
import os
import pickle
import re
import unicodedata
import zlib
from decimal import Decimal
from functools import cache
from itertools import pairwise
from time import process_time

import attrs
import pytest
from cases import (
    CASES,
    DIAGNOSTICS,
    damage,
    of_context,
    of_sheets,
    of_tools,
    of_users,
    reported,
    wrong_and_reported,
    wrong_and_silent,
)
from cases.pages import BASE, HEAD, OLD, headings, swap, wrapped
from invented import with_value

from esr_parser import (
    DescriptionError,
    Parser,
    SectionHandler,
    UnrepresentableError,
    foreign,
    parse_description,
    parse_document,
    read_document,
    render_description,
    split_documents,
    to_dict,
)
from esr_parser.grammar import Fields, Rows, Section
from esr_parser.model import SustainabilityImpact
from esr_parser.text import LIGATURES, folded
from esr_parser.values import ValueType

REPORTED = json.loads(DIAGNOSTICS.read_text(encoding="utf-8"))
IS_DEEP = os.environ.get("HYPOTHESIS_PROFILE", "dev") != "dev"
"""Whether every case is tried with every noise and every change, not with one of them."""


def some_of(names):
    """Each case with one of the names; in the deep profiles with each of them."""
    listed = list(names)

    def mark(test):
        _, name = inspect.signature(test).parameters
        chosen = [
            pytest.param(case, one, id=f"{one}-{case.name}")
            for case in CASES
            for k, one in enumerate(listed)
            if IS_DEEP or zlib.crc32(case.name.encode()) % len(listed) == k
        ]
        return pytest.mark.parametrize(("case", name), chosen)(test)

    return mark


EVERY = pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
PROSE = re.compile(r"summary|target_groups|explanation|other_")
# What other tools do on top of it, line by line.
NOISES = {
    "indented": lambda text: re.sub(r"(?m)^(?=[^\n])", "  ", text),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "trailing spaces": lambda text: re.sub(r"(?m)(?<=[^\n\f])$", "  ", text),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
}


def flat(data, path=""):
    """The leaves of plain data by path; rows of scores, other fields and sections by their names."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from flat(value, f"{path}.{name}" if path else name)
    elif isinstance(data, list) and data and isinstance(data[0], dict):
        for k, row in enumerate(data):
            names = [
                str(row.pop(n))
                for n in ("dimension", "aspect", "section", "label", "number", "title")
                if row.get(n) is not None
            ]
            row.pop("number", None), row.pop("title", None)
            name = " ".join(names[1:] if "direct" in row else names) or k
            yield from flat(row, f"{path}[{name}]")
    elif data is not None and data != []:
        yield path, data


def letters(text, node):
    """The letters of a value, of scores the digits: heads, or a scale, can be between them."""
    other = r"\.0|[^0-9]+(?:0-)?10(?=\D)|\D" if (node.path or "").endswith("]") else r"[\W_]"
    return re.sub(other, "", unicodedata.normalize("NFC", text))


def leaves(description):
    return dict(flat(to_dict(description)))


@cache
def leaves_of(page):
    return leaves(parse_document(page).description)


def differences(old, new):
    """What is read otherwise, by path."""
    paths = [*old, *(path for path in new if path not in old)]
    return {path: new.get(path) for path in paths if old.get(path) != new.get(path)}


def loosely(found):
    """Values with prose as law 9 compares it."""
    return {
        path: unicodedata.normalize("NFC", " ".join(value.split()).replace("- ", "-"))
        if PROSE.search(path) and isinstance(value, str)
        else value
        for path, value in found.items()
    }


def odd(document):
    """The warnings and errors: codes with the text of their lines."""
    lines = re.split("\r\n|[\n\r]", document.text)
    return [(d.code, lines[d.line - 1]) for d in document.diagnostics if d.severity != "info"]


def assert_read(case, document):
    found = leaves(document.description)
    if case.page is None:
        assert {path: found.get(path) for path in case.values} == dict(case.values)
    else:
        expected = {
            path: value
            for path, value in case.values.items()
            if value is not None or path in leaves_of(case.page)
        }
        kept = dict if case.keeps_space else loosely
        assert differences(kept(leaves_of(case.page)), kept(found)) == expected


def assert_told(case, document):
    said = odd(document)
    if not case.reported:
        assert not said
    for code, lines in case.reported.items():
        for line in [lines] if isinstance(lines, str) else lines:
            plain = unicodedata.normalize("NFC", line)
            assert any(
                code in ("*", c) and plain in unicodedata.normalize("NFC", text) for c, text in said
            ), f"{code} is not reported at {line!r}: {said}"


def assert_lossless(case, document):
    """The nodes tile the text, and each value is in its place."""
    assert document.text == case.text
    spans = [node.span for node in document.sections]
    assert spans[0].start == 0
    assert spans[-1].end == len(case.text)
    assert all(a.end == b.start for a, b in pairwise(spans))
    for section in document.sections:
        assert "".join(node.text for node in section.nodes) == section.text
        for node in section.fields:
            assert case.text[node.span.start : node.span.end] == node.text
    _, mended = foreign.damage(case.text) or ("", str)
    for node in (n for s in document.sections for n in s.fields if n.value):
        span = node.value_span
        there = folded(case.text[slice(*span)]).translate(LIGATURES)
        # The end of a label that is wrapped beside its value may be amid that.
        ends = [node.label[m.end() :] for m in re.finditer(" ", node.label) if "\n" in there]
        views = [there, *(there.replace(end, "") for end in ends)]
        # Not in lines that no decoder reads; with the breaks of a cell.
        views += [mended(there), re.sub("<br ?/?>", "", there)]
        assert letters(node.value, node) in {letters(view, node) for view in views}


def assert_settled(case, description):
    """What was read can be written, and reads back."""
    try:
        text = render_description(description)
    except UnrepresentableError:
        assert not case.is_whole
        raise
    assert parse_document(text).description == description


@EVERY
def test_read(case):
    document = parse_document(case.text)
    assert_read(case, document)
    assert_told(case, document)
    assert reported(document.diagnostics) == REPORTED.get(case.name, [])
    assert_lossless(case, document)
    assert_settled(case, document.description)


@some_of(NOISES)
def test_noise_on_top(case, noise):
    """The same values, and the same reports at the same lines."""
    if not case.noisy:
        return
    noisy = parse_document(NOISES[noise](case.text))
    plain = parse_document(case.text)
    assert differences(loosely(leaves(plain.description)), loosely(leaves(noisy.description))) == {}
    assert sorted((d.code, d.line) for d in noisy.diagnostics if d.severity != "info") == sorted(
        (d.code, d.line) for d in plain.diagnostics if d.severity != "info"
    )


IMPACTS = of_context.IMPACTS
WASTE = ("Taloudellinen kestävyys", "Materiaalit ja jätteet")
CHANGES = {
    "project.responsible_authority": "Lapin liitto",
    "applicant.phone": "000-000 0099",
    "applicant.contact.position": "Vetäjä",
    "project.name": "Toinen nimi",
}


@some_of(CHANGES)
def test_edited(case, path):
    """A value is changed in its place, and nothing else is."""
    document = parse_document(case.text)
    node = document.field(path)
    if not case.is_whole or node is None or node.value_span is None or path in case.values:
        return
    new = with_value(document.description, path, CHANGES[path])
    edited = document.with_description(new)
    assert edited.description == new
    span = node.value_span
    assert edited.text[: span.start] == case.text[: span.start]
    assert edited.text.endswith(case.text[span.end :])


# -- what is not a page alone -----------------------------------------------------------------


@pytest.mark.parametrize("name", wrong_and_silent.GLUED)
def test_files_joined_without_a_line_end(name):
    first, second = wrong_and_silent.GLUED[name]
    found = split_documents(first + second)
    assert [d.text for d in found] == [first, second]
    assert [d.description for d in found] == [
        parse_document(t).description for t in (first, second)
    ]
    whole = parse_document(first + second)
    assert whole.errors[-1].code == "ESR103"
    title = whole.description.other_sections[-1].title
    assert title in second
    wrapped_title = title.replace(" rahoittaman", "\nrahoittaman")
    whole = parse_document(first + second.replace(title, f"# {wrapped_title}"))
    assert whole.description.other_sections[-1].title == title


@pytest.mark.parametrize("gap", ["\n\f", "\n\n\f", "\f"])
@pytest.mark.parametrize("end", of_tools.ENDS)
def test_pages_of_pdftotext_joined(end, gap):
    """H11: a title at the top of a page begins a description, however short the pages are."""
    pages = [BASE[: BASE.index(end)].replace("S29999", f"S2999{k}") for k in range(3)]
    found = split_documents("".join(page + gap for page in pages))
    assert [leaves(d.description) for d in found] == [
        leaves(parse_document(page).description) for page in pages
    ]


@pytest.mark.parametrize("gap", ["\n", "\n\f", "\f", "\n\n\f\n"])
def test_pages_joined_below_a_wrapped_title(gap):
    """pdftotext of two files: the first line of both pages is no header of one print."""
    page = BASE[BASE.index("Euroopan sosiaali") :].replace("hankkeen kuvaus", "hankkeen\nkuvaus")
    found = split_documents(page + gap + page)
    assert [d.description for d in found] == [parse_document(page).description] * 2


@pytest.mark.parametrize("front", ["EURA 2014\n\n", "Hankkeen kuvaus\n"])
def test_pages_joined_below_the_titles_of_web_pages(front):
    """L10: the line that is above the first page begins the others, too."""
    page = f"{front}{BASE}\n\n"
    found = split_documents(page * 3)
    assert [d.text for d in found] == [page] * 3
    assert [d.description for d in found] == [parse_document(BASE).description] * 3


@pytest.mark.parametrize("mark", ["# ", "## ", "#", "> "])
def test_a_page_behind_one_in_comments(mark):
    """L22: lines with the mark of a heading in Markdown are not the name of the next page."""
    commented = "\n".join(f"{mark}{line}" if line else line for line in BASE.split("\n"))
    found = split_documents(f"{commented}\n\n{BASE}")
    assert [d.description.project.code for d in found] == ["S29999"] * 2
    assert found[1].text == BASE


@pytest.mark.parametrize("gap", ["", "  "])
def test_indented_pages_joined_without_a_line_end(gap):
    """L22: inscriptis."""
    page = "\n".join(f"  {line}" if line else line for line in BASE.rstrip().split("\n"))
    found = split_documents(page + gap + page)
    assert [d.description for d in found] == [parse_document(BASE).description] * 2


def test_the_error_of_a_users_function_is_explained():
    """H12: it need not be a sentence about the value."""
    document = Parser(handlers=[of_tools.EventsHandler()]).parse_document(of_tools.EVENTS)
    [found] = document.errors
    assert (found.code, found.line) == ("ESR302", of_tools.EVENTS.count("\n") + 1)
    assert found.message.endswith("; expected `1.9.2021`")


def test_prose_is_found_where_it_is():
    """H13: two sections of 2007-2013 pages can hold the same prose."""
    node = parse_document(OLD).field("target_groups.primary")
    assert node is not None
    assert node.label == "Varsinaiset kohderyhmät"


@pytest.mark.parametrize("text", ["", "\n\n", " \t\r\n", "\ufeff", "\f"])
def test_an_empty_text_is_an_error(text):
    """A14."""
    assert [d.code for d in parse_document(text).errors] == ["ESR101"]
    with pytest.raises(DescriptionError):
        parse_description(text, strict=True)


@pytest.mark.parametrize(("text", "places"), wrong_and_reported.PLACES)
def test_places(text, places):
    """B12: a report is at the very line that is meant, and no longer."""
    found = [
        (d.code, d.line, d.column, text[d.span.start : d.span.end])
        for d in parse_document(text).diagnostics
    ]
    for place in places:
        assert place in found


FOREIGN = {**of_users.FOREIGN, **damage.PREFIXED, **of_tools.ENCODED, **of_sheets.WIDE}


@pytest.mark.parametrize("name", FOREIGN)
def test_foreign_text(name):
    """F1, G6: one error, which names the cause, and nothing else."""
    document = parse_document(FOREIGN[name])
    assert [d.code for d in document.diagnostics] == ["ESR102"]
    assert document.text == FOREIGN[name]


BYTES = {
    "UTF-8, cut in a letter": (BASE[: BASE.index("mestariksi")].encode()[:-2], "Mehiläisest"),
    "UTF-8, one foreign byte": (
        BASE.encode().replace(b"Kuvitelman tarhaajayhdistys", b"Kuvitelm\xe4n"),
        "Kuvitelmän ry",
    ),
    "UTF-16 and a byte": (BASE.encode("utf-16")[:-1], "Kuvitelman tarhaajayhdistys ry"),
    "UTF-16, big end first": (
        b"\xfe\xff" + BASE.encode("utf-16-be") + b"\0",
        "Kuvitelman tarhaajayhdistys ry",
    ),
    "UTF-8 with a mark, one foreign byte": (
        b"\xef\xbb\xbf" + BASE.encode() + b" \xe4",
        "Kuvitelman tarhaajayhdistys ry",
    ),
    "UTF-16 without a mark": (BASE.encode("utf-16-le"), "Kuvitelman tarhaajayhdistys ry"),
    "UTF-16 without a mark, big end first": (
        BASE.encode("utf-16-be"),
        "Kuvitelman tarhaajayhdistys ry",
    ),
    "Windows-1252": (BASE.encode("cp1252"), "Kuvitelman tarhaajayhdistys ry"),
    "2007, Windows-1252": (OLD.encode("cp1252"), "Satulammen kehitysyhtiö Oy"),
    "2007, cut": (OLD.encode()[:-1] + b"\xc3", "Satulammen kehitysyhtiö Oy"),
}


@pytest.mark.parametrize("name", BYTES)
def test_broken_bytes(name, tmp_path):
    """B2: a few broken bytes are read alone, and reported."""
    data, value = BYTES[name]
    path = tmp_path / "page.txt"
    path.write_bytes(data)
    document = read_document(path)
    assert value in document.text
    assert "ESR106" in {d.code for d in document.diagnostics}
    assert "Ã¤" not in document.text
    if "cut" not in name:
        assert document.description.applicant.name == value


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"summary": 5}, "summary"),
        ({"project.name": 5}, "project.name"),
        ({"funding.granted_eu_and_state": Decimal("NaN")}, "funding.granted_eu_and_state"),
        ({"funding.granted_eu_and_state": 5}, "funding.granted_eu_and_state"),
        ({"area.regions": ["Oulu"]}, "area.regions"),
        ({"applicant.co_implementers": (5,)}, "applicant.co_implementers[0]"),
        ({"project.planned_period.start": "2020-01-01"}, "project.planned_period.start"),
        ({"target_groups.primary": 5}, "target_groups.primary"),
        (
            {"horizontal_principles.gender_equality.mainstreamed.explanation": 1},
            "horizontal_principles.gender_equality.mainstreamed.explanation",
        ),
        ({"estimates.persons.planned": "80"}, "estimates.persons.planned"),
        ({"applicant.contact.email": 5}, "applicant.contact.email"),
        ({"project": None}, "project"),
        ({"project.priority_axis": "4. Työ"}, "project.priority_axis"),
        ({"fund": 5}, "fund"),
        ({"other_fields": ("x",)}, "other_fields[0]"),
        ({IMPACTS: (SustainabilityImpact("Ekologinen", "Muu", 1, 2),)}, f"{IMPACTS}[0]"),
        ({IMPACTS: (SustainabilityImpact(*WASTE, "6", 2),)}, f"{IMPACTS}[0].direct"),
        ({"extensions": {"uusi": "x"}}, "extensions['uusi']"),
    ],
)
def test_values_of_the_wrong_type(change, field):
    """C1: refused by the name of the leaf."""
    document = parse_document(BASE)
    new = document.description
    for path, value in change.items():
        new = with_value(new, path, value)
    for write in (render_description, document.with_description):
        with pytest.raises(UnrepresentableError) as caught:
            write(new)
        assert caught.value.field == field
        assert "object has no attribute" not in str(caught.value)


@attrs.frozen
class Channels:
    """A user's model: rows of accounts."""

    accounts: tuple[tuple[str, int], ...] = ()
    note: str | None = None


def parse_account(text):
    name, _, number = text.rpartition(", ")
    if not name:
        raise ValueError(f"{text!r} is not an account such as 'Sivu, 120'")
    return name, int(number)


ACCOUNT = ValueType("account", parse_account, lambda row: f"{row[0]}, {row[1]}", "`Sivu, 120`")
TEN = Section("10", "Viestintä", "channels", Fields(Rows("Tilit", "accounts", ACCOUNT)))


class ChannelsHandler(SectionHandler[Channels]):
    key = "channels"
    model = Channels
    sections = (TEN,)


class Refusing(ChannelsHandler):
    """A handler whose function for writing is wrong."""

    def take_apart(self, value):
        raise ValueError("no accounts")


def test_the_error_of_a_users_function_for_writing_names_the_key():
    new = attrs.evolve(parse_description(BASE), extensions={"channels": Channels()})
    with pytest.raises(UnrepresentableError, match="no accounts") as caught:
        Parser(handlers=[Refusing()]).render_description(new)
    assert caught.value.field == "extensions['channels']"


def test_a_users_type_that_writes_no_str_is_named():
    class NumberHandler(ChannelsHandler):
        number = ValueType("number", int, lambda value: value, "`5`")
        sections = (attrs.evolve(TEN, content=Fields(Rows("Tilit", "accounts", number))),)

    new = attrs.evolve(parse_description(BASE), extensions={"channels": Channels((5,))})
    with pytest.raises(UnrepresentableError, match="5 is not a str") as caught:
        Parser(handlers=[NumberHandler()]).render_description(new)
    assert caught.value.field == "extensions['channels'].accounts[0]"


def test_the_extension_that_does_not_read_back_is_named():
    parser = Parser(handlers=[ChannelsHandler()])
    extensions = {"channels": Channels((("Sivu", 120),)), "uusi": "x"}
    new = attrs.evolve(parse_description(BASE), extensions=extensions)
    with pytest.raises(UnrepresentableError) as caught:
        parser.render_description(new)
    assert caught.value.field == "extensions['uusi']"


def test_a_document_is_not_a_description():
    with pytest.raises(TypeError, match="ProjectDescription"):
        render_description(parse_document(BASE))


ROWS = "10 Viestintä\n\nTilit\n\n"


@pytest.mark.parametrize("front", ["", f"{BASE}\n\n", f"{wrapped(BASE, 70)}\n\n"])
@pytest.mark.parametrize("noise", [str, *NOISES.values()])
def test_rows_of_a_handler(front, noise):
    """F5: each line is a row where it reads as one."""
    parser = Parser(handlers=[ChannelsHandler()])
    document = parser.parse_document(noise(f"{front}{ROWS}Sivu, 120\nToinen, 7"))
    assert document.description.extension(Channels).accounts == (("Sivu", 120), ("Toinen", 7))
    assert not document.errors


@pytest.mark.parametrize("front", ["", f"{BASE}\n\n", f"{wrapped(BASE, 70)}\n\n"])
def test_a_bad_row_alone_is_kept(front):
    parser = Parser(handlers=[ChannelsHandler()])
    document = parser.parse_document(f"{front}{ROWS}Sivu, 120\nhuono\nToinen, 7")
    assert document.description.extension(Channels).accounts == (("Sivu", 120), ("Toinen", 7))
    assert [(f.label, f.value) for f in document.description.other_fields] == [("Tilit", "huono")]
    [error] = document.errors
    assert error.code == "ESR302"
    assert "is not an account" in error.message
    assert document.text[error.span.start : error.span.end] == "huono"


def test_groups_are_always_there():
    """F7."""
    for text in ("1 Hanke\n\nHankekoodi: S29999", "", "x", OLD):
        description = parse_description(text)
        assert description.area.site.postcode is None
        assert description.project.planned_period.start is None or text == OLD
        assert description.outcomes.jobs.planned_women is None or text == OLD


def test_strict_raises_where_text_was_not_read():
    """F2."""
    assert parse_description(BASE, strict=True).project.code == "S29999"
    for text in (
        f"{BASE}\n\n10 Viestintä\n\nTeksti.",
        "\n\n".join(b for b in BASE.split("\n\n") if b not in headings(BASE)),
        "",
        "Jotain muuta.",
        swap("\n\n2 Hakijan", "\n\nvielä jotain\n\n2 Hakijan"),
    ):
        with pytest.raises(DescriptionError):
            parse_description(text, strict=True)


def test_repr_and_pickle():
    """F9."""
    document = parse_document(BASE)
    assert len(repr(document)) < 2000
    assert len(repr(document.description)) < 2000
    assert pickle.loads(pickle.dumps(document)) == document
    assert pickle.loads(pickle.dumps(document.description)) == document.description


# -- time ---------------------------------------------------------------------------------------

ASPECT = "Materiaalit ja jätteet"
EIGHT = f"{HEAD}8.2 Kestävä kehitys\n\nVälitönVälillinen\nTaloudellinen kestävyys\n"
PARTNERS = "Osatoteuttajat\n\nNimi Oy, 9812340-3\n\nHankekoodi: S29999\n\n"
TAG = f"<span {'x' * 190}>"
GROWING = {
    "byte-order marks": lambda n: (
        "\ufeff\n" * n + f"Jotain\nlisää\n\n{HEAD}1 Hanke\n\nHankekoodi: S29999"
    ),
    "zero-width spaces": lambda n: f"{HEAD}1 Hanke\n\nHankekoodi: S29999" + "\u200b\n" * n,
    "marks": lambda n: f"{HEAD}1 Ha\u0308nke\n\n3 Suunnitelman\n\na" + "\u0308" * n + "\u0323" * n,
    "marks in a value": lambda n: f"{HEAD}1 Hanke\n\nHankkeen nimi: a" + "\u0323\u0308" * n,
    "blank lines": lambda n: (
        f"{HEAD}3 Suunnitelman mukainen tiivistelmä toteutuksesta"
        + "\n" * n
        + "x\n"
        + "10 Abc\n" * (n // 4)
    ),
    "blank lines, repeated": lambda n: "1 Hanke" + "\n" * n + "x\n" + "1 Hanke\nx\n" * (n // 4),
    "aspects": lambda n: EIGHT + f"{ASPECT}\n" * (n // 8),
    "rows": lambda n: f"{EIGHT}{ASPECT} 1 1\n\n10 Viestintä\n\n" + f"{ASPECT} 1 1\n" * (n // 8),
    "partners": lambda n: PARTNERS * (n // 32),
    "partners, tight": lambda n: "Osatoteuttajat\nNimi Oy, 9812340-3\n" * (n // 16),
    "page numbers": lambda n: "".join(f"x\n{k}/{n}\n\f" for k in range(n // 6)),
    "colons": lambda n: f"{HEAD}1 Hanke\n\nHankkeen nimi: " + ":" * n,
    "spaces": lambda n: f"{HEAD}1 Hanke\n\nHankkeen nimi: a" + " " * n + "b",
    "labels": lambda n: f"{HEAD}1 Hanke\n\nHankkeen nimi: " + "Kunnat: " * (n // 8),
    "titles": lambda n: HEAD * (n // 90),
    "titles in prose": lambda n: BASE + f"\n\n{HEAD}x" * (n // 90),
    "bold": lambda n: f"{HEAD}1 Hanke\n\nHankkeen nimi: " + "**" * (n // 2),
    "brackets": lambda n: f"{HEAD}1 Hanke\n\nWWW-osoite: " + "[" * n,
    "ends of hyphens": lambda n: f"{HEAD}1 Hanke\n\nHankkeen nimi: " + "a-\n" * (n // 3),
    "numbers": lambda n: f"{EIGHT}{ASPECT}\n" + "1\n" * (n // 2),
    "no scores": lambda n: f"{EIGHT}{ASPECT} " + "1;" * (n // 2),
    "signs of mails": lambda n: f"{HEAD}1 Hanke\n\nHankekoodi: " + "a@" * (n // 2),
    "tags": lambda n: "\n".join(
        (f"{HEAD}1 Hanke", "", f"Hankkeen nimi: {TAG * (n // 197)}</", "", *["<b>Alku</b>"] * 6)
    ),
    "long numbers before lines": lambda n: (
        (f"{'1' * 144}:Hankekoodi\n" * 19 + f"{'1' * 80};x\n") * (n // 1000)
    ),
    "words behind a number": lambda n: f"{HEAD}9\n\n" + "Loppuraportin\n\n" * (n // 15),
    "cells": lambda n: f"{HEAD}| 1 Hanke |\n|---|\n| Hankekoodi | " + "a | " * (n // 4),
}


@pytest.mark.parametrize("name", GROWING)
def test_time_grows_with_the_text(name):
    """H: a text that is four times as long takes less than eight times as long."""
    small, large = (GROWING[name](n) for n in (16_000, 64_000))
    assert parse_document(small[:2000]).diagnostics
    times = []
    for text in (small, large):
        start = process_time()
        assert parse_document(text).diagnostics
        times.append(process_time() - start)
    assert times[1] < 8 * times[0] + 0.5
