"""The kinds of noise and damage, each with the tool or person who writes such texts.

The order is that of :data:`~esr_parser.testing.NOISES`: what is in a page, values, labels,
headings, marks, cells, what is around a page; then lines and characters of its text.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from functools import partial
from html.entities import codepoint2name
from itertools import groupby
from operator import methodcaller
from typing import Any

from esr_parser import values as v
from esr_parser.grammar import Fields, Scores
from esr_parser.testing.noises import DAMAGES, NOISES, damage_kind, noise_kind
from esr_parser.testing.page import Kind, Line, Page

__all__ = ["DAMAGES", "NOISES"]

_FIELD, _HEADING, _QUESTION, _SCORE = Kind.FIELD, Kind.HEADING, Kind.QUESTION, Kind.SCORE
_BARE = (Kind.CAPTION, Kind.ROWS, Kind.DIMENSION)
_LABELS = (_FIELD, _QUESTION, *_BARE, _SCORE)
_Change = Callable[[str], str]
_PageChange = Callable[[Page], None]
_Match = re.Match[str]

# What is not declared is text unless it is a plain `label: value` or heading: it is kept so.
_OTHERS = ("other_fields", "other_sections")
_WRAPPED = ("words divided at line ends", "web addresses broken over lines")
_DIVIDED = ("labels divided with a hyphen", "labels divided with a soft hyphen")
_BELOW = ("bullets", "cells", "order", "below", "tabs for colons", "values in a column")
_OPTIONS: dict[str, dict[str, Any]] = {
    "further": {"loses": ("other_sections",)},
    # html2text and pandoc, which write such banners, end their files in line ends.
    "a further description glued on": {
        "clashes": ("a banner of pictures", "banner pictures in a table")
    },
    "colon": {"loses": _OTHERS},
    "below": {"loses": _OTHERS, "clashes": ("colon",)},
    "headings without numbers": {"loses": _OTHERS},
    "bullets": {"loses": _OTHERS},
    "glue": {"clashes": (*_BELOW, "behind", *_DIVIDED)},
    "no empty lines": {"loses": _OTHERS, "clashes": _WRAPPED[1:]},
    # Where a line ends and where a value does look the same then.
    "lines spaced out": {"clashes": ("wrap", *_WRAPPED, *_DIVIDED)},
}
"""What the kinds of a group, or a single one, lose and clash with."""


def _kinds(*rows: tuple[str, str, str, Callable[[Any], Any]], of_text: bool = False) -> None:
    """Registers kinds: name, group, who writes such texts, and the change."""
    for name, group, who, change in rows:
        options = _OPTIONS.get(group, {}) | _OPTIONS.get(name, {})
        noise_kind(name, group, description=who, of_text=of_text, **options)(change)


# -- what changes are made of ---------------------------------------------------------------------


def _given(change: Callable[..., Any]) -> Callable[..., Callable[[Any], Any]]:
    """Takes the arguments behind the page or text first: ``_bullets("- ")`` is a change."""
    return lambda *args, **options: lambda subject: change(subject, *args, **options)


@_given
def _parts(page: Page, /, *kinds: Kind, **parts: str | _Change) -> None:
    """Sets parts of each declared line of some kinds; a function is given the old part."""
    for line in page.of(*kinds):
        # Labels and headings that are not declared are kept as they are read.
        is_free = line.section is None and line.kind is not Kind.BANNER
        if not (is_free or (line.kind is _FIELD and line.item is None)):
            for name, new in parts.items():
                setattr(line, name, new if isinstance(new, str) else new(getattr(line, name)))


@_given
def _values(
    page: Page, change: _Change, types: Collection[v.ValueType[Any]] = (), of: str = ""
) -> None:
    """Changes the values of fields: of some types, of all, or those that a pattern fits."""
    for line in page.of(_FIELD):
        is_meant = not types or (line.item is not None and line.item.type in types)
        if line.value and is_meant and re.search(of, line.value):
            line.values = (change(line.value),)


@_given
def _several(page: Page, change: _Change) -> None:
    """Changes all values of a page that has several: marks around a single one may be its own.

    Two of them may be taken out in an edit, and those of a further description do not count.
    """
    fields = page.of(_FIELD)[: -1 if len(page.of(Kind.TITLE)) > 1 else None]
    if sum(bool(line.value and line.item) for line in fields) > 3:
        _values(change)(page)


def _a_block_below(page: Page) -> None:
    """Puts values below their labels, unless one then looks like another field.

    Below an empty label, ``Kohti satamaa: taidot`` is a field that is not declared; that it is a
    value is shown by others on the page.
    """
    values = [line.value for line in page.of(_FIELD) if line.value and line.item]
    plain = [value for value in values if not re.match(r"[^:]+:(?!//)|[0-9.]+ ", value)]
    if len(plain) > 2 or not any(": " in value for value in values):
        _separated(":\n\n")(page)


@_given
def _without(page: Page, kind: Kind) -> None:
    page.lines[:] = [line for line in page.lines if line.kind is not kind]


_replace = partial(methodcaller, "replace")


def _sub(pattern: str, new: str | Callable[[_Match], str]) -> _Change:
    return partial(re.sub, pattern, new)


def _others(texts: Iterable[str]) -> list[Line]:
    """A block of lines that do not belong to the description."""
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


@noise_kind("fields in another order", "order", loses=_OTHERS)
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
    for start, body in reversed(_in_fields(page)):
        line = Line(_FIELD, "Seurantatunnus", ("uusi 17",), section=body[0].section)
        # Nothing is between the heading of rows and its rows.
        page.lines.insert(start + (body[0].kind is not Kind.ROWS), line)


@_given
def _further(page: Page, before: str) -> None:
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


_kinds(
    ("a further description", "further", "People who collect pages in a file.", _further("\n\n")),
    ("a further description glued on", "further", "``cat a.txt b.txt``.", _further("")),
)

# -- values ---------------------------------------------------------------------------------------

_MONTHS = "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu"
_DATE = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})")
_ISO = "{2}-{1:0>2}-{0:0>2}"


@_given
def _dated(text: str, form: str, mark: str = "") -> str:
    """Dates in a form of day, month, year and month's name; with a mark, nothing else but it."""

    def write(match: _Match) -> str:
        return form.format(*match.groups(), _MONTHS.split(" ")[int(match[2]) - 1])

    dates = [write(match) for match in _DATE.finditer(text)]
    return mark.join(dates) if mark and len(dates) > 1 else _DATE.sub(write, text)


