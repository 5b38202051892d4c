from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.reading.events import find_events

WORDS = st.sampled_from(
    'the a gunmen killed wounded soldier 12 nearly and or , . " in Kabul on Monday captured '
    "attack was were not of bomb by who said that dozens town withdrew from where known is".split()
)


def test_order_and_ids(find: Callable[..., Any]) -> None:
    """Events come in the order of their triggers, with ids of their own."""
    found = find("Rebels shelled Sarmin, killed two men and took the hill.")
    starts = [e.trigger[0].start for e in found.events]
    assert starts == sorted(starts)
    assert [e.id for e in found.events] == [f"e{i + 1}" for i in range(len(found.events))]


def test_roles(find: Callable[..., Any]) -> None:
    """Participants stand with their roles, in the active, the passive and as nouns."""
    for text in ("Rebels captured a pilot.", "A pilot was captured by rebels.",
                 "The capture of a pilot by rebels was reported."):  # fmt: skip
        found = find(text)
        roles = found.roles(found.one("capture"))
        assert (roles["captor"].lower(), roles["captive"].lower()) == ("rebels", "a pilot")


def test_actors_are_grounded(find: Callable[..., Any]) -> None:
    """A participant that names a country's army is that actor."""
    found = find("Turkish troops shelled the village.")
    (shelling,) = found.events
    actor = shelling.participants[0].actor
    assert actor is not None
    assert (actor.country, actor.kind) == ("TUR", "military")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=40))
def test_spans_lie_in_the_text(find: Callable[..., Any], words: list[str]) -> None:
    """Whatever the words, every span lies in the text and every figure of an event is there."""
    found = find(" ".join(words))
    size = len(found.parse.text)
    spans = [s for e in found.events for s in e.trigger]
    spans += [s for e in found.events for p in e.participants for s in p.text]
    spans += [s for f in found.figures for s in (*f.span, *f.of)]
    assert all(0 <= s.start < s.end <= size for s in spans)
    ids = [f.id for f in found.figures]
    assert len(ids) == len(set(ids))
    assert {i for e in found.events for i in e.figures} <= set(ids)


def test_same_text_same_events(find: Callable[..., Any]) -> None:
    """The same text gives the same events and figures."""
    text = "Two men were shot dead in Marseille on Sunday; police arrested a teenager."
    assert find(text).events == find(text).events


def test_speed(parse: Callable[[str], Any], ontology: Any) -> None:
    """Events of 600 words take well under the time of their parse."""
    text = (
        "Gunmen attacked a convoy near Gao on Monday, killing five soldiers, the army said. " * 40
    )
    parsed = parse(text)
    start = time.process_time()
    find_events(parsed, ontology, [], [], [])
    assert time.process_time() - start < 0.5


def test_endless_sentence(find: Callable[..., Any]) -> None:
    """A sentence of thousands of verbs, prepositions or clauses is read, not choked on."""
    for text in (
        "killed, " * 800,
        "They went " + "out of in " * 600,
        "The man " + "who saw " * 600,
    ):
        assert len(find(text).events) <= 800


def test_whom_a_noun_befalls(find: Callable[..., Any]) -> None:
    """An attack on someone has that person as its target, and a day is no target."""
    found = find("The attack on Judge Ana Diaz on Monday shocked the town.")
    assert found.roles(found.one("attack"))["target"] == "Judge Ana Diaz"


def test_a_part_is_named_with_its_whole(find: Callable[..., Any]) -> None:
    """One of several is told with the several: "one of his bodyguards"."""
    found = find("One of his bodyguards was killed.")
    assert found.roles(found.one("death"))["dead"] == "One of his bodyguards"


def test_who_commits_it(find: Callable[..., Any]) -> None:
    """Who commits what a noun tells of is its agent."""
    found = find("The bishop condemned the murder committed by rebels in the town.")
    assert found.roles(found.one("death"))["killer"] == "rebels"


@pytest.mark.parametrize(
    ("text", "name", "role", "words"),
    [
        ("Five drivers were hurt in a guerrilla ambush.", "attack", "attacker", "guerrilla"),
        ("The assassination in Porto Vela of Pedro Ruiz was condemned.", "death", "dead",
         "Pedro Ruiz"),
        ("The report says Ana Diaz and Jose Ruiz were abducted by rebels.", "abduction",
         "abducted", "Ana Diaz"),
    ],
)  # fmt: skip
def test_who_stands_beside_the_word(
    find: Callable[..., Any], text: str, name: str, role: str, words: str
) -> None:
    """Doers that stand before a noun, and those befallen that the parser hangs elsewhere."""
    found = find(text)
    assert (role, words) in [
        (p.role, found.parse.words(p.text[0])) for p in found.one(name).participants
    ]
