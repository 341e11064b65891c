"""Every example of the documentation, run as it is.

* Doctests of all modules.
* In `README.md` and `docs/**/*.md`, page by page and from top to bottom, with one set of names and
  one working folder a page: `pycon` blocks are doctests, `python` blocks are run, `console` blocks
  are commands with their output, `sh` blocks are commands that succeed. A block whose caption is
  the name of a file (`{code-block} toml` with `:caption: aliases.toml`) is that file.
* The examples of the diagnostic codes, and the generated reference pages.
"""

from __future__ import annotations

import contextlib
import doctest
import importlib
import importlib.util
import io
import json
import os
import pkgutil
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import settings

import esr_parser
from esr_parser import DIAGNOSTIC_CODES, LAYOUTS, json_schema, parse_document, read_document
from esr_parser.cli import main
from esr_parser.grammar import Fields, Layout, Questions, Scores

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
FLAGS = doctest.ELLIPSIS


@pytest.fixture(autouse=True)
def a_folder_with_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "examples").mkdir()
    for example in (ROOT / "examples").glob("*.txt"):
        shutil.copy(example, tmp_path / "examples")


@pytest.fixture(autouse=True)
def few_examples() -> Iterator[None]:
    """Few examples for the property tests that pages show: other tests run many."""
    before = settings.get_current_profile_name()
    settings.register_profile("documentation", max_examples=5, database=None, derandomize=True)
    settings.load_profile("documentation")
    yield
    settings.load_profile(before)


# -- docstrings ---------------------------------------------------------------------------------

MODULES = [
    "esr_parser",
    *(m.name for m in pkgutil.walk_packages(esr_parser.__path__, "esr_parser.")),
]


@pytest.mark.parametrize("name", MODULES)
def test_docstrings(name: str) -> None:
    report = io.StringIO()
    runner = doctest.DocTestRunner(optionflags=FLAGS, verbose=False)
    for test in doctest.DocTestFinder().find(importlib.import_module(name), name):
        runner.run(test, out=report.write)
    assert runner.summarize(verbose=False).failed == 0, report.getvalue()


# -- pages --------------------------------------------------------------------------------------

_FENCE = re.compile(
    r"^(?P<fence>`{3,})(?P<info>[^`\n]*)\n(?P<body>.*?)^(?P=fence) *$", re.MULTILINE | re.DOTALL
)
_OPTION = re.compile(r":([a-z-]+): *(.*)\n")


class Block(NamedTuple):
    line: int
    language: str
    caption: str | None
    body: str


