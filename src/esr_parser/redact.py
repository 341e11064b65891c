"""To be deleted once ``__init__`` takes ``redact`` from ``redaction``: a module of that name hides the function."""

from esr_parser.redaction import redact

__all__ = ["redact"]
