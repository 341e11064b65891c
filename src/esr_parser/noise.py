r"""What tools do to a page: each kind of noise has a name, and is taken off in one place.

The passes of this module work on whole lines, before anything is recognised; each costs next to
nothing where its first sign is not in the text. Noise inside a line (markup before a label,
another letter case, padded cells) is a matter of spelling, and is left to the lexer.

>>> from esr_parser.tally import NoiseTally
>>> from esr_parser.text import Lines
>>> lines, noise = Lines("> 1 Hanke\n> \n> Hankekoodi: S29999"), NoiseTally()
>>> take_off(lines, noise)
>>> lines.lines, [kind.value for kind in noise.seen]
(['1 Hanke', '', 'Hankekoodi: S29999'], ['marks of quoted text'])
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import pairwise, takewhile
from operator import itemgetter

from esr_parser.furniture import page_furniture
from esr_parser.lazy import lazy
from esr_parser.quotes import have_quotes, quoted_cells
from esr_parser.tally import Declares, Headings, NoiseKind, NoiseTally
from esr_parser.text import (
    END_OF_FILE,
    FEWEST_BARS,
    LEAD,
    LIGATURES,
    Lines,
    is_rule,
    places_of,
    usual,
)


def take_off(
    lines: Lines, noise: NoiseTally, declares: Declares = lambda _: False, headings: Headings = ()
) -> None:
    """Runs the passes that take whole lines, or the same thing off every line.

    Args:
        lines: The lines, which are changed.
        noise: What is found is counted here.
        declares: Whether a line holds a declared string: then it is not a header of a page.
        headings: The headings as printed, with their numbers: such a number is not that of a page.
    """
    text = lines.text
    for _ in range(_MOST_FRONTS):
        edges = _edges(lines)
        if not (
            _before_lines(lines, noise, declares, headings, edges)
            or _marks_of_lines(lines, noise, headings, edges)
            or _around_lines(lines, noise, headings, edges)
        ):
            break
    _front_matter(lines, noise)
    _separators(lines, noise, declares, edges[NoiseKind.QUOTED])
    if '"' in text and not have_quotes(lines):
        quoted_cells(lines, noise, declares)
    for signs, words, take in _PASSES:
        if any(map(text.__contains__, signs)) and any(map(text.__contains__, words or signs)):
            take(lines, noise)
    if "\u20e3" in text or "\u2460" in text:
        _number_signs(lines, noise, headings)
    if any(map(text.__contains__, _BORDERS)):
        _table_heads(lines, noise, declares)
    _end_of_file(lines, noise)
    if _OUTLINE in text:
        _outline_behind(lines, noise, headings)
    page_furniture(lines, noise, declares, headings)
    _link_list(lines, noise)


# `title: …`, `tags:`, `  - esr`, `date = …`.
_ABOUT = re.compile(r"[a-z][\w-]*(?::(?:\s|$)|\s=\s)|- |$")
_MOST_ABOUT = 40
_READER_HEAD = "Markdown Content:"
"""The last line above a page that Jina's reader read."""


def _front_matter(lines: Lines, noise: NoiseTally) -> None:
    """What readers write above a page; Obsidian, clippers and Hugo about a note: between rules."""
    first = next((i for i, line in enumerate(lines.lines) if line), 0)
    above = lines.lines[first : first + _MOST_ABOUT]
    if _READER_HEAD in above and above[0].startswith("Title: "):
        noise.hide(NoiseKind.TAG, lines, range(first, first + above.index(_READER_HEAD) + 1))
    if (rule := lines.lines[first]) in ("---", "+++"):
        below = lines.lines[first + 1 : first + _MOST_ABOUT]
        about = below[: below.index(rule)] if rule in below else [rule]
        if all(map(_ABOUT.match, about)):
            noise.hide(NoiseKind.TAG, lines, range(first, first + len(about) + 2))


_FEWEST_ROWS, _LONGEST_FRONT, _MOST_FRONTS = 3, 200, 4
_BULLETS = "-*"
_IN_TEXT = (*_BULLETS, ";")
"""Marks that are in lists of prose, too: those of every line are those of headings."""
# Mail programs, and Markdown writers that put a page into a block quote; editors that make a
# comment of it; outliners; git's patches. With each mark, how many lines of ten have it at least.
_QUOTES = (
    (">", 6, NoiseKind.QUOTED, re.compile(r"^(?:>[ \t]?)+")),
    ("#", 9, NoiseKind.QUOTED, re.compile("^# ?")),
    ("+", 9, NoiseKind.QUOTED, re.compile(r"^\+")),
    *((x, 6, NoiseKind.QUOTED, re.compile(rf"^{re.escape(x)}{{1,2}}(?: |$)")) for x in _BULLETS),
)
# Excel's carriage returns, as openpyxl and pandas read them; line ends that Word and editors show;
# no-break spaces of Typora; the empty cells of rows in CSV; cells of several lines in psql.
_LINE_ENDS = tuple(
    (mark, 5, NoiseKind.LINE_ENDS, re.compile(rf"(?:\s{{0,9}}{re.escape(mark)}){{1,99}}+$"))
    for mark in ("+", "_x000D_", "\u21b5", "\u23ce", "\u00b6", "\u21a9", "&nbsp;", ";")
)


