"""How long who gave wrong passwords must wait: growing, by address, and by name from an address.

A wrong password from one address keeps nobody at another address from signing in, and a browser
that signed in before has a count of its own: so nobody can be locked out. Names and addresses are
kept as hashes under the ledger's own salt: people type passwords into the field of the name.
"""

from __future__ import annotations

import hashlib
import ipaddress
from typing import Any

from sayso.errors import SaysoError
from sayso.ledger import Ledger

BY_NAME, BY_ADDRESS = 5, 30  # wrong passwords that cost no wait: an office has one address
LONGEST = 900.0  # seconds
HALVED = 3600.0  # seconds after which half of the wrong passwords are forgotten
NAMES = 100  # of an address that are kept
MOST = 4_000  # addresses


class WaitError(SaysoError):
    """Too many wrong passwords: how long to wait, in seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = max(1, round(seconds))
        super().__init__(f"too many wrong passwords; wait {self.seconds} seconds")


def begin_try(ledger: Ledger, place: str, name: str, now: float, *, known: bool = False) -> None:
    """Count a try as a wrong one until it is found right; raises WaitError.

    Counted before the password is looked at: a thousand tries at once are a thousand. `known`: the
    place is a browser that this account signed in by; only the name's count holds there.
    """
    whose, waits = hash_of(ledger, name), list[float]()

    def change(value: dict[str, Any] | None) -> dict[str, Any]:
        held = value or {"count": 0, "last": now, "names": {}}
        count = faded(held["count"], held["last"], now)
        mine = held["names"].get(whose, [0, now])
        tries = faded(mine[0], mine[1], now)
        due = max(
            0.0 if known else held["last"] + wait_after(count, BY_ADDRESS),
            mine[1] + wait_after(tries, BY_NAME),
        )
        if due > now:
            waits.append(due - now)
            return held
        names = {k: v for k, v in held["names"].items() if k != whose}
        left = sorted(names, key=lambda k: names[k][1])[-NAMES + 1 :]
        return {"count": count + 1, "last": now,
                "names": {k: names[k] for k in left} | {whose: [tries + 1, now]}}  # fmt: skip

    ledger.alter("try", f"try-{hash_of(ledger, place)}", change, most=MOST)
    if waits:
        raise WaitError(waits[0])


def end_try(ledger: Ledger, place: str, name: str) -> None:
    """The password was right: the name's count at this place begins anew, the place's loses one."""
    whose = hash_of(ledger, name)

    def change(value: dict[str, Any] | None) -> dict[str, Any] | None:
        if value is None:
            return None
        names = {k: v for k, v in value["names"].items() if k != whose}
        count = max(0, value["count"] - 1)
        return value | {"count": count, "names": names} if names or count else None

    ledger.alter("try", f"try-{hash_of(ledger, place)}", change)


def wrong_tries(ledger: Ledger, name: str, now: float) -> tuple[int, int]:
    """How many wrong passwords were given for a name of late, and at how many places."""
    whose = hash_of(ledger, name)
    held = [kept.value["names"].get(whose) for kept in ledger.kept("try")]
    counts = [n for mine in held if mine and (n := faded(mine[0], mine[1], now))]
    return sum(counts), len(counts)


def wait_after(tries: int, free: int) -> float:
    """Seconds from the last try to the next: none at first, then 1, 2, 4, … at most LONGEST."""
    return 0.0 if tries < free else min(LONGEST, 2.0 ** min(tries - free, 16))


def faded(count: int, last: float, now: float) -> int:
    """What is left of a count after a while."""
    return int(count >> min(60, max(0, int((now - last) / HALVED))))


def place_of(address: str) -> str:
    """The address as it is counted: of IPv6 the network, since a home has millions."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def hash_of(ledger: Ledger, words: str) -> str:
    """A hash under the ledger's own id, 32 hex digits."""
    plain = " ".join(words.casefold().split()).encode("utf-8", "replace")
    salt = ledger.head().ledger.encode()[:64]
    return hashlib.blake2b(plain, key=salt, digest_size=16).hexdigest()
