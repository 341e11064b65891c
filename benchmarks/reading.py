"""What reading costs, against splitting the same texts at their line ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import attrs
import esr_parser

from benchmarks import corpus, fiction, judging, noise, peers, table, timing
from benchmarks.corpus import Text, read_all
from benchmarks.peers import plain_regex, split_floor
from benchmarks.table import Cell, Goal, Row, Table
from benchmarks.timing import Call, Samples
from benchmarks.values import Values

OURS = "esr-parser, document"
OUR_COVERAGE = "all: both periods, noise, unknown labels and sections, positions, diagnostics"


class Contestant(NamedTuple):
    """Somebody who reads descriptions."""

    name: str
    covers: str
    prepare: Callable[[str], str]
    run: Callable[[str], object]
    """What is timed."""
    values: Callable[[str], Values]
    """What is checked: plain values."""
    uncovered: tuple[str, ...] = judging.UNCOVERED
    """Keys of a description it does not claim to fill."""


def our_values(text: str) -> Values:
    """The values that the library reads, as plain data."""
    return dict(esr_parser.to_dict(esr_parser.parse_description(text)))


def contestants() -> tuple[list[Contestant], list[str]]:
    """All that can run here, and a line about each that cannot."""
    modules, notes = peers.load()
    found = [Contestant(m.NAME, m.COVERS, m.prepare, m.parse, m.parse) for m in modules]
    parse = esr_parser.parse_description
    found += [
        Contestant(OURS, OUR_COVERAGE, str, read_all, our_values, ()),
        Contestant("esr-parser, values", OUR_COVERAGE, str, parse, our_values, ()),
    ]
    return found, notes


def judged(who: Contestant, texts: Iterable[Text]) -> tuple[int, list[str], list[str]]:
    """How many values came out as expected, and lines about what is wrong and not covered."""
    values, wrong, not_covered = 0, list[str](), list[str]()
    for text in texts:
        try:
            found = who.values(who.prepare(text.text))
        except Exception as error:  # noqa: BLE001 - a peer's own error types are many
            wrong.append(f"{text.name} ({type(error).__name__})")
            continue
        verdict = judging.judge(found, text.expected, who.uncovered)
        values += verdict.values
        for lines, paths in ((wrong, verdict.wrong), (not_covered, verdict.not_covered)):
            if paths:
                lines.append(f"{text.name} ({table.some(sorted(paths))})")
    return values, wrong, not_covered


def canonical_texts(rounds: int, clock: timing.Clock) -> Table:
    """Everybody on the same canonical descriptions."""
    groups = corpus.canonical()
    everybody, notes = contestants()
    samples = {
        group: timing.measure(
            {
                who.name: timing.each(who.run, [who.prepare(text.text) for text in texts])
                for who in everybody
            },
            rounds,
            clock=clock,
        )
        for group, texts in groups.items()
    }
    first = next(iter(groups))
    rows = []
    for who in everybody:
        times = samples[first][who.name]
        microseconds = timing.spread(times).median / len(groups[first]) / 1000
        row: dict[str, Cell] = {"contestant": who.name, "us a text": microseconds}
        for group, found in samples.items():
            row[f"{group}, x split"] = timing.ratios(found[who.name], found[split_floor.NAME])
        values, wrong, not_covered = judged(who, [t for texts in groups.values() for t in texts])
        rows.append(row | {"values right": values, "covers": who.covers})
        if who.name != split_floor.NAME:
            what = {"wrong": wrong, "not covered": not_covered}
            notes += [f"{who.name}, {k}: {table.some(v, '; ')}" for k, v in what.items() if v]
    rows.sort(key=lambda row: row["us a text"])
    for name, texts in groups.items():
        average = sum(len(text.text) for text in texts) // len(texts)
        notes.insert(0, f"{name}: {len(texts)} texts, {average} characters each on average")
    ours, split, script = (
        samples[first][name] for name in (OURS, split_floor.NAME, plain_regex.NAME)
    )
    goals = [
        Goal(f"reading canonical texts ({first}), x split", 8, timing.ratios(ours, split).median),
        Goal("the same, x script of regular expressions", 1, timing.ratios(ours, script).median),
    ]
    return Table("Canonical descriptions of 2014-2020", rows, notes, goals)


def _against_split(read: dict[str, list[str]], rounds: int, clock: timing.Clock) -> Samples:
    calls: dict[str, Call] = {}
    for name, texts in read.items():
        calls[name] = timing.each(read_all, texts)
        calls[f"{name}|split"] = timing.each(split_floor.parse, texts)
    return timing.measure(calls, rounds, clock=clock)


def extractor_texts(rounds: int, clock: timing.Clock) -> Table:
    """Reading what real tools made of pages, on the whole and tool by tool."""
    tools = corpus.extracted()
    title = "Texts from real tools: parse_document"
    if not tools:
        return Table(title, [], ["skipped: no such texts here"])
    samples = _against_split(tools, rounds, clock)
    for key in ("", "|split"):
        listed = [samples[f"{tool}{key}"] for tool in tools]
        samples[f"on the whole{key}"] = [sum(times) for times in zip(*listed, strict=True)]
    tools["on the whole"] = [text for texts in tools.values() for text in texts]
    rows: list[Row] = []
    worst = 0.0
    for tool, texts in tools.items():
        ratio = timing.ratios(samples[tool], samples[f"{tool}|split"])
        worst = max(worst, ratio.median)
        rows.append({"tool": tool, "texts": len(texts), "x split": ratio})
    goals = [
        Goal("reading extractor texts on the whole, x split", 35, ratio.median),
        Goal("the same, the worst tool", 50, worst),
    ]
    return Table(title, rows, goals=goals)


def renamed(description: esr_parser.ProjectDescription) -> esr_parser.ProjectDescription:
    """The description with another project name: one value changed."""
    project = attrs.evolve(description.project, name="Uusi nimi hankkeelle")
    return attrs.evolve(description, project=project)


def operations(rounds: int, clock: timing.Clock) -> Table:
    """Each thing the library does, on canonical, noisy and 2007-2013 descriptions."""
    pages = next(iter(corpus.canonical().values()))
    canonical = [text.text for text in pages]
    versions = {name: list(map(change, canonical)) for name, change in noise.VERSIONS.items()}
    kinds = {
        "canonical": canonical,
        "noisy": [text for texts in versions.values() for text in texts],
        "2007-2013": [fiction.old_description(number) for number in range(corpus.INVENTED)],
    }
    notes: list[str] = []
    calls: dict[str, Call] = {}
    for kind, texts in kinds.items():
        calls[f"{kind}|split"] = timing.each(split_floor.parse, texts)
        calls |= {f"{kind}|{name}": call for name, call in _operations(kind, texts, notes).items()}
    samples = timing.measure(calls, rounds, clock=clock)
    rows: list[Row] = []
    for name in dict.fromkeys(name.partition("|")[2] for name in calls):
        row: dict[str, Cell] = {"operation": name}
        for kind in kinds:
            times = samples.get(f"{kind}|{name}")
            floor = samples[f"{kind}|split"]
            row[f"{kind}, x split"] = timing.ratios(times, floor) if times else None
        rows.append(row)
    read = _against_split(versions, rounds, clock)
    for version in versions:
        ratio = timing.ratios(read[version], read[f"{version}|split"])
        values = dict.fromkeys((f"{kind}, x split" for kind in kinds), None)
        rows.append(
            {"operation": f"parse_document, {version}", **values, "noisy, x split": ratio}
        )
    notes += _changed(versions, pages)
    return Table("What the library does", rows, notes)


def _operations(kind: str, texts: list[str], notes: list[str]) -> dict[str, Call]:
    """Operation → a call that does it for all texts; `notes` gets a line for the others."""
    documents = [read_all(text) for text in texts]
    descriptions = [document.description for document in documents]
    edits = [(document, renamed(document.description)) for document in documents]
    json = [esr_parser.to_json(description) for description in descriptions]
    todo: dict[str, tuple[Callable[[Any], object], Iterable[Any]]] = {
        "parse_document": (read_all, texts),
        "parse_description": (esr_parser.parse_description, texts),
        "render_description": (esr_parser.render_description, descriptions),
        "to_json": (esr_parser.to_json, descriptions),
        "from_json": (esr_parser.from_json, json),
        "to_row": (esr_parser.to_row, descriptions),
        "with_description": (lambda edit: edit[0].with_description(edit[1]).text, edits),
        "redact": (esr_parser.redact, documents),
    }
    calls = {}
    for name, (run, arguments) in todo.items():
        call = timing.each(run, arguments)
        try:
            call()
        except esr_parser.EsrParserError as error:  # the other operations are still measured
            notes.append(f"{kind}, {name}: skipped, {type(error).__name__}: {str(error)[:120]}")
        else:
            calls[name] = call
    return calls


def _changed(versions: dict[str, list[str]], pages: list[Text]) -> list[str]:
    """A line about each kind of noise that changes values."""
    lines = []
    for version, texts in versions.items():
        wrong = {
            path
            for text, page in zip(texts, pages, strict=True)
            for path in judging.judge(
                judging.squeezed(our_values(text)), judging.squeezed(page.expected), ()
            ).wrong
        }
        if wrong:
            lines.append(f"{version}: values differ in {table.some(sorted(wrong))}")
    return lines
