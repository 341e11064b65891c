"""A pytest plugin that checks a folder of one's own texts against the laws; off unless asked.

Either name the texts in the configuration, as files, folders or globs, relative to the root
directory. Every file becomes a test item for each law, collected also by a plain ``pytest``::

    [tool.pytest.ini_options]
    esr_corpus = ["texts", "more/*.txt"]
    esr_parser = "my_package.parsers:parser"  # optional: a Parser, or a function that gives one

Or mark a test that takes ``esr_check``; it is run once for every file and law, with a parser of
its own if it needs one::

    @pytest.mark.esr_corpus("texts", parser=PARSER)
    def test_texts(esr_check):
        esr_check()

pytest loads this module always, so it imports nothing that is not needed, and never Hypothesis.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
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

CORPUS_CHECKS: dict[str, Callable[[Parser, Sequence[Path]], None]] = {}
"""What is checked of all files together; one test item for each, in the name of the corpus."""


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


def pytest_configure(config: pytest.Config) -> None:
    """Registers the marker, and has a plain ``pytest`` collect the corpus, too."""
    config.addinivalue_line(
        "markers",
        f"{MARKER}(*texts, parser=None): run a test that takes esr_check for each text and law",
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
        parser = _parser(self.config)
        FILE_CHECKS[self.name](parser, parser.read_document(self.path))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if excinfo.errisinstance((AssertionError, OSError, ValueError)):
            return f"{self.path}: {excinfo.value}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"{self.path.name}: {self.name}"


class _CorpusItem(_TextItem):
    """A check of all texts together."""

    def runtest(self) -> None:
        CORPUS_CHECKS[self.name](_parser(self.config), self.config.stash[_CORPUS])


# -- the marker: a test for each text and law -------------------------------------------------


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A marked test that takes ``esr_check`` is run for each text and law."""
    if "esr_check" not in metafunc.fixturenames:
        return
    marker = metafunc.definition.get_closest_marker(MARKER)
    if marker is None or not marker.args:
        raise pytest.UsageError(
            f"{metafunc.definition.nodeid}: esr_check needs @pytest.mark.{MARKER}('texts')"
        )
    config = metafunc.config
    parser = marker.kwargs.get("parser") or _parser(config)
    cases = [
        pytest.param((parser, path, name), id=f"{path.name}-{name}")
        for path in _files(config.rootpath, marker.args)
        for name in FILE_CHECKS
    ]
    metafunc.parametrize("esr_check", cases, indirect=True)


@pytest.fixture
def esr_check(request: pytest.FixtureRequest) -> Callable[[], None]:
    """Checks one text for one law; for tests marked with ``esr_corpus``."""
    parser, path, name = request.param

    def check() -> None:
        FILE_CHECKS[name](parser, parser.read_document(path))

    return check
