"""A marking given with a report that is known: a stricter one holds, a laxer one does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.errors import NotInLedgerError, UsageError
from sayso.ledger import Ledger
from sayso.record import Reading

Make = Callable[..., Reading]
WORDS = "Four soldiers were killed on 1 May 2024 in Sudzha"


def test_a_stricter_marking_takes_hold(linked: Ledger, make_reading: Make) -> None:
    """As by `judge mark`: kept with who said so, for all that rests on the report."""
    told = make_reading("Ann Roe", WORDS)
    other = make_reading("Bo Finch", WORDS, url="https://two.example/b")
    (first, _) = linked.add([told, other])
    assert first.marking is None

    (again, new) = linked.add(
        [told, make_reading("Cy Ode", "Nine fled", url=None)], marking="red", marked_by="Ada"
    )

    assert (again.status, again.marking, again.claims) == ("same", "red", 1)
    assert (new.status, new.marking) == ("new", "red")
    assert linked.report(first.report).marking == "red"
    (judged,) = linked.judgements(first.report)
    assert (judged.action, judged.by, judged.detail) == ("mark", "Ada", {"marking": "red"})
    seen = linked.seen_by("amber")
    with pytest.raises(NotInLedgerError):
        seen.report(first.report)
    assert [r.handles for r in seen.incidents(limit=5)] == [["r4"]]
    assert list(linked.verify()) == []


def test_a_laxer_marking_changes_nothing(linked: Ledger, make_reading: Make) -> None:
    """What holds is told, and nothing is entered."""
    told = make_reading("Ann Roe", WORDS)
    linked.add([told], marking="red")
    (again,) = linked.add([told], marking="green")
    assert (again.status, again.marking) == ("same", "red")
    (same,) = linked.add([told], marking="red")
    assert same.marking == "red"
    assert len(linked.judgements(again.report)) == 1


def test_a_version_never_makes_its_page_laxer(linked: Ledger, make_reading: Make) -> None:
    """A marking is of all versions of a page: the stricter one stands, whichever came with it."""
    url = "https://paper.example/story"
    linked.add([make_reading("Ann Roe", WORDS, url=url)], marking="amber")
    (lax,) = linked.add([make_reading("Ann Roe", f"Later {WORDS}", url=url)], marking="clear")
    assert (lax.status, lax.marking) == ("version", "amber")
    (strict,) = linked.add([make_reading("Ann Roe", f"Now {WORDS}", url=url)], marking="red")
    assert (strict.status, strict.marking) == ("version", "red")
    assert linked.seen_by("amber").reports().rows == ()
    assert list(linked.verify()) == []


def test_who_may_not_mark_hides_nothing_that_is_known(linked: Ledger, make_reading: Make) -> None:
    """Else whoever may add could take a report from all others."""
    told = make_reading("Ann Roe", WORDS)
    linked.add([told])
    (again,) = linked.seen_by("red", marks=False).add([told], marking="red")
    assert again.marking == "clear"
    assert linked.report(again.report).marking == "clear"


def test_nobody_is_told_of_a_marking_above_them(linked: Ledger, make_reading: Make) -> None:
    """A text that they add is held already; how it is marked is not theirs to know."""
    told = make_reading("Ann Roe", WORDS, url=None)
    linked.add([told], marking="red")
    (again,) = linked.seen_by("green").add([told], marking="clear")
    assert (again.status, again.marking) == ("same", None)


def test_what_is_no_marking_is_refused(linked: Ledger, make_reading: Make) -> None:
    """In words, before anything is kept."""
    with pytest.raises(UsageError, match="'AMBER' is no marking; TLP"):
        linked.add([make_reading("Ann Roe", WORDS)], marking="AMBER")  # type: ignore[arg-type]
    assert linked.head().entries == 0
