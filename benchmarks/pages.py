"""The HTML page a canonical description text came from, for the peer that scrapes pages.

The page has the shape of the register's own: a title, two banner pictures, a heading per section,
a paragraph per field, line breaks inside prose, and the scores of 8.2 as a table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape

from benchmarks import words

SCORE_ROW = re.compile(rf"({'|'.join(map(re.escape, words.DIMENSION_OF))}) (\d+) (\d+)")
FRAME = """<!DOCTYPE html>
<html lang="fi">
<head><meta charset="utf-8"><title>Hankekuvaus</title></head>
<body>
{body}
</body>
</html>
"""
BANNERS = (
    '<p><img src="eu.png" alt="Euroopan unioni"> <img src="vipu.png" alt="Vipuvoimaa EU:lta"></p>'
)


def page(text: str) -> str:
    """The page of one canonical 2014-2020 description.

    Nothing of the text is lost: a paragraph is a block, `<br>` a line end inside it.
    """
    return FRAME.format(body="\n".join(_elements(text)))


def _elements(text: str) -> Iterator[str]:
    heading, body = "", list[str]()
    for block in text.split("\n\n"):
        if block not in words.HEADINGS:
            body.append(block)
            continue
        yield from _section(heading, body)
        heading, body = block, []
        level = 3 if "." in block.partition(" ")[0] else 2
        yield f"<h{level}>{escape(block)}</h{level}>"
    yield from _section(heading, body)


def _section(heading: str, blocks: list[str]) -> Iterator[str]:
    if heading == words.H_GENDER:
        yield from _questions("\n\n".join(blocks).split("\n"))
    elif heading == words.H_SUSTAINABLE:
        yield from _table("\n\n".join(blocks).split("\n"))
    else:
        yield from map(_block, blocks)


def _block(block: str) -> str:
    if block == words.BANNER:
        return BANNERS
    if block in words.TITLES:
        return f"<h1>{escape(block)}</h1>"
    if block in words.PARTNERS or block == words.SITE_LINE:
        return f"<p><b>{escape(block)}</b></p>"
    return f"<p>{_lines(block.split(chr(10)))}</p>"


def _lines(lines: list[str]) -> str:
    return "<br>".join(escape(line, quote=False) for line in lines)


def _questions(lines: list[str]) -> Iterator[str]:
    for is_question, group in _grouped(lines, _is_question):
        yield f"<p><b>{_lines(group)}</b></p>" if is_question else f"<p>{_lines(group)}</p>"


def _is_question(line: str) -> bool:
    return line.partition(":")[0] in words.QUESTIONS


def _table(lines: list[str]) -> Iterator[str]:
    if not any(lines):
        return
    yield "<table>"
    for is_row, group in _grouped(lines, _is_row):
        yield _row(group[0]) if is_row else f'<tr><td colspan="3">{_lines(group)}</td></tr>'
    yield "</table>"


def _is_row(line: str) -> bool:
    return line == words.TABLE_HEAD or line in words.ASPECTS or bool(SCORE_ROW.fullmatch(line))


def _row(line: str) -> str:
    if line == words.TABLE_HEAD:
        return "<tr><th></th><th>Välitön</th><th>Välillinen</th></tr>"
    if line in words.ASPECTS:
        return f'<tr><th colspan="3">{escape(line)}</th></tr>'
    match = SCORE_ROW.fullmatch(line)
    assert match is not None, line
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in match.groups())
    return f"<tr>{cells}</tr>"


def _grouped(lines: list[str], starts: Callable[[str], bool]) -> Iterator[tuple[bool, list[str]]]:
    """Lines that start something, each alone, and the runs of other lines between them."""
    run: list[str] = []
    for line in lines:
        if not starts(line):
            run.append(line)
            continue
        if run:
            yield False, run
            run = []
        yield True, [line]
    if run:
        yield False, run
