"""Web pages: invented ones made of the example, in the shapes that people hold them."""

from __future__ import annotations

import base64
import codecs
import quopri
import re
import sys
from collections.abc import Callable
from email.message import EmailMessage
from html import escape

import pytest
from conftest import SHARED, read
from hypothesis import given
from hypothesis import strategies as st
from invented import BASE

from esr_parser import parse_document
from esr_parser.errors import MissingExtraError
from esr_parser.files import text_of
from esr_parser.html import text_from_html, text_from_mhtml
from esr_parser.layouts import LAYOUT_2014_2020

pytest.importorskip("lxml")

_, TITLE, *BODY = BASE.split("\n\n")
HEADINGS = {LAYOUT_2014_2020.heading(s.number, s.title) for s in LAYOUT_2014_2020.sections}
LABELS = {w.text for w in LAYOUT_2014_2020.words() if w.kind == "label"}
PICTURES = '<img src="a.png" alt="Euroopan unioni"> <img src="b.png" alt="Vipuvoimaa EU:lta">'
HEAD = (
    '<!DOCTYPE html><html lang="fi"><head><meta charset="utf-8"><title>Hankekuvaus</title>'
    "<script>document.write('<p>Hankekoodi: S29998</p>')</script><style>p { color: red }</style>"
    "</head><body>"
)


def paragraph(block: str) -> str:
    return "<p>" + "<br>\n".join(map(escape, block.split("\n"))) + "</p>"


def scores(block: str, head: str = "<tr><th></th><th>Välitön</th><th>Välillinen</th></tr>") -> str:
    rows = [
        re.sub(r" (\d+) (\d+)$", r"</td> <td>\1</td> <td>\2", line)
        for line in block.split("\n")[1:]
    ]
    return f"<table>{head}" + "".join(f"<tr><td>{row}</td></tr>" for row in rows) + "</table>"


def heading(text: str) -> str:
    level = 3 if "." in text.partition(" ")[0] else 2
    return f"<h{level}>{text}</h{level}>"


def register(block: Callable[[str], str] = paragraph) -> str:
    """The page as the register shows it: a division a section, a paragraph a field."""
    parts = [heading(b) if b in HEADINGS else block(b) for b in BODY]
    sections = "\n".join(parts).split("<h2>")
    return (
        f'<div class="page description">\n<h1>{TITLE}</h1>\n'
        + "".join(f"<div><h2>{section}</div>\n" for section in sections[1:])
        + "</div>"
    )


def by_field(field: str, other: Callable[[str], str] = paragraph) -> str:
    """The page without the register's division; fields are written as the pattern shows."""

    def block(text: str) -> str:
        label, _, value = text.partition(":")
        if label in LABELS and "\n" not in text:
            return field.format(label, escape(value.strip()))
        return scores(text) if text.startswith("Välitön") else other(text)

    parts = [heading(b) if b in HEADINGS else block(b) for b in BODY]
    return f"<h1>{TITLE}</h1>" + "\n".join(parts)


def table_or_paragraph(block: str) -> str:
    return scores(block) if block.startswith("Välitön") else paragraph(block)


def line_by_line(block: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in block.split("\n"))


def notes_beside(block: str) -> str:
    """Scores with the explanations in a fourth column, which has a head."""
    if not block.startswith("Välitön"):
        return paragraph(block)
    head = "<thead><tr><th>Osa</th><th>Välitön</th><th>Välillinen</th><th>Selite</th></tr></thead>"
    return re.sub(
        r"(<td>\d+)</td></tr><tr><td>([^<]*\.</td>)", r"\1</td><td>\2", scores(block, head)
    )


def partners(block: str) -> str:
    if "9812340-3" not in block:
        return paragraph(block)
    rows = (line.rpartition(", ") for line in block.split("\n"))
    return (
        "<table>" + "".join(f"<tr><td>{a}</td><td>{c}</td></tr>" for a, _, c in rows) + "</table>"
    )


def one_table(page: str) -> str:
    page = re.sub(r"<(h\d)>(.*?)</h\d>", r"<tr><th colspan=2>\2</th></tr>", page)
    page = re.sub(r"(<p>.*?</p>)", r"<tr><td colspan=2>\1</td></tr>", page, flags=re.DOTALL)
    page = page.replace("<table>", "<tr><td colspan=2><table>").replace(
        "</table>", "</table></td></tr>"
    )
    return f"<table>{page}</table>"


