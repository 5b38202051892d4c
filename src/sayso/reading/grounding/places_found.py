"""Where places are named in a report, before it is asked which places those are.

The small model's entity types are one witness among others: a name counts as a place's by the words
around it (`in`, `near`, `the town of`, `province`), by a place named beside it (`Aleppo, Syria`), by
being too well known to be anything else, and not at all inside the names of people, papers and
companies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from sayso.reading.grounding.countries import country_of, find_form
from sayso.reading.grounding.gazetteer import Entry, Gazetteer
from sayso.reading.grounding.places_words import (
    BODY_HEADS,
    COMMON,
    LEVELS,
    OTHER_HEADS,
    PREPOSITIONS,
    SITE_HEADS,
    TITLES,
)
from sayso.record import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.reading.parse import Parse

Level = Literal["adm1", "adm2", "adm", "city", "site", "water"]

_MOST_TOKENS = 6
_JOINERS = frozenset({"-", "‑", "–", "'", "/"})
_INSIDE = frozenset({"al", "el", "ad", "as", "ash", "an", "ar", "de", "del", "la", "le", "les", "of",
                     "the", "on", "upon", "sur", "and", "d'", "l'", "di", "da", "dos", "do", "es",
                     "ez", "bin"})  # fmt: skip
_WELL_KNOWN = 300_000
_KNOWN = 15_000
_PLACE_TYPES = frozenset({"GPE", "LOC", "FAC"})
_NEVER_TYPES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL",
                          "NORP", "LANGUAGE"})  # fmt: skip
# what may stand between a place and the one that holds it
_GAP_OUT = re.compile(
    r"\s*[,(]?\s*(?:(?:in|of|on|a|an|the|and|its|city|town|village|port|capital|provincial|regional|"
    r"district|province|region|state|suburb|area|part|near|northern|southern|eastern|western|"
    r"central|northeastern|northwestern|southeastern|southwestern|north|south|east|west|"
    r"northeast|northwest|southeast|southwest|coastal|border|small|largest|main|second|"
    r"neighbou?ring|rebel-held|of|country's|nation's)\s+){0,9}\Z"
)
_GAP_IN = re.compile(
    r"(?:['’]s|['’])?\s+(?:(?:city|town|village|port|capital|district|province|region|state|of|the|"
    r"northern|southern|eastern|western|central|northeastern|northwestern|southeastern|"
    r"southwestern|north-?east(?:ern)?|north-?west(?:ern)?|south-?east(?:ern)?|south-?west(?:ern)?|"
    r"far|coastal|border|largest|second|second-largest|main|restive|volatile|besieged|occupied|"
    r"rebel-held|oil-rich|war-torn)\s+){0,6}\Z"
)
_LONGEST_GAP = 70


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a place: where they stand, what was looked up, and what the words tell.

    `span` takes in the word for the level ("Kursk region"), `name` is the part looked up.
    `level` is what the words say it is, `within` the index of the mention that holds it, `country`
    what an adjective beside it tells ("the Syrian city of …").
    """

    span: Span
    name: str
    first: int
    last: int
    entries: tuple[Entry, ...]
    level: Level | None = None
    within: int | None = None
    country: str | None = None
    sure: bool = False
    modifies: bool = False
    extra: dict[str, str] = field(default_factory=dict, compare=False)


class _Words:
    """The tokens' attributes as plain lists: they are looked at many times."""

    def __init__(self, parse: Parse) -> None:
        tokens = list(parse.tokens)
        self.tokens: list[Token] = tokens
        self.text = parse.flow.text
        self.words = [t.text for t in tokens]
        self.types = [t.ent_type_ for t in tokens]
        self.tags = [t.pos_ for t in tokens]
        self.starts = [t.idx for t in tokens]
        self.ends = [t.idx + len(t) for t in tokens]
        self.first_in_sentence = [bool(t.is_sent_start) for t in tokens]

    def __len__(self) -> int:
        return len(self.words)

    def cut(self, first: int, last: int) -> str:
        """The words from token first to token last."""
        return self.text[self.starts[first] : self.ends[last]]

    def is_name(self, i: int) -> bool:
        """True for a word that begins with a capital."""
        return 0 <= i < len(self.words) and self.words[i][:1].isupper()


def find_mentions(parse: Parse, gazetteer: Gazetteer) -> list[Mention]:
    """The mentions of places in order, none overlapping, each with the places it may be."""
    words = _Words(parse)
    found: list[Mention] = []
    doubtful: list[Mention] = []
    i = 0
    while i < len(words):
        mention = _mention_at(words, i, gazetteer, found)
        if mention is None:
            i += 1
            continue
        (found if mention.sure else doubtful).append(mention)
        i = mention.last + 1
    return _join(words, found, doubtful)


def _mention_at(
    words: _Words, i: int, gazetteer: Gazetteer, found: list[Mention]
) -> Mention | None:
    if not _may_start(words, i):
        return None
    match = _longest_match(words, i, gazetteer)
    if match is None:
        return _unlisted(words, i)
    last, entries = match
    mention = Mention(
        Span(words.starts[i], words.ends[last]), words.cut(i, last), i, last, entries
    )
    mention = _with_level(words, mention)
    if _is_in_other_name(words, mention):
        return None
    return replace(mention, sure=_is_sure(words, mention, found))


