"""The kinds of noise and damage, each with the tool or person who writes such texts.

The order is that of :data:`~esr_parser.testing.NOISES`: what is in a page, values, labels,
headings, marks, cells, what is around a page; then lines and characters of its text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from esr_parser import values as v
from esr_parser.grammar import Fields, Scores
from esr_parser.testing.noises import damage_kind, noise_kind
from esr_parser.testing.page import Kind, Line, Page

_FIELD, _HEADING, _QUESTION, _SCORE = Kind.FIELD, Kind.HEADING, Kind.QUESTION, Kind.SCORE
_BARE = (Kind.CAPTION, Kind.ROWS, Kind.DIMENSION)
_LABELS = (_FIELD, _QUESTION, *_BARE, _SCORE)
# What is not declared is text where it is no plain ``label: value`` or heading: it is kept as that.
_OTHERS = ("other_fields", "other_sections")
_DIVIDED = ("labels divided with a hyphen", "labels divided with a soft hyphen")
_Change = Callable[[str], str]
_PageChange = Callable[[Page], None]


def _table(
    group: str,
    make: Callable[[Any], Callable[[Any], Any]],
    *rows: tuple[str, str, Any],
    **options: Any,
) -> None:
    """Kinds of one group: name, who writes such texts, and what the change is made of."""
    for name, who, what in rows:
        noise_kind(name, group, description=who, **options)(make(what))


def _is_declared(line: Line) -> bool:
    """Whether the layout declares the words of a line; other labels are kept as they are."""
    return line.section is not None and (line.kind is not _FIELD or line.item is not None)


def _parts(*kinds: Kind, **parts: str | _Change) -> _PageChange:
    """Sets parts of each declared line of some kinds; a function is given the old part."""

    def change(page: Page) -> None:
        for line in filter(_is_declared, page.of(*kinds)):
            for name, new in parts.items():
                setattr(line, name, new if isinstance(new, str) else new(getattr(line, name)))

    return change


def _values(*types: v.ValueType[Any], of: str = "") -> Callable[[_Change], _PageChange]:
    """Changes the values of fields: of some types, of all, or those that a pattern fits."""

    def make(change: _Change) -> _PageChange:
        def change_page(page: Page) -> None:
            for line in page.of(_FIELD):
                is_meant = not types or (line.item is not None and line.item.type in types)
                if line.value and is_meant and re.search(of, line.value):
                    line.values = (change(line.value),)

        return change_page

    return make


def _replace(old: str, new: str) -> _Change:
    return lambda text: text.replace(old, new)


def _around(before: str, behind: str = "") -> _Change:
    return lambda text: f"{before}{text}{behind}"


def _others(texts: Iterable[str]) -> list[Line]:
    """A block of lines that are no part of the description."""
    return [Line(Kind.OTHER, text, before="\n" if k else "\n\n") for k, text in enumerate(texts)]


# -- the content ----------------------------------------------------------------------------------


def _in_fields(page: Page) -> list[tuple[int, list[Line]]]:
    """The lines of each section of fields without its heading, with the place of the first."""
    found = []
    for part in page.parts():
        section = part[0].section if part else None
        if section is not None and isinstance(section.content, Fields):
            has_heading = part[0].kind is _HEADING
            found.append((page.lines.index(part[0]) + has_heading, part[has_heading:]))
    return found


@noise_kind("fields in another order", "order", loses=("other_fields",))
def _fields_in_another_order(page: Page) -> None:
    """The fields of each section in the opposite order; equal labels keep theirs."""
    for start, body in _in_fields(page):
        blocks: list[list[Line]] = []
        by_label: dict[str, list[list[Line]]] = {}
        for line in body:
            if line.kind is Kind.ROW:
                blocks[-1].append(line)
            else:
                blocks.append([line])
                by_label.setdefault(line.label, []).append(blocks[-1])
        turned = [by_label[block[0].label].pop(0) for block in reversed(blocks)]
        page.lines[start : start + len(body)] = [line for block in turned for line in block]


@noise_kind("a section moved", "order")
def _section_moved(page: Page) -> None:
    """The last section of fields is right behind the first section: an older print."""
    parts = page.parts()
    sections = ((part, part[0].section) for part in parts[2:])
    movable = [p for p, s in sections if s and not s.parent and isinstance(s.content, Fields)]
    if movable:
        parts.remove(movable[-1])
        parts.insert(2, movable[-1])
        page.lines[:] = [line for part in parts for line in part]


@noise_kind(
    "a new section",
    loses=("other_sections",),
    clashes=("headings without numbers", "no empty lines"),
)
def _new_section(page: Page) -> None:
    """A section that is not declared, at the end: the register grows."""
    numbers = [int(line.number.partition(".")[0]) for line in page.of(_HEADING)]
    number = f"{max(numbers, default=0) + 1}{page.layout.heading_dot}"
    text = "Hankkeesta kerrotaan uutiskirjeessä ja kahdessa avoimessa illassa."
    page.lines += [Line(_HEADING, "Ohjausryhmä", number=number), Line(Kind.PROSE, text)]


@noise_kind("a new field", loses=("other_fields",))
def _new_field(page: Page) -> None:
    """A label that is not declared, in each section of fields: the register grows."""
    for added, (start, body) in enumerate(_in_fields(page)):
        line = Line(_FIELD, "Seurantatunnus", ("uusi 17",), section=body[0].section)
        page.lines.insert(start + added + 1, line)


def _further(before: str) -> _PageChange:
    def change(page: Page) -> None:
        layout, first = page.layout, page.layout.sections[0]
        if page.of(Kind.TITLE) and isinstance(first.content, Fields):
            prefix, fund = layout.code_prefixes[0]
            field = first.content.items[0]
            number = f"{first.number}{layout.heading_dot}"
            start = len(page.lines)
            page.lines += [
                *(Line(Kind.BANNER, text) for text in layout.banner),
                Line(Kind.TITLE, layout.title_of(fund)),
                Line(_HEADING, first.title, section=first, number=number),
                Line(_FIELD, field.label, (f"{prefix}9998",), section=first, item=field),
            ]
            page.lines[start].before = before

    return change


_table(
    "further",
    _further,
    ("a further description", "People who collect pages in one file.", "\n\n"),
    ("a further description glued on", "``cat a.txt b.txt``.", ""),
    loses=("other_sections",),
    clashes=("banner",),
)

# -- values ---------------------------------------------------------------------------------------

_MONTHS = "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu"
_DATE = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})")
_AMOUNT = r"^[-\d\s.,]+$"
_Match = re.Match[str]


def _zeros(match: _Match) -> str:
    return f"{int(match[1]):02}.{int(match[2]):02}.{match[3]}"


def _iso(match: _Match) -> str:
    return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"


def _month(match: _Match) -> str:
    return f"{match[1]}. {_MONTHS.split(' ')[int(match[2]) - 1]}kuuta {match[3]}"


def _link(text: str) -> str:
    return "[{0}](mailto:{0})".format(text.replace("(at)", "@"))


def _range(mark: str, write: Callable[[_Match], str]) -> _Change:
    def change(text: str) -> str:
        dates = [write(match) for match in _DATE.finditer(text)]
        return mark.join(dates) if len(dates) > 1 else text

    return change


_nfd = partial(unicodedata.normalize, "NFD")
_table(
    "dates",
    _values(v.PERIOD, v.PERIOD_EN),
    ("dates with leading zeros", "Spreadsheets.", partial(_DATE.sub, _zeros)),
    ("ISO dates", "Databases.", partial(_DATE.sub, _iso)),
    ("dates with the names of months", "People.", partial(_DATE.sub, _month)),
    ("a range of dates", "People.", _range("–", lambda match: match[0])),
    ("an ISO interval", "ISO 8601.", _range("/", _iso)),
)
_table(
    "amounts",
    _values(v.AMOUNT, of=_AMOUNT),
    ("amounts without spaces", "Databases.", _replace(" ", "")),
    ("amounts with dots", "Spreadsheets.", _replace(" ", ".")),
    ("amounts with narrow spaces", "ICU.", _replace(" ", "\u202f")),
    ("amounts with no-break spaces", "Browsers.", _replace(" ", "\u00a0")),
)
_table(
    "cents",
    _values(v.AMOUNT, of=r"^[-\d\s.]+$"),
    ("amounts with cents", "Spreadsheets.", _around("", ",00")),
)
_table(
    "euros",
    _values(v.AMOUNT, of=_AMOUNT),
    ("amounts with a euro sign", "People.", _around("", " €")),
    ("amounts with a euro sign behind a no-break space", "ICU.", _around("", "\u00a0€")),
    ("amounts with the word euroa", "People.", _around("", " euroa")),
)
_table(
    "web",
    _values(v.WEB_ADDRESS, of=r"^https?://\S+$"),
    ("web addresses in angle brackets", "Markdown.", _around("<", ">")),
    ("web addresses as links", "Markdown.", lambda text: f"[{text}]({text})"),
    ("web addresses twice", "Mail programs.", lambda text: f"{text} <{text}>"),
)
_table(
    "web",
    _values(v.WEB_ADDRESS, of=r"^https?://\S+$"),
    ("web addresses broken over lines", "textwrap.", lambda text: f"{text[:-5]}\n{text[-5:]}"),
    clashes=("no empty lines",),
)
_table(
    "mail",
    _values(v.EMAIL, of=r"^[^()]+\(at\)[^()]+$"),
    ("e-mail addresses with a sign", "People.", _replace("(at)", "@")),
    ("e-mail addresses as links", "Markdown.", _link),
    ("e-mail addresses with (a)", "People.", _replace("(at)", "(a)")),
    ("e-mail addresses with (ät)", "People.", _replace("(at)", "(ät)")),
    ("e-mail addresses with spaces", "People.", _replace("(at)", " (at) ")),
)
_table(
    "values",
    _values(),
    ("no-break spaces in values", "Text copied out of a browser.", _replace(" ", "\u00a0")),
    ("decomposed letters in values", "Text copied out of a PDF.", _nfd),
    ("values in bold", "Markdown of <b>.", _around("**", "**")),
    ("values as code", "Markdown written by people.", _around("`", "`")),
    ("spaces as entities before values", "HTML unescaped once.", _around("&nbsp;")),
    ("zero-width spaces around values", "Browsers.", _around("\u200b", "\u200b")),
    ("byte-order marks before values", "Files joined cell by cell.", _around("\ufeff")),
)


@noise_kind("words divided at line ends", clashes=("cells",))
def _words_divided(page: Page) -> None:
    """A word of prose or of a value that is elsewhere on the page, too: text out of a PDF."""
    words = Counter(re.findall(r"[^\W\d_]{9,}", page.text))

    def divide(text: str) -> str:
        for match in re.finditer(r"(?<=[^\W\d_] )[^\W\d_]{9,}(?=[ ,.])", text):
            if words[match[0]] > 1:
                words[match[0]] -= 1
                return f"{text[: match.start() + 5]}-\n{text[match.start() + 5 :]}"
        return text

    _values()(divide)(page)
    for line in page.of(Kind.PROSE, Kind.EXPLANATION):
        line.label = divide(line.label)


# -- labels ---------------------------------------------------------------------------------------


def _divided(mark: str) -> _Change:
    """Puts a mark into the longest word."""

    def change(text: str) -> str:
        word = max(re.findall(r"[^\W\d_]+", text), key=len)
        return text.replace(word, f"{word[:6]}{mark}{word[6:]}", 1) if len(word) > 9 else text

    return change


def _separated(sep: str) -> _PageChange:
    """Puts something else between labels and values; a bare label keeps its colon."""
    kinds = (_FIELD,) if "\n" in sep or sep.isspace() else (_FIELD, _QUESTION)

    def change(page: Page) -> None:
        for line in page.of(*kinds):
            line.sep = sep if line.value else ":"

    return change


@noise_kind("typos corrected", "case")
def _typos_corrected(page: Page) -> None:
    """Labels and headings in another spelling that is to be expected: people, the register."""
    for line in page.lines:
        declared = line.section if line.kind is _HEADING else line.item
        if declared is not None and declared.variants:
            line.label = declared.variants[0]


_table(
    "case",
    lambda change: _parts(*_LABELS, Kind.HEADS, label=change),
    ("labels in capitals", "CSS.", str.upper),
    ("labels in lower case", "People.", str.lower),
)
_table(
    "spelling",
    lambda change: _parts(_HEADING, *_LABELS, label=change),
    ("soft hyphens in labels", "Browsers.", _divided("\u00ad")),
    ("zero-width spaces in labels", "Browsers (<wbr>).", _divided("\u200b")),
    ("labels divided with a hyphen", "Text out of a PDF.", _divided("-\n")),
    ("labels divided with a soft hyphen", "Text out of a PDF.", _divided("\u00ad\n")),
    ("no-break hyphens in labels", "Word.", _replace("-", "\u2011")),
    ("en dashes in labels", "Word.", _replace("-", "–")),
    ("doubled spaces in labels", "Text justified by a tool.", _replace(" ", "  ")),
)
_table(
    "colon",
    _separated,
    ("a space before the colon", "Typography of French.", " : "),
    ("no space behind the colon", "Tools that strip.", ":"),
    ("full-width colons", "OCR, East Asian keyboards.", "\uff1a "),
    ("tabs for colons", "A table copied out of a browser.", "\t"),
    ("values in a column", "pdftotext -layout.", " " * 12),
    loses=_OTHERS,
)
_table(
    "below",
    _separated,
    ("values below their labels", "BeautifulSoup's text of cells.", ":\n"),
    ("values a block below their labels", "trafilatura.", ":\n\n"),
    ("definition lists", "pandoc.", "\n:   "),
    clashes=("colon",),
    loses=_OTHERS,
)

# -- headings -------------------------------------------------------------------------------------


def _other_dot(number: str) -> str:
    return number[:-1] if number.endswith(".") else number if "." in number else f"{number}."


_LOST = ("summary", "target_groups", "final_report_summary", "other_fields", "other_sections")
_LOST += ("extensions", "outcomes", "estimates", "horizontal_principles.*explanation")
_LOST += ("applicant.co_implementers", "applicant.transfer_recipients")


@noise_kind("headings with other numbers", "number", loses=_OTHERS, clashes=("a new section",))
def _other_numbers(page: Page) -> None:
    """From section 5 on, one section more is counted: the register."""
    for line in page.of(_HEADING):
        top, point, rest = line.number.partition(".")
        if int(top) > 4:
            line.number = f"{int(top) + 1}{point}{rest}"


@noise_kind("no headings", "number", loses=_LOST, clashes=("order", "blank"))
def _no_headings(page: Page) -> None:
    """Every heading is dropped; whose prose it is cannot be known: trafilatura."""
    page.lines[:] = [line for line in page.lines if line.kind is not _HEADING]


_table(
    "",
    lambda change: _parts(_HEADING, label=change),
    ("headings in capitals", "html-to-text.", str.upper),
)
_table(
    "number",
    lambda change: _parts(_HEADING, number=change),
    ("headings with other dots", "People.", _other_dot),
    ("headings without numbers", "Numbers counted by CSS.", ""),
    loses=_OTHERS,
)
_table(
    "number",
    lambda gap: _parts(_HEADING, gap=gap),
    ("numbers in a block above their headings", "sec-parser.", "\n\n"),
    ("numbers on a line above their headings", "Cells.", "\n"),
    ("a dash behind numbers", "People.", " – "),
)
_table(
    "behind",
    lambda tail: _parts(_HEADING, tail=tail),
    ("anchors behind headings", "pandoc.", " {#sec}"),
    ("a pilcrow behind headings", "Sphinx, MkDocs.", " ¶"),
    ("a link behind headings", "MediaWiki.", " [muokkaa]"),
    ("headings that go on", "Prints.", " (jatkuu)"),
)

# -- marks ----------------------------------------------------------------------------------------


def _bullets(mark: str, step: int = 1) -> _PageChange:
    def change(page: Page) -> None:
        for number, line in enumerate(page.of(_FIELD)[::step], 1):
            line.lead = f"{mark.format(number)}{line.lead}"

    return change


@noise_kind("Markdown headings", "Markdown")
def _markdown_headings(page: Page) -> None:
    """``# title``, ``## 1 Hanke``, ``### 4.1 …``: html2text, pandoc."""
    for line in page.of(Kind.TITLE, _HEADING):
        depth = 1 if line.kind is Kind.TITLE else 3 if "." in line.number[:-1] else 2
        line.lead = f"{'#' * depth} "


