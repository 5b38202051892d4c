"""GED's and ACLED's shape, read back with pandas and openpyxl: cells, unknowns, words, ids."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from sayso.exchange.coded.bring import bring
from sayso.exchange.coded.read import ColumnMap, read_lists
from sayso.exchange.formats.filling import OWN, Filling
from sayso.exchange.formats.offer import BY_NAME, Left
from sayso.exchange.gather import gather
from sayso.exchange.leaving import Asked, open_leaving
from sayso.exchange.shapes.shape import SHAPES, ShapeName
from sayso.exchange.xlsx_out import write_xlsx
from sayso.incidents.view import view_incident
from sayso.ledger import Filters, Ledger

BringLists = Callable[[str, str], None]
Table = dict[str, dict[str, Any]]
Leave = Callable[..., Left]
ACTORS = "actor_id,name,aliases,inter\n77,Ministry of Tests,Gunmen; gunmen,3\n"
PLACES = (
    "place_id,name,aliases,country,admin1,admin2,lat,lon\n"
    "P1,Oporto,Porto,PRT,Norte,Bonfim,41.1,-8.6\n"
)
# as the data sets publish them
GED_NAMES = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id "
    "conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a "
    "side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office "
    "source_date source_headline source_original where_prec where_coordinates where_description "
    "adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity "
    "date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low "
    "gwnoa gwnob"
).split()
ACLED_NAMES = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 "
    "assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region "
    "country admin1 admin2 admin3 location latitude longitude geo_precision source source_scale "
    "notes fatalities tags timestamp"
).split()


@pytest.fixture
def leave(held: Ledger, tmp_path: Path) -> Leave:
    """A function that writes a shape to a file by its name, and says what it left."""

    def write(shape: str, name: str, **asked: Any) -> Left:
        form = BY_NAME[shape]
        wanted = Asked(**{"policy": form.policy, **asked})
        return form.write(held, wanted, tmp_path / name)

    return write


def table(path: Path, sheet: str) -> Table:
    """A sheet's rows by incident as pandas reads them, empty cells None."""
    frame = pd.read_excel(path, sheet_name=sheet, dtype=object)
    rows = frame.where(frame.notna(), None).to_dict("records")
    return {str(row["sayso_incident"]): {str(k): v for k, v in row.items()} for row in rows}


@pytest.mark.parametrize(("shape", "names"), [("ged", GED_NAMES), ("acled", ACLED_NAMES)])
def test_the_columns_are_the_data_set_s_in_its_order(
    leave: Leave, tmp_path: Path, shape: str, names: list[str]
) -> None:
    """All of them, then ours; in CSV as in the workbook."""
    leave(shape, "a.xlsx")
    leave(shape, "a.csv")
    header = list(pd.read_excel(tmp_path / "a.xlsx").columns)
    assert header == [*names, *OWN]
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as page:
        assert next(csv.reader(page)) == header


def test_only_a_death_makes_a_row_of_ged(held: Ledger, leave: Leave, tmp_path: Path) -> None:
    """The abduction is left out and counted; figures are UCDP's, with ends that somebody states.

    Of 4 and *at least 11*: 4, and open.
    """
    left = leave("ged", "a.xlsx")
    (row,) = table(tmp_path / "a.xlsx", "ged").values()
    view = view_incident(held, row["sayso_incident"])
    (cell,) = [c for c in view.cells if (c.measure, c.policy) == ("killed", "ucdp")]
    assert [row["low"], row["best"], row["high"]] == [4, 4, None]
    assert (cell.low, cell.best, cell.high) == (4, 4, None)
    assert sum(row[f"deaths_{of}"] for of in ("a", "b", "civilians", "unknown")) == row["best"]
    assert (row["date_prec"], row["where_prec"], row["event_clarity"]) == (1, 1, 1)
    assert row["date_start"].date() == date(2024, 5, 2)
    assert row["number_of_sources"] == row["sayso_reports"] == 2
    assert (row["sayso_origins_min"], row["sayso_origins_max"]) == (view.at_least, view.at_most)
    assert {o.name for o in view.origins if "█" not in o.name} & set(
        row["source_original"].split("; ")
    )
    assert left.incidents == 1
    assert "incidents left out: no death is told (1)" in left.notes


