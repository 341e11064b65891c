"""Q. The same around every label, value or line, whatever it is."""

from __future__ import annotations

import re
from itertools import count

from cases.pages import BASE, OLD, Case, wrapped
from esr_parser.layouts import LAYOUT_2007_2013, LAYOUT_2014_2020

LABELS = "|".join(
    re.escape(word.text)
    for layout in (LAYOUT_2014_2020, LAYOUT_2007_2013)
    for word in layout.words()
    if word.kind == "label"
)
FIELD = re.compile(f"(?m)^({LABELS}):(?: (.*))?$")
PAIRS = (
    "[]",
    "()",
    "{}",
    "\u00ab\u00bb",
    "\u201d\u201d",
    "\u201e\u201c",
    "\u2019\u2019",
    "\u3010\u3011",
)
ENDS = (
    *("<eos>", "</s>", "<CR>", "</p>", "[EOL]", "{n}", "&para;", "%0A", "\\par", "^J", "\u2424"),
    *("\u00ac", "\u2192", "\u00a7", "//", " //", " \u2022", ".", "#", "~"),
)
FRONTS = (
    *("<s>", "<p>", "INFO: ", "REM ", "echo ", "\\item ", "A> ", "text: ", "[{n}] "),
    "2024-03-0{n} 12:00 INFO ",
)
SCRIPTS = {
    "names of fields": "field{n}.{0}={1}",
    "LaTeX": r"\field{{{0}}}{{{1}}}",
    "roff": ".B {0}: {1}",
    "XML": '<field name="{0}">{1}</field>',
    "BBCode": "[b]{0}:[/b] {1}",
    "SQL": "({n}, '{0}', '{1}'),",
    "Lisp": '("{0}" . "{1}")',
    "Python": "('{0}', '{1}')",
    "words": "Kentt\u00e4: {0}; Arvo: {1}",
    "terminals": "\x1b[1m{0}:\x1b[0m {1}",
}


def framed(pattern: str, page: str = BASE) -> str:
    """A page with each label and its value in a pattern; {n} is the number of the label."""
    numbers = count(1)
    return FIELD.sub(
        lambda m: pattern.format(m[1], m[2] or "", n=next(numbers) % 9 + 1).rstrip(), page
    )


def doubled(between: str, end: str) -> str:
    """A page with each label and another name of it."""
    return FIELD.sub(lambda m: f"{m[1]}{between}{m[1][::-1]}{end}: {m[2] or ''}".rstrip(), BASE)


def lines(pattern: str) -> str:
    """A page with each line in a pattern."""
    return re.sub("(?m)^.+$", lambda m: pattern.format(m[0]), BASE)


CASES = [
    *[
        Case(f"Q1 labels, values, both, lines of fields, lines: {pair} {k}", text)
        for pair in PAIRS
        for a, b in [[x * 2 if x in "{}" else x for x in pair]]
        for k, text in enumerate(
            (
                framed(f"{a}{{0}}{b}: {{1}}"),
                framed(f"{a}{{0}}:{b} {{1}}"),
                framed(f"{{0}}: {a}{{1}}{b}"),
                framed(f"{a}{{0}}{b} {a}{{1}}{b}"),
                framed(f"{a}{{0}}: {{1}}{b}"),
                lines(f"{a}{{0}}{b}"),
            )
        )
    ],
    Case("Q1 2007", framed("\u201d{0}\u201d: [{1}]", OLD), page=OLD),
    *[
        Case(f"Q1 values over several lines: {pattern}", wrapped(framed(pattern), 88))
        for pattern in ("{0}: [{1}]", "[{0}: {1}]")
    ],
    *[
        Case(f"Q2 behind lines: {end}", re.sub("(?m)(?<=.)$", lambda _, e=end: e, BASE))
        for end in ENDS
    ],
    *[Case(f"Q3 before fields: {front}", framed(f"{front}{{0}}: {{1}}")) for front in FRONTS],
    *[Case(f"Q4 {name}", framed(pattern)) for name, pattern in SCRIPTS.items()],
    *[
        Case(f"Q5 labels in two languages: {a}", doubled(a, b))
        for a, b in ((" / ", ""), (" (", ")"), (" [", "]"))
    ],
    Case("Q6 headings: \u00a7", re.sub(r"(?m)^([1-9](?:\.[1-9])?) (?=[A-Z])", "\\1 \u00a7 ", BASE)),
]
