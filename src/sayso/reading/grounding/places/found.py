"""Where places are named in a report, before it is asked which places those are.

Every run of capitalised words is looked up, longest first. Whether a name that the gazetteer knows
is a place's here is for evidence.py; what a place lies in is read off the words beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from sayso.reading.grounding.countries import find_form
from sayso.reading.grounding.gazetteer import Entry, Gazetteer
from sayso.reading.grounding.places.words import (
    COMMON,
    LEVELS,
    NAMED_KINDS,
    NEVER,
    PLACE_PREPOSITIONS,
    PREPOSITIONS,
    SITES,
    STREETS,
    STRONG_SITES,
    Level,
)
from sayso.record import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.reading.parsing.parse import Parse

_MOST_TOKENS = 6
_JOINERS = frozenset({"-", "‑", "–", "'", "/", "."})
_INSIDE = frozenset(
    "al el ad as ash an ar de del la le les of the on upon sur and di da dos do es ez bin".split()
)
_LINKS = _INSIDE | {"-"}
_NO_TOWN = frozenset(COMMON) | NEVER
_LONGEST_GAP = 70
_STREET_TOKENS = 5
_DIRECTION = (
    r"(?:far[- ])?(?:north|south|east|west|central|north-?east|north-?west|south-?east|south-?west)"
    r"(?:ern)?"
)
_KIND_WORD = (
    r"city|town|village|villages|port|capital|district|province|region|state|suburb|area|outskirts|"
    r"settlement|neighbou?rhood|enclave|stronghold|city-state|county|governorate|oblast|part|hub"
)
_ADJECTIVE = (
    r"coastal|border|small|largest|second|second-largest|main|restive|volatile|besieged|occupied|"
    r"rebel-held|government-held|oil-rich|war-torn|strategic|contested|provincial|regional|historic|"
    r"neighbou?ring|annexed|frontline|front-line|key|disputed|breakaway|northernmost|southernmost"
)
# `Toledo, Ohio`, `Jolo in Mindanao`, `Izmail, a port in southern Odesa`
_GAP_OUT = re.compile(
    rf"\s*(?:[,(]\s*)?(?:(?:in|of|on|a|an|the|its|near|country's|nation's|{_DIRECTION}|{_KIND_WORD}|"
    rf"{_ADJECTIVE})[\s,]+){{0,9}}\Z"
)
# `Russia's Kursk`, `Syria's northern city of Aleppo`
_GAP_IN = re.compile(
    rf"(?:['’]s?)?\s+(?:(?:of|the|{_DIRECTION}|{_KIND_WORD}|{_ADJECTIVE})\s+){{0,6}}\Z"
)
_TOLD = re.compile(
    r"\b(?:village|town|hamlet|settlement|neighbou?rhood|suburb|township|commune|kibbutz)s? of $"
)
_ARTICLES = frozenset({"al", "el"})
_NAME_WORDS = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)?")


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a place: where they stand, what was looked up, and what the words tell.

    `span` takes in the word for the level (`Kursk region`), `name` is the part looked up. `first`
    and `last` are tokens. `level` is what the words say it is, `within` the index of the mention
    that holds it, `country` what an adjective beside it tells (`the Syrian city of …`).
    """

    span: Span
    name: str
    first: int
    last: int
    entries: tuple[Entry, ...]
    level: Level | None = None
    within: int | None = None
    country: str | None = None
    is_loose: bool = False  # an unlisted name that the words hardly tell to be a place's
    is_elsewhere: bool = False  # towns of its name are listed, none where the words put it
    chance: float = 1.0  # that the words name a place, by signs.py

    @property
    def is_known(self) -> bool:
        """True for a country, a region, a sea: names too well known to be anything else."""
        return bool(self.entries) and self.entries[0].kind in (
            "country", "continent", "area", "water", "region", "site")  # fmt: skip

    @property
    def is_country(self) -> bool:
        """True where the name is first of all a country's."""
        return bool(self.entries) and self.entries[0].kind == "country"


class Words:
    """The tokens' attributes as plain lists: they are looked at many times."""

    def __init__(self, parse: Parse) -> None:
        tokens = list(parse.tokens)
        self.tokens: list[Token] = tokens
        self.text = parse.flow.text
        self.words = [t.text for t in tokens]
        self.lows = [t.lower_ for t in tokens]
        self.is_big = [word[:1].isupper() for word in self.words]
        self.types = [t.ent_type_ for t in tokens]
        self.tags = [t.pos_ for t in tokens]
        self.starts = [t.idx for t in tokens]
        self.ends = [t.idx + len(t.text) for t in tokens]
        self.opens = [bool(t.is_sent_start) for t in tokens]
        self.goes_on = [t.ent_iob_ == "I" for t in tokens]

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def times(self) -> Counter[str]:
        """How often the report has each word."""
        return Counter(self.words)

    def lower(self, i: int) -> str:
        """The word at i in small letters, "" outside the text."""
        return self.lows[i] if 0 <= i < len(self.words) else ""

    def cut(self, first: int, last: int) -> str:
        """The words from token first to token last."""
        return self.text[self.starts[first] : self.ends[last]]

    def is_name(self, i: int) -> bool:
        """True for a word that begins with a capital."""
        return 0 <= i < len(self.words) and self.is_big[i]

    def span(self, first: int, last: int) -> Span:
        """The span from token first to token last."""
        return Span(self.starts[first], self.ends[last])


