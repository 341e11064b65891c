"""The parts of the readers of contents, each alone: labels, blocks, words, order of sections."""

from __future__ import annotations

import pytest

from esr_parser.contents import Body, reader_for
from esr_parser.contents.blocks import Block, PrintedBlock, note_text
from esr_parser.contents.labels import LabelledLines, value_of
from esr_parser.diagnostics import Notes
from esr_parser.grammar import Field, Fields, Questions, Rows, Scores
from esr_parser.layouts import LAYOUT_2014_2020
from esr_parser.noise import Noise, Style, WordTable
from esr_parser.outline.marks import alt_of, lines_of
from esr_parser.values import COUNT, TEXT


def body_of(text: str, style: Style | None = None, **more) -> Body:
    return Body(text, 0, "1", style or Style(), Notes(), width=lambda: 80, **more)


def noise_in(body: Body) -> dict[str, int]:
    """The noise counted so far, by its name."""
    found = (d.message.rpartition(" (") for d in body.notes.diagnostics("\n".join(body.lines)))
    return {name: int(count.rstrip(")")) for name, _, count in found}


# -- labels ---------------------------------------------------------------------------------------


def labelled() -> tuple[LabelledLines, tuple[Field, ...]]:
    """Labels of which one stands three times: in places 0, 2 and 3."""
    labels = ("Puhelin", "Nimi", "Puhelin", "Puhelin")
    items = tuple(Field(label, f"f{k}", TEXT) for k, label in enumerate(labels))
    return LabelledLines(items, {}), items


@pytest.mark.parametrize(
    ("taken", "last", "picked"),
    [
        (set(), -1, 0),
        ({0}, 0, 2),
        ({0, 1}, 1, 2),
        ({0, 2}, 2, 3),
        (set(), 0, 2),
        (set(), 2, 3),
        # None is left further down: the first that was not read.
        ({2, 3}, 3, 0),
        ({0, 3}, 3, 2),
        (set(), 3, 0),
        # All were read.
        ({0, 2, 3}, 3, 0),
        ({0, 2, 3}, 0, 0),
    ],
)
def test_of_items_with_the_same_label_the_next_is_picked(taken, last, picked):
    lines, items = labelled()
    same = lines.table.exact["Puhelin"]
    assert same == (items[0], items[2], items[3])
    assert lines.pick(same, taken, last) is items[picked]


def test_a_label_that_stands_once_is_picked_again():
    lines, items = labelled()
    assert lines.pick((items[1],), {1}, 3) is items[1]


@pytest.mark.parametrize(
    ("raw", "line", "style", "value"),
    [
        (" a ", "Nimi: a", Style(), "a"),
        ("| a |", "Nimi: | a |", Style(), "| a |"),
        ("| a |", "| Nimi | a |", Style(), "a"),
        ("| a |", " | Nimi | a |", Style(), "a"),
        ("| a |", "  | Nimi | a |", Style(), "| a |"),
        (" |\t\u00a0a\u00a0| ", "Nimi: a", Style(table=True), "a"),
        ("**a**", "Nimi: **a**", Style(), "**a**"),
        ("** a**", "**Nimi:** a**", Style(), "a"),
        ("_ a_", " _Nimi:_ a_", Style(), "a"),
        ("# a #", "# Nimi: a #", Style(), "# a #"),
        ("*a*", "Xylitoli: *a*", Style(), "*a*"),
        ("| X |", "Nimi: X", Style(table=True), "X"),
        ("X", "Nimi: X", Style(), "X"),
        ("\ufeff a", "Nimi: a", Style(), "a"),
        ("a \ufeff", "Nimi: a", Style(), "a"),
        ("a\ufeff", "", Style(), "a"),
        (r"a\_b", "Nimi: a", Style(markdown=True), "a_b"),
        ("", "", Style(), ""),
    ],
)
def test_a_value_without_the_marks_around_it(raw, line, style, value):
    assert value_of(raw, line, style) == value