def saved(page: str) -> str:
    """What a browser saves: the page inside the site's own elements."""
    return (
        HEAD
        + '<div class="cookies"><p>Evästeet</p><button>Hyväksyn</button></div>'
        + "<header><h1>Rahastojen sivut</h1><nav><ul><li>Etusivu</li><li>1 Hanke</li></ul></nav></header>"
        + f'<p>Puhelinnumero: 000-000 0011</p><div class="description">Haku</div><main>{page}</main>'
        + f"<footer>{PICTURES}<p>Puhelinnumero: 000-000 0012</p></footer></body></html>"
    )


PAGES = {
    "paragraphs": HEAD + PICTURES + register(),
    "scores in a table": HEAD + PICTURES + register(table_or_paragraph),
    "a paragraph a line": HEAD + PICTURES + register(line_by_line),
    "explanations in a column": HEAD + PICTURES + register(notes_beside),
    "partners in a table": HEAD + PICTURES + register(partners),
    "partners under their heading": HEAD
    + PICTURES
    + register().replace("<p>Osatoteuttajat</p>\n<p>", "<p>Osatoteuttajat<br>"),
    "saved": saved(register()),
    "banner in words": HEAD + "<p>Euroopan unioni</p><p>Vipuvoimaa EU:lta</p>" + register(),
    "XHTML": '<?xml version="1.0" encoding="UTF-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body>'
    + PICTURES.replace(">", "/>")
    + register().replace("<br>", "<br/>")
    + "</body></html>",
    "layout by a table": f"<table><tr><td>Valikko:</td><td>{PICTURES}{register()}</td></tr></table>",
    "tables": PICTURES + by_field("<table><tr><th>{}</th><td>{}</td></tr></table>"),
    "tables in a form": PICTURES
    + f"<form>{by_field('<table><tr><td>{}:</td><td>{}</td></tr></table>')}</form>"
    + "<form><input name=haku><p>Hae hankkeita</p></form>",
    "a form that was saved": PICTURES
    + by_field("<p><label>{}</label> <input type='text' value='{}'></p>"),
    "panels below buttons": PICTURES
    + re.sub(
        "<h2>(.*?)</h2>(.*?)(?=<h2>|$)",
        r"<button>\1</button><div class='collapse' hidden>\2</div>",
        register(),
        flags=re.DOTALL,
    ),
    "panels below headings with buttons": PICTURES
    + re.sub("<h2>(.*?)</h2>", r"<h2><button><b>\1</b></button></h2>", register()),
    "a section that is hidden": PICTURES
    + re.sub("(?s)<h2>9 .*", r"<div style='display:none'>\g<0></div>", register()),
    "a hidden copy": PICTURES + register() + f"<div hidden>{PICTURES}{register()}</div>",
    "a hidden copy above": f"<div hidden>{register()}</div>" + PICTURES + register(),
    "a hidden search form": "<div hidden><p>Hankkeen nimi: <input><p>Kunnat: <select><option selected>"
    f"Kaikki</select></div>{PICTURES}{register()}<p><input value='https://jaa.example/?a'></p>",
    "a search form": "<div><p>Hankkeen nimi: <input value=kettu><p>Kunnat: <select>"
    f"<option selected>Kaikki</select></div>{PICTURES}{register()}",
    "hidden help": PICTURES
    + register()
    .replace("</h2>", "</h2><button>Tulosta</button><div hidden>Ohje.</div>")
    .replace(": ", "<span hidden>Ohje.</span>: ")
    + "<p hidden>Toiminnan tila: Toiminnassa</p>",
    "buttons beside values": PICTURES
    + register().replace("</p>", " <button><i></i>Kopioi</button></p>")
    + "<div hidden><p>Evästeet</p>"
    + "Sivusto käyttää evästeitä. " * 9
    + "</div>",
    "one table": PICTURES + one_table(by_field("<tr><th>{}</th><td>{}</td></tr>")),
    "definition lists": f"<p>Etusivu</p><main><div>{PICTURES}"
    f"<article>{by_field('<dl><dt>{}<dd>{}</dl>')}</article></div></main><aside><p>Muuta</p></aside>",
    "bold labels": PICTURES + by_field("<p><b>{}:</b> {}</p>"),
    "bold labels without a colon": PICTURES + by_field("<p><b><i>{}</i></b> {}</p>"),
    "spans": PICTURES + by_field("<div><span>{}</span><span>{}</span></div>"),
    "spans and colons": PICTURES + by_field("<div><span>{}</span>: <span>{}</span></div>"),
    "lists": PICTURES + by_field("<ul><li>{}: {}</ul>"),
    "headings that are paragraphs": PICTURES
    + re.sub(r"<(/?)h\d>", r"<\1p>", by_field("<p>{}:&nbsp;{}</p>")),
    "breaks": HEAD + "<br>".join(escape(BASE).split("\n")),
    "as typed": f"<pre>\n{escape(BASE)}\n</pre>",
    "plain text": f"<plaintext>{BASE}",
    "deep": "<div>" * 10_000 + PICTURES + register() + "</div>" * 10_000,
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_give_the_description(name: str) -> None:
    document = parse_document(text_from_html(PAGES[name]))
    assert document.description == parse_document(BASE).description
    assert not [d for d in document.diagnostics if d.severity != "info"]


@pytest.mark.parametrize("name", [name for name in PAGES if name != "explanations in a column"])
def test_pages_give_the_canonical_text(name: str) -> None:
    assert text_from_html(PAGES[name]) == BASE


@pytest.mark.shared
@pytest.mark.parametrize("path", sorted(SHARED.glob("html/*.html")), ids=lambda path: path.stem)
def test_real_pages_give_their_canonical_text(path) -> None:
    text = read(SHARED / "samples" / f"{path.name.split('.')[0]}.txt")
    # One sample has two empty lines in its prose, of which its HTML has no trace.
    assert text_from_html(path.read_bytes()) == text.replace("\n\n\n", "\n\n")


def test_banner_of_the_older_pages() -> None:
    page = (
        '<div class="description"><h1>Euroopan sosiaalirahaston (ESR) rahoittaman projektin kuvaus'
    )
    page += "</h1><h2>1. Projekti</h2><p>Projektikoodi: S19999</p></div>"
    blocks = text_from_html(PICTURES + page).split("\n\n")
    assert blocks[:2] == ["Euroopan unioni", "Vipuvoimaa EU:lta"]
    assert blocks[-1] == "Projektikoodi: S19999"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<!-- nothing -->", ""),
        ("\ufeff<p>a", "a"),
        ("<p>a \t\n&nbsp; b&amp;c&shy;d &#x80; &bogus;", "a b&c\u00add € &bogus;"),
        ("<p>a\0b\ud800c\x01d&#99999999999;", "a\ufffdb\ufffdcd\ufffd"),
        ("<p>a<br><br>b<br></p><p><br>c</p>", "a\n\nb\n\n\nc"),
        ("<h2>10 Viestintä</h2><p><br>a</p>", "10 Viestintä\n\na"),
        ("a<div hidden>b</div><p style='DISPLAY : none'>c</p><p style='x'>d", "a\n\nd"),
        ("<p>Nimi: <s>a</s> <del>b</del><ins>c</ins>", "Nimi: c"),
        ("<p>a <span hidden>b</span>c", "a c"),
        ("<div hidden><h2>1 Hanke</h2></div>a<h2>1 Hanke</h2>", "a\n\n1 Hanke"),
        ("<button><div>1 Hanke</div></button><div hidden>a<p hidden>b</div>", "1 Hanke\n\na\n\nb"),
        ("<form><select><option>a<option selected>b</select><input name=c></form>d", "d"),
        (
            "<h2>1 Hanke</h2><p>Asema: a<p>b<p><input value='https://jaa.example'>",
            "1 Hanke\n\nAsema: a\n\nb",
        ),
        (
            "<h2>1 Hanke</h2><p>Asema: <select><option>a<option selected>b</select><input type=hidden value=c>",
            "1 Hanke\n\nAsema: b",
        ),
        (
            "<h2>1 Hanke</h2><p>Asema: <input value='a'><p>Osatoteuttajat<p hidden>A",
            "1 Hanke\n\nAsema: a\n\nOsatoteuttajat\n\nA",
        ),
        ("<noscript>a</noscript><template>b</template><iframe>c</iframe>d", "d"),
        ('<img alt="Euroopan unioni"><img alt="Kartta">a', "Euroopan unioni\n\na"),
        ("1 Hanke<p>a<p>Euroopan unioni", "1 Hanke\n\na\n\nEuroopan unioni"),
        ("<p>a 12<sup>1</sup> H<sub>2</sub>O m<sup>2</sup>", "a 12\u00b9 H2O m\u00b2"),
        ("<table><tr><th>Uusi<td></table>", "Uusi:"),
        ("<table><tr><th>Uusi<td>a<p>b<br>c</table>", "Uusi: a\n\nb\nc"),
        ("<table><tr><td>a<td>b<td>c<p>d<tr></table>", "a\n\nb\n\nc\n\nd"),
        ("<table><tr><td>a<td>b<td>c</table>", "a b c"),
        ("<table><tr><td>Hankekoodi<td>S29999<td>OK</table>", "Hankekoodi: S29999\tOK"),
        ("<table><tr><th>Uusi<td>Välitön</table>", "Uusi: Välitön"),
        ("<td>a</td><th>b</th>", "a\n\nb"),
        ("<dl><dt>Uusi<dd>a<dd>b<dt>c<dt>d<p>e<dd>f</dl>", "Uusi: a\n\nb\n\nc\n\nd\n\ne\n\nf"),
        ("<dl><dt>Uusi</dt><dd>a</dd><dd>b</dd></dl>", "Uusi: a\n\nb"),
        ("<dl><dt>Osatoteuttajat<dd>A, 9812340-3</dl>", "Osatoteuttajat\n\nA, 9812340-3"),
        ("<dl><dt>Kulttuuriympäristö<dd>5 6</dl>", "Kulttuuriympäristö 5 6"),
        ("<header><h1>1 Hanke</h1>a</header><article>b</article>", "1 Hanke\n\na\n\nb"),
        (
            "<article><h2>1 Hanke</h2></article><article>b<h2>3 Hanke</h2>",
            "1 Hanke\n\nb\n\n3 Hanke",
        ),
        ("x<article><article><h2>1 Hanke</h2>a</article>b</article>", "1 Hanke\n\na"),
        ("<div class=description><div class=description>1 Hanke</div>a</div>b", "1 Hanke\n\na"),
        ("<div class=description><h2>1 Hanke</h2></div>a" * 2, "1 Hanke\n\n1 Hanke"),
        ("<span>Hankekoodi</span><br><span>S29999</span>", "Hankekoodi:\nS29999"),
        ("<i>a</i><i>b</i><i>c</i><i>d</i><i>e</i><i></i>", "abcde"),
        (f"<p>{'a' * 300}", "a" * 300),
        (
            "<p>Osatoteuttajat<p>A, 9812340-3<p>B, 9812378-8<p>Kunnat: Oulu<p>c",
            "Osatoteuttajat\n\nA, 9812340-3\nB, 9812378-8\n\nKunnat: Oulu\n\nc",
        ),
        (
            "<h2>1 Hanke</h2>Hankekoodi<input value=S29999 disabled>",
            "1 Hanke\n\nHankekoodi: S29999",
        ),
        ("<h2>1 Hanke</h2>Alku: <input value=6><input value=7>.", "1 Hanke\n\nAlku: 6 7 ."),
        ("<h2>1 Hanke</h2>Asema<textarea>b</textarea>c", "1 Hanke\n\nAsema: b c"),
        (
            "<h2>1 Hanke</h2>Kunnat: <select multiple><option selected>Joensuu<option>a"
            "<option selected>Kitee</select>",
            "1 Hanke\n\nKunnat: Joensuu, Kitee",
        ),
        ("Kunnat: <span>Joensuu</span><span>Kitee</span>", "Kunnat: Joensuu, Kitee"),
        ("<tr><th>Kunnat<td><a>Joensuu</a><a></a><a>Kitee</a>", "Kunnat: Joensuu, Kitee"),
        ("Kunnat: <span>Koski</span> <span>Tl</span>", "Kunnat: Koski Tl"),
        ("<b>Asema</b><span></span><span>: a</span>", "Asema: a"),
        ("<span>a</span><span> </span><span> b</span>", "a b"),
        ("<pre><span>x</span><span>Y</span>", "xY"),
        ("<span>Oppiva</span><span>Digi</span>-<span>L</span><span>aB</span>", "OppivaDigi-LaB"),
        (
            "WWW-osoite: <a href='https://tarhaajat.example/?a=%20'>Siirry sivulle</a>.",
            "WWW-osoite: https://tarhaajat.example/?a=%20.",
        ),
        ("WWW-osoite: <a href='http://Ei%20ole.'>Ei ole.</a>", "WWW-osoite: Ei ole."),
        ("WWW-osoite: <a href='http://a.example'>b.example</a>", "WWW-osoite: b.example"),
        ("WWW-osoite: <a href='/fi/hankkeet'>Muut</a>", "WWW-osoite: Muut"),
        ("WWW-osoite <a href='http://a.example'><img></a>", "WWW-osoite: http://a.example"),
        (
            "<table><tr><th>Puhelinnumero<td><a href=tel:+358%20000>Soita</a></table>",
            "Puhelinnumero: +358 000",
        ),
        (
            "Yhteyshenkilön sähköpostisoite: <a href='mailto:a@b.example?subject=c d'>Lähetä</a>",
            "Yhteyshenkilön sähköpostisoite: a@b.example",
        ),
        ("Puhelinnumero: <a href='https://a.example'>ei ole</a>", "Puhelinnumero: ei ole"),
        ("Katso: <a href='https://a.example'>ohje</a>", "Katso: ohje"),
        ("<b>a</b><i>b</i>, c<b>d</b>e<a href='https://a.example'>f</a>", "ab, cdef"),
        ("<p>Kunnat:<ul><li>Joensuu<li>Kitee</ul>", "Kunnat:\n\nJoensuu, Kitee"),
        ("<dl><dt>Kunnat<dd><ol><li>Joensuu<li>Kitee</ol></dl>", "Kunnat: Joensuu, Kitee"),
        ("<p>Kunnat:<ul><li>Asema: b<li>c</ul>", "Kunnat:\n\nAsema: b\n\nc"),
        ("<p>Kunnat:<ul><li>a<li>b<br>c</ul>", "Kunnat:\n\na\n\nb\nc"),
        ("<p>Kunnat:<ul><li>a<li hidden>b</ul>", "Kunnat:\n\na"),
        (
            "<h2>4.1 Varsinaiset kohderyhmät</h2><ol start=2><li>a<li><p>b<p>c<ul><li>d</ul><li>"
            "<li>Asema: e<li>6. f</ol><ol start=b><li>g</ol>",
            "4.1 Varsinaiset kohderyhmät\n\n2. a\n\n3. b\n\nc\n\nd\n\nAsema: e\n\n6. f\n\ng",
        ),
        *[
            (
                f"<h2>4.1 Varsinaiset kohderyhmät</h2><ol {attribute}><li>a<li>b</ol>",
                "4.1 Varsinaiset kohderyhmät\n\na\n\nb",
            )
            for attribute in ("type=a", "reversed", "style='list-style: none'")
        ],
        (
            "<h2>1 Hanke</h2>Asema: <select><option value=''>Valitse<option>a</select>",
            "1 Hanke\n\nAsema:",
        ),
        (
            "<body class='uses-material-icons line-through'><p class='hover:line-through'>a"
            "<span class='not-sr-only'>b</span><b class='line-through'>c</b>",
            "ab",
        ),
        ("<h2>1 Hanke</h2><ol><li>a</ol>", "1 Hanke\n\na"),
        (
            "<h2>1 Hanke</h2>Asema: <select><option>a<option>b</select>",
            "1 Hanke\n\nAsema: a",
        ),
        (
            "<h2>1 Hanke</h2>Asema: <select><option>a<option selected>b<option>c</select>",
            "1 Hanke\n\nAsema: b",
        ),
        ("<h2>1 Hanke</h2>Asema: <select multiple><option>a</select>", "1 Hanke\n\nAsema:"),
        (
            "<p><i class='material-icons'>event</i>a <b style='text-decoration: line-through'>b</b>"
            "c<span class='sr-only'>d</span><div class='has-tooltip'>e<p role=tooltip>f</div>",
            "a c\n\ne",
        ),
        ("<p>Kunnat:<ul></ul><p>Uusi:<ul><li>a<li>b</ul>", "Kunnat:\n\nUusi:\n\na\n\nb"),
    ],
)
def test_small_pages(html: str, text: str) -> None:
    assert text_from_html(html) == text


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + "<p>ä€".encode(),
        codecs.BOM_UTF16_LE + "<p>ä€".encode("utf-16-le"),
        "<meta charset=iso-8859-1><p>ä€".encode("cp1252"),
        "<meta http-equiv='Content-Type' content='text/html; charset=Windows-1252'><p>ä€".encode(
            "cp1252"
        ),
        '<?xml version="1.0" encoding="iso-8859-15"?><p>ä€'.encode("iso-8859-15"),
        "<meta charset=utf-8><p>ä€".encode(),
        "<meta charset=punycode><p>ä€".encode(),
        "<p>ä€".encode(),
        "<p>ä€".encode("cp1252"),
    ],
)
def test_bytes_are_decoded(data: bytes) -> None:
    assert text_from_html(data) == "ä€"


