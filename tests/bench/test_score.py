"""The scorer: right readings score 100, wrong ones lose where they are wrong."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.quality import datasets
from bench.quality.__main__ import below_floor
from bench.quality.score import score

TEXT = "Rebels shelled Mara on Monday, killing at least six people, the mayor said."
GOLD: dict[str, Any] = {
    "id": "r1", "text": TEXT, "title": None, "publisher": None, "published": "2025-02-04",
    "claims": [{
        "id": "c1", "content": ["Rebels shelled Mara on Monday, killing at least six people"],
        "chain": ["the mayor"], "resolved": ["the mayor"], "cue": "said", "said": None,
        "quotation": "indirect", "certainty": "stated",
        "events": [
            {"type": "shelling", "trigger": "shelled", "time": ["2025-02-03", "2025-02-03"],
             "place": "Mara, SDN", "figures": []},
            {"type": "death", "trigger": "killing", "time": None, "place": None, "figures": [
                {"text": "at least six", "low": 6, "best": 6, "high": None, "bound": "above",
                 "counts": "killed"}]},
        ],
    }],
}  # fmt: skip


def _span(words: str) -> list[list[int]]:
    start = TEXT.index(words)
    return [[start, start + len(words)]]


def _reading() -> dict[str, Any]:
    day = {"start": "2025-02-03", "end": "2025-02-03", "precision": "day", "basis": "resolved"}
    return {
        "report": {"id": "x", "name": "r1", "text": TEXT},
        "sources": [{"id": "s1", "name": "the mayor"}],
        "attributions": [{"id": "a1", "source": _span("the mayor"), "source_id": "s1",
                          "within": None, "quotation": "indirect", "said": None}],
        "claims": [{"content": _span(GOLD["claims"][0]["content"][0]), "attribution": "a1",
                    "certainty": "stated", "events": ["e1", "e2"], "figures": ["f1"]}],
        "events": [
            {"id": "e1", "type": "shelling", "time": day, "figures": [],
             "place": {"name": "Mara", "country": "SDN"}},
            {"id": "e2", "type": "death", "time": None, "place": None, "figures": ["f1"]},
        ],
        "figures": [{"id": "f1", "low": 6, "best": 6, "high": None, "bound": "above",
                     "counts": "killed"}],
    }  # fmt: skip


def _score(tmp_path: Path, *readings: dict[str, Any]) -> dict[str, Any]:
    gold, found = tmp_path / "gold.jsonl", tmp_path / "found.jsonl"
    gold.write_text(json.dumps(GOLD) + "\n")
    found.write_text("".join(json.dumps(r) + "\n" for r in readings))
    return score(gold, found)


def test_a_right_reading_scores_a_hundred_throughout(tmp_path: Path) -> None:
    """Every measure that the gold has something for is 100."""
    measures = _score(tmp_path, _reading())
    del measures["gold"], measures["found"]
    assert measures.pop("said") is None
    assert set(measures.values()) == {100.0}


def test_nothing_read_scores_nothing(tmp_path: Path) -> None:
    """A report without a reading counts as missed, not as left out."""
    measures = _score(tmp_path)
    assert (measures["gold"], measures["found"], measures["claim_F1"]) == (1, 0, 0.0)


@pytest.mark.parametrize(
    ("measure", "path", "value"),
    [
        ("certainty", ("claims", 0, "certainty"), "possible"),
        ("speaker", ("claims", 0, "attribution"), None),
        ("events_F1", ("events", 0, "type"), "strike"),
        ("figures_F1", ("figures", 0, "bound"), "exact"),
        ("when", ("events", 0, "time", "end"), "2025-02-04"),
        ("where", ("events", 0, "place", "country"), "TCD"),
        ("quotation", ("attributions", 0, "quotation"), "direct"),
    ],
)
def test_a_wrong_value_costs_its_measure(
    tmp_path: Path, measure: str, path: tuple[Any, ...], value: object
) -> None:
    """One wrong value lowers the measure that it belongs to."""
    reading: Any = _reading()
    at = reading
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    assert _score(tmp_path, reading)[measure] < 100


def test_it_agrees_with_the_scorer_beside_the_checkout(tmp_path: Path) -> None:
    """On our own marked reports, marks played back give what the other program gives."""
    other = datasets.SHARED / "scorers/score_claims.py"
    if not other.exists():
        pytest.skip("needs ../shared/scorers")
    gold, found = tmp_path / "gold.jsonl", tmp_path / "found.jsonl"
    gold.write_text(json.dumps(GOLD) + "\n")
    wrong = _reading()
    wrong["events"][0]["type"] = "strike"
    wrong["claims"].append({**wrong["claims"][0], "content": _span("the mayor")})
    found.write_text(json.dumps(wrong) + "\n")
    done = subprocess.run(
        [sys.executable, str(other), str(gold), str(found)], capture_output=True, check=True
    )
    theirs, ours = json.loads(done.stdout), score(gold, found)
    assert {k: theirs[k] for k in ours} == ours


def test_what_lies_below_its_floor_is_said() -> None:
    """A lower value and a missing one are named; an unmeasured set is passed over."""
    floors: dict[str, Any] = {"a/b": {"F1": 50.0, "P": 10.0}, "c/d": {"F1": 99.0}}
    assert list(below_floor({"a/b": {"F1": 49.9}}, floors)) == [
        "a/b F1: 49.9, floor 50.0", "a/b P: None, floor 10.0",
    ]  # fmt: skip
