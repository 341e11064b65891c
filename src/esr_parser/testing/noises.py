r"""What tools and people do to a page's text, each kind as a small named transformation.

A kind is a function from a :class:`~esr_parser.testing.page.Page` to a text. :data:`NOISES` holds
them in the order in which they can be put on top of each other: first what changes the content,
then values, labels, cells, marks, lines, characters and line ends. To add one::

    from esr_parser.testing import noise_kind


    @noise_kind("labels in brackets")
    def labels_in_brackets(page):
        "Every label stands in square brackets."
        for line in page.of("field"):
            line.label = f"[{line.label}]"
            line.put_together()
        return page.text

The law is that a text and its noisy version stand for the same values; where a kind takes values
away, or adds some, it says so in ``loses``, so that a comparison can leave them out.

>>> NOISES["space before the colon"].apply("1 Hanke\n\nHankekoodi: S20001")
'1 Hanke\n\nHankekoodi : S20001'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

import attrs

from esr_parser.grammar import Field, Fields, Layout, Scores
from esr_parser.layouts import LAYOUTS
from esr_parser.testing.page import Line, Page
from esr_parser.values import AMOUNT, PERIOD

__all__ = ["NOISES", "Noise", "noise_kind", "noise_pairs"]


@attrs.frozen
class Noise:
    r"""One kind of noise.

    >>> noise = NOISES["carriage returns and line feeds"]
    >>> noise.apply("1 Hanke\n\nHankekoodi: S20001")
    '1 Hanke\r\n\r\nHankekoodi: S20001'
    """

    name: str
    """A few words, the key in :data:`NOISES`."""
    description: str
    """What it does, and what makes such texts."""
    change: Callable[[Page], str] = attrs.field(repr=False)
    loses: frozenset[str] = frozenset()
    """Attributes of the description that differ afterwards, as paths: ``"funding"``,
    ``"horizontal_principles.*.explanation"`` (``*`` stands for anything)."""
    clashes: frozenset[str] = frozenset()
    """Names of kinds that leave too little to go by when both are applied."""

    def apply(self, text: str, layouts: Sequence[Layout] = LAYOUTS) -> str:
        """The text with this noise.

        Args:
            text: A canonical text, or one with kinds of noise that stand earlier in ``NOISES``.
            layouts: The declared words; ``parser.layouts`` where a parser has handlers.
        """
        return self.change(Page(text, layouts))

    def goes_with(self, other: Noise) -> bool:
        """Whether both can be on one text: neither says that it clashes with the other.

        >>> NOISES["carriage returns alone"].goes_with(NOISES["labels in capitals"])
        True
        """
        return other.name not in self.clashes and self.name not in other.clashes


NOISES: dict[str, Noise] = {}
"""Every kind of noise by its name, in the order in which they can be put on top of each other."""


def noise_kind(
    name: str, *, loses: Iterable[str] = (), clashes: Iterable[str] = ()
) -> Callable[[Callable[[Page], str]], Callable[[Page], str]]:
    """Adds a kind of noise to :data:`NOISES`; its docstring is the description.

    Args:
        name: A few words.
        loses: What cannot be compared afterwards, see :class:`Noise`.
        clashes: Kinds it cannot be combined with.

    Raises:
        ValueError: there is a kind of that name.
    """

    def register(change: Callable[[Page], str]) -> Callable[[Page], str]:
        if name in NOISES:
            raise ValueError(f"there is a kind of noise {name!r} already")
        description = " ".join((change.__doc__ or "").split())
        NOISES[name] = Noise(name, description, change, frozenset(loses), frozenset(clashes))
        return change

    return register


def noise_pairs(noises: Iterable[Noise] | None = None) -> Iterator[tuple[Noise, Noise]]:
    """Any two kinds that can be combined, in the order in which they are to be applied."""
    kinds = tuple(NOISES.values() if noises is None else noises)
    for first, second in combinations(kinds, 2):
        if first.goes_with(second):
            yield first, second


# -- the content ------------------------------------------------------------------------------


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines in blocks: each begins at a field, caption or heading of rows."""
    blocks: list[list[Line]] = []
    for line in lines:
        if line.kind in ("field", "bare", "rows") or not blocks:
            blocks.append([])
        if line.kind == "prose" and blocks[-1] and blocks[-1][0].kind != "prose":
            blocks.append([])
        blocks[-1].append(line)
    return blocks


