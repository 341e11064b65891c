r"""Lines to tokens: what a line means in the words of the format, however it is spelled.

A token is one line (or a few, where a tool wrapped a declared string): a heading, a title, a label
with its value, an aspect with its scores. Lines without a token are text. Behind the tokens,
nothing knows of Markdown, cells, indentation or wraps.

>>> from esr_parser.layouts import LAYOUT_2014_2020
>>> from esr_parser.text import Lines
>>> [token] = lex(Lexicon(LAYOUT_2014_2020), Lines("**HANKEKOODI :** S29999"))
>>> token.kind, token.words[0].declared, token.value
(<WordKind.LABEL: 'label'>, 'Hankekoodi', 'S29999')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

from esr_parser.grammar import Fields, WordKind
from esr_parser.lexicon import (
    NAME,
    NOWHERE,
    NUMBER,
    NUMBERED,
    PART,
    Lexicon,
    Meaning,
    Words,
    is_tail,
    scores_of,
)
from esr_parser.scores import scores
from esr_parser.tally import NoiseKind, NoiseTally
from esr_parser.text import DIVIDING, FURNITURE, LEAD, Lines, first_cell, is_rule, key, next_text

ONLY_NUMBERS = re.compile(r"[0-9]{1,2}(?:[\s|]+[0-9]{1,2})*")
_BETWEEN_CELLS = "| \t"
_COLON_BELOW = re.compile(r":\s+(?=\S)")
# The end of a label that is bold with the space behind it, in Word: "**Hankekoodi: **S29999".
_CLOSING, _EMPHASIS = re.compile(r" ?([*_]{1,3})"), frozenset("*_")
_NUMERIC = frozenset("0123456789(")
_MARKED = frozenset(LEAD) | _NUMERIC
# Scores in two cells with nothing between them: pages of spans, printed by browsers.
_GLUED, _HIGHEST = re.compile("(?:10|[0-9]){2}"), 10
_FEW = 2
"""Fewer declared strings in another spelling are a person's."""
_FEWEST = 6
"""So many different labels of fields without a colon show that the page has none."""
_MOST_LINES_OF_STRING = 6


class Token(NamedTuple):
    """What one line, or a few, mean."""

    kind: str
    words: Words
    value: Any
    """A label's value; an aspect's scores, or the rest of its line; a heading's printed number."""
    first: int
    last: int
    lead: str
    """The marks before it."""
    column: int
    """Where the value begins in the last line; -1 where it does not."""
    is_wrapped: bool = False
    """Whether the declared string is broken over lines."""
    note: str = ""
    """The explanation of an aspect, in cells beside it."""


def lex(lexicon: Lexicon, lines: Lines) -> list[Token]:
    """The tokens of a text, in order."""
    tokens: list[Token] = []
    last = -1
    meaning, starts, size = lexicon.meaning, lexicon.starts, lexicon.size
    titles = _title_lines(lexicon, lines)
    for i, line in enumerate(lines.lines):
        if not line or i <= last:
            continue
        # Lines that may mean something: by their first letters, behind a tool's marks.
        core, lead = line, ""
        if line[:size] not in starts:
            if line[0] not in _MARKED and i not in titles:
                continue
            core = line.lstrip(LEAD)
            lead = line[: len(line) - len(core)]
            if not core or not (
                core[0] in _NUMERIC or core[:size] in starts or line[0] in "![" or i in titles
            ):
                continue
        found, end, note = meaning(core), i, ""
        if found is not None and found[0] is PART:
            found, end, note = _joined(lexicon, lines, i, core)
        if found is None:
            found, end, note = _in_columns(lexicon, lines.lines, i, core)
        if found is None:
            continue
        last = end
        kind, words, value, column = found
        if column >= 0 and last == i:
            column += len(lead)
            mark = _CLOSING.match(value) if lead[-1:] in _EMPHASIS else None
            if mark and lead.endswith(mark[1]) and value.count(mark[1]) % 2:
                column, value = column + mark.end(), value[mark.end() :]
        tokens.append(Token(kind, words, value, i, last, lead, column, last > i, note))
    return _completed(_with_bare(lexicon, lines.lines, tokens), lines.lines)


