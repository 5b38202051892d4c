"""How likely two mentions speak of one incident: features that people can read, and their weights.

A logistic model of a dozen features; the weights are plain numbers in incidents.json, made by
`training/incidents`. Two kinds of pair have weights of their own: whole reports, and pairs with a
line (a claim, a context paragraph), which has few words to be compared by.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

from sayso.lexicon.events import load_events
from sayso.linking.incidents_mentions import Mention
from sayso.linking.incidents_words import LINE, Frequencies, Wording

_FURNITURE = 5  # a passage of so many mentions is its page's own: "download our app"
_WEEK = 7  # days beyond which more days apart say nothing more
_MONTHS = 60  # days from which on two incidents are two, however alike
_SENTENCE = 8  # words from which on a line is copied and not alike by chance
_COPIED = 0.9  # share of the words of the longer line
_COMMON = 0.7  # words less distinctive than this are not compared


@dataclass(frozen=True, slots=True)
class Weights:
    """The model of one kind of pair: a bias, a weight a feature, and from which sum on to join."""

    bias: float
    features: Mapping[str, float]
    join: float

    def sum(self, features: Mapping[str, float]) -> float:
        """The log-odds that features speak for: above 0, more likely one incident than not."""
        return self.bias + sum(self.features.get(k, 0.0) * v for k, v in features.items())


@functools.cache
def load_weights() -> Mapping[str, Weights]:
    """The shipped weights: `reports` and `lines`."""
    text = resources.files("sayso.linking").joinpath("incidents.json").read_text("utf-8")
    return {kind: Weights(**row) for kind, row in json.loads(text).items()}


def kind_of(a: Mention, b: Mention) -> str:
    """Which weights a pair has."""
    return "lines" if min(a.wording.size, b.wording.size) < LINE else "reports"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A mention with its words weighed by how distinctive they are."""

    mention: Mention
    words: Mapping[str, float]
    norm: float
    title: Mapping[str, float]
    title_norm: float
    names: Mapping[str, float]
    towns: Mapping[str, float]
    furniture: frozenset[int]
    core: Mapping[str, float]


def weigh(mention: Mention, frequencies: Frequencies) -> Weighed:
    """A mention weighed by the frequencies as they now are."""
    weight = frequencies.weight
    words = {
        word: (1 + math.log(count)) * w
        for word, count in mention.wording.words.items()
        if (w := weight(word)) > _COMMON
    }
    title = {word: w for word in mention.title if (w := weight(word)) > _COMMON}
    names = {n: w for n in mention.wording.names if (w := weight("n:" + n)) > _COMMON}
    towns = {t: weight("t:" + t) for t in mention.towns}
    held = frequencies.held
    furniture = frozenset(p for p in mention.wording.passages if held[_passage(p)] >= _FURNITURE)
    core = {c: weight("c:" + c) for c in mention.core}
    return Weighed(mention, words, _norm(words), title, _norm(title), names, towns, furniture, core)


def terms_of(mention: Mention) -> Iterable[str]:
    """What frequencies count of a mention: its words, and its names by themselves."""
    yield from mention.wording.words
    yield from ("n:" + name for name in mention.wording.names)
    yield from ("p:" + name for name in mention.wording.people)
    yield from ("t:" + town for town in mention.towns)
    yield from ("c:" + part for part in mention.core)
    yield from (_passage(p) for p in mention.wording.passages)


def _passage(passage: int) -> str:
    return f"f:{passage:x}"


def _norm(weights: Mapping[str, float]) -> float:
    return math.sqrt(sum(w * w for w in weights.values())) or 1.0


def _cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    if len(a) > len(b):
        a, b = b, a
    return sum(w * b[k] for k, w in a.items() if k in b)


def compare(a: Weighed, b: Weighed) -> dict[str, float]:
    """The features of a pair; one that is not there is 0. Symmetric."""
    m, n = a.mention, b.mention
    return {
        "words": _cosine(a.words, b.words) / (a.norm * b.norm),
        "titles": _cosine(a.title, b.title) / (a.title_norm * b.title_norm),
        **_by_names(a, b),
        **_by_marks(a, b),
        **_by_place(a, b),
        **_by_time(m, n),
        **_by_type(m, n),
        **_by_core(a, b),
        **_by_bars(m, n),
    }


def _by_names(a: Weighed, b: Weighed) -> dict[str, float]:
    shared = sum(w for name, w in a.names.items() if name in b.names)
    least = min(sum(a.names.values()), sum(b.names.values()))
    return {
        "names shared": math.log1p(shared),
        "names covered": shared / least if least else 0.0,
    }


def _by_marks(a: Weighed, b: Weighed) -> dict[str, float]:
    """Ages; and what makes two texts alike that tell of different things: their page's own words.

    What many mentions share, or two of one outlet, is mostly "download our app".
    """
    m, n = a.mention, b.mention
    ages = m.wording.ages & n.wording.ages
    one_outlet = m.outlet is not None and m.outlet == n.outlet
    mine, theirs = m.wording.passages - a.furniture, n.wording.passages - b.furniture
    least = min(len(mine), len(theirs))
    return {
        "ages shared": math.log1p(len(ages)),
        "ages differ": float(bool(m.wording.ages and n.wording.ages and not ages)),
        "own passages": len(mine & theirs) / least if least and one_outlet else 0.0,
        "furniture shared": math.log1p(len(a.furniture & b.furniture)),
        "one outlet": float(one_outlet),
    }


