"""What the ledger holds of an incident, in the terms of linking: mentions, readings, handles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sayso.incidents.candidates import mentions_of
from sayso.incidents.lines import Basis, basis_of, in_report
from sayso.ledger.asking.incident_page import IncidentPage, MemberOf
from sayso.linking.incidents.mentions import Mention, read_mentions
from sayso.record import Reading
from sayso.record.links import ClaimRef


@dataclass(frozen=True, slots=True)
class Opened:
    """An incident's page with its basis; `numbers` are the handles of all its reports' claims."""

    page: IncidentPage
    basis: Basis
    held: Mapping[str, MemberOf]  # by the report's own id
    numbers: Mapping[ClaimRef, str]


def open_page(page: IncidentPage) -> Opened:
    """The page in the terms of linking."""
    held = {m.reading.report.id: m for m in page.members}
    mentions: dict[int, list[Mention]] = {}
    for member in page.members:
        if member.entry not in mentions:
            mentions[member.entry] = mentions_of(member.entry, read_mentions(member.reading))
    pairs = [(_own(member, mentions[member.entry]), member.reading) for member in page.members]
    handles = {id_: m.report.report for id_, m in held.items()}
    return Opened(page, basis_of(pairs, page.rejected, page.undone, handles), held, _numbers(held))


def _own(member: MemberOf, found: list[Mention]) -> Mention:
    """The mention that a member is, as this version of linking reads it."""
    n = int(member.handle.rpartition(".")[2])
    return in_report(found[min(n, len(found) - 1)], member.reading)


def _numbers(held: Mapping[str, MemberOf]) -> dict[ClaimRef, str]:
    readings: dict[str, tuple[int, Reading]] = {i: (m.entry, m.reading) for i, m in held.items()}
    return {
        ClaimRef(report, claim.id): f"c{entry}.{n}"
        for report, (entry, reading) in readings.items()
        for n, claim in enumerate(reading.claims)
    }