_dates = partial(_values, types=(v.PERIOD, v.PERIOD_EN))
_amounts = partial(_values, types=(v.AMOUNT,), of=r"^[-\d\s.,]+$")
_web = partial(_values, types=(v.WEB_ADDRESS,), of=r"^https?://\S+$")
_mail = partial(_values, types=(v.EMAIL,), of=r"^[^()]+\(at\)[^()]+$")
_link = _sub(r"(.+)\(at\)(.+)", r"[\1@\2](mailto:\1@\2)")
_nfd = partial(unicodedata.normalize, "NFD")
_kinds(
    ("dates with leading zeros", "dates", "Spreadsheets.", _dates(_dated("{0:0>2}.{1:0>2}.{2}"))),
    ("ISO dates", "dates", "Databases.", _dates(_dated(_ISO))),
    ("dates with the names of months", "dates", "People.", _dates(_dated("{0}. {3}kuuta {2}"))),
    ("a range of dates", "dates", "People.", _dates(_dated("{0}.{1}.{2}", "–"))),
    ("an ISO interval", "dates", "ISO 8601.", _dates(_dated(_ISO, "/"))),
    ("amounts without spaces", "amounts", "Databases.", _amounts(_replace(" ", ""))),
    ("amounts with dots", "amounts", "Spreadsheets.", _amounts(_replace(" ", "."))),
    ("amounts with narrow spaces", "amounts", "ICU.", _amounts(_replace(" ", "\u202f"))),
    ("amounts with no-break spaces", "amounts", "Browsers.", _amounts(_replace(" ", "\u00a0"))),
    ("amounts with cents", "cents", "Spreadsheets.", _amounts("{},00".format, of=r"^[-\d\s.]+$")),
    ("amounts with a euro sign", "euros", "People.", _amounts("{} €".format)),
    ("amounts with a no-break euro sign", "euros", "ICU.", _amounts("{}\u00a0€".format)),
    ("amounts with the word euroa", "euros", "People.", _amounts("{} euroa".format)),
    ("web addresses in angle brackets", "web", "Markdown.", _web("<{}>".format)),
    ("web addresses as links", "web", "Markdown.", _web("[{0}]({0})".format)),
    ("web addresses twice", "web", "Mail programs.", _web("{0} <{0}>".format)),
    ("web addresses broken over lines", "web", "textwrap.", _web(_sub(r"(?=.{5}$)", "\n"))),
    ("e-mail addresses with a sign", "mail", "People.", _mail(_replace("(at)", "@"))),
    ("e-mail addresses as links", "mail", "Markdown.", _mail(_link)),
    ("e-mail addresses with (a)", "mail", "People.", _mail(_replace("(at)", "(a)"))),
    ("e-mail addresses with (ät)", "mail", "People.", _mail(_replace("(at)", "(ät)"))),
    ("e-mail addresses with spaces", "mail", "People.", _mail(_replace("(at)", " (at) "))),
    ("no-break spaces in values", "values", "Browsers.", _values(_replace(" ", "\u00a0"))),
    ("decomposed letters in values", "values", "PDF.", _values(_nfd)),
    ("values in bold", "values", "Markdown of <b>.", _several("**{}**".format)),
    ("values as code", "values", "Markdown of people.", _several("`{}`".format)),
    ("entities before values", "values", "HTML unescaped once.", _values("&nbsp;{}".format)),
    ("zero-width spaces around values", "values", "Browsers.", _values("\u200b{}\u200b".format)),
    ("byte-order marks before values", "values", "Files of cells.", _values("\ufeff{}".format)),
)


