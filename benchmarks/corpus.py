"""The texts a run measures: invented ones always, the project's and other corpora where present."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, NamedTuple

import esr_parser
from benchmarks import fiction, words
from benchmarks.values import Values

ROOT: Final = Path(__file__).resolve().parent.parent
TESTS: Final = ROOT / "tests"
SHARED: Final = ROOT.parent / "shared" / "corpus"
"""An optional extra corpus next to the project: samples/, truth/ and extracted/TOOL/."""
INVENTED: Final = 4
"""How many invented descriptions of each period take part."""


class Text(NamedTuple):
    """One canonical description with its values."""

    name: str
    text: str
    expected: Values


def read_all(text: str) -> esr_parser.Document:
    """What the benchmark calls reading: the document, its description and its diagnostics."""
    document = esr_parser.parse_document(text)
    _ = document.description, document.diagnostics
    return document


def is_canonical(text: str) -> bool:
    """Whether a text begins as the canonical ones of 2014-2020 do."""
    return text.startswith(tuple(f"{words.BANNER}\n\n{title}\n\n" for title in words.TITLES))


def canonical() -> dict[str, list[Text]]:
    """Where they are from → canonical 2014-2020 descriptions; the samples first if present."""
    groups = {
        "samples": _with_truth(SHARED / "samples", SHARED / "truth"),
        "invented": [Text(f"page {n}", *fiction.description(n)) for n in range(INVENTED)],
        "short": _with_truth(TESTS / "corpus", TESTS / "corpus"),
    }
    return {name: texts for name, texts in groups.items() if texts}


def _with_truth(texts: Path, truths: Path) -> list[Text]:
    found = []
    for path in sorted(texts.glob("*.txt")):
        text, truth = path.read_bytes().decode("utf-8"), truths / f"{path.stem}.json"
        if is_canonical(text):
            found.append(Text(path.stem, text, json.loads(truth.read_text(encoding="utf-8"))))
    return found


def extracted() -> dict[str, list[str]]:
    """Tool → the texts it made of pages: those of the extra corpus, else those of the tests."""
    paths = [*(SHARED / "extracted").glob("*/*.txt")] or (TESTS / "extracted").glob("*/*.txt")
    tools: dict[str, list[str]] = {}
    for path in sorted(paths):
        tools.setdefault(path.parent.name, []).append(esr_parser.read_document(path).text)
    return tools
