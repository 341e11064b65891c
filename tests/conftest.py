"""Hypothesis profiles, markers, and the texts that tests are made of."""

from __future__ import annotations

import os
from pathlib import Path

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
