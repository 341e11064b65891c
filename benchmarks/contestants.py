"""Section 1: everybody on the same canonical descriptions, as ratios to splitting the lines."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from benchmarks import check, corpus, library, peers, table, timing
from benchmarks.corpus import Text
from benchmarks.peers import split_floor
from benchmarks.table import Cell, Row, Table
from benchmarks.values import Values

TITLE = "1. Contestants on canonical 2014-2020 descriptions"
OUR_COVERAGE = "all of it: both periods, noise, unknown labels and sections, positions, diagnostics"


class Contestant(NamedTuple):
    """Somebody who reads descriptions."""

    name: str
    covers: str
    prepare: Callable[[str], Any]
    run: Callable[[Any], object]
    """What is timed."""
    values: Callable[[Any], Values]
    """What is checked: plain values."""
    uncovered: tuple[str, ...] = check.UNCOVERED
    """Keys of a description it does not claim to fill."""


def contestants() -> tuple[list[Contestant], list[str]]:
    """All that can run here, and a line about each that cannot."""
    modules, notes = peers.load()
    found = [Contestant(m.NAME, m.COVERS, m.prepare, m.parse, m.parse) for m in modules]
    ours, reason = library.load()
    if ours is None:
        return found, [*notes, f"esr_parser: {reason}"]
    return [*found, *_ours(ours)], notes


def _ours(ours: Any) -> list[Contestant]:
    def values(text: str) -> Values:
        plain: Values = ours.to_dict(ours.parse_description(text))
        return plain

    read_all = partial(library.read_all, ours)
    return [
        Contestant("esr_parser, document", OUR_COVERAGE, str, read_all, values, ()),
        Contestant("esr_parser, values", OUR_COVERAGE, str, ours.parse_description, values, ()),
    ]


class Judgement(NamedTuple):
    """What a contestant made of all texts."""

    values: int
    """How many expected values came out as expected."""
    wrong: list[str]
    """A line about each text with a wrong value, or that it could not read."""
    not_covered: list[str]
    """The same for what it does not claim to read."""


def judged(contestant: Contestant, texts: list[Text]) -> Judgement:
    """Check a contestant on every text whose values are known."""
    judgement = Judgement(0, [], [])
    for text in texts:
        if text.expected is None:
            continue
        try:
            found = contestant.values(contestant.prepare(text.text))
        except Exception as error:  # a peer's own error types are many
            judgement.wrong.append(f"{text.name} ({type(error).__name__})")
            continue
        verdict = check.judge(found, text.expected, contestant.uncovered)
        judgement = judgement._replace(values=judgement.values + verdict.values)
        wrong = {difference.path for difference in verdict.wrong}
        for lines, paths in (
            (judgement.wrong, wrong),
            (judgement.not_covered, {path.partition("[")[0] for path in verdict.not_covered}),
        ):
            if paths:
                lines.append(f"{text.name} ({table.some(sorted(paths), ', ')})")
    return judgement


def measured(rounds: int, clock: timing.Clock) -> Table:
    """Measure and judge everybody."""
    texts = corpus.canonical()
    everybody, notes = contestants()
    groups = _groups(texts)
    samples = {
        group: timing.measure(
            {who.name: _over(who, listed) for who in everybody}, rounds, clock=clock
        )
        for group, listed in groups.items()
    }
    rows = []
    for who in everybody:
        judgement = judged(who, texts)
        rows.append(_row(who, judgement, samples, groups))
        if who.name != split_floor.NAME:
            notes += _told(who, judgement)
    rows.sort(key=lambda row: row["us per text"])  # type: ignore[arg-type, return-value]
    return Table(TITLE, rows, [*map(_size, groups.items()), *notes])


def _groups(texts: list[Text]) -> dict[str, list[Text]]:
    groups: dict[str, list[Text]] = {}
    for text in texts:
        groups.setdefault(text.group, []).append(text)
    return groups


def _size(group: tuple[str, list[Text]]) -> str:
    name, texts = group
    characters = sum(len(text.text) for text in texts)
    return f"{name}: {len(texts)} texts, {characters // len(texts)} characters each on average"


def _told(who: Contestant, judgement: Judgement) -> list[str]:
    return [
        f"{who.name}, {what}: {table.some(lines, '; ')}"
        for what, lines in (("wrong", judgement.wrong), ("not covered", judgement.not_covered))
        if lines
    ]


def _over(contestant: Contestant, texts: list[Text]) -> Callable[[], None]:
    """One call that reads all the texts."""
    sources = [contestant.prepare(text.text) for text in texts]
    run = contestant.run

    def call() -> None:
        for source in sources:
            run(source)

    return call


def _row(
    who: Contestant,
    judgement: Judgement,
    samples: dict[str, timing.Samples],
    groups: dict[str, list[Text]],
) -> Row:
    first = next(iter(groups))
    per_text = timing.spread(samples[first][who.name]).median / len(groups[first])
    row: dict[str, Cell] = {"contestant": who.name, "us per text": per_text / 1000}
    for group, times in samples.items():
        row[f"x split, {group}"] = timing.ratios(times[who.name], times[split_floor.NAME])
    is_floor = who.name == split_floor.NAME
    row["right"] = "-" if is_floor else "no" if judgement.wrong else "yes"
    row["values"] = judgement.values
    row["covers"] = who.covers
    return row
