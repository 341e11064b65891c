"""A pytest plugin that checks a folder of your own texts for laws and drift; off by default.

Either name the texts in the configuration, as files, folders or globs, relative to the root
directory. Every file becomes a test item for each law, and all of them together one for drift;
a plain ``pytest`` collects them, too::

    [tool.pytest.ini_options]
    esr_corpus = ["texts", "more/*.txt"]
    esr_parser = "my_package.parsers:parser"  # optional: a Parser, or a function that gives one
    esr_baseline = "texts/baseline.json"  # optional: what esr-parser drift --save wrote

Or mark a test that takes ``esr_check`` with ``@pytest.mark.esr_corpus("texts", parser=PARSER)``: it
is run once for every file and law, and once for drift.

pytest loads this module always, so it imports nothing that is not needed, and never Hypothesis.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from esr_parser.document import Document
    from esr_parser.parser import Parser

OPTION = "esr_corpus"

_Checks = dict[Path, dict[str, Callable[[], None]]]


# -- what is checked ------------------------------------------------------------------------------


def _check_file(parser: Parser, path: Path, name: str) -> None:
    try:
        FILE_CHECKS[name](import_module("esr_parser.testing"), parser, parser.read_document(path))
    except AssertionError as error:
        raise AssertionError(f"{path}: {error}") from None


FILE_CHECKS: dict[str, Callable[[Any, Parser, Document], object]] = {
    "lossless": lambda laws, parser, page: laws.check_lossless(parser, page.text),
    "total": lambda laws, parser, page: laws.check_total(parser, page.text),
    "settled": lambda laws, parser, page: laws.check_settled(parser, page.text),
    "data": lambda laws, parser, page: laws.check_data(parser, page.description, must_write=True),
    "edit": lambda laws, parser, page: laws.check_minimal_edit(parser, page.text, page.description),
    "nothing silent": lambda laws, parser, page: laws.check_nothing_silent(parser, page.text),
}
"""What is checked of every file, by the name of its test item."""


def _check_drift(parser: Parser, files: Sequence[Path], baseline: Path | None) -> None:
    from esr_parser.drift import Fingerprint, compare, fingerprint_files

    recorded = None if baseline is None else Fingerprint.from_json(baseline.read_bytes())
    found, troubles = fingerprint_files(files, parser)
    lines = [f"{trouble.file}: {trouble.reason}" for trouble in troubles]
    drifts = compare(found, recorded).drifts
    lines += [f"{drift.message}: {', '.join(map(str, drift.places))}" for drift in drifts]
    if lines:
        raise AssertionError("\n".join(("the texts have drifted:", *lines)))


# -- finding texts --------------------------------------------------------------------------------


def _files(root: Path, names: Iterable[str]) -> list[Path]:
    """The files of a corpus: files and globs as they are, of folders every ``.txt`` inside."""
    found: dict[Path, None] = {}
    for name in names:
        path = root / name
        if path.is_dir():
            found.update(dict.fromkeys(sorted(path.rglob("*.txt"))))
            continue
        matches = sorted(p for p in root.glob(name) if p.is_file()) if "*" in name else []
        if not matches and not path.is_file():
            raise pytest.UsageError(f"{OPTION}: no text at {name!r} (from {root})")
        found.update(dict.fromkeys(matches or [path]))
    return list(found)


@cache
def _loaded(place: str) -> Parser:
    from pkgutil import resolve_name

    from esr_parser.parser import Parser, default_parser

    if not place:
        return default_parser()
    found: Any = resolve_name(place)
    found = found() if callable(found) else found
    if not isinstance(found, Parser):
        raise pytest.UsageError(f"esr_parser: {place!r} is not the 'module:name' of a Parser")
    return found


def _checks(config: pytest.Config, names: Iterable[str], **own: Any) -> _Checks:
    """The checks of each file by name; drift is last, and at the last file.

    Parser and baseline are those of a marker, or else of the configuration.
    """
    parser = own.get("parser") or _loaded(config.getini("esr_parser"))
    baseline = own.get("baseline") or config.getini("esr_baseline")
    recorded = config.rootpath / str(baseline) if baseline else None
    files = _files(config.rootpath, names)
    checks: _Checks = {
        path: {name: partial(_check_file, parser, path, name) for name in FILE_CHECKS}
        for path in files
    }
    for path in files[-1:]:
        checks[path]["drift"] = partial(_check_drift, parser, files, recorded)
    return checks


@cache
def _corpus(config: pytest.Config) -> _Checks:
    """The checks of the files that the configuration names."""
    names = config.getini(OPTION)
    return _checks(config, names) if names else {}


# -- the option: files as test items --------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the ini options."""
    parser.addini(
        OPTION, "texts (files, folders, globs) that are checked for laws and drift", "args"
    )
    parser.addini("esr_parser", "'module:name' of the Parser that esr_corpus is checked with")
    parser.addini("esr_baseline", "a recorded fingerprint that esr_corpus must not drift from")


def pytest_configure(config: pytest.Config) -> None:
    """Registers the marker, and has a plain ``pytest`` collect the corpus, too."""
    config.addinivalue_line(
        "markers",
        f"{OPTION}(*texts, parser=None, baseline=None): run a test that takes esr_check for each"
        " text and law, and for drift",
    )
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        known = [config.invocation_params.dir / arg.partition("::")[0] for arg in config.args]
        for file in _files(config.rootpath, config.getini(OPTION)):
            if not any(file.is_relative_to(path) for path in known):
                config.args.append(str(file))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A file of the corpus is a collector of its checks."""
    if file_path not in _corpus(parent.config):
        return None
    collector: pytest.Collector = _TextFile.from_parent(parent, path=file_path)
    return collector


class _TextFile(pytest.File):
    """One text."""

    def collect(self) -> Iterator[pytest.Item]:
        for name, check in _corpus(self.config)[self.path].items():
            yield _TextItem.from_parent(self, name=name, check=check)


class _TextItem(pytest.Item):
    """One law for one text, or drift of all."""

    def __init__(self, *, check: Callable[[], None], **arguments: Any) -> None:
        super().__init__(**arguments)
        self._check = check

    def runtest(self) -> None:
        self._check()

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if excinfo.errisinstance((AssertionError, OSError, ValueError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"{self.path.name}: {self.name}"


# -- the marker: a test for each text and law -----------------------------------------------------


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A marked test that takes ``esr_check`` is run for each text and law, and for drift."""
    if "esr_check" not in metafunc.fixturenames:
        return
    marker = metafunc.definition.get_closest_marker(OPTION)
    if marker is None or not marker.args:
        raise pytest.UsageError(
            f"{metafunc.definition.nodeid}: esr_check needs @pytest.mark.{OPTION}('texts')"
        )
    checks = _checks(metafunc.config, marker.args, **marker.kwargs)
    cases = [
        pytest.param(check, id=name if name == "drift" else f"{path.name}-{name}")
        for path, own in checks.items()
        for name, check in own.items()
    ]
    metafunc.parametrize("esr_check", cases)