@noise_kind("fields in another order")
def _fields_in_another_order(page: Page) -> str:
    """The fields of each section stand in the opposite order; equal labels keep theirs."""
    result: list[Line] = []
    k = 0
    while k < len(page.lines):
        line = page.lines[k]
        result.append(line)
        k += 1
        if line.kind != "heading" or line.section is None:
            continue
        if not isinstance(line.section.content, Fields):
            continue
        end = next(
            (n for n in range(k, len(page.lines)) if page.lines[n].kind == "heading"),
            len(page.lines),
        )
        body = page.lines[k:end]
        known = [b for b in _blocks(body) if b[0].kind in ("field", "bare", "rows")]
        rest = [b for b in _blocks(body) if b[0].kind not in ("field", "bare", "rows", "blank")]
        result.append(Line("", "blank"))
        for block in [*_reversed(known), *rest]:
            result += _closed(block)
        k = end
    return page.replaced(result)


def _reversed(blocks: list[list[Line]]) -> list[list[Line]]:
    """The blocks the other way round; those with the same label in their own order."""
    by_label: dict[str, list[list[Line]]] = {}
    for block in blocks:
        by_label.setdefault(block[0].label or block[0].text, []).append(block)
    return [by_label[b[0].label or b[0].text].pop(0) for b in reversed(blocks)]


@noise_kind("a section moved")
def _section_moved(page: Page) -> str:
    """The area (with its subsections) stands right behind the first section."""
    start = page.start_of("area")
    first = page.start_of("project")
    if start is None or first is None or start < first:
        return page.text
    end = page.family_of(start)
    goal = page.family_of(first)
    lines = page.lines
    moved = [*lines[:goal], *_closed(lines[start:end]), *_closed(lines[goal:start]), *lines[end:]]
    return page.replaced(moved)


def _closed(lines: Sequence[Line]) -> list[Line]:
    """Lines with one empty line at their end, so that others can follow."""
    kept = list(lines)
    while kept and kept[-1].kind == "blank":
        kept.pop()
    return [*kept, Line("", "blank")]


@noise_kind("a section missing", loses=("funding", "other_fields", "other_sections"))
def _section_missing(page: Page) -> str:
    """The section of the amounts is not there."""
    start = page.start_of("funding")
    if start is None:
        return page.text
    return page.replaced([*page.lines[:start], *page.lines[page.family_of(start) :]])


@noise_kind("a section repeated", loses=("other_sections",))
def _section_repeated(page: Page) -> str:
    """The first section stands once more, at the end."""
    start = page.start_of("project")
    if start is None:
        return page.text
    again = page.lines[start : page.family_of(start)]
    return page.replaced([*_closed(page.lines), *again])


@noise_kind("a new section", loses=("other_sections", "extensions"))
def _new_section(page: Page) -> str:
    """A section that nobody knew of stands at the end, with the next number."""
    numbers = [section.number for section in page.layout.sections]
    numbers += [line.number for line in page.of("heading")]
    number = str(max(int(number.partition(".")[0]) for number in numbers) + 1)
    heading = page.layout.heading(number, "Viestintä")
    text = "Hankkeesta kerrotaan uutiskirjeessä ja kahdessa avoimessa illassa."
    return f"{page.text}\n\n{heading}\n\n{text}"


@noise_kind("a new field", loses=("other_fields",))
def _new_field(page: Page) -> str:
    """A label that nobody knew of stands in the first section."""
    field = next(page.of("field"), None)
    if field is None:
        return page.text
    field.text += "\n\nSeurantatunnus: uusi 17"
    return page.text


@noise_kind(
    "a further description",
    loses=("other_sections",),
)
def _further_description(page: Page) -> str:
    """A second description begins behind this one, in the same file."""
    blocks = (*page.layout.banner, page.layout.title("ESR"), *_beginning(page))
    return "\n\n".join((page.text, *blocks))


def _beginning(page: Page) -> tuple[str, ...]:
    first = page.layout.sections[0]
    assert isinstance(first.content, Fields)
    return page.layout.heading(first.number, first.title), f"{first.content.items[0].label}: S29999"


