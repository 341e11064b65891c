"""Reference pages made from the package itself, when the documentation is built.

Each directive writes Markdown from what the package declares: the layouts, the value types, the
JSON Schema, the diagnostic codes. The functions that write it need no Sphinx run, so that the tests
can call them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from esr_parser import (
    DIAGNOSTIC_CODES,
    LAYOUTS,
    diagnostics,
    json_schema,
    layouts,
    parse_document,
    values,
)
from esr_parser.diagnostics import DiagnosticCode
from esr_parser.grammar import (
    Caption,
    Content,
    Field,
    Fields,
    Flag,
    Item,
    Layout,
    Prose,
    Questions,
    Rows,
    Scores,
    Section,
)
from esr_parser.values import ValueType

WITHOUT_EXAMPLE = {
    "ESR106": "None as text: the bytes of the file matter. A file in Windows-1252 gives this code.",
    "ESR112": "None with the layouts of the library. Two layouts of your own with the same labels"
    " give this code.",
    "ESR601": "None as text: the code is in the table `diagnostics` of an export.",
    "ESR602": "None as text: the code is in the table `diagnostics` of an export.",
    "ESR603": "None as text: the code is in the sheet `diagnostics` of an Excel workbook.",
}
"""Why a code has no example, for each code without one."""

# -- Markdown -----------------------------------------------------------------------------------


def code(text: str) -> str:
    """A word of a text, as code."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}" if text else ""


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table without the columns that are empty in every row."""
    rows = [list(row) for row in rows]
    used = [k for k in range(len(heads)) if any(row[k] for row in rows)]
    for cells in (list(heads), ["---"] * len(heads), *rows):
        yield "| " + " | ".join(cells[k].replace("|", "\\|") for k in used) + " |"
    yield ""


# -- the layouts --------------------------------------------------------------------------------


def name_of(layout: Layout) -> str:
    """Which pages have a layout: ``2014-2020 fi``."""
    return f"{layout.period} {layout.language}"


def layout_lines(layout: Layout) -> Iterator[str]:
    """One layout: its first lines, then each section with its lines in printed order."""
    yield "## Banner and title"
    yield ""
    if layout.banner:
        yield "The banner, each line a block of its own:"
        yield ""
        yield from (f"- {code(line)}" for line in layout.banner)
        yield ""
    if layout.title:
        yield "The title, by fund:"
        yield ""
        yield from (f"- {code(layout.title_of(fund))}" for fund, _ in layout.funds)
    else:
        yield "No page with a banner or a title was seen."
    yield ""
    if layout.code_prefixes:
        yield "Where the title is missing, the project code shows the fund:"
        yield ""
        heads = ("The code begins with", "Fund")
        yield from table(heads, ([code(p), str(fund)] for p, fund in layout.code_prefixes))
    for section in layout.sections:
        yield from _section_lines(layout, section)


def _section_lines(layout: Layout, section: Section) -> Iterator[str]:
    title = layout.heading(section.number, section.title or "(heading not seen)")
    yield f"## {title}"
    yield ""
    if section.optional:
        yield "Printed only where it has a value."
        yield ""
    if section.variants:
        yield f"Also read: {', '.join(map(code, section.variants))}."
        yield ""
    if section.content is None:
        yield f"The heading of the subsections below. Attribute: {code(section.key)}."
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
        yield "One block: lines `question: answer`, each followed by the lines that explain it."
        yield f"`.answer` is [yes or no](#{_anchor(values.YES_NO)}), `.explanation` is prose."
        yield ""
        rows = ([code(item.label), _paths(key, item)] for item in content.items)
        yield from table(("Question", "Attribute"), rows)
    else:
        yield from _score_lines(key, content)


def _score_lines(key: str, content: Scores) -> Iterator[str]:
    columns = " and ".join(code(f".{name}") for name in content.columns)
    yield f"One block. Its first line is {code(''.join(content.heads))}: the column heads"
    yield f"{', '.join(map(code, content.heads))}, run together. Each aspect is a line"
    yield "`aspect number number`, with whole numbers from 0 to 10, followed by the lines that"
    yield f"explain it. Attribute: {code(_path(key, content.path))}, with one item an aspect:"
    yield f"{columns} are the numbers, `.explanation` is prose."
    yield ""
    for dimension in content.dimensions:
        yield f"- {code(dimension.name)}"
        yield from (f"  - {code(aspect)}" for aspect in dimension.aspects)
    yield ""


_ITEM_HEADS = ("Label", "Attribute", "Value")


def _item_row(key: str, item: Item) -> list[str]:
    return [code(item.label), _paths(key, item), ". ".join([_value(item), *_remarks(item)])]


def _value(item: Item) -> str:
    if isinstance(item, Caption):
        return "none"
    if isinstance(item, Flag):
        return "none: the line itself means yes"
    link = f"[{_title(item.type)}](#{_anchor(item.type)})"
    return f"lines below: {link}" if isinstance(item, Rows) else link


def _remarks(item: Item) -> Iterator[str]:
    if isinstance(item, Rows):
        yield "Printed only where the attribute is not null"
    elif isinstance(item, Field) and item.optional:
        yield "Printed only where it has a value"
    if item.variants:
        yield f"Also read: {', '.join(map(code, item.variants))}"


def _paths(key: str, item: Item) -> str:
    return ", ".join(code(_path(key, path)) for path in item.paths)


def _path(key: str, path: str) -> str:
    return f"{key}.{path}" if path else key


# -- value types --------------------------------------------------------------------------------


@cache
def value_types() -> dict[str, ValueType[Any]]:
    """The value types of the layouts, by the names that ``esr_parser.values`` gives them."""
    used = {values.YES_NO}
    for layout in LAYOUTS:
        for section in layout.sections:
            if isinstance(section.content, Fields):
                used |= {i.type for i in section.content.items if isinstance(i, Field | Rows)}
    named = {n: k for n, k in vars(values).items() if isinstance(k, ValueType) and k in used}
    first = {kind: name for name, kind in reversed(named.items())}
    return {n: k for n, k in sorted(named.items(), key=lambda x: x[1].name) if first[k] == n}


def _name(kind: ValueType[Any]) -> str:
    """The name of the constant in ``esr_parser.values``."""
    return next(name for name, known in value_types().items() if known == kind)


def _title(kind: ValueType[Any]) -> str:
    is_other = _name(kind).endswith("_EN") and "English" not in kind.name
    return f"{kind.name} (English)" if is_other else kind.name


def _anchor(kind: ValueType[Any]) -> str:
    return f"value-type-{_name(kind).lower()}"


def value_type_lines() -> Iterator[str]:
    """Each value type with its shape and, for the open sets, the known words."""
    for name, kind in value_types().items():
        yield f"({_anchor(kind)})="
        yield f"## {_title(kind)}"
        yield ""
        yield f"{kind.shape[0].upper()}{kind.shape[1:]}. In Python: `esr_parser.values.{name}`."
        yield ""
        if kind.words:
            yield "The set is open: an unknown word is kept as it is, and ESR305 reports it. The"
            yield "known words:"
            yield ""
            yield from (f"- {code(word)}" for word in kind.words)
            yield ""


# -- JSON ---------------------------------------------------------------------------------------


def json_lines(schema: Mapping[str, Any] | None = None) -> Iterator[str]:
    """A table of keys for the whole, and one for each class of the model."""
    schema = json_schema() if schema is None else schema
    heads = ("Key", "Value", "Place on the page")
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
    """What a value is, in a few words. The page has one sentence about null for all of them."""
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
    "4": "Noise that was tolerated",
    "6": "Tables",
}


def codes() -> list[DiagnosticCode]:
    """The codes in order."""
    return [DIAGNOSTIC_CODES[name] for name in sorted(DIAGNOSTIC_CODES)]


def code_table_lines() -> Iterator[str]:
    """All codes in one table."""
    rows = ([f"[{c.code}](#{c.code.lower()})", str(c.severity), c.name] for c in codes())
    yield from table(("Code", "Severity", "Name"), rows)


def code_lines() -> Iterator[str]:
    """Each code with its cause, an example and a remedy, in groups by its first digit."""
    group = ""
    for entry in codes():
        if entry.code[3] != group:
            group = entry.code[3]
            yield f"## {_GROUPS[group]}"
            yield ""
        yield f"({entry.code.lower()})="
        yield f"### {entry.code} {entry.name}"
        yield ""
        yield f"**{entry.severity}.** {entry.cause}"
        yield ""
        yield f"Remedy: {entry.remedy}"
        yield ""
        if entry.example:
            yield "Example:"
            yield ""
            yield from _visible(entry.example)
            yield ""
            found = parse_document(entry.example).diagnostics
            yield from (f"> {d}" for d in found if d.code == entry.code)
        else:
            yield f"Example: {WITHOUT_EXAMPLE[entry.code]}"
        yield ""


def _visible(example: str) -> Iterator[str]:
    """A text as a block; as a Python string where some of it could not be seen."""
    trimmed = "\n".join(line.rstrip() for line in example.split("\n")).strip("\n")
    is_seen = example == trimmed == unicodedata.normalize("NFC", example)
    is_seen = is_seen and all(c.isprintable() or c == "\n" for c in example)
    shown, language = (example, "text") if is_seen else (ascii(example), "python")
    fence = "````" if "```" in shown else "```"
    yield f"{fence}{language}"
    yield from shown.split("\n")
    yield fence


# -- directives ---------------------------------------------------------------------------------


def _of_name(period: str, language: str) -> Iterator[str]:
    return layout_lines(next(x for x in LAYOUTS if name_of(x) == f"{period} {language}"))


_WRITERS: dict[str, Callable[..., Iterator[str]]] = {
    "esr-layout": _of_name,
    "esr-value-types": value_type_lines,
    "esr-json-keys": json_lines,
    "esr-code-table": code_table_lines,
    "esr-codes": code_lines,
}


def _directive(write: Callable[..., Iterator[str]], count: int) -> type[SphinxDirective]:
    class Generated(SphinxDirective):
        required_arguments = count

        def run(self) -> list[nodes.Node]:
            for module in (layouts, diagnostics, values):
                self.env.note_dependency(str(module.__file__))
            self.env.note_dependency(__file__)
            text = "\n".join(write(*self.arguments))
            return self.parse_text_to_nodes(text, allow_section_headings=True)

    return Generated


def setup(app: Sphinx) -> dict[str, bool]:
    """Adds the directives."""
    for name, write in _WRITERS.items():
        app.add_directive(name, _directive(write, 2 if write is _of_name else 0))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
