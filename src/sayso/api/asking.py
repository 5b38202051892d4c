"""What a ledger from Python is asked: rows that fit, as known at any time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

from sayso.api.answers import Claims, Figures, Incidents, Reports, Sources, title_of
from sayso.api.arguments import checked
from sayso.api.incident import Incident
from sayso.api.masked import MaskOf, mask_of, no_mask
from sayso.api.reading import Reading
from sayso.errors import UsageError
from sayso.exchange.columns import Told
from sayso.incidents.figures_list import FigureRow, figures_of
from sayso.incidents.view import view_incident
from sayso.ledger import Filters, IncidentRow, Ledger
from sayso.ledger.layout.answers import Page
from sayso.record.links import LIST_POLICY, POLICY_NAMES, Policy

PAGE = 200  # rows asked for in one go
T = TypeVar("T")
Known = str | date | None


class Asking:
    """The questions that `sayso.Ledger` takes."""

    _store: Ledger  # as its clearance sees it
    unmasked: bool

    @property
    def _mask(self) -> MaskOf:
        return no_mask if self.unmasked else partial(mask_of, self._store)

    @checked
    def incidents(
        self, words: str | None = None, *, actor: str | None = None, place: str | None = None,
        type: str | None = None, measure: str | None = None, speaker: str | None = None,
        certainty: str | None = None, from_: Known = None, to: Known = None,
        as_known_at: Known = None, policy: Policy = LIST_POLICY, limit: int | None = None,
    ) -> Incidents:  # fmt: skip
        """The incidents that fit, those last told of first; each filter holds for a claim of it.

        `words` all occur ("in quotes" in that order, captur* by how it begins); `from_` and `to`
        are days of the event. `policy` makes one figure of many in tables. `limit` None: all.
        """
        check_policy(policy)
        filters = make_filters(
            words=words, actor=actor, place=place, type=type, measure=measure, speaker=speaker,
            certainty=certainty, from_=from_, to=to, as_known_at=as_known_at,
        )  # fmt: skip
        rows = _all(
            lambda cursor, most: self._store.incident_list(filters, limit=most, cursor=cursor),
            limit,
        )

        def tell(row: IncidentRow) -> Told:
            view = view_incident(self._store, row.incident, as_known_at=filters.as_known_at)
            return Told(view, tuple(row.flags), policy, row.corrected)

        return Incidents(rows, tell, self._mask)

    @checked
    def incident(
        self, id_: str, *, as_known_at: Known = None, policy: Policy = LIST_POLICY
    ) -> Incident:
        """One incident by its id, its first signs, or a report ("r12") that is about it.

        Raises NotInLedgerError where there is none, or it was not known then.
        """
        check_policy(policy)
        view = view_incident(self._store, id_, as_known_at=_instant(as_known_at))
        return Incident.of(self._mask(line.report for line in view.report_lines)(view), policy)

    @checked
    def claims(
        self, words: str | None = None, *, actor: str | None = None, place: str | None = None,
        type: str | None = None, measure: str | None = None, speaker: str | None = None,
        certainty: str | None = None, from_: Known = None, to: Known = None,
        as_known_at: Known = None, limit: int | None = None,
    ) -> Claims:  # fmt: skip
        """The claims that fit, newest first; filters as in `incidents`."""
        filters = make_filters(
            words=words, actor=actor, place=place, type=type, measure=measure, speaker=speaker,
            certainty=certainty, from_=from_, to=to, as_known_at=as_known_at,
        )  # fmt: skip
        return Claims(_all(
            lambda cursor, most: self._store.claims(filters, limit=most, cursor=cursor), limit
        ), self._mask)  # fmt: skip

    @checked
    def figures(
        self, words: str | None = None, *, actor: str | None = None, place: str | None = None,
        type: str | None = None, measure: str | None = None, speaker: str | None = None,
        certainty: str | None = None, from_: Known = None, to: Known = None,
        as_known_at: Known = None, limit: int | None = None,
    ) -> Figures:  # fmt: skip
        """The figures of the incidents that fit, as stated; filters of claims hold for each."""
        filters = make_filters(
            words=words, actor=actor, place=place, type=type, measure=measure, speaker=speaker,
            certainty=certainty, from_=from_, to=to, as_known_at=as_known_at,
        )  # fmt: skip
        check_limit(limit)
        rows: list[FigureRow] = []
        titles: dict[str, str] = {}
        for row in _all(
            lambda cursor, most: self._store.incident_list(filters, limit=most, cursor=cursor), None
        ):
            rows += figures_of(self._store, row.incident, filters)
            titles[row.incident] = title_of(row)
            if limit is not None and len(rows) >= limit:
                break
        return Figures(rows[:limit], titles, self._mask)

    @checked
    def sources(
        self, name: str | None = None, *, as_known_at: Known = None, limit: int | None = None
    ) -> Sources:
        """Who speaks, by name; `name` is part of it."""
        at = _instant(as_known_at)
        return Sources(_all(
            lambda cursor, most: self._store.sources(
                name, as_known_at=at, limit=most, cursor=cursor), limit,
        ), self._mask)  # fmt: skip

    @checked
    def reports(
        self, *, publisher: str | None = None, url: str | None = None, as_known_at: Known = None,
        limit: int | None = None,
    ) -> Reports:  # fmt: skip
        """The reports, newest first, all versions among them."""
        at = _instant(as_known_at)
        return Reports(_all(
            lambda cursor, most: self._store.reports(
                publisher=publisher, url=url, as_known_at=at, limit=most, cursor=cursor), limit,
        ), self._mask)  # fmt: skip

    @checked
    def reading(self, report: str) -> Reading:
        """The last reading of a report ("r12"), names hidden where they must be."""
        return Reading.of(self._mask([report])(self._store.reading(report)))


def check_policy(policy: str) -> None:
    """Raises UsageError for a policy that is none."""
    if policy not in POLICY_NAMES:
        raise UsageError(f"policy {policy!r} is none of {', '.join(POLICY_NAMES)}")


def make_filters(*, as_known_at: Known, from_: Known, to: Known, **asked: Any) -> Filters:
    """What the ledger is asked for; a `date` is its day, a `datetime` an instant."""
    return Filters(as_known_at=_instant(as_known_at), from_=_day(from_), to=_day(to), **asked)


def check_limit(limit: int | None) -> None:
    """Raises UsageError for fewer than no rows."""
    if limit is not None and limit < 0:
        raise UsageError(f"limit {limit}: how many rows at most; None for all")


def _day(day: Known) -> str | None:
    if isinstance(day, datetime):
        return day.date().isoformat()
    return day.isoformat() if isinstance(day, date) else day


def _instant(at: Known) -> str | None:
    return at.isoformat() if isinstance(at, date) else at


def _all(ask: Callable[[str | None, int], Page[T]], limit: int | None) -> Iterator[T]:
    """The rows of all pages, `limit` at most."""
    check_limit(limit)
    left, cursor = limit, None
    while left is None or left > 0:
        page = ask(cursor, PAGE if left is None else min(left, PAGE))
        rows = page.rows if left is None else page.rows[:left]
        yield from rows
        if (cursor := page.next) is None:
            return
        left = None if left is None else left - len(rows)
