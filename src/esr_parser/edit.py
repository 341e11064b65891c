"""Edits: a new description in the same text, in as few changed lines as possible.

There are three steps. The first whose text reads back as the new description is used: replace the
places of the values that changed, and where that is not enough write the sections concerned anew,
as their neighbours look; the same sections as the register prints them; the whole page as the
register prints it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import chain, groupby, takewhile
from typing import Any

from esr_parser.errors import UnrepresentableError
from esr_parser.findings import ReadEntry
from esr_parser.grammar import Field, Fields, Prose, Questions, Rows, Scores, Section, WordKind
from esr_parser.lexer import have_colons
from esr_parser.model import OtherSection, ProjectDescription
from esr_parser.outline import Region, RegionKind
from esr_parser.reader import TextReader
from esr_parser.reading import Reading, rank_of_section
from esr_parser.render import Block, Writer, first_difference, texts_of
from esr_parser.text import Lines, is_rule

_GAPS = re.compile(r"(\n{2,})")
Change = tuple[int, int, str]
"""From one offset to another, and the text that goes there."""


def edited(reader: TextReader, reading: Reading, new: ProjectDescription) -> str:
    """The text with the values of ``new``.

    Raises:
        UnrepresentableError: a value cannot be written so that it reads back, or the text is none
            that can be read, and would be lost; names the field.
    """
    if any(d.code == "ESR102" for d in reading.diagnostics):
        path, _ = first_difference(new, reading.description)
        raise UnrepresentableError(path, "the text could not be read, and would be lost")
    writer = Writer(reader, new)
    # A value that cannot be written at all is refused here, by name.
    printed = writer.text(in_place=True)
    steps: list[Callable[[], str]] = [lambda: printed]
    if reading.page is not None and writer.layout == reading.layout:
        edit = _Edit(reading, Writer(reader, reading.description), writer)
        steps[:0] = [partial(edit.sections, as_printed=x) for x in (False, True)]
    again = reading.description
    for step in steps:
        text = step()
        again = reader.read(text).description
        if again == new:
            return text
    raise UnrepresentableError(*first_difference(new, again))


class _Edit:
    """The changes between two descriptions, and where they go."""

    def __init__(self, reading: Reading, old: Writer, new: Writer) -> None:
        assert reading.page is not None
        self.reading, self.lines, self.page = reading, reading.lines, reading.page
        self.old, self.new = old, new
        self.newline = "\r\n" if "\r\n" in reading.text else "\n"
        regions = (r for r in reading.regions if r.kind != RegionKind.REPEATED)
        self.regions = {r.section.number: r for r in regions if r.section}
        self.parts: dict[tuple[str, Any], ReadEntry] = {}
        for part in reading.parts:
            entry = part.entry
            if entry is not None and not entry.is_repeated and entry.word.section is not None:
                self.parts[entry.word.section.number, entry.word.item] = part

    # -- only the values --------------------------------------------------------------------------

    def _values_of(self, section: Section, region: Region) -> Iterator[Change]:
        content = section.content
        if isinstance(content, Prose):
            yield from self._prose(section, region, content)
        elif isinstance(content, Scores):
            yield from self._scores(section, content)
        else:
            for item in content.items if content is not None else ():
                part = self.parts.get((section.number, item))
                if part is not None:
                    yield from self._item(section, content, item, part)

    def _title(self) -> Iterator[Change]:
        old = self.old.layout.title_of(self.old.description.fund)
        at = self.reading.text.find(old)
        if at >= 0:
            yield at, at + len(old), self.new.layout.title_of(self.new.description.fund)

    def _item(self, section: Section, content: Any, item: Any, part: ReadEntry) -> Iterator[Change]:
        old, new = self.old.values[section.key], self.new.values[section.key]
        if isinstance(item, Rows):
            if old.get(item.path) != new.get(item.path) and new.get(item.path) is not None:
                yield from self._rows(item, part, old.get(item.path) or (), new[item.path])
        elif isinstance(content, Questions):
            path = f"{item.path}.answer"
            if old.get(path) != new.get(path) and path in new:
                yield from self._value(part, item.type.format(new[path]))
            path = f"{item.path}.explanation"
            if old.get(path) != new.get(path):
                yield self._block(part.last + 1, part.note_end, new.get(path))
        elif isinstance(item, Field) and any(old.get(p) != new.get(p) for p in item.paths):
            yield from self._value(part, self.new.value_of(section, item))

    def _rows(self, item: Rows, part: ReadEntry, old: Any, new: Any) -> Iterator[Change]:
        """Rows: those that stay keep their lines, and new ones get the marks of the first."""
        rows = [i for i in range(part.last + 1, part.note_end) if not is_rule(self.lines.lines[i])]
        if len(rows) != len(old) or not rows:
            text = "\n".join(map(item.type.format, new))
            yield self._block(part.last + 1, part.note_end, text)
            return
        first = _same_in_front(old, new)
        last = _same_in_front(old[first:][::-1], new[first:][::-1])
        text, raw = item.type.format(old[0]), self.lines.raw(rows[0])
        begin, found, end = raw.rpartition(text)
        if not found:
            begin, end = raw.partition(text.split(None, 1)[0])[0], ""
        added = [f"{begin}{item.type.format(x)}{end}\n" for x in new[first : len(new) - last]]
        starts = [*map(self.lines.offsets.__getitem__, rows), self.lines.offsets[rows[-1] + 1]]
        yield starts[first], starts[len(old) - last], "".join(added)

    def _value(self, part: ReadEntry, text: str) -> Iterator[Change]:
        """A value in the place of another, behind a bare label, or taken away."""
        span, text = value_span(self.reading, part), self._quoted(text)
        if span is None:
            line = self.lines.raw(part.last)
            end = self.lines.offsets[part.last] + len(line.rstrip())
            new = f"{self._before_values}{self._mark}{text}{self._mark}" if text else ""
            yield end, self.lines.offsets[part.last] + len(line), new
        elif text:
            yield *span, text
        else:
            start, end = span
            if self._has_mark(span):
                start, end = start - len(self._mark), end + len(self._mark)
            while self.reading.text[start - 1 : start] in (" ", "\t"):
                start -= 1
            # A tab or a gap was between label and value: beside labels with a colon, one without
            # either needs it, too.
            is_bare = self.reading.text[start - 1 : start].isalnum() and self._has_colons
            yield start, end, ":" if is_bare else ""

    @cached_property
    def _has_colons(self) -> bool:
        """Whether a label of a field has a colon; on a page without, an empty one needs none."""
        return have_colons(self.lines.lines, self.page.tokens)

    @cached_property
    def _mark(self) -> str:
        """The emphasis that a tool put around the values of fields."""
        spans = [
            span
            for (_, item), part in self.parts.items()
            if self.page.has_emphasis and isinstance(item, Field)
            if (span := value_span(self.reading, part)) is not None
        ]
        marks = ("**", "__", "*", "_", "`")
        return next((m for m in marks if any(self._has_mark(span, m) for span in spans)), "")

    def _has_mark(self, span: tuple[int, int], mark: str = "") -> bool:
        """Whether marks are right around a place."""
        text, (start, end), mark = self.reading.text, span, mark or self._mark
        return text[max(start - len(mark), 0) : start] == mark == text[end : end + len(mark)]

    @cached_property
    def _before_values(self) -> str:
        """What is between a label and its value: a space, or the line ends of values below."""
        for part in self.reading.parts if self.page.has_values_below else ():
            if part.entry and part.value_place and part.value_place.first > part.entry.token.last:
                i = part.entry.token.last
                start = self.lines.offsets[i] + len(self.lines.raw(i).rstrip())
                return self.reading.text[start : self.lines.place(*part.value_place[::2])]
        return " "

    def _prose(self, section: Section, region: Region, content: Prose) -> Iterator[Change]:
        both = (writer.values[section.key] for writer in (self.old, self.new))
        old, new = (values.get(content.path) or "" for values in both)
        blocks = list(self._blocks(region.body, region.end))
        olds, news = _GAPS.split(old), _GAPS.split(new)
        if len(blocks) == len(olds[::2]) and olds[1::2] == news[1::2]:
            for (first, end), part, other in zip(blocks, olds[::2], news[::2], strict=True):
                if part != other:
                    yield self._block(first, end, other)
        elif blocks:  # else the text is below a subsection's heading
            yield self._block(region.body, region.end, new)

    def _blocks(self, first: int, end: int) -> Iterator[tuple[int, int]]:
        """The paragraphs between two lines."""
        lines = self.lines.lines
        for is_empty, group in groupby(range(first, end), lambda i: is_rule(lines[i])):
            if not is_empty:
                start, *others = group
                yield start, start + len(others) + 1

    def _scores(self, section: Section, content: Scores) -> Iterator[Change]:
        old = self.old.values[section.key].get(content.path, ())
        new = self.new.values[section.key].get(content.path, ())
        for before, after in zip(old, new, strict=False):
            part = self.parts.get((section.number, (before.dimension, before.aspect)))
            if before == after or part is None:
                continue
            olds, news = ([str(getattr(x, c)) for c in content.columns] for x in (before, after))
            if olds != news:
                places = _places_of_scores(self.lines, part, olds)
                yield from ((*place, x) for place, x in zip(places, reversed(news), strict=True))
            if before.explanation != after.explanation:
                yield self._block(part.last + 1, part.note_end, after.explanation)

    def _block(self, first: int, end: int, text: str | None) -> Change:
        """Text in the place of the lines that have text, in their style; else below the lines."""
        blocks, offsets = list(self._blocks(first, end)), self.lines.offsets
        if not blocks:
            start = offsets[end]
            begin = "" if start == 0 or self.reading.text[start - 1] in "\r\n" else "\n"
            shown = f"{begin}{self._styled(text, self._margin(end - 1))}\n" if text else ""
            return start, start, shown
        first, end = blocks[0][0], blocks[-1][1]
        start = offsets[first]
        if not text:
            return start, offsets[end], ""
        stop = start + len(self.reading.text[start : offsets[end]].rstrip("\r\n"))
        # The quotes around a block of CSV stay.
        start += self.reading.text[start] == '"' != self.lines.lines[first][0]
        return start, stop, self._styled(text, self._margin(first))

    def _margin(self, i: int) -> tuple[str, str]:
        """What is before the text of a line, and behind it: marks that a tool puts around each."""
        raw, line = self.lines.raw(i), self.lines.lines[i]
        begin, found, end = raw.partition(line) if line else (raw, "", "")
        if found and not self.lines.are_quoted and not any(map(str.isalnum, begin + end)):
            return begin, end
        return raw[: len(raw) - len(raw.lstrip(" \t>"))], ""

    def _styled(self, text: str, margin: tuple[str, str]) -> str:
        """New text indented, wrapped and quoted as its neighbours are."""
        lines = self._quoted(text).split("\n")
        if self.page.is_wrapped and self.page.width:
            wrap = textwrap.TextWrapper(
                self.page.width, break_long_words=False, break_on_hyphens=False
            ).wrap
            lines = [part for line in lines for part in wrap(line) or [line]]
        begin, end = margin
        return "\n".join([f"{begin}{line}{end}" if line else "" for line in lines])

    def _quoted(self, text: str) -> str:
        return text.replace('"', '""') if self.lines.are_quoted else text

    # -- the sections concerned -------------------------------------------------------------------

    def sections(self, *, as_printed: bool) -> str:
        """The text with the sections concerned written anew."""
        changes: list[Change] = []
        if self.old.description.fund != self.new.description.fund:
            changes += self._title()
        layout = self.new.layout
        for k, section in enumerate(layout.sections):
            region, differs = self.regions.get(section.number), self._differs(section)
            was_printed, is_printed = (x.is_printed(section) for x in (self.old, self.new))
            if region is None:
                # Prose that is the same is under the heading above this one.
                is_new = not (was_printed or isinstance(section.content, Prose))
                if is_printed and (is_new or differs):
                    changes.append(self._inserted(self._place_for(k), self._printed(section)))
            elif not differs:
                # A subsection stays, even if its text could be right below the section's heading.
                continue
            elif was_printed and not is_printed:
                offsets = self.lines.offsets
                kept = "".join(f"{x}\n\n" for x in self._furniture(region.first, region.end))
                changes.append((offsets[region.first], offsets[region.end], kept))
            elif not as_printed and self._is_same_but_for_values(section):
                changes += self._values_of(section, region)
            else:
                changes.append(self._rewritten(section, region, as_printed=as_printed))
        ends = partial(re.sub, r"\r?\n", self.newline)
        every = (*changes, *self._others())
        return spliced(self.reading.text, ((start, end, ends(new)) for start, end, new in every))

    def _is_same_but_for_values(self, section: Section) -> bool:
        """Whether no line is added to a section or taken away: then its lines can stay.

        The values of labels without one have a place, too; behind an unreadable value they do not.
        """
        old, new = self.old.values[section.key], self.new.values[section.key]
        paths = set(section.content.paths()) if section.content is not None else set()
        for (number, item), part in self.parts.items():
            if number == section.number and isinstance(item, Field):
                own = paths.intersection({*item.paths, f"{item.path}.explanation"})
                if not part.value or not own.isdisjoint(old):
                    paths -= own
        if isinstance(section.content, Scores):
            rows = (values.get(section.content.path, ()) for values in (old, new))
            before, after = ([(x.dimension, x.aspect) for x in found] for found in rows)
            if before != after:
                return False
        absent = (None, "")
        is_same = all((old.get(path) in absent) == (new.get(path) in absent) for path in paths)
        return is_same and self._others_of(self.old, section) == self._others_of(self.new, section)

    def _others_of(self, writer: Writer, section: Section) -> list[Any]:
        fields = [o for o in writer.description.other_fields if o.section == section.number]
        return [*fields, *self._stray(writer, section)]

    def _differs(self, section: Section) -> bool:
        content = section.content
        old, new = self.old.values[section.key], self.new.values[section.key]
        paths = content.paths() if content is not None else ()
        if any(old.get(path) != new.get(path) for path in paths):
            return True
        return self._others_of(self.old, section) != self._others_of(self.new, section)

    def _printed(self, section: Section) -> list[str]:
        return texts_of(self.new.blocks_of(section, self._stray(self.new, section)))

    def _stray(self, writer: Writer, section: Section) -> list[str]:
        others = writer.description.other_sections
        return [o.text for o in others if (o.number, o.title) == (section.number, section.title)]

    def _rewritten(self, section: Section, region: Region, *, as_printed: bool) -> Change:
        offsets, text = self.lines.offsets, self.reading.text
        first = region.body
        margin = self._margin(region.entries[0].token.first) if region.entries else ("", "")
        gap = "\n" if self.page.is_tight else "\n\n"
        end = self._end_of(region)
        kept = {part.label for part in self.reading.parts if end <= part.first < region.end}
        content = (b for b in self.new.content_of(section) if b.item or b.label not in kept)
        blocks = [*self._stray(self.new, section), *texts_of(map(self._placed, content))]
        if as_printed:
            first, end, margin, gap = region.first, region.end, ("", ""), "\n\n"
            blocks = self._printed(section)
        while end > first and is_rule(self.lines.lines[end - 1]):
            end -= 1
        start = offsets[first]
        body = text[start : offsets[end]]
        # Behind the section: empty lines, and the numbers of pages.
        behind = text[offsets[end] : offsets[region.end]]
        tail = (body[len(body.rstrip()) :].lstrip(" \t") if body else "\n") + behind
        lead = body[: len(body) - len(body.lstrip("\r\n"))] if body.strip() else gap[1:]
        if as_printed:
            lead = ""
        if start and text[start - 1] not in "\r\n":
            lead = f"\n{gap[1:]}"
        shown = blocks if as_printed else [self._styled(block, margin) for block in blocks]
        shown += self._furniture(first, end)
        if first in self.lines.pieces and text[start] == '"':
            # Blocks as CSV: the heading keeps its quote, and the new blocks have their own.
            start, lead, gap, tail = start + 1, "\n", "\n", tail.lstrip("\r\n").replace('"', "", 1)
            shown = [f'"{block}"' for block in shown]
        is_last = region.end == len(self.lines) and not (body or behind.strip())
        return start, offsets[region.end], lead + gap.join(shown) + ("" if is_last else tail)

    def _end_of(self, region: Region) -> int:
        """The line behind a section; without its heading, text below its items may be another's."""
        if region.kind != RegionKind.IMPLIED:
            return region.end
        return max(part.note_end for part in self.reading.parts if part.entry in region.entries)

    def _furniture(self, first: int, end: int) -> list[str]:
        """What ends pages of a print: without one number, the others do not look like it."""
        empty = (i for i in range(first, end) if not self.lines.lines[i])
        found = [raw for raw in map(self.lines.raw, empty) if raw.strip(' \t>"')]
        return ["\n".join(found)] if found else []

    def _placed(self, block: Block) -> Block:
        """A field with its value as its neighbours have theirs: below the label, or in bold."""
        is_field = block.section is not None and isinstance(block.section.content, Fields)
        if not (is_field and block.item and block.value):
            return block
        gap = "\n" * self._before_values.count("\n") or " "
        text = f"{block.label}:{gap}{self._mark}{block.value}{self._mark}"
        return block._replace(label=text, kind=None, value="")

    def _place_for(self, k: int) -> int:
        """Where a section goes that is not in the text: before the next one, or at the end."""
        section, *others = self.new.layout.sections[k:]
        following = (self.regions[s.number] for s in others if s.number in self.regions)
        last = max((r.first for r in self.regions.values()), default=-1)
        own = rank_of_section(OtherSection(section.number, section.title, ""))
        behind = (
            r
            for r in self.reading.regions
            if r.kind in (RegionKind.UNKNOWN, RegionKind.NEXT)
            and r.first > last
            # Below a higher number, the heading of an unknown section is a line of text.
            and rank_of_section(OtherSection(r.number, r.title, "")) > own
        )
        region = next(chain(following, behind), None)
        if region is not None:
            return self.lines.offsets[region.first]
        # The number of the last page of a print stays at its end.
        last = max((i for i, line in enumerate(self.lines.lines) if line), default=-1)
        is_furniture = any(i > last for i in self.lines.hidden)
        return self.lines.offsets[last + 1] if is_furniture else len(self.reading.text)

    def _inserted(self, start: int, blocks: list[str]) -> Change:
        gap = "\n" if self.page.is_tight else "\n\n"
        before, after = self.reading.text[:start], self.reading.text[start:]
        is_below = before.strip() and not before.endswith(("\n\n", "\r\n\r\n"))
        lead = (gap[1:] if before.endswith(("\n", "\r")) else gap) if is_below else ""
        return start, start, lead + gap.join(blocks) + (gap if after.strip() else "")

    def _others(self) -> Iterator[Change]:
        """Sections that no layout declares: taken away, changed, or added."""
        old = [o for o in self.old.description.other_sections if self._is_apart(o)]
        new = [o for o in self.new.description.other_sections if self._is_apart(o)]
        offsets = self.lines.offsets
        for region in self.reading.regions:
            if region.kind != RegionKind.UNKNOWN:
                continue
            mine = next(o for o in old if (o.number, o.title) == (region.number, region.title))
            old.remove(mine)
            same = next((o for o in new if (o.number, o.title) == (mine.number, mine.title)), None)
            if same is None:
                yield offsets[region.first], offsets[region.end], ""
                continue
            new.remove(same)
            if same.text != mine.text:
                yield self._block(region.body, region.end, same.text)
        for other in sorted(new, key=rank_of_section):
            heading = self.new.layout.heading(other.number or "", other.title or "")
            yield self._inserted(len(self.reading.text), [b for b in (heading, other.text) if b])

    def _is_apart(self, other: OtherSection) -> bool:
        sections = self.new.layout.sections
        is_own = any((other.number, other.title) == (s.number, s.title) for s in sections)
        return other.number is not None and not is_own


