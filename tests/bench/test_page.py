"""The tables of docs/quality.md: only figures that were measured or are quoted as such."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bench.quality import page
from bench.quality.datasets import DATASETS

OLD = "# Q\n<!-- bench: begin -->\nold\n<!-- bench: end -->\ntail\n"
ITEMS = page.ROOT / "examples/marked/phenomena.jsonl"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A page with an older table in it."""
    made = tmp_path / "quality.md"
    made.write_text(OLD)
    return made


def _kept(**sets: dict[str, float]) -> dict[str, Any]:
    return {
        name.replace("__", "/"): {"date": "2026-01-02", "commit": "abc", "measures": measures}
        for name, measures in sets.items()
    }


def test_what_stands_around_the_tables_stays(paper: Path) -> None:
    """Between the marks everything is new, outside nothing is."""
    page.write_page(_kept(claims__own={"claim_F1": 61.5}), {}, paper)
    text = paper.read_text()
    assert text.startswith("# Q\n")
    assert text.endswith("tail\n")
    assert "old" not in text
    assert "**61.5**" in text
    assert "2026-01-02, `abc`" in text


def test_a_set_that_was_not_measured_has_no_row(paper: Path) -> None:
    """No figure is shown for what nobody measured, not even where a quoted one would fit."""
    page.write_page(_kept(claims__own={"claim_F1": 61.5}), {}, paper)
    assert "PolNeAR" not in paper.read_text()


def test_peers_are_shown_beside_ours_where_they_were_measured(paper: Path) -> None:
    """A peer's figure is of the same set and key."""
    ours = _kept(time__timebank={"relaxedF": 92.5})
    peers = {
        "recognizers time/timebank": {
            "version": "1.0", "date": "2026-02-03", "measures": {"relaxedF": 84.25}
        }
    }  # fmt: skip
    page.write_page(ours, peers, paper)
    row = next(r for r in paper.read_text().splitlines() if "times found (TimeBank" in r)
    assert "| **92.5** | recognizers 84.25 |" in row
    assert row.endswith("| 92 | reached |")
    assert "dateparser" not in row
    assert "Peers as measured: recognizers 1.0 (2026-02-03)." in paper.read_text()


def test_items_that_were_wrong_are_listed_and_none_that_is_set_aside(paper: Path) -> None:
    """The page shows sentences of the half to learn from, never of the other."""
    items = [json.loads(row) for row in ITEMS.read_text("utf-8").splitlines()]
    wrong = next(i for i in items if not i["heldout"])
    measures = {f"item {i['id']}": 0.0 for i in items if i["heldout"] or i is wrong}
    page.write_page(_kept(phenomena__own=measures), {}, paper)
    assert [r for r in paper.read_text().splitlines() if r.startswith("- *")] == [
        r for r in paper.read_text().splitlines() if wrong["text"] in r
    ]


def test_measuring_some_sets_keeps_the_figures_of_the_others(tmp_path: Path, paper: Path) -> None:
    """A set that failed keeps its older figures too."""
    ours = tmp_path / "measured.json"
    page.save(_kept(claims__own={"claim_F1": 61.5}, claims__dev={"claim_F1": 50.0}), ours)
    page.record({"claims/own": {"claim_F1": 63.0}, "claims/dev": {}}, ours, paper)
    kept = page.load(ours)
    assert kept["claims/own"]["measures"] == {"claim_F1": 63.0}
    assert kept["claims/own"]["date"] != "2026-01-02"
    assert kept["claims/dev"] == _kept(claims__dev={"claim_F1": 50.0})["claims/dev"]


def test_each_comparison_is_of_a_set_of_ours() -> None:
    """Sets and keys of comparisons.toml are ones that `make bench` measures."""
    table = tomllib.loads(Path(page.__file__).with_name("comparisons.toml").read_text("utf-8"))
    sets = {d.id: d for d in DATASETS}
    for row in table["row"]:
        assert row["key"] in sets[row["set"]].steer_by, row


def test_the_figures_that_are_kept_are_of_sets_of_ours() -> None:
    """Neither file of figures holds one of a set that is gone."""
    sets = {d.id for d in DATASETS}
    assert set(page.load(page.OURS)) <= sets
    assert {name.split(" ", 1)[1] for name in page.load(page.PEERS)} <= sets


def test_targets_are_told_reached_or_missed(paper: Path) -> None:
    """Each that was measured, by how much; where less is better, less is reached."""
    ours = _kept(factuality__uw={"MAE": 0.455, "pearson": 0.7}, claims__own={"claim_F1": 80.0})
    page.write_page(ours, {}, paper)
    text = paper.read_text()
    assert "**2 of 3 targets are reached.**" in text
    assert "- `factuality/uw`, pearson: 0.7, 0.05 short of 0.75" in text
