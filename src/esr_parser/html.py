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
from itertools import pairwise

from esr_parser.errors import MissingExtraError
from esr_parser.files import decode
from esr_parser.grammar import Fields, Layout, Questions, Rows, Scores, Word, WordKind
from esr_parser.layouts import LAYOUTS

__all__ = ["looks_like_html", "looks_like_mhtml", "text_from_html", "text_from_mhtml"]

# fmt: off
_BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "html", "legend", "li", "listing", "main", "ol", "p", "plaintext", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp",
))
_NEVER_SHOWN = frozenset((
    "audio", "canvas", "datalist", "del", "dialog", "iframe", "math", "nav", "noembed", "noframes",
    "noscript", "object", "s", "script", "strike", "style", "svg", "template", "title", "video",
))
# Controls whose content is shown, or sent: as in a form that was saved.
_TYPED_IN = frozenset((
    "", "date", "email", "month", "number", "range", "tel", "text", "url",
))
# fmt: on
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_AS_TYPED = frozenset(("listing", "plaintext", "pre", "textarea", "xmp"))
# Beside the text of a page; in some pages, parts of it.
_BESIDE = frozenset(("aside", "button", "footer"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(" [ \t\n\r\f\u00a0]+|[\t\n\r\f\u00a0][ \t\n\r\f\u00a0]*")
_NUMBER = re.compile(r"\d+(\.\d+)*\.? ")
# Marks in a block's text: the end of a line, and the end of a label that has no colon.
_BREAK, _LABEL_END = "\x00", "\x01"
_COLON = re.compile(" ?\x01 ?:? ?")
_SENTENCE = 60
"""A hidden part of a paragraph is the rest of it if it is this long, and else a help text."""

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
    text are left out; footers, forms, buttons and what is hidden, too, unless a part of the
    description is in them. Of controls, what is typed or chosen is text.

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
    r"""The text of a page that a browser saved as one ``.mhtml`` file.

    Raises:
        MissingExtraError: lxml is not installed.

    >>> saved = b"MIME-Version: 1.0\nContent-Type: text/html\n\n<p>Hankekoodi: S29999</p>"
    >>> text_from_mhtml(saved)
    'Hankekoodi: S29999'
    """
    pages = [_read(page) for page in _parts(data, levels=4)]
    # Frames of a page are parts, too: the description can be in any of them.
    return "\n\n".join(max(pages, key=lambda page: len(page.found)).result() if pages else ())


def looks_like_html(data: str | bytes) -> bool:
    r"""Whether a file contains HTML, by its first characters.

    Markdown of pandoc, with lines that are only ``<div>``, is not HTML.

    >>> looks_like_html("<div class='description'><h2>1 Hanke</h2>")
    True
    >>> looks_like_html("<div>\n\n## 1 Hanke\n\n</div>")
    False
    """
    head = _LEAD.sub("", _head(data))
    if _DOCUMENT.match(head):
        return True
    return bool(_TAG.match(head) and _CONTENT.search(head) and not _MARKDOWN.search(head))


def looks_like_mhtml(data: str | bytes) -> bool:
    r"""Whether a file is a saved page (``.mhtml``), by its first characters.

    >>> looks_like_mhtml(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n")
    True
    """
    head = _head(data).lstrip("\ufeff\r\n").lower()
    fields, _, _ = head.replace("\r\n", "\n").partition("\n\n")
    return "mime-version:" in fields and ("multipart/related" in fields or "text/html" in fields)


_LEAD = re.compile(r"\A(?:\s|\ufeff|<!--.*?-->|<\?xml.*?\?>)+", re.DOTALL)
_DOCUMENT = re.compile(r"<(?:!doctype\s+html|(?:html|head|body|meta|title)\b)", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*[\s/>]", re.IGNORECASE)
_CONTENT = re.compile(
    r"<(?:p|pre|h[1-6]|table|tr|t[dh]|d[ltd]|[uo]l|li|br|b|strong)\b|<(?:div|span)\b[^>]*>[^\s<]",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"^ {0,3}(?:#{1,6} |\*\*)\S", re.MULTILINE)


def _head(data: str | bytes) -> str:
    head = data[:4096]
    return head if isinstance(head, str) else _decoded(head)


# -- bytes ----------------------------------------------------------------------------------------

BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_DECLARED = re.compile(
    rb"<(?:meta\b[^>]*?charset|\?xml\b[^>]*?encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE
)
# Other encodings are not in use for pages in Finnish, and some of Python's are slow to decode.
_ENCODING = re.compile(r"iso-8859-(?:[2-9]|1[0-6])|windows-125\d|cp125\d")
_LATIN_1 = frozenset(("ascii", "iso-8859-1", "iso8859-1", "latin1", "us-ascii"))


def _decoded(data: bytes, declared: str | None = None) -> str:
    if declared is None and (found := _DECLARED.search(data, 0, 4096)):
        declared = found[1].decode("ascii", "replace")
    encoding = (declared or "").lower()
    # Browsers read "Latin 1" as Windows-1252, too.
    encoding = "cp1252" if encoding in _LATIN_1 else encoding
    if _ENCODING.fullmatch(encoding) and not data.startswith(BOMS):
        return data.decode(encoding, "replace")
    return decode(data)[0].removeprefix("\ufeff")


def _parts(data: bytes, levels: int) -> Iterator[str]:
    """The pages in a message: parts in parts are followed a few levels, as browsers write them."""
    head, _, body = data.lstrip(b"\r\n").replace(b"\r\n", b"\n").partition(b"\n\n")
    message: Message = BytesHeaderParser().parsebytes(head[:16_384])
    if (boundary := message.get_boundary()) and levels:
        line = b"\n--" + boundary.encode("ascii", "replace")
        for part in (b"\n" + body).split(line, 1000)[1:]:  # the page comes before its pictures
            yield from _parts(part, levels - 1)
    elif message.get_content_type() in ("text/html", "application/xhtml+xml"):
        message.set_payload(body.decode("ascii", "surrogateescape"))
        page = message.get_payload(decode=True)
        assert isinstance(page, bytes)
        yield _decoded(page, message.get_content_charset())


# -- words of the format --------------------------------------------------------------------------


@cache
def _words() -> Mapping[str, tuple[Word, Layout]]:
    words: dict[str, tuple[Word, Layout]] = {}
    for layout in LAYOUTS:
        for word in layout.words():
            words.setdefault(word.text.casefold(), (word, layout))
    return words


def _word(text: str) -> tuple[Word, Layout] | None:
    """The declared string that a text is, with or without a number or colon."""
    if len(text) > 200:
        return None
    key = text.rstrip(": ").casefold()
    return _words().get(_NUMBER.sub("", key, count=1) if key[:1].isdecimal() else key)


def _kind(text: str) -> WordKind | None:
    found = _word(text)
    return found and found[0].kind


def _folded(text: str) -> str:
    text = _SPACE.sub(" ", text)
    return (_COLON.sub(": ", text) if _LABEL_END in text else text).strip(" ")


# -- elements to blocks ---------------------------------------------------------------------------


class _Heading(str):
    """A block that is an ``<h1>`` … ``<h6>``."""

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
        self._beside: list[tuple[int, int, int]] = []
        """Of each hidden element: its depth, its first block, its first piece of text."""
        self._shown: set[str] = set()
        """The first lines of blocks that are not hidden."""
        self._open: list[tuple[int, bool, list[tuple[str, int]]]] = []
        """Of each open block element: its first block, whether it is the register's, its cells."""
        self._term = -1
        self._descriptions: list[tuple[int, list[str]]] = []
        self._article: tuple[int, list[str]] = (-1, [])

    def start(self, tag: str, attrs: Mapping[str, str]) -> None:
        self.depth += 1
        if tag == "img" and _kind(alt := _folded(attrs.get("alt", ""))) is WordKind.BANNER:
            self._banner[alt] = None
        is_other_option = tag == "option" and "selected" not in attrs
        if self._unseen or tag in _NEVER_SHOWN or is_other_option:
            self._unseen += 1
            return
        self._typed += tag in _AS_TYPED
        if tag == "br":
            self._text.append(_BREAK)
            self._line = len(self._text)
        elif tag in _BLOCKS:
            self._end_block()
            # Most elements have no attributes, and lxml's mapping of them is slow to ask.
            is_register = attrs and tag == "div" and "description" in attrs.get("class", "").split()
            self._open.append((len(self._blocks), bool(is_register), []))
        elif tag == "input" and attrs.get("type", "").lower() in _TYPED_IN:
            self._text.append(attrs.get("value", ""))
        hidden = attrs and ("hidden" in attrs or _HIDDEN.search(attrs.get("style", "")))
        if hidden or tag in _BESIDE:
            self._beside.append((self.depth, len(self._blocks), len(self._text)))

    def data(self, text: str) -> None:
        if not self._unseen:
            self._text.append(text.replace("\n", _BREAK) if self._typed else text)

    def end(self, tag: str) -> None:
        self.depth -= 1
        if self._unseen:
            self._unseen -= 1
            return
        self._typed -= tag in _AS_TYPED
        if self._beside and self._beside[-1][0] > self.depth:
            self._end_beside(*self._beside.pop()[1:])
        if tag in _BLOCKS:
            self._end_block(tag)
            self._end_element(tag, *self._open.pop())
        elif 0 < len(line := self._text[self._line : self._line + 5]) < 5:
            # <span>Label</span><span>value</span>, which style sheets set apart
            label = _folded("".join(line))
            if _kind(label) is WordKind.LABEL and not label.endswith(":"):
                self._text.append(_LABEL_END)

    def _end_beside(self, start: int, first: int) -> None:
        """Keeps what is hidden or beside the text only where it is a part of the page.

        That is what has a declared heading or label that was not there before, the panel below a
        heading, and the rest of a paragraph.
        """
        blocks, inline = self._blocks, _folded("".join(self._text[first:]))
        own = [block.partition("\n")[0] for block in (*blocks[start:], inline)]
        declared = [line for line in own if _is_declared(line)]
        is_panel = not first and start > 0 and _is_declared(blocks[start - 1][:250])
        is_rest = first > 0 and len(inline) >= _SENTENCE
        if is_panel or is_rest or not self._shown.issuperset(declared):
            return
        del blocks[start:], self._text[first:]
        while self.found and self.found[-1] >= start:
            self.found.pop()
        while self._descriptions and self._descriptions[-1][0] >= start:
            self._descriptions.pop()

    def close(self) -> None:
        self._end_block()

    def _end_block(self, tag: str = "") -> None:
        if not self._text:
            return
        lines = [_folded(line) for line in "".join(self._text).split(_BREAK)]
        self._text.clear()
        self._line = 0
        # A break at the end of a block shows nothing, at the beginning of a paragraph a blank line.
        text = "\n".join(lines).rstrip("\n")
        text = text if tag == "p" else text.lstrip("\n")
        word = _word(text)
        if word and word[0].kind is WordKind.BANNER and not self.found:
            self._banner[text] = None
        elif text:
            if word and _is_heading(text, word[0].kind):
                self._layout = self._layout if self.found else word[1]
                self.found.append(len(self._blocks))
            self._blocks.append(_Heading(text) if tag in _HEADINGS else text)
            if not self._beside:
                self._shown.add(text.partition("\n")[0])

    def _end_element(
        self, tag: str, start: int, is_register: bool, cells: list[tuple[str, int]]
    ) -> None:
        blocks = self._blocks
        holds_heading = bool(self.found) and self.found[-1] >= start
        if is_register and holds_heading:
            while self._descriptions and self._descriptions[-1][0] >= start:
                self._descriptions.pop()
            self._descriptions.append((start, blocks[start:]))
        elif tag in ("article", "main") and holds_heading and self.found[0] >= start:
            if self._article[0] < len(self.found):
                self._article = (len(self.found), blocks[start:])
        elif tag in ("form", "header") and not holds_heading:
            # Some servers put the whole page into a form; an article's title can be in a header.
            del blocks[start:]
        elif tag in ("td", "th") and self._open:
            self._open[-1][2].append((tag, start))
        elif tag == "tr" and cells:
            ends = [*(place for _, place in cells), len(blocks)]
            row = [blocks[a:b] for a, b in pairwise(ends)]
            blocks[ends[0] :] = _row([tag for tag, _ in cells], row)
        elif tag == "dt":
            self._term = start if len(blocks) == start + 1 else -1
        elif tag == "dd" and self._term == start - 1 >= 0:
            blocks[start - 1 :] = _pair(blocks[start - 1], blocks[start:])

    def result(self) -> Iterator[str]:
        """The blocks of the page's text."""
        count, article = self._article
        pages = [blocks for _, blocks in self._descriptions] or [
            article if count == len(self.found) else self._blocks
        ]
        pictures, banner = " ".join(self._banner), self._layout.banner
        complete = set(" ".join(banner).split()) <= set(pictures.split())
        for blocks in pages:
            yield from banner if complete else filter(None, [pictures])
            yield from _grouped(blocks)


def _is_declared(line: str) -> bool:
    """Whether a line is a declared heading with its number, of rows, or a label with its value."""
    label, colon, _ = line.partition(":")
    word = _word(line) or (_word(label) if colon else None)
    if word is None:
        return False
    has_value = bool(colon) and word[0].kind is WordKind.LABEL
    return has_value or isinstance(word[0].item, Rows) or _is_heading(line, word[0].kind)


def _is_heading(text: str, kind: WordKind) -> bool:
    """Whether a block is the title, or a declared heading with its number."""
    return kind is WordKind.TITLE or (kind is WordKind.HEADING and bool(_NUMBER.match(text)))


def _row(tags: list[str], row: list[list[str]]) -> list[str]:
    """The blocks of a table row: a label with its value, an aspect with its scores, a partner."""
    filled = [cell for cell in row if cell]
    texts = [" ".join(cell[0].split("\n")) for cell in filled if len(cell) == 1]
    heads = [text for text in texts if _kind(text) is WordKind.HEADS]
    if len(heads) > 1:  # the captions of other columns are left out
        return ["".join(heads)]
    if len(row) == 2 and len(row[0]) == 1:
        label = row[0][0]
        if tags == ["th", "td"] or label.endswith(":") or _kind(label) is not None:
            return _pair(label, row[1])
    if len(texts) < max(len(filled), 2):
        return [block for cell in filled for block in cell]
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
        word = (_word(lines[0].partition(":")[0]) or (None,))[0]
        content = word and word.section and word.section.content
        after_heading = len(lines) == 1 and (
            isinstance(block, _Heading) or bool(word and _is_heading(block, word.kind))
        )
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
    text = _LONG_REFERENCE.sub("&#0;", text.replace(_BREAK, "\ufffd").replace(_LABEL_END, ""))
    # Lone surrogates become references to characters that do not exist, and so U+FFFD.
    data = text.encode("utf-8", "xmlcharrefreplace")
    page, place, parser = _Page(), 0, None
    while parser is None or place < len(data):
        if parser is None:
            parser = HTMLParser(target=page, encoding="utf-8", huge_tree=True)
            parser.feed(b" ")
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
