"""Decisions on rows: one, many at once, and taken back; each with its reason, old and new value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Literal

from sayso.desk.answers.review import Asks, ReviewRow, rows_now
from sayso.errors import LedgerError, NotInLedgerError, UsageError
from sayso.ledger import Judged, Ledger
from sayso.reading.grounding.gazetteer import Gazetteer
from sayso.reading.grounding.places.find import place_named
from sayso.record.wire import encode

Action = Literal["accept", "accept_report", "reject", "correct", "join", "split", "grade", "undo"]
REASONS: dict[Action, str] = {
    "accept": "read with its words: the row holds",
    "accept_report": "read: all its claims hold",
    "reject": "no incident of this data set",
    "correct": "the words say otherwise",
    "join": "one and the same incident",
    "split": "another incident",
    "grade": "by what it has said so far",
    "undo": "a slip",
}
MEASURES = {"killed": "killed", "injured": "wounded"}
CORRECTED = ("type", "date", "place", *MEASURES)
MOST = 1_000


@dataclass(frozen=True, slots=True)
class RowDecision:
    """What somebody decides. `seen` is the line of each row that they looked at."""

    action: Action
    incidents: tuple[str, ...] = ()
    reason: str = ""
    seen: dict[str, str] = field(default_factory=dict)
    report: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    other: str = ""
    apart: tuple[str, ...] = ()
    source: str = ""
    grade: str = ""
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """What could not be decided, and why."""

    target: str
    why: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided: the entries (to undo them, all at once), and what was refused."""

    entries: list[str]
    incidents: list[str]
    refused: list[Refused]


def decide_rows(ledger: Ledger, said: RowDecision, asks: Asks) -> Decided:
    """Decide, row by row: one that is refused keeps no other from being decided.

    Raises UsageError where nothing is named to decide on.
    """
    work = _Deciding(ledger, said, asks)
    targets, step = _STEPS[said.action](work)
    if not targets:
        raise UsageError("nothing is named to decide on")
    if len(targets) > MOST:
        raise UsageError(f"{len(targets)} at once are too many; up to {MOST}")
    refused = []
    for target in targets:
        try:
            step(target)
        except (UsageError, NotInLedgerError, LedgerError) as error:
            if len(targets) == 1:
                raise
            refused.append(Refused(target, str(error)))
    return Decided(work.entries, list(dict.fromkeys(work.incidents)), refused)


Step = tuple[Sequence[str], Callable[[str], None]]


