"""Whether a time is still to come where it is named: "will meet on Friday", "met on Friday"."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.reading.grounding.dates_words import Word

# What says that a time is still to come, and what says that it is past; the nearest word counts.
_AHEAD = frozenset(
    "will shall 'll scheduled slated due planning expected expects going upcoming deadline payable "
    "effective expire expires resume".split()
)
# These look ahead only before "to", "for" or "a": "plans to meet", "set for Friday".
_AHEAD_TO = frozenset(
    "plans plan planned set aims hopes hope hoping vowed agreed ready supposed intends intend "
    "preparing wants promises threatens".split()
)
# "Would have met on Friday" is no look ahead, "would meet" and "would be held" are.
_NEAR = 7  # words from "would" to what is still to come
_BEHIND = frozenset(
    "said told were was had did took came began met held went made gave left fell won sent saw "
    "became found died broke rose led grew hit has have sat spoke stood ran built bought brought "
    "caught drew drove fought flew fled got heard kept laid lay lost paid sank shot sold spent "
    "struck swept threw wrote".split()
)
_FORCED = frozenset("had was were needed forced ordered".split())
_REACH = 18  # words that are looked at before a time, and behind one that opens its sentence


def is_ahead(words: Sequence[Word], first: int, last: int) -> bool:
    """True where the clause says that the time of words `[first, last)` is still to come.

    The nearest verb counts, before the mention else behind it: "said Friday that it will" is past,
    "on Friday will" is to come. "By" and "until" look ahead where no past tense stands before them.
    """
    limit = _low(words, first - 1) in ("by", "until") or (
        _low(words, first - 1) == "as" and _low(words, first - 2) in ("soon", "early")
    )
    for k in range(first - 1, max(first - _REACH, -1), -1):
        word = words[k]
        if word.kind in ("STOP", "BREAK"):
            return limit or _opens_ahead(words, last)
        text = word.text.lower()
        if text == "would" and first - k < _NEAR and _low(words, k + 1) != "have":
            return True
        if text in _AHEAD:
            return not any(w.text.lower() == "had" for w in words[max(k - 2, 0) : k])
        if text in _AHEAD_TO and words[k + 1].kind in ("TO", "FOR", "A"):
            return True
        if limit and text in ("has", "have"):
            continue
        if _is_past(word):
            if _low(words, k - 1) != "be":
                return False
            if _is_purpose(words, k - 1):
                return True  # "guidelines to be published in November"
    if first <= _REACH:  # the text's first sentence
        return limit or _opens_ahead(words, last)
    return limit or _low(words, last) in ("will", "shall")


def _low(words: Sequence[Word], k: int) -> str:
    return words[k].text.lower() if 0 <= k < len(words) else ""


def _is_past(word: Word) -> bool:
    """True for a verb of the past, or what looks like one."""
    return word.text.lower() in _BEHIND or (word.kind == "OTHER" and word.text.endswith("ed"))


def _is_purpose(words: Sequence[Word], be: int) -> bool:
    """True for "rules to be", not for "had to be", "were ordered to be"."""
    if _low(words, be - 1) != "to":
        return False
    return not (_low(words, be - 2) in _FORCED or _is_past(words[max(be - 2, 0)]))


def _opens_ahead(words: Sequence[Word], last: int) -> bool:
    """True where a time opens its sentence and the first verb behind it looks ahead.

    "On Tuesday, the league plans to hold a rally".
    """
    for k in range(last, min(last + _REACH, len(words) - 1)):
        word = words[k]
        text = word.text.lower()
        if word.kind in ("STOP", "BREAK") or _is_past(word):
            return False
        if text in _AHEAD or (text in _AHEAD_TO and words[k + 1].kind in ("TO", "FOR", "A")):
            return True
    return False


def is_behind(words: Sequence[Word], last: int) -> bool:
    """True where a past verb follows: "this week saw"."""
    after = words[last] if last < len(words) else None
    return after is not None and (
        after.text in _BEHIND or (after.kind == "OTHER" and after.text.endswith("ed"))
    )
