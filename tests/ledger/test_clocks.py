"""Three clocks: what happened when, what was out when, what this ledger knew when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bench.ledger.generated import generate
from sayso.errors import UsageError
from sayso.ledger import Filters, Ledger
from sayso.ledger.layout.instants import day_of, is_long, now, to_iso, to_micros
from sayso.record import Reading


def test_what_was_answered_at_an_instant_stays_so(ledger: Ledger) -> None:
    """Adding, also with an older `learnt`, never changes a replay."""
    ledger.add(generate(3), learnt="2024-05-02T12:00")
    asked = Filters(as_known_at="2024-05-02T12:00")
    then = ledger.claims(asked, limit=1000)
    ledger.add(generate(3, start=3), learnt="2024-05-02T12:00")
    ledger.add(generate(3, start=6), learnt="2020-01-01")
    assert ledger.claims(asked, limit=1000) == then
    assert len(ledger.claims(limit=1000).rows) == 90


def test_public_is_another_clock_than_known(
    ledger: Ledger, make_reading: Callable[..., Reading]
) -> None:
    """A report published in May and learnt in June was public in between."""
    ledger.add([make_reading("Ada Moss", "Six boats sank")], learnt="2024-06-01")
    assert len(ledger.claims(Filters(as_public_at="2024-05-15")).rows) == 1
    assert ledger.claims(Filters(as_known_at="2024-05-15")).rows == ()
    assert ledger.claims(Filters(as_public_at="2024-05-01")).rows == ()
    # a day is over before what it published was surely out
    assert ledger.claims(Filters(as_public_at="2024-05-02T09:00")).rows == ()


def test_event_days_are_found_by_overlap(ledger: Ledger) -> None:
    """A window finds what a walk over all claims finds, at its edges too."""
    ledger.add(generate(40))
    everything = ledger.claims(limit=1000).rows
    days = sorted(c.events[0]["when"]["start"] for c in everything)
    for first, last in ((days[0], days[0]), (days[50], days[120]), (days[-1], days[-1])):
        wanted = [c.claim for c in everything if first <= c.events[0]["when"]["start"] <= last]
        found = ledger.claims(Filters(from_=first, to=last), limit=1000).rows
        assert [c.claim for c in found] == wanted


@pytest.mark.parametrize("value", ["yesterday", "2024-13-01", "2024-05-02T25:00"])
def test_what_is_no_instant_is_said(ledger: Ledger, value: str) -> None:
    """With an example of one."""
    with pytest.raises(UsageError, match="2024-12-27"):
        ledger.claims(Filters(as_known_at=value))


def test_a_day_alone_is_its_end() -> None:
    """What was known at a day means when that day was over."""
    assert to_iso(to_micros("2024-05-02")) == "2024-05-02T23:59:59.999999+00:00"
    assert to_iso(to_micros("2024-05-02T10:00+02:00")) == "2024-05-02T08:00:00+00:00"


def test_intervals_that_are_long() -> None:
    """Open or longer than a month; a day is not, and no time is not."""
    assert is_long("2024-01-01", "2024-12-31")
    assert is_long("2024-01-01", "9999-12-31")
    assert not is_long("2024-01-01", "2024-01-31")
    assert not is_long(None, None)
    assert day_of("2024-01-01T10:00") == "2024-01-01"


def test_nobody_asks_what_is_known_tomorrow(ledger: Ledger) -> None:
    """Of every question; a clock that is seconds ahead, and a day that has begun, mean now."""
    ledger.add(generate(1))
    (claim, *_) = ledger.claims().rows
    asks: list[Callable[[str], object]] = [
        lambda at: ledger.claims(Filters(as_known_at=at)),
        lambda at: ledger.incident_list(Filters(as_known_at=at)),
        lambda at: ledger.claim(claim.claim, as_known_at=at),
        lambda at: ledger.report_page(claim.report.report, as_known_at=at),
        lambda at: ledger.sources(as_known_at=at),
        lambda at: ledger.reports(as_known_at=at),
        lambda at: ledger.judgements(claim.claim, as_known_at=at),
        lambda at: ledger.log(as_known_at=at),
        ledger.instant,
    ]
    ahead = datetime.now(UTC) + timedelta(minutes=5)
    for at in ("2099-01-01", "9998-01-01T00:00", ahead.isoformat()):
        for ask in asks:
            with pytest.raises(UsageError, match="is yet to come"):
                ask(at)
    soon = (datetime.now(UTC) + timedelta(seconds=2)).isoformat()
    for at in (soon, datetime.now(UTC).date().isoformat(), ledger.head().at):
        assert ledger.claims(Filters(as_known_at=at)).rows == ledger.claims().rows
        assert ledger.instant(at) <= to_iso(now())


def test_a_ledger_whose_clock_is_ahead_is_asked_till_there(ledger: Ledger) -> None:
    """What another machine entered "tomorrow" can be told apart from what came before it."""
    ledger.add(generate(1), learnt="2031-05-01T12:00")
    ledger.add(generate(1, start=1), learnt="2031-05-03T12:00")
    assert len(ledger.claims(Filters(as_known_at="2031-05-02")).rows) == 10
    assert len(ledger.claims(Filters(as_known_at="2031-05-03")).rows) == 20
    with pytest.raises(UsageError, match="is yet to come"):
        ledger.claims(Filters(as_known_at="2031-05-06"))
