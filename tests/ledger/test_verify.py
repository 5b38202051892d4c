"""What was changed by hand is named: an entry, a row, a link."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select, text

from bench.ledger.generated import generate
from sayso.errors import LedgerDamageError
from sayso.ledger import Filters, Ledger
from sayso.ledger.store import chain, schema
from sayso.record import Reading


@pytest.fixture
def full(
    ledger: Ledger, make_reading: Callable[..., Reading], say_copy: Callable[..., None]
) -> Ledger:
    """A ledger with all kinds of entries."""
    ledger.add(generate(4))
    ledger.add(generate(2, start=4))
    ledger.add([make_reading("Ada Moss", "Six boats sank"), make_reading("a fisher", "Six sank")])
    ledger.judge("accept", "c3.0", by="e", reason="r")
    ledger.judge("correct", "c3.1", by="e", reason="r", field="certainty", new="unknown")
    say_copy(ledger, "r2", "r4")
    assert list(ledger.verify()) == []
    return ledger


def tamper(ledger: Ledger, *statements: str) -> list[str]:
    """Change the store behind the ledger's back; the places that `verify` then names."""
    with ledger.engine.begin() as conn:
        for statement in statements:
            conn.execute(text(statement))
    return [f"{t.where}: {t.what}" for t in ledger.verify()]


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE entry SET maker = 3 WHERE id = 5", "e5: the entry was changed"),
        ("UPDATE entry SET at = at + 1 WHERE id = 6", "e6: the entry was changed"),
        ("DELETE FROM entry WHERE id = 5", "e5: the entry is missing"),
        ("DELETE FROM entry WHERE id = (SELECT max(id) FROM entry)", "the entry is missing"),
        ("DELETE FROM payload WHERE entry = 5", "e5: what it says is missing"),
        ("DELETE FROM batch WHERE seq = 1", "link 1: the link is missing"),
        ("UPDATE batch SET at = at - 1 WHERE seq = 2", "link 2: the link was changed"),
        ("UPDATE head SET batch = batch - 1", "head: it does not stand at the last link"),
        ("UPDATE head SET at = 1", "head: it does not stand at the last link"),
        ("UPDATE head SET entry = entry + 1", "head: it does not stand at the last link"),
        ("DELETE FROM head", "head: the head is missing"),
        ("UPDATE maker SET name = 'nobody'", "e1: its row of maker was changed (name)"),
        ("UPDATE report SET publisher = 'X' WHERE entry = 2", "r2: its row of report was changed"),
        ("DELETE FROM report WHERE entry = 2", "r2: its row of report is missing"),
        ("UPDATE reading SET until = 5 WHERE entry = 3", "e3: its row of reading was changed"),
        ("UPDATE claim SET certainty = 'denied' WHERE reading = 5 AND n = 2", "c5.2: its row of"),
        ("UPDATE claim SET content = 'x' WHERE reading = 5 AND n = 2", "(content)"),
        ("DELETE FROM claim WHERE reading = 5 AND n = 2", "c5.2: its row of claim is missing"),
        ('UPDATE figure SET best = 9999 WHERE "row" = 12', "its row of figure was changed (best)"),
        ('DELETE FROM figure WHERE "row" = 12', "its row of figure is missing"),
        ("UPDATE source SET named = NOT named WHERE reading = 3 AND n = 0", "e3, source 0"),
        ('DELETE FROM facet WHERE "row" = 12', "it is not found under all its terms"),
        ('UPDATE facet SET "row" = 11 WHERE "row" = 12 AND term = (SELECT max(term) FROM facet'
         ' WHERE "row" = 12 AND term NOT IN (SELECT term FROM facet WHERE "row" = 11))',
         "it is not found under all its terms"),
        ("UPDATE judgement SET target = 'c3.2' WHERE action = 'accept'", "row of judgement was"),
        ("DELETE FROM judgement WHERE action = 'accept'", "its row of judgement is missing"),
        ("UPDATE mask SET until = 1", "its row of mask was changed (until)"),
        ("UPDATE link SET member = 'r6' WHERE member = 'r4'", "its row of link was changed"),
    ],
)  # fmt: skip
def test_one_change_is_named(full: Ledger, statement: str, where: str) -> None:
    """Each kind of row, changed or deleted by hand, is found and named."""
    found = tamper(full, statement)
    assert any(where in line for line in found), found


