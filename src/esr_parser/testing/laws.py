r"""What the library promises, each promise as a function that checks it on one example.

Each function raises ``AssertionError`` with a message for people, and needs nothing but the
library itself. :class:`~esr_parser.testing.LawTests` feeds them with generated examples; they can
be called with a text of one's own just as well:

>>> from esr_parser import Parser
>>> parser = Parser()
>>> check_lossless(parser, "1 Hanke\n\nHankekoodi: S20001")
>>> check_settled(parser, "1 Hanke\n\nHankekoodi: S20001")
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any, TypeAlias

from esr_parser.diagnostics import CODES, DescriptionError, Diagnostic
from esr_parser.document import Document, FieldNode, SectionNode
from esr_parser.grammar import Fields, Layout, Prose, Questions, Rows, Scores, Section
from esr_parser.handlers import BUILT_IN_HANDLERS, SectionHandler
from esr_parser.model import ProjectDescription
from esr_parser.noise import RULE_MARKS
from esr_parser.parser import Parser
from esr_parser.render import UnrepresentableError
from esr_parser.testing.comparison import assert_same_values
from esr_parser.testing.noises import Noise

__all__ = [
    "check_canonical",
    "check_data",
    "check_inverse",
    "check_linear",
    "check_lossless",
    "check_minimal_edit",
    "check_no_inert_line",
    "check_same_page",
    "check_settled",
    "check_total",
    "work_of",
]

_Changes: TypeAlias = Mapping[tuple[str, str], tuple[Any, Any]]
"""Two values by key and path."""


def _excerpt(text: str, position: int = 0) -> str:
    start = max(0, position - 30)
    return repr(text[start : start + 90])


def _assert_equal_texts(expected: str, got: str, what: str) -> None:
    if expected == got:
        return
    pairs = zip(expected, got, strict=False)
    place = next((k for k, (a, b) in enumerate(pairs) if a != b), min(len(expected), len(got)))
    line = expected.count("\n", 0, place) + 1
    raise AssertionError(
        f"{what}: line {line} (character {place}) differs: expected {_excerpt(expected, place)},"
        f" got {_excerpt(got, place)}"
    )


# -- law 1 ------------------------------------------------------------------------------------


def check_lossless(parser: Parser, text: str) -> None:
    """Law 1: the tree holds every character of the text once, in order.

    Args:
        parser: The parser.
        text: Any text.

    Raises:
        AssertionError: the spans of the tree leave a gap, overlap, or hold another text.

    >>> check_lossless(Parser(), "anything: at all")
    """
    document = parser.parse_document(text)
    _assert_equal_texts(text, document.text, "the document's text is not the text")
    _check_tiling(text, document.sections, 0, len(text), "the sections")
    for section in document.sections:
        name = f"the nodes of section {section.number or section.kind}"
        _check_tiling(text, section.nodes, *section.span, name)


def _check_tiling(text: str, parts: Iterable[Any], start: int, end: int, what: str) -> None:
    position = start
    for part in parts:
        if part.span.start != position:
            raise AssertionError(
                f"{what}: {part.text[:60]!r} begins at {part.span.start}, where the one before"
                f" ends at {position}"
            )
        if part.span.end < part.span.start:
            raise AssertionError(f"{what}: the span {part.span} is upside down")
        _assert_equal_texts(text[slice(*part.span)], part.text, what)
        position = part.span.end
    if position != end:
        raise AssertionError(f"{what} end at {position}, not at {end}")


# -- law 2 ------------------------------------------------------------------------------------


def check_total(parser: Parser, text: str) -> Document:
    """Law 2: any text gives a description and well-formed diagnostics, and no exception.

    Returns:
        The document, all of it computed.

    >>> [diagnostic.code for diagnostic in check_total(Parser(), "Lorem ipsum").diagnostics]
    ['ESR101']
    """
    document = parser.parse_document(text)
    hash(document.programme_period)
    repr(document.description)
    repr(document.sections)
    for diagnostic in document.diagnostics:
        _check_diagnostic(text, diagnostic)
    if list(document.diagnostics) != sorted(document.diagnostics, key=lambda d: d.span.start):
        raise AssertionError("the diagnostics are not in the order of their places")
    whole = "".join(part.text for part in parser.split_documents(text))
    _assert_equal_texts(text, whole, "split_documents lost or added something")
    try:
        parser.parse_description(text, strict=True)
    except DescriptionError as group:
        if len(group.exceptions) != len(document.errors):
            raise AssertionError("strict=True does not raise every error diagnostic") from None
    else:
        if document.errors:
            raise AssertionError("strict=True raised nothing, but there are errors")
    return document


def _check_diagnostic(text: str, diagnostic: Diagnostic) -> None:
    start, end = diagnostic.span
    if diagnostic.code not in CODES:
        raise AssertionError(f"unknown code {diagnostic.code}")
    if not 0 <= start <= end <= len(text):
        raise AssertionError(f"{diagnostic}: the span {diagnostic.span} is not in the text")
    if diagnostic.line < 1 or diagnostic.column < 1:
        raise AssertionError(f"{diagnostic}: lines and columns begin at 1")
    if diagnostic.severity is not CODES[diagnostic.code].severity:
        raise AssertionError(f"{diagnostic}: not the severity of its code")
    if not diagnostic.message or "\n" in str(diagnostic).rstrip("\n"):
        raise AssertionError(f"{str(diagnostic)!r}: a diagnostic is one line that says something")


def work_of(function: Callable[[], object]) -> int:
    """How much work a call does: the number of calls it makes, in Python and in C.

    Counted, not timed, so that the result is the same on any machine.
    """
    calls = 0

    # While a profile function runs, nothing is traced.
    def count(_frame: object, event: str, _argument: object) -> None:  # pragma: no cover
        nonlocal calls
        if event in ("call", "c_call"):
            calls += 1

    previous = sys.getprofile()
    sys.setprofile(count)
    try:
        function()
    finally:
        sys.setprofile(previous)
    return calls


def check_linear(
    parser: Parser, make: Callable[[int], str], size: int = 1000, *, most: float = 1.5
) -> None:
    r"""Law 2: a text four times as long is at most about four times the work.

    Args:
        parser: The parser.
        make: Gives a text of a size.
        size: The smaller size; the larger one is four times that.
        most: By how much the work for each unit of size may grow.

    Raises:
        AssertionError: it grows faster.

    >>> check_linear(Parser(), lambda n: "Hankekoodi: S20001\n\n" * n, 200)
    """

    def work(text: str) -> int:
        def everything() -> None:
            document = parser.parse_document(text)
            document.diagnostics  # noqa: B018 -- computed when it is asked for
            document.sections  # noqa: B018

        return work_of(everything)

    work("")
    small, large = work(make(size)), work(make(4 * size))
    if large > 4 * most * small + 1000:
        raise AssertionError(
            f"{small} calls for size {size}, {large} for size {4 * size}:"
            f" {large / small:.1f} times as many"
        )


# -- laws 3, 4 and 5 --------------------------------------------------------------------------


def check_canonical(parser: Parser, text: str) -> None:
    """Law 3: a canonical text is rendered as it stands.

    Args:
        parser: The parser.
        text: A text as the register prints it, or as :meth:`Parser.render_description` does.
    """
    again = parser.render_description(parser.parse_description(text))
    _assert_equal_texts(text, again, "the canonical text is not rendered as it stands")


def check_inverse(
    parser: Parser, description: ProjectDescription, *, must_render: bool = False
) -> str | None:
    r"""Law 4: a description is rendered so that it reads back, or refused by name.

    Args:
        parser: The parser.
        description: Any description the classes accept.
        must_render: Whether it is known to be representable, so that a refusal is wrong.

    Returns:
        The canonical text; ``None`` where the description was refused.

    >>> from esr_parser.model import Project
    >>> check_inverse(Parser(), ProjectDescription(project=Project(name="two\nlines"))) is None
    True
    """
    try:
        text = parser.render_description(description)
    except UnrepresentableError as error:
        if must_render:
            raise AssertionError(f"a representable description is refused: {error}") from error
        if not error.field or not error.reason:
            raise AssertionError("the refusal does not name a field and a reason") from error
        return None
    again = parser.parse_description(text)
    if again != description:
        raise AssertionError(_not_equal(description, again, "reads back as something else"))
    return text


def check_settled(parser: Parser, text: str) -> None:
    """Law 5: what was read from any text can be rendered, and reads back the same."""
    description = parser.parse_description(text)
    try:
        canonical = parser.render_description(description)
    except UnrepresentableError as error:
        raise AssertionError(f"what was read cannot be rendered: {error}") from error
    again = parser.parse_description(canonical)
    if again != description:
        raise AssertionError(_not_equal(description, again, "the canonical text reads differently"))


def _not_equal(expected: ProjectDescription, got: ProjectDescription, what: str) -> str:
    try:
        assert_same_values(expected, got)
    except AssertionError as error:
        return f"{what}: {error}"
    return f"{what}: expected {expected!r}, got {got!r}"


# -- law 6 ------------------------------------------------------------------------------------

_VALIDATORS: dict[int, tuple[Parser, Any]] = {}


def check_data(
    parser: Parser, description: ProjectDescription, *, must_write: bool = False
) -> None:
    """Law 6: plain data and JSON hold the whole description and satisfy the JSON Schema.

    The schema is checked where ``jsonschema`` is installed.

    Args:
        parser: The parser.
        description: Any description the classes accept.
        must_write: Whether it holds nothing that data cannot hold (a number that is none), so
            that a refusal is wrong.
    """
    from esr_parser.data import DataError

    try:
        data = parser.to_dict(description)
        text = parser.to_json(description)
    except DataError as error:
        if must_write:
            raise AssertionError(f"the description cannot be written as data: {error}") from error
        return
    for again, what in ((parser.from_dict(data), "data"), (parser.from_json(text), "JSON")):
        if again != description:
            raise AssertionError(_not_equal(description, again, f"reads differently from {what}"))
    wrong = next(_schema_errors(parser, data), None)
    if wrong is not None:
        raise AssertionError(f"not as the JSON Schema says: {wrong}")


def _schema_errors(parser: Parser, data: dict[str, Any]) -> Iterator[str]:
    known = _VALIDATORS.get(id(parser))
    if known is None or known[0] is not parser:
        known = _VALIDATORS[id(parser)] = parser, _validator(parser.json_schema())
    if known[1] is not None:
        for error in known[1].iter_errors(data):
            yield f"{error.json_path}: {error.message[:200]}"


def _validator(schema: dict[str, Any]) -> Any:
    try:
        jsonschema: Any = import_module("jsonschema")
    except ImportError:
        return None
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


# -- law 7 ------------------------------------------------------------------------------------


def check_minimal_edit(parser: Parser, text: str, description: ProjectDescription) -> None:
    r"""Law 7: the text is changed to say ``description``, in the lines that have to change only.

    Args:
        parser: The parser.
        text: Any text, canonical or noisy.
        description: What the changed text shall say. Where it cannot be rendered at all, it may
            be refused.

    >>> import attrs
    >>> text = "  1 HANKE\n  Hankekoodi :S20001"
    >>> old = Parser().parse_description(text)
    >>> new = attrs.evolve(old, project=attrs.evolve(old.project, code="S20002"))
    >>> check_minimal_edit(Parser(), text, new)
    """
    document = parser.parse_document(text)
    old = document.description
    try:
        edited = document.with_description(description)
    except UnrepresentableError as error:
        try:
            parser.render_description(description)
        except UnrepresentableError:
            return
        raise AssertionError(f"a representable description is refused: {error}") from error
    if edited.description != description:
        raise AssertionError(
            _not_equal(description, edited.description, "the edited text says something else")
        )
    if parser.parse_description(edited.text) != description:
        raise AssertionError("the edited text reads differently from the edited document")
    if old == description:
        _assert_equal_texts(text, edited.text, "nothing was to be changed")
    elif old.programme_period == description.programme_period:
        changed = [
            *_changed_spans(parser, document, description),
            *_spans_read_otherwise(document, edited),
        ]
        _check_kept(list(_kept_lines(document.text, changed)), edited.text)


def _spans_read_otherwise(document: Document, edited: Document) -> Iterator[tuple[int, int]]:
    """What would be read as something else if it stayed as it is.

    A line above a description without headings is left out as the title of a web page, with the
    rules around it; above a heading, they would be text. And whether a value goes on in the next
    line is told by the width of the page, which a long new line changes.
    """
    if not any(d.code == "ESR107" for d in edited.diagnostics):
        for diagnostic in document.diagnostics:
            if diagnostic.code == "ESR107":
                yield diagnostic.span
                yield from _rules(document.sections[0])
    if _width(document.text) != _width(edited.text):
        for section in document.sections:
            for field in section.fields:
                if not field.note and len(_lines(field.text)) > 1:
                    yield field.span


def _rules(front: SectionNode) -> Iterator[tuple[int, int]]:
    position = front.span.start
    for line in _split(front.text if front.kind == "front" else ""):
        if not line.strip(RULE_MARKS):
            yield position, position + len(line)
        position += len(line) + 1


def _width(text: str) -> int:
    return max(map(len, _split(text)))


def _check_kept(kept: list[tuple[int, str]], edited: str) -> None:
    lines = iter(_lines(edited))
    for number, line in kept:
        if line not in lines:
            raise AssertionError(
                f"line {number} holds no changed value, but is not there as it was: {line!r}"
            )


def _lines(text: str) -> list[str]:
    """The lines that are not blank; their ends, and a byte-order mark, are not part of them."""
    return [line for line in _split(text.removeprefix("\ufeff")) if line.strip()]


def _split(text: str) -> list[str]:
    """The lines of a text: characters of any line end are no part of them."""
    return text.translate(_LINE_ENDS).split("\n")


_LINE_ENDS = str.maketrans(dict.fromkeys("\r\v\x85\u2028\u2029", "\n"))


def _kept_lines(whole: str, changed: Collection[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """The lines that hold no changed value, numbered."""
    text = whole.removeprefix("\ufeff")
    position = len(whole) - len(text)
    for number, line in enumerate(_split(text), 1):
        end = position + len(line)
        if line.strip() and not any(a < end and position < b for a, b in changed):
            yield number, line
        position = end + 1


def _changed_spans(
    parser: Parser, document: Document, new: ProjectDescription
) -> Iterator[tuple[int, int]]:
    old = document.description
    changes = dict(_changes(parser, old, new))
    before, after = Counter(old.other_fields), Counter(new.other_fields)
    others = {other.label for other in (before - after) + (after - before)}
    has_other_sections = old.other_sections != new.other_sections
    for section in document.sections:
        declared = _declared(parser, old, section)
        keys = {key for key, _ in changes}
        if section.kind in ("section", "implied") and declared is not None:
            if has_other_sections or _is_whole(declared, changes, old, new):
                yield section.span
            else:
                yield from _changed_nodes(document.text, section, declared, changes, others)
        elif section.kind == "front":
            if has_other_sections or old.fund != new.fund:
                yield section.span
        elif has_other_sections or (declared is not None and declared.key in keys):
            yield section.span


def _is_whole(
    section: Section, changes: _Changes, old: ProjectDescription, new: ProjectDescription
) -> bool:
    """Whether all of a section may change: its one value does, or nothing is left to print."""
    content = section.content
    if (section.key in old.extensions) != (section.key in new.extensions):
        return True
    if isinstance(content, Prose):
        return (section.key, content.path) in changes
    if not any(key == section.key for key, _ in changes):
        return False
    return section.optional or (
        section.key not in BUILT_IN_KEYS and section.key not in new.extensions
    )


def _changed_nodes(
    text: str, section: SectionNode, declared: Section, changes: _Changes, others: Collection[str]
) -> Iterator[tuple[int, int]]:
    labels = dict(_labels(declared, changes))
    for node in section.nodes:
        label = node.label if isinstance(node, FieldNode) else ""
        if label not in labels and label not in others:
            continue
        kept = labels.get(label, ())
        position = node.span.start
        for line in text[slice(*node.span)].split("\n"):
            if line.strip() not in kept:
                yield position, position + len(line)
            position += len(line) + 1


def _declared(
    parser: Parser, description: ProjectDescription, section: SectionNode
) -> Section | None:
    for layout in _layouts(parser, description):
        for declared in layout.sections:
            if (declared.number, declared.title) == (section.number, section.title):
                return declared
    return None


def _layouts(parser: Parser, description: ProjectDescription) -> list[Layout]:
    own = [la for la in parser.layouts if la.period == description.programme_period]
    return own or list(parser.layouts)


class _AllBut:
    """Every line but some."""

    def __init__(self, lines: Collection[str]) -> None:
        self._lines = lines

    def __contains__(self, line: object) -> bool:
        return line not in self._lines


def _labels(section: Section, changes: _Changes) -> Iterator[tuple[str, Container[str]]]:
    """The labels whose values changed, each with the lines below it that did not."""
    content = section.content
    if isinstance(content, Fields):
        for item in content.items:
            change = changes.get((section.key, getattr(item, "path", "")))
            if change is not None:
                yield item.label, _kept_rows(item, *change) if isinstance(item, Rows) else ()
    elif isinstance(content, Questions):
        for item in content.items:
            paths = (f"{item.path}.answer", f"{item.path}.explanation")
            if any((section.key, path) in changes for path in paths):
                yield item.label, ()
    elif isinstance(content, Scores) and (section.key, content.path) in changes:
        had, has = changes[section.key, content.path]
        gone = {*(had or ())} - {*(has or ())}
        # What explains a row may stand below a line that does not, as a node of its own.
        yield "", _AllBut({t for i in gone for t in (i.explanation or "").split("\n")})
        rows = {*(had or ())} ^ {*(has or ())} if _in_order(had, has) else {*had, *has}
        for impact in rows:
            yield impact.aspect, ()
            yield impact.dimension, ()
        if not (had and has):
            yield "".join(content.heads), ()


def _kept_rows(item: Rows, had: Any, has: Any) -> Collection[str]:
    """The lines of the rows that stay, and of their heading; none where their order changed."""
    if had is None or has is None or not _in_order(had, has):
        return ()
    return {item.label, *(item.type.format(row) for row in {*had} & {*has})}


def _in_order(had: Collection[Any] | None, has: Collection[Any] | None) -> bool:
    """Whether the rows that stay stand in the same order as before."""
    both = {*(had or ())} & {*(has or ())}
    before, after = ([row for row in rows or () if row in both] for rows in (had, has))
    return before == after


BUILT_IN_KEYS = frozenset(handler.key for handler in BUILT_IN_HANDLERS)
"""The keys that are attributes of a description; others are keys of its extensions."""


def value_of(description: ProjectDescription, key: str) -> Any:
    """The value of a handler's key; ``None`` where a description has no such extension."""
    if key in BUILT_IN_KEYS:
        return getattr(description, key)
    return description.extensions.get(key)


