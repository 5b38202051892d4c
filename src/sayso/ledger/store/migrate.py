"""The schema brought up to date when a ledger is opened."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, select, text

from sayso.errors import LedgerUrlError
from sayso.ledger.store import chain, schema
from sayso.ledger.store.engines import is_sqlite, reading, writing

NEWEST = "0008"  # of migrations/versions; a test holds it against the folder
FOLDER = Path(__file__).parent / "migrations"
PG_LOCK = 0x5A750  # any number: two that open a new ledger at once make it once


def bring_up_to_date(engine: Engine, *, create: bool) -> None:
    """A ledger of this sayso's schema; made where there was none and `create` allows it.

    Raises LedgerUrlError where there is none, or it was made by a newer sayso.
    """
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    found = None
    if create or file is None or Path(file).exists():  # to look into a file would make it
        with reading(engine) as conn:
            found = _version(conn)
    if found == NEWEST:
        return
    if found is None and not create:
        raise LedgerUrlError(
            f"{engine.url.render_as_string()}: no ledger is there", "`sayso add` makes one"
        )
    with writing(engine) as conn:
        if not is_sqlite(conn):
            conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": PG_LOCK})
        _upgrade(conn)


def _version(conn: Connection) -> str | None:
    if not inspect(conn).has_table("alembic_version"):
        return None
    found: str | None = conn.scalar(text("SELECT version_num FROM alembic_version"))
    if found is not None and found > NEWEST:
        raise LedgerUrlError(
            f"{conn.engine.url.render_as_string()}: made by a newer sayso (schema {found})",
            "install that version",
        )
    return found


def _upgrade(conn: Connection) -> None:
    # imported here: a ledger that is up to date needs no Alembic
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = conn
    command.upgrade(config, NEWEST)
    if conn.scalar(select(schema.head.c.id)) is None:
        conn.execute(schema.head.insert().values(**first_head()))


def first_head() -> dict[str, object]:
    """Where the chain of a new, empty ledger stands."""
    return {
        "id": 1, "ledger": chain.new_id("ledger"), "batch": 0, "entry": 0, "row": 0, "at": 0,
        "hash": chain.START,
    }  # fmt: skip
