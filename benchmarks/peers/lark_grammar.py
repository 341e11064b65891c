"""A grammar of the canonical text for Lark, LALR(1) with the contextual lexer."""

from __future__ import annotations

from itertools import chain
from typing import Final

from lark import Lark, Token, Transformer

from benchmarks import words
from benchmarks.peers import pairs
from benchmarks.values import ROW_START, Values, any_of

prepare = pairs.prepare
NAME = "Lark (LALR)"

GRAMMAR: Final = rf"""
    start: _BANNER? title? (prose | labelled | partners | gender | sustainable | _H_BARE)*
    title: TITLE
    prose: H_PROSE PROSE?
    labelled: H_LABELLED FIELD*
    partners: H_PARTNERS ROW*
    gender: _H_GENDER question*
    question: QUESTION EXPLANATION?
    sustainable: _H_SUSTAINABLE _TABLE_HEAD? (_DIMENSION | row)*
    row: SCORES EXPLANATION?

    _BANNER: /{any_of([words.BANNER])}\n+/
    TITLE: /{any_of(words.TITLES)}\n+/
    H_PROSE.9: /{any_of(words.PROSE)}\n+/
    H_LABELLED.9: /{any_of(words.FIELDS)}\n+/
    H_PARTNERS.9: /{any_of(words.PARTNERS)}\n+/
    _H_BARE.9: /{any_of(words.BARE)}\n+/
    _H_GENDER.9: /{any_of([words.H_GENDER])}\n+/
    _H_SUSTAINABLE.9: /{any_of([words.H_SUSTAINABLE])}\n+/
    _TABLE_HEAD.9: /{any_of([words.TABLE_HEAD])}\n+/
    _DIMENSION.9: /{any_of(words.ASPECTS)}\n+/
    SCORES.9: /{any_of(words.DIMENSION_OF)} \d+ \d+\n+/
    QUESTION.9: /{any_of(words.QUESTIONS)}: ?(?:Kyllä|Ei)?\n+/
    FIELD: /[^:\n]+:[^\n]*\n+/
    ROW: /[^\n]+\n+/
    PROSE: /(?:(?!{any_of(words.HEADINGS)}\n)[^\n]*\n)+/
    EXPLANATION: /(?:(?!{ROW_START})[^\n]*\n)+/
"""


class Build(Transformer[Token, Values]):
    """Turns the tree into values, bottom up, while it is parsed."""

    title, labelled, partners, prose, question, row = map(
        staticmethod,
        (pairs.title, pairs.labelled, pairs.partners, pairs.prose, pairs.question, pairs.row),
    )

    def gender(self, questions: pairs.Pairs) -> pairs.Pairs:
        """All of 8.1."""
        return [(words.GENDER, dict(questions))]

    def sustainable(self, rows: list[Values]) -> pairs.Pairs:
        """All of 8.2."""
        return [(words.SUSTAINABLE, rows)]

    def start(self, sections: list[pairs.Pairs]) -> Values:
        """The whole description."""
        return pairs.merged([*chain.from_iterable(sections)])


PARSER: Final = Lark(GRAMMAR, parser="lalr", transformer=Build())


def parse(source: str) -> Values:
    """Values of one canonical description."""
    values: Values = PARSER.parse(source)  # type: ignore[assignment]
    return values