@pytest.mark.parametrize("what", ["CAST('hello' AS TEXT)", "x'00ff'"])
@pytest.mark.parametrize("kind", ["reading", "maker", "report"])
def test_what_is_no_payload_any_more_is_named(full: Ledger, what: str, kind: str) -> None:
    """Other bytes, or text where bytes were: the entry is named, the rest is still compared."""
    if full.engine.dialect.name == "postgresql":  # a column of bytes takes nothing else there
        what = "decode('00ff', 'hex')"
    query = select(func.min(schema.entry.c.id)).where(schema.entry.c.kind == kind)
    with full.engine.connect() as conn:
        entry = conn.scalar(query)
    own = f"WHERE entry = {entry}"
    found = tamper(full, f"UPDATE payload SET content = {what} {own}")  # noqa: S608
    assert f"e{entry}: what it says is damaged" in found
    assert len(tamper(full, "UPDATE entry SET maker = 3 WHERE id = 6")) > len(found)


def test_a_table_that_is_gone_is_said(full: Ledger) -> None:
    """What to do is said, and not to run what just ran."""
    with pytest.raises(LedgerDamageError, match="a table is missing; restore a copy"):
        tamper(full, "DROP TABLE export")


def test_swapped_texts_are_named_both(full: Ledger) -> None:
    """Two payloads that changed places commit to neither entry."""
    found = tamper(
        full,
        "UPDATE payload SET entry = -1 WHERE entry = 2",
        "UPDATE payload SET entry = 2 WHERE entry = 4",
        "UPDATE payload SET entry = 4 WHERE entry = -1",
    )
    assert [line for line in found if "swapped" in line] == [
        "e2: what it says was changed or swapped",
        "e4: what it says was changed or swapped",
    ]


def test_a_row_that_nothing_was_entered_for_is_named(full: Ledger) -> None:
    """A forged claim, copied from another with a new number."""
    with full.engine.begin() as conn:
        rows = conn.execute(text("SELECT * FROM claim WHERE reading = 5 AND n = 2"))
        row = dict(rows.mappings().one())
        row |= {"row": 100_000, "n": 77}
        columns = ", ".join(f'"{c}"' for c in row)
        marks = ", ".join(f":{c}" for c in row)
        conn.execute(text(f"INSERT INTO claim ({columns}) VALUES ({marks})"), row)  # noqa: S608
    assert "c5.77: a row of claim that nothing was entered for" in [
        f"{t.where}: {t.what}" for t in full.verify()
    ]


def test_a_consistent_forgery_of_one_entry_shows_in_its_link(full: Ledger) -> None:
    """Whoever recomputes an entry's own hash still breaks the link."""
    with full.engine.begin() as conn:
        row = conn.execute(schema.entry.select().where(schema.entry.c.id == 5)).one()
        fields = (row.id, row.batch, row.kind, 3, row.at, row.about, row.commitment)
        conn.execute(
            schema.entry.update()
            .where(schema.entry.c.id == 5)
            .values(maker=3, hash=chain.entry_hash(fields))
        )
    assert any(t.where == "link 1" for t in full.verify())


def test_the_head_can_be_noted_elsewhere(full: Ledger) -> None:
    """A ledger cut back to an earlier state is whole in itself; its head says that it was cut."""
    noted = full.head()
    full.judge("accept", "c3.0", by="e", reason="r")
    assert full.head().link == noted.link + 1
    assert full.head().hash != noted.hash


def test_questions_do_not_disturb(full: Ledger) -> None:
    """Asking changes nothing that is verified."""
    head = full.head()
    full.claims(Filters(words="troops"))
    full.sources()
    full.reports()
    assert full.head() == head


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("DELETE FROM export", "its row of export is missing"),
        ("INSERT INTO export (entry, report) SELECT entry, 999 FROM export", "nothing was entered"),
    ],
)
def test_what_left_is_held_too(ledger: Ledger, statement: str, what: str) -> None:
    """Which reports a file told of: nobody hides that it left, or makes it up."""
    ledger.add(generate(1, claims=2))
    report = ledger.reports().rows[0].report
    entry = ledger.note_export("out.csv", "csv", [report], by="Ana")
    assert list(ledger.verify()) == []
    with ledger.engine.begin() as conn:
        conn.execute(text(statement))
    assert [(t.where, what in t.what) for t in ledger.verify()] == [(entry, True)]
