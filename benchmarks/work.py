"""Section 6: how much the library does, counted and not timed: the same on any machine.

What is counted are the lines of the library that Python executes. A change that makes the library
do more is seen at once, however busy the machine; what one regular expression or one string method
does inside is not. The figures are recorded in `work.json`: `python -m benchmarks --record-work`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, Final

from benchmarks import corpus, fiction, library, noise, ours, words
from benchmarks.table import Row, Table

TITLE = "6. Work: lines of esr_parser executed"
RECORD: Final = Path(__file__).with_name("work.json")
TOLERANCE: Final = 0.05
"""How much more may be done than was recorded, with the Python it was recorded with."""
OTHER_TOLERANCE: Final = 0.5
"""The same with another Python, whose compiler lays lines out in another way."""
PYTHON: Final = f"{sys.version_info.major}.{sys.version_info.minor}"
VERSIONS: Final = ("windows", "markdown", "decomposed")


def cases(library_: Any) -> dict[str, Callable[[], object]]:
    """What is counted, by name; each runs on the same invented texts every time."""
    text, _ = fiction.description(0)
    whole = corpus.read(corpus.TESTS / "whole-esr.txt")
    document = library.read_all(library_, text)
    description = document.description
    data = library_.to_json(description)
    renamed = ours.renamed(description)
    read: dict[str, str] = {
        "parse_document, canonical": text,
        "parse_document, canonical with few words": whole,
        **{f"parse_document, {name}": noise.VERSIONS[name](text) for name in VERSIONS},
        "parse_document, 2007-2013": fiction.old_description(0),
        "parse_document, line ends of Windows": text.replace("\n", "\r\n"),
        "parse_document, prose of 10 000 lines": text.replace(
            words.H_SUMMARY, words.H_SUMMARY + "\n\n" + "Sanoja, sanoja.\n" * 10_000
        ),
        "parse_document, 1 000 lines of no field": "1 Hanke\n\n" + "Sanoja, sanoja.\n" * 1_000,
    }
    return {
        **{name: lambda t=source: library.read_all(library_, t) for name, source in read.items()},
        "render_description": lambda: library_.render_description(description),
        "to_json": lambda: library_.to_json(description),
        "from_json": lambda: library_.from_json(data),
        "with_description": lambda: document.with_description(renamed).text,
    }


def lines_of(call: Callable[[], object], package: str) -> int:
    """How many lines of a package a call executes."""
    count = 0

    def in_package(_: FrameType, event: str, __: object) -> Any:
        nonlocal count
        count += event == "line"
        return in_package

    def on_call(frame: FrameType, _: str, __: object) -> Any:
        return in_package if frame.f_code.co_filename.startswith(package) else None

    before = sys.gettrace()
    sys.settrace(on_call)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


def counted(library_: Any) -> dict[str, int]:
    """Case → lines executed, once everything is prepared."""
    package = str(Path(library_.__file__).parent)
    found = {}
    for name, call in cases(library_).items():
        call()
        found[name] = lines_of(call, package)
    return found


def recorded() -> dict[str, dict[str, int]]:
    """Python → case → lines, as recorded."""
    return json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}


def bounds() -> dict[str, float]:
    """Case → the most lines it may take, with the Python at hand."""
    figures = recorded()
    of, tolerance = (PYTHON, TOLERANCE) if PYTHON in figures else (max(figures), OTHER_TOLERANCE)
    return {name: lines * (1 + tolerance) for name, lines in figures[of].items()}


def record(library_: Any) -> None:
    """Write down what the library does now, for the Python at hand."""
    figures = recorded() | {PYTHON: counted(library_)}
    RECORD.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def measured() -> Table:
    """What the library does now, and what was recorded."""
    found, reason = library.load()
    if found is None:
        return Table(TITLE, [], [reason])
    most = bounds()
    rows: list[Row] = [
        {"what": name, "lines": lines, "at most": round(most[name])}
        for name, lines in counted(found).items()
    ]
    return Table(TITLE, rows, [f"Python {PYTHON}; recorded in {RECORD.name}"])
