"""The examples, read by the real reader and added in any order: the incidents of `sayso link`."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from sayso.incidents.batch import Linking
from sayso.incidents.view import view_incident
from sayso.ledger import Ledger
from sayso.pipeline.read import Ask, read_all
from sayso.record import Reading

Grouping = set[frozenset[tuple[str, bool]]]
FORMS = {".txt", ".html", ".pdf"}


@pytest.fixture(scope="module")
def stories(root: Path) -> dict[str, list[Reading]]:
    """The reports of each story."""
    found = {}
    for folder in sorted((root / "examples" / "stories").iterdir()):
        files = sorted(str(p) for p in folder.iterdir() if p.suffix in FORMS)
        found[folder.name] = [r for r in read_all(files, Ask()) if isinstance(r, Reading)]
    return found


@pytest.mark.parametrize("size", [1, 4])
def test_any_order_gives_the_same_incidents(
    size: int,
    stories: dict[str, list[Reading]],
    tmp_path: Path,
    grouping: Callable[[Ledger], Grouping],
    in_memory: Callable[[Sequence[Reading]], Grouping],
) -> None:
    """All stories in one ledger, one by one or in batches, in ten orders each."""
    readings = [r for story in stories.values() for r in story]
    expected = in_memory(readings)
    for seed in range(10):
        order = random.Random(seed).sample(readings, len(readings))  # noqa: S311 - for a test
        url = f"sqlite:///{tmp_path / f'{seed}.db'}"
        with Ledger.open(url, linking=Linking()) as ledger:
            for _ in ledger.add_batches(order, size=size):
                pass
            assert grouping(ledger) == expected, f"order {seed}"
    with Ledger.open(url) as ledger:
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
    events = {e.state or e.event: (e.at_least, e.at_most) for e in view.events}
    assert {"captured", "dead"} <= set(events)
    assert all(e.claims for e in view.events)
    assert any(r.weighs_for for r in view.report_lines)


def test_a_page_and_a_list_have_the_same_numbers(
    stories: dict[str, list[Reading]], tmp_path: Path
) -> None:
    """What policies make of an incident is one rule, wherever it is shown."""
    with Ledger.open(f"sqlite:///{tmp_path / 's.db'}", linking=Linking()) as ledger:
        ledger.add([r for story in stories.values() for r in story])
        rows = ledger.incidents(limit=100)
        assert any(row.figures for row in rows)
        for row in rows:
            cells = {
                (c.measure, c.policy): [c.low, c.best, c.high]
                for c in view_incident(ledger, row.incident).cells
            }
            listed = {(m, p): ends for m, held in row.figures.items() for p, ends in held.items()}
            assert cells == listed


def test_a_source_of_a_report_that_made_two_incidents_one_is_protected(
    stories: dict[str, list[Reading]], tmp_path: Path
) -> None:
    """The merge is said for that report's sake, of others' mentions: it is bound with the report.

    Each speaker of the report is protected in turn, so that each kind of entry is asked about.
    """
    url = f"sqlite:///{tmp_path / 'm.db'}"
    with Ledger.open(url, linking=Linking()) as ledger:
        ledger.add([r for story in stories.values() for r in story])
        for key in ("anneke dros|person|", "seo ji-won of the ruling party|person|"):
            ledger.judge("protect", key, by="ed", reason="asked")
            assert list(ledger.verify()) == []