def _may_start(words: _Words, i: int) -> bool:
    word = words.words[i]
    if word[:1].isupper():
        return len(word) > 1 and words.types[i] not in ("DATE", "TIME")
    return word in ("al", "el") and i + 2 < len(words) and words.words[i + 1] == "-"


def _longest_match(
    words: _Words, i: int, gazetteer: Gazetteer
) -> tuple[int, tuple[Entry, ...]] | None:
    best = None
    last = i
    while last < len(words) and last - i < _MOST_TOKENS:
        word = words.words[last]
        if last > i and not (word[:1].isupper() or word in _JOINERS or word.lower() in _INSIDE
                             or word == "."):  # fmt: skip
            break
        if last > i and words.first_in_sentence[last]:
            break
        if word[:1].isupper():
            name = words.cut(i, last)
            entries = gazetteer.find(name)
            if entries:
                best = (last, entries)
            elif (state := gazetteer.find_state(name)) and (
                name.endswith(".") or _follows_comma(words, i)
            ):
                best = (last, (state,))
        last += 1
    return best


def _follows_comma(words: _Words, i: int) -> bool:
    return i > 1 and words.words[i - 1] == "," and words.is_name(i - 2)


def _unlisted(words: _Words, i: int) -> Mention | None:
    """A place that the gazetteer doesn't list, where the words leave no doubt that it is one."""
    if not words.is_name(i) or words.words[i].lower() in COMMON:
        return None
    last = i
    while last + 1 < len(words) and (
        (words.is_name(last + 1) and not words.first_in_sentence[last + 1])
        or (words.words[last + 1] == "-" and words.is_name(last + 2))
    ):
        last += 1
    before = words.text[max(0, words.starts[i] - 24) : words.starts[i]]
    told = re.search(r"\b(?:village|town|hamlet|settlement|neighbou?rhood|suburb)s? of $", before)
    is_site = words.words[last].lower() in SITE_HEADS and last > i
    near = words.words[i - 1].lower() in PREPOSITIONS if i else False
    if not told and not (near and words.types[last] in ("GPE", "LOC")) and not is_site:
        return None
    if words.types[last] == "PERSON" and not told:
        return None
    return Mention(
        Span(words.starts[i], words.ends[last]), words.cut(i, last), i, last, (),
        level="site" if is_site else "city" if told else None, sure=True,
    )  # fmt: skip


def _with_level(words: _Words, mention: Mention) -> Mention:
    """The mention with the level that the words beside it tell, its span taking them in."""
    after = mention.last + 1
    word = words.words[after].lower() if after < len(words) else ""
    if word in LEVELS and not (words.words[after][0].isupper() and words.is_name(after + 1)):
        level = LEVELS[word]
        return replace(
            mention, level=level, last=after, span=Span(mention.span.start, words.ends[after])
        )
    own = mention.name.split()[-1].lower()
    if own in LEVELS and len(mention.name.split()) > 1:
        return replace(mention, level=LEVELS[own])
    first = mention.first
    if first > 1 and words.words[first - 1] == "of":
        level = LEVELS.get(words.words[first - 2].lower().rstrip("s"))
        if level is not None:
            return replace(mention, level=level, extra={"of": "1"})
    return _with_site(words, mention)


def _with_site(words: _Words, mention: Mention) -> Mention:
    last = mention.last
    while words.is_name(last + 1) and last - mention.last < 4:  # noqa: PLR2004
        last += 1
        if words.words[last].lower() in SITE_HEADS and not words.is_name(last + 1):
            return replace(
                mention, level="site", last=last, span=Span(mention.span.start, words.ends[last])
            )
    return mention


def _is_in_other_name(words: _Words, mention: Mention) -> bool:
    """True where the match is part of the name of a person, a paper, a company, a team."""
    first, last = mention.first, mention.last
    if words.types[first] in _NEVER_TYPES and not _is_country(mention):
        return True
    before = words.words[first - 1] if first else ""
    after = words.words[last + 1] if last + 1 < len(words) else ""
    if before.lower().rstrip(".") in TITLES and not _is_country(mention):
        return True  # Sen. Lincoln
    if words.is_name(first - 1) and words.types[first - 1] == "PERSON":
        return True  # Michael Jordan
    if words.is_name(last + 1) and not words.first_in_sentence[last + 1]:
        return _next_makes_other(words, mention, after.lower())
    return words.is_name(first - 1) and _before_makes_other(words, mention)


def _next_makes_other(words: _Words, mention: Mention, after: str) -> bool:
    if after in BODY_HEADS or after.rstrip("s") in BODY_HEADS:
        return False  # Fargo Mayor …, Kursk Governor …
    if after in OTHER_HEADS:
        return True  # the Kyiv Independent
    last = mention.last
    kind, next_kind = words.types[last], words.types[last + 1]
    if _is_country(mention):
        return kind == "PERSON" or (kind == "ORG" and not _is_body_ahead(words, last))
    if kind in _PLACE_TYPES:
        return next_kind in _PLACE_TYPES and words.tokens[last + 1].ent_iob_ == "I"
    return not (kind == "ORG" and _is_body_ahead(words, last))


