"""Arguments of a wrong kind are told; data frames are given, too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import sayso

TEXT = "On Monday the army said that five soldiers were killed in Kursk."
READER = sayso.Reader("rules")


@pytest.fixture
def ledger(tmp_path: Path) -> Any:
    """A ledger of one report."""
    with sayso.Ledger(tmp_path / "l.db", reader=READER) as held:
        held.add(TEXT, published="2024-12-27")
        yield held


WRONG: list[tuple[Callable[[Any], Any], str]] = [
    (lambda _: READER.read(TEXT, publisher=5), "read: publisher is 5, of type int"),  # type: ignore[arg-type]
    (lambda _: sayso.read(TEXT, published=5), "read: published is 5"),  # type: ignore[arg-type]
    (lambda _: sayso.Reader("rules", jobs=2.5), "Reader: jobs is 2.5"),  # type: ignore[arg-type]
    (lambda _: READER.read_many(None), "read_many: sources is None"),  # type: ignore[arg-type]
    (lambda _: READER.score([None]), "score: None is no Reading"),  # type: ignore[list-item]
    (lambda _: READER.read(TEXT).words(None), "words: spans is None"),  # type: ignore[arg-type]
    (lambda ledger: ledger.incidents(5), "incidents: words is 5"),
    (lambda ledger: ledger.incidents(place=[]), r"incidents: place is \[\]"),
    (lambda ledger: ledger.incidents(limit=True), "limit is True"),
    (lambda ledger: ledger.incidents(as_known_at=True), "as_known_at is True"),
    (lambda ledger: ledger.claims(limit=2.5), "claims: limit is 2.5"),
    (lambda ledger: ledger.figures(limit=-1), "limit -1"),
    (lambda ledger: ledger.incident(None), "incident: id_ is None; give a str"),
    (lambda ledger: ledger.figures().to_pandas(5), "to_pandas: table is 5"),
    (lambda ledger: ledger.figures().chart(width=None), "chart: width is None"),
    (lambda ledger: ledger.figures().chart().save("no/such/x.svg"), "no/such/x.svg: no such file"),
    (lambda ledger: ledger.add(5), "add: sources is 5"),
    (lambda ledger: ledger.add(TEXT, marking="AMBER"), "'AMBER' is no marking"),
]


@pytest.mark.parametrize(("call", "words"), WRONG, ids=[words for _, words in WRONG])
def test_an_argument_of_a_wrong_kind_is_told(
    ledger: Any, call: Callable[[Any], Any], words: str
) -> None:
    """Which one, what it is, what it ought to be."""
    with pytest.raises(sayso.UsageError, match=words):
        call(ledger)


def test_no_reading_is_made_of_what_is_no_object() -> None:
    """None is none."""
    with pytest.raises(sayso.SaysoError, match=r"no object of sayso\.reading/1"):
        sayso.Reading.from_dict(None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["reports/nosuch.txt", "nosuch.html", "my folder/nosuch.pdf", "https://news.example/a"]
)
def test_a_path_that_leads_nowhere_is_no_report(ledger: Any, text: str) -> None:
    """A slip of the pen is not kept in the ledger."""
    with pytest.raises(sayso.SaysoError, match="is no text, and no such file"):
        ledger.add(text)
    assert len(ledger.reports()) == 1


@pytest.mark.parametrize(
    "text", ["Dead.", "The and/or rule killed five.", "24/7 shelling, he said"]
)
def test_short_texts_are_texts(text: str) -> None:
    """A stroke or a point alone makes no path."""
    assert READER.read(text).report.text == text


def test_a_data_frame_is_its_rows(ledger: Any) -> None:
    """Of pandas, polars and pyarrow; a day of pandas is a day."""
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    arrow = pytest.importorskip("pyarrow")
    days = pandas.to_datetime(["2024-12-27", "2024-12-28"])
    frame = pandas.DataFrame({"id": [1, 2], "text": [TEXT, f"{TEXT} Twice."], "published": days})
    read = READER.read_many(frame)
    assert [r.report.name for r in read] == ["1", "2"]
    assert [r.report.published.start for r in read if r.report.published] == [
        "2024-12-27", "2024-12-28",
    ]  # fmt: skip
    rows = [{"id": "a", "text": TEXT}]
    for given in (polars.DataFrame(rows), arrow.Table.from_pylist(rows)):
        assert [r.report.text for r in READER.read_many(given)] == [TEXT]
    assert len(ledger.add(frame)) == 2
    limit = frame["id"].max()  # numpy's own number
    assert len(ledger.reports(limit=limit)) == 2
