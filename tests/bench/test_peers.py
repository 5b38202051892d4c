"""Peers: what can be promised without their environment."""

import json
import re
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bench.peers import __main__ as peers
from bench.peers import predict
from bench.quality.datasets import DATASETS

NOW = datetime(2024, 12, 27)  # noqa: DTZ001 - the recognisers take naive days


def test_each_peer_can_be_run_and_is_pinned() -> None:
    """A peer has a way to predict, sets that exist, and a version in a requirements file."""
    assert set(peers.RIVALS) == set(predict.PEERS)
    names = {d.id for d in DATASETS}
    files = peers.HERE.glob("requirements*.txt")
    pinned = {m[0] for f in files for m in re.finditer(r"^[\w-]+", f.read_text(), re.MULTILINE)}
    for distribution, sets in peers.RIVALS.values():
        assert distribution in pinned
        assert set(sets) <= names


def test_without_their_environment_nothing_is_measured(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says which command makes the environment, and ends with 2."""
    monkeypatch.setattr(peers, "PYTHON", tmp_path / "none")
    assert peers.main([]) == 2
    assert "make bench-peers" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("values", "value"),
    [
        ([{"timex": "XXXX-WXX-5", "type": "date", "value": "2024-12-20"},
          {"timex": "XXXX-WXX-5", "type": "date", "value": "2024-12-27"}], "2024-12-27"),
        ([{"timex": "XXXX-08", "type": "daterange", "start": "2024-08-01"},
          {"timex": "XXXX-08", "type": "daterange", "start": "2025-08-01"}], "2024-08"),
        ([{"timex": "(2024-07-01,2024-10-01,P3M)", "type": "daterange",
           "start": "2024-07-01"}], "2024-Q3"),
        ([{"timex": "(2024-12-27,2025-01-10,P2W)", "type": "daterange",
           "start": "2024-12-27"}], "P2W"),
        ([{"timex": "P3D", "type": "duration", "value": "259200"}], "P3D"),
    ],
)  # fmt: skip
def test_of_several_values_the_last_that_is_not_ahead_counts(
    values: list[dict[str, Any]], value: str
) -> None:
    """News speaks of what was; durations keep their value."""
    found = SimpleNamespace(start=4, end=9, resolution={"values": values})
    made = predict._of_recognizer(found, NOW)
    assert made
    assert (made["start"], made["end"], made["value"]) == (4, 10, value)


def test_a_peers_attributions_are_scored_like_ours(tmp_path: Path) -> None:
    """Kept predictions are used again: right source 100, and no speaker for the other item."""
    text = '"Two shells fell," said the baker.'
    item = {
        "id": "i", "phenomenon": "odd_marks", "heldout": False, "text": text,
        "content": ["Two shells fell"], "chain": ["the baker"], "resolved": ["the baker"],
    }  # fmt: skip
    none = {**item, "id": "j", "phenomenon": "own_voice", "chain": [], "resolved": []}
    gold = tmp_path / "gold.jsonl"
    gold.write_text(f"{json.dumps(item)}\n{json.dumps(none)}\n")
    at = text.index("the baker")
    found = {"source": [[at, at + 9]], "cue": [], "content": [[0, 17]]}
    rows = [{"id": "i", "attributions": [found]}, {"id": "j", "attributions": []}]
    name = tmp_path / "textacy-phenomena-own.jsonl"
    name.write_text("".join(json.dumps(r) + "\n" for r in rows))
    own = next(d for d in DATASETS if d.id == "phenomena/own")
    like_own = type(own)(own.kind, own.name, gold)
    measures = peers.measure("textacy", like_own, tmp_path)
    assert measures["odd_marks"] == measures["own_voice"] == measures["source"] == 100
    assert not any(key.startswith("item ") for key in measures)
