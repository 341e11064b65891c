"""Trouble that others have had, in :mod:`cases`: what is read, what is reported, what is written."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import attrs
import pytest
from cases import damage, of_the_register, of_users, wrong_and_reported, wrong_and_silent

from esr_parser import (
    DescriptionError,
    UnrepresentableError,
    from_json,
    parse_description,
    parse_document,
    render_description,
    split_documents,
    to_dict,
)

MODULES = (wrong_and_silent, wrong_and_reported, of_the_register, of_users, damage)
CASES = [case for module in MODULES for case in module.CASES]
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
            names = [str(row.pop(n)) for n in ("dimension", "aspect", "section", "label", "number", "title") if row.get(n) is not None]
            row.pop("number", None), row.pop("title", None)
            name = " ".join(names[1:] if "direct" in row else names) or k
            yield from flat(row, f"{path}[{name}]")
    elif data is not None and data != []:
        yield path, data


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
        path: " ".join(value.split()).replace("- ", "-") if PROSE.search(path) and isinstance(value, str) else value
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
            path: value for path, value in case.values.items() if value is not None or path in leaves_of(case.page)
        }
        assert differences(leaves_of(case.page), found) == expected


def assert_told(case, document):
    said = odd(document)
    if not case.told:
        assert not said
    for code, lines in case.told.items():
        for line in [lines] if isinstance(lines, str) else lines:
            plain = unicodedata.normalize("NFC", line)
            assert any(
                code in ("*", c) and plain in unicodedata.normalize("NFC", text) for c, text in said
            ), f"{code} is not reported at {line!r}: {said}"


@EVERY
def test_read(case):
    assert_read(case, parse_document(case.text))


@EVERY
def test_told(case):
    assert_told(case, parse_document(case.text))


@EVERY
@pytest.mark.parametrize("noise", NOISES)
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


@EVERY
def test_lossless(case):
    document = parse_document(case.text)
    assert document.text == case.text
    spans = [node.span for node in document.sections]
    assert spans[0].start == 0
    assert spans[-1].end == len(case.text)
    assert all(a.end == b.start for a, b in zip(spans, spans[1:], strict=False))


@EVERY
def test_settled(case):
    """What was read can be written, and reads back."""
    description = parse_document(case.text).description
    try:
        text = render_description(description)
    except UnrepresentableError:
        assert not case.is_whole
        raise
    assert parse_document(text).description == description


CHANGES = {
    "project.responsible_authority": "Lapin liitto",
    "applicant.phone": "000-000 0099",
    "applicant.contact.position": "Vetäjä",
    "project.name": "Toinen nimi",
}


def evolved(value, path, new):
    name, _, rest = path.partition(".")
    return attrs.evolve(value, **{name: evolved(getattr(value, name), rest, new) if rest else new})


@EVERY
@pytest.mark.parametrize("path", CHANGES)
def test_edited(case, path):
    """A value is changed in its place, and nothing else is."""
    document = parse_document(case.text)
    node = document.field(path)
    if not case.is_whole or node is None or node.value_span is None or path in case.values:
        return
    new = evolved(document.description, path, CHANGES[path])
    edited = document.with_description(new)
    assert edited.description == new
    span = node.value_span
    assert edited.text[: span.start] == case.text[: span.start]
    assert edited.text.endswith(case.text[span.end :])


# -- what is no page by itself ----------------------------------------------------------------


@pytest.mark.parametrize("name", wrong_and_silent.GLUED)
def test_files_joined_without_a_line_end(name):
    first, second = wrong_and_silent.GLUED[name]
    found = split_documents(first + second)
    assert [d.text for d in found] == [first, second]
    assert [d.description for d in found] == [parse_document(t).description for t in (first, second)]
    assert parse_document(first + second).errors[-1].code == "ESR103"


@pytest.mark.parametrize("text", ["", "\n\n", " \t\r\n", "\ufeff", "\f"])
def test_an_empty_text_is_an_error(text):
    """A14."""
    assert [d.code for d in parse_document(text).errors] == ["ESR101"]
    with pytest.raises(DescriptionError):
        parse_description(text, strict=True)


def test_numbers_in_json_keep_every_digit():
    """A12."""
    text = '{"funding": {"granted_eu_and_state": 12345678901234567.89}}'
    assert str(from_json(text).funding.granted_eu_and_state) == "12345678901234567.89"
    text = '{"funding": {"planned_public_total": 0.1}}'
    assert str(from_json(text).funding.planned_public_total) == "0.1"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{"fund":"EAKR","fund":"ESR"}', "fund"),
        ('{"project": {"code": "S29999", "name": "a", "code": "S29998"}}', "code"),
        ('{"other_fields": [{"label": "a", "value": "b", "value": "c"}]}', "value"),
    ],
)
def test_a_repeated_key_in_json_is_an_error(text, name):
    with pytest.raises(ValueError, match=name):
        from_json(text)


@pytest.mark.parametrize("data", ['\ufeff{"fund": "ESR"}', '\ufeff{"fund": "ESR"}'.encode()])
def test_json_with_a_byte_order_mark(data):
    assert from_json(data).fund == "ESR"
