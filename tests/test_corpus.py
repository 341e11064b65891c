"""Texts with their expected values: a new case is a new file.

``tests/corpus/NAME.txt`` is a canonical text, ``NAME.json`` its values (absent ones left out),
``NAME.diagnostics`` its diagnostics (no file: none). ``tests/extracted/TOOL`` holds the same pages
as real tools print them, with their diagnostics. ``../shared/corpus`` has real pages, which are not part of the project.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import CORPUS, HERE, SHARED, read

from esr_parser import (
    ProjectDescription,
    Severity,
    from_dict,
    parse_document,
    read_document,
    render_description,
)
from esr_parser.testing import assert_same_values

EXTRACTED = HERE / "extracted"

needs_shared = pytest.mark.skipif(
    not SHARED.exists(), reason="needs texts of real pages, which are not in the repository"
)


def values_in(path: Path) -> ProjectDescription:
    return from_dict(json.loads(read(path)))


def reported_of(path: Path) -> list[str]:
    reported = path.with_suffix(".diagnostics")
    return read(reported).splitlines() if reported.exists() else []


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda p: p.stem)
def test_fixture(path: Path) -> None:
    text = read(path)
    document = parse_document(text)
    assert document.description == values_in(path.with_suffix(".json"))
    assert render_description(document.description) == text
    assert list(map(str, document.diagnostics)) == reported_of(path)
    for section in document.sections:
        if section.title:
            heading = section.nodes[0].text.strip()
            assert re.fullmatch(rf"{section.number}\.? {re.escape(section.title)}", heading)


def test_every_diagnostics_file_has_its_text() -> None:
    for folder in (CORPUS, EXTRACTED):
        assert all(p.with_suffix(".txt").exists() for p in folder.rglob("*.diagnostics"))


@pytest.mark.parametrize(
    "path", sorted(EXTRACTED.glob("*/*.txt")), ids=lambda p: f"{p.parent.name}-{p.stem}"
)
def test_extracted_fixture(path: Path) -> None:
    document = read_document(path)
    name = path.name.partition(".")[0]
    assert_same_values(values_in(CORPUS / f"{name}.json"), document.description)
    assert list(map(str, document.diagnostics)) == reported_of(path)
    assert "".join(section.text for section in document.sections) == document.text
    assert render_description(document.description)


@needs_shared
@pytest.mark.parametrize("path", sorted(SHARED.glob("samples/*.txt")), ids=lambda p: p.stem)
def test_sample(path: Path) -> None:
    text = read(path)
    document = parse_document(text)
    assert document.description == values_in(SHARED / "truth" / f"{path.stem}.json")
    assert render_description(document.description) == text
    assert all(d.severity is Severity.INFO for d in document.diagnostics)


@needs_shared
@pytest.mark.parametrize(
    "path", sorted(SHARED.glob("extracted/*/*.txt")), ids=lambda p: f"{p.parent.name}-{p.stem}"
)
def test_extracted_sample(path: Path) -> None:
    code = path.name.partition(".")[0]
    description = parse_document(read(path)).description
    assert_same_values(values_in(SHARED / "truth" / f"{code}.json"), description)
