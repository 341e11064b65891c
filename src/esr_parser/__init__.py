r"""Typed values and a lossless tree from ESR project descriptions, and back again.

The public register of Finland's EU structural funds describes every project it paid for on one
page. This package reads the text of such pages, whichever tool made it, and writes it.

>>> from esr_parser import parse_description
>>> d = parse_description("1 Hanke\n\nHankekoodi: S29999\n\nToiminnan tila: Toiminnassa")
>>> d.project.code, d.project.status
('S29999', <ProjectStatus.RUNNING: 'Toiminnassa'>)

Modules are imported when they are first used, so ``import esr_parser`` is fast. The other value
classes are in :mod:`esr_parser.model`, the classes that declare formats in
:mod:`esr_parser.grammar`, the value types in :mod:`esr_parser.values`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from esr_parser._version import __version__

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from esr_parser.data import DataError
    from esr_parser.diagnostics import DIAGNOSTIC_CODES, DescriptionError, Diagnostic, Severity
    from esr_parser.differences import Change, diff
    from esr_parser.document import Document
    from esr_parser.errors import DeclarationError, EsrParserError, UnrepresentableError
    from esr_parser.files import FileTooLargeError
    from esr_parser.handlers import SectionHandler
    from esr_parser.layouts import LAYOUTS
    from esr_parser.model import (
        Applicant,
        Contact,
        Fund,
        GeographicArea,
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
    from esr_parser.redaction import redact
    from esr_parser.rows import to_row

# What is in none of these is a class of the model.
_HOMES = {
    "data": ("DataError",),
    "diagnostics": ("DIAGNOSTIC_CODES", "DescriptionError", "Diagnostic", "Severity"),
    "differences": ("Change", "diff"),
    "document": ("Document",),
    "errors": ("DeclarationError", "EsrParserError", "UnrepresentableError"),
    "files": ("FileTooLargeError",),
    "handlers": ("SectionHandler",),
    "layouts": ("LAYOUTS",),
    "parser": ("Parser",),
    "redaction": ("redact",),
    "rows": ("to_row",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "DIAGNOSTIC_CODES",
    "LAYOUTS",
    "Applicant",
    "Change",
    "Contact",
    "DataError",
    "DeclarationError",
    "DescriptionError",
    "Diagnostic",
    "Document",
    "EsrParserError",
    "FileTooLargeError",
    "Fund",
    "GeographicArea",
    "OtherField",
    "OtherSection",
    "Parser",
    "Partner",
    "Period",
    "PostalAddress",
    "ProgrammeItem",
    "ProgrammePeriod",
    "Project",
    "ProjectDescription",
    "ProjectStatus",
    "PublicFunding",
    "SectionHandler",
    "Severity",
    "SustainabilityImpact",
    "TargetGroups",
    "UnrepresentableError",
    "__version__",
    "diff",
    "from_dict",
    "from_json",
    "json_schema",
    "parse_description",
    "parse_document",
    "read_description",
    "read_document",
    "redact",
    "render_description",
    "split_documents",
    "to_dict",
    "to_json",
    "to_row",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_HOME_OF.get(name, 'model')}"), name)
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
        strict: Raise if the text has errors.

    Raises:
        TypeError: ``text`` is not a ``str``. Nothing else is raised unless ``strict``.
        DescriptionError: ``strict``, and the text has errors; contains all of them.

    >>> parse_description("1 Hanke\n\nHankkeen nimi: Esimerkki").project.name
    'Esimerkki'
    """
    return _parser().parse_description(text, strict=strict)


def parse_document(text: str) -> Document:
    r"""The document of a text: its values, its diagnostics and its lossless tree.

    Args:
        text: The text of a page, made by any tool.

    Raises:
        TypeError: ``text`` is not a ``str``. Nothing else is raised.

    >>> [str(d) for d in parse_document("1 Hanke\n\nHankekodi: S29991").errors]
    ["3:1: ESR301 unknown label 'Hankekodi'; did you mean 'Hankekoodi'?"]
    """
    return _parser().parse_document(text)


def split_documents(text: str) -> list[Document]:
    r"""The documents of a text with several descriptions, at least one; joined, they are the text.

    Raises:
        TypeError: ``text`` is not a ``str``. Nothing else is raised.

    >>> pages = [f"Hankkeen kuvaus\n\n1 Hanke\n\nHankekoodi: S2999{n}\n\n" for n in (1, 2)]
    >>> [d.description.project.code for d in split_documents("".join(pages))]
    ['S29991', 'S29992']
    """
    return _parser().split_documents(text)


