"""The places of a dateline: where a report was written, and in which country it is at home.

`KYIV, May 24 (AFP) -`, `CALI, Colombia —`, `BEIRUT/JERUSALEM (Reuters) -`. A dateline is no part of
what is read: it says where the reporter sits, not where anything happened. But its country is the
likeliest one for the small places of the report, and `the capital` is that country's.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.reading.grounding.gazetteer import Gazetteer
from sayso.reading.grounding.places.found import Mention, holds
from sayso.record import Span

_END = re.compile(r"[(\[]| ?(?:--|[–—])| - ")  # what comes behind the places
_SPLIT = re.compile(r"[,/\n:]")
_MOST_WORDS = 5


def dateline_places(dateline: str, gazetteer: Gazetteer) -> list[Mention]:
    """The places that the words of a dateline name, spans and tokens before the text's first.

    `within` counts from the first of them: `CALI, Colombia` holds Cali in Colombia.
    """
    found: list[Mention] = []
    for line in dateline.splitlines():
        for part in _SPLIT.split(_END.split(line, maxsplit=1)[0]):
            name = " ".join(part.split())
            if not name[:1].isupper() or any(c.isdigit() for c in name):
                continue  # "May 24", "and agencies"
            if len(name.split()) > _MOST_WORDS:
                continue
            state = gazetteer.find_state(name)
            entries = (state,) if state else gazetteer.find(name)
            if entries:
                found.append(Mention(Span(0, 0), name, -1, -1, entries))
    return [_held(found, at) for at in range(len(found))]


def _held(found: list[Mention], at: int) -> Mention:
    """The mention with the one behind it that holds a place of its name, where that does."""
    after = found[at + 1] if at + 1 < len(found) else None
    if after and any(holds(o, e) for o in after.entries[:3] for e in found[at].entries):
        return replace(found[at], within=at + 1)
    return found[at]
