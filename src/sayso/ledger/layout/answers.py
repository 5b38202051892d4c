"""What the ledger answers. Handles: r12 a report, c13.4 a claim, m13.0 a mention, e15 an entry.

They are numbers given out in order, functions of no text, so that they may outlive an erasure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from sayso.errors import NotInLedgerError
from sayso.record.marking import Marking

T = TypeVar("T")
HANDLE = re.compile(r"([rcem])(\d{1,18})(?:\.(\d{1,9}))?")
PARTS = "cm"  # of a reading: c13.4, m13.0
Status = Literal["new", "same", "version", "older", "reread"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one reading: new, same (nothing changed), version (of a page), or reread.

    `older` is a version that was published before `previous`, which is held and stays current.
    `marking` is what holds on it now, where it was added with one: a laxer one changes nothing.
    """

    name: str
    report: str
    report_id: str
    status: Status
    previous: str | None = None
    claims: int = 0
    masked: int = 0
    lapsed: tuple[str, ...] = ()  # decisions about claims that are not read any more
    marking: Marking | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Rows in order, and the cursor of the next ones, None at the end."""

    rows: tuple[T, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement that holds: who decided what, when, why."""

    entry: str
    action: str
    target: str
    by: str
    at: str
    reason: str
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """A count as stated, under the claim that states it."""

    claim: str
    n: int
    figure_id: str
    words: str
    low: float | None
    best: float | None
    high: float | None
    bound: str
    counts: str
    of: str
    scope: str


@dataclass(frozen=True, slots=True)
class ReportAnswer:
    """A report as the ledger knows it, without its text."""

    report: str
    report_id: str
    name: str
    title: str | None
    publisher: str | None
    credit: str | None
    url: str | None
    published: dict[str, Any] | None
    version: int
    previous: str | None
    learnt: str
    marking: Marking = "clear"  # how widely it may be passed on


@dataclass(frozen=True, slots=True)
class ClaimAnswer:
    """A claim with all that it stands on, names hidden where they must be."""

    claim: str
    claim_id: str
    report: ReportAnswer
    content: str
    spans: list[list[int]]
    certainty: str
    polarity: str
    chain: list[dict[str, Any]]
    quotation: str | None
    said: dict[str, Any] | None
    events: list[dict[str, Any]]
    figures: tuple[FigureAnswer, ...]
    learnt: str
    judgements: tuple[Judged, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceTie:
    """What a person said of two sources: `join`, they are one; `split`, they are not.

    `name` is what the one is called that was joined or split off, `from_name` the other.
    """

    entry: str
    action: Literal["join", "split"]
    key: str
    name: str
    from_key: str
    from_name: str
    by: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """Who speaks: a name, kind and country, in how many reports, with how many claims.

    `first` is when the first of these reports was out, `aliases` what it is called in some of the
    latest, `joined` the keys of others that people joined with it: they count here. `ties` are what
    people said of whom it is one with, and whom not.
    """

    key: str
    name: str
    kind: str
    named: bool
    country: str | None
    reports: int
    claims: int
    first: str
    aliases: tuple[str, ...] = ()
    grade: str = "F"  # cannot be judged, until a person grades it
    judgements: tuple[Judged, ...] = ()
    joined: tuple[str, ...] = ()
    ties: tuple[SourceTie, ...] = ()


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident in a list: as `sayso link` prints it, with its states, and the ledger's id.

    `handles` are its reports (r12), `reports` their names, of which two may be alike. `counted` is
    how many of them figures and origins were last made of; a large incident's are made anew when it
    has grown by a fifth, and whenever it is asked for by its id. `stated` is the last figure of
    each speaker and measure, `speakers` are its origins, `denials` those of the denial, `flags`
    what to look at: disagreement, differs, denied, only_parties, one_origin, withdrawn. `actors`
    are those most told of, with the role in which they are; `least` the lowest scores of what the
    row was read from: claim, event, time, place, and join, by which its least fitting report was
    placed. `corrected` are the cells that a person set, each with the entry.
    """

    incident: str
    state: list[str]
    reports: list[str]
    main: list[str]
    type: str | None
    time: dict[str, Any] | None
    place: dict[str, Any] | None
    figures: dict[str, dict[str, list[float | None]]]
    origins: list[int]
    texts: int
    counted: int
    changed: str
    handles: list[str]
    stated: list[dict[str, Any]] = field(default_factory=list)
    speakers: list[str] = field(default_factory=list)
    denials: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    actors: list[dict[str, Any]] = field(default_factory=list)
    least: dict[str, float] = field(default_factory=dict)
    corrected: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Exported:
    """What left the ledger before: when, by whom, in which format, under a name with this hash."""

    entry: str
    at: str
    by: str
    format: str
    name_sha256: str
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that `verify` found: which entry or row, and what is wrong with it."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did, and where the ledger cannot reach."""

    entries: tuple[str, ...]
    reports: tuple[str, ...]
    left: tuple[str, ...] = ()
    exported: tuple[Exported, ...] = ()


def is_claim(target: str) -> bool:
    """True of a claim's handle; the key of a source may begin alike, `c.j. north|person|`."""
    return bool((found := HANDLE.fullmatch(target)) and found[1] == "c" and found[3])


def written_out(name: str) -> str:
    """A handle as the ledger writes it, by which judgements are found: `r04` and `r٤` are r4.

    What is no handle (an incident's id, a source's key) stays.
    """
    found = HANDLE.fullmatch(name)
    if found is None:
        return name
    kind, number, part = found.groups()
    return f"{kind}{int(number)}" if part is None else f"{kind}{int(number)}.{int(part)}"


def parse_handle(handle: str, kinds: str) -> tuple[int, int | None]:
    """The numbers in a handle; raises NotInLedgerError where it is none of these kinds."""
    found = HANDLE.fullmatch(handle)
    if not found or found[1] not in kinds or (found[1] in PARTS) is not (found[3] is not None):
        raise NotInLedgerError(f"{handle!r} is no handle here", "r12 is a report, c13.4 a claim")
    return int(found[2]), int(found[3]) if found[3] else None
