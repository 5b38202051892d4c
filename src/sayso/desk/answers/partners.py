"""Whom the ledger exchanges with, how that stands, and what each was sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.errors import NotInLedgerError
from sayso.exchange.partners.inbox import last_taken
from sayso.exchange.partners.outbox import Sent, last_sent, sent, standing
from sayso.exchange.partners.partner import MOST, Partner, partners
from sayso.exchange.partners.shared import SharedRow, list_shared, name_of
from sayso.ledger import Ledger
from sayso.ledger.entries.exports import hash_of
from sayso.ledger.entries.partnered import family_of, row_after
from sayso.record.marking import level_of

# where a statement stands: it holds, another took its place, it was taken back, it takes back
State = Literal["stands", "replaced", "taken back", "takes back"]


@dataclass(frozen=True, slots=True)
class PartnerState:
    """A partner, with the last numbers sent and taken in, and when; None where none was, or hidden.

    Who is cleared for less than partners may be is not told numbers: they count what is hidden.
    """

    id: str
    name: str
    fingerprint: str
    clearance: str
    url: str | None
    sent: int | None
    sent_at: str | None
    taken: int | None
    taken_at: str | None


@dataclass(frozen=True, slots=True)
class SentRow:
    """A number that a partner was told under: of which report, when, and how it stands."""

    n: int
    at: str
    report: str
    state: State


@dataclass(frozen=True, slots=True)
class PartnerPage:
    """A partner, what they were sent, newest first, and what became of it since."""

    partner: PartnerState
    sent: tuple[SentRow, ...]
    next: str | None
    changed: tuple[SharedRow, ...]


def list_partners(ledger: Ledger) -> list[PartnerState]:
    """The partners by name, as a ledger seen by somebody tells of them."""
    return [_state(ledger, each) for each in partners(ledger)]


def partner_page(ledger: Ledger, id_: str, *, limit: int, cursor: str | None) -> PartnerPage:
    """One partner; raises NotInLedgerError where there is none."""
    found = next((p for p in partners(ledger) if p.id == id_), None)
    if found is None:
        raise NotInLedgerError("there is no such partner", "it may have been forgotten")
    before = int(cursor) if cursor and cursor.isdecimal() else last_sent(ledger, found) + 1
    rows = sent(ledger, found, max(0, before - 1 - limit), min(limit, before - 1))
    stands = {each.n for each in standing(ledger, found).values()}
    later = {each.id: each.kind for each in sent(ledger, found)}
    told = [_row(ledger, row, stands, later[row.id]) for row in reversed(rows)]
    name = hash_of(name_of(found))
    outdated = list_shared(ledger, outdated=True, limit=limit)
    changed = tuple(row for row in outdated.rows if row.name_sha256 == name)
    more = str(rows[0].n) if rows and rows[0].n > 1 else None
    return PartnerPage(_state(ledger, found), tuple(r for r in told if r), more, changed)


def _state(ledger: Ledger, partner: Partner) -> PartnerState:
    shown = level_of(ledger.clearance) >= level_of(MOST)
    out, inn = last_sent(ledger, partner), last_taken(ledger, partner)
    told, came = _when(ledger, "sent", partner, out), _when(ledger, "taken", partner, inn)
    return PartnerState(
        partner.id, partner.name, partner.key.fingerprint, partner.clearance, partner.url,
        *((out, told, inn, came) if shown else (None, None, None, None)),
    )  # fmt: skip


def _when(ledger: Ledger, kind: Literal["sent", "taken"], partner: Partner, n: int) -> str | None:
    rows = row_after(ledger.whole, kind, partner.id, n - 1, 1) if n else ()
    return rows[0][1].changed if rows else None


def _row(ledger: Ledger, row: Sent, stands: set[int], last: str) -> SentRow | None:
    """A number as somebody may see it; None where its report may not be seen."""
    family = family_of(ledger.whole, row.report)
    for report in (row.report, family.original, family.shown):
        try:
            ledger.report(report)
        except NotInLedgerError:
            continue
        state: State = "replaced" if last == "report" else "taken back"
        if row.kind != "report":
            state = "takes back"
        elif row.n in stands:
            state = "stands"
        return SentRow(row.n, row.at, report, state)
    return None
