"""How likely two mentions speak of one incident: features that people can read, and their weights.

A logistic model of a dozen features; the weights are plain numbers in weights.json, made by
`training/incidents`. Two kinds of pair have weights of their own: whole reports, and pairs with a
line (a claim, a context paragraph), which has few words to be compared by.
"""

from __future__ import annotations

import functools
import json
import math
import operator
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

from sayso.lexicon.events import load_events
from sayso.linking.incidents.mentions import Mention
from sayso.linking.incidents.words import LINE, Frequencies, Wording

_FURNITURE = 5  # a passage of so many mentions is its page's own: "download our app"
_WEEK = 7  # days beyond which more days apart say nothing more
_MONTHS = 60  # days from which on two incidents are two, however alike
_SENTENCE = 8  # words from which on a line is copied and not alike by chance
_COPIED = 0.9  # share of the words of the longer line
_COMMON = 0.7  # words less distinctive than this are not compared


# what is compared, in this order; grounds.py says each in words
FEATURES = (
    "words", "titles", "names shared", "names covered",
    "ages shared", "ages differ", "own passages", "furniture shared", "one outlet",
    "town shared", "towns differ", "region shared", "regions differ", "countries differ",
    "scene shared", "scenes differ",
    "published apart", "same day", "days apart", "day unknown", "type", "families differ",
    "core shared", "attack days differ", "told before", "people apart",
    "one only planned", "no attack day shared", "attacked elsewhere", "months apart", "copied line",
)  # fmt: skip
Features = tuple[float, ...]  # by FEATURES
_BAR = FEATURES.index("attacked elsewhere")


@dataclass(frozen=True)
class Weights:
    """The model of one kind of pair: a bias, a weight a feature, and from which sum on to join."""

    bias: float
    features: Mapping[str, float]
    join: float

    @functools.cached_property
    def _row(self) -> Features:
        return tuple(self.features.get(name, 0.0) for name in FEATURES)

    def sum(self, features: Features) -> float:
        """The log-odds that features speak for: above 0, more likely one incident than not."""
        return self.bias + float(sum(map(operator.mul, self._row, features)))

    def bars(self, features: Features) -> bool:
        """True of the features of a pair that cannot be one."""
        return features[_BAR] * self._row[_BAR] < 0

    def parts(self, features: Features) -> dict[str, float]:
        """What each feature that is there adds to the sum."""
        rows = zip(FEATURES, self._row, features, strict=True)
        return {name: round(value * weight, 2) for name, weight, value in rows if value}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions side by side: the score, and the features that it rests on.

    Two mentions of one report have none: the report itself parts them.
    """

    score: float
    weights: Weights
    features: Features | None

    @property
    def barred(self) -> bool:
        """True where they cannot be one, whoever else speaks of both."""
        return self.features is not None and self.weights.bars(self.features)

    def parts(self) -> dict[str, float]:
        """What each feature added to the score."""
        return self.weights.parts(self.features) if self.features else {}


@functools.cache
def load_weights() -> Mapping[str, Weights]:
    """The shipped weights: `reports` and `lines`."""
    text = resources.files("sayso.linking.incidents").joinpath("weights.json").read_text("utf-8")
    return {kind: Weights(**row) for kind, row in json.loads(text).items()}


def kind_of(a: Mention, b: Mention) -> str:
    """Which weights a pair has."""
    return "lines" if min(a.wording.size, b.wording.size) < LINE else "reports"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A mention with its words weighed by how distinctive they are, and what a pair asks of it."""

    mention: Mention
    words: Mapping[str, float]
    norm: float
    title: Mapping[str, float]
    title_norm: float
    names: Mapping[str, float]
    all_names: float
    towns: Mapping[str, float]
    furniture: frozenset[int]
    own: frozenset[int]  # passages that are not its page's
    core: Mapping[str, float]
    families: frozenset[str]
    scene: str | None  # the town that the events themselves are put in


def weigh(mention: Mention, frequencies: Frequencies) -> Weighed:
    """A mention weighed by the frequencies as they now are."""
    weight = frequencies.weights
    words = {
        word: w if count == 1 else (1 + math.log(count)) * w
        for word, count in mention.wording.words.items()
        if (w := weight(word)) > _COMMON
    }
    title = {word: w for word in mention.title if (w := weight(word)) > _COMMON}
    names = {n: w for n in mention.wording.names if (w := weight("n:" + n)) > _COMMON}
    towns = {t: weight("t:" + t) for t in mention.towns}
    held, passages = frequencies.held, mention.wording.passages
    furniture = frozenset(p for p in passages if held[_passage(p)] >= _FURNITURE)
    core = {c: weight("c:" + c) for c in mention.core}
    types = load_events().types
    families = frozenset(types[t].family for t in mention.types if t in types)
    return Weighed(
        mention, words, _norm(words), title, _norm(title), names, sum(names.values()), towns,
        furniture, passages - furniture, core, families, _scene(mention),
    )  # fmt: skip


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


