"""A bundle, `sayso.bundle/1`: statements of one ledger to another, in their order.

What a partner sends is looked at here before anything is done with it: its form, whom it is for,
that spans lie in their text. A reading is taken apart and given ids and an address of our own, so
that nothing that a partner writes can pass for a report of another's, or for a later version of
one.
"""

from __future__ import annotations

import copy
import dataclasses
import hashlib
import itertools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sayso.errors import PartnerError, SaysoError
from sayso.exchange.partners.dsse import MEND, open_envelope, seal_in
from sayso.exchange.partners.keys import KeyPair, PublicKey
from sayso.exchange.partners.partner import CLEARANCES
from sayso.record import LONGEST_REPORT, Reading
from sayso.record.rewrite import rewrite
from sayso.record.wire import check_spans, from_wire
from sayso.record.wire import schema as reading_schema

SCHEMA = "sayso.bundle/1"
TYPE = "application/vnd.sayso.bundle+json"
MOST = 100_000_000  # bytes of one bundle
KINDS = ("report", "withdraw", "gone")
ID = re.compile(r"[0-9a-f]{32}")
HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that is told a partner, under a number that has no gap before it.

    `report`: what was read in one (`reading`), in the place of what the same id said before.
    `withdraw`: the report of this id is taken back. `gone`: what stood here was replaced or taken
    back since; the number alone is left. `hashes` are SHA-256 over a salt and the words of those
    claims whose words do not travel, by the claim's place.
    """

    n: int
    kind: str
    id: str
    marking: str | None = None
    maker: str | None = None
    keep: str | None = None
    hashes: tuple[tuple[int, str], ...] = ()
    reading: dict[str, Any] | None = None

    def wire(self) -> dict[str, Any]:
        """It as it travels."""
        held: dict[str, Any] = {"n": self.n, "kind": self.kind, "id": self.id}
        if self.kind == "report":
            held |= {
                "marking": self.marking, "maker": self.maker, "keep": self.keep,
                "hashes": [{"claim": n, "sha256": code} for n, code in self.hashes],
                "reading": self.reading,
            }  # fmt: skip
        return held

    @property
    def digest(self) -> str:
        """A hash of all but the number: the same where the same is said."""
        held = {**self.wire(), "n": 0}
        return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()


def seal_bundle(statements: Sequence[Statement], key: KeyPair, to: PublicKey) -> bytes:
    """The signed envelope of statements to a partner."""
    payload = {
        "schema": SCHEMA, "from": key.public.id, "to": to.id,
        "statements": [each.wire() for each in statements],
    }  # fmt: skip
    return seal_in(TYPE, json.dumps(payload, ensure_ascii=False).encode(), key)


def read_bundle(envelope: bytes, of: PublicKey, own: PublicKey) -> list[Statement]:
    """The statements of a partner's envelope to us; raises PartnerError for all that is not so."""
    if len(envelope) > MOST:
        raise PartnerError(f"a bundle of more than {MOST // 1_000_000} MB", "send it in parts")
    payload = open_envelope(TYPE, envelope, of)
    try:
        held = json.loads(payload)
    except (ValueError, RecursionError):
        raise PartnerError("what is signed is no JSON", MEND) from None
    if not isinstance(held, dict) or held.get("schema") != SCHEMA:
        found = held.get("schema") if isinstance(held, dict) else held
        raise PartnerError(f"it is {found!r:.60}, and this sayso reads {SCHEMA}", "update sayso")
    if held.get("from") != of.id:
        raise PartnerError("it names another sender than who signed it", MEND)
    if held.get("to") != own.id:
        raise PartnerError("it is for another ledger", "give it to whom it is for")
    rows = held.get("statements")
    if not isinstance(rows, list):
        raise PartnerError("it holds no list of statements", MEND)
    found = [_statement(row) for row in rows]
    if any(b.n != a.n + 1 for a, b in itertools.pairwise(found)):
        raise PartnerError("its numbers have a gap", MEND)
    return found