def test_acled_s_count_is_the_conservative_one(leave: Leave, tmp_path: Path) -> None:
    """4 of 4 and at least 11, the dispute in the notes; nobody killed anybody in Kassala."""
    leave("acled", "a.xlsx")
    rows = {row["location"]: row for row in table(tmp_path / "a.xlsx", "acled").values()}
    porto, kassala = rows["Porto"], rows["Kassala"]
    assert (porto["fatalities"], kassala["fatalities"]) == (4, None)
    assert "“At least 11”" in porto["notes"]
    assert "[draft, read by machine]" in porto["notes"]
    assert (porto["event_date"].date(), porto["time_precision"]) == (date(2024, 5, 2), 1)
    assert porto["event_type"] == "Explosions/Remote violence"
    assert (porto["country"], porto["iso"], porto["region"]) == ("Portugal", 620, "Europe")


def test_a_month_is_no_day(held: Ledger, leave: Leave, tmp_path: Path) -> None:
    """Of “in June” no day is made up: precision and year stay, the empty cell is named.

    They rest on the decision that set the month.
    """
    (taken,) = [r.incident for r in held.incidents() if "abducted" in r.figures]
    month = {"start": "2024-06-01", "end": "2024-06-30", "precision": "month", "basis": "given"}
    made = held.judge("correct", taken, by="tests", reason="June", field="time", new=month)
    leave("acled", "a.xlsx")
    (kassala,) = [
        r for r in table(tmp_path / "a.xlsx", "acled").values() if r["location"] == "Kassala"
    ]
    assert (kassala["event_date"], kassala["time_precision"], kassala["year"]) == (None, 3, 2024)
    rests = pd.read_excel(tmp_path / "a.xlsx", sheet_name="cells").to_dict("records")
    (year,) = [r for r in rests if (r["incident"], r["column"]) == (taken, "year")]
    assert year["rests_on"] == f"decision {made.entry}"
    assert {"event_date", "event_id_cnty", "fatalities"} <= set(kassala["sayso_empty"].split())


def test_what_a_person_made_of_a_row_reaches_the_shapes(
    held: Ledger,
    leave: Leave,
    tmp_path: Path,
    put: Callable[..., Any],
    bring_back: Callable[..., Any],
) -> None:
    """A type and a place edited in the workbook: ACLED's type, both places, resting on decisions.

    A type that ACLED has none for (a death) leaves it to what else is told.
    """
    told, refused = bring_back(
        put("shelling", type="bombing", place="Tawila", country="SDN", admin1="North Darfur")
    )
    assert ([entry[0] for _, entry in told], refused) == (["e", "e"], [])
    leave("acled", "a.xlsx")
    leave("ged", "g.xlsx")
    (row,) = [r for r in table(tmp_path / "a.xlsx", "acled").values() if r["fatalities"]]
    assert row["sub_event_type"] == "Remote explosive/landmine/IED"
    assert (row["location"], row["admin1"], row["country"]) == ("Tawila", "North Darfur", "Sudan")
    assert row["notes"].startswith("2 May 2024: Bombing in Tawila")
    rests = pd.read_excel(tmp_path / "a.xlsx", sheet_name="cells").to_dict("records")
    basis = {r["column"]: r["rests_on"] for r in rests if r["incident"] == row["sayso_incident"]}
    assert basis["event_type"].startswith("decision e")
    assert basis["location"].startswith("decision e")
    (ged,) = table(tmp_path / "g.xlsx", "ged").values()
    assert (ged["where_coordinates"], ged["country"]) == ("Tawila", "Sudan")
    bring_back(put("bombing", type="death"), of=write_xlsx(gather(held, Asked())))
    leave("acled", "b.xlsx")
    assert table(tmp_path / "b.xlsx", "acled")[row["sayso_incident"]]["event_type"] == (
        "Explosions/Remote violence"
    )