@noise_kind("words divided at line ends", clashes=("cells",))
def _words_divided(page: Page) -> None:
    """A word of prose or of a value that is elsewhere on the page, too: text out of a PDF."""
    text = "\n".join(line.text for line in page.lines if line.kind is not _HEADING)
    words = Counter(re.findall(r"[^\W\d_]{9,}", text))

    def divide(text: str) -> str:
        for match in re.finditer(r"(?<=[^\W\d_] )[^\W\d_]{9,}(?=[ ,.])", text):
            if words[match[0]] > 1:
                words[match[0]] -= 1
                return f"{text[: match.start() + 5]}-\n{text[match.start() + 5 :]}"
        return text

    _values(divide)(page)
    for line in page.of(Kind.PROSE, Kind.EXPLANATION):
        line.label = divide(line.label)


# -- labels ---------------------------------------------------------------------------------------


@_given
def _divided(text: str, mark: str) -> str:
    """Puts a mark into the longest word."""
    word = max(re.findall(r"[^\W\d_]+", text), key=len)
    return text.replace(word, f"{word[:6]}{mark}{word[6:]}", 1) if len(word) > 9 else text


@_given
def _separated(page: Page, sep: str) -> None:
    """Puts something else between labels and values; a bare label keeps its colon."""
    kinds = (_FIELD,) if "\n" in sep or sep.isspace() else (_FIELD, _QUESTION)
    for line in page.of(*kinds):
        line.sep = sep if line.value else ":"


def _labels(change: _Change) -> _PageChange:
    return _parts(*_LABELS, Kind.HEADS, label=change)


def _words(change: _Change) -> _PageChange:
    return _parts(_HEADING, *_LABELS, label=change)


@noise_kind("typos corrected", "case")
def _typos_corrected(page: Page) -> None:
    """Labels and headings in another spelling that is to be expected: people, the register."""
    for line in page.lines:
        declared = line.section if line.kind is _HEADING else line.item
        if declared is not None and declared.variants:
            line.label = declared.variants[0]


