"""The texts a run measures: invented ones always, the project's and other corpora where present."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks import fiction, noise, words
from benchmarks.values import Values

ROOT: Final = Path(__file__).resolve().parent.parent
TESTS: Final = ROOT / "tests" / "corpus"
SHARED: Final = ROOT.parent / "shared" / "corpus"
"""An optional extra corpus next to the project: samples/, truth/ and extracted/TOOL/."""
INVENTED: Final = 4
"""How many invented descriptions of each period take part."""


class Text(NamedTuple):
    """One description."""

    name: str
    text: str
    expected: Values | None = None
    """Its values, where they are known."""
    version: str = "canonical"
    """Canonical, or what made the text noisy."""
    group: str = "invented"
    """Where the text is from: invented, tests, samples."""


def read(path: Path) -> str:
    """A file's text with its line ends as they are."""
    return path.read_bytes().decode("utf-8")


def is_canonical(text: str) -> bool:
    """Whether a text is laid out as the 2014-2020 pages are: banner, title, blocks, no noise."""
    banner, _, rest = text.partition("\n\n")
    title, _, rest = rest.partition("\n\n")
    return (
        banner == words.BANNER
        and title in words.TITLES
        and not text.endswith("\n")
        and not any(mark in text for mark in "\r\ufeff\f\t\u00a0")
        and all(f"\n\n{heading}" in text for heading in words.HEADINGS[:3])
    )


def _with_truth(group: str, texts: Path, truths: Path) -> Iterator[Text]:
    for path in sorted(texts.glob("*.txt")):
        truth = truths / f"{path.stem}.json"
        if truth.exists():
            expected = json.loads(truth.read_text(encoding="utf-8"))
            yield Text(path.stem, read(path), expected, group=group)


def canonical() -> list[Text]:
    """Canonical 2014-2020 descriptions with their values."""
    texts = [Text(f"invented {number}", *fiction.description(number)) for number in range(INVENTED)]
    found = chain(
        _with_truth("tests", TESTS, TESTS),
        _with_truth("samples", SHARED / "samples", SHARED / "truth"),
    )
    return [*texts, *(text for text in found if is_canonical(text.text))]


def noisy(originals: list[Text]) -> list[Text]:
    """Every noisy version of the canonical texts, and what real tools made of the extra corpus."""
    texts = [
        Text(original.name, change(original.text), original.expected, version)
        for version, change in noise.VERSIONS.items()
        for original in originals
    ]
    known = {original.name: original.expected for original in originals}
    for path in sorted((SHARED / "extracted").glob("*/*.txt")):
        name = path.name.partition(".")[0]
        if name in known:
            texts.append(Text(name, read(path), known[name], path.parent.name))
    return texts


def old() -> list[Text]:
    """Descriptions of the programme period 2007-2013."""
    return [
        Text(f"invented {number}", fiction.old_description(number), None, "2007-2013")
        for number in range(INVENTED)
    ]
