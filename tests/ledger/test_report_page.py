"""A report's page and a source's: all that the ledger holds of them at an instant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.errors import NotInLedgerError, UsageError
from sayso.ledger import Ledger
from sayso.record import Reading

Make = Callable[..., Reading]
FIRST, BETWEEN, SECOND = "2031-05-01T12:00", "2031-05-01T18:00", "2031-05-02T12:00"
COPIED = "Divers searched the flooded tunnel until dawn and found three lorries under the mud. " * 3


def test_a_page_holds_the_reading_as_it_was_known(ledger: Ledger, make_reading: Make) -> None:
    """A correction shows from its instant on; before the report came, it is not there."""
    (added,) = ledger.add([make_reading("Ada Moss", "Six boats sank")], learnt=FIRST)
    claim = ledger.claims().rows[0].claim
    made = ledger.judge(
        "correct", claim, field="certainty", new="possible", by="Bo", reason="it may", at=SECOND
    )
    now, then = (ledger.report_page(added.report, as_known_at=at) for at in (None, BETWEEN))
    assert now.handle(0) == claim
    assert (now.reading.claims[0].certainty, then.reading.claims[0].certainty) == (
        "possible", "stated",
    )  # fmt: skip
    assert [j.entry for j in now.judged[claim]] == [made.entry]
    assert then.judged == {}
    with pytest.raises(NotInLedgerError):
        ledger.report_page(added.report, as_known_at="2031-04-01")
    with pytest.raises(NotInLedgerError):
        ledger.report_page("r999")
    with pytest.raises(NotInLedgerError):
        ledger.report_page(added.report, reading=999)


def test_a_page_names_its_versions_and_earlier_readings(ledger: Ledger, make_reading: Make) -> None:
    """Oldest first; a reading that another followed is shown where it is named."""
    six, nine = make_reading("Ada Moss", "Six boats sank"), make_reading("Ada Moss", "Nine sank")
    (old,) = ledger.add([six], learnt=FIRST)
    ledger.add([six], reread=True, learnt=BETWEEN)
    (new,) = ledger.add([nine], learnt=SECOND)
    page = ledger.report_page(old.report)
    assert [v.report for v in page.versions] == [old.report, new.report]
    assert len(page.readings) == 2
    assert page.entry == page.readings[-1]
    assert ledger.report_page(old.report, reading=page.readings[0]).entry == page.readings[0]
    then = ledger.report_page(old.report, as_known_at=FIRST)
    assert [v.report for v in then.versions] == [old.report]
    assert ledger.report(new.report).version == 2


def test_copies_are_told_from_the_reports_own_side(linked: Ledger, make_reading: Make) -> None:
    """Each side names the other, with its own share and its own words first; not once undone."""
    urls = "https://one.example/a", "https://two.example/b"
    a, b = (
        make_reading("Mila Brandt", "nine were hurt", url=url, more=COPIED + more)
        for url, more in zip(urls, ("", "The tunnel reopens."), strict=True)
    )
    first, second = (each.report for each in linked.add([a, b]))
    for own, other in ((first, second), (second, first)):
        page = linked.report_page(own)
        (copy,) = page.copies
        assert (copy.copy.a, copy.copy.b, copy.other.report) == (own, other, other)
        ends = linked.report_page(other).reading.report.text
        for passage in copy.copy.passages:
            words = page.reading.report.text[passage.a.start : passage.a.end]
            assert words == ends[passage.b.start : passage.b.end]
    assert linked.report_page(second).copies[0].copy.share_a < 1
    (mention,) = linked.report_page(first).mentions
    assert mention.main
    assert mention.incident.handles == [first, second]
    assert mention.claims == (0,)


def test_a_hidden_name_is_hidden_on_the_page(ledger: Ledger, make_reading: Make) -> None:
    """In the reading and in what people said of it."""
    (old,) = ledger.add([make_reading("Ada Moss", "Six boats sank")], learnt=FIRST)
    claim = ledger.claims().rows[0].claim
    ledger.judge("note", claim, by="Bo", reason="rang Ada Moss", at=BETWEEN)
    ledger.add([make_reading("a fisher", "Six boats sank")], learnt=SECOND)
    page = ledger.report_page(old.report)
    assert page.judged[claim][0].reason.startswith("rang █")
    assert "Moss" not in str(page)


def test_a_source_has_its_claims_and_incidents(linked: Ledger, make_reading: Make) -> None:
    """Those on whose chain it stands, in a page of its reports; others' are not among them."""
    ledger = linked
    ledger.add([
        make_reading("Ada Moss", "Six boats sank", url="https://one.example/a"),
        make_reading("Bo Lind", "Six boats sank", url="https://two.example/b"),
        make_reading("Ada Moss", "Nine boats sank", url="https://three.example/c"),
    ])  # fmt: skip
    (key,) = (s.key for s in ledger.sources("moss").rows)
    page = ledger.source_page(key)
    assert page.source.reports == 2
    assert [c.content for c in page.claims] == ["Nine boats sank", "Six boats sank"]
    assert {c.report.report for c in page.claims} == {r.report for r in page.reports.rows}
    assert page.incidents
    first = ledger.source_page(key, limit=1)
    second = ledger.source_page(key, limit=1, cursor=first.reports.next)
    assert [r.report for p in (first, second) for r in p.reports.rows] == [
        r.report for r in page.reports.rows
    ]
    assert second.reports.next is None
    with pytest.raises(NotInLedgerError):
        ledger.source_page("nobody|person|")
    with pytest.raises(UsageError):
        ledger.source_page(key, cursor="x")


def test_a_claim_is_answered_as_it_held_last(ledger: Ledger, make_reading: Make) -> None:
    """Also where a later version of its page has closed it."""
    ledger.add([make_reading("Ada Moss", "Six boats sank")], learnt=FIRST)
    claim = ledger.claims().rows[0].claim
    ledger.add([make_reading("Ada Moss", "Nine boats sank")], learnt=SECOND)
    assert ledger.claim(claim).content == "Six boats sank"
    for missing in ("c1.99", "c999.0"):
        with pytest.raises(NotInLedgerError):
            ledger.claim(missing)
    with pytest.raises(NotInLedgerError):
        ledger.claim(claim, as_known_at="2031-04-01")
