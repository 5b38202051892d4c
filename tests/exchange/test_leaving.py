"""What leaves is of one instant, whatever comes in while it is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sayso.exchange import leaving
from sayso.exchange.gather import gather
from sayso.exchange.leaving import Asked, open_leaving
from sayso.incidents.batch import Linking
from sayso.incidents.view import view_incident
from sayso.intake.json_lines import read_json_line
from sayso.ledger import Ledger
from sayso.page import find_reports
from sayso.reading.reader import Reader
from tests.exchange.formats.conftest import PRIVATE, STORIES

Add = Callable[[Ledger, int], None]


@pytest.fixture
def add(reader: Reader) -> Add:
    """A function that adds one of the stories to a ledger."""

    def do(ledger: Ledger, n: int) -> None:
        line = json.dumps(STORIES[n]).encode()
        (report,) = find_reports(read_json_line("stories.jsonl", 1, line))
        ledger.add([reader.read(report)])

    return do


def test_a_report_that_comes_in_meanwhile_is_not_in_it(tmp_path: Path, add: Add) -> None:
    """Neither the incident that it opens nor what it tells of one that is held, and no name."""
    url = f"sqlite:///{tmp_path / 'own.db'}"
    with Ledger.open(url, maker="tests", linking=Linking()) as ledger:
        add(ledger, 1)
        opened = open_leaving(ledger, Asked())
        before = [told.view.id for told in opened.told()]
        for n in (0, 4):  # a report of the same shelling by a witness, and one of an abduction
            add(ledger, n)
        assert len(ledger.incidents()) > len(before)
        after = list(opened.told())
        assert [told.view.id for told in after] == before
        assert {line.report for told in after for line in told.view.report_lines} == {"r2"}
        assert PRIVATE not in repr(after)
        assert [page.report.report for page in opened.pages()] == ["r2"]
        assert opened.about()["as_known_at"] == opened.head.at


def test_a_spreadsheet_is_of_one_instant(
    tmp_path: Path, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report that `sayso watch` adds while it is written is in no row and no sheet of words."""
    url = f"sqlite:///{tmp_path / 'own.db'}"
    with Ledger.open(url, maker="tests", linking=Linking()) as ledger:
        add(ledger, 1)
        before = gather(ledger, Asked())
        waiting = [0, 4]

        def view(*args: Any, **options: Any) -> Any:
            while waiting:
                add(ledger, waiting.pop())
            return view_incident(*args, **options)

        monkeypatch.setattr(leaving, "view_incident", view)
        during = gather(ledger, Asked())
        assert waiting == []
        assert (during.rows, during.words) == (before.rows, before.words)
        assert PRIVATE not in repr(during.rows)
