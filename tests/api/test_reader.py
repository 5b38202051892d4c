"""Reading from Python: texts, files and rows, and what is said of those that cannot be read."""

from __future__ import annotations

import dataclasses
import math
from datetime import date, datetime
from pathlib import Path

import pytest

import sayso
from tests.api.conftest import STORY


def test_a_str_is_text_and_a_path_a_file(reading: sayso.Reading, tmp_path: Path) -> None:
    """Both give one reading with the same claims, the text exactly as given."""
    file = tmp_path / "odda.txt"
    file.write_text(STORY, "utf-8")
    read = sayso.read(file, published=date(2024, 12, 27), publisher="Fjord News")
    assert reading.report.text == STORY
    assert [c.content for c in read.claims] == [c.content for c in reading.claims]
    assert reading.words(reading.claims[0].content).startswith("Two boats sank off Odda")
    assert "killed" in [f.counts for f in reading.figures]
    assert read.report.published == reading.report.published


@pytest.mark.parametrize(
    ("given", "start"),
    [("2024-12", "2024-12-01"), (date(2024, 12, 27), "2024-12-27"),
     (datetime(2024, 12, 27, 8, 5), "2024-12-27T08:05")],  # noqa: DTZ001 - a day has no zone
)  # fmt: skip
def test_published_may_be_a_date(given: str | date, start: str) -> None:
    """ISO 8601 in words, a date, a datetime."""
    published = sayso.read(STORY, published=given).report.published
    assert published is not None
    assert str(published.start).startswith(start)


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    """Which argument, what is wrong, what to do."""
    with pytest.raises(sayso.UsageError, match="'03/04/2024' is not a date; write it as 2024"):
        sayso.read(STORY, published="03/04/2024")
    with pytest.raises(sayso.InputError, match=r"no\.txt: no such file; check the path"):
        sayso.read(tmp_path / "no.txt")
    with pytest.raises(sayso.InputError, match="a folder; name its files"):
        sayso.read(tmp_path)
    with pytest.raises(sayso.InputError, match="its text is empty"):
        sayso.read("  ")
    file = tmp_path / "two.jsonl"
    file.write_text('{"text": "A man died, police said."}\n' * 2)
    with pytest.raises(sayso.UsageError, match="2 reports in it; read them with read_many"):
        sayso.read(file)
    with pytest.raises(sayso.UsageError, match=r"a str is text, and .* is a file: give Path"):
        sayso.read(str(file))
    with pytest.raises(
        sayso.UsageError, match="text_or_path is 3, of type int; give a str or a Path"
    ):
        sayso.read(3)  # type: ignore[arg-type]
    with pytest.raises(sayso.UsageError, match="reader 'llama': say model or rules"):
        sayso.Reader("llama")  # type: ignore[arg-type]
    with pytest.raises(sayso.UsageError, match="give a list"):
        sayso.Reader().read_many(STORY)