# -- blocks ---------------------------------------------------------------------------------------


def block_of(text: str) -> tuple[Block[int], Body]:
    """A block whose marks are the lines ``?``; ``-`` closes a gap."""
    body = body_of(text)
    block: Block[int] = Block()
    for i, line in enumerate(body.lines):
        if not line.strip():
            block.blank(line)
        elif line == "?":
            block.mark(i)
        elif line == "-":
            block.close()
        else:
            block.note(i)
    return block, body


@pytest.mark.parametrize(
    ("text", "notes", "strays"),
    [
        ("?\na\nb", [[1, 2]], []),
        # Without an empty line among the marks, one is enough to end the block.
        ("?\na\n\nb", [[1]], [(3, 4)]),
        ("?\n\na", [[]], [(2, 3)]),
        ("?\na\n\nb\nc\n\n\nd", [[1]], [(3, 8)]),
        # A gap as wide as the widest before the last mark tells nothing.
        ("?\n\n?\n\na", [[], [4]], []),
        ("?\n\n?\n\n\na", [[], []], [(5, 6)]),
        ("?\n\na\n\n?\n\nb\n\n\nc\n\nd", [[2], [6]], [(9, 12)]),
        ("?\n\na\n?\n\nb", [[2], [5]], []),
        ("?\n\n\n?\n\nb", [[], [5]], []),
        ("?\n\n\na\n\n?\n\n\nb\n\n\n\nc", [[3], [8]], [(12, 13)]),
        # A gap before the first mark is none of the block's.
        ("\n\n\n?\n\na", [[]], [(5, 6)]),
        ("a\n\nb\n?\nc", [[4]], [(0, 3)]),
        ("a\n?\n\nc", [[]], [(0, 1), (3, 4)]),
        # Each line below a mark closes the gap before it.
        ("?\na\n\nb\n\n?\n\n\nc", [[1, 3], []], [(8, 9)]),
        # A line of the block that is no mark shows how wide its gaps are, too.
        ("?\n\n-\n\na", [[4]], []),
        ("-\n\n?\n\na", [[4]], []),
        ("\n\n-\n?\n\na", [[]], [(5, 6)]),
        ("?\n\n-\na", [[3]], []),
        # After a page break no gap tells anything, not even with more empty lines behind it.
        ("?\n\f\na", [[2]], []),
        ("?\n\f\n\n\na", [[4]], []),
        ("?\n\n\f\na", [[3]], []),
        ("?\n\f\n?\n\na", [[], []], [(4, 5)]),
        ("a\n\n\nb", [], [(0, 4)]),
    ],
)
def test_lines_that_are_no_part_of_a_block(text, notes, strays):
    block, body = block_of(text)
    assert block.strays(body) == strays
    assert block.notes == notes


@pytest.mark.parametrize(
    ("text", "is_loose"), [("?\n\n?\na", True), ("?\n?\n\na", False), ("?\na\n\n?\nb", True)]
)
def test_a_block_with_empty_lines_in_it_is_noise(text, is_loose):
    block, body = block_of(text)
    block.strays(body)
    assert noise_in(body) == ({Noise.LOOSE_BLOCK.value: 1} if is_loose else {})
    assert [d.line for d in body.notes.diagnostics(text)] == [1] * is_loose


@pytest.mark.parametrize(
    ("text", "doubtful", "notes"),
    [
        ("?\n?", [], [[], []]),
        ("a", [], []),
        # One line at the very end is the last mark's own.
        ("?\na", [], [[1]]),
        ("?\na\n \n", [], [[1]]),
        ("?\na\nb", [(1, 3)], [[]]),
        ("?\na\n?\nb\nc\n", [(3, 5)], [[1], []]),
        ("?\na\n\n-", [(1, 2)], [[]]),
    ],
)
def test_lines_behind_a_block_that_may_be_prose(text, doubtful, notes):
    block, body = block_of(text)
    assert block.doubtful(body) == doubtful
    assert block.notes == notes


