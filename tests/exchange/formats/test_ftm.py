"""FollowTheMoney statements: read as CSV, and by the library."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sayso.exchange.columns import Told
from sayso.exchange.formats.ftm import COLUMNS, date_prefix
from sayso.exchange.leaving import Asked
from sayso.incidents.view import view_incident
from sayso.ledger import Ledger
from sayso.record import When
from tests.exchange.formats.conftest import Leave


def rows_of(file: Path) -> list[dict[str, str]]:
    """The statements."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, dialect=csv.unix_dialect))


def entities_of(file: Path) -> dict[str, dict[str, list[str]]]:
    """Properties by entity, with its schema under `schema`."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows_of(file):
        entity = found.setdefault(row["entity_id"], {"schema": [row["schema"]]})
        entity.setdefault(row["prop"], []).append(row["value"])
    return found


def test_each_statement_is_whole(leave: Leave) -> None:
    """In the library's columns, none twice; an entity's stand together and say one schema."""
    rows = rows_of(leave("ftm"))
    assert tuple(rows[0]) == COLUMNS
    for row in rows:
        assert all(row[c] for c in ("canonical_id", "prop", "prop_type", "value", "origin", "id"))
        assert row["original_value"] != row["value"]
    assert len({r["id"] for r in rows}) == len(rows)
    order = [r["entity_id"] for r in rows]
    starts = [id_ for n, id_ in enumerate(order) if n == 0 or order[n - 1] != id_]
    assert len(starts) == len(set(starts))
    assert all(len({r["schema"] for r in rows if r["entity_id"] == i}) == 1 for i in starts)


def test_a_claim_names_where_it_comes_from(leave: Leave) -> None:
    """The claim's handle as origin, its words, chain, report and incident."""
    file = leave("ftm")
    entities = entities_of(file)
    notes = [e for e in entities.values() if e["schema"] == ["Note"]]
    (note,) = [n for n in notes if n["description"] == ["Up to 40 were wounded"]]
    assert note["summary"] == ["Harbour Press › the fire brigade"]
    assert note["keywords"] == ["certainty: stated", "polarity: positive"]
    assert entities[note["proof"][0]]["title"] == ["Toll of Porto depot shelling disputed"]
    assert entities[note["entity"][0]]["schema"] == ["Event"]
    origins = {r["origin"] for r in rows_of(file) if r["value"] == "Up to 40 were wounded"}
    assert len(origins) == 1
    assert origins.pop().startswith("c")


def test_figures_are_as_the_policy_says(leave: Leave, odd: Ledger) -> None:
    """In words, with their open ends and the policy."""
    events = [
        e for e in entities_of(leave("ftm", Asked(policy="lowest"))).values() if "recordId" in e
    ]
    assert len(events) == len(odd.incidents())
    for event in events:
        view = view_incident(odd, event["recordId"][0])
        cells = Told(view, (), "lowest").cells
        assert event["notes"][0] == "figures by the policy lowest"
        assert len(event["notes"]) == 1 + len(cells)
        for cell, words in zip(cells, event["notes"][1:], strict=True):
            assert words.startswith(f"{cell.measure}: at least ")
            assert ("at most not told" in words) is (cell.high is None)


def test_unknown_stays_unknown(leave: Leave) -> None:
    """No date, place or point where none is told; who has no name of his own is no entity."""
    entities = entities_of(leave("ftm"))
    (ambush,) = [e for e in entities.values() if e.get("name") == ["attack"]]
    assert not {"date", "location", "country", "addressEntity"} & set(ambush)
    assert not any("latitude" in e for e in entities.values())
    names = {n for e in entities.values() for n in e.get("name", ())}
    assert not any("rebel spokesman" in n or "█" in n for n in names)
    assert any(e["schema"] == ["Article"] and "publishedAt" not in e for e in entities.values())


@pytest.mark.parametrize(
    ("start", "end", "date"),
    [
        ("2024-06-01", "2024-06-30", "2024-06"), ("2024-06-03", "2024-06-09", "2024-06"),
        ("2024-06-28", "2024-07-04", "2024"), ("2024-01-01", "2024-12-31", "2024"),
        ("2023-12-30", "2024-01-02", ""), ("2024-06-01", None, ""), (None, "2024-06-01", ""),
        ("2024-06-01", "2024-06-01", "2024-06-01"),
        ("2024-06-01T08:00", "2024-06-01T08:00", "2024-06-01T08:00"),
        ("2024-06-01T08:00+09:00", "2024-06-01T08:00+09:00", "2024-06-01"),
    ],
)  # fmt: skip
def test_a_month_is_no_day(start: str | None, end: str | None, date: str) -> None:
    """As much of the date as both ends share."""
    assert date_prefix(When(start, end, "unknown", "stated")) == date


@pytest.fixture(scope="module")
def library() -> Iterator[Any]:
    """The library, without ICU where that is not installed: it writes names in Latin letters.

    Whatever is asked of it fails the test.
    """

    def refuse(text: str) -> str:
        raise AssertionError(f"ICU is asked to write {text!r}")

    icu = SimpleNamespace(
        Transliterator=SimpleNamespace(
            createInstance=lambda _: SimpleNamespace(transliterate=refuse)
        )
    )
    with pytest.MonkeyPatch.context() as patch:
        if find_spec("icu") is None:
            patch.setitem(sys.modules, "icu", icu)
        yield pytest.importorskip("followthemoney", reason="it is one of the developers' tools")


def test_the_library_takes_it(leave: Leave, library: Any) -> None:
    """Each value is one that followthemoney would keep, under the id that it would give."""
    from followthemoney.statement import StatementEntity, serialize  # noqa: PLC0415

    by_entity: dict[str, list[Any]] = {}
    for statement in serialize.read_csv_statements(io.BytesIO(leave("ftm").read_bytes())):
        prop = library.model.get(statement.schema).get(statement.prop)
        assert prop.type.name == statement.prop_type
        assert prop.type.clean(statement.value) == statement.value
        assert statement.id == statement.generate_key()
        by_entity.setdefault(statement.canonical_id, []).append(statement)
    dataset = library.Dataset.make({"name": "sayso", "title": "sayso"})
    for statements in by_entity.values():
        entity = StatementEntity.from_statements(dataset, statements)
        assert all(entity.has(prop.name) for prop in map(entity.schema.get, entity.schema.required))
        assert all(s.value in entity.get(s.prop) for s in statements)
