"""Readers and writers: what stands under a heading, as text and as values.

For each kind of content there is a pair: ``read`` goes from lines to a :class:`Reading` (values by
path, and which lines they came from), ``write`` from values to :class:`Piece` s of canonical text.
Readers take the straight path first: exact look-ups on whole lines. What that does not recognise
gets a second look through :mod:`esr_parser.noise`.
"""

from __future__ import annotations

from esr_parser.contents.body import UNWRAPPED, Aliases, Body, Entry, Piece, Reader, Reading
from esr_parser.contents.fields import FieldsReader
from esr_parser.contents.labels import LabelledLines
from esr_parser.contents.prose import ProseReader, prose_of
from esr_parser.contents.questions import QuestionsReader
from esr_parser.contents.scores import ScoresReader
from esr_parser.grammar import Content, Fields, Questions, Scores

__all__ = [
    "UNWRAPPED",
    "Body",
    "Entry",
    "FieldsReader",
    "LabelledLines",
    "Piece",
    "ProseReader",
    "QuestionsReader",
    "Reader",
    "Reading",
    "ScoresReader",
    "prose_of",
    "reader_for",
]


def reader_for(content: Content, aliases: Aliases, narrowest: int = 80) -> Reader:
    """The reader and writer of a declared content; no page that is printed is narrower."""
    if isinstance(content, Fields):
        return FieldsReader(content, aliases, narrowest)
    if isinstance(content, Questions):
        return QuestionsReader(content, aliases)
    if isinstance(content, Scores):
        return ScoresReader(content, aliases)
    return ProseReader(content)
