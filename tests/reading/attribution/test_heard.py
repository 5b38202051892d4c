"""What reached somebody: who says it stands behind `from`, not before the verb."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.reading.attribution.find import find_hops
from sayso.reading.parsing.parse import Parse


def spoken(parse: Parse) -> list[tuple[str, str]]:
    """(source, content) of every act of saying."""
    hops, _ = find_hops(parse)
    return [
        (" ".join(t.text for t in h.source), " … ".join(parse.words(s) for s in h.content))
        for h in hops
    ]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("It was learned from relatives that the trader had been freed.", "relatives",
         "that the trader had been freed"),
        ("We have heard from two drivers that the bridge was mined.", "two drivers",
         "that the bridge was mined"),
        ("Confirmation came from the hospital that the minister was dead.", "the hospital",
         "that the minister was dead"),
    ],
)  # fmt: skip
def test_who_is_heard_from_says_it(
    parse: Callable[[str], Parse], text: str, source: str, content: str
) -> None:
    """The giver of news is its source, also where nobody or the speaker hears it."""
    assert (source, content) in spoken(parse(text))


def test_a_clause_of_the_giver_is_not_what_is_said(parse: Callable[[str], Parse]) -> None:
    """Two sailors from a ship that sank told nobody anything."""
    assert spoken(parse("Two sailors came from a ship that sank on Monday.")) == []


def test_a_later_speaker_is_no_part_of_what_was_heard(parse: Callable[[str], Parse]) -> None:
    """What stands before "the envoy said" ends there."""
    found = spoken(parse("It was learned from guards that two men fled, the envoy said."))
    assert ("guards", "that two men fled") in found
