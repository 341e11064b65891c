"""One script of regular expressions: headings first, then what follows each."""

from __future__ import annotations

import re

from benchmarks import words
from benchmarks.values import Values, any_of, partner, put, read

NAME = "plain re"

HEADING = re.compile(rf"\n\n({any_of(words.HEADINGS)})(?=\n\n|\Z)")
PARTNER_HEADING = re.compile(rf"\n\n({any_of(words.PARTNERS)})(?=\n\n|\Z)")
FIELD = re.compile(r"^([^:\n]+):[ ]?(.+)$", re.MULTILINE)
QUESTION = re.compile(rf"^({any_of(words.QUESTIONS)}): ?(Kyllä|Ei|)$", re.MULTILINE)
DIMENSION = re.compile(rf"^{any_of(words.ASPECTS)}\n", re.MULTILINE)
ASPECT = re.compile(rf"^({any_of(words.DIMENSION_OF)}) (\d+) (\d+)$", re.MULTILINE)


def prepare(text: str) -> str:
    """The text itself."""
    return text


def parse(source: str) -> Values:
    """Values of one canonical description."""
    head, *rest = HEADING.split(source)
    values: Values = {}
    for title, fund in words.TITLES.items():
        if title in head:
            values |= {"fund": fund, "programme_period": words.PERIOD}
    for heading, body in zip(rest[::2], rest[1::2], strict=True):
        section(values, heading, body)
    return values


def section(values: Values, heading: str, body: str) -> None:
    """Put the values of one section."""
    if heading in words.PROSE:
        put(values, words.PROSE[heading], body.strip("\n") or None)
    elif heading == words.H_GENDER:
        put(values, words.GENDER, _gender(body))
    elif heading == words.H_SUSTAINABLE:
        put(values, words.SUSTAINABLE, _scores(body))
    elif heading == words.H_APPLICANT:
        _applicant(values, body)
    elif heading == words.H_AREA:
        area, _, site = body.partition(f"\n\n{words.SITE_LINE}")
        _fields(values, words.H_AREA, area)
        _fields(values, words.SITE_LINE, site)
    else:
        _fields(values, heading, body)


def _fields(values: Values, heading: str, body: str) -> None:
    known = words.FIELDS.get(heading, {})
    for label, text in FIELD.findall(body):
        if field := known.get(label):
            put(values, field.path, read(field.kind, text))


def _applicant(values: Values, body: str) -> None:
    fields, *rest = PARTNER_HEADING.split(body)
    _fields(values, words.H_APPLICANT, fields)
    for heading, rows in zip(rest[::2], rest[1::2], strict=True):
        put(values, words.PARTNERS[heading], [partner(row) for row in rows.split("\n") if row])


def _gender(body: str) -> Values:
    _, *rest = QUESTION.split(body)
    return {
        words.QUESTIONS[question]: {
            "answer": words.ANSWERS.get(answer),
            "explanation": text.strip("\n") or None,
        }
        for question, answer, text in zip(rest[::3], rest[1::3], rest[2::3], strict=True)
    }


def _scores(body: str) -> list[Values]:
    _, *rest = ASPECT.split(DIMENSION.sub("", body))
    return [
        {
            "dimension": words.DIMENSION_OF[aspect],
            "aspect": aspect,
            "direct": int(direct),
            "indirect": int(indirect),
            "explanation": text.strip("\n") or None,
        }
        for aspect, direct, indirect, text in zip(
            rest[::4], rest[1::4], rest[2::4], rest[3::4], strict=True
        )
    ]
