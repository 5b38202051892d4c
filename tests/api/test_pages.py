"""docs/python.md and the README say what the API is and does."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from lxml import etree

from sayso.api.columns import CLAIMS, FIGURES, REPORTS, SOURCES
from sayso.incidents.figures_list import FigureRow
from sayso.ledger.layout.answers import ClaimAnswer, IncidentRow, ReportAnswer, SourceAnswer


@pytest.mark.parametrize("table", [CLAIMS, FIGURES, SOURCES, REPORTS], ids=lambda t: t.name)
def test_each_column_is_documented(table: object, root: Path) -> None:
    """Under a heading of its own, in order, with what it holds and means."""
    page = (root / "docs/python.md").read_text("utf-8")
    (part,) = re.findall(rf"\n### {table.name.title()}\n(.*?)(?=\n##)", page, re.DOTALL)  # type: ignore[attr-defined]
    told = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+) \|$", part, re.MULTILINE)
    assert told == [(c.name, c.holds, c.means) for c in table.columns]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("table", "row"),
    [("Incidents", IncidentRow), ("Claims", ClaimAnswer), ("Figures", FigureRow),
     ("Sources", SourceAnswer), ("Reports", ReportAnswer)],
)  # fmt: skip
def test_each_attribute_of_a_row_is_documented(table: str, row: type, root: Path) -> None:
    """In order, and no other."""
    page = (root / "docs/python.md").read_text("utf-8")
    (part,) = re.findall(rf"\n### A row of {table}\n(.*?)(?=\n##)", page, re.DOTALL)
    told = re.findall(r"^\| `(\w+)` \| .+ \|$", part, re.MULTILINE)
    assert told == [field.name for field in dataclasses.fields(row)]


def test_ten_lines_of_the_readme_lead_to_a_chart(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the installation; somebody who knows pandas gets a frame and a chart of who differs."""
    page = (root / "README.md").read_text("utf-8")
    (part,) = re.findall(r"\n## From Python\n(.*?)\n## ", page, re.DOTALL)
    blocks = re.findall(r"```(sh|python)\n(.*?)```", part, re.DOTALL)
    assert [language for language, _ in blocks] == ["sh", "python"]
    assert sum(1 for _, text in blocks for line in text.splitlines() if line.strip()) <= 10
    assert blocks[0][1].startswith("pip install 'sayso[frames]'")
    monkeypatch.chdir(tmp_path)  # nothing lies there: the story comes with the package
    names: dict[str, object] = {}
    exec(compile(blocks[1][1], "README.md", "exec"), names)  # noqa: S102 - our own page
    assert "Darfur Lawyers' Watch" in capsys.readouterr().out
    chart = etree.fromstring((tmp_path / "killed.svg").read_bytes())
    words = " ".join("".join(t.itertext()) for t in chart.iter("{*}text"))
    assert "differs, growth not excluded" in words
    names["ledger"].close()  # type: ignore[attr-defined]
