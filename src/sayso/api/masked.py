"""Private people hidden in what a ledger answers, by the same rule as in an export."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import TypeVar, cast

from sayso.exchange.masking import find_in_address, hide, hide_in, names_to_hide
from sayso.ledger import ClaimAnswer, Ledger, ReportAnswer
from sayso.record import Reading

T = TypeVar("T")


class Mask:
    """Hides names in rows, and leaves out an address in which one stands; without names, none."""

    __slots__ = ("_holds", "_names", "hidden")

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = frozenset(names)
        self.hidden = hide(self._names)
        self._holds = find_in_address(self._names)

    def __call__(self, row: T) -> T:
        """The row with each character of a name one █, so that spans keep their place."""
        if not self._names:
            return row
        shown = hide_in(row, self.hidden)
        match row:
            case ReportAnswer():
                return cast("T", self._address(row, shown))
            case ClaimAnswer() if isinstance(shown, ClaimAnswer):
                report = self._address(row.report, shown.report)
                return cast("T", dataclasses.replace(shown, report=report))
            case Reading() if isinstance(shown, Reading):
                url = self._url(row.report.url)
                report_ = dataclasses.replace(shown.report, url=url)
                return cast("T", dataclasses.replace(shown, report=report_))
        return shown

    def _address(self, report: ReportAnswer, shown: object) -> ReportAnswer:
        assert isinstance(shown, ReportAnswer)  # noqa: S101 - a noun stays of its kind
        return dataclasses.replace(shown, url=self._url(report.url))

    def _url(self, url: str | None) -> str | None:
        return None if url is not None and self._holds(url, self._names) else url


SHOWN = Mask()
MaskOf = Callable[[Iterable[str]], Mask]  # of the reports that an answer rests on


def no_mask(reports: Iterable[str]) -> Mask:  # noqa: ARG001 - it looks at none
    """For whoever asked to see all names."""
    return SHOWN


def mask_of(ledger: Ledger, reports: Iterable[str]) -> Mask:
    """What hides the private people of reports; all of the same incidents are looked at."""
    return Mask(names_to_hide(ledger, reports))
