"""`sayso link`: files in, one line an incident out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.cli.main import sayso
from sayso.errors import ModelError
from sayso.reading.parsing.model import find_model

try:
    find_model()
except ModelError:
    pytest.skip("no language model here", allow_module_level=True)

FIRST = (
    "ODDA, Norway - A barge sank below the Odda weir on Tuesday and two dockers drowned, harbour "
    "police said. The barge Solveig had carried timber for the Brekke mill."
)
SECOND = (
    "A third docker died on Thursday of injuries from the sinking of the barge Solveig below the "
    "Odda weir on Tuesday, harbour police said. The barge had carried timber for the Brekke mill."
)
OTHER = (
    "SALTA, Argentina - A journalist was shot outside his studio in Salta on Monday, police "
    "said. Rodolfo Paz, 51, was taken to hospital with a wound in the arm."
)


def write(folder: Path, texts: dict[str, str]) -> str:
    """A file of JSON lines."""
    path = folder / "reports.jsonl"
    rows = [{"id": k, "text": t, "published": "2024-03-08"} for k, t in texts.items()]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def link(*args: str) -> tuple[int, list[dict[str, object]]]:
    """The exit code and the rows printed."""
    done = CliRunner().invoke(sayso, ["link", *args])
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines()]


def test_one_line_an_incident(tmp_path: Path) -> None:
    """Each report is main in one line; all keys of the design are there."""
    code, rows = link("--from", "jsonl", write(tmp_path, {"a": FIRST, "b": SECOND, "c": OTHER}))
    assert code == 0
    assert sorted(map(str, (row["main"] for row in rows))) == ["['a', 'b']", "['c']"]
    for row in rows:
        assert list(row) == [
            "incident", "reports", "main", "type", "time", "place", "figures", "origins",
            "estimate",
        ]  # fmt: skip


def test_a_policy_is_a_cell_of_three(tmp_path: Path) -> None:
    """Low, best, high, for each named policy."""
    _, (row,) = link("--from", "jsonl", write(tmp_path, {"c": OTHER}))
    figures = row["figures"]
    assert isinstance(figures, dict)
    policies = {"lowest", "highest", "ucdp", "acled", "majority", "most_recent"}
    assert all(set(cells) == policies for cells in figures.values())
    low, best, high = figures["wounded"]["most_recent"]
    assert low <= best <= high
    assert best == 1


def test_what_is_told_has_no_margin(tmp_path: Path) -> None:
    """Two women killed are two by every policy; nobody tells of wounded; the estimate is ours."""
    text = "Ukrainian shelling killed two women in the village of Tyotkino on Friday, he said."
    _, (row,) = link("--from", "jsonl", write(tmp_path, {"c": text}))
    figures, estimate = row["figures"], row["estimate"]
    assert isinstance(figures, dict)
    assert isinstance(estimate, dict)
    assert set(figures) == {"killed"}
    assert {tuple(cell) for cell in figures["killed"].values()} == {(2, 2, 2)}
    assert estimate["killed"][0] < 2 < estimate["killed"][2]


def test_a_refused_input_does_not_stop_the_others(tmp_path: Path) -> None:
    """Exit 1, and the rest is linked."""
    missing = str(tmp_path / "missing.txt")
    code, rows = link("--from", "jsonl", write(tmp_path, {"c": OTHER}), missing)
    assert code == 1
    assert [row["main"] for row in rows] == [["c"]]


def test_nothing_read_is_an_error(tmp_path: Path) -> None:
    """Exit 2 and no rows."""
    assert link(str(tmp_path / "missing.txt")) == (2, [])


def test_out_holds_the_rows(tmp_path: Path) -> None:
    """The file has what standard output would have had."""
    out = tmp_path / "rows.jsonl"
    source = write(tmp_path, {"a": FIRST, "c": OTHER})
    assert link("--from", "jsonl", source, "--out", str(out)) == (0, [])
    _, rows = link("--from", "jsonl", source)
    assert [json.loads(line) for line in out.read_text("utf-8").splitlines()] == rows


def test_an_output_that_is_an_input_is_refused(tmp_path: Path) -> None:
    """`--out` never replaces a report."""
    source = tmp_path / "r.txt"
    source.write_text("Two men were killed in Oslo on Monday, police said.", encoding="utf-8")
    result = CliRunner().invoke(sayso, ["link", str(source), "--out", str(source)])
    assert result.exit_code == 2
    assert "would overwrite an input" in result.output
    assert source.read_text(encoding="utf-8").startswith("Two men")
