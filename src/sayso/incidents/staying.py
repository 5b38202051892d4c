"""Whether a report's text may leave this machine, as a ledger says now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.linking.copies import LIST, fingerprint, fingerprint_of

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.ledger.asking.staying import Why
    from sayso.record import Report


def why_it_stays(ledger: Ledger, report: Report) -> Why | None:
    """Why it must stay; None where it may leave. See `ledger/asking/staying.py`."""
    # with its furniture too: elsewhere the same words may be taken for the report's own
    marks = {*fingerprint_of(report).marks, *fingerprint(report.text).marks}
    return ledger.why_it_stays(report, LIST, marks)
