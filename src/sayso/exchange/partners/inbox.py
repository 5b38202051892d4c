"""What a partner told us, taken in: in their order, once, under their name and their marking."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.errors import NotInLedgerError, PartnerError
from sayso.exchange.partners.bundle import Statement, read_bundle, taken_apart
from sayso.exchange.partners.dsse import MEND, signer_of
from sayso.exchange.partners.keys import own_key
from sayso.exchange.partners.partner import Partner, partner_of, partners
from sayso.ledger import Ledger, Maker
from sayso.ledger.entries.partnered import append, last_of, row_after, rows_with
from sayso.record.marking import MARKINGS, Marking

KIND = "partner"  # of a maker
TAKEN_BACK = "taken back by who told it"


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one statement: the report of ours that it is about, if any."""

    n: int
    kind: str
    report: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """One number of a partner's that was taken in."""

    n: int
    kind: str
    id: str
    digest: str
    report: str | None = None
    marking: Marking | None = None


def maker_of(partner: Partner) -> Maker:
    """Who signs what a partner told us."""
    return Maker(KIND, partner.name, partner.key.id)


def taken(ledger: Ledger, partner: Partner) -> list[Taken]:
    """All that a partner told us, in order."""
    rows = row_after(ledger.whole, "taken", partner.id)
    return [Taken(n=n, **kept.value) for n, kept in rows]


def _taken_with(ledger: Ledger, partner: Partner, field: str, value: str) -> list[Taken]:
    """The same with a value in a field, in order."""
    rows = rows_with(ledger.whole, "taken", partner.id, field, [value])
    return [Taken(n=n, **kept.value) for n, kept in rows]


def last_taken(ledger: Ledger, partner: Partner) -> int:
    """The last number of a partner's that was taken in, 0 before the first."""
    return last_of(ledger.whole, "taken", partner.id)


def pull(ledger: Ledger, envelope: bytes, of: Partner | None = None) -> tuple[Partner, list[Told]]:
    """Take in a bundle; what was taken before is passed over.

    `of` is whose it must be. Raises PartnerError, and takes nothing in, for one that is nobody's,
    another's, not for us, changed, with a gap, or that says under an old number what it did not.
    """
    partner = partner_of(ledger, signer_of(envelope))
    if of is not None and of.id != partner.id:
        raise PartnerError(f"it is of {partner.name}, not of {of.name}", MEND)
    own = own_key(ledger.head().ledger, make=False).public
    found = read_bundle(envelope, partner.key, own)
    return partner, [_take(ledger, partner, each) for each in _new(ledger, partner, found)]


def _new(ledger: Ledger, partner: Partner, found: list[Statement]) -> list[Statement]:
    """Those not taken in yet; raises PartnerError for a gap, or an old number said anew."""
    last = last_taken(ledger, partner)
    if not found:
        return []
    rows = row_after(ledger.whole, "taken", partner.id, found[0].n - 1, len(found))
    held = {n: Taken(n=n, **kept.value) for n, kept in rows}
    if found[0].n > last + 1:
        raise PartnerError(
            f"it begins with number {found[0].n}, and {partner.name}'s last one here is {last}",
            f"pull what comes between first, or ask for all after {last}",
        )
    for each in found:
        known = held.get(each.n)
        if known and "gone" not in (known.kind, each.kind) and known.digest != each.digest:
            raise PartnerError(f"number {each.n} said something else before", MEND)
    return [each for each in found if each.n > last]


def _take(ledger: Ledger, partner: Partner, said: Statement) -> Told:
    """Take in one statement; broken off before its number is kept, it is taken in again."""
    report = None
    if said.kind == "report":
        report = _add(ledger, partner, said)
    elif said.kind == "withdraw":
        report = _withdraw(ledger, partner, said.id)
    value = {"kind": said.kind, "id": said.id, "digest": said.digest, "report": report,
             "marking": said.marking}  # fmt: skip
    append(ledger.whole, "taken", partner.id, value, n=said.n)
    return Told(said.n, said.kind, report)


def _add(ledger: Ledger, partner: Partner, said: Statement) -> str:
    reading = taken_apart(said.reading, partner.key.id[:16], said.id)
    marking = next(m for m in MARKINGS if m == said.marking)
    signed = Ledger(ledger.whole, maker_of(partner), ledger.linking)
    known = bool(_taken_with(ledger, partner, "id", said.id))
    (added,) = signed.add([reading], marking=marking, reread=known)
    _narrow(ledger, partner, added.report, marking)
    return added.report


def _narrow(ledger: Ledger, partner: Partner, report: str, marking: Marking) -> None:
    """A statement that comes again under a narrower marking binds what was taken in before."""
    held = [j for j in ledger.judgements(report) if j.action == "mark"]
    if held and held[-1].detail.get("marking") != marking and held[-1].by == partner.name:
        ledger.judge("mark", report, by=partner.name, reason="so marked by who told it",
                     marking=marking)  # fmt: skip


def _withdraw(ledger: Ledger, partner: Partner, id_: str) -> str | None:
    """Mark as taken back what a partner told us under an id, and nobody else tells us."""
    theirs = [each for each in _taken_with(ledger, partner, "id", id_) if each.report]
    if not theirs or theirs[-1].kind != "report":
        return None
    for report in dict.fromkeys(each.report for each in theirs if each.report):
        _reject(ledger, partner, report)
    return theirs[-1].report


def _reject(ledger: Ledger, partner: Partner, report: str) -> None:
    try:
        page = ledger.report_page(report)
    except NotInLedgerError:
        return  # erased here since: nothing of it is left to take back
    for n in range(len(page.reading.claims)):
        claim = page.handle(n)
        if not any(j.action == "reject" for j in ledger.judgements(claim)):
            ledger.judge("reject", claim, by=partner.name, reason=TAKEN_BACK, partner=partner.id)


def came_marked(ledger: Ledger, report: str, key_id: str) -> Marking | None:
    """The marking under which a report came from the partner of a key, the last."""
    for partner in partners(ledger, forgotten=True):
        if partner.key.id == key_id:
            held = [each.marking for each in _taken_with(ledger, partner, "report", report)]
            return held[-1] if held else None
    return None
