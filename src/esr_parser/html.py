"""Web pages: the text of a project description that was kept as HTML (extra ``html``: lxml).

The register's own page is one ``<div class="description">`` and gives its canonical text. Pages of
other shapes (fields in tables, definition lists, lines with ``<br>``) give a text that the parser
reads. Nothing is fetched and no script is run.

The parser's events are read one after the other and no tree is built, so that memory stays near
the size of the page however deep its elements are nested.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from email.message import Message
from email.parser import BytesHeaderParser
from functools import cache
from itertools import groupby, pairwise
from operator import itemgetter
from urllib.parse import unquote

from esr_parser.decoding import decode
from esr_parser.errors import MissingExtraError
from esr_parser.foreign import MAIL_HEAD
from esr_parser.grammar import Field, Fields, Prose, Questions, Rows, Scores, Word, WordKind
from esr_parser.layouts import LAYOUTS
from esr_parser.values import NAME_LIST

__all__ = ["looks_like_mhtml", "text_from_html", "text_from_mhtml"]

# fmt: off
_BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "html", "legend", "li", "listing", "main", "ol", "p", "plaintext", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp",
))
_NEVER_SHOWN = frozenset((
    "aside", "audio", "canvas", "datalist", "del", "dialog", "footer", "iframe", "math", "nav",
    "noembed", "noframes", "noscript", "object", "s", "script", "strike", "style", "svg",
    "template", "title", "video",
))
# Of a form that was saved: what somebody typed or chose.
_TYPED_IN = frozenset((
    "", "date", "email", "month", "number", "range", "tel", "text", "url",
))
# fmt: on
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_AS_TYPED = frozenset(("listing", "plaintext", "pre", "textarea", "xmp"))
_CONTROLS = frozenset(("option", "textarea"))
_BADGES = frozenset(("a", "span"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DELETED = re.compile(r"text-decoration[^;]{0,60}line-through", re.IGNORECASE)
# Classes: icons whose names are words; of spans, what only screen readers say.
_ICON = re.compile(r"material-(?:icons|symbols)(?:-\w+)?|line-through")
_UNSEEN = frozenset(("sr-only", "visually-hidden", "visuallyhidden"))
_TYPED_NUMBER = re.compile(r"\(?[0-9]{1,3}[.)]")
_SPACE = re.compile(" [ \t\r\f\u00a0]+|[\t\r\f\u00a0][ \t\r\f\u00a0]*")
_NUMBER = re.compile(r"\d+(\.\d+)*\.? ")
# Of notes: `12<sup>1</sup>` is not 121.
_SUPERSCRIPT = str.maketrans(
    "0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
)
# Marks in a line: the end of a label that has no colon, and where style sheets set apart two texts:
# badges, options.
_LABEL_END, _APART = "\x01", "\x02"
_COLON = re.compile(" ?\x01[ \x02]*:? ?")
# What links are called whose address is the value, unless another address is in the words.
_GO = re.compile(
    r"(?!.*(?:[0-9@]|\w\.\w|\(at\)))(?:\Z|siirry|avaa|linkki|kotisivu|verkkosivu|www-?sivu|soita"
    r"|lähetä|ota yhteyttä|sähköposti|visit|open|website|homepage|call|send|e-?mail)",
    re.IGNORECASE | re.DOTALL,
)
_LINK = re.compile(
    r"(?P<website>https?://[^\s/%]+\.\w\S*)|mailto:(?P<email>[^\s?]+).*|tel:(?P<phone>[+\d][^\s?]*)",
    re.IGNORECASE,
)
"""Addresses, by the end of the path of the field that has one."""
_TWO_TEXTS = re.compile("(?<=[a-zåäö])(?= ?\x02)[ \x02]++(?=[A-ZÅÄÖ])")

_DEPTH = 256
"""Elements open at a time. The parser compares an end tag with all open elements; a page that is
nested deeper is read on by a new parser, so that the time does not grow with the depth."""
_PIECE = 4096
_LONG_REFERENCE = re.compile(r"&#(?:\d{9}|[xX][0-9a-fA-F]{9})[0-9a-fA-F]*;?")
"""Numbers of no character, which libxml2 reads anew with each piece."""


def text_from_html(html: str | bytes) -> str:
    """The text of a page: canonical for the register's own pages.

    A page with a ``<div class="description">`` gives the text of this part, with the banner
    whose pictures may be elsewhere on the page. Of other pages, navigation, scripts and deleted
    text are left out; forms, buttons and what is hidden, too, but for parts of the description:
    what is typed or chosen behind a label, and the headings and panels of an accordion.

    Args:
        html: The page. Bytes are decoded by their byte-order mark, the ``<meta charset>`` of the
            first 4 KB, or as UTF-8, in which invalid bytes are read as Windows-1252.

    Raises:
        MissingExtraError: lxml is not installed.

    >>> print(text_from_html("<div class='description'><h2>1 Hanke</h2><p>Hankekoodi: S29999</p>"))
    1 Hanke
    <BLANKLINE>
    Hankekoodi: S29999
    """
    return "\n\n".join(_read(_decoded(html) if isinstance(html, bytes) else html).result())


def text_from_mhtml(data: bytes) -> str:
    r"""The text of a page that a browser saved as one ``.mhtml`` file, or of a mail in parts.

    The plain text of a mail is read where its HTML is no description.

    Raises:
        MissingExtraError: lxml is not installed.

    >>> saved = b"MIME-Version: 1.0\nContent-Type: text/html\n\n<p>Hankekoodi: S29999</p>"
    >>> text_from_mhtml(saved)
    'Hankekoodi: S29999'
    """
    texts = [((-1, 0, False), "")]
    # Frames of a page are parts, too: the description can be in any of them.
    for text, is_html in _parts(data, levels=4):
        page = _read(text) if is_html else None
        shown = "\n\n".join(page.result()) if page else text
        declared = sum(bool(_declared(line.strip())) for line in shown.split("\n"))
        texts.append(((len(page.found) if page else 0, declared, is_html), shown))
    return max(texts, key=itemgetter(0))[1]


def looks_like_mhtml(text: str) -> bool:
    r"""Whether a text is a saved page (``.mhtml``) or a mail in parts, by its first characters.

    >>> looks_like_mhtml("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n")
    True
    """
    head = text[:MAIL_HEAD].lstrip("\ufeff\r\n").lower()
    fields, _, _ = head.replace("\r\n", "\n").partition("\n\n")
    return "mime-version:" in fields and ("multipart/" in fields or "text/html" in fields)


# -- bytes ----------------------------------------------------------------------------------------

BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_DECLARED = re.compile(
    rb"<(?:meta\b[^>]*?charset|\?xml\b[^>]*?encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE
)
# Other encodings are not in use for pages in Finnish, and some of Python's are slow to decode.
_ENCODING = re.compile(r"iso-8859-(?:[2-9]|1[013-6])|(?:windows-|cp)125[0-8]", re.IGNORECASE)
_PARTS = ("text/html", "application/xhtml+xml", "text/plain")


def _decoded(data: bytes, declared: str = "") -> str:
    if not declared and (found := _DECLARED.search(data, 0, 4096)):
        declared = found[1].decode("ascii", "replace")
    if _ENCODING.fullmatch(declared) and not data.startswith(BOMS):
        return data.decode(declared, "replace")
    # UTF-8, or Windows-1252, which browsers read for "Latin 1", too.
    return decode(data)[0].removeprefix("\ufeff")


def _parts(data: bytes, levels: int) -> Iterator[tuple[str, bool]]:
    """The texts in a message, and whether each is HTML.

    Parts in parts are followed a few levels, as browsers write them.
    """
    head, _, body = data.lstrip(b"\r\n").replace(b"\r\n", b"\n").partition(b"\n\n")
    message: Message = BytesHeaderParser().parsebytes(head[:MAIL_HEAD])
    if (boundary := message.get_boundary()) and levels:
        line = b"\n--" + boundary.encode("ascii", "replace")
        for part in (b"\n" + body).split(line, 1000)[1:]:  # the page comes before its pictures
            yield from _parts(part, levels - 1)
    elif (kind := message.get_content_type()) in _PARTS and message.get("Content-Type"):
        message.set_payload(body.decode("ascii", "surrogateescape"))
        page = message.get_payload(decode=True)
        assert isinstance(page, bytes)
        yield _decoded(page, message.get_content_charset("")), kind != "text/plain"


# -- words of the format --------------------------------------------------------------------------


@cache
def _words() -> Mapping[str, Word]:
    words: dict[str, Word] = {}
    for word in (word for layout in LAYOUTS for word in layout.words()):
        words.setdefault(word.text.casefold(), word)
    return words


def _word(text: str) -> Word | None:
    """The declared string that a text is, with or without a number or colon."""
    if len(text) > 200:
        return None
    key = text.rstrip(": ").casefold()
    return _words().get(_NUMBER.sub("", key, count=1) if key[:1].isdecimal() else key)


def _are_names(word: Word | None) -> bool:
    """Whether a declared string is the label of a list of names."""
    return word is not None and isinstance(word.item, Field) and word.item.type is NAME_LIST


def _kind(text: str) -> WordKind | None:
    word = _word(text)
    return word and word.kind


def _is_heading(text: str, word: Word) -> bool:
    """Whether a block is the title, or a declared heading with its number."""
    is_numbered = word.kind is WordKind.HEADING and bool(_NUMBER.match(text))
    return is_numbered or word.kind is WordKind.TITLE


def _plain(pieces: list[str]) -> str:
    return _folded("".join(pieces).replace(_APART, ""))


def _folded(text: str) -> str:
    text = _SPACE.sub(" ", text)
    return (_COLON.sub(": ", text) if _LABEL_END in text else text).strip(" ")


# -- elements to blocks ---------------------------------------------------------------------------


class _Heading(str):
    """A block that is an ``<h1>`` … ``<h6>``."""

    __slots__ = ()


class _Hidden(str):
    """A block that a browser does not show."""

    __slots__ = ("part",)
    part: int
    """Which of the hidden elements it is in."""


class _Typed(str):
    """A block of nothing but what is typed or chosen in a form."""

    __slots__ = ()


class _Page:
    """Collects blocks of text: the parser calls it with each tag and piece of text."""

    def __init__(self) -> None:
        self.depth = 0
        self.found: list[int] = []
        """Places of the title and of declared headings among the blocks."""
        self._blocks: list[str] = []
        self._layout = LAYOUTS[0]
        self._banner: dict[str, None] = {}
        self._text: list[str] = []
        self._line = 0
        self._unseen = 0
        self._typed = 0
        self._controls = self._raised = 0
        self._is_typed = True
        """Whether all of the block's text is typed in a form."""
        self._default: int | None = None
        """Of a list of options: the place of the first one's text; -1 where one is selected."""
        self._is_badge = False
        """Whether nothing is behind the end of a badge, yet, not even a space."""
        self._link = "", 0
        """Of a link: its target, its first piece of text."""
        self._button: tuple[int, int] | None = None
        """Of a button: its depth, its first piece of text."""
        self._hidden = self._part = 0
        """The depth of a hidden element, and how many there were."""
        self._open: list[tuple[int, str, list[tuple[str, int]]]] = []
        """Of each open block element: its first block, the register's class or the first number of
        its list, its cells or items."""
        self._descriptions: list[tuple[int, list[str]]] = []
        self._article: dict[int, list[str]] = {}
        """The blocks of the last article with all headings so far, by their number."""

    def start(self, tag: str, attrs: Mapping[str, str]) -> None:
        self.depth += 1
        if tag == "img" and _kind(alt := _folded(attrs.get("alt", ""))) is WordKind.BANNER:
            self._banner[alt] = None
        is_block = tag in _BLOCKS and self._button is None
        hidden = attrs and ("hidden" in attrs or _HIDDEN.search(attrs.get("style", "")))
        if self._is_left_out(tag, attrs) or self._unseen or (hidden and not is_block):
            self._unseen += 1
            return
        self._typed += tag in _AS_TYPED
        self._controls += tag in _CONTROLS
        self._raised += tag == "sup"
        if tag in _CONTROLS or self._is_badge:
            self._end_label()
            self._text.append(f" {_APART}" if tag in _CONTROLS else _APART)
        if tag == "br":
            self._text.append("\n")
            self._line = len(self._text)
        elif is_block:
            self._begin_block(tag, attrs, is_hidden=bool(hidden))
        elif tag == "input" and self.found and attrs.get("type", "").lower() in _TYPED_IN:
            self._end_label()
            self._text.append(f" {attrs.get('value', '')} ".replace("\n", " "))
        elif tag == "select":
            self._default = -1 if "multiple" in attrs else None
        elif tag == "a":
            self._link = attrs.get("href", ""), len(self._text)
        elif tag == "button" and self._button is None:
            self._button = self.depth, len(self._text)

    def _is_left_out(self, tag: str, attrs: Mapping[str, str]) -> bool:
        """Whether an element is no text of the page, wherever it is."""
        if tag == "option" and not self._chooses(attrs):
            return True
        # Above the page are forms to search for others.
        is_of_search = tag in _CONTROLS and not self.found
        # Most elements have no attributes, and lxml's mapping of them is slow to ask.
        return is_of_search or tag in _NEVER_SHOWN or (bool(attrs) and _is_aside(tag, attrs))

    def _begin_block(self, tag: str, attrs: Mapping[str, str], *, is_hidden: bool) -> None:
        self._end_block()
        is_register = attrs and tag == "div" and "description" in attrs.get("class", "").split()
        mark = "description" if is_register else _first_number(attrs) if tag == "ol" else ""
        self._open.append((len(self._blocks), mark, []))
        if is_hidden and not self._hidden:
            self._hidden, self._part = self.depth, self._part + 1

    def _chooses(self, attrs: Mapping[str, str]) -> bool:
        """Whether an option is shown: those that are selected, or the first one."""
        if "selected" in attrs:
            if self._default is not None and self._default >= 0:
                del self._text[self._default :]
            self._default = -1
            return True
        if self._default is None:
            self._default = len(self._text)
            # "-- Valitse --" is no value.
            return attrs.get("value") != "" and attrs.keys().isdisjoint(("disabled", "hidden"))
        return False

    def data(self, text: str) -> None:
        if not self._unseen:
            text = text.translate(_SUPERSCRIPT) if self._raised else text
            self._text.append(text if self._typed else text.replace("\n", " "))
            self._is_typed &= self._controls > 0 or text.isspace()
            self._is_badge = False

    def end(self, tag: str) -> None:
        self.depth -= 1
        if self._unseen:
            self._unseen -= 1
            return
        self._typed -= tag in _AS_TYPED
        self._controls -= tag in _CONTROLS
        self._raised -= tag == "sup"
        if self._button is not None and self._button[0] > self.depth:
            self._end_button(self._button[1])
        elif tag in _BLOCKS and self._button is None:
            self._end_block(tag)
            if self._hidden > self.depth:
                self._hidden = 0
            self._end_element(tag, *self._open.pop())
        else:
            if tag == "a":
                self._end_link(*self._link)
            self._end_label()
            self._is_badge = tag in _BADGES
            if tag in _CONTROLS:
                self._text.append(" ")

    def _end_link(self, target: str, first: int) -> None:
        """Words such as "Siirry sivulle" in the place of a value: the address is the value."""
        line = self._text[self._line : first]
        if len(line) > 4 or not (match := _LINK.fullmatch(target.strip())):
            return
        word = _word(_plain(line) or "".join(self._blocks[-1:]))
        ((kind, value),) = ((kind, x) for kind, x in match.groupdict().items() if x)
        is_field = word and isinstance(word.item, Field) and word.item.path.endswith(kind)
        words = _plain(self._text[first:]).strip(": ")
        if is_field and _GO.match(words):
            del self._text[first:]
            self._end_label()
            self._text.append(value if kind == "website" else unquote(value).replace("\n", " "))
            self._is_typed = False

    def _end_label(self) -> None:
        """<span>Label</span><span>value</span>, Label<input>, which style sheets set apart."""
        if 0 < len(line := self._text[self._line : self._line + 5]) < 5:
            label = _plain(line)
            if _kind(label) is WordKind.LABEL and not label.endswith(":"):
                self._text.append(_LABEL_END)

    def _end_button(self, first: int) -> None:
        """A button is no text of the page, but for a heading that opens what is below it."""
        self._button, text = None, _plain(self._text[first:])
        word = _word(text)
        if word and _is_heading(text, word):
            self._end_block("h2")
        else:
            del self._text[first:]

    def close(self) -> None:
        self._end_block()

    def _end_block(self, tag: str = "") -> None:
        if not self._text:
            return
        lines = [self._separate(_folded(x)) for x in "".join(self._text).split("\n")]
        self._text.clear()
        self._line = 0
        # A break at the end of a block shows nothing, at the beginning of a paragraph a blank line.
        text = "\n".join(lines).rstrip("\n")
        text = text if tag == "p" else text.lstrip("\n")
        word = _word(text)
        if word and word.kind is WordKind.BANNER and not self.found:
            self._banner[text] = None
        elif text:
            if self._hidden:
                text = _Hidden(text)
                text.part = self._part
            elif word and _is_heading(text, word):
                if not self.found:
                    self._layout = next(x for x in LAYOUTS if word in x.words())
                self.found.append(len(self._blocks))
            kind = _Heading if tag in _HEADINGS else _Typed if self._is_typed else str
            self._blocks.append(text if self._hidden else kind(text))
        self._is_typed = True

    def _separate(self, line: str) -> str:
        """A line with a comma between names of a list that a style sheet sets apart."""
        if _APART not in line:
            return line
        label, colon, _ = line.partition(":")
        above = label if colon or not self._blocks else self._blocks[-1]
        line = _TWO_TEXTS.sub(", ", line) if _are_names(_word(above)) else line
        return _folded(line.replace(_APART, ""))

    def _end_element(self, tag: str, start: int, mark: str, cells: list[tuple[str, int]]) -> None:
        blocks = self._blocks
        holds_heading = bool(self.found) and self.found[-1] >= start
        if mark == "description" and holds_heading:
            while self._descriptions and self._descriptions[-1][0] >= start:
                self._descriptions.pop()
            self._descriptions.append((start, blocks[start:]))
        elif tag in ("article", "main") and holds_heading and self.found[0] >= start:
            if len(self.found) not in self._article:
                self._article = {len(self.found): blocks[start:]}
        elif tag in ("form", "header") and not holds_heading:
            # Some servers put the whole page into a form; an article's title can be in a header.
            del blocks[start:]
        elif tag in ("td", "th", "dt", "li"):
            self._open[-1][2].append((tag, start))
        elif tag == "tr":
            ends = [*(place for _, place in cells), len(blocks)]
            row = [blocks[a:b] for a, b in pairwise(ends)]
            blocks[ends[0] :] = _row([tag for tag, _ in cells], row)
        elif tag in ("ol", "ul") and _is_list(blocks[start - 1 : start], blocks[start:]):
            blocks[start:] = [", ".join(blocks[start:])]
        elif tag == "ol" and mark.isdecimal() and len(mark) < 5:
            self._number([place for _, place in cells if place < len(blocks)], int(mark))
        elif tag == "dd" and self._open[-1][2][-1:] == [("dt", start - 1)]:
            self._open[-1][2].clear()  # further values are blocks of their own
            blocks[start - 1 :] = _pair(blocks[start - 1], blocks[start:])

    def _number(self, places: list[int], first: int) -> None:
        """Write the numbers of a list before its items, in a section of prose."""
        blocks, word = self._blocks, _word(self._blocks[self.found[-1]]) if self.found else None
        if word and word.section and isinstance(word.section.content, Prose):
            ends = [*places[1:], len(blocks)]
            for number, (place, end) in enumerate(zip(places, ends, strict=True), first):
                if place == end:
                    continue  # an empty item
                block, is_plain = blocks[place], type(blocks[place]) is str
                if is_plain and not _TYPED_NUMBER.match(block) and not _declared(block):
                    blocks[place] = f"{number}. {block}"

    def result(self) -> Iterator[str]:
        """The blocks of the page's text."""
        page = self._article.get(len(self.found), self._blocks)
        pages = [blocks for _, blocks in self._descriptions] or [page]
        pictures, banner = " ".join(self._banner), self._layout.banner
        complete = set(" ".join(banner).split()) <= set(pictures.split())
        for blocks in pages:
            yield from banner if complete else filter(None, [pictures])
            yield from _grouped(_shown(blocks))


