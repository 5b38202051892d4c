"""Linking inside the ledger: what is added joins what is held, in any order, and stays true."""

from __future__ import annotations

import json
import random
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence

import pytest
from sqlalchemy import select, text

from bench.ledger.generated import generate
from sayso.errors import NotInLedgerError, UsageError
from sayso.incidents.batch import Linking
from sayso.incidents.view import view_incident
from sayso.ledger import Filters, Ledger
from sayso.ledger.asking import incidents as ask_incidents
from sayso.ledger.store import schema
from sayso.record import Reading
from sayso.record.incident import incident_to_wire

DAY = "2031-05-0{}T12:00"
Make = Callable[..., Reading]
Grouping = set[frozenset[tuple[str, bool]]]


def test_linked_as_in_memory(
    linked: Ledger,
    grouping: Callable[[Ledger], Grouping],
    in_memory: Callable[[Sequence[Reading]], Grouping],
) -> None:
    """The ledger has the incidents that `sayso link` has, each report in one main incident."""
    readings = list(generate(18, claims=5))
    random.Random(3).shuffle(readings)  # noqa: S311 - for a test
    for reading in readings:
        linked.add([reading])
    assert grouping(linked) == in_memory(readings)
    mains = [name for row in linked.incidents(limit=1000) for name in row.main]
    assert sorted(mains) == sorted(r.report.name for r in readings)
    assert list(linked.verify()) == []


def test_a_report_again_changes_nothing(linked: Ledger) -> None:
    """Neither entries nor incidents."""
    linked.add(generate(6, claims=3))
    head, rows = linked.head(), linked.incidents()
    assert {a.status for a in linked.add(generate(6, claims=3))} == {"same"}
    assert (linked.head(), linked.incidents()) == (head, rows)


def test_what_was_known_is_answered(linked: Ledger) -> None:
    """An incident grows; as known before, list and page show fewer reports."""
    linked.add(generate(2, claims=4), learnt=DAY.format(1))
    linked.add(generate(1, start=2, claims=4), learnt=DAY.format(3))
    (id_,) = {r.incident for r in linked.incidents() if len(r.main) == 3}
    now = view_incident(linked, id_)
    then = view_incident(linked, id_, as_known_at=DAY.format(2))
    assert len(now.report_lines) > len(then.report_lines)
    assert then.as_known_at == "2031-05-02T12:00:00+00:00"
    rows = {r.incident: r for r in linked.incidents(Filters(as_known_at=DAY.format(2)))}
    assert len(rows[id_].reports) == 2
    assert linked.incidents(Filters(as_known_at="2031-05-01T11:00")) == []
    with pytest.raises(NotInLedgerError, match="no incident here"):
        view_incident(linked, id_, as_known_at="2031-04-01")


def test_a_new_version_keeps_the_incident(linked: Ledger, make_reading: Make) -> None:
    """What the old text said leaves; the id stays, and the list names the page once."""
    linked.add([make_reading("Ada Moss", "Six boats sank off Tarn on Monday")])
    (before,) = linked.incidents()
    linked.add([make_reading("Ada Moss", "Seven boats sank off Tarn on Monday night")])
    (after,) = linked.incidents()
    assert after.incident == before.incident
    assert after.handles != before.handles
    assert len(after.handles) == 1
    assert list(linked.verify()) == []


def test_every_quote_is_what_stands_there(linked: Ledger) -> None:
    """On the page each span shows its words, each handle is one of the ledger's."""
    readings = list(generate(3, claims=6))
    added = linked.add(readings)
    texts = {a.report: r.report.text for a, r in zip(added, readings, strict=True)}
    wire = incident_to_wire(view_incident(linked, added[0].report))
    quotes = list(_quotes(wire))
    assert quotes
    for quote in quotes:
        pieces = (texts[quote["report"]][s:e].split() for s, e in quote["spans"])
        assert quote["words"] == " ".join(" ".join(p) for p in pieces)
    claims = {c.claim for c in linked.claims(limit=1000).rows}
    assert {c["claim"] for c in wire["claims"]} <= claims
    json.dumps(wire)


