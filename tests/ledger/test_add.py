"""Taking readings in: once, in versions, all or nothing."""

from __future__ import annotations

import gc

import pytest

from bench.ledger.generated import generate
from sayso.ledger import Filters, Ledger
from sayso.uncollected import uncollected


def test_a_report_taken_in_twice_changes_nothing(ledger: Ledger) -> None:
    """The same id again: status "same", no entry, no link, no row."""
    readings = list(generate(3))
    first = ledger.add(readings)
    head = ledger.head()
    again = ledger.add([*readings, readings[0]])
    assert [a.status for a in first] == ["new"] * 3
    assert [a.status for a in again] == ["same"] * 4
    assert [a.report for a in again[:3]] == [a.report for a in first]
    assert ledger.head() == head


def test_twice_in_one_batch_is_once(ledger: Ledger) -> None:
    """Two inputs with one text in one batch make one report."""
    (reading,) = generate(1)
    added = ledger.add([reading, reading])
    assert [a.status for a in added] == ["new", "same"]
    assert added[0].report == added[1].report
    assert len(ledger.reports().rows) == 1


def test_what_is_asked_for_comes_back_as_it_was_read(ledger: Ledger) -> None:
    """The stored reading equals the one that was added."""
    readings = list(generate(2))
    added = ledger.add(readings)
    assert [ledger.reading(a.report) for a in added] == readings


@pytest.mark.parametrize("size", [1, 2, 100])
def test_one_link_a_batch(ledger: Ledger, size: int) -> None:
    """The chain grows by one link a commit, whatever the batch holds."""
    batches = list(ledger.add_batches(generate(4), size=size))
    assert ledger.head().link == len(batches)
    assert list(ledger.verify()) == []


def test_claims_are_found_by_each_filter(ledger: Ledger) -> None:
    """Words, place, type, measure, speaker, certainty, actor and days find what fits, all of it."""
    readings = list(generate(30))
    ledger.add(readings)
    wanted = readings[7].claims[3]
    event, figure = readings[7].events[3], readings[7].figures[3]
    source = readings[7].sources[3]
    assert event.place is not None
    assert event.time is not None
    filters = Filters(
        words=f"{event.place.name} {figure.counts}", place=event.place.name, type=event.type,
        measure=figure.counts, speaker=source.name, certainty=wanted.certainty,
        from_=event.time.start, to=event.time.end,
    )  # fmt: skip
    found = ledger.claims(filters).rows
    assert wanted.id in {c.claim_id for c in found}
    for claim in found:
        assert claim.certainty == wanted.certainty
        assert claim.events[0]["type"] == event.type
        assert claim.chain[0]["name"] == source.name


@pytest.mark.parametrize("kind", ["type", "measure", "certainty", "place", "speaker", "words"])
def test_a_filter_leaves_nothing_out(ledger: Ledger, kind: str) -> None:
    """What a filter finds is what a walk over all claims finds."""
    ledger.add(generate(30))
    value = {
        "type": "attack", "measure": "killed", "certainty": "denied", "place": "korava",
        "speaker": "dask", "words": '"were wounded" korava',
    }[kind]  # fmt: skip

    def fits(claim: object) -> bool:
        words = {
            "type": claim.events[0]["type"], "measure": claim.figures[0].counts,
            "certainty": claim.certainty, "place": claim.events[0]["where"]["name"].lower(),
            "speaker": claim.chain[0]["name"].lower().split()[-1],
            "words": "x",
        }[kind]  # fmt: skip
        if kind == "words":
            return "were wounded" in claim.content and "Korava" in claim.content
        return words == value

    everything = ledger.claims(limit=1000).rows
    assert len(everything) == 300
    found = ledger.claims(Filters(**{kind: value}), limit=1000).rows
    assert [c.claim for c in found] == [c.claim for c in everything if fits(c)]


def test_pages_follow_one_another_without_gap_or_repeat(ledger: Ledger) -> None:
    """Walking by cursor gives every claim once, also while others are added."""
    ledger.add(generate(5))
    before = [c.claim for c in ledger.claims(limit=1000).rows]
    seen: list[str] = []
    cursor = None
    while True:
        page = ledger.claims(limit=7, cursor=cursor)
        seen += [c.claim for c in page.rows]
        ledger.add(generate(1, start=100 + len(seen)))
        cursor = page.next
        if cursor is None:
            break
    assert seen == before


def test_the_collector_waits_for_a_batch_and_no_longer(ledger: Ledger) -> None:
    """Also where a batch fails; whoever had it wait has it wait on."""
    list(ledger.add_batches(generate(4), size=2))
    assert gc.isenabled()
    with pytest.raises(TypeError), uncollected():
        raise TypeError
    assert gc.isenabled()
    gc.disable()
    try:
        ledger.add(generate(1, start=9))
        assert not gc.isenabled()
    finally:
        gc.enable()
