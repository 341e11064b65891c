class _Editor:
    """One attempt: the text with the changes of one step."""

    def __init__(
        self, parsed: Parsed, new: ProjectDescription, step: Step, *, titled: bool = False
    ) -> None:
        self.parsed = parsed
        self.old = parsed.description
        self.new = new
        self.step = step
        self.titled = titled
        self.reader = parsed.parser._reader
        self.compiled = self.reader.compiled[id(parsed.outline.layout)]
        self.layout = self.compiled.layout
        self.habits = Habits(parsed)
        self.style = parsed.outline.style
        self.edits = Edits(parsed.text, glued=step in (Step.VALUES, Step.REPAIR))
        self.present: dict[int, list[tuple[Part, Lines]]] = {}
        for part in parsed.parts:
            section = part.region.section
            if section is not None and _is_read(part):
                self.present.setdefault(id(section), []).append((part, self.habits.lines_of(part)))
        self.inserted: set[str] = set()

    def changed(self) -> str:
        """The text with all changes.

        Raises:
            LostError: a value that changed is not where it should be.
        """
        self._change_title()
        others = _Others(self)
        front = [p for p in self.parsed.parts if p.region.kind == "front"][:1]
        anchor = front[0] if front else None
        for block in self._blocks():
            if isinstance(block, Section):
                self._change_section(block, anchor)
                found = self.present.get(id(block))
                anchor = found[-1][0] if found and not self._is_dropped(block) else anchor
            else:
                anchor = others.change(block, anchor) or anchor
        others.drop_the_rest()
        return self.edits.applied()

    def _blocks(self) -> list[Section | OtherSection]:
        """Sections and other sections in the order they are printed in."""
        ranked: list[tuple[tuple[float, ...], Section | OtherSection]] = [
            ((1, k, -1), section) for k, section in enumerate(self.layout.sections)
        ]
        ranked += self.compiled.ranked_sections(list(self.new.other_sections))
        return [block for _, block in sorted(ranked, key=lambda pair: pair[0])]

    # -- title ----------------------------------------------------------------------------------

    def _change_title(self) -> None:
        outline = self.parsed.outline
        if not self.titled and (not outline.has_title or self.new.fund == self.old.fund):
            return
        title = self.layout.title(self.new.fund)
        text = self.parsed.text
        spans = [*outline.front_marks]
        spans += [
            (p.region.start, p.region.body) for p in self.parsed.parts if p.region.kind == "front"
        ]
        for start, end in spans:
            line = text[start:end]
            if squeeze(line).endswith(f"{self.layout.noun}kuvaus"):
                lead = len(line) - len(line.lstrip(FURNITURE))
                self.edits.replace(start + lead, start + len(line.rstrip(FURNITURE)), title)
                return
        eol = self.edits.eol * (1 + self.habits.block_gap)
        if outline.front_marks:
            start, end = outline.front_marks[-1]
            place = start + len(text[start:end].rstrip())
            self.edits.replace(place, place, eol + title)
        else:
            place = len(text) - len(text.lstrip("\ufeff"))
            self.edits.replace(place, place, eol.join([*self.layout.banner, title, ""]))

    # -- sections -------------------------------------------------------------------------------

    def _pieces(self, description: ProjectDescription, section: Section) -> list[Piece]:
        return section_pieces(self.reader, self.compiled, description, section)

    def _printed(self, description: ProjectDescription, section: Section) -> bool:
        return _is_printed(self.reader, self.compiled, description, section)

    def _is_said_by_heading(self, section: Section) -> bool:
        """Whether the heading alone, without text, is a value."""
        return section.key not in self.reader.built_in or (
            section.optional and section.parent is None
        )

    def _is_dropped(self, section: Section) -> bool:
        if self._printed(self.new, section) or not self._printed(self.old, section):
            return False
        return self._is_said_by_heading(section) or bool(self._pieces(self.old, section))

    def _change_section(self, section: Section, anchor: Part | None) -> None:
        found = self.present.get(id(section))
        if found and self._is_dropped(section):
            for part, lines in found:
                self.drop_region(part, lines)
            return
        old, new = self._pieces(self.old, section), self._pieces(self.new, section)
        if not found:
            newly = self._printed(self.new, section) and not self._printed(self.old, section)
            if (newly and self._is_said_by_heading(section)) or (
                old != new and any(not unit.is_empty for unit in units_of(new))
            ):
                self._insert_section(section, new, anchor)
        elif old == new:
            return
        elif self.step is Step.SECTIONS:
            self._rewrite(found, new)
        elif isinstance(section.content, Prose):
            self._change_prose(found, old[0].value if old else "", new[0].value if new else "")
        else:
            reader = self.compiled.readers[id(section)]
            slots = slots_of(reader, found, section.content)
            plain = self.step is Step.LINES
            editor = ItemsEditor(self.edits, self.habits, found, slots, section, plain=plain)
            editor.change(units_of(old), units_of(new))

    def _change_prose(self, found: Sequence[tuple[Part, Lines]], old: str, new: str) -> None:
        own = [(part, lines) for part, lines in found if (part.prose or "") == old]
        _, lines = (own or found)[0]
        places = [(lines, k) for k in range(lines.top, len(lines.lines))]
        rows = rows_of(places, old.split("\n"), self.style) if old else []
        self.rows_editor(self.style).change(
            rows, new.split("\n") if new else [], lines, lines.top - 1
        )

    def rows_editor(self, style: Style) -> RowsEditor:
        """Changes prose."""

        def write(text: str, like: Row | None) -> str:
            if not text:
                return ""
            margin = self.habits.margin
            if like is not None and like.start:
                margin = like.lines.raw(like.first)[: like.start]
            return margin + written(text, style.clean_line)

        lead = self.habits.below_heading
        plain = self.step is Step.LINES
        return RowsEditor(self.edits, write, style.clean_line, lead, is_prose=True, plain=plain)

    def _text_of(self, pieces: Sequence[Piece]) -> str:
        """Pieces as canonical text, with the line ends and the margin of this text."""
        if not pieces:
            return ""
        write = self.rows_editor(self.style).write
        return self.edits.eol.join(write(line, None) for line in joined(list(pieces)).split("\n"))

    def _rewrite(self, found: Sequence[tuple[Part, Lines]], new: Sequence[Piece]) -> None:
        text = self._text_of(new)
        for _, lines in found:
            last = lines.last_filled()
            start = lines.end(lines.top - 1) if lines.top else lines.start(0)
            lead = self.edits.eol * 2 if text and lines.top else ""
            self.edits.replace(start, max(start, lines.end(last)), lead + text)
            text = ""

    def _insert_section(
        self, section: Section, pieces: Sequence[Piece], anchor: Part | None
    ) -> None:
        """Puts in a section that is not in the text, below that of which it is a part."""
        parent = self.compiled.by_number.get(section.parent or "")
        is_absent = parent is not None and not self.present.get(id(parent))
        if parent is not None and is_absent and parent.number not in self.inserted:
            self.insert_block(parent.number, parent.title, "", anchor)
        self.insert_block(section.number, section.title, self._text_of(pieces), anchor)

    # -- whole blocks ---------------------------------------------------------------------------

    def insert_block(
        self, number: str | None, title: str | None, text: str, anchor: Part | None
    ) -> None:
        """Puts a heading and the text below it in, behind a region."""
        eol, habits = self.edits.eol, self.habits
        heading = ""
        if number is not None:
            self.inserted.add(number)
            heading = habits.heading(number, title or "")
        elif title is not None:
            heading = title
        # Among lines without a gap, a heading that nobody knows has to stand alone.
        least = 0 if self.step is Step.VALUES else 1
        above, below = max(habits.above_heading, least), max(habits.below_heading, least)
        whole = (eol * (1 + below)).join(part for part in (heading, text) if part)
        if anchor is None:
            self.edits.replace(0, 0, whole + eol * (1 + above))
            return
        lines = habits.lines_of(anchor)
        self.edits.insert(lines, lines.last_filled(), whole, above)

    def drop_region(self, part: Part, lines: Lines) -> None:
        """Takes out a region with its heading, and the empty lines before it."""
        _, start = self.habits.blank_above(part.region.start)
        if start < 0:
            self.edits.replace(0, part.region.end, "")
        else:
            self.edits.replace(start, lines.end(max(lines.last_filled(), 0)), "")


def _is_read(part: Part) -> bool:
    """Whether the values of a section were read from a region."""
    region = part.region
    if region.kind in ("section", "implied"):
        return True
    return region.kind == "repeated" and (
        part.reading is not None or isinstance(getattr(region.section, "content", None), Prose)
    )


