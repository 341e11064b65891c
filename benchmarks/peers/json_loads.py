"""The same description as JSON: what reading costs where the data come as data."""

from __future__ import annotations

import json

from benchmarks.peers import plain_regex
from benchmarks.values import Values

NAME = "json.loads"
COVERS = "the values of sections 1-9 from JSON, in C; nothing of the text, no dates or enumerations"


def prepare(text: str) -> str:
    """The description's values as JSON text."""
    return json.dumps(plain_regex.parse(text), ensure_ascii=False)


def parse(source: str) -> Values:
    """One call."""
    values: Values = json.loads(source)
    return values
