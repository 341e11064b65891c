"""Section 4: peak memory of reading a text, against the text's own size in memory.

`python -m benchmarks.memory GENERATOR SIZE` measures one text in a process of its own and prints
JSON; the table runs it once for each row.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import Any, Final

from benchmarks import library
from benchmarks.corpus import ROOT
from benchmarks.generators import GENERATORS
from benchmarks.table import Row, Table

TITLE = "4. Peak memory of parse_document, against the text"
EVERYWHERE: Final = 1 << 18
"""Size at which every generator is measured."""
LARGE: Final = ("long_prose", "many_descriptions", "newlines")
"""Generators also measured at the largest size."""
PATIENCE: Final = 300
"""Seconds one text may take."""
SMALLEST_FOR_RSS: Final = 1 << 20
"""Below this a process's resident memory says nothing about one text."""
_RESET: Final = Path("/proc/self/clear_refs")
_STATUS: Final = Path("/proc/self/status")


def measured(largest: int, names: list[str]) -> Table:
    """Measure every generator named, or all, each in its own process."""
    ours, reason = library.load()
    if ours is None:
        return Table(TITLE, [], [reason])
    listed = names or list(GENERATORS)
    todo = [("canonical", 1 << 14)] + [(name, min(EVERYWHERE, largest)) for name in listed]
    todo += [(name, largest) for name in LARGE if name in listed and largest > EVERYWHERE]
    rows, notes = [], []
    for name, size in todo:
        try:
            rows.append(_row(name, _measured_apart(name, size)))
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            notes.append(f"{name}, {size}: {type(error).__name__}")
    notes += [
        "peak: tracemalloc, the text itself not counted",
        "kept: what the document, its description and its diagnostics hold afterwards",
        "rss: growth of the whole process's peak, a dash for small texts",
    ]
    return Table(TITLE, rows, notes)


def _measured_apart(name: str, size: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.memory", name, str(size)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=PATIENCE)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _row(name: str, found: dict[str, Any]) -> Row:
    size = found["text"]
    rss = found["rss"] / size if size >= SMALLEST_FOR_RSS else None
    return {
        "generator": name,
        "characters": found["characters"],
        "text bytes": size,
        "x peak": found["peak"] / size,
        "x kept": found["kept"] / size,
        "x rss": rss,
    }


def _forget_peak() -> None:
    """Start the process's peak anew, where the system can (Linux)."""
    if _RESET.exists():
        _RESET.write_text("5")


def _peak_rss() -> int:
    """The process's peak resident memory in bytes."""
    if _STATUS.exists():
        for line in _STATUS.read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(name: str, size: int) -> None:
    """Measure one text and print the bytes."""
    ours, reason = library.load()
    if ours is None:
        raise SystemExit(reason)
    library.read_all(ours, GENERATORS["canonical"](1 << 14))
    text = GENERATORS[name](size)
    _forget_peak()
    before = _peak_rss()
    document = library.read_all(ours, text)
    rss = _peak_rss() - before
    del document
    tracemalloc.start()
    document = library.read_all(ours, text)
    kept, peak = tracemalloc.get_traced_memory()
    del document
    found = {
        "characters": len(text),
        "text": sys.getsizeof(text),
        "peak": peak,
        "kept": kept,
        "rss": rss,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
