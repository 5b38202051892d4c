"""Bundles of partners that are not what they should be: each is refused, and says why."""

from __future__ import annotations

import base64
import json
import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attack.tally import Size, Tally
from sayso.errors import PartnerError
from sayso.exchange.partners.bundle import TYPE, seal_bundle
from sayso.exchange.partners.dsse import open_envelope, seal_in
from sayso.exchange.partners.inbox import pull
from sayso.exchange.partners.keys import KeyPair, own_key
from sayso.exchange.partners.outbox import send, statements, take_back
from sayso.exchange.partners.partner import add_partner, partner_named
from sayso.incidents.batch import Linking
from sayso.ledger import Ledger
from tests.ledger.conftest import said_by

ALTERED = "does not hold|no signed bundle|key of no partner|it holds '"
Change = Callable[[dict[str, Any]], Any]


def _first(**said: Any) -> Change:
    return lambda held: held["statements"][0].update(said)


def _reading(**said: Any) -> Change:
    return lambda held: held["statements"][0]["reading"].update(said)


def _report(**said: Any) -> Change:
    return lambda held: held["statements"][0]["reading"]["report"].update(said)


CHANGES: dict[str, Change] = {
    "of a later version": lambda h: h.update(schema="sayso.bundle/2"),
    "with numbers from the future": _first(n=10**30),
    "number zero": _first(n=0),
    "a negative number": _first(n=-1),
    "a number that is true": _first(n=True),
    "a number with a point": _first(n=1.0),
    "a path for an id": _first(id="../../../../etc/passwd"),
    "an id with a line end": _first(id="0" * 32 + "\n"),
    "a marking that does not travel": _first(marking="red"),
    "no marking": _first(marking=None),
    "a maker too long": _first(maker="x" * 10_000),
    "a reading of a later version": _reading(schema="sayso.reading/9"),
    "a reading that is a list": _first(reading=[]),
    "a text too long": _report(text="x" * 30_000_000),
    "a text that is a number": _report(text=5),
    "blocks beyond the text": _report(blocks=[{"kind": "body", "start": 0, "end": 10**12}]),
    "hashes of no claim": _first(hashes=[{"claim": "0", "sha256": "x"}]),
    "for another ledger": lambda h: h.update(to="f" * 32),
    "of another sender": lambda h: h.update({"from": "f" * 32}),
    "a gap": lambda h: h["statements"].append({"n": 9, "kind": "gone", "id": "0" * 32}),
    "twice the same number": lambda h: h["statements"].append(h["statements"][0]),
    "an unknown kind": _first(kind="erase"),
    "statements as an object": lambda h: h.update(statements={"0": 1}),
    "a statement that is a text": lambda h: h.update(statements=["x"]),
}


@contextmanager
def pair(folder: Path) -> Iterator[tuple[Ledger, Ledger, KeyPair, KeyPair]]:
    """Two ledgers that are partners, each with its key; the first has told of one report."""
    before = os.environ.get("SAYSO_KEYS")
    os.environ["SAYSO_KEYS"] = str(folder / "keys")
    try:
        with (
            Ledger.open(f"sqlite:///{folder / 'a.db'}", linking=Linking()) as a,
            Ledger.open(f"sqlite:///{folder / 'b.db'}", linking=Linking()) as b,
        ):
            own, other = own_key(a.head().ledger), own_key(b.head().ledger)
            add_partner(a, "South", other.public)
            add_partner(b, "North", own.public)
            (added,) = a.add([said_by("Ann Roe", "Four soldiers were killed in Sudzha")])
            send(a, partner_named(a, "South"), [added.report], by="attack")
            yield a, b, own, other
    finally:
        if before is None:
            del os.environ["SAYSO_KEYS"]
        else:
            os.environ["SAYSO_KEYS"] = before


def told(a: Ledger, key: KeyPair) -> bytes:
    """The bundle of all that the partner was told."""
    partner = partner_named(a, "South")
    return seal_bundle(list(statements(a, partner, 0)), key, partner.key)


