"""A claim joined with what it points at."""

from __future__ import annotations

import dataclasses

from sayso.record import Reading
from sayso.record.view import view_claims


def test_hops_run_from_the_outermost_speaker_inwards(reading: Reading) -> None:
    """The service that the patrol leans on stands after the patrol."""
    view = list(view_claims(reading))[2]
    assert [hop.name for hop in view.hops] == [
        "the Harbour Patrol Service (HPS)",
        "a friendly coastal service",
    ]
    assert view.outer is not None
    assert view.outer.quotation == "direct"


def test_the_reports_own_voice_has_no_hops(reading: Reading) -> None:
    """A caption that nobody is quoted for is nobody's but the report's."""
    view = next(view_claims(reading))
    assert view.hops == ()
    assert view.outer is None


def test_a_figure_of_claim_and_event_comes_once(reading: Reading) -> None:
    """f2 is named by the claim and by its event."""
    assert [f.id for f in list(view_claims(reading))[1].figures] == ["f2"]


def test_ids_that_point_at_nothing_are_passed_over(reading: Reading) -> None:
    """A view never fails, even on a reading that someone edited."""
    bare = dataclasses.replace(reading, attributions=(), events=(), figures=(), sources=())
    assert [len(view.hops) + len(view.events) for view in view_claims(bare)] == [0] * 6


def test_a_circle_of_attributions_ends(reading: Reading) -> None:
    """A within B within A is read once round."""
    first = dataclasses.replace(reading.attributions[1], within="a3in")
    attributions = (reading.attributions[0], first, *reading.attributions[2:])
    view = list(view_claims(dataclasses.replace(reading, attributions=attributions)))[2]
    assert len(view.hops) == 2
