"""A report's text in paragraphs, whole."""

from __future__ import annotations

import dataclasses
import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.record import Block, Reading
from sayso.record.rows import find_rows

KINDS = st.sampled_from(("body", "related", "caption"))
BLOCKS = st.lists(
    st.builds(
        lambda kind, start, length: Block(kind, start, start + length),
        KINDS, st.integers(0, 80), st.integers(0, 40),
    ),
    max_size=6,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet="ab \n\t\r", max_size=80), blocks=BLOCKS)
def test_rows_tile_the_text(reading: Reading, text: str, blocks: list[Block]) -> None:
    """No character lost and none twice, whatever the blocks: overlapping, empty, too long."""
    report = dataclasses.replace(reading.report, text=text, blocks=tuple(blocks))
    rows = find_rows(report)
    assert "".join(text[r.stretch.start : r.stretch.end] for r in rows) == text


def test_furniture_stays_furniture(reading: Reading) -> None:
    """What is of the page and not of the report is told apart."""
    text = reading.report.text
    furniture = [r.stretch for r in find_rows(reading.report) if r.is_furniture]
    assert [text[s.start : s.end][:10] for s in furniture] == ["Read also:"]


def test_a_text_without_blocks_is_cut_at_blank_lines(reading: Reading) -> None:
    """A dump that nobody could sort is still read in paragraphs."""
    report = dataclasses.replace(reading.report, text="One.\n\nTwo\nmore.\n \n\nThree.", blocks=())
    rows = find_rows(report)
    assert [report.text[r.stretch.start : r.stretch.end] for r in rows] == [
        "One.\n\n",
        "Two\nmore.\n \n\n",
        "Three.",
    ]


def test_a_megabyte_of_line_ends_is_cut_in_time(reading: Reading) -> None:
    """Hostile white space costs no more than its length."""
    for char in ("\n", " ", "\n \t", "\r\n"):
        report = dataclasses.replace(reading.report, text="a" + char * 300_000 + "b", blocks=())
        start = time.process_time()
        find_rows(report)
        assert time.process_time() - start < 1
