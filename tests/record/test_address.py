"""What is no address has no parts."""

from __future__ import annotations

import pytest

from sayso.record.address import split_address


@pytest.mark.parametrize("words", ["http://[x", "http://[::1", "//[a"])
def test_what_is_no_address_has_no_parts(words: str) -> None:
    """Whoever writes it, nothing stops."""
    parts = split_address(words)
    assert (parts.scheme, parts.netloc, parts.hostname, parts.path) == ("", "", None, words)


def test_an_address_has_its_parts() -> None:
    """As the standard library tells them."""
    parts = split_address("https://Paper.example:8080/a?b=c")
    assert (parts.scheme, parts.hostname, parts.port) == ("https", "paper.example", 8080)
    assert (parts.path, parts.query) == ("/a", "b=c")
