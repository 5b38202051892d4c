"""Over which scope a number counts: an incident, all since a day, or until it was replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.lexicon.load import load_words
from sayso.record import When

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from sayso.lexicon.telling import Telling
    from sayso.record import Time
    from sayso.record.reading import Scope

_BEGINNING = frozenset({"begin", "break", "erupt", "start"})
_INSIDE = frozenset({"prep", "pobj", "nummod", "quantmod", "pcomp", "compound", "amod"})


def summed(
    around: Iterable[Token], times: list[Time], telling: Telling
) -> tuple[Scope, When | None]:
    """The scope of "90 killed since May", with its day; that of an incident where nothing sums."""
    words = list(around)
    for word in words:
        if word.lower_ in telling.summing:
            return "cumulative", _since(word, times)
    return _over_a_war(words, times) or ("incident", None)


def _over_a_war(words: list[Token], times: list[Time]) -> tuple[Scope, When | None] | None:
    """The scope of "have been uprooted by the war that broke out in April", from that day on.

    Not of what happened once: "Monday's strike killed 12 in a war that began in May".
    """
    if not any(w.lemma_ == "have" and w.dep_ == "aux" for w in words):
        return None
    wars = load_words("incidents", "tally", "since")
    for verb in words:
        if verb.dep_ == "relcl" and verb.head.lower_ in wars and verb.lemma_ in _BEGINNING:
            time = next((t for t in times if _is_within(t, verb)), None)
            if time is not None:
                return "cumulative", When(time.start, None, time.precision, time.basis)
    return None


def _is_within(time: Time, verb: Token) -> bool:
    """True for a time that starts after a verb, in its clause."""
    last = verb.right_edge
    return bool(time.start) and verb.idx < time.span[0].start < last.idx + len(last)


def _since(word: Token, times: list[Time]) -> When | None:
    for time in times:
        if 0 <= time.span[0].start - word.idx - len(word) <= 12 and time.start:
            return When(time.start, None, time.precision, time.basis)
    return None


def is_earlier(number: Token, first: Token, telling: Telling, *, beside: bool) -> bool:
    """True for a count that the words say was given before another.

    `first` is the first token of the number with its hedge; `beside` tells that its sentence gives
    another number. What is called earlier stands alone where nothing in its sentence replaces it:
    "Police gave an initial toll of 12".
    """
    replaces = any(t.lemma_.lower() in telling.replacing for t in number.sent)
    left = _from_before(first, telling)
    if left is not None and (_is_left(left, telling) or (replaces and _follows_new(left))):
        return True
    return (beside or replaces) and _is_called_earlier(number, telling)


def _from_before(first: Token, telling: Telling) -> Token | None:
    """The from of "from 56" and "from an earlier 56"; None before any other number."""
    at = first.i - 1
    if at > first.sent.start and first.doc[at].lower_ in telling.earlier:
        at -= 1
        at -= at > first.sent.start and first.doc[at].pos_ == "DET"
    return first.doc[at] if at >= first.sent.start and first.doc[at].lower_ == "from" else None


def _is_left(preposition: Token, telling: Telling) -> bool:
    """True for the from of "up from six", "rose from 9 to 12"; not of "two from the north died"."""
    above = preposition.head
    return above.lower_ in ("up", "down") or above.lemma_.lower() in telling.stating


def _follows_new(preposition: Token) -> bool:
    """True for the from of "to 56 killed from 54 killed", whatever the grammar hangs it on."""
    words = preposition.doc[max(preposition.sent.start, preposition.i - 6) : preposition.i]
    return any(t.like_num and t.i > words.start and t.nbor(-1).lower_ == "to" for t in words)


def _is_called_earlier(number: Token, telling: Telling) -> bool:
    """True for "an earlier count of 15", "previously put at 15", "than the 15 reported before"."""
    token = number
    while True:
        lemma = token.lemma_.lower()
        # "put earlier at 15", but "the army had earlier put the toll at 15": it said no other
        is_put = token.dep_ == "acl" and lemma in telling.stating
        if (is_put or lemma in telling.tallies) and any(
            c.lower_ in telling.earlier for c in token.children
        ):
            return True
        if token.lower_ in ("than", "with", "to") and _compares(token, number, telling):
            return True
        if token.dep_ not in _INSIDE or token.head.i == token.i:
            return False
        token = token.head


def _compares(preposition: Token, number: Token, telling: Telling) -> bool:
    """True for "compared with 25 reported on Thursday", "more than the 25 reported on Thursday"."""
    reported = any(
        c.dep_ == "acl" and c.lemma_.lower() in telling.stating
        for noun in (number, number.head)
        for c in noun.children
    )
    return reported and (preposition.lower_ == "than" or preposition.head.lemma_ == "compare")
