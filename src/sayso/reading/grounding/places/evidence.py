"""Whether a name that could be a place's is one here.

The small model's entity types are one witness among others: a name is a place's by the words
around it (`in`, `near`, `the town of`, `province`), by a place beside it that holds it (`Aleppo,
Syria`), by being too well known to be anything else; and it is none inside the names of people,
papers and companies. What the rules say is then weighed beside all other signs (signs.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from sayso.reading.grounding.actors.roles import find_group
from sayso.reading.grounding.countries import find_form
from sayso.reading.grounding.places.elsewhere import leave_elsewhere
from sayso.reading.grounding.places.found import (
    Mention,
    Words,
    add_holders,
    find_names,
    holds,
)
from sayso.reading.grounding.places.signs import Around, signs_of, weigh
from sayso.reading.grounding.places.words import (
    BODIES,
    COMMON,
    DIRECTIONS,
    LEVELS,
    OTHERS,
    PEOPLE,
    PLACE_PREPOSITIONS,
    PREPOSITIONS,
    SITES,
    STRONG_SITES,
    TITLES,
)

if TYPE_CHECKING:
    from sayso.reading.grounding.gazetteer import Gazetteer
    from sayso.reading.parsing.parse import Parse

Verdict = Literal["sure", "doubtful", "other"]

_KEPT = 0.42  # the least chance with which a name is kept: about where F1 is best
_WELL_KNOWN = 300_000
_LARGE = 100_000
_TAGGED_WRONG = 50_000  # Bakhmut has fallen: an adverb to the model
_KNOWN = 15_000
_SMALL = 5_000
_SHORT = 4
_PLACE_TYPES = frozenset({"GPE", "LOC", "FAC"})
_NEVER_TYPES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL",
                          "NORP", "LANGUAGE"})  # fmt: skip
# A family name is a town's name here often enough: Lincoln, Santos, Romano.
_SURNAME_COUNTRIES = frozenset(
    "USA CAN GBR IRL AUS NZL ZAF JAM ESP PRT ITA FRA DEU AUT CHE NLD BEL MEX GTM HND SLV NIC CRI "
    "PAN CUB DOM COL VEN ECU PER BOL CHL ARG URY PRY BRA PHL".split()
)
_MISTER = frozenset({"mr", "mrs", "ms", "miss"})
_DATELINE = re.compile(r"[^\n]{0,40}(?:\([A-Za-z ]{2,20}\)\s*)?(?:--|—|–| - )")


def find_mentions(parse: Parse, gazetteer: Gazetteer) -> list[Mention]:
    """The mentions of places in order, none overlapping, each with the places that it may be."""
    words = Words(parse)
    judged = judge_names(words, gazetteer)
    kept = (
        replace(j.mention, chance=c)
        for j in judged
        if (c := weigh(j.signs)) > _KEPT or _is_told(words, j.mention, j.verdict)
    )
    named = add_holders(words, [m for m in kept if not _is_adjective(words, m)])
    return leave_elsewhere(words.text, named)


def _is_told(words: Words, mention: Mention, verdict: Verdict) -> bool:
    """True for the town of Tawila, the village of Oda: whatever else the name may be."""
    is_of = words.lower(mention.first - 1) == "of"
    return is_of and verdict == "sure" and mention.level == "city"


def _is_adjective(words: Words, mention: Mention) -> bool:
    """True for a people's name that is a place's too: `the Somali army` is not of Ethiopia's."""
    form = find_form(mention.name) if words.types[mention.first] == "NORP" else None
    return bool(form and form[1] in ("demonym", "people") and mention.level is None)


@dataclass(frozen=True, slots=True)
class Judged:
    """A name, what the rules say that it is, and the signs that bear on it."""

    mention: Mention
    verdict: Verdict
    signs: frozenset[str]


