"""Does the cost of a character stay the same when a text grows?

A long text is read against a short one that is read over and over, as many characters in all.
Each time is the fastest of some rounds: what else runs on a machine only ever makes a run slower.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import esr_parser
from benchmarks import timing
from benchmarks.corpus import read_all
from benchmarks.generators import GENERATORS
from benchmarks.table import Goal, Table

SMALL: Final = 16 << 10
MIDDLE: Final = 512 << 10
LARGE: Final = ("long_prose", "many_descriptions", "known_labels")
"""Generators that are measured at the largest size, too."""
HOPELESS: Final = 4.0
"""A text that costs this many times more per character is not tried at the largest size."""


def split_documents(text: str) -> None:
    """All descriptions of a file, each read."""
    for document in esr_parser.split_documents(text):
        _ = document.description, document.diagnostics


def scaling(rounds: int, clock: timing.Clock, largest: int, names: Iterable[str]) -> Table:
    """The library on each generator named, or on all.

    Args:
        rounds: how many times each size is timed.
        clock: gives nanoseconds.
        largest: the largest size, in characters.
        names: the generators; none: all.
    """
    todo: list[tuple[str, Callable[[str], object]]] = [
        (name, read_all) for name in names or GENERATORS
    ]
    if ("many_descriptions", read_all) in todo:
        todo.append(("many_descriptions", split_documents))
    rows = []
    for name, run in todo:
        rows.append(_row(name, run, MIDDLE, rounds, clock))
        if name in LARGE and rows[-1]["x 16 K"] < HOPELESS:
            rows.append(_row(name, run, largest, 1, clock))
    rows.sort(key=lambda row: -row["x 16 K"])
    goals = []
    for size, unit in ((MIDDLE, f"{MIDDLE >> 10} KB"), (largest, f"{largest >> 20} MB")):
        if worst := next((row for row in rows if row["size"] == size), None):
            measure = f"a character at {unit}, x one at 16 KB (most: {worst['generator']})"
            goals.append(Goal(measure, 1.3, worst["x 16 K"]))
    notes = ["split: what the same growth costs text.split, which shows the machine's caches"]
    return Table("Cost of a character in long texts", rows, notes, goals)


def _row(
    name: str, run: Callable[[str], object], size: int, rounds: int, clock: timing.Clock
) -> dict[str, Any]:
    small, large = (GENERATORS[name](length) for length in (SMALL, size))
    times = min(MIDDLE, size) // SMALL
    calls = {
        f"{key} {length}": timing.each(call, texts)
        for length, texts in (("small", [small] * times), ("large", [large]))
        for key, call in (("run", run), ("split", lambda text: text.split("\n")))
    }
    best = {key: min(found) for key, found in timing.measure(calls, rounds, 0, clock).items()}
    characters = len(small) * times
    growth = len(large) / characters
    return {
        "generator": name,
        "operation": run.__name__.replace("read_all", "parse_document"),
        "size": size,
        "ns a character": best["run small"] / characters,
        "x 16 K": best["run large"] / best["run small"] / growth,
        "split": best["split large"] / best["split small"] / growth,
    }