def _is_body_ahead(words: _Words, last: int) -> bool:
    """True where the name goes on to the word for a public body: `Rapides Parish Fire District`."""
    at = last + 1
    while at < len(words) and at - last < 6 and (words.is_name(at) or words.words[at] == "of"):  # noqa: PLR2004
        if words.words[at].lower() in BODY_HEADS:
            return True
        at += 1
    return False


def _before_makes_other(words: _Words, mention: Mention) -> bool:
    first = mention.first
    if words.first_in_sentence[first - 1]:
        return words.types[first - 1] in ("PERSON", "ORG") and words.types[first] in (
            "PERSON", "ORG")  # fmt: skip
    if words.types[first] in _PLACE_TYPES and words.tokens[first].ent_iob_ == "B":
        return False
    return words.types[first] in ("PERSON", "ORG", "WORK_OF_ART", "PRODUCT", "LAW") or (
        not words.types[first] and not _is_country(mention)
    )


def _is_country(mention: Mention) -> bool:
    return bool(mention.entries) and mention.entries[0].kind == "country"


def _is_sure(words: _Words, mention: Mention, found: list[Mention]) -> bool:
    """True where the words around leave no doubt; the rest wait for a sure mention of the name."""
    first = mention.first
    kind = words.types[first]
    if mention.name.lower() in COMMON and kind not in _PLACE_TYPES:
        return False
    if kind in _PLACE_TYPES or mention.level is not None:
        return True
    top = mention.entries[0]
    if top.kind in ("country", "continent", "area", "water", "region", "site"):
        return kind != "PERSON" or top.kind == "country"
    before = words.words[first - 1].lower() if first else ""
    is_proper = words.tags[first] in ("PROPN", "X")
    if before in PREPOSITIONS and is_proper:
        return kind != "PERSON" or before in ("in", "near", "outside")
    if found and _GAP_OUT.match(words.text[found[-1].span.end : mention.span.start][-_LONGEST_GAP:]):
        return words.words[first - 1] == "," and is_proper and kind != "PERSON"
    return is_proper and kind != "PERSON" and _people(mention) >= _WELL_KNOWN


def _people(mention: Mention) -> int:
    return max((e.population for e in mention.entries), default=0)


def _join(words: _Words, found: list[Mention], doubtful: list[Mention]) -> list[Mention]:
    """All mentions in order, the doubtful ones kept where the report elsewhere leaves no doubt."""
    names = {m.name.lower() for m in found}
    kept = [
        m
        for m in doubtful
        if m.name.lower() in names and words.types[m.first] != "PERSON"
        or _comes_before_holder(words, m, found)
    ]
    mentions = sorted([*found, *kept], key=lambda m: m.span)
    return [_with_holder(words, mentions, at) for at in range(len(mentions))]


def _comes_before_holder(words: _Words, mention: Mention, found: list[Mention]) -> bool:
    """True for `Toledo` in `Toledo, Ohio`: a comma, then a place that holds one of that name."""
    for other in found:
        if other.first == mention.last + 2 and words.words[mention.last + 1] == ",":
            return any(holds(o, e) for o in other.entries[:3] for e in mention.entries)
    return False


def holds(outer: Entry, inner: Entry) -> bool:
    """True where one place lies within the other by country or division."""
    if outer.id == inner.id:
        return False
    if outer.kind == "country":
        return inner.country == outer.country
    return outer.number is not None and outer.number in (inner.admin1, inner.admin2)


def _with_holder(words: _Words, mentions: list[Mention], at: int) -> Mention:
    """The mention with the place or the adjective beside it that tells where it lies."""
    mention = mentions[at]
    text = words.text
    if at + 1 < len(mentions):
        gap = text[mention.span.end : mentions[at + 1].span.start]
        if len(gap) <= _LONGEST_GAP and gap.strip() and _GAP_OUT.match(gap):
            return replace(mention, within=at + 1)
    if at:
        gap = text[mentions[at - 1].span.end : mention.span.start]
        if len(gap) <= _LONGEST_GAP and gap.strip() and _GAP_IN.match(gap):
            return replace(mention, within=at - 1)
    return replace(mention, country=_country_before(words, mention))


def _country_before(words: _Words, mention: Mention) -> str | None:
    """The country of an adjective before the mention: `the Syrian city of`, `Ukrainian village`."""
    start = words.starts[max(0, mention.first - 8)]
    before = words.text[max(start, mention.span.start - 60) : mention.span.start]
    for match in reversed(list(re.finditer(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)?", before))):
        form = find_form(match.group()) or find_form(match.group().split()[-1])
        gap = " " + before[match.end() :].lstrip()
        if form and form[1] in ("demonym", "people"):
            return form[0].iso3 if _GAP_IN.match(gap) else None
        if match.group().lower() not in COMMON:
            return None
    return None


__all__ = ["Level", "Mention", "country_of", "find_mentions", "holds"]
