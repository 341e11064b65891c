"""A grammar of the canonical text for Lark, LALR(1) with the contextual lexer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from lark import Lark, Token, Transformer

from benchmarks import words
from benchmarks.values import Values, partner, put, read

NAME = "Lark (LALR)"
COVERS = "canonical 2014-2020, sections 1-9 in order; no unknown sections, no noise, no positions"


def _any_of(texts: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(text).replace("/", r"\/") for text in texts) + ")"


ROW_START: Final = (
    rf"{_any_of((*words.HEADINGS, *words.ASPECTS))}\n"
    rf"|{_any_of(words.QUESTIONS)}:"
    rf"|{_any_of(words.DIMENSION_OF)} \d+ \d+\n"
)
GRAMMAR: Final = rf"""
    start: _BANNER? title? _plan _outcome
    _plan: project? applicant? summary? targets?
    _outcome: funding? area? estimates? principles? final?

    title: TITLE
    project: H_PROJECT field*
    applicant: H_APPLICANT field* partners*
    partners: H_PARTNERS ROW*
    summary: H_SUMMARY PROSE?
    targets: _H_TARGETS primary? secondary?
    primary: H_PRIMARY PROSE?
    secondary: H_SECONDARY PROSE?
    funding: H_FUNDING field*
    area: area_names site?
    area_names: H_AREA field*
    site: H_SITE field*
    estimates: _H_ESTIMATES companies? persons?
    companies: H_COMPANIES field*
    persons: H_PERSONS field*
    principles: _H_PRINCIPLES gender? sustainable?
    gender: _H_GENDER question*
    question: QUESTION ANSWER EXPLANATION?
    sustainable: _H_SUSTAINABLE _TABLE_HEAD? dimension*
    dimension: DIMENSION aspect*
    aspect: ASPECT SCORES EXPLANATION?
    final: H_FINAL PROSE?
    field: LABEL VALUE

    _BANNER: /{re.escape(words.BANNER)}\n+/
    TITLE: /{_any_of(words.TITLES)}\n+/
    H_PROJECT.9: /{re.escape(words.H_PROJECT)}\n+/
    H_APPLICANT.9: /{re.escape(words.H_APPLICANT)}\n+/
    H_PARTNERS.9: /{_any_of(words.PARTNERS)}\n+/
    H_SUMMARY.9: /{re.escape(words.H_SUMMARY)}\n+/
    _H_TARGETS.9: /{re.escape(words.H_TARGETS)}\n+/
    H_PRIMARY.9: /{re.escape(words.H_PRIMARY)}\n+/
    H_SECONDARY.9: /{re.escape(words.H_SECONDARY)}\n+/
    H_FUNDING.9: /{re.escape(words.H_FUNDING)}\n+/
    H_AREA.9: /{re.escape(words.H_AREA)}\n+/
    H_SITE.9: /{re.escape(words.SITE_LINE)}\n+/
    _H_ESTIMATES.9: /{re.escape(words.H_ESTIMATES)}\n+/
    H_COMPANIES.9: /{re.escape(words.H_COMPANIES)}\n+/
    H_PERSONS.9: /{re.escape(words.H_PERSONS)}\n+/
    _H_PRINCIPLES.9: /{re.escape(words.H_PRINCIPLES)}\n+/
    _H_GENDER.9: /{re.escape(words.H_GENDER)}\n+/
    _H_SUSTAINABLE.9: /{re.escape(words.H_SUSTAINABLE)}\n+/
    H_FINAL.9: /{re.escape(words.H_FINAL)}\n+/
    _TABLE_HEAD.9: /{re.escape(words.TABLE_HEAD)}\n+/
    DIMENSION.9: /{_any_of(words.ASPECTS)}\n+/
    ASPECT.9: /{_any_of(words.DIMENSION_OF)}(?= \d+ \d+\n)/
    SCORES: / \d+ \d+\n+/
    QUESTION.9: /{_any_of(words.QUESTIONS)}(?=:)/
    ANSWER: /: ?(?:Kyllä|Ei)?\n+/
    LABEL: /[^:\n]+(?=:)/
    VALUE: /:[^\n]*\n+/
    ROW: /[^\n]+\n+/
    PROSE: /(?:(?!{_any_of(words.HEADINGS)}\n)[^\n]*\n)+/
    EXPLANATION: /(?:(?!{ROW_START})[^\n]*\n)+/
"""


class Build(Transformer[Token, Values]):
    """Turns the tree into values, bottom up, while it is parsed."""

    def start(self, parts: list[Values]) -> Values:
        """The whole description: what the sections gave, merged."""
        values: Values = {}
        for part in parts:
            for path, value in part.items():
                put(values, path, value)
        return values

    def title(self, tokens: list[Token]) -> Values:
        """The fund and the programme period."""
        return {
            "fund": words.TITLES[tokens[0].rstrip("\n")],
            "programme_period": words.PERIOD,
        }

    def field(self, tokens: list[Token]) -> tuple[str, str]:
        """A label and the text after it."""
        label, value = tokens
        return str(label), value[1:].removeprefix(" ").rstrip("\n")

    def _labelled(self, parts: list[Any]) -> Values:
        heading, *rest = parts
        known = words.FIELDS[heading.rstrip("\n")]
        values: Values = {}
        for part in rest:
            if isinstance(part, dict):
                values |= part
            elif (field := known.get(part[0])) and part[1]:
                values[field.path] = read(field.kind, part[1])
        return values

    project = applicant = funding = area_names = site = companies = persons = _labelled

    def partners(self, tokens: list[Token]) -> Values:
        """The rows under one partner heading."""
        heading, *rows = (token.rstrip("\n") for token in tokens)
        return {words.PARTNERS[heading]: [partner(row) for row in rows]}

    def _prose(self, tokens: list[Token]) -> Values:
        heading, *prose = (token.strip("\n") for token in tokens)
        return {words.PROSE[heading]: prose[0] or None} if prose else {}

    summary = primary = secondary = final = _prose

    def _merged(self, parts: list[Values]) -> Values:
        values: Values = {}
        for part in parts:
            values |= part
        return values

    targets = area = estimates = principles = gender = _merged

    def question(self, tokens: list[Token]) -> Values:
        """One question of 8.1 with its answer and explanation."""
        question, answer, *explanation = tokens
        found: Values = {"answer": words.ANSWERS.get(answer[1:].strip())}
        if explanation:
            found["explanation"] = explanation[0].strip("\n") or None
        path = f"horizontal_principles.gender_equality.{words.QUESTIONS[question]}"
        return {path: found}

    def aspect(self, tokens: list[Token]) -> Values:
        """One row of 8.2."""
        aspect, scores, *explanation = tokens
        direct, indirect = map(int, scores.split())
        found: Values = {"aspect": str(aspect), "direct": direct, "indirect": indirect}
        if explanation:
            found["explanation"] = explanation[0].strip("\n") or None
        return found

    def dimension(self, parts: list[Any]) -> list[Values]:
        """The rows under one dimension."""
        name, *rows = parts
        return [{"dimension": name.rstrip("\n"), **row} for row in rows]

    def sustainable(self, parts: list[list[Values]]) -> Values:
        """All rows of 8.2."""
        rows = [row for part in parts for row in part]
        return {"horizontal_principles.sustainable_development": rows}


PARSER: Final = Lark(GRAMMAR, parser="lalr", transformer=Build())


def prepare(text: str) -> str:
    """The text with a line end after its last line, so that every line is alike."""
    return text + "\n"


def parse(source: str) -> Values:
    """Values of one canonical description."""
    values: Values = PARSER.parse(source)  # type: ignore[assignment]
    return values
