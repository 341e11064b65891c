"""Writes what is reported of each case, to be read before it is committed: python -m cases."""

from __future__ import annotations

import json
from pathlib import Path

from cases import CASES, DIAGNOSTICS, reported
from esr_parser import parse_document, read_document

EXTRACTED = Path(__file__).parent.parent / "extracted"

found = {case.name: reported(parse_document(case.text).diagnostics) for case in CASES}
DIAGNOSTICS.write_text(
    json.dumps({k: v for k, v in found.items() if v}, ensure_ascii=False, indent=1) + "\n",
    encoding="utf-8",
)
for path in sorted(EXTRACTED.glob("*/*.txt")):
    lines = "".join(f"{x}\n" for x in read_document(path).diagnostics)
    path.with_suffix(".diagnostics").unlink(missing_ok=True)
    if lines:
        path.with_suffix(".diagnostics").write_text(lines, encoding="utf-8")
