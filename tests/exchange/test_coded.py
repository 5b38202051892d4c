"""How incidents stand to what a team coded: new, coded already, changed, or nobody can tell."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from sayso.exchange.coded.standing import Coded, Standing, incident_wire
from sayso.exchange.columns import COLUMNS
from sayso.exchange.countries import find_state, state_of
from sayso.exchange.gather import SheetRow, gather
from sayso.exchange.leaving import Asked
from sayso.incidents.view import view_incident
from sayso.ledger import Ledger
from sayso.ledger.entries import listed
from sayso.record.names import plain_name

BringLists = Callable[[str, str], None]
HEAD = (
    "event_id_cnty,event_date,time_precision,country,location,latitude,longitude,event_type,"
    "fatalities"
)
PORTO = "POR7,2024-05-02,1,Portugal,Porto,41.15,-8.61,Explosions/Remote violence"
COLUMN_NAMES = [c.name for c in COLUMNS]


def rows(ledger: Ledger) -> tuple[SheetRow, ...]:
    """The rows of the sheet incidents."""
    return gather(ledger, Asked()).rows


@pytest.fixture
def shelling(held: Ledger) -> str:
    """The id of the incident with the dead."""
    (row,) = [r for r in held.incidents() if "killed" in r.figures]
    return row.incident


def standing(ledger: Ledger, incident: str) -> tuple[Standing, ...]:
    """How an incident stands."""
    return Coded(ledger).of_view(view_incident(ledger, incident))


def test_without_coded_rows_nothing_is_said(held: Ledger, shelling: str) -> None:
    """A team that imported nothing is told nothing, not that all is new."""
    assert standing(held, shelling) == ()
    assert {dict(zip(COLUMN_NAMES, r.cells, strict=True))["coded"] for r in rows(held)} == {None}


def test_a_row_that_says_the_same_is_already_coded(
    held: Ledger, shelling: str, bring_lists: BringLists
) -> None:
    """By day, place and ACLED's conservative count, 4 of 4 and 11; the other incident is new."""
    bring_lists("coded.csv", f"{HEAD}\n{PORTO},4\n")
    (one,) = standing(held, shelling)
    assert (one.kind, one.coded_as, one.words) == ("coded", "POR7", "already coded as POR7")
    said = {r.incident: dict(zip(COLUMN_NAMES, r.cells, strict=True))["coded"] for r in rows(held)}
    assert said.pop(shelling) == "already coded as POR7"
    assert set(said.values()) == {"new"}


def test_a_row_that_says_otherwise_would_change(
    held: Ledger, shelling: str, bring_lists: BringLists
) -> None:
    """The cell, what it held, what the ledger says, and the claims for it."""
    bring_lists("coded.csv", f"{HEAD}\n{PORTO},9\n")
    (one,) = standing(held, shelling)
    (change,) = one.changes
    assert (one.kind, change.column, change.old, change.new) == ("changes", "fatalities", 9, 4)
    claims = {c.claim for c in view_incident(held, shelling).claims}
    assert change.rests_on
    assert set(change.rests_on) <= claims
    assert one.words.startswith("would change POR7: fatalities: 9 → 4 (")


def test_what_the_ledger_does_not_know_changes_nothing(
    held: Ledger, shelling: str, bring_lists: BringLists
) -> None:
    """A division that no report names stays as the team wrote it."""
    bring_lists("coded.csv", f"{HEAD},admin2,notes\n{PORTO},4,Bonfim,by hand\n")
    assert [s.kind for s in standing(held, shelling)] == ["coded"]


@pytest.mark.parametrize(
    "row",
    [
        "POR7,2024-05-12,1,Portugal,Porto,41.15,-8.61,,4",
        "POR7,2024-05-02,1,Portugal,Faro,37.02,-7.93,,4",
        "POR7,2024-05-02,1,Norway,Porto,41.15,-8.61,,4",
    ],
)
def test_another_day_place_or_country_is_another_incident(
    held: Ledger, shelling: str, bring_lists: BringLists, row: str
) -> None:
    """What lies ten days off, 450 km off, or in another country is not the same."""
    bring_lists("coded.csv", f"{HEAD}\n{row}\n")
    assert [s.words for s in standing(held, shelling)] == ["new"]


