"""The pages that cases are made from, and what is done to them."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from esr_parser.grammar import Field, Fields
from esr_parser.layouts import LAYOUT_2014_2020

HERE = Path(__file__).parent
BASE = (HERE.parent.parent / "examples" / "hanke.txt").read_bytes().decode()
OLD = (HERE / "projekti.txt").read_bytes().decode()
ERDF = BASE.replace("sosiaalirahaston (ESR)", "aluekehitysrahaston (EAKR)").replace(
    "S29999", "A79999"
)
BANNER, TITLE = BASE.split("\n\n")[:2]
HEAD = f"{BANNER}\n\n{TITLE}\n\n"
OLD_HEAD = OLD[: OLD.index("1. Projekti")]
ECOLOGICAL, ECONOMIC = "Ekologinen kestävyys", "Taloudellinen kestävyys"
NATURA = "Natura 2000 -ohjelman kohteet"
CLIMATE = "Ilmastonmuutoksen aiheuttamien riskien vähentäminen"
WATERS = "Pinta- ja pohjavedet, maaperä sekä ilma (ja kasvihuonekaasujen väheneminen)"
PATHS = {
    item.label: f"{section.key}.{item.path}"
    for section in reversed(LAYOUT_2014_2020.sections)
    for item in (section.content.items if isinstance(section.content, Fields) else ())
    if isinstance(item, Field)
}
"""Where values are in the model, by their labels."""


class Case(NamedTuple):
    """A text, and the right answer."""

    name: str
    text: str
    values: Mapping[str, Any] = {}
    """What is read otherwise than of ``page``, by path; ``None``: nothing is read."""
    reported: Mapping[str, Any] = {}
    """Codes, each with what is in its line; ``"*"``: any warning or error. None: silent."""
    page: str | None = BASE
    """The page the text was made from; ``None``: only ``values`` are compared."""
    is_whole: bool = True
    """Whether nothing was taken away: then it can be written, and edited in its lines."""
    keeps_space: bool = True
    """Whether white space in prose is as on the page; CSV has no empty lines."""
    noisy: bool = True
    """Whether the same is read of the text indented, with other line ends, and so on."""


def told(name: str, text: str, code: str, line: str, **more: Any) -> Case:
    """A text in which something is reported at a line; the values are not compared."""
    return Case(name, text, reported={code: line}, page=None, is_whole=False, **more)


def told_of(
    name: str, change: Callable[[str], str], *lines: str, code: str = "ESR308"
) -> list[Case]:
    """Texts, each with a line of which something is reported; ``change`` puts it into a page."""
    return [told(f"{name}: {line}", change(line), code, line.split("\n")[0]) for line in lines]


def values_told(
    name: str, values: Mapping[str, Iterable[str]], *, code: str = "ESR308"
) -> list[Case]:
    """Pages with a value, by its label, of which something is reported."""
    pairs = ((label, value) for label, some in values.items() for value in some)
    return [told(f"{name}: {x}, {value}", put(x, value), code, x) for x, value in pairs]


def values_read(
    name: str, values: Mapping[str, Iterable[str]], *, code: str | None = None
) -> list[Case]:
    """Pages with a value, by its label, that is read as it is: silently, or reported, too."""
    pairs = ((label, value) for label, some in values.items() for value in some)
    return [
        Case(f"{name}: {x}, {value}", put(x, value), {PATHS[x]: value}, {code: x} if code else {})
        for x, value in pairs
    ]


def of_both(name: str, change: Callable[[str], str], **more: Any) -> list[Case]:
    """The same done to the pages of both programme periods."""
    pages = (("2014", BASE), ("2007", OLD))
    return [Case(f"{name}, {year}", change(page), page=page, **more) for year, page in pages]


def own(name: str, page: str, **more: Any) -> Case:
    """A page that is read as it is."""
    return Case(name, page, page=page, **more)


def put(label: str, value: str, page: str = BASE) -> str:
    """A page with another value."""
    lines = page.split("\n")
    k = next(i for i, line in enumerate(lines) if line.startswith(f"{label}:"))
    lines[k] = f"{label}: {value}"
    return "\n".join(lines)


def swap(old: str, new: str, page: str = BASE) -> str:
    """A page with something else instead of a part of it."""
    assert page.count(old) == 1, f"{old!r} is in the page {page.count(old)} times"
    return page.replace(old, new)


def each(page: str, change: Any) -> str:
    """A page with something done to each of its lines that is not empty."""
    return "\n".join(change(line) if line else "" for line in page.split("\n"))


def blocks(page: str, change: Any) -> str:
    """A page with something done to each of its blocks."""
    return "\n\n".join(change(block) for block in page.split("\n\n"))


def wrapped(page: str, width: int = 78) -> str:
    """A page whose lines were wrapped by a tool, long words too."""
    return each(page, lambda line: "\n".join(textwrap.wrap(line, width)))


def headings(page: str = BASE) -> list[str]:
    """The numbered headings of a page."""
    return [block for block in page.split("\n\n") if block[:1].isdigit() and "\n" not in block]


def fields_of(page: str) -> set[str]:
    """The lines of a page that are a label and a value."""
    found = (block for block in page.split("\n\n") if "\n" not in block and len(block) < 150)
    return {block for block in found if ": " in block and block[0].isupper()}


def in_columns(page: str, width: int = 999, colon: str = ":") -> str:
    """A page with the labels of neighbouring fields, and then their values, over several lines."""
    fields = fields_of(page)
    parts: list[str] = []
    run: list[list[str]] = []
    for block in [*page.split("\n\n"), ""]:
        if block in fields:
            run.append(block.split(": ", 1))
            continue
        if run:
            values = (textwrap.wrap(value, width, break_on_hyphens=False) for _, value in run)
            parts += ["\n".join(f"{label}{colon}" for label, _ in run)]
            parts += ["\n".join("\n".join(lines) for lines in values)]
        parts.append(block)
        run = []
    return "\n\n".join(parts[:-1])


def paged(page: str, number: Any, size: int = 45) -> str:
    """A page as a print of several, each ended by what ``number(k, n)`` gives."""
    lines = page.split("\n")
    pages = [lines[i : i + size] for i in range(0, len(lines), size)]
    return "".join("\n".join(part) + number(k + 1, len(pages)) for k, part in enumerate(pages))
