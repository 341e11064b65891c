"""Run the benchmark: `python -m benchmarks [--json FILE]`."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import contestants, imports, library, memory, ours, scaling, timing, work
from benchmarks.generators import GENERATORS
from benchmarks.table import Table

UNITS = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
SECTIONS = ("contestants", "ours", "scaling", "memory", "imports", "work")


def size(text: str) -> int:
    """`64M` → 67108864."""
    unit = UNITS.get(text[-1:].upper())
    return int(text[:-1]) * unit if unit else int(text)


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    add = parser.add_argument
    add("--section", action="append", choices=SECTIONS, help="only this one (may be repeated)")
    add("--generator", action="append", choices=GENERATORS, default=[], metavar="NAME",
        help="scaling and memory: only this text (may be repeated)")  # fmt: skip
    add("--rounds", type=int, default=31, help="rounds of contestants, ours and imports")
    add("--scaling-rounds", type=int, default=3, help="rounds of scaling")
    add("--clock", choices=timing.CLOCKS, default="wall", help="cpu: for a busy machine")
    add("--max-size", type=size, default=size("1M"), help="largest text, for example 64M")
    add("--record-work", action="store_true", help="record how much the library does now")
    add("--json", metavar="FILE", help="write the results as JSON to a file, or to - (stdout)")
    return parser.parse_args(argv)


def tables(options: argparse.Namespace) -> Iterator[Table]:
    """The tables asked for, each when it is done."""
    clock = timing.CLOCKS[options.clock]
    plan = scaling.Plan(options.scaling_rounds, clock, options.max_size)
    run: dict[str, Callable[[], Table]] = {
        "contestants": lambda: contestants.measured(options.rounds, clock),
        "ours": lambda: ours.measured(options.rounds, clock),
        "scaling": lambda: scaling.measured(plan, options.generator),
        "memory": lambda: memory.measured(options.max_size, options.generator),
        "imports": lambda: imports.measured(options.rounds),
        "work": work.measured,
    }
    for name in options.section or SECTIONS:
        yield run[name]()


def main(argv: list[str] | None = None) -> None:
    """Print each table as text, or all of them as JSON."""
    options = arguments(argv)
    if options.record_work:
        found, reason = library.load()
        if found is None:
            sys.exit(reason)
        work.record(found)
        return
    done = []
    for table in tables(options):
        done.append(table.as_data())
        print(table.as_text(), end="\n\n", file=sys.stderr if options.json == "-" else sys.stdout)
    if options.json:
        where = f"{platform.python_implementation()} {platform.python_version()}"
        data = {
            "python": where,
            "machine": platform.machine(),
            "clock": options.clock,
            "tables": done,
        }
        text = json.dumps(data, ensure_ascii=False, indent=1)
        if options.json == "-":
            print(text)
        else:
            Path(options.json).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
