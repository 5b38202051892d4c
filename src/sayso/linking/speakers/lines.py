"""Lines of say-so: for each claim of a group, the hops from the reader inwards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from sayso.lexicon.events import load_events
from sayso.lexicon.publishers import Publisher, find_by_name, wires_in
from sayso.linking.speakers.identity import Identity, find_organ, fold, identify, institution_words
from sayso.record import Attribution, Claim, Event, Reading, Report, Spans, When, words_of
from sayso.record.links import ClaimRef, Spot
from sayso.record.view import path_of

Stance = Literal["affirms", "denies", "leaves open"]
# Families of what others may call by another word of them: a strike, an explosion.
CAUSES = frozenset({"violence", "fight", "mishap", "unrest", "ground_taking"})


@dataclass(frozen=True, slots=True)
class Node:
    """A source in one report, or the report's own voice; where it stands in the text."""

    id: str
    report: str
    who: Identity
    spots: tuple[Spot, ...]
    is_voice: bool = False
    key: str = ""  # of a voice: whose it is

    @property
    def first(self) -> int:
        """Where the report first names it."""
        return min((s.start for spot in self.spots for s in spot.spans), default=0)


@dataclass(frozen=True, slots=True)
class Line:
    """One claim with its hops, outermost first; a report's own voice has its voice as only hop."""

    ref: ClaimRef
    hops: tuple[Node, ...]
    said: When | None
    stance: Stance
    content: Spans
    is_direct: bool
    families: frozenset[str] = frozenset({"other"})  # of what it says that happened
    around: frozenset[str] = frozenset()  # types of what it says that an incident stands in

    @property
    def tells(self) -> bool:
        """True where it says that something happened; another says nothing of the incident."""
        return bool(self.families)


def claims_about(
    readings: Iterable[Reading], types: Iterable[str], names: Iterable[str] = ()
) -> tuple[ClaimRef, ...]:
    """The claims with an event of one of the types (and, where given, of the reports so named).

    A denial whose event was not told is of the group too, where its report has no other claim in
    it: what else would a short report deny?
    """
    wanted, chosen = frozenset(types), frozenset(names)
    found: list[ClaimRef] = []
    for reading in readings:
        if chosen and reading.report.name not in chosen:
            continue
        typed = {e.id for e in reading.events if e.type in wanted and not e.hypothetical}
        own = [c for c in reading.claims if typed & set(c.events)]
        own = own or [c for c in reading.claims if _denies_by_word(c) and not c.events]
        found += [ClaimRef(reading.report.id, c.id) for c in own]
    return tuple(found)


def _denies_by_word(claim: Claim) -> bool:
    return claim.attribution is not None and claim.certainty == "denied"


def read_lines(readings: Mapping[str, Reading], group: Iterable[ClaimRef]) -> list[Line]:
    """The line of each claim of the group that is held; claims of other reports are passed over."""
    lines = []
    for ref in dict.fromkeys(group):
        reading = readings.get(ref.report)
        claim = next((c for c in reading.claims if c.id == ref.claim), None) if reading else None
        if reading is not None and claim is not None:
            lines.append(_line(reading, claim, ref))
    return lines


def _line(reading: Reading, claim: Claim, ref: ClaimRef) -> Line:
    path = path_of(reading, claim)
    spoken = tuple(node_of(reading, a) for a in path)
    hops = tuple(n for n in spoken if not _is_self(n, reading.report))
    hops = hops or (voice_of(reading.report, claim),)
    said = next((a.said for a in path if a.said), None)
    direct = any(a.quotation == "direct" for a in path)
    families, around = _families(reading, claim), _around(reading, claim)
    return Line(ref, hops, said, _stance(reading, claim), claim.content, direct, families, around)


# what goes on around an incident: "11,000 soldiers were sent" says nothing of who was captured
_AROUND = frozenset("deployment displacement support threat talks agreement sanction other".split())
_IF_TRUE = re.compile(
    r"\bif (?:(?:it|this|that|the report) (?:is|was|were|proves?) |it's )?"
    r"(?:true|confirmed|verified|accurate|correct)\b|^\W*if there (?:is|was|were)\b",
    re.IGNORECASE,
)