def judge_names(words: Words, gazetteer: Gazetteer) -> list[Judged]:
    """All names that could be a place's, with the verdicts of the rules and their signs."""
    people = _people_named(words)
    names = _merge_adjacent(words, find_names(words, gazetteer))
    ruled = [_judge(words, m, people) for m in names]
    verdicts = [v for v, _ in ruled]
    for at in range(1, len(names)):
        if verdicts[at - 1] == "other" and names[at].first == names[at - 1].last + 1:
            verdicts[at] = "other"  # Paris Hilton, where Hilton is a town too
    around = Around(names, verdicts)
    judged = []
    for at, (name, verdict) in enumerate(zip(names, verdicts, strict=True)):
        held = _has_holder_after(names, verdicts, words, at)
        signs = signs_of(words, name, verdict, ruled[at][1], around, held=held)
        judged.append(Judged(name, verdict, frozenset(signs)))
    return judged


def _people_named(words: Words) -> set[str]:
    """The first and last names of the people that the report names in full, or with a title."""
    found = set()
    persons = (i for i, kind in enumerate(words.types) if kind == "PERSON")
    for i in persons:
        if words.goes_on[i + 1 : i + 2] == [True]:
            # Maidan Wardak province, Jolo Cathedral: the model's people are not all people
            last = _last_of_entity(words, i)
            is_site = words.lower(last) in SITES or words.lower(last + 1) in LEVELS
            if not (is_site or words.goes_on[i]):
                found |= {words.words[i], words.words[last]}
    for i, is_big in enumerate(words.is_big[1:]):
        if is_big and words.lows[i].rstrip(".") in TITLES:
            found.add(words.words[i + 1])
    return found


def _last_of_entity(words: Words, i: int) -> int:
    last = i
    while words.goes_on[last + 1 : last + 2] == [True]:
        last += 1
    return last


def _merge_adjacent(words: Words, names: list[Mention]) -> list[Mention]:
    """The names, the parts of one division's name joined: `Kasai Occidental province`."""
    merged: list[Mention] = []
    for mention in names:
        last = merged[-1] if merged else None
        if last and mention.first == last.last + 1 and _is_one_name(words, last, mention):
            merged[-1] = replace(
                last, last=mention.last, level=mention.level,
                span=words.span(last.first, mention.last),
            )  # fmt: skip
        else:
            merged.append(mention)
    return merged


def _is_one_name(words: Words, left: Mention, right: Mention) -> bool:
    return (
        right.level in ("adm1", "adm2", "adm")
        and left.level is None
        and not (left.is_known or right.is_known or words.opens[right.first])
        and left.name.lower() not in COMMON
    )


def _judge(words: Words, mention: Mention, people: set[str]) -> tuple[Verdict, str]:
    """What a name is here, and which rule says it: the first that knows."""
    if not mention.entries:
        if find_group(mention.name) or (mention.name.isupper() and mention.level is None):
            return "other", "group"  # in ISIL
        if mention.name in people and mention.level is None:
            return "other", "person"  # Oskar Bremmel … near Bremmel
        if mention.is_loose:
            return "doubtful", "street" if mention.level == "site" else "loose"
        return "sure", "unlisted"  # find_names took it for its evidence
    for rule in _RULES:
        verdict = rule(words, mention, people)
        if verdict is not None:
            return verdict, rule.__name__.removeprefix("_by_")
    return "doubtful", "none"


def _by_level(words: Words, mention: Mention, _: set[str]) -> Verdict | None:
    """Kursk region, the city of Aleppo: the words say what it is."""
    tells = mention.level not in (None, "site")
    return "sure" if tells and not _has_owner(words, mention) else None


def _by_name_around(words: Words, mention: Mention, _: set[str]) -> Verdict | None:
    """The Kyiv Independent, Paris Hilton: another's name."""
    return "other" if _is_in_other_name(words, mention) else None


def _by_person(words: Words, mention: Mention, people: set[str]) -> Verdict | None:
    """Mary Lincoln … Lincoln said: a person whom the report names in full."""
    if mention.name not in people or mention.is_country:
        return None
    if words.lower(mention.first - 1) in PLACE_PREPOSITIONS:
        return None
    # the model's people are not all people: Kharkiv, where the report has a "Kharkiv Oblast"
    return None if _is_no_surname(mention) and _is_big(mention, _LARGE) else "other"


