"""All that is read from small texts: values, tree and diagnostics. A new case is a new file.

``tests/trees/NAME.txt`` holds a text, ``NAME.tree`` what is read from it, in a form for people.
``python tests/test_trees.py`` writes the trees that are missing or have changed: look at the
difference before it is committed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from esr_parser import Diagnostic, Document, Parser, to_dict
from esr_parser.parser import default_parser

TREES = Path(__file__).parent / "trees"
PATHS = sorted(TREES.glob("*.txt"))
PARSER = default_parser()
LONGEST = 120
"""So much of a diagnostic is compared: some list all that is missing."""


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "surrogateescape")


def values(data: Any, path: str = "") -> Iterator[str]:
    """One line for each value that is there."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from values(value, f"{path}.{key}" if path else key)
    elif isinstance(data, list) and data and isinstance(data[0], dict):
        for k, value in enumerate(data):
            yield from values(value, f"{path}[{k}]")
    elif data not in (None, [], False) or (path.endswith("answer") and data is False):
        yield f"{path} = {json.dumps(data, ensure_ascii=False)}"
    elif data == [] and path.endswith(("co_implementers", "transfer_recipients")):
        yield f"{path} = []"


def tree(document: Document) -> Iterator[str]:
    """One line for each section and each node of it."""
    for section in document.sections:
        name = " ".join(part for part in (section.kind, section.number, section.title) if part)
        yield f"{name} {section.span.start}-{section.span.end}"
        for node in section.nodes:
            place = f"{node.span.start}-{node.span.end}"
            if hasattr(node, "kind"):
                yield f"  ({node.kind}) {place}"
            else:
                note = f" note {node.note!r}" if node.note else ""
                known = "" if node.is_known else " (unknown)"
                yield f"  {node.label!r}: {node.value!r}{note}{known} {place}"
        if section.prose.strip():
            yield f"  prose {section.prose!r}"


def diagnostic_line(d: Diagnostic) -> str:
    """What a diagnostic says, and all that it is about."""
    label = f" label {d.label!r}" if d.label else ""
    section = f" section {d.section}" if d.section else ""
    return f"{str(d)[:LONGEST]} ({d.span.start}-{d.span.end}{section}{label})"


def told(text: str, parser: Parser = PARSER) -> str:
    """All that is read from a text, with the places of further descriptions."""
    document = parser.parse_document(text)
    starts = [len(part.text) for part in parser.split_documents(text)]
    parts = {
        "values": values(to_dict(document.description)),
        "tree": tree(document),
        "diagnostics": map(diagnostic_line, document.diagnostics),
        "descriptions": [f"lengths {starts}"] if len(starts) > 1 else [],
    }
    lines = [line for name, found in parts.items() for line in (f"-- {name}", *found)]
    return "\n".join(lines) + "\n"


def tree_of(path: Path) -> str:
    return path.with_suffix(".tree").read_text(encoding="utf-8", errors="surrogateescape")


@pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
def test_tree(path: Path) -> None:
    assert told(text_of(path)) == tree_of(path)


def test_a_new_parser_reads_every_text_the_same() -> None:
    parser = Parser()
    for path in PATHS:
        assert told(text_of(path), parser) == tree_of(path)


def test_every_tree_has_its_text() -> None:
    assert {path.stem for path in TREES.glob("*.tree")} == {path.stem for path in PATHS}


def write() -> None:
    """Writes every tree as it is read now."""
    for path in PATHS:
        path.with_suffix(".tree").write_text(
            told(text_of(path)), encoding="utf-8", errors="surrogateescape", newline="\n"
        )


if __name__ == "__main__":
    write()