@noise_kind(
    "cut off",
    loses=(
        "funding",
        "area",
        "estimates",
        "horizontal_principles",
        "final_report_summary",
        "other_fields",
        "other_sections",
        "extensions",
    ),
)
def _cut_off(page: Page) -> str:
    """The text ends in the middle of the section of the amounts, or before what follows it."""
    start = page.start_of("funding")
    if start is None:
        end = page.start_of("estimates", "horizontal_principles")
        return page.text if end is None else page.replaced(page.lines[:end])
    fields = [k for k in range(start, page.family_of(start)) if page.lines[k].kind == "field"]
    if len(fields) < 2:
        return page.replaced(page.lines[: start + 1])
    line = page.lines[fields[1]]
    line.text = line.text[: len(line.text) * 2 // 3]
    return page.replaced(page.lines[: fields[1] + 1])


# -- values -----------------------------------------------------------------------------------

_DATE = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})")
_AMOUNT = re.compile(r"(-?)(\d{1,3}(?:[ .\u00a0\u2009\u202f]\d{3})*|\d+)(,\d+)?")


def _values(page: Page, kind: object) -> Iterator[Line]:
    for line in page.of("field"):
        if isinstance(line.item, Field) and line.item.type is kind and line.value:
            yield line


def _dates(page: Page, write: Callable[[re.Match[str]], str]) -> str:
    for line in _values(page, PERIOD):
        line.value = _DATE.sub(write, line.value)
        line.put_together()
    return page.text


@noise_kind("dates with leading zeros")
def _leading_zeros(page: Page) -> str:
    """``01.01.2022``."""
    return _dates(page, lambda m: f"{int(m[1]):02}.{int(m[2]):02}.{m[3]}")


@noise_kind("ISO dates")
def _iso_dates(page: Page) -> str:
    """``2022-01-01``."""
    return _dates(page, lambda m: f"{m[3]}-{int(m[2]):02}-{int(m[1]):02}")


def _amounts(page: Page, write: Callable[[str, str, str], str]) -> str:
    """Changes amounts, given as sign, digits and cents (with their comma)."""
    for line in _values(page, AMOUNT):
        match = _AMOUNT.fullmatch(line.value)
        if match is not None:
            digits = re.sub(r"\D", "", match[2])
            line.value = write(match[1], digits, match[3] or "")
            line.put_together()
    return page.text


def _grouped(digits: str, mark: str) -> str:
    return f"{int(digits):,}".replace(",", mark)


@noise_kind("amounts without spaces")
def _plain_amounts(page: Page) -> str:
    """``128450``."""
    return _amounts(page, lambda sign, digits, cents: f"{sign}{digits}{cents}")


@noise_kind("amounts with dots")
def _dotted_amounts(page: Page) -> str:
    """``128.450``."""
    return _amounts(page, lambda sign, digits, cents: f"{sign}{_grouped(digits, '.')}{cents}")


@noise_kind("amounts with narrow spaces")
def _narrow_amounts(page: Page) -> str:
    """A narrow no-break space between thousands."""
    return _amounts(
        page, lambda sign, digits, cents: f"{sign}{_grouped(digits, chr(0x202F))}{cents}"
    )


@noise_kind("amounts with cents")
def _amounts_with_cents(page: Page) -> str:
    """``128 450,00``."""
    for line in _values(page, AMOUNT):
        if _AMOUNT.fullmatch(line.value) and "," not in line.value:
            line.value += ",00"
            line.put_together()
    return page.text


@noise_kind("amounts with a euro sign")
def _euro_sign(page: Page) -> str:
    """``128 450 €``."""
    for line in _values(page, AMOUNT):
        if _AMOUNT.fullmatch(line.value):
            line.value += " €"
            line.put_together()
    return page.text


# -- labels and headings ----------------------------------------------------------------------


@noise_kind("typos corrected")
def _typos_corrected(page: Page) -> str:
    """Labels and headings with another spelling that is to be expected have that one."""
    for line in page.of("field", "bare", "rows", "question"):
        if line.item is not None and line.item.variants:
            if line.label:
                line.label = line.item.variants[0]
                line.put_together()
            else:
                line.text = line.item.variants[0]
    for line in page.of("heading"):
        if line.section is not None and line.section.variants:
            line.text = page.layout.heading(line.section.number, line.section.variants[0])
    return page.text


@noise_kind("labels in capitals")
def _labels_in_capitals(page: Page) -> str:
    """Labels, captions, questions, dimensions and aspects in capital letters."""
    for line in page.of("field", "question", "score"):
        line.label = line.label.upper()
        line.put_together()
    for line in page.of("bare", "rows", "dimension", "heads"):
        line.text = line.text.upper()
    return page.text


@noise_kind("headings in capitals")
def _headings_in_capitals(page: Page) -> str:
    """Declared headings in capital letters, as html-to-text prints them."""
    for line in page.of("heading"):
        if line.section is not None:
            line.text = line.text.upper()
    return page.text


