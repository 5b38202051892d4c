"""Places named again without their name: "the town", "in the country", "there", "the capital"."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sayso.reading.events.setting import Anchored, anchor_token
from sayso.reading.grounding.countries import country_by_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from sayso.reading.parsing.parse import Parse
    from sayso.record import Place

# What a noun stands for, as precisions of the place that it names again.
_AGAIN: dict[str, frozenset[str]] = {
    **dict.fromkeys(("country", "nation", "kingdom", "republic"), frozenset({"country"})),
    **dict.fromkeys(("town", "city", "village"), frozenset({"town"})),
    **dict.fromkeys(("district", "neighbourhood", "neighborhood"), frozenset({"district"})),
    **dict.fromkeys(("region", "province", "state", "governorate"), frozenset({"region", "area"})),
    "capital": frozenset(),
    "there": frozenset({"town", "district", "region", "point", "area", "country"}),
}
_THE = frozenset({"the", "this", "that"})


def find_again(parse: Parse, places: list[Place], home: Place | None) -> Iterator[Anchored]:
    """The nouns that name again the last place of their kind, with what they hang on.

    Where none was named before, "the country" and "the capital" are those of `home`, and "the
    province" is that of the last town; a noun that goes on to name another ("the city of Gao",
    "the border region") is passed over.
    """
    named = sorted((p.span[0].start, n, p) for n, p in enumerate(places))
    last: dict[str, tuple[int, Place]] = {}
    at = 0
    for token in parse.tokens:
        while at < len(named) and named[at][0] < token.idx:
            place = named[at][2]
            if place.reads_as == "place" or place.precision == "country":
                last[place.precision] = (at, place)
            at += 1
        kinds = _AGAIN.get(token.lower_)
        if kinds is None or not _is_again(token):
            continue
        before = max((last[k] for k in kinds if k in last), default=(0, None), key=_place_at)[1]
        before = before or _untold(token.lower_, last, home, places)
        if before is not None:
            yield anchor_token(before, token, {token.i}, is_time=False)


def _place_at(known: tuple[int, Place]) -> int:
    return known[0]


def _untold(
    noun: str, last: dict[str, tuple[int, Place]], home: Place | None, places: list[Place]
) -> Place | None:
    """The place of a noun whose own kind the report has not named before."""
    if noun in {"country", "nation"}:
        return home
    latest = max(last.values(), default=(0, home), key=_place_at)[1]
    if latest is None or latest.country is None:
        return None
    if noun == "capital":
        return _capital(latest, places)
    towns = [last[kind] for kind in ("town", "district", "point") if kind in last]
    town = max(towns, default=(0, latest), key=_place_at)[1]  # "Izmir, Turkey … the province"
    if noun in {"province", "state", "governorate"} and town and town.admin1:
        return dataclasses.replace(
            town, name=town.admin1, gazetteer_id=None, lat=None, lon=None, precision="region"
        )
    return None


def _capital(near: Place, places: list[Place]) -> Place | None:
    """The capital of the country that a place lies in, as the report names it if it does."""
    country = country_by_code(near.country or "")
    if country is None or country.capital is None:
        return None
    for place in places:
        if place.country == near.country and place.name == country.capital:
            return dataclasses.replace(place, reads_as="place")
    return dataclasses.replace(
        near, name=country.capital, gazetteer_id=None, admin1=None, lat=None, lon=None,
        precision="town", reads_as="place",
    )  # fmt: skip


def _is_again(noun: Token) -> bool:
    if noun.lower_ == "there":
        return noun.dep_ == "advmod" and noun.head.pos_ in {"VERB", "AUX", "NOUN"}
    if not any(c.lower_ in _THE for c in noun.children):
        return False
    return all(c.dep_ in {"det", "punct", "case"} or c.lower_ == "same" for c in noun.children)
