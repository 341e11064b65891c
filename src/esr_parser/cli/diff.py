"""``esr-parser diff``: what differs between two descriptions, or two folders of them."""

from __future__ import annotations

from html import escape
from pathlib import Path

import click

from esr_parser.cli import streams
from esr_parser.cli.program import command
from esr_parser.cli.run import FILE, Run, format_option, run_options
from esr_parser.differences import FORMS, compare, format_changes
from esr_parser.differences import diff as differences
from esr_parser.model import ProjectDescription
from esr_parser.view import page


@command(
    "esr-parser diff S29999-2021.txt S29999-2022.txt",
    "esr-parser diff pages-2021 pages-2022 --format html > changes.html",
)
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@format_option(FORMS)
@run_options
def diff(run: Run, old: str, new: str, form: str) -> int:
    """Show which values differ between two descriptions.

    OLD and NEW are two files (- for standard input) or two folders; in folders, descriptions are
    compared by their project codes, and a summary counts what is new, gone and changed.

    Exit status: 0, the same values; 1, different ones; 2, trouble.
    """
    is_folder = Path(old).is_dir()
    if form == "text" and streams.has_colours():
        form = "terminal"
    if is_folder != Path(new).is_dir():
        raise click.UsageError("OLD and NEW are two files or two folders")
    if is_folder:
        comparison = compare(_folder(run, old), _folder(run, new))
        differs = bool(comparison.new or comparison.gone or comparison.changed)
        text = format_changes(comparison, form)
    else:
        before, after = (run.attempt(file, run.document, file) for file in (old, new))
        if before is None or after is None:
            return run.status
        changes = differences(before.description, after.description, layout=after.layout)
        differs, text = bool(changes), format_changes(changes, form)
    if differs:
        run.found()
    if form == "html":
        title = f"{old} → {new}"
        text = page(title, f"<header><h1>{escape(title)}</h1></header>\n{text}")
    streams.write(text)
    return run.status


def _folder(run: Run, folder: str) -> dict[str, ProjectDescription]:
    """The descriptions of a folder by project code; without one, by the file's name."""
    found: dict[str, ProjectDescription] = {}
    for file in run.over([folder]):
        document = run.attempt(file, run.document, file)
        if document is not None:
            code = document.description.project.code or str(Path(file).relative_to(folder))
            if code in found:
                run.fail(file, f"a second description of {code}, left out")
            found.setdefault(code, document.description)
    return found
