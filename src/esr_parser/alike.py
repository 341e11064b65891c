r"""Rows of scores and answers that are all written in one way, and not in that of the register.

`6/10 7/10`, `[6 | 7]`, `6 p; 7 p`, `Kysymys: …? Vastaus: Kyllä`, of language models, forms, sheets
and people: what is between an aspect and its scores, or a question and its answer, and around them,
belongs to none of them where it is the same in most rows, and can change no meaning. It is blanked,
so that every value stays in its column.

>>> from esr_parser.layouts import LAYOUT_2014_2020
>>> from esr_parser.lexer import lex
>>> lexicon = Lexicon(LAYOUT_2014_2020)
>>> rows = (f"{aspect} = {k}/10, {9 - k}/10" for k, aspect in enumerate([*lexicon.aspects][:9]))
>>> lines = Lines("\n".join(rows))
>>> blank_around_values(lexicon, lines, lex(lexicon, lines), NoiseTally()), lines.lines[2]
(True, 'Kasvillisuus, eliöt ja luonnon monimuotoisuus   2     7')
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from operator import itemgetter
from typing import NamedTuple

from esr_parser.frames import near_beginnings, row_of, shape
from esr_parser.grammar import Questions, WordKind
from esr_parser.lazy import lazy
from esr_parser.lexer import Token
from esr_parser.lexicon import Lexicon, scores_of
from esr_parser.tally import NoiseKind, NoiseTally
from esr_parser.text import Lines, key, usual

_Blanked = Callable[[str], str]
"""Gives a line with blanks for what is around its values."""

_FEWEST, _SHARE = 6, 0.6
"""So many rows of scores are alike, and so many of those that are found."""
_FEWEST_ANSWERS, _SURE = 2, 0.9
_FARTHEST = 40
"""An answer is among so many words and gaps behind its question."""
_LONGEST_GAP = 40
_NUMBER, _WORD = lazy("([0-9]+)"), lazy(r"(\w+)")
_TAG = lazy(r"</?\w+ ?/?>")
_UNIT = lazy(r"(?:p|pts|pist|pistettä|kpl)\.?|\((?:0 ?[-\u2013] ?)?10\)|[^\w\s?!%€]{1,3}")
# A sign before a number, or a range; a point inside one, percents, values in the place of others.
_SIGN, _CHANGE = lazy(r"[-+\u2212\u2013]$"), lazy(r"^[,.:]$|[%€]|[-=]>|[\u2190\u2192]")
_SIGNS = lazy(rf"(?:{_TAG.pattern}|\[[0-9]\]|[^\w?!%€])*+")
_FRONT = lazy(r"[^0-9]*|[\W\d_]*+")
_MORE = lazy(r"\W*(?:[a-zåäö]+\.?:?\s*)?[0-9]")
_PAST_SIGNS = lazy(r"^(?:\s*[,;:.=|/\\\u2013\u2014-])*+")
_BEFORE_ANSWER = lazy(
    rf"(?:{_TAG.pattern}|[\W_])*+(?:(?:vastaus|vast|answer|valinta|[va])[\W_]++)?", re.IGNORECASE
)
_BEHIND_ANSWER = lazy(
    rf"(?:{_TAG.pattern}|\[[0-9]\]|[^\w?])*+(?:(?:perustelu|selit)\w*:)?", re.IGNORECASE
)
# Struck through, boxes without a tick.
_OPEN = lazy(r"~~|</?(?:s|del|strike)>|[\u2610\u25a1\u274c\u2717\u2718]|\[ ?\]|\( ?\)")
_TICK = lazy(
    r"(?:[\u2611\u2612\u2713\u2714\u2705]\ufe0f?|[\[(][xX][\])])(?= ?(?:Kyllä|Ei)\b)"
    r"|[\u274c\u2717\u2718]\ufe0f?(?= ?Ei\b)"
)
_BOX = r"(?:[\u2610\u25a1]|\[ ?\]|\( ?\)) ?(?:Kyllä|Ei)\b"
_BOXES = lazy(f"{_TICK.pattern}|{_BOX}")
_OPTION = rf"(?:(?:{_TICK.pattern}) ?(?:Kyllä|Ei)\b|{_BOX})"
_TICKED = lazy(rf"[\W_]{{0,9}}?{_OPTION}(?:[\W_]{{0,9}}?{_OPTION})?")


class _Row(NamedTuple):
    """A line with an aspect or a question, without that."""

    before: str
    parts: Sequence[str]
    """What is behind it: text, a value, text, and so on."""


def blank_around_values(
    lexicon: Lexicon, lines: Lines, tokens: Sequence[Token], noise: NoiseTally
) -> bool:
    """Blanks what is around scores, and around answers, where it is the same in most rows.

    Args:
        lexicon: The declared strings.
        lines: The lines, which are changed.
        tokens: What was recognised in the lines.
        noise: What is blanked is counted here.

    Returns:
        Whether there was any.
    """
    found = _around_scores(lexicon, lines, tokens), _around_answers(lexicon, lines, tokens)
    for blanked in filter(None, found):
        rows = [i for i, line in enumerate(lines.lines) if blanked(line) != line]
        lines.mend(blanked)
        noise.add(NoiseKind.FRAME, min(rows, default=0), len(rows))
    return any(found)


def _blanked(match: re.Match[str]) -> str:
    """A row with nothing but what is meant: in groups, the first one a label if it is alone."""
    shown = [" "] * len(match[0])
    for group in range(2, len(match.groups()) + 1):
        shown[slice(*match.span(group))] = match[group]
    if len(match.groups()) == 3:
        shown[match.end(2)] = ":"
    return "".join(shown)


def _without_boxes(questions: re.Pattern[str], line: str) -> str:
    """An answer without its tick, and without the other one with its empty box: forms."""
    match = questions.match(line)
    if match is None or len(_TICK.findall(match[3])) != 1:
        return line
    return line[: match.start(3)] + _BOXES.sub(lambda box: " " * len(box[0]), match[3])


def _around_scores(lexicon: Lexicon, lines: Lines, tokens: Sequence[Token]) -> _Blanked | None:
    aspects = lexicon.aspects
    rated = [t for t in tokens if t.kind is WordKind.ASPECT and not isinstance(t.value, str)]
    read = {t.words[0].text for t in rated}
    beside = Counter(lines.lines[t.last][t.column :] for t in rated if t.column >= 0)
    unit, often = max(beside.items(), key=itemgetter(1), default=("", 0))
    if often >= max(_FEWEST, _SURE * len(rated)) and _UNIT.fullmatch(unit):
        read.clear()  # what is behind every row explains none
    if len(read) >= _SHARE * len(aspects):
        return None
    heads = scores_of(next(iter(aspects.values()))).heads
    found = near_beginnings(lines, aspects).values()
    rows = [_Row(shape(some[0][0]), _NUMBER.split(some[0][1])) for some in found if some]
    least = max(_FEWEST, _SHARE * len(rows), len(read) + 1)
    for are_values in ([True, False] * len(heads), [True] * len(heads)):
        same = _alike(rows, len(are_values))
        if len(same) >= least and _are_scores(same, are_values):
            return _blanking(aspects, same, are_values, heads)
    return None


def _are_scores(rows: list[_Row], are_values: list[bool]) -> bool:
    """Whether the other numbers of rows are the scale, `6/10 7/10`, and these are not."""
    columns = zip(*(row.parts[1 : 2 * len(are_values) : 2] for row in rows), strict=True)
    before = rows[0].parts[: 2 * len(are_values) : 2]
    pairs = zip(before, columns, are_values, strict=True)
    return all(is_value != (x.strip() == "/" and {*y} == {"10"}) for x, y, is_value in pairs)


def _around_answers(lexicon: Lexicon, lines: Lines, tokens: Sequence[Token]) -> _Blanked | None:
    reads: dict[str, Callable[[str], bool]] = {
        label: words[0].item.type.reads
        for label, words in lexicon.labels.items()
        if words[0].section is not None and isinstance(words[0].section.content, Questions)
    }
    asked = (t for t in tokens if t.kind is WordKind.LABEL and t.words[0].text in reads)
    read = {t.words[0].text for t in asked if reads[t.words[0].text](t.value.strip("| "))}
    if len(read) >= _FEWEST_ANSWERS:
        return None
    rows: list[_Row] = []
    for question, places in near_beginnings(lines, reads).items():
        for before, behind in places[:1]:
            if _TICKED.fullmatch(behind):
                return partial(_without_boxes, row_of("", reads, f"({_TICKED.pattern})$"))
            words = _WORD.split(behind)
            at = next((k for k, x in enumerate(words[:_FARTHEST]) if reads[question](x)), 0)
            if at:
                front, rest = "".join(words[:at]), "".join(words[at + 1 :])
                rows.append(_Row(shape(before), (front, words[at], rest)))
    same = _alike(rows, 1)
    if len(same) < max(_FEWEST_ANSWERS, _SHARE * len(rows)):
        return None
    return _blanking(reads, same, [True], ())


def _alike(rows: list[_Row], size: int) -> list[_Row]:
    """The rows with the same before them and between so many values."""
    shapes: dict[tuple[str, ...], list[_Row]] = {}
    for row in rows:
        if len(row.parts) > 2 * size:
            shapes.setdefault((row.before, *row.parts[: 2 * size : 2]), []).append(row)
    return max(shapes.values(), key=len, default=[])


def _blanking(
    words: Iterable[str], rows: list[_Row], are_values: list[bool], heads: Sequence[str]
) -> _Blanked | None:
    """What blanks all of such rows but words and values; None if it may be theirs, or nothing."""
    before, gaps = rows[0].before, _gaps(rows[0], are_values)
    rests = ["".join(row.parts[2 * len(are_values) :]).rstrip() for row in rows]
    end, is_whole = _end(rests, gaps)
    gaps[-1] += end
    is_plain = not "".join((before, *gaps)).strip(None if heads else ": \t")
    if is_plain or max(map(len, gaps)) > _LONGEST_GAP or any(map(_OPEN.search, gaps)):
        return None
    if heads:
        is_more = not is_whole and sum(map(bool, map(_MORE.match, rests))) >= _SHARE * len(rows)
        is_sure = not is_more and _are_around_scores(gaps, heads)
    else:
        is_sure = bool(_BEFORE_ANSWER.fullmatch(gaps[0]) and _BEHIND_ANSWER.fullmatch(gaps[1]))
    if not is_sure or not _FRONT.fullmatch(before):
        return None
    body = ("([0-9]+)" if heads else r"(\w+)").join(map(re.escape, gaps))
    return partial(row_of(before, words, rf"\s*+{body}{'$' if is_whole else ''}").sub, _blanked)


def _gaps(row: _Row, are_values: list[bool]) -> list[str]:
    """What is before each value of a row, with the numbers there that are part of a scale."""
    gaps = [""]
    for k, is_value in enumerate(are_values):
        text, number = row.parts[2 * k : 2 * k + 2]
        gaps[-1] += text if is_value else text + number
        gaps += [""] if is_value else []
    return gaps


def _are_around_scores(gaps: list[str], heads: Sequence[str]) -> bool:
    """Whether the text around scores is nothing but signs, a unit, or the names of the columns."""
    if any(map(_SIGN.search, gaps[:-1])) or any(map(_CHANGE.search, gaps[1:-1])):
        return False
    names = [*map(_letters, gaps)]
    if key("".join(names)) == key("".join(heads)):
        return True
    if _UNIT.fullmatch(gaps[-1].strip()) and not any(names[:-1]):
        names[-1] = ""
    first, *between, last = names
    is_unit = len({*names[:-1]}) == 1 and last in ("", first)  # `V: 6 V: 7`
    is_unit = is_unit or (not first and len({*between, last}) == 1)  # `6 p, 7 p`
    is_joined = not first and not last and {*between} <= {"ja", "och", "and"}
    return (is_unit or is_joined) and {*names}.isdisjoint(map(_letters, heads))


def _end(rests: list[str], gaps: list[str]) -> tuple[str, bool]:
    """What is behind the values of most rows, and whether that is all; of notes, the signs."""
    least = _SHARE * len(rests)
    rest, often = Counter(rests).most_common(1)[0]
    is_unit = often >= _SURE * len(rests) and _UNIT.fullmatch(rest.strip()) is not None
    # Names of columns: one that is behind the last score belongs to those before it.
    is_name = not _NUMBER.search(rest) and (rest.endswith(":") or any(map(_letters, gaps)))
    if often >= least and (is_unit or is_name or _SIGNS.fullmatch(rest)):
        return rest, True
    begin = usual([rest[:_LONGEST_GAP] for rest in rests], least)
    return begin[: len(begin) - len(_PAST_SIGNS.sub("", begin))], False


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, _TAG.sub("", text))).casefold()