def test_the_text_of_an_explanation():
    assert note_text(body_of("?\n a \nb"), [1, 2]) == " a \nb"
    assert note_text(body_of("?\n a "), [1]) == " a "
    assert note_text(body_of("?"), []) is None
    assert note_text(body_of("?\n| a |\n|  |\nb"), [1, 2, 3], in_cells=True) == "a\nb"
    assert note_text(body_of("?\n a ", Style(trailing=True)), [1]) == "a"
    assert note_text(body_of("?\n| |"), [1], in_cells=True) is None
    assert note_text(body_of("?\n|\u00a0|", Style(table=True)), [1]) is None


# -- blocks as printed ----------------------------------------------------------------------------


@pytest.mark.parametrize("content", [Questions(), Scores("x", ("A", "B"), ())])
def test_a_block_of_which_nothing_is_declared(content):
    """A user's handler may declare no question or aspect yet: then all lines are text."""
    reading = reader_for(content, {}).read(body_of("\nAB\nx\n"))
    assert reading.values == {}
    assert reading.strays


@pytest.mark.parametrize(
    ("words", "start", "starts"),
    [
        (["Kunnat ja alueet", "OSIO"], 4, {"kunn", "osio"}),
        (["a bcd", "efghi"], 5, {"a bcd", "a", "efghi"}),
        (["x" * 30], 24, {"x" * 24}),
    ],
)
def test_what_a_line_begins_with_that_is_no_note(words, start, starts):
    block = PrintedBlock([], words)
    assert (block.start, block.starts) == (start, starts)


def looked_at(text: str, style: Style | None = None, **more) -> tuple[str, ...] | None:
    """What a look at a block finds: a head, then ``?`` and ``??`` with a digit; ``!`` is no note."""
    block = PrintedBlock([("Head", None), ("? ", "[0-9]"), ("?? ", "[0-9]")], ["!"])
    return block.look(body_of(text, style, **more), lambda body, i: body.lines[i] != "!")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("\nHead\n? 1\n?? 2", ("1", "", "2", "")),
        ("\n\nHead\n? 1\n?? 2\n\n", ("1", "", "2", "")),
        ("\nHead\n? 1\na\n? b\n?? 2\nc", ("1", "\na\n? b", "2", "\nc")),
        ("\nHead\n? 1\n!!\n?? 2\nc\n!!\n", ("1", "\n!!", "2", "\nc\n!!")),
        ("\nHead\n? 1\n!\n?? 2", None),
        ("\nHead\n? 1\n a\n?? 2", ("1", "\n a", "2", "")),
        ("\nHead\n? 1\n?? 2\n\nc", None),
        ("\nHead\n? 1\n?? a\n?? 2", None),
        ("\nHead\na\n? 1\n?? 2", None),
        ("\nHead\n? 1", None),
        ("\nHead\n? 12\n?? 2", None),
    ],
)
def test_a_look_at_a_block(text, found):
    assert looked_at(text) == found


def test_a_block_in_a_text_that_is_not_as_printed():
    text = "\nHead\n? 1\n?? 2"
    assert looked_at(text, Style(margin=1)) is None
    assert looked_at(text, Style(is_odd=True)) is None
    assert looked_at(text, implied=True) is None


@pytest.mark.parametrize(("heads", "gap"), [(["?"], None), (["?", "??"], 0)])
def test_a_block_as_printed_has_no_gaps(heads, gap):
    style = Style()
    block = PrintedBlock([(head, "") for head in heads], heads)
    assert block.look(body_of("\n".join(["", *heads]), style), lambda _, __: True)
    assert style.gap_in_blocks == gap


def test_lines_are_split_when_they_are_asked_for():
    body = body_of("a\nb")
    assert body.lines == ["a", "b"]
    assert body.lines is body.lines
    with pytest.raises(AttributeError, match="words"):
        _ = body.words


