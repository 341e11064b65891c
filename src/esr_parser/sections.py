"""Sections to values: what the lines of each kind of content hold.

There is one reader for each class of content in :mod:`esr_parser.grammar`. A reader puts values
under their declared paths, keeps what it cannot read, and returns findings: data, from which the
diagnostics are made once.
"""

from __future__ import annotations

import re
from collections import deque
from typing import Any

from esr_parser import remarks
from esr_parser.columns import MOST_LINES_OF_VALUE
from esr_parser.contradictions import contradiction
from esr_parser.fields import BULLET, FieldTexts, without_edges
from esr_parser.findings import Place, ReadEntry
from esr_parser.grammar import (
    Field,
    Fields,
    Flag,
    Prose,
    Questions,
    Rows,
    Scores,
    Section,
    WordKind,
    words_of,
)
from esr_parser.handlers import BUILT_IN_KEYS
from esr_parser.joining import EMPHASIS, Page
from esr_parser.lazy import lazy
from esr_parser.lexer import ONLY_NUMBERS, Token
from esr_parser.lexicon import Lexicon
from esr_parser.model import OtherField
from esr_parser.noise import COLUMNS
from esr_parser.outline import Entry, Region, RegionKind
from esr_parser.scores import scores_behind
from esr_parser.tally import NoiseKind, NoiseTally
from esr_parser.text import cells, is_rule, next_text
from esr_parser.values import (
    AMOUNT,
    BUSINESS_ID,
    CODE,
    COUNT,
    NEXT_PARTNER,
    PARTNER,
    PRINTED_BUSINESS_ID,
    TEXT,
    quoted,
)

_ROW_NUMBER = re.compile(r"([0-9]{1,2})\. (?=[A-ZÅÄÖ])")
# A name beside a business id: text browsers, `pdftotext -layout`, tables.
_IN_COLUMNS = re.compile(rf"(.*\S)(?: {{2,}}|, )({PRINTED_BUSINESS_ID.pattern})")
_FORMS = frozenset(("ab", "ky", "osk", "oy", "oyj", "rs", "ry", "sr", "säätiö"))
"""The last words of organisations' names: one at the beginning of a line is the rest of a name."""
_NAME_WORDS = _FORMS | {"kaupunki", "kunta", "kuntayhtymä", "yhdistys", "ole"}
"""What a whole name ends in."""
_ID_CUT = lazy(r"\b[0-9]{7}-$")
_LONGEST_PERIOD = 100
# `Alkaa 1.3.2020 ja päättyy`, `Alkaa ja päättyy 31.8.2022`: the other day was lost.
_ONE_DAY = lazy(
    r"[0-9].* (?:päättyy|and end)\W*$|^\W*(?:(?:alkaa|start)\W+)?(?:ja|and)\b.*[0-9]", re.IGNORECASE
)
_LONGEST_NAME = 80
_SENTENCE_END = re.compile(r"\w{5}[.!?]$")
_NAME_ENDS = (",", "-", "/", " ja", " sekä", " tai")
_FIRST_WORD = re.compile(
    r"(?:\*\*)?(\w+)(?:\*\*)?[.,:;]?\s+(?:[-\u2013\u2014]\s+)?(\S.*)", re.DOTALL
)
# Two paragraphs with nothing between them, on a page that is one line: get_text(strip=True).
_JOINT = re.compile(r"[a-zåäö][.!?][A-ZÅÄÖ][a-zåäö]")
# mammoth's raw text and `textContent` have no line breaks.
_GLUED_ANSWER = re.compile(r"(Kyllä|Ei)([A-ZÅÄÖ].*)", re.DOTALL)
# `Kyllä Ei`, `Kyllä [ ] Ei [x]`, of a form; `Kyllä -> Ei`, of people; `Ei tietoa`.
_NO_ANSWER = re.compile(
    r"\W*(?:(?:x|ja|tai)\W+)?(?:kyllä|ei|tie(?:toa|dossa)|ilmoitettu|vastattu)\b", re.IGNORECASE
)
# "Ei ole tavoite.", but not "Ei Tavoite on muu.": that is the other answer of a form.
_SENTENCE = re.compile(r"[A-ZÅÄÖ]\w*,? [a-zåäö]\S*(?:(?: \S+)*[.!]$|(?: \S+){5})", re.DOTALL)
_LONGEST_NOTE = 40
"""Less than that in the line of an answer, and no sentence, is a note of people, a button."""
_SHORT_LABEL = 6
# Behind a question or an aspect: the answer, the scores.
_ANSWERED = re.compile(r"(?:(?:[\s|]+[0-9]{1,2})+|:\s*(?:kyllä|ei)\.?)[\s|]*$", re.IGNORECASE)
_ALIKE, _LONGEST_ITEM = 0.85, 300
"""So alike are a misspelled line and the declared one; and so long at most."""
# No project reaches so many, and thousands are written without a space.
_TWO_COUNTS = re.compile("[0-9]{3}(?: [0-9]{3})+")
# An explanation in its aspect's cell, and the scores behind it in the same line: lynx, html-text.
_SCORES_BESIDE = re.compile(r"[.!?](?:(?: (?:10|[0-9]))+|(?:10|[0-9]){2})$")
_FEW_ROWS = 2
# Names of columns in one line: between the heads, borders, gaps.
_CELLS_OF_HEAD = lazy(r"\s*[|^:/][\s|^:/]*|\s{2,}")
_NO_CELL = frozenset(":0123456789")
_AROUND = " \"'`*#[]<>.,;:!\u201c\u201d\u2019"
_NO_NOTE = "what is no explanation"
_NUMBERS = "numbers without a place: scores that a tool took apart from their aspects"


