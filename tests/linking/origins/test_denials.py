"""Who says that it is not so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sayso.linking.origins.count import count_origins
from sayso.record import Attribution, Reading, Source, Span

Make = Callable[..., Any]
Refs = Callable[..., Any]
ARMY = {"country": "MLI", "actor_kind": "military"}


def names(refs_of: Refs, *readings: Reading) -> list[str]:
    """Who denies it, by all claims."""
    return [o.name for o in count_origins(readings, refs_of(list(readings))).denials]


def denying(report: Any, who: str, verb: str, what: str) -> Reading:
    """A report that goes on with a denial of which the reader made an attribution and no claim."""
    made: Reading = report.reading()
    text = f"{made.report.text}{who} {verb} {what}."
    at = len(made.report.text)
    cue = Span(at + len(who) + 1, at + len(who) + 1 + len(verb))
    content = Span(cue.end + 1, cue.end + 1 + len(what))
    mention = (Span(at, at + len(who)),)
    source = Source("s-x", who, "group", True, None, (mention,))
    said = Attribution("a-x", mention, "s-x", (cue,), (content,), None, (), "indirect", None)
    return replace(
        made,
        report=replace(made.report, text=text),
        sources=(*made.sources, source),
        attributions=(*made.attributions, said),
    )


@pytest.mark.parametrize(
    ("verb", "what"),
    [
        ("rejected", "the accusation"),
        ("denied", "the report"),
        ("disputed", "the army's account"),
        ("dismissed", "all such claims as lies"),
        ("denied", "it"),
        ("refuted", "that version of what happened"),
    ],
)
def test_a_bare_word_denies_what_was_told(story: Make, refs_of: Refs, verb: str, what: str) -> None:
    """*The front rejected the accusation* makes no claim, and denies what went before."""
    report = story("a").says("the Malian army", "five traders were killed", **ARMY)
    assert names(refs_of, denying(report, "the Valley Front", verb, what)) == ["the Valley Front"]


@pytest.mark.parametrize(
    ("verb", "what"),
    [
        ("rejected", "the offer"),
        ("denied", "visas to both"),
        ("dismissed", "the general"),
        ("rejected", "the report's advice"),
        ("welcomed", "the report"),
    ],
)
def test_other_refusals_deny_nothing(story: Make, refs_of: Refs, verb: str, what: str) -> None:
    """Who rejects an offer or dismisses a general says nothing of what was told."""
    report = story("a").says("the Malian army", "five traders were killed", **ARMY)
    assert names(refs_of, denying(report, "the Valley Front", verb, what)) == []


def test_a_denied_outcome_denies_it(story: Make, refs_of: Refs) -> None:
    """*Nobody died, the mayor said* speaks against who tells of the dead."""
    one = story("a").says("the Malian army", "five died", event="death", **ARMY)
    other = story("b").says("the mayor", "nobody died", event="death", certainty="denied")
    assert names(refs_of, one.reading(), other.reading()) == ["the mayor"]


def test_a_denial_of_another_matter_is_none(story: Make, refs_of: Refs) -> None:
    """*He denied that officers had beaten the man* leaves the capture as it is."""
    one = story("a").says("the Malian army", "a man was captured", **ARMY)
    one.says("the governor", "he was beaten", event="attack", certainty="denied")
    assert names(refs_of, one.reading()) == []


def test_one_cause_is_anothers_word(story: Make, refs_of: Refs) -> None:
    """*There was no strike*, where another tells of an explosion, denies it."""
    one = story("a").says("the Malian army", "there was a blast", event="accident", **ARMY)
    other = story("b").says("the mayor", "there was no strike", event="strike", certainty="denied")
    assert names(refs_of, one.reading(), other.reading()) == ["the mayor"]


def test_a_denied_displacement_keeps_those_who_tell_of_it(story: Make, refs_of: Refs) -> None:
    """Where a story tells of nothing else, what an incident stands in counts, denied or not."""
    told = story("a").says("the relief office", "forty families fled", event="displacement")
    denied = story("b").says(
        "the Malian army", "families fled", event="displacement", certainty="denied", **ARMY
    )
    readings = [told.reading(), denied.reading()]
    count = count_origins(readings, refs_of(readings))
    assert (count.at_least, count.at_most) == (1, 1)
    assert [o.name for o in count.denials] == ["the Malian army"]


def test_a_denied_strike_has_no_teller_in_who_sent_soldiers(story: Make, refs_of: Refs) -> None:
    """What is sent says nothing of the strike that is denied."""
    report = story("a").says("the ministry", "soldiers were sent", event="deployment")
    report = report.says("the Malian army", "it struck", event="attack", certainty="denied", **ARMY)
    readings = [report.reading()]
    assert count_origins(readings, refs_of(readings)).at_most == 0