def test_many_keep_their_order_and_one_bad_stops_none(tmp_path: Path) -> None:
    """Texts, rows with what a data frame says is missing, files, a folder; the bad one is named."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "b.txt").write_text("A bridge fell, police said.")
    (folder / "a.txt").write_text("A ship sank, the army said.")
    (folder / ".hidden").write_bytes(b"\0")
    row = {"text": "A mine fell in, owners said.", "id": "m", "title": math.nan, "publisher": None,
           "published": date(2025, 1, 2)}  # fmt: skip
    sources = [STORY, row, folder, tmp_path / "none.txt", "", folder / "b.txt"]
    with pytest.warns(UserWarning, match=r"not read: .*none\.txt: no such file.* and 1 more"):
        found = sayso.Reader().read_many(sources)
    assert [r.report.name for r in found] == ["text 1", "m", "a.txt", "b.txt", "b.txt"]
    assert [(each.name, each.why, each.after) for each in found.refused] == [
        (str(tmp_path / "none.txt"), "no such file; check the path", 4),
        ("text 5", "its text is empty; give a report's text", 4),
    ]  # fmt: skip
    assert found[1].report.published
    assert found[1].report.published.start == "2025-01-02"
    assert list(found.to_pandas("reports")["report"]) == [
        "text 1",
        "m",
        "a.txt",
        "b.txt",
        "b.txt#2",
    ]
    with pytest.raises(sayso.SaysoError, match="no such file"):
        sayso.Reader().read_many([tmp_path / "none.txt"])


def test_what_is_no_report_stops_none(tmp_path: Path) -> None:
    """A number among the sources, a path as a str, a broken line, a page without a report."""
    (tmp_path / "rows.jsonl").write_text('{"text": "A man died, police said."}\n{"text": 3}\n')
    (tmp_path / "empty.html").write_text("<html><body></body></html>")
    given = [3, tmp_path / "rows.jsonl", tmp_path / "empty.html", str(tmp_path / "empty.html"),
             STORY, None, {"id": "x"}]  # fmt: skip
    with pytest.warns(UserWarning, match=r"not read: text 1: 3 is no report.* and 5 more"):
        found = sayso.Reader().read_many(given)  # type: ignore[arg-type]
    assert [r.report.name for r in found] == ["rows.jsonl, line 1", "text 5"]
    assert all(isinstance(each, sayso.Refused) for each in found.refused)
    assert [(each.name.rpartition("/")[2], each.after) for each in found.refused] == [
        ("text 1", 0), ("rows.jsonl, line 2", 1), ("empty.html", 1), ("text 4", 1), ("text 6", 2),
        ("text 7", 2),
    ]  # fmt: skip
    assert [each.why.partition(";")[0] for each in found.refused][3:] == [
        f"a str is text, and {str(tmp_path / 'empty.html')!r} is a file: give "
        f"Path({str(tmp_path / 'empty.html')!r})",
        "None is no report: give a str (text), a Path (file) or a mapping", "no text in it",
    ]  # fmt: skip
    assert str(found.refused[0]).startswith("text 1: 3 is no report: give a str")
    assert "text 1: 3 is no report" in found._repr_html_()


@pytest.mark.parametrize("fact", ["publisher", "title", "url", "name"])
def test_half_a_character_ends_nothing(fact: str) -> None:
    """A fact that no encoding takes is made whole; a text is refused with the place."""
    made = sayso.read("Two men died in Oda on Monday.", **{fact: "a\udc00"})  # type: ignore[arg-type]
    assert getattr(made.report, fact) == "a\ufffd"
    with pytest.raises(sayso.InputError, match="half a character"):
        sayso.read("Two men \udc00 died in Oda.")


def test_a_file_named_minus_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the command line takes it for standard input."""
    monkeypatch.chdir(tmp_path)
    Path("-").write_text(STORY)
    assert sayso.read(Path("-")).report.text == STORY


def test_a_reading_goes_through_json(reading: sayso.Reading) -> None:
    """What to_dict gives is the wire format, and from_dict gives the same reading."""
    row = reading.to_dict()
    assert row["schema"] == "sayso.reading/1"
    assert sayso.Reading.from_dict(row) == reading


def test_score_counts_what_is_right(reading: sayso.Reading) -> None:
    """A perfect reading is right in all; a mark that is not read, and one too many, cost."""
    reader = sayso.Reader()
    score = reader.score([reading])
    assert (score.claims.precision, score.claims.recall, score.claims.f1) == (1.0, 1.0, 1.0)
    assert score.figures.right == score.figures.marked == len(reading.figures)
    first, second = reading.claims
    other = dataclasses.replace(first, certainty="confirmed")
    marked = dataclasses.replace(reading, claims=(other,))
    score = reader.score([marked])
    assert (score.claims.marked, score.claims.read, score.claims.right) == (1, 2, 1)
    assert score.certainty.right == 0
    assert score.speakers.right == 1
    moved = dataclasses.replace(second, content=(sayso.Span(0, 3),))
    assert reader.score([dataclasses.replace(reading, claims=(moved,))]).claims.right == 0
    frame = score.to_pandas().set_index("part")
    assert frame.loc["claims", "precision"] == 0.5
