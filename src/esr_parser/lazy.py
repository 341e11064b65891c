"""Patterns that are compiled when they are first used.

Compiling all of them took a quarter of the time of the first text; most pages need a few.

>>> lazy("[0-9]+").fullmatch("2014")
<re.Match object; span=(0, 4), match='2014'>
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self.flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        method = getattr(re.compile(self.pattern, self.flags), name)
        setattr(self, name, method)
        return method


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As :func:`re.compile`, when it is first used."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))
