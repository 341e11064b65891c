r"""A row of scores: how many there are, however a tool or a person wrote them.

>>> from esr_parser.layouts import LAYOUT_2014_2020
>>> from esr_parser.lexicon import Lexicon, scores_of
>>> words = Lexicon(LAYOUT_2014_2020).aspects["Uusiutuvien energialähteiden käyttö"]
>>> scores(" | 6 / 7 |", scores_of(words)), scores(" 6 7 Vähän.", scores_of(words))
(((6, 7), -1), ((6, 7), 5))
"""

from __future__ import annotations

import re
from functools import cache

from esr_parser.grammar import Scores
from esr_parser.text import key


def scores(rest: str, content: Scores) -> tuple[tuple[int, ...], int] | None:
    """The scores behind an aspect, and the column of a note behind them, -1 if there is none."""
    match = _row_pattern(content).match(rest)
    if match is None or not is_in_order(match[0], content):
        return None
    end = match.end()
    if end < len(rest) and not (rest[end].isalpha() or rest[end] in "(\"'"):
        return None
    return tuple(map(int, match.groups())), end if end < len(rest) else -1


@cache
def _row_pattern(content: Scores) -> re.Pattern[str]:
    """Scores in cells; and as people write them: `6 / 7`, `(6; 7)`, `välitön 6, välillinen 7`."""
    names = _head_names(content)
    number = rf"{names}([0-9]{{1,2}})(?:\s\((?:{_heads_of(content)})\))?"
    numbers = r"(?:[\s|*_]+|\s[/;]\s|[;,]\s)".join([number] * len(content.columns))
    return re.compile(
        rf"(?:[\s:|*_(]|[=\u2013\u2014\u2192-]\s)*{numbers}(?![0-9,/-]|\.[0-9])"
        r"[\s|*_.)]*(?:[\u2013\u2014-](?:\s+|$))?",
        re.IGNORECASE,
    )


def _heads_of(content: Scores) -> str:
    return "|".join(map(re.escape, content.heads)) if len(content.heads) > 1 else r"(?!)"


def is_in_order(text: str, content: Scores) -> bool:
    """Whether heads beside scores are in the order of the columns: `välillinen 7, välitön 6`."""
    is_bare = len(text) <= len(" 10 10")
    found = () if is_bare else re.findall(_heads_of(content), text, re.IGNORECASE)
    return not found or key("".join(found)) == key("".join(content.heads))


def without_head(line: str, content: Scores) -> str:
    """A line without a column's head before a score."""
    return re.sub(_head_names(content), "", line, count=1, flags=re.IGNORECASE)


@cache
def _head_names(content: Scores) -> str:
    """A pattern of a column's head before a score, in a list of them or not."""
    return rf"(?:(?:[-*+•] )?[*_]*(?:{_heads_of(content)})[*_]*:?[*_]*\s+)?"