def spliced(text: str, changes: Iterable[Change]) -> str:
    """The text with the changes; one that begins inside another is left out."""
    parts, at = [], 0
    for start, end, new in sorted(changes, key=lambda change: change[:2]):
        if start >= at:
            parts += [text[at:start], new]
            at = end
    return "".join([*parts, text[at:]])


def value_span(reading: Reading, part: ReadEntry) -> tuple[int, int] | None:
    """Where the value of an entry is in the text."""
    place, lines = part.value_place, reading.lines
    if place is None or not part.value:
        return None
    line, last = lines.lines[place.first], lines.lines[place.last]
    if part.entry is not None and part.entry.word.kind is WordKind.ASPECT:
        places = list(_places_of_scores(lines, part, part.value.split()))
        return places[-1][0], places[0][1]
    # From the first word of the value to the last one: marks that a tool put around it stay.
    column = line.find(part.value.split(None, 1)[0], max(place.column, 0))
    word = part.value.rsplit(None, 1)[-1]
    end, end_line = last.rfind(word), place.last
    if line.startswith(part.value, max(column, 0)):
        # An explanation beside it can hold the word of the answer again.
        end, end_line = max(column, 0) + len(part.value) - len(word), place.first
    start = lines.place(place.first, column if column >= 0 else max(place.column, 0))
    stop = lines.place(end_line, end + len(word) if end >= 0 else len(last))
    return start, max(stop, start)


def _same_in_front(old: Sequence[Any], new: Sequence[Any]) -> int:
    """How many rows at the beginning of two lists are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _places_of_scores(
    lines: Lines, part: ReadEntry, scores: list[str]
) -> Iterator[tuple[int, int]]:
    """Where the scores of a row are, the last one first: the last numbers before a note."""
    assert part.value_place is not None
    line, end = part.last, part.value_place.column
    end = end if end >= 0 else len(lines.lines[line])
    for score in reversed(scores):
        at = lines.lines[line].rfind(score, 0, end)
        while at < 0 and line > part.first:
            line -= 1
            at = lines.lines[line].rfind(score)
        yield lines.place(line, at), lines.place(line, at + len(score))
        end = at
