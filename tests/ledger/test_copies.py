"""Which reports share text, kept: what a page tells of is what linking found when they came."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sayso.incidents.batch import Linking
from sayso.incidents.view import view_incident
from sayso.ledger import Ledger, move
from sayso.ledger.entries.copies import copies_among, copy_id
from sayso.ledger.store.engines import reading
from sayso.record import Reading
from sayso.record.incident import CopyLine
from sayso.record.links import Copy

Make = Callable[..., Reading]
DAY = "2031-05-0{}T12:00"
COPIED = "Divers searched the flooded tunnel until dawn and found three lorries under the mud. " * 3


@pytest.fixture
def told(make_reading: Make) -> Callable[..., Reading]:
    """A function that makes the wire's text as a page carries it, with more or without."""

    def tell(page: int, more: str = "") -> Reading:
        url = f"https://paper{page}.example/story"
        return make_reading("Mila Brandt", "nine were hurt", url=url, more=COPIED + more)

    return tell


def held(ledger: Ledger, reports: list[str], at: str | None = None) -> list[Copy]:
    """The copies among reports."""
    with reading(ledger.engine) as conn:
        return list(copies_among(conn, reports, at))


def test_a_page_tells_of_the_copies_that_are_held(
    linked: Ledger, told: Callable[..., Reading]
) -> None:
    """Each with the shared stretch on both sides; before the second came, there was none."""
    linked.add([told(1)], learnt=DAY.format(1))
    linked.add([told(2, "The tunnel reopens.")], learnt=DAY.format(3))
    first, second = sorted((r.report for r in linked.reports().rows), key=lambda r: int(r[1:]))
    (copy,) = held(linked, [first, second])
    assert (copy.a, copy.b) == (first, second)
    assert copy.share_a == 1 > copy.share_b
    assert held(linked, [first, second], DAY.format(2)) == held(linked, [first]) == []
    (line,) = view_incident(linked, first).copies
    assert line.id == copy_id(first, second)
    for one, other in line.passages:
        assert {one.report, other.report} == {first, second}
        assert one.words == other.words
    assert any("flooded tunnel" in one.words for one, _ in line.passages)
    assert view_incident(linked, first, as_known_at=DAY.format(2)).copies == ()
    linked.judge("undo", line.id, incident=view_incident(linked, first).id, by="d", reason="w",
                 reports=[first, second])  # fmt: skip
    assert view_incident(linked, first).copies == ()
    assert list(linked.verify()) == []


def test_the_order_of_adding_changes_no_copy(
    store: str, tmp_path: Path, told: Callable[..., Reading]
) -> None:
    """A page tells the same shares and words, whichever report came first."""
    readings = [told(1), told(2, "The tunnel reopens."), told(3, "Nobody says when.")]
    seen = []
    for n, order in enumerate((readings, readings[::-1])):
        url = store if n == 0 else f"sqlite:///{tmp_path}/other.db"
        with Ledger.open(url, linking=Linking()) as ledger:
            for each in order:
                ledger.add([each])
            ids = {r.report: r.report_id for r in ledger.reports().rows}
            view = view_incident(ledger, next(iter(ids)))
            seen.append({
                (ids[c.a], ids[c.b], c.share_a, c.share_b, *_words(c))
                for c in view.copies
            })  # fmt: skip
    assert len(seen[0]) == 3
    assert seen[0] == seen[1]


def _words(copy: CopyLine) -> Iterator[str]:
    return (quote.words for passage in copy.passages for quote in passage)


@pytest.mark.parametrize("by", ["tests", "another reader"])
def test_a_copy_read_again_is_said_once(
    store: str, tmp_path: Path, told: Callable[..., Reading], by: str
) -> None:
    """Read anew by the same reader or another, and as a new version: verify holds, so does move."""
    with Ledger.open(store, maker="tests", linking=Linking()) as ledger:
        ledger.add([told(1), told(2)])
        reports = [r.report for r in ledger.reports().rows]
        assert len(held(ledger, reports)) == 1
    with Ledger.open(store, maker=by, linking=Linking()) as ledger:
        assert {a.status for a in ledger.add([told(2), told(1)], reread=True)} == {"reread"}
        assert len(held(ledger, reports)) == 1
        assert ledger.add([told(1, "The tunnel reopens.")])[0].status == "version"
        assert list(ledger.verify()) == []
    assert move(store, f"sqlite:///{tmp_path}/moved.db") > 0
