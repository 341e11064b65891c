"""The parts of the second look: each way of writing a line, alone."""

from __future__ import annotations

import pytest

from esr_parser.contents import Body, ProseReader
from esr_parser.diagnostics import Notes
from esr_parser.grammar import Prose
from esr_parser.noise import (
    Noise,
    Style,
    WordTable,
    first_parts,
    is_odd,
    join_wrapped,
    line_view,
    noises_of,
    one_cell,
    squeeze,
)
from esr_parser.pages import link_list, without_page_furniture


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        ("1 Hanke", "1hanke"),
        ("## **1.\u00a0HANKE** ##", "1.hanke"),
        ("| Kohderyhma\u0308 |", "kohderyhmä"),
        ("\ufeffA\u00adB\u200bC", "abc"),
        ("a_b~c`d\\e=f>g#h*i|j", "abcdefghij"),
        ("a-b+c:d", "a-b+c:d"),
        ("", ""),
    ],
)
def test_squeeze(text, squeezed):
    assert squeeze(text) == squeezed


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ((), ""),
        (("a",), "a"),
        (("a", "", "b"), "a b"),
        (("a", "b", "c"), "a b c"),
        (("Pohjois-", "Tarula"), "Pohjois-Tarula"),
        (("Tarulan B-", "C-talo"), "Tarulan B-C-talo"),
        (("liikenne-", "ja ympäristö"), "liikenne- ja ympäristö"),
        (("liikenne-", "jalkautuva"), "liikenne-jalkautuva"),
        (("elinkeino-", "(uusi)"), "elinkeino- (uusi)"),
        (("Satulammi -", "Tarula"), "Satulammi - Tarula"),
        (("Satulammi -", "hanke"), "Satulammi -hanke"),
        (("Satulammi -", "jOT"), "Satulammi -jOT"),
        (("https://satulammi.example/", "a/b"), "https://satulammi.example/a/b"),
        (("https://satulammi.example/", "a b"), "https://satulammi.example/ a b"),
        (("https://satulammi.example", "a"), "https://satulammi.example a"),
        (("ja/", "tai"), "ja/ tai"),
    ],
)
def test_join_wrapped(parts, whole):
    assert join_wrapped(*parts) == whole


@pytest.mark.parametrize(
    ("line", "cell"),
    [
        ("a", "a"),
        ("a b a b", "a b a b"),
        ("a | a | a", "a"),
        ("a\ta", "a"),
        ("| a | a |", "a"),
        ("a | b", "a | b"),
        ("| |", "| |"),
    ],
)
def test_one_cell(line, cell):
    assert one_cell(line) == cell


@pytest.mark.parametrize(
    ("style", "line", "cleaned"),
    [
        (Style(), " a\\*\u00a0\f", " a\\*\u00a0\f"),
        (Style(margin=2), "    a", "  a"),
        (Style(margin=2), " a", "a"),
        (Style(margin=2), "\u00a0\t a", " a"),
        (Style(page_breaks=True), "\fa\f", "a"),
        (Style(underlined=True), "| a | b", "a | b"),
        (Style(markdown=True), r"1\. a\*b\q" + "\\", r"1. a*b\q"),
        (Style(trailing=True), " a  ", " a"),
        (Style(line_ends=True), "a ", "a"),
        (Style(table=True), "a ", "a"),
        (Style(no_break=True), "a\u00a0b\u2009c", "a b c"),
        (Style(ligatures=True), "\ufb01 \ufb03", "fi ffi"),
        (Style(decomposed=True), "a\u0308", "ä"),
        (Style(indented=True), "  a ", "  a "),
    ],
)
def test_a_line_of_prose(style, line, cleaned):
    assert style.clean_line(line) == cleaned


@pytest.mark.parametrize(
    ("style", "line", "cleaned"),
    [
        (Style(), "  a  ", "a"),
        (Style(), "| a |", "a"),
        (Style(), "| a", "a"),
        (Style(), "a |", "a"),
        (Style(), "| a | b", "| a | b"),
        (Style(), "a | b |", "a | b |"),
        (Style(), "| a | b |", "a | b"),
        (Style(table=True), "| a | b", "a | b"),
        (Style(), "| a\u00a0|", "a"),
        (Style(), "a | a", "a"),
        (Style(), "a | b", "a | b"),
        (Style(table=True), "| a", "a"),
        (Style(table=True), "a |", "a"),
        (Style(markdown=True), r"\- a", "- a"),
    ],
)
def test_a_line_of_an_explanation(style, line, cleaned):
    assert style.clean_note(line) == cleaned


