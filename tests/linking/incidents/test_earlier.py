"""Earlier incidents in a report of another one, read and linked as `sayso link` does it."""

from __future__ import annotations

from typing import Any

import pytest

TODAY = "2024-07-10"
BOMB = "A bomb in a market in Kano killed eight people on Tuesday, police said."


def killed(row: dict[str, Any]) -> float | None:
    """How many were killed, as the latest count has it."""
    found: float | None = row["figures"]["killed"]["most_recent"][1]
    return found


@pytest.mark.parametrize(
    ("aside", "earlier"),
    [
        ("An earlier bombing there killed 12.", 12),
        ("Previous attacks there killed 40 people.", 40),
        ("Sixty people were killed in raids in the state this year.", 60),
        ("It was the deadliest attack there since March, when 30 people died in a raid.", 30),
        ("On Sunday gunmen killed 32 people on a farm.", 32),
        ("More than 900 people have been killed since the war began, a monitor says.", 900),
        ("Some 900 people have been killed in nine years of conflict, a monitor says.", 900),
    ],
)
def test_the_dead_of_another_incident_are_its_own(link: Any, aside: str, earlier: int) -> None:
    """What a sentence calls another one, or counts over months, is no count of the main one."""
    main, *background = link([(TODAY, f"{BOMB} {aside}")])
    assert main["main"] == ["0"]
    assert killed(main) == 8
    assert [killed(row) for row in background if "killed" in row["figures"]] == [earlier]


@pytest.mark.parametrize(
    "aside",
    [
        "More than two million people have been uprooted by the war that broke out in April 2021, "
        "according to the United Nations.",
        "The war has displaced two million people, the United Nations says.",
        "Two million people have fled since the conflict began.",
    ],
)
def test_the_displaced_of_a_war_are_not_those_of_an_attack(link: Any, aside: str) -> None:
    """Who was driven out over years of war was not by the bomb of Tuesday."""
    main = next(row for row in link([(TODAY, f"{BOMB} {aside}")]) if row["main"])
    assert "displaced" not in main["figures"]
    assert killed(main) == 8


def test_the_displaced_of_an_attack_are_its_own(link: Any) -> None:
    """Whom the attack itself drove out is counted with it."""
    main, *_ = link([(TODAY, f"{BOMB} The blast displaced 300 people.")])
    assert main["figures"]["displaced"]["highest"][1] == 300


def test_another_incident_has_not_the_day_of_the_main_one(link: Any) -> None:
    """Nothing tells when *an earlier bombing* was, and its attack and its dead are one."""
    rows = link([(TODAY, f"{BOMB} An earlier bombing there killed 12.")])
    assert len(rows) == 2
    assert rows[1]["time"] is None


@pytest.mark.parametrize(
    ("then", "kept"),
    [("Eleven people died then.", 8), ("Eleven people died in that attack.", 8),
     ("Eleven people died.", 11)],
)  # fmt: skip
def test_the_next_sentence_goes_on(link: Any, then: str, kept: int) -> None:
    """Where its words point back at the earlier incident."""
    text = f"{BOMB} The market was bombed in a similar attack in January. {then}"
    main = next(row for row in link([(TODAY, text)]) if row["main"])
    assert killed(main) == kept


def test_a_day_after_the_quake_is_not_its_day(link: Any) -> None:
    """The day of the digging is a day after; *two weeks after* parts two quakes."""
    first, second = link(
        [
            (
                TODAY,
                "A second quake struck Aleppo on Monday, killing nine people, two weeks after an "
                "earthquake killed 40 people there.",
            )
        ]
    )
    assert (killed(first), killed(second)) == (9, 40)
    assert second["time"]["start"] == "2024-06-24"


@pytest.mark.parametrize(
    "then",
    [
        "Twelve people have died since the bomb went off, a doctor said.",
        "Twelve people have been killed since Tuesday, a doctor said.",
        "Twelve people had died by Wednesday, a doctor said.",
    ],
)
def test_a_later_count_is_of_the_same_incident(link: Any, then: str) -> None:
    """What is counted since the attack itself is its toll."""
    (row,) = link([(TODAY, f"{BOMB} {then}")])
    assert killed(row) == 12
