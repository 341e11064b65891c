"""A pytest plugin that checks a folder of one's own texts for laws and drift; off unless asked.

Either name the texts in the configuration, as files, folders or globs, relative to the root
directory. Every file becomes a test item for each law, and all of them together one for drift;
a plain ``pytest`` collects them, too::

    [tool.pytest.ini_options]
    esr_corpus = ["texts", "more/*.txt"]
    esr_parser = "my_package.parsers:parser"  # optional: a Parser, or a function that gives one
    esr_baseline = "texts/baseline.json"  # optional: what esr-parser drift --record wrote

Or mark a test that takes ``esr_check``; it is run once for every file and law and once for drift,
with a parser and a baseline of its own if it needs them::

    @pytest.mark.esr_corpus("texts", parser=PARSER)
    def test_texts(esr_check):
        esr_check()

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

__all__ = ["CORPUS_CHECKS", "FILE_CHECKS"]

OPTION = "esr_corpus"
MARKER = "esr_corpus"


# -- what is checked --------------------------------------------------------------------------


def _lossless(parser: Parser, document: Document) -> None:
    from esr_parser.testing.laws import check_lossless

    check_lossless(parser, document.text)


def _total(parser: Parser, document: Document) -> None:
    from esr_parser.testing.laws import check_total

    check_total(parser, document.text)


def _settled(parser: Parser, document: Document) -> None:
    from esr_parser.testing.laws import check_settled

    check_settled(parser, document.text)


def _data(parser: Parser, document: Document) -> None:
    from esr_parser.testing.laws import check_data

    check_data(parser, document.description, must_write=True)


def _edit(parser: Parser, document: Document) -> None:
    from esr_parser.testing.laws import check_minimal_edit

    check_minimal_edit(parser, document.text, document.description)


FILE_CHECKS: dict[str, Callable[[Parser, Document], None]] = {
    "lossless": _lossless,
    "total": _total,
    "settled": _settled,
    "data": _data,
    "edit": _edit,
}
"""What is checked of every file, by the name of its test item."""


def _drift(parser: Parser, files: Sequence[Path], baseline: Path | None) -> None:
    from esr_parser.drift import Fingerprint, compare
    from esr_parser.drift.corpus import fingerprint_files

    recorded = None if baseline is None else Fingerprint.from_json(baseline.read_bytes())
    found, troubles = fingerprint_files(map(str, files), parser)
    lines = [f"{trouble.file}: {trouble.reason}" for trouble in troubles]
    drifts = compare(found, recorded, layouts=parser.layouts)
    lines += [f"{drift.message}: {', '.join(map(str, drift.places))}" for drift in drifts]
    if lines:
        raise AssertionError("\n".join(("the texts have drifted:", *lines)))


CORPUS_CHECKS: dict[str, Callable[[Parser, Sequence[Path], Path | None], None]] = {"drift": _drift}
"""What is checked of all files together, by the name of its test item; the last argument is a
recorded fingerprint to compare with, where there is one."""


# -- finding texts ----------------------------------------------------------------------------


def _files(root: Path, names: Iterable[str]) -> list[Path]:
    """The files of a corpus: files and globs as they are, of folders every ``.txt`` inside."""
    found: dict[Path, None] = {}
    for name in names:
        path = root / name
        if path.is_dir():
            found.update(dict.fromkeys(sorted(path.rglob("*.txt"))))
        elif path.is_file():
            found[path] = None
        else:
            matches = sorted(p for p in root.glob(name) if p.is_file()) if "*" in name else []
            if not matches:
                raise pytest.UsageError(f"{OPTION}: no text at {name!r} (from {root})")
            found.update(dict.fromkeys(matches))
    return list(found)


def _baseline(config: pytest.Config, name: object) -> Path | None:
    return config.rootpath / str(name) if name else None


def _parser(config: pytest.Config) -> Parser:
    return _loaded(config.getini("esr_parser"))


@cache
def _loaded(place: str) -> Parser:
    from esr_parser.parser import Parser, default_parser

    if not place:
        return default_parser()
    module, colon, name = place.partition(":")
    if not colon:
        raise pytest.UsageError(f"esr_parser: {place!r} is not 'module:name'")
    found: Any = import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    if not isinstance(found, Parser):
        found = found()
    if not isinstance(found, Parser):
        raise pytest.UsageError(f"esr_parser: {place!r} is no Parser")
    return found


# -- the option: files as test items ----------------------------------------------------------


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
        f"{MARKER}(*texts, parser=None, baseline=None): run a test that takes esr_check for each"
        " text and law, and for drift",
    )
    names = config.getini(OPTION)
    if not names:
        return
    files = _files(config.rootpath, names)
    config.stash[_CORPUS] = files
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        known = [config.invocation_params.dir / arg.partition("::")[0] for arg in config.args]
        for file in files:
            if not any(file.is_relative_to(path) for path in known):
                config.args.append(str(file))


_CORPUS = pytest.StashKey[Sequence[Path]]()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A file of the corpus is a collector of its checks."""
    corpus = parent.config.stash.get(_CORPUS, ())
    if file_path not in corpus:
        return None
    collector: pytest.Collector = _TextFile.from_parent(parent, path=file_path)
    return collector


class _TextFile(pytest.File):
    """One text."""

    def collect(self) -> Iterator[pytest.Item]:
        for name in FILE_CHECKS:
            yield _TextItem.from_parent(self, name=name)
        if self.path == self.config.stash[_CORPUS][-1]:
            for name in CORPUS_CHECKS:
                yield _CorpusItem.from_parent(self, name=name)


class _TextItem(pytest.Item):
    """One law for one text."""

    def runtest(self) -> None:
        _check_file(_parser(self.config), self.path, self.name)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if excinfo.errisinstance((AssertionError, OSError, ValueError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"{self.path.name}: {self.name}"


class _CorpusItem(_TextItem):
    """A check of all texts together."""

    def runtest(self) -> None:
        config = self.config
        baseline = _baseline(config, config.getini("esr_baseline"))
        CORPUS_CHECKS[self.name](_parser(config), config.stash[_CORPUS], baseline)


def _check_file(parser: Parser, path: Path, name: str) -> None:
    try:
        FILE_CHECKS[name](parser, parser.read_document(path))
    except AssertionError as error:
        raise AssertionError(f"{path}: {error}") from None


# -- the marker: a test for each text and law -------------------------------------------------


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A marked test that takes ``esr_check`` is run for each text and law, and for drift."""
    if "esr_check" not in metafunc.fixturenames:
        return
    marker = metafunc.definition.get_closest_marker(MARKER)
    if marker is None or not marker.args:
        raise pytest.UsageError(
            f"{metafunc.definition.nodeid}: esr_check needs @pytest.mark.{MARKER}('texts')"
        )
    config = metafunc.config
    parser = marker.kwargs.get("parser") or _parser(config)
    name = marker.kwargs.get("baseline") or config.getini("esr_baseline")
    baseline = _baseline(config, name)
    files = _files(config.rootpath, marker.args)
    cases = [
        pytest.param(partial(_check_file, parser, path, check), id=f"{path.name}-{check}")
        for path in files
        for check in FILE_CHECKS
    ]
    cases += [
        pytest.param(partial(CORPUS_CHECKS[check], parser, files, baseline), id=check)
        for check in CORPUS_CHECKS
    ]
    metafunc.parametrize("esr_check", cases)