def read_document(
    path: str | os.PathLike[str], *, max_bytes: int = 1 << 26, strict: bool = False
) -> Document:
    """The document in a file, text or HTML.

    A byte-order mark decides the encoding. Without one, the file is UTF-8; a few broken bytes are
    reported. Any other file is read as UTF-16, where every second byte is NUL, or as Windows-1252,
    and that is reported. HTML needs the extra ``html``.

    Args:
        path: The file.
        max_bytes: The largest file that is read; 64 MiB by default.
        strict: Raise if the text has errors.

    Raises:
        OSError: the file cannot be read.
        FileTooLargeError: the file is larger than ``max_bytes``.
        MissingExtraError: the file is HTML, and the extra is not installed.
        DescriptionError: ``strict``, and the text has errors; contains all of them.

    >>> read_document("examples/hanke.txt").description.project.code
    'S29999'
    """
    return _parser().read_document(path, max_bytes=max_bytes, strict=strict)


def read_description(path: str | os.PathLike[str], *, strict: bool = False) -> ProjectDescription:
    """The typed values of the description in a file, text or HTML.

    Args:
        path: The file, as for :func:`read_document`.
        strict: Raise if the text has errors.

    Raises:
        OSError: the file cannot be read; and what else :func:`read_document` raises.

    >>> read_description("examples/hanke.txt").project.code
    'S29999'
    """
    return _parser().read_description(path, strict=strict)


def render_description(description: ProjectDescription) -> str:
    """The canonical text of a description, as the register prints it.

    Args:
        description: Its programme period and language choose the layout.

    Raises:
        UnrepresentableError: a value cannot be written so that it reads back the same, because the
            format has no escapes; the error names the field.
        TypeError: ``description`` is not a :class:`ProjectDescription`.

    >>> from esr_parser import Project, ProjectDescription
    >>> render_description(ProjectDescription(project=Project(name="Työtä"))).splitlines()[4]
    'Hankkeen nimi: Työtä'
    """
    return _parser().render_description(description)


def to_dict(description: ProjectDescription) -> dict[str, Any]:
    r"""A description as plain data: dates as ISO strings, amounts as numbers, absent as ``None``.

    Every key is present. Whole amounts are ``int``, others ``float`` where that has the same
    digits, else ``Decimal``.

    Raises:
        DataError: a value is not of the type of its attribute, or is not a finite number; the
            error names every place.

    >>> to_dict(parse_description("1 Hanke\n\nHankekoodi: S29991"))["project"]["code"]
    'S29991'
    """
    return _parser().to_dict(description)


def from_dict(data: Mapping[str, Any]) -> ProjectDescription:
    """A description from plain data; absent keys are absent values.

    Raises:
        DataError: the data does not have the shape of a description. It is a ``ValueError``, and
            its ``problems`` name every place.

    >>> from_dict({"project": {"code": "S29999"}}).project.code
    'S29999'
    """
    return _parser().from_dict(data)


def to_json(description: ProjectDescription, *, indent: int | None = None) -> str:
    """A description as JSON text, on one line unless an indent is given; ``ä`` is not escaped.

    Raises:
        DataError: as :func:`to_dict`.

    >>> from esr_parser import ProjectDescription
    >>> from_json(to_json(ProjectDescription(summary="Työtä"))).summary
    'Työtä'
    """
    return _parser().to_json(description, indent=indent)


def from_json(text: str | bytes) -> ProjectDescription:
    """A description from JSON text; numbers keep every digit.

    Args:
        text: JSON; as bytes in UTF-8, UTF-16 or UTF-32.

    Raises:
        DataError: the text is not JSON or not a description, or a key is repeated. It is a
            ``ValueError``, and its ``problems`` name the line and column, or every place.
        TypeError: ``text`` is neither ``str`` nor ``bytes``.

    >>> from_json('{"project": {"code": "S29991"}}').project.code
    'S29991'
    """
    return _parser().from_json(text)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that every :func:`to_dict` result satisfies.

    A key with an absent value may be missing or ``null``, as in :func:`from_dict`.

    >>> json_schema()["properties"]["summary"]["type"]
    ['string', 'null']
    """
    return _parser().json_schema()
