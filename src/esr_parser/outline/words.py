"""The words of headings, titles and banners, as the search for them wants them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from esr_parser.grammar import Fields, Layout, Questions, Scores, Section
from esr_parser.noise import FURNITURE, WordTable, first_parts, squeeze

__all__ = [
    "DIGITS",
    "HEAD",
    "HEADING_STARTS",
    "LAST_WORD",
    "LONGEST_HEADING",
    "PADS",
    "LayoutWords",
    "scanned_lines",
]

LONGEST_HEADING = 160
HEAD = 20
_LEADING_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)([.):\\]*)\s?")
LAST_WORD = ("kuvaus", "KUVAUS")
DIGITS = frozenset("0123456789")
HEADING_STARTS = DIGITS | frozenset("[!(")
PADS = frozenset(FURNITURE)


def _starts_of(words: Iterable[str]) -> frozenset[str]:
    return frozenset(part[:HEAD] for word in words for part in first_parts(word.casefold(), HEAD))


def _scan_for(starts: frozenset[str]) -> re.Pattern[str]:
    """A search for the line ends that a line which may be structural stands behind.

    One search through the whole text costs less than a look at each of its lines.
    """
    marks = re.escape("".join(HEADING_STARTS | PADS - {"\n"}))
    pads = re.escape("".join(PADS - {"\n"}))
    firsts = re.escape("".join({start[0] for start in starts} | {s[0].upper() for s in starts}))
    words = {start if len(start) == HEAD else f"{start}\n" for start in starts}
    known = _one_of(words, rf"(?=[{pads}:]*(?:\n|\Z))")
    # The first test is of one letter, and nearly all other lines fail it.
    return re.compile(rf"\n(?=[{marks}{firsts}])((?:[{marks}]|{known}).*)")


def _one_of(words: Iterable[str], line_end: str) -> str:
    r"""A pattern for any of some words, in any letter case; ``\n`` in them is ``line_end``."""
    tails: dict[str, set[str]] = {}
    for word in filter(None, words):
        tails.setdefault(word[0], set()).add(word[1:])
    options: list[str] = []
    for letter, rest in sorted(tails.items()):
        if letter == "\n":
            options.append(line_end)
        else:
            cases = re.escape("".join({letter, letter.upper()}))
            options.append(f"[{cases}]{'+' * (letter == ' ')}{_one_of(rest, line_end)}")
    return f"(?:{'|'.join(options)})" if len(options) > 1 else "".join(options)


def scanned_lines(view: str, scan: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """The lines a scan stops at, with their places."""
    first = view.partition("\n")[0]
    if scan.match(f"\n{first}"):
        yield 0, first
    for found in scan.finditer(view):
        line = found[1]
        if len(line) <= LONGEST_HEADING or line[0] in PADS:
            yield found.start(1), line


class Heading(NamedTuple):
    """A printed heading as the straight path wants it."""

    place: int
    number: str
    parent: str | None
    described: tuple[str, Section, str, str, None]
    """What a region says behind its three places."""


class LayoutWords:
    """The words of one layout's headings."""

    def __init__(
        self, layout: Layout, aliases: dict[str, str], front_words: tuple[str, ...]
    ) -> None:
        self.layout: Layout = layout
        self.sections: dict[str, Section] = {section.number: section for section in layout.sections}
        self.parents: set[str | None] = {s.parent for s in layout.sections}
        self.exact: dict[str, Section] = {
            layout.heading(s.number, s.title): s for s in layout.sections
        }
        self.headings: dict[str, Heading] = {
            line: Heading(k, s.number, s.parent, ("section", s, s.number, s.title, None))
            for k, (line, s) in enumerate(self.exact.items())
        }
        self.printed: frozenset[str] = frozenset((*self.headings, *front_words))
        """The lines of the title, the banner and the headings, as they are printed."""
        titles: list[tuple[str, Section]] = []
        for section in layout.sections:
            titles.append((section.title, section))
            titles += [(variant, section) for variant in section.variants]
        known = {squeeze(title): section for title, section in titles}
        numbered = {squeeze(layout.heading(s.number, s.title)): s for s in layout.sections}
        for alias, target in aliases.items():
            renamed = known.get(squeeze(target)) or numbered.get(squeeze(target))
            if renamed is not None:
                titles.append((_strip_number(alias), renamed))
        self.titles: WordTable[Section] = WordTable(titles)
        # The same title may stand under two numbers: the number decides.
        self.by_number: dict[tuple[str, str], Section] = {
            (section.number, squeeze(title)): section for title, section in titles
        }
        self.labels: frozenset[str] = frozenset(
            squeeze(label) for s in layout.sections for label in _labels_of(s)
        )
        titled = [*titles, *((word, None) for word in front_words)]
        self.starts: frozenset[str] = _starts_of(word for word, _ in titled)
        letters = {word[0] for word, _ in titled}
        self.initials: frozenset[str] = frozenset(
            # Any letter may begin the name of a fund in a title.
            {*map(chr, range(65, 91)), *map(str.lower, letters)} | HEADING_STARTS | PADS
        )
        self.scan: re.Pattern[str] = _scan_for(self.starts)
        self.scan_numbered: re.Pattern[str] = _scan_for(_starts_of(front_words))
        """A search that finds no heading without its number."""
        self.squeezed_starts: frozenset[str] = frozenset(squeeze(word)[:4] for word, _ in titled)
        last_numbers: dict[str, int] = {}
        for number in self.sections:
            parent, dot, own = number.rpartition(".")
            prefix = parent + dot
            last_numbers[prefix] = max(last_numbers.get(prefix, 0), int(own))
        self.last_numbers: tuple[tuple[str, int], ...] = tuple(last_numbers.items())
        """The highest number of all below each parent (as ``8.``), and at the top (``""``)."""
        self.dot: str = layout.heading_dot

    def may_be_numbered(self, line: str, *, is_odd: bool) -> bool:
        """Whether a line that begins with a number may be a heading. Cheap: most are prose."""
        match = _LEADING_NUMBER.match(line)
        assert match is not None
        if is_odd and squeeze(line[match.end() : match.end() + 40])[:4] in self.squeezed_starts:
            return True
        title = line[match.end() : match.end() + HEAD].casefold()
        if not title or title in self.starts or title[0] in PADS or "  " in title:
            return True
        return match[2] == ("" if "." in match[1] else self.dot) or len(line) < 2 * HEAD

    def may_start(self, line: str, bare: str) -> bool:
        """Whether a line without its furniture may be a heading, a title or a banner."""
        if not bare or len(bare) > LONGEST_HEADING:
            return False
        if line[0] not in PADS:
            return True
        head = bare[:HEAD]
        return (
            head.casefold() in self.starts
            or head[0] in HEADING_STARTS
            or not head.isascii()
            or "  " in head
            or "\t" in head
            or bare.endswith(LAST_WORD)
        )


def _labels_of(section: Section) -> list[str]:
    """The strings by which a section is known where its heading is missing."""
    content = section.content
    if isinstance(content, Fields | Questions):
        return [item.label for item in content.items]
    if isinstance(content, Scores):
        names = [dimension.name for dimension in content.dimensions]
        aspects = [aspect for d in content.dimensions for aspect in d.aspects]
        return [*content.heads, "".join(content.heads), *names, *aspects]
    return []


def _strip_number(heading: str) -> str:
    return re.sub(r"^\d+(?:\.\d+)*\.?\s+", "", heading)