_HEADING = re.compile(r"(\d+(?:\.\d+)*)(\.?)( .*)", re.DOTALL)


@noise_kind("headings with or without a dot")
def _heading_dot(page: Page) -> str:
    """Declared top-level headings get a dot behind their number; those that have one lose it."""
    for line in page.of("heading"):
        match = _HEADING.fullmatch(line.text)
        if match is not None and line.section is not None and "." not in match[1]:
            line.text = f"{match[1]}{'' if match[2] else '.'}{match[3]}"
    return page.text


@noise_kind("headings without numbers")
def _heading_without_number(page: Page) -> str:
    """Declared headings have lost their number; not where one of them stands twice."""
    declared = [line.number for line in page.of("heading") if line.section is not None]
    if len(declared) > len(set(declared)):
        return page.text  # "Hanke" for the second time is a line of prose
    for line in page.of("heading"):
        match = _HEADING.fullmatch(line.text)
        if match is not None and line.section is not None:
            line.text = match[3].lstrip()
    return page.text


@noise_kind(
    "no headings",
    loses=(
        "summary",
        "target_groups",
        "final_report_summary",
        "other_fields",
        "other_sections",
        "extensions",
        "horizontal_principles.*explanation",
        "applicant.co_implementers",
        "applicant.transfer_recipients",
    ),
    clashes=("fields in another order", "a section moved", "a section repeated", "no empty lines"),
)
def _no_headings(page: Page) -> str:
    """Every heading is dropped; whose prose it is cannot be known (trafilatura)."""
    return page.replaced(line for line in page.lines if line.kind != "heading")


@noise_kind("space before the colon")
def _space_before_colon(page: Page) -> str:
    """``Hankekoodi : S20001``."""
    for line in page.of("field", "question"):
        line.colon = f" {line.colon}"
        line.put_together()
    return page.text


@noise_kind("no space behind the colon")
def _no_space_behind_colon(page: Page) -> str:
    """``Hankekoodi:S20001``."""
    for line in page.of("field", "question"):
        line.colon = line.colon.rstrip(" ")
        line.put_together()
    return page.text


# -- marks ------------------------------------------------------------------------------------


@noise_kind("Markdown headings")
def _markdown_headings(page: Page) -> str:
    """``# title``, ``## 1 Hanke``, ``### 4.1 …``."""
    for line in page.of("title", "heading"):
        if line.kind == "title":
            line.text = f"# {line.text}"
        else:
            match = _HEADING.fullmatch(line.text)
            is_sub = (line.section is not None and line.section.parent is not None) or (
                match is not None and "." in match[1]
            )
            line.text = f"{'###' if is_sub else '##'} {line.text}"
    return page.text


@noise_kind("bold labels")
def _bold_labels(page: Page) -> str:
    """``**Hankekoodi:** S20001``; captions and dimensions, too."""
    for line in page.of("field", "question"):
        line.lead = "**"
        line.colon = f"{line.colon.rstrip(' ')}**{' ' if line.colon.endswith(' ') else ''}"
        line.put_together()
    for line in page.of("bare", "rows", "dimension"):
        line.text = f"**{line.text}**"
    return page.text


@noise_kind("Markdown escapes")
def _markdown_escapes(page: Page) -> str:
    r"""``1\. text`` and ``\- text``, in a text with Markdown headings."""
    for line in page.of("prose", "note", "front", "heading", "row"):
        line.text = re.sub(r"^(\d+)([.)])", r"\1\\\2", line.text)
        line.text = re.sub(r"^([-+] )", r"\\\1", line.text)
    for line in page.of("heading"):
        if not line.text.startswith("#"):
            line.text = f"## {line.text}"
    return page.text


@noise_kind("table pipes")
def _table_pipes(page: Page) -> str:
    """Fields and scores in the cells of a Markdown table."""
    for line in page.of("field"):
        line.lead, line.colon = f"| {line.lead}", f"{line.colon.rstrip(' ')} | "
        line.end = " |"
        line.put_together()
    for line in page.lines:
        if line.kind == "score":
            line.text = f"| {line.label} | {line.value} | {line.second} |"
        elif line.kind == "heads":
            line.text = f"|  | {' | '.join(_heads(line))} |"
        elif line.kind in ("dimension", "note") and _is_among_scores(line):
            line.text = f"| {line.text} | | |"
    return page.text


def _is_among_scores(line: Line) -> bool:
    return line.section is not None and isinstance(line.section.content, Scores)


