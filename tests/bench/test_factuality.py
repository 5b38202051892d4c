"""Factuality in the bench: exact places of tokens, signs of mood, labels on the scale."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.quality.factuality import as_body, predict, target_token, token_starts
from sayso.reading.flow import make_flow
from sayso.reading.parsing.model import Model
from sayso.reading.parsing.parse import parse_flow


def test_token_starts_are_the_tokens_places() -> None:
    """Each token of a text of tokens is found where it stands."""
    text = "The army did n't attack ' ' , he said ."
    found = token_starts(text)
    assert [text[a : a + len(t)] for a, t in zip(found, text.split(" "), strict=True)] == (
        text.split(" ")
    )


def test_a_target_is_found_behind_quotation_marks(model: Model) -> None:
    """Two ticks are one mark in the flow, and no target slips by one."""
    text = "'' We left '' , he said ."
    parse = parse_flow(make_flow(as_body("line", text)), model)
    assert target_token(parse, token_starts(text)[6]).text == "said"


def _predicted(tmp_path: Path, text: str, at: int) -> float:
    row = {"text": text, "targets": [{"span": [at, at + 1], "text": text.split()[at]}]}
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    gold.write_text(json.dumps(row) + "\n", encoding="utf-8")
    predict(gold, out)
    label = json.loads(out.read_text(encoding="utf-8"))["targets"][0]["label"]
    assert isinstance(label, float)
    return label


@pytest.mark.parametrize(
    ("text", "at", "low", "high"),
    [
        ("The troops attacked the village on Monday .", 2, 2.0, 3.0),
        ("The troops may attack the village .", 3, -1.0, 2.0),
        ("The troops did not attack the village .", 4, -3.0, 0.0),
    ],
)
def test_facts_may_be_and_is_not(
    tmp_path: Path, text: str, at: int, low: float, high: float
) -> None:
    """What happened lies above what may happen, and that above what did not."""
    assert low <= _predicted(tmp_path, text, at) <= high
