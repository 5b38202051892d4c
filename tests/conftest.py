"""Fixtures that tests of more than one room use."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared(root: Path) -> Path:
    """The folder beside the checkout with other people's texts; skips where it is not there."""
    folder = root.parent / "shared"
    if not (folder / "gold").is_dir():
        pytest.skip("needs ../shared, which only developers have")
    return folder
