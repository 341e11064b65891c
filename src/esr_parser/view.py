"""A page that shows a text and its values side by side, in one file that loads nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, reduce
from html import escape
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from esr_parser.diagnostics import Severity
from esr_parser.differences import shown
from esr_parser.model import Assessment
from esr_parser.text import LINE_END
from esr_parser.tree import FieldNode

if TYPE_CHECKING:
    from esr_parser.diagnostics import Diagnostic
    from esr_parser.document import Document
    from esr_parser.model import ProjectDescription

_LIMIT: Final = 500_000
_MOST_IN_NOTEBOOK: Final = 50_000
_MOST_LINES: Final = 10_000
_MOST_DIAGNOSTICS: Final = 1_000
_LONGEST_VALUE: Final = 5_000
_UNSEEN = re.compile(
    "[\x00-\x08\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ufff9-\ufffb\ud800-\udfff]"
)


class _Piece(NamedTuple):
    """A stretch of the text, how it is marked, and the row of values that it belongs to."""

    kind: str
    start: int
    end: int
    key: int | None = None


class _Row(NamedTuple):
    """A value on the right: ``value``, ``unknown`` or ``unread``."""

    key: int
    kind: str
    label: str
    value: str


def to_html(document: Document, *, limit: int = _LIMIT) -> str:
    """A page with the text on the left and its values on the right, each linked to the other.

    Diagnostics are beside their lines. The page loads nothing, and the text in it is inert. Of a
    longer text, ``limit`` characters are shown, and the page reports that it was cut.

    >>> from esr_parser import parse_document
    >>> "<script>alert" in to_html(parse_document("<script>alert(1)</script>"))
    False
    """
    text = document.text
    ends = islice(LINE_END.finditer(text, 0, limit), _MOST_LINES - 1, None)
    size = next((match.start() for match in ends), min(limit, len(text)))
    pieces, groups = _marked(document, size)
    lines = _lines(text[:size], pieces)
    found = [d for d in document.diagnostics if d.line <= len(lines)][:_MOST_DIAGNOSTICS]
    notes = {n: "".join(map(_note, ds)) for n, ds in groupby(found, key=lambda d: d.line)}
    rows = [_line(n, line, notes.get(n, "")) for n, line in enumerate(lines, 1)]
    project = document.description.project
    title = " – ".join(filter(None, (project.code, project.name))) or "Project description"
    left = {
        "Characters behind this line": len(text) - size,
        "Diagnostics": len(document.diagnostics) - len(found),
    }
    cuts = (f'<p class="cut">{what} not shown: {n:,}.</p>' for what, n in left.items() if n)
    body = _BODY.format(
        title=_safe(title),
        filters="".join(_filters(document.diagnostics)),
        language=escape(document.description.language),
        noted=" noted" if notes else "",
        lines="".join(rows),
        left="".join(cuts),
        values="".join(_group(heading, group) for heading, group in groups),
    )
    return page(title, body)


def repr_html(document: Document) -> str:
    """The page of :func:`to_html` in a frame of its own, for Jupyter; long texts are cut.

    >>> from esr_parser import parse_document
    >>> repr_html(parse_document("1 Hanke"))[:7]
    '<iframe'
    """
    srcdoc = escape(to_html(document, limit=_MOST_IN_NOTEBOOK))
    style = 'style="width:100%;height:28em;border:1px solid #888"'
    return f'<iframe title="Document" sandbox="allow-scripts" {style} srcdoc="{srcdoc}"></iframe>'


def page(title: str, body: str) -> str:
    """A whole page around a body whose text is escaped already.

    Its policy allows its own style and script, and no request.
    """
    policy = (
        f"default-src 'none'; style-src '{_hash(_STYLE)}'; script-src '{_hash(_SCRIPT)}';"
        " base-uri 'none'; form-action 'none'"
    )
    return _PAGE.format(policy=policy, title=_safe(title), style=_STYLE, body=body, script=_SCRIPT)


@cache
def _hash(code: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}"


# -- what is shown --------------------------------------------------------------------------------


def _marked(document: Document, limit: int) -> tuple[list[_Piece], list[tuple[str, list[_Row]]]]:
    pieces: list[_Piece] = []
    groups: list[tuple[str, list[_Row]]] = []
    key = 0
    for section in document.sections:
        if section.span.start >= limit:
            break
        rows: list[_Row] = []
        is_read = section.kind in ("section", "implied")
        kind = "prose" if is_read and not section.fields else "unknown"
        key += 1
        own = key if section.prose.strip() and section.kind != "front" else None
        if own is not None:
            rows.append(_Row(own, kind.replace("prose", "value"), "Text", section.prose))
        for node in section.nodes:
            if node.span.start >= limit:
                break
            if isinstance(node, FieldNode):
                key += 1
                rows.append(_row(document.description, node, key, is_read=is_read))
                pieces += _field_pieces(node, rows[-1])
            elif node.kind == "heading":
                pieces.append(_Piece("heading", *node.span, own))
            elif node.kind == "prose":
                pieces.append(_Piece(kind, *node.span, own))
            else:
                pieces.append(_Piece("noise", *node.span))
        if rows:
            heading = " ".join(filter(None, (section.number, section.title)))
            groups.append((heading or "Text without a heading", rows))
    return pieces, groups


def _field_pieces(node: FieldNode, row: _Row) -> Iterator[_Piece]:
    """The label, its value and what is behind them; white space at their ends is not marked."""
    start, end = node.span
    first, last = node.value_span or (end, end)
    if node.value_span is None and node.note:  # The rows below a caption: partners.
        first = start + len(LINE_END.split(node.text, 1)[0])
    is_read = row.kind == "value"
    for kind, begin, stop in (
        ("label" if node.is_known else "unknown label", start, first),
        ("value" if is_read else "unknown", first, last),
        ("prose" if is_read else "unknown", last, end),
    ):
        part = node.text[begin - start : stop - start]
        ink = stop - len(part.lstrip())
        blank = max(ink, begin + len(part.rstrip()))
        yield _Piece("noise", begin, ink)
        yield _Piece(kind, ink, blank, row.key)
        yield _Piece("noise", blank, stop)


def _row(description: ProjectDescription, node: FieldNode, key: int, *, is_read: bool) -> _Row:
    raw = "\n".join(filter(None, (node.value, node.note)))
    if not node.is_known or not is_read or node.path is None or "[" in node.path:
        return _Row(key, "value" if node.is_known else "unknown", node.label, raw)
    value = reduce(getattr, node.path.split("."), cast("Any", description))
    if isinstance(value, Assessment):
        value = value.answer
    read = shown(value)
    if not read or isinstance(value, tuple | bool):
        return _Row(key, "unread" if raw and not read else "value", node.label, raw)
    return _Row(key, "value", node.label, "\n".join(filter(None, (read, node.note))))


# -- how it is written ----------------------------------------------------------------------------


def _safe(text: str) -> str:
    """Text for HTML; characters that cannot be seen, or that turn the text round, by their name."""
    return _UNSEEN.sub(lambda m: f'<span class="unseen">U+{ord(m[0]):04X}</span>', escape(text))


def _lines(text: str, pieces: list[_Piece]) -> list[str]:
    lines = [""]
    linked: set[int | None] = {None}
    for kind, start, end, key in pieces:
        for number, part in enumerate(LINE_END.split(text[start:end])):
            if number:
                lines.append("")
            if part:
                lines[-1] += _mark(kind, _safe(part), key, is_first=key not in linked)
                linked.add(key)
    return lines


def _mark(kind: str, text: str, key: int | None, *, is_first: bool) -> str:
    if key is None:
        return f'<span class="{kind}">{text}</span>'
    identity = f' id="t{key}" tabindex="-1"' if is_first else ""
    if kind in ("heading", "label", "unknown label"):
        return f'<a class="{kind}" href="#v{key}" data-k="{key}"{identity}>{text}</a>'
    return f'<span class="{kind}" data-k="{key}"{identity}>{text}</span>'


def _line(number: int, text: str, notes: str) -> str:
    beside = f'<ul class="notes">{notes}</ul>' if notes else ""
    return (
        f'<div class="line" id="L{number}"><span class="n" aria-hidden="true">{number}</span>'
        f'<span class="text">{text}</span>{beside}</div>\n'
    )


def _note(diagnostic: Diagnostic) -> str:
    severity, code, message = diagnostic.severity, diagnostic.code, _safe(diagnostic.message)
    return f'<li class="note {severity}"><b>{severity} {code}</b> {message}</li>'


def _filters(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    counts = Counter(d.severity for d in diagnostics)
    for severity in Severity:
        yield (
            f'<label class="{severity}"><input type="checkbox" id="f-{severity}" checked>'
            f" {severity}: {counts[severity]}</label> "
        )


def _group(heading: str, rows: list[_Row]) -> str:
    shown_rows = "".join(
        f'<div class="{row.kind}"><dt><a id="v{row.key}" href="#t{row.key}" data-k="{row.key}">'
        f"{_safe(row.label) or 'Text'}</a>{_KINDS[row.kind]}</dt>"
        f'<dd data-k="{row.key}">{_value(row.value)}</dd></div>'
        for row in rows
    )
    return f"<section><h2>{_safe(heading)}</h2><dl>{shown_rows}</dl></section>\n"


_KINDS = {"value": "", "unknown": " <em>unknown</em>", "unread": " <em>not read</em>"}


def _value(text: str) -> str:
    if len(text) > _LONGEST_VALUE:
        return f"{_safe(text[:_LONGEST_VALUE])}… ({len(text):,} characters)"
    return _safe(text) or "–"


_PAGE: Final = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
<script>{script}</script>
</body>
</html>
"""
_BODY: Final = """\
<header>
<h1>{title}</h1>
<fieldset><legend>Diagnostics</legend>{filters}</fieldset>
<p class="legend">Marks: <b class="heading">heading</b> <span class="label">label</span>
<span class="value">value</span> <span class="prose">prose</span>
<span class="unknown">unknown</span> <span class="noise">noise</span></p>
</header>
<main>
<section class="source{noted}" aria-label="Text" lang="{language}">
{lines}{left}</section>
<section class="values" aria-label="Values" lang="{language}">
{values}</section>
</main>"""
_STYLE: Final = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --soft: #5c5c5c; --rule: #d4d4d4;
  --label: #0b4f8a; --value: #e3f1dc; --prose: #f5f2e6; --unknown: #fbe3d2; --on: #ffe58a;
  --error: #a40e26; --warning: #7a4b00; --info: #3b5168; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e8; --paper: #161718; --soft: #a9a9a9;
  --rule: #3b3d40; --label: #8fc3f2; --value: #203a22; --prose: #2a2820; --unknown: #4a2c18;
  --on: #5c4b00; --error: #ff98a4; --warning: #f0bd6a; --info: #a9c1da; } }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--paper);
  font: 15px/1.5 system-ui, sans-serif; }
