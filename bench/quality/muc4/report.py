"""Signs of a whole report by which one that tells of terror can be told from others."""

from __future__ import annotations

import re
from collections import Counter

from bench.quality.muc4.reading import DOERS, HARM, Read

_WORD = re.compile(r"\b[a-z]{3,}\b")  # no names: they would tell whose news it is
_KIND = re.compile(r"\[([a-z ]{4,20})", re.IGNORECASE)
_HEAD = 900  # characters in which a report says what it is about
_FIGHTS = frozenset({"clash", "advance", "deployment", "control", "withdrawal", "shelling"})


def signs_of_report(read: Read) -> set[str]:
    """Its kind and opening words; its events with their age, doers and place in the text."""
    text = read.text
    signs = {f"head {w}" for w in _WORD.findall(text[:_HEAD])}
    signs |= {f"kind {m.lower()}" for m in _KIND.findall(text[:_HEAD])}
    counts: Counter[str] = Counter()
    for event in read.events:
        kind = event["type"]
        if event["negated"] or event["hypothetical"]:
            counts[f"unreal {kind}"] += 1
            continue
        counts[kind] += 1
        age, nth = read.age(event), min(read.nth(event["trigger"][0][0]), 8)
        if kind in HARM:
            signs |= {
                f"harm age {age}",
                f"{kind} age {age}",
                f"{kind} nth {nth}",
                f"harm nth {nth}",
            }
            signs |= {f"harm by {d}" for d in read.kinds_of_doers(event)}
            signs.add(f"by {read.words(event['trigger']).lower()}")
            signs |= {f"whom {p['role']} {(p['actor'] or {}).get('kind')}"
                      for p in event["participants"] if p["role"] not in DOERS}  # fmt: skip
    for kind, n in counts.items():
        signs |= {f"{kind} {k}" for k in (1, 2, 4, 8) if n >= k}
    harm = sum(n for kind, n in counts.items() if kind in HARM)
    fights = sum(n for kind, n in counts.items() if kind in _FIGHTS)
    signs |= {f"harms {k}" for k in (1, 2, 4, 8) if harm >= k}
    if fights and fights >= harm:
        signs.add("of war")
    return signs | {f"long {k}" for k in (1000, 2000, 4000) if len(text) > k}


def bucket(chance: float) -> str:
    """A chance as a sign for what is found within the report."""
    return f"report {min(int(chance * 8), 7)}"
