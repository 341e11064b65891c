"""Does the cost of a character stay the same when a text grows?

Each time is the fastest of some rounds: what else runs on a machine only ever makes a run slower.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import esr_parser

from benchmarks import timing
from benchmarks.corpus import read_all
from benchmarks.generators import GENERATORS
from benchmarks.table import Goal, Row, Table

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
    todo = [(name, read_all) for name in names or GENERATORS]
    if ("many_descriptions", read_all) in todo:
        todo.append(("many_descriptions", split_documents))
    rows, goals = [], list[Goal]()
    for name, run in todo:
        rows.append(_row(name, run, MIDDLE, rounds, clock))
        if name in LARGE and rows[-1]["x 16 K"] < HOPELESS:
            rows.append(_row(name, run, largest, 1, clock))
    rows.sort(key=lambda row: -row["x 16 K"])
    for what, chosen in (
        (f"a character at {MIDDLE >> 10} KB, x one at 16 KB: ", MIDDLE),
        (f"a character at {largest >> 20} MB, x one at 16 KB: ", largest),
    ):
        if worst := next((row for row in rows if row["size"] == chosen), None):
            goals.append(Goal(f"{what}{worst['generator']}", 1.3, worst["x 16 K"]))
    notes = ["split: what the same growth costs text.split, which shows the machine's caches"]
    return Table("Cost of a character in long texts", rows, notes, goals)


def _row(
    name: str, run: Callable[[str], object], size: int, rounds: int, clock: timing.Clock
) -> dict[str, str | int | float]:
    texts = [GENERATORS[name](SMALL), GENERATORS[name](size)]
    calls = {
        f"{key} {k}": timing.each(call, [text])
        for k, text in enumerate(texts)
        for key, call in (("run", run), ("split", lambda text: text.split("\n")))
    }
    samples = timing.measure(calls, rounds, clock=clock)
    best = {key: min(times) for key, times in samples.items()}
    growth = len(texts[1]) / len(texts[0])
    return {
        "generator": name,
        "operation": run.__name__.replace("read_all", "parse_document"),
        "size": size,
        "ns a character": best["run 0"] / len(texts[0]),
        "x 16 K": best["run 1"] / best["run 0"] / growth,
        "split": best["split 1"] / best["split 0"] / growth,
    }
