"""How incidents are typed, sided and counted in the shapes, from reports to cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sayso.exchange.columns import Told
from sayso.exchange.formats.filling import Filling
from sayso.exchange.leaving import Asked, open_leaving
from sayso.exchange.shapes.shape import SHAPES, ShapeName
from sayso.incidents.batch import Linking
from sayso.intake import make_capture
from sayso.ledger import Ledger
from sayso.page import find_reports
from sayso.reading.reader import Reader

STORIES = (
    "Warplanes bomb Aleppo market\n\nALEPPO, May 2, 2024 (Fjordwire) - Dozens of people were "
    "killed when warplanes bombed a market in Aleppo on Thursday, the governor said.\n",
    "Hundreds killed in Mosul shelling\n\nMOSUL, May 12, 2024 (Fjordwire) - Hundreds of people "
    "were killed when shells hit a quarter of Mosul on Sunday, the mayor said.\n",
    "Army kills 12 Boko Haram fighters\n\nMAIDUGURI, June 4, 2024 (Fjordwire) - Nigerian soldiers "
    "killed 12 Boko Haram fighters in a clash near Maiduguri on Tuesday, the army said.\n",
    "Al-Shabaab kills nine villagers\n\nKISMAYO, June 14, 2024 (Fjordwire) - Al-Shabaab fighters "
    "attacked a village near Kismayo on Friday, killing nine villagers, the governor said.\n",
    "Bus plunges into ravine\n\nQUETTA, July 4, 2024 (Fjordwire) - Eleven people were killed when "
    "a bus plunged into a ravine near Quetta on Thursday, police said.\n",
    "Shelling kills three in Kursk region\n\nMOSCOW, July 9, 2024 (Fjordwire) - Three people were "
    "killed by shelling in Kursk region, the governor said.\n",
    "Police break up protest in Tunis\n\nTUNIS, July 19, 2024 (Fjordwire) - Police arrested 30 "
    "protesters at a demonstration in Tunis on Friday, the interior ministry said.\n",
    "Army captures Zorvane\n\nJuly 29, 2024 (Fjordwire) - The army captured the village of Zorvane "
    "on Monday, a witness said.\n",
    "Soldier taken near Kupiansk\n\nKYIV, August 5, 2024 (Fjordwire) - Ukrainian troops captured a "
    "wounded Russian soldier near Kupiansk on Sunday, the army said.\n",
    "Captured soldier dies\n\nKYIV, August 7, 2024 (Harbour Press) - The Russian soldier captured "
    "near Kupiansk on Sunday has died of his wounds, the army said on Wednesday.\n",
    "Assault on Belgorod region\n\nKYIV, August 20, 2024 (Fjordwire) - An assault began in "
    "Belgorod region on Monday, an officer said.\n",
    "Two shot dead in Izmir\n\nIZMIR, August 27, 2024 (Fjordwire) - Gunmen shot dead two people in "
    "Izmir on Monday, the governor said.\n",
)
Cells = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def held(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The ledger of these reports."""
    url = f"sqlite:///{tmp_path_factory.mktemp('rules') / 'held.db'}"
    with Ledger.open(url, maker="tests", linking=Linking()) as ledger:
        for n, text in enumerate(STORIES):
            for report in find_reports(make_capture(f"{n}.txt", text.encode())):
                ledger.add([reader.read(report)])
        yield ledger


@pytest.fixture(scope="module")
def told(held: Ledger) -> dict[str, Told]:
    """The incidents by place, with the policy of lists."""
    opened = open_leaving(held, Asked())
    return {t.view.place.name or "": t for t in opened.told() if t.view.place}


@pytest.fixture(scope="module")
def filled(held: Ledger) -> dict[ShapeName, Cells]:
    """The rows of both shapes by place, and under `""` what was left out."""
    found: dict[ShapeName, Cells] = {}
    for name, shape in SHAPES.items():
        filling = Filling(shape, open_leaving(held, Asked(policy=shape.policy)))
        rows = [dict(zip(filling.header, x.row.cells, strict=True)) for x in filling.lines()]
        where = "location" if name == "acled" else "where_coordinates"
        found[name] = {str(row[where]): row for row in rows}
        found[name][""] = dict(filling.left_out)
    return found