# What fonts of PDF write for a hyphen; lines that nroff or a PDF justified; words and signs that
# NLTK took apart. A dash between spaces may be the page's own. What is printed, its other spelling,
# and what of that is replaced by what; how often it is so, at least, for each one as printed, and
# on the page.
_SPELLINGS = (
    *(("-", sign, re.compile(sign), "-", 1, _FEW) for sign in "\u2012\u2212"),
    *(
        ("-", sign, re.compile(rf"(?<=\w){sign}|{sign}(?=\w)"), "-", 1, _FEW)
        for sign in "\u2013\u2014"
    ),
    (" ", "  ", re.compile("(?<! )  (?! )"), " ", 1 / 6, _FEWEST),
    (",", " ,", re.compile(r" (?=[,.;:!?)](?:\s|$))|(?<=\() "), "", 1 / 2, _FEW),
)


def mend_signs(lines: Lines, tokens: list[Token], noise: NoiseTally) -> bool:
    """Takes off another spelling that both declared strings and what is around them have."""
    signs = [x for x in _SPELLINGS if x[1] in lines.text]
    rows = [
        (t.words[0].text, t.first)
        for t in (tokens if signs else ())
        if t.words and t.words[0].text not in lines.lines[t.first]
    ]
    for usual, sign, pattern, plain, least, fewest in signs:
        odd = [i for word, i in rows if word in pattern.sub(plain, lines.lines[i])]
        if len(odd) < _FEW:
            continue
        known = {i for t in tokens for i in range(t.first, t.last + 1)}
        # Without the margins of values, and labels inside them, which a tool ran together.
        rest = [x.lstrip(": ") for i, x in enumerate(lines.lines) if i not in known]
        values = (t.value.rpartition(":")[2] for t in tokens if t.kind is WordKind.LABEL)
        text = "\n".join([*rest, *map(str.strip, values)])
        count = text.count(sign)
        if count <= fewest or count < text.count(usual) * least:
            continue
        lines.mend(partial(pattern.sub, plain))
        noise.add(NoiseKind.LETTER_CASE, odd[0], len(odd))
        return True
    return False


def _with_bare(lexicon: Lexicon, lines: list[str], tokens: list[Token]) -> list[Token]:
    """The tokens with labels right before their values, on a page that has no colons behind labels.

    Tables of two columns, in which the longest label leaves no gap, or none does: elinks,
    pdfplumber, OCR.
    """
    if have_colons(lines, tokens):
        return tokens
    known = {i for t in tokens for i in range(t.first, t.last + 1)}
    names = sorted(lexicon.labels, key=len, reverse=True)
    starts = [i for i, x in enumerate(lines) if x[: lexicon.size] in lexicon.starts]
    columns = ((i, _in_columns(lexicon, lines, i, lines[i], is_bare=True)) for i in starts)
    found = [
        Token(*meaning[:3], i, end, "", NOWHERE, is_wrapped=True)
        for i, (meaning, end, _) in columns
        if i not in known and meaning is not None and is_of_fields(meaning[1])
    ]
    known.update(i for t in found for i in range(t.first, t.last + 1))
    found += [
        Token(WordKind.LABEL, words, lines[i][len(name) + 1 :], i, i, "", len(name) + 1)
        for i in starts
        if i not in known
        and (name := next((x for x in names if lines[i].startswith(f"{x} ")), ""))
        and is_of_fields(words := lexicon.labels[name])
        and not _are_labels(lines[i][len(name) + 1 :], names)
    ]
    # Labels alone on their lines show it only beside others.
    kinds = (WordKind.LABEL, NAME) if found else (WordKind.LABEL,)
    labels = [t for t in tokens if t.kind in kinds and is_of_fields(t.words)]
    if len({t.words[0].text for t in (*found, *labels)}) < _FEWEST:
        return tokens
    # Empty ones have nothing behind them; values can be below their labels, and answers.
    are_below = sum(t.kind is NAME for t in tokens) > sum(t.kind is WordKind.LABEL for t in tokens)
    rows = ((t, t.kind is NAME and (are_below or is_of_fields(t.words))) for t in tokens)
    tokens = [t._replace(kind=WordKind.LABEL) if is_label else t for t, is_label in rows]
    return sorted((*tokens, *found), key=lambda token: token.first)