class SectionReader(FieldTexts):
    """Reads the regions of one text."""

    def __init__(
        self,
        lexicon: Lexicon,
        page: Page,
        noise: NoiseTally,
        code_prefixes: tuple[str, ...] = (),
        *,
        keeps_parts: bool = False,
    ) -> None:
        super().__init__(lexicon, page, noise)
        self._prefixes = code_prefixes or ""
        self.values: dict[str, dict[str, Any]] = {}
        self.other_fields: list[OtherField] = []
        self.strays: dict[str | None, list[tuple[int, int]]] = {}
        """Lines without a place, by the number of their section (``None``: not known)."""
        self.parts: deque[ReadEntry] = deque(maxlen=None if keeps_parts else 0)
        self._prose_of: dict[Section, tuple[str, int, int]] = {}
        """The prose of sections, and its lines."""
        self._elsewhere: set[str] = set()
        """Lines without a place and those of unknown labels, without their numbers."""
        self._is_lost = False
        """Whether fields are read without a heading: the section's end cannot be known either."""
        self._values: dict[str, Any] = {}
        """Those of the section that is read."""
        self._has_notes_beside = False
        """Whether explanations are in the lines of their answers."""
        self._are_scores_beside = False
        """Whether scores end the lines of explanations."""
        self._are_scores_behind = False
        """Whether scores are in cells or lines behind explanations."""
        self._has_scores_above = False
        """Whether scores may be above their aspects: there are numbers above the first ones."""
        self._missing_labels: list[str] = []

    def read(self, region: Region) -> None:
        """Reads a region of a section that is known."""
        section = region.section
        assert section is not None
        self._section, content = section, section.content
        self._values = self.values.setdefault(section.key, {})
        self._is_lost = isinstance(content, Fields) and region.kind == RegionKind.IMPLIED
        if isinstance(content, Prose):
            self._prose(region, content.path)
            return
        first = region.entries[0].token.first if region.entries else region.end
        if not (isinstance(content, Scores) and self._are_heads(region, first, content)):
            self._stray(region.body, first)
        if isinstance(content, Fields):
            self.begin_fields(region, content)
        elif content is not None:
            seen = {entry.word.declared for entry in region.entries}
            words = (w for w in words_of(section) if w.kind is not WordKind.HEADING)
            self._missing_labels = [w.declared for w in words if w.declared not in seen]
        if isinstance(content, Scores):
            self._begin_scores(region, content)
        sizes = (len(str(entry.token.value)) for entry in region.entries)
        self._has_notes_beside = any(size > _LONGEST_NOTE for size in sizes)
        for entry in region.entries:
            if isinstance(content, Questions):
                self._question(entry, content)
            elif isinstance(content, Scores) and entry.token.kind is WordKind.ASPECT:
                self._score(entry, content)
            else:
                self._item(entry)
        if isinstance(content, Questions | Scores) and region.entries:
            self._judge_block(region)
        if isinstance(content, Fields | Questions) and section.key in BUILT_IN_KEYS:
            self._compare(region)

    def _judge_block(self, region: Region) -> None:
        """Reports text behind an empty line, where all of the section is one block."""
        first, last = region.entries[0].token.first, region.entries[-1].token
        filled, hidden = self.lines, self.page.lines.hidden
        is_block = all(filled[i] or i in hidden for i in range(first, last.last + 1))
        gap = next((i for i in range(last.last, region.end) if not filled[i]), region.end)
        below = range(gap, region.end)
        if not (last.value and hidden.isdisjoint(below)) or NoiseKind.PAGE_BREAK in self.noise.seen:
            return  # the answer below its question, the end of a sheet
        texts = [i for i in below if not is_rule(filled[i])]
        line = filled[texts[0]] if len(texts) == 1 else ""
        is_odd = bool(remarks.stem(line)) and line[-1] not in '.!?)"\u201d'
        if is_block and is_odd and not BULLET.match(line):
            message = f"text behind the questions or scores: {quoted(line, 60)}"
            self._tell("ESR308", Place(texts[0], texts[0]), message)

    def _compare(self, region: Region) -> None:
        """Reports a value that another one of the section contradicts."""
        known = {path for e in region.entries for path in getattr(e.word.item, "paths", ())}
        found = contradiction(self._section.key, self._values.get, known.__contains__)
        path, what = found or ("", "")
        entries = (e for e in region.entries if path in getattr(e.word.item, "paths", ()))
        if (entry := next(entries, None)) is not None:
            token, label = entry.token, entry.word.declared
            lines = range(token.first, entry.end)
            if not any(finding.place.first in lines for finding in self.findings):
                self._doubt(label, Place(token.first, token.last), what)

    def _keep(self, label: str, value: str) -> None:
        self.other_fields.append(OtherField(self._section.number, label, value))

    def _unreadable(
        self, label: str, value: str, place: Place, reason: str, shape: str = ""
    ) -> None:
        self._keep(label, value)
        message = f"cannot read {label!r}: {reason}"
        if shape and reason[:1] not in ("'", '"'):
            # The error of a user's function, which need not be a sentence about the value.
            message += f"; expected {shape}"
        self._tell("ESR302", place, message, label)

    # -- prose ------------------------------------------------------------------------------------

    def _prose(self, region: Region, path: str) -> None:
        text, first, end = self.page.prose(region.body, region.end), region.body, region.end
        parents = (section.parent for section in self.lexicon.layout.sections)
        if path in self._values or (not text and self._section.number in parents):
            self._stray(first, end)
            return
        self._values[path] = text
        self._prose_of[self._section] = text, first, end
        odd = remarks.prose_oddity(text, is_last=not any(self.lines[end:]))
        is_glued = first in self.page.lines.pieces and NoiseKind.GLUED in self.noise.seen
        if odd is None and is_glued and (joint := _JOINT.search(text)):
            odd = "paragraphs that a tool joined", joint[0]
        self._judge_text(text, first, end, *(odd or ("", None)))

    def judge_ends(self) -> None:
        """Reports a line that ends the prose of most sections, and texts cut at one length.

        And lines that have no place elsewhere: buttons, comments, numbers of slides.
        """
        texts = [text for text, *_ in self._prose_of.values()]
        edge, length = remarks.common_end(texts), remarks.cut_length(texts)
        for section, (text, first, end) in self._prose_of.items():
            self._section = section
            if len(text.rstrip()) == length:
                message = f"the text may be cut at {length} characters"
                last = next(i for i in reversed(range(first, end)) if self.lines[i])
                self._tell("ESR308", Place(last, last), message)
            strays = (x for x in self.lines[first:end] if remarks.stem(x) in self._elsewhere)
            if self._elsewhere and (stray := next(strays, None)) is not None:
                self._judge_text("", first, end, "a line that has no place elsewhere", stray)
            if edge is not None and text.endswith(edge):
                self._judge_text("", first, end, "a line that is in other sections, too", edge)

    def _judge_text(self, text: str, first: int, end: int, what: str, odd: str | None) -> None:
        """Reports what is odd about prose or an explanation, or else the marks of tools in it."""
        if odd is None and text[:1] == "|":
            what, odd = "the border of a cell", "|"
        if odd is None:
            what, odd = remarks.text_oddity(text, self.lines[first:end]) or ("", None)
        if odd is not None:
            is_meant = str.__eq__ if odd in remarks.SPECKS else str.__contains__
            rows = (i for i in range(first, end) if is_meant(self.lines[i], odd.strip()))
            first = next(rows, first)
            self._tell("ESR308", Place(first, first), f"the text contains {what}")

    # -- fields -----------------------------------------------------------------------------------

    def _item(self, entry: Entry) -> None:
        item, token = entry.word.item, entry.token
        if isinstance(item, Field):
            last = self._field(entry, item)
        else:
            last = token.last
            if isinstance(item, Flag):
                self._values[item.path] = True
            elif isinstance(item, Rows) and not entry.is_repeated:
                last = self._rows(entry, item)
            label, paths = entry.word.declared, getattr(item, "paths", ())
            part = ReadEntry(entry, label, "", None, token.first, token.last, last + 1, paths)
            self.parts.append(part)
        self._stray(last + 1, entry.end)

    def _field(self, entry: Entry, item: Field) -> int:
        token, label = entry.token, item.label
        value, place = self.text_of(entry, item)
        found = self.cells_of(value, item)
        text = self.unmarked(value, entry, has_links=not item.type.is_address)
        # In a column, the value is behind other labels.
        last = max(token.last, place.last) if place and place.last < entry.end else token.last
        at = place or Place(token.first, last)
        self.parts.append(
            ReadEntry(entry, label, text, place, token.first, last, last + 1, item.paths)
        )
        if entry.is_repeated:
            self._keep_repeated(label, text, Place(token.first, last))
        elif found and not item.type.is_text:
            self._unreadable(label, " | ".join(found), at, "it is in several cells")
        elif text:
            self._typed(item, text, at)
            self._warn(item, text, at)
            if found:
                self._doubt(label, at, "the value is in several cells", "ESR308")
        return last

    def _keep_repeated(self, label: str, text: str, place: Place) -> None:
        if text:
            self._keep(label, text)
        message = f"the label {label!r} is repeated; the first value counts"
        self._tell("ESR303", place, message, label)

    def _typed(self, item: Field, text: str, place: Place, path: str = "") -> None:
        """Puts the value under its path, or keeps the text where it cannot be read."""
        kind = item.type
        value: Any = kind.fast(text) if kind.fast is not None else None
        is_fast, notice = value is not None, None
        if not is_fast:
            value, notice = item.type.read(text)
            if notice is not None and not kind.is_text:
                # In quotes or brackets, with a full stop: people, spreadsheets, language models.
                found, other = kind.read(text.strip(_AROUND))
                value, notice = (found, None) if other is None else (value, notice)
            if value is None and notice is not None:
                self._unreadable(item.label, text, place, notice, kind.shape)
                return
        if item.second:
            self._values[item.path], self._values[item.second] = value
        else:
            self._values[path or item.path] = value
        if not (is_fast or kind.is_text or kind.writes(value, text)):
            self.noise.add(NoiseKind.VALUE_STYLE, place.first)
        if notice is not None:
            odd = {"odd": text, "words": kind.words} if kind.words else {}
            self._tell("ESR305", place, f"{item.label!r}: {notice}", item.label, **odd)

    def _warn(self, item: Field, text: str, place: Place) -> None:
        """Reports what editors leave in values, and what may be a second field on the line."""
        # Screen readers and templates have the label in the value, too; `Asema` may be a name.
        own = item.label if f"{text} ".startswith(f"{item.label} ") else text
        is_label = own in self.lexicon.labels and len(own) > _SHORT_LABEL and item.type.is_text
        label = own if is_label else self.label_in(text)
        if label is not None:
            message = f"{item.label!r}: the value contains the label {label!r}"
            self._tell("ESR307", place, message, label)
            return
        # Addresses are read out of links.
        what = remarks.oddity(item.type.parse(text) if item.type.is_address else text)
        front, colon, _ = text.partition(": ")
        if colon and item.label.casefold().endswith(front.casefold()):
            what = "begins with the rest of its label"  # which was cut, or selected in part
        elif what is None and item.type.is_text and self._section.key in BUILT_IN_KEYS:
            what = self._misplaced(item, text)
        elif item.type is COUNT and _TWO_COUNTS.fullmatch(text):
            what = "may be two numbers"
        elif item.path == "planned_period" and _ONE_DAY.search(text[:_LONGEST_PERIOD]):
            what = "has words for two days"
        elif item.type in (AMOUNT, COUNT) and text[0] == "0" and text[1:2].isdigit():
            what = "begins with zeros, as codes do"
        if what is not None:
            self._doubt(item.label, place, f"the value {what}", "ESR308")
        elif item.type is CODE and CODE.printed(text) and not text.startswith(self._prefixes):
            self._doubt(item.label, place, f"{text!r} is the code of no programme period")

    def _misplaced(self, item: Field, text: str) -> str | None:
        """What shows that a text is not of its field; a heading, an aspect with its scores, too."""
        path, name = f"{self._section.key}.{item.path}", text.rstrip(remarks.SCORE_SIGNS)
        is_row = name != text and name in self.lexicon.aspects
        if path not in remarks.ANY_TEXT and (is_row or name in self.lexicon.exact):
            return "is a line of the page"
        return remarks.misplaced(text, path) if item.type is TEXT else None

    # -- rows -------------------------------------------------------------------------------------

    def _rows(self, entry: Entry, item: Rows) -> int:
        """The block of rows below their heading; behind an empty line, only what reads as a row."""
        rows: list[Any] = []
        last = entry.token.last
        ids = (i for i in range(last, entry.end) if PRINTED_BUSINESS_ID.search(self.lines[i]))
        last_id = max(ids, default=-1)
        if item.type is PARTNER:
            self._begin_rows(last + 1, entry.end)
        while (i := next_text(self.lines, last + 1, entry.end)) < entry.end:
            # In a table, a name and a business id are in cells of their own.
            line = self.lines[i]
            line = cells(line, ", ") if "|" in line else self.plain(i)
            first, i, whole = i, *self._whole_row(i, entry.end, item, line)
            parts = NEXT_PARTNER.split(whole) if item.type is PARTNER else [whole]
            is_prose = i > last_id and len(whole) > _LONGEST_NAME
            is_prose = is_prose and _SENTENCE_END.search(whole) is not None
            is_below = (first == last + 1 or last == entry.token.last) and not is_prose
            found = [item.type.read(part) for part in parts]
            if not (found[0][1] is None or (is_below and not self.is_label(first))):
                break
            place = Place(first, i, 0)
            if len(parts) > 1:
                self.noise.add(NoiseKind.GLUED, first, len(parts) - 1)
            for part, (row, text) in zip(parts, found, strict=True):
                if row is None:
                    self._unreadable(item.label, part, place, text or "", item.type.shape)
                else:
                    self._look_at_row(item, part, row, text, rows, place)
                    rows.append(row)
            last = i
        self._values[item.path] = tuple(rows)
        return last

    def _begin_rows(self, first: int, end: int) -> None:
        """Takes numbers off rows."""
        lines = [i for i in range(first, end) if not is_rule(self.lines[i])]
        rows = remarks.without_numbers([self.lines[i] for i in lines]) or ()
        for i, row in zip(lines, rows, strict=False):
            self.lines[i] = row
            self.noise.add(NoiseKind.BULLET, i)

    def _whole_row(self, i: int, end: int, item: Rows, row: str) -> tuple[int, str]:
        """The last line of a row that is wrapped, and the row in one line."""
        first, lines = i, self.lines
        while i + 1 < end and i - first <= MOST_LINES_OF_VALUE and self._is_broken(row, i, item):
            if row[-1] == "," and lines[i + 1][0].isupper() and not self.page.is_wrapped:
                # Of a row without a business id, a comma is left.
                self._doubt(item.label, Place(i, i + 1), "the line below may be a row of its own")
            row = self.joined(item.label, row, i)
            i += 1
        if item.type is not PARTNER:
            return i, row
        is_in_columns = "  " in lines[first] or "|" in lines[first]
        below = next_text(lines, i + 1, end)
        is_name = PARTNER.parse(row).business_id is None and any(map(str.isalpha, row))
        # Below a column of names, there is one of ids.
        if is_name and self._is_id(below, end) and not self._is_id(below + 1, end):
            self.noise.add(NoiseKind.WRAPPED, below)
            row = f"{row.rstrip(' ,')}, {BUSINESS_ID.parse(self.plain(below))}"
            i, is_in_columns = below, True
        match = _IN_COLUMNS.fullmatch(row) if is_in_columns else None
        # A narrow column of names beside that of business ids, or around one.
        name = match[1] if match else ""
        while match and i + 1 < end and i - first <= MOST_LINES_OF_VALUE and self.page.goes_on(i):
            rest = self.plain(i + 1)
            if not _name_goes_on(name, rest) or PRINTED_BUSINESS_ID.search(rest):
                break
            name, i = self.page.join(name, rest), i + 1
            row = f"{name}, {match[2]}"
        return i, row

    def _is_broken(self, row: str, i: int, item: Rows) -> bool:
        """Whether a row goes on below its line ``i``, and is none without that."""
        page = self.page
        if not page.goes_on(i) or (_ID_CUT.search(row) and not self.lines[i + 1][0].isdigit()):
            return False
        below, is_full = self.lines[i + 1], page.is_wrapped and page.is_full(i)
        is_open = is_full or page.divides(row, below) or _name_goes_on(row, below)
        is_name = row.rpartition(" ")[2].casefold() in _NAME_WORDS
        is_lower = page.is_wrapped and not is_name and below[:2].islower()
        is_rest = is_lower and item.type.reads(page.join(row, below))
        return (is_open or is_rest) and not item.type.reads(row)

    def _is_id(self, i: int, end: int) -> bool:
        """Whether the next line with text is a business id."""
        i = next_text(self.lines, i, end)
        return i < end and BUSINESS_ID.reads(self.plain(i))

    def _look_at_row(
        self, item: Rows, whole: str, row: Any, text: str | None, above: list[Any], place: Place
    ) -> None:
        """Reports what is odd about a row: the notice about its value, a number, marks."""
        number = _ROW_NUMBER.match(whole)
        if text is None and above[-1:] == [row]:
            text = "the row is there twice"
        elif text is None and number and int(number[1]) != len(above) + 1:
            # "2. kattaus Ky": no number of a list, which begins with 1.
            text = f"the number {number[1]} may be part of the name"
        elif text is None and whole.startswith(getattr(self._section.content, "captions", ())):
            text = "the row begins with the heading of others"
        if text is not None:
            self._doubt(item.label, place, text)
        elif remarks.has_row_marks(item.type.format(row)):
            self._doubt(item.label, place, "the row contains marks of a tool", "ESR308")
        elif item.type.format(row) != whole:
            self.noise.add(NoiseKind.VALUE_STYLE, place.first)

    # -- questions and scores ---------------------------------------------------------------------

    def _question(self, entry: Entry, content: Questions) -> None:
        item, token, label = entry.word.item, entry.token, entry.word.declared
        value, last = cells(token.value), token.last
        if not value:
            value, last = self._answer_below(entry)
        value, begin = self._answer_and_note(self.unmarked(value, entry), entry, last)
        place = None
        if value:
            is_below = last > token.last
            place = Place(last, last, 0) if is_below else self.place_of(entry, value, last)
            self._typed(item, value, place, f"{item.path}.answer")
        part = ReadEntry(entry, label, value, place, token.first, last, entry.end, item.paths)
        self.parts.append(part)
        note, end = self._note(last + 1, entry.end, begin)
        if not note:
            return
        self._values[f"{item.path}.explanation"] = note
        self._judge_text(note, token.first, end, _NO_NOTE, remarks.note_mark(note))
        if not value:
            place = Place(token.first, token.last)
            self._doubt(label, place, "there is an explanation, and no answer")
        lines, below = note.split("\n"), Place(last + 1, end - 1)
        if ONLY_NUMBERS.fullmatch(lines[-1]):
            self._tell("ESR310", below, _NUMBERS, label)
        # Both options of a form, a question that is there twice: they are no explanation.
        labels = tuple(f"{question.label}:" for question in content.items)
        is_again = any(line.startswith(labels) for line in lines)
        if is_again or remarks.begins_with_answer(note, item.type.reads):
            self._doubt(label, below, "there is a second answer below")

    def _answer_below(self, entry: Entry) -> tuple[str, int]:
        """What the first line below a question begins with, if that is an answer; its last line."""
        last, page = entry.token.last, self.page
        below = next_text(self.lines, last + 1, entry.end)
        if below == entry.end:
            return "", last
        # The end of emphasis is wrapped, too: html2text, pandoc.
        text = BULLET.sub("", self.lines[below].strip("| *_"))
        # The question can fill its line: pandoc and `fmt` wrap the paragraph behind it.
        is_paragraph = below == last + 1 and page.is_wrapped and page.is_full(last)
        answer = text.partition(" ")[0] if is_paragraph else text
        match = _GLUED_ANSWER.fullmatch(text) or _FIRST_WORD.fullmatch(text)
        # Of a page that is one line; pandoc and odt2txt put the explanation behind it.
        if match is not None and (below in page.lines.pieces or match[2][0].isupper()):
            answer = match[1]
        return (text, below) if text and entry.word.item.type.reads(answer) else ("", last)

    def _answer_and_note(self, value: str, entry: Entry, last: int) -> tuple[str, str]:
        """An answer without what is behind it in its line, and that, if it explains the answer."""
        reads, page = entry.word.item.type.reads, self.page
        match = _GLUED_ANSWER.fullmatch(value) or _FIRST_WORD.fullmatch(value)
        if match is None or reads(value) or not reads(match[1]):
            return value, ""
        answer, note = match.groups()
        is_again = note.startswith((f"{answer}:", f"{answer},"))
        if _NO_ANSWER.match(note) and not (is_again or _SENTENCE.match(note)):
            return value, ""
        is_mark = not any(map(str.isalnum, note))
        # A sentence behind it was run together with it by a tool, `osittain` is of people.
        is_of_tool = page.is_table or page.is_wrapped or self._has_notes_beside
        is_short = len(note) < _LONGEST_NOTE and note[-1] not in ".!?" and not is_of_tool
        if is_mark or is_short or note[0].islower() or note[0] == "(":
            what = f"{quoted(value, 40)} may not be a plain answer"
            self._doubt(entry.word.declared, Place(entry.token.first, last), what)
        return answer, "" if is_mark else note

    def _are_heads(self, region: Region, first: int, content: Scores) -> bool:
        """Whether nothing but names of columns is above: tables have one for aspects, too."""
        if next_text(self.lines, region.body, first) == first:
            return False
        rows = (e.token.first for e in region.entries if e.token.kind is not WordKind.HEADS)
        lines = self.lines[region.body : next(rows, region.body)]
        rest, names = " | ".join(x for x in lines if not is_rule(x)), [""]
        for head in content.heads:
            front, found, rest = rest.partition(head)
            names += [*_CELLS_OF_HEAD.split(front), "" if found else "?"]
        names += _CELLS_OF_HEAD.split(rest)
        words = [name.split()[-1].casefold() for name in names if name.strip()]
        are_heads = COLUMNS.issuperset(words)
        if are_heads:
            self.noise.add(NoiseKind.TABLE, region.body)
        return are_heads

    def _begin_scores(self, region: Region, content: Scores) -> None:
        """Looks where scores are that are not right behind their aspects."""
        texts = [e for e in region.entries if isinstance(e.token.value, str)]
        heads = (e for e in texts if e.token.kind is WordKind.DIMENSION)
        above = [i for e in heads for i in range(e.token.last + 1, e.end)]
        self._has_scores_above = any(ONLY_NUMBERS.fullmatch(self.lines[i]) for i in above)
        ends = ("".join(filter(None, self.lines[e.token.last : e.end][-2:])) for e in texts)
        self._are_scores_beside = sum(map(bool, map(_SCORES_BESIDE.search, ends))) > _FEW_ROWS
        rows = ("\n".join((e.token.value, *self.lines[e.token.last + 1 : e.end])) for e in texts)
        count = sum(scores_behind(row, content) is not None for row in rows)
        self._are_scores_behind = count > _FEW_ROWS

    def _end_of_note(self, first: int, end: int) -> int:
        """Where an explanation ends: above an item that is missing, misspelled or in two parts."""
        for i in range(first, end) if self._missing_labels else ():
            line = self.lines[i]
            name = _ANSWERED.sub("", line) if len(line) < _LONGEST_ITEM else line
            # The half above an empty line or a page's end.
            found = [x for x in self._missing_labels if " " in line and x.startswith(line.rstrip())]
            if name != line:
                from difflib import get_close_matches

                found = get_close_matches(name, self._missing_labels, 1, _ALIKE)
            for label in found[:1]:
                message = f"cannot read {label!r}: it is written {name!r}"
                self._tell("ESR302", Place(i, i), message, label)
                self.strays.setdefault(self._section.number, []).append((i, end))
                return i
        return end

    def _note(self, first: int, end: int, begin: str) -> tuple[str, int]:
        """An explanation, which can begin in the line of the answer or the scores; its end."""
        end = self._end_of_note(first, end)
        return "\n".join(filter(None, (begin, self.page.prose(first, end)))), end

    def _score(self, entry: Entry, content: Scores) -> None:
        token, label, last = entry.token, entry.word.declared, entry.token.last
        place, at = Place(token.first, last), Place(last, last, token.column)
        part = ReadEntry(entry, label, "", at, token.first, last, entry.end)
        self.parts.append(part)
        note, end = self._note(last + 1, entry.end, self._behind_aspect(token))
        numbers = token.value
        if isinstance(numbers, str):
            found = self._scores_behind(note, entry, content)
            if found is None:
                return
            numbers, note = found
            part.last = next(i for i in reversed(range(last, entry.end)) if self.lines[i])
            part.value_place = Place(last, part.last)
        scores = " ".join(map(str, numbers))
        if entry.is_repeated:
            self._keep_repeated(label, f"{scores}\n{note}".strip(), place)
            return
        note = self._of_one_column(note, token, len(content.heads))
        known = self._values.get(content.path, ())
        row = content.row(*entry.word.item, *numbers, note or None)
        self._values[content.path] = (*known, row)
        part.value, part.paths = scores, (f"{content.path}[{len(known)}]",)
        if note:
            is_line = note in self.lexicon.exact  # the banner of the next page
            mark = note if is_line else remarks.note_mark(note, is_last=not any(self.lines[end:]))
            self._judge_text(note, token.first, end, _NO_NOTE, mark)
        odd = next((number for number in numbers if number > 10), None)
        if odd is not None:
            self._doubt(label, place, f"{odd} is not a score from 0 to 10")
        # PDF tools take tables apart: aspects first, then columns of numbers.
        lines = [line.strip() for line in note.split("\n")]
        if len(lines) > 2 and sum(map(bool, map(ONLY_NUMBERS.fullmatch, lines))) * 2 > len(lines):
            self._tell("ESR310", Place(last + 1, entry.end - 1), _NUMBERS, label)

    def _behind_aspect(self, token: Token) -> str:
        """The beginning of an explanation, in the line of an aspect and its scores."""
        if isinstance(token.value, str):
            return token.value
        begin = self.lines[token.last][token.column :] if token.column >= 0 else token.note
        return begin.strip("| ") if self.page.is_table else begin

    def _scores_behind(
        self, note: str, entry: Entry, content: Scores
    ) -> tuple[tuple[int, ...], str] | None:
        """The scores that are behind an explanation, and that; reports where there are none."""
        token, found = entry.token, None
        if token.value[:1] not in _NO_CELL:
            found = scores_behind(
                note,
                content,
                are_beside=self._are_scores_beside,
                is_sure=self._are_scores_behind,
            )
        if found is not None and not self._has_scores_above:
            self.noise.add(NoiseKind.VALUE_BELOW, token.last)
            return found
        if found is not None:  # they may be those of the next aspect
            rows = range(token.last, entry.end)
            numbers = (i for i in rows if ONLY_NUMBERS.fullmatch(self.lines[i]))
            first = next(numbers, entry.end)
            self._stray(first, entry.end)
            note = found[1] if first < entry.end else note
        reason = f"{token.value!r} is not {len(content.heads)} whole numbers from 0 to 10"
        self._unreadable(entry.word.declared, note, Place(token.first, token.last), reason)
        return None

    def _of_one_column(self, note: str, token: Token, columns: int) -> str:
        """An explanation once that a tool wrote for each of the columns."""
        same = {x.strip() for x in note.split("|") if x.strip()} if self.page.is_table else ()
        if len(same) == 1:
            [note] = same  # a cell of several lines: python-docx
        # A cell a line: docx2python prints one over several columns once for each of them.
        rows = [*filter(None, note.split("\n"))] if token.last > token.first else []
        for times in range(1 + columns, 1, -1):
            once = rows[: len(rows) // times]
            if once and rows == once * times:
                return "\n".join(once)
        return note

    # -- what is not an item ----------------------------------------------------------------------

    def _stray(self, first: int, end: int) -> None:
        """Lines between the items: unknown fields, and text without a place."""
        if not any(self.lines[first:end]):
            return
        is_fields = isinstance(self._section.content, Fields)
        while (i := next_text(self.lines, first, end)) < end:
            match, last = self.label_at(i) if is_fields else (None, i)
            if match is not None:
                first = self._unknown_field(match, i, last, end)
                continue
            ends = (k for k in range(i + 1, end) if is_fields and self.is_label(k))
            first = next(ends, end)
            self._text(None if self._is_lost else self._section.number, i, first)

    def _note_elsewhere(self, first: int, end: int) -> None:
        """Remembers lines that have no place here: they have none in prose, either."""
        self._elsewhere.update(filter(None, map(remarks.stem, self.lines[first:end])))

    def _unknown_field(self, match: re.Match[str], i: int, first: int, end: int) -> int:
        label = match[1].rstrip()
        value, last = self.wrapped(label, match[2] or "", first, end)
        value = without_edges(value)
        if self.page.has_emphasis and (marked := EMPHASIS.fullmatch(value)):
            value = marked[2]
        self._keep(label, value)
        place = Place(first, last, match.end(1) if first == i else 0)
        self.parts.append(ReadEntry(None, label, value, place, i, last, last + 1))
        self._note_elsewhere(i, last + 1)
        message, known = f"unknown label {label!r}", tuple(self.lexicon.labels)
        self._tell("ESR301", Place(i, i, 0), message, label, words=known, odd=label)
        return last + 1

    def _text(self, number: str | None, first: int, end: int) -> None:
        while is_rule(self.lines[end - 1]):
            end -= 1
        self.strays.setdefault(number, []).append((first, end))
        self._note_elsewhere(first, end)
        place, shown = Place(first, end - 1), quoted(self.lines[first], 60)
        if number is None:
            self.findings.tell("ESR108", place, f"text whose section is not known: {shown}")
        elif all(ONLY_NUMBERS.fullmatch(line) for line in self.lines[first:end] if line):
            self._tell("ESR310", place, _NUMBERS)
        else:
            self._tell("ESR206", place, f"text that is not a field of section {number}: {shown}")


def _name_goes_on(row: str, below: str) -> bool:
    """Whether the name of an organisation goes on below."""
    is_form = below.partition(" ")[0].strip(",.").casefold() in _FORMS
    return is_form or row.endswith(_NAME_ENDS) or row.count("(") > row.count(")")
