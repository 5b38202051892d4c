"""Values that no claim can have are refused; where nothing is found, a sentence says why."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from bench.ledger.generated import generate
from sayso.errors import UsageError
from sayso.ledger import Filters, Ledger
from sayso.ledger.layout.terms import term
from sayso.ledger.store import schema
from sayso.ledger.store.engines import insert_rows
from sayso.record import Reading

Make = Callable[..., Reading]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("type", "captur", "did you mean capture?"),
        ("type", "Shelling", "did you mean shelling?"),
        ("type", "ambush", "did you mean attack?"),  # a word that tells of that type
        ("type", "xyzzy", "there are abduction, accident"),
        ("type", "killed", "'killed' is a measure, not a type"),
        ("measure", "killed or wounded", "did you mean killed_or_wounded?"),
        ("measure", "confirmed", "'confirmed' is a certainty, not a measure"),
        ("certainty", "Denied", "did you mean denied?"),
        ("polarity", "yes", "there are positive, negative"),
        ("place", " ", "place is empty"),
        ("from_", "", "from is empty"),
        ("words", "", "words is empty"),
    ],
)
def test_a_value_that_cannot_be_is_refused(
    ledger: Ledger, name: str, value: str, words: str
) -> None:
    """In every list, with what may have been meant, rather than passed as nothing found."""
    filters = Filters(**{name: value})
    for ask in (ledger.claims, ledger.incidents):
        with pytest.raises(UsageError) as caught:
            ask(filters)
        assert words in str(caught.value)


def test_days_in_the_wrong_order_are_refused(ledger: Ledger) -> None:
    """No day is after one and before an earlier one; one day alone is fine."""
    with pytest.raises(UsageError, match="from 2024-05-02 to 2024-05-01 there is no day"):
        ledger.claims(Filters(from_="2024-05-02", to="2024-05-01"))
    assert ledger.claims(Filters(from_="2024-05-02", to="2024-05-02")).rows == ()


def test_a_type_that_the_ledger_holds_is_asked_for(ledger: Ledger) -> None:
    """Types may be somebody's own, or of an older ontology: what is held can be found."""
    with pytest.raises(UsageError):
        ledger.claims(Filters(type="regatta"))
    with ledger.engine.begin() as conn:
        insert_rows(conn, schema.facet, [(term("type", "regatta"), 1)])
    assert ledger.claims(Filters(type="regatta")).rows == ()


def test_an_empty_ledger_says_what_to_do(ledger: Ledger) -> None:
    """Whatever was asked for."""
    for words in (
        ledger.why_nothing(Filters(), "claims"),
        ledger.why_nothing(Filters(place="korava"), "incidents"),
        ledger.why_no_source("ada"),
    ):
        assert words == "the ledger holds no report yet; `sayso add FILE` reads one into it"


def test_the_filter_that_nothing_fits_is_named(ledger: Ledger) -> None:
    """Each that finds nothing by itself, else that they do not meet; with what is held."""
    ledger.add(generate(3), learnt="2024-05-02T12:00")
    (row,) = ledger.claims(limit=1).rows
    place = row.events[0]["where"]["name"]
    asked = Filters(place="Nowhere", type=row.events[0]["type"], words="zebra")
    words = ledger.why_nothing(asked, "claims")
    assert words.startswith("no claim here has the words 'zebra' or place 'Nowhere'; held here: ")
    assert "3 reports" in words
    asked = Filters(place=place, from_="1900-01-01", to="1900-12-31")
    words = ledger.why_nothing(asked, "claims")
    assert words.startswith("no claim here has a day from 1900-01-01 to 1900-12-31")
    apart = [r for r in ledger.claims(limit=1000).rows if r.events[0]["where"]["name"] != place]
    asked = Filters(place=place, words=f'"{apart[0].content}"')
    assert ledger.claims(asked).rows == ()
    assert ": each fits some claims, together none; held here" in ledger.why_nothing(
        asked, "claims"
    )
    asked = Filters(place=place)  # these readings wait for somebody who links
    assert ledger.why_nothing(asked, "incidents").startswith("claims fit, but none is of an inc")