header { padding: .6rem 1rem; border-bottom: 1px solid var(--rule); }
h1 { font-size: 1.25rem; margin: 0 0 .4rem; } h2 { font-size: 1rem; margin: 1rem 0 .3rem; }
h1, dd, .text, .note { unicode-bidi: isolate; overflow-wrap: anywhere; }
fieldset { border: 0; margin: 0; padding: 0; } legend { float: left; margin-right: .8em; }
fieldset label { display: inline-block; margin-right: 1em; }
.legend { margin: .3rem 0 0; color: var(--soft); }
main { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); }
.source { padding: .6rem 0; border-right: 1px solid var(--rule); }
.values { padding: 0 1rem 1rem; position: sticky; top: 0; max-height: 100vh; overflow: auto; }
.line { display: grid; grid-template-columns: 3.2rem minmax(0, 1fr); column-gap: .7rem;
  content-visibility: auto; contain-intrinsic-size: auto 1.5em; }
.n { color: var(--soft); text-align: right; user-select: none; font-size: .8em; line-height: 1.9; }
.text { white-space: pre-wrap; padding-right: .7rem; }
.notes { grid-column: 2; list-style: none; margin: 0 .7rem .3rem 0; padding: 0; font-size: .85em; }
@media (min-width: 75rem) { .noted .line { grid-template-columns: 3.2rem minmax(0, 1fr) 16rem; }
  .notes { grid-column: 3; } }
