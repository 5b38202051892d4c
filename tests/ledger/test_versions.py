"""Versions of a page: the diff, and names that the publisher took out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from sayso.errors import UsageError
from sayso.incidents.batch import Linking
from sayso.ledger import Filters, Ledger
from sayso.ledger.layout.instants import is_older
from sayso.ledger.layout.masking import masker, names_gone
from sayso.record import Reading, When

Make = Callable[..., Reading]


def test_a_changed_text_at_an_address_is_a_new_version(ledger: Ledger, make_reading: Make) -> None:
    """Both stay, numbered; the first is closed; the diff says what changed."""
    old, new = ledger.add(
        [make_reading("Ada Moss", "Six boats sank"), make_reading("Ada Moss", "Nine boats sank")]
    )
    assert (old.status, new.status, new.previous) == ("new", "version", old.report)
    versions = ledger.versions("https://paper.example/story")
    assert [(v.report, v.version) for v in versions] == [(old.report, 1), (new.report, 2)]
    changes = [(c.kind, c.text) for c in ledger.diff(old.report, new.report) if c.kind != "same"]
    assert changes == [("gone", "Six"), ("new", "Nine")]
    assert [c.content for c in ledger.claims().rows] == ["Nine boats sank"]
    assert list(ledger.verify()) == []


def test_the_older_version_is_answered_as_known_then(ledger: Ledger, make_reading: Make) -> None:
    """A replay between the two shows the first alone."""
    ledger.add([make_reading("Ada Moss", "Six boats sank")], learnt="2024-05-02T10:00")
    ledger.add([make_reading("Ada Moss", "Nine boats sank")], learnt="2024-05-02T12:00")
    then = ledger.claims(Filters(as_known_at="2024-05-02T11:00")).rows
    assert [c.content for c in then] == ["Six boats sank"]
    assert ledger.claims(Filters(as_known_at="2024-05-02T09:00")).rows == ()


def test_a_name_taken_out_is_hidden_in_the_old_version(ledger: Ledger, make_reading: Make) -> None:
    """In claims, chains, titles, texts, diffs, replays, sources and the word index."""
    ledger.add([make_reading("Ada Moss", "Six boats sank")], learnt="2024-05-02T10:00")
    (new,) = ledger.add([make_reading("a fisher", "Six boats sank")], learnt="2024-05-02T12:00")
    assert new.masked
    then = Filters(as_known_at="2024-05-02T11:00")
    old = ledger.claims(then).rows[0]
    shown = [
        str(old), str(ledger.reading(old.report.report)), str(ledger.sources("").rows),
        str(ledger.diff(old.report.report, new.report)),
        str(ledger.sources(as_known_at="2024-05-02T11:00").rows),
    ]  # fmt: skip
    assert not any("Moss" in text or "moss" in text for text in shown)
    assert old.chain[0]["name"] == "███ ████" or old.chain[0]["name"] == "████████"
    for filters in (
        Filters(words="moss", as_known_at="2024-05-02T11:00"),
        Filters(speaker="moss", as_known_at="2024-05-02T11:00"),
    ):
        assert ledger.claims(filters).rows == ()
    assert list(ledger.verify()) == []


def test_a_person_may_let_a_name_show_again(ledger: Ledger, make_reading: Make) -> None:
    """Withdrawing each mask, with a reason, brings the name back everywhere."""
    (old,) = ledger.add([make_reading("Ada Moss", "Six boats sank")], learnt="2024-05-02T10:00")
    ledger.add([make_reading("a fisher", "Six boats sank")], learnt="2024-05-02T12:00")
    masks = ledger.masks(old.report)
    assert set(masks.values()) == {"Ada Moss", "Moss"}
    for entry in masks:
        ledger.withdraw(entry, by="editor", reason="she asked to be named")
    found = ledger.claims(Filters(speaker="Ada Moss", as_known_at="2024-05-02T11:00")).rows
    assert found[0].chain[0]["name"] == "Ada Moss"
    assert list(ledger.verify()) == []
    with pytest.raises(UsageError, match="withdrawn before"):
        ledger.withdraw(next(iter(masks)), by="editor", reason="again")


def test_no_address_no_version(ledger: Ledger, make_reading: Make) -> None:
    """Texts without an address are reports of their own."""
    added = ledger.add(
        [make_reading("Ada Moss", f"{n} boats sank", url=None) for n in ("Six", "Nine")]
    )
    assert [a.status for a in added] == ["new", "new"]


def test_reading_anew_replaces_and_the_old_is_replayed(ledger: Ledger, make_reading: Make) -> None:
    """With `reread` the new reading holds; as known before it, the first one did."""
    first = make_reading("Ada Moss", "Six boats sank")
    ledger.add([first], learnt="2024-05-02T10:00")
    better = dataclasses.replace(
        first, claims=(dataclasses.replace(first.claims[0], certainty="confirmed"),)
    )
    (done,) = ledger.add([better], learnt="2024-05-02T12:00", reread=True)
    assert done.status == "reread"
    assert [c.certainty for c in ledger.claims().rows] == ["confirmed"]
    then = ledger.claims(Filters(as_known_at="2024-05-02T11:00")).rows
    assert [c.certainty for c in then] == ["stated"]
    assert list(ledger.verify()) == []


@pytest.mark.parametrize(
    ("old", "new", "gone"),
    [
        ("In Velm, Ada Moss hid.", "In Velm, a woman hid.", ["Ada Moss", "Moss"]),
        ("In Velm, Ada Moss hid.", "In Velm, Moss hid.", []),
        ("Ada Moss’s brother ran.", "A brother ran.", ["Ada Moss", "Moss"]),
        ("Jean de la Tour ran.", "A man ran.", ["Jean de la Tour", "Tour"]),
        ("a woman hid.", "a man hid.", []),
    ],
)
def test_names_that_are_gone(old: str, new: str, gone: list[str]) -> None:
    """Runs of capitalised words whose last is in the old text alone."""
    reading: dict[str, list[object]] = {"sources": [], "places": [], "events": []}
    assert names_gone({"text": old, "blocks": []}, reading, new) == gone


def test_a_mask_keeps_every_offset() -> None:
    """Hidden text is as long as what it hides, in any case and spacing."""
    mask = masker(["Ada Moss"])
    assert mask is not None
    text = "ADA\nMOSS saw x_ada-moss.txt; Adam Oss did not. Ada Mossley neither. ada%20moss"
    shown = "████████ saw x_████████.txt; Adam Oss did not. Ada Mossley neither. ██████████"
    assert mask(text) == shown
    assert len(shown) == len(text)


# -- versions in the order of publication ---------------------------------------------------------

NINE, THREE = "2024-05-02T09:00", "2024-05-02T15:00"


def as_pages(ledger: Ledger) -> list[tuple[int, str]]:
    """The versions of the page, each with its number and the hour of its publication."""
    found = ledger.versions("https://paper.example/story")
    return [(v.version, (v.published or {"start": ""})["start"][11:13]) for v in found]


@pytest.mark.parametrize("together", [False, True])
def test_the_version_published_last_is_current_in_any_order_of_adding(
    store: str, make_reading: Make, *, together: bool
) -> None:
    """What comes late is numbered, shown and masked as if it had come first."""
    old = make_reading("Ada Moss", "Six boats sank", published=NINE)
    new = make_reading("a fisher", "Nine boats sank", published=THREE)
    last = make_reading("a fisher", "Ten boats sank", published="2024-05-03")
    with Ledger.open(store, maker="tests", linking=Linking()) as ledger:
        added = ledger.add([new, old]) if together else [*ledger.add([new]), *ledger.add([old])]
        assert [(a.status, a.previous) for a in added] == [
            ("new", None),
            ("older", added[0].report),
        ]
        assert added[1].masked
        assert [c.content for c in ledger.claims().rows] == ["Nine boats sank"]
        assert as_pages(ledger) == [(1, "09"), (2, "15")]
        assert "Moss" not in str(ledger.reading(added[1].report))
        page = ledger.report_page(added[0].report)
        assert (page.report.version, page.report.previous) == (2, added[1].report)
        for handle in (added[0].report, added[1].report):
            assert ledger.incident_page(handle).members[0].report.report == added[0].report
        then = ledger.report(added[0].report, as_known_at=page.report.learnt).version
        assert then == (2 if together else 1)
        assert ledger.add([old])[0].status == "same"
        assert list(ledger.verify()) == []
        (third,) = ledger.add([last])
        assert (third.status, third.previous) == ("version", added[0].report)
        assert [c.content for c in ledger.claims().rows] == ["Ten boats sank"]
        assert [n for n, _ in as_pages(ledger)] == [1, 2, 3]
        for handle in (added[0].report, added[1].report):
            assert ledger.incident_page(handle).members[0].report.report == third.report
        assert list(ledger.verify()) == []


def test_a_version_between_two_hides_what_it_took_out(ledger: Ledger, make_reading: Make) -> None:
    """In those before it; and in it is hidden what a later one lacks."""
    first = make_reading("Ada Moss", "Six boats sank", published=NINE)
    between = make_reading("Bo Field", "Seven boats sank", published="2024-05-02T12:00")
    last = make_reading("a fisher", "Nine boats sank", published=THREE)
    one, three, two = (ledger.add([r])[0] for r in (first, last, between))
    assert two.status == "older"
    assert as_pages(ledger) == [(1, "09"), (2, "12"), (3, "15")]
    assert set(ledger.masks(one.report).values()) >= {"Ada Moss"}
    assert set(ledger.masks(two.report).values()) >= {"Bo Field"}
    assert ledger.masks(three.report) == {}
    assert list(ledger.verify()) == []
    ledger.erase(two.report, by="desk", why="a court")
    assert list(ledger.verify()) == []
    ledger.erase(three.report, by="desk", why="a court")
    assert list(ledger.verify()) == []
    (again,) = ledger.add([make_reading("a fisher", "Ten boats sank", published="2024-05-03")])
    assert again.status == "version"
    assert list(ledger.verify()) == []


@pytest.mark.parametrize(
    ("held", "added"),
    [(None, NINE), (THREE, None), ("2024-05-02", NINE), (THREE, "2024-05-02"), (NINE, NINE)],
)
def test_where_dates_settle_nothing_the_order_of_adding_does(
    ledger: Ledger, make_reading: Make, held: str | None, added: str | None
) -> None:
    """A day may hold both hours; what has no date may be of any."""
    ledger.add([make_reading("Ada Moss", "Six boats sank", published=held)])
    (done,) = ledger.add([make_reading("Ada Moss", "Nine boats sank", published=added)])
    assert done.status == "version"
    assert [c.content for c in ledger.claims().rows] == ["Nine boats sank"]


@pytest.mark.parametrize(
    ("one", "other", "older"),
    [
        (When("2024-05-01", "2024-05-01", "day", "given"), THREE, True),
        (When("2024-05-02", "2024-05-02", "day", "given"), "2024-05-03", True),
        (When("2024-05-02T12:00+02:00", "2024-05-02T12:00+02:00", "minute", "found"),
         "2024-05-02T10:01", True),
        (When("2024-05-01", "2024-05-01", "day", "inferred"), THREE, False),
        (When("2024-04-29", "2024-05-05", "week", "given"), THREE, False),
        (When(None, None, "unknown", "given"), THREE, False),
    ],
)  # fmt: skip
def test_what_was_surely_published_before(one: When, other: str, *, older: bool) -> None:
    """Only where the intervals lie apart."""
    assert is_older(one, When(other, other, "day", "found")) is older
