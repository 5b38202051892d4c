"""What the reading tests share: one loaded model, and parses of plain text."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from sayso.reading.flow import Flow, make_flow
from sayso.reading.parsing.model import Model
from sayso.reading.parsing.parse import Parse, parse_flow
from sayso.record import Block, Report, report_id


def _report_of(text: str) -> Report:
    """A report of paragraphs parted by blank lines, all of them body."""
    blocks = tuple(
        Block("body", m.start(), m.end()) for m in re.finditer(r"(?:[^\n]|\n(?!\n))+", text)
    )
    return Report(
        report_id(text, None, None, None), "test", text, None, None, None, None, None, None, blocks
    )


@pytest.fixture(scope="session")
def report_of() -> Callable[[str], Report]:
    """A function from a plain text to a report of it."""
    return _report_of


@pytest.fixture(scope="session")
def flow_of() -> Callable[[str], Flow]:
    """A function from a plain text to its flow."""
    return lambda text: make_flow(_report_of(text))


@pytest.fixture(scope="session")
def parse(model: Model) -> Callable[[str], Parse]:
    """A function from a text to its parse."""
    return lambda text: parse_flow(make_flow(_report_of(text)), model)
