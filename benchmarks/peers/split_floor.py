"""The floor: the least anybody can do with a text is to take it apart at its line ends."""

from __future__ import annotations

from benchmarks.values import Values

NAME = "split"
COVERS = 'nothing: text.split("\\n") and no look at any line'


def prepare(text: str) -> str:
    """The text itself."""
    return text


def parse(source: str) -> Values:
    """Split, and give no values."""
    source.split("\n")
    return {}
