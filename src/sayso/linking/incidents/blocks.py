"""Where to look for mentions of the same incident: keys of time, place, name and rare word.

Linking never goes pair by pair over everything: a mention is posted under keys, and only those that
share one are compared. Every key holds a stretch of time, so that each list stays short however
long the ledger grows: a month for places and words, a year for people's names, since a trial comes
months after the crime.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.linking.incidents.mentions import Mention
from sayso.linking.incidents.words import LINE, Frequencies
from sayso.record.links import Postings, key_of

LIST = "incidents"
_STRETCH = 30  # days
_LONG = 360  # days
_RARE_WORDS = 10
_RARE_NAMES = 6
_WEEK = 7  # days: a country's events of one type are many
_RARE = 2.5  # log of how many mentions to one that has the word
_PEOPLE = 25
_PASSAGES = 4
_CANDIDATES = 120


def post_mention(mention: Mention, frequencies: Frequencies, postings: Postings) -> None:
    """Enter a mention where later ones will look."""
    postings.post(LIST, mention.id, set(_keys(mention, frequencies, (0,))))


def find_candidates(mention: Mention, frequencies: Frequencies, postings: Postings) -> list[str]:
    """The mentions most worth comparing, those with most keys in common first."""
    keys = set(_keys(mention, frequencies, (-1, 0, 1)))
    hits = postings.find(LIST, keys)
    best = sorted(hits, key=lambda m: (-hits[m], m))
    return [m for m in best if m != mention.id][:_CANDIDATES]


def _keys(mention: Mention, frequencies: Frequencies, steps: tuple[int, ...]) -> Iterator[int]:
    weight = frequencies.weights
    people = sorted(mention.wording.people, key=lambda p: (-weight("p:" + p), p))
    for stretch in _stretches(mention, steps, _LONG):
        for person in people[:_PEOPLE]:
            yield key_of("person", person, stretch)
    passages, words = sorted(mention.wording.passages)[:_PASSAGES], _rare(mention, frequencies)
    for stretch in _stretches(mention, steps, _STRETCH):
        for passage in passages:
            yield key_of("passage", passage, stretch)
        for town in mention.towns:
            yield key_of("town", town, stretch)
        for place in mention.regions or mention.countries:
            yield key_of("place", place, mention.type, stretch)
        for word in words:
            yield key_of("word", word, stretch)
    if mention.wording.size < LINE:  # which has little else to be found by
        for week in _stretches(mention, steps, _WEEK):
            for country in mention.countries:
                yield key_of("country", country, mention.type, week)


def _stretches(mention: Mention, steps: tuple[int, ...], length: int) -> set[int | None]:
    """The stretches of time of the event and of the report, with their neighbours for a search."""
    days = [d for d in (mention.published, mention.days and mention.days[0]) if d is not None]
    return {day // length + step for day in days for step in steps} or {None}


def _rare(mention: Mention, frequencies: Frequencies) -> set[str]:
    """The words by which a mention is found, each rare."""
    weight = frequencies.weights
    weighed = [(-weight(w), w) for w in mention.wording.words if len(w) > 2]
    rare = sorted([pair for pair in weighed if -pair[0] > _RARE])
    # names before others that are as rare: "Kabkabiya" is sought sooner than "kilometres"
    names = [pair for pair in rare if pair[1] in mention.wording.names][:_RARE_NAMES]
    return {word for _, word in {*rare[:_RARE_WORDS], *names}}
