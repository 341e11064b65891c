"""``esr-parser check``: the diagnostics of texts."""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import attrs
import click

from esr_parser.cli import streams
from esr_parser.cli.program import command
from esr_parser.cli.run import FILES, Piece, Run, format_option, run_options
from esr_parser.diagnostics import DIAGNOSTIC_CODES, Diagnostic, Severity
from esr_parser.text import Lines

_RANKS = ["info", "warning", "error"]
_GITHUB = {"info": "notice", "warning": "warning", "error": "error"}
_STYLES = {"info": "1;36", "warning": "1;33", "error": "1;31"}
_COLUMNS = 100
"""How wide lines of a text are shown without a terminal."""

Found = tuple[Piece, Diagnostic]


def _codes(_context: Any, _option: Any, values: tuple[str, ...]) -> frozenset[str]:
    """The codes that ``ESR3,ESR101`` and the like mean."""
    chosen: set[str] = set()
    for prefix in (part.strip().upper() for value in values for part in value.split(",")):
        codes = [code for code in DIAGNOSTIC_CODES if prefix and code.startswith(prefix)]
        if not codes:
            message = f"no code begins with {prefix!r}; 'esr-parser explain' lists the codes"
            raise click.BadParameter(message)
        chosen.update(codes)
    return frozenset(chosen)


_codes_option = partial(click.option, metavar="CODES", multiple=True, callback=_codes)


def _from(level: str) -> frozenset[str]:
    """The codes of a severity and above."""
    severities = _RANKS[_RANKS.index(level) :]
    return frozenset(c.code for c in DIAGNOSTIC_CODES.values() if c.severity in severities)


@command(
    "esr-parser check S29999.txt",
    "esr-parser check pages/ --statistics",
    "esr-parser check pages/ --select ESR3 --ignore ESR305",
    "esr-parser check - --format json < S29999.txt",
)
@FILES
@_codes_option(
    "--select",
    help="Report only these codes, of any severity: ESR301, or ESR3 for all that begin with it.",
)
@_codes_option("--ignore", help="Leave these codes out.")
@click.option(
    "--level",
    type=click.Choice(_RANKS),
    help="Report this severity and above.  [default: warning; with --select: info]",
)
@click.option(
    "--fail-on",
    type=click.Choice(_RANKS),
    default="error",
    show_default=True,
    help="Exit 1 for this severity and above, reported or not.",
)
@format_option(
    ("text", "json", "github"),
    "text: with the line, the place marked; json: an array; github: workflow annotations.",
)
@click.option("--statistics", is_flag=True, help="Print only how often each code occurs.")
@click.option("-q", "--quiet", is_flag=True, help="Leave out the count at the end.")
@click.option("--split", is_flag=True, help="Files may contain several descriptions.")
@run_options
def check(
    run: Run,
    files: tuple[str, ...],
    select: frozenset[str],
    ignore: frozenset[str],
    level: str | None,
    fail_on: str,
    form: str,
    statistics: bool,
    quiet: bool,
    split: bool,
) -> int:
    """Report what is wrong with texts, and where.

    PATH is a file, a folder, or - for standard input. Of HTML, lines are those of its text.

    Exit status: 0, nothing was found; 1, something was; 2, trouble.
    """
    chosen = (select or frozenset(DIAGNOSTIC_CODES)) - ignore
    shown = chosen & _from(level or ("info" if select else "warning"))
    tally = _Tally(shown, chosen & _from(fail_on), split)
    found = tally.found(run, files)
    if statistics:
        _write_statistics([d.code for _, d in found], form)
    elif form == "json":
        streams.write_array(streams.json_text(_json_object(*one), 2) for one in found)
    elif form == "github":
        for one in found:
            streams.write(f"{_github_line(*one)}\n")
    else:
        _write_text(found)
        if tally.files and not quiet:
            streams.write(f"{tally.summary()}\n")
    return run.status


