"""The ledger: one object for all that the other rooms ask of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, Self

from sayso.errors import LedgerError
from sayso.ledger import by_hand, erase, exports, judge, store
from sayso.ledger.add import Adder, prepare
from sayso.ledger.answers import Added, Erased, Judged
from sayso.ledger.commit import Commit, Maker
from sayso.ledger.incidents import Grouping
from sayso.ledger.instants import Instant, now, to_micros
from sayso.ledger.kept import Kept, Kind, forget, keep, keep_only, saw
from sayso.ledger.linking import LinkBatch, Linking, drain, relink
from sayso.ledger.listed import (
    Listed,
    ListKind,
    Taken,
    drop_rows,
    take_rows,
    weigh_rows,
)
from sayso.ledger.migrate import bring_up_to_date
from sayso.ledger.move import copy_ledger, empty
from sayso.ledger.postings import LedgerPostings
from sayso.ledger.questions import Questions
from sayso.ledger.scrub import scrub
from sayso.record import Reading

if TYPE_CHECKING:
    from sqlalchemy import Engine

BATCH = 100  # reports of one link


class Ledger(Questions):
    """An open ledger; what it answers stands in `Questions`.

    Methods may be called from several threads; each is one transaction.

    Raises LedgerError (see errors.py) where the store cannot do it; nothing is then half done.
    """

    def __init__(self, engine: Engine, maker: Maker, linking: Linking | None = None) -> None:
        self.engine = engine
        self.maker = maker
        self.linking = linking

    @classmethod
    def open(
        cls,
        url: str,
        *,
        maker: Maker | str = "sayso",
        create: bool = True,
        linking: Linking | None = None,
    ) -> Ledger:
        """The ledger at `sqlite:///FILE` or `postgresql://…`, made where there is none.

        `maker` signs what programs enter: the reader's name and version. `linking` joins what is
        added with what is held; without it, readings wait until somebody with it adds.
        """
        engine = store.make_engine(url)
        try:
            bring_up_to_date(engine, create=create)
        except LedgerError:
            engine.dispose()
            raise
        signed = Maker("reader", maker) if isinstance(maker, str) else maker
        return cls(engine, signed, linking)

    def close(self) -> None:
        """Let the store go."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- taking in ---------------------------------------------------------------------------

    def add(
        self, readings: Iterable[Reading], *, learnt: Instant | None = None, reread: bool = False
    ) -> list[Added]:
        """What became of each reading, in order; see `add_batches`."""
        batches = self.add_batches(readings, learnt=learnt, reread=reread)
        return [added for batch in batches for added in batch]

    def add_batches(
        self,
        readings: Iterable[Reading],
        *,
        learnt: Instant | None = None,
        reread: bool = False,
        size: int = BATCH,
    ) -> Iterator[list[Added]]:
        """Readings taken in by the batch: when a list is yielded, all in it is kept for good.

        The same report again changes nothing; with `reread`, what was read in it anew replaces
        what was read before (which is still answered as known then). A new text at a known
        address is a new version.
        """
        rest = iter(readings)
        while batch := [prepare(r, self.linking) for r in islice(rest, size)]:
            at = now() if learnt is None else to_micros(learnt)
            with store.writing(self.engine) as conn:
                adder = Adder(conn, self.maker, at, reread=reread, linking=self.linking)
                added = adder.add(batch)
            store.refresh_plans(self.engine, adder.commit.batch)
            yield added

    # -- deciding ----------------------------------------------------------------------------

    def judge(
        self,
        action: str,
        target: str,
        *,
        by: str,
        reason: str,
        at: Instant | None = None,
        **detail: Any,
    ) -> Judged:
        """A judgement: accept, reject, correct (field=, new=), join, split, undo, grade, note.

        `target` is a claim ("c13.4"), a report, an incident's id, or a source's key. `join` takes
        other= (an incident), `split` apart= (reports or mentions) and into=, `grade` grade=;
        `undo` is of a join of sources, copies or utterances by its id, incident= where it stands.
        """
        verdict = judge.Verdict(action, target, by, reason, detail)
        with store.writing(self.engine) as conn:
            moment = now() if at is None else to_micros(at)
            return judge.judge(conn, verdict, moment, self._relink)

    def add_claim(
        self, report: str, parts: dict[str, Any], *, by: str, reason: str, at: Instant | None = None
    ) -> Judged:
        """A claim that was missed, added by a person: its `parts` in the wire's form.

        It stands in a new reading of the report, behind all that the last one held. Withdrawing the
        judgement rejects the claim.
        """
        with store.reading(self.engine) as conn:
            plan = by_hand.plan(conn, report, parts, by, reason)
        with store.writing(self.engine) as conn:
            moment = now() if at is None else to_micros(at)
            return by_hand.enter(conn, plan, moment, self.linking)

    def withdraw(self, entry: str, *, by: str, reason: str, at: Instant | None = None) -> str:
        """The entry by which a judgement ("e40") no longer holds, or a masked name shows again."""
        with store.writing(self.engine) as conn:
            moment = now() if at is None else to_micros(at)
            return judge.withdraw(conn, entry, by, reason, moment, self._relink)

    # -- links -------------------------------------------------------------------------------

    def catch_up(self) -> int:
        """How many readings that waited for linking were linked now."""
        if self.linking is None:
            return 0
        count = 0
        while True:
            with store.writing(self.engine) as conn:
                commit = Commit(conn, now())
                fresh = drain(conn)
                if not fresh:
                    return count
                batch = LinkBatch(commit, commit.maker(self.maker), fresh)
                self.linking.link(batch)
                commit.close()
                count += len(fresh)

    @contextmanager
    def postings(self) -> Iterator[LedgerPostings]:
        """Linking's lists, in one transaction."""
        with store.writing(self.engine) as conn:
            yield LedgerPostings(conn)

    # -- beside the chain ---------------------------------------------------------------------

    def keep(self, kind: Kind, value: dict[str, Any], id_: str | None = None) -> Kept:
        """Keep one of a kind, or say anew what is kept under an id; see `kept.py`."""
        with store.writing(self.engine) as conn:
            return keep(conn, kind, value, id_, now())

    def forget(self, kind: Kind, id_: str) -> bool:
        """Forget one of a kind; True where it was kept."""
        with store.writing(self.engine) as conn:
            return forget(conn, kind, id_)

    def saw(self, feed: str, items: Sequence[str], *, shown: Sequence[str] | None = None) -> None:
        """Note that items were looked at; of `shown`, all that the feed shows, the rest goes."""
        with store.writing(self.engine) as conn:
            saw(conn, feed, items, now())
            if shown is not None:
                keep_only(conn, feed, shown)

    def take_listed(
        self, rows: Sequence[Listed], *, by: str, replace: bool = False, dry: bool = False
    ) -> list[Taken]:
        """Take in rows of one kind; what is held and says otherwise stays without `replace`.

        With `dry` nothing is taken in: it is what would become of them.
        """
        if dry:
            with store.reading(self.engine) as conn:
                return list(weigh_rows(conn, rows, replace=replace))
        with store.writing(self.engine) as conn:
            return take_rows(conn, rows, by, now(), replace=replace)

    def drop_listed(self, kind: ListKind, ids: Sequence[str]) -> None:
        """Forget rows of a list."""
        with store.writing(self.engine) as conn:
            drop_rows(conn, kind, ids)

    # -- keeping -----------------------------------------------------------------------------

    def note_export(
        self, name: str, format_: str, reports: Iterable[str], *, by: str, at: Instant | None = None
    ) -> str:
        """The entry that says that a file of a name told of reports: listed when one is erased."""
        with store.writing(self.engine) as conn:
            moment = now() if at is None else to_micros(at)
            return exports.enter_export(conn, name, format_, reports, by, moment)

    def erase(self, report: str, *, by: str, why: str, at: Instant | None = None) -> Erased:
        """A report gone for good, with all that was read in it and said about it."""
        with store.writing(self.engine) as conn:
            moment = now() if at is None else to_micros(at)
            done = erase.erase_report(conn, report, erase.Order(by, why), moment, self._relink)
        return self._scrubbed(done)

    def erase_names(
        self, names: Sequence[str], *, by: str, why: str, at: Instant | None = None
    ) -> Erased:
        """Names gone for good, wherever they stand: give each form ("Jane Roe", "Roe")."""
        order = erase.Order(by, why, tuple(names))
        with store.writing(self.engine) as conn:
            moment = now() if at is None else to_micros(at)
            done = erase.erase_names(conn, order, moment, self._relink)
        return self._scrubbed(done)

    def _relink(self, commit: Commit, before: Grouping | None, touched: set[int]) -> None:
        """Say anew what incidents are, after something in them changed."""
        relink(commit, commit.maker(self.maker), touched, self.linking, before)

    def _scrubbed(self, done: Erased) -> Erased:
        return dataclasses.replace(done, left=self.scrub())

    def scrub(self) -> tuple[str, ...]:
        """Nothing left of what was erased in free pages, indexes or the write-ahead log.

        The places outside the ledger's reach. Erasing does this; call it where that was broken off.
        """
        return scrub(self.engine)


def move(source: str, target: str) -> int:
    """The number of entries carried from one store to another, empty one.

    Raises LedgerError where the copy does not verify; the source is left as it is.
    """
    with Ledger.open(source, create=False) as old, Ledger.open(target) as new:
        count = copy_ledger(old.engine, new.engine)
        trouble = next(new.verify(), None)
        if trouble is not None:
            empty(new.engine)
            raise LedgerError(
                f"the copy does not verify ({trouble.where}: {trouble.what}); it was removed again",
                "run `sayso verify` on the source",
            )
        return count
