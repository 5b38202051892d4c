"""Bundles: what is sent, what is taken in, once and in order, and what is refused."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any

import jsonschema
import pytest

from sayso.errors import PartnerError, UsageError
from sayso.exchange.partners import bundle, outbox
from sayso.exchange.partners.bundle import Statement, schema, seal_bundle
from sayso.exchange.partners.dsse import open_envelope, seal_in
from sayso.exchange.partners.inbox import last_taken, maker_of, pull, taken
from sayso.exchange.partners.keys import KeyPair, PublicKey
from sayso.exchange.partners.outbox import prove, send, settle, statements, take_back
from sayso.exchange.partners.partner import forget_partner, partner_named, partners
from sayso.incidents.view import view_incident
from sayso.ledger import Ledger
from sayso.ledger.entries.partnered import makers_of
from sayso.record import Reading
from tests.exchange.partners.conftest import House

New = Callable[[str], House]
URL = "https://fjordwire.example/depot"


def held(house: House, readings: Sequence[Reading], **more: Any) -> list[str]:
    """The handles of readings, added."""
    return [added.report for added in house.ledger.add(readings, **more)]


def standings(ledger: Ledger, incident: str | None = None) -> list[str]:
    """How the claims of the only incident stand."""
    return [c.standing for c in view_incident(ledger, incident or only(ledger)).claims]


def only(ledger: Ledger) -> str:
    """The id of the only incident."""
    (row,) = ledger.incidents()
    return row.incident


def test_a_claim_travels_with_its_maker_and_marking(
    a: House, b: House, stories: list[Reading]
) -> None:
    """B holds it under A's name, so marked, and links it with what it holds itself."""
    (report,) = held(a, stories[:1], marking="amber")
    held(b, stories[1:2])
    assert b.ledger.incidents()[0].origins == [1, 1]
    assert b.takes(a.share("South", report)) == ["report"]
    (row,) = b.ledger.incidents()
    assert len(row.reports) == 2
    assert row.origins[1] > 1
    (came,) = [t.report for t in taken(b.ledger, b.partner("North")) if t.report]
    assert makers_of(b.ledger.whole, [came]) == {came: maker_of(b.partner("North"))}
    assert b.ledger.seen_by("green").reports().rows[0].report != came
    assert came in [r.report for r in b.ledger.seen_by("amber").reports().rows]
    assert b.ledger.report_page(came).reader.startswith("North ")
    assert list(b.ledger.verify()) == []
    assert list(a.ledger.verify()) == []


def test_what_is_taken_twice_changes_nothing(a: House, b: House, stories: list[Reading]) -> None:
    """Nor does a bundle that overlaps with the last one."""
    first, second = held(a, [stories[0], stories[2]])
    early = a.share("South", first)
    late = a.share("South", second)
    assert b.takes(early) == ["report"]
    head = b.ledger.head()
    assert b.takes(early) == []
    assert b.ledger.head() == head
    assert b.takes(late) == ["report"]
    assert b.takes(early) == []
    assert [t.n for t in taken(b.ledger, b.partner("North"))] == [1, 2]


def test_what_is_known_is_not_told_again(a: House, b: House, stories: list[Reading]) -> None:
    """Until something changes."""
    (report,) = held(a, stories[:1])
    a.share("South", report)
    assert send(a.ledger, a.partner("South"), [report], by="ann").count == 0
    assert b.takes(a.bundle("South")) == ["report"]


def test_a_gap_is_refused_and_nothing_is_taken(a: House, b: House, stories: list[Reading]) -> None:
    """The error says from where to ask."""
    a.share("South", *held(a, [stories[0], stories[2]]))
    head = b.ledger.head()
    with pytest.raises(PartnerError, match=r"last one here is 0.*all after 0"):
        b.takes(a.bundle("South", 1))
    assert b.ledger.head() == head


def _resigned(envelope: bytes, key: KeyPair, change: Callable[[dict[str, Any]], None]) -> bytes:
    held = json.loads(open_envelope(bundle.TYPE, envelope, key.public))
    change(held)
    return seal_in(bundle.TYPE, json.dumps(held).encode(), key)


