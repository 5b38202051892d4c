"""Lists of what left the ledger: a line each for people, CSV for spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sayso.cli.output.listing import Listing
from sayso.cli.output.sheet import Sheet, print_table
from sayso.exchange.partners.shared import SharedRow, change_words
from sayso.record.cells import Value, joined

HEAD = ("when", "by", "what", "to", "reports", "since")
SHOWN = 6  # reports, or changes, shown to people

COLUMNS: dict[str, Callable[[SharedRow], Value]] = {
    "entry": lambda r: r.entry,
    "at": lambda r: r.at,
    "by": lambda r: r.by,
    "format": lambda r: r.format,
    "to": lambda r: r.to,
    "name_sha256": lambda r: r.name_sha256,
    "reports": lambda r: joined(r.reports),
    "changes": lambda r: joined(map(change_words, r.changes)),
    "last_change": lambda r: max((c.at for c in r.changes), default=None),
}


def why_none(*, outdated: bool) -> str:
    """Why nothing is listed."""
    if outdated:
        return "nothing that left rests on a report of which something became since"
    return "nothing left this ledger in a file or to a partner"


def _show(rows: Sequence[SharedRow], sheet: Sheet) -> None:
    print_table(sheet, HEAD, [
        (r.at[:16].replace("T", " "), r.by, r.format, r.to or "", _some(r.reports),
         _some([change_words(c) for c in r.changes]))
        for r in rows
    ])  # fmt: skip


def _some(words: Sequence[str]) -> str:
    more = [f"and {len(words) - SHOWN} more"] if len(words) > SHOWN else []
    return "; ".join([*words[:SHOWN], *more])


EXPORTS = Listing(COLUMNS, _show)
