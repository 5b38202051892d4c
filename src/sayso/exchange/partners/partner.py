"""Whom a ledger exchanges with: under which name, by which key, how much they may see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, get_args
from urllib.parse import urlsplit

from sayso.errors import PartnerError, UsageError, nearest
from sayso.exchange.partners.keys import PublicKey, own_key, read_public
from sayso.ledger import Kept, Ledger
from sayso.record.marking import MARKINGS, Marking, level_of

MOST: Marking = "amber"  # amber+strict stays in one's own house, red with those who heard it
CLEARANCES = tuple(m for m in MARKINGS if level_of(m) <= level_of(MOST))
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Partner:
    """One partner; `id` is random, and ours.

    What became of what they were sent was told them till the chain's entry `settled`. `inner` says
    that their host may be of one's own network.
    """

    id: str
    name: str
    key: PublicKey
    clearance: Marking = MOST
    url: str | None = None
    inner: bool = False
    settled: int = 0
    forgotten: bool = False

    def value(self) -> dict[str, Any]:
        """It as it is kept."""
        return {
            "name": self.name, "key": self.key.words, "clearance": self.clearance,
            "url": self.url, "inner": self.inner, "settled": self.settled,
            "forgotten": self.forgotten,
        }  # fmt: skip


def _partner(kept: Kept) -> Partner:
    value = dict(kept.value)
    key = read_public(value.pop("key"))
    return Partner(id=kept.id, key=key, **value)


def partners(ledger: Ledger, *, forgotten: bool = False) -> list[Partner]:
    """The partners of a ledger, by name."""
    held = map(_partner, ledger.kept("partner"))
    return sorted((p for p in held if forgotten or not p.forgotten), key=lambda p: p.name)


def partner_named(ledger: Ledger, name: str) -> Partner:
    """The partner of a name; raises PartnerError where there is none."""
    held = partners(ledger)
    for each in held:
        if each.name == name:
            return each
    near = nearest(name, [each.name for each in held])
    mend = f"did you mean {' or '.join(near)}?" if near else "see `sayso partner list`"
    raise PartnerError(f"no partner is called {name!r:.80}", mend)


def partner_of(ledger: Ledger, key_id: str) -> Partner:
    """The partner whose key has an id; raises PartnerError where nobody's has."""
    for each in partners(ledger):
        if each.key.id == key_id:
            return each
    raise PartnerError(
        f"it is signed by {key_id[:40]}, the key of no partner of this ledger",
        "where it is a partner's, read the fingerprints to each other and add it: "
        "sayso partner add NAME KEY",
    )


def add_partner(
    ledger: Ledger, name: str, key: PublicKey, *, clearance: Marking = MOST,
    url: str | None = None, inner: bool = False,
) -> Partner:  # fmt: skip
    """A new partner, or one of the same key said anew: numbers go on where they were.

    Raises UsageError where it cannot be one.
    """
    _check(ledger, name, key, clearance, url)
    held = {each.key.id: each for each in partners(ledger, forgotten=True)}
    if any(p.name == name and not p.forgotten and p.key != key for p in held.values()):
        raise UsageError(f"a partner {name!r} with another key is known: forget that one first")
    known = held.get(key.id)
    if known is None:
        made = Partner("", name, key, clearance, url, inner, ledger.head().entries)
        return replace(made, id=ledger.keep("partner", made.value()).id)
    # cleared for other things, all that they were told is looked at anew
    settled = known.settled if clearance == known.clearance else 0
    return change(ledger, known, name=name, clearance=clearance, url=url, inner=inner,
                  settled=settled, forgotten=False)  # fmt: skip


def change(ledger: Ledger, partner: Partner, **said: Any) -> Partner:
    """The partner with some things said anew, whatever else was changed meanwhile."""
    kept = ledger.alter("partner", partner.id, lambda held: {**(held or {}), **said})
    assert kept is not None  # noqa: S101 - for the type checker
    return _partner(kept)


def forget_partner(ledger: Ledger, name: str) -> Partner:
    """A partner with whom nothing is exchanged any more.

    What was sent and taken stays listed: should the key come back, no number is used twice.
    """
    return change(ledger, partner_named(ledger, name), forgotten=True)


def _check(ledger: Ledger, name: str, key: PublicKey, clearance: Marking, url: str | None) -> None:
    if (
        not name.strip()
        or name != name.strip()
        or len(name) > LONGEST_NAME
        or not name.isprintable()
    ):
        raise UsageError(f"{name!r:.80} is no name: a few words in one line")
    if clearance not in get_args(Marking) or clearance not in CLEARANCES:
        raise UsageError(f"a partner may be cleared for {', '.join(CLEARANCES)}; what is marked "
                         "amber+strict or red is sent to nobody")  # fmt: skip
    if url is not None and (
        urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname
    ):
        raise UsageError(f"{url!r:.80} is no address of a desk: https://desk.example")
    if key == own_key(ledger.head().ledger).public:
        raise UsageError("this is the ledger's own key: give the partner's")
