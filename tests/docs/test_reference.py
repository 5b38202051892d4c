"""The pages that are made from the program are those that it makes now."""

from __future__ import annotations

import pytest

from tests.docs.blocks import ROOT
from tools.make_reference import PAGES, ontology, page_with, wire


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_what_the_program_says(name: str) -> None:
    """`tools/make_reference.py` was run after the last change of schema or ontology."""
    made = wire() if name == "wire" else ontology()
    assert page_with(name, made) == (ROOT / f"docs/{name}.md").read_text("utf-8")


def test_each_field_of_the_schema_has_a_meaning() -> None:
    """`wire` refuses a field that tools/wire_fields.toml does not explain; all nouns are there."""
    made = wire()
    for noun in ("Report", "Attribution", "Claim", "Event", "Figure", "Place", "When"):
        assert f"\n## {noun}\n" in made
    assert "| `certainty` | `confirmed`, `stated`," in made
