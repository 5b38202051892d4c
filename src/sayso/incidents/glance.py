"""What a list shows of an incident at a glance: figures by speaker, who speaks, what to look at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, get_args

from sayso.incidents.figures import stated_in
from sayso.incidents.lines import Basis, Line
from sayso.linking.figures.compare import compare_all
from sayso.linking.figures.policies import last_words
from sayso.linking.figures.stated import order_of
from sayso.linking.grounds import find_grounds
from sayso.record import Attribution, Event, words_of
from sayso.record.links import ClaimRef, FigureComparison, OriginCount, Statement
from sayso.record.reading import Counts

MOST = 24  # figures that a row keeps; a list shows the first few
ACTORS = 6
# "nearly 3,000 North Korean soldiers", "at least 100 of the men": an actor is who, not how many
_COUNTED = re.compile(r"^(?:[A-Za-z]+ ){0,2}[0-9][0-9,.]* (?:of (?:the |its |their )?)?(?=[^ ])")

Flag = Literal["disagreement", "differs", "denied", "only_parties", "one_origin", "withdrawn"]
FLAGS: tuple[Flag, ...] = get_args(Flag)
_ORDER = {counts: n for n, counts in enumerate(get_args(Counts))}


def glance_at(basis: Basis, count: OriginCount) -> Line:
    """The last figure of each speaker and measure, the speakers, who denies, and the flags."""
    statements = stated_in(basis, basis.standing_refs(count.withdrawn))
    texts = {id_: reading.report.text for id_, reading in basis.readings.items()}
    comparisons = compare_all(statements, texts)
    return {
        "stated": [_stated(s, texts) for s in _newest_words(statements)[:MOST]],
        "speakers": [o.name for o in count.origins],
        "denials": [o.name for o in count.denials],
        "flags": list(_flags(basis, count, comparisons)),
        "actors": _actors(basis),
        "least": _least(basis),
    }


def _actors(basis: Basis) -> list[dict[str, Any]]:
    """Who takes part in the incident's events, those most told of first, civilians without names.

    Of whom neither country nor kind is known is a person or a crowd, not an actor of a data set.
    """
    told: dict[tuple[str | None, str | None], list[tuple[str, str]]] = {}
    for event in _events(basis):
        for each in event.participants:
            who = each.actor
            if who is not None and (who.kind or who.country):
                name = "civilians" if who.kind == "civilians" else _COUNTED.sub("", who.name)
                told.setdefault((who.country, who.kind), []).append((each.role, name))
    most = sorted(told, key=lambda k: (-len(told[k]), tuple(map(str, k))))[:ACTORS]
    return [
        {
            "name": min({name for _, name in told[c, k]}, key=lambda n: (len(n), n)),
            "country": c,
            "kind": k,
            "role": Counter(sorted(role for role, _ in told[c, k])).most_common(1)[0][0],
        }
        for c, k in most
    ]


def _least(basis: Basis) -> dict[str, float]:
    """The lowest scores of what the row was read from: claims, events, their times and places."""
    events = list(_events(basis))
    times = {(t.start, t.end): t.score for r in basis.readings.values() for t in r.times}
    scores: dict[str, list[float | None]] = {
        "claim": [a.score for a in _attributions(basis)],
        "event": [e.score for e in events],
        "time": [times.get((e.time.start, e.time.end)) for e in events if e.time],
        "place": [e.place.score for e in events if e.place],
    }
    held = {what: [s for s in some if s is not None] for what, some in scores.items()}
    return {what: round(min(some), 2) for what, some in held.items() if some}


def _events(basis: Basis) -> Iterator[Event]:
    """The incident's events of claims that stand, each once."""
    of = basis.events
    refs = set(basis.not_rejected)
    for report, reading in basis.readings.items():
        told = {e for c in reading.claims if ClaimRef(report, c.id) in refs for e in c.events}
        wanted = told & set(of.get(report, ()))
        yield from (e for e in reading.events if e.id in wanted)


def _attributions(basis: Basis) -> Iterator[Attribution]:
    refs = set(basis.not_rejected)
    for report, reading in basis.readings.items():
        told = {c.attribution for c in reading.claims if ClaimRef(report, c.id) in refs}
        yield from (a for a in reading.attributions if a.id in told)


def _newest_words(statements: Iterable[Statement]) -> list[Statement]:
    """The last word of each speaker, tolls first, then the newest.

    *Five people were killed, two of them children* is five.
    """
    newest = sorted(last_words(statements), key=order_of, reverse=True)
    return sorted(newest, key=lambda s: _ORDER[s.counts])


def _stated(s: Statement, texts: dict[str, str]) -> dict[str, Any]:
    return {
        "counts": s.counts,
        "words": words_of(texts[s.ref.report], s.spot.spans),
        "speaker": s.speaker_name,
        "low": s.low, "best": s.best, "high": s.high,
        "said": s.said.start if s.said else None,
        "correction": s.correction,
    }  # fmt: skip


def _flags(
    basis: Basis, count: OriginCount, comparisons: Sequence[FigureComparison]
) -> Iterator[Flag]:
    """What a person should look at first."""
    verdicts = {c.verdict for c in comparisons}
    grounds = find_grounds(basis.readings.values(), basis.not_rejected, count, comparisons)
    holds: dict[Flag, bool] = {
        "disagreement": "disagreement" in verdicts,
        "differs": "differs" in verdicts,
        "denied": bool(count.denials),
        "only_parties": any(t.kind == "parties" for t in grounds.tasks),
        "one_origin": count.at_most == 1,
        "withdrawn": bool(count.withdrawn),
    }
    return (flag for flag in FLAGS if holds[flag])
