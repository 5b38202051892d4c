"""A team's own lists: held, never written over silently, moved, erased; coded rows by day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sayso.ledger import Ledger, Listed, move


def actor(id_: str, name: str, file: str = "actors.csv") -> Listed:
    """A row of a list of actors."""
    return Listed("actor", id_, {"name": name}, file)


def coded(id_: str, starts: str | None, ends: str | None) -> Listed:
    """A coded row of some days."""
    return Listed("coded", id_, {"shape": "acled", "cells": {}}, "coded.csv", starts, ends)


def test_nothing_is_written_over_silently(ledger: Ledger) -> None:
    """Who brings another row under an id is told what is held, by whom; it stays unless asked."""
    assert [t.became for t in ledger.take_listed([actor("7", "Blue Front")], by="A")] == ["new"]
    assert [t.became for t in ledger.take_listed([actor("7", "Blue Front")], by="B")] == ["same"]
    (taken,) = ledger.take_listed([actor("7", "Red Front")], by="B")
    assert taken.became == "held"
    assert taken.held is not None
    assert (taken.held.by, taken.held.value) == ("A", {"name": "Blue Front"})
    assert ledger.listed("actor", ["7"])[0].value["name"] == "Blue Front"
    (taken,) = ledger.take_listed([actor("7", "Red Front")], by="B", replace=True)
    assert taken.became == "replaced"
    assert [(r.value["name"], r.by) for r in ledger.listed("actor")] == [("Red Front", "B")]


def test_dry_says_what_becomes_of_rows_and_takes_none(ledger: Ledger) -> None:
    """The same words as when they are taken in, with and without `replace`."""
    ledger.take_listed([actor("1", "A"), actor("2", "B")], by="A")
    rows = [actor("1", "A"), actor("2", "C"), actor("3", "D")]
    for replace in (False, True):
        told = ledger.take_listed(rows, by="B", replace=replace, dry=True)
        assert ledger.lists() == {"actor": 2}
        assert ledger.listed("actor", ["2"])[0].value["name"] == "B"
        other = ["same", "replaced" if replace else "held", "new"]
        assert [t.became for t in told] == other
    assert ledger.take_listed(rows, by="B", replace=True) == told
    assert ledger.take_listed([], by="B") == ledger.take_listed([], by="B", dry=True) == []


def test_rows_gone_from_a_file_are_told(ledger: Ledger) -> None:
    """Only those that came with a file of that name; they go when they are dropped."""
    rows = [actor("1", "A"), actor("2", "B"), actor("3", "C", "more.csv")]
    ledger.take_listed(rows, by="A")
    assert ledger.ids_from("actor", "actors.csv") == ["1", "2"]
    assert ledger.ids_from("actor", "others.csv") == []
    ledger.drop_listed("actor", ["2"])
    assert ledger.lists() == {"actor": 2}


def test_coded_rows_are_found_by_their_days(ledger: Ledger) -> None:
    """Those that share a day, a long one too, and none that has no day."""
    rows = [
        coded("day", "2024-05-02", "2024-05-02"),
        coded("month", "2024-05-01", "2024-05-31"),
        coded("year", "2024-01-01", "2024-12-31"),
        coded("before", "2024-04-01", "2024-05-01"),
        coded("none", None, None),
    ]
    ledger.take_listed(rows, by="A")
    found = [r.id for r in ledger.coded_between("2024-05-02", "2024-05-03")]
    assert found == ["day", "month", "year"]


def test_coded_rows_that_name_their_incident_are_found(ledger: Ledger) -> None:
    """Also without a day; words that look like it in a cell are none."""
    value = {"shape": "acled", "cells": {"notes": 'an "incident": "of note"'}}
    ledger.take_listed(
        [
            Listed("coded", "X1", {**value, "incident": "incident-1"}, "coded.csv"),
            Listed("coded", "X2", value, "coded.csv", "2024-05-02", "2024-05-02"),
        ],
        by="A",
    )
    assert [r.id for r in ledger.naming_incidents()] == ["X1"]
    assert [r.id for r in ledger.coded_of("incident-1")] == ["X1"]


def test_rows_are_looked_up_by_name(ledger: Ledger) -> None:
    """As names are compared: an alias, a place's number, a dyad whichever side is first."""
    sides = {"name": "Blue - Red", "side_a_id": "7", "side_b_id": "9"}
    ledger.take_listed([actor("7", "The Blue Front (2019-)")], by="A")
    ledger.take_listed([Listed("dyad", "D1", sides, "dyads.csv")], by="A")
    place = {"name": "Gáo", "aliases": ["Gawgaw"], "gazetteer_id": "geonames:2457161"}
    ledger.take_listed([Listed("place", "P1", place, "places.csv")], by="A")

    def ids(kind: Any, *names: str) -> dict[str, list[str]]:
        return {n: [r.id for r in rows] for n, rows in ledger.listed_as(kind, names).items()}

    assert ids("actor", "blue front", "red front") == {"blue front": ["7"]}
    assert ids("place", "gao", "gawgaw", "#2457161") == {
        n: ["P1"] for n in ("gao", "gawgaw", "#2457161")
    }
    assert ids("dyad", "blue|red", "7|9") == {"blue|red": ["D1"], "7|9": ["D1"]}
    ledger.take_listed([actor("7", "Green Front")], by="A", replace=True)
    assert ids("actor", "blue front", "green front") == {"green front": ["7"]}
    ledger.drop_listed("actor", ["7"])
    assert ids("actor", "green front") == {}
    assert ledger.has_listed("dyad")
    assert not ledger.has_listed("actor")


def test_an_erased_name_goes_from_lists(ledger: Ledger) -> None:
    """From what a row says, its id, its file and who brought it; both rows stay."""
    rows = [actor("Jane Roe", "Jane Roe's group"), actor("JANE ROE", "x", "jane-roe.csv")]
    ledger.take_listed(rows, by="Jane Roe")
    ledger.erase_names(["Jane Roe"], by="admin", why="asked for")
    held = ledger.listed("actor")
    assert len(held) == 2
    assert ledger.listed_as("actor", ["jane roe s group", "jane roe"]) == {}
    assert not any("roe" in str(row).casefold() for row in held)
    assert list(ledger.verify()) == []


def test_lists_move_along(ledger: Ledger, store: str, tmp_path: Path) -> None:
    """Another store holds the same rows, by whom and since when."""
    ledger.take_listed([actor("1", "A")], by="A")
    ledger.take_listed([coded("day", "2024-05-02", "2024-05-02")], by="A")
    target = f"sqlite:///{tmp_path}/moved.db"
    move(store, target)
    with Ledger.open(target, create=False) as moved:
        assert moved.listed("actor") == ledger.listed("actor")
        assert moved.coded_between("2024-05-02", "2024-05-02") == ledger.listed("coded")