def _quotes(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        if value.keys() == {"report", "spans", "words"}:
            yield value
        for inner in value.values():
            yield from _quotes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _quotes(inner)


def test_filters_hold_for_some_claim(linked: Ledger) -> None:
    """As one asks claim by claim; two filters may hold for two claims of the incident."""
    linked.add(generate(12, claims=5))
    rows = {r.incident: r for r in linked.incidents(limit=1000)}
    home = {h: r.incident for r in rows.values() for h in r.handles if r.main}
    for filters in (
        Filters(type="attack"),
        Filters(certainty="denied"),
        Filters(words="troops", measure="killed"),
        Filters(from_="2015-01-01", to="2015-01-01"),
    ):
        claims = linked.claims(Filters(words=filters.words, type=filters.type), limit=1000).rows
        found = {r.incident for r in linked.incidents(filters, limit=1000)}
        assert found <= rows.keys()
        if filters == Filters(type="attack"):
            assert {home[c.report.report] for c in claims} & found
            assert len(found) < len(rows)
    assert linked.incidents(Filters(place="nowhere")) == []
    assert len(linked.incidents(limit=2)) == 2
    with pytest.raises(UsageError):
        linked.incidents(limit=0)


def test_reports_of_one_name_are_counted_each(linked: Ledger, make_reading: Make) -> None:
    """Two files of two folders may be called alike: a row has a name a report."""
    words = "Four soldiers were killed on 1 May 2024 in Sudzha"
    linked.add([make_reading("Ann Roe", words, url=f"https://{n}.example/") for n in "ab"])
    (row,) = linked.incidents(limit=5)
    assert row.reports == row.main == ["story.txt", "story.txt"]
    assert row.handles == ["r2", "r4"]
    assert row.counted == 2


def test_the_order_of_a_list_is_what_was_last_told_of(linked: Ledger) -> None:
    """An old incident that a new report tells of stands first again."""
    linked.add(generate(2, claims=4))
    first = linked.incidents()[0].incident
    linked.add(generate(3, start=30, claims=4))
    assert linked.incidents()[0].incident != first
    linked.add(generate(1, start=2, claims=4))
    assert first in [r.incident for r in linked.incidents()[:2]]


def test_readings_wait_for_linking(store: str) -> None:
    """A program without linking adds; the next with it links what waited, in the same way."""
    with Ledger.open(store) as plain:
        plain.add(generate(3, claims=4))
        assert plain.incidents() == []
    with Ledger.open(store, linking=Linking()) as ledger:
        ledger.add(generate(1, start=30, claims=4))
        mains = [name for row in ledger.incidents() for name in row.main]
        assert sorted(mains) == ["generated-0", "generated-1", "generated-2", "generated-30"]
        assert list(ledger.verify()) == []


def test_two_writers_make_no_incident_twice(store: str) -> None:
    """Threads add reports of the same stories at once: each report has one main incident."""
    Ledger.open(store).close()
    errors: list[BaseException] = []

    def write(start: int) -> None:
        try:
            with Ledger.open(store, linking=Linking()) as ledger:
                for number in range(start, 12, 2):
                    ledger.add(generate(1, start=number, claims=3))
        except BaseException as error:  # noqa: BLE001 - told to the test
            errors.append(error)

    threads = [threading.Thread(target=write, args=(n,)) for n in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with Ledger.open(store) as ledger:
        mains = [name for row in ledger.incidents(limit=1000) for name in row.main]
        assert len(mains) == len(set(mains)) == 12
        assert list(ledger.verify()) == []


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("incident_line", "view = '{}'"),
        ("member", "judged = NOT judged"),
        ("incident", "id = 'incident-0'"),
        ("mention", "main = NOT main"),
    ],
)
def test_a_changed_row_is_named(linked: Ledger, table: str, change: str) -> None:
    """Verify names the entry whose row somebody changed, or took out."""
    linked.add(generate(1, claims=2))
    with linked.engine.begin() as conn:
        conn.execute(text(f"UPDATE {table} SET {change}"))  # noqa: S608 - of this test
    assert any(f"its row of {table} was changed" in t.what for t in linked.verify())
    with linked.engine.begin() as conn:
        conn.execute(text(f"DELETE FROM {table}"))  # noqa: S608
    assert any(f"its row of {table} is missing" in t.what for t in linked.verify())


def blobs(ledger: Ledger) -> bytes:
    """All that linking keeps in packed form, unpacked."""
    with ledger.engine.connect() as conn:
        packed = list(conn.scalars(select(schema.mention.c.packed)))
    return b"".join(zlib.decompress(p) for p in packed if p is not None)