def handlers_of(parser: Parser) -> Mapping[str, SectionHandler]:
    """The handler of each key: the built-in ones, and a user's in their place or beside them."""
    return {
        **{handler.key: handler for handler in BUILT_IN_HANDLERS},
        **{handler.key: handler for handler in parser.handlers},
    }


def _changes(
    parser: Parser, old: ProjectDescription, new: ProjectDescription
) -> Iterator[tuple[tuple[str, str], tuple[Any, Any]]]:
    """Key and declared path of each value that differs, with the two values."""
    for key, handler in handlers_of(parser).items():
        before, after = value_of(old, key), value_of(new, key)
        if before == after:
            continue
        had = {} if before is None else dict(handler.take_apart(before))
        has = {} if after is None else dict(handler.take_apart(after))
        for path in {*had, *has}:
            if had.get(path) != has.get(path):
                yield (key, path), (had.get(path), has.get(path))


# -- law 8 ------------------------------------------------------------------------------------


def check_no_inert_line(parser: Parser, text: str, line: str, position: int) -> None:
    r"""Law 8: a line more is noticed: the description or the diagnostics change.

    Diagnostics are compared without their places, which change for every line that is put in. A
    line is taken out of a text by checking the text without it.

    Args:
        parser: The parser.
        text: Any text.
        line: A line that is not empty and has no line end in it.
        position: Before which line it is put in, 0-based.

    >>> check_no_inert_line(Parser(), "1 Hanke\n\nHankekoodi: S20001", "Kunnat: Oulu", 1)
    """
    lines = text.split("\n")
    longer = "\n".join([*lines[:position], line, *lines[position:]])
    before, after = parser.parse_document(text), parser.parse_document(longer)
    if before.description == after.description and _said(before) == _said(after):
        around = "\n".join([*lines[max(0, position - 2) : position], line, *lines[position:][:2]])
        raise AssertionError(
            f"the line {line!r} makes no difference before line {position + 1}: {around!r}"
        )


def _said(document: Document) -> list[tuple[str, str, str | None, str | None]]:
    return [(d.code, d.message, d.section, d.label) for d in document.diagnostics]


# -- law 9 ------------------------------------------------------------------------------------


def check_same_page(parser: Parser, text: str, *noises: Noise) -> None:
    r"""Law 9: a canonical text and its noisy version give the same values.

    Args:
        parser: The parser.
        text: A canonical text.
        noises: What is done to it, in this order; what they lose is not compared.

    >>> from esr_parser.testing import NOISES
    >>> text = "1 Hanke\n\nHankekoodi: S20001"
    >>> check_same_page(Parser(), text, NOISES["labels in capitals"], NOISES["indented lines"])
    """
    noisy = text
    for noise in noises:
        noisy = noise.apply(noisy, parser.layouts)
    try:
        assert_same_values(
            parser.parse_description(text),
            parser.parse_description(noisy),
            ignoring=frozenset().union(*(noise.loses for noise in noises)),
            layouts=parser.layouts,
        )
    except AssertionError as error:
        names = " + ".join(noise.name for noise in noises)
        raise AssertionError(f"{names}: {error}") from None
