"""Comparing callables: all of them in turn, in one process, round after round.

A machine's speed changes while one measures. A ratio of two medians taken one after the other
holds that change; a ratio of two times taken in the same round mostly does not. So every round
calls every callable, each round starts with another one, and ratios are taken within rounds.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Final, NamedTuple

Clock = Callable[[], int]
"""Gives nanoseconds; a test gives its own."""
Call = Callable[[], object]
Samples = dict[str, list[float]]
"""Name → nanoseconds per call, one for each round; the n-th of all names are of one round."""

CLOCKS: Final[Mapping[str, Clock]] = {"wall": time.perf_counter_ns, "cpu": time.thread_time_ns}
"""`cpu` leaves out the time other processes took, for a machine that has more to do."""
TARGET: Final = 5_000_000
"""Nanoseconds a sample should take at least: far above the clock's grain, a short round."""
MOST_LOOPS: Final = 1 << 22


class Spread(NamedTuple):
    """The middle of some numbers and the quartiles around it."""

    median: float
    low: float
    high: float


def each(run: Callable[[str], object], texts: Iterable[str]) -> Call:
    """One call that does it for all the texts."""
    listed = list(texts)

    def call() -> None:
        for text in listed:
            run(text)

    return call


def once(call: Call, loops: int, clock: Clock = time.perf_counter_ns) -> float:
    """Nanoseconds per call, over `loops` calls."""
    turns = repeat(None, loops)
    start = clock()
    for _ in turns:
        call()
    return (clock() - start) / loops


def loops_for(call: Call, target: int = TARGET, clock: Clock = time.perf_counter_ns) -> int:
    """How many calls make a sample of at least `target` nanoseconds."""
    loops = 1
    while loops < MOST_LOOPS and once(call, loops, clock) * loops < target:
        loops *= 2
    return loops


def measure(
    calls: Mapping[str, Call],
    rounds: int,
    target: int = TARGET,
    clock: Clock = time.perf_counter_ns,
) -> Samples:
    """Time every callable once in each round; garbage collection stays on, as it is for a user.

    Args:
        calls: name → what to time, called without arguments.
        rounds: how many times each is sampled.
        target: nanoseconds a sample should take; short calls are repeated up to it, and with 0
            nothing is called before the first round.
        clock: gives nanoseconds.
    """
    loops = {name: loops_for(call, target, clock) if target else 1 for name, call in calls.items()}
    samples: Samples = {name: [] for name in calls}
    names = list(calls)
    for turn in range(rounds):
        shift = turn % len(names)
        for name in names[shift:] + names[:shift]:
            gc.collect()
            samples[name].append(once(calls[name], loops[name], clock))
    return samples


def spread(numbers: Sequence[float]) -> Spread:
    """Median and quartiles."""
    if len(numbers) < 2:
        return Spread(numbers[0], numbers[0], numbers[0])
    low, median, high = statistics.quantiles(numbers, n=4, method="inclusive")
    return Spread(median, low, high)


def ratios(times: Sequence[float], floor: Sequence[float]) -> Spread:
    """The spread of `times` over `floor`, taken round by round."""
    return spread([time / base for time, base in zip(times, floor, strict=True)])
