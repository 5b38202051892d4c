from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

COUNTED = [
    ("Nearly 300 miners were killed.", [("Nearly 300", "killed")]),
    ("At least 20 died and dozens were hurt.", [("At least 20", "killed")]),
    ("Rescuers found 35 bodies.", [("35", "killed")]),
    ("The death toll rose to 27 on Monday.", [("27", "killed")]),
    ("The union counted sixteen deaths.", [("sixteen", "killed")]),
    ("A spokesman said 190 were dead.", [("190", "killed")]),
    ("The dead are fourteen nurses and five guards.", [("fourteen", "killed"), ("five", "killed")]),
    ("Fire killed two guards, three drivers and a cook.", [("two", "killed"), ("three", "killed")]),
    ("Nine sailors lost their lives.", [("Nine", "killed")]),
    ("Four soldiers were martyred in the ambush.", [("Four", "killed")]),
]


@pytest.mark.parametrize(("text", "numbers"), COUNTED, ids=[t for t, _ in COUNTED])
def test_deaths(find: Callable[..., Any], text: str, numbers: list[tuple[str, str]]) -> None:
    """Numbers reach the deaths that they count through verbs, nouns, lists and copulas."""
    found = find(text)
    deaths = [n for e in found.events if e.type == "death" for n in found.numbers(e)]
    assert deaths[: len(numbers)] == numbers


@pytest.mark.parametrize(
    ("text", "name", "number"),
    [
        ("Police arrested 40 people.", "arrest", ("40", "arrested")),
        ("Rebels captured two pilots.", "capture", ("two", "captured")),
        ("About 800 troops were deployed.", "deployment", ("About 800", "deployed")),
        ("Some 3,000 villagers were displaced.", "displacement", ("Some 3,000", "displaced")),
        ("Twelve climbers are missing.", "missing", ("Twelve", "missing")),
        ("Militants kidnapped six nuns.", "abduction", ("six", "abducted")),
        ("The ministry put the number of killed or wounded at 90.", "casualties",
         ("90", "killed_or_wounded")),
        ("They estimated the killed and wounded at 1,100.", "casualties",
         ("1,100", "killed_or_wounded")),
        ("The army put its dead at 15 and its wounded at 40.", "death", ("15", "killed")),
        ("The army put its dead at 15 and its wounded at 40.", "injury", ("40", "wounded")),
        ("The army says the killed include 12 officers.", "death", ("12", "killed")),
        ("It estimated the killed and wounded at 90.", "casualties",
         ("90", "killed_or_wounded")),
        ("Four gunmen attacked a hotel.", "attack", ("Four", "attackers")),
        ("They attacked the depot with twelve drones.", "strike", ("twelve", "other")),
    ],
)  # fmt: skip
def test_measures(find: Callable[..., Any], text: str, name: str, number: tuple[str, str]) -> None:
    """What a number counts is told by the event that holds it."""
    found = find(text)
    assert number in found.numbers(found.one(name))


@pytest.mark.parametrize(
    "text",
    [
        "Officials put the number of dead and wounded at 300.",
        "Officials put the dead and wounded at 300.",
        "Hospitals counted 80 dead and wounded.",
        "The army put its wounded at 40.",
    ],
)
def test_who_counts(find: Callable[..., Any], text: str) -> None:
    """Who puts a number on the fallen has not felled them."""
    (event,) = find(text).events
    assert len(event.figures) == 1
    assert "attacker" not in find(text).roles(event)


def test_ellipsis(find: Callable[..., Any]) -> None:
    """A second number without a noun goes to the second event: "and injured twelve more"."""
    found = find("The crash killed eight and injured twelve more.")
    assert found.numbers(found.one("injury")) == [("twelve more", "wounded")] or found.numbers(
        found.one("injury")
    ) == [("twelve", "wounded")]


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        (
            "The captured Korean sailor was shown on a photo.",
            "capture",
            "The captured Korean sailor",
        ),
        ("He was arrested at dawn.", "arrest", "He"),
        ("Journalist Amira Haddad was killed in Homs.", "death", "Journalist Amira Haddad"),
        ("The death of the driver was confirmed.", "death", "the driver"),
    ],
)
def test_one_person(find: Callable[..., Any], text: str, name: str, words: str) -> None:
    """A single person is a figure of 1, with the words that state it."""
    found = find(text)
    assert [n for n, _ in found.numbers(found.one(name))] == [words]
    (figure,) = (f for f in found.figures if f.id in found.one(name).figures)
    assert (figure.low, figure.best, figure.high, figure.bound) == (1, 1, 1, "exact")