_kinds(
    ("labels in capitals", "case", "CSS.", _labels(str.upper)),
    ("labels in lower case", "case", "People.", _labels(str.lower)),
    ("soft hyphens in labels", "spelling", "Browsers.", _words(_divided("\u00ad"))),
    ("zero-width spaces in labels", "spelling", "Browsers (<wbr>).", _words(_divided("\u200b"))),
    ("labels divided with a hyphen", "spelling", "PDF.", _words(_divided("-\n"))),
    ("labels divided with a soft hyphen", "spelling", "PDF.", _words(_divided("\u00ad\n"))),
    ("no-break hyphens in labels", "spelling", "Word.", _words(_replace("-", "\u2011"))),
    ("en dashes in labels", "spelling", "Word.", _words(_replace("-", "–"))),
    ("doubled spaces in labels", "spelling", "Justified text.", _words(_replace(" ", "  "))),
    ("a space before the colon", "colon", "Typography of French.", _separated(" : ")),
    ("no space behind the colon", "colon", "Tools that strip.", _separated(":")),
    ("full-width colons", "colon", "OCR, East Asian keyboards.", _separated("\uff1a ")),
    ("tabs for colons", "colon", "Tables copied out of browsers.", _separated("\t")),
    ("values in a column", "colon", "pdftotext -layout.", _separated(" " * 12)),
    ("values below their labels", "below", "BeautifulSoup's text.", _separated(":\n")),
    ("values a block below their labels", "below", "trafilatura.", _a_block_below),
    ("definition lists", "below", "pandoc.", _separated("\n:   ")),
)

# -- headings -------------------------------------------------------------------------------------

_LOST = (
    *("summary", "target_groups", "final_report_summary", *_OTHERS, "extensions", "outcomes"),
    *("estimates", "horizontal_principles.*explanation"),
    *("applicant.co_implementers", "applicant.transfer_recipients"),
)


@noise_kind("no headings", "number", loses=_LOST, clashes=("order", "blank"))
def _no_headings(page: Page) -> None:
    """Every heading is dropped; whose prose it is cannot be known: trafilatura.

    A short paragraph right below a label without a value would look like its value, unless another
    paragraph is below it.
    """
    lines = [line for line in page.lines if line.kind is not _HEADING]
    above = None
    for _, block in groupby(lines, key=lambda line: line.kind is Kind.PROSE):
        first, *others = block
        is_below = first.kind is Kind.PROSE and above and above.kind is _FIELD and not above.value
        below = next((x.label for x in others if "\n\n" in x.before), ":")
        if is_below and ". " not in first.label and ":" in below:
            return
        above = others[-1] if others else first
    page.lines[:] = lines


@noise_kind("headings with other numbers", "number", loses=_OTHERS, clashes=("a new section",))
def _other_numbers(page: Page) -> None:
    """From section 5 on, one section more is counted: the register."""
    for line in page.of(_HEADING):
        top, point, rest = line.number.partition(".")
        if int(top) > 4:
            line.number = f"{int(top) + 1}{point}{rest}"


def _other_dot(number: str) -> str:
    return number[:-1] if number.endswith(".") else number if "." in number else f"{number}."


_no_numbers = _parts(_HEADING, number="")
_kinds(
    ("headings without numbers", "number", "Pages whose numbers CSS counts.", _no_numbers),
    ("headings in capitals", "", "html-to-text.", _parts(_HEADING, label=str.upper)),
    ("headings with other dots", "number", "People.", _parts(_HEADING, number=_other_dot)),
    ("numbers in a block above", "number", "sec-parser.", _parts(_HEADING, gap="\n\n")),
    ("numbers on a line above", "number", "Cells.", _parts(_HEADING, gap="\n")),
    ("a dash behind numbers", "number", "People.", _parts(_HEADING, gap=" – ")),
    ("anchors behind headings", "behind", "pandoc.", _parts(_HEADING, tail=" {#sec}")),
    ("a pilcrow behind headings", "behind", "Sphinx, MkDocs.", _parts(_HEADING, tail=" ¶")),
    ("a link behind headings", "behind", "MediaWiki.", _parts(_HEADING, tail=" [muokkaa]")),
    ("headings that go on", "behind", "Prints.", _parts(_HEADING, tail=" (jatkuu)")),
)

# -- marks ----------------------------------------------------------------------------------------


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


@_given
def _bullets(page: Page, mark: str, step: int = 1) -> None:
    for number, line in enumerate(page.of(_FIELD)[::step], 1):
        line.lead = f"{mark.format(number)}{line.lead}"


_kinds(
    ("bullets -", "bullets", "markdownify.", _bullets("- ")),
    ("bullets *", "bullets", "html2text.", _bullets("* ")),
    ("bullets •", "bullets", "Word.", _bullets("• ")),
    ("bullets +", "bullets", "pandoc.", _bullets("+ ")),
    ("bullets –", "bullets", "People.", _bullets("– ")),
    ("numbers before labels", "bullets", "A list in Word.", _bullets("{}. ")),
    ("bullets before some labels", "bullets", "People.", _bullets("- ", 3)),
)