class _Deciding:
    """One decision, on one target after another."""

    def __init__(self, ledger: Ledger, said: RowDecision, asks: Asks) -> None:
        self.ledger = ledger
        self.said = said
        self.asks = asks
        self.reason = said.reason.strip() or REASONS[said.action]
        self.entries: list[str] = []
        self.incidents: list[str] = []

    def judge(self, action: str, target: str, **detail: Any) -> Judged:
        made = self.ledger.judge(action, target, by=self.asks.by, reason=self.reason, **detail)
        self.entries.append(made.entry)
        return made

    def row(self, incident: str) -> ReviewRow:
        """The row as it now is; raises where it is none, or is not what was looked at."""
        found = rows_now(self.ledger, [incident], self.asks)
        if not found:
            raise NotInLedgerError(
                f"{incident!r:.60} is no row any more", "it may have been joined"
            )
        if self.said.seen.get(incident, found[0].line) != found[0].line:
            raise LedgerError("the row changed while you looked at it", "look again, then decide")
        return found[0]

    def accept(self) -> Step:
        return self.said.incidents, self._accept

    def _accept(self, incident: str) -> None:
        self.row(incident)
        self.judge("accept", incident)
        self.incidents.append(incident)

    def reject(self) -> Step:
        return self.said.incidents, self._reject

    def _reject(self, incident: str) -> None:
        self.row(incident)
        self.judge("reject", incident)
        self.incidents.append(incident)

    def accept_report(self) -> Step:
        return (self.said.report,) if self.said.report else (), self._accept_report

    def _accept_report(self, report: str) -> None:
        """The report's claims hold; so does each row all of whose reports were accepted."""
        self.judge("accept", report)
        for each in self.ledger.report_rows(report):
            row = each.row
            self.incidents.append(row.incident)
            mine = any(d.by == self.asks.by for d in each.decided)
            if not mine and all(self._accepted(handle) for handle in row.handles):
                self.judge("accept", row.incident, reports=row.handles)

    def _accepted(self, report: str) -> bool:
        held = self.ledger.judgements(report)
        return any(j.action == "accept" and j.by == self.asks.by for j in held)

    def join(self) -> Step:
        return self.said.incidents[:1], self._join

    def _join(self, incident: str) -> None:
        self.row(incident)
        self.judge("join", incident, other=self.said.other)
        self.incidents += [incident, self.said.other]

    def split(self) -> Step:
        return self.said.incidents[:1], self._split

    def _split(self, incident: str) -> None:
        self.row(incident)
        into = {"into": self.said.other} if self.said.other else {}
        self.judge("split", incident, apart=list(self.said.apart), **into)
        self.incidents.append(incident)

    def grade(self) -> Step:
        return (self.said.source,) if self.said.source else (), self._grade

    def _grade(self, source: str) -> None:
        self.judge("grade", source, grade=self.said.grade.strip().upper())
        self.incidents += self.said.incidents

    def undo(self) -> Step:
        """Entries, the newest first; where only rows are named, what was decided on them."""
        entries = list(self.said.entries)
        if not entries:
            rows = rows_now(self.ledger, self.said.incidents, self.asks)
            entries = [d.entry for row in rows for d in (*row.before, *row.decided)]
        newest = sorted(entries, key=lambda e: int(e[1:]) if e[1:].isdecimal() else 0)
        return newest[::-1], self._undo

    def _undo(self, entry: str) -> None:
        self.entries.append(self.ledger.withdraw(entry, by=self.asks.by, reason=self.reason))
        self.incidents += self.said.incidents

    def correct(self) -> Step:
        return self.said.incidents[:1], self._correct

    def _correct(self, incident: str) -> None:
        """The cells corrected that are not what they were, then the row accepted with them."""
        row = self.row(incident)
        old = shown_cells(row)
        new = {k: v.strip() for k, v in self.said.cells.items()
               if k in CORRECTED and v.strip() != old[k]}  # fmt: skip
        if not new:
            raise UsageError("no cell was changed")
        for cell, value in new.items():
            field, fixed = _fixed(row, cell, value)
            self.judge("correct", incident, field=field, new=fixed)
        self.incidents.append(incident)
        self.judge("accept", incident, old={k: old[k] for k in new}, new=new)


_STEPS: dict[Action, Callable[[_Deciding], Step]] = {
    "accept": _Deciding.accept,
    "accept_report": _Deciding.accept_report,
    "reject": _Deciding.reject,
    "correct": _Deciding.correct,
    "join": _Deciding.join,
    "split": _Deciding.split,
    "grade": _Deciding.grade,
    "undo": _Deciding.undo,
}


def shown_cells(row: ReviewRow) -> dict[str, str]:
    """The cells that can be corrected, as a form has them."""
    cells = row.cells
    found = {
        "type": cells.type or "",
        "date": ((cells.time or {}).get("start") or "")[:10],
        "place": (cells.place or {}).get("name") or "",
    }
    for cell, measure in MEASURES.items():
        _, best, high = cells.figures.get(measure, (None, None, None))
        number = best if best is not None else high
        found[cell] = "" if number is None else f"{number:g}" if number % 1 else str(int(number))
    return found


FIELDS = {"date": "time", "injured": "wounded"}  # what the ledger calls a cell


def _fixed(row: ReviewRow, cell: str, value: str) -> tuple[str, Any]:
    """The row's field that a cell shows, and the value that is meant by what was typed."""
    field = FIELDS.get(cell, cell)
    if not value:
        return field, None  # not known, whatever reports say
    if cell in MEASURES:
        return field, _number(value)
    if cell == "type":
        return field, value
    if cell == "date":
        return field, {"start": value, "end": value, "precision": "day", "basis": "given"}
    return field, _place(value, (row.cells.place or {}).get("country"))


def _place(name: str, country: str | None) -> Any:
    """A place by its name, that of the row's country first."""
    with closing(Gazetteer()) as gazetteer:
        here = place_named(gazetteer, name, country)
        found = encode(here if here.gazetteer_id else place_named(gazetteer, name))
    return {k: v for k, v in found.items() if k not in ("span", "score", "as")}


def _number(words: str) -> int | float:
    try:
        number = float(words.replace(",", ""))
    except ValueError:
        number = -1
    if not 0 <= number < 1e12:
        raise UsageError(f"{words!r:.40} is no number of people; write 12")
    return int(number) if number.is_integer() else number
