"""Sphinx configuration."""

import builtins
import importlib.metadata
import re
import sys
from pathlib import Path

from docutils.nodes import Element
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "esr-parser"
author = "The esr-parser authors"
copyright = "2026, The esr-parser authors"
release = importlib.metadata.version("esr-parser")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "esr_reference"]
exclude_patterns = ["_*"]
smartquotes = False  # a quoted word is to be copied as it stands
html_theme = "furo"
html_title = f"esr-parser {release}"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented_params"

# The build is offline, so names from elsewhere cannot be links. Every name of our own must be one.
_elsewhere = "|".join(
    sorted({*sys.stdlib_module_names, "attr", "attrs", "cattrs", "click", "hypothesis", "rich"})
)
nitpick_ignore_regex = [
    (r"py:.*", rf"({_elsewhere}|_?pytest)\..+"),
    (r"py:.*", "|".join(re.escape(name) for name in dir(builtins))),
    (r"py:class", "SearchStrategy"),  # of Hypothesis; its home is imported for type checkers alone
]
# An annotation `type` is the built-in, although classes here have an attribute of that name.
suppress_warnings = ["ref.python"]


def _whole_sentences(
    _app: Sphinx, what: str, _name: str, _obj: object, _options: object, lines: list[str]
) -> None:
    """Napoleon takes what stands before a colon in an attribute's docstring for a type."""
    if what in ("attribute", "data", "property"):
        lines[:0] = ["..", ""]  # a comment, which has no colon


def _exported(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: Element
) -> Element | None:
    """A link to what a package exports, where a docstring names it by its home or its last name."""
    if node["refdomain"] != "py":
        return None
    names = node["reftarget"].removeprefix("esr_parser.").split(".")
    domain = env.get_domain("py")
    for k in range(len(names)):
        target = ".".join(["esr_parser", *names[k:]])
        if target in domain.objects:
            ref = (env, node["refdoc"], app.builder, node["reftype"], target, node, contnode)
            return domain.resolve_xref(*ref)
    return None


def setup(app: Sphinx) -> None:
    app.connect("autodoc-process-docstring", _whole_sentences, priority=400)
    app.connect("missing-reference", _exported)
