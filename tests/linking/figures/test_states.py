"""States of an incident over time: which there are, in which order, and who says so."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from sayso.linking.figures.states import states

Make = Callable[..., Any]
Refs = Callable[..., Any]


def exactly(number: float) -> tuple[float, float, float, str]:
    """A count without a hedge."""
    return number, number, number, "exact"


def words(readings: list[Any], refs_of: Refs) -> list[str]:
    """The states of all claims of readings, in words."""
    return [state.words for state in states(readings, refs_of(readings))]


def captured_then_died(story: Make) -> list[Any]:
    """One prisoner, two reports."""
    taken = story("a", published="2024-05-02").says(
        "the army", "a deserter was taken", event="capture", counts="captured",
        figure=exactly(1), figure_words="a deserter",
    )  # fmt: skip
    dead = story("b", published="2024-05-03").says(
        "the army", "the deserter died", event="death", figure=exactly(1),
        figure_words="the deserter",
    )  # fmt: skip
    return [taken.reading(), dead.reading()]


def test_captured_then_died(story: Make, refs_of: Refs) -> None:
    """Two states in the order in which they came about, each with its date, claim and words."""
    readings = captured_then_died(story)
    for order in itertools.permutations(readings):
        first, second = states(order, refs_of(list(order)))
        assert (first.words, second.words) == ("captured", "dead")
        assert first.said is not None
        assert first.said.start == "2024-05-02"
        assert {r.report for r in second.refs} == {readings[1].report.id}
        (spot,) = first.spots
        assert "deserter" in readings[0].report.text[spot.spans[0].start : spot.spans[-1].end]


def test_a_toll_that_grows(story: Make, refs_of: Refs) -> None:
    """3 dead, then 5; the 4 that is told after the 5 is no state, nor are the parts of a toll."""
    tolls = [("2024-05-02", 3), ("2024-05-03", 5), ("2024-05-04", 4)]
    readings = [
        story(day, published=day)
        .says("a clinic", f"{n} died", event="death", figure=exactly(n), figure_words=str(n))
        .says("a clinic", "2 girls died", event="death", figure=exactly(2), figure_words="2")
        .reading()
        for day, n in tolls
    ]
    assert words(readings, refs_of) == ["3 dead", "5 dead"]


def test_hedges_are_kept(story: Make, refs_of: Refs) -> None:
    """What bounds a count from below only is said."""
    report = story("a").says(
        "a clinic", "at least 45 died", event="death", figure=(45, 45, None, "above"),
        figure_words="at least 45",
    )  # fmt: skip
    assert words([report.reading()], refs_of) == ["at least 45 dead"]


@pytest.mark.parametrize(("content", "last"), [("two were found alive", "found")])
def test_missing_then_found(story: Make, refs_of: Refs, content: str, last: str) -> None:
    """Who was missing may be found, or found dead."""
    lost = story("a", published="2024-05-02").says(None, "two are missing", event="missing")
    found = story("b", published="2024-05-03").says("a ranger", content, event="other")
    dead = story("c", published="2024-05-03").says("a ranger", "they were dead", event="death")
    assert words([lost.reading(), found.reading()], refs_of) == ["missing", last]
    assert words([lost.reading(), dead.reading()], refs_of) == ["missing", "dead"]


@pytest.mark.parametrize("certainty", ["denied", "unknown"])
def test_what_is_denied_or_left_open_is_no_state(
    story: Make, refs_of: Refs, certainty: str
) -> None:
    """Nobody is dead by a denial."""
    report = story("a").says("the army", "a deserter died", event="death", certainty=certainty)
    assert words([report.reading()], refs_of) == []


def test_only_the_events_of_the_incident(story: Make, refs_of: Refs) -> None:
    """A claim may tell of two incidents: the caller says which events are meant."""
    (reading, _) = captured_then_died(story)
    refs = refs_of([reading])
    assert states([reading], refs, {reading.report.id: frozenset()}) == ()
    assert len(states([reading], refs, {reading.report.id: {"e-0"}})) == 1


def test_one_word_for_being_held(story: Make, refs_of: Refs) -> None:
    """Where the man was *seized* is his capture, and the wound he was taken with no other state."""
    report = (
        story("a")
        .says("the army", "a deserter was taken", event="capture", counts="captured")
        .says("the army", "the deserter was held", event="capture", counts="captured")
        .says("the army", "he was seized", event="abduction", counts="abducted")
        .says("the army", "he was hurt", event="injury", counts="wounded")
    )
    assert words([report.reading()], refs_of) == ["captured"]


def test_a_survivors_count_is_no_state_beside_an_institutions(story: Make, refs_of: Refs) -> None:
    """One survivor's 20 stays among the figures where the coast guard counts 15."""
    dead: dict[str, Any] = {"event": "death", "counts": "killed"}
    report = story("a").says("Odda Coast Guard", "15 people died", kind="agency",
                             figure=(15, 15, 15, "exact"), figure_words="15", **dead)  # fmt: skip
    report.says("one survivor", "20 people died", kind="unnamed",
                figure=(20, 20, 20, "exact"), figure_words="20", **dead)  # fmt: skip
    both = report.reading()
    assert [s.words for s in states([both], refs_of([both]))] == ["15 dead"]
    lone = story("b").says("one survivor", "20 people died", kind="unnamed",
                           figure=(20, 20, 20, "exact"), figure_words="20", **dead)  # fmt: skip
    alone = lone.reading()
    assert [s.words for s in states([alone], refs_of([alone]))] == ["20 dead"]


