"""Short reports, read and linked as `sayso link` does it: what is one incident and what is not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

Row = dict[str, Any]
ORDERS = range(4)

STRIKE = (
    "2024-05-02",
    "A drone strike on a depot in Kharkiv killed four on Thursday, a nurse said.",
)
AGAIN = (
    "2024-05-03",
    "The drone strike in Kharkiv killed four guards on Thursday, the mayor said.",
)


def groups(rows: Iterable[Row]) -> set[str]:
    """The reports that each incident is the main one of, as "02", "1"."""
    return {"".join(row["main"]) for row in rows if row["main"]}


def best(row: Row, measure: str) -> list[float | None]:
    """Low, best and high of a measure, as UCDP's coders would have it."""
    found: list[float | None] = row["figures"][measure]["ucdp"]
    return found


@pytest.mark.parametrize("seed", ORDERS)
@pytest.mark.parametrize(
    "planned",
    [
        "The governor warned that drones would strike Kharkiv again. Hundreds could die, he said.",
        "The army said on Friday that it planned to attack a depot in Kharkiv next week.",
        "Rebels threatened on Friday to attack the depot in Kharkiv.",
        "The army has vowed to attack the depot in Kharkiv again, its spokesman said.",
        "The army said that it would strike the depot in Kharkiv if talks failed.",
    ],
)
def test_what_is_planned_did_not_happen(link: Any, planned: str, seed: int) -> None:
    """A plan, a threat and a warning are no reports of the strike, and count nobody."""
    rows = link([STRIKE, ("2024-05-03", planned), AGAIN], seed)
    assert groups(rows) == {"02", "1"}
    (other,) = (row for row in rows if row["main"] == ["1"])
    assert "killed" not in other["figures"]


@pytest.mark.parametrize("seed", ORDERS)
def test_a_denial_is_a_report_of_what_it_denies(link: Any, seed: int) -> None:
    """It is about the incident that it denies, and takes nothing from what others tell of it."""
    denial = "The army denied on Friday that a drone struck a depot in Kharkiv on Thursday."
    rows = link([STRIKE, AGAIN, ("2024-05-03", denial)], seed)
    assert [(row["main"], row["reports"]) for row in rows] == [(["0", "1", "2"],) * 2]


def test_a_denial_alone_is_about_its_incident(link: Any) -> None:
    """Where nobody tells of it, who denies it is the only one who speaks of it."""
    (row,) = link([("2024-05-03", "The army denied that it attacked a depot in Kharkiv.")])
    assert row["main"] == ["0"]


@pytest.mark.parametrize("seed", ORDERS)
def test_attacks_on_several_days_stay_apart(link: Any, seed: int) -> None:
    """One town, three days: three incidents, and each later report in the one of its day."""
    rows = link(
        [
            ("2024-05-01", "A missile strike on Kharkiv on Wednesday killed seven, a nurse said."),
            ("2024-05-02", "Shelling of Kharkiv on Thursday wounded nine, the governor said."),
            ("2024-05-03", "A missile strike on Kharkiv on Friday killed two, the governor said."),
            (
                "2024-05-05",
                "Another body was found in Kharkiv, bringing the toll of the missile strike on "
                "Wednesday to eight, the governor said.",
            ),
        ],
        seed,
    )
    assert groups(rows) == {"03", "1", "2"}


@pytest.mark.parametrize("seed", ORDERS)
def test_a_vague_day_parts_nothing(link: Any, seed: int) -> None:
    """An update that says *this week* is of the strike, and a night is of two days."""
    rows = link(
        [
            (
                "2024-05-02",
                "A drone strike on Kharkiv late on Wednesday killed four, a nurse said.",
            ),
            ("2024-05-02", "A drone strike on Kharkiv early on Thursday killed four, police said."),
            ("2024-05-03", "The toll of this week's drone strike on Kharkiv is five, police said."),
        ],
        seed,
    )
    assert groups(rows) == {"012"}