def test_invalid_bytes_alone_are_read_as_windows_1252() -> None:
    assert text_from_html("<p>ää".encode() + b"\xe4\x81" + "ä".encode()) == "äää\ufffdä"


def test_columns_of_scores_in_another_order_are_reported() -> None:
    head = "<tr><th></th><th>Välillinen</th><th>Välitön</th></tr>"
    page = register(lambda b: scores(b, head) if b.startswith("Välitön") else paragraph(b))
    found = parse_document(text_from_html(page)).diagnostics
    assert "ESR305" in {d.code for d in found if "interchanged" in d.message}


def mhtml(body: bytes, encoding: str, kind: str = "text/html; charset=utf-8") -> bytes:
    head = (
        "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        '\ttype="text/html"; boundary="----x"\r\n\r\n\r\n------x\r\nContent-Type: text/html\r\n\r\n'
        "<p>Kehys</p>\r\n------x\r\nContent-Type: image/png\r\n\r\nPNG\r\n------x\r\n"
        f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n------x--\r\n"


PAGE = PAGES["saved"].encode()


@pytest.mark.parametrize(
    "data",
    [
        mhtml(quopri.encodestring(PAGE), "quoted-printable"),
        mhtml(quopri.encodestring(PAGE).replace(b"\n", b"\r\n"), "quoted-printable", "text/html"),
        mhtml(base64.encodebytes(PAGE), "base64"),
        mhtml(PAGES["XHTML"].encode(), "8bit", "application/xhtml+xml"),
        mhtml(
            mhtml(PAGE, "binary").replace(b"----x", b"----y"),
            "8bit",
            'multipart/related; boundary="----y"',
        ),
    ],
    ids=["quoted-printable", "CRLF", "base64", "XHTML", "nested"],
)
def test_saved_pages(data: bytes) -> None:
    assert text_from_mhtml(data) == BASE
    assert text_of(data, ".mhtml") == (BASE, None)


def mail(html: str, encoding: str) -> bytes:
    """A mail as a server delivers it: a long head, its text as plain text and as HTML."""
    message = EmailMessage()
    message["Received"] = "from a.example by b.example; " * 9
    message["X-Trace"] = "b " * 3_000
    message.set_content(BASE, cte=encoding)
    message.add_alternative(html, subtype="html")
    return message.as_bytes()


@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable", "base64"])
@pytest.mark.parametrize("html", [PAGES["tables"], "<p>Hankekuvaus on liitteenä.</p>"])
def test_mails_in_parts(html: str, encoding: str) -> None:
    text, note = text_of(mail(html, encoding), ".eml")
    assert (text.strip(), note) == (BASE, None)


def test_the_part_of_a_mail_that_is_a_description() -> None:
    message = EmailMessage()
    message.set_content(BASE)
    message.add_attachment("".join(f"rivi {k}\n" for k in range(2000)), filename="loki.txt")
    assert "Hankekoodi: S29999" in text_of(message.as_bytes(), ".eml")[0]
    message = EmailMessage()
    message.set_content("Hei.")
    message.add_alternative("<p>Kiitos viestistä.</p>", subtype="html")
    assert text_of(message.as_bytes(), ".eml")[0].strip() == "Kiitos viestistä."


def test_saved_pages_without_a_page() -> None:
    assert text_from_mhtml(b"") == ""
    assert (
        text_from_mhtml(b"Content-Type: multipart/related; boundary=x\n\n--x\n\n<p>a\n--x--") == ""
    )
    deep = b"".join(
        b"Content-Type: multipart/related; boundary=%d\n\n--%d\n" % (i, i) for i in range(9_999)
    )
    assert text_from_mhtml(deep) == ""


@pytest.mark.parametrize(
    "name", [name for name in PAGES if name not in ("deep", "plain text", "as typed")]
)
def test_pages_are_recognised_without_a_suffix(name: str) -> None:
    assert text_of(PAGES[name].encode())[0] == text_from_html(PAGES[name])


@pytest.mark.parametrize(
    "text",
    [
        "<div>\n\n<div>\n\n# Hankkeen kuvaus\n\nHankekoodi: S29999<br>\n\n</div>\n",
        "<div class='description'>\n\nHankekoodi: S29999\n\n</div>\n",
        "<https://www.tarhaajat.example>\n\n1 Hanke",
        "< 5 <p>",
        "MIME-Version: 1.0",
    ],
)
def test_other_texts_are_not_html(text: str) -> None:
    assert text_of(text) == (text, None)


def test_without_lxml_the_error_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lxml.etree", None)
    with pytest.raises(MissingExtraError, match=r'pip install "esr-parser\[html\]"'):
        text_from_html("<p>a</p>")


HOSTILE = {
    "deep": "<div>" * 10_000 + "<p>Hankekoodi" + "</div>" * 10_000,
    "not closed": "<b><span>" * 10_000 + "<p>Hankekoodi",
    "deep tables": "<table><tr><td>" * 5_000 + "<p>Hankekoodi",
    "end tags of nothing": "<div>" * 5_000 + "</p></x>" * 10_000 + "<p>Hankekoodi",
    "formatting out of order": "<font><div>" * 5_000 + "<p>Hankekoodi" + "</font>" * 5_000,
    "attributes": "<p " + " ".join(f"a{i}=x" for i in range(20_000)) + ">Hankekoodi",
    "references": "<p>Hankekoodi" + "&amp;" * 40_000,
    "a long reference": "<p>Hankekoodi&#" + "1" * 2_000_000,
    "less-than signs": "<p>Hankekoodi" + "<" * 40_000,
    "plain text": "<p>Hankekoodi<plaintext>" + "</p><div>" * 40_000,
    "a script": "<p>Hankekoodi<script>" + "</scrip" * 500_000,
    "comments": "<p>Hankekoodi<!--" * 500_000,
    "labels": "<b>Hankekoodi</b>" * 10_000,
    "badges": "<span>Hankekoodi" + "</span><span>" * 20_000 + "a",
    "links": "Hankekoodi" + "<a href=https://a.example></a>" * 10_000,
    "marks": "<p>Hankekoodi" + "\x01 : " * 40_000,
    "descriptions": "<div class=description><h2>1 Hanke</h2>Hankekoodi" * 5_000,
    "rows": "<table>" + "<tr><td>Hankekoodi<td>b" * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages(name: str) -> None:
    """Each of these, ten times as long, takes minutes with one of the parsers that were tried."""
    assert "Hankekoodi" in text_from_html(HOSTILE[name])


@given(st.text(alphabet="<>/=\"'&#;!-x1 \n\0", max_size=200), st.binary(max_size=50))
def test_any_text_and_bytes_are_read(text: str, data: bytes) -> None:
    text_from_html(text)
    text_from_html(data)
    text_from_mhtml(b"Content-Type: text/html\n\n" + data)
