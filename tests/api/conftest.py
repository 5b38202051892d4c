"""A ledger of one story and a reading, made once for the tests of the API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import sayso

STORY = (
    "Two boats sank off Odda on Monday, killing nearly 30, the harbour master told AFP. "
    "He denied that anyone was missing."
)


@pytest.fixture(scope="session")
def reading() -> sayso.Reading:
    """A short report, read."""
    return sayso.read(STORY, published="2024-12-27", publisher="Fjord News", name="odda")


@pytest.fixture(scope="session")
def strike(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sayso.Ledger]:
    """A ledger of the four reports on a strike; nothing is added to it by a test."""
    path = tmp_path_factory.mktemp("api") / "strike.db"
    with sayso.Ledger(path) as ledger:
        ledger.add(root / "examples/stories/strike-on-market")
        yield ledger