# -- where items stand ----------------------------------------------------------------------------

SECTIONS = {section.number: section for section in LAYOUT_2014_2020.sections}


def places(number: str, text: str) -> list[tuple[str, str, int, int, int]]:
    """Label and value of each item, the line it begins at, the ones behind it and its note."""
    reading = reader_for(SECTIONS[number].content, {}).read(body_of(text))
    assert all(entry.note == entry.last for entry in reading.entries)
    found = [(e.label, e.value, e.first, e.last, e.end) for e in reading.entries]
    return sorted(found, key=lambda entry: entry[2])


FIRST, SECOND, THIRD = (item.label for item in SECTIONS["8.1"].content.items)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            f"\n{FIRST}: Kyllä\nSelitys.\nLisää.\n{SECOND}: Ei\n{THIRD}: Ei\nLoppu.",
            [(FIRST, "Kyllä", 1, 2, 4), (SECOND, "Ei", 4, 5, 5), (THIRD, "Ei", 5, 6, 7)],
        ),
        (
            f"\n{FIRST}: KYLLÄ\nSelitys.\nLisää.\n\n{SECOND}:\nEi\n{THIRD}: Ei\n",
            [(FIRST, "KYLLÄ", 1, 2, 4), (SECOND, "Ei", 5, 7, 7), (THIRD, "Ei", 7, 8, 8)],
        ),
    ],
    ids=["as printed", "otherwise"],
)
def test_where_questions_stand(text, found):
    assert places("8.1", text) == found


def test_where_scores_stand():
    content = SECTIONS["8.2"].content
    head = "".join(content.heads)
    rows = [(d.name, [f"{aspect} 1 2" for aspect in d.aspects]) for d in content.dimensions]
    lines = ["", head, *(line for name, below in rows for line in (name, *below))]
    printed = [
        (line.removesuffix(" 1 2"), "1 2" if line.endswith(" 1 2") else "", k, k + 1, k + 1)
        for k, line in enumerate(lines)
        if line
    ]
    assert places("8.2", "\n".join(lines)) == printed
    *before, (aspect, scores, first, last, end) = printed
    with_note = "\n".join([*lines, "Selitys.", "Lisää."])
    assert places("8.2", with_note) == [*before, (aspect, scores, first, last, end + 2)]


def test_where_scores_stand_that_are_wrapped():
    text = (
        "\nVälitönVälillinen\nMateriaalit ja jätteet\n1\n2\nSelitys.\n\nTaloudellinen\nkestävyys"
        "\nLiikkuminen ja logistiikka 3 4"
    )
    assert places("8.2", text) == [
        ("VälitönVälillinen", "", 1, 2, 2),
        ("Materiaalit ja jätteet", "1 2", 2, 5, 6),
        ("Taloudellinen kestävyys", "", 7, 9, 9),
        ("Liikkuminen ja logistiikka", "3 4", 9, 10, 10),
    ]


def test_where_fields_stand():
    text = "\nHankekoodi: S20001\n\nHankkeen nimi:\n\nAlku\n\nMuu: x\ny\n\nErityistavoite\n"
    assert places("1", text) == [
        ("Hankekoodi", "S20001", 1, 2, 2),
        ("Hankkeen nimi", "Alku", 3, 6, 6),
        ("Muu", "x y", 7, 9, 9),
        ("Erityistavoite", "", 10, 11, 11),
    ]


def test_where_fields_stand_as_printed():
    text = "\n\nSuunniteltu: 5\n\nToteutunut seurantatietojen mukaan:\n"
    assert places("7.1", text) == [
        ("Suunniteltu", "5", 2, 3, 3),
        ("Toteutunut seurantatietojen mukaan", "", 4, 5, 5),
    ]


