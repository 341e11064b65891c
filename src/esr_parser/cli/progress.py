"""A progress bar on standard error: on a terminal, where there are many files."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

__all__ = ["is_wanted", "tracked"]

_MANY = 50


def is_wanted(files: Sequence[str]) -> bool:
    """Whether somebody watches for long enough, and no output would run through the bar."""
    if len(files) < _MANY or sys.stderr is None or sys.stdout is None:
        return False
    return sys.stderr.isatty() and not sys.stdout.isatty()


@contextmanager
def tracked(files: Sequence[str]) -> Iterator[Iterator[str]]:
    """The files, while a bar shows how many are done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, redirect_stdout=False) as progress:
        yield iter(progress.track(files))
