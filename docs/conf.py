"""Sphinx configuration."""

import builtins
import importlib.metadata
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "esr-parser"
author = "The esr-parser authors"
copyright = "2026, The esr-parser authors"
release = importlib.metadata.version("esr-parser")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "esr_reference"]
exclude_patterns = ["_build", "_benchmarks.md"]
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
