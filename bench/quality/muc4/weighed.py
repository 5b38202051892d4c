"""The incidents of a reading for MUC-4, each candidate told or left out by what 1,300 reports show.

The rules of `incidents` propose; weights over signs (`weights.json`, made by
`python -m bench.quality.muc4.fit`) decide what the task would list. The package holds none of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bench.quality.muc4.doers import Doer, Doers
from bench.quality.muc4.harm import Harm, signs_of_victim
from bench.quality.muc4.incidents import Incidents
from bench.quality.muc4.perpetrators import ACCUSED, BY_AUTHORITIES, CLAIMED, FACT, POSSIBLE
from bench.quality.muc4.reading import Json
from bench.quality.muc4.report import bucket, signs_of_report
from bench.quality.muc4.victims import Victim
from bench.quality.muc4.weigh import Weights, chance

WEIGHTS = Path(__file__).with_name("weights.json")
DEGREES = (FACT, CLAIMED, ACCUSED, BY_AUTHORITIES, POSSIBLE)
TYPES = ("BOMBING", "KIDNAPPING", "ATTACK")
_RULE = "by rule"


@dataclass
class Candidates:
    """What a reading may tell: the report's signs, those harmed, and those who did it."""

    name: str
    signs: set[str]
    victims: list[tuple[Victim, set[str]]]
    doers: list[Doer]


def candidates_of(reading: Json) -> Candidates:
    """Everything that may fill a slot, with its signs; what the rules would tell is one of them."""
    read = Incidents(reading)
    told = read.found()
    first = told[0] if told else {"victims": [], "perp_org": [], "perp_individual": []}
    victims = Harm(read).found()
    for victim in victims:
        if any(_is_told(victim, fill) for fill in first["victims"]):
            victim.signs.add(_RULE)
    doers = Doers(read).found()
    for doer in doers:
        fills = first["perp_org"] if doer.is_group else _as_fills(first["perp_individual"])
        for fill in fills:
            if {n.lower() for n in doer.names} & {n.lower() for n in fill["name"]}:
                doer.signs |= {_RULE, f"{_RULE} {fill['confidence']}"}
    signs = signs_of_report(read) | {f"{_RULE} {t['type']}" for t in told}
    signs.add(f"{_RULE} {bool(told)}")
    return Candidates(
        reading["report"]["name"], signs, [(v, signs_of_victim(v, victims)) for v in victims], doers
    )


def _is_told(victim: Victim, fill: Json) -> bool:
    same = victim.number == fill["number"] and victim.effect == fill["effect"]
    return same and bool(set(victim.names) & set(fill["name"]))


def _as_fills(people: list[list[str]]) -> list[Json]:
    return [{"name": names, "confidence": ""} for names in people]


@lru_cache(maxsize=1)
def load_weights() -> dict[str, Weights]:
    """The weights of each question, and under `least` the least chance that is told."""
    weights: dict[str, Weights] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return weights


def incidents_of(reading: Json) -> list[Json]:
    """The incidents, one a type.

    Who was harmed and by whom stands with the first: slots are a report's, not an incident's.
    """
    return choose(candidates_of(reading), load_weights())


def choose(found: Candidates, weights: dict[str, Weights]) -> list[Json]:
    """The fills whose chances reach the least that is told."""
    least = weights["least"]
    relevant = chance(weights["report"], found.signs)
    if relevant < least["report"]:
        return []
    report = {bucket(relevant)}
    types = {t: chance(weights[t], found.signs) for t in TYPES}
    told = [t for t, c in types.items() if c >= least["type"]] or [
        max(types, key=types.__getitem__)
    ]

    def is_told(question: str, signs: set[str]) -> bool:
        return chance(weights[question], signs | report) >= least[question]

    doers = [d for d in found.doers if is_told("group" if d.is_group else "people", d.signs)]
    slots = {
        "perp_individual": [d.names for d in doers if not d.is_group],
        "perp_org": [
            {"name": d.names, "confidence": degree_of(d, weights)} for d in doers if d.is_group
        ],
        "victims": [v.as_fill() for v, signs in found.victims if is_told("victim", signs)],
    }
    none: Json = {key: [] for key in slots}
    return [{"type": t, **(slots if i == 0 else none)} for i, t in enumerate(told)]


def degree_of(doer: Doer, weights: dict[str, Weights]) -> str:
    """How sure the report is that a group did it: by rule, or else as in reports like it."""
    for degree in DEGREES:
        if f"{_RULE} {degree}" in doer.signs:
            return degree
    return max(DEGREES, key=lambda degree: chance(weights[degree], doer.signs))
