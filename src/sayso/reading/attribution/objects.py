"""What is claimed as an object: blame, description, a denial of the attack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.reading.attribution.clauses import (
    agent_of,
    is_passive,
    own_subject,
    phrase,
    verb_group,
)
from sayso.reading.attribution.contents import sentence_limit, stop_at
from sayso.reading.attribution.hops import Hop, Scene
from sayso.reading.attribution.speakers import claimant_of, is_bare

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.record import Span

_BLAME_PREPOSITIONS = {"for", "of", "to", "on", "in", "with", "behind", "responsible"}


def find_object_hops(scene: Scene) -> Iterator[Hop]:
    """A hop for each verb whose object is what is claimed, and each noun that holds a statement."""
    for token in scene.parse.tokens:
        if (
            token.pos_ == "VERB"
            and token.dep_ not in ("amod", "compound")
            and (not is_bare(token) or _seems_to(token))
        ):
            hop = (
                _blame(scene, token)
                or _describe(scene, token)
                or _announce(scene, token)
                or _show(scene, token)
            )
            if hop is not None:
                yield hop
        elif token.pos_ == "NOUN" and token.lemma_.lower() in scene.cues.statement_nouns:
            hop = _noun(scene, token)
            if hop is not None:
                yield hop


def _object_of(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ in ("dobj", "oprd", "attr") and child.i > verb.i:
            return child
    return None


def _piece(scene: Scene, verb: Token, begin: int) -> Span | None:
    """The content from an object on, over the phrases that hang on the verb after it."""
    _, limit = sentence_limit(verb, scene)
    end = begin
    for child in verb.children:
        right = child.right_edge.i + 1
        if child.i > verb.i and child.dep_ in (
            "dobj", "prep", "dative", "oprd", "attr", "xcomp", "acomp", "ccomp",
        ):  # fmt: skip
            end = max(end, right)
    tokens = verb.doc
    if end < limit and tokens[end].pos_ in ("AUX", "VERB"):
        end = limit  # "announced the new region, to be called X, would …": a clause after all
    return scene.stretch(begin, stop_at(scene, verb, begin, min(end, limit)))


def _hop(
    rule: str,
    verb: Token,
    head: Token | None,
    content: list[Span],
    *,
    inherited: bool = False,
) -> Hop | None:
    if not content:
        return None
    source = phrase(head) if head is not None else []
    return Hop(rule, verb, verb_group(verb), head, source, content, inherited=inherited, score=0.65)


def _passive_pieces(scene: Scene, verb: Token) -> list[Span]:
    """Subject and what follows of a passive: "The attack | to the rebels" (was attributed)."""
    subject = own_subject(verb)
    pieces: list[Span | None] = []
    if subject is not None:
        words = phrase(subject)
        pieces.append(scene.stretch(words[0].i, words[-1].i + 1))
    elif verb.dep_ == "acl":
        words = [t for t in phrase(verb.head) if t.i < verb.i]
        if words:
            pieces.append(scene.stretch(words[0].i, words[-1].i + 1))
    rest = [
        c
        for c in verb.children
        if c.i > verb.i
        and c.dep_ in ("prep", "oprd", "xcomp", "attr", "dative")
        and c.lower_ not in ("by", "on", "in", "at", "during", "since", "after")
    ]
    if rest:
        pieces.append(scene.stretch(rest[0].left_edge.i, rest[-1].right_edge.i + 1))
    return [p for p in pieces if p]


def _blame(scene: Scene, verb: Token) -> Hop | None:
    """`X blamed Y for Z`, `Z was attributed to Y (by X)`, `X accused Y of Z`."""
    if verb.lemma_.lower() not in scene.cues.objects["blame"]:
        return None
    target = _object_of(verb)
    # "accuse the guards of theft": the parser hangs "of" on the verb or on the guards
    hung = [*verb.children, *(target.children if target is not None else ())]
    prepositions = [
        c
        for c in hung
        if c.dep_ in ("prep", "dative") and c.lower_ in _BLAME_PREPOSITIONS and c.i > verb.i
    ]
    if not prepositions or (verb.lemma_ == "hold" and not _holds_responsible(verb)):
        return None
    if is_passive(verb):
        if own_subject(verb) is None and verb.dep_ != "acl":
            return None
        if verb.lemma_ in ("suspect", "charge", "hold", "credit", "implicate", "accuse"):
            return None  # "two men accused of theft" are described, nobody is quoted
        return _hop("blame", verb, agent_of(verb), _passive_pieces(scene, verb))
    head, inherited = claimant_of(scene, verb)
    if target is None or head is None:
        return None
    piece = _piece(scene, verb, target.left_edge.i)
    return _hop("blame", verb, head, [piece] if piece else [], inherited=inherited)


def _holds_responsible(verb: Token) -> bool:
    return any(t.lower_ in ("responsible", "accountable") for t in verb.subtree)


def _describe(scene: Scene, verb: Token) -> Hop | None:
    """`X described Y as Z`, `X called Y Z`, `Y was identified as Z by X`."""
    lemma = verb.lemma_.lower()
    if lemma not in scene.cues.objects["describe"]:
        return None
    as_phrase = any(c.dep_ == "prep" and c.lower_ == "as" for c in verb.children)
    if is_passive(verb):
        agent = agent_of(verb)
        if not as_phrase or agent is None:
            return None
        return _hop("describe", verb, agent, _passive_pieces(scene, verb))
    head, inherited = claimant_of(scene, verb)
    named = any(c.dep_ in ("oprd", "ccomp", "attr") and c.i > verb.i for c in verb.children)
    if head is None or not (
        as_phrase
        or (named and lemma in ("call", "label", "brand", "dub", "term"))
        or (lemma == "describe" and _object_or_clause(verb))
    ):
        return None
    first = min(
        (
            c.left_edge.i
            for c in verb.children
            if c.i > verb.i and c.dep_ in ("dobj", "ccomp", "oprd", "attr", "xcomp", "prep")
        ),
        default=None,
    )
    piece = _piece(scene, verb, first) if first is not None else None
    return _hop("describe", verb, head, [piece] if piece else [], inherited=inherited)


def _object_or_clause(verb: Token) -> bool:
    return any(c.dep_ in ("dobj", "xcomp", "ccomp") and c.i > verb.i for c in verb.children)


def _announce(scene: Scene, verb: Token) -> Hop | None:
    """`X claimed responsibility`, `X announced a plan to …`, `Y was claimed by X`."""
    lemma = verb.lemma_.lower()
    if lemma not in scene.cues.objects["announce"]:
        return None
    if any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.children):
        return None
    if is_passive(verb):
        agent = agent_of(verb)
        if agent is None or not (scene.is_speaker(agent) or scene.is_evidence(agent)):
            return None
        if lemma in ("provide", "release", "publish", "order", "cite", "mention"):
            return None
        return _hop("announce", verb, agent, _passive_pieces(scene, verb))
    target = _object_of(verb)
    head, inherited = claimant_of(scene, verb)
    if target is None or head is None or (target.pos_ == "PRON" and not _is_said(target, lemma)):
        return None
    if lemma in (
        "claim",
        "threaten",
        "release",
        "provide",
        "publish",
        "order",
        "call",
        "cite",
    ) and (
        target.lemma_.lower()
        not in (
            "responsibility",
            "attack",
            "bombing",
            "credit",
            "involvement",
            "death",
            "strike",
            "victory",
            "withdrawal",
            "offensive",
        )
    ):
        return None
    piece = _piece(scene, verb, target.left_edge.i)
    return _hop("announce", verb, head, [piece] if piece else [], inherited=inherited)


# "The company rejects this.": what was said just before
_TAKES_STAND = {"reject", "deny", "dismiss", "dispute", "confirm", "condemn"}


def _is_said(pronoun: Token, lemma: str) -> bool:
    return lemma in _TAKES_STAND and pronoun.lower_ in ("this", "that", "it")


def _show(scene: Scene, verb: Token) -> Hop | None:
    """`Footage shows two ships on fire`: evidence speaks; "a photo showing" describes the photo."""
    head = own_subject(verb) or (own_subject(verb.head) if _seems_to(verb) else None)
    target = _object_of(verb)
    if verb.lemma_ not in ("show", "depict", "reveal") or verb.tag_ == "VBG" or is_passive(verb):
        return None
    if head is None or target is None or not scene.is_evidence(head):
        return None
    piece = _piece(scene, verb, target.left_edge.i)
    return _hop("show", verb, head, [piece] if piece else [])


def _seems_to(verb: Token) -> bool:
    """True for "images appear to show"."""
    return verb.dep_ == "xcomp" and verb.head.lemma_ in ("appear", "seem")


def _noun(scene: Scene, noun: Token) -> Hop | None:
    """`X's claim that Y`, `a report by X that Y`, `assurances from X that Y`."""
    clause = next(
        (
            c
            for c in noun.children
            if c.dep_ in ("acl", "ccomp", "relcl")
            and c.i > noun.i
            and any(m.lower_ == "that" and m.dep_ == "mark" for m in c.children)
        ),
        None,
    )
    if clause is None:
        return None
    owner = None
    for child in noun.children:
        if child.dep_ == "poss":
            owner = child
        elif child.dep_ == "prep" and child.lower_ in ("by", "from", "of"):
            owner = next((n for n in child.children if n.dep_ == "pobj"), owner)
    if owner is None:
        return None
    source = [t for t in phrase(owner) if t.dep_ != "case"]
    piece = scene.stretch(clause.left_edge.i, clause.right_edge.i + 1)
    if piece is None or not source:
        return None
    return Hop("noun", noun, [noun], owner, source, [piece], score=0.6)
