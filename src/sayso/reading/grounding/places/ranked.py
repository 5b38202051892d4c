"""Which place each mention means.

A name's candidates are weighed by what they are (a country before a town of its name, a town by its
people), by what the words say (`region`, `Aleppo, Syria`, `the Syrian city of`), and by where the
report's other places lie: in the same country, division, county or neighbourhood. The last is read
from shares, not from first guesses: each name spreads over its candidates and the shares are worked
out anew a few times, so that one wrong guess can't draw the others after it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sayso.reading.grounding.countries import find_form
from sayso.reading.grounding.gazetteer import Entry
from sayso.reading.grounding.places.found import Mention, holds
from sayso.reading.grounding.places.words import Level

_SEAT = 50_000
_LARGE = 1_000_000
_MOST = 30  # candidates a name is looked at with; they come by their number of people


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each witness counts; the unit is a tenfold of people.

    Set on LGL and GeoVirus with bench/quality/place.py, TR-News and GeoWebNews held out.
    """

    country: float = 10.0
    area: float = 11.0  # continents, parts of the world, seas
    region: float = 8.5
    site: float = 7.0
    village: float = 4.0
    adm1: float = 2.0
    adm2: float = -1.3
    people: float = 1.0
    capital: float = 1.0
    own_name: float = 1.0
    seat: float = 2.5  # what a division loses to the town of its name inside it
    level: float = 5.0
    holder: float = 6.0
    held: float = 3.0
    adjective: float = 6.0
    same_country: float = 1.5
    same_adm1: float = 1.5
    same_adm2: float = 2.0
    same_cell: float = 1.5
    heat: float = 0.7
    named: float = 0.5  # of its weight a country's name gives its country: all act in world news
    peoples: float = 0.5  # and an adjective: `Ukrainian`
    rounds: int = 3


WEIGHTS = Weights()
_DIVISIONS: tuple[Level, ...] = ("adm1", "adm2", "adm")


@dataclass(slots=True)
class _Group:
    """The mentions of one name that are taken to mean one place.

    `ties` are to names beside it: the other group, the pairs (own candidate, other's candidate) of
    which one lies in the other, and how much such a tie counts.
    """

    weight: float
    mentions: list[int]
    entries: list[Entry]
    base: list[float]
    places: list[tuple[tuple[str, object], ...]]
    ties: list[tuple[_Group, list[tuple[int, int]], float]] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)

    def spread(self, heat: float) -> None:
        """Work the shares out of the scores."""
        top = max(self.scores)
        raw = [math.exp((score - top) / heat) for score in self.scores]
        total = sum(raw)
        self.shares = [r / total for r in raw]

    @property
    def best(self) -> Choice:
        """The candidate with the highest score."""
        at = max(range(len(self.scores)), key=self.scores.__getitem__)
        return Choice(self.entries[at], self.shares[at])


class Choice(NamedTuple):
    """The place that a mention means, None where the gazetteer lists none, and its share of all."""

    entry: Entry | None
    share: float = 0.0


def choose_entries(
    mentions: list[Mention], peoples: Mapping[str, int], weights: Weights = WEIGHTS
) -> list[Choice]:
    """For each mention the place that it means.

    `peoples` counts the report's adjectives of countries (`Ukrainian`) by the country's code.
    """
    steady: dict[tuple[str, object], float] = {
        ("country", code): weights.peoples * (1 + math.log(n)) for code, n in peoples.items() if n
    }
    groups = _groups(mentions, weights)
    for group in groups:
        group.scores = list(group.base)
        group.spread(weights.heat)
    for _ in range(weights.rounds):
        masses = _masses(groups, steady, weights)
        for group in groups:
            group.scores = _scores(group, masses, weights)
        for group in groups:
            group.spread(weights.heat)
    return _by_mention(groups, len(mentions))


def _by_mention(groups: list[_Group], count: int) -> list[Choice]:
    chosen = [Choice(None)] * count
    for group in groups:
        best = group.best
        for at in group.mentions:
            chosen[at] = best
    return chosen


def _groups(mentions: list[Mention], weights: Weights) -> list[_Group]:
    regions: set[str] = set()
    last: dict[str, str] = {}
    outer = {m.within for m in mentions}
    by_key: dict[tuple[str, bool, str], list[int]] = defaultdict(list)
    for at, mention in enumerate(mentions):
        name = mention.name.casefold()
        is_division = mention.level in _DIVISIONS
        if is_division:
            regions.add(name)
        if mention.entries:
            # the Kursk region … later, in Kursk: the region is still meant
            division = is_division or (mention.level is None and name in regions)
            told = "" if at in outer else _told_by(mention, mentions, last)
            if at in outer and _is_two(mention):
                told = "holder"  # in Atlanta, Georgia … Georgia's parliament in Tbilisi
            by_key[name, division, told].append(at)
    groups = []
    for (name, *_), ats in by_key.items():
        own = [mentions[at] for at in ats]
        entries = list(own[0].entries[:_MOST])
        base = _base(entries, name, own, weights)
        places = [tuple(_places(entry)) for entry in entries]
        groups.append(_Group(1 + math.log(len(ats)), ats, entries, base, places))
    _tie(groups, mentions, weights)
    return groups


def _is_two(mention: Mention) -> bool:
    """True for the name of a country and of a large division of another: Georgia."""
    return mention.is_country and any(
        e.kind == "adm1" and e.population > _LARGE for e in mention.entries
    )


