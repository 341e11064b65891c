"""Invented pages: the example page with other values, and with the section of a user's handler."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import attrs

from esr_parser import SectionHandler
from esr_parser.grammar import Field, Fields, Section

HERE = Path(__file__).parent
BASE = (HERE.parent / "examples" / "hanke.txt").read_text(encoding="utf-8")
OLD = (HERE / "corpus" / "period-2007-regional.txt").read_text(encoding="utf-8")
"""A page of 2007-2013."""

_STATES = ("Toiminta päättynyt", "Toiminnassa", "Toiminta päättynyt")
_TYPES = ("Muu järjestö tai yhdistys", "Kunta", "Yritys", "Kuntayhtymä")


def invented_texts(count: int, base: str = BASE) -> list[str]:
    """So many canonical texts, which differ in code, state and kind of organisation."""
    return [
        base.replace("S29999", f"S2{k:04}")
        .replace(_STATES[0], _STATES[k % 3])
        .replace(_TYPES[0], _TYPES[k % 4])
        for k in range(count)
    ]


def changed(texts: list[str], *changes: tuple[str, str], most: int | None = None) -> list[str]:
    """The texts with some strings replaced, in the first ``most`` of them; each has all of them."""
    result = list(texts)
    for k, text in enumerate(texts[:most]):
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        result[k] = text
    return result


def with_value(value: Any, path: str, new: Any) -> Any:
    """A group with another value at a path of attributes."""
    name, _, rest = path.partition(".")
    inner = with_value(getattr(value, name), rest, new) if rest else new
    return attrs.evolve(value, **{name: inner})


@attrs.frozen
class Post:
    title: str
    day: date | None = None


@attrs.frozen
class Reach:
    readers: int | None = None
    share: float | None = None


@attrs.frozen
class Communication:
    channel: str | None = None
    reach: Reach | None = None
    posts: tuple[Post, ...] = ()
    tags: list[str] = attrs.field(factory=list)
    odd: dict[str, int] | None = None


class CommunicationHandler(SectionHandler[Communication]):
    key = "communication"
    model = Communication
    sections = (Section("10", "Viestintä", "communication", Fields(Field("Kanava", "channel"))),)
