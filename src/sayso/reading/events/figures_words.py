"""Words by which a number is told to count people, things, or nothing."""

from __future__ import annotations

# One person in it is a figure of 1, GUIDE.md.
ONE_COUNTS = frozenset({"killed", "wounded", "captured", "missing", "arrested", "abducted"})
PEOPLE_COUNTS = ONE_COUNTS | {"killed_or_wounded", "deployed", "displaced"}
ONLY_PEOPLE = frozenset({"killed", "wounded", "arrested", "abducted"})
ANIMALS = frozenset({
    "animal", "bear", "bird", "camel", "cat", "cattle", "chicken", "cow", "dog", "donkey", "duck",
    "elephant", "fish", "goat", "hen", "horse", "lamb", "lion", "livestock", "mule", "ox", "pig",
    "poultry", "rhino", "sheep", "tiger", "whale", "wolf",
})  # fmt: skip
STATING = frozenset({
    "be", "put", "rise", "climb", "reach", "stand", "exceed", "bring", "raise", "revise", "total",
    "number", "come", "surpass", "pass", "top", "increase", "jump", "estimate", "include", "report",
    "confirm", "count", "leave", "have", "go", "drop", "fall", "remain", "grow", "say", "become",
})  # fmt: skip
INSIDE_NOUN = frozenset({
    "nummod", "quantmod", "amod", "compound", "nmod", "advmod", "det", "npadvmod", "predet", "poss",
})  # fmt: skip
COLLECTIVE = frozenset({
    "people", "police", "family", "crew", "group", "staff", "couple", "public", "number", "dozen",
    "hundred", "thousand", "team", "pair", "life", "personnel", "anyone", "someone", "everyone",
    "anybody", "somebody", "nobody", "everybody", "other", "rest", "majority", "militia", "army",
    "military", "government", "crowd", "none", "authority",
})  # fmt: skip
# A number of these is no figure: GUIDE.md, counts of events, durations, distances, ages.
NO_MEASURE = frozenset({
    "age", "bid", "book", "case", "charge", "chapter", "count", "day", "degree", "episode", "event",
    "film", "floor", "game", "goal", "hour", "incident", "instance", "kilometer", "kilometre", "km",
    "lane", "lap", "match", "meter", "metre", "mile", "minute", "month", "occasion", "offence",
    "offense", "part", "phase", "place", "point", "project", "reason", "round", "season", "second",
    "series", "set", "side", "stage", "step", "storey", "story", "time", "title", "version", "way",
    "week", "win", "year", "yard", "foot", "inch", "decade", "century", "night", "weekend", "term",
    "page", "thing", "type", "kind", "front", "option", "question", "sentence", "area",
    "attempt", "meeting", "session", "run", "wicket", "try", "division",
})  # fmt: skip
SINGULAR_PRONOUNS = frozenset({"he", "she", "him", "her", "himself", "herself", "his"})
SUMMING = frozenset({"since", "cumulative", "cumulatively", "altogether", "total", "overall"})
