"""The ledger: one object for all that the other rooms ask of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, Self

from sayso.errors import LedgerError, NotInLedgerError, RightsError, UsageError
from sayso.ledger.adding import by_hand
from sayso.ledger.adding.above import judge_above, refuse_addition, verdict_above
from sayso.ledger.adding.add import Adder, Prepared, prepare
from sayso.ledger.adding.twins import (
    Hand,
    Looked,
    covered,
    look_through,
    protect_anew,
    renew,
    words_beside,
)
from sayso.ledger.asking.staying import Why, why_it_stays
from sayso.ledger.beside import Beside
from sayso.ledger.entries import exports
from sayso.ledger.entries.commit import Commit, Maker, contents, person
from sayso.ledger.entries.incidents import Grouping
from sayso.ledger.entries.linking import Linking, relink
from sayso.ledger.erasing import erase
from sayso.ledger.erasing.foresee import Foreseen, foresee_names, foresee_report
from sayso.ledger.erasing.scrub import scrub
from sayso.ledger.judging import judge, withdraw
from sayso.ledger.judging.judge import Verdict
from sayso.ledger.judging.marks import check_marking
from sayso.ledger.judging.protection import other_words, protection
from sayso.ledger.judging.seen import all_written_out, check_seen, named_in, versions_at
from sayso.ledger.layout.answers import Added, Erased, Judged, parse_handle, written_out
from sayso.ledger.layout.instants import Instant, now, to_micros
from sayso.ledger.questions import Questions
from sayso.ledger.seeing.behind import any_twins, reports_behind
from sayso.ledger.seeing.cover import PROTECT, action_of
from sayso.ledger.seeing.shade import MARK
from sayso.ledger.seeing.veil import Veils
from sayso.ledger.store import engines
from sayso.ledger.store.migrate import bring_up_to_date
from sayso.ledger.store.move import copy_ledger, empty
from sayso.ledger.store.postings import LedgerPostings
from sayso.record import Reading, Report, report_id
from sayso.record.marking import Marking, level_of
from sayso.uncollected import uncollected

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

BATCH = 100  # reports of one link


class Ledger(Questions, Beside):
    """An open ledger; what it answers stands in `Questions`, what it keeps beside in `Beside`.

    Methods may be called from several threads; each is one transaction.

    Raises LedgerError (see errors.py) where the store cannot do it; nothing is then half done.
    """

    def __init__(
        self, whole: Engine, maker: Maker, linking: Linking | None = None,
        *, clearance: Marking = "red", marks: bool = True, veils: Veils | None = None,
    ) -> None:  # fmt: skip
        self.whole = whole  # what is written: all that there is
        self.maker = maker
        self.linking = linking
        self.clearance = clearance
        self.marks = marks
        self.veils = veils or Veils(whole)

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
        engine = engines.make_engine(url)
        try:
            bring_up_to_date(engine, create=create)
        except LedgerError:
            engine.dispose()
            raise
        signed = Maker("reader", maker) if isinstance(maker, str) else maker
        return cls(engine, signed, linking)

    def close(self) -> None:
        """Let the store go."""
        self.veils.close()

    def seen_by(self, clearance: Marking, *, marks: bool = True) -> Ledger:
        """This ledger as somebody with a clearance sees it: nothing that is marked above it.

        It is let go with this one. What is decided in it is decided for all; without `marks`,
        neither how reports are marked nor who is protected.
        """
        return Ledger(
            self.whole, self.maker, self.linking, clearance=clearance, marks=marks, veils=self.veils
        )

    @property
    def engine(self) -> Engine:
        """What is asked: all that there is, or what the clearance may see of it."""
        return self.veils.engine(self.clearance)

    def names_protected(self, names: Sequence[str] = ()) -> dict[str, str | None]:
        """The reports that name a protected source, each with what others read in its place.

        None where nothing stands there; of some forms of `names` alone. Only for whoever is cleared
        for red.
        """
        self._check_whole()
        with engines.reading(self.whole) as conn:
            found = covered(conn, names)
        return {f"r{of}": f"r{twin}" if twin else None for of, twin in found.items()}

    def nearly_named(self, source: str, names: Sequence[str]) -> dict[str, int]:
        """In how many reports a word of a source's name stands that is none of the forms hidden.

        A first name, for instance. Only for whoever is cleared for red.
        """
        self._check_whole()
        with engines.reading(self.whole) as conn:
            return words_beside(conn, names, other_words(conn, source, names))

    def text_as_given(self, report: str) -> str | None:
        """The text of a report as it came in, whoever is hidden in it; None where none is held.

        For finding what was made of it, not to be shown. Only for whoever is cleared for red.
        """
        self._check_whole()
        number, _ = parse_handle(report, "r")
        with engines.reading(self.whole) as conn:
            said = contents(conn, [number]).get(number)
        text = said.get("text") if isinstance(said, dict) else None
        return text if isinstance(text, str) else None

    def why_it_stays(self, report: Report, list_: str, marks: Collection[int]) -> Why | None:
        """Why a report's text must not leave this machine; None where it may.

        See `asking/staying.py`. Only for whoever is cleared for red.
        """
        self._check_whole()
        with engines.reading(self.whole) as conn:
            return why_it_stays(conn, report, list_, marks)

    def _check_seen(self, *handles: str) -> None:
        """Raises NotInLedgerError for what is not seen here: nobody decides about it."""
        if self.engine is not self.whole:
            with engines.reading(self.engine) as conn:
                check_seen(conn, handles)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _check_marks(self, action: str | None) -> None:
        if action in (MARK, PROTECT) and not self.marks:
            raise RightsError(
                "you may not say who may see a report, or whom a name is kept from",
                "ask an editor",
            )

    def _is_whole(self) -> bool:
        return self.clearance == "red"

    def _check_whole(self) -> None:
        if not self._is_whole():
            raise UsageError("this reaches all that there is: it needs the clearance red")

    # -- taking in ---------------------------------------------------------------------------

    def add(
        self, readings: Iterable[Reading], *, learnt: Instant | None = None, reread: bool = False,
        marking: Marking | None = None, marked_by: str | None = None,
    ) -> list[Added]:  # fmt: skip
        """What became of each reading, in order; see `add_batches`."""
        batches = self.add_batches(
            readings, learnt=learnt, reread=reread, marking=marking, marked_by=marked_by
        )
        return [added for batch in batches for added in batch]

    def add_batches(
        self,
        readings: Iterable[Reading | Prepared],
        *,
        learnt: Instant | None = None,
        reread: bool = False,
        size: int = BATCH,
        marking: Marking | None = None,
        marked_by: str | None = None,
    ) -> Iterator[list[Added]]:
        """Readings taken in by the batch: when a list is yielded, all in it is kept for good.

        The same report again changes nothing; with `reread`, what was read in it anew replaces
        what was read before (which is still answered as known then). A new text at a known
        address is a new version. With a `marking`, what is new comes in so marked, by the word of
        `marked_by`, else of whoever signs what is added; what is known is marked so where that is
        stricter, and by whom may mark. What is prepared already (in another process, for instance)
        is taken as it is. Raises UsageError for what is no marking.
        """
        if marking is not None:
            check_marking(marking)
        rest = iter(readings if self.engine is self.whole else map(self._apart, readings))
        while given := list(islice(rest, size)):
            with uncollected():
                added, link = self._add_batch(
                    given, learnt, reread=reread, marking=marking, marked_by=marked_by
                )
            engines.refresh_plans(self.whole, link)
            yield added if self._is_whole() else list(map(self._told, added))

    def _add_batch(
        self, given: Iterable[Reading | Prepared], learnt: Instant | None, *, reread: bool,
        marking: Marking | None, marked_by: str | None,
    ) -> tuple[list[Added], int]:  # fmt: skip
        """What became of each reading, and the number of the link that holds them."""
        batch = [self._prepared(r) for r in given]
        at = now() if learnt is None else to_micros(learnt)
        with engines.writing(self.whole) as conn:
            adder = Adder(
                conn, self.maker, at, reread=reread, linking=self.linking, marking=marking
            )
            adder.may_mark = self.marks
            if marked_by is not None:
                adder.marks = person(marked_by)
            added = adder.add(batch)
            marked = [a.report for a in added if a.status != "same" or a.marking]
            self._renew(conn, marked, at)
        return added, adder.commit.batch

    def _told(self, added: Added) -> Added:
        """Without a marking above one's clearance."""
        above = added.marking and level_of(added.marking) > level_of(self.clearance)
        return dataclasses.replace(added, marking=None) if above else added

    def _prepared(self, reading: Reading | Prepared) -> Prepared:
        return reading if isinstance(reading, Prepared) else prepare(reading, self.linking)

    def _apart(self, given: Reading | Prepared) -> Reading | Prepared:
        """The reading, without its address where a version there is not seen: a page of its own.

        Whoever may not see a page puts nothing in its place.
        """
        reading = given.reading if isinstance(given, Prepared) else given
        url = reading.report.url
        if not url:
            return given
        with engines.reading(self.whole) as conn:
            held = versions_at(conn, url)
        with engines.reading(self.engine) as conn:
            seen = versions_at(conn, url)
        if held == seen:
            return given
        report = dataclasses.replace(reading.report, url=None)
        id_ = report_id(report.text, report.publisher, None, report.published)
        return dataclasses.replace(reading, report=dataclasses.replace(report, id=id_))

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
        """A judgement: accept, reject, correct, join, split, undo, grade, mark, protect, note.

        `target` is a claim ("c13.4"), a report, an incident's id, or a source's key. `correct`
        takes field= and new=, `join` other= (an incident, or a source's key), `split` apart=
        (reports, mentions or keys) and into=, `grade` grade=, `mark` marking= and a report,
        `protect` names= and a source's key; `undo` is of a join of sources, copies or utterances
        by its id, incident= where it stands.
        """
        target, detail = written_out(target), all_written_out(detail)
        verdict = Verdict(action, target, by, reason, detail)
        self._check_seen(*named_in(action, target, detail))
        self._check_marks(action)
        looked = self._looked_through(verdict) if action == PROTECT else None
        with engines.writing(self.whole) as conn:
            moment = now() if at is None else to_micros(at)
            above = None if self._is_whole() else verdict_above(conn, verdict)
            judged = judge.judge(conn, verdict, moment, self._relink)
            if above is not None:
                judge_above(conn, above, judged, moment, self._relink)
            self._follow(conn, judged.entry, moment, looked, protects=action == PROTECT)
            return judged

    def add_claim(
        self, report: str, parts: dict[str, Any], *, by: str, reason: str, at: Instant | None = None
    ) -> Judged:
        """A claim that was missed, added by a person: its `parts` in the wire's form.

        It stands in a new reading of the report, behind all that the last one held. Withdrawing the
        judgement rejects the claim.
        """
        if not self._is_whole():
            with engines.reading(self.whole) as conn:
                refuse_addition(conn, report)
        with engines.reading(self.engine) as conn:
            plan = by_hand.plan(conn, report, parts, by, reason)
        with engines.writing(self.whole) as conn:
            moment = now() if at is None else to_micros(at)
            judged = by_hand.enter(conn, plan, moment, self.linking)
            self._renew(conn, [report], moment)
            return judged

    def withdraw(self, entry: str, *, by: str, reason: str, at: Instant | None = None) -> str:
        """The entry by which a judgement ("e40") no longer holds, or a masked name shows again."""
        entry = written_out(entry)
        self._check_seen(entry)
        with engines.writing(self.whole) as conn:
            moment = now() if at is None else to_micros(at)
            was = action_of(conn, entry)
            self._check_marks(was)
            own = withdraw.withdraw(conn, entry, by, reason, moment, self._relink)
            self._follow(conn, own, moment, protects=was == PROTECT)
            return own

    # -- links -------------------------------------------------------------------------------

    @contextmanager
    def postings(self) -> Iterator[LedgerPostings]:
        """Linking's lists, in one transaction."""
        with engines.writing(self.whole) as conn:
            yield LedgerPostings(conn)

    # -- keeping -----------------------------------------------------------------------------

    def note_export(
        self, name: str, format_: str, reports: Iterable[str], *, by: str, at: Instant | None = None
    ) -> str:
        """The entry that says that a file of a name told of reports: listed when one is erased."""
        with engines.writing(self.whole) as conn:
            moment = now() if at is None else to_micros(at)
            return exports.enter_export(conn, name, format_, reports, by, moment)

    def erase(self, report: str, *, by: str, why: str, at: Instant | None = None) -> Erased:
        """A report gone for good, with all that was read in it and said about it."""
        self._check_whole()
        with engines.writing(self.whole) as conn:
            moment = now() if at is None else to_micros(at)
            done = erase.erase_report(conn, report, erase.Order(by, why), moment, self._relink)
        return self._scrubbed(done)

    def erase_names(
        self, names: Sequence[str], *, by: str, why: str, at: Instant | None = None
    ) -> Erased:
        """Names gone for good, wherever they stand: give each form ("Jane Roe", "Roe")."""
        self._check_whole()
        order = erase.Order(by, why, tuple(names))
        with engines.writing(self.whole) as conn:
            moment = now() if at is None else to_micros(at)
            done = erase.erase_names(conn, order, moment, self._relink)
        return self._scrubbed(done)

    def foresee(self, *, report: str | None = None, names: Sequence[str] = ()) -> Foreseen:
        """What erasing a report, or names, would take: nothing is changed.

        Only for whoever is cleared for red.
        """
        self._check_whole()
        with engines.reading(self.whole) as conn:
            return foresee_names(conn, names) if report is None else foresee_report(conn, report)

    def _looked_through(self, verdict: Verdict) -> Looked | None:
        """The reports that name a source, looked for before the store is held; None for no source.

        That is refused, with names like it, when the store is.
        """
        verdict.check()
        with engines.reading(self.whole) as conn:
            try:
                names = protection(conn, verdict.target, verdict.detail)["names"]
            except NotInLedgerError:
                return None
            return look_through(conn, names)

    def _follow(
        self, conn: Connection, entry: str, at: int, looked: Looked | None = None,
        *, protects: bool,
    ) -> None:  # fmt: skip
        """Have twins say what a decision makes of their reports."""
        if protects:
            protect_anew(conn, self._hand(at), looked)
            self.veils.look_again()
        elif any_twins(conn):
            number, _ = parse_handle(entry, "e")
            behind = reports_behind(conn, [number])[number]
            renew(conn, behind, self._hand(at))

    def _renew(self, conn: Connection, reports: Iterable[str], at: int) -> None:
        """Have twins stand for what new reports name, or what was read in them anew."""
        numbers = [parse_handle(r, "r")[0] for r in reports]
        if numbers:
            renew(conn, numbers, self._hand(at))

    def _hand(self, at: int) -> Hand:
        return Hand(self.maker, self.linking, self._relink, at)

    def _relink(self, commit: Commit, before: Grouping | None, touched: set[int]) -> None:
        """Say anew what incidents are, after something in them changed."""
        relink(commit, commit.maker(self.maker), touched, self.linking, before)

    def _scrubbed(self, done: Erased) -> Erased:
        return dataclasses.replace(done, left=self.scrub())

    def scrub(self) -> tuple[str, ...]:
        """Nothing left of what was erased in free pages, indexes or the write-ahead log.

        The places outside the ledger's reach. Erasing does this; call it where that was broken off.
        """
        return scrub(self.whole)


def move(source: str, target: str) -> int:
    """The number of entries carried from one store to another, empty one.

    Raises LedgerError where the copy does not verify; the source is left as it is.
    """
    with Ledger.open(source, create=False) as old, Ledger.open(target) as new:
        count = copy_ledger(old.whole, new.whole)
        trouble = next(new.verify(), None)
        if trouble is not None:
            empty(new.whole)
            raise LedgerError(
                f"the copy does not verify ({trouble.where}: {trouble.what}); it was removed again",
                "run `sayso verify` on the source",
            )
        return count
