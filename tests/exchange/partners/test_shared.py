"""What partners were sent, and whether they were told what became of it."""

from __future__ import annotations

from sayso.exchange.partners.outbox import settle
from sayso.exchange.partners.partner import forget_partner
from sayso.exchange.partners.shared import list_shared
from sayso.record import Reading
from tests.exchange.partners.conftest import House


def test_what_a_partner_was_sent_names_them_and_says_what_they_were_told(
    a: House, b: House, stories: list[Reading]
) -> None:
    """A file written beside it is never told; a partner is when they next ask, forgotten or not."""
    assert b.names
    (added,) = a.ledger.add(stories[:1], marking="green")
    a.share("South", added.report)
    a.ledger.note_export("out.csv", "csv", [added.report], by="ann")
    assert list_shared(a.ledger, outdated=True).rows == ()
    file, sent = list_shared(a.ledger).rows
    assert (file.to, file.format) == (None, "csv")
    assert (sent.to, sent.format, sent.by) == ("South", "sayso.bundle/1", "ann")
    a.ledger.judge("reject", a.ledger.claims().rows[0].claim, by="ann", reason="it is wrong")
    for _, told in zip(range(2), (False, True), strict=True):
        file, sent = list_shared(a.ledger, outdated=True).rows
        assert [c.what for c in file.changes] == [c.what for c in sent.changes] == ["rejected"]
        assert [c.told for c in (*file.changes, *sent.changes)] == [False, told]
        settle(a.ledger, a.partner("South"))
    forget_partner(a.ledger, "South")
    # what they were told of it left, too
    assert [row.to for row in list_shared(a.ledger).rows] == ["South", None, "South"]
    assert all(row.to is None for row in list_shared(a.ledger, named=False).rows)
