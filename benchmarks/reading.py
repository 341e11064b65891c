"""What reading costs, against splitting the same texts at their line ends."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import attrs

import esr_parser
from benchmarks import corpus, fiction, judging, noise, peers, table, timing
from benchmarks.corpus import Text, read_all
from benchmarks.peers import plain_regex
from benchmarks.table import Cell, Goal, Row, Table
from benchmarks.timing import Call, Clock, Samples, ratios
from benchmarks.values import Values

SPLIT = 'text.split("\\n")'
"""The floor: the least anybody can do with a text is to take it apart at its line ends."""
OURS = "esr-parser, document"


class Contestant(NamedTuple):
    """Somebody who reads descriptions."""

    name: str
    prepare: Callable[[str], str]
    run: Callable[[str], object]
    """What is timed."""
    values: Callable[[str], Values]
    """What is checked: plain values."""
    uncovered: tuple[str, ...] = judging.UNCOVERED
    """Keys of a description it does not claim to fill."""


def split(text: str) -> Values:
    """Split, and give no values."""
    text.split("\n")
    return {}


def our_values(text: str) -> Values:
    """The values that the library reads, as plain data."""
    return dict(esr_parser.to_dict(esr_parser.parse_description(text)))


def contestants() -> tuple[list[Contestant], list[str]]:
    """All that can run here, and a line about each that cannot."""
    modules, notes = peers.load()
    found = [
        Contestant(SPLIT, str, split, split),
        Contestant("json.loads", _as_json, json.loads, json.loads),
        *(Contestant(m.NAME, m.prepare, m.parse, m.parse) for m in modules),
        Contestant(OURS, str, read_all, our_values, ()),
        Contestant("esr-parser, values", str, esr_parser.parse_description, our_values, ()),
    ]
    return found, notes


def _as_json(text: str) -> str:
    return json.dumps(plain_regex.parse(text), ensure_ascii=False)


def judged(who: Contestant, texts: Iterable[Text]) -> tuple[int, list[str]]:
    """How many values came out as expected, and a line about each text with wrong ones."""
    values, lines = 0, list[str]()
    for text in texts:
        found = who.values(who.prepare(text.text))
        right, wrong = judging.judge(found, text.expected, who.uncovered)
        values += right
        if wrong:
            lines.append(f"{who.name}, {text.name}: wrong {table.some(wrong)}")
    return values, lines


def canonical_texts(rounds: int, clock: Clock) -> Table:
    """Everybody on the same canonical descriptions."""
    groups = corpus.canonical()
    everybody, notes = contestants()
    samples: dict[str, Samples] = {}
    for group, texts in groups.items():
        calls = {
            who.name: timing.each(who.run, [who.prepare(text.text) for text in texts])
            for who in everybody
        }
        samples[group] = timing.measure(calls, rounds, clock=clock)
        average = sum(len(text.text) for text in texts) // len(texts)
        notes.append(f"{group}: {len(texts)} texts, {average} characters each on average")
    first, *_ = groups
    rows = []
    for who in everybody:
        microseconds = timing.spread(samples[first][who.name]).median / len(groups[first]) / 1000
        row: dict[str, Any] = {"contestant": who.name, "us a text": microseconds}
        for group, found in samples.items():
            row[f"{group}, x split"] = ratios(found[who.name], found[SPLIT])
        values, wrong = judged(who, [text for texts in groups.values() for text in texts])
        rows.append(row | {"values right": values})
        notes += wrong if who.name != SPLIT else []
    rows.sort(key=lambda row: row["us a text"])
    ours, floor, script = (samples[first][name] for name in (OURS, SPLIT, plain_regex.NAME))
    goals = [
        Goal(f"reading canonical texts ({first}), x split", 8, ratios(ours, floor).median),
        Goal("the same, x script of regular expressions", 1, ratios(ours, script).median),
    ]
    return Table("Canonical descriptions of 2014-2020", rows, notes, goals)


def _against_split(read: Mapping[str, list[str]], rounds: int, clock: Clock) -> Samples:
    """Times of reading each list of texts, of splitting it, and of all of them."""
    calls: dict[str, Call] = {}
    for name, texts in read.items():
        calls[name] = timing.each(read_all, texts)
        calls[f"{name}|split"] = timing.each(split, texts)
    samples = timing.measure(calls, rounds, clock=clock)
    for key in ("", "|split"):
        listed = [samples[f"{name}{key}"] for name in read]
        samples[f"on the whole{key}"] = [sum(times) for times in zip(*listed, strict=True)]
    return samples


def extractor_texts(rounds: int, clock: Clock) -> Table:
    """Reading what real tools made of pages, on the whole and tool by tool."""
    tools = corpus.extracted()
    samples = _against_split(tools, rounds, clock)
    rows: list[Row] = []
    worst = 0.0
    for tool in (*tools, "on the whole"):
        ratio = ratios(samples[tool], samples[f"{tool}|split"])
        worst = max(worst, ratio.median)
        texts = len(tools[tool]) if tool in tools else sum(map(len, tools.values()))
        rows.append({"tool": tool, "texts": texts, "x split": ratio})
    goals = [
        Goal("reading extractor texts on the whole, x split", 35, ratio.median),
        Goal("the same, the worst tool", 50, worst),
    ]
    return Table("Texts from real tools: parse_document", rows, goals=goals)


def renamed(description: esr_parser.ProjectDescription) -> esr_parser.ProjectDescription:
    """The description with another project name: one value changed."""
    project = attrs.evolve(description.project, name="Uusi nimi hankkeelle")
    return attrs.evolve(description, project=project)


def operations(rounds: int, clock: Clock) -> Table:
    """Each thing the library does, on canonical, noisy and 2007-2013 descriptions."""
    canonical = [text.text for text in next(iter(corpus.canonical().values()))]
    versions = {name: list(map(change, canonical)) for name, change in noise.VERSIONS.items()}
    kinds = {
        "canonical": canonical,
        "noisy": [text for texts in versions.values() for text in texts],
        "2007-2013": [fiction.old_description(number) for number in range(corpus.INVENTED)],
    }
    calls = {kind: _operations(texts) for kind, texts in kinds.items()}
    samples = {kind: timing.measure(listed, rounds, clock=clock) for kind, listed in calls.items()}
    rows: list[Row] = []
    for name in calls["canonical"]:
        found = {
            f"{kind}, x split": ratios(samples[kind][name], samples[kind][SPLIT]) for kind in kinds
        }
        rows.append({"operation": name, **found})
    read = _against_split(versions, rounds, clock)
    for version in versions:
        ratio = ratios(read[version], read[f"{version}|split"])
        row: dict[str, Cell] = {"operation": f"parse_document, {version}"}
        rows.append(row | {f"{kind}, x split": None for kind in kinds} | {"noisy, x split": ratio})
    return Table("What the library does", rows)


def _operations(texts: list[str]) -> dict[str, Call]:
    """Operation → a call that does it for all texts."""
    documents = [read_all(text) for text in texts]
    descriptions = [document.description for document in documents]
    edits = [(document, renamed(document.description)) for document in documents]
    data = [esr_parser.to_json(description) for description in descriptions]
    todo: dict[str, tuple[Callable[[Any], object], Iterable[Any]]] = {
        SPLIT: (split, texts),
        "parse_document": (read_all, texts),
        "parse_description": (esr_parser.parse_description, texts),
        "render_description": (esr_parser.render_description, descriptions),
        "to_json": (esr_parser.to_json, descriptions),
        "from_json": (esr_parser.from_json, data),
        "to_row": (esr_parser.to_row, descriptions),
        "with_description": (lambda edit: edit[0].with_description(edit[1]).text, edits),
        "redact": (esr_parser.redact, documents),
    }
    return {name: timing.each(run, arguments) for name, (run, arguments) in todo.items()}
