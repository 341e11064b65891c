"""What the fuzzer starts from: words of the format, whole texts, and changes of lines."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from esr_parser.layouts import LAYOUTS
from esr_parser.parser import default_parser
from esr_parser.testing import NOISES
from esr_parser.testing.page import declared_words
from esr_parser.testing.words import ODD_LINES, PROSE_LINES, structural_lines
from fuzz.changes import EXAMPLES
from fuzz.target import data_of

TESTS = Path(__file__).parent.parent / "tests"
MARKS = (":", ": ", "\n", "\n\n", "\r\n", "\u00a0", "\u200b", "\ufeff", "\f", "\0", "\u2028",
         "a\u0308", "\u00ad", "\t", " | ", "|", "---|---", "# ", "**", "\\.", "[", "](", "1. ",
         "(at)", "- ", "* ", "\udcff")  # fmt: skip


def dictionary() -> Iterator[str]:
    """A libFuzzer dictionary: every declared word, a value of each type, and some marks."""
    words = [*declared_words(LAYOUTS)]
    words += [value for values in EXAMPLES.values() for value in values]
    return (entry(word) for word in dict.fromkeys([*words, *MARKS]))


def entry(word: str) -> str:
    """A word as libFuzzer wants it: in quotes, and what is not printable ASCII as a number."""
    plain = {*range(0x20, 0x7F)} - {ord('"'), ord("\\")}
    return '"' + "".join(chr(b) if b in plain else f"\\x{b:02x}" for b in data_of(word)) + '"'


def seeds() -> Iterator[str]:
    """Whole texts of the test suite, kept findings, each section alone, and noisy versions."""
    paths = [*TESTS.glob("corpus/*.txt"), *TESTS.glob("extracted/*/*.txt")]
    paths += TESTS.glob("fuzzed/*.txt")
    parser = default_parser()
    for path in sorted(paths):
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        yield text
        for section in parser.parse_document(text).sections:
            yield section.text
    whole = (TESTS / "corpus" / "whole-esr.txt").read_text(encoding="utf-8")
    for noise in NOISES.values():
        yield noise.apply(whole)


def write(folder: Path) -> tuple[Path, Path]:
    """Writes the dictionary and the seeds into a folder; gives the two places."""
    words, texts = folder / "words.dict", folder / "seeds"
    texts.mkdir(parents=True, exist_ok=True)
    words.write_text("\n".join(dictionary()) + "\n", encoding="ascii")
    for number, text in enumerate(dict.fromkeys(seeds())):
        (texts / f"{number:04}.txt").write_bytes(data_of(text))
    return words, texts


# -- changes of lines -------------------------------------------------------------------------

LINES = tuple(dict.fromkeys([*structural_lines(LAYOUTS), *ODD_LINES, *PROSE_LINES]))
_Lines = list[str]


def mutated(text: str, rng: random.Random) -> str:
    """The text with one to three changes of whole lines."""
    for _ in range(rng.randint(1, 3)):
        lines = text.split("\n")
        text = "\n".join(rng.choice(MUTATIONS)(lines, rng))
    return text


def _run(lines: _Lines, rng: random.Random) -> tuple[int, int]:
    start = rng.randrange(len(lines))
    return start, min(len(lines), start + rng.choice((1, 1, 2, 3, 8)))


def _taken_out(lines: _Lines, rng: random.Random) -> _Lines:
    start, end = _run(lines, rng)
    return lines[:start] + lines[end:]


def _repeated(lines: _Lines, rng: random.Random) -> _Lines:
    start, end = _run(lines, rng)
    return lines[:end] + lines[start:end] + lines[end:]


def _moved(lines: _Lines, rng: random.Random) -> _Lines:
    start, end = _run(lines, rng)
    rest = lines[:start] + lines[end:]
    place = rng.randint(0, len(rest))
    return rest[:place] + lines[start:end] + rest[place:]


def _put_in(lines: _Lines, rng: random.Random) -> _Lines:
    place = rng.randint(0, len(lines))
    block = rng.choice(([rng.choice(LINES)], [rng.choice(LINES), ""], ["", rng.choice(LINES)]))
    return lines[:place] + block + lines[place:]


def _joined(lines: _Lines, rng: random.Random) -> _Lines:
    place = rng.randrange(len(lines))
    one = rng.choice((" ", "", " | ")).join(lines[place : place + 2])
    return [*lines[:place], one, *lines[place + 2 :]]


def _broken(lines: _Lines, rng: random.Random) -> _Lines:
    place = rng.randrange(len(lines))
    words = lines[place].split(" ")
    cut = rng.randint(0, len(words))
    halves = " ".join(words[:cut]), " ".join(words[cut:])
    return [*lines[:place], *halves, *lines[place + 1 :]]


def _marked(lines: _Lines, rng: random.Random) -> _Lines:
    start, end = _run(lines, rng)
    before, after = rng.choice(
        (("# ", ""), ("| ", " |"), ("**", "**"), ("  ", ""), ("", "  "), ("- ", ""), ("", "\r"),
         ("\u00a0", ""), ("1. ", ""), ("\\", ""), ("<p>", "</p>"), ("", ":"), ("\ufeff", ""))
    )  # fmt: skip
    return lines[:start] + [before + line + after for line in lines[start:end]] + lines[end:]


def _replaced(lines: _Lines, rng: random.Random) -> _Lines:
    start, end = _run(lines, rng)
    change: Callable[[str], str] = rng.choice(
        (str.upper, str.lower, lambda s: s.replace(" ", "\u00a0"), lambda s: s.replace(" ", ""),
         lambda s: s.replace(": ", ":"), lambda s: s.replace(":", " :"), lambda s: s[::-1],
         lambda s: re.sub(r"\d", "7", s), lambda s: s.replace("ä", "a\u0308"))
    )  # fmt: skip
    return lines[:start] + [change(line) for line in lines[start:end]] + lines[end:]


def _noisy(lines: _Lines, rng: random.Random) -> _Lines:
    return rng.choice(tuple(NOISES.values())).apply("\n".join(lines)).split("\n")


MUTATIONS = (
    _taken_out, _repeated, _moved, _put_in, _put_in, _joined, _broken, _marked, _replaced, _noisy
)  # fmt: skip
