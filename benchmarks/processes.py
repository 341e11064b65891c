"""Whole processes: importing the library, the first text, and the export of many pages."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import esr_parser
from benchmarks import fiction, timing
from benchmarks.table import Goal, Row, Table

ATTRS: Final = "import attrs"
CATTRS: Final = "import attrs, cattrs"
IMPORT: Final = "import esr_parser"
FIRST: Final = "import esr_parser, sys; esr_parser.parse_description(sys.stdin.read())"
TEXTS: Final = 60
"""How many different pages are among those that are exported."""
BATCH: Final = 500
"""How many descriptions the loop by hand writes at once."""


def imports(rounds: int) -> Table:
    """Start a fresh interpreter for each program in turn."""
    path = str(Path(esr_parser.__file__).parent.parent)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}
    programs = ("pass", ATTRS, CATTRS, IMPORT, FIRST)
    calls = {program: partial(_run, program, environment) for program in programs}
    for call in calls.values():
        call()  # byte code is written
    samples = timing.measure(calls, rounds, target=0)
    rows: list[Row] = [
        {
            "program": program,
            "ms": timing.spread(times).median / 1e6,
            "x import attrs": timing.ratios(times, samples[ATTRS]),
            "x import attrs, cattrs": timing.ratios(times, samples[CATTRS]),
        }
        for program, times in samples.items()
    ]
    goals = []
    for what, program, floor, limit in (
        (IMPORT, IMPORT, ATTRS, 1.3),
        ("first parse_description of a process", FIRST, CATTRS, 1.5),
    ):
        ratio = timing.ratios(samples[program], samples[floor]).median
        goals.append(Goal(f"{what}, x {floor}", limit, ratio))
    notes = ["fresh interpreters, byte code cached; the text is a canonical page"]
    return Table("Whole processes", rows, notes, goals)


def _run(program: str, environment: Mapping[str, str]) -> None:
    text = fiction.text(0).encode()
    subprocess.run([sys.executable, "-c", program], env=environment, check=True, input=text)


def by_hand(paths: list[Path], out: Path) -> None:
    """Read, parse and write in a loop, without diagnostics."""
    import pyarrow.parquet as pq

    from esr_parser import arrow

    with pq.ParquetWriter(out, arrow.SCHEMA) as writer:
        for start in range(0, len(paths), BATCH):
            chosen = paths[start : start + BATCH]
            writer.write_table(arrow.table(map(esr_parser.read_description, chosen)))


def exports(pages: int, rounds: int) -> Table:
    """A folder of pages to Parquet: two workers, one, and a loop by hand."""
    title = f"Export of {pages} pages to Parquet"
    try:
        from esr_parser.export import export
    except ImportError as error:
        return Table(title, [], [f"skipped: {error}"])
    texts = [fiction.text(number).encode() for number in range(TEXTS)]
    with TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number:06}.txt") for number in range(pages)]
        for number, path in enumerate(paths):
            path.write_bytes(texts[number % TEXTS])
        out = Path(folder, "out.parquet")
        calls: dict[str, timing.Call] = {
            "two jobs": partial(export, [folder], out, jobs=2, patterns=["*.txt"]),
            "one job": partial(export, [folder], out, jobs=1, patterns=["*.txt"]),
            "a loop by hand": partial(by_hand, paths, out),
        }
        by_hand(paths[:TEXTS], out)  # imports and tables
        samples = timing.measure(calls, rounds, target=0)
    rows: list[Row] = [
        {
            "by": name,
            "pages a second": pages * 1e9 / timing.spread(times).median,
            "x one job": timing.ratios(times, samples["one job"]),
        }
        for name, times in samples.items()
    ]
    one, two, hand = (samples[name] for name in ("one job", "two jobs", "a loop by hand"))
    faster = timing.ratios(one, two).median
    goals = [
        Goal(f"export of {pages} pages, pages a second x one job", 1.6, faster, at_least=True),
        Goal("export with one job, x a loop by hand", 1, timing.ratios(one, hand).median),
    ]
    return Table(title, rows, ["the loop by hand writes no diagnostics"], goals)
