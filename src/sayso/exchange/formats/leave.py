"""A file in a format leaves the ledger: made, noted, kept; for the command and from Python."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.exchange.formats.making import Making
from sayso.exchange.formats.offer import Format, Left
from sayso.exchange.leaving import Asked
from sayso.ledger import Ledger
from sayso.record.marking import Marking

READ_BY: Marking = "amber+strict"  # whoever reads a file, unless somebody says more


@dataclass(frozen=True, slots=True)
class Order:
    """What is to leave, in which form, for readers of which clearance, and who takes it away.

    `name` is what the file is called: the ledger keeps its hash.
    """

    form: Format
    asked: Asked
    name: str
    by: str
    clearance: Marking = READ_BY


def leave(whole: Ledger, order: Order, made: Making) -> Left:
    """What left: the file is made by what the clearance sees, noted in the ledger, and kept.

    Raises UsageError for a filter that is wrong, and where the file cannot be written.
    """
    left = order.form.write(whole.seen_by(order.clearance), order.asked, made.part)
    noted = f"{order.form.name}, unmasked" if order.asked.unmasked else order.form.name
    whole.note_export(order.name, noted, left.reports, by=order.by)
    made.keep()
    return left
