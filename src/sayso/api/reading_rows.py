"""Readings as rows of tables; apart, since reading alone needs no ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

from sayso.api.frames import numbered
from sayso.exchange.formats.rows import report_rows
from sayso.exchange.formats.tables import Row
from sayso.ledger.asking.report_page import ReportPage
from sayso.ledger.layout.answers import ReportAnswer
from sayso.record import Reading


class _Loose(ReportPage):
    """A reading that no ledger holds: its report goes by its name, its claims after it."""

    __slots__ = ()

    def handle(self, n: int) -> str:
        """What the claim with a number is called."""
        return f"{self.report.report}.c{n}"


def rows_of(readings: Sequence[Reading], table: str) -> Iterator[Row]:
    """The rows of a table of the readings."""
    names = numbered(reading.report.name for reading in readings)
    for reading, name in zip(readings, names, strict=True):
        report = reading.report
        nothing = cast("Any", None)  # no ledger has learnt it, nor knows of versions
        answer = ReportAnswer(
            report=name, report_id=report.id, name=report.name, title=report.title,
            publisher=report.publisher, credit=report.credit, url=report.url, published=None,
            version=nothing, previous=None, learnt=nothing,
        )  # fmt: skip
        page = _Loose(answer, 0, reading, nothing, nothing, (), (), (), (), {})
        yield from (row for of, row in report_rows(page) if of == table)
