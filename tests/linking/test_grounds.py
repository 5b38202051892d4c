from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from sayso.linking.figures.compare import compare_all
from sayso.linking.figures.stated import read_statements
from sayso.linking.grounds import find_grounds, weakest_link
from sayso.linking.origins.count import count_origins
from sayso.record.links import Grounds

Make = Callable[..., Any]
Refs = Callable[..., Any]
ARMY = {"country": "MLI", "actor_kind": "military"}


def grounds(readings: list[Any], refs_of: Refs) -> Grounds:
    """The grounds of all claims of readings."""
    refs = refs_of(readings)
    return find_grounds(readings, refs, count_origins(readings, refs))


def test_one_origin_cannot_be_confirmed(story: Make, refs_of: Refs) -> None:
    """With one origin, grade 1 is excluded, and a second origin is what would raise it."""
    found = grounds([story("a").says("the army", "x", **ARMY).reading()], refs_of)
    assert "1" in found.excluded
    assert "origin" in {t.kind for t in found.tasks}


def test_two_origins_exclude_nothing_of_that(story: Make, refs_of: Refs) -> None:
    """Two who can be told apart leave grade 1 to a person; a denial takes it away again."""
    readings = [
        story("a").says("the army", "x", **ARMY).reading(),
        story("b")
        .says("Rima Haddad, a doctor", "y", kind="person", actor_kind="medical")
        .reading(),
    ]
    assert "1" not in grounds(readings, refs_of).excluded
    assert "5" in grounds(readings, refs_of).excluded
    denial = story("c").says("the rebels' council", "z", kind="group", certainty="denied").reading()
    found = grounds([*readings, denial], refs_of)
    assert "denies it" in found.excluded["1"]
    assert "5" not in found.excluded


def test_parties_are_told(story: Make, refs_of: Refs) -> None:
    """An army that speaks of its own soldiers is a party; that only parties speak is a task."""
    report = story("a").says("the army", "x", people=("MLI", "military"), **ARMY)
    found = grounds([report.reading()], refs_of)
    assert found.parties == ("the army",)
    assert "parties" in {t.kind for t in found.tasks}
    neighbour = story("b").says("the army", "x", people=("NER", "military"), **ARMY)
    assert grounds([neighbour.reading()], refs_of).parties == ()


def test_who_is_not_named_is_no_party(story: Make, refs_of: Refs) -> None:
    """Where two medics without a name speak beside the army, not only parties speak."""
    report = story("a").says("the army", "x", people=("MLI", "military"), **ARMY)
    reading = report.says("two medics", "y", kind="group", actor_kind="medical").reading()
    unnamed = tuple(dataclasses.replace(s, named=s.name == "the army") for s in reading.sources)
    found = grounds([dataclasses.replace(reading, sources=unnamed)], refs_of)
    assert found.parties == ("the army",)
    assert "parties" not in {t.kind for t in found.tasks}


def test_the_weakest_link_is_the_unnamed_hop(story: Make, refs_of: Refs) -> None:
    """The weakest link of a chain is a hop that is not named."""
    reading = story("a").says("the army", "x", **ARMY).reading()
    (origin,) = count_origins([reading], refs_of([reading])).origins
    assert weakest_link({reading.report.id: reading}, origin) is None


def test_figures_that_differ_are_one_task_a_measure(story: Make, refs_of: Refs) -> None:
    """Three tolls of one night are one line of work, after what matters more."""
    readings = [
        story(name).says(who, f"{n} people died", figure=(n, n, n, "exact")).reading()
        for name, who, n in (("a", "the harbour master", 4), ("b", "a port hospital", 6),
                             ("c", "the ferry line", 9))
    ]  # fmt: skip
    refs = refs_of(readings)
    comparisons = compare_all(read_statements(readings, refs))
    found = find_grounds(readings, refs, count_origins(readings, refs), comparisons)
    figures = [t for t in found.tasks if t.kind == "figures"]
    assert [t.words for t in figures] == [
        "figures of killed differ between 3 speakers: see Figures"
    ]
    assert found.tasks[-1] is figures[0]
    assert set(figures[0].refs) == set(refs)


def test_a_measure_that_one_origin_counts_asks_for_a_second(story: Make, refs_of: Refs) -> None:
    """Two origins, the dead of the one and the wounded of the other: each count has one origin."""
    counted: dict[str, Any] = {"figure": (4, 4, 4, "exact"), "kind": "agency"}
    readings = [
        story("a").says("Harbour Police", "4 died", counts="killed", **counted).reading(),
        story("b").says("Salt Hospital", "4 were hurt", counts="wounded", **counted).reading(),
    ]
    found = grounds(readings, refs_of)
    words = "one origin alone counts the killed, the wounded: find a second"
    assert [t.words for t in found.tasks if t.kind == "origin"] == [words]


def test_a_denial_without_an_event_denies_what_its_words_name(story: Make, refs_of: Refs) -> None:
    """Who denied striking the ferry has denied the strike; who denied a loan has not."""
    strike: dict[str, Any] = {"kind": "agency", "event": "strike"}
    report = story("a").says("Harbour Police", "a missile strike hit a ferry in Odda", **strike)
    report.says("the fleet", "striking a ferry in Odda", certainty="denied", **strike)
    report.says("the guild", "paying for a ferry in Odda", certainty="denied", **strike)
    reading = report.reading()
    first, *denied = reading.claims
    bare = tuple(dataclasses.replace(c, events=()) for c in denied)
    readings = [dataclasses.replace(reading, claims=(first, *bare))]
    count = count_origins(readings, refs_of(readings))
    assert [d.name for d in count.denials] == ["the fleet"]
    assert "denial" not in {t.kind for t in grounds(readings, refs_of).tasks}
