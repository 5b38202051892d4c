"""Names whose namesakes all lie elsewhere than the words tell: `Tawila, Sudan` is not Yemen's.

The gazetteer lists no small town of every country. Where the words say in which country or division
a town lies and none of that name is listed there, it stands there unlisted.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.reading.grounding.places.found import Mention, holds

_BESIDE = 300_000  # people; a larger town before a comma is one of a list: `in Beirut, Syria, …`
_INSIDE = 10_000  # people; who fled a larger town is in another country: `from El Fasher in Chad`
_HOLDERS = frozenset({"country", "adm1", "region"})
_TOWNS = frozenset({"city", "village"})
_MOST = 3  # candidates of a holder that are looked at
# `in Tawila, Chad and Niger` is a list
_LIST = re.compile(r"\s{0,2},?\s{1,2}(?:and|or)\s{1,2}(?:the\s{1,2})?[A-Z]|\s{0,2}[/&]")
# `in Sirte, Egypt said`, `in Khiam, Israel has warned`: who speaks is no holder
_SPEAKS = re.compile(
    r"\s{1,2}(?:[a-z]{2,12}ly\s{1,2})?"
    r"(?:has|have|had|will|would|is|was|also|said|says|say|told|announced|reported|claimed|claims|denied|denies|confirmed|warned|stated|insisted|condemned|accused|blamed|added"
    r"|admitted|acknowledged)\b"
)


def leave_elsewhere(text: str, mentions: list[Mention]) -> list[Mention]:
    """The mentions, those without candidates whose candidates all lie elsewhere."""
    return [
        replace(m, entries=(), is_elsewhere=True)
        if m.entries and _is_told_elsewhere(text, m, mentions)
        else m
        for m in mentions
    ]


def _is_told_elsewhere(text: str, mention: Mention, mentions: list[Mention]) -> bool:
    if mention.entries[0].kind not in _TOWNS:
        return False
    people = max(e.population for e in mention.entries)
    if mention.within is None:
        told = mention.country
        return bool(told) and people < _BESIDE and all(e.country != told for e in mention.entries)
    outer = mentions[mention.within]
    gap = text[mention.span.end : outer.span.start].strip()
    most = _BESIDE if gap in (",", "(") else _INSIDE
    if people >= most or not outer.entries or outer.entries[0].kind not in _HOLDERS:
        return False
    end = outer.span.end
    if mention.span.end < end and (_LIST.match(text, end) or _SPEAKS.match(text, end)):
        return False
    return not any(holds(o, e) for o in outer.entries[:_MOST] for e in mention.entries)
