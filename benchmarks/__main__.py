"""Measure speed and size, all in one run: `python -m benchmarks [--quick]`."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import memory, processes, reading, scaling, timing
from benchmarks.generators import GENERATORS
from benchmarks.table import Goal, Table

PARTS = ("canonical", "extracted", "operations", "scaling", "memory", "imports", "export")


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    add = parser.add_argument
    add("--quick", action="store_true", help="few rounds, and texts of 4 MB instead of 64")
    add("--part", action="append", choices=PARTS, help="only this one (may be repeated)")
    add("--generator", action="append", choices=GENERATORS, default=[], metavar="NAME",
        help="scaling and memory: only this text (may be repeated)")  # fmt: skip
    add("--pages", type=int, metavar="N", help="export: how many pages (the goal is for 20000)")
    add("--clock", choices=timing.CLOCKS, default="wall", help="cpu: for a busy machine")
    add("--json", metavar="FILE", help="write the results as JSON to a file, too")
    return parser.parse_args(argv)


def tables(options: argparse.Namespace) -> Iterator[Table]:
    """The tables asked for, each when it is done."""
    quick, clock, names = options.quick, timing.CLOCKS[options.clock], options.generator
    rounds, few = (5, 2) if quick else (31, 5)
    pages = options.pages or (500 if quick else 2000)
    run: dict[str, Callable[[], Table]] = {
        "canonical": lambda: reading.canonical_texts(rounds, clock),
        "extracted": lambda: reading.extractor_texts(rounds, clock),
        "operations": lambda: reading.operations(rounds, clock),
        "scaling": lambda: scaling.scaling(few, clock, (4 if quick else 64) << 20, names),
        "memory": lambda: memory.memory(
            100 if quick else 1000, (32 if quick else 256) << 10, names
        ),
        "imports": lambda: processes.imports(rounds),
        "export": lambda: processes.exports(pages, few),
    }
    for part in options.part or PARTS:
        yield run[part]()


def main(argv: list[str] | None = None) -> None:
    """Print each table, then the goals and what was measured."""
    options = arguments(argv)
    done: list[Table] = []
    goals: list[Goal] = []
    for table in tables(options):
        done.append(table)
        goals += table.goals
        print(table.as_text(), end="\n\n", flush=True)
    done.append(Table("Goals", [goal.as_row() for goal in goals]))
    print(done[-1].as_text())
    if options.json:
        data = {
            "python": f"{platform.python_implementation()} {platform.python_version()}",
            "machine": f"{platform.machine()}, {os.cpu_count()} cores",
            "clock": options.clock,
            "tables": [table.as_data() for table in done],
        }
        text = json.dumps(data, ensure_ascii=False, indent=1)
        Path(options.json).write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
