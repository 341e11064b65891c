"""Writes every example of the documentation to a Python file, for type checkers.

    python docs/_tools/examples.py FOLDER

A page is one file, in which each example is on its line of the page. A docstring is one file, too.
"""

from __future__ import annotations

import ast
import doctest
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from test_docs import MODULES, PAGES, blocks  # noqa: E402


def main(folder: Path) -> None:
    """Writes the files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in [*pages(), *docstrings()]:
        (folder / f"{name}.py").write_text(source, encoding="utf-8")


def pages() -> Iterator[tuple[str, str]]:
    """The Python of each page."""
    for page in PAGES:
        lines: dict[int, str] = {}
        for block in blocks(page):
            if block.language == "python":
                lines |= numbered(block.body, block.line)
            elif block.language == "pycon":
                for example in doctest.DocTestParser().get_examples(block.body):
                    lines |= numbered(example.source, block.line + example.lineno)
        if lines:
            name = page.relative_to(ROOT).with_suffix("").as_posix()
            source = [lines.get(number, "") for number in range(1, max(lines) + 1)]
            yield name.replace("/", "_").replace("-", "_"), "\n".join(source) + "\n"


def numbered(source: str, first: int) -> dict[int, str]:
    """Lines of source by their number."""
    return dict(enumerate(source.splitlines(), first))


def docstrings() -> Iterator[tuple[str, str]]:
    """The examples of each docstring, below imports of the names of its module."""
    for module_name in MODULES:
        module = importlib.import_module(module_name)
        for test in doctest.DocTestFinder().find(module, module_name):
            source = "".join(example.source for example in test.examples)
            if source:
                name = f"docstring_{test.name.replace('.', '_')}"
                yield name, f"{imports(source, module)}\n{source}"


def imports(source: str, module: ModuleType) -> str:
    """Imports of the names that an example takes from its module."""
    own: set[str] = set()
    used: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom | ast.Import):
            own |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else own).add(node.id)
    names = sorted((used - own) & set(vars(module)))
    return "\n".join(import_of(name, getattr(module, name), module) for name in names)


def import_of(name: str, value: Any, module: ModuleType) -> str:
    """The import of one name, from the module that defines it."""
    if isinstance(value, ModuleType):
        return f"import {value.__name__} as {name}"
    return f"from {getattr(value, '__module__', None) or module.__name__} import {name}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
