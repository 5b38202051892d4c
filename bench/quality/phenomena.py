"""Short items, each with one phenomenon of attribution: the right source, or rightly none.

An item names a content and its chain of speakers. It is right where the claim whose words overlap
that content most (Dice of at least one half) has the marked innermost speaker; `chain` asks for
every hop. Where nobody is named (own voice, *reportedly*, *it was reported*), it is right where
no named speaker was put to those words. Predictions are what the claims scorer reads.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from bench.quality.claims import predict
from bench.quality.score import Found, dice, place_content, places_of, same_speaker

__all__ = ["HARD", "ask", "predict", "score"]

# What every peer misses, or gives to the wrong speaker
HARD = frozenset(
    ["nested_quoted", "nested_indirect", "oblique_passive", "postposed_unquoted", "quantity_cue",
     "adverb_no_source", "inherited_participle"]
)  # fmt: skip
Measures = dict[str, float | int | None]


def score(gold: Path, found: Path) -> Measures:
    """Percent right: over all items, over the hard ones, by phenomenon; each half on its own.

    The items that are not set aside stand one by one too, for the page that lists what is wrong.
    """
    readings = {row["report"]["name"]: row for row in _rows(found)}
    answers: defaultdict[str, list[bool]] = defaultdict(list)
    for item in _rows(gold):
        reading = readings.get(item["id"])
        source, chain = ask(item, Found(reading) if reading else None)
        half = "set aside " if item["heldout"] else ""
        answers[f"{half}source"].append(source)
        answers[f"{half}chain"].append(chain)
        if item["phenomenon"] in HARD:
            answers[f"{half}hard"].append(source)
        answers[f"{half}{item['phenomenon']}"].append(source)
        if not item["heldout"]:
            answers[f"item {item['id']}"].append(source)
    return {key: round(100 * sum(rights) / len(rights), 1) for key, rights in answers.items()}


def ask(item: dict[str, Any], found: Found | None) -> tuple[bool, bool]:
    """Whether the innermost speaker is right, and whether the whole chain is."""
    hops = []
    if found:
        text = item["text"]
        wanted = places_of(text, place_content(text, {"cue": "", **item}))
        near = [(dice(wanted, places_of(text, c["content"])), c) for c in found.claims]
        best = max(near, key=lambda pair: pair[0], default=(0.0, None))
        hops = found.chain(best[1]) if best[1] and best[0] >= 0.5 else []
    marked = list(zip(item["chain"], item["resolved"], strict=True))
    if not any(item["chain"]):
        none = not any(hop.words for hop in hops)
        return none, none
    source = bool(hops) and same_speaker(*marked[-1], hops[-1])
    chain = len(hops) == len(marked) and all(
        same_speaker(words, name, hop) for (words, name), hop in zip(marked, hops, strict=True)
    )
    return source, chain


def _rows(path: Path) -> list[dict[str, Any]]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]