@pytest.mark.parametrize("seed", ORDERS)
def test_neighbouring_towns_stay_apart(link: Any, seed: int) -> None:
    """Two shellings on one day, in two towns."""
    rows = link(
        [
            ("2024-05-02", "Shells fell in Kharkiv on Thursday, killing two, the mayor said."),
            ("2024-05-02", "Shells fell in Chuhuiv on Thursday, killing three, the mayor said."),
            ("2024-05-03", "The shelling in Chuhuiv on Thursday killed three men, a nurse said."),
            ("2024-05-03", "Two men died when shells fell in Kharkiv on Thursday, a nurse said."),
        ],
        seed,
    )
    assert groups(rows) == {"03", "12"}


@pytest.mark.parametrize("seed", ORDERS)
def test_what_is_recalled_does_not_join(link: Any, seed: int) -> None:
    """Neither an anniversary nor a paragraph of context is of what happened this week."""
    rows = link(
        [
            (
                "2024-05-02",
                "Kharkiv marked a year since a bomb killed twelve at its market. Mourners laid "
                "flowers there on Thursday.",
            ),
            (
                "2024-05-03",
                "Gunmen shot dead two guards at the market in Kharkiv on Friday, police said. In "
                "May 2023 a bomb killed twelve at the market.",
            ),
            ("2024-05-03", "Two guards were shot dead in Kharkiv on Friday, a nurse said."),
        ],
        seed,
    )
    assert groups(rows) == {"0", "12"}
    (shooting,) = (row for row in rows if row["main"] == ["1", "2"])
    assert best(shooting, "killed")[1] == 2


@pytest.mark.parametrize("seed", ORDERS)
def test_a_report_of_two_incidents_is_in_both(link: Any, seed: int) -> None:
    """Each with its own toll."""
    rows = link(
        [
            (
                "2024-05-02",
                "Shells fell in Kharkiv on Thursday, killing two, the army said. In a separate "
                "attack on Thursday, gunmen killed five farmers in Chuhuiv, the army said.",
            ),
            ("2024-05-02", "Gunmen killed five farmers in Chuhuiv on Thursday, a driver said."),
            ("2024-05-02", "Two men died when shells fell in Kharkiv on Thursday, a nurse said."),
        ],
        seed,
    )
    tolls = {tuple(row["reports"]): best(row, "killed")[1] for row in rows}
    assert tolls == {("0", "1"): 5, ("0", "2"): 2}


@pytest.mark.parametrize("seed", ORDERS)
def test_a_report_of_two_days_is_in_both(link: Any, seed: int) -> None:
    """What a strike led to goes with it, and *the city* is the town of the sentence before."""
    rows = link(
        [
            (
                "2024-05-03",
                "A strike on Odesa on Friday killed two people, the mayor said. A strike on the "
                "city on Wednesday killed six.",
            ),
            ("2024-05-01", "A strike on Odesa killed six people on Wednesday, the mayor said."),
            ("2024-05-03", "Two people were killed in a strike on Odesa on Friday, a nurse said."),
        ],
        seed,
    )
    tolls = {tuple(row["reports"]): best(row, "killed")[1] for row in rows}
    assert tolls == {("0", "1"): 6, ("0", "2"): 2}


@pytest.mark.parametrize("seed", ORDERS)
def test_a_copied_line_of_context_is_one_incident(link: Any, seed: int) -> None:
    """Two reports of other things end with one sentence on an old attack."""
    line = (
        "In August 2022 gunmen attacked a convoy near the village of Tindar, killing eleven "
        "drivers and burning the lorries."
    )
    rows = link(
        [
            (
                "2024-05-02",
                f"Shells fell in Kharkiv on Thursday, killing two, the army said. {line}",
            ),
            ("2024-06-27", f"A barge sank at Odesa on Wednesday and two men drowned. {line}"),
        ],
        seed,
    )
    assert sorted("".join(row["reports"]) for row in rows) == ["0", "01", "1"]


@pytest.mark.parametrize(
    "text",
    [
        "A strike hit a market in Oda on Thursday. Dozens are feared dead, the mayor said.",
        "Hundreds could die if the army attacks Oda, the mayor warned on Thursday.",
        "A strike hit a market in Oda on Thursday. It is feared that 40 people died there.",
        "A strike hit a market in Oda on Thursday. The fear is that 40 people died there.",
        "A strike hit Oda on Thursday. It is feared, the mayor said, that 40 people died.",
    ],
)
def test_what_is_feared_is_no_toll(link: Any, text: str) -> None:
    """Nor does it say that nobody died."""
    (row,) = link([("2024-05-02", text)])
    assert not {"killed", "wounded"} & set(row["figures"])


