"""``esr-parser fmt``: texts to canonical texts."""

from __future__ import annotations

import difflib
import errno
import io
from pathlib import Path

import click

from esr_parser.cli import streams
from esr_parser.cli.program import command
from esr_parser.cli.run import FILES, Run, run_options
from esr_parser.document import Document
from esr_parser.files import HTML_SUFFIXES, TEXT_SUFFIXES
from esr_parser.parts import parts_of

_FOREIGN = frozenset({"ESR101", "ESR102"})
_TITLE_MISSING = "ESR104"


@command(
    "esr-parser fmt noisy.txt > canonical.txt",
    "esr-parser fmt --diff noisy.txt",
    "esr-parser fmt --check pages/",
    "esr-parser fmt --write pages/",
)
@FILES
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Print what would change, as a unified diff.")
@click.option("--write", is_flag=True, help="Rewrite the files in place.")
@click.option("--force", is_flag=True, help="Rewrite also what does not look like a description.")
@run_options
def fmt(run: Run, files: tuple[str, ...], check: bool, diff: bool, write: bool, force: bool) -> int:
    """Print the canonical text of a description.

    PATH is a file, a folder (its .txt, .text and .md files), or - for standard input. Several
    files need --check, --diff or --write. The values stay the same.

    A file that is not a description is left alone, with exit status 1. So are, with --check, --diff
    and --write, HTML files and texts with neither title nor project code. --force overrides this,
    but not for HTML.

    Exit status: 0, all is well; 1, --check and a file would change, or a file was left alone; 2,
    trouble.
    """
    in_place = check or diff or write
    if write and (check or diff):
        raise click.UsageError("--write cannot be used with --check or --diff")
    if write and "-" in files:
        raise click.UsageError("standard input cannot be rewritten in place")
    if not in_place and (len(files) > 1 or any(Path(file).is_dir() for file in files)):
        raise click.UsageError("several files need --check, --diff or --write")
    for file in run.over(files, TEXT_SUFFIXES):
        run.attempt(file, _formatted, run, file, check, diff, write, force)
    return run.status


def _formatted(run: Run, file: str, check: bool, diff: bool, write: bool, force: bool) -> None:
    data, text, _ = run.read(file)
    document = run.parser.parse_bytes(data, Path(file).suffix)
    in_place = check or diff or write
    refusal = _refusal(file, text, document, in_place=in_place, force=force)
    if refusal is not None:
        streams.report(f"{file}: left alone: {refusal}")
        run.found()
        return
    descriptions = [part.document.description for part in parts_of(document)]
    canonical = "\n\n".join(map(run.parser.render_description, descriptions))
    if not in_place:
        run.emit(file, canonical)
    elif data == canonical.encode():
        return
    elif write:
        _replace(file, canonical.encode())
    else:
        if diff:
            streams.write(_difference(file, text, canonical))
        if check:
            run.found()
        if check or text == canonical:
            only = ", to UTF-8 alone" if text == canonical else ""
            streams.report(f"{file}: would be rewritten{only}")


def _refusal(
    file: str, text: str, document: Document, *, in_place: bool, force: bool
) -> str | None:
    """Why a file is left alone."""
    codes = {d.code: d for d in document.diagnostics}
    is_html = Path(file).suffix.lower() in HTML_SUFFIXES or document.text != text
    if in_place and is_html:
        return "HTML is never rewritten; 'esr-parser fmt FILE > OUT.txt' prints its text"
    if not force and (foreign := _FOREIGN & codes.keys()):
        return f"not a project description: {codes[min(foreign)].message}; --force overrides"
    if in_place and not force and _TITLE_MISSING in codes and not document.description.project.code:
        return "the text has neither a title nor a project code; --force overrides"
    return None


def _difference(file: str, old: str, new: str) -> str:
    """A unified diff that ``patch`` can apply, which knows no line end but the line feed."""
    name = streams.one_line(file)
    before, after = (io.StringIO(text, newline="\n").readlines() for text in (old, new))
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in difflib.unified_diff(before, after, name, name)
    )


def _replace(file: str, data: bytes) -> None:
    """Puts bytes in a file's place; where it is a symbolic link, of the file it leads to."""
    path = Path(file).resolve()
    if not path.is_file():
        raise OSError(errno.EINVAL, "not a regular file, so it cannot be replaced")
    # Renaming would get past the permissions of the file itself.
    with path.open("r+b"):
        pass
    streams.replace(path, data)
