"""Section 3: does the cost per character stay the same when a text grows?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final, NamedTuple

from benchmarks import library, timing
from benchmarks.generators import GENERATORS
from benchmarks.table import Row, Table
from benchmarks.timing import Spread

TITLE = "3. Scaling: cost per character against a text of 16 K"
SMALL: Final = 16 * 1024
STEP: Final = 16
HOPELESS: Final = 4.0
"""A generator that costs this many times more per character is not tried at a larger size."""
BUDGET: Final = 20.0
"""Seconds after which no new round begins."""


def sizes(largest: int) -> list[int]:
    """Sizes above the small one, sixteen times larger each, the last one `largest`."""
    found, size = [], SMALL * STEP
    while size < largest:
        found.append(size)
        size *= STEP
    return [*found, largest]


class Plan(NamedTuple):
    """How thoroughly to measure."""

    rounds: int
    clock: timing.Clock
    largest: int


def measured(plan: Plan, names: list[str]) -> Table:
    """Measure the library on each generator named, or on all."""
    ours, reason = library.load()
    if ours is None:
        return Table(TITLE, [], [reason])
    read_all = partial(library.read_all, ours)
    listed = names or list(GENERATORS)
    rows = [_row(name, "parse_document", read_all, plan) for name in listed]
    if "many_descriptions" in listed and hasattr(ours, "split_documents"):
        rows.append(_row("many_descriptions", "split_documents", _all(ours), plan))
    rows.sort(key=lambda row: row["x per character"], reverse=True)  # type: ignore[arg-type, return-value]
    notes = [
        f"sizes up to {plan.largest} characters; quartiles in ()",
        "split: what the same growth costs text.split, which shows the machine's caches",
        f"a text that costs {HOPELESS:g} times more per character is not tried any larger",
    ]
    return Table(TITLE, rows, notes)


def _all(ours: Any) -> Callable[[str], object]:
    def read(text: str) -> None:
        for document in ours.split_documents(text):
            _ = document.description, document.diagnostics

    return read


def _row(name: str, operation: str, run: Callable[[str], object], plan: Plan) -> Row:
    generator = GENERATORS[name]
    small = generator(SMALL)
    for size in sizes(plan.largest):
        large = generator(size)
        rounds = plan.rounds if size == plan.largest else 1
        growth = len(large) / len(small)
        samples = _compared(run, small, large, rounds, plan.clock)
        ratio = _scaled(timing.ratios(samples["large"], samples["small"]), growth)
        if ratio.median > HOPELESS:
            break
    floor = _scaled(timing.ratios(samples["split large"], samples["split small"]), growth)
    return {
        "generator": name,
        "operation": operation,
        "size": len(large),
        "ns per character": timing.spread(samples["small"]).median / len(small),
        "x per character": ratio,
        "split": floor.median,
    }


def _compared(
    run: Callable[[str], object], small: str, large: str, rounds: int, clock: timing.Clock
) -> timing.Samples:
    calls: dict[str, timing.Call] = {
        "small": partial(run, small),
        "large": partial(run, large),
        "split small": partial(small.split, "\n"),
        "split large": partial(large.split, "\n"),
    }
    return timing.measure(calls, rounds, budget=BUDGET, clock=clock)


def _scaled(spread: Spread, growth: float) -> Spread:
    return Spread(*(value / growth for value in spread))
