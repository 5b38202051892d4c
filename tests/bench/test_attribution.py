"""Predictions for a scorer of attributions: outermost ones, spans of the text as given."""

import json
from pathlib import Path

from bench.quality.attribution import as_paragraphs, predict

TEXT = (
    "Rebels return\n\n"
    "  The mayor said that villagers had told him that rebels burned the mill.\n\n"
    '"Nobody came," she added.\n'
)


def test_each_line_with_words_is_a_paragraph_of_the_body() -> None:
    """Empty lines make none; the blocks lie in the text as given."""
    report = as_paragraphs({"id": "r", "text": TEXT, "date": "2016-03-01"})
    lines = [TEXT[b.start : b.end].strip() for b in report.blocks]
    assert lines == [line.strip() for line in TEXT.split("\n") if line.strip()]
    assert {b.kind for b in report.blocks} == {"body"}
    assert report.text == TEXT
    assert report.published
    assert report.published.start == "2016-03-01"


def test_outermost_attributions_are_written_with_spans_of_the_text(tmp_path: Path) -> None:
    """The mayor's attribution holds the villagers'; theirs is left out. Order is the file's."""
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    rows = [{"id": "r1", "text": TEXT}, {"id": "r2", "text": "Nothing was said here."}]
    gold.write_text("".join(json.dumps(r) + "\n" for r in rows) + "\n")
    predict(gold, out)
    first, second = (json.loads(line) for line in out.read_text().splitlines())
    assert (first["id"], second["id"]) == ("r1", "r2")
    assert second["attributions"] == []

    def words(role: str) -> list[str]:
        spans = [a[role] for a in first["attributions"]]
        return [" ".join(TEXT[start:end] for start, end in pairs) for pairs in spans]

    assert words("source") == ["The mayor", "she"]
    assert words("cue") == ["said", "added"]
    assert "rebels burned the mill" in words("content")[0]
