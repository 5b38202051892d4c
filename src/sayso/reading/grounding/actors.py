"""Actors: who a noun phrase is, its country and its kind."""

from __future__ import annotations

from sayso.record import Actor


def ground_actor(words: str, context_country: str | None = None) -> Actor | None:
    """Who the words name, with country and kind; None where they tell neither.

    `context_country` (alpha-3) is taken where the words hold a role but no country ("the army").
    """
    return None
