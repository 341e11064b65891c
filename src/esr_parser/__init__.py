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

from functools import cache
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


@cache
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

    Args:
        text: The text of a page, made by any tool.

    Raises:
        TypeError: ``text`` is no ``str``. Nothing else is raised.

    >>> [str(d) for d in parse_document("1 Hanke\n\nHankekodi: S20001").errors]
    ["3:1: ESR301 unknown label 'Hankekodi'; did you mean 'Hankekoodi'?"]
    """
    return _parser().parse_document(text)


def split_documents(text: str) -> list[Document]:
    r"""The descriptions of a text that holds several; their texts joined are the input.

    Args:
        text: The text of any number of pages, one behind the other.

    Returns:
        One document for each description, and at least one.

    Raises:
        TypeError: ``text`` is no ``str``. Nothing else is raised.

    >>> title = "Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus"
    >>> first, second = (f"{title}\n\n1 Hanke\n\nHankekoodi: S2000{n}\n\n" for n in (1, 2))
    >>> [d.description.project.code for d in split_documents(first + second)]
    ['S20001', 'S20002']
    """
    return _parser().split_documents(text)


def read_document(path: str | os.PathLike[str], *, max_bytes: int = 1 << 26) -> Document:
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
    ...     _ = path.write_bytes("1 Hanke\n\nHankkeen nimi: Työtä".encode("cp1252"))
    ...     document = read_document(path)
    >>> document.description.project.name, "ESR106" in {d.code for d in document.diagnostics}
    ('Työtä', True)
    """
    return _parser().read_document(path, max_bytes=max_bytes)


def render_description(description: ProjectDescription) -> str:
    """The canonical text of a description, as the register prints it.

    Args:
        description: What is to be written; its programme period chooses the layout.

    Raises:
        UnrepresentableError: a value cannot be written so that it reads back the same; the
            format has no escapes. Names the field.

    >>> from esr_parser import Project, ProjectDescription
    >>> text = render_description(ProjectDescription(project=Project(name="Työtä")))
    >>> "Hankkeen nimi: Työtä" in text.splitlines()
    True
    """
    return _parser().render_description(description)


def to_dict(description: ProjectDescription) -> dict[str, Any]:
    r"""Plain data: dates as ISO strings, amounts as numbers, absent values as ``None``.

    Raises:
        DataError: a value is not of the type its attribute declares, or no finite number; names
            every place.

    >>> to_dict(parse_description("1 Hanke\n\nHankekoodi: S20001"))["project"]["code"]
    'S20001'
    """
    return _parser().to_dict(description)


def from_dict(data: Mapping[str, Any]) -> ProjectDescription:
    """A description from plain data; absent keys are absent values.

    Raises:
        DataError: the data does not have the shape of a description. It is a ``ValueError``, and
            its ``problems`` name every place.

    >>> from_dict({"project": {"code": "S20001"}}).fund
    <Fund.ESR: 'ESR'>
    >>> try:
    ...     from_dict({"project": {"code": 20001}})
    ... except ValueError as error:
    ...     print(error)
    project.code: expected text, got 20001
    """
    return _parser().from_dict(data)


def to_json(description: ProjectDescription, *, indent: int | None = None) -> str:
    """JSON text of :func:`to_dict`; letters stand in it as they are.

    Args:
        description: What is to be written.
        indent: Spaces to indent each level by; all on one line unless given.

    Raises:
        DataError: as :func:`to_dict`.

    >>> from esr_parser import ProjectDescription
    >>> from_json(to_json(ProjectDescription(summary="Työtä"))).summary
    'Työtä'
    """
    return _parser().to_json(description, indent=indent)


def from_json(text: str | bytes) -> ProjectDescription:
    """A description from JSON text; of a repeated key the last one counts.

    Args:
        text: JSON; as bytes in UTF-8, UTF-16 or UTF-32.

    Raises:
        DataError: the text is no JSON, or not of a description. It is a ``ValueError``, and its
            ``problems`` name the line and column, or every place in the data.
        TypeError: ``text`` is neither ``str`` nor ``bytes``.

    >>> from_json('{"project": {"code": "S20001"}}').project.code
    'S20001'
    """
    return _parser().from_json(text)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that every :func:`to_dict` result satisfies.

    Keys may be missing, and ``null`` where they may be missing, as in :func:`from_dict`.

    >>> json_schema()["properties"]["summary"]["type"]
    ['string', 'null']
    """
    return _parser().json_schema()