def blocks(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for match in _FENCE.finditer(text):
        body, options = match["body"], {}
        line = text.count("\n", 0, match.start()) + 2
        language = match["info"].strip()
        if language.startswith("{"):
            name, _, language = language[1:].partition("}")
            while option := _OPTION.match(body):
                options[option[1]] = option[2]
                body = body[option.end() :]
                line += 1
            stripped = body.lstrip("\n")
            line += len(body) - len(stripped)
            body = stripped
            if name != "code-block":
                continue
        yield Block(line, language.strip(), options.get("caption"), body)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_page(page: Path, tmp_path: Path) -> None:
    run = PageRun(page.relative_to(ROOT).as_posix())
    for block in blocks(page):
        if block.caption is not None:
            file = tmp_path / block.caption
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(block.body.encode())
        RUNNERS[block.language](run, block)


class PageRun:
    """The state that the blocks of a page share: names, and the last exit status."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.status = 0

    def place(self, block: Block) -> str:
        return f"{self.page}:{block.line}"

    def pycon(self, block: Block) -> None:
        test = doctest.DocTestParser().get_doctest(
            block.body, self.names, self.place(block), self.page, block.line - 1
        )
        assert test.examples, f"{self.place(block)}: no example"
        report = io.StringIO()
        runner = doctest.DocTestRunner(optionflags=FLAGS, verbose=False)
        runner.run(test, out=report.write, clear_globs=False)
        self.names.update(test.globs)
        assert not runner.failures, report.getvalue()

    def python(self, block: Block) -> None:
        source = "\n" * (block.line - 1) + block.body
        exec(compile(source, self.page, "exec", dont_inherit=True), self.names)

    def sh(self, block: Block) -> None:
        for command in block.body.replace("\\\n", " ").splitlines():
            output = self.output(command)
            assert self.status == 0, f"{self.place(block)}: {command}: {output}"

    def console(self, block: Block) -> None:
        first, *parts = re.split(r"^\$ ", block.body.replace("\\\n", " "), flags=re.MULTILINE)
        assert (first, bool(parts)) == ("", True), (
            f"{self.place(block)}: the block does not begin with a command"
        )
        for part in parts:
            command, _, expected = part.partition("\n")
            output = self.output(command)
            checker = doctest.OutputChecker()
            if not checker.check_output(expected, output, FLAGS):
                example = doctest.Example(command, expected)
                difference = checker.output_difference(example, output, FLAGS)
                pytest.fail(f"{self.place(block)}: {command}\n{difference}", pytrace=False)

    def output(self, command: str) -> str:
        """The output of a command line."""
        written = ""
        for one in command.split(" && "):
            words = shlex.split(one, comments=True)
            if words == ["pytest", "-q"]:
                written += self.pytest(*words[1:])
                continue
            if words[0] in NOT_RUN:
                continue
            if words == ["echo", "$?"]:
                written += f"{self.status}\n"
                continue
            data = ""
            for each in one.split(" | "):
                data = self.piped(shlex.split(each, comments=True), data)
            written += data
        return written

    def piped(self, words: list[str], data: str) -> str:
        target = None
        if words[-2:-1] in ([">"], [">>"]):
            words, target = words[:-2], words[-1]
        assert words[0] == "esr-parser", f"{self.page}: {words[0]} is not run"
        out, err = io.StringIO(), io.StringIO()
        old_stdin, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(data.encode()), "utf-8")
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                self.status = main(words[1:])
        finally:
            sys.stdin = old_stdin
        if target is not None:
            Path(target).write_bytes(out.getvalue().encode())
            return err.getvalue()
        # A canonical text ends without a line end; in a shell, the prompt would follow it.
        shown = err.getvalue() + out.getvalue()
        if os.name == "nt":
            shown = shown.replace("\\", "/")  # the names of files
        return shown if not shown or shown.endswith("\n") else f"{shown}\n"

    def pytest(self, *options: str) -> str:
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options]
        environment = {**os.environ, "PYTEST_ADDOPTS": ""}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        self.status = done.returncode
        return done.stdout

    def data(self, block: Block) -> None:
        LOADERS[block.language](block.body)

    def workflow(self, block: Block) -> None:
        """A GitHub workflow: its commands of this package end as they should."""
        workflow = yaml.safe_load(block.body)
        for job in workflow["jobs"].values():
            for step in job["steps"]:
                for command in step.get("run", "").replace("\\\n", " ").splitlines():
                    if command.startswith("esr-parser"):
                        output = self.output(command)
                        assert self.status < 2, f"{self.place(block)}: {command}: {output}"

    def nothing(self, block: Block) -> None:
        pass


NOT_RUN = ("pip", "pytest", "python", "git", "cd")
"""Programs of other projects, in commands that print nothing here."""

LOADERS = {"toml": tomllib.loads, "json": json.loads}

RUNNERS = {
    "pycon": PageRun.pycon,
    "python": PageRun.python,
    "sh": PageRun.sh,
    "console": PageRun.console,
    "toml": PageRun.data,
    "json": PageRun.data,
    "yaml": PageRun.workflow,
    "markdown": PageRun.nothing,
    "html": PageRun.nothing,
    "text": PageRun.nothing,
}


def test_links_of_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)", text)
    assert links
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


# -- reference pages ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    path = DOCS / "_ext" / "esr_reference.py"
    spec = importlib.util.spec_from_file_location("esr_reference", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def name_of(layout: Layout) -> str:
    return f"{layout.period} {layout.language}"


@pytest.mark.parametrize("layout", LAYOUTS, ids=name_of)
def test_reference_of_a_layout(layout: Layout, reference: ModuleType) -> None:
    text = "\n".join(reference.layout_lines(layout))
    for section in layout.sections:
        assert f"## {layout.heading(section.number, section.title)}" in text
        content = section.content
        words: list[str] = []
        if isinstance(content, Fields | Questions):
            words += [item.label for item in content.items]
        elif isinstance(content, Scores):
            words += [d.name for d in content.dimensions]
            words += [aspect for d in content.dimensions for aspect in d.aspects]
        paths = content.paths() if content is not None else ()
        if isinstance(content, Questions):
            paths = (item.path for item in content.items)
        words += [f"{section.key}.{path}".rstrip(".") for path in paths]
        assert [word for word in words if f"`{word}`" not in text] == []


def test_every_layout_has_a_page() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in DOCS.glob("format/*.md"))
    assert [n for n in map(name_of, LAYOUTS) if f"```{{esr-layout}} {n}\n" not in text] == []


def test_reference_of_values(reference: ModuleType) -> None:
    text = "\n".join(reference.value_type_lines())
    for kind in reference.value_types().values():
        assert f"## {kind.name}" in text
        assert [word for word in kind.words if f"`{word}`" not in text] == []


def test_reference_of_json(reference: ModuleType) -> None:
    text = "\n".join(reference.json_lines())
    schema = json_schema()
    for shape in (schema, *schema["$defs"].values()):
        assert [key for key in shape["properties"] if f"| `{key}` |" not in text] == []


@pytest.mark.parametrize("code", DIAGNOSTIC_CODES.values(), ids=lambda code: code.code)
def test_example_of_a_code(code: Any, reference: ModuleType) -> None:
    assert (code.example == "") == (code.code in reference.WITHOUT_EXAMPLE)
    assert f"### {code.code} {code.name}\n" in "\n".join(reference.code_lines())
    if code.example:
        document = parse_document(code.example)
        assert code.code in {d.code for d in document.diagnostics}


def test_code_of_a_file_in_windows_1252(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("1 Hanke\n\nHankkeen nimi: Mehiläiset".encode("cp1252"))
    assert "ESR106" in {d.code for d in read_document(tmp_path / "a.txt").diagnostics}


def test_the_table_of_tools_has_every_tool() -> None:
    path = DOCS / "_tools" / "measure.py"
    names = runpy.run_path(str(path))["TOOLS"]
    table = (DOCS / "_tools.md").read_text(encoding="utf-8")
    folders = [folder.name for folder in (ROOT / "tests" / "extracted").iterdir()]
    assert [name for name in folders if f"| {names.get(name)} |" not in table] == []


API = {
    "esr_parser": {"__version__"},
    "esr_parser.aliases": {"check_aliases"},
    "esr_parser.arrow": {"Rows"},
    "esr_parser.document": set(),
    "esr_parser.drift": set(),
    "esr_parser.errors": set(),
    "esr_parser.grammar": set(),
    "esr_parser.html": {"looks_like_mhtml"},
    "esr_parser.model": {"FrozenMapping", "Shown", "Value"},
    "esr_parser.testing": set(),
    "esr_parser.tree": set(),
}
"""The modules of the API reference, and which of their names it leaves out."""


def test_every_public_name_is_in_the_api_reference_once() -> None:
    listed: list[str] = []
    for page in DOCS.glob("api/*.md"):
        text = page.read_text(encoding="utf-8")
        listed += re.findall(r"^\.\. (?:auto\w+|py:data):: esr_parser\.(\S+)$", text, re.MULTILINE)
    assert sorted(listed) == sorted(set(listed))
    last = {name.rpartition(".")[2] for name in listed}
    for name, left_out in API.items():
        module = importlib.import_module(name)
        classes = [value for value in vars(module).values() if isinstance(value, type)]
        own = [value.__name__ for value in classes if value.__module__ == name]
        assert set(getattr(module, "__all__", own)) - left_out <= last, name


def test_every_page_is_in_the_table_of_contents() -> None:
    listed = set()
    for index in DOCS.rglob("*.md"):
        text = index.read_text(encoding="utf-8")
        for body in re.findall(r"^```\{toctree\}\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
            names = [line for line in body.splitlines() if line and not line.startswith(":")]
            listed |= {os.path.normpath(index.parent / f"{name}.md") for name in names}
    pages = {os.path.normpath(p) for p in DOCS.rglob("*.md") if not p.name.startswith("_")}
    assert pages - {os.path.normpath(DOCS / "index.md")} == listed
