"""A ledger on SQLite that may only be read, and one that is not there."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy.engine import make_url

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


def test_a_ledger_that_may_only_be_read_answers_many_at_once(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection that one thread made serves another, as the desk's do."""
    monkeypatch.setattr(os, "access", lambda *_: False)
    together = Barrier(4, timeout=20)

    def ask(_: int) -> int:
        together.wait()
        seen = ledger.seen_by("amber")
        return len([ledger.incidents(limit=5), seen.sources().rows, seen.claims().rows])

    with Ledger.open(f"sqlite:///{file}", create=False) as ledger:
        for _ in range(3):  # each time other threads
            with ThreadPoolExecutor(4) as pool:
                assert list(pool.map(ask, range(4))) == [3] * 4


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


@pytest.mark.parametrize("name", ["q?mode=ro", "a b?.db"])
def test_a_file_takes_no_options(name: str, tmp_path: Path) -> None:
    """Half of a name would be made, and the wish not to write be passed over."""
    with pytest.raises(LedgerUrlError, match="takes no options"):
        Ledger.open(f"sqlite:///{tmp_path}/{name}")
    assert list(tmp_path.iterdir()) == []


def test_another_programs_file_stays_as_it_is(tmp_path: Path) -> None:
    """No table is made in it, to read or to write."""
    path = tmp_path / "foreign.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE album (title)")
    other.close()
    before = path.read_bytes()
    for create in (True, False):
        with pytest.raises(LedgerUrlError, match=r"another program's database .*'album'"):
            Ledger.open(f"sqlite:///{path}", create=create)
    assert path.read_bytes() == before


def test_where_no_file_can_be_made_the_folder_is_named(tmp_path: Path) -> None:
    """A folder that is missing is to be made; one that is there is not."""
    with pytest.raises(LedgerUrlError) as missing:
        Ledger.open(f"sqlite:///{tmp_path}/none/sayso.db")
    assert missing.value.mend == "make its folder first"
    (tmp_path / "sayso.db").mkdir()  # SQLite opens none of that name, whoever asks
    with pytest.raises(LedgerUrlError) as there:
        Ledger.open(f"sqlite:///{tmp_path}/sayso.db")
    assert there.value.mend.startswith(f"no file can be made in {tmp_path}")


def test_what_a_server_does_not_have(server: Any) -> None:
    """A database or a user that is not there is called so: the server is not away."""
    address = make_url(server.url("postgres"))
    for url in (address.set(database="nowhere"), address.set(username="nobody_here")):
        with pytest.raises(LedgerUrlError, match="no such database or user is there"):
            Ledger.open(url.render_as_string(hide_password=False))
