"""The feeds that are watched, and how each fares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from sayso.errors import NotInLedgerError, UsageError
from sayso.intake.feeds import EVERY, FeedLine, read_every, read_feed_list
from sayso.ledger import Kept, Ledger
from sayso.ledger.layout.instants import to_iso
from sayso.pipeline.watch import keep_feeds

Health = Literal["new", "well", "failing", "paused"]


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed: what its owner says of it, and how it fared when it was last looked at.

    `every` is in seconds, `looked` and `next` are instants, `failures` in a row.
    """

    feed: str
    url: str
    name: str | None
    publisher: str | None
    every: int
    health: Health
    title: str | None = None
    items: int | None = None
    looked: str | None = None
    next: str | None = None
    failures: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True)
class FeedList:
    """All feeds, the oldest first."""

    feeds: tuple[FeedState, ...]


def list_feeds(ledger: Ledger) -> FeedList:
    """All feeds that are kept."""
    return FeedList(tuple(map(_state, ledger.kept("feed"))))


def get_feed(ledger: Ledger, id_: str) -> FeedState:
    """One feed; raises NotInLedgerError."""
    return _state(_kept(ledger, id_))


def add_feed(
    ledger: Ledger, url: str, *, name: str | None = None, publisher: str | None = None,
    every: str | int = EVERY,
) -> FeedState:  # fmt: skip
    """The feed, kept; raises InputError or UsageError where it cannot be."""
    url = url.strip()
    if not url.startswith(("http://", "https://")):
        raise UsageError(f"{url!r:.60} is no address; give http(s)://…")
    line = FeedLine(url, _said(name), _said(publisher), read_every("every", every or EVERY))
    return _state(keep_feeds(ledger, [line])[0])


def add_list(ledger: Ledger, name: str, content: bytes) -> FeedList:
    """The feeds of a TOML or OPML list, kept; raises CaptureError that says what is wrong in it."""
    return FeedList(tuple(map(_state, keep_feeds(ledger, read_feed_list(name, content)))))


def change_feed(
    ledger: Ledger, id_: str, *, paused: bool | None = None, look: bool = False
) -> FeedState:
    """The feed, paused or not; `look`: it is due at once."""
    value = _kept(ledger, id_).value
    if paused is not None:
        value = {**value, "paused": paused}
    if look:
        value = {**value, "state": {**value.get("state", {}), "next": 0}}
    return _state(ledger.keep("feed", value, id_))


def forget_feed(ledger: Ledger, id_: str) -> None:
    """Watch a feed no more; what was read of it stays. Raises NotInLedgerError."""
    if not ledger.forget("feed", id_):
        raise _unknown(id_)


def feed_lines(ledger: Ledger) -> Iterable[FeedLine]:
    """The feeds as a list that can be taken along."""
    return (FeedLine(k.value["url"], k.value.get("name")) for k in ledger.kept("feed"))


def _kept(ledger: Ledger, id_: str) -> Kept:
    found = ledger.kept("feed", id_)
    if not found:
        raise _unknown(id_)
    return found[0]


def _unknown(id_: str) -> NotInLedgerError:
    return NotInLedgerError(f"no feed {id_!r:.60} is kept", "it may have been forgotten")


def _said(words: str | None) -> str | None:
    return " ".join((words or "").split())[:200] or None


def _state(kept: Kept) -> FeedState:
    value, state = kept.value, kept.value.get("state", {})
    return FeedState(
        feed=kept.id,
        url=value["url"],
        name=value.get("name"),
        publisher=value.get("publisher"),
        every=value["every"],
        health=_health(value, state),
        title=state.get("title"),
        items=state.get("items"),
        looked=_instant(state.get("looked")),
        next=_instant(state.get("next")),
        failures=state.get("failures", 0),
        error=state.get("error"),
    )


def _health(value: dict[str, Any], state: dict[str, Any]) -> Health:
    if value.get("paused"):
        return "paused"
    if state.get("error"):
        return "failing"
    return "well" if state.get("looked") else "new"


def _instant(seconds: float | None) -> str | None:
    return to_iso(int(seconds * 1_000_000)) if seconds else None
