"""When the words were said: the date on a cue, or the one that a speaker goes on under."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

from sayso.record import Time, When

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.reading.attribution.hops import Hop, Scene
    from sayso.reading.attribution.sources import Person

_REACH = 3  # paragraphs over which a speaker goes on under one date
_DATED = {"minute", "hour", "day", "week", "month", "quarter", "season", "year"}


def find_speech_times(
    scene: Scene,
    hops: list[Hop],
    times: list[Time],
    people: dict[int, Person],
    akin: Callable[[Hop, Hop], bool],
) -> dict[int, When]:
    """When each outermost hop spoke, by the hop's identity, where the text tells.

    `akin` tells whether two hops of different speakers are one institution on one matter ("Later
    on Friday the ministry announced X." followed by `"X," its service said.`).
    """
    dated: defaultdict[int, list[Time]] = defaultdict(list)  # by sentence
    for time in times:
        if time.start and time.precision in _DATED and time.basis != "event":
            dated[scene.parse.token_at(time.span[0].start).sent.start].append(time)
    said: dict[int, When] = {}
    last: Hop | None = None
    last_of: dict[int, Hop] = {}  # of each speaker
    for hop in hops:
        if hop.outer is not None:
            continue
        own = _own_time(scene, hop, dated[hop.verb.sent.start])
        speaker = people.get(id(hop))
        if own is not None:
            said[id(hop)] = own
        elif not _speaks_before(hop):
            own_last = last_of.get(id(speaker)) if speaker is not None else None
            earlier = _goes_on_from(scene, hop, last, own_last, said, akin)
            if earlier is not None:
                said[id(hop)] = said[id(earlier)]
        last = hop
        if speaker is not None:
            last_of[id(speaker)] = hop
    return said


def _own_time(scene: Scene, hop: Hop, times: list[Time]) -> When | None:
    found: list[tuple[int, Time]] = []
    for time in times:
        span = time.span[0]
        token = scene.parse.token_at(span.start)
        after_cue = token.i == hop.cue[-1].i + 1
        hangs = _hangs_on(token, hop.verb)
        # "described the raid in March as a crime": between object and "as", but of the verb
        between = hangs and hop.rule in ("describe", "blame")
        if any(t.i == token.i for t in hop.source):
            continue
        if hop.covers(span.start) and not (after_cue or between):
            continue
        if after_cue or hangs or _leads(token, hop):
            found.append((abs(token.i - hop.verb.i), time))
    if not found:
        return None
    time = min(found, key=lambda pair: pair[0])[1]
    return When(time.start, time.end, time.precision, time.basis)


def _hangs_on(token: Token, verb: Token) -> bool:
    """True where the first verb above a time is the cue."""
    for above in token.ancestors:
        if above.i == verb.i:
            return True
        if above.pos_ in ("VERB", "AUX"):
            return False
    return False


def _leads(token: Token, hop: Hop) -> bool:
    """True for a time that opens a cue's sentence ("On Friday, in a note, the office said")."""
    sentence = hop.verb.sent
    first = min([hop.verb.i, *(t.i for t in hop.source)])
    between = list(sentence.doc[token.i : first]) if token.i < first else []
    opening = token.i - sentence.start <= 3  # "Later on", "Late on", "In early"
    return bool(opening and len(between)) and not any(
        t.pos_ in ("VERB", "AUX") and t.dep_ not in ("acl", "amod", "pcomp") for t in between
    )


def _speaks_before(hop: Hop) -> bool:
    """True for what was said before the rest: "had previously put", "earlier said"."""
    words = {c.lower_ for c in hop.verb.children} | {t.lower_ for t in hop.cue}
    return bool(words & {"previously", "earlier", "had", "once", "before", "already"})


def _goes_on_from(
    scene: Scene,
    hop: Hop,
    last: Hop | None,
    own_last: Hop | None,
    said: dict[int, When],
    akin: Callable[[Hop, Hop], bool],
) -> Hop | None:
    """The dated act of saying that this one goes on: its speaker's last, or a kin's just before."""
    flow = scene.parse.flow
    here = flow.paragraph_index(hop.verb.idx)
    for earlier in (last, own_last):
        if earlier is None or id(earlier) not in said or _speaks_before(earlier):
            continue
        distance = here - flow.paragraph_index(earlier.verb.idx)
        if earlier is own_last and distance <= _REACH:
            return earlier
        if earlier is not own_last and distance <= 1 and akin(hop, earlier):
            return earlier
    return None
