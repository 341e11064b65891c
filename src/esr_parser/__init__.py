r"""Typed values and a lossless tree from ESR project descriptions, and back again.

The public register of Finland's EU structural funds describes every project it paid for on one
page. This package reads the text of such pages, made by whatever tool, and writes it.

>>> from esr_parser import parse_description
>>> d = parse_description("1 Hanke\n\nHankekoodi: S20001\n\nToiminnan tila: Toiminnassa")
>>> d.project.code, d.project.status
('S20001', <ProjectStatus.RUNNING: 'Toiminnassa'>)

Nothing is imported before it is used: ``import esr_parser`` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from esr_parser._version import __version__

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from esr_parser.aliases import load_aliases
    from esr_parser.data import DataError
    from esr_parser.diagnostics import (
        CODES,
        DescriptionError,
        Diagnostic,
        ParseError,
        Severity,
        Span,
    )
    from esr_parser.document import Document, FieldNode, SectionNode, TextNode
    from esr_parser.files import FileTooLargeError
    from esr_parser.grammar import (
        Caption,
        Dimension,
        Field,
        Fields,
        Flag,
        Layout,
        Prose,
        Questions,
        Rows,
        Scores,
        Section,
    )
    from esr_parser.handlers import SectionHandler
    from esr_parser.layouts import LAYOUTS
    from esr_parser.model import (
        Applicant,
        ApplicantArrangement,
        Assessment,
        Contact,
        Estimate,
        Fund,
        GenderEquality,
        GeographicArea,
        HorizontalPrinciples,
        MonitoringEstimates,
        OrganisationType,
        OtherField,
        OtherSection,
        Partner,
        Period,
        PostalAddress,
        ProgrammeItem,
        ProgrammePeriod,
        Project,
        ProjectDescription,
        ProjectStatus,
        PublicFunding,
        SustainabilityImpact,
        TargetGroups,
    )
    from esr_parser.parser import Parser
    from esr_parser.render import UnrepresentableError
    from esr_parser.values import ValueType

_HOMES = {
    "aliases": ("load_aliases",),
    "data": ("DataError",),
    "diagnostics": (
        "CODES",
        "DescriptionError",
        "Diagnostic",
        "ParseError",
        "Severity",
        "Span",
    ),
    "document": ("Document", "FieldNode", "SectionNode", "TextNode"),
    "files": ("FileTooLargeError",),
    "grammar": (
        "Caption",
        "Dimension",
        "Field",
        "Fields",
        "Flag",
        "Layout",
        "Prose",
        "Questions",
        "Rows",
        "Scores",
        "Section",
    ),
    "handlers": ("SectionHandler",),
    "layouts": ("LAYOUTS",),
    "model": (
        "Applicant",
        "ApplicantArrangement",
        "Assessment",
        "Contact",
        "Estimate",
        "Fund",
        "GenderEquality",
        "GeographicArea",
        "HorizontalPrinciples",
        "MonitoringEstimates",
        "OrganisationType",
        "OtherField",
        "OtherSection",
        "Partner",
        "Period",
        "PostalAddress",
        "ProgrammeItem",
        "ProgrammePeriod",
        "Project",
        "ProjectDescription",
        "ProjectStatus",
        "PublicFunding",
        "SustainabilityImpact",
        "TargetGroups",
    ),
    "parser": ("Parser",),
    "render": ("UnrepresentableError",),
    "values": ("ValueType",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "CODES",
    "LAYOUTS",
    "Applicant",
    "ApplicantArrangement",
    "Assessment",
    "Caption",
    "Contact",
    "DataError",
    "DescriptionError",
    "Diagnostic",
    "Dimension",
    "Document",
    "Estimate",
    "Field",
    "FieldNode",
    "Fields",
    "FileTooLargeError",
    "Flag",
    "Fund",
    "GenderEquality",
    "GeographicArea",
    "HorizontalPrinciples",
    "Layout",
    "MonitoringEstimates",
    "OrganisationType",
    "OtherField",
    "OtherSection",
    "ParseError",
    "Parser",
    "Partner",
    "Period",
    "PostalAddress",
    "ProgrammeItem",
    "ProgrammePeriod",
    "Project",
    "ProjectDescription",
    "ProjectStatus",
    "Prose",
    "PublicFunding",
    "Questions",
    "Rows",
    "Scores",
    "Section",
    "SectionHandler",
    "SectionNode",
    "Severity",
    "Span",
    "SustainabilityImpact",
    "TargetGroups",
    "TextNode",
    "UnrepresentableError",
    "ValueType",
    "__version__",
    "from_dict",
    "from_json",
    "json_schema",
    "load_aliases",
    "parse_description",
    "parse_document",
    "read_document",
    "render_description",
    "split_documents",
    "to_dict",
    "to_json",
]


def __getattr__(name: str) -> Any:
    module = _HOME_OF.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _parser() -> Parser:
    from esr_parser.parser import default_parser

    return default_parser()


def parse_description(text: str, *, strict: bool = False) -> ProjectDescription:
    r"""The typed values of one description.

    Args:
        text: The text of a page, made by any tool.
        strict: Raise for anything that was not understood.

    Raises:
        TypeError: ``text`` is no ``str``. Nothing else is raised unless ``strict``.
        DescriptionError: ``strict``, and the text has errors; holds all of them.

    >>> parse_description("1 Hanke\n\nHankkeen nimi: Esimerkki").project.name
    'Esimerkki'
    """
    return _parser().parse_description(text, strict=strict)


def parse_document(text: str) -> Document:
    r"""The lossless tree of a text with everything known about it.

    Raises:
        TypeError: ``text`` is no ``str``. Nothing else is raised.

    >>> [str(d) for d in parse_document("1 Hanke\n\nHankekodi: S20001").errors]
    ["3:1: ESR301 unknown label 'Hankekodi'; did you mean 'Hankekoodi'?"]
    """
    return _parser().parse_document(text)


def split_documents(text: str) -> list[Document]:
    """The descriptions of a text that holds several; their texts joined are the input."""
    return _parser().split_documents(text)


def read_document(path: str | os.PathLike[str], *, max_bytes: int = 1 << 26) -> Document:
    """The document in a file: UTF-8, UTF-16 with a byte-order mark, else Windows-1252.

    Args:
        path: The file.
        max_bytes: The largest file that is read; 64 MiB unless told otherwise.

    Raises:
        OSError: the file cannot be read.
        FileTooLargeError: the file is larger than ``max_bytes``.
    """
    return _parser().read_document(path, max_bytes=max_bytes)


def render_description(description: ProjectDescription) -> str:
    """The canonical text of a description, as the register prints it.

    Raises:
        UnrepresentableError: a value cannot be written so that it reads back the same; the
            format has no escapes. Names the field.
    """
    return _parser().render_description(description)


def to_dict(description: ProjectDescription) -> dict[str, Any]:
    r"""Plain data: dates as ISO strings, amounts as numbers, absent values as ``None``.

    >>> to_dict(parse_description("1 Hanke\n\nHankekoodi: S20001"))["project"]["code"]
    'S20001'
    """
    return _parser().to_dict(description)


def from_dict(data: Mapping[str, Any]) -> ProjectDescription:
    """A description from plain data; absent keys are absent values.

    Raises:
        DataError: the data does not have the shape of a description; names every place.
    """
    return _parser().from_dict(data)


def to_json(description: ProjectDescription, *, indent: int | None = None) -> str:
    """JSON text of :func:`to_dict`."""
    return _parser().to_json(description, indent=indent)


def from_json(text: str | bytes) -> ProjectDescription:
    """A description from JSON text.

    Raises:
        DataError: the text is no JSON, or not that of a description.
    """
    return _parser().from_json(text)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that every :func:`to_dict` result satisfies."""
    return _parser().json_schema()
