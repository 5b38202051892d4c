"""Which names are those of agencies, whose texts others carry."""

from __future__ import annotations

import pytest

from sayso.lexicon.publishers import find_agency, wires_in


@pytest.mark.parametrize("name", ["Meridian News Agency", "The Fenland Press Agency", "Reuters"])
def test_an_agency_is_known_by_the_table_or_by_what_it_calls_itself(name: str) -> None:
    """An agency that the table lacks says in its name what it is."""
    found = find_agency(name)
    assert found is not None
    assert found.is_wire
    assert found.name == name


@pytest.mark.parametrize(
    "name",
    ["Ann Roe", "The Fenland Gazette", "Space Agency", "News Agency", "National Crime Agency"],
)
def test_other_names_are_no_agencies(name: str) -> None:
    """A person, a paper and an agency of another trade are not."""
    assert find_agency(name) is None


def test_a_byline_may_name_one_that_is_unknown() -> None:
    """In "By Ann Roe and Meridian News Agency" only the second is a wire."""
    found = wires_in("By Ann Roe and Meridian News Agency")
    assert [agency.name for agency in found] == ["Meridian News Agency"]
