"""Run the fuzzer: `python -m fuzz [--minutes N] [-max_len=4096 …]`, or look at its findings."""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

HERE = Path(__file__).parent
DEFAULTS = ("-max_len=4096", "-timeout=20", "-rss_limit_mb=2048", "-print_final_stats=1")


def arguments(argv: list[str] | None = None) -> tuple[argparse.Namespace, list[str]]:
    """The command line: our own options, and libFuzzer's."""
    parser = argparse.ArgumentParser("python -m fuzz", description=__doc__)
    add = parser.add_argument
    add("--work", type=Path, default=HERE.parent / "build" / "fuzz", help="folder to work in")
    add("--minutes", type=float, default=30, help="how long (default: 30)")
    add("--stop", action="store_true", help="stop at the first finding")
    add("--minimise", type=Path, metavar="FILE", help="print a smaller text that breaks as FILE")
    return parser.parse_known_args(argv)


def minimise(path: Path) -> None:
    """Say which law the text in a file breaks, and print a smaller one that breaks it, too."""
    from fuzz.findings import minimised
    from fuzz.target import BrokenLawError, check, text_of

    text = text_of(path.read_bytes())
    try:
        check(text, None)
    except BrokenLawError as broken:
        print(broken)
        print(repr(minimised(text, broken)))
    else:
        print("no law is broken")


def fuzz(options: argparse.Namespace, flags: list[str]) -> None:
    """Fuzz until the time is over. Ends the process."""
    import atheris

    with atheris.instrument_imports(include=["esr_parser"]):
        from fuzz.findings import Findings
        from fuzz.inputs import mutated, write
        from fuzz.target import BrokenLawError, check, data_of, text_of

    words, seeds = write(options.work)
    corpus = options.work / "corpus"
    corpus.mkdir(exist_ok=True)
    findings = Findings(options.work / "findings")

    def one_input(data: bytes) -> None:
        text = text_of(data)
        try:
            check(text)
        except BrokenLawError as broken:
            findings.add(text, broken)
            if options.stop:
                raise

    def mutation(data: bytes, max_size: int, seed: int) -> bytes:
        rng = random.Random(seed)
        if rng.random() < 0.5:
            return atheris.Mutate(data, max_size)
        return data_of(mutated(text_of(data), rng))[:max_size]

    own = [f"-dict={words}", f"-max_total_time={int(options.minutes * 60)}"]
    own.append(f"-artifact_prefix={options.work}/")
    atheris.Setup(
        [sys.argv[0], str(corpus), str(seeds), *DEFAULTS, *own, *flags],
        one_input,
        custom_mutator=mutation,
    )
    atheris.Fuzz()


def main(argv: list[str] | None = None) -> None:
    """Do what the command line says."""
    options, flags = arguments(argv)
    if options.minimise:
        minimise(options.minimise)
    else:
        fuzz(options, flags)


if __name__ == "__main__":
    main()