def _by_group(words: Words, mention: Mention, _: set[str]) -> Verdict | None:
    """Saba, an agency and an island; the Arakan Army, of a region but not in it."""
    if mention.is_country or mention.level is not None:
        return None
    ends = range(mention.last, min(mention.last + 3, len(words)))
    names = (words.cut(mention.first, end) for end in ends)
    return "other" if any(find_group(name) for name in names) else None


def _by_site(words: Words, mention: Mention, _: set[str]) -> Verdict | None:
    """Jolo Cathedral, whatever the model takes it for."""
    is_site = mention.level == "site" and words.lower(mention.last) in STRONG_SITES
    return "sure" if is_site else None


def _by_letters(words: Words, mention: Mention, _: set[str]) -> Verdict | None:
    """A town called Eu is not the EU; one called Best seldom stands where `best` could."""
    if mention.name.isupper() and len(mention.name) <= _SHORT and not _is_big(mention, _KNOWN):
        return "other"
    if mention.name.lower() not in COMMON or mention.is_country:  # the US is not us
        return None
    is_place = words.types[mention.first] in _PLACE_TYPES
    return "sure" if is_place and words.lower(mention.first - 1) in PREPOSITIONS else "doubtful"


def _by_model(words: Words, mention: Mention, _: set[str]) -> Verdict | None:
    kind = words.types[mention.first]
    if kind in _PLACE_TYPES or (mention.level is not None and kind != "PERSON"):
        return "sure"
    return None


def _by_fame(words: Words, mention: Mention, _: set[str]) -> Verdict | None:
    """Darfur, Kyiv, Khan Younis: names of nothing else, also where the model sees a person."""
    is_whole = words.types[mention.first] not in ("PERSON", "ORG") or (
        not words.goes_on[mention.first] and _last_of_entity(words, mention.first) <= mention.last
    )
    if mention.is_known:
        is_person = words.types[mention.first] == "PERSON" and not is_whole
        return "doubtful" if is_person and not mention.is_country else "sure"
    first = mention.first
    is_name = (
        words.types[first]
        or words.tags[first] in ("PROPN", "X")
        or not words.opens[first]
        or _is_big(mention, _TAGGED_WRONG)
    )
    return "sure" if is_name and is_whole and _is_no_surname(mention) else None


def _by_neighbours(words: Words, mention: Mention, _: set[str]) -> Verdict | None:
    """In Springfield; a Springfield man; SPRINGFIELD (AP) -- in capitals."""
    first = mention.first
    if words.tags[first] not in ("PROPN", "X"):
        return "doubtful"
    kind = words.types[first]
    before = words.lower(first - 1)
    if before in PREPOSITIONS and (kind != "PERSON" or before in PLACE_PREPOSITIONS):
        return "sure" if kind != "ORG" or _is_big(mention, _KNOWN) else "doubtful"
    has_people = words.lower(mention.last + 1) in PEOPLE and _is_big(mention, _KNOWN)
    if kind != "PERSON" and (has_people or _is_big(mention, _WELL_KNOWN)):
        return "sure"
    return "sure" if words.opens[first] and _is_dateline(words, mention) else None


Rule = Callable[[Words, Mention, set[str]], "Verdict | None"]
# The order matters: `Aleppo` in `the Syrian city of Aleppo` is a people's name to the model, so
# what the words say goes first; `Lincoln` of `Mary Lincoln` goes before `from Lincoln`.
_RULES: tuple[Rule, ...] = (
    _by_level, _by_name_around, _by_person, _by_group, _by_site, _by_letters, _by_model, _by_fame,
    _by_neighbours,
)  # fmt: skip


