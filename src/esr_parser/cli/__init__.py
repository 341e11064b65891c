"""The command line ``esr-parser``.

It needs the extra ``cli`` (click, rich); without it, :func:`main` reports what to install.

Exit status of every command: 0, all is well; 1, a text has errors, changes or differences; 2,
trouble; 130 after Ctrl-C; 141 where the reader of the output went away.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit status; ``argv`` has no program's name in it.

    >>> main(["--version"])  # doctest: +ELLIPSIS
    esr-parser ...
    0
    """
    try:
        from esr_parser.cli.program import program
    except ModuleNotFoundError as error:
        from esr_parser.cli import streams

        streams.report(streams.missing(error))
        return 2
    try:
        arguments = None if argv is None else list(argv)
        return int(program.main(arguments, "esr-parser", standalone_mode=False) or 0)
    except KeyboardInterrupt:
        return 130
