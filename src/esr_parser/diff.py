"""To be deleted once ``__init__`` takes ``diff`` from ``differences``: a module of that name hides the function."""

from esr_parser.differences import Change, diff

__all__ = ["Change", "diff"]
