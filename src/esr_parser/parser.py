"""The parser: the public functions as methods, with a user's handlers and aliases."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import attrs

from esr_parser.document import Document
from esr_parser.grammar import Layout
from esr_parser.handlers import BUILT_IN_HANDLERS, SectionHandler
from esr_parser.layouts import LAYOUTS
from esr_parser.model import ProjectDescription
from esr_parser.noise import line_view
from esr_parser.reading import TextReader

if TYPE_CHECKING:
    from esr_parser.data import Data

__all__ = ["Parser", "default_parser"]

ENTRY_POINT_GROUP = "esr_parser.sections"
DEFAULT_MAX_BYTES = 1 << 26
"""64 MiB: what :meth:`Parser.read_document` reads unless told otherwise."""


class Parser:
    r"""Parses and renders descriptions with a user's section handlers and label aliases.

    Args:
        handlers: Section handlers; one whose key is that of a built-in section replaces it.
        aliases: Other spellings of declared headings, labels, questions and aspects, each with
            the declared one: ``{"Projektin tunnus": "Hankekoodi"}``.

    Raises:
        ValueError: two handlers claim the same key or section number.

    >>> parser = Parser(aliases={"Hankkeen tunnus": "Hankekoodi"})
    >>> parser.parse_description("1 Hanke\n\nHankkeen tunnus: S20001").project.code
    'S20001'
    """

    def __init__(
        self, handlers: Iterable[SectionHandler] = (), aliases: Mapping[str, str] | None = None
    ) -> None:
        self._handlers = tuple(handlers)
        self._aliases = dict(aliases or {})
        by_key: dict[str, SectionHandler] = {h.key: h for h in BUILT_IN_HANDLERS}
        built_in = frozenset(by_key)
        own: set[str] = set()
        for handler in self._handlers:
            if handler.key in own:
                raise ValueError(f"two handlers with the key {handler.key!r}")
            own.add(handler.key)
            by_key[handler.key] = handler
        layouts = tuple(_merged(layout, self._handlers) for layout in LAYOUTS)
        self._reader = TextReader(layouts, by_key, self._aliases, built_in)

    @classmethod
    def with_plugins(cls, aliases: Mapping[str, str] | None = None) -> Parser:
        """A parser with the handlers that installed packages offer.

        Handlers are classes or instances under the entry-point group ``esr_parser.sections``.
        They are never loaded unless this is called.

        Args:
            aliases: As for :class:`Parser`.

        Raises:
            ValueError: two of the handlers claim the same key or section number.
            Exception: whatever a package raises while its handler is imported or made.

        >>> Parser.with_plugins({"Hankkeen tunnus": "Hankekoodi"}).aliases
        {'Hankkeen tunnus': 'Hankekoodi'}
        """
        from importlib.metadata import entry_points

        handlers = []
        for entry in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda e: e.name):
            found = entry.load()
            handlers.append(found() if isinstance(found, type) else found)
        return cls(handlers, aliases)

    @property
    def handlers(self) -> tuple[SectionHandler, ...]:
        """The user's handlers."""
        return self._handlers

    @property
    def aliases(self) -> Mapping[str, str]:
        """The user's aliases."""
        return dict(self._aliases)

    @property
    def layouts(self) -> tuple[Layout, ...]:
        """The declared layouts, with the sections of the user's handlers.

        >>> for layout in Parser().layouts:
        ...     print(layout.period, len(layout.sections), "sections")
        2014-2020 15 sections
        2007-2013 7 sections
        """
        return self._reader.layouts

    def parse_document(self, text: str) -> Document:
        r"""The lossless tree of a text, with its description and diagnostics.

        Args:
            text: The text of a page, made by any tool.

        Raises:
            TypeError: ``text`` is no ``str``. Nothing else is raised.

        >>> document = Parser().parse_document("1 Hanke\n\nHankekoodi: S20001")
        >>> [(section.title, section.fields[0].value) for section in document.sections]
        [('Hanke', 'S20001')]
        """
        if not isinstance(text, str):
            raise TypeError(f"text must be a str, not {type(text).__name__}")
        return Document(self._reader.read(self, text))

    def parse_description(self, text: str, *, strict: bool = False) -> ProjectDescription:
        r"""The typed values of one description.

        Args:
            text: The text of a page, made by any tool.
            strict: Raise for anything that was not understood.

        Raises:
            TypeError: ``text`` is no ``str``.
            DescriptionError: ``strict`` and the text has errors; holds all of them.

        >>> d = Parser().parse_description("1 Hanke\n\nHankekoodi: S20001")
        >>> d.project.code, d.fund
        ('S20001', <Fund.ESR: 'ESR'>)
        """
        document = self.parse_document(text)
        if strict:
            document.raise_for_errors()
        return document.description

    def split_documents(self, text: str) -> list[Document]:
        r"""The descriptions of a text that holds several; their texts joined are the input.

        Args:
            text: The text of any number of pages, one behind the other.

        Returns:
            One document for each description, and at least one.

        Raises:
            TypeError: ``text`` is no ``str``. Nothing else is raised.

        >>> title = "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus"
        >>> len(Parser().split_documents(f"{title}\n\n1 Hanke\n\n{title}\n\n1 Hanke"))
        2
        """
        if not isinstance(text, str):
            raise TypeError(f"text must be a str, not {type(text).__name__}")
        starts = [*self._reader.outlines.starts(line_view(text)), len(text)]
        return [self.parse_document(text[a:b]) for a, b in pairwise(starts) if b > a] or [
            self.parse_document(text)
        ]

    def read_document(
        self, path: str | os.PathLike[str], *, max_bytes: int = DEFAULT_MAX_BYTES
    ) -> Document:
        r"""The document in a file: UTF-8, UTF-16 with a byte-order mark, else Windows-1252.

        Args:
            path: The file.
            max_bytes: The largest file that is read; 64 MiB unless told otherwise.

        Raises:
            OSError: the file cannot be read.
            FileTooLargeError: the file is larger than ``max_bytes``.

        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     path = Path(folder, "page.txt")
        ...     _ = path.write_text("1 Hanke\n\nHankkeen nimi: Työtä", encoding="utf-8")
        ...     Parser().read_document(path).description.project.name
        'Työtä'
        """
        from esr_parser.files import read_text

        text, note = read_text(path, max_bytes)
        document = self.parse_document(text)
        if note is not None:
            document._parsed.notes.add("ESR106", 0, 0, note)
        return document

    def render_description(self, description: ProjectDescription) -> str:
        """The canonical text of a description, as the register prints it.

        Args:
            description: What is to be written; its programme period chooses the layout.

        Raises:
            UnrepresentableError: a value cannot be written so that it reads back the same; the
                format has no escapes. Names the field.

        >>> from esr_parser import ProjectDescription
        >>> text = Parser().render_description(ProjectDescription())
        >>> text.splitlines()[0]
        '1 Hanke'
        """
        from esr_parser.render import rendered

        return rendered(self, self._reader, description)

    def to_dict(self, description: ProjectDescription) -> dict[str, Any]:
        """Plain data: dictionaries, lists, strings, numbers, booleans and ``None``.

        Every key is there; absent values are ``None``. Dates are ISO strings, amounts numbers:
        whole ones without a fraction, and strings of digits where no number is exact.

        Raises:
            DataError: a value is not of the type its attribute declares, or no finite number;
                names every place.

        >>> from decimal import Decimal
        >>> from esr_parser import ProjectDescription, PublicFunding
        >>> description = ProjectDescription(funding=PublicFunding(Decimal("128450")))
        >>> Parser().to_dict(description)["funding"]["granted_eu_and_state"]
        128450
        """
        return self._data.to_dict(description)

    def from_dict(self, data: Mapping[str, Any]) -> ProjectDescription:
        """A description from what :meth:`to_dict` gives; absent keys are absent values.

        Raises:
            DataError: the data does not have the shape of a description. It is a ``ValueError``,
                and its ``problems`` name every place.

        >>> try:
        ...     Parser().from_dict({"project": {"code": 20001}})
        ... except ValueError as error:
        ...     print(error)
        project.code: expected text, got 20001
        """
        return self._data.from_dict(data)

    def to_json(self, description: ProjectDescription, *, indent: int | None = None) -> str:
        """JSON text of :meth:`to_dict`; letters stand in it as they are.

        Args:
            description: What is to be written.
            indent: Spaces to indent each level by; all on one line unless given.

        Raises:
            DataError: as :meth:`to_dict`.

        >>> from esr_parser import ProjectDescription
        >>> Parser().to_json(ProjectDescription(summary="Työtä"))[:40]
        '{"fund": null, "programme_period": null,'
        """
        return self._data.to_json(description, indent=indent)

    def from_json(self, text: str | bytes) -> ProjectDescription:
        """A description from JSON text; of a repeated key the last one counts.

        Args:
            text: JSON; as bytes in UTF-8, UTF-16 or UTF-32.

        Raises:
            DataError: the text is no JSON, or not of a description. It is a ``ValueError``, and
                its ``problems`` name the line and column, or every place in the data.
            TypeError: ``text`` is neither ``str`` nor ``bytes``.

        >>> try:
        ...     Parser().from_json('{"fund": "ESR", "area": []}')
        ... except ValueError as error:
        ...     print(error)
        area: expected an object, got an array
        """
        return self._data.from_json(text)

    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema (2020-12) that every :meth:`to_dict` result satisfies.

        It has the sections of the user's handlers, too. Keys may be missing, and ``null`` where
        they may be missing, as in :meth:`from_dict`.

        Raises:
            TypeError: a handler's model has an attribute of a type that is no plain value.

        >>> Parser().json_schema()["$defs"]["Period"]["properties"]["start"]["format"]
        'date'
        """
        return self._data.json_schema()

    @cached_property
    def _data(self) -> Data:
        from esr_parser.data import Data

        return Data(self._reader)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._handlers, self._aliases)


def _merged(layout: Layout, handlers: tuple[SectionHandler, ...]) -> Layout:
    """A layout with the sections of a user's handlers in the place of the built-in ones."""
    added = [section for handler in handlers for section in handler.sections_in(layout)]
    if not added and not handlers:
        return layout
    # In a layout where such a handler has no sections, those of its key are unknown ones.
    replaced = {handler.key for handler in handlers}
    sections = [s for s in layout.sections if s.key not in replaced] + added
    numbers = [section.number for section in sections]
    twice = {number for number in numbers if numbers.count(number) > 1}
    if twice:
        raise ValueError(f"two sections with the number {', '.join(sorted(twice))}")
    for section in added:
        if not all(part.isdecimal() for part in section.number.split(".")):
            raise ValueError(f"{section.number!r} is no section number such as '10' or '10.1'")
    sections.sort(key=lambda s: tuple(int(part) for part in s.number.split(".")))
    return attrs.evolve(layout, sections=tuple(sections))


@cache
def default_parser() -> Parser:
    """The parser behind the functions of the package."""
    return Parser()
