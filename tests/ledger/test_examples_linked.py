"""The examples, read by the real reader and added in any order: the incidents of `sayso link`."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sqlalchemy import select

from sayso.incidents.batch import Linking
from sayso.incidents.view import view_incident
from sayso.ledger import Ledger, schema
from sayso.linking.incidents_rows import link_readings
from sayso.pipeline.read import Ask, read_all
from sayso.record import Reading

FORMS = {".txt", ".html", ".pdf"}


@pytest.fixture(scope="module")
def stories(root: Path) -> dict[str, list[Reading]]:
    """The reports of each story."""
    found = {}
    for folder in sorted((root / "examples" / "stories").iterdir()):
        files = sorted(str(p) for p in folder.iterdir() if p.suffix in FORMS)
        found[folder.name] = [r for r in read_all(files, Ask()) if isinstance(r, Reading)]
    return found


def in_memory(readings: list[Reading]) -> set[frozenset[tuple[str, bool]]]:
    """Incidents as `sayso link` has them: reports, each with whether it is about it."""
    linker = link_readings(readings).linker
    return {frozenset((m.report, m.main) for m in i.mentions) for i in linker.incidents()}


def held(ledger: Ledger) -> set[frozenset[tuple[str, bool]]]:
    """The same of a ledger."""
    member, mention, report = schema.member, schema.mention, schema.report
    query = (
        select(member.c.incident, report.c.content_id, mention.c.main)
        .join(mention, (mention.c.reading == member.c.reading) & (mention.c.n == member.c.n))
        .join(report, report.c.entry == mention.c.report)
        .where(member.c.until.is_(None), mention.c.until.is_(None))
    )
    found: dict[int, set[tuple[str, bool]]] = {}
    with ledger.engine.connect() as conn:
        for row in conn.execute(query):
            found.setdefault(row.incident, set()).add((row.content_id, bool(row.main)))
    return {frozenset(group) for group in found.values()}


@pytest.mark.parametrize("size", [1, 100])
@pytest.mark.parametrize("story", ["prisoner", "strike-on-market"])
def test_any_order_gives_the_same_incidents(
    story: str, size: int, stories: dict[str, list[Reading]], tmp_path: Path
) -> None:
    """One by one or at once, whatever comes first."""
    expected = in_memory(stories[story])
    for seed in range(2):
        order = list(stories[story])
        random.Random(seed).shuffle(order)  # noqa: S311 - for a test
        url = f"sqlite:///{tmp_path / f'{seed}.db'}"
        with Ledger.open(url, linking=Linking()) as ledger:
            for _ in ledger.add_batches(order, size=size):
                pass
            assert held(ledger) == expected
            assert list(ledger.verify()) == []


def test_the_prisoner_is_one_incident_with_two_states(
    stories: dict[str, list[Reading]], tmp_path: Path
) -> None:
    """Captured, then dead; the figures of different speakers side by side, each with its words."""
    with Ledger.open(f"sqlite:///{tmp_path / 's.db'}", linking=Linking()) as ledger:
        added = ledger.add(stories["prisoner"])
        first = next(a.report for a in added if a.name == "01-meridian-wire.txt")
        view = view_incident(ledger, first)
    assert [s.state for s in view.states] == ["captured", "dead"]
    assert 1 <= view.at_least <= view.at_most
    assert len(view.report_lines) > 5
    assert all(q.words for j in view.joins for q in j.quotes)
