r"""What the library promises, each promise as a function that checks it on one example.

Each function raises ``AssertionError`` with a message for people, and needs nothing but the
library itself. :class:`~esr_parser.testing.LawTests` feeds them with generated examples; they can
be called with a text of your own, too:

>>> from esr_parser import Parser
>>> parser = Parser()
>>> check_lossless(parser, "1 Hanke\n\nHankekoodi: S29999")
>>> check_settled(parser, "1 Hanke\n\nHankekoodi: S29999")
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from html import unescape
from importlib import import_module
from typing import Any

import attrs

from esr_parser.diagnostics import DIAGNOSTIC_CODES, DescriptionError, Span
from esr_parser.differences import diff, leaves, place_of_difference
from esr_parser.document import Document
from esr_parser.errors import UnrepresentableError
from esr_parser.grammar import Field, Fields
from esr_parser.handlers import path_of
from esr_parser.model import ProjectDescription
from esr_parser.parser import Parser
from esr_parser.testing.comparison import assert_same_values, matches, prose_paths
from esr_parser.testing.noises import Damage, Noise, Source, noisy, page_from
from esr_parser.testing.words import declared_words
from esr_parser.values import NAME_LIST


def _require(condition: object, message: str) -> None:
    if not condition:
        raise AssertionError(message)


def _assert_equal_texts(expected: str, got: str, what: str) -> None:
    if expected == got:
        return
    place = place_of_difference(expected, got)
    line = expected.count("\n", 0, place) + 1
    here, there = (repr(text[max(0, place - 30) : place + 60]) for text in (expected, got))
    raise AssertionError(
        f"{what}: line {line} (character {place}) differs: expected {here}, got {there}"
    )


def _assert_equal(expected: ProjectDescription, got: ProjectDescription, what: str) -> None:
    if expected == got:
        return
    found = leaves(expected, got, in_lists=True)
    lines = "\n".join(f"  {path}: expected {a!r}, got {b!r}" for path, a, b in found)
    raise AssertionError(f"{what}:\n{lines}")


# -- law 1 ----------------------------------------------------------------------------------------


def check_lossless(parser: Parser, text: str) -> None:
    """Law 1: the spans of the tree contain every character of the text once, in order.

    >>> check_lossless(Parser(), "anything: at all")
    """
    document = parser.parse_document(text)
    _assert_equal_texts(text, document.text, "the document's text is not the text")
    position = 0
    for section in document.sections:
        start, end = section.span
        what = f"{section.text[:60]!r} has the span {section.span}"
        _require(start == position <= end, f"{what}, where the one before ends at {position}")
        _assert_equal_texts(text[start:end], section.text, "the sections")
        position = end
        for field in section.fields:
            first, last = field.value_span or field.span
            is_inside = field.span[0] <= first <= last <= field.span[1]
            # In a column of its own, the value is behind other labels.
            is_inside |= start <= first < last <= end and text[first:last] == field.value
            _require(is_inside, f"{field.label!r}: the value is not in the field")
    _require(position == len(text), f"the sections end at {position}, not at {len(text)}")


# -- law 2 ----------------------------------------------------------------------------------------


def check_total(parser: Parser, text: str) -> Document:
    """Law 2: any text gives a description and well-formed diagnostics, and no exception.

    Returns:
        The document, all of it computed.

    >>> [diagnostic.code for diagnostic in check_total(Parser(), "Lorem ipsum").diagnostics]
    ['ESR101']
    """
    document = parser.parse_document(text)
    repr((document.programme_period, document.description, document.sections))
    for d in document.diagnostics:
        start, end = d.span
        _require(d.code in DIAGNOSTIC_CODES, f"unknown code {d.code}")
        _require(0 <= start <= end <= len(text), f"{d}: the span {d.span} is not in the text")
        _require(d.line > 0 and d.column > 0, f"{d}: lines and columns begin at 1")
        is_line = d.message and "\n" not in d.message
        _require(is_line, f"{d.message!r}: a message is one line")
    whole = "".join(part.text for part in parser.split_documents(text))
    _assert_equal_texts(text, whole, "split_documents lost or added something")
    raised = 0
    try:
        parser.parse_description(text, strict=True)
    except DescriptionError as group:
        raised = len(group.exceptions)
    errors = len(document.errors)
    _require(raised == errors, f"{errors} errors, of which strict raises {raised}")
    return document


# -- laws 3, 4 and 5 ------------------------------------------------------------------------------


def check_canonical(parser: Parser, text: str) -> None:
    """Law 3: a canonical text, as the register or the parser writes it, is rendered as it is."""
    again = parser.render_description(parser.parse_description(text))
    _assert_equal_texts(text, again, "the canonical text is not rendered as it is")


def check_inverse(
    parser: Parser, description: ProjectDescription, *, must_render: bool = False
) -> str | None:
    r"""Law 4: a description is rendered so that it reads back, or refused by name.

    With ``must_render``, a refusal is wrong. Returns the canonical text, ``None`` where the
    description was refused.

    >>> from esr_parser.model import Project
    >>> check_inverse(Parser(), ProjectDescription(project=Project(name="two\nlines"))) is None
    True
    """
    try:
        text = parser.render_description(description)
    except UnrepresentableError as error:
        if must_render:
            raise AssertionError(f"a representable description is refused: {error}") from error
        is_named = error.field and error.reason
        _require(is_named, "the refusal does not name a field and a reason")
        return None
    _assert_equal(description, parser.parse_description(text), "reads back as something else")
    return text


def check_settled(parser: Parser, text: str, *, whole: bool = False) -> None:
    """Law 5: the parsed values can be rendered and read back the same, or are refused by name.

    Those of a ``whole`` page must not be refused.
    """
    check_inverse(parser, parser.parse_description(text), must_render=whole)


# -- law 6 ----------------------------------------------------------------------------------------


def check_data(
    parser: Parser, description: ProjectDescription, *, must_write: bool = False
) -> None:
    """Law 6: plain data and JSON contain the whole description and satisfy the JSON Schema.

    With ``must_write``, a refusal is wrong. The schema is checked where ``jsonschema`` is
    installed.
    """
    from esr_parser.data import DataError

    try:
        data, text = parser.to_dict(description), parser.to_json(description)
    except DataError as error:
        if must_write:
            raise AssertionError(f"the description cannot be written as data: {error}") from error
        return
    _assert_equal(description, parser.from_dict(data), "reads differently from data")
    _assert_equal(description, parser.from_json(text), "reads differently from JSON")
    validator = _validator(parser)
    for wrong in validator.iter_errors(data) if validator is not None else ():
        found = f"{wrong.json_path}: {wrong.message[:200]}"
        raise AssertionError(f"does not satisfy the JSON Schema: {found}")


@lru_cache(64)
def _validator(parser: Parser) -> Any:
    try:
        jsonschema: Any = import_module("jsonschema")
    except ImportError:
        return None
    schema = parser.json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


# -- law 7 ----------------------------------------------------------------------------------------


def check_minimal_edit(
    parser: Parser, text: str, description: ProjectDescription, *, whole: bool = False
) -> None:
    r"""Law 7: the edited text has the new values, in the lines that have to change only.

    In a ``whole`` page, only values that cannot be rendered are refused, and lines without a
    changed value stay as they are; fund, period and language must be those of the text then.

    >>> import attrs
    >>> text = "  1 HANKE\n  Hankekoodi :S29999"
    >>> old = Parser().parse_description(text)
    >>> new = attrs.evolve(old, project=attrs.evolve(old.project, code="S29998"))
    >>> check_minimal_edit(Parser(), text, new, whole=True)
    """
    document = parser.parse_document(text)
    try:
        edited = document.with_description(description)
    except UnrepresentableError as error:
        if whole and check_inverse(parser, description) is not None:
            raise AssertionError(f"a representable description is refused: {error}") from error
        return
    _assert_equal(description, edited.description, "the edited text has other values")
    again = parser.parse_description(edited.text)
    _assert_equal(description, again, "the edited text reads differently from the document")
    if document.description == description:
        _assert_equal_texts(text, edited.text, "nothing was to be changed")
    elif whole and not _must_be_written_anew(document, edited):
        spans = list(_changed_spans(parser, document, description))
        left = (m[1] for m in _LINE.finditer(edited.text.removeprefix("\ufeff")) if m[1].strip())
        for number, match in enumerate(_LINE.finditer(text), 1):
            # That of the text; before a value, it is a part of the line.
            line = match[1].removeprefix("\ufeff") if number == 1 else match[1]
            if line.strip() and not _is_in(match, spans) and line not in left:
                found = f"line {number} has no changed value, but is not there as it was: {line!r}"
                raise AssertionError(found)


def _must_be_written_anew(document: Document, edited: Document) -> bool:
    """Whether the lines of a page cannot hold the new values, whatever is written into them.

    In a page that a tool wrapped, the line end behind a full line is the tool's: a page without
    such lines holds it, also where the lines that showed the wraps go. Where headings are gone, a
    section begins at its first line: when that is a flag, and goes, only a heading shows whose the
    unknown labels below it are.
    """
    changes = list(diff(document.description, edited.description))
    texts = _strings(tuple(c.new for c in diff(ProjectDescription(), edited.description)))
    before, after = ({d.code for d in each.diagnostics} for each in (document, edited))
    if "ESR414" in before - after and any(re.search(r".\n.", text) for text in texts):
        return True
    gone = {change.path for change in changes if _is_absent(change.new)}
    for section in document.sections if gone else ():
        known = [f for f in section.fields if f.is_known]
        is_only = all(f.path in gone and not f.value for f in known)
        if section.kind == "implied" and is_only and len(section.fields) > len(known):
            return True
    return False


def _changed_spans(parser: Parser, document: Document, new: ProjectDescription) -> Iterator[Span]:
    """Where lines may change: the changed values, and sections in which some come or go."""
    for change in diff(document.description, new):
        path, node = change.path, document.field(change.path)
        if node is not None and not _is_absent(change.old) and not _is_absent(change.new):
            yield node.span
            continue
        concerned = {
            (section.number, section.title)
            for layout in parser.layouts
            for section in layout.sections
            for own in (section.content.paths() if section.content is not None else ())
            if _is_part(path, path_of(section.key, own))
        }
        for section in document.sections:
            is_title = section.kind == "front" and path in ("fund", "programme_period")
            if is_title or (section.number, section.title) in concerned:
                yield section.span
    # Where a tool ran two sections together, what is added between them parts the line.
    text, starts = document.text, (section.span.start for section in document.sections)
    yield from (Span(k - 1, k + 1) for k in starts if k and text[k - 1] not in _LINE_ENDS)


def _is_part(path: str, other: str) -> bool:
    """Whether one path is the other, or a part of it."""
    return f"{path}.".startswith(f"{other}.") or other.startswith(f"{path}.")


def _is_absent(value: object) -> bool:
    return value is None or value in ("", (), False)


_LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"
_LINE = re.compile(f"([^{_LINE_ENDS}]*)(\r\n|[{_LINE_ENDS}]|$)")


# -- law 8 ----------------------------------------------------------------------------------------


def check_nothing_silent(parser: Parser, text: str, *, without: int | None = None) -> None:
    r"""Law 8: every line that contains a letter or digit is in a value or in a diagnostic.

    Declared words that the layout prints do not count; every other line has to be in the
    description, in the field of a value, or at a diagnostic (kinds of noise are reported once).

    ``without`` is a line of a whole page, 0-based: the text without that line must give another
    description or other diagnostics. Lines behind the last are counted from the first.

    >>> check_nothing_silent(Parser(), "1 Hanke\n\nHankekoodi: S29999\n\nOuto rivi", without=2)
    """
    document = parser.parse_document(text)
    values = (change.new for change in diff(ProjectDescription(), document.description))
    known = "\n".join([*map(_bare, _strings(tuple(values))), _declared(parser)])
    noise = [Span(d.span.start, d.span.end + 1) for d in document.diagnostics]
    read: list[Span] = []
    for section in document.sections:
        fields = [f for f in section.fields if f.path]
        read += [Span(f.span.start, (f.value_span or f.span).end) for f in fields]
        if noise:  # kinds of noise are reported once, with a count
            noise += [n.span for n in section.nodes if getattr(n, "kind", "") in _COUNTED]
    lines = list(_LINE.finditer(text))
    alike = {_shape(match[1]) for match in lines if _is_in(match, noise)}
    for number, match in enumerate(lines, 1):
        is_known = _bare(match[1]) in known or _shape(match[1]) in alike
        if not is_known and not _is_in(match, read):
            raise AssertionError(f"line {number} is in no value and no diagnostic: {match[1]!r}")
    if without is not None and _bare((left := lines[without % len(lines)])[1]):
        shorter = parser.parse_document(text[: left.start()] + text[left.end() :])
        if shorter.description == document.description and _said(shorter) == _said(document):
            raise AssertionError(f"without the line {left[1]!r} nothing differs")


_COUNTED = ("noise", "heading")


def _is_in(line: re.Match[str], spans: Iterable[Span]) -> bool:
    return any(span.start < line.end(1) and line.start() < span.end for span in spans)


def _shape(line: str) -> str:
    return re.sub(r"[0-9]+", "0", line.strip())


def _bare(text: str) -> str:
    """Letters and digits alone, without tags and the targets of links, decoded where need be."""
    text = unescape(re.sub(r"\]\([^)]*\)|</?[a-z][^<>]*>", "", text))
    with suppress(UnicodeError):
        for _ in range(2):
            text = text.encode("cp1252").decode()
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, folded))


def _strings(value: Any) -> Iterator[str]:
    """All strings of a value; those of a row joined, too, as they are in one line."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _strings(part)
    elif attrs.has(type(value)):
        parts = tuple(getattr(value, a.name) for a in attrs.fields(type(value)))
        yield from _strings(parts)
        yield "".join(part for part in parts if isinstance(part, str))