@pytest.mark.parametrize(
    "text",
    ["The soldiers were captured.", "The guard was not killed.", "The guard may be killed."],
)
def test_no_person_counted(find: Callable[..., Any], text: str) -> None:
    """Plurals without a number, negated and unreal events count nobody."""
    assert find(text).figures == []


@pytest.mark.parametrize(
    "text",
    [
        "Two attacks killed nobody.",
        "He was jailed for twelve counts.",
        "Some districts were shelled.",
        "One of the roads was closed.",
    ],
)
def test_no_figures(find: Callable[..., Any], text: str) -> None:
    """Counts of events, of charges and of nothing in particular are no figures."""
    assert find(text).figures == []


def test_percent_stands_alone(find: Callable[..., Any]) -> None:
    """A share is a figure of its own, for the claim that holds it."""
    found = find("The attack cut output by 40 percent.")
    assert [f.counts for f in found.figures] == ["other"]


def test_since_is_cumulative(find: Callable[..., Any]) -> None:
    """A count since a date is cumulative, from that date on."""
    found = find("The group has counted sixteen deaths since 2015.", "2019-01-30")
    (figure,) = found.figures
    assert figure.scope == "cumulative"
    assert figure.since is not None
    assert (figure.since.start or "").startswith("2015")


def test_over_a_war_is_cumulative(find: Callable[..., Any]) -> None:
    """A count over a war is one since the war began; of one strike in it, it is not."""
    (figure,) = find(
        "More than two million people have been uprooted by the war that broke out in April 2021.",
        "2024-12-10",
    ).figures
    assert figure.scope == "cumulative"
    assert figure.since is not None
    assert (figure.since.start, figure.since.end) == ("2021-04-01", None)
    (figure,) = find("Monday's strike killed 12 people in a war that began in May.").figures
    assert figure.scope == "incident"


@pytest.mark.parametrize(
    ("text", "name", "numbers"),
    [
        ("Soldiers massacred six miners and two women.", "death",
         [("six", "killed"), ("two", "killed")]),
        ("Gunmen seized a nurse and six teachers.", "abduction",
         [("six", "abducted"), ("a nurse", "abducted")]),
        ("One of the captured drivers later died of his wounds.", "death", [("One", "killed")]),
        ("More than 30 candidates were killed.", "death", [("More than 30", "killed")]),
        ("Police detained two foremen.", "arrest", [("two", "arrested")]),
        ("His son was taken prisoner near the border.", "capture", [("His son", "captured")]),
        ("A nurse was among the injured.", "injury", [("A nurse", "wounded")]),
        ("Two others were in hospital.", "injury", [("Two", "wounded")]),
        ("At approximately 1100 a bomb went off, killing Ada Mol.", "death",
         [("Ada Mol", "killed")]),
    ],
)  # fmt: skip
def test_whom_a_number_is_of(
    find: Callable[..., Any], text: str, name: str, numbers: list[tuple[str, str]]
) -> None:
    """People are counted under the event that they undergo, one by one and in numbers."""
    found = find(text)
    assert found.numbers(found.one(name)) == numbers


def test_some_of_the_counted_are_counted_with_them(find: Callable[..., Any]) -> None:
    """Those "including" names count as the whole does, and never under another event."""
    found = find("Police arrested eight men, including two cooks, over the killing of a monk.")
    assert found.numbers(found.one("arrest")) == [("eight", "arrested"), ("two", "arrested")]
    assert [n for n, _ in found.numbers(found.one("death"))] == ["a monk"]


def test_a_number_of_another_speaker_is_no_second_count_of_the_event(
    find: Callable[..., Any],
) -> None:
    """*Six had died, while a nurse put the figure at ten*: ten dead, but not of the first claim."""
    found = find("Police said six people had died, while a nurse put the figure at ten.")
    assert found.numbers(found.one("death")) == [("six", "killed")]
    assert [f.counts for f in found.figures] == ["killed", "killed"]


@pytest.mark.parametrize(
    "text",
    [
        "Not a single guard was among the dead.",
        "Neither man was among the dead.",
        "Two people were unhurt in the fire.",
    ],
)
def test_who_came_to_no_harm_is_no_casualty(find: Callable[..., Any], text: str) -> None:
    """Words that say that somebody was not hurt count nobody as hurt."""
    found = find(text)
    assert not {"killed", "wounded"} & {f.counts for f in found.figures}
    assert not any(p.role == "dead" for e in found.events for p in e.participants)
