"""Measure speed and size, all in one run: `python -m benchmarks [--quick]`."""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from benchmarks import memory, processes, reading, scaling, timing
from benchmarks.generators import GENERATORS
from benchmarks.table import Goal, Table

PARTS: Final = ("canonical", "extracted", "operations", "scaling", "memory", "imports", "export")


class Plan(NamedTuple):
    """How much a run measures."""

    rounds: int
    few: int
    """Rounds where one takes long."""
    largest: int
    """Characters of the longest texts."""
    joined: int
    """How many pages are joined in one text."""
    size: int
    """Characters of the texts whose memory is measured."""
    pages: int
    """How many pages are exported."""


QUICK: Final = Plan(5, 2, 4 << 20, 100, 32 << 10, 500)
WHOLE: Final = Plan(31, 5, 64 << 20, 1000, 256 << 10, 2000)


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
    return parser.parse_args(argv)


def tables(options: argparse.Namespace) -> Iterator[Table]:
    """The tables asked for, each when it is done."""
    plan = QUICK if options.quick else WHOLE
    clock, names = timing.CLOCKS[options.clock], options.generator
    run: dict[str, Callable[[], Table]] = {
        "canonical": lambda: reading.canonical_texts(plan.rounds, clock),
        "extracted": lambda: reading.extractor_texts(plan.rounds, clock),
        "operations": lambda: reading.operations(plan.rounds, clock),
        "scaling": lambda: scaling.scaling(plan.few, clock, plan.largest, names),
        "memory": lambda: memory.memory(plan.joined, plan.size, names),
        "imports": lambda: processes.imports(plan.rounds),
        "export": lambda: processes.exports(options.pages or plan.pages, plan.few),
    }
    for part in options.part or PARTS:
        yield run[part]()


def main(argv: list[str] | None = None) -> None:
    """Print each table, then the goals and what was measured."""
    goals: list[Goal] = []
    for table in tables(arguments(argv)):
        goals += table.goals
        print(table.as_text(), end="\n\n", flush=True)
    where = f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}"
    rows = [goal.as_row() for goal in goals]
    print(Table("Goals", rows, [f"{where}, {os.cpu_count()} cores"]).as_text())


if __name__ == "__main__":
    main()
