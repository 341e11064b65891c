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

# An aspect's cell of two lines, in a table of Markdown or DokuWiki.
_LINE_BREAK = re.compile(r"^(?:<br ?/?>|\\{1,2} )")
# Cells with nothing between them: get_text().
_GLUED = re.compile(r"(?<=[^\W\d_]|[.!?)])(10|[0-9])(10|[0-9])$")
_CELLS = re.compile(r"(?<! ) *+[|\n\t]\s*+|(?<! ) {2,}+")


def scores(
    rest: str, content: Scores, *, is_glued: bool = False
) -> tuple[tuple[int, ...], int] | None:
    """The scores behind an aspect, and the column of a note behind them, -1 if there is none."""
    match = _row_pattern(content).match(rest)
    # Of three, `1010` can be split in two ways.
    is_unambiguous = is_glued and len(content.heads) <= 2
    if match is None and (is_unambiguous or rest[:1] == ":"):
        match = _row_pattern(content, "" if is_unambiguous else r":\s").match(rest)
    if match is None:
        return None
    end = match.end()
    found = re.findall(_heads_of(content), match[0], re.IGNORECASE) if end > len(" 10 10") else ()
    if found and key("".join(found)) != key("".join(content.heads)):
        return None  # in another order than the columns: `välillinen 7, välitön 6`
    if end < len(rest) and not (rest[end].isalpha() or rest[end] in "(\"'"):
        return None
    return tuple(map(int, match.groups())), end if end < len(rest) else -1


def scores_behind(
    text: str, content: Scores, *, are_beside: bool = False, is_sure: bool = False
) -> tuple[tuple[int, ...], str] | None:
    r"""The scores behind an explanation in the aspect's own cell, and that.

    They may be in the same line on the page (``are_beside``); where other explanations have some
    behind them (``is_sure``), this one need be no sentence.

    >>> from esr_parser.layouts import LAYOUT_2014_2020
    >>> from esr_parser.lexicon import Lexicon, scores_of
    >>> words = Lexicon(LAYOUT_2014_2020).aspects["Uusiutuvien energialähteiden käyttö"]
    >>> scores_behind("Vähän.\n6\n7", scores_of(words))
    ((6, 7), 'Vähän.')
    """
    size = len(content.heads)
    glued = _GLUED.search(text) if are_beside and size == 2 else None
    if glued is not None:
        return (int(glued[1]), int(glued[2])), text[: glued.start()]
    parts = text.rsplit(None, size) if are_beside else _CELLS.split(text.strip(" |\n"))
    cells = list(filter(None, parts))
    for count in (size, 1):
        note, numbers = cells[:-count], " ".join(cells[-count:]).split()
        are_scores = all(x.isdecimal() and len(x) <= 2 and int(x) <= 10 for x in numbers)
        is_note = bool(note) and (are_beside or is_sure or note[-1][-1] in ".!?")
        if is_note and len(numbers) == size and are_scores:
            for cell in reversed(cells[-count:]):
                text = text.rstrip(" |\t\n").removesuffix(cell)
            return tuple(map(int, numbers)), _LINE_BREAK.sub("", text).strip(" |\t\n")
    return None


@cache
def _row_pattern(content: Scores, between: str | None = None) -> re.Pattern[str]:
    """Scores in cells; and as people write them: `6 / 7`, `(6; 7)`, `välitön 6, välillinen 7`.

    With nothing between them, right behind the aspect, are those of BeautifulSoup's get_text():
    `67`, but not `10`, which is one number or two. python-docx: `: 6: 7`, of cells that are joined.
    """
    heads = _heads_of(content)
    name = rf"(?:(?:[-*+•] )?[*_]*(?:{heads})[*_]*:?[*_]*\s+)?"
    number = rf"{name}([0-9]{{1,2}})(?:\.0)?(?:\s\((?:{heads})\))?"
    numbers = r"(?:[\s|*_]+|\s[/;]\s|;\s?|,\s)".join([number] * len(content.columns))
    if between is not None:
        numbers = between.join(["(10|[0-9])"] * len(content.columns))
        numbers = rf"{numbers}(?=:|\s*$)" if between else f"(?!10(?![0-9])){numbers}"
    return re.compile(
        rf"(?:[\s:;|*_(]|(?:\.\s?){{4,}}+|[=\u2013\u2014\u2192-]\s)*{numbers}(?![0-9,/-]|\.[0-9])"
        r"[\s|*_.):]*(?:[\u2013\u2014-](?:\s+|$))?",
        re.IGNORECASE,
    )


def _heads_of(content: Scores) -> str:
    return "|".join(map(re.escape, content.heads)) if len(content.heads) > 1 else r"(?!)"