def _heads(line: Line) -> tuple[str, ...]:
    assert line.section is not None
    assert isinstance(line.section.content, Scores)
    return line.section.content.heads


@noise_kind("table rules")
def _table_rules(page: Page) -> str:
    """A rule below the heads of the score columns."""
    for line in page.of("heads"):
        line.text += f"\n---{'|---' * len(_heads(line))}"
    return page.text


def _padded(page: Page, pad: Callable[[str, int], str]) -> str:
    for line in page.of("field"):
        mark = "| " if line.colon.rstrip().endswith("|") else ""
        colon = line.colon.rstrip(" |")
        head = f"{line.lead}{line.label}{colon}"
        line.text = f"{pad(head, 50)}{mark}{line.value}{line.end}".rstrip(" \t")
    for line in page.of("score"):
        mark = "| " if "|" in line.colon else ""
        head = f"{line.lead}{line.label}"
        first = f"{pad(head, 80)}{mark}{line.value}"
        line.text = f"{pad(first, 90)}{mark}{line.second}{line.end}"
    return page.text


@noise_kind("columns padded with spaces")
def _padded_with_spaces(page: Page) -> str:
    """Values and scores in columns, filled up with spaces."""
    return _padded(page, lambda head, width: f"{head:<{width}}  ")


@noise_kind("columns padded with tabs")
def _padded_with_tabs(page: Page) -> str:
    """Values and scores in columns, filled up with tabs."""
    return _padded(page, lambda head, _width: f"{head.rstrip(' ')}\t\t")


@noise_kind("one cell a line")
def _one_cell_a_line(page: Page) -> str:
    """An aspect and its scores, and the heads of the columns, on lines of their own."""
    for line in page.of("score"):
        line.text = f"{line.label}\n{line.value}\n{line.second}"
    for line in page.of("heads"):
        line.text = "\n".join(_heads(line))
    for line in page.of("dimension", "note"):
        if _is_among_scores(line):
            line.text = line.text.strip("| ")
    return page.text


def _readable(page: Page, *kinds: str) -> Iterator[Line]:
    """The lines whose value would be known for one if it stood alone."""
    for line in page.of(*kinds):
        if isinstance(line.item, Field) and line.value and "|" not in line.text:
            try:
                line.item.type.parse(line.value)
            except ValueError:
                continue
            yield line


@noise_kind("values below their labels")
def _values_below(page: Page) -> str:
    """A value stands on the line after its label, if it can be read and has no colon itself."""
    for line in _readable(page, "field", "question"):
        if ": " not in line.value:
            line.text = f"{line.lead}{line.label}{line.colon.rstrip()}\n{line.value}"
    return page.text


@noise_kind(
    "values with colons below their labels",
    # Without the empty lines between fields it might be a field that nobody knew of.
    clashes=("no empty lines", "lines spaced out"),
)
def _values_with_colons_below(page: Page) -> str:
    """A value that looks like a field itself stands on the line after its label."""
    for line in _readable(page, "field", "question"):
        if ": " in line.value:
            line.text = f"{line.lead}{line.label}{line.colon.rstrip()}\n{line.value}"
    return page.text


@noise_kind("values a block below their labels")
def _values_a_block_below(page: Page) -> str:
    """A value stands below its label, with an empty line between; not if it has a colon itself."""
    for line in _readable(page, "field"):
        if ": " not in line.value and "\n" not in line.text:
            line.text = f"{line.lead}{line.label}{line.colon.rstrip()}\n\n{line.value}"
    return page.text


# -- the page around the text -----------------------------------------------------------------


@noise_kind("a banner of pictures")
def _banner_of_pictures(page: Page) -> str:
    """``![Euroopan unioni](eu.png) ![Vipuvoimaa EU:lta](vipu.png)``."""
    for line in page.of("banner"):
        line.text = re.sub(
            r"Euroopan unioni|Vipuvoimaa EU:lta",
            lambda m: f"![{m[0]}]({m[0][:4].casefold()}.png)",
            line.text,
        )
    return page.text


@noise_kind("no banner")
def _no_banner(page: Page) -> str:
    """The banner, which is two pictures on the page, is not there."""
    kept = [line for line in page.lines if line.kind != "banner"]
    while kept and kept[0].kind == "blank":
        del kept[0]
    return page.replaced(kept)


@noise_kind("a page title", clashes=("no headings",))
def _page_title(page: Page) -> str:
    """The first line is the title of the browser's page."""
    return f"Hankekuvaus\n\n{page.text}"


