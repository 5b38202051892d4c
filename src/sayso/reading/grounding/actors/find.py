"""Actors: who a noun phrase is, its country and its kind.

A phrase is read by its parts: an organisation by name (lexicon/roles.toml), a country (name,
adjective, capital, palace), a role. `Ukrainian President Volodymyr Zelensky` is a person of a
country's government; `Seoul` that government itself. Joint actors are the caller's to take apart.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from sayso.reading.grounding.actors.roles import (
    Group,
    Role,
    find_groups,
    find_roles,
)
from sayso.reading.grounding.countries import PASSED_OVER, Mention, mentions_of
from sayso.reading.grounding.names import drop_possessive
from sayso.reading.grounding.places.words import TITLES
from sayso.record import Actor, ActorKind

_MOST = 400  # characters: a noun phrase, not a hostile megabyte
_WORD = re.compile(r"[^\W_]+(?:[.'’/-][^\W_]+)*\.?")
_ARTICLE = re.compile(r"(?i)(?:the|a|an|some|several|its|their|his|her|our|two|one)\s+")
# what follows is not the phrase's own: `ambassador to Ukraine`, `talks with Iran`
_OTHERS = frozenset("to with against on toward towards about by over".split())
_PLACED = frozenset("in from at of near inside across".split())
_BREAKS = frozenset(
    "of in from at with who that on for to which near against by and or inside between".split()
)
_PARTICLES = frozenset(
    "al el bin ibn bint van von de dela der da di dos del la le abu ben ter".split()
)
# `soldiers in Ukraine` need not be Ukraine's; `authorities in Seoul` are South Korea's
_NOT_BY_PLACE = frozenset({"military", "media", "aid", "international", "agency", "intelligence"})


@dataclass(frozen=True, slots=True)
class _Parts:
    """A phrase and what was found in it."""

    words: str
    groups: list[Group]
    countries: list[Mention]
    roles: list[Role]


@functools.lru_cache(maxsize=4096)
def ground_actor(words: str, context_country: str | None = None) -> Actor | None:
    """Who the words name, with country and kind; None where they tell neither.

    `context_country` (alpha-3) is taken where the words hold a role of a state but no country
    ("the army").
    """
    phrase = _clean(words)
    if not phrase or len(phrase) > _MOST:
        return None
    groups = [g for g in find_groups(phrase) if _word_before(phrase, g.start) not in _OTHERS]
    parts = _Parts(phrase, groups, mentions_of(phrase), find_roles(phrase))
    kind = _kind(parts)
    country = _country(parts, kind) or (context_country if _is_of_state(kind) else None)
    if kind is None and country is not None:
        kind = _kind_of_country(parts)
    if kind is None and country is None:
        return None
    return Actor(_name(parts), country, kind)


def _clean(words: str) -> str:
    phrase = " ".join(words.replace(" 's", "'s").replace(" ’s", "’s").split()).strip('"“”,;: ')
    phrase = _ARTICLE.sub("", phrase, count=1) if _ARTICLE.match(phrase) else phrase
    return drop_possessive(phrase)


def _kind(parts: _Parts) -> ActorKind | None:
    for group in parts.groups:
        if not group.is_tail:
            return group.kind
    end = _head_end(parts)
    for strength in ("role", "wide"):
        own = [r for r in parts.roles if r.strength == strength]
        inside = [r for r in own if r.start < end]
        if inside:
            return inside[-1].kind
        if own and not [r for r in parts.roles if r.start < end and r.strength == "wide"]:
            return own[0].kind
    offices = [r for r in parts.roles if r.strength in ("alone", "with_country")]
    if offices and (parts.countries or any(r.strength == "alone" for r in offices)):
        return "government"
    return None


def _head_end(parts: _Parts) -> int:
    """Where the phrase's own words end and what hangs on them begins: `head of the army`."""
    covered = [(r.start, r.end) for r in parts.roles] + [(g.start, g.end) for g in parts.groups]
    for match in _WORD.finditer(parts.words):
        start = match.start()
        if start and match.group() in _BREAKS and not any(a <= start < b for a, b in covered):
            return start
        if parts.words[match.end() : match.end() + 1] == ",":
            return match.end()
    return len(parts.words)


def _country(parts: _Parts, kind: ActorKind | None) -> str | None:
    for group in parts.groups:
        if group.country is not None:
            return group.country
    if parts.groups and not parts.groups[0].is_tail and kind in ("rebels", "international", "aid"):
        return None  # Islamic State fighters in Iraq: the group is no country's
    for mention in parts.countries:
        previous = _word_before(parts.words, mention.start)
        if previous in _OTHERS or _is_passed_over(parts.words, mention.end):
            continue
        if previous in _PLACED and previous != "of" and kind in _NOT_BY_PLACE:
            continue
        return mention.country.iso3
    return None


def _word_before(words: str, start: int) -> str:
    """The word before a place in the phrase, articles and directions passed over."""
    before = reversed(words[:start].lower().split())
    return next((w for w in before if w != "the" and not w.endswith("ern")), "")


def _is_passed_over(words: str, end: int) -> bool:
    tail = words[end : end + 16]
    return tail[:1] in ("-", "‑", "–") and tail[1:].split(" ")[0].lower() in PASSED_OVER


def _is_of_state(kind: ActorKind | None) -> bool:
    return kind in ("military", "government", "intelligence", "police", "judiciary", "legislature")


def _kind_of_country(parts: _Parts) -> ActorKind | None:
    """`Seoul` and `Ukraine` act as governments; `the Russians` and `a Syrian` tell no kind."""
    first = parts.countries[0]
    alone = not parts.words[: first.start].strip() and not parts.words[first.end :].strip(" '’s.")
    return "government" if alone and first.form in ("name", "capital", "metonym") else None


def _name(parts: _Parts) -> str:
    person = _person(parts)
    if person:
        return person
    for group in parts.groups:
        if not group.is_tail:
            return group.name
    if len(parts.countries) == 1 and not parts.roles:
        only = parts.countries[0]
        rest = parts.words[: only.start].strip() + parts.words[only.end :].strip(" '’s.")
        if not rest and only.form in ("name", "capital", "metonym"):
            return only.country.name
    return parts.words


def _person(parts: _Parts) -> str | None:
    """The name of a person that the phrase holds: capitalised words that end its own part.

    They stand after a role or title (`President Volodymyr Zelensky`), or open the phrase before a
    comma (`Delfin Lorenzana, the Defence Secretary`).
    """
    end = _head_end(parts)
    taken = [(r.start, r.end) for r in parts.roles]
    taken += [(m.start, m.end) for m in parts.countries] + [(g.start, g.end) for g in parts.groups]
    run: list[tuple[int, int]] = []
    for match in reversed(list(_WORD.finditer(parts.words, 0, end))):
        word = match.group()
        if any(a < match.end() and match.start() < b for a, b in taken):
            break
        if word.rstrip(".").lower() in TITLES and run:
            break
        if not (word[0].isupper() or (word.split("-")[0].lower() in _PARTICLES and run)):
            break
        run.append(match.span())
    if not run:
        return None
    start = run[-1][0]
    name = parts.words[start : run[0][1]]
    after_role = start > 0 and bool(parts.roles or _ends_with_title(parts.words[:start]))
    opens = start == 0 and len(run) > 1 and end < len(parts.words)
    return name if after_role or opens else None


def _ends_with_title(words: str) -> bool:
    return bool(words.split()) and words.rsplit(maxsplit=1)[-1].rstrip(".").lower() in TITLES
