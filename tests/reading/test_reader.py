"""Reports read together: the same readings as one by one."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.parsing.model import Model
from sayso.reading.reader import TOGETHER, Reader, group_reports
from sayso.record import Report
from sayso.record.wire import to_wire

TEXTS = [
    "Ines Orr told reporters on Friday that the fire was out, adding that nobody was hurt.",
    'Storm closes port\n\n"Nobody is missing," said the harbour master. Two tugs sank.\n\n'
    "The port stays closed, according to its owner. At least 12 people were killed in Oslo.",
    "",
    "No.",
    "The army said it had killed 14 rebels near Goma on Tuesday. A rebel spokesman denied it.\n\n"
    "Police in Kampala believe that the men, who were seen on Monday, had fled.",
    "GUNMEN KILLED MAYOR PEDRO RUIZ IN LIMA ON MONDAY, POLICE SAID. NOBODY CLAIMED IT.",
    "La police a dit que personne n'était blessé.",
]


@pytest.fixture(scope="module")
def reader(model: Model) -> Reader:
    """A reader of the shared model."""
    return Reader(model)


def test_company_changes_no_byte(reader: Reader, report_of: Callable[[str], Report]) -> None:
    """Read together, in any company, each report has the reading that it has alone."""
    reports = [report_of(text) for text in TEXTS]
    reports[-1] = dataclasses.replace(reports[-1], language="fr")
    alone = [json.dumps(to_wire(reader.read(report))) for report in reports]
    for company in (reports, reports[::-1] * 3):
        wanted = [alone[reports.index(report)] for report in company]
        assert [json.dumps(to_wire(r)) for r in reader.read_many(company)] == wanted


def test_nothing_is_read_of_nothing(reader: Reader) -> None:
    """No reports, no readings."""
    assert list(reader.read_many([])) == []


@given(st.lists(st.integers(0, 60_000), max_size=40))
def test_groups_keep_the_order_and_stay_small(sizes: list[int]) -> None:
    """Each report is in one group, in order; none is of many reports or much text."""
    blank = Report("r", "r", "", None, None, None, None, None, None, ())
    reports = [dataclasses.replace(blank, text=" " * size) for size in sizes]
    groups = list(group_reports(reports))
    assert [r for group in groups for r in group] == reports
    for group in groups:
        assert 1 <= len(group) <= TOGETHER
        assert len(group) == 1 or sum(len(r.text) for r in group) <= 40_000