@pytest.mark.parametrize("shape", ["ged", "acled"])
def test_every_filled_cell_leads_to_words(
    held: Ledger, leave: Leave, tmp_path: Path, bring_lists: BringLists, shape: str
) -> None:
    """Each cell's link ends at a row of words that it rests on; a claim's are the report's."""
    bring_lists("places.csv", PLACES)
    leave(shape, "a.xlsx", unmasked=True)
    book = load_workbook(tmp_path / "a.xlsx")
    header = [c.value for c in book[shape][1]]
    words = [[c.value for c in row] for row in book["words"].iter_rows()]
    rests = {(r[0], r[1]): str(r[3]).split() for r in book["cells"].iter_rows(values_only=True)}
    for row in book[shape].iter_rows(min_row=2):
        incident = row[header.index("sayso_incident")].value
        for name, cell in zip(header[: -len(OWN)], row, strict=False):
            if cell.value is None:
                continue
            assert cell.hyperlink is not None, name
            line = words[int(str(cell.hyperlink.location).rpartition("!A")[2]) - 1]
            assert line[1] == incident
            assert line[12]
            assert str(line[0]).split()[0] in rests[incident, name]
            if str(line[0]).startswith("c"):
                text = held.reading(str(line[2])).report.text
                first, end = map(int, str(line[13]).split("; ")[0].split("-"))
                assert " ".join(text[first:end].split())[:20] in " ".join(str(line[12]).split())


def test_a_team_s_lists_fill_ids_and_names(
    leave: Leave, tmp_path: Path, bring_lists: BringLists
) -> None:
    """The actor's code, the place as the team writes it, its divisions and point."""
    bring_lists("places.csv", PLACES)
    bring_lists("actors.csv", ACTORS)
    leave("acled", "a.xlsx")
    rows = {row["location"]: row for row in table(tmp_path / "a.xlsx", "acled").values()}
    porto = rows["Oporto"]
    assert (porto["admin1"], porto["admin2"]) == ("Norte", "Bonfim")
    assert (porto["latitude"], porto["longitude"]) == (41.1, -8.6)
    kassala = rows["Kassala"]
    assert (kassala["actor1"], str(kassala["inter1"])) == ("Ministry of Tests", "3")
    assert (kassala["actor2"], kassala["inter2"]) == ("Civilians (Sudan)", 7)


def test_a_coder_s_cells_stand(leave: Leave, tmp_path: Path, bring_lists: BringLists) -> None:
    """Id, actors, notes and point as coded; the count is the ledger's, and the change is said."""
    head = (
        "event_id_cnty,event_date,time_precision,event_type,country,location,latitude,longitude,"
        "actor1,notes,fatalities,tags"
    )
    row = (
        "POR7,2024-05-02,1,Explosions/Remote violence,Portugal,Porto,41.2,-8.5,The Blue Front,"
        "coded by hand,9,local"
    )
    bring_lists("coded.csv", f"{head}\n{row}\n")
    leave("acled", "a.xlsx")
    (porto,) = [r for r in table(tmp_path / "a.xlsx", "acled").values() if r["location"] == "Porto"]
    assert (porto["event_id_cnty"], porto["actor1"]) == ("POR7", "The Blue Front")
    assert (porto["notes"], porto["tags"]) == ("coded by hand", "local")
    assert (porto["latitude"], porto["fatalities"]) == (41.2, 4)
    assert porto["sayso_coded"].startswith("would change POR7: fatalities: 9 → 4")
    assert "event_id_cnty" not in porto["sayso_empty"]


def coded_from(path: Path, **cells: Any) -> str:
    """A shape's rows with an id each, as a team would import them again."""
    frame = pd.read_excel(path, dtype=object)
    frame["event_id_cnty"] = [f"X{n}" for n in range(len(frame))]
    frame["event_date"] = frame["event_date"].fillna("2024-06-15")
    for name, value in cells.items():
        frame[name] = value
    return str(frame.to_csv(index=False))