def _told_by(mention: Mention, mentions: list[Mention], last: dict[str, str]) -> str:
    """The name of the place that holds the mention, or that held its name when last told.

    Toledo, Ohio … Toledo … Toledo, Spain: the second is the first.
    """
    name = mention.name.casefold()
    if mention.within is not None:
        outer = mentions[mention.within]
        if any(holds(o, e) for o in outer.entries[:3] for e in mention.entries[:_MOST]):
            last[name] = outer.name.casefold()
    return last.get(name, "")


def _tie(groups: list[_Group], mentions: list[Mention], weights: Weights) -> None:
    """Tie each name to the one that stands as its holder: `Athens, Georgia` tells both."""
    group_of = {at: group for group in groups for at in group.mentions}
    seen: set[tuple[int, int]] = set()
    for at, inner in group_of.items():
        outer = group_of.get(mentions[at].within)  # type: ignore[arg-type]
        if outer is None or outer is inner or (id(inner), id(outer)) in seen:
            continue
        seen.add((id(inner), id(outer)))
        pairs = [
            (i, j)
            for i, entry in enumerate(inner.entries)
            for j, holder in enumerate(outer.entries)
            if holds(holder, entry)
        ]
        inner.ties.append((outer, pairs, weights.holder))
        outer.ties.append((inner, [(j, i) for i, j in pairs], weights.held))


def _base(entries: list[Entry], name: str, own: list[Mention], weights: Weights) -> list[float]:
    levels = {m.level for m in own}
    bare = levels <= {None, "site"}
    seats = {e.country for e in entries if e.kind == "city" and e.population > _SEAT and bare}
    capital = _capital_of(name, entries)
    scores = []
    for entry in entries:
        score = _of_kind(entry, weights)
        score += weights.own_name * (entry.name.casefold() == name)
        score += weights.capital * (entry is capital)
        # bare Kandahar is the town, not the province around it
        score -= weights.seat * (entry.kind in ("adm1", "adm2") and entry.country in seats)
        score += max(_level_fit(entry, level, weights) for level in levels)
        score += weights.adjective * any(m.country == entry.country for m in own if m.country)
        scores.append(score)
    return scores


def _of_kind(entry: Entry, weights: Weights) -> float:
    people = weights.people * math.log10(entry.population + 10)
    match entry.kind:
        case "country":
            return weights.country
        case "continent" | "area" | "water":
            return weights.area
        case "region":
            return weights.region
        case "site":
            return weights.site
        case "village":
            return weights.village
        case "adm1":
            return weights.adm1 + people
        case "adm2":
            return weights.adm2 + people
        case _:
            return people


def _capital_of(name: str, entries: list[Entry]) -> Entry | None:
    """The candidate that is the capital of its country: the largest town there of that name."""
    form = find_form(name.title())
    if not form or form[1] not in ("capital", "name") or not form[0].capital:
        return None
    towns = [e for e in entries if e.kind == "city" and e.country == form[0].iso3]
    return max(towns, key=lambda e: e.population, default=None)


def _level_fit(entry: Entry, level: Level | None, weights: Weights) -> float:
    kind = entry.kind
    fits = {
        None: False,
        "site": False,
        "water": kind == "water",
        "city": kind in ("city", "village"),
        "adm": kind in ("adm1", "adm2", "region"),
        "adm1": kind in ("adm1", "region"),
        "adm2": kind == "adm2",
    }[level]
    if fits:
        return weights.level
    return weights.level / 2 if level == "adm1" and kind == "adm2" else 0.0


def _places(entry: Entry) -> Iterable[tuple[str, object]]:
    """What a candidate shares with others: country, division, county, neighbourhood."""
    if entry.country:
        yield "country", entry.country
    adm1 = entry.number if entry.kind == "adm1" else entry.admin1
    if adm1 is not None:
        yield "adm1", adm1
    adm2 = entry.number if entry.kind == "adm2" else entry.admin2
    if adm2 is not None:
        yield "adm2", adm2
    if entry.lat is not None and entry.lon is not None and entry.kind not in ("country", "adm1"):
        yield "cell", (round(entry.lat / 2), round(entry.lon / 2))


def _masses(
    groups: list[_Group], steady: Mapping[tuple[str, object], float], weights: Weights
) -> dict[tuple[str, object], float]:
    masses: dict[tuple[str, object], float] = defaultdict(float, steady)
    for group in groups:
        for place, mass in _own_masses(group, weights).items():
            masses[place] += mass
    return masses


def _own_masses(group: _Group, weights: Weights) -> dict[tuple[str, object], float]:
    own: dict[tuple[str, object], float] = defaultdict(float)
    for entry, share, places in zip(group.entries, group.shares, group.places, strict=True):
        mass = group.weight * share * (weights.named if entry.kind == "country" else 1.0)
        for place in places:
            own[place] += mass
    return own


def _scores(
    group: _Group, masses: dict[tuple[str, object], float], weights: Weights
) -> list[float]:
    own = _own_masses(group, weights)
    factor = {
        "country": weights.same_country,
        "adm1": weights.same_adm1,
        "adm2": weights.same_adm2,
        "cell": weights.same_cell,
    }
    scores = [
        base
        + sum(
            factor[place[0]] * math.log1p(max(0.0, masses[place] - own.get(place, 0.0)))
            for place in places
        )
        for base, places in zip(group.base, group.places, strict=True)
    ]
    for other, pairs, weight in group.ties:
        for mine, its in pairs:
            scores[mine] += weight * other.shares[its]
    return scores
