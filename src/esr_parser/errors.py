"""The exceptions of the package, apart from those with diagnostics."""

from __future__ import annotations


class EsrParserError(Exception):
    """The base of every exception of the package."""


class DeclarationError(EsrParserError, ValueError):
    """A handler, layout or alias cannot be used; the message names it and what to write instead."""


class UnrepresentableError(EsrParserError, ValueError):
    """A value cannot be written so that it reads back the same: the format has no escapes.

    Args:
        field: The path of the field: ``"project.name"``, ``"other_sections[0].text"``.
        reason: What is wrong with its value.

    >>> str(UnrepresentableError("project.name", "5 is not a str"))
    'project.name: 5 is not a str'
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason

    def __reduce__(self) -> tuple[type[UnrepresentableError], tuple[str, str]]:
        return type(self), (self.field, self.reason)


class MissingExtraError(EsrParserError, ImportError):
    """A function needs packages that an extra of esr-parser installs.

    >>> str(MissingExtraError("html", "reading HTML"))
    'reading HTML needs more packages: pip install "esr-parser[html]"'
    """

    def __init__(self, extra: str, what: str) -> None:
        super().__init__(f'{what} needs more packages: pip install "esr-parser[{extra}]"')
        self.extra = extra
        self.what = what

    def __reduce__(self) -> tuple[type[MissingExtraError], tuple[str, str]]:
        return type(self), (self.extra, self.what)


def reason(error: BaseException) -> str:
    """What went wrong, in words: for a file that cannot be read, without its name."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def short_repr(value: object, most: int) -> str:
    """The ``repr`` of a value, cut to so many characters."""
    text = repr(value)
    return text if len(text) <= most else f"{text[: most - 3]}..."