def _first_number(attrs: Mapping[str, str]) -> str:
    """The number of a list's first item; empty, where other signs or none are shown."""
    is_plain = attrs.get("type", "1") == "1" and "reversed" not in attrs
    return attrs.get("start", "1") if is_plain and "none" not in attrs.get("style", "") else ""


def _is_aside(tag: str, attrs: Mapping[str, str]) -> bool:
    """Whether an element is no text of the page, by its attributes."""
    names = attrs.get("class", "").split() if tag not in _BLOCKS else ()
    return (
        attrs.get("role") == "tooltip"
        or _DELETED.search(attrs.get("style", "")) is not None
        or any(map(_ICON.fullmatch, names))
        or (tag == "span" and not _UNSEEN.isdisjoint(names))
    )


def _is_list(above: list[str], items: list[str]) -> bool:
    """Whether items directly below a label of names are its value."""
    if not items or not all(_are_names(_word(block)) for block in above or ("",)):
        return False
    is_seen = not any(isinstance(block, _Hidden) for block in (*above, *items))
    return is_seen and not any("\n" in item or _declared(item) for item in items)


def _shown(blocks: list[str]) -> Iterator[str]:
    """The blocks without those that are hidden or typed in and are no part of the description.

    Hidden are panels below their headings, and help, copies, older values.
    """
    shown = {_declared(block) for block in blocks if not isinstance(block, _Hidden)}
    groups = groupby(blocks, lambda block: block.part if isinstance(block, _Hidden) else 0)
    above, is_below_heading = "", False
    for (part, group), behind in pairwise([*((k, [*g]) for k, g in groups), (0, [""])]):
        below = behind[1][0]
        is_part = below.startswith(above.partition(" ")[0].rstrip(".") + ".")
        is_panel = _is_head(above) and not is_part and (not below or _is_head(below))
        heads = {_declared(block) for block in group if _is_head(block)}
        labels = {name for name in map(_declared, group) if name}
        # A section that is hidden; fields that are nowhere else.
        is_own = heads - shown or (is_below_heading and labels and labels.isdisjoint(shown))
        for block in group if not part or is_panel or is_own else ():
            is_below_heading |= _is_head(block)
            if not isinstance(block, _Typed) or above.endswith(":") or _is_head(above):
                yield block
                above = block


