"""A ledger from Python: add reports, ask for what is claimed, as known at any time."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from sayso import __version__, record
from sayso.api.acting import ledger_url, who
from sayso.api.answers import Claims, Figures, Incidents, Reports, Sources, title_of
from sayso.api.incident import Incident
from sayso.api.masked import MaskOf, mask_of, no_mask
from sayso.api.reader import Given, Published, Reader
from sayso.api.reading import Reading
from sayso.errors import LedgerUrlError, SaysoError, UsageError
from sayso.exchange.columns import Told
from sayso.incidents.batch import Linking
from sayso.incidents.deciding import Act, Decision, decide
from sayso.incidents.figures_list import FigureRow, figures_of
from sayso.incidents.view import view_incident
from sayso.ledger import Added, Filters, IncidentRow, Judged, Maker
from sayso.ledger import Ledger as Store
from sayso.ledger.judging.marks import check_marking
from sayso.ledger.layout.answers import Page
from sayso.record.links import LIST_POLICY, POLICY_NAMES, Policy
from sayso.record.marking import Marking

PAGE = 200  # rows asked for in one go
BATCH = 20  # reports kept at a time: what a crash may cost to read again
T = TypeVar("T")
Known = str | date | None


class Ledger:
    """An open ledger: a file (`news.db`), `sqlite:///FILE` or `postgresql://USER@HOST/NAME`.

    Without one, $SAYSO_LEDGER, else sayso.db in this folder. It is made where there is none, unless
    `create` is false. Close it, or use it in a `with`. Raises LedgerError, here and below.

    What is marked above `clearance` is not there, in no row, table, picture or count, and below
    "red" a label stands for a protected source's name. Names of private people are blocks in all
    that it answers, unless `unmasked`.
    """

    def __init__(
        self, where: str | Path | None = None, *, clearance: Marking = "red",
        unmasked: bool = False, create: bool = True, reader: Reader | None = None,
    ) -> None:  # fmt: skip
        check_marking(clearance)
        self.reader = reader or Reader()
        self.url = _url(where)
        self.clearance = clearance
        self.unmasked = unmasked
        maker = Maker("reader", f"sayso {self.reader.reader}", __version__)
        self._whole = Store.open(self.url, maker=maker, create=create, linking=Linking())
        self._store = self._whole.seen_by(clearance)

    def close(self) -> None:
        """Let the store go."""
        self._whole.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        seen = "" if self.clearance == "red" else f", seen up to {self.clearance}"
        return f"<Ledger of {self._store.head().entries:,} entries{seen}>"

    @property
    def _mask(self) -> MaskOf:
        return no_mask if self.unmasked else partial(mask_of, self._store)

    # -- taking in ---------------------------------------------------------------------------

    def add(
        self, sources: Given | record.Reading | Iterable[Given | record.Reading], *,
        published: Published = None, publisher: str | None = None, reread: bool = False,
        marking: Marking | None = None,
    ) -> list[Added]:  # fmt: skip
        """What became of each report: `new`, `same`, `version`, `older` or `reread`.

        Takes readings, and whatever `Reader.read_many` takes: texts, files, folders, rows. They are
        read, kept and linked with what is held, as `sayso add` does. One that cannot be read stops
        no other, and a warning says which; raises SaysoError where nothing can be read. `reread`
        lets what is read now replace what was read before, `marking` says who may see what is new.
        """
        refused: list[str] = []
        readings = self._readings(sources, refused, published, publisher)
        batches = self._store.add_batches(readings, reread=reread, size=BATCH, marking=marking)
        added = [each for batch in batches for each in batch]
        if refused and not added:
            raise SaysoError(refused[0])
        if refused:
            more = f"; and {len(refused) - 1} more" if len(refused) > 1 else ""
            warnings.warn(f"not added: {refused[0]}{more}", stacklevel=2)
        return added

    def _readings(
        self, sources: Any, refused: list[str], published: Published, publisher: str | None
    ) -> Iterator[record.Reading]:
        if isinstance(sources, (str, Mapping, record.Reading)):
            sources = [sources]
        if isinstance(sources, Path):
            given: Iterable[Any] = [sources]
        else:
            given = sources
        held: list[Given] = []
        for source in given:
            if isinstance(source, record.Reading):
                yield from self._read(held, refused, published, publisher)
                held = []
                yield source
            else:
                held.append(source)
        yield from self._read(held, refused, published, publisher)

    def _read(
        self, sources: list[Given], refused: list[str], published: Published, publisher: str | None
    ) -> Iterator[record.Reading]:
        for found in self.reader.outcomes(sources, published=published, publisher=publisher):
            if isinstance(found, str):
                refused.append(found)
            else:
                yield found

    # -- deciding ----------------------------------------------------------------------------

    def judge(
        self, action: Act, target: str, *more: str, reason: str, by: str | None = None,
        values: Mapping[str, Any] | None = None, into: str | None = None, also: Iterable[str] = (),
    ) -> tuple[Judged, ...]:  # fmt: skip
        """The judgements that a decision made, as `sayso judge` makes them (docs/commands.md).

        `more` stands behind the target as there: another incident or source to join, reports to
        split off (`into`: an incident), a grade, a marking, forms of a name to protect (`also`:
        beside those that are found), the id of a join to undo. `values` are fields to correct with
        their new values. `by` is who decides; else $SAYSO_USER, else the login name. Raises
        UsageError for what cannot be, NotInLedgerError where there is nothing to decide about.
        """
        said = Decision(action, target, more, values or {}, into, tuple(also))
        return decide(self._store, said, by=who(by), reason=reason)

    # -- asking ------------------------------------------------------------------------------

    def incidents(
        self, words: str | None = None, *, actor: str | None = None, place: str | None = None,
        type: str | None = None, measure: str | None = None, speaker: str | None = None,
        from_: Known = None, to: Known = None, as_known_at: Known = None,
        policy: Policy = LIST_POLICY, limit: int | None = None,
    ) -> Incidents:  # fmt: skip
        """The incidents that fit, those last told of first; each filter holds for a claim of it.

        `words` all occur ("in quotes" in that order, captur* by how it begins); `from_` and `to`
        are days of the event. `policy` makes one figure of many in tables. `limit` None: all.
        """
        _check_policy(policy)
        filters = _filters(
            words=words, actor=actor, place=place, type=type, measure=measure, speaker=speaker,
            from_=from_, to=to, as_known_at=as_known_at,
        )  # fmt: skip
        rows = _all(
            lambda cursor, most: self._store.incident_list(filters, limit=most, cursor=cursor),
            limit,
        )

        def tell(row: IncidentRow) -> Told:
            view = view_incident(self._store, row.incident, as_known_at=filters.as_known_at)
            return Told(view, tuple(row.flags), policy, row.corrected)

        return Incidents(rows, tell, self._mask)

    def incident(
        self, id_: str, *, as_known_at: Known = None, policy: Policy = LIST_POLICY
    ) -> Incident:
        """One incident by its id, its first signs, or a report ("r12") that is about it.

        Raises NotInLedgerError where there is none, or it was not known then.
        """
        _check_policy(policy)
        view = view_incident(self._store, id_, as_known_at=_instant(as_known_at))
        return Incident.of(self._mask(line.report for line in view.report_lines)(view), policy)

    def claims(
        self, words: str | None = None, *, actor: str | None = None, place: str | None = None,
        type: str | None = None, measure: str | None = None, speaker: str | None = None,
        certainty: str | None = None, from_: Known = None, to: Known = None,
        as_known_at: Known = None, limit: int | None = None,
    ) -> Claims:  # fmt: skip
        """The claims that fit, newest first; filters as in `incidents`."""
        filters = _filters(
            words=words, actor=actor, place=place, type=type, measure=measure, speaker=speaker,
            certainty=certainty, from_=from_, to=to, as_known_at=as_known_at,
        )  # fmt: skip
        return Claims(_all(
            lambda cursor, most: self._store.claims(filters, limit=most, cursor=cursor), limit
        ), self._mask)  # fmt: skip

    def figures(
        self, words: str | None = None, *, actor: str | None = None, place: str | None = None,
        type: str | None = None, measure: str | None = None, speaker: str | None = None,
        from_: Known = None, to: Known = None, as_known_at: Known = None, limit: int | None = None,
    ) -> Figures:  # fmt: skip
        """The figures of the incidents that fit, as stated; measure and speaker hold for each."""
        filters = _filters(
            words=words, actor=actor, place=place, type=type, measure=measure, speaker=speaker,
            from_=from_, to=to, as_known_at=as_known_at,
        )  # fmt: skip
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

    def sources(
        self, name: str | None = None, *, as_known_at: Known = None, limit: int | None = None
    ) -> Sources:
        """Who speaks, by name; `name` is part of it."""
        at = _instant(as_known_at)
        return Sources(_all(
            lambda cursor, most: self._store.sources(
                name, as_known_at=at, limit=most, cursor=cursor), limit,
        ), self._mask)  # fmt: skip

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

    def reading(self, report: str) -> Reading:
        """The last reading of a report ("r12"), names hidden where they must be."""
        reading = self._store.reading(report)
        if self.unmasked:
            return Reading.of(reading)
        mentions = self._store.report_page(report).mentions  # others may tell who is private
        beside = (handle for mention in mentions for handle in mention.incident.handles)
        return Reading.of(self._mask((report, *beside))(reading))


def _url(where: str | Path | None) -> str:
    """The address of a ledger; a path is SQLite's."""
    if where is None:
        return ledger_url(None)
    if not isinstance(where, (str, Path)) or not str(where):
        raise LedgerUrlError(
            f"{where!r} is no ledger", "give a file, sqlite:///FILE or postgresql://USER@HOST/NAME"
        )
    return where if isinstance(where, str) and "://" in where else f"sqlite:///{where}"


def _check_policy(policy: str) -> None:
    if policy not in POLICY_NAMES:
        raise UsageError(f"policy {policy!r} is none of {', '.join(POLICY_NAMES)}")


def _filters(*, as_known_at: Known, from_: Known, to: Known, **asked: Any) -> Filters:
    return Filters(as_known_at=_instant(as_known_at), from_=_day(from_), to=_day(to), **asked)


def _day(day: Known) -> str | None:
    if isinstance(day, datetime):
        return day.date().isoformat()
    return day.isoformat() if isinstance(day, date) else day


def _instant(at: Known) -> str | None:
    return at.isoformat() if isinstance(at, date) else at


def _all(ask: Callable[[str | None, int], Page[T]], limit: int | None) -> Iterator[T]:
    """The rows of all pages, `limit` at most."""
    left, cursor = limit, None
    if limit is not None and limit < 0:
        raise UsageError(f"limit {limit}: how many rows at most; None for all")
    while left is None or left > 0:
        page = ask(cursor, PAGE if left is None else min(left, PAGE))
        rows = page.rows if left is None else page.rows[:left]
        yield from rows
        if (cursor := page.next) is None:
            return
        left = None if left is None else left - len(rows)
