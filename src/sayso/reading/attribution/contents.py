"""How far a content reaches: the clause of a cue, its sentence, its quotation, the next cue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sayso.reading.attribution.clauses import own_subject

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.reading.attribution.hops import Scene

_TERMINAL = ".!?"
_NEAR = 9  # tokens between a cue and the "that" of its clause, where the parse is broken


def is_cue(scene: Scene, verb: Token) -> bool:
    """True for a word that can be a reporting, believing or willing verb here."""
    if verb.pos_ not in ("VERB", "AUX") or verb.lemma_.lower() not in scene.cues.verbs:
        return False
    # "the reported attack", "an alleged spy": adjectives
    return verb.dep_ not in ("amod", "compound")


def sentence_limit(token: Token, scene: Scene) -> tuple[int, int]:
    """First token of the sentence, and one past its last word; a quotation's marks bound too."""
    sent = token.sent
    start, end = sent.start, sent.end
    tokens = token.doc
    while end > start and (tokens[end - 1].is_space or tokens[end - 1].text in _TERMINAL):
        end -= 1
    quote = scene.quote_at(token)
    if quote is not None:
        while start < token.i and tokens[start].idx < quote.inner.start:
            start += 1
        while end > token.i + 1 and tokens[end - 1].idx >= quote.inner.end:
            end -= 1
        while end > start and tokens[end - 1].text in _TERMINAL:
            end -= 1
    return start, end


def before_outer(scene: Scene, verb: Token, limit: int) -> int:
    """Where the words of a later speaker begin: "It was learned from X that Y, | Z said"."""
    for above in verb.ancestors:
        if verb.i < above.i < limit and is_cue(scene, above):
            subject = own_subject(above)
            first = subject.left_edge.i if subject is not None else above.i
            return min(limit, above.i, first if first > verb.i else above.i)
    return limit


def complement_of(verb: Token, *, after: bool) -> Token | None:
    """The reported clause's head, to the right or left of the cue."""
    for child in verb.children:
        if (child.i > verb.i) != after:
            continue
        if child.dep_ in ("ccomp", "csubj"):
            return child
        # "did not say if anyone was hurt": the parser takes the question for a condition
        if child.dep_ == "advcl" and child.left_edge.i == verb.i + 1 and child.left_edge.lower_ in (
            "if", "whether",
        ):  # fmt: skip
            return child
    return None


def that_after(verb: Token, limit: int) -> int | None:
    """The index of a "that" or "whether" that opens a clause near the cue, for broken parses."""
    tokens = verb.doc
    for i in range(verb.i + 1, min(limit, verb.i + _NEAR)):
        if tokens[i].lower_ in ("that", "whether") and tokens[i].pos_ == "SCONJ":
            return i
        if tokens[i].is_punct and tokens[i].text != '"':
            return None
    return None


def bound(scene: Scene, verb: Token, clause: Token | None, begin: int, limit: int) -> int:
    """One past the last token of a content that begins at `begin`.

    The next cue of the same speaker ends it (", adding that"), and so does "according to".
    """
    if clause is None:
        return stop_at(scene, verb, begin, limit)
    tokens = verb.doc
    end = clause.right_edge.i + 1
    for child in verb.children:
        if child.i >= end and (_concedes(scene, child) or _is_wanted_too(child)):
            end = child.right_edge.i + 1
    end = min(end, limit)
    # a clause does not end before its own verb: "that the man | caught alive has died"
    if end < limit and tokens[end].pos_ in ("AUX", "VERB") and not is_cue(scene, tokens[end]):
        end = limit
    if end < limit and (_trails(tokens[end:limit]) or _is_elliptic(tokens[end:limit])):
        end = limit
    return stop_at(scene, verb, begin, end)


def _concedes(scene: Scene, clause: Token) -> bool:
    """True for a clause hung on the cue that belongs to what is said: "said that A, though B"."""
    marked = any(c.dep_ == "mark" for c in clause.children)
    return clause.dep_ == "advcl" and marked and not is_cue(scene, clause)


def _is_wanted_too(clause: Token) -> bool:
    """True for the second of two wishes: "wants the troops to leave and the envoy sent home"."""
    if clause.dep_ != "conj" or clause.tag_ not in ("VB", "VBN"):
        return False
    return own_subject(clause) is not None and not any(c.dep_ == "aux" for c in clause.children)


def _trails(rest: Iterable[Token]) -> bool:
    """True for the verbless tail of a list that the parser cut off: ", and two from the guard"."""
    words = [t for t in rest if not t.is_punct]
    return (
        bool(words)
        and words[0].dep_ == "cc"
        and not any(t.pos_ in ("VERB", "AUX") and t.dep_ not in ("amod", "acl") for t in words)
    )


def _is_elliptic(rest: Iterable[Token]) -> bool:
    """True for clauses that only the content can complete: ", one had died and one was missing"."""
    words = [t for t in rest if not t.is_punct and t.dep_ != "cc"]
    return len(words) > 1 and words[0].lower_ in _PARTS and words[1].pos_ in ("AUX", "VERB", "ADV")


_PARTS = {"one", "two", "three", "four", "another", "others", "some", "both", "many", "several"}


def stop_at(scene: Scene, verb: Token, begin: int, end: int) -> int:
    """Where a content stops before `end`: at the speaker's next cue, or at another source."""
    tokens = verb.doc
    for i in range(begin + 1, end):
        token, before = tokens[i], tokens[i - 1]
        if token.lower_ == "according" and (before.text == "," or i > begin + 2):
            if i <= begin + 2 and tokens[begin].lower_ == "that":
                continue  # "said that, according to its observers, Y": who told the speaker
            return i
        if token.tag_ == "VBG" and token.lemma_ == "cite" and before.text != ",":
            return i
        if token.tag_ == "VBG" and before.text == "," and scene.quote_at(token) is None:
            if is_cue(scene, token) or token.lemma_ in ("cite", "quote"):
                return i - 1
        elif (before.text == "," or before.dep_ == "cc") and _speaks_on(scene, token, verb):
            return i - 1
    return end


def _speaks_on(scene: Scene, token: Token, verb: Token) -> bool:
    """True where another act of saying is joined: ", while a nurse put it at ten", "and added"."""
    if token.nbor(-1).text == ",":
        return _sets_against(scene, token)
    return _is_next_cue(scene, token, verb)


def _sets_against(scene: Scene, token: Token) -> bool:
    """True for the while of "said six had died, while a nurse put the toll at ten"."""
    if token.lower_ not in _AGAINST or token.dep_ != "mark" or scene.quote_at(token) is not None:
        return False
    clause = token.head
    subject = own_subject(clause)
    if subject is None or subject.pos_ == "PRON" or not scene.is_speaker(subject):
        return False
    return is_cue(scene, clause) or clause.lemma_.lower() in scene.cues.objects["quantity"]


_AGAINST = {"while", "whereas", "whilst"}


def _is_next_cue(scene: Scene, token: Token, verb: Token) -> bool:
    """True for the second cue of "said that A and added that B"."""
    joined = token.dep_ == "conj" and token.head.i == verb.i
    return joined and token.tag_ != "VB" and is_cue(scene, token)
