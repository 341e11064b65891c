r"""Rows of CSV, and cells in quotes: `csv`, pandas, spreadsheets, and what is copied from them.

>>> from esr_parser.layouts import LAYOUT_2014_2020
>>> from esr_parser.lexicon import Lexicon
>>> labels = ("Hankekoodi", "Hankkeen nimi", "Y-tunnus", "Kunnat", "Maakunnat", "Puhelinnumero")
>>> lines = Lines("".join(f'{label},"a, b"\n' for label in labels))
>>> rows_of_csv(lines, NoiseTally(), Lexicon(LAYOUT_2014_2020).keys), lines.lines[:4]
(True, ['Hankekoodi', 'a, b', 'Hankkeen nimi', 'a, b'])
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import groupby

from esr_parser.grammar import WordKind
from esr_parser.tally import Declares, NoiseKind, NoiseTally
from esr_parser.text import FEWEST_BARS, Lines, key, places_of

_FEWEST_CELLS = 3
_FEWEST_NAMES, _LONGEST_NAMES = 5, 9999
_SIGNS = ",;\t"
_SEAMS = (',"', ';"', '\t"')
_SEAM = re.compile(r'"[,;\t]"|^[^"]*[,;\t]"(?!")')
_MOST_CELLS = 50
_INDEX, _LONGEST_INDEX = f"0123456789 {_SIGNS}", 9
_LONGEST_FIRST_CELL = 300
_Keys = Mapping[str, tuple[str, object]]
_CELL = re.compile(r'^"((?:[^"]|"")*+)"$', re.MULTILINE)


def quoted_cells(lines: Lines, noise: NoiseTally, declares: Declares) -> None:
    """Takes off the quotes of cells over one line or several: quotes inside them are doubled."""
    text = "\n".join(lines.lines)
    cells = [*_CELL.finditer(text)]
    are_many = len(cells) >= _FEWEST_CELLS
    # A paragraph a cell.
    are_blocks = are_many and len(cells) * 10 >= 4 * sum(map(bool, lines.lines))
    # A line a row, which `csv` and Excel put in quotes where it holds a comma or a quote.
    are_rows = are_many and "," not in _CELL.sub("", text)
    # Copied from Excel: the questions and the scores are cells of several lines on every page, and
    # so may prose be.
    has_doubled = len(cells) > 1 and any('""' in cell[1] for cell in cells)
    firsts = (cell[1].strip("\n").partition("\n") for cell in cells)
    if not (are_blocks or are_rows or has_doubled) and not any(
        rest and declares(x) for x, _, rest in firsts
    ):
        return
    lines.lines = _CELL.sub(r"\1", text).split("\n")
    if are_blocks:
        # An empty line behind each block again.
        feeds = [*places_of(text, "\n")]
        ends = (bisect_left(feeds, cell.end()) for cell in cells)
        lines.cut({i: [len(lines.lines[i])] for i in ends})
    _undouble(lines)
    noise.add(NoiseKind.CSV, text.count("\n", 0, cells[0].start()), len(cells))


def have_quotes(lines: Lines) -> bool:
    """Whether the cells of rows are in quotes; a list in prose is one line."""
    has_seams = '"' in lines.text and any(map(lines.text.__contains__, _SEAMS))
    return has_seams and sum(map(bool, map(_SEAM.search, lines.lines))) >= _FEWEST_CELLS


def lists_projects(lines: Sequence[str], keys: _Keys) -> bool:
    """Whether labels are the names of columns: a sheet with a project in each row."""
    rows = [line[:_LONGEST_NAMES] for line in lines if line][:_MOST_CELLS]
    names = rows[0] if rows[1:] else ""
    for sign in f"{_SIGNS}|":
        least, often = names.count(sign) // 2, sum(row.count(sign) for row in rows[1:])
        if not least or often < least * len(rows[1:]):
            continue
        cells = (key(cell.strip(' "')) for cell in names.split(sign))
        are_names = (keys.get(cell, ("",))[0] == WordKind.LABEL for cell in cells)
        if any(is_name and sum(run) >= _FEWEST_NAMES for is_name, run in groupby(are_names)):
            return True
    return False


def rows_of_csv(lines: Lines, noise: NoiseTally, keys: _Keys) -> bool:
    """Makes of rows of CSV lines, one for each cell.

    Args:
        lines: The lines, which are changed.
        noise: The rows are counted here.
        keys: The keys of the declared strings, which are first cells, with their kinds.

    Returns:
        Whether there were such rows.
    """
    text = "\n".join(lines.lines)
    # In columns, the quotes of a name are its own, unless there are many, or doubled ones.
    are_quoted = '""' in text or text.count('\t"') >= _FEWEST_CELLS
    signs = _SIGNS if are_quoted else _SIGNS[:2]
    cells = max((_cells(text, sign, keys) for sign in signs), key=len)
    if not cells:
        return False
    begins = [0, *(at + 1 for at in places_of(text, "\n"))]
    cuts: dict[int, list[int]] = {}
    letters = list(text)
    for cell in cells:
        start, end = cell.span(1)
        i = bisect_right(begins, start) - 1
        size = start - begins[i]
        if size <= _LONGEST_INDEX and not "".join(letters[begins[i] : start]).strip(_INDEX):
            letters[begins[i] : start] = " " * size
        else:
            letters[start - 1] = " "
            if cell[1].strip('"'):
                cuts.setdefault(i, []).append(size)
        if cell[1][:1] == '"':
            letters[start] = letters[end - 1] = " "
    if not cuts:
        return False
    lines.lines = "".join(letters).split("\n")
    lines.cut(cuts)
    lines.pieces.clear()  # they are lines of the page
    _undouble(lines)
    noise.add(NoiseKind.CSV, min(cuts), len(cuts))
    return True


def _cells(text: str, sign: str, keys: _Keys) -> list[re.Match[str]]:
    """The cells of rows, between which there is a sign; none where few have a declared string."""
    cell = rf'(?:(?<=[\n{sign}])|^)("(?:[^"]|""){{0,9999}}+"|(?!")[^\n{sign}]*+)([\n{sign}]|\Z)'
    row: list[re.Match[str]] = []
    kept: list[re.Match[str]] = []
    known, number = 0, 0
    for match in re.finditer(cell, text):
        if len(row) < _MOST_CELLS:
            row.append(match)
        if match[2] == sign:
            continue
        if row[1:] and row[0][1] == str(number):
            row = row[1:]  # the index of pandas
            number += 1
        first, *rest = (x[1].strip('"') for x in row)
        title = first.lstrip("0123456789. ").rstrip(":")
        name = key(title) if rest and len(first) < _LONGEST_FIRST_CELL else ""
        if name in keys and keys[name][0] != WordKind.ASPECT and any(rest[1:]):
            row = row[:2]  # the signs of a value that is not in quotes
        known += name in keys
        # The names of the columns, above an empty cell; prose, with empty cells behind it.
        if name in keys or not first or not any(rest):
            kept += row
        row = []
    return kept if known >= FEWEST_BARS else []


def _undouble(lines: Lines) -> None:
    lines.mend(lambda line: line.replace('""', '"'))
    lines.are_quoted = True
