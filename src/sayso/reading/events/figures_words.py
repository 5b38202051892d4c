"""Words by which a number is told to count people, things, or nothing."""

from __future__ import annotations

# One person in it is a figure of 1, GUIDE.md.
ONE_COUNTS = frozenset({"killed", "wounded", "captured", "missing", "arrested", "abducted"})
PEOPLE_COUNTS = ONE_COUNTS | {"killed_or_wounded", "deployed", "displaced"}
ONLY_PEOPLE = frozenset({"killed", "wounded", "arrested", "abducted"})
INSIDE_NOUN = frozenset({
    "nummod", "quantmod", "amod", "compound", "nmod", "advmod", "det", "npadvmod", "predet", "poss",
})  # fmt: skip
SINGULAR_PRONOUNS = frozenset({"he", "she", "him", "her", "himself", "herself", "his"})
# "not a single guard", "each nurse": one word, and not one person
NO_ONE = frozenset({"no", "not", "neither", "any", "each", "every", "many", "those"})
