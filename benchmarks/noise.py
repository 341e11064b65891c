"""Noisy versions of a canonical text: what the tools people hold it from make of it."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from benchmarks import words
from benchmarks.values import any_of

SCORE_ROW: Final = re.compile(rf"({any_of(words.DIMENSION_OF)}) (\d+) (\d+)")


def windows(text: str) -> str:
    """A byte-order mark, CRLF, trailing spaces, NBSP between digits."""
    spaced = re.sub(r"(?<=\d) (?=\d{3}\b)", "\u00a0", text)
    return "\ufeff" + spaced.replace("\n", "  \r\n")


def wrapped(text: str) -> str:
    """Everything wrapped at 80 columns, in the middle of values and headings too."""
    return "\n".join(textwrap.fill(line, 80) for line in text.split("\n"))


def markdown(text: str) -> str:
    """Headings with number signs, the table of 8.2 with pipes."""
    return "\n".join(map(_markdown_line, text.split("\n")))


def _markdown_line(line: str) -> str:
    if line in words.HEADINGS or line in words.TITLES:
        return f"## {line}"
    if line == words.TABLE_HEAD:
        return "|  | Välitön | Välillinen |\n| --- | --- | --- |"
    if line in words.ASPECTS:
        return f"| **{line}** | | |"
    match = SCORE_ROW.fullmatch(line)
    return f"| {match[1]} | {match[2]} | {match[3]} |" if match else line


def spread_out(text: str) -> str:
    """Every empty line twice, every score on a line of its own, pages parted by form feeds."""
    cells = "\n".join(SCORE_ROW.sub(r"\1\n\2\n\3", line) for line in text.split("\n"))
    return cells.replace("\n\n", "\n\n\n").replace("\n\n8 ", "\n\n\f8 ")


def decomposed(text: str) -> str:
    """Decomposed letters (NFD) and NBSP for every second space."""
    return unicodedata.normalize("NFD", re.sub(r" (\S+) ", "\u00a0\\1 ", text))


VERSIONS: Final[Mapping[str, Callable[[str], str]]] = {
    "windows": windows,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "indented": lambda text: textwrap.indent(text, "   "),
    "wrapped": wrapped,
    "markdown": markdown,
    "closed up": lambda text: re.sub(r"\n{2,}", "\n", text),
    "spread out": spread_out,
    "decomposed": decomposed,
}
"""Name → what makes the noisy version of a canonical text."""
