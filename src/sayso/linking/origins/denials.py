"""Who says that it is not so: lines that deny what others tell, and denials in a bare word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sayso.linking.origins.joins import Joined
from sayso.linking.origins.named import chain_of, fullest, kind_of
from sayso.linking.speakers.lines import CAUSES, Line, node_of
from sayso.record import Attribution, Reading, make_id, words_of
from sayso.record.links import ClaimRef, Origin

_DENIES = re.compile(
    r"(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:es?|ed|ing)"
    r"|rebut(?:s|ted)?|disput(?:es?|ed|ing)|repudiat(?:es?|ed))\b",
    re.IGNORECASE,
)
# "rejected the accusation", "denied the army's account", "dismissed all such reports", "denied it"
_WHAT_WAS_TOLD = re.compile(
    r"\s*(?:(?:it|this|that|them|these|those)(?=[\s.,;!?\"”]|$)"
    r"|(?:[\w.-]+(?:['’]s?)?\s+){0,5}?(?:accusation|allegation|claim|charge|report|account|version"
    r"|story|stories|rumou?r|suggestion|assertion|involvement|responsibility)s?\b(?!['’]))",
    re.IGNORECASE,
)
_NEAR = 120  # characters in which what is denied is named


def find_denying(lines: Sequence[Line], held: Mapping[str, Reading]) -> list[Line]:
    """The lines that deny what others affirm, with those that only a bare word tells.

    *He denied that officers had beaten the man* denies no capture. *The ministry denied striking a
    ferry in Oda* denies the strike on a ferry, though no event is read in it; *the front rejected
    the accusation* denies what its report has just told.
    """
    speaking = {line.ref.report for line in lines if line.tells}
    denying = [x for x in lines if x.stance == "denies" and not x.hops[0].is_voice]
    affirming = [x for x in lines if x.stance == "affirms"]
    told = [_words_of(x, held) for x in affirming if x.families & CAUSES]
    families = frozenset().union(*(x.families for x in affirming))
    found = [
        line
        for line in denying
        if (_is_of(line.families, families) if line.tells else line.ref.report not in speaking)
        or _points_back(line, held[line.ref.report])
        or any(_denies_this(_words_of(line, held), words) for words in told)
    ]
    return [*found, *_bare(lines, held)]


def _is_of(denied: frozenset[str], told: frozenset[str]) -> bool:
    """True where families of events meet; one cause is another's word for it."""
    return not told or bool(denied & told) or bool(denied & CAUSES and told & CAUSES)


def _points_back(line: Line, reading: Reading) -> bool:
    """True where a claim denies what was told before it: *denied it*, *the report was false*."""
    claim = next((c for c in reading.claims if c.id == line.ref.claim), None)
    own = next((a for a in reading.attributions if claim and a.id == claim.attribution), None)
    if line.tells or claim is None or own is None:
        return False
    text = reading.report.text
    return _denies_what_was_told(text, own) or (
        _WHAT_WAS_TOLD.match(words_of(text, claim.content)) is not None
    )


def _denies_what_was_told(text: str, attribution: Attribution) -> bool:
    if not attribution.cue or not _DENIES.match(words_of(text, attribution.cue)):
        return False
    end = attribution.cue[-1].end
    return _WHAT_WAS_TOLD.match(text[end : end + _NEAR]) is not None


def _bare(lines: Sequence[Line], held: Mapping[str, Reading]) -> Iterator[Line]:
    """Denials that make no claim, of what a line before them tells: *the front rejected that*."""
    starts: dict[str, list[int]] = {}
    for line in lines:
        if line.tells and line.content:
            starts.setdefault(line.ref.report, []).append(line.content[0].start)
    for report, told in starts.items():
        reading = held[report]
        claimed = {c.attribution for c in reading.claims}
        others = [
            c.content[0].start for c in reading.claims
            if c.content and c.events and c.content[0].start not in told
        ]  # fmt: skip
        for each in reading.attributions:
            if each.id in claimed or not each.source or each.within is not None:
                continue
            at = each.cue[0].start if each.cue else 0
            before = max((s for s in told if s < at), default=None)
            other = max((s for s in others if s < at), default=-1)
            if (
                before is not None
                and before > other
                and _denies_what_was_told(reading.report.text, each)
            ):
                yield Line(
                    ClaimRef(report, ""), (node_of(reading, each),), each.said, "denies",
                    each.content, is_direct=False, families=frozenset(),
                )  # fmt: skip


_BLOWS = re.compile(
    r"^(?:strik|struck|attack|bomb|shell|hit|target|raid|assault|fire[ds]?$|firing)"
)
_SMALL = frozenset("that this with from have been were their they them when what into near".split())


def _words_of(line: Line, held: Mapping[str, Reading]) -> frozenset[str]:
    text = held[line.ref.report].report.text
    words = re.findall(r"\w+", words_of(text, line.content).casefold())
    return frozenset(w for w in words if len(w) > 2)


def _denies_this(denied: frozenset[str], told: frozenset[str]) -> bool:
    """True where both speak of a blow of one kind or another, and of the same thing or place."""
    blows = {w for words in (denied, told) for w in words if _BLOWS.match(w)}
    shared = {w for w in denied & told if len(w) > 3} - blows - _SMALL
    return bool(blows & denied and blows & told and shared)


def list_denials(
    joined: Joined, affirming: Sequence[Line], denying: Sequence[Line], held: Mapping[str, Reading]
) -> tuple[Origin, ...]:
    """The origins of the denial: sources that only deny, listed apart."""
    saying = {joined.head(n.id) for line in affirming for n in line.hops}
    only: dict[str, list[Line]] = {}
    for line in denying:
        head = joined.head(line.hops[-1].id)
        if head not in saying:
            only.setdefault(head, []).append(line)
    return tuple(_denial(lines, held) for _, lines in sorted(only.items()))


def _denial(lines: Sequence[Line], held: Mapping[str, Reading]) -> Origin:
    nodes = list({line.hops[-1].id: line.hops[-1] for line in lines}.values())
    best = fullest(nodes)
    return Origin(
        id=make_id("origin", *sorted(n.id for n in nodes)),
        name=best.who.name,
        kind=kind_of(best, held),
        named=best.who.is_told_apart,
        actor=best.who.actor,
        claims=tuple(line.ref for line in lines if line.ref.claim),
        chain=chain_of(lines[0], held),
        spots=tuple(spot for node in nodes for spot in node.spots),
    )
