"""How sure a claim is by the words of its source, and the words that signal it.

FactBank's scale is the map (CT, PR, PS, U with polarity); the rulings are gold/GUIDE.md's. It is
the certainty of the innermost source, never sayso's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sayso.reading.attribution.clauses import own_subject
from sayso.reading.attribution.refuted import find_own_error
from sayso.reading.parsing.contrast import is_contrast
from sayso.record import Certainty, Event, Polarity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from sayso.reading.attribution.hops import Hop, Scene
    from sayso.reading.claims.units import Unit

_MODALS = {"may", "might", "could", "can"}
_ACTS = {"carry", "conduct", "launch", "attack", "target", "strike", "fire", "kill", "do"}
_SEEMING: dict[str, Certainty] = {
    "appear": "probable", "seem": "probable", "believe": "probable", "think": "probable",
    "expect": "probable", "presume": "probable", "suspect": "possible",
}  # fmt: skip
_OWNED = {
    "responsibility",
    "attack",
    "bombing",
    "strike",
    "killing",
    "raid",
    "operation",
    "assault",
}
_COMPARED = {"fewer", "less", "more", "longer", "later", "only"}
_NEGATIVES = {"no", "not", "n't", "none", "never"}
_ADVICE = {"can", "could", "must", "should", "may", "might"}  # "must not" denies nothing
_WITHHELD = {"stated", "confirmed", "denied"}
_WITHHOLDS = {"refuse", "decline", "unable", "fail", "unwilling", "reluctant", "have", "able"}
_CONDITION = {"without", "unless", "until"}


class Finding(NamedTuple):
    """A certainty and the words that signal it (none where nothing does)."""

    certainty: Certainty
    polarity: Polarity
    cue: tuple[Span, ...]


def judge(scene: Scene, unit: Unit, hop: Hop | None, events: list[Event]) -> Finding:
    """The certainty of one unit under its hop (None for the report's own voice).

    The order: what the report takes back, what is not known, what is denied, what is owned or
    confirmed, what is kept at a distance, then how sure the words of the content are.
    """
    tokens = [t for span in unit.spans for t in scene.parse.tokens_of(span)]
    if hop is not None and hop.rule == "citing" and hop.outer is not None:
        # "the police, citing the clinic, denied that …": what is said is a denial
        hop = hop.outer if _kind(scene, hop.outer) == "denied" else hop
    return (
        _corrected(scene, tokens, hop)
        or _unknown(scene, unit, tokens, hop)
        or _denied(scene, unit, tokens, hop, events)
        or _owned(hop, events, tokens)
        or _distanced(scene, tokens, hop)
        or _confirmed(scene, tokens, hop)
        or _hedged(scene, unit, tokens, hop)
        or Finding("stated", "positive", ())
    )


def is_guarded(scene: Scene, tokens: list[Token]) -> bool:
    """True for a statement without an event that is guarded: `was reportedly paid`, `not known`."""
    if _phrase(scene.cues.unknown_phrases, tokens) is not None:
        return True
    return any(
        scene.cues.adverbs.get(t.lower_) == "purported" and t.head.pos_ in ("VERB", "AUX")
        for t in tokens
    )


def _span(token: Token) -> tuple[Span, ...]:
    return (Span(token.idx, token.idx + len(token)),)


def _kind(scene: Scene, hop: Hop) -> str | None:
    return scene.cues.verbs.get(hop.verb.lemma_.lower())


def _noun_kind(scene: Scene, hop: Hop) -> str | None:
    """What a noun makes of the statement that it holds: "the denial that …"."""
    is_noun = hop.verb.pos_ == "NOUN"
    return scene.cues.noun_kinds.get(hop.verb.lemma_) if is_noun else None


def _corrected(scene: Scene, tokens: list[Token], hop: Hop | None) -> Finding | None:
    """What the report takes back: `An earlier version of this report said that 90 had died`."""
    told = find_own_error(scene, tokens if hop is None else hop.named or hop.source)
    return Finding("denied", "negative", (told,)) if told is not None else None


def _unknown(scene: Scene, unit: Unit, tokens: list[Token], hop: Hop | None) -> Finding | None:
    """`It was not known where …`, `did not say whether …`, `questions remain`."""
    if hop is not None and _is_negated(hop.verb) and hop.verb.lemma_ in (
        "say", "mention", "specify", "disclose", "reveal", "elaborate", "comment", "state",
    ):  # fmt: skip
        return Finding("unknown", "positive", _span(hop.verb))
    if hop is not None and is_withheld(hop.verb) and _kind(scene, hop) in _WITHHELD:
        return Finding("unknown", "positive", _span(hop.verb))
    found = _phrase(scene.cues.unknown_phrases, tokens)
    if found is None and unit.head is not None:  # "it could not confirm reports that …"
        inside = {t.i for t in tokens}
        verbs = (v for v in _chain(unit.head) if v.i in inside and is_withheld(v))
        found = next((_span(v) for v in verbs if _leaves_open(scene, v)), None)
    if found is not None:
        return Finding("unknown", "positive", found)
    return None


def _leaves_open(scene: Scene, verb: Token) -> bool:
    """True for the verb of "could not confirm it", "neither would say whether anyone was hurt"."""
    kind = scene.cues.verbs.get(verb.lemma_)
    asks = any(t.lower_ in ("whether", "if") for c in verb.children for t in c.children)
    return kind == "confirmed" or (kind == "stated" and asks)


def is_withheld(verb: Token) -> bool:
    """True for a cue that did not happen: `refused to confirm`, `could not verify`.

    Also `neither confirmed nor denied`, `has yet to confirm`, `was unable to confirm`.
    """
    subject = own_subject(verb)
    nobody = subject is not None and subject.left_edge.lower_ in ("neither", "nobody", "none")
    if _is_negated(verb) or nobody:
        return True
    if any(c.lower_ in ("neither", "never", "nor") for c in verb.children):
        return True
    above = verb.head
    if verb.dep_ == "xcomp" and above.i != verb.i:
        return above.lemma_.lower() in _WITHHOLDS or any(c.lower_ == "yet" for c in above.children)
    return (
        verb.dep_ == "conj"
        and above.i != verb.i
        and any(c.lower_ == "neither" for c in above.children)
    )


def _phrase(
    phrases: dict[str, list[tuple[str, ...]]], tokens: list[Token]
) -> tuple[Span, ...] | None:
    """The span of the first phrase that stands in the tokens, by word or lemma."""
    for i, token in enumerate(tokens):
        word = "not" if token.lower_ == "n't" else token.lower_
        for words in (*phrases.get(word, ()), *phrases.get(token.lemma_, ())):
            run = tokens[i : i + len(words)]
            if len(run) == len(words) and all(
                w in (t.lower_, t.lemma_) for w, t in zip(words[1:], run[1:], strict=True)
            ):
                return (Span(token.idx, run[-1].idx + len(run[-1])),)
    return None


def _is_negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


def _denied(
    scene: Scene, unit: Unit, tokens: list[Token], hop: Hop | None, events: list[Event]
) -> Finding | None:
    """The cue denies, or the content's own clause says that it is not so."""
    if hop is not None and _kind(scene, hop) == "purported" and is_withheld(hop.verb):
        return Finding("denied", "negative", _span(hop.verb))  # "has not claimed responsibility"
    if hop is not None and "denied" in (_kind(scene, hop), _noun_kind(scene, hop)):
        return Finding("denied", "negative", _span(hop.verb))
    head = unit.head
    false = _called_false(scene, tokens) if hop is not None else None
    if hop is not None and hop.false is not None:
        return Finding("denied", "negative", _span(hop.false))
    if false is not None:  # "was not a lie" denies nothing
        return None if _is_negated(false.head) else Finding("denied", "negative", _span(false))
    if head is None or any(t.lower_ in _CONDITION for t in tokens):
        return None
    negation = next(iter(_negations(head)), None)
    if negation is None and events and all(e.negated for e in events):
        negation = next((t for t in tokens if t.lower_ in _NEGATIVES), None)
    advised = any(c.tag_ == "MD" and c.lower_ in _ADVICE for c in head.children)
    if negation is None or advised:
        return None
    if not events and hop is None:
        return None  # "the road is not long": no claim of the report's
    return Finding("denied", "negative", _span(negation))


def _called_false(scene: Scene, tokens: list[Token]) -> Token | None:
    """The word of "reports of a raid were false, and the road was open"."""
    words = scene.cues.false
    return next(
        (t for t in tokens if t.lemma_.lower() in words and t.dep_ in ("acomp", "attr")), None
    )


def _negations(head: Token) -> Iterator[Token]:
    """The words that negate a clause: its verb's, or `no` and `not a single` on its arguments."""
    for child in head.children:
        if child.dep_ == "neg" and not is_contrast(child):
            yield child
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr"):
            if child.lower_ in ("none", "nobody", "nothing"):
                yield child
            first = child.left_edge  # "no plan", "not one shot", "neither side"
            more = first.doc[first.i + 1].lower_ if first.i + 1 < len(first.doc) else ""
            # "no fewer than 50 people" denies nothing
            if first.lower_ in ("no", "not", "neither") and more not in _COMPARED:
                yield first


def _owned(hop: Hop | None, events: list[Event], tokens: list[Token]) -> Finding | None:
    """A party owns its act: `claimed responsibility`, `it had carried out the attack`."""
    if hop is None or is_withheld(hop.verb):
        return None
    owns = any(e.type == "responsibility" for e in events)
    if hop.rule == "announce" and hop.verb.lemma_ in ("claim", "take", "accept", "admit"):
        if owns or any(t.lemma_.lower() in _OWNED for t in tokens):
            return Finding("confirmed", "positive", _span(hop.verb))
    elif owns and hop.speaker is not None:
        act = next((t.head for t in tokens if _is_own_act(t)), None)
        return Finding("confirmed", "positive", _span(act)) if act is not None else None
    return None


def _is_own_act(subject: Token) -> bool:
    """True for the pronoun of a speaker who acts: `it had carried out`."""
    return (
        subject.dep_ == "nsubj"
        and subject.lower_ in ("it", "they", "we", "he", "she", "i")
        and subject.head.lemma_ in _ACTS
    )


def _distanced(scene: Scene, tokens: list[Token], hop: Hop | None) -> Finding | None:
    """Allegedly, claimed, and an outer hop with distance (ruling 2)."""
    for token in tokens:
        if scene.cues.adverbs.get(token.lower_) == "purported":
            return Finding("purported", "positive", _span(token))
    at: Hop | None = hop
    while at is not None:
        if _kind(scene, at) == "purported" or _noun_kind(scene, at) == "purported":
            return Finding("purported", "positive", _span(at.verb))
        for child in at.verb.children:
            if scene.cues.adverbs.get(child.lower_) == "purported":
                return Finding("purported", "positive", _span(child))
        at = at.outer
    for token in tokens:
        if token.dep_ == "amod" and scene.cues.adjectives.get(token.lower_) == "purported":
            return Finding("purported", "positive", _span(token))
    return None


def _confirmed(scene: Scene, tokens: list[Token], hop: Hop | None) -> Finding | None:
    if hop is not None and _kind(scene, hop) == "confirmed":
        return Finding("confirmed", "positive", _span(hop.verb))
    for token in tokens:
        if token.lower_ in ("confirmed", "verified") and token.dep_ in ("amod", "ROOT", "ccomp"):
            return Finding("confirmed", "positive", _span(token))
    return None


def _hedged(scene: Scene, unit: Unit, tokens: list[Token], hop: Hop | None) -> Finding | None:
    """may, could, likely, suspected, believed: the words of the content, or a weak cue."""
    if unit.head is not None:
        for verb in _chain(unit.head):
            found = _modal(scene, verb) or _seeming(verb)
            if found is not None:
                return found
    for token in tokens:
        kind = scene.cues.adverbs.get(token.lower_)
        if kind in ("probable", "possible") and _modifies_the_clause(token):
            return Finding(kind, "positive", _span(token))
    return _weak_cue(scene, hop) if hop is not None else None


def _modal(scene: Scene, verb: Token) -> Finding | None:
    """`may have fled`; not `could not have fled`, nor `we can say`, which doubts nothing."""
    if verb.lemma_ in scene.cues.verbs or _is_negated(verb):
        return None
    for child in verb.children:
        if child.dep_ == "aux" and child.lower_ in _MODALS:
            return Finding("possible", "positive", _span(child))
    return None


def _seeming(verb: Token) -> Finding | None:
    """`appeared to`, `is believed to`, `was suspected of`; not `had appeared in videos`."""
    kind = _SEEMING.get(verb.lemma_.lower())
    if kind is None:
        return None
    if verb.lemma_ in ("appear", "seem") and not any(
        c.dep_ in ("xcomp", "acomp", "oprd", "ccomp") for c in verb.children
    ):
        return None
    return Finding(kind, "positive", _span(verb))


def _modifies_the_clause(word: Token) -> bool:
    """True for `probably fled` and `suspected militants`; `perhaps within a month` doubts less."""
    if word.lower_ == "likely" and word.i and word.nbor(-1).lower_ in ("most", "very"):
        return True  # had "most likely" struck: the marks mislead the parser
    if word.dep_ == "advmod":
        return word.head.pos_ in ("VERB", "AUX")
    return word.dep_ in ("acomp", "amod", "attr") and word.tag_ != "MD"


def _weak_cue(scene: Scene, hop: Hop) -> Finding | None:
    kind = scene.cues.verbs.get(hop.verb.lemma_.lower())
    if kind == "possible":
        return Finding("possible", "positive", _span(hop.verb))
    if kind in ("probable", "belief"):
        return Finding("probable", "positive", _span(hop.verb))
    return None


def _chain(head: Token) -> Iterator[Token]:
    """A clause's verb, its complement verbs, and those coordinated with a subject of their own."""
    yield head
    for child in head.children:
        if child.pos_ not in ("VERB", "AUX"):
            continue
        if child.dep_ in ("xcomp", "ccomp") or (child.dep_ == "conj" and own_subject(child)):
            yield child
