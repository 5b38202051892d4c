from __future__ import annotations

import copy
import typing
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import LexiconError
from sayso.lexicon.events import load_events, make_ontology
from sayso.lexicon.load import load_table
from sayso.record import Counts

TYPES = set(
    "attack strike shelling bombing shooting stabbing clash advance withdrawal control deployment "
    "capture abduction arrest release death injury casualties missing displacement destruction "
    "support threat agreement talks sanction protest trial accident responsibility other".split()
)


def test_types() -> None:
    """The ontology holds the types of the guide, and each says what it means."""
    ontology = load_events()
    assert set(ontology.types) == TYPES
    assert all(t.means and len(t.roles) == 3 for t in ontology.types.values())
    assert {t.counts for t in ontology.types.values()} <= set(typing.get_args(Counts))


def test_every_type_but_other_has_words() -> None:
    """Each type has words that tell of it; `other` has none, so that nothing is guessed."""
    ontology = load_events()
    told = {f.type for part in ontology.words.values() for frames in part.values() for f in frames}
    told |= {p.type for phrases in ontology.phrases.values() for p in phrases if p.type}
    assert told == TYPES - {"other"}


BROKEN = [
    ({"types": {}}, "no [types.NAME]"),
    ({"types": {"raid": "attack"}}, "is no table"),
    ({"types": {"raid": {"verb": ["raid"]}}}, "unknown key 'verb'"),
    ({"types": {"raid": {"verbs": "raid", "counts": "dead"}}}, "counts 'dead'"),
    ({"types": {"raid": {"roles": ["raider"]}}}, "1 roles"),
    ({"types": {"raid": {"nouns": [1]}}}, "no list of words"),
    ({"types": {"raid": {"phrases": ["... raid"]}}}, "begins or ends with a gap"),
    ({"types": {"raid": {"frames": [{"object": ["x"]}]}}}, "names no verb"),
    ({"types": {"raid": {"frames": [{"verb": "raid", "objekt": ["x"]}]}}}, "unknown key 'objekt'"),
    ({"types": {"raid": {"frames": [{"verb": "raid", "object": ["@nobody"]}]}}}, "no class"),
    ({"types": {"raid": {}}, "instruments": {"theft": ["crowbar"]}}, "unknown type"),
]


@pytest.mark.parametrize(("table", "what"), BROKEN, ids=[w for _, w in BROKEN])
def test_broken_tables(table: dict[str, Any], what: str) -> None:
    """A wrong table is refused with what is wrong and how to mend it."""
    with pytest.raises(LexiconError) as error:
        make_ontology(table)
    assert what in error.value.what
    assert error.value.mend


def test_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user's folder adds a type and a word to a type of the package."""
    (tmp_path / "events.toml").write_text(
        '[types.heist]\nmeans = "a robbery"\nnouns = ["heist"]\n'
        '[types.attack]\nnouns = ["onfall"]\n'
    )
    monkeypatch.setenv("SAYSO_LEXICON", str(tmp_path))
    load_table.cache_clear()
    try:
        ontology = make_ontology(copy.deepcopy(load_table("events")))
    finally:
        load_table.cache_clear()
    assert ontology.types["heist"].means == "a robbery"
    assert [f.type for f in ontology.words["noun"]["onfall"]] == ["attack"]
    assert "ambush" in ontology.words["noun"]


def test_own_folder_error_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong key in a user's file is shown with that file and the line."""
    (tmp_path / "events.toml").write_text('[types.heist]\nnouns = ["heist"]\nnuons = ["x"]\n')
    monkeypatch.setenv("SAYSO_LEXICON", str(tmp_path))
    load_table.cache_clear()
    try:
        with pytest.raises(LexiconError) as error:
            make_ontology(copy.deepcopy(load_table("events")))
    finally:
        load_table.cache_clear()
    assert error.value.file == str(tmp_path / "events.toml")
    assert error.value.line == 3
