"""What left the ledger, in a file or to a partner, with what became since of what it tells.

A file stays as it was written. A partner is told what changes (`outbox.settle`), so that of what
they were sent it is known up to which entry of the chain they were.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.exchange.partners.partner import Partner, partners
from sayso.ledger import ExportRow, Ledger, Page
from sayso.ledger.asking.outdated import Change
from sayso.ledger.entries.exports import hash_of


@dataclass(frozen=True, slots=True)
class SharedChange(Change):
    """Something that became of a report; `told` where the partner who was sent it was told."""

    told: bool = False


@dataclass(frozen=True, slots=True)
class SharedRow:
    """What left: when, by whom, in which format, to which partner, or under which hashed name.

    `changes` are what became since of its reports: the last of each kind, by report, newest first.
    """

    entry: str
    at: str
    by: str
    format: str
    to: str | None
    name_sha256: str
    reports: tuple[str, ...]
    changes: tuple[SharedChange, ...] = ()


def change_words(change: SharedChange) -> str:
    """A change in a few words: `r12 rejected 2026-05-04 by ann (e40)`."""
    told = ", told" if change.told else ""
    what = change.what.replace("_", " ")
    return f"{change.report} {what} {change.at[:10]} by {change.by} ({change.entry}{told})"


def name_of(partner: Partner) -> str:
    """Under which name it is noted that a partner was sent something."""
    return f"partner {partner.name}"


def list_shared(
    ledger: Ledger, *, outdated: bool = False, limit: int = 50, cursor: str | None = None,
    named: bool = True,
) -> Page[SharedRow]:  # fmt: skip
    """A page of what left, newest first; `outdated`: only what rests on what changed since.

    Without `named` partners go unnamed, and what they were told is not said.
    """
    page = ledger.export_list(outdated=outdated, limit=limit, cursor=cursor)
    known = partners(ledger, forgotten=True) if named else ()
    # of one name those who are not forgotten, and last
    by_hash = {hash_of(name_of(p)): p for p in sorted(known, key=lambda p: not p.forgotten)}
    rows = tuple(_shared(row, by_hash.get(row.name_sha256)) for row in page.rows)
    return Page(rows, page.next)


def _shared(row: ExportRow, to: Partner | None) -> SharedRow:
    settled = to.settled if to else 0
    changes = (
        SharedChange(c.entry, c.at, c.by, c.what, c.report, told=int(c.entry[1:]) <= settled)
        for c in row.changes
    )
    return SharedRow(row.entry, row.at, row.by, row.format, to.name if to else None,
                     row.name_sha256, row.reports, tuple(changes))  # fmt: skip
