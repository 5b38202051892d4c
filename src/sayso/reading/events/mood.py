"""Whether an event is said to have happened: negated, or only possible, planned or wished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.lexicon.telling import load_telling
from sayso.reading.parsing.contrast import is_contrast

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOT = frozenset({"no", "not", "n't", "never", "neither", "nor", "none", "nobody", "without"})
_MODALS = frozenset({
    "would", "could", "may", "might", "should", "must", "can", "will", "'ll", "wo", "'d", "shall",
    "ca", "cannot",
})  # fmt: skip
_AFTER = frozenset({"after", "following", "since", "over", "during", "despite", "amid"})
_WITHIN = frozenset({"in", "by", "at", "from"})
_THE = frozenset({"the", "this", "that", "these", "those"})
_IF = frozenset({"if", "unless", "whether", "until", "lest"})
# What is said in a clause below is not negated with it: "did not say that X" leaves X open.
_SAYING_EDGES = frozenset({"ccomp", "relcl", "advcl", "parataxis"})


def is_negated(head: Token) -> bool:
    """True for "was not captured", "no deaths", "denied attacking", "without killing", "unhurt"."""
    if head.lower_ in load_telling().unharmed:
        return True
    token = head
    while True:
        if any(
            c.dep_ == "neg" or c.lower_ in _NOT
            for c in token.children if c.dep_ != "conj" and not is_contrast(c)
        ):  # fmt: skip
            return True
        if token.i == head.i and any(holds_no(c) for c in token.children):
            return True
        above = token.head
        if _is_past(head, token) or _is_within(head, token):
            return False
        if above.i == token.i or token.dep_ in _SAYING_EDGES | {"conj"}:
            return token.dep_ == "conj" and above.pos_ != "VERB" and holds_no(above)
        if (
            token.dep_ in {"dobj", "xcomp", "pcomp"}
            and above.lemma_.lower() in load_telling().denying
        ):
            return True
        if above.lower_ == "without":
            return True
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"xcomp", "pcomp"}:
            return False
        token = above


def holds_no(token: Token) -> bool:
    """True for an argument with no one in it: "not a single life", "none of the crew"."""
    if token.dep_ not in {"nsubj", "nsubjpass", "dobj", "attr", "pobj", "det", "preconj"}:
        return False
    return token.lower_ in _NOT or any(
        c.lower_ in _NOT for c in token.children if c.dep_ in {"det", "neg", "advmod", "preconj"}
    )


def is_hypothetical(head: Token) -> bool:
    """True for what has not happened: "may attack", "plans to withdraw", "if troops leave"."""
    token = head
    while True:
        for child in token.children:
            if child.dep_ == "aux" and child.lower_ in _MODALS:
                return True
            if child.dep_ == "mark" and child.lower_ in _IF:
                return True
            if child.tag_ == "TO" and token.dep_ in {"acl", "advcl"}:  # "the right to attack"
                return True
        above = token.head
        if _is_past(head, token):
            return False
        if above.i == token.i or token.dep_ in {"conj", "parataxis"}:
            return False
        if (
            token.dep_ in {"xcomp", "ccomp", "dobj", "acl"}
            and above.lemma_.lower() in load_telling().unreal
        ):
            return True
        if token.dep_ in {"ccomp", "relcl", "advcl"}:
            return False
        token = above


def _is_past(event: Token, at: Token) -> bool:
    """True for a noun that tells of what took place before what is only wished or denied.

    "They will go on strike after the killing of a judge", "he rejected the murder of a priest".
    """
    if event.pos_ not in {"NOUN", "PROPN"} or at.pos_ in {"VERB", "AUX"}:
        return False
    if at.i != event.i and at.dep_ not in {"prep", "conj"}:
        return False
    above = at.head
    if at.dep_ == "pobj":
        return above.lower_ in _AFTER and _is_definite(event)
    return (
        at.dep_ == "dobj"
        and above.lemma_.lower() in load_telling().aftermath
        and _is_definite(event)
    )


def _is_within(event: Token, at: Token) -> bool:
    """True for what took place though something in it did not: "nobody was hurt in the strike"."""
    is_noun = event.i == at.i and event.pos_ in {"NOUN", "PROPN"}
    if not (is_noun and at.dep_ == "pobj" and _is_definite(event)):
        return False
    return at.head.lower_ in _WITHIN and at.head.head.pos_ == "VERB"


def _is_definite(noun: Token) -> bool:
    """True for "the murder of", "this attack", "his death"."""
    return any(
        c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in _THE) or c.lower_ == "of"
        for c in noun.children
    )
