"""What leaves the ledger: what is asked for, reports and incidents one by one, names hidden.

Writers are given nothing that was not hidden here. Nothing is held but names and handles, so that a
large ledger costs a writer no more memory than a small one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid5

from sayso import __version__
from sayso.exchange.columns import Told
from sayso.exchange.masking import Hide, find_in_address, hide, hide_in, people_named, private_names
from sayso.incidents.view import view_incident
from sayso.ledger import ALL, Filters, Head, Ledger
from sayso.ledger.asking.report_page import ReportPage
from sayso.record.links import LIST_POLICY, Policy
from sayso.record.marking import Marking

SCHEMA = "sayso.export/1"
PAGE = 200  # incidents asked for in one go
_NAMESPACE = UUID("6d0b3e2e-7a5d-5d0c-9c5e-3f1f6f0a7c11")  # of sayso's own names, drawn once


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to leave: which incidents, figures by which policy, names shown or not.

    `tlp` is the marking of a format that carries one.
    """

    filters: Filters = ALL
    policy: Policy = LIST_POLICY
    unmasked: bool = False
    tlp: Marking = "amber"


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is asked for: where the ledger stands, the handles of the reports, incidents with them.

    `reports` are those that tell of the incidents; without a filter all that are held, also those
    that tell of none.
    """

    ledger: Ledger
    asked: Asked
    head: Head
    reports: tuple[str, ...]
    hidden: Hide
    in_address: Callable[[str, Iterable[str]], bool]

    def pages(self) -> Iterator[ReportPage]:
        """The reports by number, each with its reading; no address that holds a hidden name."""
        for handle in self.reports:
            yield self._page(handle)

    def told(self) -> Iterator[Told]:
        """The incidents, those last told of first."""
        for told in _told(self.ledger, self.asked):
            yield self.hiding(told)

    def hiding(self, told: Told) -> Told:
        """An incident with names hidden, unless they are asked for."""
        if self.asked.unmasked:
            return told
        return replace(told, view=hide_in(told.view, self.hidden))

    def uuid(self, kind: str, handle: str) -> str:
        """The UUID of a thing of this ledger, the same in every file; of its handle alone."""
        return str(uuid5(_NAMESPACE, f"{self.head.ledger}|{kind}|{handle}"))

    def about(self) -> dict[str, Any]:
        """What the file is of, by which policy, as which file names it."""
        asked, head = self.asked, self.head
        filters = {k: v for k, v in dataclasses.asdict(asked.filters).items() if v is not None}
        filters.pop("as_known_at", None)
        return {
            "schema": SCHEMA, "made_by": f"sayso {__version__}", "ledger": head.ledger,
            "link": head.link, "hash": head.hash,
            "as_known_at": str(asked.filters.as_known_at), "policy": asked.policy,
            "private_people": "shown" if asked.unmasked else "masked",
            "filters": {k: self.hidden(str(v)) for k, v in filters.items()},
        }  # fmt: skip

    def _page(self, handle: str) -> ReportPage:
        page = self.ledger.report_page(handle, as_known_at=self.asked.filters.as_known_at)
        if self.asked.unmasked:
            return page
        url = page.report.url
        named = url is not None and self.in_address(url, set(people_named(page.reading)))
        judged = {
            target: tuple(replace(j, by="", reason="", detail={}) for j in some)
            for target, some in page.judged.items()
        }
        bare = replace(page, mentions=(), copies=(), versions=(), judged=judged)
        shown = hide_in(bare, self.hidden)
        return replace(shown, report=replace(shown.report, url=None if named else url))


def open_leaving(ledger: Ledger, asked: Asked) -> Leaving:
    """What leaves, as known when it was asked for; raises UsageError for a wrong filter.

    A report that comes in meanwhile changes nothing: nobody looked at the names in it.
    """
    head = ledger.head()
    at = asked.filters.as_known_at or head.at
    asked = replace(asked, filters=replace(asked.filters, as_known_at=at))
    reports = tuple(sorted(set(_reports(ledger, asked)), key=lambda r: int(r[1:])))
    return _leaving(ledger, asked, head, reports)


def leave_incident(ledger: Ledger, asked: Asked, told: Told) -> Told:
    """One incident as it would leave now."""
    reports = tuple(dict.fromkeys(r.report for r in told.view.report_lines))
    return _leaving(ledger, asked, ledger.head(), reports).hiding(told)


def _leaving(ledger: Ledger, asked: Asked, head: Head, reports: tuple[str, ...]) -> Leaving:
    if asked.unmasked:
        return Leaving(ledger, asked, head, reports, str, lambda _, __: False)
    at = asked.filters.as_known_at
    names = private_names(ledger.report_page(r, as_known_at=at).reading for r in reports)
    return Leaving(ledger, asked, head, reports, hide(names), find_in_address(names))


def _told(ledger: Ledger, asked: Asked) -> Iterator[Told]:
    cursor: str | None = None
    at = asked.filters.as_known_at
    while True:
        page = ledger.incident_list(asked.filters, limit=PAGE, cursor=cursor)
        for row in page.rows:
            view = view_incident(ledger, row.incident, as_known_at=at)
            yield Told(view, tuple(row.flags), asked.policy, row.corrected)
        if page.next is None:
            return
        cursor = page.next


def _reports(ledger: Ledger, asked: Asked) -> Iterator[str]:
    filters, cursor = asked.filters, None
    while True:
        page = ledger.incident_list(filters, limit=PAGE, cursor=cursor)
        yield from (handle for row in page.rows for handle in row.handles)
        if (cursor := page.next) is None:
            break
    if replace(filters, as_known_at=None) != ALL:
        return
    while True:
        held = ledger.reports(as_known_at=filters.as_known_at, limit=PAGE, cursor=cursor)
        yield from (report.report for report in held.rows)
        if (cursor := held.next) is None:
            break
