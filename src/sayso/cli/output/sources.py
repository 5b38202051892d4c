"""Lists of those who speak: a line each for people, CSV for spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sayso.cli.output.listing import Listing
from sayso.cli.output.sheet import Sheet, print_table
from sayso.ledger.layout.answers import SourceAnswer
from sayso.record.cells import Value

HEAD = ("source", "kind", "country", "reports", "claims", "first", "grade", "also called")
ALIASES = 4  # shown to people

COLUMNS: dict[str, Callable[[SourceAnswer], Value]] = {
    "key": lambda s: s.key,
    "name": lambda s: s.name,
    "kind": lambda s: s.kind,
    "named": lambda s: "yes" if s.named else "no",
    "country": lambda s: s.country,
    "reports": lambda s: s.reports,
    "claims": lambda s: s.claims,
    "first": lambda s: s.first,
    "grade": lambda s: s.grade,
    "aliases": lambda s: "; ".join(s.aliases),
    "joined": lambda s: "; ".join(s.joined),
}


def _show(rows: Sequence[SourceAnswer], sheet: Sheet) -> None:
    print_table(sheet, HEAD, [
        (s.name, s.kind, s.country or "", f"{s.reports:,}", f"{s.claims:,}", s.first[:10], s.grade,
         "; ".join(s.aliases[:ALIASES]))
        for s in rows
    ])  # fmt: skip


SOURCES = Listing(COLUMNS, _show)