def _are_labels(text: str, names: list[str]) -> bool:
    """Whether text is nothing but labels: those of empty fields, by tools that fold white space."""
    while text:
        name = next((x for x in names if f"{text} ".startswith(f"{x} ")), "")
        if not name:
            return False
        text = text[len(name) + 1 :]
    return True


def have_colons(lines: list[str], tokens: Sequence[Token]) -> bool:
    """Whether there is a colon behind the label of a field."""
    labels = (t for t in tokens if t.kind is WordKind.LABEL and is_of_fields(t.words))
    fronts = (
        (t, *lines[t.first][: t.column if t.column >= 0 else None].partition(":")) for t in labels
    )
    # In a value beside a label that is wrapped, a colon is none of the label.
    return any(
        colon and (t.column >= 0 or key(front) in key(t.words[0].text))
        for t, front, colon, _ in fronts
    )


def is_of_fields(words: Words) -> bool:
    """Whether a label is that of a field, not of a question."""
    return words[0].section is not None and isinstance(words[0].section.content, Fields)


def _title_lines(lexicon: Lexicon, lines: Lines) -> frozenset[int]:
    """The lines that end as titles do: the fund before it may not be declared."""
    end = lexicon.layout.title.partition("{fund}")[2]
    if not end or end not in lines.text:
        return frozenset()
    return frozenset(i for i, line in enumerate(lines.lines[:200]) if line.endswith(end))


def _joined(lexicon: Lexicon, page: Lines, i: int, core: str) -> tuple[Meaning | None, int, str]:
    """What line ``i``, ``core``, and those below mean: a wrapped string; where it ends; a note."""
    text, (first, *rest) = core, first_cell(core)
    columns = [first.strip(FURNITURE), *rest, ""]
    lines, numbers = page.lines, ""
    for j in range(i + 1, min(i + 1 + 2 * _MOST_LINES_OF_STRING, len(lines))):
        more = lines[j].lstrip(FURNITURE)
        if is_rule(more):
            continue  # MuPDF makes blocks of a justified heading: its number, and each word
        if ONLY_NUMBERS.fullmatch(more):
            numbers = f"{numbers} {more}".strip()  # cells amid the one before them: LibreOffice
            continue
        text = f"{text.rstrip(FURNITURE)} {more}"
        kind, words, value, column = lexicon.meaning(text) or (PART, (), "", NOWHERE)
        if kind is PART:
            # A table in columns: the first cell goes on below, the others are beside it.
            left, *right = first_cell(more)
            columns[0] = f"{columns[0]} {left.strip(FURNITURE)}"
            columns[1] = " ".join([columns[1].strip(FURNITURE), *right]).strip(FURNITURE)
            beside, note = _beside(lexicon, columns)
            if beside is not None:
                return beside, j, note
            continue
        if kind is NUMBERED:
            break  # a heading in other words, and the line below it
        own = lexicon.meaning(more) if kind is WordKind.TITLE else None
        if own is not None and own[0] is WordKind.TITLE and own[2]:
            break  # it needs no line above it
        if not numbers:
            return (kind, words, value, max(len(lines[j]) - (len(text) - column), NOWHERE)), j, ""
        is_bare = kind is WordKind.ASPECT and not value
        row = scores(numbers, scores_of(words), is_glued=numbers.isdigit()) if is_bare else None
        if row is None:
            break  # a number of something else
        return (kind, words, row[0], NOWHERE), j, ""
    # "1 Projekti": no declared string, and so perhaps a heading with another title.
    return lexicon.numbered(core), i, ""


