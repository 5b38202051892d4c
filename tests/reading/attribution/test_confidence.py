"""The score of an act of saying is a measured chance that falls where readings go wrong."""

from __future__ import annotations

from collections.abc import Callable

from sayso.reading.attribution.confidence import rate_hops, signs_of
from sayso.reading.attribution.find import find_hops
from sayso.reading.parsing.parse import Parse


def test_a_plain_statement_is_surer_than_a_loose_one(parse: Callable[[str], Parse]) -> None:
    """A main clause with its speaker beside the verb is read right more often than a relative."""
    plain = find_hops(
        parse("The minister said that the bridge over the river had been closed since Monday.")
    )[0]
    loose = find_hops(parse("The man, who thinks it fell, left the town on Monday night."))[0]
    assert plain[0].score > 0.8
    assert all(hop.score < plain[0].score for hop in loose)


def test_scores_are_chances(parse: Callable[[str], Parse]) -> None:
    """Whatever the signs, the score lies between nothing and certainty."""
    hops = find_hops(parse('"We left," Ana Roth said. "It burned." She denied that Ed lied.'))[0]
    assert hops
    rate_hops(hops)
    assert all(0 < hop.score < 1 for hop in hops)


def test_signs_name_what_is_seen(parse: Callable[[str], Parse]) -> None:
    """A short content and a believing verb are told by name."""
    hop = find_hops(parse("Ana Roth believes that it fell."))[0][0]
    assert {"belief", "short content"} <= set(signs_of(hop))