@noise_kind("Markdown escapes", "Markdown")
def _markdown_escapes(page: Page) -> None:
    r"""``1\. text`` and ``\- text``, in a text with Markdown headings: markdownify."""
    _markdown_headings(page)
    for line in page.of(Kind.PROSE, Kind.EXPLANATION, Kind.ROW):
        line.label = re.sub(r"^(\d*)([.)]|[-+] )", r"\1\\\2", line.label)


@noise_kind("bold labels", loses=_OTHERS)
def _bold_labels(page: Page) -> None:
    """``**Hankekoodi:** S29999``: Markdown; captions and dimensions, too."""
    for line in page.of(_FIELD, _QUESTION, *_BARE):
        line.lead += "**"
        if line.values:
            line.sep = re.sub(r"^( ?[:\uff1a]?)", r"\1**", line.sep)
        else:
            line.tail += "**"


_table(
    "bullets",
    _bullets,
    ("bullets -", "markdownify.", "- "),
    ("bullets *", "html2text.", "* "),
    ("bullets •", "Word.", "• "),
    ("bullets +", "pandoc.", "+ "),
    ("bullets –", "People.", "– "),
    ("numbers before labels", "A list in Word.", "{}. "),
    loses=_OTHERS,
)
_table("bullets", partial(_bullets, step=3), ("bullets before some labels", "People.", "- "))

