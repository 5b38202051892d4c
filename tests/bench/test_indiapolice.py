"""IndiaPoliceEvents in the bench: what the police do, sentence by sentence."""

from __future__ import annotations

import json
from pathlib import Path

from bench.quality.indiapolice import f1, predict, score

SENTENCES = [
    ("Police arrested 12 men in Odda on Monday.", ["ARREST"]),
    ("Two dockers were killed when police fired on the crowd.", ["KILL", "FORCE"]),
    ("Police did not arrest anyone.", []),
    ("The mayor opened a school.", []),
]


def _gold(folder: Path) -> Path:
    sents = [{"text": text, "labels": labels} for text, labels in SENTENCES]
    gold = folder / "gold.jsonl"
    gold.write_text(json.dumps({"doc": 7, "date": "2024-12-30", "sents": sents}) + "\n")
    return gold


def test_each_sentence_has_its_acts(tmp_path: Path) -> None:
    """Who dies where the police shoot is killed by them; what did not happen is no act."""
    out = tmp_path / "out.jsonl"
    predict(_gold(tmp_path), out)
    found = {row["sent"]: row["labels"] for row in map(json.loads, out.read_text().splitlines())}
    assert found == {0: ["ARREST"], 1: ["FORCE", "KILL"]}


def test_the_score_stands_beside_words(tmp_path: Path) -> None:
    """Ours and the search by words are scored on the same sentences."""
    measures = score(_gold(tmp_path))
    assert (measures["ARREST F1"], measures["KILL F1"], measures["FORCE F1"]) == (100, 100, 100)
    assert measures["ARREST F1 by words"] == 66.7


def test_f1_of_sets() -> None:
    """Half found and half of the found right is one half; nothing sought and found is right."""
    assert f1({1, 2}, {2, 3}) == 50
    assert f1(set(), set()) == 100
