"""A scraper: BeautifulSoup over the page itself, for those who have the page and not its text."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from benchmarks import pages, words
from benchmarks.values import Values, partner, put, read

try:
    import lxml as _lxml  # noqa: F401

    BUILDER = "lxml"
except ImportError:
    BUILDER = "html.parser"

NAME = f"bs4 ({BUILDER})"
COVERS = "the HTML page, sections 1-9; no text files, no unknown labels or sections, no positions"

QUESTION = re.compile(rf"({'|'.join(map(re.escape, words.QUESTIONS))}): ?(Kyllä|Ei|)")


def prepare(text: str) -> str:
    """The page of the text."""
    return pages.page(text)


def parse(source: str) -> Values:
    """Values of one page, read element by element."""
    soup = BeautifulSoup(source, BUILDER)
    values: Values = {}
    for heading, elements in _sections(soup, values).items():
        if heading in words.PROSE:
            prose = "\n\n".join(map(_text, elements)).strip("\n")
            put(values, words.PROSE[heading], prose or None)
        elif heading == words.H_GENDER:
            put(values, "horizontal_principles.gender_equality", _gender(elements))
        elif heading == words.H_SUSTAINABLE:
            put(values, "horizontal_principles.sustainable_development", _scores(elements))
        else:
            _fields(values, heading, elements)
    return values


def _sections(soup: BeautifulSoup, values: Values) -> dict[str, list[Tag]]:
    """Heading → the elements under it; the title's values are put at once."""
    found: dict[str, list[Tag]] = {}
    elements: list[Tag] = []
    for element in soup.body.find_all(True, recursive=False) if soup.body else ():
        if element.name == "h1" and (fund := words.TITLES.get(element.get_text())):
            values |= {"fund": fund, "programme_period": words.PERIOD}
        elif element.name in ("h2", "h3"):
            elements = found.setdefault(element.get_text(), [])
        else:
            elements.append(element)
    return found


def _text(element: Tag) -> str:
    """The text of an element, with a line end for each `<br>`."""
    parts = []
    for node in element.descendants:
        if not isinstance(node, Tag):
            parts.append(str(node))
        elif node.name == "br":
            parts.append("\n")
    return "".join(parts)


def _fields(values: Values, heading: str, elements: list[Tag]) -> None:
    """Labelled paragraphs; a bold one inside starts the partners or the site's address."""
    for element in elements:
        text = _text(element)
        if element.b is not None:
            heading = text
            if heading in words.PARTNERS:
                put(values, words.PARTNERS[heading], [])
        elif heading in words.PARTNERS:
            put(values, words.PARTNERS[heading], [partner(row) for row in text.split("\n") if row])
        else:
            label, _, value = text.partition(":")
            field = words.FIELDS.get(heading, {}).get(label)
            if field and (value := value.removeprefix(" ")):
                put(values, field.path, read(field.kind, value))


def _gender(elements: list[Tag]) -> Values:
    answers: Values = {}
    current: Values = {}
    for element in elements:
        text = _text(element)
        if element.b is not None and (match := QUESTION.fullmatch(text)):
            current = {"answer": words.ANSWERS.get(match[2])}
            answers[words.QUESTIONS[match[1]]] = current
        else:
            current["explanation"] = text.strip("\n") or None
    return answers


def _scores(elements: list[Tag]) -> list[Values]:
    scores: list[Values] = []
    for row in (row for element in elements for row in element.find_all("tr")):
        cells = row.find_all("td")
        if len(cells) == 3:
            aspect, direct, indirect = (cell.get_text() for cell in cells)
            scores.append(
                {
                    "dimension": words.DIMENSION_OF[aspect],
                    "aspect": aspect,
                    "direct": int(direct),
                    "indirect": int(indirect),
                }
            )
        elif cells and scores:
            scores[-1]["explanation"] = _text(cells[0]).strip("\n") or None
    return scores
