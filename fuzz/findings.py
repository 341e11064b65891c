"""What to do with a text that breaks a law: sort it, make it small, put it away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from fuzz.target import LAWS, PARSER, BrokenLawError, check_change, data_of

MOST_TRIES = 3000


def kind_of(broken: BrokenLawError) -> str:
    """The same for findings that are probably one fault: a law, an error, and where it arose."""
    error = broken.error
    if isinstance(error, AssertionError):
        said = re.sub(r"'[^']*'|\"[^\"]*\"|\\d+", "…", str(error).partition(" would ")[0])
        where = " ".join(said.split()[:9])
    else:
        frame = error.__traceback__
        while frame is not None and frame.tb_next is not None:
            frame = frame.tb_next
        code = frame.tb_frame.f_code if frame is not None else None
        where = f"{code.co_filename}:{code.co_name}" if code else ""
    change = f"{broken.change.key} {broken.change.name.split()[0]}" if broken.change else ""
    return f"law {broken.law} {change} {type(error).__name__} {where}"


class Findings:
    """A folder with the smallest text of each kind of finding, and what it breaks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sizes: dict[str, int] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, text: str, broken: BrokenLawError) -> None:
        """Keeps the text if no smaller one of its kind is known."""
        kind = kind_of(broken)
        known = self.sizes.get(kind)
        if known is not None and len(text) >= known:
            return
        self.sizes[kind] = len(text)
        name = f"{[*self.sizes].index(kind):03}"
        (self.folder / f"{name}.txt").write_bytes(data_of(text))
        said = f"{kind}\n\n{broken}\n\n{text!r}\n"
        (self.folder / f"{name}.why").write_text(said, encoding="utf-8", errors="backslashreplace")


def minimised(text: str, broken: BrokenLawError) -> str:
    """A smaller text that breaks the same law: without lines, then without characters."""
    tries = 0
    for separator in ("\n", " ", ""):
        parts = text.split(separator) if separator else list(text)
        size = max(1, len(parts) // 2)
        while size:
            start = 0
            while start < len(parts) and tries < MOST_TRIES:
                fewer = parts[:start] + parts[start + size :]
                tries += 1
                if _breaks(separator.join(fewer), broken):
                    parts = fewer
                else:
                    start += size
            size //= 2
        text = separator.join(parts)
    return text


def _breaks(text: str, like: BrokenLawError) -> bool:
    try:
        if like.change is not None:
            check_change(text, like.change)
        else:
            LAWS[like.law](PARSER, text)
    except BrokenLawError as broken:
        return type(broken.error) is type(like.error)
    except Exception as error:
        return type(error) is type(like.error)
    return False


def kept(folder: Path) -> Iterator[Path]:
    """The texts of a folder of findings."""
    yield from sorted(folder.glob("*.txt"))
