"""Disasters: what happened, and how many it killed, hurt, drove out or left missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

# the sentence, the figures of its events, and 1 where it tells of the disaster itself
TOLD: list[tuple[str, dict[str, int | None], int]] = [
    (
        "A landslide buried the village of Tarma overnight, killing 14 people and injuring 30.",
        {"death": 14, "injury": 30}, 1,
    ),
    (
        "At least nine miners were missing after a mudslide swept through their camp.",
        {"missing": 9}, 1,
    ),
    ("Floods in Sylhet have forced 40,000 people from their homes.", {"displacement": 40000}, 1),
    ("Flash floods swept away a bus, leaving 11 passengers dead.", {"death": 11}, 1),
    (
        "A magnitude 6.2 earthquake struck Herat at dawn, leaving 120 people dead and 400 injured.",
        {"death": 120, "injury": 400}, 1,
    ),
    ("The quake left 5,000 people homeless.", {"displacement": 5000}, 1),
    ("Eight workers died when a half-built block of flats collapsed in Lagos.", {"death": 8}, 1),
    ("The collapse of a bridge killed three drivers.", {"death": 3}, 1),
    ("A fire tore through a garment factory in Dhaka, killing 22 workers.", {"death": 22}, 1),
    ("Seventeen patients suffocated in a blaze at a clinic in Almaty.", {"death": 17}, 1),
    (
        "A ferry carrying 150 people capsized on Lake Kivu and 60 are still missing.",
        {"missing": 60}, 1,
    ),
    ("Sixteen passengers drowned when the ferry sank off Cebu.", {"death": 16}, 1),
    ("A wildfire destroyed 200 homes near Evora.", {"destruction": None}, 1),
    (
        "More than 3,000 residents were evacuated as wildfires neared the town.",
        {"displacement": 3000}, 1,
    ),
    ("Cyclone Mara made landfall on Tuesday, killing 19 people.", {"death": 19}, 1),
    (
        "The storm damaged 80 houses and injured two fishermen.",
        {"destruction": None, "injury": 2}, 1,
    ),
    ("An avalanche killed four climbers.", {"death": 4}, 1),
    (
        "The volcano erupted on Sunday, forcing 7,000 villagers to flee.",
        {"displacement": 7000}, 1,
    ),
    (
        "A gas explosion in an apartment block killed five residents and wounded 12.",
        {"death": 5, "injury": 12}, 1,
    ),
    ("A typhoon left 31 dead and 12 missing.", {"death": 31, "missing": 12}, 1),
    ("Torrential rain triggered landslides that killed six farmers.", {"death": 6}, 1),
    ("A stampede at a shrine left 40 pilgrims injured.", {"injury": 40}, 1),
    ("The roof of a school caved in, trapping 20 pupils; two died.", {"death": 2}, 1),
    ("Rescuers pulled seven bodies from the rubble of the collapsed hotel.", {"death": 7}, 1),
    (
        "A tsunami swept away coastal villages and 250 people are unaccounted for.",
        {"missing": 250}, 1,
    ),
    ("Drought has displaced 90,000 herders.", {"displacement": 90000}, 0),
    ("A boat carrying migrants overturned off Zuwara, and 45 people drowned.", {"death": 45}, 1),
    (
        "Two trains collided near Larissa, leaving 33 passengers dead and 80 hurt.",
        {"death": 33, "injury": 80}, 1,
    ),
    (
        "A dam burst on Friday, sweeping away 60 houses and killing 13 villagers.",
        {"death": 13}, 1,
    ),
    ("The tornado flattened a farm, and a mother and her son were killed.", {"death": None}, 1),
    ("Aftershocks injured 18 people.", {"injury": 18}, 1),
    ("The tremor, of magnitude 5.4, damaged a mosque.", {"destruction": None}, 1),
    ("A coal mine caved in and 15 miners were trapped.", {}, 1),
    ("Hurricane Lena left 2,000 families without homes.", {"displacement": 2000}, 1),
    ("Nine firefighters were hurt fighting the forest fire.", {"injury": 9}, 1),
    ("The river burst its banks, inundating 30 villages.", {}, 1),
    ("Six people were swept away by the flood and have not been found.", {}, 1),
    ("Mudslides buried 50 houses, and 28 villagers are feared dead.", {"death": 28}, 1),
    ("A building collapse in Mumbai claimed 10 lives.", {"death": 10}, 1),
    ("Lightning killed three herders.", {"death": 3}, 0),
    ("A bus plunged off a bridge into the river, killing 12 passengers.", {"death": 12}, 1),
    ("A light aircraft went down in the jungle; its pilot is missing.", {"missing": 1}, 1),
    ("The hillside collapsed onto a row of houses.", {}, 1),
    ("A glacier collapse killed six hikers.", {"death": 6}, 1),
    ("A fire at a warehouse left eight workers dead.", {"death": 8}, 1),
    ("Mount Sora's eruption killed two guides.", {"death": 2}, 1),
    (
        "Rains set off mudflows in Petra district; authorities count 17 dead and 42 homes lost.",
        {"death": 17}, 1,
    ),
    (
        "Twenty-six people lost their lives when a coach ran off a mountain road.",
        {"death": 26}, 1,
    ),
    (
        "Hospital staff treated 60 people for smoke inhalation after a fire at a paint factory.",
        {"injury": 60}, 1,
    ),
    (
        "A crane toppled onto a bus in Karachi, crushing four passengers to death.",
        {"death": 4}, 1,
    ),
    (
        "At least 120,000 people have been made homeless by the cyclone.",
        {"displacement": 120000}, 1,
    ),
    (
        "A freight train derailed outside Multan, and its driver was killed.",
        {"death": 1}, 1,
    ),
    (
        "The ferry ran aground and two of its crew are missing.",
        {"missing": 2}, 1,
    ),
    (
        "An explosion at a fireworks plant killed at least nine workers and wounded 30 others.",
        {"death": 9, "injury": 30}, 1,
    ),
    (
        "A helicopter carrying nurses went down in the hills; all six aboard were killed.",
        {"death": 6}, 1,
    ),
    (
        "An overloaded minibus fell into a canal and 13 students drowned.",
        {"death": 13}, 1,
    ),
    (
        "The eruption buried three villages and killed 60 farmers.",
        {"death": 60}, 1,
    ),
    (
        "Fourteen people were burnt to death when a fuel tanker overturned and caught fire.",
        {"death": 14}, 1,
    ),
    (
        "Officials said 7,000 families had fled the rising waters.",
        {"displacement": 7000}, 0,
    ),
    ("The bus left the road and rolled into the gorge.", {}, 1),
    ("A minibus carrying pilgrims overturned near Qom, killing nine.", {"death": 9}, 1),
]  # fmt: skip


@pytest.mark.parametrize(("text", "counted", "told"), TOLD, ids=[t[0] for t in TOLD])
def test_each_disaster(
    find: Callable[..., Any], text: str, counted: dict[str, int | None], told: int
) -> None:
    """A disaster is an accident, and whom it befell are counted where the sentence counts them."""
    found = find(text)
    assert ("accident" in found.types) == bool(told)
    bests = {f.id: f.best for f in found.figures}
    for name, number in counted.items():
        events = [e for e in found.events if e.type == name]
        assert events, f"no {name}"
        assert number is None or number in {bests[f] for e in events for f in e.figures}


@pytest.mark.parametrize(
    "text",
    [
        "The minister faces a flood of complaints.",
        "The earthquake in the party cost him his post.",
        "Police stood firm in a storm of criticism.",
        "She won the seat in a landslide.",
        "A storm is brewing over the budget.",
        "The National Hurricane Center has a new director.",
        "Her fire for justice has not died.",
        "The drivers are missing the point.",
        "The old captain will be missed.",
        "The drivers went down to the beach.",
        "The new tram went down well with visitors.",
        "The price of the jet plunged.",
        "The drivers rolled into the water.",
        "Shares fell after the crash of the lender.",
        "The premiere sparked a blaze of publicity.",
        "Shepherds left the road.",
    ],
)
def test_figures_of_speech(find: Callable[..., Any], text: str) -> None:
    """Nothing befalls anybody where a disaster's word is only a figure of speech."""
    assert find(text).types == []


def test_a_storm_by_its_name(find: Callable[..., Any]) -> None:
    """A named storm is told by the word before its name, whatever the model takes the name for."""
    found = find("Hurricane Lena left 2,000 families without homes.")
    assert found.trigger(found.one("accident")) == "Hurricane"