ACLED = {
    "Aleppo": {"fatalities": 12, "sub_event_type": "Air/drone strike", "actor1": None},
    "Mosul": {"fatalities": 100, "sub_event_type": "Shelling/artillery/missile attack"},
    "Maiduguri": {
        "event_type": "Battles", "actor1": "Military Forces of Nigeria", "inter1": 1,
        "actor2": "Boko Haram", "inter2": None, "interaction": None, "fatalities": 12,
    },
    "Kismayo": {
        "event_type": "Violence against civilians", "actor1": "al-Shabaab", "inter1": None,
        "actor2": "Civilians (Somalia)", "inter2": 7, "civilian_targeting": "Civilian targeting",
    },
    "Kursk region": {"geo_precision": 3, "latitude": None, "longitude": None, "fatalities": 3},
    "Tunis": {
        "event_type": "Protests", "sub_event_type": "Protest with intervention",
        "disorder_type": "Demonstrations", "actor1": "Protesters (Tunisia)", "inter1": 6,
        "inter2": 1, "interaction": 16, "fatalities": None,
    },
    "Zorvane": {  # an army in no country that is known: whose, nobody can tell
        "event_type": "Battles", "sub_event_type": None, "country": None,
    },
    "Kupiansk": {"fatalities": 1},  # a report of his capture says nothing of any dead
    "Belgorod region": {  # a battle or violence against civilians: nobody says who was hit
        "event_type": None, "sub_event_type": None, "civilian_targeting": None,
        "disorder_type": "Political violence",
    },
    "Izmir": {
        "event_type": "Violence against civilians", "sub_event_type": "Attack", "fatalities": 2,
    },
}  # fmt: skip
GED = {
    "Aleppo": {"low": 24, "best": 24, "high": 99, "deaths_unknown": 24, "type_of_violence": None},
    "Maiduguri": {
        "type_of_violence": 1, "side_a": "Military Forces of Nigeria", "side_b": "Boko Haram",
        "gwnoa": 475, "gwnob": None, "deaths_b": 12, "low": 12, "high": 12, "where_prec": 1,
    },
    "Kismayo": {"type_of_violence": 3, "side_b": "Civilians", "deaths_civilians": 9, "deaths_b": 0},
    "Kupiansk": {"low": 1, "best": 1, "high": 1},
    "Kursk region": {"where_prec": 4, "geom_wkt": None, "priogrid_gid": None, "event_clarity": 2},
}  # fmt: skip


@pytest.mark.parametrize("place", ACLED)
def test_acled_s_rules(filled: dict[ShapeName, Cells], place: str) -> None:
    """Dozens are 12 and hundreds 100; an army is 1; no middle of a region is a point."""
    row = filled["acled"][place]
    assert {name: row[name] for name in ACLED[place]} == ACLED[place]


@pytest.mark.parametrize("place", GED)
def test_ged_s_rules(filled: dict[ShapeName, Cells], place: str) -> None:
    """Four people are 4 to 4; the dead are parted where the words say who they were."""
    row = filled["ged"][place]
    assert {name: row[name] for name in GED[place]} == GED[place]


def test_what_is_left_out(filled: dict[ShapeName, Cells]) -> None:
    """A bus in a ravine is no violence; what names no dead no row of GED."""
    assert filled["acled"][""] == {"it is told as an accident": 1}
    assert filled["ged"][""] == {"it is told as an accident": 1, "no death is told": 3}


def test_no_file_holds_a_none_that_nobody_said(told: dict[str, Told]) -> None:
    """One died, and the page and every format say one; nobody says that nobody was wounded."""
    taken, shelled = told["Kupiansk"], told["Kursk region"]
    cells = [c for c in taken.view.cells if c.measure == "killed"]
    assert {(c.low, c.best, c.high) for c in cells} == {(1, 1, 1)}
    own = taken.cell_of("killed")
    assert own is not None
    assert (own.low, own.best, own.high) == (1, 1, 1)
    assert shelled.cell_of("wounded") is None
    assert not any(c.measure == "wounded" for c in shelled.view.cells)