def test_a_time_before_all_is_said(ledger: Ledger, make_reading: Make) -> None:
    """Before anything was known, and before anything was out."""
    ledger.add([make_reading("Ada Moss", "Six boats sank")], learnt="2024-06-01T12:00")
    words = ledger.why_nothing(Filters(as_known_at="2024-05-15", place="Oslo"), "incidents")
    assert words == "nothing was known then: the first report came in at 2024-06-01T12:00:00Z"
    words = ledger.why_nothing(Filters(as_public_at="2024-05-01"), "claims")
    assert words == "nothing was out by then: the first report here is of 2024-05-02"
    assert ledger.why_no_source(None, as_known_at="2001-01-01").startswith("nothing was known then")


def test_names_like_it_are_offered(ledger: Ledger, make_reading: Make) -> None:
    """For a speaker and for a source, by the whole name or a word of it, misspelt."""
    ledger.add([make_reading("Ada Mossgrave", "Six boats sank")])
    words = ledger.why_nothing(Filters(speaker="Mosgrave"), "claims")
    assert words.startswith("no claim here has speaker 'Mosgrave' (most like it: ada mossgrave)")
    words = ledger.why_no_source("ada mosgrave")
    assert words == (
        "no source here has 'ada mosgrave' in its name (most like it: ada mossgrave); "
        "held here: 1 source"
    )
    assert "most like it" not in ledger.why_no_source("zzz")


def test_a_guess_is_no_protected_name(ledger: Ledger, make_reading: Make) -> None:
    """What is said beside an answer stands in logs, also of who may see the name."""
    ledger.add([make_reading("Ada Mossgrave", "Six boats sank")])
    assert "most like it: ada mossgrave" in ledger.why_no_source("Mosgrave")
    (key,) = [s.key for s in ledger.sources().rows]
    ledger.judge("protect", key, names=["Ada Mossgrave"], by="ed", reason="asked")
    said = ledger.why_no_source("Mosgrave") + ledger.why_nothing(
        Filters(speaker="Mosgrave"), "claims"
    )
    assert "mossgrave" not in said.lower()


def test_sources_are_listed_alike_however_they_are_sought(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stepping from key to key or through all rows: the same, in order, none twice, by any page."""
    ledger.add(list(generate(12, claims=5)))
    whole = [s.key for s in ledger.sources(limit=500).rows]
    assert whole == sorted(whole)
    part = whole[len(whole) // 2].split("|")[0][2:6]
    for walked in (20_000, 1, 3, len(whole)):
        monkeypatch.setattr("sayso.ledger.asking.sources.WALKED", walked)
        for name in (None, part, "no such name"):
            found: list[str] = []
            cursor = None
            while True:
                page = ledger.sources(name, limit=2, cursor=cursor)
                found += [s.key for s in page.rows]
                cursor = page.next
                if cursor is None:
                    break
            assert found == [k for k in whole if name is None or name in k], (walked, name)


@pytest.mark.parametrize(
    ("name", "code"), [("Sudan", "SDN"), ("north  korea", "PRK"), ("SÝRIA", "SYR")]
)
def test_a_country_is_found_by_its_name(linked: Ledger, name: str, code: str) -> None:
    """What is in it and who is of it, though its texts name towns and services alone."""
    linked.add(generate(30))
    for field, also in product(("place", "actor"), ({}, {"type": "attack"})):
        by_name, by_code = (Filters(**{field: value}, **also) for value in (name, code))
        assert linked.claims(by_name).rows
        assert linked.claims(by_name).rows == linked.claims(by_code).rows
        assert linked.incidents(by_name)
        assert linked.incidents(by_name) == linked.incidents(by_code)


def test_a_country_is_not_called_by_its_people(linked: Ledger) -> None:
    """*Sudanese* is who, and *Sudan* where."""
    linked.add(generate(30))
    assert not linked.claims(Filters(place="Sudanese")).rows
