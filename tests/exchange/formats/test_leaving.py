"""What leaves is of one instant, whatever comes in while it is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.exchange.formats.leaving import open_leaving
from sayso.exchange.gather import Asked
from sayso.incidents.batch import Linking
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
        leaving = open_leaving(ledger, Asked())
        before = [told.view.id for told in leaving.told()]
        for n in (0, 4):  # a report of the same shelling by a witness, and one of an abduction
            add(ledger, n)
        assert len(ledger.incidents()) > len(before)
        after = list(leaving.told())
        assert [told.view.id for told in after] == before
        assert {line.report for told in after for line in told.view.report_lines} == {"r2"}
        assert PRIVATE not in repr(after)
        assert [page.report.report for page in leaving.pages()] == ["r2"]
        assert leaving.about()["as_known_at"] == leaving.head.at
