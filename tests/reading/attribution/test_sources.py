"""Speakers joined within a report."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.reading.attribution.find import find_hops
from sayso.reading.attribution.sources import SourceFinder
from sayso.reading.grounding.actors.find import ground_actor
from sayso.reading.parsing.parse import Parse

# text -> for each act of saying in order, the number of its speaker and that speaker's name
CASES: dict[str, tuple[str, list[tuple[int, str]]]] = {
    "an acronym and its name": (
        "The National Border Office (NBO) said the pass was shut. "
        "The NBO said snow had buried the road.",
        [(0, "The National Border Office (NBO)"), (0, "The National Border Office (NBO)")],
    ),
    "a surname": (
        "Interior Minister Ada Holm said the pass was shut. Holm said snow had buried the road.",
        [(0, "Interior Minister Ada Holm"), (0, "Interior Minister Ada Holm")],
    ),
    "a pronoun": (
        "Interior Minister Ada Holm said the pass was shut. She added that help had come.",
        [(0, "Interior Minister Ada Holm"), (0, "Interior Minister Ada Holm")],
    ),
    "a shorter description": (
        "Norway's National Rescue Service said two men were found. "
        "Norway's rescue service said they were alive.",
        [(0, "Norway's National Rescue Service"), (0, "Norway's National Rescue Service")],
    ),
    "they are who the sentence before is about": (
        "President Ada Holm said nearly 900 rebels had fallen. "
        "The Joint Chiefs of Staff gave a far lower number. They said 200 were dead.",
        [(0, "President Ada Holm"), (1, "The Joint Chiefs of Staff")],
    ),
    "they are who spoke in the sentence before": (
        "Rebels fled the village, officials said on Monday. They said that it was burning.",
        [(0, "officials"), (0, "officials")],
    ),
    "they are no single person with a name": (
        "Interior Minister Ada Holm said the pass was shut. They said snow had buried the road.",
        [(0, "Interior Minister Ada Holm"), (1, "They")],
    ),
    "it is who cites another": (
        "The rescue service, quoting the army, said nine were dead. It said 20 were hurt.",
        [(0, "The rescue service"), (1, "the army"), (0, "The rescue service")],
    ),
    "a body is they": (
        "The rescue service said two men were found. They said that both were alive.",
        [(0, "The rescue service"), (0, "The rescue service")],
    ),
    "a pronoun for one of a family": (
        "Rebels shot the mayor, his wife said on Monday. She said that he had been at his desk.",
        [(0, "his wife"), (0, "his wife")],
    ),
    "two officials are two": (
        "A Kenyan official said the road was cut. A Ugandan official said it was open.",
        [(0, "A Kenyan official"), (1, "A Ugandan official")],
    ),
    "another unnamed source is another": (
        "A diplomat said the talks had failed. Another diplomat said they would go on.",
        [(0, "A diplomat"), (1, "Another diplomat")],
    ),
    "the body last heard": (
        "The Central Intelligence Bureau said the man was alive. "
        "A friendly bureau said he was ill. The agency added that he could not walk.",
        [
            (0, "The Central Intelligence Bureau"),
            (1, "A friendly bureau"),
            (0, "The Central Intelligence Bureau"),
        ],
    ),
    "who issued a document": (
        'Ada Holm said in a statement that the pass was shut. The statement said: "Stay at home."',
        [(0, "Ada Holm"), (0, "Ada Holm")],
    ),
    "a country is not its army": (
        "Ukraine's army said the bridge fell. Ukraine said talks would go on.",
        [(0, "Ukraine's army"), (1, "Ukraine")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_joins(name: str, parse: Callable[[str], Parse]) -> None:
    """Mentions of one speaker are joined under their fullest name, others are kept apart."""
    text, expected = CASES[name]
    hops, scene = find_hops(parse(text))
    finder = SourceFinder(scene, ground_actor)
    people = finder.join(hops)
    order: list[int] = []
    rows = []
    for hop in hops:
        person = people[id(hop)]
        if id(person) not in order:
            order.append(id(person))
        (source,) = finder.to_sources([person], {id(person): "s"})
        rows.append((order.index(id(person)), source.name))
    assert rows == expected


def test_named_or_not(parse: Callable[[str], Parse]) -> None:
    """A role or a nationality is no name; a person, a body and an acronym are."""
    text = (
        "Two Kenyan officials said the road was cut. Ada Holm said it was open. "
        "A source told AFP that it was mined."
    )
    hops, scene = find_hops(parse(text))
    finder = SourceFinder(scene, ground_actor)
    people = finder.join(hops)
    ids = {id(p): "s" for p in people.values()}
    sources = finder.to_sources([people[id(h)] for h in hops], ids)
    assert [s.named for s in sources] == [False, True, False]
    assert sources[2].kind == "unnamed"


@pytest.mark.parametrize(
    ("text", "kind", "named"),
    [
        ("A senior officer on Oslo's general staff said two men fell.", "official", False),
        ("A Kursk official said two men fell.", "official", False),
        ("Kursk official Ivan Petrov said two men fell.", "official", True),
        ("The soldier's sister said he fell on Monday.", "person", False),
        ("The lawyers said 12 people died.", "group", False),
    ],
)
def test_what_hangs_on_a_speaker_is_not_the_speaker(
    parse: Callable[[str], Parse],
    text: str,
    kind: str,
    named: bool,  # noqa: FBT001 - a parameter
) -> None:
    """A soldier's sister is no soldier, and the name of a place names no official."""
    hops, scene = find_hops(parse(text))
    finder = SourceFinder(scene, ground_actor)
    people = finder.join(hops)
    everybody = list({id(p): p for p in people.values()}.values())
    (source,) = finder.to_sources(everybody, {id(p): "s" for p in everybody})
    assert (source.kind, source.named) == (kind, named)


def test_an_association_of_lawyers_is_no_court(parse: Callable[[str], Parse]) -> None:
    """A group, whatever the model takes its name for: nobody private to be hidden."""
    hops, scene = find_hops(parse("Nyala Lawyers' Watch said 12 people died."))
    finder = SourceFinder(scene, ground_actor)
    (person,) = finder.join(hops).values()
    (source,) = finder.to_sources([person], {id(person): "s"})
    assert source.kind == "group"
    assert source.named
