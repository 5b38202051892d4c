"""The parts of incident linking: wording, weights, mentions, people killed and wounded."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.linking.incidents.blocks import find_candidates, post_mention
from sayso.linking.incidents.mentions import Mention, read_mentions
from sayso.linking.incidents.people import Toll, read_toll
from sayso.linking.incidents.score import FEATURES, compare, load_weights, weigh
from sayso.linking.incidents.words import Frequencies, load_frequencies, read_wording, stem
from sayso.linking.index import MemoryPostings
from sayso.record import (
    Attribution,
    Claim,
    Event,
    Figure,
    Participant,
    Reading,
    Report,
    Span,
    When,
)


def report_of(text: str, published: str = "2024-03-06", title: str | None = None) -> Report:
    """A report with no blocks."""
    when = When(published, published, "day", "given")
    return Report("report-" + text[:8], "name", text, title, None, None, None, None, when, ())


def mention_of(text: str, published: str = "2024-03-06") -> Mention:
    """The main mention of a report without events."""
    return read_mentions(Reading(report_of(text, published)))[0]


def told(text: str, *events: tuple[str, str, str], title: str | None = None) -> Toll:
    """The toll of a text with events (type, trigger, who undergoes it)."""
    found, figures = [], []
    roles = {"death": "dead", "injury": "injured", "shooting": "target"}
    numbers = {"two": 2, "three": 3, "four": 4}
    for i, (type_, trigger, who) in enumerate(events):
        at = text.index(who)
        part = Participant(roles[type_], (Span(at, at + len(who)),))
        ids: tuple[str, ...] = ()
        if (word := who.lower().split()[0]) in numbers:
            n = numbers[word]
            counts = "killed" if type_ == "death" else "other"
            figure = Figure(f"f{i}", (Span(at, at + len(word)),), n, n, n, "exact", counts)  # type: ignore[arg-type]
            figures.append(figure)
            ids = (figure.id,)
        start = text.index(trigger)
        span = (Span(start, start + len(trigger)),)
        found.append(Event(f"e{i}", type_, span, participants=(part,), figures=ids))
    reading = Reading(report_of(text, title=title), events=tuple(found), figures=tuple(figures))
    return read_toll(reading, read_mentions(reading)[0])


def test_names_inside_sentences_and_runs_at_their_start() -> None:
    """A first word alone is no name; a run is; an initial joins."""
    found = read_wording("Officers found Ann B. Quill. Ann Quill lives. Rain fell in Oda.")
    assert found.names >= {"ann", "quill", "oda"}
    assert not found.names & {"officers", "rain"}
    assert "ann quill" in found.people


@pytest.mark.parametrize(
    ("words", "age"),
    [("a 32-year-old man", "32"), ("Jo Roe, 41, of Oda", "41"), ("aged 7", "7"),
     ("a 9-month-old girl", "9m")],
)  # fmt: skip
def test_ages(words: str, age: str) -> None:
    """In the manners of news."""
    assert age in read_wording(words).ages


def test_stems_fold_endings() -> None:
    """Not below four letters."""
    assert {stem(w) for w in ("shooting", "Shootings", "shoots")} == {"shoot"}
    assert stem("his") == "his"


@given(st.text(max_size=400))
def test_any_text_has_a_wording(text: str) -> None:
    """No text is too odd, and its words are counted as often as there are any."""
    found = read_wording(text)
    assert sum(found.words.values()) == found.size


@pytest.mark.parametrize("unit", ["A", "A b ", "1", "1,", "a,", " 9 ", "-", "\u0301", "Aa. "])
def test_a_megabyte_of_anything_is_read_in_bounded_time(unit: str) -> None:
    """Wording is linear."""
    start = time.process_time()
    read_wording((unit * 1_000_000)[:1_000_000])
    assert time.process_time() - start < 10


def test_rare_words_weigh_more_and_frequencies_are_learnt() -> None:
    """A word that every mention has weighs nothing."""
    words = Frequencies()
    for i in range(50):
        words.add(["police", f"word{i}"])
    assert words.weight("police") < 0.1 < words.weight("word3")
    shipped = load_frequencies()
    assert shipped.weight("the") < shipped.weight("tavern")


def test_a_pair_is_compared_alike_both_ways() -> None:
    """Features are symmetric."""
    words = load_frequencies()
    a = weigh(mention_of("A barge sank at Oda pier. Jo Roe, 41, swam ashore."), words)
    b = weigh(mention_of("Jo Roe swam from the barge that sank at Oda.", "2024-03-09"), words)
    assert compare(a, b) == compare(b, a)


def test_every_shipped_weight_is_of_a_feature_that_is_measured() -> None:
    """And every feature has a weight: the list in the docs stays whole."""
    words = load_frequencies()
    one = weigh(mention_of("A barge sank."), words)
    for weights in load_weights().values():
        assert set(weights.features) == set(FEATURES)
    assert len(compare(one, one)) == len(FEATURES)


def test_only_what_shares_a_key_is_compared() -> None:
    """A mention of another month without a name in common is no candidate."""
    words, held = load_frequencies(), MemoryPostings()
    near = mention_of("A barge sank at the Oda weir and the ferryman swam ashore.")
    far = mention_of("The ferryman of another weir sold his barge.", "2022-01-09")
    new = mention_of("Divers looked at the barge below the Oda weir.", "2024-03-08")
    for mention in (near, far):
        post_mention(mention, words, held)
    assert find_candidates(new, words, held) == [near.id]


def test_a_report_without_events_still_has_a_main_mention() -> None:
    """It must be linked too."""
    (mention,) = read_mentions(Reading(report_of("Nothing happened.")))
    assert mention.main
    assert mention.type is None
    assert mention.days is None


def test_dates_that_no_calendar_holds_are_unknown() -> None:
    """A year of five digits or a day zero is no day, and no crash."""
    text = "A man died."
    odd = When("0000-00-00", "99999-01-01", "day", "stated")
    event = Event("e", "death", (Span(6, 10),), time=odd)
    (mention,) = read_mentions(Reading(report_of(text), events=(event,)))
    assert mention.days is None


def test_one_killed_and_two_shot() -> None:
    """A group that was shot, less the dead among it, was wounded."""
    text = "Four people were shot at the mill. One of them, a boy of the village, has died."
    found = told(text, ("shooting", "were shot", "Four people"), ("death", "has died", "a boy"))
    assert found.killed is not None
    assert found.killed[1] == 1
    assert found.wounded is not None
    assert found.wounded[1] == 3


def test_people_are_told_apart_by_age_and_sex() -> None:
    """The same man twice is one, another one is two."""
    text = "A 30-year-old man died. The man was named as Al Dow. A 20-year-old woman was killed."
    found = told(
        text, ("death", "died", "A 30-year-old man"), ("death", "died", "Al Dow"),
        ("death", "was killed", "A 20-year-old woman"),
    )  # fmt: skip
    assert found.killed is not None
    assert found.killed[1] == 2


def test_who_was_shot_and_then_died_is_not_wounded() -> None:
    """One person, two states."""
    text = "A girl was shot in Oda. The girl died at noon."
    found = told(text, ("shooting", "was shot", "A girl"), ("death", "died", "The girl"))
    assert found.killed is not None
    assert found.wounded is not None
    assert (found.killed[1], found.wounded[1]) == (1, 0)


def test_another_who_was_hurt_is_not_the_dead_one() -> None:
    """The word "another" tells them apart where nothing else does."""
    text = "A man was killed at the mill and another man was hurt."
    found = told(text, ("death", "was killed", "A man"), ("injury", "was hurt", "another man"))
    assert found.wounded is not None
    assert found.wounded[1] == 1


def test_a_headline_counts_too() -> None:
    """Where the text tells less; an age is no count."""
    text = "Gunfire was heard at the mill."
    event = ("shooting", "Gunfire", "the mill")
    three = told(text, event, title="3 killed, two hurt in shooting at mill")
    assert three.killed is not None
    assert three.wounded is not None
    assert (three.killed[1], three.wounded[1]) == (3, 2)
    boy = told(text, event, title="Shot kills 11-year-old")
    assert boy.killed is not None
    assert boy.killed[1] == 1


def test_nothing_told_is_no_toll() -> None:
    """Not zero: nobody counted."""
    assert told("The mill was sold.") == Toll(None, None)


def test_an_interval_holds_its_best() -> None:
    """Low, best, high in their order."""
    found = told("Four people were shot.", ("shooting", "were shot", "Four people"))
    for low, best, high in filter(None, (found.killed, found.wounded)):
        assert low <= best <= high


@pytest.mark.parametrize(
    ("words", "cue", "killed"),
    [
        ("The army denies that its men killed a nurse", "denies", None),
        ("The army says its men who killed a nurse were not drunk", "not", (0, 1, 2)),
    ],
)
def test_a_denial_is_no_toll(words: str, cue: str, killed: tuple[int, int, int] | None) -> None:
    """*Denies killing a nurse* counts nobody; what is negated in the content may leave her dead."""
    text = f"A raid hit Oda. {words}."

    def span(part: str) -> tuple[Span, ...]:
        at = text.index(part)
        return (Span(at, at + len(part)),)

    raid = Event("e1", "attack", span("raid"))
    death = Event(
        "e2", "death", span("killed"), participants=(Participant("dead", span("a nurse")),)
    )
    content = span(words[words.index("its men") :])
    said = Attribution("a", span("The army"), None, span(words.split()[2]), content)
    claims = (
        Claim("c1", span("A raid hit Oda"), None, "stated", "positive", (), ("e1",)),
        Claim("c2", content, "a", "denied", "negative", span(cue), ("e2",)),
    )
    reading = Reading(report_of(text), (), (said,), claims, (raid, death))
    (mention,) = (replace(m, events=("e1", "e2")) for m in read_mentions(reading)[:1])
    assert read_toll(reading, mention).killed == killed
