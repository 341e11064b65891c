"""Memory that reading takes and that its results hold, as multiples of the text's own size."""

from __future__ import annotations

import gc
import subprocess
import sys
import tracemalloc
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from benchmarks import corpus, fiction, noise
from benchmarks.corpus import ROOT, read_all
from benchmarks.generators import GENERATORS
from benchmarks.table import Goal, Row, Table

VERSIONS: Final = ("CRLF", "wrapped", "indented")


def joined(pages: int) -> str:
    """Many canonical pages in one text."""
    return "\n\n".join(fiction.text(number) for number in range(pages))


def measured(text: str) -> dict[str, float]:
    """What one text takes, as multiples of its own size; a `Document` holds the text as well."""
    read_all(f"{text}\n")  # what is made once for a process
    gc.collect()
    tracemalloc.start()
    document = read_all(text)
    peak = tracemalloc.get_traced_memory()[1]
    gc.collect()  # the interpreter keeps small objects for reuse
    held = tracemalloc.get_traced_memory()[0]
    description = document.description
    del document
    gc.collect()
    alone = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del description
    size = sys.getsizeof(text)
    return {"peak": peak / size, "Document": 1 + held / size, "ProjectDescription": alone / size}


def memory(pages: int, size: int, names: Iterable[str]) -> Table:
    """Whole pages, many of them joined, and each generator named, or all.

    Args:
        pages: how many pages are joined.
        size: how long the generators' texts are, in characters.
        names: the generators; none: all.
    """
    canonical = [text.text for text in next(iter(corpus.canonical().values()))]
    kinds = {"canonical": canonical} | {
        version: list(map(noise.VERSIONS[version], canonical)) for version in VERSIONS
    }
    kinds[f"{pages} pages joined"] = [joined(pages)]
    most = {}
    for kind, texts in kinds.items():
        found = list(map(measured, texts))
        most[kind] = {key: max(each[key] for each in found) for key in found[0]}
    rows: list[Row] = [{"text": kind, **figures} for kind, figures in most.items()]
    goals = [Goal(f"peak memory, {kind}, x text", 3, f["peak"]) for kind, f in most.items()]
    for key, limit in (("ProjectDescription", 1), ("Document", 2)):
        goals.append(Goal(f"held by a {key}, x text", limit, max(f[key] for f in most.values())))
    rest: list[Row] = [
        {"text": name, **measured(GENERATORS[name](size))} for name in names or GENERATORS
    ]
    rows += sorted(rest, key=lambda row: -row["peak"])  # type: ignore[operator]
    notes = [
        "multiples of sys.getsizeof(text); the highest of all texts of a kind",
        "peak: Python's allocations, without the text; a Document holds the text, which is counted",
    ]
    if sys.platform == "linux":
        notes.append(f"resident memory of a process, {pages} pages joined: {_apart(pages):.2g} x")
    return Table("Memory", rows, notes, goals)


def _apart(pages: int) -> float:
    """`resident` in a process of its own."""
    code = f"from benchmarks import memory; print(memory.resident({pages}))"
    command = [sys.executable, "-c", code]
    return float(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)


def resident(pages: int) -> float:
    """How much this process's peak grows with reading, as a multiple of the text (Linux)."""
    read_all(fiction.text(0))
    text = joined(pages)
    Path("/proc/self/clear_refs").write_text("5", "ascii")  # the peak starts anew
    before = _peak()
    read_all(text)
    return (_peak() - before) / sys.getsizeof(text)


def _peak() -> int:
    """The process's peak resident memory in bytes."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM"))
