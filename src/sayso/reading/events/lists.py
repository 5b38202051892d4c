"""Lists of people: who is named beside a noun, who along with it, and who among those it counts."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

_BESIDE = frozenset({"along", "together"})
_WITH = frozenset({"with", "to"})
_THEIRS = frozenset({"his", "her", "their", "its"})
_PLURAL = frozenset({"NNS", "NNPS"})


def conjuncts(token: Token) -> Iterator[Token]:
    """A token and those listed with it: "A, B and C", "A, a judge; her husband B; and two guards".

    What only says again who is meant is passed over: the judge is A.
    """
    stack = [token]
    while stack:
        token = stack.pop()
        yield token
        stack.extend(reversed(_listed_with(token)))


def _listed_with(token: Token) -> list[Token]:
    """The next members of a list, behind all that describes this one."""
    found: list[Token] = []
    if token.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}:
        found = companions(token)
    is_named, same = _is_name(token), [token]
    for noun in same:
        for child in noun.children:
            if child.dep_ == "conj":
                # "A, a judge and poet, and B": the parser hangs B on the judge, and the poet too
                if noun.i == token.i or _is_name(noun) or _is_someone(child):
                    found.append(child)
            elif child.dep_ != "appos":
                continue
            elif _has_number(child, token) or _goes_on(child) or (is_named and _is_name(child)):
                # "90 soldiers, 40 civilians and 3 guards": the parser has an apposition
                found.append(child)
            elif token.tag_ not in _PLURAL:
                same.append(child)
                is_named = is_named or _is_name(child)
    return found


def _is_name(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.ent_type_ == "PERSON"


def _has_number(*nouns: Token) -> bool:
    return all(n.tag_ == "CD" or any(c.dep_ == "nummod" for c in n.children) for n in nouns)


def _is_someone(noun: Token) -> bool:
    """True for who can't be another word for the one before: a name, "her son", "two guards"."""
    return _is_name(noun) or _has_number(noun) or _is_theirs(noun)


def _is_theirs(noun: Token) -> bool:
    return any(c.dep_ == "poss" and c.lower_ in _THEIRS for c in noun.children)


def _goes_on(noun: Token) -> bool:
    """True for the wife of "A, his wife, and two guards": a list goes on behind her."""
    return _is_theirs(noun) and any(c.dep_ in {"conj", "cc"} for c in noun.children)


def is_companion(prep: Token) -> bool:
    """True for the preposition of "along with", "together with", "in addition to"."""
    if prep.lower_ == "with":
        above = prep.nbor(-1).lower_ if prep.i else ""
        return above in _BESIDE
    if prep.lower_ == "in":
        return any(c.lower_ == "addition" for c in prep.children)
    return prep.lower_ in _BESIDE and any(c.lower_ == "with" for c in prep.children)


def companions(word: Token) -> list[Token]:
    """Those of "along with two of his guards" that hang on a word."""
    found: list[Token] = []
    for prep in word.children:
        if prep.dep_ == "prep" and is_companion(prep):
            nouns = (t for t in prep.subtree if t.dep_ == "pobj" and t.head.lower_ in _WITH)
            found += [n for noun in islice(nouns, 1) for n in conjuncts(noun)]
    return found


def named_among(noun: Token) -> list[Token]:
    """The names of those whom a plural counts: "three reporters: A, an editor, B, and C"."""
    if noun.tag_ not in _PLURAL:
        return []
    names = [c for c in noun.children if c.dep_ == "appos" and _is_name(c)]
    names += [
        n for c in noun.children if c.dep_ == "prep" and c.lower_ == "including"
        for n in c.children if n.dep_ == "pobj"
    ]  # fmt: skip
    return [n for name in names for n in conjuncts(name)]
