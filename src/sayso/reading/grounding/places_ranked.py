"""Which place each mention means: candidates ranked by what the words say and what the report is about."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.reading.grounding.gazetteer import Entry
from sayso.reading.grounding.places_found import Mention, holds
from sayso.reading.grounding.places_words import Level

_MOST = 25  # candidates a name is looked at with; they come by number of people
_ROUNDS = 3
# Weights, set by hand on LGL and GeoVirus (bench/quality/place.py); the unit is a tenfold of people.
_W_KIND = {"country": 7.5, "continent": 7.0, "area": 6.0, "region": 6.0, "water": 6.0, "site": 5.5,
           "adm1": 1.2, "adm2": -0.5, "city": 0.0, "village": 3.6}  # fmt: skip
_W_LEVEL = 5.0
_W_WITHIN = 6.0
_W_ADJECTIVE = 5.0
_W_COUNTRY = 2.0
_W_ADM1 = 2.0
_W_ADM2 = 1.0
_W_OWN_NAME = 0.5


@dataclass(slots=True)
class _Group:
    """The mentions of one name that are taken to mean one place."""

    name: str
    mentions: list[int]
    entries: list[Entry]
    base: list[float]
    chosen: int = 0


def choose_entries(mentions: list[Mention]) -> list[Entry | None]:
    """For each mention the place that it means, None where the gazetteer lists none."""
    groups = _groups(mentions)
    for _ in range(_ROUNDS):
        support = _Support(groups)
        for group in groups:
            scores = [
                base + support.of(entry, group)
                for entry, base in zip(group.entries, group.base, strict=True)
            ]
            group.chosen = max(range(len(scores)), key=scores.__getitem__)
        _keep_holders(groups, mentions)
    chosen: list[Entry | None] = [None] * len(mentions)
    for group in groups:
        for at in group.mentions:
            chosen[at] = group.entries[group.chosen]
    return chosen


def _key(mention: Mention, region_names: set[str]) -> tuple[str, str]:
    name = mention.name.casefold()
    if mention.level in ("adm1", "adm2", "adm"):
        return name, "adm"
    if mention.level is None and name in region_names:
        return name, "adm"  # the Kursk region … in Kursk
    return name, ""


def _groups(mentions: list[Mention]) -> list[_Group]:
    region_names: set[str] = set()
    by_key: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, mention in enumerate(mentions):
        if mention.entries:
            by_key[_key(mention, region_names)].append(at)
        if mention.level in ("adm1", "adm2", "adm"):
            region_names.add(mention.name.casefold())
    groups = []
    for (name, _), ats in by_key.items():
        entries = list(mentions[ats[0]].entries[:_MOST])
        base = [_base(e, name, [mentions[a] for a in ats], mentions) for e in entries]
        group = _Group(name, ats, entries, base)
        group.chosen = max(range(len(base)), key=base.__getitem__)
        groups.append(group)
    return groups


def _base(
    entry: Entry, name: str, own: Iterable[Mention], mentions: list[Mention]
) -> float:
    score = _W_KIND[entry.kind] + math.log10(entry.population + 10)
    if entry.name.casefold() == name:
        score += _W_OWN_NAME
    levels = {m.level for m in own}
    score += max((_level_fit(entry, level) for level in levels), default=0.0)
    best = 0.0
    for mention in own:
        if mention.country and mention.country == entry.country:
            best = max(best, _W_ADJECTIVE)
        if mention.within is not None and any(
            holds(outer, entry) for outer in mentions[mention.within].entries[:_MOST]
        ):
            best = max(best, _W_WITHIN)
    return score + best


def _level_fit(entry: Entry, level: Level | None) -> float:
    if level is None or level == "site":
        return 0.0
    if level == "adm":
        return _W_LEVEL if entry.kind in ("adm1", "adm2", "region") else 0.0
    if level == "city":
        return _W_LEVEL if entry.kind in ("city", "village") else 0.0
    if level == "adm1":
        return _W_LEVEL if entry.kind in ("adm1", "region") else _W_LEVEL / 2 * (entry.kind == "adm2")
    return _W_LEVEL if entry.kind == level else 0.0


def _adm1(entry: Entry) -> int | None:
    return entry.number if entry.kind == "adm1" else entry.admin1


class _Support:
    """How much of the report's other places lies in a country and in a division."""

    def __init__(self, groups: list[_Group]) -> None:
        self.countries: dict[str | None, float] = defaultdict(float)
        self.adm1: dict[int | None, float] = defaultdict(float)
        self.adm2: dict[int | None, float] = defaultdict(float)
        for group in groups:
            self._add(group, 1.0)

    def _add(self, group: _Group, sign: float) -> None:
        entry = group.entries[group.chosen]
        weight = sign * (1 + math.log(len(group.mentions)))
        self.countries[entry.country] += weight
        self.adm1[_adm1(entry)] += weight
        self.adm2[entry.admin2] += weight

    def of(self, entry: Entry, group: _Group) -> float:
        """The support for an entry from the groups other than its own."""
        chosen = group.entries[group.chosen]
        own = 1 + math.log(len(group.mentions))
        score = 0.0
        if entry.country:
            mass = self.countries[entry.country] - own * (chosen.country == entry.country)
            score += _W_COUNTRY * math.log1p(max(mass, 0))
        if (adm1 := _adm1(entry)) is not None:
            mass = self.adm1[adm1] - own * (_adm1(chosen) == adm1)
            score += _W_ADM1 * math.log1p(max(mass, 0))
        if entry.admin2 is not None:
            mass = self.adm2[entry.admin2] - own * (chosen.admin2 == entry.admin2)
            score += _W_ADM2 * math.log1p(max(mass, 0))
        return score


def _keep_holders(groups: list[_Group], mentions: list[Mention]) -> None:
    """Nothing yet: holders are weighed in the base score."""
