"""The straight path is a short cut: without it the same is read, and the same is said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from conftest import fixtures
from hypothesis import given
from hypothesis import strategies as st

from esr_parser import values as v
from esr_parser.contents import FieldsReader
from esr_parser.contents.blocks import PrintedBlock
from esr_parser.diagnostics import Notes
from esr_parser.document import Document
from esr_parser.noise import is_odd
from esr_parser.outline.judge import Judge
from esr_parser.outline.printed import outline_as_printed
from esr_parser.parser import default_parser
from esr_parser.testing import edited_texts, texts

FIXTURES = fixtures()
CANONICAL = tuple(text for name, text in FIXTURES.items() if not name.startswith(("odd", "un")))
KINDS = {name: kind for name, kind in vars(v).items() if isinstance(kind, v.ValueType)}
FINDER = default_parser()._reader.outlines._finder


@contextmanager
def the_long_way() -> Iterator[None]:
    """Every section is read line by line, as those are in which anything is odd."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(FieldsReader, "_printed", lambda _, __: None)
        patched.setattr(PrintedBlock, "look", lambda _, __, ___: None)
        yield


def all_of(text: str) -> tuple[object, ...]:
    """What is read and what is said; no line of the tree is left out."""
    document: Document = default_parser().parse_document(text)
    return document.description, document.diagnostics, document.sections


def check_both_ways(text: str) -> None:
    short = all_of(text)
    with the_long_way():
        assert all_of(text) == short


@pytest.mark.parametrize("name", FIXTURES)
def test_descriptions(name):
    check_both_ways(FIXTURES[name])


@given(texts())
def test_any_text(text):
    check_both_ways(text)


@given(edited_texts(CANONICAL, most=1))
def test_canonical_texts_with_one_line_edited(text):
    check_both_ways(text)


@given(st.sampled_from(CANONICAL), st.data())
def test_canonical_texts_with_one_character_put_in(text, data):
    at = data.draw(st.integers(0, len(text)))
    letter = data.draw(st.sampled_from(" \n:.,-0\t|*\xa0\u2028aÄ"))
    check_both_ways(text[:at] + letter + text[at:])


@given(st.sampled_from(CANONICAL), st.data())
def test_canonical_texts_with_notes_that_look_like_rows(text, data):
    """A line of the same section below a question or row, whole or in part."""
    start, end = text.find("8.1"), len(text)
    lines = text[start:end].split("\n")
    note = data.draw(st.sampled_from(lines))
    note = note[: data.draw(st.integers(0, len(note)))]
    lines.insert(data.draw(st.integers(1, len(lines))), note)
    check_both_ways(text[:start] + "\n".join(lines))


@given(st.one_of(st.sampled_from(CANONICAL), edited_texts(CANONICAL, most=1), texts()))
def test_the_outline_is_as_it_is_judged(text):
    for tables in FINDER.words.values():
        printed = None if is_odd(text) else outline_as_printed(FINDER, text, tables)
        if printed is not None:
            judged = Judge(FINDER, text, tables, Notes(), odd=False).outline(True, titled=True)
            assert printed == judged._replace(is_canonical=True, is_whole=True)


@pytest.mark.parametrize("name", KINDS)
@given(
    text=st.one_of(
        st.text("0123456789.,:- −€()[]abATKylläEiSjapättyy\xa0", min_size=1),
        st.from_regex(r"Alkaa( \d{1,2}\.\d{1,2}\.\d{4})? ja päättyy( \d{1,2}\.\d{1,2}\.\d{4})?"),
        st.from_regex(r"-?\d{1,3}( \d{3}){0,3}(,\d{1,3})?"),
        st.sampled_from([word for kind in KINDS.values() for word in (*kind.words, "Kyllä")]),
    )
)
def test_values_as_printed(name, text):
    kind = KINDS[name]
    assert repr(kind.printed(text)) == repr(kind._printed(text))