_NUMBERS, _FEWEST_NUMBERS = re.compile("[0-9]{1,18}"), 10
_Edges = dict[NoiseKind, Counter[str]]
_OTHERS = 10
"""One line of so many may have less before it, one more: headers of sheets, stamps."""


def _before_lines(
    lines: Lines, noise: NoiseTally, declares: Declares, headings: Headings, edges: _Edges
) -> bool:
    """The same before every line, or a number or time: editors, logs, chat programs, comments.

    One may be behind the other: a log of quoted lines.
    """
    if not _may_have_front(edges[NoiseKind.QUOTED]):
        return False
    # What all lines have, and else what nearly all have: of that, one thing alone.
    for may_lack in (False, True):
        texts, is_own = lines.lines, False
        for _ in range(1 if may_lack else _MOST_FRONTS):
            found = _behind_fronts(texts, declares, may_lack)
            if found is None:
                break
            # Numbers of headings, and those of a list of labels, are their own.
            texts, is_all, may_be_own = found
            is_own |= may_be_own
            changed = [i for i, line in enumerate(lines.lines) if line != texts[i]]
            rest = [texts[i] for i in changed if texts[i]]
            known, had = sum(map(declares, rest)), sum(declares(lines.lines[i]) for i in changed)
            is_enough = known >= _FEWEST_ROWS and (known > had or not is_own)
            if is_enough and (is_all or any(map(headings.__contains__, rest))):
                lines.lines, lines.is_changed = texts, True
                noise.add(NoiseKind.QUOTED, changed[0], len(changed))
                return True
    return False


def _behind_fronts(
    texts: list[str], declares: Declares, may_lack: bool
) -> tuple[list[str], bool, bool] | None:
    """Lines without what nearly all begin with; whether all do, and whether it may be their own."""
    filled = list(filter(None, texts))
    front = _front(filled, may_lack)
    if front is None:
        return None
    found = [(x, m[0]) for x, m in zip(filled, map(front.match, filled), strict=True) if m]
    rows = [[*map(int, _NUMBERS.findall(text))] for _, text in found]
    if any(row != rows[0] for row in rows):
        step = _step(rows)
        is_front, may_be_own = step > 0, step > 1
    else:
        # A mark and a space; declared strings are found behind it, and prose is not.
        ends = (x[len(mark.rstrip()) :][:1] for x, mark in found)
        is_mark = found[0][1][0] not in "|>" and all(end in ("", " ", "\t") for end in ends)
        is_quoted = all(x[0] == x[-1] == '"' for x, _ in found)  # cells of a table, one a line
        is_front = not is_quoted and (is_mark or not any(declares(x) for x, _ in found))
        may_be_own = False
    if not is_front:
        return None
    rest = [front.sub("", line, count=1).strip() for line in texts]
    return rest, len(found) == len(filled), may_be_own