def _shared(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    return sum([w for k, w in a.items() if k in b]) if a and b else 0.0


def _cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    if len(a) > len(b):
        a, b = b, a
    # lists: a generator takes half as long again, and most of linking is this line
    return sum([w * b[k] for k, w in a.items() if k in b])


def compare(a: Weighed, b: Weighed) -> Features:
    """The features of a pair; one that is not there is 0. Symmetric."""
    m, n = a.mention, b.mention
    return (
        _cosine(a.words, b.words) / (a.norm * b.norm),
        _cosine(a.title, b.title) / (a.title_norm * b.title_norm),
        *_by_names(a, b),
        *_by_marks(a, b),
        *_by_place(a, b),
        *_by_scene(a, b),
        *_by_time(m, n),
        *_by_type(a, b),
        *_by_core(a, b),
        *_by_bars(a, b),
    )


def _by_names(a: Weighed, b: Weighed) -> Features:
    shared = _shared(a.names, b.names)
    least = min(a.all_names, b.all_names)
    return math.log1p(shared), shared / least if least else 0.0


def _by_marks(a: Weighed, b: Weighed) -> Features:
    """Ages; and what makes two texts alike that tell of different things: their page's own words.

    What many mentions share, or two of one outlet, is mostly "download our app".
    """
    m, n = a.mention, b.mention
    mine, theirs = m.wording.ages, n.wording.ages
    ages = mine & theirs
    one_outlet = m.outlet is not None and m.outlet == n.outlet
    least = min(len(a.own), len(b.own))
    return (
        math.log1p(len(ages)),
        float(bool(mine and theirs and not ages)),
        len(a.own & b.own) / least if least and one_outlet else 0.0,
        math.log1p(len(a.furniture & b.furniture)),
        float(one_outlet),
    )


def _by_place(a: Weighed, b: Weighed) -> Features:
    m, n = a.mention, b.mention
    both = bool(m.towns and n.towns)
    regions = bool(m.regions and n.regions)
    countries = bool(m.countries and n.countries)
    return (
        math.log1p(max(_shared(a.towns, b.towns), 0.0)),
        float(both and m.towns.isdisjoint(n.towns)),
        float(regions and not m.regions.isdisjoint(n.regions)),
        float(regions and m.regions.isdisjoint(n.regions)),
        float(countries and m.countries.isdisjoint(n.countries)),
    )


def _by_scene(a: Weighed, b: Weighed) -> Features:
    """The town that the events themselves are put in: it says more than one that is named."""
    if a.scene is None or b.scene is None:
        return 0.0, 0.0
    if a.scene != b.scene:
        return 0.0, 1.0
    weight = max(a.towns.get(a.scene, 0.0), b.towns.get(a.scene, 0.0))  # one may only imply it
    return math.log1p(max(weight, 0.0)), 0.0


def _scene(mention: Mention) -> str | None:
    place = mention.place
    return place.name.lower() if place and place.name and place.precision == "town" else None


def _by_time(m: Mention, n: Mention) -> Features:
    published = 0.0
    if m.published is not None and n.published is not None:
        apart = abs(m.published - n.published)
        # "the May 3 attack, in which 12 died", in June: its day stands in the words
        published = math.log1p(min(apart, _WEEK) if m.hits & n.hits else apart)
    if not m.days or not n.days:
        return published, 0.0, 0.0, 1.0
    gap = _gap(m, n)
    return published, float(gap == 0), math.log1p(gap), 0.0


def _gap(m: Mention, n: Mention) -> int:
    """Days between what two mentions tell of; 0 where they may be one day, or it is not known."""
    return max(0, m.days[0] - n.days[1], n.days[0] - m.days[1]) if m.days and n.days else 0


def _by_type(a: Weighed, b: Weighed) -> Features:
    m, n = a.mention, b.mention
    return (
        float(m.type is not None and m.type == n.type),
        float(bool(a.families and b.families and a.families.isdisjoint(b.families))),
    )


def _by_core(a: Weighed, b: Weighed) -> Features:
    """Who did or underwent what, on which day, how many: what tells alike incidents apart.

    A report that was published before an incident's day tells of another one.
    """
    m, n = a.mention, b.mention
    apart = min([abs(d - e) for d in m.hits for e in n.hits], default=0)
    before = max(_told_before(m, n), _told_before(n, m))
    more, less = max(m.people, n.people), min(m.people, n.people)
    return (
        math.log1p(max(_shared(a.core, b.core), 0.0)),
        math.log1p(min(apart, _WEEK)),
        math.log1p(min(before, _WEEK)),
        math.log10(max(1.0, more / less / 10)) if less else 0.0,
    )


def _by_bars(a: Weighed, b: Weighed) -> Features:
    """What parts a pair, or holds it together, whatever else is alike; weighed by hand.

    A strike that is planned or feared is not the one that happened; one on Wednesday is not one on
    Friday, nor one in the next town; what happened a year ago is recalled, not told again. And a
    sentence that was copied tells of what it told of before.
    """
    m, n = a.mention, b.mention
    planned = "open" in (m.stance, n.stance) and m.stance != n.stance
    hits = bool(m.hits and n.hits)
    gap = _gap(m, n)
    return (
        float(planned),
        float(hits and m.hits.isdisjoint(n.hits)),
        float(hits and _elsewhere(a, b)),
        float(gap > _MONTHS),
        float(gap == 0 and _is_copied(m.wording, n.wording)),
    )


def _elsewhere(a: Weighed, b: Weighed) -> bool:
    """True where both put what happened in a town, and neither names the other's."""
    if not a.scene or not b.scene:
        return False
    m, n = a.mention, b.mention
    return ({a.scene} | m.towns).isdisjoint({b.scene} | n.towns)


def _is_copied(a: Wording, b: Wording) -> bool:
    """True for two lines of nearly the same words, too many to be alike by chance."""
    if min(a.size, b.size) < _SENTENCE or max(a.size, b.size) >= LINE:
        return False
    shared = sum(min(n, b.words[w]) for w, n in a.words.items() if w in b.words)
    return shared >= _COPIED * max(a.size, b.size)


def _told_before(m: Mention, n: Mention) -> int:
    """How many days a mention was published before another one's incident."""
    return max(0, n.days[0] - m.published) if n.days and m.published is not None else 0