.note { border-left: .25rem solid; padding: .1rem .5rem; margin-bottom: .2rem; }
.line:has(.error) .n { color: var(--error); font-weight: 700; }
.error { color: var(--error); } .warning { color: var(--warning); } .info { color: var(--info); }
a { color: var(--label); } .source a { text-decoration-style: dotted; }
.heading { font-weight: 700; } a.heading { color: inherit; } .label { color: var(--label); }
.value { background: var(--value); } .prose { background: var(--prose); }
.unknown { background: var(--unknown); text-decoration: underline wavy; }
.noise { color: var(--soft); font-style: italic; }
.unseen { border: 1px solid var(--soft); border-radius: .2em; font-size: .75em; padding: 0 .2em; }
.values div.value, .values div.unknown { background: none; text-decoration: none; }
dl { margin: 0; } dl > div { padding: .2rem .3rem; border-top: 1px solid var(--rule); }
dd { margin: 0; white-space: pre-wrap; } dt em { color: var(--error); font-size: .85em; }
.on, :target { background: var(--on) !important; }
:focus-visible { outline: 2px solid var(--label); outline-offset: 1px; }
body > :is(h2, p, table) { margin: .7rem 1rem; } table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; overflow-wrap: anywhere; white-space: pre-wrap;
  border-top: 1px solid var(--rule); padding: .4rem .8rem .4rem 0; min-width: 8rem; }
