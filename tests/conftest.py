"""Hypothesis profiles, markers, and the texts that tests are made of."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

HERE = Path(__file__).parent

CORPUS = HERE / "corpus"
SHARED = HERE.parent.parent / "shared" / "corpus"
"""Texts of real pages, which are not part of the project; tests over them are skipped without."""

# The same examples in every run: a check that passed keeps passing. The other profiles search.
settings.register_profile(
    "dev",
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "ci",
    max_examples=2_000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.register_profile("long", settings.get_profile("ci"), max_examples=20_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "shared: needs the texts of real pages")
    config.addinivalue_line("markers", "slow: takes more than a few seconds")


def read(path: Path) -> str:
    """A text with its line ends as they are."""
    return path.read_bytes().decode("utf-8")


def fixtures() -> dict[str, str]:
    """The project's own texts by name."""
    return {path.stem: read(path) for path in sorted(CORPUS.glob("*.txt"))}


def filled(folder: Path, texts: Mapping[str, str | bytes] | Iterable[str]) -> Path:
    """A folder with files by name; those of a list are ``00.txt``, ``01.txt``, …"""
    named = {f"{k:02}.txt": text for k, text in enumerate(texts)}
    for name, text in (texts if isinstance(texts, Mapping) else named).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def run(*arguments: object, stdin: bytes = b"") -> Any:
    """How a command ends: never with a traceback."""
    from click.testing import CliRunner

    from esr_parser.cli.program import program

    result = CliRunner().invoke(program, [*map(str, arguments)], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    assert all(line.startswith("esr-parser: ") for line in result.stderr.splitlines())
    return result


def samples() -> dict[str, str]:
    """The canonical texts of real pages by code; none where they are absent."""
    return {path.stem: read(path) for path in sorted(SHARED.glob("samples/*.txt"))}


def extracted() -> dict[str, str]:
    """What extractors made of the same pages, by tool and code."""
    paths = sorted(SHARED.glob("extracted/*/*.txt"))
    return {f"{path.parent.name}/{path.stem}": read(path) for path in paths}


def runs_long() -> bool:
    """Whether tests shall be thorough rather than quick."""
    return os.environ.get("HYPOTHESIS_PROFILE", "dev") != "dev"
