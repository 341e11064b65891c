"""Measures what is read of each tool's texts, for the table of docs/tools.md.

    python docs/_tools/measure.py > docs/_tools.md

The texts are ``tests/extracted/TOOL/PAGE.SHAPE.txt``; ``tests/corpus/PAGE.json`` has the values of
each page. Real pages cannot be part of the repository. Where their folder is beside it, as
``../shared/corpus``, they are measured, too.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import attrs

from esr_parser import ProjectDescription, from_json, read_document
from esr_parser.testing import differences

ROOT = Path(__file__).parents[2]
FOLDERS = (
    (ROOT / "tests" / "extracted", ROOT / "tests" / "corpus"),
    (ROOT.parent / "shared/corpus/extracted", ROOT.parent / "shared/corpus/truth"),
)
TOOLS = {
    "bs4": "BeautifulSoup, `get_text`",
    "bs4_space": 'BeautifulSoup, `get_text(" ")`',
    "chromium_innerText": "Chromium, `innerText`",
    "docx2txt": "docx2txt, from Word",
    "elinks_dump": "elinks",
    "emacs_shr": "Emacs",
    "enc_utf16": "a file in UTF-16",
    "html2text": "html2text",
    "html2text_bw0": "html2text, not wrapped",
    "html_text": "html-text",
    "html_to_text": "html-to-text",
    "inscriptis": "inscriptis",
    "inscriptis_strict": "inscriptis, strict",
    "justext_all": "justext, every paragraph",
    "links_dump": "links",
    "lxml_text_content": "lxml, `text_content`",
    "lynx_dump": "lynx",
    "markdownify": "markdownify",
    "markdownify_default": "markdownify, its defaults",
    "newspaper": "newspaper",
    "pandoc_gfm": "pandoc, GitHub Markdown",
    "pandoc_plain": "pandoc, plain text",
    "pdftotext_layout": "pdftotext `-layout`, from PDF",
    "perl_formattext": "Perl, HTML::FormatText",
    "resiliparse": "resiliparse",
    "selectolax_sep": "selectolax",
    "turndown": "turndown",
    "w3m": "w3m",
    "w3m_w250": "w3m, 250 columns",
}


class Text(NamedTuple):
    """One text, measured."""

    values: int
    wrong: int
    errors: int


def main() -> None:
    """Writes the table to standard output."""
    found: dict[str, list[Text]] = defaultdict(list)
    for folder, truth in FOLDERS:
        for path in sorted(folder.glob("*/*.txt")):
            expected = (truth / f"{path.name.partition('.')[0]}.json").read_bytes()
            found[path.parent.name].append(measured(path, from_json(expected)))
    rows = {TOOLS.get(tool, tool): texts for tool, texts in found.items()}
    lines = ["| Tool | Texts | Whole | Values | Wrong | Errors |"]
    lines.append("| --- | ---: | ---: | ---: | ---: | ---: |")
    lines += [row(name, rows[name]) for name in sorted(rows, key=str.casefold)]
    lines.append(row("**all**", [text for texts in found.values() for text in texts]))
    sys.stdout.write("\n".join(lines) + "\n")


def row(name: str, texts: list[Text]) -> str:
    """One row of the table."""
    whole = sum(text.wrong == 0 for text in texts)
    sums = (len(texts), whole, *(sum(column) for column in zip(*texts, strict=True)))
    return f"| {name} | {' | '.join(f'{number:,}' for number in sums)} |"


def measured(path: Path, expected: ProjectDescription) -> Text:
    """How many values the page has, and how many of them were not read as they are."""
    document = read_document(path)
    wrong = list(differences(expected, document.description))
    return Text(sum(1 for _ in leaves(expected)), len(wrong), len(document.errors))


def leaves(value: Any) -> Iterator[Any]:
    """The single values of a description, without the absent ones."""
    if attrs.has(type(value)):
        for attribute in attrs.fields(type(value)):
            yield from leaves(getattr(value, attribute.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from leaves(item)
    elif value not in (None, "", {}):
        yield value


if __name__ == "__main__":
    main()
