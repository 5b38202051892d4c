"""`python -m bench.quality NAME --gold FILE --predict OUT` on files that nobody has seen.

Each adapter gets a small file of our own that begins with a byte order mark, ends its lines with
CRLF, has a number for an id, keys that nobody knows, and lacks what is not marked everywhere.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench.quality.__main__ import main

TEXT = "Six dockers were killed in Odda on Monday, the harbour police said."
CAPITALS = "   OSLO, 4 FEB 90 (NTB) -- [TEXT] GUNMEN KILLED SIX DOCKERS IN ODDA, POLICE SAID."
ROWS: dict[str, list[dict[str, Any]]] = {
    "attribution": [{"id": 7, "text": TEXT, "x": {}}, {"id": "b", "text": "\n", "title": None}],
    "time": [{"id": 7, "text": TEXT}, {"id": "b", "text": TEXT, "dct": "2024-12-27", "x": 1}],
    "place": [{"id": 7, "text": TEXT}, {"id": "b", "text": " ", "toponyms": []}],
    "muc4": [{"id": 7, "text": CAPITALS}, {"id": "b", "text": CAPITALS, "dateline_date": None}],
    "factuality": [{"text": "Police said that six died .", "targets": [{"span": [1, 2]}]},
                   {"text": 'He left " .', "targets": [{"span": [3, 4], "label": 3.0}], "id": 4},
                   {"text": "None .", "targets": []}],
    "claims": [{"id": 7, "text": TEXT, "published": "2024-12-27"}, {"text": TEXT + " It rained."}],
    "copies": [{"id": 7, "text": TEXT * 3, "date": None}, {"id": "b", "text": TEXT * 3},
               {"id": "c", "text": ""}],
    "paraphrase": [{"id": 7, "a": TEXT, "b": TEXT}, {"id": "b", "a": TEXT, "b": "", "same": 0}],
    "incidents": [{"doc": 7, "text": TEXT, "dct": "2024-12-27"},
                  {"id": "b", "text": TEXT, "date": "2024-12-28"}],
    "indiapolice": [{"doc": 7, "sents": [{"text": TEXT, "labels": []}]}],
    "re3d": [{"id": 7, "text": TEXT, "entities": []}],
}  # fmt: skip


def _predict(kind: str, folder: Path) -> str:
    gold, out = folder / "gold.jsonl", folder / "out.jsonl"
    lines = "\r\n".join(json.dumps(row) for row in ROWS[kind])
    gold.write_bytes(b"\xef\xbb\xbf" + lines.encode() + b"\r\n\r\n")
    assert main([kind, "--gold", str(gold), "--predict", str(out)]) == 0
    return out.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["attribution", "time", "muc4", "paraphrase"])
def test_a_line_a_row_with_its_id(kind: str, tmp_path: Path) -> None:
    """Each row of the gold has its line, in order, under the id as it stands there."""
    rows = [json.loads(line) for line in _predict(kind, tmp_path).splitlines()]
    assert [row["id"] for row in rows] == [7, "b"]
    part = {"attribution": "attributions", "time": "timexes", "muc4": "incidents"}.get(kind)
    assert part is None or rows[0][part]


def test_places_and_claims_are_readings(tmp_path: Path) -> None:
    """They hold the text, by which a scorer finds its row; a row without id is read too."""
    for kind in ("place", "claims"):
        rows = [json.loads(line) for line in _predict(kind, tmp_path).splitlines()]
        assert [row["report"]["text"] for row in rows] == [row["text"] for row in ROWS[kind]]
        assert rows[0]["report"]["name"] == "7"
        assert rows[0]["places"]


def test_factuality_keeps_lines_and_targets(tmp_path: Path) -> None:
    """As many targets as the gold has, in order, each with a number."""
    rows = [json.loads(line) for line in _predict("factuality", tmp_path).splitlines()]
    assert [len(row["targets"]) for row in rows] == [1, 1, 0]
    assert all(-3 <= t["label"] <= 3 for row in rows for t in row["targets"])


def test_copies_are_pairs_by_id(tmp_path: Path) -> None:
    """The pair names both reports as the gold does."""
    (row,) = [json.loads(line) for line in _predict("copies", tmp_path).splitlines()]
    assert {row["a"], row["b"]} == {7, "b"}


def test_incidents_name_every_report(tmp_path: Path) -> None:
    """Each report has an incident, by the id or `doc` of its row."""
    assert set(json.loads(_predict("incidents", tmp_path))) == {"7", "b"}


@pytest.mark.parametrize("kind", sorted(ROWS))
def test_an_empty_or_broken_file_is_an_error(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In words, with 2, and without a file of predictions."""
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    for content in (b"", b'{"id": "a", '):
        gold.write_bytes(content)
        assert main([kind, "--gold", str(gold), "--predict", str(out)]) == 2
        assert "gold.jsonl" in capsys.readouterr().err
        assert not out.exists()
