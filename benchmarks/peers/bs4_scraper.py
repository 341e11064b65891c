"""A scraper: BeautifulSoup over the page itself, for those who have the page and not its text.

The page has a heading for each section, a paragraph for each block, and `<br>` for line ends.
"""

from __future__ import annotations

from html import escape

from bs4 import BeautifulSoup

from benchmarks import words
from benchmarks.peers import plain_regex
from benchmarks.values import Values

NAME = "bs4 (lxml)"


def prepare(text: str) -> str:
    """The page of the text."""
    elements = []
    for block in text.split("\n\n"):
        name = "h1" if block in words.TITLES else "h2" if block in words.HEADINGS else "p"
        elements.append(f"<{name}>{escape(block).replace(chr(10), '<br>' + chr(10))}</{name}>")
    return f"<!DOCTYPE html>\n<html><body>\n{chr(10).join(elements)}\n</body></html>\n"


def parse(source: str) -> Values:
    """Values of one page: elements to sections, then each section as text."""
    values: Values = {}
    heading, blocks = "", list[str]()
    body = BeautifulSoup(source, "lxml").body
    for element in body.find_all(True, recursive=False) if body else ():
        text = element.get_text()
        if element.name == "p":
            blocks.append(text)
            continue
        plain_regex.section(values, heading, "\n\n" + "\n\n".join(blocks))
        heading, blocks = text, []
        if fund := words.TITLES.get(text):
            values |= {"fund": fund, "programme_period": words.PERIOD}
    plain_regex.section(values, heading, "\n\n" + "\n\n".join(blocks))
    return values
