"""Sphinx configuration."""

import builtins
import importlib.metadata
import re
import sys
from pathlib import Path

from sphinx.application import Sphinx

project = "esr-parser"
author = "The esr-parser authors"
copyright = "2026, The esr-parser authors"
release = importlib.metadata.version("esr-parser")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"esr-parser {release}"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented_params"

# The build is offline, so names from elsewhere cannot be links. Every name of our own must be one.
_elsewhere = "|".join(
    sorted({*sys.stdlib_module_names, "attr", "attrs", "cattrs", "click", "hypothesis", "rich"})
)
nitpick_ignore_regex = [
    (r"py:.*", rf"({_elsewhere}|_?pytest)\..+"),
    (r"py:.*", "|".join(re.escape(name) for name in dir(builtins))),
]


def _only_existing_pages(app: Sphinx, docname: str, source: list[str]) -> None:
    """Leave out the toctree entries of `index.md` whose page is not written yet."""
    if docname == "index":
        head, fence, toctree = source[0].partition("```{toctree}\n")
        kept = [
            line
            for line in toctree.splitlines(keepends=True)
            if not re.fullmatch(r"[a-z-]+\n", line)
            or Path(app.srcdir, line.strip()).with_suffix(".md").exists()
        ]
        source[0] = head + fence + "".join(kept)


def setup(app: Sphinx) -> None:
    app.connect("source-read", _only_existing_pages)
