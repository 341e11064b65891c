"""The example packages, installed with pip: a handler found as a plugin, and a layout."""

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

from esr_parser import LAYOUTS, Parser, render_description

EXAMPLES = Path(__file__).parents[1] / "examples"
NAME = "esr_parser_viestinta"
PACKAGES = {"esr-parser-viestinta": NAME, "esr-parser-2028": "esr_parser_2028"}
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

settings.register_profile("few", max_examples=3, database=None, derandomize=True)
settings.load_profile("few")
"""

pytestmark = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("pip", "hatchling")),
    reason="needs pip and hatchling, to install the packages without the network",
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


def install(package: str, folder: Path) -> Path:
    """Installs an example package as pip does, in a folder of its own, and returns it."""
    shutil.copytree(EXAMPLES / package, folder / "source")
    offline = ["--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check"]
    target = folder / "installed"
    python("-m", "pip", "install", "-q", *offline, "--target", str(target), str(folder / "source"))
    return target


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the plugin in it."""
    return install("esr-parser-viestinta", tmp_path_factory.mktemp("plugin"))


@pytest.fixture
def package(installed: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The plugin can be imported, in this process."""
    monkeypatch.syspath_prepend(str(installed))
    yield
    sys.modules.pop(NAME, None)


def plugin() -> ModuleType:
    return importlib.import_module(NAME)


def test_the_handler_is_not_loaded_unless_asked(
    package: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, NAME, raising=False)
    description = Parser().parse_description(TEXT)
    assert NAME not in sys.modules
    assert not description.extensions
    assert [(s.number, s.title) for s in description.other_sections] == [
        ("10", "Viestintä"),
        ("10.1", "Viestinnän tulokset"),
    ]
    assert [type(handler).__module__ for handler in Parser.with_plugins().handlers] == [NAME]
    assert NAME in sys.modules


def test_the_handler_parses_and_renders(package: None) -> None:
    parser = Parser.with_plugins()
    document = parser.parse_document(TEXT)
    assert document.errors == ()
    assert document.description.other_sections == ()
    value = document.description.extension(plugin().Communication)
    assert value is not None
    assert value.channels == ("uutiskirje", "tapahtumat")
    canonical = parser.render_description(document.description)
    assert canonical.endswith(TEXT.partition("S29999")[2])
    assert parser.parse_description(canonical) == document.description


def test_the_handler_goes_through_json(package: None) -> None:
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


def test_the_section_is_edited_in_place(package: None) -> None:
    document = Parser.with_plugins().parse_document(TEXT)
    old = document.description
    changed = attrs.evolve(
        old.extension(plugin().Communication),
        budget=Decimal("5200.50"),
        channels=("uutiskirje", "tapahtumat", "verkkosivut"),
    )
    edited = document.with_description(attrs.evolve(old, extensions={"communication": changed}))
    expected = TEXT.replace("4 500", "5 200,50").replace("tapahtumat", "tapahtumat, verkkosivut")
    assert edited.text == expected
    without = document.with_description(attrs.evolve(old, extensions={}))
    assert without.text.rstrip("\n") == TEXT.partition("\n\n10 ")[0]


def test_the_command_line_finds_the_handler(installed: Path, tmp_path: Path) -> None:
    pytest.importorskip("click")
    (tmp_path / "hanke.txt").write_text(TEXT, encoding="utf-8")
    command = ("-m", "esr_parser", "parse", "--format", "ndjson", str(tmp_path / "hanke.txt"))
    paths = {
        "PYTHONPATH": os.pathsep.join([str(installed), *sys.path]),
        "PYTHONIOENCODING": "utf-8",
    }
    assert '"starts": "2021-09-01"' in python(*command, "--plugins", **paths)
    assert '"extensions": {}' in python(*command, **paths)


def test_the_layout_is_short() -> None:
    source = EXAMPLES / "esr-parser-2028" / "src" / "esr_parser_2028" / "__init__.py"
    assert len(source.read_text(encoding="utf-8").splitlines()) < 150


def test_a_plugin_and_a_layout_together(
    tmp_path: Path, package: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(install("esr-parser-2028", tmp_path)))
    module = importlib.import_module("esr_parser_2028")
    parser = Parser.with_plugins(layouts=[*LAYOUTS, module.LAYOUT_2028_2034])
    assert sorted(h.key for h in parser.handlers) == ["climate", "communication"]
    page = parser.parse_description("Hankekoodi: S89999\n\n9 Hankkeen tulokset lyhyesti\n\nHyvät.")
    assert page.programme_period == "2028-2034"
    assert page.fund == "SSR"
    assert page.final_report_summary == "Hyvät."
    old = parser.parse_description(TEXT)
    assert old.extension(plugin().Communication) is not None
    without = attrs.evolve(old, extensions={})
    assert parser.render_description(without) == render_description(without)
    sys.modules.pop("esr_parser_2028")


@pytest.mark.parametrize("package_name", PACKAGES)
def test_its_own_tests_pass(package_name: str, tmp_path: Path) -> None:
    pytest.importorskip("hypothesis")
    pytest.importorskip("jsonschema")
    target = install(package_name, tmp_path)
    source = tmp_path / "source"
    (source / "tests" / "conftest.py").write_text(FEW_EXAMPLES, encoding="utf-8")
    paths = {"PYTHONPATH": os.pathsep.join([str(target), *sys.path])}
    options = ("-q", "-p", "no:cacheprovider", "--rootdir", str(source), "--doctest-modules")
    tests = (str(target / PACKAGES[package_name]), str(source / "tests"))
    assert " passed" in python("-m", "pytest", *options, *tests, **paths)
