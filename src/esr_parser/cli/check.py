"""``esr-parser check``: what is reported of texts."""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import attrs
import click

from esr_parser.cli import streams
from esr_parser.cli.run import FILES, Piece, Run, run_options
from esr_parser.diagnostics import DIAGNOSTIC_CODES, Diagnostic, Severity
from esr_parser.text import Lines

__all__ = ["check"]

_SEVERITIES = [severity.value for severity in Severity]
_RANKS = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}
_GITHUB = {Severity.INFO: "notice", Severity.WARNING: "warning", Severity.ERROR: "error"}
_STYLES = {Severity.INFO: "1;36", Severity.WARNING: "1;33", Severity.ERROR: "1;31"}
_COLUMNS = 100
"""How wide lines of a text are shown where there is no terminal."""

_EXAMPLES = """\b
Examples:
  esr-parser check S29999.txt
  esr-parser check pages/ --statistics
  esr-parser check pages/ --select ESR3 --ignore ESR305
  esr-parser check - --format json < S29999.txt
"""

Found = tuple[Piece, Diagnostic]


def _codes(
    ctx: click.Context,  # noqa: ARG001
    param: click.Parameter,  # noqa: ARG001
    values: tuple[str, ...],
) -> frozenset[str]:
    """The codes that ``ESR3,ESR101`` and the like mean."""
    chosen: set[str] = set()
    for prefix in (part.strip().upper() for value in values for part in value.split(",")):
        codes = {code for code in DIAGNOSTIC_CODES if prefix and code.startswith(prefix)}
        if not codes:
            raise click.BadParameter(
                f"no code begins with {prefix!r}; 'esr-parser explain' lists the codes"
            )
        chosen |= codes
    return frozenset(chosen)


@click.command(epilog=_EXAMPLES)
@FILES
@click.option(
    "--select",
    metavar="CODES",
    multiple=True,
    callback=_codes,
    help="Report only these codes, of any severity: ESR301, or ESR3 for all that begin so.",
)
@click.option("--ignore", metavar="CODES", multiple=True, callback=_codes, help="Leave these out.")
@click.option(
    "--level",
    type=click.Choice(_SEVERITIES),
    help="Report this severity and above.  [default: warning; with --select: info]",
)
@click.option(
    "--fail-on",
    type=click.Choice(_SEVERITIES),
    default="error",
    show_default=True,
    help="Exit 1 for this severity and above, reported or not.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="text: with the line that is meant; json: an array of objects; github: annotations of"
    " a workflow.",
)
@click.option("--statistics", is_flag=True, help="Print only how often each code occurs.")
@click.option("-q", "--quiet", is_flag=True, help="Print no count at the end.")
@click.option("--split", is_flag=True, help="Files may hold several descriptions.")
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
    level = level or ("info" if select else "warning")
    codes = (select or frozenset(DIAGNOSTIC_CODES)) - ignore
    tally = _Tally(run, codes & _from(level), codes & _from(fail_on), split)
    with run.over(files) as steps:
        found = tally.found(steps)
        if statistics:
            for _ in found:
                pass
            _write_statistics(tally.counts, form)
        elif form == "json":
            streams.write_array(streams.json_text(_json_object(*one), 2) for one in found)
        elif form == "github":
            for one in found:
                streams.write(f"{_github_line(*one)}\n")
        else:
            _write_text(found)
    if form == "text" and tally.files and not quiet and not statistics:
        streams.write(f"{tally.summary()}\n")
    return run.status


def _from(level: str) -> frozenset[str]:
    rank = _RANKS[Severity(level)]
    return frozenset(c.code for c in DIAGNOSTIC_CODES.values() if _RANKS[c.severity] >= rank)