def _declared(block: str) -> str:
    """The declared heading, label or caption of rows that a block begins with; empty: none."""
    line = block.partition("\n")[0][:250]
    label, colon, _ = line.partition(":")
    word = _word(line) or _word(label)
    is_label = colon and word and word.kind is WordKind.LABEL
    return word.declared if word and (is_label or _is_head(line)) else ""


def _is_head(block: str) -> bool:
    """Whether a block is a declared heading with its number, or one of rows."""
    word = _word(block)
    if word is None or word.kind is WordKind.TITLE:
        return False
    return isinstance(word.item, Rows) or _is_heading(block, word)


def _row(tags: list[str], row: list[list[str]]) -> list[str]:
    """The blocks of a table row: a label with its value, an aspect with its scores, a partner."""
    filled = [cell for cell in row if cell]
    texts = [cell[0].replace("\n", " ") for cell in filled if len(cell) == 1]
    heads = [text for text in texts if _kind(text) is WordKind.HEADS]
    if len(heads) > 1:  # the captions of other columns are left out
        joined = "".join(heads)
        return heads if _kind(joined) is None else [joined]  # in another order: each for itself
    if len(row) == 2 and len(row[0]) == 1:
        label = row[0][0]
        if tags == ["th", "td"] or label.endswith(":") or _kind(label) is not None:
            return _pair(label, row[1])
    if len(texts) < max(len(filled), 2):
        return [block for cell in filled for block in cell]
    label, *values = texts
    if _kind(label) is WordKind.LABEL:
        return _pair(label, ["\t".join(values)])  # behind the value, a note or another project's
    return [(", " if len(row) == 2 else " ").join(texts)]