@attrs.define
class _Tally:
    shown: frozenset[str]
    failing: frozenset[str]
    split: bool
    files: int = 0
    faulty: int = 0
    counts: Counter[str] = attrs.field(factory=Counter)

    def found(self, run: Run, paths: Sequence[str]) -> Iterator[Found]:
        """What is to be shown of the files; counted on the way."""
        for file in run.over(paths):
            pieces = run.attempt(file, run.pieces, file, split=self.split)
            before = self.counts.total()
            for piece in pieces or ():
                for diagnostic in piece.diagnostics:
                    if diagnostic.code in self.failing:
                        run.found()
                    if diagnostic.code in self.shown:
                        self.counts[diagnostic.severity] += 1
                        yield piece, diagnostic
            self.files += pieces is not None
            self.faulty += self.counts.total() > before

    def summary(self) -> str:
        files = streams.counted(self.files, "file")
        if not self.faulty:
            return streams.styled(f"Nothing found in {files}.", "32")
        words = [streams.counted(self.counts[s], s) for s in Severity if self.counts[s]]
        return f"Found {', '.join(words)} in {self.faulty:,} of {files}."


def _write_statistics(codes: list[str], form: str) -> None:
    rows = [(count, DIAGNOSTIC_CODES[code]) for code, count in Counter(codes).most_common()]
    if form == "json":
        objects = (
            {"code": c.code, "severity": c.severity, "name": c.name, "count": n} for n, c in rows
        )
        streams.write_array(streams.json_text(one, 2) for one in objects)
        return
    for count, c in rows:
        streams.write(f"{count:>7,}  {streams.styled(c.code, _STYLES[c.severity])}  {c.name}\n")


# -- text ---------------------------------------------------------------------------------------


def _write_text(found: Iterable[Found]) -> None:
    text, lines = "", Lines("")
    for piece, diagnostic in found:
        if piece.text is not text:
            text, lines = piece.text, Lines(piece.text)
        streams.write(f"{_head(piece.file, diagnostic)}\n{_excerpt(lines, diagnostic)}\n")


def _head(file: str, diagnostic: Diagnostic) -> str:
    """``file:line:column: CODE message``, wrapped to the terminal."""
    place = streams.one_line(f"{file}:{diagnostic.line}:{diagnostic.column}:")
    lead, message = f"{place} {diagnostic.code} ", streams.one_line(diagnostic.message)
    whole = streams.wrapped(lead, message, streams.width(sys.stdout))
    code = streams.styled(diagnostic.code, _STYLES[diagnostic.severity])
    return f"{streams.styled(place, '1')} {code} {whole[len(lead) :]}"


def _excerpt(lines: Lines, diagnostic: Diagnostic) -> str:
    """The line of a diagnostic, with a mark below its place."""
    line, number = lines.raw(diagnostic.line - 1), str(diagnostic.line)
    is_whole = "missing" in DIAGNOSTIC_CODES[diagnostic.code].name or diagnostic.span == (0, 0)
    if is_whole or not line.strip():
        return ""
    room = max((streams.width(sys.stdout) or _COLUMNS) - len(number) - 4, 20)
    start = diagnostic.column - 1
    end = min(start + diagnostic.span.end - diagnostic.span.start, len(line))
    # Prose has lines of thousands of characters: the place is shown with its surroundings.
    left = 0 if end <= room else max(start - room // 4, 0)
    right = left + room
    before = ("…" if left else "") + streams.one_line(line[left:start])
    meant = streams.one_line(line[start : min(end, right)])
    after = streams.one_line(line[end:right]) + ("…" if len(line) > right else "")
    marks = streams.styled("^" * max(_cells(meant), 1), _STYLES[diagnostic.severity])
    bar = streams.styled("|", "2")
    indent = " " * _cells(before)
    return f"{number} {bar} {before}{meant}{after}\n{' ' * len(number)} {bar} {indent}{marks}\n"


def _cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.category(c) in ("Mn", "Me", "Cf") for c in text)


# -- other forms --------------------------------------------------------------------------------


def _json_object(piece: Piece, diagnostic: Diagnostic) -> dict[str, Any]:
    """A diagnostic as plain data; ``start`` and ``end`` are offsets of characters in the text."""
    data = attrs.asdict(diagnostic, recurse=False)
    start, end = data.pop("span")
    return {"file": piece.file, "start": start, "end": end, **data}


def _github_line(piece: Piece, diagnostic: Diagnostic) -> str:
    """A workflow command that annotates the line."""
    from esr_parser.drift.report import annotation

    d, title = diagnostic, f"{diagnostic.code} {DIAGNOSTIC_CODES[diagnostic.code].name}"
    place = {"file": piece.file, "line": d.line, "col": d.column}
    return annotation(_GITHUB[d.severity], d.message, **place, title=title)
