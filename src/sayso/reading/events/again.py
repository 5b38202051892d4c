"""Places named again without their name: "the town", "in the country", "the region"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.events.setting import Anchored, anchor_token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from sayso.reading.parsing.parse import Parse
    from sayso.record import Place

# What a noun stands for, as precisions of the place that it names again.
_AGAIN: dict[str, frozenset[str]] = {
    **dict.fromkeys(("country", "nation", "kingdom"), frozenset({"country"})),
    **dict.fromkeys(("town", "city", "village"), frozenset({"town"})),
    **dict.fromkeys(("district", "neighbourhood", "neighborhood"), frozenset({"district"})),
    **dict.fromkeys(("region", "province"), frozenset({"region", "area"})),
}
_THE = frozenset({"the", "this", "that"})


def find_again(parse: Parse, places: list[Place]) -> Iterator[Anchored]:
    """The nouns that name again the last place of their kind, with what they hang on.

    Only where the text has named one before; a noun that goes on to name another ("the city of
    Gao", "the border region") is passed over.
    """
    named = sorted((p.span[0].start, n, p) for n, p in enumerate(places))
    last: dict[str, Place] = {}
    at = 0
    for token in parse.tokens:
        while at < len(named) and named[at][0] < token.idx:
            last[named[at][2].precision] = named[at][2]
            at += 1
        kinds = _AGAIN.get(token.lower_)
        if kinds is None or not _is_again(token):
            continue
        place = next((last[k] for k in sorted(kinds) if k in last), None)
        if place is not None:
            yield anchor_token(place, token, {token.i}, is_time=False)


def _is_again(noun: Token) -> bool:
    if not any(c.lower_ in _THE for c in noun.children):
        return False
    return all(c.dep_ in {"det", "punct", "case"} for c in noun.children)