@pytest.mark.parametrize(
    "text",
    [
        "A strike hit a market in Oda on Thursday. A nurse, who asked not to be named for fear of"
        " reprisals, said 12 people were killed.",
        "Residents who fear more strikes said 12 people were killed in Oda on Thursday.",
        "A strike killed 12 people in Oda on Thursday and others are feared trapped.",
        "Residents fear the column that killed 12 people in Oda on Thursday.",
        "The feared Second Column killed 12 people in Oda on Thursday, the mayor said.",
    ],
)
def test_who_fears_something_else_still_counts(link: Any, text: str) -> None:
    """Fear of reprisals, of more strikes, for others: those who were killed were."""
    (row,) = link([("2024-05-02", text)])
    assert best(row, "killed")[1] == 12


@pytest.mark.parametrize(
    "text",
    [
        "A strike on Oda killed or wounded 30 people on Thursday, the mayor said.",
        "Thirty people were killed or wounded in an air strike on Oda on Thursday.",
    ],
)
def test_killed_or_wounded_is_one_number(link: Any, text: str) -> None:
    """It tells neither how many were killed nor how many were wounded."""
    (row,) = link([("2024-05-02", text)])
    assert set(row["figures"]) == {"killed_or_wounded"}
    assert best(row, "killed_or_wounded")[1] == 30


@pytest.mark.parametrize("part", ["among them three children", "including two women"])
def test_at_least_is_open_and_parts_are_not_added(link: Any, part: str) -> None:
    """*At least nine, among them three children*: nine or more."""
    text = f"A bomb exploded in Kharkiv on Thursday, killing at least nine people, {part}."
    (row,) = link([("2024-05-02", text)])
    assert best(row, "killed") == [9, 9, None]


def test_a_higher_count_closes_an_open_end(link: Any) -> None:
    """*At least nine* and, by another, twelve: from nine to what the twelve reach."""
    nine = "A bomb killed at least nine people in Kharkiv on Thursday, the mayor said."
    twelve = "The bomb in Kharkiv on Thursday killed twelve people, the governor said."
    (row,) = link([("2024-05-02", nine), ("2024-05-03", twelve)])
    low, _, high = best(row, "killed")
    assert low == 9
    assert high is not None
    assert high >= 12


def test_the_number_of_people_killed_is_no_single_person(link: Any) -> None:
    """*The number of people killed rose to nine* tells of nine."""
    text = "The number of people killed by a landslide in Oda rose to nine on Tuesday, police said."
    (row,) = link([("2024-05-07", text)])
    assert best(row, "killed")[1] == 9


CEBU = (
    ("2024-08-12", "CEBU, Philippines - A landslide buried eleven houses in Liloan on Sunday,"
     " killing at least seven people, the mayor said.\n\nRescuers dug in the rain."),
    ("2024-08-12", "A landslide in Liloan killed seven people on Sunday, the provincial disaster"
     " office said. Eleven houses were buried."),
    ("2024-08-13", "CEBU (AFP) - The number of people killed by a landslide in the town of Liloan"
     " rose to nine on Tuesday, officials said."),
)  # fmt: skip


@pytest.mark.parametrize("seed", ORDERS)
def test_a_dateline_is_not_where_it_happened(link: Any, seed: int) -> None:
    """A wire datelined in a city tells of the landslide in the town that it names."""
    rows = link(CEBU, seed)
    assert groups(rows) == {"012"}
    assert rows[0]["figures"]["killed"]["most_recent"][1] == 9


