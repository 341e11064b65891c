"""``esr-parser render``: data to texts."""

from __future__ import annotations

import json
import re
from typing import Any

from esr_parser.cli import streams
from esr_parser.cli.parse import NAMES
from esr_parser.cli.program import command
from esr_parser.cli.run import FILES, Run, run_options
from esr_parser.data import decoder

_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson"})
_BEGIN = re.compile(r"[^\s\ufeff]")


@command(
    "esr-parser render S29999.json > S29999.txt",
    "esr-parser parse pages/ | esr-parser render - > all.txt",
)
@FILES
@run_options
def render(run: Run, files: tuple[str, ...]) -> int:
    """Print the canonical texts of descriptions in JSON.

    PATH is a file with what parse prints (an object, an array, or one object a line), a folder
    of such files, or - for standard input. An empty line is printed between two texts.

    Exit status: 0, all is well; 2, trouble.
    """
    between = ""
    for file in run.over(files, _SUFFIXES):
        values = run.attempt(file, _values, run, file) or []
        for number, value in enumerate(values, 1):
            name = file if len(values) == 1 else f"{file} ({number})"
            text = run.attempt(name, _rendered, run, value)
            if text is not None:
                streams.write(between)
                run.emit(name, text)
                between = "\n\n"
    return run.status


def _values(run: Run, file: str) -> list[Any]:
    """The JSON values of a file: the items of its one array, or one value behind the other."""
    _, text, note = run.read(file)
    if note is not None:
        raise ValueError(note)
    values: list[Any] = []
    end = 0
    try:
        while begin := _BEGIN.search(text, end):
            value, end = decoder().raw_decode(text, begin.start())
            values.append(value)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise ValueError(f"not JSON: {error.msg} in {place}") from error
    if len(values) == 1 and isinstance(values[0], list):
        values = values[0]
    if not values:
        raise ValueError("no description in it")
    return values


def _rendered(run: Run, value: Any) -> str:
    if isinstance(value, dict):
        value = {key: inner for key, inner in value.items() if key not in NAMES}
    return run.parser.render_description(run.parser.from_dict(value))
