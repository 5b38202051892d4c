"""Who publishes at an address, and which wire a line names."""

from __future__ import annotations

import pytest

from sayso.page.outlet import (
    find_wire,
    host_of,
    looks_like_agency,
    looks_like_outlet,
    publisher_at,
    wire_named,
)


@pytest.mark.parametrize(
    ("address", "host", "publisher"),
    [
        ("https://www.themoscowtimes.com/author/afp-3", "themoscowtimes.com", "The Moscow Times"),
        ("www.reuters.com/world", "reuters.com", "Reuters"),
        ("https://courier.example:8080/a", "courier.example", None),
        ("https://twitter.com/reuters", "twitter.com", None),
        ("http://127.0.0.1:8791/a", None, None),
        ("file:///home/a.html", None, None),
        ("http://[broken", None, None),
    ],
)
def test_addresses(address: str, host: str | None, publisher: str | None) -> None:
    """Hosts where anyone writes, or that only one machine sees, name no publisher."""
    assert (host_of(address), publisher_at(address)) == (host, publisher)


def test_wires() -> None:
    """A wire by any of its names; two letters only as they are written."""
    assert wire_named("AFP-3") == "AFP"
    assert wire_named("Reuters Staff") == "Reuters"
    assert wire_named("Jane Roe") is None
    assert wire_named("Pa.") is None
    assert find_wire("Jane Roe, with Agence France-Presse") == "AFP"
    assert find_wire("Jane Roe, Larne Courier") is None


def test_names_that_no_table_knows() -> None:
    """A paper and an agency are told by how such are called."""
    assert looks_like_outlet("Volga Chronicle")
    assert not looks_like_outlet("Jane Roe")
    assert looks_like_agency("Meridian News Agency")
    assert not looks_like_agency("Volga Chronicle")