@pytest.mark.parametrize(
    ("style", "value", "cleaned"),
    [
        (Style(), " a\\ ", " a\\ "),
        (Style(markdown=True), "a\\", "a"),
        (Style(markdown=True), r"a\_b", "a_b"),
        (Style(markdown=True), "<https://satulammi.example/a>", "https://satulammi.example/a"),
        (Style(markdown=True), "<mailto:a@b.example>", "a@b.example"),
        (Style(markdown=True), "<a@b.example> x", "a@b.example x"),
        (Style(markdown=True), "[a b](https://satulammi.example) c", "a b c"),
        (Style(markdown=True), "<x> [y]", "<x> [y]"),
        (Style(no_break=True), "\u00a0a\u00a0b", "a b"),
        (Style(trailing=True), " a ", "a"),
    ],
)
def test_a_value(style, value, cleaned):
    assert style.clean_value(value) == cleaned


def test_what_a_style_learns():
    kinds = {
        Noise.TRAILING_SPACE: "trailing",
        Noise.MARKDOWN: "markdown",
        Noise.EMPHASIS: "markdown",
        Noise.ESCAPE: "markdown",
        Noise.NO_BREAK_SPACE: "no_break",
        Noise.DECOMPOSED: "decomposed",
        Noise.TABLE: "table",
        Noise.PAGE_BREAK: "page_breaks",
        Noise.INDENTED: "indented",
    }
    for kind in Noise:
        style = Style()
        style.learn([kind])
        learnt = {name for name in set(kinds.values()) if getattr(style, name)}
        assert learnt == {kinds[kind]} if kind in kinds else not learnt


def test_styles_that_need_nothing():
    assert Style().is_plain
    assert Style().is_untouched
    assert Style().keeps_values
    for name in ("trailing", "decomposed", "no_break", "markdown", "page_breaks", "table"):
        assert not Style(**{name: True}).is_plain
    for name in ("line_ends", "ligatures", "underlined"):
        assert not Style(**{name: True}).is_plain
    assert not Style(margin=1).is_plain
    for name in ("margin", "indented", "markdown", "table", "underlined", "page_breaks"):
        assert not Style(**{name: 1}).is_untouched
    for name in ("decomposed", "no_break", "table", "ligatures"):
        assert not Style(**{name: True}).keeps_values
    assert Style(trailing=True, decomposed=True).is_untouched
    assert Style(trailing=True, markdown=True).keeps_values


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("1 Hanke", []),
        ("  1 Hanke", [Noise.INDENTED]),
        ("\f1 Hanke", [Noise.PAGE_BREAK]),
        ("1 Hanke ", [Noise.TRAILING_SPACE]),
        ("# 1 Hanke", [Noise.MARKDOWN]),
        ("1 **Hanke**", [Noise.EMPHASIS]),
        ("*1 Hanke*", [Noise.EMPHASIS]),
        ("_1 Hanke_", [Noise.EMPHASIS]),
        ("1 H_a_nke", []),
        ("1\\. Hanke", [Noise.ESCAPE]),
        ("1 | Hanke", [Noise.TABLE]),
        ("1\tHanke", [Noise.PADDING]),
        ("1   Hanke", [Noise.PADDING]),
        ("1  Hanke", []),
        ("1\u00a0Hanke", [Noise.NO_BREAK_SPACE]),
        ("1 Ha\u0308nke", [Noise.DECOMPOSED]),
        ("1 Hänke", []),
        (" # **1\\.\u00a0Ha\u0308n|ke** ", [
            Noise.INDENTED, Noise.TRAILING_SPACE, Noise.MARKDOWN, Noise.EMPHASIS, Noise.ESCAPE,
            Noise.TABLE, Noise.NO_BREAK_SPACE, Noise.DECOMPOSED,
        ]),
    ],
)  # fmt: skip
def test_noises_of_a_line(line, kinds):
    assert noises_of(line) == kinds


def test_letter_case_is_noise():
    assert noises_of("HANKE: x", "Hanke") == [Noise.LETTER_CASE]
    assert noises_of("Hanke: x", "Hanke") == []
    assert noises_of(" HANKE: x", "Hanke") == [Noise.INDENTED]


@pytest.mark.parametrize(
    "mark", ["\u0308", "\u030a", "\xa0", "\u2007", "\u2009", "\u202f", "\t", "\ufeff", "\u00ad"]
)
def test_odd_texts(mark):
    assert is_odd(f"a{mark}b")
    assert not is_odd("aäå b\n")


def test_line_ends_of_every_kind():
    assert line_view("a\vb\x85c\u2028d\u2029e\rf\r\ng") == "a\nb\nc\nd\ne\nf \ng"
    text = "a\nb\f"
    assert line_view(text) is text


def test_first_parts():
    assert list(first_parts("ja muut")) == ["ja muut", "ja"]
    assert list(first_parts("a-b/c d", 20)) == ["a-b/c d", "a-", "a-b/", "a-b/c"]
    assert list(first_parts("yhteisö ja", 4)) == ["yhteisö ja"]
    assert list(first_parts("abcd efgh", 4)) == ["abcd efgh", "abcd"]


