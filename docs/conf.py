"""Sphinx configuration."""

import builtins
import os
import re
import sys
from pathlib import Path

from docutils.nodes import Element
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from esr_parser import __version__

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "esr-parser"
author = "The esr-parser authors"
copyright = "2026, The esr-parser authors"
release = __version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.intersphinx",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
    "sphinx_copybutton",
    "sphinx_design",
    "esr_reference",
]
exclude_patterns = ["_*"]
smartquotes = False  # a quoted word can be copied as it is
html_theme = "furo"
html_title = f"esr-parser {release}"
html_static_path = ["_static"]
html_css_files = ["esr.css"]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented_params"

# Links to other projects need the network. A build without it is the same but for these links.
intersphinx_mapping = {}
if os.environ.get("DOCS_ONLINE"):
    intersphinx_mapping = {
        "python": ("https://docs.python.org/3", None),
        "attrs": ("https://www.attrs.org/en/stable", None),
        "hypothesis": ("https://hypothesis.readthedocs.io/en/latest", None),
        "pyarrow": ("https://arrow.apache.org/docs", None),
    }

# Names of other projects need not be links. Every name of this package must be one.
_others = {"attr", "attrs", "cattrs", "click", "hypothesis", "pa", "pyarrow", "rich"}
_elsewhere = "|".join(sorted({*sys.stdlib_module_names, *_others}))
nitpick_ignore_regex = [
    (r"py:.*", rf"({_elsewhere}|_?pytest)\..+"),
    (r"py:.*", "|".join(re.escape(name) for name in dir(builtins))),
    # Type variables, names for types, and sentences that Napoleon takes for types.
    (r"py:.*", r"SearchStrategy|StrPath|(.*\.)?([A-Z]|Model|Patterns|Trouble)|.* .*"),
]
# An annotation `type` is the built-in, although classes here have an attribute of that name.
suppress_warnings = ["ref.python"]


def _whole_sentences(
    _app: Sphinx, what: str, _name: str, _obj: object, _options: object, lines: list[str]
) -> None:
    """Napoleon takes the words before a colon in an attribute's docstring for a type."""
    if what in ("attribute", "data", "property"):
        lines[:0] = ["..", ""]  # a comment, which has no colon


def _without_defaults(
    _app: Sphinx,
    _what: str,
    _name: str,
    _obj: object,
    _options: object,
    signature: str,
    returns: str,
) -> tuple[str, str] | None:
    """The signature of an attrs class, whose defaults are only names inside attrs."""
    if signature is None or "attr_dict[" not in signature:
        return None
    return re.sub(r"=attr_dict\['\w+'\]\.default", "=...", signature), returns


def _exported(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: Element
) -> Element | None:
    """A link to a name that a docstring writes by its module, its package or its last part."""
    if node["refdomain"] != "py":
        return None
    domain = env.get_domain("py")
    target = node["reftarget"]
    names = target.removeprefix("esr_parser.").split(".")
    found = [target, *(".".join(["esr_parser", *names[k:]]) for k in range(len(names)))]
    ends = [name for name in domain.objects if name.endswith(f".{target}")]
    for name in [*found, *(ends if len(ends) == 1 else ())]:
        if name in domain.objects:
            ref = (env, node["refdoc"], app.builder, node["reftype"], name, node, contnode)
            return domain.resolve_xref(*ref)
    return None


def setup(app: Sphinx) -> None:
    app.connect("autodoc-process-docstring", _whole_sentences, priority=400)
    app.connect("autodoc-process-signature", _without_defaults)
    app.connect("missing-reference", _exported)