def test_where_rows_stand():
    text = "\nOsatoteuttajat\n\nAlku ry, 1234567-1\nLoppu ry\n\nTuen siirronsaajat\n"
    assert places("2", text) == [
        ("Osatoteuttajat", "", 1, 2, 5),
        ("Tuen siirronsaajat", "", 6, 7, 7),
    ]


@pytest.mark.parametrize("name", ["Sosiaalinen ja kulttuurinen kestävyys", "Jatko"])
def test_a_dimension_below_the_last_row(name):
    """A dimension in other letters is no note; a line that only begins so is one."""
    content = SECTIONS["8.2"].content
    lines = ["", "".join(content.heads)]
    for dimension in content.dimensions:
        lines += [dimension.name, *(f"{aspect} 1 2" for aspect in dimension.aspects)]
    again = content.dimensions[0].name.upper()

    def dimensions(text):
        return [label for label, scores, *_ in places("8.2", text) if not scores][1:]

    printed = [dimension.name for dimension in content.dimensions]
    assert dimensions("\n".join([*lines, again])) == [*printed, content.dimensions[0].name]
    assert dimensions("\n".join([*lines, name])) == printed


def test_rows_of_any_type():
    """A user's handler may declare rows of a type whose values are never odd."""
    content = Fields(Rows("Luettelo", "rows", TEXT))
    reading = reader_for(content, {}).read(body_of("\nLuettelo\n\nyksi\nkaksi"))
    assert reading.values == {"rows": ("yksi", "kaksi")}


def test_rows_that_are_no_values():
    """A type may refuse a text, as that of a field does; then the lines are text."""
    reader = reader_for(Fields(Rows("Luvut", "rows", COUNT)), {})
    assert reader.read(body_of("\nLuvut\n\n12\n5")).values == {"rows": (12, 5)}
    reading = reader.read(body_of("\nLuvut\n\n12\nviisi"))
    assert reading.values == {"rows": ()}
    assert reading.strays == [(3, 5)]


# -- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "is_odd", "may_start"),
    [
        ("Ku nnat: a", False, False),
        ("Ku nnat: a", True, True),
        ("K\u00adunnat", False, False),
        ("K\u00adunnat", True, True),
        ("\u200bKunnat", True, True),
        ("A\u030aland", True, True),
        ("A\u030aland", False, False),
        ("Kuu", True, False),
        ("Kaupungit", True, False),
        # Only so much of a line is looked at.
        ("K" + "\u00ad" * 40 + "unnat", True, False),
        ("K" + "\u00ad" * 27 + "unnat", True, True),
        ("", True, False),
    ],
)
def test_lines_that_may_start_a_word_in_an_odd_text(line, is_odd, may_start):
    assert WordTable([("Kunnat", 1), ("Åland", 2)]).may_start(line, is_odd) is may_start


# -- lines ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["", "x" * 100_000, "\n"])
def test_lines_of_a_long_text_come_in_chunks_of_whole_lines(end):
    text = "".join(f"rivi {k}\n" for k in range(20_000)) + end
    position = 0
    for start, lines in lines_of(text):
        assert start == position
        chunk = "\n".join(lines)
        assert text.startswith(chunk, start)
        position += len(chunk)
        assert text[position - 1] == "\n" or position == len(text)
        assert len(chunk) < 70_000 or chunk.endswith("x")
    assert position == len(text)


# -- pictures -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "alt"),
    [
        ("![Euroopan unioni](eu.png)", "Euroopan unioni"),
        (
            "  ![Euroopan unioni](eu.png) ![Vipuvoimaa EU:lta](v.png)",
            "Euroopan unioni Vipuvoimaa EU:lta",
        ),
        ("[Euroopan unioni]", "Euroopan unioni"),
        ("![](eu.png)", ""),
        ("Euroopan unioni [kuva]", "Euroopan unioni [kuva]"),
        ("", ""),
    ],
)
def test_what_a_line_of_pictures_says(line, alt):
    assert alt_of(line) == alt
