r"""What is around every label alike, whatever it is: brackets, quotes, tags, words of a log.

Forms put each value in brackets, scripts a word before each field, word processors quotes around
labels, and pages in two languages have each label twice. What most labels of a page have before
them, behind them, and behind their values belongs to none of them.

>>> from esr_parser.layouts import LAYOUT_2014_2020
>>> from esr_parser.lexer import lex
>>> labels = ("Hankekoodi", "Hankkeen nimi", "Y-tunnus", "Kunnat", "Maakunnat", "Puhelinnumero")
>>> lexicon = Lexicon(LAYOUT_2014_2020)
>>> lines = Lines("".join(f"echo \u201c{label}\u201d: [x]\n" for label in labels))
>>> take_off_frames(lexicon, lines, lex(lexicon, lines), Tally()), lines.lines[:2]
(True, ['Hankekoodi: x', 'Hankkeen nimi: x'])
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise, takewhile
from operator import itemgetter

from esr_parser.grammar import WordKind
from esr_parser.lexer import Token, is_of_fields
from esr_parser.lexicon import Lexicon
from esr_parser.tally import Noise, Tally
from esr_parser.text import Lines, places_of, usual

_FEWEST, _SHARE = 6, 0.6
"""So many labels have the same around them, and so many of those that are found."""
_LONGEST = 40
"""What is around a label is not longer."""
_SIGNS = re.compile(r"(?:</?\w[^<>]{0,18}>|[\W_])*+")
_END = re.compile(f"{_SIGNS.pattern}$")
# Words are of a value, unless a sign is behind them, and another value.
_WORDS = re.compile(r"(?:[^0-9]*[:=;\"'<>()\[\]{}\\])?")
_BRACKETS = dict(zip(")]}>\u00bb\u3011", "([{<\u00ab\u3010", strict=True))
_NUMBERS = re.compile("[0-9]+")
_STROKES, _OTHER_NAME = ("/", "(", "["), r"[^:]{1,80}:\s*+"
"""What is between a label and its name in another language, and that."""
_COLON, _KNOWN = ": \t", "*_`\"': \t"
"""A colon; with emphasis and quotes, which are taken off each value."""
_SURE = 0.9
"""Of the labels that are found, so many have half of such marks: two fields are in few lines."""


def take_off_frames(lexicon: Lexicon, lines: Lines, tokens: Sequence[Token], noise: Tally) -> bool:
    """Takes off what is around the labels and the values of fields, where it is always the same."""
    fields = [t for t in tokens if t.kind is WordKind.LABEL and is_of_fields(t.words)]
    values = {t.words[0].text: t.value.strip() for t in fields}
    begin, end = _edges([*filter(None, values.values())])
    if len(values) >= 2 * _FEWEST and begin == end and not begin.strip(_KNOWN):
        return False
    frame = _frame([*_rows(lexicon, lines)], sorted(lexicon.labels, key=len, reverse=True))
    if frame is None:
        return False
    front, end = frame
    found = [i for i, line in enumerate(lines.lines) if front.match(line)]
    for i, after in pairwise((*found, len(lines))):
        # A value over several lines ends in the last one.
        block = takewhile(lines.lines.__getitem__, range(i, after))
        last = next((j for j in block if lines.lines[j].endswith(end)), i)
        lines.lines[last] = lines.lines[last].removesuffix(end).rstrip()
    lines.mend(partial(front.sub, r"\1\2: "))
    noise.add(Noise.FRAME, found[0], len(found))
    return True


def _rows(lexicon: Lexicon, lines: Lines) -> Iterator[tuple[str, str]]:
    """What is before and behind the labels that are near the beginning of a line, each once."""
    text = "\n".join([*lines.lines, ""])
    lower = text.lower() if len(text.lower()) == len(text) else text
    for label, words in lexicon.labels.items():
        for at in places_of(lower, label.lower()) if is_of_fields(words) else ():
            start = text.rfind("\n", max(at - _LONGEST, 0), at) + 1
            end = at + len(label)
            if (start or at <= _LONGEST) and not text[end : end + 1].isalnum():
                yield text[start:at], text[end : text.index("\n", end)].strip()
                break


def _frame(rows: list[tuple[str, str]], labels: list[str]) -> tuple[re.Pattern[str], str] | None:
    """A pattern of lines up to their values, and what is behind those.

    None where there is nothing but a colon between most labels and their values.
    """
    rows = [(_NUMBERS.sub("0", front), behind) for front, behind in rows]
    fronts = Counter(front for front, _ in rows)
    front, often = max(fronts.items(), key=itemgetter(1), default=("", 0))
    rest = [behind for before, behind in rows if before == front and behind]
    if often < max(_FEWEST, _SHARE * len(rows)) or len(rest) < _FEWEST:
        return None
    between, _ = _edges(rest)
    values = [x.removeprefix(between).strip() for x in rest]
    _, end = _edges([*filter(None, values)])
    if not all(_BRACKETS.get(sign, "") in front + between for sign in end):
        end = ""  # it is opened inside the values
    around = front + between + end
    # Emphasis and quotes around values are taken off each one; half of them is not.
    are_known = not around.strip(_KNOWN)
    is_whole = between.strip(_COLON) == end.strip() or often < _SURE * len(rows)
    if "|" in around or (are_known and (is_whole or not around.strip(_COLON))):
        return None
    signs = re.escape(between)
    if between in _STROKES and sum(":" in x[: 2 * _LONGEST] for x in rest) >= _SHARE * len(rest):
        signs += _OTHER_NAME
    before = re.escape(front).replace("0", _NUMBERS.pattern)
    names = "|".join(map(re.escape, labels))
    if end and between.strip(":= "):
        names += r"|[^\W\d_][^:\n]{1,80}?"  # a label that is not declared
    behind = rf"\s*+{signs}\s*+" if between else r"(?:\s++|$)"
    pattern = rf"^(\W{{0,{_LONGEST}}}?){before}({names}){behind}"
    return re.compile(pattern, re.IGNORECASE), end


def _edges(texts: list[str]) -> tuple[str, str]:
    """What most texts begin with, and the signs or tags that most end with."""
    least = max(_FEWEST, _SHARE * len(texts))
    begin = usual([text[:_LONGEST] for text in texts], least)
    patterns = (_SIGNS,) if texts.count(begin) >= least else (_SIGNS, _WORDS)
    found = (match[0] for match in (p.match(begin) for p in patterns) if match)
    end = _END.search(usual([text[: -_LONGEST - 1 : -1] for text in texts], least)[::-1])
    return max(found, key=len).strip(), end[0].rstrip() if end else ""
