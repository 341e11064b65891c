"""Which layout a text is in: what its title, its labels and its project code show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from esr_parser.grammar import Layout, WordKind
from esr_parser.handlers import SectionHandler
from esr_parser.lexicon import Lexicon
from esr_parser.model import ProjectDescription
from esr_parser.text import key, places_of

_TOP, _HEAD = 1_000, 6_000
"""The title is within so many characters as a rule; and always, where there is one."""
_LONGEST_TITLE_END = 150
_FEWEST_HEADINGS = 4


class LayoutChoice:
    """Some layouts with their words, and the handlers' models."""

    def __init__(
        self,
        layouts: Sequence[Layout],
        handlers: Mapping[str, SectionHandler[Any]],
        aliases: Mapping[str, str],
    ) -> None:
        self.layouts: tuple[Layout, ...] = tuple(layouts)
        self.handlers: dict[str, SectionHandler[Any]] = dict(handlers)
        self.aliases: dict[str, str] = dict(aliases)
        self._lexicons: dict[int, Lexicon] = {}
        self._titles = [
            [w.text for w in layout.words() if w.kind is WordKind.TITLE] for layout in layouts
        ]
        """Of each layout, whatever fund they name, or none."""

    def lexicon(self, k: int) -> Lexicon:
        """The words of layout ``k``, with the user's aliases; made when first needed."""
        if k not in self._lexicons:
            others = [other for i, other in enumerate(self.layouts) if i != k]
            self._lexicons[k] = Lexicon(self.layouts[k], self.aliases, others)
        return self._lexicons[k]

    def ends_of_titles(self, text: str, start: int = 0) -> list[int]:
        """Where titles end, as printed, wrapped, or in another letter case, of any layout."""
        tails, ends = self._title_tails
        found = sorted(at + len(x) for x in ends for at in places_of(text, x, start))
        words = (text[max(at - _LONGEST_TITLE_END, 0) : at].casefold().split() for at in found)
        return [at for at, x in zip(found, words, strict=True) if " ".join(x).endswith(tails)]

    @cached_property
    def _title_tails(self) -> tuple[tuple[str, ...], set[str]]:
        """What titles end in, whichever fund they name, and the last letters, which are rare."""
        tails = {layout.title.partition("{fund}")[2].split(" ", 1)[-1] for layout in self.layouts}
        tails |= {layout.title_without_fund for layout in self.layouts}
        words = tuple(" ".join(tail.casefold().split()) for tail in tails if tail)
        return words, {case(tail[-5:]) for tail in words for case in (str.lower, str.upper)}

    def fund_and_period(self, code: Any, layout: Layout) -> tuple[Any, Any]:
        """What a project code begins with: a fund and a programme period."""
        for other in (layout, *self.layouts) if isinstance(code, str) else ():
            for prefix, fund in other.code_prefixes:
                if code.startswith(prefix):
                    return fund, other.period
        return None, None

    @cached_property
    def code_prefixes(self) -> tuple[str, ...]:
        """What the project codes of all layouts begin with."""
        return tuple(prefix for layout in self.layouts for prefix, _ in layout.code_prefixes)

    def layout_for(self, description: ProjectDescription) -> Layout:
        """The layout that a description is written in."""
        period, language = description.programme_period, description.language
        same = [layout for layout in self.layouts if layout.language == language]
        return max(same or self.layouts[:1], key=lambda layout: layout.period == period)

    def lexicon_of(self, text: str) -> tuple[Lexicon, str]:
        """The lexicon of the layout that a text shows, and a second one that fits as well."""
        head = " ".join(text[:_TOP].split())  # a title can be wrapped
        shown = [k for k, titles in enumerate(self._titles) if any(map(head.__contains__, titles))]
        found = [self.lexicon(k) for k in shown or range(len(self.layouts))]
        if not shown:
            folded = key(text[:_HEAD])
            found = [x for x in found if x.title_tail in folded] or found
        if len(found) == 1 and not found[0].has_heading(text):
            # One word of the title is that of another layout: people replace it everywhere.
            every = map(self.lexicon, range(len(self.layouts)))
            found = [x for x in every if x.fit(text)[-1] >= _FEWEST_HEADINGS] or found
        if len(found) == 1:
            return found[0], ""
        fits = [x.fit(text) for x in found]
        first, *others = [x for x, fit in zip(found, fits, strict=True) if fit == max(fits)]
        other = others[0].layout if others and max(fits)[0] else None
        return first, f"{other.period} ({other.language})" if other else ""
