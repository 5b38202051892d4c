"""An incident as the ledger answers it: all that `sayso incident ID` and the desk show.

Names are handles: r12 a report, c13.4 a claim, m13.0 a mention (the incident as one report speaks
of it), e15 an entry. Words are quoted beside the characters that they stand on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from sayso.record.links import JoinBound, Verdict
from sayso.record.reading import Bound, Certainty, Counts, Polarity, Quotation, Scope
from sayso.record.span import Spans
from sayso.record.when_where import Actor, ActorKind, Place, When
from sayso.record.wire import encode

INCIDENT_SCHEMA = "sayso.incident/1"

Standing = Literal["stands", "rejected", "withdrawn"]
# What a person may decide about a target; `undo` is of a join, `mark` says how widely a report may
# be passed on, `protect` that a source's name is for the clearance red alone.
Action = Literal[
    "accept", "reject", "correct", "join", "split", "undo", "grade", "mark", "protect", "note",
]  # fmt: skip
ACTIONS: tuple[Action, ...] = get_args(Action)
ADD = "add"  # none of ACTIONS: those decide about what there is, this made a claim


@dataclass(frozen=True, slots=True)
class Quote:
    """Characters of a report that show something, and what they say."""

    report: str
    spans: Spans
    words: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report that speaks of the incident, and why it was placed there.

    `main` where it is about the incident, else in its background. `why` says the decision in words,
    `by` who made it: the machine's name, or a person's; `weighs_for` and `weighs_against` what
    spoke for and against one incident, what weighed most first. `same_text` are earlier reports
    whose text it is.
    """

    report: str
    mention: str
    name: str
    title: str | None
    publisher: str | None
    credit: str | None
    published: When | None
    main: bool
    learnt: str
    why: str
    by: str
    entry: str
    score: float | None = None
    same_text: tuple[str, ...] = ()
    weighs_for: tuple[str, ...] = ()
    weighs_against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim of the incident under its chain: the hops from the reader inwards."""

    claim: str
    report: str
    speaker: str | None
    chain: tuple[str, ...]
    certainty: Certainty
    polarity: Polarity
    content: Quote
    said: When | None
    types: tuple[str, ...]
    when: When | None
    place: Place | None
    standing: Standing = "stands"
    learnt: str = ""


@dataclass(frozen=True, slots=True)
class StateLine:
    """A state of the incident (captured; 3 dead, then 5), in the order in which they came about.

    `count` and `bound` where a number is told, `when` it was so, `said` when it was first said.
    """

    state: str
    count: float | None
    bound: Bound | None
    when: When | None
    said: When | None
    claims: tuple[str, ...]
    speakers: tuple[str, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class FigureStated:
    """One figure as somebody stated it. `id` names it in comparisons and cells.

    `low`, `best`, `high` are what the words bound; `reaches_from` and `reaches_to` the fuzzy ends
    that it is compared by.
    """

    id: str
    claim: str
    speaker: str
    counts: Counts
    words: Quote
    of: str
    scope: Scope
    bound: Bound
    said: When | None
    low: float | None
    best: float | None
    high: float | None
    reaches_from: float | None
    reaches_to: float | None


@dataclass(frozen=True, slots=True)
class Compared:
    """Two figures (their ids, the earlier first) and what can be said of them."""

    a: str
    b: str
    verdict: Verdict
    words: str


@dataclass(frozen=True, slots=True)
class PolicyCell:
    """What a named policy makes of a measure, and the claims that it rests on."""

    measure: Counts
    policy: str
    low: float | None
    best: float | None
    high: float | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OriginLine:
    """Where a line of say-so ends. `grade` is F until a person grades the source."""

    id: str
    name: str
    kind: str
    named: bool
    actor: Actor | None
    claims: tuple[str, ...]
    chain: tuple[str, ...]
    quotes: tuple[Quote, ...]
    may_be: str | None = None
    weakest: str | None = None
    grade: str = "F"
    party: bool = False


@dataclass(frozen=True, slots=True)
class ActorLine:
    """Who takes part in an event of the incident, as claims say: its type, the role, the words.

    `name`, `country` and `kind` are the actor's where it was grounded; `count` is how many of them
    the words count.
    """

    event: str
    role: str
    words: str
    name: str | None
    country: str | None
    kind: ActorKind | None
    count: float | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventLine:
    """One thing that the incident's claims tell (its capture, its death), counted by itself.

    `event` is its type, `state` the state that it left people in. `claims` say it and rest on
    `names`, its origins; `denials` are claims of who only denies it.
    """

    event: str
    state: str | None
    reports: int
    texts: int
    at_least: int
    at_most: int
    words: str
    names: tuple[str, ...]
    claims: tuple[str, ...]
    denials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JoinLine:
    """Two sources counted as one, and the ground. `sayso judge undo ID` undoes it.

    `entry` is the judgement of a person who joined the two everywhere: that is what is taken back.
    """

    id: str
    a: str
    b: str
    bound: JoinBound
    kind: str
    words: str
    quotes: tuple[Quote, ...]
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class UtteranceLine:
    """One act of saying that several reports carry, with why each of them does."""

    id: str
    speaker: str
    said: When | None
    quotation: Quotation
    quotes: tuple[Quote, ...]
    joins: tuple[JoinLine, ...]


@dataclass(frozen=True, slots=True)
class CopyLine:
    """Two reports that share text: the shares of each, the passages on both sides."""

    id: str
    a: str
    b: str
    share_a: float
    share_b: float
    passages: tuple[tuple[Quote, ...], ...]


@dataclass(frozen=True, slots=True)
class ExcludedGrade:
    """An Admiralty credibility grade that the grounds exclude, and why."""

    grade: str
    words: str


@dataclass(frozen=True, slots=True)
class TaskLine:
    """What would raise this: one line of the work list."""

    kind: str
    words: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JudgementLine:
    """What a person decided about the incident or something in it."""

    entry: str
    action: str
    target: str
    by: str
    at: str
    reason: str
    lapsed: bool = False  # about a claim that a later reading does not make


@dataclass(frozen=True, slots=True)
class IncidentView:
    """An incident with all that it rests on, as known at an instant (None: now).

    Three numbers stand together: `reports`, `texts`, `origins` ([at least, at most], said in
    `origin_words`). `asked` is the id that was asked for where that incident was joined to this.
    """

    id: str
    asked: str
    as_known_at: str | None
    opened: str
    changed: str
    type: str | None
    time: When | None
    place: Place | None
    reports: int
    texts: int
    at_least: int
    at_most: int
    origin_words: str
    events: tuple[EventLine, ...]
    states: tuple[StateLine, ...]
    report_lines: tuple[ReportLine, ...]
    claims: tuple[ClaimLine, ...]
    figures: tuple[FigureStated, ...]
    comparisons: tuple[Compared, ...]
    cells: tuple[PolicyCell, ...]
    origins: tuple[OriginLine, ...]
    denials: tuple[OriginLine, ...]
    joins: tuple[JoinLine, ...]
    utterances: tuple[UtteranceLine, ...]
    copies: tuple[CopyLine, ...]
    excluded: tuple[ExcludedGrade, ...]
    parties: tuple[str, ...]
    tasks: tuple[TaskLine, ...]
    judgements: tuple[JudgementLine, ...]
    actors: tuple[ActorLine, ...] = ()


def incident_to_wire(view: IncidentView) -> dict[str, Any]:
    """One JSON object of `sayso.incident/1`."""
    return {"schema": INCIDENT_SCHEMA, **encode(view)}