def find_names(words: Words, gazetteer: Gazetteer) -> list[Mention]:
    """All names that the gazetteer knows, and some that it doesn't, in order, none overlapping."""
    found: list[Mention] = []
    i = 0
    while i < len(words):
        mention = None
        if words.is_big[i] or words.words[i] in _ARTICLES:  # else no name begins here
            mention = _name_at(words, i, gazetteer)
        if mention is not None:
            found.append(mention)
            i = mention.last
        i += 1
    return found


def _name_at(words: Words, i: int, gazetteer: Gazetteer) -> Mention | None:
    word = words.words[i]
    starts = words.is_big[i] and len(word) > 1 and word != "The"
    article = word in _ARTICLES and words.lower(i + 1) == "-" and words.is_name(i + 2)
    if not (starts or article) or words.words[i - 1 if i else i] in NAMED_KINDS:
        return None  # the daily Sabah
    street = _street(words, i)
    if street is not None:
        return street
    whole = _whole_entity(words, i)
    match = _longest_match(words, i, gazetteer)
    if match is None or (whole and whole > match[0] and _leads_elsewhere(words, match[0], whole)):
        return _unlisted(words, i)
    last, entries = match
    name = words.cut(i, last)
    if name.lower() in NEVER or (name.lower() in COMMON and words.opens[i]):
        return None
    return _with_level(words, Mention(words.span(i, last), name, i, last, entries))


def _whole_entity(words: Words, i: int) -> int | None:
    """The last token of the model's place entity that begins at i."""
    if words.types[i] not in ("GPE", "LOC", "FAC") or words.goes_on[i]:
        return None
    last = i
    while last + 1 < len(words) and words.goes_on[last + 1]:
        last += 1
    return last


def _leads_elsewhere(words: Words, last: int, whole: int) -> bool:
    """True where the entity goes on with a name after the match: `Goz Beida` is not in Goz."""
    following = words.lower(last + 1)
    return (
        words.is_name(last + 1)
        and following not in LEVELS
        and following not in SITES
        and words.lower(whole) not in SITES
        and words.lower(whole) not in LEVELS
        and last + 1 <= whole
    )


def _longest_match(
    words: Words, i: int, gazetteer: Gazetteer
) -> tuple[int, tuple[Entry, ...]] | None:
    best: tuple[int, tuple[Entry, ...]] | None = None
    for last in range(i, min(i + _MOST_TOKENS, len(words))):
        word = words.words[last]
        if last > i:
            inside = word[:1].isupper() or word in _JOINERS or word in _INSIDE
            if not inside or words.opens[last]:
                break
        if not word[:1].isupper():
            continue
        name = words.cut(i, last)
        state = gazetteer.find_state(name)
        dotted = state or (
            words.words[last + 1 : last + 2] == ["."] and gazetteer.find_state(f"{name}.")
        )
        if dotted and ("." in name or len(name) > 2 or _follows_comma(words, i)):
            best = (last, (dotted,))
        elif entries := gazetteer.find(name):
            best = (last, entries)
    return best


def _follows_comma(words: Words, i: int) -> bool:
    return i > 1 and words.words[i - 1] == "," and words.is_name(i - 2)


def _street(words: Words, i: int) -> Mention | None:
    """A street's name: `Grape Street`, `Kelley Lane`; its town is not in it."""
    for last in range(i + 1, min(i + _STREET_TOKENS, len(words))):
        word = words.words[last]
        if words.opens[last] or not (word[:1].isupper() or word == "."):
            return None
        if word.rstrip(".").lower() in STREETS and not words.is_name(last + 1):
            return Mention(
                words.span(i, last), words.cut(i, last), i, last, (), "site", is_loose=True
            )
    return None


def _unlisted(words: Words, i: int) -> Mention | None:
    """A place that the gazetteer doesn't list, where the words leave no doubt that it is one."""
    if not words.words[i].isalpha() or not words.is_name(i) or words.lower(i) in _NO_TOWN:
        return None  # M23 is no town
    last = i
    while not (last + 1 < len(words) and words.opens[last + 1]) and (
        words.is_name(last + 1)
        or (words.lower(last + 1) in _LINKS and words.is_name(last + 2)
            and words.types[last + 1] in ("GPE", "LOC", "FAC"))
    ):  # fmt: skip
        last += 1
    told = _TOLD.search(words.text[max(0, words.starts[i] - 24) : words.starts[i]])
    is_site = last > i and words.lower(last) in STRONG_SITES
    kind = words.types[i]
    near = words.lower(i - 1) in PREPOSITIONS or _follows_comma(words, i)
    # "near Nerkin Hand": nothing happens near a person whom nobody names elsewhere
    beside = words.lower(i - 1) in ("near", "outside") and words.times[words.words[i]] == 1
    is_plain = told or is_site or beside or (near and kind in ("GPE", "LOC"))
    if not is_plain and not _may_be_one(words, i):
        return None
    if kind == "PERSON" and not (told or beside):
        return None
    level: Level | None = "site" if is_site else "city" if told else None
    mention = Mention(
        words.span(i, last), words.cut(i, last), i, last, (), level, is_loose=not is_plain
    )
    return mention if is_site else _with_level(words, mention)