# -- cells ----------------------------------------------------------------------------------------


def _heads(line: Line) -> tuple[str, ...]:
    content: Any = line.section.content if line.section is not None else None
    heads: tuple[str, ...] = content.heads
    return heads


@_given
def _cells(page: Page, sep: str, join: Callable[[Any], str] = "".join) -> None:
    _parts(_SCORE, sep=sep)(page)
    for line in page.of(Kind.HEADS):
        line.label = join(_heads(line))


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


@_given
def _glued(page: Page, space: str, lines: slice) -> None:
    for _, body in _in_fields(page):
        for line in body[lines]:
            if line.item is not None and line.value:
                line.before = space


_PAIRS = slice(1, None, 2)
_kinds(
    ("table rules", "cells", "html2text.", _cells(" | ", _rule)),
    ("scores in columns of spaces", "cells", "inscriptis, pdftotext -layout.", _cells(" " * 9)),
    ("scores in columns of tabs", "cells", "Browsers.", _cells("\t", "\t".join)),
    ("one cell a line", "cells", "BeautifulSoup's text.", _cells("\n", "\n".join)),
    ("a heading and a field on one line", "glue", "BeautifulSoup.", _glued(" ", slice(1))),
    ("two fields on one line", "glue", "Tables of two columns.", _glued(" ", _PAIRS)),
    ("two fields without a space", "glue", "textContent of tables.", _glued("", _PAIRS)),
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


_pictures = _sub("(Euro|Vipu)(opan unioni|voimaa EU:lta)", r"![\1\2](\1.png)")
_IN_A_TABLE = "![](eu.png) |\n![](vipu.png) |"
_kinds(
    ("no banner", "banner", "Most tools: on the page it is two pictures.", _without(Kind.BANNER)),
    ("a banner of pictures", "banner", "html2text.", _parts(Kind.BANNER, label=_pictures)),
    ("banner pictures in a table", "banner", "html2text.", _parts(Kind.BANNER, label=_IN_A_TABLE)),
)


@noise_kind("lines of tags")
def _lines_of_tags(page: Page) -> None:
    """A ``<div>`` around each section: pandoc's Markdown."""
    for line in page.of(_HEADING):
        at = page.lines.index(line)
        page.lines[at:at] = _others(("</div>", "", '<div class="osa">'))
    page.lines += _others(("</div>",))


# -- texts ----------------------------------------------------------------------------------------


def _wrapped(width: int, *, hyphens: bool) -> _Change:
    """Wraps lines, but for those with columns or wide gaps."""
    wrapper = textwrap.TextWrapper(
        width,
        expand_tabs=False,
        replace_whitespace=False,
        break_long_words=False,
        break_on_hyphens=hyphens,
    )
    return _sub(r"(?m)^(?!.*(?:\|| {2}|\t)).+", lambda line: wrapper.fill(line[0]))


def _csv(text: str) -> str:
    blocks = (block.replace('"', '""') for block in re.split(r"\n{2,}", text))
    return "\n".join(f'"{block}"' for block in blocks)


@_given
def _printed(text: str, form: str, least: int = 45, most: int = 60) -> str:
    """A text in pages, broken at an empty line if there is one, with what is between them."""
    pages: list[list[str]] = [[]]
    for line in text.split("\n"):
        if len(pages[-1]) >= (most if line.strip(" >\t") else least):
            pages.append([])
        pages[-1].append(line)
    # Nothing tells a single footer, or a header that is there already, from text.
    if (len(pages) == 1 and form.strip()) or _has_running_line(pages):
        return text
    numbered = enumerate(map("\n".join, pages), 1)
    parts = (page + form.format(n=n, all=len(pages)) for n, page in numbered)
    return "".join(parts).rstrip("\n")


def _has_running_line(pages: list[list[str]]) -> bool:
    """Whether a text has the same line at the edges of pages, as a header or footer is.

    Their numbers do not count: ``6. Ohjausryhmä`` and ``8. Ohjausryhmä`` would be running titles.
    """
    near: list[tuple[str, int]] = []
    for page in pages:
        shapes = [re.sub(r"\d+", "0", line) for line in page]
        near += [(x, 0) for x in (*shapes[:6], *shapes[-6:]) if x.strip() and ":" not in x]
        # Labels come again; a line of prose such as ``TAVOITTEET:`` in the same place is a header.
        filled = [x for x in shapes if x.strip()]
        ends = (*enumerate(filled[:3], 1), *enumerate(filled[:-4:-1], 4))
        near += [(x, place) for place, x in ends if ":" in x]
    return len(pages) > 1 and len(set(near)) < len(near)


_spaces = partial(_sub, r"(?<=[^\s>]) (?=\S)")
_URL = "\n\nhttps://www.example.fi/p.php?x {n}/{all}\n\n"
_DAY = f"{_URL[:-1]}\f28.11.2023, 10.15 Hankekuvaus\n\n"
_TITLE = "\n\nHankekuvaus, tulostettu 28.11.2023\n\n"
_kinds(
    ("no empty lines", "blank", "trafilatura, resiliparse.", _sub(r"\n{2,}", "\n")),
    ("lines spaced out", "blank", "BeautifulSoup's text.", _replace("\n", "\n\n")),
    ("wrapped at 78 columns", "wrap", "lynx, html2text.", _wrapped(78, hyphens=False)),
    ("wrapped at 100 columns", "wrap", "textwrap.", _wrapped(100, hyphens=True)),
    ("empty lines doubled", "blank", "justext.", _sub(r"\n\n+", lambda m: m[0] + m[0][1:])),
    ("blocks as CSV", "blank", "Scrapers that write CSV.", _csv),
    ("indented lines", "lead", "lynx, inscriptis.", _sub(r"(?m)^(?=.)", "    ")),
    ("lines led by tabs", "lead", "Text of indented HTML.", _sub(r"(?m)^(?=.)", "\t")),
    ("quoted mail", "lead", "An answer.", _sub(r"(?m)^", "> ")),
    ("mail quoted twice", "lead", "An answer to an answer.", _sub(r"(?m)^", ">> ")),
    ("page numbers 1/4", "pages", "pdftotext.", _printed("\n\n{n}/{all}\n\f")),
    ("page numbers 1 (4)", "pages", "Word.", _printed("\n\n{n} ({all})\n\n")),
    ("page numbers Sivu 1", "pages", "Word.", _printed("\n\nSivu {n}\n\n")),
    ("page numbers - 1 -", "pages", "pdftotext.", _printed("\n\n- {n} -\n\f")),
    ("page numbers Page 1 of 4", "pages", "Word.", _printed("\n\nPage {n} of {all}\n\n")),
    ("bare page numbers", "pages", "pdftotext.", _printed("\n\n{n}\n\f")),
    ("the address of the print", "pages", "Firefox.", _printed(_URL)),
    ("the day of the print", "pages", "Chrome.", _printed(_DAY)),
    ("a running title", "pages", "Word.", _printed(_TITLE)),
    ("page breaks", "pages", "pdftotext.", _printed("\n\f", 40, 40)),
    ("trailing spaces", "", "Markdown's line breaks.", _sub(r"(?m)(?<=.)$", "  ")),
    ("spaces on empty lines", "", "selectolax.", _sub(r"(?m)^$", " ")),
    ("no-break spaces", "spaces", "Browsers.", _spaces("\u00a0")),
    ("en spaces", "spaces", "Typesetting.", _spaces("\u2002")),
    ("mathematical spaces", "spaces", "Typesetting.", _spaces("\u205f")),
    ("ideographic spaces", "spaces", "East Asian keyboards.", _spaces("\u3000")),
    ("decomposed letters", "", "macOS, PDF.", _nfd),
    ("a byte-order mark", "", "Notepad.", "\ufeff{}".format),
    ("carriage returns and line feeds", "line ends", "Windows.", _replace("\n", "\r\n")),
    ("carriage returns", "line ends", "Old Macs.", _replace("\n", "\r")),
    of_text=True,
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
    form = "&#{0};" if place % 2 else "&{1};"
    return page.text.translate({c: form.format(c, codepoint2name[c]) for c in map(ord, "äöÄÖå")})


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