# -- cells ----------------------------------------------------------------------------------------


def _heads(line: Line) -> tuple[str, ...]:
    content: Any = line.section.content if line.section is not None else None
    heads: tuple[str, ...] = content.heads
    return heads


def _cells(what: tuple[str, _Change | None]) -> _PageChange:
    sep, join = what

    def change(page: Page) -> None:
        _parts(_SCORE, sep=sep)(page)
        if join is not None:
            for line in page.of(Kind.HEADS):
                line.label = join(_heads(line))  # type: ignore[arg-type]

    return change


def _rule(heads: Any) -> str:
    return f"{''.join(heads)}\n---{'|---' * len(heads)}"


@noise_kind("table pipes", "cells", clashes=("below", "colon"), loses=_OTHERS)
def _table_pipes(page: Page) -> None:
    """Fields and scores in the cells of a Markdown table: markdownify, pandoc."""
    for line in page.of(_FIELD, _SCORE):
        line.lead, line.tail = f"| {line.lead}", f"{line.tail} |"
        line.sep = ": | " if line.kind is _FIELD else " | "
    for line in page.of(Kind.HEADS):
        heads = _heads(line)
        line.label = f"|  | {' | '.join(heads)} |\n|---{'|---' * len(heads)}|"
    for line in page.of(Kind.DIMENSION, Kind.EXPLANATION):
        if line.section is not None and isinstance(line.section.content, Scores):
            line.lead, line.tail = f"| {line.lead}", f"{line.tail} | | |"


