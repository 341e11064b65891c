"""Minimal edits: the text of another description, changed in as few lines as can be.

Old and new description are compared as canonical pieces, section by section; what is the same is
not touched. What changed is looked up in the text (:mod:`~esr_parser.edit.places`), and only the
characters of its value are replaced (:mod:`~esr_parser.edit.changes`); a line that has to be added
is made like its neighbours (:mod:`~esr_parser.edit.habits`). Then the new text is read. Where it
does not say exactly what it should, more is done about the rest of the text
(:mod:`~esr_parser.edit.remedies`), new lines go elsewhere (:mod:`~esr_parser.edit.extent`), or more
is written anew (:mod:`~esr_parser.edit.steps`).
"""

from __future__ import annotations

from esr_parser.edit.extent import Step
from esr_parser.edit.steps import attempts, edited

__all__ = ["Step", "attempts", "edited"]
