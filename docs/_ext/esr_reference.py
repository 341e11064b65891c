"""Reference pages made from the package itself, when the documentation is built.

Each directive writes Markdown from what the package declares: the layouts, the value types, the
JSON Schema, the diagnostic codes. The functions that write it need no Sphinx run, so the tests call
them, too.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from esr_parser import CODES, LAYOUTS, Layout, json_schema, values
from esr_parser.grammar import (
    Caption,
    Content,
    Field,
    Fields,
    Flag,
    Prose,
    Questions,
    Rows,
    Scores,
    Section,
)
from esr_parser.model import CODE_PREFIXES
from esr_parser.values import ValueType

WITHOUT_EXAMPLE = {
    "ESR106": "It is about the bytes of a file, which no text shows: a file in Windows-1252 that"
    " `read_document` or the command line reads.",
    "ESR110": "The example would be too long to print: it takes more than a hundred unknown"
    " labels.",
}
"""Why a code has no example, for each code that has none."""

# -- Markdown -----------------------------------------------------------------------------------


def code(text: str) -> str:
    """A word as it stands in a text."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}" if text else ""


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table; pipes inside its cells are escaped."""
    yield _row(heads)
    yield _row(["---"] * len(heads))
    for cells in rows:
        yield _row(cells)
    yield ""


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


# -- the layouts --------------------------------------------------------------------------------


def layout_lines(layout: Layout) -> Iterator[str]:
    """One programme period: its first lines, then each section with its lines in printed order."""
    yield "The page begins with these blocks:"
    yield ""
    for line in (*layout.banner, *(layout.title(fund) for fund in ("ESR", "EAKR"))):
        yield f"- {code(line)}"
    yield ""
    yield "(The last two are the titles of the two funds. A page has one of them.)"
    yield ""
    for section in layout.sections:
        yield from _section_lines(layout, section)


def _section_lines(layout: Layout, section: Section) -> Iterator[str]:
    yield f"### {layout.heading(section.number, section.title)}"
    yield ""
    if section.optional:
        yield "Printed only where it has a value."
        yield ""
    if section.variants:
        yield f"Also read: {', '.join(map(code, section.variants))}."
        yield ""
    if section.content is None:
        yield f"Nothing but subsections. Attribute: {code(section.key)}."
        yield ""
    else:
        yield from _content_lines(section.key, section.content)


def _content_lines(key: str, content: Content) -> Iterator[str]:
    if isinstance(content, Prose):
        yield f"Prose, up to the next heading. Attribute: {code(_path(key, content.path))}."
        yield ""
    elif isinstance(content, Fields):
        yield "Each line is a block of its own."
        yield ""
        yield from table(_ITEM_HEADS, (_item_row(key, item) for item in content.items))
    elif isinstance(content, Questions):
        yield (
            "One block. Each line `question: answer` is followed by the lines that explain it."
            f" The answer is the attribute with `.answer` added ({_linked(values.YES_NO)}); the"
            " explanation, the one with `.explanation` added (prose)."
        )
        yield ""
        rows = ([code(item.label), code(_path(key, item.path))] for item in content.items)
        yield from table(("Question", "Attribute"), rows)
    else:
        yield from _score_lines(key, content)


def _score_lines(key: str, content: Scores) -> Iterator[str]:
    heads = ", ".join(map(code, content.heads))
    yield (
        f"One block. Its first line is {code(''.join(content.heads))}: the column heads {heads},"
        " run together. Below each dimension stand its aspects, each a line"
        " `aspect direct indirect` with two whole numbers 0-10, followed by the lines that explain"
        " it. Attribute:"
        f" {code(_path(key, content.path))}, one item for each aspect."
    )
    yield ""
    for dimension in content.dimensions:
        yield f"- {code(dimension.name)}"
        yield from (f"  - {code(aspect)}" for aspect in dimension.aspects)
    yield ""


_ITEM_HEADS = ("Label", "Attribute", "Value type", "Shape", "Remarks")


def _item_row(key: str, item: Field | Caption | Flag | Rows) -> list[str]:
    remarks = list(_remarks(item))
    if isinstance(item, Caption):
        return [code(item.label), "", "", "a line without a value", " ".join(remarks)]
    attribute = code(_path(key, item.path))
    if isinstance(item, Flag):
        shape = "a line without a value: there, the attribute is true"
        return [code(item.label), attribute, "yes", shape, " ".join(remarks)]
    return [
        code(item.label),
        attribute,
        _linked(item.type),
        item.type.shape,
        " ".join(remarks),
    ]


def _remarks(item: Field | Caption | Flag | Rows) -> Iterator[str]:
    if isinstance(item, Rows):
        yield "A bare line; below it, in a block, one value a line. Not printed for a null."
    elif isinstance(item, Field) and item.optional:
        yield "Printed only where there is a value."
    if item.variants:
        yield f"Also read: {', '.join(map(code, item.variants))}."


def _path(key: str, path: str) -> str:
    return f"{key}.{path}" if path else key


def code_prefix_lines() -> Iterator[str]:
    """What the first characters of a project code tell."""
    heads = ("The code begins with", "Fund", "Programme period")
    rows = ([code(p), str(fund), str(period)] for p, (fund, period) in CODE_PREFIXES.items())
    yield from table(heads, rows)


# -- value types --------------------------------------------------------------------------------


def value_types() -> list[ValueType]:
    """The value types that the layouts use, in order of the module that declares them."""
    used: set[int] = set()
    for layout in LAYOUTS:
        for section in layout.sections:
            if isinstance(section.content, Fields | Questions):
                used |= {id(i.type) for i in section.content.items if isinstance(i, Field | Rows)}
    every = [getattr(values, name) for name in values.__all__]
    kinds = [kind for kind in every if isinstance(kind, ValueType) and id(kind) in used]
    return sorted(kinds, key=lambda kind: kind.name)


def _anchor(kind: ValueType) -> str:
    return "value-type-" + "".join(c if c.isalnum() else "-" for c in kind.name)


def _linked(kind: ValueType) -> str:
    return f"[{kind.name}](#{_anchor(kind)})"


def value_type_lines() -> Iterator[str]:
    """Each value type with its shape and, for the open sets, the known words."""
    for kind in value_types():
        yield f"({_anchor(kind)})="
        yield f"### {kind.name}"
        yield ""
        yield f"{kind.shape[0].upper()}{kind.shape[1:]}."
        yield ""
        if kind.words:
            yield "The known words. The set is open: another word is kept as it stands, with a"
            yield "diagnostic."
            yield ""
            yield from (f"- {code(word)}" for word in kind.words)
            yield ""


# -- JSON ---------------------------------------------------------------------------------------


def json_lines(schema: Mapping[str, Any] | None = None) -> Iterator[str]:
    """A table of keys for the whole, and one for each class of the model."""
    schema = json_schema() if schema is None else schema
    heads = ("Key", "Value", "Where it stands on the page")
    yield from table(heads, _key_rows(schema))
    for name, inner in schema["$defs"].items():
        yield f"({_class_anchor(name)})="
        yield f"### {name}"
        yield ""
        yield from table(heads, _key_rows(inner))


def _class_anchor(name: str) -> str:
    return f"json-{name.lower()}"


def _key_rows(schema: Mapping[str, Any]) -> Iterator[list[str]]:
    for key, value in schema["properties"].items():
        yield [code(key), _kind(value), value.get("description", "")]


def _kind(schema: Mapping[str, Any]) -> str:
    """What a value is, in a few words; every value may be null, so that goes without saying."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{_class_anchor(name)})"
    if "enum" in schema:
        return f"one of {', '.join(code(str(word)) for word in schema['enum'])}"
    for word in ("anyOf", "oneOf"):
        if word in schema:
            kinds = [_kind(option) for option in schema[word]]
            return " or ".join(dict.fromkeys(kind for kind in kinds if kind != "null"))
    types = schema.get("type", "any value")
    names = [types] if isinstance(types, str) else [name for name in types if name != "null"]
    if names == ["array"]:
        return f"array of {_kind(schema['items'])}"
    if schema.get("format") == "date":
        return "ISO date"
    return " or ".join(names)


