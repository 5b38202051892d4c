"""The table of publishers: found by host and name, families, and errors that say what to mend."""

from __future__ import annotations

import pytest

from sayso.errors import LexiconError
from sayso.lexicon.publishers import (
    find_by_name,
    find_publisher,
    is_wire,
    load_publishers,
    read_publisher,
    wires_in,
)


def test_found_by_host_and_its_parts() -> None:
    """A subdomain is found by its domain, an unknown host is None."""
    found = find_publisher("www.themoscowtimes.com")
    assert found is not None
    assert found.name == "The Moscow Times"
    edition = find_publisher("EDITION.cnn.com:443")
    assert edition is not None
    assert edition.name == "CNN"
    assert find_publisher("nowhere.example") is None
    assert find_publisher("notreuters.com") is None


def test_found_by_any_name() -> None:
    """Case, article and punctuation do not matter."""
    for name in ("AFP", "Agence France-Presse", "agence france presse"):
        found = find_by_name(name)
        assert found is not None
        assert found.key == "afp"
    assert find_by_name("") is None
    assert is_wire("Yonhap")
    assert not is_wire("The Moscow Times")


def test_wires_named_in_a_line() -> None:
    """Whole parts only: Petra is an agency, Petra Novak a person."""
    named = [p.name for p in wires_in("Ann Roe, with AFP and Reuters in Seoul")]
    assert named == ["AFP", "Reuters"]
    assert wires_in("Petra Novak and Hina Khan") == ()


def test_the_table_is_whole() -> None:
    """At least 200 entries, the wires that matter, state agencies among them, keeps as said."""
    table = {p.key: p for p in load_publishers()}
    assert len(table) >= 200
    for name in ("AFP", "Reuters", "AP", "Yonhap", "TASS", "Xinhua", "Interfax", "Ukrinform",
                 "Anadolu", "Kyodo", "DPA", "EFE", "ANSA", "PTI", "SANA", "Saba", "SPA",
                 "WAFA"):  # fmt: skip
        assert is_wire(name), name
    assert table["wikinews"].keep == "full"
    assert table["afp"].keep == "quotes"
    owners = {p.key for p in table.values() if p.owner == "News Corp"}
    assert {"wsj", "nypost", "sun"} <= owners


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ({}, "no name"),
        ({"name": "X", "kind": "blog"}, "kind"),
        ({"name": "X", "keep": "all"}, "keep"),
        ({"name": "X", "country": "France"}, "country"),
        ({"name": "X", "hosts": "x.example"}, "hosts"),
        ({"name": "X", "hosts": ["https://x.example/"]}, "host"),
        ({"name": "X", "colour": "red"}, "unknown field"),
    ],
)
def test_a_bad_entry_says_file_and_mend(entry: dict[str, object], what: str) -> None:
    """The error names the file, the line where it is known, what is wrong and how to mend it."""
    with pytest.raises(LexiconError) as caught:
        read_publisher("afp", entry)
    assert caught.value.file == "publishers.toml"
    assert caught.value.line
    assert what in caught.value.what
    assert caught.value.mend
