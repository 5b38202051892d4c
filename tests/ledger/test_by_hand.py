"""Claims that people add to a reading: entered, carried, rejected when they are taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bench.ledger.generated import generate
from sayso.errors import LedgerError, NotInLedgerError, UsageError
from sayso.incidents.figures_list import list_figures
from sayso.ledger import Filters, Ledger
from sayso.record import Reading
from sayso.record.wire import to_wire

Make = Callable[..., Reading]
WHO = {"by": "editor", "reason": "it was missed"}


def parts(start: int = 0, end: int = 9, killed: int = 41, **claim: Any) -> dict[str, Any]:
    """A claim in the report's own voice that counts the killed."""
    figure = {
        "id": f"figure-{killed}", "span": [[start, end]], "low": killed, "best": killed,
        "high": killed, "bound": "exact", "counts": "killed", "of": [], "scope": "incident",
        "since": None,
    }  # fmt: skip
    own = {
        "id": f"claim-{killed}", "content": [[start, end]], "attribution": None,
        "certainty": "stated", "polarity": "positive", "certainty_cue": [], "events": [],
        "figures": [figure["id"]],
    }  # fmt: skip
    return {"claims": [own | claim], "figures": [figure]}


def with_event(made: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """The same, of the event of a reading's first claim that has one."""
    event = to_wire(reading)["events"][0]
    figure = made["figures"][0]["id"]
    own = {**event, "id": "event-own", "figures": [figure], "trigger": made["claims"][0]["content"]}
    return {**made, "claims": [made["claims"][0] | {"events": ["event-own"]}], "events": [own]}


def test_an_added_claim_counts(linked: Ledger) -> None:
    """It is found, stands in the report's incident with its figure, and the chain holds."""
    (reading,) = generate(1, claims=4)
    linked.add([reading])
    (before,) = [r.incident for r in linked.incidents() if r.main]
    made = linked.add_claim("r2", with_event(parts(), reading), **WHO)
    assert (made.action, made.by, made.reason) == ("add", "editor", "it was missed")
    page = linked.report_page("r2")
    assert made.target == page.handle(4)
    assert page.reader == "tests"
    assert [j.action for j in page.judged[made.target]] == ["add"]
    assert linked.claim(made.target).content
    assert 41 in [row.figure.best for row in list_figures(linked, Filters(), 100)]
    assert [r.incident for r in linked.incidents() if r.main] == [before]
    assert list(linked.verify()) == []


def test_taking_it_back_rejects_it_and_can_be_taken_back(linked: Ledger) -> None:
    """It stays, marked, and counts in no figure; twice is refused; the rejection can be undone."""
    (reading,) = generate(1, claims=4)
    linked.add([reading])
    made = linked.add_claim("r2", with_event(parts(), reading), **WHO)
    gone = linked.withdraw(made.entry, **WHO)
    assert 41 not in [row.figure.best for row in list_figures(linked, Filters(), 100)]
    assert [j.action for j in linked.judgements(made.target)] == ["add", "reject"]
    with pytest.raises(UsageError, match="withdrawn before"):
        linked.withdraw(made.entry, **WHO)
    linked.withdraw(gone, **WHO)
    assert 41 in [row.figure.best for row in list_figures(linked, Filters(), 100)]
    assert list(linked.verify()) == []


def test_it_outlives_a_new_reading_with_what_was_decided(linked: Ledger) -> None:
    """Reading anew keeps it and its correction; corrections of others hold when it is added."""
    (reading,) = generate(1, claims=4)
    linked.add([reading])
    linked.judge("correct", "c3.0", **WHO, field="certainty", new="denied")
    made = linked.add_claim("r2", with_event(parts(), reading), **WHO)
    linked.judge("correct", made.target, **WHO, field="figure.0.best", new=43)
    (added,) = linked.add([reading], reread=True)
    assert (added.status, added.lapsed) == ("reread", ())
    page = linked.report_page("r2")
    assert len(page.reading.claims) == 5
    assert page.reading.claims[0].certainty == "denied"
    assert [j.action for j in page.judged[page.handle(4)]] == ["add", "correct"]
    assert 43 in [row.figure.best for row in list_figures(linked, Filters(), 100)]
    linked.withdraw(made.entry, **WHO)  # the older entry leads to what it became
    assert [j.action for j in linked.judgements(page.handle(4))][-1] == "reject"
    assert list(linked.verify()) == []


def test_what_was_known_before_lacks_it(linked: Ledger) -> None:
    """The ledger as it was before the addition answers without it."""
    (reading,) = generate(1, claims=4)
    linked.add([reading])
    then = linked.head().at
    linked.add_claim("r2", parts(), **WHO)
    assert len(linked.report_page("r2", as_known_at=then).reading.claims) == 4
    assert len(linked.claims(Filters(as_known_at=then)).rows) == 4
    assert len(linked.claims().rows) == 5


def test_what_makes_no_claim_is_refused(linked: Ledger, make_reading: Make) -> None:
    """Spans outside the text, no reason, the same twice, no report, an earlier version."""
    linked.add([make_reading("Ada Moss", "Six boats sank")])
    with pytest.raises(UsageError, match="makes no claim"):
        linked.add_claim("r2", parts(0, 10_000), **WHO)
    with pytest.raises(UsageError, match="reason"):
        linked.add_claim("r2", parts(), by="editor", reason=" ")
    with pytest.raises(NotInLedgerError):
        linked.add_claim("r99", parts(), **WHO)
    linked.add_claim("r2", parts(), **WHO)
    held = linked.report_page("r2").handle(1)
    with pytest.raises(UsageError, match=f"already: {held}$"):
        linked.add_claim("r2", parts(), **WHO)
    rejected = linked.judge("reject", held, **WHO)
    with pytest.raises(UsageError, match=f"withdraw {rejected.entry}"):
        linked.add_claim("r2", parts(), **WHO)
    linked.add([make_reading("Ada Moss", "Six boats sank", more="More came.")])
    with pytest.raises((LedgerError, NotInLedgerError)):
        linked.add_claim("r2", parts(killed=5), **WHO)
    assert list(linked.verify()) == []


def test_it_goes_with_its_report(linked: Ledger) -> None:
    """An erased report leaves nothing of a claim that was added to it."""
    (reading,) = generate(1, claims=4)
    linked.add([reading])
    linked.add_claim("r2", parts(killed=4141), by="editor", reason="zebra crossing")
    linked.erase("r2", by="editor", why="asked to")
    assert linked.claims().rows == ()
    assert list(linked.verify()) == []
