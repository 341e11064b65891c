"""K. What spreadsheets, prints and people do to a page and its values."""

from __future__ import annotations

from cases.pages import BASE, OLD, Case, paged

PRINT = "\ufb01le:///home/hanke.html"
K1 = [
    Case(
        f"K1 a ligature in the header of a print, {name}",
        paged(page, lambda k, n: f"\n{PRINT} {k}/{n}\n\f"),
        page=page,
        noisy=False,
    )
    for name, page in (("2014", BASE), ("2007", OLD))
]

CASES = [*K1]