def _in_columns(
    lexicon: Lexicon, lines: list[str], i: int, core: str, *, is_bare: bool = False
) -> tuple[Meaning | None, int, str]:
    """A string in a narrow column, a space from what is beside it: pdfplumber, words of PyMuPDF.

    It is an aspect, a label with a colon behind it, or one without (``is_bare``).
    """
    some = lexicon.by_first_word.get(core.partition(" ")[0], ())
    if not some:
        return None, i, ""
    below = {line.partition(" ")[0].rstrip(":") for line in lines[i + 1 : i + 4]}
    for parts, words in some:
        kind = words[0].kind
        if below.isdisjoint(parts) or (is_bare and kind is not WordKind.LABEL):
            continue
        left, beside, j = parts, [""], i - 1
        is_column, line = True, ""
        # A value may be between two parts: w3m on pdftohtml's lines.
        while left and is_column and j + 1 < min(i + _MOST_LINES_OF_STRING, len(lines)):
            j += 1
            line = core if j == i else lines[j]
            fronts = (" ".join(left[:size]) for size in range(len(left), 0, -1))
            front = next((x for x in fronts if _begins_with(line, x)), "")
            left, behind = left[len(front.split()) :], line[len(front) :].strip(": ")
            is_column = bool(front) or len(beside) == 1 or line.isdigit()
            beside += [behind] if behind else []
        # A word that a line end may divide is left.
        if j == i or len(beside) == 1 or left or any(x[-1:] in DIVIDING for x in beside):
            continue
        value = " ".join(beside).strip()
        # A text that begins as the label does; another label: `Hankkeen lyhyt`, `nimi: Mesi`.
        is_again = value.startswith(" ".join(parts[:2]))
        is_word = len(beside) > 2 and beside[1].islower() and beside[1].isalpha()
        if kind is WordKind.LABEL and (is_bare or (":" in line and not is_word)) and not is_again:
            return (kind, words, value, NOWHERE), j, ""
        row = kind is WordKind.ASPECT and scores(value, scores_of(words), is_glued=value.isdigit())
        if row:
            note = value[row[1] :] if row[1] >= 0 else ""
            return (kind, words, row[0], NOWHERE), j, note
    return None, i, ""


def _begins_with(line: str, front: str) -> bool:
    """Whether a line begins with some words; `pdftotext -layout` glues what is beside them."""
    rest = line[len(front) :]
    is_glued = rest.isdigit() or (rest[:1].isupper() and front[-1].islower())
    return line.startswith(front) and (rest[:1] in ("", " ", ":") or is_glued)


def _beside(lexicon: Lexicon, columns: list[str]) -> tuple[Meaning | None, str]:
    """What a cell of several lines means, with the text of the cells beside it, and a note."""
    kind, words, *_ = lexicon.meaning(columns[0]) or ("", ())
    if not columns[1]:
        return None, ""
    if kind is WordKind.ASPECT and (row := scores(columns[1], scores_of(words))) is not None:
        note = columns[1][row[1] :] if row[1] >= 0 else ""
        return (kind, words, row[0], NOWHERE), " ".join(note.replace("|", " ").split())
    is_label = kind in (WordKind.LABEL, NAME)
    return (WordKind.LABEL, words, columns[1], NOWHERE) if is_label else None, ""


def _completed(tokens: list[Token], lines: list[str]) -> list[Token]:
    """The tokens with what belongs to them in the lines below."""
    kinds = [token[0] for token in tokens]
    # A definition list without its colons: every label is alone on its line.
    are_labels = kinds.count(NAME) > kinds.count(WordKind.LABEL)
    pairs = pairwise(tokens)
    headings = [(a, b) for a, b in pairs if b.kind is WordKind.HEADING]
    heads = {a.first: False for a, _ in headings if a.kind is NUMBER}
    heads.update((b.first, True) for _, b in headings)
    aspects = [t for t in tokens if t.kind is WordKind.ASPECT]
    beside = [t for t in aspects if not isinstance(t.value, str)]
    rest = [t.value.strip() or _below(t, lines) for t in aspects if isinstance(t.value, str)]
    is_beside = len(beside) > _FEW and all(_is_glued(t, lines) for t in beside)
    are_glued = is_beside or _are_glued(rest)
    result: list[Token] = []
    for token in tokens:
        if result and token.first <= result[-1].last:
            continue
        if token.kind is NAME or (token.kind is WordKind.LABEL and not token.value):
            token = _name(token, lines, are_labels)
        elif token.kind is WordKind.ASPECT and isinstance(token.value, str):
            token = _with_scores_below(token, lines, heads, are_glued=are_glued)
        elif token.kind is WordKind.HEADING:
            token = _heading(token, lines, result)
        result.append(token)
    return result


