"""Which hop stands within which, who is cited, and which findings are one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sayso.reading.attribution.clauses import QUOTES, agent_of, phrase, verb_group
from sayso.reading.attribution.hops import Hop, Scene, find_around

if TYPE_CHECKING:
    from spacy.tokens import Token

_CITING = {"cite", "quote"}
_FIRST_PERSON = {"i", "we", "me", "us", "myself", "ourselves"}
_WHOLE = 0.6  # of a content is a wish, else it is one thing of several that are told
# "rejecting a charge by the council, which said that …": who refuses words does not carry them
_REFUSES = {"reject", "dismiss", "deny", "dispute", "condemn"}
_SAME_AS_SPEAKER = {"i", "we", "he", "she", "they", "it"}


def keep_one_a_cue(hops: list[Hop]) -> list[Hop]:
    """One hop a cue word, the rule that came first; in text order."""
    kept: dict[tuple[int, int], Hop] = {}
    taken: set[int] = set()
    for hop in hops:
        key = (hop.verb.i, hop.content[0].start if hop.rule == "quotation alone" else -1)
        if hop.rule != "quotation alone" and hop.verb.i in taken:
            continue
        if key not in kept:
            kept[key] = hop
            if hop.rule != "quotation alone":
                taken.add(hop.verb.i)
    return sorted(kept.values(), key=lambda h: (h.content[0].start, -h.size, h.verb.i))


def pass_on_speakers(hops: list[Hop]) -> None:
    """A participle speaks for the act of saying before it in its sentence.

    In "The unit fled, a source told the agency, adding that …" the parser gives `adding` the unit.
    """
    # the outermost of each sentence
    leading: defaultdict[int, list[Hop]] = defaultdict(list)
    for hop, around in zip(hops, find_around(hops), strict=True):
        if not any(other is not hop for other in around):
            leading[hop.verb.sent.start].append(hop)
    for hop in hops:
        if not hop.inherited or hop.verb.tag_ != "VBG" or hop.verb.dep_ == "acl":
            continue
        if hop.verb.dep_ == "pcomp" and hop.verb.head.lower_ == "as":
            continue  # "quoted Holm as saying": Holm's
        before = [
            h
            for h in leading[hop.verb.sent.start]
            if h.speaker is not None and h.verb.i < hop.verb.i and not h.covers(hop.verb.idx)
        ]
        if before:
            nearest = max(before, key=lambda h: h.verb.i)
            hop.speaker, hop.source = nearest.speaker, nearest.source


def nest(scene: Scene, hops: list[Hop]) -> list[Hop]:
    """The hops with `outer` set to the smallest content that holds their cue.

    A speaker who quotes themselves ("As I said", "we can say") adds no hop, nor does a belief
    within a content: that is certainty.
    """
    for hop, around in zip(hops, find_around(hops), strict=True):
        able = [
            other
            for other in around
            if other is not hop
            and other.says
            and not (other.rule == "announce" and other.verb.lemma_ in _REFUSES)
            and not (hop.covers(other.verb.idx) and other.size <= hop.size)
        ]
        hop.outer = min(able, key=lambda o: o.size, default=None)
    inner: defaultdict[int, list[Hop]] = defaultdict(list)
    for hop in hops:
        inner[id(hop.outer)].append(hop)
    kept = []
    for hop in hops:
        if hop.outer is None or not _adds_nothing(scene, hop):
            kept.append(hop)
            continue
        for other in inner[id(hop)]:
            other.outer = hop.outer
        inner[id(hop.outer)] += inner.pop(id(hop))
    return kept


def _adds_nothing(scene: Scene, hop: Hop) -> bool:
    kind = scene.cues.verbs.get(hop.verb.lemma_.lower())
    if kind == "belief" or not hop.says:
        return True
    speaker = hop.speaker
    if speaker is None:
        return hop.rule != "passive"
    outer = hop.outer
    assert outer is not None  # noqa: S101 - for the type checker; the caller looked
    if speaker.lower_ in _FIRST_PERSON:
        return True
    inside_quote = scene.quote_at(hop.verb) is not None
    if inside_quote and hop.rule in ("will", "describe", "announce", "quantity"):
        return True
    if kind == "will" and (speaker.lower_ in _SAME_AS_SPEAKER or hop.size < outer.size * _WHOLE):
        return True  # "she said the clinic had asked for guards, and that nobody came"
    return outer.speaker is not None and (
        speaker.i == outer.speaker.i
        or (speaker.lower_ in _SAME_AS_SPEAKER and not inside_quote and speaker.pos_ == "PRON")
    )


def find_cited(scene: Scene, hops: list[Hop]) -> list[Hop]:
    """A hop for each source that a speaker cites: `X, citing C, said Y` is [X, C]."""
    found = []
    spoken: defaultdict[int, list[Hop]] = defaultdict(list)
    for hop in hops:
        if hop.says:
            spoken[hop.verb.sent.start].append(hop)
    for token in scene.parse.tokens:
        cited = _cited_by(token)
        if cited is None or not (scene.is_speaker(cited) or scene.is_evidence(cited)):
            continue
        host = _host(token, spoken[token.sent.start])
        if host is None:
            continue
        found.append(
            Hop("citing", token, [token], cited, _cited(cited), list(host.content), outer=host)
        )
    return found


def _cited(head: Token) -> list[Token]:
    """Who is cited, whole: "citing images from a firm" hangs the firm on `citing`."""
    words = phrase(head)
    after = head.doc[words[-1].i + 1 : words[-1].i + 2]
    for token in after:
        if token.pos_ == "ADP" and token.head == head.head and token.lower_ in _ISSUED_BY:
            words += [t for t in token.subtree if t.i > words[-1].i and not t.is_punct]
    return words


_ISSUED_BY = {"from", "by", "of", "in", "at"}


def _cited_by(token: Token) -> Token | None:
    """Who is cited by a word: "citing X", "on the authority of X"."""
    if token.lemma_ in _CITING and _is_aside(token):
        return next((c for c in token.children if c.dep_ == "dobj"), None)
    if token.lower_ == "authority" and token.dep_ == "pobj" and token.head.lower_ == "on":
        of = next((c for c in token.children if c.dep_ == "prep" and c.lower_ == "of"), token)
        return next((c for c in of.children if c.dep_ == "pobj"), None)
    return None


def _is_aside(token: Token) -> bool:
    """True for "citing X" and the clause of "the station, which cited X, said"."""
    if token.tag_ == "VBG":
        return True
    relative = next((c for c in token.children if c.dep_ == "nsubj"), None)
    clause = token.dep_ == "relcl" and token.tag_ in ("VBD", "VBZ", "VBP")
    return clause and relative is not None and relative.lower_ in ("which", "who")


def find_carried(hops: list[Hop]) -> list[Hop]:
    """A hop for each outlet that carries a speaker: `A, quoted by B, said Y` is [B, A]."""
    found = []
    by_verb: dict[int, list[Hop]] = {}
    for hop in hops:
        by_verb.setdefault(hop.verb.i, []).append(hop)
    for hop in hops:
        if hop.speaker is None or hop.outer is not None:
            continue
        if hop.verb.dep_ == "pcomp" and hop.verb.head.head.lemma_ in QUOTES:
            found += _quoting_outlet(hop, by_verb.get(hop.verb.head.head.i, []))
            continue
        for child in hop.speaker.children:
            outlet = agent_of(child) if child.lemma_ in _CITING and child.tag_ == "VBN" else None
            if outlet is None:
                continue
            hop.source = [t for t in hop.source if t.i < child.left_edge.i] or hop.source
            while hop.source[-1].is_punct:
                hop.source.pop()
            hop.clause = []
            carrier = Hop("carried", child, [child], outlet, phrase(outlet), list(hop.content))
            hop.outer = carrier
            found.append(carrier)
    return found


def _quoting_outlet(hop: Hop, same_cue: list[Hop]) -> list[Hop]:
    """The outlet of "A quoted B as saying", "B was quoted by A as saying", as the outer hop."""
    quoting = hop.verb.head.head
    outlet = agent_of(quoting) or next((c for c in quoting.children if c.dep_ == "nsubj"), None)
    same = next((h for h in same_cue if h is not hop), None)
    if outlet is None or outlet == hop.speaker:
        return []
    if same is not None:
        same.speaker, same.source, same.content = outlet, phrase(outlet), list(hop.content)
        hop.outer = same
        return []
    carrier = Hop("carried", quoting, verb_group(quoting), outlet, phrase(outlet), [*hop.content])
    hop.outer = carrier
    return [carrier]


def _host(token: Token, same_sentence: list[Hop]) -> Hop | None:
    """The act of saying that a participle hangs on: its head's, else its sentence's nearest."""
    for hop in same_sentence:
        if hop.verb.i == token.head.i:
            return hop
    outermost = [h for h in same_sentence if h.outer is None] or same_sentence
    return min(outermost, key=lambda h: abs(h.verb.i - token.i), default=None)