def _pair(label: str, value: list[str]) -> list[str]:
    kind = _kind(label)
    if kind is None or kind is WordKind.LABEL:
        return ["\n".join([label.rstrip(": ") + ":", *value[:1]]).replace("\n", " ", 1), *value[1:]]
    if kind is WordKind.ASPECT and value:
        return [f"{label} {value[0]}", *value[1:]]
    return [label, *value]


def _grouped(blocks: Iterable[str]) -> Iterator[str]:
    """Blocks as the register prints them: questions, scores and rows are one block each."""
    groups: list[list[str]] = []
    in_one = after_heading = False
    for block in blocks:
        lines = block.lstrip("\n").split("\n") if after_heading else block.split("\n")
        word = _word(lines[0].partition(":")[0])
        content = word and word.section and word.section.content
        after_heading = isinstance(block, _Heading) or bool(word and _is_heading(block, word))
        if word and isinstance(word.item, Rows):
            groups += [lines[:1], lines[1:]]
            in_one = True
        elif after_heading:
            in_one = isinstance(content, Questions | Scores)
            groups += [lines, []]
        elif in_one and not (word and word.kind is WordKind.LABEL and isinstance(content, Fields)):
            groups[-1] += filter(None, lines)
        else:
            in_one = False
            groups.append(lines)
    return ("\n".join(group) for group in groups if group)


def _read(text: str) -> _Page:
    try:
        from lxml.etree import HTMLParser  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingExtraError("html", "reading HTML") from error
    text = _LONG_REFERENCE.sub("&#0;", text.replace("\0", "\ufffd"))
    text = text.replace(_LABEL_END, "").replace(_APART, "")
    # Lone surrogates become references to characters that do not exist, and so U+FFFD.
    data = text.encode("utf-8", "xmlcharrefreplace")
    page, place, parser = _Page(), 0, None
    while parser is None or place < len(data):
        if parser is None:
            parser = HTMLParser(target=page, encoding="utf-8", huge_tree=True)
        end = place + _PIECE
        tag = data.rfind(b"<", place + 1, end)
        end = tag if tag > 0 and end < len(data) else end
        parser.feed(data[place:end])
        place = end
        if page.depth > _DEPTH:
            parser.close()
            parser = None
    parser.close()
    return page
