"""Rows in order beside the chain, and whose a report is: what exchange with partners rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from sayso.errors import PartnerError
from sayso.ledger import Ledger, Maker
from sayso.ledger.entries.partnered import (
    append,
    family_of,
    labels_of,
    last_of,
    makers_of,
    row_after,
    touched_since,
)
from sayso.record import Reading

Make = Callable[..., Reading]


@pytest.fixture
def ledger(store: str) -> Iterator[Ledger]:
    """An open, empty ledger on either store."""
    with Ledger.open(store, maker=Maker("partner", "North", "k")) as opened:
        yield opened


def test_a_row_has_no_gap_and_is_nobody_elses(ledger: Ledger) -> None:
    """Numbers count up from 1 for each; one that is taken is not taken again."""
    whole = ledger.whole
    assert [append(whole, "sent", "partner-a", {"at": n}) for n in range(3)] == [1, 2, 3]
    assert append(whole, "sent", "partner-b", {}) == 1
    assert append(whole, "taken", "partner-a", {}, n=1) == 1
    with pytest.raises(PartnerError, match="number 1 is taken"):
        append(whole, "taken", "partner-a", {}, n=1)
    assert [(n, k.value) for n, k in row_after(whole, "sent", "partner-a", 1)] == [
        (2, {"at": 1}), (3, {"at": 2}),
    ]  # fmt: skip
    assert [n for n, _ in row_after(whole, "sent", "partner-a", limit=1)] == [1]
    assert (last_of(whole, "sent", "partner-a"), last_of(whole, "sent", "partner-c")) == (3, 0)
    assert list(ledger.verify()) == []


def test_versions_and_what_stands_for_them_are_one_family(
    ledger: Ledger, make_reading: Make
) -> None:
    """The last version is shown, below red what stands in its place; whose it is stays."""
    ledger.add([make_reading("Quillon Ravenscourt", "It burned")])
    (first,) = [r.report for r in ledger.reports().rows]
    head, touched = touched_since(ledger.whole, 0)
    assert touched == {first}
    assert family_of(ledger.whole, first).shown == first
    ledger.add([make_reading("Quillon Ravenscourt", "It burned down")])
    second = ledger.reports().rows[0].report
    assert family_of(ledger.whole, first).shown == second
    assert touched_since(ledger.whole, head)[1] >= {second}
    key = ledger.sources("Ravenscourt").rows[0].key
    ledger.judge("protect", key, by="ann", reason="asked for it")
    (label,) = labels_of(ledger.whole)
    assert labels_of(ledger.whole) == {label: key}
    family = family_of(ledger.whole, second)
    assert family.shown not in (first, second)
    assert {first, second, family.shown} <= family.reports
    assert family_of(ledger.whole, family.shown).original == second
    assert makers_of(ledger.whole, [second]) == {second: Maker("partner", "North", "k")}
    assert family_of(ledger.whole, "r999").reports == {"r999"}