def _may_be_one(words: Words, i: int) -> bool:
    """True where the model has a place, or a name stands behind "in", "near", "outside"."""
    kind = words.types[i]
    if kind in ("GPE", "LOC", "FAC") and not words.goes_on[i]:
        return True
    behind = words.lower(i - 1) in PLACE_PREPOSITIONS and kind in ("", "ORG", "PRODUCT")
    return behind and words.tags[i] == "PROPN" and not words.words[i].isupper()


def _with_level(words: Words, mention: Mention) -> Mention:
    """The mention with the level that the words beside it tell, its span taking them in."""
    if mention.entries and mention.entries[0].kind in ("country", "continent", "area", "water"):
        return mention  # the Afghanistan-Pakistan region, a Red Sea port
    after = mention.last + 1
    word = words.lower(after)
    if word in LEVELS and words.lower(after + 1) != "of" and not words.is_name(after + 1):
        return replace(
            mention, level=LEVELS[word], last=after, span=words.span(mention.first, after)
        )
    own = mention.name.rpartition(" ")[2].lower()
    if own in LEVELS and own != mention.name.lower():
        return replace(mention, level=LEVELS[own])
    if words.lower(mention.first - 1) == "of":
        level = LEVELS.get(words.lower(mention.first - 2).removesuffix("s"))
        if level is not None:
            return replace(mention, level=level)
    return _with_site(words, mention)


def _with_site(words: Words, mention: Mention) -> Mention:
    """`Jolo Cathedral`, `Kharkiv Regional Hospital`: a site in the place that was looked up."""
    last = mention.last
    while words.is_name(last + 1) and last - mention.last < 4:
        last += 1
        if words.lower(last) in SITES and not words.is_name(last + 1):
            return replace(mention, level="site", last=last, span=words.span(mention.first, last))
    return mention


def add_holders(words: Words, mentions: list[Mention]) -> list[Mention]:
    """The mentions, each with the place or the adjective beside it that tells where it lies."""
    return [_with_holder(words, mentions, at) for at in range(len(mentions))]


def _gap(words: Words, left: Mention, right: Mention) -> str | None:
    length = right.span.start - left.span.end
    if not 0 < length <= _LONGEST_GAP:
        return None
    gap = words.text[left.span.end : right.span.start]
    return gap if gap.strip() else None


def _with_holder(words: Words, mentions: list[Mention], at: int) -> Mention:
    mention = mentions[at]
    gap = _gap(words, mentions[at - 1], mention) if at else None
    if gap and gap[:1] in "'’" and _GAP_IN.match(gap):
        return replace(mention, within=at - 1)
    if at + 1 < len(mentions):
        gap = _gap(words, mention, mentions[at + 1])
        if gap and _GAP_OUT.match(gap):
            return replace(mention, within=_innermost(words, mentions, at + 1))
    return replace(mention, country=_country_before(words, mention))


def _innermost(words: Words, mentions: list[Mention], at: int) -> int:
    """`Maidan Shahr, in Afghanistan's Wardak province`: the province rather than the country."""
    if at + 1 < len(mentions):
        gap = _gap(words, mentions[at], mentions[at + 1])
        if gap and gap[:1] in "'’" and _GAP_IN.match(gap):
            return at + 1
    return at


def _country_before(words: Words, mention: Mention) -> str | None:
    """The country of an adjective before the mention: `the Syrian city of`, `Ukrainian village`."""
    before = words.text[max(0, mention.span.start - 60) : mention.span.start]
    for match in reversed(list(_NAME_WORDS.finditer(before))):
        form = find_form(match.group()) or find_form(match.group().rpartition(" ")[2])
        if form and form[1] in ("demonym", "people"):
            return form[0].iso3 if _GAP_IN.match(before[match.end() :]) else None
        if match.group().lower() not in COMMON:
            return None
    return None


def holds(outer: Entry, inner: Entry) -> bool:
    """True where the inner place lies in the outer one, by country or division."""
    if outer.id == inner.id:
        return False
    if outer.kind == "country":
        return inner.country == outer.country
    if outer.number is not None and outer.number in (inner.admin1, inner.admin2):
        return True
    # a region of ours has no division's number: Donbas, Mindanao
    return outer.kind == "region" and outer.country == inner.country is not None
