r"""What is around every label or heading alike, whatever it is: brackets, quotes, tags, words.

Forms put each value in brackets, scripts a word before each field, word processors quotes around
labels, and pages in two languages have each label twice. What most labels of a page have before
them, behind them, and behind their values belongs to none of them.

>>> from esr_parser.layouts import LAYOUT_2014_2020
>>> from esr_parser.lexer import lex
>>> labels = ("Y-tunnus", "Puhelinnumero", "Kunnat", "Maakunnat", "WWW-osoite", "Hankkeen nimi")
>>> lexicon = Lexicon(LAYOUT_2014_2020)
>>> lines = Lines("".join(f"echo \u201c{label}\u201d: [9812340-3]\n" for label in labels))
>>> take_off_frames(lexicon, lines, lex(lexicon, lines), NoiseTally()), lines.lines[:2]
(True, ['Y-tunnus: 9812340-3', 'Puhelinnumero: 9812340-3'])
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import pairwise, takewhile
from operator import itemgetter
from typing import NamedTuple

from esr_parser.grammar import Field, WordKind
from esr_parser.lazy import lazy
from esr_parser.lexer import Token, is_of_fields
from esr_parser.lexicon import Lexicon
from esr_parser.tally import NoiseKind, NoiseTally
from esr_parser.text import Lines, places_of, usual
from esr_parser.values import NAME_LIST

_FEWEST, _SHARE = 6, 0.6
"""So many labels have the same around them, and so many of those that are found."""
_FEWEST_HEADINGS, _MOST_PLACES = 4, 4
"""So many headings have it; a title is looked for in so many lines."""
_LONGEST_FRAME = 40
_SIGNS = re.compile(r"(?:</?\w[^<>]{0,18}>|[\W_])*+")
_END = re.compile(f"{_SIGNS.pattern}$")
_BUTTON = re.compile(r"(?<= )[a-zåäöA-ZÅÄÖ_]{3,20}$")
"""A word behind each value: `Kopioi`."""
# Words are of a value, unless a sign is behind them: XML, SQL, reports of `Kenttä: …; Arvo: …`.
_WORDS = re.compile(r"(?:[^0-9]*[:=;\"'<>()\[\]{}\\])?")
_BRACKETS = dict(zip(")]}>\u00bb\u3011", "([{<\u00ab\u3010", strict=True))
_NAME_OF_BLOCK = re.compile(r"\W?[^\W\d_].*[^\w\s](?=\s)")
_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_STROKES, _OTHER_NAME = ("/", "(", "["), r"[^:]{1,80}:\s*+"
"""What is between a label and its name in another language, and that."""
_COLON, _KNOWN = ": \t", "*_`\"': \t"
"""A colon; with emphasis and quotes, which are taken off each value."""
# What forms put behind labels, above their values: `(pakollinen tieto)`.
_TAIL_OF_LABELS = lazy(r"\((?:pakollinen|vapaaehtoinen|required|optional)[^()]{0,20}\):?")
_SURE = 0.9
"""Of the labels that are found, so many have half of such marks: two fields are in few lines."""


class _Frame(NamedTuple):
    """What is around headings or labels."""

    pattern: re.Pattern[str]
    """A heading, or a label up to its value."""
    printed: str
    """What is printed there."""
    end: str = ""
    """What is behind values."""
    is_pair: bool = False
    """Whether that closes what is open before them."""


def take_off_frames(
    lexicon: Lexicon, lines: Lines, tokens: Sequence[Token], noise: NoiseTally
) -> bool:
    """Takes off what is around headings, or labels and their values, where it is always the same.

    Args:
        lexicon: The declared strings.
        lines: The lines, which are changed.
        tokens: What was recognised in the lines.
        noise: What is taken off is counted here.

    Returns:
        Whether there was any.
    """
    frames = _around_headings(lexicon, lines, tokens), _around_fields(lexicon, lines, tokens)
    if not any(frames):
        return False
    others = {*range(len(lines))}
    for frame in filter(None, frames):
        rows = [i for i, line in enumerate(lines.lines) if frame.pattern.match(line)]
        own = _without_ends(frame, lines, rows)
        lines.mend(partial(_as_printed, frame, own))
        noise.add(NoiseKind.FRAME, min(rows, default=0), len(rows))
        others.difference_update(rows)
    texts = [i for i in sorted(others) if lines.lines[i] and not lexicon.declares(lines.lines[i])]
    _without_names(lines, texts)
    return True


def _without_ends(frame: _Frame, lines: Lines, rows: list[int]) -> set[str]:
    """Takes off what is behind values; the result is the lines where nothing closes a value."""
    own: set[str] = set()
    for i, after in pairwise((*rows, len(lines))):
        # A value over several lines ends in the last one.
        block = takewhile(lines.lines.__getitem__, range(i, after if frame.is_pair else i + 1))
        last = next((j for j in block if lines.lines[j].endswith(frame.end)), -1)
        if last >= 0:
            lines.lines[last] = lines.lines[last].removesuffix(frame.end).rstrip()
        elif frame.is_pair:
            own.add(lines.lines[i])
    return own


def _as_printed(frame: _Frame, own: set[str], line: str) -> str:
    """A line without what is around its heading or label; what it opens itself is its own."""
    return line if line in own else frame.pattern.sub(frame.printed, line)


def _without_names(lines: Lines, texts: list[int]) -> None:
    """Takes the name of a block off lines of text: Textract, unstructured name every block."""
    least = max(_FEWEST, len(texts) // 4)  # explanations may have none
    begin = usual([lines.lines[i][:_LONGEST_FRAME] for i in texts], least)
    if (name := _NAME_OF_BLOCK.match(begin)) is not None:
        for i in texts:
            lines.lines[i] = lines.lines[i].removeprefix(name[0]).lstrip()


def _around_headings(lexicon: Lexicon, lines: Lines, tokens: Sequence[Token]) -> _Frame | None:
    """What is before the number of most headings, between that and the title, and behind it."""
    sections = {s.title: s.number for s in lexicon.layout.sections if s.title}
    known = {t.words[0].section for t in tokens if t.kind is WordKind.HEADING}
    if len(known) > _SHARE * len(sections):
        return None
    frames: Counter[tuple[str, str, str]] = Counter()
    for title, places in near_beginnings(lines, sections).items():
        for front, behind in places:
            before, number, between = front.rpartition(sections[title])
            if number and len(behind) < _LONGEST_FRAME:
                frames[shape(before), between.removeprefix("."), shape(behind)] += 1
                break
    (before, between, behind), often = max(
        frames.items(), key=itemgetter(1), default=(("",) * 3, 0)
    )
    if often < max(_FEWEST_HEADINGS, _SHARE * frames.total(), len(known) + 1):
        return None
    title = rf"\.?{re.escape(between)}({_any_of(sections)})\s*+{_pattern_of(behind)}$"
    return _Frame(row_of(before, sections.values(), title), r"\1\2 \3")


def _around_fields(lexicon: Lexicon, lines: Lines, tokens: Sequence[Token]) -> _Frame | None:
    """What is before most labels of fields, between them and their values, and behind those.

    None where that is nothing but a colon.
    """
    fields = [t for t in tokens if t.kind is WordKind.LABEL and is_of_fields(t.words)]
    values = {t.words[0].text: t.value.strip() for t in fields}
    begin, end = _edges([*filter(None, values.values())])
    if len(values) >= 2 * _FEWEST and begin == end and not begin.strip(_KNOWN):
        return None
    labels = {x: words[0].item for x, words in lexicon.labels.items() if is_of_fields(words)}
    places = near_beginnings(lines, labels)
    rows = [(labels[x], shape(some[0][0]), some[0][1]) for x, some in places.items() if some]
    fronts = Counter(front for _, front, _ in rows)
    front, often = max(fronts.items(), key=itemgetter(1), default=("", 0))
    rest = [(item, behind) for item, before, behind in rows if before == front and behind]
    if often < max(_FEWEST, _SHARE * len(rows)) or len(rest) < _FEWEST:
        return None
    tail, count = Counter(x for _, x in rest).most_common(1)[0]
    if count >= max(_FEWEST, _SHARE * len(rows)) and _TAIL_OF_LABELS.fullmatch(tail):
        return _Frame(row_of(front, lexicon.labels, rf"\s*+{re.escape(tail)}$"), r"\1\2:")
    between, end = _around_values(front, [x for _, x in rest], is_sure=often >= _SURE * len(rows))
    if not between:
        return None
    heads = (x[: 2 * _LONGEST_FRAME] for _, x in rest)
    is_named = between in _STROKES and sum(":" in x for x in heads) >= _SHARE * len(rest)
    signs = rf"\s*+{re.escape(between)}{_OTHER_NAME if is_named else ''}\s*+"
    # It is no part of the values if more of them can be read without it.
    behind = re.compile(signs)
    plain = ((item, behind.sub("", x, count=1).removesuffix(end).strip()) for item, x in rest)
    if sum(map(_is_typed, plain)) <= sum(_is_typed((labels[x], values.get(x, ""))) for x in labels):
        return None
    is_pair = bool(end and (front + between).strip(_COLON))
    return _Frame(row_of(front, lexicon.labels, signs), r"\1\2: ", end, is_pair)


def _around_values(front: str, texts: list[str], *, is_sure: bool) -> tuple[str, str]:
    """What is between labels and values, and behind those; empty where it is to stay."""
    between, _ = _edges(texts)
    _, end = _edges([x for text in texts if (x := text.removeprefix(between).strip())])
    if not all(_BRACKETS.get(sign, "") in (front + between).strip(_COLON) for sign in end):
        end = ""  # it is opened inside the values
    around = front + between + end
    if "|" in around or not around.strip(_COLON):
        return "", ""
    # Emphasis and quotes around values are taken off each one; half of them is not.
    is_half = is_sure and between.strip(_COLON) != end.strip()
    return (between, end) if around.strip(_KNOWN) or is_half else ("", "")


def _is_typed(row: tuple[Field, str]) -> bool:
    """Whether a value can be read that could not be any text."""
    kind, value = row[0].type, row[1]
    is_any = kind.is_text or kind is NAME_LIST
    return bool(value) and not is_any and kind.reads(value)


def near_beginnings(lines: Lines, words: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """What is before and behind words in the lines that have them near their beginnings."""
    text = "\n".join([*lines.lines, ""])
    lower = text.lower() if len(text.lower()) == len(text) else text
    found: dict[str, list[tuple[str, str]]] = {word: [] for word in words}
    for word, places in found.items():
        for at in places_of(lower, word.lower()):
            start = text.rfind("\n", max(at - _LONGEST_FRAME, 0), at) + 1
            end = at + len(word)
            if (start or at <= _LONGEST_FRAME) and not text[end : end + 1].isalnum():
                places.append((text[start:at], text[end : text.index("\n", end)].strip()))
                if len(places) == _MOST_PLACES:
                    break
    return found


def shape(text: str) -> str:
    """A text in which all numbers are alike."""
    return _NUMBERS.sub("0", text)


def row_of(before: str, words: Iterable[str], behind: str) -> re.Pattern[str]:
    """A pattern of lines with one of some words; groups are what is before all, and the word."""
    front = rf"^(\W{{0,{_LONGEST_FRAME}}}?){_pattern_of(before)}"
    return re.compile(f"{front}({_any_of(words)}){behind}", re.IGNORECASE)


def _pattern_of(shape: str) -> str:
    """A pattern of all texts of a shape."""
    return re.escape(shape).replace("0", _NUMBERS.pattern)


def _any_of(words: Iterable[str]) -> str:
    """A pattern of any of some words, of the longest that fits."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _edges(texts: list[str]) -> tuple[str, str]:
    """What most texts begin with, and the signs or tags that most end with."""
    least = max(_FEWEST, _SHARE * len(texts))
    begin = usual([text[:_LONGEST_FRAME] for text in texts], least)
    patterns = (_SIGNS,) if texts.count(begin) >= least else (_SIGNS, _WORDS)
    found = (match[0] for match in (p.match(begin) for p in patterns) if match)
    last = usual([text[: -_LONGEST_FRAME - 1 : -1] for text in texts], least)[::-1]
    end = _BUTTON.search(last) or _END.search(last)
    return max(found, key=len).strip(), end[0].rstrip() if end else ""