def test_word_table():
    table = WordTable([("Hankkeen nimi", 1), ("Kunnat", 2), ("KUNNAT", 3), ("Pinta- ja maa", 4)])
    assert table.find("Hankkeen nimi") == 1
    assert table.find("HANKKEENNIMI") == 1
    assert table.find("kunnat") == 2
    assert table.find("KUNNAT") == 3
    assert table.find("Kunta") is None
    # Padding is no part of a word, but only so much of it is seen through.
    assert table.find("Kunnat".ljust(2 * table.longest + 40)) == 2
    assert table.find("Kunnat".ljust(2 * table.longest + 41)) is None
    assert table.prefixes == {"hankkeen", "pinta-", "pinta-ja"}
    assert table.longest == len("Hankkeen nimi")
    assert table.may_start("hankkeita", False)
    assert table.may_start("Hank", False)
    assert not table.may_start("Kuntayhtymä", False)
    assert not table.may_start("H ankkeen", False)
    assert table.may_start("H ankkeen", True)
    assert not table.may_start("Muu", True)
    assert table.may_start("x  y", False)


def test_words_of_a_mapping():
    assert WordTable({"Kunnat": 1}).find("KUNNAT") == 1
    assert WordTable({}).longest == 0


def test_prose_is_read_as_a_whole():
    reader = ProseReader(Prose("primary"))

    def values(text):
        body = Body(text, 0, "4.1", Style(), Notes(), width=lambda: 80)
        return reader.read(body).values

    assert values("\n\n  Alku.\n\n\nLoppu.\n\n") == {"primary": "  Alku.\n\n\nLoppu."}
    assert values(" \n\n") == {}
    assert [piece.text for piece in reader.write({"primary": "Alku."}, [])] == ["Alku."]
    assert list(reader.write({"primary": ""}, [])) == []


# -- pages of a print -----------------------------------------------------------------------------


def printed(pages: int, header: str, on: int, lines_between: int) -> str:
    """Pages that end in a footer; a line stands above it on some of them."""
    parts = []
    for k in range(1, pages + 1):
        body = [f"rivi {chr(64 + k)}{chr(65 + n)}" for n in range(9)]
        between = [f"väli {chr(64 + k)}{chr(65 + n)}" for n in range(lines_between)]
        parts += [*body, *([header] if k <= on else []), *between, f"sivu {k}/{pages}"]
    return "\n".join(parts)


@pytest.mark.parametrize(
    ("pages", "on", "lines_between", "is_furniture"),
    [
        (3, 3, 0, True),
        # A line at most four lines from the page number.
        (3, 3, 3, True),
        (3, 3, 4, False),
        # It stands on each page but for one.
        (4, 3, 0, True),
        (4, 2, 0, False),
        (5, 4, 0, True),
        (5, 3, 0, False),
        (2, 2, 0, True),
        (2, 1, 0, False),
    ],
)
def test_lines_that_belong_to_the_pages_of_a_print(pages, on, lines_between, is_furniture):
    text = printed(pages, "Kuvitelma oy", on, lines_between)
    view, count = without_page_furniture(text)
    assert len(view) == len(text)
    assert count == (pages + on if is_furniture else 0)
    assert ("Kuvitelma" in view) is not is_furniture


@pytest.mark.parametrize(("lines_between", "is_furniture"), [(3, True), (4, False)])
def test_how_far_below_a_page_number_a_header_may_stand(lines_between, is_furniture):
    lines: list[str] = []
    for k, letter in enumerate("abc", 1):
        between = [f"väli {letter}{other}" for other in "abcd"[:lines_between]]
        lines += [
            f"sivu {k}/3",
            *between,
            "Kuvitelma oy",
            *(f"{letter}{other}" for other in "abcd"),
        ]
    text = "\n".join(lines)
    view, _ = without_page_furniture(text)
    assert ("Kuvitelma" in view) is not is_furniture


@pytest.mark.parametrize(("breaks", "count"), [(2, 3), (1, 0)])
def test_page_numbers_alone_need_page_breaks(breaks, count):
    pages = [f"rivi {letter}\n{k}/3\n" for k, letter in enumerate("abc", 1)]
    text = "\n".join(pages).replace("\n\n", "\n\f\n", breaks)
    assert text.count("\f") == breaks
    assert without_page_furniture(text)[1] == count


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Loppu.\n\nReferences\n\n1. http://a.example/\n", "References\n\n1. http://a.example/\n"),
        ("Loppu.\n1. http://a.example/", "1. http://a.example/"),
        ("1. http://a.example/", "1. http://a.example/"),
        ("\n1. http://a.example/\n\n2. http://b.example/", None),
        ("Loppu.\n\n", ""),
        ("1. http://a.example/\n\nLoppu.", ""),
        ("", ""),
    ],
)
def test_a_list_of_links_at_the_end(text, links):
    assert text[link_list(text) :] == (text.lstrip("\n") if links is None else links)


def test_lines_below_a_page_number():
    pages = [f"Sivu {k} / 3\n{'Kuvitelma oy':{k}}\nrivi {'abc'[k - 1]}" for k in (1, 2, 3)]
    view, count = without_page_furniture("\n".join(pages))
    assert (count, view.replace("\f", "").split()) == (6, ["rivi", "a", "rivi", "b", "rivi", "c"])
