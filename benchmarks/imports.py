"""Section 5: what `import esr_parser` costs a whole process, against `import attrs`."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks import library, timing
from benchmarks.table import Row, Table

TITLE = "5. Import time, whole process"
FLOOR: Final = "import attrs"
PROGRAMS: Final = (
    "pass",
    FLOOR,
    "import esr_parser",
    "import esr_parser; esr_parser.parse_document('1 Hanke').description",
)


def measured(rounds: int) -> Table:
    """Start a fresh interpreter for each program in turn."""
    ours, reason = library.load()
    if ours is None:
        return Table(TITLE, [], [reason])
    path = str(Path(ours.__file__ or "").resolve().parent.parent)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = path
    calls = {program: partial(_run, program, environment) for program in PROGRAMS}
    samples = timing.measure(calls, rounds, target=0)
    rows: list[Row] = [
        {
            "program": summary.name,
            "ms": summary.nanoseconds.median / 1e6,
            "x import attrs": summary.ratio,
        }
        for summary in timing.summarise(samples, FLOOR)
    ]
    return Table(TITLE, rows, [f"{rounds} rounds of fresh interpreters, byte code cached"])


def _run(program: str, environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-c", program], env=environment, check=True)
