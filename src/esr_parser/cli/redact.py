"""``esr-parser redact``: texts without personal data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import click

from esr_parser.cli import streams
from esr_parser.cli.program import command
from esr_parser.cli.run import FILE, FILES, Run, run_options
from esr_parser.redaction import findings
from esr_parser.redaction import redact as redacted

_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")


@command(
    "esr-parser redact --dry-run S29999.txt",
    "esr-parser redact S29999.txt -o public.txt",
    "esr-parser redact pages/*.txt -o public --pattern 'Tarulan \\w+'",
)
@FILES
@click.option("-o", "--output", metavar="OUT", type=FILE, help="A file; for several, a folder.")
@click.option("--dry-run", is_flag=True, help="Write nothing; list what would be taken out.")
@click.option("--mark", default="[poistettu]", show_default=True, help="Written in prose instead.")
@click.option("--pattern", "patterns", metavar="REGEX", multiple=True, help="Take this out, too.")
@run_options
def redact(
    run: Run,
    files: tuple[str, ...],
    output: str | None,
    dry_run: bool,
    mark: str,
    patterns: tuple[str, ...],
) -> int:
    """Take the contact's name, e-mail addresses and telephone numbers out of texts.

    Fields are emptied; in prose, a mark is written. Every other line stays as it is. What is found
    is listed by place and kind: with --dry-run on standard output, else on standard error.

    FILE may be - for standard input. Of HTML, the text of the page is written, in a folder as
    NAME.html.txt. Other persons' names stay, unless --pattern finds them.

    Exit status: 0, all is well; 2, trouble.
    """
    is_folder = len(files) > 1 or any(Path(file).is_dir() for file in files)
    if is_folder and output is None and not dry_run:
        raise click.UsageError("several files, or a folder, need -o FOLDER or --dry-run")
    if is_folder and len({Path(file).name for file in files}) < len(files):
        raise click.UsageError("two files have the same name, and would become one")
    try:
        compiled = [re.compile(pattern) for pattern in patterns]
    except re.error as error:
        raise click.UsageError(f"--pattern {error.pattern!r}: {error}") from error
    target = None if output is None else Path(output)
    for file in run.over(files):
        run.attempt(file, _redacted, run, file, dry_run, target, is_folder, mark, compiled)
    return run.status


def _redacted(
    run: Run,
    file: str,
    dry_run: bool,
    target: Path | None,
    is_folder: bool,
    mark: str,
    patterns: Sequence[re.Pattern[str]],
) -> None:
    data, text, _ = run.read(file)
    document = run.parser.parse_bytes(data, Path(file).suffix)
    unread = [error.message for error in document.errors if error.code == "ESR102"]
    if unread:  # a name would be found nowhere
        raise ValueError(f"not redacted, since it was not read: {unread[0]}")
    for one in findings(document, patterns=patterns):
        label = f" ({one.label})" if one.label else ""
        line = f"{file}:{one.line}:{one.column}: {one.kind}{label}"
        if dry_run:
            streams.write(f"{streams.one_line(line)}\n")
        else:
            streams.report(line)
    if dry_run:
        return
    new = redacted(document, mark=mark, patterns=patterns).text
    if target is not None and is_folder:
        is_html = document.text != text
        target /= f"{Path(file).name}{'.txt' if is_html else ''}"
    if target is None:
        run.emit(file, new)
    elif target.resolve() == Path(file).resolve():
        raise ValueError("the file itself would be overwritten; -o names another one")
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(new.encode(_encoding(data, text), "backslashreplace"))


def _encoding(data: bytes, text: str) -> str:
    """The encoding of the file, so that lines without personal data keep their bytes."""
    return next((name for name in _ENCODINGS if text.encode(name, "replace") == data), "utf-8")
