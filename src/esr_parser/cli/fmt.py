"""``esr-parser fmt``: texts to canonical texts."""

from __future__ import annotations

import difflib
import errno
import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

import attrs
import click

from esr_parser.cli import streams
from esr_parser.cli.run import FILES, Run, run_options

__all__ = ["difference", "fmt", "replace"]

_FOREIGN = frozenset({"ESR101", "ESR102"})


@click.command()
@FILES
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Print what would change, as a unified diff.")
@click.option("--write", is_flag=True, help="Rewrite the files in place.")
@run_options
def fmt(run: Run, files: tuple[str, ...], check: bool, diff: bool, write: bool) -> int:
    """Print the canonical text of a description.

    FILE may be - for standard input. Several files need --check, --diff or --write. The values
    stay the same; a text that is no description is left alone.

    Exit status: 0, all is well; 1, --check and a file would change; 2, trouble.
    """
    if write and (check or diff):
        raise click.UsageError("--write goes with neither --check nor --diff")
    if write and "-" in files:
        raise click.UsageError("standard input cannot be rewritten in place")
    if len(files) > 1 and not (check or diff or write):
        raise click.UsageError("several files need --check, --diff or --write")
    with run.over(files) as steps:
        for file in steps:
            change = run.attempt(file, _change, run, file)
            if change is None:
                continue
            if write:
                if change.is_needed:
                    run.attempt(file, replace, file, change.canonical.encode())
            elif check or diff:
                _show(run, change, check=check, diff=diff)
            else:
                run.emit(file, change.canonical)
    return run.status


@attrs.frozen
class _Change:
    file: str
    data: bytes
    text: str
    canonical: str

    @property
    def is_needed(self) -> bool:
        return self.canonical.encode() != self.data


def _change(run: Run, file: str) -> _Change:
    data, text, _ = run.read(file)
    document = run.parser.parse_document(text)
    if not text.strip() or any(d.code in _FOREIGN for d in document.diagnostics):
        raise ValueError("no project description, left alone; 'esr-parser check' says more")
    return _Change(file, data, text, run.parser.render_description(document.description))


def _show(run: Run, change: _Change, *, check: bool, diff: bool) -> None:
    if not change.is_needed:
        return
    if diff:
        streams.write(difference(change.file, change.text, change.canonical))
    if check:
        run.found()
    if check or change.text == change.canonical:
        only = ", to UTF-8 alone" if change.text == change.canonical else ""
        streams.report(f"{change.file}: would be rewritten{only}")


def difference(file: str, old: str, new: str) -> str:
    r"""A unified diff that ``patch`` can apply.

    >>> print(difference("a.txt", "1 Hanke\n", "1 Hanke"), end="")
    --- a.txt
    +++ a.txt
    @@ -1 +1 @@
    -1 Hanke
    +1 Hanke
    \ No newline at end of file
    """
    name = streams.one_line(file)
    lines = difflib.unified_diff(_lines(old), _lines(new), name, name)
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _lines(text: str) -> list[str]:
    # Not splitlines(): patch knows no line end but the line feed.
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def replace(file: str, data: bytes) -> None:
    """Puts bytes in a file's place, whole or not at all; its permissions and owner stay.

    Where the file is a symbolic link, the file it leads to is replaced.

    Raises:
        OSError: the file cannot be written, or is none that can be replaced.
    """
    path = Path(file).resolve()
    # Renaming would get past the permissions of the file itself.
    with path.open("r+b", buffering=0) as target:
        status = os.fstat(target.fileno())
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "not a regular file, so it cannot be replaced")
    handle, name = tempfile.mkstemp(prefix=".esr-parser-", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(handle)
        # Only root can give files away, and Windows has nothing of the kind.
        with suppress(OSError, AttributeError, LookupError):
            shutil.chown(temporary, status.st_uid, status.st_gid)
        temporary.chmod(stat.S_IMODE(status.st_mode))
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