@pytest.mark.parametrize("seed", ORDERS)
def test_a_dated_look_back_joins_and_an_undated_anniversary_does_not(link: Any, seed: int) -> None:
    """*The May 3 attack, in which 12 died* is the old incident; *the anniversary* may be any."""
    rows = link(
        (
            ("2024-05-03", "Gunmen attacked a bus station in Saltby on Friday, killing twelve"
             " people, police said. The attackers fled on motorcycles."),
            ("2024-06-21", "Traders in Saltby reopened their stalls on Friday. The May 3 attack on"
             " the bus station, in which 12 people died, had closed the market for weeks."),
            ("2024-06-25", "Saltby marked the anniversary of an attack on its bus station on"
             " Tuesday. Mourners laid flowers."),
            ("2024-05-09", "A bomb killed three soldiers near Oda on Thursday, the army said. It"
             " was the deadliest attack since May 3, when gunmen killed 12 people at a bus station"
             " in Saltby."),
        ),
        seed,
    )  # fmt: skip
    assert groups(rows) == {"01", "2", "3"}
    assert ["0", "1", "3"] in [row["reports"] for row in rows]


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("In the raid on Kano last month, 12 people were killed, police said.", 12),
        ("In a raid on Kano on Monday, 12 farmers were killed, police said.", 12),
        ("Ada Holm, 41, was killed in a raid on Kano on Monday, police said.", 1),
    ],
)
def test_a_number_after_a_comma_is_an_age_only_beside_a_name(
    link: Any, text: str, killed: int
) -> None:
    """*Last month, 12 people* counts twelve; *Ada Holm, 41,* is one."""
    (row,) = link([("2024-05-02", text)])
    assert row["figures"]["killed"]["most_recent"][1] == killed


BARGA = ("2024-07-10", "Gunmen attacked the village of Barga in northern Mali on Tuesday and "
         "killed 12 people, the mayor said.")  # fmt: skip
KORO = ("2024-07-10", "Gunmen attacked the village of Koro in northern Mali on Tuesday and "
        "killed 7 people, a resident said.")  # fmt: skip


@pytest.mark.parametrize("seed", ORDERS)
def test_a_round_up_holds_two_towns_together_no_more(link: Any, seed: int) -> None:
    """What counts the people of both attacks is neither of them, and two such are one."""
    both = "Gunmen killed 19 people in two villages of northern Mali, Barga and Koro, on Tuesday"
    rows = link(
        [
            BARGA,
            KORO,
            ("2024-07-11", f"{both}, the army said. Twelve died in Barga and seven in Koro."),
            ("2024-07-11", f"{both}, an official of the region said by telephone."),
        ],
        seed,
    )
    assert groups(rows) == {"0", "1", "23"}
    assert {row["main"][0]: best(row, "killed")[1] for row in rows} == {"0": 12, "1": 7, "2": 19}


@pytest.mark.parametrize("seed", ORDERS)
def test_a_report_that_names_the_next_town_is_no_round_up(link: Any, seed: int) -> None:
    """It counts the people of its own town."""
    again = (
        "2024-07-11",
        "The attack on the village of Barga on Tuesday killed 14 people, a nurse said. Some fled "
        "to Koro.",
    )
    assert groups(link([BARGA, KORO, again], seed)) == {"02", "1"}


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Shelling killed eight people in Ukraine on Monday: five in Kherson and three in Nikopol.",
         8),
        ("Shelling killed five people in Kherson and three in Nikopol on Monday.", 8),
    ],
)  # fmt: skip
def test_parts_that_make_a_whole_are_counted_once(link: Any, text: str, killed: int) -> None:
    """Five and three of eight are eight; without the eight they are too."""
    rows = link([("2024-05-02", text)])
    assert rows[0]["figures"]["killed"]["most_recent"][1] == killed


def test_dozens_are_no_count_of_one(link: Any) -> None:
    """A vague amount in the lead outweighs that nobody is told of singly; one far down does not."""
    (row,) = link([("2024-05-02", "Dozens of people were killed in a raid on Kano on Monday.")])
    assert row["figures"]["killed"]["most_recent"][0] >= 12
    text = (
        "A man was killed in a shooting in Kano on Monday, police said. "
        + "Officers closed the street and asked shopkeepers for what their cameras had seen. " * 8
        + "It was one of several deaths over the weekend."
    )
    row = next(row for row in link([("2024-05-02", text)]) if row["main"])
    assert row["figures"]["killed"]["most_recent"][1] == 1