def _families(reading: Reading, claim: Claim) -> frozenset[str]:
    """The families of what a claim says that happened; *the capture, if true, ends* says nothing.

    With a tally counts only what has a day: *1,000 were killed in the last week of fighting*.
    """
    if _IF_TRUE.search(words_of(reading.report.text, claim.content)):
        return frozenset()
    own = [e for e in reading.events if e.id in claim.events and not e.hypothetical]
    tally = any(_is_tally(e) for e in own)
    told = [e for e in own if not _is_around(e) and not (tally and not _has_day(e))]
    types = load_events().types
    return frozenset(types[e.type].family if e.type in types else "other" for e in told)


def _around(reading: Reading, claim: Claim) -> frozenset[str]:
    events = (e for e in reading.events if e.id in claim.events and not e.hypothetical)
    return frozenset(e.type for e in events if _is_around(e))


def _is_around(event: Event) -> bool:
    """True for what an incident stands in: *the war that broke out in April* too."""
    coarse = event.time is not None and event.time.precision in ("month", "season", "year")
    return event.type in _AROUND or (event.type == "clash" and coarse)


def _is_tally(event: Event) -> bool:
    """True for losses that are counted over weeks or a war, and not in one incident."""
    return event.type == "casualties" and not _has_day(event)


def _has_day(event: Event) -> bool:
    return event.time is not None and event.time.precision in ("minute", "hour", "day")


def _is_self(node: Node, report: Report) -> bool:
    """True where a report speaks of itself: *the Ledger could not verify*, *this report said*."""
    name = fold(node.who.name)
    if re.search(r"\bthis (?:report|article|story|newspaper|paper)\b", name):
        return True
    own = fold(report.publisher or "").split()
    words = name.split()
    return bool(words) and words == own[-len(words) :] and node.who.form != "person"


def _stance(reading: Reading, claim: Claim) -> Stance:
    if claim.certainty == "denied" or claim.polarity == "negative":
        return "denies"
    events = [e for e in reading.events if e.id in claim.events]
    if events and all(e.negated for e in events):
        return "denies"
    return "leaves open" if claim.certainty == "unknown" else "affirms"


def node_of(reading: Reading, attribution: Attribution) -> Node:
    """Who makes an attribution, as a node of the graph."""
    report = reading.report.id
    source = next((s for s in reading.sources if s.id == attribution.source_id), None)
    own = source.id if source else attribution.id
    mentions = source.mentions if source else (attribution.cue,)
    spots = tuple(Spot(report, m) for m in mentions if m)
    return Node(f"{report}|{own}", report, identify(source), spots)


def agency_of(report: Report) -> Publisher | None:
    """The agency whose text a report is: credited, in the byline, `X via Y`, or its publisher."""
    _, _, via = (report.publisher or "").partition(" via ")
    for words in (report.credit, report.byline, via):
        wires = wires_in(words) if words else ()
        if len(wires) == 1:  # two agencies together are the desk's own work
            return wires[0]
    publisher = find_by_name(report.publisher) if report.publisher else None
    return publisher if publisher and publisher.is_wire else None


def names_of(report: Report) -> frozenset[str]:
    """The folded names of who publishes a report and of the agency that it carries."""
    agency = agency_of(report)
    names = [report.publisher or "", *(agency.names if agency else ())]
    return frozenset(fold(n) for n in names if n)


def institution_of(report: Report) -> Identity | None:
    """The institution that speaks where a report is its own page, None for a medium's."""
    name = report.publisher
    if not name:
        return None
    known = find_by_name(name)
    if known is not None and known.kind != "institution":
        return None
    organ = find_organ(name)
    papers = institution_words("names", "paper")
    if known is None and (organ is None or not papers.isdisjoint(fold(name).split())):
        return None
    country = known.country or None if known else None
    return Identity("institution", name, organ=organ, country=country, kind=None)


def voice_of(report: Report, claim: Claim) -> Node:
    """The voice of a report: its agency's, its publisher's, or nobody's but its own."""
    spots = (Spot(report.id, claim.content),)
    own = institution_of(report)
    if own is not None:
        return Node(f"{report.id}|voice", report.id, own, spots, key=fold(own.name))
    agency = agency_of(report)
    name = agency.name if agency else report.publisher or report.name
    key = fold(agency.name if agency else report.publisher or report.id)
    who = Identity("medium", name)
    return Node(f"{report.id}|voice", report.id, who, spots, is_voice=True, key=key)


def overlap(a: When | None, b: When | None) -> bool:
    """True where two times may be one; an unknown time may be any."""
    if a is None or b is None:
        return True
    start, end = max(a.start or "", b.start or ""), min(a.end or "9", b.end or "9")
    return start[:10] <= end[:10]
