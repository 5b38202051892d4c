"""What reading finds: who claims what, on whose word, how sure, about which event."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sayso.record.report import Report
from sayso.record.span import Spans
from sayso.record.when_where import Actor, Place, Time, When

SourceKind = Literal[
    "official", "agency", "person", "media", "witness", "group", "document", "unnamed"
]  # fmt: skip
Quotation = Literal["direct", "indirect", "mixed"]
Certainty = Literal[
    "confirmed", "stated", "probable", "possible", "purported", "denied", "unknown"
]  # fmt: skip
Polarity = Literal["positive", "negative"]
Bound = Literal["exact", "about", "below", "above", "range", "vague"]
Counts = Literal[
    "killed", "wounded", "killed_or_wounded", "captured", "missing", "deployed", "displaced",
    "arrested", "abducted", "attackers", "other",
]  # fmt: skip
Scope = Literal["incident", "cumulative", "earlier"]


@dataclass(frozen=True, slots=True)
class Tie:
    """A person's word that a source is one with another: the other's key, the entry, the ground."""

    key: str
    entry: str
    words: str


@dataclass(frozen=True, slots=True)
class Alias:
    """What people said in a ledger of who a source is: which others it is one with, or is not.

    `key` is the source's there. Those of one `group` are one (the key that stands for all of them),
    none is one with any of a group in `apart`; `ties` are of this source itself.
    """

    key: str
    group: str
    ties: tuple[Tie, ...] = ()
    apart: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Source:
    """Who speaks, with all mentions in the report; `name` is the fullest one.

    `alias` is no part of the wire: what was read in a report says nothing of it.
    """

    id: str
    name: str
    kind: SourceKind
    named: bool
    actor: Actor | None
    mentions: tuple[Spans, ...]
    alias: Alias | None = field(default=None, metadata={"wire": False})


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content spans (PDTB, PARC, PolNeAR), and the attribution it stands within.

    An unnamed hop has no source spans and no source_id. `to` is the addressee ("told AFP"),
    `said` when the words were said, `score` sayso's confidence that it read this right.
    """

    id: str
    source: Spans
    source_id: str | None
    cue: Spans
    content: Spans
    within: str | None = None
    to: Spans = ()
    quotation: Quotation = "indirect"
    said: When | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A count as stated. Bounds are what the words bound, None where they leave it open.

    `nearly 3,000`: low None, best and high 3000, bound "below".
    """

    id: str
    span: Spans
    low: float | None
    best: float | None
    high: float | None
    bound: Bound
    counts: Counts
    of: Spans = ()
    scope: Scope = "incident"
    since: When | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """One who takes part in an event: role (agent, patient, …), words, and who that is."""

    role: str
    text: Spans
    actor: Actor | None = None
    source_id: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What a claim is about: `type` of lexicon/events.toml, `trigger` the words that say so.

    `score` is sayso's confidence that these words tell of an event of this type; that of its place
    stands in `place`. None where nobody asked.
    """

    id: str
    type: str
    trigger: Spans
    negated: bool = False
    hypothetical: bool = False
    participants: tuple[Participant, ...] = ()
    time: When | None = None
    place: Place | None = None
    figures: tuple[str, ...] = ()
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One content under one chain. The report's own voice is a claim with no attribution."""

    id: str
    content: Spans
    attribution: str | None
    certainty: Certainty
    polarity: Polarity
    certainty_cue: Spans = ()
    events: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one report, ready for the wire (`sayso.reading/1`)."""

    report: Report
    sources: tuple[Source, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    claims: tuple[Claim, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    warnings: tuple[str, ...] = field(default=())
