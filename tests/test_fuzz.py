"""The fuzzer's own parts, without Atheris, and everything it has found.

A finding that was mended is kept as a file in ``tests/fuzzed``: a new case is a new file.
"""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

import pytest
from conftest import fixtures

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fuzz import inputs, target
from fuzz.__main__ import arguments, minimise
from fuzz.changes import EXAMPLES, changes_for, changes_of
from fuzz.findings import Findings, kind_of, minimised
from fuzz.target import BrokenLawError, check, data_of, text_of

from esr_parser import parse_description
from esr_parser.grammar import Fields, Questions
from esr_parser.layouts import LAYOUTS

FUZZED = sorted((Path(__file__).parent / "fuzzed").glob("*.txt"))
FIXTURES = fixtures()


@pytest.mark.parametrize("path", FUZZED, ids=lambda p: p.stem)
def test_finding(path):
    check(text_of(path.read_bytes()), None)


@pytest.mark.parametrize("name", FIXTURES)
def test_seed(name):
    check(FIXTURES[name])


def test_mutated_seeds():
    rng = random.Random(0)
    texts = list(FIXTURES.values())
    changed = [inputs.mutated(rng.choice(texts), rng) for _ in range(100)]
    assert sum(text in texts for text in changed) < 20


@pytest.mark.parametrize("mutation", inputs.MUTATIONS, ids=lambda m: m.__name__)
@pytest.mark.parametrize("lines", [[""], ["1 Hanke"], ["1 Hanke", "", "Hankekoodi: S20001"]])
def test_any_lines_can_be_mutated(mutation, lines):
    for seed in range(20):
        assert all(isinstance(line, str) for line in mutation(lines, random.Random(seed)))


@pytest.mark.parametrize(
    "data", [b"", b"1 Hanke\n", b"\xff\xfe\x00x", "ä".encode("latin-1"), b"\xed\xa0\x80"]
)
def test_any_bytes_are_a_text(data):
    text = text_of(data)
    assert data_of(text) == data
    check(text)


def test_dictionary_is_libfuzzers():
    words = list(inputs.dictionary())
    assert '"Hankekoodi"' in words
    assert r'"4 Hankkeen kohderyhm\xc3\xa4t"' in words
    for word in words:
        assert re.fullmatch(r'"(?:[ !#-\[\]-~]|\\x[0-9a-f]{2})+"', word)


def test_what_is_written(tmp_path):
    words, seeds = inputs.write(tmp_path)
    assert words.read_text(encoding="ascii").count("\n") > 100
    written = {path.read_bytes() for path in seeds.iterdir()}
    assert {text.encode() for text in FIXTURES.values()} <= written
    assert {path.read_bytes() for path in FUZZED} <= written


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda la: la.period)
def test_every_declared_value_is_changed(layout):
    changed = {(change.key, change.path) for change in changes_of(layout)}
    for section in layout.sections:
        if section.content is not None:
            assert {(section.key, path) for path in section.content.paths()} <= changed
        if isinstance(section.content, Fields | Questions):
            for item in section.content.items:
                for text in EXAMPLES.get(getattr(item, "type", None), ()):
                    value = item.type.parse(text)
                    assert item.type.parse(item.type.format(value)) == value


def test_changes_change():
    description = parse_description(FIXTURES["whole-esr"])
    changed = [change.apply(description) != description for change in changes_for(description)]
    assert sum(changed) > 0.7 * len(changed)
    assert len({str(change) for change in changes_for(description)}) == len(changed)


@pytest.fixture
def broken_law(monkeypatch):
    """Law 1 as it would be were the parser to lose the letter q."""

    def law(parser, text):
        assert "q" not in text, f"{text[:9]!r} is lost"

    monkeypatch.setitem(target.LAWS, 1, law)


def test_findings_are_kept_by_kind(tmp_path, broken_law):
    findings = Findings(tmp_path)
    for text in ("xx q", "x q", "xxx q"):
        with pytest.raises(BrokenLawError) as error:
            check(text)
        findings.add(text, error.value)
    assert [path.read_bytes() for path in tmp_path.glob("*.txt")] == [b"x q"]
    said = next(tmp_path.glob("*.why")).read_text(encoding="utf-8")
    assert said.startswith(kind_of(error.value))
    assert "law 1" in said


def test_findings_are_made_small(tmp_path, broken_law, capsys):
    text = "1 Hanke\n\nHankekoodi: S20001\nx q y\n" * 3
    with pytest.raises(BrokenLawError) as error:
        check(text)
    assert minimised(text, error.value) == "q"
    path = tmp_path / "finding.txt"
    path.write_bytes(data_of(text))
    minimise(path)
    assert capsys.readouterr().out.endswith("'q'\n")
    path.write_bytes(b"1 Hanke")
    minimise(path)
    assert capsys.readouterr().out == "no law is broken\n"


def test_a_change_that_fails_is_law_7(monkeypatch, tmp_path):
    def law(parser, text, description):
        raise ZeroDivisionError

    monkeypatch.setattr(target, "check_minimal_edit", law)
    with pytest.raises(BrokenLawError, match=r"law 7 \(.*ZeroDivisionError") as error:
        check("1 Hanke\nHankekoodi: x")
    assert minimised("1 Hanke\nHankekoodi: x", error.value) == ""
    assert "ZeroDivisionError" in kind_of(error.value)


def test_options_of_libfuzzer_are_passed_on():
    options, flags = arguments(["--minutes", "2", "-max_len=10"])
    assert options.minutes == 2
    assert flags == ["-max_len=10"]
