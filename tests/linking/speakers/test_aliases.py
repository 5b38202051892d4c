"""What people said of who speaks, in counting: before all rules, and never undone by one."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sayso.linking.figures.stated import read_statements
from sayso.linking.origins.count import count_origins
from sayso.linking.saying.utterances import find_utterances
from sayso.record import Alias, Reading, Tie
from sayso.record.links import OriginCount

Make = Callable[..., Any]
Refs = Callable[..., Any]
JOINED = "joined by Ann: one garrison"


def told(readings: list[Reading], **aliases: Alias) -> list[Reading]:
    """Readings whose sources of a name carry what people said of them."""
    return [
        replace(r, sources=tuple(replace(s, alias=aliases.get(s.name[:1])) for s in r.sources))
        for r in readings
    ]


def joined(key: str, group: str, *with_: str) -> Alias:
    """Said to be one with others."""
    return Alias(key, group, tuple(Tie(other, "e40", JOINED) for other in with_))


def apart(key: str, *from_: str) -> Alias:
    """Said not to be one with others."""
    return Alias(key, key, (), frozenset(from_))


def interval(count: OriginCount) -> list[int]:
    """The two bounds."""
    return [count.at_least, count.at_most]


def two(story: Make, one: str, other: str, **how: Any) -> list[Reading]:
    """Two reports in which two speak."""
    return [
        story("a").says(one, "a convoy was attacked near Gao", **how).reading(),
        story("b", publisher="Plain").says(other, "the convoy was hit at dawn", **how).reading(),
    ]


def test_joined_sources_are_one_origin_with_their_ground(story: Make, refs_of: Refs) -> None:
    """Two whom no rule joins are one origin, under the name that they were joined to, with why."""
    readings = two(story, "Kestrel Post", "Northern Garrison Command")
    assert interval(count_origins(readings, refs_of(readings))) == [2, 2]
    said = told(readings, K=joined("k", "k", "n"), N=joined("n", "k", "k"))
    count = count_origins(said, refs_of(said))
    assert interval(count) == [1, 1]
    assert [(j.ground.words, j.entry) for j in count.joins] == [(JOINED, "e40")]
    assert count.origins[0].name == "Kestrel Post"


def test_joined_through_a_third_that_is_not_here(story: Make, refs_of: Refs) -> None:
    """A is one with B and B with C: A and C are one where B does not speak."""
    readings = two(story, "Kestrel Post", "Northern Garrison Command")
    said = told(readings, K=joined("k", "k", "b"), N=joined("n", "k", "b"))
    assert interval(count_origins(said, refs_of(said))) == [1, 1]


def test_mentions_of_one_key_are_left_to_the_rules(story: Make, refs_of: Refs) -> None:
    """Residents of two reports are not made one by what was said of residents and another."""
    readings = two(story, "Two residents", "Two residents", kind="witness")
    plain = count_origins(readings, refs_of(readings))
    said = told(readings, T=joined("t", "k", "k"))
    assert count_origins(said, refs_of(said)) == plain


def test_split_sources_are_never_one(story: Make, refs_of: Refs) -> None:
    """What a rule would join stays two, though a third is like both."""
    readings = [
        *two(story, "Dr Ada Holm", "Ada Holm", kind="person"),
        story("c", publisher="Third").says("Mrs Ada Holm", "it was hit", kind="person").reading(),
    ]
    assert interval(count_origins(readings, refs_of(readings))) == [1, 1]
    said = told(readings, D=apart("d", "a"), A=apart("a", "d"))
    for seed in range(6):
        random.Random(seed).shuffle(said)  # noqa: S311 - for a test
        count = count_origins(said, refs_of(said))
        assert interval(count) == [2, 2]


def test_a_split_holds_in_the_lower_bound(story: Make, refs_of: Refs) -> None:
    """An unnamed source that was said not to be the service is not counted with it."""
    how = {"country": "MLI", "actor_kind": "military"}
    readings = two(story, "the Malian army", "a military source", **how)
    count = count_origins(readings, refs_of(readings))
    assert interval(count) == [1, 2]
    assert count.origins[1].may_be or count.origins[0].may_be
    said = told(readings, t=apart("t", "a"), a=apart("a", "t"))
    count = count_origins(said, refs_of(said))
    assert interval(count) == [2, 2]
    assert not any(o.may_be for o in count.origins)


def test_figures_of_joined_sources_are_of_one_speaker(story: Make, refs_of: Refs) -> None:
    """Their figures stand under one name; those of split ones are two speakers'."""

    def counts(one: str, other: str) -> list[Reading]:
        how: dict[str, Any] = {"event": "casualties", "kind": "person"}
        few = story("a").says(one, "5 died", figure=(5, 5, 5, "exact"), figure_words="5", **how)
        more = story("b").says(other, "9 died", figure=(9, 9, 9, "exact"), figure_words="9", **how)
        return [few.reading(), more.reading()]

    readings = counts("Kestrel Post", "Northern Garrison Command")
    assert len({s.speaker for s in read_statements(readings, refs_of(readings))}) == 2
    said = told(readings, K=joined("k", "k", "n"), N=joined("n", "k", "k"))
    statements = read_statements(said, refs_of(said))
    assert len({s.speaker for s in statements}) == 1
    assert {s.speaker_name for s in statements} == {"Kestrel Post"}
    readings = counts("Dr Ada Holm", "Ada Holm")
    assert len({s.speaker for s in read_statements(readings, refs_of(readings))}) == 1
    said = told(readings, D=apart("d", "a"), A=apart("a", "d"))
    assert len({s.speaker for s in read_statements(said, refs_of(said))}) == 2


def test_one_act_of_saying_is_of_one_source(story: Make) -> None:
    """The same words of two who are one are one act; of two who are not they are two."""
    words = "the convoy of eleven trucks was hit at dawn near the northern gate"
    one = story("a").says("Kestrel Post", words, quotation="direct").reading()
    other = story("b").says("Northern Garrison Command", words, quotation="direct").reading()
    assert len(find_utterances([one, other])) == 2
    said = told([one, other], K=joined("k", "k", "n"), N=joined("n", "k", "k"))
    assert len(find_utterances(said)) == 1
    same = [story(n).says("Ada Holm", words, quotation="direct").reading() for n in ("a", "b")]
    assert len(find_utterances(same)) == 1
    first, second = told(same[:1], A=apart("x", "y")), told(same[1:], A=apart("y", "x"))
    assert len(find_utterances([*first, *second])) == 2
