"""`sayso demo`: our own examples, read."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.api import example
from sayso.api.example import find_examples
from sayso.cli.main import run
from sayso.errors import UsageError


def test_the_examples_are_found() -> None:
    """At least eight reports, as text, HTML and PDF."""
    found = find_examples()
    assert len(found) >= 8
    assert {path.suffix for path in found} >= {".txt", ".html", ".pdf"}


def test_examples_inside_the_package_come_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after `pip install`, where no checkout is near."""
    package = tmp_path / "site-packages" / "sayso"
    story = package / "examples" / "stories" / "one" / "01.txt"
    story.parent.mkdir(parents=True)
    story.write_text("x", encoding="utf-8")
    monkeypatch.setattr(example, "__file__", str(package / "api" / "example.py"))
    assert find_examples() == [story]
    story.unlink()
    with pytest.raises(UsageError, match="not installed"):
        find_examples()


def test_the_demo_prints_a_table_and_says_where_the_page_lies(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The page is where it says, holds each report, and the table each claim's chain."""
    few = find_examples()[:2]
    monkeypatch.setattr(example, "find_examples", lambda: few)
    assert run(["demo", "--out", str(tmp_path / "d")]) == 0
    out, err = capsys.readouterr()
    page = tmp_path / "d" / "sayso-demo.html"
    assert str(page) in err.splitlines()[-2]
    assert err.rstrip().endswith("demo --serve --open")
    assert page.read_text(encoding="utf-8").count("<article") == 2
    assert all(path.name in out for path in few)
