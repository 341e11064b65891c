"""The canonical text put together from pyparsing elements."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

import pyparsing as pp

from benchmarks import words
from benchmarks.values import Values, partner, put, read

NAME = "pyparsing"
COVERS = "canonical 2014-2020, sections 1-9 in order; no unknown sections, no noise, no positions"

Pairs = list[tuple[str, Any]]


def _any_of(texts: Iterable[str]) -> str:
    return "(?:" + "|".join(map(re.escape, texts)) + ")"


HEADINGS: Final = rf"{_any_of(words.HEADINGS)}\n"
ROW_START: Final = (
    rf"{_any_of((*words.HEADINGS, *words.ASPECTS))}\n"
    rf"|{_any_of(words.QUESTIONS)}:"
    rf"|{_any_of(words.DIMENSION_OF)} \d+ \d+\n"
)
PROSE: Final = pp.Regex(rf"(?:(?!{HEADINGS})[^\n]*\n)+")
EXPLANATION: Final = pp.Regex(rf"(?:(?!{ROW_START})[^\n]*\n)+")
FIELD: Final = pp.Regex(r"(?P<label>[^:\n]+):[ ]?(?P<value>[^\n]*)\n+")


def _heading(text: str) -> pp.ParserElement:
    return pp.Suppress(pp.Regex(re.escape(text) + r"\n+"))


def _fields(heading: str) -> pp.ParserElement:
    known = words.FIELDS[heading]

    def pair(tokens: pp.ParseResults) -> Pairs:
        field = known.get(tokens["label"])
        value = tokens["value"]
        return [(field.path, read(field.kind, value))] if field and value else []

    return _heading(heading) + pp.ZeroOrMore(FIELD.copy().set_parse_action(pair))


def _partners(heading: str) -> pp.ParserElement:
    others = _any_of((*words.HEADINGS, *words.PARTNERS))
    rows = pp.Regex(rf"(?:(?!{others}\n)[^\n]*\n)*")

    def pair(tokens: pp.ParseResults) -> Pairs:
        return [(words.PARTNERS[heading], [partner(row) for row in tokens[0].split("\n") if row])]

    return _heading(heading) + rows.set_parse_action(pair)


def _prose(heading: str) -> pp.ParserElement:
    def pair(tokens: pp.ParseResults) -> Pairs:
        return [(words.PROSE[heading], tokens[0].strip("\n") or None)]

    return _heading(heading) + pp.Optional(PROSE.copy().set_parse_action(pair))


def _title() -> pp.ParserElement:
    def pairs(tokens: pp.ParseResults) -> Pairs:
        fund = words.TITLES[tokens[0].rstrip("\n")]
        return [("fund", fund), ("programme_period", words.PERIOD)]

    return pp.Regex(rf"{_any_of(words.TITLES)}\n+").set_parse_action(pairs)


def _gender() -> pp.ParserElement:
    question = pp.Regex(rf"(?P<question>{_any_of(words.QUESTIONS)}): ?(?P<answer>Kyllä|Ei|)\n+")

    def pair(tokens: pp.ParseResults) -> Pairs:
        path = f"horizontal_principles.gender_equality.{words.QUESTIONS[tokens['question']]}"
        found: Values = {"answer": words.ANSWERS.get(tokens["answer"])}
        if len(tokens) > 1:
            found["explanation"] = tokens[1].strip("\n") or None
        return [(path, found)]

    row = (question + pp.Optional(EXPLANATION)).set_parse_action(pair)
    return _heading(words.H_GENDER) + pp.ZeroOrMore(row)


def _sustainable() -> pp.ParserElement:
    aspect = pp.Regex(
        rf"(?P<aspect>{_any_of(words.DIMENSION_OF)}) (?P<direct>\d+) (?P<indirect>\d+)\n+"
    )

    def row(tokens: pp.ParseResults) -> list[Values]:
        found: Values = {
            "dimension": words.DIMENSION_OF[tokens["aspect"]],
            "aspect": tokens["aspect"],
            "direct": int(tokens["direct"]),
            "indirect": int(tokens["indirect"]),
        }
        if len(tokens) > 1:
            found["explanation"] = tokens[1].strip("\n") or None
        return [found]

    def pair(tokens: pp.ParseResults) -> Pairs:
        return [("horizontal_principles.sustainable_development", list(tokens))]

    dimension = pp.Suppress(pp.Regex(rf"{_any_of(words.ASPECTS)}\n+"))
    rows = (aspect + pp.Optional(EXPLANATION)).set_parse_action(row)
    table = pp.Optional(_heading(words.TABLE_HEAD)) + pp.ZeroOrMore(dimension | rows)
    return _heading(words.H_SUSTAINABLE) + table.set_parse_action(pair)


def _grammar() -> pp.ParserElement:
    parts = (
        _heading(words.BANNER),
        _title(),
        _fields(words.H_PROJECT),
        _fields(words.H_APPLICANT),
        _partners(words.H_CO_IMPLEMENTERS),
        _partners(words.H_RECIPIENTS),
        _prose(words.H_SUMMARY),
        _heading(words.H_TARGETS),
        _prose(words.H_PRIMARY),
        _prose(words.H_SECONDARY),
        _fields(words.H_FUNDING),
        _fields(words.H_AREA),
        _fields(words.SITE_LINE),
        _heading(words.H_ESTIMATES),
        _fields(words.H_COMPANIES),
        _fields(words.H_PERSONS),
        _heading(words.H_PRINCIPLES),
        _gender(),
        _sustainable(),
        _prose(words.H_FINAL),
    )
    whole = pp.And([pp.Optional(part) for part in parts]) + pp.StringEnd()
    return whole.leave_whitespace().parse_with_tabs()


PARSER: Final = _grammar()


def prepare(text: str) -> str:
    """The text with a line end after its last line, so that every line is alike."""
    return text + "\n"


def parse(source: str) -> Values:
    """Values of one canonical description."""
    values: Values = {}
    for path, value in PARSER.parse_string(source):
        put(values, path, value)
    return values
