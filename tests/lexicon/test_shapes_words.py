"""What data sets of conflicts part and side by: shapes.toml, regions.toml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.exchange.countries import state_of
from sayso.exchange.shapes.sides import class_of
from sayso.lexicon.events import load_events
from sayso.lexicon.load import load_table, load_words
from sayso.record.incident import ActorLine


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A user's folder; what was loaded is forgotten before and after."""
    monkeypatch.setenv("SAYSO_LEXICON", str(tmp_path))
    load_table.cache_clear()
    load_words.cache_clear()
    yield tmp_path
    load_table.cache_clear()
    load_words.cache_clear()


def test_what_is_named_is_there() -> None:
    """Families, classes and types of shapes.toml are those of events.toml."""
    ontology = load_events()
    families = {ontology.family(type_) for type_ in ontology.types}
    assert load_words("shapes", "sides", "families") <= families
    for key in ("things", "called"):
        assert load_words("shapes", "sides", key) <= set(ontology.classes)
    for key in ("at_hand", "at_large"):
        assert load_words("shapes", "sides", key) <= set(ontology.types)


def test_lists_of_ones_own_are_added(own: Path) -> None:
    """A team's word for who may be anybody, and bounds of a region."""
    (own / "shapes.toml").write_text('[sides]\nanybody = ["settlers"]\n', encoding="utf-8")
    (own / "regions.toml").write_text('[ged]\n"Asia" = [[991, 999]]\n', encoding="utf-8")
    told = ActorLine("death", "victim", "five settlers", None, None, "civilians", 5, ("c1.1",))
    assert class_of(told, load_events()) is None
    assert class_of(replace(told, words="five villagers"), load_events()) == "civilians"
    assert load_table("regions")["ged"]["Asia"] == [[700, 990], [991, 999]]


@pytest.mark.parametrize(
    ("code", "region"),
    [("USA", "Americas"), ("DEU", "Europe"), ("MLI", "Africa"), ("SYR", "Middle East"),
     ("IND", "Asia"), ("PYF", None)],
)  # fmt: skip
def test_a_country_lies_in_one_of_ged_s_regions(code: str, region: str | None) -> None:
    """By its Gleditsch and Ward number; who has none lies in none."""
    state = state_of(code)
    assert state is not None
    assert state.ged_region == region
