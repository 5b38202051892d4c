"""Who may say what a cue says, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.attribution.clauses import noun_before, own_subject, phrase, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.reading.attribution.hops import Scene

TELLS = frozenset({"tell", "inform", "brief", "assure", "remind", "warn", "notify", "advise"})
NOBODY = frozenset({"no", "nobody", "none", "neither"})
_SHOWS = {"show", "depict", "demonstrate", "prove"}
# things do these too: "the delay suggests that", "the search found that"
_THINGS_DO = {
    "suggest",
    "indicate",
    "imply",
    "reveal",
    "find",
    "document",
    "detail",
    "rule",
    "mean",
    "signal",
    "note",
    "mention",
    "record",
    "conclude",
    "publish",
    "charge",
    "commit",
    "guarantee",
    "quote",
    "respond",
    "answer",
    "continue",
    "agree",
    "advise",
    "observe",
    "establish",
}
_SAYS = {"stated", "confirmed", "purported", "denied"}


def speaker_of(verb: Token) -> tuple[Token | None, list[Token], bool]:
    """(head, phrase, inherited) of who says what a verb says; (None, [], False) for nobody."""
    own = own_subject(verb)
    head = own if own is not None and own.dep_ != "expl" else subject_of(verb)
    if head is None or head.dep_ == "expl":
        head = noun_before(verb) if own is None else None
        if head is None:
            return None, [], False
        return head, phrase(head), False
    if head.lower_ in ("who", "which", "that", "whom") and head.head.dep_ == "relcl":
        head = head.head.head
    return head, _name_after_clause(head) or phrase(head), own is None


def _name_after_clause(head: Token) -> list[Token]:
    """The name that follows a clause: "A surgeon who treated the guests, Ada Holm, said"."""
    clause = next((c for c in head.children if c.dep_ == "relcl"), None)
    names = [c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN"]
    return phrase(names[0]) if clause is not None and names and names[0].i > clause.i else []


def may_speak(scene: Scene, verb: Token, head: Token | None) -> bool:
    """True where the subject can be the speaker of this verb: evidence shows, it does not vow."""
    if head is None or head.left_edge.lower_ in NOBODY:
        return False  # "no group has said that it did this" is the report's own voice
    lemma = verb.lemma_.lower()
    if lemma in _SHOWS:
        # "footage shows"; "a photo showing" describes the photo
        return scene.is_evidence(head) and verb.tag_ != "VBG"
    if scene.is_speaker(head):
        return True
    if scene.is_evidence(head):
        return lemma in scene.cues.evidence_verbs
    # "the pathologist testified that": no list holds all who speak
    return head.pos_ == "NOUN" and scene.cues.verbs.get(lemma) in _SAYS and lemma not in _THINGS_DO


def addressee(verb: Token) -> list[Token]:
    """Whom the words were said to: "told AFP", "said to reporters"."""
    for child in verb.children:
        if child.i < verb.i:
            continue
        if child.dep_ in ("dative", "dobj") and verb.lemma_ in TELLS:
            nouns = [n for n in child.children if n.dep_ == "pobj"] if child.pos_ == "ADP" else []
            return phrase(nouns[0] if nouns else child)
        if child.dep_ == "prep" and child.lower_ == "to" and verb.lemma_ != "according":
            nouns = [n for n in child.children if n.dep_ == "pobj"]
            if nouns:
                return phrase(nouns[0])
    return []


def is_bare(verb: Token) -> bool:
    """True for an infinitive: "to deny them victory" says nothing of anybody."""
    return verb.tag_ == "VB" and not any(
        c.dep_ == "aux" and c.lower_ != "to" for c in verb.children
    )


def claimant_of(scene: Scene, verb: Token) -> tuple[Token | None, bool]:
    """The speaker of an active verb and whether it is inherited; (None, False) where none fits."""
    head = own_subject(verb)
    inherited = head is None
    if head is None:
        head = subject_of(verb)
    elif head.lower_ in ("who", "which", "that") and verb.dep_ == "relcl":
        head = verb.head
    if head is None or head.dep_ == "expl" or head.left_edge.lower_ in NOBODY:
        return None, False
    if scene.is_speaker(head) or scene.is_evidence(head):
        return head, inherited
    return None, False