def _by_place(a: Weighed, b: Weighed) -> dict[str, float]:
    m, n = a.mention, b.mention
    towns = sum(w for town, w in a.towns.items() if town in b.towns)
    both = bool(m.towns and n.towns)
    regions = bool(m.regions and n.regions)
    countries = bool(m.countries and n.countries)
    return {
        "town shared": math.log1p(max(towns, 0.0)),
        "towns differ": float(both and not m.towns & n.towns),
        "region shared": float(bool(m.regions & n.regions)),
        "regions differ": float(regions and not m.regions & n.regions),
        "countries differ": float(countries and not m.countries & n.countries),
        **_by_scene(a, b),
    }


def _by_scene(a: Weighed, b: Weighed) -> dict[str, float]:
    """The town that the events themselves are put in: it says more than one that is named."""
    mine, theirs = _scene(a.mention), _scene(b.mention)
    same = mine is not None and mine == theirs
    return {
        "scene shared": math.log1p(max(a.towns.get(mine or "", 0.0), 0.0)) if same else 0.0,
        "scenes differ": float(mine is not None and theirs is not None and not same),
    }


def _scene(mention: Mention) -> str | None:
    place = mention.place
    return place.name.lower() if place and place.name and place.precision == "town" else None


def _by_time(m: Mention, n: Mention) -> dict[str, float]:
    found = {"published apart": 0.0, "same day": 0.0, "days apart": 0.0, "day unknown": 1.0}
    if m.published is not None and n.published is not None:
        apart = abs(m.published - n.published)
        # "the May 3 attack, in which 12 died", in June: its day stands in the words
        found["published apart"] = math.log1p(min(apart, _WEEK) if m.hits & n.hits else apart)
    if m.days and n.days:
        gap = max(0, m.days[0] - n.days[1], n.days[0] - m.days[1])
        found |= {"same day": float(gap == 0), "days apart": math.log1p(gap), "day unknown": 0.0}
    return found


def _by_type(m: Mention, n: Mention) -> dict[str, float]:
    types = load_events().types
    mine = {types[t].family for t in m.types if t in types}
    theirs = {types[t].family for t in n.types if t in types}
    return {
        "type": float(m.type is not None and m.type == n.type),
        "families differ": float(bool(mine and theirs and not mine & theirs)),
    }


def _by_core(a: Weighed, b: Weighed) -> dict[str, float]:
    """Who did or underwent what, on which day, how many: what tells alike incidents apart.

    A report that was published before an incident's day tells of another one.
    """
    m, n = a.mention, b.mention
    shared = sum(w for part, w in a.core.items() if part in b.core)
    apart = min((abs(d - e) for d in m.hits for e in n.hits), default=0)
    before = max(_told_before(m, n), _told_before(n, m))
    more, less = max(m.people, n.people), min(m.people, n.people)
    return {
        "core shared": math.log1p(max(shared, 0.0)),
        "attack days differ": math.log1p(min(apart, _WEEK)),
        "told before": math.log1p(min(before, _WEEK)),
        "people apart": math.log10(max(1.0, more / less / 10)) if less else 0.0,
    }


def _by_bars(m: Mention, n: Mention) -> dict[str, float]:
    """What parts a pair, or holds it together, whatever else is alike; weighed by hand.

    A strike that is planned or feared is not the one that happened; one on Wednesday is not one on
    Friday, nor one in the next town; what happened a year ago is recalled, not told again. And a
    sentence that was copied tells of what it told of before.
    """
    planned = "open" in (m.stance, n.stance) and m.stance != n.stance
    gap = max(0, m.days[0] - n.days[1], n.days[0] - m.days[1]) if m.days and n.days else 0
    return {
        "one only planned": float(planned),
        "no attack day shared": float(bool(m.hits and n.hits) and not m.hits & n.hits),
        "attacked elsewhere": float(bool(m.hits and n.hits) and _elsewhere(m, n)),
        "months apart": float(gap > _MONTHS),
        "copied line": float(gap == 0 and _is_copied(m.wording, n.wording)),
    }


def _elsewhere(m: Mention, n: Mention) -> bool:
    """True where both put what happened in a town, and neither names the other's."""
    mine, theirs = _scene(m), _scene(n)
    return bool(mine and theirs and not ({mine} | m.towns) & ({theirs} | n.towns))


def _is_copied(a: Wording, b: Wording) -> bool:
    """True for two lines of nearly the same words, too many to be alike by chance."""
    if min(a.size, b.size) < _SENTENCE or max(a.size, b.size) >= LINE:
        return False
    shared = sum(min(n, b.words[w]) for w, n in a.words.items() if w in b.words)
    return shared >= _COPIED * max(a.size, b.size)


def _told_before(m: Mention, n: Mention) -> int:
    """How many days a mention was published before another one's incident."""
    return max(0, n.days[0] - m.published) if n.days and m.published is not None else 0