@attrs.define
class _Tally:
    run: Run
    shown: frozenset[str]
    failing: frozenset[str]
    split: bool
    counts: Counter[str] = attrs.field(factory=Counter)
    files: int = 0
    faulty: int = 0

    def found(self, files: Iterable[str]) -> Iterator[Found]:
        """What is to be shown of the files; counted on the way."""
        for file in files:
            pieces = self.run.attempt(file, self.run.pieces, file, split=self.split)
            if pieces is None:
                continue
            before = self.counts.total()
            for piece in pieces:
                for diagnostic in piece.diagnostics:
                    if diagnostic.code in self.failing:
                        self.run.found()
                    if diagnostic.code in self.shown:
                        self.counts[diagnostic.code] += 1
                        yield piece, diagnostic
            self.files += 1
            self.faulty += self.counts.total() > before

    def summary(self) -> str:
        files = _counted(self.files, "file")
        if not self.faulty:
            return streams.styled(f"Nothing found in {files}.", "32")
        by_severity: Counter[Severity] = Counter()
        for code, count in self.counts.items():
            by_severity[DIAGNOSTIC_CODES[code].severity] += count
        words = [_counted(n, s.value) for s in Severity if (n := by_severity[s])]
        return f"Found {', '.join(words)} in {self.faulty} of {files}."


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _write_statistics(counts: Counter[str], form: str) -> None:
    rows = [(count, DIAGNOSTIC_CODES[code]) for code, count in counts.most_common()]
    if form == "json":
        streams.write_array(
            streams.json_text(
                {"code": c.code, "severity": c.severity, "name": c.name, "count": count}, 2
            )
            for count, c in rows
        )
    else:
        for count, c in rows:
            code = streams.styled(c.code, _STYLES[c.severity])
            streams.write(f"{count:>7,}  {code}  {c.name}\n")


# -- text ---------------------------------------------------------------------------------------


def _write_text(found: Iterable[Found]) -> None:
    text, lines = None, Lines("")
    for piece, diagnostic in found:
        if piece.text is not text:
            text, lines = piece.text, Lines(piece.text)
        streams.write(f"{_head(piece.file, diagnostic)}\n{_excerpt(lines, diagnostic)}\n")


def _head(file: str, diagnostic: Diagnostic) -> str:
    """``file:line:column: CODE message``, wrapped to the terminal."""
    place = streams.one_line(f"{file}:{diagnostic.line}:{diagnostic.column}:")
    code = diagnostic.code
    lead, message = f"{place} {code} ", streams.one_line(diagnostic.message)
    whole = streams.wrapped(lead, message, streams.width(sys.stdout))
    style = _STYLES[diagnostic.severity]
    lead = f"{streams.styled(place, '1')} {streams.styled(code, style)} "
    return lead + whole[len(place) + len(code) + 2 :]


def _excerpt(lines: Lines, diagnostic: Diagnostic) -> str:
    """The line that is meant, with a caret below what is meant."""
    line, number = lines.raw(diagnostic.line - 1), str(diagnostic.line)
    if not line.strip():
        return ""
    room = max((streams.width(sys.stdout) or _COLUMNS) - len(number) - 4, 20)
    start = diagnostic.column - 1
    end = min(start + diagnostic.span.end - diagnostic.span.start, len(line))
    # Prose has lines of thousands of characters: what is meant is shown with its surroundings.
    left = 0 if end <= room else max(start - room // 4, 0)
    right = left + room
    before = ("…" if left else "") + streams.one_line(line[left:start])
    meant = streams.one_line(line[start : min(end, right)])
    after = streams.one_line(line[max(start, end) : right]) + ("…" if len(line) > right else "")
    marks = streams.styled("^" * max(_cells(meant), 1), _STYLES[diagnostic.severity])
    bar = streams.styled("|", "2")
    return (
        f"{number} {bar} {before}{meant}{after}\n"
        f"{' ' * len(number)} {bar} {' ' * _cells(before)}{marks}\n"
    )


def _cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.category(c) in ("Mn", "Me", "Cf") for c in text)


# -- other forms --------------------------------------------------------------------------------


def _json_object(piece: Piece, diagnostic: Diagnostic) -> dict[str, Any]:
    """A diagnostic as plain data; ``start`` and ``end`` are offsets of characters in the text."""
    return {
        "file": piece.file,
        "line": diagnostic.line,
        "column": diagnostic.column,
        "start": diagnostic.span.start,
        "end": diagnostic.span.end,
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "section": diagnostic.section,
        "label": diagnostic.label,
        "count": diagnostic.count,
        "words": diagnostic.words,
    }


def _github_line(piece: Piece, diagnostic: Diagnostic) -> str:
    """A workflow command that annotates the line.

    Source: GitHub's documentation, "Workflow commands", and the escapes of ``@actions/core``.
    """
    code = diagnostic.code
    properties = {
        "file": piece.file,
        "line": str(diagnostic.line),
        "col": str(diagnostic.column),
        "title": f"{code} {DIAGNOSTIC_CODES[code].name}",
    }
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_GITHUB[diagnostic.severity]} {listed}::{_escaped(diagnostic.message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