def _may_have_front(firsts: Counter[str]) -> bool:
    """Whether nearly all lines have the same first character, or a number, by their counts."""
    often = max([*firsts.values(), sum(n for c, n in firsts.items() if c.isdigit())])
    return often > 0 and often >= firsts.total() - 2 * (firsts.total() // _OTHERS)


def _front(filled: list[str], may_lack: bool) -> re.Pattern[str] | None:
    """What nearly all lines begin with, up to a word; all numbers and gaps are alike."""
    if not _may_have_front(Counter(map(itemgetter(0), filled))):
        return None
    few = len(filled) // _OTHERS if may_lack else 0
    words = (" ".join(line[:_LONGEST_FRONT].split()) for line in filled)
    shapes = sorted(_NUMBERS.sub("0", f"{line} ") for line in words)
    edges = zip(shapes[few], shapes[-1 - few], strict=False)
    same = "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], edges))
    front = re.sub(r"[^\W\d]+$", "", same).rstrip()
    signs = {"0": f"{_NUMBERS.pattern}+", " ": r"\s++"}
    parts = (signs.get(c) or re.escape(c) for c in front)
    # The index in a row of CSV is a cell, below the names of the columns.
    is_index = few and front[-1:] == ","
    return re.compile(f"^{''.join(parts)}") if front and not is_index else None


def _step(rows: list[list[int]]) -> int:
    """How far a number before the lines rises on each; 2 for a time, 0 where none does."""
    if len(rows) < _FEWEST_NUMBERS:
        return 0
    steps = [{b - a for a, b in pairwise(column)} for column in zip(*rows, strict=True)]
    rising = next((k for k, some in enumerate(steps) if min(some) > 0), -1)
    # What is behind it, or all of a time, does not go back.
    behind = [row[rising + 1 :] for row in rows]
    if behind != sorted(behind) or (rising < 0 and len(steps) < 2):
        return 0
    return 1 if {1} in steps else 2


def _marks_of_lines(lines: Lines, noise: NoiseTally, headings: Headings, edges: _Edges) -> bool:
    """The same mark before most lines, or behind them."""
    is_found, filled = False, edges[NoiseKind.QUOTED].total()
    for mark, share, kind, pattern in _QUOTES + _LINE_ENDS:
        least = max(_FEWEST_ROWS, share * filled / 10)
        if edges[kind][mark[-1]] < least:
            continue
        has_mark = str.startswith if kind is NoiseKind.QUOTED else str.endswith
        found = ((i, x) for i, x in enumerate(lines.lines) if has_mark(x, mark))
        marked = [(i, pattern.sub("", x).strip()) for i, x in found if pattern.search(x)]
        if len(marked) < least:
            continue  # `**1 Hanke**`
        if mark in _IN_TEXT and not any(text.strip('"') in headings for _, text in marked):
            continue
        for i, text in marked:
            lines.lines[i] = text
        lines.is_changed = is_found = True
        noise.add(kind, marked[0][0], len(marked))
        edges = _edges(lines)
    return is_found


_LONGEST_END, _TAG_ENDS = 12, (">", "/>")


def _around_lines(lines: Lines, noise: NoiseTally, headings: Headings, edges: _Edges) -> bool:
    """The same behind nearly all lines, whatever it is, and perhaps a sign before all of them.

    Line ends of `cat -A` and `cat -v`, breaks of pandoc, empty cells, ends of sentences of
    tokenisers, tags, brackets.
    """
    filled = [*filter(None, lines.lines)]
    least = max(_FEWEST_ROWS, len(filled) - len(filled) // _OTHERS)
    if max(edges[NoiseKind.LINE_ENDS].values(), default=0) < least:
        return False
    usual_end = usual([line[: -_LONGEST_END - 1 : -1] for line in filled], least)[::-1]
    end = re.sub(r"^\w+", "", usual_end).strip()
    begin = re.sub(r"\w.*", "", usual([line[:_LONGEST_END] for line in filled], len(filled)))
    rest = [line.removeprefix(begin).removesuffix(end).strip() for line in lines.lines]
    # Cells, tags and texts in quotes are not taken apart here; what is left of a quote is.
    is_rest = end == '"' and not any(x[0] == end != x for x in filled)
    is_own = end.strip('"|') and end not in _TAG_ENDS
    rows = zip(rest, lines.lines, strict=True)
    have_end = any(x.lstrip(LEAD) in headings for x, line in rows if line.endswith(end))
    if not (have_end and (is_own or is_rest)):
        return False
    lines.lines, lines.is_changed = rest, True
    noise.add(NoiseKind.LINE_ENDS, 0, len(filled))
    return True


def _edges(lines: Lines) -> _Edges:
    """How many lines begin with each character, and how many end so."""
    filled = list(filter(None, lines.lines))
    ends = {NoiseKind.QUOTED: 0, NoiseKind.LINE_ENDS: -1}
    return {kind: Counter(map(itemgetter(k), filled)) for kind, k in ends.items()}


_FEWEST_RULES, _FEWEST_FIELDS = 6, 3


def _separators(lines: Lines, noise: NoiseTally, declares: Declares, firsts: Counter[str]) -> None:
    """The same rule between blocks, of prose as of fields: clippings of Kindle, chunks, people."""
    signs = {c for c, n in firsts.items() if n >= _FEWEST_RULES and is_rule(c) and c not in '"|'}
    rules = Counter(x for x in lines.lines if x[:1] in signs and is_rule(x)) if signs else Counter()
    for rule, _ in rules.most_common(1):
        filled = [i for i, line in enumerate(lines.lines) if line]
        are_fields = [":" in x and declares(x) for x in filter(None, lines.lines)]
        found = [k for k, i in enumerate(filled) if lines.lines[i] == rule]
        # More fields have it between them than not; prose can have rules of its own.
        between = sum(all(are_fields[max(k - 1, 0) : k + 2 : 2]) for k in found)
        if between >= _FEWEST_FIELDS and between > sum(map(all, pairwise(are_fields))):
            rows = [filled[k] for k in found]
            noise.hide(NoiseKind.RULE, lines, rows)
            # One of the empty lines around it, too.
            lines.hidden.update(i + 1 for i in rows if not any(lines.lines[i - 1 : i + 2]))


# pandoc's Markdown keeps <div> lines; MarkItDown and turndown keep some others. Docling marks
# pictures and pages in comments, Typora and Confluence empty lines.
_COMMENT = "<!-- ?(?i:image|page ?break|page [0-9]+|formula-not-decoded)? ?-->"
# `<Kettu Oy, 9812340-3>` is none.
_NAME = (
    "(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*|T(?:able|body|head|[rdh])|Br|Font|Div|Span|Body|Html|Head)"
)
_ATTRIBUTES = r"(?:\s+[\w:.-]+=(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s<>]*)|\s+[a-z-]+(?![^\s>/]))*+"
_TAGS = re.compile(
    rf"(?:(?:</?{_NAME}{_ATTRIBUTES}\s*/?>|{_COMMENT})\s*)+|&nbsp;"
    r"|(?:`{3}|:{3,})\s*(?:\{[^{}]*\})?[\w-]*"
    r"|\{\|(?: class=.*)?|\|\}"  # MediaWiki
    r"|:(?:PROPERTIES|END):|:CUSTOM_ID: \S+|#\+(?:begin|end)_\w+"  # Org, by pandoc
    r"|\.\. container::(?: [\w-]+)?|\[(?:width|cols|options)=\"[^\]]*\]"
)
_RUBRIC = ".. rubric:: "
"""A heading inside a container: pandoc's reStructuredText."""
# A table that has cells over several columns is HTML in pandoc's Markdown, a cell a line.
_CELL = re.compile(r"^<t[dh](?:\s[^<>]{0,200})?>(?:<strong>)?|(?:</strong>)?</t[dh]>$")
# mammoth and pandoc put the name of a heading before it.
_ANCHORS = re.compile(r"(?:<(a|span) (?:id|name)=\"[^\"<>]*\"[^<>]*></\1>)+")
# The names of headings, in reStructuredText, Haddock, Org, AsciiDoc and Markua of pandoc.
_HEADING_NAMES = re.compile(
    r":name: \S+|:class: [a-z0-9 -]+|#[\w-]+#|<<[\w-]+>>|\[\[[\w-]+\]\]"
    r"|\{(?:id|class): [^{}\s]*(?:, class: [^{}]*)?\}|\{alt: \"[^{}\"]*\"\}"
)
_CELL_ENDS = ("</td>", "</th>")
_TAG_SIGNS = frozenset("<:`#&.[{")


def _tags(lines: Lines, noise: NoiseTally) -> None:
    has_cells = "<" in lines.text and any(map(lines.text.__contains__, _CELL_ENDS))
    marked = [i for i, x in enumerate(lines.lines) if has_cells or x[:1] in _TAG_SIGNS or x == "|}"]
    named = [i for i in marked if _HEADING_NAMES.fullmatch(lines.lines[i])]
    top = next((i for i, line in enumerate(lines.lines) if line), 0)
    noise.hide(
        NoiseKind.TAG, lines, named if len(named) >= _FEWEST_ROWS else {top}.intersection(named)
    )
    for i in marked:
        line = lines.lines[i]
        if _TAGS.fullmatch(line[:500]):
            lines.hide(i)
        elif line.startswith(_RUBRIC):
            lines.lines[i] = line.removeprefix(_RUBRIC)
            lines.is_changed = True
        elif line.startswith(("<a ", "<span ")) and (match := _ANCHORS.match(line)):
            lines.lines[i] = line[match.end() :].lstrip()
        elif has_cells and (line[:3] in ("<td", "<th") or line.endswith(_CELL_ENDS)):
            lines.lines[i] = _CELL.sub("", line).strip()
            lines.is_changed = True
        else:
            continue
        noise.add(NoiseKind.TAG, i)


_BREAKS = [re.compile(sign) for sign in (r"<br ?/?>", r"(?<!\\)(?:\\r)?\\n", "\u00b6")]


def _breaks(lines: Lines, noise: NoiseTally) -> None:
    """Line ends written as `<br>`, with a line feed or without: Confluence, chat programs.

    And as a backslash and an n, or a pilcrow: logs, JSON without its quotes, what editors show.
    """
    text, filled = "\n".join(lines.lines), sum(map(bool, lines.lines))
    for sign in _BREAKS:
        count = len(sign.findall(text))
        if count * 2 >= filled:
            _cut_at(sign, lines)
            noise.add(NoiseKind.TAG, 0, count)
            return
    _breaks_in_cells(lines, noise)


_BREAK_AT_END = re.compile(r"<br ?/?>(?=\s*\|)")
_BREAK_BEFORE_TEXT = re.compile(r"<br ?/?>(?=[^|<]*\w)")


def _breaks_in_cells(lines: Lines, noise: NoiseTally) -> None:
    """Long labels and values in tables, of several lines: pymupdf4llm, language models."""
    cuts: dict[int, list[int]] = {}
    for i, line in enumerate(lines.lines):
        if line[:1] == "|" and "<br" in line:
            label, end, rest = _padded(_BREAK_AT_END, line)[1:].partition("|")
            lines.lines[i] = f"|{_padded(_BREAKS[0], label)}{end}{rest}"
            begin = len(label) + len(end) + 1
            cuts[i] = [m.start() for m in _BREAK_BEFORE_TEXT.finditer(lines.lines[i], begin)]
            noise.add(NoiseKind.TAG, i)
    if cuts:
        lines.cut(cuts)
        rows = [i for i in lines.pieces if lines.lines[i].startswith("<br")]
        lines.pieces.difference_update(rows)
        for i in rows:  # whose first cell is empty
            sign, _, rest = lines.lines[i].partition(">")
            lines.lines[i] = f"|{' ' * (len(sign) - 1)}|{rest}"


def _padded(sign: re.Pattern[str], text: str) -> str:
    """A text without a sign: what is behind it stays where it is."""
    return sign.sub(lambda match: " " * len(match[0]), text)


def _cut_at(sign: re.Pattern[str], lines: Lines) -> None:
    """Cuts lines at a sign, which is taken off."""
    found = ((i, sign.finditer(line)) for i, line in enumerate(lines.lines))
    sizes = list(map(len, lines.lines))
    lines.cut({i: [m.start() for m in x if m.end() < sizes[i]] for i, x in found})
    lines.lines = [sign.sub("", line).strip() for line in lines.lines]
    lines.pieces.clear()  # they are lines of the page
    lines.is_changed = True


_BOX = dict.fromkeys(range(0x2500, 0x2580), "+") | str.maketrans("─━═│┃║", "---|||")


def _box_borders(lines: Lines, noise: NoiseTally) -> None:
    """Borders of tables as w3m and rich draw them."""
    lines.mend(lambda line: line.translate(_BOX))
    noise.add(NoiseKind.TABLE, 0)


_NO_CELL = re.compile(r"(?<=\|)\s*(?:NaN|Unnamed: [0-9]{1,2})(?=\s*\|)")


def _no_cells(lines: Lines, noise: NoiseTally) -> None:
    """What pandas writes in empty cells, and above columns without a name: MarkItDown."""
    if 2 * sum(line[:1] == "|" for line in lines.lines) > sum(map(bool, lines.lines)):
        lines.mend(partial(_NO_CELL.sub, ""))
        noise.add(NoiseKind.TABLE, 0)


_INLINE_TAG = re.compile(r"</?(?:b|i|em|font|span|strong|u)(?:\s[^<>]{0,200})?>", re.IGNORECASE)


def _inline_tags(lines: Lines, noise: NoiseTally) -> None:
    """Tags inside lines: pandoc keeps `<span>` and others in Markdown, scrapers what is bold."""
    found = [i for i, line in enumerate(lines.lines) if _INLINE_TAG.search(line)]
    if len(found) >= FEWEST_BARS:
        lines.mend(partial(_INLINE_TAG.sub, ""))
        noise.add(NoiseKind.TAG, found[0], len(found))


_SPAN = re.compile(r"\[(?=[^\[\]]*\]\{[.#])|(?<=\})\[(?=[^\[\]]*$)|\]\{[.#][^{}]{0,200}\}")
_OPENED = re.compile(r"^.*\[[^\[\]\n]*$(?=(?:\n[^\[\]\n]+){0,9}\n[^\[\]\n]*\]\{[.#])", re.MULTILINE)


def _spans(lines: Lines, noise: NoiseTally) -> None:
    """Spans that have a class, `[text]{.class}`, which may be wrapped: pandoc's Markdown."""
    found = [i for i, line in enumerate(lines.lines) if _SPAN.search(line)]
    if len(found) >= FEWEST_BARS:
        opened = frozenset(match[0] for match in _OPENED.finditer("\n".join(lines.lines)))
        lines.mend(partial(_without_spans, opened))
        noise.add(NoiseKind.TAG, found[0], len(found))


def _without_spans(opened: frozenset[str], line: str) -> str:
    """A line without the marks of spans; what is in some from its beginning on stays in place."""
    is_span, plain = line[:1] == "[", line.strip()
    if plain in opened:
        front, _, rest = line.rpartition("[")
        line = f"{front}{' ' * is_span}{rest}"
    return _SPAN.sub(_blank if is_span else "", line)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


_SPACE, _TAB = re.compile(r"\S (?=\S)"), re.compile(r"\S\t(?=\S)")
_MOST_TABS, _FEWEST_TABS = 4, 2
"""A table has fewer tabs for each space between words, or for each row."""


def _tabs(lines: Lines, noise: NoiseTally) -> None:
    """Tabs for all spaces: Ghostscript, pypdf and pdfminer on what wkhtmltopdf prints."""
    text = "\n".join(lines.lines)
    count, rows = len(_TAB.findall(text)), sum("\t" in line for line in lines.lines)
    if count > _MOST_TABS * len(_SPACE.findall(text)) and count > _FEWEST_TABS * rows:
        lines.mend(lambda line: line.replace("\t", " "))
        noise.add(NoiseKind.PADDING, 0, count)


def _merged_cells(lines: Lines, noise: NoiseTally) -> None:
    """A cell over several columns, once for each of them: python-docx, pandas."""
    is_table = sum("|" in line for line in lines.lines) >= FEWEST_BARS
    for i, line in enumerate(lines.lines):
        # A row of scores has three cells.
        sign, fewest = ("|", 3) if is_table and "|" in line else ("\t", 2)
        texts = [*filter(None, map(str.strip, line.split(sign)))] if sign in line else []
        if len(texts) >= fewest and len({*texts}) == 1 and any(map(str.isalpha, texts[0])):
            lines.lines[i] = texts[0]
            lines.is_changed = True
            noise.add(NoiseKind.TABLE, i)


# What language models and people put over the columns of a Markdown table.
_DELIMITERS = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?)?")
COLUMNS = frozenset(
    (
        *("kenttä", "arvo", "tieto", "sisältö", "nimi", "y-tunnus", "selite", "kuvaus", "kohta"),
        *("osa-alue", "näkökulma", "kysymys", "vastaus", "perustelu", "selitys", "mittari"),
        *("#", "nro", "field", "value", "name", "item", "content", "question", "answer"),
        *("arvio", "aspekti", "kriteeri", "näkökohta", "osio", "teema", "vaikutus"),
    )
)


def _table_heads(lines: Lines, noise: NoiseTally, declares: Declares) -> None:
    for i, (line, below) in enumerate(pairwise(lines.lines)):
        if "|" not in line:
            continue
        names = [name for name in map(str.strip, line.split("|")) if name]
        heads = [name for name in names if name.casefold() not in COLUMNS]
        is_head = _DELIMITERS.fullmatch(below)
        if len(heads) == len(names) or (len(names) == 1 and not is_head):
            continue
        if not heads:
            noise.hide(NoiseKind.TABLE, lines, [i])
        elif (is_head or len(heads) > 1) and all(map(declares, heads)):
            # The heads of the scores, and those over the aspects and explanations.
            lines.lines[i] = f"| {' | '.join(heads)} |"
            noise.add(NoiseKind.TABLE, i)


# MarkItDown and markdownify write pictures without a text where the page has none for them,
# html-to-text and lynx the name of the file; Word and macOS the sign for an object.
_PICTURES = re.compile(
    r"[|\s]*+(?:(?:!\[\](?:\([^()]*\)|\[[^\[\]]*\])?+|\[[\w.-]+\.(?:png|gif|jpe?g|svg)\]|\ufffc)[|\s]*+)++"
)


def _pictures(lines: Lines, noise: NoiseTally) -> None:
    found = [i for i, line in enumerate(lines.lines) if _PICTURES.fullmatch(line)]
    noise.hide(NoiseKind.PICTURE, lines, found)


def _end_of_file(lines: Lines, noise: NoiseTally) -> None:
    """The sign that `copy a+b` of Windows writes behind the text, and NUL of a buffer."""
    last = len(lines) - 1
    line = lines.lines[last]
    size = len(line.rstrip(END_OF_FILE))
    if 0 < size < len(line):
        lines.cut({last: [size]})
    if size < len(line):
        noise.hide(NoiseKind.INVISIBLE, lines, [len(lines) - 1])


def _page_breaks(lines: Lines, noise: NoiseTally) -> None:
    """Form feeds of pdftotext: at the beginning of a line, or inside one that a print cut."""
    cuts = {i: list(places_of(line, "\f")) for i, line in enumerate(lines.lines) if "\f" in line}
    if cuts:
        lines.cut(cuts)
    noise.add(NoiseKind.PAGE_BREAK, 0, lines.text.count("\f"))


_LIGATURE = re.compile(f"[{''.join(map(chr, LIGATURES))}]{{2,3}}")


def _ligatures(lines: Lines, noise: NoiseTally) -> None:
    lines.mend(partial(_LIGATURE.sub, lambda match: match[0].translate(LIGATURES)))
    noise.add(NoiseKind.DECOMPOSED, 0)


_OUTLINE = "Document Outline"
_LINKED = re.compile(r"(?:[-*+\u2022\u25a1\u2606]|o )? *\[?([^\]]*)(?:\]\([^()]*\))?")


def _outline_behind(lines: Lines, noise: NoiseTally, headings: Headings) -> None:
    """The outline of a PDF, which pdftohtml writes behind the last page."""
    at = next((i for i, x in enumerate(lines.lines) if x.lstrip("# ") == _OUTLINE), len(lines))
    behind = [_LINKED.sub(r"\1", line) for line in lines.lines[at + 1 :] if not is_rule(line)]
    # The first one may be the title of the page.
    if behind and all(map(headings.__contains__, behind[len(behind) > 1 :])):
        noise.hide(NoiseKind.CONTENTS, lines, range(at, len(lines)))


_HARD_BREAKS = ("\\", "<br>", "<br />")
_BREAK_IN_ROW = re.compile(r"\\(?= .{0,99}   [0-9 ]{1,99}$)")


def _hard_breaks(lines: Lines, noise: NoiseTally) -> None:
    """Pandoc's line breaks: backslashes or a tag in Markdown, Muse, DokuWiki, AsciiDoc's plus."""
    # One alone, without the headings of AsciiDoc, is a sum in a line that a tool wrapped.
    has_plus = lines.text.count(" +\n") > 1 or "\n== " in lines.text
    signs = (*_HARD_BREAKS, " +") if has_plus else _HARD_BREAKS
    for i, (line, below) in enumerate(pairwise([*lines.lines, ""])):
        if line.endswith(signs) and (below or line[-1] == ">"):
            for sign in signs:
                line = line.removesuffix(sign.strip())
            lines.lines[i] = line.rstrip("\\ ")
            noise.add(NoiseKind.ESCAPE, i)
    # In the first cell of a row.
    if any(map(_BREAK_IN_ROW.search, lines.lines)):
        lines.mend(partial(_BREAK_IN_ROW.sub, " "))


_OF_XWIKI, _BREAK_OF_WIKI = "{{id name=", re.compile(r"\\\\")
# In the addresses of DokuWiki, Zim, Markua and XWiki; before numbers in AsciiDoc and Muse, so that
# they begin no list; XWiki's names of headings.
_ESCAPE = lazy(
    r"(?<=[ps]:)(%%//%%|''//''|~/~/)|\{empty\}|<verbatim></verbatim>"
    r"| ?\{\{id name=\"[^\"{}]*\" /\}\}"
)


def _escapes(lines: Lines, noise: NoiseTally) -> None:
    """What pandoc writes in wikis and books so that text is nothing else; breaks of XWiki."""
    if lines.text.count(_OF_XWIKI) >= _FEWEST_ROWS:
        _cut_at(_BREAK_OF_WIKI, lines)
    if found := [i for i, line in enumerate(lines.lines) if _ESCAPE.search(line)]:
        lines.mend(partial(_ESCAPE.sub, lambda match: "//" if match[1] else ""))
        noise.add(NoiseKind.ESCAPE, found[0], len(found))


_DASHES = re.compile("(?<= )--(?= )|(?<=[0-9])--(?=[0-9])")
_OF_PANDOC = ("{#", "]{.", ":PROPERTIES:", "\\hypertarget", "\n:   ", '\\"')


def _dashes(lines: Lines, noise: NoiseTally) -> None:
    """Two hyphens for a dash: pandoc's Markdown, Org and LaTeX."""
    if any(map(lines.text.__contains__, _OF_PANDOC)):
        lines.mend(partial(_DASHES.sub, "\u2013"))
        noise.add(NoiseKind.ESCAPE, 0)


_DEFINITION = ": "


def _definitions(lines: Lines, noise: NoiseTally) -> None:
    """The second paragraph of a definition: markdownify, pandoc. The first one is the value."""
    filled = [i for i, line in enumerate(lines.lines) if line]
    marked = {i for i in filled if lines.lines[i].startswith(_DEFINITION)}
    for i in [b for a, b in pairwise(filled) if a in marked and b in marked]:
        lines.lines[i] = lines.lines[i].removeprefix(_DEFINITION).lstrip()
        lines.is_changed = True
        noise.add(NoiseKind.BULLET, i)


_BULLET = re.compile(r"[-*+\u2022\u25e6\u2013] (?=\S)")


def marks_of_notes(lines: Lines, noise: NoiseTally, notes: list[range]) -> None:
    """One bullet before every explanation: lists inside lists of language models."""
    texts = [text for note in notes if (text := [i for i in note if lines.lines[i]])]
    marked = [i for text in texts for i in text if _BULLET.match(lines.lines[i])]
    if len(texts) >= _FEWEST_ROWS and marked == [text[0] for text in texts]:
        for i in marked:
            lines.lines[i] = _BULLET.sub("", lines.lines[i], count=1)
            noise.add(NoiseKind.BULLET, i)
        lines.is_changed = True


_TERMINAL = re.compile("\x1b\\[[0-9;]{0,20}[mK]|.\b")


def _terminals(lines: Lines, noise: NoiseTally) -> None:
    """Colours, and letters printed twice for bold ones: what `script`, `less` and `man` show."""
    if (count := len(_TERMINAL.findall(lines.text))) >= _FEWEST_ROWS:
        lines.mend(partial(_TERMINAL.sub, ""))
        noise.add(NoiseKind.EMPHASIS, 0, count)


_CIRCLES = {0x245F + number: str(number) for number in range(1, 10)}
_SIGNS_OF_NUMBERS = {**_CIRCLES, 0xFE0F: "", 0x20E3: ""}


def _number_signs(lines: Lines, noise: NoiseTally, headings: Headings) -> None:
    """Keys and circles for the numbers of headings: language models, people."""
    for i, line in enumerate(lines.lines):
        heading = line.translate(_SIGNS_OF_NUMBERS)
        if heading != line and heading.lstrip(LEAD) in headings:
            lines.lines[i] = heading
            noise.add(NoiseKind.HEADING_STYLE, i)


_BORDERS = "|\u2502\u2503\u2551"
_PASSES: tuple[tuple[str, tuple[str, ...], Callable[[Lines, NoiseTally], None]], ...] = (
    ("\x1b\b", (), _terminals),
    ("\t", (), _tabs),
    ("|", ("| NaN ", "| Unnamed: "), _no_cells),
    ("<", ("</",), _inline_tags),
    ("[", ("]{.", "]{#"), _spans),
    ("\t|", (), _merged_cells),
    (_BORDERS[1:], (), _box_borders),
    ("<\\\u00b6", ("<br", "\\n", "\u00b6"), _breaks),
    ("<&:`#[{", (), _tags),
    ("[\ufffc", ("![]", ".png]", "\ufffc"), _pictures),
    ("\f", (), _page_breaks),
    ("\u6600", (), _ligatures),
    ("\\+<", ("\\", " +", "<br"), _hard_breaks),
    (":", (f"\n{_DEFINITION}", f" {_DEFINITION}"), _definitions),
    ("%'~{<", ("%%//%%", "''//''", "~/~/", "{empty}", "<verbatim>", _OF_XWIKI), _escapes),
    ("-", (" -- ",), _dashes),
)
"""Each pass with the signs that show its noise."""


# lynx, links, elinks and w3m end their dump with the addresses of a page's links, below a heading;
# Markdown has them without one, for pictures, too.
_LINK_HEAD = re.compile(r"(?:visible |hidden )?links:?|references:?", re.IGNORECASE)
_TARGET = re.compile(
    r"\[[^\]]{1,80}\]: <?(?:https?:|mailto:|www\.|[/#.]|\S{1,200}\.(?:png|jpe?g|gif|svg)\b).*"
    r"|\.\. \|[^|]{1,80}\| image:: .*"
)
_LINK = re.compile(
    rf"(?i:{_LINK_HEAD.pattern})|[0-9]{{1,4}}\. (?:Image: )?\S{{1,20}}:\S*"
    rf"|\[[^\]]{{1,80}}\]:? \S+.*|{_TARGET.pattern}"
)


def _link_list(lines: Lines, noise: NoiseTally) -> None:
    likely: list[int] = []
    sure = 0
    for i in range(len(lines) - 1, 0, -1):
        line = lines.lines[i]
        if line and (len(line) > 2000 or not _LINK.fullmatch(line)):
            break
        if line:
            likely.append(i)
        if _LINK_HEAD.fullmatch(line) or (sure == len(likely) - 1 and _TARGET.fullmatch(line)):
            sure = len(likely)
    noise.hide(NoiseKind.LINK_LIST, lines, likely[:sure])