def test_an_office_without_a_name_is_no_weak_teller(story: Make, refs_of: Refs) -> None:
    """*The regional disaster office* counts beside a named one; *a survivor* does not."""
    for who, kind, expected in (
        ("the regional disaster office", "unnamed", ["9 dead"]),
        ("a survivor", "witness", ["5 dead"]),
    ):
        readings = [
            story("a", published="2024-05-02")
            .says(
                "Adam Belo", "five died", event="death", figure=exactly(5), figure_words="five",
                kind="person",
            )
            .reading(),
            story("b", published="2024-05-02")
            .says(who, "9 died", event="death", figure=exactly(9), figure_words="9", kind=kind)
            .reading(),
        ]  # fmt: skip
        assert words(readings, refs_of)[-1:] == expected


def test_a_foreseen_toll_is_no_state(story: Make, refs_of: Refs) -> None:
    """*The toll could rise to 500* leaves the state at those who died."""
    report = story("a").says("a clinic", "9 died", event="death", figure=exactly(9),
                             figure_words="9")  # fmt: skip
    report = report.says("a clinic", "the toll of dead could rise to 500", event="death",
                         figure=exactly(500), figure_words="500")  # fmt: skip
    assert words([report.reading()], refs_of) == ["9 dead"]


def test_what_is_feared_is_no_state(read_dated: Callable[..., list[Any]], refs_of: Refs) -> None:
    """*Four were killed and up to 40 are feared dead*: four are dead."""
    text = (
        "Four miners were killed on Tuesday and up to 40 people are feared dead in the mine in"
        " Odda, the governor said."
    )
    assert words(read_dated([("2024-05-07", text)]), refs_of) == ["4 dead"]


def test_a_count_corrected_to_a_lower_one_is_no_state(
    read_dated: Callable[..., list[Any]], refs_of: Refs
) -> None:
    """*Revised to 54 from 56* leaves 54; *to 56 from 54* is a toll that grew."""
    first = "A drone strike killed {} people in Odda on Monday, the health ministry said."
    then = "On Wednesday the health ministry revised the death toll from the strike to {} from {}."
    for before, now, expected in (
        (56, 54, ["54 dead"]),
        (54, 56, ["54 dead", "56 dead"]),
    ):
        readings = read_dated(
            [("2024-05-07", first.format(before)), ("2024-05-08", then.format(now, before))]
        )
        assert words(readings, refs_of) == expected
