"""What a person decides, as `sayso judge` takes it: for the command, from Python, an assistant.

Who has more to say than a person types asks the ledger itself: a form of the desk that knows what
its page showed (the join's facts, a row before and after), a file of edits that came back, what a
partner tells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from sayso.errors import UsageError
from sayso.incidents.undo import about_join
from sayso.incidents.view import view_incident
from sayso.ledger import Judged, Ledger
from sayso.ledger.layout.corrections import together
from sayso.ledger.layout.instants import now, to_iso
from sayso.record.clean import make_whole
from sayso.record.incident import ACTIONS, Action

RELEASE: Literal["release"] = "release"  # withdraws the hiding of a name; no judgement of its own
Act = Action | Literal["release"]
ACTS: tuple[Act, ...] = (*ACTIONS, RELEASE)


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided about what.

    `more` are the things beside the target: an incident or source to join, reports to split off, a
    grade, a marking, forms of a name, the id of a join. `values` are fields to correct with their
    new values, `into` is the incident that reports are split off to, `also` forms of a name beside
    those that are found.
    """

    action: Act
    target: str
    more: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    into: str | None = None
    also: tuple[str, ...] = ()

    def check(self) -> None:
        """Raises UsageError for what goes with another action."""
        if self.action not in ACTS:
            raise UsageError(f"{self.action!r:.40} is none of {', '.join(ACTS)}")
        given = {"correct": self.values, "split": self.into, "protect": self.also}
        named = {"correct": "new values", "split": "into", "protect": "also"}
        for action, said in given.items():
            if said and action != self.action:
                raise UsageError(f"{named[action]}: goes with {action}, not with {self.action}")


@dataclass(frozen=True, slots=True)
class _Hand:
    """Whose word it is, in which ledger, and why."""

    ledger: Ledger
    by: str
    reason: str

    def judged(self, said: Decision, target: str | None = None, **detail: Any) -> Judged:
        return self.ledger.judge(
            said.action, target or said.target, by=self.by, reason=self.reason, **detail
        )

    def withdrawn(self, said: Decision) -> Judged:
        _count(said, 0, "one entry")
        at = now()
        entry = self.ledger.withdraw(said.target, by=self.by, reason=self.reason, at=at)
        return Judged(entry, said.action, said.target, self.by, to_iso(at), self.reason)


def decide(ledger: Ledger, said: Decision, *, by: str, reason: str) -> tuple[Judged, ...]:
    """The judgements that a decision makes: one, or of a correction one for each field by itself.

    What is taken back is one too, its target the entry that no longer holds. Raises UsageError
    where something is missing or too much, NotInLedgerError where there is nothing to decide about.
    """
    said.check()
    said = replace(
        said, target=said.target.strip(), more=tuple(each.strip() for each in said.more),
        values={k: make_whole(v) if isinstance(v, str) else v for k, v in said.values.items()},
    )  # fmt: skip
    if not by.strip() or not reason.strip():
        raise UsageError("a judgement needs who makes it and a reason")
    return _MAKERS.get(said.action, _plain)(_Hand(ledger, by, make_whole(reason)), said)


def _count(said: Decision, needed: int, words: str) -> None:
    if len(said.more) != needed:
        raise UsageError(f"{said.action} takes {words}")


def _plain(hand: _Hand, said: Decision) -> tuple[Judged, ...]:
    _count(said, 0, "one thing")
    return (hand.judged(said),)


def _correct(hand: _Hand, said: Decision) -> tuple[Judged, ...]:
    if not said.values or said.more:
        raise UsageError("correct takes a claim or an incident, and each field with its new value")
    return tuple(hand.judged(said, **each) for each in together(said.values))


def _join(hand: _Hand, said: Decision) -> tuple[Judged, ...]:
    _count(said, 1, "two incidents, or the keys of two sources")
    return (hand.judged(said, other=said.more[0]),)


def _split(hand: _Hand, said: Decision) -> tuple[Judged, ...]:
    if not said.more:
        raise UsageError(
            "split takes an incident and the reports that are to leave it, or keys of sources"
        )
    into = {"into": said.into} if said.into else {}
    return (hand.judged(said, apart=list(said.more), **into),)


def _grade(hand: _Hand, said: Decision) -> tuple[Judged, ...]:
    _count(said, 1, "a source's key and a grade")
    return (hand.judged(said, grade=said.more[0].upper()),)


def _mark(hand: _Hand, said: Decision) -> tuple[Judged, ...]:
    _count(said, 1, "a report and a marking: clear, green, amber, amber+strict, red")
    return (hand.judged(said, marking=said.more[0].lower()),)


def _protect(hand: _Hand, said: Decision) -> tuple[Judged, ...]:
    return (hand.judged(said, names=list(said.more), also=list(said.also)),)


def _undo(hand: _Hand, said: Decision) -> tuple[Judged, ...]:
    if not said.more and said.target[:1] == "e" and said.target[1:].isdecimal():
        return (hand.withdrawn(said),)
    _count(said, 1, "an entry (e40), or an incident and the id of a join in it")
    (join,) = said.more
    about = about_join(view_incident(hand.ledger, said.target), join)
    return (hand.judged(said, join, **about),)


def _release(hand: _Hand, said: Decision) -> tuple[Judged, ...]:
    return (hand.withdrawn(said),)


_MAKERS: dict[str, Callable[[_Hand, Decision], tuple[Judged, ...]]] = {
    "correct": _correct, "join": _join, "split": _split, "grade": _grade, "mark": _mark,
    "protect": _protect, "undo": _undo, RELEASE: _release,
}  # fmt: skip
