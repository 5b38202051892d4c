"""One report as text, as HTML and as the PDF that a browser printed from that HTML."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bench.plain import plain_rows
from sayso.record import Reading

NAME = "02-baltic-ledger"


@pytest.fixture(scope="module")
def readings(root: Path, read_file: Callable[[Path], Reading]) -> dict[str, Reading]:
    """The three readings, by form."""
    examples = root / "examples"
    return {
        "text": read_file(examples / f"three-forms/{NAME}.txt"),
        "html": read_file(examples / f"stories/prisoner/{NAME}.html"),
        "pdf": read_file(examples / f"three-forms/{NAME}.pdf"),
    }


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_the_three_forms_give_the_same_claims(readings: dict[str, Reading], form: str) -> None:
    """The claims of the text, one for one: words, chain, certainty, events, times, figures."""
    assert list(plain_rows(readings[form])) == list(plain_rows(readings["text"]))


def test_the_claims_are_those_of_the_report(readings: dict[str, Reading]) -> None:
    """Chain, unknown place and figure are read: three equal but empty readings do not pass."""
    rows = list(plain_rows(readings["text"]))
    assert 6 <= len(rows) <= 8
    assert {row["certainty"] for row in rows} >= {"confirmed", "purported", "unknown", "stated"}
    assert any(len(row["chain"]) == 2 for row in rows)
    assert any(figure[2] == 11000 for row in rows for figure in row["figures"])


@pytest.mark.parametrize("form", ["text", "html", "pdf"])
def test_each_form_knows_who_published_it_and_when(readings: dict[str, Reading], form: str) -> None:
    """The day and the wire are found in each; the print date of the PDF is not taken for it."""
    report = readings[form].report
    assert report.published is not None
    assert report.published.start is not None
    assert report.published.start[:10] == "2024-12-27"
    assert report.credit is not None
    assert "Meridian" in report.credit


@pytest.mark.parametrize("form", ["text", "html", "pdf"])
def test_furniture_makes_no_claim(readings: dict[str, Reading], form: str) -> None:
    """Neither the related headline nor the advert is read."""
    contents = " ".join(row["content"] for row in plain_rows(readings[form]))
    assert "Pyongyang Claims" not in contents
    assert "Subscribe" not in contents
