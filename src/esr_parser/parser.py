"""The parser: the public functions as methods, with a user's handlers, aliases and layouts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import attrs

from esr_parser.aliases import check_aliases
from esr_parser.declarations import require
from esr_parser.diagnostics import DIAGNOSTIC_CODES, Diagnostic, Span
from esr_parser.document import Document
from esr_parser.files import DEFAULT_MAX_BYTES, read_bytes, text_of
from esr_parser.grammar import Layout
from esr_parser.handlers import SectionHandler, checked, merged
from esr_parser.layouts import LAYOUTS
from esr_parser.model import ProjectDescription
from esr_parser.printed import Printed
from esr_parser.reader import TextReader

if TYPE_CHECKING:
    from esr_parser.data import Data

ENTRY_POINT_GROUP = "esr_parser.sections"


class Parser:
    r"""Parses and renders descriptions with a user's handlers, aliases and layouts.

    Two parsers are equal when their declarations are. Methods with the names of the package's
    functions have the same arguments, results and errors.

    Args:
        handlers: Section handlers; one whose key is that of a built-in section replaces it.
        aliases: Other spellings of declared headings, labels, questions and aspects, each with
            the declared one: ``{"Projektin tunnus": "Hankekoodi"}``.
        layouts: The layouts to choose from; the first is taken where a text shows none.

    Raises:
        DeclarationError: a handler, alias or layout cannot be used; the error names it and what
            to write instead.

    >>> parser = Parser(aliases={"Hankkeen tunnus": "Hankekoodi"})
    >>> parser.parse_description("1 Hanke\n\nHankkeen tunnus: S29999").project.code
    'S29999'
    """

    def __init__(
        self,
        handlers: Iterable[SectionHandler[Any]] = (),
        aliases: Mapping[str, str] | None = None,
        layouts: Iterable[Layout] = LAYOUTS,
    ) -> None:
        for name, value, kind, example in (
            ("handlers", handlers, Iterable, "[…]"),
            ("aliases", aliases or {}, Mapping, "{'other spelling': 'declared spelling'}"),
            ("layouts", layouts, Iterable, "[…]"),
        ):
            is_usable = isinstance(value, kind)
            require(is_usable, f"{name} is a {type(value).__name__}; write {name}={example}")
        self._handlers = tuple(handlers)
        self._aliases = dict(aliases or {})
        self._declared = tuple(layouts)
        by_key = checked(self._handlers)
        _check_layouts(self._declared)
        self._layouts = self._declared
        if self._handlers or self._declared is not LAYOUTS:  # those are checked by the tests
            self._layouts = tuple(merged(layout, by_key) for layout in self._declared)
        check_aliases(self._aliases, self._layouts)
        self._reader = TextReader(self._layouts, by_key, self._aliases)
        self._printed = Printed(self._reader)

    @classmethod
    def with_plugins(
        cls, aliases: Mapping[str, str] | None = None, layouts: Iterable[Layout] = LAYOUTS
    ) -> Parser:
        """A parser with the handlers that installed packages offer.

        Handlers are classes or instances under the entry-point group ``esr_parser.sections``.
        They are never loaded unless this is called.

        Raises:
            DeclarationError: one of the handlers cannot be used.
            Exception: a package raises an error while its handler is imported or made.

        >>> Parser.with_plugins({"Hankkeen tunnus": "Hankekoodi"}).aliases
        {'Hankkeen tunnus': 'Hankekoodi'}
        """
        from importlib.metadata import entry_points

        handlers = []
        for entry in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda e: e.name):
            found = entry.load()
            handlers.append(found() if isinstance(found, type) else found)
        return cls(handlers, aliases, layouts)

    @property
    def handlers(self) -> tuple[SectionHandler[Any], ...]:
        """The user's handlers."""
        return self._handlers

    @property
    def aliases(self) -> Mapping[str, str]:
        """The user's aliases."""
        return dict(self._aliases)

    @property
    def layouts(self) -> tuple[Layout, ...]:
        """The layouts, with the sections of the user's handlers.

        >>> for layout in Parser().layouts:
        ...     print(layout.period, layout.language, len(layout.sections), "sections")
        2014-2020 fi 15 sections
        2007-2013 fi 11 sections
        2014-2020 en 3 sections
        """
        return self._layouts

    def parse_document(self, text: str) -> Document:
        r"""The document of a text.

        >>> document = Parser().parse_document("1 Hanke\n\nHankekoodi: S29999")
        >>> [(section.title, section.fields[0].value) for section in document.sections[1:]]
        [('Hanke', 'S29999')]
        """
        if not isinstance(text, str):
            raise TypeError(f"text must be a str, not {type(text).__name__}")
        description = self._printed.read(text)
        if description is not None:  # as printed: nothing to report
            return Document(self, text, description, ())
        reading = self._reader.read(text)
        return Document(self, text, reading.description, reading.diagnostics)

    def parse_description(self, text: str, *, strict: bool = False) -> ProjectDescription:
        r"""The typed values of one description.

        >>> Parser().parse_description("1 Hanke\n\nHankekoodi: S29999").fund
        <Fund.ESR: 'ESR'>
        """
        document = self.parse_document(text)
        if strict:
            document.raise_for_errors()
        return document.description

    def split_documents(self, text: str) -> list[Document]:
        r"""The documents of a text with several descriptions.

        >>> page = "Hankkeen kuvaus\n\n1 Hanke\n\nHankekoodi: S29999\n\n"
        >>> [document.text == page for document in Parser().split_documents(page * 2)]
        [True, True]
        """
        if not isinstance(text, str):
            raise TypeError(f"text must be a str, not {type(text).__name__}")
        starts = [*self._reader.starts(text, self._printed.ends(text)), len(text)]
        return [self.parse_document(text[a:b]) for a, b in pairwise(starts)]

    def read_document(
        self,
        path: str | os.PathLike[str],
        *,
        max_bytes: int = DEFAULT_MAX_BYTES,
        strict: bool = False,
    ) -> Document:
        """The document in a file, text or HTML.

        >>> Parser().read_document("examples/hanke.txt").description.project.code
        'S29999'
        """
        from pathlib import Path

        document = self.parse_bytes(read_bytes(path, max_bytes), Path(path).suffix)
        if strict:
            document.raise_for_errors(path)
        return document

    def parse_bytes(self, data: bytes, suffix: str = "") -> Document:
        r"""The document in the contents of a file, whose name may have a suffix: ``".html"``.

        Raises:
            MissingExtraError: the file is HTML, and the extra ``html`` is not installed.

        >>> Parser().parse_bytes(b"1 Hanke\n\nHankekoodi: S29999").description.project.code
        'S29999'
        """
        text, note = text_of(data, suffix.lower())
        document = self.parse_document(text)
        if note is None:
            return document
        severity = DIAGNOSTIC_CODES["ESR106"].severity
        odd = Diagnostic("ESR106", severity, note, 1, 1, Span(0, 0))
        return attrs.evolve(document, diagnostics=(odd, *document.diagnostics))

    def read_description(
        self, path: str | os.PathLike[str], *, strict: bool = False
    ) -> ProjectDescription:
        """The typed values of the description in a file.

        >>> Parser().read_description("examples/hanke.txt").project.code
        'S29999'
        """
        return self.read_document(path, strict=strict).description

    def render_description(self, description: ProjectDescription) -> str:
        """The canonical text of a description.

        >>> from esr_parser import ProjectDescription
        >>> Parser().render_description(ProjectDescription()).splitlines()[0]
        '1 Hanke'
        """
        from esr_parser.render import rendered

        return rendered(self._reader, description)

    def to_dict(self, description: ProjectDescription) -> dict[str, Any]:
        """A description as plain data.

        >>> from esr_parser import ProjectDescription
        >>> Parser().to_dict(ProjectDescription(fund="ESR"))["fund"]
        'ESR'
        """
        return self._data.to_dict(description)

    def from_dict(self, data: Mapping[str, Any]) -> ProjectDescription:
        """A description from plain data.

        >>> Parser().from_dict({"project": {"code": "S29999"}})
        <ProjectDescription S29999 (no fund)>
        """
        return self._data.from_dict(data)

    def to_json(self, description: ProjectDescription, *, indent: int | None = None) -> str:
        """A description as JSON text.

        >>> from esr_parser import ProjectDescription
        >>> Parser().to_json(ProjectDescription(summary="Työtä"))[:40]
        '{"fund": null, "programme_period": null,'
        """
        return self._data.to_json(description, indent=indent)

    def from_json(self, text: str | bytes) -> ProjectDescription:
        """A description from JSON text.

        >>> Parser().from_json('{"project": {"code": "S29999"}}')
        <ProjectDescription S29999 (no fund)>
        """
        return self._data.from_json(text)

    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema (2020-12) of descriptions, the user's sections among them.

        Raises:
            DeclarationError: a handler's model has an attribute of a type that is not plain data.

        >>> Parser().json_schema()["$schema"]
        'https://json-schema.org/draft/2020-12/schema'
        """
        return self._data.json_schema()

    @cached_property
    def _data(self) -> Data:
        from esr_parser.data import Data

        return Data(self._layouts, self._reader.handlers)

    def _key(self) -> tuple[Any, ...]:
        handlers = tuple((type(h), h.key, h.model, h.sections) for h in self._handlers)
        return handlers, tuple(sorted(self._aliases.items())), self._declared

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, Parser) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())

    def __reduce__(self) -> tuple[Any, ...]:
        more = () if self._declared == LAYOUTS else (self._declared,)
        return type(self), (self._handlers, self._aliases, *more)


def _check_layouts(layouts: tuple[Layout, ...]) -> None:
    require(layouts, "layouts is empty; pass at least one Layout")
    names: list[tuple[str, str]] = []
    for layout in layouts:
        require(isinstance(layout, Layout), f"{layout!r} is not a Layout")
        name, rule = f"{layout.period} ({layout.language})", "give it another period or language"
        is_new = (layout.period, layout.language) not in names
        require(is_new, f"two layouts for {name}; leave one out, or {rule}")
        names.append((layout.period, layout.language))


@cache
def default_parser() -> Parser:
    """The parser behind the functions of the package."""
    return Parser()
