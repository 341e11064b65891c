"""A text with its values, its diagnostics and its tree."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from esr_parser.diagnostics import DescriptionError, Diagnostic, ParseError, Severity
from esr_parser.grammar import Layout
from esr_parser.model import ProgrammePeriod, ProjectDescription

if TYPE_CHECKING:
    from esr_parser.parser import Parser
    from esr_parser.reading import Reading
    from esr_parser.tree import FieldNode, SectionNode


@attrs.frozen(slots=False, repr=False)
class Document:
    r"""One text, its tree, its description and its diagnostics. Immutable.

    Two documents are equal when their texts and their parsers are.

    >>> from esr_parser import parse_document
    >>> document = parse_document("1 Hanke\n\nHankekoodi: S29999")
    >>> document.description.project.code
    'S29999'
    >>> node = document.field("project.code")
    >>> assert node and node.value_span
    >>> document.text[slice(*node.value_span)]
    'S29999'
    >>> "".join(section.text for section in document.sections) == document.text
    True
    """

    parser: Parser = attrs.field(hash=False)
    """The parser that read the text."""
    text: str
    """The text, every character of it."""
    description: ProjectDescription = attrs.field(eq=False)
    """The typed values."""
    diagnostics: tuple[Diagnostic, ...] = attrs.field(eq=False)
    """The diagnostics of the text, by position."""

    def _read(self) -> Reading:
        # Not kept: it takes more memory than the text.
        return self.parser._reader.read(self.text, keeps_parts=True)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The diagnostics of severity ``error``."""
        return tuple(d for d in self.diagnostics if d.severity is Severity.ERROR)

    @property
    def programme_period(self) -> ProgrammePeriod | str | None:
        """The programme period that the title or the project code names."""
        return self.description.programme_period

    @property
    def layout(self) -> Layout:
        """The layout in which the text was read."""
        return self._read().layout

    @cached_property
    def sections(self) -> tuple[SectionNode, ...]:
        """The tree: sections in text order, subsections beside their section."""
        from esr_parser.tree import section_nodes

        return tuple(section_nodes(self._read()))

    def field(self, path: str) -> FieldNode | None:
        r"""The field with a value; ``None`` if the text has no such field.

        Args:
            path: The model path of a leaf, or of a group that is one field. For prose and for
                rows, the node is the whole section.

        >>> from esr_parser import parse_document
        >>> document = parse_document("1 Hanke\n\nToimintalinja: 4. Työ")
        >>> node = document.field("project.priority_axis.number")
        >>> node.value if node else None
        '4. Työ'
        """
        from esr_parser.tree import holds, whole_sections

        for section in self.sections:
            for node in section.fields:
                if holds(node, path):
                    return node
        nodes = [n for n in whole_sections(self._read(), self.sections) if holds(n, path)]
        # Two sections can hold the same prose: the one that does, not the one that might.
        return next((node for node in nodes if node.value), nodes[0] if nodes else None)

    def raise_for_errors(self, file: str | os.PathLike[str] | None = None) -> None:
        """Raises :class:`DescriptionError` with all errors at once, if any; it names the file."""
        errors = self.errors
        if errors:
            name = "the text" if file is None else os.fspath(file)
            message = f"{name} has {len(errors)} error{'s' if len(errors) > 1 else ''}"
            raise DescriptionError(message, [ParseError(error) for error in errors])

    def with_description(self, new: ProjectDescription) -> Document:
        r"""The document with the description ``new``; only the lines of changed values differ.

        All other lines stay as they are, byte for byte, in noisy texts, too.

        Raises:
            UnrepresentableError: a value of ``new`` cannot be written so that it reads back.

        >>> from attrs import evolve
        >>> from esr_parser import parse_document
        >>> document = parse_document("  1 HANKE\n  Hankekoodi :S29999")
        >>> d = document.description
        >>> document.with_description(evolve(d, project=evolve(d.project, code="S29998"))).text
        '  1 HANKE\n  Hankekoodi :S29998'
        """
        from esr_parser.edit import edited

        if new == self.description:
            return self
        text = edited(self.parser._reader, self._read(), new)
        return self.parser.parse_document(text)

    def to_html(self) -> str:
        """One self-contained HTML page: the text with its values marked, and the diagnostics.

        >>> from esr_parser import parse_document
        >>> parse_document("1 Hanke").to_html().startswith("<!DOCTYPE html>")
        True
        """
        from esr_parser.view import to_html

        return to_html(self)

    def _repr_html_(self) -> str:
        from esr_parser.view import repr_html

        return repr_html(self)

    def __repr__(self) -> str:
        code = getattr(self.description.project, "code", None)
        return f"<Document {code or '?'}, {len(self.text)} characters>"

    def __reduce__(self) -> tuple[Any, ...]:
        # Without the tree, which is made on first use.
        return type(self), (self.parser, self.text, self.description, self.diagnostics)