CHANGES: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "a later version": (lambda h: h.update(schema="sayso.bundle/2"), "update sayso"),
    "another's": (lambda h: h.update({"from": "f" * 32}), "another sender"),
    "for another": (lambda h: h.update(to="f" * 32), "for another ledger"),
    "no list": (lambda h: h.update(statements={}), "no list"),
    "no number": (lambda h: h["statements"][0].update(n="1"), "its number"),
    "a gap": (lambda h: h["statements"].append({"n": 3, "kind": "gone", "id": "0" * 32}), "a gap"),
    "no kind": (lambda h: h["statements"][0].update(kind="gossip"), "its kind"),
    "red": (lambda h: h["statements"][0].update(marking="red"), "its marking"),
    "no reading": (lambda h: h["statements"][0].update(reading={}), "no reading"),
    "no part": (lambda h: h["statements"][0].pop("keep"), "lacks a part"),
    "a span beyond": (
        lambda h: h["statements"][0]["reading"]["claims"][0].update(content=[[0, 10**6]]),
        "not in its text",
    ),
    "a dangling id": (
        lambda h: h["statements"][0]["reading"]["claims"][0].update(attribution="x"), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_bundle_that_is_not_as_agreed_is_refused(
    a: House, b: House, stories: list[Reading], name: str
) -> None:
    """Whoever signed it: in words, with nothing taken in. What leads nowhere is left out."""
    change, words = CHANGES[name]
    envelope = _resigned(a.share("South", *held(a, stories[:1])), a.key, change)
    head = b.ledger.head()
    if not words:
        assert b.takes(envelope) == ["report"]
        return
    with pytest.raises(PartnerError, match=words):
        b.takes(envelope)
    assert b.ledger.head() == head
    assert taken(b.ledger, b.partner("North")) == []


def test_nobody_elses_bundle_is_taken(
    a: House, b: House, house: New, stories: list[Reading]
) -> None:
    """Of a key that nobody knows; of a partner where another was meant; for another ledger."""
    c = house("c")
    (report,) = held(a, stories[:1])
    envelope = a.share("South", report)
    c.meets("North", a)
    with pytest.raises(PartnerError, match="another ledger"):
        c.takes(envelope)
    b.meets("West", c)
    with pytest.raises(PartnerError, match="of North, not of West"):
        pull(b.ledger, envelope, b.partner("West"))
    forget_partner(b.ledger, "North")
    with pytest.raises(PartnerError, match="no partner of this ledger"):
        b.takes(envelope)


def test_an_old_number_that_says_something_else_is_refused(
    a: House, b: House, stories: list[Reading]
) -> None:
    """Nobody rewrites what they said."""
    b.takes(a.share("South", *held(a, stories[:1])))

    def other(held: dict[str, Any]) -> None:
        held["statements"][0]["maker"] = "somebody else"

    with pytest.raises(PartnerError, match="number 1 said something else"):
        b.takes(_resigned(a.bundle("South"), a.key, other))


def test_what_is_taken_back_is_shown_so_and_counts_no_more(
    a: House, b: House, stories: list[Reading]
) -> None:
    """By its maker's word; the number at which it was told holds no word of it any more."""
    (report,) = held(a, stories[:1])
    b.takes(a.share("South", report))
    assert set(standings(b.ledger)) == {"stands"}
    take_back(a.ledger, a.partner("South"), [report])
    envelope = a.bundle("South")
    kinds = [s.kind for s in statements(a.ledger, a.partner("South"))]
    assert kinds == ["gone", "withdraw"]
    assert b.takes(envelope) == ["withdraw"]
    assert set(standings(b.ledger)) == {"withdrawn"}
    assert b.ledger.incidents()[0].origins == [0, 0]
    with pytest.raises(UsageError, match="was not told"):
        take_back(a.ledger, a.partner("South"), [report])


def test_only_who_told_it_takes_it_back(
    a: House, b: House, house: New, stories: list[Reading]
) -> None:
    """Another partner who names its id changes nothing."""
    c = house("c")
    b.meets("West", c)
    b.takes(a.share("South", *held(a, stories[:1])))
    (told,) = taken(b.ledger, b.partner("North"))
    forged = seal_bundle([Statement(1, "withdraw", told.id)], c.key, b.key.public)
    assert b.takes(forged) == ["withdraw"]
    assert set(standings(b.ledger)) == {"stands"}


def test_a_partner_cannot_pass_for_a_page(a: House, b: House, stories: list[Reading]) -> None:
    """A statement with the address of B's own report is no later version of it."""
    (own,) = held(b, stories[1:2])
    page = b.ledger.report(own)
    (report,) = held(a, stories[:1])

    def same_address(held: dict[str, Any]) -> None:
        held["statements"][0]["reading"]["report"]["url"] = page.url or URL
        held["statements"][0]["reading"]["report"]["id"] = page.report_id

    b.takes(_resigned(a.share("South", report), a.key, same_address))
    assert [v.report for v in b.ledger.report_page(own).versions] == [own]
    assert b.ledger.report(own) == page


def test_a_correction_takes_the_place_of_what_was_told(
    a: House, b: House, stories: list[Reading]
) -> None:
    """B has the new value, and a rejected claim not at all."""
    (report,) = held(a, stories[:1])
    b.takes(a.share("South", report))
    page = a.ledger.report_page(report)
    a.ledger.judge("correct", page.handle(0), by="ann", reason="a slip", field="certainty",
                   new="possible")  # fmt: skip
    settle(a.ledger, a.partner("South"))
    assert b.takes(a.bundle("South")) == ["report"]
    came = taken(b.ledger, b.partner("North"))[-1].report
    assert came is not None
    assert b.ledger.reading(came).claims[0].certainty == "possible"
    assert len(b.ledger.incidents()[0].reports) == 1
    before = len(b.ledger.reading(came).claims)
    a.ledger.judge("reject", page.handle(1), by="ann", reason="not said")
    settle(a.ledger, a.partner("South"))
    b.takes(a.bundle("South"))
    came = taken(b.ledger, b.partner("North"))[-1].report
    assert came is not None
    assert len(b.ledger.reading(came).claims) == before - 1
    assert list(b.ledger.verify()) == []


def test_who_is_protected_after_the_fact_is_named_no_more(
    a: House, b: House, make_reading: Callable[..., Reading]
) -> None:
    """What was told is replaced by what stands in its place; in B's earlier version, hidden too."""
    name = "Quillon Ravenscourt, the harbour master"
    reading = make_reading(name, "Four soldiers were killed on 1 May 2024 in Sudzha", url=None)
    source = dataclasses.replace(reading.sources[0], kind="official", name="Quillon Ravenscourt")
    (report,) = held(a, [dataclasses.replace(reading, sources=(source,))])
    b.takes(a.share("South", report))
    assert "Ravenscourt" in repr(b.ledger.reports().rows) or "Ravenscourt" in repr(
        b.ledger.claims()
    )
    key = a.ledger.sources("Ravenscourt").rows[0].key
    a.ledger.judge("protect", key, by="ann", reason="asked for it")
    settle(a.ledger, a.partner("South"))
    assert [s.kind for s in statements(a.ledger, a.partner("South"))] == ["gone", "report"]
    assert b.takes(a.bundle("South")) == ["report"]
    assert "Ravenscourt" not in repr(b.ledger.claims())
    assert len(b.ledger.incidents()) <= 1
    a.ledger.judge("accept", a.ledger.claims().rows[0].claim, by="ann", reason="as it stands")
    settle(a.ledger, a.partner("South"))
    assert b.takes(a.bundle("South")) == []


@pytest.mark.parametrize("marking", ["amber+strict", "red"])
def test_what_is_marked_above_is_taken_back_by_itself(
    a: House, b: House, stories: list[Reading], marking: str
) -> None:
    """And is not sent; the number at which it was told is gone from later bundles."""
    (report,) = held(a, stories[:1])
    b.takes(a.share("South", report))
    a.ledger.judge("mark", report, by="ann", reason="a source asked", marking=marking)
    settle(a.ledger, a.partner("South"))
    assert [s.kind for s in statements(a.ledger, a.partner("South"))] == ["gone", "withdraw"]
    assert b.takes(a.bundle("South")) == ["withdraw"]
    done = send(a.ledger, a.partner("South"), [report], by="ann")
    assert done.count == 0
    assert "marked above amber" in done.refused[0][1]


def test_what_is_erased_is_taken_back(a: House, b: House, stories: list[Reading]) -> None:
    """Nothing of it is kept for the partner."""
    (report,) = held(a, stories[:1])
    a.share("South", report)
    a.ledger.erase(report, by="ann", why="asked")
    settle(a.ledger, a.partner("South"))
    assert [s.kind for s in statements(a.ledger, a.partner("South"))] == ["gone", "withdraw"]
    assert b.takes(a.bundle("South")) == ["gone", "withdraw"]
    assert b.ledger.incidents() == []


def test_a_partner_sees_what_they_are_cleared_for(
    a: House, house: New, stories: list[Reading]
) -> None:
    """Whoever is cleared for green is told of nothing amber."""
    c = house("c")
    a.meets("West", c, clearance="green")
    green, amber = held(a, stories[:1], marking="green") + held(a, stories[2:], marking="amber")
    done = send(a.ledger, a.partner("West"), [green, amber], by="ann")
    assert done.count == 1
    assert "cleared for green" in dict(done.refused)[amber]


def test_who_is_cleared_for_less_has_more_taken_back(
    a: House, b: House, stories: list[Reading]
) -> None:
    """All that they were told is looked at anew."""
    b.takes(a.share("South", *held(a, stories[:1], marking="amber")))
    a.meets("South", b, clearance="green")
    settle(a.ledger, a.partner("South"))
    assert b.takes(a.bundle("South")) == ["withdraw"]


@pytest.mark.parametrize(("marking", "goes"), [("clear", 1), ("green", 1), ("amber", 0)])
def test_what_came_from_a_partner_is_passed_on_by_its_marking(
    a: House, b: House, house: New, stories: list[Reading], marking: Any, goes: int
) -> None:
    """Amber is not, even where B marks it otherwise for itself."""
    c = house("c")
    b.meets("West", c)
    b.takes(a.share("South", *held(a, stories[:1], marking=marking)))
    (came,) = [t.report for t in taken(b.ledger, b.partner("North")) if t.report]
    assert send(b.ledger, b.partner("West"), [came], by="bob").count == goes
    b.ledger.judge("mark", came, by="bob", reason="why not", marking="clear")
    assert send(b.ledger, b.partner("West"), [came], by="bob").count == 0


def test_words_that_did_not_travel_are_proved(
    a: House, b: House, stories: list[Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the salt of the claim, which gives away no other's; B checks it against what it holds."""
    monkeypatch.setattr(outbox, "keep_of", lambda _: "none")
    monkeypatch.setattr("sayso.exchange.partners.travel.keep_of", lambda _: "none")
    (report,) = held(a, stories[:1])
    b.takes(a.share("South", report))
    page = a.ledger.report_page(report)
    proof = prove(a.ledger, a.partner("South"), page.handle(0))
    (said,) = statements(a.ledger, a.partner("South"))
    assert len(said.hashes) == len(page.reading.claims)
    code = hashlib.sha256(bytes.fromhex(proof["salt"]) + proof["words"].encode()).hexdigest()
    assert code == proof["sha256"] == dict(said.hashes)[0]
    assert proof["words"] == "Four people were killed"
    assert len({code for _, code in said.hashes}) == len(said.hashes)


@pytest.mark.usefixtures("b")
def test_the_schema_is_that_of_what_is_sent(a: House, stories: list[Reading]) -> None:
    """Every bundle fits it; more than it names fits nothing."""
    validator = jsonschema.Draft202012Validator(schema())
    validator.check_schema(schema())
    (report,) = held(a, stories[:1])
    a.share("South", report)
    take_back(a.ledger, a.partner("South"), [report])
    payload = json.loads(open_envelope(bundle.TYPE, a.bundle("South"), a.key.public))
    validator.validate(payload)
    payload["statements"][0]["reason"] = "x"
    assert not validator.is_valid(payload)


@pytest.mark.usefixtures("b")
def test_no_word_of_a_report_is_kept_for_a_partner(a: House, stories: list[Reading]) -> None:
    """Only its handle, an id and a salt: nothing to erase."""
    a.share("South", *held(a, stories[:1]))
    rows = a.ledger.kept("sent")
    assert "killed" not in repr(rows)
    assert "Aldermoor" not in repr(rows)


def test_partners_are_added_forgotten_and_come_back(a: House, b: House) -> None:
    """A wrong name, clearance, address or key is refused; numbers go on where they were."""
    for more, words in (
        ({"name": " x"}, "no name"), ({"clearance": "red"}, "sent to nobody"),
        ({"url": "ftp://x"}, "no address"), ({"key": a.key.public}, "own key"),
        ({"key": PublicKey(bytes(32))}, "another key"),
    ):  # fmt: skip
        asked: dict[str, Any] = {"name": "South", "key": b.key.public, **more}
        with pytest.raises(UsageError, match=words):
            outbox_add(a.ledger, **asked)
    first = a.partner("South")
    forget_partner(a.ledger, "South")
    assert partners(a.ledger) == []
    with pytest.raises(PartnerError, match="no partner is called"):
        partner_named(a.ledger, "South")
    assert a.meets("Southern", b).id == first.id
    assert last_taken(a.ledger, first) == 0


def outbox_add(ledger: Ledger, **asked: Any) -> None:
    """Add a partner."""
    from sayso.exchange.partners.partner import add_partner  # noqa: PLC0415

    add_partner(ledger, asked.pop("name"), asked.pop("key"), **asked)