def _has_owner(words: Words, mention: Mention) -> bool:
    """True where the name goes on or began before: `New Jersey State Police`, `Mary Lake`."""
    before = mention.first - 1
    return (words.is_name(before) and words.types[before] == "PERSON") or (
        words.is_name(mention.last + 1) and not words.opens[mention.last + 1]
    )


def _is_no_surname(mention: Mention) -> bool:
    """True for a capital, or a town where towns are not called after people: Bukavu, Avdiivka."""
    form = find_form(mention.name)
    if form and form[1] == "capital":
        return True
    form_of_people = form and form[1] in ("demonym", "people")
    largest = max(mention.entries, key=lambda e: e.population)
    far = largest.country not in _SURNAME_COUNTRIES
    return far and not form_of_people and _is_big(mention, _SMALL)


def _is_big(mention: Mention, people: int) -> bool:
    return mention.is_known or any(
        e.population >= people or e.kind in ("adm1", "village") for e in mention.entries
    )


def _is_dateline(words: Words, mention: Mention) -> bool:
    """True for a name in capitals that opens a paragraph before a dash: `KYIV, Ukraine (AP) —`."""
    start = mention.span.end
    return mention.name.isupper() and bool(_DATELINE.match(words.text[start : start + 80]))


def _is_in_other_name(words: Words, mention: Mention) -> bool:
    """True where the match is part of the name of a person, a paper, a company, a team."""
    first, last = mention.first, mention.last
    if words.types[first] in _NEVER_TYPES and not mention.is_country:
        # the model's peoples are not all peoples: `shelled Omdurman`
        return not _is_no_surname(mention)
    before = words.lower(first - 1)
    if before.rstrip(".") in _MISTER:
        return True  # Mr. Jordan
    if before.rstrip(".") in TITLES and not mention.is_country and not words.is_name(last + 1):
        return words.is_name(first - 1)  # Sen. Lincoln
    if words.is_name(first - 1) and words.types[first - 1] == "PERSON":
        return not words.opens[first]  # Michael Jordan
    if mention.level == "site":
        return False
    if words.is_name(last + 1) and not words.opens[last + 1]:
        return _next_makes_other(words, mention)
    return words.is_name(first - 1) and _before_makes_other(words, mention)


def _next_makes_other(words: Words, mention: Mention) -> bool:
    last = mention.last
    after = words.lower(last + 1)
    if after in OTHERS:
        return True  # the Kyiv Independent
    if after in BODIES or after.removesuffix("s") in BODIES:
        return False  # Fargo Mayor …, Kursk Governor …
    kind = words.types[last]
    if mention.is_country:
        return kind == "PERSON" or (kind == "ORG" and not _is_body_ahead(words, last))
    if kind in _PLACE_TYPES:
        return words.goes_on[last + 1]
    return not (kind in ("ORG", "FAC") and _is_body_ahead(words, last))


def _is_body_ahead(words: Words, last: int) -> bool:
    """True where the name goes on to the word for a public body: `Rapides Parish Fire District`."""
    for at in range(last + 1, min(last + 7, len(words))):
        if words.lower(at) in BODIES:
            return True
        if not words.is_name(at) and words.words[at] not in ("of", "'s", "&", "and", "for"):
            return False
    return False


def _before_makes_other(words: Words, mention: Mention) -> bool:
    first = mention.first
    kind = words.types[first]
    if words.lower(first - 1) in DIRECTIONS or mention.is_country:
        return False
    if words.opens[first - 1] or (kind in _PLACE_TYPES and not words.goes_on[first]):
        return kind in ("PERSON", "ORG") and words.goes_on[first]
    return True


def _has_holder_after(names: list[Mention], verdicts: list[Verdict], words: Words, at: int) -> bool:
    """True for `Toledo` in `Toledo, Ohio`: a comma, then a place that holds one of that name."""
    if at + 1 == len(names) or verdicts[at + 1] != "sure":
        return False
    mention, other = names[at], names[at + 1]
    if other.first != mention.last + 2 or words.words[mention.last + 1] != ",":
        return False
    return any(holds(o, e) for o in other.entries[:3] for e in mention.entries)