del { color: var(--error); } ins { background: var(--value); } code { font-size: .85em; }
body:has(#f-error:not(:checked)) .note.error, body:has(#f-warning:not(:checked)) .note.warning,
body:has(#f-info:not(:checked)) .note.info { display: none; }
@media (max-width: 50rem) { main { display: block; } .source { border: 0; }
  .line { grid-template-columns: 2.2rem minmax(0, 1fr); }
  .values { position: static; max-height: none; border-top: 3px solid var(--rule); } }
@media print { main { display: block; } fieldset { display: none; } .values { position: static;
  max-height: none; overflow: visible; break-before: page; } .source { border: 0; }
  .line { content-visibility: visible; } .text * { print-color-adjust: exact; } }
"""
_SCRIPT: Final = """
(() => {
  let lit = [];
  const light = event => {
    const e = event.target.closest && event.target.closest("[data-k]");
    if (!e) return;
    for (const x of lit) x.classList.remove("on");
    lit = document.querySelectorAll(`[data-k="${e.dataset.k}"]`);
    for (const x of lit) x.classList.add("on");
    const pane = document.querySelector(".values");
    if (pane.contains(e) || pane.scrollHeight <= pane.clientHeight) return;
    const frame = pane.getBoundingClientRect();
    const row = document.getElementById("v" + e.dataset.k).getBoundingClientRect();
    if (row.top < frame.top || row.bottom > frame.bottom)
      pane.scrollTop += row.top - frame.top - frame.height / 2;
  };
  addEventListener("mouseover", light);
  addEventListener("focusin", light);
  addEventListener("click", event => {
    const e = event.target.closest("[data-k]");
    if (!e || String(getSelection())) return;
    const other = document.getElementById((e.closest(".values") ? "t" : "v") + e.dataset.k);
    if (!other) return;
    event.preventDefault();
    other.scrollIntoView({ block: "center" });
    other.focus({ preventScroll: true });
  });
})();
"""