_table(
    "cells",
    _cells,
    ("table rules", "html2text.", (" | ", _rule)),
    ("scores in columns of spaces", "inscriptis, pdftotext -layout.", (" " * 9, None)),
    ("scores in columns of tabs", "Browsers.", ("\t", "\t".join)),
    ("one cell a line", "BeautifulSoup's text.", ("\n", "\n".join)),
)

# -- lines that are put together ------------------------------------------------------------------


def _glued(what: tuple[str, slice]) -> _PageChange:
    space, lines = what

    def change(page: Page) -> None:
        for _, body in _in_fields(page):
            for line in body[lines]:
                if line.item is not None and line.value:
                    line.before = space

    return change


_table(
    "glue",
    _glued,
    ("a heading and a field on one line", "BeautifulSoup's text.", (" ", slice(1))),
    ("two fields on one line", "Tables of two columns.", (" ", slice(1, None, 2))),
    ("two fields without a space", "textContent of such tables.", ("", slice(1, None, 2))),
    clashes=(
        *("bullets", "cells", "order", "below", "tabs for colons", "values in a column", "behind"),
        *_DIVIDED,
    ),
)

# -- the page around the text ---------------------------------------------------------------------


@noise_kind("contents above the banner", "in front", loses=("other_sections",))
def _contents_above(page: Page) -> None:
    """All headings in front of the page: the outline of a PDF, Word's list of contents."""
    if page.of(Kind.TITLE):
        page.lines[:0] = _others(line.text for line in page.of(_HEADING))


