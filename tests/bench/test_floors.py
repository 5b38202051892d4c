"""Quality on our own marked text does not fall below its floors."""

from __future__ import annotations

import json

import pytest

from bench.quality.__main__ import FLOORS, below_floor
from bench.quality.datasets import DATASETS, Dataset, measure
from bench.quality.where import ROOT

# other people's texts are `make bench`'s: they are not everywhere, and take minutes
OWN = [d for d in DATASETS if d.gold.is_relative_to(ROOT)]
PINNED = json.loads(FLOORS.read_text(encoding="utf-8"))


@pytest.mark.parametrize("dataset", OWN, ids=lambda d: d.id)
def test_our_own_sets_are_read_as_well_as_before(dataset: Dataset) -> None:
    """Each measure with a floor reaches it; `make bench` shows all of them."""
    assert list(below_floor({dataset.id: measure(dataset)}, PINNED)) == []


def test_each_floor_is_of_a_set_and_below_a_hundred() -> None:
    """A floor of a set that is not measured would hold nothing."""
    assert set(PINNED) <= {d.id for d in DATASETS}
    assert {d.id for d in OWN} <= set(PINNED)
    assert all(0 < v <= 100 for floors in PINNED.values() for v in floors.values())