def test_a_workbook_comes_back_coded(held: Ledger, leave: Leave, tmp_path: Path) -> None:
    """A coder writes an id beside one row and imports the file: that one is coded, no other."""
    leave("acled", "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    header = [cell.value for cell in book["acled"][1]]
    for row in book["acled"].iter_rows(min_row=2):
        if row[header.index("location")].value == "Porto":
            row[0].value = "POR7"
    page = io.BytesIO()
    book.save(page)
    tables = read_lists(page.getvalue(), "a.xlsx", ColumnMap())
    (done,) = bring(held, tables, "a.xlsx", by="R. Coder", replace=False, dry=False)
    assert (done.counts, done.refused) == ({"new": 1}, [])
    assert "acled: not read, for want of an id: 1" in done.lines
    leave("acled", "b.xlsx")
    told = {r["location"]: r["sayso_coded"] for r in table(tmp_path / "b.xlsx", "acled").values()}
    assert told == {"Porto": "already coded as POR7", "Kassala": "new"}


def test_a_rejected_incident_s_row_is_deleted(
    held: Ledger, leave: Leave, tmp_path: Path, bring_lists: BringLists
) -> None:
    """It leaves the rows and stands among the deletions with the reason; others stay coded."""
    leave("acled", "a.xlsx")
    bring_lists("coded.csv", coded_from(tmp_path / "a.xlsx"))
    (gone,) = [
        i for i, r in table(tmp_path / "a.xlsx", "acled").items() if r["location"] == "Porto"
    ]
    held.judge("reject", gone, by="R. Coder", reason="a hoax")
    left = leave("acled", "b.xlsx")
    rows = table(tmp_path / "b.xlsx", "acled")
    assert gone not in rows
    assert [r["sayso_coded"].split()[0] for r in rows.values()] == ["already"]
    (deleted,) = pd.read_excel(tmp_path / "b.xlsx", sheet_name="deletions").to_dict("records")
    assert (deleted["sayso_incident"], deleted["why"]) == (gone, "rejected by a person")
    assert deleted["deleted_timestamp"] > 1_700_000_000
    assert any(n.startswith("coded rows to be deleted: X") for n in left.notes)


def test_two_coded_rows_of_what_is_one_incident(
    held: Ledger, leave: Leave, tmp_path: Path, bring_lists: BringLists
) -> None:
    """After a join the first row stays, the second is to be deleted."""
    leave("acled", "a.xlsx")
    bring_lists("coded.csv", coded_from(tmp_path / "a.xlsx"))
    one, other = table(tmp_path / "a.xlsx", "acled")
    held.judge("join", one, by="R. Coder", reason="one event", other=other)
    leave("acled", "b.xlsx")
    (row,) = table(tmp_path / "b.xlsx", "acled").values()
    (deleted,) = pd.read_excel(tmp_path / "b.xlsx", sheet_name="deletions").to_dict("records")
    assert {row["event_id_cnty"], deleted["event_id_cnty"]} == {"X0", "X1"}
    assert deleted["why"] == f"the same incident as {row['event_id_cnty']}"


def test_a_team_s_own_row_is_never_deleted(
    held: Ledger, leave: Leave, tmp_path: Path, bring_lists: BringLists
) -> None:
    """A row without `sayso_incident` was coded of sources that sayso need not know."""
    leave("acled", "a.xlsx")
    bring_lists("coded.csv", coded_from(tmp_path / "a.xlsx", sayso_incident=None))
    for incident in table(tmp_path / "a.xlsx", "acled"):
        held.judge("reject", incident, by="R. Coder", reason="a hoax")
    assert leave("acled", "b.xlsx").incidents == 0
    assert pd.read_excel(tmp_path / "b.xlsx", sheet_name="deletions").empty


@pytest.mark.parametrize("shape", ["ged", "acled"])
@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_private_people_are_masked(leave: Leave, tmp_path: Path, shape: str, name: str) -> None:
    """The baker is blocks in every cell of both, also as an origin, unless asked for."""
    told = {}
    for unmasked in (False, True):
        leave(shape, name, unmasked=unmasked)
        path = tmp_path / name
        if name.endswith("csv"):
            told[unmasked] = path.read_text("utf-8-sig")
        else:
            cells = [
                c for s in load_workbook(path) for r in s.iter_rows(values_only=True) for c in r
            ]
            told[unmasked] = " ".join(map(str, cells))
        path.unlink()
    assert "Aldermoor" not in told[False]
    assert "Aldermoor" in told[True]


def test_csv_says_the_same_as_the_workbook(leave: Leave, tmp_path: Path) -> None:
    """Days as ISO 8601, whole numbers whole, unknown empty."""
    leave("acled", "a.xlsx")
    leave("acled", "a.csv")
    book = table(tmp_path / "a.xlsx", "acled")
    text = (tmp_path / "a.csv").read_text("utf-8-sig")
    for row in csv.DictReader(io.StringIO(text, newline="")):
        for column, value in book[row["sayso_incident"]].items():
            shown = value.date().isoformat() if isinstance(value, datetime) else value
            assert row[column] == ("" if shown is None else str(shown))


def test_the_policy_is_the_data_set_s_unless_another_is_asked(leave: Leave, tmp_path: Path) -> None:
    """ACLED's own takes 4, the highest 11, and the file says which."""
    found = {}
    for policy in ("acled", "highest"):
        leave("acled", "a.xlsx", policy=policy, filters=Filters(place="Porto"))
        about = dict(pd.read_excel(tmp_path / "a.xlsx", sheet_name="about", header=None).values)
        assert about["policy"] == policy
        assert about["its own rule"] == "policy acled"
        (row,) = table(tmp_path / "a.xlsx", "acled").values()
        found[policy] = row["fatalities"]
    assert found == {"acled": 4, "highest": 11}


@pytest.mark.parametrize("shape", ["ged", "acled"])
def test_what_is_read_back_is_what_was_filled(
    held: Ledger, leave: Leave, tmp_path: Path, shape: ShapeName
) -> None:
    """By openpyxl, cell by cell and type by type: numbers, days, words, and nothing."""
    leave(shape, "a.xlsx")
    asked = Asked(policy=SHAPES[shape].policy)
    filling = Filling(SHAPES[shape], open_leaving(held, asked))
    filled = [line.row.cells for line in filling.lines()]
    (_, *rows) = load_workbook(tmp_path / "a.xlsx")[shape].iter_rows(values_only=True)
    assert len(rows) == len(filled) > 0
    for row, cells in zip(rows, filled, strict=True):
        for value, cell in zip(row, cells, strict=True):
            back = value.date() if isinstance(value, datetime) else value
            assert back == (None if cell == "" else cell)
            assert isinstance(back, type(back) if cell == "" else type(cell))


def test_no_cell_runs(leave: Leave, tmp_path: Path, bring_lists: BringLists) -> None:
    """A team's list that holds a formula's text gives text, in the workbook and in CSV."""
    row = 'place_id,name,aliases,country,admin1\nP1,"\'=1+1",Porto,PRT,"\'@SUM(A1)"\n'
    bring_lists("places.csv", row)
    leave("acled", "a.xlsx")
    leave("acled", "a.csv")
    told = [c for r in load_workbook(tmp_path / "a.xlsx")["acled"].iter_rows() for c in r]
    assert {c.data_type for c in told if c.value is not None} <= {"s", "n", "d"}
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as page:
        rows = list(csv.DictReader(page))
    assert "'=1+1" in {r["location"] for r in rows}
    assert "'@SUM(A1)" in {r["admin1"] for r in rows}


def test_a_row_of_whose_incident_nothing_is_left_is_deleted(
    held: Ledger, leave: Leave, tmp_path: Path, bring_lists: BringLists
) -> None:
    """Its one report was erased; a row that names another ledger's incident is nobody's here."""
    leave("acled", "a.xlsx")
    text = coded_from(tmp_path / "a.xlsx")
    other = text.splitlines()[1].replace("incident-", "incident-0").replace("X0", "Y0")
    bring_lists("coded.csv", f"{text}{other}\n")
    (gone,) = [
        i for i, r in table(tmp_path / "a.xlsx", "acled").items() if r["location"] == "Kassala"
    ]
    (report,) = [r.handles for r in held.incidents() if r.incident == gone]
    held.erase(report[0], by="R. Coder", why="a court's order")
    leave("acled", "b.xlsx")
    (deleted,) = pd.read_excel(tmp_path / "b.xlsx", sheet_name="deletions").to_dict("records")
    assert (deleted["sayso_incident"], deleted["why"]) == (gone, "nothing is left of its incident")
