"""The canonical text put together from pyparsing elements."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import pyparsing as pp

from benchmarks import words
from benchmarks.peers import pairs
from benchmarks.values import ROW_START, Values, any_of

prepare = pairs.prepare
NAME = "pyparsing"


def _line(texts: Iterable[str]) -> pp.Regex:
    """A line that is one of some texts, and the empty lines behind."""
    return pp.Regex(rf"{any_of(texts)}\n+")


def _many(*choice: pp.ParserElement) -> pp.ParserElement:
    return pp.ZeroOrMore(pp.MatchFirst(choice))


def _grammar() -> pp.ParserElement:
    def made(element: pp.ParserElement, action: Callable[[Any], Any]) -> pp.ParserElement:
        return element.set_parse_action(action)

    bare = any_of((*words.HEADINGS, *words.PARTNERS))
    prose = pp.Optional(pp.Regex(rf"(?:(?!{any_of(words.HEADINGS)}\n)[^\n]*\n)+"))
    explanation = pp.Optional(pp.Regex(rf"(?:(?!{ROW_START})[^\n]*\n)+"))
    field, partner = pp.Regex(r"[^:\n]+:[^\n]*\n+"), pp.Regex(rf"(?!{bare}\n)[^\n]+\n+")
    question = pp.Regex(rf"{any_of(words.QUESTIONS)}: ?(?:Kyllä|Ei)?\n+") + explanation
    scores = pp.Regex(rf"{any_of(words.DIMENSION_OF)} \d+ \d+\n+") + explanation
    questions = _many(made(question, lambda tokens: [pairs.question(tokens)]))
    skipped = _line([*words.ASPECTS, words.TABLE_HEAD]).suppress()
    rows = _many(skipped, made(scores, lambda tokens: [pairs.row(tokens)]))
    gender = _line([words.H_GENDER]).suppress() + questions
    sustainable = _line([words.H_SUSTAINABLE]).suppress() + rows
    sections = _many(
        made(_line(words.TITLES), pairs.title),
        made(_line(words.FIELDS) + _many(field), pairs.labelled),
        made(_line(words.PROSE) + prose, pairs.prose),
        made(_line(words.PARTNERS) + _many(partner), pairs.partners),
        made(gender, lambda tokens: [(words.GENDER, dict([*tokens]))]),
        made(sustainable, lambda tokens: [(words.SUSTAINABLE, [*tokens])]),
        _line([words.BANNER, *words.BARE]).suppress(),
    )
    return (sections + pp.StringEnd()).leave_whitespace().parse_with_tabs()


PARSER: Final = _grammar()


def parse(source: str) -> Values:
    """Values of one canonical description."""
    return pairs.merged([*PARSER.parse_string(source)])