def _statement(row: Any) -> Statement:
    try:
        n, kind, id_ = row["n"], row["kind"], row["id"]
        _must(type(n) is int and n > 0, "its number")
        _must(kind in KINDS, f"its kind, {kind!r:.40}")
        _must(type(id_) is str and ID.fullmatch(id_) is not None, "its id")
        if kind != "report":
            return Statement(n, kind, id_)
        marking, maker, keep = row["marking"], row["maker"], row["keep"]
        _must(marking in CLEARANCES, f"its marking, {marking!r:.40}")
        _must(type(maker) is str and len(maker) <= 200, "who read it")
        _must(keep in ("full", "quotes", "none"), "how much of the words it holds")
        made = Statement(n, kind, id_, marking, maker, keep, tuple(_hashes(row["hashes"])),
                         row["reading"])  # fmt: skip
        taken_apart(made.reading, "", id_)  # so that nothing is half taken
    except (LookupError, TypeError) as error:
        raise PartnerError(f"a statement lacks a part ({error})", MEND) from None
    return made


def _must(holds: bool, what: str) -> None:  # noqa: FBT001 - one condition, in words
    """Raises PartnerError where a part of a statement is not as it must be."""
    if not holds:
        raise PartnerError(f"a statement is not as it must be: {what}", MEND)


def _hashes(rows: Any) -> Iterator[tuple[int, str]]:
    for row in rows:
        n, code = row["claim"], row["sha256"]
        _must(type(n) is int and type(code) is str and bool(HASH.fullmatch(code)), "a hash")
        yield n, code


def taken_apart(wire: Any, partner: str, id_: str) -> Reading:
    """The reading that a statement holds, under an address of the statement's own.

    Its ids are made anew, and it is no version of any page but of the same partner's statement.
    """
    try:
        found = from_wire(wire)
        _must(len(found.report.text) <= LONGEST_REPORT, "a text that is too long")
        check_spans(found)
        own = f"partner-{partner}-{id_}"
        url = found.report.url
        url = f"{url.partition('#')[0]}#{own}" if url and _is_web(url) else f"urn:sayso:{own}"
        report = dataclasses.replace(found.report, url=url, name=own)
        return rewrite(dataclasses.replace(found, report=report, warnings=()), (), str)
    except PartnerError:
        raise
    except (SaysoError, LookupError, ValueError, TypeError, RecursionError) as error:
        raise PartnerError(f"a statement holds no reading ({error})", MEND) from None


def _is_web(url: str) -> bool:
    return url.startswith(("https://", "http://")) and url.isprintable() and " " not in url


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what an envelope's payload holds."""
    reading = copy.deepcopy(reading_schema())
    nouns = reading.pop("$defs")
    reading.pop("$schema")
    text, number = {"type": "string"}, {"type": "integer", "minimum": 1}
    code = {"type": "string", "pattern": f"^{HASH.pattern}$"}
    hashes = _object({"claim": {"type": "integer", "minimum": 0}, "sha256": code})
    own = {"n": number, "id": {"type": "string", "pattern": f"^{ID.pattern}$"}}
    report = {
        "marking": {"enum": list(CLEARANCES)}, "maker": text,
        "keep": {"enum": ["full", "quotes", "none"]},
        "hashes": {"type": "array", "items": hashes}, "reading": reading,
    }  # fmt: skip
    statements = [_object({**own, "kind": {"const": "report"}, **report}),
                  _object({**own, "kind": {"enum": ["withdraw", "gone"]}})]  # fmt: skip
    top = {"schema": {"const": SCHEMA}, "from": {"type": "string", "pattern": f"^{ID.pattern}$"},
           "to": {"type": "string", "pattern": f"^{ID.pattern}$"},
           "statements": {"type": "array", "items": {"oneOf": statements}}}  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA, **_object(top), "$defs": nouns,
    }  # fmt: skip


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties),
            "additionalProperties": False}  # fmt: skip