def attack(size: Size, folder: Path) -> Tally:
    """Altered, cut, re-signed, from the future, with paths and lengths in them; then replayed."""
    tally = Tally("bundles")
    pick = random.Random(9)  # noqa: S311 - which byte is changed is no secret
    with pair(folder) as (a, b, key, own):
        envelope, head = told(a, key), b.head()
        payload = open_envelope(TYPE, envelope, key.public)
        for name, change in CHANGES.items():
            held = json.loads(payload)
            change(held)
            with tally.refused(name, PartnerError):
                pull(b, seal_in(TYPE, json.dumps(held).encode(), key))
        outer = json.loads(envelope)
        signature = outer["signatures"][0]
        with Ledger.open(f"sqlite:///{folder / 'stranger.db'}") as other:
            stranger = own_key(other.head().ledger)
        for name, why, bad in (
            ("signed by a stranger", "key of no partner", seal_in(TYPE, payload, stranger)),
            ("signed by who gets it", "key of no partner", seal_in(TYPE, payload, own)),
            ("of another type", "holds 'application/x'", seal_in("application/x", payload, key)),
            ("a stranger's signature under our partner's name", "does not hold", json.dumps({
                **outer, "signatures": [{**signature, "sig": base64.b64encode(
                    stranger.sign(payload)).decode()}]}).encode()),
        ):  # fmt: skip
            with tally.refused(name, PartnerError, why=why):
                pull(b, bad)
        others: dict[str, bytes] = {
            "two signatures": json.dumps({**outer, "signatures": [signature] * 2}).encode(),
            "no signature": json.dumps({**outer, "signatures": []}).encode(),
            "deep": b"[" * 1_000_000, "empty": b"", "no JSON": b"\0" * 100,
            "a payload too deep": seal_in(TYPE, b"[" * 1_000_000, key),
            "a payload of one number": seal_in(TYPE, b"9" * 5_000, key),
            "not a number": seal_in(TYPE, b'{"schema": NaN}', key),
        }  # fmt: skip
        for name, bad in others.items():
            with tally.refused(name, PartnerError):
                pull(b, bad)
        for _ in range(size.runs):
            at = pick.randrange(len(envelope))
            cut = envelope[:at]
            altered = cut + bytes([envelope[at] ^ (1 << pick.randrange(7))]) + envelope[at + 1 :]
            with tally.refused(f"cut at {at}", PartnerError, why="no signed bundle"):
                pull(b, cut)
            try:
                same = json.loads(altered) == outer
            except ValueError:
                same = False
            if not same and open_changes(altered, outer):
                with tally.refused(f"altered at {at}", PartnerError, why=ALTERED):
                    pull(b, altered)
        tally.expect(b.head() == head, "something of a refused bundle was kept")
        first = pull(b, envelope)[1]
        again = [pull(b, envelope)[1] for _ in range(3)]
        tally.expect([t.kind for t in first] == ["report"], "the true bundle was not taken")
        tally.expect(again == [[]] * 3, "a replayed bundle was taken again")
        with tally.refused("replayed at its sender", PartnerError):
            pull(a, envelope)
        _later(tally, a, b, key, envelope)
        tally.expect(len(b.reports().rows) == 1, "a report stands twice")
        tally.expect(list(b.verify()) == [], "the partner's ledger does not verify")
    return tally


def _later(tally: Tally, a: Ledger, b: Ledger, key: KeyPair, first: bytes) -> None:
    """Behind what was taken: an old number that says something else, an old bundle come again."""
    (report,) = (row.report for row in a.reports().rows)
    held = json.loads(open_envelope(TYPE, first, key.public))
    held["statements"][0]["maker"] = "somebody else"
    with tally.refused("an old number said anew", PartnerError, why="something else before"):
        pull(b, seal_in(TYPE, json.dumps(held).encode(), key))
    take_back(a, partner_named(a, "South"), [report])
    kinds = [t.kind for t in pull(b, told(a, key))[1]]
    tally.expect(kinds == ["withdraw"], f"what was taken back came as {kinds}")
    head = b.head()
    tally.expect(
        pull(b, first)[1] == [] and b.head() == head, "an old bundle undid what came later"
    )


def open_changes(altered: bytes, outer: dict[str, Any]) -> bool:
    """Whether what was altered is a part of the envelope that means something."""
    try:
        held = json.loads(altered)
        named = ("payload", "payloadType", "signatures")
        return any(held.get(name) != outer[name] for name in named)
    except (ValueError, AttributeError):
        return True
