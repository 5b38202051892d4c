"""The recipe of same claim or not, on pairs of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from training.paraphrase import __main__ as recipe

if TYPE_CHECKING:
    import pytest

WHO = ["dockers", "nurses", "soldiers", "farmers", "divers"]
WHERE = ["Odda", "Larne", "Kigali", "Varna"]
SAME = ("Six {who} were killed in {where} on Monday, police said.",
        "Police said that six {who} had been killed in {where} on Monday.")  # fmt: skip
OTHER = "Officials in {where} will meet {who} next week to talk about wages."


def _rows() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for who in WHO:
        for where in WHERE:
            a, b = (form.format(who=who, where=where) for form in SAME)
            rows.append({"id": f"{who}-{where}", "same": 1, "a": a, "b": b})
            rows.append({"id": f"{where}-{who}", "same": 0, "a": a,
                         "b": OTHER.format(who=who, where=where)})  # fmt: skip
    return rows


def test_it_learns_to_tell_and_keeps_weights_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """All our pairs are told apart; the file holds a number a feature and no word of them."""
    monkeypatch.setattr(recipe, "OUT", tmp_path / "weights.json")
    given = tmp_path / "pairs.jsonl"
    given.write_text("".join(json.dumps(row) + "\n" for row in _rows()), encoding="utf-8")
    assert recipe.main([str(given), str(given)]) == 0
    assert "pairs.jsonl 100.0" in capsys.readouterr().out
    weights = json.loads((tmp_path / "weights.json").read_text("utf-8"))["weights"]
    assert set(weights) == {"base", *recipe.features("Six died.", "Six died.")}
    assert all(isinstance(value, float) for value in weights.values())
