"""What is kept beside the chain, changed in one go."""

from __future__ import annotations

import threading
from typing import Any

from sayso.ledger import Ledger


def test_a_change_is_of_what_is_kept_then(store: str) -> None:
    """Many who count at once count all; None forgets."""
    with Ledger.open(store, maker="tests") as ledger:

        def count(value: dict[str, Any] | None) -> dict[str, Any]:
            return {"n": (value or {"n": 0})["n"] + 1}

        threads = [
            threading.Thread(target=ledger.alter, args=("try", "try-1", count)) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [k.value for k in ledger.kept("try")] == [{"n": 8}]
        same = ledger.alter("try", "try-1", lambda value: value)
        assert same
        assert same.value == {"n": 8}
        assert ledger.alter("try", "try-1", lambda _: None) is None
        assert ledger.alter("try", "try-2", lambda value: value) is None
        assert ledger.kept("try") == []


def test_of_a_kind_the_last_changed_stay(store: str) -> None:
    """A bound on what is kept forgets the oldest."""
    with Ledger.open(store, maker="tests") as ledger:
        for n in range(6):
            ledger.alter("try", f"try-{n}", lambda _: {"n": 1}, most=3)
        ledger.alter("try", "try-3", lambda _: {"n": 2}, most=3)
        assert {k.id for k in ledger.kept("try")} == {"try-3", "try-4", "try-5"}