@noise_kind("contents below the title", "in front", loses=("other_sections",))
def _contents_below(page: Page) -> None:
    """All headings, with the numbers of pages, below the title: Word's list of contents."""
    lines = enumerate(page.of(_HEADING))
    for title in page.of(Kind.TITLE)[:1]:
        at = page.lines.index(title) + 1
        page.lines[at:at] = _others(f"{line.text} {'.' * 20} {1 + k // 4}" for k, line in lines)


@noise_kind("a page title", "in front", clashes=("no headings",))
def _page_title(page: Page) -> None:
    """The first line is the title of the browser's page: w3m, lynx."""
    if page.of(Kind.TITLE):
        page.lines.insert(0, Line(Kind.OTHER, "Hankekuvaus"))


@noise_kind("no banner", "banner")
def _no_banner(page: Page) -> None:
    """The banner, which is two pictures on the page, is not there: most tools."""
    page.lines[:] = [line for line in page.lines if line.kind is not Kind.BANNER]


@noise_kind("a banner of pictures", "banner")
def _banner_of_pictures(page: Page) -> None:
    """``![Euroopan unioni](euro.png)``: html2text."""
    for line in page.of(Kind.BANNER):
        line.label = re.sub(
            "Euroopan unioni|Vipuvoimaa EU:lta", lambda m: f"![{m[0]}]({m[0][:4]}.png)", line.label
        )


