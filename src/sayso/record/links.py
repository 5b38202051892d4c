"""What linking finds: shared text, one act of saying in many reports, origins, figures compared.

Every link carries its grounds in words and the characters that show them. What a link points at is
named by a reference (`ClaimRef`): ids inside a reading are only unique with their report's.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from sayso.record.reading import Bound, Counts, Quotation, Scope
from sayso.record.span import Span, Spans
from sayso.record.when_where import Actor, When


@dataclass(frozen=True, slots=True, order=True)
class ClaimRef:
    """A claim of a reading: the report's id and the claim's id in it."""

    report: str
    claim: str


@dataclass(frozen=True, slots=True, order=True)
class AttributionRef:
    """An attribution of a reading: the report's id and the attribution's id in it."""

    report: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Characters in a report that show something."""

    report: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Ground:
    """Why something was joined: a key for machines, words for people, the characters that show it.

    `kind` is one of the rules in docs/origins.md ("same text", "credited", "same speaker", …).
    """

    kind: str
    words: str
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """One stretch that two texts share, in each text's own characters."""

    a: Span
    b: Span


@dataclass(frozen=True, slots=True)
class Copy:
    """Two reports that share text. `containment` is the larger of the two shares.

    `share_a` is how much of a's text (in five-word runs) stands in b too, `share_b` the reverse: a
    short wire in a long story has 1.0 and 0.2.
    """

    a: str
    b: str
    share_a: float
    share_b: float
    passages: tuple[Passage, ...]

    @property
    def containment(self) -> float:
        """The larger share: a long story swallows a short wire."""
        return max(self.share_a, self.share_b)


@dataclass(frozen=True, slots=True)
class Utterance:
    """One act of saying, and the attributions of all the reports that carry it.

    `speaker` is the fullest name, `said` what all reports together say about when. `grounds` say
    why each attribution after the first is the same act.
    """

    id: str
    speaker: str
    actor: Actor | None
    said: When | None
    quotation: Quotation
    attributions: tuple[AttributionRef, ...]
    grounds: tuple[Ground, ...] = ()


JoinBound = Literal["both", "at_least"]


@dataclass(frozen=True, slots=True)
class Join:
    """Two sources counted as one: in both bounds, or only in `at_least` (they may be one).

    `id` stands for the two sources and the rule, so that a person's undoing of it lasts. `entry` is
    the judgement where a person joined them.
    """

    id: str
    a: str
    b: str
    bound: JoinBound
    ground: Ground
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a line of say-so ends: a source that can be told apart, and the claims on it.

    `kind` is a SourceKind, "voice" (a report's own) or "cycle" (reports that cite each other).
    `may_be` says in words that it may be one already counted; never a person's name.
    """

    id: str
    name: str
    kind: str
    named: bool
    actor: Actor | None
    claims: tuple[ClaimRef, ...]
    chain: tuple[str, ...]
    spots: tuple[Spot, ...]
    may_be: str | None = None


@dataclass(frozen=True, slots=True)
class OriginCount:
    """The interval of origins of one claim group, with all that it rests on.

    Three numbers stand together: reports, distinct texts, origins. `denials` are the origins of the
    denial, `withdrawn` claims that their speaker took back: both are shown and not counted.
    """

    at_least: int
    at_most: int
    reports: int
    texts: int
    origins: tuple[Origin, ...]
    denials: tuple[Origin, ...]
    withdrawn: tuple[ClaimRef, ...]
    joins: tuple[Join, ...]
    words: str


@dataclass(frozen=True, slots=True)
class EventCount:
    """The origins of one thing that an incident's claims tell: its capture, apart from its death.

    `event` is its type, `state` the state that it left people in, where it leaves one.
    """

    event: str
    state: str | None
    origins: OriginCount


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure as somebody stated it: what is compared, and what a policy's cell rests on.

    `low`, `best`, `high` are what the words bound; `from_` and `to` the fuzzy ends for comparing
    (lexicon/hedges.toml). `said` falls back on the report's date.
    """

    ref: ClaimRef
    figure: str
    counts: Counts
    of: str
    people: str | None
    scope: Scope
    speaker: str
    speaker_name: str
    said: When | None
    low: float | None
    best: float | None
    high: float | None
    from_: float | None
    to: float | None
    spot: Spot
    vague: str | None = None
    correction: bool = False


Verdict = Literal["agrees", "growth", "revision", "differs", "disagreement", "not_comparable"]
# What makes one figure of many (linking/figures/policies.py); lists show the first.
Policy = Literal["most_recent", "lowest", "highest", "ucdp", "acled", "majority"]
POLICY_NAMES: tuple[Policy, ...] = get_args(Policy)
LIST_POLICY: Policy = POLICY_NAMES[0]


@dataclass(frozen=True, slots=True)
class FigureComparison:
    """Two statements side by side and what can be said of them; nothing is averaged.

    "differs" reads *differs, growth not excluded*.
    """

    a: Statement
    b: Statement
    verdict: Verdict
    words: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What a named policy makes of the statements of one measure, and the claims it rests on."""

    measure: Counts
    policy: str
    low: float | None
    best: float | None
    high: float | None
    claims: tuple[ClaimRef, ...]


@dataclass(frozen=True, slots=True)
class State:
    """What had become of the people of an incident: one step of it, and who says so.

    `state` is a word ("captured", "missing", "wounded", "released", "found", "dead"), `count` how
    many people as their words bound it (`bound`), None where none is told. `when` it came about,
    `said` when that was first told; `refs` and `spots` are the claims and the words that say so.
    """

    state: str
    count: float | None
    bound: Bound | None
    when: When | None
    said: When | None
    refs: tuple[ClaimRef, ...]
    spots: tuple[Spot, ...]

    @property
    def words(self) -> str:
        """The state for people: "5 dead", "at least 45 dead"; one person's is the word alone."""
        if self.count is None or (self.count == 1 and self.bound in (None, "exact")):
            return self.state
        hedges: Mapping[Bound | None, str] = {
            "above": "at least ", "below": "up to ", "about": "about "
        }  # fmt: skip
        return f"{hedges.get(self.bound, '')}{self.count:,.0f} {self.state}"


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the work list: what would raise this, and why."""

    kind: str
    words: str
    refs: tuple[ClaimRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Grounds:
    """What is computed for a grade, never the grade: the Admiralty grades excluded, and why.

    `excluded` maps a grade ("1" … "5") to the reason in words.
    """

    excluded: Mapping[str, str]
    parties: tuple[str, ...]
    tasks: tuple[Task, ...]


class Postings(Protocol):
    """Lists of who holds a key, by which linking asks for candidates instead of going pair by pair.

    The ledger keeps them in a table (list, key, item), `linking/index.py` in memory. `list_` names
    the list ("marks" for fingerprints of text, others for blocks of incidents).
    """

    def post(self, list_: str, item: str, keys: Iterable[int]) -> None:
        """Enter an item under keys; entering it twice changes nothing."""

    def find(self, list_: str, keys: Iterable[int]) -> Mapping[str, int]:
        """The items that hold any of the keys, with how many of them each holds.

        A key that very many hold (boilerplate) may be passed over.
        """


@functools.lru_cache(1 << 15, typed=True)  # linking asks for the same ones over and over
def key_of(*parts: str | float | None) -> int:
    """A stable key of 63 bits for `Postings`, the same on every machine; fits a signed column."""
    code = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()
    return int.from_bytes(hashlib.blake2b(code, digest_size=8).digest()) >> 1
