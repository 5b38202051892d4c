"""A ledger on SQLite that may only be read, and one that is not there."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.errors import LedgerUrlError
from sayso.ledger import Ledger
from sayso.record import Reading

Make = Callable[..., Reading]


@pytest.fixture
def file(tmp_path: Path, make_reading: Make) -> Path:
    """A ledger's file, with a report in it, in a folder of its own."""
    path = tmp_path / "kept" / "sayso.db"
    path.parent.mkdir()
    with Ledger.open(f"sqlite:///{path}") as ledger:
        ledger.add([make_reading("Ada Moss", "Six boats sank")])
    return path


def test_a_ledger_that_may_only_be_read_answers(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written beside it, and who would write into it is told why not."""
    monkeypatch.setattr(os, "access", lambda *_: False)  # who runs the tests may be root
    with Ledger.open(f"sqlite:///{file}", create=False) as ledger:
        (claim,) = ledger.claims().rows
        assert claim.content == "Six boats sank"
        assert list(ledger.verify()) == []
        with pytest.raises(LedgerUrlError, match="may not be written"):
            ledger.judge("accept", claim.claim, by="desk", reason="rang them")
        assert [path.name for path in file.parent.iterdir()] == ["sayso.db"]


def test_what_is_being_written_can_be_read_by_others(
    file: Path, make_reading: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer's log is read too: somebody else's new report is seen."""
    with Ledger.open(f"sqlite:///{file}") as writer:
        writer.add([make_reading("Bo Lind", "Four boats came home", url=None)])
        assert file.with_name("sayso.db-wal").exists()
        monkeypatch.setattr(os, "access", lambda *_: False)
        with Ledger.open(f"sqlite:///{file}", create=False) as ledger:
            assert len(ledger.claims().rows) == 2


def test_looking_for_a_ledger_makes_none(tmp_path: Path) -> None:
    """Not even an empty file."""
    path = tmp_path / "none.db"
    with pytest.raises(LedgerUrlError, match="no ledger is there"):
        Ledger.open(f"sqlite:///{path}", create=False)
    assert not path.exists()