@noise_kind("banner pictures in a table", "banner")
def _banner_in_a_table(page: Page) -> None:
    """``![]() |`` in two rows of a table: html2text."""
    for line in page.of(Kind.BANNER):
        line.label = "![](eu.png) |\n![](vipu.png) |"


@noise_kind("lines of tags")
def _lines_of_tags(page: Page) -> None:
    """A ``<div>`` around each section: pandoc's Markdown."""
    for line in page.of(_HEADING):
        at = page.lines.index(line)
        page.lines[at:at] = _others(("</div>", "", '<div class="osa">'))
    page.lines += _others(("</div>",))


# -- texts: lines ---------------------------------------------------------------------------------

# One space, or a hyphen between letters: where a line may be broken.
_BREAK = re.compile(r"(?<=[^\s|]) (?=[^\s|])")
_BREAK_AT_HYPHEN = re.compile(r"(?<=[^\s|]) (?=[^\s|])|(?<=[^\W\d_]-)(?=[^\W\d_])")


def _pieces(line: str, width: int, breaks: re.Pattern[str]) -> Iterator[str]:
    """A line, wrapped; not one with columns."""
    start = last = 0
    if len(line) > width and "|" not in line and re.search(r" {3}|\t", line) is None:
        for match in breaks.finditer(f"{line} ."):
            if match.start() - start > width and last > start:
                yield line[start:last].rstrip(" ")
                start = last + (line[last] == " ")
            last = match.start()
    yield line[start:]


