"""The example package, installed with pip and found as a plugin."""

from __future__ import annotations

import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import attrs
import pytest

from esr_parser import Parser

SOURCE = Path(__file__).parents[1] / "examples" / "esr-parser-viestinta"
NAME = "esr_parser_viestinta"
TEXT = """\
1 Hanke

Hankekoodi: S29999

10 Viestintä

Viestintäkanavat: uutiskirje, tapahtumat

Viestinnän budjetti: 4 500

Viestintä alkaa: 1.9.2021

10.1 Viestinnän tulokset

Uutiskirjeellä on 400 lukijaa."""

# Here the tests of the package have to run; the laws themselves are tested at length elsewhere.
FEW_EXAMPLES = """\
from hypothesis import settings

settings.register_profile("few", max_examples=10, database=None)
settings.load_profile("few")
"""

pytestmark = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("pip", "hatchling")),
    reason="pip and hatchling install the package, without network",
)


def python(*arguments: str, **environment: str) -> str:
    """What a Python process prints; its errors are those of the test."""
    done = subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package in it as pip installs it."""
    folder = tmp_path_factory.mktemp("plugin")
    shutil.copytree(SOURCE, folder / "source")
    offline = ["--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check"]
    target = folder / "installed"
    python("-m", "pip", "install", "-q", *offline, "--target", str(target), str(folder / "source"))
    return target


@pytest.fixture
def package(installed: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The package can be imported, in this process."""
    monkeypatch.syspath_prepend(str(installed))
    yield
    sys.modules.pop(NAME, None)


def plugin() -> ModuleType:
    return importlib.import_module(NAME)


def test_it_is_not_loaded_unless_asked(package: None) -> None:
    description = Parser().parse_description(TEXT)
    assert NAME not in sys.modules
    assert not description.extensions
    assert [(s.number, s.title) for s in description.other_sections] == [("10", "Viestintä")]
    assert [type(handler).__module__ for handler in Parser.with_plugins().handlers] == [NAME]
    assert NAME in sys.modules


def test_it_parses_and_renders(package: None) -> None:
    parser = Parser.with_plugins()
    document = parser.parse_document(TEXT)
    assert document.errors == ()
    assert document.description.other_sections == ()
    value = document.description.extensions["communication"]
    assert isinstance(value, plugin().Communication)
    assert value.channels == ("uutiskirje", "tapahtumat")
    canonical = parser.render_description(document.description)
    assert canonical.endswith(TEXT.partition("S29999")[2])
    assert parser.parse_description(canonical) == document.description


def test_it_goes_through_json(package: None) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    parser = Parser.with_plugins()
    description = parser.parse_description(TEXT)
    data = parser.to_dict(description)
    assert data["extensions"] == {
        "communication": {
            "channels": ["uutiskirje", "tapahtumat"],
            "budget": 4500,
            "starts": "2021-09-01",
            "results": "Uutiskirjeellä on 400 lukijaa.",
        }
    }
    jsonschema.Draft202012Validator(parser.json_schema()).validate(data)
    assert parser.from_json(parser.to_json(description)) == description


def test_it_is_edited_in_place(package: None) -> None:
    document = Parser.with_plugins().parse_document(TEXT)
    old = document.description
    changed = attrs.evolve(
        old.extensions["communication"],
        budget=Decimal("5200.50"),
        channels=("uutiskirje", "tapahtumat", "verkkosivut"),
    )
    edited = document.with_description(attrs.evolve(old, extensions={"communication": changed}))
    expected = TEXT.replace("4 500", "5 200,50").replace("tapahtumat", "tapahtumat, verkkosivut")
    assert edited.text == expected
    without = document.with_description(attrs.evolve(old, extensions={}))
    assert without.text.rstrip("\n") == TEXT.partition("\n\n10 ")[0]


def test_the_command_line_finds_it(installed: Path, tmp_path: Path) -> None:
    pytest.importorskip("click")
    (tmp_path / "hanke.txt").write_text(TEXT, encoding="utf-8")
    command = ("-m", "esr_parser", "parse", "--format", "ndjson", str(tmp_path / "hanke.txt"))
    paths = {
        "PYTHONPATH": os.pathsep.join([str(installed), *sys.path]),
        "PYTHONIOENCODING": "utf-8",
    }
    assert '"starts": "2021-09-01"' in python(*command, "--plugins", **paths)
    assert '"extensions": {}' in python(*command, **paths)


def test_its_own_tests_pass(installed: Path) -> None:
    pytest.importorskip("hypothesis")
    source = installed.parent / "source"
    (source / "tests" / "conftest.py").write_text(FEW_EXAMPLES, encoding="utf-8")
    paths = {"PYTHONPATH": os.pathsep.join([str(installed), *sys.path])}
    options = ("-q", "-p", "no:cacheprovider", "--rootdir", str(source), "--doctest-modules")
    said = python("-m", "pytest", *options, str(installed / NAME), str(source / "tests"), **paths)
    assert " passed" in said
