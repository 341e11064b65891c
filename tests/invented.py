"""Invented pages for corpora: the example page with other values, as the register prints them."""

from __future__ import annotations

from pathlib import Path

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