def _wrapped(what: tuple[int, re.Pattern[str]]) -> _Change:
    return lambda text: "\n".join(p for line in text.split("\n") for p in _pieces(line, *what))


def _csv(text: str) -> str:
    blocks = (block.replace('"', '""') for block in re.split(r"\n{2,}", text))
    return "\n".join(f'"{block}"' for block in blocks)


def _sub(what: tuple[str, str | Callable[[_Match], str]]) -> _Change:
    return partial(re.sub, *what)


def _printed(form: str) -> _Change:
    """A text in pages of some 45 lines, broken at empty lines, with what is between them."""

    def change(text: str) -> str:
        pages: list[list[str]] = [[]]
        for line in text.split("\n"):
            if len(pages[-1]) >= (60 if line.strip(" >\t") else 45):
                pages.append([])
            pages[-1].append(line)
        numbered = enumerate(map("\n".join, pages), 1)
        parts = (page + form.format(n=n, all=len(pages)) for n, page in numbered)
        return "".join(parts).rstrip("\n")

    return change


def _page_breaks(text: str) -> str:
    lines = enumerate(text.split("\n"))
    return "\n".join(f"\f{line}" if k and k % 40 == 0 else line for k, line in lines) + "\n\f"


def _as_is(change: _Change) -> _Change:
    return change


_text_table = partial(_table, of_text=True)
_text_table(
    "wrap",
    _wrapped,
    ("wrapped at 78 columns", "lynx, html2text.", (78, _BREAK)),
    ("wrapped at 100 columns", "textwrap.", (100, _BREAK_AT_HYPHEN)),
)
_text_table(
    "blank",
    _sub,
    ("no empty lines", "trafilatura, resiliparse.", (r"\n{2,}", "\n")),
    ("empty lines doubled", "justext.", (r"\n\n+", lambda match: match[0] + match[0][1:])),
    loses=_OTHERS,
)
_text_table(
    "blank",
    _sub,
    ("lines spaced out", "BeautifulSoup's text.", ("\n", "\n\n")),
    # Where a line ends and where a value does look the same then.
    clashes=("wrap", "words divided at line ends", "web addresses broken over lines", *_DIVIDED),
)
_text_table("blank", _as_is, ("blocks as CSV", "Scrapers that write CSV.", _csv))
_text_table(
    "lead",
    _sub,
    ("indented lines", "lynx, inscriptis.", (r"(?m)^(?=.)", "    ")),
    ("lines led by tabs", "Text of indented HTML.", (r"(?m)^(?=.)", "\t")),
    ("quoted mail", "An answer.", (r"(?m)^", "> ")),
    ("mail quoted twice", "An answer to an answer.", (r"(?m)^", ">> ")),
)
_text_table(
    "pages",
    _printed,
    ("page numbers 1/4", "pdftotext.", "\n\n{n}/{all}\n\f"),
    ("page numbers 1 (4)", "Word.", "\n\n{n} ({all})\n\n"),
    ("page numbers Sivu 1", "Word.", "\n\nSivu {n}\n\n"),
    ("page numbers - 1 -", "pdftotext.", "\n\n- {n} -\n\f"),
    ("page numbers Page 1 of 4", "Word.", "\n\nPage {n} of {all}\n\n"),
    ("bare page numbers", "pdftotext.", "\n\n{n}\n\f"),
    ("the address of the print", "Firefox.", "\n\nhttps://www.example.fi/p.php?x {n}/{all}\n\n"),
    (
        "the day of the print",
        "Chrome.",
        "\n\nhttps://www.example.fi/p.php?x {n}/{all}\n\f28.11.2023, 10.15 Hankekuvaus\n\n",
    ),
    ("a running title", "Word.", "\n\nHankekuvaus, tulostettu 28.11.2023\n\n"),
)
_text_table("pages", _as_is, ("page breaks", "pdftotext.", _page_breaks))
_text_table(
    "",
    _sub,
    ("trailing spaces", "Markdown's line breaks.", (r"(?m)(?<=.)$", "  ")),
    ("spaces on empty lines", "selectolax.", (r"(?m)^$", " ")),
)

