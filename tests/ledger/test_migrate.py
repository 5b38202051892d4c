"""The schema that migrations make is the one that the code uses, on both stores."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from sayso.errors import LedgerDamageError, LedgerUrlError
from sayso.ledger import Ledger, Listed
from sayso.ledger.store import schema
from sayso.ledger.store.migrate import FOLDER, NEWEST


def test_migrations_make_the_schema(ledger: Ledger) -> None:
    """Alembic finds no difference between tables and code (the word index aside)."""
    with ledger.engine.connect() as conn:
        context = MigrationContext.configure(
            conn, opts={"include_name": lambda name, *_: not (name or "").startswith("claim_words")}
        )
        assert compare_metadata(context, schema.metadata) == []


def test_lists_that_were_held_are_looked_up_by_name(ledger: Ledger, store: str) -> None:
    """The step that brought the names enters those of rows that a ledger held before."""
    actor = {"name": "Blue Front", "aliases": ["Blues"]}
    row = {"shape": "acled", "cells": {}, "incident": "incident-1"}
    ledger.take_listed([Listed("actor", "7", actor, "actors.csv")], by="A")
    ledger.take_listed([Listed("coded", "X1", row, "coded.csv")], by="A")
    with ledger.engine.begin() as conn:
        conn.execute(text("DROP TABLE listed_name"))
        for index in ("listed_incident", "incident_line_moved"):
            conn.execute(text(f"DROP INDEX {index}"))
        conn.execute(text("ALTER TABLE listed DROP COLUMN incident"))
        conn.execute(text("UPDATE alembic_version SET version_num = '0007'"))
    with Ledger.open(store) as again:
        found = again.listed_as("actor", ["blues", "blue front"])
        assert {name: [r.id for r in rows] for name, rows in found.items()} == {
            "blues": ["7"], "blue front": ["7"],
        }  # fmt: skip
        assert [r.id for r in again.coded_of("incident-1")] == ["X1"]


def test_the_newest_step_is_the_one_named() -> None:
    """`NEWEST` is the head of the folder of steps."""
    assert ScriptDirectory(str(FOLDER)).get_current_head() == NEWEST


def test_a_ledger_of_a_newer_sayso_is_left_alone(store: str) -> None:
    """It says so, and what to do."""
    with Ledger.open(store) as ledger, ledger.engine.begin() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(LedgerUrlError, match="made by a newer sayso"):
        Ledger.open(store)


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", "mysql://x/y", "sqlite://", "sqlite:///:memory:", "sqlite:///no/such/x.db"],
)
def test_what_is_no_store_is_said(url: str) -> None:
    """With what to write instead."""
    with pytest.raises(LedgerUrlError):
        Ledger.open(url)


def test_a_file_that_is_no_ledger_is_left_alone(tmp_path: Path) -> None:
    """Its bytes stay as they are."""
    path = tmp_path / "notes.txt"
    path.write_text("no ledger " * 500)
    with pytest.raises(LedgerDamageError):
        Ledger.open(f"sqlite:///{path}")
    assert path.read_text() == "no ledger " * 500


def test_asking_makes_no_ledger(tmp_path: Path) -> None:
    """Without `create`, a ledger that is not there is said."""
    with pytest.raises(LedgerUrlError, match="no ledger is there"):
        Ledger.open(f"sqlite:///{tmp_path / 'x.db'}", create=False)