def test_an_erased_report_leaves_its_incident(linked: Ledger, make_reading: Make) -> None:
    """No word of it is kept by linking; the others stay together and the id answers."""
    words = "Seventeen lanterns drowned in the harbour of Tarn"
    linked.add([
        make_reading("Wilma Quillfeather", words, url=f"https://{n}.example/a", more=f"No {n}.")
        for n in range(3)
    ])  # fmt: skip
    linked.add([make_reading("Otto Berg", "A mill burnt down in Polzin", url=None)])
    (row,) = [r for r in linked.incidents() if len(r.handles) == 3]
    assert b"lantern" in blobs(linked)
    for handle in row.handles:
        linked.note_export("list.csv", "csv", [handle], by="desk")
        done = linked.erase(handle, by="officer", why="an order")
        assert [e.format for e in done.exported] == ["csv"]
        assert list(linked.verify()) == []
    assert b"lantern" not in blobs(linked)
    assert [len(r.handles) for r in linked.incidents()] == [1]
    assert b"mill" in blobs(linked)


def test_an_erased_name_is_compared_by_no_more(linked: Ledger, make_reading: Make) -> None:
    """The incident stays with its reports; what linking keeps of them lacks the name."""
    linked.add([
        make_reading("Wilma Quillfeather", "Seventeen lanterns drowned off Tarn",
                     url=f"https://{n}.example/a", more=f"Wilma Quillfeather is {n}.")
        for n in range(2)
    ])  # fmt: skip
    (before,) = linked.incidents()
    assert b"quillfeather" in blobs(linked).lower()
    linked.erase_names(["Wilma Quillfeather", "Quillfeather"], by="officer", why="a wish")
    (after,) = linked.incidents()
    assert (after.incident, after.handles) == (before.incident, before.handles)
    assert b"quillfeather" not in blobs(linked).lower()
    assert list(linked.verify()) == []


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(type="attack"),
        Filters(words="troops", measure="killed"),
        Filters(type="attack", from_="2015-01-01", to="2015-01-02"),
        Filters(measure="killed", as_known_at=DAY.format(2)),
    ],
)
def test_pages_make_the_whole_list(linked: Ledger, filters: Filters) -> None:
    """Page by page one reads each incident once, in the list's order; then there is no more."""
    linked.add(generate(12, claims=5), learnt=DAY.format(1))
    linked.add(generate(4, start=10, claims=5), learnt=DAY.format(3))
    whole = [row.incident for row in linked.incidents(filters, limit=1000)]
    assert len(whole) > 2
    for limit in (1, 2):
        paged: list[str] = []
        page = linked.incident_list(filters, limit=limit)
        paged += [row.incident for row in page.rows]
        while page.next is not None:
            page = linked.incident_list(filters, limit=limit, cursor=page.next)
            assert page.rows
            paged += [row.incident for row in page.rows]
        assert paged == whole


@pytest.mark.parametrize("filters", [Filters(), Filters(type="attack")])
def test_a_flag_leaves_those_that_have_it(
    linked: Ledger, filters: Filters, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole list's flagged ones in its order, page by page, however few are looked through."""
    linked.add(generate(24, claims=5))
    whole = linked.incidents(filters, limit=1000)
    flags = {flag for row in whole for flag in row.flags}
    assert any(0 < sum(f in row.flags for row in whole) < len(whole) for f in flags)
    for steps in (ask_incidents.LOOKED_AT, 2):
        monkeypatch.setattr(ask_incidents, "LOOKED_AT", steps)
        monkeypatch.setattr(ask_incidents, "STEP", min(steps, ask_incidents.STEP))
        for flag in (*flags, "no such"):
            paged: list[str] = []
            page = linked.incident_list(filters, limit=2, flag=flag)
            paged += [row.incident for row in page.rows]
            while page.next is not None:
                page = linked.incident_list(filters, limit=2, cursor=page.next, flag=flag)
                paged += [row.incident for row in page.rows]
            assert paged == [row.incident for row in whole if flag in row.flags], flag


@pytest.mark.parametrize("cursor", ["", "7", "1.2.x", "1.2.5", "1.2." + "0" * 40])
def test_a_foreign_cursor_is_refused(linked: Ledger, cursor: str) -> None:
    """What no list of incidents gave out is an error in words."""
    with pytest.raises(UsageError, match="no cursor"):
        linked.incident_list(Filters(type="attack"), cursor=cursor)