@lru_cache(64)
def _declared(parser: Parser) -> str:
    return "\n".join(map(_bare, declared_words(parser.layouts)))


def _said(document: Document) -> list[tuple[Any, ...]]:
    return [(d.code, d.message, d.section, d.label, d.count) for d in document.diagnostics]


# -- law 9 ----------------------------------------------------------------------------------------


def check_same_values(parser: Parser, source: Source, *noises: Noise) -> None:
    r"""Law 9: a page and its noisy version give the same values.

    The source is a page, a description, or a canonical text. What the noises lose is not
    compared.

    >>> from esr_parser.testing import NOISES
    >>> check_same_values(Parser(), ProjectDescription(summary="Alku"), NOISES["quoted mail"])
    """
    page = page_from(source, parser)
    got = parser.parse_description(noisy(page, *noises))
    lost = [path for noise in noises for path in noise.loses]
    try:
        assert_same_values(page.description, got, ignoring=lost, layouts=parser.layouts)
    except AssertionError as error:
        names = " + ".join(noise.name for noise in noises)
        raise AssertionError(f"{names}: {error}") from None


def check_damage_is_reported(
    parser: Parser, description: ProjectDescription, damage: Damage, place: int
) -> None:
    """Laws 2 and 8 for a damaged page: no typed value is wrong without a warning or an error.

    ``description`` is what the whole page means.
    """
    document = check_total(parser, damage.apply(description, place, parser))
    if any(d.severity != "info" for d in document.diagnostics):
        return
    fields = [field for section in document.sections for field in section.fields]
    cut = [path for field in fields[-1:] for path in field.paths]  # the last value may go on
    for change in diff(description, document.description):
        path, got = change.path, change.new
        is_free = matches(path, _free_texts(parser)) or any(map(path.startswith, cut))
        wrong = f"{damage.name}: {path} is {got!r}, not {change.old!r}"
        _require(is_free or _is_absent(got), f"{wrong}, and nothing reports it")


def _free_texts(parser: Parser) -> set[str]:
    """The paths of prose, and of fields with any text, names or addresses in them.

    Whether their letters are right is not known.
    """
    free = {*prose_paths(parser.layouts), "other_fields", "other_sections", "*.title"}
    for section in (section for layout in parser.layouts for section in layout.sections):
        items = section.content.items if isinstance(section.content, Fields) else ()
        for field in (item for item in items if isinstance(item, Field)):
            if field.type.is_text or field.type.is_address or field.type == NAME_LIST:
                free.add(path_of(section.key, field.path))
    return free
