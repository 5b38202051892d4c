"""Fixtures that tests of more than one room use, and the option that rewrites golden files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.intake import make_capture
from sayso.page import find_reports
from sayso.reading.reader import Reader
from sayso.record import Reading

ROOT = Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--regold`: write the golden files anew instead of comparing with them."""
    parser.addoption("--regold", action="store_true", help="rewrite tests/golden")


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


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader with the model that is installed, loaded once for all tests."""
    return Reader()


@pytest.fixture(scope="session")
def read_file(reader: Reader) -> Callable[[Path], Reading]:
    """A function from a file with one report to its reading."""

    def read(path: Path) -> Reading:
        (report,) = find_reports(make_capture(path.name, path.read_bytes()))
        return reader.read(report)

    return read