# -- texts: characters ----------------------------------------------------------------------------

_text_table(
    "spaces",
    lambda space: _sub((r"(?<=[^\s>]) (?=\S)", space)),
    ("no-break spaces", "Browsers.", "\u00a0"),
    ("en spaces", "Typesetting.", "\u2002"),
    ("mathematical spaces", "Typesetting.", "\u205f"),
    ("ideographic spaces", "East Asian keyboards.", "\u3000"),
)
_text_table(
    "",
    _as_is,
    ("decomposed letters", "macOS, PDF.", _nfd),
    ("a byte-order mark", "Notepad.", _around("\ufeff")),
)
_text_table(
    "line ends",
    lambda end: _replace("\n", end),
    ("carriage returns and line feeds", "Windows.", "\r\n"),
    ("carriage returns", "Old Macs.", "\r"),
)


# -- damage ---------------------------------------------------------------------------------------


@damage_kind("a section missing")
def _section_missing(page: Page, place: int) -> str:
    """One section, or subsection, is not there."""
    parts = page.parts()
    del parts[place % len(parts)]
    page.lines[:] = [line for part in parts for line in part]
    return page.text


@damage_kind("a section repeated")
def _section_repeated(page: Page, place: int) -> str:
    """One section, or subsection, is there once more, at the end."""
    parts = page.parts()
    page.lines += parts[place % len(parts)]
    return page.text


@damage_kind("cut off")
def _cut_off(page: Page, place: int) -> str:
    """The text ends anywhere."""
    return page.text[: place % (len(page.text) + 1)]


@damage_kind("letters misread")
def _letters_misread(page: Page, place: int) -> str:
    """One in fifty of some letters and digits is another: OCR."""
    letters = {"o": "0", "O": "0", "0": "O", "1": "l", "l": "1", "m": "rn", "ä": "a", "5": "S"}
    parts = re.split(f"([{''.join(letters)}])", page.text)
    for k in range(1 + 2 * (place % 50), len(parts), 100):
        parts[k] = letters[parts[k]]
    return "".join(parts)


@damage_kind("entities")
def _entities(page: Page, place: int) -> str:
    """``&auml;`` or ``&#228;``: HTML that was not unescaped."""
    names = {"ä": "auml", "ö": "ouml", "Ä": "Auml", "Ö": "Ouml", "å": "aring"}
    form = "&#{0};" if place % 2 else "&{1};"
    return page.text.translate(
        {ord(letter): form.format(ord(letter), name) for letter, name in names.items()}
    )


@damage_kind("mojibake")
def _mojibake(page: Page, place: int) -> str:
    """UTF-8 read as Windows-1252, once or twice."""
    text = page.text
    for _ in range(1 + place % 2):
        text = text.encode().decode("cp1252", "replace")
    return text


@damage_kind("scores apart")
def _scores_apart(page: Page, place: int) -> str:
    """All aspects, then all scores: columns that a PDF tool took apart."""
    scores = page.of(_SCORE)
    columns = zip(*(line.values for line in scores), strict=True)
    numbers = [number for column in columns for number in column]
    for line in scores:
        line.values = ()
    at = page.lines.index(scores[-1]) + 1 if scores else 0
    page.lines[at:at] = _others(numbers)[place % 2 :]
    return page.text


@damage_kind("words divided")
def _divided_anywhere(page: Page, place: int) -> str:
    """A hyphen and a line end in words that may be nowhere else on the page: PDF."""

    def divide(match: _Match) -> str:
        is_meant = match.start() % 7 == place % 7
        return f"{match[0][:6]}-\n{match[0][6:]}" if is_meant else match[0]

    return re.sub(r"(?<= )[^\W\d_]{12,}", divide, page.text)
