"""A ledger carried from one store to the other and back is the same ledger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bench.ledger.generated import generate
from sayso.errors import LedgerError, LedgerUrlError
from sayso.ledger import Filters, Ledger, move
from sayso.record import Reading


def test_there_and_back_again(
    tmp_path: Path,
    server: Any,
    make_reading: Callable[..., Reading],
    say_copy: Callable[..., None],
) -> None:
    """SQLite to PostgreSQL to SQLite: same head, same answers, verify holds at each station."""
    here, there, back = (
        f"sqlite:///{tmp_path / 'a.db'}", server.database(), f"sqlite:///{tmp_path / 'b.db'}",
    )  # fmt: skip
    with Ledger.open(here, maker="tests") as ledger:
        ledger.add(generate(30))
        ledger.add([make_reading("Ada Moss", "Six\0 boats")])
        ledger.add([make_reading("a fisher", "Six boats")])
        ledger.judge("correct", "c5.1", by="e", reason="r", field="certainty", new="unknown")
        say_copy(ledger, "r2", "r4")
        ledger.erase("r8", by="officer", why="an order")
        with ledger.postings() as postings:
            postings.post("marks", "r2", [1, 2])
        head = ledger.head()
        claims = ledger.claims(limit=1000)
        found = ledger.claims(Filters(words="troops", place="korava"), limit=1000)
        sources = ledger.sources(limit=1000)
    count = move(here, there)
    assert count == head.entries
    assert move(there, back) == count
    for url in (there, back):
        with Ledger.open(url) as ledger:
            assert ledger.head() == head
            assert ledger.claims(limit=1000) == claims
            assert ledger.claims(Filters(words="troops", place="korava"), limit=1000) == found
            assert ledger.sources(limit=1000) == sources
            assert list(ledger.verify()) == []
            ledger.add(generate(1, start=99))
            assert list(ledger.verify()) == []


def test_a_ledger_is_not_moved_onto_another(tmp_path: Path) -> None:
    """The target must be empty; nothing changes where it is not."""
    here, there = (f"sqlite:///{tmp_path / n}.db" for n in "ab")
    for url, start in ((here, 0), (there, 10)):
        with Ledger.open(url) as ledger:
            ledger.add(generate(2, start=start))
    with pytest.raises(LedgerUrlError, match="holds a ledger already"):
        move(here, there)
    with Ledger.open(there) as ledger:
        assert len(ledger.reports().rows) == 2
        assert list(ledger.verify()) == []


def test_no_ledger_is_moved_from_nowhere(tmp_path: Path) -> None:
    """A source that is not there is said, and not made."""
    with pytest.raises(LedgerUrlError, match="no ledger is there"):
        move(f"sqlite:///{tmp_path / 'none.db'}", f"sqlite:///{tmp_path / 'b.db'}")


def test_a_copy_that_does_not_verify_is_taken_out_again(tmp_path: Path, store: str) -> None:
    """The target is as empty as before, and takes the ledger once the source is whole."""
    here = f"sqlite:///{tmp_path / 'a.db'}"
    with Ledger.open(here) as ledger:
        ledger.add(generate(2))
        with ledger.engine.begin() as conn:
            conn.execute(text("UPDATE claim SET certainty = 'x' WHERE n = 0"))
    with pytest.raises(LedgerError, match="removed again"):
        move(here, store)
    with Ledger.open(store) as ledger:
        assert ledger.reports().rows == ()
        assert list(ledger.verify()) == []
        assert ledger.claims(Filters(words="people")).rows == ()
        ledger.add(generate(1))
        assert list(ledger.verify()) == []
