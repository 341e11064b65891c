"""Section 2: each thing the library does, on canonical, noisy and 2007-2013 descriptions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from benchmarks import check, corpus, library, table, timing
from benchmarks.corpus import Text
from benchmarks.table import Row, Table
from benchmarks.timing import Call
from benchmarks.values import Values

TITLE = "2. esr_parser on canonical, noisy and 2007-2013 descriptions"
READING: Final = "parse_document"
OPERATIONS: Final = (
    READING,
    "render_description",
    "to_json",
    "from_json",
    "with_description",
)
NEW_NAME: Final = "Uusi nimi hankkeelle"


def measured(rounds: int, clock: timing.Clock) -> Table:
    """Measure every operation on every kind of text."""
    ours, reason = library.load()
    if ours is None:
        return Table(TITLE, [], [reason])
    canonical = corpus.canonical()
    noisy = corpus.noisy(canonical)
    kinds = {
        **{f"canonical, {group}": texts for group, texts in _by_group(canonical).items()},
        "canonical": canonical,
        "noisy, all": noisy,
        "2007-2013": corpus.old(),
    }
    versions = {f"noisy, {version}": texts for version, texts in _by_version(noisy).items()}
    calls: dict[str, Call] = {}
    failures: list[str] = []
    for kind, texts in kinds.items():
        calls[f"{kind}|split"] = _split(texts)
        found = _operations(ours, kind, texts, failures)
        calls |= {f"{kind}|{name}": call for name, call in found.items()}
    for version, texts in versions.items():
        calls[f"{version}|{READING}"] = _reading(ours, texts)
        originals = _originals(texts, canonical)
        calls[f"{version}|canonical"] = _reading(ours, originals)
    calls["noisy, all|canonical"] = _reading(ours, _originals(noisy, canonical))
    samples = timing.measure(calls, rounds, clock=clock)
    rows = _operation_rows(samples, kinds) + _version_rows(samples, versions)
    return Table(TITLE, rows, [*_notes(), *failures, *_changed(ours, noisy)])


def _notes() -> list[str]:
    return [
        "x split: against splitting the same texts",
        "x canonical: noisy versions against the texts they were made from",
        f"{READING} includes .description and .diagnostics",
        "with_description changes the project's name and takes the new text",
    ]


def _split(texts: list[Text]) -> Call:
    sources = [text.text for text in texts]

    def call() -> None:
        for source in sources:
            source.split("\n")

    return call


def _reading(ours: Any, texts: list[Text]) -> Call:
    return _each(lambda source: library.read_all(ours, source), [text.text for text in texts])


def _each(run: Callable[[Any], object], arguments: Iterable[Any]) -> Call:
    listed = list(arguments)

    def call() -> None:
        for argument in listed:
            run(argument)

    return call


def _operations(ours: Any, kind: str, texts: list[Text], failures: list[str]) -> dict[str, Call]:
    """Operation → a call that does it for all texts; `failures` gets a line for the others."""
    documents = [library.read_all(ours, text.text) for text in texts]
    descriptions = [document.description for document in documents]
    makers: dict[str, Callable[[], Call]] = {
        READING: lambda: _reading(ours, texts),
        "render_description": lambda: _each(ours.render_description, descriptions),
        "to_json": lambda: _each(ours.to_json, descriptions),
        "from_json": lambda: _each(ours.from_json, map(ours.to_json, descriptions)),
        "with_description": lambda: _each(
            lambda pair: pair[0].with_description(pair[1]).text,
            zip(documents, map(renamed, descriptions), strict=True),
        ),
    }
    calls = {}
    for name, make in makers.items():
        try:
            call = make()
            call()
        except Exception as error:  # told in a note: the other operations are still measured
            failures.append(f"{kind}, {name}: skipped, {type(error).__name__}: {str(error)[:120]}")
        else:
            calls[name] = call
    return calls


def renamed(description: Any) -> Any:
    """The description with another project name: one value changed."""
    import attrs

    return attrs.evolve(description, project=attrs.evolve(description.project, name=NEW_NAME))


def _by_group(texts: list[Text]) -> dict[str, list[Text]]:
    """Texts as long as those of the register, and the short ones of the project's own tests."""
    groups: dict[str, list[Text]] = {}
    for text in texts:
        groups.setdefault(text.group, []).append(text)
    return groups


def _by_version(texts: list[Text]) -> dict[str, list[Text]]:
    versions: dict[str, list[Text]] = {}
    for text in texts:
        versions.setdefault(text.version, []).append(text)
    return versions


def _originals(texts: list[Text], canonical: list[Text]) -> list[Text]:
    named = {text.name: text for text in canonical}
    return [named[text.name] for text in texts]


def _operation_rows(samples: timing.Samples, kinds: dict[str, list[Text]]) -> list[Row]:
    rows: list[Row] = []
    for kind, texts in kinds.items():
        for name in (name for name in OPERATIONS if f"{kind}|{name}" in samples):
            base = samples.get(f"{kind}|canonical") if name == READING else None
            rows.append(_row(samples, kind, name, len(texts), base, samples[f"{kind}|split"]))
    return rows


def _version_rows(samples: timing.Samples, versions: dict[str, list[Text]]) -> list[Row]:
    return [
        _row(samples, version, READING, len(texts), samples[f"{version}|canonical"], None)
        for version, texts in versions.items()
    ]


def _row(
    samples: timing.Samples,
    kind: str,
    name: str,
    texts: int,
    base: list[float] | None,
    split: list[float] | None,
) -> Row:
    times = samples[f"{kind}|{name}"]
    return {
        "texts": kind,
        "operation": name,
        "us per text": timing.spread(times).median / texts / 1000,
        "x split": timing.ratios(times, split) if split else None,
        "x canonical": timing.ratios(times, base) if base else None,
    }


def _changed(ours: Any, texts: list[Text]) -> list[str]:
    """A line for each noisy version that does not give the values of its canonical text."""
    if lacking := library.missing(ours, "parse_description", "to_dict"):
        return [f"values not compared: no {' and no '.join(lacking)}"]
    lines = []
    for version, listed in _by_version(texts).items():
        wrong = {
            difference.path
            for text in listed
            if text.expected
            for difference in check.judge(
                _squeezed(ours.to_dict(ours.parse_description(text.text))),
                _squeezed(text.expected),
                (),
            ).wrong
        }
        if wrong:
            lines.append(f"{version}: values differ in {table.some(sorted(wrong), ', ')}")
    return lines


def _squeezed(value: Any) -> Any:
    """The values with white space, hyphens and Markdown escapes in texts set aside."""
    if isinstance(value, dict):
        plain: Values = {key: _squeezed(inner) for key, inner in value.items()}
        return plain
    if isinstance(value, (list, tuple)):
        return [_squeezed(inner) for inner in value]
    if isinstance(value, str):
        return "".join(value.split()).replace("-", "").replace("\\", "")
    return value
