"""From what was renamed to aliases: users adapt without waiting for a release."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from esr_parser.drift.findings import Change, Drift
from esr_parser.drift.words import What, unnumbered, without_number

__all__ = ["aliases_for", "dump_aliases"]

_CONTROL = re.compile("[\x7f-\x9f]")
_HEAD = "# New spellings of what the format declares. Read them before you use them.\n"


def aliases_for(drifts: Iterable[Drift]) -> dict[str, str]:
    """The aliases that make a parser read what was renamed.

    Only headings, labels, questions, dimensions and aspects have aliases; a heading whose number
    changed, too, has none. Where two things have got the same name, it stands for the one that
    more descriptions say it is.

    Args:
        drifts: What :func:`compare` gave.

    Returns:
        The declared spelling of each new one, as :class:`esr_parser.Parser` takes them.
    """
    aliases: dict[str, str] = {}
    for drift in sorted(drifts, key=lambda d: -d.count):
        if drift.change is not Change.RENAMED or drift.what is What.WORD:
            continue
        old, new = drift.old or "", drift.new or ""
        if drift.what is What.HEADING:
            number = old.removesuffix(without_number(old))
            if number.strip(" .") != new.removesuffix(without_number(new)).strip(" ."):
                continue
            old, new = without_number(old), without_number(new)
        if new:
            aliases.setdefault(new, unnumbered(old))
    return aliases


def dump_aliases(aliases: Mapping[str, str]) -> str:
    r"""Aliases as a TOML file, which :func:`esr_parser.aliases.load_aliases` reads.

    >>> print(dump_aliases({"Hankkeen tunnus": "Hankekoodi"}), end="")
    # New spellings of what the format declares. Read them before you use them.
    [aliases]
    "Hankkeen tunnus" = "Hankekoodi"
    """
    rows = "".join(f"{_quoted(new)} = {_quoted(old)}\n" for new, old in sorted(aliases.items()))
    return f"{_HEAD}[aliases]\n{rows}"


def _quoted(text: str) -> str:
    # JSON and TOML strings have the same escapes; these controls JSON leaves as they are.
    quoted = json.dumps(text, ensure_ascii=False)
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