# -- lines ------------------------------------------------------------------------------------

# One space, or a hyphen between letters: where a line may be broken.
_BREAK = re.compile(r"(?<=[^\s|]) (?=[^\s|])")
_BREAK_AT_HYPHEN = re.compile(r"(?<=[^\s|]) (?=[^\s|])|(?<=[^\W\d_]-)(?=[^\W\d_])")


def _wrapped(text: str, width: int, breaks: re.Pattern[str]) -> str:
    result: list[str] = []
    for line in text.split("\n"):
        start = last = 0
        is_row = "|" in line or re.search(r" {3}|\t", line) is not None
        for match in breaks.finditer(line) if len(line) > width and not is_row else ():
            if match.start() - start > width and last > start:
                result.append(line[start:last].rstrip(" "))
                start = last
                while line[start : start + 1] == " ":
                    start += 1
            last = match.start()
        if len(line) - start > width and last > start and not is_row:
            result.append(line[start:last].rstrip(" "))
            start = last
            while line[start : start + 1] == " ":
                start += 1
        result.append(line[start:])
    return "\n".join(result)


@noise_kind("lines wrapped at 78 columns")
def _wrapped_at_78(page: Page) -> str:
    """Long lines are broken at spaces: prose, values, headings, aspects."""
    return _wrapped(page.text, 78, _BREAK)


@noise_kind("lines wrapped at 100 columns")
def _wrapped_at_100(page: Page) -> str:
    """Long lines are broken at spaces, and behind the hyphens inside of words."""
    return _wrapped(page.text, 100, _BREAK_AT_HYPHEN)


@noise_kind("indented lines")
def _indented(page: Page) -> str:
    """Every line begins with four spaces."""
    return re.sub(r"(?m)^(?=.)", "    ", page.text)


@noise_kind("lines led by tabs")
def _led_by_tabs(page: Page) -> str:
    """Every line begins with a tab."""
    return re.sub(r"(?m)^(?=.)", "\t", page.text)


@noise_kind("no empty lines")
def _no_empty_lines(page: Page) -> str:
    """Every empty line is dropped."""
    return re.sub(r"\n{2,}", "\n", page.text)


@noise_kind("empty lines doubled")
def _empty_lines_doubled(page: Page) -> str:
    """Two empty lines for each."""
    return re.sub(r"\n\n+", lambda m: m[0] + "\n" * (len(m[0]) - 1), page.text)


@noise_kind(
    "lines spaced out",
    # Where a line ends and where a value does look the same then.
    clashes=("no headings", "lines wrapped at 78 columns", "lines wrapped at 100 columns"),
)
def _lines_spaced_out(page: Page) -> str:
    """An empty line more behind every line, also inside of blocks."""
    return page.text.replace("\n", "\n\n")


@noise_kind("page breaks")
def _page_breaks(page: Page) -> str:
    """A form feed at the beginning of every fortieth line, and at the end (pdftotext)."""
    lines = page.text.split("\n")
    for k in range(40, len(lines), 40):
        lines[k] = f"\f{lines[k]}"
    return "\n".join(lines) + "\n\f"


@noise_kind("trailing spaces")
def _trailing_spaces(page: Page) -> str:
    """Every line ends in two spaces."""
    return re.sub(r"(?m)(?<=.)$", "  ", page.text)


@noise_kind("spaces on empty lines")
def _spaces_on_empty_lines(page: Page) -> str:
    """Empty lines hold a space."""
    return re.sub(r"(?m)^$", " ", page.text)


# -- characters -------------------------------------------------------------------------------


@noise_kind("no-break spaces")
def _no_break_spaces(page: Page) -> str:
    """A no-break space for every space."""
    return page.text.replace(" ", "\u00a0")


@noise_kind("decomposed letters")
def _decomposed_letters(page: Page) -> str:
    """Letters and their dots are characters of their own (NFD), as in names of macOS files."""
    return unicodedata.normalize("NFD", page.text)


@noise_kind("a byte-order mark")
def _byte_order_mark(page: Page) -> str:
    """The first character is U+FEFF."""
    return f"\ufeff{page.text}"


@noise_kind("carriage returns and line feeds")
def _crlf(page: Page) -> str:
    """Lines end as on Windows."""
    return re.sub(r"(?<!\r)\n", "\r\n", page.text)


@noise_kind("carriage returns alone", clashes=("carriage returns and line feeds",))
def _cr(page: Page) -> str:
    """Lines end as on old Macs."""
    return page.text.replace("\n", "\r")
