"""Pairs of a value's path and the value, from the lines of a section: for both grammars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks import words
from benchmarks.values import Values, partner, put, read

Pairs = list[tuple[str, Any]]
Lines = Sequence[str]
"""A heading first, or a row with its explanation; each with the line ends after it."""


def prepare(text: str) -> str:
    """The text with a line end after its last line, so that every line is alike."""
    return text + "\n"


def title(lines: Lines) -> Pairs:
    """The fund and the programme period."""
    return [("fund", words.TITLES[lines[0].rstrip("\n")]), ("programme_period", words.PERIOD)]


def labelled(lines: Lines) -> Pairs:
    """A heading and fields."""
    heading, *fields = (line.rstrip("\n") for line in lines)
    known = words.FIELDS[heading]
    return [
        (field.path, read(field.kind, text.removeprefix(" ")))
        for label, _, text in (line.partition(":") for line in fields)
        if (field := known.get(label)) and text.strip()
    ]


def partners(lines: Lines) -> Pairs:
    """A partner heading and rows."""
    heading, *rows = (line.rstrip("\n") for line in lines)
    return [(words.PARTNERS[heading], [partner(row) for row in rows])]


def prose(lines: Lines) -> Pairs:
    """A heading and the text under it."""
    heading, *text = (line.strip("\n") for line in lines)
    return [(words.PROSE[heading], "".join(text))]


def question(lines: Lines) -> tuple[str, Values]:
    """A question of 8.1 with its answer and explanation."""
    first, *text = (line.strip("\n") for line in lines)
    name, _, answer = first.rpartition(":")
    found = {"answer": words.ANSWERS.get(answer.strip()), "explanation": "".join(text)}
    return words.QUESTIONS[name], found


def row(lines: Lines) -> Values:
    """A row of 8.2 with its explanation."""
    first, *text = (line.strip("\n") for line in lines)
    aspect, direct, indirect = first.rsplit(" ", 2)
    found: Values = {"dimension": words.DIMENSION_OF[aspect], "aspect": aspect}
    return found | {
        "direct": int(direct), "indirect": int(indirect), "explanation": "".join(text)
    }  # fmt: skip


def merged(pairs: Pairs) -> Values:
    """The pairs as nested values."""
    values: Values = {}
    for path, value in pairs:
        put(values, path, value)
    return values
