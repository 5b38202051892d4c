"""Whether a time is still to come where it is named: "will meet on Friday", "met on Friday"."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.reading.grounding.times.words import Word

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
# What was decided was, but what it is to do is to come: "decided to admit them in March".
_DECIDED_TO = frozenset(
    "agreement deal decided decision decides offer pledge pledged pledges promise promised "
    "proposal proposed".split()
)
_MODAL = frozenset("would will shall should may might must".split())
_ONCE = frozenset("when once if until before after".split())
# "Would have met on Friday" is no look ahead, "would meet" and "would be held" are.
_NEAR = 7  # words from "would" to what is still to come
_BEHIND = frozenset(
    "said told were was had did took came began met held went made gave left fell won sent saw "
    "became found died broke rose led grew hit has have sat spoke stood ran built bought brought "
    "caught drew drove fought flew fled got heard kept laid lay lost paid sank shot sold spent "
    "struck swept threw wrote".split()
)
_FORCED = frozenset("had was were needed forced ordered".split())
_FRONTED = 2  # words before a time that opens its sentence: "By Friday"
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
        if words[k].kind in ("STOP", "BREAK"):
            return _opens_ahead(words, last, limit=limit, opens=first - k <= _FRONTED)
        verdict = _tells(words, k, first, limit=limit)
        if verdict is not None:
            return verdict
    if first <= _REACH:  # the text's first sentence
        return _opens_ahead(words, last, limit=limit, opens=first <= _FRONTED)
    return limit or _low(words, last) in ("will", "shall")


def _tells(words: Sequence[Word], k: int, first: int, *, limit: bool) -> bool | None:
    """Whether word k says that the time behind it is to come; None where it says nothing."""
    word, text = words[k], words[k].text.lower()
    if text == "would" and first - k < _NEAR and _low(words, k + 1) != "have":
        return True
    if text in _AHEAD:
        return not any(w.text.lower() == "had" for w in words[max(k - 2, 0) : k])
    after = words[k + 1].kind
    if text in _AHEAD_TO and after in ("TO", "FOR", "A"):
        return True
    if text in _DECIDED_TO and after == "TO":
        return True
    if (limit and text in ("has", "have")) or not _is_past(word) or _is_named(words, k):
        return None
    if _is_to_come(words, k):
        return True
    return None if _low(words, k - 1) == "be" else False


def _low(words: Sequence[Word], k: int) -> str:
    return words[k].text.lower() if 0 <= k < len(words) else ""


def _is_past(word: Word) -> bool:
    """True for a verb of the past, or what looks like one."""
    return word.text.lower() in _BEHIND or (word.kind == "OTHER" and word.text.endswith("ed"))


def _is_named(words: Sequence[Word], k: int) -> bool:
    """True for a participle that is no verb: "an occupied town", "a still unspecified date"."""
    before = k - 2 if _low(words, k - 1) in ("still", "now", "newly") else k - 1
    return before >= 0 and words[before].kind in ("A", "THE")


def _is_to_come(words: Sequence[Word], done: int) -> bool:
    """True for a participle of what is still to be done.

    "Would still be paid in January", "rules to be published in May", "once the case is heard in
    May"; not "had to be cleared", "were ordered to be freed".
    """
    be = _low(words, done - 1)
    if be in ("is", "are"):
        return any(w.text.lower() in _ONCE for w in words[max(done - 6, 0) : done - 1])
    if be != "be":
        return False
    before, earlier = _low(words, done - 2), _low(words, done - 3)
    if before in _MODAL or earlier in _MODAL:
        return True
    return before == "to" and not (earlier in _FORCED or _is_past(words[max(done - 3, 0)]))


def _opens_ahead(words: Sequence[Word], last: int, *, limit: bool, opens: bool) -> bool:
    """True where a time opens its sentence and the first verb behind it looks ahead.

    "On Tuesday, the league plans to hold a rally". Behind a limit it is enough that none looks
    back: "By Friday, schools can open", not "By Friday, rebels had taken the town".
    """
    if limit and not opens:
        return True
    for k in range(last, min(last + _REACH, len(words) - 1)):
        word = words[k]
        text = word.text.lower()
        if word.kind in ("STOP", "BREAK"):
            return limit
        if _is_past(word) and not _is_named(words, k):
            return limit and _is_to_come(words, k)
        if text in _AHEAD or (text in _AHEAD_TO and words[k + 1].kind in ("TO", "FOR", "A")):
            return True
    return limit


def is_behind(words: Sequence[Word], last: int) -> bool:
    """True where a past verb follows: "this week saw"."""
    after = words[last] if last < len(words) else None
    return after is not None and (
        after.text in _BEHIND or (after.kind == "OTHER" and after.text.endswith("ed"))
    )
