"""What stands beside the chain: feeds, views, webhooks; kept, changed, forgotten, moved, erased."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.errors import NotInLedgerError, UsageError
from sayso.ledger import Ledger, move
from sayso.ledger.entries.kept import LARGEST


@pytest.fixture
def ledger(store: str) -> Iterator[Ledger]:
    """An open, empty ledger on either store."""
    with Ledger.open(store, maker="tests") as opened:
        yield opened


def test_kept_changed_and_forgotten(ledger: Ledger) -> None:
    """Under a random id, in the order of keeping; the chain does not move."""
    head = ledger.head()
    first = ledger.keep("feed", {"url": "https://a.example/rss"})
    second = ledger.keep("feed", {"url": "https://b.example/rss"})
    ledger.keep("feed", {"url": "https://a.example/rss", "error": "404"}, first.id)
    assert [k.id for k in ledger.kept("feed")] == [first.id, second.id]
    assert ledger.kept("feed", first.id)[0].value["error"] == "404"
    assert ledger.kept("view") == []
    assert ledger.forget("feed", first.id)
    assert not ledger.forget("feed", first.id)
    assert [k.id for k in ledger.kept("feed")] == [second.id]
    assert ledger.head() == head
    assert list(ledger.verify()) == []


def test_what_cannot_be_kept_is_refused(ledger: Ledger) -> None:
    """Too large; an id that nobody gave out."""
    with pytest.raises(UsageError, match="too large"):
        ledger.keep("view", {"query": "x" * LARGEST})
    with pytest.raises(NotInLedgerError):
        ledger.keep("view", {}, "view-0")


def test_items_are_looked_at_once(ledger: Ledger) -> None:
    """What was seen is not new, until the feed no longer shows it; each feed by itself."""
    one, two = (ledger.keep("feed", {"url": url}).id for url in ("https://a", "https://b"))
    assert ledger.unseen(one, ["1", "2", "1"]) == ["1", "2"]
    ledger.saw(one, ["1", "2"])
    ledger.saw(one, ["2"])
    assert ledger.unseen(one, ["3", "2", "1"]) == ["3"]
    assert ledger.unseen(two, ["1"]) == ["1"]
    ledger.saw(one, ["3"], shown=["2", "3"])
    assert ledger.unseen(one, ["1", "2", "3"]) == ["1"]
    ledger.forget("feed", one)
    assert ledger.unseen(one, ["2"]) == ["2"]


def test_an_erased_name_goes_here_too(ledger: Ledger) -> None:
    """A saved view that asks for somebody holds the name."""
    view = ledger.keep("view", {"name": "Roe", "query": "actor=Jane%20Roe"})
    ledger.erase_names(["Jane Roe"], by="admin", why="asked for")
    assert "Roe" not in ledger.kept("view", view.id)[0].value["query"]
    assert list(ledger.verify()) == []


def test_moved_along(ledger: Ledger, store: str, tmp_path: Path) -> None:
    """Another store has the same feeds and has seen the same items."""
    feed = ledger.keep("feed", {"url": "https://a.example/rss"})
    ledger.saw(feed.id, ["1"])
    target = f"sqlite:///{tmp_path}/moved.db"
    move(store, target)
    with Ledger.open(target, create=False) as moved:
        assert moved.kept("feed") == ledger.kept("feed")
        assert moved.unseen(feed.id, ["1", "2"]) == ["2"]