# -- diagnostics --------------------------------------------------------------------------------

_GROUPS = {
    "1": "The text as a whole",
    "2": "Sections",
    "3": "Labels and values",
    "4": "Noise that was seen through",
}


def code_table_lines() -> Iterator[str]:
    """All codes in one table."""
    rows = ([f"[{c.code}](#{c.code.lower()})", str(c.severity), c.name] for c in CODES.values())
    yield from table(("Code", "Severity", "Name"), rows)


def code_lines() -> Iterator[str]:
    """Each code with its cause, an example and a remedy, in groups by its first digit."""
    group = ""
    for entry in CODES.values():
        if entry.code[3] != group:
            group = entry.code[3]
            yield f"## {_GROUPS[group]}"
            yield ""
        yield f"({entry.code.lower()})="
        yield f"### {entry.code} {entry.name}"
        yield ""
        yield "Severity"
        yield f": {entry.severity}"
        yield ""
        yield "Cause"
        yield f": {entry.cause}"
        yield ""
        yield "Example"
        if entry.example:
            yield from _visible(entry.example)
        else:
            yield f": {WITHOUT_EXAMPLE[entry.code]}"
        yield ""
        yield "Remedy"
        yield f": {entry.remedy}"
        yield ""


def _visible(example: str) -> Iterator[str]:
    """A text as a block; as a Python string where some of it could not be seen."""
    trimmed = "\n".join(line.rstrip() for line in example.split("\n")).strip("\n")
    is_seen = example == trimmed == unicodedata.normalize("NFC", example)
    is_seen = is_seen and all(c.isprintable() or c == "\n" for c in example)
    shown, language = (example, "text") if is_seen else (ascii(example), "python")
    yield f": ```{language}"
    yield from (f"  {line}".rstrip() for line in shown.split("\n"))
    yield "  ```"


# -- directives ---------------------------------------------------------------------------------


def _of_period(period: str) -> Iterator[str]:
    return layout_lines(next(layout for layout in LAYOUTS if layout.period == period))


_WRITERS: dict[str, Callable[..., Iterator[str]]] = {
    "esr-layout": _of_period,
    "esr-code-prefixes": code_prefix_lines,
    "esr-value-types": value_type_lines,
    "esr-json-keys": json_lines,
    "esr-code-table": code_table_lines,
    "esr-codes": code_lines,
}


def _directive(write: Callable[..., Iterator[str]], count: int) -> type[SphinxDirective]:
    class Generated(SphinxDirective):
        required_arguments = count

        def run(self) -> list[nodes.Node]:
            text = "\n".join(write(*self.arguments))
            return self.parse_text_to_nodes(text, allow_section_headings=True)

    return Generated


def setup(app: Sphinx) -> dict[str, bool]:
    """Adds the directives."""
    for name, write in _WRITERS.items():
        app.add_directive(name, _directive(write, 1 if write is _of_period else 0))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