def test_two_rows_that_fit_alike_are_both_named(
    held: Ledger, shelling: str, bring_lists: BringLists
) -> None:
    """None is chosen where nothing tells the two apart."""
    bring_lists("coded.csv", f"{HEAD}\n{PORTO},4\n{PORTO.replace('POR7', 'POR8')},4\n")
    (one,) = standing(held, shelling)
    assert (one.kind, one.words) == ("unsure", "may be coded as POR7 or POR8")


def test_a_row_for_which_little_speaks_is_only_named(
    held: Ledger, shelling: str, bring_lists: BringLists
) -> None:
    """Day and place alone may be of two incidents of a day: no figure is held against the row."""
    bring_lists("coded.csv", f"{HEAD}\nPOR7,2024-05-02,1,Portugal,Porto,41.15,-8.61,,9\n")
    assert [s.words for s in standing(held, shelling)] == ["may be coded as POR7"]


def test_a_row_that_names_its_incident_is_found_whatever_it_says(
    held: Ledger, shelling: str, bring_lists: BringLists
) -> None:
    """The id with which it was exported tells, even where day and place were corrected."""
    row = "POR7,2024-06-30,1,Portugal,Braga,41.55,-8.42,,4"
    bring_lists("coded.csv", f"{HEAD},sayso_incident\n{row},{shelling}\n")
    (one,) = standing(held, shelling)
    assert one.coded_as == "POR7"
    assert {c.column for c in one.changes} == {"event_date", "location"}


def test_each_shape_has_a_standing_of_its_own(
    held: Ledger, shelling: str, bring_lists: BringLists
) -> None:
    """A team that codes for both is told of both; GED's best is by its own rule."""
    bring_lists("coded.csv", f"{HEAD}\n{PORTO},4\n")
    ged = "id,date_start,date_end,type_of_violence,country,where_coordinates,best"
    bring_lists("ged.csv", f"{ged}\n501,2024-05-02,2024-05-02,,Portugal,Porto,4\n")
    told = {s.coded_as: s.kind for s in standing(held, shelling)}
    assert set(told) == {"POR7", "501"}


def test_the_wire_has_the_standings(held: Ledger, shelling: str, bring_lists: BringLists) -> None:
    """`sayso incident --format jsonl` and the desk's API say it in words and in parts."""
    bring_lists("coded.csv", f"{HEAD}\n{PORTO},9\n")
    view = view_incident(held, shelling)
    (coded,) = incident_wire(view, Coded(held).of_view(view))["coded"]
    assert (coded["kind"], coded["coded_as"]) == ("changes", "POR7")
    assert coded["changes"][0]["new"] == 4
    assert coded["words"].startswith("would change POR7")


def test_countries_are_known_by_any_name() -> None:
    """A team's words for a country lead to its numbers and regions."""
    for name in ("Democratic Republic of the Congo", "DRC", "COD", "DR Congo"):
        state = find_state(name)
        assert state is not None
        assert (state.code, state.ged_region, state.acled_region) == (
            "COD", "Africa", "Middle Africa",
        )  # fmt: skip
    assert (
        plain_name("Military Forces of Côte d'Ivoire (2011-)") == "military forces of cote d ivoire"
    )
    kosovo = state_of("XKX")
    assert kosovo is not None
    assert kosovo.numeric is None  # ISO gives it none


def test_an_incident_asks_for_its_own_rows_alone(
    held: Ledger, shelling: str, bring_lists: BringLists, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many places and rows a team has: none of them is loaded for an incident's page."""
    places = "".join(f"P{n},Place {n},PRT\n" for n in range(50))
    bring_lists("places.csv", f"place_id,name,country\n{places}P0X,Porto,PRT\n")
    others = "".join(f"X{n},2019-01-0{n % 9 + 1},1,Mali,Gao,16,0,Battles,1\n" for n in range(50))
    bring_lists("coded.csv", f"{HEAD}\n{PORTO},4\n{others}")
    loaded: list[str] = []

    def counted(code: str) -> Any:
        loaded.append(code)
        return json.loads(code)

    monkeypatch.setattr(listed, "json", SimpleNamespace(loads=counted, dumps=json.dumps))
    (one,) = standing(held, shelling)
    assert one.words == "already coded as POR7"
    assert len(loaded) <= 4
