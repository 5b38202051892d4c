"""The table of formats: whole, documented, and what every format promises."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from sayso.exchange.formats.offer import BY_NAME, FORMATS, Format

ROOT = Path(__file__).resolve().parents[3]
EACH = pytest.mark.parametrize("form", FORMATS, ids=lambda f: f.name)


@EACH
def test_a_format_is_documented(form: Format) -> None:
    """docs/formats.md lists it with its ending and in the words of the help."""
    page = (ROOT / "docs/formats.md").read_text("utf-8").split("\n## ")[0]
    (line,) = [x for x in page.splitlines() if x.startswith(f"| `{form.name}` | ")]
    assert (f"`{form.ending}`" if form.ending else "a folder") in line
    assert f"[{form.title}](#" in line
    assert f": {form.holds} |" in line
    assert form.extra is None or f"`sayso[{form.extra}]`" in line


@EACH
def test_a_format_has_a_writer(form: Format) -> None:
    """A function in this room; what is a folder is no text."""
    module, _, function = form.writer.partition(":")
    assert callable(getattr(import_module(f"sayso.exchange.{module}"), function))
    assert not (form.folder and form.is_text)


def test_names_and_endings_stand_once() -> None:
    """A name is one format."""
    assert len(BY_NAME) == len(FORMATS)
