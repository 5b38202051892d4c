"""The learned reader's findings joined with the rules'."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.reading.attribution.find import find_hops
from sayso.reading.attribution.hops import Hop, Scene
from sayso.reading.attribution.join import SURE, join_learned
from sayso.reading.attribution.learned.tagger import Found
from sayso.reading.parsing.parse import Parse

TEXT = "The mayor said two men were killed. Norway plans to send ships."


@pytest.fixture
def scene(parse: Callable[[str], Parse]) -> tuple[list[Hop], Scene]:
    """The rules' findings in the text."""
    return find_hops(parse(TEXT))


def found(scene: Scene, source: str, cue: str, content: str, score: float = 0.9) -> Found:
    """A learned finding by its words."""

    def run(words: str) -> range:
        at = scene.parse.text.index(words)
        first, last = scene.parse.token_at(at), scene.parse.token_at(at + len(words) - 1)
        return range(first.i, last.i + 1)

    return Found((run(source),), run(cue), (run(content),), score)


def test_the_learned_reader_draws_the_spans_and_the_rules_say_what_is_claimed(
    scene: tuple[list[Hop], Scene],
) -> None:
    """Where both find a cue there is one hop: drawn by the one, claimed by the other."""
    hops, room = scene
    mine = found(room, "The mayor", "said", "men were killed", 0.70004)
    (hop,) = join_learned(room, hops, [mine])
    assert [room.parse.words(s) for s in hop.content] == ["two men were killed"]
    assert [room.parse.words(s) for s in hop.drawn] == ["men were killed"]
    assert hop.score == 0.7


def test_a_plan_is_an_attribution_without_a_claim(scene: tuple[list[Hop], Scene]) -> None:
    """What only the learned reader finds, and is not of saying, is kept but claims nothing."""
    hops, room = scene
    joined = join_learned(room, hops, [found(room, "Norway", "plans", "to send ships")])
    assert [(h.rule, h.says) for h in joined] == [("clause after", True), ("learned", False)]


@pytest.mark.parametrize(("score", "says"), [(SURE + 0.1, True), (SURE - 0.1, False)])
def test_only_a_sure_finding_carries_a_claim(
    parse: Callable[[str], Parse], score: float, *, says: bool
) -> None:
    """A saying that no rule found carries a claim where the learned reader is sure of it."""
    text = "The mayor: the men, as was said, were killed."
    hops, room = find_hops(parse(text))
    (hop,) = join_learned(
        room, [h for h in hops if h.rule == "never"],
        [found(room, "The mayor", "said", "were killed", score)],
    )  # fmt: skip
    assert hop.says is says


def test_a_clause_hung_on_the_source_is_not_the_name(parse: Callable[[str], Parse]) -> None:
    """PolNeAR's sources take their relative clause along; a speaker's name does not."""
    text = "Ada Holm, who left in May, told us of it."
    _, room = find_hops(parse(text))
    (hop,) = join_learned(room, [], [found(room, "Ada Holm, who left in May", "told", "of it")])
    assert [t.text for t in hop.source] == ["Ada", "Holm"]
    assert [t.text for t in hop.clause] == [",", "who", "left", "in", "May"]


def test_the_printed_source_is_drawn_by_the_learned_reader(
    parse: Callable[[str], Parse],
) -> None:
    """With its relative clause, or as `who`; the name stays the rules'. One that is cut is not."""
    text = "Ada Holm, who left in May, said two men were killed."
    hops, room = find_hops(parse(text))
    content = "two men were killed"
    (hop,) = join_learned(room, hops, [found(room, "Ada Holm, who left in May", "said", content)])
    assert [t.text for t in hop.named] == ["Ada", "Holm", ",", "who", "left", "in", "May"]
    assert "who" not in [t.text for t in hop.source]
    (hop,) = join_learned(room, hops, [found(room, "Ada Holm, who left in", "said", content)])
    assert hop.named == []


def test_a_name_alone_does_not_stand_for_a_role_and_a_name(
    parse: Callable[[str], Parse],
) -> None:
    """Where the learned phrase is the end of the rules' phrase, the whole phrase is printed."""
    hops, room = find_hops(parse("Shells hit a farm, the town's mayor, Ada Holm, said."))
    (hop,) = join_learned(room, hops, [found(room, "Holm", "said", "Shells hit a farm")])
    assert hop.named == []
    assert [t.text for t in hop.source] == ["the", "town", "'s", "mayor", ",", "Ada", "Holm"]
