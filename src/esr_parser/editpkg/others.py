class _Others:
    """The other sections: which of them stay, and where they stand in the text."""

    def __init__(self, editor: _Editor) -> None:
        self.editor = editor
        old, new = editor.old.other_sections, editor.new.other_sections
        self.is_same = old == new
        pairs = paired(
            [(f"{o.number} {o.title}", o.text) for o in old],
            [(f"{o.number} {o.title}", o.text) for o in new],
        )
        self.before = {
            id(other): old[i] for other, i in zip(new, pairs, strict=True) if i is not None
        }
        gone = set(range(len(old))).difference(i for i in pairs if i is not None)
        self.gone = [old[i] for i in sorted(gone)]
        self.regions: dict[tuple[str | None, str | None, str], list[Part]] = {}
        for part in reversed(editor.parsed.parts):
            region = part.region
            if region.kind in ("unknown", "repeated", "next"):
                number = None if region.kind == "next" else region.number
                key = (number, region.title, part.prose or "")
                self.regions.setdefault(key, []).append(part)
        self.places = {id(other): self._region_of(other) for other in old}

    def _region_of(self, other: OtherSection) -> Part | None:
        parts = self.regions.get((other.number, other.title, other.text))
        return parts.pop() if parts else None

    def change(self, other: OtherSection, anchor: Part | None) -> Part | None:
        """Makes the text say this one; where it was not, it goes behind ``anchor``."""
        old = self.before.get(id(other))
        if old is None:
            self._insert(other, anchor)
            return None
        part = self.places[id(old)]
        if old.text != other.text:
            self._change_text(old, part, other.text)
        return part

    def drop_the_rest(self) -> None:
        """Takes out what is no longer said."""
        for other in self.gone:
            part = self.places[id(other)]
            if part is not None:
                self.editor.drop_region(part, self.editor.habits.lines_of(part))
            else:
                self._change_text(other, None, "")

    def _change_text(self, old: OtherSection, part: Part | None, new: str) -> None:
        editor = self.editor
        style = editor.style if old.number is not None or old.title is None else Style()
        places = self._places_in(part) if part is not None else list(self._stray_places(old))
        rows = rows_of(places, old.text.split("\n"), style) if old.text else []
        if not rows and part is None:
            raise LostError
        lines = rows[0].lines if rows else editor.habits.lines_of(part)  # type: ignore[arg-type]
        texts = new.split("\n") if new else []
        editor.rows_editor(style).change(rows, texts, lines, lines.top - 1)

    def _places_in(self, part: Part) -> list[tuple[Lines, int]]:
        lines = self.editor.habits.lines_of(part)
        return [(lines, k) for k in range(lines.top, len(lines.lines))]

    def _stray_places(self, other: OtherSection) -> Iterator[tuple[Lines, int]]:
        """The lines of text that stands in a section without being a part of it."""
        marks = self.editor.parsed.outline.front_marks
        for part in self.editor.parsed.parts:
            region = part.region
            lines = self.editor.habits.lines_of(part)
            if other.number is None and region.kind == "front":
                for k in range(lines.top, len(lines.lines)):
                    start = lines.start(k)
                    if not any(a <= start < b for a, b in marks):
                        yield lines, k
            elif other.number is None and region.kind != "implied":
                continue
            elif other.number is None or (region.number, region.title) == (
                other.number,
                other.title,
            ):
                if part.reading is not None:
                    for first, last in part.reading.strays:
                        yield from ((lines, k) for k in range(first, last))
                elif region.section is not None and region.section.content is None:
                    yield from self._places_in(part)

    def _insert(self, other: OtherSection, anchor: Part | None) -> None:
        editor = self.editor
        write = editor.rows_editor(editor.style).write
        text = editor.edits.eol.join(write(line, None) for line in other.text.split("\n"))
        section = editor.compiled.by_number.get(other.number or "")
        if section is not None and section.content is None and section.title == other.title:
            found = editor.present.get(id(section))
            if found and not (found[0][0].prose or ""):
                lines = found[0][1]
                editor.edits.insert(lines, lines.top - 1, text, editor.habits.below_heading)
                return
        editor.insert_block(other.number, other.title, text, anchor)
