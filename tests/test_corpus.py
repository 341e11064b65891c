"""Texts with their expected values: a new case is a new file.

``tests/corpus/NAME.txt`` is a canonical text, ``NAME.json`` its values (absent ones left out),
``NAME.diagnostics`` its diagnostics (no file: none). ``tests/extracted/TOOL`` holds the same pages
as real tools print them, with their diagnostics. ``../shared/corpus`` has real pages, which are not part of the project.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from esr_parser import (
    Severity,
    parse_document,
    read_document,
    render_description,
    to_dict,
)

CORPUS = Path(__file__).parent / "corpus"
EXTRACTED = Path(__file__).parent / "extracted"
SHARED = Path(__file__).parents[2] / "shared" / "corpus"

needs_shared = pytest.mark.skipif(
    not SHARED.exists(), reason="needs texts of real pages, which are not in the repository"
)

PROSE = {"summary", "primary", "secondary", "explanation", "final_report_summary", "text"}


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def pruned(value: Any, key: str = "") -> Any:
    """Values without the absent ones; an empty list of partners is a value."""
    if isinstance(value, dict):
        found = {k: pruned(v, k) for k, v in value.items()}
        return {k: v for k, v in found.items() if v not in (None, {}, "", False) or v is False}
    if isinstance(value, list):
        if not value and key not in ("co_implementers", "transfer_recipients"):
            return None
        return [pruned(item, key) for item in value]
    return value


def values_of(data: dict[str, Any]) -> Any:
    """The values without those that are absent where a key is: "fi", and no flag."""
    area = {key: value for key, value in data.get("area", {}).items() if value is not False}
    language = None if data.get("language") == "fi" else data.get("language")
    return pruned({**data, "area": area, "language": language})


def without_layout(value: Any, key: str = "") -> Any:
    """Prose compared with white space, line-end hyphens and escapes set aside."""
    if isinstance(value, dict):
        return {k: without_layout(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [without_layout(item, key) for item in value]
    if isinstance(value, str) and key in PROSE:
        return re.sub(r"[\s\-]|\\(?=[^\w\s])", "", value)
    return value


def reported_of(path: Path) -> list[str]:
    reported = path.with_suffix(".diagnostics")
    return text_of(reported).splitlines() if reported.exists() else []


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda p: p.stem)
def test_fixture(path: Path) -> None:
    text = text_of(path)
    document = parse_document(text)
    expected = json.loads(text_of(path.with_suffix(".json")))
    assert values_of(to_dict(document.description)) == values_of(expected)
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
    expected = json.loads(text_of(CORPUS / f"{name}.json"))
    got = values_of(to_dict(document.description))
    assert without_layout(got) == without_layout(values_of(expected))
    assert list(map(str, document.diagnostics)) == reported_of(path)
    assert "".join(section.text for section in document.sections) == document.text
    assert render_description(document.description)


@needs_shared
@pytest.mark.parametrize("path", sorted(SHARED.glob("samples/*.txt")), ids=lambda p: p.stem)
def test_sample(path: Path) -> None:
    text = text_of(path)
    document = parse_document(text)
    truth = json.loads(text_of(SHARED / "truth" / f"{path.stem}.json"))
    assert values_of(to_dict(document.description)) == values_of(truth)
    assert render_description(document.description) == text
    assert all(d.severity is Severity.INFO for d in document.diagnostics)


@needs_shared
@pytest.mark.parametrize(
    "path", sorted(SHARED.glob("extracted/*/*.txt")), ids=lambda p: f"{p.parent.name}-{p.stem}"
)
def test_extracted_sample(path: Path) -> None:
    text = text_of(path)
    document = parse_document(text)
    code = path.name.partition(".")[0]
    truth = json.loads(text_of(SHARED / "truth" / f"{code}.json"))
    got = values_of(to_dict(document.description))
    assert without_layout(got) == without_layout(values_of(truth))
    assert "".join(section.text for section in document.sections) == text
    assert render_description(document.description)