def _heading(token: Token, lines: list[str], result: list[Token]) -> Token:
    """A heading with its number in a block above it, or with an anchor that was wrapped."""
    above, section = result[-1] if result else token, token.words[0].section
    assert section is not None
    is_number = above.kind is NUMBER and above.value == section.number
    if is_number and next_text(lines, above.last + 1, len(lines)) == token.first:
        result.pop()
        # Above one with its own number, it is the value of an empty label: `8`, `8 Hanke`.
        label = result[-1] if result else above
        is_empty = label.kind is WordKind.LABEL and not label.value
        is_value = is_empty and next_text(lines, label.last + 1, len(lines)) == above.first
        if token.value != section.number or not is_value:
            token = token._replace(first=above.first, value=above.value)
    below = token.last + 1
    if below < len(lines) and is_tail(lines[below]):
        return token._replace(last=below, is_wrapped=True)
    return token


def _name(token: Token, lines: list[str], are_labels: bool) -> Token:
    """A label without a colon: definition lists have it at the value, others nowhere."""
    below = next_text(lines, token.last + 1, len(lines))
    if below < len(lines) and (match := _COLON_BELOW.match(lines[below])):
        column = match.end()
        return token._replace(
            kind=WordKind.LABEL, value=lines[below][column:], last=below, column=column
        )
    # An answer in a block of its own, on a page whose fields have colons.
    is_asked = below < len(lines) and not is_of_fields(token.words)
    if are_labels or (is_asked and token.words[0].item.type.reads(lines[below].strip("| "))):
        token = token._replace(kind=WordKind.LABEL, column=NOWHERE)
    return token


def _are_glued(rows: list[str]) -> bool:
    """Whether numbers are two scores each: no sums, per cents or the same one in all rows."""
    numbers = [row for row in rows if row.isdecimal()]
    if len(numbers) * 2 <= len(rows) or not all(map(_GLUED.fullmatch, numbers)):
        return False
    values = {int(number) for number in numbers}
    is_sum = max(values) <= 2 * _HIGHEST or all(value % 5 == 0 for value in values)
    return any(x[0] == "0" for x in numbers) or (len(values) > _FEW and not is_sum)


def _below(token: Token, lines: list[str]) -> str:
    """The line of text below a token."""
    i = next_text(lines, token.last + 1, len(lines))
    return lines[i] if i < len(lines) else ""


def _is_glued(token: Token, lines: list[str]) -> bool:
    """Whether there is nothing between an aspect and a number behind it."""
    _, aspect, behind = lines[token.last].partition(token.words[0].text)
    return bool(aspect) and behind[:1].isdigit()


def _with_scores_below(
    token: Token, lines: list[str], heads: dict[int, bool], *, are_glued: bool
) -> Token:
    """Scores in lines of their own: tools that print each cell of a table on a line.

    ``heads`` are the lines of headings, and of what may be the number of one (not true).
    """
    content, text, i, row = scores_of(token.words), token.value, token.last, None
    if are_glued and _GLUED.fullmatch(text) and (row := scores(text, content, is_glued=True)):
        return token._replace(value=row[0], column=NOWHERE)
    if _is_glued(token, lines):
        # One number or two: on a page without spaces before the other scores, too, it is two.
        are_two = text == "10" and are_glued and len(content.heads) == 2
        return token._replace(value=(1, 0), column=NOWHERE) if are_two else token
    for _ in content.heads:
        size = len(text) + 1
        i = next_text(lines, i + 1, len(lines))
        if heads.get(i):
            break
        text = f"{text} {''.join(lines[i : i + 1])}"
        row = scores(text, content, is_glued=are_glued)
        if row is not None or not text.rstrip(_BETWEEN_CELLS)[-1:].isdigit():
            break
    if row is None:
        return token
    if row[1] >= 0:
        column = row[1] - size
        # Behind a first score, the number of a list (`1. Lajittelu`) or of a sentence is no second.
        before = lines[i][:column].rstrip()[-1:]
        is_of_text = before in ".)" or (before not in "|\t" and lines[i][column].islower())
        if token.value and is_of_text:
            return token
        return token._replace(value=row[0], last=i, column=column)
    below = next_text(lines, i + 1, len(lines))
    is_last = below == len(lines) or below in heads
    if not is_last and ONLY_NUMBERS.fullmatch(lines[below].strip(_BETWEEN_CELLS)):
        # More numbers than columns: a PDF tool printed the aspects first, then the scores.
        return token
    return token._replace(value=row[0], last=i, column=NOWHERE)
